/** A team that uses this toolkit: its repositories, its secrets and environments, and the lab that they lead to. */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { apimUser, createAdminSecret } from '@wso2-delivery/lab/example-team';
import { stages, startLab, type Lab, type Stage } from '@wso2-delivery/lab/lab';
import { standInForMissingTools } from '@wso2-delivery/lab/missing-tools';
import type { EnvironmentSettings, RunOptions } from '@wso2-delivery/lab/runner/options';
import type { JobResult, RunEvent, StepResult, WorkflowResult } from '@wso2-delivery/lab/runner/result';
import { runWorkflow } from '@wso2-delivery/lab/runner/run-workflow';
import { formatYaml } from '@wso2-delivery/shared/formats/yaml';
import { writeZip } from '@wso2-delivery/shared/formats/zip';
import { api } from './lab-kubernetes.ts';
import { copyLibrary } from './library-copy.ts';

const root = resolve(import.meta.dirname, '../..');
const examples = join(root, 'examples');

interface Deployment {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly { image: string }[] } } };
}

export interface RunRequest extends Partial<RunOptions> {
  readonly file: string;
  readonly event: string;
}

export interface CallerRun extends WorkflowResult {
  readonly events: readonly RunEvent[];
}

/** One lab with the team's repositories. */
export interface Callers {
  readonly lab: Lab;
  readonly temp: string;
  /** The toolkit as it is downloaded. */
  readonly library: string;
  /** The PATH of all steps. */
  readonly path: string;
  /** One for each stage, and STAGE-plan for what is planned there. */
  readonly environments: Readonly<Record<Stage | `${Stage}-plan`, EnvironmentSettings>>;
  /** A new repository with these folders and files of examples/ (from → to), and the image base of the lab. */
  repository(name: string, content: Readonly<Record<string, string>>): string;
  run(folder: string, request: RunRequest): Promise<CallerRun>;
  /** The image of a deployment in a stage, '' when there is none. */
  imageIn(stage: Stage, deployment?: string): string;
  /** What the deployment's service answers to a GET from outside the cluster. */
  answerOf(stage: Stage, path?: string, service?: string): Promise<number>;
  /** What the API gateway of a stage answers to a call without a token. */
  gatewayAnswer(stage: Stage, path: string): Promise<number>;
  /** True when the registry has the image, repository@digest. */
  inRegistry(image: string): Promise<boolean>;
  /** Puts the secret of the service's management user into a namespace, or takes it away. */
  adminSecret(stage: Stage, service: string, there: boolean): Promise<void>;
  close(): Promise<void>;
}

/** Starts the lab and sets the scene: every stage has the secrets of these services. */
export async function startCallers(services: readonly string[] = ['mi-employee-service']): Promise<Callers> {
  const lab = await startLab({ apimUsers: { [apimUser.name]: apimUser.password } });
  lab.kubernetes.addNode({ name: 'lab-node-2' });
  const temp = realpathSync(mkdtempSync(join(tmpdir(), 'callers-')));
  const library = copyLibrary(join(temp, 'wso2-delivery'));
  const { path } = await standInForMissingTools(join(temp, 'bin'), process.env.PATH ?? '');
  const environments = Object.fromEntries(
    stages.flatMap((stage) => [
      [stage, environmentOf(lab, stage)],
      [`${stage}-plan`, { secrets: { APIM_USERNAME: apimUser.name, APIM_PASSWORD: apimUser.password } }],
    ]),
  ) as unknown as Callers['environments'];
  let runs = 0;

  const adminSecret = async (stage: Stage, service: string, there: boolean): Promise<void> => {
    if (there) return createAdminSecret(lab, stage, service);
    const secret = `/api/v1/namespaces/${stage}/secrets/${service}-admin`;
    const { status } = await api(lab.kubernetes, 'DELETE', secret);
    if (status >= 300) throw new Error(`${secret}: ${status}`);
  };
  for (const service of services) for (const stage of stages) await adminSecret(stage, service, true);

  return {
    lab,
    temp,
    library,
    path,
    environments,
    adminSecret,
    repository(name, content) {
      const folder = join(temp, name);
      for (const [from, to] of Object.entries(content)) {
        mkdirSync(dirname(join(folder, to)), { recursive: true });
        const source = join(examples, from);
        const leftOut = ['target', 'prebuilt'].map((part) => join(source, part));
        cpSync(source, join(folder, to), { recursive: true, filter: (file) => !leftOut.includes(file) });
      }
      return folder;
    },
    async run(folder, { file, ...request }) {
      const events: RunEvent[] = [];
      runs += 1;
      const result = await runWorkflow({
        file: `.github/workflows/${file}`,
        workspace: folder,
        repository: 'acme/employee-service',
        repositories: { 'OWNER/wso2-delivery@v1': library },
        vars: { REGISTRY: lab.registry.host },
        ...(request.previous === undefined ? { sha: String(runs).padStart(40, 'c') } : {}),
        env: { PATH: path },
        environments,
        // The quick projects need no JDK, and a machine may have none.
        actionStandIns: { 'actions/setup-java': () => undefined },
        tempFolder: join(temp, `run-${runs}`),
        grace: { interruptMs: 2000, terminateMs: 500 },
        ...request,
        onEvent: (event) => {
          events.push(event);
          request.onEvent?.(event);
        },
      });
      return { ...result, events };
    },
    imageIn(stage, deployment = 'mi-employee-service') {
      const found = lab.kubernetes.objects('Deployment', stage) as unknown as readonly Deployment[];
      const own = found.find(({ metadata }) => metadata.name === deployment);
      return own?.spec.template.spec.containers[0]?.image ?? '';
    },
    async answerOf(stage, path = '/employees', service = 'mi-employee-service') {
      const answer = await fetch(`${lab.ingress.url}/${stage}/${service}${path}`);
      await answer.arrayBuffer();
      return answer.status;
    },
    gatewayAnswer(stage, path) {
      const { gateways, ca } = lab.apiManagers[stage];
      return new Promise((resolve, reject) => {
        const sent = request(`${gateways.Default ?? ''}${path}`, { ca, agent: false }, (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        });
        sent.on('error', reject);
        sent.end();
      });
    },
    async inRegistry(image) {
      const [, repository, digest] = /^[^/]+\/(.+)@(sha256:[0-9a-f]{64})$/.exec(image) ?? [];
      if (repository === undefined || digest === undefined) return false;
      const { status } = await fetch(`${lab.registry.url}/v2/${repository}/manifests/${digest}`, { method: 'HEAD' });
      return status === 200;
    },
    async close() {
      await lab.close();
      rmSync(temp, { recursive: true, force: true });
    },
  };
}

