/** What the watches do not show, asked for when they say that it is there: the log of what ended, the answer of what is unready. */
import type { Observation, RolloutState } from './state.ts';
import type { WatchPorts } from './following.ts';
import { containerOf, containerStatuses } from './objects.ts';
import type { ClusterEvent, Pod, Probe } from './objects.ts';
import { revisionOf } from './revision.ts';

/** Unready pods are asked at their probe's own pace, but not more often than this. */
const betweenQuestionsMs = 10_000;
/** Logs that are read while a rollout is followed: enough to know why, however many pods crash. */
const mostLogs = 30;

/** Asks on behalf of one rollout, and tells the answers as observations. */
export class Inquiry {
  readonly #ports: WatchPorts;
  readonly #logLines: number;
  readonly #tell: (observation: Observation) => void;
  readonly #asked = new Set<string>();
  readonly #questions = new Map<string, number>();

  constructor(ports: WatchPorts, logLines: number, tell: (observation: Observation) => void) {
    this.#ports = ports;
    this.#logLines = logLines;
    this.#tell = tell;
  }

  /** Looks whether an observation gives reason to ask. */
  follow(state: RolloutState, observation: Observation): void {
    if (observation.type === 'LOGGED' || observation.type === 'ANSWERED' || observation.type === 'UNREADABLE') return;
    this.#readLogs(state);
    this.#askUnready(state, observation);
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
      this.#ports.log.debug(`${pod.metadata.name} could not be asked for its readiness: ${String(error)}`);
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
      this.#ports.log.debug(`no log of ${pod.metadata.name}/${container}: ${String(error)}`);
    }
  }
}

/** A probe may name its port. */
function numberOf(pod: Pod, container: string, port: number | string): number | string {
  const ports = pod.spec.containers.find(({ name }) => name === container)?.ports ?? [];
  return ports.find(({ name }) => name === port)?.containerPort ?? port;
}
