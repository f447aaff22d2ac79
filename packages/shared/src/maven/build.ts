/** One run of Maven, from the command to what it left. */
import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { ToolError } from '../base/errors.ts';
import type { Annotation, Ports } from '../base/ports.ts';
import { count, oneLine, tail } from '../base/text.ts';
import { mavenCommand, nestedEnvironment, type MavenOptions } from './command.ts';
import { readConsole, type ConsoleFacts } from './console.ts';
import { diagnose, type Diagnosis } from './failures.ts';
import { codes } from './codes.ts';
import { liveLog } from './live-log.ts';
import { downloadsSince, type Downloads } from './downloads.ts';
import { localRepository, prepareNestedMaven } from './nested-maven.ts';
import { findWrapper, type MavenProject } from './project.ts';
import {
  modulesWithoutJavaReport,
  modulesWithoutSynapseReport,
  readTestReports,
  synapseUnitTests,
} from './test-reports.ts';
import { failedTests, type TestResults } from './test-results.ts';

export interface MavenBuild {
  /** Milliseconds since the epoch. What is older in target/ is not of this build. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly command: readonly string[];
  readonly console: ConsoleFacts;
  /** undefined where it cannot be told. */
  readonly downloads: Downloads | undefined;
  readonly tests: TestResults;
  /** Synapse unit tests that no plugin ran, as paths for people. */
  readonly unitTestsNotRun: readonly string[];
  /** What the user should see at the lines of their files. */
  readonly annotations: readonly Annotation[];
  /** Why the build is no good; undefined when it is. Not thrown, so that the tests can be reported first. */
  readonly failure: ToolError | undefined;
}

export type BuildOptions = Omit<MavenOptions, 'pomFile' | 'wrapper' | 'wrapperOfWindows' | 'skipSynapseTests'> & {
  readonly timeoutMs: number;
};

type BuildPorts = Pick<Ports, 'exec' | 'clock' | 'log' | 'files' | 'job'>;

/**
 * Runs Maven once. A build that fails is a result; only a Maven that cannot be started or does not end throws.
 * @throws ToolError TOOL_MISSING, TOOL_TIMEOUT
 */
export async function buildProject(
  project: MavenProject,
  options: BuildOptions,
  ports: BuildPorts,
): Promise<MavenBuild> {
  const { exec, clock, log, files, job } = ports;
  const unitTests = project.modules.flatMap(synapseUnitTests);
  const wrapper = findWrapper(project, files);
  const { command, args } = mavenCommand({
    ...options,
    pomFile: project.pomFile,
    wrapper,
    wrapperOfWindows: wrapper !== undefined && readFileSync(wrapper, 'latin1').includes('\r\n'),
    skipSynapseTests: unitTests.length > 0,
  });
  const nestedMaven = await prepareNestedMaven(options.settings, options.arguments, files);
  const repository = localRepository(options.settings, options.arguments);
  const startedAt = clock.now();
  const console = readConsole();
  const live = liveLog(log);
  log.info([command, ...args].join(' '));
  const result = await exec
    .run({
      command,
      args,
      cwd: project.folder,
      env: nestedEnvironment(nestedMaven, job.variable('MAVEN_OPTS')),
      timeoutMs: options.timeoutMs,
      onLine: (line, stream) => {
        const at = clock.now();
        live.write(line, stream === 'stdout' ? console.line(line, at) : undefined, at);
      },
    })
    .finally(() => live.end(clock.now()));
  const facts = console.facts(clock.now());
  const tests = readTestReports(project.modules, startedAt, files);
  const ranSynapseTests = facts.goals.some(({ goal }) => goal === 'synapse-unit-test');
  const ranSurefire = facts.goals.some(({ plugin, goal }) => plugin.includes('surefire') && goal === 'test');
  const skipped =
    options.skipTests || options.arguments.some((argument) => /^-D(?:skipTests|maven\.test\.skip)/.test(argument));
  const unrun =
    ranSurefire && !skipped && facts.outcome === 'success'
      ? unrunAnnotations(modulesWithoutJavaReport(project.modules, startedAt), files)
      : [];
  const build = {
    startedAt,
    durationMs: result.durationMs,
    command: [command, ...args],
    console: facts,
    downloads: repository === undefined ? undefined : downloadsSince(resolve(project.folder, repository), startedAt),
    tests,
    unitTestsNotRun: ranSynapseTests ? [] : unitTests.map((file) => files.display(file)),
    annotations: [
      ...compileAnnotations(facts, files),
      ...testAnnotations(tests, facts),
      ...profileAnnotations(facts),
      ...unrun,
    ],
  };
  const failed = (failure: Diagnosis & { readonly evidence?: string }) =>
    toError(build.command, result.exitCode, failure);

  if (result.exitCode !== 0 || facts.outcome !== 'success') {
    const words = [...facts.errorLines, ...result.stderr.split('\n')];
    if (words.join('').trim() === '') words.push(...result.stdout.split('\n').slice(-20));
    const diagnosis = withCounts(diagnose(words, result.exitCode), build);
    return { ...build, failure: failed({ ...diagnosis, evidence: tail(evidenceOf(facts, result), 60) }) };
  }
  const [nested] = facts.nestedFailures;
  if (nested !== undefined && project.modules.some(({ pom }) => pom.dependencies.length > 0)) {
    const message = `A Maven run inside the CAR plugin failed, and Maven said BUILD SUCCESS all the same: ${oneLine(nested, 400)}`;
    return { ...build, failure: failed({ code: codes.MAVEN_NESTED_BUILD_FAILED, message }) };
  }
  const silent = ranSynapseTests && !options.skipTests ? modulesWithoutSynapseReport(project.modules, startedAt) : [];
  if (silent.length > 0) {
    const message = `The Synapse unit tests of ${silent.map(({ folder }) => files.display(folder)).join(', ')} ran and left no ${join('target', 'unit-test-report.json')}`;
    return { ...build, failure: failed({ code: codes.MAVEN_TEST_REPORT_MISSING, message }) };
  }
  const [unreadable] = tests.unreadable;
  if (unreadable !== undefined) {
    const message = `${unreadable.file} ${unreadable.problem}`;
    return { ...build, failure: failed({ code: codes.MAVEN_TEST_REPORT_UNREADABLE, message }) };
  }
  return { ...build, failure: undefined };
}

