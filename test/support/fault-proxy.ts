/** A proxy in front of a real registry and its token service that breaks chosen requests in chosen ways. */
import http, { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * `refuse`: this connection and all others break, and new ones are refused for some milliseconds.
 * `reset-before`: the connection breaks before the body is read. `reset-mid-body`: half of the request's body reaches the
 * registry, then it breaks. `lose-answer`: the registry has carried the request out, and the connection breaks.
 * `truncate`: the answer ends in the middle. `wrong-digest`: Docker-Content-Digest names other content.
 * `corrupt`: a byte of the answer's body is flipped. `trickle`: the request is read and the answer sent in small pieces.
 * `elsewhere`: the Location of the answer leads to another host, where it is good; `nowhere`: to one that nobody has.
 * An object: this answer, and the registry never sees the request.
 */
export type ProxyFault =
  | 'refuse'
  | 'reset-before'
  | 'reset-mid-body'
  | 'lose-answer'
  | 'truncate'
  | 'wrong-digest'
  | 'corrupt'
  | 'trickle'
  | 'elsewhere'
  | 'nowhere'
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string };

export interface ProxiedRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

export interface FaultProxy {
  readonly host: string;
  /** Where `elsewhere` leads: the same registry under another name and port, which needs no credentials. */
  readonly otherHost: string;
  /** What came to the other host. */
  readonly sentElsewhere: readonly ProxiedRequest[];
  /** What is asked of each request; undefined: nothing is broken. */
  plan: (request: ProxiedRequest) => ProxyFault | undefined;
  close(): Promise<void>;
}

/** How long a refusing proxy stays away, in milliseconds. */
const AWAY_MS = 15;
const WRONG_DIGEST = `sha256:${'0'.repeat(64)}`;

/** host:port of each. Read when a request comes: a registry has to know the proxy before it starts. */
export interface Upstream {
  registry: string;
  /** Asked for /token. */
  readonly tokens: string;
}

export async function startFaultProxy(upstream: Upstream): Promise<FaultProxy> {
  const agent = new http.Agent({ keepAlive: true });
  const sockets = new Set<Socket>();
  const sentElsewhere: ProxiedRequest[] = [];
  let away: Promise<void> = Promise.resolve();

  const forward = (
    request: IncomingMessage,
    headers: IncomingHttpHeaders,
    body: AsyncIterable<Buffer> | undefined,
  ): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const host = request.url?.startsWith('/token') === true ? upstream.tokens : upstream.registry;
      const [hostname, port] = host.split(':');
      const { method, url: path } = request;
      const sent = http.request({ hostname, port, method, path, headers, agent }, resolve);
      sent.on('error', reject);
      void (async () => {
        try {
          for await (const chunk of body ?? request) sent.write(chunk);
          sent.end();
        } catch {
          sent.destroy();
        }
      })();
    });

  const leave = async (): Promise<void> => {
    for (const socket of sockets) socket.resetAndDestroy();
    const { port } = server.address() as AddressInfo;
    const closed = new Promise((resolve) => server.close(resolve));
    await closed;
    await pause(AWAY_MS);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url = '', headers, socket } = request;
    const fault = proxy.plan({ method, url, headers });
    if (fault === 'refuse') {
      away = leave();
      return;
    }
    if (fault === 'reset-before') {
      socket.resetAndDestroy();
      return;
    }
    if (typeof fault === 'object') {
      await buffer(request);
      response.writeHead(fault.status, fault.headers).end(fault.body);
      return;
    }
    if (fault === 'reset-mid-body' && Number(headers['content-length'] ?? 0) > 0) {
      await forward(request, headers, halfOf(request)).catch(() => undefined);
      socket.resetAndDestroy();
      return;
    }
    const answer = await forward(request, headers, fault === 'trickle' ? slowly(request) : undefined);
    if (fault === 'lose-answer') {
      await buffer(answer);
      socket.resetAndDestroy();
      return;
    }
    await respond(response, answer, fault, proxy.otherHost);
  };

  const server = http.createServer((request, response) => {
    handle(request, response).catch(() => request.socket.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  // A storage of its own trusts the URL and not the header: the token of the session's opener goes in here.
  let authorization: string | undefined;
  const other = http.createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    sentElsewhere.push({ method, url, headers });
    const trusted = authorization === undefined ? headers : { ...headers, authorization };
    forward(request, { ...trusted, host: proxy.host }, undefined)
      .then((answer) => respond(response, answer, undefined, proxy.otherHost))
      .catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  server.on('request', ({ headers }: IncomingMessage) => {
    if (headers.authorization?.startsWith('Bearer') === true) authorization = headers.authorization;
  });
  const proxy: FaultProxy = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    otherHost: `localhost:${(other.address() as AddressInfo).port}`,
    sentElsewhere,
    plan: () => undefined,
    close: async () => {
      await away;
      for (const socket of sockets) socket.destroy();
      agent.destroy();
      await Promise.all([server, other].map((each) => new Promise((resolve) => each.close(resolve))));
    },
  };
  return proxy;
}

async function respond(
  response: ServerResponse,
  answer: IncomingMessage,
  fault: ProxyFault | undefined,
  otherHost: string,
): Promise<void> {
  const body = await buffer(answer);
  const headers = { ...answer.headers };
  const { location } = headers;
  if (fault === 'wrong-digest') headers['docker-content-digest'] = WRONG_DIGEST;
  if (location !== undefined && fault === 'elsewhere') headers.location = `http://${otherHost}${pathOf(location)}`;
  if (location !== undefined && fault === 'nowhere') headers.location = `http://127.0.0.1:9${pathOf(location)}`;
  if (fault === 'corrupt' && body.length > 0) body[body.length >> 1] = (body[body.length >> 1] ?? 0) ^ 1;
  if (fault === 'truncate') {
    const { socket } = response;
    if (body.length === 0) {
      socket?.end(`HTTP/1.1 ${answer.statusCode} `);
      return;
    }
    response.writeHead(answer.statusCode ?? 0, { ...headers, 'content-length': body.length });
    response.write(body.subarray(0, body.length >> 1), () => socket?.destroy());
    return;
  }
  response.writeHead(answer.statusCode ?? 0, headers);
  if (fault === 'trickle') {
    const size = Math.max(1, Math.ceil(body.length / 8));
    for (let at = 0; at < body.length; at += size) {
      response.write(body.subarray(at, at + size));
      await pause(2);
    }
    response.end();
    return;
  }
  response.end(body);
}

function pathOf(location: string): string {
  const { pathname, search } = new URL(location, 'http://localhost');
  return `${pathname}${search}`;
}

/** Half of what was announced, then a failure. */
async function* halfOf(request: IncomingMessage): AsyncGenerator<Buffer> {
  let left = Number(request.headers['content-length']) >> 1;
  for await (const chunk of request) {
    const part = (chunk as Buffer).subarray(0, left);
    left -= part.length;
    yield part;
    if (left === 0) break;
  }
  await pause(2);
  throw new Error('broken off');
}

async function* slowly(request: IncomingMessage): AsyncGenerator<Buffer> {
  for await (const chunk of request) {
    const whole = chunk as Buffer;
    const size = Math.max(1, Math.ceil(whole.length / 8));
    for (let at = 0; at < whole.length; at += size) {
      yield whole.subarray(at, at + size);
      await pause(2);
    }
  }
}
