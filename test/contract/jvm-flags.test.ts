/** The table of flags that a JVM refuses, held to the JDK of the machine. */
import { spawnSync } from 'node:child_process';
import { expect } from '@jest/globals';
import { refusedFlags } from '@wso2-delivery/shared/kubernetes/jvm';
import { findTool, testWith } from '../support/tools.ts';

const test = testWith('java');
const java = (...args: readonly string[]) => spawnSync(findTool('java') ?? 'java', args, { encoding: 'utf8' });
const release = (): number => Number(/version "(?:1\.)?(\d+)/.exec(java('-version').stderr)?.[1]);
const withValue: Readonly<Record<string, string>> = {
  '-XX:NumberOfGCLogFiles': '=5',
  '-XX:GCLogFileSize': '=1M',
  '-XX:MaxPermSize': '=256m',
  '-XX:PermSize': '=64m',
};

test('a JDK that is new enough starts with none of them', () => {
  const here = release();
  const started = Object.entries(refusedFlags)
    .filter(([, since]) => since <= here)
    .filter(([flag]) => java(`${flag}${withValue[flag] ?? ''}`, '-version').status === 0);
  expect(started).toEqual([]);
  expect(java('-Xmx64m', '-XX:+UseG1GC', '-version').status).toBe(0);
}, 60_000);
