import { describe, expect, test } from '@jest/globals';
import { job, printed, runFixture, step } from './fixture-run.ts';

describe('environments and concurrency', () => {
  test('secrets and variables of the environment win, its URL may use outputs, a group lets one job in at a time', async () => {
    const run = await runFixture('deploy', {
      secrets: { TOKEN: 'repository-token' },
      vars: { REGION: 'none' },
      environments: { staging: { secrets: { TOKEN: 'env-token' }, vars: { REGION: 'eu' } } },
    });
    expect(run.conclusion).toBe('success');
    expect(job(run, 'staging').environment).toEqual({ name: 'staging', url: 'https://staging.example/' });
    expect(printed(job(run, 'staging'))).toEqual(['begin staging eu', 'end']);
    expect(printed(job(run, 'production'))).toEqual(['production none']);
    const lines = run.events.flatMap((event) =>
      event.type === 'log' && /^(begin|end|production)/.test(event.line) ? [event.line] : [],
    );
    expect(lines).toEqual(['begin staging eu', 'end', 'production none']);
    expect(run.events).toContainEqual({
      type: 'job-waiting',
      job: { path: 'production', name: 'production' },
      reason: 'concurrency group DEPLOY',
    });
  });

  test.each([
    [true, 'success'],
    [false, 'failure'],
  ])('approval %j: %s', async (answer, conclusion) => {
    const asked: string[] = [];
    const approve = ({ name }: { name: string }): Promise<boolean> => {
      asked.push(name);
      return Promise.resolve(answer);
    };
    const run = await runFixture('deploy', { environments: { production: { approve } } });
    expect(asked).toEqual(['production']);
    expect(job(run, 'production').conclusion).toBe(conclusion);
    expect(job(run, 'production').steps).toHaveLength(answer ? 1 : 0);
  });
});

describe('stand-ins', () => {
  test('artifacts and caches pass from job to job', async () => {
    const run = await runFixture('artifacts');
    expect(job(run, 'up').conclusion).toBe('success');
    expect(job(run, 'up').annotations[0]?.message).toMatch(/^No files were found with the provided path: nothing/);
    const lines = printed(job(run, 'down'));
    expect(lines).toContain('in/deep/b.txt');
    expect(lines).not.toContain('in/a.txt');
    expect(lines).toEqual(expect.arrayContaining(['warm', 'hit false']));
    expect(job(run, 'down').annotations.map((a) => a.message)).toEqual([
      'Unable to download artifact(s): Artifact not found for name: absent',
    ]);
  });

  test('a caller may bring their own, which win, and fail by throwing', async () => {
    const run = await runFixture('actions', {
      actionStandIns: {
        'acme/library/greet': ({ inputs, setOutput, log }) => {
          log(`stand-in for ${inputs.who ?? ''}`);
          setOutput('x', '1');
        },
        'Acme/library/compose': () => {
          throw new Error('not today');
        },
      },
    });
    expect(printed(job(run, 'javascript'))).toContain('stand-in for me');
    expect(step(run, 'javascript', '__acme_library').outputs).toEqual({ x: '1' });
    expect(step(run, 'javascript', '__acme_library_2').annotations[0]?.message).toBe('not today');
  });
});
