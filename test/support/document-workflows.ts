/** YAML blocks of documents as workflows: what they are made of, and what is wrong with how they use this toolkit. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@wso2-delivery/shared/base/errors';
import { formatYaml, parseYaml } from '@wso2-delivery/shared/formats/yaml';
import { exampleOf, readInputs } from '@wso2-delivery/shared/run/inputs';
import type { Declaration } from '@wso2-delivery/shared/run/declaration';
import {
  convertWorkflowTemplate,
  NoOperationTraceWriter,
  parseWorkflow,
} from '../../packages/lab/src/runner/grammar.ts';
import type { Block } from './document-blocks.ts';

type Table = Record<string, unknown>;

export interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job extends Step {
  readonly steps?: readonly Step[];
  readonly secrets?: unknown;
}

const own = 'OWNER/wso2-delivery/';

/** What a YAML block shows. */
export type Shape = 'workflow' | 'steps' | 'inputs' | 'kubernetes' | 'params' | 'environments' | 'probes';

/** Tells by its form what a block is; undefined: nothing that is known here. */
export function shapeOf({ text }: Pick<Block, 'text'>): Shape | undefined {
  if (/^ {4,}/.test(text)) return 'inputs';
  const value = parseYaml(text);
  if (Array.isArray(value))
    return value.every((step) => isTable(step) && ('uses' in step || 'run' in step)) ? 'steps' : undefined;
  if (!isTable(value)) return undefined;
  if ('jobs' in value) return 'workflow';
  if ('apiVersion' in value) return 'kubernetes';
  if (Array.isArray(value.environments)) {
    return value.environments.some((entry) => isTable(entry) && ('apim' in entry || 'publisher' in entry))
      ? 'environments'
      : 'params';
  }
  return Object.keys(value).every((key) => /^(startup|liveness|readiness)Probe$/.test(key)) ? 'probes' : undefined;
}

/** `with: { mode: plan, … }` shows some inputs and means that the others are there, too. */
const elision = /, …(?= \})/g;

/** True when a block shows a part, so that required inputs may be absent. */
export function isPartial(block: Block, shape: Shape): boolean {
  return shape === 'inputs' || block.text.search(elision) !== -1;
}

/**
 * A whole workflow around what a block shows: steps get a job, lines of inputs the step of the action whose page it is.
 * A page shows parts; what they refer to outside of the block (`needs`, ids of steps) is not asked for.
 */
export function asWorkflow(block: Block, shape: 'workflow' | 'steps' | 'inputs'): string {
  const text = block.text.replaceAll(elision, '');
  if (shape === 'workflow') {
    const document = parseYaml(text) as Table;
    return 'on' in document ? text : `on: push\n${text}`;
  }
  const action = /^actions\/([\w-]+)\/README\.md$/.exec(block.file)?.[1] ?? '';
  const steps = shape === 'steps' ? text : `- uses: ${own}actions/${action}@v1\n  with:\n${text}`;
  const read = [...text.matchAll(/\bneeds\.(\w+)\.outputs\.([\w-]+)/g)].map(([, id = '', name = '']) => ({ id, name }));
  const outside = [...new Set(read.map(({ id }) => id))];
  const needed = outside
    .map((id) => {
      const outputs = read.filter((each) => each.id === id).map(({ name }) => `${name}: value`);
      return `  ${id}: { runs-on: ubuntu-latest, outputs: { ${outputs.join(', ')} }, steps: [{ run: 'true' }] }\n`;
    })
    .join('');
  const needs = outside.length === 0 ? '' : `    needs: [${outside.join(', ')}]\n`;
  return `on: push\njobs:\n${needed}  shown:\n${needs}    runs-on: ubuntu-latest\n    steps:\n${steps.replaceAll(/^(?=.)/gm, '      ')}\n`;
}

/** What GitHub's own parser says, with line and column. */
export async function parserErrors(name: string, content: string): Promise<string[]> {
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  if (value !== undefined) await convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map(({ message }) => message);
}

/** What is wrong with the uses of this toolkit in a workflow. */
export function misuses(
  root: string,
  declarations: readonly Declaration[],
  workflow: string,
  partial: boolean,
): string[] {
  const { jobs } = parseYaml(workflow) as { jobs: Record<string, Job> };
  return Object.values(jobs).flatMap((job) => [
    ...(job.uses === undefined ? [] : wrongCall(root, job)),
    ...(job.steps ?? []).flatMap((step) => wrongStep(declarations, step, partial)),
    ...unknownOutputs(declarations, job),
  ]);
}

