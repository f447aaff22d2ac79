import { codes as baseCodes } from '../base/codes.ts';
import { ServiceError } from '../base/errors.ts';
import type { Clock, HttpStream } from '../base/ports.ts';
import { pauseBefore } from '../base/retry.ts';
import type { Backoff } from '../base/retry.ts';
import { apiError } from './api-error.ts';
import { codes } from './codes.ts';
import { isRecord, numberAt, textAt, withoutManagedFields } from './objects.ts';
import type { KubernetesObject, WatchEvent } from './objects.ts';

export interface WatchOptions {
  /** Ends the watch quietly. */
  readonly signal?: AbortSignal;
  /** Called after each complete list: from here on, what was not reported does not exist. */
  readonly onSynced?: () => void;
  /** Called when the stream broke and is being resumed: worth a line in the log. */
  readonly onBreak?: (reason: string) => void;
  /** How long the API server may stay away before the watch gives up, in milliseconds (default two minutes). */
  readonly patienceMs?: number;
}

export interface ObjectList {
  readonly items: readonly KubernetesObject[];
  readonly resourceVersion: string;
}

/** What a watch needs of the API: a list, and a stream of changes since a resourceVersion. */
export interface WatchSource {
  list(): Promise<ObjectList>;
  open(resourceVersion: string, signal: AbortSignal | undefined): Promise<HttpStream>;
}

const backoff: Backoff = { baseMs: 100, capMs: 2000, longestWaitMs: 30_000 };
const longestLine = 16 * 1024 * 1024;

/**
 * All changes of a selection from now on, beginning with what is there. The stream is resumed after every kind of
 * break; when the server no longer knows the place (410), the difference to a new list is reported as changes.
 * @throws ServiceError when the API server refuses (401, 403, 404), or stays away longer than the patience.
 */
export async function* watch(
  kind: string,
  source: WatchSource,
  clock: Clock,
  options: WatchOptions = {},
): AsyncGenerator<WatchEvent, void, undefined> {
  const { signal } = options;
  const known = new Map<string, KubernetesObject>();
  let version: string | undefined;
  let everSynced = false;
  let trouble: { since: number; attempt: number; refused: number } | undefined;

  const isOver = () => signal?.aborted === true;
  const wait = async (error: unknown): Promise<void> => {
    const now = clock.now();
    trouble ??= { since: now, attempt: 1, refused: 0 };
    trouble.attempt += 1;
    if (isRefusal(error) && ++trouble.refused >= 3) throw error;
    if (now - trouble.since > (options.patienceMs ?? 120_000)) throw error;
    await clock.sleep(pauseBefore(trouble.attempt, Math.random(), undefined, backoff) ?? backoff.capMs, signal);
  };

  while (!isOver()) {
    let stream: HttpStream | undefined;
    try {
      if (version === undefined) {
        const list = await source.list();
        for (const event of difference(kind, known, list.items)) {
          remember(known, event);
          yield event;
        }
        version = list.resourceVersion;
        everSynced = true;
        options.onSynced?.();
      }
      const openedAt = clock.now();
      let received = 0;
      stream = await source.open(version, signal);
      for await (const line of lines(stream.body)) {
        received += 1;
        const change = readChange(line);
        if (change.type === 'ERROR') {
          if (change.code !== 410) throw change.error;
          options.onBreak?.(`the server no longer holds resourceVersion ${version}; listing again`);
          version = undefined;
          break;
        }
        trouble = undefined;
        version = change.object.metadata.resourceVersion ?? version;
        const event = change.type === 'BOOKMARK' ? undefined : eventFor(kind, change.type, change.object, known);
        if (event === undefined) continue;
        remember(known, event);
        yield event;
      }
      // Some servers end every watch at once while they are going down: do not spin.
      if (received === 0 && clock.now() - openedAt < 1000) throw endsAtOnce(kind);
    } catch (error) {
      if (isOver()) return;
      if (!everSynced || !isPassing(error)) throw error;
      if (error instanceof ServiceError && error.status === 410) version = undefined;
      else if (!isIdle(error)) {
        options.onBreak?.(error instanceof Error ? error.message : String(error));
        try {
          await wait(error);
        } catch (final) {
          if (isOver()) return;
          throw final;
        }
      }
    } finally {
      stream?.close();
    }
  }
}

