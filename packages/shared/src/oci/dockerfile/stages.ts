/** The stages of a Dockerfile: the last one counts, with the stages it stands on. */
import { InputError } from '../../base/errors.ts';
import { codes } from '../codes.ts';
import { formatPlatform, type Platform } from '../platform.ts';
import type { DockerfileText, Escape, Instruction } from './syntax.ts';
import { expandWord, splitQuoted, type Variables, WordError, WordNeedsDocker } from './words.ts';

/** Something that only docker can do. */
export interface NeedsDocker {
  readonly line: number;
  readonly instruction: string;
  readonly why: string;
}

/** What the last stage is made of. */
export interface Build {
  readonly file: string;
  readonly escape: Escape;
  /** The image that FROM names, arguments filled in; undefined when an argument without a value leaves it open. */
  readonly base: string | undefined;
  /** The line of that FROM. */
  readonly line: number;
  /** Instructions after FROM, of the last stage and the stages below it; each stage has its own arguments. */
  readonly stages: readonly (readonly Instruction[])[];
  /** Arguments in front of the first FROM, for stages that ask for them with ARG. */
  readonly metaArguments: Variables;
  /** Found without looking at any file or image. */
  readonly needsDocker: readonly NeedsDocker[];
}

interface Stage {
  readonly from: Instruction;
  readonly base: string;
  readonly name: string | undefined;
  readonly instructions: Instruction[];
}

/** @throws InputError DOCKERFILE_INVALID */
export function planBuild(
  text: DockerfileText,
  file: string,
  { buildArguments = {}, platform }: { buildArguments?: Readonly<Record<string, string>>; platform?: Platform } = {},
): Build {
  const needsDocker: NeedsDocker[] = [];
  const meta = new Map(Object.entries(platformArguments(platform)));
  const stages: Stage[] = [];
  for (const instruction of text.instructions) {
    const current = stages.at(-1);
    if (instruction.word === 'FROM') {
      stages.push(stageOf(instruction, meta, text.escape, file));
    } else if (current !== undefined) {
      current.instructions.push(instruction);
    } else if (instruction.word === 'ARG') {
      for (const word of splitQuoted(instruction.rest, text.escape)) {
        const [name = '', ...value] = word.split('=');
        const given =
          buildArguments[name] ??
          (value.length === 0 ? undefined : expand(value.join('='), meta, text.escape, file, instruction));
        if (given !== undefined) meta.set(name, given);
      }
    } else {
      throw invalid(file, instruction.line, `has ${instruction.word} in front of the first FROM`);
    }
  }
  const chain: Stage[] = [];
  for (let stage = stages.at(-1); stage !== undefined;) {
    chain.unshift(stage);
    const { base } = stage;
    const index = stages.indexOf(stage);
    stage = stages.slice(0, index).findLast(({ name }, at) => name === base.toLowerCase() || String(at) === base);
  }
  const [first] = chain;
  if (first === undefined) throw new InputError(codes.DOCKERFILE_INVALID, [{ subject: file, problem: 'has no FROM' }]);
  if (text.syntax !== undefined && !/^(docker\.io\/)?docker\/dockerfile(:1([.-]\S*)?)?$/.test(text.syntax)) {
    needsDocker.push({ line: 1, instruction: `# syntax=${text.syntax}`, why: 'asks for another frontend' });
  }
  for (const { from, instructions } of chain) {
    for (const instruction of [from, ...instructions]) {
      const why = whyDocker(instruction);
      if (why !== undefined) needsDocker.push({ ...needOf(instruction), why });
    }
  }
  return {
    file,
    escape: text.escape,
    base: first.base === '' ? undefined : first.base,
    line: first.from.line,
    stages: chain.map(({ instructions }) => instructions),
    metaArguments: meta,
    needsDocker,
  };
}

/** Arguments that BuildKit gives without being asked. */
function platformArguments(platform: Platform | undefined): Record<string, string> {
  if (platform === undefined) return {};
  const { os, architecture, variant = '' } = platform;
  return { TARGETPLATFORM: formatPlatform(platform), TARGETOS: os, TARGETARCH: architecture, TARGETVARIANT: variant };
}

function stageOf(from: Instruction, meta: Variables, escape: Escape, file: string): Stage {
  const [image = '', as, name, ...more] = splitQuoted(from.rest, escape);
  if (more.length > 0 || (as !== undefined && (as.toUpperCase() !== 'AS' || name === undefined))) {
    throw invalid(file, from.line, `has FROM ${from.rest}, which is not FROM image [AS name]`);
  }
  const base = expand(image, meta, escape, file, from);
  return { from, base, name: name?.toLowerCase(), instructions: [] };
}

function expand(text: string, variables: Variables, escape: Escape, file: string, { line }: Instruction): string {
  try {
    return expandWord(text, variables, escape);
  } catch (error) {
    if (!(error instanceof WordError || error instanceof WordNeedsDocker)) throw error;
    throw invalid(file, line, error.message);
  }
}

/** Flags that are understood; others change what an instruction does. */
const KNOWN_FLAGS: Readonly<Record<string, readonly string[]>> = {
  COPY: ['chown', 'chmod'],
  ADD: ['chown', 'chmod'],
  HEALTHCHECK: ['interval', 'timeout', 'start-period', 'start-interval', 'retries'],
  FROM: ['platform'],
};

function whyDocker({ word, flags, rest, heredoc }: Instruction): string | undefined {
  if (word === 'RUN') return 'runs a command';
  if (word === 'ONBUILD') return 'is for the images built on this one';
  if (heredoc) return 'has a here-document';
  if (flags.from !== undefined) return 'copies from another stage or image';
  const unknown = Object.keys(flags).find((flag) => !(KNOWN_FLAGS[word] ?? []).includes(flag));
  if (unknown !== undefined) return `uses --${unknown}`;
  if (word === 'FROM' && flags.platform !== undefined && !/^\$\{?TARGETPLATFORM\}?$/.test(flags.platform)) {
    return 'fixes a platform';
  }
  if (word === 'FROM' && /^scratch(\s|$)/.test(rest)) return 'starts from nothing';
  return word === 'ADD' && /(^|[\s"])((https?|ftp|git|ssh):\/\/|git@)/.test(rest) ? 'downloads' : undefined;
}

export function needOf({ line, word, flags, rest }: Instruction): {
  readonly line: number;
  readonly instruction: string;
} {
  const written = Object.entries(flags).map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`));
  return { line, instruction: [word, ...written, rest].join(' ').slice(0, 120) };
}

export function invalid(file: string, line: number, problem: string): InputError {
  return new InputError(codes.DOCKERFILE_INVALID, [
    { subject: file, problem: `line ${line} ${problem}`, location: { file, line } },
  ]);
}
