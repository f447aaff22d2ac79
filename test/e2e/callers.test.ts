/** Every workflow of examples/ that a team would copy, run with the committed bundles; afterwards the world is looked at. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { startGitHubApi } from '@wso2-delivery/lab/github/github-api';
import { stages, type Stage } from '@wso2-delivery/lab/lab';
import {
  addDevOnlyWorkflow,
  addExampleApi,
  buildOnTheLabsBase,
  buildQuickly,
  describeApiManagers,
  job,
  manifestsPushed,
  promoterSecrets,
  setImage,
  startCallers,
  step,
  story,
  type Callers,
} from '../support/callers.ts';
import { testWith } from '../support/tools.ts';
import { edit } from '../unit/actions/promote-api/many-apis.ts';

const minutes = 60_000;
const fine = 'success';

let callers: Callers;
beforeEach(async () => {
  callers = await startCallers(['mi-employee-service', 'mi-department-service']);
});
afterEach(() => callers.close());

/** A repository with the example project at its root and the workflows of a caller. */
function project(caller: string, build: typeof buildQuickly = buildQuickly): string {
  const folder = callers.repository('employee-service', { 'employee-service': '.', [`${caller}/.github`]: '.github' });
  build(folder, callers.lab);
  return folder;
}

/** Holds that this is an image in the registry, by digest. */
async function isInRegistry(image: string | undefined): Promise<void> {
  expect(image).toMatch(new RegExp(`^${callers.lab.registry.host}/integration/mi-[a-z-]+@sha256:[0-9a-f]{64}$`));
  expect(await callers.inRegistry(image!)).toBe(true);
}

/** Holds that every stage runs this image and that its service answers. */
async function runsEverywhere(image: string | undefined, service = 'mi-employee-service'): Promise<void> {
  await isInRegistry(image);
  for (const stage of stages) {
    expect([stage, callers.imageIn(stage, service)]).toEqual([stage, image]);
    expect([stage, await callers.answerOf(stage, '/employees', service)]).toEqual([stage, 200]);
  }
}

const line = {
  'deliver/build': fine,
  'deliver/stage[0]/deploy': fine,
  'deliver/stage[1]/deploy': fine,
  'deliver/stage[2]/deploy': fine,
};

describe('a line from commit to production: one image, the same in every stage, and it answers', () => {
  const hosted = () => ({ REGISTRY: callers.lab.registry.host, BASE_IMAGE: callers.lab.baseImage, STABLE_FOR: '3s' });

  test(
    'on a hosted runner',
    async () => {
      const run = await callers.run(project('employee-service'), {
        file: 'deliver.yml',
        event: 'push',
        vars: hosted(),
      });
      expect(story(run)).toEqual(line);
      await runsEverywhere(job(run, 'deliver/build').outputs.image);
    },
    3 * minutes,
  );

  testWith('mvn', 'java')(
    'on a hosted runner, built with Maven',
    async () => {
      const folder = project('employee-service', buildOnTheLabsBase);
      const run = await callers.run(folder, { file: 'deliver.yml', event: 'push', vars: hosted(), actionStandIns: {} });
      expect(story(run)).toEqual(line);
      await runsEverywhere(job(run, 'deliver/build').outputs.image);
    },
    5 * minutes,
  );

  test(
    'on a runner of its own, without Docker, with the kubeconfig of the machine',
    async () => {
      const docker = trap('docker');
      const kubeconfig = join(callers.temp, 'kubeconfig');
      writeFileSync(kubeconfig, callers.lab.kubernetes.kubeconfig(), { mode: 0o600 });
      const run = await callers.run(project('callers/self-hosted-runner'), {
        file: 'deliver.yml',
        event: 'push',
        environments: {},
        env: { PATH: `${docker.folder}:${callers.path}`, KUBECONFIG: kubeconfig },
      });
      expect(story(run)).toEqual(line);
      await runsEverywhere(job(run, 'deliver/build').outputs.image);
      expect(docker.calls()).toEqual([]);
    },
    3 * minutes,
  );

  test(
    'on GitHub Enterprise Server, where `$/` leads nowhere',
    async () => {
      rmSync(join(callers.library, '.github'), { recursive: true });
      const run = await callers.run(project('callers/enterprise-server'), { file: 'deliver.yml', event: 'push' });
      expect(story(run)).toEqual({
        build: fine,
        'dev/deploy': fine,
        'staging/deploy': fine,
        'production/deploy': fine,
      });
      await runsEverywhere(job(run, 'build').outputs.image);
    },
    3 * minutes,
  );

  testWith('kubectl')(
    'with an overlay for each environment',
    async () => {
      const folder = project('callers/kustomize');
      callers.repository('employee-service', {
        'callers/kustomize/kubernetes': 'kubernetes',
        'employee-service/kubernetes': 'kubernetes/base',
      });
      for (const file of ['deployment.yaml', 'service.yaml']) rmSync(join(folder, 'kubernetes', file));
      const run = await callers.run(folder, { file: 'deliver.yml', event: 'push' });
      expect(story(run)).toEqual({
        'build/build': fine,
        'dev/deploy': fine,
        'staging/deploy': fine,
        'production/deploy': fine,
      });
      await runsEverywhere(job(run, 'build/build').outputs.image);
      expect(stages.map(replicas)).toEqual([1, 2, 3]);
    },
    3 * minutes,
  );
});

