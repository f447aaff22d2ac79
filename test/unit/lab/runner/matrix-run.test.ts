import { beforeAll, describe, expect, test } from '@jest/globals';
import type { FixtureRun } from './fixture-run.ts';
import { job, printed, runFixture } from './fixture-run.ts';

describe('a workflow with matrices', () => {
  let run: FixtureRun;
  beforeAll(async () => {
    run = await runFixture('matrix');
  });

  test('a matrix may come from an output of an earlier job', () => {
    expect(job(run, 'promote[0]').name).toBe('promote (a, 1)');
    expect(printed(job(run, 'promote[0]'))).toEqual(['0 of 2: a ']);
    expect(printed(job(run, 'promote[1]'))).toEqual(['1 of 2: b more']);
  });

  test('max-parallel holds the second job back until the first has ended', () => {
    const story = run.events.flatMap((event) =>
      (event.type === 'job-started' || event.type === 'job-finished') && event.job.path.startsWith('promote')
        ? [`${event.type} ${event.job.path}`]
        : [],
    );
    expect(story).toEqual([
      'job-started promote[0]',
      'job-finished promote[0]',
      'job-started promote[1]',
      'job-finished promote[1]',
    ]);
  });

  test('without fail-fast the others go on', () => {
    expect(job(run, 'named[0]')).toMatchObject({ name: 'Build for one', conclusion: 'failure' });
    expect(job(run, 'named[1]')).toMatchObject({ name: 'Build for two', conclusion: 'success' });
  });

  test('with fail-fast a failure cancels the others, whose always() steps still run', () => {
    expect(job(run, 'fast[0]').conclusion).toBe('failure');
    expect(job(run, 'fast[1]').conclusion).toBe('cancelled');
    expect(printed(job(run, 'fast[1]'))).toEqual(['cleaned']);
  });

  test('an empty vector fails its job', () =>
    expect(job(run, 'empty').annotations[0]?.message).toBe("Matrix vector 'none' does not contain any values"));
});
