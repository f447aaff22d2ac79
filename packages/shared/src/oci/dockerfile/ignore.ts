/** .dockerignore: what of the build context does not exist for COPY and ADD. */
import { posix } from 'node:path';
import { ignorePattern } from './pattern.ts';

export interface Ignore {
  /** Whether the path (relative, forward slashes) is left out. */
  ignores(path: string): boolean;
  /** Whether something below an ignored folder may be let in again by an exception. */
  readonly hasExceptions: boolean;
}

export const ignoreNothing: Ignore = { ignores: () => false, hasExceptions: false };

/** Reads a .dockerignore. @throws SyntaxError with the line of a malformed pattern */
export function parseDockerignore(text: string): Ignore {
  const rules: { readonly except: boolean; readonly pattern: RegExp }[] = [];
  text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .forEach((raw, index) => {
      if (raw.startsWith('#')) return;
      const trimmed = raw.trim();
      const except = trimmed.startsWith('!');
      const written = (except ? trimmed.slice(1).trim() : trimmed).replace(/\/+$/, '');
      if (written === '') return;
      const cleaned = posix.normalize(written).replace(/^\/+/, '');
      if (cleaned === '' || cleaned === '.') return;
      try {
        rules.push({ except, pattern: ignorePattern(cleaned) });
      } catch (error) {
        throw new SyntaxError(`line ${index + 1}: ${(error as Error).message}`);
      }
    });
  if (rules.length === 0) return ignoreNothing;
  return {
    hasExceptions: rules.some(({ except }) => except),
    ignores(path) {
      const parts = path.split('/');
      const ways = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
      // The last rule that speaks of the path, or of a folder that it is in, decides.
      let ignored = false;
      for (const { except, pattern } of rules) {
        if (except === ignored && ways.some((way) => pattern.test(way))) ignored = !except;
      }
      return ignored;
    },
  };
}
