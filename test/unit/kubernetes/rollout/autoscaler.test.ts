/** An autoscaler that changes the number of pods in the middle of a rollout. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { defaultPolicy } from '@wso2-delivery/shared/kubernetes/rollout/policy';
import { inShort, recording, replay } from './replay.ts';
import { Stream } from './stream.ts';

const ready = { ready: true };
const complete = () => new Stream().deployment(0, 2, 2).pod(0, 'web-1-a', ready).pod(0, 'web-1-b', ready);

describe('the number of pods changes', () => {
  test('before everything is there: the new number is what is waited for', () => {
    const stream = new Stream()
      .deployment(0, 2, 1)
      .pod(0, 'web-1-a', ready)
      .pod(0, 'web-1-b')
      .deployment(5000, 3, 1, 3)
      .pod(5100, 'web-1-c')
      .pod(10_000, 'web-1-b', ready)
      .deployment(10_010, 3, 2, 3)
      .pod(60_000, 'web-1-c', ready)
      .deployment(60_010, 3, 3, 3);
    const { verdict, at } = replay(stream.recording());
    expect([inShort(verdict), at]).toEqual(['succeeded', 60_010 + defaultPolicy.stableForMs]);
  });

  test('up, while it must hold: what was there is held to, and the newcomers are not waited for', () => {
    const stream = complete().deployment(10_000, 5, 2, 3).pod(10_100, 'web-1-c').pod(10_100, 'web-1-d');
    const { verdict, at, state } = replay(stream.recording());
    expect([inShort(verdict), at]).toEqual(['succeeded', defaultPolicy.stableForMs]);
    expect(state.moments.map(({ text }) => text)).toContain('scaled from 2 to 5');
  });

  test('up, and a pod of before is lost: then nothing holds until as many are there again', () => {
    const stream = complete()
      .deployment(10_000, 5, 2, 3)
      .pod(12_000, 'web-1-b')
      .deployment(12_010, 5, 1, 3)
      .pod(20_000, 'web-1-c', ready)
      .deployment(20_010, 5, 2, 3)
      .pod(25_000, 'web-1-d', ready)
      .pod(25_000, 'web-1-e', ready)
      .pod(25_000, 'web-1-f', ready)
      .deployment(25_010, 5, 5, 3);
    const { verdict, at } = replay(stream.recording());
    expect(inShort(verdict)).toBe('succeeded');
    expect(at).toBeGreaterThan(20_000 + defaultPolicy.stableForMs);
  });

  // An autoscaler writes the scale subresource, as kubectl scale does: a new generation that is observed later, the same
  // ReplicaSet with another number, then pods, then counts.
  test('up, while it must hold, in the order of a real cluster: nothing is superseded, and no new wait begins', () => {
    const real = recording('scale-good');
    const replicaSets = new Set(
      real.rows.filter(({ kind }) => kind === 'ReplicaSet').map(({ object }) => object.metadata.uid),
    );
    expect(replicaSets.size).toBe(1);
    const { verdict, at, state } = replay(real, { from: -1000 });
    expect([inShort(verdict), at]).toEqual(['succeeded', defaultPolicy.stableForMs - 1000]);
    expect(state.moments.map(({ text }) => text)).toContain('scaled from 3 to 5');
  });

  test('up, before everything is there, in the order of a real cluster: the new number is waited for', () => {
    const { verdict, at } = replay(recording('scale-good'), { from: 150 });
    expect([inShort(verdict), at]).toEqual(['succeeded', 817 + defaultPolicy.stableForMs]);
  });

  test('down, while it must hold: no new wait begins', () => {
    const stream = complete().deployment(10_000, 1, 2, 3).pod(10_100, 'web-1-b', { ready: true, terminating: true });
    const { verdict, at } = replay(stream.deployment(10_200, 1, 1, 3).recording());
    expect([inShort(verdict), at]).toEqual(['succeeded', defaultPolicy.stableForMs]);
  });

  test('property: whatever numbers an autoscaler asks for, pods that stay ready are held, and none is called superseded', () => {
    const changes = fc.array(fc.tuple(fc.integer({ min: 100, max: 9000 }), fc.integer({ min: 2, max: 9 })), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(changes, (numbers) => {
        const stream = complete();
        let t = 0;
        for (const [index, [after, replicas]] of numbers.entries())
          stream.deployment((t += after), replicas, 2, index + 3);
        const { verdict, at } = replay(stream.recording());
        expect([inShort(verdict), at]).toEqual(['succeeded', defaultPolicy.stableForMs]);
      }),
    );
  });
});
