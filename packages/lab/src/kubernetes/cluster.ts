/** Starts the lab's Kubernetes: one API server with its controllers, scheduler and kubelet, in this process. */
import { randomBytes } from 'node:crypto';
import { Accounts, type Account } from './access.ts';
import { selfSignedCertificate } from '../certificate.ts';
import type { ContainerScripts } from './container-script.ts';
import { DaemonSetController } from './daemonset-controller.ts';
import { DeploymentController } from './deployment-controller.ts';
import { GarbageCollector, furnish } from './garbage-collector.ts';
import { JobController } from './job-controller.ts';
import { kubeconfigFor } from './kubeconfig.ts';
import { Kubelet } from './kubelet.ts';
import { microIntegrator } from './micro-integrator.ts';
import { timestamp, type KubeObject, type Node, type Quantities } from './objects.ts';
import { PodEndpoint } from './pod-endpoint.ts';
import { PortForwards } from './port-forward.ts';
import { ReplicaSetController } from './replicaset-controller.ts';
import { ResourceEndpoint } from './resource-endpoint.ts';
import { namespaces, nodes, resourceOfKind, type Resource } from './resources.ts';
import { Scheduler } from './scheduler.ts';
import { ApiServer, type Fault, type SeenRequest } from './server.ts';
import { StatefulSetController } from './statefulset-controller.ts';
import { expired } from './status.ts';
import { Store } from './store.ts';
import { Timing } from './timing.ts';
import { Watches } from './watch.ts';

export interface KubernetesOptions {
  /** How containers behave (default: Micro Integrators from the images in their registry). */
  readonly containerScript?: ContainerScripts;
  /** 0.1 (the default): back-off, probes, deadlines and grace periods run ten times faster than on a cluster. 1: real time. */
  readonly timeScale?: number;
  /** Namespaces to start with, besides `default` and `kube-system`. */
  readonly namespaces?: readonly string[];
  /** The first node (default `lab-node` with 4 cores and 8 GiB); null: none. */
  readonly node?: NodeOptions | null;
  /**
   * `stripped` (default), as on a cluster: an Authorization header is for the API server, which never hands it on to a
   * pod and answers 401 to one that it does not know. `forwarded`: pods see it, which no cluster does.
   */
  readonly proxyAuthorization?: 'stripped' | 'forwarded';
  readonly onRequest?: (request: SeenRequest) => void;
}

export interface NodeOptions {
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly allocatable?: Quantities;
  readonly taints?: { key: string; value?: string; effect: string }[];
  readonly architecture?: string;
}

export interface KubeconfigOptions {
  readonly namespace?: string;
  /** A token that `addToken` gave (default: the administrator's). */
  readonly token?: string;
}

export interface Kubernetes {
  /** https://127.0.0.1:… */
  readonly url: string;
  /** The server's certificate authority, PEM. */
  readonly ca: string;
  /** What the pods' HTTPS ports show through a forwarded port (names localhost and 127.0.0.1), PEM. */
  readonly podCa: string;
  /** The administrator's bearer token. */
  readonly token: string;
  /** A kubeconfig for this server, YAML. */
  kubeconfig(options?: KubeconfigOptions): string;
  addNode(options?: NodeOptions): void;
  createNamespace(name: string): void;
  /** A new bearer token for an account with its own rights. */
  addToken(account: Account): string;
  /** Lets a token expire, and cuts every connection, as a server does that ends long requests. */
  revokeToken(token: string): void;
  /** Stops the API server and starts it again at the same address, with all that it has stored. */
  restart(downMs: number): Promise<void>;
  /** Objects of a kind as they are stored now. */
  objects(kind: string, namespace?: string): readonly KubeObject[];
  /** Ends every watch with 410 and forgets the history. */
  expireWatches(): void;
  /** Cuts every open connection. */
  dropConnections(): void;
  /** Answers coming requests with an error. */
  addFault(fault: Fault): void;
  /** Forgets the images on the nodes, so that the next start pulls again. */
  forgetImages(): void;
  /** Ends everything; nothing stays open. */
  close(): Promise<void>;
}

