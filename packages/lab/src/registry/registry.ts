/** A registry in memory: the OCI distribution specification over HTTP on a loopback port that the system chooses. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, json, refuse, type Request } from './answer.ts';
import { type AuthorizationRules, Gate, type Need } from './authorization.ts';
import { blob, type BlobHabits, continueUpload, openUpload, storage } from './blobs.ts';
import { type Fault, SLOW } from './faults.ts';
import { manifest, referrers, tags } from './manifests.ts';
import { Store } from './store.ts';

export interface RecordedRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** Bytes of the body that were read. */
  bodyBytes: number;
  /** undefined until answered, and for ever when the connection was reset. */
  status: number | undefined;
}

export interface RegistryOptions {
  readonly authorization?: AuthorizationRules;
  /** Called for each request before it is handled; undefined lets it pass. */
  readonly faults?: (request: RecordedRequest) => Fault | undefined;
  /** How upload locations are written (default relative). `other-host` is reached without Authorization. */
  readonly locations?: BlobHabits['locations'];
  /** Send readers of blobs to another host, as registries in front of object stores do. */
  readonly redirectBlobs?: boolean;
}

export interface LabRegistry {
  readonly url: string;
  /** 127.0.0.1:port, as it stands in image references. */
  readonly host: string;
  readonly requests: readonly RecordedRequest[];
  readonly store: Store;
  /** Ends the life of every token given so far. */
  revokeTokens(): void;
  close(): Promise<void>;
}

export async function startRegistry(options: RegistryOptions = {}): Promise<LabRegistry> {
  const requests: RecordedRequest[] = [];
  const store = new Store();
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const gate = options.authorization === undefined ? undefined : new Gate(options.authorization, origin);
  const habits: BlobHabits = {
    locations: options.locations ?? 'relative',
    redirectBlobs: options.redirectBlobs ?? false,
    origin,
    otherOrigin: `http://localhost:${port}`,
  };
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const record: RecordedRequest = {
      method: incoming.method ?? '',
      url: incoming.url ?? '',
      headers: incoming.headers,
      bodyBytes: 0,
      status: undefined,
    };
    requests.push(record);
    const fault = options.faults?.(record);
    const { socket } = incoming;
    if (fault === 'reset-before') {
      socket.resetAndDestroy();
      return;
    }
    if (typeof fault === 'object' && fault.early === true) {
      record.status = fault.status;
      outgoing.writeHead(fault.status, { connection: 'close', ...fault.headers }).end(fault.body);
      return;
    }
    const body = await readBody(incoming, record, fault);
    if (body === undefined) {
      socket.resetAndDestroy();
      return;
    }
    const { pathname, searchParams } = new URL(record.url, origin);
    const request = { method: record.method, path: pathname, query: searchParams, headers: record.headers, body };
    const answer =
      typeof fault === 'object'
        ? { ...fault, body: Buffer.from(fault.body ?? '') }
        : route(request, store, habits, gate);
    if (fault === 'lose-answer') {
      socket.resetAndDestroy();
      return;
    }
    record.status = answer.status;
    await write(answer, record.method, outgoing, fault);
  };
  server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    serve(incoming, outgoing).catch(() => incoming.destroy());
  });
  return {
    url: origin,
    host: `127.0.0.1:${port}`,
    requests,
    store,
    revokeTokens: () => gate?.revokeTokens(),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function route(request: Request, store: Store, habits: BlobHabits, gate: Gate | undefined): Answer {
  const { path } = request;
  if (path === '/token' && gate !== undefined) return gate.token(request);
  const stored = /^\/storage\/(.+)$/.exec(path);
  if (stored?.[1] !== undefined) return storage(request, stored[1], store);
  const [, repository = '', kind = '', rest = ''] =
    /^\/v2\/(.+)\/(manifests|blobs|tags|referrers)\/(.*)$/.exec(path) ?? [];
  const id = kind === 'blobs' ? /^uploads\/(.+)$/.exec(rest)?.[1] : undefined;
  const state = request.query.get('_state');
  const signed = id !== undefined && state !== null && state === store.uploads.get(id)?.secret;
  const refused = signed ? undefined : gate?.check(request, needsOf(request, repository));
  if (refused !== undefined) return refused;

  if (path === '/v2/' || path === '/v2') {
    return json(200, {}, { 'docker-distribution-api-version': 'registry/2.0' });
  }
  if (path === '/v2/_catalog') return json(200, { repositories: [...store.repositories.keys()].sort() });
  if (kind === '') return refuse(404, 'NOT_FOUND', 'no such page');
  if (!/^[a-z0-9]+(?:(?:\.|_|__|-+|\/)[a-z0-9]+)*$/.test(repository)) {
    return refuse(400, 'NAME_INVALID', 'invalid repository name');
  }
  if (id !== undefined) return continueUpload(request, repository, id, store, habits);
  if (kind === 'blobs' && (rest === 'uploads/' || rest === 'uploads')) {
    return openUpload(request, repository, store, habits);
  }
  switch (kind) {
    case 'manifests':
      return manifest(request, repository, rest, store);
    case 'blobs':
      return blob(request, repository, rest, store, habits);
    case 'referrers':
      return referrers(request, repository, rest, store);
    default:
      return rest === 'list' ? tags(request, repository, store) : refuse(404, 'NOT_FOUND', 'no such page');
  }
}

function needsOf(request: Request, repository: string): Need[] {
  if (repository === '') return [];
  const reading = request.method === 'GET' || request.method === 'HEAD';
  const actions = reading
    ? (['pull'] as const)
    : request.method === 'DELETE'
      ? (['delete'] as const)
      : (['pull', 'push'] as const);
  const from = request.query.get('from');
  return [{ repository, actions }, ...(from === null ? [] : [{ repository: from, actions: ['pull'] as const }])];
}

/** The whole body; undefined when the fault cuts it off. */
async function readBody(
  incoming: IncomingMessage,
  record: RecordedRequest,
  fault: Fault | undefined,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    record.bodyBytes += chunk.length;
    if (fault === 'reset-mid-body') return undefined;
  }
  return Buffer.concat(chunks);
}

async function write(
  answer: Answer,
  method: string,
  outgoing: ServerResponse,
  fault: Fault | undefined,
): Promise<void> {
  const body = spoil(answer.body ?? Buffer.alloc(0), fault);
  const headers: Record<string, string> = { ...answer.headers, 'content-length': String(body.length) };
  if (answer.status === 204) delete headers['content-length'];
  if (fault === 'wrong-digest' && headers['docker-content-digest'] !== undefined) {
    headers['docker-content-digest'] = `sha256:${'0'.repeat(64)}`;
  }
  outgoing.writeHead(answer.status, headers);
  if (method === 'HEAD') {
    outgoing.end();
  } else if (fault === 'truncate' || fault === 'reset-mid-body') {
    outgoing.write(body.subarray(0, Math.floor(body.length / 2)), () => outgoing.destroy());
  } else if (fault === 'slow') {
    const piece = Math.max(1, Math.ceil(body.length / SLOW.pieces));
    for (let start = 0; start < body.length; start += piece) {
      await pause(SLOW.pauseMs);
      outgoing.write(body.subarray(start, start + piece));
    }
    outgoing.end();
  } else {
    outgoing.end(body);
  }
}

function spoil(body: Buffer, fault: Fault | undefined): Buffer {
  if (fault !== 'corrupt' || body.length === 0) return body;
  const copy = Buffer.from(body);
  const middle = Math.floor(copy.length / 2);
  copy[middle] = copy[middle]! ^ 1;
  return copy;
}
