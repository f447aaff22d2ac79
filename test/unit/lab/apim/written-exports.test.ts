import { describe, expect, test } from '@jest/globals';
import { Catalogue, type Api } from '@wso2-delivery/lab/apim/catalogue';
import { compareStates } from '@wso2-delivery/shared/apim/state-compare';
import { stateOf, type ApiState } from '@wso2-delivery/shared/apim/state';
import { parseYaml } from '@wso2-delivery/shared/formats/yaml';
import { apiProject, exportedData, exportedDefinition, type ProjectParts } from '../../../support/api-projects.ts';

type Table = Record<string, unknown>;

/** An API Manager of its own that has imported the project and deployed it. */
function imported(parts: ProjectParts): { readonly catalogue: Catalogue; readonly api: Api } {
  const catalogue = new Catalogue({ Default: ['localhost'] }, 'api');
  const { files } = apiProject(parts);
  const api = catalogue.import(
    { files, api: parts.data ?? exportedData(), deployments: [{ deploymentEnvironment: 'Default' }] },
    { overwrite: true, rotateRevision: false, preserveProvider: false, user: 'admin' },
  );
  return { catalogue, api };
}

function exported({ catalogue, api }: ReturnType<typeof imported>, json = false): ReadonlyMap<string, Buffer> {
  const options = { preserveStatus: true, preserveCredentials: true, json };
  return catalogue.files(api, { ...options, revision: api.revisions.at(-1) });
}

function stateIn(files: ReadonlyMap<string, Buffer>): ApiState {
  return stateOf({ name: 'PizzaAPI', version: '1.0.0', files, deployments: [] });
}

/** As an author writes it: what is needed, and no more. */
const handWritten: ProjectParts = {
  data: {
    name: 'PizzaAPI',
    version: '1.0.0',
    context: '/pizza/{version}',
    policies: ['Unlimited', 'Gold'],
    lifeCycleStatus: 'PUBLISHED',
    endpointConfig: { endpoint_type: 'http', production_endpoints: { url: 'https://backend.example.com' } },
  },
  definition: {
    openapi: '3.0.0',
    info: { title: 'Pizza', version: '1' },
    paths: {
      '/menu': { get: { responses: { '200': { description: 'The menu' } } } },
      '/order': { post: { responses: {} } },
    },
  },
};

describe('an export of the lab', () => {
  test('has what a real one has beside the API: ids, times, defaults, second copies', () => {
    const files = exported(imported(handWritten));
    const { data } = parseYaml(files.get('api.yaml')?.toString('utf8') ?? '') as { data: Table };
    expect(data).toMatchObject({ organizationId: 'carbon.super', apiKeyHeader: 'ApiKey', isRevision: true });
    expect(data.operations).toHaveLength(2);
    const definition = parseYaml(files.get('Definitions/swagger.yaml')?.toString('utf8') ?? '');
    expect(definition).toMatchObject({ 'x-wso2-auth-header': 'Authorization', info: { title: 'PizzaAPI' } });
  });

  test.each([
    ['a full export', {}],
    ['a project written by hand', handWritten],
  ])('equals that of another API Manager which imported the same: %s', (_, parts) => {
    for (let times = 0; times < 5; times++) {
      const [one, other] = [stateIn(exported(imported(parts))), stateIn(exported(imported(parts)))];
      expect(compareStates(one, other)).toEqual([]);
      expect(one.digest).toBe(other.digest);
    }
  });

  test.each([
    ['a full export', {}],
    ['a project written by hand', handWritten],
  ])('equals what was imported: %s', (_, parts) => {
    const changes = compareStates(
      stateOf({ ...apiProject(parts), deployments: [] }),
      stateIn(exported(imported(parts))),
    );
    expect(changes).toEqual([]);
  });

  test('equals itself after it went round: exported, imported elsewhere, exported', () => {
    const first = exported(imported({}));
    const { data } = parseYaml(first.get('api.yaml')?.toString('utf8') ?? '') as { data: Table };
    const definition = parseYaml(first.get('Definitions/swagger.yaml')?.toString('utf8') ?? '') as Table;
    const second = exported(imported({ data, definition }));
    expect(second.get('api.yaml')).not.toEqual(first.get('api.yaml'));
    expect(compareStates(stateIn(second), stateIn(first))).toEqual([]);
  });

  test('is the same as YAML and as JSON', () => {
    const server = imported({});
    expect(compareStates(stateIn(exported(server, true)), stateIn(exported(server)))).toEqual([]);
  });

  test('with one change is found to have one change', () => {
    const definition = exportedDefinition();
    const { '/menu': menu } = definition.paths as Table;
    const other = { ...definition, paths: { ...(definition.paths as Table), '/card': menu } };
    const changes = compareStates(stateIn(exported(imported({ definition: other }))), stateIn(exported(imported({}))));
    expect(changes).toMatchObject([{ path: 'operations', kind: 'added', after: expect.stringContaining('GET /card') }]);
  });
});
