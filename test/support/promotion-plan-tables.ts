/** The tables of docs/promotion-plan.md, from the code that decides. */
import { breakingRules } from '@wso2-delivery/shared/apim/breaking';
import { leftByImport } from '@wso2-delivery/shared/apim/state-compare';
import { defaultRules, operationDefaults } from '@wso2-delivery/shared/apim/state-defaults';
import { noiseRules } from '@wso2-delivery/shared/apim/state-noise';

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Rules with the same reason and source on one row. */
export function noiseTable(): string {
  const rows = new Map<string, string[]>();
  for (const { pattern, reason, source } of noiseRules) {
    const key = `${reason}\n${source}`;
    rows.set(key, [...(rows.get(key) ?? []), `\`${pattern}\``]);
  }
  return table(
    ['Left out', 'Why', 'Source'],
    [...rows].map(([key, patterns]) => [patterns.join(', '), ...key.split('\n')]),
  );
}

export function defaultsTable(): string {
  const of = { api: 'APIs', 'api-product': 'products', both: 'both' };
  const rows = defaultRules.map((rule) => [
    `\`${rule.path}\``,
    `\`${Array.isArray(rule.value) ? rule.value.join(', ') : String(rule.value)}\``,
    of[rule.of],
    rule.source,
  ]);
  const operations = Object.entries(operationDefaults).map(([key, value]) => [
    `\`operations[].${key}\``,
    `\`${value}\``,
    'APIs',
    'sample-api.yaml of the apictl integration tests',
  ]);
  return table(['Not stated', 'Taken as', 'Of', 'Source'], [...rows, ...operations]);
}

export function breakingListing(): string {
  return breakingRules.map(({ what }) => `- ${what}`).join('\n');
}

export function leftTable(): string {
  return table(
    ['Only in the target', 'Source'],
    leftByImport.map(({ what, source }) => [what, source]),
  );
}
