import { describe, expect, test } from '@jest/globals';
import { algorithmOf, digestOf, isDigest, measured } from '@wso2-delivery/shared/formats/digest';

const EMPTY_SHA256 = 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

describe('digests', () => {
  test.each([
    [EMPTY_SHA256, 'sha256'],
    [`sha512:${'a'.repeat(128)}`, 'sha512'],
    [`sha256:${'a'.repeat(63)}`, undefined],
    [`sha256:${'A'.repeat(64)}`, undefined],
    [`sha512:${'a'.repeat(64)}`, undefined],
    [`md5:${'a'.repeat(32)}`, undefined],
    [`sha256:${'a'.repeat(64)}:x`, undefined],
    ['sha256', undefined],
    ['', undefined],
  ])('%s is of the algorithm %s', (text, algorithm) => {
    expect(algorithmOf(text)).toBe(algorithm);
    expect(isDigest(text)).toBe(algorithm !== undefined);
  });

  test('the digest of nothing and of known text are the published ones', () => {
    expect(digestOf('')).toBe(EMPTY_SHA256);
    expect(digestOf(Buffer.from('abc'))).toBe(
      'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(digestOf('abc', 'sha512')).toMatch(/^sha512:ddaf35a193617aba/);
  });

  test('a measured stream passes unchanged and knows its size and digest at the end', async () => {
    const parts = [Buffer.from('a'), Buffer.from('bc')];
    const { stream, measure } = measured(
      (async function* () {
        yield* parts;
        await Promise.resolve();
      })(),
    );
    const seen: Uint8Array[] = [];
    for await (const chunk of stream) seen.push(chunk);
    expect(Buffer.concat(seen).toString()).toBe('abc');
    expect(measure.size).toBe(3);
    expect(measure.digest()).toBe(digestOf('abc'));
    expect(measure.digest()).toBe(digestOf('abc'));
  });
});
