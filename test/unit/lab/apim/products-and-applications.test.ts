import { mkdtemp, rm } from 'node:fs/promises';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startApiManager, type ApiManager } from '@wso2-delivery/lab/apim/api-manager';
import { formatYaml, parseYaml } from '@wso2-delivery/shared/formats/yaml';
import { readZip, writeZip } from '@wso2-delivery/shared/formats/zip';
import { testPorts, type TestPorts } from '../../../support/ports.ts';

const examples = join(import.meta.dirname, '../../../../examples');
const publisher = '/api/am/publisher/v4';
const devportal = '/api/am/devportal/v3';
const admin = '/api/am/admin/v4';

let manager: ApiManager;
let ports: TestPorts;
let bearer: string;

beforeEach(async () => {
  ports = testPorts();
  manager = await startApiManager({
    name: 'dev',
    users: { admin: 'admin', ann: 'pw' },
    personalTokens: { pat: 'admin' },
  });
  bearer = 'pat';
});
afterEach(async () => {
  await manager.close();
  ports.dispose();
});

describe('importing an API product', () => {
  test('without its APIs it is refused; with importAPIs they come first', async () => {
    const alone = await importTo(`${publisher}/api-products/import`, await product());
    expect([alone.status, alone.text()]).toEqual([404, expect.stringContaining('API: EmployeeAPI version: 1.0.0')]);
    expect(manager.products).toEqual([]);
    const all = await importTo(`${publisher}/api-products/import?importAPIs=true`, await product());
    expect(all.status).toBe(200);
    expect(manager.apis.map(({ name }) => name)).toEqual(['EmployeeAPI']);
    expect(manager.products).toMatchObject([{ name: 'EmployeeProduct', lifeCycleStatus: 'PUBLISHED' }]);
    expect(manager.products[0]?.working.api.apis).toMatchObject([{ apiId: manager.apis[0]?.id }]);
  });

  test('APIs that are there stay as they are, unless overwriteAPIs says otherwise', async () => {
    const changed = await product({
      'APIs/EmployeeAPI-1.0.0/api.yaml': (text) => text.replace('Reads the', 'Gives the'),
    });
    await manager.addProduct(await product());
    await importTo(`${publisher}/api-products/import?importAPIs=true&overwriteAPIProduct=true`, changed);
    expect(manager.apis[0]?.working.api.description).toContain('Reads the');
    await importTo(`${publisher}/api-products/import?overwriteAPIs=true&overwriteAPIProduct=true`, changed);
    expect(manager.apis[0]?.working.api.description).toContain('Gives the');
  });

  test('an operation that no API has is refused', async () => {
    const wrong = await product({ 'api_product.yaml': (text) => text.replace('/{id}', '/salaries') });
    const answer = await importTo(`${publisher}/api-products/import?importAPIs=true`, wrong);
    expect([answer.status, answer.text()]).toEqual([404, expect.stringContaining('Cannot find API resources')]);
  });

  test('one that exists is refused without overwriteAPIProduct', async () => {
    await manager.addProduct(await product());
    expect((await importTo(`${publisher}/api-products/import`, await product())).status).toBe(409);
  });

  test('params: its own policies and deployments, and dependentAPIs for the APIs in the archive', async () => {
    const params = {
      policies: ['Silver'],
      deploymentEnvironments: [{ deploymentEnvironment: 'Default' }],
      dependentAPIs: { 'EmployeeAPI-1.0.0': { endpoints: { production: { url: 'https://b' } } } },
    };
    const inner = await product({}, 'SourceArchive');
    const wrapped = await zipOf([
      ['EmployeeProduct-1.0.0/SourceArchive.zip', inner],
      ['EmployeeProduct-1.0.0/intermediate_params.yaml', Buffer.from(formatYaml(params))],
    ]);
    const answer = await importTo(`${publisher}/api-products/import?importAPIs=true`, wrapped);
    expect(answer.status).toBe(200);
    expect(manager.products[0]?.working.api.policies).toEqual(['Silver']);
    expect(manager.apis[0]?.working.api.endpointConfig).toMatchObject({ production_endpoints: { url: 'https://b' } });
  });
});

