import { afterEach, describe, expect, test } from '@jest/globals';
import { startKubernetes, type Kubernetes } from '../../../../packages/lab/src/kubernetes/cluster.ts';
import {
  always,
  commandNotFound,
  crashing,
  inTurn,
  outOfMemory,
  pullFailures,
  serving,
  type ContainerScript,
} from '../../../../packages/lab/src/kubernetes/container-script.ts';
import type { ContainerStatus, KubeEvent, Pod, ReplicaSet } from '../../../../packages/lab/src/kubernetes/objects.ts';
import { api, until, webDeployment } from '../../../support/lab-kubernetes.ts';

let kubernetes: Kubernetes;
afterEach(() => kubernetes.close());

const healthy = always(serving({ 8080: () => ({ status: 200 }) }));
const image = 'registry.example/shop/web:v1';

async function run(script: ContainerScript, deployment: object = webDeployment()): Promise<void> {
  kubernetes = await startKubernetes({ namespaces: ['shop'], timeScale: 0.02, containerScript: () => script });
  const answer = await api(kubernetes, 'POST', '/apis/apps/v1/namespaces/shop/deployments', deployment);
  expect([answer.status, answer.body.message]).toEqual([201, undefined]);
}

const pods = (): Pod[] => kubernetes.objects('Pod', 'shop') as Pod[];
const status = (): ContainerStatus | undefined => pods()[0]?.status.containerStatuses?.[0];
const events = (): KubeEvent[] => kubernetes.objects('Event', 'shop') as KubeEvent[];
const event = (reason: string, message?: string): KubeEvent | undefined =>
  events().find((found) => found.reason === reason && (message === undefined || found.message === message));
const waiting = (reason: string): ContainerStatus | undefined => {
  const found = status();
  return found?.state.waiting?.reason === reason ? found : undefined;
};

