import type { ManifestDocument } from './manifests.ts';
import { textAt } from './objects.ts';

/** What others need stands before what needs it; kinds that are not listed (custom resources) come last. */
const order = [
  ['Namespace', 'CustomResourceDefinition'],
  [
    'PriorityClass',
    'ResourceQuota',
    'LimitRange',
    'StorageClass',
    'PersistentVolume',
    'ServiceAccount',
    'NetworkPolicy',
  ],
  ['Secret', 'ConfigMap', 'PersistentVolumeClaim', 'ClusterRole', 'Role'],
  ['ClusterRoleBinding', 'RoleBinding', 'Service', 'PodDisruptionBudget'],
  ['Pod', 'ReplicaSet', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'],
  [
    'HorizontalPodAutoscaler',
    'IngressClass',
    'Ingress',
    'ValidatingWebhookConfiguration',
    'MutatingWebhookConfiguration',
    'APIService',
  ],
];

function rank({ object }: ManifestDocument): number {
  const found = order.findIndex((kinds) => kinds.includes(object.kind ?? ''));
  return found < 0 ? order.length : found;
}

/** The documents in the order in which they are applied; among equals as they were given. */
export function inApplyOrder(documents: readonly ManifestDocument[]): ManifestDocument[] {
  return documents
    .map((document, index) => ({ document, index, rank: rank(document) }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ document }) => document);
}

/** Namespaces and definitions: they must exist before the server can even try the rest. */
export function isFoundation({ object }: ManifestDocument): boolean {
  return object.kind === 'Namespace' || object.kind === 'CustomResourceDefinition';
}

/** True when the document can only be tried once a foundation of the same deployment exists. */
export function restsOn(document: ManifestDocument, foundation: ManifestDocument, defaultNamespace: string): boolean {
  if (isFoundation(document)) return false;
  const { object } = foundation;
  if (object.kind === 'Namespace')
    return (document.object.metadata.namespace ?? defaultNamespace) === object.metadata.name;
  const group = textAt(object, 'spec', 'group') ?? '';
  return (
    document.object.kind === textAt(object, 'spec', 'names', 'kind') &&
    (document.object.apiVersion ?? '').startsWith(`${group}/`)
  );
}
