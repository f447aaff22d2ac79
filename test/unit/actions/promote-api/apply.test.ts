import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { HttpRequest } from '@wso2-delivery/shared/base/ports';
import { startLabPromotion, type LabPromotion } from './lab-promotion.ts';
import { addApi, archiveOf, edit, portrait, rest, writeParams, writes } from './many-apis.ts';

let lab: LabPromotion;
beforeEach(async () => {
  lab = await startLabPromotion({ staging: { vhosts: { Default: ['localhost', 'api.example.com'] } } });
});
afterEach(() => lab.close());

const withPlan = { ...rest, plan: 'promotion-plan.json' };
const all = { ...rest, apis: '*:*' };
const archive = (body: Buffer) => ({ status: 200, body, headers: { 'content-type': 'application/zip' } });
const backend = (url: string) => ({ endpointConfig: { endpoint_type: 'http', production_endpoints: { url } } });
const named = (name: string) => lab.staging.apis.find((api) => api.name === name)!;

describe('exactly the plan', () => {
  const password = (value: string) =>
    writeParams(lab, {
      endpoints: { production: { url: 'https://staging.example.com' } },
      security: { production: { enabled: true, type: 'basic', username: 'u', password: value } },
    });

  test.each<[name: string, move: () => void, says: string]>([
    [
      'the source, in a field',
      () => lab.changeSource('again'),
      'EmployeeAPI:1.0.0 has changed at its source (description)',
    ],
    ['a password of the params', () => void password('other-password'), 'EmployeeAPI:1.0.0 has other secrets'],
    [
      'an endpoint of the params',
      () => void writeParams(lab, { endpoints: { production: { url: 'https://elsewhere.example.com' } } }),
      'EmployeeAPI:1.0.0 has other params',
    ],
    [
      'the target, in a field',
      () => edit(lab.staging.apis[0]!, { visibility: 'PRIVATE' }),
      'EmployeeAPI:1.0.0 has changed in staging (visibility)',
    ],
    [
      'the working copy of the target',
      () => {
        const api = lab.staging.apis[0]!;
        api.working = { ...api.working, api: { ...api.working.api, description: 'draft' } };
      },
      'EmployeeAPI:1.0.0 has changed in staging',
    ],
    ['the target: it is gone', () => void (lab.staging.apis as object[]).splice(0), 'EmployeeAPI:1.0.0 has changed'],
  ])('is refused before anything is sent when something has moved: %s', async (_, move, says) => {
    const params = password('first-password');
    await lab.run({ ...rest, params });
    lab.changeSource();
    await lab.run({ ...rest, params, mode: 'plan' });
    move();
    const before = portrait(lab.staging);
    const sent = writes(lab.staging).length;
    const { failure, outputs } = await lab.run({ ...withPlan, params });
    expect(failure).toMatchObject({ code: 'PLAN_STALE', message: expect.stringContaining(says) });
    expect(outputs.verdict).toBe('failed');
    expect(writes(lab.staging)).toHaveLength(sent);
    expect(portrait(lab.staging)).toEqual(before);
  });

  test('needs no list of APIs beside it', async () => {
    await addApi(lab.dev, 'Pets');
    await lab.run({ ...all, mode: 'plan' });
    await addApi(lab.dev, 'Later');
    expect((await lab.run({ ...withPlan, apis: undefined })).failure).toBeUndefined();
    expect(lab.staging.apis.map(({ name }) => name).sort()).toEqual(['EmployeeAPI', 'Pets']);
  });

  test('with a selection that has grown since is refused', async () => {
    await lab.run({ ...all, mode: 'plan' });
    await addApi(lab.dev, 'Later');
    expect((await lab.run({ ...withPlan, apis: '*:*' })).failure).toMatchObject({
      code: 'PLAN_STALE',
      message: expect.stringContaining('Later:1.0.0 is not in it'),
    });
  });

  test('applied a second time it is done, and nothing is sent', async () => {
    await lab.run({ ...rest, mode: 'plan' });
    await lab.run(withPlan);
    const sent = writes(lab.staging).length;
    const { failure, outputs } = await lab.run(withPlan);
    expect(failure).toBeUndefined();
    expect(JSON.parse(outputs.promoted ?? '')).toMatchObject([
      { name: 'EmployeeAPI', revision: 1, gateways: [{ status: 401 }] },
    ]);
    expect(writes(lab.staging)).toHaveLength(sent);
  });

  test('an API that somebody else changes between the look and the import is left alone', async () => {
    await lab.run(rest);
    lab.changeSource();
    // The list of revisions is read twice: for the plan, and right before the first effect.
    let lists = 0;
    const http = {
      ...lab.ports.http,
      request: (request: HttpRequest) => {
        if (
          String(request.url).startsWith(lab.staging.url) &&
          String(request.url).endsWith('/revisions') &&
          ++lists === 2
        ) {
          named('EmployeeAPI').revisions[0]!.deployments = [];
        }
        return lab.ports.http.request(request);
      },
    };
    const sent = writes(lab.staging).length;
    const { failure } = await lab.run(rest, { ...lab.ports, http });
    expect(failure).toMatchObject({
      code: 'PLAN_STALE',
      message: expect.stringContaining('was changed in staging meanwhile'),
    });
    expect(writes(lab.staging)).toHaveLength(sent);
  });
});

