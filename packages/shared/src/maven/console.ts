/**
 * Maven's console, line by line as it comes: which module and goal is at work, how long each took, which Java errors
 * there are and how the run ended. `[ERROR]` lines alone say nothing: good builds print them too.
 */
import { stripVTControlCharacters } from 'node:util';

export interface GoalRun {
  /** The module as the console calls it. */
  readonly module: string;
  /** Artifact id (Maven 3.8) or prefix (since 3.9) of the plugin. */
  readonly plugin: string;
  readonly goal: string;
  readonly startedAt: number;
  /** Milliseconds until the next goal or the end. */
  readonly durationMs: number;
  /** Milliseconds of it that Maven runs inside the goal took. */
  readonly nestedMs: number;
}

export interface CompileError {
  /** As the compiler printed it: an absolute path. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What a line meant, for those who follow the run live. */
export type ConsoleEvent =
  | { readonly kind: 'module'; readonly name: string; readonly position: string | undefined }
  | { readonly kind: 'goal'; readonly module: string; readonly plugin: string; readonly goal: string }
  | { readonly kind: 'nested-start' }
  | { readonly kind: 'nested-end'; readonly failed: boolean }
  | { readonly kind: 'end'; readonly outcome: 'success' | 'failure' };

export interface ConsoleFacts {
  /** From the last BUILD line of the outer run; undefined when Maven ended before it came to one. */
  readonly outcome: 'success' | 'failure' | undefined;
  /** In the order in which Maven came to them. */
  readonly modules: readonly string[];
  readonly goals: readonly GoalRun[];
  readonly compileErrors: readonly CompileError[];
  /** What nested runs that failed gave as the reason, each once. */
  readonly nestedFailures: readonly string[];
  /** Profiles that were asked for and do not exist: Maven warns and goes on without them. */
  readonly unknownProfiles: readonly string[];
  /** The lines that Maven marked as errors, the last ones only. */
  readonly errorLines: readonly string[];
}

export interface Console {
  /** @param at milliseconds since the epoch */
  line(text: string, at: number): ConsoleEvent | undefined;
  facts(at: number): ConsoleFacts;
}

const goalLine = /^--- (\S+?):[^:\s]+:(\S+)(?: \([^)]*\))? @ (\S+) ---$/;
const moduleLine = /^-+< ([^>]+) >-+$/;
const buildingLine = /^Building (.+?)(?:\s+\[(\d+\/\d+)\])?$/;
const outcomeLine = /^BUILD (SUCCESS|FAILURE)$/;
const compileLine = /^(.+?\.(?:java|kt|groovy|scala)):\[(\d+),(\d+)\] (?:error: )?(.+)$/;
const nestedFailureLine =
  /^(?:Failed to execute goal |The build could not read |Some problems were encountered|(?:\s*)Unresolveable build extension|(?:\s*)Non-readable POM)/;
const unknownProfileLine = /^The requested (?:optional )?profiles? "?\[?([^"\]]+)"?\]? could not be activated/;
const keptErrorLines = 400;

interface OpenGoal {
  readonly module: string;
  readonly plugin: string;
  readonly goal: string;
  readonly startedAt: number;
  nestedMs: number;
}

