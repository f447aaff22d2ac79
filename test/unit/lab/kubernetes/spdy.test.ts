import { expect, test } from '@jest/globals';
import { dictionary } from '../../../../packages/lab/src/kubernetes/spdy.ts';

function adler32(bytes: Buffer): number {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

test('the compression dictionary is the one of SPDY/3: peers check its Adler-32', () => {
  expect(dictionary).toHaveLength(1423);
  expect(adler32(dictionary).toString(16)).toBe('e3c6a7c2');
});
