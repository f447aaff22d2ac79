/** What differs between two exports of the same API and means nothing. docs/promotion-plan.md shows this table. */
export interface NoiseRule {
  /** The path; `*` is one key, `**` any number of them, `[]` an entry of a list. */
  readonly pattern: string;
  readonly reason: string;
  /** Where the fact is from. */
  readonly source: string;
}

const sample = 'sample-api.yaml of the apictl integration tests';
const published = 'publisher-api.yaml of carbon-apimgt';
const written = 'carbon-apimgt, OASParserUtil and OAS3Parser';
const devportal = 'devportal-api.yaml of carbon-apimgt';
const documentation = 'API Manager documentation, "API YAML representation"';

const ownId = 'each API Manager gives its own';
const importTime = 'the time of an import';
const importUser = 'who imported';
const secondCopy = 'the server writes it from api.yaml, which is compared itself';

const rule = (reason: string, source: string, ...patterns: readonly string[]): readonly NoiseRule[] =>
  patterns.map((pattern) => ({ pattern, reason, source }));

/** Every rule; the first part of a pattern says what it is about: api.yaml, the definition, a document … */
export const noiseRules: readonly NoiseRule[] = [
  ...rule(ownId, sample, 'api.id', 'api.operations[].id'),
  ...rule('names the API: two states are found by it', sample, 'api.name', 'api.version'),
  ...rule(importTime, sample, 'api.createdTime', 'api.lastUpdatedTime', 'api.lastUpdatedTimestamp'),
  ...rule('says what was exported, not what the API is', sample, 'api.isRevision', 'api.revisionId'),
  ...rule(ownId, published, 'api.revisionedApiId'),
  ...rule('says whether the service catalogue of one API Manager has moved on', published, 'api.serviceInfo.outdated'),
  ...rule('a state of the publisher, not of the API', published, 'api.workflowStatus'),
  ...rule('names the organisation of one API Manager', sample, 'api.organizationId'),
  ...rule('the server writes additionalProperties a second time', published, 'api.additionalPropertiesMap'),
  ...rule('follows from Image/, which is compared itself', sample, 'api.hasThumbnail'),
  ...rule('a path inside one API Manager; WSDL/ is compared itself', published, 'api.wsdlUrl'),
  ...rule('ids of one API Manager; products are compared themselves', sample, 'api.operations[].usedProductIds'),
  ...rule(
    'names the operation: it is in the path of its facts',
    sample,
    '**.operations[].target',
    '**.operations[].verb',
  ),
  ...rule(
    'names the policy: it is in the path of its facts',
    documentation,
    '**Policies.*[].policyName',
    '**Policies.*[].policyVersion',
  ),
  ...rule(`${ownId}; name and version tell the policy`, documentation, '**Policies.*[].policyId'),
  ...rule(ownId, published, 'api.mediationPolicies[].id'),
  ...rule('names the property: it is in the path of its facts', published, '**.additionalProperties[].name'),
  ...rule(ownId, published, '**.scopes[].scope.id'),
  ...rule('names the scope: it is in the path of its facts', published, '**.scopes[].scope.name'),
  ...rule('counts the use on one API Manager', published, '**.scopes[].scope.usageCount'),
  ...rule('the server writes the provider there', sample, 'api.advertiseInfo.apiOwner'),
  ...rule(
    `${ownId}; name and version tell the AI provider`,
    documentation,
    'api.subtypeConfiguration.**.llmProviderId',
  ),

  ...rule('the server writes the release of the format that it knows', written, 'definition.openapi'),
  ...rule('the server writes name and version of the API', written, 'definition.info.title', 'definition.info.version'),
  ...rule('the server writes it where a definition names no server', written, 'definition.servers[/]'),
  ...rule(
    secondCopy,
    written,
    'definition.securitySchemes.default',
    'definition.security.default',
    'definition.x-auth-type',
    'definition.x-throttling-tier',
    'definition.x-wso2-api-key-header',
    'definition.x-wso2-application-security',
    'definition.x-wso2-auth-header',
    'definition.x-wso2-basePath',
    'definition.x-wso2-cors',
    'definition.x-wso2-disable-security',
    'definition.x-wso2-mutual-ssl',
    'definition.x-wso2-production-endpoints',
    'definition.x-wso2-response-cache',
    'definition.x-wso2-sandbox-endpoints',
    'definition.x-wso2-security',
    'definition.x-wso2-throttling-tier',
    'definition.x-wso2-transports',
  ),
  ...rule(
    'it says what api.yaml says of the operation, and is compared there',
    written,
    'definition.operations[].security',
    'definition.operations[].x-auth-type',
    'definition.operations[].x-scope',
    'definition.operations[].x-throttling-tier',
    'definition.operations[].x-wso2-application-security',
    'definition.operations[].x-wso2-disable-security',
    'definition.operations[].x-wso2-throttling-tier',
    'definition.operations[].x-uritemplate-*',
  ),
  ...rule(
    'names the parameter: it is in the path of its facts',
    written,
    'definition.operations[].parameters[].name',
    'definition.operations[].parameters[].in',
  ),

  ...rule(ownId, published, 'document.documentId'),
  ...rule('names the document: it is in the path of its facts', published, 'document.name'),
  ...rule(importTime, published, 'document.createdTime', 'document.lastUpdatedTime'),
  ...rule(importUser, published, 'document.createdBy', 'document.lastUpdatedBy'),
  ...rule(`${ownId}; name and stage tell the endpoint`, published, 'endpoint[].id'),
  ...rule(ownId, published, 'policy.id'),

  ...rule(ownId, published, 'product.id', 'product.revisionedApiProductId', 'product.apis[].apiId'),
  ...rule(ownId, published, 'product.apis[].operations[].id'),
  ...rule('names the product: two states are found by it', published, 'product.name', 'product.version'),
  ...rule('names the API: it is in the path of its facts', published, 'product.apis[].name', 'product.apis[].version'),
  ...rule(importTime, published, 'product.createdTime', 'product.lastUpdatedTime', 'product.lastUpdatedTimestamp'),
  ...rule('says what was exported, not what the product is', published, 'product.isRevision', 'product.revisionId'),
  ...rule('a state of the publisher, not of the product', published, 'product.workflowStatus'),
  ...rule('the server writes additionalProperties a second time', published, 'product.additionalPropertiesMap'),
  ...rule('follows from Image/, which is compared itself', published, 'product.hasThumbnail'),
  ...rule('ids of one API Manager', published, 'product.apis[].operations[].usedProductIds'),
  ...rule('names the organisation of one API Manager', published, 'product.organizationId'),

  ...rule(ownId, devportal, 'application.applicationInfo.applicationId', 'application.**.keyMappingId'),
  ...rule('names the application: two states are found by it', devportal, 'application.applicationInfo.name'),
  ...rule('counts the subscriptions, which are compared themselves', devportal, 'application.**.subscriptionCount'),
  ...rule('a state of the approval on one API Manager', devportal, 'application.applicationInfo.status'),
  ...rule('a token of the moment', devportal, 'application.**.token'),
  ...rule(ownId, devportal, 'application.subscribedAPIs[].apiId.id', 'application.subscribedAPIs[].apiId.uuid'),
  ...rule(
    'names the API: it is in the path of its facts',
    devportal,
    'application.subscribedAPIs[].apiId.apiName',
    'application.subscribedAPIs[].apiId.version',
  ),
  ...rule('providers differ between environments', devportal, 'application.subscribedAPIs[].apiId.providerName'),
  ...rule(importTime, devportal, 'application.applicationInfo.createdTime', 'application.applicationInfo.updatedTime'),
];

const compiled: readonly RegExp[] = noiseRules.map(({ pattern }) => compile(pattern));
const known = new Map<string, boolean>();

/** True for a path that differs between two exports of the same API without meaning. */
export function isNoise(pattern: string): boolean {
  let answer = known.get(pattern);
  if (answer === undefined) {
    answer = compiled.some((each) => each.test(pattern));
    if (known.size < 20_000) known.set(pattern, answer);
  }
  return answer;
}

function compile(pattern: string): RegExp {
  const source = pattern
    .split(/(\*\*|\*)/)
    .map((part) => (part === '**' ? '.*' : part === '*' ? '[^.[\\]]*' : part.replace(/[.[\]]/g, '\\$&')))
    .join('');
  return new RegExp(`^${source}$`);
}
