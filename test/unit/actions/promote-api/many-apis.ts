import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { mkdtempSync, readFileSync } from 'node:fs';
import type { Api } from '@wso2-delivery/lab/apim/catalogue';
import type { ApiManager, LoggedRequest } from '@wso2-delivery/lab/apim/api-manager';
import { digestOf } from '@wso2-delivery/shared/formats/digest';
import { formatYaml } from '@wso2-delivery/shared/formats/yaml';
import { writeZip } from '@wso2-delivery/shared/formats/zip';
import type { LabPromotion } from './lab-promotion.ts';

/** Inputs of a run without apictl: quick. */
export const rest = { engine: 'rest', 'apictl-path': undefined } as const;

/** An archive as an export gives it, deployed on Default. */
export async function archiveOf(name: string, fields: object = {}): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'many-'));
  const data = {
    name,
    version: '1.0.0',
    context: `/${name.toLowerCase()}`,
    provider: 'admin',
    lifeCycleStatus: 'PUBLISHED',
    endpointConfig: { endpoint_type: 'http', production_endpoints: { url: 'https://backend.example.com' } },
    operations: [
      { target: '/x', verb: 'GET', authType: 'Application & Application User', throttlingPolicy: 'Unlimited' },
    ],
    ...fields,
  };
  const path = join(folder, 'a.zip');
  await writeZip(path, [
    { name: 'project/api.yaml', data: Buffer.from(formatYaml({ type: 'api', version: 'v4.7.0', data })) },
    {
      name: 'project/deployment_environments.yaml',
      data: Buffer.from(formatYaml({ data: [{ displayOnDevportal: true, deploymentEnvironment: 'Default' }] })),
    },
  ]);
  const archive = readFileSync(path);
  rmSync(folder, { recursive: true });
  return archive;
}

/** Puts an API in place in an API Manager, deployed, without a request. */
export async function addApi(manager: ApiManager, name: string, fields: object = {}): Promise<Api> {
  return manager.add(await archiveOf(name, fields));
}

/** Someone edits an API in the publisher and deploys what came of it. */
export function edit(api: Api, fields: object): void {
  const changed = { ...api.working, api: { ...api.working.api, ...fields } };
  api.working = changed;
  const last = api.revisions.pop()!;
  api.revisions.push({ ...last, snapshot: changed });
}

/** The requests that change something. */
export function writes(manager: ApiManager): readonly LoggedRequest[] {
  return manager.requests.filter(
    ({ method, path, server }) => server === 'publisher' && method !== 'GET' && !/\/(register|token)$/.test(path),
  );
}

/** A params file of the workspace for staging. */
export function writeParams(lab: LabPromotion, configs: object): string {
  writeFileSync(join(lab.workspace, 'p.yaml'), formatYaml({ environments: [{ name: 'staging', configs }] }));
  return 'p.yaml';
}

/** Everything that anyone may notice of the APIs of a manager: for "as before". */
export function portrait(manager: ApiManager): object[] {
  return manager.apis
    .map((api) => ({
      id: api.id,
      name: api.name,
      version: api.version,
      context: api.context,
      provider: api.provider,
      lifeCycleStatus: api.lifeCycleStatus,
      working: digestOf(JSON.stringify(api.working.api)),
      revisions: api.revisions.map(({ id, number, deployments, snapshot }) => ({
        id,
        number,
        on: deployments.map(({ name, displayOnDevportal }) => ({ name, displayOnDevportal })),
        holds: digestOf(JSON.stringify(snapshot.api)),
      })),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What serves, apart from ids and numbers: for "converged". */
export function serving(manager: ApiManager): object[] {
  return manager.apis
    .map((api) => ({
      name: api.name,
      lifeCycleStatus: api.lifeCycleStatus,
      working: contentOf(api.working.api),
      serving: api.revisions
        .filter(({ deployments }) => deployments.length > 0)
        .map(({ deployments, snapshot }) => ({
          on: deployments.map(({ name }) => name),
          holds: contentOf(snapshot.api),
        })),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const volatile = [
  'id',
  'provider',
  'createdTime',
  'lastUpdatedTime',
  'lastUpdatedTimestamp',
  'isRevision',
  'revisionId',
];

function contentOf(api: Readonly<Record<string, unknown>>): string {
  const kept = Object.entries(api).filter(([key]) => !volatile.includes(key));
  return digestOf(JSON.stringify(kept));
}
