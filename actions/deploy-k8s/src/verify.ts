/** `wait: true`: the rollouts of this step are followed until they hold, or it is known why they do not. */
import type { VerificationError } from '@wso2-delivery/shared/base/errors';
import type { Ports } from '@wso2-delivery/shared/base/ports';
import type { Cluster } from '@wso2-delivery/shared/kubernetes/cluster';
import type { ManifestDocument } from '@wso2-delivery/shared/kubernetes/manifests';
import { locateIn } from '@wso2-delivery/shared/kubernetes/rollout/locate';
import type { PodTemplate } from '@wso2-delivery/shared/kubernetes/rollout/objects';
import { failureOf, type Locate } from '@wso2-delivery/shared/kubernetes/rollout/report';
import { worstFirst } from '@wso2-delivery/shared/kubernetes/rollout/result';
import type { Verification, WorkloadResult } from '@wso2-delivery/shared/kubernetes/rollout/result';
import type { Verified } from '@wso2-delivery/shared/kubernetes/rollout/verify';
import { findWorkloads, type FoundWorkload } from '@wso2-delivery/shared/kubernetes/rollout/workloads';
import type { ChangedWorkload } from '@wso2-delivery/shared/kubernetes/set-image';
import {
  verifyPutBackWorkloads,
  verifyWorkloads,
  type RegistryAccess,
} from '@wso2-delivery/shared/run/verification/verify';
import type { DeployTarget } from './intent.ts';
import type { Inputs, Request } from './request.ts';

type Watched = 'Deployment' | 'StatefulSet' | 'DaemonSet';
const watchedKinds: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet'];

export interface Step {
  readonly cluster: Cluster;
  readonly ports: Ports;
  readonly inputs: Inputs;
  readonly request: Request;
}

/** What was changed, and how the rest goes back before a rollback. */
export interface Changed {
  readonly targets: readonly DeployTarget[];
  readonly changed: readonly ChangedWorkload[];
  readonly beforeRollback: () => Promise<void>;
}

/**
 * Verifies all workloads of the step, also those that had the wanted images before: that they have them says nothing
 * about whether they run.
 */
export async function verify(step: Step, { targets, changed, beforeRollback }: Changed): Promise<Verification> {
  const { cluster, ports, inputs, request } = step;
  const found = await find(step, targets);
  const workloads = found.map((workload): Verified => {
    const change = changed.find(
      ({ kind, name, namespace }) =>
        kind === workload.kind && name === workload.name && namespace === workload.namespace,
    );
    if (change === undefined) return workload;
    const { generation, template } = change;
    return { ...workload, generation, template: template as PodTemplate };
  });
  const asked = { inputs, request: request.verification, beforeRollback };
  return verifyWorkloads(cluster, ports, workloads, accessOf(step), asked);
}

/** Verifies the workloads that were put back, and joins that with what is known of the step. */
export async function verifyBack(
  step: Step,
  known: readonly WorkloadResult[],
  putBack: readonly DeployTarget[],
): Promise<Verification> {
  const { cluster, ports, inputs, request } = step;
  const found = await find(step, putBack);
  const asked = { inputs, request: request.verification };
  return verifyPutBackWorkloads(cluster, ports, known, found, accessOf(step), asked);
}

function find({ cluster }: Step, targets: readonly DeployTarget[]): Promise<readonly FoundWorkload[]> {
  const watched = targets.filter(({ kind }) => watchedKinds.includes(kind));
  const names = watched.map(({ kind, name, namespace }) => ({ kind: kind as Watched, name, namespace }));
  return findWorkloads(cluster.client, names, 'workload');
}

function accessOf({ request }: Step): RegistryAccess {
  return { logins: request.logins, ca: request.registryCa };
}

/** The error of the worst workload; the others become annotations. undefined when all is well. */
export function verificationFailure(
  ports: Ports,
  { results }: Verification,
  documents: readonly ManifestDocument[],
): VerificationError | undefined {
  const locate = locateIn(documents);
  const [worst, ...others] = worstFirst(results);
  annotateFailures(ports, others, locate);
  return worst === undefined ? undefined : failureOf(worst, locate);
}

/** What was well itself and went back with the others is no error of its own. */
export function annotateFailures(ports: Ports, results: readonly WorkloadResult[], locate?: Locate): void {
  for (const result of results) {
    const well = result.outcome === 'rolled-back' && result.cause === undefined;
    const error = well ? undefined : failureOf(result, locate);
    if (error === undefined) continue;
    const { message, remedy, code, location } = error;
    ports.log.annotate({ level: 'error', message: `${message} ${remedy} [${code}]`, ...location });
  }
}
