/** The patches of the API: JSON merge patch (RFC 7386), JSON patch (RFC 6902), strategic merge patch. */
import { canonical, isObject, type JsonObject } from './objects.ts';
import { fieldOf, itemOf, typeOfKind, type FieldType } from './schema.ts';
import { StatusError, badRequest } from './status.ts';

/** Applies a JSON merge patch: null removes, objects merge, everything else replaces. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return structuredClone(patch);
  const result: JsonObject = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) Reflect.deleteProperty(result, key);
    else result[key] = mergePatch(result[key], value);
  }
  return result;
}

interface Operation {
  op: string;
  path: string;
  from?: string;
  value?: unknown;
}

/**
 * Applies a JSON patch.
 * @throws StatusError 422 when a test fails or a path does not exist, 400 when the patch is malformed.
 */
export function jsonPatch(target: unknown, operations: unknown): unknown {
  if (!Array.isArray(operations)) throw badRequest('json patch must be an array of operations');
  let document: unknown = structuredClone(target);
  for (const operation of operations as Operation[]) document = operate(document, operation);
  return document;
}

function operate(document: unknown, operation: Operation): unknown {
  const path = pointer(operation.path);
  switch (operation.op) {
    case 'add':
      return write(document, path, operation.value, 'add');
    case 'replace':
      lookUp(document, path, operation);
      return write(document, path, operation.value, 'replace');
    case 'remove':
      lookUp(document, path, operation);
      return remove(document, path);
    case 'test':
      if (canonical(lookUp(document, path, operation)) !== canonical(operation.value)) {
        throw unprocessable(`testing value ${operation.path} failed`);
      }
      return document;
    case 'copy':
      return write(document, path, structuredClone(lookUp(document, pointer(operation.from ?? ''), operation)), 'add');
    case 'move': {
      const from = pointer(operation.from ?? '');
      const value = lookUp(document, from, operation);
      return write(remove(document, from), path, value, 'add');
    }
    default:
      throw badRequest(`Unexpected kind: ${operation.op}`);
  }
}

function unprocessable(message: string): StatusError {
  return new StatusError(
    422,
    'Invalid',
    `the server rejected our request due to an error in our request: ${message}`,
    {},
  );
}

function pointer(path: string): string[] {
  if (path === '') return [];
  if (!path.startsWith('/')) throw badRequest(`invalid JSON pointer: ${path}`);
  return path
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function lookUp(document: unknown, path: readonly string[], operation: Operation): unknown {
  let at = document;
  for (const part of path) {
    if (Array.isArray(at) && /^\d+$/.test(part) && Number(part) < at.length) at = at[Number(part)];
    else if (isObject(at) && part in at) at = at[part];
    else throw unprocessable(`${operation.op} operation does not apply: doc is missing path: ${operation.path}`);
  }
  return at;
}

function write(document: unknown, path: readonly string[], value: unknown, mode: 'add' | 'replace'): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(document)) {
    const index = key === '-' ? document.length : Number(key);
    if (!Number.isInteger(index) || index > document.length)
      throw unprocessable(`Unable to access invalid index: ${key}`);
    if (rest.length > 0) {
      return document.map((held: unknown, at) => (at === index ? write(held, rest, value, mode) : held));
    }
    return mode === 'add' ? document.toSpliced(index, 0, value) : document.with(index, value);
  }
  if (!isObject(document)) throw unprocessable(`doc is missing path: /${path.join('/')}`);
  if (rest.length > 0 && !(key in document)) throw unprocessable(`doc is missing path: /${path.join('/')}`);
  return { ...document, [key]: write(document[key], rest, value, mode) };
}

function remove(document: unknown, path: readonly string[]): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return null;
  if (Array.isArray(document)) {
    if (rest.length === 0) return document.toSpliced(Number(key), 1);
    return document.map((held: unknown, at) => (at === Number(key) ? remove(held, rest) : held));
  }
  if (!isObject(document)) return document;
  const copy = { ...document };
  if (rest.length === 0) Reflect.deleteProperty(copy, key);
  else copy[key] = remove(copy[key], rest);
  return copy;
}

