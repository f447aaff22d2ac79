import { describe, expect, test } from '@jest/globals';
import { compareStates } from '@wso2-delivery/shared/apim/state-compare';
import { stateOf } from '@wso2-delivery/shared/apim/state';
import { apiProject, changed, exportedData } from '../../support/api-projects.ts';

describe('comparing two states', () => {
  test('finds nothing in an export and itself', () => {
    expect(compareStates(stateOf(apiProject()), stateOf(apiProject()))).toEqual([]);
  });

  test('finds nothing in two exports that differ in what each API Manager writes itself', () => {
    let data = exportedData();
    for (const key of ['id', 'createdTime', 'lastUpdatedTime', 'revisionId', 'provider'])
      data = changed(data, [key], 'x');
    data = changed(data, ['operations', 0, 'id'], 'y');
    expect(compareStates(stateOf(apiProject({ data })), stateOf(apiProject()))).toEqual([]);
    expect(stateOf(apiProject({ data })).digest).toBe(stateOf(apiProject()).digest);
  });

  test('finds an endpoint and a password that differ, and does not print the password', () => {
    let data = changed(exportedData(), ['endpointConfig', 'production_endpoints', 'url'], 'https://new.example.com');
    data = changed(data, ['endpointConfig', 'endpoint_security', 'production', 'password'], 'another-secret');
    const changes = compareStates(stateOf(apiProject({ data })), stateOf(apiProject()));
    expect(changes).toMatchObject([
      { group: 'endpoints', path: 'endpointConfig.endpoint_security.production.password', secret: true, after: '•••' },
      { group: 'endpoints', before: 'https://backend.example.com/pizza', after: 'https://new.example.com' },
    ]);
    expect(JSON.stringify(changes)).not.toMatch(/hunter2|another-secret/);
  });
});
