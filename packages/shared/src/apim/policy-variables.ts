import { InputError } from '../base/errors.ts';
import type { ApiProject } from './archive.ts';
import { codes } from './codes.ts';
import { substituteText, variablesIn } from './params-variables.ts';

/**
 * The project with the variables of its policies replaced. apictl does that in every Policies/*.j2 and *.gotmpl of an
 * import, and fails at each ${NAME} that is not set; the apictl that we start sees no variable of the job.
 * @param variable the value of a variable, undefined when it is unset or empty
 * @throws InputError ARCHIVE_INVALID naming every variable that is not set
 */
export function withPolicyVariables(project: ApiProject, variable: (name: string) => string | undefined): ApiProject {
  const files = new Map(project.files);
  const problems: { subject: string; problem: string; example: string }[] = [];
  for (const [name, data] of project.files) {
    if (!/^Policies\/[^/]+\.(j2|gotmpl)$/.test(name)) continue;
    const { text, missing } = substituteText(data.toString('utf8'), variable);
    const nested = missing.length === 0 ? variablesIn(text) : [];
    for (const each of new Set([...missing, ...nested])) {
      problems.push({
        subject: `${project.name}:${project.version} ${name}`,
        problem: `apictl takes \${${each}} for a variable, and it is not set (or empty) in the environment of the step`,
        example: `env:\n  ${each}: \${{ vars.${each} }}`,
      });
    }
    files.set(name, Buffer.from(text, 'utf8'));
  }
  if (problems.length > 0) throw new InputError(codes.ARCHIVE_INVALID, problems);
  return { ...project, files };
}
