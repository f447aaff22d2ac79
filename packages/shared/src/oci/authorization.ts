/** The Authorization header for one registry: challenges answered, tokens fetched once for each scope and kept. */
import { ServiceError } from '../base/errors.ts';
import type { HttpRequest, HttpResponse, Ports } from '../base/ports.ts';
import { type Challenge, chooseChallenge } from './challenge.ts';
import { codes } from './codes.ts';
import type { Credentials } from './credentials.ts';
import { PASSING, protocolError, refusal, registryWords, shownUrl } from './failure.ts';

export interface AuthorizationOptions {
  /** Where the registry's API is, for example https://ghcr.io/. */
  readonly base: URL;
  readonly credentials: () => Promise<Credentials | undefined>;
  readonly ca?: string | undefined;
}

export type AuthorizationPorts = Pick<Ports, 'http' | 'clock' | 'secrets'>;

interface Token {
  readonly header: string;
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

/** What a token without `expires_in` lives (distribution's token specification), in seconds. */
const DEFAULT_LIFE_S = 60;
/** Tokens are renewed this long before they end, so that a request on its way does not meet an expired one. */
const MARGIN_MS = 10_000;
const MAX_TOKEN_ANSWER_BYTES = 1024 * 1024;

export class Authorization {
  readonly #options: AuthorizationOptions;
  readonly #ports: AuthorizationPorts;
  readonly #tokens = new Map<string, Promise<Token>>();
  #challenge: Challenge | undefined;
  #credentials: Promise<Credentials | undefined> | undefined;

  constructor(options: AuthorizationOptions, ports: AuthorizationPorts) {
    this.#options = options;
    this.#ports = ports;
  }

  /** What to send with a request of these scopes; undefined until the registry has asked for anything. */
  async header(scopes: readonly string[]): Promise<string | undefined> {
    if (this.#challenge === undefined) return undefined;
    this.#credentials ??= this.#options.credentials();
    const credentials = await this.#credentials;
    if (credentials?.kind === 'registry-token') return `Bearer ${credentials.token}`;
    if (this.#challenge.scheme === 'basic') return credentials === undefined ? undefined : basic(credentials);
    return (await this.#token(this.#challenge, scopes, credentials)).header;
  }

  /**
   * The header to try again with after a 401; undefined when there is nothing better than what was `used`.
   * @throws ServiceError when the token service refuses
   */
  async renew(
    wwwAuthenticate: string | undefined,
    scopes: readonly string[],
    used: string | undefined,
  ): Promise<string | undefined> {
    this.#challenge = chooseChallenge(wwwAuthenticate) ?? this.#challenge;
    const key = scopes.join(' ');
    const kept = await this.#tokens.get(key)?.catch(() => undefined);
    if (kept !== undefined && kept.header === used) this.#tokens.delete(key);
    const header = await this.header(scopes);
    return header === used ? undefined : header;
  }

  async #token(challenge: Challenge, scopes: readonly string[], credentials: Credentials | undefined): Promise<Token> {
    const key = scopes.join(' ');
    const kept = this.#tokens.get(key);
    if (kept !== undefined && (await kept).expires > this.#ports.clock.now()) return kept;
    // Another request may have renewed it while this one waited.
    const current = this.#tokens.get(key);
    if (current !== undefined && current !== kept) return current;
    const fetched = this.#fetchToken(challenge, scopes, credentials);
    this.#tokens.set(key, fetched);
    fetched.catch(() => {
      if (this.#tokens.get(key) === fetched) this.#tokens.delete(key);
    });
    return fetched;
  }

  async #fetchToken(
    challenge: Challenge,
    scopes: readonly string[],
    credentials: Credentials | undefined,
  ): Promise<Token> {
    const realm = this.#realm(challenge);
    const request = tokenRequest(realm, challenge.parameters.service, scopes, credentials);
    const { ca } = this.#options;
    const response = await this.#ports.http.request({
      ...request,
      maxBytes: MAX_TOKEN_ANSWER_BYTES,
      alsoTransient: PASSING,
      ...(ca !== undefined && { ca }),
    });
    if (response.status !== 200) throw this.#refused(request.method, response, credentials);
    const { token, lifeSeconds } = readToken(request.method, response);
    this.#ports.secrets.register(token);
    const life = lifeSeconds * 1000;
    return { header: `Bearer ${token}`, expires: this.#ports.clock.now() + Math.max(life / 2, life - MARGIN_MS) };
  }

  /** The token service's address. Credentials for a registry behind TLS are never sent in clear to its token service. */
  #realm(challenge: Challenge): URL {
    const { base } = this.#options;
    const text = challenge.parameters.realm ?? '';
    const realm = URL.parse(text, base.href);
    if (realm === null || (realm.protocol !== 'https:' && realm.protocol !== 'http:')) {
      throw protocolError('GET', base, `its token service ${JSON.stringify(text)} is not a URL`);
    }
    if (base.protocol === 'https:' && realm.protocol !== 'https:') {
      throw protocolError('GET', base, `its token service ${shownUrl(realm)} is not protected by TLS`);
    }
    return realm;
  }

  #refused(method: string, response: HttpResponse, credentials: Credentials | undefined): ServiceError {
    if (response.status !== 401 && response.status !== 403 && response.status !== 400) {
      return refusal(method, response, response.text(), 'give a token');
    }
    const words = registryWords(response.text());
    const whose = credentials === undefined ? 'an anonymous user' : describe(credentials);
    const message = `${this.#options.base.host} gives ${whose} no token: ${response.status}${words && ` ${words}`}`;
    return new ServiceError(codes.REGISTRY_UNAUTHORIZED, message, {
      method,
      url: shownUrl(response.url),
      status: response.status,
    });
  }
}

function tokenRequest(
  realm: URL,
  service: string | undefined,
  scopes: readonly string[],
  credentials: Credentials | undefined,
): HttpRequest & { readonly method: 'GET' | 'POST' } {
  if (credentials?.kind === 'identity-token') {
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: 'wso2-delivery',
      ...(service !== undefined && { service }),
      scope: scopes.join(' '),
      refresh_token: credentials.token,
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return { method: 'POST', url: realm, headers, body: form.toString(), repeatable: true };
  }
  const url = new URL(realm);
  if (service !== undefined) url.searchParams.set('service', service);
  for (const scope of scopes) url.searchParams.append('scope', scope);
  return {
    method: 'GET',
    url,
    ...(credentials !== undefined && { headers: { authorization: basic(credentials) } }),
  };
}

function readToken(method: string, response: HttpResponse): { token: string; lifeSeconds: number } {
  let answer: unknown;
  try {
    answer = response.json();
  } catch {
    throw protocolError(method, response.url, 'its token service does not answer in JSON');
  }
  const { token, access_token, expires_in } = (answer ?? {}) as Record<string, unknown>;
  const value = [token, access_token].find((candidate) => typeof candidate === 'string' && candidate !== '');
  if (typeof value !== 'string') throw protocolError(method, response.url, 'its token service gives no token');
  return { token: value, lifeSeconds: typeof expires_in === 'number' && expires_in > 0 ? expires_in : DEFAULT_LIFE_S };
}

function basic(credentials: Credentials): string {
  const pair =
    credentials.kind === 'password' ? `${credentials.username}:${credentials.password}` : `:${credentials.token}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

function describe(credentials: Credentials): string {
  return credentials.kind === 'password' ? `the user ${credentials.username}` : 'the stored login';
}
