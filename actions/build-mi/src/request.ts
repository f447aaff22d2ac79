/** What the inputs ask for, checked together before anything starts. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { codes } from '@wso2-delivery/shared/base/codes';
import { InputError, type Problem } from '@wso2-delivery/shared/base/errors';
import type { Files } from '@wso2-delivery/shared/base/ports';
import { isInside } from '@wso2-delivery/shared/base/safe-path';
import type { MavenProject } from '@wso2-delivery/shared/maven/project';
import { defaultBase } from '@wso2-delivery/shared/mi/base-image';
import { codes as miCodes } from '@wso2-delivery/shared/mi/codes';
import { parseDeploymentToml } from '@wso2-delivery/shared/mi/deployment-toml';
import { readDockerfileBuild } from '@wso2-delivery/shared/oci/dockerfile/build';
import type { Build } from '@wso2-delivery/shared/oci/dockerfile/stages';
import { jsonList } from '@wso2-delivery/shared/oci/dockerfile/syntax';
import { splitBlanks } from '@wso2-delivery/shared/oci/dockerfile/words';
import { parsePlatform, type Platform } from '@wso2-delivery/shared/oci/platform';
import { parseReference, tagProblem, type ImageReference } from '@wso2-delivery/shared/oci/reference';
import type { Login } from '@wso2-delivery/shared/oci/credentials';
import type { InputsOf } from '@wso2-delivery/shared/run/declaration';
import type { action } from './action.ts';
import type { FoundDockerfile } from './dockerfile-image.ts';
import { type ExtraFile, problemsOfExtraFiles } from './extra-files.ts';

export type Inputs = InputsOf<typeof action>;

/** The image to make; undefined when none is asked for. */
export interface ImageRequest {
  readonly target: { readonly registry: string; readonly repository: string };
  readonly tags: readonly string[];
  readonly base: ImageReference;
  readonly platforms: readonly Platform[] | 'all';
  /** A deployment.toml that was found to be valid, absolute. */
  readonly deploymentToml: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly push: boolean;
  readonly logins: readonly Login[];
  readonly ca: string | undefined;
  /** `layers`: what is built goes on the base; `dockerfile`: the Dockerfile is carried out, as layers too. */
  readonly how: 'layers' | 'dockerfile' | 'docker';
  readonly imageBuilder: Inputs['imageBuilder'];
  readonly dockerfile: FoundDockerfile | undefined;
  readonly buildArguments: Readonly<Record<string, string>>;
  /** The deployment.toml of the input alone: a Dockerfile copies its own. */
  readonly ownDeploymentToml: string | undefined;
  /** Whether the base-image input says it. */
  readonly ownBase: boolean;
  readonly files: readonly ExtraFile[];
  readonly sbom: boolean;
  readonly provenance: boolean;
  readonly timeoutMs: number;
}

/**
 * Inputs that do not go together, or ask for what is not there yet. Looks at nothing but them.
 * @param platform Node's name of the runner's operating system
 * @throws InputError INPUT_INVALID with every problem
 */
