/** The APIs to promote: exported, or read from the repository. */
import { statSync } from 'node:fs';
import type { ApictlSession } from '@wso2-delivery/shared/apim/apictl-session';
import { readArchive, readProjectFolder, withLifecycle, type ApiProject } from '@wso2-delivery/shared/apim/archive';
import { bounded } from '@wso2-delivery/shared/apim/bounded';
import { withPolicyVariables } from '@wso2-delivery/shared/apim/policy-variables';
import { codes } from '@wso2-delivery/shared/base/codes';
import { InputError, type Problem } from '@wso2-delivery/shared/base/errors';
import type { Files, Ports } from '@wso2-delivery/shared/base/ports';
import type { Inputs, Request } from './request.ts';

/**
 * The projects of the APIs asked for, variables of their policies replaced.
 * @throws InputError INPUT_INVALID, ARCHIVE_INVALID, and what a failing export means
 */
export async function obtainProjects(
  request: Request,
  inputs: Inputs,
  apictl: ApictlSession | undefined,
  ports: Ports,
): Promise<ApiProject[]> {
  const { from, apis } = request;
  const projects =
    from === undefined || apictl === undefined
      ? await readFromRepository(request, ports.files)
      : await bounded(apis, inputs.concurrency, ({ name, version }) =>
          apictl.export(name, version, from.environment.name, request.revision),
        );
  return projects.map((project) => withPolicyVariables(project, (name) => ports.job.variable(name)));
}

async function readFromRepository({ apis, archives }: Request, files: Files): Promise<ApiProject[]> {
  const projects: ApiProject[] = [];
  for (const path of archives) {
    const shown = files.display(path);
    projects.push(statSync(path).isDirectory() ? readProjectFolder(path, shown) : await readArchive(path, shown));
  }
  const nameOf = ({ name, version }: { name: string; version: string }) => `${name}:${version}`;
  const found = projects.map(nameOf);
  const problems: Problem[] = [
    ...apis
      .map(nameOf)
      .filter((name) => !found.includes(name))
      .map((name) => ({ subject: 'archives', problem: `none holds ${name}, only ${found.join(', ')}` })),
    ...found
      .filter((name, index) => found.indexOf(name) !== index)
      .map((name) => ({ subject: 'archives', problem: `${name} is in more than one` })),
  ];
  if (problems.length > 0) throw new InputError(codes.INPUT_INVALID, problems);
  const wanted = apis.map(nameOf);
  return projects.filter((project) => wanted.length === 0 || wanted.includes(nameOf(project)));
}

/** The project in the life cycle state that it is to have in the target. @param present the state there now */
export function inLifecycle(
  project: ApiProject,
  lifecycle: Inputs['lifecycle'],
  present: string | undefined,
): ApiProject {
  if (lifecycle === 'publish') return withLifecycle(project, 'PUBLISHED');
  return lifecycle === 'keep' && present !== undefined ? withLifecycle(project, present) : project;
}
