import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { HttpStream } from '@wso2-delivery/shared/base/ports';
import { createClient } from '@wso2-delivery/shared/kubernetes/api-client';
import type { KubernetesObject, WatchEvent } from '@wso2-delivery/shared/kubernetes/objects';
import { createTransport } from '@wso2-delivery/shared/kubernetes/transport';
import { difference, watch } from '@wso2-delivery/shared/kubernetes/watch';
import { systemClock } from '@wso2-delivery/shared/run/clock';
import { createHttp } from '@wso2-delivery/shared/run/http';
import { FakeApi, status } from './fake-api.ts';

const pods = '/api/v1/namespaces/staging/pods';
const pod = (name: string, phase = 'Pending') => ({ metadata: { name, namespace: 'staging' }, status: { phase } });

describe('a watch against an API server', () => {
  let api: FakeApi;
  const cancelled = new AbortController();
  const http = createHttp({ variables: {}, clock: systemClock, random: () => 0, cancelled: cancelled.signal });
  const client = () => {
    const source = { address: () => Promise.resolve({ baseUrl: 'http://localhost', socketPath: api.socketPath }) };
    return createClient(
      createTransport({ http, clock: systemClock, cancelled: cancelled.signal }, source),
      systemClock,
      'staging',
    );
  };

  beforeEach(async () => {
    api = new FakeApi();
    await api.listen();
    api.put(pods, pod('a'));
    api.put(pods, pod('b'));
  });
  afterEach(() => api.close());

  /** Collects what a watch says until `enough` events are there. */
  const collect = async (enough: number, act: (seen: WatchEvent[]) => void | Promise<void>): Promise<string[]> => {
    const over = new AbortController();
    const seen: WatchEvent[] = [];
    const breaks: string[] = [];
    const events = client().watch('Pod', { signal: over.signal, onBreak: (reason) => breaks.push(reason) });
    const acting = (async () => {
      while (api.watching(pods) === 0) await systemClock.sleep(5);
      await act(seen);
    })();
    for await (const event of events) {
      seen.push(event);
      if (seen.length === enough) over.abort();
    }
    await acting;
    return seen.map(
      ({ type, object }) => `${type} ${object.metadata.name} ${(object.status as { phase: string }).phase}`,
    );
  };

  test('begins with what is there and goes on with changes', async () => {
    const seen = await collect(4, () => {
      api.put(pods, pod('a', 'Running'));
      api.remove(pods, 'b');
    });
    expect(seen).toEqual(['ADDED a Pending', 'ADDED b Pending', 'MODIFIED a Running', 'DELETED b Pending']);
    expect(api.requests.at(-1)?.query.get('allowWatchBookmarks')).toBe('true');
  });

  test.each(['properly', 'cut'] as const)('goes on where it was when the stream ended %s', async (how) => {
    const seen = await collect(4, async () => {
      api.put(pods, pod('a', 'Running'));
      await systemClock.sleep(50);
      api.endWatches(how);
      api.put(pods, pod('b', 'Running'));
    });
    expect(seen.slice(2)).toEqual(['MODIFIED a Running', 'MODIFIED b Running']);
    expect(api.requests.filter(({ query }) => !query.has('watch'))).toHaveLength(1);
  });

  test('resumes from a bookmark, so that a long silence does not cost a new list', async () => {
    await collect(3, async () => {
      api.put('/api/v1/namespaces/staging/services', pod('unrelated'));
      api.bookmark(pods);
      await systemClock.sleep(50);
      api.compact();
      api.endWatches('properly');
      api.put(pods, pod('a', 'Running'));
    });
    expect(api.requests.filter(({ query }) => !query.has('watch'))).toHaveLength(1);
  });

  test('tells the difference when the server has forgotten the place (410)', async () => {
    const seen = await collect(5, () => {
      api.endWatches('cut');
      api.put(pods, pod('a', 'Running'));
      api.remove(pods, 'b');
      api.put(pods, pod('c'));
      api.compact();
    });
    expect(seen.slice(2).sort()).toEqual(['ADDED c Pending', 'DELETED b Pending', 'MODIFIED a Running']);
  });

  test('survives an API server that answers 503 for a while', async () => {
    let failures = 0;
    const seen = await collect(3, () => {
      api.override = (request, response) => {
        if (!request.query.has('watch') || ++failures > 3) return false;
        status(response, 503, 'ServiceUnavailable', 'apiserver is shutting down');
        return true;
      };
      api.endWatches('cut');
      api.put(pods, pod('b', 'Running'));
    });
    expect(seen.at(-1)).toBe('MODIFIED b Running');
    expect(failures).toBe(4);
  });

  test('fails with the missing right when the first list is forbidden', async () => {
    api.override = (_, response) => {
      status(
        response,
        403,
        'Forbidden',
        'pods is forbidden: User "ci" cannot list resource "pods" in API group "" in the namespace "staging"',
      );
      return true;
    };
    await expect(client().watch('Pod').next()).rejects.toMatchObject({
      code: 'KUBERNETES_FORBIDDEN',
      message: 'ci may not "list" on pods in namespace staging',
      remedy: expect.stringContaining('- {apiGroups: [""], resources: ["pods"], verbs: ["list"]}'),
    });
  });

  test('leaves managed fields out', async () => {
    api.put(pods, { metadata: { name: 'c', managedFields: [{ manager: 'x' }] } });
    const first: string[] = [];
    for await (const { object } of client().watch('Pod')) {
      first.push(Object.keys(object.metadata).join());
      if (first.length === 3) break;
    }
    expect(first.join()).not.toContain('managedFields');
  });
});

