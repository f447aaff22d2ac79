/** JUnit XML in the dialects of Surefire, TestNG, Gradle, the JUnit platform and Ant, rerun and flaky entries included. */
import { oneLine } from '../base/text.ts';
import { MalformedError } from '../formats/malformed.ts';
import { childrenNamed, parseXml, type Element } from '../formats/xml.ts';
import type { TestCase, TestOutcome } from './test-results.ts';

/**
 * Reads one report. Tests are grouped by the class that they name themselves: with nested classes Surefire puts them
 * into the file of another one.
 * @param locate finds the source of a class, as a path for annotations
 * @throws MalformedError
 */
export function parseJunitReport(
  xml: string,
  locate: (className: string) => string | undefined = () => undefined,
): TestCase[] {
  const root = parseXml(withoutIllegal(xml), { maxChars: 128 * 1024 * 1024 });
  if (root.name !== 'testsuite' && root.name !== 'testsuites') {
    throw new MalformedError(`is no test report: its root is <${root.name}>`, { line: root.line });
  }
  return suitesOf(root).flatMap((suite) => childrenNamed(suite, 'testcase').map((test) => toCase(test, suite, locate)));
}

/**
 * Messages quote what a test has seen, and not every writer takes out what XML cannot hold: control characters as they
 * are (Ant, older Gradle) or by number. A report is not unreadable for that.
 */
function withoutIllegal(xml: string): string {
  return xml
    .replace(/[^\t\n\r\x20-\ufffd]/g, '\ufffd')
    .replace(/&#(?:x([0-9a-f]+)|(\d+));/gi, (whole, hex: string | undefined, decimal: string | undefined) => {
      const number = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return number < 0x20 && ![9, 10, 13].includes(number) ? '\ufffd' : whole;
    });
}

function suitesOf(element: Element): Element[] {
  if (element.name !== 'testsuite' && element.name !== 'testsuites') return [];
  const inner = element.children.flatMap(suitesOf);
  return element.name === 'testsuite' ? [element, ...inner] : inner;
}

/** In the order in which they decide: a test that failed and also has flaky entries failed. */
const outcomes: readonly (readonly [element: string, outcome: TestOutcome])[] = [
  ['error', 'error'],
  ['failure', 'failed'],
  ['flakyError', 'flaky'],
  ['flakyFailure', 'flaky'],
  // A repetition that failed, and no word of a first attempt or of one that passed.
  ['rerunError', 'error'],
  ['rerunFailure', 'failed'],
  ['skipped', 'skipped'],
];

function toCase(test: Element, suite: Element, locate: (className: string) => string | undefined): TestCase {
  const className = test.attributes.classname ?? suite.attributes.name ?? '';
  const [entry, outcome] = outcomes
    .map(([name, found]) => [childrenNamed(test, name)[0], found] as const)
    .find(([element]) => element !== undefined) ?? [undefined, 'passed' as const];
  const detail = entry === undefined ? '' : (childrenNamed(entry, 'stackTrace')[0]?.text ?? entry.text).trim();
  const message = entry?.attributes.message ?? firstLine(detail) ?? entry?.attributes.type;
  const seconds = Number((test.attributes.time ?? '').replaceAll(',', ''));
  const file = entry === undefined || outcome === 'skipped' ? undefined : locate(className);
  const line = lineIn(detail, className);
  return {
    suite: className,
    // What fails before the first test of a class (@BeforeAll, @BeforeClass) has no name in Surefire's reports.
    name: test.attributes.name === undefined || test.attributes.name === '' ? '(the class)' : test.attributes.name,
    outcome,
    message: message === undefined ? undefined : oneLine(message, 500),
    detail: detail === '' ? undefined : detail,
    durationMs: test.attributes.time === undefined || Number.isNaN(seconds) ? undefined : Math.round(seconds * 1000),
    location: file === undefined ? undefined : { file, ...(line !== undefined && { line }) },
  };
}

function firstLine(text: string): string | undefined {
  const line = text.split('\n', 1)[0]?.trim();
  return line === '' ? undefined : line;
}

/** The line of the topmost stack frame that lies in the test's own class. */
function lineIn(stackTrace: string, className: string): number | undefined {
  const outer = className.replace(/\$.*$/, '');
  for (const [, frame = '', line] of stackTrace.matchAll(/^\s*at (\S+)\([^()\n]*:(\d+)\)/gm)) {
    const name = frame.slice(frame.indexOf('/') + 1);
    if (name.startsWith(`${outer}.`) || name.startsWith(`${outer}$`)) return Number(line);
  }
  return undefined;
}
