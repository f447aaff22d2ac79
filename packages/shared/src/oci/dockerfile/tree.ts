/** The file system of an image while it is built: what the base has, what was added, what the open layer holds. */
import { posix } from 'node:path';
import type { Body } from '../../base/ports.ts';
import type { TarEntry } from '../../formats/tar.ts';

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export interface TreeEntry extends Owner {
  readonly type: 'file' | 'directory' | 'symlink' | 'other';
  readonly mode: number;
  /** Of a symlink. */
  readonly target?: string;
  /** Of a file that was added. */
  readonly content?: Body;
}

/** What is known about the file system of a base image. */
export interface BaseFiles {
  /** An absolute path, links not followed; undefined when there is nothing. @throws BaseUnknown */
  entry(path: string): TreeEntry | undefined;
  /** A user of /etc/passwd by name. @throws BaseUnknown */
  user(name: string): Owner | undefined;
  /** A group's number in /etc/group. @throws BaseUnknown */
  group(name: string): number | undefined;
}

/** Thrown where a plan needs to know what only the layers of the base tell. */
export class BaseUnknown extends Error {
  /** The path or name that is asked for. */
  readonly asked: string;
  constructor(asked: string) {
    super(`only the layers of the base image tell about ${asked}`);
    this.asked = asked;
  }
}

/** What cannot be put where it should go; the message completes "line 3 …". */
export class TreeError extends Error {}

const ROOT: TreeEntry = { type: 'directory', uid: 0, gid: 0, mode: 0o755 };
const MAX_LINKS = 40;

export class Tree {
  readonly #base: BaseFiles;
  readonly #added = new Map<string, TreeEntry>();
  #layer = new Map<string, TreeEntry>();

  constructor(base: BaseFiles) {
    this.#base = base;
  }

  entry(path: string): TreeEntry | undefined {
    return path === '/' ? ROOT : (this.#added.get(path) ?? this.#base.entry(path));
  }

  /** The path with every link on the way followed, inside the image; what does not exist stays as it is. */
  resolve(path: string): string {
    const waiting = path.split('/').filter((part) => part !== '');
    let real = '/';
    for (let links = 0; waiting.length > 0;) {
      const part = waiting.shift() ?? '';
      const next = posix.join(real, part);
      const entry = this.entry(next);
      if (entry?.type !== 'symlink') {
        real = next;
        continue;
      }
      links += 1;
      if (links > MAX_LINKS) throw new TreeError(`leads in a circle at ${next}`);
      const target = entry.target ?? '';
      waiting.unshift(
        ...posix
          .resolve(real, target)
          .split('/')
          .filter((name) => name !== ''),
      );
      real = '/';
    }
    return real;
  }

  /** Makes a directory and those above it, 0755, where they are missing. Gives the path with links followed. */
  makeDirectories(path: string, owner: Owner): string {
    const real = this.resolve(path);
    const parts = real.split('/').filter((part) => part !== '');
    for (let depth = 1; depth <= parts.length; depth += 1) {
      const level = `/${parts.slice(0, depth).join('/')}`;
      const entry = this.entry(level);
      if (entry === undefined) this.put(level, { ...owner, type: 'directory', mode: 0o755 });
      else if (entry.type !== 'directory')
        throw new TreeError(`needs the folder ${level}, which is a file in the image`);
    }
    return real;
  }

  put(path: string, entry: TreeEntry): void {
    const there = this.entry(path);
    if (there !== undefined && (there.type === 'directory') !== (entry.type === 'directory')) {
      const [now, wanted] = entry.type === 'directory' ? ['a file', 'a folder'] : ['a folder', 'a file'];
      throw new TreeError(`cannot put ${wanted} at ${path}, which is ${now} in the image`);
    }
    this.#added.set(path, entry);
    this.#layer.set(path, entry);
  }

  /**
   * Ends the open layer. Its entries in the order in which they are written, with one for every directory on the way:
   * a layer that leaves it out makes the directory root's. Empty when nothing was added.
   */
  closeLayer(): TarEntry[] {
    const all = new Map(this.#layer);
    for (const path of this.#layer.keys()) {
      for (let above = posix.dirname(path); above !== '/'; above = posix.dirname(above)) {
        const entry = this.entry(above);
        if (entry !== undefined) all.set(above, entry);
      }
    }
    this.#layer = new Map();
    return [...all]
      .map(([path, { type, uid, gid, mode, target, content }]): TarEntry => {
        if (type === 'other') throw new TreeError(`goes through ${path}, which is no folder in the image`);
        return {
          name: type === 'directory' ? `${path.slice(1)}/` : path.slice(1),
          type,
          uid,
          gid,
          mode,
          ...(content !== undefined && { content }),
          ...(target !== undefined && { target }),
        };
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  user(name: string): Owner | undefined {
    return this.#base.user(name);
  }

  group(name: string): number | undefined {
    return this.#base.group(name);
  }
}
