import { VerificationError } from '../base/errors.ts';
import type { Log } from '../base/ports.ts';
import { count } from '../base/text.ts';
import { codes } from './codes.ts';
import { findingAnnotation } from './manifest-check.ts';
import type { Finding } from './manifest-check.ts';

/** What to do about findings: stop at errors, tell and go on, or not even look. */
export type PreflightMode = 'error' | 'warn' | 'off';

/** The findings as they count in a mode: `warn` makes warnings of errors. */
export function weighed(findings: readonly Finding[], mode: PreflightMode): Finding[] {
  if (mode === 'off') return [];
  return findings.map((finding) =>
    mode === 'warn' && finding.weight === 'error' ? { ...finding, weight: 'warning' } : finding,
  );
}

/**
 * Shows errors and warnings as annotations (notices stay in the summary), and stops when there are errors. The first
 * error is thrown, and so becomes an annotation once and not twice.
 * @throws VerificationError DEPLOY_PREFLIGHT_FAILED
 */
export function requireSound(log: Log, findings: readonly Finding[]): void {
  const errors = findings.filter(({ weight }) => weight === 'error');
  const [first] = errors;
  for (const finding of findings) {
    if (finding.weight !== 'notice' && finding !== first) log.annotate(findingAnnotation(finding));
  }
  if (first === undefined) return;
  const more = errors.length === 1 ? '' : ` (and ${count(errors.length - 1, 'more error')}, see the annotations)`;
  throw new VerificationError(codes.DEPLOY_PREFLIGHT_FAILED, `${first.subject}: ${first.says}${more}`, {
    remedy: `${first.remedy}. Nothing was changed.`,
    ...(first.file === undefined
      ? {}
      : { location: { file: first.file, ...(first.line === undefined ? {} : { line: first.line }) } }),
  });
}
