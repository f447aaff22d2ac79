/** The file system of a base image, read from its layers: names, owners and modes, and who its users are. */
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { extract, type Header } from 'tar-stream';
import { VerificationError, messageOf } from '../../base/errors.ts';
import { codes } from '../codes.ts';
import type { PlatformImage } from '../image.ts';
import type { Descriptor } from '../manifest.ts';
import { inParallel } from '../parallel.ts';
import type { Repository } from '../repository.ts';
import type { BaseFiles, TreeEntry } from './tree.ts';

/** No server image comes near it; a layer made to fill the memory does. */
const MAX_ENTRIES = 1_000_000;
const MAX_ACCOUNTS_BYTES = 1024 * 1024;
const PARALLEL = 3;
const WHITEOUT = '.wh.';
const OPAQUE = '.wh..wh..opq';

interface LayerFiles {
  readonly entries: ReadonlyMap<string, TreeEntry>;
  /** Paths that the layer deletes. */
  readonly removed: readonly string[];
  /** Directories that hide what layers below have in them. */
  readonly opaque: readonly string[];
  /** Text of /etc/passwd and /etc/group. */
  readonly accounts: ReadonlyMap<string, string>;
}

/**
 * Reads the names, not the contents, of everything in the image. Downloads all its layers.
 * @throws ServiceError; VerificationError IMAGE_CONTENT_MISMATCH, IMAGE_MANIFEST_INVALID
 */
export async function readBaseFiles(image: PlatformImage, source: Repository): Promise<BaseFiles> {
  const layers = await inParallel(image.manifest.layers, PARALLEL, (layer) => readLayer(layer, source));
  const entries = new Map<string, TreeEntry>();
  const accounts = new Map<string, string>();
  for (const layer of layers) {
    for (const path of layer.opaque) removeBelow(entries, path);
    for (const path of layer.removed) {
      entries.delete(path);
      removeBelow(entries, path);
    }
    for (const [path, entry] of layer.entries) {
      if (entry.type !== 'directory' && entries.get(path)?.type === 'directory') removeBelow(entries, path);
      entries.set(path, entry);
    }
    for (const [path, text] of layer.accounts) accounts.set(path, text);
  }
  const users = entries.has('/etc/passwd') ? accountLines(accounts.get('/etc/passwd')) : [];
  const groups = entries.has('/etc/group') ? accountLines(accounts.get('/etc/group')) : [];
  return {
    entry: (path) => entries.get(path),
    user: (name) => {
      const [, , uid, gid] = users.find(([user]) => user === name) ?? [];
      return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
    },
    group: (name) => {
      const [, , gid] = groups.find(([group]) => group === name) ?? [];
      return gid === undefined ? undefined : Number(gid);
    },
  };
}

function removeBelow(entries: Map<string, TreeEntry>, path: string): void {
  for (const name of entries.keys()) if (name.startsWith(`${path}/`)) entries.delete(name);
}

function accountLines(text = ''): string[][] {
  return text
    .split('\n')
    .map((line) => line.trim().split(':'))
    .filter(({ length }) => length > 2);
}

async function readLayer(layer: Descriptor, source: Repository): Promise<LayerFiles> {
  const entries = new Map<string, TreeEntry>();
  const removed: string[] = [];
  const opaque: string[] = [];
  const accounts = new Map<string, string>();
  const archive = extract();
  const reading = (async () => {
    for await (const file of archive) {
      const { header } = file;
      const path = `/${header.name
        .split('/')
        .filter((part) => part !== '' && part !== '.')
        .join('/')}`;
      if (entries.size + removed.length >= MAX_ENTRIES) throw new Error(`has more than ${MAX_ENTRIES} files`);
      const name = path.slice(path.lastIndexOf('/') + 1);
      const folder = path.slice(0, path.lastIndexOf('/'));
      if (name === OPAQUE) opaque.push(folder);
      else if (name.startsWith(WHITEOUT)) removed.push(`${folder}/${name.slice(WHITEOUT.length)}`);
      else if (path !== '/') {
        entries.set(path, entryOf(header));
        if (path === '/etc/passwd' || path === '/etc/group')
          accounts.set(path, await textOf(file as AsyncIterable<Uint8Array>));
      }
      file.resume();
    }
  })();
  const content = Readable.from(source.streamBlob(layer));
  const unpack = layer.mediaType.endsWith('zstd') ? createZstdDecompress() : createGunzip();
  const plain = layer.mediaType.endsWith('tar');
  try {
    await Promise.all([plain ? pipeline(content, archive) : pipeline(content, unpack, archive), reading]);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && 'kind' in cause) throw cause;
    const message = `layer ${layer.digest} of ${source.fullName} cannot be read: ${messageOf(cause)}`;
    throw new VerificationError(codes.IMAGE_MANIFEST_INVALID, message, { cause });
  }
  return { entries, removed, opaque, accounts };
}

function entryOf({ type, uid, gid, mode, linkname }: Header): TreeEntry {
  const owner = { uid, gid, mode: mode & 0o7777 };
  if (type === 'directory') return { type, ...owner };
  if (type === 'symlink') return { type, ...owner, target: linkname };
  return { type: type === 'file' || type === 'link' || type === 'contiguous-file' ? 'file' : 'other', ...owner };
}

async function textOf(file: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of file) {
    size += part.length;
    if (size > MAX_ACCOUNTS_BYTES) throw new Error('has an /etc/passwd or /etc/group larger than 1 MiB');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
