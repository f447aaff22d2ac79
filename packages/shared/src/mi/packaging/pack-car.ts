/**
 * Makes a carbon application of a project's sources without Maven: the same entries with the same meaning as
 * vscode-car-plugin 5.4.12 makes (its CARMojo and CAppHandler are unchanged from 5.4.11 to 5.4.15). The order of
 * artifacts of one kind is that of their file names; the plugin leaves it to the file system.
 */
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InputError, type Problem } from '../../base/errors.ts';
import type { ZipEntry } from '../../formats/zip.ts';
import { artifactKinds, artifactName, baseName } from '../artifact-kinds.ts';
import { codes } from '../codes.ts';
import type { RegistryItem } from '../registry-sources.ts';
import type { MiSources, SourceArtifact } from '../sources.ts';
import { metadataOf } from './metadata.ts';
import { dependencyOf, entriesOf, integratorRole, withFolders, type Part } from './part.ts';
import { element, xmlFile, type Written } from './xml-writing.ts';

/** What the pom says of the carbon application. */
export interface CarProject {
  readonly groupId: string;
  readonly artifactId: string;
  readonly version: string;
  /** Property of this name: the main sequence of the server. */
  readonly mainSequence: string | undefined;
  readonly versionedDeployment: boolean;
  /** Other carbon applications that it needs at run time. */
  readonly carDependencies: readonly {
    readonly groupId: string;
    readonly artifactId: string;
    readonly version: string;
  }[];
}

/**
 * The entries of the archive.
 * @param libraries class mediators, connectors and what connectors need, in this order
 * @param display how a path is called in messages
 * @throws InputError CAR_NOT_PACKABLE for what the plugin fails at too: every place at once
 */
export function packCar(
  project: CarProject,
  sources: MiSources,
  libraries: { readonly fromResources: readonly Part[]; readonly fromRepository: readonly Part[] },
  display: (path: string) => string,
): ZipEntry[] {
  const problems = unpackable(sources, display);
  if (problems.length > 0) throw new InputError(codes.CAR_NOT_PACKABLE, problems);
  const { artifactId: name, version, mainSequence } = project;
  const artifactVersion = version.replace('-SNAPSHOT', '');
  const resources = join(sources.folder, 'resources');
  const artifacts = artifactKinds.flatMap((kind) =>
    sources.artifacts.filter((source) => source.kind === kind && source.startTag !== undefined),
  );
  const parts = [
    ...artifacts.map((source) => artifactPart(source, artifactVersion)),
    ...libraries.fromResources,
    ...sources.registry.items.filter(({ file }) => file !== undefined).map(registryPart),
    ...propertyParts(resources, artifactVersion),
    ...libraries.fromRepository,
  ];
  const { generated, brought } = metadataOf(artifacts, resources, artifactVersion);
  const metadata = [...generated, ...brought];
  const list = (listed: readonly Part[]) =>
    xmlFile(
      element('artifacts', {}, [
        element(
          'artifact',
          { name, version, type: 'carbon/application', ...(mainSequence !== undefined && { mainSequence }) },
          listed.map(dependencyOf),
        ),
      ]),
    );
  return withFolders([
    ...[...parts, ...metadata].flatMap(entriesOf),
    { name: 'artifacts.xml', data: list(parts) },
    { name: 'metadata.xml', data: list([...parts, ...metadata]) },
    { name: 'descriptor.xml', data: xmlFile(descriptor(project)) },
  ]);
}

/** What makes the plugin throw, or write an artifact that has no name. */
function unpackable({ artifacts, registry }: MiSources, display: (path: string) => string): Problem[] {
  const problem = (file: string, line: number | undefined, text: string): Problem => ({
    subject: display(file),
    problem: text,
    location: { file: display(file), ...(line !== undefined && { line }) },
  });
  const { malformed } = registry;
  return [
    ...artifacts.flatMap(({ kind, file, name, startTag }) => {
      if (startTag === undefined) return [];
      if (kind.root === 'api' && startTag.attributes.context === undefined) {
        return [problem(file, startTag.line, `<${startTag.name}> in artifacts/apis has no context: it is no API`)];
      }
      return name === undefined || name === '' ? [problem(file, startTag.line, 'gives its artifact no name')] : [];
    }),
    ...(malformed === undefined
      ? []
      : [problem(malformed.list, malformed.line, `is not well-formed XML: ${malformed.message}`)]),
  ];
}

function artifactPart({ kind, file, startTag, content }: SourceArtifact, projectVersion: string): Part {
  const base = startTag === undefined ? '' : (baseName(startTag, file) ?? '');
  const name = startTag === undefined ? '' : (artifactName(startTag, file) ?? '');
  const own = startTag?.attributes.version;
  const version = own ?? projectVersion;
  // An API with a version carries it in the names of file and folder once more than other artifacts do.
  const stem = kind.root === 'api' ? name : base;
  return {
    name,
    version,
    type: kind.type,
    serverRole: kind.folder.startsWith('data-') ? 'EnterpriseServiceBus' : integratorRole,
    folder: `${stem}_${version}`,
    fileName: `${stem}-${version}${kind.root === 'data' ? '.dbs' : '.xml'}`,
    content,
  };
}

function registryPart({ artifact: name, version, element: item, file = '', registryPath }: RegistryItem): Part {
  const folder = item.name === 'collection';
  const directory = item.children.find((child) => child.name === 'directory')?.text.trim();
  const inside = folder ? (directory ?? basename(registryPath)) : basename(file);
  return {
    name,
    version,
    type: 'registry/resource',
    serverRole: integratorRole,
    folder: `${name}_${version}`,
    fileName: 'registry-info.xml',
    content: xmlFile(element('resources', {}, [item])),
    attachments: folder
      ? [{ name: `resources/${inside}/`, data: Buffer.alloc(0) }, ...filesOf(file, `resources/${inside}`)]
      : [{ name: `resources/${inside}`, data: readFileSync(file) }],
  };
}

function filesOf(folder: string, prefix: string): ZipEntry[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      const entry = `${prefix}/${name}`;
      const found = lstatSync(path);
      if (found.isSymbolicLink()) {
        throw new InputError(codes.CAR_NOT_PACKABLE, [
          { subject: path, problem: 'is a symbolic link in a collection' },
        ]);
      }
      return found.isDirectory()
        ? [{ name: `${entry}/`, data: Buffer.alloc(0) }, ...filesOf(path, entry)]
        : [{ name: entry, data: readFileSync(path) }];
    });
}

function propertyParts(resources: string, version: string): Part[] {
  const file = join(resources, 'conf/config.properties');
  if (!existsSync(file)) return [];
  const part = { name: 'config', version, type: 'config/property', serverRole: integratorRole };
  return [{ ...part, folder: `config_${version}`, fileName: 'config.properties', content: readFileSync(file) }];
}

function descriptor({ groupId, artifactId, version, versionedDeployment, carDependencies }: CarProject): Written {
  return element('project', {}, [
    element('id', {}, `${groupId}__${artifactId}__${version}`),
    element('versionedDeployment', {}, String(versionedDeployment)),
    element('fatCarEnabled', {}, 'false'),
    element(
      'dependencies',
      {},
      carDependencies.map((dependency) => element('dependency', { ...dependency, type: 'car' })),
    ),
  ]);
}
