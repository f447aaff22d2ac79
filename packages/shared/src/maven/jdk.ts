/** Whether the JDK of the runner fits the Micro Integrator that a project is for. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ToolError } from '../base/errors.ts';
import type { Ports } from '../base/ports.ts';
import { codes } from './codes.ts';
import type { MavenProject } from './project.ts';
import { synapseUnitTests } from './test-reports.ts';

interface MiJdk {
  /** Minor version of MI 4, from here on. */
  readonly from: number;
  /** Oldest and newest JDK that this MI runs on. */
  readonly oldest: number;
  readonly newest: number;
}

/**
 * Newest: the JDK of the official image of each release (wso2/docker-ei, branches 4.0.x to 4.6.x). Oldest: what the
 * release before ran on, where the release notes name a range (4.6: "21 or 25"), else the same.
 */
const jdkOfMi: readonly MiJdk[] = [
  { from: 6, oldest: 21, newest: 25 },
  { from: 4, oldest: 17, newest: 21 },
  { from: 2, oldest: 11, newest: 17 },
  { from: 0, oldest: 8, newest: 11 },
];

/** What an MI runs on; undefined for a version that this table does not know. */
export function jdkFor(
  miVersion: string | undefined,
): { readonly oldest: number; readonly newest: number } | undefined {
  const [major, minor = 0] = (miVersion ?? '').split('.').map(Number);
  return major === 4 && !Number.isNaN(minor) ? jdkOfMi.find(({ from }) => minor >= from) : undefined;
}

export interface JdkNeeds {
  /** project.runtime.version of the pom. */
  readonly miVersion: string | undefined;
  /** The Java release that class mediators are compiled for; undefined when the pom leaves it to its plugin. */
  readonly release: number | undefined;
  readonly hasJava: boolean;
  /** True when the Synapse unit tests start an MI on this machine. */
  readonly startsMi: boolean;
}

/** What is wrong with a JDK, as a sentence; undefined when nothing is. Pure. */
export function jdkProblem(jdk: number, { miVersion, release, hasJava, startsMi }: JdkNeeds): string | undefined {
  const range = jdkFor(miVersion);
  if (hasJava && release !== undefined) {
    if (release > jdk) return `The pom compiles for Java ${release}, and the JDK is ${jdk}`;
    if (range !== undefined && release > range.newest) {
      return `The pom compiles for Java ${release}, and MI ${miVersion ?? ''} runs on Java ${range.newest} at most: it could not load the classes`;
    }
  }
  if (startsMi && range !== undefined && (jdk < range.oldest || jdk > range.newest)) {
    return `The unit tests start MI ${miVersion ?? ''}, which runs on Java ${range.oldest} to ${range.newest}, and the JDK is ${jdk}`;
  }
  return undefined;
}

/** The major version in what `java -version` says: 8 of "1.8.0_402", 17 of "17.0.15". */
export function jdkVersion(words: string): number | undefined {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(words) ?? [];
  return first === undefined ? undefined : Number(first === '1' ? second : first);
}

/**
 * Asks the JDK that Maven will use, where the project depends on its version: Java code of a known release, or unit
 * tests that start a server. Projects of configuration alone build on any.
 * @throws ToolError MAVEN_JDK_UNSUITABLE
 */
export async function requireSuitableJdk(
  project: MavenProject,
  { skipTests, arguments: given }: { readonly skipTests: boolean; readonly arguments: readonly string[] },
  { exec, job }: Pick<Ports, 'exec' | 'job'>,
): Promise<void> {
  const properties = Object.assign({}, ...project.modules.map(({ pom }) => pom.properties)) as Record<string, string>;
  const release = properties['maven.compiler.release'] ?? properties['maven.compiler.target'];
  const needs: JdkNeeds = {
    miVersion: properties['project.runtime.version'],
    release: release === undefined ? undefined : jdkVersion(`version "${release}`),
    hasJava: project.modules.some(({ folder }) => hasFiles(join(folder, 'src/main/java'), '.java')),
    startsMi:
      !skipTests &&
      given.includes('-DtestServerType=local') &&
      project.modules.some((module) => synapseUnitTests(module).length > 0),
  };
  if (!needs.startsMi && (!needs.hasJava || needs.release === undefined)) return;
  const home = job.variable('JAVA_HOME');
  const command = home === undefined ? 'java' : join(home, 'bin/java');
  const { stderr, stdout, exitCode } = await exec.run({ command, args: ['-version'], timeoutMs: 30_000 });
  const jdk = jdkVersion(`${stderr}\n${stdout}`);
  const problem = jdk === undefined ? undefined : jdkProblem(jdk, needs);
  if (problem === undefined) return;
  throw new ToolError(codes.MAVEN_JDK_UNSUITABLE, problem, { command: [command, '-version'], exitCode });
}

function hasFiles(folder: string, extension: string): boolean {
  return (
    existsSync(folder) && readdirSync(folder, { recursive: true }).some((name) => String(name).endsWith(extension))
  );
}
