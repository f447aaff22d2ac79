import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { parseBytes } from '../base/bytes.ts';
import { codes } from '../base/codes.ts';
import { parseDuration } from '../base/duration.ts';
import { InputError, messageOf, type Problem } from '../base/errors.ts';
import { isInside } from '../base/safe-path.ts';
import { didYouMean } from '../base/suggest.ts';
import { camel, type Declaration, type Document, type Input, type InputsOf, type Pair } from './declaration.ts';

/** Thrown inside a reader: becomes one Problem that names the input. */
class Unfit extends Error {}

const booleans: Readonly<Record<string, boolean>> = {
  true: true,
  True: true,
  TRUE: true,
  false: false,
  False: false,
  FALSE: false,
};

const examples: Readonly<Record<Input<unknown>['kind'], string>> = {
  text: 'some text',
  choice: '',
  boolean: 'true',
  integer: '3',
  duration: '90s',
  bytes: '64Mi',
  path: 'path/in/the/repository',
  lines: 'one value a line',
  pairs: 'key=value',
  document: 'config/environments.yaml',
  secret: '${{ secrets.NAME }}',
};

/**
 * Reads and checks the inputs of an action from the runner's INPUT_* variables.
 * @param variables the environment of the step
 * @param workspace the checked-out repository, absolute
 * @throws InputError INPUT_INVALID with every problem found
 */
export function readInputs<D extends Declaration>(
  declaration: D,
  variables: Readonly<Record<string, string | undefined>>,
  workspace: string,
): InputsOf<D> {
  const problems: Problem[] = [...unknownInputs(declaration, variables)];
  const parsed: Record<string, unknown> = {};
  for (const [name, input] of Object.entries(declaration.inputs)) {
    const given = variables[variableOf(name)] ?? '';
    const value = given.trim() === '' ? standingDefault(input) : given;
    try {
      if (input.required && value.trim() === '') throw new Unfit('is required and empty');
      parsed[camel(name)] = read(input, value, workspace);
    } catch (error) {
      if (!(error instanceof Unfit)) throw error;
      problems.push({ subject: name, problem: error.message, example: exampleOf(input) });
    }
  }
  if (problems.length > 0) throw new InputError(codes.INPUT_INVALID, problems);
  return parsed as InputsOf<D>;
}

/** The default, unless it is an expression: the runner fills that in, and without one there is no value. */
function standingDefault(input: Input<unknown>): string {
  return input.default?.includes('${{') === true ? '' : (input.default ?? '');
}

/** The values of the declared secrets, before anything is checked: to be masked first of all. */
export function secretValues(
  declaration: Declaration,
  variables: Readonly<Record<string, string | undefined>>,
): string[] {
  return Object.entries(declaration.inputs)
    .filter(([, input]) => input.kind === 'secret')
    .map(([name]) => variables[variableOf(name)] ?? '')
    .filter((value) => value.trim() !== '');
}

/** A value the user can copy. */
export function exampleOf(input: Input<unknown>): string {
  return input.example ?? input.choices?.join(' | ') ?? input.default ?? examples[input.kind];
}

function variableOf(name: string): string {
  return `INPUT_${name.toUpperCase()}`;
}

function* unknownInputs(
  declaration: Declaration,
  variables: Readonly<Record<string, string | undefined>>,
): Generator<Problem> {
  const known = new Set(Object.keys(declaration.inputs).map(variableOf));
  for (const [variable, value] of Object.entries(variables)) {
    if (!variable.startsWith('INPUT_') || known.has(variable) || value === undefined) continue;
    const name = variable.slice('INPUT_'.length).toLowerCase();
    yield {
      subject: name,
      problem: `is not an input of ${declaration.name}.${didYouMean(name, Object.keys(declaration.inputs))}`,
    };
  }
}

