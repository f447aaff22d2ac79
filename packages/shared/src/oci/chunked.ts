/** A large blob in chunks: after a failure the registry is asked what it has, and gets the rest and nothing twice. */
import { ServiceError } from '../base/errors.ts';
import type { HttpResponse } from '../base/ports.ts';
import { isTransient, parseRetryAfter, pauseBefore } from '../base/retry.ts';
import { PASSING, refusal } from './failure.ts';
import type { Repository, UploadSession } from './repository.ts';

/** Held in memory, two a running upload: one that is sent and one that is read. */
export const CHUNK_BYTES = 16 * 1024 * 1024;
/** From here on a lost connection costs more than a few more requests do. */
export const CHUNKED_FROM_BYTES = 96 * 1024 * 1024;
/** A registry may ask for larger chunks, but not for as much memory as it likes. */
const LARGEST_CHUNK_BYTES = 128 * 1024 * 1024;
const ATTEMPTS = 4;
/** Registries store a large blob before they answer; some take long. */
export const COMMIT_TIMEOUT_MS = 300_000;

/** The session is gone, or holds something else than was sent: only a new one helps. */
export class SessionLost extends Error {
  /** What the registry said before. */
  readonly error: ServiceError;
  constructor(error: ServiceError) {
    super(error.message);
    this.error = error;
  }
}

/** The registry takes no chunks: the blob has to come in one piece. */
export class ChunksRefused extends Error {}

/** Whether a failure says "not now": no answer at all, or a server's. */
export function mayPass({ status }: ServiceError): boolean {
  return status === undefined || isTransient({ status }, PASSING);
}

/**
 * Sends the content and commits it.
 * @throws ServiceError; SessionLost, ChunksRefused: nothing is lost then but this session
 */
export async function uploadInChunks(
  target: Repository,
  blob: { readonly digest: string; readonly size: number; open(): AsyncIterable<Uint8Array> },
  session: UploadSession,
  chunkBytes: number = CHUNK_BYTES,
): Promise<void> {
  const size = Math.min(Math.max(chunkBytes, session.minimumChunk ?? 0), LARGEST_CHUNK_BYTES);
  let { location } = session;
  let start = 0;
  for await (const chunk of chunksOf(blob.open(), size)) {
    location = await sendChunk(target, chunk, start, location);
    start += chunk.length;
  }
  await commit(target, blob, location);
}

/** Gives the location for the next request. */
async function sendChunk(target: Repository, chunk: Buffer, start: number, from: URL): Promise<URL> {
  const doing = `take a part of a blob of ${target.name}`;
  let location = from;
  let offset = 0;
  for (let failures = 0; ;) {
    const rest = chunk.subarray(offset);
    const first = start + offset;
    const outcome = await attempt(target, {
      method: 'PATCH',
      url: location,
      headers: {
        'content-type': 'application/octet-stream',
        'content-range': `${first}-${first + rest.length - 1}`,
      },
      body: rest,
    });
    if (isSuccess(outcome)) return nextLocation(target, outcome, location);
    const error = errorOf('PATCH', outcome, doing);
    // 416 says "not from there": the answer to where from follows.
    if (!mayPass(error) && error.status !== 416) {
      if (error.status === 404) throw new SessionLost(error);
      // Registries that know no chunks say so at the first or the second one.
      throw error.status === 405 || start <= chunk.length ? new ChunksRefused(error.message) : error;
    }
    failures += 1;
    if (failures === ATTEMPTS) throw error;
    await pauseFor(target, outcome, failures, doing);
    const status = await askUpload(target, location);
    const received = status === undefined ? -1 : status.received - start;
    if (status === undefined || received < 0 || received > chunk.length) throw new SessionLost(error);
    target.ports.log.info(`Upload interrupted (${error.message}); the registry has ${status.received} bytes of it`);
    if (received > offset) failures = 0;
    offset = received;
    location = status.location;
    if (offset === chunk.length) return location;
  }
}

