/** Will the nodes find this image? Asked before anything is deployed; the answer is a fact, not an exception. */
import { DeliveryError, ServiceError } from '../base/errors.ts';
import { codes } from './codes.ts';
import { isIndex, parseConfig, parseManifest } from './manifest.ts';
import { formatPlatform, type Platform, platformMatches } from './platform.ts';
import { formatReference, type ImageReference, manifestName } from './reference.ts';
import type { Registries } from './registry.ts';
import { missingPlatforms, offeredPlatforms } from './resolve.ts';

export type ImageCheck =
  | { readonly state: 'present'; readonly digest: string; readonly platforms: readonly string[] }
  | {
      readonly state: 'platform-missing';
      readonly digest: string;
      readonly platforms: readonly string[];
      readonly missing: readonly string[];
      readonly message: string;
    }
  | {
      /**
       * `absent`: it does not exist. `unauthorized`: these credentials may not see it; the nodes' may.
       * `unreachable`: no answer from here. `unusable`: what is there is no image.
       */
      readonly state: 'absent' | 'unauthorized' | 'unreachable' | 'unusable';
      readonly message: string;
      readonly remedy: string;
    };

/** Looks an image up for the given platforms (none: any will do). Never throws for what the registry answers. */
export async function checkImage(
  reference: ImageReference,
  platforms: readonly Platform[],
  registries: Registries,
): Promise<ImageCheck> {
  const where = formatReference(reference);
  try {
    const repository = registries.repository(reference, 'pull');
    const top = await repository.manifest(manifestName(reference));
    if (top === undefined) return absent(`${where} does not exist`);
    const manifest = parseManifest(top.bytes, top.mediaType, where);
    let offered: Platform[];
    if (isIndex(manifest)) {
      offered = offeredPlatforms(manifest.manifests);
      for (const { digest, platform } of manifest.manifests) {
        const needed = platform !== undefined && platforms.some((wanted) => platformMatches(wanted, platform));
        if (needed && !(await repository.hasManifest(digest))) {
          return absent(`${where} lists ${formatPlatform(platform)} as ${digest}, which does not exist`);
        }
      }
    } else {
      const { os, architecture, variant } = parseConfig(await repository.readBlob(manifest.config), manifest, where);
      offered = [{ os, architecture, ...(variant !== undefined && { variant }) }];
    }
    const found = { digest: top.digest, platforms: offered.map(formatPlatform) };
    const missing = missingPlatforms(
      platforms,
      offered.map((platform) => ({ platform })),
    ).map(formatPlatform);
    if (missing.length === 0) return { state: 'present', ...found };
    const message = `${where} has no image for ${missing.join(', ')}; it has ${found.platforms.join(', ')}`;
    return { state: 'platform-missing', ...found, missing, message };
  } catch (error) {
    if (!(error instanceof DeliveryError) || error.kind === 'cancelled') throw error;
    return { state: stateOf(error), message: error.message, remedy: error.remedy };
  }
}

function absent(message: string): ImageCheck {
  return { state: 'absent', message, remedy: codes.REGISTRY_NOT_FOUND.remedy };
}

function stateOf(error: DeliveryError): 'absent' | 'unauthorized' | 'unreachable' | 'unusable' {
  if (!(error instanceof ServiceError)) return error.kind === 'verification' ? 'unusable' : 'unauthorized';
  if (error.status === 401 || error.status === 403) return 'unauthorized';
  if (error.status === 404) return 'absent';
  return error.code === codes.REGISTRY_PROTOCOL.code ? 'unusable' : 'unreachable';
}
