/** Repositories of actions as a runner gets them: a copy of what GitHub would put into the archive, and nothing more. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Run } from './job-state.ts';
import type { Origin } from './parse.ts';

/**
 * The folder of the downloaded repository. A git repository comes without what `.gitignore` and `export-ignore` leave
 * out, any other folder without `node_modules`: a bundle that needs them fails here as it would fail on GitHub.
 */
export function downloadedFolder(run: Run, origin: Origin): string {
  const known = run.downloads.get(origin.root);
  if (known !== undefined) return known;
  const name = `${origin.repository}/${origin.ref.replaceAll('/', '-')}`;
  const target = join(run.options.tempFolder, `run-${run.options.runId ?? '1'}`, '_actions', name);
  mkdirSync(target, { recursive: true });
  const files = existsSync(join(origin.root, '.git')) ? archivedFiles(origin.root) : undefined;
  if (files === undefined) {
    const leftOut = /\/(node_modules|\.git)$/;
    cpSync(origin.root, target, { recursive: true, verbatimSymlinks: true, filter: (path) => !leftOut.test(path) });
  } else {
    for (const file of files) {
      mkdirSync(dirname(join(target, file)), { recursive: true });
      cpSync(join(origin.root, file), join(target, file), { verbatimSymlinks: true });
    }
  }
  run.downloads.set(origin.root, target);
  return target;
}

/** Tracked and new files, without ignored ones and those under an export-ignore attribute; undefined when git fails. */
function archivedFiles(root: string): string[] | undefined {
  const listed = git(root, ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], '');
  const files = listed?.split('\0').filter((file) => file !== '' && existsSync(join(root, file)));
  if (files === undefined) return undefined;
  const paths = new Set(files.flatMap((file) => [file, ...parents(file)]));
  const attributes =
    git(root, ['check-attr', '--stdin', '-z', 'export-ignore'], [...paths].join('\0'))?.split('\0') ?? [];
  const ignored = new Set<string>();
  for (let i = 0; i + 2 < attributes.length; i += 3) if (attributes[i + 2] === 'set') ignored.add(attributes[i] ?? '');
  return files.filter((file) => ![file, ...parents(file)].some((path) => ignored.has(path)));
}

function parents(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function git(root: string, args: readonly string[], input: string): string | undefined {
  const { status, stdout } = spawnSync('git', ['-C', root, ...args], {
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return status === 0 ? stdout : undefined;
}
