import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { jsonPatch, mergePatch, strategicMergePatch } from '../../../../packages/lab/src/kubernetes/patch.ts';

const deployment = {
  kind: 'Deployment',
  spec: {
    replicas: 3,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } },
    template: {
      spec: {
        containers: [
          { name: 'web', image: 'web:v1', args: ['a', 'b'], env: [{ name: 'A', value: '1' }] },
          { name: 'sidecar', image: 'side:v1' },
        ],
      },
    },
  },
};

const containersAfter = (patch: object): unknown => {
  const result = strategicMergePatch('Deployment', deployment, { spec: { template: { spec: patch } } });
  return (result as typeof deployment).spec.template.spec.containers;
};

describe('a strategic merge patch', () => {
  test('changes one container by its name and leaves the other alone', () => {
    expect(containersAfter({ containers: [{ name: 'web', image: 'web:v2' }] })).toEqual([
      { name: 'web', image: 'web:v2', args: ['a', 'b'], env: [{ name: 'A', value: '1' }] },
      { name: 'sidecar', image: 'side:v1' },
    ]);
  });

  test('merges lists inside list items by their own keys, and replaces lists without one', () => {
    const [web] = containersAfter({
      containers: [{ name: 'web', args: ['c'], env: [{ name: 'B', value: '2' }] }],
    }) as { args: string[]; env: object[] }[];
    expect(web?.args).toEqual(['c']);
    expect(web?.env).toEqual([
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ]);
  });

  test.each([
    ['removes an item with $patch: delete', { containers: [{ name: 'sidecar', $patch: 'delete' }] }, ['web']],
    ['replaces a list with $patch: replace', { containers: [{ $patch: 'replace' }, { name: 'new' }] }, ['new']],
    [
      'puts items into the order of $setElementOrder',
      { '$setElementOrder/containers': [{ name: 'sidecar' }, { name: 'web' }] },
      ['sidecar', 'web'],
    ],
  ])('%s', (_, patch, names) => {
    expect((containersAfter(patch) as { name: string }[]).map(({ name }) => name)).toEqual(names);
  });

  test('drops the keys that $retainKeys does not name', () => {
    const patch = { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } };
    const result = strategicMergePatch('Deployment', deployment, patch) as typeof deployment;
    expect(result.spec.strategy).toEqual({ type: 'Recreate' });
  });

  test('removes values from sets', () => {
    const object = { metadata: { finalizers: ['a', 'b'] } };
    const patch = { metadata: { '$deleteFromPrimitiveList/finalizers': ['a'] } };
    expect(strategicMergePatch('Deployment', object, patch)).toEqual({ metadata: { finalizers: ['b'] } });
  });

  test('refuses an item without the merge key', () => {
    expect(() => containersAfter({ containers: [{ image: 'x' }] })).toThrow(
      'does not contain declared merge key: name',
    );
  });

  test('never changes its target', () => {
    const before = structuredClone(deployment);
    containersAfter({ containers: [{ name: 'web', image: 'x' }] });
    expect(deployment).toEqual(before);
  });
});

describe('a JSON merge patch', () => {
  test.each([
    [{ a: 1, b: 2 }, { b: null }, { a: 1 }],
    [{ a: { b: 1 } }, { a: { c: 2 } }, { a: { b: 1, c: 2 } }],
    [{ a: [1, 2] }, { a: [3] }, { a: [3] }],
    [{ a: 1 }, { a: { b: null } }, { a: {} }],
  ])('turns %j with %j into %j', (target, patch, result) => {
    expect(mergePatch(target, patch)).toEqual(result);
  });

  test('is idempotent', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.dictionary(fc.string(), fc.jsonValue()),
        (target, patch) => {
          const once = mergePatch(target, patch);
          expect(mergePatch(once, patch)).toEqual(once);
        },
      ),
    );
  });
});

describe('a JSON patch', () => {
  test.each([
    ['replaces', [{ op: 'replace', path: '/a', value: 2 }], { a: 2, l: [1, 2] }],
    ['adds at the end of a list', [{ op: 'add', path: '/l/-', value: 3 }], { a: 1, l: [1, 2, 3] }],
    ['inserts into a list', [{ op: 'add', path: '/l/0', value: 0 }], { a: 1, l: [0, 1, 2] }],
    ['removes', [{ op: 'remove', path: '/l/1' }], { a: 1, l: [1] }],
    ['unescapes pointers', [{ op: 'add', path: '/x~1y~0', value: 1 }], { a: 1, l: [1, 2], 'x/y~': 1 }],
    ['moves', [{ op: 'move', from: '/a', path: '/b' }], { b: 1, l: [1, 2] }],
    ['copies', [{ op: 'copy', from: '/a', path: '/b' }], { a: 1, b: 1, l: [1, 2] }],
  ])('%s', (_, operations, result) => {
    expect(jsonPatch({ a: 1, l: [1, 2] }, operations)).toEqual(result);
  });

  test.each([
    ['a failed test', [{ op: 'test', path: '/a', value: 2 }], 'testing value /a failed'],
    ['an absent path', [{ op: 'replace', path: '/x', value: 2 }], 'missing path: /x'],
    ['an unknown operation', [{ op: 'frobnicate', path: '/a' }], 'frobnicate'],
    ['no list', { op: 'add' }, 'must be an array'],
  ])('refuses %s', (_, operations, message) => {
    expect(() => jsonPatch({ a: 1 }, operations)).toThrow(message);
  });
});
