import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lineDifference, unifiedDifference } from '@wso2-delivery/shared/formats/line-difference';
import { patched } from '../../support/patch.ts';

const text = fc
  .array(fc.constantFrom('a', 'b', '', ' c', '+d', '-e', '\\ f', '@@ -1,1 +1,1 @@'), { maxLength: 30 })
  .chain((lines) => fc.constantFrom(lines.join('\n'), lines.map((line) => `${line}\n`).join('')));

describe('the difference of two texts', () => {
  test('made into a patch it leads from the one to the other', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const difference = unifiedDifference(before, after, 'file');
        expect(difference === '').toBe(before === after);
        expect(patched(before, difference)).toBe(after);
      }),
      { numRuns: 300 },
    );
  });

  test('holds both texts', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = lineDifference(before, after);
        const side = (other: string) => lines.filter(({ mark }) => mark !== other).map((line) => line.text);
        expect([side('+').join(''), side('-').join('')]).toEqual([before, after]);
      }),
    );
  });

  test('is what is known of it: lines around, one head for each place, a missing line end', () => {
    const before = Array.from('abcdefghijklmno').join('\n');
    const after = before.replace('b\n', 'B\n').replace('l\n', '');
    expect(unifiedDifference(before, `${after}\n`, 'a/file.yaml')).toBe(
      [
        '--- a/a/file.yaml',
        '+++ b/a/file.yaml',
        '@@ -1,5 +1,5 @@',
        ...[' a', '-b', '+B', ' c', ' d', ' e'],
        '@@ -9,7 +9,6 @@',
        ...[' i', ' j', ' k', '-l', ' m', ' n', '-o', '\\ No newline at end of file', '+o', ''],
      ].join('\n'),
    );
  });

  test.each([
    ['a change in the middle', 'a\nb\nc\nd\ne\nf\ng\nh\n', 'a\nb\nc\nd\nE\nf\ng\nh\n'],
    ['a line end that comes', 'a\nb', 'a\nb\n'],
    ['a line end that goes', 'a\nb\n', 'a\nb'],
    ['other line ends', 'a\r\nb\r\n', 'a\nb\n'],
  ])('git apply takes it: %s', (_, before, after) => {
    const folder = mkdtempSync(join(tmpdir(), 'difference-'));
    try {
      writeFileSync(join(folder, 'file.txt'), before);
      const input = unifiedDifference(before, after, 'file.txt');
      execFileSync('git', ['apply', '--whitespace=nowarn', '-'], {
        cwd: folder,
        input,
        env: { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() },
      });
      expect(readFileSync(join(folder, 'file.txt'), 'utf8')).toBe(after);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
