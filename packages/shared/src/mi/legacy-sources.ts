/**
 * The sources of Integration Studio and Developer Studio projects: modules whose artifact.xml lists what they hold, and
 * modules of packaging carbon/application whose poms choose from it.
 */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isInside } from '../base/safe-path.ts';
import { MalformedError } from '../formats/malformed.ts';
import { childrenNamed, parseXml, type Element } from '../formats/xml.ts';
import { artifactKinds, type ArtifactKind } from './artifact-kinds.ts';
import type { RegistryItem } from './registry-sources.ts';
import { readSourceArtifact, type MiSources, type SourceArtifact } from './sources.ts';

/** A line of a module's artifact.xml. */
export interface DeclaredArtifact {
  readonly groupId: string | undefined;
  readonly name: string;
  readonly type: string;
  /** The artifact.xml, absolute, and the line in it. */
  readonly list: string;
  readonly line: number;
}

export interface LegacySources {
  /** What one carbon application should hold, in the terms of the newer layout. */
  readonly sources: MiSources;
  readonly declared: readonly DeclaredArtifact[];
  /** Configuration files that no artifact.xml lists, absolute. */
  readonly unlisted: readonly string[];
}

/** What the pom of a composite application asks for. */
export interface ExportedArtifact {
  readonly groupId: string | undefined;
  readonly artifactId: string;
  readonly line: number;
}

/** Types of artifact.xml that are one kind with others. */
const kindsOfType: ReadonlyMap<string, ArtifactKind> = new Map([
  ...artifactKinds.map((kind) => [kind.type, kind] as const),
  ...artifactKinds
    .filter(({ root }) => root === 'template')
    .flatMap((kind) => [['synapse/endpointTemplate', kind] as const, ['synapse/sequenceTemplate', kind] as const]),
]);

/** Where these tools keep configuration, in a module. */
const configFolders = ['src/main/synapse-config', 'src/main/dataservice', 'dataservice', 'datasource'];

/** True when a module lists its artifacts in this way. */
export function hasArtifactList(moduleFolder: string): boolean {
  return existsSync(join(moduleFolder, 'artifact.xml'));
}

/** True when the pom of a composite application asks for a declared artifact. */
export function isExported(artifact: DeclaredArtifact, exported: readonly ExportedArtifact[]): boolean {
  return exported.some(
    ({ groupId, artifactId }) =>
      artifactId === artifact.name && (groupId === undefined || (artifact.groupId ?? groupId) === groupId),
  );
}

/**
 * Reads the lists of all modules.
 * @param modules their folders, absolute
 * @param folder of the module that makes the carbon application, absolute
 */
export function readLegacySources(
  modules: readonly string[],
  folder: string,
  exported: readonly ExportedArtifact[],
): LegacySources {
  const artifacts: SourceArtifact[] = [];
  const items: RegistryItem[] = [];
  const declared: DeclaredArtifact[] = [];
  const listed = new Set<string>();
  let malformed: MiSources['registry']['malformed'];
  for (const module of modules.filter(hasArtifactList)) {
    const list = join(module, 'artifact.xml');
    try {
      for (const element of childrenNamed(parseXml(readFileSync(list, 'utf8')), 'artifact')) {
        const { name = '', groupId, type = '', version = '' } = element.attributes;
        const artifact = { groupId, name, type, list, line: element.line };
        declared.push(artifact);
        const wanted = isExported(artifact, exported);
        const path = childrenNamed(element, 'file')[0]?.text.trim();
        const file = path === undefined ? undefined : join(module, path);
        if (file !== undefined) listed.add(file);
        const kind = kindsOfType.get(type);
        if (wanted && kind !== undefined && file !== undefined) {
          artifacts.push(declaredArtifact(kind, module, file, artifact));
        }
        if (wanted && type === 'registry/resource')
          items.push(...resourcesOf(element, module, { name, version, list }));
      }
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      malformed ??= { list, message: error.message, line: error.line };
    }
  }
  return {
    sources: { folder, artifacts, strays: [], registry: { items, beyond: [], unlisted: [], malformed } },
    declared,
    // With a list that cannot be read, nobody knows what it lists.
    unlisted: malformed === undefined ? modules.flatMap(configFiles).filter((file) => !listed.has(file)) : [],
  };
}

function declaredArtifact(
  kind: ArtifactKind,
  module: string,
  file: string,
  { name, list, line }: DeclaredArtifact,
): SourceArtifact {
  if (existsSync(file) && isInside(realpathSync(module), realpathSync(file)) && statSync(file).isFile()) {
    return { ...readSourceArtifact(kind, file), name, declaredIn: list };
  }
  return {
    kind,
    file: list,
    name,
    root: undefined,
    startTag: undefined,
    content: Buffer.alloc(0),
    declaredIn: list,
    flaw: {
      kind: 'absent',
      message: `lists ${file.slice(module.length + 1)}, which does not exist`,
      line,
      column: undefined,
    },
  };
}

function resourcesOf(
  artifact: Element,
  module: string,
  { name, version, list }: { readonly name: string; readonly version: string; readonly list: string },
): RegistryItem[] {
  return [...childrenNamed(artifact, 'item'), ...childrenNamed(artifact, 'collection')].map((element) => {
    const text = (child: string) => childrenNamed(element, child)[0]?.text.trim() ?? '';
    const isFolder = element.name === 'collection';
    const expected = isFolder ? text('directory') : text('file');
    const place = join(module, expected);
    const file = existsSync(place) && isInside(realpathSync(module), realpathSync(place)) ? place : undefined;
    const path = text('path').replace(/\/+$/, '');
    return {
      artifact: name,
      version,
      element,
      registryPath: isFolder ? path : `${path}/${expected.slice(expected.lastIndexOf('/') + 1)}`,
      file,
      content: file !== undefined && statSync(file).isFile() ? readFileSync(file) : undefined,
      generated: false,
      expected,
      list,
      line: element.line,
    };
  });
}

function configFiles(module: string): string[] {
  return configFolders
    .map((name) => join(module, name))
    .filter((folder) => existsSync(folder) && statSync(folder).isDirectory())
    .flatMap((folder) =>
      readdirSync(folder, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile() && /\.(?:xml|dbs)$/i.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name)),
    )
    .sort();
}
