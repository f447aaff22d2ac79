/** Archives, documents and links made to do harm: each is refused by the name of the file, at once and in little memory. */
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { packZip } from '@wso2-delivery/shared/formats/zip';
import { matchSource, openContext } from '@wso2-delivery/shared/oci/dockerfile/context';
import { workspace, type Workspace } from '../../../support/build-mi.ts';

let work: Workspace;
beforeEach(() => {
  work = workspace();
});
afterEach(() => work.ports.dispose());

interface RawEntry {
  readonly name: string;
  readonly content: Buffer;
  /** What the directory says of its size; default the truth. */
  readonly announced?: number;
  /** Unix mode with the type of the file. */
  readonly mode?: number;
}

const NOTHING = deflateRawSync(Buffer.alloc(0));

/** A zip as no honest tool writes it: names, sizes and types as they are given. */
function rawZip(entries: readonly RawEntry[]): Buffer {
  const [parts, directory]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const { name, content, announced = content.length, mode = 0o100644 } of entries) {
    const packed = content.length === 0 ? NOTHING : deflateRawSync(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(announced, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE((mode << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    const local = [Buffer.from('504b0304', 'hex'), common, Buffer.from(name), packed];
    parts.push(...local);
    directory.push(Buffer.from('504b0102', 'hex'), Buffer.from([20, 3]), common, rest, Buffer.from(name));
    offset += local.reduce((sum, { length }) => sum + length, 0);
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  // The end with 64 bits, and the one that says no more than "look there".
  const large = Buffer.alloc(56 + 20);
  large.writeUInt32BE(0x504b0606, 0);
  large.writeBigUInt64LE(44n, 4);
  large.writeBigUInt64LE(BigInt(entries.length), 24);
  large.writeBigUInt64LE(BigInt(entries.length), 32);
  large.writeBigUInt64LE(BigInt(size), 40);
  large.writeBigUInt64LE(BigInt(offset), 48);
  large.writeUInt32BE(0x504b0607, 56);
  large.writeBigUInt64LE(BigInt(offset + size), 64);
  large.writeUInt32LE(1, 72);
  const end = Buffer.alloc(22, 0xff);
  end.writeUInt32BE(0x504b0506, 0);
  end.writeUInt32LE(0, 4);
  end.writeUInt16LE(0, 20);
  return Buffer.concat([...parts, ...directory, large, end]);
}

const application = '<artifact name="app" version="1.0.0" type="carbon/application">';
const list = (inside = '') => `<artifacts>${application}${inside}</artifact></artifacts>`;
const listed = { name: 'artifacts.xml', content: Buffer.from(list()) };
const laughs = `<!DOCTYPE lolz [<!ENTITY l0 "ha">${Array.from(
  { length: 20 },
  (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`,
).join('')}]>`;
const outside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>';

const archives: Readonly<Record<string, readonly [make: () => Buffer | Promise<Buffer>, words: RegExp]>> = {
  'a bomb that says so': [
    () => rawZip([listed, { name: 'x', content: Buffer.alloc(10), announced: 3_000_000_000 }]),
    /unpacks to more than the \d+ bytes allowed/,
  ],
  'a bomb that says less than it holds': [
    () => rawZip([listed, { name: 'x', content: Buffer.alloc(64 << 20), announced: 100 }]),
    /is damaged at x: it has more than the 100 bytes that it announces/,
  ],
  'a hundred thousand entries': [
    () => rawZip(Array.from({ length: 100_000 }, (_, i) => ({ name: `x${i}`, content: Buffer.alloc(0) }))),
    /holds 100000 entries, more than the 20000 allowed/,
  ],
  'a name that climbs out': [
    () => rawZip([listed, { name: '../../evil', content: Buffer.from('x') }]),
    /would leave its folder: \.\.\/\.\.\/evil/,
  ],
  'a name that climbs out in the middle': [
    () => rawZip([listed, { name: 'a/../../evil', content: Buffer.from('x') }]),
    /would leave its folder: a\/\.\.\/\.\.\/evil/,
  ],
  'an absolute name': [
    () => rawZip([listed, { name: '/etc/cron.d/x', content: Buffer.from('x') }]),
    /would leave its folder: \/etc\/cron\.d\/x/,
  ],
  'a name with a drive': [
    () => rawZip([listed, { name: 'C:/x', content: Buffer.from('x') }]),
    /would leave its folder: C:\/x/,
  ],
  'a name with backslashes': [
    () => rawZip([listed, { name: '..\\..\\evil', content: Buffer.from('x') }]),
    /would leave its folder/,
  ],
  'a symbolic link': [
    () => rawZip([listed, { name: 'link', content: Buffer.from('/etc/passwd'), mode: 0o120777 }]),
    /holds a symbolic link: link/,
  ],
  'an entity bomb as its list': [
    () => rawZip([{ name: 'artifacts.xml', content: Buffer.from(`${laughs}<artifacts>&l20;</artifacts>`) }]),
    /has a broken artifacts\.xml/,
  ],
  'an external entity in its list': [
    () => rawZip([{ name: 'artifacts.xml', content: Buffer.from(`${outside}<artifacts>&x;</artifacts>`) }]),
    /has a broken artifacts\.xml/,
  ],
  'an entity bomb in an artifact.xml': [
    () => rawZip([listed, { name: 'A_1/artifact.xml', content: Buffer.from(`${laughs}<artifact name="&l20;"/>`) }]),
    /has a broken A_1\/artifact\.xml/,
  ],
  'elements without end': [
    () => rawZip([{ name: 'artifacts.xml', content: Buffer.from('<a>'.repeat(1_000_000) + '</a>'.repeat(1_000_000)) }]),
    /has a broken artifacts\.xml: is nested too deeply/,
  ],
};

describe('a carbon application that is', () => {
  test.each(Object.keys(archives))('%s is refused', async (name) => {
    const [make, words] = archives[name] ?? [() => Buffer.alloc(0), /never/];
    writeFileSync(join(work.ports.files.workspace, 'hostile.car'), await make());
    const before = process.memoryUsage().rss;
    const startedAt = Date.now();
    const { failure, outputs } = await work.run({ cars: 'hostile.car' });
    expect(failure).toMatchObject({ kind: 'input', code: 'CAR_MALFORMED' });
    expect((failure as Error).message).toMatch(/^hostile\.car: /);
    expect((failure as Error).message).toMatch(words);
    expect(outputs.carbonApplications).toBeUndefined();
    expect(Date.now() - startedAt).toBeLessThan(5000);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 << 20);
  });
});

describe('an artifact in a carbon application', () => {
  const withPayload = async (payload: string) => {
    const artifact = '<artifact name="A" version="1.0.0" type="synapse/sequence"><file>A.xml</file></artifact>';
    const entries = {
      'artifacts.xml': list('<dependency artifact="A" version="1.0.0" include="true"/>'),
      'A_1.0.0/artifact.xml': artifact,
      'A_1.0.0/A.xml': payload,
    };
    const parts = await packZip(Object.entries(entries).map(([name, text]) => ({ name, data: Buffer.from(text) })));
    writeFileSync(join(work.ports.files.workspace, 'app.car'), Buffer.concat(parts));
    return work.run({ cars: 'app.car' });
  };

  test.each([
    ['an entity bomb', `${laughs}<sequence name="A">&l20;</sequence>`],
    ['an external entity', `${outside}<sequence name="A">&x;</sequence>`],
  ])('that is %s is a malformed artifact, and nothing of it is expanded', async (_, payload) => {
    const { failure } = await withPayload(payload);
    expect(failure).toMatchObject({ kind: 'verification', code: 'CAR_DIFFERS' });
    expect((failure as Error).message).toContain("The sequence 'A' in app 1.0.0 is not well-formed XML.");
    expect(work.ports.lines.join('\n')).not.toContain('root:');
  });
});

describe('a pom that is', () => {
  test.each([
    ['an entity bomb', `${laughs}<project>&l20;</project>`],
    ['an external entity', `${outside}<project><artifactId>&x;</artifactId></project>`],
  ])('%s is refused by name, and Maven is not started', async (_, text) => {
    work.put('pom.xml', text);
    const { failure } = await work.run();
    expect(failure).toMatchObject({ code: 'MAVEN_POM_MALFORMED' });
    expect((failure as Error).message).toMatch(/^pom\.xml: /);
  });
});

describe('a link out of the workspace', () => {
  test('as a carbon application is refused by name', async () => {
    symlinkSync('/etc/hostname', join(work.ports.files.workspace, 'link.car'));
    const { failure } = await work.run({ cars: 'link.car' });
    expect(failure).toMatchObject({ code: 'CAR_NOT_FOUND' });
    expect((failure as Error).message).toContain("'link.car' leads out of the workspace");
  });

  test.each([
    ['a file', '/etc/hostname', 'secret'],
    ['a folder on the way', '/etc', 'secret/hostname'],
    ['a way up', '../../../etc/hostname', 'secret'],
  ])('in the context of a Dockerfile (%s) is refused by name', (_, target, source) => {
    symlinkSync(target, join(work.ports.files.workspace, 'secret'));
    expect(() => matchSource(openContext(work.ports.files.workspace), source)).toThrow(
      /^secret: is a link to \S+, outside the build context$/,
    );
  });
});
