import type { Problem } from '../base/errors.ts';
import type { ApiProject } from './archive.ts';
import { subscriptionsOf } from './applications.ts';
import { usedApis } from './products.ts';
import type { ApiState } from './state.ts';

/** What will be in the target of something that is needed: after what else is promoted with it. */
export interface Needed {
  readonly lifeCycleStatus: string | undefined;
  readonly state: ApiState;
}

/** An API (or product) by name and version. */
export interface Need {
  readonly name: string;
  readonly version: string;
}

/** What a project cannot do without: the APIs of a product, what an application subscribes to. */
export function needsOf(project: Pick<ApiProject, 'kind' | 'files'>): Need[] {
  if (project.kind === 'api') return [];
  const needs = project.kind === 'api-product' ? usedApis(project) : subscriptionsOf(project);
  return needs.map(({ name, version }) => ({ name, version }));
}

/**
 * What stands against an import, since the target lacks what is needed: API Manager makes a product with operations
 * that no API has, and an application without the subscriptions that it cannot make.
 * @param find what will be there; undefined: nothing of that name and version
 * @param where the environment, for messages
 */
export function dependencyProblems(
  project: Pick<ApiProject, 'kind' | 'name' | 'version' | 'files'>,
  find: (need: Need) => Needed | undefined,
  where: string,
): Problem[] {
  const subject = `${project.name}:${project.version}`;
  const problems = project.kind === 'api-product' ? productProblems(project, find, where) : [];
  if (project.kind === 'application') problems.push(...applicationProblems(project, find, where));
  return problems.map((problem) => ({ subject, ...problem }));
}

type Found = Omit<Problem, 'subject'>;

function productProblems(
  product: Pick<ApiProject, 'files'>,
  find: (need: Need) => Needed | undefined,
  where: string,
): Found[] {
  return usedApis(product).flatMap(({ name, version, operations }): Found[] => {
    const api = find({ name, version });
    const shown = `${name}:${version}`;
    if (api === undefined) {
      const problem = `is made of operations of ${shown}, which ${where} does not have`;
      return [{ problem, example: 'dependent-apis: update' }];
    }
    const missing = operations.filter((operation) => !has(api.state, 'operations', operation));
    if (missing.length === 0) return [];
    const problem = `needs ${missing.join(', ')} of ${shown}, which it does not have in ${where}`;
    return [{ problem, example: 'dependent-apis: update' }];
  });
}

function applicationProblems(
  application: Pick<ApiProject, 'files'>,
  find: (need: Need) => Needed | undefined,
  where: string,
): Found[] {
  return subscriptionsOf(application).flatMap(({ name, version, throttlingPolicy }): Found[] => {
    const api = find({ name, version });
    const shown = `${name}:${version}`;
    if (api === undefined) return [{ problem: `subscribes to ${shown}, which ${where} does not have` }];
    if (api.lifeCycleStatus !== 'PUBLISHED') {
      const state = api.lifeCycleStatus ?? 'in no state';
      return [{ problem: `subscribes to ${shown}, which is ${state} in ${where}: nobody can subscribe to it` }];
    }
    if (has(api.state, 'policies', throttlingPolicy)) return [];
    return [
      { problem: `subscribes to ${shown} with the policy ${throttlingPolicy}, which it does not offer in ${where}` },
    ];
  });
}

function has(state: ApiState, path: string, member: string): boolean {
  return state.facts.has(`${path}[${member}]`);
}
