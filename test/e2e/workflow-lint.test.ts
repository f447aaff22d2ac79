import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findTool, testWith } from '../support/tools.ts';

const root = resolve(import.meta.dirname, '../..');
const files = globSync('.github/workflows/*.yml', { cwd: root });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'workflows-'));
  cpSync(join(root, '.github'), join(folder, '.github'), { recursive: true });
  for (const action of globSync('actions/*/action.yml', { cwd: root }))
    cpSync(join(root, action), join(folder, action));
  cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true });
  spawnSync('git', ['init', '--quiet'], { cwd: folder });
  // actionlint 1.7.12 does not know `$/` yet; `./` names the same files and lets it check inputs and outputs.
  for (const file of files) {
    const path = join(folder, file);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('uses: $/', 'uses: ./'));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

testWith('actionlint')('actionlint finds nothing in the workflows', () => {
  const { status, stdout, stderr } = spawnSync(findTool('actionlint')!, ['-no-color', '-oneline'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect([stdout, stderr, status]).toEqual(['', '', 0]);
});

testWith('zizmor')('zizmor finds nothing in workflows and actions', () => {
  const run = spawnSync(findTool('zizmor')!, ['--offline', '--no-progress', '--color=never', '.github', 'actions'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect([run.stdout, run.status]).toEqual([expect.stringMatching(/^No findings to report/), 0]);
});

describe.each(files)('%s', (file) => {
  const text = readFileSync(join(root, file), 'utf8');

  test('pins every action of others by commit, with its version beside it', () => {
    const uses = [...text.matchAll(/uses: (?!\$\/)(\S+)(.*)/g)].map((match) => `${match[1] ?? ''}${match[2] ?? ''}`);
    expect(uses.filter((use) => !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(use))).toEqual([]);
  });

  test('starts from no permissions, and each one that it takes has its reason beside it', () => {
    expect(text).toMatch(/^permissions: \{\}$/m);
    const taken = [
      ...text.matchAll(
        /^ +(?:contents|packages|id-token|pull-requests|deployments|attestations): (?:read|write)(.*)$/gm,
      ),
    ];
    expect(taken.filter((match) => !match[1]!.startsWith(' # '))).toEqual([]);
  });
});
