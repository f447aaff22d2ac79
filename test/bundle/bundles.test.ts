import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundleFiles } from '../../scripts/bundles/packages.ts';
import { copyBundles, type Bundles } from '../support/bundle.ts';

const root = resolve(import.meta.dirname, '../..');
/** What is required of each, so that it goes on to its work. */
const enough: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'build-mi': {},
  'deploy-k8s': {},
  'promote-api': { to: 'staging', environments: '{}' },
  'verify-rollout': { workloads: 'deployment/none' },
};
const actions = Object.keys(enough);

let bundles: Bundles;
beforeAll(() => {
  bundles = copyBundles();
});
afterAll(() => bundles.dispose());

describe.each(actions)('the bundle of %s', (action) => {
  test('is an ES module of its own, with the licences of what it holds', () => {
    expect(JSON.parse(readFileSync(join(root, 'dist', action, 'package.json'), 'utf8'))).toEqual({ type: 'module' });
    expect(statSync(join(root, 'dist', action, 'licenses.txt')).size).toBeGreaterThan(1000);
    const sizes = bundleFiles(root, action).map(({ content }) => content.length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(4_000_000);
  });

  test('reads its inputs before it loads what does the work', async () => {
    const light = copyBundles();
    for (const { name } of bundleFiles(light.folder, action)) {
      if (name !== 'index.js') rmSync(join(light.folder, 'dist', action, name));
    }
    const { report } = await light.run(action, { inputs: { 'no-such-input': 'x' } });
    light.dispose();
    expect(report).toMatchObject({ failure: { code: 'INPUT_INVALID' } });
  });

  test('of which a file is missing says so in a report, as it does of every failure', async () => {
    const torn = copyBundles();
    for (const { name } of bundleFiles(torn.folder, action)) {
      if (name !== 'index.js') rmSync(join(torn.folder, 'dist', action, name));
    }
    const { exitCode, report } = await torn.run(action, { inputs: enough[action] ?? {} });
    torn.dispose();
    expect([exitCode, report]).toMatchObject([1, { action, result: 'failure', failure: { kind: 'internal' } }]);
  });

  test('started with an unknown input says so in one clear error, exits 1 and leaves nothing behind', async () => {
    const { exitCode, errors, log, summary, left } = await bundles.run(action, { inputs: { 'no-such-input': 'x' } });
    expect(exitCode).toBe(1);
    expect(errors).toContainEqual(expect.stringMatching(/no-such-input: is not an input of /));
    expect(log).not.toMatch(/^\s+at .*index\.js/m);
    expect(summary).toMatch(/^### ❌ /);
    expect(left).toEqual([]);
  });

  test('writes a report that a later step can read', async () => {
    const { report } = await bundles.run(action, { inputs: { 'no-such-input': 'x' } });
    expect(report).toMatchObject({
      action,
      result: 'failure',
      failure: { code: 'INPUT_INVALID', kind: 'input' },
    });
  });
});
