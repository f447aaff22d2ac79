import { messageOf } from '../base/errors.ts';
import type { Http, Job, Log } from '../base/ports.ts';
import { GitHub } from './client.ts';
import { pullRequestOf } from './pull-request.ts';

/** GitHub refuses longer comments (characters). */
const longest = 65_536;

/** What a comment is about: comments with the same key are one comment, which is updated. */
export interface CommentKey {
  readonly action: string;
  /** What tells two comments of the same action apart, for example the environment. */
  readonly subject: string;
}

/** The invisible first line by which our comment is found again. */
export function commentMarker({ action, subject }: CommentKey): string {
  // "--" would end the HTML comment.
  return `<!-- wso2-delivery: ${action} ${encodeURIComponent(subject).replaceAll('-', '%2D')} -->`;
}

/** The text of a comment: marker, Markdown, a link to the run; whole blocks go when it is too long. */
export function commentBody(key: CommentKey, markdown: string, runUrl: string | undefined): string {
  const marker = commentMarker(key);
  const link = runUrl === undefined ? '' : `\n\n<sub>[The run that wrote this](${runUrl})</sub>\n`;
  const room = longest - marker.length - link.length - 200;
  const text = markdown.trimEnd();
  if (text.length <= room) return `${marker}\n${text}${link}`;
  const end = text.lastIndexOf('\n\n', room);
  const kept = text.slice(0, end > 0 ? end : room);
  const unclosed = kept.split('<details').length - kept.split('</details>').length;
  const closed = `${kept}${'\n\n</details>'.repeat(Math.max(0, unclosed))}`;
  return `${marker}\n${closed}\n\n> The rest does not fit into a comment; the job summary has it all.${link}`;
}

/**
 * Writes a comment on a pull request, or updates the one that an earlier run wrote.
 * @param create false: a comment is updated, never begun (a good end after a reported failure)
 * @returns the URL of the comment; undefined when there is none
 * @throws ServiceError GITHUB_*
 */
async function keepComment(
  github: GitHub,
  pullRequest: number,
  key: CommentKey,
  body: string,
  create = true,
): Promise<string | undefined> {
  const needs = 'pull-requests: write';
  const path = `/issues/${pullRequest}/comments`;
  const rows = await github.list(path, needs, `list the comments of pull request ${pullRequest}`);
  const marker = commentMarker(key);
  const own = rows.find((row) => typeof row.body === 'string' && row.body.startsWith(marker) && isTrusted(row));
  if (own === undefined && !create) return undefined;
  const written =
    own === undefined
      ? await github.one('POST', path, needs, `comment on pull request ${pullRequest}`, { body })
      : await github.one('PATCH', `/issues/comments/${Number(own.id)}`, needs, 'update its comment', { body });
  return typeof written.html_url === 'string' ? written.html_url : undefined;
}

/** Anybody may write our marker into a comment; only what an app or a member wrote is taken for ours. */
function isTrusted(row: Readonly<Record<string, unknown>>): boolean {
  const user = row.user as { type?: unknown } | null | undefined;
  return user?.type === 'Bot' || ['OWNER', 'MEMBER', 'COLLABORATOR'].includes(String(row.author_association));
}

/**
 * The comment of a step, as far as it is possible: whatever stands in the way is a warning, never a failure.
 * @param markdown finished Markdown, secrets masked
 */
export async function commentOnPullRequest(
  token: string | undefined,
  key: CommentKey,
  markdown: string,
  ports: { readonly http: Http; readonly job: Job; readonly log: Log },
  create = true,
): Promise<void> {
  const { job, log } = ports;
  const github = GitHub.of(token, job, ports.http);
  if (github === undefined) {
    log.warning('No comment was written: there is no GitHub token or no repository in this job.');
    return;
  }
  try {
    const pullRequest = await pullRequestOf(job, github);
    if (pullRequest === undefined) {
      log.info('No comment was written: no pull request belongs to this commit.');
      return;
    }
    const runUrl =
      job.runId === undefined ? undefined : `${job.serverUrl}/${github.repository}/actions/runs/${job.runId}`;
    const url = await keepComment(github, pullRequest, key, commentBody(key, markdown, runUrl), create);
    if (url !== undefined) log.info(`The comment on pull request ${pullRequest} is up to date: ${url}`);
  } catch (failure) {
    log.annotate({ level: 'warning', message: `No comment was written: ${messageOf(failure)}` });
  }
}
