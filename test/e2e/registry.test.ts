import { execFile } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from '@jest/globals';
import { seedMicroIntegratorBase } from '@wso2-delivery/lab/registry/micro-integrator-base';
import { type LabRegistry, startRegistry } from '@wso2-delivery/lab/registry/registry';
import { buildLayer, directoriesOwnedBelow, type Layer } from '@wso2-delivery/shared/oci/layer';
import { type PushedImage, pushImage } from '@wso2-delivery/shared/oci/push';
import { parseReference } from '@wso2-delivery/shared/oci/reference';
import { openRegistries, type RegistryOptions } from '@wso2-delivery/shared/oci/registry';
import { resolveImage } from '@wso2-delivery/shared/oci/resolve';
import { type DockerRegistry, startDockerRegistry } from '../support/docker-registry.ts';
import { testPorts, type TestPorts } from '../support/ports.ts';
import { findTool, testWith } from '../support/tools.ts';

const run = promisify(execFile);
const BASE = 'wso2/wso2mi';
const TARGET = 'acme/employee-service';
const HOME = '/home/wso2carbon/wso2mi-4.4.0';
const CARS = `${HOME}/repository/deployment/server/carbonapps`;

const crane = findTool('crane') ?? '';
const conformance = findTool('conformance') ?? '';
const skopeo = findTool('skopeo') ?? '';

let folder: string;
let ports: TestPorts;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'registry-e2e-')));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  ports = testPorts({ variables: {} });
});
afterEach(() => ports.dispose());

async function carLayer(content = 'the carbon application'): Promise<Layer> {
  return buildLayer(
    {
      files: [
        { path: `${CARS}/employees_1.0.0.car`, content, mode: 0o644, uid: 10802, gid: 10802 },
        { path: `${HOME}/conf/deployment.toml`, content: '[server]\n', mode: 0o644, uid: 10802, gid: 10802 },
      ],
      directory: directoriesOwnedBelow('/home/wso2carbon', { uid: 10802, gid: 10802, mode: 0o755 }),
      modified: new Date(0),
      description: 'carbon applications',
    },
    await ports.files.privateFolder('layers'),
  );
}

async function push(from: string, host: string, options: RegistryOptions = {}, content?: string): Promise<PushedImage> {
  const registries = openRegistries(ports, options);
  return pushImage(
    {
      base: await resolveImage(parseReference(from), 'all', registries),
      target: { registry: host, repository: TARGET },
      tags: ['1.0.0', 'latest'],
      layers: [await carLayer(content)],
      labels: { 'com.example.applications': '[]' },
      annotations: { 'org.opencontainers.image.title': 'employees' },
      created: new Date(0),
    },
    registries,
  );
}

/** What `tar tv` says of an image's flattened file system: mode, owner and name. */
async function listing(image: string): Promise<string[]> {
  const archive = join(folder, 'filesystem.tar');
  await run(crane, ['export', '--insecure', '--platform', 'linux/amd64', image, archive]);
  const { stdout } = await run('tar', ['tvf', archive, '--numeric-owner']);
  return stdout.split('\n').map((line) => line.replace(/^(\S+) (\S+) .* (\S+)$/, '$1 $2 $3'));
}

