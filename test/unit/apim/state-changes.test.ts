import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { compareStates, type Change } from '@wso2-delivery/shared/apim/state-compare';
import { stateOf, type StateWish } from '@wso2-delivery/shared/apim/state';
import {
  apiProject,
  changed,
  exportedData,
  exportedDefinition,
  type ProjectParts,
} from '../../support/api-projects.ts';

type Path = readonly (string | number)[];

/** What an import of the export with these changes would change in the target, which is the export. */
function changesOf(parts: ProjectParts, wish: StateWish = {}, target: ProjectParts = {}): Change[] {
  return compareStates(stateOf(apiProject(parts), wish), stateOf(apiProject(target)));
}

const inData = (path: Path, value: unknown): ProjectParts => ({ data: changed(exportedData(), path, value) });
const inDefinition = (path: Path, value: unknown): ProjectParts => ({
  definition: changed(exportedDefinition(), path, value),
});
/** An operation's settings stand in api.yaml and in the definition. */
const inOperation = (at: number, target: string, verb: string, key: string, extension: string, value: unknown) => ({
  data: changed(exportedData(), ['operations', at, key], value),
  definition: changed(exportedDefinition(), ['paths', target, verb, extension], value),
});

interface Case {
  readonly what: string;
  readonly parts: ProjectParts;
  readonly wish?: StateWish;
  readonly change: Partial<Change>;
}

const production = ['endpointConfig', 'production_endpoints', 'url'];
const security = ['endpointConfig', 'endpoint_security', 'production'];

