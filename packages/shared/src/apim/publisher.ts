import { ServiceError } from '../base/errors.ts';
import type { ApimClient, Row } from './apim-client.ts';
import { textOf } from './apim-client.ts';
import { codes } from './codes.ts';
import { notApim } from './publisher-answer.ts';
import { exportCall, type ExportQuestion } from './rest-calls.ts';

/** An API (or API product) as the publisher knows it. */
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

/** A gateway environment. */
export interface Gateway {
  readonly name: string;
  /** Its virtual hosts; what names none is served on the first. */
  readonly vhosts: readonly string[];
}

/** What a publisher manages in the same way under two roots. */
export type Collection = 'apis' | 'api-products';

/** Where the publisher has what is of a kind. */
export function collectionOf(kind: 'api' | 'api-product'): Collection {
  return kind === 'api' ? 'apis' : 'api-products';
}

/** Which state of an API an archive is to hold. */
export interface ExportChoice {
  readonly revision: 'working-copy' | 'latest' | number;
  /** With the passwords of its endpoints (where the server's version can): a secret. */
  readonly credentials: boolean;
}

/** Rows of one page of a listing; what a server cuts off is asked for again. */
const pageSize = 100;

/** Of an exported archive. */
const maxBytes = 128 * 1024 * 1024;

/** The publisher's REST API (v4) of one environment, for APIs or for API products. */
export class Publisher {
  readonly client: ApimClient;
  readonly collection: Collection;

  constructor(client: ApimClient, collection: Collection = 'apis') {
    this.client = client;
    this.collection = collection;
  }

  get environment() {
    return this.client.environment;
  }

  /** The same publisher, with the same token, for another collection. */
  of(collection: Collection): Publisher {
    return new Publisher(this.client, collection);
  }

