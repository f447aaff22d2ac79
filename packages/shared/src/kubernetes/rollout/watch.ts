/** Follows rollouts by watches until each has its verdict. Never polls: it wakes for an event, or when a tolerance is over. */
import { ServiceError } from '../../base/errors.ts';
import { codes as kubernetesCodes } from '../codes.ts';
import type { Kind } from '../kinds.ts';
import { selectorText } from '../objects.ts';
import { Following } from './following.ts';
import type { Followed, FollowOptions, Followup, WatchPorts } from './following.ts';

/**
 * Watches all workloads at once, with one watch a kind, until each has a verdict. What is suspected is logged the moment it
 * is known.
 * @throws ServiceError when the API server refuses the workloads themselves, or stays away.
 */
export async function followRollouts(
  ports: WatchPorts,
  followed: readonly Followed[],
  options: FollowOptions,
): Promise<readonly Followup[]> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, ports.cancelled]);
  const warned = new Set<string>();
  const warn = (text: string): void => {
    if (!warned.has(text)) ports.log.warning(text);
    warned.add(text);
  };
  const following = followed.map((workload) => new Following(workload, ports, options, signal, warn));
  const watches = watchesFor(followed).map((watch) => run(ports, watch, following, signal));
  try {
    await Promise.race([
      Promise.all(following.map((one) => one.decided)),
      Promise.all(watches).then(async () => {
        // A watch ends only by failing, by cancellation, or because everything is over.
        ports.cancelled.throwIfAborted();
        await Promise.all(following.map((one) => one.decided));
      }),
    ]);
  } finally {
    over.abort();
    await Promise.allSettled(watches);
  }
  ports.cancelled.throwIfAborted();
  return Promise.all(following.map((one) => one.decided));
}

interface WatchOfKind {
  readonly kind: Kind;
  readonly namespace: string;
  readonly labels: string | undefined;
  readonly fields: string | undefined;
}

/** One watch a kind and namespace; a single workload's are narrowed by name and selector. */
function watchesFor(followed: readonly Followed[]): readonly WatchOfKind[] {
  const watches: WatchOfKind[] = [];
  for (const namespace of new Set(followed.map((one) => one.namespace))) {
    const here = followed.filter((one) => one.namespace === namespace);
    const [only] = here;
    const single = here.length === 1 ? only : undefined;
    const labels = single === undefined ? undefined : selectorText(single.workload.spec.selector);
    const kinds = new Set(here.map((one) => one.kind));
    for (const kind of kinds) {
      const fields = single === undefined ? undefined : `metadata.name=${single.name}`;
      watches.push({ kind, namespace, labels: undefined, fields });
    }
    if (kinds.has('Deployment')) watches.push({ kind: 'ReplicaSet', namespace, labels, fields: undefined });
    if (kinds.has('DaemonSet')) watches.push({ kind: 'ControllerRevision', namespace, labels, fields: undefined });
    watches.push({ kind: 'Pod', namespace, labels, fields: undefined });
    watches.push({ kind: 'Event', namespace, labels: undefined, fields: undefined });
  }
  return watches;
}

const workloadKinds: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'];

async function run(
  ports: WatchPorts,
  { kind, namespace, labels, fields }: WatchOfKind,
  following: readonly Following[],
  signal: AbortSignal,
): Promise<void> {
  const concerned = following.filter((one) => one.followed.namespace === namespace);
  try {
    const onBreak = (reason: string) => ports.log.debug(`the watch of ${kind} is resumed: ${reason}`);
    const onSynced = (): void => concerned.forEach((one) => one.seeFirst(kind));
    for await (const event of ports.client.watch(kind, { namespace, labels, fields, signal, onBreak, onSynced })) {
      for (const one of concerned) one.seeEvent(event);
    }
  } catch (error) {
    if (signal.aborted) return;
    const forbidden = error instanceof ServiceError && error.code === kubernetesCodes.KUBERNETES_FORBIDDEN.code;
    if (!forbidden || workloadKinds.includes(kind)) throw error;
    ports.log.warning(`${error.message}. The verdict has to do without ${kind}s. ${error.remedy}`);
    for (const one of concerned) {
      one.see({ type: 'UNREADABLE', kind });
      one.seeFirst(kind);
    }
  }
}
