import { mkdtempSync, readFileSync, realpathSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MalformedError } from '@wso2-delivery/shared/formats/malformed';
import { packZip, readZip, writeZip, type ZipEntry } from '@wso2-delivery/shared/formats/zip';

let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'zip-')));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('zip', () => {
  const entries = [
    { name: 'b/', data: Buffer.alloc(0) },
    { name: 'b/two.txt', data: Buffer.from('two') },
    { name: 'a.txt', data: Buffer.from('one') },
  ];

  test('is written and read back, sorted, the same bytes whatever the order', async () => {
    const [one, two] = [join(folder, '1.zip'), join(folder, '2.zip')];
    await writeZip(one, entries);
    await writeZip(two, [...entries].reverse());
    expect(readFileSync(one).equals(readFileSync(two))).toBe(true);
    expect((await readZip(one)).map(({ name, data }) => `${name}=${data.toString()}`)).toEqual([
      'a.txt=one',
      'b/=',
      'b/two.txt=two',
    ]);
    expect(await readZip(readFileSync(one))).toHaveLength(3);
  });

  test.each([
    ['text', Buffer.from('not a zip at all')],
    ['nothing', Buffer.alloc(0)],
  ])('%s is not one', async (_, bytes) => {
    await expect(readZip(bytes)).rejects.toThrow(/is not a zip/);
  });

  test('a truncated or damaged one is refused', async () => {
    const path = join(folder, '3.zip');
    await writeZip(path, [{ name: 'x', data: Buffer.from('abc'.repeat(1000)) }]);
    const bytes = readFileSync(path);
    await expect(readZip(bytes.subarray(0, bytes.length - 30))).rejects.toBeInstanceOf(MalformedError);
    const damaged = Buffer.from(bytes);
    damaged.fill(0xff, 35, 45);
    await expect(readZip(damaged)).rejects.toBeInstanceOf(MalformedError);
  });

  test('one beyond the limits is refused before it is unpacked', async () => {
    const path = join(folder, '4.zip');
    await writeZip(path, [{ name: 'zeros', data: Buffer.alloc(1_000_000) }]);
    await expect(readZip(path, { maxBytes: 1000 })).rejects.toThrow(/more than the 1000 bytes/);
    await expect(readZip(path, { maxEntries: 0 })).rejects.toThrow(/more than the 0 allowed/);
  });

  test('a bomb is refused before it is unpacked, also one whose entries each look harmless', async () => {
    const zeros = Buffer.alloc(8 * 1024 * 1024);
    const bomb = await packZip(Array.from({ length: 9 }, (_, index) => ({ name: `${index}`, data: zeros })));
    await expect(readZip(Buffer.concat(bomb))).rejects.toThrow(/more than 200 times its size/);
  });

  test('what is large and repeats itself is no bomb', async () => {
    const [zeros, noise] = [Buffer.alloc(8 * 1024 * 1024), randomBytes(512 * 1024)];
    const entries = Array.from({ length: 9 }, (_, index) => ({ name: `${index}`, data: zeros }));
    const packed = await packZip([...entries, { name: 'noise', data: noise }]);
    expect(await readZip(Buffer.concat(packed))).toHaveLength(10);
  });

  test.each(['../evil', '/etc/x', 'a/../../x'])('an entry named %p is refused', async (name) => {
    const path = join(folder, '5.zip');
    const long = 'x'.repeat(name.length);
    await writeZip(path, [{ name: long, data: Buffer.from('evil') }]);
    const bytes = readFileSync(path).toString('latin1').replaceAll(long, name);
    writeFileSync(path, bytes, 'latin1');
    await expect(readZip(path)).rejects.toThrow(/would leave its folder/);
  });

  test('an absent file is a system error, not a malformed one', async () => {
    await expect(readZip(join(folder, 'none.zip'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('writing', () => {
  const bytesOf = async (...given: Parameters<typeof packZip>) => Buffer.concat(await packZip(...given));

  test('what goes in comes back, stored or deflated, whatever the order', async () => {
    const name = fc.stringMatching(/^[a-zäß€𝄞]{1,6}(\/[a-z]{1,4}){0,2}$/u);
    const entry = fc.record({ name, data: fc.uint8Array({ maxLength: 300 }).map((data) => Buffer.from(data)) });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(entry, { selector: ({ name: text }) => text, maxLength: 12 }),
        fc.constantFrom('store' as const, 'deflate' as const),
        async (entries, method) => {
          const packed = await bytesOf(entries, { method });
          expect((await bytesOf([...entries].reverse(), { method })).equals(packed)).toBe(true);
          const read = new Map((await readZip(packed)).map((found) => [found.name, found.data.toString('hex')]));
          expect(read).toEqual(new Map(entries.map((given) => [given.name, given.data.toString('hex')])));
        },
      ),
      { numRuns: 100 },
    );
  });

  test('large contents, compressible and not, come back', async () => {
    const entries: ZipEntry[] = [
      { name: 'noise.jar', data: randomBytes(1_500_000) },
      { name: 'text.xml', data: Buffer.from('<sequence/>\n'.repeat(200_000)) },
    ];
    const packed = await bytesOf(entries);
    expect(packed.length).toBeLessThan(1_550_000);
    expect(
      (await readZip(packed)).map(({ data }, index) => data.equals(entries[index]?.data ?? Buffer.alloc(0))),
    ).toEqual([true, true]);
  });

  test('what is stored is in the archive as it is, and not copied', async () => {
    const data = Buffer.from('<api name="EmployeeAPI"/>'.repeat(100));
    const parts = await packZip([{ name: 'api.xml', data }], { method: 'store' });
    expect(parts).toContain(data);
  });

  test('more entries than a plain zip can count are refused', async () => {
    const entries = Array.from({ length: 65_535 }, (_, i) => ({ name: String(i), data: Buffer.alloc(0) }));
    await expect(packZip(entries)).rejects.toThrow(RangeError);
  });
});

describe('an archive that lies', () => {
  const content = Buffer.from('<api name="EmployeeAPI"/>\n'.repeat(20));
  // The local header has 30 bytes and the name; the directory follows the content.
  const lie = async (method: 'store' | 'deflate', change: (bytes: Buffer, directory: number) => void) => {
    const bytes = Buffer.concat(await packZip([{ name: 'api.xml', data: content }], { method }));
    const directory = bytes.indexOf('PK\x01\x02', 0, 'latin1');
    change(bytes, directory);
    return readZip(bytes);
  };

  test.each<[string, 'store' | 'deflate', (bytes: Buffer, directory: number) => void, RegExp]>([
    ['on its content', 'store', (bytes) => bytes.fill(0x41, 40, 44), /api\.xml: its checksum is wrong/],
    ['on its checksum', 'deflate', (bytes, at) => bytes.fill(0, at + 16, at + 20), /api\.xml: its checksum is wrong/],
    [
      'by announcing less than there is',
      'deflate',
      (bytes, at) => bytes.writeUInt32LE(10, at + 24),
      /has (?:more than the 10 bytes that it announces|11 bytes instead of 10)/,
    ],
    [
      'by announcing more than there is',
      'deflate',
      (bytes, at) => bytes.writeUInt32LE(content.length + 5, at + 24),
      /520 bytes instead of 525/,
    ],
    ['on where the entry is', 'store', (bytes, at) => bytes.writeUInt32LE(7, at + 42), /no such entry where/],
    [
      'on where the entry is, beyond the end',
      'store',
      (bytes, at) => bytes.writeUInt32LE(1e9, at + 42),
      /no such entry/,
    ],
    ['on how much is packed', 'deflate', (bytes, at) => bytes.writeUInt32LE(1e6, at + 20), /cut off/],
    ['with broken compressed bytes', 'deflate', (bytes) => bytes.fill(0xff, 37, 45), /is damaged at api\.xml/],
    ['with a method of its own', 'deflate', (bytes, at) => bytes.writeUInt16LE(12, at + 10), /compression method 12/],
    ['by being encrypted', 'deflate', (bytes, at) => bytes.writeUInt16LE(1, at + 8), /it is encrypted/],
    [
      'as a symbolic link',
      'store',
      (bytes, at) => bytes.writeUInt32LE((0o120777 << 16) >>> 0, at + 38),
      /holds a symbolic link: api\.xml/,
    ],
  ])('%s is refused', async (_, method, change, message) => {
    const attempt = lie(method, change);
    await expect(attempt).rejects.toBeInstanceOf(MalformedError);
    await expect(attempt).rejects.toThrow(message);
  });

  test('in a large entry is refused, too, and leaves no other failure behind', async () => {
    const data = Buffer.from('0123456789'.repeat(100_000));
    const entries = ['a', 'b', 'c'].map((name) => ({ name, data }));
    const bytes = Buffer.concat(await packZip(entries));
    let at = 0;
    for (let i = 0; i < 3; i++) {
      at = bytes.indexOf('PK\x01\x02', at + 1, 'latin1');
      bytes.writeUInt32LE(i === 2 ? 1e9 : 999_999, at + 24);
    }
    await expect(readZip(bytes)).rejects.toThrow(/unpacks to more than/);
    bytes.writeUInt32LE(999_999, at + 24);
    await expect(readZip(bytes)).rejects.toThrow(/is damaged at a/);
  });

  test('by its size alone is not read', async () => {
    const path = join(folder, 'huge.zip');
    writeFileSync(path, '');
    truncateSync(path, 17 * 1024 * 1024);
    await expect(readZip(path, { maxBytes: 1000 })).rejects.toThrow(
      /has 17825792 bytes, more than the 1000 bytes allowed/,
    );
  });
});
