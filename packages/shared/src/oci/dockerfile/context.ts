/** The build context: the files that COPY and ADD may take, read with bounds and never outside its folder. */
import { closeSync, createReadStream, lstatSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs';
import { join, posix } from 'node:path';
import { InputError } from '../../base/errors.ts';
import type { Body } from '../../base/ports.ts';
import { codes } from '../codes.ts';
import { type Ignore, ignoreNothing } from './ignore.ts';
import { copyPattern, hasWildcard } from './pattern.ts';

export interface ContextEntry {
  readonly type: 'file' | 'directory' | 'symlink' | 'other';
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: number;
  /** Of a file, in bytes. */
  readonly size: number;
  /** Of a symlink. */
  readonly target?: string;
}

/** Paths are relative with forward slashes; '' is the context itself. Ignored files do not exist. */
export interface BuildContext {
  /** Not following a link. */
  entry(path: string): ContextEntry | undefined;
  /** What is in a directory, by name. */
  names(path: string): readonly string[];
  content(path: string): Exclude<Body, string | Uint8Array>;
  /** The first bytes of a file, as many as there are up to `length`. */
  head(path: string, length: number): Buffer;
}

/** Files and folders that a build may look at: more is a mistake in the context or an attack. */
const MAX_ENTRIES = 100_000;
const MAX_LINKS = 40;

/** The context in a folder. Looks at what is asked for and at nothing else. @throws InputError DOCKERFILE_CONTEXT_REFUSED */
export function openContext(folder: string, ignore: Ignore = ignoreNothing): BuildContext {
  let seen = 0;
  const at = (path: string) => (path === '' ? folder : join(folder, path));
  const look = (path: string): ContextEntry | undefined => {
    seen += 1;
    if (seen > MAX_ENTRIES) throw refused('.', `the build context has more than ${MAX_ENTRIES} files`);
    const found = lstatSync(at(path), { throwIfNoEntry: false });
    if (found === undefined) return undefined;
    const mode = found.mode & 0o7777;
    if (found.isFile()) return { type: 'file', mode, size: found.size };
    if (found.isDirectory()) return { type: 'directory', mode, size: 0 };
    if (found.isSymbolicLink()) return { type: 'symlink', mode: 0o777, size: 0, target: readlinkSync(at(path)) };
    return { type: 'other', mode, size: 0 };
  };
  const holdsSomething = (path: string): boolean =>
    readdirSync(at(path)).some((name) => entry(`${path}/${name}`) !== undefined);
  const entry = (path: string): ContextEntry | undefined => {
    const found = look(path);
    if (found === undefined || path === '' || !ignore.ignores(path)) return found;
    // An exception may let in what is below an ignored folder; then the folder exists, too.
    return found.type === 'directory' && ignore.hasExceptions && holdsSomething(path) ? found : undefined;
  };
  return {
    entry,
    names: (path) =>
      readdirSync(at(path))
        .sort((a, b) => (a < b ? -1 : 1))
        .filter((name) => entry(path === '' ? name : `${path}/${name}`) !== undefined),
    content: (path) => ({ length: lstatSync(at(path)).size, open: () => createReadStream(at(path)) }),
    head(path, length) {
      const file = openSync(at(path), 'r');
      try {
        const buffer = Buffer.alloc(length);
        return buffer.subarray(0, readSync(file, buffer, 0, length, 0));
      } finally {
        closeSync(file);
      }
    },
  };
}

/**
 * Where a path leads when every link on the way is followed; undefined when there is nothing.
 * @throws InputError DOCKERFILE_CONTEXT_REFUSED for a link that leads out of the context
 */
export function followLinks(context: BuildContext, path: string): string | undefined {
  const waiting = path.split('/').filter((part) => part !== '');
  let real: string[] = [];
  for (let links = 0; waiting.length > 0;) {
    const part = waiting.shift() ?? '';
    const next = [...real, part].join('/');
    const entry = context.entry(next);
    if (entry === undefined) return undefined;
    if (entry.type !== 'symlink') {
      real = [...real, part];
      continue;
    }
    links += 1;
    if (links > MAX_LINKS) throw refused(next, 'is a link that leads in a circle');
    const inside = insideOf(real, entry.target ?? '');
    if (inside === undefined) throw leadsOut(next, entry.target ?? '');
    real = [];
    waiting.unshift(...inside);
  }
  return real.join('/');
}

/** A link that is copied as a link: its target counts as written, and must not leave the context by `..`. */
export function checkLink(path: string, target: string): void {
  if (!target.startsWith('/') && insideOf(path.split('/').slice(0, -1), target) === undefined) {
    throw leadsOut(path, target);
  }
}

function insideOf(folder: readonly string[], target: string): string[] | undefined {
  if (target.startsWith('/')) return undefined;
  const parts = posix
    .normalize([...folder, target].join('/'))
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  return parts[0] === '..' ? undefined : parts;
}

function leadsOut(path: string, target: string): InputError {
  return refused(path, `is a link to ${target}, outside the build context`);
}

function refused(subject: string, problem: string): InputError {
  return new InputError(codes.DOCKERFILE_CONTEXT_REFUSED, [{ subject, problem }]);
}

/**
 * The paths that a source of COPY stands for, sorted as they are copied; empty when there are none.
 * @throws SyntaxError when the pattern is malformed
 */
export function matchSource(context: BuildContext, source: string): string[] {
  const cleaned = posix.normalize(`/${source}`).replace(/^\/+|\/+$/g, '');
  if (!hasWildcard(cleaned)) return followLinks(context, cleaned) === undefined ? [] : [cleaned];
  const parts = cleaned.split('/');
  const firstWild = parts.findIndex(hasWildcard);
  const start = followLinks(context, parts.slice(0, firstWild).join('/'));
  let found = start === undefined ? [] : [start];
  for (const part of parts.slice(firstWild)) {
    const pattern = copyPattern(part);
    found = found
      .filter((path) => context.entry(path)?.type === 'directory')
      .flatMap((path) =>
        context
          .names(path)
          .filter((name) => pattern.test(name))
          .map((name) => (path === '' ? name : `${path}/${name}`)),
      );
  }
  return found;
}
