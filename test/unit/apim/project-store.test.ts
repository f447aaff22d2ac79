import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ApiProject } from '@wso2-delivery/shared/apim/archive';
import { ProjectStore } from '@wso2-delivery/shared/apim/project-store';
import { testPorts, type TestPorts } from '../../support/ports.ts';

let ports: TestPorts;
let folder: string;
beforeEach(() => {
  ports = testPorts();
});
afterEach(() => ports.dispose());

const project = (name: string, files: Record<string, Uint8Array>): ApiProject => ({
  kind: 'api',
  name,
  version: '1.0.0',
  context: `/${name}`,
  root: `${name}-1.0.0`,
  files: new Map(Object.entries(files).map(([file, data]) => [file, Buffer.from(data)])),
  deployments: [{ gateway: 'Default', vhost: undefined, displayOnDevportal: true }],
  fingerprint: 'sha256:0',
});

async function open(budget?: number): Promise<ProjectStore> {
  const files = {
    ...ports.files,
    privateFolder: async (name: string) => (folder = await ports.files.privateFolder(name)),
  };
  return ProjectStore.open({ files }, budget);
}

test('whatever a project holds comes back the same, from memory and from the disk', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.string({ minLength: 1 }), fc.uint8Array({ maxLength: 300 })),
      fc.constantFrom(0, 1_000_000),
      async (files, budget) => {
        const store = await open(budget);
        const given = project('Pets', files);
        const kept = await store.keep(given);
        expect(await kept.load()).toEqual(given);
        expect(await kept.load()).toEqual(given);
      },
    ),
    { numRuns: 40 },
  );
});

test('what is in memory never exceeds the budget; the rest is in private files', async () => {
  const store = await open(2500);
  const data = { 'api.yaml': new Uint8Array(1000) };
  const kept = [];
  for (let n = 0; n < 5; n++) {
    kept.push(await store.keep(project(`Api${n}`, data)));
    expect(store.heldBytes).toBeLessThanOrEqual(2500);
  }
  const spilled = readdirSync(folder);
  expect(spilled).toHaveLength(3);
  for (const name of spilled) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  expect((await kept[4]!.load()).name).toBe('Api4');
});

test('what is released makes room again and leaves no file', async () => {
  const store = await open(1000);
  const data = { 'api.yaml': new Uint8Array(1000) };
  const [first, second] = [await store.keep(project('A', data)), await store.keep(project('B', data))];
  await first.release();
  await first.release();
  await second.release();
  expect(store.heldBytes).toBe(0);
  expect(readdirSync(folder)).toEqual([]);
  await expect(first.load()).rejects.toThrow('A:1.0.0 was released');
  expect((await store.keep(project('C', data))).bytes).toBe(1000);
  expect(readdirSync(folder)).toEqual([]);
});
