import type { Problem } from '../base/errors.ts';
import { nameProblem } from './api-names.ts';
import type { ProjectKind } from './project-kind.ts';

/** An API by name and version. */
export interface ApiName {
  readonly name: string;
  readonly version: string;
}

/** One line of a selection. */
export type Selector =
  | ({ readonly kind: 'exact'; readonly line: string } & ApiName)
  | { readonly kind: 'glob'; readonly line: string; readonly name: RegExp; readonly version: RegExp }
  | { readonly kind: 'tag'; readonly line: string; readonly tag: string }
  | { readonly kind: 'query'; readonly line: string; readonly query: string };

/** Versions; of an application the owner: bob, PRIMARY/bob, bob@example.com. */
const versions: Readonly<Record<ProjectKind, RegExp>> = {
  api: /^[\w.*?-]+$/,
  'api-product': /^[\w.*?-]+$/,
  application: /^[\w.*?@/!-]+$/,
};
const example = 'EmployeeAPI:1.0.0, Pets*:*, tag:public or query:context:/pets';

/**
 * Reads lines of a selection: `name:version`, both with `*` and `?`; `tag:public`; `query:` with the publisher's own
 * search. Problems are added to the others.
 */
export function readSelectors(lines: readonly string[], problems: Problem[], kind: ProjectKind = 'api'): Selector[] {
  const selectors: Selector[] = [];
  for (const line of lines) {
    const selector = readSelector(line, kind);
    if (selector === undefined) {
      problems.push({
        subject: 'apis',
        problem: `'${line}' is not of the form name:version, tag:name or query:search`,
        example,
      });
    } else if (selectors.some((each) => each.line === selector.line)) {
      problems.push({ subject: 'apis', problem: `'${line}' stands there more than once` });
    } else {
      selectors.push(selector);
    }
  }
  return selectors;
}

function readSelector(given: string, kind: ProjectKind): Selector | undefined {
  const line = given.trim();
  const special = /^(tag|query):\s*(\S.*)$/.exec(line);
  // An API may be called tag: then it has a version, and no tag begins with a digit and a dot.
  if (special?.[1] === 'query') return { kind: 'query', line, query: special[2] ?? '' };
  if (special?.[1] === 'tag') return tagOf(line, special[2] ?? '');
  const at = line.lastIndexOf(':');
  const name = line.slice(0, at).trim();
  const version = line.slice(at + 1).trim();
  // A pattern is checked as a name with its wildcards taken as letters.
  const plain = (text: string) => text.replaceAll('*', 'x');
  if (at < 1 || !versions[kind].test(version)) return undefined;
  if (nameProblem(kind, { name: plain(name), version: plain(version) }) !== undefined) return undefined;
  const isGlob = /[*?]/.test(`${name}${version}`);
  return isGlob
    ? { kind: 'glob', line, name: globOf(name), version: globOf(version) }
    : { kind: 'exact', line: `${name}:${version}`, name, version };
}

function tagOf(line: string, tag: string): Selector | undefined {
  return /["\\]/.test(tag) ? undefined : { kind: 'tag', line, tag };
}

/** `*` is any text, `?` one letter; everything else is itself. */
function globOf(pattern: string): RegExp {
  const source = pattern.replace(/[.*+?^${}()|[\]\\/]/g, (letter) =>
    letter === '*' ? '.*' : letter === '?' ? '.' : `\\${letter}`,
  );
  return new RegExp(`^${source}$`, 'su');
}

/** True when nothing has to be looked up: every line names one API. */
export function isPlain(selectors: readonly Selector[]): boolean {
  return selectors.every(({ kind }) => kind === 'exact');
}

/** The publisher's search for a tag or a query; undefined for what a listing of everything answers. */
export function searchOf(selector: Selector): string | undefined {
  if (selector.kind === 'tag') return `tags:"${selector.tag}"`;
  return selector.kind === 'query' ? selector.query : undefined;
}

/**
 * The APIs that the selectors name, each once, in the order of the lines and by name within one.
 * @param found what a look-up gave for each selector that is not exact
 * @returns problems of lines that select nothing, and of names that are none
 */
export function selected(
  selectors: readonly Selector[],
  found: ReadonlyMap<Selector, readonly ApiName[]>,
  kind: ProjectKind = 'api',
): { readonly apis: ApiName[]; readonly problems: Problem[] } {
  const apis = new Map<string, ApiName>();
  const problems: Problem[] = [];
  const nameOf = ({ name, version }: ApiName) => `${name}:${version}`;
  for (const selector of selectors) {
    const chosen = selector.kind === 'exact' ? [selector] : matching(selector, found.get(selector) ?? []);
    if (chosen.length === 0) problems.push({ subject: 'apis', problem: `'${selector.line}' selects no API`, example });
    const sorted = [...chosen].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    for (const { name, version } of sorted) {
      const problem = nameProblem(kind, { name, version });
      if (problem === undefined) apis.set(nameOf({ name, version }), { name, version });
      else problems.push({ subject: 'apis', problem: `'${selector.line}' finds what cannot be promoted: ${problem}` });
    }
  }
  return { apis: [...apis.values()], problems };
}

function matching(selector: Selector, listed: readonly ApiName[]): readonly ApiName[] {
  if (selector.kind !== 'glob') return listed;
  return listed.filter(({ name, version }) => selector.name.test(name) && selector.version.test(version));
}
