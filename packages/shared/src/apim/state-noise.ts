/** What differs between two exports of the same API and means nothing. docs/promotion-plan.md shows this table. */
export interface NoiseRule {
  /** The path; `*` is one key, `**` any number, `[]` an entry of a list. */
  readonly pattern: string;
  readonly reason: string;
  /** Where the fact is from. */
  readonly source: string;
}

const sample = 'apictl integration test data, sample-api.yaml';
const mapping = 'carbon-apimgt, publisher-api.yaml';
const oas = 'carbon-apimgt, OAS3Parser: populateCustomManagementInfo';
const exporting = 'carbon-apimgt, ExportUtils';

export const noiseRules: readonly NoiseRule[] = [
  { pattern: 'api.id', reason: 'each API Manager gives its own', source: sample },
  { pattern: 'api.name', reason: 'names the API; it is what two states are found by', source: sample },
  { pattern: 'api.version', reason: 'names the API; it is what two states are found by', source: sample },
  { pattern: 'api.createdTime', reason: 'the time of the first import', source: sample },
  { pattern: 'api.lastUpdatedTime', reason: 'the time of the last import', source: sample },
  { pattern: 'api.lastUpdatedTimestamp', reason: 'the time of the last import', source: sample },
  { pattern: 'api.isRevision', reason: 'says what was exported, not what the API is', source: sample },
  { pattern: 'api.revisionId', reason: 'numbers the revisions of one API Manager', source: sample },
  { pattern: 'api.revisionedApiId', reason: 'an id of one API Manager', source: mapping },
  { pattern: 'api.workflowStatus', reason: 'a state of the publisher, not of the API', source: mapping },
  { pattern: 'api.organizationId', reason: 'the organisation of one API Manager', source: sample },
  { pattern: 'api.lastUpdatedBy', reason: 'who imported last', source: mapping },
  { pattern: 'api.updatedBy', reason: 'who imported last', source: mapping },
  {
    pattern: 'api.additionalPropertiesMap',
    reason: 'the server writes additionalProperties a second time',
    source: mapping,
  },
  { pattern: 'api.hasThumbnail', reason: 'follows from Image/, which is compared itself', source: exporting },
  { pattern: 'api.operations[].id', reason: 'each API Manager gives its own', source: sample },
  {
    pattern: 'api.operations[].usedProductIds',
    reason: 'ids of one API Manager; products are compared themselves',
    source: sample,
  },
  { pattern: 'api.operations[].target', reason: 'names the operation, and is in its path here', source: sample },
  { pattern: 'api.operations[].verb', reason: 'names the operation, and is in its path here', source: sample },
  {
    pattern: '**.operationPolicies.*[].policyId',
    reason: 'each API Manager gives its own; name and version tell the policy',
    source: mapping,
  },
  {
    pattern: 'api.apiPolicies.*[].policyId',
    reason: 'each API Manager gives its own; name and version tell the policy',
    source: mapping,
  },
  { pattern: 'api.mediationPolicies[].id', reason: 'each API Manager gives its own', source: mapping },
  { pattern: 'api.scopes[].scope.id', reason: 'each API Manager gives its own', source: mapping },
  { pattern: 'api.scopes[].scope.usageCount', reason: 'counts the use on one API Manager', source: mapping },
  { pattern: 'api.monetization.properties', reason: 'ids of the billing engine of one API Manager', source: mapping },
  { pattern: 'api.serviceInfo.key', reason: 'an id of one service catalogue', source: mapping },
  { pattern: 'api.advertiseInfo.apiOwner', reason: 'the server writes the provider there', source: sample },
  { pattern: 'api.endpointConfig.**.endpointUUID', reason: 'each API Manager gives its own', source: mapping },
  { pattern: 'definition.openapi', reason: 'the server writes the release of the format that it knows', source: oas },
  { pattern: 'definition.info.title', reason: 'the server writes the name of the API', source: oas },
  { pattern: 'definition.info.version', reason: 'the server writes the version of the API', source: oas },
  { pattern: 'document.documentId', reason: 'each API Manager gives its own', source: exporting },
  { pattern: 'document.createdTime', reason: 'the time of an import', source: exporting },
  { pattern: 'document.lastUpdatedTime', reason: 'the time of an import', source: exporting },
  { pattern: 'document.createdBy', reason: 'who imported', source: exporting },
  { pattern: 'document.lastUpdatedBy', reason: 'who imported last', source: exporting },
];

const compiled: readonly RegExp[] = noiseRules.map(({ pattern }) => compile(pattern));
const known = new Map<string, boolean>();

/** True for a path that differs between two exports of the same API without meaning. */
export function isNoise(pattern: string): boolean {
  let answer = known.get(pattern);
  if (answer === undefined) {
    answer = compiled.some((rule) => rule.test(pattern));
    if (known.size < 20_000) known.set(pattern, answer);
  }
  return answer;
}

function compile(pattern: string): RegExp {
  const source = pattern
    .split(/(\*\*|\*)/)
    .map((part) => (part === '**' ? '.*' : part === '*' ? '[^.[\\]]+' : part.replace(/[.[\]]/g, '\\$&')))
    .join('');
  return new RegExp(`^${source}$`);
}