describe('an API product that is there', () => {
  beforeEach(async () => {
    await manager.addProduct(await product());
  });

  test('serves on its own context on the gateway, by the backends of its APIs', async () => {
    const unsecured = await gateway('/staff/1.0.0/7');
    expect(unsecured.status).toBe(401);
    const served = await gateway('/staff/1.0.0/7', 'any');
    expect(served.json()).toMatchObject({
      api: 'EmployeeProduct:1.0.0',
      backend: 'http://employee-service.dev.example.com:8290/employees/7',
    });
    expect((await gateway('/employees/1.0.0/7', 'any')).status).toBe(404);
  });

  test('is found, described, exported with its APIs as they are now, and has revisions like an API', async () => {
    const id = manager.products[0]?.id ?? '';
    const found = (await get(`${publisher}/search?query=${encodeURIComponent('type:"APIProduct"')}`)).json();
    expect(found).toMatchObject({ count: 1, list: [{ id, type: 'APIPRODUCT', name: 'EmployeeProduct' }] });
    const rows = (await get(`${publisher}/api-products`)).json();
    expect(rows).toMatchObject({ list: [{ id, state: 'PUBLISHED' }] });
    expect((await get(`${publisher}/api-products/${id}`)).json()).toMatchObject({ id, context: '/staff' });
    manager.apis[0]!.working.api.description = 'as it is now';
    const zip = await get(`${publisher}/api-products/export?name=EmployeeProduct&version=1.0.0&revisionNumber=1`);
    const entries = await readZip(zip.body);
    const file = (name: string) => entries.find((entry) => entry.name.endsWith(name))?.data.toString('utf8');
    expect(file('EmployeeProduct-1.0.0/api_product.yaml')).toContain('state: PUBLISHED');
    expect(file('EmployeeProduct-1.0.0/deployment_environments.yaml')).toContain('Default');
    expect(file('APIs/EmployeeAPI-1.0.0/api.yaml')).toContain('as it is now');
    const revisions = (await get(`${publisher}/api-products/${id}/revisions`)).json();
    expect(revisions).toMatchObject({ list: [{ displayName: 'Revision 1', deploymentInfo: [{ name: 'Default' }] }] });
  });

  test('keeps its APIs from being removed', async () => {
    const [api] = manager.apis;
    const [one] = manager.products;
    const refused = await call('DELETE', `${publisher}/apis/${api?.id}`);
    expect([refused.status, refused.text()]).toEqual([409, expect.stringContaining('EmployeeProduct-1.0.0')]);
    expect((await call('DELETE', `${publisher}/api-products/${one?.id}`)).status).toBe(200);
    expect((await call('DELETE', `${publisher}/apis/${api?.id}`)).status).toBe(200);
  });

  test('changes its state', async () => {
    const [one] = manager.products;
    const path = `${publisher}/api-products/change-lifecycle?action=Block&apiProductId=${one?.id}`;
    expect((await call('POST', path)).status).toBe(200);
    expect(one?.lifeCycleStatus).toBe('BLOCKED');
  });
});

describe('importing an application', () => {
  test('subscribes it to what is published with the policy, and answers 207 for the rest', async () => {
    const partly = await importTo(`${devportal}/applications/import`, await application());
    expect(partly.status).toBe(207);
    expect(partly.json()).toMatchObject({ list: [{ name: 'EmployeeAPI' }, { name: 'EmployeeProduct' }] });
    expect(manager.applications).toMatchObject([{ name: 'EmployeePortal', owner: 'admin', subscriptions: [] }]);
    await manager.addProduct(await product());
    const whole = await importTo(`${devportal}/applications/import?update=true`, await application());
    expect(whole.status).toBe(201);
    expect(subscriptions()).toEqual(['EmployeeAPI Unlimited', 'EmployeeProduct Gold']);
  });

  test('never takes a subscription away nor moves it to another policy', async () => {
    await manager.addProduct(await product());
    await manager.addApplication(await application());
    const less = await application({ subscribedAPIs: [subscription('EmployeeProduct', 'Bronze')] });
    expect((await importTo(`${devportal}/applications/import?update=true`, less)).status).toBe(201);
    expect(subscriptions()).toEqual(['EmployeeAPI Unlimited', 'EmployeeProduct Gold']);
  });

  test('refuses a subscription that exists when it is no update', async () => {
    await manager.addProduct(await product());
    await manager.addApplication(await application());
    expect((await importTo(`${devportal}/applications/import`, await application())).status).toBe(409);
  });

  test.each([
    { query: '', owner: 'admin' },
    { query: '?preserveOwner=true', owner: 'bob' },
    { query: '?preserveOwner=true&appOwner=ann', owner: 'ann' },
  ])('its owner with "$query" is $owner', async ({ query, owner }) => {
    await importTo(
      `${devportal}/applications/import${query}`,
      await application({ applicationInfo: { owner: 'bob' } }),
    );
    expect(manager.applications.map((each) => each.owner)).toEqual([owner]);
  });

  test('keys come with the archive, are replaced by an update, and are left alone with skipApplicationKeys', async () => {
    const keyed = (consumerKey: string) => application({ applicationInfo: { keys: [key(consumerKey)] } });
    const held = () =>
      manager.applications[0]?.keys.map(({ consumerKey, consumerSecret }) => [consumerKey, consumerSecret]);
    await importTo(`${devportal}/applications/import`, await keyed('first'));
    expect(held()).toEqual([['first', 'very secret']]);
    await importTo(`${devportal}/applications/import`, await keyed('second'));
    expect(held()).toEqual([['first', 'very secret']]);
    await importTo(`${devportal}/applications/import?update=true&skipApplicationKeys=true`, await keyed('second'));
    expect(held()).toEqual([['first', 'very secret']]);
    await importTo(`${devportal}/applications/import?update=true`, await keyed('second'));
    expect(held()).toEqual([['second', 'very secret']]);
  });
});

