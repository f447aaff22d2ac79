/** Something about a carbon application that is not as it should be. */
import type { Annotation } from '../base/ports.ts';

export type Rule =
  | 'malformed'
  | 'empty-document'
  | 'missing'
  | 'misplaced'
  | 'wrong-type'
  | 'duplicated'
  | 'nameless'
  | 'stale'
  | 'empty-car'
  | 'broken-car'
  | 'connector-missing'
  | 'resource-missing'
  | 'resource-unlisted'
  | 'unresolved'
  | 'connector-unpackaged'
  | 'class-unpackaged'
  | 'context-collision'
  | 'port-collision'
  | 'name-differs'
  | 'not-exported';

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

/** What Maven says and what MI would do. */
const effects: Readonly<Record<Rule, string>> = {
  malformed: 'MI cannot deploy it and marks the whole carbon application as faulty.',
  'empty-document': 'Maven leaves it out and says BUILD SUCCESS; MI would never know of it.',
  missing: 'Maven says BUILD SUCCESS all the same; MI would run without it.',
  misplaced: 'Maven does not pack it and says BUILD SUCCESS; MI would run without it.',
  'wrong-type': 'It is packed as what it is not: MI cannot deploy it and marks the whole carbon application as faulty.',
  duplicated: 'The CAR lists both and holds only the one written last; MI would run that one.',
  nameless: 'MI cannot deploy an artifact without a name and marks the whole carbon application as faulty.',
  stale: 'MI would run something else than what the source says.',
  'empty-car': 'MI would log one line, deploy nothing, and be ready.',
  'broken-car': 'MI would log it, not deploy the carbon application, and be ready.',
  'connector-missing': 'The CAR plugin says BUILD SUCCESS without it; MI fails where its operations are used.',
  'resource-missing': 'Maven says BUILD SUCCESS all the same; what reads the resource fails when it is called.',
  'resource-unlisted': 'It is in no CAR, so MI would not find it.',
  unresolved: 'MI fails when it is called, unless another carbon application brings it.',
  'connector-unpackaged':
    'MI cannot deploy what uses it and marks the carbon application as faulty, unless the connector is installed otherwise.',
  'class-unpackaged':
    'MI cannot deploy what uses it and marks the carbon application as faulty, unless its jar is in lib or dropins of the server.',
  'context-collision': 'MI refuses the one that it meets second and marks the carbon application as faulty.',
  'port-collision': 'MI starts the one that it meets first; the other does not listen.',
  'name-differs': 'MI deploys it under the name in the document; everything that counts on the other name fails.',
  'not-exported': 'It is in no CAR, so MI would run without it.',
};

type Place = Partial<Pick<Finding, 'file' | 'line' | 'column'>>;

/** One finding, with what MI makes of it; an error unless said otherwise. */
export function finding(
  rule: Rule,
  subject: string,
  message: string,
  place: Place = {},
  severity: Finding['severity'] = 'error',
): Finding {
  return {
    rule,
    severity,
    subject,
    message,
    effect: effects[rule],
    file: undefined,
    line: undefined,
    column: undefined,
    ...place,
  };
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
