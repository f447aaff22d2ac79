/** What is wanted of one API and what the target holds of it, for the tests of the plan. */
import type { Deployment } from '@wso2-delivery/shared/apim/archive';
import { readEnvironments } from '@wso2-delivery/shared/apim/environments';
import { planApi, type Wish } from '@wso2-delivery/shared/apim/plan';
import type { ApiRevision } from '@wso2-delivery/shared/apim/publisher';
import { stateOf, type ApiState } from '@wso2-delivery/shared/apim/state';
import type { TargetState } from '@wso2-delivery/shared/apim/target';

/** The API that the target has. */
export const api = { id: 'x', name: 'A', version: '1', context: '/a', provider: 'admin', lifeCycleStatus: 'PUBLISHED' };
export const gateway = (name: string) => ({ name, vhosts: [] });
export const environment = (gateways: Record<string, string> = {}) =>
  readEnvironments({ environments: [{ name: 'staging', apim: 'https://a', gateways }] })[0]!;
export const on = (gateway: string): Deployment => ({ gateway, vhost: undefined, displayOnDevportal: true });
export const revision = (number: number, ...names: string[]): ApiRevision => ({
  id: `r${number}`,
  number,
  createdTime: number,
  gateways: names.map((name) => ({ name, vhost: undefined, display: true })),
});

/** A state with some fields of api.yaml, deployed somewhere. */
export function state(fields: object, ...gateways: string[]): ApiState {
  const data = { name: 'A', version: '1', context: '/a', lifeCycleStatus: 'PUBLISHED', ...fields };
  const files = new Map([['api.yaml', Buffer.from(JSON.stringify({ type: 'api', data }))]]);
  return stateOf({ name: 'A', version: '1', files, deployments: gateways.map(on) });
}

/** A wish for that API as the target has it, with some of it otherwise. */
export function wish(changes: Partial<Wish> = {}): Wish {
  return {
    project: { name: 'A', version: '1' },
    desired: state({}, 'Default'),
    source: 'sha256:s',
    params: undefined,
    salt: 'salt',
    deployments: [on('Default')],
    lifecycle: 'PUBLISHED',
    bytes: 10,
    provider: 'admin',
    preserveProvider: true,
    update: true,
    rotateRevision: true,
    ...changes,
  };
}

/** A target without the API. */
export const absent: TargetState = {
  api: undefined,
  revisions: [],
  gateways: [gateway('Default'), gateway('Second')],
  current: undefined,
  working: undefined,
  workingProject: undefined,
};

/** A target whose revision 1 holds this. */
export function target(
  current: ApiState,
  revisions = [revision(1, 'Default')],
  more: Partial<TargetState> = {},
): TargetState {
  const [serving = revision(1)] = revisions.filter(({ gateways }) => gateways.length > 0);
  return { ...absent, api, revisions, current: { revision: serving, state: current }, working: current, ...more };
}

export const plan = (wanted: Partial<Wish>, there: TargetState) => planApi(wish(wanted), there, environment());
