/** When a verdict falls, given what is suspected and since when: to the millisecond, without a cluster. */
import { describe, expect, test } from '@jest/globals';
import type { Finding, Tolerance } from '@wso2-delivery/shared/kubernetes/rollout/finding';
import type { Workload, WorkloadKind } from '@wso2-delivery/shared/kubernetes/rollout/objects';
import type { Policy } from '@wso2-delivery/shared/kubernetes/rollout/policy';
import { beginRollout, type RolloutState } from '@wso2-delivery/shared/kubernetes/rollout/state';
import { verdictOf } from '@wso2-delivery/shared/kubernetes/rollout/verdict';

// No two tolerances are the same, so that none can stand in for another.
const policy: Policy = {
  graceMs: 300,
  crashTolerance: 2,
  unschedulableGraceMs: 600,
  readinessGraceMs: 1200,
  stableForMs: 500,
  required: 'all',
  timeoutMs: 10_000,
};

interface Seen {
  readonly cause?: string;
  readonly tolerance: Tolerance;
  readonly since?: number;
  readonly lastAt?: number;
  readonly occurrences?: number;
  readonly ordinary?: boolean;
  readonly pods?: readonly string[];
}

function finding({ cause = 'a', tolerance, occurrences = 1, ordinary = false, pods = ['web-1'] }: Seen): Finding {
  const heals = tolerance === 'none' ? 'never' : 'by-itself';
  const said = { container: undefined, message: cause, remedy: '', evidence: [], early: false };
  return { cause, key: cause, heals, tolerance, ordinary, pods, occurrences, ...said };
}

/** A rollout that began at 100, and what is seen of it. */
function rollout(
  seen: readonly Seen[],
  more: Partial<RolloutState> = {},
  kind: WorkloadKind = 'Deployment',
): RolloutState {
  const state = beginRollout({ target: { kind, namespace: 'shop', name: 'web' }, at: 100 });
  const suspected = seen.map((one) => {
    const { since = 1000, lastAt = since } = one;
    return [one.cause ?? 'a', { finding: finding(one), since, lastAt }] as const;
  });
  return { ...state, suspected: new Map(suspected), ...more };
}

const template = (image: string) => ({ spec: { containers: [{ name: 'web', image }] } });

function deployment(replicas: number, more: Partial<Workload> = {}): Workload {
  return { metadata: { name: 'web', uid: 'web' }, spec: { replicas, template: template('v') }, status: {}, ...more };
}

describe('a cause becomes final', () => {
  test.each<[string, Seen, number]>([
    ['at once when nothing can mend it', { tolerance: 'none' }, 1000],
    ['after the grace', { tolerance: 'grace' }, 1300],
    ["after a pod's grace to find a node", { tolerance: 'unschedulable-grace' }, 1600],
    ['after the grace of a probe', { tolerance: 'readiness-grace' }, 2200],
    [
      'with the first crash beyond those that are tolerated',
      { tolerance: 'crash-tolerance', occurrences: 3, lastAt: 4321 },
      4321,
    ],
  ])('%s', (_, seen, at) => {
    const state = rollout([seen]);
    const before = verdictOf(state, at - 1, policy);
    expect(before).toMatchObject({ verdict: 'watching', nextAt: at, suspicions: [{ cause: 'a', finalAt: at }] });
    expect(verdictOf(state, at, policy)).toMatchObject({ verdict: 'failed', at, cause: 'a' });
    // Whoever looks later is told when it was, not when they looked.
    expect(verdictOf(state, at + 77, policy)).toMatchObject({ verdict: 'failed', at, cause: 'a' });
  });

  test.each<[string, Seen, WorkloadKind]>([
    ['a cause without a tolerance of its own', { tolerance: 'deadline' }, 'Deployment'],
    ['as many crashes as are tolerated', { tolerance: 'crash-tolerance', occurrences: 2 }, 'Deployment'],
    ['crashes of a Job, which counts its attempts itself', { tolerance: 'crash-tolerance', occurrences: 9 }, 'Job'],
  ])('with the deadline alone: %s', (_, seen, kind) => {
    const state = rollout([seen], {}, kind);
    expect(verdictOf(state, 10_099, policy)).toMatchObject({
      verdict: 'watching',
      nextAt: 10_100,
      suspicions: [{ cause: 'a', since: 1000, finalAt: undefined }],
      steadySince: undefined,
    });
    expect(verdictOf(state, 10_100, policy)).toMatchObject({ verdict: 'timed-out', at: 10_100, cause: 'a' });
  });
});

