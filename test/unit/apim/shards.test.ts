import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { divide, matrixOf, readShard, type Load } from '@wso2-delivery/shared/apim/shards';

const loads = fc.uniqueArray(
  fc.record({ name: fc.stringMatching(/^[A-Z][a-z]{0,6}$/), version: fc.constant('1'), bytes: fc.nat(5_000_000) }),
  { selector: ({ name }) => name, maxLength: 40 },
);
const work = (apis: readonly Load[]) => apis.reduce((sum, { bytes }) => sum + bytes + 256 * 1024, 0);

describe('dividing APIs into shards', () => {
  test('every API is in exactly one', () => {
    fc.assert(
      fc.property(loads, fc.integer({ min: 1, max: 12 }), (apis, count) => {
        const shards = divide(apis, count);
        expect(shards).toHaveLength(count);
        expect(
          shards
            .flat()
            .map(({ name }) => name)
            .sort(),
        ).toEqual(apis.map(({ name }) => name).sort());
      }),
    );
  });

  test('no shard has more than the average and one API above it', () => {
    fc.assert(
      fc.property(loads, fc.integer({ min: 1, max: 12 }), (apis, count) => {
        const heaviest = Math.max(0, ...apis.map((api) => work([api])));
        for (const shard of divide(apis, count)) expect(work(shard)).toBeLessThanOrEqual(work(apis) / count + heaviest);
      }),
    );
  });

  test('the order of the plan does not matter', () => {
    fc.assert(
      fc.property(loads, fc.integer({ min: 1, max: 12 }), (apis, count) => {
        expect(divide(apis.toReversed(), count)).toEqual(divide(apis, count));
      }),
    );
  });
});

test('a matrix has one job a shard, and none for an empty one', () => {
  const apis = [
    { name: 'A', version: '1', bytes: 3_000_000 },
    { name: 'B', version: '1', bytes: 10 },
    { name: 'C', version: '2', bytes: 10 },
  ];
  expect(matrixOf(apis, 2)).toEqual({
    include: [
      { shard: '1/2', apis: 'A:1' },
      { shard: '2/2', apis: 'B:1\nC:2' },
    ],
  });
  expect(matrixOf(apis.slice(0, 1), 3)).toEqual({ include: [{ shard: '1/3', apis: 'A:1' }] });
  expect(matrixOf([], 3)).toEqual({ include: [] });
});

test.each<[string, object | undefined]>([
  ['2/4', { index: 2, count: 4 }],
  [' 1 / 1 ', { index: 1, count: 1 }],
  ['0/4', undefined],
  ['5/4', undefined],
  ['2', undefined],
  ['a/b', undefined],
])('%j as a shard', (text, expected) => {
  expect(readShard(text)).toEqual(expected);
});
