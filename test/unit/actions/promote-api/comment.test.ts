import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startGitHubApi, type GitHubApi } from '@wso2-delivery/lab/github/github-api';
import { startLabPromotion, type LabPromotion } from './lab-promotion.ts';

let github: GitHubApi;
let lab: LabPromotion;

beforeEach(async () => {
  github = await startGitHubApi({ repository: 'acme/apis', tokens: { ghs_good: ['pull-requests: write'] } });
  lab = await startLabPromotion({
    variables: {
      GITHUB_API_URL: github.url,
      GITHUB_REPOSITORY: 'acme/apis',
      GITHUB_REF: 'refs/pull/3/merge',
      STAGING_BACKEND_PASSWORD: 'not-in-a-comment',
    },
  });
});
afterEach(async () => {
  await lab.close();
  await github.close();
});

const asked = { 'pr-comment': 'true', 'github-token': 'ghs_good', params: 'api_params.yaml' };

test('a plan is a comment on the pull request, and the next plan takes its place', async () => {
  await lab.run({ ...asked, mode: 'plan' });
  expect(github.comments.map(({ body }) => body)).toEqual([expect.stringContaining('1 new')]);
  await lab.run({ params: 'api_params.yaml' });
  await lab.run({ ...asked, mode: 'plan' });
  expect(github.comments.map(({ body }) => body)).toEqual([expect.stringContaining('unchanged')]);
  expect(github.comments[0]?.body).not.toContain('not-in-a-comment');
});

test('a run that cannot begin says why in the comment', async () => {
  const { failure } = await lab.run({ ...asked, mode: 'plan', apis: 'NoSuchAPI:1.0.0' });
  expect(failure).toBeDefined();
  expect(github.comments[0]?.body).toContain('NoSuchAPI');
});

test('without the right the plan is made all the same', async () => {
  const outcome = await lab.run({ ...asked, mode: 'plan', 'github-token': 'ghs_other' });
  expect(outcome.failure).toBeUndefined();
  expect(lab.ports.lines.join('\n')).toContain('No comment was written');
});
