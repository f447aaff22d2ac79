/** `wait: true`: the rollouts of this step are followed until they hold, or it is known why they do not. */
import type { VerificationError } from '@wso2-delivery/shared/base/errors';
import type { Ports } from '@wso2-delivery/shared/base/ports';
import type { KubernetesClient } from '@wso2-delivery/shared/kubernetes/client';
import { defaultPolicy } from '@wso2-delivery/shared/kubernetes/rollout/policy';
import { failureOf } from '@wso2-delivery/shared/kubernetes/rollout/report';
import { verifyRollouts, type Verification, type Verified } from '@wso2-delivery/shared/kubernetes/rollout/verify';
import { findWorkloads } from '@wso2-delivery/shared/kubernetes/rollout/workloads';
import type { ChangedWorkload } from '@wso2-delivery/shared/kubernetes/set-image';
import type { DeployTarget } from './intent.ts';
import type { Inputs } from './request.ts';

type Watched = 'Deployment' | 'StatefulSet' | 'DaemonSet';
const watchedKinds: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet'];

/**
 * Verifies all workloads of the step, also those that had the wanted images before: that they have them says nothing
 * about whether they run.
 */
export async function verify(
  client: KubernetesClient,
  ports: Ports,
  inputs: Inputs,
  targets: readonly DeployTarget[],
  changed: readonly ChangedWorkload[],
): Promise<Verification> {
  const watched = targets.filter(({ kind }) => watchedKinds.includes(kind));
  const found = await findWorkloads(
    client,
    watched.map(({ kind, name, namespace }) => ({ kind: kind as Watched, name, namespace })),
    'workload',
  );
  const workloads = found.map((workload): Verified => {
    const change = changed.find(
      ({ kind, name, namespace }) =>
        kind === workload.kind && name === workload.name && namespace === workload.namespace,
    );
    return change === undefined ? workload : { ...workload, generation: change.generation };
  });
  return verifyRollouts({ clock: ports.clock, log: ports.log, cancelled: ports.cancelled, client }, workloads, {
    policy: {
      ...defaultPolicy,
      timeoutMs: inputs.timeout,
      stableForMs: inputs.stableFor,
      graceMs: inputs.grace,
      crashTolerance: inputs.crashTolerance,
      unschedulableGraceMs: inputs.unschedulableGrace,
    },
    onFailure: inputs.onFailure,
    logLines: inputs.logLines,
  });
}

/** The error of the worst workload; the others become annotations. undefined when all is well. */
export function verificationFailure(
  ports: Ports,
  { outcome, results }: Verification,
  targets: readonly DeployTarget[],
): VerificationError | undefined {
  const locate = (result: (typeof results)[number]) =>
    targets.find(({ kind, name }) => kind === result.target.kind && name === result.target.name)?.location;
  const worst = results.find((result) => result.outcome === outcome);
  for (const result of results) {
    const error = result === worst ? undefined : failureOf(result, locate);
    if (error !== undefined)
      ports.log.annotate({
        level: 'error',
        message: `${error.message} ${error.remedy} [${error.code}]`,
        ...error.location,
      });
  }
  return worst === undefined ? undefined : failureOf(worst, locate);
}
