/**
 * The OpenAPI v3 documents, made from the field tables. kubectl asks them whether the server validates fields and
 * understands dry runs, and takes the merge keys of an apply from them.
 */
import { createHash } from 'node:crypto';
import type { JsonObject } from './objects.ts';
import { served, type Resource } from './resources.ts';
import { fieldsOf, isKind, parseType, tables, type FieldType } from './schema.ts';

function groupPath(resource: Pick<Resource, 'group' | 'version'>): string {
  return resource.group === '' ? `api/${resource.version}` : `apis/${resource.group}/${resource.version}`;
}

function documents(): ReadonlyMap<string, readonly Resource[]> {
  const byPath = new Map<string, Resource[]>();
  for (const resource of served) {
    const path = groupPath(resource);
    byPath.set(path, [...(byPath.get(path) ?? []), resource]);
  }
  return byPath;
}

/** The index at /openapi/v3. */
export function openApiIndex(): JsonObject {
  const paths = [...documents().keys()].map((path) => {
    const hash = createHash('sha256')
      .update(JSON.stringify(openApiDocument(path)))
      .digest('hex')
      .toUpperCase();
    return [path, { serverRelativeURL: `/openapi/v3/${path}?hash=${hash}` }];
  });
  return { paths: Object.fromEntries(paths) as JsonObject };
}

const cache = new Map<string, JsonObject>();

/** The document of one group and version (`apis/apps/v1`); undefined when the server has none. */
export function openApiDocument(path: string): JsonObject | undefined {
  const resources = documents().get(path);
  if (resources === undefined) return undefined;
  const known = cache.get(path);
  if (known !== undefined) return known;
  const document = {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.33.13' },
    paths: Object.assign({}, ...resources.map(pathsOf)) as JsonObject,
    components: { schemas: schemas(resources) },
  };
  cache.set(path, document);
  return document;
}

function pathsOf(resource: Resource): JsonObject {
  const base = `/${groupPath(resource)}${resource.namespaced ? '/namespaces/{namespace}' : ''}/${resource.plural}`;
  const kind = { group: resource.group, version: resource.version, kind: resource.kind };
  const schema = { $ref: `#/components/schemas/${schemaName(resource.kind)}` };
  const answer = { responses: { '200': { description: 'OK', content: { 'application/json': { schema } } } } };
  const query = (name: string): JsonObject => ({ name, in: 'query', schema: { type: 'string', uniqueItems: true } });
  const writes = ['pretty', 'dryRun', 'fieldManager', 'fieldValidation'].map(query);
  const operation = (action: string, more: JsonObject = {}): JsonObject => ({
    ...answer,
    ...more,
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': kind,
  });
  const content = (types: readonly string[]): JsonObject => ({
    content: Object.fromEntries(types.map((type) => [type, { schema: { type: 'object' } }])),
  });
  const patch = operation('patch', {
    parameters: [...writes, query('force')],
    requestBody: content([
      'application/apply-patch+yaml',
      'application/json-patch+json',
      'application/merge-patch+json',
      'application/strategic-merge-patch+json',
    ]),
  });
  const body = { requestBody: { content: { '*/*': { schema } } } };
  return {
    [base]: { get: operation('list'), post: operation('post', { parameters: writes, ...body }) },
    [`${base}/{name}`]: {
      get: operation('get'),
      put: operation('put', { parameters: writes, ...body }),
      delete: operation('delete', { parameters: writes }),
      patch,
    },
  };
}

/** `io.k8s.api.apps.v1.Deployment`: the names that clients expect of the published documents. */
function schemaName(table: string): string {
  if (['ObjectMeta', 'OwnerReference', 'LabelSelector', 'LabelSelectorRequirement'].includes(table)) {
    return `io.k8s.apimachinery.pkg.apis.meta.v1.${table}`;
  }
  if (/^(RollingUpdate)?(Deployment|ReplicaSet|StatefulSet|DaemonSet|ControllerRevision)/.test(table)) {
    return `io.k8s.api.apps.v1.${table}`;
  }
  if (table.startsWith('Job')) return `io.k8s.api.batch.v1.${table}`;
  if (table.startsWith('Scale')) return `io.k8s.api.autoscaling.v1.${table}`;
  if (table.startsWith('SelfSubject')) return `io.k8s.api.authorization.v1.${table}`;
  return `io.k8s.api.core.v1.${table}`;
}

