/** What `git apply` makes of a text and a unified difference of it. @throws Error when a line does not fit */
export function patched(text: string, difference: string): string {
  const old = text === '' ? [] : text.split(/(?<=\n)/);
  const lines = difference.split(/(?<=\n)/).slice(2);
  const out: string[] = [];
  let at = 0;
  for (const [index, line] of lines.entries()) {
    const start = /^@@ -(\d+),(\d+) /.exec(line);
    if (start !== null) {
      const first = start[2] === '0' ? Number(start[1]) : Number(start[1]) - 1;
      out.push(...old.slice(at, first));
      at = first;
      continue;
    }
    if (line.startsWith('\\')) continue;
    const body = lines[index + 1]?.startsWith('\\') === true ? line.slice(1, -1) : line.slice(1);
    if (!line.startsWith('+') && old[at++] !== body) throw new Error(`line ${at} is not ${JSON.stringify(body)}`);
    if (!line.startsWith('-')) out.push(body);
  }
  return [...out, ...old.slice(at)].join('');
}
