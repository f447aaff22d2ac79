/** Lists as tables, as kubectl shows them (meta.k8s.io/v1 Table). */
import type {
  ConfigMap,
  Deployment,
  JsonObject,
  KubeEvent,
  KubeObject,
  LabelSelector,
  Node,
  Pod,
  ReplicaSet,
  ResourceQuota,
  Secret,
  Service,
} from './objects.ts';
import type { Resource } from './resources.ts';
import type { ControllerRevision, DaemonSet, Job, PersistentVolumeClaim, StatefulSet } from './workload-objects.ts';

type Cell = string | number;

interface Column {
  readonly name: string;
  readonly value: (object: KubeObject) => Cell;
  /** Shown with -o wide only. */
  readonly wide?: boolean;
}

/** `5s`, `3m12s`, `4h`: an age as kubectl prints it. */
function age(from: string | null | undefined, now: number = Date.now()): string {
  if (from === undefined || from === null || from === '') return '<unknown>';
  const seconds = Math.max(Math.floor((now - Date.parse(from)) / 1000), 0);
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return seconds % 60 === 0 ? `${minutes}m` : `${minutes}m${seconds % 60}s`;
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours}h`;
  return `${Math.floor(hours / 24)}d`;
}

function column(name: string, value: (object: never) => Cell, wide = false): Column {
  return { name, value: value as Column['value'], ...(wide ? { wide } : {}) };
}

const name = column('Name', ({ metadata }: KubeObject) => metadata.name);
const created = column('Age', ({ metadata }: KubeObject) => age(metadata.creationTimestamp));

function selectorText(selector: LabelSelector | undefined): string {
  const labels = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
  return labels.length === 0 ? '<none>' : labels.join(',');
}

const containerNames = column(
  'Containers',
  ({ spec }: Deployment) => spec.template.spec.containers.map((container) => container.name).join(','),
  true,
);
const containerImages = column(
  'Images',
  ({ spec }: Deployment) => spec.template.spec.containers.map((container) => container.image).join(','),
  true,
);
const workloadSelector = column('Selector', ({ spec }: Deployment) => selectorText(spec.selector), true);

const columns: Readonly<Record<string, readonly Column[]>> = {
  Namespace: [
    name,
    column('Status', ({ status }: KubeObject) => (status as { phase?: string } | undefined)?.phase ?? ''),
    created,
  ],
  Node: [
    name,
    column('Status', ({ spec }: Node) => (spec.unschedulable === true ? 'Ready,SchedulingDisabled' : 'Ready')),
    column('Roles', () => '<none>'),
    created,
    column('Version', () => 'v1.33.13'),
  ],
  Pod: [
    name,
    column('Ready', ({ spec, status }: Pod) => {
      const ready = (status.containerStatuses ?? []).filter((container) => container.ready).length;
      return `${ready}/${spec.containers.length}`;
    }),
    column('Status', podState),
    column('Restarts', ({ status }: Pod) =>
      (status.containerStatuses ?? []).reduce((sum, container) => sum + container.restartCount, 0),
    ),
    created,
    column('IP', ({ status }: Pod) => status.podIP ?? '<none>', true),
    column('Node', ({ spec }: Pod) => spec.nodeName ?? '<none>', true),
    column('Nominated Node', () => '<none>', true),
    column('Readiness Gates', () => '<none>', true),
  ],
  Deployment: [
    name,
    column('Ready', ({ spec, status }: Deployment) => `${status.readyReplicas ?? 0}/${spec.replicas}`),
    column('Up-to-date', ({ status }: Deployment) => status.updatedReplicas ?? 0),
    column('Available', ({ status }: Deployment) => status.availableReplicas ?? 0),
    created,
    containerNames,
    containerImages,
    workloadSelector,
  ],
  ReplicaSet: [
    name,
    column('Desired', ({ spec }: ReplicaSet) => spec.replicas),
    column('Current', ({ status }: ReplicaSet) => status.replicas),
    column('Ready', ({ status }: ReplicaSet) => status.readyReplicas ?? 0),
    created,
    containerNames,
    containerImages,
    workloadSelector,
  ],
  StatefulSet: [
    name,
    column('Ready', ({ spec, status }: StatefulSet) => `${status.readyReplicas ?? 0}/${spec.replicas}`),
    created,
    containerNames,
    containerImages,
  ],
  DaemonSet: [
    name,
    column('Desired', ({ status }: DaemonSet) => status.desiredNumberScheduled ?? 0),
    column('Current', ({ status }: DaemonSet) => status.currentNumberScheduled ?? 0),
    column('Ready', ({ status }: DaemonSet) => status.numberReady ?? 0),
    column('Up-to-date', ({ status }: DaemonSet) => status.updatedNumberScheduled ?? 0),
    column('Available', ({ status }: DaemonSet) => status.numberAvailable ?? 0),
    created,
    containerNames,
    containerImages,
    workloadSelector,
  ],
  ControllerRevision: [
    name,
    column('Controller', ({ metadata }: KubeObject) => {
      const owner = metadata.ownerReferences?.[0];
      return owner === undefined ? '<none>' : `${owner.kind.toLowerCase()}.apps/${owner.name}`;
    }),
    column('Revision', ({ revision }: ControllerRevision) => revision),
    created,
  ],
  Job: [
    name,
    column('Status', ({ spec, status }: Job) => {
      const over = status.conditions?.find(({ type }) => type === 'Complete' || type === 'Failed');
      return over?.type ?? (spec.suspend === true ? 'Suspended' : 'Running');
    }),
    column('Completions', ({ spec, status }: Job) => `${status.succeeded ?? 0}/${spec.completions ?? 1}`),
    created,
    containerNames,
    containerImages,
  ],
  PersistentVolumeClaim: [
    name,
    column('Status', ({ status }: PersistentVolumeClaim) => status.phase ?? 'Pending'),
    created,
  ],
  Service: [
    name,
    column('Type', ({ spec }: Service) => spec.type ?? ''),
    column('Cluster-IP', ({ spec }: Service) => spec.clusterIP ?? '<none>'),
    column('External-IP', () => '<none>'),
    column('Port(s)', ({ spec }: Service) =>
      (spec.ports ?? []).map(({ port, protocol }) => `${port}/${protocol ?? 'TCP'}`).join(','),
    ),
    created,
  ],
  ConfigMap: [
    name,
    column('Data', ({ data, binaryData }: ConfigMap) => Object.keys({ ...data, ...binaryData }).length),
    created,
  ],
  Secret: [
    name,
    column('Type', ({ type }: Secret) => type ?? 'Opaque'),
    column('Data', ({ data }: Secret) => Object.keys(data ?? {}).length),
    created,
  ],
  ServiceAccount: [name, column('Secrets', () => 0), created],
  ResourceQuota: [
    name,
    created,
    column('Request', ({ spec, status }: ResourceQuota) =>
      Object.entries(spec.hard ?? {})
        .map(([key, hard]) => `${key}: ${(status as ResourceQuota['status'] | undefined)?.used?.[key] ?? 0}/${hard}`)
        .join(', '),
    ),
  ],
  Event: [
    column('Last Seen', ({ lastTimestamp, eventTime }: KubeEvent) => age(lastTimestamp ?? eventTime)),
    column('Type', ({ type }: KubeEvent) => type),
    column('Reason', ({ reason }: KubeEvent) => reason),
    column('Object', ({ involvedObject }: KubeEvent) => `${involvedObject.kind.toLowerCase()}/${involvedObject.name}`),
    column('Message', ({ message }: KubeEvent) => message.trim()),
  ],
};

/** The status column of a pod: the reason that matters most. */
function podState({ status, metadata }: Pod): string {
  let state = status.reason ?? status.phase;
  for (const [index, init] of (status.initContainerStatuses ?? []).entries()) {
    if (init.state.terminated?.exitCode === 0) continue;
    const why = init.state.terminated?.reason ?? init.state.waiting?.reason;
    const running = `Init:${index}/${status.initContainerStatuses?.length ?? 0}`;
    state = why === undefined || why === 'PodInitializing' ? running : `Init:${why}`;
    break;
  }
  if (!state.startsWith('Init:')) {
    for (const container of status.containerStatuses ?? []) {
      state = container.state.waiting?.reason ?? container.state.terminated?.reason ?? state;
    }
  }
  return metadata.deletionTimestamp === undefined ? state : 'Terminating';
}

/** A table of objects. `withColumns` false: rows alone, as later events of a watch carry them. */
export function table(
  resource: Resource,
  objects: readonly KubeObject[],
  resourceVersion: string,
  withColumns = true,
  include = 'Metadata',
): JsonObject {
  const shown = columns[resource.kind] ?? [name, created];
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { resourceVersion },
    columnDefinitions: withColumns
      ? shown.map(({ name: title, wide }) => ({
          name: title,
          type: 'string',
          format: title === 'Name' ? 'name' : '',
          description: title,
          priority: wide === true ? 1 : 0,
        }))
      : null,
    rows: objects.map((object) => ({
      cells: shown.map(({ value }) => value(object)),
      ...(include === 'None'
        ? {}
        : {
            object:
              include === 'Object'
                ? object
                : { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata },
          }),
    })),
  };
}
