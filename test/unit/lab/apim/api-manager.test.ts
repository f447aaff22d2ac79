import { mkdtemp, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startApiManager, type ApiManager } from '@wso2-delivery/lab/apim/api-manager';
import { readZip, writeZip } from '@wso2-delivery/shared/formats/zip';
import { testPorts, type TestPorts } from '../../../support/ports.ts';

const publisher = '/api/am/publisher/v4';
let manager: ApiManager;
let ports: TestPorts;

beforeEach(async () => {
  ports = testPorts();
  manager = await startApiManager({ name: 'dev', gateways: ['Default', 'Second'] });
});
afterEach(async () => {
  await manager.close();
  ports.dispose();
});

describe('who may call', () => {
  test('a wrong password registers no client', async () => {
    const answer = await register('admin', 'wrong');
    expect(answer.status).toBe(401);
  });

  test('the password, client_credentials and refresh_token grants give tokens, and a refresh token works once', async () => {
    const first = await token({ grant_type: 'password', username: 'admin', password: 'admin' });
    expect(first.status).toBe(200);
    expect((await token({ grant_type: 'client_credentials' })).status).toBe(200);
    const { refresh_token: refresh } = first.json() as { refresh_token: string };
    expect((await token({ grant_type: 'refresh_token', refresh_token: refresh })).status).toBe(200);
    expect((await token({ grant_type: 'refresh_token', refresh_token: refresh })).status).toBe(400);
  });

  test('the publisher answers 401 without a token, with an invented one and after all tokens were ended', async () => {
    const bearer = await login();
    expect((await get('/apis', bearer)).status).toBe(200);
    expect((await get('/apis', 'invented')).status).toBe(401);
    manager.expireTokens();
    expect((await get('/apis', bearer)).status).toBe(401);
  });
});

test.each([
  ['apim:api_view', { list: 200, settings: 401, import: 401, revisions: 401 }],
  ['apim:api_import_export', { list: 200, settings: 401, import: 400, revisions: 200 }],
  ['apim:api_create apim:publisher_settings', { list: 401, settings: 200, import: 401, revisions: 200 }],
])('a token with %s opens what this scope is for', async (scope, expected) => {
  await importZip(await login(), await project());
  const bearer = await login(scope);
  const id = manager.apis[0]?.id ?? '';
  const [list, settings, imported, revisions] = await Promise.all([
    get('/apis', bearer, 1),
    get('/settings', bearer, 1),
    post('/apis/import', bearer),
    get(`/apis/${id}/revisions`, bearer, 1),
  ]);
  const seen = { list: list.status, settings: settings.status, import: imported.status, revisions: revisions.status };
  expect(seen).toEqual(expected);
});

describe('importing', () => {
  test('an archive with deployment_environments is created, gets a revision and is deployed', async () => {
    const bearer = await login();
    expect((await importZip(bearer, await project())).status).toBe(200);
    const [api] = manager.apis;
    expect(api).toMatchObject({ name: 'EmployeeAPI', version: '1.0.0', lifeCycleStatus: 'PUBLISHED' });
    expect(api?.revisions.map(({ number, deployments }) => [number, deployments.map(({ name }) => name)])).toEqual([
      [1, ['Default']],
    ]);
  });

  test('a second import without overwrite is refused with 409', async () => {
    const bearer = await login();
    await importZip(bearer, await project());
    const again = await importZip(bearer, await project(), 'overwrite=false');
    expect(again.status).toBe(409);
    expect(again.text()).toContain('already exists');
  });

  test('the sixth revision is refused, unless revisions rotate', async () => {
    const bearer = await login();
    for (let i = 0; i < 5; i++) await importZip(bearer, await project());
    expect((await importZip(bearer, await project())).status).toBe(400);
    expect((await importZip(bearer, await project(), 'overwrite=true&rotateRevision=true')).status).toBe(200);
    expect(manager.apis[0]?.revisions.map(({ number }) => number)).toEqual([2, 3, 4, 5, 6]);
  });

  test('a gateway environment that does not exist is passed over without a word', async () => {
    const bearer = await login();
    const zip = await withParams(
      'deploymentEnvironments:\n  - deploymentEnvironment: Nowhere\nendpoints:\n  production:\n    url: https://b\n',
    );
    expect((await importZip(bearer, zip)).status).toBe(200);
    expect(manager.apis[0]?.revisions[0]?.deployments).toEqual([]);
  });

  test.each([
    {
      name: 'endpoints replace the whole endpointConfig',
      params: 'endpoints:\n  production:\n    url: https://b\n',
      config: { endpoint_type: 'http', production_endpoints: { url: 'https://b' } },
    },
    {
      name: 'missing endpoints become localhost',
      params: 'endpointType: rest\n',
      config: {
        endpoint_type: 'http',
        production_endpoints: { url: 'https://localhost' },
        sandbox_endpoints: { url: 'https://localhost' },
      },
    },
    {
      name: 'flat security switches protection off without a word',
      params: 'endpoints:\n  production:\n    url: https://b\nsecurity:\n  enabled: true\n  type: basic\n',
      config: {
        endpoint_type: 'http',
        production_endpoints: { url: 'https://b' },
        endpoint_security: {
          enabled: true,
          type: 'basic',
          production: { type: 'NONE', enabled: false },
          sandbox: { type: 'NONE', enabled: false },
        },
      },
    },
  ])('params: $name', async ({ params, config }) => {
    const bearer = await login();
    expect((await importZip(bearer, await withParams(params))).status).toBe(200);
    expect(manager.apis[0]?.working.api.endpointConfig).toEqual(config);
  });

  test('enabled security without a password is refused', async () => {
    const bearer = await login();
    const params =
      'endpoints: {production: {url: https://b}}\nsecurity: {production: {enabled: true, type: basic, username: u}}\n';
    const answer = await importZip(bearer, await withParams(params));
    expect([answer.status, answer.text()]).toEqual([500, expect.stringContaining('password is not found')]);
  });

  test('what is no zip is refused', async () => {
    const bearer = await login();
    expect((await importZip(bearer, Buffer.from('<html>'))).status).toBe(400);
  });
});

