/** Pushing an image built on a base: blobs, then manifests, then tags, then reading back what the registry holds. */
import { type Problem, InputError, ServiceError, VerificationError } from '../base/errors.ts';
import { formatBytes } from '../base/bytes.ts';
import { count } from '../base/text.ts';
import { codes } from './codes.ts';
import { type Document, type ExtendedImage, extendImage, indexOf } from './image.ts';
import type { Layer } from './layer.ts';
import type { Descriptor } from './manifest.ts';
import { allOf, inParallel, type Lanes, openLanes } from './parallel.ts';
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
  /** What `startMoving` gave for this base and target; without it the base's layers are moved with the others. */
  readonly moving?: Moving;
}

/** The layers of the base on their way into the target. */
export interface Moving {
  /** Rejects when one of them cannot be moved; is heard at the latest by `pushImage`. */
  readonly done: Promise<unknown>;
  /** What the rest of the push shares with them. */
  readonly lanes: Lanes;
  readonly tally: Tally;
}

interface Tally {
  bytesUploaded: number;
  mounted: number;
  skipped: number;
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
 * Starts to bring the layers of the base into the target: they do not depend on what is put on top of them, which can
 * be built meanwhile. A target that is never pushed keeps them as blobs without a name, which registries clean up.
 */
export function startMoving(
  { base, target: place, builtLayers = [] }: Pick<PushPlan, 'base' | 'target' | 'builtLayers'>,
  registries: Registries,
): Moving {
  const [lanes, tally] = [openLanes(PARALLEL), { bytesUploaded: 0, mounted: 0, skipped: 0 }];
  const target = registries.repository(place, 'pull,push');
  const source = registries.repository(base.reference, 'pull');
  const mountFrom = source.registry === target.registry && source.name !== target.name ? source.name : undefined;
  const built = new Set(builtLayers.map(({ digest }) => digest));
  const blobs = baseLayers(base)
    .filter(({ digest }) => !built.has(digest))
    .map((layer) => ({ digest: layer.digest, size: layer.size, open: () => source.streamBlob(layer) }));
  const done = putBlobs(blobs, target, { lanes, tally }, mountFrom);
  done.catch(() => undefined);
  return { done, lanes, tally };
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
  const moving = plan.moving ?? startMoving(plan, registries);
  const { tally } = moving;

  // Also where the tags are right already: a registry that lost a part of the image gets it back.
  const blobs = [moving.done, putBlobs(newBlobs(plan, images), target, moving)];
  const asked = staleNames(target, names, top.digest);
  await allOf<unknown>([...blobs, asked]);
  const stale = await asked;
  const children = images.map(({ manifest }) => manifest).filter((manifest) => manifest !== top);
  await inParallel(children, PARALLEL, async (manifest) => {
    if (await target.hasManifest(manifest.digest)) return;
    await putOrFindManifest(target, manifest.digest, manifest);
    tally.bytesUploaded += manifest.bytes.length;
  });
  await inParallel(stale, PARALLEL, async (name) => {
    await putOrFindManifest(target, name, top);
    tally.bytesUploaded += top.bytes.length;
  });
  // Only when all are there: of two tags that are one to the registry, the second would undo the first.
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

/** Each once, though platforms share them. */
function baseLayers({ images }: ResolvedImage): Descriptor[] {
  const layers = images.flatMap((image) => image.manifest.layers).filter(isDistributable);
  return [...new Map(layers.map((layer) => [layer.digest, layer])).values()];
}

/** What is on top of the base: its layers, and the configurations. */
function newBlobs({ base, builtLayers = [], layers }: PushPlan, images: readonly ExtendedImage[]): Blob[] {
  const built = new Set(builtLayers.map(({ digest }) => digest));
  const moved = new Set(baseLayers(base).map(({ digest }) => digest));
  const blobs = new Map<string, Blob>();
  for (const { digest, size, content } of [...builtLayers, ...layers]) {
    if (built.has(digest) || !moved.has(digest)) blobs.set(digest, { digest, size, open: () => content.open() });
  }
  for (const { config } of images) {
    const { digest, bytes } = config;
    blobs.set(digest, { digest, size: bytes.length, open: () => inMemory(bytes) });
  }
  return [...blobs.values()];
}

function putBlobs(
  blobs: readonly Blob[],
  target: Repository,
  { lanes, tally }: Pick<Moving, 'lanes' | 'tally'>,
  mountFrom?: string,
): Promise<unknown> {
  const put = async (blob: Blob): Promise<void> => {
    const outcome = await putBlob(target, blob, mountFrom);
    if (outcome === 'uploaded') {
      tally.bytesUploaded += blob.size;
      target.ports.log.info(`Uploaded ${blob.digest} (${formatBytes(blob.size)})`);
    } else {
      tally[outcome === 'mounted' ? 'mounted' : 'skipped'] += 1;
    }
  };
  return allOf(blobs.map((blob) => lanes.run(() => put(blob))));
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