describe('of several causes', () => {
  const all = [
    { cause: 'late', tolerance: 'grace', since: 1200 },
    { cause: 'first', tolerance: 'grace', since: 1000 },
    { cause: 'open', tolerance: 'deadline', since: 900 },
    { cause: 'usual', tolerance: 'deadline', since: 800, ordinary: true },
  ] as const;
  const causes = (verdict: object) => (verdict as { findings: { cause: string }[] }).findings.map(({ cause }) => cause);

  test('the one that was final first is told first, then the open ones, and not what good rollouts show too', () => {
    const verdict = verdictOf(rollout(all), 5000, policy);
    expect(verdict).toMatchObject({ verdict: 'failed', cause: 'first', at: 1300 });
    expect(causes(verdict)).toEqual(['first', 'late', 'open']);
  });

  test('the next one that can become final says when to look again', () => {
    expect(verdictOf(rollout(all.slice(2)), 5000, policy)).toMatchObject({ verdict: 'watching', nextAt: 10_100 });
    expect(verdictOf(rollout(all), 1250, policy)).toMatchObject({ verdict: 'watching', nextAt: 1300 });
  });

  test('a timeout tells serious ones before ordinary ones, and the longest seen first', () => {
    const seen: readonly Seen[] = [
      { cause: 'usual', tolerance: 'deadline', since: 200, ordinary: true },
      { cause: 'younger', tolerance: 'deadline', since: 400 },
      { cause: 'older', tolerance: 'deadline', since: 300 },
      { cause: 'usual too', tolerance: 'deadline', since: 150, ordinary: true },
    ];
    const verdict = verdictOf(rollout(seen), 10_100, policy);
    expect(verdict).toMatchObject({ verdict: 'timed-out', cause: 'older' });
    expect(causes(verdict)).toEqual(['older', 'younger', 'usual too', 'usual']);
  });
});

describe('while everything is available', () => {
  test.each<[Tolerance, string]>([
    ['grace', 'watching'],
    ['unschedulable-grace', 'watching'],
    ['readiness-grace', 'watching'],
    ['none', 'failed'],
    ['crash-tolerance', 'failed'],
  ])('a final cause with tolerance %s leaves the rollout %s', (tolerance, verdict) => {
    const state = rollout([{ tolerance, occurrences: 5 }], { steadySince: 4900 });
    expect(verdictOf(state, 5000, policy).verdict).toBe(verdict);
    expect(verdictOf({ ...state, steadySince: undefined }, 5000, policy).verdict).toBe('failed');
  });

  test.each<[WorkloadKind, number]>([
    ['Deployment', 2500],
    ['StatefulSet', 2500],
    ['DaemonSet', 2500],
    // A Job that is complete stays so.
    ['Job', 2000],
  ])('a %s that is available since 2000 has succeeded at %d', (kind, at) => {
    const state = rollout([], { steadySince: 2000 }, kind);
    expect(verdictOf(state, at, policy)).toEqual({ verdict: 'succeeded', at });
    expect(verdictOf(state, at + 900, policy)).toEqual({ verdict: 'succeeded', at });
    if (kind !== 'Job') {
      expect(verdictOf(state, at - 1, policy)).toEqual({
        verdict: 'watching',
        suspicions: [],
        nextAt: at,
        steadySince: 2000,
      });
    }
  });

  test.each([
    ['at the deadline itself is in time', 10_100, 'watching'],
    ['a moment after it is too late', 10_101, 'timed-out'],
  ])('what becomes so %s', (_, steadySince, verdict) => {
    expect(verdictOf(rollout([], { steadySince }), 10_200, policy).verdict).toBe(verdict);
  });
});

