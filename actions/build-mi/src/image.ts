/**
 * The image: the base, a layer with the carbon applications, a layer with deployment.toml. What only some images need
 * (docker, a Dockerfile, documents beside the image) is loaded when one does.
 */
import { basename } from 'node:path';
import { InputError } from '@wso2-delivery/shared/base/errors';
import type { Body, Ports } from '@wso2-delivery/shared/base/ports';
import { packZip, type ZipEntry } from '@wso2-delivery/shared/formats/zip';
import { miImage, type MiImage } from '@wso2-delivery/shared/mi/base-image';
import { codes } from '@wso2-delivery/shared/mi/codes';
import { openContext } from '@wso2-delivery/shared/oci/dockerfile/context';
import { buildLayer, directoriesOwnedBelow, fileContent, type Layer, packLayer } from '@wso2-delivery/shared/oci/layer';
import { creationTime } from '@wso2-delivery/shared/oci/manifest';
import { type Moving, planImages, pushImage, startMoving } from '@wso2-delivery/shared/oci/push';
import { formatReference } from '@wso2-delivery/shared/oci/reference';
import { openRegistries, type Registries } from '@wso2-delivery/shared/oci/registry';
import { resolveImage, type ResolvedImage } from '@wso2-delivery/shared/oci/resolve';
import { formatPlatform } from '@wso2-delivery/shared/oci/platform';
import type { AttachedToImage } from './attachments.ts';
import type { CarbonApplication } from './carbon-applications.ts';
import type { PreparedDocker } from './docker-image.ts';
import type { DockerfileImage } from './dockerfile-image.ts';
import { type ExtraFile, extraFileEntries } from './extra-files.ts';
import { imageAnnotations, imageLabels, namesOf } from './image-labels.ts';
import type { ImageRequest } from './request.ts';

/** The base as it stands in its registry, looked up before Maven runs so that a mistake is known at once. */
export interface Base {
  readonly reference: string;
  readonly resolved: ResolvedImage;
  readonly image: MiImage;
  readonly registries: Registries;
}

export interface BuiltImage extends MadeImage {
  /** What was attached to it in the registry. */
  readonly attached: readonly AttachedToImage[];
  readonly durationMs: number;
}

/** The image without what was attached to it. */
export interface MadeImage {
  /** `layers`: carbon applications and configuration on the base; `dockerfile`: a Dockerfile carried out as layers. */
  readonly builder: 'layers' | 'dockerfile' | 'docker';
  /** registry/repository. */
  readonly repository: string;
  readonly digest: string;
  readonly tags: readonly string[];
  readonly platforms: readonly string[];
  readonly pushed: boolean;
  /** What it is built on; docker alone may know. */
  readonly base: string | undefined;
  readonly baseDigest: string | undefined;
  /** undefined when nothing was pushed. */
  readonly bytesUploaded: number | undefined;
}

/** @throws InputError BASE_IMAGE_NOT_MI and others; ServiceError */
async function findBase(request: ImageRequest, ports: Ports): Promise<Base> {
  const registries = openRegistries(ports, { logins: request.logins, ca: request.ca });
  const resolved = await resolveImage(request.base, request.platforms, registries);
  const reference = formatReference(request.base);
  const [first, ...others] = resolved.images.map(({ config }) => miImage(config.config ?? {}, reference));
  if (first === undefined) throw notMi(reference, 'has no image for any platform');
  const other = others.find(
    ({ serverHome, uid, gid }) => serverHome !== first.serverHome || uid !== first.uid || gid !== first.gid,
  );
  if (other !== undefined)
    throw notMi(reference, `has different servers on its platforms: ${first.serverHome}, ${other.serverHome}`);
  return { reference, resolved, image: first, registries };
}

function notMi(reference: string, problem: string): InputError {
  return new InputError(codes.BASE_IMAGE_NOT_MI, [{ subject: 'base-image', problem: `${reference} ${problem}` }]);
}

/** What the image will be made with, known before Maven runs. */
export type Preparation =
  { readonly kind: 'layers'; readonly base: Base } | ({ readonly kind: 'docker' } & PreparedDocker);

/** @throws InputError BASE_IMAGE_NOT_MI, DOCKERFILE_UNSUPPORTED and others; ServiceError */
export async function prepareImage(request: ImageRequest, ports: Ports): Promise<Preparation> {
  if (request.how === 'docker') {
    const needs = request.dockerfile?.build.build.needsDocker ?? [];
    const { prepareDocker } = await import('./docker-image.ts');
    return { kind: 'docker', ...(await prepareDocker(request, needs, ports)) };
  }
  const base = await findBase(request, ports);
  ports.log.info(`Base: ${base.reference}@${base.resolved.digest}, server in ${base.image.serverHome}`);
  return { kind: 'layers', base };
}

/**
 * Builds the image and pushes it, or only computes its digest.
 * @throws InputError DOCKERFILE_INVALID and others; ToolError DOCKER_…; ServiceError; VerificationError
 */
export async function makeImage(
  request: ImageRequest,
  preparation: Preparation,
  applications: readonly CarbonApplication[],
  ports: Ports,
): Promise<BuiltImage> {
  const startedAt = ports.clock.now();
  const made =
    preparation.kind === 'docker'
      ? await (await import('./docker-image.ts')).makeWithDocker(request, preparation, applications, ports)
      : await makeOfLayers(request, preparation.base, applications, ports);
  const attached =
    made.pushed && (request.sbom || request.provenance)
      ? await (await import('./attachments.ts')).attachDocuments(request, made, applications, ports)
      : [];
  return { ...made, attached, durationMs: ports.clock.now() - startedAt };
}

