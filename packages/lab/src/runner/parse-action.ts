/** Action files (action.yml): read and validated by the official parser. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMapping } from '@actions/workflow-parser/templates/tokens/type-guards';
import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/template-token';
import { convertActionTemplate, NoOperationTraceWriter, parseAction } from './grammar.ts';
import type { StepDefinition } from './parse.ts';
import { mappingEntries, readSteps, scalarText } from './parse.ts';
import { WorkflowError } from './result.ts';

export interface ActionInput {
  readonly name: string;
  readonly required: boolean;
  readonly default: TemplateToken | undefined;
  readonly deprecation: string | undefined;
}

export interface JavaScriptRuns {
  readonly kind: 'javascript';
  readonly main: string;
  readonly pre: string | undefined;
  readonly preIf: string;
  readonly post: string | undefined;
  readonly postIf: string;
}

export interface CompositeRuns {
  readonly kind: 'composite';
  readonly steps: readonly StepDefinition[];
}

export interface ActionFile {
  readonly name: string;
  readonly folder: string;
  readonly inputs: readonly ActionInput[];
  /** Output name to the expression of its value, for composite actions. */
  readonly outputs: readonly (readonly [string, TemplateToken | undefined])[];
  readonly runs: JavaScriptRuns | CompositeRuns;
}

/** Reads the action file in a folder. @throws WorkflowError when there is none, or it is wrong, or wants a container. */
export function readActionFile(folder: string, display: string): ActionFile {
  const file = ['action.yml', 'action.yaml'].map((name) => join(folder, name)).find((path) => existsSync(path));
  if (file === undefined) {
    throw new WorkflowError([`Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under '${folder}' (${display})`]);
  }
  const { context, value } = parseAction(
    { name: display, content: readFileSync(file, 'utf8') },
    new NoOperationTraceWriter(),
  );
  if (value !== undefined) convertActionTemplate(context, value);
  const errors = context.errors.getErrors();
  if (errors.length > 0 || value === undefined) throw new WorkflowError(errors.map((error) => error.message));
  const root = value.assertMapping('action');
  return {
    name: scalarText(root.find('name')) ?? display,
    folder,
    inputs: mappingEntries(root.find('inputs')).map(([name, input]) => ({
      name,
      required: scalarText(field(input, 'required')) === 'true',
      default: field(input, 'default'),
      deprecation: scalarText(field(input, 'deprecationMessage')),
    })),
    outputs: mappingEntries(root.find('outputs')).map(([name, output]) => [name, field(output, 'value')] as const),
    runs: readRuns(root.find('runs'), display),
  };
}

function readRuns(runs: TemplateToken | undefined, display: string): JavaScriptRuns | CompositeRuns {
  const using = scalarText(field(runs, 'using'));
  if (using === 'composite') return { kind: 'composite', steps: readSteps(display, field(runs, 'steps')) };
  const main = scalarText(field(runs, 'main'));
  if (using === undefined || !/^node(20|24)$/.test(using) || main === undefined) {
    throw new WorkflowError([
      `${display}: runs.using '${using ?? ''}' is not supported here; node20, node24 and composite are`,
    ]);
  }
  return {
    kind: 'javascript',
    main,
    pre: scalarText(field(runs, 'pre')),
    preIf: scalarText(field(runs, 'pre-if')) ?? 'always()',
    post: scalarText(field(runs, 'post')),
    postIf: scalarText(field(runs, 'post-if')) ?? 'always()',
  };
}

function field(token: TemplateToken | undefined, name: string): TemplateToken | undefined {
  return token !== undefined && isMapping(token) ? token.find(name) : undefined;
}
