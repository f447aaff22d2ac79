import type { Table } from './params-conversion.ts';
import type { KeyPath } from './params-lines.ts';
import { variablesIn } from './params-variables.ts';

/** Keys of a params file whose values are secrets. */
export const secretKeys: ReadonlySet<string> = new Set(['password', 'clientSecret', 'amznSecretKey']);

/** The variable that a secret should come from: STAGING_PRODUCTION_PASSWORD. */
export function secretVariable(environment: string, kind: string, key: string): string {
  return [environment, kind, key.replace(/([A-Z])/g, '_$1')]
    .join('_')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_');
}

/** A secret that stands in a document in clear. */
export interface ClearSecret {
  readonly path: KeyPath;
  readonly value: string;
  /** Where it should come from: `${STAGING_PRODUCTION_PASSWORD}`. */
  readonly variable: string;
}

/** A 4.x document with a variable in place of each secret that stands in it in clear; and those secrets. */
export function withSecretsAsVariables(document: Table): {
  readonly document: Table;
  readonly secrets: readonly ClearSecret[];
} {
  const secrets: ClearSecret[] = [];
  const replace = (value: unknown, keys: KeyPath, environment: string): unknown => {
    if (Array.isArray(value)) return value.map((each, index) => replace(each, [...keys, index], environment));
    const path = keys.filter((key) => typeof key === 'string');
    if (typeof value !== 'object' || value === null) {
      const key = path.at(-1) ?? '';
      const isClear =
        secretKeys.has(key) && typeof value === 'string' && value !== '' && variablesIn(value).length === 0;
      if (!isClear) return value;
      const variable = `\${${secretVariable(environment, path.at(-2) ?? '', key)}}`;
      secrets.push({ path: keys, value, variable });
      return variable;
    }
    const name = path.length === 1 && 'name' in value && typeof value.name === 'string' ? value.name : environment;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replace(inner, [...keys, key], name)]));
  };
  return { document: replace(document, [], '') as Table, secrets };
}
