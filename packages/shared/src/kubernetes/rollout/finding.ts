/** What was found out about a rollout: a cause, where it was seen, what to tell and what to do. */
import type { Need } from './need.ts';

/**
 * How a cause ends.
 * - `never`: nothing that happens later mends it; the verdict falls at once.
 * - `if-something-else-changes`: somebody has to create, push or free something; the verdict falls after a grace.
 * - `by-itself`: it may pass; the verdict falls after a number of occurrences, or at the deadline.
 */
export type Heals = 'never' | 'if-something-else-changes' | 'by-itself';

/** Which tolerance of the policy a cause has; `deadline`: none of its own. */
export type Tolerance = 'none' | 'grace' | 'unschedulable-grace' | 'readiness-grace' | 'crash-tolerance' | 'deadline';

/** What proves a cause. */
export type EvidenceKind =
  'events' | 'logs' | 'container-state' | 'probe' | 'pod-spec' | 'quota' | 'nodes' | 'conditions';

export interface Finding {
  /** The cause's stable id. */
  readonly cause: string;
  /** Same key, same finding: the cause, the container and what it is about. */
  readonly key: string;
  readonly heals: Heals;
  readonly tolerance: Tolerance;
  /** True for what good rollouts show too: told with the verdict only. */
  readonly ordinary: boolean;
  /** True for what is ordinary and yet said the moment it is seen: a probe that fails, a deadline that is over. */
  readonly early: boolean;
  /** The container's name, when it is about one. */
  readonly container: string | undefined;
  /** Names of the pods that show it; empty when it is about the workload. */
  readonly pods: readonly string[];
  /** Most occurrences on one pod (crashes); 1 where they are not counted. */
  readonly occurrences: number;
  readonly message: string;
  readonly remedy: string;
  readonly evidence: readonly EvidenceKind[];
  /** What is missing, where it can be asked for. */
  readonly needs?: Need | undefined;
}