describe('what serves afterwards is compared with the plan', () => {
  beforeEach(() => addApi(lab.dev, 'Pets'));
  const pets = { ...rest, apis: 'Pets:1.0.0' };

  test('a server that changes an endpoint without a word is a failure that names it, and it is undone', async () => {
    const other = await archiveOf('Pets', backend('https://other.example.com'));
    lab.staging.fault({ path: /\/apis\/export.*revisionNumber=1/, does: archive(other) });
    const { failure, outputs } = await lab.run({ ...pets, 'on-failure': 'rollback' });
    expect(failure).toMatchObject({
      code: 'STATE_NOT_AS_PLANNED',
      message: expect.stringMatching(
        /url is https:\/\/other\.example\.com, and https:\/\/backend\.example\.com was planned/,
      ),
    });
    expect(outputs.verdict).toBe('rolled-back');
    expect(lab.staging.apis).toEqual([]);
  });

  test('what servers normalise is told and no failure', async () => {
    const other = await archiveOf('Pets', { description: 'written by the server' });
    lab.staging.fault({ path: /\/apis\/export.*revisionNumber=1/, does: archive(other) });
    const { failure, facts } = await lab.run(pets);
    expect(failure).toBeUndefined();
    expect(JSON.stringify(facts)).toContain('description is written by the server');
  });

  test('a password that the server does not tell is no difference', async () => {
    const params = writeParams(lab, {
      endpoints: { production: { url: 'https://backend.example.com' } },
      security: { production: { enabled: true, type: 'basic', username: 'u', password: 'the-password' } },
    });
    // A server before preserveCredentials.
    const http = {
      ...lab.ports.http,
      request: (request: HttpRequest) =>
        lab.ports.http.request({
          ...request,
          url: String(request.url).replace('preserveCredentials=true', 'preserveCredentials=false'),
        }),
    };
    const { failure } = await lab.run({ ...pets, params }, { ...lab.ports, http });
    expect(failure).toBeUndefined();
    const { outputs } = await lab.run({ ...pets, params, mode: 'plan' }, { ...lab.ports, http });
    expect(JSON.parse(outputs.changes ?? '')).toMatchObject({ update: 1 });
  });
});

