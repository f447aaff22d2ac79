import { describe, expect, test } from '@jest/globals';
import type { Workload, WorkloadKind } from '@wso2-delivery/shared/kubernetes/rollout/objects';
import { defaultPolicy } from '@wso2-delivery/shared/kubernetes/rollout/policy';
import { maxUnavailable, progressOf } from '@wso2-delivery/shared/kubernetes/rollout/progress';
import { revisionOf, sameTemplate } from '@wso2-delivery/shared/kubernetes/rollout/revision';
import { beginRollout, observe } from '@wso2-delivery/shared/kubernetes/rollout/state';
import { timeline } from '@wso2-delivery/shared/kubernetes/rollout/timeline';
import { verdictOf } from '@wso2-delivery/shared/kubernetes/rollout/verdict';
import { recording, replay } from './replay.ts';

const template = (image: string) => ({ spec: { containers: [{ name: 'web', image }] } });
const target = { kind: 'Deployment', namespace: 'shop', name: 'web' } as const;

function deployment(generation: number, image: string, status: Workload['status'] = {}): Workload {
  const metadata = { name: 'web', uid: 'web', generation, resourceVersion: String(generation * 10) };
  return { metadata, spec: { replicas: 1, template: template(image) }, status };
}

describe('whose revision is watched', () => {
  test("a DaemonSet's is the one with its template, also while an older one still has the higher number", () => {
    const owner = { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'web', uid: 'web', controller: true };
    const kept = (name: string, revision: number, image: string) => ({
      metadata: { name, uid: name, ownerReferences: [owner] },
      revision,
      data: { spec: { template: template(image) } },
    });
    let state = beginRollout({ target: { ...target, kind: 'DaemonSet' }, at: 0 });
    state = observe(state, { type: 'ADDED', kind: 'ControllerRevision', object: kept('web-good', 1, 'good') }, 1);
    state = observe(state, { type: 'ADDED', kind: 'ControllerRevision', object: kept('web-bad', 2, 'bad') }, 1);
    const back = deployment(3, 'good', { observedGeneration: 3 });
    state = observe(state, { type: 'ADDED', kind: 'DaemonSet', object: back }, 2);
    expect(revisionOf(state).name).toBe('web-good');
  });

  test('a change by somebody else that came before the watch is told apart by the template', () => {
    const state = observe(
      beginRollout({ target, at: 0, generation: 2, template: template('ours') }),
      { type: 'ADDED', kind: 'Deployment', object: deployment(3, 'theirs') },
      1,
    );
    expect(verdictOf(state, 1, defaultPolicy)).toMatchObject({ verdict: 'superseded', by: 'generation 3 (theirs)' });
  });

  test('a change of the number of replicas supersedes nothing', () => {
    let state = beginRollout({ target, at: 0 });
    state = observe(state, { type: 'ADDED', kind: 'Deployment', object: deployment(2, 'ours') }, 1);
    const scaled = deployment(3, 'ours');
    state = observe(
      state,
      {
        type: 'MODIFIED',
        kind: 'Deployment',
        object: { ...scaled, spec: { ...scaled.spec, replicas: 5 } } as Workload,
      },
      2,
    );
    expect(verdictOf(state, 2, defaultPolicy).verdict).toBe('watching');
  });

  test('a workload that is still what it was before the change is not taken for complete', () => {
    const complete = { observedGeneration: 1, replicas: 1, updatedReplicas: 1, availableReplicas: 1 };
    let state = beginRollout({ target, at: 0, generation: 2 });
    state = observe(state, { type: 'UNREADABLE', kind: 'Pod' }, 0);
    state = observe(state, { type: 'ADDED', kind: 'Deployment', object: deployment(1, 'old', complete) }, 1);
    expect(state.steadySince).toBeUndefined();
    const taken = { ...complete, observedGeneration: 2 };
    state = observe(state, { type: 'MODIFIED', kind: 'Deployment', object: deployment(2, 'new', taken) }, 5);
    expect(state.steadySince).toBe(5);
  });

  test('an observation that is older than what is known changes nothing', () => {
    let state = beginRollout({ target, at: 0 });
    state = observe(state, { type: 'ADDED', kind: 'Deployment', object: deployment(3, 'ours') }, 1);
    expect(observe(state, { type: 'MODIFIED', kind: 'Deployment', object: deployment(2, 'before') }, 2)).toBe(state);
  });
});

