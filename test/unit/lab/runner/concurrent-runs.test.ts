import { expect, test } from '@jest/globals';
import { ConcurrencyGroups } from '../../../../packages/lab/src/runner/concurrency.ts';
import { job, printed, runFixture } from './fixture-run.ts';

test('a newer run of a group with cancel-in-progress ends the older one, then runs', async () => {
  const concurrency = new ConcurrencyGroups();
  let second: ReturnType<typeof runFixture> | undefined;
  const first = await runFixture('exclusive', {
    concurrency,
    onEvent: (event) => {
      if (event.type === 'log' && event.line === 'ready 1')
        second ??= runFixture('exclusive', { concurrency, runId: '2' });
    },
  });
  expect(first.conclusion).toBe('cancelled');
  expect(printed(job(first, 'hold'))).toEqual(['ready 1', 'left 1']);
  expect(await second).toMatchObject({ conclusion: 'success' });
});

test('a run that is cancelled while it waits for an approval ends', async () => {
  const controller = new AbortController();
  const run = await runFixture('deploy', {
    signal: controller.signal,
    environments: { production: { approve: () => new Promise(() => setTimeout(() => controller.abort(), 50)) } },
  });
  expect(job(run, 'production').conclusion).toBe('cancelled');
});

test('a job that wants the group of its own workflow is cancelled instead of waiting for ever', async () => {
  const run = await runFixture('deadlock');
  expect(job(run, 'inner')).toMatchObject({ conclusion: 'cancelled', steps: [] });
  expect(job(run, 'inner').annotations[0]?.message).toMatch(
    /^Canceling since a deadlock for concurrency group 'Whole'/,
  );
});
