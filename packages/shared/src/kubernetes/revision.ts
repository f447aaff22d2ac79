import { ServiceError } from '../base/errors.ts';
import type { Ports } from '../base/ports.ts';
import type { KubernetesClient } from './client.ts';
import { codes } from './codes.ts';
import { numberAt } from './objects.ts';
import { workloadOf } from './workload.ts';
import type { Workload } from './workload.ts';

/**
 * The number of the revision that a workload asks for, the one that `kubectl rollout history` shows: a Deployment
 * carries it as an annotation, StatefulSets and DaemonSets in their ControllerRevisions. undefined where there is
 * none (CronJobs), or where ControllerRevisions may not be read.
 */
export async function revisionNumber(client: KubernetesClient, workload: Workload): Promise<number | undefined> {
  if (workload.kind === 'CronJob') return undefined;
  if (workload.kind === 'Deployment') {
    const annotation = workload.object.metadata.annotations?.['deployment.kubernetes.io/revision'];
    return annotation === undefined ? undefined : Number(annotation);
  }
  try {
    const { items } = await client.list('ControllerRevision', {
      namespace: workload.namespace,
      labels: workload.selector,
    });
    const own = items.filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uid === workload.uid));
    const numbers = own.flatMap((item) => numberAt(item, 'revision') ?? []);
    return numbers.length === 0 ? undefined : Math.max(...numbers);
  } catch (error) {
    if (error instanceof ServiceError && error.code === codes.KUBERNETES_FORBIDDEN.code) return undefined;
    throw error;
  }
}

/**
 * Waits until the controller has seen a generation of a workload, and gives the workload as it is then. After
 * `patienceMs` it gives what is there: a controller that is down must not hide that the change was accepted.
 */
export async function observed(
  client: KubernetesClient,
  ports: Pick<Ports, 'clock'>,
  changed: Workload,
  patienceMs = 10_000,
): Promise<Workload> {
  // A CronJob has no observedGeneration: nothing happens before its next time.
  if (changed.kind === 'CronJob') return changed;
  const over = new AbortController();
  const idle = new AbortController();
  const timer = ports.clock.sleep(patienceMs, idle.signal).then(
    () => over.abort(),
    () => undefined,
  );
  let latest = changed;
  try {
    for await (const { type, object } of client.watch(changed.kind, {
      namespace: changed.namespace,
      fields: `metadata.name=${changed.name}`,
      signal: over.signal,
    })) {
      if (type === 'DELETED') break;
      latest = workloadOf(changed.kind, object);
      if ((latest.observedGeneration ?? 0) >= changed.generation) break;
    }
    return latest;
  } finally {
    idle.abort();
    await timer;
  }
}