function toError(
  command: readonly string[],
  exitCode: number | null,
  { code, message, remedy, evidence }: Diagnosis & { readonly evidence?: string },
): ToolError {
  return new ToolError(code, message, {
    command,
    exitCode,
    ...(remedy !== undefined && { remedy }),
    ...(evidence !== undefined && { evidence }),
  });
}

/** The same cause with what the reports and the compiler add to it. */
function withCounts(
  diagnosis: Diagnosis,
  { tests, console }: { readonly tests: TestResults; readonly console: ConsoleFacts },
): Diagnosis {
  if (diagnosis.code === codes.MAVEN_TESTS_FAILED) {
    const failed = failedTests(tests.cases);
    const names = failed.slice(0, 5).map(({ suite, name, message }) => `${suite}.${name}: ${message ?? 'no message'}`);
    const more = failed.length > names.length ? ` and ${failed.length - names.length} more` : '';
    if (failed.length > 0) {
      const counts = `${failed.length} of ${count(tests.cases.length, 'test')} failed`;
      return { ...diagnosis, message: oneLine(`${counts}: ${names.join('; ')}${more}`, 800) };
    }
  }
  const [first, ...rest] = console.compileErrors;
  if (diagnosis.code === codes.MAVEN_COMPILE_ERROR && first !== undefined) {
    const more = rest.length > 0 ? ` (and ${rest.length} more)` : '';
    const place = `${basename(first.file)}:${first.line}:${first.column}`;
    return { ...diagnosis, message: `Java code does not compile: ${place}: ${first.message}${more}` };
  }
  return diagnosis;
}

function evidenceOf(facts: ConsoleFacts, { stdout, stderr }: { stdout: string; stderr: string }): string {
  const text = facts.errorLines.length > 0 ? facts.errorLines.join('\n') : stdout;
  return [text, stderr.trim()].filter((part) => part !== '').join('\n');
}

function compileAnnotations(facts: ConsoleFacts, files: BuildPorts['files']): Annotation[] {
  return facts.compileErrors.map(({ file, line, column, message }) => ({
    level: 'error',
    title: 'Compile error',
    message,
    file: files.display(file),
    line,
    column,
  }));
}

function testAnnotations({ cases }: TestResults, { outcome }: ConsoleFacts): Annotation[] {
  return failedTests(cases).map(({ suite, name, message, location }) => ({
    // The build can be told to go on (maven.test.failure.ignore): then they are a warning.
    level: outcome === 'success' ? 'warning' : 'error',
    title: `Test failed: ${suite.slice(Math.max(suite.lastIndexOf('.'), suite.lastIndexOf('/')) + 1)} ${name}`,
    message: message ?? 'no message',
    ...location,
  }));
}

/** A warning: the pom may mean it so. */
function unrunAnnotations(modules: MavenProject['modules'], files: BuildPorts['files']): Annotation[] {
  return modules.map(({ folder, pomFile }) => ({
    level: 'warning',
    title: 'No test ran',
    message: `${files.display(join(folder, 'src/test/java'))} holds tests, and Surefire ran none of them with BUILD SUCCESS: the pom skips them, or its maven-surefire-plugin is older than 2.22 and does not know JUnit 5.`,
    file: files.display(pomFile),
  }));
}

function profileAnnotations(facts: ConsoleFacts): Annotation[] {
  return facts.unknownProfiles.map((profile) => ({
    level: 'warning',
    message: `The profile '${profile}' does not exist: Maven went on without it.`,
  }));
}
