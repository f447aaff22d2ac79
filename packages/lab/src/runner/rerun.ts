/** "Re-run failed jobs": what a later attempt of a run keeps of the attempt before. */
import type { JobResult, WorkflowResult } from './result.ts';

/**
 * What the attempt before left of one job of one workflow: `whole` when nothing of it runs again, else the combinations of
 * its matrix that are kept, by path.
 */
export interface KeptJob {
  readonly whole: boolean;
  readonly results: ReadonlyMap<string, JobResult>;
}

/**
 * What is kept of the job at a path, its matrix jobs and the jobs of the workflow that it calls included. GitHub runs
 * failed and cancelled jobs again; what succeeded or was skipped stays, unless it needs a job that runs again.
 */
export function keptOf(previous: WorkflowResult, path: string): KeptJob {
  const own = previous.jobs.filter((job) => job.path === path || isCombination(job.path, path));
  const kept = own.filter(isKept);
  const inside = previous.jobs.filter((job) => kept.some((outer) => job.path.startsWith(`${outer.path}/`)));
  return {
    whole: own.length > 0 && kept.length === own.length,
    results: new Map([...inside, ...kept].map((job) => [job.path, job])),
  };
}

/** Environments whose protection rules passed: they pass again without a question. */
export function approvedEnvironments(previous: WorkflowResult | undefined): ReadonlySet<string> {
  const approved = (previous?.jobs ?? []).filter(({ environment }) => environment?.approved === true);
  return new Set(approved.map(({ path, environment }) => approvalKey(path, environment?.name ?? '')));
}

/** One job's deployment to one environment. */
export function approvalKey(path: string, environment: string): string {
  return `${path} ${environment}`;
}

function isKept({ conclusion }: JobResult): boolean {
  return conclusion === 'success' || conclusion === 'skipped';
}

/** `test[1]` is one of the combinations of `test`. */
function isCombination(path: string, of: string): boolean {
  return path.startsWith(`${of}[`) && /^\[\d+\]$/.test(path.slice(of.length));
}
