import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '@wso2-delivery/shared/kubernetes/objects';
import { podDemand, podResources, quotaFindings } from '@wso2-delivery/shared/kubernetes/quota';

const container = (requests: object, limits: object = {}) => ({ name: 'c', resources: { requests, limits } });
const workload = (
  spec: object,
  kind = 'Deployment',
  containers: object[] = [container({ cpu: '100m', memory: '256Mi' })],
): KubernetesObject => ({
  kind,
  metadata: { name: 'mi' },
  spec: { ...spec, template: { spec: { containers } } },
});
const quota = (hard: object, used: object, spec: object = {}): KubernetesObject => ({
  metadata: { name: 'team' },
  spec: { hard, ...spec },
  status: { hard, used },
});

describe('what a pod takes', () => {
  test('is the sum of its containers, or its largest init container', () => {
    const containers = [
      container({ cpu: '100m', memory: '1Gi' }),
      container({ cpu: '50m', memory: '1Gi' }, { cpu: '1' }),
    ];
    const initContainers = [container({ cpu: '2', memory: '1Mi' })];
    expect(podResources({ spec: { containers, initContainers } })).toEqual({
      pods: 1,
      'requests.cpu': 2,
      'requests.memory': 2 ** 31,
    });
  });

  test('is a limit where there is no request', () => {
    expect(podResources({ spec: { containers: [container({}, { cpu: '1', memory: '1Gi' })] } })).toEqual({
      pods: 1,
      'requests.cpu': 1,
      'requests.memory': 2 ** 30,
      'limits.cpu': 1,
      'limits.memory': 2 ** 30,
    });
  });
});

describe('what a change demands', () => {
  const rolling = (maxSurge: unknown, maxUnavailable: unknown, replicas = 4) => ({
    replicas,
    strategy: { rollingUpdate: { maxSurge, maxUnavailable } },
  });
  test.each([
    { what: 'a new Deployment', spec: { replicas: 3 }, before: false, pods: 3, canReplace: false },
    { what: 'a rolling update by default', spec: { replicas: 4 }, before: true, pods: 1, canReplace: true },
    { what: 'a surge in percent, rounded up', spec: rolling('30%', 0), before: true, pods: 2, canReplace: false },
    { what: 'a surge of zero', spec: rolling(0, 0), before: true, pods: 0, canReplace: true },
    { what: 'one replica by default', spec: { replicas: 1 }, before: true, pods: 1, canReplace: false },
    {
      what: 'Recreate',
      spec: { replicas: 4, strategy: { type: 'Recreate' } },
      before: true,
      pods: 0,
      canReplace: true,
    },
  ])('$what: $pods pods', ({ spec, before, pods, canReplace }) => {
    expect(podDemand(workload(spec), 'staging', before ? workload(spec) : undefined)).toMatchObject({
      subject: 'deployment/mi',
      pods,
      canReplace,
    });
  });

  test('more replicas come on top', () => {
    expect(podDemand(workload({ replicas: 6 }), 'staging', workload({ replicas: 4 }))?.pods).toBe(4);
  });

  test('other kinds demand nothing here', () => {
    expect(podDemand(workload({}, 'DaemonSet'), 'staging', undefined)).toBeUndefined();
    expect(podDemand({ kind: 'ConfigMap', metadata: { name: 'x' } }, 'staging', undefined)).toBeUndefined();
  });
});

describe('a quota', () => {
  const demand = (pods: number, canReplace: boolean) => ({
    subject: 'deployment/mi',
    namespace: 'staging',
    pods,
    canReplace,
    perPod: { pods: 1, 'requests.cpu': 0.1, 'requests.memory': 2 ** 28 },
  });
  test.each([
    { what: 'with room', quota: quota({ pods: '10' }, { pods: '3' }), demand: demand(2, false), found: [] },
    {
      what: 'that is used up, with no pod to replace',
      quota: quota({ pods: '3' }, { pods: '3' }),
      demand: demand(1, false),
      found: ['error quota-exhausted'],
    },
    {
      what: 'that is used up, with pods to replace',
      quota: quota({ pods: '3' }, { pods: '3' }),
      demand: demand(1, true),
      found: ['warning quota-tight'],
    },
    {
      what: 'with room for some',
      quota: quota({ 'requests.cpu': '300m' }, { 'requests.cpu': '150m' }),
      demand: demand(3, false),
      found: ['warning quota-tight'],
    },
    {
      what: 'by its short name',
      quota: quota({ memory: '512Mi' }, { memory: '500Mi' }),
      demand: demand(1, false),
      found: ['error quota-exhausted'],
    },
    {
      what: 'that counts other things',
      quota: quota({ services: '1' }, { services: '1' }),
      demand: demand(1, false),
      found: [],
    },
    {
      what: 'for some pods only',
      quota: quota({ pods: '0' }, { pods: '0' }, { scopes: ['BestEffort'] }),
      demand: demand(1, false),
      found: [],
    },
    {
      what: 'and nothing more to place',
      quota: quota({ pods: '0' }, { pods: '0' }),
      demand: demand(0, true),
      found: [],
    },
    {
      what: 'that fits exactly',
      quota: quota({ 'requests.cpu': '300m' }, { 'requests.cpu': '0' }),
      demand: demand(3, false),
      found: [],
    },
  ])('$what: $found', ({ quota: given, demand: wanted, found }) => {
    expect(quotaFindings(wanted, [given]).map(({ weight, id }) => `${weight} ${id}`)).toEqual(found);
  });

  test('says what is used of what', () => {
    expect(quotaFindings(demand(1, false), [quota({ pods: '3' }, { pods: '3' })])[0]?.says).toBe(
      'quota team has no room for another pod (pods: used 3 of 3), so no new pod can be created',
    );
  });
});
