import { expect, test } from '@jest/globals';
import { parseDockerignore } from '@wso2-delivery/shared/oci/dockerfile/ignore';
import { copyPattern } from '@wso2-delivery/shared/oci/dockerfile/pattern';

test.each([
  ['*', 'a/b', true],
  ['*\n!a', 'a/b', false],
  ['*\n!a\na/b', 'a/b', true],
  ['target', 'target/x.car', true],
  ['target', 'sub/target', false],
  ['**/target', 'sub/target/x', true],
  ['**/target', 'target', true],
  ['**/*.txt', 'a.txt', true],
  ['a/**', 'a/b/c', true],
  ['a/**', 'a', false],
  ['*.txt', 'dir/a.txt', false],
  ['/a.txt', 'a.txt', true],
  ['./a.txt', 'a.txt', true],
  ['dir/../a.txt', 'a.txt', true],
  ['a?c', 'abc', true],
  ['a?c', 'a/c', false],
  ['[a-c]x', 'bx', true],
  ['[^a]x', 'bx', true],
  ['[^a]x', 'ax', false],
  ['\\*', '*', true],
  ['\\*', 'a', false],
  ['a.c', 'abc', false],
  ['# comment', '# comment', false],
  ['  a  \n', 'a', true],
  ['', 'a', false],
  ['!a', 'a', false],
])('%j ignores %s: %s', (text, path, ignored) => {
  expect(parseDockerignore(text).ignores(path)).toBe(ignored);
});

test('a malformed pattern is named with its line', () => {
  expect(() => parseDockerignore('a\n[b')).toThrow('line 2: [b has a [ without its ]');
});

test.each([
  ['*.car', 'a.car', true],
  ['*.car', 'a/b.car', false],
  ['**.car', 'a/b.car', false],
  ['a+b', 'a+b', true],
])('COPY %s takes %s: %s', (pattern, name, taken) => {
  expect(copyPattern(pattern).test(name)).toBe(taken);
});
