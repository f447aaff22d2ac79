import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { gzip, type GzipOptions } from '@wso2-delivery/shared/formats/gzip';

async function compress(chunks: Iterable<Uint8Array>, options?: GzipOptions): Promise<Buffer> {
  const out: Uint8Array[] = [];
  const source = (async function* () {
    yield* chunks;
    await Promise.resolve();
  })();
  for await (const chunk of gzip(source, options)) out.push(chunk);
  return Buffer.concat(out);
}

function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  let at = 0;
  for (const size of sizes) {
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return [...chunks, bytes.subarray(at)];
}

const text = Buffer.from('<sequence name="employees"/>\n'.repeat(120_000));

describe('gzip', () => {
  test('what is compressed comes back, over many blocks', async () => {
    const bytes = Buffer.concat([text, randomBytes(1_500_000), text]);
    expect(gunzipSync(await compress([bytes])).equals(bytes)).toBe(true);
  });

  test('what is compressed already is stored, and comes back between text, too', async () => {
    const noise = randomBytes(3_300_000);
    const packed = await compress([text, noise, text]);
    expect(gunzipSync(packed).equals(Buffer.concat([text, noise, text]))).toBe(true);
    expect(execFileSync('gzip', ['-dc'], { input: packed, maxBuffer: 2 ** 30 })).toHaveLength(
      2 * text.length + noise.length,
    );
    const alone = await compress([noise]);
    expect(alone.length).toBeGreaterThan(noise.length);
    // Five bytes for every 65,535, and a few at both ends.
    expect(alone.length).toBeLessThan(noise.length + 300);
    expect(packed.length).toBeLessThan(alone.length + 150_000);
  });

  test.each([1, 100, 1023, 1024, 1025, 65_535, 65_536, 1_048_560, 1_048_561])(
    '%i bytes come back, dense or not',
    async (length) => {
      for (const bytes of [randomBytes(length), text.subarray(0, length)]) {
        expect(gunzipSync(await compress([bytes])).equals(bytes)).toBe(true);
      }
    },
  );

  test('a jar beside text in one block does not keep the text from being compressed', async () => {
    const mixed = Buffer.concat([randomBytes(300_000), text.subarray(0, 700_000)]);
    expect((await compress([mixed])).length).toBeLessThan(320_000);
  });

  test('nothing gives a valid archive of nothing', async () => {
    expect(gunzipSync(await compress([]))).toHaveLength(0);
  });

  test('the header has no time, no name and no operating system', async () => {
    expect((await compress([text])).subarray(0, 10).toString('hex')).toBe('1f8b08000000000000ff');
  });

  test('it is one member, so readers that stop after the first see everything', async () => {
    const packed = await compress([text]);
    // A second member would start with the magic; the deflate stream itself holds it only by chance, not in this data.
    expect(packed.indexOf(Buffer.from('1f8b08', 'hex'), 1)).toBe(-1);
  });

  test('the result does not depend on how the source is chunked or how many blocks are in work', async () => {
    const expected = await compress([text]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 1_200_000 }), { maxLength: 5 }),
        fc.integer({ min: 1, max: 6 }),
        async (sizes, parallel) => {
          expect((await compress(cut(text, sizes), { parallel })).equals(expected)).toBe(true);
        },
      ),
      { numRuns: 15 },
    );
  });

  test('the result does not depend on when the chunks come', async () => {
    const bytes = Buffer.concat([text, randomBytes(1_200_000), text]);
    const expected = await compress([bytes]);
    async function* slowly(): AsyncGenerator<Uint8Array> {
      for (const chunk of cut(bytes, [10, 1_048_550, 2_000_000, 7, 1_300_000])) {
        await pause(chunk.length % 5);
        yield chunk;
      }
    }
    for (const parallel of [1, 2, 8]) {
      const out: Uint8Array[] = [];
      for await (const chunk of gzip(slowly(), { parallel })) {
        await pause(chunk.length % 3);
        out.push(chunk);
      }
      expect(Buffer.concat(out).equals(expected)).toBe(true);
    }
  });

  test.each(['1', '2', '9'])('the result does not depend on the number of workers (%s)', async (workers) => {
    const script = `
      import { gzip } from ${JSON.stringify(import.meta.resolve('@wso2-delivery/shared/formats/gzip'))};
      for await (const chunk of gzip(process.stdin)) process.stdout.write(chunk);`;
    const packed = execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '--eval', script], {
      input: text,
      maxBuffer: 2 ** 30,
      env: { ...process.env, UV_THREADPOOL_SIZE: workers },
    });
    expect(packed.equals(await compress([text]))).toBe(true);
  });

  test('a source that reuses its buffer does no harm', async () => {
    const shared = Buffer.alloc(1000);
    function* reusing(): Generator<Buffer> {
      for (let i = 0; i < 5; i += 1) yield shared.fill(i);
    }
    const expected = Buffer.concat([0, 1, 2, 3, 4].map((i) => Buffer.alloc(1000, i)));
    expect(gunzipSync(await compress(reusing())).equals(expected)).toBe(true);
  });

  test('a failing source fails the stream', async () => {
    function* failing(): Generator<Buffer> {
      yield text;
      throw new Error('disk gone');
    }
    await expect(compress(failing())).rejects.toThrow('disk gone');
  });

  test('each block uses the window of the one before: the whole is hardly larger than in one piece', async () => {
    const words = Buffer.from(Array.from({ length: 400_000 }, (_, i) => (i * 7919) % 1000).join(' '));
    const whole = (await import('node:zlib')).gzipSync(words, { level: 6 }).length;
    expect((await compress([words])).length).toBeLessThan(whole * 1.02);
  });
});
