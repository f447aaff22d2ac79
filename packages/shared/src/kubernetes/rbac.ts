/** A right that the API server says is missing. */
export interface MissingRight {
  readonly user: string;
  readonly verb: string;
  /** Plural, with its subresource: "pods/log". */
  readonly resource: string;
  /** Empty for the core group. */
  readonly group: string;
  /** undefined: the right is needed for the whole cluster. */
  readonly namespace: string | undefined;
}

const denied =
  /User "(?<user>[^"]*)" cannot (?<verb>[\w*]+) resource "(?<resource>[^"]+)" in API group "(?<group>[^"]*)"(?: in the namespace "(?<namespace>[^"]+)"| at the cluster scope)?/;

/**
 * Reads the right out of the API server's "… is forbidden: User … cannot …" (apiserver, responsewriters.Forbidden).
 * undefined when it was not RBAC that refused: quota, policies and webhooks also answer 403.
 */
export function missingRight(message: string): MissingRight | undefined {
  const found = denied.exec(message)?.groups;
  if (found === undefined) return undefined;
  return {
    user: found.user ?? '',
    verb: found.verb ?? '',
    resource: found.resource ?? '',
    group: found.group ?? '',
    namespace: found.namespace,
  };
}

/** `"get" on deployments.apps in namespace staging`. */
export function describeRight(right: Omit<MissingRight, 'user'>): string {
  const resource = right.group === '' ? right.resource : `${right.resource}.${right.group}`;
  return `"${right.verb}" on ${resource} ${right.namespace === undefined ? 'in the whole cluster' : `in namespace ${right.namespace}`}`;
}

/** The rule to add to a Role (or a ClusterRole), as one line of YAML. */
function ruleFor(right: Pick<MissingRight, 'verb' | 'resource' | 'group'>): string {
  return `- {apiGroups: ["${right.group}"], resources: ["${right.resource}"], verbs: ["${right.verb}"]}`;
}

/** What a user is told about a missing right. */
export function rightRemedy(right: MissingRight): string {
  const role = right.namespace === undefined ? 'ClusterRole' : `Role in namespace ${right.namespace}`;
  return `Add to a ${role} that is bound to ${right.user}: ${ruleFor(right)}`;
}
