import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startApiManager, type ApiManager } from '@wso2-delivery/lab/apim/api-manager';
import { ApimClient } from '@wso2-delivery/shared/apim/apim-client';
import { readArchive, readProjectFolder, writeArchive } from '@wso2-delivery/shared/apim/archive';
import { keyTypesOf } from '@wso2-delivery/shared/apim/applications';
import { Devportal } from '@wso2-delivery/shared/apim/devportal';
import { readEnvironments } from '@wso2-delivery/shared/apim/environments';
import { testPorts, type TestPorts } from '../../support/ports.ts';

const folder = join(import.meta.dirname, '../../../examples/employee-portal/admin-EmployeePortal');
let manager: ApiManager;
let ports: TestPorts;
let devportal: Devportal;

beforeEach(async () => {
  manager = await startApiManager({ name: 'dev', users: { admin: 'pw' } });
  ports = testPorts();
  const [environment] = readEnvironments({ environments: [{ name: 'dev', apim: manager.url }] });
  const credentials = { kind: 'password', username: 'admin', password: 'pw' } as const;
  devportal = new Devportal(
    new ApimClient(environment!, credentials, ports, { ca: manager.ca, requestTimeoutMs: 5000, applications: true }),
  );
});
afterEach(async () => {
  ports.dispose();
  await manager.close();
});

async function add(name: string, owner: string): Promise<void> {
  const example = readProjectFolder(folder, 'the example');
  const text = example.files.get('application.yaml')?.toString('utf8') ?? '';
  const changed = text
    .replace('name: EmployeePortal', `name: ${name}`)
    .replace('owner: admin', `owner: ${owner}`)
    .replace('keys: []', 'keys: [{keyType: PRODUCTION, consumerKey: k, consumerSecret: cw==}]');
  const place = mkdtempSync(join(tmpdir(), 'application-'));
  const files = new Map([['application.yaml', Buffer.from(changed)]]);
  await writeArchive(join(place, 'a.zip'), { ...example, files });
  await manager.addApplication(readFileSync(join(place, 'a.zip')));
  rmSync(place, { recursive: true });
}

describe('applications of an API Manager', () => {
  test('one is found by exactly its name and owner, whoever asks', async () => {
    for (const name of ['App', 'App2']) for (const owner of ['bob', 'bobby']) await add(name, owner);
    expect(await devportal.find('App', 'bob')).toMatchObject({ name: 'App', owner: 'bob' });
    expect(await devportal.find('app', 'bob')).toBeUndefined();
    expect(await devportal.find('App', 'bo')).toBeUndefined();
  });

  test('there may be more than a page of them', async () => {
    for (let i = 0; i < 103; i++) await add(`App${i}`, 'bob');
    expect(await devportal.all({ owner: 'bob' })).toHaveLength(103);
    expect(await devportal.find('App102', 'bob')).toBeDefined();
  });

  test.each([
    [false, []],
    [true, ['PRODUCTION']],
  ] as const)('an archive with keys: %s', async (withKeys, types) => {
    await add('App', 'bob');
    const archive = await devportal.export('App', 'bob', withKeys);
    expect(keyTypesOf(await readArchive(archive!, 'it'))).toEqual(types);
  });

  test('there is no archive of one that is not there', async () => {
    expect(await devportal.export('App', 'bob', false)).toBeUndefined();
  });

  test('what answers 200 with a page is no devportal', async () => {
    manager.fault({ path: /export/, does: { status: 200, body: '<html>' } });
    await expect(devportal.export('App', 'bob', false)).rejects.toMatchObject({ code: 'APIM_NOT_APIM' });
  });

  test('one is removed, once or twice', async () => {
    await add('App', 'bob');
    const found = await devportal.find('App', 'bob');
    await devportal.remove(found!);
    await devportal.remove(found!);
    expect(manager.applications).toEqual([]);
  });
});
