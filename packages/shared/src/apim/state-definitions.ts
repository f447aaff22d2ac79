import { digestOf } from '../formats/digest.ts';
import type { FactList, Flattening, NameOf } from './state-facts.ts';
import { operationName } from './state-operations.ts';
import { definitionIn, operationsIn, parameterName } from './state-openapi.ts';
import { canonical } from './archive.ts';
import { isNoise } from './state-noise.ts';
import { documentIn, isTable, tablesOf, textOr, type Table } from './table.ts';

/** Tables whose keys the author of a definition chose. */
const maps = new Set([
  'schemas',
  'definitions',
  'properties',
  'patternProperties',
  'responses',
  'content',
  'headers',
  'requestBodies',
  'parameters',
  'examples',
  'callbacks',
  'links',
  'securitySchemes',
  'securityDefinitions',
  'mapping',
  'variables',
  'scopes',
  'channels',
  'messages',
]);
const whole = new Set(['example', 'examples', 'default', 'const']);

const named =
  (key: string): NameOf =>
  (entry) =>
    typeof entry[key] === 'string' ? entry[key] : undefined;
const names: Readonly<Record<string, NameOf>> = {
  '*.parameters': parameterName,
  '*.tags': named('name'),
  '*.servers': named('url'),
};
const how = { maps, whole, names, secrets: false } as const satisfies Partial<Flattening>;

/** The facts of the definition files: OpenAPI and AsyncAPI by meaning, GraphQL and others by their text. */
export function factsOfDefinitions(files: ReadonlyMap<string, Buffer>, list: FactList): void {
  const definition = definitionIn(files);
  if (definition !== undefined) factsOfOpenApi(definition, list);
  for (const [name, data] of files) {
    if (!name.startsWith('Definitions/')) continue;
    if (definition !== undefined && /^Definitions\/swagger\.(?:ya?ml|json)$/.test(name)) continue;
    const document = /\.(?:ya?ml|json)$/.test(name) ? documentIn(files, name) : undefined;
    const path = `definition ${name.slice('Definitions/'.length).replace(/\.(?:ya?ml|json)$/, '')}`;
    if (isTable(document)) list.flatten(document, { ...how, pattern: 'definition', path });
    else list.add('operations', path, shortDigest(normalText(data.toString('utf8'))));
  }
}

/** Parts of a definition that are read one by one. */
const apart = ['paths', 'components', 'definitions', 'parameters', 'responses', 'securityDefinitions', 'security'];

function factsOfOpenApi(definition: Table, list: FactList): void {
  for (const operation of operationsIn(definition)) {
    const within = `operations[${operationName(operation)}]`;
    list.flatten(operation.definition, {
      ...how,
      pattern: 'definition.operations[]',
      path: `${within}.definition`,
      within: list.has(within) ? within : undefined,
    });
  }
  const top = Object.fromEntries(Object.entries(definition).filter(([key]) => !apart.includes(key)));
  list.flatten({ ...top, servers: serversIn(top) }, { ...how, pattern: 'definition', path: 'definition' });
  const { components, definitions, parameters, responses, securityDefinitions, security } = definition;
  const { securitySchemes, ...parts } = isTable(components)
    ? components
    : { schemas: definitions, parameters, responses, securitySchemes: securityDefinitions };
  for (const [kind, entries] of Object.entries(parts)) {
    if (!isTable(entries)) continue;
    list.flatten({ [kind]: entries }, { ...how, pattern: 'definition', path: 'definition' });
  }
  list.flatten(securitySchemes, {
    ...how,
    pattern: 'definition.securitySchemes',
    path: 'definition.securitySchemes',
  });
  list.flatten(requirementsIn(security), { ...how, pattern: 'definition.security', path: 'definition.security' });
}

/** Without the one that the server writes where there is none. */
function serversIn({ servers }: Table): unknown {
  return Array.isArray(servers)
    ? servers.filter((each) => !isNoise(`definition.servers[${isTable(each) ? textOr(each.url, '') : ''}]`))
    : servers;
}

/** Security requirements as texts, without the one that the server writes for its own tokens. */
function requirementsIn(security: unknown): readonly string[] {
  return tablesOf(security)
    .filter((each) => !Object.keys(each).every((name) => isNoise(`definition.security.${name}`)))
    .map((each) => canonical(each));
}

/** Text without what an editor or a server changes in passing. */
export function normalText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .trim();
}

/** Enough of a digest to tell two files apart, for people. */
export function shortDigest(data: string | Buffer): string {
  return digestOf(data).slice(0, 'sha256:'.length + 16);
}
