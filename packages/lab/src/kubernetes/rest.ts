/** The operations on objects behind the HTTP interface: create, read, change, delete, with everything checked. */
import { admitPod, requireNamespace } from './admission.ts';
import { applyConfiguration, trackUpdate } from './apply.ts';
import { decode, goText } from './decode.ts';
import { setDefaults } from './defaults.ts';
import { randomSuffix } from './names.ts';
import { isObject, type JsonObject, type KubeObject, type Pod } from './objects.ts';
import { jsonPatch, mergePatch, strategicMergePatch } from './patch.ts';
import { apiVersionOf, namespaces, pods, type Resource } from './resources.ts';
import { fieldsOf } from './schema.ts';
import { StatusError, alreadyExists, badRequest, invalid, notFound, unsupportedMediaType } from './status.ts';
import type { Store } from './store.ts';
import { missingParts, validate } from './validation.ts';

export interface WriteOptions {
  readonly dryRun: boolean;
  readonly fieldManager: string;
  readonly fieldValidation: 'Strict' | 'Warn' | 'Ignore';
  readonly force: boolean;
}

export interface Written {
  readonly object: KubeObject;
  readonly created: boolean;
  /** For the Warning header. */
  readonly warnings: readonly string[];
}

export const patchTypes = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
] as const;

/** What the status of a new workload says. */
const firstStatus: Readonly<Record<string, object>> = {
  Deployment: {},
  ReplicaSet: { replicas: 0 },
  StatefulSet: { replicas: 0, availableReplicas: 0 },
  DaemonSet: { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 },
  Job: {},
};

