/** Workloads that have gone back to what they were: followed like any rollout, with their own evidence when they do not hold. */
import { formatWorkload } from '../workload.ts';
import { collectEvidence } from './evidence.ts';
import type { Followup, WatchPorts } from './following.ts';
import type { Policy } from './policy.ts';
import { baseResult, imagesIn, outcomeOf } from './result.ts';
import type { RollbackResult, Verification, WorkloadResult } from './result.ts';
import { isReady, isTerminating } from './objects.ts';
import { revisionOf } from './revision.ts';
import { deleteStuck } from './rollback.ts';
import { followRollouts } from './watch.ts';
import type { FoundWorkload } from './workloads.ts';

interface Options {
  readonly policy: Policy;
  readonly logLines: number;
}

/** What was done to a workload, in words. */
export interface Way {
  /** "Rolled back to revision 3" */
  readonly done: string;
  /** "The rollback to revision 3 does not hold either" */
  readonly fails: string;
}

/** What became of a workload that went back. */
export async function cameBack(
  { client }: WatchPorts,
  { verdict, state }: Followup,
  way: Way,
  { logLines }: Pick<Options, 'logLines'>,
): Promise<RollbackResult> {
  const facts = { revision: revisionOf(state).name, images: imagesIn(state) };
  if (verdict.verdict === 'succeeded') {
    return { ...facts, state: 'done', evidence: [], message: `${way.done}, which holds.` };
  }
  const findings = 'findings' in verdict ? verdict.findings : [];
  const why =
    verdict.verdict === 'superseded'
      ? `it was replaced by ${verdict.by}.`
      : (findings[0]?.message ?? 'nothing says why.');
  const evidence = await collectEvidence(client, state, findings, { logLines });
  const { cause, remedy } = findings[0] ?? {};
  return { ...facts, state: 'failed', evidence, message: `${way.fails}: ${why}`, cause, remedy };
}

const putBackWay: Way = {
  done: 'Put back to what it was before this step',
  fails: 'Put back to what it was before this step, and that does not hold either',
};

/**
 * Follows workloads that a step has put back beside the one that failed, and joins what became of them with what is known
 * of the step. One that does not hold makes the whole a rollback that failed.
 * @throws ServiceError when the cluster cannot be watched; CancelledError.
 */
export async function verifyPutBack(
  ports: WatchPorts,
  known: readonly WorkloadResult[],
  putBack: readonly FoundWorkload[],
  options: Options,
): Promise<Verification> {
  const followups = await Promise.all(
    (await followRollouts(ports, putBack, options)).map((followup) => withoutStuck(ports, followup, putBack, options)),
  );
  const back = await Promise.all(
    followups.map(async (followup): Promise<WorkloadResult> => {
      const before = known.find((result) => isSame(result, followup));
      const rollback = await cameBack(ports, followup, putBackWay, options);
      ports.log.info(`${formatWorkload(followup.target)}: ${rollback.message}`);
      if (before?.rollback !== undefined && rollback.state === 'done') return before;
      const outcome = rollback.state === 'done' ? 'rolled-back' : 'rollback-failed';
      if (before?.cause !== undefined) return { ...before, outcome, rollback };
      const { message, cause, remedy } = rollback;
      return { ...(before ?? baseResult(followup, ports.clock.now())), outcome, message, cause, remedy, rollback };
    }),
  );
  const results = [
    ...known.map((result) => back.find((one) => isSame(one, result)) ?? result),
    ...back.filter((one) => !known.some((result) => isSame(one, result))),
  ];
  return { outcome: outcomeOf(results), results };
}

/** A StatefulSet waits for ever for a broken pod of the revision that it has left: without that pod it is followed anew. */
async function withoutStuck(
  ports: WatchPorts,
  followup: Followup,
  putBack: readonly FoundWorkload[],
  options: Options,
): Promise<Followup> {
  const { verdict, state, target } = followup;
  const workload = putBack.find((one) => isSame({ target: one }, followup));
  if (workload === undefined || !('cause' in verdict) || verdict.cause !== 'statefulset-stuck') return followup;
  const stuck = revisionOf(state).otherPods.filter((pod) => !isReady(pod) && !isTerminating(pod));
  ports.log.info(`${formatWorkload(target)}: deleting ${stuck.map(({ metadata }) => metadata.name).join(', ')}`);
  const left = await deleteStuck(ports.client, stuck);
  if (left !== undefined) {
    ports.log.warning(left);
    return followup;
  }
  const [again] = await followRollouts(ports, [workload], options);
  return again ?? followup;
}

function isSame({ target: one }: Pick<Followup, 'target'>, { target: other }: Pick<Followup, 'target'>): boolean {
  return one.kind === other.kind && one.namespace === other.namespace && one.name === other.name;
}