/**
 * Applies a strategic merge patch to an object of a kind: lists with a merge key are merged item by item;
 * understands $patch (delete, replace, merge), $deleteFromPrimitiveList, $setElementOrder and $retainKeys.
 */
export function strategicMergePatch(kind: string, target: JsonObject, patch: JsonObject): JsonObject {
  return mergeObject(target, patch, typeOfKind(kind)) ?? {};
}

function mergeObject(
  target: JsonObject | undefined,
  patch: JsonObject,
  type: FieldType | undefined,
): JsonObject | undefined {
  const directive = patch.$patch;
  if (directive === 'delete') return undefined;
  if (directive === 'replace') return stripped(patch);
  const result: JsonObject = { ...target };
  const retained = patch.$retainKeys;
  if (Array.isArray(retained)) {
    for (const key of Object.keys(result)) if (!retained.includes(key)) Reflect.deleteProperty(result, key);
  }
  for (const [key, value] of Object.entries(patch)) {
    if (key === '$patch' || key === '$retainKeys' || key.startsWith('$setElementOrder/')) continue;
    if (key.startsWith('$deleteFromPrimitiveList/')) {
      const name = key.slice('$deleteFromPrimitiveList/'.length);
      const held = result[name];
      if (Array.isArray(held) && Array.isArray(value)) result[name] = held.filter((item) => !value.includes(item));
      continue;
    }
    const merged = mergeField(result[key], value, fieldOf(type, key));
    if (merged === undefined) Reflect.deleteProperty(result, key);
    else result[key] = merged;
  }
  for (const [key, order] of Object.entries(patch)) {
    if (!key.startsWith('$setElementOrder/') || !Array.isArray(order)) continue;
    const name = key.slice('$setElementOrder/'.length);
    const held = result[name];
    if (Array.isArray(held)) result[name] = reordered(held, order, fieldOf(type, name)?.merge?.keys[0]);
  }
  return result;
}

function mergeField(target: unknown, patch: unknown, type: FieldType | undefined): unknown {
  if (patch === null) return undefined;
  if (isObject(patch)) return mergeObject(isObject(target) ? target : undefined, patch, type);
  if (Array.isArray(patch) && type?.merge !== undefined) {
    return mergeList(Array.isArray(target) ? target : [], patch, type.merge.keys[0], itemOf(type));
  }
  return structuredClone(patch);
}

function mergeList(
  target: readonly unknown[],
  patch: readonly unknown[],
  key: string | undefined,
  item: FieldType | undefined,
): unknown[] {
  if (key === undefined) return [...target, ...patch.filter((value) => !target.includes(value))];
  if (patch.some((value) => isObject(value) && value.$patch === 'replace' && !(key in value))) {
    return patch.filter((value) => isObject(value) && key in value);
  }
  const result = [...target];
  for (const value of patch) {
    if (!isObject(value)) throw badRequest('expected a map in a list with a merge key');
    if (!(key in value)) {
      throw new StatusError(
        422,
        'Invalid',
        `map: ${JSON.stringify(value)} does not contain declared merge key: ${key}`,
        {},
      );
    }
    const index = result.findIndex((held) => isObject(held) && held[key] === value[key]);
    const merged = mergeObject(index < 0 ? undefined : (result[index] as JsonObject), value, item);
    if (index < 0) {
      if (merged !== undefined) result.push(merged);
    } else if (merged === undefined) result.splice(index, 1);
    else result[index] = merged;
  }
  return result;
}

function stripped(patch: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(patch).filter(([key]) => key !== '$patch'));
}

/** Items named in the order come in that order; items it does not name keep their place relative to their neighbours. */
function reordered(held: readonly unknown[], order: readonly unknown[], key: string | undefined): unknown[] {
  const identity = (value: unknown): unknown => (key !== undefined && isObject(value) ? value[key] : value);
  const wanted = order.map(identity);
  const named = held
    .filter((value) => wanted.includes(identity(value)))
    .sort((a, b) => wanted.indexOf(identity(a)) - wanted.indexOf(identity(b)));
  let next = 0;
  return held.map((value) => (wanted.includes(identity(value)) ? named[next++] : value));
}
