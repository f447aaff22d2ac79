/** Concurrency groups and limits on parallel jobs. */

export interface ConcurrencyRequest {
  readonly group: string;
  readonly cancelInProgress: boolean;
  /** `single`: one may wait, a newer one takes its place. `max`: all wait, in order. */
  readonly queue: 'single' | 'max';
  /** Asks the holder to end because a newer request wants the group now. */
  readonly onCancel: () => void;
  /** Stops waiting. */
  readonly signal: AbortSignal;
}

interface Waiter {
  readonly request: ConcurrencyRequest;
  readonly settle: (granted: boolean) => void;
}

/** Groups of jobs and workflows of which one at a time runs. Share one between runs to serialise them against each other. */
export class ConcurrencyGroups {
  readonly #groups = new Map<string, { holder: ConcurrencyRequest; waiting: Waiter[] }>();

  /** Waits for the group and yields its release, or undefined when a newer request took the place or the signal aborted. */
  async acquire(request: ConcurrencyRequest, onWaiting: () => void): Promise<(() => void) | undefined> {
    const name = request.group.toLowerCase();
    const group = this.#groups.get(name);
    if (request.signal.aborted) return undefined;
    if (group === undefined) {
      this.#groups.set(name, { holder: request, waiting: [] });
    } else {
      if (request.queue === 'single') for (const waiter of group.waiting.splice(0)) waiter.settle(false);
      if (request.cancelInProgress) group.holder.onCancel();
      onWaiting();
      const granted = await new Promise<boolean>((settle) => {
        const waiter = { request, settle };
        group.waiting.push(waiter);
        request.signal.addEventListener('abort', () => {
          group.waiting = group.waiting.filter((other) => other !== waiter);
          settle(false);
        });
      });
      if (!granted) return undefined;
    }
    return () => this.#release(name);
  }

  #release(name: string): void {
    const group = this.#groups.get(name);
    const next = group?.waiting.shift();
    if (group === undefined || next === undefined) {
      this.#groups.delete(name);
      return;
    }
    group.holder = next.request;
    next.settle(true);
  }
}

/** Lets a number of tasks run at once. */
export class Limit {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(slots: number) {
    this.#free = slots;
  }

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}
