/** The one Maven command of a build, as an argument list. */
import { basename } from 'node:path';

export interface MavenOptions {
  /** Goals and phases, for example clean and install. */
  readonly goals: readonly string[];
  readonly profiles: readonly string[];
  /** Passed on as they are, one argument each. */
  readonly arguments: readonly string[];
  /** A settings.xml, absolute. */
  readonly settings: string | undefined;
  readonly skipTests: boolean;
  /** Also skip the Synapse unit tests, whose plugin does not know -DskipTests but maven.test.skip. */
  readonly skipSynapseTests: boolean;
  /** Absolute path of the pom. */
  readonly pomFile: string;
  /** Absolute path of the project's mvnw; undefined: mvn from the PATH. */
  readonly wrapper: string | undefined;
  /** Whether it was committed with Windows line ends, at which sh stumbles. */
  readonly wrapperOfWindows: boolean;
}

export interface MavenCommand {
  readonly command: string;
  readonly args: readonly string[];
}

const WITHOUT_CARRIAGE_RETURNS = `eval "$(tr -d '\\r' < "$0")"`;

/** Pure: the same options give the same command. */
export function mavenCommand(options: MavenOptions): MavenCommand {
  const pomName = basename(options.pomFile);
  const args = [
    '-B',
    '--no-transfer-progress',
    ...(pomName === 'pom.xml' ? [] : ['-f', pomName]),
    ...(options.settings === undefined ? [] : ['-s', options.settings]),
    ...(options.profiles.length === 0 ? [] : [`-P${options.profiles.join(',')}`]),
    ...(options.skipTests ? ['-DskipTests'] : []),
    ...(options.skipTests && options.skipSynapseTests ? ['-Dmaven.test.skip=true'] : []),
    ...options.arguments,
    ...options.goals,
  ];
  if (options.wrapper === undefined) return { command: 'mvn', args };
  // Through sh: a wrapper committed from Windows has no executable bit.
  // And with its line ends the script is read without them; $0, by which it finds its own files, stays.
  const script = options.wrapperOfWindows ? ['-c', WITHOUT_CARRIAGE_RETURNS, options.wrapper] : [options.wrapper];
  return { command: 'sh', args: [...script, ...args] };
}

/** What the Maven runs inside the CAR plugin must find, because they inherit neither -s nor -D. */
export interface NestedMaven {
  /** A folder whose .m2/settings.xml they shall read instead of the user's own. */
  readonly home: string | undefined;
  /** The local repository, absolute; undefined leaves it to the settings. */
  readonly localRepository: string | undefined;
}

/**
 * The environment that carries it: nested runs do inherit MAVEN_OPTS. What the job has there comes last and wins.
 * A path with blanks cannot be said in it, and is left out.
 */
export function nestedEnvironment(
  nested: NestedMaven,
  inherited: string | undefined,
): Readonly<Record<string, string>> {
  const options = [
    ['user.home', nested.home],
    ['maven.repo.local', nested.localRepository],
  ]
    .filter(([, value]) => value !== undefined && !/\s/.test(value))
    .map(([name, value]) => `-D${name}=${value}`);
  if (options.length === 0) return {};
  return { MAVEN_OPTS: [...options, ...(inherited === undefined ? [] : [inherited])].join(' ') };
}
