import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startApiManager, type ApiManager } from '@wso2-delivery/lab/apim/api-manager';
import { ApimClient } from '@wso2-delivery/shared/apim/apim-client';
import { ApplicationHolder } from '@wso2-delivery/shared/apim/application-holder';
import { readArchive, readProjectFolder, writeArchive } from '@wso2-delivery/shared/apim/archive';
import { Devportal } from '@wso2-delivery/shared/apim/devportal';
import { readEnvironments } from '@wso2-delivery/shared/apim/environments';
import { testPorts, type TestPorts } from '../../support/ports.ts';

const folder = join(import.meta.dirname, '../../../examples/employee-portal/admin-EmployeePortal');
let manager: ApiManager;
let ports: TestPorts;
let held: ApplicationHolder;

beforeEach(async () => {
  manager = await startApiManager({ name: 'dev', users: { admin: 'pw' } });
  ports = testPorts();
  const [environment] = readEnvironments({ environments: [{ name: 'dev', apim: manager.url }] });
  const options = { ca: manager.ca, requestTimeoutMs: 5000, applications: true };
  const credentials = { kind: 'password', username: 'admin', password: 'pw' } as const;
  held = new ApplicationHolder(new Devportal(new ApimClient(environment!, credentials, ports, options)));
  const place = mkdtempSync(join(tmpdir(), 'application-'));
  await writeArchive(join(place, 'a.zip'), readProjectFolder(folder, 'the example'));
  await manager.addApplication(readFileSync(join(place, 'a.zip')));
  rmSync(place, { recursive: true });
});
afterEach(async () => {
  ports.dispose();
  await manager.close();
});

describe('applications, held as APIs are', () => {
  test('one is found by name and owner, and read again by its id', async () => {
    const found = await held.find('EmployeePortal', 'admin');
    expect(found).toMatchObject({ name: 'EmployeePortal', version: 'admin', provider: 'admin', lifeCycleStatus: '' });
    expect(await held.details(found!.id)).toEqual(found);
    expect(await held.find('EmployeePortal', 'bob')).toBeUndefined();
    expect(await held.revisions()).toEqual([]);
  });

  test('one that is gone is not read again', async () => {
    const found = await held.find('EmployeePortal', 'admin');
    await held.deleteApi(found!);
    await expect(held.details(found!.id)).rejects.toMatchObject({ code: 'API_NOT_FOUND' });
    await expect(held.export('EmployeePortal', 'admin', choice)).rejects.toMatchObject({ code: 'API_NOT_FOUND' });
  });

  const choice = { revision: 'working-copy', credentials: false } as const;
  test('its archive is that of the devportal', async () => {
    const project = await readArchive(await held.export('EmployeePortal', 'admin', choice), 'it');
    expect(project).toMatchObject({ kind: 'application', name: 'EmployeePortal', version: 'admin' });
  });

  test.each(['deploy', 'undeploy', 'restoreRevision', 'deleteRevision', 'changeLifecycle'] as const)(
    'there is nothing to %s',
    async (step) => {
      await expect(held[step]()).rejects.toThrow('an application');
    },
  );
});
