/** The registry resources of a project: src/main/wso2mi/resources and the artifact.xml that lists them. */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { isInside } from '../base/safe-path.ts';
import { MalformedError } from '../formats/malformed.ts';
import { childrenNamed, parseXml, type Element } from '../formats/xml.ts';

export interface RegistryItem {
  /** The artifact that carries it. */
  readonly artifact: string;
  readonly version: string;
  /** The <item> or <collection> of the list. */
  readonly element: Element;
  /** Path in the registry with the file's name, for example /_system/governance/mi-resources/json/a.json. */
  readonly registryPath: string;
  /** The file or folder it comes from, absolute; undefined when none of the places that it may be in has it. */
  readonly file: string | undefined;
  /** Of a single file; undefined for a folder. */
  readonly content: Buffer | undefined;
  /** True for the files that the plugin makes of a data mapper's TypeScript while it builds. */
  readonly generated: boolean;
  /** Where it is expected, for people. */
  readonly expected: string;
  /** The list that names it, absolute, and its line there. */
  readonly list: string;
  readonly line: number;
}

export interface RegistrySources {
  readonly items: readonly RegistryItem[];
  /** What a list says beyond the first item of an artifact: the plugin packs no more than that. */
  readonly beyond: readonly RegistryItem[];
  /** Files that no list names, absolute: they are in no CAR. */
  readonly unlisted: readonly string[];
  /** A list that cannot be read. Maven then fails. */
  readonly malformed:
    { readonly list: string; readonly message: string; readonly line: number | undefined } | undefined;
}

/** Folders and files of resources/ that are not registry resources. */
const otherFolders: ReadonlySet<string> = new Set([
  'conf',
  'api-definitions',
  'connectors',
  'inbound-connectors',
  'metadata',
  'idp-schemas',
]);

/** Reads the lists and looks for what they name. */
export function readRegistrySources(resources: string): RegistrySources {
  const lists = ['artifact.xml', 'registry/artifact.xml'].map((name) => join(resources, name)).filter(existsSync);
  const items: RegistryItem[] = [];
  const beyond: RegistryItem[] = [];
  let malformed: RegistrySources['malformed'];
  for (const list of lists) {
    try {
      for (const [first, ...others] of itemsOf(list, resources)) {
        if (first !== undefined) items.push(first);
        beyond.push(...others);
      }
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      malformed ??= { list, message: error.message, line: error.line };
    }
  }
  const listed = [...items, ...beyond].map(({ file }) => file).filter((file) => file !== undefined);
  const unlisted =
    malformed === undefined
      ? candidates(resources).filter(
          (file) => !lists.includes(file) && !listed.some((known) => file === known || file.startsWith(`${known}/`)),
        )
      : [];
  return { items, beyond, unlisted, malformed };
}

/** Of each artifact: its items, or its collections when it has none. */
function itemsOf(list: string, resources: string): RegistryItem[][] {
  return childrenNamed(parseXml(readFileSync(list, 'utf8')), 'artifact').map((artifact) => {
    const [items, collections] = [childrenNamed(artifact, 'item'), childrenNamed(artifact, 'collection')];
    return [...items, ...collections].map((element) => {
      const text = (name: string) => childrenNamed(element, name)[0]?.text.trim() ?? '';
      const name = element.name === 'collection' ? text('directory') : text('file');
      const path = text('path').replace(/\/+$/, '');
      const registryPath = element.name === 'collection' ? path : `${path}/${name}`;
      const place = join(dirname(list), placeOf(registryPath));
      const file = isBelow(resources, place) ? place : undefined;
      return {
        artifact: artifact.attributes.name ?? '',
        version: artifact.attributes.version ?? '',
        element,
        registryPath,
        file,
        content: file !== undefined && statSync(file).isFile() ? readFileSync(file) : undefined,
        generated: isDataMapperOutput(place),
        expected: join('resources', relative(resources, place)),
        list,
        line: element.line,
      };
    });
  });
}

/** Neither `..` nor a link in a list may lead out of the resources. */
function isBelow(folder: string, path: string): boolean {
  return existsSync(path) && isInside(realpathSync(folder), realpathSync(path));
}

/** Where the plugin looks for a registry path, relative to the folder of the list. */
function placeOf(registryPath: string): string {
  const [, hive, rest = ''] = /^\/_system\/(governance\/mi-resources|governance|config)(.*)$/.exec(registryPath) ?? [];
  if (hive === undefined) return registryPath.replace(/^\/+/, '');
  if (hive === 'governance/mi-resources') return rest;
  return `${hive === 'governance' ? 'gov' : 'conf'}${rest}`;
}

/** x.dmc and the two schemas of a folder that holds the mapping x.ts. */
function isDataMapperOutput(path: string): boolean {
  const [, name] = /^(.*?)(?:\.dmc|_(?:input|output)Schema\.json)$/.exec(basename(path)) ?? [];
  return name !== undefined && existsSync(join(dirname(path), `${name}.ts`));
}

/** Without notes and the TypeScript of data mappers, which are no resources themselves. */
function candidates(resources: string): string[] {
  if (!existsSync(resources)) return [];
  return readdirSync(resources, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !/\.(?:md|ts)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !otherFolders.has(relative(resources, file).split(/[\\/]/)[0] ?? ''))
    .sort();
}
