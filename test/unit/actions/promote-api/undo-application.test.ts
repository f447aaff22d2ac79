import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Application } from '@wso2-delivery/lab/apim/applications';
import { readProjectFolder, writeArchive, type ApiProject } from '@wso2-delivery/shared/apim/archive';
import { startLabPromotion, type LabPromotion } from './lab-promotion.ts';
import { addApi } from './many-apis.ts';

const examples = join(import.meta.dirname, '../../../../examples');
const product = readProjectFolder(join(examples, 'employee-product/EmployeeProduct-1.0.0'), 'the product');
const application = readProjectFolder(join(examples, 'employee-portal/admin-EmployeePortal'), 'the application');

let lab: LabPromotion;
beforeEach(async () => {
  lab = await startLabPromotion({ staging: { users: { admin: 'staging-secret-pw', bob: 'bob-secret-pw' } } });
  for (const side of [lab.dev, lab.staging]) {
    await side.addProduct(await packed(product));
    await side.addApplication(await packed(application));
  }
  // The target has one subscription of the two, and other attributes.
  there().subscriptions.splice(1);
  there().info = { ...there().info, description: 'as it was', throttlingPolicy: '10PerMin', attributes: { team: 'a' } };
});
afterEach(() => lab.close());

async function packed(project: ApiProject): Promise<Buffer> {
  const path = join(lab.workspace, 'packed.zip');
  await writeArchive(path, project);
  return readFileSync(path);
}

const there = () => lab.staging.applications[0]!;
const portrait = ({ info, keys, subscriptions }: Application) => ({
  description: info.description,
  throttlingPolicy: info.throttlingPolicy,
  attributes: info.attributes,
  keys: keys.map(({ consumerKey, consumerSecret }) => `${consumerKey} ${consumerSecret}`),
  subscriptions: subscriptions.map(({ api, throttlingPolicy }) => `${api.name} ${throttlingPolicy}`),
});
const key = (consumerKey: string) => ({
  keyType: 'PRODUCTION' as const,
  keyManager: 'Resident Key Manager',
  consumerKey,
  consumerSecret: `secret of ${consumerKey}`,
  supportedGrantTypes: [],
  callbackUrl: '',
});
const journal = () => readFileSync(join(lab.workspace, 'promotion-journal.jsonl'), 'utf8');

const promotion = { kind: 'application', apis: 'EmployeePortal:admin', engine: 'rest' };
const rollback = {
  ...promotion,
  mode: 'rollback',
  apis: undefined,
  from: undefined,
  'from-username': undefined,
  'from-password': undefined,
};

