/**
 * `npm run mutation`: changes the decision code in hundreds of small ways and counts how many of them the unit tests
 * notice. `npm run mutation -- params` runs one group. Prints the table of docs/quality.md and every survivor.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

interface Group {
  readonly name: string;
  readonly about: string;
  /** Globs below packages/shared/src. */
  readonly sources: readonly string[];
  /** Files below test/unit. Disturbed replays of recordings are left out: they would take seconds a mutant. */
  readonly tests: readonly string[];
}

const groups: readonly Group[] = [
  {
    name: 'verdict',
    about: 'what a rollout is judged to be',
    sources: ['kubernetes/rollout/{verdict,policy,need,finding,scale-down}.ts'],
    tests: ['kubernetes/rollout/{judgement,need,scale-down}.test.ts'],
  },
  {
    name: 'causes',
    about: 'why a rollout does not get on',
    sources: ['kubernetes/rollout/causes/*.ts'],
    tests: ['kubernetes/rollout/{verdict,causes,need,workloads,autoscaler,disruption}.test.ts'],
  },
  {
    name: 'params',
    about: 'what a params file means, and what is wrong with it',
    sources: ['apim/params*.ts'],
    tests: ['apim/params*.test.ts'],
  },
  {
    name: 'plan',
    about: 'what a promotion would change, and whether a plan still holds',
    sources: ['apim/plan*.ts'],
    tests: ['apim/plan*.test.ts'],
  },
];

interface Mutant {
  readonly status: string;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: { readonly start: { readonly line: number } };
}

interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly Mutant[]; readonly source: string }>>;
}

const named = process.argv.slice(2);
const unknown = named.filter((name) => !groups.some((group) => group.name === name));
if (unknown.length > 0) {
  console.error(`No such group: ${unknown.join(', ')}. There are ${groups.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

const rows: string[] = [];
for (const group of groups.filter(({ name }) => named.length === 0 || named.includes(name))) {
  const { files } = run(group);
  for (const [file, { mutants, source }] of Object.entries(files)) {
    const count = (...states: readonly string[]) => mutants.filter(({ status }) => states.includes(status)).length;
    const noticed = count('Killed', 'Timeout');
    const judged = noticed + count('Survived', 'NoCoverage');
    const share = judged === 0 ? '–' : `${Math.round((noticed / judged) * 100)} %`;
    rows.push(`| ${file} | ${judged} | ${noticed} | ${share} |`);
    for (const { status, mutatorName, replacement, location } of mutants) {
      if (status !== 'Survived' && status !== 'NoCoverage') continue;
      const { line } = location.start;
      console.log(`${file}:${line}  ${mutatorName}${status === 'NoCoverage' ? ', not covered' : ''}`);
      console.log(`    ${(source.split('\n')[line - 1] ?? '').trim()}`);
      console.log(`  → ${(replacement ?? '').replaceAll(/\s+/g, ' ').slice(0, 120)}`);
    }
  }
}
console.log(['| file | changes | noticed | share |', '| --- | ---: | ---: | ---: |', ...rows].join('\n'));

function run({ name, about, sources, tests }: Group): Report {
  console.log(`\n── ${name}: ${about}`);
  const report = join(root, `coverage/mutation-${name}.json`);
  mkdirSync(join(root, 'coverage'), { recursive: true });
  const stryker = join(root, 'node_modules/@stryker-mutator/core/bin/stryker.js');
  const { status } = spawnSync(process.execPath, [stryker, 'run'], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      MUTATION_SOURCES: sources.map((glob) => `packages/shared/src/${glob}`).join(' '),
      MUTATION_TESTS: tests.join(' '),
      MUTATION_REPORT: report,
    },
  });
  if (status !== 0) throw new Error(`the mutation run of ${name} failed`);
  return JSON.parse(readFileSync(report, 'utf8')) as Report;
}
