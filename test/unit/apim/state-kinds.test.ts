/** API products, applications, and certificates that params bring. */
import { describe, expect, test } from '@jest/globals';
import { compareStates, leftovers } from '@wso2-delivery/shared/apim/state-compare';
import { stateOf, type ApiState, type StateWish } from '@wso2-delivery/shared/apim/state';
import { formatYaml, parseYaml } from '@wso2-delivery/shared/formats/yaml';
import { apiProject, changed, exportedData } from '../../support/api-projects.ts';

type Table = Record<string, unknown>;
type Path = readonly (string | number)[];

const product = parseYaml(`
id: e62c19bf
name: Shop
context: /shop
version: 1.0.0
provider: admin
state: PUBLISHED
transport: [http, https]
policies: [Gold, Bronze]
apiType: APIPRODUCT
createdTime: '1'
apis:
  - name: PizzaAPI
    apiId: 4df14bdd
    version: 1.0.0
    operations:
      - { id: '', target: /menu, verb: GET, authType: Application & Application User, throttlingPolicy: Unlimited, scopes: [], usedProductIds: [x] }
      - { id: '', target: /order, verb: POST, authType: Application & Application User, throttlingPolicy: Unlimited, scopes: [order] }
  - { name: PastaAPI, apiId: a2479626, version: 2.0.0, operations: [{ target: /menu, verb: GET }] }
`) as Table;

const application = parseYaml(`
applicationInfo:
  applicationId: 1f2e
  name: Portal
  throttlingPolicy: Unlimited
  description: The portal
  tokenType: JWT
  status: APPROVED
  groups: []
  subscriptionCount: 2
  owner: admin
  attributes: { team: web }
  keys:
    - { keyMappingId: 7, keyManager: Resident Key Manager, keyType: PRODUCTION, consumerKey: key-of-the-app, consumerSecret: c2VjcmV0LW9mLXRoZS1hcHA=, supportedGrantTypes: [client_credentials], token: { accessToken: token-of-the-app } }
subscribedAPIs:
  - { apiId: { providerName: admin, apiName: PizzaAPI, version: 1.0.0, id: 4 }, throttlingPolicy: Gold }
  - { apiId: { providerName: admin, apiName: PastaAPI, version: 2.0.0, id: 5 }, throttlingPolicy: Unlimited }
`) as Table;

function stateIn(kind: 'api_product' | 'application', data: Table, wish: StateWish = {}, more: Table = {}): ApiState {
  const files = new Map([[`${kind}.yaml`, Buffer.from(formatYaml({ type: kind, version: 'v4.7.0', data }))]]);
  for (const [name, text] of Object.entries(more)) files.set(name, Buffer.from(String(text)));
  return stateOf({ name: 'Shop', version: '1.0.0', files, deployments: [] }, wish);
}

const ofProduct = (path: Path, value: unknown) => stateIn('api_product', changed(product, path, value));
const ofApplication = (path: Path, value: unknown) => stateIn('application', changed(application, path, value));

