import { ImportRefused } from './import-refused.ts';
import type { Project } from './project.ts';

export type Table = Record<string, unknown>;

/** One line of deploymentEnvironments. */
export interface Deployment {
  readonly deploymentEnvironment: string;
  readonly deploymentVhost?: string;
  readonly displayOnDevportal?: boolean;
}

/**
 * What API Manager does with the parameters of one environment (carbon-apimgt, APIControllerUtil): endpointConfig is
 * replaced as a whole, missing endpoints become localhost, and security that is not under production or sandbox is
 * switched off without a word.
 */
export function injectParams(project: Project, params: Table): Project {
  const api: Table = { ...project.api };
  const endpointConfig = endpointsOf(params);
  const security = securityOf(params.security);
  if (security !== undefined) endpointConfig.endpoint_security = security;
  api.endpointConfig = endpointConfig;
  if (Array.isArray(params.policies) && params.policies.length > 0) api.policies = params.policies;
  if (params.mutualSslCerts !== undefined) withMutualTls(api);
  const listed = params.deploymentEnvironments;
  return { ...project, api, deployments: Array.isArray(listed) ? (listed as Deployment[]) : project.deployments };
}

/**
 * What API Manager does with the parameters of an API product: it has no endpoints of its own, so policies and
 * deployments alone are replaced. `dependentAPIs` are kept for the APIs in the archive (see `Project.dependentParams`).
 */
export function injectProductParams(project: Project, params: Table): Project {
  const api: Table = { ...project.api };
  if (Array.isArray(params.policies) && params.policies.length > 0) api.policies = params.policies;
  if (params.mutualSslCerts !== undefined) withMutualTls(api);
  const listed = params.deploymentEnvironments;
  return {
    ...project,
    api,
    deployments: Array.isArray(listed) ? (listed as Deployment[]) : project.deployments,
    dependentParams: (params.dependentAPIs ?? {}) as Readonly<Record<string, Table>>,
  };
}

/** setupMultipleEndpoints, with the texts that it refuses with. */
function endpointsOf(params: Table): Table {
  const type = params.endpointType ?? 'rest';
  const routing = params.endpointRoutingPolicy ?? '';
  if (routing === '' && type === 'dynamic') {
    return endpointValues({ endpoint_type: 'default', failover: 'false' }, params.endpoints, 'default');
  }
  if (routing === '' && type === 'aws') return awsEndpoints(params);
  const soap = type === 'soap';
  if (routing === 'load_balanced') {
    const given = section(params.loadBalanceEndpoints, 'Please specify loadBalanceEndpoints for the environment');
    const config: Table = {
      endpoint_type: 'load_balance',
      algoClassName: 'org.apache.synapse.endpoints.algorithms.RoundRobin',
    };
    if ('sessionManagement' in given && given.sessionManagement !== 'transport') {
      config.sessionManagement = given.sessionManagement;
    }
    if ('sessionTimeOut' in given) config.sessionTimeOut = given.sessionTimeOut;
    return endpointValues(config, soap ? addressed(given) : given);
  }
  if (routing === 'failover') {
    const given = section(params.failoverEndpoints, 'Please specify failoverEndpoints field for the environment');
    const spelled = soap ? addressed(given) : given;
    const config: Table = { endpoint_type: 'failover', failOver: 'true' };
    for (const kind of ['production', 'sandbox']) {
      const failovers = spelled[`${kind}Failovers`];
      if (failovers !== undefined) config[`${kind}_failovers`] = failovers;
      else if (given[kind] !== undefined) {
        throw refused(`Please specify ${kind} failover field for the environment and continue...`);
      }
    }
    return endpointValues(config, spelled);
  }
  return endpointValues({ endpoint_type: soap ? 'address' : 'http' }, params.endpoints);
}

function awsEndpoints(params: Table): Table {
  const given = section(params.awsLambdaEndpoints, 'Please specify awsLambdaEndpoints field for the environment');
  const config: Table = { endpoint_type: 'awslambda', access_method: 'role-supplied' };
  if (given.accessMethod === 'stored') {
    Object.assign(config, given, { access_method: 'stored' });
    delete config.accessMethod;
  }
  return endpointValues(config, params.endpoints);
}

/** handleEndpointValues. */
function endpointValues(config: Table, given: unknown, fallback = 'https://localhost'): Table {
  if (given === undefined) {
    return { ...config, production_endpoints: { url: fallback }, sandbox_endpoints: { url: fallback } };
  }
  const { production, sandbox } = given as Table;
  if (production === undefined && sandbox === undefined) {
    throw refused('Please specify production sandbox or endpoints for the environment and continue...');
  }
  return {
    ...config,
    ...(production === undefined ? {} : { production_endpoints: production }),
    ...(sandbox === undefined ? {} : { sandbox_endpoints: sandbox }),
  };
}

/** Every endpoint of a SOAP API that has several is an address. */
function addressed(given: Table): Table {
  const spell = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(spell);
    return typeof value === 'object' && value !== null ? { ...value, endpoint_type: 'address' } : value;
  };
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, spell(value)]));
}

function section(value: unknown, problem: string): Table {
  if (value === undefined || value === null) throw refused(`${problem} and continue...`);
  return value as Table;
}

/** Certificates of callers make mutual TLS possible. */
function withMutualTls(api: Table): void {
  const schemes = Array.isArray(api.securityScheme) ? (api.securityScheme as string[]) : [];
  api.securityScheme = schemes.includes('mutualssl') ? schemes : [...schemes, 'mutualssl'];
}

function securityOf(given: unknown): Table | undefined {
  if (given === undefined || given === null) return undefined;
  const security: Table = { ...(given as Table) };
  for (const kind of ['production', 'sandbox']) {
    const details = security[kind] as Table | undefined;
    if (details === undefined) {
      security[kind] = { type: 'NONE', enabled: false };
    } else if (details.enabled === true) {
      security[kind] = { ...details, type: checkedType(details) };
    } else if (details.enabled === false) {
      security[kind] = { ...details, type: 'NONE' };
    }
  }
  return security;
}

function checkedType(details: Table): string {
  const need = (key: string, name: string) => {
    if (details[key] === undefined || details[key] === null) {
      throw refused(`You have enabled endpoint security but the ${name} is not found in the params file.`);
    }
  };
  need('type', 'type');
  const type = String(details.type).toLowerCase();
  if (type === 'basic' || type === 'digest') {
    need('username', 'username');
    need('password', 'password');
  } else if (type === 'oauth') {
    need('grantType', 'grant type');
    need('clientId', 'client id');
    need('clientSecret', 'client secret');
  } else {
    throw refused('Invalid endpoint security type found in the params file. Should be either basic, digest or oauth.');
  }
  return type.toUpperCase();
}

function refused(description: string): ImportRefused {
  return new ImportRefused(500, 900968, `Error while reading API environment parameters: ${description}`);
}
