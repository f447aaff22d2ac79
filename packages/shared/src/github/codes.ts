import { defineCodes } from '../base/errors.ts';

/** Failures of GitHub's own REST API. None of them fails a step: what was asked of GitHub comes on top of the work. */
export const codes = defineCodes({
  GITHUB_FORBIDDEN: {
    title: 'The GitHub token lacks a permission',
    meaning: 'GitHub knows the token and refuses the request, or hides what it may not see behind a 404.',
    remedy: 'Add the permission that the message names to the `permissions:` of the job.',
  },
  GITHUB_UNAUTHORIZED: {
    title: 'GitHub does not accept the token',
    meaning: 'The token of the input `github-token` is wrong, has expired or was revoked.',
    remedy: 'Leave the input out for the token of the job, or renew the secret that holds it.',
  },
  GITHUB_BUSY: {
    title: 'GitHub answers later',
    meaning:
      'A rate limit of the token is used up, or the API is out of order, and that did not end within the retries.',
    remedy: 'Nothing is lost: the job summary and the report hold the same text. Run the job again for the comment.',
  },
  GITHUB_REFUSED: {
    title: 'GitHub refuses the request',
    meaning: 'The request is one that GitHub does not carry out, for the reason in the message.',
    remedy: 'Read the reason in the message; the environment, the commit or the pull request may not exist.',
  },
});
