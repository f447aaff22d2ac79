import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { extract } from 'tar-stream';
import { type TarEntry, writeTar } from '@wso2-delivery/shared/formats/tar';

const MODIFIED = new Date('2026-01-02T03:04:05Z');

async function pack(entries: readonly TarEntry[]): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
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

  test('whatever a name, an owner, a mode or a link is, readers see the same', async () => {
    const part = fc.stringMatching(/^[a-z0-9 ä€日._-]{1,80}$/u);
    const name = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('/'));
    const id = fc.oneof(fc.nat(70_000), fc.constantFrom(2_097_151, 2_097_152, 4_294_967_294));
    const entry = fc.record({
      name,
      type: fc.constantFrom('file' as const, 'directory' as const, 'symlink' as const),
      mode: fc.nat(0o7777),
      uid: id,
      gid: id,
      target: name,
      content: fc.string({ maxLength: 1100 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 5 }), async (given) => {
        const read = await unpack(
          await pack(
            given.map(({ target, content, ...rest }) => ({
              ...rest,
              ...(rest.type === 'symlink' ? { target } : rest.type === 'file' ? { content } : {}),
            })),
          ),
        );
        expect(
          // tar-stream leaves owners in pax records to its user.
          read.map(({ header: { pax, ...h }, content }) => {
            const { uid = h.uid, gid = h.gid } = (pax ?? {}) as Record<string, unknown>;
            return [h.name, h.type, h.mode, Number(uid), Number(gid), h.linkname, content];
          }),
        ).toEqual(
          given.map((e) => [
            e.type === 'directory' ? `${e.name}/` : e.name,
            e.type,
            e.mode,
            e.uid,
            e.gid,
            e.type === 'symlink' ? e.target : null,
            e.type === 'file' ? e.content : '',
          ]),
        );
      }),
      { numRuns: 100 },
    );
  });

  test('GNU tar lists the same', async () => {
    const long = `${'d'.repeat(90)}/${'e'.repeat(90)}/${'f'.repeat(120)}.car`;
    const split = `${'p'.repeat(80)}/${'n'.repeat(60)}`;
    const packed = await pack([
      { name: 'home', type: 'directory', mode: 0o755, uid: 0, gid: 0 },
      { name: long, type: 'file', mode: 0o644, ...own, content: 'x' },
      { name: split, type: 'file', mode: 0o600, uid: 3_000_000, gid: 1, content: 'xy' },
      { name: 'home/größe', type: 'symlink', mode: 0o777, ...own, target: 'l'.repeat(150) },
    ]);
    const options = ['--list', '--verbose', '--numeric-owner', '--quoting-style=literal', '--full-time', '--utc'];
    const listed = execFileSync('tar', [...options, '--file=-'], {
      input: packed,
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    });
    expect(
      listed
        .trim()
        .split('\n')
        .map((line) => line.replace(/ +/g, ' ')),
    ).toEqual([
      'drwxr-xr-x 0/0 0 2026-01-02 03:04:05 home/',
      `-rw-r--r-- 10802/10802 1 2026-01-02 03:04:05 ${long}`,
      `-rw------- 3000000/1 2 2026-01-02 03:04:05 ${split}`,
      `lrwxrwxrwx 10802/10802 0 2026-01-02 03:04:05 home/größe -> ${'l'.repeat(150)}`,
    ]);
  });

  test('a file of more than 8 GiB announces its size, and a time before 1970 its time', async () => {
    const length = 9 * 2 ** 30;
    const content = { length, open: () => announcing(1, 'x').open() };
    const entry: TarEntry = { name: 'big', type: 'file', mode: 0o644, ...own, content };
    const first = await writeTar([entry], new Date(-5000)).next();
    const text = Buffer.from((first.value ?? new Uint8Array()) as Uint8Array).toString();
    expect(text).toContain(`19 size=${length}\n`);
    expect(text).toContain('12 mtime=-5\n');
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
