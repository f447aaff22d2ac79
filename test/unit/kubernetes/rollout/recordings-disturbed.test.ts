/** Recordings of real rollouts whose events come twice, late, after a gap, or ten times slower: the verdict is the same. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { KubernetesObject } from '@wso2-delivery/shared/kubernetes/objects';
import { defaultPolicy } from '@wso2-delivery/shared/kubernetes/rollout/policy';
import type { Observation } from '@wso2-delivery/shared/kubernetes/rollout/state';
import { difference } from '@wso2-delivery/shared/kubernetes/watch';
import { table } from './recorded-verdicts.ts';
import type { Recording, Row, Step } from './replay.ts';
import { inShort, listed, recording, replay } from './replay.ts';

describe('the same verdict, however the events arrive', () => {
  const plain = (rows: readonly Row[]): Step[] => rows.map((row) => ({ t: row.t, observation: row }));

  test.each(table)('$name: every event twice', ({ name, verdict, from }) => {
    const disturb = (rows: readonly Row[]): Step[] => plain(rows.flatMap((row) => [row, row]));
    expect(inShort(replay(recording(name), { from, disturb }).verdict)).toBe(verdict);
  });

  test.each(table)('$name: kinds overtake each other by up to a second', ({ name, verdict, from }) => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('Pod', 'Event', 'ReplicaSet', 'Deployment', 'StatefulSet', 'DaemonSet', 'ControllerRevision'),
          fc.integer({ min: 0, max: 1000 }),
        ),
        (delays) => {
          const disturb = (rows: readonly Row[]): Step[] =>
            plain(rows).map((step, index) => ({ ...step, t: step.t + (delays[rows[index]?.kind ?? ''] ?? 0) }));
          expect(inShort(replay(recording(name), { from, disturb }).verdict)).toBe(verdict);
        },
      ),
      { numRuns: 8 },
    );
  });

  test.each(table)('$name: the watch breaks for up to two seconds and lists anew', ({ name, verdict, from }) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 1, max: 2000 }), (after, forMs) => {
        const disturb = (rows: readonly Row[]): Step[] => broken(recording(name), rows, from + after, forMs);
        expect(inShort(replay(recording(name), { from, disturb }).verdict)).toBe(verdict);
      }),
      { numRuns: 8 },
    );
  });

  /** Loses what happens in the gap; the client then tells the difference to what it knew before. */
  function broken({ rows: all }: Recording, rows: readonly Row[], at: number, forMs: number): Step[] {
    const end = at + forMs;
    const of = (kind: string, present: readonly Row[]) =>
      present.filter((row) => row.kind === kind).map(({ object }) => object as unknown as KubernetesObject);
    const [before, after] = [listed(all, at), listed(all, end)];
    const missed = [...new Set(all.map((row) => row.kind))].flatMap((kind) => {
      const known = of(kind, before).map((object): [string, KubernetesObject] => [
        `${object.metadata.namespace ?? ''}/${object.metadata.name}`,
        object,
      ]);
      return difference(kind, new Map(known), of(kind, after));
    });
    return [
      ...plain(rows.filter((row) => row.t <= at)),
      ...missed.map((event): Step => ({ t: end, observation: event as unknown as Observation })),
      ...plain(rows.filter((row) => row.t > end)),
    ];
  }
});

describe('a slow cluster', () => {
  const healing = table.filter(({ name }) => recording(name).expected === 'good');
  const tenTimes = (rows: readonly Row[]): Step[] => rows.map((row) => ({ t: row.t * 10, observation: row }));
  // What heals only because somebody acts within the grace is not slower on a slow cluster: the grace is the user's.
  const needsGrace = new Set([
    'configmap-arrives-late',
    'transient-secret-volume-late-good',
    'transient-image-late-good',
    'paused-then-resumed',
  ]);
  const superseded = new Set(['rollback-undo', 'superseded-bad-by-good', 'superseded-by-good']);

  test.each(healing.filter(({ name }) => !needsGrace.has(name) && !superseded.has(name)))(
    '$name: ten times slower it still succeeds, given the time',
    ({ name, from }) => {
      const slow = { ...defaultPolicy, timeoutMs: 1_200_000 };
      expect(inShort(replay(recording(name), { from, disturb: tenTimes, policy: slow }).verdict)).toBe('succeeded');
    },
  );

  // The late tag wants 60 s at its own pace, see recordings.test.ts.
  test.each(healing.filter(({ name }) => needsGrace.has(name)))(
    '$name: ten times slower it succeeds when whoever acts is given ten times the grace',
    ({ name, from }) => {
      const graceMs = name === 'transient-image-late-good' ? 600_000 : 300_000;
      const policy = { ...defaultPolicy, graceMs, timeoutMs: 1_200_000 };
      expect(inShort(replay(recording(name), { from, disturb: tenTimes, policy }).verdict)).toBe('succeeded');
    },
  );
});
