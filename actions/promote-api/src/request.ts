/** What the inputs ask for, checked together before anything is sent. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { RevisionChoice } from '@wso2-delivery/shared/apim/apictl';
import { readCredentials, type Credentials } from '@wso2-delivery/shared/apim/credentials';
import { environmentNamed, readEnvironments, type ApimEnvironment } from '@wso2-delivery/shared/apim/environments';
import { readExpectedStatus } from '@wso2-delivery/shared/apim/gateway-proof';
import { readPlan, type PromotionPlan } from '@wso2-delivery/shared/apim/plan-file';
import type { Selector } from '@wso2-delivery/shared/apim/selection';
import { divide, readShard, type Shard } from '@wso2-delivery/shared/apim/shards';
import { codes } from '@wso2-delivery/shared/base/codes';
import { InputError, messageOf, type Problem } from '@wso2-delivery/shared/base/errors';
import type { Files, Ports } from '@wso2-delivery/shared/base/ports';
import { isInside } from '@wso2-delivery/shared/base/safe-path';
import type { InputsOf } from '@wso2-delivery/shared/run/declaration';
import type { action } from './action.ts';
import { readParamsInput, type ParamsInput } from './params-input.ts';
import { readSelection } from './selecting.ts';

export type Inputs = InputsOf<typeof action>;

/** One side of a promotion. */
export interface Side {
  readonly environment: ApimEnvironment;
  readonly credentials: Credentials;
}

export interface Request {
  readonly from: Side | undefined;
  readonly to: Side;
  readonly apis: readonly Selector[];
  /** Archives and project folders, absolute. */
  readonly archives: readonly string[];
  readonly params: ParamsInput | undefined;
  readonly revision: RevisionChoice;
  readonly ca: string | undefined;
  /** The plan to be applied, or the part of it that is this shard's. */
  readonly agreed: PromotionPlan | undefined;
}

/**
 * @throws InputError with every problem of the inputs; then ENVIRONMENTS_INVALID, FILE_UNREADABLE, PLAN_STALE; then
 * PARAMS_MALFORMED, PARAMS_INVALID
 */
