/** `wait: true`: the rollouts of this step are followed until they hold, or it is known why they do not. */
import type { VerificationError } from '@wso2-delivery/shared/base/errors';
import type { Ports } from '@wso2-delivery/shared/base/ports';
import type { Cluster } from '@wso2-delivery/shared/kubernetes/cluster';
import type { ManifestDocument } from '@wso2-delivery/shared/kubernetes/manifests';
import { locateIn } from '@wso2-delivery/shared/kubernetes/rollout/locate';
import type { PodTemplate } from '@wso2-delivery/shared/kubernetes/rollout/objects';
import { failureOf } from '@wso2-delivery/shared/kubernetes/rollout/report';
import type { Verification, Verified } from '@wso2-delivery/shared/kubernetes/rollout/verify';
import { findWorkloads } from '@wso2-delivery/shared/kubernetes/rollout/workloads';
import type { ChangedWorkload } from '@wso2-delivery/shared/kubernetes/set-image';
import { verifyWorkloads } from '@wso2-delivery/shared/run/verification/verify';
import type { DeployTarget } from './intent.ts';
import type { Inputs, Request } from './request.ts';

type Watched = 'Deployment' | 'StatefulSet' | 'DaemonSet';
const watchedKinds: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet'];

export interface Step {
  readonly cluster: Cluster;
  readonly ports: Ports;
  readonly inputs: Inputs;
  readonly request: Request;
  readonly targets: readonly DeployTarget[];
  readonly changed: readonly ChangedWorkload[];
}

/**
 * Verifies all workloads of the step, also those that had the wanted images before: that they have them says nothing
 * about whether they run.
 */
export async function verify(step: Step): Promise<Verification> {
  const { cluster, ports, inputs, request, targets, changed } = step;
  const watched = targets.filter(({ kind }) => watchedKinds.includes(kind));
  const found = await findWorkloads(
    cluster.client,
    watched.map(({ kind, name, namespace }) => ({ kind: kind as Watched, name, namespace })),
    'workload',
  );
  const workloads = found.map((workload): Verified => {
    const change = changed.find(
      ({ kind, name, namespace }) =>
        kind === workload.kind && name === workload.name && namespace === workload.namespace,
    );
    if (change === undefined) return workload;
    const { generation, template } = change;
    return { ...workload, generation, template: template as PodTemplate };
  });
  const access = { logins: request.logins, ca: request.registryCa };
  return verifyWorkloads(cluster, ports, workloads, access, { inputs, request: request.verification });
}

/** The error of the worst workload; the others become annotations. undefined when all is well. */
export function verificationFailure(
  ports: Ports,
  { outcome, results }: Verification,
  documents: readonly ManifestDocument[],
): VerificationError | undefined {
  const locate = locateIn(documents);
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
