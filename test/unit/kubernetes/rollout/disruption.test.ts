/** Places that are taken away: what others do to the pods of a rollout is not its fault, and is said so. */
import { describe, expect, test } from '@jest/globals';
import { inShort, replay } from './replay.ts';
import { disruption, Stream } from './stream.ts';

/** Both pods of the new revision run, and only the first is ready yet. */
const begun = () => new Stream().deployment(0, 2, 1).pod(0, 'web-1-a', { ready: true }).pod(0, 'web-1-b');
const through = (stream: Stream, t: number) => stream.deployment(t, 2, 2);

/** What was said about a cause, and when first. */
function seen(stream: Stream, cause: string) {
  const outcome = replay(stream.recording());
  const said = outcome.state.moments
    .map(({ text }) => text)
    .filter((text) => text.includes("not the workload's fault"));
  return { outcome: inShort(outcome.verdict), since: outcome.suspectedAt.get(cause), said };
}

const pressure =
  'The node was low on resource: memory. Threshold quantity: 100Mi, available: 60Mi. Container web was using 900Mi, request is 256Mi, has larger consumption of memory. ';

describe('a pod that is evicted because its node is short of memory', () => {
  const evicted = (stream: Stream, t: number) =>
    stream
      .event(t, 'web-1-b', 'Evicted', pressure)
      .pod(t + 50, 'web-1-b', {
        phase: 'Failed',
        reason: 'Evicted',
        message: pressure,
        conditions: [disruption('TerminationByKubelet', pressure)],
      })
      .pod(t + 300, 'web-1-c', { phase: 'Pending' });

  test('is replaced, and the rollout succeeds though the failed pod stays in the list', () => {
    const stream = through(evicted(begun(), 1000).pod(20_000, 'web-1-c', { ready: true }), 20_050);
    const { outcome, since, said } = seen(stream, 'pod-lost');
    expect([outcome, since]).toEqual(['succeeded', 1050]);
    expect(said[0]).toMatch(/lost its place on the node \(Evicted\): The node was low on resource: memory.*not the/);
  });

  test('and evicted again and again is a timeout that says so, never a crash', () => {
    const stream = begun();
    for (let t = 1000; t < 500_000; t += 50_000) evicted(stream, t).gone(t + 40_000, 'web-1-c');
    expect(seen(stream, 'pod-lost').outcome).toBe('timed-out: pod-lost');
  });
});

describe('a pod that is evicted for what it writes itself', () => {
  test('is told apart: that is its own doing', () => {
    const message = 'Pod ephemeral local storage usage exceeds the total limit of containers 1Gi. ';
    const stream = begun().pod(900, 'web-1-b', { phase: 'Failed', reason: 'Evicted', message });
    const { outcome, said } = seen(stream, 'storage-exceeded');
    expect([outcome, said]).toEqual(['timed-out: storage-exceeded', []]);
  });
});

