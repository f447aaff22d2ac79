import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FixtureRun } from './fixture-run.ts';
import { FIXTURES, job, printed, runFixture, step } from './fixture-run.ts';

describe('the stand-ins for GitHub’s own actions', () => {
  let run: FixtureRun;
  let workspace: string;
  let sha: string;
  beforeAll(async () => {
    workspace = mkdtempSync(join(tmpdir(), 'lab-git-'));
    const git = (...args: string[]): string =>
      spawnSync('git', ['-C', workspace, '-c', 'user.name=t', '-c', 'user.email=t@t', ...args], {
        encoding: 'utf8',
      }).stdout.trim();
    cpSync(join(FIXTURES, 'caller/.github'), join(workspace, '.github'), { recursive: true });
    cpSync(join(FIXTURES, 'caller/actions'), join(workspace, 'actions'), { recursive: true });
    git('init', '-q', '-b', 'main');
    writeFileSync(join(workspace, 'file'), 'committed\n');
    git('add', '.');
    git('commit', '-q', '-m', 'first');
    sha = git('rev-parse', 'HEAD');
    writeFileSync(join(workspace, 'file'), 'not committed\n');
    run = await runFixture('stand-ins', {
      workspace,
      actionStandIns: { 'acme/hang': () => new Promise(() => undefined) },
    });
  });
  afterAll(() => rmSync(workspace, { recursive: true }));

  test('checkout clones HEAD, without what is not committed', () => {
    expect(printed(step(run, 'checkout', '__run'))).toEqual(['.git', '.github', 'actions', 'file', 'committed']);
    expect(step(run, 'checkout', '__actions_checkout').outputs).toEqual({ ref: 'refs/heads/main', commit: sha });
  });

  test('checkout takes other repositories that the lab has, below the workspace only', () => {
    expect(printed(step(run, 'checkout', '__run_2'))).toEqual(['name: Greet']);
    expect(step(run, 'checkout', '__actions_checkout_3').annotations[0]?.message).toMatch(/is not under/);
    expect(step(run, 'checkout', '__actions_checkout_4').annotations[0]?.message).toBe(
      "repository 'acme/nowhere' not found",
    );
  });

  test('setup-node puts the lab’s node on PATH', () => expect(job(run, 'node').conclusion).toBe('success'));

  const hasJava = spawnSync('java', ['-version']).status === 0 || process.env.JAVA_HOME !== undefined;
  (hasJava || process.env.CI === 'true' ? test : test.skip)('setup-java uses the machine’s Java and says which', () => {
    expect(job(run, 'java').conclusion).toBe('success');
    expect(job(run, 'java').annotations[0]?.message).toMatch(/^Java 1 was asked for; the lab uses Java \d+/);
  });

  test('one that does not end is left behind at the limit of its step', () => {
    expect(job(run, 'hanging').conclusion).toBe('failure');
    expect(job(run, 'hanging').annotations[0]?.message).toMatch(/has timed out after 0.003 minutes/);
  });

  test('an action without its bundle says which file is missing', () =>
    expect(job(run, 'hollow').annotations[0]?.message).toMatch(
      /^File not found: '.*\/actions\/hollow\/dist\/index\.js'$/,
    ));
});
