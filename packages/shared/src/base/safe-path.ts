import { isAbsolute, relative, resolve, sep } from 'node:path';

/** True when `path` is `folder` itself or lies below it. Both are taken as they are: resolve links before, if they matter. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(resolve(folder), resolve(path));
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/**
 * A name from an archive or a registry as a relative path with forward slashes that stays where it is put; undefined
 * when it would leave its folder (absolute, drive letter, `..`), or is no name at all (empty, NUL).
 */
export function safeRelativePath(name: string): string | undefined {
  const slashed = name.replaceAll('\\', '/');
  if (slashed === '' || slashed.includes('\0') || slashed.startsWith('/') || /^[a-z]:/i.test(slashed)) return undefined;
  const parts = slashed.split('/').filter((part) => part !== '' && part !== '.');
  return parts.length === 0 || parts.includes('..') ? undefined : parts.join('/');
}
