import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseJunitReport } from '@wso2-delivery/shared/maven/junit-report';
import { findProject } from '@wso2-delivery/shared/maven/project';
import { parseSynapseReport } from '@wso2-delivery/shared/maven/synapse-report';
import {
  modulesWithoutSynapseReport,
  readTestReports,
  synapseUnitTests,
} from '@wso2-delivery/shared/maven/test-reports';
import { countTests, mergeResults, sayCounts, type TestCase } from '@wso2-delivery/shared/maven/test-results';
import { testPorts, type TestPorts } from '../../support/ports.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/mi');
const read = (...path: string[]) => readFileSync(join(fixtures, ...path), 'utf8');

describe('JUnit XML', () => {
  const cases = parseJunitReport(read('junit_failures', 'TEST-com.example.CalcTest$Inner.xml'), (name) =>
    name.startsWith('com.example.CalcTest') ? 'src/test/java/com/example/CalcTest.java' : undefined,
  );

  test('tests belong to the class that they name, not to the file that holds them', () => {
    expect(cases.map(({ suite, name, outcome }) => `${suite} ${name}: ${outcome}`)).toEqual([
      'com.example.CalcTest errors: error',
      'com.example.CalcTest params(int)[1]: passed',
      'com.example.CalcTest params(int)[2]: failed',
      'com.example.CalcTest passes: passed',
      'com.example.CalcTest fails: failed',
      'com.example.CalcTest skipped: skipped',
      'com.example.CalcTest$Inner nestedOk: passed',
    ]);
  });

  test('a failure has its message unescaped and the line of the test in its own source', () => {
    expect(cases.find(({ name }) => name === 'fails')).toMatchObject({
      message: 'quotient "wrong" <x> ==> expected: <3> but was: <2>',
      location: { file: 'src/test/java/com/example/CalcTest.java', line: 8 },
      durationMs: 3,
    });
  });

  test('an error that starts in other code points to the frame of the test', () => {
    expect(cases.find(({ name }) => name === 'errors')?.location?.line).toBe(9);
  });

  test.each([
    ['a test that passed at the second attempt is flaky', '<flakyFailure message="m">x</flakyFailure>', 'flaky'],
    ['an error at the first attempt too', '<flakyError message="m">x</flakyError>', 'flaky'],
    [
      'a test that failed at every attempt failed',
      '<failure message="m">x</failure><rerunFailure message="n">y</rerunFailure>',
      'failed',
    ],
    ['an error beside a failure is the error', '<failure message="m"/><error message="n"/>', 'error'],
    ['an empty skipped element', '<skipped/>', 'skipped'],
    ['output alone is no failure', '<system-err>[ERROR]</system-err>', 'passed'],
  ])('%s', (_, inner, outcome) => {
    const [test] = parseJunitReport(
      `<testsuite name="s"><testcase name="t" classname="c">${inner}</testcase></testsuite>`,
    );
    expect(test?.outcome).toBe(outcome);
  });

  test('suites inside suites are read, and a message is found where there is no attribute', () => {
    const [test] = parseJunitReport(
      '<testsuites><testsuite name="a"><testsuite name="b"><testcase name="t"><failure type="T">first\nsecond</failure></testcase></testsuite></testsuite></testsuites>',
    );
    expect(test).toMatchObject({ suite: 'b', name: 't', message: 'first' });
  });

  test('a report that is cut off is malformed', () => {
    expect(() => parseJunitReport('<testsuite name="s"><testcase name="t"')).toThrow();
  });
});

describe("the report of WSO2's Synapse unit tests", () => {
  test('a failed assertion shows what was expected and what came', () => {
    const [first, second] = parseSynapseReport(read('synapse_ut_assert', 'unit-test-report.json'));
    expect(first).toMatchObject({ name: 'says_hello', outcome: 'passed' });
    expect(second).toMatchObject({ name: 'second', outcome: 'failed', message: 'body differs' });
    expect(second?.detail).toBe('assertEquals $body\nexpected: {"hello":"moon"}\nactual:   {"hello":"world"}');
  });

  test('a suite whose artifacts were not deployed is one error', () => {
    expect(parseSynapseReport(read('synapse_ut_deploy', 'unit-test-report.json'))).toMatchObject([
      { name: 'deployment', outcome: 'error', message: 'Primary sequence HelloSeq deployment failed' },
    ]);
  });

  test('all passed', () => {
    const cases = parseSynapseReport(read('synapse_ut_pass', 'unit-test-report.json'));
    expect(countTests(cases)).toEqual({ total: 2, passed: 2, failed: 0, skipped: 0, flaky: 0 });
  });

  test.each(['', '[]', '"text"', '{"a":'])('%s is malformed', (text) => {
    expect(() => parseSynapseReport(text)).toThrow();
  });
});

