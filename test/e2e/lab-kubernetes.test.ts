import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startKubernetes, type Kubernetes } from '@wso2-delivery/lab/kubernetes/cluster';
import {
  always,
  crashing,
  pullFailures,
  serving,
  type ContainerScript,
} from '@wso2-delivery/lab/kubernetes/container-script';
import type { Pod } from '@wso2-delivery/lab/kubernetes/objects';
import { startRegistry, type LabRegistry } from '@wso2-delivery/lab/registry/registry';
import { digestOf } from '@wso2-delivery/shared/formats/digest';
import { gzip } from '@wso2-delivery/shared/formats/gzip';
import { writeTar } from '@wso2-delivery/shared/formats/tar';
import { writeZip } from '@wso2-delivery/shared/formats/zip';
import { until, webDeployment } from '../support/lab-kubernetes.ts';
import { findTool, testWith } from '../support/tools.ts';

const testKubectl = testWith('kubectl');

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-kubernetes-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function environment(kubernetes: Kubernetes): Record<string, string> {
  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, kubernetes.kubeconfig({ namespace: 'shop' }), { mode: 0o600 });
  // kubectl keeps its discovery cache in the home folder.
  return { PATH: process.env.PATH ?? '', HOME: folder, KUBECONFIG: kubeconfig };
}

function kubectlOf(kubernetes: Kubernetes): (...args: string[]) => Promise<Ran> {
  const env = environment(kubernetes);
  return (...args) =>
    new Promise((resolve) => {
      execFile(findTool('kubectl') ?? 'kubectl', args, { env, timeout: 30_000 }, (error, out, err) =>
        resolve({ code: error === null ? 0 : Number(error.code), out, err }),
      );
    });
}

/** Runs kubectl until `use` is over; `use` is told each line that kubectl prints. */
async function whileRunning<T>(
  kubernetes: Kubernetes,
  args: readonly string[],
  use: (lines: readonly string[]) => Promise<T>,
): Promise<T> {
  const child = spawn(findTool('kubectl') ?? 'kubectl', args, { env: environment(kubernetes) });
  const lines: string[] = [];
  let rest = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
  });
  const exited = new Promise((resolve) => child.on('exit', resolve));
  try {
    return await use(lines);
  } finally {
    child.kill();
    await exited;
  }
}

const image = (tag: string): string => `registry.example/shop/web:${tag}`;

const behaviours: Readonly<Record<string, ContainerScript>> = {
  crash: always(crashing(1, 50, ['starting', 'Exception in thread "main"'])),
  nope: always({}, () => pullFailures.notFound(image('nope'))),
};
const healthy = always(
  serving({ 8080: ({ path }) => ({ status: 200, body: `hello ${path}` }) }, { logs: ['starting', 'listening'] }),
);

