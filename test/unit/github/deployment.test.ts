import { afterEach, describe, expect, test } from '@jest/globals';
import { startGitHubApi, type GitHubApi } from '@wso2-delivery/lab/github/github-api';
import { DeploymentRecord } from '@wso2-delivery/shared/github/deployment';
import { testPorts, type TestPorts } from '../../support/ports.ts';

const repository = 'acme/mi';
const wish = { environment: 'staging', url: 'https://staging.example.com', description: 'mi-employee-service' };
let api: GitHubApi | undefined;
let ports: TestPorts | undefined;

afterEach(async () => {
  ports?.dispose();
  await api?.close();
});

async function given(more: Record<string, string> = { GITHUB_SHA: 'abc' }) {
  api = await startGitHubApi({ repository, tokens: { good: ['deployments: write'], weak: ['contents: read'] } });
  ports = testPorts({
    variables: { GITHUB_REPOSITORY: repository, GITHUB_API_URL: api.url, GITHUB_RUN_ID: '5', ...more },
  });
  return { api, ports };
}

describe('a deployment record', () => {
  test('begins in progress and ends with what became of it, with the URL of the environment', async () => {
    const { api: github, ports: own } = await given();
    const record = await DeploymentRecord.open('good', wish, own);
    await record?.say('success', 'runs');
    expect(github.deployments).toMatchObject([{ ref: 'abc', environment: 'staging' }]);
    expect(github.deployments[0]?.statuses).toMatchObject([
      { state: 'in_progress', environment_url: wish.url, log_url: 'https://github.com/acme/mi/actions/runs/5' },
      { state: 'success', environment_url: wish.url, description: 'runs' },
    ]);
  });

  test('asks GitHub neither to merge nor to wait for checks', async () => {
    const { api: github, ports: own } = await given();
    await DeploymentRecord.open('good', wish, own);
    const asked = JSON.parse(github.requests[0]?.body.toString() ?? '') as object;
    expect(asked).toMatchObject({ auto_merge: false, required_contexts: [] });
  });

  test('keeps descriptions within the 140 characters that GitHub takes', async () => {
    const { api: github, ports: own } = await given();
    const record = await DeploymentRecord.open('good', wish, own);
    await record?.say('failure', 'x'.repeat(500));
    expect(github.deployments[0]?.statuses[1]?.description).toHaveLength(140);
  });

  test.each([
    ['a token without the right', 'weak', { GITHUB_SHA: 'abc' }, /needs `deployments: write`/],
    ['no token', undefined, { GITHUB_SHA: 'abc' }, /no GitHub token or no commit/],
    ['a job without a commit', 'good', {}, /no GitHub token or no commit/],
  ] as const)('is left out for %s, which is said', async (_, token, variables, said) => {
    const { api: github, ports: own } = await given(variables);
    expect(await DeploymentRecord.open(token, wish, own)).toBeUndefined();
    expect(github.deployments).toEqual([]);
    expect(own.lines.join('\n')).toMatch(said);
  });

  test('whose status GitHub does not take is a warning', async () => {
    const { ports: own, api: github } = await given();
    const record = await DeploymentRecord.open('good', wish, own);
    await github.close();
    await record?.say('success', 'runs');
    expect(own.annotations).toHaveLength(1);
    expect(own.annotations[0]?.message).toContain("does not say 'success'");
  });
});
