/** The life of one container: pull, configure, start, run, end, back off, again. */
import type { ContainerScript, Run } from './container-script.ts';
import { fieldPath, podFullName, type KnownContainer, type Life } from './container-state.ts';
import type { EventRecorder } from './event-recorder.ts';
import { ImagePuller } from './image-puller.ts';
import { containerId } from './names.ts';
import { timestamp, type Pod, type Terminated } from './objects.ts';
import { missingConfig } from './pod-config.ts';
import { startProbes } from './prober.ts';
import type { Store } from './store.ts';
import type { Timing } from './timing.ts';

export interface RunnerPorts {
  readonly store: Store;
  readonly timing: Timing;
  readonly events: EventRecorder;
  readonly script: ContainerScript;
  /** Images on the node. */
  readonly images: Set<string>;
  readonly podIp: () => string;
  /** The pod's status has to be written. */
  readonly changed: () => void;
}

interface Ending {
  readonly code: number;
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
}

/** Restarts wait 10, 20, 40 … cluster seconds, at most 300. */
function backOffSeconds(failures: number): number {
  return Math.min(10 * 2 ** failures, 300);
}

/** A Go duration: 10s, 1m20s, 5m0s. */
function goDuration(seconds: number): string {
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}

export class ContainerRunner {
  readonly known: KnownContainer;
  readonly #pod: Pod;
  readonly #ports: RunnerPorts;
  readonly #puller: ImagePuller;
  /** Ends the life that runs now. */
  #stop: ((why: 'liveness' | 'startup' | 'pod', graceMs: number) => void) | undefined;
  #stopped = false;

  constructor(pod: Pod, known: KnownContainer, ports: RunnerPorts) {
    this.#pod = pod;
    this.known = known;
    this.#ports = ports;
    this.#puller = new ImagePuller(pod, known, ports);
  }

  /** Lives until the container has ended for good, or `signal` aborts. */
  async live(signal: AbortSignal): Promise<void> {
    const { timing } = this.#ports;
    let failures = 0;
    for (;;) {
      await this.#puller.ensure(signal);
      if (!(await this.#configured(signal))) continue;
      const startedAt = Date.now();
      const ending = await this.#runOnce(signal);
      if (signal.aborted || this.#stopped) return;
      if (!this.#restarts(ending)) {
        this.known.done = true;
        return;
      }
      if (Date.now() - startedAt > timing.real(600)) failures = 0;
      await this.#backOff(failures, signal);
      failures += 1;
      this.known.restartCount += 1;
    }
  }

  /** Sends SIGTERM, and SIGKILL after the grace in real milliseconds. */
  stop(graceMs: number): void {
    this.#stopped = true;
    this.#stop?.('pod', graceMs);
  }

  #restarts({ code }: Ending): boolean {
    const policy = this.#pod.spec.restartPolicy ?? 'Always';
    if (this.known.init) return code !== 0 && policy !== 'Never';
    return policy === 'Always' || (policy === 'OnFailure' && code !== 0);
  }

  async #configured(signal: AbortSignal): Promise<boolean> {
    const { store, timing } = this.#ports;
    const missing = missingConfig(store, this.#pod, this.known.container);
    if (missing === undefined) return true;
    this.#event('Warning', 'Failed', `Error: ${missing}`);
    this.#wait('CreateContainerConfigError', missing);
    await timing.sleep(timing.real(12), signal);
    return false;
  }

  async #runOnce(signal: AbortSignal): Promise<Ending> {
    const { known } = this;
    const run = await this.#ports.script.run(known.restartCount);
    if (known.state.terminated !== undefined) known.lastState = { terminated: known.state.terminated };
    known.containerId = containerId();
    this.#event('Normal', 'Created', `Created container: ${known.container.name}`);
    if (run.startError !== undefined) return this.#startFailed(run.startError);
    known.previousLife = known.life;
    const life: Life = { run, startedAt: Date.now(), logs: [], listening: false };
    known.life = life;
    known.state = { running: { startedAt: timestamp() } };
    this.#event('Normal', 'Started', `Started container ${known.container.name}`);
    const ending = await this.#untilEnd(life, run, signal);
    known.ready = false;
    known.started = false;
    known.state = { terminated: terminatedState(known, life, ending) };
    this.#ports.changed();
    return ending;
  }

  #startFailed(message: string): Ending {
    const { known } = this;
    this.#event('Warning', 'Failed', `Error: ${message}`);
    known.previousLife = known.life;
    known.life = undefined;
    known.lastState = {
      terminated: {
        exitCode: 128,
        reason: 'StartError',
        message,
        startedAt: '1970-01-01T00:00:00Z',
        finishedAt: timestamp(),
        containerID: known.containerId ?? '',
      },
    };
    this.#wait('RunContainerError', message);
    return { code: 128 };
  }

