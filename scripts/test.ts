/** `npm test`: lint, types and drift, then the four suites. Every part runs even when one fails; one line ends it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const node = process.execPath;
const bin = (path: string) => join(root, 'node_modules', path);
const only = process.argv.slice(2);

interface Check {
  readonly name: string;
  readonly args: readonly string[];
}

const checks: readonly Check[] = [
  { name: 'lint', args: [bin('eslint/bin/eslint.js'), '.'] },
  { name: 'format', args: [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
  { name: 'unused', args: [bin('knip/bin/knip.js'), '--no-progress'] },
  { name: 'types', args: [bin('typescript/bin/tsc'), '--noEmit'] },
  { name: 'drift', args: [join(root, 'scripts/generate.ts'), '--check'] },
];

const suites = ['unit', 'contract', 'bundle', 'e2e'];
const parts = [...checks.map(({ name }) => name), ...suites];
const unknown = only.filter((name) => !parts.includes(name));
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(', ')}. There are ${parts.join(', ')}.`);
  process.exit(2);
}

interface JestResult {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTotalTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

let passed = 0;
let failed = 0;
let skipped = 0;

function step(name: string, args: readonly string[]): boolean {
  const started = Date.now();
  console.log(`\n── ${name}`);
  const { status } = spawnSync(node, [...args], { cwd: root, stdio: 'inherit' });
  console.log(`${status === 0 ? 'ok' : 'FAILED'}  ${name}  ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return status === 0;
}

for (const { name, args } of checks) {
  if (only.length > 0 && !only.includes(name)) continue;
  if (step(name, args)) passed++;
  else failed++;
}

const folder = mkdtempSync(join(tmpdir(), 'wso2-delivery-results-'));
for (const suite of suites) {
  if (only.length > 0 && !only.includes(suite)) continue;
  const results = join(folder, `${suite}.json`);
  const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', bin('jest/bin/jest.js')];
  // e2e tests start servers and builds: one at a time on small machines.
  const pace = suite === 'e2e' ? ['--runInBand'] : [];
  const ok = step(suite, [...jest, '--selectProjects', suite, '--json', '--outputFile', results, ...pace]);
  try {
    const result = JSON.parse(readFileSync(results, 'utf8')) as JestResult;
    passed += result.numPassedTests;
    failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
    skipped += result.numPendingTests;
    if (result.numTotalTests === 0 || (!ok && result.numFailedTests + result.numRuntimeErrorTestSuites === 0)) failed++;
  } catch {
    failed++;
  }
}
rmSync(folder, { recursive: true, force: true });

console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed === 0 ? 0 : 1);