describe('an application that was there before', () => {
  test.each(['apictl', 'rest'])(
    'gets its attributes back by the journal, and loses what it got (%s)',
    async (engine) => {
      const before = portrait(there());
      const promoted = await lab.run({ ...promotion, engine });
      expect(promoted.failure).toBeUndefined();
      expect(portrait(there())).not.toEqual(before);
      const { failure, outputs } = await lab.run({ ...rollback, engine });
      expect([failure, outputs.verdict]).toEqual([undefined, 'rolled-back']);
      expect(portrait(there())).toEqual(before);
      expect(lab.ports.markdown()).toContain('its former attributes were imported');
      expect(lab.ports.markdown()).toContain('its subscription to EmployeeProduct:1.0.0 was removed');
    },
  );

  test('a second rollback finds nothing left and writes nothing', async () => {
    await lab.run(promotion);
    await lab.run(rollback);
    const sent = lab.staging.requests.length;
    expect((await lab.run(rollback)).failure).toBeUndefined();
    const writes = lab.staging.requests
      .slice(sent)
      .filter(({ method, path }) => method !== 'GET' && path.startsWith('/api/'));
    expect(writes).toEqual([]);
  });

  test('keeps what its users subscribed to meanwhile', async () => {
    await lab.run(promotion);
    await addApi(lab.staging, 'Pets');
    const api = lab.staging.apis.find(({ name }) => name === 'Pets')!;
    there().subscriptions.push({ id: 'own', api, throttlingPolicy: 'Unlimited' });
    await lab.run(rollback);
    expect(portrait(there()).subscriptions).toEqual(['EmployeeAPI Unlimited', 'Pets Unlimited']);
  });

  test('keys that came with it are named: no journal holds what they replaced', async () => {
    lab.dev.applications[0]!.keys = [key('new-ckey')];
    there().keys = [key('old-ckey')];
    const said = 'the promoted keys (PRODUCTION) replace those in the target';
    await lab.run({ ...promotion, keys: 'include', mode: 'plan' });
    expect(lab.ports.markdown()).toContain(said);
    const before = lab.ports.markdown().length;
    await lab.run({ ...promotion, keys: 'include' });
    expect(lab.ports.markdown().slice(before)).toContain(said);
    expect(portrait(there()).keys).toEqual(['new-ckey secret of new-ckey']);
    const { failure } = await lab.run(rollback);
    expect(failure).toBeUndefined();
    expect(lab.ports.markdown()).toContain('the PRODUCTION key is the promoted one');
    for (const text of [journal(), lab.ports.markdown(), lab.ports.lines.join('\n')]) {
      expect(text).not.toMatch(/old-ckey|new-ckey/);
    }
  });

  test('in the same run even its keys come back, as far as the server tells them', async () => {
    lab.dev.applications[0]!.keys = [key('new-ckey')];
    there().keys = [key('old-ckey')];
    const before = portrait(there());
    // The import is done, and its answer is lost.
    lab.staging.fault({ path: /applications\/import/, times: 1, does: 'truncate' });
    const { outputs } = await lab.run({ ...promotion, keys: 'include', 'on-failure': 'rollback' });
    expect(outputs.verdict).toBe('rolled-back');
    expect(portrait(there())).toEqual(before);
    expect(lab.ports.markdown()).toContain('its former attributes and keys were imported');
  });

  test('a key whose secret the server keeps to itself is named: importing it would empty the secret', async () => {
    lab.dev.applications[0]!.keys = [key('new-ckey'), { ...key('new-sandbox'), keyType: 'SANDBOX' }];
    there().keys = [
      { ...key('old-ckey'), consumerSecret: '' },
      { ...key('old-sandbox'), keyType: 'SANDBOX' },
    ];
    lab.staging.fault({ path: /applications\/import/, times: 1, does: 'truncate' });
    await lab.run({ ...promotion, keys: 'include', 'on-failure': 'rollback' });
    expect(portrait(there()).keys.join()).not.toContain('old-ckey');
    expect(portrait(there()).keys).toContain('old-sandbox secret of old-sandbox');
    expect(portrait(there()).description).toBe('as it was');
    expect(lab.ports.markdown()).toContain('the PRODUCTION key is the promoted one');
  });

  test('a subscription that only its owner may remove is named', async () => {
    await lab.run(promotion);
    const as = { 'to-username': 'bob', 'to-password': 'bob-secret-pw' };
    const { failure } = await lab.run({ ...rollback, ...as });
    expect(failure).toBeUndefined();
    expect(portrait(there()).description).toBe('as it was');
    expect(lab.ports.markdown()).toContain(
      'the subscription to EmployeeProduct:1.0.0 remains: admin, who owns the application, can remove it',
    );
  });

  test('no value under the name of a secret is in the journal', async () => {
    there().info = { ...there().info, attributes: { team: 'a', clientSecret: 'attribute-secret' } };
    await lab.run(promotion);
    expect(journal()).toContain('"team":"a"');
    expect(journal()).not.toContain('attribute-secret');
  });

  test('an import that answers and changes nothing is no rollback', async () => {
    await lab.run(promotion);
    lab.staging.fault({ path: /applications\/import/, does: { status: 200, body: '{}' } });
    const { failure, outputs } = await lab.run(rollback);
    expect(failure).toMatchObject({ code: 'UNDO_FAILED', message: expect.stringContaining('former attributes') });
    expect(outputs.verdict).toBe('rollback-failed');
  });
});
