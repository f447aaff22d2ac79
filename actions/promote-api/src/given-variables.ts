import { codes } from '@wso2-delivery/shared/base/codes';
import { InputError } from '@wso2-delivery/shared/base/errors';
import type { Ports } from '@wso2-delivery/shared/base/ports';

/**
 * The ports with the variables of the input `params-variables` in front of those of the step's environment. A caller of
 * a reusable workflow can hand it secrets but no environment.
 * @param given NAME=value, one a line
 * @throws InputError INPUT_INVALID with the numbers of the lines that are not of that form: their text is a secret
 */
export function withGivenVariables(ports: Ports, given: string | undefined): Ports {
  if (given === undefined) return ports;
  const variables = new Map<string, string>();
  const wrong: number[] = [];
  for (const [index, line] of given.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const pair = /^\s*(?<name>[A-Za-z_]\w*)=(?<value>.+)$/.exec(line)?.groups;
    if (pair?.name === undefined || pair.value === undefined) wrong.push(index + 1);
    else {
      variables.set(pair.name, pair.value);
      ports.secrets.register(pair.value);
    }
  }
  if (wrong.length > 0) {
    const problem = `line ${wrong.join(', ')} is not of the form NAME=value`;
    throw new InputError(codes.INPUT_INVALID, [
      { subject: 'params-variables', problem, example: 'STAGING_BACKEND_PASSWORD=…' },
    ]);
  }
  return { ...ports, job: { ...ports.job, variable: (name) => variables.get(name) ?? ports.job.variable(name) } };
}
