import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  obstaclesToPackagingWithoutMaven,
  type PackagingOptions,
} from '@wso2-delivery/shared/maven/packaging-without-maven';
import { findProject } from '@wso2-delivery/shared/maven/project';
import { testPorts, type TestPorts } from '../../support/ports.ts';

let ports: TestPorts;
beforeEach(() => {
  ports = testPorts();
});
afterEach(() => ports.dispose());

function put(path: string, text = ''): void {
  const file = join(ports.files.workspace, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const execution =
  '<executions><execution><phase>compile</phase><goals><goal>car</goal></goals></execution></executions>';
const carPlugin = (version = '5.4.12', inner = execution) =>
  `<plugin><groupId>org.wso2.maven</groupId><artifactId>vscode-car-plugin</artifactId><version>${version}</version>${inner}</plugin>`;
const plugin = (artifactId: string, groupId = 'com.example') =>
  `<plugin><groupId>${groupId}</groupId><artifactId>${artifactId}</artifactId></plugin>`;
const build = (plugins: string) => `<build><plugins>${plugins}</plugins></build>`;
const pom = (inner = build(carPlugin()), packaging = 'pom') =>
  `<project><groupId>g</groupId><artifactId>a</artifactId><version>1</version><packaging>${packaging}</packaging>${inner}</project>`;

const plain: PackagingOptions = {
  goals: ['clean', 'install'],
  profiles: [],
  arguments: [],
  settings: undefined,
  skipTests: false,
};

function obstacles(text: string, options: Partial<PackagingOptions> = {}): string[] {
  put('pom.xml', text);
  return obstaclesToPackagingWithoutMaven(findProject(undefined, ports.files), { ...plain, ...options }).map(
    ({ kind, what }) => `${kind}: ${what}`,
  );
}

test('nothing stands against a plain project', () => {
  expect(obstacles(pom())).toEqual([]);
});

describe('what has no part in the CAR is no obstacle', () => {
  test.each([
    ['plugins of Maven itself', pom(build(carPlugin() + plugin('maven-install-plugin', 'org.apache.maven.plugins')))],
    [
      'a profile that nobody asks for',
      pom(`${build(carPlugin())}<profiles><profile><id>docker</id>${build(plugin('docker'))}</profile></profiles>`),
    ],
    [
      'the CAR plugin in a profile that is active by default',
      pom(
        `<profiles><profile><id>default</id><activation><activeByDefault>true</activeByDefault></activation>${build(carPlugin())}</profile></profiles>`,
      ),
    ],
    [
      'dependencies on jars and cars',
      pom(
        `${build(carPlugin())}<dependencies><dependency><groupId>g</groupId><artifactId>other</artifactId><version>1</version><type>car</type></dependency></dependencies>`,
      ),
    ],
  ])('%s', (_, text) => expect(obstacles(text)).toEqual([]));
});

describe('only Maven can do', () => {
  test.each<readonly [what: string, text: string, options: Partial<PackagingOptions>]>([
    ['the project has modules', pom(`${build(carPlugin())}<modules><module>x</module></modules>`), {}],
    ['its packaging is carbon/application', pom(undefined, 'carbon/application'), {}],
    [
      'its version is said outside of its pom',
      pom().replace('<version>1</version>', '<version>${revision}</version>'),
      {},
    ],
    ["the profile 'docker' is asked for", pom(), { profiles: ['docker'] }],
    ['maven-args has -Drevision=2', pom(), { arguments: ['-Drevision=2'] }],
    ['goals has docker:build', pom(), { goals: ['install', 'docker:build'] }],
    ['its pom does not use vscode-car-plugin', pom(''), {}],
    ["no goal 'car' runs: it is bound to no phase that 'validate' reaches", pom(), { goals: ['validate'] }],
    [
      "no goal 'car' runs: it is bound to no phase that 'clean install' reaches",
      pom(build(carPlugin('5.4.12', ''))),
      {},
    ],
    [
      'vscode-car-plugin is configured (archiveName)',
      pom(build(carPlugin('5.4.12', `${execution}<configuration><archiveName>x</archiveName></configuration>`))),
      {},
    ],
    [
      'fat.car.enable packs other applications into it',
      pom(`<properties><fat.car.enable>true</fat.car.enable></properties>${build(carPlugin())}`),
      {},
    ],
  ])('%s', (what, text, options) => expect(obstacles(text, options)).toContain(`impossible: ${what}`));

  test('a data mapper', () => {
    put('src/main/wso2mi/resources/datamapper/orders/orders.ts');
    expect(obstacles(pom())).toEqual(['impossible: the data mapper orders is compiled by a Maven run of the plugin']);
  });

  test('tests that would run: those of a jar, and Synapse ones whose plugin the pom uses', () => {
    put('src/test/java/ATest.java');
    const withJava = pom(build(carPlugin()), 'jar');
    expect(obstacles(withJava)).toContain('impossible: its tests are run by Maven (skip-tests: true leaves them out)');
    expect(obstacles(withJava, { skipTests: true })).toEqual([]);
    put('src/test/wso2mi/T.xml', '<unit-test/>');
    expect(obstacles(pom())).toEqual([]);
    const unitTests = plugin('synapse-unit-test-maven-plugin', 'org.wso2.maven').replace(
      '</plugin>',
      '<executions><execution><goals><goal>synapse-unit-test</goal></goals></execution></executions></plugin>',
    );
    expect(obstacles(pom(build(carPlugin() + unitTests)))[0]).toMatch(/^impossible: its tests/);
  });
});

describe('what keeps the proof from being given', () => {
  test.each<readonly [what: string, text: string, options: Partial<PackagingOptions>]>([
    [
      'it has a parent pom',
      pom(`<parent><groupId>g</groupId><artifactId>p</artifactId><version>1</version></parent>${build(carPlugin())}`),
      {},
    ],
    ['settings may activate profiles', pom(), { settings: '/s.xml' }],
    ['it uses the plugin com.example:generator', pom(build(carPlugin() + plugin('generator'))), {}],
    [
      "the profile 'ci' may activate itself",
      pom(
        `${build(carPlugin())}<profiles><profile><id>ci</id><activation><property><name>env.CI</name></property></activation></profile></profiles>`,
      ),
      {},
    ],
    ['vscode-car-plugin 5.2.99 may pack differently from 5.4.12', pom(build(carPlugin('5.2.99'))), {}],
    [
      'it depends on g:mi-connector-http, a zip',
      pom(
        `${build(carPlugin())}<dependencies><dependency><groupId>g</groupId><artifactId>mi-connector-http</artifactId><version>1</version><type>zip</type></dependency></dependencies>`,
      ),
      {},
    ],
    [
      'its Java code is compiled and packed by Maven',
      pom(build(carPlugin('5.4.12', execution.replace('compile', 'package'))), 'jar'),
      {},
    ],
  ])('%s', (what, text, options) => expect(obstacles(text, options)).toEqual([`unproven: ${what}`]));

  test('a folder tmp that a build which failed has left: the plugin packs what lies there', () => {
    put('tmp/old.xml');
    expect(obstacles(pom())).toEqual(['unproven: a folder tmp is there, which the plugin would pack too']);
  });
});
