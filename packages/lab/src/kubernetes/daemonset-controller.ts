/** Keeps one pod of a DaemonSet on every node that may have one, and replaces them a few at a time. */
import { admitPod } from './admission.ts';
import { dropOldRevisions, presentRevision, revisionHashKey } from './controller-revisions.ts';
import { EventRecorder } from './event-recorder.ts';
import { randomSuffix } from './names.ts';
import { controllerOf, type Node, type Pod } from './objects.ts';
import { isFinished, isReady, isTerminating, podFrom, podsOf, ReadyClock } from './owned-pods.ts';
import { daemonSets, nodes, pods } from './resources.ts';
import { resolvePercent } from './rollout-math.ts';
import { nodesWanted, tolerates } from './scheduler.ts';
import { StatusError } from './status.ts';
import type { Change, Store } from './store.ts';
import type { Timing } from './timing.ts';
import { WorkQueue } from './work-queue.ts';
import type { DaemonSet } from './workload-objects.ts';

/** What the pods of every DaemonSet tolerate. */
const daemonTolerations = [
  ...['not-ready', 'unreachable'].map((state) => ({ key: state, effect: 'NoExecute' })),
  ...['disk-pressure', 'memory-pressure', 'pid-pressure', 'unschedulable'].map((state) => ({
    key: state,
    effect: 'NoSchedule',
  })),
].map(({ key, effect }) => ({ key: `node.kubernetes.io/${key}`, operator: 'Exists', effect }));

export class DaemonSetController {
  readonly #store: Store;
  readonly #timing: Timing;
  readonly #events: EventRecorder;
  readonly #queue: WorkQueue;
  readonly #ready: ReadyClock;

