import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../../../packages/lab/src/runner/expressions.ts';
import { combinationLabel, expandMatrix, expandStrategy } from '../../../../packages/lab/src/runner/matrix.ts';

const cases: { name: string; matrix: Json; expected: Json[] }[] = [
  {
    name: 'the first vector varies slowest',
    matrix: { os: ['l', 'w'], node: [20, 24] },
    expected: [
      { os: 'l', node: 20 },
      { os: 'l', node: 24 },
      { os: 'w', node: 20 },
      { os: 'w', node: 24 },
    ],
  },
  {
    name: 'exclude takes partial matches out',
    matrix: { os: ['l', 'w'], node: [20, 24], exclude: [{ os: 'w', node: 20 }, { os: 'l' }] },
    expected: [{ os: 'w', node: 24 }],
  },
  {
    name: 'include extends what it matches, adds to all what names no vector, and makes new jobs of the rest',
    matrix: {
      fruit: ['apple', 'pear'],
      animal: ['cat', 'dog'],
      include: [
        { color: 'green' },
        { color: 'pink', animal: 'cat' },
        { fruit: 'apple', shape: 'circle' },
        { fruit: 'banana' },
        { fruit: 'banana', animal: 'cat' },
      ],
    },
    expected: [
      { fruit: 'apple', animal: 'cat', color: 'pink', shape: 'circle' },
      { fruit: 'apple', animal: 'dog', color: 'green', shape: 'circle' },
      { fruit: 'pear', animal: 'cat', color: 'pink' },
      { fruit: 'pear', animal: 'dog', color: 'green' },
      { fruit: 'banana' },
      { fruit: 'banana', animal: 'cat' },
    ],
  },
  { name: 'include alone makes jobs', matrix: { include: [{ a: 1 }, { a: 2 }] }, expected: [{ a: 1 }, { a: 2 }] },
];

describe('a matrix', () => {
  test.each(cases)('$name', ({ matrix, expected }) => expect(expandMatrix(matrix)).toEqual(expected));

  test.each([
    [{ os: [] }, /'os' does not contain any values/],
    [{ os: 'linux' }, /'os' must be a sequence/],
    [{}, /must define at least one vector/],
    [{ n: Array.from({ length: 257 }, (_, i) => i) }, /257 jobs; 256 is the limit/],
  ])('%j is refused', (matrix, message) => expect(() => expandMatrix(matrix)).toThrow(message));

  test('labels show leaf values', () => {
    expect(combinationLabel({ api: { name: 'a', version: 1 }, os: 'l' })).toBe(' (a, 1, l)');
    expect(combinationLabel(null)).toBe('');
  });

  test('fails fast and in parallel without limit by default', () => {
    expect(expandStrategy(undefined)).toEqual({ combinations: [null], failFast: true, maxParallel: Infinity });
    expect(expandStrategy({ matrix: { a: [1] }, 'fail-fast': false, 'max-parallel': 2 })).toEqual({
      combinations: [{ a: 1 }],
      failFast: false,
      maxParallel: 2,
    });
  });
});
