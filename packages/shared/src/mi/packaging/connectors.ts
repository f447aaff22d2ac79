/** Connectors in a carbon application, and the libraries that they bring with them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../base/errors.ts';
import { MalformedError } from '../../formats/malformed.ts';
import { childrenNamed, parseXml, type Element } from '../../formats/xml.ts';
import { parseYaml } from '../../formats/yaml.ts';
import { readZip, type ZipEntry } from '../../formats/zip.ts';
import { codes } from '../codes.ts';
import type { SourceArtifact } from '../sources.ts';
import type { LibraryCoordinates } from './library-store.ts';
import { integratorRole, type Part } from './part.ts';

/** A connector's archive. */
export interface ConnectorArchive {
  /** As its file is called: name-version.zip. */
  readonly fileName: string;
  readonly content: Buffer;
}

/** What a connector wants beside it. */
export interface ConnectorNeeds {
  /** `{package}name` of its connector.xml. */
  readonly connector: string;
  readonly libraries: readonly LibraryCoordinates[];
}

/** From this runtime on the plugin packs inbound connectors and the libraries of connectors. */
export function packsLibraries(runtimeVersion: string | undefined): boolean {
  const [major = 0, minor = 0] = (runtimeVersion ?? '').split('.').map(Number);
  return major > 4 || (major === 4 && minor >= 4);
}

/** The zips of resources/connectors and, where the runtime takes them, resources/inbound-connectors. */
export function connectorsOfResources(resources: string, runtimeVersion: string | undefined): ConnectorArchive[] {
  const folders = packsLibraries(runtimeVersion) ? ['connectors', 'inbound-connectors'] : ['connectors'];
  return folders
    .map((name) => join(resources, name))
    .filter(existsSync)
    .flatMap((folder) =>
      readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.zip'))
        .map(({ name }) => ({ fileName: name, content: readFileSync(join(folder, name)) }))
        .sort((a, b) => (a.fileName < b.fileName ? -1 : 1)),
    );
}

/** @throws InputError CAR_NOT_PACKABLE for a file name without a version */
export function connectorPart({ fileName, content }: ConnectorArchive): Part {
  const [, name, version] = /^(.+)-([^-]*)\.zip$/.exec(fileName) ?? [];
  if (name === undefined || version === undefined) {
    const problem = 'is a connector whose file is not called <name>-<version>.zip';
    throw new InputError(codes.CAR_NOT_PACKABLE, [{ subject: fileName, problem }]);
  }
  return {
    name,
    version,
    type: 'synapse/lib',
    serverRole: integratorRole,
    folder: `${name}_${version}`,
    fileName,
    content,
  };
}

/** @param version of the project, qualifier included */
export function connectorLibraryPart(connector: string, fileName: string, content: Buffer, version: string): Part {
  const name = `${connector}_${fileName.replace(/\.jar$/, '')}`;
  const part = { name, version, type: 'lib/connector/dependency', serverRole: integratorRole };
  return { ...part, folder: name, fileName, content, connector };
}

/** @param version of the project, qualifier included */
export function classMediatorPart(artifactId: string, version: string, content: Buffer): Part {
  const name = `${artifactId}_class_mediators`;
  const part = { name, version, type: 'lib/synapse/mediator', serverRole: integratorRole };
  return { ...part, folder: `${name}_${version}`, fileName: `${artifactId}-${version}.jar`, content };
}

/**
 * What a connector's descriptor.yml asks for; libraries of connection types that no local entry uses are left out.
 * @returns undefined for an archive without connector.xml or descriptor.yml
 * @throws InputError CAR_NOT_PACKABLE when the archive cannot be read
 */
export async function needsOf(
  { fileName, content }: ConnectorArchive,
  connectionTypes: ReadonlySet<string>,
): Promise<ConnectorNeeds | undefined> {
  try {
    const entries = await readZip(content);
    const [descriptor, component] = [fileIn(entries, 'descriptor.yml'), fileIn(entries, 'connector.xml')];
    if (descriptor === undefined || component === undefined) return undefined;
    const root = parseXml(component);
    const { name = '', package: namespace = '' } = childrenNamed(root, 'component')[0]?.attributes ?? {};
    return {
      connector: namespace === '' ? name : `{${namespace}}${name}`,
      libraries: dependenciesIn(parseYaml(descriptor))
        .filter(({ connectionType }) => connectionType === undefined || connectionTypes.has(connectionType))
        .map(({ groupId, artifactId, version }) => ({ groupId, artifactId, version, type: 'jar', wantedBy: fileName })),
    };
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    throw new InputError(codes.CAR_NOT_PACKABLE, [{ subject: fileName, problem: error.message }]);
  }
}

/** The connection types that local entries set up: of each the first x.init with a connectionType. */
export function connectionTypesOf(artifacts: readonly SourceArtifact[]): ReadonlySet<string> {
  return new Set(
    artifacts
      .filter(({ kind }) => kind.root === 'localEntry')
      .flatMap(({ root }) => (root === undefined ? [] : [...inits(root)].slice(0, 1))),
  );
}

function* inits(element: Element): Generator<string> {
  for (const child of element.children) {
    const type = child.name.endsWith('.init') ? descendant(child, 'connectionType')?.text : undefined;
    if (type !== undefined) yield type;
    yield* inits(child);
  }
}

function descendant(element: Element, name: string): Element | undefined {
  for (const child of element.children) {
    const found = child.name === name ? child : descendant(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface DescriptorDependency {
  readonly groupId: string;
  readonly artifactId: string;
  readonly version: string;
  readonly connectionType: string | undefined;
}

function dependenciesIn(descriptor: unknown): DescriptorDependency[] {
  const list = typeof descriptor === 'object' && descriptor !== null && 'dependencies' in descriptor;
  if (!list || !Array.isArray(descriptor.dependencies)) return [];
  return descriptor.dependencies.map((item: unknown) => {
    const fields = typeof item === 'object' && item !== null ? (item as Readonly<Record<string, unknown>>) : {};
    const text = (key: string) => (typeof fields[key] === 'string' ? fields[key] : undefined);
    const [groupId, artifactId, version] = [text('groupId'), text('artifactId'), text('version')];
    if (groupId === undefined || artifactId === undefined || version === undefined) {
      throw new MalformedError(
        'has a descriptor.yml with a dependency that is not complete (each value is a text: quote a version that looks like a number)',
      );
    }
    return { groupId, artifactId, version, connectionType: text('connectionType') };
  });
}

function fileIn(entries: readonly ZipEntry[], name: string): string | undefined {
  return entries.find((entry) => entry.name === name)?.data.toString('utf8');
}
