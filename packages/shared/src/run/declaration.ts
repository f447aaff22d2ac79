/**
 * One declaration an action: the types of its inputs and outputs, their validation (inputs.ts), action.yml and the
 * tables of README and docs (metadata.ts) all come from it.
 */

/** How the value of an input is read. */
export type Kind =
  'text' | 'choice' | 'boolean' | 'integer' | 'duration' | 'bytes' | 'path' | 'lines' | 'pairs' | 'document' | 'secret';

/** A parsed YAML or JSON document together with where it came from. */
export interface Document {
  readonly value: unknown;
  readonly text: string;
  /** The file it was read from; undefined when it stood in the workflow itself. */
  readonly file: string | undefined;
}

/** One `key=value` line. */
export interface Pair {
  readonly key: string;
  readonly value: string;
}

export interface Input<T> {
  readonly kind: Kind;
  readonly description: string;
  readonly required: boolean;
  /** As it stands in action.yml. */
  readonly default: string | undefined;
  /** A valid value, shown in errors and documents. */
  readonly example: string | undefined;
  readonly choices: readonly string[] | undefined;
  /** Bounds for integer. */
  readonly min: number | undefined;
  readonly max: number | undefined;
  /** Paths only: what must be there before the action starts. */
  readonly exists: 'file' | 'folder' | 'any' | undefined;
  /** Documents only: text to value; throws when it cannot. */
  readonly parse: ((text: string) => unknown) | undefined;
  /** Never there: carries the type of the parsed value. */
  readonly type?: T;
}

interface Common {
  readonly required?: true;
  readonly default?: string;
  readonly example?: string;
}

/** T when a value is certain (required or default given), T | undefined otherwise. */
type Maybe<T, O extends Common> = O extends { required: true } | { default: string } ? T : T | undefined;

function input<T>(kind: Kind, description: string, options: Common & Partial<Input<unknown>>): Input<T> {
  return {
    kind,
    description,
    required: options.required ?? false,
    default: options.default,
    example: options.example,
    choices: options.choices,
    min: options.min,
    max: options.max,
    exists: options.exists,
    parse: options.parse,
  };
}

/** A line of text, trimmed. */
export const text = <const O extends Common>(description: string, options = {} as O): Input<Maybe<string, O>> =>
  input('text', description, options);

/** One of a closed list of words. */
export const choice = <const C extends readonly string[], const O extends Common>(
  choices: C,
  description: string,
  options = {} as O,
): Input<Maybe<C[number], O>> => input('choice', description, { ...options, choices });

/** true or false (any of YAML 1.2's spellings). */
export const boolean = (description: string, options: { readonly default: 'true' | 'false' }): Input<boolean> =>
  input('boolean', description, options);

/** A whole number. */
export const integer = <const O extends Common & { readonly min?: number; readonly max?: number }>(
  description: string,
  options = {} as O,
): Input<Maybe<number, O>> => input('integer', description, options);

/** "90s", "10m", "1h30m": milliseconds. */
export const duration = <const O extends Common>(description: string, options = {} as O): Input<Maybe<number, O>> =>
  input('duration', description, options);

/** "64Mi", "2G": bytes. */
export const bytes = <const O extends Common>(description: string, options = {} as O): Input<Maybe<number, O>> =>
  input('bytes', description, options);

/** A file or folder inside the workspace: an absolute path, links resolved as far as it exists. */
export const path = <const O extends Common & { readonly exists?: 'file' | 'folder' | 'any' }>(
  description: string,
  options = {} as O,
): Input<Maybe<string, O>> => input('path', description, options);

/** One value a line; empty lines and lines that start with # are left out. */
export const lines = (description: string, options: Common = {}): Input<readonly string[]> =>
  input('lines', description, options);

/** One key=value a line; the value may hold further equals signs. */
export const pairs = (description: string, options: Common = {}): Input<readonly Pair[]> =>
  input('pairs', description, options);

/**
 * A document, or the path of a file in the workspace that holds one.
 * @param parse given by who declares it: an action without documents does not load a parser with its inputs
 */
export const document = <const O extends Common>(
  description: string,
  parse: (text: string) => unknown,
  options = {} as O,
): Input<Maybe<Document, O>> => input('document', description, { ...options, parse });

/** A value that is masked before anything is logged. */
export const secret = <const O extends Common>(description: string, options = {} as O): Input<Maybe<string, O>> =>
  input('secret', description, options);

/** The token of the job, which the runner fills in; undefined outside of a job. Masked like every secret. */
export const jobToken = (description: string): Input<string | undefined> =>
  input('secret', description, { default: '${{ github.token }}' });

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any: the value types of the inputs differ
export type InputDeclarations = Readonly<Record<string, Input<any>>>;

export interface Declaration<
  I extends InputDeclarations = InputDeclarations,
  O extends Readonly<Record<string, string>> = Readonly<Record<string, string>>,
> {
  readonly name: string;
  readonly description: string;
  /** GitHub's branding: a Feather icon and a colour. */
  readonly icon: string;
  readonly color: 'white' | 'black' | 'yellow' | 'blue' | 'green' | 'orange' | 'red' | 'purple' | 'gray-dark';
  readonly inputs: I;
  /** Name → description. */
  readonly outputs: O;
}

/** Declares an action. */
export function defineAction<const I extends InputDeclarations, const O extends Readonly<Record<string, string>>>(
  declaration: Omit<Declaration<I, O>, 'icon' | 'color'> & Partial<Pick<Declaration, 'icon' | 'color'>>,
): Declaration<I, O> {
  return { icon: 'package', color: 'orange', ...declaration };
}

/** 'on-failure' → 'onFailure' */
export type Camel<S extends string> = S extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : S;

/** The parsed inputs of an action, named in camel case. */
export type InputsOf<D extends Declaration> = {
  readonly [K in keyof D['inputs'] & string as Camel<K>]: D['inputs'][K] extends Input<infer T> ? T : never;
};

/** What main returns: each declared output, in camel case; undefined leaves an output unset. */
export type OutputsOf<D extends Declaration> = {
  readonly [K in keyof D['outputs'] & string as Camel<K>]?: string | undefined;
};

/** 'on-failure' → 'onFailure' */
export function camel(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
