/** Where `uses:` leads. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { downloadedFolder } from './downloads.ts';
import type { Frame, JobState, Run } from './job-state.ts';
import type { Origin } from './parse.ts';
import { WorkflowError } from './result.ts';
import type { StandIn } from './stand-ins.ts';

export type ResolvedAction =
  | { readonly kind: 'stand-in'; readonly name: string; readonly ref: string; readonly standIn: StandIn }
  | {
      readonly kind: 'folder';
      readonly folder: string;
      readonly origin: Origin;
      /** True for `./path`, which exists only after a checkout. */
      readonly local: boolean;
      /** Where it was downloaded from; undefined for `./path`. */
      readonly repository: { readonly name: string; readonly ref: string } | undefined;
    };

interface RemoteReference {
  readonly repository: string;
  readonly path: string;
  readonly ref: string;
}

/** Finds the action a step uses. @throws WorkflowError when it cannot be found or is of a kind that is not supported. */
export function resolveAction(job: JobState, frame: Frame, uses: string): ResolvedAction {
  if (uses.startsWith('docker://'))
    throw new WorkflowError([`${uses}: docker actions are not supported by this runner`]);
  if (uses.startsWith('$/')) return inOrigin(job.run, frame.origin, uses.slice(2));
  if (uses.startsWith('./')) {
    const root = job.folders.workspace;
    return {
      kind: 'folder',
      folder: join(root, uses),
      origin: { ...job.run.origin, root },
      local: true,
      repository: undefined,
    };
  }
  const { repository, path, ref } = parseRemote(uses);
  const name = path === '' ? repository : `${repository}/${path}`;
  const standIn = job.run.standIns[name.toLowerCase()] ?? job.run.standIns[repository.toLowerCase()];
  if (standIn !== undefined) return { kind: 'stand-in', name, ref, standIn };
  return inOrigin(job.run, originOf(job.run, repository, ref), path);
}

function inOrigin(run: Run, origin: Origin, path: string): ResolvedAction {
  const { repository, ref } = origin;
  return {
    kind: 'folder',
    folder: join(downloadedFolder(run, origin), path),
    origin,
    local: false,
    repository: { name: repository, ref },
  };
}

/** Finds a reusable workflow. @throws WorkflowError when it cannot be found. */
export function resolveWorkflow(
  run: Run,
  caller: Origin,
  uses: string,
): { readonly origin: Origin; readonly path: string } {
  const own = /^[.$]\/(\.github\/workflows\/[^/]+\.ya?ml)$/.exec(uses);
  if (own?.[1] !== undefined) return { origin: caller, path: own[1] };
  const { repository, path, ref } = parseRemote(uses);
  if (!/^\.github\/workflows\/[^/]+\.ya?ml$/.test(path)) {
    throw new WorkflowError([
      `invalid value workflow reference: references to workflows must be in the .github/workflows folder: ${uses}`,
    ]);
  }
  return { origin: originOf(run, repository, ref), path };
}

function parseRemote(uses: string): RemoteReference {
  const match = /^([^/@\s]+\/[^/@\s]+)(?:\/([^@]*))?@(\S+)$/.exec(uses);
  if (match === null) {
    throw new WorkflowError([`Expected format {org}/{repo}[/path]@ref, ./path or $/path. Actual '${uses}'`]);
  }
  return { repository: match[1] ?? '', path: match[2] ?? '', ref: match[3] ?? '' };
}

function originOf(run: Run, repository: string, ref: string): Origin {
  const root = sourceFolder(run, repository, ref);
  if (root === undefined) {
    throw new WorkflowError([`Unable to resolve action \`${repository}@${ref}\`, repository or version not found`]);
  }
  return { repository, ref, sha: /^[0-9a-f]{40}$/.test(ref) ? ref : run.origin.sha, root };
}

/** The folder of a repository at a ref: what the caller gave, or the run's own repository; undefined for a stranger. */
export function sourceFolder(run: Run, repository: string, ref: string): string | undefined {
  const folders = Object.entries(run.options.repositories ?? {});
  const find = (key: string): string | undefined =>
    folders.find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
  const root =
    find(`${repository}@${ref}`) ??
    find(repository) ??
    (repository.toLowerCase() === run.options.repository.toLowerCase() ? run.options.workspace : undefined);
  return root !== undefined && existsSync(root) ? root : undefined;
}
