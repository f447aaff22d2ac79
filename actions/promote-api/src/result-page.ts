/** The pages of mode apply and mode rollback: what became of each API, and its proof. */
import type { PromotionPlan } from '@wso2-delivery/shared/apim/plan-file';
import { isGood, type Promotion } from '@wso2-delivery/shared/apim/promote';
import { formatDuration } from '@wso2-delivery/shared/base/duration';
import { messageOf } from '@wso2-delivery/shared/base/errors';
import { count } from '@wso2-delivery/shared/base/text';
import { code, details, escapeMarkdown, marks, section } from '@wso2-delivery/shared/formats/markdown';
import { changeList, changeTotals } from './change-list.ts';
import { budgets, fitting, moreIn, tableOf } from './page-budget.ts';
import { paramsPart } from './params-page.ts';
import { nounOf, routeOf, shownName, type Story } from './report.ts';

/** The summary of mode apply; empty when it did not come to that. */
export function resultSummary(story: Story): string {
  const { promotions, plan } = story;
  if (promotions === undefined) return '';
  const bad = promotions.filter((each) => !isGood(each));
  const worked = promotions.filter((each) => isGood(each) && each.result !== 'unchanged');
  const same = promotions.filter(({ result }) => result === 'unchanged');
  const title = `${bad.length === 0 ? marks.good : marks.bad} ${routeOf(story)}`;
  return section(
    2,
    title,
    countsOf(promotions),
    failuresPart(bad),
    resultTable([...bad, ...worked], plan),
    foldedParts(
      worked.map((each) => workPart(each, story)),
      budgets.details - budgets.refusals,
    ),
    same.length === 0 ? '' : details(`${marks.unchanged} ${same.length} unchanged: not touched`, namesOf(same)),
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
    tableOf(['', 'API', 'What was done'], rows, 'the report'),
  );
}

const done: Readonly<Record<Promotion['action'], string>> = {
  create: 'created',
  update: 'updated',
  redeploy: 'redeployed',
  unchanged: 'unchanged',
  refused: 'refused',
};

/** What was done, or what it came to instead. */
function wordOf({ result, action }: Promotion): string {
  if (result === 'promoted') return done[action];
  return (
    { done: 'was as planned already', 'rolled-back': 'rolled back', 'rollback-failed': 'rollback failed' }[
      result as string
    ] ?? result
  );
}

function signOf(promotion: Promotion): string {
  if (isGood(promotion)) return promotion.result === 'unchanged' ? marks.unchanged : marks.good;
  return promotion.result === 'rolled-back' ? marks.back : marks.bad;
}

function countsOf(promotions: readonly Promotion[]): string {
  const good = promotions.filter(isGood).length;
  const kinds = new Map<string, number>();
  for (const each of promotions) kinds.set(wordOf(each), (kinds.get(wordOf(each)) ?? 0) + 1);
  const counted = [...kinds].map(([word, many]) => `${many} ${word}`).join(' · ');
  const proven = good === promotions.length ? ', proven at the publisher' : '';
  return `**${good} of ${count(promotions.length, nounOf(promotions))} as planned**${proven}: ${counted}`;
}

function failuresPart(bad: readonly Promotion[]): string {
  return foldedParts(
    bad.map((each) =>
      details(
        `${shownName(each)}: ${wordOf(each)}`,
        [
          escapeMarkdown(messageOf(each.failure)),
          each.undone === undefined ? '' : `**Undo:** ${escapeMarkdown(each.undone)}`,
          each.notes.map((note) => `- ${escapeMarkdown(note)}`).join('\n'),
        ]
          .filter((part) => part !== '')
          .join('\n\n'),
        true,
      ),
    ),
    budgets.refusals * 2,
  );
}

/** Folded parts as far as they fit. */
function foldedParts(parts: readonly string[], budget: number): string {
  const { shown, omitted } = fitting(
    parts.filter((part) => part !== ''),
    budget,
    (part) => part,
  );
  return [...shown, moreIn(omitted, 'the report')].filter((part) => part !== '').join('\n');
}

function namesOf(promotions: readonly Promotion[]): string {
  const names = promotions.map((each) => code(shownName(each)));
  const { shown, omitted } = fitting(names, budgets.unchanged, (name) => name);
  return [...shown, moreIn(omitted, 'the report')].filter((part) => part !== '').join(', ');
}

function resultTable(promotions: readonly Promotion[], plan: PromotionPlan | undefined): string {
  if (promotions.length === 0) return '';
  const rows = promotions.map((each) => [
    signOf(each),
    code(shownName(each)),
    escapeMarkdown(wordOf(each)),
    each.revision === undefined ? '' : String(each.revision),
    escapeMarkdown(each.lifeCycleStatus ?? ''),
    gatewaysText(each, plan),
    formatDuration(each.durationMs),
  ]);
  const head = ['', 'API', 'Result', 'Revision', 'State', 'Gateways', 'Took'];
  return tableOf(head, rows, 'the report');
}

/** Every gateway of the plan: what it answered, or that it was not asked. */
function gatewaysText(promotion: Promotion, plan: PromotionPlan | undefined): string {
  const { name, version, gateways } = promotion;
  if (!isGood(promotion)) return '';
  const planned = plan?.apis.find((api) => api.name === name && api.version === version)?.deployments ?? [];
  return planned
    .map(({ gateway }) => {
      const status = gateways.find((proof) => proof.gateway === gateway)?.status;
      const answer = status === 401 || status === 403 ? `${status}, asks for a token` : String(status);
      return `${escapeMarkdown(gateway)}: ${status === undefined ? 'deployed, not asked' : `serves (${answer})`}`;
    })
    .join('\n');
}

/** What was changed, and differences to the plan that are no failure. */
function workPart(promotion: Promotion, { plan, to }: Story): string {
  const { name, version } = promotion;
  const { changes = [], losses = [] } = plan?.apis.find((api) => api.name === name && api.version === version) ?? {};
  const notes = [...losses, ...promotion.notes];
  if (changes.length === 0 && notes.length === 0) return '';
  const told = notes.map((note) => `- ${escapeMarkdown(note)}`).join('\n');
  const totals = [
    ...(changes.length === 0 ? [] : [changeTotals(changes)]),
    ...(notes.length === 0 ? [] : [count(notes.length, 'note')]),
  ];
  const body = [told, changeList(changes, { to })].filter((part) => part !== '').join('\n\n');
  return details(`${shownName(promotion)}: ${totals.join(', ')}`, body);
}
