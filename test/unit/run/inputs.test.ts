import { afterAll, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@wso2-delivery/shared/base/errors';
import {
  boolean,
  bytes,
  choice,
  defineAction,
  document,
  duration,
  integer,
  jobToken,
  lines,
  pairs,
  path,
  secret,
  text,
} from '@wso2-delivery/shared/run/declaration';
import { parseYaml } from '@wso2-delivery/shared/formats/yaml';
import { readInputs, secretValues } from '@wso2-delivery/shared/run/inputs';

const action = defineAction({
  name: 'sample',
  description: 'For tests.',
  inputs: {
    who: text('Who.', { required: true, example: 'you' }),
    'on-failure': choice(['none', 'rollback'], 'What then.', { default: 'none' }),
    push: boolean('Push.', { default: 'true' }),
    concurrency: integer('How many.', { default: '4', min: 1, max: 16 }),
    timeout: duration('How long.', { default: '10m' }),
    limit: bytes('How large.'),
    manifest: path('Which file.', { exists: 'file' }),
    images: pairs('Images.', { example: 'mi=registry.example.com/mi:1.0.0' }),
    workloads: lines('Workloads.'),
    environments: document('Environments.', parseYaml),
    password: secret('Password.'),
    'github-token': jobToken('Token.'),
  },
  outputs: {},
});

const workspace = realpathSync(mkdtempSync(join(tmpdir(), 'inputs-')));
writeFileSync(join(workspace, 'a.yaml'), 'a: 1\n');
writeFileSync(join(workspace, 'bad.yaml'), 'a: [1\n');
mkdirSync(join(workspace, 'folder'));
symlinkSync('/etc', join(workspace, 'link'));
afterAll(() => rmSync(workspace, { recursive: true }));

const read = (variables: Record<string, string>) => readInputs(action, { INPUT_WHO: 'me', ...variables }, workspace);
const problemsOf = (variables: Record<string, string>) => {
  try {
    read(variables);
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
  return [];
};

describe('what is given is read by kind', () => {
  test('defaults stand where nothing is given', () => {
    expect(read({})).toEqual({
      who: 'me',
      onFailure: 'none',
      push: true,
      concurrency: 4,
      timeout: 600_000,
      limit: undefined,
      manifest: undefined,
      images: [],
      workloads: [],
      environments: undefined,
      password: undefined,
    });
  });

  test.each([
    ['INPUT_ON-FAILURE', 'rollback', { onFailure: 'rollback' }],
    ['INPUT_PUSH', 'False', { push: false }],
    ['INPUT_CONCURRENCY', '16', { concurrency: 16 }],
    ['INPUT_TIMEOUT', ' 90s ', { timeout: 90_000 }],
    ['INPUT_LIMIT', '1Ki', { limit: 1024 }],
    ['INPUT_WORKLOADS', '# all\n deployment/a \n\ndeployment/b', { workloads: ['deployment/a', 'deployment/b'] }],
    [
      'INPUT_IMAGES',
      'mi=r/x:1?a=b\nside = r/y',
      {
        images: [
          { key: 'mi', value: 'r/x:1?a=b' },
          { key: 'side', value: 'r/y' },
        ],
      },
    ],
    ['INPUT_PASSWORD', '  kept as it is \n', { password: '  kept as it is ' }],
    ['INPUT_ENVIRONMENTS', '{"a": 1}', { environments: { value: { a: 1 }, text: '{"a": 1}', file: undefined } }],
  ])('%s: %p', (name, value, expected) => {
    expect(read({ [name]: value })).toMatchObject(expected);
  });

  test('paths are absolute and a document may be a file', () => {
    const inputs = read({ INPUT_MANIFEST: 'a.yaml', INPUT_ENVIRONMENTS: 'a.yaml' });
    expect(inputs.manifest).toBe(join(workspace, 'a.yaml'));
    expect(inputs.environments).toEqual({ value: { a: 1 }, text: 'a: 1\n', file: join(workspace, 'a.yaml') });
  });
});

describe('what is wrong is said by name', () => {
  test.each([
    ['INPUT_WHO', '', 'who', 'is required and empty'],
    ['INPUT_WHO', 'a\nb', 'who', 'must be a single line'],
    ['INPUT_ON-FAILURE', 'rolback', 'on-failure', "'rolback' is none of none, rollback. Did you mean 'rollback'?"],
    ['INPUT_PUSH', 'yes', 'push', "'yes' is neither true nor false"],
    ['INPUT_CONCURRENCY', '4.5', 'concurrency', "'4.5' is not a whole number"],
    ['INPUT_CONCURRENCY', '0', 'concurrency', '0 is less than 1'],
    ['INPUT_CONCURRENCY', '99', 'concurrency', '99 is more than 16'],
    ['INPUT_TIMEOUT', '10', 'timeout', "'10' is not a duration (a number with ms, s, m or h)"],
    ['INPUT_LIMIT', 'much', 'limit', "'much' is not a size (a number with k, M, G, Ki, Mi or Gi)"],
    ['INPUT_MANIFEST', 'none.yaml', 'manifest', "'none.yaml' does not exist in the workspace"],
    ['INPUT_MANIFEST', 'folder', 'manifest', "'folder' is a folder, a file is needed"],
    ['INPUT_MANIFEST', '../x', 'manifest', "'../x' lies outside the workspace"],
    ['INPUT_MANIFEST', 'link/passwd', 'manifest', "'link/passwd' lies outside the workspace"],
    ['INPUT_IMAGES', 'mi', 'images', "'mi' is not of the form key=value"],
    ['INPUT_ENVIRONMENTS', 'bad.yaml', 'environments', expect.stringMatching(/^bad\.yaml is not valid YAML/)],
    ['INPUT_ENVIRONMENTS', 'no.yaml', 'environments', expect.stringMatching(/neither a file .* nor a document/)],
    ['INPUT_NAMESPCE', 'x', 'namespce', 'is not an input of sample.'],
    ['INPUT_TIMEOT', 'x', 'timeot', "is not an input of sample. Did you mean 'timeout'?"],
  ])('%s=%p → %s', (variable, value, subject, problem) => {
    expect(problemsOf({ [variable]: value })).toEqual([expect.objectContaining({ subject, problem })]);
  });

  test('all of it at once, each with a valid example', () => {
    const problems = problemsOf({ INPUT_WHO: '', INPUT_TIMEOUT: 'x', INPUT_PUSH: 'maybe' });
    expect(problems.map(({ subject, example }) => [subject, example])).toEqual([
      ['who', 'you'],
      ['push', 'true'],
      ['timeout', '10m'],
    ]);
  });
});

test('a default that is an expression is no value where no runner fills it in', () => {
  expect(read({}).githubToken).toBeUndefined();
  expect(read({ 'INPUT_GITHUB-TOKEN': 'ghs_1' }).githubToken).toBe('ghs_1');
});

test('secrets are known before anything is checked', () => {
  expect(secretValues(action, { INPUT_PASSWORD: 'hunter2!', INPUT_WHO: '' })).toEqual(['hunter2!']);
});