const cases: readonly Case[] = [
  {
    what: 'a production endpoint',
    parts: inData(production, 'https://new.example.com'),
    change: {
      group: 'endpoints',
      path: 'endpointConfig.production_endpoints.url',
      kind: 'changed',
      before: 'https://backend.example.com/pizza',
      after: 'https://new.example.com',
    },
  },
  {
    what: 'a sandbox endpoint that goes',
    parts: inData(['endpointConfig', 'sandbox_endpoints'], undefined),
    change: { group: 'endpoints', path: 'endpointConfig.sandbox_endpoints.url', kind: 'removed', onlyInTarget: true },
  },
  {
    what: 'the kind of endpoint',
    parts: inData(['endpointConfig', 'endpoint_type'], 'address'),
    change: { group: 'endpoints', path: 'endpointConfig.endpoint_type', before: 'http', after: 'address' },
  },
  {
    what: 'an endpoint timeout',
    parts: inData(['endpointConfig', 'production_endpoints', 'config'], { actionDuration: '30000' }),
    change: { group: 'endpoints', path: 'endpointConfig.production_endpoints.config.actionDuration', kind: 'added' },
  },
  {
    what: 'the user of the backend',
    parts: inData([...security, 'username'], 'other'),
    change: { group: 'endpoints', path: 'endpointConfig.endpoint_security.production.username', after: 'other' },
  },
  {
    what: 'an operation that comes',
    parts: { definition: changed(exportedDefinition(), ['paths', '/menu', 'put'], { responses: {} }) },
    change: {
      group: 'operations',
      path: 'operations',
      kind: 'added',
      after: 'PUT /menu (authType: Application & Application User, throttlingPolicy: Unlimited)',
    },
  },
  {
    what: 'an operation that goes',
    parts: inDefinition(['paths', '/menu'], undefined),
    change: {
      group: 'operations',
      path: 'operations',
      kind: 'removed',
      before: expect.stringContaining('GET /menu') as unknown as string,
    },
  },
  {
    what: 'the schema of a body',
    parts: inDefinition(['components', 'schemas', 'Order', 'properties', 'count', 'type'], 'string'),
    change: { group: 'operations', path: 'definition.schemas[Order].properties[count].type', before: 'integer' },
  },
  {
    what: 'a parameter',
    parts: inDefinition(['paths', '/menu', 'get', 'parameters', 0, 'schema', 'type'], 'string'),
    change: { group: 'operations', path: 'operations[GET /menu].definition.parameters[query:limit].schema.type' },
  },
  {
    what: 'the authentication of an operation',
    parts: inOperation(1, '/menu', 'get', 'authType', 'x-auth-type', 'Application User'),
    change: { group: 'security', path: 'operations[GET /menu].authType', before: 'None', after: 'Application User' },
  },
  {
    what: 'the scope of an operation',
    parts: inDefinition(['paths', '/menu', 'get', 'security'], [{ default: ['order'] }]),
    change: { group: 'security', path: 'operations[GET /menu].scopes', kind: 'added', after: 'order' },
  },
  {
    what: 'a security scheme',
    parts: inData(['securityScheme'], ['oauth2', 'api_key', 'oauth_basic_auth_api_key_mandatory']),
    change: { group: 'security', path: 'securityScheme', kind: 'added', after: 'api_key' },
  },
  {
    what: 'a transport',
    parts: inData(['transport'], ['https']),
    change: { group: 'security', path: 'transport', kind: 'removed', before: 'http' },
  },
  {
    what: 'the roles of a scope',
    parts: inData(['scopes', 0, 'scope', 'bindings'], ['customer', 'staff']),
    change: { group: 'security', path: 'scopes[order].scope.bindings', kind: 'added', after: 'staff' },
  },
  {
    what: 'a policy of an operation',
    parts: inData(['operations', 1, 'operationPolicies', 'request'], [{ policyName: 'log', policyVersion: 'v1' }]),
    change: { group: 'policies', path: 'operations[GET /menu].operationPolicies.request', after: 'log v1' },
  },
  {
    what: 'a value of a policy',
    parts: inData(['operations', 0, 'operationPolicies', 'request', 0, 'parameters', 'headerValue'], 'no'),
    change: {
      group: 'policies',
      path: 'operations[POST /order].operationPolicies.request[addHeader v1].parameters.headerValue',
      before: 'yes',
      after: 'no',
    },
  },
  {
    what: 'the file of a policy',
    parts: { files: { 'Policies/addHeader_v1.j2': '<header name="X-Shop"/>' } },
    change: { group: 'policies', path: 'policy addHeader_v1.j2', kind: 'added' },
  },
  {
    what: 'a sequence',
    parts: { files: { 'Sequences/in-sequence/Custom/log.xml': '<log/>' } },
    change: { group: 'policies', kind: 'added' },
  },
  {
    what: 'the throttling of an operation',
    parts: inOperation(0, '/order', 'post', 'throttlingPolicy', 'x-throttling-tier', '10KPerMin'),
    change: { group: 'throttling', path: 'operations[POST /order].throttlingPolicy', after: '10KPerMin' },
  },
  {
    what: 'the throttling of the API',
    parts: inData(['apiThrottlingPolicy'], '50KPerMin'),
    change: { group: 'throttling', path: 'apiThrottlingPolicy', before: 'Unlimited', after: '50KPerMin' },
  },
  {
    what: 'a subscription policy',
    parts: inData(['policies'], ['Unlimited']),
    change: { group: 'throttling', path: 'policies', kind: 'removed', before: 'Gold' },
  },
  {
    what: 'an origin of CORS',
    parts: inData(['corsConfiguration', 'accessControlAllowOrigins'], ['*']),
    change: { group: 'cors', path: 'corsConfiguration.accessControlAllowOrigins', kind: 'added', after: '*' },
  },
  {
    what: 'the life cycle state',
    parts: {},
    wish: { lifecycle: 'DEPRECATED' },
    change: { group: 'lifecycle', path: 'lifeCycleStatus', before: 'PUBLISHED', after: 'DEPRECATED' },
  },
  {
    what: 'the description',
    parts: inData(['description'], 'Bakes pizza.'),
    change: { group: 'documents', path: 'description', after: 'Bakes pizza.' },
  },
  { what: 'a tag', parts: inData(['tags'], ['pizza']), change: { group: 'documents', path: 'tags', before: 'food' } },
  {
    what: 'the summary of an operation',
    parts: inDefinition(['paths', '/menu', 'get', 'summary'], 'What there is'),
    change: { group: 'documents', path: 'operations[GET /menu].definition.summary' },
  },
  {
    what: 'a document',
    parts: {
      files: {
        'Docs/Guide/document.yaml': 'type: document\ndata:\n  name: Guide\n  type: HOWTO\n  sourceType: MARKDOWN\n',
        'Docs/Guide/Guide': '# Guide\n',
      },
    },
    change: {
      group: 'documents',
      path: 'documents',
      kind: 'added',
      after: expect.stringContaining('Guide (') as unknown as string,
    },
  },
  { what: 'the image', parts: { files: { 'Image/icon.png': 'png' } }, change: { group: 'documents', path: 'image' } },
  {
    what: 'a certificate of a backend',
    parts: {
      files: {
        'Endpoint-certificates/endpoint_certificates.yaml':
          'type: endpoint_certificates\ndata:\n  - { alias: backend, endpoint: https://backend.example.com, certificate: b.crt }\n',
        'Endpoint-certificates/b.crt': '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
      },
    },
    change: { group: 'certificates', path: 'endpointCertificates', kind: 'added' },
  },
  {
    what: 'a gateway',
    parts: { deployments: [{ gateway: 'Default', vhost: undefined, displayOnDevportal: true }] },
    change: {
      group: 'deployment',
      path: 'deployedOn',
      kind: 'added',
      after: 'Default (displayOnDevportal: true)',
    },
  },
  {
    what: 'the context',
    parts: inData(['context'], '/pasta'),
    change: { group: 'general', path: 'context', before: '/pizza', after: '/pasta' },
  },
  {
    what: 'the visibility',
    parts: inData(['visibility'], 'RESTRICTED'),
    change: { group: 'general', path: 'visibility', before: 'PUBLIC', after: 'RESTRICTED' },
  },
  {
    what: 'a property',
    parts: inData(['additionalProperties', 0, 'value'], 'kitchen'),
    change: { group: 'general', path: 'additionalProperties[team].value', before: 'food', after: 'kitchen' },
  },
  {
    what: 'the provider, when it is preserved',
    parts: inData(['provider'], 'jane'),
    wish: { preserveProvider: true },
    change: { group: 'general', path: 'provider', after: 'jane' },
  },
  {
    what: 'the WSDL',
    parts: { files: { 'WSDL/PizzaAPI-1.0.0.wsdl': '<definitions/>' } },
    change: { group: 'operations', path: 'wsdl', kind: 'added' },
  },
  {
    what: 'one of several endpoints (endpoints.yaml)',
    parts: {
      files: {
        'endpoints.yaml':
          'type: endpoints\ndata:\n  - { id: 1, name: second, deploymentStage: PRODUCTION, endpointConfig: { endpoint_type: http } }\n',
      },
    },
    change: { group: 'endpoints', kind: 'added' },
  },
];

