import { createClient } from '@wso2-delivery/shared/kubernetes/api-client';
import type { KubernetesClient } from '@wso2-delivery/shared/kubernetes/client';
import { createTransport } from '@wso2-delivery/shared/kubernetes/transport';
import { testPorts, type TestPortOptions, type TestPorts } from '../../support/ports.ts';
import { FakeApi } from './fake-api.ts';

export interface FakeCluster {
  readonly api: FakeApi;
  readonly ports: TestPorts;
  readonly client: KubernetesClient;
  close(): Promise<void>;
}

/** A fake API server with a client for its namespace `staging`. */
export async function fakeCluster(options: TestPortOptions = {}): Promise<FakeCluster> {
  const api = new FakeApi();
  await api.listen();
  const ports = testPorts(options);
  const source = { address: () => Promise.resolve({ baseUrl: 'http://localhost', socketPath: api.socketPath }) };
  return {
    api,
    ports,
    client: createClient(
      createTransport(ports, source, () => 0),
      ports.clock,
      'staging',
    ),
    close: async () => {
      ports.dispose();
      await api.close();
    },
  };
}

/** Collections of the namespace `staging`. */
export const paths = {
  deployments: '/apis/apps/v1/namespaces/staging/deployments',
  statefulsets: '/apis/apps/v1/namespaces/staging/statefulsets',
  daemonsets: '/apis/apps/v1/namespaces/staging/daemonsets',
  cronjobs: '/apis/batch/v1/namespaces/staging/cronjobs',
  controllerrevisions: '/apis/apps/v1/namespaces/staging/controllerrevisions',
  secrets: '/api/v1/namespaces/staging/secrets',
  serviceaccounts: '/api/v1/namespaces/staging/serviceaccounts',
  nodes: '/api/v1/nodes',
  namespaces: '/api/v1/namespaces',
} as const;
