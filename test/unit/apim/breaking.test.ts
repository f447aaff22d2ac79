import { describe, expect, test } from '@jest/globals';
import { breakingRules } from '@wso2-delivery/shared/apim/breaking';
import { compareStates } from '@wso2-delivery/shared/apim/state-compare';
import { stateOf, type StateWish } from '@wso2-delivery/shared/apim/state';
import type { Deployment } from '@wso2-delivery/shared/apim/archive';
import {
  apiProject,
  changed,
  exportedData,
  exportedDefinition,
  type ProjectParts,
} from '../../support/api-projects.ts';

type Path = readonly (string | number)[];
type Edit = readonly [part: 'data' | 'definition', path: Path, value: unknown];

/** The export with these edits. */
function parts(edits: readonly Edit[], rest: ProjectParts = {}): ProjectParts {
  let data = exportedData();
  let definition = exportedDefinition();
  for (const [part, path, value] of edits) {
    if (part === 'data') data = changed(data, path, value);
    else definition = changed(definition, path, value);
  }
  return { data, definition, ...rest };
}

/** Why callers break when the target, which is the export with `from`, becomes the export with `to`. */
function reasons(
  from: readonly Edit[],
  to: readonly Edit[],
  wishes: readonly [from: StateWish, to: StateWish] = [{}, {}],
): string[] {
  const [before, after] = wishes;
  return compareStates(stateOf(apiProject(parts(to)), after), stateOf(apiProject(parts(from)), before)).flatMap(
    ({ breaking }) => breaking ?? [],
  );
}

const data = (path: Path, value: unknown): Edit => ['data', path, value];
const definition = (path: Path, value: unknown): Edit => ['definition', path, value];
const menu = (key: string, value: unknown) => definition(['paths', '/menu', 'get', key], value);
const order = (key: string, value: unknown) => definition(['paths', '/order', 'post', key], value);
const scopes = (...names: string[]) => [{ default: names }];
const cors = (key: string, value: unknown) => data(['corsConfiguration', key], value);
const limit = ['paths', '/menu', 'get', 'parameters', 0];
const schema = ['components', 'schemas', 'Order'];

