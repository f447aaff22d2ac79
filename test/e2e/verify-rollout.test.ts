import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import { startKubernetes, type Kubernetes } from '@wso2-delivery/lab/kubernetes/cluster';
import { always, crashing, inTurn, pullFailures, serving } from '@wso2-delivery/lab/kubernetes/container-script';
import type { ContainerScript, PodHandler } from '@wso2-delivery/lab/kubernetes/container-script';
import { readInputs } from '@wso2-delivery/shared/run/inputs';
import { action } from '../../actions/verify-rollout/src/action.ts';
import { main } from '../../actions/verify-rollout/src/main.ts';
import { testPorts, type TestPorts } from '../support/ports.ts';
import { testWith } from '../support/tools.ts';

const testKubectl = testWith('kubectl');

const ready: PodHandler = ({ path }) => ({ status: path === '/healthz' ? 200 : 404, body: '{"status":"ready"}' });

const startLog = [
  'INFO {StartupFinalizer} - Starting WSO2 Micro Integrator ...',
  'INFO {CappDeployer} - Successfully Deployed Carbon Application : employee-service_1.0.0{super-tenant}',
  'INFO {StartupFinalizer} - WSO2 Micro Integrator started in 0.30 seconds',
];

/** What the images of these tests do, by tag. */
const behaviours: Readonly<Record<string, ContainerScript>> = {
  good: always(serving({ 9201: ready, 8290: () => ({ status: 200, body: '[]' }) }, { logs: startLog })),
  crashing: always(crashing(1, 100, ['Exception in thread "main" java.lang.IllegalStateException: no keystore'])),
  flapping: { run: inTurn(crashing(1, 50), crashing(1, 50), serving({ 9201: ready })) },
  'sick-later': always({ ...serving({ 9201: ready }), exit: { afterMs: 900, code: 3 } }),
  absent: always(serving({ 9201: ready }), () => pullFailures.notFound('registry.test/mi:absent')),
};

const manifest = (image: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'mi-service' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'mi-service' } },
    template: {
      metadata: { labels: { app: 'mi-service' } },
      spec: {
        containers: [
          {
            name: 'mi',
            image: `registry.test/mi:${image}`,
            ports: [{ containerPort: 8290 }],
            readinessProbe: { httpGet: { path: '/healthz', port: 9201 }, periodSeconds: 1 },
          },
        ],
      },
    },
  },
});

