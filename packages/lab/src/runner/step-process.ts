/** A process of a step: its environment, its output, and what it wrote to the environment files. */
import { delimiter } from 'node:path';
import { githubVariables, runnerVariables } from './contexts.ts';
import { EnvironmentFiles } from './environment-files.ts';
import { objectOf } from './expressions.ts';
import type { StepCall } from './job-state.ts';
import { GITHUB_GRACE, runProcess } from './processes.ts';
import { OutputReader } from './step-log.ts';

export interface StepProcess {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** INPUT_* and STATE_*. */
  readonly variables: Readonly<Record<string, string>>;
  /** Receives what the process saved for the next stage of its action. */
  readonly state?: Record<string, string>;
}

/** Runs the process and takes over what it wrote. Yields its exit code, or undefined when a written file was wrong. */
export async function runStepProcess(call: StepCall, request: StepProcess): Promise<number | undefined> {
  const { job, log } = call;
  job.nextStep += 1;
  const files = await EnvironmentFiles.create(job.folders.files, String(job.nextStep));
  const state = request.state ?? {};
  const reader = new OutputReader(log, {
    setOutput: (name, value) => (call.outputs[name] = value),
    saveState: (name, value) => (state[name] = value),
  });
  const code = await runProcess({
    command: request.command,
    args: request.args,
    cwd: request.cwd,
    env: { ...stepEnvironment(call), ...request.variables, ...files.variables },
    onOutput: (chunk, stream) => reader.push(chunk, stream),
    signal: call.signal,
    grace: job.run.options.grace ?? GITHUB_GRACE,
  });
  reader.end();
  const written = await files.collect();
  Object.assign(job.env, written.env);
  Object.assign(call.outputs, written.output);
  Object.assign(state, written.state);
  job.path.unshift(...[...written.path].reverse());
  log.addSummary(written.summary);
  for (const message of [...written.problems, ...written.complaints]) log.error(message);
  return written.problems.length > 0 ? undefined : code;
}

/** The environment of a step: machine, job, step, and last what cannot be overwritten, GITHUB_* and RUNNER_*. */
export function stepEnvironment({ job, frame, env, definition }: StepCall): Record<string, string> {
  const { CI, ...fixed } = githubVariables({ ...frame.github, action: definition.id });
  const combined: Record<string, string> = {
    CI: CI ?? 'true',
    ...job.machine,
    ...job.env,
    ...frame.outerEnv,
    ...env,
    ...fixed,
    ...runnerVariables(objectOf(job.contexts.runner)),
    RUNNER_WORKSPACE: job.folders.workspace.replace(/\/[^/]+$/, ''),
    RUNNER_TRACKING_ID: job.trackingId,
  };
  return { ...combined, PATH: searchPath(job.path, combined.PATH) };
}

function searchPath(added: readonly string[], path: string | undefined): string {
  return [...added, ...(path === undefined ? [] : [path])].join(delimiter);
}