describe('kubectl against the lab', () => {
  let kubernetes: Kubernetes;
  let kubectl: ReturnType<typeof kubectlOf>;
  let manifest: string;

  beforeAll(async () => {
    kubernetes = await startKubernetes({
      namespaces: ['shop'],
      timeScale: 0.05,
      containerScript: (_pod, container) => behaviours[container.image.split(':').pop() ?? ''] ?? healthy,
    });
    kubectl = kubectlOf(kubernetes);
    manifest = join(folder, 'web.json');
    writeFileSync(manifest, JSON.stringify(webDeployment({ replicas: 2 })));
  });
  afterAll(() => kubernetes.close());

  const ok = async (...args: string[]): Promise<string> => {
    const ran = await kubectl(...args);
    expect({ args, ...ran }).toMatchObject({ code: 0 });
    return ran.out;
  };
  const settled = (): Promise<string> => ok('rollout', 'status', 'deployment/web', '--timeout=20s');
  const pods = (): Pod[] => kubernetes.objects('Pod', 'shop') as Pod[];

  testKubectl('knows its version', async () => {
    expect(await ok('version')).toContain('Server Version: v1.33.13');
  });

  testKubectl('applies a manifest with validation on, and waits for it', async () => {
    expect(await ok('apply', '-f', manifest)).toBe('deployment.apps/web created\n');
    expect(await settled()).toContain('deployment "web" successfully rolled out');
    expect(await ok('apply', '-f', manifest)).toBe('deployment.apps/web unchanged\n');
    expect(await ok('get', 'deployment', 'web', '--no-headers')).toMatch(/^web\s+2\/2\s+2\s+2\s+\d+s\n$/);
    expect(JSON.parse(await ok('get', 'deployment', 'web', '-o', 'json'))).toMatchObject({
      metadata: { generation: 1, annotations: { 'deployment.kubernetes.io/revision': '1' } },
      status: { observedGeneration: 1, availableReplicas: 2 },
    });
  });

  testKubectl('is told of an unknown field, by a dry run too', async () => {
    const wrong = join(folder, 'wrong.json');
    writeFileSync(wrong, JSON.stringify(webDeployment({ replica: 2 })));
    for (const more of [[], ['--dry-run=server']]) {
      const ran = await kubectl('apply', '-f', wrong, ...more);
      expect(ran.code).toBe(1);
      expect(ran.err).toContain('strict decoding error: unknown field "spec.replica"');
    }
  });

  testKubectl('sets an image, rolls it out, shows its history and takes it back', async () => {
    await ok('set', 'image', 'deployment/web', `web=${image('v2')}`);
    expect(await settled()).toContain('successfully rolled out');
    expect(
      pods()
        .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
        .map(({ spec }) => spec.containers[0]?.image),
    ).toEqual([image('v2'), image('v2')]);
    expect(await ok('rollout', 'history', 'deployment/web')).toMatch(/^1\s+<none>\n2\s+<none>/m);
    await ok('rollout', 'undo', 'deployment/web');
    await settled();
    expect(await ok('get', 'deployment', 'web', '-o', 'jsonpath={.spec.template.spec.containers[0].image}')).toBe(
      image('v1'),
    );
    expect(await ok('rollout', 'history', 'deployment/web')).toMatch(/^2\s+<none>\n3\s+<none>/m);
  });

  testKubectl('restarts and scales', async () => {
    await ok('rollout', 'restart', 'deployment/web');
    await settled();
    await ok('scale', 'deployment/web', '--replicas=3');
    await settled();
    expect((await ok('get', 'pods', '-l', 'app=web', '-o', 'name')).trim().split('\n')).toHaveLength(3);
  });

  testKubectl('sees a crash loop with the logs of the life before', async () => {
    await ok('set', 'image', 'deployment/web', `web=${image('crash')}`);
    const pod = await until(() => pods().find(({ status }) => (status.containerStatuses?.[0]?.restartCount ?? 0) > 0));
    expect(await ok('logs', pod.metadata.name, '-c', 'web', '--previous')).toBe(
      'starting\nException in thread "main"\n',
    );
    const status = await kubectl('rollout', 'status', 'deployment/web', '--timeout=1s');
    expect(status.code).toBe(1);
    expect(await ok('describe', 'pod', pod.metadata.name)).toContain('Back-off restarting failed container web');
    expect(await ok('get', 'events', '--field-selector', `involvedObject.name=${pod.metadata.name}`)).toContain(
      'BackOff',
    );
    await ok('rollout', 'undo', 'deployment/web');
    await settled();
  });

  testKubectl('sees an image that is not there', async () => {
    await ok('set', 'image', 'deployment/web', `web=${image('nope')}`);
    const pod = await until(() =>
      pods().find(({ status }) => status.containerStatuses?.[0]?.state.waiting?.reason === 'ImagePullBackOff'),
    );
    const logs = await kubectl('logs', pod.metadata.name);
    expect(logs.err).toContain('is waiting to start: trying and failing to pull image');
    await ok('rollout', 'undo', 'deployment/web');
    await settled();
  });

  testKubectl('watches', async () => {
    await whileRunning(kubernetes, ['get', 'configmaps', '--watch', '-o', 'name'], async (lines) => {
      await until(() => lines.length > 0);
      const map = join(folder, 'map.json');
      writeFileSync(
        map,
        JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'seen' }, data: { a: 'b' } }),
      );
      await ok('apply', '-f', map);
      await until(() => lines.includes('configmap/seen'));
      await ok('delete', 'configmap', 'seen');
    });
  });

  testKubectl('reaches a pod through its proxy on a private socket', async () => {
    const socketPath = join(folder, 'proxy.sock');
    const pod = pods().find(({ metadata }) => metadata.deletionTimestamp === undefined)!;
    await whileRunning(kubernetes, ['proxy', `--unix-socket=${socketPath}`], async (lines) => {
      await until(() => lines.length > 0);
      const path = `/api/v1/namespaces/shop/pods/${pod.metadata.name}:8080/proxy/health`;
      const get = (headers: Record<string, string>): Promise<string> =>
        new Promise((resolve, reject) => {
          const sent = request({ socketPath, path, headers: { host: 'localhost', ...headers } }, (response) => {
            let text = '';
            response.on('data', (chunk: Buffer) => (text += chunk.toString()));
            response.on('end', () => resolve(`${response.statusCode ?? 0} ${text}`));
          });
          sent.on('error', reject);
          sent.end();
        });
      expect(await get({})).toBe('200 hello /health');
      // The API server takes credentials for its own: none reach a pod this way.
      expect(await get({ authorization: 'Basic YWRtaW46YWRtaW4=' })).toMatch(/^401 /);
    });
  });

  testKubectl('applies on the server side, and is told who manages a field', async () => {
    const ran = await kubectl('apply', '--server-side', '-f', manifest);
    expect(ran.err).toContain('conflict with "kubectl"');
    expect(ran.err).toContain('.spec.replicas');
    expect(await ok('apply', '--server-side', '--force-conflicts', '-f', manifest)).toContain('serverside-applied');
  });

  testKubectl('is refused what its account may not do', async () => {
    const token = kubernetes.addToken({ user: 'ci', allow: [{ verbs: ['get'], resources: ['deployments'] }] });
    const kubeconfig = join(folder, 'limited');
    writeFileSync(kubeconfig, kubernetes.kubeconfig({ namespace: 'shop', token }));
    const ran = await kubectl('get', 'pods', '--kubeconfig', kubeconfig);
    expect(ran.err).toContain(
      'pods is forbidden: User "ci" cannot list resource "pods" in API group "" in the namespace "shop"',
    );
    expect((await kubectl('auth', 'can-i', 'get', 'deployments', '--kubeconfig', kubeconfig)).out).toBe('yes\n');
    expect((await kubectl('auth', 'can-i', 'patch', 'deployments', '--kubeconfig', kubeconfig)).out).toBe('no\n');
  });

  testKubectl('creates and deletes', async () => {
    await ok('create', 'namespace', 'extra');
    await ok('create', 'configmap', 'settings', '--from-literal=a=b');
    expect(await ok('get', 'configmap', 'settings', '-o', 'jsonpath={.data.a}')).toBe('b');
    await ok('create', 'secret', 'generic', 'login', '--from-literal=password=pw');
    expect(await ok('get', 'secret', 'login', '-o', 'jsonpath={.data.password}')).toBe('cHc=');
    await ok('delete', 'namespace', 'extra');
    await ok('delete', 'deployment', 'web');
    await until(() => pods().length === 0);
    expect(kubernetes.objects('ReplicaSet', 'shop')).toEqual([]);
  });
});

