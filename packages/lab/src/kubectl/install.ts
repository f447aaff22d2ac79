import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Writes an executable `kubectl` into a folder, for the PATH of machines that have none. It runs the stand-in with the
 * Node that runs this. Gives the path of the executable.
 */
export async function installKubectl(folder: string): Promise<string> {
  const script = fileURLToPath(new URL('kubectl.ts', import.meta.url));
  const executable = join(folder, 'kubectl');
  await mkdir(folder, { recursive: true });
  await writeFile(executable, `#!/bin/sh\nexec '${process.execPath}' --no-warnings '${script}' "$@"\n`);
  await chmod(executable, 0o755);
  return executable;
}
