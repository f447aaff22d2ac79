import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const actions = ['build-mi', 'deploy-k8s', 'promote-api', 'verify-rollout'];

interface Run {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly outputs: string;
  readonly summary: string;
  /** Files left in RUNNER_TEMP. */
  readonly left: string[];
}

let folder: string;
beforeAll(() => {
  // No node_modules above it: a bundle has to stand alone.
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'bundles-')));
  cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a committed bundle as the runner does: a child process, inputs in INPUT_*, command files, an empty workspace. */
async function run(
  action: string,
  inputs: Record<string, string>,
  during?: (kill: (signal: NodeJS.Signals) => void, stdout: () => string) => void,
): Promise<Run> {
  const job = mkdtempSync(join(folder, 'job-'));
  const [workspace, temp, output, summary] = ['workspace', 'temp', 'output', 'summary'].map((name) =>
    join(job, name),
  ) as [string, string, string, string];
  mkdirSync(workspace);
  mkdirSync(temp);
  writeFileSync(output, '');
  writeFileSync(summary, '');
  const child = spawn(process.execPath, [join(folder, 'dist', action, 'index.js')], {
    cwd: workspace,
    env: {
      PATH: process.env.PATH,
      HOME: job,
      GITHUB_WORKSPACE: workspace,
      RUNNER_TEMP: temp,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    },
  });
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  during?.(
    (signal) => child.kill(signal),
    () => stdout,
  );
  const exitCode = await new Promise<number | null>((done) => child.once('close', done));
  return {
    exitCode,
    stdout,
    outputs: readFileSync(output, 'utf8'),
    summary: readFileSync(summary, 'utf8'),
    left: readdirSync(temp).filter((name) => name !== 'wso2-delivery-reports'),
  };
}

describe.each(actions)('the bundle of %s', (action) => {
  test('exists and is an ES module of its own', () => {
    expect(JSON.parse(readFileSync(join(root, 'dist', action, 'package.json'), 'utf8'))).toEqual({ type: 'module' });
    expect(existsSync(join(root, 'dist', action, 'licenses.txt'))).toBe(true);
    expect(statSync(join(root, 'dist', action, 'index.js')).size).toBeLessThan(4_000_000);
  });

  test('started with an unknown input says so in one clear error, exits 1 and leaves nothing behind', async () => {
    const { exitCode, stdout, summary, outputs, left } = await run(action, { 'no-such-input': 'x' });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^::error[^\n]*no-such-input: is not an input of /m);
    expect(stdout).not.toMatch(/^\s+at .*index\.js/m);
    expect(summary).toMatch(/^### ❌ /);
    expect(outputs).toMatch(/^report<</m);
    expect(left).toEqual([]);
  });

  test('writes a report that a later step can read', async () => {
    const { outputs } = await run(action, { 'no-such-input': 'x' });
    const path = /report<<(\S+)\n(.*)\n\1/.exec(outputs)?.[2] ?? '';
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      action,
      result: 'failure',
      failure: { code: 'INPUT_INVALID', kind: 'input' },
    });
  });
});
