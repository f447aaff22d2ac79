/** The way in from outside the lab's cluster: http://127.0.0.1:port/NAMESPACE/SERVICE/… reaches a ready pod. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Kubernetes } from './kubernetes/cluster.ts';

export interface Ingress {
  readonly url: string;
  close(): Promise<void>;
}

interface Service {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly selector: Readonly<Record<string, string>> };
}

interface Pod {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly status: { readonly conditions?: readonly { type: string; status: string }[] };
}

/** @param port the container port that services stand for */
export async function startIngress(kubernetes: Kubernetes, port: number): Promise<Ingress> {
  const server = createServer((request, response) => forward(kubernetes, port, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function forward(kubernetes: Kubernetes, port: number, request: IncomingMessage, response: ServerResponse): void {
  const [, namespace = '', name = '', rest = ''] = /^\/([^/]+)\/([^/]+)(\/.*)?$/.exec(request.url ?? '') ?? [];
  const pod = readyPod(kubernetes, namespace, name);
  if (pod === undefined) {
    response.writeHead(503).end(`no ready pod behind service ${name} in namespace ${namespace}\n`);
    return;
  }
  const path = `/api/v1/namespaces/${namespace}/pods/${pod}:${port}/proxy${rest}`;
  const onward = https.request(
    new URL(path, kubernetes.url),
    { method: request.method ?? 'GET', ca: kubernetes.ca, headers: { authorization: `Bearer ${kubernetes.token}` } },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    },
  );
  onward.on('error', () => response.destroy());
  request.pipe(onward);
}

function readyPod(kubernetes: Kubernetes, namespace: string, name: string): string | undefined {
  const services = kubernetes.objects('Service', namespace) as unknown as readonly Service[];
  const selector = services.find((service) => service.metadata.name === name)?.spec.selector;
  if (selector === undefined) return undefined;
  const pods = kubernetes.objects('Pod', namespace) as unknown as readonly Pod[];
  return pods.find(
    ({ metadata, status }) =>
      Object.entries(selector).every(([key, value]) => metadata.labels?.[key] === value) &&
      status.conditions?.some(({ type, status: state }) => type === 'Ready' && state === 'True') === true,
  )?.metadata.name;
}
