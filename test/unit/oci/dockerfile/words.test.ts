import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { expandWord, pairsOf, WordError, WordNeedsDocker } from '@wso2-delivery/shared/oci/dockerfile/words';

const variables = new Map([
  ['A', 'one'],
  ['EMPTY', ''],
]);
const expand = (text: string) => expandWord(text, variables, '\\');

test.each([
  ['$A', 'one'],
  ['${A}b', 'oneb'],
  ['$Ab', ''],
  ['$NONE.', '.'],
  ['$', '$'],
  ['a$.b', 'a$.b'],
  ['\\$A', '$A'],
  ['"$A b"', 'one b'],
  ["'$A'", '$A'],
  ['"\\$A \\" \\x"', '$A " \\x'],
  ['${NONE:-x}', 'x'],
  ['${EMPTY:-x}', 'x'],
  ['${EMPTY-x}', ''],
  ['${NONE-x}', 'x'],
  ['${A:+set}', 'set'],
  ['${EMPTY:+set}', ''],
  ['${EMPTY+set}', 'set'],
  ['${NONE:-${A}-${EMPTY:-y}}', 'one-y'],
  ['${NONE:-"a b"}', 'a b'],
  ['a\\ b', 'a b'],
])('%s is %j', (text, value) => {
  expect(expand(text)).toBe(value);
});

test.each(['${A', '"open', "'open", '${}', '${NONE:?}', '${EMPTY:?why}', '${A:-x'])('%s is malformed', (text) => {
  expect(() => expand(text)).toThrow(WordError);
});

test.each(['${A#o}', '${A%%e}', '${A/o/a}', '${A:0:1}'])('%s needs docker', (text) => {
  expect(() => expand(text)).toThrow(WordNeedsDocker);
});

test('a word without quotes, escapes and variables is itself', () => {
  fc.assert(fc.property(fc.stringMatching(/^[^"'$\\]*$/), (text) => expect(expand(text)).toBe(text)));
});

test('any text in single quotes is itself', () => {
  fc.assert(fc.property(fc.stringMatching(/^[^']*$/), (text) => expect(expand(`'${text}'`)).toBe(text)));
});

describe('pairs', () => {
  test.each([
    [
      'a=1 b="2 3" c=4\\ 5',
      [
        ['a', '1'],
        ['b', '"2 3"'],
        ['c', '4\\ 5'],
      ],
    ],
    ['a 1  and more', [['a', '1  and more']]],
    ['a=b=c', [['a', 'b=c']]],
    ['a=', [['a', '']]],
  ])('%s', (text, pairs) => {
    expect(pairsOf(text, '\\')).toEqual(pairs);
  });

  test.each(['a', 'a=1 b', '=1'])('%s is malformed', (text) => {
    expect(() => pairsOf(text, '\\')).toThrow(WordError);
  });
});