describe('the deadline', () => {
  const complete = { observedGeneration: 2, replicas: 1, updatedReplicas: 1, availableReplicas: 1 };
  const policy = { ...defaultPolicy, timeoutMs: 1000, stableForMs: 500 };
  const availableAt = (at: number) => {
    const state = observe(beginRollout({ target, at: 0 }), { type: 'UNREADABLE', kind: 'Pod' }, 0);
    return observe(state, { type: 'ADDED', kind: 'Deployment', object: deployment(2, 'v', complete) }, at);
  };

  test('what is available in time may hold past it', () => {
    const state = availableAt(900);
    expect(verdictOf(state, 1100, policy)).toMatchObject({ verdict: 'watching', nextAt: 1400 });
    expect(verdictOf(state, 1400, policy).verdict).toBe('succeeded');
  });

  test('nothing seen at all is a timeout without a cause', () => {
    expect(verdictOf(beginRollout({ target, at: 0 }), 1000, policy)).toEqual({
      verdict: 'timed-out',
      at: 1000,
      cause: undefined,
      findings: [],
    });
  });
});

const workload = (spec: Partial<Workload['spec']>, status: NonNullable<Workload['status']>): Workload => ({
  metadata: { name: 'web', uid: 'web' },
  spec: { template: template('v'), ...spec },
  status,
});

describe('progress', () => {
  test.each<[string, WorkloadKind, Workload, object]>([
    [
      'a deployment whose old pods are not gone',
      'Deployment',
      workload({ replicas: 3 }, { replicas: 4, updatedReplicas: 3, availableReplicas: 4 }),
      { wanted: 3, updated: 3, available: 3, old: 1 },
    ],
    [
      'a deployment without a number asks for one',
      'Deployment',
      workload({}, {}),
      { wanted: 1, updated: 0, available: 0, old: 0 },
    ],
    [
      'a stateful set in the middle',
      'StatefulSet',
      workload(
        { replicas: 3 },
        { replicas: 3, updatedReplicas: 1, availableReplicas: 2, currentRevision: 'a', updateRevision: 'b' },
      ),
      { wanted: 3, updated: 1, available: 2, old: 2 },
    ],
    [
      'a stateful set whose partition holds two back',
      'StatefulSet',
      workload(
        { replicas: 3, updateStrategy: { rollingUpdate: { partition: 2 } } },
        { replicas: 3, updatedReplicas: 1, availableReplicas: 3, currentRevision: 'a', updateRevision: 'b' },
      ),
      { wanted: 1, updated: 1, available: 1, old: 0 },
    ],
    [
      'a stateful set that is through',
      'StatefulSet',
      workload({ replicas: 2 }, { replicas: 2, readyReplicas: 2, currentRevision: 'b', updateRevision: 'b' }),
      { wanted: 2, updated: 2, available: 2, old: 0 },
    ],
    [
      'a daemon set',
      'DaemonSet',
      workload({}, { desiredNumberScheduled: 3, updatedNumberScheduled: 2, numberAvailable: 3 }),
      { wanted: 3, updated: 2, available: 3, old: 1 },
    ],
  ])('of %s', (_, kind, object, expected) => {
    expect(progressOf(kind, object)).toEqual(expected);
  });

  test.each<[number | string | undefined, number | string | undefined, number, number]>([
    [undefined, undefined, 3, 0],
    [undefined, undefined, 4, 1],
    ['50%', 0, 3, 1],
    [2, 1, 10, 2],
    [0, 0, 5, 1],
  ])('maxUnavailable %s with maxSurge %s of %i replicas is %i', (unavailable, surge, replicas, expected) => {
    const rollingUpdate = {
      ...(unavailable === undefined ? {} : { maxUnavailable: unavailable }),
      ...(surge === undefined ? {} : { maxSurge: surge }),
    };
    expect(maxUnavailable(workload({ replicas, strategy: { type: 'RollingUpdate', rollingUpdate } }, {}))).toBe(
      expected,
    );
  });
});

