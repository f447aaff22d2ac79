import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readProjectFolder, writeArchive } from '@wso2-delivery/shared/apim/archive';
import { startLabPromotion, type LabPromotion } from './lab-promotion.ts';

const examples = join(import.meta.dirname, '../../../../examples');

let lab: LabPromotion;
beforeEach(async () => {
  const users = {
    admin: 'staging-secret-pw',
    'admin@carbon.super': 'staging-secret-pw',
    'publisher@acme.com': 'acme-secret-pw',
    'publisher@other.org': 'other-secret-pw',
  };
  lab = await startLabPromotion({ staging: { users } });
});
afterEach(() => lab.close());

const as = (user: string, password: string) => ({ 'to-username': user, 'to-password': password });
const acme = as('publisher@acme.com', 'acme-secret-pw');
const inTenant = () => lab.staging.tenant('acme.com');

describe.each(['apictl', 'rest'])('across tenants (%s)', (engine) => {
  test('with preserve-provider: false the API belongs to the user of the target, below the context of the tenant', async () => {
    const { failure, outputs } = await lab.run({ engine, ...acme, 'preserve-provider': 'false' });
    expect(failure).toBeUndefined();
    expect(JSON.parse(outputs.promoted ?? '')).toMatchObject([{ gateways: [{ gateway: 'Default', status: 401 }] }]);
    expect(inTenant().apis).toMatchObject([{ provider: 'publisher@acme.com', context: '/t/acme.com/employees' }]);
    expect(lab.staging.apis).toEqual([]);
    const again = await lab.run({ engine, ...acme, 'preserve-provider': 'false' });
    expect(JSON.parse(again.outputs.changes ?? '')).toMatchObject({ unchanged: 1 });
    expect((await lab.run({ engine, ...acme, mode: 'drift', 'preserve-provider': 'false' })).outputs.verdict).toBe(
      'in-sync',
    );
  });

  test('admin@carbon.super is the user admin: the provider is kept', async () => {
    const { failure } = await lab.run({ engine, ...as('admin@carbon.super', 'staging-secret-pw') });
    expect(failure).toBeUndefined();
    expect(lab.staging.apis).toMatchObject([{ provider: 'admin', context: '/employees' }]);
  });
});

test('keeping the provider is refused by the plan: API Manager would answer with 403', async () => {
  const { failure, outputs } = await lab.run({ engine: 'rest', ...acme });
  expect(failure).toMatchObject({ code: 'API_CONFLICT', message: expect.stringContaining('the tenant carbon.super') });
  expect(outputs.verdict).toBe('failed');
  expect(inTenant().apis).toEqual([]);
});

test('where a token does not name the user, what API Manager says is the failure', async () => {
  await lab.close();
  lab = await startLabPromotion({ staging: { personalTokens: { 'acme-pat': 'publisher@acme.com' } } });
  const token = { 'to-username': undefined, 'to-password': undefined, 'to-token': 'acme-pat' };
  const { failure } = await lab.run({ engine: 'rest', ...token });
  expect(failure).toMatchObject({ code: 'APIM_FORBIDDEN', message: expect.stringContaining('Tenant mismatch') });
});

test('from one tenant to another the context moves along, and an undo takes only what is in that tenant', async () => {
  await lab.run({ engine: 'rest', ...acme, 'preserve-provider': 'false' });
  const from = {
    from: 'staging',
    to: 'dev',
    'from-username': 'publisher@acme.com',
    'from-password': 'acme-secret-pw',
    'to-username': 'admin',
    'to-password': 'dev-secret-pw',
    'preserve-provider': 'false',
    engine: 'rest',
  };
  lab.staging.tenant('acme.com').apis[0]!.working.api.description = 'of the tenant';
  expect((await lab.run({ ...from, revision: 'working-copy' })).failure).toBeUndefined();
  expect(lab.dev.apis).toMatchObject([{ provider: 'admin', context: '/employees' }]);
  const other = as('publisher@other.org', 'other-secret-pw');
  await lab.run({ engine: 'rest', ...other, 'preserve-provider': 'false' });
  expect(lab.staging.tenant('other.org').apis).toMatchObject([{ context: '/t/other.org/employees' }]);
  const undo = {
    mode: 'rollback',
    apis: undefined,
    from: undefined,
    'from-username': undefined,
    'from-password': undefined,
  };
  expect((await lab.run({ ...undo, engine: 'rest', ...other })).failure).toBeUndefined();
  expect([lab.staging.tenant('other.org').apis.length, inTenant().apis.length]).toEqual([0, 1]);
});

test('a product and its API go into a tenant; an application is found by its owner there', async () => {
  const archive = join(lab.workspace, 'packed.zip');
  const folder = readProjectFolder(join(examples, 'employee-product/EmployeeProduct-1.0.0'), 'the product');
  await writeArchive(archive, folder);
  await lab.dev.addProduct(readFileSync(archive));
  const product = { kind: 'api-product', apis: 'EmployeeProduct:1.0.0', 'dependent-apis': 'update', engine: 'rest' };
  expect((await lab.run({ ...product, ...acme, 'preserve-provider': 'false' })).failure).toBeUndefined();
  expect(inTenant().products).toMatchObject([{ provider: 'publisher@acme.com', context: '/t/acme.com/staff' }]);
  await writeArchive(
    archive,
    readProjectFolder(join(examples, 'employee-portal/admin-EmployeePortal'), 'the application'),
  );
  await lab.dev.addApplication(readFileSync(archive));
  const application = { kind: 'application', apis: 'EmployeePortal:admin', 'preserve-owner': 'false', engine: 'rest' };
  expect((await lab.run({ ...application, ...acme })).failure).toBeUndefined();
  expect(inTenant().applications.map(({ owner }) => owner)).toEqual(['publisher@acme.com']);
  expect(lab.staging.applications).toEqual([]);
});
