import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Exec } from '@wso2-delivery/shared/base/ports';
import { readCar } from '@wso2-delivery/shared/mi/car';
import { fixtures, root, workspace, type Workspace } from '../../../support/build-mi.ts';

const nothingRuns: Exec = {
  run: ({ command }) => Promise.reject(new Error(`${command} was run`)),
  start: ({ command }) => Promise.reject(new Error(`${command} was started`)),
};
let work: Workspace;
beforeEach(() => {
  work = workspace({ exec: nothingRuns });
});
afterEach(() => work.ports.dispose());
const example = () => work.copy(join(root, 'examples/employee-service'));
const changePom = (change: (text: string) => string) => {
  const file = join(work.ports.files.workspace, 'pom.xml');
  writeFileSync(file, change(readFileSync(file, 'utf8')));
};

describe('builder: native', () => {
  test('packages, compares and reports without starting any program', async () => {
    example();
    const { outputs, facts, failure } = await work.run({ builder: 'native' });
    expect(failure).toBeUndefined();
    expect(outputs.cars).toBe('target/employee-service_1.0.0.car');
    expect(outputs.tests).toBeUndefined();
    expect(facts).toMatchObject({ native: { testsNotRun: ['src/test/wso2mi/EmployeeResponseSeqTest.xml'] } });
    expect(work.ports.markdown()).toContain('Packaged without Maven in');
    expect(work.ports.markdown()).toContain('1 Synapse unit test file not run');
  });

  test('fails at what only Maven can do, all of it named', async () => {
    example();
    changePom((text) => text.replace('<version>1.0.0</version>', '<version>${revision}</version>'));
    const { failure } = await work.run({ builder: 'native', profiles: 'docker', 'maven-args': '-Drevision=1' });
    expect(failure).toMatchObject({ code: 'MAVEN_NEEDED', problems: { length: 3 } });
  });

  test('is held to its sources like any other: a broken one is a difference', async () => {
    example();
    work.put('src/main/wso2mi/artifacts/sequences/Broken.xml', '<sequence name="Broken"><log></sequence>');
    const { failure } = await work.run({ builder: 'native' });
    expect(failure).toMatchObject({ code: 'CAR_DIFFERS' });
  });

  test('takes a connector from the folder of libraries, and says so when its checksum is wrong', async () => {
    work.copy(join(fixtures, 'connector_unresolvable/project'));
    const [, artifactId = '', version = ''] =
      /<artifactId>([^<]*connector[^<]*)<\/artifactId>\s*<version>([^<]+)</.exec(
        readFileSync(join(work.ports.files.workspace, 'pom.xml'), 'utf8'),
      ) ?? [];
    const name = `${artifactId}-${version}.zip`;
    const zip = readFileSync(join(fixtures, 'ok/hello_1.0.0.car'));
    writeFileSync(work.put(`libraries/${name}`, ''), zip);
    work.put(`libraries/${name}.sha256`, createHash('sha256').update(zip).digest('hex'));
    const { outputs, failure } = await work.run({ builder: 'native', libraries: 'libraries' });
    expect(failure).toBeUndefined();
    const car = await readCar(join(work.ports.files.workspace, outputs.cars ?? ''));
    expect(car.artifacts.find(({ type }) => type === 'synapse/lib')).toMatchObject({ name: artifactId, version });
    work.put(`libraries/${name}.sha256`, '0'.repeat(64));
    expect((await work.run({ builder: 'native', libraries: 'libraries' })).failure).toMatchObject({
      code: 'LIBRARY_UNAVAILABLE',
    });
  });
});

describe('builder: auto', () => {
  test('goes without Maven where the result is proven to be the same', async () => {
    example();
    expect((await work.run({ builder: 'auto' })).failure).toBeUndefined();
  });

  test('takes Maven elsewhere, and the log says why', async () => {
    example();
    changePom((text) => text.replaceAll('5.4.12', '5.2.99'));
    const { failure } = await work.run({ builder: 'auto' });
    expect(String(failure)).toContain('mvn was run');
    expect(work.ports.lines.join('\n')).toContain('Maven builds: vscode-car-plugin 5.2.99 may pack differently');
  });
});
