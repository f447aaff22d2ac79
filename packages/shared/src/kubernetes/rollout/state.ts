/**
 * What is known about one rollout, and the reducer that learns. Pure: the same events at the same times give the same state.
 * The state survives a broken watch: what was suspected since when is kept, and objects are told apart by uid.
 */
import { diagnose } from './diagnose.ts';
import type { Finding } from './finding.ts';
import type { Existence, Need } from './need.ts';
import { needKey } from './need.ts';
import type {
  ClusterEvent,
  ControllerRevision,
  ClusterObject,
  Pod,
  PodTemplate,
  ReplicaSet,
  Workload,
  WorkloadKind,
} from './objects.ts';
import { containerOf, containerStatuses, isReady, timesHappened } from './objects.ts';
import { podMoments } from './moments.ts';
import type { Moment } from './moments.ts';
import type { Required } from './policy.ts';
import { isComplete, stillHolds, stillNeeded } from './progress.ts';
import { revisionOf } from './revision.ts';

/** The workload that is watched. */
export interface Target {
  readonly kind: WorkloadKind;
  readonly namespace: string;
  readonly name: string;
}

/** Something that a watch (or a look at a container's log) has shown. What a broken watch missed is told as changes, too. */
export type Observation =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly kind: string; readonly object: ClusterObject }
  /** The last lines of a container that ended. */
  | { readonly type: 'LOGGED'; readonly pod: string; readonly container: string; readonly text: string }
  /** What the readiness probe's question is answered with, body included: the kubelet tells the status alone. */
  | { readonly type: 'ANSWERED'; readonly pod: string; readonly container: string; readonly text: string }
  /** Whether something that a cause says is missing exists by now. */
  | { readonly type: 'ASKED'; readonly need: Need; readonly existence: Existence }
  /** The watcher may not read this kind: the verdict has to do without it. */
  | { readonly type: 'UNREADABLE'; readonly kind: string };

export interface Suspected {
  readonly finding: Finding;
  /** When it was seen first, without a break. */
  readonly since: number;
  /** When it was last seen to happen once more. */
  readonly lastAt: number;
}

export interface RolloutState {
  readonly target: Target;
  readonly startedAt: number;
  /** How much of it must be available. */
  readonly required: Required;
  /** The change that is waited for: the first template seen at or after the given generation. */
  readonly asked: { readonly generation: number; readonly template: PodTemplate } | undefined;
  readonly generation: number;
  readonly workload: Workload | undefined;
  readonly deleted: boolean;
  readonly replicaSets: ReadonlyMap<string, ReplicaSet>;
  readonly controllerRevisions: ReadonlyMap<string, ControllerRevision>;
  readonly pods: ReadonlyMap<string, Pod>;
  readonly events: ReadonlyMap<string, ClusterEvent>;
  /** Last lines by `pod uid/container`. */
  readonly logs: ReadonlyMap<string, string>;
  /** Last answers to the readiness probe's question, status and body, by `pod uid/container`. */
  readonly answers: ReadonlyMap<string, string>;
  /** What was asked for because a cause says that it is missing, by its key. */
  readonly existing: ReadonlyMap<string, Existence>;
  readonly unreadable: ReadonlySet<string>;
  /** Restarts of containers that ran well before the watch began, by `pod uid/container`: they are not this rollout's. */
  readonly restartsBefore: ReadonlyMap<string, number>;
  /** What is suspected now, and since when, by key. */
  readonly suspected: ReadonlyMap<string, Suspected>;
  /** Complete and undisturbed since then. */
  readonly steadySince: number | undefined;
  /** How many available pods that took: a number that an autoscaler raises meanwhile does not begin the wait anew. */
  readonly steadyWith: number | undefined;
  readonly moments: readonly Moment[];
}

export interface Beginning {
  readonly target: Target;
  /** Now, in milliseconds. */
  readonly at: number;
  /** The workload's generation after the change, when the caller made it; otherwise what is there first is what is asked. */
  readonly generation?: number | undefined;
  /** How much of it must be available: see Policy. */
  readonly required?: Required | undefined;
  /** The template after the change: with it a change by somebody else is told apart also when it came before the watch. */
  readonly template?: PodTemplate | undefined;
}

