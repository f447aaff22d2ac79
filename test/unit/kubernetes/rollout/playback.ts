/** A cluster that plays a recording, and a clock whose time passes only when nothing else happens. */
import type { Clock } from '@wso2-delivery/shared/base/ports';
import type { AnyKind } from '@wso2-delivery/shared/kubernetes/any-kind';
import type { KubernetesClient } from '@wso2-delivery/shared/kubernetes/client';
import type { KubernetesObject, WatchEvent } from '@wso2-delivery/shared/kubernetes/objects';
import type { ClusterObject } from '@wso2-delivery/shared/kubernetes/rollout/objects';
import type { Recording, Row } from './replay.ts';
import { listed } from './replay.ts';

interface Sleeper {
  readonly at: number;
  wake(): void;
}

export interface VirtualClock extends Clock {
  /** Lets the time pass until the promise is settled. */
  run<T>(promise: Promise<T>): Promise<T>;
}

export function virtualClock(start: number): VirtualClock {
  let now = start;
  const sleepers = new Set<Sleeper>();
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const sleeper: Sleeper = { at: now + ms, wake: resolve };
        if (signal?.aborted === true) {
          reject(signal.reason as Error);
          return;
        }
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          reject(signal.reason as Error);
        });
      }),
    async run(promise) {
      const over = new Set<string>();
      const done = () => over.add('over');
      promise.then(done, done);
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        if (over.size > 0) return promise;
        const next = [...sleepers].sort((a, b) => a.at - b.at)[0];
        if (next === undefined) continue;
        sleepers.delete(next);
        now = Math.max(now, next.at);
        next.wake();
      }
    },
  };
}

export interface Played {
  readonly client: KubernetesClient;
  /** What was asked of the cluster beside watches. */
  readonly calls: string[];
}

export interface PlayOptions {
  /** Kinds that the user may not read. */
  readonly forbidden?: readonly string[];
  readonly forbid?: (kind: string) => Error;
  /** What `kubectl logs` answers, by container. */
  readonly logs?: Readonly<Record<string, string>>;
  /** What every pod answers, through the API server. */
  readonly answer?: { readonly status: number; readonly body: string };
  readonly patch?: (patch: unknown) => KubernetesObject;
  readonly rows?: () => readonly Row[];
  /** Objects of operators, by kind and time. */
  readonly operators?: (kind: string, now: number) => readonly KubernetesObject[];
}

/** A client that tells what the recording holds, at its times, and nothing about what it does not hold. */
export function play(recording: Recording, clock: Clock, from: number, options: PlayOptions = {}): Played {
  const calls: string[] = [];
  const rows = (): readonly Row[] => options.rows?.() ?? recording.rows;
  const at = (kind: string): readonly ClusterObject[] =>
    listed(rows(), clock.now())
      .filter((row) => row.kind === kind)
      .map((row) => row.object);
  const refuse = (kind: string) => {
    if (options.forbidden?.includes(kind) === true) throw options.forbid?.(kind) ?? new Error(`forbidden: ${kind}`);
  };
  const known: Pick<
    KubernetesClient,
    'namespace' | 'get' | 'find' | 'list' | 'watch' | 'logs' | 'podGet' | 'patch' | 'delete' | 'anyKind'
  > = {
    namespace: recording.target.namespace,
    anyKind: {
      list: ({ kind }: { readonly kind: string }) => {
        calls.push(`list ${kind}`);
        if (options.forbidden?.includes(kind) === true)
          return Promise.reject(options.forbid?.(kind) ?? new Error(kind));
        return Promise.resolve(options.operators?.(kind, clock.now()) ?? []);
      },
    } as unknown as AnyKind,
    get: (kind, name) => {
      const object = at(kind).find((candidate) => candidate.metadata.name === name);
      return object === undefined
        ? Promise.reject(new Error(`no ${kind} ${name}`))
        : Promise.resolve(object as unknown as KubernetesObject);
    },
    find: (kind, name) =>
      Promise.resolve(
        at(kind).find((candidate) => candidate.metadata.name === name) as unknown as KubernetesObject | undefined,
      ),
    list: (kind) => Promise.resolve({ items: at(kind) as unknown as KubernetesObject[], resourceVersion: '1' }),
    watch: async function* (kind, selection): AsyncGenerator<WatchEvent, void, undefined> {
      refuse(kind);
      const since = Math.max(from, clock.now());
      const tell = (row: Row): WatchEvent => ({ ...row, object: row.object as unknown as KubernetesObject });
      yield* listed(rows(), since)
        .filter((row) => row.kind === kind)
        .map(tell);
      selection?.onSynced?.();
      try {
        for (const row of rows()) {
          if (row.t <= since || row.kind !== kind) continue;
          await clock.sleep(row.t - clock.now(), selection?.signal);
          yield tell(row);
        }
        await clock.sleep(10_000_000, selection?.signal);
      } catch (error) {
        if (selection?.signal?.aborted !== true) throw error;
      }
    },
    logs: (_, { container, previous }) => {
      calls.push(`logs ${container}${previous === true ? ' --previous' : ''}`);
      return Promise.resolve(options.logs?.[container]);
    },
    podGet: (_, { port, path }) => {
      calls.push(`ask ${port} ${path}`);
      const { answer } = options;
      if (answer === undefined) return Promise.reject(new Error('no answer'));
      const body = Buffer.from(answer.body);
      return Promise.resolve({
        status: answer.status,
        headers: {},
        url: '',
        body,
        text: () => answer.body,
        json: () => null,
      });
    },
    patch: (kind, name, patch) => {
      calls.push(`patch ${kind} ${name} ${JSON.stringify(patch)}`);
      if (options.patch === undefined) throw new Error('not to be changed');
      return Promise.resolve(options.patch(patch));
    },
    delete: (kind, name) => {
      calls.push(`delete ${kind} ${name}`);
      return Promise.resolve(true);
    },
  };
  return { client: known as KubernetesClient, calls };
}
