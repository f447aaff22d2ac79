import type { Ports } from '../base/ports.ts';
import { commentOnPullRequest, type CommentKey } from '../github/comment.ts';
import { failureSummary, helpPageOf } from './failure.ts';

/**
 * What a step came to as a comment on the pull request: its summary, and its failure as the job summary tells it. Masked.
 * @param create false: an earlier comment is updated, none is begun
 */
export async function commentOutcome(
  token: string | undefined,
  key: CommentKey,
  summary: string,
  failure: unknown,
  ports: Ports,
  create = true,
): Promise<void> {
  const told =
    failure === undefined
      ? ''
      : failureSummary(
          key.action,
          failure,
          helpPageOf((name) => ports.job.variable(name)),
        );
  const markdown = ports.secrets.redact([summary, told].filter((part) => part !== '').join('\n\n'));
  await commentOnPullRequest(token, key, markdown, ports, create);
}
