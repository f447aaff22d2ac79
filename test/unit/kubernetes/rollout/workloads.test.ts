import { describe, expect, test } from '@jest/globals';
import { InputError } from '@wso2-delivery/shared/base/errors';
import type { KubernetesClient } from '@wso2-delivery/shared/kubernetes/client';
import { findWorkloads, parseWorkloads } from '@wso2-delivery/shared/kubernetes/rollout/workloads';

const at = (kind: string, name: string) => ({ kind, namespace: 'shop', name });

describe('the workloads that a user names', () => {
  test.each([
    ['deployment/mi-service', at('Deployment', 'mi-service')],
    ['deploy/mi-service', at('Deployment', 'mi-service')],
    ['mi-service', at('Deployment', 'mi-service')],
    ['sts/cache', at('StatefulSet', 'cache')],
    ['daemonsets.apps/agent', at('DaemonSet', 'agent')],
    ['job/migrate', at('Job', 'migrate')],
  ])('%s', (line, target) => {
    expect(parseWorkloads([line], 'shop')).toEqual([target]);
  });

  test('twice the same is once', () => {
    expect(parseWorkloads(['deploy/a', 'deployment/a', 'a'], 'shop')).toHaveLength(1);
  });

  test('everything that is none is reported at once', () => {
    try {
      parseWorkloads(['pod/x', 'deployment/', 'deployment/a/b', 'service/y'], 'shop');
      throw new Error('accepted');
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      expect((error as InputError).problems.map(({ problem }) => problem)).toEqual([
        expect.stringContaining('"pod" is not a kind that has a rollout') as unknown,
        '"deployment/" is not kind/name',
        '"deployment/a/b" is not kind/name',
        expect.stringContaining('"service" is not a kind that has a rollout') as unknown,
      ]);
    }
  });

  test('what is absent is told with what exists, also when that may not be listed', async () => {
    const client = {
      find: () => Promise.resolve(undefined),
      list: (kind: string) =>
        kind === 'Deployment'
          ? Promise.resolve({ items: [{ metadata: { name: 'mi-service' } }], resourceVersion: '1' })
          : Promise.reject(new Error('forbidden')),
    } as unknown as KubernetesClient;
    await expect(findWorkloads(client, parseWorkloads(['mi-servcie', 'sts/cache'], 'shop'))).rejects.toThrow(
      /deployment\/mi-servcie does not exist in namespace shop: there are mi-service\..*mi-service.*statefulset\/cache does not exist/,
    );
  });
});
