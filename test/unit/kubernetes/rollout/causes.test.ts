import { describe, expect, test } from '@jest/globals';
import { causeIds, causes } from '@wso2-delivery/shared/kubernetes/rollout/causes';
import { diagnose } from '@wso2-delivery/shared/kubernetes/rollout/diagnose';
import type {
  ClusterEvent,
  Container,
  ContainerStatus,
  Pod,
  PodTemplate,
  Workload,
  WorkloadKind,
} from '@wso2-delivery/shared/kubernetes/rollout/objects';
import { beginRollout, observe } from '@wso2-delivery/shared/kubernetes/rollout/state';

/** One pod in trouble, as far as a case says; everything else is as it usually is. */
interface Case {
  readonly status?: Partial<ContainerStatus>;
  readonly container?: Partial<Container>;
  readonly init?: boolean;
  readonly pod?: Partial<NonNullable<Pod['status']>>;
  readonly podSpec?: Partial<Pod['spec']>;
  readonly events?: readonly (readonly [reason: string, message: string, second?: number])[];
  readonly log?: string;
  /** The ReplicaSet's refusal, in place of a pod. */
  readonly refused?: string;
  readonly kind?: WorkloadKind;
  readonly workload?: Partial<Workload['spec']>;
  readonly workloadStatus?: Workload['status'];
}

const meta = (name: string, owner?: string) => ({
  name,
  namespace: 'shop',
  uid: name,
  resourceVersion: '1',
  generation: 2,
  ...(owner === undefined
    ? {}
    : { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: owner, uid: owner, controller: true }] }),
});

function found(one: Case): readonly { readonly cause: string; readonly message: string; readonly remedy: string }[] {
  const container: Container = { name: 'web', image: 'registry.test/shop/web:v2', ...one.container };
  const template: PodTemplate = { spec: { containers: [container] } };
  const kind = one.kind ?? 'Deployment';
  const workload: Workload = {
    metadata: meta('web'),
    spec: { replicas: 1, template, ...one.workload },
    status: one.workloadStatus ?? { observedGeneration: 2 },
  };
  let state = beginRollout({ target: { kind, namespace: 'shop', name: 'web' }, at: 0 });
  state = observe(state, { type: 'ADDED', kind, object: workload }, 0);
  const conditions =
    one.refused === undefined
      ? []
      : [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: one.refused }];
  const replicaSet = { metadata: meta('web-1', 'web'), spec: { template }, status: { conditions } };
  state = observe(state, { type: 'ADDED', kind: 'ReplicaSet', object: replicaSet }, 0);
  if (one.refused === undefined) {
    const statuses = one.status === undefined ? [] : [{ name: 'web', restartCount: 0, ready: false, ...one.status }];
    const other: Container = { name: 'main' };
    const pod: Pod = {
      metadata: meta('web-1-x', kind === 'Deployment' ? 'web-1' : 'web'),
      spec: {
        nodeName: 'node-1',
        ...(one.init === true ? { initContainers: [container], containers: [other] } : { containers: [container] }),
        ...one.podSpec,
      },
      status: {
        phase: 'Pending',
        ...(one.init === true ? { initContainerStatuses: statuses } : { containerStatuses: statuses }),
        ...one.pod,
      },
    };
    state = observe(state, { type: 'ADDED', kind: 'Pod', object: pod }, 0);
    for (const [index, [reason, message, second = 10]] of (one.events ?? []).entries()) {
      const ofPod =
        /^(FailedMount|FailedCreatePodSandBox|FailedScheduling|TriggeredScaleUp|FailedAttachVolume|FailedToRetrieve)/.test(
          reason,
        );
      const event: ClusterEvent = {
        metadata: meta(`event-${index}`),
        involvedObject: {
          kind: 'Pod',
          name: 'web-1-x',
          uid: 'web-1-x',
          ...(ofPod ? {} : { fieldPath: `spec.${one.init === true ? 'initContainers' : 'containers'}{web}` }),
        },
        reason,
        message,
        lastTimestamp: new Date(second * 1000).toISOString(),
      };
      state = observe(state, { type: 'ADDED', kind: 'Event', object: event }, 0);
    }
    if (one.log !== undefined) {
      state = observe(state, { type: 'LOGGED', pod: 'web-1-x', container: 'web', text: one.log }, 0);
    }
  }
  return diagnose(state);
}

