/** For tests of the lab's Kubernetes: a plain client, a deployment to start from, and waiting for a state. */
import { request } from 'node:https';
import type { Kubernetes } from '../../packages/lab/src/kubernetes/cluster.ts';

export interface ApiAnswer {
  readonly status: number;
  readonly body: Record<string, unknown> & { readonly message?: string; readonly reason?: string };
  readonly text: string;
}

/** Sends one request as the administrator, or with the given token. */
export function api(
  kubernetes: Kubernetes,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<ApiAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      new URL(path, kubernetes.url),
      {
        method,
        ca: kubernetes.ca,
        agent: false,
        headers: { authorization: `Bearer ${kubernetes.token}`, 'content-type': 'application/json', ...headers },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const json = (response.headers['content-type'] ?? '').includes('json') && !text.includes('\n{');
          resolve({
            status: response.statusCode ?? 0,
            text,
            body: (json ? JSON.parse(text) : {}) as ApiAnswer['body'],
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** A Deployment `web` of one container with a readiness probe on 8080. */
export function webDeployment(spec: object = {}, container: object = {}, podSpec: object = {}): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          containers: [
            {
              name: 'web',
              image: 'registry.example/shop/web:v1',
              ports: [{ containerPort: 8080 }],
              readinessProbe: { httpGet: { path: '/readyz', port: 8080 }, periodSeconds: 1 },
              ...container,
            },
          ],
          ...podSpec,
        },
      },
      ...spec,
    },
  };
}

/** Waits until `look` gives something. @throws Error after `timeoutMs`, with what was there. */
export async function until<T>(look: () => T | undefined | false, timeoutMs = 10_000): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`nothing within ${timeoutMs} ms: ${look.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
