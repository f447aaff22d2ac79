import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Problem } from '@wso2-delivery/shared/base/errors';
import { isPlain, readSelectors, searchOf, selected, type ApiName } from '@wso2-delivery/shared/apim/selection';

const read = (...lines: string[]) => {
  const problems: Problem[] = [];
  return { selectors: readSelectors(lines, problems), problems: problems.map(({ problem }) => problem) };
};
const names = (...given: string[]): ApiName[] =>
  given.map((each) => ({ name: each.split(':')[0]!, version: each.split(':')[1]! }));
const among = (listed: ApiName[], ...lines: string[]) => {
  const { selectors } = read(...lines);
  const result = selected(selectors, new Map(selectors.map((selector) => [selector, listed])));
  return { apis: result.apis.map(({ name, version }) => `${name}:${version}`), problems: result.problems };
};

describe('lines of a selection', () => {
  test.each<[line: string, kind: string]>([
    ['EmployeeAPI:1.0.0', 'exact'],
    ['My API:1.0', 'exact'],
    ['Pets*:*', 'glob'],
    ['Pets:1.?', 'glob'],
    ['tag:public', 'tag'],
    ['tag: two words', 'tag'],
    ['query:context:/pets status:PUBLISHED', 'query'],
  ])('%s: %s', (line, kind) => {
    expect(read(line)).toMatchObject({ selectors: [{ kind }], problems: [] });
  });

  test.each(['EmployeeAPI', ':1.0.0', '../../etc:1.0.0', 'A:1 0', 'tag:', 'tag:a"b', 'query:', ''])(
    '%j is refused',
    (line) => {
      expect(read(line)).toMatchObject({ selectors: [], problems: [expect.stringContaining('is not of the form')] });
    },
  );

  test('the same line twice is refused', () => {
    expect(read('A:1', 'A:1').problems).toEqual(["'A:1' stands there more than once"]);
  });

  test('names alone need no look-up; tags and queries are searched for, globs are not', () => {
    expect(isPlain(read('A:1', 'B:2').selectors)).toBe(true);
    expect(isPlain(read('A:1', 'B*:2').selectors)).toBe(false);
    expect(read('tag:a b', 'query:status:PUBLISHED', 'A*:1').selectors.map(searchOf)).toEqual([
      'tags:"a b"',
      'status:PUBLISHED',
      undefined,
    ]);
  });
});

describe('what a selection means', () => {
  const listed = names('Pets:1.0', 'PetShop:1.0', 'PetShop:2.0', 'Orders:1.0');

  test.each<[lines: string[], expected: string[]]>([
    [['Pet*:1.0'], ['PetShop:1.0', 'Pets:1.0']],
    [['PetShop:*'], ['PetShop:1.0', 'PetShop:2.0']],
    [['Pet?:*'], ['Pets:1.0']],
    [['*:*'], ['Orders:1.0', 'PetShop:1.0', 'PetShop:2.0', 'Pets:1.0']],
    [
      ['Orders:1.0', '*:1.0'],
      ['Orders:1.0', 'PetShop:1.0', 'Pets:1.0'],
    ],
    [['Absent:9'], ['Absent:9']],
  ])('%j: each once, in the order of the lines', (lines, expected) => {
    expect(among(listed, ...lines)).toEqual({ apis: expected, problems: [] });
  });

  test('a line that selects nothing is a problem: a typing error would go unseen', () => {
    expect(among(listed, 'Nothing*:*').problems).toMatchObject([{ problem: "'Nothing*:*' selects no API" }]);
  });

  test('a dot or a bracket in a glob is itself', () => {
    expect(among(names('A:1.0', 'A:1x0'), 'A*:1.0').apis).toEqual(['A:1.0']);
  });

  test('a glob of stars selects what its literal parts are in, in order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[A-Za-z.-]{1,4}$/), { minLength: 1, maxLength: 4 }),
        fc.stringMatching(/^[A-Za-z]{0,3}$/),
        (parts, filler) => {
          const { apis } = among(names(`${parts.join(filler)}:1`), `${parts.join('*')}:?`);
          expect(apis).toEqual([`${parts.join(filler)}:1`]);
        },
      ),
    );
  });
});

test.each(['bob', 'PRIMARY/bob', 'bob@example.com', 'bob@example.com@tenant'])(
  'an application is named by its owner, %s',
  (owner) => {
    const problems: Problem[] = [];
    const [selector] = readSelectors([`App:${owner}`], problems, 'application');
    expect(problems).toEqual([]);
    expect(selector).toMatchObject({ kind: 'exact', name: 'App', version: owner });
    if (/[/@]/.test(owner)) expect(readSelectors([`App:${owner}`], problems)).toEqual([]);
  },
);
