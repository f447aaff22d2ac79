/** Inputs and secrets of called and dispatched workflows: checked against their declarations. */
import { isMapping } from '@actions/workflow-parser/templates/tokens/type-guards';
import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/template-token';
import type { Json, JsonObject, Scope } from './expressions.ts';
import { evaluateToken, textOf } from './expressions.ts';
import { mappingEntries, scalarText } from './parse.ts';
import { WorkflowError } from './result.ts';

/** The section of an event's configuration: `inputs`, `secrets` or `outputs`. */
export function sectionOf(event: TemplateToken | undefined, name: string): TemplateToken | undefined {
  return event !== undefined && isMapping(event) ? event.find(name) : undefined;
}

function property(token: TemplateToken, name: string): TemplateToken | undefined {
  return isMapping(token) ? token.find(name) : undefined;
}

/**
 * The inputs of a workflow_call. Booleans and numbers must arrive as such; a string takes any scalar.
 * @throws WorkflowError with every input that is missing, unknown or of the wrong type.
 */
export function bindCallInputs(
  called: string,
  event: TemplateToken | undefined,
  given: JsonObject,
  scope: Scope,
): JsonObject {
  const problems: string[] = [];
  const declared = mappingEntries(sectionOf(event, 'inputs'));
  const bound: Record<string, Json> = {};
  for (const name of unknownNames(Object.keys(given), declared)) {
    problems.push(`Invalid input, ${name} is not defined in the referenced workflow ${called}.`);
  }
  for (const [name, declaration] of declared) {
    const type = scalarText(property(declaration, 'type')) ?? 'string';
    const fallback = property(declaration, 'default');
    const passed = valueOf(given, name);
    if (passed === undefined) {
      if (isRequired(declaration))
        problems.push(`Input ${name} is required, but not provided while calling ${called}.`);
      bound[name] = fallback === undefined ? emptyOf(type) : evaluateToken(fallback, scope);
      continue;
    }
    const fits = type === 'string' ? typeof passed !== 'object' || passed === null : typeof passed === type;
    if (!fits) problems.push(`Input ${name} of ${called}: Unexpected value '${textOf(passed)}', a ${type} is expected`);
    bound[name] = type === 'string' ? textOf(passed) : passed;
  }
  if (problems.length > 0) throw new WorkflowError(problems);
  return bound;
}

/**
 * The secrets of a workflow_call.
 * @throws WorkflowError with every secret that is missing or unknown.
 */
export function bindCallSecrets(
  called: string,
  event: TemplateToken | undefined,
  given: Readonly<Record<string, string>>,
  inherited: boolean,
): Record<string, string> {
  const declared = mappingEntries(sectionOf(event, 'secrets'));
  const problems = inherited
    ? []
    : unknownNames(Object.keys(given), declared).map(
        (name) => `Invalid secret, ${name} is not defined in the referenced workflow ${called}.`,
      );
  for (const [name, declaration] of declared) {
    if (isRequired(declaration) && valueOf(given, name) === undefined) {
      problems.push(`Secret ${name} is required, but not provided while calling ${called}.`);
    }
  }
  if (problems.length > 0) throw new WorkflowError(problems);
  return { ...given };
}

/**
 * The inputs of a workflow_dispatch, typed for the `inputs` context and as text for `github.event.inputs`.
 * @throws WorkflowError with every input that is missing, unknown, not among its options or of the wrong type.
 */
export function bindDispatchInputs(
  event: TemplateToken | undefined,
  given: JsonObject,
): { typed: JsonObject; texts: JsonObject } {
  const declared = mappingEntries(sectionOf(event, 'inputs'));
  const problems: string[] = [];
  const typed: Record<string, Json> = {};
  const unknown = unknownNames(Object.keys(given), declared);
  if (unknown.length > 0) problems.push(`Unexpected inputs provided: ${JSON.stringify(unknown)}`);
  for (const [name, declaration] of declared) {
    const type = scalarText(property(declaration, 'type')) ?? 'string';
    const fallback = property(declaration, 'default');
    const text = textOf(
      valueOf(given, name) ?? (fallback === undefined ? '' : evaluateToken(fallback, { contexts: {} })),
    );
    if (text === '' && isRequired(declaration)) problems.push(`Required input '${name}' not provided`);
    const options = property(declaration, 'options');
    if (text !== '' && type === 'choice' && options !== undefined) {
      const choices = evaluateToken(options, { contexts: {} });
      if (Array.isArray(choices) && !choices.map((choice) => textOf(choice as Json)).includes(text)) {
        problems.push(`Provided value '${text}' for input '${name}' not in the list of allowed values`);
      }
    }
    if (type === 'boolean' && !['', 'true', 'false'].includes(text))
      problems.push(`Input '${name}' must be true or false`);
    if (type === 'number' && Number.isNaN(Number(text))) problems.push(`Input '${name}' must be a number`);
    typed[name] = type === 'boolean' ? text === 'true' : type === 'number' && text !== '' ? Number(text) : text;
  }
  if (problems.length > 0) throw new WorkflowError(problems);
  return { typed, texts: Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, textOf(value)])) };
}

function unknownNames(given: readonly string[], declared: readonly (readonly [string, unknown])[]): string[] {
  return given.filter((name) => !declared.some(([known]) => known.toLowerCase() === name.toLowerCase()));
}

function valueOf<T>(values: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.entries(values).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

function isRequired(declaration: TemplateToken): boolean {
  return scalarText(property(declaration, 'required')) === 'true';
}

function emptyOf(type: string): Json {
  return type === 'boolean' ? false : type === 'number' ? 0 : '';
}
