import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatBytes, parseBytes } from '@wso2-delivery/shared/base/bytes';
import { isInside, safeRelativePath } from '@wso2-delivery/shared/base/safe-path';
import { didYouMean, editDistance, nearest } from '@wso2-delivery/shared/base/suggest';
import { count, neutralise, oneLine, shortImage, tail } from '@wso2-delivery/shared/base/text';

describe('foreign text is made harmless', () => {
  test.each([
    ['colours', '\u001b[31mred\u001b[0m', 'red'],
    ['a window title', '\u001b]0;evil\u0007text', 'text'],
    ['a hyperlink', '\u001b]8;;http://x\u001b\\link', 'link'],
    ['carriage returns', 'a\r\nb\rc', 'a\nb\nc'],
    ['NUL and bell', 'a\u0000b\u0007c', 'abc'],
    ['a workflow command', '::set-output name=x::y', '\u200b::set-output name=x::y'],
    ['an indented workflow command', 'ok\n  ::error::boo', 'ok\n  \u200b::error::boo'],
    ['the older form', '##[error]boo', '\u200b##[error]boo'],
  ])('%s', (_, dirty, clean) => {
    expect(neutralise(dirty)).toBe(clean);
  });

  test('no line of any text starts with a workflow command, and nothing is changed twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', maxLength: 60 }), (text) => {
        const clean = neutralise(text);
        expect(clean).not.toMatch(/^\s*(::|##\[)/m);
        expect(neutralise(clean)).toBe(clean);
      }),
    );
  });
});

test('the tail of a text says how much it left out', () => {
  expect(tail('1\n2\n3\n', 2)).toBe('… 1 earlier line left out\n2\n3');
  expect(tail('1\n2\n', 5)).toBe('1\n2');
  expect(tail('x'.repeat(50), 5, 10)).toBe('x'.repeat(10));
});

test('a digest is cut to what people compare, a tag stays', () => {
  expect(shortImage(`r.example.com/a/b@sha256:${'0123456789abcdef'.repeat(4)}`)).toBe(
    'r.example.com/a/b@sha256:0123456789ab…',
  );
  expect(shortImage('r.example.com/a/b:1.0')).toBe('r.example.com/a/b:1.0');
});

test('texts are shortened and counted as people write them', () => {
  expect(oneLine('a\n  b', 10)).toBe('a b');
  expect(oneLine('abcdef', 4)).toBe('abc…');
  expect(count(1, 'artifact')).toBe('1 artifact');
  expect(count(0, 'entry', 'entries')).toBe('0 entries');
});

test.each([
  ['512', 512],
  ['64Mi', 67_108_864],
  ['1.5G', 1_500_000_000],
  ['2kB', 2000],
])('%s is %d bytes', (text, bytes) => expect(parseBytes(text)).toBe(bytes));
test.each(['', 'x', '-1', '1Ti', '1 2'])('%p is not a size', (text) => expect(parseBytes(text)).toBeUndefined());
test.each([
  [999, '999 B'],
  [4000, '4.0 kB'],
  [273_000_000, '273 MB'],
])('%d bytes read "%s"', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

describe('names from archives stay in their folder', () => {
  test.each(['a/b', './a//b', 'a\\b'])('%p is kept', (name) => expect(safeRelativePath(name)).toBe('a/b'));
  test.each(['', '/', '/etc/passwd', '../x', 'a/../../x', 'C:\\x', 'a\0b', '..\\x', '.'])('%p is refused', (name) => {
    expect(safeRelativePath(name)).toBeUndefined();
  });
  test('what is accepted lies inside, whatever the name', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const safe = safeRelativePath(name);
        if (safe !== undefined) expect(isInside('/root/folder', `/root/folder/${safe}`)).toBe(true);
      }),
    );
  });
});

describe('a near miss gets a suggestion', () => {
  test.each([
    ['on-faliure', 'on-failure'],
    ['namespce', 'namespace'],
    ['onFailure', 'on-failure'],
    ['NAMESPACE', 'namespace'],
  ])('%s → %s', (word, meant) => expect(nearest(word, ['timeout', 'on-failure', 'namespace'])).toBe(meant));
  test('nothing near, nothing said', () => expect(didYouMean('colour', ['timeout', 'namespace'])).toBe(''));
  test('a transposition counts once', () => expect(editDistance('ab', 'ba')).toBe(1));
});
