/** The ReplicaSets of a Deployment: how they are named, marked and made. */
import { templateHash } from './names.ts';
import { canonical, type Deployment, type PodTemplate, type ReplicaSet } from './objects.ts';
import { fenceposts, nextNewReplicas } from './rollout-math.ts';

export const revisionKey = 'deployment.kubernetes.io/revision';
export const historyKey = 'deployment.kubernetes.io/revision-history';
export const desiredKey = 'deployment.kubernetes.io/desired-replicas';
const maxKey = 'deployment.kubernetes.io/max-replicas';
/** Annotations of a Deployment that its ReplicaSets do not inherit. */
const ownAnnotations = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  revisionKey,
  historyKey,
  desiredKey,
  maxKey,
]);

/** A template as text to compare: without the hash that a ReplicaSet's has. */
export function templateText(template: PodTemplate): string {
  const labels = { ...template.metadata.labels };
  delete labels['pod-template-hash'];
  return canonical({ ...template, metadata: { ...template.metadata, labels } });
}

/** The annotations that a Deployment hands on to its ReplicaSets. */
export function inherited(deployment: Deployment): Record<string, string> {
  const entries = Object.entries(deployment.metadata.annotations ?? {});
  return Object.fromEntries(entries.filter(([key]) => !ownAnnotations.has(key)));
}

/** The annotations by which a resized Deployment is noticed. */
export function sizing(deployment: Deployment): Record<string, string> {
  const { replicas } = deployment.spec;
  return { [desiredKey]: String(replicas), [maxKey]: String(replicas + fenceposts(deployment).surge) };
}

/** The ReplicaSet of a Deployment's current template. */
export function newReplicaSet(deployment: Deployment, revision: string, old: readonly ReplicaSet[]): ReplicaSet {
  const { namespace, name, uid } = deployment.metadata;
  const { spec } = deployment;
  const hash = templateHash(spec.template);
  const template = structuredClone(spec.template);
  template.metadata.labels = { ...template.metadata.labels, 'pod-template-hash': hash };
  return {
    kind: 'ReplicaSet',
    apiVersion: 'apps/v1',
    metadata: {
      name: `${name}-${hash}`,
      ...(namespace === undefined ? {} : { namespace }),
      uid: '',
      resourceVersion: '',
      creationTimestamp: '',
      labels: { ...template.metadata.labels },
      annotations: { ...inherited(deployment), ...sizing(deployment), [revisionKey]: revision },
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'Deployment', name, uid, controller: true, blockOwnerDeletion: true },
      ],
    },
    spec: {
      replicas: nextNewReplicas(deployment, old, 0),
      ...(spec.minReadySeconds === undefined ? {} : { minReadySeconds: spec.minReadySeconds }),
      selector: {
        ...spec.selector,
        matchLabels: { ...spec.selector.matchLabels, 'pod-template-hash': hash },
      },
      template,
    },
    status: { replicas: 0 },
  };
}
