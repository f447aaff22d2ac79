import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isInside } from '../base/safe-path.ts';
import type { Files } from '../base/ports.ts';

/** What the names of all private folders begin with. */
export const privateFolderPrefix = 'wso2-delivery-';

/**
 * The files port: private folders under `temp`, and one way to remove them all.
 * @param temp the runner's temporary folder (RUNNER_TEMP), outside the workspace
 * @param remember told of all folders before anything is written into the newest: the post step removes what is left
 */
export function createFiles(
  workspace: string,
  temp: string,
  remember: (folders: readonly string[]) => void = () => undefined,
): Files & { removeAll(): void } {
  const folders = new Set<string>();
  return {
    workspace,
    privateFolder(name) {
      const folder = mkdtempSync(join(temp, `${privateFolderPrefix}${name}-`));
      folders.add(folder);
      chmodSync(folder, 0o700);
      remember([...folders]);
      return Promise.resolve(folder);
    },
    display: (path) => (isInside(workspace, path) ? relative(workspace, path).replaceAll('\\', '/') || '.' : path),
    removeAll() {
      // Synchronous: also called while the process is going down.
      for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
      folders.clear();
    },
  };
}
