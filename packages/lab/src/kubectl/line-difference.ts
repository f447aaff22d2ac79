const context = 3;

/** The lines that differ between two texts, with three lines around them, marked like a unified diff. */
export function lineDifference(before: string, after: string): string {
  const [a, b] = [before.split('\n').slice(0, -1), after.split('\n').slice(0, -1)];
  // Longest common subsequence, from the end: objects of the lab have hundreds of lines, not thousands.
  const common = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i]![j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push(` ${a[i] ?? ''}`);
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) {
      lines.push(`-${a[i++] ?? ''}`);
    } else {
      lines.push(`+${b[j++] ?? ''}`);
    }
  }
  const near = (index: number) =>
    lines.slice(Math.max(0, index - context), index + context + 1).some((line) => !line.startsWith(' '));
  return lines
    .filter((_, index) => near(index))
    .map((line) => `${line}\n`)
    .join('');
}
