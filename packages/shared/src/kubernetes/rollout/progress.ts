/** How far a rollout has come, by the numbers of its workload. */
import type { Workload, WorkloadKind } from './objects.ts';
import { conditionOf, isReady } from './objects.ts';
import { observed, revisionOf } from './revision.ts';
import type { RolloutState } from './state.ts';

export interface Progress {
  /** Pods that the workload asks for. */
  readonly wanted: number;
  /** Pods of the newest revision. */
  readonly updated: number;
  /** Pods of the newest revision that are available. */
  readonly available: number;
  /** Pods of older revisions that still count. */
  readonly old: number;
}

/** Everything asked for is there, available, and of the newest revision alone. */
export function isComplete(state: RolloutState): boolean {
  const { workload } = state;
  if (workload === undefined || state.deleted || state.asked === undefined) return false;
  if ((workload.metadata.generation ?? 0) < state.asked.generation) return false;
  if (state.target.kind === 'Job') return conditionOf(workload.status?.conditions, 'Complete')?.status === 'True';
  if (!observed(workload)) return false;
  const progress = progressOf(state.target.kind, workload);
  const needed = neededOf(state, workload);
  const counted = progress.updated >= needed && progress.available >= needed;
  const old = state.required === 'all' ? progress.old : 0;
  // The workload's status follows its pods by some milliseconds: both have to agree.
  return counted && old === 0 && (isBlind(state) || readyPods(state) >= needed);
}

/**
 * What was complete holds as long as that many pods are available, also while an autoscaler adds more: the rollout is not
 * what they wait for. Between a new number and the controller's taking it up the counts are those of before.
 */
export function stillHolds(state: RolloutState): boolean {
  const { workload, deleted, steadyWith, target, required } = state;
  if (steadyWith === undefined || workload === undefined || deleted || target.kind === 'Job') return false;
  const needed = stillNeeded(state);
  const { available, old } = progressOf(target.kind, workload);
  return available >= needed && (required !== 'all' || old === 0) && (isBlind(state) || readyPods(state) >= needed);
}

/** What is needed now, or was when it became complete if that is less. */
export function stillNeeded(state: RolloutState): number {
  const now = state.workload === undefined ? 0 : neededOf(state, state.workload);
  return Math.min(now, state.steadyWith ?? now);
}

/** How many pods of the revision must be available. */
export function neededOf({ target, required }: Pick<RolloutState, 'target' | 'required'>, workload: Workload): number {
  const { wanted } = progressOf(target.kind, workload);
  if (required === 'all') return wanted;
  if (required === 'maxUnavailable') return Math.max(wanted - mayBeMissing(target.kind, workload), 0);
  return Math.ceil((wanted * required.percent) / 100);
}

function mayBeMissing(kind: WorkloadKind, workload: Workload): number {
  if (kind === 'Deployment') return maxUnavailable(workload);
  const { wanted } = progressOf(kind, workload);
  // StatefulSets and DaemonSets replace one pod at a time unless told otherwise.
  return amount(workload.spec.updateStrategy?.rollingUpdate?.maxUnavailable ?? 1, wanted, Math.ceil);
}

/** Without the right to read them, nobody can say which pods are of the revision. */
function isBlind({ unreadable, target }: RolloutState): boolean {
  const maker =
    target.kind === 'Deployment' ? 'ReplicaSet' : target.kind === 'DaemonSet' ? 'ControllerRevision' : 'Pod';
  return unreadable.has('Pod') || unreadable.has(maker);
}

function readyPods(state: RolloutState): number {
  return revisionOf(state).pods.filter(isReady).length;
}

/** The counts of a workload in one vocabulary. */
export function progressOf(kind: WorkloadKind, workload: Workload): Progress {
  const status = workload.status ?? {};
  const replicas = workload.spec.replicas ?? 1;
  switch (kind) {
    case 'Deployment': {
      const updated = status.updatedReplicas ?? 0;
      return {
        wanted: replicas,
        updated,
        available: Math.min(updated, status.availableReplicas ?? 0),
        old: Math.max(0, (status.replicas ?? 0) - updated),
      };
    }
    case 'StatefulSet': {
      // Pods below the partition keep the old revision on purpose.
      const partition = workload.spec.updateStrategy?.rollingUpdate?.partition ?? 0;
      const wanted = Math.max(0, replicas - partition);
      const allCurrent = status.updateRevision !== undefined && status.updateRevision === status.currentRevision;
      const updated = allCurrent ? (status.replicas ?? 0) : (status.updatedReplicas ?? 0);
      const available = status.availableReplicas ?? status.readyReplicas ?? 0;
      return {
        wanted,
        updated: Math.min(updated, replicas),
        available: Math.max(0, available - Math.min(partition, replicas)),
        old: Math.max(0, wanted - Math.min(updated, replicas)),
      };
    }
    case 'DaemonSet': {
      const wanted = status.desiredNumberScheduled ?? 0;
      const updated = status.updatedNumberScheduled ?? 0;
      return { wanted, updated, available: status.numberAvailable ?? 0, old: Math.max(0, wanted - updated) };
    }
    case 'Job': {
      const wanted = workload.spec.completions ?? 1;
      return { wanted, updated: wanted, available: status.succeeded ?? 0, old: 0 };
    }
  }
}

/** The number of pods that may be missing during a rolling update (percentages round down, as Kubernetes does). */
export function maxUnavailable(workload: Workload): number {
  if (workload.spec.strategy?.type === 'Recreate') return workload.spec.replicas ?? 1;
  const rolling = workload.spec.strategy?.rollingUpdate;
  const replicas = workload.spec.replicas ?? 1;
  const unavailable = amount(rolling?.maxUnavailable ?? '25%', replicas, Math.floor);
  const surge = amount(rolling?.maxSurge ?? '25%', replicas, Math.ceil);
  return unavailable === 0 && surge === 0 ? 1 : unavailable;
}

function amount(value: number | string, of: number, round: (n: number) => number): number {
  if (typeof value === 'number') return value;
  const percent = /^(\d+)%$/.exec(value)?.[1];
  return percent === undefined ? Number(value) || 0 : round((Number(percent) * of) / 100);
}

/** "2 of 3 available", for people. */
export function describeProgress(kind: WorkloadKind, workload: Workload): string {
  const { wanted, updated, available, old } = progressOf(kind, workload);
  if (kind === 'Job') return `${available} of ${wanted} completed`;
  const rest = old > 0 ? `, ${old} of an older revision left` : '';
  return `${updated} of ${wanted} of the new revision, ${available} available${rest}`;
}
