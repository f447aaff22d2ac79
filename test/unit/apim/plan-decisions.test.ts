/** The facts of a plan beside its action: what serves, what goes, what is lost, what is said, why it is refused. */
import { describe, expect, test } from '@jest/globals';
import { refusalOf, type ApiPlan, type Wish } from '@wso2-delivery/shared/apim/plan';
import { stateOf, type ApiState } from '@wso2-delivery/shared/apim/state';
import type { TargetState } from '@wso2-delivery/shared/apim/target';
import { absent, api, gateway, on, plan, revision, state, target, wish } from '../../support/api-wishes.ts';

const same = state({}, 'Default');
const different = { desired: state({ description: 'new' }, 'Default') } satisfies Partial<Wish>;
const full = [revision(1), revision(2), revision(3), revision(4), revision(5, 'Default', 'Second')];
const secret = (password: string): ApiState =>
  state(
    {
      endpointConfig: { endpoint_security: { production: { enabled: true, type: 'BASIC', username: 'u', password } } },
    },
    'Default',
  );

/** A state whose files are these. */
function withFiles(files: Readonly<Record<string, string>>): ApiState {
  const all = { 'api.yaml': 'data: { name: A, version: "1", context: /a, lifeCycleStatus: PUBLISHED }', ...files };
  return stateOf({
    name: 'A',
    version: '1',
    files: new Map(Object.entries(all).map(([name, text]) => [name, Buffer.from(text)])),
    deployments: [on('Default')],
  });
}

describe('a plan', () => {
  test('holds all that a reader and an apply need of an API that is changed', () => {
    const { changes, ...rest } = plan(
      { ...different, params: 'sha256:p', placeNotes: ['on the only host'] },
      target(same, full),
    );
    expect(changes.map(({ path }) => path)).toEqual(['description']);
    expect(rest).toEqual({
      kind: 'api',
      name: 'A',
      version: '1',
      action: 'update',
      imports: true,
      deployments: [on('Default')],
      lifecycle: 'PUBLISHED',
      removes: 1,
      redeploys: undefined,
      serving: [{ revision: 5, gateways: ['Default', 'Second'] }],
      notes: ['on the only host', 'revision 5 keeps serving on Second'],
      losses: ['revision 1 is removed for room: no rollback brings it back'],
      problems: [],
      bytes: 10,
      source: 'sha256:s',
      params: 'sha256:p',
      secrets: undefined,
      wants: different.desired.digest,
      ground: {
        id: 'x',
        revisions: [1, 2, 3, 4, 5],
        state: same.digest,
        working: same.digest,
        secrets: undefined,
      },
    } satisfies Omit<ApiPlan, 'changes'>);
  });

  test('of a new API has nothing to compare, no ground and nothing that serves', () => {
    expect(plan({}, absent)).toMatchObject({
      changes: [],
      serving: [],
      losses: [],
      ground: { id: undefined, revisions: [], state: undefined, working: undefined, secrets: undefined },
    });
  });

  test('of a refused API removes, deploys and loses nothing, whatever was decided', () => {
    const refused = plan({ ...different, provider: 'alice' }, target(same, full));
    expect(refused).toMatchObject({ action: 'refused', removes: undefined, redeploys: undefined, losses: [] });
    const undeployed = target(state({}), [revision(3)], { current: { revision: revision(3), state: state({}) } });
    expect(plan({ update: false }, undeployed)).toMatchObject({ action: 'refused', redeploys: undefined });
  });

  test('knows the secrets of both sides by a digest when ours has any', () => {
    const equal = plan({ desired: secret('one') }, target(secret('one')));
    expect(equal.secrets).toEqual(expect.any(String));
    expect(equal.ground.secrets).toBe(equal.secrets);
    expect(plan({ desired: secret('two') }, target(secret('one'))).ground.secrets).toBe(equal.secrets);
    expect(plan({ desired: secret('one') }, absent).ground.secrets).toBeUndefined();
    expect(plan({}, target(secret('one'))).ground.secrets).toBeUndefined();
  });

  test.each<[string, Partial<Wish>, TargetState, Partial<ApiPlan>]>([
    [
      'what is as wanted and made of something that changes is imported, and why is said',
      { renews: 'its APIs change' },
      target(same),
      { action: 'update', imports: true, redeploys: undefined, notes: ['its APIs change'] },
    ],
    [
      'what is not imported has no such reason',
      { renews: 'its APIs change', update: false },
      target(same),
      { action: 'refused', imports: false },
    ],
    [
      'without deployments the working copy is what counts, and no revision needs room',
      { desired: state({}), deployments: [], mayStayUndeployed: true },
      target(state({ description: 'served' }), full, { working: state({}) }),
      { imports: true, removes: undefined, problems: [] },
    ],
    [
      'without deployments and revisions, the working copy as wanted',
      { desired: state({}), deployments: [], mayStayUndeployed: true },
      { ...absent, api, working: state({}) },
      { action: 'unchanged', imports: false },
    ],
    [
      'a life cycle state that changes together with the places',
      { desired: state({ lifeCycleStatus: 'DEPRECATED' }, 'Second'), deployments: [on('Second')] },
      target(same),
      { action: 'update', imports: false, redeploys: 1 },
    ],
  ])('%s', (_, wanted, there, expected) => {
    expect(plan(wanted, there)).toMatchObject(expected);
  });

  test('says of places only where something is done there', () => {
    expect(plan({ placeNotes: ['on the only host'] }, target(same)).notes).toEqual([]);
    expect(plan({ placeNotes: ['on the only host'] }, absent).notes).toEqual(['on the only host']);
  });

  test('replaces keys only of what is there', () => {
    const keys = { ...different, keys: ['PRODUCTION', 'SANDBOX'] };
    expect(plan(keys, absent).losses).toEqual([]);
    expect(plan({ keys: keys.keys }, target(same)).losses).toEqual([]);
    expect(plan(keys, target(same)).losses).toEqual([expect.stringContaining('(PRODUCTION, SANDBOX)')]);
  });

  test('names what only the target has by its kind', () => {
    const there = withFiles({
      'Client-certificates/client_certificates.yaml': 'data: [{ alias: shop, certificate: x }]',
      'Endpoint-certificates/endpoint_certificates.yaml':
        'data: [{ alias: bank, endpoint: "https://b", certificate: x }]',
    });
    const { notes } = plan({}, target(there));
    expect(notes).toHaveLength(2);
    expect(notes).toContainEqual(expect.stringMatching(/^only the target has the client certificate shop /));
    expect(notes).toContainEqual(expect.stringMatching(/^only the target has the certificate for a backend /));
  });
});

