import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { digestOf } from '@wso2-delivery/shared/formats/digest';
import { artifactOf, readCar } from '@wso2-delivery/shared/mi/car';
import { checkCar } from '@wso2-delivery/shared/mi/check-car';
import { readSources } from '@wso2-delivery/shared/mi/sources';

const project = join(import.meta.dirname, '../../examples/employee-service');
const carFile = join(project, 'prebuilt/employee-service_1.0.0.car');

test('every artifact of the prebuilt CAR means what its source says, and none is missing or extra', async () => {
  const car = await readCar(carFile);
  const sources = readSources(project);
  // Missing, stale (another meaning), duplicated and unresolved artifacts are all findings.
  expect(checkCar({ car, sources, display: (path) => path })).toEqual([]);
  const expected = [
    ...sources.artifacts.map(({ name, kind }) => `${kind.type} ${name ?? ''}`),
    ...sources.registry.items.map(({ artifact }) => `registry/resource ${artifact}`),
  ];
  const held = car.dependencies.map(
    (dependency) => `${artifactOf(car, dependency)?.type ?? ''} ${dependency.artifact}`,
  );
  expect(held.sort()).toEqual(expected.sort());
});

test('PROVENANCE.md has the digest of the CAR and of each source', () => {
  const page = readFileSync(join(project, 'prebuilt/PROVENANCE.md'), 'utf8');
  const rows = [...page.matchAll(/^\| (\S+) \| ([0-9a-f]{64}) \|$/gm)].map(([, file = '', digest = '']) => ({
    file,
    digest,
  }));
  expect(rows.length).toBeGreaterThan(5);
  for (const { file, digest } of rows) {
    expect(`${file} ${digestOf(readFileSync(join(project, file)))}`).toBe(`${file} sha256:${digest}`);
  }
  const listed = new Set(rows.map(({ file }) => join(project, file)));
  const sources = readSources(project);
  const files = [carFile, join(project, 'pom.xml'), ...sources.artifacts.map(({ file }) => file)];
  expect(files.filter((file) => !listed.has(file))).toEqual([]);
});
