/**
 * Bad input and faults, through the committed bundles: one clear error with a remedy, exit code 1, nothing half-done left
 * behind, no secret shown.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join, resolve } from 'node:path';
import { installApictl } from '@wso2-delivery/lab/apictl/install';
import { startLab, type Lab } from '@wso2-delivery/lab/lab';
import { formatYaml } from '@wso2-delivery/shared/formats/yaml';
import { writeZip } from '@wso2-delivery/shared/formats/zip';
import { copyBundles, type BundleRun, type Bundles } from '../support/bundle.ts';
import { findTool, testWith } from '../support/tools.ts';

const examples = resolve(import.meta.dirname, '../../examples');
const password = 'Hq7-never-shown-anywhere';
const car = 'prebuilt/employee-service_1.0.0.car';

let bundles: Bundles;
let lab: Lab;
beforeAll(async () => {
  bundles = copyBundles();
  lab = await startLab({ apimUsers: { promoter: password } });
});
afterAll(async () => {
  await lab.close();
  bundles.dispose();
});

/** What holds of every failure. */
function expectClearFailure(run: BundleRun, code: string | RegExp): void {
  expect(run.errors.filter((error) => error.includes('['))).not.toEqual([]);
  expect(run.errors.join('\n')).toMatch(typeof code === 'string' ? new RegExp(`\\[${code}\\]`) : code);
  expect(run.exitCode).toBe(1);
  expect(run.left).toEqual([]);
  expect(run.summary).toContain('❌');
  expect(run.report).toMatchObject({ failure: { remedy: expect.stringMatching(/.{10,}/) } });
  for (const text of [run.log, run.summary, JSON.stringify(run.report), JSON.stringify(run.outputs)]) {
    const unmasked = text.replace(/^::add-mask::.*$/gm, '');
    expect(unmasked).not.toContain(password);
    expect(unmasked).not.toContain(lab.kubernetes.token);
  }
}

describe('build-mi', () => {
  const image = () => `${lab.registry.host}/faults/mi`;
  const build = (inputs: Record<string, string>, more: object = {}) =>
    bundles.run('build-mi', {
      from: join(examples, 'employee-service'),
      inputs: {
        image: image(),
        'base-image': lab.baseImage,
        'registry-password': password,
        'registry-username': 'robot',
        ...inputs,
      },
      ...more,
    });

  test.each([
    ['a folder without a pom', { project: 'src' }, {}, 'MAVEN_PROJECT_MISSING'],
    ['a folder that does not exist', { project: 'nowhere' }, {}, 'INPUT_INVALID'],
    ['a CAR that does not exist', { cars: 'none.car' }, {}, /none\.car/],
    ['a CAR that is not a zip', { cars: 'bad.car' }, { files: { 'bad.car': 'this is no zip' } }, 'CAR_MALFORMED'],
    ['an empty CAR', { cars: 'empty.car' }, { files: { 'empty.car': '' } }, 'CAR_MALFORMED'],
    ['a duration that is none', { cars: car, timeout: 'soon' }, {}, 'INPUT_INVALID'],
    [
      'an image name with capitals',
      { cars: car, image: 'registry.example.com/Team/mi' },
      {},
      'IMAGE_REFERENCE_INVALID',
    ],
  ])('%s', async (_, inputs, more, code) => {
    expectClearFailure(await build(inputs, more), code);
  });

  test.each([
    [
      'a base image that does not exist',
      () => ({ 'base-image': `${lab.registry.host}/wso2/wso2mi:9.9.9` }),
      'REGISTRY_NOT_FOUND',
    ],
    ['a registry that refuses connections', () => ({ image: '127.0.0.1:1/faults/mi' }), /127\.0\.0\.1:1/],
  ])(
    '%s',
    async (_, inputs, code) => {
      expectClearFailure(await build({ cars: car, ...inputs() }), code);
    },
    90_000,
  );

  testWith('mvn')('a failing build: a pom that Maven cannot read', async () => {
    const run = await build({ project: 'broken' }, { files: { 'broken/pom.xml': '<project><modelVersion>4.0.0' } });
    expectClearFailure(run, 'MAVEN_POM_MALFORMED');
  });

  test('an output that holds a secret is not set, and this is said', async () => {
    const run = await build({ cars: car, 'registry-password': 'employee-service' });
    expect(run.exitCode).toBe(0);
    expect(run.outputs['carbon-applications']).toBeUndefined();
    expect(run.log).toContain("Output 'carbon-applications' was not set: it holds a secret.");
  });

  test('what is right goes through, so that the failures above are theirs', async () => {
    const run = await build({ cars: car });
    expect([run.exitCode, run.errors, run.left]).toEqual([0, [], []]);
    expect(run.outputs.image).toMatch(/\/faults\/mi@sha256:[0-9a-f]{64}$/);
    expect(run.log.replace(/^::add-mask::.*$/gm, '')).not.toContain(password);
  });
});

