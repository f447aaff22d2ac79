/** Rolls a Deployment's pod template out over its ReplicaSets. */
import { isSettled, withAvailability, withFailure, withProgress } from './deployment-conditions.ts';
import {
  desiredKey,
  historyKey,
  inherited,
  newReplicaSet,
  revisionKey,
  sizing,
  templateText,
} from './deployment-replicasets.ts';
import { EventRecorder } from './event-recorder.ts';
import { controllerOf, timestamp, type Condition, type Deployment, type ReplicaSet } from './objects.ts';
import { deployments, pods, replicaSets } from './resources.ts';
import {
  countStatus,
  desired,
  fenceposts,
  hasProgressed,
  isComplete,
  nextNewReplicas,
  scaleDownOld,
  withCondition,
} from './rollout-math.ts';
import type { Change, Store } from './store.ts';
import type { Timing } from './timing.ts';
import { WorkQueue } from './work-queue.ts';

export class DeploymentController {
  readonly #store: Store;
  readonly #timing: Timing;
  readonly #events: EventRecorder;
  readonly #queue: WorkQueue;
  /** When each Deployment last made progress, in real milliseconds. */
  readonly #progress = new Map<string, number>();

  constructor(store: Store, timing: Timing) {
    this.#store = store;
    this.#timing = timing;
    this.#events = new EventRecorder(store, 'deployment-controller');
    this.#queue = new WorkQueue(timing, (key) => this.#reconcile(key));
    store.subscribe((change) => this.#observe(change));
  }

  #observe({ resource, object, type }: Change): void {
    const namespace = object.metadata.namespace ?? '';
    if (resource === deployments) this.#queue.add(`${namespace}/${object.metadata.name}`);
    if (resource === replicaSets) {
      const owner = controllerOf(object);
      if (owner?.kind === 'Deployment') this.#queue.add(`${namespace}/${owner.name}`);
    }
    // Recreate waits for the last old pod to be gone.
    if (resource === pods && type === 'DELETED') {
      for (const deployment of this.#store.list(deployments, namespace)) {
        if (deployment.spec.strategy.type === 'Recreate') this.#queue.add(`${namespace}/${deployment.metadata.name}`);
      }
    }
  }

