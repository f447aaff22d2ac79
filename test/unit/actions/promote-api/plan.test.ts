import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { PromotionPlan } from '@wso2-delivery/shared/apim/plan-file';
import { startLabPromotion, type LabPromotion } from './lab-promotion.ts';
import { addApi, edit, rest, writeParams, writes } from './many-apis.ts';

let lab: LabPromotion;
beforeEach(async () => {
  lab = await startLabPromotion();
});
afterEach(() => lab.close());

const planText = (file = 'promotion-plan.json') => readFileSync(join(lab.workspace, file), 'utf8');
const planned = () => JSON.parse(planText()) as PromotionPlan;
const row = () => planned().apis[0]!;
const changes = (outputs: { changes?: string | undefined }) =>
  JSON.parse(outputs.changes ?? '') as Record<string, number>;

describe('an unchanged API is not touched', () => {
  test('a second apply of twenty APIs sends nothing that changes anything', async () => {
    for (let n = 1; n <= 19; n++) await addApi(lab.dev, `Api${n}`, { description: `number ${n}` });
    const all = { ...rest, apis: '*:*' };
    const first = await lab.run(all);
    expect(first.failure).toBeUndefined();
    expect(changes(first.outputs)).toMatchObject({ create: 20, failed: 0 });
    const before = writes(lab.staging).length;
    expect(before).toBe(20);
    const second = await lab.run(all);
    expect(second.failure).toBeUndefined();
    expect(changes(second.outputs)).toMatchObject({ create: 0, update: 0, redeploy: 0, unchanged: 20 });
    expect(writes(lab.staging)).toHaveLength(before);
    expect(JSON.parse(second.outputs.promoted ?? '')).toEqual([]);
    expect(second.outputs.verdict).toBe('succeeded');
  });

  test('with apictl neither, and it does not even log in to the target', async () => {
    await lab.run(rest);
    const requests = lab.staging.requests.length;
    const { failure, outputs } = await lab.run();
    expect(failure).toBeUndefined();
    expect(changes(outputs)).toMatchObject({ unchanged: 1 });
    expect(writes(lab.staging)).toHaveLength(1);
    const agents = lab.staging.requests.slice(requests).map(({ headers }) => headers['user-agent'] ?? '');
    expect(agents.join()).not.toMatch(/apictl|Go-http/i);
  });

  test('edited in the target it is an update again, and the plan names the field', async () => {
    await lab.run(rest);
    edit(lab.staging.apis[0]!, { visibility: 'PRIVATE' });
    await lab.run({ ...rest, mode: 'plan' });
    expect(row()).toMatchObject({ action: 'update', imports: true });
    expect(row().changes).toMatchObject([{ path: 'visibility', kind: 'changed', before: 'PRIVATE' }]);
    await lab.run(rest);
    await lab.run({ ...rest, mode: 'plan' });
    expect(row()).toMatchObject({ action: 'unchanged', changes: [] });
  });

  test('with params it is unchanged while endpoints and passwords are the same', async () => {
    const configs = (password: string) => ({
      endpoints: { production: { url: 'https://staging.example.com' } },
      security: { production: { enabled: true, type: 'basic', username: 'u', password } },
    });
    const params = writeParams(lab, configs('first-password'));
    await lab.run({ ...rest, params });
    await lab.run({ ...rest, params, mode: 'plan' });
    expect(row()).toMatchObject({ action: 'unchanged', secrets: expect.stringMatching(/^scrypt:/) });
    writeParams(lab, configs('second-password'));
    await lab.run({ ...rest, params, mode: 'plan' });
    expect(row().changes).toMatchObject([{ kind: 'changed', secret: true, before: '•••', after: '•••' }]);
    expect(planText()).not.toMatch(/first-password|second-password/);
  });
});

describe('what else than an import may be needed', () => {
  test('a revision that is as wanted and not deployed is deployed, nothing is imported', async () => {
    await lab.run(rest);
    const [api] = lab.staging.apis;
    api!.revisions[0]!.deployments = [];
    await lab.run({ ...rest, mode: 'plan' });
    expect(row()).toMatchObject({ action: 'redeploy', redeploys: 1, imports: false });
    const before = writes(lab.staging).length;
    const { failure, outputs } = await lab.run({ ...rest, plan: 'promotion-plan.json' });
    expect(failure).toBeUndefined();
    expect(
      writes(lab.staging)
        .slice(before)
        .map(({ path }) => path.split('/').at(-1)),
    ).toEqual(['deploy-revision']);
    expect(JSON.parse(outputs.promoted ?? '')).toMatchObject([{ action: 'redeploy', revision: 1 }]);
    expect(api!.revisions.map(({ deployments }) => deployments.length)).toEqual([1]);
  });

  test('a life cycle state alone is changed by a step, nothing is imported', async () => {
    await lab.run(rest);
    lab.staging.apis[0]!.lifeCycleStatus = 'CREATED';
    const before = writes(lab.staging).length;
    const { failure } = await lab.run(rest);
    expect(failure).toBeUndefined();
    expect(
      writes(lab.staging)
        .slice(before)
        .map(({ path }) => path.split('/').at(-1)),
    ).toEqual(['change-lifecycle']);
    expect(lab.staging.apis[0]!.lifeCycleStatus).toBe('PUBLISHED');
  });

  test('unpublished edits in the publisher are left alone, and that is said', async () => {
    await lab.run(rest);
    const api = lab.staging.apis[0]!;
    api.working = { ...api.working, api: { ...api.working.api, description: 'draft' } };
    await lab.run({ ...rest, mode: 'plan' });
    expect(row()).toMatchObject({
      action: 'unchanged',
      notes: ['unpublished edits in the publisher are left alone'],
    });
    lab.changeSource();
    await lab.run({ ...rest, mode: 'plan' });
    expect(row()).toMatchObject({
      action: 'update',
      losses: [expect.stringContaining('unpublished edits in the publisher are overwritten')],
    });
  });
});

