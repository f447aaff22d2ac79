import { beforeAll, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const cwd = resolve(import.meta.dirname, '../..');
let archive: Buffer;
let names: string[];

beforeAll(() => {
  archive = spawnSync('git', ['archive', '--format=tar.gz', 'HEAD'], { cwd, maxBuffer: 256 * 1024 * 1024 }).stdout;
  names = spawnSync('tar', ['-tzf', '-'], { input: archive, encoding: 'utf8' }).stdout.trim().split('\n');
});

test('what a runner downloads for each job holds actions, bundles and workflows, and nothing for developers', () => {
  const top = new Set(names.map((name) => name.split('/')[0] ?? '').filter((name) => name !== ''));
  expect([...top].sort()).toEqual([
    '.github',
    'CHANGELOG.md',
    'CONTRIBUTING.md',
    'LICENSE',
    'README.md',
    'SECURITY.md',
    'action.yml',
    'actions',
    'dist',
  ]);
  expect(names.filter((name) => /\.ts$|tsconfig|\/src\//.test(name))).toEqual([]);
});

test('it stays small: every job of every user pays for it', () => {
  expect(archive.length).toBeLessThan(3_000_000);
});
