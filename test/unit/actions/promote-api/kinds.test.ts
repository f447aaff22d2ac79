import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ApiManager } from '@wso2-delivery/lab/apim/api-manager';
import { readProjectFolder, writeArchive, type ApiProject } from '@wso2-delivery/shared/apim/archive';
import { startLabPromotion, type LabPromotion } from './lab-promotion.ts';

const examples = join(import.meta.dirname, '../../../../examples');
const product = readProjectFolder(join(examples, 'employee-product/EmployeeProduct-1.0.0'), 'the product');
const application = readProjectFolder(join(examples, 'employee-portal/admin-EmployeePortal'), 'the application');

let lab: LabPromotion;
beforeEach(async () => {
  lab = await startLabPromotion({ variables: { STAGING_BACKEND_PASSWORD: 'backend-pw' } });
  for (const part of ['employee-product', 'employee-portal']) {
    cpSync(join(examples, part), lab.workspace, { recursive: true });
  }
});
afterEach(() => lab.close());

async function packed(project: ApiProject): Promise<Buffer> {
  const path = join(lab.workspace, 'packed.zip');
  await writeArchive(path, project);
  return readFileSync(path);
}

/** The example with the text of its main document changed. */
function changed(project: ApiProject, file: string, change: (text: string) => string): ApiProject {
  const text = change(project.files.get(file)?.toString('utf8') ?? '');
  return { ...project, files: new Map(project.files).set(file, Buffer.from(text)) };
}

function writes(manager: ApiManager): string[] {
  return manager.requests
    .filter(({ method, path }) => method !== 'GET' && path.startsWith('/api/am/'))
    .map(({ method, path }) => `${method} ${path.replace(/^\/api\/am\/\w+\/v\d/, '')}`);
}

const ofProduct = { kind: 'api-product', apis: 'EmployeeProduct:1.0.0', engine: 'rest' };
const ofApplication = { kind: 'application', apis: 'EmployeePortal:admin', engine: 'rest' };

