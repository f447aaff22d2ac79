import {
  choice,
  defineAction,
  duration,
  integer,
  lines,
  path,
  secret,
  text,
} from '@wso2-delivery/shared/run/declaration';

export const action = defineAction({
  name: 'verify-rollout',
  description: 'Watch workloads until they hold, or say why they do not, within a second of its being knowable.',
  icon: 'activity',
  inputs: {
    workloads: lines('Workloads to watch, one a line: kind/name, or the name of a deployment.', {
      required: true,
      example: 'deployment/mi-service',
    }),
    namespace: text("Namespace of the workloads. Without it that of the kubeconfig's context.", {
      example: 'staging',
    }),
    timeout: duration('How long the rollouts may take in all.', { default: '10m' }),
    'on-failure': choice(
      ['none', 'rollback'],
      'What to do after a failure or a timeout: nothing, or go back to the revision before and verify that.',
      { default: 'none' },
    ),
    'stable-for': duration('How long an available rollout must stay so, without a restart.', { default: '30s' }),
    grace: duration(
      'How long a cause may last that heals only if something else changes: a missing Secret, an image not pushed yet.',
      { default: '30s' },
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
      'What to ask each pod once it is available, one a line: a preset (mi, apim, apim-gateway) or a URL such as http://pod:8290/health. Any 2xx is healthy.',
      { example: 'mi' },
    ),
    'management-username': text(
      "User of MI's management API. With it the active applications are compared; without it what the log says.",
      { example: 'admin' },
    ),
    'management-password': secret("Password of MI's management API.", {
      example: '${{ secrets.MI_MANAGEMENT_PASSWORD }}',
    }),
    'management-ca': path(
      "Certificate authority of MI's management API, PEM. Without it the certificate that the pod shows.",
      {
        exists: 'file',
        example: 'ci/mi-ca.pem',
      },
    ),
    'registry-username': text(
      'User name for the registry of the images, to read the label. Without it: what docker login left.',
      { example: '${{ github.actor }}' },
    ),
    'registry-password': secret('Password or token for the registry of the images.', {
      example: '${{ secrets.GITHUB_TOKEN }}',
    }),
    'registry-ca': path('Certificate authority of the registry, PEM.', { exists: 'file', example: 'ci/ca.pem' }),
    kubeconfig: secret('Path or content of the kubeconfig. Without it: what kubectl finds by itself.', {
      example: '${{ secrets.KUBECONFIG }}',
    }),
    context: text('Context of the kubeconfig. Without it the current one.', { example: 'staging' }),
  },
  outputs: {
    verdict:
      'succeeded, failed, timed-out, superseded, rolled-back or rollback-failed; the worst of several workloads.',
    cause: 'The id of the first cause, for example image-not-found. Empty when all is well.',
    message: 'The verdict in one sentence.',
    evidence: 'JSON: a list of {title, text}. Empty when it is too large for an output; the report has it.',
    revision: 'The revision that was watched: a number for a deployment, a name for others.',
    'duration-ms': 'Milliseconds until the verdict, rollback not included.',
    report: 'Path of a JSON file with everything that is known about this run.',
  },
});
