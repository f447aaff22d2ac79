import { describe, expect, test } from '@jest/globals';
import { chooseDeployments } from '@wso2-delivery/shared/apim/deployments';
import { refusalOf, type ApiPlan, type Wish } from '@wso2-delivery/shared/apim/plan';
import { requireAgreement } from '@wso2-delivery/shared/apim/plan-agreement';
import { formatPlan, planSchema, readPlan, type PromotionPlan } from '@wso2-delivery/shared/apim/plan-file';
import { stateOf } from '@wso2-delivery/shared/apim/state';
import type { TargetState } from '@wso2-delivery/shared/apim/target';
import { absent, api, environment, gateway, on, plan, revision, state, target } from '../../support/api-wishes.ts';

describe('where an API is deployed: the first that says something', () => {
  const none = { params: undefined, archive: [], revisions: [], gateways: [gateway('Default'), gateway('Second')] };
  const serving = { ...none, revisions: [revision(1, 'Second')] };
  test.each<
    [
      name: string,
      sources: Parameters<typeof chooseDeployments>[0],
      gateways: Record<string, string>,
      expected: string[],
    ]
  >([
    ['the params', { ...serving, archive: [on('Second')], params: [on('Default')] }, {}, ['Default']],
    ['the archive', { ...none, archive: [on('Second')] }, { Default: 'https://g' }, ['Second']],
    ['what serves now', serving, { Default: 'https://g' }, ['Second']],
    ['the gateways of the environment', none, { Default: 'https://g' }, ['Default']],
    ['the only gateway there is', { ...none, gateways: [gateway('Only')] }, {}, ['Only']],
    ['nothing', none, {}, []],
  ])('%s', (_, sources, gateways, expected) => {
    expect(chooseDeployments(sources, environment(gateways)).map(({ gateway }) => gateway)).toEqual(expected);
  });
});

describe('what happens to an API', () => {
  const same = state({}, 'Default');
  test.each<[name: string, wanted: Partial<Wish>, there: TargetState, expected: Partial<ApiPlan>]>([
    ['it is not there', {}, absent, { action: 'create', imports: true }],
    ['it is as wanted', {}, target(same), { action: 'unchanged', imports: false, changes: [] }],
    [
      'it differs',
      { desired: state({ description: 'new' }, 'Default') },
      target(same),
      { action: 'update', imports: true },
    ],
    [
      'it is as wanted and not deployed',
      {},
      target(state({}), [revision(3)], { current: { revision: revision(3), state: state({}) } }),
      { action: 'redeploy', imports: false, redeploys: 3 },
    ],
    [
      'it is as wanted and deployed on one gateway of two',
      { deployments: [on('Default'), on('Second')], desired: state({}, 'Default', 'Second') },
      target(same),
      { action: 'redeploy', imports: false, redeploys: 1 },
    ],
    [
      'its life cycle state alone differs',
      { desired: state({ lifeCycleStatus: 'DEPRECATED' }, 'Default'), lifecycle: 'DEPRECATED' },
      target(same),
      { action: 'update', imports: false, redeploys: undefined },
    ],
    ['it has no revision yet', {}, { ...absent, api, working: state({}) }, { action: 'update', imports: true }],
  ])('%s', (_, wanted, there, expected) => {
    expect(plan(wanted, there)).toMatchObject(expected);
  });

  test('says what only the target has and an import leaves there', () => {
    const withImage = stateOf({
      name: 'A',
      version: '1',
      files: new Map([
        ['api.yaml', Buffer.from('data: { name: A, version: "1", context: /a, lifeCycleStatus: PUBLISHED }')],
        ['Image/icon.png', Buffer.from('png')],
        ['Client-certificates/client_certificates.yaml', Buffer.from('data: [{ alias: shop, certificate: x }]')],
      ]),
      deployments: [on('Default')],
    });
    const { action, notes } = plan({}, target(withImage));
    expect(action).toBe('unchanged');
    expect(notes).toEqual([
      expect.stringMatching(/^only the target has the client certificate shop .*, and an import leaves it there$/),
      'only the target has the image, and an import leaves it there',
    ]);
  });

  test('edits that nobody published are told: overwritten by an import, left alone otherwise', () => {
    const edited = { working: state({ description: 'draft' }, 'Default') };
    expect(plan({}, target(same, undefined, edited)).notes).toEqual([
      'unpublished edits in the publisher are left alone',
    ]);
    const update = plan({ desired: state({ description: 'new' }, 'Default') }, target(same, undefined, edited));
    expect(update.losses).toEqual([expect.stringContaining('unpublished edits in the publisher are overwritten')]);
  });

  test('a revision that keeps serving elsewhere is told', () => {
    expect(plan({}, target(same, [revision(1, 'Default', 'Second')])).notes).toEqual([
      'revision 1 keeps serving on Second',
    ]);
  });
});

