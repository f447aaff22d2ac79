/** The real registry and the real Docker daemon that the image rows run against, each ended by its own id. */
import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { programOf } from '../machine.ts';
import { startCountingProxy, type CountingProxy } from './counting-proxy.ts';

export interface Registry extends CountingProxy {
  /** Where it listens itself: not counted. */
  readonly direct: string;
}

/** docker-registry with its storage below `folder`, behind a counting proxy that is `delayMs` away. */
export async function startDockerRegistry(folder: string, delayMs = 0): Promise<Registry> {
  const program = programOf('docker-registry');
  if (program === undefined) throw new Error('docker-registry is needed (Debian: apt-get install docker-registry)');
  mkdirSync(folder, { recursive: true });
  const config = join(folder, 'config.yml');
  const storage = `storage: { filesystem: { rootdirectory: ${join(folder, 'data')} }, delete: { enabled: true } }`;
  writeFileSync(
    config,
    `version: 0.1\nlog: { level: error, accesslog: { disabled: true } }\n${storage}\nhttp: { addr: "127.0.0.1:0" }\n`,
  );
  // No pipe for what it logs: one that nobody reads fills up, and the registry with it stands still.
  const child = start(program, ['serve', config], { stdio: 'ignore' });
  const direct = await addressOf(child);
  const proxy = await startCountingProxy(direct, delayMs);
  return {
    ...proxy,
    direct,
    close: async () => {
      await proxy.close();
      await ended(child);
    },
  };
}

/** The port that the system chose, from the sockets of the process: it is not always logged. */
async function addressOf(child: ChildProcess): Promise<string> {
  for (let tries = 0; tries < 400; tries++) {
    const port = listeningPort(child.pid ?? 0);
    if (port !== undefined) return `127.0.0.1:${port}`;
    if (child.exitCode !== null) break;
    await pause(25);
  }
  throw new Error('docker-registry does not listen');
}

function listeningPort(pid: number): number | undefined {
  const links = spawnSync('ls', ['-l', `/proc/${pid}/fd`], { encoding: 'utf8' }).stdout;
  const own = new Set([...links.matchAll(/socket:\[(\d+)\]/g)].map(([, inode]) => inode));
  const listening = '0A';
  for (const line of readFileSync(`/proc/${pid}/net/tcp`, 'utf8').split('\n').slice(1)) {
    const fields = line.trim().split(/\s+/);
    if (fields[3] === listening && own.has(fields[9])) return Number.parseInt(fields[1]?.split(':')[1] ?? '', 16);
  }
  return undefined;
}

export interface Docker {
  readonly client: string;
  /** For every docker command. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Forgets every image and all of the build cache. */
  forget(): void;
  close(): Promise<void>;
}

/** dockerd with everything below `folder`, without networks; undefined when it is not installed. */
export async function startDocker(folder: string): Promise<Docker | undefined> {
  const [daemon, client] = [programOf('dockerd'), programOf('docker')];
  if (daemon === undefined || client === undefined) return undefined;
  mkdirSync(folder, { recursive: true });
  const socket = join(folder, 'docker.sock');
  const args = [
    `--data-root=${join(folder, 'data')}`,
    `--exec-root=${join(folder, 'exec')}`,
    `--pidfile=${join(folder, 'docker.pid')}`,
    `--host=unix://${socket}`,
    '--bridge=none',
    '--iptables=false',
  ];
  const log = join(folder, 'dockerd.log');
  const child = start(daemon, args, { stdio: ['ignore', 'ignore', openSync(log, 'w')] });
  const env = { ...process.env, DOCKER_HOST: `unix://${socket}`, DOCKER_CONFIG: join(folder, 'client') };
  mkdirSync(env.DOCKER_CONFIG);
  const docker = (...given: string[]) => spawnSync(client, given, { env, encoding: 'utf8' });
  for (let tries = 0; !existsSync(socket) || docker('version').status !== 0; tries++) {
    if (child.exitCode !== null || tries > 300) {
      await ended(child);
      throw new Error(`dockerd does not start:\n${readFileSync(log, 'utf8').slice(-1000)}`);
    }
    await pause(100);
  }
  return {
    client,
    env,
    forget() {
      const images = docker('images', '--all', '--quiet')
        .stdout.trim()
        .split('\n')
        .filter((id) => id !== '');
      if (images.length > 0) docker('rmi', '--force', ...new Set(images));
      const pruned = docker('system', 'prune', '--all', '--force');
      if (pruned.status !== 0) throw new Error(`docker system prune: ${pruned.stderr}`);
    },
    close: async () => {
      await ended(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const started = new Set<ChildProcess>();
// Also when the bench is cut short: index.ts turns its signals into an exit.
process.on('exit', () => {
  for (const child of started) child.kill('SIGTERM');
});

/** Starts a server that ends with the bench at the latest. */
function start(...args: [program: string, args: readonly string[], options: SpawnOptions]): ChildProcess {
  const child = spawn(...args);
  started.add(child);
  child.once('exit', () => started.delete(child));
  return child;
}

/** Ends a process that was started here, and waits for it. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await over;
}
