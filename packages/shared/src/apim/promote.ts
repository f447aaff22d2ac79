import { DeliveryError, messageOf, VerificationError } from '../base/errors.ts';
import type { Clock, Http, Log } from '../base/ports.ts';
import type { ImportFlags } from './apictl.ts';
import { codes } from './codes.ts';
import type { Engine } from './engine.ts';
import { gatewayPath, proveServing, type ExpectedStatus, type GatewayProof } from './gateway-proof.ts';
import { writeImport } from './import-files.ts';
import type { Before, Journal } from './journal.ts';
import { importAndLook } from './imported.ts';
import type { ApiPlan } from './plan.ts';
import type { Holder } from './holder.ts';
import type { KeptProject } from './project-store.ts';
import type { ApiRevision, PublishedApi } from './publisher.ts';
import { namedIfFull } from './scratch-full.ts';
import type { ApiState } from './state.ts';
import { Trail } from './trail.ts';
import { undo } from './undo.ts';
import { proveState, reachLifecycle, requireDeployed } from './verify.ts';

/**
 * promoted: done now and proven. unchanged: not touched. done: an earlier run of the plan has done it. The others say
 * what went wrong; not-started: the run ended before its turn.
 */
export type PromotionResult =
  'promoted' | 'unchanged' | 'done' | 'failed' | 'rolled-back' | 'rollback-failed' | 'not-started';

/** What became of one API. */
export interface Promotion {
  readonly kind: ApiPlan['kind'];
  readonly name: string;
  readonly version: string;
  readonly action: ApiPlan['action'];
  readonly result: PromotionResult;
  /** The number of the revision that serves, once it is proven. */
  readonly revision: number | undefined;
  readonly lifeCycleStatus: string | undefined;
  readonly gateways: readonly GatewayProof[];
  readonly durationMs: number;
  readonly failure: unknown;
  /** What was done to undo it, or why that was not possible. */
  readonly undone: string | undefined;
  /** Differences to the plan that are no failure; where it stopped. */
  readonly notes: readonly string[];
}

/** True for an API that is as planned at the end. */
export function isGood({ result }: Pick<Promotion, 'result'>): boolean {
  return result === 'promoted' || result === 'unchanged' || result === 'done';
}

export interface PromoteOptions {
  readonly onFailure: 'none' | 'rollback';
  readonly preserveProvider: boolean;
  /** How long to look for an import whose answer was lost, in milliseconds. */
  readonly patienceMs: number;
  /** How long the gateways may take, in milliseconds; undefined: they are not asked. */
  readonly verifyMs: number | undefined;
  /** What they must answer; undefined: anything but their own 404. */
  readonly expected?: readonly ExpectedStatus[] | undefined;
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
  readonly project: KeptProject;
  /** What the plan wants, with its secrets. */
  readonly desired: ApiState;
  readonly before: Before;
  /** The working copy of before, when it may have to be put back: a secret. */
  readonly working: KeptProject | undefined;
  /** The rendered params file of the one environment. */
  readonly paramsText: string | undefined;
  /** Files of a deployment folder beside it. */
  readonly certificates: ReadonlyMap<string, Buffer>;
  /** True when the params say where to deploy: they replace what the archive says. */
  readonly paramsDeploy: boolean;
  /** What of an application stays behind. */
  readonly skips?: Pick<ImportFlags, 'skipKeys' | 'skipSubscriptions'>;
}

export interface PromoteTools {
  /** Undefined when no plan imports. */
  readonly engine: Engine | undefined;
  /** What holds things of the job's kind in the target. */
  readonly publisher: Holder;
  readonly journal: Journal;
}

/**
 * Does to one API what is planned, proves it at the publisher and on the gateways, and undoes it when that fails.
 * Does not throw for what concerns this API: the result holds the failure, and what was begun.
 */
