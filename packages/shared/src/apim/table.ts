import { MalformedError } from '../formats/malformed.ts';
import { parseYaml } from '../formats/yaml.ts';

/** A table of a YAML or JSON document. */
export type Table = Record<string, unknown>;

export function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The list, or an empty one for anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function tablesOf(value: unknown): readonly Table[] {
  return listOf(value).filter(isTable);
}

export function textOr(value: unknown, fallback: string): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : fallback;
}

/** The document in a file, or undefined when there is no such file or it is not YAML (or JSON). */
export function documentIn(files: ReadonlyMap<string, Buffer>, name: string): unknown {
  const data = files.get(name);
  if (data === undefined) return undefined;
  try {
    return parseYaml(data.toString('utf8'));
  } catch (error) {
    if (error instanceof MalformedError) return undefined;
    throw error;
  }
}

/** The `data:` of the first of these files that is there. */
export function dataIn(files: ReadonlyMap<string, Buffer>, names: readonly string[]): unknown {
  const name = names.find((each) => files.has(each));
  const document = name === undefined ? undefined : documentIn(files, name);
  return isTable(document) ? document.data : undefined;
}
