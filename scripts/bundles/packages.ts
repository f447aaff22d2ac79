/** Which files and packages are in the committed bundles: by the licences that the build collected, with versions and hashes of the lock file. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX, as the package says. */
  readonly licence: string;
  /** The licence text that is in the bundle's licenses.txt. */
  readonly text: string;
  /** Subresource integrity of the package's archive, `sha512-…`. */
  readonly integrity: string;
  /** Names of packages that it needs and that are in the bundle too. */
  readonly needs: readonly string[];
}

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** What may be in a bundle: permissive licences that ask for no more than that their text goes along. */
export const allowedLicences: readonly string[] = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
];

/** The actions that have a bundle. */
export function bundledActions(root: string): string[] {
  return readdirSync(join(root, 'dist')).filter((name) => existsSync(join(root, 'dist', name, 'index.js')));
}

export interface BundleFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/** What runs of an action: index.js and the files that it loads, by name. */
export function bundleFiles(root: string, action: string): BundleFile[] {
  const folder = join(root, 'dist', action);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .sort()
    .map((name) => ({ name, content: readFileSync(join(folder, name)) }));
}

/**
 * The packages of others in the bundle of an action, by name.
 * @throws Error when licenses.txt names a package that the lock file does not have
 */
export function bundledPackages(root: string, action: string): BundledPackage[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, LockedPackage>>;
  };
  // A workspace may bring its own version of a package: that one is bundled.
  const locked = (name: string): LockedPackage | undefined =>
    packages[`packages/shared/node_modules/${name}`] ?? packages[`node_modules/${name}`];
  const entries = readLicences(readFileSync(join(root, 'dist', action, 'licenses.txt'), 'utf8')).filter(
    ({ name }) => !name.startsWith('@wso2-delivery/'),
  );
  const names = new Set(entries.map(({ name }) => name));
  return entries.map(({ name, licence, text }) => {
    const entry = locked(name);
    if (entry?.version === undefined || entry.integrity === undefined)
      throw new Error(`dist/${action}/licenses.txt names ${name}, which package-lock.json does not have`);
    const needs = Object.keys(entry.dependencies ?? {}).filter((need) => names.has(need));
    return { name, version: entry.version, licence, text, integrity: entry.integrity, needs };
  });
}

/** The file holds, for each package, a line with its name, one with its licence, and the text; a blank line ends it. */
function readLicences(content: string): { readonly name: string; readonly licence: string; readonly text: string }[] {
  const lines = content.split('\n');
  const starts = lines.flatMap((name, index) => {
    const licence = lines[index + 1] ?? '';
    const isStart = index === 0 || lines[index - 1] === '';
    const isPackage =
      /^(@[a-z\d.-]+\/)?[a-z\d][\w.-]*$/.test(name) &&
      /^\(?[A-Z\d][\w.()+-]*( (AND|OR|WITH) [\w.()+-]+)*$/.test(licence);
    return isStart && isPackage ? [index] : [];
  });
  return starts.map((start, index) => ({
    name: lines[start] ?? '',
    licence: lines[start + 1] ?? '',
    text: lines
      .slice(start + 2, starts[index + 1])
      .join('\n')
      .trim(),
  }));
}
