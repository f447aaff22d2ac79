import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeliveryError, messageOf, VerificationError } from '../base/errors.ts';
import type { Clock, Http, Log } from '../base/ports.ts';
import { withDeployments, writeArchive, type ApiProject } from './archive.ts';
import { codes } from './codes.ts';
import type { Engine } from './engine.ts';
import { gatewayPath, proveServing, type GatewayProof } from './gateway-proof.ts';
import type { ApiPlan } from './plan.ts';
import type { ApiRevision, PublishedApi, Publisher } from './publisher.ts';
import { keepGround, undo, type Ground } from './undo.ts';

/** What became of one API. */
export interface Promotion {
  readonly name: string;
  readonly version: string;
  readonly action: ApiPlan['action'];
  readonly result: 'promoted' | 'failed' | 'rolled-back' | 'rollback-failed';
  /** The number of the new revision, once it is proven. */
  readonly revision: number | undefined;
  readonly lifeCycleStatus: string | undefined;
  readonly gateways: readonly GatewayProof[];
  readonly durationMs: number;
  readonly failure: unknown;
  /** What was done to undo it, or why that was not possible. */
  readonly undone: string | undefined;
}

export interface PromoteOptions {
  readonly onFailure: 'none' | 'rollback';
  readonly preserveProvider: boolean;
  /** How long the gateways may take, in milliseconds; undefined: they are not asked. */
  readonly verifyMs: number | undefined;
  readonly ca: string | undefined;
}

export interface PromotePorts {
  readonly http: Http;
  readonly clock: Clock;
  readonly log: Log;
  readonly cancelled: AbortSignal;
}

export interface Job {
  readonly plan: ApiPlan;
  readonly project: ApiProject;
  /** The rendered params file of the one environment. */
  readonly paramsText: string | undefined;
  /** Files of a deployment folder beside it. */
  readonly certificates: ReadonlyMap<string, Buffer>;
  /** True when the params say where to deploy: they replace what the archive says. */
  readonly paramsDeploy: boolean;
}

/**
 * Imports one API as planned, proves it at the publisher and on the gateways, and undoes it when that fails.
 * Does not throw for what concerns this API: the result holds the failure.
 */
export async function promoteApi(
  job: Job,
  engine: Engine,
  publisher: Publisher,
  options: PromoteOptions,
  ports: PromotePorts,
): Promise<Promotion> {
  const { plan } = job;
  const started = ports.clock.now();
  const base = { name: plan.name, version: plan.version, action: plan.action };
  let ground: Ground | undefined;
  try {
    ground = await keepGround(plan, publisher, options.onFailure === 'rollback');
    const proven = await importAndProve(job, ground, engine, publisher, options);
    const gateways = await proveGateways(plan, proven.api, publisher, options, ports);
    const { revision, api } = proven;
    ports.log.info(`${plan.name}:${plan.version} is in ${publisher.environment.name} as revision ${revision.number}`);
    return {
      ...base,
      result: 'promoted',
      revision: revision.number,
      lifeCycleStatus: api.lifeCycleStatus,
      gateways,
      durationMs: ports.clock.now() - started,
      failure: undefined,
      undone: undefined,
    };
  } catch (failure) {
    if (ports.cancelled.aborted) throw failure;
    ports.log.info(`${plan.name}:${plan.version} failed: ${messageOf(failure)}`);
    const attempt = ground === undefined || options.onFailure === 'none' ? undefined : await undoSafely(ground);
    return {
      ...base,
      result: attempt === undefined ? 'failed' : attempt.failure === undefined ? 'rolled-back' : 'rollback-failed',
      revision: undefined,
      lifeCycleStatus: undefined,
      gateways: [],
      durationMs: ports.clock.now() - started,
      failure: attempt?.failure === undefined ? failure : bothFailed(plan, failure, attempt.failure),
      undone: attempt?.done,
    };
  }

  async function undoSafely(kept: Ground): Promise<{ done: string | undefined; failure: unknown }> {
    try {
      return { done: await undo(plan, kept, engine, publisher), failure: undefined };
    } catch (failure) {
      return { done: `not undone: ${messageOf(failure)}`, failure };
    }
  }
}

