import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apimUser, createAdminSecret } from '@wso2-delivery/lab/example-team';
import type { Lab, Stage } from '@wso2-delivery/lab/lab';
import { stages } from '@wso2-delivery/lab/lab';
import { isOnPath } from '@wso2-delivery/lab/missing-tools';
import { runWorkflow } from '@wso2-delivery/lab/runner/run-workflow';
import type { EnvironmentSettings } from '@wso2-delivery/lab/runner/options';
import type { RunEvent, WorkflowResult } from '@wso2-delivery/lab/runner/result';
import { formatYaml } from '@wso2-delivery/shared/formats/yaml';

/** The integration team of the story: its repositories, secrets and environments. */
export interface Team {
  /** True when the project is built with Maven; otherwise build-mi packages it by itself. */
  readonly maven: boolean;
  /** Folders of the team's repositories, copies of the examples. */
  readonly service: string;
  readonly api: string;
  /** @param rejected the stage whose approval is refused */
  run(
    repository: 'service' | 'api',
    file: string,
    event: 'push' | 'workflow_dispatch',
    rejected?: Stage,
  ): Promise<WorkflowResult>;
}

export interface Surroundings {
  readonly root: string;
  readonly temp: string;
  readonly lab: Lab;
  readonly path: string;
  readonly onEvent: (event: RunEvent) => void;
}

/** Sets the scene: copies of the examples, a namespace with the service's secret for each stage, an API in dev. */
export async function prepareTeam({ root, temp, lab, path, onEvent }: Surroundings): Promise<Team> {
  const service = join(temp, 'employee-service');
  const api = join(temp, 'employee-api');
  cpSync(join(root, 'examples/employee-service'), service, {
    recursive: true,
    filter: (file) => !file.endsWith('/target'),
  });
  cpSync(join(root, 'examples/employee-api'), api, { recursive: true });
  describeApiManagers(api, lab);
  for (const stage of stages) await createAdminSecret(lab, stage, 'mi-employee-service');
  const maven = isOnPath('mvn', path);
  const folders = { service, api };
  const vars = {
    REGISTRY: lab.registry.host,
    BASE_IMAGE: lab.baseImage,
    BUILDER: maven ? 'maven' : 'native',
    // The lab's clock runs ten times as fast as a cluster's.
    STABLE_FOR: '3s',
    APIM_CA_FILE: 'ca.pem',
  };
  let runs = 0;
  return {
    maven,
    service,
    api,
    run: (repository, file, event, rejected) =>
      runWorkflow({
        file: `.github/workflows/${file}`,
        workspace: folders[repository],
        repository: `integration-team/employee-${repository}`,
        event,
        repositories: { 'OWNER/wso2-delivery@v1': root },
        vars,
        secrets: { DEV_APIM_USERNAME: apimUser.name, DEV_APIM_PASSWORD: apimUser.password },
        sha: commitOf(folders[repository]),
        environments: Object.fromEntries(
          stages.flatMap((stage) => [
            [stage, environment(lab, stage, stage !== rejected)],
            [`${stage}-plan`, planEnvironment],
          ]),
        ),
        env: { PATH: path },
        tempFolder: join(temp, `run-${(runs += 1)}`),
        onEvent,
      }),
  };
}

/** Where plans are made: nobody has to approve, and the user need not be one who may write. */
const planEnvironment: EnvironmentSettings = {
  secrets: { APIM_USERNAME: apimUser.name, APIM_PASSWORD: apimUser.password },
};

function environment(lab: Lab, stage: Stage, approved: boolean): EnvironmentSettings {
  return {
    secrets: {
      KUBECONFIG: lab.kubernetes.kubeconfig({ namespace: stage }),
      APIM_USERNAME: apimUser.name,
      APIM_PASSWORD: apimUser.password,
    },
    vars: { BASE_URL: `${lab.ingress.url}/${stage}/mi-employee-service` },
    approve: () => Promise.resolve(approved),
  };
}

function describeApiManagers(folder: string, lab: Lab): void {
  const environments = stages.map((name) => {
    const { url, gateways } = lab.apiManagers[name];
    return { name, apim: url, gateways };
  });
  writeFileSync(join(folder, 'environments.yaml'), formatYaml({ environments }));
  writeFileSync(join(folder, 'ca.pem'), stages.map((stage) => lab.apiManagers[stage].ca).join('\n'));
}

/** The copies are no git repositories (the machine may have no git): a name for their content, in a commit's form. */
function commitOf(folder: string): string {
  const hash = createHash('sha1');
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) hash.update(readFileSync(join(entry.parentPath, entry.name)));
  }
  return hash.digest('hex');
}
