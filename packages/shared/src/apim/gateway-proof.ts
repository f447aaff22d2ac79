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

const pauseMs = 1000;

/**
 * Waits until a gateway serves an API. Every answer but the gateway's own 404 is a proof: 401 and 403 come from an API
 * that is there, and what a backend says is its own affair.
 * @throws VerificationError GATEWAY_NOT_SERVING when `deadlineMs` is over
 */
export async function proveServing(
  target: { readonly gateway: string; readonly url: string; readonly api: string; readonly ca: string | undefined },
  deadlineMs: number,
  ports: { readonly http: Http; readonly clock: Clock; readonly cancelled: AbortSignal },
): Promise<GatewayProof> {
  const { gateway, url, api, ca } = target;
  const until = ports.clock.now() + deadlineMs;
  for (;;) {
    let last: string;
    try {
      const answer = await ports.http.request({
        method: 'GET',
        url,
        redirect: 'manual',
        attempts: 1,
        maxBytes: 1024 * 1024,
        ...(ca === undefined ? {} : { ca }),
      });
      const body = answer.text();
      if (!isUnavailable(answer.status, body) && !isNotDeployed(answer.status, body)) {
        return { gateway, url, status: answer.status };
      }
      last = `it answers ${answer.status}`;
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
