// Prints the section of CHANGELOG.md for a tag, for example v0.1.0. Fails when there is none: a release says what changed.
import { readFileSync } from 'node:fs';

const version = (process.argv[2] ?? '').replace(/^v/, '');
const changelog = readFileSync(new URL('../CHANGELOG.md', import.meta.url), 'utf8');
const section = changelog
  .split(/^## /m)
  .find((part) => part.startsWith(`${version} `) || part.startsWith(`${version}\n`));
if (section === undefined) {
  console.error(`CHANGELOG.md has no section "## ${version}"`);
  process.exit(1);
}
console.log(section.slice(section.indexOf('\n')).trim());
