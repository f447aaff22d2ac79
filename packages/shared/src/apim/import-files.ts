import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../base/errors.ts';
import { withDeployments, withoutDeployments, writeArchive, type ApiProject } from './archive.ts';
import { codes } from './codes.ts';
import type { Job } from './promotion-job.ts';

/**
 * Writes what an import is given.
 * @param folder empty and private
 * @returns paths; `params` is undefined without settings for the target
 */
export async function writeImport(
  job: Job,
  folder: string,
): Promise<{ readonly archive: string; readonly params: string | undefined }> {
  const { name, version } = job.plan;
  // The owner of an application may have a slash in it.
  const archive = join(folder, `${name}_${version}.zip`.replaceAll('/', '#'));
  await writeArchive(archive, inPlace(job, await job.project.load()));
  return { archive, params: await writeParams(job, folder) };
}

/** The project as it is imported: with the planned deployments, where params do not replace them. */
function inPlace({ plan, paramsDeploy }: Job, project: ApiProject): ApiProject {
  if (paramsDeploy || plan.kind === 'application') return project;
  return plan.deployments.length === 0 ? withoutDeployments(project) : withDeployments(project, plan.deployments);
}

/** A file, or a folder with certificates, in the way apictl tells them apart. */
async function writeParams(job: Job, folder: string): Promise<string | undefined> {
  if (job.paramsText === undefined) return undefined;
  if (job.certificates.size === 0) {
    const path = join(folder, 'params.yaml');
    await writeFile(path, job.paramsText, { mode: 0o600 });
    return path;
  }
  if (folder.includes('.yaml')) {
    const problem = `apictl takes every path with ".yaml" in it for a file, and the folder for temporary files is ${folder}`;
    throw new InputError(codes.PARAMS_INVALID, [
      { subject: 'RUNNER_TEMP', problem, example: '/home/runner/work/_temp' },
    ]);
  }
  const deployment = join(folder, 'deployment');
  await mkdir(join(deployment, 'certificates'), { recursive: true });
  await writeFile(join(deployment, 'params.yaml'), job.paramsText, { mode: 0o600 });
  for (const [name, data] of job.certificates) {
    await writeFile(join(deployment, 'certificates', name), data, { mode: 0o600 });
  }
  return deployment;
}
