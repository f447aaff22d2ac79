/** From what is wanted and what is there to a plan. */
import { readFileSync } from 'node:fs';
import { codes } from '@wso2-delivery/shared/apim/codes';
import { planApi, readPlan, type ApiPlan, type PromotionPlan } from '@wso2-delivery/shared/apim/plan';
import type { ApiProject } from '@wso2-delivery/shared/apim/archive';
import type { Job } from '@wso2-delivery/shared/apim/promote';
import { codes as base } from '@wso2-delivery/shared/base/codes';
import { InputError, messageOf, type Problem } from '@wso2-delivery/shared/base/errors';
import type { Files } from '@wso2-delivery/shared/base/ports';
import type { Request } from './request.ts';

type Planned = Parameters<typeof planApi>;

/** Plans every API; all refusals are told together. */
export function planAll(
  planned: readonly { wish: Planned[0]; target: Planned[1] }[],
  request: Request,
): { plan: ApiPlan; project: ApiProject }[] {
  const problems: Problem[] = [];
  let refusal: InputError | undefined;
  const plans = planned.flatMap(({ wish, target }) => {
    try {
      return [{ plan: planApi(wish, target, request.to.environment), project: wish.project }];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      refusal ??= error;
      problems.push(...error.problems);
      return [];
    }
  });
  if (refusal === undefined) return plans;
  const code = Object.values(codes).find(({ code: name }) => name === refusal?.code) ?? codes.API_CONFLICT;
  throw new InputError(code, problems);
}

/** The plan of a run. */
export function planOf(request: Request, jobs: readonly Job[]): PromotionPlan {
  return {
    schema: 'https://wso2-delivery.dev/promotion-plan/v1',
    from: request.from?.environment.name,
    to: request.to.environment.name,
    apis: jobs.map(({ plan }) => plan),
  };
}

/** Reads the plan that was agreed. @throws InputError FILE_UNREADABLE, PLAN_STALE */
export function readPlanFile(path: string, files: Files): PromotionPlan {
  const shown = files.display(path);
  try {
    return readPlan(readFileSync(path, 'utf8'), shown);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(base.FILE_UNREADABLE, [
      { subject: 'plan', problem: `${shown} cannot be read: ${messageOf(error)}` },
    ]);
  }
}
