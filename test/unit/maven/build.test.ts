import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Exec, ExecRequest, ExecResult } from '@wso2-delivery/shared/base/ports';
import { buildProject, type BuildOptions, type MavenBuild } from '@wso2-delivery/shared/maven/build';
import { findProject } from '@wso2-delivery/shared/maven/project';
import { testPorts, type TestPorts } from '../../support/ports.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/mi');
const consoleOf = (name: string) => readFileSync(join(fixtures, name, 'console.log'), 'utf8');

interface Script {
  readonly console: string;
  readonly exitCode?: number | null;
  readonly stderr?: string;
  /** Written before Maven ends: path in the workspace → content. */
  readonly leaves?: Readonly<Record<string, string>>;
  readonly project?: Readonly<Record<string, string>>;
}

let ports: TestPorts;
afterEach(() => ports.dispose());

async function build(
  script: Script,
  options: Partial<BuildOptions> = {},
): Promise<MavenBuild & { request: ExecRequest }> {
  let request: ExecRequest | undefined;
  const exec: Exec = {
    run: (asked): Promise<ExecResult> => {
      request = asked;
      put(script.leaves ?? {});
      for (const line of script.console.split('\n')) asked.onLine?.(line, 'stdout');
      return Promise.resolve({
        exitCode: script.exitCode === undefined ? 0 : script.exitCode,
        signal: null,
        stdout: script.console,
        stderr: script.stderr ?? '',
        truncated: false,
        durationMs: 1000,
      });
    },
    start: () => Promise.reject(new Error('nothing is started here')),
  };
  ports = testPorts({ exec });
  put({ 'pom.xml': '<project><artifactId>a</artifactId></project>', ...script.project });
  const result = await buildProject(
    findProject(undefined, ports.files),
    {
      goals: ['clean', 'install'],
      profiles: [],
      arguments: [],
      settings: undefined,
      skipTests: false,
      timeoutMs: 60_000,
      ...options,
    },
    ports,
  );
  return { ...result, request: request! };
}

