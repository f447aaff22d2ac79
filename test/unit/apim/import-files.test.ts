import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { writeImport } from '@wso2-delivery/shared/apim/import-files';
import type { Job } from '@wso2-delivery/shared/apim/promotion-job';
import { apiProject } from '../../support/api-projects.ts';
import { apiPlan } from '../../support/promotion-plans.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'import-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const job = (certificates: Record<string, string>): Job =>
  ({
    plan: apiPlan({ name: 'PizzaAPI', action: 'update' }),
    project: {
      load: () => Promise.resolve({ ...apiProject(), root: 'PizzaAPI-1.0.0' }),
      release: () => Promise.resolve(),
    },
    paramsText: '{}',
    certificates: new Map(Object.entries(certificates).map(([name, text]) => [name, Buffer.from(text)])),
    paramsDeploy: false,
  }) as unknown as Job;

test('what apictl takes for a file by its name is one, whatever the user called it', async () => {
  const { params = '' } = await writeImport(job({}), folder);
  expect(basename(params)).toBe('params.yaml');
  expect(readFileSync(params, 'utf8')).toBe('{}');
});

test('what it takes for a folder is one, with the certificates', async () => {
  const { params = '' } = await writeImport(job({ 'a.crt': 'pem' }), folder);
  expect(params).not.toContain('.yaml');
  expect(readdirSync(join(params, 'certificates'))).toEqual(['a.crt']);
});

test('a folder for temporary files that apictl would take for a file is refused', async () => {
  const odd = join(folder, 'my.yaml.d');
  mkdirSync(odd);
  const written = writeImport(job({ 'a.crt': 'pem' }), odd);
  await expect(written).rejects.toMatchObject({
    code: 'PARAMS_INVALID',
    message: expect.stringContaining('my.yaml.d'),
  });
});