  /**
   * Everything the collection holds (or what a search of the publisher finds), by pages.
   * @param query of the publisher's search: `name:"Pets" version:"1.0.0"`, `tag:public`
   */
  async all(query?: string): Promise<PublishedApi[]> {
    const first = await this.#page(0, query);
    const stride = first.rows.length;
    const starts: number[] = [];
    for (let at = stride; stride > 0 && at < first.total; at += stride) starts.push(at);
    const others = await Promise.all(starts.map((at) => this.#page(at, query)));
    // A listing that changes meanwhile may give a row twice.
    const found = new Map<string, PublishedApi>();
    for (const row of [first, ...others].flatMap(({ rows }) => rows)) {
      const api = publishedOf(row);
      found.set(api.id, api);
    }
    return [...found.values()];
  }

  /** Everything the collection holds, by name and version: in bulk what `find` gives one by one. */
  async index(): Promise<PublisherIndex> {
    const apis = await this.all();
    const byName = new Map(apis.map((api) => [`${api.name}:${api.version}`, api]));
    return { apis, find: (name, version) => byName.get(`${name}:${version}`) };
  }

  /** The API of exactly this name and version, or undefined. */
  async find(name: string, version: string): Promise<PublishedApi | undefined> {
    // The search also finds what merely contains the words.
    const apis = await this.all(`name:"${name}" version:"${version}"`);
    return apis.find((each) => each.name === name && each.version === version);
  }

  async details(id: string): Promise<PublishedApi> {
    return publishedOf(await this.client.table({ method: 'GET', url: this.#url(id), doing: 'read the API' }));
  }

  /** Oldest first. */
  async revisions(id: string): Promise<ApiRevision[]> {
    const call = { method: 'GET', url: this.#url(id, 'revisions'), doing: 'list the revisions' } as const;
    const rows = await this.client.list(call);
    return rows.map(revisionOf).sort((a, b) => a.number - b.number);
  }

  /** The gateway environments of this API Manager. */
  async gateways(): Promise<Gateway[]> {
    const url = `${this.#root}/settings`;
    const { environment } = await this.client.table({ method: 'GET', url, doing: 'name its gateway environments' });
    return rowsOf(environment).map(({ name, vhosts }) => ({
      name: textOf(name),
      vhosts: rowsOf(vhosts).flatMap(({ host }) => (typeof host === 'string' ? [host] : [])),
    }));
  }

  /**
   * An archive of the API, as apictl would export it, with read rights alone unless credentials are asked for.
   * @throws ServiceError API_NOT_FOUND, APIM_NOT_APIM and others
   */
  export(name: string, version: string, { revision, credentials }: ExportChoice): Promise<Buffer> {
    const kind = this.collection === 'apis' ? 'api' : 'api-product';
    return exportArchive(this.client, { kind, name, version, revision, credentials });
  }

  /** One revision as an archive, without credentials. */
  exportRevision(name: string, version: string, revision: number): Promise<Buffer> {
    return this.export(name, version, { revision, credentials: false });
  }

  /** The working copy as an archive, with the credentials of its endpoints: a secret, for an undo alone. */
  exportWithCredentials(name: string, version: string): Promise<Buffer> {
    return this.export(name, version, { revision: 'working-copy', credentials: true });
  }

  async deploy(apiId: string, revision: ApiRevision): Promise<void> {
    const body = revision.gateways.map(({ name, vhost, display }) => ({
      name,
      displayOnDevportal: display,
      ...(vhost === undefined ? {} : { vhost }),
    }));
    await this.#post(apiId, 'deploy-revision', revision, { doing: `deploy revision ${revision.number}`, body });
  }

  async undeploy(apiId: string, revision: ApiRevision, gateways: readonly string[]): Promise<void> {
    const body = gateways.map((name) => ({ name, displayOnDevportal: true }));
    await this.#post(apiId, 'undeploy-revision', revision, { doing: `undeploy revision ${revision.number}`, body });
  }

  /** Makes the working copy what the revision is; the credentials of its endpoints never leave the server. */
  async restoreRevision(apiId: string, revision: ApiRevision): Promise<void> {
    await this.#post(apiId, 'restore-revision', revision, { doing: `restore revision ${revision.number}` });
  }

  /**
   * Removing twice is removing once. Proven: a page that a proxy answers with 200 removes nothing.
   * @throws ServiceError APIM_NOT_APIM when it is still listed, and what a failing call means
   */
  async deleteRevision(apiId: string, revision: ApiRevision): Promise<void> {
    const url = `${this.#url(apiId, 'revisions')}/${encodeURIComponent(revision.id)}`;
    await this.client.remove(url, `remove revision ${revision.number}`);
    if ((await this.revisions(apiId)).every(({ id }) => id !== revision.id)) return;
    const message = `${this.client.shown} says that it removed revision ${revision.number}, and still lists it`;
    throw new ServiceError(codes.APIM_NOT_APIM, message, { method: 'DELETE', url, status: undefined });
  }

  /** Removing twice is removing once. */
  async deleteApi(api: PublishedApi): Promise<void> {
    await this.client.remove(this.#url(api.id), `remove ${api.name}:${api.version}`);
  }

  /**
   * Takes a step of the life cycle.
   * @param action as the publisher names it: Publish, Demote to Created, Block, Deprecate …
   * @returns the state afterwards, and whether a workflow has to approve it first
   */
  async changeLifecycle(apiId: string, action: string): Promise<{ state: string; pending: boolean }> {
    const query = new URLSearchParams({ action, [this.collection === 'apis' ? 'apiId' : 'apiProductId']: apiId });
    const url = `${this.#root}/${this.collection}/change-lifecycle?${query.toString()}`;
    const doing = `take the life cycle step '${action}'`;
    const row = await this.client.table({ method: 'POST', url, doing });
    const { state } = (row.lifecycleState ?? {}) as Row;
    return { state: textOf(state), pending: row.workflowStatus === 'CREATED' };
  }

  async #page(offset: number, query: string | undefined): Promise<{ rows: readonly Row[]; total: number }> {
    const wanted = new URLSearchParams({ limit: String(pageSize), offset: String(offset) });
    if (query !== undefined) wanted.set('query', query);
    const url = `${this.#root}/${this.collection}?${wanted.toString()}`;
    const doing = this.collection === 'apis' ? 'list its APIs' : 'list its API products';
    const { list, pagination } = await this.client.table({ method: 'GET', url, doing }, (row) =>
      Array.isArray(row.list),
    );
    const { total } = (pagination ?? {}) as Row;
    return { rows: list as Row[], total: typeof total === 'number' ? total : 0 };
  }

  /** Deploying, undeploying and restoring a revision twice is doing it once. */
  async #post(apiId: string, what: string, revision: ApiRevision, call: { doing: string; body?: unknown }) {
    const query = new URLSearchParams({ revisionId: revision.id });
    const url = `${this.#url(apiId, what)}?${query.toString()}`;
    await this.client.call({ method: 'POST', url, repeatable: true, ...call });
  }

  #url(id: string, ...rest: string[]): string {
    return [this.#root, this.collection, encodeURIComponent(id), ...rest].join('/');
  }

  get #root(): string {
    return `${this.environment.publisher}/api/am/publisher/v4`;
  }
}

/** The archive of a project, as the server has packed it. @throws ServiceError API_NOT_FOUND, APIM_NOT_APIM and others */
export async function exportArchive(client: ApimClient, wish: ExportQuestion): Promise<Buffer> {
  const doing = `export ${wish.name}:${wish.version}`;
  const answer = await client.call({ method: 'GET', ...exportCall(wish, client.environment), doing, maxBytes });
  if (!answer.body.subarray(0, 2).equals(Buffer.from('PK'))) throw notApim('GET', answer, client.shown, doing);
  return answer.body;
}

/** All APIs of a publisher at one moment. */
export interface PublisherIndex {
  readonly apis: readonly PublishedApi[];
  find(name: string, version: string): PublishedApi | undefined;
}

function publishedOf(row: Row): PublishedApi {
  return {
    id: textOf(row.id),
    name: textOf(row.name),
    version: textOf(row.version),
    context: textOf(row.context),
    provider: textOf(row.provider),
    // Listings of API products name it state.
    lifeCycleStatus: textOf(row.lifeCycleStatus) || textOf(row.state),
  };
}

function rowsOf(value: unknown): readonly Row[] {
  return Array.isArray(value) ? (value as Row[]) : [];
}

function revisionOf(row: Row): ApiRevision {
  return {
    id: textOf(row.id),
    number: Number(/(\d+)$/.exec(textOf(row.displayName))?.[1] ?? 0),
    createdTime: Number(row.createdTime ?? 0),
    gateways: rowsOf(row.deploymentInfo).map((each) => ({
      name: textOf(each.name),
      vhost: typeof each.vhost === 'string' ? each.vhost : undefined,
      display: each.displayOnDevportal !== false,
    })),
  };
}