export class Rest {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** @throws StatusError 400, 403, 404, 409, 422. */
  create(resource: Resource, namespace: string | undefined, body: unknown, options: WriteOptions): Written {
    const { object, warnings } = this.#decoded(resource, body, options);
    const metadata = object.metadata as Partial<KubeObject['metadata']>;
    if (namespace !== undefined && metadata.namespace !== undefined && metadata.namespace !== namespace) {
      throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
    }
    if (namespace !== undefined) requireNamespace(this.#store, namespace);
    const name =
      metadata.name ?? (metadata.generateName === undefined ? undefined : metadata.generateName + randomSuffix());
    if (name === undefined) {
      throw invalid(resource, '', [
        {
          reason: 'FieldValueRequired',
          message: 'Required value: name or generateName is required',
          field: 'metadata.name',
        },
      ]);
    }
    if (this.#store.find(resource, namespace, name) !== undefined) throw alreadyExists(resource, name);
    object.metadata = { ...object.metadata, name, ...(namespace === undefined ? {} : { namespace }) };
    for (const field of [
      'uid',
      'resourceVersion',
      'creationTimestamp',
      'generation',
      'deletionTimestamp',
      'managedFields',
    ] as const) {
      Reflect.deleteProperty(object.metadata, field);
    }
    this.#complete(resource, object, undefined);
    trackUpdate(undefined, object, options.fieldManager);
    return { object: this.#store.create(resource, object, options.dryRun), created: true, warnings };
  }

  /** @throws StatusError 400, 404, 409, 422. */
  replace(
    resource: Resource,
    namespace: string | undefined,
    name: string,
    body: unknown,
    options: WriteOptions,
  ): Written {
    const { object, warnings } = this.#decoded(resource, body, options);
    const live = this.#store.get(resource, namespace, name);
    if (object.metadata.name !== name) {
      throw badRequest(`the name of the object (${object.metadata.name}) does not match the name on the URL (${name})`);
    }
    object.metadata = { ...object.metadata, ...(namespace === undefined ? {} : { namespace }) };
    return { object: this.#write(resource, live, object, options), created: false, warnings };
  }

  /** @throws StatusError 400, 404, 409, 415, 422. */
  patch(
    resource: Resource,
    namespace: string | undefined,
    name: string,
    type: string,
    patch: unknown,
    options: WriteOptions,
    subresource?: 'status',
  ): Written {
    if (type === 'application/apply-patch+yaml') return this.#apply(resource, namespace, name, patch, options);
    const live = this.#store.get(resource, namespace, name);
    const { object, warnings } = this.#patched(resource, live, type, patch, options);
    // Version and identity come from the live object unless the patch insists on a version.
    const { uid, creationTimestamp, resourceVersion } = live.metadata;
    const asked = isObject(patch) && isObject(patch.metadata) ? patch.metadata.resourceVersion : undefined;
    object.metadata = {
      ...object.metadata,
      name,
      uid,
      creationTimestamp,
      resourceVersion: typeof asked === 'string' ? asked : resourceVersion,
    };
    if (subresource === 'status') {
      return { object: this.writeStatus(resource, live, object, options), created: false, warnings };
    }
    return { object: this.#write(resource, live, object, options), created: false, warnings };
  }

  /** Takes the status of `object` alone. */
  writeStatus(resource: Resource, live: KubeObject, object: KubeObject, options: WriteOptions): KubeObject {
    const status = object.status === undefined ? {} : { status: object.status };
    return this.#store.replace(resource, { ...live, ...status }, options.dryRun);
  }

  /** Takes everything but the status of `object`. */
  #write(resource: Resource, live: KubeObject, object: KubeObject, options: WriteOptions): KubeObject {
    const { resourceVersion } = object.metadata as Partial<KubeObject['metadata']>;
    const version = resourceVersion === undefined || resourceVersion === '' ? '' : resourceVersion;
    const { managedFields } = live.metadata;
    const next: KubeObject = {
      ...object,
      metadata: {
        ...object.metadata,
        resourceVersion: version,
        ...(managedFields === undefined ? {} : { managedFields }),
      },
      ...(resource.status && live.status !== undefined ? { status: live.status } : {}),
    };
    this.#complete(resource, next, live);
    trackUpdate(live, next, options.fieldManager);
    return this.#store.replace(resource, next, options.dryRun);
  }

  #apply(
    resource: Resource,
    namespace: string | undefined,
    name: string,
    body: unknown,
    options: WriteOptions,
  ): Written {
    if (!isObject(body)) throw badRequest('error decoding YAML: the patch is not an object');
    const { object: applied, unknown } = decode(resource.kind, body);
    const warnings = reportUnknown(resource, unknown, options);
    const live = this.#store.find(resource, namespace, name);
    const by = { manager: options.fieldManager, force: options.force };
    if (live === undefined) {
      if (namespace !== undefined) requireNamespace(this.#store, namespace);
      const bare = {
        ...applied,
        metadata: { ...(applied.metadata as JsonObject), name, ...(namespace === undefined ? {} : { namespace }) },
      } as unknown as KubeObject;
      const managed = applyConfiguration(bare, applied, by);
      this.#complete(resource, managed, undefined);
      return { object: this.#store.create(resource, managed, options.dryRun), created: true, warnings };
    }
    const next = applyConfiguration(live, applied, by);
    next.metadata = { ...next.metadata, resourceVersion: live.metadata.resourceVersion };
    this.#complete(resource, next, live);
    return { object: this.#store.replace(resource, next, options.dryRun), created: false, warnings };
  }

  #patched(
    resource: Resource,
    live: KubeObject,
    type: string,
    patch: unknown,
    options: WriteOptions,
  ): { object: KubeObject; warnings: readonly string[] } {
    const target = { ...live } as JsonObject;
    let result: unknown;
    if (type === 'application/json-patch+json') result = jsonPatch(target, patch);
    else if (type === 'application/merge-patch+json') result = mergePatch(target, patch);
    else if (type === 'application/strategic-merge-patch+json') {
      if (!isObject(patch)) throw badRequest('the patch is not an object');
      result = strategicMergePatch(resource.kind, target, patch);
    } else throw unsupportedMediaType(patchTypes);
    const { object, unknown } = decode(resource.kind, result as JsonObject);
    const named = unknown.map((field) => `unknown field "${field}"`);
    if (unknown.length > 0 && options.fieldValidation === 'Strict') {
      const text = `Invalid value: ${JSON.stringify(goText(patch))}: strict decoding error: ${named.join(', ')}`;
      throw new StatusError(422, 'Invalid', ` "" is invalid: patch: ${text}`, {
        causes: [{ reason: 'FieldValueInvalid', message: text, field: 'patch' }],
      });
    }
    return {
      object: object as unknown as KubeObject,
      warnings: options.fieldValidation === 'Warn' ? named : [],
    };
  }

  #decoded(
    resource: Resource,
    body: unknown,
    options: WriteOptions,
  ): { object: KubeObject; warnings: readonly string[] } {
    if (!isObject(body)) throw badRequest('the object provided is unrecognized (must be of type Object)');
    const { kind = resource.kind, apiVersion = apiVersionOf(resource) } = body;
    if (kind !== resource.kind || apiVersion !== apiVersionOf(resource)) {
      throw badRequest(
        `${String(kind)} in version "${String(apiVersion)}" cannot be handled as a ${resource.kind}: no kind "${String(kind)}" is registered for version "${String(apiVersion)}"`,
      );
    }
    const { object, unknown } = decode(resource.kind, body);
    const warnings = reportUnknown(resource, unknown, options);
    const metadata = (object.metadata ?? {}) as JsonObject;
    return { object: { ...object, kind, apiVersion, metadata } as unknown as KubeObject, warnings };
  }

  /** Defaults, admission and validation of what is about to be stored. */
  #complete(resource: Resource, object: KubeObject, live: KubeObject | undefined): void {
    // Defaults change the object in place; what is stored must not change with it.
    if (object.spec !== undefined) object.spec = structuredClone(object.spec);
    else if (fieldsOf(resource.kind).has('spec') && resource !== namespaces) object.spec = {};
    const name = object.metadata.name;
    const missing = missingParts(resource, object);
    if (missing.length > 0) throw invalid(resource, name, missing);
    setDefaults(resource, object);
    if (resource === pods && live === undefined) admitPod(this.#store, object as Pod);
    if (live === undefined && resource.kind in firstStatus) object.status = { ...firstStatus[resource.kind] };
    if (resource === namespaces) delete object.metadata.namespace;
    const causes = validate(resource, object, live);
    if (causes.length > 0) throw invalid(resource, name, causes);
  }

  /** @throws StatusError 404. */
  get(resource: Resource, namespace: string | undefined, name: string): KubeObject {
    const found = this.#store.find(resource, namespace, name);
    if (found === undefined) throw notFound(resource, name);
    return found;
  }
}

/** @throws StatusError 400 for unknown fields when validation is strict. Returns warnings when it warns. */
function reportUnknown(resource: Resource, unknown: readonly string[], options: WriteOptions): readonly string[] {
  if (unknown.length === 0 || options.fieldValidation === 'Ignore') return [];
  const named = unknown.map((field) => `unknown field "${field}"`);
  if (options.fieldValidation === 'Warn') return named;
  const { kind, version } = resource;
  throw badRequest(
    `${kind} in version "${version}" cannot be handled as a ${kind}: strict decoding error: ${named.join(', ')}`,
  );
}
