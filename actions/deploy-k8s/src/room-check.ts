/** Is there room for the pods of the change, and do disruption budgets leave them free to move? */
import type { Log } from '@wso2-delivery/shared/base/ports';
import type { KubernetesClient } from '@wso2-delivery/shared/kubernetes/client';
import { budgetFindings, type Budget } from '@wso2-delivery/shared/kubernetes/disruption-budget';
import type { Finding } from '@wso2-delivery/shared/kubernetes/manifest-check';
import { listIfAllowed } from '@wso2-delivery/shared/kubernetes/optional-list';
import { quotaFindings } from '@wso2-delivery/shared/kubernetes/quota';
import type { Intent } from './intent.ts';

/** Reads quotas and budgets of each namespace once; a missing right leaves its part out, with a warning. */
export async function roomFindings(
  client: KubernetesClient,
  log: Log,
  { demands, guarded, budgets }: Pick<Intent, 'demands' | 'guarded' | 'budgets'>,
): Promise<Finding[]> {
  const read = async (kind: 'ResourceQuota' | 'PodDisruptionBudget', where: Iterable<string>, leftOut: string) =>
    new Map(
      await Promise.all(
        [...new Set(where)].map(
          async (namespace) => [namespace, await listIfAllowed(client, log, kind, namespace, leftOut)] as const,
        ),
      ),
    );
  const namespaces = (all: readonly { readonly namespace: string }[]) => all.map(({ namespace }) => namespace);
  const room = 'It is not checked whether there is room for the additional pods';
  const drains = 'It is not checked whether a budget keeps nodes from being drained';
  const [quotas, present] = await Promise.all([
    read('ResourceQuota', namespaces(demands), room),
    read('PodDisruptionBudget', namespaces(guarded), drains),
  ]);
  const asked = new Set(budgets.map(({ object, namespace }) => `${namespace}/${object.metadata.name}`));
  const others = [...present].flatMap(([namespace, objects]) =>
    // The manifest says how it will be.
    objects
      .filter(({ metadata }) => !asked.has(`${namespace}/${metadata.name}`))
      .map((object): Budget => ({ object, namespace })),
  );
  return [
    ...demands.flatMap((demand) => quotaFindings(demand, quotas.get(demand.namespace) ?? [])),
    ...guarded.flatMap((workload) => budgetFindings(workload, [...budgets, ...others])),
  ];
}