  constructor(store: Store, timing: Timing) {
    this.#store = store;
    this.#timing = timing;
    this.#ready = new ReadyClock(timing);
    this.#events = new EventRecorder(store, 'daemonset-controller');
    this.#queue = new WorkQueue(timing, (key) => this.#reconcile(key));
    store.subscribe((change) => this.#observe(change));
  }

  #observe(change: Change): void {
    const { resource, object } = change;
    this.#ready.observe(change);
    const namespace = object.metadata.namespace ?? '';
    if (resource === daemonSets) this.#queue.add(`${namespace}/${object.metadata.name}`);
    const owner = resource === pods ? controllerOf(object) : undefined;
    if (owner?.kind === 'DaemonSet') this.#queue.add(`${namespace}/${owner.name}`);
    if (resource === nodes) {
      for (const { metadata } of this.#store.list(daemonSets))
        this.#queue.add(`${metadata.namespace ?? ''}/${metadata.name}`);
    }
  }

  #reconcile(key: string): void {
    const [namespace = '', name = ''] = key.split('/');
    const set = this.#store.find(daemonSets, namespace, name);
    if (set === undefined) return;
    const revision = presentRevision(this.#store, set, (_, hash) => hash);
    const hash = revision.metadata.labels?.[revisionHashKey] ?? '';
    const places = this.#store.list(nodes).filter((node) => mayRunOn(set, node));
    if (set.metadata.deletionTimestamp === undefined) {
      this.#remove(set, places);
      this.#replace(set, places, hash);
      this.#create(set, places, hash, key);
    }
    this.#writeStatus(set, places, hash);
    const needed = new Set(podsOf(this.#store, set).map((pod) => `${name}-${hashIn(pod)}`));
    dropOldRevisions(this.#store, set, needed.add(revision.metadata.name));
  }

  #on(set: DaemonSet, node: Node): Pod[] {
    return podsOf(this.#store, set).filter((pod) => nodeOf(pod) === node.metadata.name);
  }

  #remove(set: DaemonSet, places: readonly Node[]): void {
    const names = new Set(places.map(({ metadata }) => metadata.name));
    for (const pod of podsOf(this.#store, set)) {
      if (!isTerminating(pod) && (!names.has(nodeOf(pod)) || isFinished(pod))) this.#delete(set, pod);
    }
  }

  /** Old pods that are not available go at once, others as far as maxUnavailable allows. */
  #replace(set: DaemonSet, places: readonly Node[], hash: string): void {
    if (set.spec.updateStrategy.type === 'OnDelete') return;
    const most = resolvePercent(set.spec.updateStrategy.rollingUpdate?.maxUnavailable ?? 1, places.length, true);
    const present = places.map((node) => this.#on(set, node).find((pod) => !isTerminating(pod)));
    const old = present.filter((pod) => pod !== undefined).filter((pod) => hashIn(pod) !== hash);
    let missing = present.filter((pod) => pod === undefined || !this.#available(set, pod)).length;
    for (const pod of old.filter((candidate) => !this.#available(set, candidate))) this.#delete(set, pod);
    for (const pod of old.filter((candidate) => this.#available(set, candidate))) {
      if (missing >= most) return;
      this.#delete(set, pod);
      missing += 1;
    }
  }

  #create(set: DaemonSet, places: readonly Node[], hash: string, key: string): void {
    for (const node of places) {
      if (this.#on(set, node).length > 0) continue;
      const labels = { [revisionHashKey]: hash };
      const pod = podFrom(set, set.spec.template, `${set.metadata.name}-${randomSuffix()}`, labels);
      pod.spec.affinity = onlyOn(node.metadata.name);
      pod.spec.tolerations = [...(pod.spec.tolerations ?? []), ...daemonTolerations];
      try {
        admitPod(this.#store, pod);
        this.#store.create(pods, pod);
        this.#events.record(set, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`);
      } catch (thrown) {
        if (!(thrown instanceof StatusError)) throw thrown;
        this.#events.record(set, 'Warning', 'FailedCreate', `Error creating: ${thrown.message}`);
        this.#queue.addAfter(key, Math.max(this.#timing.real(1), 5));
        return;
      }
    }
  }

  #delete(set: DaemonSet, { metadata: { namespace, name } }: Pod): void {
    this.#store.delete(pods, namespace, name);
    this.#events.record(set, 'Normal', 'SuccessfulDelete', `Deleted pod: ${name}`);
  }

  #available(set: DaemonSet, pod: Pod): boolean {
    return isReady(pod) && this.#ready.missing(pod, set.spec.minReadySeconds) === 0;
  }

  #writeStatus(set: DaemonSet, places: readonly Node[], hash: string): void {
    const { namespace, name } = set.metadata;
    const present = places.flatMap((node) =>
      this.#on(set, node)
        .filter((pod) => !isTerminating(pod))
        .slice(0, 1),
    );
    const ready = present.filter(isReady);
    const available = ready.filter((pod) => this.#available(set, pod));
    const waits = ready.map((pod) => this.#ready.missing(pod, set.spec.minReadySeconds)).filter((ms) => ms > 0);
    if (waits.length > 0) this.#queue.addAfter(`${namespace ?? ''}/${name}`, Math.min(...waits) + 1);
    const optional = {
      updatedNumberScheduled: present.filter((pod) => hashIn(pod) === hash).length,
      numberAvailable: available.length,
      numberUnavailable: places.length - available.length,
    };
    this.#store.update(daemonSets, namespace, name, (copy) => {
      copy.status = {
        currentNumberScheduled: present.length,
        numberMisscheduled: 0,
        desiredNumberScheduled: places.length,
        numberReady: ready.length,
        observedGeneration: copy.metadata.generation ?? 1,
        ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== 0)),
      };
    });
  }
}

function mayRunOn({ spec: { template } }: DaemonSet, node: Node): boolean {
  const selector = Object.entries(template.spec.nodeSelector ?? {});
  const tolerations = [...(template.spec.tolerations ?? []), ...daemonTolerations];
  return (
    selector.every(([key, value]) => node.metadata.labels?.[key] === value) &&
    (node.spec.taints ?? []).every((taint) => taint.effect === 'PreferNoSchedule' || tolerates(tolerations, taint))
  );
}

function hashIn(pod: Pod): string {
  return pod.metadata.labels?.[revisionHashKey] ?? '';
}

/** A pod of a DaemonSet is made for one node; the scheduler binds it there. */
function onlyOn(name: string): object {
  const matchFields = [{ key: 'metadata.name', operator: 'In', values: [name] }];
  return { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields }] } } };
}

function nodeOf({ spec }: Pod): string {
  return spec.nodeName ?? nodesWanted(spec)?.[0] ?? '';
}
