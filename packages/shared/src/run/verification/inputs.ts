/** The inputs of a step that waits for rollouts: of verify-rollout, and of deploy-k8s with `wait`. */
import { choice, duration, integer, lines, path, secret, text } from '../declaration.ts';

/** Declared once, so that both actions mean the same by them. */
export const verificationInputs = {
  timeout: duration('How long the rollouts may take in all.', { default: '10m' }),
  'on-failure': choice(
    ['none', 'rollback'],
    'What to do after a failure or a timeout: nothing, or go back to the revision before and verify that.',
    { default: 'none' },
  ),
  'first-deployment': choice(
    ['keep', 'scale-to-zero'],
    'With a rollback where there is no revision to go back to: leave the workload as it is, or scale it to zero.',
    { default: 'keep' },
  ),
  'stable-for': duration('How long an available rollout must stay so, without a restart.', { default: '30s' }),
  grace: duration(
    'How long a cause may last that heals only if something else changes: a missing Secret, an image not pushed yet.',
    { default: '30s' },
  ),
  required: text(
    'How much must be available: `all`, `maxUnavailable` (all pods but that many), or a percentage. The rest may fail.',
    { default: 'all', example: '75%' },
  ),
  'crash-tolerance': integer('How often a container may crash and start again.', {
    default: '2',
    min: 0,
    max: 50,
  }),
  'unschedulable-grace': duration(
    'How long a pod may find no node. Once an autoscaler has announced one, it may until the timeout.',
    { default: '60s' },
  ),
  'readiness-grace': duration(
    'How long a readiness probe may get answers such as 404, which say that it asks the wrong question.',
    { default: '2m' },
  ),
  'log-lines': integer('Lines of each log in the evidence.', { default: '50', min: 1, max: 1000 }),
  'carbon-applications': lines(
    'What Micro Integrator must run: `from-image` (the label that build-mi gives the image), name=version lines, or `off`.',
    { default: 'from-image' },
  ),
  health: lines(
    'What to ask once it is available, one a line: a preset (mi, apim, apim-gateway, apim-control-plane) or a URL. The host `pod` means every pod, through the API server; any other is asked directly. Options after it: status=, body=, times=, pin=, and for gateways apis=. Any 2xx is healthy unless told otherwise.',
    { example: 'mi' },
  ),
  'health-ca': path('Certificate authority of the URLs in `health` that are asked directly, PEM.', {
    exists: 'file',
    example: 'ci/ca.pem',
  }),
  'management-username': text(
    "User of MI's management API, and of API Manager's gateway API for `apis=`. With it the active applications are compared; without it what the log says.",
    { example: 'admin' },
  ),
  'management-password': secret('Password of that user.', {
    example: '${{ secrets.MI_MANAGEMENT_PASSWORD }}',
  }),
  'management-ca': path(
    'Certificate authority of that API, PEM. Without it the certificate that the pod shows, through the API server.',
    {
      exists: 'file',
      example: 'ci/mi-ca.pem',
    },
  ),
} as const;

/** The same inputs where they count only under a condition, such as "With `wait`". */
export function verificationInputsWhen(condition: string): typeof verificationInputs {
  const told = Object.entries(verificationInputs).map(([name, input]) => {
    const description = `${condition}: ${input.description.charAt(0).toLowerCase()}${input.description.slice(1)}`;
    return [name, { ...input, description }];
  });
  return Object.fromEntries(told) as typeof verificationInputs;
}
