import { describe, expect, test } from '@jest/globals';
import { codes } from '@wso2-delivery/shared/base/codes';
import { InputError, messageOf, ServiceError, ToolError } from '@wso2-delivery/shared/base/errors';
import { describeFailure, failureAnnotations, failureSummary, helpPageOf } from '@wso2-delivery/shared/run/failure';
import { createSecrets } from '@wso2-delivery/shared/run/secrets';
import { createSummary, summaryLimitBytes } from '@wso2-delivery/shared/run/summary';
import { makeReport } from '@wso2-delivery/shared/run/report';

const tool = new ToolError(codes.TOOL_FAILED, 'mvn failed', {
  command: ['mvn', 'install'],
  exitCode: 1,
  evidence: '<b>BUILD FAILURE</b>',
  location: { file: 'src/A.java', line: 3, column: 7 },
});

describe('a failure as the user meets it', () => {
  test('cause first, remedy second, code last, at the place where it is', () => {
    expect(failureAnnotations(tool)).toEqual([
      {
        level: 'error',
        message: `mvn failed. ${codes.TOOL_FAILED.remedy} [TOOL_FAILED]`,
        file: 'src/A.java',
        line: 3,
        column: 7,
      },
    ]);
  });

  test('several problems of the inputs are several annotations, each with its example', () => {
    const error = new InputError(codes.INPUT_INVALID, [
      { subject: 'timeout', problem: "'x' is not a duration", example: '10m' },
      { subject: 'image', problem: 'is required and empty', location: { file: 'a.yaml', line: 2 } },
    ]);
    expect(failureAnnotations(error).map(({ message }) => message)).toEqual([
      "timeout: 'x' is not a duration. Example: 10m [INPUT_INVALID]",
      'image: is required and empty. [INPUT_INVALID]',
    ]);
    expect(failureAnnotations(error)[1]).toMatchObject({ file: 'a.yaml', line: 2 });
  });

  test('in the summary foreign text is escaped and the command is shown', () => {
    const markdown = failureSummary('build-mi', tool);
    expect(markdown).toContain('### ❌ build-mi failed');
    expect(markdown).toContain('mvn install');
    expect(markdown).toContain('exit code 1');
    expect(markdown.split('```')[0]).not.toContain('<b>');
  });

  test.each([
    ['an error nobody foresaw', new TypeError('x is undefined'), 'INTERNAL', 'x is undefined'],
    ['something that is no error', 'oops', 'INTERNAL', 'oops'],
    [
      'a service',
      new ServiceError(codes.SERVICE_TIMEOUT, 'GET x: nothing came', { method: 'GET', url: 'x', status: 504 }),
      'SERVICE_TIMEOUT',
      'GET x: nothing came',
    ],
  ])('%s has a code, a message and a help page', (_, thrown, code, message) => {
    expect(describeFailure(thrown)).toMatchObject({ code, message, help: `docs/errors.md#${code.toLowerCase()}` });
  });

  const github = {
    GITHUB_ACTION_REPOSITORY: 'acme/wso2-delivery',
    GITHUB_ACTION_REF: 'v1',
    GITHUB_SERVER_URL: 'https://github.com',
  };
  test.each<[string, Readonly<Record<string, string | undefined>>, string]>([
    ['an action of another repository', github, 'https://github.com/acme/wso2-delivery/blob/v1/docs/errors.md'],
    [
      'an action of the same repository, which has no name of its own',
      { ...github, GITHUB_ACTION_REPOSITORY: '' },
      'docs/errors.md',
    ],
    [
      'an Enterprise Server, whose actions may come from elsewhere',
      { ...github, GITHUB_SERVER_URL: 'https://git.example.com' },
      'docs/errors.md',
    ],
    ['a name that is none', { ...github, GITHUB_ACTION_REPOSITORY: 'a"><b>' }, 'docs/errors.md'],
    ['no runner at all', {}, 'docs/errors.md'],
  ])('the help page of %s', (_, variables, page) => {
    expect(helpPageOf((name) => variables[name])).toBe(page);
    const summary = failureSummary('build-mi', tool, page);
    expect(summary).toContain(
      page === 'docs/errors.md' ? `TOOL_FAILED · ${page}#tool_failed` : `<a href="${page}#tool_failed">TOOL_FAILED</a>`,
    );
    expect(describeFailure(tool, page).help).toBe(`${page}#tool_failed`);
  });

  test('causes and aggregates are told in one line', () => {
    expect(messageOf(new Error('outer', { cause: new Error('inner') }))).toBe('outer: inner');
    expect(messageOf(new AggregateError([new Error('a'), new Error('b')]))).toBe('a; b');
  });
});

describe('the summary', () => {
  test('stays under the limit that GitHub sets and says what it left out', () => {
    const summary = createSummary(createSecrets(() => undefined));
    summary.add('first');
    for (let i = 0; i < 3; i++) summary.add('ü'.repeat(summaryLimitBytes / 4));
    const markdown = summary.markdown();
    expect(Buffer.byteLength(markdown)).toBeLessThan(1024 * 1024);
    expect(markdown).toMatch(/^first\n/);
    expect(markdown).toContain('2 more parts do not fit');
  });

  test('shows no secret', () => {
    const secrets = createSecrets(() => undefined);
    const summary = createSummary(secrets);
    summary.add('the password is hunter2hunter2');
    secrets.register('hunter2hunter2');
    expect(summary.markdown()).toBe('the password is ***\n');
  });
});

test('every form of a secret is announced to the runner once', () => {
  const announced: string[] = [];
  const secrets = createSecrets((form) => announced.push(form));
  secrets.register('geheim-geheim');
  secrets.register('geheim-geheim');
  expect(announced).toContain('geheim-geheim');
  expect(new Set(announced).size).toBe(announced.length);
  expect(secrets.holds(`x${Buffer.from('geheim-geheim').toString('base64')}`)).toBe(true);
});

test.each([
  [undefined, 'success'],
  [tool, 'failure'],
])('a report tells how it ended: %p → %s', (failure, result) => {
  const report = makeReport({
    action: 'build-mi',
    startedAt: 0,
    endedAt: 5,
    outputs: { a: 'b' },
    facts: { n: 1 },
    failure,
  });
  expect(report).toMatchObject({ action: 'build-mi', durationMs: 5, result, outputs: { a: 'b' }, facts: { n: 1 } });
});
