/** The pods of a controller: which they are, how they are made, and since when they are ready. */
import { controllerOf, type KubeObject, type OwnerReference, type Pod, type PodTemplate } from './objects.ts';
import { pods } from './resources.ts';
import type { Change, Store } from './store.ts';
import type { Timing } from './timing.ts';

/** All pods that an object controls, also finished ones and those being deleted. */
export function podsOf(store: Store, owner: KubeObject): Pod[] {
  return store.list(pods, owner.metadata.namespace).filter((pod) => controllerOf(pod)?.uid === owner.metadata.uid);
}

export function isTerminating(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp !== undefined;
}

export function isFinished(pod: Pod): boolean {
  return pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
}

/** The pods of an object that count: neither finished nor being deleted. */
export function activePodsOf(store: Store, owner: KubeObject): Pod[] {
  return podsOf(store, owner).filter((pod) => !isTerminating(pod) && !isFinished(pod));
}

/** True when the pod's Ready condition is True. */
export function isReady(pod: Pod): boolean {
  return pod.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}

/** The reference to the controller of what it makes. */
export function controlledBy({ apiVersion, kind, metadata: { name, uid } }: KubeObject): OwnerReference {
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true };
}

/** A pod from a template, not stored yet. */
export function podFrom(
  owner: KubeObject,
  template: PodTemplate,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Pod {
  const { namespace } = owner.metadata;
  const { annotations } = template.metadata;
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: {
      name,
      generateName: `${owner.metadata.name}-`,
      ...(namespace === undefined ? {} : { namespace }),
      uid: '',
      resourceVersion: '',
      creationTimestamp: '',
      labels: { ...template.metadata.labels, ...labels },
      ...(annotations === undefined ? {} : { annotations: { ...annotations } }),
      ownerReferences: [controlledBy(owner)],
    },
    spec: structuredClone(template.spec),
    status: { phase: 'Pending' },
  };
}

/** Since when pods are ready, in real milliseconds: timestamps in objects are whole seconds. */
export class ReadyClock {
  readonly #timing: Timing;
  readonly #since = new Map<string, number>();

  constructor(timing: Timing) {
    this.#timing = timing;
  }

  observe({ resource, object, type }: Change): void {
    if (resource !== pods) return;
    const { uid } = object.metadata;
    if (type === 'DELETED' || !isReady(object as Pod)) this.#since.delete(uid);
    else if (!this.#since.has(uid)) this.#since.set(uid, Date.now());
  }

  /** Real milliseconds until a ready pod counts as available; 0: it does. */
  missing(pod: Pod, minReadySeconds: number | undefined): number {
    const age = Date.now() - (this.#since.get(pod.metadata.uid) ?? Date.now());
    return Math.max(this.#timing.real(minReadySeconds ?? 0) - age, 0);
  }
}
