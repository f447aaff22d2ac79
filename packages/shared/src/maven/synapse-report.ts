/** unit-test-report.json of WSO2's Synapse unit test plugin. */
import { MalformedError } from '../formats/malformed.ts';
import type { TestCase } from './test-results.ts';

interface Suite {
  readonly deploymentStatus?: string;
  readonly deploymentException?: string;
  readonly mediationStatus?: string;
  readonly mediationException?: string;
  readonly testCases?: readonly Case[];
}

interface Case {
  readonly testCaseName?: string;
  readonly mediationStatus?: string;
  readonly mediationException?: string;
  readonly assertionStatus?: string;
  readonly assertionException?: string;
  readonly failureAssertions?: readonly Assertion[];
}

interface Assertion {
  readonly assertionType?: string;
  readonly assertionExpression?: string;
  readonly actual?: string;
  readonly expected?: string;
  readonly message?: string;
}

/**
 * Reads a report.
 * @param display turns the path of a test file into the one for annotations
 * @throws MalformedError
 */
export function parseSynapseReport(json: string, display: (path: string) => string = (path) => path): TestCase[] {
  let report: unknown;
  try {
    report = JSON.parse(json);
  } catch (error) {
    throw new MalformedError(error instanceof Error ? error.message : String(error));
  }
  if (typeof report !== 'object' || report === null || Array.isArray(report)) {
    throw new MalformedError('is no object of test suites');
  }
  // Beside the suites the report has one number, "Time elapsed (ms)".
  return Object.entries(report as Record<string, unknown>).flatMap(([file, suite]) =>
    typeof suite === 'object' && suite !== null ? casesOf(display(file), suite as Suite) : [],
  );
}

function casesOf(file: string, suite: Suite): TestCase[] {
  const base = { suite: file, durationMs: undefined, location: { file } };
  const cases = suite.testCases ?? [];
  if (suite.deploymentStatus !== 'PASSED' || cases.length === 0) {
    const passed = suite.deploymentStatus === 'PASSED' && suite.mediationStatus === 'PASSED';
    const reason =
      suite.deploymentException ?? suite.mediationException ?? 'the artifacts under test were not deployed';
    return [
      passed
        ? { ...base, name: 'deployment', outcome: 'passed', message: undefined, detail: undefined }
        : { ...base, name: 'deployment', outcome: 'error', message: reason, detail: undefined },
    ];
  }
  return cases.map((test) => {
    const name = test.testCaseName ?? '';
    if (test.mediationStatus === 'PASSED' && test.assertionStatus === 'PASSED') {
      return { ...base, name, outcome: 'passed', message: undefined, detail: undefined };
    }
    const assertions = test.failureAssertions ?? [];
    const [first] = assertions;
    const mediated = test.mediationStatus === 'PASSED';
    return {
      ...base,
      name,
      outcome: mediated ? 'failed' : 'error',
      message: mediated
        ? (first?.message ?? test.assertionException ?? 'an assertion failed')
        : (test.mediationException ?? suite.mediationException ?? 'the mediation failed'),
      detail: assertions.length === 0 ? undefined : assertions.map(sayAssertion).join('\n\n'),
    };
  });
}

function sayAssertion({ assertionType, assertionExpression, actual, expected }: Assertion): string {
  const lines = [`${assertionType ?? 'assertion'} ${assertionExpression ?? ''}`.trim()];
  if (expected !== undefined) lines.push(`expected: ${expected}`);
  if (actual !== undefined) lines.push(`actual:   ${actual}`);
  return lines.join('\n');
}
