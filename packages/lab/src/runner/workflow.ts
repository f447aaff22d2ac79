/** A workflow, called or triggered: its jobs in the order of their needs, matrices, concurrency groups. */
import { Limit } from './concurrency.ts';
import { withinGroup } from './enter-group.ts';
import type { Json, JsonObject, Scope } from './expressions.ts';
import { evaluateText, evaluateToken } from './expressions.ts';
import type { SettledJob } from './job-graph.ts';
import { ancestorsOf, combine, isDue } from './job-graph.ts';
import { runInstance } from './job-instance.ts';
import type { Run } from './job-state.ts';
import { combinationLabel, expandStrategy } from './matrix.ts';
import type { JobDefinition, Workflow } from './parse.ts';
import { scalarText } from './parse.ts';
import type { KeptJob } from './rerun.ts';
import { keptOf } from './rerun.ts';
import type { Conclusion, JobRef, JobResult, WorkflowResult } from './result.ts';

/** One run or one call of a workflow. */
export interface WorkflowCall {
  readonly run: Run;
  readonly workflow: Workflow;
  readonly inputs: JsonObject;
  readonly secrets: Readonly<Record<string, string>>;
  /** Where the jobs stand: empty for the outermost workflow. */
  readonly within: JobRef | undefined;
  /** How many workflows are around this one. */
  readonly depth: number;
  readonly cancel: AbortSignal;
  /** Concurrency groups that are held around the workflow. */
  readonly held: readonly string[];
  /** The attempt before, as long as what succeeded in it is kept. */
  readonly previous: WorkflowResult | undefined;
}

export interface WorkflowOutcome {
  readonly conclusion: Conclusion;
  /** What later expressions call `jobs`. */
  readonly jobs: ReadonlyMap<string, SettledJob>;
  readonly results: readonly JobResult[];
}

/** Runs all jobs of a workflow, once its concurrency group is free. Whatever goes wrong is in the outcome. */
export async function runJobs(call: WorkflowCall): Promise<WorkflowOutcome> {
  const { run, workflow } = call;
  const label = call.within ?? { path: '', name: workflow.name };
  const scope = { contexts: { github: run.github, inputs: call.inputs, vars: run.options.vars ?? {} } };
  let outcome: WorkflowOutcome = { conclusion: 'cancelled', jobs: new Map(), results: [] };
  const { cancel, held } = call;
  await withinGroup(
    { run, concurrency: workflow.concurrency, scope, ref: label, cancel, held },
    async (signal, holding) => {
      outcome = await runGraph({ ...call, cancel: signal, held: holding });
    },
  );
  return outcome;
}

async function runGraph(call: WorkflowCall): Promise<WorkflowOutcome> {
  const { run, workflow } = call;
  const results: JobResult[] = [];
  const settled = new Map<string, SettledJob>();
  const pending = new Map<string, Promise<void>>();
  /** Jobs of which something ran in this attempt: whatever needs them runs, too. */
  const ran = new Set<string>();
  const report = (result: JobResult): void => {
    results.push(result);
    run.emit({ type: result.attempt === run.attempt ? 'job-finished' : 'job-kept', job: result });
  };
  // The parser has made sure that every need exists and that there is no cycle.
  const start = (definition: JobDefinition): Promise<void> => {
    const known = pending.get(definition.id);
    if (known !== undefined) return known;
    const needed = workflow.jobs.filter((job) => definition.needs.includes(job.id)).map(start);
    const done = Promise.all(needed).then(async () => {
      const isNew = call.previous === undefined || definition.needs.some((id) => ran.has(id));
      const kept = isNew ? undefined : keptOf(call.previous, jobRef(call, definition.id, '').path);
      if (kept?.whole === true) {
        settled.set(definition.id, settleKept(kept, jobRef(call, definition.id, '').path, report));
        return;
      }
      ran.add(definition.id);
      settled.set(definition.id, await runJobDefinition(call, definition, settled, kept, report));
    });
    pending.set(definition.id, done);
    return done;
  };
  await Promise.all(workflow.jobs.map(start));
  return { conclusion: combine([...settled.values()].map((job) => job.result)), jobs: settled, results };
}

/** Reports a job that is kept, with all in it, and yields what `needs` will hold. */
function settleKept({ results }: KeptJob, path: string, report: (result: JobResult) => void): SettledJob {
  for (const result of results.values()) report(result);
  return settledOf([...results.values()].filter((job) => !job.path.slice(path.length).includes('/')));
}

/** What `needs` holds of a job: its matrix jobs together. */
function settledOf(finished: readonly JobResult[]): SettledJob {
  const outputs = Object.assign({}, ...finished.map((job) => job.outputs)) as Record<string, string>;
  return { result: combine(finished.map((job) => (job.tolerated ? 'success' : job.conclusion))), outputs };
}

