/**
 * The fields of the kinds served, one table for three uses: strict decoding (unknown fields), the OpenAPI documents,
 * and the merge keys of strategic merge and server-side apply.
 *
 * A field's type reads: `string`, `integer`, `boolean`, `any`, `quantity`, `int-or-string`, `time`, `Name` (another
 * table), `map<…>`, `…[]` (replaced as a whole), `…[]@key,…` (merged by key), `string[]@` (merged as a set);
 * a trailing `!` on the name of a field: required.
 */
import { appsFields } from './schema-apps.ts';
import { coreFields } from './schema-core.ts';

export type Fields = Readonly<Record<string, string>>;

const meta: Readonly<Record<string, Fields>> = {
  ObjectMeta: {
    name: 'string',
    generateName: 'string',
    namespace: 'string',
    selfLink: 'string',
    uid: 'string',
    resourceVersion: 'string',
    generation: 'integer',
    creationTimestamp: 'time',
    deletionTimestamp: 'time',
    deletionGracePeriodSeconds: 'integer',
    labels: 'map<string>',
    annotations: 'map<string>',
    ownerReferences: 'OwnerReference[]@uid',
    finalizers: 'string[]@',
    managedFields: 'any[]',
  },
  OwnerReference: {
    'apiVersion!': 'string',
    'kind!': 'string',
    'name!': 'string',
    'uid!': 'string',
    controller: 'boolean',
    blockOwnerDeletion: 'boolean',
  },
  LabelSelector: { matchLabels: 'map<string>', matchExpressions: 'LabelSelectorRequirement[]' },
  LabelSelectorRequirement: { 'key!': 'string', 'operator!': 'string', values: 'string[]' },
  Condition: {
    'type!': 'string',
    'status!': 'string',
    observedGeneration: 'integer',
    lastProbeTime: 'time',
    lastUpdateTime: 'time',
    lastHeartbeatTime: 'time',
    lastTransitionTime: 'time',
    reason: 'string',
    message: 'string',
  },
};

/** Every table by its name. */
export const tables: Readonly<Record<string, Fields>> = { ...meta, ...coreFields, ...appsFields };

/** How a list is merged. */
export interface ListMerge {
  /** Keys of an associative list; the first is the merge key of a strategic merge patch. */
  readonly keys: readonly string[];
}

/** One field's type, taken apart. */
export interface FieldType {
  readonly shape: 'scalar' | 'object' | 'map' | 'list' | 'any';
  /** Name of a table, of a scalar, or of what a map or a list holds. */
  readonly of: string;
  readonly required: boolean;
  /** For lists that are merged; absent for those that are replaced. */
  readonly merge?: ListMerge;
}

const scalars = new Set(['string', 'integer', 'boolean', 'quantity', 'int-or-string', 'time']);

/** Takes a type's text apart. */
export function parseType(text: string, required = false): FieldType {
  const list = /^(.+)\[\](?:(@)(.*))?$/.exec(text);
  if (list !== null) {
    const [, of = 'any', at, keys = ''] = list;
    const merge = at === undefined ? {} : { merge: { keys: keys === '' ? [] : keys.split(',') } };
    return { shape: 'list', of, required, ...merge };
  }
  const map = /^map<(.+)>$/.exec(text);
  if (map !== null) return { shape: 'map', of: map[1] ?? 'any', required };
  if (text === 'any') return { shape: 'any', of: 'any', required };
  return { shape: scalars.has(text) ? 'scalar' : 'object', of: text, required };
}

const parsed = new Map<string, ReadonlyMap<string, FieldType>>();

/** The fields of a table. Top-level kinds also have apiVersion, kind and metadata. */
export function fieldsOf(table: string): ReadonlyMap<string, FieldType> {
  const known = parsed.get(table);
  if (known !== undefined) return known;
  const fields = new Map<string, FieldType>();
  if (isKind(table)) {
    fields.set('apiVersion', parseType('string'));
    fields.set('kind', parseType('string'));
    fields.set('metadata', parseType('ObjectMeta'));
  }
  for (const [name, text] of Object.entries(tables[table] ?? {})) {
    const required = name.endsWith('!');
    fields.set(required ? name.slice(0, -1) : name, parseType(text, required));
  }
  parsed.set(table, fields);
  return fields;
}

const kinds = new Set([
  'Namespace',
  'Node',
  'Pod',
  'Service',
  'ConfigMap',
  'Secret',
  'ServiceAccount',
  'Event',
  'ResourceQuota',
  'PersistentVolumeClaim',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'ControllerRevision',
  'Job',
  'PodDisruptionBudget',
  'Scale',
  'SelfSubjectAccessReview',
]);

/** True for the name of a table that is a whole object. */
export function isKind(table: string): boolean {
  return kinds.has(table);
}

/** The type of one field of a value of `type`; unknown fields and open values give undefined. */
export function fieldOf(type: FieldType | undefined, name: string): FieldType | undefined {
  if (type === undefined) return undefined;
  if (type.shape === 'object') return fieldsOf(type.of).get(name);
  if (type.shape === 'map') return parseType(type.of);
  return undefined;
}

/** The type of the items of a list. */
export function itemOf(type: FieldType | undefined): FieldType | undefined {
  return type?.shape === 'list' ? parseType(type.of) : undefined;
}

/** The type of a whole object. */
export function typeOfKind(kind: string): FieldType {
  return { shape: 'object', of: kind, required: false };
}
