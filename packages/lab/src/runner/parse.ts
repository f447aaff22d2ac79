/** Workflow files: read and validated by the official parser, held as definitions whose values are evaluated later. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FeatureFlags } from '@actions/expressions/features';
import { ensureStatusFunction } from '@actions/workflow-parser/model/converter/if-condition';
import {
  isBasicExpression,
  isMapping,
  isScalar,
  isSequence,
} from '@actions/workflow-parser/templates/tokens/type-guards';
import type { MappingToken } from '@actions/workflow-parser/templates/tokens/mapping-token';
import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/template-token';
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from './grammar.ts';
import { WorkflowError } from './result.ts';

/** A repository at one commit, as a folder. */
export interface Origin {
  /** owner/name */
  readonly repository: string;
  readonly ref: string;
  readonly sha: string;
  readonly root: string;
}

export interface StepDefinition {
  /** The id from the file, or a made one that begins with `__`. */
  readonly id: string;
  readonly index: number;
  readonly name: TemplateToken | undefined;
  /** An expression with a status function in it. */
  readonly condition: string;
  readonly uses: string | undefined;
  readonly with: TemplateToken | undefined;
  readonly run: TemplateToken | undefined;
  readonly shell: TemplateToken | undefined;
  readonly workingDirectory: TemplateToken | undefined;
  readonly env: TemplateToken | undefined;
  readonly continueOnError: TemplateToken | undefined;
  readonly timeoutMinutes: TemplateToken | undefined;
}

export interface RunDefaults {
  readonly shell: TemplateToken | undefined;
  readonly workingDirectory: TemplateToken | undefined;
}

export interface JobDefinition {
  readonly id: string;
  readonly name: TemplateToken | undefined;
  readonly needs: readonly string[];
  readonly condition: string;
  readonly strategy: TemplateToken | undefined;
  readonly env: TemplateToken | undefined;
  readonly defaults: RunDefaults;
  readonly outputs: TemplateToken | undefined;
  readonly environment: TemplateToken | undefined;
  readonly concurrency: TemplateToken | undefined;
  readonly continueOnError: TemplateToken | undefined;
  readonly timeoutMinutes: TemplateToken | undefined;
  readonly steps: readonly StepDefinition[];
  /** For a job that calls a reusable workflow. */
  readonly uses: string | undefined;
  readonly with: TemplateToken | undefined;
  readonly secrets: 'inherit' | TemplateToken | undefined;
}

export interface Workflow {
  readonly origin: Origin;
  /** Path inside the repository. */
  readonly path: string;
  readonly name: string;
  /** Event name to its configuration. */
  readonly events: ReadonlyMap<string, TemplateToken | undefined>;
  readonly env: TemplateToken | undefined;
  readonly defaults: RunDefaults;
  readonly concurrency: TemplateToken | undefined;
  readonly jobs: readonly JobDefinition[];
}

/** Reads a workflow file of a repository. @throws WorkflowError with every problem, with line and column. */
export async function readWorkflow(origin: Origin, path: string): Promise<Workflow> {
  let content: string;
  try {
    content = readFileSync(join(origin.root, path), 'utf8');
  } catch (error) {
    throw new WorkflowError([`${path}: cannot be read in ${origin.repository}@${origin.ref}: ${String(error)}`]);
  }
  const { context, value } = parseWorkflow({ name: path, content }, new NoOperationTraceWriter());
  if (value !== undefined)
    await convertWorkflowTemplate(context, value, undefined, { featureFlags: new FeatureFlags() });
  const errors = context.errors.getErrors();
  if (errors.length > 0 || value === undefined) throw new WorkflowError(errors.map((error) => error.message));
  const root = value.assertMapping('workflow');
  const jobs = mappingEntries(root.find('jobs')).map(([id, job]) => readJob(path, id, job.assertMapping(`job ${id}`)));
  return {
    origin,
    path,
    name: scalarText(root.find('name')) ?? path,
    events: readEvents(root.find('on')),
    env: root.find('env'),
    defaults: readDefaults(root.find('defaults')),
    concurrency: root.find('concurrency'),
    jobs,
  };
}

function readEvents(on: TemplateToken | undefined): Map<string, TemplateToken | undefined> {
  if (on === undefined) return new Map();
  if (isMapping(on)) return new Map(mappingEntries(on));
  if (isSequence(on)) return new Map([...on].map((item) => [item.assertString('event').value, undefined]));
  return new Map([[on.assertString('event').value, undefined]]);
}

