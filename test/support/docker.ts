/** A docker daemon for tests: one of our own where we may start it, else the one that is there. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findTool } from './tools.ts';

const run = promisify(execFile);

export interface Docker {
  /** The variables under which the client finds this daemon. */
  readonly env: Readonly<Record<string, string>>;
  /** A client that can build with BuildKit. */
  readonly client: string;
  run(
    args: readonly string[],
    options?: { readonly cwd?: string; readonly env?: Record<string, string> },
  ): Promise<string>;
  stop(): Promise<void>;
}

/** Starts it; waits until it answers. */
export async function startDocker(): Promise<Docker> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'docker-test-')));
  const dockerd = findTool('dockerd');
  const own = process.getuid?.() === 0 && dockerd !== undefined;
  const socket = join(folder, 'docker.sock');
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    DOCKER_BUILDKIT: '1',
    ...(own && { DOCKER_HOST: `unix://${socket}` }),
  };
  let daemon: ChildProcess | undefined;
  if (own) {
    const arguments_ = ['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec')];
    const apart = ['--bridge=none', '--iptables=false', '--ip6tables=false', '--pidfile', join(folder, 'pid')];
    daemon = spawn(dockerd, [...arguments_, ...apart, '-H', `unix://${socket}`], { stdio: 'ignore' });
  }
  const client = await clientFor(env);
  return {
    env,
    client,
    run: async (args, { cwd, env: more } = {}) => {
      const { stdout } = await run(client, [...args], {
        env: { ...env, ...more },
        maxBuffer: 64 * 1024 * 1024,
        ...(cwd !== undefined && { cwd }),
      });
      return stdout;
    },
    stop: async () => {
      if (daemon?.exitCode === null) {
        const ended = new Promise((resolve) => daemon.once('exit', resolve));
        daemon.kill('SIGTERM');
        await ended;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Several clients may be installed; one without its buildx part cannot use BuildKit. */
async function clientFor(env: Readonly<Record<string, string>>): Promise<string> {
  const candidates = [findTool('docker') ?? 'docker', '/usr/bin/docker'];
  for (let attempt = 0; attempt < 100; attempt += 1) {
    for (const client of candidates) {
      try {
        await run(client, ['version'], { env: { ...env } });
      } catch {
        continue;
      }
      const buildx = await run(client, ['buildx', 'version'], { env: { ...env } }).then(
        () => true,
        () => false,
      );
      const version = (await run(client, ['version', '--format', '{{.Client.Version}}'], { env: { ...env } })).stdout;
      // Before 23 the client speaks to BuildKit without buildx.
      if (buildx || Number.parseInt(version, 10) < 23) return client;
    }
    await pause(200);
  }
  throw new Error('no docker daemon answers a client that knows BuildKit');
}
