/** The client's requests to the API server. */
import { ServiceError } from '../base/errors.ts';
import type { Clock, HttpResponse } from '../base/ports.ts';
import { createAnyKind, jsonPatchFor } from './any-kind.ts';
import { apiError, statusOf } from './api-error.ts';
import type { InNamespace, KubernetesClient, PodRequest, Selection } from './client.ts';
import { codes } from './codes.ts';
import { apiVersionOf, resourcePath, resourceType } from './kinds.ts';
import type { Kind } from './kinds.ts';
import { fieldManager } from './kubectl.ts';
import { at, isRecord, textAt, withoutManagedFields } from './objects.ts';
import type { KubernetesObject } from './objects.ts';
import type { ApiTransport } from './transport.ts';
import { watch } from './watch.ts';

const pageSize = 500;
/** A bookmark comes about once a minute: a stream that is silent for longer is broken without anybody having noticed. */
const watchSilenceMs = 100_000;

/** The client for one cluster; requests without a namespace of their own go to `namespace`. */
export function createClient(transport: ApiTransport, clock: Clock, namespace: string): KubernetesClient {
  const place = (where: InNamespace | undefined, name?: string, subresource?: string) => ({
    namespace: where?.namespace ?? namespace,
    ...(name === undefined ? {} : { name }),
    ...(subresource === undefined ? {} : { subresource }),
  });
  const collection = (kind: Kind, selection: Selection) =>
    typeof selection.namespace === 'object'
      ? resourcePath(kind)
      : resourcePath(kind, { namespace: selection.namespace ?? namespace });
  const selectors = (selection: Selection) => ({ labelSelector: selection.labels, fieldSelector: selection.fields });

  const client: KubernetesClient = {
    namespace,
    anyKind: createAnyKind(transport, namespace),

    async get(kind, name, where) {
      const response = await transport.send({ method: 'GET', path: resourcePath(kind, place(where, name)) });
      return objectIn(response, kind);
    },

    async find(kind, name, where) {
      try {
        return await client.get(kind, name, where);
      } catch (error) {
        if (error instanceof ServiceError && error.code === codes.KUBERNETES_NOT_FOUND.code) return undefined;
        throw error;
      }
    },

    async list(kind, selection = {}) {
      const path = collection(kind, selection);
      let items: KubernetesObject[] = [];
      let next: string | undefined;
      let resourceVersion = '';
      for (let restarts = 0; ;) {
        try {
          const query = { ...selectors(selection), limit: pageSize, continue: next };
          const page = (await transport.send({ method: 'GET', path, query })).json();
          if (next === undefined) resourceVersion = textAt(page, 'metadata', 'resourceVersion') ?? '';
          for (const item of listItems(page))
            items.push({ apiVersion: apiVersionOf(kind), kind, ...withoutManagedFields(item) });
          next = textAt(page, 'metadata', 'continue');
          if (next === undefined || next === '') return { items, resourceVersion };
        } catch (error) {
          // The pages' snapshot has expired: begin again, once.
          if (!(error instanceof ServiceError && error.status === 410) || restarts++ > 0) throw error;
          items = [];
          next = undefined;
        }
      }
    },

    watch(kind, selection = {}) {
      const path = collection(kind, selection);
      const source = {
        list: () => client.list(kind, selection),
        open: (resourceVersion: string, signal: AbortSignal | undefined) =>
          transport.open({
            method: 'GET',
            path,
            query: { ...selectors(selection), watch: true, allowWatchBookmarks: true, resourceVersion },
            timeoutMs: watchSilenceMs,
            maxBytes: Number.MAX_SAFE_INTEGER,
            ...(signal === undefined ? {} : { signal }),
          }),
      };
      return watch(kind, source, clock, selection);
    },

    async patch(kind, name, patch, options = {}) {
      const type = options.type ?? 'merge';
      const response = await transport.send({
        method: 'PATCH',
        path: resourcePath(kind, place(options, name, options.subresource)),
        query: { fieldManager, dryRun: options.dryRun === true ? 'All' : undefined },
        contentType: {
          merge: 'application/merge-patch+json',
          strategic: 'application/strategic-merge-patch+json',
          json: 'application/json-patch+json',
        }[type],
        body: withPrecondition(patch, options.resourceVersion),
        // With a precondition a repetition after a lost answer would report a conflict with ourselves.
        repeatable: type !== 'json' && options.resourceVersion === undefined,
      });
      return objectIn(response, kind);
    },

    async delete(kind, name, options = {}) {
      try {
        await transport.send({
          method: 'DELETE',
          path: resourcePath(kind, place(options, name)),
          body: {
            apiVersion: 'v1',
            kind: 'DeleteOptions',
            ...(options.gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds: options.gracePeriodSeconds }),
            ...(options.propagation === undefined ? {} : { propagationPolicy: options.propagation }),
            ...(options.uid === undefined && options.resourceVersion === undefined
              ? {}
              : { preconditions: { uid: options.uid, resourceVersion: options.resourceVersion } }),
          },
        });
        return true;
      } catch (error) {
        if (error instanceof ServiceError && error.code === codes.KUBERNETES_NOT_FOUND.code) return false;
        throw error;
      }
    },

    async logs(pod, options) {
      const path = resourcePath('Pod', place(options, pod, 'log'));
      const query = {
        container: options.container,
        previous: options.previous === true ? true : undefined,
        tailLines: options.tailLines,
        limitBytes: options.limitBytes ?? 1024 * 1024,
      };
      for (let attempt = 1; ; attempt++) {
        let text: string;
        try {
          text = (await transport.send({ method: 'GET', path, query, headers: { accept: '*/*' } })).text();
        } catch (error) {
          if (error instanceof ServiceError && (error.status === 400 || error.status === 404)) return undefined;
          throw error;
        }
        // A kubelet answers 200 with this line alone while the runtime is still closing the file.
        if (!/^unable to retrieve container logs for \S+\s*$/.test(text)) return text;
        if (attempt === 3) return undefined;
        await clock.sleep(1000);
      }
    },

    async podGet(pod, request) {
      if (Object.keys(request.headers ?? {}).some((name) => name.toLowerCase() === 'authorization')) {
        throw new TypeError('the API server does not pass an Authorization header on to a pod');
      }
      const target = `${request.scheme ?? 'http'}:${pod}:${request.port}`;
      const root = resourcePath('Pod', place(request, pod));
      const path = `${root.slice(0, root.lastIndexOf('/'))}/${target}/proxy/${request.path.replace(/^\//, '')}`;
      const response = await transport.send({
        method: 'GET',
        path,
        anyStatus: true,
        headers: { accept: '*/*', ...request.headers },
        ...(request.timeoutMs === undefined ? {} : { timeoutMs: request.timeoutMs }),
      });
      return podAnswer(response, pod, request);
    },

    async may(right) {
      const { group, plural, namespaced } = resourceType(right.kind);
      const review = await transport.send({
        method: 'POST',
        path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
        repeatable: true,
        body: {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SelfSubjectAccessReview',
          spec: {
            resourceAttributes: {
              verb: right.verb,
              group,
              resource: plural,
              ...(namespaced ? { namespace: right.namespace ?? namespace } : {}),
              ...(right.subresource === undefined ? {} : { subresource: right.subresource }),
              ...(right.name === undefined ? {} : { name: right.name }),
            },
          },
        },
      });
      return at(review.json(), 'status', 'allowed') === true;
    },

    async version() {
      // The first question of a step: who is not there now is told within a second.
      const response = await transport.send({ method: 'GET', path: '/version', attempts: 3 });
      return textAt(response.json(), 'gitVersion') ?? 'unknown';
    },
  };
  return client;
}

