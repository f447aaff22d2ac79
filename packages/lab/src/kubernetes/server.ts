/** The HTTP face: who asks, for what, and the answer. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { Duplex } from 'node:stream';
import type { AddressInfo } from 'node:net';
import { messageOf } from '@wso2-delivery/shared/base/errors';
import { authorize, type Account, type Accounts } from './access.ts';
import type { ServerCertificate } from '../certificate.ts';
import { aggregated, coreVersions, group, groupList, resourceList, serverVersion } from './discovery.ts';
import type { JsonObject, Pod } from './objects.ts';
import { legacyOpenApi, openApiDocument, openApiIndex } from './openapi.ts';
import { parseResourcePath, type ResourcePath } from './request-path.ts';
import { PortForwards } from './port-forward.ts';
import { pods } from './resources.ts';
import type { Store } from './store.ts';
import type { ResourceEndpoint } from './resource-endpoint.ts';
import { StatusError, badRequest, pathNotFound } from './status.ts';

/** One request as seen by the server. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly user: string;
}

/** Answers requests instead of the API while it lasts. */
export interface Fault {
  readonly status: number;
  /** How many requests it takes (default 1). */
  readonly times?: number;
  /** Only requests whose `METHOD /path` matches. */
  readonly matching?: RegExp;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface ApiServerParts {
  readonly accounts: Accounts;
  readonly endpoint: ResourceEndpoint;
  readonly certificate: ServerCertificate;
  readonly portForwards: PortForwards;
  readonly store: Store;
  /** Who sends credentials to pods through the proxy: see KubernetesOptions. */
  readonly proxyFallback: Account | undefined;
  readonly onRequest: (request: SeenRequest) => void;
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-cache, private',
    ...headers,
  });
  response.end(text);
}

export class ApiServer {
  readonly #parts: ApiServerParts;
  readonly #server: Server;
  readonly #faults: { fault: Fault; left: number }[] = [];

  constructor(parts: ApiServerParts) {
    this.#parts = parts;
    const { privateKey, certificate } = parts.certificate;
    this.#server = createServer(
      { key: privateKey, cert: certificate },
      (request, response) => void this.#answer(request, response),
    );
    this.#server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      this.#upgrade(request, socket, head),
    );
  }

  /** Upgraded connections carry forwarded ports, nothing else. */
  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    try {
      const account = this.#parts.accounts.authenticate(request.headers.authorization);
      const path = parseResourcePath(new URL(request.url ?? '/', 'http://lab').pathname);
      if (path?.resource !== pods || path.subresource !== 'portforward') throw pathNotFound();
      this.#parts.onRequest({ method: request.method ?? 'GET', url: request.url ?? '/', user: account.user });
      authorizePath(account, path, request.method === 'POST' ? 'create' : 'get');
      const pod: Pod = this.#parts.store.get(pods, path.namespace, path.name ?? '');
      if (!PortForwards.understands(request)) throw badRequest('Upgrade request required: SPDY/3.1');
      this.#parts.portForwards.serve(pod, socket, head);
    } catch (thrown) {
      const error = thrown instanceof StatusError ? thrown : badRequest(messageOf(thrown));
      const body = JSON.stringify(error.body());
      socket.end(
        `HTTP/1.1 ${error.code} ${error.reason}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
      );
    }
  }

  /** Listens on loopback, on a port of the system's choice unless one is given. */
  async listen(port = 0): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Cuts every open connection. */
  dropConnections(): void {
    this.#server.closeAllConnections();
    this.#parts.portForwards.closeAll();
  }

  addFault(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? 1 });
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.dropConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => undefined);
    try {
      const { accounts, proxyFallback } = this.#parts;
      const toPod = /\/(pods|services)\/[^/]+\/proxy(\/|$)/.test(request.url ?? '');
      const account = accounts.authenticate(request.headers.authorization, toPod ? proxyFallback : undefined);
      const method = request.method ?? 'GET';
      this.#parts.onRequest({ method, url: request.url ?? '/', user: account.user });
      if (this.#fail(method, request.url ?? '/', response)) return;
      await this.#route(account, request, response);
    } catch (thrown) {
      const error =
        thrown instanceof StatusError
          ? thrown
          : new StatusError(500, 'InternalError', `Internal error occurred: ${messageOf(thrown)}`);
      if (response.headersSent) response.destroy();
      else sendJson(response, error.code, error.body());
    }
  }

  #fail(method: string, url: string, response: ServerResponse): boolean {
    const found = this.#faults.find(
      ({ fault, left }) => left > 0 && (fault.matching?.test(`${method} ${url}`) ?? true),
    );
    if (found === undefined) return false;
    found.left -= 1;
    const { status, headers = {}, body } = found.fault;
    if (body !== undefined) response.writeHead(status, headers).end(body);
    else sendJson(response, status, new StatusError(status, '', 'injected fault').body(), { ...headers });
    return true;
  }

  async #route(account: Account, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://lab');
    const path = parseResourcePath(url.pathname);
    if (path !== undefined) return this.#parts.endpoint.answer(account, path, url, request, response);
    if (url.pathname === '/openapi/v2') {
      const { type, body } = legacyOpenApi();
      response.writeHead(200, { 'content-type': type }).end(body);
      return;
    }
    const document = this.#document(url.pathname, request);
    if (document === undefined) throw pathNotFound();
    if (typeof document === 'string') response.writeHead(200, { 'content-type': 'text/plain' }).end(document);
    else sendJson(response, 200, document.body, document.headers);
  }

  #document(
    pathname: string,
    request: IncomingMessage,
  ): { body: JsonObject; headers?: Record<string, string> } | string | undefined {
    const accept = request.headers.accept ?? '';
    const wantsAll = accept.includes('as=APIGroupDiscoveryList') && accept.includes('v=v2');
    const v2 = { 'content-type': 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList' };
    if (['/healthz', '/livez', '/readyz'].includes(pathname)) return 'ok';
    if (pathname === '/version' || pathname === '/version/') return { body: serverVersion };
    if (pathname === '/api') {
      return wantsAll ? { body: aggregated(true), headers: v2 } : { body: coreVersions(request.headers.host ?? '') };
    }
    if (pathname === '/apis') return wantsAll ? { body: aggregated(false), headers: v2 } : { body: groupList() };
    if (pathname === '/openapi/v3') return { body: openApiIndex() };
    const [, openApi] = /^\/openapi\/v3\/(.+)$/.exec(pathname) ?? [];
    const [, core] = /^\/api\/([^/]+)\/?$/.exec(pathname) ?? [];
    const [, name = '', version] = /^\/apis\/([^/]+)(?:\/([^/]+))?\/?$/.exec(pathname) ?? [];
    const body =
      openApi !== undefined
        ? openApiDocument(openApi)
        : core !== undefined
          ? resourceList('', core)
          : version !== undefined
            ? resourceList(name, version)
            : group(name);
    return body === undefined ? undefined : { body };
  }
}

/** The access request behind an HTTP request to a resource. */
export function authorizePath(account: Account, path: ResourcePath, verb: string): void {
  const { resource, namespace, name, subresource } = path;
  authorize(account, {
    verb,
    group: resource.group,
    resource: resource.plural,
    subresource,
    namespace: resource.kind === 'Namespace' ? name : namespace,
    name,
  });
}
