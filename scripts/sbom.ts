/**
 * `npm run sbom`: writes the bill of materials of each committed bundle to sbom/<action>.cdx.json (or to the folder that is
 * named). Needs nothing but Node: the job that publishes a release installs no packages.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { billOfMaterials } from './bundles/cyclonedx.ts';
import { bundledActions, bundledPackages, bundleFiles } from './bundles/packages.ts';

const root = join(import.meta.dirname, '..');
const folder = resolve(root, process.argv[2] ?? 'sbom');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
mkdirSync(folder, { recursive: true });
for (const action of bundledActions(root)) {
  const packages = bundledPackages(root, action);
  const file = join(folder, `${action}.cdx.json`);
  writeFileSync(
    file,
    `${JSON.stringify(billOfMaterials({ action, version, files: bundleFiles(root, action), packages }), null, 2)}\n`,
  );
  console.log(`${file}  ${packages.length} packages`);
}