describe('deploy-k8s', () => {
  const deploy = (inputs: Record<string, string>, files: Record<string, string> = {}) =>
    bundles.run('deploy-k8s', { inputs: { namespace: 'dev', preflight: 'off', ...inputs }, files });
  const kubeconfig = (options = {}) => lab.kubernetes.kubeconfig({ namespace: 'dev', ...options });
  const deployment = formatYaml({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'faulty' },
    spec: {
      replicas: 0,
      selector: { matchLabels: { app: 'faulty' } },
      template: {
        metadata: { labels: { app: 'faulty' } },
        spec: { containers: [{ name: 'mi', image: 'registry.example.com/mi:1' }] },
      },
    },
  });
  const withKubectl = testWith('kubectl');

  withKubectl('a kubeconfig that does not exist', async () => {
    expectClearFailure(
      await deploy({ kubeconfig: 'no/such/file', workload: 'deployment/x', images: 'a=b' }),
      'KUBECONFIG_MISSING',
    );
  });

  withKubectl('a kubeconfig that is none', async () => {
    expectClearFailure(
      await deploy({ kubeconfig: 'apiVersion: v1\nkind: Pod\n', workload: 'deployment/x', images: 'a=b' }),
      /KUBECONFIG_/,
    );
  });

  withKubectl('a token without rights: the error names verb and resource', async () => {
    const token = lab.kubernetes.addToken({ user: 'reader', deny: [{ verbs: ['*'], resources: ['deployments'] }] });
    const run = await deploy({
      kubeconfig: kubeconfig({ token }),
      workload: 'deployment/faulty',
      images: 'mi=r.example.com/mi:2',
    });
    expectClearFailure(run, 'KUBERNETES_FORBIDDEN');
    expect(run.errors.join()).toMatch(/get.*deployments/);
    expect(run.log.replace(/^::add-mask::.*$/gm, '')).not.toContain(token);
  });

  withKubectl('a server that is not there', async () => {
    const dead = kubeconfig().replace(lab.kubernetes.url, 'https://127.0.0.1:1');
    expectClearFailure(
      await deploy({ kubeconfig: dead, workload: 'deployment/x', images: 'a=b' }),
      'KUBERNETES_UNREACHABLE',
    );
  });

  withKubectl('a workload that does not exist: the error lists what exists', async () => {
    await deploy({ kubeconfig: kubeconfig(), manifests: 'faulty.yaml' }, { 'faulty.yaml': deployment });
    const run = await deploy({
      kubeconfig: kubeconfig(),
      workload: 'deployment/fualty',
      images: 'mi=r.example.com/mi:2',
    });
    expectClearFailure(run, 'WORKLOAD_NOT_FOUND');
    expect(run.errors.join()).toContain('faulty');
  });

  withKubectl('a container that does not exist: the error lists what exists', async () => {
    const run = await deploy({
      kubeconfig: kubeconfig(),
      workload: 'deployment/faulty',
      images: 'web=r.example.com/mi:2',
    });
    expectClearFailure(run, /\[[A-Z_]+\]/);
    expect(run.errors.join()).toMatch(/web.*\bmi\b/);
  });

  withKubectl('an image that does not exist is found before anything changes', async () => {
    const before = JSON.stringify(lab.kubernetes.objects('Deployment', 'dev'));
    const run = await deploy({
      kubeconfig: kubeconfig(),
      workload: 'deployment/faulty',
      images: `mi=${lab.registry.host}/no/such:1`,
      preflight: 'error',
    });
    expectClearFailure(run, 'DEPLOY_PREFLIGHT_FAILED');
    expect(JSON.stringify(lab.kubernetes.objects('Deployment', 'dev'))).toBe(before);
  });

  withKubectl('a manifest that is not YAML', async () => {
    const run = await deploy(
      { kubeconfig: kubeconfig(), manifests: 'bad.yaml' },
      { 'bad.yaml': 'kind: [Deployment\n' },
    );
    expectClearFailure(run, 'MANIFEST_INVALID');
  });
});

