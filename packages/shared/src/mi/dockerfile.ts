/**
 * The Dockerfile of an MI project as far as it can be carried out without Docker: a base, carbon applications for it
 * and a deployment.toml.
 */

export interface Dockerfile {
  /** What FROM names, arguments filled in; undefined when an argument has no default. */
  readonly base: string | undefined;
  /** Sources of the COPY into carbonapps, as written. */
  readonly carSources: readonly string[];
  /** Source of the COPY to conf/deployment.toml, as written. */
  readonly tomlSource: string | undefined;
  /** What needs Docker, each with its line. */
  readonly unsupported: readonly { readonly line: number; readonly instruction: string }[];
}

interface Instruction {
  readonly line: number;
  readonly word: string;
  readonly rest: string;
}

/** Reads a Dockerfile. Whatever it does not know it lists as unsupported, so that nothing is left out silently. */
export function readDockerfile(text: string): Dockerfile {
  const variables = new Map<string, string>();
  const unsupported: { line: number; instruction: string }[] = [];
  const carSources: string[] = [];
  let tomlSource: string | undefined;
  let from: string | undefined;
  let stages = 0;
  for (const { line, word, rest } of instructions(text)) {
    const refuse = () => unsupported.push({ line, instruction: `${word} ${rest}`.trim() });
    if (word === 'ARG' && stages === 0) {
      const [, name = '', value] = /^([^=\s]+)(?:=(.*))?$/.exec(rest) ?? [];
      if (value !== undefined) variables.set(name, unquoted(value));
    } else if (word === 'FROM') {
      stages += 1;
      if (stages > 1 || rest.startsWith('--')) refuse();
      else from = /^\S+/.exec(rest)?.[0];
    } else if (word === 'COPY' || word === 'ADD') {
      const copy = copyOf(rest);
      if (copy === undefined) refuse();
      else if (copy.kind === 'cars') carSources.push(...copy.sources);
      else tomlSource = copy.sources[0];
    } else {
      refuse();
    }
  }
  const base = from?.replace(/\$\{([^}:]+)\}|\$(\w+)/g, (whole, braced?: string, bare?: string) => {
    return variables.get(braced ?? bare ?? '') ?? whole;
  });
  return { base: base?.includes('$') === true ? undefined : base, carSources, tomlSource, unsupported };
}

/** Instructions with their continuation lines joined and comments left out. */
function instructions(text: string): Instruction[] {
  const found: Instruction[] = [];
  let open: { line: number; text: string } | undefined;
  text.split(/\r?\n/).forEach((raw, index) => {
    if (/^\s*#/.test(raw) || (open === undefined && raw.trim() === '')) return;
    const continues = /\\\s*$/.test(raw);
    const part = raw.replace(/\\\s*$/, ' ');
    open = { line: open?.line ?? index + 1, text: (open?.text ?? '') + part };
    if (continues) return;
    const [, word = '', rest = ''] = /^\s*(\S+)\s*(.*?)\s*$/s.exec(open.text) ?? [];
    found.push({ line: open.line, word: word.toUpperCase(), rest });
    open = undefined;
  });
  return found;
}

function copyOf(rest: string): { kind: 'cars' | 'toml'; sources: string[] } | undefined {
  const words = rest.startsWith('[') ? jsonWords(rest) : rest.split(/\s+/).map(unquoted);
  // The layers builder gives files to the image's user anyway; other flags change what is copied.
  const paths = words.filter((word) => !word.startsWith('--chown='));
  if (paths.some((word) => word.startsWith('--'))) return undefined;
  const target = paths.at(-1) ?? '';
  const sources = paths.slice(0, -1);
  if (sources.length === 0 || sources.some((source) => source.includes('$') || /^https?:/.test(source)))
    return undefined;
  if (/\/carbonapps\/?(?:[^/]+\.car)?$/.test(target) && sources.every((source) => source.endsWith('.car'))) {
    return { kind: 'cars', sources };
  }
  const toToml =
    target.endsWith('/conf/deployment.toml') ||
    (/\/conf\/?$/.test(target) && (sources[0] ?? '').endsWith('deployment.toml'));
  return toToml && !target.includes('/repository/conf') && sources.length === 1 ? { kind: 'toml', sources } : undefined;
}

function jsonWords(text: string): string[] {
  try {
    const words: unknown = JSON.parse(text);
    return Array.isArray(words) ? words.map(String) : [];
  } catch {
    return [];
  }
}

function unquoted(text: string): string {
  return text.trim().replace(/^(["'])(.*)\1$/, '$2');
}