describe('several projects in one repository', () => {
  testWith('git')(
    'a push delivers those that it changed and leaves the others alone',
    async () => {
      const folder = monorepo();
      const before = commit(folder, 'Two integrations');
      const readme = join(folder, 'integrations/department-service/README.md');
      writeFileSync(readme, '# department-service\n');
      const after = commit(folder, 'Describe department-service');
      const run = await callers.run(folder, { file: 'deliver.yml', event: 'push', sha: after, payload: { before } });
      expect(story(run)).toMatchObject({
        changed: fine,
        'deliver[0]/build': fine,
        'deliver[0]/stage[2]/deploy': fine,
      });
      expect(job(run, 'changed').outputs.projects).toBe('["department-service"]');
      await runsEverywhere(job(run, 'deliver[0]/build').outputs.image, 'mi-department-service');
      expect(stages.map((stage) => callers.imageIn(stage, 'mi-employee-service'))).toEqual(['', '', '']);
    },
    3 * minutes,
  );

  testWith('git')(
    'all of them by hand or when the commit before is unknown, none when nothing of them has changed',
    async () => {
      const folder = monorepo();
      const first = commit(folder, 'Two integrations');
      writeFileSync(join(folder, 'README.md'), '# Integrations\n');
      const second = commit(folder, 'Say what this is');
      // Only what the first job says counts here: the stages are left out by taking the toolkit away.
      const asked = async (before?: string): Promise<[string | undefined, number]> => {
        const run = await callers.run(folder, {
          file: 'deliver.yml',
          event: before === undefined ? 'workflow_dispatch' : 'push',
          sha: second,
          payload: before === undefined ? {} : { before },
          repositories: {},
        });
        const started = run.jobs.filter(
          ({ path, conclusion }) => path.startsWith('deliver') && conclusion !== 'skipped',
        );
        return [job(run, 'changed').outputs.projects, started.length];
      };
      expect(await asked('0'.repeat(40))).toEqual(['["department-service","employee-service"]', 2]);
      expect(await asked()).toEqual(['["department-service","employee-service"]', 2]);
      expect(await asked('d'.repeat(40))).toEqual(['["department-service","employee-service"]', 2]);
      expect(await asked(first)).toEqual(['[]', 0]);
    },
    minutes,
  );
});

