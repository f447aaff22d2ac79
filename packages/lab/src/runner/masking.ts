/** Masking of secrets in logs, annotations and summaries, in the forms in which secrets leak most. */

const MASK = '***';

export class Masks {
  readonly #values = new Set<string>();

  constructor(parent?: Masks) {
    if (parent !== undefined) for (const value of parent.#values) this.#values.add(value);
  }

  /** Masks a value, each of its lines, and both in base64, URL, JSON and XML form. Blank values are ignored. */
  add(value: string): void {
    for (const part of [value, ...value.split(/[\r\n]+/)]) {
      if (part.trim() === '') continue;
      for (const form of formsOf(part)) if (form.trim() !== '') this.#values.add(form);
    }
  }

  /** Replaces every occurrence. Overlapping and adjacent ones become one `***`. */
  mask(text: string): string {
    const spans: [number, number][] = [];
    for (const value of this.#values) {
      for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) spans.push([at, at + value.length]);
    }
    spans.sort(([a], [b]) => a - b);
    let masked = '';
    let position = 0;
    let open: [number, number] | undefined;
    const close = (): void => {
      if (open === undefined) return;
      masked += text.slice(position, open[0]) + MASK;
      position = open[1];
    };
    for (const span of spans) {
      if (open !== undefined && span[0] <= open[1]) {
        open[1] = Math.max(open[1], span[1]);
        continue;
      }
      close();
      open = [...span];
    }
    close();
    return masked + text.slice(position);
  }

  /** True when the text holds something that would be masked. */
  holds(text: string): boolean {
    return this.mask(text) !== text;
  }
}

function formsOf(value: string): string[] {
  const unquoted = /^(["'`]).*\1$/s.test(value) ? value.slice(1, -1) : value;
  return [
    value,
    unquoted,
    ...base64Forms(value),
    encodeURIComponent(value.toWellFormed()),
    JSON.stringify(value).slice(1, -1),
    value.replaceAll("'", "''"),
    value.replace(
      /[<>&"']/g,
      (c) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;', "'": '&apos;' })[c] ?? c,
    ),
  ];
}

/** Base64 of a value depends on where in the encoded text it begins: the three forms that the runner masks end with it. */
function base64Forms(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8');
  return [0, 1, 2].map((shift) => (bytes.length > shift ? bytes.subarray(shift) : bytes).toString('base64'));
}
