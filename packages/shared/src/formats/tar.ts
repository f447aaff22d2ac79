/** Tar archives (POSIX ustar, pax where that cannot say something) with nothing in them that the caller did not say. */
import type { Body } from '../base/ports.ts';

export interface TarEntry {
  /** Relative, with forward slashes; a directory's trailing slash is added. */
  readonly name: string;
  readonly type: 'file' | 'directory' | 'symlink';
  /** Permission bits, for example 0o644. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** A file's content; absent means empty. A chunk of it is used before the next one is asked for, and never later. */
  readonly content?: Body;
  /** A symlink's target. */
  readonly target?: string;
}

const BLOCK_BYTES = 512;

/**
 * Writes the entries in the given order, every one with the same modification time.
 * The stream fails when a content does not have the length it announced (a file that changed while it was read).
 */
export async function* writeTar(entries: Iterable<TarEntry>, modified: Date): AsyncGenerator<Uint8Array> {
  const mtime = Math.floor(modified.getTime() / 1000);
  for (const entry of entries) {
    const { name, type, content = '' } = entry;
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    const size = type === 'file' ? bytes.length : 0;
    yield headersOf(entry, size, mtime);
    if (size === 0 && bytes instanceof Uint8Array) continue;
    if (type !== 'file') continue;
    if (bytes instanceof Uint8Array) yield bytes;
    else yield* exactly(bytes.open(), size, name);
    if (size % BLOCK_BYTES > 0) yield Buffer.alloc(BLOCK_BYTES - (size % BLOCK_BYTES));
  }
  yield Buffer.alloc(2 * BLOCK_BYTES);
}

async function* exactly(chunks: AsyncIterable<Uint8Array>, size: number, name: string): AsyncGenerator<Uint8Array> {
  const changed = () => new Error(`${name} changed while it was read: ${size} bytes were announced`);
  let written = 0;
  for await (const chunk of chunks) {
    written += chunk.length;
    if (written > size) throw changed();
    yield chunk;
  }
  if (written !== size) throw changed();
}

const TYPES = { file: '0', symlink: '2', directory: '5', pax: 'x' } as const;
/** What the fields of ustar can hold: eleven octal digits, and seven. */
const MAX_SIZE = 8 ** 11 - 1;
const MAX_ID = 8 ** 7 - 1;

/** The header of an entry, behind a pax header where ustar's fields are too short or take ASCII alone. */
function headersOf({ name, type, mode, uid, gid, target = '' }: TarEntry, size: number, mtime: number): Buffer {
  const path = type === 'directory' && !name.endsWith('/') ? `${name}/` : name;
  const place = placeOf(path);
  const records: Record<string, string> = {
    ...(place === undefined && { path }),
    ...(!fits(target, 100) && { linkpath: target }),
    ...(size > MAX_SIZE && { size: String(size) }),
    ...(uid > MAX_ID && { uid: String(uid) }),
    ...(gid > MAX_ID && { gid: String(gid) }),
    ...((mtime < 0 || mtime > MAX_SIZE) && { mtime: String(mtime) }),
  };
  const fields = {
    mode,
    uid: uid > MAX_ID ? 0 : uid,
    gid: gid > MAX_ID ? 0 : gid,
    size: size > MAX_SIZE ? 0 : size,
    mtime: mtime < 0 || mtime > MAX_SIZE ? 0 : mtime,
    target: fits(target, 100) ? target : '',
  };
  const header = headerOf({ ...fields, ...(place ?? { prefix: '', name: ascii(path) }), type });
  const pax = Buffer.from(Object.entries(records).map(paxRecord).join(''));
  if (pax.length === 0) return header;
  const paxHeader = headerOf({
    ...{ prefix: '', name: 'PaxHeader', type: 'pax', mode: 0o644, uid: 0, gid: 0, target: '' },
    size: pax.length,
    mtime: fields.mtime,
  });
  const padding = Buffer.alloc((BLOCK_BYTES - (pax.length % BLOCK_BYTES)) % BLOCK_BYTES);
  return Buffer.concat([paxHeader, pax, padding, header]);
}

/** Name and prefix, between which a slash is dropped; undefined when there is no way to divide the path. */
function placeOf(path: string): { readonly prefix: string; readonly name: string } | undefined {
  if (fits(path, 100)) return { prefix: '', name: path };
  if (!fits(path, 256)) return undefined;
  const slash = path.indexOf('/', path.length - 101);
  const [prefix, name] = [path.slice(0, slash), path.slice(slash + 1)];
  return slash > 0 && name !== '' && prefix.length <= 155 ? { prefix, name } : undefined;
}

function fits(text: string, bytes: number): boolean {
  return text.length <= bytes && isAscii(text);
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}

/** For readers that know no pax: something readable, never longer than the field. */
function ascii(path: string): string {
  return (isAscii(path) ? path : path.replace(/[^\x20-\x7e]/gu, '_')).slice(0, 100);
}

interface Fields {
  readonly prefix: string;
  readonly name: string;
  readonly type: keyof typeof TYPES;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly mtime: number;
  readonly target: string;
}

function headerOf({ prefix, name, type, mode, uid, gid, size, mtime, target }: Fields): Buffer {
  const header = Buffer.alloc(BLOCK_BYTES);
  const octal = (value: number, at: number, digits: number) =>
    header.write(`${value.toString(8).padStart(digits, '0')}\0`, at, 'latin1');
  header.write(name, 0, 'latin1');
  octal(mode & 0o7777, 100, 7);
  octal(uid, 108, 7);
  octal(gid, 116, 7);
  octal(size, 124, 11);
  octal(mtime, 136, 11);
  header.write(TYPES[type], 156, 'latin1');
  header.write(target, 157, 'latin1');
  header.write('ustar\x0000', 257, 'latin1');
  octal(0, 329, 7);
  octal(0, 337, 7);
  header.write(prefix, 345, 'latin1');
  // The checksum counts its own field as blanks.
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

/** `length key=value` and a line feed; the length counts itself. */
function paxRecord([key, value]: [string, string]): string {
  const rest = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  const digits = String(bytes + String(bytes).length).length;
  return `${bytes + digits}${rest}`;
}
