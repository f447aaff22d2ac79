/** What `auto` does where docker has buildx: a stand-in for docker that knows buildx answers; the registry is a real one. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { seedMicroIntegratorBase } from '@wso2-delivery/lab/registry/micro-integrator-base';
import { type LabRegistry, startRegistry } from '@wso2-delivery/lab/registry/registry';
import type { Exec, ExecRequest } from '@wso2-delivery/shared/base/ports';
import { root, workspace, type Workspace } from '../../../support/build-mi.ts';

const CAR = 'employee-service_1.0.0.car';
const SECRET = 'registry-secret';
let registry: LabRegistry;
let base: string;
beforeAll(async () => {
  registry = await startRegistry();
  await seedMicroIntegratorBase(registry, { repository: 'wso2/wso2mi', tag: '4.2.0', version: '4.2.0' });
  base = `${registry.host}/wso2/wso2mi:4.2.0`;
});
afterAll(() => registry.close());

interface Behaviour {
  /** What `docker buildx build` writes, and how it ends. */
  readonly says?: string;
  readonly exitCode?: number;
  /** Which of the tags it leaves in the registry. */
  readonly pushes?: (tag: string) => boolean;
}

/** docker 28 with buildx: a push leaves the base image under the tags that it was given. */
function dockerWithBuildx(builds: ExecRequest[], { says = '', exitCode = 0, pushes = () => true }: Behaviour): Exec {
  const answer = (code: number, stdout: string) =>
    Promise.resolve({ exitCode: code, signal: null, stdout, stderr: '', truncated: false, durationMs: 1 });
  return {
    run: (request) => {
      const [first, second] = request.args;
      if (first === 'version') return answer(0, '28.2.2 28.2.2\n');
      if (first === 'buildx' && second === 'version') return answer(0, 'github.com/docker/buildx v0.24.0 d0e5e86\n');
      builds.push(request);
      for (const line of says.split('\n')) request.onLine?.(line, 'stderr');
      const manifest = registry.store.manifest('wso2/wso2mi', '4.2.0');
      request.args.forEach((argument, index) => {
        const [, repository = '', tag = ''] = /^[^/]+\/(.+):([^:]+)$/.exec(argument) ?? [];
        if (request.args[index - 1] !== '--tag' || exitCode !== 0 || !pushes(tag) || manifest === undefined) return;
        registry.store.putManifest(repository, manifest, tag);
      });
      return answer(exitCode, says);
    },
    start: () => Promise.reject(new Error('nothing is started here')),
  };
}

let work: Workspace;
let builds: ExecRequest[];
const open = (behaviour: Behaviour = {}) => {
  builds = [];
  work = workspace({ exec: dockerWithBuildx(builds, behaviour), variables: { PATH: '/bin', GITHUB_SHA: 'c0ffee' } });
  work.copy(join(root, 'examples/employee-service/prebuilt', CAR), CAR);
  work.put('Dockerfile', `FROM ${base}\nRUN echo hello\nCOPY *.car /home/wso2carbon/\n`);
};
const given = (repository: string) => ({
  cars: CAR,
  dockerfile: 'Dockerfile',
  image: `${registry.host}/${repository}`,
  tags: '1.0.0\nlatest',
  platforms: 'linux/amd64\nlinux/arm64',
  'build-args': 'VERSION=4.2.0',
  'registry-username': 'me',
  'registry-password': SECRET,
});
beforeEach(() => open());
afterEach(() => work.ports.dispose());

