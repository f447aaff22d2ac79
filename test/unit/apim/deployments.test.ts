import { describe, expect, test } from '@jest/globals';
import {
  areSamePlaces,
  chooseDeployments,
  deploymentProblems,
  hostNotes,
} from '@wso2-delivery/shared/apim/deployments';
import type { Deployment } from '@wso2-delivery/shared/apim/archive';
import { readEnvironments } from '@wso2-delivery/shared/apim/environments';

const [environment] = readEnvironments({
  environments: [{ name: 'staging', apim: 'https://a', gateways: { Edge: 'https://gw' } }],
});
const place = (gateway: string) => ({ gateway, vhost: undefined, displayOnDevportal: true });
const gateway = (name: string, ...vhosts: string[]) => ({ name, vhosts });
const revision = { id: 'r1', number: 1, createdTime: 1, gateways: [{ name: 'Old', vhost: undefined, display: true }] };
const nothing = { params: undefined, archive: [], revisions: [], gateways: [gateway('Edge'), gateway('Old')] };

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
    const [only] = chooseDeployments({ ...nothing, gateways: [gateway('Default')] }, bare);
    expect(only?.gateway).toBe('Default');
    expect(chooseDeployments(nothing, bare)).toEqual([]);
  });

  test('what serves through something else stays where it is: nowhere, unless it serves or params say so', () => {
    expect(chooseDeployments({ ...nothing, gateways: [gateway('Default')] }, undefined)).toEqual([]);
    expect(chooseDeployments({ ...nothing, revisions: [revision] }, undefined)).toMatchObject([{ gateway: 'Old' }]);
    expect(chooseDeployments({ ...nothing, params: [place('P')] }, undefined)).toMatchObject([{ gateway: 'P' }]);
  });

  test('an archive that names no virtual host leaves the API on the one where it serves', () => {
    const serving = { ...revision, gateways: [{ name: 'A', vhost: 'api.example.com', display: true }] };
    const choose = (archive: Deployment[]) =>
      chooseDeployments({ ...nothing, archive, revisions: [serving] }, environment).map(({ vhost }) => vhost);
    expect(choose([place('A'), place('B')])).toEqual(['api.example.com', undefined]);
    expect(choose([{ ...place('A'), vhost: 'other.example.com' }])).toEqual(['other.example.com']);
  });
});

describe('the virtual host', () => {
  const hosts = [
    gateway('A', 'first.example.com', 'second.example.com'),
    gateway('B', 'only.example.com'),
    gateway('C'),
  ];
  const sources = { ...nothing, gateways: hosts };

  test.each([
    ['params', { ...sources, params: ['A', 'B', 'C'].map(place) }],
    ['an archive', { ...sources, archive: ['A', 'B', 'C'].map(place) }],
  ])('that %s do not name is the first of the gateway environment, where the server tells its hosts', (_, given) => {
    expect(chooseDeployments(given, environment).map(({ vhost }) => vhost)).toEqual([
      'first.example.com',
      'only.example.com',
      undefined,
    ]);
  });

  test('that params do not name is the first also where another one serves, since the server would take it', () => {
    const serving = { ...revision, gateways: [{ name: 'A', vhost: 'second.example.com', display: true }] };
    const given = { ...sources, params: [place('A')], revisions: [serving] };
    expect(chooseDeployments(given, environment)).toMatchObject([{ vhost: 'first.example.com' }]);
  });

  test('is told where there was a choice and nobody made it', () => {
    const chosen = chooseDeployments({ ...sources, params: ['A', 'B', 'C'].map(place) }, environment);
    expect(hostNotes(chosen, [place('A'), place('B')], hosts)).toEqual([
      'no virtual host of A is named: it is served on first.example.com, and not on second.example.com',
    ]);
    const named = { ...place('A'), vhost: 'second.example.com' };
    expect(hostNotes(chooseDeployments({ ...sources, params: [named] }, environment), [named], hosts)).toEqual([]);
  });

  test('that the gateway environment does not have is a problem, with the nearest one', () => {
    const [problem] = deploymentProblems('X:1', [{ ...place('A'), vhost: 'secnd.example.com' }], hosts, 'staging');
    expect(problem?.problem).toContain("has no virtual host 'secnd.example.com', only first.example.com");
    expect(problem?.problem).toContain("Did you mean 'second.example.com'?");
    expect(deploymentProblems('X:1', [{ ...place('C'), vhost: 'any' }], hosts, 'staging')).toEqual([]);
  });
});

test.each<[name: string, others: Deployment[], same: boolean]>([
  ['in another order', [place('B'), place('A')], true],
  ['with a virtual host that only one names', [place('A'), { ...place('B'), vhost: 'v' }], true],
  ['without one of them', [place('A')], false],
  ['elsewhere', [place('A'), place('C')], false],
  ['hidden in the developer portal', [place('A'), { ...place('B'), displayOnDevportal: false }], false],
])('the same places %s', (_, others, same) => {
  expect(areSamePlaces([place('A'), place('B')], others)).toBe(same);
  expect(areSamePlaces(others, [place('A'), place('B')])).toBe(same);
});

test('two virtual hosts of one gateway are two places', () => {
  const at = (vhost: string) => [{ ...place('A'), vhost }];
  expect(areSamePlaces(at('v'), at('w'))).toBe(false);
  expect(areSamePlaces(at('v'), at('v'))).toBe(true);
});