export function checkInputs(inputs: Inputs, platform: string): void {
  const problems: Problem[] = [];
  if (platform === 'win32' && inputs.cars.length === 0 && inputs.builder !== 'native') {
    // Maven's script for Windows cannot be started without handing its arguments to a shell.
    const problem = 'is a Windows runner, on which this action does not run Maven';
    problems.push({ subject: 'runs-on', problem, example: 'ubuntu-24.04' });
  }
  if (inputs.goals.trim() === '') problems.push({ subject: 'goals', problem: 'is empty', example: 'clean install' });
  if ((inputs.registryUsername === undefined) !== (inputs.registryPassword === undefined)) {
    const missing = inputs.registryUsername === undefined ? 'registry-username' : 'registry-password';
    problems.push({ subject: missing, problem: 'is missing: user name and password go together' });
  }
  if (inputs.image === undefined) {
    const useless = [
      ['tags', inputs.tags.length > 0],
      ['base-image', inputs.baseImage !== undefined],
      ['platforms', inputs.platforms.length > 0],
      ['labels', inputs.labels.length > 0],
      ['files', inputs.files.length > 0],
      ['build-args', inputs.buildArgs.length > 0],
      ['sbom', inputs.sbom],
      ['provenance', inputs.provenance],
    ] as const;
    for (const [subject, given] of useless) {
      if (given)
        problems.push({
          subject,
          problem: 'is given and image is not',
          example: 'image: ghcr.io/acme/employee-service',
        });
    }
  }
  for (const tag of inputs.tags) {
    const problem = tagProblem(tag);
    if (problem !== undefined) problems.push({ subject: 'tags', problem: `'${tag}' ${problem}`, example: '1.4.0' });
  }
  problems.push(...problemsOfExtraFiles(extraFilesOf(inputs)));
  if (problems.length > 0) throw new InputError(codes.INPUT_INVALID, problems);
}

function extraFilesOf({ files }: Inputs): ExtraFile[] {
  return files.map(({ key, value }) => ({ source: key.trim(), target: value.trim() }));
}

/**
 * The image that the inputs ask for. Reads the Dockerfile and deployment.toml, so that a mistake in them is known
 * before Maven runs.
 * @throws InputError
 */
export function imageRequest(
  inputs: Inputs,
  project: MavenProject | undefined,
  files: Files,
  commit: string | undefined,
): ImageRequest | undefined {
  if (inputs.image === undefined) return undefined;
  const { registry, repository, tag, digest } = parseReference(inputs.image, 'image');
  if (digest !== undefined) {
    const problem = 'has a digest: name the repository, the digest is what this step finds out';
    throw new InputError(codes.INPUT_INVALID, [{ subject: 'image', problem, example: `${registry}/${repository}` }]);
  }
  const dockerfile = dockerfileOf(inputs, project, files);
  const given = [...new Set([...inputs.tags, ...(tag === undefined ? [] : [tag])])];
  return {
    target: { registry, repository },
    tags: given.length > 0 || commit === undefined ? given : [commit],
    base: baseOf(inputs, dockerfile?.build.build.base, project),
    platforms: inputs.platforms.length === 0 ? 'all' : inputs.platforms.map((platform) => parsePlatform(platform)),
    deploymentToml: deploymentTomlOf(inputs, dockerfile, project, files),
    labels: Object.fromEntries(inputs.labels.map(({ key, value }) => [key, value])),
    push: inputs.push,
    logins:
      inputs.registryUsername === undefined || inputs.registryPassword === undefined
        ? []
        : [{ registry, username: inputs.registryUsername, password: inputs.registryPassword }],
    ca: inputs.registryCa === undefined ? undefined : readFileSync(inputs.registryCa, 'utf8'),
    how: howOf(inputs, dockerfile),
    imageBuilder: inputs.imageBuilder,
    dockerfile,
    buildArguments: buildArgumentsOf(inputs),
    ownDeploymentToml: inputs.deploymentToml,
    ownBase: inputs.baseImage !== undefined,
    files: extraFilesOf(inputs),
    sbom: inputs.sbom,
    provenance: inputs.provenance,
    timeoutMs: inputs.timeout,
  };
}

/** @throws InputError DOCKERFILE_INVALID */
function dockerfileOf(inputs: Inputs, project: MavenProject | undefined, files: Files): FoundDockerfile | undefined {
  const path = inputs.dockerfile ?? (project === undefined ? undefined : join(project.folder, 'Dockerfile'));
  if (path === undefined || !isFile(path)) return undefined;
  const build = readDockerfileBuild(path, buildArgumentsOf(inputs), (file) => files.display(file));
  return { path, folder: dirname(path), build };
}

function buildArgumentsOf({ buildArgs }: Inputs): Record<string, string> {
  return Object.fromEntries(buildArgs.map(({ key, value }) => [key, value]));
}

