/** The files behind GITHUB_ENV, GITHUB_OUTPUT, GITHUB_STATE, GITHUB_PATH and GITHUB_STEP_SUMMARY. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const SUMMARY_LIMIT_BYTES = 1024 * 1024;

const NAMES = ['env', 'output', 'state', 'path', 'step_summary'] as const;
type FileName = (typeof NAMES)[number];

/** What a step has written, and what was wrong with it. */
export interface EnvironmentFileContents {
  readonly env: Readonly<Record<string, string>>;
  readonly output: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  /** In the order of writing. */
  readonly path: readonly string[];
  readonly summary: string;
  /** Messages that fail the step. */
  readonly problems: readonly string[];
  /** Messages that are shown and do not fail the step. */
  readonly complaints: readonly string[];
}

export class EnvironmentFiles {
  readonly #paths: Record<FileName, string>;

  private constructor(paths: Record<FileName, string>) {
    this.#paths = paths;
  }

  /** Creates a fresh, empty set of files for one step. */
  static async create(folder: string, stepKey: string): Promise<EnvironmentFiles> {
    await mkdir(folder, { recursive: true });
    const entries = NAMES.map((name) => [name, join(folder, `${name}_${stepKey}`)] as const);
    for (const [, path] of entries) await writeFile(path, '');
    return new EnvironmentFiles(Object.fromEntries(entries) as Record<FileName, string>);
  }

  get variables(): Record<string, string> {
    return Object.fromEntries(NAMES.map((name) => [`GITHUB_${name.toUpperCase()}`, this.#paths[name]]));
  }

  /** Reads all files and removes them. */
  async collect(): Promise<EnvironmentFileContents> {
    const problems: string[] = [];
    const complaints: string[] = [];
    const text = async (name: FileName): Promise<string> =>
      (await readFile(this.#paths[name], 'utf8').catch(() => '')).replace(/^\uFEFF/, '');
    const pairs = async (name: FileName): Promise<Record<string, string>> => {
      try {
        return parsePairs(await text(name));
      } catch (error) {
        problems.push(`Unable to process file command '${name}' successfully.`);
        problems.push(error instanceof Error ? error.message : String(error));
        return {};
      }
    };
    const { NODE_OPTIONS: refused, ...env } = await pairs('env');
    if (refused !== undefined) {
      problems.push(`Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.`);
    }
    const path = (await text('path')).split(/\r?\n/).filter((line) => line !== '');
    let summary = await text('step_summary');
    const bytes = Buffer.byteLength(summary);
    if (bytes > SUMMARY_LIMIT_BYTES) {
      complaints.push(
        `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${Math.ceil(bytes / 1024)}k.`,
      );
      summary = '';
    }
    const contents = {
      env,
      output: await pairs('output'),
      state: await pairs('state'),
      path,
      summary,
      problems,
      complaints,
    };
    for (const file of Object.values(this.#paths)) await rm(file, { force: true });
    return contents;
  }
}

/**
 * Reads `name=value` lines and `name<<DELIMITER` blocks.
 * @throws Error with the runner's words when a line is neither or a block does not end.
 */
export function parsePairs(text: string): Record<string, string> {
  const pairs: Record<string, string> = {};
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i] ?? '';
    if (line === '') continue;
    const equals = line.indexOf('=');
    const heredoc = line.indexOf('<<');
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      if (equals === 0) throw new Error(`Invalid format '${line}'. Name must not be empty`);
      pairs[line.slice(0, equals)] = line.slice(equals + 1);
    } else if (heredoc >= 0) {
      const name = line.slice(0, heredoc);
      const delimiter = line.slice(heredoc + 2);
      if (name === '' || delimiter === '') {
        throw new Error(`Invalid format '${line}'. Name must not be empty and delimiter must not be empty`);
      }
      const end = lines.indexOf(delimiter, i + 1);
      // A delimiter in the last line without a line break after it counts, an absent one does not.
      if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
      pairs[name] = lines.slice(i + 1, end).join('\n');
      i = end;
    } else {
      throw new Error(`Invalid format '${line}'`);
    }
  }
  return pairs;
}