describe('by hand', () => {
  test(
    'a release is taken back: the image that was there before, in the environment that was chosen, nothing built',
    async () => {
      const folder = project('callers/kustomize');
      const old = await released(folder, 'a'.repeat(40));
      const recent = await released(folder, 'b'.repeat(40));
      expect(recent).not.toBe(old);
      const pushes = manifestsPushed(callers.lab);
      const rollback = callers.repository('rollback', { 'callers/rollback': '.' });
      const rollBackTo = (digest: string): ReturnType<Callers['run']> =>
        callers.run(rollback, {
          file: 'roll-back.yml',
          event: 'workflow_dispatch',
          inputs: { environment: 'dev', digest },
        });
      // What is no digest, or none that the registry has, is refused before anything changes.
      for (const [digest, code] of [
        ['latest', 'INPUT_INVALID'],
        [`sha256:${'0'.repeat(64)}`, 'DEPLOY_PREFLIGHT_FAILED'],
      ] as const) {
        expect(story(await rollBackTo(digest))['roll-back/deploy']).toContain(`[${code}]`);
        expect(callers.imageIn('dev')).toBe(recent);
      }
      const run = await rollBackTo(old.split('@')[1]!);
      expect(story(run)).toEqual({ 'roll-back/deploy': fine });
      expect(step(run, 'roll-back/deploy', 'verify').outputs.verdict).toBe('succeeded');
      expect(callers.imageIn('dev')).toBe(old);
      expect(await callers.answerOf('dev')).toBe(200);
      expect(manifestsPushed(callers.lab)).toBe(pushes);
    },
    3 * minutes,
  );

  test(
    'an API goes from dev to the one environment that was chosen',
    async () => {
      const folder = callers.repository('employee-api', {
        'employee-api': '.',
        'callers/manual-promotion/.github': '.github',
      });
      describeApiManagers(folder, callers.lab);
      await addExampleApi(callers.lab, 'dev');
      const run = await callers.run(folder, {
        file: 'promote.yml',
        event: 'workflow_dispatch',
        inputs: { api: 'EmployeeAPI:1.0.0', to: 'production' },
        vars: { APIM_CA_FILE: 'ca.pem' },
        secrets: promoterSecrets,
      });
      expect(story(run)).toEqual({ 'promote/plan': fine, 'promote/apply[0]': fine, 'promote/mark': 'skipped' });
      const answers = await Promise.all(stages.map((stage) => callers.gatewayAnswer(stage, '/employees/1.0.0/')));
      // Without a token: 401 where the API is deployed, 404 where it is not.
      expect(answers).toEqual([401, 404, 401]);
    },
    2 * minutes,
  );

  test(
    'all stages of an API: dev, staging, production',
    async () => {
      const folder = callers.repository('employee-api', {
        'employee-api': '.',
        'employee-api/.github': '.github',
      });
      describeApiManagers(folder, callers.lab);
      await addExampleApi(callers.lab, 'dev');
      const run = await callers.run(folder, {
        file: 'promote.yml',
        event: 'workflow_dispatch',
        vars: { APIM_CA_FILE: 'ca.pem' },
        secrets: promoterSecrets,
      });
      expect(story(run)).toEqual({
        'promote/targets': fine,
        'promote/target[0]/plan': fine,
        'promote/target[0]/apply[0]': fine,
        'promote/target[0]/mark': fine,
        'promote/target[1]/plan': fine,
        'promote/target[1]/apply[0]': fine,
        'promote/target[1]/mark': fine,
      });
      const answers = await Promise.all(stages.map((stage) => callers.gatewayAnswer(stage, '/employees/1.0.0/')));
      expect(answers).toEqual([401, 401, 401]);
    },
    2 * minutes,
  );
});

describe('API projects in the repository', () => {
  const apiRepository = (caller: string): string => {
    const folder = callers.repository('employee-api', {
      'employee-api': '.',
      [`callers/${caller}/.github`]: '.github',
    });
    describeApiManagers(folder, callers.lab);
    return folder;
  };
  const common = { vars: { APIM_CA_FILE: 'ca.pem' }, secrets: promoterSecrets };

  test(
    'a pull request shows in one comment what merging it would change, and nothing is changed',
    async () => {
      const github = await startGitHubApi({
        repository: 'acme/employee-service',
        tokens: { ghs_token: ['pull-requests: write'] },
      });
      const request = {
        file: 'plan.yml',
        event: 'pull_request',
        ref: 'refs/pull/5/merge',
        payload: { pull_request: { number: 5, head: { repo: { full_name: 'acme/employee-service' } } } },
        apiUrl: github.url,
        token: 'ghs_token',
        ...common,
      };
      const folder = apiRepository('api-plan');
      expect(story(await callers.run(folder, request))).toEqual({ plan: fine });
      expect(story(await callers.run(folder, request))).toEqual({ plan: fine });
      const fork = { pull_request: { number: 6, head: { repo: { full_name: 'stranger/employee-service' } } } };
      expect(story(await callers.run(folder, { ...request, payload: fork }))).toEqual({ plan: 'skipped' });
      await github.close();
      expect(github.comments.map(({ issue, body }) => [issue, body])).toEqual([
        [5, expect.stringContaining('EmployeeAPI:1.0.0')],
      ]);
      expect(callers.lab.apiManagers.staging.apis).toEqual([]);
    },
    2 * minutes,
  );

  test(
    'drift is red when the API is absent or edited in the publisher, green when it is as the repository says',
    async () => {
      const folder = apiRepository('api-drift');
      callers.repository('employee-api', { 'callers/manual-promotion/.github': '.github' });
      const drifted = async () => {
        const run = await callers.run(folder, { file: 'drift.yml', event: 'schedule', ...common });
        return [run.conclusion, job(run, 'drift/drift').outputs.verdict];
      };
      expect(await drifted()).toEqual(['failure', 'drifted']);
      await addExampleApi(callers.lab, 'dev');
      const inputs = { api: 'EmployeeAPI:1.0.0', to: 'staging' };
      await callers.run(folder, { file: 'promote.yml', event: 'workflow_dispatch', inputs, ...common });
      expect(await drifted()).toEqual([fine, 'in-sync']);
      edit(callers.lab.apiManagers.staging.apis[0]!, { visibility: 'PRIVATE' });
      expect(await drifted()).toEqual(['failure', 'drifted']);
    },
    3 * minutes,
  );

  test(
    'a promotion is taken back with the journal of its run',
    async () => {
      const folder = callers.repository('employee-api', {
        'employee-api': '.',
        'callers/manual-promotion/.github': '.github',
      });
      callers.repository('employee-api', { 'callers/api-rollback/.github': '.github' });
      describeApiManagers(folder, callers.lab);
      await addExampleApi(callers.lab, 'dev');
      const tempFolder = join(callers.temp, 'both-runs');
      const promoted = await callers.run(folder, {
        file: 'promote.yml',
        event: 'workflow_dispatch',
        inputs: { api: 'EmployeeAPI:1.0.0', to: 'staging' },
        tempFolder,
        ...common,
      });
      expect(promoted.conclusion).toBe(fine);
      expect(await callers.gatewayAnswer('staging', '/employees/1.0.0/')).toBe(401);
      const back = await callers.run(folder, {
        file: 'roll-back.yml',
        event: 'workflow_dispatch',
        inputs: { environment: 'staging', run: basename(promoted.artifacts) },
        tempFolder,
        ...common,
      });
      expect(story(back)).toEqual({ 'roll-back': fine });
      expect(await callers.gatewayAnswer('staging', '/employees/1.0.0/')).toBe(404);
      expect(callers.lab.apiManagers.staging.apis).toEqual([]);
    },
    2 * minutes,
  );
});

