/**
 * Reads the Kubernetes protobuf encoding of the few kinds that kubectl sends so from version 1.33 on (`kubectl create
 * …`, `auth can-i`); everything else it sends as JSON. Field numbers: the generated.proto files of k8s.io/api.
 */
import type { JsonObject } from './objects.ts';
import { StatusError } from './status.ts';

/** `string`, `bytes` (becomes base64), `bool`, `integer`, `map` (strings), `bytes-map`, `…[]`, or another message. */
type Message = Readonly<Record<number, readonly [name: string, type: string]>>;

const messages: Readonly<Record<string, Message>> = {
  ObjectMeta: {
    1: ['name', 'string'],
    2: ['generateName', 'string'],
    3: ['namespace', 'string'],
    11: ['labels', 'map'],
    12: ['annotations', 'map'],
  },
  Namespace: { 1: ['metadata', 'ObjectMeta'] },
  ServiceAccount: { 1: ['metadata', 'ObjectMeta'] },
  ConfigMap: {
    1: ['metadata', 'ObjectMeta'],
    2: ['data', 'map'],
    3: ['binaryData', 'bytes-map'],
    4: ['immutable', 'bool'],
  },
  Secret: {
    1: ['metadata', 'ObjectMeta'],
    2: ['data', 'bytes-map'],
    3: ['type', 'string'],
    4: ['stringData', 'map'],
    5: ['immutable', 'bool'],
  },
  ResourceQuota: { 1: ['metadata', 'ObjectMeta'], 2: ['spec', 'ResourceQuotaSpec'] },
  ResourceQuotaSpec: { 1: ['hard', 'quantity-map'], 2: ['scopes', 'string[]'] },
  SelfSubjectAccessReview: { 1: ['metadata', 'ObjectMeta'], 2: ['spec', 'SelfSubjectAccessReviewSpec'] },
  SelfSubjectAccessReviewSpec: {
    1: ['resourceAttributes', 'ResourceAttributes'],
    2: ['nonResourceAttributes', 'NonResourceAttributes'],
  },
  ResourceAttributes: {
    1: ['namespace', 'string'],
    2: ['verb', 'string'],
    3: ['group', 'string'],
    4: ['version', 'string'],
    5: ['resource', 'string'],
    6: ['subresource', 'string'],
    7: ['name', 'string'],
  },
  NonResourceAttributes: { 1: ['path', 'string'], 2: ['verb', 'string'] },
  DeleteOptions: {
    1: ['gracePeriodSeconds', 'integer'],
    2: ['preconditions', 'Preconditions'],
    4: ['propagationPolicy', 'string'],
    5: ['dryRun', 'string[]'],
  },
  Preconditions: { 1: ['uid', 'string'], 2: ['resourceVersion', 'string'] },
};

interface Field {
  readonly number: number;
  readonly bytes: Buffer;
  readonly integer: number;
}

function* fieldsOf(buffer: Buffer): Generator<Field> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = buffer.readUInt8(at++);
      value += (byte & 0x7f) * factor;
      if ((byte & 0x80) === 0) return value;
    }
  };
  while (at < buffer.length) {
    const key = varint();
    const number = Math.floor(key / 8);
    const wire = key % 8;
    if (wire === 0) yield { number, bytes: Buffer.alloc(0), integer: varint() };
    else if (wire === 2) {
      const length = varint();
      yield { number, bytes: buffer.subarray(at, at + length), integer: 0 };
      at += length;
    } else throw new RangeError(`wire type ${wire} is not read`);
  }
}

/** What stands in the fields 1 and 2 of a map's entry. */
function entry(buffer: Buffer): readonly [string, Buffer] {
  const parts = [...fieldsOf(buffer)];
  const part = (number: number): Buffer => parts.find((field) => field.number === number)?.bytes ?? Buffer.alloc(0);
  return [part(1).toString(), part(2)];
}

function readMessage(name: string, buffer: Buffer): JsonObject {
  const result: JsonObject = {};
  for (const { number, bytes, integer } of fieldsOf(buffer)) {
    const [field, type] = messages[name]?.[number] ?? [];
    if (field === undefined || type === undefined) continue;
    if (type.endsWith('map')) {
      const [key, value] = entry(bytes);
      // A quantity is a message that holds its text in field 1.
      const text = type === 'quantity-map' ? entry(value)[0] : value.toString(type === 'bytes-map' ? 'base64' : 'utf8');
      result[field] = { ...(result[field] as JsonObject | undefined), [key]: text };
    } else if (type === 'string[]') {
      result[field] = [...((result[field] as string[] | undefined) ?? []), bytes.toString()];
    } else if (type === 'string') {
      // Go writes empty strings too: they mean that the field is not there.
      if (bytes.length > 0) result[field] = bytes.toString();
    } else if (type === 'bool') result[field] = integer !== 0;
    else if (type === 'integer') result[field] = integer;
    else result[field] = readMessage(type, bytes);
  }
  return result;
}

/** @throws StatusError 415 for a kind that is not in the table. */
export function readProtobuf(body: Buffer): JsonObject {
  if (body.toString('latin1', 0, 4) !== 'k8s\0') throw unread('an unknown format');
  const parts = [...fieldsOf(body.subarray(4))];
  const typeMeta = parts.find(({ number }) => number === 1)?.bytes ?? Buffer.alloc(0);
  const raw = parts.find(({ number }) => number === 2)?.bytes ?? Buffer.alloc(0);
  const [apiVersion, kind] = entry(typeMeta);
  if (!(kind.toString() in messages)) throw unread(`protobuf, as ${kind.toString()}`);
  return { apiVersion, kind: kind.toString(), ...readMessage(kind.toString(), raw) };
}

function unread(format: string): StatusError {
  const message = `the body of the request was in ${format} - accepted media types include: application/json, application/yaml`;
  return new StatusError(415, 'UnsupportedMediaType', message, {});
}
