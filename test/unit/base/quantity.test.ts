import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseQuantity } from '@wso2-delivery/shared/base/quantity';

test.each([
  ['250m', 0.25],
  ['1', 1],
  [2, 2],
  ['1.5Gi', 1.5 * 2 ** 30],
  ['512Mi', 2 ** 29],
  ['1k', 1000],
  ['2e3', 2000],
  ['1E', 1e18],
  ['.5', 0.5],
  ['many', undefined],
  ['1GB', undefined],
  [undefined, undefined],
])('the quantity %j is %j', (quantity, value) => expect(parseQuantity(quantity)).toBe(value));

test('a quantity in millis is a thousandth of it in units', () => {
  fc.assert(
    fc.property(fc.nat(), (n) => expect(parseQuantity(`${n}m`)).toBeCloseTo((parseQuantity(`${n}`) ?? 0) / 1000)),
  );
});
