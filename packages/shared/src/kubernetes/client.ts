import { ServiceError } from '../base/errors.ts';
import type { Clock, HttpResponse } from '../base/ports.ts';
import { apiError, statusOf } from './api-error.ts';
import { codes } from './codes.ts';
import { apiVersionOf, resourcePath, resourceType } from './kinds.ts';
import type { Kind } from './kinds.ts';
import { fieldManager } from './kubectl.ts';
import { at, isRecord, textAt, withoutManagedFields } from './objects.ts';
import type { KubernetesObject, WatchEvent } from './objects.ts';
import type { ApiTransport } from './transport.ts';
import { watch } from './watch.ts';
import type { ObjectList, WatchOptions } from './watch.ts';

export interface Selection {
  /** Default: the namespace of the client. `all`: every namespace. */
  readonly namespace?: string | { readonly all: true };
  /** "app=web,tier in (a,b)" */
  readonly labels?: string | undefined;
  /** "involvedObject.name=web" */
  readonly fields?: string | undefined;
}

export interface InNamespace {
  readonly namespace?: string;
}

export interface PatchOptions extends InNamespace {
  /** RFC 7386, Kubernetes' own, RFC 6902. Default: merge. */
  readonly type?: 'merge' | 'strategic' | 'json';
  /** Change only this version of the object. */
  readonly resourceVersion?: string | undefined;
  readonly dryRun?: boolean;
  /** For example "scale". */
  readonly subresource?: string;
}

export interface DeleteOptions extends InNamespace {
  /** Delete only this very object, not another one of its name. */
  readonly uid?: string | undefined;
  readonly resourceVersion?: string | undefined;
  readonly gracePeriodSeconds?: number;
  readonly propagation?: 'Background' | 'Foreground' | 'Orphan';
}

export interface LogOptions extends InNamespace {
  readonly container: string;
  /** Of the container that ran before the last restart. */
  readonly previous?: boolean;
  readonly tailLines?: number;
  readonly limitBytes?: number;
}

export interface PodRequest extends InNamespace {
  readonly port: number | string;
  /** Default http. TLS ends at the API server, which does not verify the pod's certificate. */
  readonly scheme?: 'http' | 'https';
  /** With its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

export interface Right {
  readonly verb: string;
  readonly kind: Kind;
  readonly subresource?: string;
  readonly name?: string;
  readonly namespace?: string;
}

/** Reads, watches and small changes of API objects. All methods throw ServiceError with the codes of this room. */
export interface KubernetesClient {
  readonly namespace: string;
  get(kind: Kind, name: string, where?: InNamespace): Promise<KubernetesObject>;
  /** undefined when it does not exist. */
  find(kind: Kind, name: string, where?: InNamespace): Promise<KubernetesObject | undefined>;
  list(kind: Kind, selection?: Selection): Promise<ObjectList>;
  /** What is there as ADDED, then every change; see watch.ts for what it survives. */
  watch(kind: Kind, selection?: Selection & WatchOptions): AsyncGenerator<WatchEvent, void, undefined>;
  /** @throws ServiceError KUBERNETES_CONFLICT when the resourceVersion is no longer the given one. */
  patch(kind: Kind, name: string, patch: unknown, options?: PatchOptions): Promise<KubernetesObject>;
  /** False when it was not there any more. */
  delete(kind: Kind, name: string, options?: DeleteOptions): Promise<boolean>;
  /** undefined when there is no such log (not started, no previous container, pod gone). */
  logs(pod: string, options: LogOptions): Promise<string | undefined>;
  /**
   * GET on a port of a pod through the API server. Whatever the pod answers is an answer. An Authorization header does
   * not get through: the API server takes it for its own and removes it (apiserver filters/authentication.go); use
   * port-forward.ts where the pod wants one.
   * @throws ServiceError POD_UNREACHABLE when the API server cannot connect to the port.
   */
  podGet(pod: string, request: PodRequest): Promise<HttpResponse>;
  /** Asks the API server whether the user of the kubeconfig has a right (SelfSubjectAccessReview). */
  may(right: Right): Promise<boolean>;
  /** For example "v1.33.2". */
  version(): Promise<string>;
}

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
  if (Array.isArray(patch))
    return [{ op: 'test', path: '/metadata/resourceVersion', value: resourceVersion }, ...(patch as unknown[])];
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
