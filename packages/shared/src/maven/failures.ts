/** What Maven's words mean: a table of known failures, the most specific first. */
import type { ErrorCode } from '../base/errors.ts';
import { oneLine } from '../base/text.ts';
import { codes } from './codes.ts';

export interface Diagnosis {
  readonly code: ErrorCode;
  /** The cause, on one line. */
  readonly message: string;
  /** Only where more is known than the code's own remedy. */
  readonly remedy?: string;
}

interface KnownFailure {
  readonly code: ErrorCode;
  /** Looked for in Maven's error lines (without their tags), joined by line feeds. */
  readonly seen: RegExp;
  readonly says: (match: Readonly<Record<string, string>>) => string;
  readonly remedy?: (match: Readonly<Record<string, string>>) => string;
}

const known: readonly KnownFailure[] = [
  {
    code: codes.MAVEN_OUT_OF_MEMORY,
    seen: /(?<what>java\.lang\.OutOfMemoryError(?:: [^\n]+)?|insufficient memory for the Java Runtime Environment|Java heap space|GC overhead limit exceeded|Too small maximum heap|Could not reserve enough space for [^\n]+)/,
    says: ({ what }) => `Maven ran out of memory: ${what}`,
  },
  {
    code: codes.MAVEN_JAVA_MISSING,
    seen: /(?<what>JAVA_HOME environment variable is not defined correctly|No compiler is provided in this environment|JAVA_HOME is not defined correctly)/,
    says: ({ what }) => `Maven found no JDK: ${what}`,
  },
  {
    code: codes.MAVEN_REPOSITORY_BLOCKED,
    seen: /Blocked mirror for repositories: \[(?<blocked>[^\]]+)\]/,
    says: ({ blocked }) => `Maven blocks a repository that is reached over plain HTTP: ${blocked}`,
  },
  {
    code: codes.MAVEN_CHECKSUM_MISMATCH,
    seen: /(?<what>Checksum validation failed[^\n]*)/,
    says: ({ what }) => String(what),
  },
  {
    code: codes.MAVEN_REPOSITORY_REFUSED,
    seen: /Could not transfer (?:artifact|metadata) (?<artifact>\S+) from\/to (?<repository>[^\s:]+(?: \([^)\n]*\))?): (?<reason>[^\n]+)/,
    says: ({ artifact, repository, reason }) => `${artifact} cannot be fetched from ${repository}: ${reason}`,
  },
  {
    code: codes.MAVEN_REPOSITORY_REFUSED,
    seen: /(?:status code: (?<status>401|403|407|5\d\d),|status: (?<other>401|403|407|5\d\d) )/,
    says: ({ status, other }) => `A Maven repository answered ${status ?? other}`,
  },
  {
    code: codes.MAVEN_DEPENDENCY_NOT_FOUND,
    seen: /Cannot access (?<repository>\S+ \([^)\n]*\)) in offline mode and the artifact (?<artifact>\S+) has not been downloaded/,
    says: ({ repository, artifact }) =>
      `${artifact} is not in the local repository, and Maven is offline: ${repository} was not asked`,
    remedy: () =>
      'Remove -o (--offline) from maven-args, .mvn/maven.config or the settings, or cache the local repository (~/.m2/repository) with a key of the poms.',
  },
  {
    code: codes.MAVEN_PLUGIN_NOT_FOUND,
    seen: /Unresolveable build extension: Plugin (?<plugin>\S+) or one of its dependencies could not be resolved/,
    says: ({ plugin }) => `The build extension ${plugin} is in none of the configured repositories`,
  },
  {
    code: codes.MAVEN_PLUGIN_NOT_FOUND,
    seen: /Plugin (?<plugin>\S+) (?:or one of its dependencies could not be resolved|not found in any plugin repository)/,
    says: ({ plugin }) => `The plugin ${plugin}, or something that it needs, is in none of the configured repositories`,
  },
  {
    code: codes.MAVEN_PLUGIN_NOT_FOUND,
    seen: /No plugin found for prefix '(?<prefix>[^']+)'/,
    says: ({ prefix }) => `No plugin has the prefix '${prefix}'`,
    remedy: () =>
      'Check the goals input for a typing error; a plugin that is not in the pom needs its full coordinates.',
  },
  {
    code: codes.MAVEN_POM_MALFORMED,
    seen: /Non-(?:readable|parseable) POM (?<file>[^:\n]+): (?<reason>[^\n]+)/,
    says: ({ file, reason }) => `${file} cannot be read: ${reason}`,
  },
  {
    code: codes.MAVEN_POM_MALFORMED,
    seen: /Malformed POM (?<file>[^:\n]+): (?<reason>[^\n]+)/,
    says: ({ file, reason }) => `${file} is malformed: ${String(reason).replace(/ +@ \/\S+, line.*$/, '')}`,
  },
  {
    code: codes.MAVEN_JDK_UNSUITABLE,
    seen: /(?<what>(?:invalid|error: invalid) (?:target|source) release: \S+|release version \S+ not supported|Source option \S+ is no longer supported\. Use \S+ or later|has been compiled by a more recent version of the Java Runtime[^\n]*|Unsupported class file major version \d+|Fatal error compiling: [^\n]*release[^\n]*)/,
    says: ({ what }) => `The JDK does not fit: ${what}`,
  },
  {
    code: codes.MAVEN_TEST_SERVER_MISSING,
    seen: /(?<what>Please enter -DtestServer(?:Type|Path)\S*|Test parameters are not found|Error while sending test data to the unit testing server|Cannot run program "[^"]*micro-integrator\.(?:sh|bat)")/,
    says: ({ what }) => `The Synapse unit tests have no Micro Integrator to run in: ${what}`,
  },
  {
    code: codes.MAVEN_TESTS_FAILED,
    seen: /(?<what>There (?:are|were) test failures|Overall unit test failed)/,
    says: () => 'Tests failed',
  },
  {
    code: codes.MAVEN_TEST_REPORT_UNREADABLE,
    seen: /(?<what>The forked VM terminated without (?:properly )?saying (?:properly )?goodbye[^\n]*)/,
    says: ({ what }) => `The process that ran the tests died: ${what}`,
  },
  {
    code: codes.MAVEN_COMPILE_ERROR,
    seen: /(?:COMPILATION ERROR|Compilation failure)/,
    says: () => 'Java code does not compile',
  },
  {
    code: codes.MAVEN_DEPENDENCY_NOT_FOUND,
    seen: /(?<artifact>[\w.-]+(?::[\w.-]+){2,4}) was not found in (?<repository>\S+) during a previous attempt/,
    says: ({ artifact, repository }) => `The dependency ${artifact} was not in ${repository} when it was last asked`,
    remedy: () =>
      'Maven remembers that in its local repository: pass -U in maven-args to ask again. If that does not help, check the coordinates and the repositories of the pom or the settings input.',
  },
  {
    code: codes.MAVEN_DEPENDENCY_NOT_FOUND,
    // Maven 3.9: one cause a line.
    seen: /Could not resolve dependencies for project [^\n]*(?:\n[^\n]*){0,20}?\n\s*Could not find artifact (?<artifact>\S+)/,
    says: ({ artifact }) => `The dependency ${artifact} is in none of the configured repositories`,
  },
  {
    code: codes.MAVEN_DEPENDENCY_NOT_FOUND,
    seen: /Could not resolve dependencies for project [^\n]*?(?:Could not find artifact|The following artifacts could not be resolved:|: )\s*(?<artifact>[\w.-]+(?::[\w.${}-]+){2,4})/,
    says: ({ artifact }) => `The dependency ${artifact} is in none of the configured repositories`,
  },
  {
    code: codes.MAVEN_DEPENDENCY_NOT_FOUND,
    seen: /Non-resolvable (?:parent|import) POM[^\n]*?(?:Could not find artifact|Failure to find) (?<artifact>\S+)/,
    says: ({ artifact }) => `The parent ${artifact} is in none of the configured repositories`,
  },
  {
    code: codes.MAVEN_FAILED,
    seen: /Child (?:module|subproject) (?<module>\S+) of (?<pom>\S+) does not exist/,
    says: ({ module, pom }) => `The module ${module} that ${pom} names does not exist`,
    remedy: () => 'Correct <modules> in the pom, or commit the folder (submodules: checkout with submodules: true).',
  },
  {
    code: codes.MAVEN_POM_MALFORMED,
    // The problems stand below the project, the projects below this line.
    seen: /The build could not read \d+ projects?(?:[^\n]*\n)\s*The project [^\n]*?\((?<file>[^)\n]+)\) has (?<count>\d+) errors?\s*\n\s*(?<problem>[^\n]+)/,
    says: ({ file, count, problem }) => {
      const more = Number(count) > 1 ? ` (and ${Number(count) - 1} more)` : '';
      return `${file} is not valid: ${problem}${more}`;
    },
  },
  {
    code: codes.MAVEN_FAILED,
    seen: /(?:Unknown lifecycle phase "(?<phase>[^"]+)"|Unrecognized option: (?<option>\S+))/,
    says: ({ phase, option }) =>
      phase === undefined ? `Maven does not know the option ${option}` : `Maven does not know the phase '${phase}'`,
    remedy: () => 'Correct the goals or maven-args input.',
  },
  {
    code: codes.MAVEN_FAILED,
    seen: /The requested (?:required )?profiles? [["]?(?<profile>[^\]"\s]+)[\]"]? could not be activated|profiles \[(?<profiles>[^\]]+)\] (?:could not be activated or deactivated )?because (?:it|they) do(?:es)? not exist/,
    says: ({ profile, profiles }) => `The profile ${profile ?? profiles} does not exist`,
    remedy: () => 'Correct the profiles input.',
  },
  {
    code: codes.MAVEN_CAR_PLUGIN_FAILED,
    seen: /Failed to execute goal org\.wso2\.maven:(?:vscode-car-plugin|maven-car-plugin):(?<version>[^:\s]+):(?<goal>\S+) [^\n]*?failed: (?<reason>[^\n]+)/,
    says: ({ reason }) => `The CAR plugin stopped: ${reason}`,
  },
  {
    code: codes.MAVEN_GOAL_FAILED,
    // Some plugins begin their reason on the next line.
    seen: /Failed to execute goal (?<goal>[^\s:]+:[^\s]+) (?:\([^)]*\) )?on project (?<project>[^:\s]+): *\n?(?<reason>[^\n]*failed with message:\n[^\n]+|[^\n]+)/,
    says: ({ goal, project, reason }) => `${goal} failed on ${project}: ${reason}`,
  },
];

/**
 * Finds out why Maven failed.
 * @param words what Maven said: error lines without their tags, then the plain lines of standard error
 * @param exitCode null when the process was killed
 */
export function diagnose(words: readonly string[], exitCode: number | null): Diagnosis {
  const text = words.join('\n');
  for (const { code, seen, says, remedy } of known) {
    const match = seen.exec(text);
    if (match === null) continue;
    const groups = match.groups ?? {};
    return {
      code,
      message: oneLine(says(groups).replace(/ -> \[Help \d+\]/g, ''), 600),
      ...(remedy !== undefined && { remedy: remedy(groups) }),
    };
  }
  if (exitCode === 137 || exitCode === null) {
    return {
      code: codes.MAVEN_OUT_OF_MEMORY,
      message: 'Maven was killed (exit code 137): most often the runner had no memory left',
    };
  }
  const first = words.find((word) => word.trim() !== '');
  return {
    code: codes.MAVEN_FAILED,
    message: `Maven ended with exit code ${exitCode}${first === undefined ? '' : `: ${oneLine(first, 400)}`}`,
  };
}
