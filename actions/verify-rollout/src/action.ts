import { defineAction, lines, path, secret, text } from '@wso2-delivery/shared/run/declaration';
import { environmentUrl, rolloutCommentInputs } from '@wso2-delivery/shared/run/github-inputs';
import { verificationInputs } from '@wso2-delivery/shared/run/verification/inputs';

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
    ...verificationInputs,
    ...rolloutCommentInputs,
    'github-deployment': text(
      'Number of a deployment record on GitHub that gets the verdict: the output of deploy-k8s.',
      {
        example: '${{ steps.deploy.outputs.github-deployment }}',
      },
    ),
    'github-environment-url': environmentUrl,
    manifests: lines(
      'Manifests of the workloads in the repository (files, folders or globs): a failure is shown at its line in them.',
      { example: 'deploy/staging/*.yaml' },
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