describe('exporting', () => {
  test('credentials are blanked unless they are asked for, the status is kept unless it is not wanted', async () => {
    const bearer = await login();
    const params =
      'endpoints: {production: {url: https://b}}\nsecurity: {production: {enabled: true, type: basic, username: u, password: s3cret}}\n';
    await importZip(bearer, await withParams(params));
    const text = async (query: string) => {
      const answer = await get(`/apis/export?name=EmployeeAPI&version=1.0.0&${query}`, bearer);
      const file = (await readZip(answer.body)).find(({ name }) => name === 'EmployeeAPI-1.0.0/api.yaml');
      return file?.data.toString('utf8') ?? '';
    };
    expect(await text('preserveCredentials=false')).not.toContain('s3cret');
    expect(await text('preserveCredentials=true')).toContain('s3cret');
    expect(await text('preserveStatus=false')).toContain('lifeCycleStatus: CREATED');
  });
});

describe('the gateway', () => {
  test('answers 404 until deployed, 401 without a token, and then an echo; and 404 again after undeploy', async () => {
    const bearer = await login();
    expect((await call('Default')).status).toBe(404);
    await importZip(bearer, await project());
    expect((await call('Default')).status).toBe(401);
    expect((await call('Second')).status).toBe(404);
    const echo = await call('Default', bearer);
    expect(echo.json()).toMatchObject({ api: 'EmployeeAPI:1.0.0', revision: 1, gateway: 'Default' });
    const id = manager.apis[0]?.id ?? '';
    await post(`/apis/${id}/undeploy-revision?revisionNumber=1&allEnvironments=true`, bearer);
    expect((await call('Default')).status).toBe(404);
  });

  test('a revision that is deployed takes the place of the one before it', async () => {
    const bearer = await login();
    await importZip(bearer, await project());
    await importZip(bearer, await project());
    expect(manager.apis[0]?.revisions.map(({ deployments }) => deployments.length)).toEqual([0, 1]);
    const [first] = manager.apis[0]?.revisions ?? [];
    const id = manager.apis[0]?.id ?? '';
    await post(`/apis/${id}/deploy-revision?revisionId=${first?.id ?? ''}`, bearer, [{ name: 'Default' }]);
    expect(manager.apis[0]?.revisions.map(({ deployments }) => deployments.length)).toEqual([1, 0]);
  });
});

