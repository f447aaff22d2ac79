import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { copyBundles, type Bundles } from '../support/bundle.ts';

const root = resolve(import.meta.dirname, '../..');
const actions = ['build-mi', 'deploy-k8s', 'promote-api', 'verify-rollout'];

let bundles: Bundles;
beforeAll(() => {
  bundles = copyBundles();
});
afterAll(() => bundles.dispose());

describe.each(actions)('the bundle of %s', (action) => {
  test('is an ES module of its own, with the licences of what it holds', () => {
    expect(JSON.parse(readFileSync(join(root, 'dist', action, 'package.json'), 'utf8'))).toEqual({ type: 'module' });
    expect(statSync(join(root, 'dist', action, 'licenses.txt')).size).toBeGreaterThan(1000);
    expect(statSync(join(root, 'dist', action, 'index.js')).size).toBeLessThan(4_000_000);
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
