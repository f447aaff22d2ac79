/**
 * The whole verification of rollouts: follow them, look inside what is available, take the evidence of what is not, roll back
 * when asked and verify that like a rollout. verify-rollout and deploy-k8s (with wait) both call it.
 */
import { formatDuration } from '../../base/duration.ts';
import { DeliveryError, VerificationError, messageOf } from '../../base/errors.ts';
import { formatWorkload } from '../workload.ts';
import { cameBack } from './came-back.ts';
import { collectEvidence } from './evidence.ts';
import { isReady } from './objects.ts';
import type { Pod, PodTemplate } from './objects.ts';
import type { Policy } from './policy.ts';
import { progressOf } from './progress.ts';
import { revisionOf } from './revision.ts';
import { planRollback, rollBack } from './rollback.ts';
import { scaleToZero } from './scale-down.ts';
import { baseResult, outcomeOf } from './result.ts';
import type { Health, RollbackResult, Verification, WorkloadResult } from './result.ts';
import type { RolloutState, Target } from './state.ts';
import { whereOf } from './telling.ts';
import type { Suspicion } from './verdict.ts';
import type { FoundWorkload } from './workloads.ts';
import type { Followed, Followup, WatchPorts } from './following.ts';
import { followRollouts } from './watch.ts';

/** Looks inside the pods of a revision that is available. */
export type HealthCheck = (available: { readonly target: Target; readonly pods: readonly Pod[] }) => Promise<Health>;

export interface VerifyOptions {
  readonly policy: Policy;
  readonly onFailure: 'none' | 'rollback';
  /** Called once before the first rollback: puts back what the pods of the revision before start with. */
  readonly beforeRollback?: (() => Promise<void>) | undefined;
  /** What a rollback does where there is no earlier revision (default: nothing). */
  readonly firstDeployment?: 'keep' | 'scale-to-zero' | undefined;
  readonly logLines: number;
  readonly health?: HealthCheck | undefined;
}

/** A workload to verify; the generation is that of the change, when the caller made it. */
export interface Verified extends FoundWorkload {
  readonly generation?: number | undefined;
  /** The template after the change, with the generation. */
  readonly template?: PodTemplate | undefined;
}

/**
 * Verifies the rollouts of workloads. A bad rollout is a result, not an exception.
 * @throws ServiceError when the cluster cannot be watched; CancelledError.
 */
export async function verifyRollouts(
  ports: WatchPorts,
  workloads: readonly Verified[],
  options: VerifyOptions,
): Promise<Verification> {
  const finishing: Promise<WorkloadResult>[] = [];
  let prepared: Promise<void> | undefined;
  const prepare = () => (prepared ??= options.beforeRollback?.() ?? Promise.resolve());
  const onVerdict = (followup: Followup) => {
    const result = finish(ports, followup, options, prepare);
    // A failure is thrown below, where all of them are awaited.
    result.catch(() => undefined);
    finishing.push(result);
  };
  await followRollouts(ports, workloads, { policy: options.policy, logLines: options.logLines, onVerdict });
  const finished = await Promise.all(finishing);
  const results = workloads.flatMap(({ kind, namespace, name }) =>
    finished.filter(({ target }) => target.kind === kind && target.namespace === namespace && target.name === name),
  );
  return { outcome: outcomeOf(results), results };
}

async function finish(
  ports: WatchPorts,
  followup: Followup,
  options: VerifyOptions,
  prepare: () => Promise<void>,
): Promise<WorkloadResult> {
  const judged = await judge(ports, followup, options);
  const where = formatWorkload(followup.target);
  ports.log.info([`${where}: ${judged.outcome}.`, judged.message, judged.remedy ?? ''].join(' ').trimEnd());
  await showEvidence(ports, judged);
  const bad = judged.outcome === 'failed' || judged.outcome === 'timed-out';
  if (!bad || options.onFailure === 'none') return judged;
  await prepare();
  const rollback = await tryRollback(ports, followup.state, options);
  ports.log.info(`${where}: ${rollback.message}`);
  const outcome = {
    done: 'rolled-back',
    failed: 'rollback-failed',
    refused: 'rollback-failed',
    impossible: judged.outcome,
  } as const;
  return { ...judged, outcome: outcome[rollback.state], rollback };
}

/** The evidence in the job's log, folded: whoever reads the log need not look for the summary. */
async function showEvidence({ log }: WatchPorts, { target, evidence }: WorkloadResult): Promise<void> {
  for (const { title, text } of evidence) {
    await log.group(`${formatWorkload(target)}: ${title}`, () => {
      log.info(text);
      return Promise.resolve();
    });
  }
}

