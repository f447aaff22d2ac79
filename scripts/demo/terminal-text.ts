import { stripVTControlCharacters, styleText } from 'node:util';

/** The longest summary that is shown whole. */
const maxLines = 60;

/** A job summary as plain text for a terminal: tables as columns, folded parts as their titles, no HTML. */
export function terminalText(markdown: string): string {
  const lines = tablesAsColumns(markdown)
    .replace(/<details><summary>(.*?)<\/summary>[\s\S]*?<\/details>/g, '▸ $1 (folded)')
    .replace(/<details open><summary>(.*?)<\/summary>/g, '▾ $1')
    .replace(/<\/?[a-z][^>]*>/gi, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/^```.*\n?/gm, '')
    .replace(/^#+ (.*)$/gm, (_, title: string) => styleText('bold', title))
    .replace(/\*\*(.+?)\*\*/g, (_, bold: string) => styleText('bold', bold))
    .replace(/\\([\\`*_[\]|~#])/g, '$1')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .split('\n');
  return lines.length <= maxLines
    ? lines.join('\n')
    : `${lines.slice(0, maxLines).join('\n')}\n… ${lines.length - maxLines} more lines in the file`;
}

function tablesAsColumns(markdown: string): string {
  return markdown.replace(/(?:^\|.*\|[ \t]*\n)+/gm, (table) => {
    const rows = table
      .trim()
      .split('\n')
      .filter((line) => !/^\|(\s*:?-+:?\s*\|)+$/.test(line))
      .map((line) =>
        line
          .slice(1, -1)
          .split(/(?<!\\)\|/)
          .map((cell) => cell.trim().replace(/`/g, '').replace(/<br>/g, ' ')),
      );
    const widths = (rows[0] ?? []).map((_, column) =>
      Math.min(60, Math.max(...rows.map((row) => stripVTControlCharacters(row[column] ?? '').length))),
    );
    return rows
      .map((row, index) => {
        const text = row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd();
        return index === 0 ? styleText('gray', text) : text;
      })
      .join('\n')
      .concat('\n');
  });
}
