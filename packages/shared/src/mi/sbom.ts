/** What carbon applications are made of, as a CycloneDX document: artifacts, connectors, and the jars in them. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { MalformedError } from '../formats/malformed.ts';
import { readZip } from '../formats/zip.ts';
import { nounOf } from './artifact-kinds.ts';
import type { Car, CarArtifact } from './car.ts';

export interface Component {
  readonly type: 'application' | 'library' | 'file';
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version?: string;
  readonly group?: string;
  readonly purl?: string;
  readonly description?: string;
  readonly hashes?: readonly { readonly alg: 'SHA-256'; readonly content: string }[];
  readonly components?: readonly Component[];
}

/** A jar that comes into the image beside the carbon applications. */
export interface LooseJar {
  /** Absolute path in the image. */
  readonly path: string;
  readonly bytes: Buffer;
}

/** A connector has dozens of jars at most; the bounds keep a hostile one from filling the memory. */
const LIMITS = { maxEntries: 5_000, maxBytes: 256 * 1024 * 1024 };

/**
 * The document. The same applications give the same bytes.
 * @param image registry/repository, and the version if there is one; the digest is not known yet and not part of it
 */
export async function sbomOf(
  cars: readonly Car[],
  jars: readonly LooseJar[],
  image: { readonly name: string; readonly version: string | undefined },
): Promise<object> {
  const components = [
    ...(await Promise.all(cars.map(applicationOf))),
    ...(await Promise.all(jars.map(({ path, bytes }) => jarComponent(path, path, bytes)))),
  ];
  const content = {
    metadata: {
      component: {
        type: 'container',
        'bom-ref': 'image',
        name: image.name,
        ...(image.version !== undefined && { version: image.version }),
      },
      tools: { components: [{ type: 'application', name: 'wso2-delivery build-mi' }] },
    },
    components,
    dependencies: [
      { ref: 'image', dependsOn: components.map((component) => component['bom-ref']) },
      ...components.flatMap(dependenciesOf),
    ],
  };
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify(content))}`,
    version: 1,
    ...content,
  };
}

function dependenciesOf(component: Component): { ref: string; dependsOn: string[] }[] {
  const parts = component.components ?? [];
  if (parts.length === 0) return [];
  return [
    { ref: component['bom-ref'], dependsOn: parts.map((part) => part['bom-ref']) },
    ...parts.flatMap(dependenciesOf),
  ];
}

async function applicationOf(car: Car): Promise<Component> {
  const ref = `car:${car.name}@${car.version}`;
  return {
    type: 'application',
    'bom-ref': ref,
    name: car.name,
    version: car.version,
    description: 'carbon application',
    components: await Promise.all(car.artifacts.map((artifact) => artifactComponent(artifact, ref))),
  };
}

async function artifactComponent(artifact: CarArtifact, above: string): Promise<Component> {
  const { name, version, type, payload, file, folder } = artifact;
  const ref = `${above}/${folder}`;
  const isLibrary = type === 'synapse/lib' || type.startsWith('lib/');
  const inside = payload === undefined ? [] : type === 'synapse/lib' ? await jarsOf(payload, ref) : [];
  const coordinates =
    payload !== undefined && file?.endsWith('.jar') === true ? await coordinatesOf(payload) : undefined;
  return {
    type: isLibrary ? 'library' : 'file',
    'bom-ref': ref,
    ...(coordinates !== undefined && { group: coordinates.group }),
    name,
    version,
    ...(coordinates !== undefined && { purl: purlOf(coordinates) }),
    description: nounOf(type),
    ...(payload !== undefined && { hashes: hashesOf(payload) }),
    ...(inside.length > 0 && { components: inside }),
  };
}

async function jarsOf(connector: Buffer, above: string): Promise<Component[]> {
  const entries = await contentOf(connector);
  return Promise.all(
    entries
      .filter(({ name }) => name.endsWith('.jar'))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, data }) => jarComponent(name, `${above}/${name}`, data)),
  );
}

async function jarComponent(path: string, ref: string, bytes: Buffer): Promise<Component> {
  const coordinates = await coordinatesOf(bytes);
  const hashes = hashesOf(bytes);
  if (coordinates === undefined) return { type: 'library', 'bom-ref': ref, name: basename(path), hashes };
  const { group, name, version } = coordinates;
  return { type: 'library', 'bom-ref': ref, group, name, version, purl: purlOf(coordinates), hashes };
}

interface Coordinates {
  readonly group: string;
  readonly name: string;
  readonly version: string;
}

/** What Maven wrote into a jar about itself; undefined when nothing, or of several at once (a shaded jar). */
async function coordinatesOf(jar: Buffer): Promise<Coordinates | undefined> {
  const entries = await contentOf(jar);
  const found = entries.filter(({ name }) => /^META-INF\/maven\/[^/]+\/[^/]+\/pom\.properties$/.test(name));
  const [only] = found;
  if (only === undefined || found.length > 1) return undefined;
  const read = (key: string) => new RegExp(`^${key}\\s*=\\s*(.*?)\\s*$`, 'm').exec(only.data.toString('utf8'))?.[1];
  const [group, name, version] = [read('groupId'), read('artifactId'), read('version')];
  return group === undefined || name === undefined || version === undefined ? undefined : { group, name, version };
}

/** A file that is no archive is a component all the same. */
async function contentOf(archive: Buffer): Promise<{ readonly name: string; readonly data: Buffer }[]> {
  try {
    return await readZip(archive, LIMITS);
  } catch (error) {
    if (error instanceof MalformedError) return [];
    throw error;
  }
}

function purlOf({ group, name, version }: Coordinates): string {
  return `pkg:maven/${encodeURIComponent(group)}/${encodeURIComponent(name)}@${encodeURIComponent(version)}`;
}

function hashesOf(bytes: Buffer): Component['hashes'] & {} {
  return [{ alg: 'SHA-256', content: createHash('sha256').update(bytes).digest('hex') }];
}

/** A UUID (version 8) that depends on the content alone. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
