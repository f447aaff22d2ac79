/** verify-rollout against a cluster of the lab: manifests applied with the real kubectl, the action run in this process. */
import { startKubernetes, type Kubernetes } from '@wso2-delivery/lab/kubernetes/cluster';
import {
  always,
  crashing,
  inTurn,
  pullFailures,
  serving,
  type ContainerScript,
  type PodHandler,
} from '@wso2-delivery/lab/kubernetes/container-script';
import { readInputs } from '@wso2-delivery/shared/run/inputs';
import { action } from '../../actions/verify-rollout/src/action.ts';
import { main } from '../../actions/verify-rollout/src/main.ts';
import { kubectlUser, type KubectlUser } from './kubectl.ts';
import { testPorts, type TestPorts } from './ports.ts';

const ready: PodHandler = ({ path }) => ({ status: path === '/healthz' ? 200 : 404, body: '{"status":"ready"}' });

/** What the images of these tests do, by tag. */
const behaviours: Readonly<Record<string, ContainerScript>> = {
  good: always(serving({ 9201: ready })),
  better: always(serving({ 9201: ready })),
  crashing: always(crashing(1, 50, ['java.lang.IllegalStateException: no keystore'])),
  slow: always(serving({ 9201: ready }, { listenAfterMs: 1500 })),
  flapping: { run: inTurn(crashing(1, 300), crashing(1, 300), serving({ 9201: ready })) },
  absent: always(serving({ 9201: ready }), () => pullFailures.notFound('registry.test/mi:absent')),
};

export const image = (tag: string): string => `registry.test/mi:${tag}`;

export interface ManifestOptions {
  readonly kind?: 'Deployment' | 'StatefulSet' | 'DaemonSet';
  readonly name?: string;
  readonly spec?: object;
  readonly container?: object;
  readonly podSpec?: object;
}

/** A workload of one MI container with its readiness probe. */
export function manifest(tag: string, options: ManifestOptions = {}): object {
  const { kind = 'Deployment', name = 'mi-service', spec, container, podSpec } = options;
  const probe = { httpGet: { path: '/healthz', port: 9201 }, periodSeconds: 1 };
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name },
    spec: {
      ...(kind === 'DaemonSet' ? {} : { replicas: 2 }),
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'mi', image: image(tag), readinessProbe: probe, ...container }], ...podSpec },
      },
      ...spec,
    },
  };
}

export interface Verified {
  readonly outputs: Readonly<Record<string, string | undefined>>;
  readonly failure: unknown;
  readonly ports: TestPorts;
}

export interface RolloutLab {
  readonly cluster: Kubernetes;
  readonly kubectl: KubectlUser;
  /** Creates a namespace and gives its name. */
  namespace(): string;
  /** @throws Error with kubectl's words */
  apply(namespace: string, object: object): Promise<void>;
  /** Applies and waits until it is rolled out. */
  applied(namespace: string, object: object): Promise<void>;
  /** Runs the action; `prepare` may put files into its workspace. */
  verify(
    namespace: string,
    inputs?: Readonly<Record<string, string>>,
    prepare?: (ports: TestPorts) => void,
  ): Promise<Verified>;
  close(): Promise<void>;
}

/** @param more what further tags do, given the pod's name */
export async function startRolloutLab(
  more: Readonly<Record<string, (pod: string) => ContainerScript>> = {},
): Promise<RolloutLab> {
  const cluster = await startKubernetes({
    timeScale: 0.05,
    containerScript: (pod, container) => {
      const tag = container.image.split(':').at(-1) ?? '';
      return more[tag]?.(pod.metadata.name) ?? behaviours[tag] ?? always({});
    },
  });
  const kubectl = kubectlUser(cluster.kubeconfig());
  const opened: TestPorts[] = [];
  let last = 0;
  const apply = async (namespace: string, object: object): Promise<void> => {
    const { code, err } = await kubectl.run(['-n', namespace, 'apply', '-f', '-'], object);
    if (code !== 0) throw new Error(err);
  };
  return {
    cluster,
    kubectl,
    apply,
    namespace: () => {
      const name = `shop-${(last += 1)}`;
      cluster.createNamespace(name);
      return name;
    },
    applied: async (namespace, object) => {
      await apply(namespace, object);
      const { kind, metadata } = object as { kind: string; metadata: { name: string } };
      const status = ['-n', namespace, 'rollout', 'status', `${kind}/${metadata.name}`, '--timeout=30s'];
      const { code, err } = await kubectl.run(status);
      if (code !== 0) throw new Error(err);
    },
    verify: async (namespace, inputs = {}, prepare = () => undefined) => {
      const ports = testPorts();
      opened.push(ports);
      prepare(ports);
      const given = {
        workloads: 'deployment/mi-service',
        'stable-for': '1500ms',
        grace: '1s',
        timeout: '30s',
        'carbon-applications': 'off',
        kubeconfig: cluster.kubeconfig(),
        namespace,
        ...inputs,
      };
      const variables = Object.fromEntries(
        Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
      );
      const { outputs, failure } = await main(readInputs(action, variables, ports.files.workspace), ports);
      return { outputs, failure, ports };
    },
    close: async () => {
      for (const ports of opened) ports.dispose();
      kubectl.dispose();
      await cluster.close();
    },
  };
}
