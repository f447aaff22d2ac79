import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readConsole } from '@wso2-delivery/shared/maven/console';
import { diagnose } from '@wso2-delivery/shared/maven/failures';

const fixtures = join(import.meta.dirname, '../../fixtures/mi');

function wordsOf(name: string): readonly string[] {
  const console = readConsole();
  for (const line of readFileSync(join(fixtures, name, 'console.log'), 'utf8').split('\n')) console.line(line, 0);
  return console.facts(0).errorLines;
}

describe('what a recorded failure means', () => {
  test.each([
    ['plugin_version_missing', 'MAVEN_PLUGIN_NOT_FOUND', 'org.wso2.maven:vscode-car-plugin:5.4.99'],
    ['pom_malformed', 'MAVEN_POM_MALFORMED', 'expected end tag </project>'],
    ['registry_artifact_xml_malformed', 'MAVEN_CAR_PLUGIN_FAILED', 'was expecting a close tag for element <artifacts>'],
    ['sequence_in_apis', 'MAVEN_CAR_PLUGIN_FAILED', 'Cannot invoke'],
    ['junit_failures', 'MAVEN_TESTS_FAILED', 'Tests failed'],
    ['synapse_ut_assert', 'MAVEN_TESTS_FAILED', 'Tests failed'],
    ['synapse_ut_deploy', 'MAVEN_TESTS_FAILED', 'Tests failed'],
    ['synapse_ut_nopath', 'MAVEN_TEST_SERVER_MISSING', '-DtestServerPath'],
    ['synapse_ut_notype', 'MAVEN_TEST_SERVER_MISSING', '-DtestServerType'],
    ['synapse_ut_refused', 'MAVEN_TEST_SERVER_MISSING', 'Error while sending test data'],
  ])('%s is %s', (name, code, words) => {
    const diagnosis = diagnose(wordsOf(name), 1);
    expect(diagnosis.code.code).toBe(code);
    expect(diagnosis.message).toContain(words);
  });
});