/** A reader of one console. */
export function readConsole(): Console {
  const modules: string[] = [];
  const goals: GoalRun[] = [];
  const compileErrors = new Map<string, CompileError>();
  const nestedFailures = new Set<string>();
  const unknownProfiles = new Set<string>();
  const errorLines: string[] = [];
  let outcome: ConsoleFacts['outcome'];
  let open: OpenGoal | undefined;
  let scanned = false;
  let nestedSince: number | undefined;
  let nestedFailed = false;
  let lastNestedFailed = false;
  let nestedReason: string | undefined;

  const closeGoal = (at: number) => {
    if (open !== undefined) goals.push({ ...open, durationMs: Math.max(0, at - open.startedAt) });
    open = undefined;
  };
  const closeReason = () => {
    if (nestedReason !== undefined) nestedFailures.add(nestedReason.replace(/ -> \[Help \d+\]$/, ''));
    nestedReason = undefined;
  };
  const endNested = (at: number): ConsoleEvent | undefined => {
    if (nestedSince === undefined) return undefined;
    if (open !== undefined) open.nestedMs += Math.max(0, at - nestedSince);
    nestedSince = undefined;
    lastNestedFailed = nestedFailed;
    return { kind: 'nested-end', failed: nestedFailed };
  };

  const read = (level: string | undefined, text: string, at: number): ConsoleEvent | undefined => {
    if (level === 'ERROR' || level === 'FATAL') {
      errorLines.push(text);
      if (errorLines.length > keptErrorLines) errorLines.shift();
      // A failed nested run gives its reason after its last line.
      if (nestedReason !== undefined) {
        if (text.trim() === '' || text.startsWith('-> [Help')) closeReason();
        else nestedReason += ` ${text.trim()}`;
      } else if ((nestedSince !== undefined || lastNestedFailed) && nestedFailureLine.test(text)) {
        nestedReason = text.trim();
        nestedFailed = true;
        // Maven 3.9 says the rest on the lines that follow.
        if (nestedReason.endsWith(']')) closeReason();
      }
      const error = compileLine.exec(text);
      if (error !== null) {
        const [, file = '', line, column, message = ''] = error;
        const found = {
          file: file.replace(/^\/([A-Za-z]:)/, '$1'),
          line: Number(line),
          column: Number(column),
          message,
        };
        compileErrors.set(`${found.file}:${found.line}:${found.column}`, found);
      }
      return undefined;
    }
    closeReason();
    const profile = level?.startsWith('WARN') === true ? unknownProfileLine.exec(text)?.[1] : undefined;
    if (profile !== undefined) unknownProfiles.add(profile);
    if (text === 'Scanning for projects...') {
      if (!scanned) {
        scanned = true;
        return undefined;
      }
      nestedSince ??= at;
      nestedFailed = false;
      lastNestedFailed = false;
      return { kind: 'nested-start' };
    }
    if (text === 'All dependencies resolved and extracted successfully.') {
      lastNestedFailed = false;
      return endNested(at);
    }
    const built = outcomeLine.exec(text);
    if (built !== null) {
      const good = built[1] === 'SUCCESS';
      if (nestedSince !== undefined) {
        nestedFailed ||= !good;
        return undefined;
      }
      closeGoal(at);
      outcome = good ? 'success' : 'failure';
      return { kind: 'end', outcome };
    }
    if (text.startsWith('Finished at: ')) return endNested(at);
    if (nestedSince !== undefined) return undefined;

    const goal = goalLine.exec(text);
    if (goal !== null) {
      const [, plugin = '', name = '', module = ''] = goal;
      closeGoal(at);
      lastNestedFailed = false;
      open = { module, plugin, goal: name, startedAt: at, nestedMs: 0 };
      return { kind: 'goal', module, plugin, goal: name };
    }
    if (moduleLine.test(text)) {
      closeGoal(at);
      return undefined;
    }
    const building = buildingLine.exec(text);
    if (building !== null && open === undefined) {
      const [, name = '', position] = building;
      modules.push(name);
      return { kind: 'module', name, position };
    }
    return undefined;
  };

  return {
    line(raw, at) {
      // Maven 4 marks what plugins print themselves, nested runs among it.
      const text = stripVTControlCharacters(raw)
        .replace(/\r$/, '')
        .replace(/^\[INFO\] \[stdout\] /, '');
      const tagged = /^\[(INFO|WARN|WARNING|ERROR|FATAL|DEBUG)\] ?(.*)$/i.exec(text);
      return tagged === null ? undefined : read(tagged[1]?.toUpperCase(), tagged[2] ?? '', at);
    },
    facts(at) {
      closeReason();
      const running = open === undefined ? [] : [{ ...open, durationMs: Math.max(0, at - open.startedAt) }];
      return {
        outcome,
        modules: [...modules],
        goals: [...goals, ...running],
        compileErrors: [...compileErrors.values()],
        nestedFailures: [...nestedFailures],
        unknownProfiles: [...unknownProfiles],
        errorLines: [...errorLines],
      };
    },
  };
}
