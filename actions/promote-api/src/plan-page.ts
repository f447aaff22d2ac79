/** The pages of mode plan and mode drift: what a reviewer reads in a minute, details folded. */
import type { ApiPlan, PlannedAction } from '@wso2-delivery/shared/apim/plan';
import { count } from '@wso2-delivery/shared/base/text';
import { code, details, escapeMarkdown, marks, section } from '@wso2-delivery/shared/formats/markdown';
import { breakingLine, changeCounts, changeList, changeTotals, type Telling } from './change-list.ts';
import { budgets, fitting, moreIn, tableOf } from './page-budget.ts';
import { paramsPart } from './params-page.ts';
import { nounOf, routeOf, shownName, type Story } from './report.ts';

/** What is done, in a word of the table. */
const words: Readonly<Record<PlannedAction, string>> = {
  create: 'create',
  update: 'update',
  redeploy: 'redeploy',
  unchanged: 'unchanged',
  refused: 'refused',
};
const signs: Readonly<Record<PlannedAction, string>> = {
  create: marks.added,
  update: marks.changed,
  redeploy: marks.repeated,
  unchanged: marks.unchanged,
  refused: marks.bad,
};

/** The summary of mode plan; empty when there is no plan. */
export function planSummary(story: Story): string {
  const { plan, planFile } = story;
  if (plan === undefined) return '';
  const apis = inOrder(plan.apis);
  const refused = apis.filter(({ action }) => action === 'refused').length;
  const title = `${refused > 0 ? marks.bad : marks.pending} Plan: ${routeOf(story)}`;
  const next =
    planFile === undefined || refused > 0
      ? refused > 0
        ? 'As long as something is refused, the plan cannot be applied: nothing is changed then.'
        : ''
      : `Nothing was changed. ${code('mode: apply')} with ${code(`plan: ${planFile}`)} does exactly this, or nothing.`;
  const parts = [countsOf(apis), refusedPart(apis), breakingPart(apis), workTable(apis)];
  return page(story, title, parts, next, { to: story.to });
}

/** The summary of mode drift; empty when nothing was compared. */
export function driftSummary(story: Story): string {
  const { plan, to } = story;
  if (plan === undefined) return '';
  const apis = inOrder(plan.apis);
  const drifted = apis.filter(({ action }) => action !== 'unchanged');
  const source = story.from ?? 'the repository';
  const all = count(apis.length, nounOf(apis));
  const counts =
    drifted.length === 0
      ? `**${escapeMarkdown(to)} is what ${escapeMarkdown(source)} says**: ${all} compared.`
      : `**${drifted.length} of ${all}** in ${escapeMarkdown(to)} ${drifted.length === 1 ? 'is' : 'are'} not what ${escapeMarkdown(source)} says.`;
  const title = `${drifted.length === 0 ? marks.good : marks.warning} Drift of ${to}`;
  const rows = drifted.map((api) => [
    marks.warning,
    code(shownName(api)),
    driftWords(api),
    [...(api.action === 'update' ? [changeCounts(api.changes)] : []), ...api.notes].map(escapeMarkdown).join('\n'),
  ]);
  const head = ['', capital(nounOf(apis)), 'Drift', 'Differences'];
  const found = rows.length === 0 ? '' : tableOf(head, rows, 'the report');
  return page(story, title, [counts, refusedPart(apis), found], '', { to, drift: true });
}

function driftWords({ action, deployments }: ApiPlan): string {
  if (action === 'create') return 'is not there';
  if (action === 'redeploy') return escapeMarkdown(`is not deployed on ${gatewaysOf(deployments)} as it should`);
  return action === 'refused' ? 'cannot be compared' : 'differs';
}

function page(story: Story, title: string, parts: readonly string[], end: string, telling: Telling): string {
  const apis = inOrder(story.plan?.apis ?? []);
  const folded = apis.map((api) => detailsOf(api, telling)).filter((part) => part !== '');
  const { shown, omitted } = fitting(folded, budgets.details, (part) => part);
  const place = telling.drift === true ? 'the report' : 'the plan file';
  const more = omitted === 0 ? '' : `The changes of ${count(omitted, 'more', 'more')} are in ${place}.`;
  return section(2, title, ...parts, shown.join('\n'), more, unchangedPart(apis), end, paramsPart(story));
}

/** Refused first, then what breaks callers, then by how much happens. */
function inOrder(apis: readonly ApiPlan[]): ApiPlan[] {
  const order: readonly PlannedAction[] = ['refused', 'update', 'create', 'redeploy', 'unchanged'];
  const weight = (api: ApiPlan) => order.indexOf(api.action) * 2 - (breaksCallers(api) ? 1 : 0);
  return [...apis].sort((a, b) => weight(a) - weight(b) || (shownName(a) < shownName(b) ? -1 : 1));
}

function breaksCallers({ action, changes }: ApiPlan): boolean {
  return action !== 'unchanged' && action !== 'refused' && changes.some(({ breaking }) => breaking !== undefined);
}

