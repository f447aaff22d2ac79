import type { ObjectMeta } from '../objects.ts';

/**
 * The parts of Kubernetes objects that a rollout is judged by. They come from an API server, so every field that the API
 * calls optional is optional here.
 */

export interface Metadata extends ObjectMeta {
  readonly uid: string;
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/** An object as a cluster holds it. */
export interface ClusterObject {
  readonly kind?: string;
  readonly apiVersion?: string;
  readonly metadata: Metadata;
}

export interface Probe {
  readonly httpGet?: { readonly path?: string; readonly port: number | string; readonly scheme?: string };
  readonly tcpSocket?: { readonly port: number | string };
  readonly grpc?: { readonly port: number };
  readonly exec?: { readonly command?: readonly string[] };
  readonly initialDelaySeconds?: number;
  readonly periodSeconds?: number;
  readonly timeoutSeconds?: number;
  readonly failureThreshold?: number;
}

export interface Container {
  readonly name: string;
  readonly image?: string;
  readonly command?: readonly string[];
  readonly restartPolicy?: string;
  readonly ports?: readonly { readonly containerPort: number; readonly name?: string }[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly resources?: {
    readonly limits?: Readonly<Record<string, string>>;
    readonly requests?: Readonly<Record<string, string>>;
  };
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly startupProbe?: Probe;
}

export interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly nodeName?: string;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly serviceAccountName?: string;
  readonly imagePullSecrets?: readonly { readonly name: string }[];
}

export interface PodTemplate {
  readonly metadata?: Pick<Metadata, 'labels' | 'annotations'>;
  readonly spec: PodSpec;
}

interface RollingUpdate {
  readonly maxUnavailable?: number | string;
  readonly maxSurge?: number | string;
  readonly partition?: number;
}

export type WorkloadKind = 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job';

export interface Workload extends ClusterObject {
  readonly spec: {
    readonly replicas?: number;
    readonly paused?: boolean;
    readonly suspend?: boolean;
    readonly completions?: number;
    readonly minReadySeconds?: number;
    readonly podManagementPolicy?: string;
    readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> };
    readonly strategy?: { readonly type?: string; readonly rollingUpdate?: RollingUpdate };
    readonly updateStrategy?: { readonly type?: string; readonly rollingUpdate?: RollingUpdate };
    readonly template: PodTemplate;
  };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly readyReplicas?: number;
    readonly availableReplicas?: number;
    readonly currentRevision?: string;
    readonly updateRevision?: string;
    readonly desiredNumberScheduled?: number;
    readonly updatedNumberScheduled?: number;
    readonly numberAvailable?: number;
    readonly numberReady?: number;
    readonly succeeded?: number;
    readonly failed?: number;
    readonly conditions?: readonly Condition[];
  };
}

export interface ReplicaSet extends ClusterObject {
  readonly spec: { readonly replicas?: number; readonly template: PodTemplate };
  readonly status?: {
    readonly replicas?: number;
    readonly readyReplicas?: number;
    readonly availableReplicas?: number;
    readonly conditions?: readonly Condition[];
  };
}

export interface ControllerRevision extends ClusterObject {
  readonly revision: number;
  /** The part of the workload that the revision keeps. */
  readonly data?: { readonly spec?: { readonly template?: PodTemplate } };
}

export interface Terminated {
  readonly exitCode: number;
  readonly signal?: number;
  readonly reason?: string;
  readonly message?: string;
  readonly finishedAt?: string | null;
}

export interface ContainerState {
  readonly waiting?: { readonly reason?: string; readonly message?: string };
  readonly running?: { readonly startedAt?: string };
  readonly terminated?: Terminated;
}

export interface ContainerStatus {
  readonly name: string;
  readonly image?: string;
  readonly imageID?: string;
  readonly ready?: boolean;
  readonly started?: boolean | null;
  readonly restartCount?: number;
  readonly state?: ContainerState;
  readonly lastState?: ContainerState;
}

export interface Pod extends ClusterObject {
  readonly spec: PodSpec;
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly podIP?: string;
    readonly conditions?: readonly Condition[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

export interface ClusterEvent extends ClusterObject {
  readonly involvedObject: {
    readonly kind?: string;
    readonly name?: string;
    readonly uid?: string;
    readonly fieldPath?: string;
  };
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
  readonly series?: { readonly count?: number; readonly lastObservedTime?: string } | null;
  readonly firstTimestamp?: string | null;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
}

/** The condition of that type, whatever its status. */
export function conditionOf(conditions: readonly Condition[] | undefined, type: string): Condition | undefined {
  return conditions?.find((condition) => condition.type === type);
}

/** When an event last happened, by the server's clock, in milliseconds since the epoch; 0 when it does not say. */
export function lastHappened(event: ClusterEvent): number {
  const stamps = [event.series?.lastObservedTime, event.lastTimestamp, event.eventTime, event.firstTimestamp];
  return Math.max(0, ...stamps.map((stamp) => Date.parse(stamp ?? '')).filter((ms) => !Number.isNaN(ms)));
}

/** How often an event has happened so far. */
export function timesHappened(event: ClusterEvent): number {
  return event.series?.count ?? event.count ?? 1;
}

/** The container that an event is about (`spec.containers{web}`), or undefined when it is about the whole pod. */
export function containerOf(event: ClusterEvent): string | undefined {
  return /^spec\.(?:init|ephemeral)?[cC]ontainers\{(.+)\}$/.exec(event.involvedObject.fieldPath ?? '')?.[1];
}

/** The statuses of all containers of a pod, init containers first. */
export function containerStatuses(pod: Pod): readonly ContainerStatus[] {
  return [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
}

export function isReady(pod: Pod): boolean {
  return conditionOf(pod.status?.conditions, 'Ready')?.status === 'True';
}

/** The condition of a pod whose place is taken from it by others: preemption, drain, taint, pressure (Kubernetes 1.26). */
export function disruptionOf(pod: Pod): Condition | undefined {
  const taken = conditionOf(pod.status?.conditions, 'DisruptionTarget');
  return taken?.status === 'True' ? taken : undefined;
}

export function isTerminating(object: ClusterObject): boolean {
  return object.metadata.deletionTimestamp !== undefined;
}

/** The uid of the controller that owns the object. */
export function controllerOf(object: ClusterObject): string | undefined {
  const owners = object.metadata.ownerReferences ?? [];
  return (owners.find((owner) => owner.controller === true) ?? owners[0])?.uid;
}
