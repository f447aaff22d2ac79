import type { HttpRequest, HttpResponse } from '../base/ports.ts';
import type { Credentials } from './credentials.ts';
import type { ApimEnvironment } from './environments.ts';
import { apimRefusal, notApim } from './publisher-answer.ts';
import { PublisherToken, type TokenPorts } from './publisher-token.ts';

/** An API as the publisher knows it. */
export interface PublishedApi {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly context: string;
  readonly provider: string;
  readonly lifeCycleStatus: string;
}

/** One revision of an API and the gateway environments that it is deployed on. */
export interface ApiRevision {
  readonly id: string;
  readonly number: number;
  readonly createdTime: number;
  readonly gateways: readonly {
    readonly name: string;
    readonly vhost: string | undefined;
    readonly display: boolean;
  }[];
}

type Row = Readonly<Record<string, unknown>>;

/** The publisher's REST API (v4) of one environment: what apictl cannot be trusted to tell. */
export class Publisher {
  readonly environment: ApimEnvironment;
  readonly #token: PublisherToken;
  readonly #ports: TokenPorts;
  readonly #ca: string | undefined;
  readonly #timeoutMs: number;

  constructor(
    environment: ApimEnvironment,
    credentials: Credentials,
    ports: TokenPorts,
    options: { readonly ca: string | undefined; readonly requestTimeoutMs: number },
  ) {
    this.environment = environment;
    this.#token = new PublisherToken(environment, credentials, ports, options.ca);
    this.#ports = ports;
    this.#ca = options.ca;
    this.#timeoutMs = options.requestTimeoutMs;
  }

  /** The API of exactly this name and version, or undefined. */
  async find(name: string, version: string): Promise<PublishedApi | undefined> {
    const query = new URLSearchParams({ query: `name:"${name}" version:"${version}"`, limit: '100' });
    const rows = await this.#list(`/search?${query.toString()}`, `look for ${name}:${version}`);
    // The search also finds what merely contains the words, and products.
    const row = rows.find((each) => each.name === name && each.version === version && each.type === 'API');
    return row === undefined ? undefined : this.details(text(row.id));
  }

  async details(id: string): Promise<PublishedApi> {
    const row = await this.#json('GET', `/apis/${encodeURIComponent(id)}`, 'read the API');
    return {
      id: text(row.id),
      name: text(row.name),
      version: text(row.version),
      context: text(row.context),
      provider: text(row.provider),
      lifeCycleStatus: text(row.lifeCycleStatus),
    };
  }

  /** Oldest first. */
  async revisions(id: string): Promise<ApiRevision[]> {
    const rows = await this.#list(`/apis/${encodeURIComponent(id)}/revisions`, 'list the revisions');
    return rows
      .map((row) => ({
        id: text(row.id),
        number: Number(/(\d+)$/.exec(text(row.displayName))?.[1] ?? 0),
        createdTime: Number(row.createdTime ?? 0),
        gateways: (Array.isArray(row.deploymentInfo) ? (row.deploymentInfo as Row[]) : []).map((each) => ({
          name: text(each.name),
          vhost: typeof each.vhost === 'string' ? each.vhost : undefined,
          display: each.displayOnDevportal !== false,
        })),
      }))
      .sort((a, b) => a.number - b.number);
  }

  /** The names of the gateway environments of this API Manager. */
  async gateways(): Promise<string[]> {
    const doing = 'name its gateway environments';
    const { environment } = await this.#json('GET', '/settings', doing);
    return Array.isArray(environment) ? (environment as Row[]).map((each) => text(each.name)) : [];
  }

  /** The working copy as an archive, with the credentials of its endpoints: a secret, for an undo alone. */
  async exportWithCredentials(name: string, version: string): Promise<Buffer> {
    const query = new URLSearchParams({
      name,
      version,
      preserveStatus: 'true',
      preserveCredentials: 'true',
      format: 'YAML',
    });
    const doing = `export ${name}:${version}`;
    const answer = await this.#call('GET', `/apis/export?${query.toString()}`, doing, 'application/zip');
    if (!answer.body.subarray(0, 2).equals(Buffer.from('PK'))) throw notApim('GET', answer, this.#where, doing);
    return answer.body;
  }

  async deploy(apiId: string, revision: ApiRevision): Promise<void> {
    const body = revision.gateways.map(({ name, vhost, display }) => ({
      name,
      displayOnDevportal: display,
      ...(vhost === undefined ? {} : { vhost }),
    }));
    const query = new URLSearchParams({ revisionId: revision.id });
    const path = `/apis/${encodeURIComponent(apiId)}/deploy-revision?${query.toString()}`;
    await this.#call('POST', path, `deploy revision ${revision.number}`, 'application/json', body);
  }

  async undeploy(apiId: string, revision: ApiRevision, gateways: readonly string[]): Promise<void> {
    const query = new URLSearchParams({ revisionId: revision.id });
    const path = `/apis/${encodeURIComponent(apiId)}/undeploy-revision?${query.toString()}`;
    const body = gateways.map((name) => ({ name, displayOnDevportal: true }));
    await this.#call('POST', path, `undeploy revision ${revision.number}`, 'application/json', body);
  }

  async deleteRevision(apiId: string, revision: ApiRevision): Promise<void> {
    const path = `/apis/${encodeURIComponent(apiId)}/revisions/${encodeURIComponent(revision.id)}`;
    await this.#call('DELETE', path, `remove revision ${revision.number}`);
  }

  async deleteApi(api: PublishedApi): Promise<void> {
    await this.#call('DELETE', `/apis/${encodeURIComponent(api.id)}`, `remove ${api.name}:${api.version}`);
  }

  async #list(path: string, doing: string): Promise<Row[]> {
    const { list } = await this.#json('GET', path, doing, (row) => Array.isArray(row.list));
    return list as Row[];
  }

  async #json(method: 'GET', path: string, doing: string, fits: (row: Row) => boolean = () => true): Promise<Row> {
    const answer = await this.#call(method, path, doing);
    let row: unknown;
    try {
      row = answer.json();
    } catch {
      throw notApim(method, answer, this.#where, doing);
    }
    if (typeof row !== 'object' || row === null || !fits(row as Row)) throw notApim(method, answer, this.#where, doing);
    return row as Row;
  }

  /** One call; a token that is refused is renewed once. */
  async #call(
    method: HttpRequest['method'],
    path: string,
    doing: string,
    accept = 'application/json',
    body?: unknown,
  ): Promise<HttpResponse> {
    for (let renewed = false; ; renewed = true) {
      const bearer = await this.#token.bearer();
      const answer = await this.#ports.http.request({
        method,
        url: `${this.environment.publisher}/api/am/publisher/v4${path}`,
        headers: {
          authorization: `Bearer ${bearer}`,
          accept,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        timeoutMs: this.#timeoutMs,
        // A login page behind a redirect is no answer of a REST API.
        redirect: 'manual',
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(this.#ca === undefined ? {} : { ca: this.#ca }),
      });
      if (answer.status === 401 && !renewed && this.#token.renewable) {
        this.#token.drop();
        continue;
      }
      if (answer.status >= 200 && answer.status < 300) return answer;
      if (answer.status < 400) throw notApim(method, answer, this.#where, doing);
      throw apimRefusal(method, answer, this.#where, doing);
    }
  }

  get #where(): string {
    return `API Manager ${this.environment.name}`;
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
