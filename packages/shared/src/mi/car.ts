/** A carbon application archive as MI reads it: artifacts.xml lists, each artifact's folder describes and holds. */
import { statSync } from 'node:fs';
import { InputError } from '../base/errors.ts';
import { MalformedError } from '../formats/malformed.ts';
import { childrenNamed, parseXml, type Element } from '../formats/xml.ts';
import { readZip, type ZipEntry } from '../formats/zip.ts';
import { codes } from './codes.ts';

/** One line of artifacts.xml. */
export interface Dependency {
  /** Empty when the source had no name. */
  readonly artifact: string;
  readonly version: string;
  readonly serverRole: string | undefined;
}

/** One folder with an artifact.xml. */
export interface CarArtifact {
  readonly name: string;
  readonly version: string;
  readonly type: string;
  /** In the archive, without a trailing slash. */
  readonly folder: string;
  /** The file that artifact.xml names; for a registry resource its registry-info.xml. */
  readonly file: string | undefined;
  /** Content of `file`; undefined when the archive does not hold it. */
  readonly payload: Buffer | undefined;
  /** Everything else in the folder, by its path in it: the files of a registry resource. */
  readonly attachments: ReadonlyMap<string, Buffer>;
}

export interface Car {
  /** Name and version of the carbon application. */
  readonly name: string;
  readonly version: string;
  /** In the order of artifacts.xml, duplicates included. */
  readonly dependencies: readonly Dependency[];
  /** What the folders hold, metadata left out. */
  readonly artifacts: readonly CarArtifact[];
}

/** Far above any real CAR (connectors weigh some megabytes each). */
const limits = { maxEntries: 20_000, maxBytes: 512 * 1024 * 1024 };

/**
 * Reads a CAR, bounded; also what the archive holds, for those who write it again.
 * @param display how the file is called in messages
 * @throws InputError CAR_MALFORMED, CAR_NOT_FOUND
 */
export async function readCar(
  path: string,
  display: string = path,
): Promise<Car & { readonly entries: readonly ZipEntry[] }> {
  const malformed = (problem: string) => new InputError(codes.CAR_MALFORMED, [{ subject: display, problem }]);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() !== true) {
    throw new InputError(codes.CAR_NOT_FOUND, [{ subject: display, problem: 'does not exist' }]);
  }
  if (found.size === 0) throw malformed('is empty (0 bytes)');
  try {
    const entries = await readZip(path, limits);
    return { ...toCar(entries), entries };
  } catch (error) {
    if (error instanceof MalformedError) throw malformed(error.message);
    throw error;
  }
}

/** @throws MalformedError */
export function toCar(entries: readonly ZipEntry[]): Car {
  const files = new Map(entries.filter(({ name }) => !name.endsWith('/')).map(({ name, data }) => [name, data]));
  const list = files.get('artifacts.xml');
  if (list === undefined) throw new MalformedError('has no artifacts.xml: it is a zip, and no carbon application');
  const application = applicationIn(read(list, 'artifacts.xml'));
  const artifacts: CarArtifact[] = [];
  for (const [folder, inside] of byFolder(files)) {
    const descriptor = inside.get('artifact.xml');
    if (descriptor !== undefined) artifacts.push(artifactIn(folder, descriptor, inside));
  }
  return { ...application, artifacts };
}

/** The files of each folder at the top, by their paths in it. */
function byFolder(files: ReadonlyMap<string, Buffer>): ReadonlyMap<string, ReadonlyMap<string, Buffer>> {
  const folders = new Map<string, Map<string, Buffer>>();
  for (const [name, data] of files) {
    const slash = name.indexOf('/');
    if (slash === -1) continue;
    const folder = name.slice(0, slash);
    const inside = folders.get(folder) ?? new Map<string, Buffer>();
    inside.set(name.slice(slash + 1), data);
    folders.set(folder, inside);
  }
  return folders;
}

function applicationIn(root: Element): Pick<Car, 'name' | 'version' | 'dependencies'> {
  const application = childrenNamed(root, 'artifact').find(
    ({ attributes }) => attributes.type === 'carbon/application',
  );
  if (application === undefined) throw new MalformedError('has an artifacts.xml without a carbon/application');
  return {
    name: application.attributes.name ?? '',
    version: application.attributes.version ?? '',
    dependencies: childrenNamed(application, 'dependency').map(({ attributes }) => ({
      artifact: attributes.artifact ?? '',
      version: attributes.version ?? '',
      serverRole: attributes.serverRole,
    })),
  };
}

function artifactIn(folder: string, descriptor: Buffer, inside: ReadonlyMap<string, Buffer>): CarArtifact {
  const root = read(descriptor, `${folder}/artifact.xml`);
  const file = childrenNamed(root, 'file')[0]?.text.trim();
  return {
    name: root.attributes.name ?? '',
    version: root.attributes.version ?? '',
    type: root.attributes.type ?? '',
    folder,
    file: file === '' ? undefined : file,
    payload: file === undefined ? undefined : inside.get(file),
    attachments: new Map([...inside].filter(([name]) => name !== 'artifact.xml' && name !== file)),
  };
}

function read(data: Buffer, name: string): Element {
  try {
    return parseXml(data.toString('utf8'));
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    throw new MalformedError(`has a broken ${name}: ${error.message}`);
  }
}

/** The artifact of a dependency, as MI looks for it: by name and version. */
export function artifactOf(car: Car, { artifact, version }: Dependency): CarArtifact | undefined {
  return car.artifacts.find((candidate) => candidate.name === artifact && candidate.version === version);
}
