import { VerificationError } from '../base/errors.ts';
import { codes } from './codes.ts';
import { deploymentsOn } from './deployments.ts';
import { lifecycleWay } from './lifecycle.ts';
import type { ApiPlan } from './plan.ts';
import type { Holder } from './holder.ts';
import type { ApiRevision, PublishedApi } from './publisher.ts';
import { compareStates, type Change } from './state-compare.ts';
import type { ChangeGroup } from './state-groups.ts';
import { stateOf, type ApiState } from './state.ts';
import { exportOf } from './target.ts';
import type { Trail } from './trail.ts';

/** Differences there change what consumers and backends meet; servers normalise the rest. */
const strict: ReadonlySet<ChangeGroup> = new Set([
  'endpoints',
  'operations',
  'security',
  'throttling',
  'lifecycle',
  'deployment',
]);

/** @throws VerificationError REVISION_NOT_DEPLOYED that names the gateways */
export function requireDeployed(plan: ApiPlan, revision: ApiRevision | undefined): void {
  if (plan.deployments.length === 0) return;
  const there = (revision?.gateways ?? []).map(({ name }) => name);
  const absent = plan.deployments.map(({ gateway }) => gateway).filter((name) => !there.includes(name));
  if (absent.length === 0) return;
  const message = `revision ${revision?.number ?? '?'} of ${plan.name}:${plan.version} is not deployed on ${absent.join(', ')} (deployed on: ${there.join(', ') || 'none'})`;
  throw new VerificationError(codes.REVISION_NOT_DEPLOYED, message);
}

/**
 * Exports what serves now (of what is not deployed, the working copy) and compares it with the plan.
 * @returns differences that are no failure, in words
 * @throws VerificationError STATE_NOT_AS_PLANNED that names the others, IMPORT_NOT_PROVEN when nothing has moved
 */
export async function proveState(
  plan: ApiPlan,
  desired: ApiState,
  now: { readonly api: PublishedApi; readonly revision: ApiRevision | undefined },
  publisher: Holder,
  preserveProvider: boolean,
): Promise<string[]> {
  const credentials = desired.secrets.size > 0;
  const actual = stateOf(await exportOf(publisher, now.api, now.revision?.number ?? 'working-copy', credentials), {
    lifecycle: now.api.lifeCycleStatus,
    deployments: deploymentsOn(now.revision, plan.deployments),
    preserveProvider,
  });
  const changes = compareStates(desired, actual).filter((change) => !isUntold(change));
  if (now.revision === undefined) requireMovement(plan, changes, publisher);
  const failing = changes.filter((change) => strict.has(change.group) && change.onlyInTarget !== true);
  if (failing.length > 0) {
    const which = now.revision === undefined ? '' : `revision ${now.revision.number} of `;
    const message = `${which}${plan.name}:${plan.version} in ${publisher.environment.name} is not as planned: ${words(failing)}`;
    throw new VerificationError(codes.STATE_NOT_AS_PLANNED, message, {
      evidence: failing.map(wordsOf).join('\n'),
    });
  }
  return changes.map(wordsOf);
}

/** No revision shows that an import came to be: something of what was planned has to be there. */
function requireMovement(plan: ApiPlan, left: readonly Change[], publisher: Holder): void {
  const still = new Set(left.map(({ path, kind, after }) => `${path} ${kind} ${after ?? ''}`));
  const planned = plan.changes.filter((change) => !isUntold(change) && !change.secret);
  const stuck = planned.filter(({ path, kind, after }) => still.has(`${path} ${kind} ${after ?? ''}`));
  if (!plan.imports || planned.length === 0 || stuck.length < planned.length) return;
  const message = `${plan.name}:${plan.version} is in ${publisher.environment.name} as it was before: ${words(stuck)}`;
  throw new VerificationError(codes.IMPORT_NOT_PROVEN, message);
}

/** A secret that the server does not tell: nothing is known either way. */
function isUntold(change: Change): boolean {
  return change.uncertain === true;
}

function words(changes: readonly Change[]): string {
  const shown = changes.slice(0, 3).map(wordsOf).join('; ');
  return changes.length > 3 ? `${shown}; and ${changes.length - 3} more` : shown;
}

/** A difference seen after an import: `before` is what is there, `after` what was wanted. */
function wordsOf({ path, before = 'nothing', after = 'nothing' }: Change): string {
  return `${path} is ${before}, and ${after} was planned`;
}

/**
 * Takes the API into the planned life cycle state where an import has not, step by step, and proves it.
 * @returns the API as it is then
 * @throws VerificationError LIFECYCLE_NOT_AS_PLANNED
 */
export async function reachLifecycle(
  wanted: string | undefined,
  present: PublishedApi,
  publisher: Holder,
  trail: Trail,
): Promise<PublishedApi> {
  if (wanted === undefined || present.lifeCycleStatus === wanted) return present;
  const shown = `${present.name}:${present.version}`;
  const way = lifecycleWay(present.lifeCycleStatus, wanted);
  if (way === undefined) {
    const message = `${shown} is ${present.lifeCycleStatus}, and no steps lead from there to ${wanted}`;
    throw new VerificationError(codes.LIFECYCLE_NOT_AS_PLANNED, message);
  }
  for (const action of way) {
    const { pending } = await trail.step('change-lifecycle', action, () =>
      publisher.changeLifecycle(present.id, action),
    );
    if (pending) {
      const message = `the life cycle step '${action}' of ${shown} waits for an approval in ${publisher.environment.name}`;
      throw new VerificationError(codes.LIFECYCLE_NOT_AS_PLANNED, message);
    }
  }
  const after = await publisher.details(present.id);
  if (after.lifeCycleStatus === wanted) return after;
  const message = `${shown} is ${after.lifeCycleStatus} after ${way.join(', ')}, and ${wanted} was planned`;
  throw new VerificationError(codes.LIFECYCLE_NOT_AS_PLANNED, message);
}