describe('promote-api', () => {
  let folder: string;
  const environments = () =>
    formatYaml({
      environments: (['dev', 'staging'] as const).map((name) => ({
        name,
        apim: lab.apiManagers[name].url,
        gateways: lab.apiManagers[name].gateways,
      })),
    });
  const files = () => ({
    'environments.yaml': environments(),
    'ca.pem': lab.apiManagers.dev.ca + lab.apiManagers.staging.ca,
    'api_params.yaml': readFileSync(join(examples, 'employee-api/api_params.yaml'), 'utf8'),
  });
  const promote = (
    inputs: Record<string, string>,
    more: {
      files?: Record<string, string>;
      onLog?: (log: string, kill: (signal: NodeJS.Signals) => void) => void;
    } = {},
  ) =>
    bundles.run('promote-api', {
      inputs: {
        apis: 'EmployeeAPI:1.0.0',
        environments: 'environments.yaml',
        'ca-file': 'ca.pem',
        from: 'dev',
        to: 'staging',
        'from-username': 'promoter',
        'from-password': password,
        'to-username': 'promoter',
        'to-password': password,
        'apictl-path': join(folder, 'apictl'),
        ...inputs,
      },
      files: { ...files(), ...more.files },
      ...(more.onLog === undefined ? {} : { onLog: more.onLog }),
    });
  /** A program in the place of apictl. */
  const impostor = (script: string): string => {
    const path = join(folder, `impostor-${Math.random().toString(36).slice(2)}`);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  };

  beforeAll(async () => {
    folder = join(bundles.folder, 'bin');
    await installApictl(folder);
    const archive = join(bundles.folder, 'seed.zip');
    const project = join(examples, 'employee-api/EmployeeAPI-1.0.0');
    await writeZip(archive, [
      { name: 'EmployeeAPI-1.0.0/api.yaml', data: readFileSync(join(project, 'api.yaml')) },
      {
        name: 'EmployeeAPI-1.0.0/Definitions/swagger.yaml',
        data: readFileSync(join(project, 'Definitions/swagger.yaml')),
      },
    ]);
    await lab.apiManagers.dev.add(readFileSync(archive));
  });
  afterEach(() => {
    for (const manager of Object.values(lab.apiManagers)) manager.clearFaults();
  });

  test.each([
    ['a target that environments.yaml does not have', { to: 'stagign' }, {}, /staging/],
    ['a file of environments that does not exist', { environments: 'none.yaml' }, {}, 'INPUT_INVALID'],
    ['params that are not YAML', { params: 'p.yaml' }, { 'p.yaml': 'environments: [\n' }, /PARAMS_/],
    ['params in no known shape', { params: 'p.yaml' }, { 'p.yaml': 'openapi: 3.0.0\npaths: {}\n' }, /PARAMS_/],
    [
      'params without the environment',
      { params: 'p.yaml' },
      {
        'p.yaml':
          'environments:\n  - name: production\n    endpoints:\n      production:\n        url: https://x.example.com\n',
      },
      /PARAMS_/,
    ],
    ['no credentials', { 'to-username': '', 'to-password': '' }, {}, /to-(username|password|token)/],
    ['an apictl that is not there', { 'apictl-path': '/no/such/apictl' }, {}, 'APICTL_UNAVAILABLE'],
  ])('%s', async (_, inputs, more, code) => {
    expectClearFailure(await promote(inputs, { files: more }), code);
  });

  test('a wrong password', async () => {
    expectClearFailure(await promote({ 'to-password': 'wrong-password-entirely' }), /APIM_|APICTL_/);
  });

  test('an API that does not exist', async () => {
    expectClearFailure(await promote({ apis: 'NoSuchAPI:1.0.0' }), /API_NOT_FOUND/);
  });

  test('an apictl that says nothing and exits 0', async () => {
    expectClearFailure(await promote({ 'apictl-path': impostor('exit 0') }), /APICTL_/);
  });

  test('an apictl that hangs is ended at its deadline', async () => {
    const run = await promote({ 'apictl-path': impostor('exec sleep 600'), 'request-timeout': '2s' });
    expectClearFailure(run, /TOOL_TIMEOUT|APICTL_/);
  }, 90_000);

  test('what is right goes through, so that the failures above are theirs', async () => {
    const run = await promote({ params: 'api_params.yaml' });
    expect([run.exitCode, run.errors, run.left]).toEqual([0, [], []]);
    expect(lab.apiManagers.staging.apis.map(({ name }) => name)).toEqual(['EmployeeAPI']);
    for (const text of [run.log.replace(/^::add-mask::.*$/gm, ''), run.summary, JSON.stringify(run.report)]) {
      expect(text).not.toContain(password);
    }
  });
});

