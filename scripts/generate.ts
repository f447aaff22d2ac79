/**
 * Writes everything that is made from declarations: action.yml, the tables in READMEs, docs/actions.md, docs/errors.md.
 * With --check nothing is written and any difference is an error: the contract tests run it so.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFiles } from './generated-files.ts';

const root = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');
let drifted = 0;
for (const { path, content } of await generatedFiles(root)) {
  const file = join(root, path);
  if (existsSync(file) && readFileSync(file, 'utf8') === content) continue;
  drifted++;
  if (check) console.error(`${path} does not match its source. Run: npm run generate`);
  else {
    writeFileSync(file, content);
    console.log(`wrote ${path}`);
  }
}
if (check && drifted > 0) process.exit(1);
