/** Laws of comparing, over what may vary. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareStates, leftovers } from '@wso2-delivery/shared/apim/state-compare';
import { noiseRules } from '@wso2-delivery/shared/apim/state-noise';
import { stateOf } from '@wso2-delivery/shared/apim/state';
import { apiProject, changed, exportedData, exportedDefinition } from '../../support/api-projects.ts';

type Table = Record<string, unknown>;
type Path = readonly (string | number)[];

/** Every value in a tree that is not a table or list, with its path. */
function leaves(value: unknown, path: Path = []): { path: Path; value: unknown }[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value as Table).flatMap(([key, inner]) =>
    leaves(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** The same tree with the keys of its tables and the entries of its lists in another order. */
function shuffled(value: unknown, pick: (max: number) => number, keep: ReadonlySet<string>, key = ''): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const mix = <T>(list: T[]): T[] => {
    for (let at = list.length - 1; at > 0; at--) {
      const other = pick(at);
      [list[at], list[other]] = [list[other] as T, list[at] as T];
    }
    return list;
  };
  if (Array.isArray(value)) {
    const list = value.map((each) => shuffled(each, pick, keep));
    return keep.has(key) ? list : mix(list);
  }
  const entries = Object.entries(value as Table).map(([name, inner]) => [name, shuffled(inner, pick, keep, name)]);
  return Object.fromEntries(mix(entries)) as Table;
}

/** Lists whose order means something. */
const ordered = new Set(['request', 'response', 'fault']);

/** What an export has that says nothing of the API: written down by hand, not taken from the table. */
const meaningless = [
  'id',
  'name',
  'version',
  'provider',
  'createdTime',
  'lastUpdatedTimestamp',
  'lastUpdatedTime',
  'organizationId',
  'hasThumbnail',
  'isRevision',
  'revisionId',
  'revisionedApiId',
  'advertiseInfo.apiOwner',
  'additionalPropertiesMap.team.name',
  'additionalPropertiesMap.team.value',
  'additionalPropertiesMap.team.display',
  'scopes.0.scope.id',
  'scopes.0.scope.usageCount',
  'operations.0.id',
  'operations.1.id',
  'operations.0.operationPolicies.request.0.policyId',
  // Protection that is off is off, of whatever type.
  'endpointConfig.endpoint_security.sandbox.type',
  // The definition says what operations there are, who may call them, and how often.
  'operations.0.authType',
  'operations.0.throttlingPolicy',
  'operations.0.scopes.0',
  'operations.1.target',
  'operations.1.verb',
  'operations.1.authType',
  'operations.1.throttlingPolicy',
];

const base = stateOf(apiProject());

describe('the state of an API', () => {
  test('does not depend on ids, times, revisions and the order of what has none', () => {
    const anything = fc.oneof(fc.uuid(), fc.integer(), fc.date({ noInvalidDate: true }).map(String), fc.boolean());
    fc.assert(
      fc.property(
        fc.record(
          Object.fromEntries(
            [
              'id',
              'createdTime',
              'lastUpdatedTime',
              'lastUpdatedTimestamp',
              'revisionId',
              'revisionedApiId',
              'workflowStatus',
            ].map((key) => [key, fc.option(anything, { nil: null })]),
          ),
        ),
        fc.array(anything, { minLength: 3, maxLength: 3 }),
        fc.array(fc.nat(), { minLength: 1, maxLength: 40 }),
        (values, ids, picks) => {
          let at = 0;
          const pick = (max: number) => (picks[at++ % picks.length] ?? 0) % (max + 1);
          let data: Table = { ...exportedData(), ...values };
          data = changed(data, ['operations', 0, 'id'], ids[0]);
          data = changed(data, ['scopes', 0, 'scope', 'id'], ids[1]);
          data = changed(data, ['operations', 0, 'operationPolicies', 'request', 0, 'policyId'], ids[2]);
          const project = apiProject({
            data: shuffled(data, pick, ordered) as Table,
            definition: shuffled(exportedDefinition(), pick, ordered) as Table,
          });
          const state = stateOf({ ...project, name: 'PizzaAPI', version: '1.0.0' });
          expect(compareStates(state, base)).toEqual([]);
          expect(state.digest).toBe(base.digest);
        },
      ),
      { numRuns: 60 },
    );
  });

  test.each([[null], [''], [[]], [{}]])('takes %j for what is not there', (nothing) => {
    const empty = ['visibleRoles', 'visibleTenants', 'mediationPolicies', 'categories', 'accessControlRoles', 'maxTps'];
    let data = exportedData();
    for (const key of empty) data = changed(data, [key], nothing);
    expect(compareStates(stateOf(apiProject({ data })), base)).toEqual([]);
  });

  test('changes with every value of api.yaml that means something', () => {
    for (const { path, value } of leaves(exportedData())) {
      const data = changed(exportedData(), path, typeof value === 'boolean' ? !value : `${String(value)}-other`);
      const state = stateOf({ ...apiProject({ data }), name: 'PizzaAPI', version: '1.0.0' });
      const found = compareStates(state, base).length > 0;
      expect([path.join('.'), found]).toEqual([path.join('.'), !meaningless.includes(path.join('.'))]);
    }
  });

  test('changes with every value of the definition that means something', () => {
    const written = /^(?:openapi|info\.title|info\.version|x-wso2-.*|components\.securitySchemes\.default\..*)$/;
    const settings = 'x-wso2-application-security';
    for (const { path, value } of leaves(exportedDefinition())) {
      const definition = changed(
        exportedDefinition(),
        path,
        typeof value === 'boolean' ? !value : `${String(value)}-other`,
      );
      const found = compareStates(stateOf(apiProject({ definition })), base).length > 0;
      const name = path.join('.');
      expect([name, found]).toEqual([name, !written.test(name) && !name.includes(settings)]);
    }
  });

  test('never equals another one in the eyes of only one side', () => {
    const paths = leaves(exportedData()).filter(({ path }) => !meaningless.includes(path.join('.')));
    fc.assert(
      fc.property(fc.subarray(paths, { minLength: 1, maxLength: 4 }), (chosen) => {
        let data = exportedData();
        for (const { path, value } of chosen) {
          data = changed(data, path, typeof value === 'boolean' ? !value : `${String(value)}-other`);
        }
        const one = stateOf(apiProject({ data }));
        const forth = compareStates(one, base).length + leftovers(one, base).length;
        const back = compareStates(base, one).length + leftovers(base, one).length;
        expect(forth > 0).toBe(back > 0);
      }),
      { numRuns: 60 },
    );
  });

  test('shows no secret, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6 }), fc.string({ minLength: 6 }), (one, other) => {
        const [first, second] = [`s3cr3t-${one}`, `s3cr3t-${other}`].map((password) => {
          let data = changed(
            exportedData(),
            ['endpointConfig', 'endpoint_security', 'production', 'password'],
            password,
          );
          data = changed(data, ['endpointConfig', 'endpoint_security', 'production', 'clientSecret'], password);
          data = changed(
            data,
            ['operations', 0, 'operationPolicies', 'request', 0, 'parameters', 'apiPassword'],
            password,
          );
          return stateOf(apiProject({ data }));
        });
        if (first === undefined || second === undefined) throw new Error('two states');
        const text = JSON.stringify([
          compareStates(first, second),
          compareStates(first, base),
          compareStates(base, second),
          [...first.facts],
          first.secrets,
        ]);
        expect(text).not.toContain('s3cr3t-');
        expect(compareStates(first, second)).toHaveLength(one === other ? 0 : 3);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the digest of secrets', () => {
  const withPassword = (password: string) =>
    stateOf(
      apiProject({
        data: changed(exportedData(), ['endpointConfig', 'endpoint_security', 'production', 'password'], password),
      }),
    );

  test('is the same for the same secrets and salt alone', () => {
    expect(withPassword('one').secrets.digest('salt')).toBe(withPassword('one').secrets.digest('salt'));
    expect(withPassword('one').secrets.digest('salt')).not.toBe(withPassword('two').secrets.digest('salt'));
    expect(withPassword('one').secrets.digest('salt')).not.toBe(withPassword('one').secrets.digest('other'));
  });

  test('is slow to make, and not there without secrets', () => {
    const started = process.hrtime.bigint();
    expect(withPassword('never seen before').secrets.digest('salt')).toMatch(/^scrypt:[0-9a-f]{64}$/);
    expect(Number(process.hrtime.bigint() - started) / 1e6).toBeGreaterThan(10);
    const data = changed(exportedData(), ['endpointConfig', 'endpoint_security'], undefined);
    expect(stateOf(apiProject({ data })).secrets.digest('salt')).toBeUndefined();
  });
});

test('every rule of noise has a reason and a source, and stands there once', () => {
  const patterns = noiseRules.map(({ pattern }) => pattern);
  expect(new Set(patterns).size).toBe(patterns.length);
  for (const { reason, source } of noiseRules) expect(reason.length * source.length).toBeGreaterThan(0);
});