async function importAndProve(
  job: Job,
  ground: Ground,
  engine: Engine,
  publisher: Publisher,
  options: PromoteOptions,
): Promise<{ api: PublishedApi; revision: ApiRevision }> {
  const { plan, project } = job;
  const shown = `${plan.name}:${plan.version}`;
  if (plan.removes !== undefined && ground.api !== undefined) {
    const old = ground.revisions.find(({ number }) => number === plan.removes);
    if (old !== undefined) await publisher.deleteRevision(ground.api.id, old);
  }
  const folder = await engine.scratch('import');
  const archive = join(folder, `${plan.name}_${plan.version}.zip`);
  await writeArchive(archive, job.paramsDeploy ? project : withDeployments(project, plan.deployments));
  await engine.import(archive, shown, publisher.environment.name, {
    update: plan.action === 'update',
    preserveProvider: options.preserveProvider,
    params: await writeParams(job, folder),
  });
  const api = await publisher.find(plan.name, plan.version);
  if (api === undefined) {
    const message = `apictl says that it imported ${shown}, and the publisher of ${publisher.environment.name} does not have it`;
    throw new VerificationError(codes.IMPORT_NOT_PROVEN, message);
  }
  const known = new Set(ground.revisions.map(({ id }) => id));
  const revision = (await publisher.revisions(api.id)).filter(({ id }) => !known.has(id)).at(-1);
  if (revision === undefined) {
    const message = `apictl says that it imported ${shown}, and the publisher of ${publisher.environment.name} shows no new revision of it`;
    throw new VerificationError(codes.IMPORT_NOT_PROVEN, message);
  }
  const there = revision.gateways.map(({ name }) => name);
  const absent = plan.deployments.map(({ gateway }) => gateway).filter((name) => !there.includes(name));
  if (absent.length > 0) {
    const message = `revision ${revision.number} of ${shown} is not deployed on ${absent.join(', ')} (deployed on: ${there.join(', ') || 'none'})`;
    throw new VerificationError(codes.REVISION_NOT_DEPLOYED, message);
  }
  return { api, revision };
}

/** A file, or a folder with certificates, in the way apictl tells them apart. */
async function writeParams(job: Job, folder: string): Promise<string | undefined> {
  if (job.paramsText === undefined) return undefined;
  if (job.certificates.size === 0) {
    const path = join(folder, 'params.yaml');
    await writeFile(path, job.paramsText, { mode: 0o600 });
    return path;
  }
  const deployment = join(folder, 'deployment');
  await mkdir(join(deployment, 'certificates'), { recursive: true });
  await writeFile(join(deployment, 'params.yaml'), job.paramsText, { mode: 0o600 });
  for (const [name, data] of job.certificates) await writeFile(join(deployment, 'certificates', name), data);
  return deployment;
}

async function proveGateways(
  plan: ApiPlan,
  api: PublishedApi,
  publisher: Publisher,
  options: PromoteOptions,
  ports: PromotePorts,
): Promise<GatewayProof[]> {
  const { verifyMs, ca } = options;
  if (verifyMs === undefined) return [];
  const named = plan.deployments.flatMap(({ gateway }) => {
    const base = publisher.environment.gateways[gateway];
    return base === undefined ? [] : [{ gateway, base }];
  });
  return Promise.all(
    named.map(({ gateway, base }) => {
      const url = `${base}${gatewayPath(api.context, api.version)}/`;
      return proveServing({ gateway, url, api: `${plan.name}:${plan.version}`, ca }, verifyMs, ports);
    }),
  );
}

function bothFailed(plan: ApiPlan, failure: unknown, undoFailure: unknown): VerificationError {
  const message = `${plan.name}:${plan.version} failed (${messageOf(failure)}) and could not be put back (${messageOf(undoFailure)})`;
  const evidence = failure instanceof DeliveryError ? failure.evidence : undefined;
  return new VerificationError(codes.UNDO_FAILED, message, { evidence, cause: failure });
}
