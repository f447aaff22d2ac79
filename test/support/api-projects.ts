/** API projects in memory, as an export or a repository has them. */
import { formatYaml, parseYaml } from '@wso2-delivery/shared/formats/yaml';
import type { Deployment } from '@wso2-delivery/shared/apim/archive';
import type { StateSource } from '@wso2-delivery/shared/apim/state';

type Table = Record<string, unknown>;

/** The `data:` of the export of a plain API. */
export function exportedData(): Table {
  return parseYaml(`
id: 28114236-515c-4f40-82e4-6a016e632008
name: PizzaAPI
description: Orders pizza.
context: /pizza
version: 1.0.0
provider: admin
lifeCycleStatus: PUBLISHED
responseCachingEnabled: false
cacheTimeout: 300
hasThumbnail: false
isDefaultVersion: false
enableSchemaValidation: false
type: HTTP
audiences: [all]
transport: [http, https]
tags: [pizza, food]
organizationId: carbon.super
policies: [Gold, Unlimited]
apiThrottlingPolicy: Unlimited
authorizationHeader: Authorization
securityScheme: [oauth2, oauth_basic_auth_api_key_mandatory]
visibility: PUBLIC
visibleRoles: []
visibleTenants: []
mediationPolicies: []
subscriptionAvailability: CURRENT_TENANT
subscriptionAvailableTenants: []
additionalProperties:
  - { name: team, value: food, display: true }
additionalPropertiesMap:
  team: { name: team, value: food, display: true }
accessControl: NONE
accessControlRoles: []
businessInformation: { businessOwner: Jane Roe, businessOwnerEmail: jane@example.com }
corsConfiguration:
  corsConfigurationEnabled: true
  accessControlAllowOrigins: ['https://shop.example.com']
  accessControlAllowCredentials: false
  accessControlAllowHeaders: [authorization, Content-Type]
  accessControlAllowMethods: [GET, POST]
createdTime: "1607941326000"
lastUpdatedTimestamp: "1607941348000"
lastUpdatedTime: "1607941348000"
endpointConfig:
  endpoint_type: http
  sandbox_endpoints: { url: 'https://sandbox.example.com/pizza' }
  production_endpoints: { url: 'https://backend.example.com/pizza' }
  endpoint_security:
    production:
      type: BASIC
      enabled: true
      username: shop
      password: hunter2-very-secret
      customParameters: {}
    sandbox: { type: NONE, enabled: false, customParameters: {} }
endpointImplementationType: ENDPOINT
scopes:
  - scope: { id: 5f2c, name: order, displayName: order, description: '', bindings: [customer], usageCount: 1 }
    shared: false
operations:
  - id: ""
    target: /order
    verb: POST
    authType: Application & Application User
    throttlingPolicy: Unlimited
    scopes: [order]
    usedProductIds: []
    operationPolicies:
      request: [{ policyName: addHeader, policyVersion: v1, policyId: 0f3a, parameters: { headerName: X-Shop, headerValue: 'yes' } }]
      response: []
      fault: []
  - id: ""
    target: /menu
    verb: GET
    authType: None
    throttlingPolicy: 10KPerMin
    scopes: []
    usedProductIds: []
    operationPolicies: { request: [], response: [], fault: [] }
categories: []
keyManagers: [all]
isRevision: true
revisionId: 3
revisionedApiId: 28114236-515c-4f40-82e4-6a016e632009
advertiseInfo: { advertised: false, originalDevPortalUrl: null, apiOwner: admin, vendor: WSO2 }
gatewayVendor: wso2
gatewayType: wso2/synapse
asyncTransportProtocols: []
`) as Table;
}

/** Its definition, as the server exports it. */
export function exportedDefinition(): Table {
  return parseYaml(`
openapi: 3.0.1
info: { title: PizzaAPI, version: 1.0.0, description: Orders pizza. }
servers: [{ url: / }]
security: [{ default: [] }]
paths:
  /order:
    post:
      summary: Place an order
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } }
      responses: { '201': { description: Created }, '400': { description: Bad order } }
      security: [{ default: [order] }]
      x-auth-type: Application & Application User
      x-throttling-tier: Unlimited
      x-wso2-application-security: { security-types: [oauth2], optional: false }
  /menu:
    get:
      summary: The menu
      parameters:
        - { name: limit, in: query, required: false, schema: { type: integer } }
        - { name: lang, in: query, required: false, schema: { type: string, enum: [en, de] } }
      responses: { '200': { description: The menu } }
      security: [{ default: [] }]
      x-auth-type: None
      x-throttling-tier: 10KPerMin
components:
  schemas:
    Order:
      type: object
      required: [pizza]
      properties: { pizza: { type: string }, count: { type: integer }, password: { type: string } }
  securitySchemes:
    default: { type: oauth2, flows: { implicit: { authorizationUrl: 'https://test.com', scopes: { order: '' }, x-scopes-bindings: { order: customer } } } }
x-wso2-auth-header: Authorization
x-wso2-cors: { corsConfigurationEnabled: true }
x-wso2-production-endpoints: { urls: ['https://backend.example.com/pizza'], type: http }
x-wso2-basePath: /pizza/1.0.0
x-wso2-transports: [http, https]
x-wso2-response-cache: { enabled: false, cacheTimeoutInSeconds: 300 }
`) as Table;
}

export interface ProjectParts {
  readonly data?: Table;
  readonly definition?: Table | undefined;
  readonly files?: Readonly<Record<string, string | Buffer>>;
  readonly deployments?: readonly Deployment[];
}

/** A project of these parts; without any, the export of a plain API. */
export function apiProject(parts: ProjectParts = {}): StateSource {
  const data = parts.data ?? exportedData();
  const files = new Map<string, Buffer>();
  files.set('api.yaml', Buffer.from(formatYaml({ type: 'api', version: 'v4.7.0', data })));
  const definition = 'definition' in parts ? parts.definition : exportedDefinition();
  if (definition !== undefined) files.set('Definitions/swagger.yaml', Buffer.from(formatYaml(definition)));
  for (const [name, content] of Object.entries(parts.files ?? {})) files.set(name, Buffer.from(content));
  return { name: String(data.name), version: String(data.version), files, deployments: parts.deployments ?? [] };
}

/** A copy with the value at a path changed; undefined takes the key away. */
export function changed(table: Table, path: readonly (string | number)[], value: unknown): Table {
  const copy = JSON.parse(JSON.stringify(table)) as Table;
  let at: Record<string | number, unknown> = copy;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
  const last = path.at(-1) ?? '';
  if (value === undefined && Array.isArray(at)) at.splice(Number(last), 1);
  else if (value === undefined) Reflect.deleteProperty(at, last);
  else at[last] = value;
  return copy;
}
