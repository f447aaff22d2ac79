import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installApictl } from '@wso2-delivery/lab/apictl/install';
import { startApiManager, type ApiManager, type ApiManagerOptions } from '@wso2-delivery/lab/apim/api-manager';
import { readProjectFolder, writeArchive } from '@wso2-delivery/shared/apim/archive';
import { formatYaml } from '@wso2-delivery/shared/formats/yaml';
import { readInputs } from '@wso2-delivery/shared/run/inputs';
import type { Outcome } from '@wso2-delivery/shared/run/run';
import { action } from '../../../../actions/promote-api/src/action.ts';
import { main } from '../../../../actions/promote-api/src/main.ts';
import { testPorts, type TestPorts } from '../../../support/ports.ts';

const example = join(import.meta.dirname, '../../../../examples/employee-api');

/** Two API Managers, the example API in the first, a workspace with the example's files, and an apictl. */
export interface LabPromotion {
  readonly dev: ApiManager;
  readonly staging: ApiManager;
  readonly workspace: string;
  /** Path of the usual apictl. */
  readonly apictl: string;
  readonly ports: TestPorts;
  /** Runs the action with the usual inputs and these; `undefined` takes one away. */
  run(inputs?: Readonly<Record<string, string | undefined>>, ports?: TestPorts): Promise<Outcome<typeof action>>;
  /** Changes a field of the API at its source, so that there is something to promote. */
  changeSource(description?: string): void;
  /** What is left of private folders. */
  leftovers(): string[];
  close(): Promise<void>;
}

export interface LabPromotionOptions {
  readonly staging?: Partial<ApiManagerOptions>;
  readonly variables?: Readonly<Record<string, string>>;
  /** An apictl of another kind, in place of the stand-in. REAL_APICTL in the environment does the same for all tests. */
  readonly apictl?: string;
}

export async function startLabPromotion(options: LabPromotionOptions = {}): Promise<LabPromotion> {
  const dev = await startApiManager({
    name: 'dev',
    users: { admin: 'dev-secret-pw' },
    personalTokens: { 'dev-pat': 'admin' },
  });
  const staging = await startApiManager({ name: 'staging', users: { admin: 'staging-secret-pw' }, ...options.staging });
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'promotion-')));
  const workspace = join(base, 'workspace');
  cpSync(example, workspace, { recursive: true });
  const bin = join(base, 'bin');
  const program = options.apictl ?? process.env.REAL_APICTL ?? (await installApictl(bin));
  writeFileSync(join(workspace, 'ca.pem'), dev.ca + staging.ca);
  writeFileSync(join(workspace, 'lab.yaml'), environments(dev, staging));
  const archive = join(base, 'employee.zip');
  await writeArchive(archive, readProjectFolder(join(example, 'EmployeeAPI-1.0.0'), 'the example'));
  await dev.add(readFileSync(archive));
  const variables = { PATH: `${bin}:${process.env.PATH ?? ''}`, HOME: base, ...options.variables };
  const ports = testPorts({ workspace, variables });
  const usual: Record<string, string> = {
    apis: 'EmployeeAPI:1.0.0',
    from: 'dev',
    to: 'staging',
    environments: 'lab.yaml',
    'from-username': 'admin',
    'from-password': 'dev-secret-pw',
    'to-username': 'admin',
    'to-password': 'staging-secret-pw',
    'ca-file': 'ca.pem',
    'request-timeout': '5s',
    verify: '2s',
    'apictl-path': program,
  };
  return {
    dev,
    staging,
    workspace,
    apictl: program,
    ports,
    run: (inputs = {}, other = ports) => {
      const given = Object.entries({ ...usual, ...inputs }).filter(
        (pair): pair is [string, string] => pair[1] !== undefined,
      );
      const step = Object.fromEntries(given.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
      for (const [name, value] of given) if (/password|token/.test(name)) other.secrets.register(value);
      return main(readInputs(action, step, workspace), other);
    },
    changeSource: (description = 'something else') => {
      const api = dev.apis[0]!;
      const changed = { ...api.working, api: { ...api.working.api, description } };
      api.working = changed;
      const last = api.revisions.pop()!;
      api.revisions.push({ ...last, snapshot: changed });
    },
    leftovers: () => readdirSync(base).filter((name) => !['workspace', 'bin', 'employee.zip'].includes(name)),
    close: async () => {
      ports.dispose();
      await Promise.all([dev.close(), staging.close()]);
      rmSync(base, { recursive: true, force: true });
    },
  };
}

function environments(dev: ApiManager, staging: ApiManager): string {
  return formatYaml({
    environments: [
      { name: 'dev', apim: dev.url, gateways: dev.gateways },
      { name: 'staging', apim: staging.url, gateways: staging.gateways },
    ],
  });
}
