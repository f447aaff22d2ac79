import { existsSync, readFileSync, statSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { ExecRequest } from '@wso2-delivery/shared/base/ports';
import { startLabPromotion, type LabPromotion } from './lab-promotion.ts';
import { addApi, rest, writeParams } from './many-apis.ts';

let lab: LabPromotion;
beforeEach(async () => {
  lab = await startLabPromotion();
});
afterEach(() => lab.close());

test('apictl logs in once to each side and writes its configuration alone; params are one file for one environment', async () => {
  await addApi(lab.dev, 'Pets');
  const writing = new Set(['set', 'add', 'login']);
  const running: string[] = [];
  const logins: string[] = [];
  const together: string[] = [];
  const params: { text: string; mode: number; path: string }[] = [];
  const run = async (request: ExecRequest) => {
    const [verb = '', where = ''] = request.args;
    if (running.some((other) => writing.has(other) || writing.has(verb)))
      together.push(`${verb} beside ${running.join()}`);
    if (verb === 'login') logins.push(where);
    const path = request.args[request.args.indexOf('--params') + 1] ?? '';
    if (verb === 'import') params.push({ path, text: readFileSync(path, 'utf8'), mode: statSync(path).mode & 0o777 });
    running.push(verb);
    try {
      return await lab.ports.exec.run(request);
    } finally {
      running.splice(running.indexOf(verb), 1);
    }
  };
  const file = writeParams(lab, { endpoints: { production: { url: 'https://b.example.com' } } });
  const { failure } = await lab.run({ apis: '*:*', params: file }, { ...lab.ports, exec: { ...lab.ports.exec, run } });
  expect(failure).toBeUndefined();
  expect(logins).toEqual(['dev', 'staging']);
  expect(together).toEqual([]);
  expect(params).toHaveLength(2);
  for (const { path, text, mode } of params) {
    expect([path.endsWith('/params.yaml'), mode]).toEqual([true, 0o600]);
    expect(text.match(/"name"/g)).toHaveLength(1);
  }
  lab.ports.dispose();
  expect(params.filter(({ path }) => existsSync(path))).toEqual([]);
});

test('names with blanks, letters of other scripts and a leading dash are names', async () => {
  const names = ['Grüße 北京', '-rf', 'Two  Blanks'];
  for (const [at, name] of names.entries()) await addApi(lab.dev, name, { context: `/odd${at}` });
  const { failure } = await lab.run({ ...rest, apis: names.map((name) => `${name}:1.0.0`).join('\n') });
  expect(failure).toBeUndefined();
  expect(lab.staging.apis.map(({ name }) => name).sort()).toEqual([...names].sort());
});
