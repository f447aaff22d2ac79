import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Writes an executable `apictl` into a folder, for the PATH of whoever looks for it. It runs the stand-in with the
 * Node that runs this. Gives the path of the executable.
 */
export async function installApictl(folder: string): Promise<string> {
  const script = fileURLToPath(new URL('apictl.ts', import.meta.url));
  const executable = join(folder, 'apictl');
  await mkdir(folder, { recursive: true });
  await writeFile(executable, `#!/bin/sh\nexec '${process.execPath}' --no-warnings '${script}' "$@"\n`);
  await chmod(executable, 0o755);
  return executable;
}
