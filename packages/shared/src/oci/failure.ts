/** A registry's refusals as errors: its own words, the code that fits, never a credential. */
import { type ErrorCode, ServiceError } from '../base/errors.ts';
import type { HttpAnswer } from '../base/ports.ts';
import { neutralise, oneLine } from '../base/text.ts';
import { codes } from './codes.ts';

/**
 * What passes with registries, though it need not elsewhere: they answer 500 when their storage or their database does
 * not answer in time. Each request of the API that changes something is asked for by digest or opens a session that
 * nobody has to use, so that what may be sent again after a 503 may be after a 500.
 */
export const PASSING: readonly number[] = [500];

/** A URL that may be shown: no credentials, and no query, which signed URLs and upload sessions fill with secrets. */
export function shownUrl(url: string | URL): string {
  const parsed = new URL(url);
  return `${parsed.origin}${parsed.pathname}`;
}

/**
 * The registry's own words from an error body (`{"errors":[{"code","message","detail"}]}`, and what other registries
 * and token services make of it); the beginning of a text body; empty for HTML.
 */
export function registryWords(body: string): string {
  let document: unknown;
  try {
    document = JSON.parse(body);
  } catch {
    return /^\s*</.test(body) ? '' : oneLine(neutralise(body), 200);
  }
  const { errors, details, message, error } = (document ?? {}) as Record<string, unknown>;
  const words = Array.isArray(errors)
    ? errors.map((item: unknown) => {
        const { code, message: text } = (item ?? {}) as { code?: unknown; message?: unknown };
        return [code, text].filter((part) => typeof part === 'string' && part !== '').join(': ');
      })
    : [details, message, error].filter((part) => typeof part === 'string').slice(0, 1);
  return oneLine(neutralise(words.join('; ')), 300);
}

/** The error codes of the distribution specification in a body: BLOB_UPLOAD_UNKNOWN, DENIED … */
export function registryCodes(body: string): string[] {
  try {
    const { errors } = JSON.parse(body) as { errors?: { code?: unknown }[] };
    return (errors ?? []).map(({ code }) => code).filter((code) => typeof code === 'string');
  } catch {
    return [];
  }
}

/** @param doing what was tried, to stand after "the registry refused to": "push the tag 1.4.0" */
export function refusal(method: string, answer: HttpAnswer, body: string, doing: string): ServiceError {
  const words = registryWords(body);
  const host = new URL(answer.url).host;
  const message = `${host} did not ${doing}: ${answer.status}${words === '' ? '' : ` ${words}`}`;
  return new ServiceError(codeFor(answer.status), message, {
    ...(answer.status === 413 && { remedy: TOO_LARGE_REMEDY }),
    method,
    url: shownUrl(answer.url),
    status: answer.status,
  });
}

const TOO_LARGE_REMEDY =
  'The registry, or a proxy in front of it, limits the size of a request; raise the limit there (nginx: client_max_body_size).';

function codeFor(status: number): ErrorCode {
  if (status === 401) return codes.REGISTRY_UNAUTHORIZED;
  if (status === 403) return codes.REGISTRY_FORBIDDEN;
  if (status === 404) return codes.REGISTRY_NOT_FOUND;
  if (status === 429) return codes.REGISTRY_RATE_LIMITED;
  if (status >= 500) return codes.REGISTRY_UNAVAILABLE;
  return status < 400 ? codes.REGISTRY_PROTOCOL : codes.REGISTRY_REFUSED;
}

/** The registry answered with success, and the answer lacks what the specification demands. */
export function protocolError(method: string, url: string | URL, problem: string): ServiceError {
  const message = `${new URL(url).host} does not answer like a registry: ${problem}`;
  return new ServiceError(codes.REGISTRY_PROTOCOL, message, { method, url: shownUrl(url) });
}
