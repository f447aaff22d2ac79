/** The log of one step: lines out of streams, workflow commands executed, everything masked. */
import { StringDecoder } from 'node:string_decoder';
import type { WorkflowCommand } from './commands.ts';
import { parseCommand } from './commands.ts';
import type { Masks } from './masking.ts';
import type { RunAnnotation } from './result.ts';

/** What a command changes beyond the log. */
export interface CommandEffects {
  readonly setOutput: (name: string, value: string) => void;
  readonly saveState: (name: string, value: string) => void;
}

export interface StepLogOptions {
  readonly masks: Masks;
  /** Show `::debug::` lines. */
  readonly debug: boolean;
  readonly onLine: (line: string) => void;
  readonly onAnnotation: (annotation: RunAnnotation) => void;
}

export class StepLog {
  readonly lines: string[] = [];
  readonly annotations: RunAnnotation[] = [];
  readonly #options: StepLogOptions;
  #summary = '';

  constructor(options: StepLogOptions) {
    this.#options = options;
  }

  get summary(): string {
    return this.#summary;
  }

  addSummary(markdown: string): void {
    if (markdown === '') return;
    const masked = this.#options.masks.mask(markdown);
    this.#summary += this.#summary === '' || this.#summary.endsWith('\n') ? masked : `\n${masked}`;
  }

  /** Writes text as it is: no commands are looked for. */
  write(text: string): void {
    for (const line of this.#options.masks.mask(text).split(/\r?\n/)) this.#push(line);
  }

  /** Writes a marker of the raw log, which no mask touches, before the text. */
  mark(marker: string, text = ''): void {
    const lines = this.#options.masks.mask(text).split(/\r?\n/);
    lines.forEach((line, index) => this.#push(index === 0 ? `##[${marker}]${line}` : line));
  }

  #push(line: string): void {
    this.lines.push(line);
    this.#options.onLine(line);
  }

  annotate(annotation: RunAnnotation): void {
    const { masks } = this.#options;
    const masked = {
      ...annotation,
      message: masks.mask(annotation.message),
      ...(annotation.title === undefined ? {} : { title: masks.mask(annotation.title) }),
    };
    this.mark(annotation.level, annotation.message);
    this.annotations.push(masked);
    this.#options.onAnnotation(masked);
  }

  error(message: string): void {
    this.annotate({ level: 'error', message });
  }

  warning(message: string): void {
    this.annotate({ level: 'warning', message });
  }

  mask(value: string): void {
    if (value.trim() === '') this.warning(`Can't add secret mask for empty string in ##[add-mask] command.`);
    else this.#options.masks.add(value);
  }

  get debugging(): boolean {
    return this.#options.debug;
  }
}

/** The output of one process on its way into a step's log. Commands are stopped and resumed for a process, not for a step. */
export class OutputReader {
  readonly #log: StepLog;
  readonly #effects: CommandEffects;
  readonly #streams = { stdout: new LineSplitter(), stderr: new LineSplitter() };
  #stopToken: string | undefined;

  constructor(log: StepLog, effects: CommandEffects) {
    this.#log = log;
    this.#effects = effects;
  }

  push(chunk: Buffer, stream: 'stdout' | 'stderr'): void {
    for (const line of this.#streams[stream].push(chunk)) this.#read(line);
  }

  /** Reads what follows the last line break. */
  end(): void {
    for (const stream of Object.values(this.#streams)) for (const line of stream.end()) this.#read(line);
  }

  #read(line: string): void {
    if (this.#stopToken !== undefined) {
      if (line.trim() === `::${this.#stopToken}::`) this.#stopToken = undefined;
      this.#log.write(line);
      return;
    }
    const command = parseCommand(line);
    if (command === undefined) this.#log.write(line);
    else this.#execute(command, line);
  }

  #execute(command: WorkflowCommand, line: string): void {
    const { name, properties, data } = command;
    switch (name) {
      case 'error':
      case 'warning':
      case 'notice':
        this.#log.annotate(annotationOf(name, command));
        break;
      case 'debug':
        if (this.#log.debugging) this.#log.mark('debug', data);
        break;
      case 'group':
      case 'endgroup':
        this.#log.mark(name, data);
        break;
      case 'add-mask':
        this.#log.mask(data);
        break;
      case 'stop-commands':
        this.#stopToken = data;
        this.#log.write(line);
        break;
      case 'set-output':
        this.#effects.setOutput(properties.name ?? '', data);
        this.#deprecated(name);
        break;
      case 'save-state':
        this.#effects.saveState(properties.name ?? '', data);
        this.#deprecated(name);
        break;
      case 'set-env':
      case 'add-path':
        this.#log.error(`The \`${name}\` command is disabled. Please upgrade to using Environment Files.`);
        break;
      default:
      // echo, add-matcher, remove-matcher: accepted, without an effect here.
    }
  }

  #deprecated(name: string): void {
    this.#log.warning(
      `The \`${name}\` command is deprecated and will be disabled soon. Please upgrade to using Environment Files.`,
    );
  }
}

function annotationOf(level: RunAnnotation['level'], { properties, data }: WorkflowCommand): RunAnnotation {
  const number = (name: string): number | undefined => {
    const value = Number(properties[name]);
    return Number.isInteger(value) && value > 0 ? value : undefined;
  };
  return {
    level,
    message: data,
    ...defined({
      title: properties.title,
      file: properties.file,
      line: number('line'),
      endLine: number('endLine'),
      column: number('col'),
      endColumn: number('endColumn'),
    }),
  };
}

/** Without the keys that are undefined. */
function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

class LineSplitter {
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';

  push(chunk: Buffer): string[] {
    const lines = (this.#rest + this.#decoder.write(chunk)).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.map((line) => line.replace(/\r$/, ''));
  }

  end(): string[] {
    const last = this.#rest + this.#decoder.end();
    this.#rest = '';
    return last === '' ? [] : [last];
  }
}
