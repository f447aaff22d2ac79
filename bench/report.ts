/** What a row of the bench says: tables in Markdown, so that docs/performance.md can hold them as they were printed. */
import { formatBytes } from '@wso2-delivery/shared/base/bytes';
import { spread } from './measure.ts';

export interface Column {
  readonly title: string;
  readonly right?: true;
}

/** Prints a table, its columns aligned. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): void {
  const lines = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, index) => Math.max(3, ...lines.map((line) => (line[index] ?? '').length)));
  const lineOf = (cells: readonly string[]) =>
    `| ${columns.map(({ right }, i) => (right ? (cells[i] ?? '').padStart(widths[i] ?? 0) : (cells[i] ?? '').padEnd(widths[i] ?? 0))).join(' | ')} |`;
  const rule = columns.map(({ right }, i) => '-'.repeat((widths[i] ?? 3) - (right ? 1 : 0)) + (right ? ':' : ''));
  console.log([lineOf(lines[0] ?? []), `| ${rule.join(' | ')} |`, ...rows.map(lineOf)].join('\n'));
}

export function say(text: string): void {
  console.log(text);
}

/** In the place of figures: a peer that this machine lacks is a row of the table all the same. */
export const notHere = 'not here';

/** "12 ms (11–15)", or in seconds from one second on. */
export function timeOf(values: readonly number[]): string {
  const { min, median, max } = spread(values);
  const seconds = median >= 1000;
  const shown = (ms: number) => (seconds ? (ms / 1000).toFixed(ms < 10_000 ? 2 : 1) : ms.toFixed(0));
  const range = values.length > 1 ? ` (${shown(min)}–${shown(max)})` : '';
  return `${shown(median)} ${seconds ? 's' : 'ms'}${range}`;
}

/** "2.1×". */
export function ratio(value: number, of: number): string {
  const times = value / of;
  return Number.isFinite(times) ? `${times.toFixed(times >= 10 ? 0 : times >= 1 ? 1 : 2)}×` : '–';
}

export { formatBytes };
