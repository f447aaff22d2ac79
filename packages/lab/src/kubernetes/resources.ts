/** The kinds that the lab's Kubernetes serves. */
import type {
  ConfigMap,
  Deployment,
  KubeEvent,
  KubeObject,
  Node,
  Pod,
  ReplicaSet,
  ResourceQuota,
  Secret,
  Service,
} from './objects.ts';
import type { ControllerRevision, DaemonSet, Job, PersistentVolumeClaim, StatefulSet } from './workload-objects.ts';

export interface Resource<T extends KubeObject = KubeObject> {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly namespaced: boolean;
  /** Served by /name/status. */
  readonly status: boolean;
  /** Served by /name/scale. */
  readonly scale: boolean;
  /** Kinds whose metadata.generation counts changes of the spec. */
  readonly generation: boolean;
  /** Never set: carries the type of the objects. */
  readonly objectType?: T;
}

type Options = Partial<Pick<Resource, 'shortNames' | 'categories' | 'namespaced' | 'status' | 'scale' | 'generation'>>;

function resource(group: string, kind: string, plural: string, options: Options = {}): Resource<never> {
  return {
    group,
    version: 'v1',
    kind,
    plural,
    singular: kind.toLowerCase(),
    shortNames: [],
    categories: [],
    namespaced: true,
    status: false,
    scale: false,
    generation: false,
    ...options,
  };
}

const all = ['all'];

export const namespaces: Resource = resource('', 'Namespace', 'namespaces', {
  shortNames: ['ns'],
  namespaced: false,
  status: true,
});
export const nodes: Resource<Node> = resource('', 'Node', 'nodes', {
  shortNames: ['no'],
  namespaced: false,
  status: true,
});
export const pods: Resource<Pod> = resource('', 'Pod', 'pods', {
  shortNames: ['po'],
  categories: all,
  status: true,
  generation: true,
});
export const services: Resource<Service> = resource('', 'Service', 'services', {
  shortNames: ['svc'],
  categories: all,
  status: true,
});
export const configMaps: Resource<ConfigMap> = resource('', 'ConfigMap', 'configmaps', { shortNames: ['cm'] });
export const secrets: Resource<Secret> = resource('', 'Secret', 'secrets');
export const serviceAccounts: Resource = resource('', 'ServiceAccount', 'serviceaccounts', { shortNames: ['sa'] });
export const events: Resource<KubeEvent> = resource('', 'Event', 'events', { shortNames: ['ev'] });
export const resourceQuotas: Resource<ResourceQuota> = resource('', 'ResourceQuota', 'resourcequotas', {
  shortNames: ['quota'],
  status: true,
});
export const deployments: Resource<Deployment> = resource('apps', 'Deployment', 'deployments', {
  shortNames: ['deploy'],
  categories: all,
  status: true,
  scale: true,
  generation: true,
});
export const replicaSets: Resource<ReplicaSet> = resource('apps', 'ReplicaSet', 'replicasets', {
  shortNames: ['rs'],
  categories: all,
  status: true,
  scale: true,
  generation: true,
});
export const statefulSets: Resource<StatefulSet> = resource('apps', 'StatefulSet', 'statefulsets', {
  shortNames: ['sts'],
  categories: all,
  status: true,
  scale: true,
  generation: true,
});
export const daemonSets: Resource<DaemonSet> = resource('apps', 'DaemonSet', 'daemonsets', {
  shortNames: ['ds'],
  categories: all,
  status: true,
  generation: true,
});
export const controllerRevisions: Resource<ControllerRevision> = resource(
  'apps',
  'ControllerRevision',
  'controllerrevisions',
);
export const jobs: Resource<Job> = resource('batch', 'Job', 'jobs', {
  categories: all,
  status: true,
  generation: true,
});
export const persistentVolumeClaims: Resource<PersistentVolumeClaim> = resource(
  '',
  'PersistentVolumeClaim',
  'persistentvolumeclaims',
  { shortNames: ['pvc'], status: true },
);
const podDisruptionBudgets: Resource = resource('policy', 'PodDisruptionBudget', 'poddisruptionbudgets', {
  shortNames: ['pdb'],
  status: true,
  generation: true,
});
/** Created, answered and forgotten: never stored. */
export const accessReviews: Resource = resource(
  'authorization.k8s.io',
  'SelfSubjectAccessReview',
  'selfsubjectaccessreviews',
  {
    namespaced: false,
  },
);

/** Everything with storage behind it. */
export const stored: readonly Resource[] = [
  namespaces,
  nodes,
  pods,
  services,
  configMaps,
  secrets,
  serviceAccounts,
  events,
  resourceQuotas,
  persistentVolumeClaims,
  deployments,
  replicaSets,
  statefulSets,
  daemonSets,
  controllerRevisions,
  jobs,
  podDisruptionBudgets,
];

export const served: readonly Resource[] = [...stored, accessReviews];

/** The verbs of a stored resource, in the server's order. */
export const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'] as const;

/** `apps/v1`, or `v1` in the core group. */
export function apiVersionOf(resource: Pick<Resource, 'group' | 'version'>): string {
  return resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
}

/** The served resource with this group, version and plural, when there is one. */
export function findResource(group: string, version: string, plural: string): Resource | undefined {
  return served.find((r) => r.group === group && r.version === version && r.plural === plural);
}

/** The stored resource of a kind. */
export function resourceOfKind(kind: string): Resource | undefined {
  return stored.find((r) => r.kind === kind);
}
