/** Class mediators of a project that its CAR does not hold. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { packZip } from '@wso2-delivery/shared/formats/zip';
import type { Car } from '@wso2-delivery/shared/mi/car';
import { classFindings, classUses } from '@wso2-delivery/shared/mi/class-use';
import { readSources } from '@wso2-delivery/shared/mi/sources';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'class-use-'));
  put(
    'sequences/S.xml',
    '<sequence name="S">\n<class name="com.acme.Sign"/>\n<class name="com.acme.Sign"/>\n<class name="org.other.Lib"/>\n<class name="{$ctx:dynamic}"/>\n</sequence>',
  );
  put('tasks/T.xml', '<task name="T"\n class="com.acme.Clean"/>');
});
afterEach(() => rmSync(folder, { recursive: true }));
const put = (path: string, text: string) => {
  const file = join(folder, 'src/main/wso2mi/artifacts', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
};

const jar = async (...names: string[]): Promise<Buffer> =>
  Buffer.concat(await packZip(names.map((name) => ({ name, data: Buffer.from(name) }))));
const carWith = (type?: string, payload?: Buffer): Car => ({
  name: 'app',
  version: '1.0.0',
  dependencies: [],
  artifacts:
    type === undefined
      ? []
      : [{ name: 'x', version: '1.0.0', type, folder: 'x', file: 'x.jar', payload, attachments: new Map() }],
});
const check = async (car: Car, others: readonly Car[] = [], hint?: string) => {
  const found = await classFindings({
    car,
    sources: readSources(folder),
    others,
    sourceOf: (name) => (name.startsWith('com.acme.') ? join(folder, `${name}.java`) : undefined),
    hint,
    display: (path) => relative(folder, path),
  });
  return found.map(({ severity, rule, subject, file, line }) => `${severity} ${rule} ${subject} ${file}:${line}`);
};

test('each class is named at its first use; expressions are none', () => {
  expect(classUses(readSources(folder)).map(({ className, line }) => `${className}:${line}`)).toEqual([
    'com.acme.Sign:2',
    'org.other.Lib:4',
    'com.acme.Clean:1',
  ]);
});

describe('a class whose source is in the project', () => {
  const sign = 'warning class-unpackaged com.acme.Sign src/main/wso2mi/artifacts/sequences/S.xml:2';
  const clean = 'warning class-unpackaged com.acme.Clean src/main/wso2mi/artifacts/tasks/T.xml:1';

  test('and that no jar of the CAR holds is found; one from elsewhere is left alone', async () => {
    expect(await check(carWith())).toEqual([sign, clean]);
    expect(await check(carWith('lib/synapse/mediator', await jar('com/acme/Sign.class')))).toEqual([clean]);
  });

  test('is not missed where another carbon application brings it, nor where a jar cannot be read', async () => {
    const both = carWith('lib/library/bundle', await jar('com/acme/Sign.class', 'com/acme/Clean.class'));
    expect(await check(carWith(), [both])).toEqual([]);
    expect(await check(carWith('lib/synapse/mediator', Buffer.from('no zip')))).toEqual([]);
  });
});
