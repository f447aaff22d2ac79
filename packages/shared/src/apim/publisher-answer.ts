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
 * @param lacking scopes that the token was to have and has not: a call that needs one is refused with 401, as with a
 * token that is unknown (carbon-apimgt, OAuthAuthenticationInterceptor)
 */
export function apimRefusal(
  method: string,
  answer: HttpResponse,
  where: string,
  doing: string,
  lacking: readonly string[] = [],
): ServiceError {
  const { status } = answer;
  const words = apimWords(answer.text());
  const isForbidden = status === 403 || (status === 401 && lacking.length > 0);
  const rights = isForbidden && lacking.length > 0 ? `; the user has not the scopes ${lacking.join(', ')}` : '';
  const message = `${where} did not ${doing}: ${status}${words === '' ? '' : ` ${words}`}${rights}`;
  const code = isForbidden ? codes.APIM_FORBIDDEN : codeFor(status);
  return new ServiceError(code, message, { method, url: withoutQuery(answer), status });
}

/** A 200 that holds something else than the documented JSON. */
export function notApim(method: string, answer: HttpResponse, where: string, doing: string): ServiceError {
  const kind = answer.headers['content-type'] ?? 'no content type';
  const message = `${where} did not ${doing}: it answered ${answer.status} with ${kind}, which is not API Manager's`;
  return new ServiceError(codes.APIM_NOT_APIM, message, { method, url: withoutQuery(answer), status: answer.status });
}

function codeFor(status: number): ErrorCode {
  if (status === 401) return codes.APIM_UNAUTHORIZED;
  if (status === 404) return codes.API_NOT_FOUND;
  if (status === 409) return codes.API_CONFLICT;
  return [429, 502, 503, 504].includes(status) ? codes.APIM_BUSY : codes.APIM_ERROR;
}

function withoutQuery(answer: HttpAnswer): string {
  const { origin, pathname } = new URL(answer.url);
  return `${origin}${pathname}`;
}
