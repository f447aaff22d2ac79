/** Building with docker what cannot be built without it, and pushing it; what was pushed the registry tells. */
import { ToolError, VerificationError } from '../../base/errors.ts';
import type { ExecResult, Ports } from '../../base/ports.ts';
import { tail } from '../../base/text.ts';
import { codes } from '../codes.ts';
import type { Login } from '../credentials.ts';
import { formatPlatform, type Platform } from '../platform.ts';
import type { Registries } from '../registry.ts';
import { writeClientConfig } from './client-config.ts';
import { diagnoseDocker } from './failures.ts';

export type DockerPorts = Pick<Ports, 'exec' | 'files' | 'log' | 'job' | 'secrets'>;

export interface DockerEngine {
  readonly version: string;
  readonly buildx: boolean;
  /** Of the client. */
  readonly clientVersion: string;
}

export interface DockerBuild {
  /** Absolute. */
  readonly dockerfile: string;
  /** How it is called in messages. */
  readonly shownDockerfile: string;
  /** The folder of the build context, absolute. */
  readonly context: string;
  readonly target: { readonly registry: string; readonly repository: string };
  /** At least one. */
  readonly tags: readonly string[];
  readonly platforms: readonly Platform[];
  readonly labels: Readonly<Record<string, string>>;
  readonly buildArguments: Readonly<Record<string, string>>;
  readonly logins: readonly Login[];
  readonly timeoutMs: number;
}

const QUICK_MS = 20_000;

/** The docker on this machine; the reason as a text when it does not answer. */
export async function findDocker({ exec }: Pick<Ports, 'exec'>): Promise<DockerEngine | string> {
  let result: ExecResult;
  try {
    const format = '{{.Server.Version}} {{.Client.Version}}';
    result = await exec.run({ command: 'docker', args: ['version', '--format', format], timeoutMs: QUICK_MS });
  } catch (error) {
    if (error instanceof ToolError) return error.message;
    throw error;
  }
  if (result.exitCode !== 0) return diagnoseDocker(`${result.stdout}\n${result.stderr}`).message;
  const [version = '', clientVersion = ''] = result.stdout.trim().split(' ');
  const buildx = await exec.run({ command: 'docker', args: ['buildx', 'version'], timeoutMs: QUICK_MS });
  return { version, clientVersion, buildx: buildx.exitCode === 0 };
}

/** What docker is started with, one command after the other. Pure. */
export function dockerCommands(build: DockerBuild, engine: DockerEngine): string[][] {
  const { registry, repository } = build.target;
  const names = build.tags.map((tag) => `${registry}/${repository}:${tag}`);
  const common = [
    '--file',
    build.dockerfile,
    ...names.flatMap((name) => ['--tag', name]),
    ...(build.platforms.length === 0 ? [] : ['--platform', build.platforms.map(formatPlatform).join(',')]),
    ...Object.entries(build.labels).flatMap(([key, value]) => ['--label', `${key}=${value}`]),
    ...Object.entries(build.buildArguments).flatMap(([key, value]) => ['--build-arg', `${key}=${value}`]),
  ];
  if (engine.buildx) {
    return [['buildx', 'build', '--progress=plain', '--provenance=false', '--push', ...common, build.context]];
  }
  return [['build', ...common, build.context], ...names.map((name) => ['push', name])];
}

/**
 * Builds and pushes.
 * @returns the digest for which every tag stands in the registry
 * @throws ToolError DOCKER_… with docker's own words; ServiceError; VerificationError IMAGE_TAG_MISMATCH
 */
export async function buildWithDocker(
  build: DockerBuild,
  engine: DockerEngine,
  registries: Registries,
  ports: DockerPorts,
): Promise<{ readonly digest: string }> {
  for (const { username, password } of build.logins) {
    ports.secrets.register(password);
    ports.secrets.register(`${username}:${password}`);
  }
  const config = writeClientConfig(build.logins, await ports.files.privateFolder('docker-config'), ports.job);
  const env = {
    ...(config !== undefined && { DOCKER_CONFIG: config }),
    // Clients from 23 on need buildx for it; older ones speak to BuildKit themselves.
    ...(!engine.buildx && { DOCKER_BUILDKIT: Number.parseInt(engine.clientVersion, 10) < 23 ? '1' : '0' }),
    BUILDKIT_PROGRESS: 'plain',
  };
  const announced = new Set<string>();
  for (const args of dockerCommands(build, engine)) {
    ports.log.info(`docker ${args.slice(0, 2).join(' ')} …`);
    const result = await ports.exec.run({
      command: 'docker',
      args,
      env,
      timeoutMs: build.timeoutMs,
      onLine: (line) => {
        if (line.trim() !== '') ports.log.info(line);
      },
    });
    if (result.exitCode !== 0) throw failed(build, args, result);
    for (const digest of announcedDigests(`${result.stdout}\n${result.stderr}`)) announced.add(digest);
  }
  return { digest: await pushedDigest(build, announced, registries) };
}

function failed(build: DockerBuild, args: readonly string[], { stdout, stderr, exitCode }: ExecResult): ToolError {
  const output = `${stdout}\n${stderr}`;
  const { code, message, line } = diagnoseDocker(output);
  return new ToolError(code, `docker ${args[0] === 'push' ? 'push' : 'build'} failed: ${message}`, {
    command: ['docker', ...args],
    exitCode,
    evidence: tail(output, 40),
    ...(line !== undefined && { location: { file: build.shownDockerfile, line } }),
  });
}

/** What docker says that it has pushed: `docker push` at its end, BuildKit in its progress. */
function announcedDigests(output: string): string[] {
  const lines = /(?:^\S+: digest: |pushing manifest for \S+@)(sha256:[0-9a-f]{64})/gm;
  return [...output.matchAll(lines)].flatMap(([, digest]) => digest ?? []);
}

/** The local image's digest is another one than the registry's: only the registry knows what others will pull. */
async function pushedDigest(
  { target, tags }: DockerBuild,
  announced: ReadonlySet<string>,
  registries: Registries,
): Promise<string> {
  const repository = registries.repository(target, 'pull,push');
  const found = await Promise.all(tags.map(async (tag) => ({ tag, digest: (await repository.manifest(tag))?.digest })));
  const digest = found[0]?.digest;
  const other = found.find((entry) => entry.digest !== digest);
  if (digest === undefined || other !== undefined) {
    const { tag, digest: names } = other ?? found[0] ?? { tag: '', digest: undefined };
    throw new VerificationError(
      codes.IMAGE_TAG_MISMATCH,
      `docker reported success, and ${repository.fullName}:${tag} ${names === undefined ? 'is not in the registry' : `names ${names} instead of ${digest ?? ''}`}`,
    );
  }
  // A tag that an earlier build left would answer, too.
  if (announced.size > 0 && !announced.has(digest)) {
    throw new VerificationError(
      codes.IMAGE_TAG_MISMATCH,
      `docker pushed ${[...announced].join(', ')}, and ${repository.fullName}:${tags[0] ?? ''} names ${digest}`,
    );
  }
  return digest;
}
