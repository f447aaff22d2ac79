import { convertDocument } from '@wso2-delivery/shared/apim/params-conversion';
import { withSecretsAsVariables } from '@wso2-delivery/shared/apim/params-secrets';
import type { EnvironmentParams } from '@wso2-delivery/shared/apim/params';
import type { ApiPlan } from '@wso2-delivery/shared/apim/plan';
import type { PromotionPlan } from '@wso2-delivery/shared/apim/plan-file';
import type { Promotion } from '@wso2-delivery/shared/apim/promote';
import { messageOf } from '@wso2-delivery/shared/base/errors';
import { codeBlock, details, escapeMarkdown } from '@wso2-delivery/shared/formats/markdown';
import { formatYaml, parseYaml } from '@wso2-delivery/shared/formats/yaml';

/** What a run has come to know, for outputs, summary and report. */
export interface Story {
  readonly mode: 'plan' | 'apply' | 'rollback' | 'drift';
  readonly from: string | undefined;
  readonly to: string;
  params?: { readonly file: string; readonly settings: EnvironmentParams; readonly text: string };
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

/** The params file in the 4.x shape, to be copied into the repository. */
export function paramsPart({ params }: Story): string {
  if (params?.settings.shape !== '3.x') return '';
  const { document, secrets } = withSecretsAsVariables(
    convertDocument(parseYaml(params.text) as Record<string, unknown>),
  );
  const hidden =
    secrets.length === 0 ? [] : ['secrets in clear became variables: set them from the secrets of the repository'];
  const notes = [...params.settings.notes, ...hidden].map((note) => `- ${escapeMarkdown(note)}`).join('\n');
  return details(`${params.file} in the 4.x shape`, [notes, codeBlock(formatYaml(document), 'yaml')].join('\n\n'));
}
