import { VerificationError, messageOf } from '../base/errors.ts';
import type { Clock, Http } from '../base/ports.ts';
import { formatDuration } from '../base/duration.ts';
import { codes } from './codes.ts';

/** Where a gateway serves an API: the context, with the version in place of {version} or at its end. */
export function gatewayPath(context: string, version: string): string {
  const slashed = context.startsWith('/') ? context : `/${context}`;
  if (slashed.includes('{version}')) return slashed.replace('{version}', version);
  return slashed.endsWith(`/${version}`) ? slashed : `${slashed}/${version}`;
}

export interface GatewayProof {
  readonly gateway: string;
  readonly url: string;
  /** What the gateway answered in the end. */
  readonly status: number;
}

/** True for the gateway's own "there is no such API", false for a 404 of the backend behind it. */
export function isNotDeployed(status: number, body: string): boolean {
  if (status !== 404) return false;
  return /"type"\s*:\s*"Status report"|requested resource is not available|<am:code>404|No matching resource found/i.test(
    body,
  );
}

/** True for a load balancer without a gateway behind it; a gateway that misses its backend says so with 1015xx. */
function isUnavailable(status: number, body: string): boolean {
  return [502, 503, 504].includes(status) && !/\b1015\d\d\b/.test(body);
}

/** Statuses that count: `401`, or `2xx` for a class. */
export type ExpectedStatus = string;

/** Reads `401`, `2xx 404`: parted by blanks or commas. Undefined when a word is no status. */
export function readExpectedStatus(text: string): readonly ExpectedStatus[] | undefined {
  const words = text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  return words.length > 0 && words.every((word) => /^[1-5](\d\d|xx)$/.test(word)) ? words : undefined;
}

function isExpected(status: number, expected: readonly ExpectedStatus[] | undefined): boolean {
  return expected?.some((word) => word === String(status) || word === `${String(status)[0] ?? ''}xx`) ?? true;
}

const pauseMs = 1000;

/**
 * Waits until a gateway serves an API. Every answer but the gateway's own 404 is a proof: 401 and 403 come from an API
 * that is there, and what a backend says is its own affair, unless a status is expected.
 * @throws VerificationError GATEWAY_NOT_SERVING when `deadlineMs` is over
 */
export async function proveServing(
  target: {
    readonly gateway: string;
    readonly url: string;
    readonly api: string;
    readonly ca: string | undefined;
    /** Undefined: every answer but the gateway's own 404. */
    readonly expected?: readonly ExpectedStatus[] | undefined;
  },
  deadlineMs: number,
  ports: { readonly http: Http; readonly clock: Clock; readonly cancelled: AbortSignal },
): Promise<GatewayProof> {
  const { gateway, url, api, ca, expected } = target;
  const until = ports.clock.now() + deadlineMs;
  for (;;) {
    let last: string;
    try {
      const answer = await ports.http.request({
        method: 'GET',
        url,
        redirect: 'manual',
        attempts: 1,
        timeoutMs: Math.max(pauseMs, until - ports.clock.now()),
        maxBytes: 1024 * 1024,
        ...(ca === undefined ? {} : { ca }),
      });
      const body = answer.text();
      const serves = !isUnavailable(answer.status, body) && !isNotDeployed(answer.status, body);
      if (serves && isExpected(answer.status, expected)) return { gateway, url, status: answer.status };
      last = `it answers ${answer.status}${serves ? `, and ${expected?.join(' or ') ?? ''} is expected` : ''}`;
    } catch (error) {
      if (ports.cancelled.aborted) throw error;
      last = messageOf(error);
    }
    if (ports.clock.now() + pauseMs > until) {
      const message = `the gateway ${gateway} does not serve ${api} at ${url} after ${formatDuration(deadlineMs)}: ${last}`;
      throw new VerificationError(codes.GATEWAY_NOT_SERVING, message);
    }
    await ports.clock.sleep(pauseMs, ports.cancelled);
  }
}
