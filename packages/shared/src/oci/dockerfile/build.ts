/** From a Dockerfile to the layers and the configuration of every platform of its base. */
import { InputError, messageOf } from '../../base/errors.ts';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { codes } from '../codes.ts';
import { changeImage, type PlatformImage } from '../image.ts';
import { type Layer, packLayer } from '../layer.ts';
import { type BuildContext, openContext } from './context.ts';
import { evaluate, type Evaluation, historyOf } from './evaluate.ts';
import { parseDockerignore } from './ignore.ts';
import { type Build, type NeedsDocker, planBuild } from './stages.ts';
import { MAX_DOCKERFILE_BYTES, parseDockerfile, type DockerfileText } from './syntax.ts';
import { type BaseFiles, BaseUnknown } from './tree.ts';

export interface DockerfileBuild {
  readonly text: DockerfileText;
  /** How it is called in messages. */
  readonly file: string;
  readonly context: BuildContext;
  readonly buildArguments: Readonly<Record<string, string>>;
  /** For a build of no particular platform: names the base, and what needs docker at first sight. */
  readonly build: Build;
}

/**
 * Reads a Dockerfile and what of its folder is ignored (`<name>.dockerignore` beside it, else .dockerignore).
 * @param display how paths are called in messages
 * @throws InputError DOCKERFILE_INVALID
 */
export function readDockerfileBuild(
  path: string,
  buildArguments: Readonly<Record<string, string>>,
  display: (path: string) => string,
  context: string = dirname(path),
): DockerfileBuild {
  const file = display(path);
  const text = parseDockerfile(readBounded(path, file), file);
  const ignoreFile = [`${path}.dockerignore`, join(context, '.dockerignore')].find(
    (candidate) => statSync(candidate, { throwIfNoEntry: false })?.isFile() === true,
  );
  let ignore;
  if (ignoreFile !== undefined) {
    const shown = display(ignoreFile);
    try {
      ignore = parseDockerignore(readBounded(ignoreFile, shown));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw new InputError(codes.DOCKERFILE_INVALID, [{ subject: shown, problem: error.message }], { cause: error });
    }
  }
  const build = planBuild(text, file, { buildArguments });
  return { text, file, context: openContext(context, ignore), buildArguments, build };
}

function readBounded(path: string, file: string): string {
  let size: number;
  try {
    size = statSync(path).size;
    if (size <= MAX_DOCKERFILE_BYTES) return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new InputError(
      codes.DOCKERFILE_INVALID,
      [{ subject: file, problem: `cannot be read: ${messageOf(cause)}` }],
      {
        cause,
      },
    );
  }
  throw new InputError(codes.DOCKERFILE_INVALID, [{ subject: file, problem: `has ${size} bytes, more than 1 MiB` }]);
}

export interface BuiltPlatforms {
  readonly kind: 'layers';
  /** The base's images with the Dockerfile carried out on each. */
  readonly images: readonly PlatformImage[];
  /** All layers that the images have got, each once. */
  readonly layers: readonly Layer[];
  /** Paths of the files that were put into the images, and where they came from the context. */
  readonly evaluations: readonly Extract<Evaluation, { kind: 'layers' }>[];
}

/**
 * Carries it out for every image. Equal layers are written once.
 * @param known what can be said about an image's files without reading its layers
 * @param read reads them
 * @throws InputError DOCKERFILE_INVALID and others
 */
export async function buildPlatforms(
  { text, file, context, buildArguments }: DockerfileBuild,
  images: readonly PlatformImage[],
  {
    known,
    read,
    created,
    folder,
  }: {
    readonly known: (image: PlatformImage) => BaseFiles;
    readonly read: (image: PlatformImage, asked: string) => Promise<BaseFiles>;
    readonly created: Date;
    readonly folder: string;
  },
): Promise<BuiltPlatforms | { readonly kind: 'docker'; readonly needs: readonly NeedsDocker[] }> {
  const built: PlatformImage[] = [];
  const evaluations: Extract<Evaluation, { kind: 'layers' }>[] = [];
  const layers = new Map<string, Layer>();
  for (const image of images) {
    const { platform, config } = image;
    const build = planBuild(text, file, { buildArguments, platform });
    const on = (files: BaseFiles) => evaluate(build, { context, base: { config, files }, buildArguments });
    let evaluation: Evaluation;
    try {
      evaluation = on(known(image));
    } catch (error) {
      if (!(error instanceof BaseUnknown)) throw error;
      evaluation = on(await read(image, error.asked));
    }
    if (evaluation.kind === 'docker') return evaluation;
    evaluations.push(evaluation);
    const own: Layer[] = [];
    for (const { entries, createdBy } of evaluation.steps) {
      if (entries.length === 0) continue;
      const layer = await packLayer(entries, { modified: created, description: createdBy }, folder);
      layers.set(layer.digest, layers.get(layer.digest) ?? layer);
      own.push(layer);
    }
    const history = historyOf(evaluation.steps, created);
    built.push(changeImage(image, { layers: own, config: evaluation.config, history, author: evaluation.author }));
  }
  return { kind: 'layers', images: built, layers: [...layers.values()], evaluations };
}
