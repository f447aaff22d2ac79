/** The image that a Dockerfile describes, made without docker, and proven to hold the applications of this build. */
import { basename, dirname, join, relative } from 'node:path';
import { VerificationError } from '@wso2-delivery/shared/base/errors';
import type { Ports } from '@wso2-delivery/shared/base/ports';
import { formatBytes } from '@wso2-delivery/shared/base/bytes';
import { miFiles } from '@wso2-delivery/shared/mi/base-image';
import { readCar } from '@wso2-delivery/shared/mi/car';
import { codes } from '@wso2-delivery/shared/mi/codes';
import type { CarbonApplicationName } from '@wso2-delivery/shared/mi/image-label';
import { buildPlatforms, type BuiltPlatforms, type DockerfileBuild } from '@wso2-delivery/shared/oci/dockerfile/build';
import type { BuildContext } from '@wso2-delivery/shared/oci/dockerfile/context';
import { knownBaseFiles } from '@wso2-delivery/shared/oci/dockerfile/known-files';
import { readBaseFiles } from '@wso2-delivery/shared/oci/dockerfile/layer-files';
import type { NeedsDocker } from '@wso2-delivery/shared/oci/dockerfile/stages';
import type { CarbonApplication } from './carbon-applications.ts';
import { type Base, carContent } from './image.ts';

/** A Dockerfile that was found, and where. */
export interface FoundDockerfile {
  /** Absolute. */
  readonly path: string;
  /** The build context, absolute. */
  readonly folder: string;
  readonly build: DockerfileBuild;
}

export type DockerfileImage =
  | (BuiltPlatforms & { readonly applications: readonly CarbonApplicationName[] })
  | { readonly kind: 'docker'; readonly needs: readonly NeedsDocker[] };

/**
 * Carries the Dockerfile out on the base.
 * @throws InputError DOCKERFILE_INVALID and others; VerificationError IMAGE_CARS_DIFFER; ServiceError
 */
export async function carryOutDockerfile(
  { folder: contextFolder, build }: FoundDockerfile,
  base: Base,
  applications: readonly CarbonApplication[],
  created: Date,
  folder: string,
  { files, log }: Pick<Ports, 'files' | 'log'>,
): Promise<DockerfileImage> {
  const cars = await reproducibleCars(applications, contextFolder);
  const source = base.registries.repository(base.resolved.reference, 'pull');
  const sources = new Map<unknown, string>();
  const context = recorded(build.context, cars, sources);
  const built = await buildPlatforms({ ...build, context }, base.resolved.images, {
    known: () => knownBaseFiles(miFiles(base.image)),
    read: (image, asked) => {
      const size = image.manifest.layers.reduce((sum, layer) => sum + layer.size, 0);
      log.info(`The Dockerfile concerns ${asked} of the base: reading its layers (${formatBytes(size)})`);
      return readBaseFiles(image, source);
    },
    created,
    folder,
  });
  if (built.kind === 'docker') return built;
  const copied = carsOf(built, base.image.carbonapps);
  const others = await checkCars(
    { copied, sources, own: cars, dockerfile: build.file, carbonapps: base.image.carbonapps },
    applications,
    contextFolder,
    files,
  );
  return {
    ...built,
    applications: [...applications.map(({ car }) => ({ name: car.name, version: car.version })), ...others],
  };
}

type Content = Awaited<ReturnType<typeof carContent>>;

/** The applications by their paths in the context, each as `carContent` makes it. */
async function reproducibleCars(
  applications: readonly CarbonApplication[],
  context: string,
): Promise<ReadonlyMap<string, Content>> {
  const copies = await Promise.all(
    applications.map(async ({ file, entries }): Promise<[string, Content]> => [
      relative(context, file).replaceAll('\\', '/'),
      await carContent(entries),
    ]),
  );
  return new Map(copies);
}

/** The context with other contents for some paths, and a record of where each content came from. */
function recorded(
  context: BuildContext,
  contents: ReadonlyMap<string, Content>,
  sources: Map<unknown, string>,
): BuildContext {
  return {
    ...context,
    content(path) {
      const content = contents.get(path) ?? context.content(path);
      sources.set(content, path);
      return content;
    },
  };
}

/** What the Dockerfile puts into the folder for carbon applications: name in the image and content. */
function carsOf({ evaluations }: BuiltPlatforms, carbonapps: string): ReadonlyMap<string, unknown> {
  const entries = (evaluations[0]?.steps ?? []).flatMap((step) => step.entries);
  const cars = entries.filter(
    ({ name, type }) => type === 'file' && `/${dirname(name)}` === carbonapps && name.endsWith('.car'),
  );
  return new Map(cars.map(({ name, content }) => [basename(name), content]));
}

interface CopiedCars {
  /** Name in the image and content. */
  readonly copied: ReadonlyMap<string, unknown>;
  /** Content and path in the context. */
  readonly sources: ReadonlyMap<unknown, string>;
  /** The applications of this build: path in the context and content. */
  readonly own: ReadonlyMap<string, Content>;
  readonly dockerfile: string;
  /** Where this server reads carbon applications, absolute. */
  readonly carbonapps: string;
}

/** @returns the applications that come from elsewhere: MI will activate them, too */
async function checkCars(
  { copied, sources, own, dockerfile, carbonapps }: CopiedCars,
  applications: readonly CarbonApplication[],
  folder: string,
  files: Ports['files'],
): Promise<CarbonApplicationName[]> {
  const differs = (message: string) =>
    new VerificationError(codes.IMAGE_CARS_DIFFER, `${dockerfile} ${message}`, { location: { file: dockerfile } });
  const contents = new Set(copied.values());
  const missing = [...own.values()].flatMap((content, index) => (contents.has(content) ? [] : [applications[index]]));
  if (missing.length > 0) {
    const names = missing.map((application) => files.display(application?.file ?? '')).join(', ');
    throw differs(`does not copy ${names} to ${carbonapps}, where the server of this base image reads`);
  }
  const ours = new Set<unknown>(own.values());
  const others: CarbonApplicationName[] = [];
  for (const [name, content] of copied) {
    if (ours.has(content)) continue;
    const source = sources.get(content) ?? name;
    if (/(^|\/)target\/[^/]+$/.test(source)) throw differs(`copies ${source}, which this build did not make`);
    const { name: application, version } = await readCar(join(folder, source), source);
    others.push({ name: application, version });
  }
  return others;
}
