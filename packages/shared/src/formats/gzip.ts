/**
 * Gzip whose bytes depend on the content alone: no name, no time, no mark of the operating system, and the same
 * blocks however the source happens to be chunked.
 */
import { promisify } from 'node:util';
import { constants, crc32, deflateRaw } from 'node:zlib';

const deflate = promisify<Uint8Array, object, Buffer>(deflateRaw);

/**
 * Blocks are compressed side by side on the thread pool; each starts with the window the previous one left. The size
 * is that of sixteen of deflate's stored blocks.
 */
const BLOCK_BYTES = 16 * 65_535;
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

/**
 * Compresses a stream into one gzip member, holding at most `parallel` + 2 blocks of 1 MiB in memory. What is
 * compressed already (jars, archives) is stored as it is: trying would take a hundred times as long, for nothing.
 * A chunk of the source is read before the next one is asked for, never later.
 */
export async function* gzip(
  source: AsyncIterable<Uint8Array>,
  { level = 6, parallel = 4 }: GzipOptions = {},
): AsyncGenerator<Uint8Array> {
  yield HEADER;
  let crc = 0;
  let size = 0;
  let window: Uint8Array | undefined;
  const working: (Uint8Array[] | Promise<Buffer>)[] = [];
  for await (const block of blocksOf(source)) {
    crc = crc32(block, crc);
    size += block.length;
    if (isDense(block)) {
      working.push(stored(block));
    } else {
      const compressed = deflate(block, {
        level,
        finishFlush: constants.Z_SYNC_FLUSH,
        ...(window && { dictionary: window }),
      });
      // A failure is heard when its turn comes; until then it is nobody's.
      compressed.catch(() => undefined);
      working.push(compressed);
    }
    window = block.subarray(-WINDOW_BYTES);
    while (working.length > parallel) yield* partsOf(await working.shift());
  }
  for (const block of working) yield* partsOf(await block);
  yield END_OF_DEFLATE;
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc, 0);
  trailer.writeUInt32LE(size % 2 ** 32, 4);
  yield trailer;
}

function partsOf(block: Uint8Array[] | Uint8Array | undefined): readonly Uint8Array[] {
  return block === undefined ? [] : Array.isArray(block) ? block : [block];
}

const SAMPLES = 64;
const SAMPLE_BYTES = 256;
/** Bits a byte. Text has about 5, machine code and class files 6 to 7, compressed data nearly 8. */
const DENSE_BITS = 7.85;

/** Whether all byte values are about as frequent as each other, seen at 64 places: then there is nothing to gain. */
function isDense(block: Uint8Array): boolean {
  const counts = new Uint32Array(256);
  const length = Math.min(block.length, SAMPLE_BYTES);
  const step = Math.max(length, Math.floor((block.length - length) / (SAMPLES - 1)));
  let seen = 0;
  for (let start = 0; start + length <= block.length && length > 0; start += step) {
    for (let at = start; at < start + length; at++) {
      const value = block[at] ?? 0;
      counts[value] = (counts[value] ?? 0) + 1;
    }
    seen += length;
  }
  let bits = 0;
  for (const count of counts) if (count > 0) bits -= (count / seen) * Math.log2(count / seen);
  return bits > DENSE_BITS;
}

/** RFC 1951, 3.2.4: blocks of up to 65,535 bytes behind their length and its complement. */
function stored(block: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let start = 0; start < block.length; start += 65_535) {
    const part = block.subarray(start, start + 65_535);
    const header = Buffer.alloc(5);
    header.writeUInt16LE(part.length, 1);
    header.writeUInt16LE(0xffff - part.length, 3);
    parts.push(header, part);
  }
  return parts;
}

/** Full blocks, the last one shorter, each with memory of its own. */
async function* blocksOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
  let filled = 0;
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length;) {
      const taken = Math.min(BLOCK_BYTES - filled, chunk.length - at);
      block.set(chunk.subarray(at, at + taken), filled);
      filled += taken;
      at += taken;
      if (filled === BLOCK_BYTES) {
        yield block;
        block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
        filled = 0;
      }
    }
  }
  if (filled > 0) yield block.subarray(0, filled);
}
