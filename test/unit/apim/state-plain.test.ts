/** What is written in several ways is one thing. */
import { describe, expect, test } from '@jest/globals';
import { compareStates } from '@wso2-delivery/shared/apim/state-compare';
import { plainContext } from '@wso2-delivery/shared/apim/state-plain';
import { stateOf } from '@wso2-delivery/shared/apim/state';
import { apiProject, changed, exportedData, exportedDefinition } from '../../support/api-projects.ts';

type Table = Record<string, unknown>;

const off = [
  undefined,
  null,
  {},
  { production: null, sandbox: {} },
  { production: { enabled: false, type: 'BASIC', username: 'left-behind' } },
  { production: { type: 'NONE', enabled: false }, sandbox: { type: 'none' } },
  { production: { enabled: 'false' } },
];
const on = [
  { enabled: true, type: 'BASIC', username: 'shop', password: 'a-secret' },
  { enabled: 'true', type: 'basic', username: 'shop', password: 'a-secret', customParameters: '{}' },
  {
    // As 4.6 exports it.
    ...{ tokenUrl: '', connectionTimeoutDuration: -1, type: 'BASIC', socketTimeoutDuration: -1, enabled: true },
    proxyConfigs: { proxyEnabled: '', proxyPort: '', proxyProtocol: '', proxyPassword: '', proxyHost: '' },
    ...{ password: 'a-secret', customParameters: {}, grantType: '', clientSecret: '', username: 'shop' },
    connectionRequestTimeoutDuration: -1.0,
  },
];

function withEndpoints(key: string, value: unknown) {
  return stateOf(apiProject({ data: changed(exportedData(), ['endpointConfig', key], value) }));
}

describe('one thing in several spellings is the same:', () => {
  const pairs = (list: readonly unknown[]) => list.map((each) => [JSON.stringify(each), each] as const);

  test.each(pairs(off))('protection that is off: %s', (_, security) => {
    expect(
      compareStates(withEndpoints('endpoint_security', security), withEndpoints('endpoint_security', off[0])),
    ).toEqual([]);
  });

  test.each(pairs(on))('basic protection: %s', (_, production) => {
    const [one, other] = [production, on[0]].map((each) => withEndpoints('endpoint_security', { production: each }));
    if (one === undefined || other === undefined) throw new Error('two states');
    expect(compareStates(one, other)).toEqual([]);
    expect(one.digest).toBe(other.digest);
  });

  test('protection that is on is not protection that is off', () => {
    const changes = compareStates(
      withEndpoints('endpoint_security', { production: on[0] }),
      withEndpoints('endpoint_security', off[4]),
    );
    expect(changes.map(({ path }) => path.split('.').at(-1))).toEqual(['enabled', 'password', 'type', 'username']);
  });

  test.each([
    ['/pizza', '/pizza'],
    ['pizza', '/pizza'],
    ['/pizza/1.0.0', '/pizza'],
    ['/pizza/{version}', '/pizza'],
    ['/t/shop.com/pizza/1.0.0', '/pizza'],
    ['/shop/{version}/pizza', '/shop/1.0.0/pizza'],
    ['/pizza/2.0.0', '/pizza/2.0.0'],
    ['/1.0.0', '/1.0.0'],
    ['/', '/'],
  ])('the context %s is %s', (context, plain) => expect(plainContext(context, '1.0.0')).toBe(plain));

  test.each<[what: string, path: string[], one: unknown, other: unknown]>([
    ['numbers and texts', ['cacheTimeout'], 300, '300'],
    ['truth values and texts', ['enableSchemaValidation'], false, 'false'],
    [
      'CORS that is off',
      ['corsConfiguration'],
      { corsConfigurationEnabled: false, accessControlAllowOrigins: ['a'] },
      undefined,
    ],
    [
      'WebSub that is off',
      ['websubSubscriptionConfiguration'],
      { enable: false, secret: '', signingAlgorithm: 'SHA1' },
      undefined,
    ],
    ['a display name that is the name', ['displayName'], 'PizzaAPI', undefined],
    ['the plain kind of API', ['subtypeConfiguration'], { subtype: 'DEFAULT', _configuration: '' }, undefined],
  ])('%s', (_, path, one, other) => {
    const [first, second] = [one, other].map((value) =>
      stateOf(apiProject({ data: changed(exportedData(), path, value) })),
    );
    if (first === undefined || second === undefined) throw new Error('two states');
    expect(compareStates(first, second)).toEqual([]);
  });

  test('the provider of an AI API is known by its name, not by its id', () => {
    const ai = (id: string, name: string) =>
      stateOf(
        apiProject({
          data: changed(exportedData(), ['subtypeConfiguration'], {
            subtype: 'AIAPI',
            _configuration: JSON.stringify({
              llmProviderId: id,
              llmProviderName: name,
              llmProviderApiVersion: '1.0.0',
            }),
          }),
        }),
      );
    expect(compareStates(ai('1', 'Anthropic'), ai('2', 'Anthropic'))).toEqual([]);
    expect(compareStates(ai('1', 'Anthropic'), ai('1', 'Mistral'))).toHaveLength(1);
  });

  test('the order in which policies are run counts, and is told as such', () => {
    const policies = [
      { policyName: 'log', policyVersion: 'v1' },
      { policyName: 'addHeader', policyVersion: 'v1' },
    ];
    const path = ['operations', 1, 'operationPolicies', 'request'];
    const [one, other] = [policies, policies.toReversed()].map((list) =>
      stateOf(apiProject({ data: changed(exportedData(), path, list) })),
    );
    if (one === undefined || other === undefined) throw new Error('two states');
    expect(compareStates(one, other)).toMatchObject([
      { group: 'policies', before: 'addHeader v1 → log v1', after: 'log v1 → addHeader v1' },
    ]);
  });
});

