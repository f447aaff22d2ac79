import { describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunOptions } from '../../../../packages/lab/src/runner/options.ts';
import { WorkflowError } from '../../../../packages/lab/src/runner/result.ts';
import { job, printed, runFixture } from './fixture-run.ts';

async function runText(text: string, options: Partial<RunOptions> = {}): ReturnType<typeof runFixture> {
  const workspace = mkdtempSync(join(tmpdir(), 'lab-workflow-'));
  try {
    mkdirSync(join(workspace, '.github/workflows'), { recursive: true });
    writeFileSync(join(workspace, '.github/workflows/w.yml'), text);
    return await runFixture('w', { workspace, ...options });
  } finally {
    rmSync(workspace, { recursive: true });
  }
}

const JOB = 'jobs:\n  a:\n    runs-on: x\n    steps:\n      - run: echo hello\n';

describe('what GitHub would not start', () => {
  test.each([
    ['a misspelt key', `on: push\n${JOB}        tiemout-minutes: 3\n`, /Line: 7.*Unexpected value 'tiemout-minutes'/],
    ['no trigger', JOB, /Required property is missing: on/],
    ['broken YAML', 'on: [push\n', /Flow sequence in block collection/],
    [
      'an unknown need',
      `on: push\n${JOB.replace('runs-on', 'needs: b\n    runs-on')}`,
      /at least one job with no dependencies|unknown job 'b'/,
    ],
    [
      'an unknown context',
      `on: push\nname: x\nenv:\n  A: \${{ matrix.x }}\n${JOB}`,
      /Unrecognized named-value: 'matrix'/,
    ],
    [
      'two steps of one id',
      `on: push\n${JOB}        id: x\n      - run: y\n        id: x\n`,
      /'x' may not be used more than once/,
    ],
    [
      'a container',
      `on: push\n${JOB.replace('steps', 'container: alpine\n    steps')}`,
      /'container', which this runner does not have/,
    ],
    ['another event', `on: schedule\n${JOB}`, /event 'push' does not trigger this workflow; it has: schedule/],
  ])('%s', async (_, text, message) => {
    await expect(runText(text)).rejects.toThrow(WorkflowError);
    await expect(runText(text)).rejects.toThrow(message);
  });

  test.each([
    [{ target: 'moon', why: 'x' }, /'moon' for input 'target' not in the list/],
    [{}, /Required input 'why' not provided/],
    [{ why: 'x', extra: 1 }, /Unexpected inputs provided: \["extra"\]/],
    [{ why: 'x', dry: 'maybe' }, /'dry' must be true or false/],
    [{ why: 'x', amount: 'many' }, /'amount' must be a number/],
  ])('a dispatch with %j', async (inputs, message) => {
    await expect(runFixture('caller', { event: 'workflow_dispatch', inputs })).rejects.toThrow(message);
  });
});

test('needs of jobs that stand further down are waited for', async () => {
  const run = await runText(
    'on: push\njobs:\n  z:\n    needs: [y]\n    runs-on: x\n    steps: [{ run: echo z }]\n  y:\n    runs-on: x\n    steps: [{ run: echo y }]\n',
  );
  expect(run.jobs.map((one) => one.path)).toEqual(['y', 'z']);
});

test('the payload is github.event', async () => {
  const run = await runText(
    `on: push\n${JOB.replace('hello', '"${{ github.event.head.id }} $(jq -r .head.id "$GITHUB_EVENT_PATH" || true)"')}`,
    {
      payload: { head: { id: 42 } },
    },
  );
  expect(printed(job(run, 'a'))[0]).toMatch(/^42/);
});
