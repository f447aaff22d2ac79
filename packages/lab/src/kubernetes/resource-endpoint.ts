/** Requests to resources and their subresources. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { review, type Account } from './access.ts';
import { readProtobuf } from './protobuf.ts';
import { parseBody, readBody } from './request-body.ts';
import type { JsonObject, KubeObject } from './objects.ts';
import type { PodAnswers } from './pod-endpoint.ts';
import type { ResourcePath } from './request-path.ts';
import { accessReviews, apiVersionOf, pods, services, type Resource } from './resources.ts';
import { Rest, patchTypes, type WriteOptions, type Written } from './rest.ts';
import { applyScale, scaleOf } from './scale.ts';
import { parseFieldSelector, parseLabelSelector } from './selectors.ts';
import { authorizePath, sendJson } from './server.ts';
import { badRequest, methodNotAllowed, pathNotFound } from './status.ts';
import type { DeleteOptions, Store } from './store.ts';
import { table } from './table.ts';
import { Watches } from './watch.ts';

export class ResourceEndpoint {
  readonly #store: Store;
  readonly #rest: Rest;
  readonly #watches: Watches;
  readonly #pods: PodAnswers;

  constructor(store: Store, watches: Watches, podAnswers: PodAnswers) {
    this.#store = store;
    this.#rest = new Rest(store);
    this.#watches = watches;
    this.#pods = podAnswers;
  }

  /** @throws StatusError of every kind. */
  async answer(
    account: Account,
    path: ResourcePath,
    url: URL,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { resource, name, subresource } = path;
    if (resource === accessReviews) {
      if (request.method !== 'POST') throw methodNotAllowed();
      sendJson(response, 201, review(account, (await this.#json(request)) as JsonObject));
      return;
    }
    if (subresource !== undefined && subresource !== 'status') {
      return this.#subresource(account, path, url, request, response);
    }
    if (subresource === 'status' && !resource.status) throw pathNotFound();
    switch (request.method) {
      case 'GET': {
        this.#read(account, path, url, request, response);
        return;
      }
      case 'POST':
        if (name !== undefined) throw methodNotAllowed();
        authorizePath(account, path, 'create');
        {
          this.#written(
            response,
            this.#rest.create(resource, path.namespace, await this.#json(request), writeOptions(url, request)),
          );
          return;
        }
      case 'PUT':
      case 'PATCH':
        return this.#change(account, path, url, request, response);
      case 'DELETE':
        return this.#delete(account, path, url, request, response);
      default:
        throw methodNotAllowed();
    }
  }

  async #subresource(
    account: Account,
    path: ResourcePath,
    url: URL,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { resource, subresource, name = '', namespace } = path;
    if (subresource === 'scale' && resource.scale) {
      authorizePath(account, path, request.method === 'GET' ? 'get' : request.method === 'PUT' ? 'update' : 'patch');
      const live = this.#store.get(resource, namespace, name);
      if (request.method === 'GET') {
        sendJson(response, 200, scaleOf(live));
        return;
      }
      const type = request.method === 'PUT' ? 'put' : mediaType(request);
      const replicas = applyScale(live, type, await this.#json(request));
      const options = writeOptions(url, request);
      const patch = { spec: { replicas } };
      const written = this.#rest.patch(resource, namespace, name, 'application/merge-patch+json', patch, options);
      sendJson(response, 200, scaleOf(written.object));
      return;
    }
    if (subresource === 'log' && resource === pods) {
      authorizePath(account, path, 'get');
      return this.#pods.log(this.#store.get(pods, namespace, name), url, response);
    }
    if (subresource === 'proxy' && (resource === pods || resource === services)) {
      authorizePath(account, path, request.method === 'GET' ? 'get' : 'create');
      return this.#pods.proxy(path, url, request, response);
    }
    throw pathNotFound();
  }

  #read(account: Account, path: ResourcePath, url: URL, request: IncomingMessage, response: ServerResponse): void {
    const { resource, name, namespace } = path;
    const query = url.searchParams;
    const watching = query.get('watch') === 'true' || query.get('watch') === '1';
    authorizePath(account, path, watching ? 'watch' : name === undefined ? 'list' : 'get');
    const asTable = (request.headers.accept ?? '').includes('as=Table;v=v1;g=meta.k8s.io');
    const include = query.get('includeObject') ?? 'Metadata';
    const tableOf = (objects: readonly KubeObject[], version: string, columns = true): JsonObject =>
      table(resource, objects, version, columns, include);
    if (name !== undefined) {
      const found = this.#rest.get(resource, namespace, name);
      sendJson(response, 200, asTable ? tableOf([found], found.metadata.resourceVersion) : found);
      return;
    }
    const labels = query.get('labelSelector') ?? '';
    const fields = query.get('fieldSelector') ?? '';
    const byLabel = parseLabelSelector(labels);
    const byField = parseFieldSelector(resource.kind, fields);
    const matches = (object: KubeObject): boolean => byLabel(object.metadata.labels ?? {}) && byField(object);
    if (watching) {
      const version = query.get('resourceVersion') ?? '';
      const timeout = query.get('timeoutSeconds');
      this.#watches.serve(response, {
        resource,
        namespace,
        matches,
        from: version === '' || version === '0' ? undefined : Number(version),
        bookmarks: query.get('allowWatchBookmarks') === 'true',
        sendInitialEvents: query.get('sendInitialEvents') === 'true',
        timeoutMs: timeout === null ? undefined : Number(timeout) * 1000,
        render: (object, first) =>
          asTable ? tableOf([object], object.metadata.resourceVersion, first) : { ...object },
      });
      return;
    }
    const items = this.#store.list(resource, namespace).filter(matches).sort(byName);
    const version = String(this.#store.revision);
    if (asTable) {
      sendJson(response, 200, tableOf(items, version));
      return;
    }
    sendJson(response, 200, list(resource, items, version));
  }

  async #change(
    account: Account,
    path: ResourcePath,
    url: URL,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { resource, namespace, name, subresource } = path;
    if (name === undefined) throw methodNotAllowed();
    authorizePath(account, path, request.method === 'PUT' ? 'update' : 'patch');
    const options = writeOptions(url, request);
    const body = await this.#json(request);
    if (request.method === 'PUT') {
      if (subresource === 'status') {
        const live = this.#store.get(resource, namespace, name);
        sendJson(response, 200, this.#rest.writeStatus(resource, live, body as KubeObject, options));
        return;
      }
      this.#written(response, this.#rest.replace(resource, namespace, name, body, options));
      return;
    }
    const status = subresource === 'status' ? 'status' : undefined;
    const type = mediaType(request);
    // An apply may create: that needs the right to create as well.
    if (type === 'application/apply-patch+yaml' && this.#store.find(resource, namespace, name) === undefined) {
      authorizePath(account, path, 'create');
    }
    this.#written(response, this.#rest.patch(resource, namespace, name, type, body, options, status));
  }

  async #delete(
    account: Account,
    path: ResourcePath,
    url: URL,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { resource, namespace, name } = path;
    authorizePath(account, path, name === undefined ? 'deletecollection' : 'delete');
    const body = ((await this.#json(request)) ?? {}) as DeleteOptions & { dryRun?: unknown };
    const grace = body.gracePeriodSeconds ?? url.searchParams.get('gracePeriodSeconds');
    const options: DeleteOptions = {
      gracePeriodSeconds: grace === null ? undefined : Number(grace),
      propagationPolicy: body.propagationPolicy ?? url.searchParams.get('propagationPolicy') ?? undefined,
      preconditions: body.preconditions,
      dryRun: url.searchParams.get('dryRun') === 'All' || Array.isArray(body.dryRun),
    };
    if (name === undefined) {
      const byLabel = parseLabelSelector(url.searchParams.get('labelSelector') ?? '');
      const byField = parseFieldSelector(resource.kind, url.searchParams.get('fieldSelector') ?? '');
      const gone = this.#store
        .list(resource, namespace)
        .filter((object) => byLabel(object.metadata.labels ?? {}) && byField(object));
      for (const object of gone) this.#store.delete(resource, object.metadata.namespace, object.metadata.name, options);
      sendJson(response, 200, list(resource, gone, String(this.#store.revision)));
      return;
    }
    const deleted = this.#store.delete(resource, namespace, name, options);
    if (deleted.metadata.deletionTimestamp !== undefined || resource === pods) {
      sendJson(response, 200, deleted);
      return;
    }
    sendJson(response, 200, {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: {
        name,
        ...(resource.group === '' ? {} : { group: resource.group }),
        kind: resource.plural,
        uid: deleted.metadata.uid,
      },
    });
  }

  #written(response: ServerResponse, { object, created, warnings }: Written): void {
    const headers =
      warnings.length === 0 ? {} : { warning: warnings.map((text) => `299 - ${JSON.stringify(text)}`).join(', ') };
    sendJson(response, created ? 201 : 200, object, headers);
  }

  async #json(request: IncomingMessage): Promise<unknown> {
    const body = await readBody(request);
    if (body.length === 0) return undefined;
    if (mediaType(request).includes('protobuf')) return readProtobuf(body);
    return parseBody(body.toString());
  }
}

function byName(a: KubeObject, b: KubeObject): number {
  const key = ({ metadata }: KubeObject): string => `${metadata.namespace ?? ''}/${metadata.name}`;
  return key(a) < key(b) ? -1 : 1;
}

function list(resource: Resource, items: readonly KubeObject[], resourceVersion: string): JsonObject {
  return {
    kind: `${resource.kind}List`,
    apiVersion: apiVersionOf(resource),
    metadata: { resourceVersion },
    items,
  };
}

function mediaType(request: IncomingMessage): string {
  return (request.headers['content-type'] ?? 'application/json').split(';')[0]?.trim() ?? '';
}

function writeOptions(url: URL, request: IncomingMessage): WriteOptions {
  const query = url.searchParams;
  const dryRun = query.getAll('dryRun').filter((value) => value !== '');
  if (dryRun.some((value) => value !== 'All')) throw badRequest(`invalid dryRun value: ${dryRun.join(',')}`);
  const validation = query.get('fieldValidation') ?? '';
  const apply = mediaType(request) === patchTypes[3];
  const manager = query.get('fieldManager') ?? '';
  if (apply && manager === '')
    throw badRequest(
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    );
  return {
    dryRun: dryRun.length > 0,
    fieldManager: manager === '' ? ((request.headers['user-agent'] ?? 'unknown').split('/')[0] ?? 'unknown') : manager,
    fieldValidation: validation === 'Strict' || validation === 'Ignore' ? validation : apply ? 'Strict' : 'Warn',
    force: query.get('force') === 'true',
  };
}
