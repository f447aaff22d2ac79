/** Gives pods a node, or says why none fits. */
import { EventRecorder } from './event-recorder.ts';
import { timestamp, type Node, type Pod, type Quantities } from './objects.ts';
import { quantity, total } from './quantities.ts';
import { nodes, persistentVolumeClaims, pods } from './resources.ts';
import type { Change, Store } from './store.ts';
import type { Timing } from './timing.ts';
import { WorkQueue } from './work-queue.ts';

/** Why a node does not fit, and whether evicting other pods could help. */
interface Misfit {
  readonly reason: string;
  readonly resources: boolean;
}

export class Scheduler {
  readonly #store: Store;
  readonly #events: EventRecorder;
  readonly #queue: WorkQueue;

  constructor(store: Store, timing: Timing) {
    this.#store = store;
    this.#events = new EventRecorder(store, 'default-scheduler');
    this.#queue = new WorkQueue(timing, (key) => this.#schedule(key));
    store.subscribe((change) => this.#observe(change));
  }

  #observe({ resource, object, type }: Change): void {
    if (resource === pods && type === 'ADDED') this.#add(object as Pod);
    const freed =
      resource === pods && (type === 'DELETED' || ['Succeeded', 'Failed'].includes((object as Pod).status.phase));
    if (resource === nodes || resource === persistentVolumeClaims || freed) {
      for (const pod of this.#store.list(pods)) this.#add(pod);
    }
  }

  #add(pod: Pod): void {
    if (pod.spec.nodeName === undefined) this.#queue.add(`${pod.metadata.namespace ?? ''}/${pod.metadata.name}`);
  }

  #schedule(key: string): void {
    const [namespace = '', name = ''] = key.split('/');
    const pod = this.#store.find(pods, namespace, name);
    if (pod === undefined || pod.spec.nodeName !== undefined || pod.metadata.deletionTimestamp !== undefined) return;
    const all = this.#store.list(nodes);
    const absent = (pod.spec.volumes ?? [])
      .flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? [])
      .find((claim) => this.#store.find(persistentVolumeClaims, namespace, claim) === undefined);
    if (absent !== undefined) {
      const none = `0/${all.length} nodes are available: `;
      const helpless = `preemption: ${none}${all.length} Preemption is not helpful for scheduling.`;
      this.#refuse(pod, `${none}persistentvolumeclaim "${absent}" not found. ${helpless}`);
      return;
    }
    const misfits: Misfit[] = [];
    for (const node of all) {
      const reasons = this.#misfits(pod, node);
      if (reasons.length === 0) {
        this.#bind(pod, node.metadata.name);
        return;
      }
      misfits.push(...reasons);
    }
    this.#refuse(pod, unschedulableMessage(all.length, misfits));
  }

  #misfits(pod: Pod, node: Node): Misfit[] {
    const selector = Object.entries(pod.spec.nodeSelector ?? {});
    const tolerations = pod.spec.tolerations ?? [];
    const untolerated = (node.spec.taints ?? []).find(
      (taint) => taint.effect !== 'PreferNoSchedule' && !tolerates(tolerations, taint),
    );
    const cordoned = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };
    if (node.spec.unschedulable === true && !tolerates(tolerations, cordoned))
      return [{ reason: 'node(s) were unschedulable', resources: false }];
    if (untolerated !== undefined) {
      return [
        { reason: `node(s) had untolerated taint {${untolerated.key}: ${untolerated.value ?? ''}}`, resources: false },
      ];
    }
    const wanted = nodesWanted(pod.spec);
    if (
      selector.some(([key, value]) => node.metadata.labels?.[key] !== value) ||
      (wanted !== undefined && !wanted.includes(node.metadata.name))
    ) {
      return [{ reason: "node(s) didn't match Pod's node affinity/selector", resources: false }];
    }
    const here = this.#store
      .list(pods)
      .filter(
        (other) => other.spec.nodeName === node.metadata.name && !['Succeeded', 'Failed'].includes(other.status.phase),
      );
    const { allocatable } = node.status;
    const misfits: Misfit[] = [];
    if (here.length + 1 > quantity(allocatable.pods ?? 110)) misfits.push({ reason: 'Too many pods', resources: true });
    for (const resource of ['cpu', 'memory', 'ephemeral-storage']) {
      if (allocatable[resource] === undefined) continue;
      const used = here.reduce((sum, other) => sum + requested(other, resource), 0);
      const wanted = requested(pod, resource);
      if (wanted > 0 && used + wanted > quantity(allocatable[resource])) {
        misfits.push({ reason: `Insufficient ${resource}`, resources: true });
      }
    }
    return misfits;
  }

  #bind(pod: Pod, nodeName: string): void {
    const { namespace, name } = pod.metadata;
    const now = timestamp();
    this.#store.update(pods, namespace, name, (copy) => {
      copy.spec.nodeName = nodeName;
      copy.status = {
        ...copy.status,
        conditions: [{ type: 'PodScheduled', status: 'True', lastProbeTime: null, lastTransitionTime: now }],
      };
    });
    const message = `Successfully assigned ${namespace ?? ''}/${name} to ${nodeName}`;
    this.#events.recordAction(pod, 'Normal', 'Scheduled', 'Binding', message);
  }

  #refuse(pod: Pod, message: string): void {
    const { namespace, name } = pod.metadata;
    const known = pod.status.conditions?.[0];
    if (known?.message === message) return;
    this.#store.update(pods, namespace, name, (copy) => {
      copy.status = {
        ...copy.status,
        conditions: [
          {
            type: 'PodScheduled',
            status: 'False',
            lastProbeTime: null,
            lastTransitionTime: known?.lastTransitionTime ?? timestamp(),
            reason: 'Unschedulable',
            message,
          },
        ],
      };
    });
    this.#events.recordAction(pod, 'Warning', 'FailedScheduling', 'Scheduling', message);
  }
}