describe('a container that', () => {
  test('crashes shows its end, restarts at once, and then backs off with its last end kept', async () => {
    await run(always(crashing(1, 20)));
    const ended = await until(() => (status()?.state.terminated === undefined ? undefined : status()));
    expect(ended.state.terminated).toMatchObject({ exitCode: 1, reason: 'Error' });
    const backing = await until(() => waiting('CrashLoopBackOff'));
    const pod = pods()[0]!;
    expect(backing.state.waiting?.message).toBe(
      `back-off 10s restarting failed container=web pod=${pod.metadata.name}_shop(${pod.metadata.uid})`,
    );
    expect(backing).toMatchObject({ restartCount: 1, ready: false, lastState: { terminated: { exitCode: 1 } } });
    expect(pod.status.phase).toBe('Running');
    expect(event('BackOff')?.message).toBe(
      `Back-off restarting failed container web in pod ${pod.metadata.name}_shop(${pod.metadata.uid})`,
    );
    await until(() => waiting('CrashLoopBackOff')?.state.waiting?.message?.startsWith('back-off 20s'));
  });

  test('is killed for its memory says so', async () => {
    await run(always(outOfMemory(10)));
    const ended = await until(() => status()?.state.terminated ?? status()?.lastState.terminated);
    expect(ended).toMatchObject({ exitCode: 137, reason: 'OOMKilled' });
  });

  test('has an image that does not exist alternates between ErrImagePull and ImagePullBackOff', async () => {
    await run(always({}, () => pullFailures.notFound(image)));
    const failed = await until(() => waiting('ErrImagePull'));
    expect(failed.state.waiting?.message).toBe(
      `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": failed to resolve image: ${image}: not found`,
    );
    const backing = await until(() => waiting('ImagePullBackOff'));
    expect(backing.state.waiting?.message).toMatch(
      /^Back-off pulling image ".*": ErrImagePull: rpc error: code = NotFound/,
    );
    expect(event('Failed', 'Error: ErrImagePull')).toMatchObject({ type: 'Warning' });
    expect(event('BackOff', `Back-off pulling image "${image}"`)).toMatchObject({ type: 'Normal' });
  });

  test('has a registry that recovers starts after all', async () => {
    const refused = pullFailures.status(image, 'http://registry.example/v2/', '503 Service Unavailable');
    await run({ run: () => serving({ 8080: () => ({ status: 200 }) }), pull: inTurn(refused, { pulled: true }) });
    await until(() => status()?.ready);
    expect(event('Failed')?.message).toContain('503 Service Unavailable');
  });

  test('cannot be started leaves StartError 128', async () => {
    await run(always(commandNotFound('/usr/local/bin/serve')));
    const failed = await until(() => waiting('RunContainerError'));
    expect(failed.state.waiting?.message).toContain('stat /usr/local/bin/serve: no such file or directory');
    expect(failed.lastState.terminated).toMatchObject({ exitCode: 128, reason: 'StartError' });
  });

  test('needs a ConfigMap waits for it, and starts once it is there', async () => {
    await run(healthy, webDeployment({}, { envFrom: [{ configMapRef: { name: 'web-config' } }] }));
    const failed = await until(() => waiting('CreateContainerConfigError'));
    expect(failed.state.waiting?.message).toBe('configmap "web-config" not found');
    expect(event('Failed', 'Error: configmap "web-config" not found')).toBeDefined();
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web-config' } };
    await api(kubernetes, 'POST', '/api/v1/namespaces/shop/configmaps', map);
    await until(() => status()?.ready);
  });

  test.each([
    ['configMap', { name: 'web-files' }, 'configmap "web-files" not found'],
    ['secret', { secretName: 'web-tls' }, 'secret "web-tls" not found'],
  ])('mounts a missing %s gets a FailedMount event and keeps creating', async (kind, source, why) => {
    await run(healthy, webDeployment({}, {}, { volumes: [{ name: 'd', [kind]: source }] }));
    const found = await until(() => event('FailedMount'));
    expect(found.message).toBe(`MountVolume.SetUp failed for volume "d" : ${why}`);
    expect(status()?.state).toEqual({ waiting: { reason: 'ContainerCreating' } });
  });

  test('is never ready is probed as the manifest says, and reported with the answer', async () => {
    await run(always(serving({ 8080: () => ({ status: 503 }) })));
    const found = await until(() => event('Unhealthy'));
    expect(found.message).toBe('Readiness probe failed: HTTP probe failed with statuscode: 503');
    // The kubelet writes the event at once and the status a moment later.
    const running = await until(() => status()?.state.running !== undefined && status());
    expect(running.ready).toBe(false);
  });

  test('does not listen is refused', async () => {
    await run(always({}));
    const found = await until(() => event('Unhealthy'));
    expect(found.message).toMatch(
      /^Readiness probe failed: Get "http:\/\/10\.77\..*:8080\/readyz": dial tcp .*: connect: connection refused$/,
    );
  });

  test('fails its liveness probe is restarted', async () => {
    const livenessProbe = { httpGet: { path: '/livez', port: 8080 }, periodSeconds: 1, failureThreshold: 2 };
    const script = serving({ 8080: ({ path }) => ({ status: path === '/livez' ? 500 : 200 }) });
    await run(always(script), webDeployment({}, { livenessProbe }));
    await until(() => event('Killing', 'Container web failed liveness probe, will be restarted'));
    await until(() => (status()?.restartCount ?? 0) > 0);
    expect(status()?.lastState.terminated).toMatchObject({ exitCode: 0, reason: 'Completed' });
  });

  test.each([
    [
      'cpu',
      { resources: { requests: { cpu: '64' } } },
      {},
      '1 Insufficient cpu',
      '1 No preemption victims found for incoming pod',
    ],
    [
      'a label',
      {},
      { nodeSelector: { disk: 'ssd' } },
      "1 node(s) didn't match Pod's node affinity/selector",
      '1 Preemption is not helpful for scheduling',
    ],
  ])('asks for %s that no node has stays pending, with the reason', async (_, container, podSpec, why, preemption) => {
    await run(healthy, webDeployment({}, container, podSpec));
    const condition = await until(() => pods()[0]?.status.conditions?.[0]);
    expect(condition).toMatchObject({ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' });
    expect(condition.message).toBe(
      `0/1 nodes are available: ${why}. preemption: 0/1 nodes are available: ${preemption}.`,
    );
    expect(event('FailedScheduling')?.source).toEqual({});
  });

  test('starts on a node that is added later', async () => {
    await run(healthy, webDeployment({}, {}, { nodeSelector: { disk: 'ssd' } }));
    await until(() => event('FailedScheduling'));
    kubernetes.addNode({ name: 'second', labels: { disk: 'ssd' } });
    await until(() => status()?.ready);
    expect(pods()[0]?.spec.nodeName).toBe('second');
  });

  test('stops is gone after its process has ended', async () => {
    await run(always(serving({ 8080: () => ({ status: 200 }) }, { onTerminate: { code: 143, afterMs: 20 } })));
    const pod = await until(() => (status()?.ready === true ? pods()[0] : undefined));
    await api(
      kubernetes,
      'PATCH',
      '/apis/apps/v1/namespaces/shop/deployments/web',
      { spec: { replicas: 0 } },
      {
        'content-type': 'application/merge-patch+json',
      },
    );
    await until(
      () => pods()[0]?.status.containerStatuses?.[0]?.state.terminated?.exitCode === 143 || pods().length === 0,
    );
    await until(() => pods().length === 0);
    expect(event('Killing')).toMatchObject({
      message: 'Stopping container web',
      involvedObject: { uid: pod.metadata.uid },
    });
  });
});

describe('a ReplicaSet that may not create its pods', () => {
  const failure = (): string | undefined =>
    (kubernetes.objects('ReplicaSet', 'shop') as ReplicaSet[])[0]?.status.conditions?.[0]?.message;

  test('says which quota forbids it', async () => {
    kubernetes = await startKubernetes({ namespaces: ['shop'], timeScale: 0.02, containerScript: () => healthy });
    const quota = {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'team-quota' },
      spec: { hard: { pods: '0' } },
    };
    await api(kubernetes, 'POST', '/api/v1/namespaces/shop/resourcequotas', quota);
    await api(kubernetes, 'POST', '/apis/apps/v1/namespaces/shop/deployments', webDeployment());
    expect(await until(failure)).toMatch(
      /^pods "web-.*" is forbidden: exceeded quota: team-quota, requested: pods=1, used: pods=0, limited: pods=0$/,
    );
    expect((await until(() => event('FailedCreate'))).message).toMatch(/^Error creating: pods "web-.*" is forbidden/);
  });

  test('says which service account is missing', async () => {
    await run(healthy, webDeployment({}, {}, { serviceAccountName: 'web-sa' }));
    expect(await until(failure)).toMatch(
      /^pods "web-[a-z0-9]+-" is forbidden: error looking up service account shop\/web-sa: serviceaccount "web-sa" not found$/,
    );
  });
});
