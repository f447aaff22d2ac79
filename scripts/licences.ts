/** `npm run licences`: the packages in each bundle with their licences. Exits 1 when one is not on the list of allowed ones. */
import { join } from 'node:path';
import { allowedLicences, bundledActions, bundledPackages } from './bundles/packages.ts';

const root = join(import.meta.dirname, '..');
let refused = 0;
console.log('| bundle | package | version | licence |\n| --- | --- | --- | --- |');
for (const action of bundledActions(root)) {
  for (const { name, version, licence } of bundledPackages(root, action)) {
    const allowed = allowedLicences.includes(licence);
    if (!allowed) refused += 1;
    console.log(`| ${action} | ${name} | ${version} | ${licence}${allowed ? '' : ' **not allowed**'} |`);
  }
}
process.exit(refused === 0 ? 0 : 1);
