/** Keeps as many pods as a ReplicaSet asks for. */
import { admitPod } from './admission.ts';
import { EventRecorder } from './event-recorder.ts';
import { randomSuffix } from './names.ts';
import { controllerOf, timestamp, type Condition, type Pod, type ReplicaSet } from './objects.ts';
import { activePodsOf, isReady, podFrom, ReadyClock } from './owned-pods.ts';
import { pods, replicaSets } from './resources.ts';
import { StatusError } from './status.ts';
import type { Change, Store } from './store.ts';
import type { Timing } from './timing.ts';
import { WorkQueue } from './work-queue.ts';

export class ReplicaSetController {
  readonly #store: Store;
  readonly #timing: Timing;
  readonly #events: EventRecorder;
  readonly #queue: WorkQueue;
  readonly #ready: ReadyClock;
  readonly #failures = new Map<string, number>();

  constructor(store: Store, timing: Timing) {
    this.#store = store;
    this.#timing = timing;
    this.#ready = new ReadyClock(timing);
    this.#events = new EventRecorder(store, 'replicaset-controller');
    this.#queue = new WorkQueue(timing, (key) => this.#reconcile(key));
    store.subscribe((change) => this.#observe(change));
  }

  #observe(change: Change): void {
    const { resource, object } = change;
    this.#ready.observe(change);
    if (resource === replicaSets) {
      this.#queue.add(`${object.metadata.namespace ?? ''}/${object.metadata.name}`);
      return;
    }
    if (resource !== pods) return;
    const owner = controllerOf(object);
    if (owner?.kind === 'ReplicaSet') this.#queue.add(`${object.metadata.namespace ?? ''}/${owner.name}`);
  }

  #reconcile(key: string): void {
    const [namespace = '', name = ''] = key.split('/');
    const set = this.#store.find(replicaSets, namespace, name);
    if (set === undefined) return;
    let failure: string | undefined;
    if (set.metadata.deletionTimestamp === undefined) {
      const active = activePodsOf(this.#store, set);
      const difference = set.spec.replicas - active.length;
      if (difference > 0) failure = this.#create(set, difference);
      if (difference < 0) this.#remove(set, active, -difference);
    }
    this.#writeStatus(set, failure);
    if (failure === undefined) this.#failures.delete(key);
    else {
      const tries = this.#failures.get(key) ?? 0;
      this.#failures.set(key, tries + 1);
      this.#queue.addAfter(key, Math.max(Math.min(5 * 2 ** tries, 1_000_000) * this.#timing.scale, 5));
    }
  }

  #create(set: ReplicaSet, count: number): string | undefined {
    for (let made = 0; made < count; made++) {
      try {
        const pod = podFrom(set, set.spec.template, `${set.metadata.name}-${randomSuffix()}`);
        admitPod(this.#store, pod);
        this.#store.create(pods, pod);
        this.#events.record(set, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`);
      } catch (thrown) {
        if (!(thrown instanceof StatusError)) throw thrown;
        this.#events.record(set, 'Warning', 'FailedCreate', `Error creating: ${thrown.message}`);
        return thrown.message;
      }
    }
    return undefined;
  }

  #remove(set: ReplicaSet, active: readonly Pod[], count: number): void {
    const ranked = [...active].sort((a, b) => deletionRank(a) - deletionRank(b) || newerFirst(a, b));
    for (const pod of ranked.slice(0, count)) {
      this.#store.delete(pods, pod.metadata.namespace, pod.metadata.name);
      this.#events.record(set, 'Normal', 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`);
    }
  }

  #writeStatus(set: ReplicaSet, failure: string | undefined): void {
    const { namespace, name } = set.metadata;
    const active = activePodsOf(this.#store, set);
    const ready = active.filter(isReady);
    const missing = (pod: Pod): number => this.#ready.missing(pod, set.spec.minReadySeconds);
    const available = ready.filter((pod) => missing(pod) === 0);
    const soonest = Math.min(...ready.map(missing).filter((ms) => ms > 0));
    if (Number.isFinite(soonest)) this.#queue.addAfter(`${namespace ?? ''}/${name}`, soonest + 1);
    const labels = Object.entries(set.spec.template.metadata.labels ?? {});
    const labelled = active.filter((pod) => labels.every(([key, value]) => pod.metadata.labels?.[key] === value));
    this.#store.update(replicaSets, namespace, name, (copy) => {
      const known = copy.status.conditions?.find((condition) => condition.type === 'ReplicaFailure');
      const conditions: Condition[] =
        failure === undefined
          ? []
          : [
              {
                type: 'ReplicaFailure',
                status: 'True',
                lastTransitionTime: known?.lastTransitionTime ?? timestamp(),
                reason: 'FailedCreate',
                message: known?.message ?? failure,
              },
            ];
      copy.status = {
        replicas: active.length,
        ...(labelled.length === 0 ? {} : { fullyLabeledReplicas: labelled.length }),
        ...(ready.length === 0 ? {} : { readyReplicas: ready.length }),
        ...(available.length === 0 ? {} : { availableReplicas: available.length }),
        observedGeneration: copy.metadata.generation ?? 1,
        ...(conditions.length === 0 ? {} : { conditions }),
      };
    });
  }
}

/** Pods that do the least go first: without a node, pending, not ready, ready. */
function deletionRank(pod: Pod): number {
  if (pod.spec.nodeName === undefined) return 0;
  if (pod.status.phase === 'Pending') return 1;
  return isReady(pod) ? 3 : 2;
}

function newerFirst(a: Pod, b: Pod): number {
  return b.metadata.creationTimestamp.localeCompare(a.metadata.creationTimestamp);
}
