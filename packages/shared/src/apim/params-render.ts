import type { Secrets } from '../base/ports.ts';
import type { Deployment } from './archive.ts';
import type { Table } from './params-conversion.ts';
import { secretKeys } from './params-secrets.ts';
import { substituteText } from './params-variables.ts';
import type { EnvironmentParams } from './params.ts';
import { isTable } from './table.ts';

const booleanKeys = new Set(['enabled', 'displayOnDevportal']);

/**
 * The params file for one environment, variables replaced by us: as JSON, which every YAML reader takes, with every
 * text in quotes, so that no value can become a number, a key or a comment. `${` in a value is written as an escape:
 * apictl replaces it in the raw text otherwise. Secrets in it are masked from now on.
 */
export function renderParams(
  params: EnvironmentParams,
  variable: (name: string) => string | undefined,
  secrets: Pick<Secrets, 'register'>,
): { readonly text: string; readonly configs: Table } {
  const configs = substituted(params.configs, '', variable, secrets) as Table;
  return { text: textFor(params.environment, configs), configs };
}

/** The same with the virtual host written out wherever a deployment names none: then no server has to choose. */
export function withVhosts(
  configs: Table,
  environment: string,
  deployments: readonly Deployment[],
): { readonly text: string; readonly configs: Table } {
  const { deploymentEnvironments: list } = configs;
  if (!Array.isArray(list)) return { text: textFor(environment, configs), configs };
  const placed = list.map((entry: unknown) => {
    if (!isTable(entry) || typeof entry.deploymentVhost === 'string') return entry;
    const vhost = deployments.find(({ gateway }) => gateway === entry.deploymentEnvironment)?.vhost;
    return vhost === undefined ? entry : { ...entry, deploymentVhost: vhost };
  });
  const all = { ...configs, deploymentEnvironments: placed };
  return { text: textFor(environment, all), configs: all };
}

function textFor(environment: string, configs: Table): string {
  const document = { environments: [{ name: environment, configs }] };
  return `${escaped(JSON.stringify(document, null, 2))}\n`;
}

function substituted(
  value: unknown,
  key: string,
  variable: (name: string) => string | undefined,
  secrets: Pick<Secrets, 'register'>,
): unknown {
  if (Array.isArray(value)) return value.map((each) => substituted(each, key, variable, secrets));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, substituted(inner, name, variable, secrets)]),
    );
  }
  if (typeof value !== 'string') return value;
  const { text } = substituteText(value, variable);
  if (secretKeys.has(key) && text !== '') secrets.register(text);
  if (booleanKeys.has(key) && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

/** Characters that YAML readers refuse or that mean something to apictl, as JSON escapes. */
function escaped(json: string): string {
  return json
    .replaceAll('${', '\\u0024{')

    .replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
