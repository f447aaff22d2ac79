import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startLabPromotion, type LabPromotion } from './lab-promotion.ts';
import { rest, writeParams, writes } from './many-apis.ts';

let lab: LabPromotion;
beforeEach(async () => {
  lab = await startLabPromotion({ staging: { vhosts: { Default: ['api.example.com', 'partner.example.com'] } } });
});
afterEach(() => lab.close());

const endpoints = { production: { url: 'https://b.example.com' } };
const place = { deploymentEnvironment: 'Default', displayOnDevportal: true };
const hosts = () => lab.staging.apis[0]!.revisions.flatMap(({ deployments }) => deployments.map(({ vhost }) => vhost));
const planned = () =>
  JSON.parse(readFileSync(join(lab.workspace, 'promotion-plan.json'), 'utf8')) as {
    apis: { deployments: object[]; notes: string[]; changes: { path: string; before?: string; after?: string }[] }[];
  };

describe.each([
  ['apictl', {}],
  ['rest', rest],
] as const)('engine %s: params that name no virtual host', (_, engine) => {
  test('are planned, said and applied with the first of the gateway environment, whatever the server would take then', async () => {
    const params = writeParams(lab, { endpoints, deploymentEnvironments: [place] });
    await lab.run({ ...engine, params, mode: 'plan' });
    const [api] = planned().apis;
    expect(api?.deployments).toMatchObject([{ gateway: 'Default', vhost: 'api.example.com' }]);
    expect(api?.notes).toEqual([
      'no virtual host of Default is named: it is served on api.example.com, and not on partner.example.com',
    ]);
    expect(lab.ports.markdown()).toContain('served on api.example.com');
    const { failure } = await lab.run({ ...engine, params, apis: undefined, plan: 'promotion-plan.json' });
    expect(failure).toBeUndefined();
    expect(hosts()).toEqual(['api.example.com']);
    const [imported] = writes(lab.staging);
    expect(imported?.path).toContain('/apis/import');
    // Again: nothing to do, and nothing to say.
    await lab.run({ ...engine, params, mode: 'plan' });
    expect(planned().apis[0]).toMatchObject({ action: 'unchanged', notes: [] });
  });
});

test('params that name none move an API that serves on another one, and the plan shows it', async () => {
  const there = writeParams(lab, {
    endpoints,
    deploymentEnvironments: [{ ...place, deploymentVhost: 'partner.example.com' }],
  });
  await lab.run({ ...rest, params: there });
  expect(hosts()).toEqual(['partner.example.com']);
  const params = writeParams(lab, { endpoints, deploymentEnvironments: [place] });
  await lab.run({ ...rest, params, mode: 'plan' });
  expect(planned().apis[0]?.changes).toContainEqual(
    expect.objectContaining({
      path: 'deployedOn[Default].vhost',
      before: 'partner.example.com',
      after: 'api.example.com',
    }),
  );
});

test('without params an API stays on the virtual host where it serves', async () => {
  const params = writeParams(lab, {
    endpoints,
    deploymentEnvironments: [{ ...place, deploymentVhost: 'partner.example.com' }],
  });
  await lab.run({ ...rest, params });
  lab.changeSource();
  expect((await lab.run(rest)).failure).toBeUndefined();
  expect(hosts()).toEqual(['partner.example.com']);
});

test('a virtual host that the gateway environment does not have is refused before anything is sent', async () => {
  const params = writeParams(lab, {
    endpoints,
    deploymentEnvironments: [{ ...place, deploymentVhost: 'partners.example.com' }],
  });
  const { failure } = await lab.run({ ...rest, params });
  expect(failure).toMatchObject({
    code: 'GATEWAY_UNKNOWN',
    message: expect.stringContaining("Did you mean 'partner.example.com'?"),
  });
  expect(writes(lab.staging)).toEqual([]);
});
