import { definitionRules } from './breaking-definition.ts';
import type { Change } from './state-compare.ts';
import type { ApiState } from './state.ts';

/** What a rule may look at beside the change itself. */
export interface BreakingContext {
  readonly desired: ApiState;
  readonly actual: ApiState;
}

/** One way in which those who call an API are broken. docs/promotion-plan.md shows the list. */
export interface BreakingRule {
  /** For people, in the documentation. */
  readonly what: string;
  readonly path: RegExp;
  /** Why it breaks, or undefined when this change does not. */
  readonly reason: (change: Change, context: BreakingContext) => string | undefined;
}

/** Why a change breaks those who call the API, or undefined when it does not. */
export function breakingReason(change: Change, desired: ApiState, actual: ApiState): string | undefined {
  if (change.secret) return undefined;
  // A product's APIs are named before the path.
  const path = change.path.replace(/^APIs\[[^\]]+\]\./, '');
  for (const rule of breakingRules) {
    if (!rule.path.test(path)) continue;
    const reason = rule.reason(change, { desired, actual });
    if (reason !== undefined) return reason;
  }
  return undefined;
}

const removed =
  (why: (what: string) => string): BreakingRule['reason'] =>
  ({ kind, before = '' }) =>
    kind === 'removed' ? why(nameOf(before)) : undefined;

/** `GET /menu (authType: None)` → `GET /menu` */
function nameOf(shown: string): string {
  return shown.replace(/ \([^()]*: .*\)$/, '');
}

/** The members that a set has in a state. */
function membersOf(state: ApiState, path: string): string[] {
  return [...state.facts.values()].filter((fact) => fact.member && fact.path === path).map(({ value }) => value);
}

/** Who may call with which kind of token (API Manager documentation, resource-level authentication). */
const callers: Readonly<Record<string, readonly string[]>> = {
  None: ['nobody signed in', 'applications', 'users'],
  'Application & Application User': ['applications', 'users'],
  'Application User': ['users'],
  Application: ['applications'],
};
const refusals: Readonly<Record<string, string>> = {
  'nobody signed in': 'calls without a token are refused',
  applications: 'tokens of applications are refused',
  users: 'tokens of users are refused',
};

/** Rates of the policies that API Manager comes with, in requests a minute. */
const rates: Readonly<Record<string, number>> = {
  Unlimited: Infinity,
  '50KPerMin': 50_000,
  '20KPerMin': 20_000,
  '10KPerMin': 10_000,
  Gold: 5000,
  Silver: 2000,
  Bronze: 1000,
};

const tightened: BreakingRule['reason'] = ({ before = 'Unlimited', after = 'Unlimited' }) => {
  const from = rates[before];
  const to = rates[after];
  if (from === Infinity && to === undefined) return `limited by the policy ${after}, where there was no limit`;
  if (from === undefined || to === undefined || to >= from) return undefined;
  return `limited to ${to} requests a minute, where it was ${from === Infinity ? 'unlimited' : String(from)}`;
};

/** What a life cycle state means for those who call. */
const lifecycles: Readonly<Record<string, string>> = {
  CREATED: 'it leaves the developer portal',
  PROTOTYPED: 'it becomes a prototype',
  BLOCKED: 'calls are refused',
  DEPRECATED: 'no new subscriptions are taken',
  RETIRED: 'it is taken from the gateways',
};
const lifecycleOrder = ['CREATED', 'PROTOTYPED', 'PUBLISHED', 'DEPRECATED', 'BLOCKED', 'RETIRED'];

const operationPath = String.raw`(?:^|\.)operations\[[^\]]+\]`;

