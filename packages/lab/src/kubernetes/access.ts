/** Who may do what: bearer tokens, allowed and denied requests, with the server's words for a refusal. */
import type { JsonObject } from './objects.ts';
import { StatusError, unauthorized } from './status.ts';

export interface AccessRule {
  /** `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`; `*` for all. */
  readonly verbs: readonly string[];
  /** Plurals, with subresource where one is meant: `pods`, `pods/log`; `*` for all. */
  readonly resources: readonly string[];
  /** Only in these namespaces. */
  readonly namespaces?: readonly string[];
}

export interface Account {
  /** As in messages: `system:serviceaccount:shop:ci`. */
  readonly user: string;
  /** What it may do; absent: everything. */
  readonly allow?: readonly AccessRule[];
  /** What it may not do, whatever is allowed. */
  readonly deny?: readonly AccessRule[];
}

export interface AccessRequest {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string | undefined;
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
}

function covers(rule: AccessRule, request: AccessRequest): boolean {
  const resource = request.subresource === undefined ? request.resource : `${request.resource}/${request.subresource}`;
  return (
    (rule.verbs.includes('*') || rule.verbs.includes(request.verb)) &&
    (rule.resources.includes('*') || rule.resources.includes(resource)) &&
    (rule.namespaces === undefined || rule.namespaces.includes(request.namespace ?? ''))
  );
}

/** True when the account may do it. */
function isAllowed(account: Account, request: AccessRequest): boolean {
  if (account.deny?.some((rule) => covers(rule, request)) ?? false) return false;
  return account.allow?.some((rule) => covers(rule, request)) ?? true;
}

/** @throws StatusError 403 that names user, verb and resource. */
export function authorize(account: Account, request: AccessRequest): void {
  if (isAllowed(account, request)) return;
  const { verb, group, resource, subresource, namespace, name } = request;
  const what = subresource === undefined ? resource : `${resource}/${subresource}`;
  const qualified = group === '' ? resource : `${resource}.${group}`;
  const subject = name === undefined ? `${qualified} is forbidden` : `${qualified} "${name}" is forbidden`;
  const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  const message = `${subject}: User "${account.user}" cannot ${verb} resource "${what}" in API group "${group}" ${where}`;
  throw new StatusError(403, 'Forbidden', message, {
    ...(name === undefined ? {} : { name }),
    ...(group === '' ? {} : { group }),
    kind: resource,
  });
}

export class Accounts {
  readonly #byToken = new Map<string, Account>();

  add(token: string, account: Account): void {
    this.#byToken.set(token, account);
  }

  /** A token that has expired: from now on 401. */
  remove(token: string): void {
    this.#byToken.delete(token);
  }

  /**
   * The account of a bearer token. With `fallback`, credentials that are not for this server are let through as that
   * account.
   * @throws StatusError 401 without a known bearer token.
   */
  authenticate(authorization: string | undefined, fallback?: Account): Account {
    const [, token = ''] = /^Bearer (.+)$/.exec(authorization ?? '') ?? [];
    const account = this.#byToken.get(token) ?? (authorization === undefined ? undefined : fallback);
    if (account === undefined) throw unauthorized();
    return account;
  }
}

/** Answers a SelfSubjectAccessReview. */
export function review(account: Account, body: JsonObject): JsonObject {
  const spec = (body.spec ?? {}) as { resourceAttributes?: Record<string, string> };
  const { verb = '', group = '', resource = '', subresource, namespace, name } = spec.resourceAttributes ?? {};
  const none = (text: string | undefined): string | undefined => (text === '' ? undefined : text);
  const allowed = isAllowed(account, {
    verb,
    group,
    resource,
    subresource: none(subresource),
    namespace: none(namespace),
    name: none(name),
  });
  return {
    kind: 'SelfSubjectAccessReview',
    apiVersion: 'authorization.k8s.io/v1',
    metadata: { creationTimestamp: null },
    spec,
    status: { allowed },
  };
}
