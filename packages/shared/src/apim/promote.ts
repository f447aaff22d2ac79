import { DeliveryError, messageOf, VerificationError } from '../base/errors.ts';
import { carryOut, requireSameGround } from './carry-out.ts';
import { codes } from './codes.ts';
import { gatewayPath, proveServing, type GatewayProof } from './gateway-proof.ts';
import type { ApiPlan } from './plan.ts';
import type { Holder } from './holder.ts';
import type { Job, PromoteOptions, PromotePorts, PromoteTools } from './promotion-job.ts';
import type { JournaledApi } from './journal.ts';
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
  /** Of an API that worked: the product that it came for, which failed, so that it was taken back. */
  readonly takenBackFor?: string | undefined;
  /** Differences to the plan that are no failure; where it stopped. */
  readonly notes: readonly string[];
}

/** True for an API that is as planned at the end. */
export function isGood({ result }: Pick<Promotion, 'result'>): boolean {
  return result === 'promoted' || result === 'unchanged' || result === 'done';
}

/** An API after its turn. */
export interface Attempt {
  readonly promotion: Promotion;
  /**
   * Undoes what worked, since it came for something that did not. Does not throw.
   * @param failed the product
   */
  takeBack(failed: string): Promise<Promotion>;
  /** Gives up what a taking back would need. */
  release(): Promise<void>;
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
): Promise<Attempt> {
  const { plan } = job;
  const { publisher } = tools;
  const started = ports.clock.now();
  const shown = `${plan.name}:${plan.version}`;
  let trail: Trail | undefined;
  const undoAll = async (begun: JournaledApi) =>
    undo(begun, { publisher, engine: tools.engine, working: await job.working?.load() });
  const tellResult = (result: PromotionResult) => {
    try {
      trail?.result(result);
    } catch (error) {
      // What was done is done: the journal lacks the last line, and a rollback works without it.
      ports.log.warning(`the journal could not be written: ${messageOf(error)}`);
    }
  };
  const ended = (given: Pick<Promotion, 'result'> & Partial<Promotion>): Attempt => {
    tellResult(given.result);
    const promotion: Promotion = {
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
    return {
      promotion,
      takeBack: (failed) => takeBack(promotion, failed),
      release: async () => job.working?.release(),
    };
  };
  const takeBack = async (promotion: Promotion, failed: string): Promise<Promotion> => {
    const begun = trail?.soFar();
    if (begun === undefined) return promotion;
    const none = { revision: undefined, lifeCycleStatus: undefined, gateways: [], takenBackFor: failed };
    const because = `it came for ${failed}, which failed`;
    try {
      const undone = await undoAll(begun);
      ports.log.info(`${shown} was taken back: ${because}`);
      tellResult('rolled-back');
      const failure = new VerificationError(codes.PROMOTION_FAILED, `${shown} was taken back: ${because}`);
      return { ...promotion, ...none, result: 'rolled-back', failure, undone };
    } catch (second) {
      tellResult('rollback-failed');
      const message = `${shown} could not be taken back (${messageOf(second)}); ${because}`;
      const failure = new VerificationError(codes.UNDO_FAILED, message, { cause: second });
      const undone = `not undone: ${messageOf(second)}`;
      return { ...promotion, ...none, result: 'rollback-failed', failure, undone, notes: reachedBy(trail) };
    }
  };
  try {
    await requireSameGround(job, publisher);
    trail = new Trail(tools.journal, plan, job.before, job.brings);
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
      const undone = await undoAll(begun);
      return ended({ result: 'rolled-back', failure, undone });
    } catch (second) {
      const undone = `not undone: ${messageOf(second)}`;
      return ended({ result: 'rollback-failed', failure: bothFailed(plan, failure, second), undone, notes: reached });
    }
  } finally {
    await job.project.release();
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
