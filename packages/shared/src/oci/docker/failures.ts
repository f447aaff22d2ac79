/** What docker's words mean: a table of known failures, the most specific first. */
import type { ErrorCode } from '../../base/errors.ts';
import { neutralise, oneLine } from '../../base/text.ts';
import { codes } from '../codes.ts';

export interface DockerDiagnosis {
  readonly code: ErrorCode;
  /** The cause, on one line. */
  readonly message: string;
  /** The line of the Dockerfile where docker names one. */
  readonly line: number | undefined;
}

interface KnownFailure {
  readonly code: ErrorCode;
  readonly seen: RegExp;
  readonly says: (match: Readonly<Record<string, string | undefined>>) => string;
}

const known: readonly KnownFailure[] = [
  {
    code: codes.DOCKER_UNAVAILABLE,
    seen: /Cannot connect to the Docker daemon at (?<where>\S+?)\.? Is the docker daemon running|permission denied while trying to connect to the [Dd]ocker daemon socket at (?<denied>\S+)|error during connect: (?<other>[^\n]+)/,
    says: ({ where, denied, other }) =>
      denied !== undefined
        ? `docker may not use its daemon at ${denied}`
        : `no docker daemon answers${where === undefined ? `: ${other ?? ''}` : ` at ${where}`}`,
  },
  {
    code: codes.DOCKER_UNAVAILABLE,
    seen: /(?<what>BuildKit is enabled but the buildx component is missing or broken)/,
    says: ({ what = '' }) => what,
  },
  {
    code: codes.DOCKER_NO_SPACE,
    seen: /(?<what>[^\n]*no space left on device)/,
    says: ({ what = '' }) => `docker ran out of disk space: ${what}`,
  },
  {
    code: codes.DOCKER_PLATFORM_UNSUPPORTED,
    seen: /(?<what>Multi-platform build is not supported for the docker driver|multiple platforms feature is currently not supported for docker driver|exec format error|no match for platform in manifest[^\n]*)/i,
    says: ({ what = '' }) => `docker cannot build for that platform: ${what}`,
  },
  {
    code: codes.DOCKER_STEP_FAILED,
    seen: /process "(?<command>[^\n]*?)" did not complete successfully: exit code: (?<exit>\d+)|executor failed running \[(?<words>[^\n]*)\]: exit code: (?<code>\d+)|The command '(?<legacy>[^\n]*)' returned a non-zero code: (?<status>\d+)/,
    says: ({ command, exit, words, code, legacy, status }) =>
      `'${command ?? words ?? legacy ?? ''}' ended with exit code ${exit ?? code ?? status ?? '?'}`,
  },
  {
    code: codes.DOCKER_BASE_UNAVAILABLE,
    seen: /(?<image>[\w.-]+(?:[/:@][\w./:@-]*\w)+): (?:failed to resolve source metadata for \S+: )?(?<why>not found|pull access denied[^\n]*|failed to authorize[^\n]*|insufficient_scope[^\n]*|toomanyrequests[^\n]*)|pull access denied for (?<denied>\S+?),|manifest for (?<missing>\S+) not found/,
    says: ({ image, why, denied, missing }) =>
      denied !== undefined || missing !== undefined
        ? `docker cannot pull ${denied ?? missing ?? ''}`
        : `docker cannot pull ${image ?? ''}: ${why ?? ''}`,
  },
  {
    code: codes.REGISTRY_UNAUTHORIZED,
    seen: /(?<what>unauthorized: [^\n]+|no basic auth credentials|denied: [^\n]+|push access denied[^\n]*|failed to push [^\n]*401 Unauthorized)/,
    says: ({ what = '' }) => `the registry refused docker's push: ${what}`,
  },
  {
    code: codes.DOCKER_CERTIFICATE,
    seen: /(?<what>x509: [^\n]+|http: server gave HTTP response to HTTPS client)/,
    says: ({ what = '' }) => `docker does not trust the registry: ${what}`,
  },
  {
    code: codes.DOCKER_BUILD_FAILED,
    seen: /(?:failed to solve[^:\n]*:\s+|failed to compute cache key: |Error response from daemon: |ERROR: )(?<what>[^\n]+)/,
    says: ({ what = '' }) => what,
  },
];

/** Reads docker's output (its streams joined). Always finds something: the last line when nothing is known. */
export function diagnoseDocker(output: string): DockerDiagnosis {
  const text = neutralise(output);
  const line =
    /^(?:[^\s:]*[Dd]ockerfile[^\s:]*):(\d+)$/m.exec(text)?.[1] ??
    /dockerfile parse error (?:on )?line (\d+)/i.exec(text)?.[1];
  const at = line === undefined ? undefined : Number(line);
  for (const { code, seen, says } of known) {
    const match = seen.exec(text);
    if (match !== null) return { code, message: oneLine(says(match.groups ?? {})), line: at };
  }
  const last = text.trimEnd().split('\n').at(-1) ?? '';
  return { code: codes.DOCKER_BUILD_FAILED, message: oneLine(last === '' ? 'docker gave no reason' : last), line: at };
}
