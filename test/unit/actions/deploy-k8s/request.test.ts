import { describe, expect, test } from '@jest/globals';
import { InputError } from '@wso2-delivery/shared/base/errors';
import { readInputs } from '@wso2-delivery/shared/run/inputs';
import { action } from '../../../../actions/deploy-k8s/src/action.ts';
import { readRequest } from '../../../../actions/deploy-k8s/src/request.ts';

const request = (given: Readonly<Record<string, string>>) => {
  const variables = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
  return readRequest(readInputs(action, variables, '/workspace'));
};
const problems = (given: Readonly<Record<string, string>>): string[] => {
  try {
    request(given);
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems.map(({ subject, problem }) => `${subject} ${problem}`);
  }
};

describe('the inputs of deploy-k8s', () => {
  test('name workloads once, and images for them', () => {
    const { workloads, wishes } = request({
      workload: 'deployment/a\ndeploy/a\nsts/b',
      images: 'mi=ghcr.io/acme/mi:1',
    });
    expect(workloads).toEqual([
      { kind: 'Deployment', name: 'a' },
      { kind: 'StatefulSet', name: 'b' },
    ]);
    expect(wishes).toHaveLength(1);
  });

  test('may be manifests alone', () =>
    expect(request({ manifests: 'deploy/*.yaml' }).manifests).toEqual(['deploy/*.yaml']));

  test('carry one login for every registry of the images', () => {
    const { logins } = request({
      workload: 'a',
      images: 'x=ghcr.io/acme/mi:1\ny=ghcr.io/acme/b:1\nz=nginx',
      'registry-username': 'u',
      'registry-password': 'p4ss',
    });
    expect(logins).toEqual([
      { registry: 'ghcr.io', username: 'u', password: 'p4ss' },
      { registry: 'docker.io', username: 'u', password: 'p4ss' },
    ]);
  });

  test.each([
    {
      given: {},
      found: [
        'workload is required, together with images (or manifests alone)',
        'images is required, together with workload (or manifests alone)',
      ],
    },
    { given: { workload: 'a' }, found: ['images is required, together with workload (or manifests alone)'] },
    {
      given: { workload: 'a', images: 'a', manifests: 'x' },
      found: ['workload does not go together with manifests, which name their workloads themselves'],
    },
    {
      given: { workload: 'a', images: 'a', 'force-conflicts': 'true' },
      found: ['force-conflicts has a meaning with manifests alone'],
    },
    {
      given: { workload: 'a', images: 'a', 'registry-username': 'u' },
      found: ['registry-password is missing: user name and password go together'],
    },
    {
      given: { workload: 'pod/x', images: 'mi=ghcr.io/Acme/mi:1' },
      found: [
        "workload 'pod/x': 'pod' is no kind of workload that can be changed (deployment, statefulset, daemonset, cronjob).",
        'images "ghcr.io/Acme/mi:1" has capital letters in the repository name; write acme/mi',
      ],
    },
    {
      given: { workload: 'a', images: 'mi=ghcr.io/acme/mi:${{ github.sha }}' },
      found: ['images "ghcr.io/acme/mi:${{ github.sha }}" contains white space'],
    },
  ])('that do not fit are reported together: $given', ({ given, found }) =>
    expect(problems(given as Record<string, string>)).toEqual(found),
  );
});