const waiting = (reason: string, message = ''): Partial<ContainerStatus> => ({
  state: { waiting: { reason, message } },
});
const pulling = (message: string): Case => ({ status: waiting('ErrImagePull', message) });
const crashed = (exitCode: number, reason = 'Error', more: Partial<Case> = {}): Case => ({
  status: { state: { terminated: { exitCode, reason } } },
  ...more,
});
const unready = (message: string, container: Partial<Container> = {}): Case => ({
  status: { state: { running: {} }, started: true },
  container: { readinessProbe: { httpGet: { path: '/healthz', port: 9164, scheme: 'HTTPS' } }, ...container },
  events: [['Unhealthy', message]],
});
const unschedulable = (message: string): Case => ({
  podSpec: { nodeName: undefined as unknown as string },
  pod: { conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }] },
});

const table: readonly (readonly [name: string, one: Case, cause: string, says: RegExp])[] = [
  // Pulls, in the words of two containerd versions, Docker and CRI-O.
  [
    'containerd 2: unauthorized',
    pulling(
      'failed to resolve image: pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials',
    ),
    'image-unauthorized',
    /pod has no pull secret, or the image does not exist/,
  ],
  [
    'a pull secret that exists and does not help',
    {
      ...pulling('unexpected status from HEAD request to https://r/v2/x/manifests/v2: 403 Forbidden'),
      podSpec: { imagePullSecrets: [{ name: 'regcred' }] },
    },
    'image-unauthorized',
    /pull secret regcred does not give access/,
  ],
  [
    'a pull secret that does not exist',
    {
      ...pulling('401 Unauthorized'),
      events: [['FailedToRetrieveImagePullSecret', 'Unable to retrieve some image pull secrets (regcred); attempting']],
    },
    'image-unauthorized',
    /pull secret regcred does not exist/,
  ],
  [
    'CRI-O: manifest unknown',
    pulling('reading manifest v2 in registry.test/shop/web: manifest unknown'),
    'image-not-found',
    /registry\.test\/shop\/web:v2 does not exist/,
  ],
  [
    'a tag that is called 404 is not taken for a status',
    {
      ...pulling(
        'failed to resolve image: failed to do request: Head "https://registry.test/v2/web/manifests/404": dial tcp: lookup registry.test: no such host',
      ),
      container: { image: 'registry.test/web:404' },
    },
    'image-pull-transient',
    /no such host/,
  ],
  [
    'rate limit of Docker Hub',
    pulling('toomanyrequests: You have reached your pull rate limit'),
    'image-pull-transient',
    /toomanyrequests/,
  ],
  [
    '503',
    pulling('unexpected status from HEAD request to http://r/v2/x/manifests/v2: 503 Service Unavailable'),
    'image-pull-transient',
    /503 Service Unavailable/,
  ],
  [
    'time out',
    pulling('failed to do request: Head "https://r/v2/": dial tcp 10.0.0.1:443: i/o timeout'),
    'image-pull-transient',
    /i\/o timeout/,
  ],
  [
    'unknown authority',
    pulling(
      'failed to do request: Head "https://r/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority',
    ),
    'image-registry-untrusted',
    /does not trust the registry/,
  ],
  [
    'a signature that is missing',
    {
      status: {
        state: {
          waiting: {
            reason: 'SignatureValidationFailed',
            message: 'image pull failed for registry.test/shop/web:v2 because the signature validation failed',
          },
        },
      },
    },
    'image-signature',
    /refuses registry\.test\/shop\/web:v2: its signature/,
  ],
  [
    'a signature that is missing, in the back-off',
    pulling(
      'SignatureValidationFailed: rpc error: code = Unknown desc = A signature was required, but no signature exists',
    ),
    'image-signature',
    /not one that the node's policy accepts/,
  ],
  [
    'a network plugin without addresses',
    {
      events: [
        [
          'FailedCreatePodSandBox',
          'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "1f": plugin type="aws-cni" failed (add): failed to assign an IP address to container',
        ],
      ],
    },
    'sandbox-failed',
    /^Node node-1 cannot set the pod up: failed to setup network for sandbox "1f": plugin type="aws-cni" failed \(add\): failed to assign/,
  ],
  [
    'a network plugin that has got over it',
    {
      events: [
        ['FailedCreatePodSandBox', 'Failed to create pod sandbox: no network', 5],
        ['Pulling', 'Pulling image "registry.test/shop/web:v2"', 8],
      ],
    },
    'not-started',
    /./,
  ],
  [
    'a hook of the runtime that fails',
    { status: { state: { waiting: { reason: 'PreCreateHookError', message: 'hook said no' } } } },
    'create-failed',
    /hook said no/,
  ],
  ['words nobody knows', pulling('the moon is in the wrong phase'), 'image-pull-failed', /moon/],
  [
    'before Kubernetes 1.32 the back-off says nothing and the event does',
    {
      status: waiting('ImagePullBackOff', 'Back-off pulling image "registry.test/shop/web:v2"'),
      events: [
        ['Failed', 'Failed to pull image "registry.test/shop/web:v2": rpc error: code = NotFound desc = not found'],
      ],
    },
    'image-not-found',
    /does not exist/,
  ],
  [
    'the event comes before the status',
    {
      status: waiting('ContainerCreating'),
      events: [['Failed', 'Failed to pull image "registry.test/shop/web:v2": no match for platform in manifest']],
    },
    'image-platform',
    /not for the platform/,
  ],
  [
    'a failed pull is over once the image is pulled',
    {
      status: waiting('ContainerCreating'),
      events: [
        ['Failed', 'Failed to pull image "x": 503 Service Unavailable', 10],
        ['Pulled', 'Successfully pulled image', 20],
      ],
    },
    'not-started',
    /has not started/,
  ],
  // Configuration.
  [
    'a key of a Secret',
    { status: waiting('CreateContainerConfigError', "couldn't find key password in Secret shop/db") },
    'container-config',
    /Secret db has no key password/,
  ],
  [
    'a whole Secret',
    { status: waiting('CreateContainerConfigError', 'secret "db" not found') },
    'container-config',
    /Secret db does not exist/,
  ],
  [
    'the kubelet has not synced its cache',
    {
      status: waiting(
        'CreateContainerConfigError',
        'failed to sync configmap cache: timed out waiting for the condition',
      ),
    },
    'create-failed',
    /failed to sync/,
  ],
  [
    'root',
    {
      status: waiting(
        'CreateContainerConfigError',
        'container has runAsNonRoot and image will run as root (pod: "web")',
      ),
    },
    'run-as-root-refused',
    /may not run as root/,
  ],
  // Starts.
  [
    'no such program',
    {
      status: {
        state: {
          waiting: {
            reason: 'RunContainerError',
            message:
              'runc create failed: unable to start container process: exec: "serve": executable file not found in $PATH: unknown',
          },
        },
      },
    },
    'cannot-start',
    /executable file not found in \$PATH\.$/,
  ],
  [
    'not executable',
    {
      status: {
        state: { terminated: { exitCode: 128, reason: 'StartError', message: 'exec: "/app": permission denied' } },
      },
    },
    'cannot-start',
    /permission denied/,
  ],
  [
    'another architecture, by the runtime',
    {
      status: {
        state: { terminated: { exitCode: 128, reason: 'StartError', message: 'exec /app: exec format error' } },
      },
    },
    'cannot-start',
    /exec format error/,
  ],
  [
    'no command',
    { status: waiting('CreateContainerError', 'failed to generate container spec: no command specified') },
    'cannot-start',
    /no command specified/,
  ],
  [
    'no such program, in the words of CRI-O',
    {
      status: waiting(
        'CreateContainerError',
        'container create failed: executable file `serve` not found in $PATH: No such file or directory',
      ),
    },
    'cannot-start',
    /executable file `serve` not found/,
  ],
  [
    'a runtime that stumbles',
    {
      status: { state: { terminated: { exitCode: 128, reason: 'StartError', message: 'context deadline exceeded' } } },
    },
    'start-failed',
    /context deadline exceeded/,
  ],
  [
    'a name that is still taken',
    { status: waiting('CreateContainerError', 'failed to reserve container name') },
    'create-failed',
    /failed to reserve/,
  ],
  [
    'postStart',
    { status: waiting('PostStartHookError', 'x'), events: [['FailedPostStartHook', 'PostStartHook failed: exit 1']] },
    'post-start-hook',
    /postStart hook of container web fails/,
  ],
  // Ends.
  ['an exit code', crashed(7), 'crash-loop', /exit code 7\.$/],
  ['a signal', crashed(139), 'crash-loop', /exit code 139 \(signal 11\)/],
  [
    'with its last words',
    crashed(1, 'Error', { log: 'INFO starting\nError: no keystore\n    at main\n' }),
    'crash-loop',
    /exit code 1, its last words: Error: no keystore\.$/,
  ],
  [
    'another architecture, by the log',
    crashed(1, 'Error', { log: 'exec /app: exec format error' }),
    'exec-format-error',
    /built for another architecture/,
  ],
  [
    'memory, beside the heap that was asked for',
    crashed(137, 'OOMKilled', {
      container: {
        resources: { limits: { memory: '512Mi' } },
        env: [
          { name: 'JAVA_OPTS', value: '-Xms256m -Xmx1g' },
          { name: 'JVM_MEM_OPTS', value: '-Xmx512m' },
        ],
      },
    }),
    'out-of-memory',
    /limit of 512Mi, and its heap alone may grow to 1g\.$/,
  ],
  [
    'a startup probe that asks the wrong path',
    unready('Startup probe failed: HTTP probe failed with statuscode: 404', {
      startupProbe: { httpGet: { path: '/start', port: 9201 } },
    }),
    'readiness-wrong',
    /GET \/start on port 9201 \(HTTP\), and it answers 404/,
  ],
  [
    'memory',
    crashed(137, 'OOMKilled', { container: { resources: { limits: { memory: '512Mi' } } } }),
    'out-of-memory',
    /more than its limit of 512Mi/,
  ],
  ['code 0', crashed(0, 'Completed'), 'exit-zero-loop', /must not end/],
  [
    'an init container',
    crashed(3, 'Error', { init: true }),
    'init-crash',
    /Init container web fails, so the pod never starts: exit code 3/,
  ],
  ['an init container that did its work is no crash', crashed(0, 'Completed', { init: true }), 'not-started', /./],
  [
    'a native sidecar',
    crashed(3, 'Error', { init: true, container: { restartPolicy: 'Always' } }),
    'sidecar-crash',
    /beside the main container/,
  ],
  [
    'killed by liveness, and the app ended in peace',
    crashed(0, 'Completed', {
      events: [
        ['Killing', 'Container web failed liveness probe, will be restarted'],
        ['Unhealthy', 'Liveness probe failed: HTTP probe failed with statuscode: 500'],
      ],
    }),
    'liveness-killed',
    /statuscode: 500/,
  ],
  [
    'killed by startup',
    crashed(143, 'Error', { events: [['Unhealthy', 'Startup probe failed: connection refused']] }),
    'startup-killed',
    /startup probe fails: connection refused/,
  ],
  [
    'a crash of its own while liveness fails too',
    crashed(1, 'Error', { events: [['Unhealthy', 'Liveness probe failed: connection refused']] }),
    'crash-loop',
    /exit code 1/,
  ],
  // Readiness.
  [
    '404',
    unready('Readiness probe failed: HTTP probe failed with statuscode: 404'),
    'readiness-wrong',
    /GET \/healthz on port 9164 \(HTTPS\), and it answers 404/,
  ],
  [
    '401: the management API',
    unready('Readiness probe failed: HTTP probe failed with statuscode: 401'),
    'readiness-wrong',
    /answers 401/,
  ],
  [
    'HTTPS asked of HTTP',
    unready('Readiness probe failed: Get "https://10.0.0.1:8290/": http: server gave HTTP response to HTTPS client'),
    'readiness-wrong',
    /another protocol/,
  ],
  [
    '429 is only busy',
    unready('Readiness probe failed: HTTP probe failed with statuscode: 429'),
    'not-ready-yet',
    /429/,
  ],
  ['503', unready('Readiness probe failed: HTTP probe failed with statuscode: 503'), 'not-ready-yet', /503/],
  [
    'nothing listens',
    unready('Readiness probe failed: Get "http://10.0.0.1:9164/healthz": dial tcp: connect: connection refused', {
      ports: [{ containerPort: 8290 }],
    }),
    'readiness-refused',
    /nothing listens/,
  ],
  // Places and volumes.
  [
    'memory of the nodes',
    unschedulable('0/3 nodes are available: 3 Insufficient memory. preemption: none'),
    'unschedulable',
    /enough memory left/,
  ],
  [
    'an extended resource',
    unschedulable('0/3 nodes are available: 3 Insufficient nvidia.com/gpu.'),
    'unschedulable',
    /enough nvidia\.com\/gpu left/,
  ],
  [
    'a taint',
    unschedulable('0/1 nodes are available: 1 node(s) had untolerated taint {dedicated: batch}.'),
    'unschedulable',
    /taint that it does not tolerate \{dedicated: batch\}/,
  ],
  [
    'two reasons',
    unschedulable("0/2 nodes are available: 1 Insufficient cpu, 1 node(s) didn't match Pod's node affinity/selector."),
    'unschedulable',
    /cpu left.*; no node matches/,
  ],
  [
    'an unbound claim',
    unschedulable('0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims.'),
    'unschedulable',
    /claim has no volume/,
  ],
  [
    'words nobody knows',
    unschedulable('0/1 nodes are available: 1 node(s) felt unwell.'),
    'unschedulable',
    /felt unwell/,
  ],
  [
    'the autoscaler is at work',
    {
      ...unschedulable('0/1 nodes are available: 1 Insufficient cpu.'),
      events: [['TriggeredScaleUp', 'pod triggered scale-up']],
    },
    'node-scaling',
    /autoscaler is adding one/,
  ],
  [
    'a key of a volume',
    {
      status: waiting('ContainerCreating'),
      events: [
        ['FailedMount', 'MountVolume.SetUp failed for volume "conf" : references non-existent secret key: tls.crt'],
      ],
    },
    'mount-missing',
    /key tls\.crt does not exist, so volume conf/,
  ],
  [
    'a volume that another node holds',
    {
      status: waiting('ContainerCreating'),
      events: [['FailedAttachVolume', 'Multi-Attach error for volume "pvc-1" Volume is already used by pod(s) web-0']],
    },
    'mount-failed',
    /Multi-Attach/,
  ],
  [
    'a mount that failed before the image was pulled',
    {
      status: waiting('ContainerCreating'),
      events: [
        ['FailedMount', 'MountVolume.SetUp failed for volume "d" : secret "x" not found', 10],
        ['Pulling', 'Pulling image', 20],
      ],
    },
    'not-started',
    /Pulling image/,
  ],
  [
    'eviction',
    { pod: { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' } },
    'pod-lost',
    /not the workload's fault/,
  ],
  // Refusals.
  [
    'a LimitRange',
    { refused: 'pods "web-1-x" is forbidden: maximum memory usage per Container is 1Gi, but limit is 2Gi' },
    'limit-range',
    /LimitRange forbids/,
  ],
  [
    'Pod Security',
    {
      refused:
        'pods "web-1-x" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false',
    },
    'pod-security',
    /allowPrivilegeEscalation/,
  ],
  [
    'a quota that wants limits',
    { refused: 'pods "web-1-x" is forbidden: failed quota: q: must specify limits.memory for: web' },
    'quota-without-requests',
    /must|specify limits\.memory/,
  ],
  [
    'a validating admission policy',
    {
      refused:
        "pods \"web-1-x\" is forbidden: ValidatingAdmissionPolicy 'no-latest' with binding 'b' denied request: tag latest",
    },
    'policy-denied',
    /policy no-latest denies it: tag latest/,
  ],
  [
    'a quota, while nothing else can make room',
    {
      refused:
        'pods "web-1-x" is forbidden: exceeded quota: q, requested: limits.cpu=2, used: limits.cpu=3, limited: limits.cpu=4',
    },
    'quota',
    /requested limits\.cpu=2/,
  ],
  [
    'forbidden for a reason nobody knows',
    { refused: 'pods "web-1-x" is forbidden: because' },
    'pod-forbidden',
    /because/,
  ],
  ['an error of the server', { refused: 'etcdserver: request timed out' }, 'pod-not-created', /etcdserver/],
  // Workloads.
  ['paused', { workload: { paused: true } }, 'paused', /is paused/],
  ['a suspended Job', { kind: 'Job', workload: { suspend: true } }, 'paused', /Job web is paused/],
  [
    'a ReplicaSet that cannot be made',
    {
      workloadStatus: {
        observedGeneration: 2,
        conditions: [
          { type: 'Progressing', status: 'False', reason: 'ReplicaSetCreateError', message: 'exceeded quota: rs' },
        ],
      },
    },
    'replicaset-refused',
    /exceeded quota: rs/,
  ],
  ['a controller that sleeps', { workloadStatus: { observedGeneration: 1 } }, 'not-taken-up', /has not taken up/],
];

describe('the table of causes', () => {
  test.each(table)('%s: %#', (_, one, cause, says) => {
    const findings = found(one);
    expect(findings.map((finding) => finding.cause)).toContain(cause);
    const finding = findings.find((candidate) => candidate.cause === cause);
    expect(finding?.message).toMatch(says);
    expect(finding?.remedy).toMatch(/\S.*\.$/s);
  });

  test('ids are unique and in the form of the output', () => {
    expect(new Set(causeIds).size).toBe(causeIds.length);
    for (const id of causeIds) expect(id).toMatch(/^[a-z][a-z-]+$/);
  });

  test('what never heals has no tolerance, and nothing else is without one', () => {
    for (const cause of causes)
      expect([cause.id, cause.tolerance === 'none']).toEqual([cause.id, cause.heals === 'never']);
  });

  test('the first cause hides its consequences on the same pod', () => {
    const both: Case = {
      ...crashed(1),
      events: [
        ['Unhealthy', 'Readiness probe failed: connection refused'],
        ['BackOff', 'Back-off restarting failed container'],
      ],
    };
    expect(found(both).map(({ cause }) => cause)).toEqual(['crash-loop']);
  });
});
