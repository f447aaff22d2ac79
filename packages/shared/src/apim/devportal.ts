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

  /** Applications by pages. The server's own filter also finds what merely contains the words. */
  async all(filter: { readonly name?: string; readonly owner?: string } = {}): Promise<KnownApplication[]> {
    const found: KnownApplication[] = [];
    for (;;) {
      const query = new URLSearchParams();
      if (filter.owner !== undefined) query.set('user', filter.owner);
      if (filter.name !== undefined) query.set('name', filter.name);
      query.set('limit', String(pageSize));
      query.set('offset', String(found.length));
      const url = `${this.environment.admin}/api/am/admin/v4/applications?${query.toString()}`;
      const call = { method: 'GET', url, doing: 'list its applications' } as const;
      const { list, pagination } = await this.client.table(call, (row) => Array.isArray(row.list));
      const rows = list as Row[];
      found.push(...rows.map(applicationOf));
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

function applicationOf(row: Row): KnownApplication {
  return { id: textOf(row.applicationId), name: textOf(row.name), owner: textOf(row.owner) };
}
