/** Metadata of an API object, the fields that are read here. */
export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly deletionGracePeriodSeconds?: number;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly OwnerReference[];
}

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
}

/** Any object of the API. Fields beyond the metadata are foreign data: read them with care. */
export interface KubernetesObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: ObjectMeta;
  readonly [field: string]: unknown;
}

/** A change as a watch reports it. After a break, what was missed is told in the same three words. */
export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly kind: string;
  readonly object: KubernetesObject;
}

/** "app=web,tier in (a,b)" from a workload's spec.selector; undefined when it selects nothing or is no selector. */
export function selectorText(selector: unknown): string | undefined {
  if (!isRecord(selector)) return undefined;
  const labels = isRecord(selector.matchLabels) ? selector.matchLabels : {};
  const parts = Object.entries(labels).map(([key, value]) => `${key}=${String(value)}`);
  for (const expression of Array.isArray(selector.matchExpressions) ? selector.matchExpressions : []) {
    if (!isRecord(expression)) continue;
    const key = String(expression.key);
    const values = Array.isArray(expression.values) ? expression.values.map(String).join(',') : '';
    if (expression.operator === 'In') parts.push(`${key} in (${values})`);
    if (expression.operator === 'NotIn') parts.push(`${key} notin (${values})`);
    if (expression.operator === 'Exists') parts.push(key);
    if (expression.operator === 'DoesNotExist') parts.push(`!${key}`);
  }
  return parts.length === 0 ? undefined : parts.join(',');
}

/** True for a JSON object: not null, not an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Walks into foreign data: `at(pod, 'status', 'phase')`. undefined as soon as the way ends. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  let here = value;
  for (const step of path) {
    if (typeof step === 'number') here = Array.isArray(here) ? (here[step] as unknown) : undefined;
    else here = isRecord(here) ? here[step] : undefined;
  }
  return here;
}

/** The records of a list somewhere in foreign data; empty when there is no list. */
export function recordsAt(value: unknown, ...path: (string | number)[]): Record<string, unknown>[] {
  const list = at(value, ...path);
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

/** A text somewhere in foreign data. */
export function textAt(value: unknown, ...path: (string | number)[]): string | undefined {
  const text = at(value, ...path);
  return typeof text === 'string' ? text : undefined;
}

/** A number somewhere in foreign data. */
export function numberAt(value: unknown, ...path: (string | number)[]): number | undefined {
  const number = at(value, ...path);
  return typeof number === 'number' ? number : undefined;
}

/** The object without managedFields: they are half of its bytes and say nothing about a rollout. */
export function withoutManagedFields(object: KubernetesObject): KubernetesObject {
  const metadata: Record<string, unknown> = { ...object.metadata };
  delete metadata.managedFields;
  return { ...object, metadata: metadata as unknown as ObjectMeta };
}
