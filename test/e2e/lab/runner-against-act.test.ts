/** The lab's runner and act (github.com/nektos/act) on the same workflow file: they print the same and conclude the same. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FIXTURES, printed, runFixture, SECRET } from '../../unit/lab/runner/fixture-run.ts';

const hasAct = spawnSync('act', ['--version']).status === 0;
const describeWithAct = hasAct || process.env.CI === 'true' ? describe : describe.skip;

interface ActLine {
  readonly jobID?: string;
  readonly raw_output?: boolean;
  readonly jobResult?: string;
  readonly msg: string;
}

/** What each job printed, in order, and how it ended. Matrix jobs of one id are put together, sorted. */
interface Told {
  readonly lines: Readonly<Record<string, readonly string[]>>;
  readonly results: Readonly<Record<string, string>>;
}

function runWithAct(repository: string): Told {
  const { stdout } = spawnSync(
    'act',
    [
      'push',
      '-W',
      '.github/workflows/both.yml',
      '-P',
      'ubuntu-latest=-self-hosted',
      '-s',
      `PASSWORD=${SECRET}`,
      '--json',
    ],
    {
      cwd: repository,
      encoding: 'utf8',
      // act runs JavaScript actions with the first node on PATH.
      env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ''}` },
    },
  );
  const lines: Record<string, string[]> = {};
  const results: Record<string, string> = {};
  for (const text of stdout.split('\n').filter((line) => line.startsWith('{'))) {
    const { jobID, raw_output: raw, jobResult, msg } = JSON.parse(text) as ActLine;
    if (jobID === undefined) continue;
    if (raw === true) (lines[jobID] ??= []).push(msg.trimEnd());
    if (jobResult !== undefined) results[jobID] = jobResult;
  }
  return { lines: sortMatrix(lines), results };
}

async function runWithLab(): Promise<Told> {
  const run = await runFixture('both');
  const lines: Record<string, string[]> = {};
  const results: Record<string, string> = {};
  for (const job of run.jobs.filter((one) => one.kind === 'job' && one.conclusion !== 'skipped')) {
    // The checkout's own words differ.
    (lines[job.id] ??= []).push(...printed(job).filter((line) => !line.startsWith('Checked out ')));
    results[job.id] = job.conclusion;
  }
  return { lines: sortMatrix(lines), results };
}

function sortMatrix(lines: Record<string, string[]>): Record<string, readonly string[]> {
  return { ...lines, matrix: (lines.matrix ?? []).toSorted() };
}

describeWithAct('the lab’s runner against act', () => {
  let folder: string;
  let lab: Told;
  let act: Told;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lab-act-'));
    cpSync(join(FIXTURES, 'caller'), folder, { recursive: true });
    const git = (...args: string[]): unknown =>
      spawnSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@t', ...args]);
    git('init', '-q', '-b', 'main');
    git('add', '-A');
    git('commit', '-q', '-m', 'first');
    git('remote', 'add', 'origin', 'https://github.com/acme/shop');
    act = runWithAct(folder);
    lab = await runWithLab();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('both ran', () => expect(Object.keys(act.results).length).toBeGreaterThan(5));

  test.each(['steps', 'actions', 'matrix', 'failing', 'rescue', 'work', 'end'])('job %s prints the same', (id) =>
    expect(lab.lines[id]).toEqual(act.lines[id]),
  );

  test('all jobs conclude the same', () => expect(lab.results).toEqual(act.results));
});
