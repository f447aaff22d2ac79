/**
 * What an API Manager writes into an export beside what was imported: ids, times, defaults, second copies, its own
 * order of lists. After exports of API Manager 4.2 to 4.6 (sample-api.yaml of the apictl integration tests; the page
 * "API YAML representation" of the documentation) and OASParserUtil of carbon-apimgt.
 */
import { createHash } from 'node:crypto';
import { formatYaml, parseYaml } from '@wso2-delivery/shared/formats/yaml';
import type { Table } from './params-injection.ts';

/** The API whose export is written. */
export interface WrittenApi {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly createdTime: number;
  readonly updatedTime: number;
}

const defaults: Table = {
  responseCachingEnabled: false,
  cacheTimeout: 300,
  isDefaultVersion: false,
  enableSchemaValidation: false,
  enableSubscriberVerification: false,
  type: 'HTTP',
  audiences: ['all'],
  transport: ['http', 'https'],
  tags: [],
  policies: [],
  organizationPolicies: [],
  authorizationHeader: 'Authorization',
  apiKeyHeader: 'ApiKey',
  securityScheme: ['oauth_basic_auth_api_key_mandatory', 'oauth2'],
  visibility: 'PUBLIC',
  visibleRoles: [],
  visibleTenants: [],
  visibleOrganizations: ['none'],
  mediationPolicies: [],
  subscriptionAvailability: 'CURRENT_TENANT',
  subscriptionAvailableTenants: [],
  additionalProperties: [],
  accessControl: 'NONE',
  accessControlRoles: [],
  businessInformation: {},
  endpointImplementationType: 'ENDPOINT',
  subtypeConfiguration: { subtype: 'DEFAULT' },
  scopes: [],
  categories: [],
  keyManagers: ['all'],
  gatewayVendor: 'wso2',
  gatewayType: 'wso2/synapse',
  asyncTransportProtocols: [],
  egress: false,
  organizationId: 'carbon.super',
};
const corsDefaults: Table = {
  corsConfigurationEnabled: false,
  accessControlAllowOrigins: ['*'],
  accessControlAllowCredentials: false,
  accessControlAllowHeaders: ['authorization', 'Access-Control-Allow-Origin', 'Content-Type', 'SOAPAction', 'apikey'],
  accessControlAllowMethods: ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS'],
};

/** The `data:` of api.yaml as an export has it. */
export function writtenData(api: WrittenApi, data: Table, definition: Table | undefined, hasImage: boolean): Table {
  const own = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined && value !== null));
  const properties = tables(own.additionalProperties);
  const whole: Table = {
    ...defaults,
    ...own,
    hasThumbnail: hasImage,
    createdTime: String(api.createdTime),
    lastUpdatedTimestamp: String(api.updatedTime),
    lastUpdatedTime: new Date(api.updatedTime).toISOString().replace('T', ' ').replace('Z', ''),
    additionalPropertiesMap: Object.fromEntries(properties.map((each) => [String(each.name), each])),
    corsConfiguration: { ...corsDefaults, ...(own.corsConfiguration as Table | undefined) },
    advertiseInfo: {
      advertised: false,
      apiOwner: own.provider ?? 'admin',
      vendor: 'WSO2',
      ...(own.advertiseInfo as Table | undefined),
    },
    operations: writtenOperations(api, own.operations, definition),
  };
  for (const key of ['tags', 'policies', 'transport', 'securityScheme', 'operations', 'audiences']) {
    if (Array.isArray(whole[key])) whole[key] = reordered(api, whole[key]);
  }
  return whole;
}

/** The definition takes the place of the operations that api.yaml lists, but for their policies. */
function writtenOperations(api: WrittenApi, listed: unknown, definition: Table | undefined): Table[] {
  const known = tables(listed);
  const defined = definition === undefined ? [] : definedOperations(definition);
  const operations = defined.length === 0 ? known : defined;
  return operations.map((operation) => {
    const before = known.find(({ verb, target }) => verb === operation.verb && target === operation.target) ?? {};
    const policies = (before.operationPolicies ?? {}) as Table;
    return {
      id: '',
      target: operation.target,
      verb: operation.verb,
      authType: operation.authType ?? before.authType ?? 'Application & Application User',
      throttlingPolicy: operation.throttlingPolicy ?? before.throttlingPolicy ?? 'Unlimited',
      scopes: operation.scopes ?? before.scopes ?? [],
      usedProductIds: [],
      operationPolicies: Object.fromEntries(
        ['request', 'response', 'fault'].map((flow) => [
          flow,
          tables(policies[flow]).map((each) => ({ ...each, policyId: idOf(api, String(each.policyName)) })),
        ]),
      ),
    };
  });
}

