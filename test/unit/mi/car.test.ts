import { mkdtempSync, rmSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { copyFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeZip } from '@wso2-delivery/shared/formats/zip';
import { artifactOf, readCar } from '@wso2-delivery/shared/mi/car';

const fixtures = join(import.meta.dirname, '../../fixtures/mi');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mi-car-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a CAR of the Maven plugin', () => {
  test('is read with its application, its artifacts and their payloads', async () => {
    const car = await readCar(join(fixtures, 'ok_rich/hello_1.0.0.car'));
    expect(`${car.name} ${car.version}`).toBe('hello 1.0.0');
    expect(car.dependencies).toHaveLength(14);
    expect(car.dependencies.map((dependency) => artifactOf(car, dependency)?.type)).toEqual([
      'synapse/api',
      'synapse/endpoint',
      'synapse/inbound-endpoint',
      'synapse/local-entry',
      'synapse/message-processors',
      'synapse/message-store',
      'synapse/proxy-service',
      'synapse/sequence',
      'synapse/task',
      'synapse/template',
      'datasource/datasource',
      'service/dataservice',
      'registry/resource',
      'config/property',
    ]);
    const resource = car.artifacts.find(({ type }) => type === 'registry/resource');
    expect(resource?.attachments.get('resources/ok.json')?.toString()).toBe('{"a":1}\n');
  });

  test('keeps duplicates as artifacts.xml lists them', async () => {
    const car = await readCar(join(fixtures, 'duplicate_name/hello_1.0.0.car'));
    expect(car.dependencies.map(({ artifact }) => artifact)).toEqual(['HelloAPI', 'BackendEP', 'HelloSeq', 'HelloSeq']);
    expect(car.artifacts).toHaveLength(3);
  });
});

describe('what is no CAR', () => {
  const at = (name: string) => join(folder, name);
  const zip = async (name: string, entries: Readonly<Record<string, string>>) => {
    await writeZip(
      at(name),
      Object.entries(entries).map(([entry, text]) => ({ name: entry, data: Buffer.from(text) })),
    );
    return at(name);
  };

  test.each<readonly [what: string, make: () => string | Promise<string>, message: RegExp]>([
    ['a file that is not there', () => at('gone.car'), /^x\.car: does not exist$/],
    [
      'a file of zero bytes',
      () => {
        writeFileSync(at('empty.car'), '');
        return at('empty.car');
      },
      /is empty \(0 bytes\)/,
    ],
    [
      'a web page',
      () => {
        writeFileSync(at('page.car'), '<html>please log in</html>');
        return at('page.car');
      },
      /is not a zip/,
    ],
    [
      'a download that was cut off',
      () => {
        copyFileSync(join(fixtures, 'ok/hello_1.0.0.car'), at('cut.car'));
        truncateSync(at('cut.car'), 2000);
        return at('cut.car');
      },
      /is not a zip/,
    ],
    [
      'a zip of something else',
      () => zip('other.car', { 'a.txt': 'x' }),
      /no artifacts\.xml: it is a zip, and no carbon application/,
    ],
    [
      'a broken artifacts.xml',
      () => zip('broken.car', { 'artifacts.xml': '<artifacts>' }),
      /has a broken artifacts\.xml/,
    ],
    [
      'an artifacts.xml of nothing',
      () => zip('none.car', { 'artifacts.xml': '<artifacts/>' }),
      /without a carbon\/application/,
    ],
    [
      'a broken artifact.xml',
      () =>
        zip('inner.car', {
          'artifacts.xml': '<artifacts><artifact name="a" version="1" type="carbon/application"/></artifacts>',
          'A_1/artifact.xml': '<artifact',
        }),
      /has a broken A_1\/artifact\.xml/,
    ],
    [
      'an artifacts.xml whose entities multiply',
      () =>
        zip('entities.car', {
          'artifacts.xml': `<!DOCTYPE a [<!ENTITY a "${'x'.repeat(1000)}"><!ENTITY b "${'&a;'.repeat(1000)}">]><artifacts>&b;</artifacts>`,
        }),
      /has a broken artifacts\.xml: .*&b;/,
    ],
    [
      'more entries than any application has',
      () => zip('many.car', Object.fromEntries(Array.from({ length: 20_001 }, (_, index) => [`${index}/x`, '']))),
      /holds 20001 entries, more than the 20000 allowed/,
    ],
    [
      'an entry that leads out of its folder',
      async () => {
        await zip('out.car', { 'artifacts.xml': '<artifacts/>', xx_etc_passwd: 'root' });
        const bytes = readFileSync(at('out.car'), 'latin1').replaceAll('xx_etc_passwd', '../etc/passwd');
        writeFileSync(at('out.car'), bytes, 'latin1');
        return at('out.car');
      },
      /would leave its folder: \.\.\/etc\/passwd/,
    ],
    [
      'a symbolic link',
      async () => {
        const bytes = readFileSync(await zip('link.car', { link: '/etc/passwd' }));
        // The external attributes of its entry in the directory: the kind of file in the upper half.
        bytes.writeUInt32LE((0o120777 << 16) >>> 0, bytes.indexOf('PK\x01\x02', 0, 'latin1') + 38);
        writeFileSync(at('link.car'), bytes);
        return at('link.car');
      },
      /holds a symbolic link: link/,
    ],
    [
      'a bomb',
      () => zip('bomb.car', { 'artifacts.xml': '<artifacts/>', 'A_1/a.xml': 'a'.repeat(65 * 1024 * 1024) }),
      /unpacks to more than 200 times its size/,
    ],
  ])('%s is refused by name', async (_, make, message) => {
    await expect(readCar(await make(), 'x.car')).rejects.toMatchObject({
      code: expect.stringMatching(/^CAR_(MALFORMED|NOT_FOUND)$/),
      message: expect.stringMatching(message),
    });
  });
});
