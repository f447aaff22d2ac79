import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunOptions } from '../../../../packages/lab/src/runner/options.ts';
import type { WorkflowResult } from '../../../../packages/lab/src/runner/result.ts';
import { workflowSummary } from '../../../../packages/lab/src/runner/outline.ts';
import type { FixtureRun } from './fixture-run.ts';
import { job, printed, runFixture } from './fixture-run.ts';

/** The attempts of one run share the folder that their artifacts are in. */
let folder: string;
const asked: string[] = [];
const attempt = (name: string, options: Partial<RunOptions>): Promise<FixtureRun> =>
  runFixture(name, { tempFolder: folder, ...options });

const conclusions = (run: WorkflowResult): Record<string, string> =>
  Object.fromEntries(run.jobs.map(({ path, conclusion, attempt: of }) => [path, `${conclusion} in ${of}`]));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-rerun-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('re-running the failed jobs of a run', () => {
  const approve = ({ path }: { path: string }): Promise<boolean> => {
    asked.push(path);
    return Promise.resolve(true);
  };
  const environments = { staging: { approve }, production: { approve } };
  let first: FixtureRun;
  let still: FixtureRun;
  let second: FixtureRun;

  beforeAll(async () => {
    const common = { environments, runId: '4711', sha: 'a'.repeat(40) };
    first = await attempt('rerun', common);
    still = await attempt('rerun', { environments, previous: first });
    second = await attempt('rerun', { environments, previous: still, vars: { FIXED: 'yes' } });
  });

  test('the first attempt fails where it was made to', () =>
    expect(conclusions(first)).toEqual({
      build: 'success in 1',
      never: 'skipped in 1',
      'shards[0]': 'success in 1',
      'shards[1]': 'failure in 1',
      'stages/dev': 'success in 1',
      'stages/staging': 'failure in 1',
      'stages/production': 'skipped in 1',
      stages: 'failure in 1',
      notify: 'success in 1',
      after: 'skipped in 1',
    }));

  test('failed jobs and all that need them run again; what succeeded is kept, in matrices and called workflows too', () =>
    expect(conclusions(second)).toEqual({
      build: 'success in 1',
      never: 'skipped in 1',
      'shards[0]': 'success in 1',
      'shards[1]': 'success in 3',
      'stages/dev': 'success in 1',
      'stages/staging': 'success in 3',
      'stages/production': 'success in 3',
      stages: 'success in 3',
      notify: 'success in 3',
      after: 'success in 3',
    }));

  test('what fails again stays failed, and the attempt after it still knows what the first one did', () => {
    expect(still.conclusion).toBe('failure');
    expect(conclusions(still)).toMatchObject({
      build: 'success in 1',
      'shards[1]': 'failure in 2',
      'stages/production': 'skipped in 2',
      notify: 'success in 2',
    });
  });

  test('outputs of kept jobs are used, those of a matrix together with those of its new jobs', () => {
    expect(printed(job(second, 'stages/staging'))).toContain('staging gets sha256:built-in-attempt-1');
    expect(printed(job(second, 'after'))).toContain('good: attempt 1, bad: attempt 3');
    expect(printed(job(second, 'notify'))).toEqual(['stages success attempt 3']);
  });

  test('artifacts of earlier attempts are there, and a name may be used anew', () => {
    expect(printed(job(second, 'after'))).toContain('artifact of attempt 1');
    expect(job(second, 'stages/staging').annotations).toEqual([]);
    expect(second.artifacts).toBe(first.artifacts);
  });

  test('it is the same run of the same commit in a later attempt', () => {
    const identity = { runId: '4711', sha: 'a'.repeat(40), ref: 'refs/heads/main' };
    expect(first).toMatchObject({ ...identity, attempt: 1 });
    expect(second).toMatchObject({ ...identity, attempt: 3, conclusion: 'success' });
  });

  test('a deployment that was approved is not asked for again', () =>
    expect(asked).toEqual(['stages/staging', 'stages/production']));

  test('the outline says what was kept', () => {
    const lines = workflowSummary(second)
      .replace(/\d+(\.\d+)? m?s/g, 'T')
      .split('\n');
    expect(lines).toContain('  ✓ stages / dev · → dev · T · kept from attempt 1');
    expect(lines).toContain('  ✓ stages / staging · → staging · T');
  });

  test('kept jobs do not start: they are told of as kept', () => {
    const told = (type: string): string[] =>
      second.events.flatMap((event) =>
        event.type === type && 'job' in event && 'kind' in event.job ? [event.job.path] : [],
      );
    expect(told('job-kept')).toEqual(['build', 'never', 'shards[0]', 'stages/dev']);
    expect(second.events.filter(({ type }) => type === 'job-started')).toHaveLength(6);
  });
});

test('a run in which everything succeeded keeps everything', async () => {
  const vars = { FIXED: 'yes' };
  const good = await attempt('rerun', { vars, runId: '2' });
  expect(good.conclusion).toBe('success');
  const again = await attempt('rerun', { vars, previous: good });
  expect(again.conclusion).toBe('success');
  expect(new Set(again.jobs)).toEqual(new Set(good.jobs));
  expect(again.events.filter(({ type }) => type === 'job-started')).toEqual([]);
});

test('a cancelled job runs again', async () => {
  const controller = new AbortController();
  const cancelled = await attempt('cancel', {
    signal: controller.signal,
    runId: '3',
    onEvent: (event) => {
      if (event.type === 'log' && event.line === 'ready' && event.job.path === 'running') controller.abort();
    },
  });
  expect(job(cancelled, 'running').conclusion).toBe('cancelled');
  const again = new AbortController();
  const rerun = await attempt('cancel', {
    previous: cancelled,
    signal: again.signal,
    onEvent: (event) => {
      if (event.type === 'log' && event.line === 'ready') again.abort();
    },
  });
  expect(job(rerun, 'running')).toMatchObject({ attempt: 2, conclusion: 'cancelled' });
  // It needs the job that ran again.
  expect(job(rerun, 'cleanup').attempt).toBe(2);
});

test.each([
  [{ runId: '5' }, /runId of the run was 4, not 5/],
  [{ sha: 'b'.repeat(40) }, /sha of the run was 0{40}, not b{40}/],
  [{ ref: 'refs/heads/other' }, /ref of the run was refs\/heads\/main, not refs\/heads\/other/],
  [{ file: '.github/workflows/time.yml' }, /the run was of \.github\/workflows\/shells\.yml, not of .*time\.yml/],
])('another run is not an attempt of this one: %j', async (options, message) => {
  const previous = {
    name: 'Shells',
    file: '.github/workflows/shells.yml',
    runId: '4',
    attempt: 1,
    sha: '0'.repeat(40),
    ref: 'refs/heads/main',
    artifacts: join(folder, 'none'),
    conclusion: 'failure',
    jobs: [],
    durationMs: 1,
  } as const;
  expect(existsSync(previous.artifacts)).toBe(false);
  await expect(attempt('shells', { previous, ...options })).rejects.toThrow(message);
});