describe('definitions that are no OpenAPI 3', () => {
  const graphql = (schema: string, operations: Table[]) =>
    stateOf(
      apiProject({
        data: { ...exportedData(), type: 'GRAPHQL', operations },
        definition: undefined,
        files: { 'Definitions/schema.graphql': schema },
      }),
    );
  const query = { target: 'pizzas', verb: 'QUERY', authType: 'None', throttlingPolicy: 'Unlimited' };

  test('a GraphQL schema is compared as text, its operations as api.yaml has them', () => {
    const one = graphql('type Query { pizzas: [String] }\n', [query]);
    expect(compareStates(graphql('type Query { pizzas: [String] }  \r\n', [query]), one)).toEqual([]);
    expect(compareStates(graphql('type Query { pizzas: [Int] }\n', [query]), one)).toMatchObject([
      { group: 'operations' },
    ]);
    expect(compareStates(graphql('type Query { pizzas: [String] }\n', []), one)).toMatchObject([
      { path: 'operations', kind: 'removed', breaking: expect.stringContaining('QUERY pizzas') as unknown as string },
    ]);
  });

  test('an AsyncAPI definition is compared value by value', () => {
    const asyncapi = (type: string) =>
      stateOf(
        apiProject({
          data: { ...exportedData(), type: 'WS', operations: [] },
          definition: undefined,
          files: {
            'Definitions/asyncapi.yaml': `asyncapi: 2.0.0\nchannels:\n  /orders:\n    subscribe:\n      message:\n        payload: { type: ${type} }\n`,
          },
        }),
      );
    expect(compareStates(asyncapi('object'), asyncapi('object'))).toEqual([]);
    expect(compareStates(asyncapi('string'), asyncapi('object'))).toMatchObject([
      { group: 'operations', before: 'object', after: 'string' },
    ]);
  });

  test('Swagger 2 has operations, schemas and scopes like OpenAPI 3', () => {
    const swagger = (type: string) => ({
      swagger: '2.0',
      info: { title: 'x', version: '1' },
      paths: { '/menu': { get: { responses: {}, 'x-auth-type': 'None', 'x-throttling-tier': '10KPerMin' } } },
      definitions: { Order: { type: 'object', properties: { count: { type } } } },
      securityDefinitions: { default: { type: 'oauth2' } },
    });
    const [one, other] = ['integer', 'string'].map((type) => stateOf(apiProject({ definition: swagger(type) })));
    if (one === undefined || other === undefined) throw new Error('two states');
    expect(compareStates(other, one)).toMatchObject([
      { path: 'definition.schemas[Order].properties[count].type', breaking: 'string where there was integer' },
    ]);
  });

  test('one that cannot be parsed is compared as text', () => {
    const broken = (text: string) =>
      stateOf(apiProject({ definition: undefined, files: { 'Definitions/swagger.yaml': text } }));
    expect(compareStates(broken('a: [1'), broken('a: [1'))).toEqual([]);
    expect(compareStates(broken('a: [2'), broken('a: [1'))).toHaveLength(1);
  });

  test('YAML and JSON are the same', () => {
    const json = { 'Definitions/swagger.json': JSON.stringify(exportedDefinition()) };
    const [yaml, other] = [apiProject(), apiProject({ definition: undefined, files: json })].map((each) =>
      stateOf(each),
    );
    if (yaml === undefined || other === undefined) throw new Error('two states');
    expect(compareStates(other, yaml)).toEqual([]);
  });
});

test('a list of certificates that cannot be read is compared as text', () => {
  const list = (text: string) =>
    stateOf(apiProject({ files: { 'Client-certificates/client_certificates.yaml': text } }));
  expect(compareStates(list('data: ['), list('data: [1'))).toMatchObject([{ group: 'certificates' }]);
});
