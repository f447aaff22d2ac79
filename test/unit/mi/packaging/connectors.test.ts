import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { writeZip } from '@wso2-delivery/shared/formats/zip';
import { connectorPart, needsOf, packsLibraries } from '@wso2-delivery/shared/mi/packaging/connectors';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'connectors-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function archive(files: Readonly<Record<string, string>>) {
  const path = join(folder, 'c.zip');
  await writeZip(
    path,
    Object.entries(files).map(([name, text]) => ({ name, data: Buffer.from(text) })),
  );
  return { fileName: 'mail-connector-1.0.0.zip', content: readFileSync(path) };
}
const component = '<connector><component name="mail" package="org.example"/></connector>';

test.each([
  ['4.3.0', false],
  ['4.4.0', true],
  ['4.10.1', true],
  ['5.0.0', true],
  [undefined, false],
])('a runtime %s takes libraries of connectors: %s', (version, takes) => expect(packsLibraries(version)).toBe(takes));

describe('the libraries of a connector', () => {
  const descriptor = `dependencies:
  - {groupId: g, artifactId: always, version: 1.0.0}
  - {groupId: g, artifactId: imap, version: 1.0.0, connectionType: IMAP}`;

  test('are those without a connection type and those of connection types in use', async () => {
    const connector = await archive({ 'connector.xml': component, 'descriptor.yml': descriptor });
    const names = async (...types: string[]) =>
      (await needsOf(connector, new Set(types)))?.libraries.map(({ artifactId }) => artifactId);
    expect(await names()).toEqual(['always']);
    expect(await names('IMAP')).toEqual(['always', 'imap']);
    expect((await needsOf(connector, new Set()))?.connector).toBe('{org.example}mail');
  });

  test('are none without a descriptor', async () => {
    expect(await needsOf(await archive({ 'connector.xml': component }), new Set())).toBeUndefined();
  });

  test.each([
    [
      'a version that YAML takes for a number',
      'dependencies:\n  - {groupId: g, artifactId: a, version: 1.10}',
      /quote/,
    ],
    ['broken YAML', 'dependencies: [', /./],
  ])('%s is named', async (_, text, problem) => {
    const connector = await archive({ 'connector.xml': component, 'descriptor.yml': text });
    await expect(needsOf(connector, new Set())).rejects.toMatchObject({ code: 'CAR_NOT_PACKABLE' });
    await expect(needsOf(connector, new Set())).rejects.toThrow(problem);
  });

  test('an archive that is none is named', async () => {
    const connector = { fileName: 'x-1.zip', content: Buffer.from('no zip') };
    await expect(needsOf(connector, new Set())).rejects.toThrow(/x-1\.zip: is not a zip/);
  });
});

test('a connector is called by its file up to the last dash', () => {
  const content = Buffer.alloc(0);
  expect(connectorPart({ fileName: 'mi-connector-http-0.1.8.zip', content })).toMatchObject({
    name: 'mi-connector-http',
    version: '0.1.8',
    type: 'synapse/lib',
  });
  expect(() => connectorPart({ fileName: 'connector.zip', content })).toThrow(/not called <name>-<version>\.zip/);
});
