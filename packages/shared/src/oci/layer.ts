/** Reproducible image layers: sorted entries, fixed times, an entry for every directory on the way. */
import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
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

/** The content of a file on disk, read only when the layer is written. @throws InputError IMAGE_LAYER_INVALID */
export async function fileContent(path: string, shown = path): Promise<Exclude<Body, string | Uint8Array>> {
  const found = await stat(path).catch((cause: unknown) => {
    throw unreadable(shown, `cannot be read: ${messageOf(cause)}`);
  });
  if (!found.isFile()) throw unreadable(shown, 'is not a file');
  return { length: found.size, open: () => createReadStream(path) };
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
  await pipeline(compressed.stream, createWriteStream(file, { flags: 'wx', mode: 0o600 })).catch((cause: unknown) => {
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

function unreadable(subject: string, problem: string): InputError {
  return new InputError(codes.IMAGE_LAYER_INVALID, [{ subject, problem }]);
}
