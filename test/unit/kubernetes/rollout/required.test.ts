/** How much of a workload must be available: all, all but maxUnavailable, or a percentage. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Workload, WorkloadKind } from '@wso2-delivery/shared/kubernetes/rollout/objects';
import { defaultPolicy, type Required } from '@wso2-delivery/shared/kubernetes/rollout/policy';
import { neededOf } from '@wso2-delivery/shared/kubernetes/rollout/progress';
import { inShort, replay } from './replay.ts';
import { Stream } from './stream.ts';

type MaxUnavailable = number | string;

function workload(kind: WorkloadKind, replicas: number, maxUnavailable?: MaxUnavailable, partition?: number): Workload {
  const rollingUpdate = {
    ...(maxUnavailable === undefined ? {} : { maxUnavailable }),
    ...(partition === undefined ? {} : { partition }),
  };
  const strategy = { type: 'RollingUpdate', rollingUpdate };
  return {
    metadata: { name: 'web', uid: 'web' },
    spec: {
      ...(kind === 'DaemonSet' ? {} : { replicas }),
      ...(kind === 'Deployment' ? { strategy } : { updateStrategy: strategy }),
      template: { spec: { containers: [] } },
    },
    status: kind === 'DaemonSet' ? { desiredNumberScheduled: replicas } : {},
  };
}

const needed = (kind: WorkloadKind, required: Required, replicas: number, max?: MaxUnavailable, partition?: number) =>
  neededOf({ target: { kind, namespace: 'shop', name: 'web' }, required }, workload(kind, replicas, max, partition));

const table: readonly (readonly [WorkloadKind, Required, number, MaxUnavailable | undefined, number])[] = [
  ['Deployment', 'all', 4, '25%', 4],
  // Kubernetes rounds maxUnavailable down for a Deployment.
  ['Deployment', 'maxUnavailable', 4, undefined, 3],
  ['Deployment', 'maxUnavailable', 3, '25%', 3],
  ['Deployment', 'maxUnavailable', 10, '25%', 8],
  ['Deployment', 'maxUnavailable', 3, 2, 1],
  ['Deployment', 'maxUnavailable', 2, 5, 0],
  ['Deployment', { percent: 75 }, 4, undefined, 3],
  ['Deployment', { percent: 75 }, 3, undefined, 3],
  ['Deployment', { percent: 50 }, 1, undefined, 1],
  ['Deployment', { percent: 1 }, 100, undefined, 1],
  ['Deployment', { percent: 100 }, 7, undefined, 7],
  ['Deployment', { percent: 50 }, 0, undefined, 0],
  // One at a time is the default of the others; there a percentage rounds up.
  ['StatefulSet', 'maxUnavailable', 3, undefined, 2],
  ['DaemonSet', 'maxUnavailable', 5, undefined, 4],
  ['DaemonSet', 'maxUnavailable', 5, '30%', 3],
  ['DaemonSet', { percent: 40 }, 5, undefined, 2],
];

describe('how many pods are needed', () => {
  test.each(table)('%s, %j of %d with maxUnavailable %s: %d', (kind, required, replicas, max, expected) => {
    expect(needed(kind, required, replicas, max)).toBe(expected);
  });

  test('of a partitioned StatefulSet only those above the partition count', () => {
    expect(needed('StatefulSet', 'all', 5, undefined, 3)).toBe(2);
    expect(needed('StatefulSet', { percent: 50 }, 5, undefined, 3)).toBe(1);
  });

  const kinds = fc.constantFrom<WorkloadKind>('Deployment', 'StatefulSet', 'DaemonSet');
  const replicas = fc.integer({ min: 0, max: 200 });
  const percent = fc.integer({ min: 1, max: 100 });
  const most = fc.oneof(
    fc.integer({ min: 0, max: 250 }),
    fc.integer({ min: 0, max: 100 }).map((n) => `${n}%`),
  );

  test('property: never more than all, never less than none, and 100% is all', () => {
    fc.assert(
      fc.property(kinds, replicas, percent, most, (kind, all, share, max) => {
        for (const required of ['maxUnavailable', { percent: share }] as const) {
          const some = needed(kind, required, all, max);
          expect(some).toBeGreaterThanOrEqual(0);
          expect(some).toBeLessThanOrEqual(all);
        }
        expect(needed(kind, { percent: 100 }, all, max)).toBe(needed(kind, 'all', all, max));
      }),
    );
  });

  test('property: a larger percentage never needs fewer, and any percentage of some pods needs one', () => {
    fc.assert(
      fc.property(kinds, replicas, percent, percent, (kind, all, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        expect(needed(kind, { percent: low }, all)).toBeLessThanOrEqual(needed(kind, { percent: high }, all));
        if (all > 0) expect(needed(kind, { percent: low }, all)).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});

describe('the verdict', () => {
  /** Of `all` pods `good` become ready, and the others find their ConfigMap missing. */
  function partly(all: number, good: number): Stream {
    const stream = new Stream().deployment(0, all, 0);
    for (let index = 0; index < all; index++) {
      const name = `web-1-${index}`;
      if (index < good) stream.pod(100, name, { ready: true });
      else {
        stream.pod(100, name, { phase: 'Pending' });
        stream.event(110, name, 'FailedMount', 'MountVolume.SetUp failed for volume "x" : configmap "gone" not found');
      }
    }
    return stream.deployment(200, all, good);
  }

  test.each<[number, number, Required, string]>([
    [4, 3, 'all', 'failed: mount-missing'],
    [4, 3, 'maxUnavailable', 'succeeded'],
    [4, 2, 'maxUnavailable', 'failed: mount-missing'],
    [4, 3, { percent: 75 }, 'succeeded'],
    [4, 2, { percent: 75 }, 'failed: mount-missing'],
    [4, 4, 'all', 'succeeded'],
  ])('%d pods, %d of them good, required %j: %s', (all, good, required, verdict) => {
    const policy = { ...defaultPolicy, required };
    expect(inShort(replay(partly(all, good).recording(), { policy }).verdict)).toBe(verdict);
  });

  test('property: a percentage is succeeded with exactly as many good pods as it needs, and fails with one less', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 100 }), (all, percent) => {
        const policy = { ...defaultPolicy, required: { percent } };
        const least = Math.ceil((all * percent) / 100);
        const verdict = (good: number) => inShort(replay(partly(all, good).recording(), { policy }).verdict);
        expect([verdict(least), verdict(least - 1)]).toEqual(['succeeded', 'failed: mount-missing']);
      }),
      { numRuns: 40 },
    );
  });
});
