import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ApiManager } from '@wso2-delivery/lab/apim/api-manager';
import { startLabPromotion, type LabPromotion } from './lab-promotion.ts';
import { addApi, edit, portrait, rest, writes } from './many-apis.ts';

/** What a comparison needs, and the one right among it that also opens an import: API Manager has none for exports alone. */
const reading = [
  'apim:api_view',
  'apim:publisher_settings',
  'apim:api_import_export',
  'apim:api_product_import_export',
];

let lab: LabPromotion;
afterEach(() => lab.close());

async function start(scopes: readonly string[]): Promise<void> {
  const users = { admin: 'staging-secret-pw', reader: 'reader-secret-pw' };
  lab = await startLabPromotion({ staging: { users, rights: { reader: scopes } } });
}

const asReader = { 'to-username': 'reader', 'to-password': 'reader-secret-pw' };

/** What was asked for in each token of this library's own; apictl asks for what it always asks for. */
function ownScopes({ requests }: ApiManager): string[][] {
  return requests
    .filter(({ path, headers }) => path === '/oauth2/token' && !(headers['user-agent'] ?? '').includes('go-resty'))
    .map(({ body }) => (new URLSearchParams(body.toString('utf8')).get('scope') ?? '').split(' '));
}

describe('a user who may read', () => {
  beforeEach(() => start(reading));

  test.each(['apictl', 'rest'])(
    'is enough for a plan and for drift, and asks for nothing more: engine %s',
    async (name) => {
      await addApi(lab.dev, 'Same');
      await addApi(lab.dev, 'Moved');
      await lab.run({ ...rest, apis: 'Same:1.0.0\nMoved:1.0.0' });
      edit(
        lab.dev.apis.find((api) => api.name === 'Moved')!,
        { description: 'changed' },
      );
      const before = portrait(lab.staging);
      const seen = { dev: lab.dev.requests.length, staging: lab.staging.requests.length };
      const inputs = name === 'rest' ? rest : {};
      const planned = await lab.run({ ...inputs, ...asReader, mode: 'plan', apis: '*:*' });
      const drifted = await lab.run({ ...inputs, ...asReader, mode: 'drift', apis: '*:*', 'on-drift': 'report' });
      expect([planned.failure, drifted.failure]).toEqual([undefined, undefined]);
      expect(JSON.parse(planned.outputs.changes ?? '')).toMatchObject({ create: 1, update: 1, unchanged: 1 });
      for (const side of ['dev', 'staging'] as const) {
        const requests = lab[side].requests.slice(seen[side]);
        expect(writes({ ...lab[side], requests })).toEqual([]);
        const asked = ownScopes({ ...lab[side], requests });
        expect(asked).toEqual(asked.map(() => reading));
      }
      expect(ownScopes({ ...lab.staging, requests: lab.staging.requests.slice(seen.staging) })).toHaveLength(2);
      expect(portrait(lab.staging)).toEqual(before);
    },
  );

  test('cannot take away a revision, nor deploy one: the apply says which rights are lacking, and changes nothing', async () => {
    await lab.run(rest);
    const [api] = lab.staging.apis;
    api!.revisions[0]!.deployments = [];
    const before = portrait(lab.staging);
    const { failure } = await lab.run({ ...rest, ...asReader });
    expect(failure).toMatchObject({
      code: 'APIM_FORBIDDEN',
      message: expect.stringMatching(/did not deploy revision 1: 401 Unauthenticated request; .*apim:api_publish/),
    });
    expect(portrait(lab.staging)).toEqual(before);
  });
});

describe('a user who sees APIs and cannot export them', () => {
  beforeEach(() => start(['apim:api_view', 'apim:publisher_settings']));

  test('is enough where the target has none of the APIs', async () => {
    expect((await lab.run({ ...rest, ...asReader, mode: 'plan' })).failure).toBeUndefined();
    expect(readFileSync(join(lab.workspace, 'promotion-plan.json'), 'utf8')).toContain('"create"');
  });

  test('is told the right that a comparison lacks', async () => {
    await lab.run(rest);
    const { failure } = await lab.run({ ...rest, ...asReader, mode: 'plan' });
    expect(failure).toMatchObject({
      code: 'APIM_FORBIDDEN',
      message: expect.stringContaining('the user has not the scopes apim:api_import_export'),
    });
  });
});

test('who may not see the gateway environments is told so', async () => {
  await start(['apim:api_view', 'apim:api_import_export']);
  const { failure } = await lab.run({ ...rest, ...asReader, mode: 'plan' });
  expect(failure).toMatchObject({
    code: 'APIM_FORBIDDEN',
    message: expect.stringMatching(/did not name its gateway environments: 401 .*apim:publisher_settings/),
  });
});

test('a promotion asks for the rights to change beside them', async () => {
  await start(reading);
  await lab.run(rest);
  for (const scopes of ownScopes(lab.staging)) {
    expect(scopes).toEqual(expect.arrayContaining([...reading, 'apim:api_publish', 'apim:api_delete']));
  }
});
