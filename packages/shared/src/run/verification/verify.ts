/** Verifies workloads with everything that a step knows: the rollouts, the servers inside, the registries of the images. */
import { DeliveryError } from '../../base/errors.ts';
import type { Ports } from '../../base/ports.ts';
import type { Cluster } from '../../kubernetes/cluster.ts';
import { readPullSecrets } from '../../kubernetes/pull-secrets.ts';
import type { AskRegistry } from '../../kubernetes/rollout/existence.ts';
import { verifyPutBack } from '../../kubernetes/rollout/came-back.ts';
import type { WatchPorts } from '../../kubernetes/rollout/following.ts';
import type { Verification, WorkloadResult } from '../../kubernetes/rollout/result.ts';
import type { Verified } from '../../kubernetes/rollout/verify.ts';
import { verifyRollouts } from '../../kubernetes/rollout/verify.ts';
import type { FoundWorkload } from '../../kubernetes/rollout/workloads.ts';
import type { Login } from '../../oci/credentials.ts';
import { checkImage } from '../../oci/preflight.ts';
import { parseReference } from '../../oci/reference.ts';
import { openRegistries, type Registries } from '../../oci/registry.ts';
import { expectedApplications } from './expected-applications.ts';
import { healthCheck } from './health.ts';
import type { VerificationInputs, VerificationRequest } from './request.ts';

/** How the step gets into the registries of the images, besides the pull secrets of the pods where those may be read. */
export interface RegistryAccess {
  readonly logins: readonly Login[];
  /** Certificate authority, PEM. */
  readonly ca: string | undefined;
}

/** How the step asked for its verification. */
export interface Asked {
  readonly inputs: VerificationInputs;
  readonly request: VerificationRequest;
  /** Puts back what the pods of the revision before start with; called once, before the first rollback. */
  readonly beforeRollback?: () => Promise<void>;
}

/**
 * Follows the workloads to their verdicts.
 * @throws ServiceError when the cluster cannot be watched; CancelledError.
 */
export async function verifyWorkloads(
  cluster: Cluster,
  ports: Ports,
  workloads: readonly Verified[],
  access: RegistryAccess,
  { inputs, request, beforeRollback }: Asked,
): Promise<Verification> {
  const { watch, registries } = await prepare(cluster, ports, workloads, access);
  return verifyRollouts(watch, workloads, {
    policy: request.policy,
    onFailure: inputs.onFailure,
    beforeRollback,
    firstDeployment: inputs.firstDeployment === 'scale-to-zero' ? 'scale-to-zero' : 'keep',
    logLines: inputs.logLines,
    health: healthCheck(cluster, ports, request, expectedApplications(registries)),
  });
}

/**
 * Follows workloads that were put back, by the same rules; nothing looks inside them.
 * @param known what is known of the step's workloads
 * @throws ServiceError when the cluster cannot be watched; CancelledError.
 */
export async function verifyPutBackWorkloads(
  cluster: Cluster,
  ports: Ports,
  known: readonly WorkloadResult[],
  putBack: readonly FoundWorkload[],
  access: RegistryAccess,
  { inputs: { logLines }, request: { policy } }: Pick<Asked, 'inputs' | 'request'>,
): Promise<Verification> {
  const { watch } = await prepare(cluster, ports, putBack, access);
  return verifyPutBack(watch, known, putBack, { policy, logLines });
}

async function prepare(
  { client }: Cluster,
  ports: Ports,
  workloads: readonly FoundWorkload[],
  access: RegistryAccess,
): Promise<{ readonly watch: WatchPorts; readonly registries: Registries }> {
  const templates = workloads.map(({ workload }) => workload.spec.template);
  const { credentials } = await readPullSecrets(client, ports.secrets, templates);
  const registries = openRegistries(ports, { logins: [...access.logins, ...credentials], ca: access.ca });
  const { clock, log, cancelled } = ports;
  return { watch: { client, clock, log, cancelled, askRegistry: askRegistry(registries) }, registries };
}

/** What the registry says to this step; with other credentials than the nodes have, so "no access" here says nothing. */
function askRegistry(registries: Registries): AskRegistry {
  return async (image) => {
    try {
      const answer = await checkImage(parseReference(image), [], registries);
      if (answer.state === 'absent') return { state: 'absent' };
      return 'message' in answer && answer.state !== 'platform-missing'
        ? { state: 'unknown', why: answer.message }
        : { state: 'present' };
    } catch (error) {
      if (!(error instanceof DeliveryError) || error.kind === 'cancelled') throw error;
      return { state: 'unknown', why: error.message };
    }
  };
}