/** Starts the server on a loopback port of the system's choice. */
export async function startKubernetes(options: KubernetesOptions = {}): Promise<Kubernetes> {
  const store = new Store();
  const timing = new Timing(options.timeScale ?? 0.1);
  const watches = new Watches(store);
  const kubelet = new Kubelet(store, timing, options.containerScript ?? microIntegrator());
  new GarbageCollector(store, timing);
  new DeploymentController(store, timing);
  new ReplicaSetController(store, timing);
  new StatefulSetController(store, timing);
  new DaemonSetController(store, timing);
  new JobController(store, timing);
  new Scheduler(store, timing);
  const accounts = new Accounts();
  const addToken = (account: Account): string => {
    const token = `lab-${randomBytes(16).toString('hex')}`;
    accounts.add(token, account);
    return token;
  };
  const administrator: Account = { user: 'lab-admin' };
  const token = addToken(administrator);
  const forwards = options.proxyAuthorization === 'forwarded';
  const podCertificate = selfSignedCertificate('pod');
  const portForwards = new PortForwards(kubelet, podCertificate);
  const endpoint = new ResourceEndpoint(store, watches, new PodEndpoint(store, kubelet, timing, forwards));
  const certificate = selfSignedCertificate('kubernetes');
  const server = new ApiServer({
    certificate,
    portForwards,
    store,
    proxyFallback: forwards ? administrator : undefined,
    accounts,
    endpoint,
    onRequest: options.onRequest ?? (() => undefined),
  });
  const createNamespace = (name: string): void => {
    if (store.find(namespaces, undefined, name) !== undefined) return;
    store.create(namespaces, newNamespace(name));
    furnish(store, name);
  };
  for (const name of ['default', 'kube-system', ...(options.namespaces ?? [])]) createNamespace(name);
  const addNode = (node: NodeOptions = {}): void => void store.create(nodes, newNode(node));
  if (options.node !== null) addNode(options.node);
  const url = await server.listen();
  return {
    url,
    ca: certificate.certificate,
    podCa: podCertificate.certificate,
    token,
    kubeconfig: (chosen = {}) =>
      kubeconfigFor({
        server: url,
        ca: certificate.certificate,
        token: chosen.token ?? token,
        namespace: chosen.namespace ?? 'default',
      }),
    addNode,
    createNamespace,
    addToken,
    revokeToken: (revoked) => {
      accounts.remove(revoked);
      server.dropConnections();
    },
    restart: async (downMs) => {
      watches.endAll();
      await server.close();
      await timing.sleep(downMs, timing.ended);
      await server.listen(Number(new URL(url).port));
    },
    objects: (kind, namespace) => store.list(kindNamed(kind), namespace),
    expireWatches: () => {
      store.compact();
      watches.endAll(expired(`The resourceVersion for the provided watch is too old.`));
    },
    dropConnections: () => server.dropConnections(),
    addFault: (fault) => server.addFault(fault),
    forgetImages: () => kubelet.forgetImages(),
    close: async () => {
      timing.end();
      watches.endAll();
      await server.close();
    },
  };
}

function kindNamed(kind: string): Resource {
  const resource = resourceOfKind(kind);
  if (resource === undefined) throw new TypeError(`no such kind: ${kind}`);
  return resource;
}

function newNamespace(name: string): KubeObject {
  return {
    kind: 'Namespace',
    apiVersion: 'v1',
    metadata: { ...bare(name), labels: { 'kubernetes.io/metadata.name': name } },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  };
}

function bare(name: string): KubeObject['metadata'] {
  return { name, uid: '', resourceVersion: '', creationTimestamp: '' };
}

let lastHost = 0;

function newNode({ name = 'lab-node', labels, allocatable, taints, architecture = 'amd64' }: NodeOptions): Node {
  const now = timestamp();
  const resources = { cpu: '4', memory: '8Gi', 'ephemeral-storage': '50Gi', pods: '110', ...allocatable };
  const address = `10.78.0.${(++lastHost % 250) + 1}`;
  const status: Node['status'] & Record<string, unknown> = {
    capacity: resources,
    allocatable: resources,
    conditions: [
      {
        type: 'Ready',
        status: 'True',
        lastHeartbeatTime: now,
        lastTransitionTime: now,
        reason: 'KubeletReady',
        message: 'kubelet is posting ready status',
      },
    ],
    addresses: [
      { type: 'InternalIP', address },
      { type: 'Hostname', address: name },
    ],
    nodeInfo: {
      architecture,
      operatingSystem: 'linux',
      kubeletVersion: 'v1.33.13',
      containerRuntimeVersion: 'containerd://2.1.9',
      osImage: 'Lab Linux',
      kernelVersion: '6.1.0',
    },
  };
  return {
    kind: 'Node',
    apiVersion: 'v1',
    metadata: {
      ...bare(name),
      labels: {
        'kubernetes.io/arch': architecture,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/hostname': name,
        ...labels,
      },
    },
    spec: taints === undefined ? {} : { taints },
    status,
  };
}