  #reconcile(key: string): void {
    const [namespace = '', name = ''] = key.split('/');
    const deployment = this.#store.find(deployments, namespace, name);
    if (deployment === undefined) return;
    if (deployment.metadata.deletionTimestamp !== undefined) {
      this.#writeStatus(deployment, {});
      return;
    }
    if (this.#syncPaused(deployment)) return;
    const resized = this.#setsOf(deployment).some(
      (set) => set.spec.replicas > 0 && set.metadata.annotations?.[desiredKey] !== String(deployment.spec.replicas),
    );
    if (resized && this.#resize(deployment)) {
      this.#writeStatus(deployment, {});
      return;
    }
    if (deployment.spec.strategy.type === 'Recreate') this.#recreate(deployment);
    else this.#roll(deployment);
  }

  #setsOf(deployment: Deployment): ReplicaSet[] {
    return this.#store
      .list(replicaSets, deployment.metadata.namespace)
      .filter((set) => controllerOf(set)?.uid === deployment.metadata.uid);
  }

  /** The ReplicaSet with the Deployment's template. */
  #freshOf(deployment: Deployment, sets = this.#setsOf(deployment)): ReplicaSet | undefined {
    const wanted = templateText(deployment.spec.template);
    return sets.find((set) => templateText(set.spec.template) === wanted);
  }

  #syncPaused(deployment: Deployment): boolean {
    const progressing = deployment.status.conditions?.find(({ type }) => type === 'Progressing');
    const paused = deployment.spec.paused === true;
    const known = progressing?.reason === 'DeploymentPaused';
    if (paused !== known && progressing?.reason !== 'ProgressDeadlineExceeded') {
      this.#progress.set(deployment.metadata.uid, Date.now());
      const [reason, message] = paused
        ? ['DeploymentPaused', 'Deployment is paused']
        : ['DeploymentResumed', 'Deployment is resumed'];
      this.#setCondition(deployment, { type: 'Progressing', status: 'Unknown', reason, message });
    }
    if (!paused) return false;
    this.#resize(deployment);
    this.#writeStatus(deployment, {});
    return true;
  }

  #setCondition(deployment: Deployment, next: Pick<Condition, 'type' | 'status' | 'reason' | 'message'>): void {
    const { namespace, name } = deployment.metadata;
    this.#store.update(deployments, namespace, name, (copy) => {
      copy.status = { ...copy.status, conditions: withCondition(copy.status.conditions ?? [], next, timestamp()) };
    });
  }

  /** Spreads a changed number of replicas over the ReplicaSets; true when something was scaled. */
  #resize(deployment: Deployment): boolean {
    const sets = this.#setsOf(deployment);
    const active = sets.filter((set) => set.spec.replicas > 0);
    const fresh = this.#freshOf(deployment, sets);
    const only = active.length === 0 ? fresh : active[0];
    const { replicas } = deployment.spec;
    if (active.length <= 1) return only === undefined ? false : this.#scale(deployment, only, replicas);
    const allowed = replicas === 0 ? 0 : replicas + fenceposts(deployment).surge;
    let difference = allowed - desired(active);
    const largestFirst = [...active].sort((a, b) => b.spec.replicas - a.spec.replicas);
    const all = desired(active);
    let scaled = false;
    for (const [index, set] of largestFirst.entries()) {
      const share = Math.round((difference * set.spec.replicas) / all);
      const step = index === largestFirst.length - 1 ? difference : share;
      const to = Math.max(set.spec.replicas + step, 0);
      difference -= to - set.spec.replicas;
      scaled = this.#scale(deployment, set, to) || scaled;
    }
    return scaled;
  }

  /** Sets a ReplicaSet's size and its sizing annotations; true when the size changed. */
  #scale(deployment: Deployment, set: ReplicaSet, to: number): boolean {
    const from = set.spec.replicas;
    this.#store.update(replicaSets, set.metadata.namespace, set.metadata.name, (copy) => {
      copy.spec.replicas = to;
      copy.metadata.annotations = { ...copy.metadata.annotations, ...sizing(deployment) };
    });
    if (from === to) return false;
    const direction = to > from ? 'up' : 'down';
    this.#events.record(
      deployment,
      'Normal',
      'ScalingReplicaSet',
      `Scaled ${direction} replica set ${set.metadata.name} from ${from} to ${to}`,
    );
    return true;
  }

  #recreate(deployment: Deployment): void {
    const sets = this.#setsOf(deployment);
    const fresh = this.#freshOf(deployment, sets);
    const old = sets.filter((set) => set !== fresh);
    const down = old.filter((set) => set.spec.replicas > 0).map((set) => this.#scale(deployment, set, 0));
    if (down.includes(true)) {
      this.#writeStatus(deployment, {});
      return;
    }
    const running = this.#store
      .list(pods, deployment.metadata.namespace)
      .some(
        (pod) =>
          old.some((set) => controllerOf(pod)?.uid === set.metadata.uid) &&
          pod.status.phase !== 'Succeeded' &&
          pod.status.phase !== 'Failed',
      );
    if (running) {
      this.#writeStatus(deployment, {});
      return;
    }
    const ensured = this.#ensureFresh(deployment, old, fresh);
    this.#scale(deployment, ensured, deployment.spec.replicas);
    this.#writeStatus(deployment, { rolling: true });
  }

  #roll(deployment: Deployment): void {
    const before = this.#setsOf(deployment);
    const known = this.#freshOf(deployment, before);
    const old = before.filter((set) => set !== known);
    const fresh = this.#ensureFresh(deployment, old, known);
    const wanted = nextNewReplicas(deployment, [fresh, ...old], fresh.spec.replicas);
    const grown = this.#scale(deployment, fresh, wanted);
    if (!grown) {
      for (const { set, to } of scaleDownOld(deployment, fresh, old)) this.#scale(deployment, set, to);
    }
    this.#writeStatus(deployment, { rolling: true });
  }

  /** Finds or creates the ReplicaSet of the current template, and gives it the highest revision. */
  #ensureFresh(deployment: Deployment, old: readonly ReplicaSet[], known: ReplicaSet | undefined): ReplicaSet {
    const newest = Math.max(0, ...old.map((set) => Number(set.metadata.annotations?.[revisionKey] ?? 0)));
    if (known !== undefined) {
      const held = Number(known.metadata.annotations?.[revisionKey] ?? 0);
      const revision = String(Math.max(held, newest + 1));
      const updated = this.#store.update(replicaSets, known.metadata.namespace, known.metadata.name, (copy) => {
        const history = copy.metadata.annotations?.[historyKey];
        const moved = held !== 0 && revision !== String(held);
        copy.metadata.annotations = {
          ...copy.metadata.annotations,
          ...inherited(deployment),
          ...(moved ? { [historyKey]: history === undefined ? String(held) : `${history},${held}` } : {}),
          ...sizing(deployment),
          [revisionKey]: revision,
        };
        if (deployment.spec.minReadySeconds !== undefined) copy.spec.minReadySeconds = deployment.spec.minReadySeconds;
        else delete copy.spec.minReadySeconds;
      });
      this.#setRevision(deployment, revision);
      const progressing = deployment.status.conditions?.some(({ type }) => type === 'Progressing') ?? false;
      if (!progressing || revision !== String(held)) {
        this.#announce(deployment, 'FoundNewReplicaSet', `Found new replica set "${known.metadata.name}"`);
      }
      return updated ?? known;
    }
    const created = this.#store.create(replicaSets, newReplicaSet(deployment, String(newest + 1), old));
    if (created.spec.replicas > 0) {
      const { name } = created.metadata;
      const message = `Scaled up replica set ${name} from 0 to ${created.spec.replicas}`;
      this.#events.record(deployment, 'Normal', 'ScalingReplicaSet', message);
    }
    this.#setRevision(deployment, String(newest + 1));
    this.#announce(deployment, 'NewReplicaSetCreated', `Created new replica set "${created.metadata.name}"`);
    return created;
  }

  #announce(deployment: Deployment, reason: string, message: string): void {
    this.#progress.set(deployment.metadata.uid, Date.now());
    this.#setCondition(deployment, { type: 'Progressing', status: 'True', reason, message });
  }

  #setRevision(deployment: Deployment, revision: string): void {
    const { namespace, name } = deployment.metadata;
    this.#store.update(deployments, namespace, name, (copy) => {
      copy.metadata.annotations = { ...copy.metadata.annotations, [revisionKey]: revision };
    });
  }

  #writeStatus(stale: Deployment, { rolling = false }: { rolling?: boolean }): void {
    const { namespace, name, uid } = stale.metadata;
    const sets = this.#setsOf(stale);
    const fresh = this.#freshOf(stale, sets);
    this.#store.update(deployments, namespace, name, (copy) => {
      const before = copy.status;
      const status: Deployment['status'] = countStatus(copy, sets, fresh);
      let conditions = withAvailability(copy, status, before.conditions ?? []);
      if (rolling && fresh !== undefined && !isSettled(status, conditions)) {
        if (hasProgressed(before, status)) this.#progress.set(uid, Date.now());
        const since = this.#progress.get(uid) ?? Date.now();
        const deadline = this.#timing.real(copy.spec.progressDeadlineSeconds ?? 600);
        const late = Date.now() - since >= deadline;
        conditions = withProgress(copy, { before, after: status, late }, conditions, fresh.metadata.name);
      }
      copy.status = { ...status, conditions: withFailure(conditions, [fresh, ...sets]) };
    });
    const after = this.#store.find(deployments, namespace, name);
    if (after === undefined) return;
    const reason = after.status.conditions?.find(({ type }) => type === 'Progressing')?.reason;
    const open = reason !== 'NewReplicaSetAvailable' && reason !== 'ProgressDeadlineExceeded';
    if (rolling && open) {
      const since = this.#progress.get(uid) ?? Date.now();
      const deadline = this.#timing.real(after.spec.progressDeadlineSeconds ?? 600);
      this.#queue.addAfter(`${namespace ?? ''}/${name}`, since + deadline - Date.now() + 1);
    }
    if (isComplete(after, after.status)) this.#dropOldHistory(after, sets, fresh);
  }

  #dropOldHistory(deployment: Deployment, sets: readonly ReplicaSet[], fresh: ReplicaSet | undefined): void {
    const empty = sets
      .filter((set) => set !== fresh && set.spec.replicas === 0 && set.status.replicas === 0)
      .sort((a, b) => Number(a.metadata.annotations?.[revisionKey]) - Number(b.metadata.annotations?.[revisionKey]));
    const surplus = empty.length - (deployment.spec.revisionHistoryLimit ?? 10);
    for (const set of empty.slice(0, Math.max(surplus, 0))) {
      this.#store.delete(replicaSets, set.metadata.namespace, set.metadata.name);
    }
  }
}