/** True when one of the tolerations covers the taint. */
export function tolerates(
  tolerations: NonNullable<Pod['spec']['tolerations']>,
  taint: { readonly key: string; readonly value?: string; readonly effect: string },
): boolean {
  return tolerations.some(
    (toleration) =>
      (toleration.key === undefined || toleration.key === taint.key) &&
      (toleration.operator === 'Exists' || (toleration.value ?? '') === (taint.value ?? '')) &&
      (toleration.effect === undefined || toleration.effect === taint.effect),
  );
}

/** The nodes that a pod's affinity names, undefined when it names none. */
export function nodesWanted(spec: Pod['spec']): readonly string[] | undefined {
  const { affinity } = spec as {
    affinity?: {
      nodeAffinity?: {
        requiredDuringSchedulingIgnoredDuringExecution?: {
          nodeSelectorTerms?: { matchFields?: { key: string; values?: string[] }[] }[];
        };
      };
    };
  };
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  return terms.flatMap(({ matchFields = [] }) => matchFields).find(({ key }) => key === 'metadata.name')?.values;
}

function requested(pod: Pod, resource: string): number {
  const requests = (list: Pod['spec']['containers'] | undefined): (Quantities | undefined)[] =>
    (list ?? []).map((container) => container.resources?.requests);
  const main = total(requests(pod.spec.containers), resource);
  return Math.max(main, ...requests(pod.spec.initContainers).map((map) => quantity(map?.[resource])));
}

/** The scheduler's message: counted reasons, then what preemption could do. */
function unschedulableMessage(nodeCount: number, misfits: readonly Misfit[]): string {
  if (nodeCount === 0) return 'no nodes available to schedule pods';
  const counts = new Map<string, number>();
  for (const { reason } of misfits) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const reasons = [...counts].map(([reason, count]) => `${count} ${reason}`).sort();
  const none = `0/${nodeCount} nodes are available: `;
  const helpless = misfits.filter(({ resources }) => !resources).length;
  const full = nodeCount - helpless;
  const preemption = [
    ...(full > 0 ? [`${full} No preemption victims found for incoming pod`] : []),
    ...(helpless > 0 ? [`${helpless} Preemption is not helpful for scheduling`] : []),
  ];
  return `${none}${reasons.join(', ')}. preemption: ${none}${preemption.join(', ')}.`;
}
