import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashFiles } from '../../../../packages/lab/src/runner/hash-files.ts';

describe('hashFiles', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lab-hash-'));
    mkdirSync(join(folder, 'a/b'), { recursive: true });
    writeFileSync(join(folder, 'pom.xml'), 'one');
    writeFileSync(join(folder, 'a/b/pom.xml'), 'two');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const sha = (text: string): Buffer => createHash('sha256').update(text).digest();
  const both = createHash('sha256').update(sha('two')).update(sha('one')).digest('hex');
  const one = createHash('sha256').update(sha('one')).digest('hex');

  test.each([
    [['**/pom.xml'], both],
    [['pom.xml', 'a/**/*.xml'], both],
    [['pom.xml\na/**/*.xml'], both],
    [['**/pom.xml', '!a/**'], one],
    [['nothing*'], ''],
  ])('%j', (patterns, expected) => expect(hashFiles(folder, patterns)).toBe(expected));
});
