import { defineCodes } from '../base/errors.ts';

/** Failures of finding a Maven project, building it and reading its tests. */
export const codes = defineCodes({
  MAVEN_PROJECT_MISSING: {
    title: 'There is no Maven project',
    meaning: 'Neither the project input nor the workspace root leads to a pom.xml.',
    remedy: 'Set the project input to the folder (or the pom.xml) of the integration project.',
  },
  MAVEN_NEEDED: {
    title: 'Only Maven can build this project',
    meaning: 'builder: native was asked for, and something in the project or in the inputs is done by Maven alone.',
    remedy: 'Use builder: maven (or auto, which decides by the same list), or remove what the message names.',
  },
  MAVEN_POM_MALFORMED: {
    title: 'A pom.xml is not well-formed',
    meaning: 'Maven cannot read the project description; nothing was built.',
    remedy: 'Correct the pom.xml at the line named in the message.',
  },
  MAVEN_PLUGIN_NOT_FOUND: {
    title: 'A Maven plugin cannot be found',
    meaning: 'A plugin that the pom asks for is in none of the repositories that Maven may use.',
    remedy:
      'Check the version. WSO2 plugins newer than the one on Maven Central are on https://maven.wso2.org/nexus/content/groups/wso2-public/: name it as pluginRepository, or use a mirror in the settings input.',
  },
  MAVEN_DEPENDENCY_NOT_FOUND: {
    title: 'A dependency cannot be found',
    meaning: 'A dependency of the project is in none of the repositories that Maven may use.',
    remedy: 'Check its coordinates, and that its repository is in the pom or in the settings input.',
  },
  MAVEN_REPOSITORY_BLOCKED: {
    title: 'Maven refuses a repository because it is plain HTTP',
    meaning: 'Since 3.8.1 Maven blocks repositories that are reached without TLS.',
    remedy: 'Change the repository’s URL to https (maven.wso2.org answers on it), or mirror it in the settings input.',
  },
  MAVEN_REPOSITORY_REFUSED: {
    title: 'A Maven repository refuses or does not answer',
    meaning: 'The repository could not be reached, or it answered 401, 403 or a server error.',
    remedy: 'Check the address and, for a private repository, the server entry of the settings input.',
  },
  MAVEN_CHECKSUM_MISMATCH: {
    title: 'A download does not match its checksum',
    meaning: 'An artifact arrived damaged, or the repository serves other bytes than it has checksums for.',
    remedy: 'Delete the artifact from the cached local repository and run again; check the mirror.',
  },
  MAVEN_COMPILE_ERROR: {
    title: 'Java code does not compile',
    meaning: 'The compiler rejected at least one source file; each error is an annotation at its line.',
    remedy: 'Correct the source at the annotated lines.',
  },
  MAVEN_JDK_UNSUITABLE: {
    title: 'The JDK is too old or too new for the project',
    meaning: 'The JDK that runs Maven does not know the Java version that the project or a plugin asks for.',
    remedy:
      'Choose another JDK with actions/setup-java: MI 4.0 and 4.1 run on 11, 4.2 and 4.3 on 17, 4.4 and 4.5 on 21.',
  },
  MAVEN_JAVA_MISSING: {
    title: 'There is no JDK',
    meaning: 'Maven found no Java, or JAVA_HOME leads to none, or to one without a compiler.',
    remedy: 'Add a step with actions/setup-java before this one.',
  },
  MAVEN_TESTS_FAILED: {
    title: 'Tests failed',
    meaning: 'At least one unit test of the project failed; each is an annotation, and a row in the summary.',
    remedy: 'Correct what the failing assertions show.',
  },
  MAVEN_TEST_REPORT_MISSING: {
    title: 'Synapse unit tests left no report',
    meaning:
      'The unit test plugin ran and wrote no unit-test-report.json. It does so, with BUILD SUCCESS, when the server dies in mid-test.',
    remedy: 'Read the console for the server’s last words; check memory and testServerPath.',
  },
  MAVEN_TEST_REPORT_UNREADABLE: {
    title: 'A test report cannot be read',
    meaning: 'A report of the build’s tests is cut off or not in its format, so nobody can say how the tests went.',
    remedy: 'Look for a test process that was killed (memory, timeout) in the console.',
  },
  MAVEN_TEST_SERVER_MISSING: {
    title: 'The Micro Integrator for the Synapse unit tests is missing',
    meaning: 'The unit test plugin was given no server, or one that does not start or does not answer.',
    remedy:
      'Give -DtestServerType=local and -DtestServerPath=<MI>/bin/micro-integrator.sh in maven-args, or set skip-tests.',
  },
  MAVEN_OUT_OF_MEMORY: {
    title: 'Maven ran out of memory',
    meaning: 'The Java heap, the metaspace or the runner’s memory was not enough.',
    remedy: 'Raise -Xmx in the environment variable MAVEN_OPTS, or use a larger runner.',
  },
  MAVEN_NESTED_BUILD_FAILED: {
    title: 'A Maven run inside the CAR plugin failed',
    meaning:
      'The plugin starts Maven again to fetch connectors. That run failed, and the plugin reports success all the same: a connector is missing from the CAR.',
    remedy:
      'Name the repository of the connector in the pom, in the settings input or in ~/.m2/settings.xml: flags in maven-args do not reach the nested runs.',
  },
  MAVEN_CAR_PLUGIN_FAILED: {
    title: 'The CAR plugin stopped at an artifact',
    meaning: 'The plugin met a file that it cannot process and ended the build without naming the file.',
    remedy: 'Look at the findings of the source check: it names the file and the line.',
  },
  MAVEN_GOAL_FAILED: {
    title: 'A Maven goal failed',
    meaning: 'A plugin ended the build for a reason that this action does not know.',
    remedy: 'Read Maven’s own words in the summary.',
  },
  MAVEN_FAILED: {
    title: 'Maven failed',
    meaning: 'Maven ended with an exit code other than 0, or without BUILD SUCCESS.',
    remedy: 'Read Maven’s own words in the summary.',
  },
});