const verbs = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'];

function definedOperations(definition: Table): Table[] {
  return Object.entries(definition.paths as Record<string, Table>).flatMap(([target, item]) =>
    verbs.flatMap((verb) => {
      const operation = item[verb] as Table | undefined;
      if (operation === undefined) return [];
      const security = Array.isArray(operation.security) ? tables(operation.security) : undefined;
      return [
        {
          target,
          verb: verb.toUpperCase(),
          authType: operation['x-auth-type'],
          throttlingPolicy: operation['x-throttling-tier'],
          scopes: security?.flatMap((each) => Object.values(each).flat()),
        },
      ];
    }),
  );
}

/** Definitions/swagger.yaml as an export has it, from what was imported and what api.yaml says now. */
export function writtenDefinition(api: WrittenApi, definition: Table, data: Table): Buffer {
  const operations = tables(data.operations);
  const paths = Object.entries(definition.paths as Record<string, Table>).map(([target, item]) => [
    target,
    Object.fromEntries(
      Object.entries(item).map(([verb, operation]) => {
        const settings = operations.find((each) => each.target === target && each.verb === verb.toUpperCase());
        if (settings === undefined) return [verb, operation];
        const { scopes, authType, throttlingPolicy } = settings;
        const security = [{ default: scopes }];
        return [
          verb,
          {
            ...(operation as Table),
            security,
            'x-auth-type': authType,
            'x-throttling-tier': throttlingPolicy,
            'x-wso2-application-security': { 'security-types': ['oauth2'], optional: false },
          },
        ];
      }),
    ),
  ]);
  const components = (definition.components ?? {}) as Table;
  const schemes = (components.securitySchemes ?? {}) as Table;
  const flow = { authorizationUrl: 'https://test.com', scopes: {}, 'x-scopes-bindings': {} };
  const document = {
    ...definition,
    openapi: '3.0.1',
    info: { ...(definition.info as Table | undefined), title: api.name, version: api.version },
    servers: definition.servers ?? [{ url: '/' }],
    security: [{ default: [] }],
    paths: Object.fromEntries<unknown>(reordered(api, paths) as [string, unknown][]),
    components: {
      ...components,
      securitySchemes: { ...schemes, default: { type: 'oauth2', flows: { implicit: flow } } },
    },
    'x-wso2-auth-header': data.authorizationHeader,
    'x-wso2-cors': data.corsConfiguration,
    'x-wso2-basePath': `${String(data.context)}/${api.version}`,
    'x-wso2-transports': data.transport,
    'x-wso2-application-security': { 'security-types': ['oauth2'], optional: false },
    'x-wso2-response-cache': { enabled: false, cacheTimeoutInSeconds: 300 },
  };
  return Buffer.from(formatYaml(JSON.parse(JSON.stringify(document))), 'utf8');
}

/** The OpenAPI definition among the files, and its name; undefined for Swagger 2 and what is none. */
export function openApiIn(
  files: ReadonlyMap<string, Buffer>,
): { readonly name: string; readonly definition: Table } | undefined {
  const name = ['Definitions/swagger.yaml', 'Definitions/swagger.json'].find((each) => files.has(each));
  if (name === undefined) return undefined;
  const definition = parseYaml(files.get(name)?.toString('utf8') ?? '') as Table | null;
  const isOpenApi = typeof definition?.openapi === 'string' && typeof definition.paths === 'object';
  return isOpenApi ? { name, definition } : undefined;
}

/** Each API Manager has its own order for what has none. */
function reordered(api: WrittenApi, list: readonly unknown[]): unknown[] {
  const by = list.length === 0 ? 0 : Number.parseInt(api.id.slice(0, 8), 16) % list.length;
  return [...list.slice(by), ...list.slice(0, by)];
}

function idOf(api: WrittenApi, name: string): string {
  const hex = createHash('sha256').update(`${api.id} ${name}`).digest('hex');
  return [8, 12, 16, 20, 32].map((end, at) => hex.slice([0, 8, 12, 16, 20][at], end)).join('-');
}

function tables(value: unknown): Table[] {
  return Array.isArray(value) ? (value as Table[]) : [];
}
