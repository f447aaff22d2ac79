import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startLabPromotion, type LabPromotion } from './lab-promotion.ts';

let lab: LabPromotion;
beforeEach(async () => {
  lab = await startLabPromotion();
});
afterEach(() => lab.close());

const usedApictl = () => lab.ports.lines.some((line) => /apictl \d+\.\d+\.\d+/.test(line));

test('without a word on apictl no process is started: rest is the default', async () => {
  const refused = () => Promise.reject(new Error('a process was started'));
  const exec = { run: refused, start: refused } as unknown as typeof lab.ports.exec;
  const { failure } = await lab.run({ 'apictl-path': undefined }, { ...lab.ports, exec });
  expect(failure).toBeUndefined();
  expect(usedApictl()).toBe(false);
  expect(lab.staging.apis).toHaveLength(1);
});

test.each<[name: string, inputs: () => Record<string, string | undefined>]>([
  ['its path is given', () => ({ 'apictl-path': lab.apictl })],
  ['it is chosen, and lies on the PATH', () => ({ 'apictl-path': undefined, engine: 'apictl' })],
])('apictl exports and imports when %s', async (_, inputs) => {
  const { failure } = await lab.run(inputs());
  expect(failure).toBeUndefined();
  expect(usedApictl()).toBe(true);
});

test('a version of apictl means apictl: without its checksum it is not downloaded, and nothing else takes its place', async () => {
  const { failure } = await lab.run({ 'apictl-path': undefined, 'apictl-version': '4.6.0' });
  expect(failure).toMatchObject({ code: expect.stringMatching(/^(DOWNLOAD_CHECKSUM_UNKNOWN|APICTL_VERSION)$/) });
  expect(lab.staging.apis).toEqual([]);
});

test('rest wins over a path that is given too', async () => {
  const { failure } = await lab.run({ engine: 'rest' });
  expect(failure).toBeUndefined();
  expect(usedApictl()).toBe(false);
});