describe('the virtual host and the display in the developer portal', () => {
  const places = () =>
    named('EmployeeAPI')
      .revisions.flatMap(({ deployments }) => deployments)
      .map(({ name, vhost, displayOnDevportal }) => [name, vhost, displayOnDevportal]);

  test('are those of the params', async () => {
    const params = writeParams(lab, {
      endpoints: { production: { url: 'https://b.example.com' } },
      deploymentEnvironments: [
        { deploymentEnvironment: 'Default', deploymentVhost: 'api.example.com', displayOnDevportal: false },
      ],
    });
    expect((await lab.run({ ...rest, params })).failure).toBeUndefined();
    expect(places()).toEqual([['Default', 'api.example.com', false]]);
  });

  test('an update leaves an API on the virtual host where it serves', async () => {
    await lab.run(rest);
    const [revision] = named('EmployeeAPI').revisions;
    revision!.deployments = revision!.deployments.map((each) => ({ ...each, vhost: 'api.example.com' }));
    lab.changeSource();
    expect((await lab.run(rest)).failure).toBeUndefined();
    expect(places()).toEqual([['Default', 'api.example.com', true]]);
  });
});

describe('what a gateway must answer', () => {
  test('by choice: an API that should ask for a token and does not is a failure', async () => {
    await addApi(lab.dev, 'Open', { securityScheme: [] });
    const open = { ...rest, apis: 'Open:1.0.0', verify: '1s' };
    expect((await lab.run({ ...open, 'gateway-status': '401' })).failure).toMatchObject({
      code: 'GATEWAY_NOT_SERVING',
      message: expect.stringContaining('it answers 200, and 401 is expected'),
    });
    expect((await lab.run({ ...rest, 'gateway-status': '401 403' })).failure).toBeUndefined();
  });

  test('what is no status is an input error', async () => {
    expect((await lab.run({ ...rest, 'gateway-status': 'ok' })).failure).toMatchObject({ code: 'INPUT_INVALID' });
  });
});

describe('the life cycle state afterwards is proven', () => {
  /** A server whose next import does not take the state. */
  const deaf = (state: string) => {
    let now = state;
    let ignored = 0;
    Object.defineProperty(named('EmployeeAPI'), 'lifeCycleStatus', {
      configurable: true,
      enumerable: true,
      get: () => now,
      set: (value: string) => {
        if (ignored++ > 0) now = value;
      },
    });
  };

  test.each([
    ['source', 'CREATED', 'PUBLISHED', ['Publish']],
    ['publish', 'BLOCKED', 'PUBLISHED', ['Re-Publish']],
    ['keep', 'DEPRECATED', 'DEPRECATED', []],
  ])('%s: from %s to %s, by steps where an import does not do it', async (lifecycle, from, to, steps) => {
    await lab.run(rest);
    deaf(from);
    lab.changeSource();
    const sent = writes(lab.staging).length;
    const { failure } = await lab.run({ ...rest, lifecycle });
    expect(failure).toBeUndefined();
    expect(named('EmployeeAPI').lifeCycleStatus).toBe(to);
    const taken = writes(lab.staging)
      .slice(sent)
      .filter(({ path }) => path.endsWith('change-lifecycle'))
      .map(({ query }) => query.get('action'));
    expect(taken).toEqual(steps);
  });

  test('no way leads out of RETIRED: told', async () => {
    await lab.run(rest);
    deaf('RETIRED');
    lab.changeSource();
    expect((await lab.run(rest)).failure).toMatchObject({
      code: 'LIFECYCLE_NOT_AS_PLANNED',
      message: expect.stringContaining('no steps lead from there to PUBLISHED'),
    });
  });

  test('a step that waits for an approval is told', async () => {
    await lab.run(rest);
    named('EmployeeAPI').lifeCycleStatus = 'CREATED';
    const pending = { workflowStatus: 'CREATED', lifecycleState: { state: 'CREATED' } };
    lab.staging.fault({
      path: /change-lifecycle/,
      does: { status: 200, body: JSON.stringify(pending), headers: { 'content-type': 'application/json' } },
    });
    expect((await lab.run(rest)).failure).toMatchObject({
      code: 'LIFECYCLE_NOT_AS_PLANNED',
      message: expect.stringContaining('waits for an approval'),
    });
  });
});