describe('promoting an API product', () => {
  beforeEach(async () => {
    await lab.dev.addProduct(await packed(product));
  });

  test.each(['apictl', 'rest'])('its APIs come first, then it serves on its own context (%s)', async (engine) => {
    const { outputs, failure } = await lab.run({
      ...ofProduct,
      engine,
      'dependent-apis': 'update',
      params: 'product_params.yaml',
    });
    expect(failure).toBeUndefined();
    expect(JSON.parse(outputs.promoted ?? '')).toMatchObject([
      { name: 'EmployeeAPI', action: 'create', gateways: [] },
      { name: 'EmployeeProduct', action: 'create', revision: 1, gateways: [{ gateway: 'Default', status: 401 }] },
    ]);
    // The API serves through the product alone, with the backend that params name for it.
    expect(lab.staging.apis[0]?.revisions).toEqual([]);
    expect(JSON.stringify(lab.staging.apis[0]?.working.api)).toContain('https://staging-backend.example.com/api');
    expect(lab.staging.products[0]?.working.api.apis).toMatchObject([{ apiId: lab.staging.apis[0]?.id }]);
    const said = `${lab.ports.lines.join('\n')}${lab.ports.markdown()}`;
    expect(said).not.toContain('backend-pw');
  });

  test('a second run finds both as they should be and sends no write', async () => {
    const inputs = { ...ofProduct, 'dependent-apis': 'update', params: 'product_params.yaml' };
    await lab.run(inputs);
    const before = writes(lab.staging).length;
    const { outputs, failure } = await lab.run(inputs);
    expect(failure).toBeUndefined();
    expect(JSON.parse(outputs.changes ?? '')).toMatchObject({ unchanged: 2, update: 0, create: 0 });
    expect(
      writes(lab.staging)
        .slice(before)
        .filter((each) => !each.includes('token')),
    ).toEqual([]);
  });

  test('an API that changes has the product made again: its revision holds the API as it was', async () => {
    const inputs = { ...ofProduct, 'dependent-apis': 'update' };
    await lab.run(inputs);
    lab.dev.apis[0]!.working.api.description = 'something else';
    const { outputs } = await lab.run({ ...inputs, mode: 'plan' });
    expect(JSON.parse(outputs.changes ?? '')).toMatchObject({ update: 2 });
    expect(lab.ports.markdown()).toContain('made again');
    expect((await lab.run(inputs)).failure).toBeUndefined();
    expect(lab.staging.products[0]?.revisions.map(({ deployments }) => deployments.length)).toEqual([0, 1]);
  });

  test('an API that was changed by itself has the product made again, too', async () => {
    const inputs = { ...ofProduct, 'dependent-apis': 'update' };
    await lab.run(inputs);
    lab.staging.apis[0]!.updatedTime = Date.now() + 1000;
    const { outputs } = await lab.run({ ...inputs, mode: 'plan' });
    expect(JSON.parse(outputs.changes ?? '')).toMatchObject({ unchanged: 1, update: 1 });
  });

  test('dependent-apis: require refuses it where its APIs are absent, and leaves those alone that are there', async () => {
    const refused = await lab.run(ofProduct);
    expect(refused.failure).toMatchObject({ code: 'DEPENDENCY_MISSING' });
    expect(lab.staging.products).toEqual([]);
    await lab.run({ engine: 'rest' });
    const { failure } = await lab.run(ofProduct);
    expect(failure).toBeUndefined();
    expect(lab.staging.apis[0]?.revisions).toHaveLength(1);
  });

  test('dependent-apis: create leaves an API alone that is there', async () => {
    await lab.run({ engine: 'rest' });
    lab.dev.apis[0]!.working.api.description = 'something else';
    const { outputs, failure } = await lab.run({ ...ofProduct, 'dependent-apis': 'create' });
    expect(failure).toBeUndefined();
    expect(JSON.parse(outputs.changes ?? '')).toMatchObject({ create: 1, update: 0 });
    expect(lab.staging.apis[0]?.working.api.description).not.toBe('something else');
  });

  test('a product whose gateway does not serve it is removed again, and its new API with it', async () => {
    const inputs = { ...ofProduct, 'dependent-apis': 'update', 'on-failure': 'rollback', verify: '1s' };
    lab.staging.fault({ path: /^\/staff/, does: { status: 404, body: '{"type":"Status report"}' } });
    const { outputs } = await lab.run(inputs);
    expect(outputs.verdict).toBe('rolled-back');
    expect([lab.staging.products, lab.staging.apis]).toEqual([[], []]);
  });

  test('a run that ended between the API and the product is taken up again, by plan as well', async () => {
    const inputs = { ...ofProduct, 'dependent-apis': 'update' };
    await lab.run(inputs);
    lab.dev.apis[0]!.working.api.description = 'something else';
    await lab.run({ ...inputs, mode: 'plan' });
    lab.staging.fault({ path: /api-products\/import/, does: { status: 500, body: '{"code":500}' } });
    const broken = await lab.run({ ...inputs, plan: 'promotion-plan.json' });
    expect(broken.outputs.verdict).toBe('failed');
    expect(lab.staging.apis[0]?.working.api.description).toBe('something else');
    lab.staging.clearFaults();
    const { failure, outputs } = await lab.run({ ...inputs, plan: 'promotion-plan.json' });
    expect([failure, outputs.verdict]).toEqual([undefined, 'succeeded']);
    expect(lab.staging.products[0]?.revisions.map(({ deployments }) => deployments.length)).toEqual([0, 1]);
  });

  test('nothing is built on an API that failed', async () => {
    lab.staging.fault({ path: /\/apis\/import/, does: { status: 500, body: '{"code":500}' } });
    const { outputs } = await lab.run({ ...ofProduct, 'dependent-apis': 'update' });
    expect(outputs.verdict).toBe('failed');
    expect(lab.staging.requests.filter(({ path }) => path.endsWith('/api-products/import'))).toEqual([]);
    expect(lab.ports.markdown()).toContain('EmployeeProduct');
  });

  test('mode rollback takes the product away before its APIs', async () => {
    await lab.run({ ...ofProduct, 'dependent-apis': 'update' });
    const { failure } = await lab.run({ ...ofProduct, mode: 'rollback' });
    expect(failure).toBeUndefined();
    expect([lab.staging.products, lab.staging.apis]).toEqual([[], []]);
    expect(writes(lab.staging).filter((each) => each.startsWith('DELETE'))).toEqual([
      expect.stringContaining('/api-products/'),
      expect.stringContaining('/apis/'),
    ]);
  });

  test('params that name an API which it does not have are refused', async () => {
    const text = readFileSync(join(lab.workspace, 'product_params.yaml'), 'utf8');
    writeFileSync(join(lab.workspace, 'wrong.yaml'), text.replace('EmployeeAPI-1.0.0', 'EmployeesAPI-1.0.0'));
    const { failure } = await lab.run({ ...ofProduct, 'dependent-apis': 'update', params: 'wrong.yaml' });
    expect(failure).toMatchObject({ code: 'PARAMS_INVALID', message: expect.stringContaining('EmployeeAPI-1.0.0') });
  });

  test('what is there as a project of the repository needs no source', async () => {
    const { failure } = await lab.run({
      ...ofProduct,
      apis: undefined,
      from: undefined,
      'from-username': undefined,
      'from-password': undefined,
      archives: 'EmployeeProduct-1.0.0',
      'dependent-apis': 'create',
    });
    expect(failure).toBeUndefined();
    expect(lab.staging.products).toMatchObject([{ name: 'EmployeeProduct', lifeCycleStatus: 'PUBLISHED' }]);
  });
});

