import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startApiManager, type ApiManager } from '@wso2-delivery/lab/apim/api-manager';
import { ApimClient } from '@wso2-delivery/shared/apim/apim-client';
import { Publisher } from '@wso2-delivery/shared/apim/publisher';
import { readEnvironments } from '@wso2-delivery/shared/apim/environments';
import { readArchive } from '@wso2-delivery/shared/apim/archive';
import type { Credentials } from '@wso2-delivery/shared/apim/credentials';
import { writeZip } from '@wso2-delivery/shared/formats/zip';
import { testPorts, type TestPorts } from '../../support/ports.ts';

let manager: ApiManager;
let ports: TestPorts;
beforeEach(async () => {
  manager = await startApiManager({ name: 'dev', users: { 'ad&min': 'p w+%' }, personalTokens: { pat: 'admin' } });
  ports = testPorts();
});
afterEach(async () => {
  await manager.close();
  ports.dispose();
});

const password: Credentials = { kind: 'password', username: 'ad&min', password: 'p w+%' };

function publisher(credentials: Credentials = password): Publisher {
  const [environment] = readEnvironments({ environments: [{ name: 'dev', apim: manager.url }] });
  return new Publisher(new ApimClient(environment!, credentials, ports, { ca: manager.ca, requestTimeoutMs: 2000 }));
}

async function add(name: string, version: string, password = ''): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'publisher-'));
  const security = `endpoint_security: {production: {enabled: true, type: BASIC, username: u, password: "${password}"}}`;
  const api = `data: {name: ${name}, version: "${version}", context: /${name}${version}, provider: admin, endpointConfig: {${security}}}\n`;
  await writeZip(join(folder, 'a.zip'), [
    { name: 'x/api.yaml', data: Buffer.from(api) },
    { name: 'x/deployment_environments.yaml', data: Buffer.from('data: [{deploymentEnvironment: Default}]\n') },
  ]);
  await manager.add(readFileSync(join(folder, 'a.zip')));
  rmSync(folder, { recursive: true });
}

const tokens = () => manager.requests.filter(({ path }) => path === '/oauth2/token').length;

describe('finding an API', () => {
  test('only the exact name and version count: a search also finds others', async () => {
    await add('Orders', '1.0');
    await add('OrdersV2', '1.0');
    expect(await publisher().find('Orders', '1.0')).toMatchObject({
      name: 'Orders',
      version: '1.0',
      context: '/Orders1.0',
    });
    expect(await publisher().find('Orders', '2.0')).toBeUndefined();
    expect(await publisher().find('Order', '1.0')).toBeUndefined();
  });

  test('its revisions come oldest first, with where they are deployed', async () => {
    await add('A', '1');
    await add('A', '1');
    const api = await publisher().find('A', '1');
    const revisions = await publisher().revisions(api?.id ?? '');
    expect(revisions.map(({ number, gateways }) => [number, gateways.map(({ name }) => name)])).toEqual([
      [1, []],
      [2, ['Default']],
    ]);
  });
});

describe('reading in bulk', () => {
  test('all pages are read, and an API is found by name and version without another request', async () => {
    for (let n = 0; n < 7; n++) await add(`Api${n}`, '1');
    manager.pageLimit = 3;
    const index = await publisher().index();
    expect(index.apis.map(({ name }) => name).sort()).toEqual(Array.from({ length: 7 }, (_, n) => `Api${n}`));
    const before = manager.requests.length;
    expect(index.find('Api5', '1')).toMatchObject({ name: 'Api5', provider: 'admin', lifeCycleStatus: 'CREATED' });
    expect(index.find('Api5', '2')).toBeUndefined();
    expect(manager.requests).toHaveLength(before);
    expect(manager.requests.filter(({ path }) => path.endsWith('/apis'))).toHaveLength(3);
  });
});