/** Every rule. */
export const breakingRules: readonly BreakingRule[] = [
  {
    what: 'An operation is removed',
    path: /(?:^|\.)operations$/,
    reason: removed((operation) => `calls to ${operation} are answered with 404 or 405`),
  },
  {
    what: 'The context changes',
    path: /^context$/,
    reason: ({ before = '', after = '' }) => `served at ${after}, and no longer at ${before}`,
  },
  {
    what: 'It is no longer the default version',
    path: /^isDefaultVersion$/,
    reason: ({ before, after }) =>
      before === 'true' && after !== 'true' ? 'calls without a version in the path no longer reach it' : undefined,
  },
  {
    what: 'The type of the API changes',
    path: /^type$/,
    reason: ({ before = '', after = '' }) => `it is of the type ${after}, and no longer ${before}`,
  },
  {
    what: 'A transport is removed',
    path: /^transport$/,
    reason: removed((transport) => `calls over ${transport} are refused`),
  },
  {
    what: 'An operation needs a scope, or another one',
    path: new RegExp(`${operationPath}\\.scopes$`),
    reason: ({ kind, path, before = '', after = '' }, { desired, actual }) => {
      // One of the scopes is enough: a second one beside the first asks for nothing more.
      if (kind === 'added' && membersOf(actual, path).length === 0) return `tokens need the scope ${after}`;
      if (kind === 'removed' && membersOf(desired, path).length > 0) {
        return `tokens that have the scope ${before} alone are refused`;
      }
      return undefined;
    },
  },
  {
    what: 'A scope is bound to roles, or to fewer',
    path: /^scopes\[.+\]\.scope\.bindings$/,
    reason: ({ kind, path, before = '', after = '' }, { actual }) => {
      if (kind === 'removed') return `users with the role ${before} no longer get the scope`;
      return membersOf(actual, path).length === 0 ? `only users with the role ${after} get the scope` : undefined;
    },
  },
  {
    what: 'The authentication of an operation is tightened',
    path: new RegExp(`${operationPath}\\.authType$`),
    reason: ({ before = '', after = '' }) => {
      const lost = (callers[before] ?? []).filter((each) => callers[after]?.includes(each) === false);
      return lost.length === 0 ? undefined : lost.map((each) => refusals[each]).join(', ');
    },
  },
  {
    what: 'A way to authenticate is removed, or a certificate or token becomes mandatory',
    path: /^securityScheme$/,
    reason: ({ kind, before = '', after = '' }) => {
      if (kind === 'added' && after === 'mutualssl_mandatory') return 'callers need a client certificate';
      if (kind === 'added' && after === 'oauth_basic_auth_api_key_mandatory') {
        return 'a client certificate alone is not enough: callers need a token or key';
      }
      return kind === 'removed' && !before.endsWith('_mandatory')
        ? `callers that authenticate with ${before} are refused`
        : undefined;
    },
  },
  {
    what: 'The header of the token or of the API key changes',
    path: /^(?:authorizationHeader|apiKeyHeader)$/,
    reason: ({ before = '', after = '' }) => `the credential is read from ${after}, and no longer from ${before}`,
  },
  {
    what: 'Tokens of a key manager or for an audience are refused',
    path: /^(?:keyManagers|audiences)$/,
    reason: ({ kind, path, before = '' }, { desired }) => {
      if (kind !== 'removed' || membersOf(desired, path).includes('all')) return undefined;
      const of = path === 'keyManagers' ? 'key managers' : 'audiences';
      return before === 'all' ? `tokens of other ${of} than the listed are refused` : `tokens of ${before} are refused`;
    },
  },
  {
    what: 'Throttling is tightened',
    path: new RegExp(`^apiThrottlingPolicy$|${operationPath}\\.throttlingPolicy$|^applicationInfo\\.throttlingPolicy$`),
    reason: tightened,
  },
  {
    what: 'The backend limit is lowered',
    path: /^maxTps\.(?:production|sandbox)$/,
    reason: ({ before, after }) =>
      after !== undefined && (before === undefined || Number(after) < Number(before))
        ? `no more than ${after} requests a second reach the backend`
        : undefined,
  },
  {
    what: 'A subscription becomes necessary, or a subscription policy is removed',
    path: /^policies$/,
    reason: removed((policy) =>
      policy === 'DefaultSubscriptionless'
        ? 'callers need a subscription'
        : `applications that are subscribed with ${policy} lose their plan`,
    ),
  },
  {
    what: 'A subscription of an application is removed or moved to a tighter policy',
    path: /^subscribedAPIs(?:$|\[.+\]\.throttlingPolicy$)/,
    reason: (change, context) =>
      change.path === 'subscribedAPIs'
        ? removed((api) => `calls to ${api} with the keys of the application are refused`)(change, context)
        : tightened(change, context),
  },
  {
    what: 'Fewer people see it in the developer portal, or may subscribe',
    path: /^(?:visibility|visibleRoles|subscriptionAvailability|subscriptionAvailableTenants)$/,
    reason: ({ kind, path, before = '', after = '' }) => {
      if (path === 'visibility') return before === 'PUBLIC' ? `only ${after.toLowerCase()} in the portal` : undefined;
      if (path === 'subscriptionAvailability') {
        return before === 'ALL_TENANTS' || after === 'CURRENT_TENANT' ? `open to ${after} alone` : undefined;
      }
      return kind === 'removed' ? `${before} loses access` : undefined;
    },
  },
  {
    what: 'The life cycle takes it away from callers',
    path: /^(?:lifeCycleStatus|state)$/,
    reason: ({ before = '', after = '' }) => {
      if (before === 'CREATED') return undefined;
      const back = lifecycleOrder.indexOf(after) < lifecycleOrder.indexOf(before);
      if (after === 'PUBLISHED' || (back && before !== 'PUBLISHED')) return undefined;
      return lifecycles[after];
    },
  },
  {
    what: 'CORS is switched off or narrowed',
    path: /^corsConfiguration\./,
    reason: ({ kind, path, before = '', after = '' }, { desired, actual }) => {
      const key = path.slice(path.lastIndexOf('.') + 1);
      const isOn = (state: ApiState) => state.facts.get('corsConfiguration.corsConfigurationEnabled')?.value === 'true';
      if (key === 'corsConfigurationEnabled') return after === 'true' ? undefined : 'browsers get no CORS headers';
      if (!isOn(desired) || !isOn(actual)) return undefined;
      if (key === 'accessControlAllowCredentials') {
        return before === 'true' && after !== 'true' ? 'browsers may not send credentials' : undefined;
      }
      if (kind !== 'removed' || membersOf(desired, path).includes('*')) return undefined;
      return `browsers may not use ${before === '*' ? 'others than the listed' : before}`;
    },
  },
  {
    what: 'It is taken from a gateway environment, or served on another host',
    path: /^deployedOn(?:$|\[.+\]\.vhost$)/,
    reason: ({ kind, path, before = '', after = '' }) => {
      if (path !== 'deployedOn') return `served on ${after}, and no longer on ${before}`;
      return kind === 'removed' ? `the gateway ${nameOf(before)} no longer serves it` : undefined;
    },
  },
  {
    what: 'Requests are checked against the definition',
    path: /^enableSchemaValidation$/,
    reason: ({ after }) => (after === 'true' ? 'requests that do not fit the definition are refused' : undefined),
  },
  {
    what: 'It is only advertised',
    path: /^advertiseInfo\.advertised$/,
    reason: ({ after }) => (after === 'true' ? 'the gateway no longer serves it' : undefined),
  },
  {
    what: 'An API is taken out of a product',
    path: /^apis$/,
    reason: removed((api) => `the product no longer has ${api}`),
  },
  {
    what: 'A client certificate is replaced',
    path: /^clientCertificates\[.+\]\.certificate$/,
    reason: ({ kind }) => (kind === 'changed' ? 'callers with the certificate that was there are refused' : undefined),
  },
  ...definitionRules,
];
