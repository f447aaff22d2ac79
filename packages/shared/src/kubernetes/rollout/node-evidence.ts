/** The nodes as evidence: what each has to give, what its pods have asked for, and what a pod of the workload asks for. */
import { parseQuantity } from '../../base/quantity.ts';
import type { KubernetesClient } from '../client.ts';
import { at, recordsAt, textAt } from '../objects.ts';
import type { KubernetesObject } from '../objects.ts';
import { podResources } from '../quota.ts';
import type { Exhibit } from './evidence.ts';
import { refused } from './existence.ts';
import type { Workload } from './objects.ts';

const mostNodes = 30;
const resources = ['cpu', 'memory'] as const;

/** Never throws for what the cluster refuses. */
export async function nodesExhibit(client: KubernetesClient, workload: Workload | undefined): Promise<Exhibit> {
  try {
    const { items } = await client.list('Node');
    const shown = items.slice(0, mostNodes);
    const requested = items.length > mostNodes ? undefined : await requestedByNode(client);
    const lines = shown.map((node) => describe(node, requested));
    if (items.length > shown.length) lines.push(`… and ${items.length - shown.length} more`);
    if (typeof requested === 'string') lines.push(requested);
    return { title: 'Nodes', text: [...asked(workload), ...lines].join('\n') };
  } catch (error) {
    return { title: 'Nodes', text: refused('list of nodes', error) };
  }
}

/** What a pod of the workload asks for. */
function asked(workload: Workload | undefined): readonly string[] {
  if (workload === undefined) return [];
  const requests = podResources(workload.spec.template);
  const parts = resources.map((name) => `${name} ${amount(name, requests[`requests.${name}`])}`);
  return [`A pod of the workload requests ${parts.join(', ')}.`];
}

type Requested = ReadonlyMap<string, Readonly<Record<string, number>>>;

/** Sums of the requests of all pods that have not ended; why they are not known where they may not be read. */
async function requestedByNode(client: KubernetesClient): Promise<Requested | string> {
  try {
    const { items } = await client.list('Pod', { namespace: { all: true } });
    const sums = new Map<string, Record<string, number>>();
    for (const pod of items) {
      const node = textAt(pod, 'spec', 'nodeName');
      if (node === undefined || /^(Succeeded|Failed)$/.test(textAt(pod, 'status', 'phase') ?? '')) continue;
      const sum = sums.get(node) ?? { cpu: 0, memory: 0, pods: 0 };
      const own = podResources(pod);
      for (const name of resources) sum[name] = (sum[name] ?? 0) + (own[`requests.${name}`] ?? 0);
      sums.set(node, { ...sum, pods: (sum.pods ?? 0) + 1 });
    }
    return sums;
  } catch (error) {
    return refused('requests of the pods on them', error);
  }
}

function describe(node: KubernetesObject, requested: Requested | string | undefined): string {
  const sums = typeof requested === 'object' ? (requested.get(node.metadata.name) ?? {}) : undefined;
  const size = (['cpu', 'memory', 'pods'] as const).map((name) => {
    const most = textAt(node, 'status', 'allocatable', name);
    const all = parseQuantity(most);
    if (sums === undefined || all === undefined || all === 0) return `${name} ${most ?? '?'}`;
    const used = sums[name] ?? 0;
    return `${name} ${amount(name, used)} of ${most ?? '?'} requested (${Math.round((100 * used) / all)}%)`;
  });
  const taints = recordsAt(node, 'spec', 'taints').map(
    (taint) => `${textAt(taint, 'key') ?? ''}:${textAt(taint, 'effect') ?? ''}`,
  );
  const arch = textAt(node, 'status', 'nodeInfo', 'architecture') ?? '?';
  const closed = at(node, 'spec', 'unschedulable') === true ? ', cordoned' : '';
  const tainted = taints.length === 0 ? '' : `, taints ${taints.join(' ')}`;
  return `${node.metadata.name}: ${arch}, ${size.join(', ')}${closed}${tainted}`;
}

/** In the units that people write: cores or millicores, Mi. */
function amount(name: string, value: number | undefined): string {
  if (value === undefined) return 'nothing';
  if (name === 'cpu') return Number.isInteger(value) ? String(value) : `${Math.round(value * 1000)}m`;
  return name === 'memory' ? `${Math.round(value / 2 ** 20)}Mi` : String(value);
}
