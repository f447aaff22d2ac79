import type { ConvertedText } from '@wso2-delivery/shared/apim/params-conversion-text';
import type { EnvironmentParams } from '@wso2-delivery/shared/apim/params';
import type { ApiPlan } from '@wso2-delivery/shared/apim/plan';
import type { PromotionPlan } from '@wso2-delivery/shared/apim/plan-file';
import type { Promotion } from '@wso2-delivery/shared/apim/promote';
import { messageOf } from '@wso2-delivery/shared/base/errors';

/** What a run has come to know, for outputs, summary and report. */
export interface Story {
  readonly mode: 'plan' | 'apply' | 'rollback' | 'drift';
  readonly from: string | undefined;
  readonly to: string;
  params?: {
    readonly file: string;
    readonly settings: EnvironmentParams;
    readonly text: string;
    readonly converted: ConvertedText;
  };
  /** Where the params file was written in the 4.x shape, as the user knows it. */
  convertedParams?: string;
  plan?: PromotionPlan;
  planFile?: string;
  promotions?: readonly Promotion[];
  /** Mode plan with shards. */
  matrix?: object;
  /** The promotion journal, as the user knows it, once something was written. */
  journalFile?: string;
  /** Mode rollback, in the order in which it was done. */
  rollbacks?: readonly Rollback[];
}

/** What a rollback came to for one API of a journal. */
export interface Rollback {
  readonly name: string;
  readonly version: string;
  readonly done: string;
  readonly failure: unknown;
}

/** The action's own part of the report file. */
export function factsOf({ from, to, params, plan, promotions, rollbacks }: Story): object {
  return {
    from,
    to,
    params:
      params === undefined
        ? undefined
        : { file: params.file, shape: params.settings.shape, notes: params.settings.notes },
    plan,
    apis: promotions?.map(({ failure, ...each }) => ({
      ...each,
      failure: failure === undefined ? undefined : messageOf(failure),
    })),
    rollbacks: rollbacks?.map(({ failure, ...each }) => ({
      ...each,
      failure: failure === undefined ? undefined : messageOf(failure),
    })),
  };
}

/** `dev → staging` */
export function routeOf({ from, to }: Story): string {
  return `${from ?? 'repository'} → ${to}`;
}

/** What is promoted, for "12 APIs". */
export function nounOf(list: readonly { readonly kind: ApiPlan['kind'] }[]): string {
  const kinds = new Set(list.map(({ kind }) => kind));
  if (kinds.size !== 1) return 'API';
  return { api: 'API', 'api-product': 'API product', application: 'application' }[[...kinds][0] ?? 'api'];
}

/** `PizzaAPI:1.0.0`; an application by its owner, which is what tells it from others of its name. */
export function shownName({ kind, name, version }: Pick<ApiPlan, 'kind' | 'name' | 'version'>): string {
  return kind === 'application' ? `${name} of ${version}` : `${name}:${version}`;
}
