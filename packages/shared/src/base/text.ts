/**
 * Makes foreign text safe for a job log and for GitHub's runner: ANSI sequences and control characters go, and a line
 * that the runner would take for a workflow command (`::error::`, the older `##[error]`) is defused by a zero width
 * space in front of its marker.
 */
export function neutralise(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')

    .replace(/\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g, '')

    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '')
    .replace(/^(\s*)(::|##\[)/gm, '$1\u200b$2');
}

/** The last `lines` lines of a text, and no more than `maxChars` characters of them. Says what it left out. */
export function tail(text: string, lines: number, maxChars = 16_000): string {
  const all = text.replace(/\n+$/, '').split('\n');
  let kept = all.slice(-lines);
  while (kept.length > 1 && kept.reduce((sum, line) => sum + line.length + 1, 0) > maxChars) kept = kept.slice(1);
  const dropped = all.length - kept.length;
  const body = kept.join('\n').slice(-maxChars);
  return dropped === 0 ? body : `… ${dropped} earlier ${dropped === 1 ? 'line' : 'lines'} left out\n${body}`;
}

/** An image reference with its digest cut to the twelve digits that people compare. */
export function shortImage(image: string): string {
  return image.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]{52}$/, '$1…');
}

/** "1 artifact", "3 artifacts". */
export function count(n: number, singular: string, plural = `${singular}s`): string {
  return `${n} ${n === 1 ? singular : plural}`;
}

/** A text on one line, at most `max` characters long. */
export function oneLine(text: string, max = 300): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= max ? line : `${line.slice(0, max - 1)}…`;
}