describe('somebody else deploys, and this only verifies', () => {
  test(
    'a rollout that holds is a green step, one that does not is explained and left as it is',
    async () => {
      const image = await released(project('callers/kustomize'), 'a'.repeat(40));
      const verifier = callers.repository('verifier', { 'callers/verify-only': '.' });
      const deployed = { environment: 'dev', workload: 'deployment/mi-employee-service' };
      const good = await callers.run(verifier, {
        file: 'verify.yml',
        event: 'repository_dispatch',
        payload: { action: 'deployed', client_payload: deployed },
      });
      expect(story(good)).toEqual({ verify: fine });
      const absent = image.replace(/@.*/, ':never-pushed');
      await setImage(callers.lab, 'dev', 'mi-employee-service', 'mi', absent);
      const bad = await callers.run(verifier, { file: 'verify.yml', event: 'workflow_dispatch', inputs: deployed });
      expect(bad.conclusion).toBe('failure');
      expect(job(bad, 'verify').steps.find(({ name }) => name.includes('verify-rollout'))?.outputs).toMatchObject({
        verdict: 'failed',
        cause: 'image-not-found',
      });
      expect(callers.imageIn('dev')).toBe(absent);
    },
    3 * minutes,
  );
});

/** Builds the project and brings it to dev alone. */
async function released(folder: string, sha: string): Promise<string> {
  addDevOnlyWorkflow(folder);
  const run = await callers.run(folder, { file: 'dev.yml', event: 'push', sha });
  expect(story(run)).toMatchObject({ 'deliver/build': fine, 'deliver/stage[0]/deploy': fine });
  return job(run, 'deliver/build').outputs.image!;
}

function replicas(stage: Stage): number | undefined {
  const [deployment] = callers.lab.kubernetes.objects('Deployment', stage) as unknown as readonly {
    spec: { replicas: number };
  }[];
  return deployment?.spec.replicas;
}

/** integrations/employee-service, and the same as integrations/department-service. */
function monorepo(): string {
  const folder = callers.repository('integrations', {
    'callers/monorepo': '.',
    'employee-service': 'integrations/employee-service',
  });
  callers.repository('integrations', { 'employee-service': 'integrations/department-service' });
  for (const name of ['employee-service', 'department-service']) {
    const own = join(folder, 'integrations', name);
    buildQuickly(own, callers.lab);
    for (const file of ['deployment.yaml', 'service.yaml']) {
      const path = join(own, 'kubernetes', file);
      writeFileSync(path, readFileSync(path, 'utf8').replaceAll('mi-employee-service', `mi-${name}`));
    }
  }
  return folder;
}

/** Commits everything and yields the commit. */
function commit(folder: string, message: string): string {
  const git = (...args: string[]): string => {
    const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'commit.gpgsign=false'];
    const { status, stdout, stderr } = spawnSync('git', ['-C', folder, ...who, ...args], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout.trim();
  };
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all', '--force');
  git('commit', '--quiet', '-m', message);
  return git('rev-parse', 'HEAD');
}

/** A program that writes down each call and fails, in a folder for the PATH. */
function trap(name: string): { readonly folder: string; readonly calls: () => string[] } {
  const folder = join(callers.temp, `trap-${name}`);
  const record = join(folder, 'calls');
  mkdirSync(folder);
  writeFileSync(join(folder, name), `#!/bin/sh\necho "$*" >> ${record}\nexit 97\n`);
  chmodSync(join(folder, name), 0o755);
  return { folder, calls: () => (existsSync(record) ? readFileSync(record, 'utf8').trim().split('\n') : []) };
}
