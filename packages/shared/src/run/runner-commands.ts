/**
 * What a step says to the runner: workflow commands on standard output and lines in the runner's files
 * (docs.github.com, "Workflow commands for GitHub Actions"). Written out here because @actions/core brings an HTTP
 * client that makes each bundle a megabyte larger and its start a third slower, and nothing here uses it.
 */
import { appendFileSync } from 'node:fs';
import { EOL } from 'node:os';

export interface RunnerCommands {
  /** Masks a value in everything that is logged from now on. */
  mask(value: string): void;
  info(text: string): void;
  /** `debug`, `notice`, `warning`, `error`, `group`, `endgroup` … */
  command(name: string, properties: Readonly<Record<string, string | number | undefined>>, message: string): void;
  setOutput(name: string, value: string): void;
  /** Keeps a value for the post step of this action. Where the runner keeps none there is no post step either. */
  saveState(name: string, value: string): void;
  /** Adds to the job summary. False where the runner keeps none. */
  addSummary(markdown: string): boolean;
}

/**
 * @param variables the environment of the step
 * @param write standard output
 */
export function createRunnerCommands(
  variables: Readonly<Record<string, string | undefined>>,
  write: (text: string) => void,
): RunnerCommands {
  const command: RunnerCommands['command'] = (name, properties, message) => {
    const given = Object.entries(properties).filter(([, value]) => value !== undefined);
    const list = given.map(([key, value]) => `${key}=${escapeProperty(String(value))}`).join(',');
    write(`::${name}${list === '' ? '' : ` ${list}`}::${escapeMessage(message)}${EOL}`);
  };
  const file = (name: string) => (variables[name] === '' ? undefined : variables[name]);
  return {
    command,
    mask: (value) => command('add-mask', {}, value),
    info: (text) => write(`${text}${EOL}`),
    setOutput(name, value) {
      const path = file('GITHUB_OUTPUT');
      // Without the file (an old runner, or by hand) the value is shown: nobody else would take it.
      if (path === undefined) write(`output ${name}=${value}${EOL}`);
      else appendFileSync(path, namedValue(name, value));
    },
    saveState(name, value) {
      const path = file('GITHUB_STATE');
      if (path !== undefined) appendFileSync(path, namedValue(name, value));
    },
    addSummary(markdown) {
      const path = file('GITHUB_STEP_SUMMARY');
      if (path === undefined) return false;
      appendFileSync(path, markdown);
      return true;
    },
  };
}

/** A value with line breaks in the form of the runner's files; the delimiter is one that nobody can foresee. */
function namedValue(name: string, value: string): string {
  const delimiter = `ghadelimiter_${crypto.randomUUID()}`;
  return `${name}<<${delimiter}${EOL}${value}${EOL}${delimiter}${EOL}`;
}

function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
