/** Which objects belong to the revision that is being rolled out, and to no other. */
import type { Pod, PodTemplate, ReplicaSet, Workload } from './objects.ts';
import { controllerOf, isTerminating } from './objects.ts';
import type { RolloutState } from './state.ts';

/** The label that a Deployment adds to the template of each of its ReplicaSets. */
export const podTemplateHash = 'pod-template-hash';
/** The label of the pods of a StatefulSet or DaemonSet. */
const controllerRevisionHash = 'controller-revision-hash';

/** True when both templates make the same pods; the hash label that Kubernetes adds does not count. */
export function sameTemplate(one: PodTemplate, other: PodTemplate): boolean {
  return canonical(one) === canonical(other);
}

// Templates are compared at every event of a rollout and change with none of them.
const canonicalForms = new WeakMap<PodTemplate, string>();

function canonical(template: PodTemplate): string {
  const known = canonicalForms.get(template);
  if (known !== undefined) return known;
  const labels = Object.entries(template.metadata?.labels ?? {}).filter(([label]) => label !== podTemplateHash);
  const { annotations } = template.metadata ?? {};
  const form = JSON.stringify(
    { spec: template.spec, annotations: annotations ?? {}, labels: Object.fromEntries(labels) },
    (_key, value: unknown) => (isRecord(value) ? Object.fromEntries(Object.entries(value).sort(byName)) : value),
  );
  canonicalForms.set(template, form);
  return form;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function byName([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : 1;
}

/** The ReplicaSet whose template is the Deployment's: the oldest when several are, as the Deployment controller chooses. */
export function newReplicaSet(workload: Workload, replicaSets: Iterable<ReplicaSet>): ReplicaSet | undefined {
  return [...replicaSets]
    .filter((candidate) => controllerOf(candidate) === workload.metadata.uid)
    .filter((candidate) => sameTemplate(candidate.spec.template, workload.spec.template))
    .sort((a, b) => createdAt(a) - createdAt(b) || a.metadata.name.localeCompare(b.metadata.name))[0];
}

function createdAt(object: { readonly metadata: { readonly creationTimestamp?: string | null } }): number {
  return Date.parse(object.metadata.creationTimestamp ?? '') || 0;
}

/** The revision in which pods are made now. */
export interface Revision {
  /** What a person calls it: the revision number of a Deployment, the hash of the others. */
  readonly name: string | undefined;
  /** What makes the pods: the new ReplicaSet, or the workload itself. undefined until the ReplicaSet exists. */
  readonly maker: ReplicaSet | Workload | undefined;
  /** Pods of this revision that are not being deleted. */
  readonly pods: readonly Pod[];
  /** Pods of the workload that belong to another revision, or are being deleted. */
  readonly otherPods: readonly Pod[];
}

const none: Revision = { name: undefined, maker: undefined, pods: [], otherPods: [] };

const revisions = new WeakMap<RolloutState, Revision>();

/** The revision of the workload's present template. */
export function revisionOf(state: RolloutState): Revision {
  const known = revisions.get(state);
  if (known !== undefined) return known;
  const revision = findRevision(state);
  revisions.set(state, revision);
  return revision;
}

function findRevision(state: RolloutState): Revision {
  const { workload } = state;
  if (workload === undefined) return none;
  switch (state.target.kind) {
    case 'Deployment':
      return deploymentRevision(state, workload);
    case 'StatefulSet':
      return hashRevision(state, workload, observed(workload) ? workload.status?.updateRevision : undefined);
    case 'DaemonSet':
      return hashRevision(state, workload, presentControllerRevision(state, workload));
    case 'Job': {
      const own = ownedBy(state, workload.metadata.uid);
      return { name: undefined, maker: workload, ...split(own, () => true) };
    }
  }
}

function deploymentRevision(state: RolloutState, workload: Workload): Revision {
  const replicaSet = newReplicaSet(workload, state.replicaSets.values());
  const replicaSets = new Set(
    [...state.replicaSets.values()]
      .filter((candidate) => controllerOf(candidate) === workload.metadata.uid)
      .map((candidate) => candidate.metadata.uid),
  );
  const own = [...state.pods.values()].filter((pod) => replicaSets.has(controllerOf(pod) ?? ''));
  return {
    name: replicaSet?.metadata.annotations?.['deployment.kubernetes.io/revision'],
    maker: replicaSet,
    ...split(own, (pod) => replicaSet !== undefined && controllerOf(pod) === replicaSet.metadata.uid),
  };
}

function hashRevision(state: RolloutState, workload: Workload, name: string | undefined): Revision {
  const own = ownedBy(state, workload.metadata.uid);
  // A StatefulSet's label holds the whole name of its revision, a DaemonSet's only the hash at its end.
  const hash = (pod: Pod): string => pod.metadata.labels?.[controllerRevisionHash] ?? '';
  const belongs = (pod: Pod): boolean =>
    name !== undefined && hash(pod) !== '' && (name === hash(pod) || name.endsWith(`-${hash(pod)}`));
  return { name, maker: workload, ...split(own, belongs) };
}

/**
 * The ControllerRevision that keeps the workload's template, as the DaemonSet controller itself finds it. The one with
 * the highest number is not it while a rollback is on its way: the watch of the workload may be ahead of theirs.
 */
function presentControllerRevision(state: RolloutState, workload: Workload): string | undefined {
  if (!observed(workload)) return undefined;
  const { template } = workload.spec;
  return [...state.controllerRevisions.values()]
    .filter((candidate) => controllerOf(candidate) === workload.metadata.uid)
    .filter(({ data }) => data?.spec?.template !== undefined && sameTemplate(data.spec.template, template))
    .sort((a, b) => b.revision - a.revision)[0]?.metadata.name;
}

/** True when the controller has taken up the newest change of the workload. */
export function observed(workload: Workload): boolean {
  return (workload.status?.observedGeneration ?? 0) >= (workload.metadata.generation ?? 0);
}

function ownedBy(state: RolloutState, uid: string): readonly Pod[] {
  return [...state.pods.values()].filter((pod) => controllerOf(pod) === uid);
}

function split(pods: readonly Pod[], belongs: (pod: Pod) => boolean): Pick<Revision, 'pods' | 'otherPods'> {
  const current = pods.filter((pod) => belongs(pod) && !isTerminating(pod));
  return { pods: current, otherPods: pods.filter((pod) => !current.includes(pod)) };
}