describe('what is refused, with every problem', () => {
  const full = [revision(1), revision(2), revision(3), revision(4), revision(5, 'Default')];
  const different = { desired: state({ description: 'new' }, 'Default') };
  test.each<[name: string, wanted: Partial<Wish>, there: TargetState, codes: string[], says: string]>([
    ['no gateway is named', { deployments: [] }, absent, ['GATEWAY_UNKNOWN'], '(Default, Second)'],
    [
      'a gateway that is not there',
      { deployments: [on('Defualt')] },
      absent,
      ['GATEWAY_UNKNOWN'],
      "Did you mean 'Default'?",
    ],
    ['update is off', { ...different, update: false }, target(state({}, 'Default')), ['API_CONFLICT'], 'update is off'],
    [
      'another provider',
      { ...different, provider: 'alice' },
      target(state({}, 'Default')),
      ['API_CONFLICT'],
      'belongs to admin in staging, and to alice at its source',
    ],
    [
      'five revisions and rotation off',
      { ...different, rotateRevision: false },
      target(state({}, 'Default'), full),
      ['REVISION_LIMIT'],
      'rotate-revision is off',
    ],
    [
      'five revisions that all serve',
      different,
      target(
        state({}, 'Default'),
        full.map(({ number }) => revision(number, 'Default')),
      ),
      ['REVISION_LIMIT'],
      'all deployed',
    ],
    [
      'two things at once',
      { ...different, update: false, deployments: [on('Nowhere')] },
      target(state({}, 'Default')),
      ['GATEWAY_UNKNOWN', 'API_CONFLICT'],
      'Nowhere',
    ],
  ])('%s', (_, wanted, there, codes, says) => {
    const found = plan(wanted, there);
    expect(found).toMatchObject({ action: 'refused', imports: false, removes: undefined });
    expect(found.problems.map(({ code }) => code)).toEqual(codes);
    expect(refusalOf([found])?.message).toContain(says);
  });

  test('another provider is no matter when it is not preserved, or when nothing is imported', () => {
    expect(
      plan({ ...different, provider: 'alice', preserveProvider: false }, target(state({}, 'Default'))).action,
    ).toBe('update');
    expect(plan({ provider: 'alice' }, target(state({}, 'Default'))).action).toBe('unchanged');
  });

  test('at the limit of five the oldest that does not serve goes, and an API that is not imported needs no room', () => {
    expect(plan(different, target(state({}, 'Default'), full)).removes).toBe(1);
    expect(plan({}, target(state({}, 'Default'), full))).toMatchObject({ action: 'unchanged', removes: undefined });
  });

  test('a plan without refusals has no failure', () => {
    expect(refusalOf([plan({}, absent)])).toBeUndefined();
  });
});

