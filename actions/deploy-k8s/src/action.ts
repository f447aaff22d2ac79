import { boolean, choice, defineAction, lines, path, secret, text } from '@wso2-delivery/shared/run/declaration';
import { environmentUrl, rolloutCommentInputs } from '@wso2-delivery/shared/run/github-inputs';
import { verificationInputsWhen } from '@wso2-delivery/shared/run/verification/inputs';

/** What users of deploy-k8s see: action.yml and the tables of README.md are made from this. */
export const action = defineAction({
  name: 'deploy-k8s',
  description: 'Change the images of workloads or apply manifests, after checking that the change can work.',
  icon: 'upload-cloud',
  color: 'orange',
  inputs: {
    workload: lines('Workloads whose images are to change, one a line. Leave out with `manifests`.', {
      example: 'deployment/mi-service',
    }),
    images: lines(
      'Images, one a line: `container=image`, or the image alone where the workload has one container. With several workloads a container counts for all of them, unless the line begins with one (`deployment/a/container=image`). With `manifests` they replace the images in them, by container or by repository.',
      { example: 'mi=ghcr.io/acme/employee-service@sha256:…' },
    ),
    manifests: lines(
      'Manifests to apply, one a line: files, folders (with a kustomization.yaml: rendered) or globs in the repository.',
      { example: 'deploy/staging/*.yaml' },
    ),
    namespace: text('Namespace. Default: the one of the context. Manifests for another namespace are refused.', {
      example: 'staging',
    }),
    kubeconfig: secret(
      'Kubeconfig: a path, or the content (plain or base64). Default: what kubectl uses by itself (KUBECONFIG, ~/.kube/config, service account).',
      { example: '${{ secrets.KUBECONFIG }}' },
    ),
    context: text('Context of the kubeconfig. Default: its current one.', { example: 'staging' }),
    preflight: choice(
      ['error', 'warn', 'off'],
      'What to do when the images are not in their registries, or probes, ports or memory cannot work.',
      { default: 'error' },
    ),
    'dry-run': choice(['none', 'server'], 'server: let the API server try everything and change nothing.', {
      default: 'none',
    }),
    'force-conflicts': boolean('Take over fields of the manifests that another tool manages.', { default: 'false' }),
    'change-cause': text('What `kubectl rollout history` shows. Default: commit and run.', {
      example: 'employee-service 1.4.0',
    }),
    'registry-username': text(
      'User name for the registry of `images`. Default: the pull secrets of the pods, docker login.',
      {
        example: '${{ github.actor }}',
      },
    ),
    'registry-password': secret('Password or token for the registry of `images`.', {
      example: '${{ secrets.GITHUB_TOKEN }}',
    }),
    'registry-ca': path('Certificate authority of the registry, PEM.', { exists: 'file', example: 'ci/ca.pem' }),
    wait: boolean('Verify the rollout as verify-rollout does, and fail when it does not hold.', { default: 'false' }),
    ...verificationInputsWhen('With `wait`'),
    'on-failure': choice(
      ['none', 'rollback'],
      'After a failure: put everything back that the step has changed, workloads and other objects alike. With `wait` also after a rollout that does not hold, and every workload that went back is verified like a rollout.',
      { default: 'none' },
    ),
    'first-deployment': choice(
      ['keep', 'scale-to-zero', 'remove'],
      'With `on-failure: rollback`, what becomes of objects that this step has created: they stay and are named, their workloads are scaled to zero, or they are removed again, each by its uid, as long as nobody else has a part in them. Namespaces, definitions and volume claims always stay. Removing is for `manifests`.',
      { default: 'keep' },
    ),
    'github-environment': text(
      'Make a deployment record on GitHub for this environment: for jobs without an `environment:` of their own, which get one anyway. The job needs `deployments: write`; without it the step goes on with a warning.',
      { example: 'staging' },
    ),
    'github-environment-url': environmentUrl,
    ...rolloutCommentInputs,
  },
  outputs: {
    changed: 'true when anything was changed (with dry-run: would be).',
    workloads:
      'JSON: the changed workloads, a list of {kind, name, namespace, previousRevision, revision, previousImages, images}.',
    verdict: 'With `wait`: succeeded, failed, timed-out, superseded, rolled-back or rollback-failed.',
    cause: 'With `wait`: the cause of a bad verdict.',
    message: 'With `wait`: what happened, in one sentence.',
    evidence: 'With `wait`: JSON, what proves the cause. Left out when it is larger than an output should be.',
    revision: 'With `wait`: the revision that was judged.',
    'duration-ms': 'With `wait`: milliseconds until the verdict.',
    'github-deployment': 'Number of the deployment record, for verify-rollout to close (with `github-environment`).',
    report: 'Path of a JSON file with everything that is known about this run.',
  },
});
