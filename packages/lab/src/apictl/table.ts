/** Columns as Go's text/tabwriter sets them in apictl: at least 20 wide, three blanks between, the last one unpadded. */
export function goTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(20, ...all.map((row) => (row[column] ?? '').length + 3)));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('');
  return all.map((row) => `${line(row)}\n`).join('');
}

/** Rows as `--format` asks: a table by default, one JSON object a row, or one array. undefined: an unknown template. */
export function formatRows(
  format: string,
  columns: readonly (readonly [title: string, key: string])[],
  rows: readonly Readonly<Record<string, unknown>>[],
  arrayValue: (key: string, value: unknown) => unknown = (_, value) => value,
): string | undefined {
  const sorted = (row: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
  switch (format) {
    case '':
    case 'table':
      return goTable(
        columns.map(([title]) => title),
        rows.map((row) => columns.map(([, key]) => goText(row[key]))),
      );
    case '{{ json . }}':
      return rows.map((row) => `${JSON.stringify(sorted(row))}\n`).join('');
    case '{{ jsonPretty . }}':
      return rows.map((row) => `${JSON.stringify(sorted(row), null, 2)}\n`).join('');
    case 'jsonArray': {
      const listed = rows.map((row) =>
        Object.fromEntries(columns.map(([, key]) => [key, arrayValue(key, row[key])] as const)),
      );
      return `${JSON.stringify(listed, null, 1)}\n`;
    }
    default:
      return undefined;
  }
}

function goText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.join(' ')}]`;
  return typeof value === 'string' ? value : '[]';
}
