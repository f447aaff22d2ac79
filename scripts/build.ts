/**
 * Builds dist/<name>/index.js for every action and for the post step that they share (or for those named on the command
 * line). The same sources give the
 * same bytes; CI compares them with what is committed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const named = process.argv.slice(2);
const actions = readdirSync(join(root, 'actions')).map((name) => [name, `actions/${name}/src/index.ts`] as const);
const entries = [...actions, ['post', 'packages/shared/src/run/post-step.ts'] as const].filter(
  ([name, source]) => (named.length === 0 || named.includes(name)) && existsSync(join(root, source)),
);
for (const [name, source] of entries) {
  const out = join(root, 'dist', name);
  rmSync(out, { recursive: true, force: true });
  const ncc = join(root, 'node_modules/@vercel/ncc/dist/ncc/cli.js');
  const args = ['build', source, '-o', out, '--no-cache', '--license', 'licenses.txt', '--target', 'es2024'];
  const built = spawnSync(process.execPath, [ncc, ...args], { cwd: root, encoding: 'utf8' });
  if (built.status !== 0) {
    console.error(built.stdout, built.stderr);
    throw new Error(`ncc failed for ${name}`);
  }
  // ncc writes trailing blanks of its dependencies as they are; git and editors would fight over them.
  const bundle = join(out, 'index.js');
  writeFileSync(bundle, readFileSync(bundle, 'utf8').replace(/[ \t]+$/gm, ''));
  const kB = Math.round(readFileSync(bundle).length / 1000);
  console.log(`dist/${name}/index.js  ${kB} kB`);
}