function readJob(path: string, id: string, job: MappingToken): JobDefinition {
  for (const key of ['container', 'services', 'snapshot']) {
    const token = job.find(key);
    if (token !== undefined) {
      throw new WorkflowError([
        `${path} (Line: ${token.line ?? 1}): job ${id} uses '${key}', which this runner does not have`,
      ]);
    }
  }
  const needs = job.find('needs');
  const secrets = job.find('secrets');
  return {
    id,
    name: job.find('name'),
    needs: needs === undefined ? [] : isSequence(needs) ? [...needs].map(String) : [needs.assertString('needs').value],
    condition: conditionOf(job.find('if')),
    strategy: job.find('strategy'),
    env: job.find('env'),
    defaults: readDefaults(job.find('defaults')),
    outputs: job.find('outputs'),
    environment: job.find('environment'),
    concurrency: job.find('concurrency'),
    continueOnError: job.find('continue-on-error'),
    timeoutMinutes: job.find('timeout-minutes'),
    steps: readSteps(path, job.find('steps')),
    uses: job.find('uses')?.assertString('uses').value,
    with: job.find('with'),
    secrets: secrets !== undefined && isScalar(secrets) ? 'inherit' : secrets,
  };
}

/** Reads a list of steps of a job or of a composite action. @throws WorkflowError for kinds of steps that are not supported. */
export function readSteps(path: string, steps: TemplateToken | undefined): StepDefinition[] {
  if (steps === undefined) return [];
  const made = new Map<string, number>();
  return [...steps.assertSequence('steps')].map((item, index) => {
    const step = item.assertMapping('step');
    const uses = step.find('uses')?.assertString('uses').value;
    if (uses === undefined && step.find('run') === undefined) {
      throw new WorkflowError([
        `${path} (Line: ${step.line ?? 1}): background, wait, cancel and parallel steps are not supported`,
      ]);
    }
    return {
      id: scalarText(step.find('id')) ?? madeId(uses, made),
      index,
      name: step.find('name'),
      condition: conditionOf(step.find('if')),
      uses,
      with: step.find('with'),
      run: step.find('run'),
      shell: step.find('shell'),
      workingDirectory: step.find('working-directory'),
      env: step.find('env'),
      continueOnError: step.find('continue-on-error'),
      timeoutMinutes: step.find('timeout-minutes'),
    };
  });
}

/** The ids that GitHub gives to steps without one: `__run`, `__run_2`, `__self`, `__actions_checkout`. */
function madeId(uses: string | undefined, made: Map<string, number>): string {
  const repository = uses?.split('@')[0]?.split('/').slice(0, 2).join('_');
  const base = uses === undefined ? '__run' : /^[.$]\//.test(uses) ? '__self' : `__${repository ?? ''}`;
  const count = (made.get(base) ?? 0) + 1;
  made.set(base, count);
  return count === 1 ? base : `${base}_${count}`;
}

function readDefaults(defaults: TemplateToken | undefined): RunDefaults {
  const run = defaults !== undefined && isMapping(defaults) ? defaults.find('run') : undefined;
  const mapping = run !== undefined && isMapping(run) ? run : undefined;
  return { shell: mapping?.find('shell'), workingDirectory: mapping?.find('working-directory') };
}

/** The expression of an `if`, wrapped in success() unless it asks for a status itself. */
function conditionOf(token: TemplateToken | undefined): string {
  if (token === undefined) return 'success()';
  const expression = isBasicExpression(token) ? token.expression : isScalar(token) ? token.toString().trim() : '';
  return expression === '' ? 'success()' : ensureStatusFunction(expression, token.definitionInfo);
}

/** The entries of a mapping whose keys are plain text. */
export function mappingEntries(token: TemplateToken | undefined): [string, TemplateToken][] {
  return token !== undefined && isMapping(token) ? [...token].map(({ key, value }) => [key.toString(), value]) : [];
}

/** The text of a scalar as it is written; undefined for anything else. */
export function scalarText(token: TemplateToken | undefined): string | undefined {
  if (token === undefined || !isScalar(token)) return undefined;
  return isBasicExpression(token) ? (token.source ?? token.toString()) : token.toString();
}
