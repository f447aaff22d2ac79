/** The image: the base, a layer with the carbon applications, a layer with deployment.toml. */
import { basename, join } from 'node:path';
import { InputError } from '@wso2-delivery/shared/base/errors';
import type { Ports } from '@wso2-delivery/shared/base/ports';
import { readZip, writeZip } from '@wso2-delivery/shared/formats/zip';
import { miImage, type MiImage } from '@wso2-delivery/shared/mi/base-image';
import { codes } from '@wso2-delivery/shared/mi/codes';
import { carbonApplicationsLabel, formatCarbonApplications } from '@wso2-delivery/shared/mi/image-label';
import { buildLayer, directoriesOwnedBelow, fileContent, type Layer } from '@wso2-delivery/shared/oci/layer';
import { creationTime } from '@wso2-delivery/shared/oci/manifest';
import { planImages, pushImage } from '@wso2-delivery/shared/oci/push';
import { formatReference } from '@wso2-delivery/shared/oci/reference';
import { openRegistries, type Registries } from '@wso2-delivery/shared/oci/registry';
import { resolveImage, type ResolvedImage } from '@wso2-delivery/shared/oci/resolve';
import { formatPlatform } from '@wso2-delivery/shared/oci/platform';
import type { CarbonApplication } from './carbon-applications.ts';
import type { ImageRequest } from './request.ts';

/** The base as it stands in its registry, looked up before Maven runs so that a mistake is known at once. */
export interface Base {
  readonly reference: string;
  readonly resolved: ResolvedImage;
  readonly image: MiImage;
  readonly registries: Registries;
}

export interface BuiltImage {
  /** registry/repository. */
  readonly repository: string;
  readonly digest: string;
  readonly tags: readonly string[];
  readonly platforms: readonly string[];
  readonly pushed: boolean;
  readonly base: string;
  readonly baseDigest: string;
  /** undefined when nothing was pushed. */
  readonly bytesUploaded: number | undefined;
  readonly durationMs: number;
}

/** @throws InputError BASE_IMAGE_NOT_MI and others; ServiceError */
export async function findBase(request: ImageRequest, ports: Ports): Promise<Base> {
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

/** Builds the layers and pushes the image, or only computes its digest. @throws ServiceError, VerificationError */
export async function makeImage(
  request: ImageRequest,
  base: Base,
  applications: readonly CarbonApplication[],
  ports: Ports,
): Promise<BuiltImage> {
  const startedAt = ports.clock.now();
  const created = creationTime(ports.job.variable('SOURCE_DATE_EPOCH'));
  const folder = await ports.files.privateFolder('image');
  const layers = [await carLayer(applications, base.image, created, folder)];
  if (request.deploymentToml !== undefined) {
    layers.push(await tomlLayer(request.deploymentToml, base.image, created, folder));
  }
  const plan = {
    base: base.resolved,
    target: request.target,
    tags: request.tags,
    layers,
    labels: { ...standardLabels(base, applications, ports), ...request.labels },
    annotations: {},
    created,
  };
  const common = { base: base.reference, baseDigest: base.resolved.digest };
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
      durationMs: ports.clock.now() - startedAt,
    };
  }
  const { repository, digest, tags, platforms, bytesUploaded } = await pushImage(plan, base.registries);
  const durationMs = ports.clock.now() - startedAt;
  return { ...common, repository, digest, tags, platforms, pushed: true, bytesUploaded, durationMs };
}

/**
 * The applications as MI finds them. Maven writes the time of the build into a CAR; the copy in the image has none, so
 * that the same sources give the same layer.
 */
async function carLayer(
  applications: readonly CarbonApplication[],
  { carbonapps, userHome, uid, gid }: MiImage,
  modified: Date,
  folder: string,
): Promise<Layer> {
  const files = await Promise.all(
    applications.map(async ({ file }, index) => {
      const copy = join(folder, `${index}.car`);
      await writeZip(copy, await readZip(file));
      const content = await fileContent(copy);
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

/** What the OCI image specification names, as far as it is known, and what verify-rollout must find running. */
function standardLabels(
  base: Base,
  applications: readonly CarbonApplication[],
  { job }: Ports,
): Record<string, string> {
  const [only, ...others] = applications;
  const single = others.length === 0 ? only?.car : undefined;
  const labels: Record<string, string | undefined> = {
    'org.opencontainers.image.title': single?.name,
    'org.opencontainers.image.version': single?.version,
    'org.opencontainers.image.revision': job.sha,
    'org.opencontainers.image.source': job.repository === undefined ? undefined : `${job.serverUrl}/${job.repository}`,
    'org.opencontainers.image.base.name': base.reference,
    'org.opencontainers.image.base.digest': base.resolved.digest,
    [carbonApplicationsLabel]: formatCarbonApplications(
      applications.map(({ car }) => ({ name: car.name, version: car.version })),
    ),
  };
  return Object.fromEntries(
    Object.entries(labels).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
