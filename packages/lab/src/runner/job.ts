/** One job from its set-up to its outputs. */
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cleanEnvironment } from './clean-environment.ts';
import { runnerContext, workflowIdentity } from './contexts.ts';
import type { Json, JsonObject } from './expressions.ts';
import { evaluateText, evaluateTexts, evaluateToken, objectOf, textOf } from './expressions.ts';
import type { Frame, JobFolders, JobState, Run } from './job-state.ts';
import { stepScope } from './job-state.ts';
import { Masks } from './masking.ts';
import type { JobDefinition, RunDefaults, Workflow } from './parse.ts';
import { endOrphans } from './processes.ts';
import type { JobRef, RunAnnotation, StepResult } from './result.ts';
import { collectPreStages } from './set-up.ts';
import { performPost, performStep, reportStage, stepName } from './steps.ts';

export interface JobRequest {
  readonly run: Run;
  readonly ref: JobRef;
  readonly workflow: Workflow;
  readonly definition: JobDefinition;
  readonly inputs: JsonObject;
  /** vars, secrets, needs, strategy, matrix. */
  readonly contexts: Readonly<Record<string, Json>>;
  /** `url` of the environment, evaluated at the end. */
  readonly environmentUrl: Parameters<typeof evaluateText>[0];
  /** Aborts to cancel the job. */
  readonly cancel: AbortSignal;
  readonly timeoutMinutes: number;
}

export interface JobOutcome {
  readonly conclusion: 'success' | 'failure' | 'cancelled';
  readonly outputs: Readonly<Record<string, string>>;
  readonly steps: readonly StepResult[];
  readonly annotations: readonly RunAnnotation[];
  readonly environmentUrl: string | undefined;
}

/** Runs a job's steps in a workspace of its own. Whatever goes wrong is in the outcome. */
export async function runJob(request: JobRequest): Promise<JobOutcome> {
  const { run, definition } = request;
  const controller = new AbortController();
  const { job, frame } = await prepareJob(request, controller.signal);
  const annotations: RunAnnotation[] = [];
  const annotate = (level: RunAnnotation['level'], message: string): void => {
    const annotation = { level, message: job.masks.mask(message) };
    annotations.push(annotation);
    run.emit({ type: 'annotation', job: job.ref, annotation });
  };
  const cancel = (): void => {
    job.status = 'cancelled';
    controller.abort();
  };
  const timer = setTimeout(
    () => {
      annotate('error', `The job has exceeded the maximum execution time of ${request.timeoutMinutes} minutes.`);
      cancel();
    },
    Math.min(request.timeoutMinutes * 60_000, 2 ** 31 - 1),
  );
  if (request.cancel.aborted) cancel();
  else request.cancel.addEventListener('abort', cancel, { once: true });
  const steps: StepResult[] = [];
  const outputs: Record<string, string> = {};
  let environmentUrl: string | undefined;
  try {
    const conclude = (result: StepResult): void => {
      steps.push(result);
      if (result.conclusion === 'failure' && job.status === 'success') job.status = 'failure';
    };
    const prepared = await setUp(request, job, frame, conclude);
    if (prepared) {
      for (const step of definition.steps) {
        const name = stepName(job, frame, step);
        conclude(await reportStage(job, 'main', step.id, name, (log) => performStep(job, frame, step, log)));
      }
    }
    for (let post = job.posts.pop(); post !== undefined; post = job.posts.pop()) {
      const due = post;
      conclude(await reportStage(job, 'post', due.id, due.name, (log) => performPost(job, due, log)));
    }
    const scope = stepScope(job, frame, {});
    const url = evaluateText(request.environmentUrl, scope);
    environmentUrl = url === undefined ? undefined : job.masks.mask(url);
    for (const [name, value] of Object.entries(evaluateTexts(definition.outputs, scope))) {
      if (job.masks.holds(value)) annotate('warning', `Skip output '${name}' since it may contain secret.`);
      else if (value !== '') outputs[name] = value;
    }
  } catch (error) {
    annotate('error', error instanceof Error ? error.message : String(error));
    if (job.status === 'success') job.status = 'failure';
  } finally {
    clearTimeout(timer);
    request.cancel.removeEventListener('abort', cancel);
    const orphans = endOrphans(job.trackingId);
    if (orphans.length > 0) annotate('notice', `Terminated orphan processes: ${orphans.join(', ')}`);
  }
  const all = [...steps.flatMap((step) => step.annotations), ...annotations];
  return { conclusion: job.status, outputs, steps, annotations: all, environmentUrl };
}

