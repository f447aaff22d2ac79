/** The shape of a row in the table of causes. */
import type { EvidenceKind, Heals, Tolerance } from '../finding.ts';
import type { Need } from '../need.ts';
import type { ContainerView, PodView, RefusalView, WorkloadView } from '../views.ts';

export interface Match {
  /** What exactly it is about: tells two missing ConfigMaps apart. */
  readonly subject: string;
  readonly occurrences: number;
  /** Ordinary, and said at once all the same: it announces something. */
  readonly early: boolean;
  readonly message: string;
  readonly remedy: string;
  /** What is missing, where it can be asked for. */
  readonly needs: Need | undefined;
}

interface Views {
  readonly container: ContainerView;
  readonly pod: PodView;
  readonly refusal: RefusalView;
  readonly workload: WorkloadView;
}

interface CauseOf<V extends keyof Views> {
  readonly id: string;
  /** What a row looks at. */
  readonly of: V;
  readonly heals: Heals;
  readonly tolerance: Tolerance;
  /** Good rollouts show it too: it is told with the verdict only, and gives way to every other cause. */
  readonly ordinary: boolean;
  readonly evidence: readonly EvidenceKind[];
  seen(view: Views[V]): Match | undefined;
}

export type Cause = { [V in keyof Views]: CauseOf<V> }[keyof Views];

/** How a row is written down: what is seen gives the facts, the facts give the words. */
export interface Row<V extends keyof Views, F extends object> {
  readonly heals: Heals;
  /** Where the class alone does not say it. */
  readonly tolerance?: Tolerance;
  readonly ordinary?: true;
  readonly early?: (facts: F) => boolean;
  readonly seen: (view: Views[V]) => F | undefined;
  readonly subject?: (facts: F) => string;
  readonly occurrences?: (view: Views[V]) => number;
  readonly needs?: (facts: F, view: Views[V]) => Need | undefined;
  readonly says: (facts: F, view: Views[V]) => string;
  readonly remedy: (facts: F, view: Views[V]) => string;
  readonly evidence: readonly EvidenceKind[];
}

const ownTolerance: Readonly<Record<Heals, Tolerance>> = {
  never: 'none',
  'if-something-else-changes': 'grace',
  'by-itself': 'deadline',
};

function cause<V extends keyof Views, F extends object>(of: V, id: string, row: Row<V, F>): CauseOf<V> {
  return {
    id,
    of,
    heals: row.heals,
    tolerance: row.tolerance ?? ownTolerance[row.heals],
    ordinary: row.ordinary ?? false,
    evidence: row.evidence,
    seen: (view) => {
      const facts = row.seen(view);
      if (facts === undefined) return undefined;
      return {
        subject: row.subject?.(facts) ?? '',
        occurrences: row.occurrences?.(view) ?? 1,
        early: row.early?.(facts) ?? false,
        message: row.says(facts, view),
        remedy: row.remedy(facts, view),
        needs: row.needs?.(facts, view),
      };
    },
  };
}

/** A cause seen in one container. */
export const inContainer = <F extends object>(id: string, row: Row<'container', F>): Cause =>
  cause('container', id, row);
/** A cause seen in a pod as a whole. */
export const inPod = <F extends object>(id: string, row: Row<'pod', F>): Cause => cause('pod', id, row);
/** A cause for which pods are not created at all. */
export const inRefusal = <F extends object>(id: string, row: Row<'refusal', F>): Cause => cause('refusal', id, row);
/** A cause seen in the workload. */
export const inWorkload = <F extends object>(id: string, row: Row<'workload', F>): Cause => cause('workload', id, row);

/** The named groups of a pattern in a text, or undefined when it does not match. */
export function read<K extends string>(text: string | undefined, pattern: RegExp): Record<K, string> | undefined {
  const groups = pattern.exec(text ?? '')?.groups;
  if (groups === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(groups).map(([name, value]: [string, string | undefined]) => [name, value ?? '']),
  ) as Record<K, string>;
}
