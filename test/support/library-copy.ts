/** This repository as callers get it: the workflows, the action files and the committed bundles, nothing else. */
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { formatYaml, parseYaml } from '@wso2-delivery/shared/formats/yaml';
import type { WorkflowResult } from '../../packages/lab/src/runner/result.ts';

const root = resolve(import.meta.dirname, '../..');

/**
 * Copies what a runner downloads to `target`. The lab's clock runs ten times as fast as a cluster's, and `stable-for`
 * with it: 30 seconds become 3.
 */
export function copyLibrary(target: string): string {
  for (const file of globSync(['.github/workflows/*.yml', 'actions/*/action.yml'], { cwd: root })) {
    mkdirSync(dirname(join(target, file)), { recursive: true });
    const text = readFileSync(join(root, file), 'utf8');
    writeFileSync(join(target, file), text.replace(/(stable-for:(?:\n {4,}.*)*?\n +default: )30s/, '$13s'));
  }
  cpSync(join(root, 'dist'), join(target, 'dist'), { recursive: true });
  return target;
}

/** True when the bundle of an action is there. */
export function hasBundle(action: string): boolean {
  return existsSync(join(root, 'dist', action, 'index.js')) && existsSync(join(root, 'actions', action, 'action.yml'));
}

/**
 * "Re-run failed jobs": the library with those jobs of a reusable workflow that succeeded in `before` replaced by what
 * GitHub keeps of them, their outputs. Whatever else they would do cannot happen.
 * @param workflow file name, for example deliver-mi.yml
 * @param caller id of the job that calls it
 * @returns the folder, and the jobs that are kept
 */
export function withSucceededJobs(
  library: string,
  target: string,
  workflow: string,
  caller: string,
  before: WorkflowResult,
): { readonly folder: string; readonly kept: readonly string[] } {
  cpSync(library, target, { recursive: true });
  const file = join(target, '.github/workflows', workflow);
  const document = parseYaml(readFileSync(file, 'utf8')) as { jobs: Record<string, { needs?: unknown }> };
  const kept = before.jobs.filter(
    ({ path, id, conclusion }) => path === `${caller}/${id}` && conclusion === 'success' && id in document.jobs,
  );
  for (const { id, outputs } of kept) {
    const { needs } = document.jobs[id] ?? {};
    document.jobs[id] = {
      'runs-on': 'ubuntu-latest',
      ...(needs === undefined ? {} : { needs }),
      outputs: Object.fromEntries(Object.keys(outputs).map((name) => [name, `\${{ steps.kept.outputs.${name} }}`])),
      steps: [{ id: 'kept', run: `cat >> "$GITHUB_OUTPUT" <<'KEPT'\n${asOutputFile(outputs)}\nKEPT` }],
    } as { needs?: unknown };
  }
  writeFileSync(file, formatYaml(document));
  return { folder: target, kept: kept.map(({ id }) => id) };
}

function asOutputFile(outputs: Readonly<Record<string, string>>): string {
  return Object.entries(outputs)
    .map(([name, value]) => `${name}<<END_OF_${name}\n${value}\nEND_OF_${name}`)
    .join('\n');
}
