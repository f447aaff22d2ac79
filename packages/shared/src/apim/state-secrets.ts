import { createHash, scryptSync } from 'node:crypto';

/** Words in the name of a key that make its value a secret. */
const secretWords =
  /password|secret|consumerkey|apikeyvalue|accesstoken|refreshtoken|privatekey|credential|passphrase|^token$/i;
/** Names that have such a word in them and hold no secret. */
const openNames = /^(?:accesscontrolallowcredentials|tokenurl|tokentype|tokenendpoint|secretname)$/i;

/** True when the value under this key is a secret (API Manager: endpoint security, AI keys, application keys). */
export function isSecretKey(key: string): boolean {
  return secretWords.test(key) && !openNames.test(key);
}

/**
 * Secret values by path. They cannot be printed: no property holds them, and JSON of this says how many there are.
 * An empty value stands for one that the server does not tell.
 */
export class HiddenSecrets {
  readonly #values = new Map<string, string>();

  set(path: string, value: string): void {
    this.#values.set(path, value);
  }

  get size(): number {
    return this.#values.size;
  }

  /** Whether the value is known; false for one that the server keeps to itself, too. */
  knows(path: string): boolean {
    return (this.#values.get(path) ?? '') !== '';
  }

  /** True when both know the value and it is the same. */
  agrees(path: string, other: HiddenSecrets): boolean {
    return this.knows(path) && this.#values.get(path) === other.#values.get(path);
  }

  /** Those of a part, below a name for it. */
  takeAll(prefix: string, other: HiddenSecrets): void {
    for (const [path, value] of other.#values) this.#values.set(`${prefix}.${path}`, value);
  }

  /** Every value, for the runner to mask. */
  register(secrets: { register(value: string): void }): void {
    for (const value of this.#values.values()) if (value !== '') secrets.register(value);
  }

  /**
   * A digest of all values that is slow to guess (scrypt), since plan files are downloaded: a plain digest of a weak
   * password is as good as the password. Undefined when there is no secret.
   * @param salt random text that is kept beside the digest
   */
  digest(salt: string): string | undefined {
    if (this.#values.size === 0) return undefined;
    const text = JSON.stringify([...this.#values].sort(([a], [b]) => (a < b ? -1 : 1)));
    const key = createHash('sha256').update(`${salt}\n${text}`).digest('base64');
    let digest = digests.get(key);
    if (digest === undefined) {
      digest = `scrypt:${scryptSync(text, salt, 32).toString('hex')}`;
      digests.set(key, digest);
    }
    return digest;
  }

  toJSON(): string {
    return `${this.#values.size} hidden`;
  }
}

/** What was computed in this run: APIs of one environment often share their secrets. Keys tell no more than memory does. */
const digests = new Map<string, string>();

/** Splits user name and password off a URL: `https://user:pass@host` → `https://user:•••@host` and `pass`. */
export function withoutUrlPassword(text: string): { readonly shown: string; readonly password: string | undefined } {
  const match = /^([a-z][a-z0-9+.-]*:\/\/[^/?#:@]*):([^/?#@]*)@/i.exec(text);
  if (match === null) return { shown: text, password: undefined };
  const [whole, start = '', password = ''] = match;
  return { shown: `${start}:•••@${text.slice(whole.length)}`, password };
}
