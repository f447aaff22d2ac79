/** Manifests, indexes and image configurations: read with validation, kept with every field they have. */
import { InputError, VerificationError } from '../base/errors.ts';
import { isDigest } from '../formats/digest.ts';
import { codes } from './codes.ts';
import type { Platform } from './platform.ts';

/** What registries must accept at least (distribution specification), so nothing larger is sane. */
export const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;

export const mediaTypes = {
  ociManifest: 'application/vnd.oci.image.manifest.v1+json',
  ociIndex: 'application/vnd.oci.image.index.v1+json',
  ociConfig: 'application/vnd.oci.image.config.v1+json',
  ociLayer: 'application/vnd.oci.image.layer.v1.tar+gzip',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerIndex: 'application/vnd.docker.distribution.manifest.list.v2+json',
  dockerConfig: 'application/vnd.docker.container.image.v1+json',
  dockerLayer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
} as const;

/** What to accept when asking for a manifest. */
export const ACCEPT_MANIFESTS = [
  mediaTypes.ociIndex,
  mediaTypes.dockerIndex,
  mediaTypes.ociManifest,
  mediaTypes.dockerManifest,
].join(', ');

export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly platform?: Platform & Readonly<Record<string, unknown>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly urls?: readonly string[];
}

export interface ImageManifest {
  readonly schemaVersion: 2;
  readonly mediaType?: string;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface ImageIndex {
  readonly schemaVersion: 2;
  readonly mediaType?: string;
  readonly manifests: readonly Descriptor[];
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface HistoryEntry {
  readonly created?: string;
  readonly created_by?: string;
  readonly comment?: string;
  readonly empty_layer?: boolean;
}

/** What a container of the image starts with (the `config` of the configuration). */
export interface ContainerConfig {
  readonly User?: string;
  readonly Env?: readonly string[];
  readonly Entrypoint?: readonly string[] | null;
  readonly Cmd?: readonly string[] | null;
  readonly WorkingDir?: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly ExposedPorts?: Readonly<Record<string, object>> | null;
}

export interface ImageConfig {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
  readonly created?: string;
  readonly author?: string;
  readonly config?: ContainerConfig;
  readonly rootfs: { readonly type: 'layers'; readonly diff_ids: readonly string[] };
  readonly history?: readonly HistoryEntry[];
}

export type Family = 'oci' | 'docker';

/** Whether a media type belongs to the OCI family or to Docker's. */
export function familyOf(mediaType: string): Family {
  return mediaType.startsWith('application/vnd.docker.') ? 'docker' : 'oci';
}

export function isIndexType(mediaType: string): boolean {
  return mediaType === mediaTypes.ociIndex || mediaType === mediaTypes.dockerIndex;
}

/**
 * Reads a manifest or an index; which one is decided by the document where the media type leaves it open.
 * @param where the image it belongs to, for the error
 * @throws VerificationError IMAGE_MANIFEST_INVALID
 */
export function parseManifest(bytes: Uint8Array, mediaType: string, where: string): ImageManifest | ImageIndex {
  const document = objectOf(bytes, where, 'manifest');
  if (document.schemaVersion === 1 || mediaType.startsWith('application/vnd.docker.distribution.manifest.v1+')) {
    throw invalid(where, 'is in the old schema 1 format, which this action does not read');
  }
  if (document.schemaVersion !== 2) throw invalid(where, 'has no schemaVersion 2');
  const asIndex = isIndexType(mediaType) || (!isManifestType(mediaType) && Array.isArray(document.manifests));
  if (asIndex) {
    return { ...document, manifests: descriptors(document.manifests, where, 'manifests') } as unknown as ImageIndex;
  }
  const config = descriptor(document.config, where, 'config');
  return { ...document, config, layers: descriptors(document.layers, where, 'layers') } as unknown as ImageManifest;
}

function isManifestType(mediaType: string): boolean {
  return mediaType === mediaTypes.ociManifest || mediaType === mediaTypes.dockerManifest;
}

export function isIndex(document: ImageManifest | ImageIndex): document is ImageIndex {
  return 'manifests' in document && !('config' in document);
}

/**
 * Reads an image configuration and checks it against its manifest: one diff id a layer.
 * @throws VerificationError IMAGE_MANIFEST_INVALID
 */
export function parseConfig(bytes: Uint8Array, manifest: ImageManifest, where: string): ImageConfig {
  const document = objectOf(bytes, where, 'configuration');
  const { os, architecture, rootfs } = document;
  if (typeof os !== 'string' || typeof architecture !== 'string') {
    throw invalid(where, 'has a configuration without os and architecture, so it is not a container image');
  }
  const diffIds: unknown = isObject(rootfs) ? rootfs.diff_ids : undefined;
  if (!Array.isArray(diffIds) || !diffIds.every((id) => typeof id === 'string' && isDigest(id))) {
    throw invalid(where, 'has a configuration without rootfs.diff_ids');
  }
  if (diffIds.length !== manifest.layers.length) {
    throw invalid(where, `has ${manifest.layers.length} layers and ${diffIds.length} diff ids`);
  }
  return document as unknown as ImageConfig;
}

/** The value of an environment variable that the image sets. */
export function imageVariable(config: ImageConfig, name: string): string | undefined {
  return config.config?.Env?.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

function objectOf(bytes: Uint8Array, where: string, what: string): Record<string, unknown> {
  if (bytes.length > MAX_MANIFEST_BYTES) throw invalid(where, `has a ${what} larger than 4 MiB`);
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw invalid(where, `has a ${what} that is not JSON`, cause);
  }
  if (!isObject(document)) throw invalid(where, `has a ${what} that is not a JSON object`);
  return document;
}

function descriptors(value: unknown, where: string, field: string): Descriptor[] {
  if (!Array.isArray(value)) throw invalid(where, `has a manifest without ${field}`);
  return value.map((item, index) => descriptor(item, where, `${field}[${index}]`));
}

function descriptor(value: unknown, where: string, field: string): Descriptor {
  if (!isObject(value)) throw invalid(where, `has a manifest without ${field}`);
  const { mediaType, digest, size } = value;
  if (typeof mediaType !== 'string') throw invalid(where, `has no mediaType in ${field}`);
  if (typeof digest !== 'string' || !isDigest(digest)) throw invalid(where, `has no valid digest in ${field}`);
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
    throw invalid(where, `has no valid size in ${field}`);
  }
  return value as unknown as Descriptor;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(where: string, problem: string, cause?: unknown): VerificationError {
  return new VerificationError(codes.IMAGE_MANIFEST_INVALID, `${where} ${problem}`, { cause });
}

/**
 * SOURCE_DATE_EPOCH as a date; the epoch itself when it is absent (reproducible-builds.org).
 * @throws InputError IMAGE_EPOCH_INVALID
 */
export function creationTime(sourceDateEpoch: string | undefined): Date {
  if (sourceDateEpoch === undefined) return new Date(0);
  const seconds = /^\d{1,11}$/.test(sourceDateEpoch) ? Number(sourceDateEpoch) : Number.NaN;
  if (Number.isNaN(seconds)) {
    const problem = `${JSON.stringify(sourceDateEpoch)} is not a whole number of seconds`;
    throw new InputError(codes.IMAGE_EPOCH_INVALID, [{ subject: 'SOURCE_DATE_EPOCH', problem, example: '1767225600' }]);
  }
  return new Date(seconds * 1000);
}
