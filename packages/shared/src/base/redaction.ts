const mask = '***';

/** A line of a longer secret that is worth masking by itself: a key or a token, not a word of YAML or JSON around it. */
const tellingLine = /^\S{12,}(?<!:)$/;

/**
 * The forms in which a secret can turn up in a log: as it is, its telling lines, JSON-escaped, URL-encoded (both ways
 * of writing a space), and base64 at each of the three alignments it has inside a longer encoded text (a Basic
 * Authorization header holds "user:password").
 */
export function derivedForms(secret: string): string[] {
  const forms = new Set<string>();
  const lines = secret.split(/\r?\n/).map((line) => line.trim());
  for (const value of [
    secret,
    secret.trim(),
    ...(lines.length > 1 ? lines.filter((line) => tellingLine.test(line)) : []),
  ]) {
    if (value === '') continue;
    forms.add(value);
    forms.add(JSON.stringify(value).slice(1, -1));
    const encoded = encodeURIComponent(value);
    forms.add(encoded);
    forms.add(encoded.replaceAll('%20', '+'));
    for (const form of base64Forms(value)) forms.add(form);
  }
  return [...forms].sort((a, b) => b.length - a.length);
}

function base64Forms(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8');
  if (bytes.length < 4) return [Buffer.from(bytes).toString('base64')];
  const forms = [bytes.toString('base64'), bytes.toString('base64url')];
  for (const shift of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // The characters at both ends also carry bits of the neighbours: leave them out.
    const start = Math.ceil((shift * 8) / 6);
    const end = Math.floor(((shift + bytes.length) * 8) / 6);
    const core = encoded.slice(start, end);
    if (core.length >= 6) forms.push(core, core.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return forms;
}

/** Replaces every given form by `***`. Forms must be sorted longest first, as derivedForms gives them. */
export function redact(text: string, forms: readonly string[]): string {
  let clean = text;
  for (const form of forms) clean = clean.replaceAll(form, mask);
  return clean;
}
