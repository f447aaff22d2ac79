import type { ProjectKind } from './project-kind.ts';

/** Letters that API Manager itself does not allow in the name of an API (publisher-api.yaml of carbon-apimgt). */
const forbiddenInNames = /[~!@#;:%^*()+={}|\\<>"',&/$[\]]/;
/** Of an application: what would part a path or end a search. */
const forbiddenInApplications = /[\\/"]/;
/** Of a version, likewise. */
const forbiddenInVersions = /[~!@#;:%^*()+={}|\\<>"',&/$[\]\s]/;
/** Of an application the owner, who may be PRIMARY/bob or bob@example.com. */
const forbiddenInOwners = /[#;:%^*()+={}|\\<>"'&$[\]\s]/;
/** What no terminal, log and file name should meet: control characters, marks of direction, lone surrogates. */
const invisible = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** Of a file name, in bytes: apictl names an archive after its API. */
const longestFileName = 255;

/** What names one API, product or application; of an application `version` is the owner. */
interface Named {
  readonly name: string;
  readonly version: string;
  /** Empty: not known, or none. */
  readonly context?: string;
}

/**
 * Why this can name nothing in an API Manager; undefined when it can. Whoever says it (a listing, an archive, a plan), it
 * becomes a file name, a search and the path of a request.
 */
export function nameProblem(kind: ProjectKind, { name, version, context = '' }: Named): string | undefined {
  const what = kind === 'application' ? 'owner' : 'version';
  const forbiddenName = kind === 'application' ? forbiddenInApplications : forbiddenInNames;
  const forbidden = kind === 'application' ? forbiddenInOwners : forbiddenInVersions;
  if (invisible.test(name) || name !== name.trim() || name === '') return `${quoted(name)} is no name`;
  if (forbiddenName.test(name)) return `the name ${quoted(name)} holds ${quoted(forbiddenName.exec(name)?.[0])}`;
  if (invisible.test(version) || version === '') return `${quoted(version)} is no ${what}`;
  if (forbidden.test(version)) return `the ${what} ${quoted(version)} holds ${quoted(forbidden.exec(version)?.[0])}`;
  if (/(?:^|\/)\.\.?(?:\/|$)/.test(version)) return `${quoted(version)} is no ${what}`;
  if (Buffer.byteLength(`${name}_${version}.zip`) > longestFileName) {
    return `name and ${what} ${quoted(`${name.slice(0, 30)}…`)} are longer than a file name may be (${longestFileName} bytes)`;
  }
  if (/[?#\\\s]/.test(context) || invisible.test(context) || /(?:^|\/)\.\.?(?:\/|$)/.test(decoded(context))) {
    return `the context ${quoted(context)} is no path`;
  }
  return undefined;
}

/** With every letter that cannot be seen written out. */
function quoted(text = ''): string {
  const seen = text.replace(new RegExp(invisible, 'gu'), (letter) => {
    return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `'${seen}'`;
}

/** A URL takes %2e for a dot. */
function decoded(context: string): string {
  return context.replaceAll(/%2e/gi, '.');
}