describe('a Micro Integrator in the lab', () => {
  let registry: LabRegistry;
  let kubernetes: Kubernetes;
  beforeAll(async () => {
    registry = await startRegistry();
    kubernetes = await startKubernetes({ namespaces: ['shop'], timeScale: 0.05 });
  });
  afterAll(async () => {
    await kubernetes.close();
    await registry.close();
  });

  /** Pushes an image with carbon applications in the folder of MI. */
  async function push(tag: string, cars: Readonly<Record<string, Buffer>>, labels: object = {}): Promise<string> {
    const repository = 'shop/mi';
    const root = '/home/wso2carbon/wso2mi-4.4.0/repository/deployment/server/carbonapps';
    const entries = Object.entries(cars).map(([name, content]) => ({
      name: `${root}/${name}`.slice(1),
      type: 'file' as const,
      content,
      mode: 0o644,
      uid: 10802,
      gid: 10802,
    }));
    const chunks: Buffer[] = [];
    for await (const chunk of gzip(writeTar(entries, new Date(0)))) chunks.push(Buffer.from(chunk));
    const layer = Buffer.concat(chunks);
    const config = Buffer.from(JSON.stringify({ os: 'linux', architecture: 'amd64', config: { Labels: labels } }));
    registry.store.putBlob(repository, layer);
    registry.store.putBlob(repository, config);
    const mediaType = 'application/vnd.oci.image.manifest.v1+json';
    const bytes = Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        mediaType,
        config: {
          mediaType: 'application/vnd.oci.image.config.v1+json',
          digest: digestOf(config),
          size: config.length,
        },
        layers: [
          { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest: digestOf(layer), size: layer.length },
        ],
      }),
    );
    registry.store.putManifest(repository, { mediaType, bytes }, tag);
    return `${registry.host}/${repository}:${tag}`;
  }

  async function deploy(name: string, imageReference: string): Promise<void> {
    const probe = { httpGet: { path: '/healthz', port: 9201 }, periodSeconds: 1 };
    const web = webDeployment({}, { image: imageReference, readinessProbe: probe, ports: [{ containerPort: 8290 }] });
    const path = join(folder, `${name}.json`);
    writeFileSync(path, JSON.stringify(web).replaceAll('"web"', JSON.stringify(name)));
    expect(await kubectlOf(kubernetes)('apply', '-f', path)).toMatchObject({ code: 0 });
  }

  const podOf = (name: string): Pod | undefined =>
    (kubernetes.objects('Pod', 'shop') as Pod[]).find(({ metadata }) => metadata.labels?.app === name);

  const ok = readFileSync('test/fixtures/mi/ok/hello_1.0.0.car');

  testKubectl(
    'deploys the applications of its image, answers their APIs and lists them in its management API',
    async () => {
      await deploy('good', await push('good', { 'hello_1.0.0.car': ok }));
      const pod = await until(() => {
        const found = podOf('good');
        return found?.status.containerStatuses?.[0]?.ready === true ? found : undefined;
      });
      const { name } = pod.metadata;
      const kubectl = kubectlOf(kubernetes);
      const raw = async (target: string): Promise<string> =>
        (await kubectl('get', '--raw', `/api/v1/namespaces/shop/pods/${target}`)).out;
      expect(await raw(`${name}:9201/proxy/healthz`)).toBe('{"status":"ready"}');
      expect(JSON.parse(await raw(`${name}:8290/proxy/hello`))).toMatchObject({
        api: 'HelloAPI',
        carbonApplication: 'hello 1.0.0',
      });
      expect((await kubectl('logs', name)).out).toContain(
        'Successfully Deployed Carbon Application : hello_1.0.0{super-tenant}',
      );
      await whileRunning(kubernetes, ['port-forward', `pod/${name}`, ':9164'], async (lines) => {
        const port = await until(() => /127\.0\.0\.1:(\d+) -> 9164/.exec(lines.join('\n'))?.[1]);
        const get = (path: string, authorization: string): Promise<{ AccessToken: string } & Record<string, unknown>> =>
          new Promise((resolve, reject) => {
            const options = { ca: kubernetes.podCa, agent: false as const, headers: { authorization } };
            https
              .get(`https://localhost:${port}${path}`, options, (response) => {
                let text = '';
                response.on('data', (chunk: Buffer) => (text += chunk.toString()));
                response.on('end', () => resolve(JSON.parse(text === '' ? '{}' : text) as never));
              })
              .on('error', reject);
          });
        const { AccessToken } = await get(
          '/management/login',
          `Basic ${Buffer.from('admin:admin').toString('base64')}`,
        );
        expect(await get('/management/applications', `Bearer ${AccessToken}`)).toMatchObject({
          totalCount: 1,
          activeCount: 1,
          faultyCount: 0,
          activeList: [{ name: 'hello', version: '1.0.0' }],
        });
      });
    },
  );

  testKubectl('is not ready with a faulty application, and names it', async () => {
    const path = join(folder, 'faulty.car');
    const text = (data: string): Buffer => Buffer.from(data);
    await writeZip(path, [
      {
        name: 'artifacts.xml',
        data: text(
          '<artifacts><artifact name="faulty" version="1.0.0" type="carbon/application"><dependency artifact="A" version="1.0.0" include="true"/></artifact></artifacts>',
        ),
      },
      {
        name: 'A_1.0.0/artifact.xml',
        data: text('<artifact name="A" version="1.0.0" type="synapse/api"><file>A.xml</file></artifact>'),
      },
      { name: 'A_1.0.0/A.xml', data: text('<api name="A" context="/a"><resource></api>') },
    ]);
    await deploy('faulty', await push('faulty', { 'faulty_1.0.0.car': readFileSync(path) }));
    const event = await until(() =>
      kubernetes
        .objects('Event', 'shop')
        .find((found) => (found as { message?: string }).message?.includes('statuscode: 500')),
    );
    expect((event as { message?: string }).message).toBe(
      'Readiness probe failed: HTTP probe failed with statuscode: 500',
    );
    const answer = await kubectlOf(kubernetes)(
      'get',
      '--raw',
      `/api/v1/namespaces/shop/pods/${podOf('faulty')!.metadata.name}:9201/proxy/healthz`,
    );
    expect(answer.code).toBe(1);
  });

  testKubectl('cannot be pulled when its tag is not in the registry', async () => {
    await deploy('absent', `${registry.host}/shop/mi:absent`);
    const waiting = await until(() => podOf('absent')?.status.containerStatuses?.[0]?.state.waiting?.message);
    const reference = `${registry.host}/shop/mi:absent`;
    expect(waiting).toContain(`failed to resolve image: ${reference}: not found`);
  });

  testKubectl('crashes on request of its image', async () => {
    await deploy('crash', await push('crash', {}, { LAB_EXIT: '3' }));
    const state = await until(() => {
      const status = podOf('crash')?.status.containerStatuses?.[0];
      return status?.state.terminated ?? status?.lastState.terminated;
    });
    expect(state.exitCode).toBe(3);
  });
});

test('a certificate of the lab is good for nothing but the loopback interface', async () => {
  const kubernetes = await startKubernetes();
  expect(new URL(kubernetes.url).hostname).toBe('127.0.0.1');
  await kubernetes.close();
});
