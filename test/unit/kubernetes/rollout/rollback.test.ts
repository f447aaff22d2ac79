import { describe, expect, test } from '@jest/globals';
import { ServiceError } from '@wso2-delivery/shared/base/errors';
import type { KubernetesClient } from '@wso2-delivery/shared/kubernetes/client';
import { codes } from '@wso2-delivery/shared/kubernetes/codes';
import type { RollbackPlan } from '@wso2-delivery/shared/kubernetes/rollout/rollback';
import { planRollback, rollBack } from '@wso2-delivery/shared/kubernetes/rollout/rollback';
import { beginRollout, observe } from '@wso2-delivery/shared/kubernetes/rollout/state';

const template = (image: string) => ({
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image }] },
});
const target = { kind: 'Deployment', namespace: 'shop', name: 'web' } as const;

const plan: RollbackPlan = {
  target,
  revision: '1',
  images: { web: 'v1' },
  from: template('v2'),
  change: { type: 'template', template: template('v1') },
  stuck: [],
};

const conflict = () =>
  new ServiceError(codes.KUBERNETES_CONFLICT, 'changed meanwhile', { method: 'PATCH', url: 'x', status: 409 });

/** A workload that holds an image, and refuses the first patches. */
function cluster(image: string, refusals: number) {
  const patches: unknown[] = [];
  const client = {
    get: () =>
      Promise.resolve({
        metadata: { name: 'web', resourceVersion: String(patches.length) },
        spec: { template: template(image) },
      }),
    patch: (_kind: string, _name: string, patch: unknown, options: unknown) => {
      patches.push(options);
      return patches.length <= refusals
        ? Promise.reject(conflict())
        : Promise.resolve({ metadata: { generation: 7 }, spec: { template: patch } });
    },
  } as unknown as KubernetesClient;
  return { client, patches };
}

describe('a rollback', () => {
  test('is bound to the version that was looked at, and looks again when only the status has changed', async () => {
    const { client, patches } = cluster('v2', 2);
    expect((await rollBack(client, plan)).workload.metadata.generation).toBe(7);
    expect(patches).toMatchObject([
      { resourceVersion: '0' },
      { resourceVersion: '1' },
      { resourceVersion: '2', type: 'json' },
    ]);
  });

  test('is refused when the template is no longer the one that was judged', async () => {
    const { client, patches } = cluster('theirs', 0);
    await expect(rollBack(client, plan)).rejects.toMatchObject({ code: 'ROLLBACK_REFUSED' });
    expect(patches).toEqual([]);
  });

  test('gives up on a workload that never holds still', async () => {
    const { client, patches } = cluster('v2', 100);
    await expect(rollBack(client, plan)).rejects.toMatchObject({ code: 'KUBERNETES_CONFLICT' });
    expect(patches).toHaveLength(5);
  });
});

describe('where a deployment goes back to', () => {
  const replicaSet = (revision: number, image: string, owner = 'web') => ({
    metadata: {
      name: `web-${revision}`,
      uid: `web-${revision}-${owner}`,
      annotations: { 'deployment.kubernetes.io/revision': String(revision) },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: owner, uid: owner, controller: true }],
    },
    spec: { template: { ...template(image), metadata: { labels: { app: 'web', 'pod-template-hash': 'x' } } } },
  });

  async function planned(...replicaSets: readonly object[]) {
    const workload = { metadata: { name: 'web', uid: 'web', generation: 9 }, spec: { template: template('v3') } };
    let state = observe(beginRollout({ target, at: 0 }), { type: 'ADDED', kind: 'Deployment', object: workload }, 0);
    for (const object of replicaSets) {
      state = observe(state, { type: 'ADDED', kind: 'ReplicaSet', object: object as ReturnType<typeof replicaSet> }, 0);
    }
    return planRollback({} as KubernetesClient, state);
  }

  test('is the revision with the highest number below, not one of another workload', async () => {
    const decision = await planned(
      replicaSet(3, 'v1'),
      replicaSet(4, 'v2'),
      replicaSet(5, 'v3'),
      replicaSet(9, 'x', 'other'),
    );
    expect(decision).toMatchObject({
      revision: '4',
      images: { web: 'v2' },
      change: { type: 'template', template: template('v2') },
    });
  });

  test('is what runs when the new revision has not even a ReplicaSet', async () => {
    expect(await planned(replicaSet(4, 'v2'))).toMatchObject({ revision: '4' });
  });

  test('is nowhere for a first revision', async () => {
    expect(await planned(replicaSet(1, 'v3'))).toHaveProperty('impossible');
  });
});
