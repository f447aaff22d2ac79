/** Zip archives, whole and in memory: read with bounds, written so that the bytes depend on names and contents alone. */
import { type FileHandle, open, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { crc32, deflateRaw, deflateRawSync, inflateRaw, inflateRawSync } from 'node:zlib';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { safeRelativePath } from '../base/safe-path.ts';
import { MalformedError } from './malformed.ts';

const deflate = promisify<Uint8Array, object, Buffer>(deflateRaw);
const inflate = promisify<Uint8Array, object, Buffer>(inflateRaw);

export interface ZipEntry {
  /** Relative, forward slashes, guaranteed to stay inside its folder; ends in "/" for a folder. */
  readonly name: string;
  readonly data: Buffer;
}

export interface ZipLimits {
  /** Default 20,000. */
  readonly maxEntries?: number;
  /** Sum of the uncompressed sizes in bytes; default 512 MiB. A file that is larger itself is not even read. */
  readonly maxBytes?: number;
}

/**
 * What unpacks to more than 64 MiB and to more than this many times its own size is made to fill the memory: XML and class
 * files come to 20, the most repetitive logs to 100, deflate itself to 1032.
 */
const LARGEST_RATIO = 200;
const RATIO_FROM_BYTES = 64 * 1024 * 1024;
/** From here on an entry is (un)packed beside the main thread; below, handing it over costs more than doing it. */
const LARGE_BYTES = 256 * 1024;
/** For the names and the directory of an archive. */
const HEADROOM_BYTES = 16 * 1024 * 1024;

/**
 * Reads a whole archive, bounded.
 * @param source the path of a file, or the archive itself
 * @throws MalformedError when it is no zip, is truncated, is beyond the limits, is encrypted, holds what its own
 * checksums deny, or an entry would leave its folder or is a symbolic link
 */
export async function readZip(source: string | Buffer, limits: ZipLimits = {}): Promise<ZipEntry[]> {
  const { maxEntries = 20_000, maxBytes = 512 * 1024 * 1024 } = limits;
  const archive = typeof source === 'string' ? await readBounded(source, maxBytes) : source;
  const zip = await openZip(archive);
  if (zip.entryCount > maxEntries) {
    throw new MalformedError(`holds ${zip.entryCount} entries, more than the ${maxEntries} allowed`);
  }
  const found: { readonly name: string; readonly data: Buffer | Promise<Buffer> }[] = [];
  let total = 0;
  for (let entry = await nextEntry(zip); entry !== undefined; entry = await nextEntry(zip)) {
    const name = checkedName(entry);
    total += entry.uncompressedSize;
    if (total > maxBytes) throw new MalformedError(`unpacks to more than the ${maxBytes} bytes allowed`);
    if (total > RATIO_FROM_BYTES && total > LARGEST_RATIO * archive.length) {
      throw new MalformedError(`unpacks to more than ${LARGEST_RATIO} times its size: it is no archive but a bomb`);
    }
    const data = name.endsWith('/') ? Buffer.alloc(0) : unpack(archive, entry);
    // Its failure is heard below; until then it is nobody's.
    if (!Buffer.isBuffer(data)) data.catch(() => undefined);
    found.push({ name, data });
  }
  const entries: ZipEntry[] = [];
  for (const { name, data } of found) entries.push({ name, data: await data });
  return entries;
}

async function readBounded(path: string, maxBytes: number): Promise<Buffer> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const { size } = await file.stat();
    // What unpacks to the limit may be a little more than that when nothing in it is compressed.
    if (size > maxBytes + HEADROOM_BYTES) {
      throw new MalformedError(`has ${size} bytes, more than the ${maxBytes} bytes allowed`);
    }
    return await file.readFile();
  } finally {
    await file?.close();
  }
}

function openZip(archive: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    fromBuffer(archive, { lazyEntries: true, strictFileNames: false }, (error, zip) => {
      if (error === null) resolve(zip);
      else reject(new MalformedError(`is not a zip: ${error.message}`));
    });
  });
}

function nextEntry(zip: ZipFile): Promise<Entry | undefined> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      zip.removeAllListeners();
      act();
    };
    zip.once('entry', (entry: Entry) => settle(() => resolve(entry)));
    zip.once('end', () => settle(() => resolve(undefined)));
    zip.once('error', (error: Error) => settle(() => reject(entryError(error))));
    zip.readEntry();
  });
}

const LOCAL_HEADER = 0x04034b50;
const LOCAL_HEADER_BYTES = 30;