function objectIn(response: HttpResponse, kind: Kind): KubernetesObject {
  const object = response.json();
  if (!isRecord(object) || !isRecord(object.metadata)) {
    throw new ServiceError(codes.KUBERNETES_FAILED, `the API server's answer is not a ${kind}`, {
      method: 'GET',
      url: response.url,
      status: response.status,
    });
  }
  return withoutManagedFields(object as unknown as KubernetesObject);
}

function listItems(page: unknown): KubernetesObject[] {
  const items = at(page, 'items');
  return Array.isArray(items) ? (items as KubernetesObject[]) : [];
}

function withPrecondition(patch: unknown, resourceVersion: string | undefined): unknown {
  if (resourceVersion === undefined) return patch;
  if (Array.isArray(patch)) return jsonPatchFor(resourceVersion, patch);
  const body = isRecord(patch) ? patch : {};
  return { ...body, metadata: { ...(isRecord(body.metadata) ? body.metadata : {}), resourceVersion } };
}

/** Tells the pod's answer from the API server's own about not having got one. */
function podAnswer(response: HttpResponse, pod: string, request: PodRequest): HttpResponse {
  if (response.status < 400) return response;
  const own =
    statusOf(response.text())?.message ??
    (response.text().includes("Trying to reach: '") ? response.text() : undefined);
  if (own === undefined) return response;
  if (response.status === 403 || response.status === 401 || (response.status === 404 && own.startsWith('pods '))) {
    throw apiError({ method: 'GET', path: request.path, status: response.status, body: response.text() });
  }
  throw new ServiceError(codes.POD_UNREACHABLE, `port ${request.port} of pod ${pod} cannot be reached: ${own}`, {
    method: 'GET',
    url: request.path,
    status: response.status,
  });
}
