import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { codes } from '@wso2-delivery/shared/kubernetes/codes';
import { ServiceError } from '@wso2-delivery/shared/base/errors';
import type { AnyKind } from '@wso2-delivery/shared/kubernetes/any-kind';
import type { KubernetesObject } from '@wso2-delivery/shared/kubernetes/objects';
import {
  describePutBack,
  putBackAll,
  restoringPatch,
  type Created,
  type PutBack,
  type Snapshot,
} from '@wso2-delivery/shared/kubernetes/put-back';

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly value?: unknown;
}

/** RFC 6902, for whole fields of the object or its metadata. */
function patched(object: KubernetesObject, operations: readonly unknown[]): KubernetesObject {
  const result = structuredClone(object) as unknown as Record<string, Record<string, unknown>>;
  for (const { op, path, value } of operations as readonly Operation[]) {
    const [first = '', second] = path.slice(1).split('/');
    const [holder, key] = second === undefined ? [result, first] : [result[first] ?? {}, second];
    if (op === 'remove' && !(key in holder)) throw new Error(`nothing at ${path}`);
    if (op === 'replace' && !(key in holder)) throw new Error(`nothing to replace at ${path}`);
    if (op === 'remove') Reflect.deleteProperty(holder, key);
    else holder[key] = value;
  }
  return result as unknown as KubernetesObject;
}

const owner = (manager: string, time: string, subresource?: string) => ({
  manager,
  operation: 'Apply',
  time,
  ...(subresource === undefined ? {} : { subresource }),
});
const object = (spec: unknown, version = '1', managers = [owner('wso2-delivery', '1')], more: object = {}) =>
  ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'mi', uid: 'u', resourceVersion: version, managedFields: managers, ...more },
    spec,
    status: { at: version },
  }) as unknown as KubernetesObject;

const name = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'mi' };
const conflict = new ServiceError(codes.KUBERNETES_CONFLICT, 'changed', { method: 'PATCH', url: 'x', status: 409 });

/** A server with one object, which may change each time before a patch arrives. */
function server(now: KubernetesObject | undefined, races: readonly KubernetesObject[] = []) {
  let present = now;
  const coming = [...races];
  const anyKind: AnyKind = {
    list: () => Promise.resolve([]),
    find: () => Promise.resolve(present),
    patch: (_, version, operations) => {
      const race = coming.shift();
      if (race !== undefined) present = race;
      if (present?.metadata.resourceVersion !== version) return Promise.reject(conflict);
      return Promise.resolve((present = patched(present, operations)));
    },
    remove: (_, uid, version) => {
      const race = coming.shift();
      if (race !== undefined) present = race;
      if (present?.metadata.uid !== uid || present.metadata.resourceVersion !== version)
        return Promise.reject(conflict);
      present = undefined;
      return Promise.resolve();
    },
  };
  return { anyKind, object: () => present };
}

async function back(
  before: KubernetesObject | undefined,
  { anyKind }: { anyKind: AnyKind },
  created: Created = 'keep',
  kind = 'Deployment',
) {
  const snapshot: Snapshot = { name: { ...name, kind }, before };
  const [result] = await putBackAll(anyKind, [snapshot], { created });
  return result;
}

