import { ServiceError } from '../base/errors.ts';
import { textOf, type ApimClient, type Row } from './apim-client.ts';
import { codes } from './codes.ts';
import { notApim } from './publisher-answer.ts';

/** An application as an API Manager knows it. */
export interface KnownApplication {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
}

/** A subscription as the devportal knows it. */
export interface KnownSubscription {
  readonly id: string;
  /** Of the API or product. */
  readonly name: string;
  readonly version: string;
}

/** Of an exported archive. */
const maxBytes = 16 * 1024 * 1024;
const pageSize = 100;

/**
 * The applications of one environment. They are exported and imported by the devportal (v3), whoever owns them; they are
 * found and removed by the admin API (v4), since the devportal shows a user no applications but his own.
 */
export class Devportal {
  readonly client: ApimClient;

  constructor(client: ApimClient) {
    this.client = client;
  }

  get environment() {
    return this.client.environment;
  }

  /** The application of exactly this name and owner, or undefined. @throws ServiceError */
  async find(name: string, owner: string): Promise<KnownApplication | undefined> {
    const found = await this.all({ name, owner });
    return found.find((each) => each.name === name && each.owner.toLowerCase() === owner.toLowerCase());
  }

  /** What an application is subscribed to, as the devportal tells its owner (and his group) alone. @throws ServiceError */
  async subscriptions(applicationId: string): Promise<KnownSubscription[]> {
    return this.#pages(`${this.#root}/subscriptions`, { applicationId }, 'list its subscriptions', subscriptionOf);
  }

  /** Removing twice is removing once. @throws ServiceError */
  async unsubscribe({ id, name, version }: KnownSubscription): Promise<void> {
    const url = `${this.#root}/subscriptions/${encodeURIComponent(id)}`;
    await this.client.remove(url, `remove the subscription to ${name}:${version}`);
  }

  /** Applications by pages. The server's own filter also finds what merely contains the words. */
  async all(filter: { readonly name?: string; readonly owner?: string } = {}): Promise<KnownApplication[]> {
    const { name, owner } = filter;
    const wanted = { ...(owner === undefined ? {} : { user: owner }), ...(name === undefined ? {} : { name }) };
    const url = `${this.environment.admin}/api/am/admin/v4/applications`;
    return this.#pages(url, wanted, 'list its applications', applicationOf);
  }

  async #pages<T>(
    url: string,
    filter: Readonly<Record<string, string>>,
    doing: string,
    read: (row: Row) => T,
  ): Promise<T[]> {
    const found: T[] = [];
    for (;;) {
      const query = new URLSearchParams({ ...filter, limit: String(pageSize), offset: String(found.length) });
      const call = { method: 'GET', url: `${url}?${query.toString()}`, doing } as const;
      const { list, pagination } = await this.client.table(call, (row) => Array.isArray(row.list));
      const rows = list as Row[];
      found.push(...rows.map(read));
      const { total } = (pagination ?? {}) as Row;
      if (rows.length === 0 || found.length >= (typeof total === 'number' ? total : 0)) return found;
    }
  }

  /**
   * The archive of an application; undefined when there is none. With keys it is a secret.
   * @throws ServiceError
   */
  async export(name: string, owner: string, withKeys: boolean): Promise<Buffer | undefined> {
    // In apictl's order, so that both engines ask for the same.
    const query = new URLSearchParams({ appName: name, appOwner: owner, format: 'YAML' });
    if (withKeys) query.set('withKeys', 'true');
    const url = `${this.#root}/applications/export?${query.toString()}`;
    const doing = `export ${name}:${owner}`;
    try {
      const answer = await this.client.call({ method: 'GET', url, doing, accept: 'application/zip', maxBytes });
      if (!answer.body.subarray(0, 2).equals(Buffer.from('PK'))) throw notApim('GET', answer, this.client.shown, doing);
      return answer.body;
    } catch (error) {
      if (error instanceof ServiceError && error.code === codes.API_NOT_FOUND.code) return undefined;
      throw error;
    }
  }

  /** Removing twice is removing once. */
  async remove({ id, name, owner }: KnownApplication): Promise<void> {
    const url = `${this.environment.admin}/api/am/admin/v4/applications/${encodeURIComponent(id)}`;
    await this.client.remove(url, `remove ${name}:${owner}`);
  }

  get #root(): string {
    return `${this.environment.devportal}/api/am/devportal/v3`;
  }
}

/** carbon-apimgt, SubscriptionDTO. */
function subscriptionOf(row: Row): KnownSubscription {
  const { name, version } = (row.apiInfo ?? {}) as Row;
  return { id: textOf(row.subscriptionId), name: textOf(name), version: textOf(version) };
}

function applicationOf(row: Row): KnownApplication {
  return { id: textOf(row.applicationId), name: textOf(row.name), owner: textOf(row.owner) };
}
