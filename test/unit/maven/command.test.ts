import { describe, expect, test } from '@jest/globals';
import { mavenCommand, nestedEnvironment, type MavenOptions } from '@wso2-delivery/shared/maven/command';

const plain: MavenOptions = {
  goals: ['clean', 'install'],
  profiles: [],
  arguments: [],
  settings: undefined,
  skipTests: false,
  skipSynapseTests: false,
  pomFile: '/w/app/pom.xml',
  wrapper: undefined,
  wrapperOfWindows: false,
};

const table: readonly (readonly [what: string, options: Partial<MavenOptions>, argv: readonly string[]])[] = [
  ['the default', {}, ['mvn', '-B', '--no-transfer-progress', 'clean', 'install']],
  [
    'other goals',
    { goals: ['verify', 'org.example:x:1:run'] },
    ['mvn', '-B', '--no-transfer-progress', 'verify', 'org.example:x:1:run'],
  ],
  [
    'profiles in one argument',
    { profiles: ['docker', '!slow'] },
    ['mvn', '-B', '--no-transfer-progress', '-Pdocker,!slow', 'clean', 'install'],
  ],
  [
    'a settings file, before what the user passes on',
    { settings: '/w/ci/settings.xml', arguments: ['-Drevision=1 2', '-U'] },
    ['mvn', '-B', '--no-transfer-progress', '-s', '/w/ci/settings.xml', '-Drevision=1 2', '-U', 'clean', 'install'],
  ],
  ['skipped tests', { skipTests: true }, ['mvn', '-B', '--no-transfer-progress', '-DskipTests', 'clean', 'install']],
  [
    'skipped tests where there are Synapse unit tests, whose plugin has a switch of its own',
    { skipTests: true, skipSynapseTests: true },
    ['mvn', '-B', '--no-transfer-progress', '-DskipTests', '-Dmaven.test.skip=true', 'clean', 'install'],
  ],
  [
    'Synapse unit tests that are not skipped',
    { skipSynapseTests: true },
    ['mvn', '-B', '--no-transfer-progress', 'clean', 'install'],
  ],
  [
    'a pom of another name',
    { pomFile: '/w/app/release-pom.xml' },
    ['mvn', '-B', '--no-transfer-progress', '-f', 'release-pom.xml', 'clean', 'install'],
  ],
  [
    'the wrapper of the project, which need not be executable',
    { wrapper: '/w/mvnw' },
    ['sh', '/w/mvnw', '-B', '--no-transfer-progress', 'clean', 'install'],
  ],
  [
    'a wrapper with Windows line ends, which sh reads without them under its own name',
    { wrapper: '/w/mvnw', wrapperOfWindows: true },
    ['sh', '-c', `eval "$(tr -d '\\r' < "$0")"`, '/w/mvnw', '-B', '--no-transfer-progress', 'clean', 'install'],
  ],
];

describe('the Maven command', () => {
  test.each(table)('has exactly these arguments: %s', (_, options, argv) => {
    const { command, args } = mavenCommand({ ...plain, ...options });
    expect([command, ...args]).toEqual(argv);
  });
});

describe('the environment of the nested Maven runs', () => {
  test.each<
    readonly [
      what: string,
      nested: Parameters<typeof nestedEnvironment>[0],
      inherited: string | undefined,
      environment: object,
    ]
  >([
    ['nothing to hand on', { home: undefined, localRepository: undefined }, '-Xmx1g', {}],
    [
      'settings, through a home of their own',
      { home: '/p/home', localRepository: '/root/.m2/repository' },
      undefined,
      { MAVEN_OPTS: '-Duser.home=/p/home -Dmaven.repo.local=/root/.m2/repository' },
    ],
    [
      'what the job has, last, so that it wins',
      { home: undefined, localRepository: '/cache' },
      '-Xmx1g -Dmaven.repo.local=/mine',
      { MAVEN_OPTS: '-Dmaven.repo.local=/cache -Xmx1g -Dmaven.repo.local=/mine' },
    ],
    [
      'a path with blanks, which cannot be said',
      { home: '/my home', localRepository: '/cache' },
      undefined,
      { MAVEN_OPTS: '-Dmaven.repo.local=/cache' },
    ],
  ])('carries what they do not inherit: %s', (_, nested, inherited, expected) => {
    expect(nestedEnvironment(nested, inherited)).toEqual(expected);
  });
});
