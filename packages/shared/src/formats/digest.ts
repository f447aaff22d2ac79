/** Content digests as the OCI specifications write them: `algorithm:hex`. */
import { createHash } from 'node:crypto';

export type DigestAlgorithm = 'sha256' | 'sha512';

const HEX_LENGTH: Readonly<Record<DigestAlgorithm, number>> = { sha256: 64, sha512: 128 };

/** The algorithm of a well-formed digest (lower-case hex of the right length), or undefined when the text is none. */
export function algorithmOf(text: string): DigestAlgorithm | undefined {
  const [algorithm, hex, ...rest] = text.split(':');
  if ((algorithm !== 'sha256' && algorithm !== 'sha512') || hex === undefined || rest.length > 0) return undefined;
  return hex.length === HEX_LENGTH[algorithm] && /^[0-9a-f]+$/.test(hex) ? algorithm : undefined;
}

export function isDigest(text: string): boolean {
  return algorithmOf(text) !== undefined;
}

/** The digest of bytes in memory. */
export function digestOf(content: string | Uint8Array, algorithm: DigestAlgorithm = 'sha256'): string {
  return `${algorithm}:${createHash(algorithm).update(content).digest('hex')}`;
}

/** What has flowed through `measured`; final only when the stream has ended. */
export interface Measure {
  /** Bytes seen. */
  size: number;
  digest(): string;
}

/** Passes a stream through and measures it on the way. */
export function measured(
  source: AsyncIterable<Uint8Array>,
  algorithm: DigestAlgorithm = 'sha256',
): { readonly stream: AsyncIterable<Uint8Array>; readonly measure: Measure } {
  const hash = createHash(algorithm);
  let final: string | undefined;
  const measure: Measure = {
    size: 0,
    digest: () => (final ??= `${algorithm}:${hash.digest('hex')}`),
  };
  async function* pass(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      hash.update(chunk);
      measure.size += chunk.length;
      yield chunk;
    }
  }
  return { stream: pass(), measure };
}
