/** Inputs of actions: given, defaulted, and as the variables that JavaScript actions read. */
import type { Scope } from './expressions.ts';
import { evaluateText, evaluateTexts } from './expressions.ts';
import type { ActionFile } from './parse-action.ts';
import type { StepDefinition } from './parse.ts';
import type { StepLog } from './step-log.ts';

/** The inputs of one use of an action, by the names of its declaration. Without a log, nothing is warned of. */
export function bindActionInputs(
  definition: StepDefinition,
  scope: Scope,
  file: ActionFile,
  log?: StepLog,
): Record<string, string> {
  const given = new Map(
    Object.entries(evaluateTexts(definition.with, scope)).map(([name, value]) => [name.toLowerCase(), { name, value }]),
  );
  const bound: Record<string, string> = {};
  for (const input of file.inputs) {
    const passed = given.get(input.name.toLowerCase());
    given.delete(input.name.toLowerCase());
    if (passed !== undefined && input.deprecation !== undefined) {
      log?.warning(`Input '${input.name}' has been deprecated with message: ${input.deprecation}`);
    }
    bound[input.name] = passed?.value ?? evaluateText(input.default, scope) ?? '';
    if (input.required && passed === undefined && input.default === undefined) {
      // GitHub leaves this to the action; a line without an annotation helps and changes nothing.
      log?.write(`Input '${input.name}' is required by the action and was not given.`);
    }
  }
  if (given.size > 0) {
    const valid = file.inputs.map((input) => `'${input.name}'`).join(', ');
    const unexpected = [...given.values()].map(({ name }) => `'${name}'`).join(', ');
    log?.warning(`Unexpected input(s) ${unexpected}, valid inputs are [${valid}]`);
  }
  for (const { name, value } of given.values()) bound[name] = value;
  return bound;
}

/** INPUT_* as the runner names them: upper case, spaces to underscores, dashes kept. */
export function inputVariables(inputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]),
  );
}
