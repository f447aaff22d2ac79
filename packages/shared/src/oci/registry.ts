/** Connections to registries: where their API is, who asks, and one repository at a time. */
import type { HttpRequest, HttpResponse, HttpStream, Ports } from '../base/ports.ts';
import { Authorization } from './authorization.ts';
import { findCredentials, type Login } from './credentials.ts';
import { PASSING } from './failure.ts';
import { apiHost, defaultScheme } from './reference.ts';
import { Repository } from './repository.ts';

export type RegistryPorts = Pick<Ports, 'http' | 'exec' | 'clock' | 'log' | 'secrets' | 'job' | 'cancelled'>;

export interface RegistryOptions {
  /** What the workflow gives; other registries use docker's configuration. */
  readonly logins?: readonly Login[];
  /** Additional certificate authorities, PEM. */
  readonly ca?: string | undefined;
}

/** What a client may do in a repository; asked of token services in this form. */
export type Access = 'pull' | 'pull,push';

export interface Registries {
  repository(place: { readonly registry: string; readonly repository: string }, access: Access): Repository;
}

/** All registries of a step: one set of credentials and tokens for each. Nothing is sent yet. */
export function openRegistries(ports: RegistryPorts, options: RegistryOptions = {}): Registries {
  const connections = new Map<string, Connection>();
  return {
    repository({ registry, repository }, access) {
      const connection = connections.get(registry) ?? new Connection(registry, options, ports);
      connections.set(registry, connection);
      return new Repository(connection, repository, access);
    },
  };
}

/** A request below /v2/ (or to a location that the registry gave), with the scopes it needs. */
export interface RegistryRequest extends Omit<HttpRequest, 'url' | 'ca' | 'signal'> {
  /** Relative to the API's root, or absolute. */
  readonly url: string;
  readonly scopes: readonly string[];
}

/** One registry. Sends requests with the authorization they need, and to nobody else. */
export class Connection {
  readonly registry: string;
  readonly base: URL;
  readonly ports: RegistryPorts;
  readonly #authorization: Authorization;
  readonly #ca: string | undefined;

  constructor(registry: string, { logins = [], ca }: RegistryOptions, ports: RegistryPorts) {
    this.registry = registry;
    this.base = new URL(`${defaultScheme(registry)}://${apiHost(registry)}/v2/`);
    this.ports = ports;
    this.#ca = ca;
    const credentials = () => findCredentials(registry, logins, ports);
    this.#authorization = new Authorization({ base: this.base, credentials, ca }, ports);
  }

  /** Any status is an answer; a 401 that new authorization can heal is healed. */
  request(request: RegistryRequest): Promise<HttpResponse> {
    return this.#send(request, (ready) => this.ports.http.request(ready));
  }

  /** As `request`, with the body as a stream. */
  stream(request: RegistryRequest): Promise<HttpStream> {
    return this.#send(request, (ready) => this.ports.http.stream(ready));
  }

  async #send<T extends HttpResponse | HttpStream>(
    { url, scopes, ...request }: RegistryRequest,
    send: (ready: HttpRequest) => Promise<T>,
  ): Promise<T> {
    const target = new URL(url, this.base);
    const ours = target.origin === this.base.origin;
    const attempt = (authorization: string | undefined) =>
      send({
        ...request,
        url: target,
        headers: { ...request.headers, ...(authorization !== undefined && { authorization }) },
        ...(this.#ca !== undefined && { ca: this.#ca }),
        alsoTransient: PASSING,
        signal: this.ports.cancelled,
      });
    const used = ours ? await this.#authorization.header(scopes) : undefined;
    const answer = await attempt(used);
    if (answer.status !== 401 || new URL(answer.url).origin !== this.base.origin) return answer;
    const renewed = await this.#authorization.renew(answer.headers['www-authenticate'], scopes, used);
    if (renewed === undefined) return answer;
    if ('close' in answer) answer.close();
    return attempt(renewed);
  }
}