describe('an object after an apply that stopped half-way', () => {
  const before = object({ replicas: 2, image: 'r/mi:1' }, '1', undefined, { labels: { app: 'mi' } });
  const after = object({ replicas: 2, image: 'r/mi:2', added: true }, '5', [owner('wso2-delivery', '9')]);

  test('is what it was, added fields and lost labels included', async () => {
    const cluster = server(after);
    expect(await back(before, cluster)).toEqual({ what: 'deployment/mi', name, state: 'put-back', spec: true });
    expect(cluster.object()).toMatchObject({ spec: before.spec, metadata: { labels: { app: 'mi' } } });
    expect(cluster.object()?.spec).toEqual(before.spec);
  });

  test.each<[string, KubernetesObject | undefined, KubernetesObject | undefined, PutBack['state']]>([
    ['that was not reached is left alone', before, before, 'untouched'],
    ['whose status alone has moved is left alone', before, { ...before, status: { at: '9' } }, 'untouched'],
    ['that never came into being is nothing', undefined, undefined, 'untouched'],
    ['that is new stays', undefined, after, 'created'],
    ['that somebody has deleted is not made again', before, undefined, 'refused'],
    [
      'that somebody has made anew is not touched',
      before,
      { ...after, metadata: { ...after.metadata, uid: 'v' } },
      'refused',
    ],
    [
      'that somebody else has changed meanwhile is not touched',
      before,
      object({ image: 'r/mi:3' }, '6', [owner('wso2-delivery', '9'), owner('kubectl-edit', '10')]),
      'refused',
    ],
    [
      'that a controller has counted on in is put back',
      before,
      object({ image: 'r/mi:2' }, '6', [owner('kube-controller-manager', '10'), owner('kubelet', '10', 'status')]),
      'put-back',
    ],
  ])('%s', async (_, was, now, state) => {
    const cluster = server(now);
    const result = await back(was, cluster);
    expect(result?.state).toBe(state);
    if (state !== 'put-back') expect(cluster.object()).toEqual(now);
  });

  test('that is new runs nothing when that is asked for', async () => {
    const cluster = server(after);
    expect((await back(undefined, cluster, 'scale-to-zero'))?.state).toBe('scaled-to-zero');
    expect(cluster.object()?.spec).toMatchObject({ replicas: 0, image: 'r/mi:2' });
  });

  test.each<[string, string, KubernetesObject, PutBack['state']]>([
    ['by this tool alone is removed', 'Deployment', after, 'removed'],
    [
      'and counted on in by a controller alone is removed',
      'Deployment',
      object({}, '6', [owner('wso2-delivery', '9'), owner('kube-controller-manager', '10')]),
      'removed',
    ],
    [
      'and that somebody else has a part in stays',
      'Deployment',
      object({}, '6', [owner('wso2-delivery', '9'), owner('argocd', '10')]),
      'created',
    ],
    ['as a namespace stays, whoever made it', 'Namespace', after, 'created'],
    ['as a volume claim stays, with its data', 'PersistentVolumeClaim', after, 'created'],
    ['as a definition stays, with its objects', 'CustomResourceDefinition', after, 'created'],
  ])('that is new %s, when removing is asked for', async (_, kind, now, state) => {
    const cluster = server(now);
    expect((await back(undefined, cluster, 'remove', kind))?.state).toBe(state);
    expect(cluster.object()).toEqual(state === 'removed' ? undefined : now);
  });

  test('that somebody takes a part in while it is removed stays', async () => {
    const theirs = object({}, '6', [owner('wso2-delivery', '9'), owner('argocd', '10')]);
    const cluster = server(after, [theirs]);
    expect(await back(undefined, cluster, 'remove')).toMatchObject({ state: 'created' });
    expect(cluster.object()).toEqual(theirs);
  });

  test('of which a label alone has changed is put back without a rollout', async () => {
    const labelled = object(before.spec, '5', [owner('wso2-delivery', '9')], { labels: { app: 'other' } });
    const result = await back(before, server(labelled));
    expect([result?.state, result?.spec]).toEqual(['put-back', undefined]);
  });

  test('that existed is never removed', async () => {
    const cluster = server(after);
    expect((await back(before, cluster, 'remove'))?.state).toBe('put-back');
  });

  test('is put back before the workload that starts with it, and what is new goes last, backwards', async () => {
    const order: string[] = [];
    const named = (kind: string): Snapshot['name'] => ({ apiVersion: 'v1', kind, name: kind.toLowerCase() });
    const anyKind: AnyKind = {
      list: () => Promise.resolve([]),
      find: () => Promise.resolve(after),
      patch: ({ kind }) => Promise.resolve((order.push(`patch ${kind}`), after)),
      remove: ({ kind }) => Promise.resolve(void order.push(`remove ${kind}`)),
    };
    const snapshots = [
      { name: named('Secret'), before: undefined },
      { name: named('ConfigMap'), before },
      { name: named('Service'), before: undefined },
      { name: named('Deployment'), before },
    ];
    const results = await putBackAll(anyKind, snapshots, { created: 'remove' });
    expect(order).toEqual(['patch ConfigMap', 'patch Deployment', 'remove Service', 'remove Secret']);
    expect(results.map(({ state }) => state)).toEqual(['removed', 'put-back', 'removed', 'put-back']);
  });

  test('whose status moves while it is put back is looked at again', async () => {
    const moved = (version: string) => object(after.spec, version, [owner('wso2-delivery', '9')]);
    const cluster = server(after, [moved('6'), moved('7')]);
    expect((await back(before, cluster))?.state).toBe('put-back');
  });

  test('that somebody changes while it is put back is refused, not overwritten', async () => {
    const theirs = object({ image: 'r/mi:3' }, '6', [owner('wso2-delivery', '9'), owner('helm', '10')]);
    const cluster = server(after, [theirs]);
    expect(await back(before, cluster)).toMatchObject({ state: 'refused', why: 'helm has changed it meanwhile' });
    expect(cluster.object()).toEqual(theirs);
  });

  test('that never holds still is a failure that is told', async () => {
    const races = Array.from({ length: 10 }, (_, n) => object(after.spec, String(n + 6)));
    expect(await back(before, server(after, races))).toMatchObject({ state: 'failed' });
  });

  test('keeps the revision that the Deployment controller counts on in', () => {
    const annotated = (revision: string, more: object = {}) =>
      object({}, '1', [], { annotations: { 'deployment.kubernetes.io/revision': revision, ...more } });
    const operations = restoringPatch(annotated('3', { note: 'old' }), annotated('4', { note: 'new' }));
    expect(operations).toEqual([
      {
        op: 'replace',
        path: '/metadata/annotations',
        value: { note: 'old', 'deployment.kubernetes.io/revision': '4' },
      },
    ]);
    expect(restoringPatch(annotated('3'), annotated('4'))).toEqual([]);
  });
});

