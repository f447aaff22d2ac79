import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startLabPromotion, type LabPromotion } from './lab-promotion.ts';

let lab: LabPromotion;

beforeEach(async () => {
  lab = await startLabPromotion();
});
afterEach(() => lab.close());

describe('promoting an API from one environment to the next', () => {
  test('it is created, deployed, proven at publisher and gateway, and told as outputs and summary', async () => {
    const { outputs, failure } = await lab.run();
    expect(failure).toBeUndefined();
    expect(outputs.verdict).toBe('succeeded');
    expect(JSON.parse(outputs.changes ?? '')).toEqual({
      create: 1,
      update: 0,
      redeploy: 0,
      unchanged: 0,
      refused: 0,
      failed: 0,
    });
    expect(JSON.parse(outputs.promoted ?? '')).toEqual([
      {
        name: 'EmployeeAPI',
        version: '1.0.0',
        action: 'create',
        revision: 1,
        lifeCycleStatus: 'PUBLISHED',
        gateways: [{ gateway: 'Default', status: 401 }],
      },
    ]);
    expect(lab.staging.apis[0]?.revisions[0]?.deployments.map(({ name }) => name)).toEqual(['Default']);
    expect(lab.ports.markdown()).toContain('✅ dev → staging');
  });

  test("the founding chapter's params file is accepted as it stands: converted and rendered for the one target", async () => {
    const { outputs, failure } = await lab.run({ params: 'api_params.yaml' });
    expect(failure).toBeUndefined();
    expect(outputs.verdict).toBe('succeeded');
    expect(lab.staging.apis[0]?.working.api.endpointConfig).toEqual({
      endpoint_type: 'http',
      production_endpoints: { url: 'https://staging-backend.example.com/api' },
      sandbox_endpoints: { url: 'https://staging-sandbox.example.com/api' },
      endpoint_security: {
        production: { enabled: true, type: 'BASIC', username: 'staging_user', password: 'staging_pass' },
        sandbox: { enabled: false, type: 'NONE' },
      },
    });
    expect(lab.ports.annotations.map(({ level, line }) => [level, line])).toEqual([
      ['warning', 13],
      ['notice', undefined],
    ]);
    expect(lab.ports.markdown()).toContain('api_params.yaml in the 4.x shape');
    for (const secret of ['staging_pass', 'prod_pass']) {
      expect(lab.ports.markdown()).not.toContain(secret);
      expect(lab.ports.lines.join('\n')).not.toContain(secret);
    }
  });

  test('a second run after a change updates it: a new revision takes the place of the old one', async () => {
    await lab.run();
    lab.changeSource();
    const { outputs, failure } = await lab.run();
    expect(failure).toBeUndefined();
    expect(JSON.parse(outputs.changes ?? '')).toMatchObject({ create: 0, update: 1, failed: 0 });
    expect(lab.staging.apis[0]?.revisions.map(({ deployments }) => deployments.length)).toEqual([0, 1]);
  });

  test('at the limit of five revisions the oldest that is not deployed goes, and this is said', async () => {
    await lab.run();
    const api = lab.staging.apis[0]!;
    const [first] = api.revisions;
    for (const number of [2, 3, 4, 5]) api.revisions.push({ ...first!, id: `r${number}`, number, deployments: [] });
    api.lastRevisionNumber = 5;
    lab.changeSource();
    await lab.run({ mode: 'plan' });
    expect(lab.ports.markdown()).toContain('revision 2 is removed for room');
    const { failure } = await lab.run();
    expect(failure).toBeUndefined();
    expect(api.revisions.map(({ number }) => number)).toEqual([1, 3, 4, 5, 6]);
  });

  test('an archive or a project folder of the repository needs no source environment', async () => {
    const { outputs, failure } = await lab.run({
      apis: undefined,
      from: undefined,
      'from-username': undefined,
      'from-password': undefined,
      archives: 'EmployeeAPI-1.0.0',
    });
    expect(failure).toBeUndefined();
    expect(outputs.verdict).toBe('succeeded');
    expect(lab.dev.requests).toEqual([]);
  });

  test('a personal access token logs in without being an argument of any command', async () => {
    const { failure } = await lab.run({
      'from-username': undefined,
      'from-password': undefined,
      'from-token': 'dev-pat',
    });
    expect(failure).toBeUndefined();
    const exported = lab.dev.requests.find(({ path }) => path.endsWith('/apis/export'));
    expect(exported?.headers.authorization).toBe('Bearer dev-pat');
  });

  test('lifecycle keep leaves the state that the target had', async () => {
    await lab.run();
    const [api] = lab.staging.apis;
    if (api !== undefined) api.lifeCycleStatus = 'DEPRECATED';
    await lab.run({ lifecycle: 'keep' });
    expect(lab.staging.apis[0]?.lifeCycleStatus).toBe('DEPRECATED');
    await lab.run({ lifecycle: 'publish' });
    expect(lab.staging.apis[0]?.lifeCycleStatus).toBe('PUBLISHED');
  });
});

describe('plan and apply', () => {
  test('mode plan changes nothing and writes what would happen', async () => {
    const { outputs, failure } = await lab.run({ mode: 'plan' });
    expect(failure).toBeUndefined();
    expect(outputs).toMatchObject({ verdict: 'planned', plan: 'promotion-plan.json' });
    expect(lab.staging.apis).toEqual([]);
    expect(lab.staging.requests.filter(({ path }) => path.endsWith('/import'))).toEqual([]);
    const plan = JSON.parse(readFileSync(join(lab.workspace, 'promotion-plan.json'), 'utf8')) as object;
    expect(plan).toMatchObject({ from: 'dev', to: 'staging', apis: [{ name: 'EmployeeAPI', action: 'create' }] });
    expect(lab.ports.markdown()).toContain('Plan: dev → staging');
  });

  test('a plan is applied while its ground is the same', async () => {
    await lab.run({ mode: 'plan' });
    const { outputs } = await lab.run({ plan: 'promotion-plan.json' });
    expect(outputs.verdict).toBe('succeeded');
  });

  test.each([
    {
      name: 'the source has changed',
      move: (now: LabPromotion) => {
        now.changeSource();
        return Promise.resolve();
      },
      says: 'has changed at its source',
    },
    {
      name: 'the target has changed',
      move: async (now: LabPromotion) => {
        await now.run({ lifecycle: 'publish' });
        now.staging.apis[0]!.revisions[0]!.snapshot.api.description = 'edited';
      },
      says: 'has changed in staging',
    },
  ])('a plan is refused when $name', async ({ move, says }) => {
    await lab.run({ mode: 'plan' });
    await move(lab);
    const imports = () => lab.staging.requests.filter(({ path }) => path.endsWith('/import')).length;
    const before = imports();
    const { failure, outputs } = await lab.run({ plan: 'promotion-plan.json' });
    expect(failure).toMatchObject({ code: 'PLAN_STALE', message: expect.stringContaining(says) });
    expect(outputs.verdict).toBe('failed');
    expect(imports()).toBe(before);
  });

  test('what is no plan is refused', async () => {
    writeFileSync(join(lab.workspace, 'other.json'), '{}');
    expect((await lab.run({ plan: 'other.json' })).failure).toMatchObject({ code: 'PLAN_STALE' });
  });
});
