import type { Agent, IncomingMessage, RequestOptions } from 'node:http';
import { codes } from '../base/codes.ts';
import { formatDuration } from '../base/duration.ts';
import { CancelledError, ServiceError } from '../base/errors.ts';
import type { Clock, Http, HttpAnswer, HttpRequest, HttpResponse, HttpStream } from '../base/ports.ts';
import {
  defaultBackoff,
  isIdempotent,
  isTransient,
  parseRetryAfter,
  pauseBefore,
  type Backoff,
} from '../base/retry.ts';

// Loading TLS takes as long as half a bare Node: only the first request that needs it pays.
const http = () => process.getBuiltinModule('node:http');
const https = () => process.getBuiltinModule('node:https');
const stream = () => process.getBuiltinModule('node:stream');
const rootCertificates = () => process.getBuiltinModule('node:tls').rootCertificates;

const defaults = { timeoutMs: 30_000, attempts: 4, maxBytes: 64 * 1024 * 1024, redirects: 5 };

interface Surroundings {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly cancelled: AbortSignal;
  readonly backoff?: Backoff;
  /** Told before each repetition. */
  readonly onRetry?: (message: string) => void;
}

/** Thrown by an attempt: a socket-level failure with what is known about it. */
class Failure extends Error {
  readonly errorCode: string | undefined;
  constructor(message: string, errorCode: string | undefined, cause?: unknown) {
    super(message, { cause });
    this.errorCode = errorCode;
  }
}

/**
 * The one HTTP client: keep-alive, deadlines, retries of what may be repeated, proxies by HTTPS_PROXY, HTTP_PROXY and
 * NO_PROXY (Node's own support, from 24.5), additional certificate authorities.
 */
export function createHttp(surroundings: Surroundings): Http & { close(): void } {
  const { clock, random, cancelled, backoff = defaultBackoff, onRetry } = surroundings;
  const agents = new Map<string, Agent>();

  const agentFor = (url: URL, request: HttpRequest): Agent => {
    const direct = request.socketPath !== undefined || isLoopback(url.hostname);
    const key = `${url.protocol}|${direct ? 'direct' : 'proxied'}|${request.ca ?? ''}`;
    const known = agents.get(key);
    if (known !== undefined) return known;
    const proxyEnv = direct ? {} : { proxyEnv: { ...surroundings.variables } };
    const agent =
      url.protocol === 'https:'
        ? new (https().Agent)({
            keepAlive: true,
            ...proxyEnv,
            ...(request.ca === undefined ? {} : { ca: [...rootCertificates(), request.ca] }),
          })
        : new (http().Agent)({ keepAlive: true, ...proxyEnv });
    agents.set(key, agent);
    return agent;
  };

  /** One exchange: resolves with the headers, rejects with a Failure. */
  const exchange = (url: URL, request: HttpRequest, headers: Record<string, string>): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const timeoutMs = request.timeoutMs ?? defaults.timeoutMs;
      const options: RequestOptions = {
        method: request.method,
        headers: { 'user-agent': 'wso2-delivery', ...headers, ...lengthOf(request) },
        agent: agentFor(url, request),
        ...(request.socketPath === undefined ? {} : { socketPath: request.socketPath }),
      };
      const sent = (url.protocol === 'https:' ? https() : http()).request(url, options);
      let answer: IncomingMessage | undefined;
      // Once the headers are there, the reader of the body is who must hear of the failure.
      const fail = (failure: Failure) => (answer ?? sent).destroy(failure);
      const abort = () => fail(new Failure('cancelled', 'CANCELLED'));
      const signals = [cancelled, ...(request.signal === undefined ? [] : [request.signal])];
      if (signals.some((signal) => signal.aborted)) abort();
      for (const signal of signals) signal.addEventListener('abort', abort, { once: true });
      sent.once('close', () => signals.forEach((signal) => signal.removeEventListener('abort', abort)));
      sent.setTimeout(timeoutMs, () => fail(new Failure(`nothing came for ${formatDuration(timeoutMs)}`, 'TIMEOUT')));
      sent.once('response', (message) => {
        answer = message;
        resolve(message);
      });
      sent.on('error', (error) => reject(asFailure(error)));
      const { body } = request;
      if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) sent.end(body);
      // A server may answer (401, 413) and close before it has read everything: the answer counts, not the broken pipe.
      else {
        const { pipeline, Readable } = stream();
        pipeline(Readable.from(body.open()), sent, (error) => error && reject(asFailure(error)));
      }
    });

  const follow = async (request: HttpRequest): Promise<{ url: URL; message: IncomingMessage }> => {
    let url = new URL(request.url);
    let headers = lowerCase(request.headers ?? {});
    const mayFollow = request.redirect !== 'manual' && (request.method === 'GET' || request.method === 'HEAD');
    for (let hop = 0; ; hop++) {
      const message = await exchange(url, request, headers);
      const { location } = message.headers;
      const isRedirect = [301, 302, 303, 307, 308].includes(message.statusCode ?? 0) && location !== undefined;
      if (!isRedirect || !mayFollow || hop === defaults.redirects) return { url, message };
      message.resume();
      const next = new URL(location, url);
      if (next.origin !== url.origin) {
        headers = Object.fromEntries(
          Object.entries(headers).filter(([name]) => name !== 'authorization' && name !== 'cookie'),
        );
      }
      url = next;
    }
  };

  /** Repeats `attempt` while it may and should be repeated. */
  const persistently = async <T extends HttpAnswer>(request: HttpRequest, attempt: () => Promise<T>): Promise<T> => {
    const may = isIdempotent(request.method) || request.repeatable === true;
    const attempts = may ? (request.attempts ?? defaults.attempts) : 1;
    for (let n = 1; ; n++) {
      let outcome: { answer: T } | { failure: Failure };
      try {
        outcome = { answer: await attempt() };
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        outcome = { failure: error };
      }
      const again =
        'answer' in outcome
          ? isTransient({ status: outcome.answer.status }, request.alsoTransient)
          : isTransient({ errorCode: outcome.failure.errorCode });
      const retryAfter =
        'answer' in outcome ? parseRetryAfter(outcome.answer.headers['retry-after'], clock.now()) : undefined;
      const pause = n < attempts && again ? pauseBefore(n + 1, random(), retryAfter, backoff) : undefined;
      if (pause === undefined) {
        if ('answer' in outcome) return outcome.answer;
        throw serviceError(request, outcome.failure, n);
      }
      const reason = 'answer' in outcome ? `answered ${outcome.answer.status}` : outcome.failure.message;
      onRetry?.(
        `${request.method} ${displayUrl(request.url)} ${reason}; attempt ${n + 1} of ${attempts} in ${formatDuration(pause)}`,
      );
      if ('answer' in outcome && 'close' in outcome.answer) (outcome.answer as unknown as HttpStream).close();
      await clock.sleep(pause, cancelled);
    }
  };

  return {
    request: (request) =>
      persistently(request, async (): Promise<HttpResponse> => {
        const { url, message } = await follow(request);
        const body = await readAll(message, request);
        return {
          ...answerOf(url, message),
          body,
          text: () => body.toString('utf8'),
          json: () => JSON.parse(body.toString('utf8')) as unknown,
        };
      }),
    stream: (request) =>
      persistently(request, async (): Promise<HttpStream> => {
        const { url, message } = await follow(request);
        return { ...answerOf(url, message), body: chunks(message, request), close: () => message.destroy() };
      }),
    close: () => {
      for (const agent of agents.values()) agent.destroy();
    },
  };
}

