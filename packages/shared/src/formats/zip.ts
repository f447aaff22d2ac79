import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { ZipArchive } from 'archiver';
import { fromBuffer, open, type Entry, type ZipFile } from 'yauzl';
import { safeRelativePath } from '../base/safe-path.ts';
import { MalformedError } from './malformed.ts';

export interface ZipEntry {
  /** Relative, forward slashes, guaranteed to stay inside its folder; ends in "/" for a folder. */
  readonly name: string;
  readonly data: Buffer;
}

export interface ZipLimits {
  /** Default 20,000. */
  readonly maxEntries?: number;
  /** Sum of the uncompressed sizes in bytes; default 512 MiB. */
  readonly maxBytes?: number;
}

/**
 * Reads a whole archive, bounded.
 * @param source the path of a file, or the archive itself
 * @throws MalformedError when it is no zip, is truncated, is beyond the limits, is encrypted, or an entry would leave
 * its folder or is a symbolic link
 */
export async function readZip(source: string | Buffer, limits: ZipLimits = {}): Promise<ZipEntry[]> {
  const { maxEntries = 20_000, maxBytes = 512 * 1024 * 1024 } = limits;
  const zip = await openZip(source);
  const entries: ZipEntry[] = [];
  let total = 0;
  try {
    if (zip.entryCount > maxEntries) {
      throw new MalformedError(`holds ${zip.entryCount} entries, more than the ${maxEntries} allowed`);
    }
    for (let entry = await nextEntry(zip); entry !== undefined; entry = await nextEntry(zip)) {
      const name = checkedName(entry);
      total += entry.uncompressedSize;
      if (total > maxBytes) throw new MalformedError(`unpacks to more than the ${maxBytes} bytes allowed`);
      entries.push({ name, data: name.endsWith('/') ? Buffer.alloc(0) : await readEntry(zip, entry) });
    }
    return entries;
  } finally {
    zip.close();
  }
}

/**
 * Writes an archive whose bytes depend on names and contents alone: sorted, one fixed date and mode.
 * @param path the file to create
 */
export async function writeZip(path: string, entries: readonly ZipEntry[]): Promise<void> {
  const archive = new ZipArchive({ zlib: { level: 9 }, forceLocalTime: false });
  // 1 January 1980 is the earliest date that a zip can hold.
  const date = new Date(Date.UTC(1980, 0, 1));
  const sorted = [...entries].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  for (const { name, data } of sorted) {
    if (name.endsWith('/')) archive.append('', { name, date, mode: 0o755, type: 'directory' });
    else archive.append(data, { name, date, mode: 0o644 });
  }
  const written = pipeline(archive, createWriteStream(path));
  await archive.finalize();
  await written;
}

function openZip(source: string | Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    const options = { lazyEntries: true, autoClose: false, strictFileNames: false };
    const done = (error: Error | null, zip?: ZipFile) => {
      if (zip !== undefined) resolve(zip);
      else
        reject(error !== null && isSystemError(error) ? error : new MalformedError(`is not a zip: ${reasonOf(error)}`));
    };
    if (typeof source === 'string') open(source, options, done);
    else fromBuffer(source, options, done);
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

function readEntry(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const failed = (error: Error | null) => new MalformedError(`is damaged at ${entry.fileName}: ${reasonOf(error)}`);
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error !== null) {
        reject(failed(error));
        return;
      }
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => resolve(Buffer.concat(chunks)));
      stream.on('error', (streamError: Error) => reject(failed(streamError)));
    });
  });
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

function isSystemError(error: Error): boolean {
  return 'syscall' in error;
}

function reasonOf(error: Error | null): string {
  return error?.message ?? 'unknown reason';
}