async function makeOfLayers(
  request: ImageRequest,
  base: Base,
  applications: readonly CarbonApplication[],
  ports: Ports,
): Promise<MadeImage> {
  const created = creationTime(ports.job.variable('SOURCE_DATE_EPOCH'));
  const folder = await ports.files.privateFolder('image');
  const { dockerfile } = request;
  // While the layers on top are built. A Dockerfile may yet turn out to be docker's business.
  const moving: Moving | undefined =
    request.push && request.how === 'layers'
      ? startMoving({ base: base.resolved, target: request.target }, base.registries)
      : undefined;
  let carriedOut: DockerfileImage | undefined;
  if (request.how === 'dockerfile' && dockerfile !== undefined) {
    const { carryOutDockerfile } = await import('./dockerfile-image.ts');
    carriedOut = await carryOutDockerfile(dockerfile, base, applications, created, folder, ports);
    if (carriedOut.kind === 'docker' && request.imageBuilder !== 'layers') {
      const { prepareDocker, makeWithDocker } = await import('./docker-image.ts');
      const prepared = await prepareDocker(request, carriedOut.needs, ports);
      return makeWithDocker(request, prepared, applications, ports);
    }
  }
  const done = carriedOut?.kind === 'layers' ? carriedOut : undefined;
  const toml = done === undefined ? request.deploymentToml : request.ownDeploymentToml;
  const layers = await Promise.all([
    ...(done === undefined ? [carLayer(applications, base.image, created, folder)] : []),
    ...(toml === undefined ? [] : [tomlLayer(toml, base.image, created, folder)]),
    ...(request.files.length === 0 ? [] : [filesLayer(request.files, base.image, created, folder, ports.files)]),
  ]);
  const named = done?.applications ?? namesOf(applications);
  const plan = {
    base: done === undefined ? base.resolved : { ...base.resolved, images: done.images },
    target: request.target,
    tags: request.tags,
    layers,
    builtLayers: done?.layers ?? [],
    labels: { ...imageLabels(applications, named, base, created, ports), ...request.labels },
    annotations: imageAnnotations(applications, base, created, ports),
    created,
    ...(moving !== undefined && { moving }),
  };
  const common = {
    builder: done === undefined ? ('layers' as const) : ('dockerfile' as const),
    base: base.reference,
    baseDigest: base.resolved.digest,
  };
  if (!request.push) {
    const { images, top } = planImages(plan);
    return {
      ...common,
      repository: `${request.target.registry}/${request.target.repository}`,
      digest: top.digest,
      tags: [],
      platforms: images.map(({ platform }) => formatPlatform(platform)),
      pushed: false,
      bytesUploaded: undefined,
    };
  }
  const { repository, digest, tags, platforms, bytesUploaded } = await pushImage(plan, base.registries);
  return { ...common, repository, digest, tags, platforms, pushed: true, bytesUploaded };
}

/**
 * A carbon application as MI finds it in the image. Maven writes the time of the build into a CAR; the one in the image
 * has none, so that the same sources give the same layer. Nothing in it is compressed: the layer is, as a whole and
 * better, and MI unpacks it sooner.
 */
export async function carContent(entries: readonly ZipEntry[]): Promise<Exclude<Body, string | Uint8Array>> {
  const parts = await packZip(entries, { method: 'store' });
  async function* open(): AsyncGenerator<Uint8Array> {
    yield* await Promise.resolve(parts);
  }
  return { length: parts.reduce((sum, { length }) => sum + length, 0), open };
}

async function carLayer(
  applications: readonly CarbonApplication[],
  { carbonapps, userHome, uid, gid }: MiImage,
  modified: Date,
  folder: string,
): Promise<Layer> {
  const files = await Promise.all(
    applications.map(async ({ file, entries }) => {
      const content = await carContent(entries);
      return { path: `${carbonapps}/${basename(file)}`, uid, gid, mode: 0o644, content };
    }),
  );
  return buildLayer(
    {
      files,
      directory: directoriesOwnedBelow(userHome, { uid, gid, mode: 0o755 }),
      modified,
      description: `build-mi: ${applications.map(({ car }) => `${car.name} ${car.version}`).join(', ')}`,
    },
    folder,
  );
}

async function tomlLayer(
  file: string,
  { deploymentToml, userHome, uid, gid }: MiImage,
  modified: Date,
  folder: string,
): Promise<Layer> {
  return buildLayer(
    {
      files: [{ path: deploymentToml, uid, gid, mode: 0o644, content: await fileContent(file) }],
      directory: directoriesOwnedBelow(userHome, { uid, gid, mode: 0o755 }),
      modified,
      description: 'build-mi: deployment.toml',
    },
    folder,
  );
}

async function filesLayer(
  extra: readonly ExtraFile[],
  image: MiImage,
  modified: Date,
  folder: string,
  files: Ports['files'],
): Promise<Layer> {
  const entries = extraFileEntries(extra, openContext(files.workspace), image);
  return packLayer(entries, { modified, description: 'build-mi: files' }, folder);
}
