/** One step: condition, environment, deadline, cancellation, result. */
import { runAction } from './action-step.ts';
import {
  evaluate,
  evaluateBoolean,
  evaluateNumber,
  evaluateText,
  evaluateTexts,
  ExpressionFailure,
  isTrue,
} from './expressions.ts';
import type { Frame, JobState, PostStep, StepBody } from './job-state.ts';
import { stepScope } from './job-state.ts';
import type { StepDefinition } from './parse.ts';
import { scalarText } from './parse.ts';
import type { Conclusion, StepResult } from './result.ts';
import { WorkflowError } from './result.ts';
import { runScript } from './script-step.ts';
import { StepLog } from './step-log.ts';

export interface StepOutcome {
  readonly outcome: Conclusion;
  readonly conclusion: Conclusion;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Runs the main stage of a step in its frame, into a log, and records it in the frame's `steps` context. */
export async function performStep(
  job: JobState,
  frame: Frame,
  definition: StepDefinition,
  log: StepLog,
): Promise<StepOutcome> {
  const body = definition.uses === undefined ? runScript : runAction;
  const result = await performStage(job, frame, definition, definition.condition, body, log);
  frame.steps[definition.id] = { outputs: result.outputs, outcome: result.outcome, conclusion: result.conclusion };
  return result;
}

/** Runs one stage of a step: pre, main or post. */
export async function performStage(
  job: JobState,
  frame: Frame,
  definition: StepDefinition,
  condition: string,
  body: StepBody,
  log: StepLog,
): Promise<StepOutcome> {
  const outputs: Record<string, string> = {};
  let env: Record<string, string> = {};
  let outcome: Conclusion;
  let guard: Guard | undefined;
  try {
    env = evaluateTexts(definition.env, stepScope(job, frame, {}));
    const due = (): boolean => isTrue(evaluate(condition, stepScope(job, frame, env)));
    if (!due()) return { outcome: 'skipped', conclusion: 'skipped', outputs };
    const scope = stepScope(job, frame, env);
    const name = stepName(job, frame, definition);
    const minutes = evaluateNumber(definition.timeoutMinutes, scope);
    guard = new Guard(job, frame, due, minutes);
    const { signal, deadline } = guard;
    const succeeded = await body({ job, frame, definition, name, log, scope, env, outputs, signal, deadline });
    outcome = succeeded ? 'success' : 'failure';
    if (guard.timedOut) log.error(`The action '${name}' has timed out after ${minutes ?? 0} minutes.`);
  } catch (error) {
    log.error(explain(error, frame));
    outcome = 'failure';
  } finally {
    guard?.dispose();
  }
  if (guard?.timedOut === true) {
    outcome = 'failure';
  } else if (guard?.cancelled === true) {
    log.error('The operation was canceled.');
    outcome = 'cancelled';
  }
  const tolerated = outcome === 'failure' && toleratesFailure(job, frame, definition, env, log);
  return { outcome, conclusion: tolerated ? 'success' : outcome, outputs };
}

/** Evaluated after the step: it may look at what the step has set. */
function toleratesFailure(
  job: JobState,
  frame: Frame,
  definition: StepDefinition,
  env: Readonly<Record<string, string>>,
  log: StepLog,
): boolean {
  try {
    return evaluateBoolean(definition.continueOnError, stepScope(job, frame, env), false);
  } catch (error) {
    log.error(explain(error, frame));
    return false;
  }
}

function explain(error: unknown, frame: Frame): string {
  if (error instanceof ExpressionFailure) return `The template is not valid. ${frame.file} ${error.message}`;
  if (error instanceof WorkflowError) return error.problems.join('\n');
  return error instanceof Error ? error.message : String(error);
}

/** Whether a running stage's condition still holds; one that can no longer be evaluated does not. */
function goesOn(due: () => boolean): boolean {
  try {
    return due();
  } catch {
    return false;
  }
}

/** Ends a stage: at its time limit, at that of a step around it, or when the job is cancelled and its condition no longer holds. */
class Guard {
  readonly #controller = new AbortController();
  readonly #deadline = new AbortController();
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #job: JobState;
  readonly #outer: AbortSignal | undefined;
  readonly #onCancel: () => void;
  readonly #onOuter = (): void => this.#expire();
  timedOut = false;
  cancelled = false;

  constructor(job: JobState, frame: Frame, due: () => boolean, minutes: number | undefined) {
    this.#job = job;
    this.#outer = frame.deadline;
    this.#onCancel = () => {
      if (goesOn(due)) return;
      this.cancelled = true;
      this.#controller.abort();
    };
    job.cancelled.addEventListener('abort', this.#onCancel);
    this.#outer?.addEventListener('abort', this.#onOuter);
    if (this.#outer?.aborted === true) this.#expire();
    if (minutes === undefined) return;
    this.#timer = setTimeout(() => {
      this.timedOut = true;
      this.#expire();
    }, minutes * 60_000);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get deadline(): AbortSignal {
    return this.#deadline.signal;
  }

  #expire(): void {
    this.#deadline.abort();
    this.#controller.abort();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#job.cancelled.removeEventListener('abort', this.#onCancel);
    this.#outer?.removeEventListener('abort', this.#onOuter);
  }
}

/** The name GitHub shows: the step's own, or what it runs; what cannot be evaluated (yet) stays as it is written. */
export function stepName(job: JobState, frame: Frame, definition: StepDefinition): string {
  const shown = (token: StepDefinition['name']): string => {
    try {
      return evaluateText(token, stepScope(job, frame, {})) ?? '';
    } catch {
      return scalarText(token) ?? '';
    }
  };
  const name = shown(definition.name);
  const line = definition.uses ?? shown(definition.run).trim().split('\n')[0] ?? '';
  return job.masks.mask(name === '' ? `Run ${line}` : name);
}

/** A stage as a step of its own in the job's results. */
export async function reportStage(
  job: JobState,
  stage: StepResult['stage'],
  id: string,
  name: string,
  perform: (log: StepLog) => Promise<StepOutcome>,
): Promise<StepResult> {
  const { run, ref } = job;
  const began = Date.now();
  run.emit({ type: 'step-started', job: ref, step: name });
  const log = new StepLog({
    masks: job.masks,
    debug: run.options.debug === true,
    onLine: (line) => run.emit({ type: 'log', job: ref, step: name, line }),
    onAnnotation: (annotation) => run.emit({ type: 'annotation', job: ref, annotation }),
  });
  const { outcome, conclusion, outputs } = await perform(log);
  const result: StepResult = {
    id,
    name,
    stage,
    outcome,
    conclusion,
    outputs,
    log: log.lines,
    annotations: log.annotations,
    summary: log.summary,
    durationMs: Date.now() - began,
  };
  run.emit({ type: 'step-finished', job: ref, step: result });
  return result;
}

/** A post stage looks at the job's status, wherever its step stood. */
export function performPost(job: JobState, post: PostStep, log: StepLog): Promise<StepOutcome> {
  const frame = { ...post.frame, failed: job.status === 'failure' };
  return performStage(job, frame, post.definition, post.condition, post.body, log);
}