/** What each Maven says of the same mistake. Each row is recorded from 3.8.7, 3.9.9 and 4.0.0-rc-4 where they agree to fail. */
describe('what three versions of Maven mean', () => {
  const folder = join(fixtures, 'maven-failures');
  const lib = 'org.example:lib:jar:1';
  const table: Readonly<Record<string, readonly [code: string, words: string]>> = {
    checksum: ['MAVEN_CHECKSUM_MISMATCH', 'Checksum validation failed, expected'],
    'compile-error': ['MAVEN_COMPILE_ERROR', 'does not compile'],
    'dependency-cached': ['MAVEN_DEPENDENCY_NOT_FOUND', `${lib} was not in https://repository.example/none`],
    'dependency-missing': ['MAVEN_DEPENDENCY_NOT_FOUND', `${lib} is in none of the configured repositories`],
    'dependency-no-version': [
      'MAVEN_POM_MALFORMED',
      "/w/hello/pom.xml is not valid: 'dependencies.dependency.version'",
    ],
    'dependency-offline': ['MAVEN_DEPENDENCY_NOT_FOUND', `${lib} is not in the local repository, and Maven is offline`],
    heap: ['MAVEN_OUT_OF_MEMORY', 'ran out of memory'],
    'heap-too-small': ['MAVEN_OUT_OF_MEMORY', 'Too small maximum heap'],
    'java-home': ['MAVEN_JAVA_MISSING', 'JAVA_HOME environment variable is not defined correctly'],
    metaspace: ['MAVEN_OUT_OF_MEMORY', 'Metaspace'],
    'module-missing': ['MAVEN_FAILED', 'gone that /w/hello'],
    'mojo-fails': ['MAVEN_GOAL_FAILED', 'is not in the allowed range'],
    'option-unknown': ['MAVEN_FAILED', 'does not know the option --nope'],
    'parent-missing': ['MAVEN_DEPENDENCY_NOT_FOUND', 'The parent org.example:parent:pom:7'],
    'phase-unknown': ['MAVEN_FAILED', "does not know the phase 'instal'"],
    'plugin-prefix': ['MAVEN_PLUGIN_NOT_FOUND', "prefix 'instal'"],
    'plugin-version': ['MAVEN_PLUGIN_NOT_FOUND', 'org.wso2.maven:vscode-car-plugin:5.4.99'],
    'plugin-version-goal': ['MAVEN_PLUGIN_NOT_FOUND', 'maven-antrun-plugin:99.9.9'],
    'pom-malformed': ['MAVEN_POM_MALFORMED', '/w/hello/pom.xml cannot be read: '],
    'pom-no-version': ['MAVEN_POM_MALFORMED', "/w/hello/pom.xml is not valid: 'version' is missing"],
    'pom-unknown-element': ['MAVEN_POM_MALFORMED', "Unrecognised tag: 'dependancies'"],
    'profile-unknown': ['MAVEN_FAILED', 'The profile nope does not exist'],
    'release-property': ['MAVEN_JDK_UNSUITABLE', 'release version 99 not supported'],
    'release-too-new': ['MAVEN_JDK_UNSUITABLE', 'invalid target release: 99'],
    'repository-401': ['MAVEN_REPOSITORY_REFUSED', 'from corp (https://repository.example/status/401): '],
    'repository-403': ['MAVEN_REPOSITORY_REFUSED', 'from corp (https://repository.example/status/403): '],
    'repository-503': ['MAVEN_REPOSITORY_REFUSED', 'from corp (https://repository.example/status/503): '],
    'repository-http': ['MAVEN_REPOSITORY_BLOCKED', 'plain HTTP: corp (http://repository.example/maven2'],
    'repository-refused': ['MAVEN_REPOSITORY_REFUSED', 'from corp (https://refused.example/maven2): '],
    'source-too-old': ['MAVEN_JDK_UNSUITABLE', 'Source option 6 is no longer supported'],
    'test-vm-dies': ['MAVEN_TEST_REPORT_UNREADABLE', 'The forked VM terminated'],
    'tests-fail': ['MAVEN_TESTS_FAILED', 'Tests failed'],
  };
  const rows = Object.keys(table).flatMap((name) =>
    ['3.8', '3.9', '4.0']
      .filter((version) => existsSync(join(folder, name, `maven-${version}.log`)))
      .map((version): [string, string] => [name, version]),
  );

  test('every recording is in the table', () => {
    expect(readdirSync(folder).sort()).toEqual(Object.keys(table).sort());
    expect(rows.length).toBeGreaterThan(90);
  });

  test.each(rows)('%s, Maven %s', (name, version) => {
    const lines = readFileSync(join(folder, name, `maven-${version}.log`), 'utf8').split('\n');
    const console = readConsole();
    for (const line of lines) console.line(line, 0);
    // As a build gives them: error lines, then what stands without a tag.
    const untagged = lines.filter((line) => !line.startsWith('['));
    const { code, message, remedy = code.remedy } = diagnose([...console.facts(0).errorLines, ...untagged], 1);
    expect([code.code, message]).toEqual([table[name]?.[0], expect.stringContaining(table[name]?.[1] ?? '')]);
    expect(message).not.toMatch(/\[Help \d\]|\n/);
    expect(remedy).not.toBe('');
  });
});

