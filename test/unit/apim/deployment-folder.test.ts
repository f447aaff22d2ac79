import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readArchive } from '@wso2-delivery/shared/apim/archive';
import { writeImport } from '@wso2-delivery/shared/apim/import-files';
import type { Job } from '@wso2-delivery/shared/apim/promotion-job';
import { stateOf } from '@wso2-delivery/shared/apim/state';
import { writeUpload } from '@wso2-delivery/shared/apim/upload';
import { parseYaml } from '@wso2-delivery/shared/formats/yaml';
import { readZip } from '@wso2-delivery/shared/formats/zip';
import { apiProject } from '../../support/api-projects.ts';
import { apiPlan } from '../../support/promotion-plans.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'import-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const configs = { endpoints: { production: { url: 'https://b' } } };
const paramsText = JSON.stringify({ environments: [{ name: 'staging', configs }] });
const certificates = new Map([
  ['b.crt', Buffer.from('certificate of b')],
  ['client one.pem', Buffer.from('certificate of a client')],
]);

function jobOf(given: Partial<Job>): Job {
  const files = new Map([
    ['api.yaml', Buffer.from('data: {name: PizzaAPI, version: 1.0.0}')],
    ['Definitions/swagger.yaml', Buffer.from('openapi: 3.0.1')],
  ]);
  const project = {
    kind: 'api' as const,
    name: 'PizzaAPI',
    version: '1.0.0',
    context: '/pizza',
    root: 'PizzaAPI-1.0.0',
    files,
    deployments: [],
    fingerprint: '',
  };
  return {
    plan: apiPlan({ name: 'PizzaAPI', action: 'create' }),
    project: {
      name: project.name,
      version: project.version,
      bytes: 1,
      load: () => Promise.resolve(project),
      release: () => Promise.resolve(),
    },
    desired: stateOf(apiProject()),
    before: { revisions: [] },
    working: undefined,
    paramsText: undefined,
    certificates: new Map(),
    paramsDeploy: false,
    ...given,
  };
}

/** Path below the folder → mode of a file, in order. */
function tree(below: string): string[] {
  return readdirSync(below, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(below, path)).isFile())
    .map((path) => `${path} ${(statSync(join(below, path)).mode & 0o777).toString(8)}`)
    .sort();
}

describe('what an import is given', () => {
  test('without settings: the archive alone', async () => {
    const { archive, params } = await writeImport(jobOf({}), folder);
    expect([archive, params]).toEqual([join(folder, 'PizzaAPI_1.0.0.zip'), undefined]);
    expect(tree(folder).map((each) => each.split(' ')[0])).toEqual(['PizzaAPI_1.0.0.zip']);
  });

  test('with settings: a file whose name ends in .yaml, for us alone', async () => {
    const { params } = await writeImport(jobOf({ paramsText }), folder);
    expect(params).toBe(join(folder, 'params.yaml'));
    expect(tree(folder)).toContain('params.yaml 600');
    expect(readFileSync(params ?? '', 'utf8')).toBe(paramsText);
  });

  test('with certificates: a folder whose path does not hold .yaml, with params.yaml and certificates/', async () => {
    const { params } = await writeImport(jobOf({ paramsText, certificates }), folder);
    expect(params).toBe(join(folder, 'deployment'));
    expect(params).not.toContain('.yaml');
    expect(tree(params ?? '')).toEqual([
      'certificates/b.crt 600',
      'certificates/client one.pem 600',
      'params.yaml 600',
    ]);
    expect(readFileSync(join(params ?? '', 'params.yaml'), 'utf8')).toBe(paramsText);
    for (const [name, data] of certificates) {
      expect(readFileSync(join(params ?? '', 'certificates', name))).toEqual(data);
    }
  });

  test('certificates without settings are not written', async () => {
    const { params } = await writeImport(jobOf({ certificates }), folder);
    expect([params, tree(folder).length]).toEqual([undefined, 1]);
  });

  test('the planned deployments stand in the archive, unless params replace them', async () => {
    const plan = apiPlan({
      name: 'PizzaAPI',
      action: 'create',
      deployments: [{ gateway: 'Edge', vhost: 'api.example.com', displayOnDevportal: false }],
    });
    const { archive } = await writeImport(jobOf({ plan }), folder);
    const { deployments, root } = await readArchive(archive, 'the archive');
    expect([root, deployments]).toEqual(['PizzaAPI-1.0.0', plan.deployments]);
    rmSync(archive);
    await writeImport(jobOf({ plan, paramsText, paramsDeploy: true }), folder);
    expect((await readArchive(archive, 'the archive')).deployments).toEqual([]);
  });
});

test('what is sent of a deployment folder: the project, the folder as it is, and the settings of the one environment', async () => {
  const { archive, params } = await writeImport(jobOf({ paramsText, certificates }), folder);
  const upload = await writeUpload({ archive, shown: 'PizzaAPI:1.0.0', environment: 'staging', params }, folder);
  const entries = await readZip(upload);
  expect(entries.map(({ name }) => name).sort()).toEqual([
    'PizzaAPI-1.0.0/',
    'PizzaAPI-1.0.0/Deployment/',
    'PizzaAPI-1.0.0/Deployment/certificates/',
    'PizzaAPI-1.0.0/Deployment/certificates/b.crt',
    'PizzaAPI-1.0.0/Deployment/certificates/client one.pem',
    'PizzaAPI-1.0.0/Deployment/intermediate_params.yaml',
    'PizzaAPI-1.0.0/Deployment/params.yaml',
    'PizzaAPI-1.0.0/SourceArchive.zip',
  ]);
  const sent = entries.find(({ name }) => name.endsWith('/intermediate_params.yaml'))?.data.toString('utf8') ?? '';
  expect(parseYaml(sent)).toEqual(configs);
});
