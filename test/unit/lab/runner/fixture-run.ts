/** Runs a workflow file of the fixtures in a folder of its own (or in the given one), and finds things in the result. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { RunOptions } from '../../../../packages/lab/src/runner/options.ts';
import type { JobResult, RunEvent, StepResult, WorkflowResult } from '../../../../packages/lab/src/runner/result.ts';
import { runWorkflow } from '../../../../packages/lab/src/runner/run-workflow.ts';

export const FIXTURES = resolve(import.meta.dirname, '../../../fixtures/workflows');
export const SECRET = 'hunter2-secret';

export interface FixtureRun extends WorkflowResult {
  readonly events: readonly RunEvent[];
}

export async function runFixture(name: string, options: Partial<RunOptions> = {}): Promise<FixtureRun> {
  const own = options.tempFolder === undefined ? mkdtempSync(join(tmpdir(), 'lab-runner-')) : undefined;
  const events: RunEvent[] = [];
  try {
    const result = await runWorkflow({
      file: `.github/workflows/${name}.yml`,
      workspace: join(FIXTURES, 'caller'),
      repository: 'acme/shop',
      event: 'push',
      secrets: { PASSWORD: SECRET },
      repositories: { 'acme/library@v1': join(FIXTURES, 'library') },
      tempFolder: own ?? '',
      grace: { interruptMs: 1000, terminateMs: 300 },
      ...options,
      onEvent: (event) => {
        events.push(event);
        options.onEvent?.(event);
      },
    });
    return { ...result, events };
  } finally {
    if (own !== undefined) rmSync(own, { recursive: true, force: true });
  }
}

export function job(result: WorkflowResult, path: string): JobResult {
  const found = result.jobs.find((one) => one.path === path);
  if (found === undefined) throw new Error(`no job ${path} among ${result.jobs.map((one) => one.path).join(', ')}`);
  return found;
}

export function step(
  result: WorkflowResult,
  path: string,
  id: string,
  stage: StepResult['stage'] = 'main',
): StepResult {
  const { steps } = job(result, path);
  const found = steps.find((one) => one.id === id && one.stage === stage);
  if (found === undefined) throw new Error(`no step ${id} among ${steps.map((one) => one.id).join(', ')}`);
  return found;
}

/** What the processes of a job or a step printed: the log without markers and without the echo of the script. */
export function printed(from: JobResult | StepResult): string[] {
  const logs = 'steps' in from ? from.steps.map((one) => one.log) : [from.log];
  return logs.flatMap((log) => {
    let inGroup = false;
    return log.filter((line) => {
      if (line.startsWith('##[group]Run ')) inGroup = true;
      const shown = !inGroup && !line.startsWith('##[');
      if (line === '##[endgroup]') inGroup = false;
      return shown;
    });
  });
}