describe('an application that is there', () => {
  beforeEach(async () => {
    await manager.addProduct(await product());
    await manager.addApplication(await application({ applicationInfo: { keys: [key('ckey')] } }));
  });

  test.each([
    { withKeys: false, keys: [] },
    { withKeys: true, keys: [{ consumerKey: 'ckey', consumerSecret: Buffer.from('very secret').toString('base64') }] },
  ])('is exported with keys: $withKeys', async ({ withKeys, keys }) => {
    const path = `${devportal}/applications/export?appName=EmployeePortal&appOwner=admin&withKeys=${withKeys}`;
    const entries = await readZip((await get(path)).body);
    expect(entries.map(({ name }) => name)).toContain('admin-EmployeePortal/application.yaml');
    const text = entries.find(({ name }) => name.endsWith('application.yaml'))?.data.toString('utf8') ?? '';
    expect(parseYaml(text)).toMatchObject({
      data: { applicationInfo: { name: 'EmployeePortal', keys }, subscribedAPIs: [{}, {}] },
    });
  });

  test('is listed to its owner by the devportal and to everybody by the admin API, which also removes it', async () => {
    expect((await get(`${devportal}/applications`)).json()).toMatchObject({ count: 1 });
    const found = (await get(`${admin}/applications?user=admin&name=EmployeePortal`)).json();
    const id = manager.applications[0]?.id ?? '';
    expect(found).toMatchObject({ list: [{ applicationId: id, owner: 'admin' }] });
    expect((await call('DELETE', `${admin}/applications/${id}`)).status).toBe(200);
    expect(manager.applications).toEqual([]);
    expect((await get(`${devportal}/applications/export?appName=EmployeePortal&appOwner=admin`)).status).toBe(404);
  });

  test('keeps the APIs that it is subscribed to from being removed', async () => {
    const [one] = manager.products;
    expect((await call('DELETE', `${publisher}/api-products/${one?.id}`)).status).toBe(409);
  });
});

function subscriptions(): string[] | undefined {
  return manager.applications[0]?.subscriptions.map(({ api, throttlingPolicy }) => `${api.name} ${throttlingPolicy}`);
}

function subscription(apiName: string, throttlingPolicy: string): object {
  return { apiId: { providerName: 'admin', apiName, version: '1.0.0' }, throttlingPolicy };
}

function key(consumerKey: string): object {
  return {
    keyType: 'PRODUCTION',
    consumerKey,
    consumerSecret: Buffer.from('very secret').toString('base64'),
    supportedGrantTypes: ['client_credentials'],
  };
}

async function product(
  changes: Readonly<Record<string, (text: string) => string>> = {},
  root?: string,
): Promise<Buffer> {
  return packed(join(examples, 'employee-product/EmployeeProduct-1.0.0'), changes, root);
}

async function application(changes: { applicationInfo?: object; subscribedAPIs?: object[] } = {}): Promise<Buffer> {
  return packed(join(examples, 'employee-portal/admin-EmployeePortal'), {
    'application.yaml': (text) => {
      const document = parseYaml(text) as { data: { applicationInfo: object; subscribedAPIs: object[] } };
      Object.assign(document.data.applicationInfo, changes.applicationInfo);
      if (changes.subscribedAPIs !== undefined) document.data.subscribedAPIs = changes.subscribedAPIs;
      return formatYaml(document);
    },
  });
}

async function packed(
  folder: string,
  changes: Readonly<Record<string, (text: string) => string>>,
  root = basename(folder),
): Promise<Buffer> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  return zipOf(
    names.map((name) => {
      const data = readFileSync(join(folder, name));
      const change = changes[name];
      return [`${root}/${name}`, change === undefined ? data : Buffer.from(change(data.toString('utf8')))];
    }),
  );
}

async function zipOf(files: [string, Buffer][]): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'zip-'));
  try {
    await writeZip(
      join(folder, 'a.zip'),
      files.map(([name, data]) => ({ name, data })),
    );
    return readFileSync(join(folder, 'a.zip'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

function get(path: string) {
  return call('GET', path);
}

function call(method: 'GET' | 'POST' | 'DELETE', path: string, body?: Buffer, type = 'application/json') {
  return ports.http.request({
    method,
    url: `${manager.url}${path}`,
    headers: { authorization: `Bearer ${bearer}`, 'content-type': type },
    ca: manager.ca,
    ...(body === undefined ? {} : { body }),
  });
}

function importTo(path: string, archive: Buffer) {
  const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.zip"\r\n\r\n';
  const body = Buffer.concat([Buffer.from(head), archive, Buffer.from('\r\n--b--\r\n')]);
  return call('POST', path, body, 'multipart/form-data; boundary=b');
}

function gateway(path: string, token?: string) {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return ports.http.request({ method: 'GET', url: `${manager.gateways.Default}${path}`, headers, ca: manager.ca });
}