function environmentOf(lab: Lab, stage: Stage): EnvironmentSettings {
  return {
    secrets: {
      KUBECONFIG: lab.kubernetes.kubeconfig({ namespace: stage }),
      APIM_USERNAME: apimUser.name,
      APIM_PASSWORD: apimUser.password,
    },
    vars: { BASE_URL: `${lab.ingress.url}/${stage}/mi-employee-service` },
  };
}

/**
 * Lets a project build at once: its mvnw hands over the carbon application that Maven made of the same sources
 * (prebuilt/PROVENANCE.md of the example), and its Dockerfile builds on the lab's Micro Integrator.
 */
export function buildQuickly(project: string, lab: Lab): void {
  const car = join(examples, 'employee-service/prebuilt/employee-service_1.0.0.car');
  cpSync(car, join(project, 'prebuilt.car'));
  writeFileSync(
    join(project, 'mvnw'),
    '#!/bin/sh\nmkdir -p target && cat prebuilt.car > target/employee-service_1.0.0.car && echo "[INFO] BUILD SUCCESS"\n',
  );
  buildOnTheLabsBase(project, lab);
}

export function buildOnTheLabsBase(project: string, lab: Lab): void {
  const dockerfile = join(project, 'Dockerfile');
  writeFileSync(dockerfile, readFileSync(dockerfile, 'utf8').replace(/^FROM .*$/m, `FROM ${lab.baseImage}`));
}

/** The secrets of a repository from which APIs are promoted. */
export const promoterSecrets = { DEV_APIM_USERNAME: apimUser.name, DEV_APIM_PASSWORD: apimUser.password };

/** Puts the API project of the examples into the API Manager of a stage. */
export async function addExampleApi(lab: Lab, stage: Stage): Promise<void> {
  const folder = join(examples, 'employee-api/EmployeeAPI-1.0.0');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const archive = join(mkdtempSync(join(tmpdir(), 'api-')), 'api.zip');
  await writeZip(
    archive,
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return { name: `EmployeeAPI-1.0.0/${relative(folder, path)}`, data: readFileSync(path) };
    }),
  );
  await lab.apiManagers[stage].add(readFileSync(archive));
  rmSync(dirname(archive), { recursive: true });
}

/** Changes an image as somebody else would. */
export async function setImage(lab: Lab, stage: Stage, name: string, container: string, image: string): Promise<void> {
  const { status, text } = await api(
    lab.kubernetes,
    'PATCH',
    `/apis/apps/v1/namespaces/${stage}/deployments/${name}`,
    { spec: { template: { spec: { containers: [{ name: container, image }] } } } },
    { 'content-type': 'application/strategic-merge-patch+json' },
  );
  if (status !== 200) throw new Error(text);
}

/** How often a manifest was pushed to the lab's registry: once for each tag of each image. */
export function manifestsPushed({ registry }: Lab): number {
  return registry.requests.filter(({ method, url }) => method === 'PUT' && url.includes('/manifests/')).length;
}

/** Gives a project a workflow dev.yml that stops after dev. */
export function addDevOnlyWorkflow(folder: string): void {
  const file = '.github/workflows/deliver.yml';
  const text = readFileSync(join(examples, 'callers/self-hosted-runner', file), 'utf8');
  const target = join(folder, '.github/workflows/dev.yml');
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text.replace(/^( +)manifests: .*$/m, '$&\n$1environments: dev'));
}

/** Writes the files of a repository that say where the lab's API Managers are. */
export function describeApiManagers(folder: string, lab: Lab, file = 'environments.yaml'): void {
  const environments = stages.map((name) => {
    const { url, gateways } = lab.apiManagers[name];
    return { name, apim: url, gateways };
  });
  writeFileSync(join(folder, file), formatYaml({ environments }));
  writeFileSync(join(folder, 'ca.pem'), stages.map((stage) => lab.apiManagers[stage].ca).join('\n'));
}

export function job(result: WorkflowResult, path: string): JobResult {
  const found = result.jobs.find((one) => one.path === path);
  if (found === undefined) throw new Error(`no job ${path} among ${result.jobs.map((one) => one.path).join(', ')}`);
  return found;
}

export function step(result: WorkflowResult, path: string, id: string): StepResult {
  const found = job(result, path).steps.find((one) => one.id === id && one.stage === 'main');
  if (found === undefined) throw new Error(`no step ${id} in ${path}`);
  return found;
}

/** The conclusions of all jobs with steps, and the errors, for an assertion that shows why it failed. */
export function story(result: WorkflowResult): Readonly<Record<string, string>> {
  return Object.fromEntries(
    result.jobs
      .filter(({ kind }) => kind === 'job')
      .map(({ path, conclusion, annotations }) => {
        const errors = annotations.filter(({ level }) => level === 'error').map(({ message }) => message);
        return [path, [conclusion, ...errors].join(': ')];
      }),
  );
}