export function readRequest(inputs: Inputs, { files, job, clock }: Pick<Ports, 'files' | 'job' | 'clock'>): Request {
  const problems: Problem[] = [];
  const applied = inputs.mode === 'apply' ? inputs.plan : undefined;
  const listed = readSelection(inputs.apis, files, problems, inputs.kind);
  const archives = inputs.archives.map((each) => readArchivePath(each, files, problems));
  if (listed.length === 0 && archives.length === 0 && applied === undefined && problems.length === 0) {
    problems.push({ subject: 'apis', problem: 'names no API, and archives none either', example: 'EmployeeAPI:1.0.0' });
  }
  checkSides(inputs, archives, problems);
  checkKind(inputs, listed, problems);
  const shard = readShardInput(inputs, applied, problems);
  if (inputs.gatewayStatus !== undefined && readExpectedStatus(inputs.gatewayStatus) === undefined) {
    const problem = `'${inputs.gatewayStatus}' is no status, such as 401 or 2xx`;
    problems.push({ subject: 'gateway-status', problem, example: '401' });
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
  const agreed = applied === undefined ? undefined : inShard(readPlanFile(applied, files), shard);
  return {
    from,
    to,
    apis: agreed !== undefined && (listed.length === 0 || shard !== undefined) ? namesIn(agreed, inputs.kind) : listed,
    archives,
    params: inputs.params === undefined ? undefined : readParamsInput(inputs.params, inputs, files, job, clock.now()),
    revision,
    ca: inputs.caFile === undefined ? undefined : readFileSync(inputs.caFile, 'utf8'),
    agreed,
  };
}

/** What a rollback needs: where, and as whom. @throws InputError INPUT_INVALID, ENVIRONMENTS_INVALID */
export function readTarget(inputs: Inputs): { readonly to: Side; readonly ca: string | undefined } {
  const credentials = credentialsOf('to', inputs);
  const environment = environmentNamed(inputs.to, readEnvironments(inputs.environments.value), 'to');
  return {
    to: { environment, credentials },
    ca: inputs.caFile === undefined ? undefined : readFileSync(inputs.caFile, 'utf8'),
  };
}

function checkKind(inputs: Inputs, selectors: readonly Selector[], problems: Problem[]): void {
  const { kind, params, preserveOwner, toUsername, dependentApis, shard, shards } = inputs;
  if (kind === 'api-product' && dependentApis !== 'require' && (shard ?? shards) !== undefined) {
    const problem = 'parts products from the APIs that are promoted with them: promote these before, with kind: api';
    problems.push({ subject: shards === undefined ? 'shard' : 'shards', problem, example: 'dependent-apis: require' });
  }
  if (kind !== 'application') return;
  for (const { line } of selectors.filter((each) => each.kind === 'tag' || each.kind === 'query')) {
    problems.push({ subject: 'apis', problem: `'${line}' searches a publisher, which has no applications` });
  }
  if (params !== undefined) problems.push({ subject: 'params', problem: 'is given, and an application has none' });
  if (!preserveOwner && toUsername === undefined) {
    const problem = 'is needed with preserve-owner: false: the user becomes the owner, and a token does not name it';
    problems.push({ subject: 'to-username', problem, example: '${{ vars.STAGING_USER }}' });
  }
}

function checkSides(inputs: Inputs, archives: readonly string[], problems: Problem[]): void {
  if (archives.length > 0 && inputs.from !== undefined) {
    problems.push({ subject: 'from', problem: 'is given together with archives: give one of both' });
  } else if (archives.length === 0 && inputs.from === undefined) {
    problems.push({ subject: 'from', problem: 'is needed without archives', example: 'dev' });
  } else if (inputs.from === inputs.to) {
    problems.push({ subject: 'to', problem: `is the same environment as from: ${inputs.to}`, example: 'staging' });
  }
}

function readShardInput(inputs: Inputs, applied: string | undefined, problems: Problem[]): Shard | undefined {
  if (inputs.shards !== undefined && inputs.mode !== 'plan') {
    problems.push({ subject: 'shards', problem: 'belongs to mode plan; mode apply takes shard', example: '2/4' });
  }
  if (inputs.shard === undefined) return undefined;
  const shard = readShard(inputs.shard);
  if (shard === undefined) {
    problems.push({ subject: 'shard', problem: `'${inputs.shard}' is not of the form 2/4`, example: '2/4' });
  }
  if (applied === undefined) {
    const problem = 'needs mode apply with plan: shards are parts of a plan';
    problems.push({ subject: 'shard', problem, example: 'plan: promotion-plan.json' });
  }
  return shard;
}

/** The part of a plan that is a shard's: of what has to be done, about an equal part. */
function inShard(plan: PromotionPlan, shard: Shard | undefined): PromotionPlan {
  if (shard === undefined) return plan;
  const work = plan.apis.filter(({ action }) => action !== 'unchanged');
  return { ...plan, apis: divide(work, shard.count)[shard.index - 1] ?? [] };
}

/** What was asked for; the APIs of products come with these. */
function namesIn(plan: PromotionPlan, wanted: Inputs['kind']): Selector[] {
  return plan.apis
    .filter(({ kind }) => kind === wanted)
    .map(({ name, version }) => ({ kind: 'exact', line: `${name}:${version}`, name, version }));
}

/** Reads the plan that was agreed. @throws InputError FILE_UNREADABLE, PLAN_STALE */
function readPlanFile(path: string, files: Files): PromotionPlan {
  const shown = files.display(path);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new InputError(codes.FILE_UNREADABLE, [
      { subject: 'plan', problem: `${shown} cannot be read: ${messageOf(error)}` },
    ]);
  }
  return readPlan(text, shown);
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
