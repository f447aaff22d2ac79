/**
 * Gzip whose bytes depend on the content alone: no name, no time, no mark of the operating system, and the same
 * blocks however the source happens to be chunked.
 */
import { promisify } from 'node:util';
import { constants, crc32, deflateRaw } from 'node:zlib';

const deflate = promisify<Uint8Array, object, Buffer>(deflateRaw);

/** Blocks are compressed side by side on the thread pool; each starts with the window the previous one left. */
const BLOCK_BYTES = 1024 * 1024;
const WINDOW_BYTES = 32 * 1024;

/** RFC 1952: magic, deflate, no flags, time 0, no extra flags, operating system unknown. */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
/** An empty final deflate block. */
const END_OF_DEFLATE = Buffer.from([3, 0]);

export interface GzipOptions {
  /** zlib level, 1 to 9 (default 6). */
  readonly level?: number;
  /** Blocks in work at the same time (default 4); does not change the result. */
  readonly parallel?: number;
}

/** Compresses a stream into one gzip member, holding at most `parallel` + 1 blocks of 1 MiB in memory. */
export async function* gzip(
  source: AsyncIterable<Uint8Array>,
  { level = 6, parallel = 4 }: GzipOptions = {},
): AsyncGenerator<Buffer> {
  yield HEADER;
  let crc = 0;
  let size = 0;
  let window: Uint8Array | undefined;
  const working: Promise<Buffer>[] = [];
  for await (const block of blocksOf(source)) {
    crc = crc32(block, crc);
    size += block.length;
    working.push(deflate(block, { level, finishFlush: constants.Z_SYNC_FLUSH, ...(window && { dictionary: window }) }));
    window = block.subarray(-WINDOW_BYTES);
    if (working.length > parallel) yield (await working.shift()) ?? Buffer.alloc(0);
  }
  for (const block of working) yield await block;
  yield END_OF_DEFLATE;
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc, 0);
  trailer.writeUInt32LE(size % 2 ** 32, 4);
  yield trailer;
}

async function* blocksOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let parts: Uint8Array[] = [];
  let held = 0;
  for await (const chunk of source) {
    let rest = chunk;
    while (held + rest.length >= BLOCK_BYTES) {
      const cut = BLOCK_BYTES - held;
      yield Buffer.concat([...parts, rest.subarray(0, cut)]);
      parts = [];
      held = 0;
      rest = rest.subarray(cut);
    }
    if (rest.length > 0) {
      // A copy: sources may reuse their buffer once the next chunk is asked for.
      parts.push(Buffer.from(rest));
      held += rest.length;
    }
  }
  if (held > 0) yield Buffer.concat(parts);
}
