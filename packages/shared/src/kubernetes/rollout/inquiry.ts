/** What the watches do not show, asked for when they say that it is there: the log of what ended, the answer of what is unready. */
import { askExistence, isForbidden } from './existence.ts';
import type { WatchPorts } from './following.ts';
import { findMaker } from './maker.ts';
import type { Maker, Need } from './need.ts';
import { needKey } from './need.ts';
import { containerOf, containerStatuses } from './objects.ts';
import type { ClusterEvent, Pod, Probe } from './objects.ts';
import { revisionOf } from './revision.ts';
import type { Observation, RolloutState } from './state.ts';

/** Unready pods are asked at their probe's own pace, but not more often than this. */
const betweenQuestionsMs = 10_000;
/** Who makes what is missing is asked for when it is seen to be missing, again and again, but not more often than this. */
const betweenMakersMs = 10_000;
/** Logs that are read while a rollout is followed: enough to know why, however many pods crash. */
const mostLogs = 30;
/** How long an answer may take that no verdict waits for. */
const answerWithinMs = 10_000;

/** Asks on behalf of one rollout, and tells the answers as observations. */
export class Inquiry {
  readonly #ports: WatchPorts;
  readonly #logLines: number;
  readonly #tell: (observation: Observation) => void;
  readonly #warn: (text: string) => void;
  readonly #asked = new Set<string>();
  readonly #questions = new Map<string, number>();
  readonly #images = new Set<string>();
  readonly #makers = new Map<string, number>();
  /** Questions without an answer yet, by what was asked for, and since when. */
  readonly #open = new Map<string, number>();

  /** @param warn tells something once a step, however many workloads it concerns */
  constructor(
    ports: WatchPorts,
    logLines: number,
    tell: (observation: Observation) => void,
    warn: (text: string) => void,
  ) {
    this.#ports = ports;
    this.#logLines = logLines;
    this.#tell = tell;
    this.#warn = warn;
  }

  /** How long an answer is outstanding already, 0 when nothing was asked. */
  waitingFor(need: Need): number {
    const since = this.#open.get(needKey(need));
    return since === undefined ? 0 : this.#ports.clock.now() - since;
  }

