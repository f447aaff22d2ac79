/** Verifies workloads with everything that a step knows: the rollouts, the servers inside, the registries of the images. */
import { DeliveryError } from '../../base/errors.ts';
import type { Ports } from '../../base/ports.ts';
import type { Cluster } from '../../kubernetes/cluster.ts';
import type { AskRegistry } from '../../kubernetes/rollout/existence.ts';
import type { Verification, Verified } from '../../kubernetes/rollout/verify.ts';
import { verifyRollouts } from '../../kubernetes/rollout/verify.ts';
import { checkImage } from '../../oci/preflight.ts';
import { parseReference } from '../../oci/reference.ts';
import type { Registries } from '../../oci/registry.ts';
import { expectedApplications } from './expected-applications.ts';
import { healthCheck } from './health.ts';
import type { VerificationInputs, VerificationRequest } from './request.ts';

/**
 * Follows the workloads to their verdicts.
 * @throws ServiceError when the cluster cannot be watched; CancelledError.
 */
export function verifyWorkloads(
  cluster: Cluster,
  ports: Ports,
  workloads: readonly Verified[],
  registries: Registries,
  { inputs, request }: { readonly inputs: VerificationInputs; readonly request: VerificationRequest },
): Promise<Verification> {
  const { clock, log, cancelled } = ports;
  const watch = { client: cluster.client, clock, log, cancelled, askRegistry: askRegistry(registries) };
  return verifyRollouts(watch, workloads, {
    policy: request.policy,
    onFailure: inputs.onFailure,
    firstDeployment: inputs.firstDeployment,
    logLines: inputs.logLines,
    health: healthCheck(cluster, ports, request, expectedApplications(registries)),
  });
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