/** @throws InputError INPUT_INVALID when docker is asked for and there is no Dockerfile */
function howOf(inputs: Inputs, dockerfile: FoundDockerfile | undefined): ImageRequest['how'] {
  if (dockerfile === undefined) {
    if (inputs.imageBuilder !== 'docker') return 'layers';
    const problem = 'is docker, and there is no Dockerfile';
    throw new InputError(codes.INPUT_INVALID, [{ subject: 'image-builder', problem, example: 'layers' }]);
  }
  if (inputs.imageBuilder === 'docker') return 'docker';
  // The Dockerfile of a project copies what its own build makes. Of other carbon applications it says only the base.
  if (inputs.cars.length > 0 && inputs.dockerfile === undefined) return 'layers';
  if (dockerfile.build.build.needsDocker.length === 0) return 'dockerfile';
  return inputs.imageBuilder === 'layers' ? 'layers' : 'docker';
}

/** @throws InputError BASE_IMAGE_UNKNOWN, IMAGE_REFERENCE_INVALID */
function baseOf(inputs: Inputs, from: string | undefined, project: MavenProject | undefined): ImageReference {
  if (inputs.baseImage !== undefined) return parseReference(inputs.baseImage, 'base-image');
  if (from !== undefined) return parseReference(from, 'dockerfile');
  const version = project?.modules
    .map(({ pom }) => pom.properties['project.runtime.version'])
    .find((found) => found !== undefined && /^\d/.test(found));
  if (version !== undefined) return parseReference(defaultBase(version), 'base-image');
  throw new InputError(miCodes.BASE_IMAGE_UNKNOWN, [
    {
      subject: 'base-image',
      problem: 'is needed: no Dockerfile and no project.runtime.version in the pom say what to build on',
      example: 'wso2/wso2mi:4.4.0',
    },
  ]);
}

/** @throws InputError DEPLOYMENT_TOML_MALFORMED, FILE_UNREADABLE */
function deploymentTomlOf(
  inputs: Inputs,
  dockerfile: FoundDockerfile | undefined,
  project: MavenProject | undefined,
  files: Files,
): string | undefined {
  const copied = dockerfile === undefined ? undefined : tomlSourceOf(dockerfile.build.build);
  const fromDockerfile =
    dockerfile === undefined || copied === undefined ? undefined : resolve(dockerfile.folder, copied);
  if (inputs.deploymentToml === undefined && fromDockerfile !== undefined) {
    const problem = !isInside(files.workspace, fromDockerfile)
      ? 'lies outside the workspace'
      : isFile(fromDockerfile)
        ? undefined
        : 'does not exist, and the Dockerfile copies it';
    if (problem !== undefined) {
      throw new InputError(codes.FILE_UNREADABLE, [{ subject: files.display(fromDockerfile), problem }]);
    }
  }
  const own = project === undefined ? undefined : join(project.folder, 'deployment/deployment.toml');
  const file = inputs.deploymentToml ?? fromDockerfile ?? (own !== undefined && isFile(own) ? own : undefined);
  if (file !== undefined) parseDeploymentToml(readFileSync(file, 'utf8'), files.display(file));
  return file;
}

/** The source of a COPY to the deployment.toml that MI reads, so that a mistake in it is known before Maven runs. */
function tomlSourceOf({ stages }: Build): string | undefined {
  for (const { word, rest } of stages.flat()) {
    if (word !== 'COPY' && word !== 'ADD') continue;
    const words = jsonList(rest) ?? splitBlanks(rest);
    const [source = '', target = ''] = words;
    if (words.length !== 2 || /[$*?[]/.test(source) || target.includes('/repository/conf')) continue;
    const intoFolder = /\/conf\/?$/.test(target) && source.endsWith('deployment.toml');
    if (intoFolder || target.endsWith('/conf/deployment.toml')) return source;
  }
  return undefined;
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
