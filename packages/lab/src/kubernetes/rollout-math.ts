/** The arithmetic of a rolling update: pure functions over numbers and conditions. */
import type { Condition, Deployment, ReplicaSet } from './objects.ts';

/** A whole number or a percentage of `replicas`, rounded up or down. */
export function resolvePercent(value: number | string | undefined, replicas: number, roundUp: boolean): number {
  if (value === undefined) return 0;
  if (typeof value === 'number') return value;
  const percent = /^(\d+)%$/.exec(value);
  if (percent === null) return Number(value) || 0;
  const exact = (Number(percent[1]) * replicas) / 100;
  return roundUp ? Math.ceil(exact) : Math.floor(exact);
}

export interface Fenceposts {
  /** Pods allowed above the wanted number. */
  readonly surge: number;
  /** Pods allowed to be missing. */
  readonly unavailable: number;
}

/** maxSurge and maxUnavailable in pods. Both zero would never move: then one pod may be missing. */
export function fenceposts({ spec }: Deployment): Fenceposts {
  if (spec.strategy.type !== 'RollingUpdate') return { surge: 0, unavailable: 0 };
  const surge = resolvePercent(spec.strategy.rollingUpdate?.maxSurge, spec.replicas, true);
  const unavailable = resolvePercent(spec.strategy.rollingUpdate?.maxUnavailable, spec.replicas, false);
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : Math.min(unavailable, spec.replicas) };
}

export function desired(sets: readonly ReplicaSet[]): number {
  return sets.reduce((sum, set) => sum + set.spec.replicas, 0);
}

function counted(sets: readonly ReplicaSet[], field: 'replicas' | 'readyReplicas' | 'availableReplicas'): number {
  return sets.reduce((sum, set) => sum + (set.status[field] ?? 0), 0);
}

/** How many replicas the new ReplicaSet should have next, with `sets` being all of them. */
export function nextNewReplicas(deployment: Deployment, sets: readonly ReplicaSet[], current: number): number {
  const { replicas, strategy } = deployment.spec;
  if (current > replicas) return replicas;
  if (strategy.type === 'Recreate') return replicas;
  const room = replicas + fenceposts(deployment).surge - desired(sets);
  return room <= 0 ? current : current + Math.min(room, replicas - current);
}

export interface ScaleStep {
  readonly set: ReplicaSet;
  readonly to: number;
}

/**
 * Which old ReplicaSets go down by how much: first what is not available anyway, then as many available pods as
 * may be missing.
 */
export function scaleDownOld(deployment: Deployment, fresh: ReplicaSet, old: readonly ReplicaSet[]): ScaleStep[] {
  const { replicas } = deployment.spec;
  const minAvailable = replicas - fenceposts(deployment).unavailable;
  const freshMissing = fresh.spec.replicas - (fresh.status.availableReplicas ?? 0);
  let allowed = desired([fresh, ...old]) - minAvailable - freshMissing;
  if (allowed <= 0) return [];
  const targets = new Map(old.map((set) => [set, set.spec.replicas]));
  const oldestFirst = [...old].sort((a, b) => a.metadata.creationTimestamp.localeCompare(b.metadata.creationTimestamp));
  for (const set of oldestFirst) {
    const broken = Math.min(allowed, set.spec.replicas - (set.status.availableReplicas ?? 0));
    if (broken <= 0) continue;
    targets.set(set, set.spec.replicas - broken);
    allowed -= broken;
  }
  let surplus = counted([fresh, ...old], 'availableReplicas') - minAvailable;
  for (const set of oldestFirst) {
    const at = targets.get(set) ?? 0;
    const step = Math.min(surplus, at);
    if (step <= 0) continue;
    targets.set(set, at - step);
    surplus -= step;
  }
  return [...targets].filter(([set, to]) => to !== set.spec.replicas).map(([set, to]) => ({ set, to }));
}

/** The status of a Deployment with these ReplicaSets, without its conditions. Zeros are left out, as the API does. */
export function countStatus(
  deployment: Deployment,
  sets: readonly ReplicaSet[],
  fresh: ReplicaSet | undefined,
): Omit<Deployment['status'], 'conditions'> {
  const available = counted(sets, 'availableReplicas');
  const numbers = {
    replicas: counted(sets, 'replicas'),
    updatedReplicas: fresh?.status.replicas ?? 0,
    readyReplicas: counted(sets, 'readyReplicas'),
    availableReplicas: available,
    unavailableReplicas: Math.max(desired(sets) - available, 0),
  };
  return {
    observedGeneration: deployment.metadata.generation ?? 1,
    ...Object.fromEntries(Object.entries(numbers).filter(([, value]) => value !== 0)),
  };
}

type Status = Deployment['status'];

/** All replicas are new and available, and no old one is left. */
export function isComplete(deployment: Deployment, status: Status): boolean {
  const { replicas } = deployment.spec;
  return (
    (status.updatedReplicas ?? 0) === replicas &&
    (status.replicas ?? 0) === replicas &&
    (status.availableReplicas ?? 0) === replicas &&
    (status.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 1)
  );
}

/** Something moved in the right direction since `before`. */
export function hasProgressed(before: Status, after: Status): boolean {
  const old = (status: Status): number => (status.replicas ?? 0) - (status.updatedReplicas ?? 0);
  return (
    (after.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
    old(after) < old(before) ||
    (after.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (after.availableReplicas ?? 0) > (before.availableReplicas ?? 0)
  );
}

/** The conditions with one set; its transition time changes only with its status. */
export function withCondition(
  conditions: readonly Condition[],
  next: Pick<Condition, 'type' | 'status' | 'reason' | 'message'>,
  now: string,
): Condition[] {
  const known = conditions.find((condition) => condition.type === next.type);
  if (known?.status === next.status && known.reason === next.reason && known.message === next.message) {
    return [...conditions];
  }
  const { type, status, ...why } = next;
  const lastTransitionTime = known?.status === status ? known.lastTransitionTime : now;
  const fresh: Condition = { type, status, lastUpdateTime: now, lastTransitionTime, ...why };
  return known === undefined
    ? [...conditions, fresh]
    : [...conditions.filter((condition) => condition !== known), fresh];
}