/** A URL for messages: no user info, and no query, which may hold a token or a signature. */
function displayUrl(url: string | URL): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

/** This machine itself: never through a proxy, as curl and Go do it too. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
}

function answerOf(url: URL, message: IncomingMessage): HttpAnswer {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return { status: message.statusCode ?? 0, headers, url: url.toString() };
}

async function readAll(message: IncomingMessage, request: HttpRequest): Promise<Buffer> {
  const limit = request.maxBytes ?? defaults.maxBytes;
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of message as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) {
        message.destroy();
        throw new ServiceError(
          codes.SERVICE_TOO_LARGE,
          `${request.method} ${displayUrl(request.url)} sent more than ${limit} bytes`,
          { method: request.method, url: displayUrl(request.url), status: message.statusCode },
        );
      }
      parts.push(chunk);
    }
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    throw asFailure(error);
  }
  return Buffer.concat(parts);
}

async function* chunks(message: IncomingMessage, request: HttpRequest): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of message as AsyncIterable<Buffer>) yield chunk;
  } catch (error) {
    throw serviceError(request, asFailure(error), 1);
  }
}

function lengthOf(request: HttpRequest): Record<string, string> {
  const { body } = request;
  if (body === undefined) return request.method === 'GET' || request.method === 'HEAD' ? {} : { 'content-length': '0' };
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  return { 'content-length': String(length) };
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  // Happy eyeballs: one error per address tried; the first one says enough.
  const first: unknown = error instanceof AggregateError ? (error.errors[0] ?? error) : error;
  const { code, message } = first as NodeJS.ErrnoException;
  const text =
    code === 'ECONNRESET' && message === 'aborted' ? 'the connection broke in the middle of the answer' : message;
  return new Failure(text, code, first);
}

const tlsErrors =
  /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|HOSTNAME_MISMATCH|EPROTO)/;

function serviceError(request: HttpRequest, failure: Failure, attempts: number): ServiceError | CancelledError {
  const url = displayUrl(request.url);
  if (failure.errorCode === 'CANCELLED')
    return new CancelledError(codes.CANCELLED, `${request.method} ${url} was cancelled`);
  const tries = attempts === 1 ? '' : ` (${attempts} attempts)`;
  const code =
    failure.errorCode === 'TIMEOUT'
      ? codes.SERVICE_TIMEOUT
      : tlsErrors.test(failure.errorCode ?? '')
        ? codes.SERVICE_TLS
        : codes.SERVICE_UNREACHABLE;
  return new ServiceError(code, `${request.method} ${url}: ${failure.message}${tries}`, {
    method: request.method,
    url,
    cause: failure.cause,
  });
}
