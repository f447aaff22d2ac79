import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Deployment, ReplicaSet } from '../../../../packages/lab/src/kubernetes/objects.ts';
import {
  fenceposts,
  nextNewReplicas,
  resolvePercent,
  scaleDownOld,
  withCondition,
} from '../../../../packages/lab/src/kubernetes/rollout-math.ts';

function deployment(replicas: number, maxSurge: number | string, maxUnavailable: number | string): Deployment {
  return {
    spec: { replicas, strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } } },
  } as unknown as Deployment;
}

function set(replicas: number, availableReplicas: number, creationTimestamp = '2026-01-01T00:00:00Z'): ReplicaSet {
  return { metadata: { creationTimestamp }, spec: { replicas }, status: { replicas, availableReplicas } } as ReplicaSet;
}

test.each([
  ['25%', 3, true, 1],
  ['25%', 3, false, 0],
  ['50%', 5, false, 2],
  [2, 10, true, 2],
  [undefined, 10, true, 0],
])('%s of %d, rounded up %s, is %d pods', (value, replicas, up, pods) => {
  expect(resolvePercent(value, replicas, up)).toBe(pods);
});

test('with neither surge nor a missing pod allowed, one pod may be missing', () => {
  expect(fenceposts(deployment(3, 0, 0))).toEqual({ surge: 0, unavailable: 1 });
});

test('the new ReplicaSet grows by the surge only', () => {
  expect(nextNewReplicas(deployment(3, '25%', '25%'), [set(3, 3)], 0)).toBe(1);
  expect(nextNewReplicas(deployment(3, '25%', '25%'), [set(1, 0), set(3, 3)], 1)).toBe(1);
});

describe('old ReplicaSets', () => {
  test('stay while the new pod is not available', () => {
    expect(scaleDownOld(deployment(3, 1, 0), set(1, 0), [set(3, 3)])).toEqual([]);
  });

  test('go down by one when the new pod is available', () => {
    expect(scaleDownOld(deployment(3, 1, 0), set(1, 1), [set(3, 3)]).map(({ to }) => to)).toEqual([2]);
  });

  test('lose their broken pods first', () => {
    const broken = set(2, 0, '2026-01-02T00:00:00Z');
    const steps = scaleDownOld(deployment(3, 2, 0), set(0, 0), [set(3, 3), broken]);
    expect(steps).toEqual([{ set: broken, to: 0 }]);
  });

  test('never fall below what must be available', () => {
    const count = fc.integer({ min: 0, max: 6 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        count,
        count,
        count,
        count,
        (replicas, surge, unavailable, oldSize, freshAvailable) => {
          const wanted = deployment(replicas, surge, unavailable);
          const fresh = set(Math.min(replicas, freshAvailable), Math.min(replicas, freshAvailable));
          const old = set(oldSize, oldSize);
          const minimum = replicas - fenceposts(wanted).unavailable;
          const [step] = scaleDownOld(wanted, fresh, [old]);
          const before = fresh.spec.replicas + oldSize;
          const after = fresh.spec.replicas + (step?.to ?? oldSize);
          expect(after).toBeGreaterThanOrEqual(Math.min(minimum, before));
          expect(step?.to ?? 0).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});

test('the transition time of a condition changes with its status alone', () => {
  const first = withCondition([], { type: 'Progressing', status: 'True', reason: 'A', message: 'a' }, 't1');
  const second = withCondition(first, { type: 'Progressing', status: 'True', reason: 'B', message: 'b' }, 't2');
  const third = withCondition(second, { type: 'Progressing', status: 'False', reason: 'C', message: 'c' }, 't3');
  expect(second[0]).toMatchObject({ lastUpdateTime: 't2', lastTransitionTime: 't1' });
  expect(third[0]).toMatchObject({ lastUpdateTime: 't3', lastTransitionTime: 't3' });
});