test('templates are the same whatever the order of their keys and the hash that Kubernetes adds', () => {
  const one = {
    metadata: { labels: { app: 'web', 'pod-template-hash': 'x' } },
    spec: { containers: [{ name: 'a', image: 'b' }] },
  };
  const other = {
    spec: { containers: [{ image: 'b', name: 'a' }] },
    metadata: { labels: { app: 'web' }, annotations: {} },
  };
  expect(sameTemplate(one, other)).toBe(true);
  expect(sameTemplate(one, { ...other, metadata: { labels: { app: 'web' }, annotations: { restarted: 'now' } } })).toBe(
    false,
  );
});

test('the timeline draws a bar for each state of each pod', () => {
  const moments = [
    { at: 100, text: 'web-1 is made', pod: { name: 'web-1', became: 'made' as const } },
    { at: 3100, text: 'web-1 becomes ready', pod: { name: 'web-1', became: 'ready' as const } },
    { at: 8100, text: 'web-1 is no longer ready', pod: { name: 'web-1', became: 'unready' as const } },
  ];
  const markdown = timeline({ startedAt: 100, durationMs: 14_000, moments });
  expect(markdown).toContain(
    '  section web-1\n  starting :active, 0, 3000\n  ready :done, 3000, 8000\n  not ready :crit, 8000, 14000',
  );
  expect(markdown).toContain('| 8 s | web-1 is no longer ready |');
});

test('the timeline marks each restart of a container, and tells its exit code', () => {
  const { state, at } = replay(recording('startup-probe-failing'));
  const text = timeline({ startedAt: state.startedAt, durationMs: at - state.startedAt, moments: state.moments });
  expect(text.match(/^ {2}restart :crit, milestone, \d+, 0ms$/gm)).toHaveLength(3);
  expect(text).toMatch(/container web starts again after exit code \d+ \(restart 2\)/);
});

test('the timeline of two hundred pods that flap stays within what GitHub draws, folded, the troubled pods first', () => {
  const name = (n: number) => `mi-employee-service-6d87985b4-${String(n).padStart(5, 'x')}`;
  const pod = (n: number, at: number, became: 'made' | 'ready' | 'unready' | 'restarted') => ({
    at,
    text: `${name(n)} ${became}`,
    pod: { name: name(n), became },
  });
  const moments = Array.from({ length: 200 }, (_, n) => n).flatMap((n) => [
    pod(n, n * 10, 'made'),
    pod(n, n * 10 + 5000, 'ready'),
    ...(n < 180
      ? []
      : Array.from({ length: 500 }, (_, turn) => [
          pod(n, 10_000 + turn * 1000, 'unready' as const),
          pod(n, 10_300 + turn * 1000, 'restarted' as const),
          pod(n, 10_600 + turn * 1000, 'ready' as const),
        ]).flat()),
  ]);
  const markdown = timeline({ startedAt: 0, durationMs: 600_000, moments });
  const chart = /```mermaid\n([\s\S]*?)```/.exec(markdown)?.[1] ?? '';
  // Mermaid's maxTextSize, which GitHub leaves as it is.
  expect(chart.length).toBeLessThan(50_000);
  expect(chart.match(/ {2}section .*/g)).toEqual(Array.from({ length: 12 }, (_, n) => `  section ${name(180 + n)}`));
  expect(markdown).toContain('12 of 200 pods, those in trouble first.');
  expect(markdown).toMatch(/^<details><summary>Timeline<\/summary>/);
  expect(markdown.length).toBeLessThan(60_000);
  expect(markdown).toContain(`| ${name(199)} ready |`);
  expect(markdown).toContain(`| ${name(0)} made |`);
});

test('a rollout judged within two seconds has a table and no chart, whose axis would show nothing', () => {
  const moments = [{ at: 100, text: 'web-1 is made', pod: { name: 'web-1', became: 'made' as const } }];
  const markdown = timeline({ startedAt: 100, durationMs: 1400, moments });
  expect(markdown).toContain('| 0 ms | web-1 is made |');
  expect(markdown).not.toContain('gantt');
});
