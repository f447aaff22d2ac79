/** `image-builder: docker`, and what `auto` hands to docker. */
import { codes as baseCodes } from '@wso2-delivery/shared/base/codes';
import { InputError, type Problem } from '@wso2-delivery/shared/base/errors';
import type { Ports } from '@wso2-delivery/shared/base/ports';
import { codes } from '@wso2-delivery/shared/mi/codes';
import { buildWithDocker, type DockerEngine, findDocker } from '@wso2-delivery/shared/oci/docker/builder';
import type { NeedsDocker } from '@wso2-delivery/shared/oci/dockerfile/stages';
import { codes as ociCodes } from '@wso2-delivery/shared/oci/codes';
import { creationTime } from '@wso2-delivery/shared/oci/manifest';
import { formatPlatform } from '@wso2-delivery/shared/oci/platform';
import { openRegistries, type Registries } from '@wso2-delivery/shared/oci/registry';
import type { CarbonApplication } from './carbon-applications.ts';
import { imageLabels, namesOf } from './image-labels.ts';
import type { MadeImage } from './image.ts';
import type { ImageRequest } from './request.ts';

export interface PreparedDocker {
  readonly engine: DockerEngine;
  readonly registries: Registries;
}

/**
 * Asks whether docker is there, and whether docker can do what the inputs ask for.
 * @param needs the instructions that need it; empty when the workflow wants it
 * @throws InputError DOCKERFILE_UNSUPPORTED, DOCKER_UNAVAILABLE, INPUT_INVALID
 */
export async function prepareDocker(
  request: ImageRequest,
  needs: readonly NeedsDocker[],
  ports: Ports,
): Promise<PreparedDocker> {
  const file = request.dockerfile?.build.file ?? 'Dockerfile';
  const engine = await findDocker(ports);
  if (typeof engine === 'string') {
    if (needs.length === 0) {
      throw new InputError(ociCodes.DOCKER_UNAVAILABLE, [
        { subject: 'image-builder', problem: `is docker, and ${engine}` },
      ]);
    }
    throw new InputError(
      codes.DOCKERFILE_UNSUPPORTED,
      needs.map(({ line, instruction, why }) => ({
        subject: file,
        problem: `line ${line} ${why} (${instruction}), which needs docker, and ${engine}`,
        location: { file, line },
      })),
    );
  }
  const problems = problemsWithDocker(request);
  if (problems.length > 0) throw new InputError(baseCodes.INPUT_INVALID, problems);
  const reason = needs.map(({ line, why }) => `line ${line} ${why}`).join(', ');
  ports.log.info(`docker ${engine.version} builds the image${reason === '' ? '' : `: ${file} ${reason}`}`);
  return { engine, registries: openRegistries(ports, { logins: request.logins, ca: request.ca }) };
}

function problemsWithDocker(request: ImageRequest): Problem[] {
  const useless: readonly (readonly [string, boolean, string])[] = [
    ['files', request.files.length > 0, 'is not for docker: copy the files in the Dockerfile'],
    ['deployment-toml', request.ownDeploymentToml !== undefined, 'is not for docker: copy the file in the Dockerfile'],
    ['base-image', request.ownBase, 'is not for docker: FROM of the Dockerfile says it, an ARG can make it variable'],
    ['push', !request.push, 'is false, and the digest of what docker builds is known only in the registry'],
    ['tags', request.tags.length === 0, 'is empty, and docker pushes by tag'],
  ];
  return useless.flatMap(([subject, given, problem]) => (given ? [{ subject, problem }] : []));
}

/** @throws ToolError DOCKER_…; ServiceError; VerificationError IMAGE_TAG_MISMATCH */
export async function makeWithDocker(
  request: ImageRequest,
  { engine, registries }: PreparedDocker,
  applications: readonly CarbonApplication[],
  ports: Ports,
): Promise<MadeImage> {
  const { dockerfile, target, tags, platforms, buildArguments, logins } = request;
  if (dockerfile === undefined) {
    throw new InputError(baseCodes.INPUT_INVALID, [{ subject: 'dockerfile', problem: 'is needed for docker' }]);
  }
  const created = creationTime(ports.job.variable('SOURCE_DATE_EPOCH'));
  const chosen = platforms === 'all' ? [] : platforms;
  const { digest } = await ports.log.group('docker build', () =>
    buildWithDocker(
      {
        dockerfile: dockerfile.path,
        shownDockerfile: dockerfile.build.file,
        context: dockerfile.folder,
        target,
        tags,
        platforms: chosen,
        labels: { ...imageLabels(applications, namesOf(applications), undefined, created, ports), ...request.labels },
        buildArguments,
        logins,
        timeoutMs: request.timeoutMs,
      },
      engine,
      registries,
      ports,
    ),
  );
  return {
    builder: 'docker',
    repository: `${target.registry}/${target.repository}`,
    digest,
    tags,
    platforms: chosen.map(formatPlatform),
    pushed: true,
    base: dockerfile.build.build.base,
    baseDigest: undefined,
    bytesUploaded: undefined,
  };
}