/** What happened between two views of a selection, told as changes. Deletions first: a name may have been used anew. */
export function difference(
  kind: string,
  known: ReadonlyMap<string, KubernetesObject>,
  items: readonly KubernetesObject[],
): WatchEvent[] {
  const present = new Map(items.map((item) => [keyOf(item), item]));
  const events: WatchEvent[] = [];
  for (const [key, object] of known) {
    if (present.get(key)?.metadata.uid !== object.metadata.uid) events.push({ type: 'DELETED', kind, object });
  }
  for (const [key, item] of present) {
    const before = known.get(key);
    const object = withoutManagedFields(item);
    if (before?.metadata.uid !== item.metadata.uid || before === undefined)
      events.push({ type: 'ADDED', kind, object });
    else if (before.metadata.resourceVersion !== item.metadata.resourceVersion)
      events.push({ type: 'MODIFIED', kind, object });
  }
  return events;
}

/** The event for a change on the wire; undefined when it tells nothing new (a repetition). */
function eventFor(
  kind: string,
  type: WatchEvent['type'],
  raw: KubernetesObject,
  known: ReadonlyMap<string, KubernetesObject>,
): WatchEvent | undefined {
  const object = withoutManagedFields(raw);
  const before = known.get(keyOf(object));
  if (type === 'DELETED') return before === undefined ? undefined : { type, kind, object };
  if (before === undefined) return { type: 'ADDED', kind, object };
  if (before.metadata.resourceVersion === object.metadata.resourceVersion) return undefined;
  return { type: 'MODIFIED', kind, object };
}

function remember(known: Map<string, KubernetesObject>, event: WatchEvent): void {
  if (event.type === 'DELETED') known.delete(keyOf(event.object));
  else known.set(keyOf(event.object), event.object);
}

function keyOf(object: KubernetesObject): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}

type Change =
  | { type: WatchEvent['type'] | 'BOOKMARK'; object: KubernetesObject }
  | { type: 'ERROR'; code: number; error: ServiceError };

function readChange(line: string): Change {
  const parsed: unknown = JSON.parse(line);
  const type = textAt(parsed, 'type');
  const object = isRecord(parsed) ? parsed.object : undefined;
  if (type === 'ERROR' || !isRecord(object) || !isRecord(object.metadata)) {
    const code = numberAt(object, 'code') ?? 500;
    const error = apiError({ method: 'GET', path: '(watch)', status: code, body: JSON.stringify(object ?? {}) });
    return { type: 'ERROR', code, error };
  }
  return { type: type as WatchEvent['type'], object: object as unknown as KubernetesObject };
}

/** Complete lines of a stream. What follows the last line end was cut off and is dropped. */
async function* lines(body: AsyncIterable<Buffer>): AsyncGenerator<string, void, undefined> {
  let pending: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      const line = Buffer.concat([...pending, chunk.subarray(from, end)]).toString('utf8');
      pending = [];
      length = 0;
      from = end + 1;
      if (line.trim() !== '') yield line;
    }
    if (from < chunk.length) {
      pending.push(chunk.subarray(from));
      length += chunk.length - from;
      if (length > longestLine) {
        throw new ServiceError(baseCodes.SERVICE_TOO_LARGE, `one watch event is larger than ${longestLine} bytes`, {
          method: 'GET',
          url: '(watch)',
        });
      }
    }
  }
}

function endsAtOnce(kind: string): ServiceError {
  const failure = { method: 'GET', url: '(watch)' };
  return new ServiceError(codes.KUBERNETES_FAILED, `the API server ends every watch of ${kind} at once`, failure);
}

/** A quiet stream that ran into the time limit: nothing is wrong, it is opened again. */
function isIdle(error: unknown): boolean {
  return error instanceof ServiceError && error.code === baseCodes.SERVICE_TIMEOUT.code;
}

/** 401: a token that has just expired is renewed by the credential plugin for the next request. */
function isRefusal(error: unknown): boolean {
  return error instanceof ServiceError && error.status === 401;
}

/** True for failures that may be over at the next attempt. */
function isPassing(error: unknown): boolean {
  if (error instanceof SyntaxError) return true;
  if (!(error instanceof ServiceError)) return error instanceof Error && 'code' in error && 'syscall' in error;
  if (error.status !== undefined) return error.status >= 500 || [401, 408, 410, 429].includes(error.status);
  const passing: string[] = [
    codes.KUBERNETES_UNREACHABLE.code,
    codes.KUBERNETES_FAILED.code,
    baseCodes.SERVICE_UNREACHABLE.code,
    baseCodes.SERVICE_TIMEOUT.code,
  ];
  return passing.includes(error.code);
}
