import type { Change } from './state-compare.ts';

/** Why a change breaks those who call the API, or undefined when it does not. */
export function breakingReason(change: Change): string | undefined {
  const { path, kind, before, after } = change;
  if (path === 'operations' && kind === 'removed') return `calls to ${before ?? 'it'} are answered with 404 or 405`;
  if (path === 'context') return 'the API is served at another path';
  if (path === 'transport' && kind === 'removed') return `calls over ${before ?? ''} are refused`;
  if (/^operations\[.+\]\.scopes$/.test(path) && kind === 'added') return `tokens need the scope ${after ?? ''} now`;
  if (path === 'securityScheme' && kind === 'added' && after === 'mutualssl_mandatory')
    return 'callers need a client certificate';
  return undefined;
}
