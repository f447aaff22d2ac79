import { isEmpty } from './state-facts.ts';
import { isTable, type Table } from './table.ts';

/** What API Manager takes where a project says nothing. */
export interface DefaultRule {
  readonly path: string;
  readonly value: unknown;
  readonly source: string;
}

const schema = 'carbon-apimgt, publisher-api.yaml: the default of the schema';
const sample = 'apictl integration test data, sample-api.yaml: what an export of a plain API has';

/** Of the `data:` of api.yaml and api_product.yaml. */
export const defaultRules: readonly DefaultRule[] = [
  { path: 'type', value: 'HTTP', source: schema },
  { path: 'visibility', value: 'PUBLIC', source: schema },
  { path: 'subscriptionAvailability', value: 'CURRENT_TENANT', source: schema },
  { path: 'accessControl', value: 'NONE', source: schema },
  { path: 'endpointImplementationType', value: 'ENDPOINT', source: schema },
  { path: 'lifeCycleStatus', value: 'CREATED', source: sample },
  { path: 'responseCachingEnabled', value: false, source: sample },
  { path: 'cacheTimeout', value: 300, source: sample },
  { path: 'isDefaultVersion', value: false, source: sample },
  { path: 'enableSchemaValidation', value: false, source: sample },
  { path: 'enableSubscriberVerification', value: false, source: sample },
  { path: 'apiThrottlingPolicy', value: 'Unlimited', source: sample },
  { path: 'authorizationHeader', value: 'Authorization', source: sample },
  { path: 'keyManagers', value: ['all'], source: schema },
  { path: 'audiences', value: ['all'], source: sample },
  { path: 'transport', value: ['http', 'https'], source: sample },
  { path: 'securityScheme', value: ['oauth2', 'oauth_basic_auth_api_key_mandatory'], source: sample },
  { path: 'gatewayVendor', value: 'wso2', source: sample },
  { path: 'gatewayType', value: 'wso2/synapse', source: sample },
  { path: 'advertiseInfo.advertised', value: false, source: sample },
  { path: 'advertiseInfo.vendor', value: 'WSO2', source: sample },
  { path: 'corsConfiguration.corsConfigurationEnabled', value: false, source: sample },
  { path: 'corsConfiguration.accessControlAllowCredentials', value: false, source: sample },
];

/** Of every operation. */
export const operationDefaults = { authType: 'Application & Application User', throttlingPolicy: 'Unlimited' } as const;

/** The data with what the server takes where nothing is said; and the paths that were filled. */
export function withDefaults(data: Readonly<Table>): { readonly data: Table; readonly filled: readonly string[] } {
  const whole: Table = { ...data };
  const filled: string[] = [];
  for (const { path, value } of defaultRules) {
    const [first = '', second] = path.split('.');
    if (second === undefined) {
      if (!isEmpty(whole[first])) continue;
      if (whole[first] === undefined) filled.push(path);
      whole[first] = value;
    } else {
      const table: Table = isTable(whole[first]) ? { ...whole[first] } : {};
      if (!isEmpty(table[second])) continue;
      if (table[second] === undefined) filled.push(path);
      table[second] = value;
      whole[first] = table;
    }
  }
  return { data: whole, filled };
}
