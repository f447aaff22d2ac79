import { readFileSync } from 'node:fs';
import type { Job } from '../base/ports.ts';
import type { GitHub } from './client.ts';

/**
 * The pull request that a job belongs to: the one whose event started it, else the one that brought its commit.
 * @returns undefined when there is none
 * @throws ServiceError GITHUB_* when GitHub has to be asked and does not answer
 */
export async function pullRequestOf(job: Job, github: GitHub): Promise<number | undefined> {
  const own = fromRef(job.ref) ?? fromEvent(job.variable('GITHUB_EVENT_PATH'));
  if (own !== undefined || job.sha === undefined) return own;
  const path = `/commits/${encodeURIComponent(job.sha)}/pulls`;
  const rows = await github.list(path, 'pull-requests: read', 'name the pull request of the commit', 1);
  const merged = rows.find((row) => typeof row.merged_at === 'string') ?? rows[0];
  return typeof merged?.number === 'number' ? merged.number : undefined;
}

/** refs/pull/12/merge → 12 */
function fromRef(ref: string | undefined): number | undefined {
  const number = /^refs\/pull\/(\d+)\//.exec(ref ?? '')?.[1];
  return number === undefined ? undefined : Number(number);
}

/** Events such as pull_request_target carry the number; their ref is that of the base branch. */
function fromEvent(file: string | undefined): number | undefined {
  if (file === undefined) return undefined;
  try {
    const event = JSON.parse(readFileSync(file, 'utf8')) as {
      pull_request?: { number?: unknown };
      issue?: { number?: unknown; pull_request?: unknown };
    };
    const issue = event.issue?.pull_request === undefined ? undefined : event.issue.number;
    const number = event.pull_request?.number ?? issue;
    return typeof number === 'number' ? number : undefined;
  } catch {
    return undefined;
  }
}