/** Nothing seen yet. */
export function beginRollout({ target, at, generation = 0, template, required = 'all' }: Beginning): RolloutState {
  return {
    target,
    startedAt: at,
    required,
    asked: template === undefined ? undefined : { generation, template },
    generation,
    workload: undefined,
    deleted: false,
    replicaSets: new Map(),
    controllerRevisions: new Map(),
    pods: new Map(),
    events: new Map(),
    logs: new Map(),
    answers: new Map(),
    existing: new Map(),
    unreadable: new Set(),
    restartsBefore: new Map(),
    suspected: new Map(),
    steadySince: undefined,
    steadyWith: undefined,
    moments: [],
  };
}

/** The state after an observation at a time. An observation that is older than what is known changes nothing. */
export function observe(before: RolloutState, observation: Observation, at: number): RolloutState {
  const learned = learn(before, observation);
  return learned === before ? before : judge(before, learned, at);
}

function learn(state: RolloutState, observation: Observation): RolloutState {
  switch (observation.type) {
    case 'UNREADABLE':
      return state.unreadable.has(observation.kind)
        ? state
        : { ...state, unreadable: new Set([...state.unreadable, observation.kind]) };
    case 'ASKED': {
      const key = needKey(observation.need);
      const { existence } = observation;
      if (isSameAnswer(state.existing.get(key), existence)) return state;
      return { ...state, existing: new Map([...state.existing, [key, existence]]) };
    }
    case 'LOGGED':
    case 'ANSWERED': {
      const collection = observation.type === 'LOGGED' ? 'logs' : 'answers';
      const key = `${observation.pod}/${observation.container}`;
      if (!state.pods.has(observation.pod) || state[collection].get(key) === observation.text) return state;
      return { ...state, [collection]: new Map([...state[collection], [key, observation.text]]) };
    }
    default:
      return change(state, observation.kind, observation.object, observation.type);
  }
}

function isSameAnswer(one: Existence | undefined, other: Existence): boolean {
  if (one?.state !== 'absent' || other.state !== 'absent') return one?.state === other.state;
  return one.maker?.name === other.maker?.name && one.maker?.stuck === other.maker?.stuck;
}

type ChangeType = 'ADDED' | 'MODIFIED' | 'DELETED';

function change(state: RolloutState, kind: string, object: ClusterObject, type: ChangeType): RolloutState {
  switch (kind) {
    case state.target.kind:
      return changeWorkload(state, object as Workload, type);
    case 'ReplicaSet':
      return changeIn(state, 'replicaSets', object, type);
    case 'ControllerRevision':
      return changeIn(state, 'controllerRevisions', object, type);
    case 'Pod':
      return changePod(state, object as Pod, type);
    case 'Event':
      return isAbout(state.target, object as ClusterEvent)
        ? changeIn(state, 'events', object, type === 'DELETED' ? 'ADDED' : type)
        : state;
    default:
      return state;
  }
}

function changeWorkload(state: RolloutState, workload: Workload, type: ChangeType): RolloutState {
  if (workload.metadata.name !== state.target.name) return state;
  if (isOlder(workload, state.workload)) return state;
  if (type === 'DELETED') return { ...state, workload, deleted: true };
  const { generation = 0 } = workload.metadata;
  const asked =
    state.asked ?? (generation >= state.generation ? { generation, template: workload.spec.template } : undefined);
  return { ...state, workload, asked, deleted: false };
}

function changePod(state: RolloutState, pod: Pod, type: ChangeType): RolloutState {
  const known = state.pods.has(pod.metadata.uid);
  const next = changeIn(state, 'pods', pod, type);
  // Pods that run well when the watch begins may have a long history; that of a pod that is in trouble is this rollout's.
  if (known || next === state || type !== 'ADDED' || !isReady(pod)) return next;
  const restarts = containerStatuses(pod)
    .filter((status) => (status.restartCount ?? 0) > 0)
    .map((status): [string, number] => [`${pod.metadata.uid}/${status.name}`, status.restartCount ?? 0]);
  return restarts.length === 0 ? next : { ...next, restartsBefore: new Map([...next.restartsBefore, ...restarts]) };
}