describe('writing', () => {
  const revisionsOf = async (name: string) => {
    const api = (await publisher().find(name, '1'))!;
    return { api, revisions: await publisher().revisions(api.id) };
  };

  test('a revision that is restored becomes the working copy', async () => {
    await add('A', '1', 'first');
    await add('A', '1', 'second');
    const { api, revisions } = await revisionsOf('A');
    await publisher().restoreRevision(api.id, revisions[0]!);
    expect(JSON.stringify(manager.apis[0]?.working.api)).toContain('first');
  });

  test('a step of the life cycle gives the state that it led to', async () => {
    await add('A', '1');
    const { api } = await revisionsOf('A');
    expect(await publisher().changeLifecycle(api.id, 'Publish')).toEqual({ state: 'PUBLISHED', pending: false });
    await expect(publisher().changeLifecycle(api.id, 'Publish')).rejects.toMatchObject({ code: 'APIM_ERROR' });
  });

  test('removing what is gone already is no failure', async () => {
    await add('A', '1');
    const { api } = await revisionsOf('A');
    await publisher().deleteApi(api);
    await publisher().deleteApi(api);
    expect(manager.apis).toEqual([]);
  });

  test.each([
    ['429 with seconds', { status: 429, headers: { 'retry-after': '0' } }],
    ['429 with a date', { status: 429, headers: { 'retry-after': new Date(0).toUTCString() } }],
    ['503 with Retry-After', { status: 503, headers: { 'retry-after': '0' } }],
  ])('%s: a step that must not be taken twice is sent again, since the server did not begin', async (_, does) => {
    await add('A', '1');
    const { api } = await revisionsOf('A');
    manager.fault({ method: 'POST', path: /change-lifecycle/, times: 2, does });
    expect(await publisher().changeLifecycle(api.id, 'Publish')).toMatchObject({ state: 'PUBLISHED' });
  });

  test.each([
    ['503 without Retry-After', { status: 503 }],
    ['502', { status: 502 }],
    ['a broken connection', 'reset' as const],
  ])('%s: a step that must not be taken twice is not sent again', async (_, does) => {
    await add('A', '1');
    const { api } = await revisionsOf('A');
    manager.fault({ method: 'POST', path: /change-lifecycle/, times: 1, does });
    await expect(publisher().changeLifecycle(api.id, 'Publish')).rejects.toBeDefined();
    expect(manager.requests.filter(({ path }) => path.endsWith('change-lifecycle'))).toHaveLength(1);
  });

  test('deploying is sent again after a broken connection', async () => {
    await add('A', '1');
    const { api, revisions } = await revisionsOf('A');
    manager.fault({ method: 'POST', path: /deploy-revision/, times: 1, does: 'reset' });
    await publisher().deploy(api.id, revisions[0]!);
    expect(manager.requests.filter(({ path }) => path.endsWith('deploy-revision'))).toHaveLength(2);
  });
});

describe('the token', () => {
  test('that all find refused at the same time is renewed once', async () => {
    const api = publisher();
    await api.gateways();
    manager.expireTokens();
    await Promise.all([api.gateways(), api.gateways(), api.gateways(), api.find('A', '1')]);
    expect(tokens()).toBe(2);
  });

  test('is taken once for all who ask at the same time, whatever the password looks like', async () => {
    const api = publisher();
    await Promise.all([api.gateways(), api.gateways(), api.gateways()]);
    expect(tokens()).toBe(1);
  });

  test('is renewed when most of its lifetime is over', async () => {
    let now = 0;
    ports = testPorts({ clock: { now: () => now, sleep: () => Promise.resolve() } });
    const api = publisher();
    await api.gateways();
    now = 3_600_000 * 0.79;
    await api.gateways();
    expect(tokens()).toBe(1);
    now = 3_600_000 * 0.81;
    await api.gateways();
    expect(tokens()).toBe(2);
  });

  test('that is refused is renewed once', async () => {
    const api = publisher();
    await api.gateways();
    manager.expireTokens();
    expect(await api.gateways()).toEqual([{ name: 'Default', vhosts: ['localhost'] }]);
    manager.fault({ path: /settings/, does: { status: 401, body: '' } });
    await expect(api.gateways()).rejects.toMatchObject({ code: 'APIM_UNAUTHORIZED' });
  });

  test('of a person is used as it is and never renewed', async () => {
    const api = publisher({ kind: 'token', token: 'pat' });
    expect(await api.gateways()).toEqual([{ name: 'Default', vhosts: ['localhost'] }]);
    expect(tokens()).toBe(0);
    await expect(publisher({ kind: 'token', token: 'wrong' }).gateways()).rejects.toMatchObject({
      code: 'APIM_UNAUTHORIZED',
    });
  });

  test.each<[name: string, credentials: Credentials, code: string]>([
    ['a wrong password', { kind: 'password', username: 'ad&min', password: 'x' }, 'APIM_LOGIN_REFUSED'],
  ])('%s is %s', async (_, credentials, code) => {
    await expect(publisher(credentials).gateways()).rejects.toMatchObject({ code });
  });
});

describe('answers that are none', () => {
  test.each<[name: string, body: string]>([
    ['a login page', '<html>Sign in</html>'],
    ['an empty body', ''],
    ['JSON of something else', '[]'],
    ['a list that is none', '{"list": "no"}'],
  ])('%s is not taken for an empty list', async (_, body) => {
    manager.fault({ path: /\/apis\?/, does: { status: 200, body } });
    await expect(publisher().find('A', '1')).rejects.toMatchObject({ code: 'APIM_NOT_APIM' });
  });

  test('a redirect is not followed', async () => {
    manager.fault({ path: /\/apis\?/, does: { status: 302, headers: { location: '/login' } } });
    await expect(publisher().find('A', '1')).rejects.toMatchObject({ code: 'APIM_NOT_APIM', status: 302 });
  });

  test('an export that is no archive is refused', async () => {
    await add('A', '1');
    manager.fault({ path: /\/export/, does: { status: 200, body: 'sorry' } });
    await expect(publisher().exportWithCredentials('A', '1')).rejects.toMatchObject({ code: 'APIM_NOT_APIM' });
  });
});

test('the export for an undo holds the credentials of the endpoints', async () => {
  await add('A', '1', 'backend-pw');
  const project = await readArchive(await publisher().exportWithCredentials('A', '1'), 'A');
  expect(project.files.get('api.yaml')?.toString()).toContain('backend-pw');
});
