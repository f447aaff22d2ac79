/**
 * What API Manager makes of a project and the params of one environment, value by value (carbon-apimgt,
 * APIControllerUtil: injectEnvParamsToAPI and injectEnvParamsToAPIProduct).
 */
import type { Deployment } from './archive.ts';
import { readDeployments } from './archive.ts';
import { isTable, listOf, tablesOf, textOr, type Table } from './table.ts';

/** A project as an import sees it. */
export interface Merged {
  /** The `data:` of its main file. */
  readonly data: Table;
  readonly files: ReadonlyMap<string, Buffer>;
  readonly deployments: readonly Deployment[];
}

export interface MergeWish {
  readonly configs?: Readonly<Table> | undefined;
  /** Files of the deployment folder, by name. */
  readonly certificates?: ReadonlyMap<string, Buffer> | undefined;
}

/** Where the server looks up client certificates from 4.4 on, and before. */
const clientCertificates = 'Client-certificates/client_certificates';
const endpointCertificates = 'Endpoint-certificates/endpoint_certificates';

/** An API with the params: the whole endpointConfig is replaced, security included. */
export function mergeApiParams(project: Merged, { configs, certificates = new Map() }: MergeWish): Merged {
  if (configs === undefined) return project;
  const endpointConfig = endpointsOf(configs);
  const security = securityOf(configs.security);
  if (security !== undefined) endpointConfig.endpoint_security = security;
  return mergeShared({ ...project, data: { ...project.data, endpointConfig } }, configs, certificates);
}

/** An API product with the params: client certificates, subscription policies and deployments alone. */
export function mergeProductParams(project: Merged, { configs, certificates = new Map() }: MergeWish): Merged {
  return configs === undefined ? project : mergeShared(project, configs, certificates);
}

function mergeShared(project: Merged, configs: Table, given: ReadonlyMap<string, Buffer>): Merged {
  const data: Table = { ...project.data };
  const files = new Map(project.files);
  const place = (folder: string, name: string): void => {
    const content = given.get(name);
    if (content !== undefined) files.set(`${folder}/${name}`, content);
  };
  if (configs.mutualSslCerts !== undefined && configs.mutualSslCerts !== null) {
    const schemes = listOf(data.securityScheme);
    data.securityScheme = schemes.includes('mutualssl') ? schemes : [...schemes, 'mutualssl'];
    const listed = tablesOf(configs.mutualSslCerts).map((each) => {
      place('Client-certificates', textOr(each.path, ''));
      return { alias: each.alias, tierName: each.tierName, certificate: each.path, keyType: each.keyType };
    });
    write(files, clientCertificates, 'client_certificates', listed);
  }
  if (configs.certs !== undefined && configs.certs !== null) {
    const listed = tablesOf(configs.certs).map((each) => {
      place('Endpoint-certificates', textOr(each.path, ''));
      return { alias: each.alias, endpoint: each.hostName, certificate: each.path };
    });
    write(files, endpointCertificates, 'endpoint_certificates', listed);
  }
  const policies = listOf(configs.policies).filter((each) => typeof each === 'string' && each !== '');
  if (policies.length > 0) data.policies = policies;
  // An empty list takes the place of the archive's, too: nothing is deployed then (ImportUtils: importApi).
  const { deploymentEnvironments: listed } = configs;
  const deployments = Array.isArray(listed) ? readDeployments(listed) : project.deployments;
  return { data, files, deployments };
}

/** The server writes the list as JSON and removes the one of the archive. */
function write(files: Map<string, Buffer>, path: string, type: string, data: unknown): void {
  files.delete(`${path}.yaml`);
  files.set(`${path}.json`, Buffer.from(JSON.stringify({ type, version: 'v4.0.0', data }), 'utf8'));
}

function endpointsOf(configs: Table): Table {
  const type = textOr(configs.endpointType, 'rest');
  const routing = textOr(configs.endpointRoutingPolicy, '');
  if (routing === '' && type === 'dynamic') {
    return { endpoint_type: 'default', failover: 'false', ...bothKinds(configs.endpoints, 'default') };
  }
  if (routing === '' && type === 'aws') return { ...awsOf(configs), ...bothKinds(configs.endpoints, localhost) };
  const soap = type === 'soap';
  if (routing === 'load_balanced') return loadBalanced(tableOr(configs.loadBalanceEndpoints), soap);
  if (routing === 'failover') return failover(tableOr(configs.failoverEndpoints), soap);
  return { endpoint_type: soap ? 'address' : 'http', ...bothKinds(configs.endpoints, localhost) };
}

const localhost = 'https://localhost';

function bothKinds(endpoints: unknown, fallback: string): Table {
  if (!isTable(endpoints)) {
    return { production_endpoints: { url: fallback }, sandbox_endpoints: { url: fallback } };
  }
  return {
    ...(endpoints.production === undefined ? {} : { production_endpoints: endpoints.production }),
    ...(endpoints.sandbox === undefined ? {} : { sandbox_endpoints: endpoints.sandbox }),
  };
}

function loadBalanced(given: Table, soap: boolean): Table {
  const { sessionManagement, sessionTimeOut } = given;
  return {
    endpoint_type: 'load_balance',
    algoClassName: 'org.apache.synapse.endpoints.algorithms.RoundRobin',
    ...(sessionManagement === undefined || sessionManagement === 'transport' ? {} : { sessionManagement }),
    ...(sessionTimeOut === undefined ? {} : { sessionTimeOut }),
    ...bothKinds(soap ? mapped(given, asAddress) : given, localhost),
  };
}

function failover(given: Table, soap: boolean): Table {
  const { productionFailovers, sandboxFailovers, ...endpoints } = soap ? mapped(given, asAddress) : given;
  return {
    endpoint_type: 'failover',
    failOver: 'true',
    ...(productionFailovers === undefined ? {} : { production_failovers: productionFailovers }),
    ...(sandboxFailovers === undefined ? {} : { sandbox_failovers: sandboxFailovers }),
    ...bothKinds(endpoints, localhost),
  };
}

function awsOf(configs: Table): Table {
  const { accessMethod, ...rest } = tableOr(configs.awsLambdaEndpoints);
  const access = accessMethod === 'stored' ? { ...rest, access_method: 'stored' } : { access_method: 'role-supplied' };
  return { ...access, endpoint_type: 'awslambda' };
}

function securityOf(given: unknown): Table | undefined {
  if (!isTable(given)) return undefined;
  const security: Table = { ...given };
  for (const kind of ['production', 'sandbox']) {
    const details = security[kind];
    if (!isTable(details)) continue;
    const enabled = details.enabled === true || details.enabled === 'true';
    security[kind] = enabled
      ? { ...details, enabled: true, type: textOr(details.type, '').toUpperCase() }
      : { type: 'NONE', enabled: false };
  }
  return security;
}

function mapped(table: Table, change: (value: unknown) => unknown): Table {
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [key, change(value)]));
}

/** SOAP endpoints are told as addresses, each one. */
function asAddress(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asAddress);
  return isTable(value) ? { ...value, endpoint_type: 'address' } : value;
}

function tableOr(value: unknown): Table {
  return isTable(value) ? value : {};
}
