import { ServiceError, type ErrorCode } from '../base/errors.ts';
import type { Http, HttpRequest, HttpResponse, Job } from '../base/ports.ts';
import { neutralise, oneLine } from '../base/text.ts';
import { codes } from './codes.ts';

/** The REST API version whose shapes are read here. */
const apiVersion = '2022-11-28';

/** A permission as the `permissions:` of a job name it. */
export type Permission = 'pull-requests: read' | 'pull-requests: write' | 'deployments: write' | 'contents: read';

type Row = Readonly<Record<string, unknown>>;

/** GitHub's REST API for one repository: that of the job, on github.com or on an Enterprise Server. */
export class GitHub {
  readonly repository: string;
  readonly #apiUrl: string;
  readonly #token: string;
  readonly #http: Http;

  private constructor(repository: string, apiUrl: string, token: string, http: Http) {
    this.repository = repository;
    this.#apiUrl = apiUrl;
    this.#token = token;
    this.#http = http;
  }

  /** @returns undefined outside of a job, or without a token */
  static of(token: string | undefined, job: Job, http: Http): GitHub | undefined {
    if (token === undefined || job.repository === undefined) return undefined;
    const apiUrl = (job.variable('GITHUB_API_URL') ?? 'https://api.github.com').replace(/\/+$/, '');
    return new GitHub(job.repository, apiUrl, token, http);
  }

  /** One object. @param path below /repos/OWNER/NAME @throws ServiceError GITHUB_* */
  async one(
    method: HttpRequest['method'],
    path: string,
    needs: Permission,
    doing: string,
    body?: object,
  ): Promise<Row> {
    const document = await this.#json(method, path, needs, doing, body);
    if (typeof document !== 'object' || document === null || Array.isArray(document))
      throw unreadable(method, path, doing);
    return document as Row;
  }

  /** A listing, page after page until `enough` of them are there. @throws ServiceError GITHUB_* */
  async list(path: string, needs: Permission, doing: string, pages = 10): Promise<Row[]> {
    const rows: Row[] = [];
    for (let page = 1; page <= pages; page += 1) {
      const separator = path.includes('?') ? '&' : '?';
      const full = `${path}${separator}per_page=100&page=${page}`;
      const document = await this.#json('GET', full, needs, doing);
      if (!Array.isArray(document)) throw unreadable('GET', path, doing);
      rows.push(...(document as Row[]));
      if (document.length < 100) break;
    }
    return rows;
  }

  async #json(
    method: HttpRequest['method'],
    path: string,
    needs: Permission,
    doing: string,
    body?: object,
  ): Promise<unknown> {
    const answer = await this.#http.request({
      method,
      url: `${this.#apiUrl}/repos/${this.repository}${path}`,
      headers: {
        authorization: `Bearer ${this.#token}`,
        accept: 'application/vnd.github+json',
        'x-github-api-version': apiVersion,
        // GitHub refuses requests without one.
        'user-agent': 'wso2-delivery',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      maxBytes: 16 * 1024 * 1024,
    });
    if (answer.status < 200 || answer.status > 299) throw refusal(method, path, answer, needs, doing);
    try {
      return answer.json();
    } catch {
      throw unreadable(method, path, doing);
    }
  }
}

function refusal(method: string, path: string, answer: HttpResponse, needs: Permission, doing: string): ServiceError {
  const code = codeFor(answer);
  const words = githubWords(answer.text());
  const hint = code === codes.GITHUB_FORBIDDEN ? ` (the job needs \`${needs}\`)` : '';
  const message = `GitHub did not ${doing}: ${answer.status}${words === '' ? '' : ` ${words}`}${hint}`;
  return new ServiceError(code, message, { method, url: path, status: answer.status });
}

/** A used up rate limit comes as 403 or 429; a 404 also stands for what the token may not see. */
function codeFor({ status, headers }: HttpResponse): ErrorCode {
  const limited = headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined;
  if (status === 429 || status >= 500 || (status === 403 && limited)) return codes.GITHUB_BUSY;
  if (status === 401) return codes.GITHUB_UNAUTHORIZED;
  if (status === 403 || status === 404) return codes.GITHUB_FORBIDDEN;
  return codes.GITHUB_REFUSED;
}

function githubWords(body: string): string {
  try {
    const { message } = JSON.parse(body) as { message?: unknown };
    return typeof message === 'string' ? oneLine(neutralise(message), 200) : '';
  } catch {
    return '';
  }
}

function unreadable(method: string, path: string, doing: string): ServiceError {
  const message = `GitHub did not ${doing}: its answer is not the JSON that its documentation describes`;
  return new ServiceError(codes.GITHUB_REFUSED, message, { method, url: path });
}
