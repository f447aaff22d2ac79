/** actions/upload-artifact and actions/download-artifact with a folder instead of GitHub's storage. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { StandInCall } from './stand-ins.ts';

export function uploadArtifact(call: StandInCall): void {
  const name = call.inputs.name ?? 'artifact';
  const folder = join(call.lab.artifacts, name);
  if (existsSync(folder)) {
    // An artifact of an earlier attempt is no conflict: the newest of a name counts.
    if (call.inputs.overwrite !== 'true' && !call.lab.earlierArtifacts.delete(name)) {
      throw new Error(
        `Failed to CreateArtifact: Received non-retryable error: (409) Conflict: an artifact with this name already exists on the workflow run`,
      );
    }
    rmSync(folder, { recursive: true });
  }
  const { root, files } = chosenFiles(
    call.workspace,
    call.inputs.path ?? '',
    call.inputs['include-hidden-files'] === 'true',
  );
  if (files.length === 0) {
    const message = `No files were found with the provided path: ${call.inputs.path ?? ''}. No artifacts will be uploaded.`;
    if (call.inputs['if-no-files-found'] === 'error') throw new Error(message);
    if (call.inputs['if-no-files-found'] === 'ignore') call.log(message);
    else call.warning(message);
    return;
  }
  for (const file of files) copyFile(file, join(folder, relative(root, file)));
  const digest = createHash('sha256').update(name).digest('hex');
  call.log(`Artifact ${name} has been uploaded: ${files.length} file(s)`);
  call.setOutput('artifact-id', String(Number.parseInt(digest.slice(0, 8), 16)));
  call.setOutput('artifact-digest', digest);
}

/** The files under the given paths and patterns, and the folder that their paths in the artifact are relative to. */
function chosenFiles(workspace: string, paths: string, hidden: boolean): { root: string; files: string[] } {
  const searched: string[] = [];
  const files = new Set<string>();
  for (const line of paths
    .split('\n')
    .map((path) => path.trim())
    .filter((path) => path !== '')) {
    const excluded = line.startsWith('!');
    const pattern = resolve(workspace, excluded ? line.slice(1) : line);
    const fixed = pattern.slice(0, /[*?[]/.exec(pattern)?.index ?? pattern.length);
    if (!excluded)
      searched.push(
        fixed === pattern && !isFolder(pattern)
          ? dirname(pattern)
          : fixed.replace(/[^/]*$/, (rest) => (fixed === pattern ? rest : '')).replace(/\/$/, ''),
      );
    for (const found of globSync(isFolder(pattern) ? `${pattern}/**/*` : pattern)) {
      for (const file of isFolder(found) ? globSync(`${found}/**/*`) : [found]) {
        if (
          isFolder(file) ||
          (!hidden &&
            relative(workspace, file)
              .split('/')
              .some((part) => /^\.[^.]/.test(part)))
        )
          continue;
        if (excluded) files.delete(file);
        else files.add(file);
      }
    }
  }
  const [first = workspace, ...others] = searched;
  const root = others.reduce(commonFolder, first);
  return { root, files: [...files].sort() };
}

function commonFolder(a: string, b: string): string {
  const left = a.split('/');
  const right = b.split('/');
  const length = left.findIndex((part, i) => part !== right[i]);
  return (length < 0 ? left : left.slice(0, length)).join('/');
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function copyFile(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { dereference: true });
}

export function downloadArtifact(call: StandInCall): void {
  const target = resolve(call.workspace, call.inputs.path ?? '.');
  const { name, pattern } = call.inputs;
  const artifacts = artifactsOf(call);
  const all = existsSync(artifacts) ? readdirSync(artifacts) : [];
  if (name !== undefined && name !== '') {
    if (!all.includes(name)) throw new Error(`Unable to download artifact(s): Artifact not found for name: ${name}`);
    cpSync(join(artifacts, name), target, { recursive: true });
  } else {
    const matches = pattern === undefined ? all : globSync(pattern, { cwd: artifacts });
    for (const artifact of matches) {
      const folder = call.inputs['merge-multiple'] === 'true' ? target : join(target, artifact);
      cpSync(join(artifacts, artifact), folder, { recursive: true });
    }
    call.log(`Downloaded ${matches.length} artifact(s)`);
  }
  call.setOutput('download-path', target);
}

/** Those of this run, or of another one of the same lab, which only a token may fetch. */
function artifactsOf({ lab, inputs }: StandInCall): string {
  const run = inputs['run-id'] ?? '';
  if (run === '' || run === basename(lab.artifacts)) return lab.artifacts;
  if ((inputs['github-token'] ?? '') === '')
    throw new Error('Input github-token is needed for the artifacts of another run');
  return join(dirname(lab.artifacts), run);
}
