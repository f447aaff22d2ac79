import { operationDefaults } from './state-defaults.ts';
import { definitionIn, operationsIn, type DefinedOperation } from './state-openapi.ts';
import { tablesOf, textOr, type Table } from './table.ts';

/** `POST /order`: what tells operations apart. */
export function operationName({ verb, target }: Readonly<Table>): string {
  return `${textOr(verb, '').toUpperCase()} ${textOr(target, '')}`.trim();
}

/**
 * The operations that an import makes: those of the OpenAPI definition, where there is one; policies, and what the
 * definition does not say, from api.yaml (apictl sample-api.yaml: "the operations will be anyway updated from the
 * swagger definition").
 * @returns the operations, and which of their values nobody states (`POST /order.authType`)
 */
export function effectiveOperations(
  data: Readonly<Table>,
  files: ReadonlyMap<string, Buffer>,
): { readonly operations: readonly Table[]; readonly filled: readonly string[] } {
  const listed = new Map(tablesOf(data.operations).map((each) => [operationName(each), each]));
  const definition = definitionIn(files);
  const defined = definition === undefined ? [] : operationsIn(definition);
  const filled: string[] = [];
  const whole = (name: string, operation: Table): Table => {
    for (const [key, value] of Object.entries(operationDefaults)) {
      if (typeof operation[key] === 'string' && operation[key] !== '') continue;
      operation[key] = value;
      filled.push(`operations[${name}].${key}`);
    }
    return operation;
  };
  if (defined.length === 0) {
    return { operations: [...listed].map(([name, each]) => whole(name, { ...each })), filled };
  }
  const operations = defined.map((each) => whole(operationName(each), merged(each, listed.get(operationName(each)))));
  return { operations, filled };
}

function merged(defined: DefinedOperation, listed: Table | undefined): Table {
  const { verb, target, authType, throttlingPolicy, scopes } = defined;
  const said: Table = { verb, target };
  if (authType !== undefined) said.authType = authType;
  if (throttlingPolicy !== undefined) said.throttlingPolicy = throttlingPolicy;
  if (scopes !== undefined) said.scopes = scopes;
  return { ...listed, ...said };
}
