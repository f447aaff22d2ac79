/** Decoding against the field tables: unknown fields are found and dropped, wrong types refused. */
import { isObject, type JsonObject } from './objects.ts';
import { fieldOf, fieldsOf, itemOf, parseType, typeOfKind, type FieldType } from './schema.ts';
import { badRequest } from './status.ts';

export interface Decoded {
  /** The value without its unknown fields. */
  readonly object: JsonObject;
  /** Paths of unknown fields, as `spec.replica`. */
  readonly unknown: readonly string[];
}

/**
 * Reads a whole object of a kind.
 * @throws StatusError 400 when a field has the wrong type.
 */
export function decode(kind: string, value: JsonObject): Decoded {
  const unknown: string[] = [];
  const object = read(value, typeOfKind(kind), '', kind, unknown);
  return { object: object as JsonObject, unknown };
}

function read(value: unknown, type: FieldType, path: string, kind: string, unknown: string[]): unknown {
  if (value === null || value === undefined) return value;
  const mismatch = (wanted: string): never => {
    throw badRequest(
      `${kind} in version "v1" cannot be handled as a ${kind}: json: cannot unmarshal ${goTypeName(value)} into Go struct field ${kind}.${path} of type ${wanted}`,
    );
  };
  switch (type.shape) {
    case 'any':
      return value;
    case 'list': {
      if (!Array.isArray(value)) return mismatch(`[]v1.${type.of}`);
      const item = itemOf(type) ?? parseType('any');
      return value.map((held, index) => read(held, item, `${path}[${index}]`, kind, unknown));
    }
    case 'map': {
      if (!isObject(value)) return mismatch(`map[string]${type.of}`);
      const held = fieldOf(type, '') ?? parseType('any');
      return Object.fromEntries(
        Object.entries(value).map(([name, entry]) => [name, read(entry, held, `${path}.${name}`, kind, unknown)]),
      );
    }
    case 'object': {
      if (!isObject(value)) return mismatch(`v1.${type.of}`);
      const fields = fieldsOf(type.of);
      const known: JsonObject = {};
      for (const [name, entry] of Object.entries(value)) {
        const at = path === '' ? name : `${path}.${name}`;
        const field = fields.get(name);
        if (field === undefined) unknown.push(at);
        else known[name] = read(entry, field, at, kind, unknown);
      }
      return known;
    }
    case 'scalar':
      return fits(value, type.of) ? value : mismatch(goScalars[type.of] ?? type.of);
  }
}

const goScalars: Readonly<Record<string, string>> = {
  string: 'string',
  integer: 'int32',
  boolean: 'bool',
  time: 'v1.Time',
  quantity: 'resource.Quantity',
  'int-or-string': 'intstr.IntOrString',
};

function fits(value: unknown, scalar: string): boolean {
  if (scalar === 'integer') return Number.isInteger(value);
  if (scalar === 'boolean') return typeof value === 'boolean';
  if (scalar === 'int-or-string' || scalar === 'quantity')
    return typeof value === 'string' || typeof value === 'number';
  return typeof value === 'string';
}

function goTypeName(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  return typeof value;
}

/** A value as Go prints it with %v: `map[a:1 b:[x y]]`. The server quotes rejected patches so. */
export function goText(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (isObject(value)) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `map[${entries.map(([key, held]) => `${key}:${goText(held)}`).join(' ')}]`;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
