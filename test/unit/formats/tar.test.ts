import { describe, expect, test } from '@jest/globals';
import { extract } from 'tar-stream';
import { type TarEntry, writeTar } from '@wso2-delivery/shared/formats/tar';

const MODIFIED = new Date('2026-01-02T03:04:05Z');

async function pack(entries: readonly TarEntry[]): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of writeTar(entries, MODIFIED)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function unpack(bytes: Buffer): Promise<{ header: Record<string, unknown>; content: string }[]> {
  const reader = extract();
  reader.end(bytes);
  const entries: { header: Record<string, unknown>; content: string }[] = [];
  for await (const entry of reader) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    entries.push({ header: { ...entry.header }, content: Buffer.concat(chunks).toString() });
  }
  return entries;
}

const own = { uid: 10802, gid: 10802 };
const announcing = (length: number, content: string) => ({
  length,
  async *open() {
    yield await Promise.resolve(Buffer.from(content));
  },
});

describe('tar', () => {
  test('entries keep name, type, mode, owner and content, in the given order', async () => {
    const entries = await unpack(
      await pack([
        { name: 'home/', type: 'directory', mode: 0o755, uid: 0, gid: 0 },
        { name: 'home/a.car', type: 'file', mode: 0o640, ...own, content: 'bytes' },
        { name: 'home/empty', type: 'file', mode: 0o644, ...own },
        { name: 'home/stream', type: 'file', mode: 0o644, ...own, content: announcing(6, 'stream') },
        { name: 'home/link', type: 'symlink', mode: 0o777, ...own, target: 'a.car' },
      ]),
    );
    expect(entries.map(({ header, content }) => [header.name, header.type, header.mode, header.uid, content])).toEqual([
      ['home/', 'directory', 0o755, 0, ''],
      ['home/a.car', 'file', 0o640, 10802, 'bytes'],
      ['home/empty', 'file', 0o644, 10802, ''],
      ['home/stream', 'file', 0o644, 10802, 'stream'],
      ['home/link', 'symlink', 0o777, 10802, ''],
    ]);
    expect(entries.every(({ header }) => (header.mtime as Date).getTime() === MODIFIED.getTime())).toBe(true);
    expect(entries.at(-1)?.header.linkname).toBe('a.car');
  });

  test('long and non-ASCII names survive', async () => {
    const names = [`${'d'.repeat(90)}/${'e'.repeat(90)}/${'f'.repeat(120)}.car`, 'home/größe-日本.car'];
    const entries = await unpack(
      await pack(names.map((name) => ({ name, type: 'file' as const, mode: 0o644, ...own, content: 'x' }))),
    );
    expect(entries.map(({ header }) => header.name)).toEqual(names);
  });

  test('content larger than any buffer flows through', async () => {
    const piece = Buffer.alloc(300_000, 7);
    const content = {
      length: piece.length * 10,
      async *open() {
        for (let i = 0; i < 10; i += 1) yield await Promise.resolve(piece);
      },
    };
    const packed = await pack([{ name: 'big', type: 'file', mode: 0o644, ...own, content }]);
    expect(packed.length).toBe(512 + Math.ceil(3_000_000 / 512) * 512 + 1024);
  });

  test.each([
    ['shrank', 10, 'short'],
    ['grew', 3, 'longer'],
  ])('a file that %s while it was read fails the archive instead of corrupting it', async (_, length, content) => {
    const entry: TarEntry = { name: 'a', type: 'file', mode: 0o644, ...own, content: announcing(length, content) };
    await expect(pack([entry])).rejects.toThrow(`a changed while it was read: ${length} bytes were announced`);
  });

  test('a file that cannot be read fails the archive', async () => {
    const content = {
      length: 5,
      async *open(): AsyncGenerator<Uint8Array> {
        yield await Promise.reject<Uint8Array>(new Error('EIO'));
      },
    };
    await expect(pack([{ name: 'a', type: 'file', mode: 0o644, ...own, content }])).rejects.toThrow('EIO');
  });

  test('stopping in the middle leaves nothing hanging', async () => {
    const content = announcing(5_000_000, 'x'.repeat(5_000_000));
    for await (const chunk of writeTar([{ name: 'a', type: 'file', mode: 0o644, ...own, content }], MODIFIED)) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
  });
});