export async function promoteApi(
  job: Job,
  tools: PromoteTools,
  options: PromoteOptions,
  ports: PromotePorts,
): Promise<Promotion> {
  const { plan } = job;
  const { publisher } = tools;
  const started = ports.clock.now();
  const shown = `${plan.name}:${plan.version}`;
  let trail: Trail | undefined;
  const ended = (given: Pick<Promotion, 'result'> & Partial<Promotion>): Promotion => {
    try {
      trail?.result(given.result);
    } catch (error) {
      // What was done is done: the journal lacks the last line, and a rollback works without it.
      ports.log.warning(`the journal could not be written: ${messageOf(error)}`);
    }
    return {
      kind: plan.kind,
      name: plan.name,
      version: plan.version,
      action: plan.action,
      revision: undefined,
      lifeCycleStatus: undefined,
      gateways: [],
      failure: undefined,
      undone: undefined,
      notes: [],
      ...given,
      durationMs: ports.clock.now() - started,
    };
  };
  try {
    await requireSameGround(job, publisher);
    trail = new Trail(tools.journal, plan, job.before);
    const { api, revision } = await carryOut(job, trail, tools, options, ports);
    const notes = await proveState(plan, job.desired, { api, revision }, publisher, options.preserveProvider);
    const gateways = await proveGateways(plan, api, publisher, options, ports);
    const number = revision?.number;
    const as = number === undefined ? '' : ` as revision ${number}`;
    ports.log.info(`${shown} is in ${publisher.environment.name}${as}`);
    const lifeCycleStatus = api.lifeCycleStatus === '' ? undefined : api.lifeCycleStatus;
    return ended({ result: 'promoted', revision: number, lifeCycleStatus, gateways, notes });
  } catch (thrown) {
    const failure = namedIfFull(thrown);
    ports.log.info(`${shown} failed: ${messageOf(failure)}`);
    const begun = trail?.soFar();
    if (begun === undefined || begun.steps.size === 0)
      return ended({ result: 'failed', failure, undone: 'nothing had been changed' });
    const reached = reachedBy(trail);
    if (ports.cancelled.aborted || options.onFailure === 'none')
      return ended({ result: 'failed', failure, notes: reached });
    try {
      const working = await job.working?.load();
      const undone = await undo(begun, { publisher, engine: tools.engine, working });
      return ended({ result: 'rolled-back', failure, undone });
    } catch (second) {
      const undone = `not undone: ${messageOf(second)}`;
      return ended({ result: 'rollback-failed', failure: bothFailed(plan, failure, second), undone, notes: reached });
    }
  } finally {
    await Promise.all([job.project.release(), job.working?.release()]);
  }
}

/** How far an API came that is now neither as before nor proven as planned. */
function reachedBy(trail: Trail | undefined): string[] {
  if (trail === undefined) return [];
  const { steps } = trail.soFar();
  const { pending } = trail;
  const done = [...steps].filter((step) => step !== pending);
  return [
    ...(done.length === 0 ? [] : [`done: ${done.join(', ')}`]),
    ...(pending === undefined ? [] : [`begun, end unknown: ${pending}`]),
  ];
}

/** The last look before the first effect. @throws VerificationError PLAN_STALE */
async function requireSameGround({ plan, before }: Job, publisher: Holder): Promise<void> {
  const moved = (what: string) =>
    new VerificationError(
      codes.PLAN_STALE,
      `${plan.name}:${plan.version} ${what} in ${publisher.environment.name} meanwhile`,
    );
  if (before.id === undefined) {
    if ((await publisher.find(plan.name, plan.version)) !== undefined) throw moved('was created');
    return;
  }
  const shape = (revisions: readonly ApiRevision[]) =>
    revisions
      .map(
        ({ id, gateways }) =>
          `${id}=${gateways
            .map(({ name }) => name)
            .sort()
            .join('+')}`,
      )
      .join();
  if (shape(await publisher.revisions(before.id)) !== shape(before.revisions)) throw moved('was changed');
}

interface Reached {
  readonly api: PublishedApi;
  /** Undefined for what is not deployed. */
  readonly revision: ApiRevision | undefined;
}

async function carryOut(
  job: Job,
  trail: Trail,
  tools: PromoteTools,
  options: PromoteOptions,
  ports: PromotePorts,
): Promise<Reached> {
  const { plan, before } = job;
  const { publisher } = tools;
  if (plan.removes !== undefined && before.id !== undefined) {
    const { id } = before;
    const old = before.revisions.find(({ number }) => number === plan.removes);
    if (old !== undefined) {
      await trail.step('remove-revision', String(old.number), () => publisher.deleteRevision(id, old));
    }
  }
  const reached = plan.imports
    ? await trail.step(
        'import',
        undefined,
        () => importAndProve(job, tools, options, ports),
        ({ api, revision }) => ({ id: api.id, ...(revision === undefined ? {} : { revision: revision.id }) }),
      )
    : await redeploy(job, trail, publisher);
  requireDeployed(plan, reached.revision);
  return { ...reached, api: await reachLifecycle(plan.lifecycle, reached.api, publisher, trail) };
}

