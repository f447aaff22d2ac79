/** The input `params`: a file, or a deployment folder with certificates. */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readParams, type EnvironmentParams } from '@wso2-delivery/shared/apim/params';
import { codes } from '@wso2-delivery/shared/base/codes';
import { InputError } from '@wso2-delivery/shared/base/errors';
import type { Files, Job } from '@wso2-delivery/shared/base/ports';
import { isInside } from '@wso2-delivery/shared/base/safe-path';
import type { Inputs } from './request.ts';

export interface ParamsInput {
  readonly settings: EnvironmentParams;
  readonly text: string;
  /** As the user knows it. */
  readonly file: string;
  readonly certificates: ReadonlyMap<string, Buffer>;
}

/**
 * @param now milliseconds since the epoch
 * @throws InputError INPUT_INVALID; PARAMS_MALFORMED, PARAMS_INVALID with every problem
 */
export function readParamsInput(
  path: string,
  { to: environment, kind }: Pick<Inputs, 'to' | 'kind'>,
  files: Files,
  job: Job,
  now: number,
): ParamsInput {
  const isFolder = statSync(path).isDirectory();
  const names = isFolder ? ['params.yaml', 'api_params.yaml'] : [''];
  const file = names.map((name) => join(path, name)).find((each) => existsSync(each));
  if (file === undefined) {
    const problem = `${files.display(path)} holds no params.yaml`;
    throw new InputError(codes.INPUT_INVALID, [{ subject: 'params', problem, example: 'apis/deployment/params.yaml' }]);
  }
  requireOwn([file], files);
  const text = readFileSync(file, 'utf8');
  const certificates = readCertificates(isFolder ? join(path, 'certificates') : undefined, files);
  const source = { text, file: files.display(file), certificate: (name: string) => certificates.get(name), now };
  const settings = readParams(source, environment, (name) => job.variable(name), kind === 'api-product' ? kind : 'api');
  return { settings, text, file: files.display(file), certificates };
}

function readCertificates(folder: string | undefined, files: Files): Map<string, Buffer> {
  if (folder === undefined || !existsSync(folder)) return new Map();
  const names = readdirSync(folder).filter((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.isFile());
  requireOwn(
    names.map((name) => join(folder, name)),
    files,
  );
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}

/** A link may not lead out of the workspace: what it leads to would be uploaded. */
function requireOwn(paths: readonly string[], files: Files): void {
  const root = realpathSync(files.workspace);
  const problems = paths
    .filter((path) => !isInside(root, realpathSync(path)))
    .map((path) => ({ subject: 'params', problem: `${files.display(path)} is a link out of the workspace` }));
  if (problems.length > 0) throw new InputError(codes.INPUT_INVALID, problems);
}
