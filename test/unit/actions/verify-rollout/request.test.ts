import { describe, expect, test } from '@jest/globals';
import { InputError } from '@wso2-delivery/shared/base/errors';
import { defaultPolicy } from '@wso2-delivery/shared/kubernetes/rollout/policy';
import { readInputs } from '@wso2-delivery/shared/run/inputs';
import { action } from '../../../../actions/verify-rollout/src/action.ts';
import { readRequest } from '../../../../actions/verify-rollout/src/request.ts';

function request(given: Readonly<Record<string, string>> = {}) {
  const variables = Object.fromEntries(
    Object.entries({ workloads: 'deployment/web', ...given }).map(([name, value]) => [
      `INPUT_${name.toUpperCase()}`,
      value,
    ]),
  );
  return readRequest(readInputs(action, variables, '/'));
}

function problems(given: Readonly<Record<string, string>>): readonly string[] {
  try {
    request(given);
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(({ subject }) => subject);
    throw error;
  }
  return [];
}

describe('the inputs of verify-rollout', () => {
  test('their defaults are the defaults of the policy', () => {
    expect(request().policy).toEqual(defaultPolicy);
  });

  test('only the workloads are required', () => {
    expect(
      Object.entries(action.inputs)
        .filter(([, input]) => input.required)
        .map(([name]) => name),
    ).toEqual(['workloads']);
  });

  test.each([
    ['from-image', 'from-image'],
    ['off', undefined],
    [
      'a=1.0.0\nb = 2',
      [
        { name: 'a', version: '1.0.0' },
        { name: 'b', version: '2' },
      ],
    ],
  ])('carbon-applications: %s', (given, expected) => {
    expect(request({ 'carbon-applications': given }).applications).toEqual(expected);
  });

  test('health: a preset and a URL are read together', () => {
    const { health } = request({ health: 'mi\napim-gateway\nhttp://pod:8290/x?y=1' });
    expect(health.microIntegrator).toBe(true);
    expect(health.questions.map(({ text }) => text)).toEqual([
      'https://pod:9443/api/am/gateway/v2/server-startup-healthcheck',
      'https://pod:9443/services/Version',
      'http://pod:8290/x?y=1',
    ]);
  });

  test('everything that is wrong is reported at once', () => {
    expect(
      problems({
        workloads: 'pod/x',
        'carbon-applications': 'a=1\nnonsense\noff',
        health: 'apmi\nhttp://pod/\nhttp://pod:0/',
        'management-password': 'x',
        'registry-username': 'y',
      }),
    ).toEqual([
      'workloads',
      'carbon-applications',
      'carbon-applications',
      'health',
      'health',
      'health',
      'management-username',
      'registry-password',
    ]);
  });
});
