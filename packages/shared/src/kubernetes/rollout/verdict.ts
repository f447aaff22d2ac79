/** The verdict over a rollout: a pure function of what is known, the time and the policy. */
import type { Finding } from './finding.ts';
import type { Policy } from './policy.ts';
import { neededOf, progressOf } from './progress.ts';
import { observed, revisionOf, sameTemplate } from './revision.ts';
import type { RolloutState, Suspected } from './state.ts';

/** A cause that is seen now, and when it becomes final if nothing changes. */
export interface Suspicion extends Finding {
  readonly since: number;
  /** undefined: at the deadline only, or after more occurrences. */
  readonly finalAt: number | undefined;
}

export type Verdict =
  | {
      readonly verdict: 'watching';
      readonly suspicions: readonly Suspicion[];
      /** When the verdict may change without anything happening. */
      readonly nextAt: number;
      /** Complete since then, and not yet for long enough. */
      readonly steadySince: number | undefined;
    }
  | { readonly verdict: 'succeeded'; readonly at: number }
  | {
      readonly verdict: 'failed' | 'timed-out';
      /** When it became final. */
      readonly at: number;
      /** The first cause; undefined when nothing was seen. */
      readonly cause: string | undefined;
      readonly findings: readonly Suspicion[];
    }
  | { readonly verdict: 'superseded'; readonly at: number; readonly by: string };

/** What is to be said about the rollout at a time. */
export function verdictOf(state: RolloutState, now: number, policy: Policy): Verdict {
  const suspicions = suspicionsOf(state, policy);
  const replaced = supersededBy(state);
  if (replaced !== undefined && !state.deleted) return { verdict: 'superseded', at: now, by: replaced };
  const final = suspicions.filter(({ finalAt }) => finalAt !== undefined && finalAt <= now).sort(byFinality);
  const [first] = bearable(state, final) ? [] : final;
  if (first !== undefined && !(state.steadySince !== undefined && passes(first))) {
    const rest = suspicions.filter((suspicion) => !final.includes(suspicion) && !suspicion.ordinary);
    return { verdict: 'failed', at: first.finalAt ?? now, cause: first.cause, findings: [...final, ...rest] };
  }
  const holdsAt = holdUntil(state, policy);
  if (holdsAt !== undefined && holdsAt <= now) return { verdict: 'succeeded', at: holdsAt };
  const deadline = state.startedAt + policy.timeoutMs;
  // What is available in time may hold past the deadline, but not begin to.
  const inTime = state.steadySince !== undefined && state.steadySince <= deadline;
  if (deadline <= now && !inTime) {
    const findings = [...suspicions].sort(byWeight);
    return { verdict: 'timed-out', at: deadline, cause: findings[0]?.cause, findings };
  }
  const times = [...suspicions.map(({ finalAt }) => finalAt), holdsAt, inTime ? undefined : deadline];
  const next = times.filter((time) => time !== undefined).filter((time) => time > now);
  return { verdict: 'watching', suspicions, nextAt: Math.min(...next), steadySince: state.steadySince };
}

/** Where not all pods are required, as many as are not may fail. */
function bearable(state: RolloutState, final: readonly Suspicion[]): boolean {
  const { workload, target, required } = state;
  if (required === 'all' || workload === undefined || final.some(({ pods }) => pods.length === 0)) return false;
  const failing = new Set(final.flatMap(({ pods }) => pods)).size;
  return failing <= progressOf(target.kind, workload).wanted - neededOf(state, workload);
}

/** A cause that keeps pods from coming does not matter once everything that was asked for is there. */
function passes(finding: Finding): boolean {
  return finding.tolerance !== 'crash-tolerance' && finding.tolerance !== 'none';
}

function holdUntil(state: RolloutState, policy: Policy): number | undefined {
  if (state.steadySince === undefined) return undefined;
  // A Job that is complete cannot become incomplete.
  return state.steadySince + (state.target.kind === 'Job' ? 0 : policy.stableForMs);
}

/** Everything that is seen now, with the time at which it becomes final, in the table's order. */
function suspicionsOf(state: RolloutState, policy: Policy): readonly Suspicion[] {
  return [...state.suspected.values()].map((suspected) => ({
    ...suspected.finding,
    since: suspected.since,
    finalAt: finalAt(suspected, state, policy),
  }));
}

function finalAt({ finding, since, lastAt }: Suspected, state: RolloutState, policy: Policy): number | undefined {
  switch (finding.tolerance) {
    case 'none':
      return since;
    case 'grace':
      return since + policy.graceMs;
    case 'unschedulable-grace':
      return since + policy.unschedulableGraceMs;
    case 'readiness-grace':
      return since + policy.readinessGraceMs;
    case 'crash-tolerance':
      // A Job counts its own attempts.
      return state.target.kind !== 'Job' && finding.occurrences > policy.crashTolerance ? lastAt : undefined;
    case 'deadline':
      return undefined;
  }
}

const byFinality = (a: Suspicion, b: Suspicion): number => (a.finalAt ?? Infinity) - (b.finalAt ?? Infinity);

/** Serious causes before ordinary ones, then the longest seen. */
const byWeight = (a: Suspicion, b: Suspicion): number => Number(a.ordinary) - Number(b.ordinary) || a.since - b.since;

function supersededBy(state: RolloutState): string | undefined {
  const { asked, workload } = state;
  if (asked === undefined || workload === undefined) return undefined;
  if ((workload.metadata.generation ?? 0) <= asked.generation) return undefined;
  if (sameTemplate(asked.template, workload.spec.template)) return undefined;
  const revision = observed(workload) ? revisionOf(state).name : undefined;
  const images = workload.spec.template.spec.containers.map((container) => container.image ?? '').join(', ');
  return `${revision === undefined ? `generation ${workload.metadata.generation ?? ''}` : `revision ${revision}`} (${images})`;
}
