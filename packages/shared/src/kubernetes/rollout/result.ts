/** What a verification came to, workload by workload. */
import type { Exhibit } from './evidence.ts';
import type { Followup } from './following.ts';
import type { Moment } from './moments.ts';
import { revisionOf } from './revision.ts';
import type { RolloutState, Target } from './state.ts';
import type { Suspicion } from './verdict.ts';

/** Best first. The verdict over several workloads is the worst of theirs. */
export const outcomes = ['succeeded', 'rolled-back', 'superseded', 'timed-out', 'failed', 'rollback-failed'] as const;
export type Outcome = (typeof outcomes)[number];

/** Something in an available pod that is not as it should be. */
export interface HealthProblem {
  readonly cause: string;
  readonly message: string;
  readonly remedy: string;
  /** What the pod answered. */
  readonly evidence: string;
}

export interface Health {
  /** What was found to be as it should be, one sentence each. */
  readonly checked: readonly string[];
  /** What could not be checked, and why. */
  readonly unchecked: readonly string[];
  readonly problems: readonly HealthProblem[];
}

/** What a rollback came to. */
export interface RollbackResult {
  readonly state: 'done' | 'failed' | 'impossible' | 'refused';
  readonly revision: string | undefined;
  readonly images: Readonly<Record<string, string>>;
  readonly message: string;
  readonly evidence: readonly Exhibit[];
  /** Why it does not hold, where that is known. */
  readonly cause?: string | undefined;
  readonly remedy?: string | undefined;
}

export interface WorkloadResult {
  readonly target: Target;
  readonly outcome: Outcome;
  /** The first cause's id; undefined when all is well. */
  readonly cause: string | undefined;
  /** One sentence for a person. */
  readonly message: string;
  readonly remedy: string | undefined;
  /** What would have made it less bad, or kept it from being seen so late. */
  readonly hints: readonly string[];
  readonly findings: readonly Suspicion[];
  readonly evidence: readonly Exhibit[];
  readonly revision: string | undefined;
  readonly images: Readonly<Record<string, string>>;
  readonly pods: readonly string[];
  readonly startedAt: number;
  /** Until the verdict, rollback not included. */
  readonly durationMs: number;
  readonly moments: readonly Moment[];
  readonly health: Health | undefined;
  readonly rollback: RollbackResult | undefined;
}

export interface Verification {
  readonly outcome: Outcome;
  readonly results: readonly WorkloadResult[];
}

/** The verdict over several workloads: the worst of theirs. */
export function outcomeOf(results: readonly Pick<WorkloadResult, 'outcome'>[]): Outcome {
  const worst = Math.max(0, ...results.map(({ outcome }) => outcomes.indexOf(outcome)));
  return outcomes[worst] ?? 'succeeded';
}

/** Worst first; among equals those first that have a cause of their own. */
export function worstFirst(results: readonly WorkloadResult[]): readonly WorkloadResult[] {
  const rank = ({ outcome, cause }: WorkloadResult): number =>
    outcomes.indexOf(outcome) * 2 + (cause === undefined ? 0 : 1);
  return [...results].sort((a, b) => rank(b) - rank(a));
}

/** Container → image. */
export function imagesIn({ workload }: Pick<RolloutState, 'workload'>): Readonly<Record<string, string>> {
  const containers = workload?.spec.template.spec.containers ?? [];
  return Object.fromEntries(containers.map(({ name, image = '' }) => [name, image]));
}

/** What is known of a workload whatever its verdict is. */
export function baseResult({ target, state }: Followup, now: number): Omit<WorkloadResult, 'outcome' | 'message'> {
  const { name, pods } = revisionOf(state);
  return {
    target,
    cause: undefined,
    remedy: undefined,
    hints: [],
    findings: [],
    evidence: [],
    revision: name,
    images: imagesIn(state),
    pods: pods.map((pod) => pod.metadata.name),
    startedAt: state.startedAt,
    durationMs: now - state.startedAt,
    moments: state.moments,
    health: undefined,
    rollback: undefined,
  };
}
