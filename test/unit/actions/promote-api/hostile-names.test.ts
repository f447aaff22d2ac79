import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { LoggedRequest } from '@wso2-delivery/lab/apim/api-manager';
import { formatYaml } from '@wso2-delivery/shared/formats/yaml';
import { startLabPromotion, type LabPromotion } from './lab-promotion.ts';
import { addApi, portrait, rest, writeParams } from './many-apis.ts';

let lab: LabPromotion;
beforeEach(async () => {
  lab = await startLabPromotion();
});
afterEach(() => lab.close());

const engines = [
  ['apictl', {}],
  ['rest', rest],
] as const;

const hostile = [
  '../x',
  'a/../b',
  '../../../../../victim',
  'a"b',
  "a'b",
  'a\nb',
  'a\u0000b',
  'a\u202eb',
  'n'.repeat(250),
];
const odd = ['-rf', '--all', '..', 'Grüße 北京', 'Cafe\u0301', 'Café', 'Two  Blanks', 'n'.repeat(60)];

const all = (requests: readonly LoggedRequest[]) => requests.map(({ method, path }) => `${method} ${path}`);

describe.each(engines)('engine %s', (_, engine) => {
  test('odd names of a listing are carried through as they are', async () => {
    for (const [at, name] of odd.entries()) await addApi(lab.dev, name, { context: `/odd${at}` });
    const { failure } = await lab.run({ ...engine, apis: '*:*' });
    expect(failure).toBeUndefined();
    expect(lab.staging.apis.map(({ name }) => name).sort()).toEqual([...odd, 'EmployeeAPI'].sort());
    expect((await lab.run({ ...engine, apis: '*:*', mode: 'drift' })).outputs.verdict).toBe('in-sync');
  });

  test('hostile names of a listing are refused by name, all at once, before anything is exported', async () => {
    // What an export by such a name would remove.
    const victim = join(dirname(lab.workspace), 'victim_1.0.0.zip');
    writeFileSync(victim, 'mine');
    for (const [at, name] of hostile.entries()) await addApi(lab.dev, name, { context: `/h${at}` });
    const { failure } = await lab.run({ ...engine, apis: '*:*' });
    expect(failure).toMatchObject({ code: 'INPUT_INVALID', problems: hostile.map(() => expect.anything()) });
    expect((failure as Error).message).toContain("the name '../x' holds '/'");
    expect(all(lab.dev.requests).filter((each) => each.includes('/export'))).toEqual([]);
    expect(readFileSync(victim, 'utf8')).toBe('mine');
    expect(lab.staging.apis).toEqual([]);
    lab.ports.dispose();
    expect(lab.leftovers()).toEqual(['victim_1.0.0.zip']);
  });

  test.each(hostile.filter((name) => !name.includes('\u0000')))('%j as a name of api.yaml is refused', async (name) => {
    mkdirSync(join(lab.workspace, 'Hostile'));
    writeFileSync(
      join(lab.workspace, 'Hostile/api.yaml'),
      formatYaml({ data: { name, version: '1.0.0', context: '/h' } }),
    );
    const { failure } = await lab.run({ ...engine, apis: undefined, from: undefined, archives: 'Hostile' });
    expect(failure).toMatchObject({ code: 'ARCHIVE_INVALID', message: expect.stringContaining('cannot be promoted') });
    expect(lab.staging.requests).toEqual([]);
  });

  test('a plan file with a hostile name is refused, and nothing is asked for', async () => {
    await lab.run({ ...engine, mode: 'plan' });
    const path = join(lab.workspace, 'promotion-plan.json');
    const text = readFileSync(path, 'utf8');
    const seen = [lab.dev.requests.length, lab.staging.requests.length];
    for (const name of hostile) {
      writeFileSync(path, text.replaceAll('"EmployeeAPI"', JSON.stringify(name)));
      const { failure } = await lab.run({ ...engine, apis: undefined, plan: 'promotion-plan.json' });
      expect(failure).toMatchObject({ code: 'PLAN_STALE', message: expect.stringContaining('is no plan') });
    }
    expect([lab.dev.requests.length, lab.staging.requests.length]).toEqual(seen);
  });
});

