import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Fault } from '@wso2-delivery/lab/apim/faults';
import { readProjectFolder, writeArchive } from '@wso2-delivery/shared/apim/archive';
import { DeliveryError, messageOf } from '@wso2-delivery/shared/base/errors';
import { startLabPromotion, type LabPromotion } from './lab-promotion.ts';

const examples = join(import.meta.dirname, '../../../../examples');
let lab: LabPromotion;
let product: Buffer;

beforeEach(async () => {
  lab = await startLabPromotion();
  for (const part of ['employee-product', 'employee-portal']) {
    cpSync(join(examples, part), lab.workspace, { recursive: true });
  }
  const packed = async (folder: string) => {
    const path = join(lab.workspace, 'packed.zip');
    await writeArchive(path, readProjectFolder(join(lab.workspace, folder), folder));
    return readFileSync(path);
  };
  product = await packed('EmployeeProduct-1.0.0');
  await lab.dev.addProduct(product);
  await lab.dev.addApplication(await packed('admin-EmployeePortal'));
});
afterEach(() => lab.close());

const json = { 'content-type': 'application/json' };
const refusal = (status: number): Fault['does'] => ({ status, body: `{"code":${status}}`, headers: json });
const troubles: readonly (readonly [name: string, does: Fault['does']])[] = [
  ['a reset', 'reset'],
  ['401', refusal(401)],
  ['403', refusal(403)],
  ['404', refusal(404)],
  ['500', refusal(500)],
  ['a page with 200', { status: 200, body: '<html>', headers: { 'content-type': 'text/html' } }],
  ['half an answer', 'truncate'],
  ['an empty answer with 200', { status: 200 }],
];

/** What a kind calls that APIs do not. */
const calls: readonly (readonly [side: 'dev' | 'staging', path: RegExp])[] = [
  ['dev', /\/applications\/export/],
  ['staging', /\/admin\/v4\/applications\?/],
  ['staging', /\/applications\/export/],
  ['staging', /\/applications\/import/],
];
const productCalls: typeof calls = [
  ['dev', /\/api-products\/export/],
  ['staging', /\/api-products\?/],
  ['staging', /\/api-products\/[0-9a-f-]{36}\/revisions/],
  ['staging', /\/api-products\/[0-9a-f-]{36}(\?|$)/],
  ['staging', /\/api-products\/export/],
  ['staging', /\/api-products\/import/],
];

describe.each(troubles)('%s at a call', (_, does) => {
  test.each(calls)('of an application, %s %s: no wrong success, and a cause', async (side, path) => {
    await lab.staging.addProduct(product);
    const isThere = () => lab.staging.applications[0]?.subscriptions.length === 2;
    await expectTruth({ kind: 'application', apis: 'EmployeePortal:admin' }, side, path, does, isThere);
  });

  test.each(productCalls)('of a product, %s %s: no wrong success, and a cause', async (side, path) => {
    const isThere = () => lab.staging.products[0]?.revisions.at(-1)?.deployments.length === 1;
    const inputs = { kind: 'api-product', apis: 'EmployeeProduct:1.0.0', 'dependent-apis': 'update' };
    await expectTruth(inputs, side, path, does, isThere);
  });
});

async function expectTruth(
  inputs: Readonly<Record<string, string>>,
  side: 'dev' | 'staging',
  path: RegExp,
  does: Fault['does'],
  isThere: () => boolean,
): Promise<void> {
  lab[side].fault({ path, does });
  const quick = { engine: 'rest', 'request-timeout': '2s', verify: '2s', ...inputs };
  const { failure, outputs } = await lab.run(quick);
  if (failure === undefined) {
    expect([outputs.verdict, isThere()]).toEqual(['succeeded', true]);
  } else {
    expect(failure instanceof DeliveryError ? '' : messageOf(failure)).toBe('');
    expect(outputs.verdict).toMatch(/^(failed|refused)$/);
  }
  // Once it is well again, another run gets there.
  lab[side].clearFaults();
  const { failure: left } = await lab.run(quick);
  expect([left === undefined ? '' : messageOf(left), isThere()]).toEqual(['', true]);
}
