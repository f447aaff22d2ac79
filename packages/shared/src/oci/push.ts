/** Pushing an image built on a base: blobs, then manifests, then tags, then reading back what the registry holds. */
import { type Problem, InputError, ServiceError, VerificationError } from '../base/errors.ts';
import { formatBytes } from '../base/bytes.ts';
import { count } from '../base/text.ts';
import { codes } from './codes.ts';
import { type Document, type ExtendedImage, extendImage, indexOf } from './image.ts';
import type { Layer } from './layer.ts';
import type { Descriptor } from './manifest.ts';
import { inParallel } from './parallel.ts';
import { formatPlatform } from './platform.ts';
import { tagProblem } from './reference.ts';
import type { Registries } from './registry.ts';
import type { Repository } from './repository.ts';
import type { ResolvedImage } from './resolve.ts';
import { type Blob, putBlob } from './upload.ts';

export interface PushPlan {
  readonly base: ResolvedImage;
  readonly target: { readonly registry: string; readonly repository: string };
  /** May be empty: the image is then found by its digest alone. */
  readonly tags: readonly string[];
  /** On top of the base, for every platform. */
  readonly layers: readonly Layer[];
  /** Layers that the images of `base` have already and its repository does not: see `changeImage`. */
  readonly builtLayers?: readonly Layer[];
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** The time written into the image; see `creationTime`. */
  readonly created: Date;
}

export interface PushedImage {
  /** registry/repository. */
  readonly repository: string;
  /** Of the index, or of the manifest when there is one platform: read back from the registry. */
  readonly digest: string;
  readonly tags: readonly string[];
  readonly platforms: readonly string[];
  /** Of blobs and manifests, not of headers. */
  readonly bytesUploaded: number;
  /** Blobs that the registry took over from the base's repository. */
  readonly mounted: number;
  /** Blobs that were there already. */
  readonly skipped: number;
}

/** Requests to one registry at the same time. */
const PARALLEL = 4;

/** What a push will store, computed before anything is sent. */
export function planImages(plan: PushPlan): { readonly images: readonly ExtendedImage[]; readonly top: Document } {
  const images = plan.base.images.map((image) => extendImage(image, plan));
  const [only, ...others] = images;
  const top =
    only !== undefined && others.length === 0 ? only.manifest : indexOf(images, plan.base.mediaType, plan.annotations);
  return { images, top };
}

/**
 * Pushes the image and proves it: every tag is read back and must name what was pushed. What the registry has already
 * is not sent again.
 * @throws InputError IMAGE_REFERENCE_INVALID; ServiceError; VerificationError IMAGE_TAG_MISMATCH, IMAGE_CONTENT_MISMATCH
 */
export async function pushImage(plan: PushPlan, registries: Registries): Promise<PushedImage> {
  checkTags(plan.tags);
  const { images, top } = planImages(plan);
  const target = registries.repository(plan.target, 'pull,push');
  const { log } = target.ports;
  const names = plan.tags.length > 0 ? [...new Set(plan.tags)] : [top.digest];
  const tally = { bytesUploaded: 0, mounted: 0, skipped: 0 };

  // Also where the tags are right already: a registry that lost a part of the image gets it back.
  await putBlobs(plan, images, target, registries, tally);
  const children = images.map(({ manifest }) => manifest).filter((manifest) => manifest !== top);
  await inParallel(children, PARALLEL, async (manifest) => {
    if (await target.hasManifest(manifest.digest)) return;
    await putOrFindManifest(target, manifest.digest, manifest);
    tally.bytesUploaded += manifest.bytes.length;
  });
  const stale = await staleNames(target, names, top.digest);
  for (const name of stale) {
    await putOrFindManifest(target, name, top);
    tally.bytesUploaded += top.bytes.length;
  }
  await inParallel(stale, PARALLEL, (name) => readBack(target, name, top.digest));
  log.info(
    `${target.fullName}@${top.digest}: ${formatBytes(tally.bytesUploaded)} sent, ${count(tally.mounted, 'blob')} mounted, ${tally.skipped} already there`,
  );
  return {
    repository: target.fullName,
    digest: top.digest,
    tags: plan.tags,
    platforms: images.map(({ platform }) => formatPlatform(platform)),
    ...tally,
  };
}

function checkTags(tags: readonly string[]): void {
  const problems = tags.flatMap((tag): Problem[] => {
    const problem = tagProblem(tag);
    return problem === undefined
      ? []
      : [{ subject: 'tags', problem: `${JSON.stringify(tag)} ${problem}`, example: '1.4.0' }];
  });
  if (problems.length > 0) throw new InputError(codes.IMAGE_REFERENCE_INVALID, problems);
}

/** The names that do not yet stand for the digest. */
async function staleNames(target: Repository, names: readonly string[], digest: string): Promise<string[]> {
  const held = await inParallel(names, PARALLEL, (name) => target.manifest(name));
  return names.filter((_, index) => held[index]?.digest !== digest);
}

async function putBlobs(
  plan: PushPlan,
  images: readonly ExtendedImage[],
  target: Repository,
  registries: Registries,
  tally: { bytesUploaded: number; mounted: number; skipped: number },
): Promise<void> {
  const { base } = plan;
  const source = registries.repository(base.reference, 'pull');
  const sameRegistry = source.registry === target.registry;
  const mountFrom = sameRegistry && source.name !== target.name ? source.name : undefined;
  const jobs = new Map<string, { blob: Blob; mountFrom: string | undefined }>();
  for (const layer of base.images.flatMap((image) => image.manifest.layers).filter(isDistributable)) {
    const blob = { digest: layer.digest, size: layer.size, open: () => source.streamBlob(layer) };
    jobs.set(layer.digest, { blob, mountFrom });
  }
  for (const { digest, size, content } of [...(plan.builtLayers ?? []), ...plan.layers]) {
    jobs.set(digest, { blob: { digest, size, open: () => content.open() }, mountFrom: undefined });
  }
  for (const { config } of images) {
    const blob = { digest: config.digest, size: config.bytes.length, open: () => inMemory(config.bytes) };
    jobs.set(config.digest, { blob, mountFrom: undefined });
  }
  await inParallel([...jobs.values()], PARALLEL, async ({ blob, mountFrom: from }) => {
    const outcome = await putBlob(target, blob, from);
    if (outcome === 'uploaded') {
      tally.bytesUploaded += blob.size;
      target.ports.log.info(`Uploaded ${blob.digest} (${formatBytes(blob.size)})`);
    } else {
      tally[outcome === 'mounted' ? 'mounted' : 'skipped'] += 1;
    }
  });
}

/** Layers of the Windows kind stay where their URLs point. */
function isDistributable({ mediaType, urls }: Descriptor): boolean {
  return !(/nondistributable|foreign/.test(mediaType) && urls !== undefined && urls.length > 0);
}

async function* inMemory(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

/** Stores the manifest. When the answer was lost or the registry failed, what it holds now decides. */
async function putOrFindManifest(target: Repository, name: string, document: Document): Promise<void> {
  try {
    await target.putManifest(name, document);
  } catch (error) {
    const lost = error instanceof ServiceError && (error.status === undefined || error.status >= 500);
    if (!lost || (await target.manifest(name))?.digest !== document.digest) throw error;
  }
}

async function readBack(target: Repository, name: string, digest: string): Promise<void> {
  const held = await target.manifest(name);
  if (held?.digest === digest) return;
  const what = held === undefined ? 'is not there' : `names ${held.digest}`;
  throw new VerificationError(
    codes.IMAGE_TAG_MISMATCH,
    `${target.fullName}:${name} was pushed as ${digest}, and read back it ${what}`,
  );
}
