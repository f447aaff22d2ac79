/** Carries out the jobs of a plan: what others are made of first; what came for something that failed is taken back. */
import { bounded } from '@wso2-delivery/shared/apim/bounded';
import type { Journal } from '@wso2-delivery/shared/apim/journal';
import { isGood, promoteApi, type Attempt, type Promotion } from '@wso2-delivery/shared/apim/promote';
import type { PromoteOptions } from '@wso2-delivery/shared/apim/promotion-job';
import type { Ports } from '@wso2-delivery/shared/base/ports';
import { preserves, type Planned } from './planning.ts';
import type { Inputs } from './request.ts';
import type { Session } from './session.ts';

/**
 * Promotes kind by kind. Nothing is built on what failed; with `on-failure: rollback` the APIs that came with products
 * are put back where none of these products came to be.
 * @param settle told of every API once, and again when it was taken back
 */
export async function promoteAll(
  { jobs, plan, uses }: Planned,
  session: Session,
  journal: Journal,
  options: PromoteOptions,
  inputs: Inputs,
  ports: Ports,
  settle: (promotion: Promotion) => void,
): Promise<void> {
  const engine = jobs.some((job) => job.plan.imports) ? await session.importing() : undefined;
  const attempts: Attempt[] = [];
  const isFailing = () => attempts.some(({ promotion }) => !isGood(promotion));
  for (const kind of ['api', 'api-product', 'application'] as const) {
    const tools = { engine, publisher: session.holder(kind), journal };
    const stage = jobs.filter((job) => job.plan.kind === kind);
    await bounded(isFailing() ? [] : stage, inputs.concurrency, async (job) => {
      if (ports.cancelled.aborted) return;
      const preserveProvider = preserves(kind, inputs);
      const attempt = await promoteApi(job, tools, { ...options, preserveProvider }, ports);
      attempts.push(attempt);
      settle(attempt.promotion);
      if (kind !== 'api' || inputs.kind === 'api') await attempt.release();
    });
  }
  if (inputs.kind !== 'api-product') return;
  const idle = new Set(plan.apis.filter(({ action }) => action === 'unchanged').map(nameOf));
  const good = new Set([
    ...idle,
    ...attempts
      .map(({ promotion }) => promotion)
      .filter(isGood)
      .map(nameOf),
  ]);
  for (const attempt of attempts.filter(({ promotion }) => promotion.kind === 'api').toReversed()) {
    const users = [...uses].filter(([, used]) => used.includes(nameOf(attempt.promotion))).map(([name]) => name);
    const wanted = users.length === 0 || users.some((name) => good.has(name));
    const takes = options.onFailure === 'rollback' && !ports.cancelled.aborted;
    if (takes && !wanted && isGood(attempt.promotion)) settle(await attempt.takeBack(users.join(', ')));
    await attempt.release();
  }
}

function nameOf({ name, version }: { readonly name: string; readonly version: string }): string {
  return `${name}:${version}`;
}
