import { canonical } from './archive.ts';
import { convertDocument, convertEnvironment } from './params-conversion.ts';
import { KeyLines } from './params-lines.ts';
import { withSecretsAsVariables } from './params-secrets.ts';
import { isTable, listOf, type Table } from './table.ts';
import { formatYaml, parseYaml } from '../formats/yaml.ts';
import { MalformedError } from '../formats/malformed.ts';

/** A 3.x params file as it would be committed for 4.x. */
export interface ConvertedText {
  readonly text: string;
  /** Whether the file's own comments and spelling are kept: not where its way of writing YAML is not understood. */
  readonly faithful: boolean;
  /** Secrets that stood in the file in clear; in `text` variables stand in their place. */
  readonly secrets: readonly string[];
}

/**
 * Converts the text of a params file: environments of the 3.x shape get `configs:`, their settings a deeper indentation,
 * secrets become variables. Comments and order stay where the result means exactly what the converted document is;
 * otherwise the document is written anew.
 * @param text valid YAML
 */
export function convertText(text: string): ConvertedText {
  const given = parseYaml(text);
  const converted = convertDocument(isTable(given) ? given : {});
  const { document, secrets } = withSecretsAsVariables(converted);
  const values = secrets.map(({ value }) => value);
  const edited = withVariables(moved(text, listOf(isTable(given) ? given.environments : undefined)), converted);
  const faithful = isSame(edited, document);
  return { text: faithful ? edited : formatYaml(document), faithful, secrets: values };
}

function isSame(text: string, document: Table): boolean {
  try {
    return canonical(parseYaml(text)) === canonical(document);
  } catch (error) {
    if (error instanceof MalformedError) return false;
    throw error;
  }
}

/** The settings of every 3.x environment below `configs:`. */
function moved(text: string, environments: readonly unknown[]): string {
  const lines = text.split('\n');
  const places = new KeyLines(text);
  const starts = environments.map((_, index) => places.of(['environments', index]) ?? 0);
  // From the last on, so that the lines of those before stay where they are.
  for (let index = environments.length - 1; index >= 0; index--) {
    const environment = environments[index];
    const start = starts[index] ?? 0;
    if (!isTable(environment) || 'configs' in environment || start === 0) continue;
    const end = endOf(lines, start, starts[index + 1]);
    lines.splice(start - 1, end - start + 1, ...environmentLines(lines.slice(start - 1, end), environment));
  }
  return lines.join('\n');
}

/** The last line of a list entry, counted from 1; what follows with less indentation is no part of it. */
function endOf(lines: readonly string[], start: number, next: number | undefined): number {
  const indent = indentOf(lines[start - 1] ?? '');
  let end = start;
  for (let number = start + 1; number <= (next === undefined ? lines.length : next - 1); number++) {
    const line = lines[number - 1] ?? '';
    if (line.trim() === '') continue;
    if (indentOf(line) <= indent) break;
    end = number;
  }
  return end;
}

/** `- name: staging`, then `configs:`, then all else, deeper. Keys that mean something else in 4.x are written anew. */
function environmentLines(lines: readonly string[], environment: Table): string[] {
  const [first = '', ...rest] = lines;
  const inner = ' '.repeat(first.length - first.replace(/^\s*-\s*/, '').length);
  const { configs } = convertEnvironment(environment);
  const keys = Object.keys(configs);
  const out: string[] = [];
  let rewriting = false;
  let at = 0;
  for (const line of rest) {
    const isKey = line.startsWith(inner) && /^[^\s#-]/.test(line.slice(inner.length));
    if (isKey) {
      const key = keys[at++] ?? '';
      const old = /^["']?([\w-]+)/.exec(line.slice(inner.length))?.[1] ?? '';
      rewriting = old !== key || canonical(environment[old]) !== canonical(configs[key]);
      if (rewriting) out.push(...indented(formatYaml({ [key]: configs[key] }), `${inner}  `));
    }
    if (!rewriting) out.push(line.trim() === '' ? line : `  ${line}`);
  }
  return keys.length === 0 ? [...lines] : [first, `${inner}configs:`, ...out];
}

function indented(yaml: string, indent: string): string[] {
  return yaml
    .trimEnd()
    .split('\n')
    .map((line) => `${indent}${line}`);
}

/** Variables in place of secrets in clear that stand on one line. */
function withVariables(text: string, converted: Table): string {
  const lines = text.split('\n');
  const places = new KeyLines(text);
  for (const { path, variable } of withSecretsAsVariables(converted).secrets) {
    const number = places.of(path) ?? 0;
    const line = lines[number - 1];
    if (line !== undefined)
      lines[number - 1] = line.replace(/^([^:]*:\s*).*?(\s+#.*)?\r?$/, (_, key: string) => key + variable);
  }
  return lines.join('\n');
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