/** Reads the actions and runs their pre stages; false when an action cannot be had, which ends the job. */
async function setUp(
  request: JobRequest,
  job: JobState,
  frame: Frame,
  conclude: (result: StepResult) => void,
): Promise<boolean> {
  try {
    for (const pre of collectPreStages(job, frame, request.definition.steps)) {
      conclude(await reportStage(job, 'pre', pre.id, pre.name, (log) => pre.perform(log)));
    }
    return true;
  } catch (error) {
    conclude(
      await reportStage(job, 'pre', '__set_up_job', 'Set up job', (log) => {
        log.error(error instanceof Error ? error.message : String(error));
        return Promise.resolve({ outcome: 'failure', conclusion: 'failure', outputs: {} });
      }),
    );
    return false;
  }
}

async function prepareJob(request: JobRequest, cancelled: AbortSignal): Promise<{ job: JobState; frame: Frame }> {
  const { run, workflow, definition, ref } = request;
  const folders = await makeFolders(run, ref);
  const eventPath = join(folders.temp, '..', 'event.json');
  await writeFile(eventPath, JSON.stringify(run.github.event ?? {}, null, 2));
  const github: JsonObject = {
    ...run.github,
    job: definition.id,
    workspace: folders.workspace,
    event_path: eventPath,
  };
  const masks = new Masks(run.masks);
  for (const secret of Object.values(objectOf(request.contexts.secrets))) masks.add(textOf(secret));
  const debug = run.options.debug === true;
  const runner = { ...runnerContext(folders.temp, folders.toolCache, debug), workspace: join(folders.workspace, '..') };
  const contexts = { ...request.contexts, github, runner, inputs: request.inputs };
  const defaultsScope = { contexts: { ...contexts, env: {} } };
  const workflowEnv = evaluateTexts(workflow.env, { contexts });
  const env = { ...workflowEnv, ...evaluateTexts(definition.env, { contexts: { ...contexts, env: workflowEnv } }) };
  const job: JobState = {
    run,
    ref,
    folders,
    masks,
    contexts: { ...request.contexts, runner },
    identity: workflowIdentity(workflow),
    machine: { ...cleanEnvironment(process.env), ...run.options.env },
    env,
    path: [],
    trackingId: `github_${randomUUID()}`,
    cancelled,
    status: 'success',
    posts: [],
    instances: new Map(),
    nextStep: 0,
  };
  const pick = (key: keyof RunDefaults): string | undefined => {
    const token = definition.defaults[key] ?? workflow.defaults[key];
    return token === undefined
      ? undefined
      : textOf(evaluateToken(token, { contexts: { ...defaultsScope.contexts, env } }));
  };
  const frame: Frame = {
    key: '',
    kind: 'job',
    file: workflow.path,
    origin: workflow.origin,
    github,
    inputs: request.inputs,
    outerEnv: {},
    steps: {},
    defaults: { shell: pick('shell'), workingDirectory: pick('workingDirectory') },
    deadline: undefined,
    failed: false,
  };
  return { job, frame };
}

async function makeFolders(run: Run, ref: JobRef): Promise<JobFolders> {
  run.nextJob += 1;
  const safe = ref.path.replace(/[^A-Za-z0-9_.-]+/g, '-');
  const attempt = run.attempt === 1 ? '' : `-attempt-${run.attempt}`;
  const base = join(run.options.tempFolder, `run-${run.runId}${attempt}`, `${run.nextJob}-${safe}`);
  const name = run.options.repository.split('/')[1] ?? 'repository';
  const folders = {
    workspace: join(base, 'work', name, name),
    temp: join(base, 'temp'),
    files: join(base, 'files'),
    toolCache: join(run.options.tempFolder, 'tool-cache'),
  };
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true });
  return folders;
}
