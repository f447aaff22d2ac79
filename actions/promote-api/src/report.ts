import { convertDocument } from '@wso2-delivery/shared/apim/params-conversion';
import { withSecretsAsVariables } from '@wso2-delivery/shared/apim/params-secrets';
import type { EnvironmentParams } from '@wso2-delivery/shared/apim/params';
import type { ApiPlan } from '@wso2-delivery/shared/apim/plan';
import type { PromotionPlan } from '@wso2-delivery/shared/apim/plan-file';
import { isGood, type Promotion } from '@wso2-delivery/shared/apim/promote';
import { formatDuration } from '@wso2-delivery/shared/base/duration';
import { messageOf } from '@wso2-delivery/shared/base/errors';
import { count } from '@wso2-delivery/shared/base/text';
import {
  code,
  codeBlock,
  details,
  escapeMarkdown,
  marks,
  section,
  table,
} from '@wso2-delivery/shared/formats/markdown';
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

/** The summary of mode plan; empty when there is no plan. */
export function planSummary(story: Story): string {
  const { plan } = story;
  if (plan === undefined) return '';
  const of = (action: ApiPlan['action']) => plan.apis.filter((api) => api.action === action).length;
  const counted = [
    `${of('create')} to create`,
    `${of('update')} to update`,
    `${of('redeploy')} to redeploy`,
    `${of('unchanged')} unchanged`,
    `${of('refused')} refused`,
  ].join(', ');
  const title = `${marks.pending} Plan: ${routeOf(story)}`;
  const counts = `**${count(plan.apis.length, 'API')}**: ${counted}.`;
  const rows = plan.apis.map((api) => [
    code(`${api.name}:${api.version}`),
    api.action,
    escapeMarkdown(api.deployments.map(({ gateway }) => gateway).join(', ')),
    servingText(api),
    [
      ...(api.removes === undefined ? [] : [`revision ${api.removes} is removed for room`]),
      ...api.problems.map(({ problem }) => problem),
      ...api.changes.slice(0, 10).map(({ path, kind }) => `${path} ${kind}`),
      ...api.notes,
    ]
      .map(escapeMarkdown)
      .join('\n'),
  ]);
  return section(
    2,
    title,
    counts,
    table(['API', 'Action', 'Deployed on', 'Serves now', 'Note'], rows),
    paramsPart(story),
  );
}

/** The summary of mode apply; empty when it did not come to that. */
export function resultSummary(story: Story): string {
  const { promotions } = story;
  if (promotions === undefined) return '';
  const good = promotions.filter(isGood).length;
  const bad = promotions.length - good;
  const title = `${bad === 0 ? marks.good : marks.bad} ${routeOf(story)}`;
  const counts = `**${good} of ${count(promotions.length, 'API')} promoted**${bad === 0 ? ', proven at the publisher' : ''}.`;
  const rows = promotions.map((each) => [
    mark(each),
    code(`${each.name}:${each.version}`),
    each.result === 'promoted'
      ? each.action === 'create'
        ? 'created'
        : `${each.action}d`.replace('redeployd', 'redeployed')
      : each.result,
    each.revision === undefined ? '' : String(each.revision),
    escapeMarkdown(each.lifeCycleStatus ?? ''),
    gatewaysText(each, story.plan),
    formatDuration(each.durationMs),
  ]);
  const failures = promotions
    .filter((each) => !isGood(each))
    .map((each) =>
      details(
        `${each.name}:${each.version}: ${each.result}`,
        [
          escapeMarkdown(messageOf(each.failure)),
          each.undone === undefined ? '' : `**Undo:** ${escapeMarkdown(each.undone)}`,
        ].join('\n\n'),
        true,
      ),
    );
  return section(
    2,
    title,
    counts,
    table(['', 'API', 'Action', 'Revision', 'State', 'Gateways', 'Took'], rows),
    ...failures,
    paramsPart(story),
  );
}

/** The summary of mode rollback; empty when it did not come to that. */
export function rollbackSummary({ to, rollbacks }: Story): string {
  if (rollbacks === undefined) return '';
  const bad = rollbacks.filter(({ failure }) => failure !== undefined).length;
  const rows = rollbacks.map((each) => [
    each.failure === undefined ? marks.back : marks.bad,
    code(`${each.name}:${each.version}`),
    escapeMarkdown(each.failure === undefined ? each.done : messageOf(each.failure)),
  ]);
  const counts = `**${rollbacks.length - bad} of ${count(rollbacks.length, 'API')}** as before the promotion.`;
  return section(
    2,
    `${bad === 0 ? marks.back : marks.bad} Rollback of ${to}`,
    counts,
    table(['', 'API', 'What was done'], rows),
  );
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

function routeOf({ from, to }: Story): string {
  return `${from ?? 'repository'} → ${to}`;
}

function mark(promotion: Promotion): string {
  const { result } = promotion;
  if (isGood(promotion)) return marks.good;
  return result === 'rolled-back' ? marks.back : marks.bad;
}

/** Every gateway of the plan: what it answered, or that it was not asked. */
function gatewaysText({ name, version, result, gateways }: Promotion, plan: PromotionPlan | undefined): string {
  if (result !== 'promoted') return '';
  const planned = plan?.apis.find((api) => api.name === name && api.version === version)?.deployments ?? [];
  return planned
    .map(({ gateway }) => {
      const status = gateways.find((proof) => proof.gateway === gateway)?.status;
      const answer = status === 401 || status === 403 ? `${status}, asks for a token` : String(status);
      return `${escapeMarkdown(gateway)}: ${status === undefined ? 'deployed, not asked' : `serves (${answer})`}`;
    })
    .join('\n');
}

function servingText({ action, serving }: ApiPlan): string {
  if (action === 'create') return 'does not exist';
  if (serving.length === 0) return 'nothing';
  return serving
    .map(({ revision, gateways }) => `revision ${revision} on ${escapeMarkdown(gateways.join(', '))}`)
    .join('\n');
}

/** The params file in the 4.x shape, to be copied into the repository. */
function paramsPart({ params }: Story): string {
  if (params?.settings.shape !== '3.x') return '';
  const { document, secrets } = withSecretsAsVariables(
    convertDocument(parseYaml(params.text) as Record<string, unknown>),
  );
  const hidden =
    secrets.length === 0 ? [] : ['secrets in clear became variables: set them from the secrets of the repository'];
  const notes = [...params.settings.notes, ...hidden].map((note) => `- ${escapeMarkdown(note)}`).join('\n');
  return details(`${params.file} in the 4.x shape`, [notes, codeBlock(formatYaml(document), 'yaml')].join('\n\n'));
}
