/** What the rows of the table of causes look at: one container, one pod, one refused pod, or the workload. */
import type {
  ClusterEvent,
  Container,
  ContainerState,
  ContainerStatus,
  Pod,
  Terminated,
  Workload,
  WorkloadKind,
} from './objects.ts';
import { conditionOf, containerOf, containerStatuses, isReady, lastHappened } from './objects.ts';
import type { Existence } from './need.ts';
import { needKey } from './need.ts';
import type { Revision } from './revision.ts';
import { observed, revisionOf } from './revision.ts';
import type { RolloutState } from './state.ts';

export interface PodView {
  readonly pod: Pod;
  readonly namespace: string;
  readonly ready: boolean;
  /** The reason why the scheduler found no node, or undefined. */
  readonly unschedulable: string | undefined;
  /** No container has started yet. */
  readonly beforeStart: boolean;
  readonly events: readonly ClusterEvent[];
  /** The newest event about the pod with one of these reasons whose message matches. */
  event(reason: RegExp, message?: RegExp): ClusterEvent | undefined;
}

export interface ContainerView {
  readonly pod: PodView;
  readonly name: string;
  readonly spec: Container;
  readonly status: ContainerStatus | undefined;
  /** `init` runs to its end before the pod starts, `sidecar` runs beside the main container, `main` is the first. */
  readonly role: 'init' | 'sidecar' | 'main';
  readonly running: boolean;
  readonly waiting: ContainerState['waiting'];
  /** How the container last ended, unless it has done its work (init containers, Jobs). */
  readonly ended: Terminated | undefined;
  /** How often it has ended so far, in this rollout. */
  readonly crashes: number;
  /** Its last lines, when they were read. */
  readonly log: string | undefined;
  /** What it last answered to the readiness probe's question, status and body, when it was asked. */
  readonly answer: string | undefined;
  /** What its registry answered when it was asked for the image. */
  readonly registry: Existence | undefined;
  event(reason: RegExp, message?: RegExp): ClusterEvent | undefined;
}

/** The API server's refusal to create pods. */
export interface RefusalView {
  readonly message: string;
  readonly namespace: string;
  /** What tries to create them. */
  readonly maker: string;
  /** No pod of the revision can come into being as things are; false when the rollout can go on without this one pod. */
  readonly hard: boolean;
  /** Pods of an older revision are there, whose place could be had. */
  readonly oldPods: boolean;
}

export interface WorkloadView {
  readonly kind: WorkloadKind;
  readonly workload: Workload;
  readonly state: RolloutState;
  readonly revision: Revision;
  /** True when another row has matched already. */
  readonly explained: boolean;
}

/** Views of the pods of the revision that are not being deleted. */
export function podViews(state: RolloutState): readonly PodView[] {
  const byPod = new Map<string, ClusterEvent[]>();
  for (const event of state.events.values()) {
    const uid = event.involvedObject.uid ?? '';
    const known = byPod.get(uid);
    if (known === undefined) byPod.set(uid, [event]);
    else known.push(event);
  }
  return revisionOf(state).pods.map((pod) => podView(state, pod, byPod.get(pod.metadata.uid) ?? []));
}

const notStarted = /^(|ContainerCreating|PodInitializing)$/;

function podView(state: RolloutState, pod: Pod, events: readonly ClusterEvent[]): PodView {
  const scheduled = conditionOf(pod.status?.conditions, 'PodScheduled');
  return {
    pod,
    namespace: state.target.namespace,
    ready: isReady(pod),
    unschedulable:
      scheduled?.status === 'False' && scheduled.reason === 'Unschedulable' ? (scheduled.message ?? '') : undefined,
    beforeStart: containerStatuses(pod).every(
      ({ state: now = {}, lastState = {} }) =>
        now.running === undefined &&
        now.terminated === undefined &&
        lastState.terminated === undefined &&
        notStarted.test(now.waiting?.reason ?? ''),
    ),
    events,
    event: (reason, message) => newest(events, reason, message),
  };
}

