import { randomUUID } from 'node:crypto';
import { userIn } from './tenants.ts';
import { apimError, json, type Answer, type Incoming } from './exchange.ts';

interface Client {
  readonly id: string;
  readonly secret: string;
  readonly owner: string;
}

/** Client registration and tokens: who may call the publisher. */
export class Sessions {
  readonly #users: Readonly<Record<string, string>>;
  readonly #clients = new Map<string, Client>();
  readonly #tokens = new Map<string, { user: string; until: number; scopes?: readonly string[] }>();
  readonly #refresh = new Map<string, string>();
  readonly #lifetimeMs: number;
  readonly #rights: Readonly<Record<string, readonly string[]>>;

  /**
   * @param personalTokens token → user: what `apictl login --token` is given
   * @param rights user → scopes that may be in a token; default: whatever is asked for
   */
  constructor(
    users: Readonly<Record<string, string>>,
    personalTokens: Readonly<Record<string, string>>,
    lifetimeMs: number,
    rights: Readonly<Record<string, readonly string[]>> = {},
  ) {
    this.#users = users;
    this.#lifetimeMs = lifetimeMs;
    this.#rights = rights;
    for (const [token, user] of Object.entries(personalTokens)) {
      const scopes = rights[user];
      this.#tokens.set(token, { user, until: Number.POSITIVE_INFINITY, ...(scopes === undefined ? {} : { scopes }) });
    }
  }

  /** The user behind a bearer token, or undefined. */
  userOf(request: Incoming): string | undefined {
    const token = bearer(request);
    const session = token === undefined ? undefined : this.#tokens.get(token);
    return session === undefined || session.until <= Date.now() ? undefined : userIn(session.user);
  }

  /** Whether the token of a request has one of these scopes; a personal one has all that its user has. */
  allows(request: Incoming, oneOf: readonly string[]): boolean {
    const { scopes } = this.#tokens.get(bearer(request) ?? '') ?? {};
    return scopes === undefined || oneOf.some((scope) => scopes.includes(scope));
  }

  /** Ends every token that was ever given, as a restart of the key manager would. */
  expireAll(): void {
    this.#tokens.clear();
  }

  /** POST /client-registration/v0.17/register */
  register(request: Incoming): Answer {
    const [user = '', password] = basic(request);
    if (user === '' || this.#users[user] !== password) return unauthenticated();
    const asked = parsed(request.body);
    if (asked === undefined || typeof asked.clientName !== 'string') {
      return json(400, { error: 'invalid_client_metadata', error_description: 'The request is not a registration' });
    }
    const known = [...this.#clients.values()].find((client) => client.owner === user);
    const client = known ?? { id: randomUUID(), secret: randomUUID(), owner: user };
    this.#clients.set(client.id, client);
    return json(200, {
      callBackURL: asked.callbackUrl ?? '',
      jsonString: JSON.stringify({ grant_types: asked.grantType ?? '' }),
      clientName: asked.clientName,
      clientId: client.id,
      clientSecret: client.secret,
      isSaasApplication: true,
      appOwner: user,
    });
  }

  /** POST /oauth2/token: password, client_credentials and refresh_token grants. */
  token(request: Incoming): Answer {
    const [id = '', secret] = basic(request);
    const client = this.#clients.get(id);
    if (client === undefined || client.secret !== secret) {
      return json(401, { error: 'invalid_client', error_description: 'Client Authentication failed.' });
    }
    const form = new URLSearchParams(request.body.toString('utf8'));
    const user = this.#grantedUser(form, client);
    if (user === undefined) {
      const name = form.get('username') ?? client.owner;
      return json(400, { error: 'invalid_grant', error_description: `Authentication failed for ${name}` });
    }
    const accessToken = randomUUID();
    const refreshToken = randomUUID();
    // A scope that the user has not is left out without a word.
    const asked = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
    const scopes = asked.filter((scope) => this.#rights[user]?.includes(scope) ?? true);
    this.#tokens.set(accessToken, { user, until: Date.now() + this.#lifetimeMs, scopes });
    this.#refresh.set(refreshToken, user);
    return json(200, {
      access_token: accessToken,
      refresh_token: refreshToken,
      scope: scopes.length === 0 ? 'default' : scopes.join(' '),
      token_type: 'Bearer',
      expires_in: Math.floor(this.#lifetimeMs / 1000),
    });
  }

  /** POST /oauth2/revoke */
  revoke(request: Incoming): Answer {
    const token = new URLSearchParams(request.body.toString('utf8')).get('token');
    if (token !== null) this.#tokens.delete(token);
    return { status: 200 };
  }

  #grantedUser(form: URLSearchParams, client: Client): string | undefined {
    switch (form.get('grant_type')) {
      case 'password': {
        const user = form.get('username') ?? '';
        return this.#users[user] !== undefined && this.#users[user] === form.get('password') ? user : undefined;
      }
      case 'client_credentials':
        return client.owner;
      case 'refresh_token': {
        const refreshToken = form.get('refresh_token') ?? '';
        const user = this.#refresh.get(refreshToken);
        this.#refresh.delete(refreshToken);
        return user;
      }
      default:
        return undefined;
    }
  }
}

export function unauthenticated(): Answer {
  return apimError(401, 401, '', 'Unauthenticated request');
}

function bearer(request: Incoming): string | undefined {
  return /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
}

function basic(request: Incoming): string[] {
  const encoded = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  return encoded === undefined ? [] : Buffer.from(encoded, 'base64').toString('utf8').split(/:(.*)/s, 2);
}

function parsed(body: Buffer): Record<string, unknown> | undefined {
  try {
    return JSON.parse(body.toString('utf8')) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