describe('an API product', () => {
  const base = stateIn('api_product', product);

  test('does not depend on ids, order and times', () => {
    const [first, second] = product.apis as Table[];
    let other = changed(
      product,
      ['apis'],
      [
        { ...second, apiId: 'x' },
        { ...first, apiId: 'y' },
      ],
    );
    other = changed(changed(other, ['id'], 'z'), ['createdTime'], '2');
    expect(base.kind).toBe('api-product');
    expect(compareStates(stateIn('api_product', other), base)).toEqual([]);
  });

  test.each<[what: string, path: Path, value: unknown, expected: object]>([
    [
      'an API that goes',
      ['apis', 1],
      undefined,
      { path: 'apis', kind: 'removed', breaking: 'the product no longer has PastaAPI:2.0.0' },
    ],
    [
      'an operation that goes',
      ['apis', 0, 'operations', 0],
      undefined,
      { group: 'operations', breaking: 'calls to GET /menu are answered with 404 or 405' },
    ],
    [
      'a scope',
      ['apis', 0, 'operations', 0, 'scopes'],
      ['see'],
      { path: 'apis[PizzaAPI:1.0.0].operations[GET /menu].scopes', breaking: 'tokens need the scope see' },
    ],
    [
      'a policy',
      ['policies'],
      ['Gold'],
      {
        group: 'throttling',
        before: 'Bronze',
        breaking: 'applications that are subscribed with Bronze lose their plan',
      },
    ],
    ['its state', ['state'], 'CREATED', { group: 'lifecycle', breaking: 'it leaves the developer portal' }],
    ['its context', ['context'], '/store', { path: 'context', breaking: 'served at /store, and no longer at /shop' }],
  ])('changes with %s', (_, path, value, expected) => {
    expect(compareStates(ofProduct(path, value), base)).toMatchObject([expected]);
  });

  test('takes policies and the life cycle from elsewhere', () => {
    const wish = {
      configs: { policies: ['Gold'], endpoints: { production: { url: 'https://x' } } },
      lifecycle: 'CREATED',
    };
    expect(compareStates(stateIn('api_product', product, wish), base).map(({ path }) => path)).toEqual([
      'policies',
      'state',
    ]);
  });

  test('has the APIs of its archive in its state only when these are imported with it', () => {
    const inside = { 'APIs/PizzaAPI-1.0.0/api.yaml': formatYaml({ type: 'api', data: exportedData() }) };
    const moved = {
      'APIs/PizzaAPI-1.0.0/api.yaml': formatYaml({
        data: changed(exportedData(), ['operations', 0, 'authType'], 'Application'),
      }),
    };
    expect(
      compareStates(stateIn('api_product', product, {}, moved), stateIn('api_product', product, {}, inside)),
    ).toEqual([]);
    const wish = { dependentApis: true };
    const changes = compareStates(
      stateIn('api_product', product, wish, moved),
      stateIn('api_product', product, wish, inside),
    );
    expect(changes).toMatchObject([
      { path: 'APIs[PizzaAPI-1.0.0].operations[POST /order].authType', breaking: 'tokens of users are refused' },
    ]);
    const configs = {
      dependentAPIs: { 'PizzaAPI-1.0.0': { endpoints: { production: { url: 'https://new.example.com' } } } },
    };
    const paths = compareStates(
      stateIn('api_product', product, { ...wish, configs }, inside),
      stateIn('api_product', product, wish, inside),
    ).map(({ path }) => path);
    expect(paths).toContain('APIs[PizzaAPI-1.0.0].endpointConfig.production_endpoints.url');
  });
});

