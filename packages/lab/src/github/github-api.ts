import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json, readIncoming, send, type Answer, type Incoming } from '../apim/exchange.ts';

export interface LabComment {
  readonly id: number;
  readonly issue: number;
  body: string;
  readonly user: { readonly login: string; readonly type: 'Bot' | 'User' };
  readonly author_association: 'NONE' | 'MEMBER' | 'OWNER';
}

export interface LabDeployment {
  readonly id: number;
  readonly ref: string;
  readonly environment: string;
  readonly statuses: { readonly state: string; readonly environment_url?: string; readonly description?: string }[];
}

export interface GitHubApi {
  /** What GITHUB_API_URL is set to. */
  readonly url: string;
  readonly requests: readonly Incoming[];
  readonly comments: LabComment[];
  readonly deployments: readonly LabDeployment[];
  close(): Promise<void>;
}

export interface GitHubApiOptions {
  readonly repository: string;
  /** Token → what it may, as `permissions:` of a job name it. Reading pull requests is part of writing them. */
  readonly tokens: Readonly<Record<string, readonly string[]>>;
  /** Commit → number of the pull request that brought it. */
  readonly merged?: Readonly<Record<string, number>>;
  /** Answers that are given instead, first come first served. */
  readonly faults?: { readonly call: RegExp; readonly answer: Answer; times: number }[];
}

/** The part of GitHub's REST API that the actions call: comments, deployments, the pull requests of a commit. */
export async function startGitHubApi(options: GitHubApiOptions): Promise<GitHubApi> {
  const comments: LabComment[] = [];
  const deployments: LabDeployment[] = [];
  const requests: Incoming[] = [];
  let nextId = 1;
  const base = `/repos/${options.repository}`;

  const answerTo = (request: Incoming): Answer => {
    const call = `${request.method} ${request.path.slice(base.length)}`;
    const fault = options.faults?.find((each) => each.times > 0 && each.call.test(call));
    if (fault !== undefined) {
      fault.times -= 1;
      return fault.answer;
    }
    if (!request.path.startsWith(base)) return json(404, { message: 'Not Found' });
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const rights = options.tokens[token];
    if (rights === undefined) return json(401, { message: 'Bad credentials' });
    const may = (right: string) => rights.includes(right) || rights.includes(right.replace('read', 'write'));
    const forbidden = json(403, { message: 'Resource not accessible by integration' });
    const [, issue] = /^(?:GET|POST) \/issues\/(\d+)\/comments$/.exec(call) ?? [];
    if (issue !== undefined) {
      if (!may('pull-requests: read')) return forbidden;
      if (request.method === 'GET') return pageOf(request, commentsOf(Number(issue)));
      if (!may('pull-requests: write')) return forbidden;
      return json(201, shown(add(Number(issue), request)));
    }
    const [, comment] = /^PATCH \/issues\/comments\/(\d+)$/.exec(call) ?? [];
    if (comment !== undefined) {
      if (!may('pull-requests: write')) return forbidden;
      const found = comments.find(({ id }) => id === Number(comment));
      if (found === undefined) return json(404, { message: 'Not Found' });
      found.body = bodyOf(request).body as string;
      return json(200, shown(found));
    }
    const [, sha] = /^GET \/commits\/([^/]+)\/pulls$/.exec(call) ?? [];
    if (sha !== undefined) {
      if (!may('pull-requests: read')) return forbidden;
      const number = options.merged?.[sha];
      return json(200, number === undefined ? [] : [{ number, merged_at: '2026-01-01T00:00:00Z' }]);
    }
    if (call === 'POST /deployments') {
      if (!may('deployments: write')) return forbidden;
      const { ref, environment } = bodyOf(request) as { ref: string; environment: string };
      const made = { id: nextId++, ref, environment, statuses: [] };
      deployments.push(made);
      return json(201, made);
    }
    const [, deployment] = /^POST \/deployments\/(\d+)\/statuses$/.exec(call) ?? [];
    if (deployment !== undefined) {
      if (!may('deployments: write')) return forbidden;
      const found = deployments.find(({ id }) => id === Number(deployment));
      if (found === undefined) return json(404, { message: 'Not Found' });
      found.statuses.push(bodyOf(request) as LabDeployment['statuses'][number]);
      return json(201, { id: nextId++ });
    }
    return json(404, { message: 'Not Found' });
  };

  const commentsOf = (issue: number) => comments.filter((each) => each.issue === issue).map(shown);
  const add = (issue: number, request: Incoming): LabComment => {
    const made: LabComment = {
      id: nextId++,
      issue,
      body: bodyOf(request).body as string,
      user: { login: 'github-actions[bot]', type: 'Bot' },
      author_association: 'NONE',
    };
    comments.push(made);
    return made;
  };
  const shown = (comment: LabComment) => ({ ...comment, html_url: `https://github.com/comment/${comment.id}` });

  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await readIncoming(message);
    requests.push(request);
    send(response, answerTo(request));
  };
  const server = createServer((message, response) => {
    handle(message, response).catch(() => response.destroy());
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    comments,
    deployments,
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

function pageOf(request: Incoming, rows: readonly object[]): Answer {
  const size = Number(request.query.get('per_page') ?? 30);
  const page = Number(request.query.get('page') ?? 1);
  return json(200, rows.slice((page - 1) * size, page * size));
}

function bodyOf(request: Incoming): Record<string, unknown> {
  return JSON.parse(request.body.toString('utf8')) as Record<string, unknown>;
}