describe('where a part is enough', () => {
  const workload = deployment(4, { status: { replicas: 4, updatedReplicas: 4, availableReplicas: 2 } });
  const half = { required: { percent: 50 }, workload, generation: 0 } as const;
  const broken = (...pods: string[]): Seen => ({ cause: pods.join(), tolerance: 'none', pods });

  test.each<[string, readonly Seen[], Partial<RolloutState>, string]>([
    ['as many as are not needed may fail', [broken('web-1', 'web-2')], half, 'watching'],
    ['one more may not', [broken('web-1', 'web-2', 'web-3')], half, 'failed'],
    ['one pod with two causes is one pod', [broken('web-1', 'web-2'), broken('web-2')], half, 'watching'],
    ['two causes on different pods add up', [broken('web-1', 'web-2'), broken('web-3')], half, 'failed'],
    ['a cause of the whole workload is never a part', [broken('web-1'), broken()], half, 'failed'],
    ['all being needed none may', [broken('web-1')], { ...half, required: 'all' }, 'failed'],
    [
      'nobody knows which part before the workload is seen',
      [broken('web-1')],
      { ...half, workload: undefined },
      'failed',
    ],
  ])('%s', (_, seen, more, verdict) => {
    expect(verdictOf(rollout(seen, more), 5000, policy).verdict).toBe(verdict);
  });
});

describe('when to look again', () => {
  const workload = deployment(2, { status: { replicas: 2, updatedReplicas: 2 } });
  const borne = rollout([{ tolerance: 'none', since: 1000 }], { required: { percent: 50 }, workload });

  test.each([1000, 1001, 5000])('is later than now (%d) also beside a cause that is final and borne', (now) => {
    expect(verdictOf(borne, now, policy)).toMatchObject({ verdict: 'watching', nextAt: 10_100 });
  });

  test('is when what is available has held, whatever kept pods from coming before', () => {
    const state = rollout([{ tolerance: 'grace', since: 1000 }], { steadySince: 4900 });
    expect(verdictOf(state, 5000, policy)).toMatchObject({ verdict: 'watching', nextAt: 5400 });
  });
});

describe('somebody else’s change', () => {
  const changed = (generation: number | undefined, image: string, observedGeneration = 0): Workload => ({
    metadata: { name: 'web', uid: 'web', ...(generation === undefined ? {} : { generation }), resourceVersion: '9' },
    spec: { replicas: 1, template: { spec: { containers: [{ name: 'web', image }, { name: 'side' }] } } },
    status: { observedGeneration },
  });
  const asked = { generation: 2, template: template('ours') };

  test('ends the watch and is named with its images, also beside a final cause', () => {
    const state = rollout([{ tolerance: 'none' }], { asked, workload: changed(3, 'theirs') });
    expect(verdictOf(state, 5000, policy)).toEqual({ verdict: 'superseded', at: 5000, by: 'generation 3 (theirs, )' });
  });

  test('is named with its revision once its controller has taken it up', () => {
    const owner = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'web', controller: true };
    const taken = changed(3, 'theirs', 3);
    const annotations = { 'deployment.kubernetes.io/revision': '7' };
    const replicaSet = {
      metadata: { name: 'web-7', uid: 'rs', annotations, ownerReferences: [owner] },
      spec: { template: taken.spec.template },
    };
    const state = rollout([], { asked, workload: taken, replicaSets: new Map([['rs', replicaSet]]) });
    expect(verdictOf(state, 5000, policy)).toMatchObject({ verdict: 'superseded', by: 'revision 7 (theirs, )' });
    const notYet = rollout([], { asked, workload: changed(3, 'theirs', 2), replicaSets: state.replicaSets });
    expect(verdictOf(notYet, 5000, policy)).toMatchObject({ by: 'generation 3 (theirs, )' });
  });

  test.each<[string, Partial<RolloutState>]>([
    ['nothing that is not newer than what was asked', { asked, workload: changed(2, 'theirs') }],
    ['a workload without a generation', { asked, workload: changed(undefined, 'theirs') }],
    ['a change before it is known what was asked', { asked: undefined, workload: changed(3, 'theirs') }],
    ['what was not seen yet', { asked, workload: undefined }],
    ['what is deleted by now', { asked, workload: changed(3, 'theirs'), deleted: true }],
  ])('is not seen in %s', (_, more) => {
    expect(verdictOf(rollout([], more), 5000, policy).verdict).toBe('watching');
  });

  test('is not the hash that Kubernetes adds to a template', () => {
    const labels = { 'pod-template-hash': 'x' };
    const workload = { ...changed(3, 'ours'), spec: { template: { ...template('ours'), metadata: { labels } } } };
    expect(verdictOf(rollout([], { asked, workload }), 5000, policy).verdict).toBe('watching');
  });
});
