/** File patterns as Docker reads them: Go's path matching, and its extension with `**` in .dockerignore. */

export function hasWildcard(path: string): boolean {
  return /[*?[\\]/.test(path);
}

/** A pattern of COPY and ADD: `*` and `?` stay within one level. @throws SyntaxError when it is malformed */
export function copyPattern(pattern: string): RegExp {
  return compile(pattern, false);
}

/** A pattern of .dockerignore: `**` stands for any number of levels. @throws SyntaxError when it is malformed */
export function ignorePattern(pattern: string): RegExp {
  return compile(pattern, true);
}

function compile(pattern: string, deep: boolean): RegExp {
  let source = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern.charAt(at);
    if (char === '*') {
      const stars = /^\*+/.exec(pattern.slice(at))?.[0].length ?? 1;
      at += stars - 1;
      if (!deep || stars === 1) source += '[^/]*';
      else if (pattern.charAt(at + 1) === '/') {
        at += 1;
        source += '(?:.*/)?';
      } else source += '.*';
    } else if (char === '?') source += '[^/]';
    else if (char === '[') {
      const end = pattern.indexOf(']', at + 2);
      if (end < 0) throw new SyntaxError(`${pattern} has a [ without its ]`);
      const inside = pattern.slice(at + 1, end).replace(/[\][]/g, '\\$&');
      source += `(?!/)[${inside}]`;
      at = end;
    } else if (char === '\\') {
      at += 1;
      if (at >= pattern.length) throw new SyntaxError(`${pattern} ends in \\`);
      source += literal(pattern.charAt(at));
    } else source += literal(char);
  }
  return new RegExp(`^${source}$`, 'su');
}

function literal(char: string): string {
  return /[.*+?^${}()|[\]\\/]/.test(char) ? `\\${char}` : char;
}
