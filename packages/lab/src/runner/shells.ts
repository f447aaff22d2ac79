/** The shells of `run` steps. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface ShellCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** The name for the log, as the runner prints it. */
  readonly display: string;
  readonly extension: string;
}

const BUILT_IN: Readonly<Record<string, { readonly line: string; readonly extension: string }>> = {
  bash: { line: 'bash --noprofile --norc -eo pipefail {0}', extension: '.sh' },
  sh: { line: 'sh -e {0}', extension: '.sh' },
  python: { line: 'python {0}', extension: '.py' },
  pwsh: { line: "pwsh -command . '{0}'", extension: '.ps1' },
};

/**
 * The command for a script: a known shell, a custom line with `{0}`, or for none the runner's default
 * (`bash -e`, or `sh -e` where there is no bash).
 * @throws Error when the program is not on PATH or a custom line has no `{0}`.
 */
export function shellCommand(
  shell: string | undefined,
  path: string,
): { at: (script: string) => ShellCommand; extension: string } {
  const fallback = { line: findProgram('bash', path) === undefined ? 'sh -e {0}' : 'bash -e {0}', extension: '.sh' };
  const chosen = shell === undefined || shell === '' ? fallback : (BUILT_IN[shell] ?? { line: shell, extension: '' });
  if (!chosen.line.includes('{0}')) {
    throw new Error(
      `Invalid shell option. Shell must be a valid built-in (bash, sh, python, pwsh) or a format string containing '{0}'`,
    );
  }
  const [name = '', ...args] = chosen.line.split(' ');
  // Hosted runners have a `python`; many machines have `python3` only.
  const program = findProgram(name, path) ?? (name === 'python' ? findProgram('python3', path) : undefined);
  if (program === undefined) throw new Error(`${name}: command not found`);
  return {
    extension: chosen.extension,
    at: (script) => ({
      command: program,
      args: args.map((arg) => arg.replace('{0}', script)),
      display: `${program} ${args.join(' ')}`,
      extension: chosen.extension,
    }),
  };
}

/** The absolute path of a program on a PATH, or undefined. */
function findProgram(name: string, path: string): string | undefined {
  if (name.includes('/')) return name;
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