/** Views of a pod's containers: init containers first, in the order of their start. */
export function containerViews(state: RolloutState, pod: PodView): readonly ContainerView[] {
  const { spec } = pod.pod;
  const views = (containers: readonly Container[], role: (c: Container, i: number) => ContainerView['role']) =>
    containers.map((container, index) => containerView(state, pod, container, role(container, index)));
  return [
    ...views(spec.initContainers ?? [], (c) => (c.restartPolicy === 'Always' ? 'sidecar' : 'init')),
    ...views(spec.containers, (c, index) => (isMain(pod.pod, c, index) ? 'main' : 'sidecar')),
  ];
}

function isMain(pod: Pod, container: Container, index: number): boolean {
  const named = pod.metadata.annotations?.['kubectl.kubernetes.io/default-container'];
  return named === undefined ? index === 0 : named === container.name;
}

function containerView(state: RolloutState, pod: PodView, spec: Container, role: ContainerView['role']): ContainerView {
  const status = containerStatuses(pod.pod).find((candidate) => candidate.name === spec.name);
  const key = `${pod.pod.metadata.uid}/${spec.name}`;
  const last = status?.state?.terminated ?? status?.lastState?.terminated;
  const done = (role === 'init' || state.target.kind === 'Job') && last?.exitCode === 0;
  const events = pod.events.filter((event) => containerOf(event) === spec.name);
  return {
    pod,
    name: spec.name,
    spec,
    status,
    role,
    running: status?.state?.running !== undefined,
    waiting: status?.state?.waiting,
    ended: done ? undefined : last,
    crashes:
      last === undefined || done
        ? 0
        : Math.max(
            0,
            (status?.restartCount ?? 0) -
              (state.restartsBefore.get(key) ?? 0) +
              (status?.state?.running === undefined ? 1 : 0),
          ),
    log: state.logs.get(key),
    answer: state.answers.get(key),
    registry: state.existing.get(needKey({ kind: 'Image', name: spec.image ?? '' })),
    event: (reason, message) => newest(events, reason, message),
  };
}

function newest(events: readonly ClusterEvent[], reason: RegExp, message?: RegExp): ClusterEvent | undefined {
  return events
    .filter((event) => reason.test(event.reason ?? '') && (message === undefined || message.test(event.message ?? '')))
    .reduce<ClusterEvent | undefined>(
      (best, event) => (best === undefined || lastHappened(event) >= lastHappened(best) ? event : best),
      undefined,
    );
}

/** Why the API server refuses to create pods of the revision now, or undefined. */
export function refusalView(state: RolloutState, hard: (revision: Revision) => boolean): RefusalView | undefined {
  const revision = revisionOf(state);
  const { maker } = revision;
  const { workload } = state;
  if (maker === undefined || workload === undefined || !observed(workload)) return undefined;
  const message = conditionMessage(maker) ?? eventMessage(state, maker);
  if (message === undefined) return undefined;
  return {
    message: message.replace(/^(?:\(combined from similar events\): )?(?:Error creating: )?/, ''),
    namespace: state.target.namespace,
    maker: `${maker.kind ?? state.target.kind} ${maker.metadata.name}`,
    hard: hard(revision),
    oldPods: revision.otherPods.length > 0,
  };
}

function conditionMessage(maker: NonNullable<Revision['maker']>): string | undefined {
  const failure = conditionOf(maker.status?.conditions, 'ReplicaFailure');
  return failure?.status === 'True' && failure.reason === 'FailedCreate' ? failure.message : undefined;
}

// StatefulSets, DaemonSets and Jobs have no condition for it, only events; a pod created later ends it.
function eventMessage(state: RolloutState, maker: NonNullable<Revision['maker']>): string | undefined {
  if (state.target.kind === 'Deployment') return undefined;
  const own = [...state.events.values()].filter((event) => event.involvedObject.uid === maker.metadata.uid);
  const failed = newest(own, /^FailedCreate$/);
  const created = newest(own, /^SuccessfulCreate$/);
  if (failed === undefined || (created !== undefined && lastHappened(created) >= lastHappened(failed)))
    return undefined;
  return failed.message;
}
