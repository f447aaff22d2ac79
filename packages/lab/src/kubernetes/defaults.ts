/** Defaults that the server writes into new objects, so that what is read back looks as on a real cluster. */
import { randomUUID } from 'node:crypto';
import { labelsOf } from './job-controller.ts';
import type {
  Container,
  Deployment,
  JsonObject,
  KubeObject,
  Pod,
  PodSpec,
  PodTemplate,
  Probe,
  ReplicaSet,
  Secret,
  Service,
} from './objects.ts';
import type { Resource } from './resources.ts';
import type { DaemonSet, Job, PersistentVolumeClaim, StatefulSet } from './workload-objects.ts';

/** What the types promise holds after this file alone: users leave it out. */
function given<T>(value: T): T | undefined {
  return value;
}

let lastClusterIp = 9;

/** Fills in what the user left out. Changes `object`. */
export function setDefaults(resource: Resource, object: KubeObject): void {
  switch (resource.kind) {
    case 'Deployment': {
      deploymentDefaults(object as Deployment);
      return;
    }
    case 'ReplicaSet': {
      const { spec } = object as ReplicaSet;
      spec.replicas = given(spec.replicas) ?? 1;
      podSpecDefaults(spec.template.spec);
      return;
    }
    case 'StatefulSet': {
      statefulSetDefaults(object as StatefulSet);
      return;
    }
    case 'DaemonSet': {
      daemonSetDefaults(object as DaemonSet);
      return;
    }
    case 'Job': {
      jobDefaults(object as Job);
      return;
    }
    case 'PersistentVolumeClaim': {
      // The lab has a volume for every claim.
      (object as PersistentVolumeClaim).status = { phase: 'Bound' };
      return;
    }
    case 'Pod': {
      podSpecDefaults((object as Pod).spec);
      return;
    }
    case 'Service': {
      serviceDefaults(object as Service);
      return;
    }
    case 'Secret': {
      const secret = object as Secret;
      secret.type ??= 'Opaque';
      for (const [key, value] of Object.entries(secret.stringData ?? {})) {
        secret.data = { ...secret.data, [key]: Buffer.from(value).toString('base64') };
      }
      delete secret.stringData;
      return;
    }
    case 'Namespace': {
      object.spec ??= { finalizers: ['kubernetes'] };
      object.status ??= { phase: 'Active' };
      const { metadata } = object;
      metadata.labels = { 'kubernetes.io/metadata.name': metadata.name, ...metadata.labels };
      return;
    }
    default:
  }
}

function deploymentDefaults(deployment: Deployment): void {
  const spec: Deployment['spec'] = {
    ...deployment.spec,
    replicas: given(deployment.spec.replicas) ?? 1,
    strategy: { ...given(deployment.spec.strategy), type: given(deployment.spec.strategy)?.type ?? 'RollingUpdate' },
  };
  deployment.spec = spec;
  if (spec.strategy.type === 'RollingUpdate') {
    const rolling = (spec.strategy.rollingUpdate ??= {});
    rolling.maxUnavailable ??= '25%';
    rolling.maxSurge ??= '25%';
  }
  spec.revisionHistoryLimit ??= 10;
  spec.progressDeadlineSeconds ??= 600;
  templateDefaults(spec.template);
}

function templateDefaults(template: PodTemplate): void {
  template.metadata = { creationTimestamp: null, ...template.metadata };
  podSpecDefaults(template.spec);
}

function statefulSetDefaults(set: StatefulSet): void {
  const given: Partial<StatefulSet['spec']> = set.spec;
  const { type = 'RollingUpdate', rollingUpdate } = given.updateStrategy ?? {};
  const rolling = type === 'RollingUpdate' ? { rollingUpdate: { partition: 0, ...rollingUpdate } } : {};
  set.spec = {
    ...set.spec,
    replicas: given.replicas ?? 1,
    podManagementPolicy: given.podManagementPolicy ?? 'OrderedReady',
    updateStrategy: { type, ...rolling },
    revisionHistoryLimit: given.revisionHistoryLimit ?? 10,
  };
  templateDefaults(set.spec.template);
}

