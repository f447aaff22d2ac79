import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readProjectFolder } from '@wso2-delivery/shared/apim/archive';
import { apisInside, usedApis, withoutApisInside } from '@wso2-delivery/shared/apim/products';

const folder = join(import.meta.dirname, '../../../examples/employee-product/EmployeeProduct-1.0.0');
const product = readProjectFolder(folder, 'the example');

describe('an API product', () => {
  test('names the APIs and operations that it is made of', () => {
    expect(usedApis(product)).toEqual([{ name: 'EmployeeAPI', version: '1.0.0', operations: ['GET /{id}'] }]);
  });

  test('carries them in its archive, each a project of its own', () => {
    const [api, ...others] = apisInside(product, 'the example');
    expect(others).toEqual([]);
    expect(api).toMatchObject({ kind: 'api', name: 'EmployeeAPI', version: '1.0.0', root: 'EmployeeAPI-1.0.0' });
    expect([...(api?.files.keys() ?? [])].sort()).toEqual(['Definitions/swagger.yaml', 'api.yaml']);
  });

  test('can go without them', () => {
    const alone = withoutApisInside(product);
    expect(apisInside(alone, 'it')).toEqual([]);
    expect(alone.files.has('api_product.yaml')).toBe(true);
  });

  test('APIs come in the order in which the product uses them', () => {
    const yaml = (name: string) => Buffer.from(`data:\n  name: ${name}\n  version: '1'\n`);
    const apis = ['C', 'A', 'B'].map((name) => `    - name: ${name}\n      version: '1'\n`).join('');
    const files = new Map([
      ['api_product.yaml', Buffer.from(`data:\n  name: P\n  apis:\n${apis}`)],
      ...['A', 'B', 'C', 'X'].map((name) => [`APIs/${name}-1/api.yaml`, yaml(name)] as const),
    ]);
    expect(apisInside({ files }, 'P').map(({ name }) => name)).toEqual(['C', 'A', 'B', 'X']);
  });

  test('an API in it that is none is refused, and named', () => {
    const files = new Map([['APIs/A-1/readme.txt', Buffer.from('x')]]);
    expect(() => apisInside({ files }, 'P')).toThrow('P, APIs/A-1');
  });
});
