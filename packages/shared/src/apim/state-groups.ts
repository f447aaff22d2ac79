/** What a change is about, in the words of the publisher portal. */
export type ChangeGroup =
  | 'endpoints'
  | 'operations'
  | 'security'
  | 'policies'
  | 'throttling'
  | 'cors'
  | 'lifecycle'
  | 'documents'
  | 'certificates'
  | 'deployment'
  | 'general';

/** In the order in which a reviewer wants them. */
export const changeGroups: readonly ChangeGroup[] = [
  'operations',
  'security',
  'endpoints',
  'throttling',
  'policies',
  'cors',
  'lifecycle',
  'deployment',
  'certificates',
  'general',
  'documents',
];

/** Pattern of a path → its group; the first that fits decides. */
const rules: readonly (readonly [RegExp, ChangeGroup])[] = [
  [/^(?:document|image)\b/, 'documents'],
  [/^(?:api|product)\.(?:description|tags|categories|businessInformation|displayName|hasThumbnail)\b/, 'documents'],
  [
    /\.(?:description|summary|title|externalDocs|example|examples|x-examples|termsOfService|contact|license)$/,
    'documents',
  ],
  [/^definition\.(?:info|tags|externalDocs|servers|host|schemes)\b/, 'documents'],
  [/^definition\.operations\[\]\.(?:tags|operationId|deprecated)\b/, 'documents'],
  [/^definition\.(?:securitySchemes|security|operations\[\]\.security)\b/, 'security'],
  [/^definition\b/, 'operations'],
  [/^api\.(?:endpointConfig|endpointImplementationType|serviceInfo|primary\w+EndpointId|wsUriMapping)\b/, 'endpoints'],
  [/^endpoint\b/, 'endpoints'],
  [/operations\[\]\.throttlingPolicy\b/, 'throttling'],
  [/operations\[\]\.operationPolicies\b/, 'policies'],
  [/operations\[\]\.(?:authType|scopes)\b/, 'security'],
  [/operations\b/, 'operations'],
  [/^product\.apis\b/, 'operations'],
  [/^(?:api|product)\.(?:policies|apiThrottlingPolicy|maxTps|throttlingPolicies)\b/, 'throttling'],
  [/^application\.(?:applicationInfo\.throttlingPolicy|subscribedAPIs)\b/, 'throttling'],
  [/^(?:api|product)\.(?:apiPolicies|mediationPolicies|gatewayPolicies)\b/, 'policies'],
  [/^policy\b/, 'policies'],
  [/^(?:api|product)\.corsConfiguration\b/, 'cors'],
  [/^(?:api\.lifeCycleStatus|product\.state|product\.lifeCycleStatus)\b/, 'lifecycle'],
  [/^certificate\b/, 'certificates'],
  [
    /^(?:api|product)\.(?:securityScheme|authorizationHeader|apiKeyHeader|scopes|keyManagers|audiences|transport|enableSubscriberVerification|websubSubscriptionConfiguration)\b/,
    'security',
  ],
  [/^application\.(?:.*\.)?(?:keys|tokenType)\b/, 'security'],
];

/** The group of a value, by the pattern of its path. */
export function groupOf(pattern: string): ChangeGroup {
  return rules.find(([rule]) => rule.test(pattern))?.[1] ?? 'general';
}
