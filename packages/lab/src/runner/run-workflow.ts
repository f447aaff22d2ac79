/** The runner's door: one workflow file, one event, one result. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { ConcurrencyGroups } from './concurrency.ts';
import { githubContext } from './contexts.ts';
import type { JsonObject } from './expressions.ts';
import { bindDispatchInputs } from './inputs.ts';
import type { Run } from './job-state.ts';
import { Masks } from './masking.ts';
import type { RunOptions } from './options.ts';
import type { Origin, Workflow } from './parse.ts';
import { readWorkflow } from './parse.ts';
import { approvedEnvironments } from './rerun.ts';
import type { JobResult, WorkflowResult } from './result.ts';
import { WorkflowError } from './result.ts';
import { BUILT_IN_STAND_INS } from './stand-ins.ts';
import { runJobs } from './workflow.ts';

/**
 * Runs a workflow file as GitHub does. Failing jobs are a result, not an exception.
 * @throws WorkflowError when GitHub would not have started the run: the file is invalid, is not triggered by the event,
 * the inputs of a workflow_dispatch are wrong, or what is to be run again is another run.
 */
export async function runWorkflow(given: RunOptions): Promise<WorkflowResult> {
  const began = Date.now();
  const options = ofTheSameRun(given);
  const { previous } = options;
  const runId = options.runId ?? '1';
  const attempt = (previous?.attempt ?? 0) + 1;
  const artifacts = previous?.artifacts ?? join(options.tempFolder, 'artifacts', runId);
  const origin = ownOrigin(options);
  const path = isAbsolute(options.file) ? relative(options.workspace, options.file) : options.file;
  const workflow = await readWorkflow(origin, path);
  const { inputs, payload } = trigger(options, workflow);
  const token = options.token ?? `ghs_${randomBytes(18).toString('hex')}`;
  const secrets = { ...options.secrets, GITHUB_TOKEN: options.secrets?.GITHUB_TOKEN ?? token };
  const masks = new Masks();
  for (const secret of [token, ...Object.values(secrets)]) masks.add(secret);
  mkdirSync(options.tempFolder, { recursive: true });
  const jobs: JobResult[] = [];
  const run: Run = {
    options,
    origin,
    github: githubContext(options, workflow, payload, token, { runId, attempt }),
    masks,
    secrets,
    standIns: lowerCaseKeys({ ...BUILT_IN_STAND_INS, ...options.actionStandIns }),
    concurrency: options.concurrency ?? new ConcurrencyGroups(),
    emit: (event) => {
      if (event.type === 'job-finished' || event.type === 'job-kept') jobs.push(event.job);
      options.onEvent?.(event);
    },
    runId,
    attempt,
    artifacts,
    earlierArtifacts: new Set(previous !== undefined && existsSync(artifacts) ? readdirSync(artifacts) : []),
    approved: approvedEnvironments(previous),
    nextJob: 0,
    downloads: new Map(),
  };
  run.emit({ type: 'workflow-started', name: workflow.name });
  const cancel = options.signal ?? new AbortController().signal;
  const outcome = await runJobs({
    run,
    workflow,
    inputs,
    secrets,
    within: undefined,
    depth: 0,
    held: [],
    cancel,
    previous,
  });
  const result: WorkflowResult = {
    name: workflow.name,
    file: path,
    conclusion: cancel.aborted && outcome.conclusion !== 'failure' ? 'cancelled' : outcome.conclusion,
    runId,
    attempt,
    sha: origin.sha,
    ref: origin.ref,
    artifacts,
    jobs,
    durationMs: Date.now() - began,
  };
  run.emit({ type: 'workflow-finished', result });
  return result;
}

/** All attempts of a run have its id, its commit and its ref. @throws WorkflowError when the options say otherwise. */
function ofTheSameRun(options: RunOptions): RunOptions {
  const { previous, workspace, file } = options;
  if (previous === undefined) return options;
  const path = isAbsolute(file) ? relative(workspace, file) : file;
  const problems = [
    ...(path === previous.file ? [] : [`the run was of ${previous.file}, not of ${path}`]),
    ...(['runId', 'sha', 'ref'] as const)
      .filter((key) => options[key] !== undefined && options[key] !== previous[key])
      .map((key) => `${key} of the run was ${previous[key]}, not ${options[key] ?? ''}`),
  ];
  if (problems.length > 0) throw new WorkflowError(problems);
  return { ...options, runId: previous.runId, sha: previous.sha, ref: previous.ref };
}

function trigger(options: RunOptions, workflow: Workflow): { inputs: JsonObject; payload: JsonObject } {
  if (!workflow.events.has(options.event)) {
    const known = [...workflow.events.keys()].join(', ');
    throw new WorkflowError([
      `${workflow.path}: event '${options.event}' does not trigger this workflow; it has: ${known}`,
    ]);
  }
  const payload: JsonObject = {
    ref: options.ref ?? 'refs/heads/main',
    repository: { full_name: options.repository, name: options.repository.split('/')[1] ?? '' },
    ...options.payload,
  };
  if (options.event !== 'workflow_dispatch') return { inputs: {}, payload };
  const { typed, texts } = bindDispatchInputs(workflow.events.get('workflow_dispatch'), options.inputs ?? {});
  return { inputs: typed, payload: { ...payload, inputs: texts } };
}

function ownOrigin({ workspace, repository, ref = 'refs/heads/main', sha }: RunOptions): Origin {
  const isRepository = existsSync(join(workspace, '.git'));
  const head = isRepository
    ? spawnSync('git', ['-C', workspace, 'rev-parse', 'HEAD'], { encoding: 'utf8' })
    : undefined;
  const known = head?.status === 0 ? head.stdout.trim() : '0'.repeat(40);
  return { repository, ref, sha: sha ?? known, root: workspace };
}

function lowerCaseKeys<T>(values: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key.toLowerCase(), value]));
}
