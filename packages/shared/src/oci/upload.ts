/** Getting one blob into a repository: not at all where it exists, mounted where possible, else uploaded. */
import { ServiceError } from '../base/errors.ts';
import type { HttpResponse } from '../base/ports.ts';
import { parseRetryAfter, pauseBefore } from '../base/retry.ts';
import {
  CHUNK_BYTES,
  CHUNKED_FROM_BYTES,
  ChunksRefused,
  COMMIT_TIMEOUT_MS,
  mayPass,
  SessionLost,
  uploadInChunks,
} from './chunked.ts';
import { refusal, registryCodes } from './failure.ts';
import { checkAnnounced, type Repository, type UploadSession } from './repository.ts';

export interface Blob {
  readonly digest: string;
  readonly size: number;
  /** The content from its start, each time it is called. */
  open(): AsyncIterable<Uint8Array>;
}

export type BlobOutcome = 'present' | 'mounted' | 'uploaded';

/** Which blobs go in chunks, and how large those are. */
export interface Chunking {
  readonly fromBytes: number;
  readonly chunkBytes: number;
}

const ATTEMPTS = 4;
const USUAL: Chunking = { fromBytes: CHUNKED_FROM_BYTES, chunkBytes: CHUNK_BYTES };

/** Error codes that say "this session is broken", not "this blob is refused". */
const SESSION_CODES = new Set(['BLOB_UPLOAD_UNKNOWN', 'BLOB_UPLOAD_INVALID', 'DIGEST_INVALID', 'SIZE_INVALID']);

/**
 * Puts a blob where it belongs. A failed upload is never sent again into the same session: the registry may have
 * stored it and lost the answer, or hold a part of it. It is asked whether it has the blob, and if not, starts afresh.
 * @param mountFrom a repository of the same registry that has the blob
 * @throws ServiceError; VerificationError IMAGE_CONTENT_MISMATCH
 */
export async function putBlob(
  target: Repository,
  blob: Blob,
  mountFrom?: string,
  { fromBytes, chunkBytes }: Chunking = USUAL,
): Promise<BlobOutcome> {
  if (await target.hasBlob(blob.digest)) return 'present';
  let session: UploadSession | undefined;
  if (mountFrom !== undefined) {
    const answer = await tryMount(target, blob, mountFrom);
    if (answer === 'mounted') return 'mounted';
    session = answer;
  }
  const { clock, log, cancelled } = target.ports;
  let chunks = blob.size >= fromBytes;
  for (let attempt = 1; ; attempt += 1) {
    const failure = await upload(target, blob, session, chunks ? chunkBytes : undefined);
    if (failure === undefined) return 'uploaded';
    if (failure === 'in-one-piece') {
      log.debug(`${target.fullName} takes no chunks`);
      session = undefined;
      chunks = false;
      continue;
    }
    session = undefined;
    if (!failure.again) throw failure.error;
    const pause = attempt < ATTEMPTS ? pauseBefore(attempt + 1, Math.random(), failure.retryAfterMs) : undefined;
    if (pause !== undefined) {
      log.info(`Upload of ${blob.digest} failed (${failure.error.message}); attempt ${attempt + 1} of ${ATTEMPTS}`);
      await clock.sleep(pause, cancelled);
    }
    if (await target.hasBlob(blob.digest)) return 'uploaded';
    if (pause === undefined) throw failure.error;
  }
}

/** A refused or failed mount costs bytes, not the image: whatever goes wrong, the blob can still be uploaded. */
async function tryMount(target: Repository, blob: Blob, from: string): Promise<'mounted' | UploadSession | undefined> {
  try {
    return await target.mountBlob(blob.digest, from);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    target.ports.log.debug(`Mount of ${blob.digest} from ${from} failed: ${error.message}`);
    return undefined;
  }
}

interface UploadFailure {
  readonly error: ServiceError;
  /** Whether a new session may succeed. */
  readonly again: boolean;
  readonly retryAfterMs?: number | undefined;
}

async function upload(
  target: Repository,
  blob: Blob,
  session: UploadSession | undefined,
  chunkBytes: number | undefined,
): Promise<UploadFailure | 'in-one-piece' | undefined> {
  let response: HttpResponse;
  // The HTTP client reports a body that fails as a broken request to the target; whose fault it was is kept here.
  let source: { readonly error: unknown } | undefined;
  async function* content(): AsyncGenerator<Uint8Array> {
    try {
      yield* blob.open();
    } catch (error) {
      source = { error };
      throw error;
    }
  }
  try {
    const opened = session ?? (await target.openUpload());
    if (chunkBytes !== undefined) {
      await uploadInChunks(target, { ...blob, open: content }, opened, chunkBytes);
      return undefined;
    }
    const url = new URL(opened.location);
    url.searchParams.set('digest', blob.digest);
    response = await target.send({
      method: 'PUT',
      url: url.toString(),
      headers: { 'content-type': 'application/octet-stream' },
      body: { length: blob.size, open: content },
      attempts: 1,
      timeoutMs: COMMIT_TIMEOUT_MS,
    });
  } catch (thrown) {
    if (thrown instanceof ChunksRefused) return 'in-one-piece';
    if (thrown instanceof SessionLost) return { error: thrown.error, again: true };
    const error = source === undefined ? thrown : source.error;
    if (!(error instanceof ServiceError)) throw error;
    return { error, again: mayPass(error) };
  }
  if (response.status === 201 || response.status === 204) {
    checkAnnounced(response, blob.digest, `a blob of ${target.fullName}`);
    return undefined;
  }
  const body = response.text();
  const error = refusal('PUT', response, body, `take a blob of ${target.name}`);
  return {
    error,
    again: mayPass(error) || registryCodes(body).some((code) => SESSION_CODES.has(code)),
    retryAfterMs: parseRetryAfter(response.headers['retry-after'], target.ports.clock.now()),
  };
}
