/**
 * The same sources give the same digest: on two machines, that is, in two processes that share nothing but the sources
 * and differ in folder, time zone, language, umask, order and times of the files and folders, number of workers and day,
 * and, where the machine lets a test do it, in user, host name and number of processors.
 */
import { execFile, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { seedMicroIntegratorBase } from '@wso2-delivery/lab/registry/micro-integrator-base';
import { type LabRegistry, startRegistry } from '@wso2-delivery/lab/registry/registry';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const action = join(root, 'actions/build-mi/src/index.ts');

let folder: string;
let registry: LabRegistry;
beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'reproducible-')));
  registry = await startRegistry();
  await seedMicroIntegratorBase(registry, { repository: 'wso2/wso2mi', tag: '4.4.0' });
});
afterAll(async () => {
  await registry.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Machine {
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly umask: string;
  /** Seconds since the epoch, of the first file; each one after it is a minute younger. */
  readonly checkedOutAt: number;
  readonly backwards: boolean;
  /** What the action is started with; empty: as the tests themselves. */
  readonly started: readonly string[];
}

/** As a user whom the machine has no name for, on a host of another name, on one processor. */
const asSomebodyElse = [
  ...['unshare', '--user', '--map-user=4711', '--map-group=4711', '--keep-caps', '--uts'],
  ...['sh', '-c', 'hostname elsewhere && exec "$@"', 'sh', 'taskset', '-c', '0'],
];
const [unshare = '', ...unshared] = asSomebodyElse;
/** Containers and some distributions do not let a process have namespaces of its own. */
const otherMachine =
  spawnSync(unshare, [...unshared, 'sh', '-c', 'id -u; hostname'], { encoding: 'utf8' }).stdout === '4711\nelsewhere\n';

const here: Machine = {
  name: 'here',
  variables: { TZ: 'Pacific/Kiritimati', LANG: 'C', LC_ALL: 'C', UV_THREADPOOL_SIZE: '1' },
  umask: '022',
  checkedOutAt: 1_700_000_000,
  backwards: false,
  started: [],
};
const there: Machine = {
  name: 'there/on/another/disk',
  variables: { TZ: 'Pacific/Pago_Pago', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', UV_THREADPOOL_SIZE: '8' },
  umask: '002',
  checkedOutAt: 1_234_567_890,
  backwards: true,
  started: otherMachine ? asSomebodyElse : [],
};

/** What is committed, and the jar and the configuration that go into the image beside it. */
function checkOut(machine: Machine, withDockerfile: boolean): string {
  const workspace = join(folder, machine.name, 'workspace');
  rmSync(workspace, { recursive: true, force: true });
  const sources = join(root, 'examples/employee-service');
  const names = readdirSync(sources, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(sources.length + 1))
    .filter((name) => !/^(target|prebuilt)\//.test(name))
    .sort();
  if (machine.backwards) names.reverse();
  for (const [index, name] of names.entries()) {
    cpSync(join(sources, name), join(workspace, name));
    chmodSync(join(workspace, name), 0o666 & ~Number.parseInt(machine.umask, 8));
    const time = machine.checkedOutAt + 60 * index;
    utimesSync(join(workspace, name), time, time);
  }
  const dockerfile = join(workspace, 'Dockerfile');
  if (withDockerfile) writeFileSync(dockerfile, readFileSync(dockerfile, 'utf8').replaceAll('4.2.0', '4.4.0'));
  else rmSync(dockerfile);
  mkdirSync(join(workspace, 'ci'));
  writeFileSync(
    join(workspace, 'ci/driver.jar'),
    Buffer.from(Array.from({ length: 1_500_000 }, (_, i) => (i * i) % 251)),
  );
  const folders = readdirSync(workspace, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  for (const { parentPath, name } of folders) {
    chmodSync(join(parentPath, name), 0o777 & ~Number.parseInt(machine.umask, 8));
    utimesSync(join(parentPath, name), machine.checkedOutAt, machine.checkedOutAt);
  }
  return workspace;
}

async function digestOn(machine: Machine, inputs: Readonly<Record<string, string>>): Promise<string> {
  const workspace = checkOut(machine, inputs['image-builder'] === undefined);
  const home = join(folder, machine.name);
  const outputs = join(home, 'outputs');
  writeFileSync(outputs, '');
  mkdirSync(join(home, 'temp'), { recursive: true });
  const all = {
    builder: 'native',
    'base-image': `${registry.host}/wso2/wso2mi:4.4.0`,
    image: `${registry.host}/acme/${machine.name.replaceAll('/', '-')}`,
    tags: '1.0.0',
    ...inputs,
  };
  const variables = Object.entries({
    HOME: home,
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: join(home, 'temp'),
    GITHUB_OUTPUT: outputs,
    GITHUB_SHA: 'c0ffee',
    ...machine.variables,
    ...Object.fromEntries(Object.entries(all).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
  }).map(([name, value]) => `${name}=${value}`);
  // A shell drops variables with a hyphen in their name: `env` sets them behind it.
  const program = `process.umask(0o${machine.umask}); await import(${JSON.stringify(action)});`;
  const node = [process.execPath, '--no-warnings', '--input-type=module', '--eval', program];
  const command = [...machine.started, 'env', ...variables, ...node];
  await run(command[0] ?? '', command.slice(1), {
    cwd: workspace,
    env: { PATH: process.env.PATH },
  }).catch((error: unknown) => {
    throw new Error((error as { stdout: string }).stdout);
  });
  return /^digest<<(\S+)\n(\S+)\n\1$/m.exec(readFileSync(outputs, 'utf8'))?.[2] ?? '';
}

(otherMachine || process.env.CI === 'true' ? test : test.skip)('the second machine differs in all that it can', () => {
  expect(otherMachine).toBe(true);
});

describe('the same sources give the same digest on two machines', () => {
  test.each<[string, Readonly<Record<string, string>>]>([
    ['packaged and layered without docker', { 'image-builder': 'layers' }],
    ['with more files', { 'image-builder': 'layers', files: 'ci/driver.jar=lib/\nci/*.jar=dropins/' }],
    ['by the Dockerfile of the project', {}],
  ])(
    '%s',
    async (_, inputs) => {
      const first = await digestOn(here, inputs);
      // COPY takes modes as they lie on the disk, here as in docker: then the umask is a part of the sources.
      const second = await digestOn(
        inputs['image-builder'] === undefined ? { ...there, umask: here.umask } : there,
        inputs,
      );
      expect(first).toMatch(/^sha256:[0-9a-f]{64}$/);
      expect(second).toBe(first);
    },
    60_000,
  );

  test('and another one with another label', async () => {
    const first = await digestOn(here, { 'image-builder': 'layers' });
    expect(first).not.toBe(await digestOn(there, { 'image-builder': 'layers', labels: 'com.example.team=hr' }));
  }, 60_000);

  test('and a second one that finds the image in the registry sends nothing', async () => {
    const inputs = { 'image-builder': 'layers', image: `${registry.host}/acme/shared` };
    const first = await digestOn(here, inputs);
    const before = registry.requests.length;
    expect(await digestOn(there, inputs)).toBe(first);
    const methods = registry.requests.slice(before).map(({ method }) => method);
    expect(methods.length).toBeGreaterThan(0);
    expect(methods.filter((method) => method !== 'GET' && method !== 'HEAD')).toEqual([]);
  }, 60_000);
});
