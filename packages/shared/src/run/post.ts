/**
 * The post step of every action: removes the private folders (kubeconfig, logins) that a main step has left, which it only
 * does when it was killed. The runner runs it at the end of the job, whatever came of the steps.
 */
import { lstatSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname } from 'node:path';
import { privateFolderPrefix } from './private-folders.ts';

/** The name under which a main step keeps its folders, as a JSON list of paths. */
export const privateFoldersState = 'private-folders';

/**
 * Removes what is left. Only folders of ours directly below the runner's temporary folder are touched, whatever the state
 * says. Never fails: the job has its result.
 * @param variables the environment of the step
 */
export function removeLeftovers(
  variables: Readonly<Record<string, string | undefined>>,
  say: (line: string) => void,
): void {
  const temp = variables.RUNNER_TEMP ?? tmpdir();
  for (const folder of foldersIn(variables[`STATE_${privateFoldersState}`])) {
    try {
      if (!isOurs(folder, temp)) continue;
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
      say(`Removed ${basename(folder)}, which a step that was killed had left.`);
    } catch (error) {
      say(`${basename(folder)} could not be removed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

function foldersIn(state: string | undefined): readonly string[] {
  try {
    const folders: unknown = JSON.parse(state ?? '[]');
    return Array.isArray(folders) ? folders.filter((folder) => typeof folder === 'string') : [];
  } catch {
    return [];
  }
}

function isOurs(folder: string, temp: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return (
    found?.isDirectory() === true &&
    basename(folder).startsWith(privateFolderPrefix) &&
    realpathSync(dirname(folder)) === realpathSync(temp)
  );
}

/** The post step in this process. */
export function runPost(): void {
  removeLeftovers(process.env, (line) => process.stdout.write(`${line}\n`));
}
