/** Carries out a Dockerfile that executes nothing: instructions become layers and configuration. Pure but for the context. */
import { posix } from 'node:path';
import type { TarEntry } from '../../formats/tar.ts';
import type { HistoryEntry, ImageConfig } from '../manifest.ts';
import { commandOf, type DockerConfig, healthcheckOf, portsOf, withVariable } from './container-config.ts';
import type { BuildContext } from './context.ts';
import { copyIntoTree, isArchive } from './copy.ts';
import { matchSource } from './context.ts';
import { type Build, invalid, needOf, type NeedsDocker } from './stages.ts';
import { type Instruction, jsonList } from './syntax.ts';
import { type BaseFiles, type Owner, Tree, TreeError } from './tree.ts';
import { expandWord, pairsOf, splitBlanks, splitQuoted, WordError, WordNeedsDocker } from './words.ts';

export interface EvaluationInput {
  readonly context: BuildContext;
  readonly base: { readonly config: ImageConfig; readonly files: BaseFiles };
  readonly buildArguments?: Readonly<Record<string, string>>;
}

/** One instruction: what the history says of it, and the entries of its layer when it has one. */
export interface Step {
  readonly line: number;
  readonly createdBy: string;
  readonly entries: readonly TarEntry[];
}

export type Evaluation =
  | {
      readonly kind: 'layers';
      readonly steps: readonly Step[];
      readonly config: DockerConfig;
      readonly author: string | undefined;
    }
  | { readonly kind: 'docker'; readonly needs: readonly NeedsDocker[] };

/**
 * Evaluates the build on its base.
 * @throws InputError DOCKERFILE_INVALID at the line, DOCKERFILE_CONTEXT_REFUSED; BaseUnknown when `base.files` knows
 * too little
 */
export function evaluate(build: Build, input: EvaluationInput): Evaluation {
  const needs = [...build.needsDocker];
  const base: DockerConfig = input.base.config.config ?? {};
  for (const trigger of base.OnBuild ?? []) {
    needs.push({ line: build.line, instruction: `ONBUILD ${trigger}`, why: 'is an instruction of the base image' });
  }
  if (needs.length > 0) return { kind: 'docker', needs };
  const evaluator = new Evaluator(build, input, base);
  for (const stage of build.stages) {
    evaluator.startStage();
    for (const instruction of stage) {
      try {
        evaluator.carryOut(instruction);
      } catch (error) {
        if (error instanceof WordNeedsDocker) needs.push({ ...needOf(instruction), why: error.message });
        else if (error instanceof WordError || error instanceof TreeError || error instanceof SyntaxError) {
          throw invalid(build.file, instruction.line, error.message);
        } else throw error;
      }
    }
  }
  return needs.length > 0 ? { kind: 'docker', needs } : evaluator.result();
}

class Evaluator {
  readonly #build: Build;
  readonly #input: EvaluationInput;
  readonly #tree: Tree;
  readonly #steps: Step[] = [];
  #config: DockerConfig;
  #author: string | undefined;
  /** Variables by name: environment and arguments alike, the latest value wins. */
  readonly #variables: Map<string, string>;
  #commandIsOwn = false;

