import { InputError } from '../base/errors.ts';
import { nameProblem } from './api-names.ts';
import { codes } from './codes.ts';
import type { ApiPlan } from './plan.ts';
import { mainDocuments, type ProjectKind } from './project-kind.ts';

/** The plan file's format; docs/promotion-plan.schema.json describes it. */
export const planSchema = 'https://wso2-delivery.dev/promotion-plan/v2';

/** A plan file. */
export interface PromotionPlan {
  readonly schema: typeof planSchema;
  readonly from: string | undefined;
  readonly to: string;
  /** Of the digests of secrets: random, and no secret itself. */
  readonly salt: string;
  readonly apis: readonly ApiPlan[];
}

/** A plan as the text of its file. */
export function formatPlan(plan: PromotionPlan): string {
  return `${JSON.stringify(plan, null, 2)}\n`;
}

/** Reads a plan file. @throws InputError PLAN_STALE for what is none, and for one of another version */
export function readPlan(text: string, file: string): PromotionPlan {
  let found: { readonly schema?: unknown; readonly apis?: unknown; readonly salt?: unknown };
  try {
    found = (JSON.parse(text) as PromotionPlan | null) ?? {};
  } catch {
    found = {};
  }
  const { schema, apis, salt } = found;
  if (schema === planSchema && Array.isArray(apis) && typeof salt === 'string') {
    const plan = found as PromotionPlan;
    const problems = plan.apis.flatMap((api) => {
      const problem = problemOf(api);
      return problem === undefined ? [] : [{ subject: 'plan', problem: `${file} is no plan: ${problem}` }];
    });
    if (problems.length > 0) throw new InputError(codes.PLAN_STALE, problems);
    return plan;
  }
  const other = typeof schema === 'string' && schema !== planSchema && /\/promotion-plan\/v\d+$/.test(schema);
  const problem = other
    ? `${file} was written by another version of this action: make the plan again`
    : `${file} is not a plan that mode: plan has written`;
  throw new InputError(codes.PLAN_STALE, [{ subject: 'plan', problem }]);
}

/** A plan comes out of an artifact: names are believed as little as those of an archive. */
function problemOf(api: unknown): string | undefined {
  const { kind, name, version } = (api ?? {}) as Record<string, unknown>;
  const isKind = typeof kind === 'string' && Object.hasOwn(mainDocuments, kind);
  if (!isKind || typeof name !== 'string' || typeof version !== 'string') {
    return 'an entry is without kind, name or version';
  }
  return nameProblem(kind as ProjectKind, { name, version });
}