test.each([
  [{ version: '../1' }, "the version '../1' holds '/'"],
  [{ context: '/../../admin' }, 'is no path'],
  [{ context: '/a?b' }, 'is no path'],
])('%j in an export is refused by name', async (fields, says) => {
  await addApi(lab.dev, 'Odd', fields);
  const { failure } = await lab.run({ ...rest, apis: 'O*:*' });
  expect((failure as Error).message).toContain(says);
  expect(lab.staging.apis).toEqual([]);
});

test('a selection by name takes none of these', async () => {
  for (const name of hostile) {
    writeFileSync(join(lab.workspace, 'apis.txt'), `- ${name}:1.0.0\n`);
    const { failure } = await lab.run({ ...rest, apis: 'apis.txt' });
    expect(failure).toMatchObject({ code: 'INPUT_INVALID' });
  }
  expect(lab.dev.requests).toEqual([]);
});

test('a journal with hostile names puts nothing back, and touches nothing', async () => {
  await lab.run(rest);
  const path = join(lab.workspace, 'promotion-journal.jsonl');
  const text = readFileSync(path, 'utf8');
  const before = portrait(lab.staging);
  for (const name of ['../x', '--all', 'a"b']) {
    writeFileSync(path, text.replaceAll('"EmployeeAPI"', JSON.stringify(name)));
    await lab.run({ ...rest, mode: 'rollback', apis: undefined, from: undefined });
    const strange = lab.staging.requests.filter(({ path: asked }) => /\.\.|\/x/.test(asked));
    expect(strange).toEqual([]);
    for (const { name: left } of lab.staging.apis) expect(left).toBe('EmployeeAPI');
  }
  expect(before).toHaveLength(1);
});

describe('params', () => {
  test('a gateway environment or a certificate by a hostile name is refused', async () => {
    const endpoints = { production: { url: 'https://b' } };
    const gateway = writeParams(lab, { endpoints, deploymentEnvironments: [{ deploymentEnvironment: '../../x' }] });
    expect((await lab.run({ ...rest, params: gateway })).failure).toMatchObject({ code: 'GATEWAY_UNKNOWN' });
    const secret = join(dirname(lab.workspace), 'secret.crt');
    writeFileSync(secret, 'secret');
    const folder = join(lab.workspace, 'deployment');
    mkdirSync(join(folder, 'certificates'), { recursive: true });
    const certs = [{ hostName: 'https://b', alias: 'b', path: '../../../secret.crt' }];
    const document = { environments: [{ name: 'staging', configs: { endpoints, certs } }] };
    writeFileSync(join(folder, 'params.yaml'), formatYaml(document));
    expect((await lab.run({ ...rest, params: 'deployment' })).failure).toMatchObject({ code: 'PARAMS_INVALID' });
  });

  test.each(['params.yaml', 'certificates/own.crt'])(
    '%s that is a link out of the workspace is not read',
    async (name) => {
      const outside = join(dirname(lab.workspace), 'outside');
      writeFileSync(outside, 'environments: [{name: staging, configs: {endpoints: {production: {url: https://b}}}}]');
      const folder = join(lab.workspace, 'deployment');
      mkdirSync(join(folder, 'certificates'), { recursive: true });
      if (name !== 'params.yaml') writeFileSync(join(folder, 'params.yaml'), readFileSync(outside));
      symlinkSync(outside, join(folder, name));
      const { failure } = await lab.run({ ...rest, params: 'deployment' });
      expect(failure).toMatchObject({
        code: 'INPUT_INVALID',
        message: expect.stringContaining(`deployment/${name} is a link out of the workspace`),
      });
      expect(existsSync(outside)).toBe(true);
      expect(lab.staging.requests).toEqual([]);
    },
  );
});

test.each(['-k', '--insecure', '..', '.'])('an environment named %j is refused', async (name) => {
  const text = readFileSync(join(lab.workspace, 'lab.yaml'), 'utf8').replace(/name: "?staging"?/, `name: "${name}"`);
  writeFileSync(join(lab.workspace, 'lab.yaml'), text);
  const { failure } = await lab.run({ ...rest, to: name });
  expect(failure).toMatchObject({ code: 'ENVIRONMENTS_INVALID' });
  expect([...lab.dev.requests, ...lab.staging.requests]).toEqual([]);
});