describe('verify-rollout with kubectl and an API server', () => {
  let cluster: Kubernetes;
  let ports: TestPorts;

  beforeAll(async () => {
    cluster = await startKubernetes({
      timeScale: 0.05,
      containerScript: (_, container) => behaviours[container.image.split(':').at(-1) ?? ''] ?? always({}),
    });
  });
  afterAll(async () => {
    await cluster.close();
  });
  afterEach(() => {
    ports.dispose();
  });

  const kubectl = async (namespace: string, args: readonly string[], input?: unknown): Promise<void> => {
    const file = ports.files.workspace + '/kubeconfig';
    writeFileSync(file, cluster.kubeconfig());
    const child = promisify(execFile)('kubectl', [`--kubeconfig=${file}`, `--namespace=${namespace}`, ...args]);
    if (input !== undefined) child.child.stdin?.end(JSON.stringify(input));
    await child;
  };

  async function deployed(namespace: string, ...images: readonly string[]): Promise<void> {
    ports = testPorts();
    cluster.createNamespace(namespace);
    for (const image of images.slice(0, -1)) {
      await kubectl(namespace, ['apply', '-f', '-'], manifest(image));
      await kubectl(namespace, ['rollout', 'status', 'deployment/mi-service', '--timeout=20s']);
    }
    await kubectl(namespace, ['apply', '-f', '-'], manifest(images.at(-1) ?? ''));
  }

  async function verify(namespace: string, given: Readonly<Record<string, string>> = {}) {
    const defaults = {
      workloads: 'deployment/mi-service',
      'stable-for': '1500ms',
      grace: '1s',
      timeout: '20s',
      'carbon-applications': 'off',
    };
    const variables = Object.fromEntries(
      Object.entries({ ...defaults, kubeconfig: cluster.kubeconfig(), namespace, ...given }).map(([name, value]) => [
        `INPUT_${name.toUpperCase()}`,
        value,
      ]),
    );
    return main(readInputs(action, variables, ports.files.workspace), ports);
  }

  testKubectl('a good rollout holds, and what runs inside is compared', async () => {
    await deployed('good', 'good');
    const { outputs, failure } = await verify('good', {
      'carbon-applications': 'employee-service=1.0.0',
      health: 'http://pod:8290/employees',
    });
    expect(failure).toBeUndefined();
    expect(outputs).toMatchObject({ verdict: 'succeeded', revision: '1' });
    expect(ports.markdown()).toContain("employee-service 1.0.0 is deployed, by the server's log (2 of 2 pods)");
    expect(ports.markdown()).toContain('healthy on all 2 pods');
  });

  testKubectl('an application that MI left out without a word is found', async () => {
    await deployed('left-out', 'good');
    const { outputs, failure } = await verify('left-out', {
      'carbon-applications': 'employee-service=1.0.0\npayroll=2.0.0',
    });
    expect(outputs).toMatchObject({ verdict: 'failed', cause: 'applications-missing' });
    expect(failure).toMatchObject({ code: 'WORKLOAD_UNHEALTHY' });
  });

  testKubectl('a crash loop fails with the last words of its log and is rolled back to what ran before', async () => {
    await deployed('crash', 'good', 'crashing');
    const { outputs, failure } = await verify('crash', { 'on-failure': 'rollback' });
    expect(outputs).toMatchObject({ verdict: 'rolled-back', cause: 'crash-loop' });
    expect(outputs.message).toContain('java.lang.IllegalStateException: no keystore');
    expect(failure).toMatchObject({ code: 'ROLLED_BACK' });
    const [workload] = cluster.objects('Deployment', 'crash');
    expect(JSON.stringify(workload)).toContain('registry.test/mi:good');
  });

  testKubectl('an image that does not exist fails after the grace', async () => {
    await deployed('absent', 'absent');
    const { outputs } = await verify('absent');
    expect(outputs).toMatchObject({ verdict: 'failed', cause: 'image-not-found' });
  });

  testKubectl('two crashes before a good start are tolerated', async () => {
    await deployed('flapping', 'flapping');
    expect((await verify('flapping')).outputs.verdict).toBe('succeeded');
  });

  testKubectl('what is ready and then dies is no success', async () => {
    await deployed('sick', 'sick-later');
    expect((await verify('sick')).outputs).toMatchObject({ verdict: 'failed', cause: 'crash-loop' });
  });

  testKubectl('the verdict is the same when connections are cut and watches expire meanwhile', async () => {
    await deployed('faults', 'flapping');
    const verdict = verify('faults');
    for (const fault of [
      () => cluster.dropConnections(),
      () => cluster.expireWatches(),
      () => cluster.dropConnections(),
    ]) {
      await new Promise((resolve) => setTimeout(resolve, 400));
      fault();
    }
    expect((await verdict).outputs.verdict).toBe('succeeded');
  });

  testKubectl('a workload that does not exist is an error that lists what does', async () => {
    await deployed('typo', 'good');
    await expect(verify('typo', { workloads: 'deployment/mi-servic\nstatefulset/mi-service' })).rejects.toThrow(
      /deployment\/mi-servic does not exist in namespace typo: there are mi-service.*mi-service.*statefulset\/mi-service/s,
    );
  });

  testKubectl('an account without the right to read pods gets a verdict and the rule that it lacks', async () => {
    await deployed('rights', 'good');
    const token = cluster.addToken({
      user: 'ci',
      allow: [{ verbs: ['get', 'list', 'watch'], resources: ['deployments', 'replicasets', 'events'] }],
    });
    const { outputs } = await verify('rights', { kubeconfig: cluster.kubeconfig({ token }) });
    expect(outputs.verdict).toBe('succeeded');
    expect(ports.lines.join('\n')).toMatch(/warning: .*"(list|watch)" on pods.*resources: \["pods"\]/);
  });
});
