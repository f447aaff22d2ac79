/** Objects of kinds that only the server knows: where they live is asked for, as kubectl does (discovery). */
import { ServiceError } from '../base/errors.ts';
import { codes } from './codes.ts';
import { fieldManager } from './kubectl.ts';
import { at, recordsAt, textAt } from './objects.ts';
import type { KubernetesObject } from './objects.ts';
import type { ApiTransport } from './transport.ts';

/** What a manifest says of its object. */
export interface ObjectName {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Default: the namespace of the client; of no meaning for kinds without. */
  readonly namespace?: string | undefined;
}

/** A kind in whatever version the server prefers. */
export interface GroupKind {
  readonly group: string;
  readonly kind: string;
}

/** All methods throw ServiceError with the codes of this room. */
export interface AnyKind {
  /** The objects of a kind in a namespace; none when the server does not know it. The server's groups are asked for once. */
  list(kind: GroupKind, namespace: string): Promise<readonly KubernetesObject[]>;
  /** With its managed fields; undefined when it does not exist, or the server does not know its kind. */
  find(name: ObjectName): Promise<KubernetesObject | undefined>;
  /**
   * An RFC 6902 patch of exactly this version of the object.
   * @throws ServiceError KUBERNETES_CONFLICT when it is no longer that version
   */
  patch(name: ObjectName, resourceVersion: string, operations: readonly unknown[]): Promise<KubernetesObject>;
  /**
   * Deletes this very object in exactly this version, and by the garbage collector what it owns.
   * @throws ServiceError KUBERNETES_CONFLICT when it is no longer that one
   */
  remove(name: ObjectName, uid: string, resourceVersion: string): Promise<void>;
}

interface Place {
  readonly plural: string;
  readonly namespaced: boolean;
}

export function createAnyKind(transport: ApiTransport, namespace: string): AnyKind {
  const lists = new Map<string, Promise<ReadonlyMap<string, Place>>>();

  const places = (group: string): Promise<ReadonlyMap<string, Place>> => {
    const known = lists.get(group) ?? readPlaces(transport, group);
    lists.set(group, known);
    return known;
  };

  /** A kind that the server did not know may be one that has come with the manifests since. */
  const placeOf = async (group: string, kind: string): Promise<Place | undefined> => {
    const known = lists.has(group);
    const place = (await places(group)).get(kind);
    if (place !== undefined || !known) return place;
    lists.delete(group);
    return (await places(group)).get(kind);
  };

  const pathOf = async ({ apiVersion, kind, name, namespace: own }: ObjectName): Promise<string | undefined> => {
    const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const place = await placeOf(group, kind);
    if (place === undefined) return undefined;
    const within = place.namespaced ? `/namespaces/${encodeURIComponent(own ?? namespace)}` : '';
    return `${group}${within}/${place.plural}/${encodeURIComponent(name)}`;
  };

  let groups: Promise<ReadonlyMap<string, string>> | undefined;

  return {
    async list({ group, kind }, where) {
      groups ??= readGroups(transport);
      const version = (await groups).get(group);
      const place = version === undefined ? undefined : (await places(`/apis/${version}`)).get(kind);
      if (version === undefined || place === undefined) return [];
      const path = `/apis/${version}/namespaces/${encodeURIComponent(where)}/${place.plural}`;
      const page = (await transport.send({ method: 'GET', path, query: { limit: 500 } })).json();
      return recordsAt(page, 'items') as unknown as readonly KubernetesObject[];
    },
    async find(name) {
      const path = await pathOf(name);
      if (path === undefined) return undefined;
      try {
        return (await transport.send({ method: 'GET', path })).json() as KubernetesObject;
      } catch (error) {
        if (isNotFound(error)) return undefined;
        throw error;
      }
    },
    async patch(name, resourceVersion, operations) {
      const path = (await pathOf(name)) ?? '';
      const response = await transport.send({
        method: 'PATCH',
        path,
        query: { fieldManager },
        contentType: 'application/json-patch+json',
        body: jsonPatchFor(resourceVersion, operations),
        repeatable: false,
      });
      return response.json() as KubernetesObject;
    },
    async remove(name, uid, resourceVersion) {
      const preconditions = { uid, resourceVersion };
      const body = { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Background', preconditions };
      try {
        await transport.send({ method: 'DELETE', path: (await pathOf(name)) ?? '', body });
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
    },
  };
}

/** A JSON patch that is refused when the object is no longer the version that was looked at. */
export function jsonPatchFor(resourceVersion: string, operations: readonly unknown[]): readonly unknown[] {
  return [{ op: 'test', path: '/metadata/resourceVersion', value: resourceVersion }, ...operations];
}

/** The groups that the server knows, each with its preferred version: "cert-manager.io" → "cert-manager.io/v1". */
async function readGroups(transport: ApiTransport): Promise<ReadonlyMap<string, string>> {
  const list = (await transport.send({ method: 'GET', path: '/apis' })).json();
  return new Map(
    recordsAt(list, 'groups').map((group): [string, string] => [
      textAt(group, 'name') ?? '',
      textAt(group, 'preferredVersion', 'groupVersion') ?? '',
    ]),
  );
}

async function readPlaces(transport: ApiTransport, group: string): Promise<ReadonlyMap<string, Place>> {
  try {
    const list = (await transport.send({ method: 'GET', path: group })).json();
    const entries = recordsAt(list, 'resources').flatMap((resource): [string, Place][] => {
      const { kind, name } = resource;
      if (typeof kind !== 'string' || typeof name !== 'string' || name.includes('/')) return [];
      return [[kind, { plural: name, namespaced: at(resource, 'namespaced') === true }]];
    });
    return new Map(entries);
  } catch (error) {
    if (isNotFound(error)) return new Map();
    throw error;
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof ServiceError && error.code === codes.KUBERNETES_NOT_FOUND.code;
}
