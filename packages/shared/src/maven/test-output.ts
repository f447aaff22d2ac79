/** What tests wrote to the console stands in their reports, too: nothing reads it there, and it has no bounds. */

const CDATA = Buffer.from('<![CDATA[');
const CDATA_END = Buffer.from(']]>');
const COMMENT = Buffer.from('<!--');
const COMMENT_END = Buffer.from('-->');
const TAG = Buffer.from('<');
const outputs = ['system-out', 'system-err'].map((name) => ({
  start: Buffer.from(`<${name}`),
  end: Buffer.from(`</${name}`),
}));

/**
 * A report without the content of its <system-out> and <system-err>; what only looks like one, in a message or a stack
 * trace, stays. For encodings that write markup as ASCII does; a report in another one comes back as it is, and so does
 * one that is cut off inside of an output, from there on.
 */
export function withoutOutput(report: Buffer): Buffer {
  const kept: Buffer[] = [];
  let from = 0;
  for (let at = report.indexOf(TAG); at !== -1; at = report.indexOf(TAG, at)) {
    const output = outputs.find(({ start }) => startsAt(report, start, at) && endsName(report[at + start.length]));
    if (output === undefined) {
      at = afterMarkup(report, at);
      continue;
    }
    const open = report.indexOf('>', at) + 1;
    if (open === 0) break;
    if (report[open - 2] === SLASH) {
      at = open;
      continue;
    }
    const close = endOf(report, open, output.end);
    if (close === undefined) break;
    kept.push(report.subarray(from, open));
    from = close;
    at = close;
  }
  return from === 0 ? report : Buffer.concat([...kept, report.subarray(from)]);
}

const SLASH = '/'.charCodeAt(0);

/** Where the end tag of an output starts: never inside of a CDATA section. */
function endOf(report: Buffer, start: number, endTag: Buffer): number | undefined {
  for (let at = report.indexOf(TAG, start); at !== -1; at = report.indexOf(TAG, at)) {
    if (startsAt(report, endTag, at)) return at;
    at = afterMarkup(report, at);
  }
  return undefined;
}

/** Past a CDATA section or a comment as a whole, past anything else by its first character. */
function afterMarkup(report: Buffer, at: number): number {
  for (const [start, end] of [
    [CDATA, CDATA_END],
    [COMMENT, COMMENT_END],
  ] as const) {
    if (!startsAt(report, start, at)) continue;
    const found = report.indexOf(end, at + start.length);
    return found === -1 ? report.length : found + end.length;
  }
  return at + 1;
}

function startsAt(report: Buffer, what: Buffer, at: number): boolean {
  return report.compare(what, 0, what.length, at, Math.min(at + what.length, report.length)) === 0;
}

function endsName(byte: number | undefined): boolean {
  return byte !== undefined && ' \t\r\n/>'.includes(String.fromCharCode(byte));
}
