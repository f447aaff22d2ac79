import { parseQuantity } from '../base/quantity.ts';
import { count } from '../base/text.ts';
import type { Finding } from './manifest-check.ts';
import { at, isRecord, numberAt, recordsAt, textAt } from './objects.ts';
import type { KubernetesObject } from './objects.ts';
import { podTemplateOf } from './substitution.ts';
import { formatWorkload } from './workload.ts';

/** The pods that a change needs in addition to those that are there. */
export interface PodDemand {
  readonly subject: string;
  readonly namespace: string;
  /** How many more than now, at the same time. */
  readonly pods: number;
  /** The rollout may take an old pod away first when no more fit in. */
  readonly canReplace: boolean;
  /** What one pod takes, by the names of a ResourceQuota, in base units. */
  readonly perPod: Readonly<Record<string, number>>;
}

/**
 * What a workload will demand on top of what it holds now. undefined for kinds that replace their pods one by one, and
 * for those that run later.
 * @param before the workload as it is, undefined when it is new
 */
export function podDemand(
  object: KubernetesObject,
  namespace: string,
  before: KubernetesObject | undefined,
): PodDemand | undefined {
  const template = podTemplateOf(object);
  const { kind = '' } = object;
  if (template === undefined || !['Deployment', 'StatefulSet'].includes(kind)) return undefined;
  const replicas = numberAt(object, 'spec', 'replicas') ?? numberAt(before, 'spec', 'replicas') ?? 1;
  const more = Math.max(0, replicas - (before === undefined ? 0 : (numberAt(before, 'spec', 'replicas') ?? 1)));
  const rolling =
    kind === 'Deployment' && textAt(object, 'spec', 'strategy', 'type') !== 'Recreate' && before !== undefined;
  const share = (name: string) => at(object, 'spec', 'strategy', 'rollingUpdate', name) ?? '25%';
  const surge = rolling ? part(share('maxSurge'), replicas, Math.ceil) : 0;
  // Kubernetes lets one pod go when both would be zero (deployment util ResolveFenceposts).
  const unavailable = rolling ? Math.max(part(share('maxUnavailable'), replicas, Math.floor), surge === 0 ? 1 : 0) : 0;
  return {
    subject: formatWorkload({ kind, name: object.metadata.name }),
    namespace,
    pods: more + surge,
    canReplace: before !== undefined && (kind === 'StatefulSet' || !rolling || unavailable > 0),
    perPod: podResources(template),
  };
}

/** "25%" or a number, of the replicas. */
function part(value: unknown, replicas: number, round: (n: number) => number): number {
  const percent = typeof value === 'string' ? /^(\d+)%$/.exec(value)?.[1] : undefined;
  return percent === undefined ? Number(value) || 0 : round((Number(percent) * replicas) / 100);
}

/** Requests and limits of a pod: the sum of its containers, or its largest init container if that is more. */
export function podResources(template: unknown): Record<string, number> {
  const of = (container: unknown, group: string, resource: string) =>
    parseQuantity(at(container, 'resources', group, resource));
  const result: Record<string, number> = { pods: 1 };
  for (const group of ['requests', 'limits']) {
    for (const resource of ['cpu', 'memory']) {
      const read = (container: unknown) =>
        of(container, group, resource) ?? (group === 'requests' ? of(container, 'limits', resource) : undefined);
      const main = recordsAt(template, 'spec', 'containers').map(read);
      const init = recordsAt(template, 'spec', 'initContainers').map(read);
      // Without a value the quota refuses the pod or a LimitRange gives one: nothing to compare with here.
      if (main.some((value) => value === undefined)) continue;
      const sum = main.reduce((total: number, value) => total + (value ?? 0), 0);
      result[`${group}.${resource}`] = Math.max(sum, ...init.map((value) => value ?? 0));
    }
  }
  return result;
}

/** Compares a demand with the quotas of its namespace. Quotas for some pods only (scopes) are left out. */
export function quotaFindings(demand: PodDemand, quotas: readonly KubernetesObject[]): Finding[] {
  if (demand.pods === 0) return [];
  return quotas.flatMap((quota): Finding[] => {
    if (
      recordsAt(quota, 'spec', 'scopeSelector', 'matchExpressions').length > 0 ||
      Array.isArray(at(quota, 'spec', 'scopes'))
    )
      return [];
    const tight = tightest(demand, quota);
    if (tight === undefined || tight.fit >= demand.pods) return [];
    const impossible = tight.fit === 0 && !demand.canReplace;
    const limits = `${tight.resource}: used ${tight.used} of ${tight.hard}`;
    return [
      {
        id: impossible ? 'quota-exhausted' : 'quota-tight',
        weight: impossible ? 'error' : 'warning',
        subject: demand.subject,
        says: impossible
          ? `quota ${quota.metadata.name} has no room for another pod (${limits}), so no new pod can be created`
          : `quota ${quota.metadata.name} has room for ${tight.fit} of ${count(demand.pods, 'additional pod')} (${limits}): the rollout will be slow`,
        remedy: 'Raise the quota, lower the requests, or let an old pod go first (maxSurge 0, maxUnavailable 1)',
      },
    ];
  });
}

function tightest(
  demand: PodDemand,
  quota: KubernetesObject,
): { resource: string; hard: string; used: string; fit: number } | undefined {
  const hard = at(quota, 'status', 'hard') ?? at(quota, 'spec', 'hard');
  let tight: { resource: string; hard: string; used: string; fit: number } | undefined;
  for (const [resource, limit] of Object.entries(isRecord(hard) ? hard : {})) {
    // "cpu" and "memory" are short for the requests.
    const need = demand.perPod[resource] ?? demand.perPod[`requests.${resource}`];
    const most = parseQuantity(limit);
    const used = textAt(quota, 'status', 'used', resource) ?? '0';
    if (need === undefined || need === 0 || most === undefined) continue;
    const fit = Math.max(0, Math.floor((most - (parseQuantity(used) ?? 0)) / need + 1e-9));
    if (tight === undefined || fit < tight.fit) tight = { resource, hard: String(limit), used, fit };
  }
  return tight;
}
