import { beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import type { FixtureRun } from './fixture-run.ts';
import { job, printed, runFixture, SECRET, step } from './fixture-run.ts';

/** A killed process may remain as a zombie until its parent looks. */
function isRunning(pid: number): boolean {
  const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : 'gone) Z';
  return !stat.includes(') Z');
}

describe('a workflow of two jobs', () => {
  let run: FixtureRun;
  beforeAll(async () => {
    run = await runFixture('first');
  });

  test('succeeds', () => {
    expect(run.conclusion).toBe('success');
    expect(run.jobs.map((one) => one.path)).toEqual(['build', 'use']);
  });

  test('env of the step wins over that of the job, and that over the workflow', () => {
    expect(printed(step(run, 'build', 'make'))).toContain('level step of acme/shop in build');
    expect(printed(step(run, 'build', '__run'))).toContain('level job, hello');
  });

  test('GITHUB_ENV and GITHUB_PATH reach the next step', () => {
    expect(printed(step(run, 'build', '__run'))).toEqual(expect.arrayContaining(['level job, hello', 'tool ran']));
  });

  test('outputs reach later steps, job outputs later jobs', () => {
    expect(step(run, 'build', 'make').outputs).toMatchObject({ digest: 'sha256:abc', text: 'one\ntwo' });
    expect(step(run, 'build', '__run_2').conclusion).toBe('success');
    expect(printed(job(run, 'use'))).toEqual(["got sha256:abc and '' success"]);
  });

  test('a job output that holds a secret is dropped with a warning', () => {
    expect(job(run, 'build').outputs).toEqual({ digest: 'sha256:abc' });
    expect(job(run, 'build').annotations).toContainEqual({
      level: 'warning',
      message: "Skip output 'leak' since it may contain secret.",
    });
  });

  test('no secret is in the result but as the output of its own step', () => {
    const { events, ...result } = run;
    const shown = result.jobs.map((one) => ({ ...one, steps: one.steps.map((s) => ({ ...s, outputs: {} })) }));
    expect(JSON.stringify(shown)).not.toContain(SECRET);
    expect(JSON.stringify(events.filter((event) => event.type === 'log'))).not.toContain(SECRET);
    expect(printed(step(run, 'build', 'make'))).toContain('the password is ***');
    expect(job(run, 'build').summary).toBe('# Built\nsecret ***\n');
  });

  test('commands become annotations, groups and masks', () => {
    const { annotations } = step(run, 'build', '__run');
    expect(annotations).toEqual([
      { level: 'error', message: 'it\nbroke', title: 'Bad: type', file: 'src/a.ts', line: 3, column: 7 },
      { level: 'warning', message: 'careful' },
      { level: 'notice', message: 'by the way' },
      { level: 'warning', message: 'a command again' },
    ]);
    const lines = printed(step(run, 'build', '__run'));
    expect(lines).toContain('I say ***');
    expect(lines).toContain('::warning::not a command');
    expect(lines.join()).not.toContain('hidden');
  });

  test('events tell the story in order', () => {
    const types = run.events.map((event) => event.type).filter((type) => type !== 'log' && type !== 'annotation');
    expect(types.slice(0, 3)).toEqual(['workflow-started', 'job-started', 'step-started']);
    expect(types.slice(-2)).toEqual(['job-finished', 'workflow-finished']);
  });
});

test('debug shows ::debug:: lines', async () => {
  const run = await runFixture('first', { debug: true });
  expect(step(run, 'build', '__run').log).toContain('##[debug]hidden');
});

describe('shells, folders and files', () => {
  let run: FixtureRun;
  beforeAll(async () => {
    process.env.LAB_TEST_FOREIGN = 'must not be seen';
    try {
      run = await runFixture('shells', { env: { FROM_CALLER: 'yes' } });
    } finally {
      delete process.env.LAB_TEST_FOREIGN;
    }
  });

  test('defaults hold for shell and folder, a step may say otherwise', () => {
    const lines = printed(job(run, 'defaults'));
    expect(lines[0]).toMatch(/ in sub$/);
    expect(lines).toEqual(expect.arrayContaining(['deeper', 'python in sub', '+ :']));
    expect(step(run, 'defaults', '__run_2').log).toContainEqual(expect.stringMatching(/^shell: \S*\/sh -e \{0\}$/));
    expect(step(run, 'defaults', '__run_6').annotations[0]?.message).toMatch(/working directory '.*absent'/);
  });

  test('the environment is clean: default variables, the caller’s additions, nothing else of this process', () => {
    const pairs = printed(job(run, 'environment')).map((line) => line.split(/=(.*)/s));
    const environment = Object.fromEntries(pairs) as Record<string, string>;
    expect(environment).toMatchObject({
      CI: 'true',
      FROM_CALLER: 'yes',
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTION: '__run',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_JOB: 'environment',
      GITHUB_REF: 'refs/heads/main',
      GITHUB_REF_NAME: 'main',
      GITHUB_REF_TYPE: 'branch',
      GITHUB_REPOSITORY: 'acme/shop',
      GITHUB_REPOSITORY_OWNER: 'acme',
      GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/shells.yml@refs/heads/main',
      RUNNER_NAME: 'lab',
    });
    expect(environment.GITHUB_WORKSPACE).toMatch(/\/work\/shop\/shop$/);
    expect(
      Object.keys(environment).filter((name) => /^(LAB_|JEST_|npm_|NODE_OPTIONS|GITHUB_TOKEN|INPUT_)/.test(name)),
    ).toEqual([]);
  });

  test('a wrong environment file fails its step with the runner’s words', () => {
    expect(step(run, 'wrong', 'badfile').annotations.map((a) => a.message)).toEqual([
      "Unable to process file command 'output' successfully.",
      "Invalid format 'no equals sign'",
    ]);
    expect(step(run, 'wrong', 'badfile')).toMatchObject({ outcome: 'failure', conclusion: 'success' });
    expect(step(run, 'wrong', 'node').outcome).toBe('failure');
  });

  test('a summary that is too long is dropped with an annotation, and the step succeeds', () => {
    const { summary, conclusion, annotations } = step(run, 'wrong', 'summary');
    expect({ summary, conclusion }).toEqual({ summary: '', conclusion: 'success' });
    expect(annotations[0]?.message).toMatch(/supports content up to a size of 1024k, got 1075k/);
  });

  test('an expression that fails names its place', () => {
    expect(step(run, 'wrong', 'expression').annotations[0]?.message).toMatch(
      /^The template is not valid\. \.github\/workflows\/shells\.yml \(Line: \d+, Col: \d+\): Error parsing JSON/,
    );
  });

  test('a process left behind is ended with its job', () => {
    const { annotations, steps } = job(run, 'orphan');
    const pid = Number(printed(steps[1]!)[0]);
    expect(annotations.map((a) => a.message)).toEqual([`Terminated orphan processes: sleep (${pid})`]);
    expect(isRunning(pid)).toBe(false);
  });
});

describe('conditions', () => {
  let run: FixtureRun;
  beforeAll(async () => {
    run = await runFixture('conditions');
  });

  test.each([
    ['tolerated', 'failure', 'success'],
    ['pipe', 'failure', 'success'],
    ['last', 'failure', 'failure'],
    ['plain', 'skipped', 'skipped'],
    ['onfailure', 'success', 'success'],
    ['always', 'success', 'success'],
  ])('step %s: outcome %s, conclusion %s', (id, outcome, conclusion) =>
    expect(step(run, 'bad', id)).toMatchObject({ outcome, conclusion }),
  );

  test.each([
    ['bad', 'failure'],
    ['after-bad', 'skipped'],
    ['after-skipped', 'success'],
    ['far-away', 'skipped'],
    ['on-failure', 'success'],
    ['tolerated', 'failure'],
    ['after-tolerated', 'success'],
  ])('job %s: %s', (path, conclusion) => expect(job(run, path).conclusion).toBe(conclusion));

  test('steps see outcome, conclusion and status', () => {
    expect(printed(step(run, 'bad', 'always'))).toEqual(['failure success failure']);
    expect(printed(step(run, 'bad', 'onfailure'))).toEqual(['job is failure']);
    expect(printed(job(run, 'after-tolerated'))).toEqual(['success']);
    expect(printed(job(run, 'after-skipped'))).toEqual(['skipped']);
  });

  test('outputs set before a failure are kept', () => expect(job(run, 'bad').outputs).toEqual({ last: 'said' }));
  test('the run has failed', () => expect(run.conclusion).toBe('failure'));
});
