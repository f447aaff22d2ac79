import { join } from 'node:path';

/** One comparison of the bench. */
export interface Row {
  readonly name: string;
  /** What it compares, in one line. */
  readonly about: string;
  /** @param folder an empty folder of its own, removed afterwards */
  run(folder: string): Promise<void>;
}

/** Of this repository. */
export const root = join(import.meta.dirname, '..');