  constructor(build: Build, input: EvaluationInput, base: DockerConfig) {
    this.#build = build;
    this.#input = input;
    this.#tree = new Tree(input.base.files);
    this.#config = base;
    this.#variables = new Map(
      (base.Env ?? []).map((pair): [string, string] => {
        const [name = '', ...value] = pair.split('=');
        return [name, value.join('=')];
      }),
    );
  }

  /** Arguments stay known in a stage that stands on another. */
  startStage(): void {
    this.#commandIsOwn = false;
  }

  result(): Evaluation {
    return { kind: 'layers', steps: this.#steps, config: this.#config, author: this.#author };
  }

  carryOut(instruction: Instruction): void {
    const { word, rest } = instruction;
    switch (word) {
      case 'ARG':
        this.#arg(instruction);
        break;
      case 'ENV':
        this.#env(instruction);
        break;
      case 'LABEL':
        this.#label(instruction);
        break;
      case 'COPY':
      case 'ADD':
        this.#copy(instruction);
        break;
      case 'WORKDIR':
        this.#workdir(instruction);
        break;
      case 'USER':
        this.#set(instruction, { User: this.#word(rest) });
        break;
      case 'STOPSIGNAL':
        this.#set(instruction, { StopSignal: this.#word(rest) });
        break;
      case 'EXPOSE': {
        const ports = portsOf(this.#words(rest).flatMap(splitBlanks));
        this.#set(instruction, { ExposedPorts: added(this.#config.ExposedPorts, ports) });
        break;
      }
      case 'VOLUME': {
        const paths = this.#words(rest);
        if (paths.includes('')) throw new WordError('has a volume without a path');
        this.#set(instruction, { Volumes: added(this.#config.Volumes, paths) });
        break;
      }
      case 'CMD': {
        const list = commandOf(rest, this.#config);
        this.#commandIsOwn = true;
        // Docker sets it with every CMD, whatever its form.
        this.#set(instruction, { Cmd: list, ArgsEscaped: true });
        break;
      }
      case 'ENTRYPOINT': {
        const list = commandOf(rest, this.#config);
        this.#set(instruction, { Entrypoint: list, ...(!this.#commandIsOwn && { Cmd: null }) });
        break;
      }
      case 'HEALTHCHECK':
        this.#set(instruction, { Healthcheck: healthcheckOf(instruction) });
        break;
      case 'SHELL': {
        const shell = jsonList(rest);
        if (shell === undefined || shell.length === 0) throw new WordError('has SHELL, which takes a JSON list');
        this.#set(instruction, { Shell: shell });
        break;
      }
      case 'MAINTAINER':
        this.#author = rest;
        this.#set(instruction, {});
        break;
      default:
        throw new WordNeedsDocker('is not known');
    }
  }

  #set({ line, word, rest }: Instruction, change: Partial<DockerConfig>): void {
    this.#config = { ...this.#config, ...change };
    this.#step(line, `${word} ${rest}`, []);
  }

  #step(line: number, createdBy: string, entries: readonly TarEntry[]): void {
    this.#steps.push({ line, createdBy, entries });
  }

  #word(text: string): string {
    return expandWord(text, this.#variables, this.#build.escape);
  }

  /** A JSON list or words between blanks, each filled in. */
  #words(rest: string): string[] {
    return (jsonList(rest) ?? splitBlanks(rest)).map((word) => this.#word(word));
  }

  #arg({ line, rest }: Instruction): void {
    for (const word of splitQuoted(rest, this.#build.escape)) {
      const [name = '', ...value] = word.split('=');
      const given = this.#input.buildArguments?.[name];
      const fallback = value.length > 0 ? this.#word(value.join('=')) : this.#build.metaArguments.get(name);
      const decided = given ?? fallback;
      if (decided !== undefined) this.#variables.set(name, decided);
    }
    this.#step(line, `ARG ${rest}`, []);
  }

  #env(instruction: Instruction): void {
    // All of them are filled in with what was known before the instruction.
    const pairs = pairsOf(instruction.rest, this.#build.escape).map(
      ([name, value]) => [this.#word(name), this.#word(value)] as const,
    );
    let env: readonly string[] = this.#config.Env ?? [];
    for (const [name, value] of pairs) {
      env = withVariable(env, name, value);
      this.#variables.set(name, value);
    }
    this.#set(instruction, { Env: env });
  }

  #label(instruction: Instruction): void {
    const labels = { ...this.#config.Labels };
    for (const [name, value] of pairsOf(instruction.rest, this.#build.escape))
      labels[this.#word(name)] = this.#word(value);
    this.#set(instruction, { Labels: labels });
  }

  #workdir({ line, rest }: Instruction): void {
    const path = posix.resolve('/', this.#config.WorkingDir ?? '', this.#word(rest));
    if (this.#tree.entry(this.#tree.resolve(path))?.type !== 'directory') {
      this.#tree.makeDirectories(path, this.#owner(this.#config.User ?? ''));
    }
    this.#config = { ...this.#config, WorkingDir: path };
    this.#step(line, `WORKDIR ${path}`, this.#tree.closeLayer());
  }

  #copy(instruction: Instruction): void {
    const { line, word, flags, rest } = instruction;
    const words = this.#words(rest);
    const destination = words.at(-1) ?? '';
    const sources = words.slice(0, -1);
    if (sources.length === 0) throw new WordError(`has ${word} without a source and a destination`);
    const { context } = this.#input;
    if (word === 'ADD') {
      const archive = sources
        .flatMap((source) => matchSource(context, source))
        .find((path) => isArchive(context, path));
      if (archive !== undefined) throw new WordNeedsDocker(`unpacks ${archive}`);
    }
    const path = posix.resolve('/', this.#config.WorkingDir ?? '', destination);
    const folder = destination === '' || destination === '.' || destination.endsWith('/');
    const chown = flags.chown === undefined ? '' : this.#word(flags.chown);
    copyIntoTree(
      {
        sources,
        destination: folder && path !== '/' ? `${path}/` : path,
        owner: this.#owner(chown),
        mode: flags.chmod === undefined ? undefined : modeOf(this.#word(flags.chmod)),
      },
      context,
      this.#tree,
    );
    this.#step(line, `${word} ${sources.join(' ')} ${destination}`, this.#tree.closeLayer());
  }

  /** `user`, `user:group`, in names or numbers. Without a group: the user's own, or the number of the user. */
  #owner(text: string): Owner {
    if (text === '' || text === 'root') return { uid: 0, gid: 0 };
    const [user = '', group] = text.split(':');
    const known = /^\d+$/.test(user) ? { uid: Number(user), gid: Number(user) } : this.#tree.user(user);
    if (known === undefined) throw new TreeError(`names the user ${user}, whom the base image does not have`);
    if (group === undefined || group === '') return known;
    const gid = /^\d+$/.test(group) ? Number(group) : this.#tree.group(group);
    if (gid === undefined) throw new TreeError(`names the group ${group}, which the base image does not have`);
    return { uid: known.uid, gid };
  }
}

function added(
  there: Readonly<Record<string, object>> | null | undefined,
  keys: readonly string[],
): Record<string, object> {
  return { ...there, ...Object.fromEntries(keys.map((key) => [key, {}])) };
}

/** @throws WordNeedsDocker for the symbolic form, WordError */
function modeOf(text: string): number {
  if (/^[ugoa]*[-+=]/.test(text)) throw new WordNeedsDocker(`uses the mode ${text}`);
  if (!/^[0-7]{1,5}$/.test(text)) throw new WordError(`has --chmod=${text}, which is no mode like 644`);
  // As docker: setuid, setgid and sticky bits are not set this way.
  return Number.parseInt(text, 8) & 0o777;
}

/** The history of the steps, as the image's configuration tells it. */
export function historyOf(steps: readonly Step[], created: Date): HistoryEntry[] {
  return steps.map(({ createdBy, entries }) => ({
    created: created.toISOString(),
    created_by: createdBy,
    ...(entries.length === 0 && { empty_layer: true }),
  }));
}
