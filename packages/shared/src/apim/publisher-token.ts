import { ServiceError } from '../base/errors.ts';
import type { Clock, Http, HttpResponse, Secrets } from '../base/ports.ts';
import { codes } from './codes.ts';
import type { Credentials } from './credentials.ts';
import type { ApimEnvironment } from './environments.ts';
import { apimRefusal, apimWords, notApim } from './publisher-answer.ts';

export interface TokenPorts {
  readonly http: Http;
  readonly clock: Clock;
  readonly secrets: Secrets;
}

/**
 * What a comparison needs (publisher-api.yaml of carbon-apimgt). Exports have no scope of their own: of those that open
 * them this one allows least, an import beside it.
 */
const readingScopes = [
  'apim:api_view',
  'apim:publisher_settings',
  'apim:api_import_export',
  'apim:api_product_import_export',
];
/** What a promotion needs beside them: revisions and their deployment, the life cycle, deleting for an undo. */
const writingScopes = ['apim:api_create', 'apim:api_publish', 'apim:api_manage', 'apim:api_delete'];
/** What applications need beside them: the admin API finds those of every owner, and removes them. */
const applicationScopes = ['apim:app_import_export', 'apim:admin'];
/** And these to be changed; an undo takes subscriptions away. */
const applicationWritingScopes = ['apim:app_manage', 'apim:subscribe'];

export interface TokenOptions {
  /** A certificate authority to trust, PEM. */
  readonly ca: string | undefined;
  readonly requestTimeoutMs: number;
  /** Whether applications are looked at or promoted: no rights are asked for that are not needed. Default: no. */
  readonly applications?: boolean;
  /** True when nothing is changed: no rights to change are asked for. Default: no. */
  readonly readOnly?: boolean;
}

/** Renewed when this share of its lifetime is over. */
const freshShare = 0.8;

/** A bearer token of our own for one environment, taken when it is first needed and renewed in time. */
export class PublisherToken {
  readonly #environment: ApimEnvironment;
  readonly #credentials: Credentials;
  readonly #ports: TokenPorts;
  readonly #options: TokenOptions;
  #client: { readonly id: string; readonly secret: string } | undefined;
  #current: { readonly token: string; readonly staleAt: number } | undefined;
  #pending: Promise<string> | undefined;
  #lacking: readonly string[] = [];

  constructor(environment: ApimEnvironment, credentials: Credentials, ports: TokenPorts, options: TokenOptions) {
    this.#environment = environment;
    this.#credentials = credentials;
    this.#ports = ports;
    this.#options = options;
  }

  /** True when another token could be taken: a personal one cannot be renewed. */
  get renewable(): boolean {
    return this.#credentials.kind === 'password';
  }

  /**
   * The scopes that were asked for and are not in the token: API Manager leaves out what the user has not, without a
   * word. Empty when nothing is known.
   */
  get lacking(): readonly string[] {
    return this.#lacking;
  }

  /** @throws ServiceError APIM_LOGIN_REFUSED and others */
  async bearer(): Promise<string> {
    if (this.#credentials.kind === 'token') return this.#credentials.token;
    if (this.#current !== undefined && this.#ports.clock.now() < this.#current.staleAt) return this.#current.token;
    // One token for all who ask at the same time.
    this.#pending ??= this.#take(this.#credentials).finally(() => (this.#pending = undefined));
    return this.#pending;
  }

  /** This token was refused: the next one is a new one, and the same for all whose token was refused. */
  drop(token: string): void {
    if (this.#current?.token === token) this.#current = undefined;
  }

  async #take({ username, password }: { username: string; password: string }): Promise<string> {
    const client = (this.#client ??= await this.#register(username, password));
    const answer = await this.#post(this.#environment.token, basic(client.id, client.secret), {
      type: 'application/x-www-form-urlencoded',
      body: new URLSearchParams({
        grant_type: 'password',
        username,
        password,
        scope: this.#scopes.join(' '),
      }).toString(),
    });
    const doing = 'give a token';
    if (answer.status === 400 || answer.status === 401) throw this.#refused('token endpoint', answer);
    if (answer.status !== 200) throw apimRefusal('POST', answer, this.#where, doing);
    const { access_token: token, expires_in: lifetime, scope } = jsonOf(answer) as Record<string, unknown>;
    if (typeof token !== 'string') throw notApim('POST', answer, this.#where, doing);
    this.#ports.secrets.register(token);
    const given = typeof scope === 'string' ? scope.split(' ') : this.#scopes;
    this.#lacking = this.#scopes.filter((each) => !given.includes(each));
    const lifetimeMs = (typeof lifetime === 'number' ? lifetime : 60) * 1000;
    this.#current = { token, staleAt: this.#ports.clock.now() + lifetimeMs * freshShare };
    return token;
  }

  async #register(username: string, password: string): Promise<{ id: string; secret: string }> {
    const url = `${this.#environment.registration}/client-registration/v0.17/register`;
    const answer = await this.#post(url, basic(username, password), {
      type: 'application/json',
      body: JSON.stringify({
        clientName: `wso2_delivery_${username.replaceAll(/[^\w-]/g, '_')}`,
        callbackUrl: 'www.example.com',
        grantType: 'password refresh_token',
        saasApp: true,
        owner: username,
        tokenScope: 'Production',
      }),
    });
    const doing = 'register a client';
    if (answer.status === 401) throw this.#refused('client registration', answer);
    if (answer.status !== 200 && answer.status !== 201) throw apimRefusal('POST', answer, this.#where, doing);
    const { clientId: id, clientSecret: secret } = jsonOf(answer) as Record<string, unknown>;
    if (typeof id !== 'string' || typeof secret !== 'string') throw notApim('POST', answer, this.#where, doing);
    this.#ports.secrets.register(secret);
    return { id, secret };
  }

  get #scopes(): readonly string[] {
    const { applications = false, readOnly = false } = this.#options;
    const ofApplications = applications ? [...applicationScopes, ...(readOnly ? [] : applicationWritingScopes)] : [];
    return [...readingScopes, ...(readOnly ? [] : writingScopes), ...ofApplications];
  }

  #post(url: string, authorization: string, { type, body }: { type: string; body: string }): Promise<HttpResponse> {
    return this.#ports.http.request({
      method: 'POST',
      url,
      headers: { authorization, 'content-type': type, accept: 'application/json' },
      body,
      // A second client or token does no harm.
      repeatable: true,
      timeoutMs: this.#options.requestTimeoutMs,
      ...(this.#options.ca === undefined ? {} : { ca: this.#options.ca }),
    });
  }

  #refused(part: string, answer: HttpResponse): ServiceError {
    const words = apimWords(answer.text());
    const message = `the ${part} of ${this.#environment.name} refuses the credentials${words === '' ? '' : `: ${words}`}`;
    return new ServiceError(codes.APIM_LOGIN_REFUSED, message, {
      method: 'POST',
      url: answer.url,
      status: answer.status,
    });
  }

  get #where(): string {
    return `API Manager ${this.#environment.name}`;
  }
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}

/** The JSON of an answer, an empty table when it is none. */
function jsonOf(answer: HttpResponse): unknown {
  try {
    return answer.json() ?? {};
  } catch {
    return {};
  }
}