type Collection = 'replicaSets' | 'controllerRevisions' | 'pods' | 'events';

function changeIn(state: RolloutState, collection: Collection, object: ClusterObject, type: ChangeType): RolloutState {
  const known = state[collection] as ReadonlyMap<string, ClusterObject>;
  const { uid } = object.metadata;
  const present = known.get(uid);
  if (type === 'DELETED') {
    if (present === undefined) return state;
    const rest = new Map(known);
    rest.delete(uid);
    return { ...state, [collection]: rest };
  }
  if (present !== undefined && (isOlder(object, present) || isSame(object, present))) return state;
  return { ...state, [collection]: new Map([...known, [uid, object]]) };
}

/** Resource versions of one object grow; they are compared only for objects of the same uid. */
function isOlder(object: ClusterObject, known: ClusterObject | undefined): boolean {
  if (object.metadata.uid !== known?.metadata.uid) return false;
  return Number(object.metadata.resourceVersion) < Number(known.metadata.resourceVersion);
}

function isSame(object: ClusterObject, known: ClusterObject): boolean {
  const version = object.metadata.resourceVersion;
  return version !== undefined && version === known.metadata.resourceVersion;
}

function isAbout(target: Target, event: ClusterEvent): boolean {
  const name = event.involvedObject.name ?? '';
  return name === target.name || name.startsWith(`${target.name}-`);
}

function judge(before: RolloutState, learned: RolloutState, at: number): RolloutState {
  const suspected = new Map<string, Suspected>();
  for (const finding of diagnose(learned)) {
    const known = before.suspected.get(finding.key);
    const again = known === undefined || finding.occurrences > known.finding.occurrences;
    suspected.set(finding.key, { finding, since: known?.since ?? at, lastAt: again ? at : known.lastAt });
  }
  const steady = isComplete(learned) || stillHolds(learned);
  const disturbed = steady && before.steadySince !== undefined && disturbances(learned) > disturbances(before);
  const steadySince = !steady ? undefined : disturbed ? at : (before.steadySince ?? at);
  const steadyWith = steady ? stillNeeded(learned) : undefined;
  const next = { ...learned, suspected, steadySince, steadyWith };
  return { ...next, moments: [...before.moments, ...newMoments(before, next, at)] };
}

/**
 * Restarts and failed liveness probes of the revision's pods: while they go on, nothing holds. Where some pods may fail,
 * the number of those that are available says it.
 */
function disturbances(state: RolloutState): number {
  if (state.required !== 'all') return 0;
  const { pods } = revisionOf(state);
  const uids = new Set(pods.map((pod) => pod.metadata.uid));
  const restarts = pods.flatMap(containerStatuses).reduce((sum, status) => sum + (status.restartCount ?? 0), 0);
  const liveness = [...state.events.values()]
    .filter((event) => event.reason === 'Unhealthy' && (event.message ?? '').startsWith('Liveness'))
    .filter((event) => uids.has(event.involvedObject.uid ?? '') && containerOf(event) !== undefined)
    .reduce((sum, event) => sum + timesHappened(event), 0);
  return restarts + liveness;
}

function newMoments(before: RolloutState, after: RolloutState, at: number): readonly Moment[] {
  const texts: string[] = [];
  if (before.workload === undefined && after.workload !== undefined) texts.push('the watch begins');
  const [was, is] = [before.workload?.spec.replicas, after.workload?.spec.replicas];
  if (was !== undefined && is !== undefined && was !== is) texts.push(`scaled from ${was} to ${is}`);
  for (const [key, { finding }] of after.suspected) {
    if (!before.suspected.has(key) && (!finding.ordinary || finding.early)) texts.push(finding.message);
  }
  if (before.steadySince === undefined && after.steadySince !== undefined) texts.push('everything is available');
  if (before.steadySince !== undefined && after.steadySince === undefined) texts.push('no longer available');
  return [...podMoments(revisionOf(before).pods, revisionOf(after).pods, at), ...texts.map((text) => ({ at, text }))];
}