/** From → to is breaking, for this reason; back again is not, unless `back` says why. */
const cases: readonly {
  readonly what: string;
  readonly from?: readonly Edit[];
  readonly to?: readonly Edit[];
  readonly why: string;
  readonly back?: string;
}[] = [
  {
    what: 'An operation is removed',
    to: [definition(['paths', '/menu'], undefined)],
    why: 'calls to GET /menu are answered with 404 or 405',
  },
  {
    what: 'The context changes',
    to: [data(['context'], '/pasta')],
    why: 'served at /pasta, and no longer at /pizza',
    back: 'served at /pizza, and no longer at /pasta',
  },
  {
    what: 'It is no longer the default version',
    from: [data(['isDefaultVersion'], true)],
    why: 'calls without a version in the path no longer reach it',
  },
  {
    what: 'The type of the API changes',
    to: [data(['type'], 'WS')],
    why: 'it is of the type WS, and no longer HTTP',
    back: 'it is of the type HTTP, and no longer WS',
  },
  { what: 'A transport is removed', to: [data(['transport'], ['https'])], why: 'calls over http are refused' },
  {
    what: 'An operation needs a scope, or another one',
    to: [menu('security', scopes('order'))],
    why: 'tokens need the scope order',
  },
  {
    what: 'An operation needs a scope, or another one',
    from: [order('security', scopes('order', 'eat'))],
    why: 'tokens that have the scope eat alone are refused',
  },
  {
    what: 'A scope is bound to roles, or to fewer',
    from: [data(['scopes', 0, 'scope', 'bindings'], ['customer', 'staff'])],
    why: 'users with the role staff no longer get the scope',
  },
  {
    what: 'A scope is bound to roles, or to fewer',
    from: [data(['scopes', 0, 'scope', 'bindings'], [])],
    why: 'only users with the role customer get the scope',
    back: 'users with the role customer no longer get the scope',
  },
  {
    what: 'The authentication of an operation is tightened',
    to: [menu('x-auth-type', 'Application & Application User')],
    why: 'calls without a token are refused',
  },
  {
    what: 'The authentication of an operation is tightened',
    to: [order('x-auth-type', 'Application User')],
    why: 'tokens of applications are refused',
  },
  {
    what: 'A way to authenticate is removed, or a certificate or token becomes mandatory',
    to: [
      data(['securityScheme'], ['oauth2', 'mutualssl', 'mutualssl_mandatory', 'oauth_basic_auth_api_key_mandatory']),
    ],
    why: 'callers need a client certificate',
    back: 'callers that authenticate with mutualssl are refused',
  },
  {
    what: 'A way to authenticate is removed, or a certificate or token becomes mandatory',
    from: [data(['securityScheme'], ['oauth2', 'api_key', 'oauth_basic_auth_api_key_mandatory'])],
    why: 'callers that authenticate with api_key are refused',
  },
  {
    what: 'A way to authenticate is removed, or a certificate or token becomes mandatory',
    from: [data(['securityScheme'], ['oauth2', 'mutualssl'])],
    to: [data(['securityScheme'], ['oauth2', 'mutualssl', 'oauth_basic_auth_api_key_mandatory'])],
    why: 'a client certificate alone is not enough: callers need a token or key',
  },
  {
    what: 'The header of the token or of the API key changes',
    to: [data(['authorizationHeader'], 'X-Token')],
    why: 'the credential is read from X-Token, and no longer from Authorization',
    back: 'the credential is read from Authorization, and no longer from X-Token',
  },
  {
    what: 'Tokens of a key manager or for an audience are refused',
    to: [data(['keyManagers'], ['Resident Key Manager'])],
    why: 'tokens of other key managers than the listed are refused',
  },
  {
    what: 'Tokens of a key manager or for an audience are refused',
    from: [data(['audiences'], ['shop', 'kitchen'])],
    to: [data(['audiences'], ['shop'])],
    why: 'tokens of kitchen are refused',
  },
  {
    what: 'Throttling is tightened',
    to: [order('x-throttling-tier', '10KPerMin')],
    why: 'limited to 10000 requests a minute, where it was unlimited',
  },
  {
    what: 'Throttling is tightened',
    to: [data(['apiThrottlingPolicy'], 'ShopPolicy')],
    why: 'limited by the policy ShopPolicy, where there was no limit',
  },
  {
    what: 'The backend limit is lowered',
    from: [data(['maxTps'], { production: 100 })],
    to: [data(['maxTps'], { production: 50 })],
    why: 'no more than 50 requests a second reach the backend',
  },
  {
    what: 'A subscription becomes necessary, or a subscription policy is removed',
    to: [data(['policies'], ['Unlimited'])],
    why: 'applications that are subscribed with Gold lose their plan',
  },
  {
    what: 'A subscription becomes necessary, or a subscription policy is removed',
    from: [data(['policies'], ['DefaultSubscriptionless'])],
    to: [data(['policies'], ['DefaultSubscriptionless', 'Gold'])],
    why: '',
    back: 'applications that are subscribed with Gold lose their plan',
  },
  {
    what: 'A subscription becomes necessary, or a subscription policy is removed',
    from: [data(['policies'], ['DefaultSubscriptionless', 'Gold'])],
    to: [data(['policies'], ['Gold'])],
    why: 'callers need a subscription',
  },
  {
    what: 'Fewer people see it in the developer portal, or may subscribe',
    to: [data(['visibility'], 'RESTRICTED')],
    why: 'only restricted in the portal',
  },
  {
    what: 'Fewer people see it in the developer portal, or may subscribe',
    from: [data(['visibleRoles'], ['staff', 'customer'])],
    to: [data(['visibleRoles'], ['staff'])],
    why: 'customer loses access',
  },
  {
    what: 'Fewer people see it in the developer portal, or may subscribe',
    from: [data(['subscriptionAvailability'], 'ALL_TENANTS')],
    why: 'open to CURRENT_TENANT alone',
  },
  {
    what: 'The life cycle takes it away from callers',
    to: [data(['lifeCycleStatus'], 'BLOCKED')],
    why: 'calls are refused',
  },
  {
    what: 'The life cycle takes it away from callers',
    to: [data(['lifeCycleStatus'], 'CREATED')],
    why: 'it leaves the developer portal',
  },
  {
    what: 'The life cycle takes it away from callers',
    from: [data(['lifeCycleStatus'], 'DEPRECATED')],
    to: [data(['lifeCycleStatus'], 'RETIRED')],
    why: 'it is taken from the gateways',
  },
  {
    what: 'CORS is switched off or narrowed',
    to: [cors('corsConfigurationEnabled', false)],
    why: 'browsers get no CORS headers',
  },
  {
    what: 'CORS is switched off or narrowed',
    from: [cors('accessControlAllowOrigins', ['*'])],
    why: 'browsers may not use others than the listed',
  },
  {
    what: 'CORS is switched off or narrowed',
    to: [cors('accessControlAllowMethods', ['GET'])],
    why: 'browsers may not use POST',
  },
  {
    what: 'CORS is switched off or narrowed',
    from: [cors('accessControlAllowCredentials', true)],
    why: 'browsers may not send credentials',
  },
  {
    what: 'Requests are checked against the definition',
    to: [data(['enableSchemaValidation'], true)],
    why: 'requests that do not fit the definition are refused',
  },
  {
    what: 'It is only advertised',
    to: [data(['advertiseInfo', 'advertised'], true)],
    why: 'the gateway no longer serves it',
  },
  {
    what: 'A parameter becomes necessary',
    to: [definition([...limit, 'required'], true)],
    why: 'calls without the parameter are refused',
  },
  {
    what: 'A parameter becomes necessary',
    to: [order('parameters', [{ name: 'X-Shop', in: 'header', required: true, schema: { type: 'string' } }])],
    why: 'calls without the parameter are refused',
  },
  {
    what: 'A body becomes necessary',
    from: [definition(['paths', '/order', 'post', 'requestBody', 'required'], false)],
    why: 'calls without a body are refused',
  },
  {
    what: 'A media type is removed from requests or answers',
    from: [definition(['paths', '/order', 'post', 'requestBody', 'content', 'application/xml'], { schema: {} })],
    why: 'bodies in application/xml are refused',
  },
  {
    what: 'A media type is removed from requests or answers',
    from: [definition(['paths', '/menu', 'get', 'responses', '200', 'content'], { 'text/html': { schema: {} } })],
    why: 'there are no answers in text/html',
  },
  {
    what: 'A successful answer is removed',
    to: [definition(['paths', '/order', 'post', 'responses', '201'], undefined)],
    why: 'it no longer answers with 201',
  },
  {
    what: 'A value has another type, or another schema',
    to: [definition([...schema, 'properties', 'count', 'type'], 'string')],
    why: 'string where there was integer',
    back: 'integer where there was string',
  },
  {
    what: 'A property becomes necessary',
    to: [definition([...schema, 'required'], ['pizza', 'count'])],
    why: 'count has to be there',
  },
  {
    what: 'A property or a schema is removed',
    to: [definition([...schema, 'properties', 'count'], undefined)],
    why: 'count is no longer there',
  },
  {
    what: 'A value of an enumeration is removed',
    to: [definition(['paths', '/menu', 'get', 'parameters', 1, 'schema', 'enum'], ['en'])],
    why: 'de is no longer a value',
  },
];