describe('several APIs and several failures', () => {
  test('every API that is not as planned is named with what was begun; the others are promoted', async () => {
    for (const name of ['Pets', 'Orders', 'Carts']) await addApi(lab.dev, name);
    lab.staging.fault({
      path: /\/apis\/import/,
      skip: 1,
      times: 2,
      does: { status: 500, body: '{"description":"database is down"}' },
    });
    const { failure, outputs, facts } = await lab.run({ ...all, concurrency: '1' });
    expect(failure).toMatchObject({
      code: 'PROMOTION_FAILED',
      message: expect.stringMatching(
        /2 of 4 APIs were not promoted: EmployeeAPI:1\.0\.0: .*begun, end unknown: import; Orders:1\.0\.0: .*begun, end unknown: import/,
      ),
    });
    expect(outputs.verdict).toBe('failed');
    expect(JSON.parse(outputs.changes ?? '')).toMatchObject({ create: 4, failed: 2 });
    expect(JSON.stringify(facts)).toContain('database is down');
    expect(lab.staging.apis.map(({ name }) => name).sort()).toEqual(['Carts', 'Pets']);
  });

  test('the one API that a broken connection leaves half promoted is named, too', async () => {
    await addApi(lab.dev, 'Pets');
    await lab.run({ ...rest, apis: 'Pets:1.0.0' });
    lab.staging.fault({ method: 'POST', path: /\/apis\/import/, does: 'reset' });
    const { failure } = await lab.run({ ...all, concurrency: '1' });
    expect(failure).toMatchObject({ code: 'SERVICE_UNREACHABLE' });
    expect(lab.ports.annotations).toContainEqual({
      level: 'warning',
      message: 'EmployeeAPI:1.0.0 may be half promoted in staging: begun, end unknown: import',
    });
  });

  test('without a journal nothing is done', async () => {
    mkdirSync(join(lab.workspace, 'folder'));
    const { failure, outputs } = await lab.run({ ...rest, journal: 'folder' });
    expect(failure).toMatchObject({ code: 'JOURNAL_INVALID', message: expect.stringContaining('EISDIR') });
    expect(outputs).toMatchObject({ verdict: 'failed' });
    expect(outputs.journal).toBeUndefined();
    expect(writes(lab.staging)).toEqual([]);
  });

  test('cancelled in mid-run: what was begun and what was not is named, and no undo is tried', async () => {
    for (const name of ['Pets', 'Orders', 'Carts']) await addApi(lab.dev, name);
    lab.staging.fault({ path: /\/apis\/import/, skip: 1, does: 'hang' });
    const running = lab.run({ ...all, concurrency: '1', 'on-failure': 'rollback' });
    while (writes(lab.staging).length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    lab.ports.cancel();
    const { failure, outputs } = await running;
    expect(failure).toMatchObject({ kind: 'cancelled' });
    const { message } = failure as Error;
    expect(message).toMatch(/3 of 4 APIs were not promoted: EmployeeAPI:1\.0\.0: .*begun, end unknown: import/);
    expect(message).toMatch(/Orders:1\.0\.0: not begun; Pets:1\.0\.0: not begun/);
    expect(outputs.verdict).toBe('failed');
    expect(lab.staging.apis.map(({ name }) => name)).toEqual(['Carts']);
  });

  test('the journal says of each how it ended', async () => {
    await addApi(lab.dev, 'Pets');
    await lab.run(all);
    const journal = readFileSync(join(lab.workspace, 'promotion-journal.jsonl'), 'utf8');
    const results = [...journal.matchAll(/"record":"result","name":"(\w+)".*?"result":"([\w-]+)"/g)].map(
      ([, ...each]) => each,
    );
    expect(results.sort()).toEqual([
      ['EmployeeAPI', 'promoted'],
      ['Pets', 'promoted'],
    ]);
    expect(journal).toContain('"record":"end"');
  });
});
