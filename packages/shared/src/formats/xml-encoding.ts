/** From the bytes of an XML document to its text. */
import { MalformedError } from './malformed.ts';

/** How documents begin in the encodings that a byte order mark, or the first two characters, tell (XML 1.0, appendix F). */
const beginnings: readonly (readonly [bytes: readonly number[], encoding: string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0x3c, 0x00], 'utf-16le'],
  [[0x00, 0x3c], 'utf-16be'],
];

/**
 * The text of a document: by its byte order mark, else by the encoding that it declares, else UTF-8. Without the mark.
 * @throws MalformedError when it declares an encoding that nobody knows
 */
export function decodeXml(bytes: Buffer): string {
  const begun = beginnings.find(([start]) => start.every((byte, index) => bytes[index] === byte))?.[1];
  const encoding = begun ?? declaredEncoding(bytes) ?? 'utf-8';
  if (/^(?:utf-8|us-ascii)$/i.test(encoding)) return bytes.toString('utf8').replace(/^\ufeff/, '');
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    throw new MalformedError(`declares the encoding ${encoding}, which is not known`, { line: 1 });
  }
}

function declaredEncoding(bytes: Buffer): string | undefined {
  return /^<\?xml\s[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.-]*)["']/.exec(bytes.toString('latin1', 0, 256))?.[1];
}
