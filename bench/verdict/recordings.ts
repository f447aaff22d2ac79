/** The recordings of real rollouts, with what `kubectl rollout status` said beside them when they were taken. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recording, recordingNames, type Recording } from '../../test/unit/kubernetes/rollout/replay.ts';
import { root } from '../row.ts';

/** What the recording says of itself; `good` gets through by itself. */
export type Expectation = 'good' | 'fail' | 'stalled' | 'paused' | 'deleted' | 'not-watchable';

export interface RecordedRollout {
  readonly recording: Recording;
  readonly expected: Expectation;
  /** Somebody changed the workload again before the first change was through. */
  readonly replaced: boolean;
  /** When the watch begins: after the changes that one step made. */
  readonly from: number;
  /** undefined: kubectl knows no rollout of this kind (Jobs). */
  readonly kubectl: { readonly exitCode: number; readonly seconds: number } | undefined;
}

interface Meta {
  readonly expected: Expectation;
  readonly changes: readonly { readonly t: number; readonly command: string; readonly endMs: number }[];
  readonly rolloutStatus: { readonly exitCode: number | null; readonly seconds: number | null };
}

export function recordedRollouts(): readonly RecordedRollout[] {
  return recordingNames.map((name) => {
    const path = join(root, 'test/fixtures/kubernetes', name, 'meta.json');
    const { expected, changes, rolloutStatus } = JSON.parse(readFileSync(path, 'utf8')) as Meta;
    const played = recording(name);
    const step = changes.filter(({ t }) => t < 1000);
    const later = changes.some(({ t, command }) => t >= 1000 && /set image|undo|change \d+ of manifest/.test(command));
    const { exitCode, seconds } = rolloutStatus;
    return {
      recording: played,
      expected,
      replaced: expected === 'good' && later,
      // The API tells of a change a few milliseconds after it answered.
      from: step.length > 1 ? Math.max(...step.map(({ endMs }) => endMs)) + 50 : played.acceptedMs,
      kubectl: exitCode === null || seconds === null ? undefined : { exitCode, seconds },
    };
  });
}