describe('why an API is refused', () => {
  const missing = { subject: 'A:1', problem: 'needs B:1, which staging lacks', example: 'dependent-apis: create' };
  const foreign = { provider: 'ann@shop.com', tenant: 'bank.com', ...different };
  test.each<[string, Partial<Wish>, TargetState, ApiPlan['problems']]>([
    [
      'what it needs is not there',
      { lacks: [missing] },
      absent,
      [{ code: 'DEPENDENCY_MISSING', problem: missing.problem, example: missing.example }],
    ],
    [
      'it exists, and update is off',
      { ...different, update: false },
      target(same),
      [
        {
          code: 'API_CONFLICT',
          problem: 'exists in staging already, and update is off',
          example: 'update: true',
        },
      ],
    ],
    ['it exists as wanted', { update: false }, target(same), []],
    [
      'its provider is one of another tenant',
      foreign,
      absent,
      [
        {
          code: 'API_CONFLICT',
          problem:
            'belongs to ann@shop.com of the tenant shop.com, and the user of staging is one of bank.com: API Manager keeps no provider across tenants',
          example: 'preserve-provider: false',
        },
      ],
    ],
    ['its provider is one of the same tenant', { ...foreign, tenant: 'shop.com' }, absent, []],
    ['its provider may be whose it will', { ...foreign, preserveProvider: false }, absent, []],
    ['a token does not say whose tenant it is', { ...foreign, tenant: undefined }, absent, []],
    ['the project names no provider', { tenant: 'bank.com', provider: undefined }, absent, []],
    ['the project names no provider, and the target does', { ...different, provider: undefined }, target(same), []],
    ['the target names no provider', different, target(same, undefined, { api: { ...api, provider: '' } }), []],
    [
      'its provider is another one',
      { ...different, provider: 'alice' },
      target(same),
      [
        {
          code: 'API_CONFLICT',
          problem: 'belongs to admin in staging, and to alice at its source',
          example: 'preserve-provider: false',
        },
      ],
    ],
    [
      'there is no room, and none is made',
      { ...different, rotateRevision: false },
      target(same, full),
      [
        {
          code: 'REVISION_LIMIT',
          problem: 'has 5 revisions, and rotate-revision is off',
          example: 'rotate-revision: true',
        },
      ],
    ],
    ['it may stay undeployed', { deployments: [], desired: state({}), mayStayUndeployed: true }, absent, []],
    [
      'it may stay undeployed, and names a place that is none',
      { deployments: [on('Nowhere')], mayStayUndeployed: true },
      absent,
      [
        {
          code: 'GATEWAY_UNKNOWN',
          problem: "staging has no gateway environment 'Nowhere', only Default, Second.",
        },
      ],
    ],
  ])('%s', (_, wanted, there, problems) => {
    expect(plan(wanted, there).problems).toEqual(problems);
  });

  test('it has to be deployed somewhere unless it may stay undeployed', () => {
    const { problems } = plan({ deployments: [], desired: state({}) }, { ...absent, gateways: [gateway('Only')] });
    expect(problems.map(({ code }) => code)).toEqual(['GATEWAY_UNKNOWN']);
  });

  test('all refusals are one failure of the first one’s code, each with its API and its example', () => {
    const refused = [
      plan({ lacks: [{ subject: 'A:1', problem: 'needs B:1' }] }, absent),
      plan({ ...wish(), ...different, update: false }, target(same)),
    ];
    const failure = refusalOf(refused);
    expect(failure?.code).toBe('DEPENDENCY_MISSING');
    expect(failure?.problems).toEqual([
      { subject: 'A:1', problem: 'needs B:1' },
      { subject: 'A:1', problem: 'exists in staging already, and update is off', example: 'update: true' },
    ]);
    const unknown = { ...refused[0]!, problems: [{ code: 'OF_A_LATER_VERSION', problem: 'is odd' }] };
    expect(refusalOf([unknown])?.code).toBe('API_CONFLICT');
  });
});
