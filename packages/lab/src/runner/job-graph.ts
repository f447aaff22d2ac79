/** The order of jobs: what each one waits for, and what `success()` and `failure()` of a job look at. */
import type { Scope } from './expressions.ts';
import { evaluate, isTrue } from './expressions.ts';
import type { JobDefinition } from './parse.ts';
import type { Conclusion } from './result.ts';

/** What later jobs see of a job. */
export interface SettledJob {
  readonly result: Conclusion;
  readonly outputs: Readonly<Record<string, string>>;
}

/** All jobs that a job depends on, directly or not. */
export function ancestorsOf(id: string, jobs: readonly JobDefinition[]): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (job: string): void => {
    for (const need of jobs.find((other) => other.id === job)?.needs ?? []) {
      if (found.has(need)) continue;
      found.add(need);
      visit(need);
    }
  };
  visit(id);
  return found;
}

/**
 * Whether a job runs. success() wants every ancestor to have succeeded, failure() one to have failed: a job that was
 * skipped stops all that come after it, however far, unless their conditions ask otherwise.
 */
export function isDue(
  definition: JobDefinition,
  ancestors: ReadonlySet<string>,
  settled: ReadonlyMap<string, SettledJob>,
  contexts: Scope['contexts'],
  cancelled: boolean,
): boolean {
  const results = (names: readonly unknown[]): Conclusion[] =>
    [...ancestors]
      .filter((id) => names.length === 0 || names.includes(id))
      .map((id) => settled.get(id)?.result ?? 'skipped');
  const value = evaluate(definition.condition, {
    contexts,
    functions: {
      always: () => true,
      cancelled: () => cancelled,
      success: (...names) => !cancelled && results(names).every((result) => result === 'success'),
      failure: (...names) => results(names).includes('failure'),
    },
  });
  return isTrue(value);
}

/** The conclusion of several jobs together: of a matrix, of a workflow. */
export function combine(conclusions: readonly Conclusion[]): Conclusion {
  if (conclusions.includes('failure')) return 'failure';
  if (conclusions.includes('cancelled')) return 'cancelled';
  return conclusions.length > 0 && conclusions.every((conclusion) => conclusion === 'skipped') ? 'skipped' : 'success';
}