describe('promoting an application', () => {
  const key = 'keys: [{keyType: PRODUCTION, consumerKey: the-ckey, consumerSecret: dmVyeSBzZWNyZXQ=}]';
  const keyed = changed(application, 'application.yaml', (text) => text.replace('keys: []', key));
  const subscriptions = () =>
    lab.staging.applications[0]?.subscriptions.map(({ api, throttlingPolicy }) => `${api.name} ${throttlingPolicy}`);

  beforeEach(async () => {
    await lab.dev.addProduct(await packed(product));
    await lab.dev.addApplication(await packed(keyed));
  });

  async function withApis(): Promise<void> {
    await lab.staging.addProduct(await packed(product));
  }

  test.each(['apictl', 'rest'])('it comes with its subscriptions and without its keys (%s)', async (engine) => {
    await withApis();
    const { outputs, failure } = await lab.run({ ...ofApplication, engine });
    expect(failure).toBeUndefined();
    expect(JSON.parse(outputs.promoted ?? '')).toMatchObject([
      { name: 'EmployeePortal', version: 'admin', action: 'create' },
    ]);
    expect(subscriptions()).toEqual(['EmployeeAPI Unlimited', 'EmployeeProduct Gold']);
    expect(lab.staging.applications[0]?.keys).toEqual([]);
  });

  test.each(['apictl', 'rest'])(
    'with keys: include they come along, and are nowhere to be read (%s)',
    async (engine) => {
      await withApis();
      const { failure } = await lab.run({ ...ofApplication, engine, keys: 'include' });
      expect(failure).toBeUndefined();
      expect(lab.staging.applications[0]?.keys).toMatchObject([
        { consumerKey: 'the-ckey', consumerSecret: 'very secret' },
      ]);
      const journal = readFileSync(join(lab.workspace, 'promotion-journal.jsonl'), 'utf8');
      const said = `${lab.ports.lines.join('\n')}${lab.ports.markdown()}${journal}`;
      for (const secret of ['the-ckey', 'very secret', 'dmVyeSBzZWNyZXQ']) expect(said).not.toContain(secret);
      const again = await lab.run({ ...ofApplication, engine: 'rest', keys: 'include' });
      expect(JSON.parse(again.outputs.changes ?? '')).toMatchObject({ unchanged: 1 });
    },
  );

  test('a second run sends no write; a change is an update', async () => {
    await withApis();
    await lab.run(ofApplication);
    const before = writes(lab.staging).length;
    expect(JSON.parse((await lab.run(ofApplication)).outputs.changes ?? '')).toMatchObject({ unchanged: 1 });
    expect(writes(lab.staging)).toHaveLength(before);
    lab.dev.applications[0]!.info.description = 'something else';
    expect(JSON.parse((await lab.run(ofApplication)).outputs.changes ?? '')).toMatchObject({ update: 1 });
    expect(lab.staging.applications[0]?.info.description).toBe('something else');
  });

  test('it is refused, each subscription by name, where the target cannot make them', async () => {
    const { failure } = await lab.run(ofApplication);
    expect(failure).toMatchObject({ code: 'DEPENDENCY_MISSING', message: expect.stringContaining('2 problems') });
    expect(lab.staging.applications).toEqual([]);
  });

  test('subscriptions: skip leaves them behind', async () => {
    const { failure } = await lab.run({ ...ofApplication, subscriptions: 'skip' });
    expect(failure).toBeUndefined();
    expect(subscriptions()).toEqual([]);
  });

  test('a subscription that would have to move to another policy is refused: an import does not do that', async () => {
    await withApis();
    await lab.run(ofApplication);
    lab.dev.applications[0]!.subscriptions[1]!.throttlingPolicy = 'Bronze';
    const { failure } = await lab.run(ofApplication);
    expect(failure).toMatchObject({ code: 'API_CONFLICT', message: expect.stringContaining('policy Gold') });
  });

  test('preserve-owner: false gives it to the user of the target', async () => {
    await withApis();
    await lab.dev.addApplication(
      await packed(changed(application, 'application.yaml', (text) => text.replace('owner: admin', 'owner: bob'))),
    );
    const { failure } = await lab.run({ ...ofApplication, apis: 'EmployeePortal:bob', 'preserve-owner': 'false' });
    expect(failure).toBeUndefined();
    expect(lab.staging.applications.map(({ owner }) => owner)).toEqual(['admin']);
  });

  test('subscriptions that a server skips all the same fail it, and rollback removes it', async () => {
    await withApis();
    const body = JSON.stringify({ count: 1, list: [{ name: 'EmployeeProduct', version: '1.0.0' }] });
    const json = { 'content-type': 'application/json' };
    lab.staging.fault({ path: /applications\/import/, does: { status: 207, body, headers: json } });
    const { failure, outputs } = await lab.run({ ...ofApplication, 'on-failure': 'rollback' });
    expect(failure).toMatchObject({
      code: 'SUBSCRIPTIONS_SKIPPED',
      message: expect.stringContaining('EmployeeProduct:1.0.0'),
    });
    expect(outputs.verdict).toBe('rolled-back');
    expect(lab.staging.applications).toEqual([]);
  });

  test.each(['apictl', 'rest'])('an import whose answer was lost is no success, and is undone (%s)', async (engine) => {
    await withApis();
    lab.staging.fault({ path: /applications\/import/, does: 'truncate' });
    const { failure, outputs } = await lab.run({ ...ofApplication, engine, 'on-failure': 'rollback' });
    expect(failure).toMatchObject({ message: expect.stringContaining('half imported') });
    expect(outputs.verdict).toBe('rolled-back');
    expect(lab.staging.applications).toEqual([]);
  });

  test('an update that a server says it has done and has not is no success', async () => {
    await withApis();
    await lab.run(ofApplication);
    lab.dev.applications[0]!.info.description = 'something else';
    lab.staging.fault({ path: /applications\/import/, does: { status: 200, body: '{}' } });
    const { failure } = await lab.run(ofApplication);
    expect(failure).toMatchObject({ code: 'IMPORT_NOT_PROVEN', message: expect.stringContaining('as it was before') });
  });

  test('mode rollback removes a new one', async () => {
    await withApis();
    await lab.run(ofApplication);
    const { failure } = await lab.run({ ...ofApplication, mode: 'rollback' });
    expect(failure).toBeUndefined();
    expect(lab.staging.applications).toEqual([]);
  });

  test('an old one gets back what it was in the same run', async () => {
    await withApis();
    await lab.run(ofApplication);
    lab.dev.applications[0]!.info.throttlingPolicy = '10PerMin';
    // What is read after the import is what was there before: the proof fails.
    const body = await packed(application);
    lab.staging.fault({ path: /applications\/export/, skip: 1, times: 1, does: { status: 200, body } });
    const { failure, outputs } = await lab.run({ ...ofApplication, 'on-failure': 'rollback' });
    expect(failure).toMatchObject({ code: 'IMPORT_NOT_PROVEN' });
    expect(outputs.verdict).toBe('rolled-back');
    expect(lab.staging.applications[0]?.info.throttlingPolicy).toBe('Unlimited');
    expect(lab.ports.markdown()).toContain('its former attributes were imported');
  });

  test('a plan holds no key', async () => {
    await withApis();
    await lab.run({ ...ofApplication, mode: 'plan', keys: 'include' });
    const plan = readFileSync(join(lab.workspace, 'promotion-plan.json'), 'utf8');
    expect(JSON.parse(plan)).toMatchObject({
      apis: [{ kind: 'application', name: 'EmployeePortal', action: 'create' }],
    });
    for (const secret of ['the-ckey', 'very secret', 'dmVyeSBzZWNyZXQ']) expect(plan).not.toContain(secret);
    const { failure } = await lab.run({ ...ofApplication, plan: 'promotion-plan.json', keys: 'include' });
    expect(failure).toBeUndefined();
  });

  test('rights over applications are asked for only where applications are promoted', async () => {
    const scopes = () =>
      lab.staging.requests
        .filter(({ path }) => path === '/oauth2/token')
        .map(({ body }) => new URLSearchParams(body.toString('utf8')).get('scope') ?? '');
    await lab.run({ engine: 'rest', mode: 'plan' });
    expect(scopes().join()).not.toMatch(/apim:admin|apim:app_/);
    await lab.run({ ...ofApplication, mode: 'plan' });
    expect(scopes().at(-1)).toContain('apim:app_import_export');
  });

  test('params and searches are refused, since it has none', async () => {
    const { failure } = await lab.run({ ...ofApplication, apis: 'tag:public', params: 'api_params.yaml' });
    expect(failure).toMatchObject({ code: 'INPUT_INVALID', message: expect.stringContaining('2 problems') });
  });
});
