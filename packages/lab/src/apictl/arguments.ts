import { misused, type Terminal } from './outcome.ts';

export interface Flag {
  readonly short?: string;
  readonly kind: 'text' | 'list' | 'boolean' | 'integer';
  readonly default?: string;
  readonly required?: true;
}

export type Flags = Readonly<Record<string, Flag>>;

export interface Arguments {
  readonly positional: readonly string[];
  /** The value of a text flag, or its default, or an empty text. */
  text(name: string): string;
  list(name: string): readonly string[];
  boolean(name: string): boolean;
  /** True when the flag was given. */
  has(name: string): boolean;
}

const globalFlags: Flags = {
  insecure: { short: 'k', kind: 'boolean' },
  verbose: { kind: 'boolean' },
};

/** Reads flags as Go's pflag does: `--name value`, `--name=value`, `-n value`, booleans with or without a value. */
export function parseArguments(terminal: Terminal, command: string, flags: Flags, args: readonly string[]): Arguments {
  const known: Flags = { ...globalFlags, ...flags };
  const given = new Map<string, string[]>();
  const positional: string[] = [];
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (!arg.startsWith('-') || arg === '-') {
      positional.push(arg);
      continue;
    }
    const [head = '', inline] = arg.split(/=(.*)/s, 2);
    const name = head.startsWith('--')
      ? head.slice(2)
      : Object.keys(known).find((each) => known[each]?.short === head.slice(1));
    const flag = name === undefined ? undefined : known[name];
    if (name === undefined || flag === undefined) {
      const problem = head.startsWith('--')
        ? `unknown flag: ${head}`
        : `unknown shorthand flag: '${head.slice(1, 2)}' in ${head}`;
      misused(terminal, problem, command);
    }
    const value = inline ?? (flag.kind === 'boolean' ? 'true' : rest.shift());
    if (value === undefined) misused(terminal, `flag needs an argument: ${head}`, command);
    if (flag.kind === 'integer' && !/^[+-]?\d+$/.test(value)) {
      const problem = `invalid argument "${value}" for "--${name}" flag: strconv.ParseInt: parsing "${value}": invalid syntax`;
      misused(terminal, problem, command);
    }
    given.set(name, [...(given.get(name) ?? []), value]);
  }
  const absent = Object.keys(flags)
    .filter((name) => flags[name]?.required === true && !given.has(name))
    .map((name) => `"${name}"`);
  if (absent.length > 0) misused(terminal, `required flag(s) ${absent.join(', ')} not set`, command);
  const text = (name: string) => given.get(name)?.at(-1) ?? known[name]?.default ?? '';
  return {
    positional,
    text,
    list: (name) => given.get(name) ?? [],
    boolean: (name) => text(name) === 'true',
    has: (name) => given.has(name),
  };
}
