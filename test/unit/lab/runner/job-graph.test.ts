import { describe, expect, test } from '@jest/globals';
import { ancestorsOf, combine, isDue } from '../../../../packages/lab/src/runner/job-graph.ts';
import type { JobDefinition } from '../../../../packages/lab/src/runner/parse.ts';
import type { Conclusion } from '../../../../packages/lab/src/runner/result.ts';

const graph = (needs: Record<string, string[]>): JobDefinition[] =>
  Object.entries(needs).map(([id, list]) => ({ id, needs: list, condition: 'success()' }) as unknown as JobDefinition);

test('ancestors are all that a job waits for, however far', () => {
  const jobs = graph({ a: [], b: ['a'], c: ['b'], d: ['c', 'a'], e: [] });
  expect([...ancestorsOf('d', jobs)].sort()).toEqual(['a', 'b', 'c']);
  expect([...ancestorsOf('e', jobs)]).toEqual([]);
});

describe('the condition of a job', () => {
  const due = (condition: string, results: Record<string, Conclusion>, cancelled = false): boolean => {
    const settled = new Map(Object.entries(results).map(([id, result]) => [id, { result, outputs: {} }]));
    const definition = { id: 'x', needs: [], condition } as unknown as JobDefinition;
    return isDue(definition, new Set(Object.keys(results)), settled, {}, cancelled);
  };
  test.each<[string, Record<string, Conclusion>, boolean]>([
    ['success()', {}, true],
    ['success()', { a: 'success', b: 'success' }, true],
    ['success()', { a: 'success', b: 'skipped' }, false],
    ['success()', { a: 'failure' }, false],
    ['failure()', { a: 'success', b: 'failure' }, true],
    ['failure()', { a: 'skipped' }, false],
    ["failure('a')", { a: 'success', b: 'failure' }, false],
    ["success('a')", { a: 'success', b: 'failure' }, true],
    ['!failure() && !cancelled()', { a: 'skipped' }, true],
    ['always()', { a: 'cancelled' }, true],
  ])('%s after %j is %j', (condition, results, expected) => expect(due(condition, results)).toBe(expected));

  test('cancelling makes success() false and cancelled() true', () => {
    expect(due('success()', {}, true)).toBe(false);
    expect(due('cancelled()', {}, true)).toBe(true);
  });
});

test.each<[Conclusion[], Conclusion]>([
  [['success', 'skipped'], 'success'],
  [['skipped', 'skipped'], 'skipped'],
  [['success', 'cancelled'], 'cancelled'],
  [['cancelled', 'failure'], 'failure'],
  [[], 'success'],
])('%j together are %s', (conclusions, expected) => expect(combine(conclusions)).toBe(expected));
