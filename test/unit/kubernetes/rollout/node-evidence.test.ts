import { describe, expect, test } from '@jest/globals';
import { ServiceError } from '@wso2-delivery/shared/base/errors';
import type { KubernetesClient } from '@wso2-delivery/shared/kubernetes/client';
import { codes } from '@wso2-delivery/shared/kubernetes/codes';
import { nodesExhibit } from '@wso2-delivery/shared/kubernetes/rollout/node-evidence';
import type { Workload } from '@wso2-delivery/shared/kubernetes/rollout/objects';

const forbidden = new ServiceError(codes.KUBERNETES_FORBIDDEN, 'ci may not "list" on pods', {
  method: 'GET',
  url: 'x',
  remedy: 'Add the rule.',
});
const node = (name: string, more: object = {}) => ({
  metadata: { name },
  spec: more,
  status: { allocatable: { cpu: '4', memory: '8Gi', pods: '110' }, nodeInfo: { architecture: 'amd64' } },
});
const pod = (nodeName: string | undefined, cpu: string, memory: string, phase = 'Running') => ({
  metadata: { name: 'x' },
  spec: { nodeName, containers: [{ name: 'c', resources: { requests: { cpu, memory } } }] },
  status: { phase },
});
const workload = {
  metadata: { name: 'mi', uid: 'mi' },
  spec: {
    template: { spec: { containers: [{ name: 'mi', resources: { requests: { cpu: '1500m', memory: '1Gi' } } }] } },
  },
} as unknown as Workload;

const lines = async (nodes: readonly object[] | Error, pods: readonly object[] | Error) => {
  const list = (kind: string) => {
    const items = kind === 'Node' ? nodes : pods;
    return items instanceof Error ? Promise.reject(items) : Promise.resolve({ items, resourceVersion: '1' });
  };
  return (await nodesExhibit({ list } as unknown as KubernetesClient, workload)).text.split('\n');
};

describe('the nodes as evidence', () => {
  test('what each has to give stands against what its pods have asked for, and what one more asks for', async () => {
    const tainted = node('b', { taints: [{ key: 'dedicated', effect: 'NoSchedule' }], unschedulable: true });
    const pods = [
      pod('a', '3', '2Gi'),
      pod('a', '250m', '512Mi'),
      pod('a', '9', '9Gi', 'Succeeded'),
      pod(undefined, '1', '1'),
    ];
    expect(await lines([node('a'), tainted], pods)).toEqual([
      'A pod of the workload requests cpu 1500m, memory 1024Mi.',
      'a: amd64, cpu 3250m of 4 requested (81%), memory 2560Mi of 8Gi requested (31%), pods 2 of 110 requested (2%)',
      'b: amd64, cpu 0 of 4 requested (0%), memory 0Mi of 8Gi requested (0%), pods 0 of 110 requested (0%), cordoned, taints dedicated:NoSchedule',
    ]);
  });

  test('without the right to all pods the sizes are told, and what is missing', async () => {
    expect((await lines([node('a')], forbidden)).slice(1)).toEqual([
      'a: amd64, cpu 4, memory 8Gi, pods 110',
      '(no requests of the pods on them: ci may not "list" on pods. Add the rule.)',
    ]);
  });

  test('without the right to nodes that is the evidence', async () => {
    expect(await lines(forbidden, [])).toEqual(['(no list of nodes: ci may not "list" on pods. Add the rule.)']);
  });

  test('of many nodes thirty are shown, and nobody lists the pods of a large cluster for it', async () => {
    const many = await lines(
      Array.from({ length: 40 }, (_, n) => node(`n${n}`)),
      new Error('not to be asked'),
    );
    expect(many).toHaveLength(32);
    expect(many.at(-1)).toBe('… and 10 more');
  });
});
