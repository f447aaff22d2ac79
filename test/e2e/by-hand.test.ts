/** The reusable workflows started by hand (workflow_dispatch), in a repository that holds them beside its own projects. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cpSync } from 'node:fs';
import {
  addExampleApi,
  describeApiManagers,
  job,
  promoterSecrets,
  startCallers,
  story,
  type Callers,
  type CallerRun,
} from '../support/callers.ts';

const minutes = 60_000;
const fine = 'success';

let callers: Callers;
let folder: string;
beforeAll(async () => {
  callers = await startCallers();
  folder = callers.repository('platform', {
    'employee-service/kubernetes': 'kubernetes',
    'employee-api/EmployeeAPI-1.0.0': 'EmployeeAPI-1.0.0',
    'employee-api/environments.yaml': 'apim/environments.yaml',
    'employee-api/api_params.yaml': 'apim/api_params.yaml',
  });
  cpSync(callers.library, folder, { recursive: true });
  describeApiManagers(folder, callers.lab, 'apim/environments.yaml');
  await addExampleApi(callers.lab, 'dev');
});
afterAll(() => callers.close());

const byHand = (file: string, inputs: Readonly<Record<string, string>>): Promise<CallerRun> =>
  callers.run(folder, { file, event: 'workflow_dispatch', inputs, secrets: promoterSecrets });

describe('by hand', () => {
  test(
    'deploy-mi.yml deploys an image that exists, and its service answers',
    async () => {
      const image = callers.lab.baseImage;
      const run = await byHand('deploy-mi.yml', {
        environment: 'staging',
        image,
        workload: 'deployment/mi-employee-service',
        container: 'mi',
        manifests: 'kubernetes/*.yaml',
        'stable-for': '1s',
      });
      expect(story(run)).toEqual({ deploy: fine });
      expect(job(run, 'deploy').outputs.verdict).toBe('succeeded');
      expect(callers.imageIn('staging')).toBe(image);
      expect(callers.imageIn('production')).toBe('');
    },
    2 * minutes,
  );

  test(
    'deploy-mi.yml without what it needs says which inputs, and deploys nothing',
    async () => {
      const run = await byHand('deploy-mi.yml', { environment: 'production', image: 'no image', workload: 'mi' });
      expect(run.conclusion).toBe('failure');
      expect(
        job(run, 'deploy')
          .annotations.map(({ message }) => message)
          .join('\n'),
      ).toContain('[INPUT_INVALID]');
      expect(callers.imageIn('production')).toBe('');
    },
    2 * minutes,
  );

  test(
    'promote-apis.yml takes an API through the targets, and drift-apis.yml then finds none',
    async () => {
      const promoted = await byHand('promote-apis.yml', {
        apis: 'EmployeeAPI:1.0.0',
        to: 'staging production',
        engine: 'rest',
        'ca-file': 'ca.pem',
      });
      expect(promoted.conclusion).toBe(fine);
      for (const stage of ['staging', 'production'] as const)
        expect([stage, await callers.gatewayAnswer(stage, '/employees/1.0.0/')]).toEqual([stage, 401]);

      const drift = await byHand('drift-apis.yml', {
        archives: 'EmployeeAPI-1.0.0',
        to: 'staging',
        params: 'apim/api_params.yaml',
        'ca-file': 'ca.pem',
      });
      expect([drift.conclusion, job(drift, 'drift').outputs.verdict]).toEqual([fine, 'in-sync']);
    },
    3 * minutes,
  );
});
