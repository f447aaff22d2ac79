/** build-mi as a process of its own, ended at moments that a seed chooses; another run then ends as if nothing had been. */
import { type ChildProcess, spawn } from 'node:child_process';
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
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { seedMicroIntegratorBase } from '@wso2-delivery/lab/registry/micro-integrator-base';
import { type LabRegistry, startRegistry } from '@wso2-delivery/lab/registry/registry';
import { root } from '../support/build-mi.ts';
import { type DockerRegistry, startDockerRegistry } from '../support/docker-registry.ts';
import { findTool, testWith } from '../support/tools.ts';
import { wholeImage } from '../support/whole-image.ts';

const test = testWith('docker-registry');
const ready = findTool('docker-registry') !== undefined;
const patience = 300_000;
const CAR = 'employee-service_1.0.0.car';
const SEED = 4;

let folder: string;
let registry: DockerRegistry;
let lab: LabRegistry;
beforeAll(async () => {
  if (!ready) return;
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'interrupted-')));
  registry = await startDockerRegistry(folder);
  lab = await startRegistry();
  await seedMicroIntegratorBase(lab, { repository: 'wso2/wso2mi', tag: '4.2.0', version: '4.2.0' });
});
afterAll(async () => {
  if (!ready) return;
  registry.process.kill();
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Job {
  readonly workspace: string;
  readonly temp: string;
  /** Starts the action; `ended` has what it left. */
  readonly start: (inputs: Readonly<Record<string, string>>) => { child: ChildProcess; ended: Promise<Ended> };
}
interface Ended {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly log: string;
  readonly outputs: string;
}

/** The surroundings of a job, kept from one run to the next as on a runner of one's own. */
function job(): Job {
  const place = mkdtempSync(join(folder, 'job-'));
  const at = (name: string) => join(place, name);
  for (const name of ['workspace', 'temp', 'home']) mkdirSync(at(name));
  return {
    workspace: at('workspace'),
    temp: at('temp'),
    start: (inputs) => {
      for (const name of ['output', 'summary']) writeFileSync(at(name), '');
      const child = spawn(process.execPath, [join(root, 'actions/build-mi/src/index.ts')], {
        cwd: at('workspace'),
        env: {
          PATH: process.env.PATH,
          HOME: process.env.HOME,
          DOCKER_CONFIG: at('home'),
          GITHUB_WORKSPACE: at('workspace'),
          RUNNER_TEMP: at('temp'),
          GITHUB_OUTPUT: at('output'),
          GITHUB_STEP_SUMMARY: at('summary'),
          ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
        },
      });
      let log = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => (log += chunk.toString()));
      const ended = new Promise<Ended>((resolve) =>
        child.once('close', (exitCode, signal) =>
          resolve({ exitCode, signal, log, outputs: readFileSync(at('output'), 'utf8') }),
        ),
      );
      return { child, ended };
    },
  };
}

/** Numbers in [0, 1) that are the same each time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** SIGKILL leaves nobody to end the children; at the end of a job the runner ends what is left of it. */
async function endOrphans(of: readonly number[]): Promise<void> {
  for (const pid of of) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
  await pause(200);
}

/** All processes that a process has started, and theirs. */
function descendants(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const [, parent] = /\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
        return [[Number(name), Number(parent)] as const];
      } catch {
        return [];
      }
    });
  const below = (parent: number): number[] =>
    parents.filter(([, of]) => of === parent).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}

const digestIn = (outputs: string) => /sha256:[0-9a-f]{64}/.exec(outputs)?.[0];
const pushInputs = (repository: string) => ({
  cars: CAR,
  image: `${registry.host}/${repository}`,
  tags: '1.0.0\nlatest',
  'base-image': `${lab.host}/wso2/wso2mi:4.2.0`,
  sbom: 'true',
  provenance: 'true',
});

