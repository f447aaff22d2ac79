/** One kind of the Kubernetes API, as far as a path, a rule and a person need to know it. */
export interface ResourceType {
  readonly kind: string;
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly short: readonly string[];
  readonly namespaced: boolean;
}

const resource = (
  group: string,
  version: string,
  plural: string,
  short: readonly string[] = [],
  namespaced = true,
) => ({
  group,
  version,
  plural,
  short,
  namespaced,
});

/** The kinds that the actions read or change themselves. Everything else in a manifest is kubectl's business. */
const table = {
  ConfigMap: resource('', 'v1', 'configmaps', ['cm']),
  ControllerRevision: resource('apps', 'v1', 'controllerrevisions'),
  CronJob: resource('batch', 'v1', 'cronjobs', ['cj']),
  DaemonSet: resource('apps', 'v1', 'daemonsets', ['ds']),
  Deployment: resource('apps', 'v1', 'deployments', ['deploy']),
  Event: resource('', 'v1', 'events', ['ev']),
  HorizontalPodAutoscaler: resource('autoscaling', 'v2', 'horizontalpodautoscalers', ['hpa']),
  Job: resource('batch', 'v1', 'jobs'),
  LimitRange: resource('', 'v1', 'limitranges', ['limits']),
  Namespace: resource('', 'v1', 'namespaces', ['ns'], false),
  Node: resource('', 'v1', 'nodes', ['no'], false),
  PersistentVolumeClaim: resource('', 'v1', 'persistentvolumeclaims', ['pvc']),
  Pod: resource('', 'v1', 'pods', ['po']),
  PodDisruptionBudget: resource('policy', 'v1', 'poddisruptionbudgets', ['pdb']),
  ReplicaSet: resource('apps', 'v1', 'replicasets', ['rs']),
  ResourceQuota: resource('', 'v1', 'resourcequotas', ['quota']),
  Secret: resource('', 'v1', 'secrets'),
  Service: resource('', 'v1', 'services', ['svc']),
  ServiceAccount: resource('', 'v1', 'serviceaccounts', ['sa']),
  StatefulSet: resource('apps', 'v1', 'statefulsets', ['sts']),
} as const;

export type Kind = keyof typeof table;

/** The API facts of a kind. */
export function resourceType(kind: Kind): ResourceType {
  return { kind, ...table[kind] };
}

/** Finds a kind by any name that kubectl accepts: "Deployment", "deployments", "deploy", "deployments.apps". */
export function kindNamed(name: string): Kind | undefined {
  const [word = ''] = name.toLowerCase().split('.');
  return (Object.keys(table) as Kind[]).find((kind) => {
    const { plural, short } = table[kind];
    return word === kind.toLowerCase() || word === plural || short.includes(word);
  });
}

/** "apps/v1", "v1". */
export function apiVersionOf(kind: Kind): string {
  const { group, version } = table[kind];
  return group === '' ? version : `${group}/${version}`;
}

/** The path below the API server's root: a collection without a name, all namespaces without a namespace. */
export function resourcePath(
  kind: Kind,
  where: { namespace?: string; name?: string; subresource?: string } = {},
): string {
  const { group, version, plural, namespaced } = table[kind];
  const parts = group === '' ? ['api', version] : ['apis', group, version];
  if (namespaced && where.namespace !== undefined) parts.push('namespaces', where.namespace);
  parts.push(plural);
  if (where.name !== undefined) parts.push(where.name);
  if (where.subresource !== undefined) parts.push(where.subresource);
  return `/${parts.map(encodeURIComponent).join('/')}`;
}
