import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { InputError } from '@wso2-delivery/shared/base/errors';
import { toCar } from '@wso2-delivery/shared/mi/car';
import { checkCar } from '@wso2-delivery/shared/mi/check-car';
import { packCar } from '@wso2-delivery/shared/mi/packaging/pack-car';
import { readSources } from '@wso2-delivery/shared/mi/sources';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pack-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(path: string, text: string): void {
  const file = join(folder, 'src/main/wso2mi', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
const display = (path: string) => relative(join(folder, 'src/main/wso2mi'), path);
const project = {
  groupId: 'g',
  artifactId: 'app',
  version: '1.0.0',
  mainSequence: undefined,
  versionedDeployment: false,
  carDependencies: [],
};
const pack = () => packCar(project, readSources(folder), { fromResources: [], fromRepository: [] }, display);

function problems(): string[] {
  try {
    pack();
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(({ subject, problem }) => `${subject} ${problem}`);
    throw error;
  }
  return [];
}

test('what is packed is the same as its sources', () => {
  put('artifacts/apis/A.xml', '<api name="A" context="/a" version="2"/>');
  put('artifacts/data-sources/File.xml', '<datasource><name>File</name></datasource>');
  put('artifacts/sequences/S.xml', '<sequence name="S"/>');
  const car = toCar(pack());
  expect(car.dependencies.map(({ artifact, version }) => `${artifact} ${version}`)).toEqual([
    'A_2 2',
    'S 1.0.0',
    'File 1.0.0',
  ]);
  expect(checkCar({ car, sources: readSources(folder), display })).toEqual([]);
});

describe('sources at which the plugin fails too are named all at once', () => {
  test('no context, no name, a list of resources that is broken', () => {
    put('artifacts/apis/S.xml', '<sequence name="S"/>');
    put('artifacts/sequences/N.xml', '\n<sequence/>');
    put('resources/artifact.xml', '<artifacts>');
    expect(problems()).toEqual([
      'artifacts/apis/S.xml <sequence> in artifacts/apis has no context: it is no API',
      'artifacts/sequences/N.xml gives its artifact no name',
      expect.stringMatching(/^resources\/artifact\.xml is not well-formed XML/),
    ]);
  });
});

describe('a registry list cannot reach out of the resources', () => {
  const list = (path: string, file: string) =>
    `<artifacts><artifact name="r" version="1.0.0"><item><file>${file}</file><path>${path}</path></item></artifact></artifacts>`;

  test('by dots in its path', () => {
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    put('resources/artifact.xml', list('/_system/governance/mi-resources/../../../..', 'secret.txt'));
    expect(pack().map(({ name }) => name)).not.toContain('r_1.0.0/resources/secret.txt');
  });

  test('by a link, in a file or within a collection', () => {
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    put('resources/deep/a.txt', 'a');
    symlinkSync(join(folder, 'secret.txt'), join(folder, 'src/main/wso2mi/resources/deep/link.txt'));
    put('resources/artifact.xml', list('/_system/governance/mi-resources/deep', 'link.txt'));
    expect(pack().some(({ data }) => data.includes('secret'))).toBe(false);
    put(
      'resources/artifact.xml',
      '<artifacts><artifact name="r" version="1.0.0"><collection><directory>deep</directory><path>/_system/governance/mi-resources/deep</path></collection></artifact></artifacts>',
    );
    expect(problems()[0]).toContain('is a symbolic link in a collection');
  });
});

test('of several items of one artifact the plugin packs the first, and the others are told', () => {
  const item = (file: string) => `<item><file>${file}</file><path>/_system/governance/mi-resources</path></item>`;
  put('resources/a.txt', 'a');
  put('resources/b.txt', 'b');
  put(
    'resources/artifact.xml',
    `<artifacts><artifact name="r" version="1.0.0">${item('a.txt')}${item('b.txt')}</artifact></artifacts>`,
  );
  const car = toCar(pack());
  const findings = checkCar({ car, sources: readSources(folder), display });
  expect(findings.map(({ rule, subject }) => `${rule} ${subject}`)).toEqual([
    'missing /_system/governance/mi-resources/b.txt',
  ]);
});