describe('a node that is lost', () => {
  const lost = begun()
    .event(5000, 'web-1-b', 'NodeNotReady', 'Node is not ready')
    .pod(5010, 'web-1-b', { ready: false });

  test('is told the moment it is known, and forgiven when it comes back', () => {
    const rows = new Stream();
    rows.rows.push(...lost.rows);
    const back = through(rows, 45_000);
    back.rows.push(...new Stream().pod(45_000, 'web-1-b', { ready: true }).rows.map(newer));
    const { outcome, since, said } = seen(back, 'node-lost');
    expect([outcome, since]).toEqual(['succeeded', 5000]);
    expect(said).toEqual([expect.stringMatching(/^Node node-1 does not answer any more/)]);
  });

  test('for good: the pod is made anew elsewhere, and the rollout holds there', () => {
    const taken = {
      terminating: true,
      reason: 'NodeLost',
      conditions: [disruption('DeletionByTaintManager', 'Taint manager: deleting due to NoExecute taint')],
    };
    const stream = begun()
      .event(5000, 'web-1-b', 'NodeNotReady', 'Node is not ready')
      .event(305_000, 'web-1-b', 'TaintManagerEviction', 'Marking for deletion Pod shop/web-1-b')
      .pod(305_010, 'web-1-b', taken)
      .pod(305_100, 'web-1-c', { phase: 'Pending', node: 'node-2' })
      .pod(320_000, 'web-1-c', { ready: true, node: 'node-2' });
    const { outcome, said } = seen(through(stream, 320_050), 'node-lost');
    expect(outcome).toBe('succeeded');
    expect(said).toEqual([
      expect.stringMatching(/^Node node-1/),
      expect.stringMatching(/^web-1-b is taken away by others \(its node is tainted, for example lost: Taint manager/),
    ]);
  });

  test('and an unready pod whose node is well is not put down to the node', () => {
    expect(seen(begun(), 'node-lost').outcome).toBe('timed-out: not-ready-yet');
  });
});

describe('a pod that others take away', () => {
  test.each([
    ['PreemptionByScheduler', 'preempted by another pod', /a pod of higher priority needs its place: preempted/],
    ['EvictionByEvictionAPI', 'Eviction API: evicting', /its node is drained: Eviction API/],
    ['DeletionByPodGC', 'PodGC: node no longer exists', /its node is gone/],
    ['SomethingNew', 'somebody did it', /SomethingNew: somebody did it/],
  ])('%s: told as such, and the pod that takes over decides', (reason, message, says) => {
    const stream = begun()
      .pod(3000, 'web-1-b', { terminating: true, conditions: [disruption(reason, message)] })
      .pod(3100, 'web-1-c', { phase: 'Pending' })
      .gone(5000, 'web-1-b')
      .pod(9000, 'web-1-c', { ready: true });
    const { outcome, since, said } = seen(through(stream, 9050), 'pods-taken-away');
    expect([outcome, since]).toEqual(['succeeded', 3000]);
    expect(said[0]).toMatch(says);
  });

  test('and finds no place again fails for want of a place', () => {
    const unschedulable = {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message: '0/1 nodes are available: 1 Insufficient cpu.',
    };
    const stream = begun()
      .pod(3000, 'web-1-b', { terminating: true, conditions: [disruption('PreemptionByScheduler', 'preempted')] })
      .pod(3100, 'web-1-c', { phase: 'Pending', node: undefined, conditions: [unschedulable] })
      .gone(5000, 'web-1-b');
    expect(seen(stream, 'unschedulable').outcome).toBe('failed: unschedulable');
  });
});

test('different causes are told together, the one that decides first; pods with the same one are one finding', () => {
  const nowhere = {
    phase: 'Pending',
    node: undefined,
    conditions: [
      {
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
        message: '0/1 nodes are available: 1 Insufficient cpu.',
      },
    ],
  };
  const message = 'Pod ephemeral local storage usage exceeds the total limit of containers 1Gi. ';
  const stream = new Stream()
    .deployment(0, 3, 0)
    .pod(100, 'web-1-a', { phase: 'Failed', reason: 'Evicted', message })
    .pod(200, 'web-1-b', nowhere)
    .pod(300, 'web-1-c', nowhere);
  const { verdict } = replay(stream.recording());
  const findings = 'findings' in verdict ? verdict.findings : [];
  expect([inShort(verdict), findings.map(({ cause, pods }) => [cause, pods])]).toEqual([
    'failed: unschedulable',
    [
      ['unschedulable', ['web-1-b', 'web-1-c']],
      ['storage-exceeded', ['web-1-a']],
    ],
  ]);
});

/** Rows of another stream count as later than all of the first. */
function newer<R extends Stream['rows'][number]>(row: R): R {
  const metadata = { ...row.object.metadata, resourceVersion: '1000' };
  return { ...row, object: { ...row.object, metadata } };
}
