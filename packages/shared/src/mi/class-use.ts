/** Java classes that mediation uses (`<class name="…">`, a task's class), and whether the carbon application has them. */
import { MalformedError } from '../formats/malformed.ts';
import type { Element } from '../formats/xml.ts';
import { readZip } from '../formats/zip.ts';
import type { Car } from './car.ts';
import { finding, type Finding } from './finding.ts';
import type { MiSources } from './sources.ts';

export interface ClassUse {
  readonly className: string;
  /** Absolute. */
  readonly file: string;
  readonly line: number;
}

/** The first use of each class. */
export function classUses(sources: MiSources): ClassUse[] {
  const uses = new Map<string, ClassUse>();
  for (const { root, file } of sources.artifacts) {
    const visit = ({ name, attributes, line, children }: Element) => {
      const className = name === 'class' ? attributes.name : attributes.class;
      if (className !== undefined && /^[\w$]+(?:\.[\w$]+)*$/.test(className) && !uses.has(className)) {
        uses.set(className, { className, file, line });
      }
      children.forEach(visit);
    };
    if (root !== undefined) visit(root);
  }
  return [...uses.values()];
}

/** The classes in the jars of carbon applications; undefined when one of them cannot be read. */
async function classesIn(cars: readonly Car[]): Promise<ReadonlySet<string> | undefined> {
  const classes = new Set<string>();
  for (const { type, payload } of cars.flatMap(({ artifacts }) => artifacts)) {
    if (!type.startsWith('lib/') || payload === undefined) continue;
    try {
      for (const { name } of await readZip(payload)) {
        if (name.endsWith('.class')) classes.add(name.slice(0, -'.class'.length).replaceAll('/', '.'));
      }
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      return undefined;
    }
  }
  return classes;
}

export interface ClassComparison {
  readonly car: Car;
  readonly sources: MiSources;
  /** The other carbon applications that go with it. */
  readonly others: readonly Car[];
  /** The Java source of a class in this project, absolute; undefined for a class that comes from elsewhere. */
  readonly sourceOf: (className: string) => string | undefined;
  /** What is known about why one may be absent, a full sentence. */
  readonly hint: string | undefined;
  readonly display: (path: string) => string;
}

/** Classes of this project that its mediation uses and no carbon application of the run holds. */
export async function classFindings(comparison: ClassComparison): Promise<Finding[]> {
  const { car, sources, others, sourceOf, hint, display } = comparison;
  const own = classUses(sources).flatMap((use) => {
    const source = sourceOf(use.className);
    return source === undefined ? [] : [{ ...use, source }];
  });
  if (own.length === 0) return [];
  const packed = await classesIn([car, ...others]);
  if (packed === undefined) return [];
  return own
    .filter(({ className }) => !packed.has(className))
    .map(({ className, file, line, source }) => {
      const message = `The class ${className} (${display(source)}) is used here and is not in ${car.name} ${car.version}.`;
      const whole = hint === undefined ? message : `${message} ${hint}`;
      return finding('class-unpackaged', className, whole, { file: display(file), line }, 'warning');
    });
}
