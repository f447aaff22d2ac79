import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readJob } from '@wso2-delivery/shared/run/job';
import { type DockerBuild, dockerCommands } from '@wso2-delivery/shared/oci/docker/builder';
import { writeClientConfig } from '@wso2-delivery/shared/oci/docker/client-config';
import { diagnoseDocker } from '@wso2-delivery/shared/oci/docker/failures';

describe('what docker says', () => {
  test.each([
    [
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
      'DOCKER_UNAVAILABLE',
      'no docker daemon answers at unix:///var/run/docker.sock',
    ],
    [
      'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Get',
      'DOCKER_UNAVAILABLE',
      'docker may not use its daemon',
    ],
    [
      'ERROR: BuildKit is enabled but the buildx component is missing or broken.',
      'DOCKER_UNAVAILABLE',
      'buildx component is missing',
    ],
    [
      'ERROR: failed to solve: process "/bin/sh -c exit 3" did not complete successfully: exit code: 3',
      'DOCKER_STEP_FAILED',
      "'/bin/sh -c exit 3' ended with exit code 3",
    ],
    [
      'failed to solve with frontend dockerfile.v0: failed to build LLB: executor failed running [/bin/sh -c false]: exit code: 1',
      'DOCKER_STEP_FAILED',
      "'/bin/sh -c false' ended with exit code 1",
    ],
    ["The command '/bin/sh -c false' returned a non-zero code: 1", 'DOCKER_STEP_FAILED', 'exit code 1'],
    [
      'ERROR: failed to solve: acme/mi:9: failed to resolve source metadata for docker.io/acme/mi:9: not found',
      'DOCKER_BASE_UNAVAILABLE',
      'docker cannot pull acme/mi:9: not found',
    ],
    [
      'pull access denied for acme/mi, repository does not exist or may require',
      'DOCKER_BASE_UNAVAILABLE',
      'docker cannot pull acme/mi',
    ],
    ['unauthorized: authentication required', 'REGISTRY_UNAUTHORIZED', 'authentication required'],
    ['denied: requested access to the resource is denied', 'REGISTRY_UNAUTHORIZED', 'requested access'],
    ['write /x: no space left on device', 'DOCKER_NO_SPACE', 'no space left on device'],
    [
      'ERROR: Multi-platform build is not supported for the docker driver.',
      'DOCKER_PLATFORM_UNSUPPORTED',
      'Multi-platform build is not supported',
    ],
    ['exec /bin/sh: exec format error', 'DOCKER_PLATFORM_UNSUPPORTED', 'exec format error'],
    [
      'tls: failed to verify certificate: x509: certificate signed by unknown authority',
      'DOCKER_CERTIFICATE',
      'unknown authority',
    ],
    ['ERROR: failed to solve: failed to compute cache key: "/none.txt": not found', 'DOCKER_BUILD_FAILED', 'none.txt'],
    [
      'failed to solve: failed to compute cache key: "/none.txt" not found: not found',
      'DOCKER_BUILD_FAILED',
      'none.txt',
    ],
    [
      'failed to create LLB definition: docker.io/acme/mi:9: not found',
      'DOCKER_BASE_UNAVAILABLE',
      'docker cannot pull docker.io/acme/mi:9',
    ],
    ['something new\n', 'DOCKER_BUILD_FAILED', 'something new'],
    ['', 'DOCKER_BUILD_FAILED', 'docker gave no reason'],
  ])('%s', (output, code, message) => {
    const diagnosis = diagnoseDocker(output);
    expect(diagnosis.code.code).toBe(code);
    expect(diagnosis.message).toContain(message);
  });

  test.each([
    ['Dockerfile:3\n--------------------\n   3 | >>> RUN false\n', 3],
    ['ci/Dockerfile.prod:12\n', 12],
    ['dockerfile parse error on line 2: unknown instruction: FOO', 2],
    ['nothing', undefined],
  ])('%j names line %s', (output, line) => {
    expect(diagnoseDocker(output).line).toBe(line);
  });
});

