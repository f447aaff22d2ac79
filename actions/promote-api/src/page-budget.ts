import { table } from '@wso2-delivery/shared/formats/markdown';

/**
 * How much of a page goes to what, in characters: together less than the 65,536 of a comment on GitHub, however many APIs
 * there are. What is left out is counted, with the place where it is.
 */
export const budgets = {
  refusals: 6_000,
  table: 18_000,
  /** Folded parts, one an API. */
  details: 18_000,
  unchanged: 3_000,
} as const;

/** The first pieces that fit, and how many do not. One that is too long by itself is left out, and what follows with it. */
export function fitting<T>(
  items: readonly T[],
  budget: number,
  write: (item: T) => string,
): { readonly shown: readonly T[]; readonly omitted: number } {
  let left = budget;
  const end = items.findIndex((item) => (left -= write(item).length) < 0);
  return end === -1 ? { shown: items, omitted: 0 } : { shown: items.slice(0, end), omitted: items.length - end };
}

/** `… and 12 more, in the plan file`; empty for none. */
export function moreIn(omitted: number, place: string): string {
  return omitted === 0 ? '' : `… and ${omitted} more, in ${place}`;
}

/** A table of the rows that fit, and how many do not. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[], place: string): string {
  const { shown, omitted } = fitting(rows, budgets.table, (row) => row.join(' | '));
  return `${table(head, shown)}\n${moreIn(omitted, place)}`.trimEnd();
}
