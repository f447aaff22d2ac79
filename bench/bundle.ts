/** Runs a bundle as the runner does: a child process with inputs in INPUT_* and command files. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './row.ts';

/** The committed bundle, or that of another folder: BENCH_BUNDLES measures what is not committed yet. */
export function bundleOf(action: string): string {
  return join(process.env.BENCH_BUNDLES ?? join(root, 'dist'), action, 'index.js');
}

export function hasBundle(action: string): boolean {
  return existsSync(bundleOf(action));
}

export interface Step {
  readonly command: readonly string[];
  readonly workspace: string;
  readonly env: Readonly<Record<string, string>>;
  /** An output of the last run, or undefined. */
  output(name: string): string | undefined;
}

/** A job's folders below `folder`, and what starts the step in them. Node is the one that runs the bench. */
export function step(
  action: string,
  inputs: Readonly<Record<string, string>>,
  folder: string,
  variables: Readonly<Record<string, string>> = {},
): Step {
  const workspace = join(folder, 'workspace');
  const temp = join(folder, 'temp');
  const outputs = join(folder, 'outputs');
  const summary = join(folder, 'summary');
  mkdirSync(workspace, { recursive: true });
  mkdirSync(temp, { recursive: true });
  writeFileSync(outputs, '');
  writeFileSync(summary, '');
  return {
    command: [process.execPath, bundleOf(action)],
    workspace,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? folder,
      GITHUB_WORKSPACE: workspace,
      RUNNER_TEMP: temp,
      GITHUB_OUTPUT: outputs,
      GITHUB_STEP_SUMMARY: summary,
      ...variables,
      ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    },
    output(name) {
      const found = [...readFileSync(outputs, 'utf8').matchAll(/^(\S+)<<(\S+)\n([\s\S]*?)\n\2$/gm)];
      return found.findLast((match) => match[1] === name)?.[3];
    },
  };
}
