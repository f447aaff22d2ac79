import { describe, expect, test } from '@jest/globals';
import type { PutBack } from '@wso2-delivery/shared/kubernetes/put-back';
import type { Outcome, Verification, WorkloadResult } from '@wso2-delivery/shared/kubernetes/rollout/result';
import type { Known } from '../../../../actions/deploy-k8s/src/main.ts';
import { factsOf, outputsOf, summaryOf } from '../../../../actions/deploy-k8s/src/report.ts';

const never = () => Promise.reject(new Error('not called'));
const intent = {
  nothingToDo: false,
  says: '1 workload to change',
  images: [],
  templates: [],
  findings: [],
  targets: [],
  demands: [],
  guarded: [],
  budgets: [],
  attempt: never,
  make: never,
  putBack: () => Promise.resolve([]),
};
const changed = [
  {
    kind: 'Deployment',
    name: 'mi',
    namespace: 'staging',
    previousRevision: 1,
    revision: 2,
    previousImages: { mi: 'r/mi:1', log: 'r/log:1' },
    images: { mi: 'r/mi:2', log: 'r/log:1' },
    generation: 2,
    template: { spec: { containers: [{ name: 'mi', env: [{ name: 'PIN', value: 'never shown' }] }] } },
  },
];
const base: Known = { namespace: 'staging', intent };

describe('the report of deploy-k8s', () => {
  test.each([
    {
      what: 'a change',
      known: { ...base, trial: { differs: true, lines: [] }, changed, applied: true },
      failed: false,
      title: '✅ 1 workload changed in staging',
      output: 'true',
    },
    {
      what: 'no change',
      known: { ...base, intent: { ...intent, nothingToDo: true }, changed: [] },
      failed: false,
      title: '➖ No change in staging',
      output: 'false',
    },
    {
      what: 'manifests that change nothing',
      known: { ...base, trial: { differs: false, lines: [], diff: '' }, changed: [] },
      failed: false,
      title: '➖ No change in staging',
      output: 'false',
    },
    {
      what: 'manifests without workloads',
      known: { ...base, trial: { differs: true, lines: [] }, changed: [], applied: true },
      failed: false,
      title: '✅ Applied in staging',
      output: 'true',
    },
    {
      what: 'a dry run',
      known: { ...base, trial: { differs: true, lines: [] }, dryRun: true },
      failed: false,
      title: '⏭️ Dry run in staging: the server accepts the change',
      output: 'true',
    },
    {
      what: 'a dry run without effect',
      known: { ...base, trial: { differs: false, lines: [] }, dryRun: true },
      failed: false,
      title: '⏭️ Dry run in staging: nothing would change',
      output: 'false',
    },
    {
      what: 'a failure before',
      known: base,
      failed: true,
      title: '❌ Nothing was changed in staging',
      output: undefined,
    },
    {
      what: 'a failure on the way',
      known: { ...base, trial: { differs: true, lines: [] }, changed },
      failed: true,
      title: '❌ Stopped half-way in staging',
      output: 'true',
    },
  ] satisfies { what: string; known: Known; failed: boolean; title: string; output: string | undefined }[])(
    'of $what',
    ({ known, failed, title, output }) => {
      expect(summaryOf(known, failed).split('\n')[0]).toBe(`### ${title}`);
      expect(outputsOf(known).changed).toBe(output);
    },
  );

  const ended = (outcome: Outcome): WorkloadResult => ({
    target: { kind: 'Deployment', name: 'mi', namespace: 'staging' },
    outcome,
    cause: undefined,
    message: `It ${outcome}.`,
    remedy: undefined,
    hints: [],
    findings: [],
    evidence: [],
    revision: '2',
    images: {},
    pods: [],
    startedAt: 0,
    durationMs: 1000,
    moments: [],
    health: undefined,
    rollback: undefined,
  });

  test.each<[Outcome, PutBack['state'] | undefined, string, 'change' | 'verdict']>([
    ['succeeded', undefined, '✅ 1 workload changed in staging', 'change'],
    ['superseded', undefined, '✅ 1 workload changed in staging', 'change'],
    ['rolled-back', undefined, '↩️ 1 workload changed in staging, and put back', 'verdict'],
    ['rolled-back', 'put-back', '↩️ 1 workload changed in staging, and put back', 'verdict'],
    ['rolled-back', 'refused', '❌ 1 workload changed in staging, and not as it should be', 'verdict'],
    ['failed', undefined, '❌ 1 workload changed in staging, and not as it should be', 'verdict'],
    ['timed-out', undefined, '❌ 1 workload changed in staging, and not as it should be', 'verdict'],
    ['rollback-failed', undefined, '❌ 1 workload changed in staging, and not as it should be', 'verdict'],
  ])('of a rollout that %s (beside it: %s) is headed %s and begins with the %s', (outcome, state, title, first) => {
    const name = { namespace: 'staging', kind: 'ConfigMap', name: 'settings' } as PutBack['name'];
    const putBack = state === undefined ? [] : [{ what: 'configmap/settings', name, state }];
    const verification: Verification = { outcome, results: [ended(outcome)] };
    const known: Known = { ...base, changed, applied: true, verification, putBack };
    const headings = summaryOf(known, outcome !== 'succeeded').match(/^### .*$/gm) ?? [];
    const verdict = expect.stringMatching(`deployment/mi: ${outcome}$`);
    expect(headings).toEqual(first === 'change' ? [`### ${title}`, verdict] : [verdict, `### ${title}`]);
  });

  test('shows each container that changed, before and now', () => {
    const summary = summaryOf({ ...base, changed, applied: true }, false);
    expect(summary).toContain('| `deployment/mi` | `mi` | `r/mi:1` | `r/mi:2` | 1 → 2 |');
    expect(summary).not.toContain('r/log:1');
  });

  test('shows a new workload, and one whose images stayed', () => {
    const [first] = changed;
    const fresh = { ...first!, previousImages: {}, previousRevision: undefined, images: { mi: 'r/mi:2' } };
    const same = { ...first!, images: first!.previousImages };
    const summary = summaryOf({ ...base, changed: [fresh, same], applied: true }, false);
    expect(summary).toContain('(new)');
    expect(summary).toContain('same images');
  });

  test('escapes what comes from elsewhere', () => {
    const finding = {
      id: 'x',
      weight: 'warning',
      subject: '<img src=x>',
      says: 'a | b',
      remedy: '**no**',
      file: 'f.yaml',
      line: 3,
    } as const;
    const summary = summaryOf(
      { ...base, findings: [finding], trial: { differs: true, lines: ['<b>'], diff: '```\n::error::x' } },
      true,
    );
    expect(summary).toContain('&lt;img src=x&gt;');
    expect(summary).toContain('a \\| b');
    expect(summary).not.toMatch(/^::error/m);
    expect(summary).toContain('````diff');
  });

  test('outputs exactly what the contract names of a workload', () => {
    expect(JSON.parse(outputsOf({ ...base, changed, applied: true }).workloads ?? '')).toEqual([
      {
        kind: 'Deployment',
        name: 'mi',
        namespace: 'staging',
        previousRevision: 1,
        revision: 2,
        previousImages: changed[0]!.previousImages,
        images: changed[0]!.images,
      },
    ]);
  });

  test('says nothing when nothing is known', () => {
    expect(summaryOf({}, true)).toBe('');
    expect(outputsOf({})).toEqual({});
    expect(factsOf({})).toMatchObject({ dryRun: false });
  });
});
