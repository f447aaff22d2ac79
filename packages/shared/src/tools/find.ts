import { constants, accessSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import type { Job } from '../base/ports.ts';

/**
 * The absolute path of a program on the PATH of the job, or undefined.
 * @param name a program's name, without folders
 */
export function findProgram(name: string, job: Job): string | undefined {
  const names = job.platform === 'win32' ? [`${name}.exe`, `${name}.cmd`, name] : [name];
  for (const folder of (job.variable('PATH') ?? '').split(delimiter)) {
    if (folder === '') continue;
    for (const each of names) {
      const path = join(isAbsolute(folder) ? folder : resolve(folder), each);
      if (isExecutable(path)) return path;
    }
  }
  return undefined;
}

/** True for a file that this process may run. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
