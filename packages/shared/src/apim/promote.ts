import { DeliveryError, messageOf, VerificationError } from '../base/errors.ts';
import { carryOut, requireSameGround } from './carry-out.ts';
import { codes } from './codes.ts';
import { gatewayPath, proveServing, type GatewayProof } from './gateway-proof.ts';
import type { ApiPlan } from './plan.ts';
import type { Holder } from './holder.ts';
import type { Job, PromoteOptions, PromotePorts, PromoteTools } from './promotion-job.ts';
import type { PublishedApi } from './publisher.ts';
import { namedIfFull } from './scratch-full.ts';
import { Trail } from './trail.ts';
import { undo } from './undo.ts';
import { proveState } from './verify.ts';

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
