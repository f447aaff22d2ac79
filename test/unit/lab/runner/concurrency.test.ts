import { describe, expect, test } from '@jest/globals';
import type { ConcurrencyRequest } from '../../../../packages/lab/src/runner/concurrency.ts';
import { ConcurrencyGroups, Limit } from '../../../../packages/lab/src/runner/concurrency.ts';

const request = (changes: Partial<ConcurrencyRequest> = {}): ConcurrencyRequest => ({
  group: 'deploy',
  cancelInProgress: false,
  queue: 'single',
  onCancel: () => undefined,
  signal: new AbortController().signal,
  ...changes,
});

describe('a concurrency group', () => {
  test('lets one in at a time, and others in other groups', async () => {
    const groups = new ConcurrencyGroups();
    const release = await groups.acquire(request(), () => undefined);
    expect(await groups.acquire(request({ group: 'other' }), () => undefined)).toBeDefined();
    let waited = false;
    const second = groups.acquire(request({ group: 'DEPLOY' }), () => (waited = true));
    expect(waited).toBe(true);
    release?.();
    expect(await second).toBeDefined();
  });

  test('a newer waiter takes the place of an older one', async () => {
    const groups = new ConcurrencyGroups();
    const release = await groups.acquire(request(), () => undefined);
    const older = groups.acquire(request(), () => undefined);
    const newer = groups.acquire(request(), () => undefined);
    expect(await older).toBeUndefined();
    release?.();
    expect(await newer).toBeDefined();
  });

  test('with queue max all waiters come in, in order', async () => {
    const groups = new ConcurrencyGroups();
    const order: number[] = [];
    const first = await groups.acquire(request(), () => undefined);
    const rest = [1, 2, 3].map(async (n) => {
      const release = await groups.acquire(request({ queue: 'max' }), () => undefined);
      order.push(n);
      release?.();
    });
    first?.();
    await Promise.all(rest);
    expect(order).toEqual([1, 2, 3]);
  });

  test('cancel-in-progress asks the holder to end', async () => {
    const groups = new ConcurrencyGroups();
    let asked = false;
    const release = await groups.acquire(request({ onCancel: () => (asked = true) }), () => undefined);
    const second = groups.acquire(request({ cancelInProgress: true }), () => undefined);
    expect(asked).toBe(true);
    release?.();
    expect(await second).toBeDefined();
  });

  test('a cancelled waiter leaves the queue', async () => {
    const groups = new ConcurrencyGroups();
    const controller = new AbortController();
    const release = await groups.acquire(request(), () => undefined);
    const waiting = groups.acquire(request({ signal: controller.signal }), () => undefined);
    controller.abort();
    expect(await waiting).toBeUndefined();
    release?.();
    expect(await groups.acquire(request(), () => undefined)).toBeDefined();
  });
});

test('a limit is never exceeded and every task runs', async () => {
  const limit = new Limit(2);
  let running = 0;
  let most = 0;
  const done = await Promise.all(
    [1, 2, 3, 4, 5].map((n) =>
      limit.run(async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        return n;
      }),
    ),
  );
  expect(done).toEqual([1, 2, 3, 4, 5]);
  expect(most).toBe(2);
});