describe('a push of a given carbon application', () => {
  const signals = ['SIGKILL', 'SIGTERM', 'SIGINT'] as const;

  test(
    `ended by each signal at moments of seed ${SEED}: another run ends in the same whole image`,
    async () => {
      const first = job();
      cpSync(join(root, 'examples/employee-service/prebuilt', CAR), join(first.workspace, CAR));
      const startedAt = Date.now();
      const undisturbed = await first.start(pushInputs('acme/undisturbed')).ended;
      const duration = Date.now() - startedAt;
      expect([undisturbed.exitCode, undisturbed.log]).toEqual([0, expect.any(String)]);
      const digest = digestIn(undisturbed.outputs);
      expect(digest).toBeDefined();

      const random = seeded(SEED);
      const ends: string[] = [];
      for (let at = 0; at < 21; at += 1) {
        const signal = signals[at % signals.length] ?? 'SIGKILL';
        const repository = `acme/interrupted-${at}`;
        const { workspace, temp, start } = job();
        cpSync(join(root, 'examples/employee-service/prebuilt', CAR), join(workspace, CAR));
        const { child, ended } = start(pushInputs(repository));
        await pause(duration * random());
        child.kill(signal);
        const end = await ended;
        ends.push(end.signal ?? String(end.exitCode));
        if (signal !== 'SIGKILL') {
          // Private folders are gone; before the action has begun there are none, and the signal ends it at once.
          expect(readdirSync(temp).filter((name) => name !== 'wso2-delivery-reports')).toEqual([]);
          if (end.exitCode === 1) expect(end.log).toContain('CANCELLED');
        }
        if (end.exitCode === 0) expect(digestIn(end.outputs)).toBe(digest);
        const again = await start(pushInputs(repository)).ended;
        expect([again.exitCode, digestIn(again.outputs)]).toEqual([0, digest]);
        for (const tag of ['1.0.0', 'latest']) expect(await wholeImage(registry.host, repository, tag)).toBe(digest);
        await wholeImage(registry.host, repository, digest?.replace(':', '-') ?? '');
      }
      // The moments are spread: some runs are ended in the middle of their work.
      expect(ends).toContain('SIGKILL');
      expect(ends).toContain('1');
    },
    patience,
  );
});

describe('a build with Maven', () => {
  testWith('mvn', 'docker-registry').each(['SIGKILL', 'SIGTERM'] as const)(
    `ended by %s in the middle of it: another run ends in the image of a build that nothing disturbed`,
    async (signal) => {
      const inputs = (repository: string) => ({
        project: 'employee-service',
        image: `${registry.host}/${repository}`,
        tags: '1.0.0',
        'base-image': `${lab.host}/wso2/wso2mi:4.2.0`,
      });
      const copy = ({ workspace }: Job) =>
        cpSync(join(root, 'examples/employee-service'), join(workspace, 'employee-service'), {
          recursive: true,
          filter: (path) => !/[\\/]target(?:[\\/]|$)/.test(path),
        });
      const undisturbed = job();
      copy(undisturbed);
      const good = await undisturbed.start(inputs(`acme/maven-${signal.toLowerCase()}`)).ended;
      expect([good.exitCode, digestIn(good.outputs)]).toEqual([0, expect.any(String)]);

      const disturbed = job();
      copy(disturbed);
      const repository = `acme/maven-ended-${signal.toLowerCase()}`;
      const { child, ended } = disturbed.start(inputs(repository));
      let seen = '';
      let orphans: readonly number[] = [];
      child.stdout?.on('data', (chunk: Buffer) => {
        seen += chunk.toString();
        if (!seen.includes('vscode-car-plugin') || child.killed) return;
        orphans = signal === 'SIGKILL' ? descendants(child.pid ?? 0) : [];
        child.kill(signal);
      });
      await once(child, 'exit');
      await endOrphans(orphans);
      const end = await ended;
      expect([end.signal, end.exitCode]).toEqual(signal === 'SIGKILL' ? ['SIGKILL', null] : [null, 1]);
      const again = await disturbed.start(inputs(repository)).ended;
      expect([again.exitCode, digestIn(again.outputs)]).toEqual([0, digestIn(good.outputs)]);
      expect(await wholeImage(registry.host, repository, '1.0.0')).toBe(digestIn(good.outputs));
    },
    patience,
  );
});
