import { convertDocument } from '@wso2-delivery/shared/apim/params-conversion';
import { withSecretsAsVariables } from '@wso2-delivery/shared/apim/params-secrets';
import type { EnvironmentParams } from '@wso2-delivery/shared/apim/params';
import type { ApiPlan, PromotionPlan } from '@wso2-delivery/shared/apim/plan';
import type { Promotion } from '@wso2-delivery/shared/apim/promote';
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
  readonly from: string | undefined;
  readonly to: string;
  params?: { readonly file: string; readonly settings: EnvironmentParams; readonly text: string };
  plan?: PromotionPlan;
  planFile?: string;
  promotions?: readonly Promotion[];
}

/** The summary of mode plan; empty when there is no plan. */
export function planSummary(story: Story): string {
  const { plan } = story;
  if (plan === undefined) return '';
  const creates = plan.apis.filter(({ action }) => action === 'create').length;
  const title = `${marks.pending} Plan: ${routeOf(story)}`;
  const counts = `**${count(plan.apis.length, 'API')}**: ${creates} to create, ${plan.apis.length - creates} to update.`;
  const rows = plan.apis.map((api) => [
    code(`${api.name}:${api.version}`),
    api.action,
    escapeMarkdown(api.deployments.map(({ gateway }) => gateway).join(', ')),
    servingText(api),
    api.removes === undefined ? '' : `revision ${api.removes} is removed for room`,
  ]);
  return section(
    2,
    title,
    counts,
    table(['API', 'Action', 'Deployed on', 'Serves now', 'Note'], rows),
    'What changes inside an API is not compared yet: an update imports it whether or not it differs.',
    paramsPart(story),
  );
}

/** The summary of mode apply; empty when it did not come to that. */
export function resultSummary(story: Story): string {
  const { promotions } = story;
  if (promotions === undefined) return '';
  const good = promotions.filter(({ result }) => result === 'promoted').length;
  const bad = promotions.length - good;
  const title = `${bad === 0 ? marks.good : marks.bad} ${routeOf(story)}`;
  const counts = `**${good} of ${count(promotions.length, 'API')} promoted**${bad === 0 ? ', proven at the publisher' : ''}.`;
  const rows = promotions.map((each) => [
    mark(each),
    code(`${each.name}:${each.version}`),
    each.action === 'create' ? 'created' : 'updated',
    each.revision === undefined ? '' : String(each.revision),
    escapeMarkdown(each.lifeCycleStatus ?? ''),
    gatewaysText(each, story.plan),
    formatDuration(each.durationMs),
  ]);
  const failures = promotions
    .filter(({ result }) => result !== 'promoted')
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

/** The action's own part of the report file. */
export function factsOf({ from, to, params, plan, promotions }: Story): object {
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
  };
}

function routeOf({ from, to }: Story): string {
  return `${from ?? 'repository'} → ${to}`;
}

function mark({ result }: Promotion): string {
  if (result === 'promoted') return marks.good;
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
