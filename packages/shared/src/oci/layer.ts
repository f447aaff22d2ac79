/** Reproducible image layers: sorted entries, fixed times, an entry for every directory on the way. */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, messageOf, type Problem } from '../base/errors.ts';
import type { Body } from '../base/ports.ts';
import { measured } from '../formats/digest.ts';
import { gzip } from '../formats/gzip.ts';
import { type TarEntry, writeTar } from '../formats/tar.ts';
import { codes } from './codes.ts';

export interface Ownership {
  readonly uid: number;
  readonly gid: number;
  /** Permission bits, for example 0o755. */
  readonly mode: number;
}

/** A file as it shall be in the image. */
export interface LayerFile extends Ownership {
  /** Absolute path in the image. */
  readonly path: string;
  readonly content: Body;
}

export interface LayerPlan {
  readonly files: readonly LayerFile[];
  /**
   * Owner and mode of each directory that the files need. Overlay file systems take a directory's attributes from the
   * topmost layer that mentions it, and a layer that leaves the entry out makes the directory root's.
   */
  readonly directory: (path: string) => Ownership;
  /** Written as the modification time of every entry. */
  readonly modified: Date;
  /** What the image's history says about the layer. */
  readonly description: string;
}

/** A finished layer, its compressed bytes in a file. */
export interface Layer {
  /** Of the compressed bytes. */
  readonly digest: string;
  /** Of the uncompressed tar. */
  readonly diffId: string;
  /** Compressed, in bytes. */
  readonly size: number;
  readonly content: { readonly length: number; open(): AsyncIterable<Uint8Array> };
  readonly description: string;
  readonly created: Date;
}

/** Directories that every image has, and that are not 0755. */
const SYSTEM_MODES: Readonly<Record<string, number>> = { '/tmp': 0o1777, '/var/tmp': 0o1777, '/root': 0o700 };

/**
 * The usual rule for `LayerPlan.directory`: below (and at) `home` everything belongs to the image's user, everything
 * else to root.
 */
export function directoriesOwnedBelow(home: string, owner: Ownership): (path: string) => Ownership {
  return (path) =>
    path === home || path.startsWith(`${home}/`) ? owner : { uid: 0, gid: 0, mode: SYSTEM_MODES[path] ?? 0o755 };
}

/**
 * The entries of the layer in the order in which they are written: by name, each directory before what is in it.
 * @throws InputError IMAGE_LAYER_INVALID with every wrong path
 */
export function layerEntries(plan: Pick<LayerPlan, 'files' | 'directory'>): TarEntry[] {
  const problems: Problem[] = [];
  const files = new Map<string, LayerFile>();
  const directories = new Set<string>();
  for (const file of plan.files) {
    const problem = files.has(file.path) ? 'is used twice' : pathProblem(file.path);
    if (problem !== undefined) {
      problems.push({ subject: file.path, problem, example: '/home/wso2carbon/lib/driver.jar' });
      continue;
    }
    files.set(file.path, file);
    for (let end = file.path.lastIndexOf('/'); end > 0; end = file.path.lastIndexOf('/', end - 1)) {
      directories.add(file.path.slice(0, end));
    }
  }
  for (const path of files.keys()) {
    if (directories.has(path)) problems.push({ subject: path, problem: 'is a file and a folder at the same time' });
  }
  if (problems.length > 0) throw new InputError(codes.IMAGE_LAYER_INVALID, problems);

  const entries: TarEntry[] = [
    ...[...directories].map((path) => ({
      name: `${path.slice(1)}/`,
      type: 'directory' as const,
      ...plan.directory(path),
    })),
    ...[...files.values()].map(({ path, uid, gid, mode, content }) => ({
      name: path.slice(1),
      type: 'file' as const,
      uid,
      gid,
      mode,
      content,
    })),
  ];
  // By code unit, never by locale.
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function pathProblem(path: string): string | undefined {
  if (!path.startsWith('/')) return 'is not an absolute path';
  if (path.includes('\0') || path.includes('\\')) return 'has a character that a path in an image cannot have';
  const parts = path.slice(1).split('/');
  if (parts.includes('..') || parts.includes('.')) return 'has . or .. in it';
  if (parts.includes('')) return 'has an empty part in it';
  return parts.some((part) => part.startsWith('.wh.')) ? 'has a name that layers use for deletions (.wh.)' : undefined;
}

/** Read at once from a file that goes into a layer: few calls, and no trail of buffers for the collector. */
const READ_BYTES = 512 * 1024;

/**
 * The content of a file on disk, read only when the layer is written; a chunk is good until the next one is asked for.
 * @throws InputError IMAGE_LAYER_INVALID
 */
export async function fileContent(path: string, shown = path): Promise<Exclude<Body, string | Uint8Array>> {
  const found = await stat(path).catch((cause: unknown) => {
    throw unreadable(shown, `cannot be read: ${messageOf(cause)}`);
  });
  if (!found.isFile()) throw unreadable(shown, 'is not a file');
  return { length: found.size, open: () => chunksOf(path, Math.min(READ_BYTES, Math.max(1, found.size))) };
}

async function* chunksOf(path: string, bytes: number): AsyncGenerator<Uint8Array> {
  const file = await open(path);
  try {
    const buffer = Buffer.allocUnsafeSlow(bytes);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, bytes, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/**
 * Writes the layer into `folder` in one pass, in constant memory.
 * The same plan gives the same bytes, in whatever order its files come.
 * @throws InputError IMAGE_LAYER_INVALID
 */
export async function buildLayer(plan: LayerPlan, folder: string): Promise<Layer> {
  return packLayer(layerEntries(plan), plan, folder);
}

/** As `buildLayer`, from entries that are complete and in order. @throws InputError IMAGE_LAYER_INVALID */
export async function packLayer(
  entries: readonly TarEntry[],
  { modified, description }: Pick<LayerPlan, 'modified' | 'description'>,
  folder: string,
): Promise<Layer> {
  const tar = measured(writeTar(entries, modified));
  const compressed = measured(gzip(tar.stream));
  const file = join(folder, `${randomUUID()}.tar.gz`);
  await writeInto(file, compressed.stream).catch((cause: unknown) => {
    throw unreadable(description, messageOf(cause));
  });
  const size = compressed.measure.size;
  return {
    digest: compressed.measure.digest(),
    diffId: tar.measure.digest(),
    size,
    content: { length: size, open: () => createReadStream(file) },
    description,
    created: modified,
  };
}

const WRITE_BYTES = 256 * 1024;

/** Gathers what is small; while the disk takes something, the thread pool compresses on. */
async function writeInto(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    let [waiting, bytes]: [Uint8Array[], number] = [[], 0];
    for await (const chunk of chunks) {
      waiting.push(chunk);
      bytes += chunk.length;
      if (bytes < WRITE_BYTES) continue;
      await writeAll(file, waiting);
      [waiting, bytes] = [[], 0];
    }
    await writeAll(file, waiting);
  } finally {
    await file.close();
  }
}

async function writeAll(file: FileHandle, chunks: readonly Uint8Array[]): Promise<void> {
  const bytes = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
  for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at)).bytesWritten;
}

function unreadable(subject: string, problem: string): InputError {
  return new InputError(codes.IMAGE_LAYER_INVALID, [{ subject, problem }]);
}
