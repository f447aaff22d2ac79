import type { ServiceError } from '../base/errors.ts';
import type { Body, HttpRequest, HttpResponse } from '../base/ports.ts';
import { defaultBackoff, parseRetryAfter, pauseBefore } from '../base/retry.ts';
import type { Credentials } from './credentials.ts';
import type { ApimEnvironment } from './environments.ts';
import { apimRefusal, notApim } from './publisher-answer.ts';
import { PublisherToken, type TokenOptions, type TokenPorts } from './publisher-token.ts';

/** One call to a REST API of an API Manager. */
export interface ApimCall {
  readonly method: HttpRequest['method'];
  /** Absolute, of one of the environment's parts. */
  readonly url: string;
  /** For messages, after "did not": "list the revisions". */
  readonly doing: string;
  /** Default: application/json. */
  readonly accept?: string;
  /** Sent as JSON, unless it is given with a content type of its own. */
  readonly body?: unknown;
  readonly content?: { readonly type: string; readonly data: Body };
  /** A POST whose repetition changes nothing: it is sent again after a broken connection too. */
  readonly repeatable?: boolean;
  /** Largest answer accepted, in bytes. */
  readonly maxBytes?: number;
}

/** A table of a JSON answer. */
export type Row = Readonly<Record<string, unknown>>;

/** How often a write is sent in all, when the server says each time that it has not done it. */
const attempts = 4;

/**
 * The REST APIs of one environment: one token for everybody who calls, connections kept alive. Reads are sent again
 * by the HTTP port; a write only when the server says that it did not begin with it (401 once, 429, 503 with
 * Retry-After).
 */
export class ApimClient {
  readonly environment: ApimEnvironment;
  readonly #token: PublisherToken;
  readonly #ports: TokenPorts;
  readonly #options: TokenOptions;

  constructor(environment: ApimEnvironment, credentials: Credentials, ports: TokenPorts, options: TokenOptions) {
    this.environment = environment;
    this.#token = new PublisherToken(environment, credentials, ports, options);
    this.#ports = ports;
    this.#options = options;
  }

  /** For messages. */
  get shown(): string {
    return `API Manager ${this.environment.name}`;
  }

  /** An answer of the 200s. @throws ServiceError with the code that the answer means */
  async call(call: ApimCall): Promise<HttpResponse> {
    const answer = await this.#persistently(call);
    if (answer.status >= 200 && answer.status < 300) return answer;
    if (answer.status < 400) throw notApim(call.method, answer, this.shown, call.doing);
    throw this.#refusal(call.method, answer, call.doing);
  }

  /** A JSON table. @param fits what it must be @throws ServiceError APIM_NOT_APIM and others */
  async table(call: ApimCall, fits: (row: Row) => boolean = () => true): Promise<Row> {
    const answer = await this.call(call);
    let row: unknown;
    try {
      row = answer.json();
    } catch {
      throw notApim(call.method, answer, this.shown, call.doing);
    }
    if (typeof row !== 'object' || row === null || !fits(row as Row)) {
      throw notApim(call.method, answer, this.shown, call.doing);
    }
    return row as Row;
  }

  /** The rows of an answer with a list. */
  async list(call: ApimCall): Promise<Row[]> {
    const { list } = await this.table(call, (row) => Array.isArray(row.list));
    return list as Row[];
  }

  /** A DELETE; what is gone already counts as removed, since the answer to an earlier attempt may have been lost. */
  async remove(url: string, doing: string): Promise<void> {
    const answer = await this.#persistently({ method: 'DELETE', url, doing });
    if (answer.status === 404 || (answer.status >= 200 && answer.status < 300)) return;
    throw answer.status < 400 ? notApim('DELETE', answer, this.shown, doing) : this.#refusal('DELETE', answer, doing);
  }

  #refusal(method: string, answer: HttpResponse, doing: string): ServiceError {
    return apimRefusal(method, answer, this.shown, doing, this.#token.lacking);
  }

  async #persistently(call: ApimCall): Promise<HttpResponse> {
    let renewed = false;
    for (let attempt = 1; ;) {
      const bearer = await this.#token.bearer();
      const answer = await this.#ports.http.request(this.#requestOf(call, bearer));
      if (answer.status === 401 && !renewed && this.#token.renewable) {
        renewed = true;
        this.#token.drop(bearer);
        continue;
      }
      const pause = attempt < attempts ? this.#pauseAfter(call, answer, attempt) : undefined;
      if (pause === undefined) return answer;
      attempt++;
      await this.#ports.clock.sleep(pause);
    }
  }

  /** Milliseconds until a write that was turned away at the door is sent again; undefined: not again. */
  #pauseAfter(call: ApimCall, { status, headers }: HttpResponse, attempt: number): number | undefined {
    // The port has sent these again already.
    if (call.method !== 'POST' && call.method !== 'PATCH') return undefined;
    if (call.repeatable === true) return undefined;
    const retryAfter = parseRetryAfter(headers['retry-after'], this.#ports.clock.now());
    const turnedAway = status === 429 || (status === 503 && retryAfter !== undefined);
    return turnedAway ? pauseBefore(attempt + 1, Math.random(), retryAfter, defaultBackoff) : undefined;
  }

  #requestOf(call: ApimCall, bearer: string): HttpRequest {
    const { method, url, accept = 'application/json', body, content, repeatable, maxBytes } = call;
    const sent = content ?? (body === undefined ? undefined : { type: 'application/json', data: JSON.stringify(body) });
    return {
      method,
      url,
      headers: {
        authorization: `Bearer ${bearer}`,
        accept,
        ...(sent === undefined ? {} : { 'content-type': sent.type }),
      },
      timeoutMs: this.#options.requestTimeoutMs,
      // A login page behind a redirect is no answer of a REST API.
      redirect: 'manual',
      ...(sent === undefined ? {} : { body: sent.data }),
      ...(repeatable === true ? { repeatable } : {}),
      ...(maxBytes === undefined ? {} : { maxBytes }),
      ...(this.#options.ca === undefined ? {} : { ca: this.#options.ca }),
    };
  }
}

/** A text of an answer; empty when it is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
