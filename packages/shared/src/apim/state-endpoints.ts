import { isEmpty } from './state-facts.ts';
import { isTable, textOr, type Table } from './table.ts';

/**
 * An endpointConfig in one spelling. API Manager writes protection that is off in four ways (absent, empty, `NONE`,
 * `enabled: false`), an empty table of parameters as text, and the timeouts that nobody set as -1.
 */
export function plainEndpoints(config: unknown): unknown {
  if (!isTable(config)) return config;
  const plain: Table = Object.fromEntries(
    Object.entries(config).filter(([key, value]) => !(/^failover$/i.test(key) && /^false$/i.test(textOr(value, '')))),
  );
  if (!('endpoint_security' in plain)) return plain;
  const { endpoint_security: given, ...rest } = plain;
  if (!isTable(given)) return isEmpty(given) ? rest : plain;
  const security = Object.fromEntries(
    Object.entries(given).flatMap(([kind, details]) => {
      if (!isTable(details)) return isEmpty(details) ? [] : [[kind, details]];
      return isOff(details) ? [] : [[kind, plainSecurity(details)]];
    }),
  );
  return Object.keys(security).length === 0 ? rest : { ...rest, endpoint_security: security };
}

function isOff({ enabled, type }: Table): boolean {
  if (enabled !== undefined) return enabled !== true && enabled !== 'true';
  return isEmpty(type) || textOr(type, '').toUpperCase() === 'NONE';
}

function plainSecurity(details: Table): Table {
  const entries = Object.entries(details).flatMap(([key, value]): [string, unknown][] => {
    if (/^(?:connection|connectionRequest|socket)\w*Duration$/.test(key) && Number(value) === -1) return [];
    if (key === 'type') return [[key, textOr(value, '').toUpperCase()]];
    if (key === 'grantType') return [[key, textOr(value, '').toUpperCase()]];
    if (key === 'enabled') return [[key, true]];
    if (key === 'customParameters') return [[key, parameters(value)]];
    if (key === 'proxyConfigs' && isTable(value) && value.proxyEnabled !== true) return [];
    return [[key, value]];
  });
  return Object.fromEntries(entries);
}

function parameters(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
