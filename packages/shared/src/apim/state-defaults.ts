import { isEmpty } from './state-facts.ts';
import { isTable, type Table } from './table.ts';

/** What API Manager takes where a project says nothing. */
export interface DefaultRule {
  readonly path: string;
  readonly value: unknown;
  /** Kinds of project that it is for. */
  readonly of: 'api' | 'api-product' | 'both';
  readonly source: string;
}

const schema = 'publisher-api.yaml of carbon-apimgt';
const sample = 'sample-api.yaml of the apictl integration tests';
const exported = 'AnthropicAPI of the apictl integration tests';
const assumed = 'assumed: what is not said is off';
const documentation = 'API Manager documentation, "API YAML representation"';

/** Of the `data:` of api.yaml and api_product.yaml. docs/promotion-plan.md shows this table. */
export const defaultRules: readonly DefaultRule[] = [
  { path: 'type', value: 'HTTP', of: 'api', source: schema },
  { path: 'visibility', value: 'PUBLIC', of: 'both', source: schema },
  { path: 'subscriptionAvailability', value: 'CURRENT_TENANT', of: 'api', source: schema },
  { path: 'subscriptionAvailability', value: 'ALL_TENANTS', of: 'api-product', source: schema },
  { path: 'accessControl', value: 'NONE', of: 'both', source: schema },
  { path: 'endpointImplementationType', value: 'ENDPOINT', of: 'api', source: schema },
  { path: 'securityScheme', value: ['oauth2', 'oauth_basic_auth_api_key_mandatory'], of: 'both', source: schema },
  { path: 'lifeCycleStatus', value: 'CREATED', of: 'api', source: 'carbon-apimgt, ImportUtils: importApi' },
  { path: 'apiType', value: 'APIPRODUCT', of: 'api-product', source: schema },
  { path: 'responseCachingEnabled', value: false, of: 'both', source: sample },
  { path: 'cacheTimeout', value: 300, of: 'both', source: sample },
  { path: 'isDefaultVersion', value: false, of: 'both', source: sample },
  { path: 'enableSchemaValidation', value: false, of: 'both', source: sample },
  { path: 'enableSubscriberVerification', value: false, of: 'api', source: sample },
  { path: 'apiThrottlingPolicy', value: 'Unlimited', of: 'both', source: sample },
  { path: 'authorizationHeader', value: 'Authorization', of: 'both', source: sample },
  { path: 'apiKeyHeader', value: 'ApiKey', of: 'both', source: documentation },
  { path: 'keyManagers', value: ['all'], of: 'api', source: sample },
  { path: 'audiences', value: ['all'], of: 'api', source: sample },
  { path: 'transport', value: ['http', 'https'], of: 'both', source: sample },
  { path: 'gatewayVendor', value: 'wso2', of: 'both', source: sample },
  { path: 'gatewayType', value: 'wso2/synapse', of: 'api', source: sample },
  { path: 'visibleOrganizations', value: ['none'], of: 'both', source: exported },
  { path: 'initiatedFromGateway', value: false, of: 'api', source: exported },
  { path: 'egress', value: false, of: 'api', source: documentation },
  { path: 'subtypeConfiguration.subtype', value: 'DEFAULT', of: 'api', source: documentation },
  { path: 'primaryProductionEndpointId', value: 'default_production_endpoint', of: 'api', source: exported },
  {
    path: 'primarySandboxEndpointId',
    value: 'default_sandbox_endpoint',
    of: 'api',
    source: 'assumed, after primaryProductionEndpointId',
  },
  { path: 'advertiseInfo.advertised', value: false, of: 'api', source: sample },
  { path: 'advertiseInfo.vendor', value: 'WSO2', of: 'api', source: sample },
  { path: 'monetization.enabled', value: false, of: 'both', source: assumed },
  { path: 'corsConfiguration.corsConfigurationEnabled', value: false, of: 'both', source: sample },
  { path: 'corsConfiguration.accessControlAllowCredentials', value: false, of: 'both', source: sample },
  { path: 'websubSubscriptionConfiguration.enable', value: false, of: 'api', source: documentation },
];

/** Of every operation. */
export const operationDefaults = { authType: 'Application & Application User', throttlingPolicy: 'Unlimited' } as const;

/** The data with what the server takes where nothing is said; and the paths that were filled. */
export function withDefaults(
  kind: 'api' | 'api-product',
  data: Readonly<Table>,
): { readonly data: Table; readonly filled: readonly string[] } {
  const whole: Table = { ...data };
  const filled: string[] = [];
  const fill = (table: Table, key: string, path: string, value: unknown): void => {
    if (!isEmpty(table[key])) return;
    if (table[key] === undefined) filled.push(path);
    table[key] = value;
  };
  for (const { path, value, of } of defaultRules) {
    if (of !== 'both' && of !== kind) continue;
    const [first = '', second] = path.split('.');
    if (second === undefined) {
      fill(whole, first, path, value);
    } else {
      const table: Table = isTable(whole[first]) ? { ...whole[first] } : {};
      fill(table, second, path, value);
      whole[first] = table;
    }
  }
  return { data: whole, filled };
}
