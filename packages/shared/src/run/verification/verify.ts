/** Verifies workloads with everything that a step knows: the rollouts, the servers inside, the registries of the images. */
import { DeliveryError } from '../../base/errors.ts';
import type { Ports } from '../../base/ports.ts';
import type { Cluster } from '../../kubernetes/cluster.ts';
import { readPullSecrets } from '../../kubernetes/pull-secrets.ts';
import type { AskRegistry } from '../../kubernetes/rollout/existence.ts';
import type { Verification, Verified } from '../../kubernetes/rollout/verify.ts';
import { verifyRollouts } from '../../kubernetes/rollout/verify.ts';
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

/**
 * Follows the workloads to their verdicts.
 * @throws ServiceError when the cluster cannot be watched; CancelledError.
 */
export async function verifyWorkloads(
  cluster: Cluster,
  ports: Ports,
  workloads: readonly Verified[],
  access: RegistryAccess,
  { inputs, request }: { readonly inputs: VerificationInputs; readonly request: VerificationRequest },
): Promise<Verification> {
  const templates = workloads.map(({ workload }) => workload.spec.template);
  const { credentials } = await readPullSecrets(cluster.client, ports.secrets, templates);
  const registries = openRegistries(ports, { logins: [...access.logins, ...credentials], ca: access.ca });
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
