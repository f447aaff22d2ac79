import { describe, expect, test } from '@jest/globals';
import type { ApiProject } from '@wso2-delivery/shared/apim/archive';
import {
  planApi,
  readPlan,
  requireSamePlan,
  type PromotionPlan,
  type TargetState,
  type Wish,
} from '@wso2-delivery/shared/apim/plan';
import type { ApiRevision } from '@wso2-delivery/shared/apim/publisher';
import { readEnvironments } from '@wso2-delivery/shared/apim/environments';

const project: ApiProject = {
  name: 'A',
  version: '1',
  context: '/a',
  root: 'A-1',
  files: new Map(),
  deployments: [],
  fingerprint: 'sha256:s',
};
const wish: Wish = { project, deployments: undefined, paramsDigest: undefined, update: true, rotateRevision: true };
const api = { id: 'x', name: 'A', version: '1', context: '/a', provider: 'admin', lifeCycleStatus: 'PUBLISHED' };
const empty: TargetState = { api: undefined, revisions: [], gateways: ['Default', 'Second'] };
const environment = (gateways: Record<string, string> = {}) =>
  readEnvironments({ environments: [{ name: 'staging', apim: 'https://a', gateways }] })[0]!;

const revision = (number: number, ...names: string[]): ApiRevision => ({
  id: `r${number}`,
  number,
  createdTime: number,
  gateways: names.map((name) => ({ name, vhost: undefined, display: true })),
});
const on = (gateway: string) => ({ gateway, vhost: undefined, displayOnDevportal: true });

describe('where an API is deployed: the first that says something', () => {
  const archived = { ...project, deployments: [on('Second')] };
  const serving = { ...empty, api, revisions: [revision(1, 'Second')] };
  test.each<[name: string, wish: Wish, target: TargetState, gateways: Record<string, string>, expected: string[]]>([
    ['the params', { ...wish, project: archived, deployments: [on('Default')] }, serving, {}, ['Default']],
    ['the archive', { ...wish, project: archived }, empty, { Default: 'https://g' }, ['Second']],
    ['what serves now', wish, serving, { Default: 'https://g' }, ['Second']],
    ['the gateways of the environment', wish, empty, { Default: 'https://g' }, ['Default']],
    ['the only gateway there is', wish, { ...empty, gateways: ['Only'] }, {}, ['Only']],
  ])('%s', (_, wanted, target, gateways, expected) => {
    expect(planApi(wanted, target, environment(gateways)).deployments.map(({ gateway }) => gateway)).toEqual(expected);
  });

  test('when nothing says it, the gateways are listed', () => {
    expect(() => planApi(wish, empty, environment())).toThrow('(Default, Second)');
  });

  test('a gateway that is not there is refused', () => {
    expect(() => planApi({ ...wish, deployments: [on('Defualt')] }, empty, environment())).toThrow(
      "Did you mean 'Default'?",
    );
  });
});

describe('room for a revision', () => {
  const five = (deployed: number) =>
    [1, 2, 3, 4, 5].map((number) => (number === deployed ? revision(number, 'Default') : revision(number)));

  test('below the limit nothing is removed', () => {
    const target = { ...empty, api, revisions: five(1).slice(0, 4) };
    expect(planApi(wish, target, environment()).removes).toBeUndefined();
  });

  test('at the limit the oldest that is not deployed goes', () => {
    expect(planApi(wish, { ...empty, api, revisions: five(1) }, environment()).removes).toBe(2);
    expect(planApi(wish, { ...empty, api, revisions: five(5) }, environment()).removes).toBe(1);
  });

  test('with rotate-revision off, or all deployed, it is refused', () => {
    const target = { ...empty, api, revisions: five(1) };
    expect(() => planApi({ ...wish, rotateRevision: false }, target, environment())).toThrow('rotate-revision is off');
    const all = [1, 2, 3, 4, 5].map((number) => revision(number, 'Default'));
    expect(() => planApi(wish, { ...target, revisions: all }, environment())).toThrow('all deployed');
  });
});

test('update off refuses what exists', () => {
  expect(() => planApi({ ...wish, update: false }, { ...empty, api }, environment({ Default: 'https://g' }))).toThrow(
    'update is off',
  );
});

describe('a plan that was agreed', () => {
  const planned = planApi(wish, { ...empty, api, revisions: [revision(1, 'Default')] }, environment());
  const plan = (change: object = {}): PromotionPlan => ({
    schema: 'https://wso2-delivery.dev/promotion-plan/v1',
    from: 'dev',
    to: 'staging',
    apis: [{ ...planned, ...change }],
  });

  test('holds while nothing has moved, also after being written and read', () => {
    expect(() => requireSamePlan(readPlan(JSON.stringify(plan()), 'p.json'), plan())).not.toThrow();
  });

  test.each<[now: PromotionPlan, says: string]>([
    [plan({ source: 'sha256:t' }), 'A:1 has changed at its source'],
    [plan({ params: 'sha256:p' }), 'the params for A:1 have changed'],
    [plan({ ground: { id: 'x', revisions: [1, 2] } }), 'A:1 has changed in staging'],
    [plan({ deployments: [on('Second')] }), 'A:1 would be deployed elsewhere'],
    [plan({ name: 'B' }), 'B:1 is not in it; A:1 is not asked for any more'],
    [{ ...plan(), to: 'production' }, 'it was made for dev → staging'],
  ])('is refused: %#', (now, says) => {
    expect(() => requireSamePlan(plan(), now)).toThrow(says);
  });

  test.each(['', '{}', '[]', 'null', '{"schema":"other","apis":[]}'])('%j is no plan', (text) => {
    expect(() => readPlan(text, 'p.json')).toThrow(expect.objectContaining({ code: 'PLAN_STALE' }));
  });
});
