/** Follows rollouts by watches until each has its verdict. Never polls: it wakes for an event, or when a tolerance is over. */
import { ServiceError } from '../../base/errors.ts';
import type { Ports } from '../../base/ports.ts';
import type { KubernetesClient } from '../client.ts';
import { codes as kubernetesCodes } from '../codes.ts';
import type { Kind } from '../kinds.ts';
import { selectorText } from '../objects.ts';
import type { WatchEvent } from '../objects.ts';
import { formatWorkload } from '../workload.ts';
import { containerStatuses } from './objects.ts';
import type { ClusterObject, Pod, Workload } from './objects.ts';
import type { Policy } from './policy.ts';
import { describeProgress } from './progress.ts';
import { revisionOf } from './revision.ts';
import { beginRollout, observe } from './state.ts';
import type { Observation, RolloutState, Target } from './state.ts';
import { suspicionLines } from './telling.ts';
import type { Verdict } from './verdict.ts';
import { verdictOf } from './verdict.ts';

export interface WatchPorts extends Pick<Ports, 'clock' | 'log' | 'cancelled'> {
  readonly client: KubernetesClient;
}

/** A workload to follow. */
export interface Followed extends Target {
  /** As it was read before the watch began: gives the selector. */
  readonly workload: Workload;
  /** The generation of the change, when the caller made it. */
  readonly generation?: number | undefined;
}

export type FinalVerdict = Exclude<Verdict, { readonly verdict: 'watching' }>;

export interface Followup {
  readonly target: Target;
  readonly verdict: FinalVerdict;
  readonly state: RolloutState;
}

export interface FollowOptions {
  readonly policy: Policy;
  /** Lines of a crashed container's log that are read at once. */
  readonly logLines: number;
  /** Called at each verdict, while the others are still followed. */
  readonly onVerdict?: (followup: Followup) => void;
}

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
  const following = followed.map((workload) => new Following(workload, ports, options, signal));
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
    for await (const event of ports.client.watch(kind, { namespace, labels, fields, signal, onBreak })) {
      for (const one of concerned) one.seeEvent(event);
    }
  } catch (error) {
    if (signal.aborted) return;
    const forbidden = error instanceof ServiceError && error.code === kubernetesCodes.KUBERNETES_FORBIDDEN.code;
    if (!forbidden || workloadKinds.includes(kind)) throw error;
    ports.log.warning(`${error.message}. The verdict has to do without ${kind}s. ${error.remedy}`);
    for (const one of concerned) one.see({ type: 'UNREADABLE', kind });
  }
}

/** One workload on its way to a verdict. */
class Following {
  readonly followed: Followed;
  readonly decided: Promise<Followup>;
  readonly #ports: WatchPorts;
  readonly #options: FollowOptions;
  readonly #signal: AbortSignal;
  readonly #asked = new Set<string>();
  #state: RolloutState;
  #decide: (followup: Followup) => void;
  #done = false;
  #told: ReadonlySet<string> = new Set();
  #progress = '';
  #alarm: AbortController | undefined;

  constructor(followed: Followed, ports: WatchPorts, options: FollowOptions, signal: AbortSignal) {
    const { promise, resolve } = Promise.withResolvers<Followup>();
    const { kind, namespace, name, generation } = followed;
    this.followed = followed;
    this.decided = promise;
    this.#decide = resolve;
    this.#ports = ports;
    this.#options = options;
    this.#signal = signal;
    this.#state = beginRollout({ target: { kind, namespace, name }, at: ports.clock.now(), generation });
    this.#judge();
  }

  seeEvent({ type, kind, object }: WatchEvent): void {
    const seen = object as unknown as ClusterObject;
    if (this.#concerns(kind, seen)) this.see({ type, kind, object: seen });
  }

  see(observation: Observation): void {
    if (this.#done) return;
    this.#state = observe(this.#state, observation, this.#ports.clock.now());
    this.#readLogs();
    this.#judge();
  }

  /** Pods and ReplicaSets of other workloads in the namespace do not even enter the state. */
  #concerns(kind: string, object: ClusterObject): boolean {
    if (kind !== 'Pod' && kind !== 'ReplicaSet' && kind !== 'ControllerRevision') return true;
    const wanted = Object.entries(this.followed.workload.spec.selector?.matchLabels ?? {});
    return wanted.every(([label, value]) => object.metadata.labels?.[label] === value);
  }

  #judge(): void {
    const { clock, log } = this.#ports;
    const now = clock.now();
    const verdict = verdictOf(this.#state, now, this.#options.policy);
    this.#tellProgress();
    if (verdict.verdict !== 'watching') {
      this.#done = true;
      this.#alarm?.abort();
      const followup = { target: this.#state.target, verdict, state: this.#state };
      this.#options.onVerdict?.(followup);
      this.#decide(followup);
      return;
    }
    const lines = suspicionLines(this.#state, verdict.suspicions, this.#options.policy, now);
    for (const [key, line] of lines) if (!this.#told.has(key)) log.info(line);
    this.#told = new Set([...this.#told, ...lines.keys()]);
    this.#wakeAt(verdict.nextAt);
  }

  #wakeAt(time: number): void {
    this.#alarm?.abort();
    const alarm = new AbortController();
    this.#alarm = alarm;
    const wait = Math.max(0, time - this.#ports.clock.now());
    this.#ports.clock.sleep(wait, AbortSignal.any([alarm.signal, this.#signal])).then(
      () => {
        if (!this.#done && !alarm.signal.aborted) this.#judge();
      },
      () => undefined,
    );
  }

  #tellProgress(): void {
    const { workload, target, steadySince, asked } = this.#state;
    if (workload === undefined || asked === undefined) return;
    const hold = this.#options.policy.stableForMs / 1000;
    const steady = steadySince === undefined || target.kind === 'Job' ? '' : `; must hold for ${hold} s`;
    const progress = `${describeProgress(target.kind, workload)}${steady}`;
    if (progress === this.#progress) return;
    this.#progress = progress;
    this.#ports.log.info(`${formatWorkload(target)}: ${progress}`);
  }

  /** The log of a container that has just ended says more than its exit code, and is gone after the next crash. */
  #readLogs(): void {
    for (const pod of revisionOf(this.#state).pods) {
      for (const status of containerStatuses(pod)) {
        const ended = status.state?.terminated ?? status.lastState?.terminated;
        if (ended === undefined || ended.exitCode === 0) continue;
        const key = `${pod.metadata.uid}/${status.name}/${ended.finishedAt ?? ''}`;
        if (this.#asked.has(key) || this.#asked.size > 30) continue;
        this.#asked.add(key);
        void this.#readLog(pod, status.name, status.state?.running !== undefined);
      }
    }
  }

  async #readLog(pod: Pod, container: string, previous: boolean): Promise<void> {
    const { namespace } = this.followed;
    const tailLines = this.#options.logLines;
    try {
      const text = await this.#ports.client.logs(pod.metadata.name, { namespace, container, previous, tailLines });
      if (text !== undefined) this.see({ type: 'LOGGED', pod: pod.metadata.uid, container, text });
    } catch (error) {
      // The verdict does not hang on it: evidence.ts tries again and says why there is none.
      this.#ports.log.debug(`no log of ${pod.metadata.name}/${container}: ${String(error)}`);
    }
  }
}