function wrongStep(declarations: readonly Declaration[], step: Step, partial: boolean): string[] {
  if (step.uses?.startsWith(own) !== true) return [];
  const [, name] = new RegExp(`^${own}actions/([\\w-]+)@v1$`).exec(step.uses) ?? [];
  const declaration = declarations.find((each) => each.name === name);
  if (declaration === undefined) return [`${step.uses} is no action of this toolkit, or not at @v1`];
  const workspace = mkdtempSync(join(tmpdir(), 'document-'));
  try {
    readInputs(declaration, variablesOf(declaration, step, partial), workspace);
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    // Files that a page names do not exist here.
    const isFile = (subject: string) => ['path', 'document'].includes(declaration.inputs[subject]?.kind ?? '');
    return error.problems
      .filter(({ subject, problem }) => !isFile(subject) || problem.includes('is required'))
      .map(({ subject, problem }) => `${step.uses ?? ''}: ${subject} ${problem}`);
  } finally {
    rmSync(workspace, { recursive: true });
  }
}

/** The inputs as the runner would hand them over; an expression stands for a valid value. */
function variablesOf(declaration: Declaration, step: Step, partial: boolean): Record<string, string> {
  const given = Object.entries(step.with ?? {}).map(([name, value]): [string, string] => {
    const input = declaration.inputs[name];
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const valid = input === undefined ? '' : (input.choices?.[0] ?? input.default ?? exampleOf(input));
    return [name, /^\s*\$\{\{.*\}\}\s*$/s.test(text) ? valid : text];
  });
  const required = Object.entries(declaration.inputs).filter(
    ([name, input]) => partial && input.required && !(name in (step.with ?? {})),
  );
  const filled = required.map(([name, input]): [string, string] => [name, exampleOf(input)]);
  return Object.fromEntries([...given, ...filled].map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
}

interface CallDeclaration {
  readonly inputs?: Readonly<Record<string, { readonly required?: boolean; readonly type?: string }>>;
  readonly secrets?: Readonly<Record<string, { readonly required?: boolean } | null>>;
}

/** A job that calls one of this repository's workflows. */
function wrongCall(root: string, job: Job): string[] {
  const uses = job.uses ?? '';
  if (!uses.startsWith(own)) return [];
  const [, path = ''] = new RegExp(`^${own}(\\.github/workflows/[\\w-]+\\.yml)@v1$`).exec(uses) ?? [];
  if (path === '' || !existsSync(join(root, path))) return [`${uses} is no workflow of this toolkit, or not at @v1`];
  const { on } = parseYaml(readFileSync(join(root, path), 'utf8')) as { on: { workflow_call?: CallDeclaration } };
  const { inputs = {}, secrets = {} } = on.workflow_call ?? {};
  const given = job.with ?? {};
  const handed = isTable(job.secrets) ? Object.keys(job.secrets) : [];
  const absent = Object.entries(inputs).filter(([name, input]) => input.required === true && !(name in given));
  const wrongType = Object.entries(given).filter(([name, value]) => {
    const type = inputs[name]?.type ?? 'string';
    return type !== 'string' && typeof value !== type && !String(value).includes('${{');
  });
  return [
    ...Object.keys(given)
      .filter((name) => !(name in inputs))
      .map((name) => `${uses} has no input ${name}`),
    ...absent.map(([name]) => `${uses} needs the input ${name}`),
    ...wrongType.map(([name]) => `${uses}: ${name} is of another type`),
    ...handed.filter((name) => !(name in secrets)).map((name) => `${uses} has no secret ${name}`),
  ];
}

/** `steps.<id>.outputs.<name>` of a step that is there and uses one of our actions. */
function unknownOutputs(declarations: readonly Declaration[], job: Job): string[] {
  const text = formatYaml(job);
  return (job.steps ?? []).flatMap(({ id, uses }) => {
    const declaration = declarations.find(({ name }) => uses === `${own}actions/${name}@v1`);
    if (id === undefined || declaration === undefined) return [];
    const read = [...text.matchAll(new RegExp(`\\bsteps\\.${id}\\.outputs\\.([\\w-]+)`, 'g'))].map(
      (match) => match[1]!,
    );
    return read
      .filter((name) => !(name in declaration.outputs))
      .map((name) => `${declaration.name} has no output ${name}`);
  });
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
