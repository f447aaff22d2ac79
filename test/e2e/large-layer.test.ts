/** A layer far larger than the memory that the push may use, into a real registry. */
import { execFile } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { seedMicroIntegratorBase } from '@wso2-delivery/lab/registry/micro-integrator-base';
import { type LabRegistry, startRegistry } from '@wso2-delivery/lab/registry/registry';
import { type DockerRegistry, startDockerRegistry } from '../support/docker-registry.ts';
import { findTool, testWith } from '../support/tools.ts';

const run = promisify(execFile);
const test = testWith('docker-registry', 'crane');
const MEGABYTE = 1_000_000;

let folder: string;
let registry: DockerRegistry | undefined;
let lab: LabRegistry;
beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'large-layer-')));
  lab = await startRegistry();
  await seedMicroIntegratorBase(lab, { repository: 'wso2/wso2mi', tag: '4.4.0', platforms: ['linux/amd64'] });
  if (findTool('docker-registry') !== undefined) registry = await startDockerRegistry(folder);
});
afterAll(async () => {
  registry?.process.kill();
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});

test('400 MB go through in chunks with less than 200 MB of memory, and arrive whole', async () => {
  const host = registry?.host ?? '';
  const program = join(import.meta.dirname, '../support/push-large.ts');
  const { stdout } = await run(process.execPath, [
    '--max-old-space-size=48',
    program,
    `${lab.host}/wso2/wso2mi:4.4.0`,
    host,
    String(400 * MEGABYTE),
  ]);
  const { layer, maxRssKb } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { layer: number; maxRssKb: number };
  expect(layer).toBeGreaterThan(400 * MEGABYTE);
  expect(maxRssKb * 1024).toBeLessThan(200 * MEGABYTE);
  const parts = registry?.requests.filter((line) => line.includes('"PATCH ')) ?? [];
  expect(parts.length).toBeGreaterThan(20);
  expect((await run(findTool('crane') ?? '', ['validate', '--remote', `${host}/acme/large:1`])).stdout).toContain(
    'PASS',
  );
}, 120_000);
