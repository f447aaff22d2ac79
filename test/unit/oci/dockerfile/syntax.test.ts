import { describe, expect, test } from '@jest/globals';
import { jsonList, parseDockerfile } from '@wso2-delivery/shared/oci/dockerfile/syntax';

const read = (text: string) =>
  parseDockerfile(text, 'Dockerfile').instructions.map(({ line, word, rest }) => `${line} ${word} ${rest}`);

test('instructions keep their line; comments and blank lines between continuation lines are none', () => {
  expect(read('# top\n\nfrom a\nENV A=1 \\\n# in between\n\n  B=2\\\n   C=3\nCMD x\n')).toEqual([
    '3 FROM a',
    '4 ENV A=1   B=2   C=3',
    '9 CMD x',
  ]);
});

test('an escaped backslash at the end continues nothing', () => {
  expect(read('FROM a\nENV A=x\\\\\nENV B=y\n')).toEqual(['1 FROM a', '2 ENV A=x\\\\', '3 ENV B=y']);
});

test('directives count at the top alone', () => {
  expect(parseDockerfile('# escape=`\n# syntax=docker/dockerfile:1\nFROM a\n', 'f')).toMatchObject({
    escape: '`',
    syntax: 'docker/dockerfile:1',
  });
  expect(parseDockerfile('# a comment\n# escape=`\nFROM a\n', 'f')).toMatchObject({ escape: '\\', syntax: undefined });
});

test('flags stand in front of the arguments', () => {
  const [, copy] = parseDockerfile('FROM a\nCOPY --chown=1:2 --link a --b /x\n', 'f').instructions;
  expect(copy).toMatchObject({ flags: { chown: '1:2', link: '' }, rest: 'a --b /x' });
});

test('a here-document belongs to its instruction, and is no instruction itself', () => {
  const { instructions } = parseDockerfile(
    'FROM a\nRUN <<EOF\nFOO bar\nEOF\nCOPY <<-"A" <<B /x\n1\n\tA\n2\nB\nCMD x\n',
    'f',
  );
  expect(instructions.map(({ word, heredoc }) => [word, heredoc])).toEqual([
    ['FROM', false],
    ['RUN', true],
    ['COPY', true],
    ['CMD', false],
  ]);
});

describe('what is wrong is said with its line, all of it at once', () => {
  test.each([
    ['FROM a\nFOO x\nBAR y\n', ['line 2 has the unknown instruction FOO', 'line 3 has the unknown instruction BAR']],
    ['', ['is empty']],
    ['FROM\n', ['line 1 has FROM without any argument']],
    ['# escape=x\nFROM a\n', ['line 1 has the escape x, which is neither \\ nor `']],
    ['FROM a\nRUN <<EOF\nx\n', ['line 2 has a here-document without its end EOF']],
  ])('%j', (text, problems) => {
    let thrown: unknown;
    try {
      parseDockerfile(text, 'f');
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: 'DOCKERFILE_INVALID', problems: problems.map((problem) => ({ problem })) });
  });

  test('a file of megabytes is no Dockerfile', () => {
    expect(() => parseDockerfile(`FROM a\n${'#'.repeat(1024 * 1024)}`, 'f')).toThrow('larger than 1 MiB');
  });
});

test.each([
  ['["a", "b c"]', ['a', 'b c']],
  ['[]', []],
  ["['a']", undefined],
  ['["a", 1]', undefined],
  ['a b', undefined],
])('%s as JSON list: %j', (text, list) => {
  expect(jsonList(text)).toEqual(list);
});
