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
 * Reads a CAR, bounded.
 * @param display how the file is called in messages
 * @throws InputError CAR_MALFORMED, CAR_NOT_FOUND
 */
export async function readCar(path: string, display: string = path): Promise<Car> {
  const malformed = (problem: string) => new InputError(codes.CAR_MALFORMED, [{ subject: display, problem }]);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() !== true) {
    throw new InputError(codes.CAR_NOT_FOUND, [{ subject: display, problem: 'does not exist' }]);
  }
  if (found.size === 0) throw malformed('is empty (0 bytes)');
  try {
    return toCar(await readZip(path, limits));
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
  return {
    ...application,
    artifacts: [...files.keys()]
      .filter((name) => /^[^/]+\/artifact\.xml$/.test(name))
      .map((name) => artifactIn(name.slice(0, -'/artifact.xml'.length), files)),
  };
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

function artifactIn(folder: string, files: ReadonlyMap<string, Buffer>): CarArtifact {
  const descriptor = `${folder}/artifact.xml`;
  const root = read(files.get(descriptor) ?? Buffer.alloc(0), descriptor);
  const file = childrenNamed(root, 'file')[0]?.text.trim();
  const prefix = `${folder}/`;
  const attachments = new Map(
    [...files]
      .filter(([name]) => name.startsWith(prefix) && name !== descriptor && name !== `${prefix}${file ?? ''}`)
      .map(([name, data]) => [name.slice(prefix.length), data]),
  );
  return {
    name: root.attributes.name ?? '',
    version: root.attributes.version ?? '',
    type: root.attributes.type ?? '',
    folder,
    file: file === '' ? undefined : file,
    payload: file === undefined ? undefined : files.get(`${prefix}${file}`),
    attachments,
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
