import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startApiManager, type ApiManager } from '@wso2-delivery/lab/apim/api-manager';
import type { Fault } from '@wso2-delivery/lab/apim/faults';
import { ApimClient } from '@wso2-delivery/shared/apim/apim-client';
import { readEnvironments } from '@wso2-delivery/shared/apim/environments';
import { importAndLook, type Expected, type Found } from '@wso2-delivery/shared/apim/imported';
import { Publisher } from '@wso2-delivery/shared/apim/publisher';
import { RestEngine } from '@wso2-delivery/shared/apim/rest-engine';
import { writeZip } from '@wso2-delivery/shared/formats/zip';
import { testPorts, type TestPorts } from '../../support/ports.ts';

let manager: ApiManager;
let ports: TestPorts;
let folder: string;
let publisher: Publisher;
let engine: RestEngine;
beforeEach(async () => {
  manager = await startApiManager({ name: 'dev' });
  ports = testPorts();
  folder = mkdtempSync(join(tmpdir(), 'imported-'));
  const [environment] = readEnvironments({ environments: [{ name: 'dev', apim: manager.url }] });
  const options = { ca: manager.ca, requestTimeoutMs: 2500 };
  const client = new ApimClient(
    environment!,
    { kind: 'password', username: 'admin', password: 'admin' },
    ports,
    options,
  );
  publisher = new Publisher(client);
  engine = await RestEngine.open([client], ports);
  const api = 'data: {name: A, version: "1", context: /a, provider: admin}\n';
  await writeZip(join(folder, 'a.zip'), [
    { name: 'A-1/api.yaml', data: Buffer.from(api) },
    { name: 'A-1/deployment_environments.yaml', data: Buffer.from('data: [{deploymentEnvironment: Default}]\n') },
  ]);
});
afterEach(async () => {
  await manager.close();
  ports.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const expected: Expected = { name: 'A', version: '1', id: undefined, known: new Set(), gateways: ['Default'] };
const imports = () => manager.requests.filter(({ path }) => path.endsWith('/apis/import')).length;

function run(patienceMs = 100): Promise<Found> {
  const flags = { update: true, preserveProvider: true, params: undefined };
  const once = () => engine.import(join(folder, 'a.zip'), 'A:1', 'dev', flags);
  return importAndLook(once, expected, publisher, patienceMs, ports);
}

describe('an import whose answer is lost', () => {
  test.each<[string, Fault['does']]>([
    ['the server does it and the answer breaks off', 'truncate'],
    ['the server does it and answers too late', { delayMs: 3500 }],
  ])('%s: it is found, and not sent again', async (_, does) => {
    manager.fault({ path: /\/apis\/import/, does });
    const { api, revision } = await run(6000);
    expect(api).toMatchObject({ name: 'A' });
    expect(revision).toMatchObject({ number: 1, gateways: [{ name: 'Default' }] });
    expect(imports()).toBe(1);
  });

  test.each<[string, Fault['does'], string]>([
    ['the connection breaks before the server begins', 'reset', 'SERVICE_UNREACHABLE'],
    ['a proxy gives up', { status: 504 }, 'APIM_BUSY'],
    ['no answer comes', 'hang', 'SERVICE_TIMEOUT'],
  ])('%s: nothing is there, and the failure says so', async (_, does, code) => {
    manager.fault({ path: /\/apis\/import/, does });
    await expect(run()).rejects.toMatchObject({
      code,
      message: expect.stringContaining('shows nothing new of it (A:1)'),
    });
    expect(imports()).toBe(1);
  });
});

test('a new API that the search does not know yet is found by its export', async () => {
  manager.fault({ path: /\/apis\?/, does: { status: 200, body: '{"list":[],"count":0,"pagination":{"total":0}}' } });
  expect(await run()).toMatchObject({ api: { name: 'A', version: '1' }, revision: { number: 1 } });
});

test('a server that fails in the middle: what it left behind is named', async () => {
  const half = 'data: {name: A, version: "1", context: /a, provider: admin}\n';
  await writeZip(join(folder, 'half.zip'), [{ name: 'A-1/api.yaml', data: Buffer.from(half) }]);
  const { readFileSync } = await import('node:fs');
  await manager.add(readFileSync(join(folder, 'half.zip')));
  manager.fault({ path: /\/apis\/import/, does: { status: 500, body: '{"description":"Error while deploying"}' } });
  await expect(run()).rejects.toMatchObject({
    code: 'APIM_ERROR',
    message: expect.stringContaining('Error while deploying; the publisher shows the API without a revision'),
  });
});

test.each([400, 403, 404, 409, 413])('%d is an answer: nobody is asked again', async (status) => {
  manager.fault({ path: /\/apis\/import/, does: { status, body: '{"description":"no"}' } });
  await expect(run()).rejects.toMatchObject({ status });
  expect(manager.requests.at(-1)?.path).toMatch(/import$/);
});

test.each([
  ['seconds', '0'],
  ['a date', new Date(0).toUTCString()],
])('429 with Retry-After in %s is waited for, and the import is sent again', async (_, value) => {
  manager.fault({ path: /\/apis\/import/, times: 2, does: { status: 429, headers: { 'retry-after': value } } });
  expect(await run()).toMatchObject({ revision: { number: 1 } });
  expect(imports()).toBe(3);
});

test('a token that ends before the import is renewed', async () => {
  await publisher.gateways();
  manager.expireTokens();
  expect(await run()).toMatchObject({ revision: { number: 1 } });
});

test('a page in place of an answer is no import', async () => {
  manager.fault({ path: /\/apis\/import/, does: { status: 200, body: '<html>Sign in</html>' } });
  await expect(run()).rejects.toMatchObject({ code: 'APIM_NOT_APIM' });
});
