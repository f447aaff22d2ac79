/** Removes what has lost its owner, and empties namespaces that are being deleted; fills new ones. */
import { countQuotas } from './admission.ts';
import type { KubeObject } from './objects.ts';
import { configMaps, namespaces, pods, resourceQuotas, serviceAccounts, stored, type Resource } from './resources.ts';
import type { Change, Store } from './store.ts';
import type { Timing } from './timing.ts';
import { WorkQueue } from './work-queue.ts';

export class GarbageCollector {
  readonly #store: Store;
  readonly #owners: WorkQueue;
  readonly #namespaces: WorkQueue;
  readonly #quotas: WorkQueue;

  constructor(store: Store, timing: Timing) {
    this.#store = store;
    this.#owners = new WorkQueue(timing, (uid) => this.#collect(uid));
    this.#namespaces = new WorkQueue(timing, (name) => this.#empty(name));
    this.#quotas = new WorkQueue(timing, (namespace) => countQuotas(store, namespace));
    store.subscribe((change) => this.#observe(change));
  }

  #observe({ type, resource, object }: Change): void {
    const { uid, namespace = '', finalizers = [] } = object.metadata;
    if (type === 'DELETED') {
      this.#owners.add(uid);
      // The owner of what has just gone may have waited for it.
      for (const owner of object.metadata.ownerReferences ?? []) this.#owners.add(owner.uid);
      if (namespace !== '') this.#namespaces.add(namespace);
    } else if (finalizers.includes('foregroundDeletion') || finalizers.includes('orphan')) this.#owners.add(uid);
    if (resource === namespaces) this.#namespaces.add(object.metadata.name);
    if (resource === resourceQuotas || (resource === pods && type !== 'MODIFIED')) this.#quotas.add(namespace);
  }

  *#everything(namespace?: string): Generator<readonly [Resource, KubeObject]> {
    for (const resource of stored) {
      for (const object of this.#store.list(resource, namespace)) yield [resource, object] as const;
    }
  }

  #collect(uid: string): void {
    const all = [...this.#everything()];
    const owner = all.find(([, object]) => object.metadata.uid === uid);
    const dependents = all.filter(([, object]) => object.metadata.ownerReferences?.some((ref) => ref.uid === uid));
    const finalizers = owner?.[1].metadata.finalizers ?? [];
    const leaving = owner?.[1].metadata.deletionTimestamp !== undefined;
    if (owner !== undefined && !leaving) return;
    if (finalizers.includes('orphan')) {
      for (const [resource, object] of dependents) this.#disown(resource, object, uid);
    } else {
      for (const [resource, object] of dependents) {
        if (object.metadata.deletionTimestamp !== undefined) continue;
        const policy = finalizers.includes('foregroundDeletion') ? 'Foreground' : 'Background';
        this.#store.delete(resource, object.metadata.namespace, object.metadata.name, { propagationPolicy: policy });
      }
      if (dependents.length > 0) return;
    }
    if (owner === undefined) return;
    const [resource, { metadata }] = owner;
    this.#store.update(resource, metadata.namespace, metadata.name, (copy) => {
      copy.metadata.finalizers = finalizers.filter((held) => held !== 'foregroundDeletion' && held !== 'orphan');
    });
  }

  #disown(resource: Resource, { metadata }: KubeObject, uid: string): void {
    this.#store.update(resource, metadata.namespace, metadata.name, (copy) => {
      copy.metadata.ownerReferences = (copy.metadata.ownerReferences ?? []).filter((ref) => ref.uid !== uid);
    });
  }

  #empty(name: string): void {
    const namespace = this.#store.find(namespaces, undefined, name);
    if (namespace === undefined) return;
    if (namespace.metadata.deletionTimestamp === undefined) {
      furnish(this.#store, name);
      return;
    }
    let left = 0;
    for (const [resource, object] of [...this.#everything(name)]) {
      left += 1;
      if (object.metadata.deletionTimestamp === undefined) this.#store.delete(resource, name, object.metadata.name);
    }
    if (left > 0) return;
    this.#store.update(namespaces, undefined, name, (copy) => {
      copy.spec = { finalizers: [] };
      copy.metadata.finalizers = [];
    });
  }
}

/** What every namespace has: the default service account and the cluster's certificate. */
export function furnish(store: Store, namespace: string): void {
  const metadata = (name: string): KubeObject['metadata'] => ({
    name,
    namespace,
    uid: '',
    resourceVersion: '',
    creationTimestamp: '',
  });
  if (store.find(serviceAccounts, namespace, 'default') === undefined) {
    store.create(serviceAccounts, { kind: 'ServiceAccount', apiVersion: 'v1', metadata: metadata('default') });
  }
  if (store.find(configMaps, namespace, 'kube-root-ca.crt') === undefined) {
    const data = { 'ca.crt': '' };
    store.create(configMaps, {
      kind: 'ConfigMap',
      apiVersion: 'v1',
      metadata: metadata('kube-root-ca.crt'),
      data,
    } as KubeObject);
  }
}
