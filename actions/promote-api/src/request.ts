/** What the inputs ask for, checked together before anything is sent. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { RevisionChoice } from '@wso2-delivery/shared/apim/apictl';
import { readCredentials, type Credentials } from '@wso2-delivery/shared/apim/credentials';
import { environmentNamed, readEnvironments, type ApimEnvironment } from '@wso2-delivery/shared/apim/environments';
import { readParams, type EnvironmentParams } from '@wso2-delivery/shared/apim/params';
import { codes } from '@wso2-delivery/shared/base/codes';
import { InputError, type Problem } from '@wso2-delivery/shared/base/errors';
import type { Files, Job } from '@wso2-delivery/shared/base/ports';
import { isInside } from '@wso2-delivery/shared/base/safe-path';
import type { InputsOf } from '@wso2-delivery/shared/run/declaration';
import type { action } from './action.ts';

export type Inputs = InputsOf<typeof action>;

/** An API by name and version. */
export interface ApiName {
  readonly name: string;
  readonly version: string;
}

/** One side of a promotion. */
export interface Side {
  readonly environment: ApimEnvironment;
  readonly credentials: Credentials;
}

export interface Request {
  readonly from: Side | undefined;
  readonly to: Side;
  readonly apis: readonly ApiName[];
  /** Archives and project folders, absolute. */
  readonly archives: readonly string[];
  readonly params:
    | {
        readonly settings: EnvironmentParams;
        readonly text: string;
        readonly file: string;
        readonly certificates: ReadonlyMap<string, Buffer>;
      }
    | undefined;
  readonly revision: RevisionChoice;
  readonly ca: string | undefined;
}

/** @throws InputError with every problem of the inputs; then ENVIRONMENTS_INVALID; then PARAMS_MALFORMED, PARAMS_INVALID */
export function readRequest(inputs: Inputs, files: Files, job: Job): Request {
  const problems: Problem[] = [];
  if (inputs.kind !== 'api')
    problems.push({ subject: 'kind', problem: `'${inputs.kind}' is not there yet`, example: 'api' });
  const apis = readApis(inputs.apis, files, problems);
  const archives = inputs.archives.map((each) => readArchivePath(each, files, problems));
  if (apis.length === 0 && archives.length === 0 && problems.length === 0) {
    problems.push({ subject: 'apis', problem: 'names no API, and archives none either', example: 'EmployeeAPI:1.0.0' });
  }
  if (archives.length > 0 && inputs.from !== undefined) {
    problems.push({ subject: 'from', problem: 'is given together with archives: give one of both' });
  } else if (archives.length === 0 && inputs.from === undefined) {
    problems.push({ subject: 'from', problem: 'is needed without archives', example: 'dev' });
  } else if (inputs.from === inputs.to) {
    problems.push({ subject: 'to', problem: `is the same environment as from: ${inputs.to}`, example: 'staging' });
  }
  const revision = readRevision(inputs.revision, problems);
  const fromCredentials =
    inputs.from === undefined ? undefined : collect(problems, () => credentialsOf('from', inputs));
  const toCredentials = collect(problems, () => credentialsOf('to', inputs));
  if (problems.length > 0 || toCredentials === undefined) throw new InputError(codes.INPUT_INVALID, problems);

  const environments = readEnvironments(inputs.environments.value);
  const to = { environment: environmentNamed(inputs.to, environments, 'to'), credentials: toCredentials };
  const from =
    inputs.from === undefined || fromCredentials === undefined
      ? undefined
      : { environment: environmentNamed(inputs.from, environments, 'from'), credentials: fromCredentials };
  return {
    from,
    to,
    apis,
    archives,
    params: inputs.params === undefined ? undefined : readParamsInput(inputs.params, inputs.to, files, job),
    revision,
    ca: inputs.caFile === undefined ? undefined : readFileSync(inputs.caFile, 'utf8'),
  };
}

/** Letters that API Manager itself does not allow in a name. */
const forbiddenInNames = /[~!@#;:%^*()+={}|\\<>"',&/$[\]]/;

function readApis(lines: readonly string[], files: Files, problems: Problem[]): ApiName[] {
  const [only = ''] = lines;
  const listFile = lines.length === 1 && !only.includes(':') ? resolve(files.workspace, only) : undefined;
  const listed =
    listFile !== undefined && isInside(files.workspace, listFile) && existsSync(listFile) ? readLines(listFile) : lines;
  const apis: ApiName[] = [];
  for (const line of listed) {
    const at = line.lastIndexOf(':');
    const name = line.slice(0, at).trim();
    const version = line.slice(at + 1).trim();
    if (at < 1 || forbiddenInNames.test(name) || !/^[\w.-]+$/.test(version)) {
      problems.push({
        subject: 'apis',
        problem: `'${line}' is not of the form name:version`,
        example: 'EmployeeAPI:1.0.0',
      });
    } else if (apis.some((each) => each.name === name && each.version === version)) {
      problems.push({ subject: 'apis', problem: `'${line}' stands there more than once` });
    } else {
      apis.push({ name, version });
    }
  }
  return apis;
}

function readLines(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .map((line) => line.replace(/^\s*-\s+/, '').trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

function readArchivePath(given: string, files: Files, problems: Problem[]): string {
  const path = resolve(files.workspace, given);
  if (!isInside(files.workspace, path))
    problems.push({ subject: 'archives', problem: `'${given}' lies outside the workspace` });
  else if (!existsSync(path))
    problems.push({ subject: 'archives', problem: `'${given}' does not exist in the workspace` });
  return path;
}

function readRevision(given: string, problems: Problem[]): RevisionChoice {
  if (given === 'latest' || given === 'working-copy') return given;
  if (!/^[1-9]\d*$/.test(given)) {
    problems.push({
      subject: 'revision',
      problem: `'${given}' is none of latest, working-copy or a number`,
      example: 'latest',
    });
  }
  return Number(given);
}

function credentialsOf(side: 'from' | 'to', inputs: Inputs): Credentials {
  return side === 'from'
    ? readCredentials('from', { username: inputs.fromUsername, password: inputs.fromPassword, token: inputs.fromToken })
    : readCredentials('to', { username: inputs.toUsername, password: inputs.toPassword, token: inputs.toToken });
}

/** The result, or undefined with the problems of an InputError added to the others. */
function collect<T>(problems: Problem[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

function readParamsInput(path: string, environment: string, files: Files, job: Job): NonNullable<Request['params']> {
  const isFolder = statSync(path).isDirectory();
  const names = isFolder ? ['params.yaml', 'api_params.yaml'] : [''];
  const file = names.map((name) => join(path, name)).find((each) => existsSync(each));
  if (file === undefined) {
    const problem = `${files.display(path)} holds no params.yaml`;
    throw new InputError(codes.INPUT_INVALID, [{ subject: 'params', problem, example: 'apis/deployment/params.yaml' }]);
  }
  const text = readFileSync(file, 'utf8');
  const certificates = readCertificates(isFolder ? join(path, 'certificates') : undefined);
  const source = { text, file: files.display(file), hasCertificates: (name: string) => certificates.has(name) };
  const settings = readParams(source, environment, (name) => job.variable(name));
  return { settings, text, file: files.display(file), certificates };
}

function readCertificates(folder: string | undefined): Map<string, Buffer> {
  if (folder === undefined || !existsSync(folder)) return new Map();
  const names = readdirSync(folder).filter((name) => statSync(join(folder, name)).isFile());
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}
