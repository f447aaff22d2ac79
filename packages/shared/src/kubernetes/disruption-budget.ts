/** PodDisruptionBudgets against the workloads that they are about. Pure. */
import type { Finding } from './manifest-check.ts';
import type { ManifestDocument } from './manifests.ts';
import { at, isRecord, numberAt, recordsAt } from './objects.ts';
import type { KubernetesObject } from './objects.ts';
import { podTemplateOf } from './substitution.ts';
import { formatWorkload } from './workload.ts';

/** A workload as it will be. */
export interface GuardedWorkload {
  readonly object: KubernetesObject;
  readonly namespace: string;
  /** As it is now: who says no number of replicas keeps the present one. */
  readonly before?: KubernetesObject | undefined;
}

export interface Budget {
  readonly object: KubernetesObject;
  readonly namespace: string;
  /** Where its manifest stands, when it comes with this step. */
  readonly document?: ManifestDocument | undefined;
}

/**
 * What the budgets of a workload come to. A rollout does not ask them, so none of it stops the step; but a budget that
 * allows no eviction holds up every drained node, and with it the pods of this workload.
 */
export function budgetFindings({ object, namespace, before }: GuardedWorkload, budgets: readonly Budget[]): Finding[] {
  const labels = at(podTemplateOf(object), 'metadata', 'labels');
  const { kind = '', metadata } = object;
  if (!isRecord(labels) || !['Deployment', 'StatefulSet'].includes(kind)) return [];
  const subject = formatWorkload({ kind, name: metadata.name });
  const replicas = numberAt(object, 'spec', 'replicas') ?? numberAt(before, 'spec', 'replicas') ?? 1;
  const own = budgets.filter(
    (one) => one.namespace === namespace && selects(at(one.object, 'spec', 'selector'), labels),
  );
  const findings = replicas === 0 ? [] : own.flatMap((budget) => findingOf(subject, replicas, budget));
  const [, second] = own;
  if (second === undefined) return findings;
  const names = own.map((one) => one.object.metadata.name).join(', ');
  const several: Finding = {
    id: 'budgets-several',
    weight: 'warning',
    subject,
    says: `more than one PodDisruptionBudget selects its pods (${names}), and Kubernetes then refuses to evict any of them`,
    remedy: 'Keep one of them, or narrow their selectors',
    ...placeOf(own.find(({ document }) => document !== undefined)),
  };
  return [...findings, several];
}

function findingOf(subject: string, replicas: number, budget: Budget): Finding[] {
  const { name } = budget.object.metadata;
  const { minAvailable, maxUnavailable } = amountsOf(budget);
  const least = minAvailable === undefined ? undefined : share(minAvailable, replicas);
  const most = maxUnavailable === undefined ? undefined : share(maxUnavailable, replicas);
  const rule = minAvailable === undefined ? `maxUnavailable: ${maxUnavailable ?? ''}` : `minAvailable: ${minAvailable}`;
  const place = placeOf(budget);
  if (least !== undefined && least > replicas) {
    return [
      {
        id: 'budget-never-met',
        weight: 'warning',
        subject,
        says: `PodDisruptionBudget ${name} (${rule}) can never be met: the workload has ${replicas} pods`,
        remedy: `Ask for fewer than ${replicas} with minAvailable, or say maxUnavailable: 1`,
        ...place,
      },
    ];
  }
  if ((least ?? 0) < replicas && (most ?? 1) > 0) return [];
  return [
    {
      id: 'budget-allows-none',
      weight: 'warning',
      subject,
      says: `PodDisruptionBudget ${name} (${rule}, ${replicas} ${replicas === 1 ? 'pod' : 'pods'}) never lets a pod go: no node that runs one can be drained`,
      remedy: replicas === 1 ? 'Run two pods, or do without the budget' : 'Say maxUnavailable: 1',
      ...place,
    },
  ];
}

function placeOf(budget: Budget | undefined): Pick<Finding, 'file' | 'line'> {
  const { document } = budget ?? {};
  if (document === undefined) return {};
  return { file: document.file, ...(document.line === undefined ? {} : { line: document.line }) };
}

type Amount = number | string | undefined;

function amountsOf({ object }: Budget): { readonly minAvailable: Amount; readonly maxUnavailable: Amount } {
  const read = (field: string): Amount => {
    const value = at(object, 'spec', field);
    return typeof value === 'number' || typeof value === 'string' ? value : undefined;
  };
  return { minAvailable: read('minAvailable'), maxUnavailable: read('maxUnavailable') };
}

/** A number, or a percentage, which Kubernetes rounds up here (disruption controller). */
function share(value: number | string, replicas: number): number | undefined {
  const percent = /^(\d+)%$/.exec(String(value))?.[1];
  if (percent !== undefined) return Math.ceil((Number(percent) * replicas) / 100);
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** Whether a LabelSelector selects pods with these labels; an empty one selects all, an absent one none (policy/v1). */
export function selects(selector: unknown, labels: Readonly<Record<string, unknown>>): boolean {
  if (!isRecord(selector)) return false;
  const wanted = isRecord(selector.matchLabels) ? Object.entries(selector.matchLabels) : [];
  if (!wanted.every(([name, value]) => labels[name] === value)) return false;
  return recordsAt(selector, 'matchExpressions').every(({ key, operator, values }) => {
    const value = typeof key === 'string' ? labels[key] : undefined;
    const among = Array.isArray(values) && values.includes(value);
    switch (operator) {
      case 'In':
        return among;
      case 'NotIn':
        return !among;
      case 'Exists':
        return value !== undefined;
      default:
        return value === undefined;
    }
  });
}