  #untilEnd(life: Life, run: Run, signal: AbortSignal): Promise<Ending> {
    const { timing } = this.#ports;
    const { known } = this;
    const ended = new AbortController();
    const cancels: (() => void)[] = [];
    const write = (text: string): void => {
      for (const line of text.split('\n')) life.logs.push({ at: Date.now(), text: line });
    };
    for (const line of run.logs ?? []) {
      if (typeof line === 'string') write(line);
      else cancels.push(timing.after(line.afterMs, () => write(line.text)));
    }
    if ((run.listenAfterMs ?? 0) === 0) life.listening = true;
    else cancels.push(timing.after(run.listenAfterMs ?? 0, () => (life.listening = true)));
    return new Promise<Ending>((resolve) => {
      const end = (ending: Ending): void => {
        if (ended.signal.aborted) return;
        ended.abort();
        this.#stop = undefined;
        for (const cancel of cancels) cancel();
        signal.removeEventListener('abort', aborted);
        resolve(ending);
      };
      const aborted = (): void => end({ code: 137 });
      signal.addEventListener('abort', aborted, { once: true });
      const { exit } = run;
      if (exit !== undefined) cancels.push(timing.after(exit.afterMs, () => end(exit)));
      this.#stop = (why, graceMs) => {
        if (why === 'pod') this.#event('Normal', 'Killing', `Stopping container ${known.container.name}`);
        const { onTerminate = { code: 0 } } = run;
        cancels.push(timing.after(graceMs, () => end({ code: 137 })));
        if (onTerminate !== 'ignored') cancels.push(timing.after(onTerminate.afterMs ?? 10, () => end(onTerminate)));
      };
      this.#probe(ended.signal);
    });
  }

  #probe(signal: AbortSignal): void {
    const { timing, podIp, changed } = this.#ports;
    const { known } = this;
    if (known.init) {
      changed();
      return;
    }
    startProbes(known, podIp(), timing, signal, {
      changed,
      unhealthy: (message) => this.#event('Warning', 'Unhealthy', message),
      kill: (kind) => {
        this.#event('Normal', 'Killing', `Container ${known.container.name} failed ${kind} probe, will be restarted`);
        this.#stop?.(kind, timing.real(this.#pod.spec.terminationGracePeriodSeconds ?? 30));
      },
    });
  }

  /** The first restart follows at once; after that the state shows CrashLoopBackOff. */
  async #backOff(failures: number, signal: AbortSignal): Promise<void> {
    const { timing } = this.#ports;
    const { known } = this;
    await timing.sleep(Math.max(timing.real(1), 10), signal);
    if (failures === 0) return;
    const seconds = backOffSeconds(failures - 1);
    const event = (): void =>
      this.#event(
        'Warning',
        'BackOff',
        `Back-off restarting failed container ${known.container.name} in pod ${podFullName(this.#pod)}`,
      );
    event();
    if (known.state.terminated !== undefined) known.lastState = { terminated: known.state.terminated };
    this.#wait(
      'CrashLoopBackOff',
      `back-off ${goDuration(seconds)} restarting failed container=${known.container.name} pod=${podFullName(this.#pod)}`,
    );
    for (let waited = 0; waited < seconds; waited += 12) {
      await timing.sleep(timing.real(Math.min(12, seconds - waited)), signal);
      if (waited + 12 < seconds) event();
    }
  }

  #wait(reason: string, message: string): void {
    this.known.ready = false;
    this.known.started = false;
    this.known.state = { waiting: { reason, message } };
    this.#ports.changed();
  }

  #event(type: 'Normal' | 'Warning', reason: string, message: string): void {
    this.#ports.events.record(this.#pod, type, reason, message, { fieldPath: fieldPath(this.known) });
  }
}

function terminatedState(known: KnownContainer, life: Life, { code, reason, message }: Ending): Terminated {
  return {
    exitCode: code,
    reason: reason ?? (code === 0 ? 'Completed' : 'Error'),
    ...(message === undefined ? {} : { message }),
    startedAt: timestamp(life.startedAt),
    finishedAt: timestamp(),
    containerID: known.containerId ?? '',
  };
}
