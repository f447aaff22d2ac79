/** Inputs of actions: given, defaulted, and as the variables that JavaScript actions read. */
import { evaluateText, evaluateTexts } from './expressions.ts';
import type { StepCall } from './job-state.ts';
import type { ActionFile } from './parse-action.ts';

/** The inputs of one use of an action, by the names of its declaration; warns as the runner does. */
export function bindActionInputs(
  call: Pick<StepCall, 'definition' | 'scope' | 'log'>,
  file: ActionFile,
): Record<string, string> {
  const given = new Map(
    Object.entries(evaluateTexts(call.definition.with, call.scope)).map(([name, value]) => [
      name.toLowerCase(),
      { name, value },
    ]),
  );
  const bound: Record<string, string> = {};
  for (const input of file.inputs) {
    const passed = given.get(input.name.toLowerCase());
    given.delete(input.name.toLowerCase());
    if (passed !== undefined && input.deprecation !== undefined) {
      call.log.warning(`Input '${input.name}' has been deprecated with message: ${input.deprecation}`);
    }
    bound[input.name] = passed?.value ?? evaluateText(input.default, call.scope) ?? '';
    if (input.required && passed === undefined && input.default === undefined) {
      // GitHub leaves this to the action; a line without an annotation helps and changes nothing.
      call.log.write(`Input '${input.name}' is required by the action and was not given.`);
    }
  }
  if (given.size > 0) {
    const valid = file.inputs.map((input) => `'${input.name}'`).join(', ');
    const unexpected = [...given.values()].map(({ name }) => `'${name}'`).join(', ');
    call.log.warning(`Unexpected input(s) ${unexpected}, valid inputs are [${valid}]`);
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
