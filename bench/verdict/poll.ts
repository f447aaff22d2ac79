/**
 * What people write by hand: look once a second at the workload's counts and conditions and at why its pods wait. It
 * sees the same recording, at the same times.
 */
import {
  conditionOf,
  containerStatuses,
  isTerminating,
  type Pod,
  type Workload,
} from '@wso2-delivery/shared/kubernetes/rollout/objects';
import { listed, type Recording } from '../../test/unit/kubernetes/rollout/replay.ts';

export interface PollOutcome {
  readonly outcome: 'succeeded' | 'failed' | 'waited';
  /** In ms of the recording. */
  readonly at: number;
  readonly reason: string;
}

const periodMs = 1000;
/** As long as kubectl was given when the recordings were taken. */
const timeoutMs = 60_000;

const bad =
  /^(ErrImagePull|ImagePullBackOff|InvalidImageName|ErrImageNeverPull|CreateContainerConfigError|CreateContainerError|RunContainerError|CrashLoopBackOff)$/;

export function poll({ target, rows }: Recording, from: number): PollOutcome {
  for (let at = from; at <= from + timeoutMs; at += periodMs) {
    const present = listed(rows, at).map(({ kind, object }) => ({ kind, object }));
    const workload = present.find(({ kind, object }) => kind === target.kind && object.metadata.name === target.name)
      ?.object as Workload | undefined;
    if (workload === undefined) return { outcome: 'failed', at, reason: 'not found' };
    const deadline = conditionOf(workload.status?.conditions, 'Progressing')?.reason === 'ProgressDeadlineExceeded';
    if (deadline) return { outcome: 'failed', at, reason: 'ProgressDeadlineExceeded' };
    if (isAvailable(workload, target.kind)) return { outcome: 'succeeded', at, reason: 'available' };
    const labels = Object.entries(workload.spec.selector?.matchLabels ?? {});
    const waiting = present
      .filter(({ kind }) => kind === 'Pod')
      .map(({ object }) => object as Pod)
      .filter((pod) => labels.every(([name, value]) => pod.metadata.labels?.[name] === value) && !isTerminating(pod))
      .flatMap((pod) => containerStatuses(pod).map(({ state }) => state?.waiting?.reason ?? ''))
      .find((reason) => bad.test(reason));
    if (waiting !== undefined) return { outcome: 'failed', at, reason: waiting };
  }
  return { outcome: 'waited', at: from + timeoutMs, reason: 'timeout' };
}

function isAvailable({ metadata, spec, status = {} }: Workload, kind: string): boolean {
  if ((status.observedGeneration ?? 0) < (metadata.generation ?? 0) && kind !== 'Job') return false;
  const wanted = spec.replicas ?? 1;
  switch (kind) {
    case 'DaemonSet':
      return (
        status.updatedNumberScheduled === status.desiredNumberScheduled &&
        (status.numberAvailable ?? 0) === (status.desiredNumberScheduled ?? 0)
      );
    case 'StatefulSet':
      return (status.readyReplicas ?? 0) === wanted && status.currentRevision === status.updateRevision;
    case 'Job':
      return (status.succeeded ?? 0) >= (spec.completions ?? 1);
    default:
      return (
        (status.updatedReplicas ?? 0) === wanted &&
        (status.replicas ?? 0) === wanted &&
        (status.availableReplicas ?? 0) === wanted
      );
  }
}