describe('faults', () => {
  test('are met in their order and counted down', async () => {
    const bearer = await login();
    manager.fault({
      path: /\/apis$/,
      times: 1,
      skip: 1,
      does: { status: 503, body: 'busy', headers: { 'retry-after': '0' } },
    });
    expect((await get('/apis', bearer, 1)).status).toBe(200);
    expect((await get('/apis', bearer, 1)).status).toBe(503);
    expect((await get('/apis', bearer, 1)).status).toBe(200);
  });

  test('a reset and a truncated body are no answers', async () => {
    const bearer = await login();
    manager.fault({ path: /\/apis$/, does: 'reset' });
    manager.fault({ path: /\/search/, does: 'truncate' });
    await expect(get('/apis', bearer, 1)).rejects.toMatchObject({ code: 'SERVICE_UNREACHABLE' });
    await expect(get('/search', bearer, 1)).rejects.toMatchObject({ code: 'SERVICE_UNREACHABLE' });
    expect(manager.requests.filter(({ path }) => path.endsWith('/apis')).map(({ status }) => status)).toEqual([
      undefined,
    ]);
  });
});

test('settings name the gateway environments', async () => {
  const answer = await get('/settings', await login());
  const { environment } = answer.json() as { environment: { name: string }[] };
  expect(environment.map(({ name }) => name)).toEqual(['Default', 'Second']);
});

test('a lifecycle change that the state does not allow is refused', async () => {
  const bearer = await login();
  await importZip(bearer, await project());
  const id = manager.apis[0]?.id ?? '';
  expect((await post(`/apis/change-lifecycle?action=Publish&apiId=${id}`, bearer)).status).toBe(400);
  expect((await post(`/apis/change-lifecycle?action=Deprecate&apiId=${id}`, bearer)).status).toBe(200);
  expect(manager.apis[0]?.lifeCycleStatus).toBe('DEPRECATED');
});

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function register(user: string, password: string) {
  return ports.http.request({
    method: 'POST',
    url: `${manager.url}/client-registration/v0.17/register`,
    headers: { authorization: basic(user, password), 'content-type': 'application/json' },
    body: JSON.stringify({ clientName: 'test', grantType: 'password refresh_token' }),
    ca: manager.ca,
  });
}

async function token(form: Record<string, string>) {
  const { clientId, clientSecret } = (await register('admin', 'admin')).json() as {
    clientId: string;
    clientSecret: string;
  };
  return ports.http.request({
    method: 'POST',
    url: `${manager.url}/oauth2/token`,
    headers: { authorization: basic(clientId, clientSecret), 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
    ca: manager.ca,
  });
}

async function login(
  scope = 'apim:api_view apim:api_manage apim:api_import_export apim:publisher_settings',
): Promise<string> {
  const answer = await token({ grant_type: 'password', username: 'admin', password: 'admin', scope });
  return (answer.json() as { access_token: string }).access_token;
}

function get(path: string, bearer: string, attempts = 4) {
  const headers = { authorization: `Bearer ${bearer}` };
  return ports.http.request({
    method: 'GET',
    url: `${manager.url}${publisher}${path}`,
    headers,
    ca: manager.ca,
    attempts,
  });
}

function post(path: string, bearer: string, body?: unknown) {
  const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' };
  return ports.http.request({
    method: 'POST',
    url: `${manager.url}${publisher}${path}`,
    headers,
    ca: manager.ca,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

function call(gateway: string, bearer?: string) {
  return ports.http.request({
    method: 'GET',
    url: `${manager.gateways[gateway] ?? ''}/employees/1.0.0/7`,
    ca: manager.ca,
    ...(bearer === undefined ? {} : { headers: { authorization: `Bearer ${bearer}` } }),
  });
}

function importZip(bearer: string, zip: Buffer, query = 'overwrite=true') {
  const head =
    '--b\r\nContent-Disposition: form-data; name="file"; filename="a.zip"\r\nContent-Type: application/zip\r\n\r\n';
  return ports.http.request({
    method: 'POST',
    url: `${manager.url}${publisher}/apis/import?preserveProvider=true&${query}`,
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'multipart/form-data; boundary=b' },
    body: Buffer.concat([Buffer.from(head), zip, Buffer.from('\r\n--b--\r\n')]),
    ca: manager.ca,
  });
}

const example = join(import.meta.dirname, '../../../../examples/employee-api/EmployeeAPI-1.0.0');

function project(): Promise<Buffer> {
  return zipOf(
    ['api.yaml', 'deployment_environments.yaml'].map((name) => [
      `EmployeeAPI-1.0.0/${name}`,
      readFileSync(join(example, name)),
    ]),
  );
}

async function withParams(params: string): Promise<Buffer> {
  const source = await zipOf([['SourceArchive/api.yaml', readFileSync(join(example, 'api.yaml'))]]);
  return zipOf([
    ['EmployeeAPI-1.0.0/SourceArchive.zip', source],
    ['EmployeeAPI-1.0.0/intermediate_params.yaml', Buffer.from(params)],
  ]);
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
