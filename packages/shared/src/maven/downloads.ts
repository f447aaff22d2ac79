/** What Maven fetched: with `--no-transfer-progress` it says nothing of it, and its local repository tells. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface Downloads {
  /** Artifacts and poms, checksums left out. */
  readonly files: number;
  readonly bytes: number;
}

/** The file in which Maven notes where each file of a folder came from (Maven Resolver, EnhancedLocalRepositoryManager). */
const notes = '_remote.repositories';

/** Deeper than any group id: a loop of links ends here. */
const deepest = 40;

/**
 * The files that came from a remote repository since a moment; what the build itself installed is none of them.
 * @param repository the local repository, absolute
 * @param since milliseconds since the epoch
 */
export function downloadsSince(repository: string, since: number): Downloads {
  const found = { files: 0, bytes: 0 };
  const visit = (folder: string, depth: number): void => {
    const entries = readdirSync(folder, { withFileTypes: true });
    for (const entry of entries) if (entry.isDirectory() && depth < deepest) visit(join(folder, entry.name), depth + 1);
    const note = join(folder, notes);
    if (!entries.some(({ name }) => name === notes) || statSync(note).mtimeMs < since) return;
    for (const name of remoteFiles(readFileSync(note, 'utf8'))) {
      const file = join(folder, name);
      // The time of the change to the folder: a transport may give a file the age that it has on the server.
      const stat = existsSync(file) ? statSync(file) : undefined;
      if (stat === undefined || stat.ctimeMs < since) continue;
      found.files += 1;
      found.bytes += stat.size;
    }
  };
  if (existsSync(repository)) visit(repository, 0);
  return found;
}

/** Lines are `file>repository=`; of what was installed here, `file>=`. */
function remoteFiles(text: string): Set<string> {
  const lines = text.split(/\r?\n/).map((line) => /^([^#>/\\][^>/\\]*)>([^=]+)=/.exec(line)?.[1]);
  return new Set(lines.filter((name) => name !== undefined));
}
