/** Collects the test reports that a build left, and notices those that it should have left. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Files } from '../base/ports.ts';
import { MalformedError } from '../formats/malformed.ts';
import { decodeXml } from '../formats/xml-encoding.ts';
import { parseJunitReport } from './junit-report.ts';
import type { Module } from './project.ts';
import { parseSynapseReport } from './synapse-report.ts';
import { withoutOutput } from './test-output.ts';
import { mergeResults, type TestResults } from './test-results.ts';

const junitFolders = ['target/surefire-reports', 'target/failsafe-reports'];
const synapseReport = 'target/unit-test-report.json';
/** With what the tests wrote to the console, which is most of a large one; without it 128 Mi characters are read. */
const largestReport = 1024 * 1024 * 1024;
/** Of a source file. */
const largestSource = 16 * 1024 * 1024;

/**
 * Reads every report of the modules that is of this run.
 * @param since start of the run, milliseconds since the epoch: older files are left over from another one
 */
export function readTestReports(modules: readonly Module[], since: number, files: Files): TestResults {
  return mergeResults(
    modules.flatMap((module) => {
      const locate = sourceFinder(module, files);
      const junit = junitFolders
        .map((folder) => join(module.folder, folder))
        .filter((folder) => existsSync(folder))
        .flatMap((folder) =>
          readdirSync(folder)
            .filter((name) => name.startsWith('TEST-') && name.endsWith('.xml'))
            .sort()
            .map((name) => join(folder, name)),
        )
        .map((file) =>
          readReport(file, since, files, (bytes) => parseJunitReport(decodeXml(withoutOutput(bytes)), locate)),
        );
      const synapse = readReport(join(module.folder, synapseReport), since, files, (bytes) =>
        parseSynapseReport(bytes.toString('utf8'), (path) => files.display(path)),
      );
      return [...junit, synapse];
    }),
  );
}

function readReport(
  file: string,
  since: number,
  files: Files,
  parse: (bytes: Buffer) => TestResults['cases'],
): TestResults {
  const found = existsSync(file) ? statSync(file) : undefined;
  if (found?.isFile() !== true || isOlder(found.mtimeMs, since)) return { cases: [], unreadable: [] };
  try {
    if (found.size > largestReport) throw new MalformedError('is larger than 1 GiB');
    return { cases: parse(readFileSync(file)), unreadable: [] };
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    return { cases: [], unreadable: [{ file: files.display(file), problem: error.message }] };
  }
}

/** File systems keep times to the second at worst, so a file of the same second counts as new. */
function isOlder(mtimeMs: number, since: number): boolean {
  return mtimeMs < Math.floor(since / 1000) * 1000;
}

function sourceFinder(module: Module, files: Files): (className: string) => string | undefined {
  return (className) => {
    const path = className.replace(/\$.*$/, '').replaceAll('.', '/');
    for (const folder of ['src/test/java', 'src/it/java', 'src/main/java']) {
      const file = join(module.folder, folder, `${path}.java`);
      if (existsSync(file)) return files.display(file);
    }
    return undefined;
  };
}

/** The Synapse unit tests of a module's sources, absolute paths. */
export function synapseUnitTests(module: Module): string[] {
  return ['src/test/wso2mi', 'test'].flatMap((folder) => {
    const absolute = join(module.folder, folder);
    return existsSync(absolute) && statSync(absolute).isDirectory() ? unitTestsIn(absolute) : [];
  });
}

function unitTestsIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.xml'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => statSync(file).size <= largestSource && /<unit-test[\s>/]/.test(readFileSync(file, 'utf8')))
    .sort();
}

/**
 * The modules whose Synapse unit tests the plugin ran without leaving its report: it then says BUILD SUCCESS all the
 * same (a server that dies in mid-test).
 */
export function modulesWithoutSynapseReport(modules: readonly Module[], since: number): Module[] {
  return modules.filter((module) => {
    const report = join(module.folder, synapseReport);
    const current = existsSync(report) && !isOlder(statSync(report).mtimeMs, since);
    return !current && synapseUnitTests(module).length > 0;
  });
}

/**
 * The modules with JUnit or TestNG tests in src/test/java of which no report of this run is there. Surefire says
 * BUILD SUCCESS then: one older than 2.22 finds no JUnit 5 test, and a pom can skip them.
 */
export function modulesWithoutJavaReport(modules: readonly Module[], since: number): Module[] {
  return modules.filter((module) => {
    const reported = junitFolders
      .map((folder) => join(module.folder, folder))
      .filter((folder) => existsSync(folder))
      .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
      .some((file) => file.endsWith('.xml') && !isOlder(statSync(file).mtimeMs, since));
    return !reported && hasJavaTests(join(module.folder, 'src/test/java'));
  });
}

/** Classes by the names that Surefire looks for, with at least one annotated test. */
function hasJavaTests(folder: string): boolean {
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { withFileTypes: true, recursive: true }).some((entry) => {
    if (!entry.isFile() || !/^(?:Test\w*|\w+(?:Test|Tests|TestCase))\.java$/.test(entry.name)) return false;
    const file = join(entry.parentPath, entry.name);
    return (
      statSync(file).size <= largestSource && /@(?:\w+\.)*(?:Parameterized)?Test\b/.test(readFileSync(file, 'utf8'))
    );
  });
}
