/** Watches: changes of a list as a stream of JSON lines. */
import type { ServerResponse } from 'node:http';
import type { JsonObject, KubeObject } from './objects.ts';
import { apiVersionOf, type Resource } from './resources.ts';
import { StatusError } from './status.ts';
import type { Change, Store } from './store.ts';

export interface WatchOptions {
  readonly resource: Resource;
  readonly namespace: string | undefined;
  readonly matches: (object: KubeObject) => boolean;
  /** Where to start; undefined: with everything that exists, as ADDED. */
  readonly from: number | undefined;
  readonly bookmarks: boolean;
  readonly sendInitialEvents: boolean;
  readonly timeoutMs: number | undefined;
  /** How an object is shown: itself, or a row of a table. */
  readonly render: (object: KubeObject, first: boolean) => JsonObject;
}

/** How often a quiet watch says which version it has reached. */
const bookmarkEveryMs = 60_000;

export class Watches {
  readonly #store: Store;
  readonly #open = new Set<(error?: StatusError) => void>();

  constructor(store: Store) {
    this.#store = store;
  }

  get count(): number {
    return this.#open.size;
  }

  /** Ends every watch: without an error as a timeout does, with one after an ERROR event. */
  endAll(error?: StatusError): void {
    for (const end of [...this.#open]) end(error);
  }

  /** Serves one watch on a response until either side ends it. */
  serve(response: ServerResponse, options: WatchOptions): void {
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache, private' });
    response.flushHeaders();
    let first = true;
    const send = (type: string, object: JsonObject): void => {
      response.write(`${JSON.stringify({ type, object })}\n`);
    };
    const show = (type: Change['type'], object: KubeObject): void => {
      send(type, options.render(object, first));
      first = false;
    };
    const relay = (change: Change): void => {
      const event = eventFor(change, options);
      if (event !== undefined) show(event, change.object);
    };
    try {
      if (options.from === undefined) {
        for (const object of this.#store.list(options.resource, options.namespace)) {
          if (options.matches(object)) show('ADDED', object);
        }
        if (options.sendInitialEvents) {
          send('BOOKMARK', bookmark(options.resource, this.#store.revision, { 'k8s.io/initial-events-end': 'true' }));
        }
      } else for (const change of this.#store.since(options.from)) relay(change);
    } catch (thrown) {
      if (!(thrown instanceof StatusError)) throw thrown;
      send('ERROR', thrown.body());
      response.end();
      return;
    }
    const unsubscribe = this.#store.subscribe(relay);
    const bookmarks = setInterval(
      () => send('BOOKMARK', bookmark(options.resource, this.#store.revision)),
      options.bookmarks ? bookmarkEveryMs : 2 ** 30,
    );
    const timeout = options.timeoutMs === undefined ? undefined : setTimeout(() => end(), options.timeoutMs);
    const end = (error?: StatusError): void => {
      unsubscribe();
      clearInterval(bookmarks);
      clearTimeout(timeout);
      this.#open.delete(end);
      if (error !== undefined) send('ERROR', error.body());
      response.end();
    };
    this.#open.add(end);
    response.on('close', () => end());
  }
}

/** An object that a selector no longer matches is gone for this watch, one that it matches now is new. */
function eventFor(change: Change, options: WatchOptions): Change['type'] | undefined {
  if (change.resource !== options.resource) return undefined;
  if (options.namespace !== undefined && change.object.metadata.namespace !== options.namespace) return undefined;
  const now = options.matches(change.object);
  const before = change.previous !== undefined && options.matches(change.previous);
  if (change.type === 'DELETED') return before ? 'DELETED' : undefined;
  if (now && before) return 'MODIFIED';
  if (now) return 'ADDED';
  return before ? 'DELETED' : undefined;
}

function bookmark(resource: Resource, revision: number, annotations?: Record<string, string>): JsonObject {
  return {
    kind: resource.kind,
    apiVersion: apiVersionOf(resource),
    metadata: {
      resourceVersion: String(revision),
      creationTimestamp: null,
      ...(annotations === undefined ? {} : { annotations }),
    },
  };
}