function schemas(resources: readonly Resource[]): JsonObject {
  const found: JsonObject = {};
  const add = (table: string): void => {
    const name = schemaName(table);
    if (name in found || !(table in tables)) return;
    const fields = [...fieldsOf(table)];
    const resource = resources.find((r) => r.kind === table);
    const required = fields.filter(([, type]) => type.required).map(([field]) => field);
    found[name] = {
      type: 'object',
      ...(required.length === 0 ? {} : { required }),
      properties: Object.fromEntries(fields.map(([field, type]) => [field, schemaOf(type, table, field)])),
      ...(resource === undefined || !isKind(table)
        ? {}
        : {
            'x-kubernetes-group-version-kind': [
              { group: resource.group, kind: resource.kind, version: resource.version },
            ],
          }),
    };
    for (const [, type] of fields) add(type.of);
  };
  for (const resource of resources) add(resource.kind);
  return found;
}

/** Fields whose patches name every key that stays (`$retainKeys`). */
const retainsKeys = new Set(['DeploymentSpec.strategy', 'PodSpec.volumes']);

function schemaOf(type: FieldType, table: string, field: string): JsonObject {
  const strategy = retainsKeys.has(`${table}.${field}`) ? { 'x-kubernetes-patch-strategy': 'retainKeys' } : {};
  switch (type.shape) {
    case 'scalar':
      return scalarSchema(type.of);
    case 'any':
      return { type: 'object' };
    case 'map':
      return { type: 'object', additionalProperties: schemaOf(parseType(type.of), '', '') };
    case 'object':
      return { allOf: [{ $ref: `#/components/schemas/${schemaName(type.of)}` }], default: {}, ...strategy };
    case 'list': {
      const items = schemaOf(parseType(type.of), '', '');
      if (type.merge === undefined) return { type: 'array', items, 'x-kubernetes-list-type': 'atomic' };
      const [key] = type.merge.keys;
      const patchStrategy = 'x-kubernetes-patch-strategy' in strategy ? 'merge,retainKeys' : 'merge';
      if (key === undefined) {
        return { type: 'array', items, 'x-kubernetes-list-type': 'set', 'x-kubernetes-patch-strategy': 'merge' };
      }
      return {
        type: 'array',
        items,
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': type.merge.keys,
        'x-kubernetes-patch-strategy': patchStrategy,
        'x-kubernetes-patch-merge-key': key,
      };
    }
  }
}

function scalarSchema(scalar: string): JsonObject {
  switch (scalar) {
    case 'integer':
      return { type: 'integer', format: 'int32' };
    case 'boolean':
      return { type: 'boolean' };
    case 'time':
      return { type: 'string', format: 'date-time' };
    case 'int-or-string':
      return { type: 'string', format: 'int-or-string' };
    default:
      return { type: 'string' };
  }
}

/**
 * The OpenAPI v2 document that kubectl falls back to for kinds which the v3 documents do not know (lists, kinds that nobody
 * serves): a protobuf with nothing but its version and title, so that what it does not describe is not validated.
 */
export function legacyOpenApi(): { readonly type: string; readonly body: Buffer } {
  const text = (field: number, value: string) =>
    Buffer.concat([Buffer.from([(field << 3) | 2, value.length]), Buffer.from(value, 'latin1')]);
  const info = Buffer.concat([text(1, 'Kubernetes'), text(2, 'v1.33.13')]);
  return {
    type: 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf',
    body: Buffer.concat([text(1, '2.0'), text(2, info.toString('latin1'))]),
  };
}
