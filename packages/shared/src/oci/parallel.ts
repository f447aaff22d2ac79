/** Work beside other work, never more than a limit of it at the same time. */

/** Places for work: tasks wait for a free one in the order in which they came. */
export interface Lanes {
  /** After a failure nothing that waits is started: it fails with that first failure. */
  run<T>(task: () => Promise<T>): Promise<T>;
}

export function openLanes(limit: number): Lanes {
  let free = limit;
  let failure: { readonly error: unknown } | undefined;
  const waiting: (() => void)[] = [];
  return {
    async run(task) {
      if (free > 0) free -= 1;
      else await new Promise<void>((start) => waiting.push(start));
      try {
        if (failure !== undefined) throw failure.error;
        return await task();
      } catch (error) {
        failure ??= { error };
        throw error;
      } finally {
        const next = waiting.shift();
        if (next === undefined) free += 1;
        else next();
      }
    },
  };
}

/** The results in the order of the work; waits for all of it, then throws the first failure in that order. */
export async function allOf<T>(work: readonly Promise<T>[]): Promise<T[]> {
  const outcomes = await Promise.allSettled(work);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
}

/**
 * Runs a task for every item, at most `limit` at the same time, and gives the results in the order of the items.
 * After a failure nothing new is started; the first failure is thrown when all that was running has ended.
 */
export async function inParallel<T, R>(
  items: readonly T[],
  limit: number,
  task: (item: T) => Promise<R>,
): Promise<R[]> {
  const lanes = openLanes(limit);
  return allOf(items.map((item) => lanes.run(() => task(item))));
}