async function importAndProve(
  job: Job,
  { engine, publisher }: PromoteTools,
  options: PromoteOptions,
  ports: PromotePorts,
): Promise<Reached> {
  const { plan, before } = job;
  if (engine === undefined) throw new Error('an import was planned and no engine opened');
  const shown = `${plan.name}:${plan.version}`;
  const where = publisher.environment.name;
  const { archive, params } = await writeImport(job, await engine.scratch('import'));
  const flags = {
    kind: plan.kind,
    ...job.skips,
    update: plan.action === 'update',
    preserveProvider: options.preserveProvider,
    params,
  };
  const expected = {
    name: plan.name,
    version: plan.version,
    id: before.id,
    known: new Set(before.revisions.map(({ id }) => id)),
    gateways: plan.deployments.map(({ gateway }) => gateway),
  };
  const run = () => engine.import(archive, shown, where, flags);
  const { api, revision } = await importAndLook(run, expected, publisher, options.patienceMs, ports);
  if (api === undefined) {
    const message = `${engine.name} says that it imported ${shown}, and ${where} does not have it`;
    throw new VerificationError(codes.IMPORT_NOT_PROVEN, message);
  }
  if (revision === undefined && plan.deployments.length > 0) {
    const message = `${engine.name} says that it imported ${shown}, and the publisher of ${where} shows no new revision of it`;
    throw new VerificationError(codes.IMPORT_NOT_PROVEN, message);
  }
  return { api, revision };
}

/** Deploys the revision that is as wanted, where it is not; or finds it where it serves. */
async function redeploy({ plan, before }: Job, trail: Trail, publisher: Holder): Promise<Reached> {
  const id = before.id ?? '';
  const planned = plan.deployments.map(({ gateway, vhost, displayOnDevportal: display }) => ({
    name: gateway,
    vhost,
    display,
  }));
  const revision = before.revisions.find(({ number }) => number === plan.redeploys);
  if (revision !== undefined) {
    const wanted = { ...revision, gateways: planned };
    await trail.step('deploy-revision', String(revision.number), () => publisher.deploy(id, wanted));
  }
  const [api, revisions] = await Promise.all([publisher.details(id), publisher.revisions(id)]);
  if (planned.length === 0) return { api, revision: undefined };
  const names = new Set(planned.map(({ name }) => name));
  const serving =
    revision === undefined
      ? revisions.findLast(({ gateways }) => gateways.some(({ name }) => names.has(name)))
      : revisions.find((each) => each.id === revision.id);
  if (serving === undefined) {
    const message = `${plan.name}:${plan.version} has no revision ${plan.redeploys ?? ''} in ${publisher.environment.name} any more`;
    throw new VerificationError(codes.REVISION_NOT_DEPLOYED, message);
  }
  return { api, revision: serving };
}

/** Asks every planned gateway with a URL whether it serves the API. @throws VerificationError GATEWAY_NOT_SERVING */
export async function proveGateways(
  plan: ApiPlan,
  api: PublishedApi,
  publisher: Holder,
  options: Pick<PromoteOptions, 'verifyMs' | 'ca' | 'expected'>,
  ports: PromotePorts,
): Promise<GatewayProof[]> {
  const { verifyMs, ca, expected } = options;
  if (verifyMs === undefined) return [];
  const named = plan.deployments.flatMap(({ gateway }) => {
    const base = publisher.environment.gateways[gateway];
    return base === undefined ? [] : [{ gateway, base }];
  });
  return Promise.all(
    named.map(({ gateway, base }) => {
      const url = `${base}${gatewayPath(api.context, api.version)}/`;
      return proveServing({ gateway, url, api: `${plan.name}:${plan.version}`, ca, expected }, verifyMs, ports);
    }),
  );
}

function bothFailed(plan: ApiPlan, failure: unknown, undoFailure: unknown): VerificationError {
  const message = `${plan.name}:${plan.version} failed (${messageOf(failure)}) and could not be put back (${messageOf(undoFailure)})`;
  const evidence = failure instanceof DeliveryError ? failure.evidence : undefined;
  return new VerificationError(codes.UNDO_FAILED, message, { evidence, cause: failure });
}