describe('an application', () => {
  const base = stateIn('application', application);

  test('does not depend on ids, counts, tokens and its owner', () => {
    let other = changed(application, ['applicationInfo', 'applicationId'], 'other');
    other = changed(other, ['applicationInfo', 'subscriptionCount'], 1);
    other = changed(other, ['applicationInfo', 'owner'], 'jane');
    other = changed(other, ['applicationInfo', 'keys', 0, 'token', 'accessToken'], 'another');
    other = changed(other, ['subscribedAPIs', 0, 'apiId', 'providerName'], 'jane');
    expect(base.kind).toBe('application');
    expect(compareStates(stateIn('application', other), base)).toEqual([]);
  });

  test.each<[what: string, path: Path, value: unknown, expected: object]>([
    [
      'its policy',
      ['applicationInfo', 'throttlingPolicy'],
      '10KPerMin',
      { group: 'throttling', breaking: 'limited to 10000 requests a minute, where it was unlimited' },
    ],
    ['an attribute', ['applicationInfo', 'attributes', 'team'], 'shop', { before: 'web', after: 'shop' }],
    [
      'the policy of a subscription',
      ['subscribedAPIs', 0, 'throttlingPolicy'],
      'Bronze',
      { breaking: 'limited to 1000 requests a minute, where it was 5000' },
    ],
    [
      'a secret',
      ['applicationInfo', 'keys', 0, 'consumerSecret'],
      'b3RoZXI=',
      { secret: true, before: '•••', after: '•••' },
    ],
    [
      'a grant type',
      ['applicationInfo', 'keys', 0, 'supportedGrantTypes'],
      ['password', 'client_credentials'],
      { after: 'password' },
    ],
  ])('changes with %s', (_, path, value, expected) => {
    expect(compareStates(ofApplication(path, value), base)).toMatchObject([expected]);
  });

  test('keeps subscriptions that the project does not have: no change, but told', () => {
    const fewer = ofApplication(['subscribedAPIs', 1], undefined);
    expect(compareStates(fewer, base)).toEqual([]);
    expect(leftovers(fewer, base)).toMatchObject([
      { path: 'subscribedAPIs', before: 'PastaAPI:2.0.0 (throttlingPolicy: Unlimited)' },
    ]);
    expect(compareStates(base, fewer)).toMatchObject([{ path: 'subscribedAPIs', kind: 'added' }]);
  });

  test('shows no key, no secret and no token', () => {
    const text = JSON.stringify([[...base.facts], compareStates(ofApplication(['applicationInfo', 'keys'], []), base)]);
    expect(text).not.toMatch(/key-of-the-app|c2VjcmV0|token-of-the-app/);
  });
});

describe('certificates that params bring', () => {
  const pem = (body: string) => Buffer.from(`-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`);
  const configs = {
    endpoints: { production: { url: 'https://backend.example.com/pizza' } },
    certs: [{ hostName: 'https://backend.example.com', alias: 'backend', path: 'backend.crt' }],
    mutualSslCerts: [{ tierName: 'Gold', alias: 'shop', path: 'shop.crt' }],
  };
  const certificates = new Map([
    ['backend.crt', pem('AAAA')],
    ['shop.crt', pem('BBBB')],
  ]);
  const desired = stateOf(apiProject(), { configs, certificates });

  test('belong to the state, and make mutual TLS possible', () => {
    const changes = compareStates(desired, stateOf(apiProject(), { configs: { endpoints: configs.endpoints } }));
    expect(changes).toMatchObject([
      { group: 'security', path: 'securityScheme', after: 'mutualssl' },
      {
        group: 'certificates',
        path: 'clientCertificates',
        after: expect.stringContaining('shop (') as unknown as string,
      },
      {
        group: 'certificates',
        path: 'endpointCertificates',
        after: expect.stringContaining('backend (') as unknown as string,
      },
    ]);
  });

  test('equal those of an export, whose files have other names and breaks', () => {
    const files = {
      'Endpoint-certificates/endpoint_certificates.yaml':
        'data:\n  - { alias: backend, endpoint: https://backend.example.com, certificate: backend_1.crt }\n',
      'Endpoint-certificates/backend_1.crt': pem('AA\nAA'),
      'Client-certificates/client_certificates.yaml':
        'data:\n  - { alias: shop, tierName: Gold, certificate: shop.crt, apiIdentifier: { name: x } }\n',
      'Client-certificates/shop.crt': pem('BBBB'),
    };
    const exported = stateOf(apiProject({ files }), {
      configs: { endpoints: configs.endpoints, mutualSslCerts: undefined },
    });
    expect(compareStates(desired, exported).map(({ path }) => path)).toEqual(['securityScheme']);
  });

  test('stay in the target when the project has them no more', () => {
    const without = stateOf(apiProject(), { configs: { endpoints: configs.endpoints } });
    expect(compareStates(without, desired).map(({ path }) => path)).toEqual(['securityScheme']);
    expect(leftovers(without, desired).map(({ path }) => path)).toEqual(['clientCertificates', 'endpointCertificates']);
  });
});
