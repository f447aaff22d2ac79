import { describe, expect, test } from '@jest/globals';
import type { KubernetesClient } from '@wso2-delivery/shared/kubernetes/client';
import { askExistence } from '@wso2-delivery/shared/kubernetes/rollout/existence';
import { locateIn } from '@wso2-delivery/shared/kubernetes/rollout/locate';
import {
  existenceSays,
  kindOfNeed,
  needKey,
  type Existence,
  type Need,
} from '@wso2-delivery/shared/kubernetes/rollout/need';
import { defaultPolicy } from '@wso2-delivery/shared/kubernetes/rollout/policy';
import { beginRollout, observe, type RolloutState } from '@wso2-delivery/shared/kubernetes/rollout/state';
import { verdictOf } from '@wso2-delivery/shared/kubernetes/rollout/verdict';
import type { WorkloadResult } from '@wso2-delivery/shared/kubernetes/rollout/result';
import { inShort, listed, recording } from './replay.ts';

/** The rollout of a recording with what was asked for, watched until a time. */
function watched(name: string, until: number, required: RolloutState['required'] = 'all', asked?: [Need, Existence]) {
  const { target, rows, acceptedMs } = recording(name);
  let state = beginRollout({ target, at: acceptedMs, required });
  const later = rows.filter(({ t }) => t > acceptedMs && t <= until);
  for (const row of [...listed(rows, acceptedMs), ...later]) state = observe(state, row, Math.max(row.t, acceptedMs));
  if (asked !== undefined) state = observe(state, { type: 'ASKED', need: asked[0], existence: asked[1] }, until);
  return state;
}

const suspected = (state: RolloutState) => [...state.suspected.values()].map(({ finding }) => finding);

describe('what a cause says is missing', () => {
  const late = 60_000;
  const configMap = suspected(watched('mount-missing-configmap', late))[0]?.needs;

  test('is named so that it can be asked for', () => {
    expect(configMap).toMatchObject({ kind: 'ConfigMap' });
    expect(suspected(watched('image-not-found', late))[0]?.needs).toMatchObject({ kind: 'Image' });
    expect(suspected(watched('serviceaccount-missing', late))[0]?.needs).toMatchObject({ kind: 'ServiceAccount' });
    expect(suspected(watched('unsched-pvc-missing', late))[0]?.needs).toMatchObject({ kind: 'PersistentVolumeClaim' });
  });

  test.each<[Existence, string, RegExp]>([
    [{ state: 'absent' }, 'failed: mount-missing', /cannot be mounted\.$/],
    [{ state: 'present' }, 'watching', /It exists by now: Kubernetes tries again\.$/],
    [
      { state: 'unknown', why: 'ci may not "get" on configmaps' },
      'failed: mount-missing',
      /could not be asked: ci may not/,
    ],
  ])('and is %j: %s', (existence, verdict, message) => {
    if (configMap === undefined) throw new Error('nothing is missing');
    const state = watched('mount-missing-configmap', late, 'all', [configMap, existence]);
    expect(inShort(verdictOf(state, late, defaultPolicy))).toBe(verdict);
    expect(suspected(state)[0]?.message).toMatch(message);
  });

  test('the registry decides what the runtime leaves open', () => {
    const until = 5000;
    const [finding] = suspected(watched('registry-401', until));
    expect(finding?.cause).toBe('image-unauthorized');
    const need = finding?.needs;
    if (need?.kind !== 'Image') throw new Error('no image is missing');
    const asked = (state: 'present' | 'absent') =>
      suspected(watched('registry-401', until, 'all', [need, { state }]))[0];
    expect(asked('absent')?.cause).toBe('image-not-found');
    expect(asked('present')).toMatchObject({
      cause: 'image-unauthorized',
      message: expect.stringContaining('The registry has the image') as unknown,
    });
  });
});