describe('a Dockerfile that executes something, where docker has buildx', () => {
  test('is built and pushed by one command, whose arguments are these and hold no password', async () => {
    const { outputs, failure, facts } = await work.run(given('acme/one'));
    expect(failure).toBeUndefined();
    expect(facts).toMatchObject({ image: { builder: 'docker', platforms: ['linux/amd64', 'linux/arm64'] } });
    expect(builds).toHaveLength(1);
    const { args, env, timeoutMs } = builds[0]!;
    const at = (name: string) => `${registry.host}/acme/one:${name}`;
    const workspaceFolder = work.ports.files.workspace;
    expect(args.slice(0, 13)).toEqual([
      ...['buildx', 'build', '--progress=plain', '--provenance=false', '--push'],
      ...['--file', join(workspaceFolder, 'Dockerfile'), '--tag', at('1.0.0'), '--tag', at('latest')],
      ...['--platform', 'linux/amd64,linux/arm64'],
    ]);
    expect(args.slice(-3)).toEqual(['--build-arg', 'VERSION=4.2.0', workspaceFolder]);
    const label = 'io.wso2-delivery.carbon-applications=[{"name":"employee-service","version":"1.0.0"}]';
    expect(args[args.indexOf(label) - 1]).toBe('--label');
    expect(args.join('\0')).not.toContain(SECRET);
    // The password goes by a configuration of its own, which is gone with the step; BuildKit is not forced upon it.
    expect(env).toMatchObject({ DOCKER_CONFIG: expect.any(String), BUILDKIT_PROGRESS: 'plain' });
    expect(env).not.toHaveProperty('DOCKER_BUILDKIT');
    expect(readFileSync(join(env?.DOCKER_CONFIG ?? '', 'config.json'), 'utf8')).toContain(
      Buffer.from(`me:${SECRET}`).toString('base64'),
    );
    expect(timeoutMs).toBe(1_800_000);
    expect(outputs.digest).toBe(registry.store.manifest('acme/one', 'latest')?.digest);
    work.ports.dispose();
    expect(existsSync(env?.DOCKER_CONFIG ?? '')).toBe(false);
  });

  test('shows what buildx says as it comes', async () => {
    open({ says: '#5 [2/3] RUN echo hello\n#5 0.123 hello\n#5 DONE 0.2s' });
    await work.run(given('acme/two'));
    expect(work.ports.lines).toEqual(expect.arrayContaining(['#5 [2/3] RUN echo hello', '#5 0.123 hello']));
  });

  test.each([
    [
      '#6 ERROR: process "/bin/sh -c exit 3" did not complete successfully: exit code: 3\nDockerfile:2\n--------------------\n   2 | >>> RUN exit 3\n--------------------\nERROR: failed to solve: process "/bin/sh -c exit 3" did not complete successfully: exit code: 3',
      { code: 'DOCKER_STEP_FAILED', exitCode: 1, location: { file: 'Dockerfile', line: 2 } },
    ],
    [
      'ERROR: failed to solve: failed to push ghcr.io/acme/app:1: unexpected status from POST request to https://ghcr.io/v2/acme/app/blobs/uploads/: 401 Unauthorized',
      { kind: 'tool', exitCode: 1 },
    ],
    [
      'ERROR: Multi-platform build is not supported for the docker driver.\nSwitch to a different driver, or turn on the containerd image store, and try again.',
      { code: 'DOCKER_PLATFORM_UNSUPPORTED', exitCode: 1 },
    ],
  ])('%j is an error with a code, and there is no digest', async (says, expected) => {
    open({ says, exitCode: 1 });
    const { outputs, failure } = await work.run(given('acme/three'));
    expect(failure).toMatchObject(expected);
    expect(outputs.digest).toBeUndefined();
    expect(outputs.image).toBeUndefined();
  });

  test('that says success and has not pushed a tag is found out in the registry', async () => {
    open({ pushes: (tag) => tag === '1.0.0' });
    const { outputs, failure } = await work.run(given('acme/four'));
    expect(failure).toMatchObject({ kind: 'verification', code: 'IMAGE_TAG_MISMATCH' });
    expect((failure as Error).message).toContain('acme/four:latest is not in the registry');
    expect(outputs.image).toBeUndefined();
  });

  const another = `sha256:${'a'.repeat(64)}`;
  test.each([
    ['buildx', `#9 pushing manifest for reg.example/acme/five:1.0.0@${another} 0.1s done`],
    ['docker push', `1.0.0: digest: ${another} size: 1234`],
  ])('that pushes one image (%s) and the tags name another is found out, too', async (_, says) => {
    open({ says });
    const { outputs, failure } = await work.run(given('acme/five'));
    expect(failure).toMatchObject({ code: 'IMAGE_TAG_MISMATCH' });
    expect((failure as Error).message).toContain(
      `docker pushed ${another}, and ${registry.host}/acme/five:1.0.0 names`,
    );
    expect(outputs.digest).toBeUndefined();
  });

  test('that pushes what the tags name is believed', async () => {
    const { digest = '' } = registry.store.manifest('wso2/wso2mi', '4.2.0') ?? {};
    open({ says: `#9 pushing manifest for reg.example/acme/six:1.0.0@${digest} 0.1s done` });
    expect((await work.run(given('acme/six'))).outputs.digest).toBe(digest);
  });
});
