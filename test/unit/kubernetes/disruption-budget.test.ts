import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { budgetFindings, selects, type Budget } from '@wso2-delivery/shared/kubernetes/disruption-budget';
import type { KubernetesObject } from '@wso2-delivery/shared/kubernetes/objects';

const workload = (replicas: number | undefined, kind = 'Deployment'): KubernetesObject => ({
  kind,
  metadata: { name: 'mi' },
  spec: {
    ...(replicas === undefined ? {} : { replicas }),
    template: { metadata: { labels: { app: 'mi', tier: 'esb' } }, spec: { containers: [{ name: 'mi' }] } },
  },
});
const budget = (spec: object, name = 'mi', namespace = 'shop'): Budget => ({
  object: {
    kind: 'PodDisruptionBudget',
    metadata: { name },
    spec: { selector: { matchLabels: { app: 'mi' } }, ...spec },
  },
  namespace,
});
const idsOf = (object: KubernetesObject, budgets: readonly Budget[], before?: KubernetesObject) =>
  budgetFindings({ object, namespace: 'shop', before }, budgets).map(({ id }) => id);

describe('a PodDisruptionBudget', () => {
  test.each<[object, number, readonly string[]]>([
    [{ minAvailable: 1 }, 2, []],
    [{ minAvailable: 2 }, 2, ['budget-allows-none']],
    [{ minAvailable: 3 }, 2, ['budget-never-met']],
    [{ minAvailable: '50%' }, 2, []],
    [{ minAvailable: '51%' }, 2, ['budget-allows-none']],
    [{ minAvailable: '100%' }, 3, ['budget-allows-none']],
    [{ minAvailable: 1 }, 1, ['budget-allows-none']],
    [{ maxUnavailable: 0 }, 3, ['budget-allows-none']],
    [{ maxUnavailable: '0%' }, 3, ['budget-allows-none']],
    [{ maxUnavailable: '1%' }, 3, []],
    [{ maxUnavailable: 1 }, 1, []],
    [{ minAvailable: 5 }, 0, []],
    [{}, 3, []],
  ])('%j of %d pods: %j', (spec, replicas, ids) => {
    expect(idsOf(workload(replicas), [budget(spec)])).toEqual(ids);
  });

  test('counts the present number where the manifest leaves it to an autoscaler', () => {
    expect(idsOf(workload(undefined), [budget({ minAvailable: 2 })], workload(3))).toEqual([]);
    expect(idsOf(workload(undefined), [budget({ minAvailable: 3 })], workload(3))).toEqual(['budget-allows-none']);
    expect(idsOf(workload(undefined), [budget({ minAvailable: 1 })])).toEqual(['budget-allows-none']);
  });

  test('of other pods, another namespace, or for kinds that are not scaled, says nothing', () => {
    const none = { maxUnavailable: 0 };
    expect(idsOf(workload(3), [budget({ ...none, selector: { matchLabels: { app: 'other' } } })])).toEqual([]);
    expect(idsOf(workload(3), [budget(none, 'mi', 'elsewhere')])).toEqual([]);
    expect(idsOf(workload(3, 'DaemonSet'), [budget(none)])).toEqual([]);
  });

  test('beside another one for the same pods keeps them from being evicted at all', () => {
    const two = [budget({ maxUnavailable: 1 }), budget({ minAvailable: 1 }, 'old')];
    const [finding] = budgetFindings({ object: workload(3), namespace: 'shop' }, two);
    expect(finding?.says).toMatch(/more than one PodDisruptionBudget selects its pods \(mi, old\)/);
  });

  test('says which rule, how many pods, and where its manifest stands', () => {
    const document = { file: 'deploy/pdb.yaml', line: 7, text: '', object: workload(1) };
    const [finding] = budgetFindings({ object: workload(2), namespace: 'shop' }, [
      { ...budget({ minAvailable: 3 }), document },
    ]);
    expect(finding).toMatchObject({
      subject: 'deployment/mi',
      weight: 'warning',
      says: 'PodDisruptionBudget mi (minAvailable: 3) can never be met: the workload has 2 pods',
      file: 'deploy/pdb.yaml',
      line: 7,
    });
  });

  test('property: what is said agrees with how many pods Kubernetes would let go', () => {
    const amount = fc.oneof(
      fc.integer({ min: 0, max: 12 }),
      fc.integer({ min: 0, max: 100 }).map((n) => `${n}%`),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), amount, fc.boolean(), (replicas, value, least) => {
        const number = typeof value === 'number' ? value : Math.ceil((Number.parseInt(value) * replicas) / 100);
        const healthy = least ? number : replicas - number;
        const allowed = Math.max(0, replicas - healthy);
        const ids = idsOf(workload(replicas), [budget(least ? { minAvailable: value } : { maxUnavailable: value })]);
        expect(ids.length > 0).toBe(allowed === 0);
      }),
    );
  });
});

test.each<[unknown, boolean]>([
  [undefined, false],
  [{}, true],
  [{ matchLabels: { app: 'mi' } }, true],
  [{ matchLabels: { app: 'mi', tier: 'db' } }, false],
  [{ matchExpressions: [{ key: 'tier', operator: 'In', values: ['esb', 'db'] }] }, true],
  [{ matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['esb'] }] }, false],
  [{ matchExpressions: [{ key: 'zone', operator: 'NotIn', values: ['a'] }] }, true],
  [{ matchExpressions: [{ key: 'tier', operator: 'Exists' }] }, true],
  [{ matchExpressions: [{ key: 'zone', operator: 'DoesNotExist' }] }, true],
  [{ matchLabels: { app: 'mi' }, matchExpressions: [{ key: 'zone', operator: 'Exists' }] }, false],
])('the selector %j selects pods of app mi, tier esb: %j', (selector, expected) => {
  expect(selects(selector, { app: 'mi', tier: 'esb' })).toBe(expected);
});