describe('a need', () => {
  test.each([
    ['secret', 'Secret'],
    ['Secret', 'Secret'],
    ['configmap', 'ConfigMap'],
    ['persistentvolumeclaim', 'PersistentVolumeClaim'],
    // Nothing that can be asked for by its name alone.
    ['volume', undefined],
    ['', undefined],
  ])('that the kubelet calls "%s" is a %s', (word, kind) => {
    expect(kindOfNeed(word)).toBe(kind);
  });

  test('is another one when its kind, its name or its key differs', () => {
    const needs: readonly Need[] = [
      { kind: 'Secret', name: 'a' },
      { kind: 'ConfigMap', name: 'a' },
      { kind: 'Secret', name: 'b' },
      { kind: 'Secret', name: 'a', key: 'k' },
      { kind: 'Secret', name: 'ak' },
    ];
    expect(new Set(needs.map(needKey)).size).toBe(needs.length);
    expect(needKey({ kind: 'Secret', name: 'a', key: undefined })).toBe(needKey({ kind: 'Secret', name: 'a' }));
  });

  test.each<[Need['kind'], Existence | undefined, string]>([
    ['Image', { state: 'present' }, ' Its registry has it by now: the kubelet tries again.'],
    ['Secret', { state: 'present' }, ' It exists by now: Kubernetes tries again.'],
    ['Secret', { state: 'absent' }, ''],
    ['Secret', undefined, ''],
    [
      'Secret',
      { state: 'unknown', why: 'it is. forbidden.' },
      ' Whether it exists by now could not be asked: it is. forbidden.',
    ],
  ])('of kind %s that is %j adds "%s" to the sentence', (kind, existence, said) => {
    expect(existenceSays({ kind, name: 'a' }, existence)).toBe(said);
  });
});

describe('asking', () => {
  const find = (object: unknown) => ({ find: () => Promise.resolve(object) }) as unknown as KubernetesClient;

  test.each<[Need, unknown, Existence['state']]>([
    [{ kind: 'Secret', name: 'a' }, undefined, 'absent'],
    [{ kind: 'Secret', name: 'a' }, { data: {} }, 'present'],
    [{ kind: 'ConfigMap', name: 'a', key: 'k' }, { data: { other: '' } }, 'absent'],
    [{ kind: 'ConfigMap', name: 'a', key: 'k' }, { binaryData: { k: '' } }, 'present'],
  ])('for %j among %j: %s', async (need, object, state) => {
    expect(await askExistence(find(object), undefined, 'shop', need)).toEqual({ state });
  });

  test('a registry that nobody knows gives no answer', async () => {
    expect(await askExistence(find(undefined), undefined, 'shop', { kind: 'Image', name: 'r/a:1' })).toBeUndefined();
  });
});

describe('how much is required', () => {
  test('a crash of the last pod is bearable where a part is enough, and that part holds', () => {
    const until = 60_000;
    expect(inShort(verdictOf(watched('one-bad-of-many', until), until, defaultPolicy))).toBe('failed: crash-loop');
    const partly = watched('unsched-last-pod', until, { percent: 50 });
    expect(inShort(verdictOf(partly, until, defaultPolicy))).not.toMatch(/^failed/);
  });
});

describe('the line of a failure', () => {
  const text =
    'kind: Deployment\nspec:\n  containers:\n    - name: web\n      image: r/web:2\n      readinessProbe:\n        x: 1\n';
  const object = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } };
  const locate = locateIn([{ file: 'a.yaml', line: 10, text, object }]);
  const result = (cause: string, more: object = {}): WorkloadResult =>
    ({
      target: { kind: 'Deployment', name: 'web', namespace: 'shop' },
      cause,
      images: { web: 'r/web:2' },
      findings: [{ container: 'web', ...more }],
    }) as unknown as WorkloadResult;

  test.each([
    ['image-not-found', 14],
    ['crash-loop', 13],
    ['readiness-wrong', 15],
  ])('of %s is %d', (cause, line) => {
    expect(locate(result(cause))).toEqual({ file: 'a.yaml', line });
  });

  test('of a workload that is in no manifest is not known', () => {
    const other = { ...result('crash-loop'), target: { kind: 'Deployment' as const, name: 'api', namespace: 'shop' } };
    expect(locate(other)).toBeUndefined();
  });
});
