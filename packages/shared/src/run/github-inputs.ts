import { boolean, jobToken, text } from './declaration.ts';

/** Inputs of the actions that tell a pull request how a rollout ended. */
export const rolloutCommentInputs = {
  'pr-comment': boolean(
    'A failed rollout becomes a comment on the pull request that brought the commit; the next good one updates it. The job needs `pull-requests: write`; without it the step goes on with a warning.',
    { default: 'false' },
  ),
  'github-token': jobToken('What writes to GitHub.'),
};

/** The input that gives a deployment its address on GitHub's pages. */
export const environmentUrl = text('Where the deployment can be looked at, for its record on GitHub.', {
  example: 'https://staging.example.com/employees',
});
