import { documentIn, isTable, listOf, textOr, type Table } from './table.ts';

const definitionFiles = ['yaml', 'yml', 'json'].map((ending) => `Definitions/swagger.${ending}`);
const verbs = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** The OpenAPI definition of a project (3.x or Swagger 2), or undefined. */
export function definitionIn(files: ReadonlyMap<string, Buffer>): Table | undefined {
  const name = definitionFiles.find((each) => files.has(each));
  const document = name === undefined ? undefined : documentIn(files, name);
  return isTable(document) && isTable(document.paths) ? document : undefined;
}

/** What a definition says of one operation, in the words of api.yaml. */
export interface DefinedOperation extends Table {
  readonly verb: string;
  readonly target: string;
  readonly authType: string | undefined;
  readonly throttlingPolicy: string | undefined;
  /** Undefined where the definition says nothing of scopes. */
  readonly scopes: readonly string[] | undefined;
  /** The operation itself, with the parameters of its path. */
  readonly definition: Table;
}

/** Every operation of a definition. */
export function operationsIn(definition: Table): DefinedOperation[] {
  const paths = isTable(definition.paths) ? definition.paths : {};
  return Object.entries(paths).flatMap(([target, item]) => {
    if (!isTable(item)) return [];
    return verbs.flatMap((verb) => {
      const operation = item[verb];
      return isTable(operation) ? [defined(verb.toUpperCase(), target, operation, listOf(item.parameters))] : [];
    });
  });
}

/** Extensions in which API Manager keeps the settings of an operation (carbon-apimgt, APIConstants). */
function defined(verb: string, target: string, operation: Table, shared: readonly unknown[]): DefinedOperation {
  const authType = operation['x-auth-type'];
  const throttling = operation['x-throttling-tier'] ?? operation['x-wso2-throttling-tier'];
  const isOpen = authType === undefined && operation['x-wso2-disable-security'] === true;
  const own = listOf(operation.parameters);
  const named = new Set(own.map(parameterName));
  const parameters = [...shared.filter((each) => !named.has(parameterName(each))), ...own];
  return {
    verb,
    target,
    authType: isOpen ? 'None' : typeof authType === 'string' ? (authTypes[authType] ?? authType) : undefined,
    throttlingPolicy: typeof throttling === 'string' ? throttling : undefined,
    scopes: scopesOf(operation),
    definition: parameters.length === 0 ? operation : { ...operation, parameters },
  };
}

/** The definition has some authentication types in other words than api.yaml (carbon-apimgt, APIConstants). */
const authTypes: Readonly<Record<string, string>> = {
  'Application User': 'Application User',
  'Application & Application User': 'Application & Application User',
  Any: 'Application & Application User',
  None: 'None',
};

function scopesOf(operation: Table): readonly string[] | undefined {
  if (Array.isArray(operation.security)) {
    return operation.security
      .filter(isTable)
      .flatMap((each) => Object.values(each).flatMap(listOf))
      .map(String);
  }
  const scope = operation['x-scope'];
  return typeof scope === 'string' && scope !== '' ? scope.split(',').map((each) => each.trim()) : undefined;
}

/** `query:limit`; a reference by what it refers to. */
export function parameterName(parameter: unknown): string | undefined {
  if (!isTable(parameter)) return undefined;
  if (typeof parameter.$ref === 'string') return parameter.$ref;
  return `${textOr(parameter.in, '')}:${textOr(parameter.name, '')}`;
}
