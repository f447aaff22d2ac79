/** The expression function hashFiles. */
import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * SHA-256 over the SHA-256 of each matching file below the workspace, in path order; empty when nothing matches.
 * Patterns that begin with `!` take files out again.
 */
export function hashFiles(workspace: string, patterns: readonly string[]): string {
  const chosen = new Set<string>();
  for (const line of patterns.flatMap((pattern) => pattern.split(/\r?\n/)).map((pattern) => pattern.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const excluded = line.startsWith('!');
    const pattern = relative(workspace, join(workspace, excluded ? line.slice(1) : line.replace(workspace, '')));
    for (const file of globSync(pattern, { cwd: workspace })) {
      if (excluded) chosen.delete(file);
      else if (statSync(join(workspace, file), { throwIfNoEntry: false })?.isFile() === true) chosen.add(file);
    }
  }
  if (chosen.size === 0) return '';
  const total = createHash('sha256');
  for (const file of [...chosen].sort()) {
    total.update(
      createHash('sha256')
        .update(readFileSync(join(workspace, file)))
        .digest(),
    );
  }
  return total.digest('hex');
}
