/** Methods that may be sent again without changing the outcome (RFC 9110 section 9.2.2), as far as we use them. */
const idempotentMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'PUT', 'DELETE']);

/** Answers that say "not now" rather than "no". */
const transientStatuses: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);

/** Socket errors after which a new connection may well succeed. */
const transientErrors: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ERR_STREAM_PREMATURE_CLOSE',
]);

/** True when a request of this kind may be sent again at all. */
export function isIdempotent(method: string): boolean {
  return idempotentMethods.has(method);
}

/**
 * True when an answer or a socket error is worth another attempt.
 * @param also statuses that are so from the server that answered
 */
export function isTransient(
  outcome: { status?: number; errorCode?: string | undefined },
  also: readonly number[] = [],
): boolean {
  return (
    (outcome.status !== undefined && (transientStatuses.has(outcome.status) || also.includes(outcome.status))) ||
    (outcome.errorCode !== undefined && transientErrors.has(outcome.errorCode))
  );
}

/**
 * Retry-After in both of its forms, seconds and HTTP-date (RFC 9110 section 10.2.3). Gives milliseconds from `now`,
 * never negative; undefined when absent or unreadable.
 */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  const text = value.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

export interface Backoff {
  /** First pause in milliseconds; doubles each time. */
  readonly baseMs: number;
  readonly capMs: number;
  /** A Retry-After longer than this is not waited for: the caller gives up instead. */
  readonly longestWaitMs: number;
}

/** What every HTTP call uses unless told otherwise. */
export const defaultBackoff: Backoff = { baseMs: 500, capMs: 8000, longestWaitMs: 60_000 };

/**
 * The pause before attempt `attempt` (the second attempt is 2): full jitter between half of the exponential step and
 * the whole of it; a server's Retry-After wins. undefined: do not try again, the server asks for too long a pause.
 * @param random a number in [0, 1)
 */
export function pauseBefore(
  attempt: number,
  random: number,
  retryAfterMs: number | undefined,
  backoff: Backoff = defaultBackoff,
): number | undefined {
  if (retryAfterMs !== undefined) {
    return retryAfterMs > backoff.longestWaitMs ? undefined : retryAfterMs;
  }
  const step = Math.min(backoff.capMs, backoff.baseMs * 2 ** (attempt - 2));
  return Math.round(step / 2 + (step / 2) * random);
}
