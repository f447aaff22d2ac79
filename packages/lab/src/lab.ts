/** The whole lab in one process: a registry, a cluster, three API Managers. Loopback only, ports chosen by the system. */
import { startApiManager, type ApiManager } from './apim/api-manager.ts';
import { startIngress, type Ingress } from './ingress.ts';
import { startKubernetes, type Kubernetes } from './kubernetes/cluster.ts';
import { seedMicroIntegratorBase } from './registry/micro-integrator-base.ts';
import { startRegistry, type LabRegistry } from './registry/registry.ts';

/** The stages that every part of the lab has. */
export const stages = ['dev', 'staging', 'production'] as const;
export type Stage = (typeof stages)[number];

/** The port on which a Micro Integrator answers its APIs. */
const httpPort = 8290;

export interface Lab {
  readonly registry: LabRegistry;
  /** The Micro Integrator base image in the registry. */
  readonly baseImage: string;
  readonly kubernetes: Kubernetes;
  readonly ingress: Ingress;
  readonly apiManagers: Readonly<Record<Stage, ApiManager>>;
  close(): Promise<void>;
}

export interface LabOptions {
  /** User → password of every API Manager (default admin/admin). */
  readonly apimUsers?: Readonly<Record<string, string>>;
}

/** Starts everything. */
export async function startLab({ apimUsers }: LabOptions = {}): Promise<Lab> {
  const registry = await startRegistry();
  await seedMicroIntegratorBase(registry, { repository: 'wso2/wso2mi', tag: '4.2.0', version: '4.2.0' });
  const kubernetes = await startKubernetes({ namespaces: stages });
  const ingress = await startIngress(kubernetes, httpPort);
  const [dev, staging, production] = await Promise.all(
    stages.map((name) => startApiManager({ name, ...(apimUsers === undefined ? {} : { users: apimUsers }) })),
  );
  if (dev === undefined || staging === undefined || production === undefined) throw new Error('unreachable');
  const parts = [ingress, kubernetes, registry, dev, staging, production];
  return {
    registry,
    baseImage: `${registry.host}/wso2/wso2mi:4.2.0`,
    kubernetes,
    ingress,
    apiManagers: { dev, staging, production },
    close: async () => {
      await Promise.all(parts.map((part) => part.close()));
    },
  };
}
