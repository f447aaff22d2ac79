import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { removeLeftovers } from '@wso2-delivery/shared/run/post';
import { createFiles } from '@wso2-delivery/shared/run/private-folders';
import { startMain, type MainStep } from '../../support/main-step.ts';

let root: string;
let temp: string;
let said: string[];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'post-'));
  temp = join(root, 'temp');
  mkdirSync(temp);
  said = [];
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const post = (state: unknown) =>
  removeLeftovers(
    { RUNNER_TEMP: temp, 'STATE_private-folders': typeof state === 'string' ? state : JSON.stringify(state) },
    (line) => said.push(line),
  );
function folder(path: string): string {
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'config'), 'token');
  return path;
}

function throughDots(): string {
  folder(join(temp, 'wso2-delivery-a'));
  return `${temp}/wso2-delivery-a/../../wso2-delivery-x`;
}

describe('the post step', () => {
  test('removes the private folders that are left, with what is in them', async () => {
    const remembered: (readonly string[])[] = [];
    const files = createFiles(root, temp, (folders) => remembered.push(folders));
    const [one, two] = [await files.privateFolder('kubeconfig'), await files.privateFolder('proxy')];
    folder(join(one, 'deep'));
    expect(remembered).toEqual([[one], [one, two]]);
    post(remembered.at(-1));
    expect([existsSync(one), existsSync(two)]).toEqual([false, false]);
    expect(said).toHaveLength(2);
  });

  test('says nothing when the main step has cleaned up itself, or had nothing', () => {
    post([join(temp, 'wso2-delivery-kubeconfig-gone')]);
    removeLeftovers({ RUNNER_TEMP: temp }, (line) => said.push(line));
    expect(said).toEqual([]);
  });

  test.each<[string, () => string]>([
    ['of another name', () => folder(join(temp, 'checkout'))],
    ['outside the temporary folder', () => folder(join(root, 'wso2-delivery-kubeconfig-x'))],
    ['deeper in it', () => folder(join(temp, 'other', 'wso2-delivery-kubeconfig-x'))],
    ['reached by dots', () => folder(join(root, 'wso2-delivery-x')) && throughDots()],
  ])('does not touch a folder %s, whatever the state says', (_, make) => {
    const path = make();
    post([path]);
    expect([existsSync(join(path, 'config')), said]).toEqual([true, []]);
  });

  test('does not follow a link', () => {
    const target = folder(join(root, 'target'));
    symlinkSync(target, join(temp, 'wso2-delivery-kubeconfig-x'));
    post([join(temp, 'wso2-delivery-kubeconfig-x')]);
    expect(existsSync(join(target, 'config'))).toBe(true);
  });

  test.each(['', 'nonsense', '{}', '[1, null]', '"text"'])('survives the state %j', (state) => {
    expect(() => post(state)).not.toThrow();
  });
});

describe('a main step', () => {
  let step: MainStep;
  afterEach(() => step.dispose());

  test.each<[NodeJS.Signals, boolean]>([
    ['SIGKILL', true],
    ['SIGTERM', false],
    ['SIGINT', false],
  ])('ended by %s leaves private folders: %j, and none after the post step', async (signal, leaves) => {
    step = await startMain();
    expect(step.left()).toHaveLength(1);
    await step.end(signal);
    expect(step.left().length > 0).toBe(leaves);
    const line = step.post();
    expect(step.left()).toEqual([]);
    expect(line === '').toBe(!leaves);
  });
});
