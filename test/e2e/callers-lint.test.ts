/** The workflows of examples/ that people copy: actionlint, zizmor, pins and permissions. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { findTool, testWith } from '../support/tools.ts';

const root = resolve(import.meta.dirname, '../..');
const files = globSync('examples/**/.github/workflows/*.yml', { cwd: root }).sort();
const repositories = [...new Set(files.map((file) => file.replace(/\/\.github\/.*$/, '')))];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'callers-lint-'));
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  for (const repository of repositories) {
    expect(spawnSync('git', ['init', '--quiet'], { cwd: join(folder, repository) }).status).toBe(0);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(repositories)('%s', (repository) => {
  testWith('actionlint', 'git')('actionlint finds nothing', () => {
    const { status, stdout, stderr } = spawnSync(findTool('actionlint')!, ['-no-color', '-oneline'], {
      cwd: join(folder, repository),
      encoding: 'utf8',
    });
    expect([stdout, stderr, status]).toEqual(['', '', 0]);
  });
});

testWith('zizmor')('zizmor finds nothing', () => {
  // OWNER@v1 stands for whatever the reader will pin, and `./` is what Enterprise Server knows: not what is judged here.
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8');
    const pinned = text.replaceAll(/(uses: OWNER\/wso2-delivery\/\S+)@v1/g, `$1@${'a'.repeat(40)} # v1.0.0`);
    writeFileSync(join(folder, file), pinned.replaceAll('uses: ./', 'uses: $/'));
  }
  const run = spawnSync(findTool('zizmor')!, ['--offline', '--no-progress', '--color=never', 'examples'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect([run.stdout, run.status]).toEqual([expect.stringMatching(/^No findings to report/), 0]);
});

describe.each(files)('%s', (file) => {
  const text = readFileSync(join(root, file), 'utf8');

  test('says what it is for before anything else', () => expect(text).toMatch(/^# [A-Z]/));

  test('pins the actions of others by commit, with the version beside it, and this toolkit by its major version', () => {
    const uses = [...text.matchAll(/uses: (\S+)(.*)/g)].map(([, use = '', rest = '']) => use + rest);
    const known = [
      /^OWNER\/wso2-delivery\/\S+@v1$/,
      /^\.\/\.github\/workflows\/[\w-]+\.yml$/,
      /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/,
    ];
    expect(uses.filter((use) => !known.some((form) => form.test(use)))).toEqual([]);
  });

  test('starts from no permissions, and each one that it takes has its reason beside it', () => {
    expect(text).toMatch(/^permissions: \{\}/m);
    const taken = [...text.matchAll(/^ +[a-z-]+: (?:read|write)\b(.*)$/gm)].map((match) => match[1]!);
    expect(taken.filter((reason) => !/^ # \S/.test(reason))).toEqual([]);
  });
});
