/** One workload on its way to a verdict: takes what is seen, wakes when a tolerance is over, says what is suspected. */
import type { Ports } from '../../base/ports.ts';
import type { KubernetesClient } from '../client.ts';
import type { Kind } from '../kinds.ts';
import type { WatchEvent } from '../objects.ts';
import { formatWorkload } from '../workload.ts';
import type { AskRegistry } from './existence.ts';
import { Inquiry } from './inquiry.ts';
import type { ClusterObject, PodTemplate, Workload, WorkloadKind } from './objects.ts';
import { needKey } from './need.ts';
import type { Policy } from './policy.ts';
import { describeProgress } from './progress.ts';
import { observed } from './revision.ts';
import { beginRollout, observe } from './state.ts';
import type { Observation, RolloutState, Target } from './state.ts';
import { suspicionLines } from './telling.ts';
import type { Suspicion, Verdict } from './verdict.ts';
import { verdictOf } from './verdict.ts';

export interface WatchPorts extends Pick<Ports, 'clock' | 'log' | 'cancelled'> {
  readonly client: KubernetesClient;
  /** Asks an image's registry; undefined where nobody knows the registries. */
  readonly askRegistry?: AskRegistry | undefined;
}

/** A workload to follow. */
export interface Followed extends Target {
  /** As it was read before the watch began: gives the selector. */
  readonly workload: Workload;
  /** The generation of the change, when the caller made it. */
  readonly generation?: number | undefined;
  /** The template of the change, as the API server answered. */
  readonly template?: PodTemplate | undefined;
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

/** A verdict does not wait longer for the answer whether something exists by now. */
const verdictWaitsMs = 900;
/** A verdict does not wait longer for the first list of each kind. */
const firstListWithinMs = 5000;

/** The kinds that are watched for a workload of a kind. */
function watchedKinds(kind: WorkloadKind): readonly Kind[] {
  const makers: Readonly<Record<WorkloadKind, readonly Kind[]>> = {
    Deployment: ['ReplicaSet'],
    StatefulSet: [],
    DaemonSet: ['ControllerRevision'],
    Job: [],
  };
  return [kind, ...makers[kind], 'Pod', 'Event'];
}

/** One workload on its way to a verdict. */
export class Following {
  readonly followed: Followed;
  readonly decided: Promise<Followup>;
  readonly #ports: WatchPorts;
  readonly #options: FollowOptions;
  readonly #signal: AbortSignal;
  readonly #inquiry: Inquiry;
  #state: RolloutState;
  #decide: (followup: Followup) => void;
  #done = false;
  #told: ReadonlySet<string> = new Set();
  #progress = '';
  #alarm: AbortController | undefined;
  #alarmAt: number | undefined;
  /** Kinds of which there is no first list yet. */
  readonly #unseen: Set<string>;
  /** What was asked for before the verdict, and what is being asked. */
  readonly #asked = new Set<string>();
  #awaited: string | undefined;

  constructor(
    followed: Followed,
    ports: WatchPorts,
    options: FollowOptions,
    signal: AbortSignal,
    warn: (text: string) => void,
  ) {
    const { promise, resolve } = Promise.withResolvers<Followup>();
    const { kind, namespace, name, generation, template } = followed;
    this.followed = followed;
    this.decided = promise;
    this.#decide = resolve;
    this.#ports = ports;
    this.#options = options;
    this.#signal = signal;
    this.#inquiry = new Inquiry(ports, options.logLines, (seen) => this.see(seen), warn);
    const target = { kind, namespace, name };
    const { required } = options.policy;
    this.#state = beginRollout({ target, at: ports.clock.now(), generation, template, required });
    this.#unseen = new Set(watchedKinds(kind));
    this.#judge();
  }

  seeEvent({ type, kind, object }: WatchEvent): void {
    const seen = object as unknown as ClusterObject;
    if (this.#concerns(kind, seen)) this.see({ type, kind, object: seen });
  }

  /** A kind has been listed, or may not be. Before all are, nobody knows what has gone before. */
  seeFirst(kind: string): void {
    if (this.#unseen.delete(kind) && this.#unseen.size === 0 && !this.#done) this.#judge();
  }

  see(observation: Observation): void {
    if (this.#done) return;
    const state = observe(this.#state, observation, this.#ports.clock.now());
    // Most of what a namespace shows is about other workloads.
    if (state === this.#state) return;
    this.#state = state;
    this.#inquiry.follow(this.#state, observation);
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
      if (this.#unseen.size > 0 && now < this.#state.startedAt + firstListWithinMs) {
        this.#wakeAt(this.#state.startedAt + firstListWithinMs);
        return;
      }
      if (verdict.verdict === 'failed' && this.#asksFirst(verdict.findings)) return;
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

  /** Before it fails for want of something, that is asked for once more. True while the answer is awaited. */
  #asksFirst([finding]: readonly Suspicion[]): boolean {
    if (this.#awaited !== undefined) return true;
    // Who could not be asked before is not asked again: the verdict is due now.
    if (finding?.needs === undefined || this.#state.existing.get(needKey(finding.needs))?.state === 'unknown')
      return false;
    // Nor is who has not answered yet: more time would not help.
    if (this.#inquiry.waitingFor(finding.needs) >= verdictWaitsMs) return false;
    const key = `${needKey(finding.needs)}@${finding.since}`;
    if (this.#asked.has(key)) return false;
    this.#asked.add(key);
    this.#awaited = key;
    void this.#inquiry.askFor(this.#state, finding.needs, verdictWaitsMs).finally(() => {
      this.#awaited = undefined;
      if (!this.#done) this.#judge();
    });
    return true;
  }

  #wakeAt(time: number): void {
    if (this.#alarmAt === time) return;
    this.#alarm?.abort();
    const alarm = new AbortController();
    this.#alarm = alarm;
    this.#alarmAt = time;
    const wait = Math.max(0, time - this.#ports.clock.now());
    this.#ports.clock.sleep(wait, AbortSignal.any([alarm.signal, this.#signal])).then(
      () => {
        if (this.#done || alarm.signal.aborted) return;
        this.#alarmAt = undefined;
        this.#judge();
      },
      () => undefined,
    );
  }

  #tellProgress(): void {
    const { workload, target, steadySince, asked } = this.#state;
    // Until the controller has taken up the change the counts are those of the revision before.
    if (workload === undefined || asked === undefined || (target.kind !== 'Job' && !observed(workload))) return;
    const hold = this.#options.policy.stableForMs / 1000;
    const steady = steadySince === undefined || target.kind === 'Job' ? '' : `; must hold for ${hold} s`;
    const progress = `${describeProgress(target.kind, workload)}${steady}`;
    if (progress === this.#progress) return;
    this.#progress = progress;
    this.#ports.log.info(`${formatWorkload(target)}: ${progress}`);
  }
}