function daemonSetDefaults(set: DaemonSet): void {
  const given: Partial<DaemonSet['spec']> = set.spec;
  const { type = 'RollingUpdate', rollingUpdate } = given.updateStrategy ?? {};
  const rolling =
    type === 'RollingUpdate' ? { rollingUpdate: { maxUnavailable: 1, maxSurge: 0, ...rollingUpdate } } : {};
  set.spec = {
    ...set.spec,
    updateStrategy: { type, ...rolling },
    revisionHistoryLimit: given.revisionHistoryLimit ?? 10,
  };
  templateDefaults(set.spec.template);
}

/** The selector of a Job is made from its uid, so that is chosen here. */
function jobDefaults(job: Job): void {
  if ((given(job.metadata.uid) ?? '') === '') job.metadata.uid = randomUUID();
  const held: Partial<Job['spec']> = job.spec;
  const parallelism = held.parallelism ?? 1;
  job.spec = {
    ...job.spec,
    parallelism,
    completions: held.completions ?? 1,
    backoffLimit: held.backoffLimit ?? 6,
    suspend: held.suspend ?? false,
    selector: held.selector ?? { matchLabels: { 'batch.kubernetes.io/controller-uid': job.metadata.uid } },
  };
  const { template } = job.spec;
  templateDefaults(template);
  template.metadata.labels = { ...template.metadata.labels, ...labelsOf(job) };
}

/** Defaults of a pod or a pod template. */
function podSpecDefaults(spec: PodSpec): void {
  for (const container of [...(spec.initContainers ?? []), ...spec.containers]) containerDefaults(container);
  const defaults: JsonObject = {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
  };
  for (const [field, value] of Object.entries(defaults)) spec[field] ??= value;
  if (spec.serviceAccountName !== undefined) spec.serviceAccount ??= spec.serviceAccountName;
  for (const volume of spec.volumes ?? []) {
    for (const source of ['configMap', 'secret'] as const) {
      const held = volume[source] as JsonObject | undefined;
      if (held !== undefined) held.defaultMode ??= 420;
    }
  }
}

function containerDefaults(container: Container): void {
  const settings = container as Container & JsonObject;
  for (const port of container.ports ?? []) port.protocol ??= 'TCP';
  container.resources ??= {};
  const { limits } = container.resources;
  if (limits !== undefined) container.resources.requests = { ...limits, ...container.resources.requests };
  for (const probe of [container.livenessProbe, container.readinessProbe, container.startupProbe]) {
    if (probe !== undefined) probeDefaults(probe);
  }
  settings.terminationMessagePath ??= '/dev/termination-log';
  settings.terminationMessagePolicy ??= 'File';
  container.imagePullPolicy ??= isLatest(container.image) ? 'Always' : 'IfNotPresent';
}

function isLatest(image: string): boolean {
  if (image.includes('@')) return false;
  const [, tag] = /:([^:/]+)$/.exec(image) ?? [];
  return tag === undefined || tag === 'latest';
}

function probeDefaults(probe: Probe): void {
  if (probe.httpGet !== undefined) {
    probe.httpGet.path ??= '/';
    probe.httpGet.scheme ??= 'HTTP';
  }
  probe.timeoutSeconds ??= 1;
  probe.periodSeconds ??= 10;
  probe.successThreshold ??= 1;
  probe.failureThreshold ??= 3;
}

function serviceDefaults(service: Service): void {
  const spec = service.spec as Service['spec'] & JsonObject;
  spec.type ??= 'ClusterIP';
  for (const port of spec.ports ?? []) {
    port.protocol ??= 'TCP';
    port.targetPort ??= port.port;
  }
  if (spec.type !== 'ExternalName') {
    spec.clusterIP ??= `10.96.0.${++lastClusterIp % 256}`;
    spec.clusterIPs ??= [spec.clusterIP];
    spec.ipFamilies ??= ['IPv4'];
    spec.ipFamilyPolicy ??= 'SingleStack';
    spec.internalTrafficPolicy ??= 'Cluster';
  }
  spec.sessionAffinity ??= 'None';
  service.status ??= { loadBalancer: {} };
}
