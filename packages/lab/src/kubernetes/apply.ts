/** Server-side apply: who manages which field, what a new configuration changes, adds, removes and contests. */
import { fromFieldsV1, itemSegment, leaves, pathOf, pathText, toFieldsV1, type FieldPath } from './field-sets.ts';
import {
  canonical,
  isObject,
  timestamp,
  type JsonObject,
  type KubeObject,
  type ManagedFieldsEntry,
} from './objects.ts';
import { fieldOf, itemOf, typeOfKind, type FieldType } from './schema.ts';
import { StatusError } from './status.ts';

interface Manager {
  readonly manager: string;
  readonly force: boolean;
}

const same = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);

/** Records that `manager` changed an object by other means than apply: it now manages what differs. */
export function trackUpdate(live: KubeObject | undefined, next: KubeObject, manager: string): void {
  const type = typeOfKind(next.kind);
  const before = live === undefined ? new Map<string, unknown>() : leaves({ ...live }, type);
  const after = leaves({ ...next }, type);
  const changed = new Set(
    [...after].filter(([key, value]) => !before.has(key) || !same(before.get(key), value)).map(([key]) => key),
  );
  const entries = (live?.metadata.managedFields ?? []).map((entry) => {
    const kept = [...fromFieldsV1(entry.fieldsV1)].filter((key) => after.has(key) && !changed.has(key));
    return { entry, keys: new Set(kept) };
  });
  const own = entries.find(({ entry }) => entry.manager === manager && entry.operation === 'Update');
  if (own !== undefined) {
    for (const key of changed) own.keys.add(key);
    if (changed.size > 0) own.entry.time = timestamp();
  } else if (changed.size > 0) entries.push({ entry: newEntry(next, manager, 'Update'), keys: changed });
  setEntries(next, entries);
}

function newEntry(object: KubeObject, manager: string, operation: 'Apply' | 'Update'): ManagedFieldsEntry {
  return { manager, operation, apiVersion: object.apiVersion, time: timestamp(), fieldsType: 'FieldsV1', fieldsV1: {} };
}

function setEntries(
  object: KubeObject,
  entries: readonly { entry: ManagedFieldsEntry; keys: ReadonlySet<string> }[],
): void {
  const kept = entries
    .filter(({ keys }) => keys.size > 0)
    .map(({ entry, keys }) => ({ ...entry, fieldsV1: toFieldsV1(keys) }));
  if (kept.length === 0) delete object.metadata.managedFields;
  else object.metadata.managedFields = kept;
}

/**
 * The object after `applied` is applied by a manager.
 * @throws StatusError 409 when another manager has a field with another value and force is off.
 */
export function applyConfiguration(live: KubeObject, applied: JsonObject, by: Manager): KubeObject {
  const type = typeOfKind(live.kind);
  const wanted = leaves(applied, type);
  const held = leaves({ ...live }, type);
  const entries = (live.metadata.managedFields ?? []).map((entry) => ({ entry, keys: fromFieldsV1(entry.fieldsV1) }));
  const own = entries.find(({ entry }) => entry.manager === by.manager && entry.operation === 'Apply');
  const others = entries.filter((candidate) => candidate !== own);
  const contested = [...wanted]
    .filter(([key, value]) => held.has(key) && !same(held.get(key), value))
    .map(([key]) => key);
  if (!by.force) refuseConflicts(contested, others);
  let next = merge({ ...live }, applied, type) as KubeObject;
  const dropped = [...(own?.keys ?? [])].filter((key) => !wanted.has(key) && !others.some(({ keys }) => keys.has(key)));
  for (const key of dropped) next = without(next, pathOf(key), type) as KubeObject;
  const entry = own?.entry ?? newEntry(live, by.manager, 'Apply');
  const contestedSet = new Set(contested);
  setEntries(next, [
    ...others.map((other) => ({
      entry: other.entry,
      keys: new Set([...other.keys].filter((key) => !contestedSet.has(key))),
    })),
    { entry, keys: new Set(wanted.keys()) },
  ]);
  return next;
}

function refuseConflicts(
  contested: readonly string[],
  others: readonly { entry: ManagedFieldsEntry; keys: ReadonlySet<string> }[],
): void {
  const conflicts = others.flatMap(({ entry, keys }) =>
    contested
      .filter((key) => keys.has(key))
      .map((key) => ({ who: `"${entry.manager}" using ${entry.apiVersion}`, field: pathText(key) })),
  );
  const [first] = conflicts;
  if (first === undefined) return;
  const message =
    conflicts.length === 1
      ? `Apply failed with 1 conflict: conflict with ${first.who}: ${first.field}`
      : `Apply failed with ${conflicts.length} conflicts: ${[...new Set(conflicts.map(({ who }) => who))]
          .map(
            (who) =>
              `conflicts with ${who}:\n${conflicts
                .filter((c) => c.who === who)
                .map(({ field }) => `- ${field}`)
                .join('\n')}`,
          )
          .join('\n')}`;
  const causes = conflicts.map(({ who, field }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${who}`,
    field,
  }));
  throw new StatusError(409, 'Conflict', message, { causes });
}

function merge(live: unknown, applied: unknown, type: FieldType | undefined): unknown {
  if (isObject(applied) && isObject(live) && (type?.shape === 'object' || type?.shape === 'map')) {
    const result = { ...live };
    for (const [key, value] of Object.entries(applied)) {
      if (value !== null) result[key] = merge(live[key], value, fieldOf(type, key));
    }
    return result;
  }
  if (Array.isArray(applied) && Array.isArray(live) && type?.merge !== undefined) {
    const result = [...(live as unknown[])];
    for (const item of applied as unknown[]) {
      const segment = itemSegment(item, type);
      const index = result.findIndex((candidate) => itemSegment(candidate, type) === segment);
      if (index < 0) result.push(item);
      else result[index] = merge(result[index], item, itemOf(type));
    }
    return result;
  }
  return structuredClone(applied);
}

/** The value without what a path names; emptied objects stay. */
function without(value: unknown, path: FieldPath, type: FieldType | undefined): unknown {
  const [segment, ...rest] = path;
  if (segment === undefined) return value;
  if (segment.startsWith('f:') && isObject(value)) {
    const key = segment.slice(2);
    if (!(key in value)) return value;
    const copy = { ...value };
    if (rest.length === 0) Reflect.deleteProperty(copy, key);
    else copy[key] = without(copy[key], rest, fieldOf(type, key));
    return copy;
  }
  if (Array.isArray(value) && type !== undefined) {
    const items = value as unknown[];
    const index = items.findIndex((item) => itemSegment(item, type) === segment);
    if (index < 0) return value;
    if (rest.length === 0 || rest[0] === '.') return items.toSpliced(index, 1);
    return items.with(index, without(items[index], rest, itemOf(type)));
  }
  return value;
}
