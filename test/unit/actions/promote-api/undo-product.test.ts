import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readProjectFolder, writeArchive, type ApiProject } from '@wso2-delivery/shared/apim/archive';
import { startLabPromotion, type LabPromotion } from './lab-promotion.ts';

const folder = join(import.meta.dirname, '../../../../examples/employee-product/EmployeeProduct-1.0.0');
const product = readProjectFolder(folder, 'the product');

let lab: LabPromotion;
beforeEach(async () => {
  lab = await startLabPromotion();
});
afterEach(() => lab.close());

async function addProduct(project: ApiProject): Promise<void> {
  const path = join(lab.workspace, 'packed.zip');
  await writeArchive(path, project);
  await lab.dev.addProduct(readFileSync(path));
}

/** The example with its product's document changed. */
function changed(change: (text: string) => string): ApiProject {
  const text = change(product.files.get('api_product.yaml')?.toString('utf8') ?? '');
  return { ...product, files: new Map(product.files).set('api_product.yaml', Buffer.from(text)) };
}

/** The example, made of a second API as well. */
function ofTwoApis(): ApiProject {
  const second = 'name: TeamAPI\n      version: 1.0.0\n      operations: []\n    - name: EmployeeAPI';
  const project = changed((text) => text.replace('name: EmployeeAPI', second));
  const files = new Map(project.files);
  for (const [path, data] of product.files) {
    if (!path.startsWith('APIs/')) continue;
    const text = data.toString('utf8').replace('name: EmployeeAPI', 'name: TeamAPI').replace('/employees', '/teams');
    files.set(path.replace('EmployeeAPI', 'TeamAPI'), Buffer.from(text));
  }
  return { ...project, files };
}

const inputs = {
  kind: 'api-product',
  apis: 'EmployeeProduct:1.0.0',
  engine: 'rest',
  'dependent-apis': 'update',
  'on-failure': 'rollback',
  concurrency: '1',
};
const broken = { status: 500, body: '{"code":500}' };

describe('a product that fails with on-failure: rollback', () => {
  test.each<[what: string, path: RegExp, skip: number]>([
    ['its own import', /api-products\/import/, 0],
    ['the import of its second API', /\/apis\/import/, 1],
  ])('takes its new APIs with it: %s', async (_, path, skip) => {
    await addProduct(ofTwoApis());
    lab.staging.fault({ path, skip, does: broken });
    const { outputs, failure } = await lab.run(inputs);
    expect(failure).toMatchObject({ message: expect.stringContaining('500') });
    expect(outputs.verdict).toBe('rolled-back');
    expect([lab.staging.products, lab.staging.apis]).toEqual([[], []]);
    expect(lab.ports.markdown()).toContain('was taken back: it came for EmployeeProduct:1.0.0, which failed');
  });

  test('gives an API that was there what it was, unpublished edits included', async () => {
    await addProduct(product);
    await lab.run(inputs);
    lab.staging.apis[0]!.working.api.description = 'draft';
    lab.dev.apis[0]!.working.api.description = 'something else';
    lab.staging.fault({ path: /api-products\/import/, does: broken });
    expect((await lab.run(inputs)).outputs.verdict).toBe('rolled-back');
    expect(lab.staging.apis[0]!.working.api.description).toBe('draft');
    expect(lab.staging.products).toHaveLength(1);
  });

  test('leaves an API to another product that came to be with it', async () => {
    await addProduct(product);
    await addProduct(changed((text) => text.replace('EmployeeProduct', 'OtherProduct').replace('/staff', '/other')));
    lab.staging.fault({ path: /api-products\/import/, skip: 1, does: broken });
    const { outputs } = await lab.run({ ...inputs, apis: '*:*' });
    expect(outputs.verdict).toBe('rolled-back');
    expect([lab.staging.products.length, lab.staging.apis.length]).toEqual([1, 1]);
  });

  test('names an API that cannot be taken back, and the failure of both', async () => {
    await addProduct(product);
    lab.staging.fault({ path: /api-products\/import/, does: broken });
    lab.staging.fault({ method: 'DELETE', path: /\/apis\//, does: { status: 403, body: '{"description":"may not"}' } });
    const { outputs, failure } = await lab.run(inputs);
    expect(outputs.verdict).toBe('rollback-failed');
    expect(failure).toMatchObject({
      code: 'PROMOTION_FAILED',
      message: expect.stringContaining('EmployeeAPI:1.0.0 could not be taken back'),
    });
    expect(lab.ports.annotations).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('EmployeeAPI:1.0.0 may be half promoted') }),
    );
  });

  test('with on-failure: none its APIs stay', async () => {
    await addProduct(product);
    lab.staging.fault({ path: /api-products\/import/, does: broken });
    expect((await lab.run({ ...inputs, 'on-failure': 'none' })).outputs.verdict).toBe('failed');
    expect(lab.staging.apis).toHaveLength(1);
  });
});
