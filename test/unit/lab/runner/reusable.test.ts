import { beforeAll, describe, expect, test } from '@jest/globals';
import type { FixtureRun } from './fixture-run.ts';
import { job, printed, runFixture } from './fixture-run.ts';

describe('reusable workflows', () => {
  let run: FixtureRun;
  beforeAll(async () => {
    run = await runFixture('caller', { secrets: { PASSWORD: 'four', KEY: 'inherited-key', OPTIONAL: 'opt-value' } });
  });

  test('inputs keep their types, secrets arrive, outputs come back', () => {
    expect(printed(job(run, 'local/work'))).toContain('key has 4 characters, optional [], other []');
    expect(job(run, 'local').outputs).toEqual({ answer: 'given three true' });
    expect(job(run, 'inherited').outputs).toEqual({ answer: 'push 4 false' });
  });

  test('inherited secrets are all there', () =>
    expect(printed(job(run, 'inherited/work'))).toContain('key has 13 characters, optional [***], other []'));

  test('the github context is the caller’s, the job context knows the called file', () =>
    expect(printed(job(run, 'local/work'))).toContain('run by Caller, from acme/shop .github/workflows/called.yml'));

  test('a workflow of another repository calls its own neighbour and uses its own actions', () => {
    expect(job(run, 'remote/deep/leaf').name).toBe('Far / deep / leaf');
    expect(printed(job(run, 'remote/deep/leaf'))).toEqual(['library greets leaf as acme/library@v1']);
    expect(printed(job(run, 'after'))).toEqual(['given three true | <given three true> | success']);
  });

  test('jobs whose condition does not hold are skipped', () => {
    expect(job(run, 'dispatched').conclusion).toBe('skipped');
    expect(run.conclusion).toBe('success');
  });
});

test('calls that GitHub refuses fail with every reason', async () => {
  const run = await runFixture('wrong-calls', { secrets: { KEY: 'k-e-y' } });
  const reasons = (path: string): string[] => job(run, path).annotations.map((annotation) => annotation.message);
  expect(reasons('types')).toEqual([
    'Invalid input, nonsense is not defined in the referenced workflow ./.github/workflows/called.yml.',
    "Input flag of ./.github/workflows/called.yml: Unexpected value 'true', a boolean is expected",
  ]);
  expect(reasons('missing')).toEqual([
    'Input text is required, but not provided while calling ./.github/workflows/called.yml.',
  ]);
  expect(reasons('unknown-repository')[0]).toMatch(/acme\/nowhere@v1`, repository or version not found/);
  expect(reasons('not-reusable')[0]).toMatch(/missing an `on.workflow_call` trigger/);
  expect(job(run, 'unknown-action').steps.map((one) => one.name)).toEqual(['Set up job']);
  expect(run.conclusion).toBe('failure');
});

test('a missing secret is named', async () => {
  const run = await runFixture('caller', { secrets: { PASSWORD: 'four' } });
  expect(job(run, 'inherited').annotations[0]?.message).toBe(
    'Secret KEY is required, but not provided while calling ./.github/workflows/called.yml.',
  );
});

test('inputs of a workflow_dispatch are typed in `inputs` and text in the event', async () => {
  const run = await runFixture('caller', { event: 'workflow_dispatch', inputs: { why: 'because', dry: false } });
  expect(printed(job(run, 'dispatched'))).toEqual(['dev true true false because']);
});