describe('callers break when', () => {
  test.each(cases)('$what: $why', ({ from = [], to = [], why, back = '' }) => {
    expect(reasons(from, to).join()).toBe(why);
    expect(reasons(to, from).join()).toBe(back);
  });

  test('it is taken from a gateway, or served on another host', () => {
    const on = (gateway: string, vhost?: string): StateWish => ({
      deployments: [{ gateway, vhost, displayOnDevportal: true } satisfies Deployment],
    });
    expect(reasons([], [], [on('Default'), on('Other')])).toEqual(['the gateway Default no longer serves it']);
    expect(reasons([], [], [on('Default', 'a.example.com'), on('Default', 'b.example.com')])).toEqual([
      'served on b.example.com, and no longer on a.example.com',
    ]);
    expect(reasons([], [], [on('Default'), on('Default', 'b.example.com')])).toEqual([]);
  });

  test('a client certificate is replaced', () => {
    const files = (body: string) => ({
      'Client-certificates/client_certificates.yaml':
        'data:\n  - { alias: shop, tierName: Gold, certificate: shop.crt }\n',
      'Client-certificates/shop.crt': `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`,
    });
    const [before, after] = ['AAAA', 'BBBB'].map((body) => stateOf(apiProject({ files: files(body) })));
    if (before === undefined || after === undefined) throw new Error('two states');
    expect(compareStates(after, before)).toMatchObject([
      { group: 'certificates', breaking: 'callers with the certificate that was there are refused' },
    ]);
  });

  test('nothing of what only reads better does', () => {
    const harmless = [
      data(['description'], 'Bakes pizza.'),
      data(['tags'], ['pizza', 'food', 'new']),
      data(['policies'], ['Gold', 'Unlimited', 'Silver']),
      data(['endpointConfig', 'production_endpoints', 'url'], 'https://new.example.com'),
      definition(['paths', '/menu', 'post'], { responses: {} }),
      definition(['paths', '/menu', 'get', 'parameters', 2], {
        name: 'page',
        in: 'query',
        schema: { type: 'integer' },
      }),
      definition([...schema, 'properties', 'note'], { type: 'string' }),
      order('security', scopes('order', 'eat')),
    ];
    expect(reasons([], harmless)).toEqual([]);
  });

  test('a change that breaks comes first', () => {
    const changes = compareStates(
      stateOf(
        apiProject(parts([data(['description'], 'x'), data(['transport'], ['https']), data(['cacheTimeout'], 5)])),
      ),
      stateOf(apiProject()),
    );
    expect(changes.map(({ path }) => path)).toEqual(['transport', 'cacheTimeout', 'description']);
  });
});

test('every rule is tested, here or with products and applications', () => {
  const elsewhere = [
    'It is taken from a gateway environment, or served on another host',
    'A client certificate is replaced',
    'An API is taken out of a product',
    'A subscription of an application is removed or moved to a tighter policy',
  ];
  const tested = new Set([...cases.map(({ what }) => what), ...elsewhere]);
  expect(breakingRules.map(({ what }) => what).filter((what) => !tested.has(what))).toEqual([]);
  expect([...tested].filter((what) => !breakingRules.some((rule) => rule.what === what))).toEqual([]);
});
