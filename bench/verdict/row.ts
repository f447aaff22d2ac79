import { defaultPolicy } from '@wso2-delivery/shared/kubernetes/rollout/policy';
import { inShort, replay, type Step } from '../../test/unit/kubernetes/rollout/replay.ts';
import { median, spread } from '../measure.ts';
import { say, table } from '../report.ts';
import type { Row } from '../row.ts';
import { isFalseAlarm, isFalseSuccess, judge, type Judged, type Watcher } from './judge.ts';
import { recordedRollouts, type RecordedRollout } from './recordings.ts';

export const verdict: Row = {
  name: 'verdict',
  about: 'recordings of real rollouts, played at virtual time, beside kubectl rollout status and a poll once a second',
  run() {
    const rollouts = recordedRollouts();
    const started = process.cpuUsage();
    const judged = rollouts.map(judge);
    const { user, system } = process.cpuUsage(started);
    showEach(judged);
    say(
      '\n✗: a failure claimed of a rollout that gets through by itself, or a success of one that does not. …: nothing claimed before the timeout (verify-rollout 10 min, the others 60 s). Suspicion and verdict count from the moment in which the API first showed the cause; in brackets, where there is none, from the start of the watch. A success has held for 30 s.\n',
    );
    summarise(judged);
    const events = rollouts.reduce((sum, { recording }) => sum + recording.rows.length, 0);
    say(
      `\n${events} events of ${rollouts.length} recordings, polls included: ${((user + system) / 1e6).toFixed(1)} s of CPU.`,
    );
    stretch(rollouts);
    return Promise.resolve();
  },
};

function showEach(judged: readonly Judged[]): void {
  table(
    [
      { title: 'recording' },
      { title: 'expected' },
      { title: 'verify-rollout' },
      { title: 'suspicion', right: true },
      { title: 'verdict', right: true },
      { title: 'kubectl rollout status' },
      { title: 'poll once a second' },
    ],
    judged.map(({ rollout, origin, causeKnown, suspectedAt, verify, kubectl, polled }) => {
      const since = (at: number | undefined): string => {
        if (at === undefined) return '–';
        const text = `${((at - origin) / 1000).toFixed(1)} s`;
        return causeKnown ? text : `(${text})`;
      };
      const marked = (watcher: Watcher) => `${watcher.says}${markOf(watcher, rollout)}`;
      return [
        rollout.recording.name,
        rollout.replaced ? 'replaced by a good one' : rollout.expected,
        marked(verify),
        since(suspectedAt),
        since(verify.at),
        kubectl === undefined ? 'knows no Jobs' : marked(kubectl),
        marked(polled),
      ];
    }),
  );
}

function markOf(watcher: Watcher, rollout: RecordedRollout): string {
  if (watcher.claim === 'nothing') return ' …';
  return isFalseAlarm(watcher, rollout) || isFalseSuccess(watcher, rollout) ? ' ✗' : '';
}

function summarise(judged: readonly Judged[]): void {
  const lineOf = (name: string, watcherOf: (one: Judged) => Watcher | undefined): string[] => {
    const asked = judged.flatMap((one) => {
      const watcher = watcherOf(one);
      return watcher === undefined ? [] : [{ ...one, watcher }];
    });
    const good = asked.filter(({ rollout }) => rollout.expected === 'good' && !rollout.replaced);
    const bad = asked.filter(({ rollout }) => rollout.expected !== 'good');
    const claimed = bad.filter(({ watcher }) => watcher.claim === 'bad');
    const delays = claimed.filter(({ causeKnown }) => causeKnown).map(({ watcher, origin }) => watcher.at - origin);
    return [
      name,
      `${good.filter(({ watcher, rollout }) => isFalseAlarm(watcher, rollout)).length} of ${good.length}`,
      `${bad.filter(({ watcher, rollout }) => isFalseSuccess(watcher, rollout)).length} of ${bad.length}`,
      `${claimed.length} of ${bad.length}`,
      `${bad.filter(({ watcher }) => watcher.claim === 'nothing').length} of ${bad.length}`,
      delayOf(delays),
    ];
  };
  const suspicions = judged
    .filter(({ rollout, causeKnown }) => causeKnown && rollout.expected !== 'good')
    .flatMap(({ suspectedAt, origin }) => (suspectedAt === undefined ? [] : [suspectedAt - origin]));
  table(
    [
      { title: 'watcher' },
      { title: 'false alarms', right: true },
      { title: 'false successes', right: true },
      { title: 'failures claimed', right: true },
      { title: 'waits', right: true },
      { title: 'after the cause: median (worst)', right: true },
    ],
    [
      lineOf('verify-rollout', ({ verify }) => verify),
      ['its suspicion in the log', '–', '–', '–', '–', delayOf(suspicions)],
      lineOf('kubectl rollout status', ({ kubectl }) => kubectl),
      lineOf('poll once a second', ({ polled }) => polled),
    ],
  );
}

function delayOf(delays: readonly number[]): string {
  if (delays.length === 0) return '–';
  return `${(median(delays) / 1000).toFixed(1)} s (${(spread(delays).max / 1000).toFixed(1)} s)`;
}

/** A cluster ten times slower: what is good must stay so. */
function stretch(rollouts: readonly RecordedRollout[]): void {
  const good = rollouts.filter(({ expected, replaced }) => expected === 'good' && !replaced);
  for (const { given, policy } of [
    { given: 'every other tolerance by default', policy: {} },
    { given: 'grace 5m, ten times its default', policy: { graceMs: 300_000 } },
    { given: 'grace 10m', policy: { graceMs: 600_000 } },
  ]) {
    const wrong = good.flatMap(({ recording, from }) => {
      const disturb = (rows: typeof recording.rows): Step[] => rows.map((row) => ({ t: row.t * 10, observation: row }));
      const slow = { ...defaultPolicy, timeoutMs: 1_200_000, ...policy };
      const { verdict: seen } = replay(recording, { from, disturb, policy: slow });
      return seen.verdict === 'succeeded' ? [] : [`${recording.name} (${inShort(seen)})`];
    });
    const right = good.length - wrong.length;
    say(
      `\nTen times slower, with a timeout of 20 min and ${given}: ${right} of ${good.length} good ones succeed. Not: ${wrong.join(', ') || 'none'}.`,
    );
  }
}