function countsOf(apis: readonly ApiPlan[]): string {
  const counted = (['create', 'update', 'redeploy', 'unchanged', 'refused'] as const).flatMap((action) => {
    const own = apis.filter((api) => api.action === action).length;
    return own === 0 ? [] : [`${signs[action]} ${own} ${action === 'create' ? 'new' : wordOfCount(action)}`];
  });
  const breaking = apis.filter(breaksCallers).length;
  if (breaking > 0) counted.push(`${marks.warning} ${breaking} ${breaking === 1 ? 'breaks' : 'break'} callers`);
  return `**${count(apis.length, nounOf(apis))}**: ${counted.join(' · ')}`;
}

function wordOfCount(action: PlannedAction): string {
  return action === 'update' ? 'to update' : action === 'redeploy' ? 'to redeploy' : words[action];
}

function refusedPart(apis: readonly ApiPlan[]): string {
  const refused = apis.filter(({ action }) => action === 'refused');
  if (refused.length === 0) return '';
  const lines = refused.flatMap((api) =>
    api.problems.map(({ problem, example }) => {
      const how = example === undefined ? '' : ` (for example ${code(example)})`;
      return `- ${code(shownName(api))} ${escapeMarkdown(problem)}${how}`;
    }),
  );
  const { shown, omitted } = fitting(lines, budgets.refusals, (line) => line);
  const more = omitted === 0 ? [] : [`- ${moreIn(omitted, 'the report')}`];
  return `**${marks.bad} Refused**\n${[...shown, ...more].join('\n')}`;
}

const breakingShown = 20;

function breakingPart(apis: readonly ApiPlan[]): string {
  const lines = apis
    .filter(breaksCallers)
    .flatMap((api) =>
      api.changes
        .filter(({ breaking }) => breaking !== undefined)
        .map((change) => `- ${code(shownName(api))} ${breakingLine(change)}`),
    );
  if (lines.length === 0) return '';
  const more = lines.length > breakingShown ? [`- … and ${lines.length - breakingShown} more`] : [];
  return [`**${marks.warning} Breaks callers**`, ...lines.slice(0, breakingShown), ...more].join('\n');
}

function workTable(apis: readonly ApiPlan[]): string {
  const work = apis.filter(({ action }) => action !== 'unchanged');
  if (work.length === 0) return '';
  const rows = work.map((api) => [
    breaksCallers(api) ? marks.warning : signs[api.action],
    code(shownName(api)),
    words[api.action],
    whatOf(api),
    placesOf(api),
    [...api.losses, ...api.notes].map(escapeMarkdown).join('\n'),
  ]);
  const head = ['', capital(nounOf(apis)), 'Action', 'Changes', 'Deployed on', 'To know'];
  return tableOf(head, rows, 'the plan file');
}

function whatOf({ action, changes, lifecycle, redeploys }: ApiPlan): string {
  if (action === 'refused') return 'see above';
  if (action === 'create') return escapeMarkdown(lifecycle === undefined ? 'new' : `new, ${lifecycle}`);
  if (action === 'redeploy' && redeploys !== undefined) return `revision ${redeploys}, as it is`;
  return escapeMarkdown(changeCounts(changes));
}

/** Where it will be, and what serves there now. */
function placesOf({ action, deployments, serving }: ApiPlan): string {
  if (action === 'refused') return '';
  return deployments
    .map(({ gateway }) => {
      const now = serving.find(({ gateways }) => gateways.includes(gateway));
      return `${escapeMarkdown(gateway)}${now === undefined ? '' : ` (now revision ${now.revision})`}`;
    })
    .join('\n');
}

function detailsOf(api: ApiPlan, telling: Telling): string {
  const { action, changes } = api;
  if (!['update', 'create'].includes(action) || changes.length === 0) return '';
  const total = telling.drift === true ? count(changes.length, 'difference') : changeTotals(changes);
  return details(`${shownName(api)}: ${total}`, changeList(changes, telling));
}

function unchangedPart(apis: readonly ApiPlan[]): string {
  const same = apis.filter(({ action }) => action === 'unchanged');
  if (same.length === 0) return '';
  const { shown, omitted } = fitting(
    same.map((api) => code(shownName(api))),
    budgets.unchanged,
    (name) => name,
  );
  const more = omitted === 0 ? '' : `, ${moreIn(omitted, 'the report')}`;
  const told = same.flatMap((api) => api.notes.map((note) => `- ${code(shownName(api))} ${escapeMarkdown(note)}`));
  const notes = fitting(told, budgets.unchanged, (line) => line);
  const untold = notes.omitted === 0 ? [] : [`- ${moreIn(notes.omitted, 'the report')}`];
  const body = [`${shown.join(', ')}${more}`, [...notes.shown, ...untold].join('\n')].filter((part) => part !== '');
  return details(`${marks.unchanged} ${same.length} unchanged: not touched`, body.join('\n\n'));
}

function gatewaysOf(deployments: ApiPlan['deployments']): string {
  return deployments.map(({ gateway }) => gateway).join(', ');
}

function capital(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}
