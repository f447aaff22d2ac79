import { beforeAll, describe, expect, test } from '@jest/globals';
import type { FixtureRun } from './fixture-run.ts';
import { job, printed, runFixture, step } from './fixture-run.ts';

describe('a cancelled run', () => {
  let run: FixtureRun;
  let took = 0;
  beforeAll(async () => {
    const controller = new AbortController();
    let ready = 0;
    let cancelledAt = 0;
    run = await runFixture('cancel', {
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type === 'log' && event.line === 'ready') ready += 1;
        if (ready === 2 && !controller.signal.aborted) {
          cancelledAt = Date.now();
          controller.abort();
        }
      },
    });
    took = Date.now() - cancelledAt;
  });

  test('is cancelled as a whole', () => expect(run.conclusion).toBe('cancelled'));

  test('gives its processes SIGINT first', () => expect(printed(job(run, 'running'))).toContain('got SIGINT'));

  test('kills what does not listen, in the time it has', () => {
    expect(job(run, 'stubborn').conclusion).toBe('cancelled');
    expect(took).toBeLessThan(5000);
  });

  test('runs always(), cancelled() and post stages, and nothing else', () => {
    const lines = printed(job(run, 'running'));
    expect(lines).toContain('always, cancelled');
    expect(lines).toContain('cancelled');
    expect(lines).not.toContain('never');
    expect(step(run, 'running', '__run')).toMatchObject({ outcome: 'cancelled' });
    // Its post-if asks for success() || failure().
    expect(step(run, 'running', '__self', 'post').conclusion).toBe('skipped');
  });

  test('starts no further jobs but those with always()', () => {
    expect(job(run, 'later').conclusion).toBe('skipped');
    expect(printed(job(run, 'cleanup'))).toEqual(['cleanup cancelled']);
    expect(job(run, 'cleanup').conclusion).toBe('success');
  });
});

describe('time limits', () => {
  let run: FixtureRun;
  beforeAll(async () => {
    run = await runFixture('time');
  });

  test('a step beyond its limit fails, with all it has started', () => {
    const slow = step(run, 'step', '__run');
    expect(slow.annotations.map((a) => a.message)).toEqual(["The action 'Slow' has timed out after 0.005 minutes."]);
    expect(slow.outcome).toBe('failure');
    expect(slow.durationMs).toBeLessThan(3000);
    expect(printed(job(run, 'step'))).toEqual(['after']);
    expect(
      job(run, 'step')
        .annotations.map((a) => a.message)
        .join(),
    ).not.toMatch(/orphan/);
  });

  test('a job beyond its limit is cancelled', () => {
    expect(job(run, 'job').conclusion).toBe('cancelled');
    expect(printed(job(run, 'job'))).toEqual(['always']);
    expect(job(run, 'job').annotations.at(-1)?.message).toMatch(/exceeded the maximum execution time of 0.005 minutes/);
  });
});
