/** A step of an action that waits with a private folder, as a process of its own, and its post step. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const shared = (file: string) => pathToFileURL(resolve(import.meta.dirname, '../../packages/shared/src', file)).href;

/** The source of an action whose main writes a secret file into a private folder, says so, and then waits or dies. */
export function mainSource(then: 'wait' | 'die' | 'end'): string {
  const after = {
    wait: `await ports.clock.sleep(60_000, ports.cancelled);`,
    die: `process.kill(process.pid, 'SIGKILL'); await ports.clock.sleep(60_000);`,
    end: '',
  }[then];
  return `import { writeFileSync } from 'node:fs';
import { defineAction } from '${shared('run/declaration.ts')}';
import { runAction } from '${shared('run/run.ts')}';
const action = defineAction({ name: 'secretive', description: 'x', inputs: {}, outputs: {} });
const main = async (inputs, ports) => {
  const folder = await ports.files.privateFolder('kubeconfig');
  writeFileSync(folder + '/config', 'token: secret', { mode: 0o600 });
  console.log('has written');
  ${after}
  return { outputs: {}, facts: {} };
};
await runAction(action, () => Promise.resolve(main));
`;
}

export const postSource = `import '${shared('run/post-step.ts')}';\n`;

export interface MainStep {
  /** Private folders that are there. */
  left(): readonly string[];
  end(signal: NodeJS.Signals): Promise<void>;
  /** Runs the post step with the state that the main step has kept; gives what it says. */
  post(): string;
  dispose(): void;
}

/** Starts it and waits until the secret is written. */
export async function startMain(): Promise<MainStep> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'main-step-')));
  const place = (name: string) => join(folder, name);
  for (const name of ['workspace', 'temp']) mkdirSync(place(name));
  for (const name of ['state', 'output', 'summary']) writeFileSync(place(name), '');
  writeFileSync(place('main.mjs'), mainSource('wait'));
  writeFileSync(place('post.mjs'), postSource);
  const env = {
    PATH: process.env.PATH,
    GITHUB_WORKSPACE: place('workspace'),
    RUNNER_TEMP: place('temp'),
    GITHUB_STATE: place('state'),
    GITHUB_OUTPUT: place('output'),
    GITHUB_STEP_SUMMARY: place('summary'),
  };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', place('main.mjs')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  await new Promise<void>((done, fail) => {
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('has written')) done();
    });
    void exited.then(() => fail(new Error('the main step ended before it had written')));
  });
  return {
    left: () => readdirSync(place('temp')).filter((name) => name.startsWith('wso2-delivery-')),
    end: async (signal) => {
      child.kill(signal);
      await exited;
    },
    post: () => {
      const states = [...readFileSync(place('state'), 'utf8').matchAll(/^(\S+)<<(\S+)\n([\s\S]*?)\n\2\n/gm)];
      const kept = Object.fromEntries(states.map(([, name = '', , value = '']) => [`STATE_${name}`, value]));
      const { stdout, status } = spawnSync(process.execPath, [place('post.mjs')], { env: { ...env, ...kept } });
      if (status !== 0) throw new Error('the post step failed');
      return stdout.toString();
    },
    dispose: () => {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