  /** Asks whether it exists by now, and tells the answer. Resolves when it was told, or when it took too long. */
  async askFor(
    { target: { namespace } }: Pick<RolloutState, 'target'>,
    need: Need,
    withinMs = answerWithinMs,
  ): Promise<void> {
    const { client, clock, askRegistry, cancelled } = this.#ports;
    const over = new AbortController();
    const key = needKey(need);
    this.#open.set(key, clock.now());
    const late = clock.sleep(withinMs, AbortSignal.any([over.signal, cancelled])).then(
      () => ({ state: 'unknown', why: `no answer within ${withinMs / 1000} s` }) as const,
      () => undefined,
    );
    try {
      const asked = askExistence(client, askRegistry, namespace, need, () => this.#makerOf(namespace, need));
      const existence = await Promise.race([asked, late]);
      if (existence !== undefined) this.#tell({ type: 'ASKED', need, existence });
    } catch (error) {
      this.#ports.log.debug(`${needKey(need)} could not be asked for: ${String(error)}`);
    } finally {
      this.#open.delete(key);
      over.abort();
    }
  }

  /** Looks whether an observation gives reason to ask. */
  follow(state: RolloutState, observation: Observation): void {
    if (!('object' in observation)) return;
    this.#readLogs(state);
    this.#askRegistries(state);
    this.#askMakers(state);
    this.#askUnready(state, observation);
  }

  /** What the runtime says of a pull may mean several things: the registry knows. */
  #askRegistries(state: RolloutState): void {
    if (this.#ports.askRegistry === undefined) return;
    for (const { finding } of state.suspected.values()) {
      if (finding.needs?.kind !== 'Image' || this.#images.has(finding.needs.name)) continue;
      this.#images.add(finding.needs.name);
      void this.askFor(state, finding.needs);
    }
  }

  /** An operator may be at work on a Secret that is missing: then nobody needs to act, and it is waited for. */
  #askMakers(state: RolloutState): void {
    const now = this.#ports.clock.now();
    for (const { finding } of state.suspected.values()) {
      const { needs } = finding;
      if (needs?.kind !== 'Secret') continue;
      const key = needKey(needs);
      if (now - (this.#makers.get(key) ?? -Infinity) < betweenMakersMs) continue;
      this.#makers.set(key, now);
      void this.#askMaker(state, needs);
    }
  }

  async #askMaker({ target: { namespace }, existing }: RolloutState, need: Need): Promise<void> {
    const maker = await this.#makerOf(namespace, need);
    // One that was there and is gone is worth telling as well.
    const known = existing.get(needKey(need))?.state === 'absent';
    if (maker !== undefined || known) this.#tell({ type: 'ASKED', need, existence: { state: 'absent', maker } });
  }

  /** The grace decides where it is not known: a missing right is told, and never the reason of a verdict. */
  async #makerOf(namespace: string, need: Need): Promise<Maker | undefined> {
    try {
      return await findMaker(this.#ports.client.anyKind, namespace, need);
    } catch (error) {
      const leftOut = 'Whether it is at work on a Secret that is missing is not known, so the grace decides';
      this.#degrade(error, leftOut, `no maker of ${needKey(need)}`);
      return undefined;
    }
  }

  /** The log of a container that has just ended says more than its exit code, and is gone after the next crash. */
  #readLogs(state: RolloutState): void {
    for (const pod of revisionOf(state).pods) {
      for (const status of containerStatuses(pod)) {
        const ended = status.state?.terminated ?? status.lastState?.terminated;
        if (ended === undefined || ended.exitCode === 0) continue;
        const key = `${pod.metadata.uid}/${status.name}/${ended.finishedAt ?? ''}`;
        if (this.#asked.has(key) || this.#asked.size >= mostLogs) continue;
        this.#asked.add(key);
        void this.#readLog(state, pod, status.name, status.state?.running !== undefined);
      }
    }
  }

  /** The kubelet tells a failed readiness probe's status; what the program says beside it may be the whole story. */
  #askUnready(state: RolloutState, observation: Observation): void {
    if (!('kind' in observation) || observation.kind !== 'Event' || observation.type === 'UNREADABLE') return;
    const event = observation.object as ClusterEvent;
    if (event.reason !== 'Unhealthy' || !/^Readiness probe failed: .*statuscode/.test(event.message ?? '')) return;
    const pod = revisionOf(state).pods.find(({ metadata }) => metadata.uid === event.involvedObject.uid);
    const container = pod?.spec.containers.find(({ name }) => name === containerOf(event));
    const question = container?.readinessProbe?.httpGet;
    if (pod === undefined || container === undefined || question === undefined) return;
    const key = `${pod.metadata.uid}/${container.name}`;
    const now = this.#ports.clock.now();
    if (now - (this.#questions.get(key) ?? -Infinity) < betweenQuestionsMs) return;
    this.#questions.set(key, now);
    void this.#ask(state, pod, container.name, question);
  }

  async #ask(
    { target: { namespace } }: RolloutState,
    pod: Pod,
    container: string,
    question: NonNullable<Probe['httpGet']>,
  ): Promise<void> {
    const { path = '/', port, scheme } = question;
    const request = {
      namespace,
      port: numberOf(pod, container, port),
      path,
      scheme: scheme === 'HTTPS' ? ('https' as const) : ('http' as const),
      timeoutMs: 5000,
    };
    try {
      const { status, body } = await this.#ports.client.podGet(pod.metadata.name, request);
      const text = `${status} ${body.toString('utf8').slice(0, 2000)}`;
      this.#tell({ type: 'ANSWERED', pod: pod.metadata.uid, container, text });
    } catch (error) {
      // The verdict does not hang on it: the kubelet's word is enough.
      this.#degrade(error, 'Pods that are not ready are not asked why', `${pod.metadata.name} could not be asked`);
    }
  }

  async #readLog(
    { target: { namespace } }: RolloutState,
    pod: Pod,
    container: string,
    previous: boolean,
  ): Promise<void> {
    const tailLines = this.#logLines;
    try {
      const text = await this.#ports.client.logs(pod.metadata.name, { namespace, container, previous, tailLines });
      if (text !== undefined) this.#tell({ type: 'LOGGED', pod: pod.metadata.uid, container, text });
    } catch (error) {
      // The verdict does not hang on it: evidence.ts tries again and says why there is none.
      this.#degrade(error, 'Crashes are told without the last words of their logs', `no log of ${pod.metadata.name}`);
    }
  }

  /** A missing right is told once, with what is left out; everything else is for whoever debugs. */
  #degrade(error: unknown, leftOut: string, what: string): void {
    const { log } = this.#ports;
    if (!isForbidden(error)) log.debug(`${what}: ${String(error)}`);
    else this.#warn(`${error.message}. ${leftOut}. ${error.remedy}`);
  }
}

/** A probe may name its port. */
function numberOf(pod: Pod, container: string, port: number | string): number | string {
  const ports = pod.spec.containers.find(({ name }) => name === container)?.ports ?? [];
  return ports.find(({ name }) => name === port)?.containerPort ?? port;
}