describe('cancel, at moments spread over a step', () => {
  const moments = [0, 100, 200, 400, 800];

  test.each(moments)(
    'promote-api, %d ms after its first line: private files are gone, the exit code is 1',
    async (ms) => {
      let sent = false;
      const run = await bundles.run('promote-api', {
        inputs: {
          apis: 'EmployeeAPI:1.0.0',
          environments: formatYaml({
            environments: (['dev', 'production'] as const).map((name) => ({
              name,
              apim: lab.apiManagers[name].url,
              gateways: lab.apiManagers[name].gateways,
            })),
          }),
          'ca-file': 'ca.pem',
          from: 'dev',
          to: 'production',
          'from-username': 'promoter',
          'from-password': password,
          'to-username': 'promoter',
          'to-password': password,
          'apictl-path': join(bundles.folder, 'bin/apictl'),
        },
        files: { 'ca.pem': lab.apiManagers.dev.ca + lab.apiManagers.production.ca },
        onLog: (_, kill) => {
          if (sent) return;
          sent = true;
          setTimeout(() => kill(ms % 200 === 0 ? 'SIGINT' : 'SIGTERM'), ms);
        },
      });
      expect(run.left).toEqual([]);
      if (run.exitCode === 0) expect(run.errors).toEqual([]);
      else expectClearFailure(run, /CANCELLED/);
    },
  );

  testWith('mvn')('build-mi in the middle of Maven: Maven and its children are ended too', async () => {
    const run = await bundles.run('build-mi', {
      from: join(examples, 'employee-service'),
      inputs: { image: `${lab.registry.host}/faults/cancelled`, 'base-image': lab.baseImage },
      onLog: (log, kill) => {
        if (log.includes('Scanning for projects')) kill('SIGTERM');
      },
    });
    expectClearFailure(run, 'CANCELLED');
    expect(lab.registry.requests.filter(({ url }) => url.includes('faults/cancelled'))).toEqual([]);
  });

  testWith('kubectl')('verify-rollout while it watches: kubectl proxy is ended', async () => {
    await post(lab, '/apis/apps/v1/namespaces/dev/deployments', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'waiting' },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: 'waiting' } },
        template: {
          metadata: { labels: { app: 'waiting' } },
          spec: { containers: [{ name: 'mi', image: `${lab.registry.host}/no/such:1` }] },
        },
      },
    });
    let sent = false;
    const run = await bundles.run('verify-rollout', {
      inputs: {
        kubeconfig: lab.kubernetes.kubeconfig({ namespace: 'dev' }),
        workloads: 'deployment/waiting',
        'carbon-applications': 'off',
        grace: '10m',
      },
      onLog: (log, kill) => {
        if (sent || !log.includes('waiting')) return;
        sent = true;
        setTimeout(() => kill('SIGINT'), 500);
      },
    });
    expectClearFailure(run, 'CANCELLED');
    expect(findTool('kubectl')).toBeDefined();
  });
});

function post(to: Lab, path: string, body: object): Promise<void> {
  return new Promise((done, reject) => {
    const sent = request(
      new URL(path, to.kubernetes.url),
      {
        method: 'POST',
        ca: to.kubernetes.ca,
        headers: { authorization: `Bearer ${to.kubernetes.token}`, 'content-type': 'application/json' },
      },
      (answer) => {
        answer.resume();
        answer.on('end', () => (answer.statusCode === 201 ? done() : reject(new Error(String(answer.statusCode)))));
      },
    );
    sent.on('error', reject);
    sent.end(JSON.stringify(body));
  });
}
