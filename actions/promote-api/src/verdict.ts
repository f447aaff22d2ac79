/** What a run comes down to: its failure, its verdict, its outputs. */
import { codes } from '@wso2-delivery/shared/apim/codes';
import type { ApiPlan } from '@wso2-delivery/shared/apim/plan';
import type { Promotion } from '@wso2-delivery/shared/apim/promote';
import { messageOf, VerificationError } from '@wso2-delivery/shared/base/errors';
import type { Story } from './report.ts';

/** The failure of the one API that failed, or one that names them all. */
export function failureOf({ promotions = [] }: Story): unknown {
  const failed = promotions.filter(({ failure }) => failure !== undefined);
  const [first] = failed;
  if (first === undefined) return undefined;
  if (failed.length === 1) return first.failure;
  const list = failed.map(({ name, version, failure }) => `${name}:${version}: ${messageOf(failure)}`).join('; ');
  return new VerificationError(
    codes.PROMOTION_FAILED,
    `${failed.length} of ${promotions.length} APIs were not promoted: ${list}`,
  );
}

/** The worst that happened to any API. */
export function verdictOf({ promotions, plan }: Story, failure: unknown): string | undefined {
  if (promotions === undefined) return failure === undefined && plan !== undefined ? 'planned' : 'failed';
  const results = new Set(promotions.map(({ result }) => result));
  const worst = (['rollback-failed', 'failed', 'rolled-back'] as const).find((result) => results.has(result));
  return worst ?? 'succeeded';
}

/** The output `changes`. */
export function countChanges({ plan, promotions = [] }: Story): Record<string, number> {
  const count = (action: ApiPlan['action']) => (plan?.apis ?? []).filter((api) => api.action === action).length;
  const failed = promotions.filter(({ result }) => result !== 'promoted').length;
  return { create: count('create'), update: count('update'), failed };
}

/** The output `promoted`. */
export function promotedOf(promotions: readonly Promotion[]): object[] {
  return promotions
    .filter(({ result }) => result === 'promoted')
    .map(({ name, version, action: done, revision, lifeCycleStatus, gateways }) => ({
      name,
      version,
      action: done,
      revision,
      lifeCycleStatus,
      gateways: gateways.map(({ gateway, status }) => ({ gateway, status })),
    }));
}
