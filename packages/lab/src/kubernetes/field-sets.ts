/**
 * Sets of fields as managedFields hold them (FieldsV1). A path is a list of segments: `f:name` for a field,
 * `k:{"name":"web"}` for an item of an associative list, `v:"x"` for an item of a set, `.` for the item itself.
 */
import { isObject, type JsonObject } from './objects.ts';
import { fieldOf, itemOf, type FieldType } from './schema.ts';

export type FieldPath = readonly string[];

/** Fields of an object that nobody manages. */
const unmanaged = new Set(['apiVersion', 'kind', 'status']);
const managedMeta = new Set(['labels', 'annotations', 'finalizers', 'ownerReferences']);

/** The leaves of an object with their values. */
export function leaves(object: JsonObject, type: FieldType): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const [name, value] of Object.entries(object)) {
    if (unmanaged.has(name)) continue;
    if (name === 'metadata' && isObject(value)) {
      for (const [key, held] of Object.entries(value)) {
        if (managedMeta.has(key))
          collect(held, fieldOf(fieldOf(type, 'metadata'), key), ['f:metadata', `f:${key}`], found);
      }
    } else collect(value, fieldOf(type, name), [`f:${name}`], found);
  }
  return found;
}

function collect(value: unknown, type: FieldType | undefined, path: FieldPath, found: Map<string, unknown>): void {
  if (value === null || value === undefined) return;
  const structured = type?.shape === 'object' || type?.shape === 'map';
  if (isObject(value) && structured && Object.keys(value).length > 0) {
    for (const [key, held] of Object.entries(value)) collect(held, fieldOf(type, key), [...path, `f:${key}`], found);
  } else if (Array.isArray(value) && type?.merge !== undefined) {
    for (const item of value) {
      const segment = itemSegment(item, type);
      if (isObject(item)) {
        found.set(pathKey([...path, segment, '.']), true);
        for (const [key, held] of Object.entries(item)) {
          collect(held, fieldOf(itemOf(type), key), [...path, segment, `f:${key}`], found);
        }
      } else found.set(pathKey([...path, segment]), item);
    }
  } else found.set(pathKey(path), value);
}

/** The segment of an item of a merged list. */
export function itemSegment(item: unknown, type: FieldType): string {
  const keys = type.merge?.keys ?? [];
  if (!isObject(item) || keys.length === 0) return `v:${JSON.stringify(item)}`;
  // Ports are told apart by their protocol too, which may be left out.
  const identity = keys.map((key) => [key, item[key] ?? (key === 'protocol' ? 'TCP' : undefined)]);
  return `k:${JSON.stringify(Object.fromEntries(identity))}`;
}

function pathKey(path: FieldPath): string {
  return JSON.stringify(path);
}

export function pathOf(key: string): FieldPath {
  return JSON.parse(key) as string[];
}

/** Paths as FieldsV1. */
export function toFieldsV1(keys: Iterable<string>): JsonObject {
  const root: JsonObject = {};
  for (const key of keys) {
    let at = root;
    for (const segment of pathOf(key)) at = (at[segment] ??= {}) as JsonObject;
  }
  return root;
}

/** FieldsV1 as paths. */
export function fromFieldsV1(fields: JsonObject): Set<string> {
  const found = new Set<string>();
  const walk = (at: JsonObject, path: FieldPath): void => {
    const entries = Object.entries(at);
    if (entries.length === 0 && path.length > 0) found.add(pathKey(path));
    for (const [segment, held] of entries) walk(held as JsonObject, [...path, segment]);
  };
  walk(fields, []);
  return found;
}

/** `.spec.template.spec.containers[name="web"].image` */
export function pathText(key: string): string {
  return pathOf(key)
    .map((segment) => {
      if (segment === '.') return '';
      const rest = segment.slice(2);
      if (segment.startsWith('f:')) return `.${rest}`;
      if (segment.startsWith('v:')) return `[=${rest}]`;
      const identity = Object.entries(JSON.parse(rest) as JsonObject);
      return `[${identity.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',')}]`;
    })
    .join('');
}
