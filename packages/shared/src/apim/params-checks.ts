import { X509Certificate } from 'node:crypto';
import { didYouMean } from '../base/suggest.ts';
import { isFlatSecurity, type Table } from './params-conversion.ts';
import type { KeyPath } from './params-lines.ts';
import { secretKeys, secretVariable } from './params-secrets.ts';
import { substituteText, variablesIn } from './params-variables.ts';

/** Something about a params file. An error would be lost or do harm on the server; a warning may be meant so. */
export interface ParamsFinding {
  readonly severity: 'error' | 'warning';
  readonly path: KeyPath;
  readonly problem: string;
  readonly example?: string;
}

/** What the checks need to know beyond the settings themselves. */
export interface CheckContext {
  /** What the settings are for; default: an API. */
  readonly kind?: 'api' | 'api-product';
  readonly environment: string;
  readonly base: KeyPath;
  readonly shape: '3.x' | '4.x';
  readonly variable: (name: string) => string | undefined;
  readonly certificate: (name: string) => Uint8Array | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The keys that API Manager reads under `configs` (carbon-apimgt, ImportExportConstants). */
const knownKeys = [
  'endpointType',
  'endpointRoutingPolicy',
  'endpoints',
  'loadBalanceEndpoints',
  'failoverEndpoints',
  'awsLambdaEndpoints',
  'security',
  'deploymentEnvironments',
  'certs',
  'mutualSslCerts',
  'policies',
  'dependentAPIs',
  'gatewayEnvironments',
  'additionalProperties',
];
/** Those that it reads for an API product, which has no endpoints of its own (APIControllerUtil). */
const productKeys = ['deploymentEnvironments', 'policies', 'mutualSslCerts', 'dependentAPIs'];
const securityKeys = [
  'enabled',
  'type',
  'username',
  'password',
  'grantType',
  'tokenUrl',
  'clientId',
  'clientSecret',
  'customParameters',
  'connectionTimeoutDuration',
  'connectionRequestTimeoutDuration',
  'socketTimeoutDuration',
  'proxyConfigs',
];

type Report = (severity: ParamsFinding['severity'], path: KeyPath, problem: string, example?: string) => void;

/** Checks the settings of one environment, in the 4.x shape. */
export function checkConfigs(configs: Table, context: CheckContext): ParamsFinding[] {
  const findings: ParamsFinding[] = [];
  const report: Report = (severity, path, problem, example) =>
    findings.push({
      severity,
      path: [...context.base, ...path],
      problem,
      ...(example === undefined ? {} : { example }),
    });
  const isProduct = context.kind === 'api-product';
  const known = isProduct ? productKeys : knownKeys;
  for (const key of Object.keys(configs)) {
    if (known.includes(key)) continue;
    if (knownKeys.includes(key)) {
      const problem = 'is ignored for an API product, which has none of its own: it belongs below dependentAPIs';
      report('error', [key], problem, dependentExample);
    } else {
      report('error', [key], `is not known, and API Manager would ignore it.${didYouMean(key, known)}`);
    }
  }
  if (isProduct) findings.push(...checkDependentApis(configs, context, report));
  const own = Object.fromEntries(Object.entries(configs).filter(([key]) => !isProduct || key !== 'dependentAPIs'));
  checkVariables(own, [], context, report);
  if (!isProduct) {
    checkEndpoints(configs, context, report);
    checkSecurity(configs.security, report);
    checkClearSecrets(own, [], context.environment, report);
  }
  checkDeployments(configs.deploymentEnvironments, report);
  checkCertificates(configs, context, report);
  if (configs.policies !== undefined && !Array.isArray(configs.policies))
    report('error', ['policies'], 'must be a list');
  return findings;
}

const dependentExample =
  'dependentAPIs:\n  EmployeeAPI-1.0.0:\n    endpoints:\n      production:\n        url: https://backend.example.com';

/** Settings for the APIs of a product: each is what an API's are. */
function checkDependentApis({ dependentAPIs: apis }: Table, context: CheckContext, report: Report): ParamsFinding[] {
  if (apis === undefined) return [];
  if (!isTable(apis)) {
    report('error', ['dependentAPIs'], 'must be a table with Name-Version as its keys', dependentExample);
    return [];
  }
  return Object.entries(apis).flatMap(([name, settings]) => {
    const path = ['dependentAPIs', name];
    if (!/^.+-[^-]+$/.test(name)) {
      report('error', path, 'is not of the form Name-Version: API Manager would not find the API', dependentExample);
    }
    if (!isTable(settings)) {
      report('error', path, 'must be a table with the settings of the API', dependentExample);
      return [];
    }
    return checkConfigs(settings, { ...context, kind: 'api', base: [...context.base, ...path] });
  });
}

const endpointsExample = 'endpoints:\n  production:\n    url: https://backend.example.com';

function checkEndpoints(configs: Table, context: CheckContext, report: Report): void {
  const { endpoints, endpointType, endpointRoutingPolicy: routing } = configs;
  if (endpointType === 'dynamic' || endpointType === 'aws') return;
  const list =
    routing === 'load_balanced' ? 'loadBalanceEndpoints' : routing === 'failover' ? 'failoverEndpoints' : undefined;
  if (list !== undefined) {
    if (!isTable(configs[list])) report('error', [list], `is needed with endpointRoutingPolicy: ${String(routing)}`);
    return;
  }
  if (endpoints === undefined) {
    report('error', [], 'has no endpoints: API Manager would set https://localhost for both', endpointsExample);
    return;
  }
  if (!isTable(endpoints)) {
    report('error', ['endpoints'], 'must be a table with production and sandbox', endpointsExample);
    return;
  }
  const kinds = Object.keys(endpoints);
  if (!kinds.includes('production') && !kinds.includes('sandbox')) {
    report('error', ['endpoints'], 'needs production or sandbox', endpointsExample);
  }
  for (const [kind, endpoint] of Object.entries(endpoints)) {
    const path = ['endpoints', kind];
    if (kind !== 'production' && kind !== 'sandbox') {
      report('error', path, `is not known.${didYouMean(kind, ['production', 'sandbox'])}`);
    } else if (!isTable(endpoint)) {
      report('error', path, 'must be a table with url: below it, indented', endpointsExample);
    } else if (typeof endpoint.url !== 'string' || endpoint.url === '') {
      report('error', [...path, 'url'], 'is absent', endpointsExample);
    } else if (!URL.canParse(substituteText(endpoint.url, context.variable).text)) {
      report('error', [...path, 'url'], 'is not a URL', endpointsExample);
    }
  }
}

const securityExample =
  'security:\n  production:\n    enabled: true\n    type: basic\n    username: user\n    password: ${BACKEND_PASSWORD}';

function checkSecurity(security: unknown, report: Report): void {
  if (security === undefined || security === null) return;
  if (!isTable(security)) {
    report('error', ['security'], 'must be a table', securityExample);
    return;
  }
  if (isFlatSecurity(security)) {
    const problem = 'lacks production and sandbox: API Manager 4.x would switch the protection off without a word';
    report('error', ['security'], problem, securityExample);
    return;
  }
  for (const [kind, details] of Object.entries(security)) {
    const path = ['security', kind];
    if (kind !== 'production' && kind !== 'sandbox') {
      report('error', path, `is not known.${didYouMean(kind, ['production', 'sandbox'])}`);
    } else if (!isTable(details)) {
      report('error', path, 'must be a table with enabled and type', securityExample);
    } else {
      checkSecurityDetails(details, path, report);
    }
  }
}

function checkSecurityDetails(details: Table, path: KeyPath, report: Report): void {
  for (const key of Object.keys(details)) {
    if (!securityKeys.includes(key)) report('error', [...path, key], `is not known.${didYouMean(key, securityKeys)}`);
  }
  const enabled = details.enabled === true || details.enabled === 'true';
  if (details.enabled === undefined) report('error', [...path, 'enabled'], 'is absent', 'enabled: true');
  if (!enabled) return;
  const type = typeof details.type === 'string' ? details.type.toLowerCase() : undefined;
  const needs: Readonly<Record<string, readonly string[]>> = {
    basic: ['username', 'password'],
    digest: ['username', 'password'],
    oauth: ['grantType', 'tokenUrl', 'clientId', 'clientSecret'],
  };
  const needed = type === undefined ? undefined : needs[type];
  if (needed === undefined) {
    report('error', [...path, 'type'], 'must be basic, digest or oauth', securityExample);
    return;
  }
  for (const key of needed) {
    if (details[key] === undefined || details[key] === null || details[key] === '') {
      report('error', [...path, key], `is needed for the type ${String(type)}`, securityExample);
    }
  }
}

/** Secrets in clear, wherever API Manager reads one, and whether or not it is switched on. */
function checkClearSecrets(value: unknown, path: KeyPath, environment: string, report: Report): void {
  const within = Array.isArray(value) ? value.entries() : isTable(value) ? Object.entries(value) : [];
  for (const [key, inner] of within) {
    const isClear = typeof inner === 'string' && inner !== '' && variablesIn(inner).length === 0;
    if (typeof key !== 'string' || !secretKeys.has(key) || !isClear) {
      checkClearSecrets(inner, [...path, key], environment, report);
      continue;
    }
    const variable = secretVariable(environment, String(path.at(-1) ?? ''), key);
    const problem = `stands in clear in the repository. Put it into a secret and write \${${variable}}`;
    report('warning', [...path, key], problem);
  }
}

function checkDeployments(list: unknown, report: Report): void {
  if (list === undefined) return;
  const valid = 'deploymentEnvironments:\n  - deploymentEnvironment: Default\n    displayOnDevportal: true';
  if (!Array.isArray(list)) {
    report('error', ['deploymentEnvironments'], 'must be a list', valid);
    return;
  }
  for (const [index, entry] of list.entries()) {
    if (!isTable(entry) || typeof entry.deploymentEnvironment !== 'string') {
      report('error', ['deploymentEnvironments', index], 'needs deploymentEnvironment', valid);
    }
  }
}

function checkCertificates(configs: Table, context: CheckContext, report: Report): void {
  for (const key of ['certs', 'mutualSslCerts']) {
    const list = configs[key];
    if (list === undefined) continue;
    if (!Array.isArray(list)) {
      report('error', [key], 'must be a list');
      continue;
    }
    for (const [index, entry] of list.entries()) {
      const file = isTable(entry) ? entry.path : undefined;
      if (typeof file !== 'string') {
        report('error', [key, index], 'needs path, a file in certificates/');
        continue;
      }
      const problem = certificateProblem(context.certificate(file), context.now);
      if (problem !== undefined) report('error', [key, index, 'path'], `certificates/${file} ${problem}`);
    }
  }
}

/** API Manager takes an expired certificate, and no call of the API comes through. */
function certificateProblem(data: Uint8Array | undefined, now: number): string | undefined {
  if (data === undefined) return 'is not beside the params file';
  try {
    const { validTo } = new X509Certificate(data);
    return Date.parse(validTo) < now ? `has expired: it was valid until ${validTo}` : undefined;
  } catch {
    return 'is not an X.509 certificate, PEM or DER';
  }
}

/** Variables that are unset or empty, and forms that nobody replaces. */
function checkVariables(value: unknown, path: KeyPath, context: CheckContext, report: Report): void {
  if (Array.isArray(value)) {
    value.forEach((each, index) => checkVariables(each, [...path, index], context, report));
  } else if (isTable(value)) {
    for (const [key, inner] of Object.entries(value)) checkVariables(inner, [...path, key], context, report);
  } else if (typeof value === 'string') {
    for (const name of substituteText(value, context.variable).missing) {
      report(
        'error',
        path,
        `\${${name}} is not set (or empty) in the environment of the step`,
        `env:\n  ${name}: \${{ secrets.${name} }}`,
      );
    }
    const odd = /\$\{[^}]*[^\w}][^}]*\}/.exec(value)?.[0];
    if (odd !== undefined) report('error', path, `'${odd}' is not replaced: only \${NAME} is`);
    const bare = /\$([A-Z_][A-Z0-9_]{2,})\b/.exec(value);
    if (bare !== null)
      report('warning', path, `'${bare[0]}' is taken literally: only \${${bare[1] ?? ''}} is replaced`);
  }
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