describe('a watch, whatever breaks', () => {
  const change = fc.record({
    name: fc.constantFrom('a', 'b', 'c'),
    what: fc.constantFrom('put', 'remove', 'recreate'),
    then: fc.constantFrom('nothing', 'end', 'cut', 'compact'),
  });

  test('its consumer ends with the state of the server and sees only sound changes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { maxLength: 30 }),
        fc.integer({ min: 1, max: 9 }),
        async (script, chunkSize) => {
          const server = new ScriptedServer(script, chunkSize);
          const over = new AbortController();
          const state = new Map<string, KubernetesObject>();
          for await (const { type, object } of watch('Pod', server.source(over), instantClock(), {
            signal: over.signal,
          })) {
            const before = state.get(object.metadata.name);
            // Sound: nothing is added twice, changed or deleted when absent, or told twice.
            expect(before === undefined).toBe(type === 'ADDED');
            if (type === 'MODIFIED') expect(object.metadata.resourceVersion).not.toBe(before?.metadata.resourceVersion);
            if (type === 'DELETED') state.delete(object.metadata.name);
            else state.set(object.metadata.name, object);
          }
          expect(new Map([...state].sort())).toEqual(new Map([...server.objects].sort()));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('the difference of a view to itself is empty', () => {
    const one = { metadata: { name: 'a', uid: '1', resourceVersion: '5' } };
    expect(difference('Pod', new Map([['/a', one]]), [one])).toEqual([]);
  });

  test('a name used anew is a deletion and an addition', () => {
    const before = { metadata: { name: 'a', uid: '1', resourceVersion: '5' } };
    const after = { metadata: { name: 'a', uid: '2', resourceVersion: '9' } };
    expect(difference('Pod', new Map([['/a', before]]), [after]).map(({ type }) => type)).toEqual(['DELETED', 'ADDED']);
  });
});

/** A clock on which every sleep is over at once, and counts. */
function instantClock() {
  let now = 0;
  return {
    now: () => (now += 1),
    sleep: (ms: number) => {
      now += ms;
      return Promise.resolve();
    },
  };
}

interface ScriptStep {
  name: string;
  what: string;
  then: string;
}

/** Plays a script of changes and breaks; each change happens while the watch is open, or while it is broken. */
class ScriptedServer {
  readonly objects = new Map<string, KubernetesObject>();
  readonly #script: ScriptStep[];
  readonly #chunkSize: number;
  #history: { version: number; line: string }[] = [];
  #version = 1;
  #oldest = 0;

  constructor(script: ScriptStep[], chunkSize: number) {
    this.#script = [...script];
    this.#chunkSize = chunkSize;
  }

  source(over: AbortController) {
    return {
      list: () => Promise.resolve({ items: [...this.objects.values()], resourceVersion: String(this.#version) }),
      open: (resourceVersion: string): Promise<HttpStream> =>
        Promise.resolve({
          status: 200,
          headers: {},
          url: '',
          close: () => undefined,
          body: this.#stream(Number(resourceVersion), over),
        }),
    };
  }

  async *#stream(since: number, over: AbortController): AsyncGenerator<Buffer> {
    await Promise.resolve();
    if (since < this.#oldest) {
      yield Buffer.from('{"type":"ERROR","object":{"kind":"Status","code":410,"message":"too old"}}\n');
      return;
    }
    let text = this.#history
      .filter(({ version }) => version > since)
      .map(({ line }) => line)
      .join('');
    for (let step = this.#script.shift(); step !== undefined; step = this.#script.shift()) {
      const before = this.#history.length;
      this.#perform(step);
      text += this.#history
        .slice(before)
        .map(({ line }) => line)
        .join('');
      if (step.then === 'nothing') continue;
      if (step.then === 'compact') {
        // The stream breaks before this change was told, and its history is gone.
        this.#oldest = this.#version;
        this.#history = [];
        return;
      }
      if (step.then === 'cut') text += '{"type":"MODIFIED","object":{"meta';
      yield* this.#chunks(text);
      if (step.then === 'cut') throw Object.assign(new Error('reset'), { code: 'ECONNRESET', syscall: 'read' });
      return;
    }
    yield* this.#chunks(text);
    over.abort();
  }

  #perform({ name, what }: ScriptStep): void {
    const before = this.objects.get(name);
    if (before !== undefined && what !== 'put') this.#record('DELETED', before);
    if (what === 'remove') this.objects.delete(name);
    else {
      const uid = what === 'put' ? (before?.metadata.uid ?? `u${this.#version}`) : `u${this.#version}`;
      const object = { metadata: { name, uid, resourceVersion: String(this.#version + 1) } };
      this.objects.set(name, object);
      this.#record(before === undefined || what === 'recreate' ? 'ADDED' : 'MODIFIED', object);
    }
  }

  #record(type: string, object: KubernetesObject): void {
    this.#version += 1;
    const versioned = { ...object, metadata: { ...object.metadata, resourceVersion: String(this.#version) } };
    if (type !== 'DELETED') this.objects.set(object.metadata.name, versioned);
    this.#history.push({ version: this.#version, line: `${JSON.stringify({ type, object: versioned })}\n` });
  }

  *#chunks(text: string): Generator<Buffer> {
    const bytes = Buffer.from(text);
    const size = Math.ceil(bytes.length / this.#chunkSize) || 1;
    for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
  }
}
