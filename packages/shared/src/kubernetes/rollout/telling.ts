/** What is said about a rollout while it goes on. */
import { formatDuration } from '../../base/duration.ts';
import { count } from '../../base/text.ts';
import { formatWorkload } from '../workload.ts';
import type { Finding } from './finding.ts';
import type { Policy } from './policy.ts';
import type { RolloutState } from './state.ts';
import type { Suspicion } from './verdict.ts';

/** "web-7ff5-x" or "web-7ff5-x and 2 more pods", or the workload when it is about no pod. */
export function whereOf(state: Pick<RolloutState, 'target'>, { pods }: Pick<Finding, 'pods'>): string {
  const [first, ...more] = pods;
  if (first === undefined) return formatWorkload(state.target);
  return more.length === 0 ? first : `${first} and ${count(more.length, 'more pod')}`;
}

/** One line for each suspicion that good rollouts do not show, or that announces a kill, by a key that changes when there is more to say (another crash). */
export function suspicionLines(
  state: RolloutState,
  suspicions: readonly Suspicion[],
  policy: Policy,
  now: number,
): ReadonlyMap<string, string> {
  const lines = new Map<string, string>();
  for (const suspicion of suspicions) {
    if (suspicion.ordinary && !suspicion.early) continue;
    const [pod = ''] = suspicion.pods;
    const where = pod === '' ? whereOf(state, suspicion) : pod;
    const line = `${where}: ${withoutStop(suspicion.message)}; ${outlook(state, suspicion, policy, now)}.`;
    // What was asked for changes the message, and with it what the user has to do.
    const answer = suspicion.needs === undefined ? '' : `#${suspicion.message}`;
    lines.set(`${suspicion.key}#${suspicion.occurrences}${answer}`, line);
  }
  return lines;
}

function outlook(
  { target }: RolloutState,
  { finalAt, tolerance, occurrences }: Suspicion,
  policy: Policy,
  now: number,
): string {
  if (finalAt !== undefined) return `failing in ${formatDuration(Math.max(0, finalAt - now))} unless that changes`;
  if (target.kind === 'Job') return 'the Job tries again as often as its backoffLimit says';
  if (tolerance === 'crash-tolerance') {
    return `${count(occurrences, 'crash', 'crashes')}, failing at ${policy.crashTolerance + 1}`;
  }
  return 'it may pass, waiting for it until the timeout';
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, '');
}
