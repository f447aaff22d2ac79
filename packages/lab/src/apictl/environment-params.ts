import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { formatYaml, parseYamlDocuments } from '@wso2-delivery/shared/formats/yaml';
import { MalformedError } from '@wso2-delivery/shared/formats/malformed';
import { Reason } from './outcome.ts';

/**
 * Replaces ${VAR} by the variables of the process, in the raw text. Unset and empty are the same mistake.
 * Sequential: a value that holds ${LATER} is expanded again. @throws Reason that lists every missing variable
 */
export function substitute(text: string, variables: Readonly<Record<string, string | undefined>>): string {
  const missing: string[] = [];
  let result = text;
  for (const [whole, name = ''] of text.matchAll(/\$\{(\w+)\}/g)) {
    const value = variables[name] ?? '';
    if (value === '') missing.push(`${whole} is required, please set the environment variable`);
    else result = result.replaceAll(whole, value);
  }
  if (missing.length > 0) {
    const count = missing.length === 1 ? '1 error' : `${missing.length} errors`;
    throw new Reason(`${count} occurred:\n${missing.map((line) => `\t* ${line}\n`).join('')}\n`);
  }
  return result;
}

/** The `configs` of one environment from a params file, as intermediate_params.yaml is written. @throws Reason */
export function environmentConfigs(
  path: string,
  environment: string,
  variables: Readonly<Record<string, string | undefined>>,
): string {
  if (existsSync(path) && statSync(path).isDirectory()) throw new Reason(`read ${path}: is a directory`);
  if (!existsSync(path)) throw new Reason(`open ${path}: no such file or directory`);
  const text = substitute(readFileSync(path, 'utf8'), variables);
  const { environments } = firstDocument(text);
  const chosen = (environments ?? []).find(({ name }) => name === environment);
  if (chosen === undefined) throw new Reason(`Environment '${environment}' does not exist in ${path}`);
  const configs = chosen.configs ?? {};
  if (Object.keys(configs).length === 0) throw new Reason('configs value is empty in the provided parameters');
  return goYaml(configs);
}

interface ParamsDocument {
  environments?: { name?: string; configs?: Record<string, unknown> }[];
}

function firstDocument(text: string): ParamsDocument {
  try {
    return parseYamlDocuments(text)[0] ?? {};
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    throw new Reason(`yaml: line ${(error.line ?? 1) + 1}: ${error.message}`);
  }
}

/** YAML as Go writes it: keys in order, lists not indented. */
function goYaml(value: unknown, indent = ''): string {
  if (Array.isArray(value)) {
    return value.map((each) => `${indent}- ${nested(each, indent).trimStart()}`).join('');
  }
  return Object.entries(value as Record<string, unknown>)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => {
      if (!isCollection(inner)) return `${indent}${key}: ${formatYaml(inner)}`;
      return `${indent}${key}:\n${Array.isArray(inner) ? goYaml(inner, indent) : goYaml(inner, `${indent}  `)}`;
    })
    .join('');
}

function nested(value: unknown, indent: string): string {
  return isCollection(value) ? goYaml(value, `${indent}  `) : formatYaml(value);
}

function isCollection(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

/** `--params`: a name that contains ".yaml" is a file, anything else a deployment folder. */
export function isParamsFile(path: string): boolean {
  return path.includes('.yaml');
}

/** The params file of a deployment folder. @throws Reason */
export function paramsFileOf(folder: string): string {
  const path = join(folder, 'params.yaml');
  if (existsSync(folder) && !statSync(folder).isDirectory()) throw new Reason(`open ${path}: not a directory`);
  return path;
}