async function judge(ports: WatchPorts, followup: Followup, options: VerifyOptions): Promise<WorkloadResult> {
  const { verdict, state, target } = followup;
  const base = baseResult(followup, ports.clock.now());
  switch (verdict.verdict) {
    case 'succeeded': {
      const health = await options.health?.({ target, pods: revisionOf(state).pods });
      const [problem] = health?.problems ?? [];
      if (health === undefined || problem === undefined) {
        return { ...base, outcome: 'succeeded', message: heldMessage(state, options.policy), health };
      }
      const evidence = health.problems.map((one) => ({ title: one.message, text: one.evidence }));
      return {
        ...base,
        outcome: 'failed',
        cause: problem.cause,
        message: problem.message,
        remedy: problem.remedy,
        evidence,
        health,
      };
    }
    case 'superseded':
      return {
        ...base,
        outcome: 'superseded',
        message: `It was replaced by ${verdict.by} before there was a verdict.`,
      };
    default: {
      const [first] = verdict.findings;
      const evidence = await collectEvidence(ports.client, state, verdict.findings, { logLines: options.logLines });
      return {
        ...base,
        outcome: verdict.verdict,
        cause: verdict.cause,
        message: badMessage(verdict.verdict, state, first, options.policy),
        remedy: first?.remedy,
        hints: hintsOf(state),
        findings: verdict.findings,
        evidence,
      };
    }
  }
}

function badMessage(
  verdict: 'failed' | 'timed-out',
  state: RolloutState,
  first: Suspicion | undefined,
  policy: Policy,
): string {
  // What is about the workload itself needs no place: whoever tells it begins with the workload.
  const where = first === undefined || first.pods.length === 0 ? '' : `${whereOf(state, first)}: `;
  const why = first === undefined ? 'nothing says why.' : `${where}${first.message}`;
  if (verdict === 'failed') return why;
  const wanted = state.target.kind === 'Job' ? 'complete' : `available for ${formatDuration(policy.stableForMs)}`;
  return `Not ${wanted} within ${formatDuration(policy.timeoutMs)}: ${why}`;
}

/** Pods that are ready for a moment and then crash make Kubernetes stop the old ones, unless it waits a little. */
function hintsOf({ moments, workload, target }: RolloutState): readonly string[] {
  const hadBeenReady = moments.some(({ pod }) => pod?.became === 'unready');
  if (!hadBeenReady || target.kind === 'Job' || (workload?.spec.minReadySeconds ?? 0) > 0) return [];
  return [
    'Its pods were ready before they were not, so Kubernetes went on to stop the old ones. With minReadySeconds (10, for example) in the manifest they would have stayed.',
  ];
}

function heldMessage(state: RolloutState, policy: Policy): string {
  if (state.target.kind === 'Job') return 'The Job is complete.';
  if (state.workload !== undefined && progressOf(state.target.kind, state.workload).wanted === 0) {
    return state.target.kind === 'DaemonSet'
      ? 'No node is to run it: nothing was started.'
      : 'It asks for no pods (replicas 0, or a partition that holds all back): nothing was started.';
  }
  const { name, pods } = revisionOf(state);
  const revision = name === undefined ? 'It' : `Revision ${name}`;
  const ready = readyWords(pods.length, pods.filter(isReady).length);
  return `${revision} is available${ready} and has held for ${formatDuration(policy.stableForMs)}.`;
}

function readyWords(all: number, ready: number): string {
  if (all === 0) return '';
  // More were asked for after everything was there, and are on their way.
  if (ready < all) return ` with ${ready} of ${all} pods ready`;
  return ` with ${all === 1 ? 'its pod' : `all ${all} pods`} ready`;
}

/** Rolls back and verifies it. Whatever goes wrong is part of the answer: the evidence of the first failure must not be lost. */
async function tryRollback(ports: WatchPorts, state: RolloutState, options: VerifyOptions): Promise<RollbackResult> {
  const nothing = { revision: undefined, images: {}, evidence: [] };
  try {
    const plan = await planRollback(ports.client, state);
    if ('impossible' in plan) {
      const zero = plan.first === true && options.firstDeployment === 'scale-to-zero';
      const more = zero ? ` ${await scaleToZero(ports.client, state)}` : '';
      return { ...nothing, state: 'impossible', message: `Not rolled back: ${plan.impossible}.${more}` };
    }
    const { revision, images } = plan;
    ports.log.info(`${formatWorkload(state.target)}: rolling back to revision ${revision}`);
    const { workload, left } = await rollBack(ports.client, plan);
    if (left !== undefined) ports.log.warning(left);
    const { template } = workload.spec;
    const followed: Followed = { ...state.target, workload, generation: workload.metadata.generation, template };
    const [back] = await followRollouts(ports, [followed], { policy: options.policy, logLines: options.logLines });
    const way = {
      done: `Rolled back to revision ${revision}`,
      fails: `The rollback to revision ${revision} does not hold either`,
    };
    // One that is followed has a verdict.
    if (back === undefined) return { ...nothing, state: 'failed', message: `${way.done}, and not followed.` };
    const result = await cameBack(ports, back, way, options);
    const message = left === undefined ? result.message : `${result.message} ${left}`;
    return { ...result, revision, images, message };
  } catch (error) {
    if (!(error instanceof DeliveryError) || error.kind === 'cancelled') throw error;
    const refused = error instanceof VerificationError;
    return { ...nothing, state: refused ? 'refused' : 'failed', message: `Not rolled back: ${messageOf(error)}` };
  }
}
