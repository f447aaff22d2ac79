/** What each of three watchers claims of one recorded rollout, and when. */
import { inShort, replay } from '../../test/unit/kubernetes/rollout/replay.ts';
import { poll } from './poll.ts';
import type { RecordedRollout } from './recordings.ts';

/** `nothing`: it waited until its timeout. */
export type Claim = 'good' | 'bad' | 'replaced' | 'nothing';

export interface Watcher {
  readonly claim: Claim;
  /** In its own words. */
  readonly says: string;
  /** When, in ms of the recording. */
  readonly at: number;
}

export interface Judged {
  readonly rollout: RecordedRollout;
  /** From when on the delays count: the cause was first to be seen in the API, else the watch began. */
  readonly origin: number;
  /** True when the recording knows its first cause. */
  readonly causeKnown: boolean;
  /** When the first serious suspicion was shown. */
  readonly suspectedAt: number | undefined;
  readonly verify: Watcher;
  /** undefined: kubectl cannot watch this kind. */
  readonly kubectl: Watcher | undefined;
  readonly polled: Watcher;
}

// A verdict at the deadline names what was seen, and is a wait all the same.
const claims = {
  succeeded: 'good',
  failed: 'bad',
  superseded: 'replaced',
  'timed-out': 'nothing',
  watching: 'nothing',
} as const;

/** kubectl was given a timeout of 60 s when the recordings were taken. */
const timedOutAfterS = 59;

export function judge(rollout: RecordedRollout): Judged {
  const { recording, from, kubectl } = rollout;
  const played = replay(recording, { from });
  const polled = poll(recording, from);
  const suspected = [...played.suspectedAt.values()];
  return {
    rollout,
    origin: Math.max(from, recording.firstCauseMs ?? from),
    causeKnown: recording.firstCauseMs !== null,
    suspectedAt: suspected.length === 0 ? undefined : Math.min(...suspected),
    verify: { claim: claims[played.verdict.verdict], says: inShort(played.verdict), at: played.at },
    kubectl: kubectl && {
      claim: kubectl.exitCode === 0 ? 'good' : kubectl.seconds >= timedOutAfterS ? 'nothing' : 'bad',
      says: `exit ${kubectl.exitCode} after ${kubectl.seconds.toFixed(1)} s`,
      at: kubectl.seconds * 1000,
    },
    polled: {
      claim: polled.outcome === 'succeeded' ? 'good' : polled.outcome === 'failed' ? 'bad' : 'nothing',
      says: `${polled.outcome} after ${((polled.at - from) / 1000).toFixed(1)} s (${polled.reason})`,
      at: polled.at,
    },
  };
}

export function isFalseAlarm({ claim }: Watcher, { expected, replaced }: RecordedRollout): boolean {
  return claim === 'bad' && expected === 'good' && !replaced;
}

export function isFalseSuccess({ claim }: Watcher, { expected }: RecordedRollout): boolean {
  return claim === 'good' && expected !== 'good';
}
