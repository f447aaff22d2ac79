/** A line of two texts: in both, in the first alone (`-`), in the second alone (`+`). */
export interface MarkedLine {
  readonly mark: ' ' | '-' | '+';
  /** With its line end, which the last line of a text may lack. */
  readonly text: string;
}

const context = 3;

/** The lines of both texts in an order in which each can be read; as many as possible are in both. */
export function lineDifference(before: string, after: string): MarkedLine[] {
  const [a, b] = [linesOf(before), linesOf(after)];
  // Longest common subsequence, from the end: the texts have hundreds of lines, not hundreds of thousands.
  const common = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    const row = common[i];
    for (let j = b.length - 1; j >= 0 && row !== undefined; j--) {
      row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: MarkedLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [old, now] = [a[i], b[j]];
    if (old !== undefined && old === now) {
      lines.push({ mark: ' ', text: old });
      i++;
      j++;
    } else if (old !== undefined && (now === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ mark: '-', text: old });
      i++;
    } else if (now !== undefined) {
      lines.push({ mark: '+', text: now });
      j++;
    }
  }
  return lines;
}

/** Runs of lines that differ, each with three lines around it. Empty when nothing differs. */
export function hunksOf(lines: readonly MarkedLine[]): MarkedLine[][] {
  const hunks: MarkedLine[][] = [];
  let last = -1;
  for (const [index, line] of lines.entries()) {
    const around = lines.slice(Math.max(0, index - context), index + context + 1);
    if (around.every(({ mark }) => mark === ' ')) continue;
    if (index !== last + 1 || hunks.length === 0) hunks.push([]);
    hunks.at(-1)?.push(line);
    last = index;
  }
  return hunks;
}

/**
 * A unified difference, as `git apply` and `patch` take it. Empty when the texts are the same.
 * @param path of the file, relative to the repository, with `/`
 * @param shown what is written in place of a line, for texts that hold secrets: such a difference cannot be applied
 */
export function unifiedDifference(
  before: string,
  after: string,
  path: string,
  shown: (line: MarkedLine) => string = ({ text }) => text,
): string {
  const lines = lineDifference(before, after);
  const hunks = hunksOf(lines);
  if (hunks.length === 0) return '';
  const numbers = numbered(lines);
  const written = hunks.map((hunk) => {
    const first = hunk[0];
    const at = (first === undefined ? undefined : numbers.get(first)) ?? { old: 0, now: 0 };
    const range = (start: number, other: '-' | '+') => {
      const many = hunk.filter(({ mark }) => mark !== other).length;
      // Of nothing the line before it is named.
      return `${many === 0 ? start : start + 1},${many}`;
    };
    const body = hunk.map((line) => ended(`${line.mark}${shown(line)}`)).join('');
    return `@@ -${range(at.old, '+')} +${range(at.now, '-')} @@\n${body}`;
  });
  return `--- a/${path}\n+++ b/${path}\n${written.join('')}`;
}

/** How many lines of each text stand before a line. */
function numbered(lines: readonly MarkedLine[]): Map<MarkedLine, { readonly old: number; readonly now: number }> {
  const numbers = new Map<MarkedLine, { old: number; now: number }>();
  let [old, now] = [0, 0];
  for (const line of lines) {
    numbers.set(line, { old, now });
    if (line.mark !== '+') old++;
    if (line.mark !== '-') now++;
  }
  return numbers;
}

function ended(line: string): string {
  return line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`;
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}
