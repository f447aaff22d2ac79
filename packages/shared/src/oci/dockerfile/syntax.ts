/** The text of a Dockerfile as a list of instructions: directives, comments and continuation lines dealt with. */
import { InputError, type Problem } from '../../base/errors.ts';
import { codes } from '../codes.ts';

export type Escape = '\\' | '`';

export interface Instruction {
  /** Of its first line, counted from 1. */
  readonly line: number;
  /** In upper case. */
  readonly word: string;
  /** Flags in front of the arguments: `--chown=1:1` is { chown: '1:1' }, `--link` is { link: '' }. */
  readonly flags: Readonly<Record<string, string>>;
  /** What follows the flags, trimmed, continuation lines joined. */
  readonly rest: string;
  /** Whether a here-document belongs to it. */
  readonly heredoc: boolean;
}

export interface DockerfileText {
  readonly escape: Escape;
  /** The frontend that `# syntax=` asks for. */
  readonly syntax: string | undefined;
  readonly instructions: readonly Instruction[];
}

/** A Dockerfile is a page of text; what is larger is something else. */
export const MAX_DOCKERFILE_BYTES = 1024 * 1024;

const WORDS = new Set([
  'ADD',
  'ARG',
  'CMD',
  'COPY',
  'ENTRYPOINT',
  'ENV',
  'EXPOSE',
  'FROM',
  'HEALTHCHECK',
  'LABEL',
  'MAINTAINER',
  'ONBUILD',
  'RUN',
  'SHELL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
]);
const TAKES_HEREDOC = new Set(['ADD', 'COPY', 'RUN']);

/**
 * Reads a Dockerfile.
 * @param file how it is called in messages, relative to the workspace
 * @throws InputError DOCKERFILE_INVALID with every line that is no instruction
 */
export function parseDockerfile(text: string, file: string): DockerfileText {
  const problems: Problem[] = [];
  const wrong = (line: number, problem: string) =>
    problems.push({ subject: file, problem: `line ${line} ${problem}`, location: { file, line } });
  if (Buffer.byteLength(text) > MAX_DOCKERFILE_BYTES) {
    throw new InputError(codes.DOCKERFILE_INVALID, [{ subject: file, problem: 'is larger than 1 MiB' }]);
  }
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const { escape, syntax } = directivesOf(lines, wrong);
  const continues = escape === '\\' ? /(^|[^\\])\\[ \t]*$/ : /(^|[^`])`[ \t]*$/;
  const instructions: Instruction[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const first = lines[at] ?? '';
    if (isComment(first) || first.trim() === '') continue;
    const line = at + 1;
    let joined = '';
    let part = first;
    while (continues.test(part)) {
      joined += part.replace(continues, '$1');
      part = '';
      // Comments and empty lines between continuation lines are no part of the instruction.
      do part = lines[(at += 1)] ?? '';
      while (at < lines.length && (isComment(part) || part.trim() === ''));
    }
    joined += part;
    const [, word = '', tail = ''] = /^\s*(\S+)(?:\s+([\s\S]*))?$/.exec(joined) ?? [];
    const { flags, rest } = flagsOf(tail.trim());
    const name = word.toUpperCase();
    if (!WORDS.has(name)) {
      wrong(line, `has the unknown instruction ${word}`);
      continue;
    }
    const documents = TAKES_HEREDOC.has(name) ? heredocsOf(rest) : [];
    for (const { end, tabs } of documents) {
      do at += 1;
      while (at < lines.length && (tabs ? (lines[at] ?? '').replace(/^\t+/, '') : lines[at]) !== end);
      if (at >= lines.length) wrong(line, `has a here-document without its end ${end}`);
    }
    if (rest === '') wrong(line, `has ${name} without any argument`);
    instructions.push({ line, word: name, flags, rest, heredoc: documents.length > 0 });
  }
  if (instructions.length === 0 && problems.length === 0) problems.push({ subject: file, problem: 'is empty' });
  if (problems.length > 0) throw new InputError(codes.DOCKERFILE_INVALID, problems);
  return { escape, syntax, instructions };
}

function isComment(line: string): boolean {
  return /^\s*#/.test(line);
}

/** Directives stand at the top: the first comment that is none, blank line or instruction ends them. */
function directivesOf(
  lines: readonly string[],
  wrong: (line: number, problem: string) => void,
): { readonly escape: Escape; readonly syntax: string | undefined } {
  const found = new Map<string, string>();
  for (const [index, line] of lines.entries()) {
    const [, name, value = ''] = /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/.exec(line) ?? [];
    const key = name?.toLowerCase();
    if (key === undefined || !['escape', 'syntax', 'check'].includes(key)) break;
    if (found.has(key)) wrong(index + 1, `gives the directive ${key} a second time`);
    if (key === 'escape' && value !== '\\' && value !== '`') {
      wrong(index + 1, `has the escape ${value}, which is neither \\ nor \``);
    }
    found.set(key, value);
  }
  return { escape: found.get('escape') === '`' ? '`' : '\\', syntax: found.get('syntax') };
}

function flagsOf(tail: string): { readonly flags: Record<string, string>; readonly rest: string } {
  const flags: Record<string, string> = {};
  let rest = tail;
  for (;;) {
    const match = /^--([a-z][a-z0-9-]*)(?:=(\S*))?(?:\s+|$)/.exec(rest);
    if (match === null) return { flags, rest };
    flags[match[1] ?? ''] = match[2] ?? '';
    rest = rest.slice(match[0].length);
  }
}

function heredocsOf(rest: string): { readonly end: string; readonly tabs: boolean }[] {
  return [...rest.matchAll(/(?:^|\s)\d*<<(-?)(["']?)([^\s"'<]+)\2(?=\s|$)/g)].map(([, dash, , end = '']) => ({
    end,
    tabs: dash === '-',
  }));
}

/** The JSON form of an argument list; undefined when the text is not one, and is then read as shell form. */
export function jsonList(rest: string): string[] | undefined {
  if (!rest.startsWith('[')) return undefined;
  try {
    const list: unknown = JSON.parse(rest);
    return Array.isArray(list) && list.every((item) => typeof item === 'string') ? list : undefined;
  } catch {
    return undefined;
  }
}
