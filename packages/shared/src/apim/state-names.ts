import type { NameOf } from './state-facts.ts';
import { operationName } from './state-operations.ts';
import { isTable, textOr } from './table.ts';

const named =
  (key: string): NameOf =>
  (entry) =>
    typeof entry[key] === 'string' ? entry[key] : undefined;

/** `PizzaAPI:1.0.0` */
function apiName(name: unknown, version: unknown): string {
  return [textOr(name, ''), textOr(version, '')].filter((part) => part !== '').join(':');
}

/** The policies of an operation or API: `addHeader v1`. */
const policyName: NameOf = ({ policyName: name, policyVersion: version }) =>
  typeof name === 'string' ? [name, textOr(version, '')].filter((part) => part !== '').join(' ') : undefined;

/** Lists of api.yaml, api_product.yaml and application.yaml whose entries have names: their order means nothing. */
export const dataLists: Readonly<Record<string, NameOf>> = {
  '*.operations': (entry) => operationName(entry),
  '*.additionalProperties': named('name'),
  'api.scopes': ({ scope }) => (isTable(scope) ? named('name')(scope) : undefined),
  'product.scopes': ({ scope }) => (isTable(scope) ? named('name')(scope) : undefined),
  'api.mediationPolicies': (entry) => `${textOr(entry.type, '')}:${textOr(entry.name, '')}`,
  'product.apis': ({ name, version }) => apiName(name, version),
  'application.subscribedAPIs': ({ apiId }) => (isTable(apiId) ? apiName(apiId.apiName, apiId.version) : undefined),
  '*.request': policyName,
  '*.response': policyName,
  '*.fault': policyName,
  '*.keys': ({ keyType, keyManager }) => `${textOr(keyType, '')} ${textOr(keyManager, '')}`.trim(),
};

/** Tables whose keys authors choose. */
export const dataMaps: ReadonlySet<string> = new Set(['customParameters', 'parameters', 'attributes']);

/** Lists of entries that are run one after the other. */
export const dataOrders: ReadonlySet<string> = new Set(['request', 'response', 'fault']);
