import { afterEach, describe, expect, test } from '@jest/globals';
import { startKubernetes, type Kubernetes } from '../../../../packages/lab/src/kubernetes/cluster.ts';
import { always, crashing, serving } from '../../../../packages/lab/src/kubernetes/container-script.ts';
import type { Condition, Deployment, Pod, ReplicaSet } from '../../../../packages/lab/src/kubernetes/objects.ts';
import { api, until, webDeployment } from '../../../support/lab-kubernetes.ts';

let kubernetes: Kubernetes;
afterEach(() => kubernetes.close());

const path = '/apis/apps/v1/namespaces/shop/deployments';
const image = (tag: string): string => `registry.example/shop/web:${tag}`;

async function start(spec: object, timeScale = 0.02): Promise<void> {
  kubernetes = await startKubernetes({
    namespaces: ['shop'],
    timeScale,
    containerScript: (_pod, container) =>
      container.image.endsWith(':bad') ? always(crashing(1, 10)) : always(serving({ 8080: () => ({ status: 200 }) })),
  });
  await api(kubernetes, 'POST', path, webDeployment({ replicas: 3, ...spec }));
}

const change = async (patch: object): Promise<void> => {
  const type = { 'content-type': 'application/strategic-merge-patch+json' };
  expect((await api(kubernetes, 'PATCH', `${path}/web`, patch, type)).status).toBe(200);
};
const setImage = (tag: string): Promise<void> =>
  change({ spec: { template: { spec: { containers: [{ name: 'web', image: image(tag) }] } } } });

const deployment = (): Deployment => (kubernetes.objects('Deployment', 'shop') as Deployment[])[0]!;
const condition = (type: string): Condition | undefined =>
  deployment().status.conditions?.find((candidate) => candidate.type === type);
const complete = (): boolean =>
  deployment().status.observedGeneration === deployment().metadata.generation &&
  condition('Progressing')?.reason === 'NewReplicaSetAvailable' &&
  deployment().status.updatedReplicas === 3 &&
  deployment().status.replicas === 3;
const pods = (): Pod[] => kubernetes.objects('Pod', 'shop') as Pod[];
const sets = (): ReplicaSet[] => kubernetes.objects('ReplicaSet', 'shop') as ReplicaSet[];

describe('a rolling update', () => {
  test('never has fewer available pods nor more pods than it may, and ends with new ones alone', async () => {
    await start({ strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } });
    await until(complete);
    await setImage('v2');
    const seen: { available: number; total: number }[] = [];
    await until(() => {
      const living = pods().filter(({ metadata }) => metadata.deletionTimestamp === undefined);
      const ready = living.filter(({ status }) =>
        status.conditions?.some((c) => c.type === 'Ready' && c.status === 'True'),
      );
      seen.push({ available: ready.length, total: living.length });
      return complete() && deployment().metadata.annotations?.['deployment.kubernetes.io/revision'] === '2';
    });
    expect(Math.min(...seen.map(({ available }) => available))).toBeGreaterThanOrEqual(3);
    expect(Math.max(...seen.map(({ total }) => total))).toBeLessThanOrEqual(4);
    expect(
      sets()
        .map(({ spec }) => spec.replicas)
        .sort(),
    ).toEqual([0, 3]);
  });

  test('to a broken image stops, keeps the old pods, and exceeds its deadline', async () => {
    await start({ progressDeadlineSeconds: 30 });
    await until(complete);
    await setImage('bad');
    const late = await until(() =>
      condition('Progressing')?.status === 'False' ? condition('Progressing') : undefined,
    );
    const fresh = sets().find(({ metadata }) => metadata.annotations?.['deployment.kubernetes.io/revision'] === '2');
    expect(late).toMatchObject({
      reason: 'ProgressDeadlineExceeded',
      message: `ReplicaSet "${fresh?.metadata.name ?? ''}" has timed out progressing.`,
    });
    expect(deployment().status).toMatchObject({
      availableReplicas: 3,
      replicas: 4,
      updatedReplicas: 1,
      unavailableReplicas: 1,
    });
  });

  test('back to an earlier template takes its ReplicaSet again, under a new revision', async () => {
    await start({});
    await until(complete);
    const [first] = sets();
    await setImage('v2');
    await until(() => complete() && sets().length === 2);
    await setImage('v1');
    await until(() => complete() && deployment().metadata.annotations?.['deployment.kubernetes.io/revision'] === '3');
    const again = sets().find(({ metadata }) => metadata.name === first?.metadata.name);
    expect(again?.metadata.annotations).toMatchObject({
      'deployment.kubernetes.io/revision': '3',
      'deployment.kubernetes.io/revision-history': '1',
    });
    expect(sets()).toHaveLength(2);
  });

  test('waits for minReadySeconds before a pod counts as available', async () => {
    await start({ replicas: 1, minReadySeconds: 20 });
    const ready = await until(() => (deployment().status.readyReplicas === 1 ? deployment() : undefined));
    const readyAt = Date.now();
    expect(ready.status.availableReplicas).toBeUndefined();
    await until(() => deployment().status.availableReplicas === 1);
    expect(Date.now() - readyAt).toBeGreaterThan(300);
  });
});

test('Recreate ends every old pod before it starts a new one', async () => {
  await start({ strategy: { type: 'Recreate' } });
  await until(complete);
  await setImage('v2');
  const mixed: boolean[] = [];
  await until(() => {
    const images = new Set(pods().map(({ spec }) => spec.containers[0]?.image));
    mixed.push(images.size > 1);
    return complete() && images.has(image('v2'));
  });
  expect(mixed).not.toContain(true);
});

test('a paused Deployment does not roll out until it is resumed', async () => {
  await start({});
  await until(complete);
  await change({ spec: { paused: true } });
  await until(() => condition('Progressing')?.reason === 'DeploymentPaused');
  await setImage('v2');
  await until(() => deployment().status.observedGeneration === deployment().metadata.generation);
  expect(sets()).toHaveLength(1);
  await change({ spec: { paused: false } });
  await until(() => complete() && sets().length === 2);
});

test('history beyond revisionHistoryLimit is dropped', async () => {
  await start({ revisionHistoryLimit: 1 });
  await until(complete);
  for (const [revision, tag] of [
    ['2', 'v2'],
    ['3', 'v3'],
  ] as const) {
    await setImage(tag);
    await until(
      () => complete() && deployment().metadata.annotations?.['deployment.kubernetes.io/revision'] === revision,
    );
  }
  await until(() => sets().length === 2);
});
