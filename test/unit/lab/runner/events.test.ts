import { describe, expect, test } from '@jest/globals';
import { ConcurrencyGroups } from '../../../../packages/lab/src/runner/concurrency.ts';
import { job, printed, runFixture } from './fixture-run.ts';

describe('a workflow that starts by the clock', () => {
  test('sees which line of its schedule it was', async () => {
    const run = await runFixture('both-events', { event: 'schedule', payload: { schedule: '0 6 1 * *' } });
    expect(printed(job(run, 'told'))).toEqual(['at 0 6 1 * * []']);
    expect(job(run, 'weekly').conclusion).toBe('skipped');
  });

  test('has no inputs, and takes none', async () => {
    const run = await runFixture('both-events', { event: 'schedule', inputs: { reason: 'not for a schedule' } });
    expect(printed(job(run, 'told'))).toEqual(['at  []']);
  });
});

describe('environments that come from an output', () => {
  const settings = (answer: boolean, token: string) => ({
    approve: () => Promise.resolve(answer),
    secrets: { TOKEN: token },
    vars: { REGION: 'eu' },
  });

  test('one is rejected, the others are deployed with their own secrets and variables', async () => {
    const run = await runFixture('landscape', {
      environments: {
        dev: { vars: { REGION: 'none' } },
        staging: settings(true, 'abc'),
        production: settings(false, 'abcdef'),
      },
    });
    expect(printed(job(run, 'deploy[0]'))).toEqual(['dev of none with 0 characters']);
    expect(printed(job(run, 'deploy[1]'))).toEqual(['staging of eu with 3 characters']);
    expect(job(run, 'deploy[1]').environment).toEqual({
      name: 'staging',
      url: 'https://staging.example/',
      approved: true,
    });
    expect(job(run, 'deploy[2]')).toMatchObject({
      conclusion: 'failure',
      steps: [],
      annotations: [{ level: 'error', message: 'The deployment to production was rejected.' }],
    });
    expect(printed(job(run, 'summary'))).toEqual(['deployed failure']);
  });

  test('two runs at once: each stage is entered by one after the other, and nobody is cancelled', async () => {
    const concurrency = new ConcurrencyGroups();
    const within = new Map<string, number>();
    let most = 0;
    const watch = {
      concurrency,
      onEvent: (event: { type: string; job?: { path: string } }) => {
        const path = event.job?.path ?? '';
        if (!path.startsWith('deploy')) return;
        if (event.type === 'job-started') within.set(path, (within.get(path) ?? 0) + 1);
        if (event.type === 'job-finished') within.set(path, (within.get(path) ?? 0) - 1);
        most = Math.max(most, within.get(path) ?? 0);
      },
    };
    const runs = await Promise.all([runFixture('landscape', watch), runFixture('landscape', watch)]);
    expect(runs.map(({ conclusion }) => conclusion)).toEqual(['success', 'success']);
    expect(most).toBe(1);
  });
});
