import { describe, expect, test } from '@jest/globals';
import { chooseDeployments } from '@wso2-delivery/shared/apim/deployments';
import { readEnvironments } from '@wso2-delivery/shared/apim/environments';

const [environment] = readEnvironments({
  environments: [{ name: 'staging', apim: 'https://a', gateways: { Edge: 'https://gw' } }],
});
const place = (gateway: string) => ({ gateway, vhost: undefined, displayOnDevportal: true });
const revision = { id: 'r1', number: 1, createdTime: 1, gateways: [{ name: 'Old', vhost: undefined, display: true }] };
const nothing = { params: undefined, archive: [], revisions: [], gateways: ['Edge', 'Old'] };

describe('where something is deployed: the first that says it', () => {
  test.each([
    ['params', { ...nothing, params: [place('P')], archive: [place('A')], revisions: [revision] }, ['P']],
    ['the archive', { ...nothing, archive: [place('A')], revisions: [revision] }, ['A']],
    ['what serves now', { ...nothing, revisions: [revision] }, ['Old']],
    ['the gateways of the environment', nothing, ['Edge']],
  ])('%s', (_, sources, expected) => {
    expect(chooseDeployments(sources, environment).map(({ gateway }) => gateway)).toEqual(expected);
  });

  test('the only gateway, when nothing else says it', () => {
    const bare = { ...environment!, gateways: {} };
    const [only] = chooseDeployments({ ...nothing, gateways: ['Default'] }, bare);
    expect(only?.gateway).toBe('Default');
    expect(chooseDeployments(nothing, bare)).toEqual([]);
  });

  test('what serves through something else stays where it is: nowhere, unless it serves or params say so', () => {
    expect(chooseDeployments({ ...nothing, gateways: ['Default'] }, undefined)).toEqual([]);
    expect(chooseDeployments({ ...nothing, revisions: [revision] }, undefined)).toMatchObject([{ gateway: 'Old' }]);
    expect(chooseDeployments({ ...nothing, params: [place('P')] }, undefined)).toMatchObject([{ gateway: 'P' }]);
  });
});
