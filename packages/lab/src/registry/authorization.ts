/** Who may do what: basic authentication, or bearer tokens from a token service with scopes. */
import { randomUUID } from 'node:crypto';
import { type Answer, json, refuse, type Request } from './answer.ts';

export interface AuthorizationRules {
  readonly scheme: 'basic' | 'bearer';
  /** user → password. */
  readonly users: Readonly<Record<string, string>>;
  /** Decides for a user (undefined: anonymous). By default every user may do everything, and anonymous nothing. */
  readonly permits?: (user: string | undefined, repository: string, action: 'pull' | 'push' | 'delete') => boolean;
  /** Refresh token → user, for POST to the token service. */
  readonly refreshTokens?: Readonly<Record<string, string>>;
  /** Life of a token in seconds (default 300). */
  readonly tokenLife?: number;
}

export interface Need {
  readonly repository: string;
  readonly actions: readonly ('pull' | 'push' | 'delete')[];
}

interface Token {
  readonly scopes: ReadonlySet<string>;
  readonly expires: number;
}

export class Gate {
  readonly #rules: AuthorizationRules;
  readonly #origin: string;
  readonly #tokens = new Map<string, Token>();

  constructor(rules: AuthorizationRules, origin: string) {
    this.#rules = rules;
    this.#origin = origin;
  }

  /** undefined: come in. */
  check(request: Request, needs: readonly Need[]): Answer | undefined {
    return this.#rules.scheme === 'basic' ? this.#checkBasic(request, needs) : this.#checkBearer(request, needs);
  }

  /** Ends the life of every token given so far. */
  revokeTokens(): void {
    this.#tokens.clear();
  }

  /** GET or POST /token */
  token(request: Request): Answer {
    const form = request.method === 'POST' ? new URLSearchParams(request.body.toString('utf8')) : request.query;
    const refresh = form.get('refresh_token');
    const user =
      refresh === null ? this.#user(request.headers.authorization) : (this.#rules.refreshTokens?.[refresh] ?? false);
    if (user === false) return refuse(401, 'UNAUTHORIZED', 'incorrect username or password');
    const asked = form.getAll('scope').flatMap((scope) => scope.split(' '));
    const scopes = asked.flatMap((scope) => {
      const [, repository = '', actions = ''] = /^repository:(.+):([a-z,*]+)$/.exec(scope) ?? [];
      return actions
        .split(',')
        .filter((action) => this.#permits(user, repository, action as 'pull'))
        .map((action) => `${repository}:${action}`);
    });
    const token = randomUUID();
    const life = this.#rules.tokenLife ?? 300;
    this.#tokens.set(token, { scopes: new Set(scopes), expires: Date.now() + life * 1000 });
    return json(200, { token, access_token: token, expires_in: life, issued_at: new Date().toISOString() });
  }

  #checkBasic(request: Request, needs: readonly Need[]): Answer | undefined {
    const user = this.#user(request.headers.authorization);
    const allowed = user !== false && this.#all(needs, (need, action) => this.#permits(user, need.repository, action));
    if (allowed && (user !== undefined || needs.length > 0)) return undefined;
    return typeof user === 'string'
      ? refuse(403, 'DENIED', 'requested access to the resource is denied')
      : refuse(401, 'UNAUTHORIZED', 'authentication required', { 'www-authenticate': 'Basic realm="lab"' });
  }

  #checkBearer(request: Request, needs: readonly Need[]): Answer | undefined {
    const [, value = ''] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
    const token = this.#tokens.get(value);
    const alive = token !== undefined && token.expires > Date.now();
    if (alive && this.#all(needs, (need, action) => token.scopes.has(`${need.repository}:${action}`))) return undefined;
    const scope = needs.map(({ repository, actions }) => `repository:${repository}:${actions.join(',')}`).join(' ');
    const challenge = [
      `realm="${this.#origin}/token"`,
      'service="lab"',
      ...(scope === '' ? [] : [`scope="${scope}"`]),
      ...(value === '' ? [] : [alive ? 'error="insufficient_scope"' : 'error="invalid_token"']),
    ].join(',');
    const message = alive ? 'requested access to the resource is denied' : 'authentication required';
    return refuse(401, alive ? 'DENIED' : 'UNAUTHORIZED', message, { 'www-authenticate': `Bearer ${challenge}` });
  }

  #all(needs: readonly Need[], holds: (need: Need, action: 'pull' | 'push' | 'delete') => boolean): boolean {
    return needs.every((need) => need.actions.every((action) => holds(need, action)));
  }

  #permits(user: string | undefined, repository: string, action: 'pull' | 'push' | 'delete'): boolean {
    return this.#rules.permits?.(user, repository, action) ?? user !== undefined;
  }

  /** The user's name; undefined when anonymous; false when the password is wrong. */
  #user(authorization: string | undefined): string | undefined | false {
    if (authorization === undefined) return undefined;
    const [, encoded = ''] = /^Basic (.+)$/i.exec(authorization) ?? [];
    const pair = Buffer.from(encoded, 'base64').toString('utf8');
    const user = pair.slice(0, pair.indexOf(':'));
    return Object.hasOwn(this.#rules.users, user) && this.#rules.users[user] === pair.slice(user.length + 1)
      ? user
      : false;
  }
}
