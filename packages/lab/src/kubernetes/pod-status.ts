/** A pod's status from what is known of its containers: a pure function. */
import { containerStatus, type KnownContainer } from './container-state.ts';
import { timestamp, type Condition, type Pod, type PodStatus } from './objects.ts';

export interface PodFacts {
  readonly containers: readonly KnownContainer[];
  readonly hostIp: string;
  /** Set once the sandbox stands. */
  readonly podIp: string | undefined;
  readonly startTime: string;
}

/** The status to write for a pod; transition times of unchanged conditions stay. */
export function podStatus(pod: Pod, facts: PodFacts): PodStatus {
  const init = facts.containers.filter((known) => known.init);
  const main = facts.containers.filter((known) => !known.init);
  const uninitialized = init.filter((known) => known.state.terminated?.exitCode !== 0);
  const unready = main.filter((known) => !known.ready);
  const phase = phaseOf(pod, main, uninitialized.length > 0);
  const finished = phase === 'Succeeded' || phase === 'Failed';
  const done = phase === 'Succeeded' ? 'PodCompleted' : 'PodFailed';
  const unreadyWhy = finished
    ? { reason: done }
    : {
        reason: 'ContainersNotReady',
        message: `containers with unready status: [${unready.map(({ container }) => container.name).join(' ')}]`,
      };
  const ready = unready.length === 0 && main.length > 0 && !finished;
  const conditions: Condition[] = [
    condition(pod, 'PodReadyToStartContainers', facts.podIp !== undefined && !finished),
    condition(
      pod,
      'Initialized',
      uninitialized.length === 0,
      uninitialized.length === 0
        ? {}
        : {
            reason: 'ContainersNotInitialized',
            message: `containers with incomplete status: [${uninitialized.map(({ container }) => container.name).join(' ')}]`,
          },
    ),
    condition(pod, 'Ready', ready, ready ? {} : unreadyWhy),
    condition(pod, 'ContainersReady', ready, ready ? {} : unreadyWhy),
    condition(pod, 'PodScheduled', true),
  ];
  return {
    phase,
    conditions,
    hostIP: facts.hostIp,
    hostIPs: [{ ip: facts.hostIp }],
    ...(facts.podIp === undefined ? {} : { podIP: facts.podIp, podIPs: [{ ip: facts.podIp }] }),
    startTime: facts.startTime,
    ...(init.length === 0 ? {} : { initContainerStatuses: init.map(containerStatus) }),
    containerStatuses: main.map(containerStatus),
    ...(pod.status.qosClass === undefined ? {} : { qosClass: pod.status.qosClass }),
  };
}

function condition(pod: Pod, type: string, holds: boolean, why: { reason?: string; message?: string } = {}): Condition {
  const status = holds ? 'True' : 'False';
  const known = pod.status.conditions?.find((candidate) => candidate.type === type);
  const lastTransitionTime = known?.status === status ? known.lastTransitionTime : timestamp();
  return { type, status, lastProbeTime: null, lastTransitionTime, ...why };
}

function phaseOf(pod: Pod, main: readonly KnownContainer[], initializing: boolean): string {
  const stopping = pod.metadata.deletionTimestamp !== undefined;
  if (initializing && !stopping) return 'Pending';
  const running = main.filter(({ state }) => state.running !== undefined).length;
  const stopped = main.filter(
    ({ state, lastState }) =>
      state.terminated !== undefined || (state.waiting !== undefined && lastState.terminated !== undefined),
  );
  if (running + stopped.length < main.length) return 'Pending';
  if (running > 0) return 'Running';
  const restarts = (pod.spec.restartPolicy ?? 'Always') === 'Always';
  if (restarts && !stopping) return 'Running';
  const failed = stopped.filter(({ state, lastState }) => (state.terminated ?? lastState.terminated)?.exitCode !== 0);
  if (failed.length === 0) return 'Succeeded';
  return pod.spec.restartPolicy === 'OnFailure' && !stopping ? 'Running' : 'Failed';
}
