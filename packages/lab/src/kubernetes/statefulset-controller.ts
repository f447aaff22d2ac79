/** Keeps the numbered pods of StatefulSets, and brings them to a new template from the last to the first. */
import { admitPod } from './admission.ts';
import { dropOldRevisions, presentRevision, revisionHashKey, revisionsOf, templateOf } from './controller-revisions.ts';
import { EventRecorder } from './event-recorder.ts';
import { controllerOf, type Pod } from './objects.ts';
import { isFinished, isReady, isTerminating, podFrom, podsOf, ReadyClock } from './owned-pods.ts';
import { persistentVolumeClaims, pods, statefulSets } from './resources.ts';
import { StatusError } from './status.ts';
import type { Change, Store } from './store.ts';
import type { Timing } from './timing.ts';
import { WorkQueue } from './work-queue.ts';
import type { ControllerRevision, StatefulSet } from './workload-objects.ts';

interface Revisions {
  readonly current: ControllerRevision;
  readonly update: ControllerRevision;
}

export class StatefulSetController {
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
    this.#events = new EventRecorder(store, 'statefulset-controller');
    this.#queue = new WorkQueue(timing, (key) => this.#reconcile(key));
    store.subscribe((change) => this.#observe(change));
  }

  #observe(change: Change): void {
    const { resource, object } = change;
    this.#ready.observe(change);
    const namespace = object.metadata.namespace ?? '';
    if (resource === statefulSets) this.#queue.add(`${namespace}/${object.metadata.name}`);
    const owner = resource === pods ? controllerOf(object) : undefined;
    if (owner?.kind === 'StatefulSet') this.#queue.add(`${namespace}/${owner.name}`);
  }

  #reconcile(key: string): void {
    const [namespace = '', name = ''] = key.split('/');
    const set = this.#store.find(statefulSets, namespace, name);
    if (set === undefined) return;
    const update = presentRevision(this.#store, set, (whole) => whole);
    const current =
      revisionsOf(this.#store, set).find(({ metadata }) => metadata.name === set.status.currentRevision) ?? update;
    if (set.metadata.deletionTimestamp === undefined) this.#move(set, { current, update });
    this.#writeStatus(set, { current, update });
  }

  /** One step: create what is missing, remove what is too many, replace what is old. */
  #move(set: StatefulSet, revisions: Revisions): void {
    const key = `${set.metadata.namespace ?? ''}/${set.metadata.name}`;
    const ordered = set.spec.podManagementPolicy !== 'Parallel';
    const own = new Map(podsOf(this.#store, set).map((pod) => [ordinalOf(pod), pod]));
    const healthy = (pod: Pod): boolean => isReady(pod) && !isTerminating(pod) && this.#available(set, pod);
    for (let ordinal = 0; ordinal < set.spec.replicas; ordinal++) {
      const pod = own.get(ordinal);
      if (pod === undefined) {
        if (!this.#create(set, ordinal, revisions)) {
          const tries = this.#failures.get(key) ?? 0;
          this.#failures.set(key, tries + 1);
          this.#queue.addAfter(key, Math.max(Math.min(5 * 2 ** tries, 1000) * this.#timing.scale, 5));
          return;
        }
        this.#failures.delete(key);
        if (ordered) return;
      } else if (isFinished(pod) && !isTerminating(pod)) {
        this.#delete(set, pod);
        if (ordered) return;
      } else if (ordered && !healthy(pod)) return;
    }
    const surplus = [...own.values()].filter((pod) => ordinalOf(pod) >= set.spec.replicas).sort(lastFirst);
    for (const pod of surplus) {
      if (!isTerminating(pod)) this.#delete(set, pod);
      if (ordered) return;
    }
    this.#replace(set, own, revisions.update, healthy);
  }

  /** From the last pod to the partition: an old one is deleted, a new one is waited for. */
  #replace(
    set: StatefulSet,
    own: ReadonlyMap<number, Pod>,
    update: ControllerRevision,
    healthy: (pod: Pod) => boolean,
  ): void {
    if (set.spec.updateStrategy.type === 'OnDelete') return;
    for (let ordinal = set.spec.replicas - 1; ordinal >= partitionOf(set); ordinal--) {
      const pod = own.get(ordinal);
      if (pod === undefined) return;
      if (revisionIn(pod) !== update.metadata.name && !isTerminating(pod)) {
        this.#delete(set, pod);
        return;
      }
      if (!healthy(pod)) return;
    }
  }

  #create(set: StatefulSet, ordinal: number, { current, update }: Revisions): boolean {
    const revision = set.spec.updateStrategy.type !== 'OnDelete' && ordinal < partitionOf(set) ? current : update;
    const name = `${set.metadata.name}-${ordinal}`;
    const pod = podFrom(set, templateOf(revision), name, {
      [revisionHashKey]: revision.metadata.name,
      'statefulset.kubernetes.io/pod-name': name,
      'apps.kubernetes.io/pod-index': String(ordinal),
    });
    Object.assign(pod.spec, { hostname: name, subdomain: set.spec.serviceName ?? '' });
    this.#claim(set, pod);
    try {
      admitPod(this.#store, pod);
      this.#store.create(pods, pod);
    } catch (thrown) {
      if (!(thrown instanceof StatusError)) throw thrown;
      const what = `create Pod ${name} in StatefulSet ${set.metadata.name} failed error: ${thrown.message}`;
      this.#events.record(set, 'Warning', 'FailedCreate', what);
      return false;
    }
    const what = `create Pod ${name} in StatefulSet ${set.metadata.name} successful`;
    this.#events.record(set, 'Normal', 'SuccessfulCreate', what);
    return true;
  }

  /** Every pod has claims of its own, which outlive it. The lab has a volume for each. */
  #claim(set: StatefulSet, pod: Pod): void {
    const { namespace } = pod.metadata;
    for (const template of set.spec.volumeClaimTemplates ?? []) {
      const claim = `${template.metadata.name}-${pod.metadata.name}`;
      if (this.#store.find(persistentVolumeClaims, namespace, claim) === undefined) {
        this.#store.create(persistentVolumeClaims, {
          kind: 'PersistentVolumeClaim',
          apiVersion: 'v1',
          metadata: {
            name: claim,
            ...(namespace === undefined ? {} : { namespace }),
            uid: '',
            resourceVersion: '',
            creationTimestamp: '',
            labels: { ...set.spec.selector.matchLabels },
          },
          spec: { ...template.spec },
          status: { phase: 'Bound' },
        });
      }
      pod.spec.volumes = [
        ...(pod.spec.volumes ?? []).filter((volume) => volume.name !== template.metadata.name),
        { name: template.metadata.name, persistentVolumeClaim: { claimName: claim } },
      ];
    }
  }

  #delete(set: StatefulSet, { metadata: { namespace, name } }: Pod): void {
    this.#store.delete(pods, namespace, name);
    const what = `delete Pod ${name} in StatefulSet ${set.metadata.name} successful`;
    this.#events.record(set, 'Normal', 'SuccessfulDelete', what);
  }

  #available(set: StatefulSet, pod: Pod): boolean {
    return this.#ready.missing(pod, set.spec.minReadySeconds) === 0;
  }

  #writeStatus({ metadata: { namespace, name } }: StatefulSet, { current, update }: Revisions): void {
    const set = this.#store.find(statefulSets, namespace, name);
    if (set === undefined) return;
    const own = podsOf(this.#store, set).filter((pod) => !isFinished(pod));
    const ready = own.filter(isReady);
    const available = ready.filter((pod) => this.#available(set, pod));
    const soonest = Math.min(
      ...ready.map((pod) => this.#ready.missing(pod, set.spec.minReadySeconds)).filter((ms) => ms > 0),
    );
    if (Number.isFinite(soonest)) this.#queue.addAfter(`${namespace ?? ''}/${name}`, soonest + 1);
    const of = (revision: ControllerRevision): number =>
      own.filter((pod) => !isTerminating(pod) && revisionIn(pod) === revision.metadata.name).length;
    const { replicas } = set.spec;
    const updated = of(update);
    const done =
      set.spec.updateStrategy.type === 'RollingUpdate' &&
      updated === replicas &&
      ready.length === replicas &&
      own.length === replicas;
    const held = done ? update : current;
    const numbers = {
      readyReplicas: ready.length,
      currentReplicas: of(held),
      updatedReplicas: updated,
    };
    this.#store.update(statefulSets, namespace, name, (copy) => {
      copy.status = {
        observedGeneration: copy.metadata.generation ?? 1,
        replicas: own.length,
        availableReplicas: available.length,
        ...Object.fromEntries(Object.entries(numbers).filter(([, value]) => value !== 0)),
        currentRevision: held.metadata.name,
        updateRevision: update.metadata.name,
        collisionCount: 0,
      };
    });
    const needed = new Set([held.metadata.name, update.metadata.name, ...own.map(revisionIn)]);
    dropOldRevisions(this.#store, set, needed);
  }
}

function ordinalOf({ metadata }: Pod): number {
  return Number(metadata.name.slice(metadata.name.lastIndexOf('-') + 1));
}

function lastFirst(a: Pod, b: Pod): number {
  return ordinalOf(b) - ordinalOf(a);
}

function revisionIn(pod: Pod): string {
  return pod.metadata.labels?.[revisionHashKey] ?? '';
}

function partitionOf(set: StatefulSet): number {
  return set.spec.updateStrategy.rollingUpdate?.partition ?? 0;
}