describe('crane against the registry of the lab', () => {
  const check = testWith('crane');
  let lab: LabRegistry;
  beforeEach(async () => {
    lab = await startRegistry();
    await seedMicroIntegratorBase(lab, { repository: BASE, tag: '4.4.0' });
  });
  afterEach(() => lab.close());
  const base = () => `${lab.host}/${BASE}:4.4.0`;

  check('reads, validates, copies, tags, lists and deletes', async () => {
    const copy = `${lab.host}/acme/copy`;
    await run(crane, ['copy', base(), `${copy}:1`]);
    await run(crane, ['tag', `${copy}:1`, '2']);
    expect((await run(crane, ['ls', copy])).stdout).toBe('1\n2\n');
    const digest = (await run(crane, ['digest', base()])).stdout.trim();
    expect((await run(crane, ['digest', `${copy}:2`])).stdout.trim()).toBe(digest);
    expect((await run(crane, ['validate', '--remote', `${copy}:2`])).stdout).toContain('PASS');
    await run(crane, ['delete', `${copy}@${digest}`]);
    await expect(run(crane, ['manifest', `${copy}:1`])).rejects.toThrow('MANIFEST_UNKNOWN');
  });

  check('pushes and pulls archives, appends and mutates', async () => {
    const archive = join(folder, 'image.tar');
    await run(crane, ['pull', '--platform', 'linux/arm64', base(), archive]);
    await run(crane, ['push', archive, `${lab.host}/acme/pushed:1`]);
    await run(crane, ['mutate', '--label', 'a=b', '-t', `${lab.host}/acme/pushed:2`, `${lab.host}/acme/pushed:1`]);
    const config = JSON.parse((await run(crane, ['config', `${lab.host}/acme/pushed:2`])).stdout) as {
      config: { Labels: object };
    };
    expect(config.config.Labels).toMatchObject({ a: 'b' });
  });

  check('with bearer tokens', async () => {
    await lab.close();
    lab = await startRegistry({ authorization: { scheme: 'bearer', users: { me: 'pw' } } });
    await seedMicroIntegratorBase(lab, { repository: BASE, tag: '4.4.0' });
    const env = { ...process.env, DOCKER_CONFIG: mkdtempSync(join(folder, 'docker-')) };
    await expect(run(crane, ['copy', base(), `${lab.host}/acme/copy:1`], { env })).rejects.toThrow(/DENIED/);
    await run(crane, ['auth', 'login', lab.host, '-u', 'me', '-p', 'pw'], { env });
    await run(crane, ['copy', base(), `${lab.host}/acme/copy:1`], { env });
    // What crane stored is what our client finds.
    const own = testPorts({ variables: { DOCKER_CONFIG: env.DOCKER_CONFIG } });
    const image = await resolveImage(parseReference(`${lab.host}/acme/copy:1`), 'all', openRegistries(own));
    expect(image.images).toHaveLength(2);
    own.dispose();
  });

  check('our image is valid for it, and says what crane append says of the same layer', async () => {
    const pushed = await push(base(), lab.host);
    const image = `${lab.host}/${TARGET}`;
    expect((await run(crane, ['validate', '--remote', `${image}:1.0.0`])).stdout).toContain('PASS');
    expect((await run(crane, ['digest', `${image}:latest`])).stdout.trim()).toBe(pushed.digest);
    const files = await listing(`${image}:1.0.0`);
    expect(files).toContain(`drwxr-xr-x 10802/10802 ${CARS.slice(1)}`);
    expect(files).toContain(`-rw-r--r-- 10802/10802 ${CARS.slice(1)}/employees_1.0.0.car`);
    expect(files).toContain('drwxr-xr-x 0/0 home');
    expect(files.filter((line) => line.includes('wso2carbon') && !line.includes('10802/10802'))).toEqual([]);

    const layer = await carLayer();
    const file = join(folder, 'layer.tar.gz');
    const chunks: Uint8Array[] = [];
    for await (const chunk of layer.content.open()) chunks.push(chunk);
    writeFileSync(file, Buffer.concat(chunks));
    await run(crane, [
      'append',
      '--platform',
      'linux/amd64',
      '-b',
      base(),
      '-f',
      file,
      '-t',
      `${lab.host}/acme/appended:1`,
    ]);
    const layersOf = async (name: string) =>
      (JSON.parse((await run(crane, ['config', '--platform', 'linux/amd64', name])).stdout) as { rootfs: object })
        .rootfs;
    expect(await layersOf(`${image}:1.0.0`)).toEqual(await layersOf(`${lab.host}/acme/appended:1`));
  });
});

describe('the conformance suite of the OCI distribution specification', () => {
  const check = testWith('conformance');

  check.each(['open', 'basic', 'bearer'] as const)('finds nothing wrong with the lab (%s)', async (scheme) => {
    const users = { me: 'pw' };
    const lab = await startRegistry(scheme === 'open' ? {} : { authorization: { scheme, users } });
    const results = mkdtempSync(join(folder, 'conformance-'));
    const env = {
      ...process.env,
      OCI_REGISTRY: lab.host,
      OCI_TLS: 'disabled',
      OCI_RESULTS_DIR: results,
      OCI_API_BLOBS_UPLOAD_CANCEL: 'true',
      OCI_API_BLOBS_DIGEST_HEADER: 'true',
      OCI_API_MANIFESTS_DIGEST_HEADER: 'true',
      OCI_API_MANIFESTS_TAG_PARAM: 'true',
      ...(scheme !== 'open' && { OCI_USERNAME: 'me', OCI_PASSWORD: 'pw' }),
    };
    const { stdout } = await run(conformance, [], { cwd: results, env });
    expect(stdout).toMatch(/FAIL\.+: +0$/m);
    expect(stdout).toMatch(/Error\.+: +0$/m);
    expect(Number(/Total\.+: +(\d+)$/m.exec(stdout)?.[1])).toBeGreaterThan(800);
    await lab.close();
  });
});