const build: DockerBuild = {
  dockerfile: '/w/Dockerfile',
  shownDockerfile: 'Dockerfile',
  context: '/w',
  target: { registry: 'ghcr.io', repository: 'acme/app' },
  tags: ['1', 'latest'],
  platforms: [{ os: 'linux', architecture: 'amd64' }],
  labels: { a: 'b=c' },
  buildArguments: { V: '1' },
  logins: [{ registry: 'ghcr.io', username: 'me', password: 'hunter22' }],
  timeoutMs: 1000,
};

test('buildx builds and pushes in one command, without it each tag is pushed; no password stands in any', () => {
  const names = ['--tag', 'ghcr.io/acme/app:1', '--tag', 'ghcr.io/acme/app:latest'];
  const rest = [
    '--file',
    '/w/Dockerfile',
    ...names,
    '--platform',
    'linux/amd64',
    '--label',
    'a=b=c',
    '--build-arg',
    'V=1',
    '/w',
  ];
  const engine = { version: '28.0.0', clientVersion: '28.0.0' };
  expect(dockerCommands(build, { ...engine, buildx: true })).toEqual([
    ['buildx', 'build', '--progress=plain', '--provenance=false', '--push', ...rest],
  ]);
  expect(dockerCommands(build, { ...engine, buildx: false })).toEqual([
    ['build', ...rest],
    ['push', 'ghcr.io/acme/app:1'],
    ['push', 'ghcr.io/acme/app:latest'],
  ]);
  expect(JSON.stringify(dockerCommands(build, { ...engine, buildx: true }))).not.toContain('hunter22');
});

describe('the configuration of the client', () => {
  const within = (config: object | string | undefined, check: (own: string, folder: string) => void) => {
    const own = mkdtempSync(join(tmpdir(), 'docker-own-'));
    const folder = mkdtempSync(join(tmpdir(), 'docker-new-'));
    if (config !== undefined) {
      writeFileSync(join(own, 'config.json'), typeof config === 'string' ? config : JSON.stringify(config));
    }
    mkdirSync(join(own, 'buildx'));
    try {
      check(own, folder);
    } finally {
      rmSync(own, { recursive: true });
      rmSync(folder, { recursive: true });
    }
  };
  const write = (own: string, folder: string) =>
    writeClientConfig(build.logins, folder, readJob({ DOCKER_CONFIG: own }));
  const auth = { auth: Buffer.from('me:hunter22').toString('base64') };

  test('has the login, and everything that was there; readable by nobody else', () => {
    const there = {
      auths: { 'other.example': { auth: 'x' }, 'ghcr.io': { auth: 'old' } },
      proxies: {},
      credHelpers: { 'ghcr.io': 'gh', 'ecr.example': 'ecr' },
    };
    within(there, (own, folder) => {
      expect(write(own, folder)).toBe(folder);
      expect(JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'))).toEqual({
        auths: { 'other.example': { auth: 'x' }, 'ghcr.io': auth },
        proxies: {},
        credHelpers: { 'ecr.example': 'ecr' },
      });
      expect(statSync(join(folder, 'config.json')).mode & 0o777).toBe(0o600);
      expect(statSync(join(folder, 'buildx')).isDirectory()).toBe(true);
    });
  });

  test('asks a general store by name, so that it does not hide the login', () => {
    within({ credsStore: 'desktop', auths: { 'other.example': {} } }, (own, folder) => {
      write(own, folder);
      expect(JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'))).toEqual({
        auths: { 'other.example': {}, 'ghcr.io': auth },
        credHelpers: { 'other.example': 'desktop' },
      });
    });
  });

  test('is the old one where there is no login', () => {
    within({}, (own, folder) => {
      expect(writeClientConfig([], folder, readJob({ DOCKER_CONFIG: own }))).toBeUndefined();
    });
  });

  test('that is no JSON is named', () => {
    within('{', (own, folder) => {
      expect(() => write(own, folder)).toThrow('is not readable JSON');
    });
  });
});
