import { describe, expect, test } from '@jest/globals';
import type { ClusterEvent } from '@wso2-delivery/shared/kubernetes/rollout/objects';
import { defaultPolicy } from '@wso2-delivery/shared/kubernetes/rollout/policy';
import { expected, table } from './recorded-verdicts.ts';
import { inShort, recording, recordingNames, replay, type Step } from './replay.ts';

test('every recording has an expectation, and every expectation a recording', () => {
  expect(Object.keys(expected).sort()).toEqual([...recordingNames].sort());
});

describe('recordings of real rollouts at virtual time', () => {
  test.each(table)('$name: $verdict', ({ name, verdict, from }) => {
    expect(inShort(replay(recording(name), { from }).verdict)).toBe(verdict);
  });

  test.each(table.filter(({ name }) => recording(name).firstCauseMs !== null))(
    '$name: what is wrong is known within a second of its first trace in the API',
    ({ name, verdict, from }) => {
      const played = replay(recording(name), { from });
      const cause = 'cause' in played.verdict ? played.verdict.cause : undefined;
      if (cause === undefined) expect(verdict).toMatch(/succeeded|superseded/);
      else
        expect(
          Math.min(...played.suspectedAt.values()) - Math.max(from, recording(name).firstCauseMs ?? 0),
        ).toBeLessThanOrEqual(1000);
    },
  );

  test('a tag that is pushed late is waited for when the grace allows it', () => {
    const policy = { ...defaultPolicy, graceMs: 60_000 };
    expect(inShort(replay(recording('transient-image-late-good'), { policy }).verdict)).toBe('succeeded');
  });

  test('a container that needs three starts is not forgiven when only one restart is tolerated', () => {
    const policy = { ...defaultPolicy, crashTolerance: 1 };
    expect(inShort(replay(recording('flap-twice-then-good'), { policy }).verdict)).toBe('failed: crash-loop');
  });

  test('a rollout that was Ready once is no success, however short the crash after it is', () => {
    for (const name of ['crash-after-ready', 'sidecar-crash', 'ds-crash', 'first-deploy-crash', 'liveness-failing']) {
      const kubectl = { ...defaultPolicy, stableForMs: 0 };
      expect([name, inShort(replay(recording(name), { policy: kubectl }).verdict)]).toEqual([name, 'succeeded']);
    }
  });

  test('a StatefulSet set back to its old revision is stuck until its broken pod is deleted', () => {
    const rolledBack = { from: 40_600 };
    expect(inShort(replay(recording('sts-bad-rollback-stuck'), rolledBack).verdict)).toBe('failed: statefulset-stuck');
    const patient = { ...rolledBack, policy: { ...defaultPolicy, graceMs: 60_000 } };
    expect(inShort(replay(recording('sts-bad-rollback-stuck'), patient).verdict)).toBe('succeeded');
  });

  test('the log of a crashed container tells a wrong architecture at its first crash', () => {
    const { rows } = recording('exec-format-error');
    const crashed = rows.find((row) => row.kind === 'Pod' && JSON.stringify(row.object).includes('"exitCode":1'));
    const logs: Step[] = [
      {
        t: 3371,
        observation: {
          type: 'LOGGED',
          pod: crashed?.object.metadata.uid ?? '',
          container: 'web',
          text: 'exec /app: exec format error',
        },
      },
    ];
    const played = replay(recording('exec-format-error'), { logs });
    expect([inShort(played.verdict), played.at]).toEqual(['failed: exec-format-error', 3371]);
  });

  test.each([
    ['liveness-failing', 'liveness-failing', 'liveness-killed'],
    ['startup-probe-failing', 'startup-failing', 'startup-killed'],
  ])('%s: the probe that fails is told before it kills', (name, early, late) => {
    const { suspectedAt } = replay(recording(name));
    expect(suspectedAt.get(early)).toBeLessThan(suspectedAt.get(late) ?? 0);
  });

  test('old pods that have not gone are named when the time is over', () => {
    const hasty = { ...defaultPolicy, timeoutMs: 20_000 };
    const { verdict } = replay(recording('recreate-stuck-terminating'), { policy: hasty });
    expect(inShort(verdict)).toBe('timed-out: old-pods-remain');
  });

  test('nothing tells a rollout that exceeds its progress deadline for good from one that is merely slow', () => {
    // Up to the moment at which the slow one is ready, 25 s after its deadline, both show the same. Whoever ends one before
    // that is wrong about the other: kubectl is.
    const seenUntil = (name: string, until: number) => {
      const { rows, ...rest } = recording(name);
      const { state } = replay({ ...rest, rows: rows.filter(({ t }) => t <= until) });
      const reasons = rows
        .filter(({ t, kind }) => t > rest.acceptedMs && t <= until && kind === 'Event')
        .map(({ object }) => `${(object as ClusterEvent).reason ?? ''} ${(object as ClusterEvent).message ?? ''}`)
        .filter((text) => text.startsWith('Unhealthy'));
      return { causes: [...state.suspected.values()].map(({ finding }) => finding.cause), said: [...new Set(reasons)] };
    };
    const slow = seenUntil('progress-deadline-but-good', 41_900);
    expect(slow).toEqual(seenUntil('progress-deadline', 41_900));
    expect(slow.causes).toEqual(['not-ready-yet', 'progress-deadline']);
    expect(inShort(replay(recording('progress-deadline-but-good')).verdict)).toBe('succeeded');
  });

  test('a wait that began before the change counts only what comes after it', () => {
    const before = replay(recording('good-rollout'), { from: -1000, generation: 2 });
    expect(inShort(before.verdict)).toBe('succeeded');
    const noChangeYet = replay(recording('paused-before'), { from: -1000, generation: 3 });
    expect(inShort(noChangeYet.verdict)).toBe('failed: paused');
  });
});