/** Runs a job in all its combinations, but those that are kept, and yields what `needs` will hold. */
async function runJobDefinition(
  call: WorkflowCall,
  definition: JobDefinition,
  settled: ReadonlyMap<string, SettledJob>,
  kept: KeptJob | undefined,
  report: (result: JobResult) => void,
): Promise<SettledJob> {
  const { run, workflow, cancel } = call;
  const began = Date.now();
  const needs: Record<string, Json> = {};
  for (const id of definition.needs) {
    const job = settled.get(id);
    needs[id] = { result: job?.result ?? 'skipped', outputs: { ...job?.outputs } };
  }
  const contexts = { github: run.github, inputs: call.inputs, vars: run.options.vars ?? {}, needs };
  const plain = jobRef(call, definition.id, definition.id);
  const end = (conclusion: Conclusion, message?: string): SettledJob => {
    const annotations = message === undefined ? [] : [{ level: 'error' as const, message: run.masks.mask(message) }];
    for (const annotation of annotations) run.emit({ type: 'annotation', job: plain, annotation });
    report({
      ...plain,
      name: jobRef(call, definition.id, staticName(definition) ?? definition.id).name,
      id: definition.id,
      kind: definition.uses === undefined ? 'job' : 'workflow',
      attempt: run.attempt,
      conclusion,
      tolerated: false,
      outputs: {},
      matrix: null,
      steps: [],
      annotations,
      summary: '',
      durationMs: Date.now() - began,
    });
    return { result: conclusion, outputs: {} };
  };
  try {
    const ancestors = ancestorsOf(definition.id, workflow.jobs);
    const skipped = [...ancestors].some((id) => settled.get(id)?.result !== 'success');
    const due = (): boolean => isDue(definition, ancestors, settled, contexts, cancel.aborted);
    if (!due()) {
      return end(cancel.aborted && !skipped ? 'cancelled' : 'skipped');
    }
    const strategy = expandStrategy(
      definition.strategy === undefined ? undefined : evaluateToken(definition.strategy, { contexts }),
    );
    const limit = new Limit(strategy.maxParallel);
    const group = new AbortController();
    const heeded = heededCancellation(cancel, due);
    const total = strategy.combinations.length;
    const instances = strategy.combinations.map((matrix, index) =>
      limit.run(async () => {
        const scope: Scope = {
          contexts: {
            ...contexts,
            matrix,
            strategy: {
              'fail-fast': strategy.failFast,
              'job-index': index,
              'job-total': total,
              'max-parallel': Number.isFinite(strategy.maxParallel) ? strategy.maxParallel : total,
            },
          },
        };
        const written = evaluateText(definition.name, scope);
        const label =
          matrix === null || (staticName(definition) === undefined && written !== undefined)
            ? ''
            : combinationLabel(matrix);
        const ref = jobRef(
          call,
          matrix === null ? definition.id : `${definition.id}[${index}]`,
          `${written === undefined || written === '' ? definition.id : written}${label}`,
        );
        const before = kept?.results.get(ref.path);
        if (kept !== undefined && before !== undefined) {
          settleKept({ ...kept, results: within(kept.results, ref.path) }, ref.path, report);
          return before;
        }
        const signal = AbortSignal.any([heeded, group.signal]);
        const entered = kept === undefined ? { ...call, previous: undefined } : call;
        const result = await runInstance({ call: entered, definition, ref, scope, cancel: signal, matrix });
        report(result);
        if (result.conclusion === 'failure' && !result.tolerated && strategy.failFast) group.abort();
        return result;
      }),
    );
    return settledOf(await Promise.all(instances));
  } catch (error) {
    return end('failure', error instanceof Error ? error.message : String(error));
  }
}

/** The job at a path and all that are in it. */
function within(results: ReadonlyMap<string, JobResult>, path: string): Map<string, JobResult> {
  return new Map([...results].filter(([key]) => key === path || key.startsWith(`${path}/`)));
}

/** A job whose condition holds in spite of a cancellation, as with always(), starts and goes on all the same. */
function heededCancellation(cancel: AbortSignal, due: () => boolean): AbortSignal {
  const controller = new AbortController();
  const heed = (): void => {
    if (!due()) controller.abort();
  };
  if (!cancel.aborted) cancel.addEventListener('abort', heed, { once: true });
  return controller.signal;
}

/** The name when it is plain text: then GitHub adds the matrix values to it. */
function staticName(definition: JobDefinition): string | undefined {
  return definition.name?.isExpression === true ? undefined : scalarText(definition.name);
}

function jobRef(call: WorkflowCall, id: string, name: string): JobRef {
  const { within } = call;
  return within === undefined ? { path: id, name } : { path: `${within.path}/${id}`, name: `${within.name} / ${name}` };
}
