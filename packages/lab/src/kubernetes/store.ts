/** The objects, their versions, and the history that watches are fed from. */
import { randomUUID } from 'node:crypto';
import { canonical, timestamp, type KubeObject } from './objects.ts';
import { namespaces, pods, type Resource } from './resources.ts';
import { alreadyExists, conflict, expired, notFound } from './status.ts';

export interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly resource: Resource;
  readonly object: KubeObject;
  /** What stood there before: a selector may have matched it. */
  readonly previous: KubeObject | undefined;
  readonly revision: number;
}

export interface DeleteOptions {
  readonly gracePeriodSeconds?: number | undefined;
  readonly propagationPolicy?: string | undefined;
  readonly preconditions?: { uid?: string; resourceVersion?: string } | undefined;
  readonly dryRun?: boolean;
}

/** How many changes stay readable for watches that start in the past. */
const historyLength = 20_000;

export class Store {
  #revision = 100;
  #floor = 100;
  readonly #objects = new Map<Resource, Map<string, KubeObject>>();
  readonly #history: Change[] = [];
  readonly #listeners = new Set<(change: Change) => void>();

  /** The version of the latest change. */
  get revision(): number {
    return this.#revision;
  }

  /** Calls `listener` for every change, in order, until the returned function is called. */
  subscribe(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Changes after a version. @throws StatusError 410 when they are no longer known. */
  since(revision: number): readonly Change[] {
    if (revision < this.#floor) throw expired(`too old resource version: ${revision} (${this.#floor})`);
    return this.#history.filter((change) => change.revision > revision);
  }

  /** Forgets the history: a watch from before now gets 410. */
  compact(): void {
    this.#history.length = 0;
    this.#floor = this.#revision + 1;
    this.#revision += 1;
  }

  list<T extends KubeObject>(resource: Resource<T>, namespace?: string): T[] {
    const all = [...(this.#objects.get(resource)?.values() ?? [])] as T[];
    return namespace === undefined ? all : all.filter((object) => object.metadata.namespace === namespace);
  }

  find<T extends KubeObject>(resource: Resource<T>, namespace: string | undefined, name: string): T | undefined {
    return this.#objects.get(resource)?.get(`${namespace ?? ''}/${name}`) as T | undefined;
  }

  /** @throws StatusError 404. */
  get<T extends KubeObject>(resource: Resource<T>, namespace: string | undefined, name: string): T {
    const found = this.find<T>(resource, namespace, name);
    if (found === undefined) throw notFound(resource, name);
    return found;
  }

  /** @throws StatusError 409 when the name is taken. */
  create<T extends KubeObject>(resource: Resource<T>, object: T, dryRun = false): T {
    const { namespace, name } = object.metadata;
    if (this.find(resource, namespace, name) !== undefined) throw alreadyExists(resource, name);
    const created: T = {
      ...object,
      metadata: {
        ...object.metadata,
        uid: object.metadata.uid || randomUUID(),
        resourceVersion: '',
        ...(resource.generation ? { generation: 1 } : {}),
        creationTimestamp: timestamp(),
      },
    };
    return dryRun ? created : this.#commit('ADDED', resource, created, undefined);
  }

  /**
   * Stores a changed object; nothing happens when nothing differs.
   * @throws StatusError 404; 409 when `object` carries an outdated resourceVersion.
   */
  replace<T extends KubeObject>(resource: Resource<T>, object: T, dryRun = false): T {
    const { namespace, name, resourceVersion } = object.metadata;
    const live = this.get<T>(resource, namespace, name);
    if (resourceVersion !== '' && resourceVersion !== live.metadata.resourceVersion) throw conflict(resource, name);
    const specChanged = specText(resource, object) !== specText(resource, live);
    const generation = resource.generation
      ? { generation: (live.metadata.generation ?? 1) + (specChanged ? 1 : 0) }
      : {};
    const { uid, creationTimestamp, deletionTimestamp } = live.metadata;
    const next: T = {
      ...object,
      metadata: {
        ...object.metadata,
        uid,
        creationTimestamp,
        resourceVersion: live.metadata.resourceVersion,
        ...generation,
      },
    };
    if (canonical(next) === canonical(live)) return live;
    if (dryRun) return next;
    const ended = deletionTimestamp !== undefined && (next.metadata.finalizers ?? []).length === 0;
    if (ended && (resource !== pods || next.metadata.deletionGracePeriodSeconds === 0)) {
      return this.#commit('DELETED', resource, next, live);
    }
    return this.#commit('MODIFIED', resource, next, live);
  }

  /** Changes the object that is stored now, when it (still) exists. */
  update<T extends KubeObject>(
    resource: Resource<T>,
    namespace: string | undefined,
    name: string,
    change: (copy: T) => void,
  ): T | undefined {
    const live = this.find<T>(resource, namespace, name);
    if (live === undefined) return undefined;
    const copy = structuredClone(live);
    change(copy);
    return this.replace(resource, copy);
  }

  /**
   * Deletes, or marks for deletion what still has finalizers or, for pods, a node that must stop it.
   * @throws StatusError 404; 409 when a precondition does not hold.
   */
  delete(resource: Resource, namespace: string | undefined, name: string, options: DeleteOptions = {}): KubeObject {
    const live = this.get(resource, namespace, name);
    const { uid, resourceVersion } = options.preconditions ?? {};
    if (uid !== undefined && uid !== live.metadata.uid) {
      throw conflict(
        resource,
        name,
        `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${live.metadata.uid}`,
      );
    }
    if (resourceVersion !== undefined && resourceVersion !== live.metadata.resourceVersion)
      throw conflict(resource, name);
    if (options.dryRun === true) return live;
    const finalizers = [...(live.metadata.finalizers ?? [])];
    // A namespace is emptied first, whoever deletes it.
    if (resource === namespaces) finalizers.push('kubernetes');
    if (options.propagationPolicy === 'Foreground') finalizers.push('foregroundDeletion');
    if (options.propagationPolicy === 'Orphan') finalizers.push('orphan');
    const grace = resource === pods ? podGrace(live, options.gracePeriodSeconds) : 0;
    if (grace === 0 && finalizers.length === 0) return this.#commit('DELETED', resource, live, live);
    const already = live.metadata.deletionTimestamp !== undefined;
    if (already && (live.metadata.deletionGracePeriodSeconds ?? 0) <= grace) return live;
    const marked: KubeObject = {
      ...live,
      metadata: {
        ...live.metadata,
        ...(finalizers.length === 0 ? {} : { finalizers: [...new Set(finalizers)] }),
        deletionTimestamp: timestamp(Date.now() + grace * 1000),
        deletionGracePeriodSeconds: grace,
        ...(resource.generation ? { generation: (live.metadata.generation ?? 1) + 1 } : {}),
      },
      ...(resource === namespaces ? { status: { phase: 'Terminating' } } : {}),
    };
    return this.#commit('MODIFIED', resource, marked, live);
  }

  /** Takes over a change that another server has made; only the version becomes one of this store. */
  adopt(resource: Resource, object: KubeObject, type: Change['type']): void {
    const known = this.find(resource, object.metadata.namespace, object.metadata.name);
    this.#commit(type, resource, object, known ?? (type === 'DELETED' ? object : undefined));
  }

  #commit<T extends KubeObject>(
    type: Change['type'],
    resource: Resource,
    object: T,
    previous: KubeObject | undefined,
  ): T {
    this.#revision += 1;
    const stored: T = { ...object, metadata: { ...object.metadata, resourceVersion: String(this.#revision) } };
    const key = `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
    const byName = this.#objects.get(resource) ?? new Map<string, KubeObject>();
    this.#objects.set(resource, byName);
    if (type === 'DELETED') byName.delete(key);
    else byName.set(key, stored);
    const change: Change = { type, resource, object: stored, previous, revision: this.#revision };
    this.#history.push(change);
    if (this.#history.length > historyLength) {
      const [dropped] = this.#history.splice(0, historyLength / 10).slice(-1);
      this.#floor = dropped?.revision ?? this.#floor;
    }
    for (const listener of this.#listeners) listener(change);
    return stored;
  }
}

/** What a generation counts: the binding to a node is no change of a pod's spec. */
function specText(resource: Resource, object: KubeObject): string {
  return canonical(resource === pods ? { ...object.spec, nodeName: undefined } : object.spec);
}

/** A pod that no node has needs no grace; a finished one neither. */
function podGrace(pod: KubeObject, asked: number | undefined): number {
  const spec = pod.spec as { nodeName?: string; terminationGracePeriodSeconds?: number };
  if (spec.nodeName === undefined) return 0;
  return Math.max(asked ?? spec.terminationGracePeriodSeconds ?? 30, 0);
}
