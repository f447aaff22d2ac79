/** Field-level changes as Markdown: by group, those that break callers first. */
import type { Change } from '@wso2-delivery/shared/apim/state-compare';
import { changeGroups, type ChangeGroup } from '@wso2-delivery/shared/apim/state-groups';
import { count, oneLine } from '@wso2-delivery/shared/base/text';
import { code, escapeMarkdown, marks } from '@wso2-delivery/shared/formats/markdown';

const headings: Readonly<Record<ChangeGroup, string>> = {
  operations: 'Operations',
  security: 'Security',
  endpoints: 'Endpoints',
  throttling: 'Throttling and subscription policies',
  policies: 'Policies',
  cors: 'CORS',
  lifecycle: 'Life cycle',
  deployment: 'Deployment',
  certificates: 'Certificates',
  general: 'General',
  documents: 'Documents and texts',
};

const shownOfGroup = 15;

/** How changes are told: of a plan as what will happen, of a drift as what is there. */
export interface Telling {
  readonly to: string;
  readonly drift?: boolean;
}

/** Every group with its changes; of many changes in a group the first, and how many there are. */
export function changeList(changes: readonly Change[], telling: Telling): string {
  return changeGroups
    .flatMap((group) => {
      const own = changes.filter((change) => change.group === group);
      if (own.length === 0) return [];
      const lines = own.slice(0, shownOfGroup).map((change) => `- ${changeLine(change, telling)}`);
      if (own.length > shownOfGroup) lines.push(`- … and ${own.length - shownOfGroup} more, in the plan file`);
      return [`**${headings[group]}**\n${lines.join('\n')}`];
    })
    .join('\n\n');
}

/** One change on one line. */
function changeLine(change: Change, { to, drift = false }: Telling): string {
  const { breaking, onlyInTarget, note } = change;
  const breaks = !drift && breaking !== undefined;
  return [
    `${breaks ? `${marks.warning} ` : ''}${drift ? found(change, to) : difference(change)}`,
    ...(breaks ? [`**${escapeMarkdown(breaking)}**`] : []),
    ...(onlyInTarget === true && !drift ? [`only ${escapeMarkdown(to)} has it, an import sets it back`] : []),
    ...(note === undefined ? [] : [escapeMarkdown(note)]),
  ].join(' — ');
}

/** Why callers break, and where: `count has to be there (schema Order required)`. */
export function breakingLine({ breaking = '', path }: Change): string {
  const place = shortPath(path);
  return `${escapeMarkdown(breaking)}${listsThemselves.test(path) ? '' : ` (${span(place)})`}`;
}

/** Lists whose entries say themselves what they are. */
const listsThemselves = /(?:^|\.)(?:operations|documents)$/;

function difference({ path, kind, before, after, secret }: Change): string {
  if (secret) return `${span(shortPath(path))} ${kind} (secret, not shown)`;
  const value = span(oneLine(after ?? before ?? '', 120));
  if (listsThemselves.test(path)) return `${kind === 'removed' ? span(nameOf(before ?? '')) : value} ${kind}`;
  if (kind === 'changed') return `${span(shortPath(path))} ${span(oneLine(before ?? '', 120))} → ${value}`;
  return `${span(shortPath(path))} ${value} ${kind}`;
}

/** What the target has in place of what it should have. */
function found({ path, kind, before, after, secret }: Change, to: string): string {
  const place = span(shortPath(path));
  if (secret) return `${place} is another one (secret, not shown)`;
  if (kind === 'changed')
    return `${place} is ${span(oneLine(before ?? '', 120))}, not ${span(oneLine(after ?? '', 120))}`;
  const what = span(oneLine(nameOf(after ?? before ?? ''), 120));
  const where = kind === 'removed' ? `only in ${escapeMarkdown(to)}` : `not in ${escapeMarkdown(to)}`;
  return listsThemselves.test(path) ? `${what} is ${where}` : `${place} ${what} is ${where}`;
}

/** `GET /menu (authType: None)` → `GET /menu` */
function nameOf(shown: string): string {
  return shown.replace(/ \([^()]*: .*\)$/, '');
}

/** Code on a line that is not in a table, where a bar needs no escape. */
function span(text: string): string {
  return code(text).replaceAll('\\|', '|');
}

/** `operations[GET /menu].scopes` → `GET /menu scopes`; what the heading says already is left out. */
function shortPath(path: string): string {
  return path
    .replace(/(^|\.)operations\[([^\]]+)\]\.(?:definition\.)?/, '$1$2 ')
    .replace(/^definition\.(?:schemas|definitions)\[([^\]]+)\]\.?/, 'schema $1 ')
    .replace(/\.?properties\[([^\]]+)\]\.?/g, ' $1 ')
    .replace(/^(?:endpointConfig|corsConfiguration|applicationInfo)\./, '')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** "3 operations, 1 security": how many changes there are of each group, in a few words. */
export function changeCounts(changes: readonly Change[]): string {
  return changeGroups
    .flatMap((group) => {
      const own = changes.filter((change) => change.group === group).length;
      return own === 0 ? [] : [`${own} ${wordOf(group, own)}`];
    })
    .join(', ');
}

const plurals: Partial<Record<ChangeGroup, readonly [one: string, many: string]>> = {
  operations: ['operation', 'operations'],
  endpoints: ['endpoint', 'endpoints'],
  policies: ['policy', 'policies'],
  documents: ['text', 'texts'],
  certificates: ['certificate', 'certificates'],
};

function wordOf(group: ChangeGroup, many: number): string {
  const [one = group, more = group] = plurals[group] ?? [];
  const word = many === 1 ? one : more;
  return word === 'cors' ? 'CORS' : word;
}

/** "7 changes, 2 break callers" */
export function changeTotals(changes: readonly Change[]): string {
  const breaking = changes.filter((change) => change.breaking !== undefined).length;
  return [count(changes.length, 'change'), ...(breaking === 0 ? [] : [`${breaking} breaking`])].join(', ');
}
