import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readProjectFolder } from '@wso2-delivery/shared/apim/archive';
import { dependencyProblems, needsOf, type Needed } from '@wso2-delivery/shared/apim/dependencies';
import { stateOf } from '@wso2-delivery/shared/apim/state';

const examples = join(import.meta.dirname, '../../../examples');
const product = readProjectFolder(join(examples, 'employee-product/EmployeeProduct-1.0.0'), 'product');
const application = readProjectFolder(join(examples, 'employee-portal/admin-EmployeePortal'), 'application');
const api = readProjectFolder(join(examples, 'employee-api/EmployeeAPI-1.0.0'), 'api');

/** The example API as it would be in the target, its files changed. */
function needed(project: typeof api, change: (yaml: string) => string = (yaml) => yaml, state = 'PUBLISHED'): Needed {
  const files = new Map([...project.files].map(([name, data]) => [name, Buffer.from(change(data.toString('utf8')))]));
  return { lifeCycleStatus: state, state: stateOf({ ...project, files }) };
}

describe('what is needed', () => {
  test.each([
    { project: api, needs: [] },
    { project: product, needs: ['EmployeeAPI:1.0.0'] },
    { project: application, needs: ['EmployeeAPI:1.0.0', 'EmployeeProduct:1.0.0'] },
  ])('by an $project.kind', ({ project, needs }) => {
    expect(needsOf(project).map(({ name, version }) => `${name}:${version}`)).toEqual(needs);
  });
});

describe('a product', () => {
  test('may go where its APIs are, with its operations', () => {
    expect(dependencyProblems(product, () => needed(api), 'staging')).toEqual([]);
  });

  test('is refused where an API is absent', () => {
    expect(dependencyProblems(product, () => undefined, 'staging')).toEqual([
      {
        subject: 'EmployeeProduct:1.0.0',
        problem: 'is made of operations of EmployeeAPI:1.0.0, which staging does not have',
        example: 'dependent-apis: update',
      },
    ]);
  });

  test('is refused where an API lacks an operation of it', () => {
    const older = needed(api, (yaml) => yaml.replaceAll('/{id}', '/{number}'));
    expect(dependencyProblems(product, () => older, 'staging').map(({ problem }) => problem)).toEqual([
      'needs GET /{id} of EmployeeAPI:1.0.0, which it does not have in staging',
    ]);
  });
});

describe('an application', () => {
  const there = (change?: (yaml: string) => string, state?: string) => (need: { name: string }) =>
    needed(need.name === 'EmployeeAPI' ? api : product, change, state);

  test('may go where everything that it subscribes to is published with the policy', () => {
    expect(dependencyProblems(application, there(), 'staging')).toEqual([]);
  });

  test.each([
    { name: 'is absent', find: () => undefined, says: 'EmployeeAPI:1.0.0, which staging does not have' },
    { name: 'is not published', find: there(undefined, 'BLOCKED'), says: 'EmployeeAPI:1.0.0, which is BLOCKED' },
    {
      name: 'does not offer the policy',
      find: there((yaml) =>
        yaml.replace('- Gold', '- Silver').replace(/policies:\n( +)- Unlimited/, 'policies:\n$1- Bronze'),
      ),
      says: 'EmployeeAPI:1.0.0 with the policy Unlimited, which it does not offer',
    },
  ])('is refused, each subscription by name, when one $name', ({ find, says }) => {
    const problems = dependencyProblems(application, find, 'staging').map(({ problem }) => problem);
    expect(problems).toEqual([expect.stringContaining(says), expect.stringContaining('EmployeeProduct:1.0.0')]);
  });
});
