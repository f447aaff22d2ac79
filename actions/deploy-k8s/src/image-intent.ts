/** `workload` and `images`: other images for workloads that exist. */
import { InputError } from '@wso2-delivery/shared/base/errors';
import { codes } from '@wso2-delivery/shared/base/codes';
import type { Ports } from '@wso2-delivery/shared/base/ports';
import type { KubernetesClient } from '@wso2-delivery/shared/kubernetes/client';
import { checkDocument, type Finding } from '@wso2-delivery/shared/kubernetes/manifest-check';
import { at } from '@wso2-delivery/shared/kubernetes/objects';
import { describeChange, describePlan, planImages, type WorkloadChange } from '@wso2-delivery/shared/kubernetes/plan';
import { putBackAll, type Snapshot } from '@wso2-delivery/shared/kubernetes/put-back';
import { podDemand } from '@wso2-delivery/shared/kubernetes/quota';
import { makeChanges, tryChanges, type ChangeOptions } from '@wso2-delivery/shared/kubernetes/set-image';
import { withImages } from '@wso2-delivery/shared/kubernetes/substitution';
import { formatWorkload, readWorkloads, templatePath } from '@wso2-delivery/shared/kubernetes/workload';
import type { Intent } from './intent.ts';
import type { Request } from './request.ts';

/** @throws InputError WORKLOAD_NOT_FOUND, INPUT_INVALID with every wish that fits nowhere; ServiceError */
export async function imageIntent(
  client: KubernetesClient,
  ports: Ports,
  request: Request,
  options: ChangeOptions,
): Promise<Intent> {
  const workloads = await readWorkloads(client, request.workloads);
  const { plan, problems } = planImages(workloads, request.wishes);
  if (problems.length > 0) throw new InputError(codes.INPUT_INVALID, problems);
  let snapshots: readonly Snapshot[] = [];
  return {
    nothingToDo: plan.changes.length === 0,
    says: describePlan(plan),
    images: plan.wanted,
    templates: workloads.map(({ kind, object }) => at(object, ...templatePath(kind))),
    findings: plan.changes.flatMap(findingsOf),
    targets: workloads.map(({ kind, name, namespace }) => ({ kind, name, namespace })),
    demands: plan.changes.flatMap(({ workload: { object, namespace } }) => podDemand(object, namespace, object) ?? []),
    guarded: plan.changes.map(({ workload: { object, namespace } }) => ({ object, namespace, before: object })),
    budgets: [],
    async attempt() {
      await tryChanges(client, plan.changes, options.changeCause);
      return { differs: plan.changes.length > 0, lines: plan.changes.map(describeChange) };
    },
    async make() {
      if (options.putBack === true)
        snapshots = await Promise.all(plan.changes.map((change) => snapshot(client, change)));
      return makeChanges(client, ports, plan.changes, options);
    },
    putBack: (which) => putBackAll(client.anyKind, which === 'all' ? snapshots : [], { created: 'keep' }),
  };
}

/** Read anew with its managed fields: who has changed it by now is told by them. */
async function snapshot(client: KubernetesClient, { workload }: WorkloadChange): Promise<Snapshot> {
  const { kind, name, namespace, object } = workload;
  const known = { apiVersion: object.apiVersion ?? 'apps/v1', kind, name, namespace };
  return { name: known, before: (await client.anyKind.find(known)) ?? object };
}

/** What is wrong with a workload that exists is not this step's doing: it is told, and does not stop the step. */
function findingsOf({ workload, images }: WorkloadChange): Finding[] {
  const document = withImages({ file: '', line: undefined, text: '', object: workload.object }, images);
  const findings = checkDocument(document).map((finding): Finding =>
    finding.weight === 'error' ? { ...finding, weight: 'warning' } : finding,
  );
  if (!workload.paused) return findings;
  const paused: Finding = {
    id: 'paused',
    weight: 'warning',
    subject: formatWorkload(workload),
    says: 'its rollouts are paused, so the new image does not run before somebody resumes them',
    remedy: `kubectl -n ${workload.namespace} rollout resume ${formatWorkload(workload)}`,
  };
  return [paused, ...findings];
}
