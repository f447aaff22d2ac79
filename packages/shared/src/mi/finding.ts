/** Something about a carbon application that is not as it should be. */
import type { Annotation } from '../base/ports.ts';

export type Rule =
  | 'malformed'
  | 'empty-document'
  | 'missing'
  | 'misplaced'
  | 'duplicated'
  | 'nameless'
  | 'stale'
  | 'empty-car'
  | 'broken-car'
  | 'connector-missing'
  | 'resource-missing'
  | 'resource-unlisted'
  | 'unresolved';

export interface Finding {
  readonly rule: Rule;
  /** An error is something that is lost or breaks; a warning may be meant so. */
  readonly severity: 'error' | 'warning';
  /** The artifact's name, or the path of a resource. */
  readonly subject: string;
  /** What is wrong, a full sentence. */
  readonly message: string;
  /** What Micro Integrator makes of it, a full sentence. */
  readonly effect: string;
  /** As annotations want it: relative to the workspace. */
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;
}

/** The finding at its line. @param softened warnings instead of errors */
export function annotationOf(finding: Finding, softened: boolean): Annotation {
  const { file, line, column, message, effect, severity } = finding;
  return {
    level: severity === 'error' && !softened ? 'error' : 'warning',
    message: `${message} ${effect}`,
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  };
}
