import { derivedForms, redact } from '../base/redaction.ts';
import type { Secrets } from '../base/ports.ts';

/** Shorter values would turn half of a log into asterisks; they are refused as secrets by what reads them. */
const shortest = 3;

/**
 * The register of what must never be shown.
 * @param announce told once of each form, so that the runner masks it as well
 */
export function createSecrets(announce: (form: string) => void): Secrets {
  let forms: string[] = [];
  const known = new Set<string>();
  return {
    register(value) {
      if (value.trim().length < shortest) return;
      const fresh = derivedForms(value).filter((form) => form.length >= shortest && !known.has(form));
      for (const form of fresh) {
        known.add(form);
        announce(form);
      }
      if (fresh.length > 0) forms = [...known].sort((a, b) => b.length - a.length);
    },
    redact: (text) => redact(text, forms),
    holds: (text) => forms.some((form) => text.includes(form)),
  };
}