describe('a change of', () => {
  test.each(cases)('$what is found, alone, and in its group', ({ parts, wish = {}, change }) => {
    const target = wish.preserveProvider === true ? stateOf(apiProject(), wish) : stateOf(apiProject());
    const desired = stateOf(apiProject(parts), wish);
    const changes = compareStates(desired, target);
    const groups = new Set(changes.map(({ group }) => group));
    expect([...groups]).toEqual([change.group]);
    expect(changes[0]).toMatchObject(change);
    expect(desired.digest).not.toBe(target.digest);
  });

  test('nothing but a secret leaves the digest as it is, and is a change', () => {
    const parts = inData([...security, 'password'], 'another');
    expect(stateOf(apiProject(parts)).digest).toBe(stateOf(apiProject()).digest);
    expect(changesOf(parts)).toEqual([
      {
        group: 'endpoints',
        path: 'endpointConfig.endpoint_security.production.password',
        kind: 'changed',
        before: '•••',
        after: '•••',
        secret: true,
      },
    ]);
  });
});

describe('secrets', () => {
  const hidden = inData([...security, 'password'], '');

  test('that the target does not tell count as changed', () => {
    expect(changesOf({}, {}, hidden)).toMatchObject([
      {
        secret: true,
        kind: 'changed',
        uncertain: true,
        note: expect.stringContaining('cannot be compared') as unknown as string,
      },
    ]);
  });

  test('that the project has lost are told, since an import would empty them', () => {
    expect(changesOf(hidden)).toMatchObject([
      { secret: true, note: expect.stringContaining('empties it') as unknown as string },
    ]);
  });

  test('that nobody tells are no change', () => {
    expect(changesOf(hidden, {}, hidden)).toEqual([]);
    const absent = inData([...security, 'password'], undefined);
    expect(changesOf(absent, {}, hidden)).toEqual([]);
  });

  test('in a URL are hidden, and compared', () => {
    const [before, after] = ['one', 'two'].map((word) =>
      inData(production, `https://shop:${word}-secret@b.example.com/x`),
    );
    const changes = changesOf(after ?? {}, {}, before);
    expect(changes).toMatchObject([{ secret: true, path: 'endpointConfig.production_endpoints.url (password)' }]);
    expect(JSON.stringify([...stateOf(apiProject(after)).facts])).not.toContain('two-secret');
  });

  test('are in no JSON and no text of a state', () => {
    const state = stateOf(apiProject());
    expect(state.secrets.size).toBe(1);
    expect(JSON.stringify({ ...state, facts: [...state.facts], stated: [...state.stated] })).not.toContain('hunter2');
    expect(inspect(state, { depth: 9, showHidden: true })).not.toContain('hunter2');
  });
});
