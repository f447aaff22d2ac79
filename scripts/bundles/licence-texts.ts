/** The licences that go along with a bundle: of every package that has a module in it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The part of the bundler's statistics that is read here (webpack, "Stats Data", module objects). */
export interface BundleStats {
  readonly modules: readonly BundledModule[];
}

interface BundledModule {
  /** The file of the module; null for what the bundler makes up. */
  readonly nameForCondition?: string | null;
  /** Modules that were merged into this one. */
  readonly modules?: readonly BundledModule[];
}

/**
 * A line with the name of each package, one with its licence, its licence text, a blank line; by name. The bundler's own
 * list leaves out what only a lazily loaded file holds.
 * @throws Error when a package brings no licence text
 */
export function licenceTexts({ modules }: BundleStats): string {
  const folders = new Set([...filesOf(modules)].map(packageFolder));
  return [...folders]
    .map(entryOf)
    .sort(({ name: a }, { name: b }) => (a < b ? -1 : 1))
    .map(({ name, licence, text }) => [name, licence, ...(text === '' ? [] : [text]), ''].join('\n'))
    .join('\n');
}

function* filesOf(modules: readonly BundledModule[]): Generator<string> {
  for (const { nameForCondition, modules: merged } of modules) {
    if (nameForCondition?.startsWith('/') === true || /^[A-Z]:\\/.test(nameForCondition ?? '')) yield nameForCondition!;
    if (merged !== undefined) yield* filesOf(merged);
  }
}

function packageFolder(file: string): string {
  let folder = dirname(file);
  // A folder inside a package may hold a package.json without a name that only sets the type of its modules.
  while (readName(folder) === undefined) {
    if (folder === dirname(folder)) throw new Error(`${file} belongs to no package`);
    folder = dirname(folder);
  }
  return folder;
}

function readName(folder: string): string | undefined {
  const file = join(folder, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name : undefined;
}

function entryOf(folder: string): { readonly name: string; readonly licence: string; readonly text: string } {
  const { name, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    license: string;
  };
  if (name.startsWith('@wso2-delivery/')) return { name, licence: license, text: '' };
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.|-|$)/i.test(entry));
  if (file === undefined) throw new Error(`${name} brings no licence text`);
  return { name, licence: license, text: readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trimEnd() };
}