/** The content of an entry, as long as the directory says and with its checksum. */
function unpack(archive: Buffer, entry: Entry): Buffer | Promise<Buffer> {
  const { fileName, relativeOffsetOfLocalHeader: at, compressedSize, uncompressedSize, compressionMethod } = entry;
  const damaged = (reason: string) => new MalformedError(`is damaged at ${fileName}: ${reason}`);
  if ((entry.generalPurposeBitFlag & 1) !== 0) throw damaged('it is encrypted');
  if (at + LOCAL_HEADER_BYTES > archive.length || archive.readUInt32LE(at) !== LOCAL_HEADER) {
    throw damaged('there is no such entry where the directory says');
  }
  // Name and extra field may differ in length from those in the directory.
  const start = at + LOCAL_HEADER_BYTES + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
  if (start + compressedSize > archive.length) throw damaged('it is cut off');
  const packed = archive.subarray(start, start + compressedSize);
  const checked = (data: Buffer): Buffer => {
    if (data.length !== uncompressedSize) {
      throw damaged(`it has ${data.length} bytes instead of ${uncompressedSize}`);
    }
    if (crc32(data) !== entry.crc32) throw damaged('its checksum is wrong');
    return data;
  };
  if (compressionMethod === 0) return checked(packed);
  if (compressionMethod !== 8) throw damaged(`unsupported compression method ${compressionMethod}`);
  // One byte more than announced is enough to see that there is more. One chunk: nothing is put together afterwards.
  const bound = uncompressedSize + 1;
  const options = { maxOutputLength: bound, chunkSize: Math.max(64, bound) };
  const failed = (error: unknown) =>
    damaged(
      (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
        ? `it has more than the ${uncompressedSize} bytes that it announces`
        : (error as Error).message,
    );
  if (uncompressedSize >= LARGE_BYTES) {
    return inflate(packed, options).then(checked, (error: unknown) => {
      throw failed(error);
    });
  }
  let data: Buffer;
  try {
    data = inflateRawSync(packed, options);
  } catch (error) {
    throw failed(error);
  }
  return checked(data);
}

function checkedName(entry: Entry): string {
  const unixType = (entry.externalFileAttributes >>> 16) & 0o170000;
  if (unixType === 0o120000) throw new MalformedError(`holds a symbolic link: ${entry.fileName}`);
  const name = safeRelativePath(entry.fileName);
  if (name === undefined) throw new MalformedError(`holds an entry that would leave its folder: ${entry.fileName}`);
  return entry.fileName.endsWith('/') ? `${name}/` : name;
}

/** The reader refuses absolute names and `..` by itself, in words of its own. */
function entryError(error: Error): MalformedError {
  const leaves = /^(?:invalid relative path|absolute path): (.*)$/s.exec(error.message);
  return leaves === null
    ? new MalformedError(`is damaged: ${error.message}`)
    : new MalformedError(`holds an entry that would leave its folder: ${leaves[1] ?? ''}`);
}

export interface ZipWriting {
  /**
   * `deflate` (the default), or `store`: contents as they are, for an archive that goes where everything is
   * compressed anyway. Then the bytes do not depend on the compressor either.
   */
  readonly method?: 'deflate' | 'store';
}

/** What the format can say without its 64-bit extension, which not every reader knows. */
const MAX_ENTRIES = 0xfffe;
const MAX_BYTES = 0xfffffffe;
/** 1 January 1980, the earliest date that a zip can hold, as DOS writes it: year, month, day in one word. */
const DATE = (1 << 5) | 1;
const UTF8_NAME = 0x0800;
/** Unix, version 2.0 of the format. */
const MADE_BY = (3 << 8) | 20;
const NEEDS = 20;

/**
 * An archive whose bytes depend on names and contents alone: sorted, one fixed date and mode.
 * @returns its parts, in order: entries that are stored are not copied
 * @throws RangeError beyond 65,534 entries or 4 GiB
 */
export async function packZip(
  entries: readonly ZipEntry[],
  { method = 'deflate' }: ZipWriting = {},
): Promise<Uint8Array[]> {
  if (entries.length > MAX_ENTRIES) throw new RangeError(`${entries.length} entries are too many for a zip`);
  const sorted = [...entries].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const contents = await Promise.all(
    sorted.map(({ data }): Promise<Buffer> => {
      if (method === 'store' || data.length === 0) return Promise.resolve(data);
      const options = { chunkSize: Math.max(64, data.length) };
      return data.length < LARGE_BYTES ? Promise.resolve(deflateRawSync(data, options)) : deflate(data, options);
    }),
  );
  const [parts, directory]: [Uint8Array[], Uint8Array[]] = [[], []];
  let offset = 0;
  for (const [index, { name: text, data }] of sorted.entries()) {
    const packed = contents[index] ?? data;
    // What does not become smaller (an archive inside this one) is stored.
    const smaller = packed.length < data.length;
    const content = smaller ? packed : data;
    const name = Buffer.from(text);
    const folder = text.endsWith('/');
    const common = Buffer.alloc(26);
    common.writeUInt16LE(NEEDS, 0);
    common.writeUInt16LE(name.length === text.length ? 0 : UTF8_NAME, 2);
    common.writeUInt16LE(smaller ? 8 : 0, 4);
    common.writeUInt16LE(DATE, 8);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(content.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(name.length, 22);
    parts.push(words(LOCAL_HEADER), common, name, content);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(folder ? ((0o40755 << 16) | 0x10) >>> 0 : (0o100644 << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    directory.push(words(0x02014b50), Buffer.from([MADE_BY & 0xff, MADE_BY >> 8]), common, rest, name);
    offset += LOCAL_HEADER_BYTES + name.length + content.length;
    if (offset > MAX_BYTES) throw new RangeError('the contents are too large for a zip');
  }
  const directoryBytes = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(sorted.length, 4);
  end.writeUInt16LE(sorted.length, 6);
  end.writeUInt32LE(directoryBytes, 8);
  end.writeUInt32LE(offset, 12);
  return [...parts, ...directory, words(0x06054b50), end];
}

/**
 * As `packZip`, into a file.
 * @param path the file to create
 */
export async function writeZip(path: string, entries: readonly ZipEntry[], how: ZipWriting = {}): Promise<void> {
  await writeFile(path, Buffer.concat(await packZip(entries, how)));
}

function words(signature: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(signature);
  return bytes;
}