describe('the plan file', () => {
  // Ajv 6 knows draft-07; of draft 2020-12 the schema uses what both mean alike.
  const Ajv = createRequire(import.meta.url)('ajv') as new (options: object) => {
    compile(schema: object): { (value: unknown): boolean; errors?: unknown };
  };
  const schemaFile = join(import.meta.dirname, '../../../../docs/promotion-plan.schema.json');
  const { $schema, ...schema } = JSON.parse(readFileSync(schemaFile, 'utf8')) as Record<string, unknown>;
  const validate = new Ajv({ allErrors: true }).compile(schema);
  const expectValid = () => {
    const valid = validate(planned());
    expect([valid, validate.errors]).toEqual([true, null]);
  };

  test('has a schema of draft 2020-12 that is its format', async () => {
    expect($schema).toBe('https://json-schema.org/draft/2020-12/schema');
    await lab.run({ ...rest, mode: 'plan' });
    expect(planned().schema).toBe(schema.$id);
    expect(validate({ ...planned(), more: 1 })).toBe(false);
    expect(validate({ ...planned(), apis: [{ ...row(), action: 'guess' }] })).toBe(false);
  });

  test('is valid for every action', async () => {
    await addApi(lab.dev, 'Same');
    await addApi(lab.dev, 'Moved');
    await addApi(lab.dev, 'Changed');
    await lab.run({ ...rest, apis: '*:*' });
    await addApi(lab.dev, 'Fresh');
    const named = (name: string) => lab.staging.apis.find((api) => api.name === name)!;
    named('Moved').revisions[0]!.deployments = [];
    edit(named('Changed'), { tags: ['other'] });
    named('EmployeeAPI').provider = 'somebody';
    lab.changeSource();
    const { outputs } = await lab.run({ ...rest, apis: '*:*', mode: 'plan' });
    expect(changes(outputs)).toEqual({ create: 1, update: 1, redeploy: 1, unchanged: 1, refused: 1, failed: 0 });
    expectValid();
  });

  test('holds no secret, whatever the passwords are', async () => {
    const password = fc
      .string({ minLength: 6, maxLength: 20, unit: 'grapheme-ascii' })
      .map((text) => `pw${text.trim()}#: "`)
      .filter((text) => !text.includes('${'));
    await fc.assert(
      fc.asyncProperty(password, password, async (source, target) => {
        edit(lab.dev.apis[0]!, {
          endpointConfig: {
            endpoint_type: 'http',
            production_endpoints: { url: `https://user:${encodeURIComponent(source)}@backend.example.com` },
            endpoint_security: { production: { enabled: true, type: 'BASIC', username: 'u', password: source } },
          },
        });
        const params = writeParams(lab, {
          endpoints: { production: { url: 'https://staging.example.com' } },
          security: { production: { enabled: true, type: 'basic', username: 'u', password: target } },
        });
        for (const inputs of [{}, { params }]) {
          const { failure, facts, outputs } = await lab.run({ ...rest, ...inputs, mode: 'plan' });
          expect(failure).toBeUndefined();
          expectValid();
          for (const secret of [source, target, encodeURIComponent(source)]) {
            const forms = [secret, JSON.stringify(secret).slice(1, -1), Buffer.from(secret).toString('base64')];
            for (const form of forms) {
              expect(planText().includes(form)).toBe(false);
              expect(JSON.stringify([facts, outputs]).includes(form)).toBe(false);
            }
          }
        }
      }),
      { numRuns: 12 },
    );
  });
});

