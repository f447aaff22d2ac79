import { codes as baseCodes } from '../base/codes.ts';
import { ServiceError } from '../base/errors.ts';
import type { HttpRequest, HttpResponse, HttpStream, Ports } from '../base/ports.ts';
import { isIdempotent, isTransient, parseRetryAfter, pauseBefore } from '../base/retry.ts';
import type { Backoff } from '../base/retry.ts';
import { apiError, isProxyFailure } from './api-error.ts';
import { codes } from './codes.ts';
import type { ApiAddress } from './proxy.ts';

export type TransportPorts = Pick<Ports, 'http' | 'clock' | 'cancelled'>;

/** What gives the address of the API server for each request anew: a proxy that died comes back under another one. */
export interface AddressSource {
  address(): Promise<ApiAddress>;
}

export interface ApiCall {
  readonly method: HttpRequest['method'];
  /** Below the API server's root, already encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
  /** Attempts in all (default 5, about four seconds). */
  readonly attempts?: number;
  /** A repetition does no harm. Default: by the method. */
  readonly repeatable?: boolean;
  /** Statuses that are passed on as they are, also the transient ones: the answer of a pod, not of the API server. */
  readonly anyStatus?: boolean;
}

/** Requests to the API server through the proxy, with patience for what passes. */
export interface ApiTransport {
  /** @throws ServiceError for every answer outside 2xx, unless `anyStatus`; KUBERNETES_UNREACHABLE when none comes. */
  send(call: ApiCall): Promise<HttpResponse>;
  /** One attempt; the answer's body as it comes. @throws ServiceError as send does. */
  open(call: ApiCall): Promise<HttpStream>;
}

const backoff: Backoff = { baseMs: 250, capMs: 4000, longestWaitMs: 30_000 };
const defaultAttempts = 5;

/** @param random a number in [0, 1), for the jitter of the pauses */
export function createTransport(
  ports: TransportPorts,
  source: AddressSource,
  random: () => number = Math.random,
): ApiTransport {
  const request = async (call: ApiCall): Promise<HttpRequest> => {
    const { baseUrl, socketPath } = await source.address();
    return {
      method: call.method,
      url: `${baseUrl}${call.path}${queryText(call.query)}`,
      attempts: 1,
      redirect: 'manual',
      headers: {
        accept: 'application/json',
        ...(call.body === undefined ? {} : { 'content-type': call.contentType ?? 'application/json' }),
        ...call.headers,
      },
      ...(socketPath === undefined ? {} : { socketPath }),
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      ...(call.timeoutMs === undefined ? {} : { timeoutMs: call.timeoutMs }),
      ...(call.maxBytes === undefined ? {} : { maxBytes: call.maxBytes }),
      ...(call.signal === undefined ? {} : { signal: call.signal }),
    };
  };

  /** How long to wait before trying again, undefined when this answer is final. */
  const pauseAfter = (call: ApiCall, attempt: number, response: HttpResponse): number | undefined => {
    const repeatable = call.repeatable ?? isIdempotent(call.method);
    const answer = { method: call.method, path: call.path, status: response.status, body: response.text() };
    const retryAfter = parseRetryAfter(response.headers['retry-after'], ports.clock.now());
    const pause = pauseBefore(attempt + 1, random(), retryAfter, backoff);
    if (isProxyAnswer(response) && isProxyFailure(answer)) {
      const error = apiError(answer);
      const neverSent = answer.body.includes('dial tcp');
      return error.code === codes.KUBERNETES_UNREACHABLE.code && (repeatable || neverSent) ? pause : undefined;
    }
    if (call.anyStatus === true) return undefined;
    // A credential plugin is asked for a fresh token after a 401, and only the next request carries it (client-go exec.go).
    if (response.status === 401) return attempt === 1 ? pause : undefined;
    if (response.status === 429) return pause;
    return repeatable && isTransient({ status: response.status }) ? pause : undefined;
  };

  return {
    async send(call) {
      const attempts = call.attempts ?? defaultAttempts;
      for (let attempt = 1; ; attempt++) {
        let pause: number | undefined;
        try {
          const response = await ports.http.request(await request(call));
          if (attempt < attempts) pause = pauseAfter(call, attempt, response);
          if (pause === undefined) return checked(call, response);
        } catch (error) {
          const unreachable = error instanceof ServiceError && error.code === baseCodes.SERVICE_UNREACHABLE.code;
          if (!unreachable) throw error;
          if (attempt >= attempts || !(call.repeatable ?? isIdempotent(call.method)))
            throw unreachableError(call, error);
          pause = pauseBefore(attempt + 1, random(), undefined, backoff) ?? backoff.capMs;
        }
        await ports.clock.sleep(pause, call.signal ?? ports.cancelled);
      }
    },

    async open(call) {
      const stream = await ports.http.stream(await request(call)).catch((error: unknown) => {
        if (error instanceof ServiceError && error.code === baseCodes.SERVICE_UNREACHABLE.code)
          throw unreachableError(call, error);
        throw error;
      });
      if (stream.status >= 200 && stream.status < 300) return stream;
      const chunks: Buffer[] = [];
      for await (const chunk of stream.body) {
        chunks.push(chunk);
        if (chunks.length > 64) break;
      }
      stream.close();
      throw apiError({
        method: call.method,
        path: call.path,
        status: stream.status,
        body: Buffer.concat(chunks).toString('utf8'),
      });
    },
  };
}

function checked(call: ApiCall, response: HttpResponse): HttpResponse {
  if (response.status >= 200 && response.status < 300) return response;
  const answer = { method: call.method, path: call.path, status: response.status, body: response.text() };
  if (call.anyStatus === true && !(isProxyAnswer(response) && isProxyFailure(answer))) return response;
  throw apiError(answer);
}

/** The API server marks its answers (and those of the pods behind it) with an Audit-Id; kubectl proxy does not. */
function isProxyAnswer(response: HttpResponse): boolean {
  return (
    response.headers['audit-id'] === undefined &&
    response.headers['x-content-type-options'] === 'nosniff' &&
    response.headers['content-type']?.startsWith('text/plain') === true
  );
}

function unreachableError(call: ApiCall, cause: ServiceError): ServiceError {
  return new ServiceError(codes.KUBERNETES_UNREACHABLE, `no answer to ${call.method} ${call.path}`, {
    method: call.method,
    url: call.path,
    cause,
  });
}

function queryText(query: ApiCall['query']): string {
  const pairs = Object.entries(query ?? {}).flatMap(([key, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`],
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}
