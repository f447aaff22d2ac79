import { ServiceError } from '../base/errors.ts';
import type { ErrorCode } from '../base/errors.ts';
import { neutralise, oneLine } from '../base/text.ts';
import { codes } from './codes.ts';
import { knownFailure } from './kubectl-failures.ts';
import { isRecord, textAt } from './objects.ts';
import { describeRight, missingRight, rightRemedy } from './rbac.ts';

/** An answer of the API server (or of the proxy before it) that is not what was asked for. */
export interface ApiAnswer {
  readonly method: string;
  /** Path without host and query. */
  readonly path: string;
  readonly status: number;
  readonly body: string;
}

const byStatus: Readonly<Record<number, ErrorCode>> = {
  400: codes.KUBERNETES_INVALID,
  401: codes.KUBERNETES_UNAUTHORIZED,
  403: codes.KUBERNETES_FORBIDDEN,
  404: codes.KUBERNETES_NOT_FOUND,
  409: codes.KUBERNETES_CONFLICT,
  422: codes.KUBERNETES_INVALID,
};

/** The Status object of an error answer, as far as it is one. */
export function statusOf(body: string): { message: string; reason: string | undefined } | undefined {
  try {
    const status: unknown = JSON.parse(body);
    if (!isRecord(status) || status.kind !== 'Status') return undefined;
    return { message: textAt(status, 'message') ?? '', reason: textAt(status, 'reason') };
  } catch {
    return undefined;
  }
}

/**
 * True when the answer is kubectl proxy's own: it puts every failure to reach the API server into a 500 of plain text
 * (kubectl pkg/proxy/proxy_server.go, responder.Error).
 */
export function isProxyFailure(answer: Pick<ApiAnswer, 'status' | 'body'>): boolean {
  return answer.status === 500 && statusOf(answer.body) === undefined && knownFailure(answer.body) !== undefined;
}

/** The error for an answer: code, the API server's own words, and for a missing right the rule to add. */
export function apiError(answer: ApiAnswer): ServiceError {
  const failure = { method: answer.method, url: answer.path, status: answer.status };
  const status = statusOf(answer.body);
  if (status === undefined) {
    const known = answer.status >= 500 ? knownFailure(answer.body) : undefined;
    if (known !== undefined) {
      return new ServiceError(
        known.code,
        known.message,
        known.remedy === undefined ? failure : { ...failure, remedy: known.remedy },
      );
    }
  }
  const words = oneLine(neutralise(status?.message ?? answer.body), 600);
  const right = answer.status === 403 ? missingRight(words) : undefined;
  if (right !== undefined) {
    return new ServiceError(codes.KUBERNETES_FORBIDDEN, `${right.user} may not ${describeRight(right)}`, {
      ...failure,
      remedy: rightRemedy(right),
    });
  }
  if (answer.status === 403 && /is forbidden: |denied the request/.test(words)) {
    return new ServiceError(codes.KUBERNETES_REFUSED, words, failure);
  }
  const code = byStatus[answer.status] ?? codes.KUBERNETES_FAILED;
  const said = words === '' ? '' : `: ${words}`;
  return new ServiceError(
    code,
    `the API server answers ${answer.status} to ${answer.method} ${answer.path}${said}`,
    failure,
  );
}
