/** One job of one combination: its environment, its concurrency group, and either its steps or the workflow it calls. */
import { isMapping } from '@actions/workflow-parser/templates/tokens/type-guards';
import type { JsonObject, Scope } from './expressions.ts';
import { evaluateBoolean, evaluateNumber, evaluateText, objectOf } from './expressions.ts';
import type { JobOutcome } from './job.ts';
import { runJob } from './job.ts';
import { ConcurrencyDeadlock, withinGroup } from './enter-group.ts';
import type { JobDefinition } from './parse.ts';
import { approvalKey } from './rerun.ts';
import type { Conclusion, JobRef, JobResult, RunAnnotation } from './result.ts';
import { WorkflowError } from './result.ts';
import { callWorkflow } from './reusable.ts';
import type { WorkflowCall } from './workflow.ts';

export interface JobInstance {
  readonly call: WorkflowCall;
  readonly definition: JobDefinition;
  readonly ref: JobRef;
  /** github, inputs, vars, needs, strategy, matrix. */
  readonly scope: Scope;
  readonly matrix: JsonObject | null;
  readonly cancel: AbortSignal;
}

/** GitHub's limit of a job, in minutes. */
const JOB_LIMIT_MINUTES = 360;

type Ended = Pick<JobOutcome, 'outputs' | 'steps' | 'annotations'> & {
  readonly conclusion: Conclusion;
  readonly environmentUrl?: string | undefined;
};

const NOTHING = { outputs: {}, steps: [], annotations: [] } as const;

/** Runs the job to its end. Whatever goes wrong is in the result. */
export async function runInstance(instance: JobInstance): Promise<JobResult> {
  const { definition, ref, scope, call, cancel } = instance;
  const { run } = call;
  const began = Date.now();
  let ended: Ended = { ...NOTHING, conclusion: 'cancelled' };
  let environment: string | undefined;
  let approval = 'not asked' as Approval;
  let tolerated = false;
  try {
    environment = environmentName(definition, scope);
    tolerated = evaluateBoolean(definition.continueOnError, scope, false);
    const name = environment;
    const group = { run, concurrency: definition.concurrency, scope, ref, cancel, held: call.held };
    await withinGroup(group, async (signal, held) => {
      if (name !== undefined) approval = await askApproval(instance, name);
      if (approval === 'rejected') {
        const rejected = error(instance, `The deployment to ${name ?? ''} was rejected.`);
        ended = { ...NOTHING, conclusion: 'failure', annotations: [rejected] };
      } else if (!signal.aborted) {
        run.emit({ type: 'job-started', job: ref });
        const entered = { ...instance, call: { ...call, held } };
        ended = await (definition.uses === undefined
          ? runSteps(entered, name, signal)
          : callWorkflow(entered, definition.uses, signal));
      }
    });
  } catch (problem) {
    const messages =
      problem instanceof WorkflowError
        ? problem.problems
        : [problem instanceof Error ? problem.message : String(problem)];
    const conclusion = problem instanceof ConcurrencyDeadlock ? 'cancelled' : 'failure';
    ended = { ...NOTHING, conclusion, annotations: messages.map((message) => error(instance, message)) };
  }
  const url = ended.environmentUrl;
  return {
    ...ref,
    id: definition.id,
    kind: definition.uses === undefined ? 'job' : 'workflow',
    attempt: run.attempt,
    conclusion: ended.conclusion,
    tolerated: tolerated && ended.conclusion === 'failure',
    outputs: ended.outputs,
    matrix: instance.matrix,
    ...(environment === undefined
      ? {}
      : {
          environment: {
            name: environment,
            ...(url === undefined ? {} : { url }),
            ...(approval === 'approved' ? { approved: true } : {}),
          },
        }),
    steps: ended.steps,
    annotations: ended.annotations,
    summary: ended.steps
      .map((step) => step.summary)
      .filter((text) => text !== '')
      .join('\n'),
    durationMs: Date.now() - began,
  };
}

function error({ call, ref }: JobInstance, message: string): RunAnnotation {
  const annotation = { level: 'error', message: call.run.masks.mask(message) } as const;
  call.run.emit({ type: 'annotation', job: ref, annotation });
  return annotation;
}

function environmentName({ environment }: JobDefinition, scope: Scope): string | undefined {
  const token = environment !== undefined && isMapping(environment) ? environment.find('name') : environment;
  const name = evaluateText(token, scope);
  return name === '' ? undefined : name;
}

type Approval = 'approved' | 'rejected' | 'not asked';

/** Asks for approval, unless this deployment has one of an earlier attempt; a cancelled job asks no longer. */
async function askApproval({ call, ref, cancel }: JobInstance, environment: string): Promise<Approval> {
  const { options, emit, approved } = call.run;
  const approve = options.environments?.[environment]?.approve;
  if (approve === undefined) return 'not asked';
  if (approved.has(approvalKey(ref.path, environment))) return 'approved';
  emit({ type: 'job-waiting', job: ref, reason: `approval of environment ${environment}` });
  const cancelled = new Promise<Approval>((resolve) => {
    if (cancel.aborted) resolve('not asked');
    else cancel.addEventListener('abort', () => resolve('not asked'), { once: true });
  });
  return Promise.race([approve(ref).then((yes) => (yes ? 'approved' : 'rejected')), cancelled]);
}

function runSteps(instance: JobInstance, environment: string | undefined, cancel: AbortSignal): Promise<JobOutcome> {
  const { call, definition, ref, scope } = instance;
  const { run } = call;
  const settings = environment === undefined ? undefined : run.options.environments?.[environment];
  const url =
    definition.environment !== undefined && isMapping(definition.environment)
      ? definition.environment.find('url')
      : undefined;
  return runJob({
    run,
    ref,
    workflow: call.workflow,
    definition,
    inputs: call.inputs,
    contexts: {
      needs: scope.contexts.needs ?? {},
      strategy: scope.contexts.strategy ?? {},
      matrix: scope.contexts.matrix ?? null,
      vars: { ...objectOf(scope.contexts.vars), ...settings?.vars },
      secrets: { ...call.secrets, ...settings?.secrets },
    },
    environmentUrl: url,
    cancel,
    timeoutMinutes: evaluateNumber(definition.timeoutMinutes, scope) ?? JOB_LIMIT_MINUTES,
  });
}
