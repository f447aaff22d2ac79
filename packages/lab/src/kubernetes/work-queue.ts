/** A controller's queue: a key that is added twice before its turn is worked on once. */
import type { Timing } from './timing.ts';

export class WorkQueue {
  readonly #timing: Timing;
  readonly #reconcile: (key: string) => void;
  readonly #waiting = new Set<string>();
  readonly #delayed = new Map<string, { readonly due: number; readonly cancel: () => void }>();
  #scheduled = false;

  constructor(timing: Timing, reconcile: (key: string) => void) {
    this.#timing = timing;
    this.#reconcile = reconcile;
  }

  add(key: string): void {
    this.#waiting.add(key);
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#timing.after(2, () => this.#work());
  }

  /** Adds the key after real milliseconds; of several delays of one key the earliest counts. */
  addAfter(key: string, ms: number): void {
    const due = Date.now() + ms;
    const known = this.#delayed.get(key);
    if (known !== undefined && known.due <= due) return;
    known?.cancel();
    const cancel = this.#timing.after(ms, () => {
      this.#delayed.delete(key);
      this.add(key);
    });
    this.#delayed.set(key, { due, cancel });
  }

  #work(): void {
    this.#scheduled = false;
    const keys = [...this.#waiting];
    this.#waiting.clear();
    for (const key of keys) this.#reconcile(key);
  }
}
