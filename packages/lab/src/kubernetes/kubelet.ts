/** Runs the pods of a node as their scripts say. */
import { ContainerRunner, type RunnerPorts } from './container-runner.ts';
import type { ContainerScripts } from './container-script.ts';
import { knownContainer, type KnownContainer } from './container-state.ts';
import { EventRecorder } from './event-recorder.ts';
import { timestamp, type Pod } from './objects.ts';
import { pullCredentials, unmountable } from './pod-config.ts';
import { podStatus } from './pod-status.ts';
import { nodes, pods } from './resources.ts';
import type { Change, Store } from './store.ts';
import type { Timing } from './timing.ts';

/** One pod on the node. */
interface Worker {
  readonly uid: string;
  readonly abort: AbortController;
  readonly containers: readonly KnownContainer[];
  readonly runners: ContainerRunner[];
  readonly startTime: string;
  podIp: string | undefined;
  stopping: boolean;
  dirty: boolean;
}

export class Kubelet {
  readonly #store: Store;
  readonly #timing: Timing;
  readonly #scripts: ContainerScripts;
  readonly #workers = new Map<string, Worker>();
  readonly #images = new Map<string, Set<string>>();
  #lastIp = 1;

  constructor(store: Store, timing: Timing, scripts: ContainerScripts) {
    this.#store = store;
    this.#timing = timing;
    this.#scripts = scripts;
    store.subscribe((change) => this.#observe(change));
  }

  /** What runs in a pod: for logs and the proxy. */
  containersOf(pod: Pod): readonly KnownContainer[] {
    return this.#workers.get(pod.metadata.uid)?.containers ?? [];
  }

  /** Every image is pulled again before its next use. */
  forgetImages(): void {
    for (const images of this.#images.values()) images.clear();
  }

  #observe({ resource, object, type }: Change): void {
    if (resource !== pods) return;
    const pod = object as Pod;
    const worker = this.#workers.get(pod.metadata.uid);
    if (type === 'DELETED') {
      this.#workers.delete(pod.metadata.uid);
      worker?.abort.abort(new Error('the pod is gone'));
      return;
    }
    if (worker === undefined && pod.spec.nodeName !== undefined) this.#timing.after(5, () => this.#start(pod));
    if (worker !== undefined && pod.metadata.deletionTimestamp !== undefined && !worker.stopping) {
      worker.stopping = true;
      this.#timing.after(5, () => void this.#stop(worker, pod));
    }
  }

  #start(pod: Pod): void {
    const { uid } = pod.metadata;
    if (this.#workers.has(uid) || this.#store.find(pods, pod.metadata.namespace, pod.metadata.name) === undefined)
      return;
    const init = pod.spec.initContainers ?? [];
    const worker: Worker = {
      uid,
      abort: new AbortController(),
      containers: [
        ...init.map((container) => knownContainer(container, true, false)),
        ...pod.spec.containers.map((container) => knownContainer(container, false, init.length > 0)),
      ],
      runners: [],
      startTime: timestamp(),
      podIp: undefined,
      stopping: false,
      dirty: false,
    };
    this.#workers.set(uid, worker);
    this.#write(pod, worker);
    this.#run(pod, worker).catch((thrown: unknown) => {
      if (!worker.abort.signal.aborted && !this.#timing.ended.aborted) throw thrown;
    });
  }

  async #run(pod: Pod, worker: Worker): Promise<void> {
    const { signal } = worker.abort;
    const host = pod.spec.nodeName ?? '';
    const events = new EventRecorder(this.#store, 'kubelet', host);
    await this.#mount(pod, events, signal);
    worker.podIp = `10.77.${Math.floor(++this.#lastIp / 250)}.${(this.#lastIp % 250) + 2}`;
    const context = { pullCredentials: (registry: string) => pullCredentials(this.#store, pod, registry) };
    const images = this.#images.get(host) ?? new Set<string>();
    this.#images.set(host, images);
    const runnerOf = async (known: KnownContainer): Promise<ContainerRunner> => {
      const ports: RunnerPorts = {
        store: this.#store,
        timing: this.#timing,
        events,
        script: await this.#scripts(pod, known.container, context),
        images,
        podIp: () => worker.podIp ?? '',
        changed: () => this.#publish(pod, worker),
      };
      const runner = new ContainerRunner(pod, known, ports);
      worker.runners.push(runner);
      return runner;
    };
    for (const known of worker.containers.filter(({ init }) => init)) {
      await (await runnerOf(known)).live(signal);
      if (known.state.terminated?.exitCode !== 0) return;
      known.ready = true;
      this.#publish(pod, worker);
    }
    const main = await Promise.all(worker.containers.filter(({ init }) => !init).map(runnerOf));
    await Promise.all(main.map((runner) => runner.live(signal)));
  }

  /** Waits until every volume can be mounted, with the kubelet's growing pauses. */
  async #mount(pod: Pod, events: EventRecorder, signal: AbortSignal): Promise<void> {
    for (let pause = 0.5; ; pause = Math.min(pause * 2, 122)) {
      const problem = unmountable(this.#store, pod);
      if (problem === undefined) return;
      events.record(pod, 'Warning', 'FailedMount', problem);
      await this.#timing.sleep(this.#timing.real(pause), signal);
    }
  }

  /** Writes the status soon; changes of one moment go together. */
  #publish(pod: Pod, worker: Worker): void {
    if (worker.dirty) return;
    worker.dirty = true;
    this.#timing.after(2, () => {
      worker.dirty = false;
      this.#write(pod, worker);
    });
  }

  #write(pod: Pod, worker: Worker): void {
    const { namespace, name } = pod.metadata;
    if (this.#store.find(pods, namespace, name)?.metadata.uid !== worker.uid) return;
    const node = this.#store.find(nodes, undefined, pod.spec.nodeName ?? '');
    const hostIp = node?.status.addresses.find(({ type }) => type === 'InternalIP')?.address ?? '10.78.0.1';
    this.#store.update(pods, namespace, name, (copy) => {
      const { containers, podIp, startTime } = worker;
      copy.status = podStatus(copy, { containers: containers, hostIp, podIp, startTime });
    });
  }

  async #stop(worker: Worker, pod: Pod): Promise<void> {
    const { namespace, name, deletionGracePeriodSeconds = 30 } = pod.metadata;
    const grace = this.#timing.real(deletionGracePeriodSeconds);
    const running = (): boolean => worker.containers.some(({ state }) => state.running !== undefined);
    for (const runner of worker.runners) runner.stop(grace);
    while (running() && !worker.abort.signal.aborted) {
      await this.#timing.sleep(5, this.#timing.ended).catch(() => worker.abort.abort());
    }
    worker.abort.abort(new Error('the pod is stopped'));
    if (this.#timing.ended.aborted) return;
    this.#write(pod, worker);
    if (this.#store.find(pods, namespace, name)?.metadata.uid !== worker.uid) return;
    this.#store.delete(pods, namespace, name, { gracePeriodSeconds: 0 });
  }
}