describe('counting', () => {
  const of = (outcome: TestCase['outcome'], name: string = outcome): TestCase => ({
    suite: 's',
    name,
    outcome,
    message: undefined,
    detail: undefined,
    durationMs: undefined,
    location: undefined,
  });

  test('says what a person wants to know', () => {
    expect(sayCounts(countTests([]))).toBe('no tests');
    expect(sayCounts(countTests([of('passed')]))).toBe('1 test: 1 passed');
    expect(sayCounts(countTests([of('passed'), of('flaky'), of('failed'), of('error'), of('skipped')]))).toBe(
      '5 tests: 2 passed (1 flaky), 2 failed, 1 skipped',
    );
  });

  test('the worst outcome of a test that stands in two reports counts', () => {
    const merged = mergeResults([
      { cases: [of('passed', 't')], unreadable: [] },
      { cases: [of('failed', 't')], unreadable: [] },
      { cases: [of('passed', 't')], unreadable: [] },
    ]);
    expect(merged.cases.map(({ outcome }) => outcome)).toEqual(['failed']);
  });
});

describe('the reports in the folders of a build', () => {
  let ports: TestPorts;
  const put = (path: string, text: string, ageMs = 0) => {
    const file = join(ports.files.workspace, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    const time = new Date(Date.now() - ageMs);
    utimesSync(file, time, time);
  };
  beforeEach(() => {
    ports = testPorts();
    put('pom.xml', '<project><artifactId>a</artifactId><modules><module>m</module></modules></project>');
    put('m/pom.xml', '<project><artifactId>m</artifactId></project>');
  });
  afterEach(() => ports.dispose());
  const modules = () => findProject(undefined, ports.files).modules;
  const suite = '<testsuite name="s"><testcase name="t" classname="c"/></testsuite>';

  test('come from Surefire and Failsafe of every module', () => {
    put('target/surefire-reports/TEST-a.xml', suite);
    put('m/target/failsafe-reports/TEST-b.xml', suite.replace('"c"', '"d"'));
    put('m/target/failsafe-reports/failsafe-summary.xml', '<failsafe-summary/>');
    const { cases, unreadable } = readTestReports(modules(), Date.now() - 5000, ports.files);
    expect(cases.map((test) => test.suite)).toEqual(['c', 'd']);
    expect(unreadable).toEqual([]);
  });

  test('are left aside when they are older than the build', () => {
    put('target/surefire-reports/TEST-old.xml', suite, 60_000);
    expect(readTestReports(modules(), Date.now(), ports.files).cases).toEqual([]);
  });

  test('are named when they cannot be read', () => {
    put('target/surefire-reports/TEST-cut.xml', '<testsuite name="s"><testcase');
    const { unreadable } = readTestReports(modules(), Date.now() - 5000, ports.files);
    expect(unreadable).toHaveLength(1);
    expect(unreadable[0]?.file).toBe('target/surefire-reports/TEST-cut.xml');
  });

  test('of Synapse unit tests are missed where there are unit tests', () => {
    put('m/src/test/wso2mi/ATest.xml', '<unit-test/>');
    put('m/src/test/wso2mi/mock/M.xml', '<mock-service/>');
    expect(synapseUnitTests(modules()[1]!).map((file) => ports.files.display(file))).toEqual([
      'm/src/test/wso2mi/ATest.xml',
    ]);
    const since = Date.now();
    expect(modulesWithoutSynapseReport(modules(), since).map(({ pom }) => pom.artifactId)).toEqual(['m']);
    put('m/target/unit-test-report.json', '{}');
    expect(modulesWithoutSynapseReport(modules(), since)).toEqual([]);
  });
});
