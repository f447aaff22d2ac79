import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Exec } from '@wso2-delivery/shared/base/ports';
import { jdkFor, jdkProblem, jdkVersion, requireSuitableJdk } from '@wso2-delivery/shared/maven/jdk';
import { findProject } from '@wso2-delivery/shared/maven/project';
import { testPorts, type TestPorts } from '../../support/ports.ts';

test.each([
  ['openjdk version "17.0.15" 2025-04-15', 17],
  ['java version "1.8.0_402"', 8],
  ['openjdk version "25" 2025-09-16', 25],
  ['command not found', undefined],
])('%s is JDK %s', (words, version) => expect(jdkVersion(words)).toBe(version));

test.each([
  ['4.0.0', 11],
  ['4.1.0', 11],
  ['4.2.0', 17],
  ['4.3.0', 17],
  ['4.4.0', 21],
  ['4.5.0', 21],
  ['4.6.0', 25],
  ['6.6.0', undefined],
  [undefined, undefined],
])('the image of MI %s has JDK %s', (version, jdk) => expect(jdkFor(version)?.newest).toBe(jdk));

describe('a JDK', () => {
  const plain = { miVersion: '4.2.0', release: undefined, hasJava: false, startsMi: false };
  test.each([
    ['is no matter for configuration alone', 25, plain, undefined],
    [
      'is too old for the release of the pom',
      11,
      { ...plain, hasJava: true, release: 17 },
      /compiles for Java 17, and the JDK is 11$/,
    ],
    [
      'may compile what the server cannot load',
      21,
      { ...plain, hasJava: true, release: 21 },
      /MI 4\.2\.0 runs on Java 17 at most/,
    ],
    ['newer than the release is fine', 21, { ...plain, hasJava: true, release: 17 }, undefined],
    [
      'too new for the server that the unit tests start',
      21,
      { ...plain, startsMi: true },
      /runs on Java 11 to 17, and the JDK is 21$/,
    ],
    ['that fits that server', 17, { ...plain, startsMi: true }, undefined],
  ])('%s', (_, jdk, needs, problem) => {
    const found = jdkProblem(jdk, needs);
    if (problem === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(problem);
  });
});

describe('before the build', () => {
  let ports: TestPorts;
  const asked: string[] = [];
  const exec: Exec = {
    run: ({ command }) => {
      asked.push(command);
      const stderr = 'openjdk version "11.0.2" 2019-01-15';
      return Promise.resolve({ exitCode: 0, signal: null, stdout: '', stderr, truncated: false, durationMs: 1 });
    },
    start: () => Promise.reject(new Error('nothing is started here')),
  };
  beforeEach(() => {
    asked.length = 0;
    ports = testPorts({ exec, variables: { JAVA_HOME: '/opt/jdk' } });
    put(
      'pom.xml',
      '<project><artifactId>a</artifactId><properties><maven.compiler.release>17</maven.compiler.release></properties></project>',
    );
  });
  afterEach(() => ports.dispose());
  const put = (path: string, text = '') => {
    const file = join(ports.files.workspace, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  const check = () =>
    requireSuitableJdk(findProject(undefined, ports.files), { skipTests: false, arguments: [] }, ports);

  test('a project without Java code asks for nothing', async () => {
    await check();
    expect(asked).toEqual([]);
  });

  test('the JDK of JAVA_HOME is asked, and one that cannot compile the project is refused', async () => {
    put('src/main/java/A.java');
    await expect(check()).rejects.toMatchObject({ code: 'MAVEN_JDK_UNSUITABLE' });
    expect(asked).toEqual(['/opt/jdk/bin/java']);
  });
});
