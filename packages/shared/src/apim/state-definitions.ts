import { digestOf } from '../formats/digest.ts';
import type { FactList, Flattening, NameOf } from './state-facts.ts';
import { operationName } from './state-operations.ts';
import { definitionIn, operationsIn, parameterName } from './state-openapi.ts';
import { documentIn, isTable, textOr, type Table } from './table.ts';

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

/**
 * What API Manager itself writes into a definition: a second copy of api.yaml (carbon-apimgt, OAS3Parser:
 * populateCustomManagementInfo, and OASParserUtil).
 */
const written = /^x-(?:wso2-|auth-type$|throttling-tier$|scope$|scopes$|uritemplate-)/;

/** The facts of the definition files: OpenAPI and AsyncAPI by meaning, GraphQL and others by their text. */
export function factsOfDefinitions(files: ReadonlyMap<string, Buffer>, list: FactList): void {
  const definition = definitionIn(files);
  if (definition !== undefined) factsOfOpenApi(definition, list);
  for (const [name, data] of files) {
    if (!name.startsWith('Definitions/')) continue;
    if (definition !== undefined && /^Definitions\/swagger\.(?:ya?ml|json)$/.test(name)) continue;
    const document = /\.(?:ya?ml|json)$/.test(name) ? documentIn(files, name) : undefined;
    const path = `definition ${name.slice('Definitions/'.length).replace(/\.(?:ya?ml|json)$/, '')}`;
    if (isTable(document)) list.flatten(withoutWritten(document), { ...how, pattern: 'definition', path });
    else list.add('operations', path, shortDigest(normalText(data.toString('utf8'))));
  }
}

/** Parts of a definition that are read one by one. */
const apart = ['paths', 'components', 'definitions', 'parameters', 'responses', 'securityDefinitions', 'security'];

function factsOfOpenApi(definition: Table, list: FactList): void {
  for (const operation of operationsIn(definition)) {
    const name = operationName(operation);
    const within = `operations[${name}]`;
    list.flatten(withoutWritten(operation.definition, ['security']), {
      ...how,
      pattern: 'definition.operations[]',
      path: `${within}.definition`,
      within: list.has(within) ? within : undefined,
    });
  }
  const { components, definitions, parameters, responses, securityDefinitions, security } = definition;
  list.flatten(withoutRoot(withoutWritten(definition, apart)), { ...how, pattern: 'definition', path: 'definition' });
  const parts: Table = isTable(components) ? { ...components } : { schemas: definitions, parameters, responses };
  const { securitySchemes, ...others } = parts;
  for (const [kind, entries] of Object.entries(others)) {
    if (!isTable(entries)) continue;
    for (const [name, entry] of Object.entries(entries)) {
      const key = `definition.${kind}[${name}]`;
      list.add('operations', `definition.${kind}`, name, { member: name });
      list.flatten(entry, { ...how, pattern: `definition.${kind}[]`, path: key, within: key });
    }
  }
  const schemes = isTable(securitySchemes) ? securitySchemes : securityDefinitions;
  // `default` is the scheme that the server writes for its own tokens; its scopes stand in api.yaml.
  if (isTable(schemes)) {
    list.flatten(withoutWritten(schemes, ['default']), {
      ...how,
      pattern: 'definition.securitySchemes',
      path: 'definition.securitySchemes',
    });
  }
  if (Array.isArray(security)) {
    const foreign = security.filter((each) => !(isTable(each) && Object.keys(each).join() === 'default'));
    list.flatten(foreign, { ...how, pattern: 'definition.security', path: 'definition.security' });
  }
}

function withoutWritten(table: Table, also: readonly string[] = []): Table {
  return Object.fromEntries(Object.entries(table).filter(([key]) => !written.test(key) && !also.includes(key)));
}

/** Without `servers: [{ url: / }]`, which the server writes where there is none. */
function withoutRoot(table: Table): Table {
  const { servers, ...rest } = table;
  if (!Array.isArray(servers)) return table;
  const others = servers.filter((each) => !(isTable(each) && textOr(each.url, '') === '/'));
  return others.length === 0 ? rest : { ...rest, servers: others };
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