function read(input: Input<unknown>, raw: string, workspace: string): unknown {
  const value = raw.trim();
  if (input.kind === 'lines') return readLines(raw);
  if (input.kind === 'pairs') return readLines(raw).map(readPair);
  if (value === '') return undefined;
  switch (input.kind) {
    case 'text':
      if (value.includes('\n')) throw new Unfit('must be a single line');
      return value;
    case 'choice': {
      const choices = input.choices ?? [];
      if (!choices.includes(value)) {
        throw new Unfit(`'${value}' is none of ${choices.join(', ')}.${didYouMean(value, choices)}`);
      }
      return value;
    }
    case 'boolean': {
      const parsed = booleans[value];
      if (parsed === undefined) throw new Unfit(`'${value}' is neither true nor false`);
      return parsed;
    }
    case 'integer':
      return readInteger(input, value);
    case 'duration': {
      const ms = parseDuration(value);
      if (ms === undefined) throw new Unfit(`'${value}' is not a duration (a number with ms, s, m or h)`);
      return ms;
    }
    case 'bytes': {
      const size = parseBytes(value);
      if (size === undefined) throw new Unfit(`'${value}' is not a size (a number with k, M, G, Ki, Mi or Gi)`);
      return size;
    }
    case 'path':
      return readPath(input, value, workspace);
    case 'document':
      return readDocument(input, raw, workspace);
    case 'secret':
      return raw.replace(/\r?\n$/, '');
  }
}

function readLines(raw: string): string[] {
  return raw
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

function readPair(line: string): Pair {
  const at = line.indexOf('=');
  if (at < 1) throw new Unfit(`'${line}' is not of the form key=value`);
  return { key: line.slice(0, at).trim(), value: line.slice(at + 1).trim() };
}

function readInteger(input: Input<unknown>, value: string): number {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = input;
  const number = Number(value);
  if (!/^[+-]?\d+$/.test(value) || !Number.isSafeInteger(number)) throw new Unfit(`'${value}' is not a whole number`);
  if (number < min) throw new Unfit(`${number} is less than ${min}`);
  if (number > max) throw new Unfit(`${number} is more than ${max}`);
  return number;
}

function readPath(input: Input<unknown>, value: string, workspace: string): string {
  if (value.includes('\0')) throw new Unfit('holds a NUL character');
  const path = resolveLinks(isAbsolute(value) ? value : resolve(workspace, value));
  if (!isInside(resolveLinks(workspace), path)) throw new Unfit(`'${value}' lies outside the workspace`);
  if (input.exists !== undefined) {
    if (!existsSync(path)) throw new Unfit(`'${value}' does not exist in the workspace`);
    const isFolder = statSync(path).isDirectory();
    if (input.exists === 'file' && isFolder) throw new Unfit(`'${value}' is a folder, a file is needed`);
    if (input.exists === 'folder' && !isFolder) throw new Unfit(`'${value}' is a file, a folder is needed`);
  }
  return path;
}

/** realpath of the part that exists, so that a link cannot lead out of the workspace. */
function resolveLinks(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const parent = dirname(path);
  return parent === path ? path : join(resolveLinks(parent), relative(parent, path));
}

const documentLimit = 4 * 1024 * 1024;

function readDocument(input: Input<unknown>, raw: string, workspace: string): Document {
  const value = raw.trim();
  const inline = value.includes('\n') || value.startsWith('{') || value.startsWith('[');
  if (!inline) {
    const file = resolveLinks(resolve(workspace, value));
    if (!isInside(resolveLinks(workspace), file)) throw new Unfit(`'${value}' lies outside the workspace`);
    if (!existsSync(file) || !statSync(file).isFile()) {
      throw new Unfit(`'${value}' is neither a file in the workspace nor a document of more than one line`);
    }
    if (statSync(file).size > documentLimit) throw new Unfit(`'${value}' is larger than 4 MiB`);
    const text = readFileSync(file, 'utf8');
    return { value: parseDocument(input, text, value), text, file };
  }
  return { value: parseDocument(input, raw, 'the document'), text: raw, file: undefined };
}

function parseDocument({ parse }: Input<unknown>, text: string, name: string): unknown {
  try {
    return parse?.(text);
  } catch (error) {
    throw new Unfit(`${name} is not valid YAML: ${messageOf(error)}`);
  }
}
