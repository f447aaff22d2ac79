import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeZip } from '@wso2-delivery/shared/formats/zip';
import { readCarbonApplication } from '../../../../packages/lab/src/kubernetes/carbon-application.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'car-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function car(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const path = join(folder, 'x.car');
  await writeZip(
    path,
    Object.entries(files).map(([name, text]) => ({ name, data: Buffer.from(text) })),
  );
  return readFileSync(path);
}

const descriptor = (...dependencies: string[]): string =>
  `<artifacts><artifact name="app" version="1.2.0" type="carbon/application">${dependencies
    .map((name) => `<dependency artifact="${name}" version="1.0.0" include="true"/>`)
    .join('')}</artifact></artifacts>`;
const artifact = (name: string, type: string): string =>
  `<artifact name="${name}" version="1.0.0" type="${type}"><file>${name}.xml</file></artifact>`;
const api = (attributes: string): Record<string, string> => ({
  'artifacts.xml': descriptor('A'),
  'A_1.0.0/artifact.xml': artifact('A', 'synapse/api'),
  'A_1.0.0/A.xml': `<api xmlns="http://ws.apache.org/ns/synapse" name="A" ${attributes}/>`,
});

describe('a carbon application built by the real plugin', () => {
  test.each([
    ['ok', ['/hello']],
    ['ok_rich', ['/hello']],
    ['bom', ['/hello']],
  ])('%s is active with the contexts %j', async (name, contexts) => {
    const read = await readCarbonApplication(
      'hello_1.0.0.car',
      readFileSync(`test/fixtures/mi/${name}/hello_1.0.0.car`),
    );
    expect(read).toMatchObject({ name: 'hello', version: '1.0.0' });
    expect('apis' in read ? read.apis.map(({ context }) => context) : read).toEqual(contexts);
    expect(read).not.toHaveProperty('fault');
  });

  test('without artifacts never becomes an application', async () => {
    const archive = readFileSync('test/fixtures/mi/no_artifacts_dir/hello_1.0.0.car');
    expect(await readCarbonApplication('hello.car', archive)).toHaveProperty('rejected');
  });
});

describe('the context of an API', () => {
  test.each([
    ['context="/a"', '/a'],
    ['context="/a" version="1.0" version-type="context"', '/a/1.0'],
    ['context="/a" version="1.0" version-type="url"', '/a/1.0'],
    ['context="/a" version="1.0"', '/a'],
  ])('with %s is %s', async (attributes, context) => {
    expect(await readCarbonApplication('x.car', await car(api(attributes)))).toMatchObject({
      apis: [{ name: 'A', context }],
    });
  });
});

describe('an archive that', () => {
  test('holds malformed XML is a faulty application', async () => {
    const archive = await car({ ...api('context="/a"'), 'A_1.0.0/A.xml': '<api name="A"><resource></api>' });
    const read = await readCarbonApplication('x.car', archive);
    expect(read).toMatchObject({ name: 'app', version: '1.2.0', apis: [] });
    expect('fault' in read ? read.fault : '').toMatch(/^A: /);
  });

  test.each([
    ['is no zip', () => Promise.resolve(Buffer.from('not a zip at all, but long enough to be looked at'))],
    ['has no descriptor', () => car({ 'a.txt': 'a' })],
    ['names no carbon application', () => car({ 'artifacts.xml': '<artifacts/>' })],
    ['lacks a dependency', () => car({ 'artifacts.xml': descriptor('A') })],
  ])('%s is logged only, and is no application at all', async (_, make) => {
    const read = await readCarbonApplication('x.car', await make());
    expect(Object.keys(read).sort()).toEqual(['file', 'rejected']);
  });
});
