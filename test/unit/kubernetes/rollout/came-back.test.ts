import { describe, expect, test } from '@jest/globals';
import type { Workload } from '@wso2-delivery/shared/kubernetes/rollout/objects';
import { verifyPutBack } from '@wso2-delivery/shared/kubernetes/rollout/came-back';
import { defaultPolicy } from '@wso2-delivery/shared/kubernetes/rollout/policy';
import type { WorkloadResult } from '@wso2-delivery/shared/kubernetes/rollout/result';
import { play, virtualClock } from './playback.ts';
import { listed, recording } from './replay.ts';

/** Follows the workload of a recording from a time on, as one that a step has put back. */
async function back(name: string, from: number, known: readonly Partial<WorkloadResult>[] = []) {
  const played = recording(name);
  const clock = virtualClock(from);
  const { client, calls } = play(played, clock, from);
  const nothing = () => undefined;
  const log = {
    info: nothing,
    debug: nothing,
    warning: nothing,
    annotate: nothing,
    group: () => Promise.reject(new Error('nothing is folded')),
  };
  const workload = listed(played.rows, from).find((row) => row.kind === played.target.kind)?.object as Workload;
  const ports = { client, clock, log, cancelled: new AbortController().signal };
  const results = known.map((one) => ({ target: played.target, ...one }) as WorkloadResult);
  const options = { policy: defaultPolicy, logLines: 20 };
  const { outcome, results: joined } = await clock.run(
    verifyPutBack(ports, results, [{ ...played.target, workload }], options),
  );
  return { outcome, result: joined[0], joined, calls };
}

describe('a workload that a step has put back', () => {
  test('and that holds is rolled back, whatever it was before', async () => {
    const accepted = recording('good-rollout').acceptedMs;
    const { outcome, result } = await back('good-rollout', accepted, [{ outcome: 'succeeded', cause: undefined }]);
    expect([outcome, result?.message]).toEqual([
      'rolled-back',
      'Put back to what it was before this step, which holds.',
    ]);
  });

  test('and that does not hold is a failed rollback with a cause and evidence of its own', async () => {
    const from = recording('crashloop-exit1').acceptedMs;
    const { outcome, result } = await back('crashloop-exit1', from, [{ outcome: 'succeeded', cause: undefined }]);
    expect([outcome, result?.cause]).toEqual(['rollback-failed', 'crash-loop']);
    expect(result?.message).toMatch(/^Put back to what it was before this step, and that does not hold either: /);
    expect(result?.rollback?.evidence.map(({ title }) => title)).toContain('Events');
  });

  test('keeps the cause for which it went back', async () => {
    const from = recording('crashloop-exit1').acceptedMs;
    const { result } = await back('crashloop-exit1', from, [{ outcome: 'failed', cause: 'image-not-found' }]);
    expect(result).toMatchObject({
      outcome: 'rollback-failed',
      cause: 'image-not-found',
      rollback: { state: 'failed' },
    });
  });

  test('beside workloads that are known otherwise makes the whole no better than they are', async () => {
    const from = recording('good-rollout').acceptedMs;
    const other = { target: { kind: 'Deployment', namespace: 'x', name: 'other' }, outcome: 'failed' } as const;
    const { outcome, joined } = await back('good-rollout', from, [other]);
    expect([outcome, joined.map((one) => one.outcome)]).toEqual(['failed', ['failed', 'rolled-back']]);
  });

  test('as a StatefulSet that waits for its broken pod gets rid of that pod, and holds', async () => {
    const { outcome, calls } = await back('sts-bad-rollback-stuck', 40_600);
    expect(calls).toContain('delete Pod web-2');
    expect(outcome).toBe('rolled-back');
  });
});
