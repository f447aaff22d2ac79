import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { gzip, type GzipOptions } from '@wso2-delivery/shared/formats/gzip';

async function compress(chunks: Iterable<Uint8Array>, options?: GzipOptions): Promise<Buffer> {
  const out: Buffer[] = [];
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
