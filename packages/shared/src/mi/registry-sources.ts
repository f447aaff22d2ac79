/** The registry resources of a project: src/main/wso2mi/resources and the artifact.xml that lists them. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { MalformedError } from '../formats/malformed.ts';
import { childrenNamed, parseXml } from '../formats/xml.ts';

export interface RegistryItem {
  /** The artifact that carries it. */
  readonly artifact: string;
  /** Path in the registry with the file's name, for example /_system/governance/mi-resources/json/a.json. */
  readonly registryPath: string;
  /** The file or folder it comes from, absolute; undefined when none of the places that it may be in has it. */
  readonly file: string | undefined;
  /** Of a single file; undefined for a folder. */
  readonly content: Buffer | undefined;
  /** True for the files that the plugin makes of a data mapper's TypeScript while it builds. */
  readonly generated: boolean;
  /** Where it is expected, relative to the resources folder. */
  readonly expected: string;
  /** The list that names it, absolute, and its line there. */
  readonly list: string;
  readonly line: number;
}

export interface RegistrySources {
  readonly items: readonly RegistryItem[];
  /** Files that no list names, absolute: they are in no CAR. */
  readonly unlisted: readonly string[];
  /** A list that cannot be read. Maven then fails. */
  readonly malformed:
    { readonly list: string; readonly message: string; readonly line: number | undefined } | undefined;
}

/** Folders and files of resources/ that are not registry resources. */
const otherFolders: ReadonlySet<string> = new Set(['conf', 'api-definitions', 'connectors', 'metadata', 'idp-schemas']);

/** Reads the lists and looks for what they name. */
export function readRegistrySources(resources: string): RegistrySources {
  const lists = ['artifact.xml', 'registry/artifact.xml'].map((name) => join(resources, name)).filter(existsSync);
  const items: RegistryItem[] = [];
  let malformed: RegistrySources['malformed'];
  for (const list of lists) {
    try {
      items.push(...itemsOf(list, resources));
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      malformed ??= { list, message: error.message, line: error.line };
    }
  }
  const listed = items.map(({ file }) => file).filter((file) => file !== undefined);
  const unlisted =
    malformed === undefined
      ? candidates(resources).filter(
          (file) => !lists.includes(file) && !listed.some((known) => file === known || file.startsWith(`${known}/`)),
        )
      : [];
  return { items, unlisted, malformed };
}

function itemsOf(list: string, resources: string): RegistryItem[] {
  return childrenNamed(parseXml(readFileSync(list, 'utf8')), 'artifact').flatMap((artifact) =>
    [...childrenNamed(artifact, 'item'), ...childrenNamed(artifact, 'collection')].map((item) => {
      const text = (name: string) => childrenNamed(item, name)[0]?.text.trim() ?? '';
      const name = item.name === 'collection' ? text('directory') : text('file');
      const path = text('path').replace(/\/+$/, '');
      const registryPath = item.name === 'collection' ? path : `${path}/${name}`;
      const places = placesOf(registryPath);
      const file = places.map((place) => join(resources, place)).find((place) => existsSync(place));
      return {
        artifact: artifact.attributes.name ?? '',
        registryPath,
        file,
        content: file !== undefined && statSync(file).isFile() ? readFileSync(file) : undefined,
        generated: places.some((place) => isDataMapperOutput(join(resources, place))),
        expected: places[0] ?? name,
        list,
        line: item.line,
      };
    }),
  );
}

/** Where a registry path may come from: mi-resources is the resources folder itself, the rest lies under registry/. */
function placesOf(registryPath: string): string[] {
  const [, hive, rest = ''] = /^\/_system\/(governance|config)\/(.*)$/.exec(registryPath) ?? [];
  if (hive === undefined) return [registryPath.replace(/^\/+/, '')];
  const folder = hive === 'governance' ? 'gov' : 'conf';
  const own = rest.startsWith('mi-resources/') ? [rest.slice('mi-resources/'.length)] : [];
  return [...own, `registry/${folder}/${rest}`];
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
