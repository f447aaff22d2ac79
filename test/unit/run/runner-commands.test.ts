import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '@wso2-delivery/shared/run/log';
import { createRunnerCommands, type RunnerCommands } from '@wso2-delivery/shared/run/runner-commands';
import { createSecrets } from '@wso2-delivery/shared/run/secrets';

let folder: string;
let written: string;
let runner: RunnerCommands;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runner-'));
  written = '';
  const variables = { GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: join(folder, 'summary') };
  runner = createRunnerCommands(variables, (text) => (written += text));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a workflow command', () => {
  test.each([
    [
      'error',
      { file: 'a,b.java', line: 3, col: undefined },
      '50% done\nnext',
      '::error file=a%2Cb.java,line=3::50%25 done%0Anext\n',
    ],
    ['debug', {}, 'x: y, z', '::debug::x: y, z\n'],
    ['group', {}, 'Build', '::group::Build\n'],
    ['error', { title: 'a:b%' }, 'm\r\n', '::error title=a%3Ab%25::m%0D%0A\n'],
  ])('%s %p is escaped as the runner reads it', (name, properties, message, line) => {
    runner.command(name, properties, message);
    expect(written).toBe(line);
  });
});

test('an output keeps its line breaks, under a delimiter that is new each time', () => {
  runner.setOutput('one', 'a\nb');
  runner.setOutput('two', 'c');
  const text = readFileSync(join(folder, 'output'), 'utf8');
  const [, first, second] = /^one<<(ghadelimiter_\S+)\na\nb\n\1\ntwo<<(ghadelimiter_\S+)\nc\n\2\n$/.exec(text) ?? [];
  expect(first).toBeDefined();
  expect(first).not.toBe(second);
});

test('state for the post step is written to its file, and nowhere where there is none', () => {
  const state = join(folder, 'state');
  const keeping = createRunnerCommands({ GITHUB_STATE: state }, (text) => (written += text));
  keeping.saveState('private-folders', '["/tmp/a"]');
  expect(readFileSync(state, 'utf8')).toMatch(/^private-folders<<(\S+)\n\["\/tmp\/a"\]\n\1\n$/);
  runner.saveState('private-folders', '["/tmp/a"]');
  expect(written).toBe('');
});

test('the summary grows, and is left out where the runner keeps none', () => {
  expect([runner.addSummary('a'), runner.addSummary('b')]).toEqual([true, true]);
  expect(readFileSync(join(folder, 'summary'), 'utf8')).toBe('ab');
  expect(createRunnerCommands({}, () => undefined).addSummary('a')).toBe(false);
});

describe('the log', () => {
  test('masks secrets and defuses what foreign text says to the runner', () => {
    const secrets = createSecrets((form) => runner.mask(form));
    const log = createLog(runner, secrets);
    secrets.register('hunter2-hunter2');
    written = '';
    log.info('pw hunter2-hunter2\n::set-output name=x::y');
    expect(written).toBe('pw ***\n\u200b::set-output name=x::y\n');
  });

  test('writes ten annotations of a level, and the rest as plain lines', () => {
    const log = createLog(
      runner,
      createSecrets(() => undefined),
    );
    for (let i = 0; i < 12; i++) log.annotate({ level: 'warning', message: `w${i}`, file: 'f.xml', line: 2 });
    expect(written.match(/^::warning /gm)).toHaveLength(10);
    expect(written).toContain('warning: f.xml:2: w11\n');
  });

  test('closes a group also when its body fails', async () => {
    const log = createLog(
      runner,
      createSecrets(() => undefined),
    );
    await expect(log.group('Build', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(written).toBe('::group::Build\n::endgroup::\n');
  });
});
