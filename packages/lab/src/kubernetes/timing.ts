/** Time in the lab: everything a cluster decides by its own clock can run faster by a scale; nothing survives close(). */

export class Timing {
  /** 0.1 lets ten cluster seconds pass in one real second. */
  readonly scale: number;
  readonly #abort = new AbortController();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(scale: number) {
    this.scale = scale;
  }

  /** Aborts when the cluster ends. */
  get ended(): AbortSignal {
    return this.#abort.signal;
  }

  /** Real milliseconds for a time in cluster seconds. */
  real(clusterSeconds: number): number {
    return clusterSeconds * 1000 * this.scale;
  }

  /** Calls back after real milliseconds, unless the cluster ends first. Returns a function that cancels it. */
  after(ms: number, callback: () => void): () => void {
    if (this.#abort.signal.aborted) return () => undefined;
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        callback();
      },
      Math.max(ms, 0),
    );
    this.#timers.add(timer);
    return () => {
      clearTimeout(timer);
      this.#timers.delete(timer);
    };
  }

  /** Resolves after real milliseconds; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const cancel = this.after(ms, () => {
        signal.removeEventListener('abort', abort);
        resolve();
      });
      const abort = (): void => {
        cancel();
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', abort, { once: true });
    });
  }

  /** Ends every timer at once. */
  end(): void {
    this.#abort.abort(new Error('the cluster has ended'));
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