describe('what a line means', () => {
  test.each([
    ['MAVEN_OUT_OF_MEMORY', 'java.lang.OutOfMemoryError: Java heap space', 1],
    ['MAVEN_OUT_OF_MEMORY', 'There is insufficient memory for the Java Runtime Environment to continue.', 1],
    ['MAVEN_OUT_OF_MEMORY', '', 137],
    ['MAVEN_JAVA_MISSING', 'The JAVA_HOME environment variable is not defined correctly,', 1],
    [
      'MAVEN_JAVA_MISSING',
      'No compiler is provided in this environment. Perhaps you are running on a JRE rather than a JDK?',
      1,
    ],
    [
      'MAVEN_REPOSITORY_BLOCKED',
      'Could not transfer artifact org.wso2:x:pom:1 from/to maven-default-http-blocker (http://0.0.0.0/): Blocked mirror for repositories: [wso2-nexus (http://maven.wso2.org/nexus/, default, releases)]',
      1,
    ],
    [
      'MAVEN_REPOSITORY_REFUSED',
      'Could not transfer artifact com.example:lib:jar:1 from/to corp (https://nexus.example.com/): authentication failed for https://nexus.example.com/lib-1.jar, status: 401 Unauthorized',
      1,
    ],
    ['MAVEN_CHECKSUM_MISMATCH', 'Checksum validation failed, expected abc (REMOTE_EXTERNAL) but is actually def', 1],
    [
      'MAVEN_DEPENDENCY_NOT_FOUND',
      'Failed to execute goal on project hello: Could not resolve dependencies for project com.example.mi:hello:pom:1.0.0: Could not find artifact org.example:gone:jar:9 in central (https://repo.example/maven2) -> [Help 1]',
      1,
    ],
    [
      'MAVEN_DEPENDENCY_NOT_FOUND',
      'Non-resolvable parent POM for com.example:hello:1: Could not find artifact com.example:parent:pom:7 in central (https://repo.example)',
      1,
    ],
    ['MAVEN_JDK_UNSUITABLE', 'Fatal error compiling: error: invalid target release: 21 -> [Help 1]', 1],
    ['MAVEN_JDK_UNSUITABLE', 'Source option 6 is no longer supported. Use 7 or later.', 1],
    ['MAVEN_COMPILE_ERROR', 'COMPILATION ERROR : ', 1],
    [
      'MAVEN_PLUGIN_NOT_FOUND',
      "No plugin found for prefix 'instal' in the current project and in the plugin groups",
      1,
    ],
    [
      'MAVEN_TEST_REPORT_UNREADABLE',
      'The forked VM terminated without properly saying goodbye. VM crash or System.exit called?',
      1,
    ],
    ['MAVEN_FAILED', 'Unknown lifecycle phase "instal". You must specify a valid lifecycle phase', 1],
    ['MAVEN_FAILED', 'Child module /w/sub of /w/pom.xml does not exist', 1],
    [
      'MAVEN_GOAL_FAILED',
      'Failed to execute goal com.github.eirslett:frontend-maven-plugin:1.6:npm (npm install) on project map: Failed to run task: npm install -> [Help 1]',
      1,
    ],
    ['MAVEN_FAILED', 'something nobody has seen before', 1],
  ])('%s: %s', (code, words, exitCode) => {
    expect(diagnose([words], exitCode).code.code).toBe(code);
  });

  test('the blocked repository is named', () => {
    const { message } = diagnose(
      ['Blocked mirror for repositories: [wso2-nexus (http://maven.wso2.org/nexus/, default, releases)]'],
      1,
    );
    expect(message).toContain('wso2-nexus (http://maven.wso2.org/nexus/');
  });

  test.each([
    [
      'Maven 3.9, which needs three lines for it',
      [
        'Could not resolve dependencies for project g:a:jar:1',
        'dependency: org.example:gone:jar:9 (compile)',
        '\tCould not find artifact org.example:gone:jar:9 in central (https://repo.example)',
      ],
      'The dependency org.example:gone:jar:9 is in none of the configured repositories',
    ],
    [
      'a failure that Maven remembers',
      [
        'Could not resolve dependencies for project g:a:pom:1: org.example:gone:zip:9 was not found in https://repo.example/maven2 during a previous attempt. This failure was cached',
      ],
      'The dependency org.example:gone:zip:9 was not in https://repo.example/maven2 when it was last asked',
    ],
  ])('a missing dependency is named: %s', (_, words, message) => {
    const diagnosis = diagnose(words, 1);
    expect(diagnosis.code.code).toBe('MAVEN_DEPENDENCY_NOT_FOUND');
    expect(diagnosis.message).toBe(message);
  });

  test('a cause that stands under other errors is found', () => {
    expect(diagnose(['noise', '', 'Overall unit test failed', 'more noise'], 1).code.code).toBe('MAVEN_TESTS_FAILED');
  });

  test('an unknown failure shows the first words', () => {
    expect(diagnose(['', 'the first words', 'others'], 2).message).toBe(
      'Maven ended with exit code 2: the first words',
    );
  });
});
