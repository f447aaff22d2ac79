/**
 * Builds dist/<name>/ for every action and for the post step that they share (or for those named on the command line):
 * index.js, which reads the inputs, and the files that it loads when they are good. The same sources give the same bytes;
 * CI compares them with what is committed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { licenceTexts, type BundleStats } from './bundles/licence-texts.ts';

const root = join(import.meta.dirname, '..');
const named = process.argv.slice(2);
const actions = readdirSync(join(root, 'actions')).map((name) => [name, `actions/${name}/src/index.ts`] as const);
const entries = [...actions, ['post', 'packages/shared/src/run/post-step.ts'] as const].filter(
  ([name, source]) => (named.length === 0 || named.includes(name)) && existsSync(join(root, source)),
);
const scratch = mkdtempSync(join(tmpdir(), 'wso2-delivery-build-'));
const stats = join(scratch, 'stats.json');
process.on('exit', () => rmSync(scratch, { recursive: true }));
for (const [name, source] of entries) {
  const out = join(root, 'dist', name);
  rmSync(out, { recursive: true, force: true });
  const ncc = join(root, 'node_modules/@vercel/ncc/dist/ncc/cli.js');
  const args = ['build', source, '-o', out, '--no-cache', '--stats-out', stats, '--target', 'es2024'];
  const built = spawnSync(process.execPath, [ncc, ...args], { cwd: root, encoding: 'utf8' });
  if (built.status !== 0) {
    console.error(built.stdout, built.stderr);
    throw new Error(`ncc failed for ${name}`);
  }
  writeFileSync(join(out, 'licenses.txt'), licenceTexts(JSON.parse(readFileSync(stats, 'utf8')) as BundleStats));
  for (const file of readdirSync(out).filter((entry) => entry.endsWith('.js'))) {
    // ncc writes trailing blanks of its dependencies as they are; git and editors would fight over them.
    const content = readFileSync(join(out, file), 'utf8').replace(/[ \t]+$/gm, '');
    writeFileSync(join(out, file), content);
    console.log(`dist/${name}/${file}  ${Math.round(Buffer.byteLength(content) / 1000)} kB`);
  }
}
