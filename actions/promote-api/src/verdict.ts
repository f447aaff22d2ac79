/** What a run comes down to: its failure, its verdict, its outputs. */
import { codes } from '@wso2-delivery/shared/apim/codes';
import type { PlannedAction } from '@wso2-delivery/shared/apim/plan';
import { isGood, type Promotion } from '@wso2-delivery/shared/apim/promote';
import { codes as base } from '@wso2-delivery/shared/base/codes';
import { CancelledError, messageOf, VerificationError } from '@wso2-delivery/shared/base/errors';
import type { Story } from './report.ts';

/** The failure of the one API that failed, or one that names them all, with those that were not begun. */
export function failureOf({ promotions = [] }: Story, cancelled: boolean): unknown {
  const bad = promotions.filter((each) => !isGood(each));
  // What was only taken back has failed at nothing itself.
  const own = bad.filter(({ takenBackFor, result }) => takenBackFor === undefined || result === 'rollback-failed');
  const [first] = own;
  if (first === undefined) return undefined;
  if (own.length === 1 && !cancelled) return first.failure;
  const list = bad.map((each) => `${each.name}:${each.version}: ${wordsOf(each)}`).join('; ');
  const message = `${bad.length} of ${promotions.length} APIs were not promoted: ${list}`;
  return cancelled
    ? new CancelledError(base.CANCELLED, `The run was cancelled; ${message}`)
    : new VerificationError(codes.PROMOTION_FAILED, message);
}

function wordsOf({ result, failure, notes }: Promotion): string {
  if (result === 'not-started') return 'not begun';
  return [messageOf(failure), ...notes].join(', ');
}

/** The worst that happened to any API. */
export function verdictOf(story: Story, failure: unknown): string | undefined {
  const { mode, promotions, rollbacks, plan } = story;
  if (mode === 'rollback') return failure === undefined && rollbacks !== undefined ? 'rolled-back' : 'rollback-failed';
  if (promotions !== undefined) {
    const results = new Set(promotions.map(({ result }) => result));
    const worst = (['rollback-failed', 'failed', 'rolled-back'] as const).find((result) => results.has(result));
    return worst ?? (results.has('not-started') ? 'failed' : 'succeeded');
  }
  if (plan === undefined || mode === 'apply') return 'failed';
  if (plan.apis.some(({ action }) => action === 'refused')) return 'refused';
  if (mode === 'plan') return failure === undefined ? 'planned' : 'failed';
  return plan.apis.some(({ action }) => action !== 'unchanged') ? 'drifted' : 'in-sync';
}

/** The output `changes`. */
export function countChanges({ plan, promotions = [] }: Story): Record<string, number> {
  const count = (action: PlannedAction) => (plan?.apis ?? []).filter((api) => api.action === action).length;
  return {
    create: count('create'),
    update: count('update'),
    redeploy: count('redeploy'),
    unchanged: count('unchanged'),
    refused: count('refused'),
    failed: promotions.filter((each) => !isGood(each)).length,
  };
}

/** The output `promoted`. */
export function promotedOf(promotions: readonly Promotion[]): object[] {
  return promotions
    .filter(({ result }) => result === 'promoted' || result === 'done')
    .map(({ name, version, action: done, revision, lifeCycleStatus, gateways }) => ({
      name,
      version,
      action: done,
      revision,
      lifeCycleStatus,
      gateways: gateways.map(({ gateway, status }) => ({ gateway, status })),
    }));
}
