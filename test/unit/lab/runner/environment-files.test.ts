import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnvironmentFiles, parsePairs } from '../../../../packages/lab/src/runner/environment-files.ts';

describe('name and value pairs', () => {
  test.each([
    ['a=1\nb=x=y\n', { a: '1', b: 'x=y' }],
    ['a=\r\n\r\nb=2', { a: '', b: '2' }],
    ['text<<EOF\none\n\ntwo\nEOF\n', { text: 'one\n\ntwo' }],
    ['text<<EOF\nEOF', { text: '' }],
    ['a=b<<c\n', { a: 'b<<c' }],
    ['t<<A\nx=1\nA\na=2', { t: 'x=1', a: '2' }],
    ['a=1\na=2', { a: '2' }],
  ])('%j is read', (text, expected) => expect(parsePairs(text)).toEqual(expected));

  test.each([
    ['no equals', "Invalid format 'no equals'"],
    ['=x', "Invalid format '=x'"],
    ['t<<EOF\nx', "Matching delimiter not found 'EOF'"],
    ['<<EOF\nEOF', "Invalid format '<<EOF'"],
  ])('%j is refused', (text, message) => expect(() => parsePairs(text)).toThrow(message));

  test('any text comes back out of a block', () => {
    fc.assert(
      fc.property(fc.array(fc.string().map((line) => line.replace(/[\r\n]/g, ' '))), (lines) => {
        const delimiter = 'ghadelimiter_0';
        fc.pre(!lines.includes(delimiter));
        const text = lines.join('\n');
        expect(parsePairs(`v<<${delimiter}\n${text}\n${delimiter}\n`)).toEqual({ v: text });
      }),
    );
  });
});

describe('the files of a step', () => {
  const collect = async (written: Record<string, string>): ReturnType<EnvironmentFiles['collect']> => {
    const folder = mkdtempSync(join(tmpdir(), 'lab-files-'));
    try {
      const files = await EnvironmentFiles.create(folder, '1');
      for (const [name, text] of Object.entries(written)) writeFileSync(files.variables[name] ?? '', text);
      return await files.collect();
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  test('keep the order of paths and the text of the summary', async () => {
    const contents = await collect({ GITHUB_PATH: '/a\n/b\n', GITHUB_STEP_SUMMARY: '# Hi\n', GITHUB_STATE: 'x=1' });
    expect(contents).toMatchObject({ path: ['/a', '/b'], summary: '# Hi\n', state: { x: '1' }, problems: [] });
  });

  test.each([
    ['at the limit', 1024 * 1024, 0],
    ['one byte over it', 1024 * 1024 + 1, 1],
  ])('a summary %s', async (_, bytes, complaints) => {
    const contents = await collect({ GITHUB_STEP_SUMMARY: 'x'.repeat(bytes) });
    expect(contents.complaints).toHaveLength(complaints);
    expect(contents.summary).toHaveLength(complaints === 0 ? bytes : 0);
  });

  test('NODE_OPTIONS is refused, the rest kept', async () => {
    const contents = await collect({ GITHUB_ENV: 'NODE_OPTIONS=--require=x\nA=1' });
    expect(contents.env).toEqual({ A: '1' });
    expect(contents.problems[0]).toMatch(/NODE_OPTIONS/);
  });
});
