import type { Ports } from '../base/ports.ts';
import { createClient } from './api-client.ts';
import type { KubernetesClient } from './client.ts';
import { resolveKubectl } from './kubeconfig.ts';
import type { ClusterInputs, ResolvedKubectl } from './kubeconfig.ts';
import { startProxy } from './proxy.ts';
import { createTransport } from './transport.ts';

/** A cluster as one step sees it: kubectl for changes, one client for all reads and watches. */
export interface Cluster {
  readonly kubectl: ResolvedKubectl;
  readonly client: KubernetesClient;
  readonly namespace: string;
  /** Ends the proxy. */
  close(): Promise<void>;
}

/**
 * Connects to the cluster that the inputs name, and asks it for its version, so that a wrong address, certificate or
 * token is told here and not in the middle of the work.
 * @throws InputError, ToolError, ServiceError with the codes of this room
 */
export async function connect(ports: Ports, inputs: ClusterInputs): Promise<Cluster> {
  const kubectl = await resolveKubectl(ports, inputs);
  const proxy = await startProxy(ports, kubectl);
  const client = createClient(createTransport(ports, proxy), ports.clock, kubectl.namespace);
  try {
    const version = await client.version();
    ports.log.info(
      `Kubernetes ${version}${kubectl.server === undefined ? '' : ` at ${kubectl.server}`}, namespace ${kubectl.namespace}`,
    );
  } catch (error) {
    await proxy.stop();
    throw error;
  }
  return { kubectl, client, namespace: kubectl.namespace, close: () => proxy.stop() };
}
