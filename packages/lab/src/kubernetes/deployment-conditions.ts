/** The conditions of a Deployment's status: pure functions. */
import { timestamp, type Condition, type Deployment, type ReplicaSet } from './objects.ts';
import { fenceposts, hasProgressed, isComplete, withCondition } from './rollout-math.ts';

type Status = Deployment['status'];

/** Sets Available. */
export function withAvailability(
  deployment: Deployment,
  status: Status,
  conditions: readonly Condition[],
): Condition[] {
  const enough = (status.availableReplicas ?? 0) >= deployment.spec.replicas - fenceposts(deployment).unavailable;
  return withCondition(
    conditions,
    enough
      ? {
          type: 'Available',
          status: 'True',
          reason: 'MinimumReplicasAvailable',
          message: 'Deployment has minimum availability.',
        }
      : {
          type: 'Available',
          status: 'False',
          reason: 'MinimumReplicasUnavailable',
          message: 'Deployment does not have minimum availability.',
        },
    timestamp(),
  );
}

/** A rollout that is over stays so until the template changes. */
export function isSettled(status: Status, conditions: readonly Condition[]): boolean {
  const progressing = conditions.find(({ type }) => type === 'Progressing');
  return progressing?.reason === 'NewReplicaSetAvailable' && (status.replicas ?? 0) === (status.updatedReplicas ?? 0);
}

export interface Progress {
  readonly before: Status;
  readonly after: Status;
  /** The progress deadline has passed. */
  readonly late: boolean;
}

/** Sets Progressing, with `set` being the new ReplicaSet. */
export function withProgress(
  deployment: Deployment,
  { before, after, late }: Progress,
  conditions: readonly Condition[],
  set: string,
): Condition[] {
  const say = (status: 'True' | 'False', reason: string, what: string): Condition[] =>
    withCondition(
      conditions,
      { type: 'Progressing', status, reason, message: `ReplicaSet "${set}" ${what}` },
      timestamp(),
    );
  if (isComplete(deployment, after)) return say('True', 'NewReplicaSetAvailable', 'has successfully progressed.');
  if (hasProgressed(before, after)) return say('True', 'ReplicaSetUpdated', 'is progressing.');
  return late ? say('False', 'ProgressDeadlineExceeded', 'has timed out progressing.') : [...conditions];
}

/** A ReplicaSet's failure to create pods is the Deployment's too. */
export function withFailure(conditions: readonly Condition[], sets: readonly (ReplicaSet | undefined)[]): Condition[] {
  const others = conditions.filter(({ type }) => type !== 'ReplicaFailure');
  const failure = sets.flatMap((set) => set?.status.conditions ?? []).find(({ type }) => type === 'ReplicaFailure');
  if (failure === undefined) return others;
  const known = conditions.find(({ type }) => type === 'ReplicaFailure');
  const { status, reason, message } = failure;
  const next = {
    type: 'ReplicaFailure',
    status,
    ...(reason === undefined ? {} : { reason }),
    ...(message === undefined ? {} : { message }),
  };
  return withCondition(known === undefined ? others : [...others, known], next, timestamp());
}
