/** The post step as the runner runs it: at the end of the job, whatever came of the steps. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runWorkflow } from '@wso2-delivery/lab/runner/run-workflow';
import type { WorkflowResult } from '@wso2-delivery/lab/runner/result';
import { mainSource, postSource } from '../../support/main-step.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'post-in-a-job-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, text: string): void {
  const path = join(folder, 'repository', name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Lists what is there of private folders after the action, and runs it in a job of its own. */
const workflow = `on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: acme/delivery/action@v1
      - if: always()
        run: echo "left $(ls "$RUNNER_TEMP" | grep -c '^wso2-delivery-')"
`;

async function ran(then: 'wait' | 'die' | 'end'): Promise<{ readonly result: WorkflowResult; readonly left: number }> {
  put('.github/workflows/deploy.yml', workflow);
  put('action/action.yml', 'name: x\ndescription: x\nruns: {using: node24, main: main.mjs, post: post.mjs}\n');
  put('action/main.mjs', mainSource(then));
  put('action/post.mjs', postSource);
  const cancel = new AbortController();
  const tempFolder = join(folder, 'jobs');
  const result = await runWorkflow({
    file: '.github/workflows/deploy.yml',
    workspace: join(folder, 'repository'),
    repository: 'acme/shop',
    event: 'push',
    repositories: { 'acme/delivery@v1': join(folder, 'repository') },
    tempFolder,
    grace: { interruptMs: 3000, terminateMs: 300 },
    signal: cancel.signal,
    onEvent: (event) => {
      if (then === 'wait' && event.type === 'log' && event.line === 'has written') cancel.abort();
    },
  });
  const all = readdirSync(tempFolder, { recursive: true }).map(String);
  return { result, left: all.filter((path) => /(^|\/)wso2-delivery-[^/]*$/.test(path)).length };
}

const linesOf = (result: WorkflowResult) => result.jobs.flatMap(({ steps }) => steps.flatMap(({ log }) => log));

describe('private folders in a job', () => {
  test('of a step that was killed are removed at the end of the job, and that is said', async () => {
    const { result, left } = await ran('die');
    expect(result.conclusion).toBe('failure');
    expect(linesOf(result)).toContain('left 1');
    expect(linesOf(result).join('\n')).toMatch(/Removed wso2-delivery-kubeconfig-\w+, which a step that was killed/);
    expect(left).toBe(0);
  });

  test('of a step that ended are gone before the next one', async () => {
    const { result, left } = await ran('end');
    expect(result.conclusion).toBe('success');
    expect(linesOf(result)).toContain('left 0');
    expect(linesOf(result).join('\n')).not.toContain('Removed');
    expect(left).toBe(0);
  });

  test('of a cancelled run are gone', async () => {
    const { result, left } = await ran('wait');
    expect(result.conclusion).toBe('cancelled');
    expect(left).toBe(0);
  });
});
