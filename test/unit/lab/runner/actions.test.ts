import { beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FixtureRun } from './fixture-run.ts';
import { job, printed, runFixture, step } from './fixture-run.ts';

describe('actions', () => {
  let run: FixtureRun;
  beforeAll(async () => {
    run = await runFixture('actions');
  });

  test('pre, main and post run in this order, share their state and see the same inputs', () => {
    const { steps } = job(run, 'javascript');
    expect(steps.map((one) => [one.stage, one.name]).filter(([, name]) => name?.includes('stages'))).toEqual([
      ['pre', 'Pre Run $/actions/stages'],
      ['main', 'Run $/actions/stages'],
      ['post', 'Post Run $/actions/stages'],
    ]);
    expect(printed(step(run, 'javascript', 'first', 'pre'))).toEqual(['pre sees from acme/shop']);
    expect(printed(step(run, 'javascript', 'first'))).toContain('main sees from acme/shop, "a b", count 1');
    expect(printed(step(run, 'javascript', 'first', 'post'))).toEqual(['post sees from acme/shop, count 2']);
    expect(step(run, 'javascript', 'first').outputs).toEqual({ seen: 'from acme/shop' });
  });

  test('an unknown input is warned of once, a missing required one without an annotation', () => {
    expect(job(run, 'javascript').annotations).toEqual([
      {
        level: 'warning',
        message: "Unexpected input(s) 'unknown', valid inputs are ['some-input', 'with space', 'needed']",
      },
      { level: 'warning', message: "Input 'who' has been deprecated with message: use name" },
      { level: 'warning', message: "Input 'who' has been deprecated with message: use name" },
    ]);
    expect(step(run, 'javascript', 'first').log).toContain(
      "Input 'needed' is required by the action and was not given.",
    );
  });

  test('an action of another repository is found, and `$/` in it leads to its own repository', () => {
    const lines = printed(job(run, 'javascript'));
    expect(lines).toContain('library greets me as acme/library@v1');
    expect(lines).toContain('library greets neighbour as acme/library@v1');
  });

  test('`./` needs a checkout and has no pre stage', () => {
    expect(job(run, 'local').steps.map((one) => one.stage)).toEqual(['main', 'main', 'post']);
    expect(printed(step(run, 'local', '__self'))[0]).toBe('main sees from acme/shop, "", count undefined');
  });

  test('a composite action has inputs, outputs, nested actions, and leaves its environment behind', () => {
    const lines = printed(job(run, 'composite'));
    expect(lines).toContain('path is wrap');
    expect(lines).toContain('main sees nested world, "", count 1');
    expect(lines).toContain('composite is well');
    expect(lines).toContain('hello world from outside / nested world / yes / []');
    expect(lines.at(-1)).toBe('post sees nested world, count 2');
  });

  test('a failing composite action runs its own failure() steps and can be tolerated', () => {
    const lines = printed(job(run, 'failing'));
    expect(lines).toContain('composite has failed');
    expect(lines).not.toContain('composite is well');
    expect(lines).toContain('outcome failure conclusion success');
  });

  test('a JavaScript action fails by its exit code; its post stage runs, the last one first', () => {
    expect(step(run, 'failing', '__self')).toMatchObject({ conclusion: 'failure', annotations: [] });
    const { steps } = job(run, 'failing');
    expect(steps.filter((one) => one.stage === 'post').flatMap(printed)).toEqual([
      'post sees fail, count 2',
      'post sees nested failing, count 2',
    ]);
  });
});

test('an action comes as GitHub’s archive has it: without ignored and export-ignored files', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lab-action-'));
  const files = {
    '.gitignore': 'node_modules\n',
    '.gitattributes': '/heavy export-ignore\n*.md export-ignore\n',
    'heavy/deep/file': '',
    'README.md': '',
    'node_modules/x/index.js': '',
    'list/action.yml': 'name: L\ndescription: L\nruns:\n  using: node24\n  main: main.cjs\n',
    'list/main.cjs':
      "const { readdirSync } = require('node:fs'); const { join } = require('node:path');\nconsole.log(readdirSync(join(__dirname, '..')).sort().join(' '));",
    '.github/workflows/own.yml':
      'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: acme/tools/list@v2\n',
  };
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    spawnSync('git', ['init', '-q', folder]);
    const run = await runFixture('own', {
      workspace: folder,
      repository: 'acme/x',
      repositories: { 'acme/tools': folder },
    });
    expect(printed(job(run, 'a'))).toEqual(['.gitattributes .github .gitignore list']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
