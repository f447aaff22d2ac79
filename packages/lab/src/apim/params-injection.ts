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
  const listed = params.deploymentEnvironments;
  return {
    ...project,
    api,
    deployments: Array.isArray(listed) ? (listed as Deployment[]) : project.deployments,
    dependentParams: (params.dependentAPIs ?? {}) as Readonly<Record<string, Table>>,
  };
}

function endpointsOf(params: Table): Table {
  const type = params.endpointType ?? 'rest';
  if (params.endpointRoutingPolicy === 'load_balanced' && params.loadBalanceEndpoints === undefined) {
    throw refused('Please specify loadBalanceEndpoints for the environment and continue...');
  }
  const config: Table = { endpoint_type: type === 'soap' ? 'address' : 'http' };
  const endpoints = (params.endpoints ?? params.loadBalanceEndpoints ?? params.failoverEndpoints) as Table | undefined;
  if (endpoints === undefined) {
    config.production_endpoints = { url: 'https://localhost' };
    config.sandbox_endpoints = { url: 'https://localhost' };
    return config;
  }
  if (endpoints.production !== undefined) config.production_endpoints = endpoints.production;
  if (endpoints.sandbox !== undefined) config.sandbox_endpoints = endpoints.sandbox;
  if (config.production_endpoints === undefined && config.sandbox_endpoints === undefined) {
    throw refused('Please specify production sandbox or endpoints for the environment and continue...');
  }
  return config;
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
