/** The whole of build-mi with the real Maven on this machine, pushing to the lab's registry. */
import { readFileSync, rmSync, utimesSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import { writeZip } from '@wso2-delivery/shared/formats/zip';
import { seedMicroIntegratorBase } from '@wso2-delivery/lab/registry/micro-integrator-base';
import { startRegistry, type LabRegistry } from '@wso2-delivery/lab/registry/registry';
import { fixtures, root, workspace, type Workspace } from '../support/build-mi.ts';
import { testWith } from '../support/tools.ts';

const test = testWith('mvn', 'java');
/** A first run downloads Maven's plugins. */
const patience = 300_000;

let registry: LabRegistry;
let work: Workspace;
beforeAll(async () => {
  registry = await startRegistry();
  await seedMicroIntegratorBase(registry, { repository: 'wso2/wso2mi', tag: '4.2.0', version: '4.2.0' });
});
afterAll(() => registry.close());
afterEach(() => work.ports.dispose());

const example = () => {
  work = workspace();
  work.copy(join(root, 'examples/employee-service'), 'employee-service');
};
const java = () => {
  work = workspace();
  work.copy(join(fixtures, 'junit_failures/pom.xml'), 'pom.xml');
  work.copy(join(fixtures, 'junit_failures/src'), 'src');
};

describe('the example project', () => {
  test(
    'becomes a tested, checked carbon application and an image whose tag stands for the digest',
    async () => {
      example();
      const { outputs, failure } = await work.run({
        project: 'employee-service',
        image: `${registry.host}/acme/employee-service`,
        tags: '1.0.0',
        'base-image': `${registry.host}/wso2/wso2mi:4.2.0`,
      });
      expect(failure).toBeUndefined();
      expect(outputs.cars).toBe('employee-service/target/employee-service_1.0.0.car');
      expect(registry.store.manifest('acme/employee-service', '1.0.0')?.digest).toBe(outputs.digest);
      expect(work.ports.markdown()).toContain('The same as its sources.');
      expect(work.ports.annotations.filter(({ level }) => level === 'error')).toEqual([]);
      expect(work.ports.lines).toContain('group: employee-service: vscode-car-plugin:car');
    },
    patience,
  );

  test(
    'built twice gives the same image, although Maven writes another archive each time',
    async () => {
      example();
      const given = {
        project: 'employee-service',
        image: `${registry.host}/acme/twice`,
        'base-image': `${registry.host}/wso2/wso2mi:4.2.0`,
        push: 'false',
      };
      const first = await work.run(given);
      const second = await work.run(given);
      expect(first.failure).toBeUndefined();
      expect(second.outputs.digest).toBe(first.outputs.digest);
    },
    patience,
  );

  test(
    'with a malformed sequence fails although Maven says BUILD SUCCESS, at file and line, and nothing is pushed',
    async () => {
      example();
      const sequence = 'employee-service/src/main/wso2mi/artifacts/sequences/EmployeeFaultSeq.xml';
      const text = readFileSync(join(work.ports.files.workspace, sequence), 'utf8');
      work.put(sequence, text.replace('name="EmployeeFaultSeq"', 'name="EmployeeFaultSeq'));
      const { outputs, failure } = await work.run({
        project: 'employee-service',
        image: `${registry.host}/acme/broken`,
        'base-image': `${registry.host}/wso2/wso2mi:4.2.0`,
      });
      expect(failure).toMatchObject({
        kind: 'verification',
        code: 'CAR_DIFFERS',
        location: { file: sequence, line: 2 },
      });
      expect(outputs.carbonApplications).not.toContain('EmployeeFaultSeq');
      expect(outputs.image).toBeUndefined();
      expect(registry.store.manifest('acme/broken', '1.0.0')).toBeUndefined();
      expect(work.ports.lines.some((line) => line.includes('BUILD SUCCESS'))).toBe(true);
    },
    patience,
  );

  test(
    'is built by its own wrapper, and never taken from a CAR that an earlier build left',
    async () => {
      example();
      const stale = work.put('employee-service/target/employee-service_1.0.0.car', 'old');
      utimesSync(stale, new Date(0), new Date(0));
      // Committed from Windows: without an executable bit.
      const wrapper = work.put('mvnw', '#!/bin/sh\necho "[INFO] through the wrapper"\nexec mvn "$@"\n');
      const { failure } = await work.run({ project: 'employee-service', goals: 'validate' });
      expect(work.ports.lines).toContain(`sh ${wrapper} -B --no-transfer-progress validate`);
      expect(work.ports.lines).toContain('[INFO] through the wrapper');
      expect(failure).toMatchObject({ code: 'CAR_NOT_BUILT' });
      expect((failure as Error).message).toContain('employee-service_1.0.0.car is older than this build');
    },
    patience,
  );
});

test(
  'a wrapper committed from Windows, with its line ends and without an executable bit, runs all the same',
  async () => {
    example();
    const lines = ['#!/bin/sh', 'folder=$(dirname "$0")', 'case "$folder" in', '  "") echo nowhere ;;', 'esac'];
    const rest = ['if [ -f "$folder/.mvn/jvm.config" ]; then', '  echo "[INFO] through it"', 'fi', 'exec mvn "$@"', ''];
    work.put('.mvn/jvm.config', '-Xmx512m\r\n');
    const wrapper = work.put('mvnw', [...lines, ...rest].join('\r\n'));
    const { failure } = await work.run({
      project: 'employee-service',
      goals: 'validate',
      'maven-args': '-Dblank=a b\n-Dquote="\'$x',
    });
    expect(work.ports.lines).toContain('[INFO] through it');
    expect(work.ports.lines.join('\n')).toContain(
      `${wrapper} -B --no-transfer-progress -Dblank=a b -Dquote="'$x validate`,
    );
    expect(work.ports.lines.join('\n')).toContain('BUILD SUCCESS');
    expect(failure).toMatchObject({ code: 'CAR_NOT_BUILT' });
  },
  patience,
);

describe('a connector from a private repository', () => {
  const coordinates = ['org.wso2.integration.connector', 'mi-connector-doesnotexist', '0.0.1'] as const;
  const needed = [coordinates[0], 'mi-connector-needed', '0.0.2'] as const;
  const putConnector = async (
    [group, artifact, version]: readonly [string, string, string],
    name: string,
    dependencies = '',
  ) => {
    const file = `repository/${group.replaceAll('.', '/')}/${artifact}/${version}/${artifact}-${version}`;
    const identity = `<groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version>`;
    work.put(
      `${file}.pom`,
      `<project><modelVersion>4.0.0</modelVersion>${identity}<packaging>zip</packaging>${dependencies}</project>`,
    );
    const connector = `<connector><component name="${name}" package="${name}"><description>demo</description></component></connector>`;
    await writeZip(join(work.ports.files.workspace, `${file}.zip`), [
      { name: 'connector.xml', data: Buffer.from(connector) },
    ]);
  };
  const withRepository = async (dependencies = '') => {
    work = workspace();
    work.copy(join(fixtures, 'connector_unresolvable/project'), 'project');
    await putConnector(coordinates, 'demo', dependencies);
    const url = pathToFileURL(join(work.ports.files.workspace, 'repository')).href;
    work.put(
      'settings.xml',
      `<settings><profiles><profile><id>p</id><repositories><repository><id>corp</id><url>${url}</url></repository></repositories></profile></profiles><activeProfiles><activeProfile>p</activeProfile></activeProfiles></settings>`,
    );
  };
  /** What an earlier run left would answer instead of the repository. */
  const forget = () => {
    for (const [group, artifact] of [coordinates, needed]) {
      const folder = join(userInfo().homedir, '.m2/repository', group.replaceAll('.', '/'), artifact);
      rmSync(folder, { recursive: true, force: true });
    }
  };
  afterEach(forget);

  test(
    'is packed, because the settings reach the Maven runs inside the CAR plugin',
    async () => {
      await withRepository();
      forget();
      const { outputs, failure } = await work.run({ project: 'project', settings: 'settings.xml' });
      expect(failure).toBeUndefined();
      expect(outputs.carbonApplications).toContain('"name":"mi-connector-doesnotexist"');
    },
    patience,
  );

  test(
    'that needs another connector is packed with it',
    async () => {
      const [group, artifact, version] = needed;
      await withRepository(
        `<dependencies><dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version><type>zip</type></dependency></dependencies>`,
      );
      await putConnector(needed, 'needed');
      forget();
      const sequence =
        '<sequence name="Uses" xmlns="http://ws.apache.org/ns/synapse">\n<demo.go/>\n<needed.go/>\n</sequence>';
      work.put('project/src/main/wso2mi/artifacts/sequences/Uses.xml', sequence);
      const { outputs, failure } = await work.run({ project: 'project', settings: 'settings.xml' });
      expect(failure).toBeUndefined();
      expect(outputs.carbonApplications).toContain('"name":"mi-connector-doesnotexist"');
      expect(outputs.carbonApplications).toContain('"name":"mi-connector-needed"');
      expect(work.ports.annotations).toEqual([]);
    },
    patience,
  );

  test(
    'that cannot be resolved fails the build, although Maven says BUILD SUCCESS',
    async () => {
      await withRepository();
      forget();
      const { failure } = await work.run({ project: 'project' });
      expect(failure).toMatchObject({ code: 'MAVEN_NESTED_BUILD_FAILED', exitCode: 0 });
      expect(work.ports.lines.some((line) => line.includes('BUILD SUCCESS'))).toBe(true);
    },
    patience,
  );
});

describe('Java code', () => {
  test(
    'with failing tests fails the build, each failure an annotation at its line',
    async () => {
      java();
      const { outputs, failure } = await work.run();
      expect(failure).toMatchObject({ code: 'MAVEN_TESTS_FAILED', exitCode: 1 });
      expect(JSON.parse(outputs.tests ?? '')).toEqual({ total: 7, passed: 3, failed: 3, skipped: 1, flaky: 0 });
      expect(work.ports.annotations).toMatchObject([
        { level: 'error', file: 'src/test/java/com/example/CalcTest.java', line: 9 },
        { level: 'error', file: 'src/test/java/com/example/CalcTest.java', line: 11 },
        { level: 'error', file: 'src/test/java/com/example/CalcTest.java', line: 8 },
      ]);
    },
    patience,
  );

  test(
    'that does not compile is annotated at file, line and column',
    async () => {
      java();
      work.put('src/main/java/com/example/Calc.java', 'package com.example;\nclass Calc {\n  int x = nowhere;\n}\n');
      const { failure } = await work.run();
      expect(failure).toMatchObject({ code: 'MAVEN_COMPILE_ERROR' });
      expect(work.ports.annotations).toMatchObject([
        { level: 'error', file: 'src/main/java/com/example/Calc.java', line: 3, column: 11 },
      ]);
    },
    patience,
  );
});

test(
  'a cancelled run ends Maven and says so',
  async () => {
    example();
    const run = work.run({ project: 'employee-service' });
    while (!work.ports.lines.some((line) => line.includes('vscode-car-plugin'))) await pause(50);
    work.ports.cancel();
    const { failure } = await run;
    expect(failure).toMatchObject({ kind: 'cancelled', code: 'CANCELLED' });
    expect(work.ports.lines.some((line) => line.includes('BUILD SUCCESS'))).toBe(false);
  },
  patience,
);

describe('what cannot be built', () => {
  test('a workspace without a pom lists the projects that it has', async () => {
    example();
    const { failure } = await work.run();
    expect(failure).toMatchObject({ code: 'MAVEN_PROJECT_MISSING' });
    expect((failure as Error).message).toContain('The workspace has employee-service.');
  });

  test(
    'a plugin version that no repository has is named',
    async () => {
      example();
      const pom = join(work.ports.files.workspace, 'employee-service/pom.xml');
      work.put('employee-service/pom.xml', readFileSync(pom, 'utf8').replace('>5.4.12</car', '>5.4.99</car'));
      const { failure } = await work.run({ project: 'employee-service' });
      expect(failure).toMatchObject({ code: 'MAVEN_PLUGIN_NOT_FOUND' });
      expect((failure as Error).message).toContain('vscode-car-plugin:5.4.99');
    },
    patience,
  );
});

describe('a class mediator', () => {
  const withMediator = (phase: string) => {
    work = workspace();
    work.copy(join(fixtures, 'ok/project'), 'project');
    const pom = readFileSync(join(fixtures, 'ok/project/pom.xml'), 'utf8')
      .replace('<packaging>pom<', '<packaging>jar<')
      .replace('<phase>compile<', `<phase>${phase}<`)
      .replace(
        '<properties>',
        '<properties><maven.compiler.source>17</maven.compiler.source><maven.compiler.target>17</maven.compiler.target>',
      );
    work.put('project/pom.xml', pom);
    work.put('project/src/main/java/com/acme/Sign.java', 'package com.acme;\npublic class Sign {}\n');
    const sequence =
      '<sequence name="Signed" xmlns="http://ws.apache.org/ns/synapse">\n<class name="com.acme.Sign"/>\n</sequence>';
    work.put('project/src/main/wso2mi/artifacts/sequences/Signed.xml', sequence);
  };

  test(
    'is packed by the goal car in the phase package',
    async () => {
      withMediator('package');
      const { outputs, failure } = await work.run({ project: 'project', goals: 'clean package' });
      expect(failure).toBeUndefined();
      expect(outputs.carbonApplications).toContain('"type":"lib/synapse/mediator"');
      expect(work.ports.annotations).toEqual([]);
    },
    patience,
  );

  test(
    'is left out by the goal car in the phase compile, with BUILD SUCCESS: found at the line that uses it, with the reason',
    async () => {
      withMediator('compile');
      const { outputs, failure } = await work.run({ project: 'project', goals: 'clean package' });
      expect(failure).toBeUndefined();
      expect(outputs.carbonApplications).not.toContain('mediator');
      expect(work.ports.annotations).toMatchObject([
        { level: 'warning', file: 'project/src/main/wso2mi/artifacts/sequences/Signed.xml', line: 2 },
      ]);
      expect(work.ports.annotations[0]?.message).toContain("bind the goal to 'package'");
    },
    patience,
  );
});
