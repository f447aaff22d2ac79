import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { writeZip, type ZipEntry } from '@wso2-delivery/shared/formats/zip';
import { toCar } from '@wso2-delivery/shared/mi/car';
import { type Component, sbomOf } from '@wso2-delivery/shared/mi/sbom';
import { problemsOfBill } from '../../support/cyclonedx-schema.ts';

async function zipped(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'sbom-'));
  const path = join(folder, 'a.zip');
  await writeZip(path, entriesOf(files));
  const bytes = readFileSync(path);
  rmSync(folder, { recursive: true });
  return bytes;
}
const entriesOf = (files: Readonly<Record<string, string | Buffer>>): ZipEntry[] =>
  Object.entries(files).map(([name, data]) => ({ name, data: Buffer.from(data) }));
const properties = (name: string) => `#comment\ngroupId=org.example\nartifactId=${name}\nversion=1.2.3\n`;
const jar = () => zipped({ 'META-INF/maven/org.example/driver/pom.properties': properties('driver'), 'A.class': 'x' });
const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const artifact = (name: string, type: string, file: string) =>
  `<artifact name="${name}" version="1.0.0" type="${type}"><file>${file}</file></artifact>`;

async function car() {
  const driver = await jar();
  const plain = await zipped({ 'B.class': 'x' });
  const connector = await zipped({ 'connector.xml': '<c/>', 'lib/driver.jar': driver, 'lib/plain.jar': plain });
  const mediator = await zipped({ 'META-INF/maven/org.example/mediator/pom.properties': properties('mediator') });
  return {
    driver,
    car: toCar(
      entriesOf({
        'artifacts.xml':
          '<artifacts><artifact name="employees" version="1.0.0" type="carbon/application"><dependency artifact="Api" version="1.0.0"/></artifact></artifacts>',
        'Api_1.0.0/artifact.xml': artifact('Api', 'synapse/api', 'Api.xml'),
        'Api_1.0.0/Api.xml': '<api/>',
        'mail_1.0.0/artifact.xml': artifact('mail', 'synapse/lib', 'mail.zip'),
        'mail_1.0.0/mail.zip': connector,
        'med_1.0.0/artifact.xml': artifact('med', 'lib/synapse/mediator', 'med.jar'),
        'med_1.0.0/med.jar': mediator,
        'odd_1.0.0/artifact.xml': artifact('odd', 'synapse/lib', 'odd.zip'),
        'odd_1.0.0/odd.zip': 'no zip',
      }),
    ),
  };
}
const image = { name: 'ghcr.io/acme/employees', version: '1.0.0' };

test('artifacts, connectors with their jars, and class mediators, with hashes and Maven coordinates', async () => {
  const { car: employees, driver } = await car();
  const document = (await sbomOf([employees], [], image)) as { components: Component[] };
  expect(document).toMatchObject({
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    metadata: { component: { name: image.name } },
  });
  const [application] = document.components;
  expect(application).toMatchObject({ type: 'application', name: 'employees', version: '1.0.0' });
  const part = (name: string) => application?.components?.find((component) => component.name === name);
  expect(part('Api')).toMatchObject({
    type: 'file',
    description: 'API',
    hashes: [{ content: sha(Buffer.from('<api/>')) }],
  });
  expect(part('mail')?.components).toEqual([
    {
      type: 'library',
      'bom-ref': 'car:employees@1.0.0/mail_1.0.0/lib/driver.jar',
      group: 'org.example',
      name: 'driver',
      version: '1.2.3',
      purl: 'pkg:maven/org.example/driver@1.2.3',
      hashes: [{ alg: 'SHA-256', content: sha(driver) }],
    },
    expect.objectContaining({ type: 'library', name: 'plain.jar' }),
  ]);
  expect(part('med')).toMatchObject({ type: 'library', purl: 'pkg:maven/org.example/mediator@1.2.3' });
  expect(part('odd')).not.toHaveProperty('components');
});

test('the schema of CycloneDX takes it', async () => {
  const { car: employees, driver } = await car();
  const document = await sbomOf([employees], [{ path: '/opt/lib/driver.jar', bytes: driver }], image);
  expect(problemsOfBill(document)).toEqual([]);
});

test('every reference is unique and every dependency leads to a component', async () => {
  const { car: employees, driver } = await car();
  const document = (await sbomOf([employees], [{ path: '/lib/driver.jar', bytes: driver }], image)) as {
    components: Component[];
    dependencies: { ref: string; dependsOn: string[] }[];
  };
  const all = (list: readonly Component[]): string[] =>
    list.flatMap((component) => [component['bom-ref'], ...all(component.components ?? [])]);
  const references = ['image', ...all(document.components)];
  expect(new Set(references).size).toBe(references.length);
  for (const { ref, dependsOn } of document.dependencies) {
    for (const name of [ref, ...dependsOn]) expect(references).toContain(name);
  }
  expect(references).toContain('/lib/driver.jar');
});

test('the same applications give the same document, others another serial number', async () => {
  const { car: employees } = await car();
  const [one, same, other] = await Promise.all([
    sbomOf([employees], [], image),
    sbomOf([employees], [], image),
    sbomOf([employees], [], { ...image, version: '2.0.0' }),
  ]);
  expect(same).toEqual(one);
  expect((other as { serialNumber: string }).serialNumber).not.toBe((one as { serialNumber: string }).serialNumber);
  expect((one as { serialNumber: string }).serialNumber).toMatch(
    /^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  );
});
