/** API Manager 3.x params → 4.x, key by key. */

export type Table = Record<string, unknown>;

/** What happens to a key of a 3.x environment. */
export interface KeyRule {
  readonly key: string;
  /** The key under `configs` in 4.x; undefined: it is dropped. */
  readonly to: string | undefined;
  /** What changes, for people; undefined: nothing but the place. */
  readonly note: string | undefined;
  readonly convert: (value: unknown, environment: Table) => unknown;
}

const same = (value: unknown): unknown => value;

/** Every key of a 3.x environment. Keys that are not listed move under `configs` as they are. */
export const keyRules: readonly KeyRule[] = [
  { key: 'endpoints', to: 'endpoints', note: undefined, convert: same },
  { key: 'endpointType', to: 'endpointType', note: undefined, convert: same },
  { key: 'endpointRoutingPolicy', to: 'endpointRoutingPolicy', note: undefined, convert: same },
  { key: 'loadBalanceEndpoints', to: 'loadBalanceEndpoints', note: undefined, convert: same },
  { key: 'failoverEndpoints', to: 'failoverEndpoints', note: undefined, convert: same },
  { key: 'awsLambdaEndpoints', to: 'awsLambdaEndpoints', note: undefined, convert: same },
  { key: 'certs', to: 'certs', note: undefined, convert: same },
  { key: 'mutualSslCerts', to: 'mutualSslCerts', note: undefined, convert: same },
  { key: 'policies', to: 'policies', note: undefined, convert: same },
  {
    key: 'security',
    to: 'security',
    note: 'flat security becomes security.production and security.sandbox, for the endpoints there are',
    convert: splitSecurity,
  },
  {
    key: 'gatewayEnvironments',
    to: 'deploymentEnvironments',
    note: "gateway labels become deploymentEnvironments; 3.x' Production and Sandbox is 4.x' Default",
    convert: toDeployments,
  },
];

export interface Conversion {
  readonly configs: Table;
  /** Notes on what became something else than a moved key. */
  readonly notes: readonly string[];
}

/** The `configs` of a 3.x environment (everything but its name). */
export function convertEnvironment(environment: Table): Conversion {
  const configs: Table = {};
  const notes: string[] = [];
  for (const [key, value] of Object.entries(environment)) {
    if (key === 'name') continue;
    const rule = keyRules.find((each) => each.key === key);
    const converted = rule === undefined ? value : rule.convert(value, environment);
    if (rule?.note !== undefined && converted !== value) notes.push(`${key}: ${rule.note}`);
    configs[rule?.to ?? key] = converted;
  }
  return { configs, notes };
}

/** The whole file in the 4.x shape, environments that have it already untouched. */
export function convertDocument(document: Table): Table {
  const environments = Array.isArray(document.environments) ? (document.environments as unknown[]) : [];
  return {
    ...document,
    environments: environments.map((environment) => {
      if (!isTable(environment) || 'configs' in environment) return environment;
      return { name: environment.name, configs: convertEnvironment(environment).configs };
    }),
  };
}

/** enabled, type, username … directly under security, as 3.0 had it. */
export function isFlatSecurity(security: unknown): security is Table {
  return isTable(security) && !('production' in security) && !('sandbox' in security) && 'enabled' in security;
}

function splitSecurity(security: unknown, environment: Table): unknown {
  if (!isFlatSecurity(security)) return security;
  const endpoints = isTable(environment.endpoints) ? Object.keys(environment.endpoints) : [];
  const kinds = ['production', 'sandbox'].filter((kind) => endpoints.includes(kind));
  return Object.fromEntries((kinds.length === 0 ? ['production'] : kinds).map((kind) => [kind, { ...security }]));
}

function toDeployments(labels: unknown): unknown {
  if (!Array.isArray(labels)) return labels;
  return labels.map((label: unknown) => ({
    deploymentEnvironment: label === 'Production and Sandbox' ? 'Default' : label,
    displayOnDevportal: true,
  }));
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
