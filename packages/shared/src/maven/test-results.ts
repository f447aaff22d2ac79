/** What the tests of a build said, whatever framework ran them. */
import { count } from '../base/text.ts';
import type { Location } from '../base/errors.ts';

export type TestOutcome = 'passed' | 'failed' | 'error' | 'skipped' | 'flaky';

export interface TestCase {
  /** A Java class, or the file of a Synapse unit test. */
  readonly suite: string;
  readonly name: string;
  readonly outcome: TestOutcome;
  /** The assertion or exception of a test that did not pass, on one line. */
  readonly message: string | undefined;
  /** Its stack trace or actual and expected values. */
  readonly detail: string | undefined;
  readonly durationMs: number | undefined;
  readonly location: Location | undefined;
}

/** A report that is there and cannot be read. */
export interface UnreadableReport {
  readonly file: string;
  readonly problem: string;
}

export interface TestResults {
  readonly cases: readonly TestCase[];
  readonly unreadable: readonly UnreadableReport[];
}

export interface TestCounts {
  readonly total: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Passed, but not at the first attempt. */
  readonly flaky: number;
}

export function countTests(cases: readonly TestCase[]): TestCounts {
  const of = (...outcomes: TestOutcome[]) => cases.filter((test) => outcomes.includes(test.outcome)).length;
  return {
    total: cases.length,
    passed: of('passed', 'flaky'),
    failed: of('failed', 'error'),
    skipped: of('skipped'),
    flaky: of('flaky'),
  };
}

/** The tests that did not pass. */
export function failedTests(cases: readonly TestCase[]): TestCase[] {
  return cases.filter((test) => test.outcome === 'failed' || test.outcome === 'error');
}

/** "7 tests: 3 passed, 3 failed, 1 skipped". */
export function sayCounts({ total, passed, failed, skipped, flaky }: TestCounts): string {
  if (total === 0) return 'no tests';
  const parts = [
    `${passed} passed${flaky > 0 ? ` (${flaky} flaky)` : ''}`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  return `${count(total, 'test')}: ${parts.join(', ')}`;
}

/**
 * The same test can stand in two reports (a module built twice): the worst outcome counts. In one report each entry is a
 * test of its own: TestNG gives all rows of a data provider one name.
 */
export function mergeResults(results: readonly TestResults[]): TestResults {
  const worst: readonly TestOutcome[] = ['passed', 'skipped', 'flaky', 'failed', 'error'];
  const cases = new Map<string, TestCase>();
  for (const report of results) {
    const counts = new Map<string, number>();
    for (const test of report.cases) {
      const name = `${test.suite}\0${test.name}`;
      const row = counts.get(name) ?? 0;
      counts.set(name, row + 1);
      const key = `${name}\0${row}`;
      const seen = cases.get(key);
      if (seen === undefined || worst.indexOf(test.outcome) > worst.indexOf(seen.outcome)) cases.set(key, test);
    }
  }
  return { cases: [...cases.values()], unreadable: results.flatMap((result) => result.unreadable) };
}
