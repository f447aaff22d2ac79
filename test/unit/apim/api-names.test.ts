import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nameProblem } from '@wso2-delivery/shared/apim/api-names';
import { exportedFile, exportProject } from '@wso2-delivery/shared/apim/apictl';
import { isInside } from '@wso2-delivery/shared/base/safe-path';

const long = 'n'.repeat(250);

describe('names of APIs', () => {
  test.each([
    ['EmployeeAPI', '1.0.0'],
    ['-rf', '--force'],
    ['Grüße 北京', 'v1-β'],
    ['Cafe\u0301', '1'],
    ['..', '1.0.0'],
    ['what?', '1'],
    ['Two  Blanks', '2'],
  ])('%j:%j is one', (name, version) => {
    expect(nameProblem('api', { name, version })).toBeUndefined();
  });

  test.each([
    ['../x', '1', "the name '../x' holds '/'"],
    ['a/../b', '1', "holds '/'"],
    ['a\\b', '1', "holds '\\'"],
    ['say "hi"', '1', `holds '"'`],
    ["it's", '1', 'holds'],
    ['a,b', '1', "holds ','"],
    ['a:b', '1', "holds ':'"],
    ['', '1', 'is no name'],
    [' a', '1', 'is no name'],
    ['a\u0000b', '1', "'a\\u0000b' is no name"],
    ['a\n::error::b', '1', "'a\\u000a::error::b' is no name"],
    ['a\u202eb', '1', "'a\\u202eb' is no name"],
    ['\ud800', '1', 'is no name'],
    [long, '1', 'longer than a file name'],
    ['a', '1/../2', "the version '1/../2' holds '/'"],
    ['a', '..', "'..' is no version"],
    ['a', '1 0', "holds ' '"],
    ['a', '', 'is no version'],
    ['a', '1\u001b[2J', 'is no version'],
  ])('%j:%j is none', (name, version, says) => {
    expect(nameProblem('api', { name, version })).toContain(says);
  });

  test.each([
    ['/pets/{version}', undefined],
    ['/t/acme.com/pets', undefined],
    ['/a..b/c', undefined],
    ['/pets/../../admin', 'is no path'],
    ['/pets/%2E%2e/admin', 'is no path'],
    ['/pets?x=1', 'is no path'],
    ['/pets#x', 'is no path'],
    ['/a\\b', 'is no path'],
    ['/a\r\nHost: b', 'is no path'],
  ])('the context %j', (context, says) => {
    const problem = nameProblem('api', { name: 'a', version: '1', context });
    if (says === undefined) expect(problem).toBeUndefined();
    else expect(problem).toContain(says);
  });
});

describe('names of applications and their owners', () => {
  test.each([
    ["Bob's shop (new)", 'PRIMARY/bob'],
    ['App', 'bob@example.com'],
  ])('%j of %j is one', (name, version) => {
    expect(nameProblem('application', { name, version })).toBeUndefined();
  });

  test.each([
    ['../App', 'bob'],
    ['a"b', 'bob'],
    ['App', 'PRIMARY/../../bob'],
    ['App', 'bob\nalice'],
    ['App', ''],
  ])('%j of %j is none', (name, version) => {
    expect(nameProblem('application', { name, version })).toEqual(expect.any(String));
  });
});

test('what may be a name never leads apictl out of its folder, nor becomes a flag of another meaning', () => {
  const names = fc.string({ unit: 'grapheme-composite', maxLength: 40 });
  const kinds = fc.constantFrom('api', 'api-product', 'application');
  fc.assert(
    fc.property(kinds, fc.oneof(names, fc.constantFrom('..', '-k', '--all')), names, (kind, name, version) => {
      fc.pre(nameProblem(kind, { name, version }) === undefined);
      const wish = { kind, name, version, revision: 'latest' } as const;
      const file = exportedFile(wish, 'dev');
      expect(isInside('/private', resolve('/private', file))).toBe(true);
      expect(file.split('/')).toHaveLength(3);
      const { args } = exportProject(wish, 'dev');
      expect(args.slice(2, 4)).toEqual([
        `--name=${name}`,
        kind === 'application' ? `--owner=${version}` : `--version=${version}`,
      ]);
    }),
  );
});