function put(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(ports.files.workspace, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

const good = '[INFO] Scanning for projects...\n[INFO] BUILD SUCCESS';
const synapse = `[INFO] Scanning for projects...
[INFO] --- synapse-unit-test-maven-plugin:5.4.12:synapse-unit-test (default) @ a ---
[INFO] BUILD SUCCESS`;
const unitTest = { 'src/test/wso2mi/ATest.xml': '<unit-test/>' };

describe('a build', () => {
  test('is good when the exit code is 0 and Maven says so, and not by one of them alone', async () => {
    expect((await build({ console: good })).failure).toBeUndefined();
    ports.dispose();
    expect((await build({ console: good, exitCode: 1 })).failure).toMatchObject({ code: 'MAVEN_FAILED' });
    ports.dispose();
    expect((await build({ console: '[INFO] Scanning for projects...' })).failure).toMatchObject({
      code: 'MAVEN_FAILED',
    });
  });

  test('runs in the folder of the project and within its time', async () => {
    const { request } = await build({ console: good });
    expect(request).toMatchObject({ cwd: ports.files.workspace, timeoutMs: 60_000, env: {} });
  });

  test.each([
    ['', /^-Duser\.home=(\S+) -Dmaven\.repo\.local=\S+[\\/]\.m2[\\/]repository$/],
    ['<localRepository>/cache</localRepository>', /^-Duser\.home=(\S+)$/],
  ])('hands settings on to the nested Maven runs, in a private home: %s', async (inner, options) => {
    const text = `<settings>${inner}</settings>`;
    const folder = testPorts();
    const settings = join(folder.files.workspace, 'settings.xml');
    writeFileSync(settings, text);
    const { request } = await build({ console: good }, { settings });
    const home = options.exec(request.env?.MAVEN_OPTS ?? '')?.[1];
    expect(readFileSync(join(home ?? '', '.m2/settings.xml'), 'utf8')).toBe(text);
    expect(request.args).toContain(settings);
    folder.dispose();
  });

  test('hands a local repository of its own on to the nested Maven runs', async () => {
    const { request } = await build({ console: good }, { arguments: ['-Dmaven.repo.local=/cache'] });
    expect(request.env).toEqual({ MAVEN_OPTS: '-Dmaven.repo.local=/cache' });
  });

  test('is not failed by the error lines that a good build prints', async () => {
    expect((await build({ console: consoleOf('gitkeep') })).failure).toBeUndefined();
  });

  test('that failed by its tests says which, and annotates each', async () => {
    const { failure, annotations } = await build({
      console: consoleOf('junit_failures'),
      exitCode: 1,
      leaves: {
        'target/surefire-reports/TEST-a.xml': readFileSync(
          join(fixtures, 'junit_failures/TEST-com.example.CalcTest$Inner.xml'),
          'utf8',
        ),
        'src/test/java/com/example/CalcTest.java': 'class CalcTest {}',
      },
    });
    expect(failure).toMatchObject({ code: 'MAVEN_TESTS_FAILED', exitCode: 1 });
    expect(failure?.message).toBe(
      '3 of 7 tests failed: com.example.CalcTest.errors: / by zero; com.example.CalcTest.params(int)[2]: expected: <true> but was: <false>; com.example.CalcTest.fails: quotient "wrong" <x> ==> expected: <3> but was: <2>',
    );
    expect(annotations).toHaveLength(3);
    expect(annotations[0]).toEqual({
      level: 'error',
      title: 'Test failed: CalcTest errors',
      message: '/ by zero',
      file: 'src/test/java/com/example/CalcTest.java',
      line: 9,
    });
  });

  test('that was told to go on after failed tests is good, and its annotations are warnings', async () => {
    const { failure, annotations } = await build({
      console: good,
      leaves: {
        'target/surefire-reports/TEST-a.xml':
          '<testsuite name="s"><testcase name="t"><failure message="m"/></testcase></testsuite>',
      },
    });
    expect(failure).toBeUndefined();
    expect(annotations).toMatchObject([{ level: 'warning', message: 'm' }]);
  });

  test('that does not compile annotates file, line and column', async () => {
    const { failure, annotations } = await build({
      console: `[INFO] Scanning for projects...
[ERROR] COMPILATION ERROR :
[ERROR] /elsewhere/A.java:[3,7] ';' expected
[INFO] BUILD FAILURE`,
      exitCode: 1,
    });
    expect(failure).toMatchObject({ code: 'MAVEN_COMPILE_ERROR' });
    expect(failure?.message).toBe("Java code does not compile: A.java:3:7: ';' expected");
    expect(annotations).toMatchObject([{ file: '/elsewhere/A.java', line: 3, column: 7, message: "';' expected" }]);
  });

  test('whose nested Maven failed is bad where there are dependencies to miss', async () => {
    const project = {
      'pom.xml':
        '<project><artifactId>a</artifactId><dependencies><dependency><artifactId>c</artifactId></dependency></dependencies></project>',
    };
    const { failure } = await build({ console: consoleOf('connector_unresolvable'), project });
    expect(failure).toMatchObject({ code: 'MAVEN_NESTED_BUILD_FAILED' });
    ports.dispose();
    expect((await build({ console: consoleOf('connector_unresolvable') })).failure).toBeUndefined();
  });

  test('with a profile that does not exist warns', async () => {
    const { annotations } = await build({
      console: `${good}\n[WARNING] The requested profile "x" could not be activated because it does not exist.`,
    });
    expect(annotations).toMatchObject([{ level: 'warning' }]);
  });

  test('that was killed points to the memory', async () => {
    expect((await build({ console: '', exitCode: 137 })).failure).toMatchObject({ code: 'MAVEN_OUT_OF_MEMORY' });
  });

  test('that says everything on standard error is understood', async () => {
    const stderr = 'The JAVA_HOME environment variable is not defined correctly,\nthis is needed';
    expect((await build({ console: '', exitCode: 1, stderr })).failure).toMatchObject({ code: 'MAVEN_JAVA_MISSING' });
  });
});

describe('Synapse unit tests', () => {
  test('that ran and left no report are a failure although Maven says BUILD SUCCESS', async () => {
    const { failure } = await build({ console: synapse, project: unitTest });
    expect(failure).toMatchObject({ code: 'MAVEN_TEST_REPORT_MISSING' });
  });

  test('that ran and left one are read', async () => {
    const report = readFileSync(join(fixtures, 'synapse_ut_pass/unit-test-report.json'), 'utf8');
    const { failure, tests } = await build({
      console: synapse,
      project: unitTest,
      leaves: { 'target/unit-test-report.json': report },
    });
    expect(failure).toBeUndefined();
    expect(tests.cases.map(({ name }) => name)).toEqual(['says_hello', 'second']);
  });

  test('that were skipped on purpose are missed by nobody', async () => {
    const { failure, request } = await build({ console: synapse, project: unitTest }, { skipTests: true });
    expect(failure).toBeUndefined();
    expect(request.args).toContain('-Dmaven.test.skip=true');
  });

  test('whose plugin is not part of the build are named as not run', async () => {
    const { failure, unitTestsNotRun } = await build({ console: good, project: unitTest });
    expect(failure).toBeUndefined();
    expect(unitTestsNotRun).toEqual(['src/test/wso2mi/ATest.xml']);
  });

  test('whose report is cut off are a failure', async () => {
    const { failure } = await build({
      console: synapse,
      project: unitTest,
      leaves: { 'target/unit-test-report.json': '{"a": ' },
    });
    expect(failure).toMatchObject({ code: 'MAVEN_TEST_REPORT_UNREADABLE' });
  });
});

describe('Java tests of which Surefire ran none, with BUILD SUCCESS', () => {
  const surefire = `[INFO] Scanning for projects...
[INFO] --- maven-surefire-plugin:2.12.4:test (default-test) @ a ---
[INFO] BUILD SUCCESS`;
  const project = { 'src/test/java/com/acme/ATest.java': 'class ATest { @Test void a() {} }' };
  const warnings = ({ annotations }: MavenBuild) => annotations.map(({ level, file, title }) => [level, file, title]);

  test('are told at the pom', async () => {
    const result = await build({ console: surefire, project });
    expect(result.failure).toBeUndefined();
    expect(warnings(result)).toEqual([['warning', 'pom.xml', 'No test ran']]);
    expect(result.annotations[0]?.message).toContain('src/test/java holds tests');
  });

  test.each<readonly [what: string, script: Partial<Script>, options: Partial<BuildOptions>]>([
    ['there is a report', { leaves: { 'target/surefire-reports/TEST-a.xml': '<testsuite name="s"/>' } }, {}],
    ['they are skipped by the input', {}, { skipTests: true }],
    ['they are skipped by an argument', {}, { arguments: ['-Dmaven.test.skip=true'] }],
    ['Surefire did not run', { console: good }, {}],
    ['there is no test among the sources', { project: { 'src/test/java/Helper.java': 'class Helper {}' } }, {}],
  ])('are not told where %s', async (_, script, options) => {
    expect(warnings(await build({ console: surefire, project, ...script }, options))).toEqual([]);
  });
});