describe('an agreed plan', () => {
  const planned = (...apis: ApiPlan[]): PromotionPlan => ({
    schema: planSchema,
    from: 'dev',
    to: 'staging',
    salt: 'salt',
    apis,
  });
  const old = state({ description: 'old', tags: ['a'] }, 'Default');
  const wanted = { desired: state({ description: 'new', tags: ['b'] }, 'Default') };
  const agreed = planned(plan(wanted, target(old)));

  test('whose ground is the same is applied', () => {
    expect(requireAgreement(agreed, agreed)).toEqual(new Set());
  });

  test('that an earlier run has done is done, not stale', () => {
    const now = planned(plan(wanted, target(wanted.desired, [revision(1), revision(2, 'Default')])));
    expect(requireAgreement(agreed, now)).toEqual(new Set(['A:1']));
  });

  test.each<[name: string, before: PromotionPlan, now: ApiPlan]>([
    [
      'removed a revision for room',
      planned(plan(wanted, target(old, [1, 2, 3, 4].map((n) => revision(n)).concat(revision(5, 'Default'))))),
      plan(wanted, target(old, [2, 3, 4].map((n) => revision(n)).concat(revision(5, 'Default')))),
    ],
    ['changed the working copy', agreed, plan(wanted, target(old, undefined, { working: wanted.desired }))],
    [
      'imported and did not deploy',
      agreed,
      plan(
        wanted,
        target(state({ description: 'new', tags: ['b'] }), [revision(2)], {
          current: { revision: revision(2), state: state({ description: 'new', tags: ['b'] }) },
        }),
      ),
    ],
    [
      'created it and did not deploy',
      planned(plan(wanted, absent)),
      plan(
        wanted,
        target(state({ description: 'new', tags: ['b'] }), [revision(1)], {
          current: { revision: revision(1), state: state({ description: 'new', tags: ['b'] }) },
        }),
      ),
    ],
    ['left a part of the changes', agreed, plan(wanted, target(state({ description: 'new', tags: ['a'] }, 'Default')))],
  ])('of which a killed run %s is gone on with', (_, before, now) => {
    expect(requireAgreement(before, planned(now))).toEqual(new Set());
  });

  test.each<[name: string, now: PromotionPlan, says: string]>([
    ['the source', planned(plan({ ...wanted, source: 'sha256:t' }, target(old))), 'A:1 has changed at its source'],
    [
      'the source, the field named',
      planned(
        plan({ desired: state({ description: 'newer', tags: ['b'] }, 'Default'), source: 'sha256:t' }, target(old)),
      ),
      'has changed at its source (description)',
    ],
    ['the params', planned(plan({ ...wanted, params: 'sha256:p' }, target(old))), 'A:1 has other params'],
    [
      'the target, the field named',
      planned(plan(wanted, target(state({ description: 'other', tags: ['a'] }, 'Default')))),
      'A:1 has changed in staging (description)',
    ],
    [
      'the target, in a field that was as wanted',
      planned(plan(wanted, target(state({ description: 'old', tags: ['a'], visibility: 'PRIVATE' }, 'Default')))),
      'A:1 has changed in staging (visibility)',
    ],
    [
      'the working copy',
      planned(plan(wanted, target(old, undefined, { working: state({ description: 'draft' }, 'Default') }))),
      'A:1 has changed in staging',
    ],
    [
      'the API itself',
      planned(plan(wanted, target(old, undefined, { api: { ...api, id: 'y' } }))),
      'A:1 has changed in staging',
    ],
    [
      'deployments',
      planned(plan({ ...wanted, deployments: [on('Second')] }, target(old))),
      'A:1 would be deployed elsewhere',
    ],
    [
      'the life cycle',
      planned(plan({ ...wanted, lifecycle: 'BLOCKED' }, target(old))),
      'would become BLOCKED instead of PUBLISHED',
    ],
    ['the APIs: one is new', planned(...agreed.apis, { ...agreed.apis[0]!, name: 'B' }), 'B:1 is not in it'],
    ['the APIs: one is gone', planned(), 'A:1 is not asked for any more'],
    ['the environments', { ...agreed, from: 'test' }, 'it was made for dev → staging'],
    ['an update that is refused now', planned(plan({ ...wanted, update: false }, target(old))), 'is refused now'],
    [
      'the room: a revision goes that was not agreed',
      planned(plan(wanted, target(old, [1, 2, 3, 4].map((n) => revision(n)).concat(revision(5, 'Default'))))),
      'would lose revision 1 for room, and none was agreed',
    ],
  ])('is stale when something has moved: %s', (_, now, says) => {
    expect(() => requireAgreement(agreed, now)).toThrow(says);
  });

  test('to create is stale when something else of that name was created', () => {
    expect(() => requireAgreement(planned(plan(wanted, absent)), planned(plan(wanted, target(old))))).toThrow(
      'has changed in staging',
    );
  });

  test('with other secrets is stale', () => {
    const secret = (password: string) =>
      state(
        {
          endpointConfig: {
            endpoint_security: { production: { enabled: true, type: 'BASIC', username: 'u', password } },
          },
        },
        'Default',
      );
    const before = planned(plan({ desired: secret('one') }, target(old)));
    expect(() => requireAgreement(before, planned(plan({ desired: secret('two') }, target(old))))).toThrow(
      'has other secrets',
    );
    expect(formatPlan(before)).not.toMatch(/"one"/);
  });

  test('is what was written', () => {
    expect(JSON.parse(JSON.stringify(readPlan(formatPlan(agreed), 'p.json')))).toEqual(JSON.parse(formatPlan(agreed)));
  });

  test.each(['', '{}', '[]', 'null', '{"schema":"other","apis":[]}', `{"schema":"${planSchema}"}`])(
    'is not %j',
    (text) => {
      expect(() => readPlan(text, 'plan.json')).toThrow('plan.json is not a plan');
    },
  );

  test('of another version has to be made again', () => {
    const text = JSON.stringify({ schema: 'https://wso2-delivery.dev/promotion-plan/v1', apis: [] });
    expect(() => readPlan(text, 'plan.json')).toThrow('make the plan again');
  });
});
