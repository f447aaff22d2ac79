/** One spelling for each thing that API Manager and authors write in several. */
import { isEmpty } from './state-facts.ts';
import { isTable, textOr, type Table } from './table.ts';

/** The data of api.yaml or api_product.yaml, defaults already in it, in one spelling. */
export function plainData(given: Readonly<Table>, version: string): Table {
  const data: Table = { ...given };
  if (typeof data.context === 'string') data.context = plainContext(data.context, version);
  if ('endpointConfig' in data) data.endpointConfig = plainEndpoints(data.endpointConfig);
  data.corsConfiguration = onlyWhenOn(data.corsConfiguration, 'corsConfigurationEnabled');
  data.websubSubscriptionConfiguration = onlyWhenOn(data.websubSubscriptionConfiguration, 'enable');
  if (isTable(data.subtypeConfiguration)) data.subtypeConfiguration = plainSubtype(data.subtypeConfiguration);
  // From 4.6 on the server writes the name there when nothing else is said.
  if (data.displayName === data.name) delete data.displayName;
  return data;
}

/** The context as api.yaml has it: the server puts the tenant before it and the version behind it. */
export function plainContext(context: string, version: string): string {
  const slashed = context.startsWith('/') ? context : `/${context}`;
  const own = slashed.replace(/^\/t\/[^/]+(?=\/)/, '').replaceAll('{version}', version);
  return own.endsWith(`/${version}`) && own.length > version.length + 1 ? own.slice(0, -version.length - 1) : own;
}

/** Settings of what is off are not read by the gateway, and each release fills others in. */
function onlyWhenOn(settings: unknown, key: string): unknown {
  if (!isTable(settings)) return settings;
  const on = settings[key] === true || settings[key] === 'true';
  return on ? settings : { [key]: false };
}

/** An AI API keeps its provider as JSON in a text. */
function plainSubtype(subtype: Table): Table {
  const { _configuration: text, ...rest } = subtype;
  if (typeof text !== 'string' || text === '') return rest;
  const configuration = parsed(text);
  return { ...rest, configuration };
}

/**
 * An endpointConfig in one spelling. API Manager writes protection that is off in four ways (absent, empty, `NONE`,
 * `enabled: false`), an empty table of parameters as text, and the timeouts that nobody set as -1.
 */
function plainEndpoints(config: unknown): unknown {
  if (!isTable(config)) return config;
  const plain = without(config, (key, value) => /^failover$/i.test(key) && /^false$/i.test(textOr(value, '')));
  if (!('endpoint_security' in plain)) return plain;
  const { endpoint_security: given, ...rest } = plain;
  if (!isTable(given)) return isEmpty(given) ? rest : plain;
  const security = Object.entries(given).flatMap(([kind, details]): [string, unknown][] => {
    if (!isTable(details)) return isEmpty(details) ? [] : [[kind, details]];
    return isOff(details) ? [] : [[kind, plainSecurity(details)]];
  });
  return security.length === 0 ? rest : { ...rest, endpoint_security: Object.fromEntries(security) };
}

function isOff({ enabled, type }: Table): boolean {
  if (enabled !== undefined) return enabled !== true && enabled !== 'true';
  return isEmpty(type) || textOr(type, '').toUpperCase() === 'NONE';
}

/** The values that a type of protection reads; the server keeps what an earlier type has left behind. */
const foreign: Readonly<Record<string, readonly string[]>> = {
  BASIC: ['grantType', 'tokenUrl', 'clientId', 'clientSecret'],
  DIGEST: ['grantType', 'tokenUrl', 'clientId', 'clientSecret'],
};

function plainSecurity(details: Table): Table {
  const type = textOr(details.type, '').toUpperCase();
  const unread = foreign[type] ?? [];
  const entries = Object.entries(details).flatMap(([key, value]): [string, unknown][] => {
    if (unread.includes(key) && isEmpty(value)) return [];
    if (/^(?:connection|connectionRequest|socket)\w*Duration$/.test(key) && Number(value) === -1) return [];
    if (key === 'type') return [[key, type]];
    if (key === 'grantType') return [[key, textOr(value, '').toUpperCase()]];
    if (key === 'enabled') return [[key, true]];
    if (key === 'customParameters') return [[key, typeof value === 'string' ? parsed(value) : value]];
    if (key === 'proxyConfigs' && isTable(value) && value.proxyEnabled !== true && value.proxyEnabled !== 'true') {
      return [];
    }
    return [[key, value]];
  });
  return Object.fromEntries(entries);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function without(table: Table, drop: (key: string, value: unknown) => boolean): Table {
  return Object.fromEntries(Object.entries(table).filter(([key, value]) => !drop(key, value)));
}