test('property: whatever an apply made of an object, the patch makes it what it was, and of the same object nothing', () => {
  const labels = fc.option(fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.string({ maxLength: 3 })), {
    nil: undefined,
  });
  const content = fc.record(
    { spec: fc.jsonValue({ maxDepth: 2 }), data: fc.jsonValue({ maxDepth: 2 }), type: fc.string() },
    { requiredKeys: [] },
  );
  const any = fc.tuple(content, labels, labels).map(([fields, own, notes]) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'x',
      uid: 'u',
      ...(own === undefined ? {} : { labels: own }),
      ...(notes === undefined ? {} : { annotations: notes }),
    },
    ...fields,
  }));
  fc.assert(
    fc.property(any, any, (before, now) => {
      const restored = patched(now, restoringPatch(before, now));
      expect(restoringPatch(before, restored)).toEqual([]);
      expect(restoringPatch(now, now)).toEqual([]);
    }),
  );
});

test('what became of the objects is one sentence', () => {
  expect(
    describePutBack(
      [
        { what: 'configmap/a', state: 'put-back' as const },
        { what: 'deployment/b', state: 'put-back' as const },
        { what: 'deployment/c', state: 'untouched' as const },
        { what: 'service/d', state: 'created' as const },
        { what: 'ingress/g', state: 'removed' as const },
        { what: 'deployment/e', state: 'refused' as const, why: 'helm has changed it meanwhile' },
        { what: 'secret/f', state: 'failed' as const, why: 'ci may not patch' },
      ].map((one) => ({ ...one, name })),
    ),
  ).toBe(
    'put back as before: configmap/a, deployment/b; new, and left there: service/d (to remove: kubectl delete service/d); ' +
      'new, and removed again: ingress/g; ' +
      'not put back: deployment/e (helm has changed it meanwhile); could not be put back: secret/f (ci may not patch)',
  );
  expect(describePutBack([{ what: 'deployment/c', name, state: 'untouched' }])).toBe('');
});
