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
  readonly windows: boolean;
}

export interface MavenCommand {
  readonly command: string;
  readonly args: readonly string[];
}

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
  if (options.wrapper === undefined) return { command: options.windows ? 'mvn.cmd' : 'mvn', args };
  if (options.windows) return { command: options.wrapper, args };
  // Through sh: a wrapper committed from Windows has no executable bit.
  return { command: 'sh', args: [options.wrapper, ...args] };
}

/**
 * What the plugin's nested Maven runs need to see of the settings: they do not inherit -s, but the environment.
 * Maven reads MAVEN_ARGS since 3.9.0; older ones ignore it. A path with blanks cannot be said in it.
 */
export function nestedEnvironment(
  settings: string | undefined,
  inherited: string | undefined,
): Readonly<Record<string, string>> {
  if (settings === undefined || /\s/.test(settings)) return {};
  return { MAVEN_ARGS: [inherited, '-s', settings].filter((part) => part !== undefined).join(' ') };
}
