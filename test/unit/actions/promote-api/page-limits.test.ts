import { describe, expect, test } from '@jest/globals';
import type { Promotion, PromotionResult } from '@wso2-delivery/shared/apim/promote';
import { driftSummary, planSummary } from '../../../../actions/promote-api/src/plan-page.ts';
import type { Story } from '../../../../actions/promote-api/src/report.ts';
import { resultSummary, rollbackSummary } from '../../../../actions/promote-api/src/result-page.ts';
import { apiPlan, changesOf, twelveApis } from '../../../support/promotion-plans.ts';

/** Characters that a comment on GitHub takes. */
const comment = 65_536;
const changes = changesOf([
  ['definition', ['paths', '/menu'], undefined],
  ['data', ['description'], 'a text that goes on and on, '.repeat(10)],
]);
const actions = ['update', 'create', 'redeploy', 'unchanged', 'refused'] as const;

function storyOf(many: number): Story {
  const apis = Array.from({ length: many }, (_, index) => {
    const action = actions[index % actions.length] ?? 'update';
    return apiPlan({
      name: `AnApiWithALongNameThatTeamsGive-${index}`,
      action,
      changes: action === 'update' ? changes : [],
      notes: ['only the target has the image, and an import leaves it there'],
      losses: ['revision 2 is removed for room: no rollback brings it back'],
      problems: action === 'refused' ? [{ code: 'REVISION_LIMIT', problem: 'has 5 revisions, all deployed' }] : [],
    });
  });
  return { mode: 'plan', from: 'dev', to: 'staging', plan: { ...twelveApis(), apis }, planFile: 'promotion-plan.json' };
}

const results: readonly PromotionResult[] = [
  'promoted',
  'unchanged',
  'failed',
  'rolled-back',
  'rollback-failed',
  'not-started',
];

function promotionsOf({ plan }: Story): Promotion[] {
  return (plan?.apis ?? []).map(({ kind, name, version, action }, index): Promotion => {
    const result = results[index % results.length] ?? 'promoted';
    const bad = result !== 'promoted' && result !== 'unchanged';
    return {
      ...{ kind, name, version, action, result },
      revision: 5,
      lifeCycleStatus: 'PUBLISHED',
      gateways: [],
      durationMs: 1,
      failure: bad ? new Error(`API Manager staging did not import it: ${'a reason '.repeat(20)}`) : undefined,
      undone: result === 'rolled-back' ? 'revision 4 serves again' : undefined,
      notes: [],
    };
  });
}

const pages: readonly (readonly [name: string, page: (story: Story) => string, place: string])[] = [
  ['a plan', planSummary, 'in the plan file'],
  ['a drift', driftSummary, 'in the report'],
  ['a result', (story) => resultSummary({ ...story, mode: 'apply', promotions: promotionsOf(story) }), 'in the report'],
  [
    'a rollback',
    (story) =>
      rollbackSummary({
        ...story,
        rollbacks: promotionsOf(story).map(({ name, version, failure }) => ({
          name,
          version,
          done: 'put back',
          failure,
        })),
      }),
    'in the report',
  ],
];

describe.each(pages)('the page of %s', (_, page, place) => {
  test.each([60, 1000, 5000])('of %i APIs fits into a comment, its counts on top', (many) => {
    const text = page(storyOf(many));
    expect(text.length).toBeLessThan(comment);
    expect(text.split('\n')[2]).toMatch(/^\*\*/);
    expect(text.split('\n')[2]).toContain(String(many));
    expect(text.match(/<details/g)?.length ?? 0).toBe(text.match(/<\/details>/g)?.length ?? 0);
  });

  test('says how many it leaves out, and where they are', () => {
    expect(page(storyOf(1000))).toMatch(new RegExp(`… and \\d+ more, ${place}`));
    expect(page(storyOf(12))).not.toMatch(/… and \d+ more, in/);
  });
});

test('no API of sixty is left out of the table of a plan', () => {
  const text = planSummary(storyOf(60));
  const rows = text.split('\n').filter((line) => /^\| \S+ \| `AnApi/.test(line));
  expect(rows).toHaveLength(48);
});
