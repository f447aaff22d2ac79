/** What docs/security.md promises is tested where it says, and the switches that it rules out are not there. */
import { describe, expect, test } from '@jest/globals';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/security.md'), 'utf8');

interface NamedTest {
  readonly rule: string;
  readonly file: string;
  readonly name: string;
}

/** The rows of the table of rules: the last column names tests, each as file › name. */
const rows = page.split('\n').filter((line) => line.startsWith('| ') && line.split(' | ').length === 3);
const rules = rows.slice(2).map((row) => row.slice(2, -2).split(' | '));
const named: NamedTest[] = rules.flatMap(([rule = '', , heldBy = '']) =>
  heldBy.split('<br>').map((entry) => {
    const [file = '', name = ''] = entry.split(' › ');
    return { rule, file, name };
  }),
);

test('every rule names a test', () => {
  expect(rules.length).toBeGreaterThan(10);
  expect(named.filter(({ file, name }) => file === '' || name === '')).toEqual([]);
});

test.each(named.map(({ rule, file, name }) => [rule, file, name] as const))('%s: %s › %s', (_, file, name) => {
  expect(existsSync(join(root, file))).toBe(true);
  const titles = [...readFileSync(join(root, file), 'utf8').matchAll(/'((?:[^'\\\n]|\\.)+)'/g)].map(
    (match) => match[1],
  );
  expect(titles).toContain(name);
});

describe('what ships', () => {
  const sources = globSync(['packages/shared/src/**/*.ts', 'actions/*/src/**/*.ts'], { cwd: root });
  const holding = (pattern: RegExp): string[] =>
    sources.filter((file) => pattern.test(readFileSync(join(root, file), 'utf8'))).sort();

  test('trusts a server without an authority in two places alone, which believe one certificate', () => {
    expect(holding(/rejectUnauthorized|checkServerIdentity/)).toEqual([
      'packages/shared/src/mi/server-certificate.ts',
      'packages/shared/src/run/verification/pinned-get.ts',
    ]);
  });

  test('turns TLS off nowhere, evaluates no text and starts no shell', () => {
    expect(holding(/NODE_TLS_REJECT_UNAUTHORIZED/)).toEqual([]);
    expect(holding(/\beval\(|new Function\(|node:vm\b/)).toEqual([]);
    expect(holding(/\bshell: true|\bexecSync\(|\bexec\(['"`]/)).toEqual([]);
  });
});
