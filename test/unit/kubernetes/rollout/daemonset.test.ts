/** DaemonSets on nodes that do not answer, or that are not for them. */
import { describe, expect, test } from '@jest/globals';
import type {
  ClusterObject,
  ControllerRevision,
  Pod,
  PodTemplate,
  Workload,
} from '@wso2-delivery/shared/kubernetes/rollout/objects';
import { defaultPolicy } from '@wso2-delivery/shared/kubernetes/rollout/policy';
import { inShort, replay, type Row } from './replay.ts';

const template: PodTemplate = { spec: { containers: [{ name: 'agent', image: 'registry.test/agent:v2' }] } };
const owned = {
  ownerReferences: [{ apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'agent', uid: 'agent', controller: true }],
};

let version = 0;
const named = (name: string, more: object = {}) => ({
  name,
  namespace: 'shop',
  uid: name,
  resourceVersion: String((version += 1)),
  ...more,
});

/** The counts by which the DaemonSet controller tells its progress: of the nodes that are for it. */
function daemonSet(t: number, wanted: number, updated: number, available: number): Row[] {
  const workload: Workload = {
    metadata: named('agent', { generation: 2 }),
    spec: { template },
    status: {
      observedGeneration: 2,
      desiredNumberScheduled: wanted,
      updatedNumberScheduled: updated,
      numberAvailable: available,
    },
  };
  const revision: ControllerRevision = {
    metadata: named('agent-new', owned),
    revision: 2,
    data: { spec: { template } },
  };
  return [row(t, 'DaemonSet', workload), row(t, 'ControllerRevision', revision)];
}

function row(t: number, kind: string, object: ClusterObject): Row {
  return { t, kind, type: 'MODIFIED', object };
}

function pod(t: number, hash: 'old' | 'new', node: string, { ready = true, terminating = false } = {}): Row {
  const ends = terminating ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {};
  const object: Pod = {
    metadata: named(`agent-${hash}-${node}`, { ...owned, ...ends, labels: { 'controller-revision-hash': hash } }),
    spec: { ...template.spec, nodeName: node },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      containerStatuses: [
        { name: 'agent', ready, restartCount: 0, state: { running: { startedAt: '1970-01-01T00:00:00Z' } } },
      ],
    },
  };
  return row(t, 'Pod', object);
}

const silent = (t: number, name: string): Row =>
  row(t, 'Event', {
    metadata: named(`${name}.event`),
    involvedObject: { kind: 'Pod', name, uid: name },
    reason: 'NodeNotReady',
    message: 'Node is not ready',
    lastTimestamp: new Date(t).toISOString(),
  } as ClusterObject);

const played = (rows: readonly Row[]) =>
  replay({
    name: 'daemonset',
    expected: '',
    target: { kind: 'DaemonSet', namespace: 'shop', name: 'agent' },
    changes: [],
    rows,
    acceptedMs: 0,
    firstCauseMs: null,
  });

describe('a DaemonSet', () => {
  test('whose old pod cannot be ended, because its node does not answer, says so', () => {
    const { verdict } = played([
      ...daemonSet(0, 2, 1, 1),
      pod(0, 'new', 'node-1'),
      pod(0, 'old', 'node-2'),
      silent(5000, 'agent-old-node-2'),
      pod(5010, 'old', 'node-2', { ready: false, terminating: true }),
    ]);
    expect(inShort(verdict)).toBe('timed-out: old-pods-remain');
    const [first] = 'findings' in verdict ? verdict.findings : [];
    expect(first?.message).toBe(
      'The rollout waits until agent-old-node-2, an old pod, has gone, and its node node-2 does not answer any more.',
    );
    expect(first?.remedy).toContain('kubectl describe node node-2');
  });

  test('whose new pod is on a node that goes silent waits for the node, and names it', () => {
    const { verdict } = played([
      ...daemonSet(0, 2, 2, 1),
      pod(0, 'new', 'node-1'),
      pod(0, 'new', 'node-2', { ready: false }),
      silent(5000, 'agent-new-node-2'),
    ]);
    expect(inShort(verdict)).toBe('timed-out: node-lost');
  });

  test('is not for a node with a taint that it does not tolerate: the others are enough', () => {
    const { verdict, at } = played([...daemonSet(0, 1, 1, 1), pod(0, 'new', 'node-1')]);
    expect([inShort(verdict), at]).toEqual(['succeeded', defaultPolicy.stableForMs]);
  });

  test('loses a node for good, and holds on those that are left', () => {
    const { verdict } = played([
      ...daemonSet(0, 2, 2, 1),
      pod(0, 'new', 'node-1'),
      pod(0, 'new', 'node-2', { ready: false }),
      ...daemonSet(20_000, 1, 1, 1),
      { ...pod(20_010, 'new', 'node-2', { ready: false }), type: 'DELETED' },
    ]);
    expect(inShort(verdict)).toBe('succeeded');
  });
});
