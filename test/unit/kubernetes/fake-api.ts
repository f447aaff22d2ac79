import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface StoredObject {
  apiVersion?: string;
  kind?: string;
  metadata: { name: string; namespace?: string; uid?: string; resourceVersion?: string; [key: string]: unknown };
  [key: string]: unknown;
}

interface Change {
  version: number;
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: StoredObject;
}

interface Collection {
  objects: Map<string, StoredObject>;
  history: Change[];
  watchers: Set<ServerResponse>;
}

export interface Received {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: unknown;
}

/** True when the request was answered. */
export type Answering = (request: Received, response: ServerResponse) => boolean;

/**
 * The smallest API server that a client can be tested against: collections with versions, lists, watches with
 * history, merge patches with preconditions, deletion; everything else by `override`.
 */
export class FakeApi {
  readonly requests: Received[] = [];
  readonly socketPath: string;
  override: Answering = () => false;
  /** Called after each change by a patch: a controller. */
  onPatched: (parent: string, object: StoredObject) => void = () => undefined;
  readonly #folder = mkdtempSync(join(tmpdir(), 'fake-api-'));
  readonly #collections = new Map<string, Collection>();
  #version = 100;
  #oldest = 0;
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  constructor() {
    this.socketPath = join(this.#folder, 'api.sock');
  }

  listen(): Promise<void> {
    return new Promise((resolve) => this.#server.listen(this.socketPath, resolve));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Creates or changes an object of a collection such as "/api/v1/namespaces/staging/pods". */
  put(path: string, object: StoredObject): StoredObject {
    const collection = this.#collection(path);
    const before = collection.objects.get(object.metadata.name);
    this.#version += 1;
    const stored: StoredObject = {
      ...object,
      metadata: {
        ...object.metadata,
        uid: before?.metadata.uid ?? `uid-${this.#version}`,
        resourceVersion: String(this.#version),
      },
    };
    collection.objects.set(object.metadata.name, stored);
    this.#tell(collection, {
      version: this.#version,
      type: before === undefined ? 'ADDED' : 'MODIFIED',
      object: stored,
    });
    return stored;
  }

  remove(path: string, name: string): void {
    const collection = this.#collection(path);
    const before = collection.objects.get(name);
    if (before === undefined) throw new Error(`${path}/${name} is not there`);
    this.#version += 1;
    collection.objects.delete(name);
    const object = { ...before, metadata: { ...before.metadata, resourceVersion: String(this.#version) } };
    this.#tell(collection, { version: this.#version, type: 'DELETED', object });
  }

  bookmark(path: string): void {
    const object = { kind: 'Bookmark', metadata: { resourceVersion: String(this.#version) } };
    for (const watcher of this.#collection(path).watchers)
      watcher.write(`${JSON.stringify({ type: 'BOOKMARK', object })}\n`);
  }

  /** Ends all watches: properly, or by cutting the connection in the middle of a line. */
  endWatches(how: 'properly' | 'cut'): void {
    for (const { watchers } of this.#collections.values()) {
      for (const watcher of watchers) {
        if (how === 'properly') watcher.end();
        else watcher.write('{"type":"MODIFIED","obj', () => watcher.destroy());
      }
      watchers.clear();
    }
  }

  /** Forgets the history: watches from before now are answered with 410. */
  compact(): void {
    this.#oldest = this.#version;
    for (const collection of this.#collections.values()) collection.history = [];
  }

  watching(path: string): number {
    return this.#collection(path).watchers.size;
  }

  #collection(path: string): Collection {
    let collection = this.#collections.get(path);
    if (collection === undefined) {
      collection = { objects: new Map(), history: [], watchers: new Set() };
      this.#collections.set(path, collection);
    }
    return collection;
  }

  #tell(collection: Collection, change: Change): void {
    collection.history.push(change);
    for (const watcher of collection.watchers) watcher.write(line(change));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const received: Received = {
      method: request.method ?? 'GET',
      path: decodeURIComponent(url.pathname),
      query: url.searchParams,
      headers: request.headers,
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
    };
    this.requests.push(received);
    if (this.override(received, response)) return;
    const collection = this.#collections.get(received.path);
    if (collection !== undefined) {
      if (received.query.get('watch') === 'true')
        this.#watch(collection, Number(received.query.get('resourceVersion')), response);
      else
        answer(response, 200, {
          kind: 'List',
          metadata: { resourceVersion: String(this.#version) },
          items: [...collection.objects.values()],
        });
      return;
    }
    const cut = received.path.lastIndexOf('/');
    const parent = received.path.slice(0, cut);
    const name = received.path.slice(cut + 1);
    const object = this.#collections.get(parent)?.objects.get(name);
    if (object === undefined)
      status(response, 404, 'NotFound', `${parent.split('/').at(-1) ?? ''} "${name}" not found`);
    else if (received.method === 'GET') answer(response, 200, object);
    else if (received.method === 'PATCH') this.#patch(parent, object, received, response);
    else if (received.method === 'DELETE') {
      this.remove(parent, name);
      answer(response, 200, { kind: 'Status', status: 'Success' });
    } else status(response, 405, 'MethodNotAllowed', 'no');
  }

  #patch(parent: string, object: StoredObject, received: Received, response: ServerResponse): void {
    const patch = received.body as StoredObject;
    const wanted = (patch.metadata as StoredObject['metadata'] | undefined)?.resourceVersion;
    if (wanted !== undefined && wanted !== object.metadata.resourceVersion) {
      status(
        response,
        409,
        'Conflict',
        `Operation cannot be fulfilled on deployments.apps "${object.metadata.name}": the object has been modified; please apply your changes to the latest version and try again`,
      );
      return;
    }
    const merged = merge(object, patch) as StoredObject;
    if (patch.spec !== undefined) merged.metadata.generation = Number(object.metadata.generation ?? 0) + 1;
    if (received.query.get('dryRun') === 'All') {
      answer(response, 200, merged);
      return;
    }
    const stored = this.put(parent, merged);
    answer(response, 200, stored);
    setImmediate(() => this.onPatched(parent, stored));
  }

  #watch(collection: Collection, since: number, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/json' });
    if (since < this.#oldest) {
      const object = { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' };
      response.end(`${JSON.stringify({ type: 'ERROR', object })}\n`);
      return;
    }
    response.flushHeaders();
    for (const change of collection.history) if (change.version > since) response.write(line(change));
    collection.watchers.add(response);
    response.on('close', () => collection.watchers.delete(response));
  }
}

function line(change: Change): string {
  return `${JSON.stringify({ type: change.type, object: change.object })}\n`;
}

export function answer(response: ServerResponse, code: number, body: unknown): void {
  response.writeHead(code, { 'content-type': 'application/json', 'audit-id': 'a' }).end(JSON.stringify(body));
}

/** An error as the API server words it. */
export function status(response: ServerResponse, code: number, reason: string, message: string): void {
  answer(response, code, { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message });
}

/** RFC 7386. */
function merge(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const result: Record<string, unknown> = typeof target === 'object' && target !== null ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) Reflect.deleteProperty(result, key);
    else result[key] = merge(result[key], value);
  }
  return result;
}