/** Closes the session. After a failure: is the blob there? Is the session whole? Only then it is asked again. */
async function commit(
  target: Repository,
  { digest, size }: { readonly digest: string; readonly size: number },
  from: URL,
): Promise<void> {
  const doing = `take a blob of ${target.name}`;
  let location = from;
  for (let failures = 1; ; failures += 1) {
    const url = new URL(location);
    url.searchParams.set('digest', digest);
    const outcome = await attempt(target, {
      method: 'PUT',
      url,
      headers: { 'content-type': 'application/octet-stream' },
      body: Buffer.alloc(0),
    });
    if (isSuccess(outcome)) return;
    const error = errorOf('PUT', outcome, doing);
    if (!mayPass(error)) throw new SessionLost(error);
    if (failures < ATTEMPTS) await pauseFor(target, outcome, failures, doing);
    if (await target.hasBlob(digest)) return;
    if (failures === ATTEMPTS) throw error;
    const status = await askUpload(target, location);
    if (status?.received !== size) throw new SessionLost(error);
    location = status.location;
  }
}

interface Sending {
  readonly method: 'PATCH' | 'PUT';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

async function attempt(target: Repository, sending: Sending): Promise<HttpResponse | ServiceError> {
  try {
    return await target.send({ ...sending, url: sending.url.toString(), attempts: 1, timeoutMs: COMMIT_TIMEOUT_MS });
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
}

function isSuccess(outcome: HttpResponse | ServiceError): outcome is HttpResponse {
  return !(outcome instanceof ServiceError) && [201, 202, 204].includes(outcome.status);
}

function nextLocation(target: Repository, answer: HttpResponse, location: URL): URL {
  return answer.headers.location === undefined ? location : target.session(answer).location;
}

function errorOf(method: string, outcome: HttpResponse | ServiceError, doing: string): ServiceError {
  return outcome instanceof ServiceError ? outcome : refusal(method, outcome, outcome.text(), doing);
}

async function pauseFor(
  target: Repository,
  outcome: HttpResponse | ServiceError,
  failures: number,
  doing: string,
): Promise<void> {
  const { clock, cancelled } = target.ports;
  const after =
    outcome instanceof ServiceError ? undefined : parseRetryAfter(outcome.headers['retry-after'], clock.now());
  const pause = pauseBefore(failures + 1, Math.random(), after);
  if (pause === undefined) throw errorOf('PATCH', outcome, doing);
  await clock.sleep(pause, cancelled);
}

/** What the registry has of an upload; undefined when it does not know it any more. */
async function askUpload(
  target: Repository,
  location: URL,
): Promise<{ readonly received: number; readonly location: URL } | undefined> {
  const response = await target.send({ method: 'GET', url: location.toString() });
  // 404 by the specification; others refuse the old state that the location carries.
  if (response.status >= 400 && response.status < 500) return undefined;
  if (response.status !== 204 && response.status !== 200) {
    throw refusal('GET', response, response.text(), `say how far an upload to ${target.name} is`);
  }
  const end = Number(/^(?:bytes=)?0-(\d+)$/.exec(response.headers.range ?? '')?.[1] ?? 0);
  // "0-0" is how registries write "nothing yet".
  const received = end === 0 ? 0 : end + 1;
  return { received, location: nextLocation(target, response, location) };
}

/**
 * The content in pieces of one size, the last one shorter. The next piece is read while one is being sent; a piece is
 * good until the one after it is asked for.
 */
async function* chunksOf(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  const iterator = source[Symbol.asyncIterator]();
  let left: Uint8Array = Buffer.alloc(0);
  const fill = async (buffer: Buffer): Promise<Buffer> => {
    let filled = 0;
    while (filled < buffer.length) {
      if (left.length === 0) {
        const step = await iterator.next();
        if (step.done === true) break;
        left = step.value;
      }
      const part = left.subarray(0, buffer.length - filled);
      buffer.set(part, filled);
      filled += part.length;
      left = left.subarray(part.length);
    }
    return buffer.subarray(0, filled);
  };
  let [reading, sending] = [Buffer.allocUnsafeSlow(size), Buffer.allocUnsafeSlow(0)];
  try {
    for (let chunk = await fill(reading); chunk.length > 0;) {
      if (sending.length === 0) sending = Buffer.allocUnsafeSlow(size);
      [reading, sending] = [sending, reading];
      const next = chunk.length < size ? Promise.resolve(Buffer.alloc(0)) : fill(reading);
      // Heard when its turn comes; when sending fails, nobody waits for it.
      next.catch(() => undefined);
      yield chunk;
      chunk = await next;
    }
  } finally {
    iterator.return?.().catch(() => undefined);
  }
}