describe('skopeo against the registry of the lab', () => {
  const check = testWith('skopeo');
  check('copies all platforms and inspects our image', async () => {
    const lab = await startRegistry();
    await seedMicroIntegratorBase(lab, { repository: BASE, tag: '4.4.0', family: 'docker' });
    await push(`${lab.host}/${BASE}:4.4.0`, lab.host);
    const plain = ['--src-tls-verify=false', '--dest-tls-verify=false'];
    const image = (name: string) => `docker://${lab.host}/${name}`;
    await run(skopeo, ['copy', '--all', ...plain, image(`${TARGET}:1.0.0`), image('acme/skopeo:1')]);
    const { stdout } = await run(skopeo, ['inspect', '--tls-verify=false', image('acme/skopeo:1')]);
    const seen = JSON.parse(stdout) as { Labels: object; Layers: string[] };
    expect(seen.Labels).toMatchObject({ 'com.example.applications': '[]' });
    expect(seen.Layers).toHaveLength(3);
    await lab.close();
  });
});

describe('our client against docker-registry', () => {
  const check = testWith('docker-registry', 'crane');
  let real: DockerRegistry;
  let lab: LabRegistry;
  const start = async (extra?: string) => {
    real = await startDockerRegistry(folder, extra);
  };
  beforeEach(async () => {
    lab = await startRegistry();
    await seedMicroIntegratorBase(lab, { repository: BASE, tag: '4.4.0' });
  });
  afterEach(async () => {
    real.process.kill();
    await lab.close();
  });

  check('from another registry: copies, then sends nothing; same registry: mounts; the image is whole', async () => {
    await start();
    const image = `${real.host}/${TARGET}`;
    const copied = await push(`${lab.host}/${BASE}:4.4.0`, real.host);
    expect(copied).toMatchObject({ mounted: 0, platforms: ['linux/amd64', 'linux/arm64'] });
    expect((await run(crane, ['validate', '--remote', `${image}:1.0.0`])).stdout).toContain('PASS');
    expect((await run(crane, ['digest', `${image}:latest`])).stdout.trim()).toBe(copied.digest);
    expect(await push(`${lab.host}/${BASE}:4.4.0`, real.host)).toMatchObject({
      digest: copied.digest,
      bytesUploaded: 0,
    });

    await run(crane, ['copy', `${lab.host}/${BASE}:4.4.0`, `${real.host}/${BASE}:4.4.0`]);
    const mounted = await push(`${real.host}/${BASE}:4.4.0`, real.host, {}, 'a newer application');
    expect(mounted).toMatchObject({ mounted: 0, skipped: 2 });
    expect((await listing(`${image}:latest`)).join('\n')).toContain(`10802/10802 ${CARS.slice(1)}`);
    expect((await run(crane, ['validate', '--remote', `${image}:latest`])).stdout).toContain('PASS');
  });

  check('the lab and the real registry end with the same digest for the same sources', async () => {
    await start();
    await run(crane, ['copy', `${lab.host}/${BASE}:4.4.0`, `${real.host}/${BASE}:4.4.0`]);
    const there = await push(`${real.host}/${BASE}:4.4.0`, real.host);
    const here = await push(`${lab.host}/${BASE}:4.4.0`, lab.host);
    expect(there.digest).toBe(here.digest);
    expect([there.mounted, here.mounted]).toEqual([2, 2]);
    expect(there.bytesUploaded).toBe(here.bytesUploaded);
  });

  check('with a password: right, wrong and none', async () => {
    const passwords = join(folder, 'htpasswd');
    // me: registry-secret
    writeFileSync(passwords, 'me:$2b$04$Y5NOnXmJOR.7WcPYoMUkW.MCwh5XD//1gaCqnBhqtYpwIxwKu5n.S\n');
    await start(`auth: { htpasswd: { realm: test, path: ${passwords} } }\n`);
    const from = `${lab.host}/${BASE}:4.4.0`;
    const login = (password: string) => ({ logins: [{ registry: real.host, username: 'me', password }] });
    await expect(push(from, real.host)).rejects.toMatchObject({ code: 'REGISTRY_UNAUTHORIZED' });
    await expect(push(from, real.host, login('guessed-wrong'))).rejects.toMatchObject({
      code: 'REGISTRY_UNAUTHORIZED',
    });
    expect((await push(from, real.host, login('registry-secret'))).tags).toEqual(['1.0.0', 'latest']);
    expect(ports.lines.join('\n')).not.toMatch(/registry-secret|guessed-wrong/);
  });

  check('a layer of many megabytes arrives whole', async () => {
    await start();
    const noise = Buffer.alloc(12 * 1024 * 1024);
    for (let i = 0; i < noise.length; i += 4) noise.writeUInt32LE((i * 2654435761) % 2 ** 32, i);
    const pushed = await push(`${lab.host}/${BASE}:4.4.0`, real.host, {}, noise.toString('latin1'));
    expect(pushed.bytesUploaded).toBeGreaterThan(1_000_000);
    expect((await run(crane, ['validate', '--remote', `${real.host}/${TARGET}:1.0.0`])).stdout).toContain('PASS');
  });
});
