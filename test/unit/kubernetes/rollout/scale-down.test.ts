/** What becomes of a first deployment that failed, when it is to be scaled to zero. */
import { describe, expect, test } from '@jest/globals';
import { CancelledError, ServiceError } from '@wso2-delivery/shared/base/errors';
import type { KubernetesClient } from '@wso2-delivery/shared/kubernetes/client';
import { codes } from '@wso2-delivery/shared/kubernetes/codes';
import type { WorkloadKind } from '@wso2-delivery/shared/kubernetes/rollout/objects';
import { scaleToZero } from '@wso2-delivery/shared/kubernetes/rollout/scale-down';
import { beginRollout, observe } from '@wso2-delivery/shared/kubernetes/rollout/state';

const template = (image: string) => ({ spec: { containers: [{ name: 'web', image }] } });

function judged(kind: WorkloadKind, image = 'broken') {
  const object = { metadata: { name: 'web', uid: 'web', generation: 1 }, spec: { template: template(image) } };
  const state = beginRollout({ target: { kind, namespace: 'shop', name: 'web' }, at: 0 });
  return observe(state, { type: 'ADDED', kind, object }, 0);
}

/** A cluster that holds the workload, and carries out patches or refuses them. */
function cluster(image: string, replicas: number | undefined, refusal?: Error) {
  const patches: unknown[] = [];
  const client = {
    get: (kind: string, name: string, where: unknown) => {
      expect([kind, name, where]).toEqual([expect.stringMatching(/Set|Deployment/), 'web', { namespace: 'shop' }]);
      return Promise.resolve({ spec: { ...(replicas === undefined ? {} : { replicas }), template: template(image) } });
    },
    patch: (...patch: unknown[]) => {
      patches.push(patch);
      return refusal === undefined ? Promise.resolve({}) : Promise.reject(refusal);
    },
  } as unknown as KubernetesClient;
  return { client, patches };
}

describe('a first deployment that failed', () => {
  test.each<[WorkloadKind, number | undefined, string]>([
    ['Deployment', 3, 'It is scaled to zero (it asked for 3).'],
    ['StatefulSet', 2, 'It is scaled to zero (it asked for 2).'],
    ['Deployment', undefined, 'It is scaled to zero (it asked for 1).'],
  ])('as a %s of %s replicas: %s', async (kind, replicas, told) => {
    const { client, patches } = cluster('broken', replicas);
    expect(await scaleToZero(client, judged(kind))).toBe(told);
    // RFC 6902: the change holds only while the template is the one that was judged.
    const change = [
      { op: 'test', path: '/spec/template', value: template('broken') },
      { op: 'replace', path: '/spec/replicas', value: 0 },
    ];
    expect(patches).toEqual([[kind, 'web', change, { namespace: 'shop', type: 'json' }]]);
  });

  test.each<WorkloadKind>(['DaemonSet', 'Job'])(
    'cannot be scaled when it is a %s, and is not asked for',
    async (kind) => {
      expect(await scaleToZero({} as KubernetesClient, judged(kind))).toBe(`A ${kind} cannot be scaled to zero.`);
    },
  );

  test('is left alone when somebody else has changed it', async () => {
    const { client, patches } = cluster('mended', 3);
    expect(await scaleToZero(client, judged('Deployment'))).toBe(
      'It was changed by somebody else meanwhile, so it is not scaled to zero.',
    );
    expect(patches).toEqual([]);
  });

  test('is left alone when nobody saw what was judged', async () => {
    const { client, patches } = cluster('broken', 3);
    const unseen = beginRollout({ target: { kind: 'Deployment', namespace: 'shop', name: 'web' }, at: 0 });
    expect(await scaleToZero(client, unseen)).toMatch(/^It was changed by somebody else/);
    expect(patches).toEqual([]);
  });

  test('whose cluster refuses is told with the refusal and what to do', async () => {
    const refusal = new ServiceError(codes.KUBERNETES_FORBIDDEN, 'ci may not patch deployments', {
      method: 'PATCH',
      url: 'https://cluster',
      status: 403,
    });
    const { client } = cluster('broken', 3, refusal);
    expect(await scaleToZero(client, judged('Deployment'))).toBe(
      `It could not be scaled to zero: ci may not patch deployments. ${refusal.remedy}`,
    );
  });

  test.each([
    ['a cancelled job', new CancelledError(codes.KUBERNETES_FORBIDDEN, 'cancelled')],
    ['a mistake of ours', new TypeError('undefined is not a function')],
  ])('is not passed off as refused after %s', async (_, refusal) => {
    const { client } = cluster('broken', 3, refusal);
    await expect(scaleToZero(client, judged('Deployment'))).rejects.toBe(refusal);
  });
});
