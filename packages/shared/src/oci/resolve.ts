/** What an image reference stands for right now: digest, platforms, manifests and configurations. No layer is read. */
import { InputError, ServiceError } from '../base/errors.ts';
import { codes } from './codes.ts';
import { shownUrl } from './failure.ts';
import type { Document, PlatformImage } from './image.ts';
import { type Descriptor, isIndex, isIndexType, parseConfig, parseManifest } from './manifest.ts';
import { formatPlatform, type Platform, platformMatches } from './platform.ts';
import { apiHost, defaultScheme, formatReference, type ImageReference, manifestName } from './reference.ts';
import type { Registries } from './registry.ts';
import type { Repository } from './repository.ts';

export interface ResolvedImage {
  readonly reference: ImageReference;
  /** Of the manifest or index that the reference names. */
  readonly digest: string;
  readonly mediaType: string;
  /** The chosen platforms, in the order of the index. */
  readonly images: readonly PlatformImage[];
}

/**
 * Resolves a reference to the images of all platforms, or of the chosen ones.
 * @throws ServiceError REGISTRY_NOT_FOUND and others; InputError IMAGE_PLATFORM_MISSING; VerificationError
 */
export async function resolveImage(
  reference: ImageReference,
  platforms: readonly Platform[] | 'all',
  registries: Registries,
): Promise<ResolvedImage> {
  const repository = registries.repository(reference, 'pull');
  const where = formatReference(reference);
  const top = await repository.manifest(manifestName(reference));
  if (top === undefined) throw notFound(reference);
  const manifest = parseManifest(top.bytes, top.mediaType, where);
  const images = isIndex(manifest)
    ? await imagesOf(manifest.manifests, platforms, repository, where)
    : [await readImage(repository, top, where)];
  const missing = platforms === 'all' ? [] : missingPlatforms(platforms, images);
  if (missing.length > 0) {
    const offered = isIndex(manifest) ? offeredPlatforms(manifest.manifests) : images.map((image) => image.platform);
    throw new InputError(codes.IMAGE_PLATFORM_MISSING, [
      {
        subject: 'platforms',
        problem: `${where} has no image for ${missing.map(formatPlatform).join(', ')}; it has ${offered.map(formatPlatform).join(', ')}`,
      },
    ]);
  }
  if (images.length === 0) {
    throw new InputError(codes.IMAGE_PLATFORM_MISSING, [{ subject: where, problem: 'is an index without any image' }]);
  }
  return { reference, digest: top.digest, mediaType: top.mediaType, images };
}

/** The wanted platforms that none of the images serves. */
export function missingPlatforms(
  wanted: readonly Platform[],
  images: readonly { readonly platform: Platform }[],
): Platform[] {
  return wanted.filter((platform) => !images.some((image) => platformMatches(platform, image.platform)));
}

/** The platforms of an index's images; attestations, which name the platform unknown/unknown, are none. */
export function offeredPlatforms(manifests: readonly Descriptor[]): Platform[] {
  return manifests
    .map(({ platform }) => platform)
    .filter((platform) => platform !== undefined && platform.os !== 'unknown') as Platform[];
}

async function imagesOf(
  manifests: readonly Descriptor[],
  platforms: readonly Platform[] | 'all',
  repository: Repository,
  where: string,
): Promise<PlatformImage[]> {
  const candidates = manifests.filter(
    ({ mediaType, platform }) =>
      !isIndexType(mediaType) &&
      platform?.os !== 'unknown' &&
      (platform === undefined || platforms === 'all' || platforms.some((wanted) => platformMatches(wanted, platform))),
  );
  return Promise.all(
    candidates.map(async (descriptor) => {
      const child = `${where} (${descriptor.platform === undefined ? descriptor.digest : formatPlatform(descriptor.platform)})`;
      const document = await repository.manifest(descriptor.digest);
      if (document === undefined) {
        throw new ServiceError(codes.REGISTRY_NOT_FOUND, `${child} is listed in its index and not in the registry`, {
          method: 'GET',
          url: manifestUrl(repository, descriptor.digest),
          status: 404,
        });
      }
      return readImage(repository, document, child, descriptor.platform);
    }),
  );
}

async function readImage(
  repository: Repository,
  { mediaType, digest, bytes }: Document,
  where: string,
  listedAs?: Platform,
): Promise<PlatformImage> {
  const manifest = parseManifest(bytes, mediaType, where);
  if (isIndex(manifest)) {
    throw new InputError(codes.IMAGE_MANIFEST_INVALID, [{ subject: where, problem: 'is an index inside an index' }]);
  }
  const config = parseConfig(await repository.readBlob(manifest.config), manifest, where);
  const { os, architecture, variant } = config;
  const platform = listedAs ?? { os, architecture, ...(variant !== undefined && { variant }) };
  return { platform, mediaType: manifest.mediaType ?? mediaType, digest, manifest, config };
}

function notFound(reference: ImageReference): ServiceError {
  const name = manifestName(reference);
  return new ServiceError(codes.REGISTRY_NOT_FOUND, `the image ${formatReference(reference)} does not exist`, {
    method: 'GET',
    url: manifestUrl({ registry: reference.registry, name: reference.repository }, name),
    status: 404,
  });
}

function manifestUrl({ registry, name }: { registry: string; name: string }, of: string): string {
  return shownUrl(`${defaultScheme(registry)}://${apiHost(registry)}/v2/${name}/manifests/${of}`);
}