describe('what is refused', () => {
  test('is a row of the plan with its reasons, and the step fails: it cannot be applied', async () => {
    await addApi(lab.dev, 'Fine');
    await lab.run(rest);
    lab.staging.apis[0]!.provider = 'somebody';
    lab.changeSource();
    const { failure, outputs } = await lab.run({ ...rest, apis: '*:*', mode: 'plan' });
    expect(failure).toMatchObject({ code: 'API_CONFLICT', message: expect.stringContaining('belongs to somebody') });
    expect(outputs).toMatchObject({ verdict: 'refused', plan: 'promotion-plan.json' });
    expect(planned().apis.map(({ name, action }) => [name, action])).toEqual([
      ['EmployeeAPI', 'refused'],
      ['Fine', 'create'],
    ]);
  });

  test('keeps an apply from beginning at all', async () => {
    await addApi(lab.dev, 'Fine');
    await lab.run(rest);
    lab.staging.apis[0]!.provider = 'somebody';
    lab.changeSource();
    const before = writes(lab.staging).length;
    const { failure, outputs } = await lab.run({ ...rest, apis: '*:*' });
    expect(failure).toMatchObject({ code: 'API_CONFLICT' });
    expect(outputs.verdict).toBe('failed');
    expect(writes(lab.staging)).toHaveLength(before);
  });

  test('preserve-provider false goes across users: created with ours, unchanged afterwards', async () => {
    lab.dev.apis[0]!.provider = 'developer';
    const inputs = { ...rest, 'preserve-provider': 'false' };
    expect((await lab.run(inputs)).failure).toBeUndefined();
    expect(lab.staging.apis[0]!.provider).toBe('admin');
    const { outputs } = await lab.run(inputs);
    expect(changes(outputs)).toMatchObject({ unchanged: 1 });
  });
});

describe('which APIs', () => {
  beforeEach(async () => {
    await addApi(lab.dev, 'Pets', { tags: ['public', 'shop'] });
    await addApi(lab.dev, 'PetShop', { tags: ['shop'] });
    await addApi(lab.dev, 'Orders');
  });
  const names = () => planned().apis.map(({ name }) => name);

  test.each<[string, string, string[]]>([
    ['a glob', 'Pet*:*', ['PetShop', 'Pets']],
    ['a glob of versions', '*:1.0.?', ['EmployeeAPI', 'Orders', 'PetShop', 'Pets']],
    ['several lines, each API once', 'Orders:1.0.0\nPet*:*\nPets:1.0.0', ['Orders', 'PetShop', 'Pets']],
    ['a tag', 'tag:shop', ['PetShop', 'Pets']],
    ["the publisher's own search", 'query:name:Ord', ['Orders']],
  ])('%s', async (_, apis, expected) => {
    const { failure } = await lab.run({ ...rest, mode: 'plan', apis });
    expect(failure).toBeUndefined();
    expect(names()).toEqual(expected);
  });

  test('a file that lists them', async () => {
    writeFileSync(join(lab.workspace, 'apis.txt'), '# ours\n- Pet*:*\n- Orders:1.0.0\n');
    await lab.run({ ...rest, mode: 'plan', apis: 'apis.txt' });
    expect(names()).toEqual(['PetShop', 'Pets', 'Orders']);
  });

  test('more than one page of them', async () => {
    lab.dev.pageLimit = 2;
    await lab.run({ ...rest, mode: 'plan', apis: '*:*' });
    expect(names()).toHaveLength(4);
  });

  test('a line that selects nothing is an input error', async () => {
    const { failure } = await lab.run({ ...rest, mode: 'plan', apis: 'Cats*:*' });
    expect(failure).toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining("'Cats*:*' selects no API"),
    });
  });

  test('of archives: globs and tags; a search is refused', async () => {
    const archives = { ...rest, mode: 'plan', from: undefined, archives: 'EmployeeAPI-1.0.0' };
    expect((await lab.run({ ...archives, apis: 'Emp*:*' })).failure).toBeUndefined();
    expect((await lab.run({ ...archives, apis: 'tag:nothing-has-it' })).failure).toMatchObject({
      message: expect.stringContaining("'tag:nothing-has-it' selects no API"),
    });
    expect((await lab.run({ ...archives, apis: 'query:x' })).failure).toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('archives cannot answer it'),
    });
  });
});

describe('shards', () => {
  test('the plan gives a matrix, and its shards together do the plan, each its part', async () => {
    for (let n = 1; n <= 6; n++) await addApi(lab.dev, `Api${n}`);
    const { outputs } = await lab.run({ ...rest, mode: 'plan', apis: '*:*', shards: '3' });
    const { include } = JSON.parse(outputs.matrix ?? '') as { include: { shard: string; apis: string }[] };
    expect(include.map(({ shard }) => shard)).toEqual(['1/3', '2/3', '3/3']);
    for (const { shard, apis } of include) {
      const { failure, outputs: done } = await lab.run({
        ...rest,
        apis: undefined,
        plan: 'promotion-plan.json',
        shard,
      });
      expect(failure).toBeUndefined();
      const promoted = JSON.parse(done.promoted ?? '') as { name: string }[];
      expect(promoted.map(({ name }) => `${name}:1.0.0`).sort()).toEqual(apis.split('\n').sort());
    }
    expect(lab.staging.apis).toHaveLength(7);
    const again = await lab.run({ ...rest, mode: 'plan', apis: '*:*', shards: '3' });
    expect(again.outputs.matrix).toBe('{"include":[]}');
  });

  test.each([
    ['not of the form', { shard: 'two' }],
    ['without a plan', { shard: '1/2' }],
    ['shards in an apply', { shards: '2' }],
  ])('%s is an input error', async (_, inputs) => {
    expect((await lab.run({ ...rest, ...inputs })).failure).toMatchObject({ code: 'INPUT_INVALID' });
  });
});
