import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { MavenBuild } from '@wso2-delivery/shared/maven/build';
import type { TestCase } from '@wso2-delivery/shared/maven/test-results';
import { readCar } from '@wso2-delivery/shared/mi/car';
import type { Finding } from '@wso2-delivery/shared/mi/finding';
import type { BuiltImage } from '../../../../actions/build-mi/src/image.ts';
import { factsOf, summaryOf } from '../../../../actions/build-mi/src/report.ts';
import { fixtures } from '../../../support/build-mi.ts';
import { testPorts } from '../../../support/ports.ts';

const ports = testPorts();
afterAll(() => ports.dispose());
const car = await readCar(join(fixtures, 'ok/hello_1.0.0.car'));
const application = {
  file: join(ports.files.workspace, 'target/hello_1.0.0.car'),
  car,
  entries: [],
  compared: true,
  findings: [],
};

const image: BuiltImage = {
  builder: 'layers',
  attached: [],
  repository: 'ghcr.io/acme/hello',
  digest: `sha256:${'a'.repeat(64)}`,
  tags: ['1.0.0', 'latest'],
  platforms: ['linux/amd64', 'linux/arm64'],
  pushed: true,
  base: 'docker.io/wso2/wso2mi:4.2.0',
  baseDigest: `sha256:${'b'.repeat(64)}`,
  bytesUploaded: 6200,
  durationMs: 1234,
};

const testCase = (name: string, outcome: TestCase['outcome'], more: Partial<TestCase> = {}): TestCase => ({
  suite: 'com.example.CalcTest',
  name,
  outcome,
  message: undefined,
  detail: undefined,
  durationMs: 1,
  location: undefined,
  ...more,
});

const build = (cases: readonly TestCase[], unitTestsNotRun: readonly string[] = []): MavenBuild => ({
  startedAt: 0,
  durationMs: 10_000,
  command: ['mvn', '-B'],
  console: {
    outcome: 'success',
    modules: ['hello 1.0.0'],
    goals: [
      { module: 'hello', plugin: 'vscode-car-plugin', goal: 'car', startedAt: 0, durationMs: 7000, nestedMs: 5000 },
    ],
    compileErrors: [],
    nestedFailures: [],
    unknownProfiles: [],
    errorLines: [],
  },
  downloads: { files: 132, bytes: 45_000_000 },
  tests: { cases, unreadable: [] },
  unitTestsNotRun,
  annotations: [],
  failure: undefined,
});

const finding: Finding = {
  rule: 'missing',
  severity: 'error',
  subject: 'HelloSeq',
  message: 'The sequence <b>HelloSeq</b> | is not in hello 1.0.0.',
  effect: 'MI would run without it.',
  file: 'src/main/wso2mi/artifacts/sequences/HelloSeq.xml',
  line: 2,
  column: undefined,
};

describe('the job summary', () => {
  test('starts with the image and where it is', () => {
    const markdown = summaryOf({ applications: [application], image }, ports.files);
    expect(markdown).toMatch(/^### ✅ hello 1\.0\.0 is in the registry\n/);
    expect(markdown).toContain(`ghcr.io/acme/hello@${image.digest}`);
    expect(markdown).toContain('6.2 kB sent in 1.2 s');
    expect(markdown).toContain('| ✅ | API | `HelloAPI` | `1.0.0` |');
    expect(markdown).toContain('The same as its sources.');
  });

  test('does not claim a registry when nothing was pushed', () => {
    const markdown = summaryOf(
      { applications: [application], image: { ...image, pushed: false, bytesUploaded: undefined } },
      ports.files,
    );
    expect(markdown).toMatch(/^### hello 1\.0\.0 built, not pushed\n/);
  });

  test('shows each finding at its place, and marks its artifact; HTML in it stays text', () => {
    const markdown = summaryOf({ applications: [{ ...application, findings: [finding] }] }, ports.files);
    expect(markdown).toContain('`src/main/wso2mi/artifacts/sequences/HelloSeq.xml:2`');
    expect(markdown).toContain('&lt;b&gt;HelloSeq&lt;/b&gt; \\|');
    expect(markdown).toContain('| ❌ | sequence | `HelloSeq` | `1.0.0` |');
    expect(markdown).toContain('| ✅ | API | `HelloAPI` | `1.0.0` |');
  });

  test('says when there was nothing to compare with', () => {
    expect(summaryOf({ applications: [{ ...application, compared: false }] }, ports.files)).toContain(
      'Checked by itself',
    );
  });

  test('shows failed tests with their place and their proof', () => {
    const failed = testCase('fails', 'failed', {
      message: 'expected: <3> but was: <2>',
      detail: 'AssertionFailedError\n\tat CalcTest',
      location: { file: 'src/test/java/CalcTest.java', line: 8 },
    });
    const markdown = summaryOf({ build: build([failed, testCase('passes', 'passed')]) }, ports.files);
    expect(markdown).toContain('#### Tests: 2 tests: 1 passed, 1 failed');
    expect(markdown).toContain(
      '| ❌ | `src/test/java/CalcTest.java:8` | `fails` | expected: &lt;3&gt; but was: &lt;2&gt; |',
    );
    expect(markdown).toContain('AssertionFailedError\n\tat CalcTest');
  });

  test('says which Synapse unit tests nobody ran', () => {
    expect(summaryOf({ build: build([], ['src/test/wso2mi/ATest.xml']) }, ports.files)).toContain(
      '1 Synapse unit test file not run',
    );
  });

  test('tells where the time went', () => {
    const markdown = summaryOf({ build: build([]) }, ports.files);
    expect(markdown).toContain('`vscode-car-plugin:car` | 7 s | 5 s in Maven runs of its own');
    expect(markdown).toContain('start of Maven and resolution | 3 s');
    expect(markdown).toContain('Maven: 10 s, 132 files (45 MB) downloaded');
    expect(markdown).toContain('`cache: maven`');
  });

  test('is empty when nothing was made', () => {
    expect(summaryOf({}, ports.files)).toBe('');
  });
});

test('the report file has what programs ask for', () => {
  const facts = factsOf(
    { applications: [{ ...application, findings: [finding] }], image, build: build([testCase('t', 'passed')]) },
    ports.files,
  );
  expect(JSON.parse(JSON.stringify(facts))).toMatchObject({
    maven: { outcome: 'success', durationMs: 10_000, command: ['mvn', '-B'] },
    tests: { total: 1, passed: 1, failed: 0, notPassed: [] },
    carbonApplications: [
      { file: 'target/hello_1.0.0.car', name: 'hello', compared: true, findings: [{ rule: 'missing' }] },
    ],
    image: { digest: image.digest, pushed: true },
  });
});
