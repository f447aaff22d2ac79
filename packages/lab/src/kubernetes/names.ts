/** Generated names: suffixes of pods and the hash of a pod template, in the alphabet the API uses. */
import { randomBytes } from 'node:crypto';
import { canonical } from './objects.ts';

/** No vowels and no digits that look like letters: no word appears by accident. */
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** Five random characters, as generateName appends. */
export function randomSuffix(): string {
  return [...randomBytes(5)].map((byte) => alphabet[byte % alphabet.length]).join('');
}

/** The pod-template-hash of a template: equal templates, equal text. */
export function templateHash(template: unknown): string {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(canonical(template))) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return String(hash).replace(/\d/g, (digit) => alphabet[digit.charCodeAt(0) % alphabet.length] ?? '');
}

/** A random identifier as containerd gives to containers: 64 hexadecimal digits. */
export function containerId(): string {
  return `containerd://${randomBytes(32).toString('hex')}`;
}
