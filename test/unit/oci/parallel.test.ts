import { describe, expect, test } from '@jest/globals';
import { allOf, inParallel, openLanes } from '@wso2-delivery/shared/oci/parallel';

const tick = () => new Promise((resolve) => setImmediate(resolve));

describe('inParallel', () => {
  test('keeps the order of the items and the limit', async () => {
    let running = 0;
    let most = 0;
    const results = await inParallel([5, 1, 4, 2, 3], 2, async (n) => {
      running += 1;
      most = Math.max(most, running);
      for (let i = 0; i < n; i += 1) await tick();
      running -= 1;
      return n * 10;
    });
    expect(results).toEqual([50, 10, 40, 20, 30]);
    expect(most).toBe(2);
  });

  test('after a failure nothing new starts, what runs may end, and the first failure is thrown', async () => {
    const started: number[] = [];
    const ended: number[] = [];
    const attempt = inParallel([1, 2, 3, 4], 2, async (n) => {
      started.push(n);
      await tick();
      if (n === 1) throw new Error('first');
      await tick();
      ended.push(n);
    });
    await expect(attempt).rejects.toThrow('first');
    expect(started).toEqual([1, 2]);
    expect(ended).toEqual([2]);
  });

  test('nothing to do is done at once', async () => {
    expect(await inParallel([], 4, () => Promise.reject(new Error('never')))).toEqual([]);
  });
});

describe('lanes', () => {
  test('several kinds of work share them, in the order in which they come', async () => {
    const lanes = openLanes(2);
    const started: string[] = [];
    const work = (name: string) =>
      lanes.run(async () => {
        started.push(name);
        await tick();
        return name;
      });
    const first = ['a', 'b', 'c'].map(work);
    const second = ['d', 'e'].map(work);
    expect(started).toEqual(['a', 'b']);
    expect(await allOf([...first, ...second])).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(started).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(await work('later')).toBe('later');
  });

  test('after a failure, work that comes later is not started either', async () => {
    const lanes = openLanes(1);
    await expect(lanes.run(() => Promise.reject(new Error('first')))).rejects.toThrow('first');
    await expect(lanes.run(() => Promise.resolve('second'))).rejects.toThrow('first');
  });
});
