import { afterEach, describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startGitHubApi, type GitHubApi, type GitHubApiOptions } from '@wso2-delivery/lab/github/github-api';
import { commentBody, commentMarker, commentOnPullRequest } from '@wso2-delivery/shared/github/comment';
import { testPorts, type TestPorts } from '../../support/ports.ts';

const key = { action: 'promote-api', subject: 'staging' };
const repository = 'acme/apis';
let api: GitHubApi | undefined;
let ports: TestPorts | undefined;

afterEach(async () => {
  ports?.dispose();
  await api?.close();
});

async function given(variables: Record<string, string> = {}, options: Partial<GitHubApiOptions> = {}) {
  api = await startGitHubApi({
    repository,
    tokens: { good: ['pull-requests: write'], weak: ['contents: read'] },
    ...options,
  });
  ports = testPorts({
    variables: {
      GITHUB_REPOSITORY: repository,
      GITHUB_API_URL: api.url,
      GITHUB_REF: 'refs/pull/7/merge',
      GITHUB_SHA: 'abc',
      GITHUB_RUN_ID: '42',
      ...variables,
    },
  });
  return { api, ports };
}

describe('the comment on a pull request', () => {
  test('is written once and then updated in place', async () => {
    const { api: github, ports: own } = await given();
    await commentOnPullRequest('good', key, '## First', own);
    await commentOnPullRequest('good', key, '## Second', own);
    expect(github.comments).toHaveLength(1);
    expect(github.comments[0]?.body).toContain('## Second');
    expect(github.comments[0]?.body).toContain('https://github.com/acme/apis/actions/runs/42');
  });

  test('of another environment is another comment', async () => {
    const { api: github, ports: own } = await given();
    await commentOnPullRequest('good', key, 'one', own);
    await commentOnPullRequest('good', { ...key, subject: 'production' }, 'two', own);
    expect(github.comments.map(({ body }) => body.split('\n')[1])).toEqual(['one', 'two']);
  });

  test('is found among hundreds of others', async () => {
    const { api: github, ports: own } = await given();
    for (let n = 0; n < 230; n += 1) {
      const user = { login: 'someone', type: 'User' } as const;
      github.comments.push({ id: 1000 + n, issue: 7, body: 'hello', user, author_association: 'NONE' });
    }
    await commentOnPullRequest('good', key, 'one', own);
    await commentOnPullRequest('good', key, 'two', own);
    expect(github.comments).toHaveLength(231);
  });

  test('that a stranger gave our marker is left alone', async () => {
    const { api: github, ports: own } = await given();
    const body = `${commentMarker(key)}\nnot ours`;
    github.comments.push({ id: 99, issue: 7, body, user: { login: 'x', type: 'User' }, author_association: 'NONE' });
    await commentOnPullRequest('good', key, 'ours', own);
    expect(github.comments[0]?.body).toBe(body);
    expect(github.comments).toHaveLength(2);
  });

  test('is not begun when it is only to be updated', async () => {
    const { api: github, ports: own } = await given();
    await commentOnPullRequest('good', key, 'fine again', own, false);
    expect(github.comments).toEqual([]);
  });

  const cases: readonly [string, string | undefined, Record<string, string>, RegExp][] = [
    ['a token without the right', 'weak', {}, /needs `pull-requests: write`/],
    ['a token that GitHub does not know', 'wrong', {}, /401 Bad credentials/],
    ['no token', undefined, {}, /no GitHub token/],
    ['a commit without a pull request', 'good', { GITHUB_REF: 'refs/heads/main' }, /no pull request belongs/],
  ];
  test.each(cases)('is left out for %s, which is said', async (_, token, variables, said) => {
    const { api: github, ports: own } = await given(variables);
    await commentOnPullRequest(token, key, 'text', own);
    expect(github.comments).toEqual([]);
    expect(own.lines.join('\n')).toMatch(said);
  });

  test('is left out with a warning when GitHub has trouble, and the step goes on', async () => {
    const answer = { status: 403, body: '{"message":"rate limit"}', headers: { 'x-ratelimit-remaining': '0' } };
    const { ports: own } = await given({}, { faults: [{ call: /comments/, answer, times: 9 }] });
    await expect(commentOnPullRequest('good', key, 'text', own)).resolves.toBeUndefined();
    expect(own.annotations).toEqual([
      { level: 'warning', message: expect.stringContaining('403 rate limit') as unknown },
    ]);
  });

  test('goes to the pull request that brought the commit, after a merge', async () => {
    const { api: github, ports: own } = await given({ GITHUB_REF: 'refs/heads/main' }, { merged: { abc: 12 } });
    await commentOnPullRequest('good', key, 'text', own);
    expect(github.comments[0]?.issue).toBe(12);
  });

  test('goes to the pull request of the event when the ref is that of its base', async () => {
    const { api: github, ports: own } = await given({ GITHUB_REF: 'refs/heads/main' });
    const event = join(own.files.workspace, 'event.json');
    writeFileSync(event, JSON.stringify({ pull_request: { number: 31 } }));
    const variables = { GITHUB_REPOSITORY: repository, GITHUB_API_URL: github.url, GITHUB_EVENT_PATH: event };
    const second = testPorts({ variables });
    await commentOnPullRequest('good', key, 'text', second);
    second.dispose();
    expect(github.comments[0]?.issue).toBe(31);
  });
});

describe('the body of a comment', () => {
  test('stays under the limit of GitHub, ends at a block, closes what it folded and says that it was cut', () => {
    const block = `<details><summary>x</summary>\n\n${'word '.repeat(200)}\n\n</details>\n\n`;
    const body = commentBody(key, `# Title\n\n${block.repeat(100)}`, undefined);
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body.split('<details').length).toBe(body.split('</details>').length);
    expect(body).toContain('The rest does not fit into a comment');
  });

  test('begins with a marker that no subject can end early', () => {
    expect(commentMarker({ action: 'a', subject: '--> <script>' })).toMatch(/^<!-- [^>]+ -->$/);
  });
});
