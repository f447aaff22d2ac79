/**
 * What specifications demand of the provenance beside an image: in-toto Statement v1 and ResourceDescriptor v1, SLSA
 * provenance v1.
 */

type Json = unknown;
type Check = (value: Json, path: string) => string[];

const isObject = (value: Json): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const matching =
  (pattern: RegExp): Check =>
  (value, path) =>
    typeof value === 'string' && pattern.test(value) ? [] : [`${path}: ${JSON.stringify(value)} is not ${pattern}`];
const text = matching(/./s);
const uri = matching(/^[a-z][a-z0-9+.-]*:\S+$/i);
const exactly =
  (...allowed: readonly Json[]): Check =>
  (value, path) =>
    allowed.includes(value) ? [] : [`${path}: ${JSON.stringify(value)} is none of ${JSON.stringify(allowed)}`];
const listOf =
  (item: Check, least = 0): Check =>
  (value, path) => {
    if (!Array.isArray(value) || value.length < least) return [`${path}: no list of ${least} or more`];
    return value.flatMap((element, index) => item(element, `${path}[${index}]`));
  };
/** An object of these members and no others; a name that ends in "?" may be absent. */
const object =
  (members: Readonly<Record<string, Check>>): Check =>
  (value, path) => {
    if (!isObject(value)) return [`${path}: no object`];
    const known = new Set(Object.keys(members).map((name) => name.replace('?', '')));
    const unknown = Object.keys(value).filter((name) => !known.has(name));
    return [
      ...unknown.map((name) => `${path}.${name}: not known`),
      ...Object.entries(members).flatMap(([member, check]) => {
        const name = member.replace('?', '');
        if (Object.hasOwn(value, name)) return check(value[name], `${path}.${name}`);
        return member.endsWith('?') ? [] : [`${path}.${name}: absent`];
      }),
    ];
  };
const anyObject: Check = (value, path) => (isObject(value) ? [] : [`${path}: no object`]);

const digestSet: Check = (value, path) =>
  isObject(value) && Object.keys(value).length > 0
    ? Object.entries(value).flatMap(([name, digest]) => [
        ...exactly('sha256', 'sha512', 'gitCommit')(name, path),
        ...matching(/^[0-9a-f]{40,128}$/)(digest, `${path}.${name}`),
      ])
    : [`${path}: no digest`];

/** What is wrong with a statement; empty: nothing. */
export function problemsOfStatement(document: Json): string[] {
  return object({
    _type: exactly('https://in-toto.io/Statement/v1'),
    subject: listOf(object({ name: text, digest: digestSet }), 1),
    predicateType: exactly('https://slsa.dev/provenance/v1'),
    predicate: object({
      buildDefinition: object({
        buildType: uri,
        externalParameters: anyObject,
        'internalParameters?': anyObject,
        'resolvedDependencies?': listOf(object({ uri, 'digest?': digestSet }), 1),
      }),
      runDetails: object({ builder: object({ id: uri }), 'metadata?': object({ 'invocationId?': uri }) }),
    }),
  })(document, 'statement');
}
