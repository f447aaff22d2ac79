/** A new image from a base image and layers: configuration and manifest bytes, nothing fetched, nothing sent. */
import { digestOf } from '../formats/digest.ts';
import type { Layer } from './layer.ts';
import {
  type ContainerConfig,
  type Descriptor,
  type Family,
  familyOf,
  type HistoryEntry,
  type ImageConfig,
  type ImageManifest,
  mediaTypes,
} from './manifest.ts';
import type { Platform } from './platform.ts';

/** A document as the registry will hold it. */
export interface Document {
  readonly mediaType: string;
  readonly digest: string;
  readonly bytes: Buffer;
}

/** An image of one platform: what is needed to build on it. */
export interface PlatformImage {
  readonly platform: Platform;
  readonly mediaType: string;
  readonly digest: string;
  readonly manifest: ImageManifest;
  readonly config: ImageConfig;
}

export interface Additions {
  readonly layers: readonly Pick<Layer, 'digest' | 'diffId' | 'size' | 'description'>[];
  /** Added to the base's labels, winning over them. */
  readonly labels: Readonly<Record<string, string>>;
  /** Of the manifest; Docker's format has none, there they are left out. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly created: Date;
}

export interface ExtendedImage {
  readonly platform: Platform;
  readonly config: Document;
  readonly manifest: Document;
}

/** What the instructions of a Dockerfile make of a base. */
export interface Changes {
  readonly layers: readonly Pick<Layer, 'digest' | 'diffId' | 'size'>[];
  /** Replaces the base's. */
  readonly config: ContainerConfig;
  /** One entry an instruction; those with a layer in the order of `layers`. */
  readonly history: readonly HistoryEntry[];
  readonly author?: string | undefined;
}

/** The base with the changes made, to be extended further. */
export function changeImage(base: PlatformImage, changes: Changes): PlatformImage {
  const mediaType = layerType(familyOf(base.mediaType));
  return {
    ...base,
    config: {
      ...base.config,
      ...(changes.author !== undefined && { author: changes.author }),
      config: changes.config,
      rootfs: {
        type: 'layers',
        diff_ids: [...base.config.rootfs.diff_ids, ...changes.layers.map(({ diffId }) => diffId)],
      },
      history: [...completeHistory(base.config), ...changes.history],
    },
    manifest: {
      ...base.manifest,
      layers: [...base.manifest.layers, ...changes.layers.map(({ digest, size }) => ({ mediaType, digest, size }))],
    },
  };
}

/** The base with layers and labels added. Media types stay of the base's family; same input, same bytes. */
export function extendImage(base: PlatformImage, additions: Additions): ExtendedImage {
  const family = familyOf(base.mediaType);
  const created = additions.created.toISOString();
  const labels = { ...base.config.config?.Labels, ...sorted(additions.labels) };
  const config = document(base.manifest.config.mediaType, {
    ...base.config,
    created,
    config: { ...base.config.config, ...(Object.keys(labels).length > 0 && { Labels: labels }) },
    rootfs: {
      type: 'layers',
      diff_ids: [...base.config.rootfs.diff_ids, ...additions.layers.map((layer) => layer.diffId)],
    },
    history: [
      ...completeHistory(base.config),
      ...additions.layers.map((layer) => ({ created, created_by: layer.description })),
    ],
  });
  const annotations = family === 'oci' ? { ...base.manifest.annotations, ...sorted(additions.annotations) } : {};
  const manifest = document(base.mediaType, {
    ...base.manifest,
    mediaType: base.mediaType,
    config: { ...base.manifest.config, digest: config.digest, size: config.bytes.length },
    layers: [
      ...base.manifest.layers,
      ...additions.layers.map(({ digest, size }) => ({ mediaType: layerType(family), digest, size })),
    ],
    ...(Object.keys(annotations).length > 0 && { annotations }),
  });
  return { platform: base.platform, config, manifest };
}

/** The index over the images of several platforms, of the same family as the base's index. */
export function indexOf(
  images: readonly ExtendedImage[],
  mediaType: string,
  annotations: Readonly<Record<string, string>>,
): Document {
  const manifests: Descriptor[] = images.map(({ manifest, platform }) => ({
    mediaType: manifest.mediaType,
    digest: manifest.digest,
    size: manifest.bytes.length,
    platform: { ...platform },
  }));
  const own = familyOf(mediaType) === 'oci' ? sorted(annotations) : {};
  return document(mediaType, {
    schemaVersion: 2,
    mediaType,
    manifests,
    ...(Object.keys(own).length > 0 && { annotations: own }),
  });
}

function layerType(family: Family): string {
  return family === 'docker' ? mediaTypes.dockerLayer : mediaTypes.ociLayer;
}

/** Tools that pair history with layers need one entry a layer; bases without any history get unnamed ones. */
function completeHistory(config: ImageConfig): readonly HistoryEntry[] {
  if (config.history !== undefined && config.history.length > 0) return config.history;
  return config.rootfs.diff_ids.map(() => ({ ...(config.created !== undefined && { created: config.created }) }));
}

function sorted(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function document(mediaType: string, content: object): Document {
  const bytes = Buffer.from(JSON.stringify(content));
  return { mediaType, digest: digestOf(bytes), bytes };
}
