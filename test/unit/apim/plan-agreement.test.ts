/** When a plan that was agreed on may still be applied: what has moved is named, what an earlier run has done is not. */
import { describe, expect, test } from '@jest/globals';
import type { ApiPlan } from '@wso2-delivery/shared/apim/plan';
import { requireAgreement } from '@wso2-delivery/shared/apim/plan-agreement';
import { planSchema, type PromotionPlan } from '@wso2-delivery/shared/apim/plan-file';
import type { Change } from '@wso2-delivery/shared/apim/state-compare';
import { apiPlan } from '../../support/promotion-plans.ts';

const change = (path: string, after = 'new'): Change => ({
  path,
  group: 'policies',
  secret: false,
  kind: 'changed',
  before: 'old',
  after,
});
const ground = (more: Partial<ApiPlan['ground']> = {}): ApiPlan['ground'] => ({
  id: 'id',
  revisions: [4],
  state: 'sha256:served',
  working: 'sha256:served',
  secrets: undefined,
  ...more,
});
const update = apiPlan({ name: 'A', action: 'update', changes: [change('description')], ground: ground() });
const created = apiPlan({ name: 'A', action: 'create', ground: ground({ id: undefined, state: undefined }) });
const refused = apiPlan({
  name: 'A',
  action: 'refused',
  imports: false,
  problems: [
    { code: 'API_CONFLICT', problem: 'exists already' },
    { code: 'REVISION_LIMIT', problem: 'has 5 revisions' },
  ],
});
const planOf = (apis: readonly ApiPlan[], more: Partial<PromotionPlan> = {}): PromotionPlan => ({
  schema: planSchema,
  from: 'dev',
  to: 'staging',
  salt: 'salt',
  apis,
  ...more,
});

/** What the failure says after its first words, or the APIs that are done. */
function agreement(agreed: PromotionPlan, now: PromotionPlan): string | readonly string[] {
  try {
    return [...requireAgreement(agreed, now)];
  } catch (error) {
    expect(error).toMatchObject({ code: 'PLAN_STALE' });
    const message = (error as Error).message;
    expect(message).toMatch(/^the plan is not true any more: /);
    return message.slice('the plan is not true any more: '.length);
  }
}
const between = (planned: ApiPlan, now: ApiPlan) => agreement(planOf([planned]), planOf([now]));

describe('between two plans', () => {
  test.each<[string, PromotionPlan, PromotionPlan, string]>([
    ['another target', planOf([]), planOf([], { to: 'production' }), 'it was made for dev → staging'],
    ['another source', planOf([]), planOf([], { from: 'test' }), 'it was made for dev → staging'],
    ['archives before', planOf([], { from: undefined }), planOf([]), 'it was made for archives → staging'],
    ['one more API', planOf([]), planOf([update]), 'A:1.0.0 is not in it'],
    ['one less', planOf([update]), planOf([]), 'A:1.0.0 is not asked for any more'],
    [
      'several at once',
      planOf([update, apiPlan({ name: 'B' })]),
      planOf([{ ...update, source: 'sha256:other' }]),
      'A:1.0.0 has changed at its source; B:1.0.0 is not asked for any more',
    ],
  ])('%s', (_, agreed, now, says) => {
    expect(agreement(agreed, now)).toBe(says);
  });

  test('what is unchanged now and was not, an earlier run has done; what was unchanged was never to be done', () => {
    const rest = [apiPlan({ name: 'B' }), apiPlan({ name: 'C', action: 'redeploy' })];
    expect(agreement(planOf([update, ...rest]), planOf([apiPlan({ name: 'A' }), ...rest]))).toEqual(['A:1.0.0']);
    expect(agreement(planOf([update]), planOf([update]))).toEqual([]);
  });
});

describe('under one API', () => {
  const six = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((path) => change(path));
  test.each<[string, ApiPlan, Partial<ApiPlan>, string]>([
    ['its source', update, { source: 's2' }, 'has changed at its source'],
    [
      'its source, with the fields whose comparison differs',
      update,
      { source: 's2', changes: [change('description', 'newer'), change('context')] },
      'has changed at its source (description, context)',
    ],
    [
      'its source, with the first five of many',
      update,
      { source: 's2', changes: [change('description'), ...six] },
      'has changed at its source (a, b, c, d, e and 2 more)',
    ],
    [
      'its source, with exactly five',
      update,
      { source: 's2', changes: [change('description'), ...six.slice(0, 5)] },
      'has changed at its source (a, b, c, d, e)',
    ],
    ['its params', update, { params: 'p2' }, 'has other params'],
    ['its secrets', update, { secrets: 'x' }, 'has other secrets in its source or params'],
    ['its places', update, { deployments: [] }, 'would be deployed elsewhere'],
    ['its life cycle', update, { lifecycle: undefined }, 'would become what it is instead of PUBLISHED'],
    [
      'its life cycle, which was to stay',
      { ...update, lifecycle: undefined },
      { lifecycle: 'PUBLISHED' },
      'would become PUBLISHED instead of what it is',
    ],
    ['a refusal', update, { ...refused }, 'is refused now: exists already; has 5 revisions'],
    ['the API itself: another of its name', update, { ground: ground({ id: 'other' }) }, 'has changed in staging'],
    [
      'a field that nobody spoke of',
      update,
      { ground: ground({ state: 'sha256:edited' }), changes: [change('description'), change('context')] },
      'has changed in staging (context)',
    ],
    [
      'its working copy, which nobody promoted',
      update,
      { ground: ground({ working: 'sha256:draft' }) },
      'has changed in staging',
    ],
    ['the secrets in the target', update, { ground: ground({ secrets: 'x' }) }, 'has changed in staging'],
    [
      'the revision that goes for room',
      { ...update, removes: 2 },
      { removes: 3 },
      'would lose revision 3 for room, and revision 2 was agreed',
    ],
    ['a revision that has to go now', update, { removes: 3 }, 'would lose revision 3 for room, and none was agreed'],
    ['an API that was not there', created, { action: 'update', ground: ground() }, 'has changed in staging'],
    [
      'an API that was refused and is not now',
      refused,
      { action: 'update', imports: true, problems: [] },
      'has changed in staging',
    ],
  ])('%s', (_, planned, now, says) => {
    expect(between(planned, { ...planned, ...now })).toBe(`A:1.0.0 ${says}`);
  });

  test.each<[string, ApiPlan, Partial<ApiPlan>]>([
    ['nothing', update, {}],
    ['a new API that is still absent', created, {}],
    ['a refusal that stays', refused, {}],
    [
      'content that an earlier run has brought',
      update,
      { action: 'redeploy', imports: false, ground: ground({ id: 'x' }) },
    ],
    [
      'a part of the changes that an earlier run has made',
      update,
      { changes: [], ground: ground({ state: 'sha256:half' }) },
    ],
    ['a working copy as it was', update, { ground: ground({ state: 'sha256:s', working: 'sha256:served' }) }],
    ['a working copy as it is wanted', update, { ground: ground({ working: update.wants }) }],
    ['a working copy without edits of its own', update, { ground: ground({ state: 's2', working: 's2' }) }],
    ['less to remove than was agreed', { ...update, removes: 2 }, { removes: undefined }],
    ['the same to remove', { ...update, removes: 2 }, {}],
  ])('%s is no movement', (_, planned, now) => {
    expect(between(planned, { ...planned, ...now })).toEqual([]);
  });
});
