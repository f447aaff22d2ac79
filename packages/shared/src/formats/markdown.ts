import { neutralise } from '../base/text.ts';

/**
 * Builders for GitHub-flavoured Markdown as a job summary shows it. All take foreign text as it is and escape it;
 * only `details` and `section` take finished Markdown as their body.
 */

/** Foreign text for use inside a Markdown line: no HTML, no emphasis, no links, no mentions. */
export function escapeMarkdown(text: string): string {
  return neutralise(text)
    .replace(/\s*\n\s*/g, ' ')
    .replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c] ?? c)
    .replace(/[\\`*_[\]|~#]/g, '\\$&')
    .replace(/@/g, '@\u200b')
    .replace(/(https?):\/\//g, '$1:\u200b//');
}

/** Foreign text as inline code. */
export function code(text: string): string {
  const line = neutralise(text)
    .replace(/\s*\n\s*/g, ' ')
    .replaceAll('|', '\\|');
  if (line === '') return '';
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Foreign text as a block of code. */
export function codeBlock(text: string, language = 'text'): string {
  const body = neutralise(text).replace(/\n+$/, '');
  const longest = Math.max(2, ...[...body.matchAll(/^\s*(`{3,})/gm)].map((run) => run[1]?.length ?? 0));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${body}\n${fence}\n`;
}

/** A table; the cells are finished Markdown (use escapeMarkdown or code). */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replace(/\n/g, '<br>')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n') + '\n';
}

/** Named facts as a list; the values are finished Markdown, and a name without a value is left out. */
export function facts(rows: readonly (readonly [name: string, value: string])[]): string {
  return rows
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `- **${escapeMarkdown(name)}:** ${value}\n`)
    .join('');
}

/** A folded part; the title is foreign text, the body finished Markdown. */
export function details(title: string, body: string, open = false): string {
  const safeTitle = escapeMarkdown(title).replace(/\\([\\`*_[\]|~#])/g, '$1');
  return `<details${open ? ' open' : ''}><summary>${safeTitle}</summary>\n\n${body.trim()}\n\n</details>\n`;
}

/** A heading (foreign text) and what stands under it (finished Markdown), parts separated by empty lines. */
export function section(level: 2 | 3 | 4, title: string, ...body: readonly string[]): string {
  return [`${'#'.repeat(level)} ${escapeMarkdown(title)}`, ...body.map((part) => part.trim())]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

/** The marks of every summary and every log line of ours. */
export const marks = {
  good: '✅',
  bad: '❌',
  warning: '⚠️',
  pending: '⏳',
  unchanged: '➖',
  skipped: '⏭️',
  back: '↩️',
  added: '🆕',
  changed: '✏️',
  repeated: '🔁',
} as const;
