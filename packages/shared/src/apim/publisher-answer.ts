import { ServiceError, type ErrorCode } from '../base/errors.ts';
import type { HttpAnswer, HttpResponse } from '../base/ports.ts';
import { neutralise, oneLine } from '../base/text.ts';
import { codes } from './codes.ts';

/** API Manager's own words from an error body; the beginning of a text body; empty for HTML. */
export function apimWords(body: string): string {
  let document: unknown;
  try {
    document = JSON.parse(body);
  } catch {
    return /^\s*</.test(body) ? '' : oneLine(neutralise(body), 200);
  }
  const { description, error_description: detail, message, error } = (document ?? {}) as Record<string, unknown>;
  const words = [description, detail, message, error].find((each) => typeof each === 'string' && each !== '');
  return typeof words === 'string' ? oneLine(neutralise(words), 300) : '';
}

/**
 * A refusal as an error with the server's own words.
 * @param doing what was tried, after "did not": "list the revisions"
 */
export function apimRefusal(method: string, answer: HttpResponse, where: string, doing: string): ServiceError {
  const words = apimWords(answer.text());
  const message = `${where} did not ${doing}: ${answer.status}${words === '' ? '' : ` ${words}`}`;
  return new ServiceError(codeFor(answer.status), message, {
    method,
    url: withoutQuery(answer),
    status: answer.status,
  });
}

/** A 200 that holds something else than the documented JSON. */
export function notApim(method: string, answer: HttpResponse, where: string, doing: string): ServiceError {
  const kind = answer.headers['content-type'] ?? 'no content type';
  const message = `${where} did not ${doing}: it answered ${answer.status} with ${kind}, which is not API Manager's`;
  return new ServiceError(codes.APIM_NOT_APIM, message, { method, url: withoutQuery(answer), status: answer.status });
}

function codeFor(status: number): ErrorCode {
  if (status === 401) return codes.APIM_UNAUTHORIZED;
  if (status === 403) return codes.APIM_FORBIDDEN;
  if (status === 404) return codes.API_NOT_FOUND;
  if (status === 409) return codes.API_CONFLICT;
  return [429, 502, 503, 504].includes(status) ? codes.APIM_BUSY : codes.APIM_ERROR;
}

function withoutQuery(answer: HttpAnswer): string {
  const { origin, pathname } = new URL(answer.url);
  return `${origin}${pathname}`;
}
