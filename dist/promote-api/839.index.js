export const id = 839;
export const ids = [839];
export const modules = {

/***/ 839:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  main: () => (/* binding */ main)
});

// EXTERNAL MODULE: ./packages/shared/src/base/errors.ts
var base_errors = __webpack_require__(26);
;// CONCATENATED MODULE: ./packages/shared/src/apim/codes.ts

/** Failures of promoting APIs between API Managers. */
const codes = (0,base_errors/* defineCodes */.Oo)({
    ENVIRONMENTS_INVALID: {
        title: 'The environments document is wrong',
        meaning: 'The list of API Managers lacks an environment, a URL, or holds something that does not belong there.',
        remedy: 'Correct the entries named in the message. Each environment has a name and apim, or every URL by itself.',
    },
    PARAMS_MALFORMED: {
        title: 'The params file is not YAML',
        meaning: 'The file with the environment-specific settings cannot be read. Nothing was sent.',
        remedy: 'Correct the line named in the message. Blanks indent, tabs do not.',
    },
    PARAMS_INVALID: {
        title: 'The params file cannot do what it is meant to',
        meaning: 'The settings for the target environment are absent, incomplete, or in a place where API Manager would ignore ' +
            'them without a word. Nothing was sent.',
        remedy: 'Correct the lines named in the message; each shows a valid example.',
    },
    ARCHIVE_INVALID: {
        title: 'An API archive is not what it should be',
        meaning: 'The archive is damaged, has no or several root folders, or holds another API than the one asked for.',
        remedy: 'Export the API again, or correct the path under archives.',
    },
    APICTL_UNAVAILABLE: {
        title: 'apictl is not there',
        meaning: 'apictl is neither at apictl-path nor on the PATH, and no version to download was given.',
        remedy: 'Give apictl-version with apictl-sha256, or install apictl in an earlier step.',
    },
    APICTL_VERSION: {
        title: 'This version of apictl cannot do that',
        meaning: 'The step needs something that the apictl found does not have, or it does not answer like apictl at all.',
        remedy: 'Use the apictl release whose minor version is that of your API Manager, in its latest patch.',
    },
    APICTL_FAILED: {
        title: 'apictl failed',
        meaning: 'apictl ended with an error that is not in the table of known failures.',
        remedy: "Read apictl's own words in the summary.",
    },
    APICTL_NO_SUCCESS: {
        title: 'apictl ended without saying that it succeeded',
        meaning: 'apictl gave the exit code 0 and did not print its success text: it does so on most failures.',
        remedy: "Read apictl's own words in the summary: they are the server's answer.",
    },
    APIM_LOGIN_REFUSED: {
        title: 'API Manager refuses the credentials',
        meaning: 'User name and password (or the access token) were not accepted by client registration or token endpoint.',
        remedy: 'Check the secrets of this environment. The password grant has to be allowed for the user.',
    },
    APIM_UNAUTHORIZED: {
        title: 'API Manager does not accept the token',
        meaning: 'A call was answered with 401 although a fresh token was used.',
        remedy: 'Check that publisher and token URL of the environment belong together. A personal access token needs the scopes that docs/permissions.md lists.',
    },
    APIM_FORBIDDEN: {
        title: 'The user may not do that',
        meaning: 'The credentials are right and the user lacks a role or scope for this call.',
        remedy: 'Give the user the roles Internal/publisher and Internal/creator (or admin) in this environment, or bind the scopes that the message names to a role of the user (docs/permissions.md lists what each mode needs).',
    },
    APIM_BUSY: {
        title: 'API Manager is not ready to answer',
        meaning: 'The server answered 429, 502, 503 or 504, also after retries where a retry is harmless.',
        remedy: 'Look at the health of the API Manager and run the step again.',
    },
    APIM_ERROR: {
        title: 'API Manager answered with an error',
        meaning: 'The server refused a call for a reason of its own.',
        remedy: "Read the server's words in the message.",
    },
    APIM_NOT_APIM: {
        title: 'The URL does not answer like an API Manager',
        meaning: 'A call was answered with success and something else than the documented answer, such as a login page.',
        remedy: 'Check the URLs of the environment: a proxy or another service answers there.',
    },
    API_NOT_FOUND: {
        title: 'The API does not exist',
        meaning: 'The environment holds no API of exactly this name and version.',
        remedy: 'Check name, version and environment under apis and from.',
    },
    API_CONFLICT: {
        title: 'The API collides with what is there',
        meaning: 'The target holds the API already and update is off, or another API or provider has its context.',
        remedy: 'Set update: true, change the context, or set preserve-provider: false across different users.',
    },
    GATEWAY_UNKNOWN: {
        title: 'A gateway environment does not exist',
        meaning: 'The API should be deployed on a gateway environment that the target does not have. It would be passed over.',
        remedy: 'Use the names that the message lists, in deploymentEnvironments of the params file.',
    },
    REVISION_LIMIT: {
        title: 'There is no room for a revision',
        meaning: 'API Manager keeps five revisions of an API, and all five are deployed or none may be removed.',
        remedy: 'Undeploy one, or set rotate-revision: true so that the oldest that is not deployed is removed.',
    },
    IMPORT_NOT_PROVEN: {
        title: 'apictl reported success and nothing was imported',
        meaning: 'The publisher does not show the API or no new revision of it: apictl calls any answer 200 a success.',
        remedy: 'Check the URLs of the environment: a login page or a proxy may have answered in place of API Manager.',
    },
    REVISION_NOT_DEPLOYED: {
        title: 'The new revision is not deployed where it should be',
        meaning: 'The API was imported, and its new revision is not on every gateway environment that was asked for.',
        remedy: 'Look at the publisher log of the target; gateway environments with wrong names are passed over.',
    },
    GATEWAY_NOT_SERVING: {
        title: 'The gateway does not serve the API',
        meaning: 'The publisher says deployed, and the gateway still answers 404 for its context when the time is over.',
        remedy: 'Check the gateway URL of the environment and the connection between gateway and control plane.',
    },
    PLAN_STALE: {
        title: 'The ground has moved since the plan was made',
        meaning: 'Source or target changed after the plan that should be applied. Nothing was imported.',
        remedy: 'Make a new plan and have it reviewed.',
    },
    PROMOTION_FAILED: {
        title: 'Some APIs were not promoted',
        meaning: 'At least one API failed. The summary names what happened to each.',
        remedy: 'Correct the causes that the summary names and run the step again: what is done is recognised.',
    },
    UNDO_FAILED: {
        title: 'The state before could not be put back',
        meaning: 'An import failed, and so did undoing it. The API is neither as before nor as wanted.',
        remedy: 'Read both causes in the message and repair the API in the publisher by hand.',
    },
    STATE_NOT_AS_PLANNED: {
        title: 'What was imported is not what was planned',
        meaning: 'The new revision was exported again, and endpoints, operations, security, throttling, life cycle or deployment ' +
            'differ from the plan.',
        remedy: 'Read the differences in the message: the server has refused or changed these settings without a word.',
    },
    LIFECYCLE_NOT_AS_PLANNED: {
        title: 'The API is not in the life cycle state that was planned',
        meaning: 'No steps of the life cycle lead from the present state to the planned one, or one has to be approved.',
        remedy: 'Approve the pending change in the publisher, take the step there by hand, or choose lifecycle: keep.',
    },
    JOURNAL_INVALID: {
        title: 'The promotion journal cannot be used',
        meaning: 'The file is not a journal that mode: apply has written, or holds no promotion into this environment.',
        remedy: 'Give the journal of the promotion that is to be undone, and the same environment under to.',
    },
    PROMOTION_ROLLBACK_REFUSED: {
        title: 'The API was changed again since the promotion',
        meaning: 'A later revision serves, or another API has this name: putting back what was before would undo that too.',
        remedy: 'Decide by hand in the publisher which revision is to serve.',
    },
    ROLLBACK_INCOMPLETE: {
        title: 'Some APIs were not put back',
        meaning: 'At least one API of the journal is not as it was before the promotion. The summary names what was done.',
        remedy: 'Correct the causes that the summary names and run the step again: what is done is recognised.',
    },
    DRIFT_FOUND: {
        title: 'The environment is not what the repository says',
        meaning: 'At least one API differs from its project and params, or is absent. Nothing was changed.',
        remedy: 'Promote the APIs again, or take what was changed in the publisher into the repository.',
    },
    SCRATCH_FULL: {
        title: 'The disk of the runner is full',
        meaning: 'Archives and settings are written to a private folder of the step before they are sent. It has no room.',
        remedy: 'Free space on the runner, promote fewer APIs in a run (shards), or lower concurrency.',
    },
    SUBSCRIPTIONS_SKIPPED: {
        title: 'The application lacks subscriptions',
        meaning: 'API Manager imports an application without the subscriptions that it cannot make: the API or product is not ' +
            'there, is not published, or does not offer the policy.',
        remedy: 'Promote and publish the APIs that the message names, with the policy, then the application again.',
    },
    DEPENDENCY_MISSING: {
        title: 'Something that is needed is not in the target',
        meaning: 'An API product is made of operations, or an application subscribes to something, that the target lacks.',
        remedy: 'Promote it first, or let it come with the product: dependent-apis: update.',
    },
});

;// CONCATENATED MODULE: ./packages/shared/src/apim/scratch-full.ts


/** A failure of writing our own files, named when it is the disk's; any other is given back as it is. */
function namedIfFull(failure) {
    if (failure instanceof base_errors/* DeliveryError */.VE || !(failure instanceof Error))
        return failure;
    const { code, path } = failure;
    if (code !== 'ENOSPC' && code !== 'EDQUOT')
        return failure;
    const message = `there is no room left on the disk for ${path ?? 'a file of this step'}`;
    return new base_errors/* ToolError */.v4(codes.SCRATCH_FULL, message, { command: [], exitCode: null, cause: failure });
}

// EXTERNAL MODULE: ./packages/shared/src/base/text.ts
var base_text = __webpack_require__(282);
;// CONCATENATED MODULE: ./packages/shared/src/github/codes.ts

/** Failures of GitHub's own REST API. None of them fails a step: what was asked of GitHub comes on top of the work. */
const codes_codes = (0,base_errors/* defineCodes */.Oo)({
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
        meaning: 'A rate limit of the token is used up, or the API is out of order, and that did not end within the retries.',
        remedy: 'Nothing is lost: the job summary and the report hold the same text. Run the job again for the comment.',
    },
    GITHUB_REFUSED: {
        title: 'GitHub refuses the request',
        meaning: 'The request is one that GitHub does not carry out, for the reason in the message.',
        remedy: 'Read the reason in the message; the environment, the commit or the pull request may not exist.',
    },
});

;// CONCATENATED MODULE: ./packages/shared/src/github/client.ts



/** The REST API version whose shapes are read here. */
const apiVersion = '2022-11-28';
/** GitHub's REST API for one repository: that of the job, on github.com or on an Enterprise Server. */
class GitHub {
    repository;
    #apiUrl;
    #token;
    #http;
    constructor(repository, apiUrl, token, http) {
        this.repository = repository;
        this.#apiUrl = apiUrl;
        this.#token = token;
        this.#http = http;
    }
    /** @returns undefined outside of a job, or without a token */
    static of(token, job, http) {
        if (token === undefined || job.repository === undefined)
            return undefined;
        const apiUrl = (job.variable('GITHUB_API_URL') ?? 'https://api.github.com').replace(/\/+$/, '');
        return new GitHub(job.repository, apiUrl, token, http);
    }
    /** One object. @param path below /repos/OWNER/NAME @throws ServiceError GITHUB_* */
    async one(method, path, needs, doing, body) {
        const document = await this.#json(method, path, needs, doing, body);
        if (typeof document !== 'object' || document === null || Array.isArray(document))
            throw unreadable(method, path, doing);
        return document;
    }
    /** A listing, page after page until `enough` of them are there. @throws ServiceError GITHUB_* */
    async list(path, needs, doing, pages = 10) {
        const rows = [];
        for (let page = 1; page <= pages; page += 1) {
            const separator = path.includes('?') ? '&' : '?';
            const full = `${path}${separator}per_page=100&page=${page}`;
            const document = await this.#json('GET', full, needs, doing);
            if (!Array.isArray(document))
                throw unreadable('GET', path, doing);
            rows.push(...document);
            if (document.length < 100)
                break;
        }
        return rows;
    }
    async #json(method, path, needs, doing, body) {
        const answer = await this.#http.request({
            method,
            url: `${this.#apiUrl}/repos/${this.repository}${path}`,
            headers: {
                authorization: `Bearer ${this.#token}`,
                accept: 'application/vnd.github+json',
                'x-github-api-version': apiVersion,
                // GitHub refuses requests without one.
                'user-agent': 'wso2-delivery',
                ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
            maxBytes: 16 * 1024 * 1024,
        });
        if (answer.status < 200 || answer.status > 299)
            throw refusal(method, path, answer, needs, doing);
        try {
            return answer.json();
        }
        catch {
            throw unreadable(method, path, doing);
        }
    }
}
function refusal(method, path, answer, needs, doing) {
    const code = codeFor(answer);
    const words = githubWords(answer.text());
    const hint = code === codes_codes.GITHUB_FORBIDDEN ? ` (the job needs \`${needs}\`)` : '';
    const message = `GitHub did not ${doing}: ${answer.status}${words === '' ? '' : ` ${words}`}${hint}`;
    return new base_errors/* ServiceError */._7(code, message, { method, url: path, status: answer.status });
}
/** A used up rate limit comes as 403 or 429; a 404 also stands for what the token may not see. */
function codeFor({ status, headers }) {
    const limited = headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined;
    if (status === 429 || status >= 500 || (status === 403 && limited))
        return codes_codes.GITHUB_BUSY;
    if (status === 401)
        return codes_codes.GITHUB_UNAUTHORIZED;
    if (status === 403 || status === 404)
        return codes_codes.GITHUB_FORBIDDEN;
    return codes_codes.GITHUB_REFUSED;
}
function githubWords(body) {
    try {
        const { message } = JSON.parse(body);
        return typeof message === 'string' ? (0,base_text/* oneLine */.TN)((0,base_text/* neutralise */.$0)(message), 200) : '';
    }
    catch {
        return '';
    }
}
function unreadable(method, path, doing) {
    const message = `GitHub did not ${doing}: its answer is not the JSON that its documentation describes`;
    return new base_errors/* ServiceError */._7(codes_codes.GITHUB_REFUSED, message, { method, url: path });
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(24);
;// CONCATENATED MODULE: ./packages/shared/src/github/pull-request.ts

/**
 * The pull request that a job belongs to: the one whose event started it, else the one that brought its commit.
 * @returns undefined when there is none
 * @throws ServiceError GITHUB_* when GitHub has to be asked and does not answer
 */
async function pullRequestOf(job, github) {
    const own = fromRef(job.ref) ?? fromEvent(job.variable('GITHUB_EVENT_PATH'));
    if (own !== undefined || job.sha === undefined)
        return own;
    const path = `/commits/${encodeURIComponent(job.sha)}/pulls`;
    const rows = await github.list(path, 'pull-requests: read', 'name the pull request of the commit', 1);
    const merged = rows.find((row) => typeof row.merged_at === 'string') ?? rows[0];
    return typeof merged?.number === 'number' ? merged.number : undefined;
}
/** refs/pull/12/merge → 12 */
function fromRef(ref) {
    const number = /^refs\/pull\/(\d+)\//.exec(ref ?? '')?.[1];
    return number === undefined ? undefined : Number(number);
}
/** Events such as pull_request_target carry the number; their ref is that of the base branch. */
function fromEvent(file) {
    if (file === undefined)
        return undefined;
    try {
        const event = JSON.parse((0,external_node_fs_.readFileSync)(file, 'utf8'));
        const issue = event.issue?.pull_request === undefined ? undefined : event.issue.number;
        const number = event.pull_request?.number ?? issue;
        return typeof number === 'number' ? number : undefined;
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/github/comment.ts



/** GitHub refuses longer comments (characters). */
const longest = 65_536;
/** The invisible first line by which our comment is found again. */
function commentMarker({ action, subject }) {
    // "--" would end the HTML comment.
    return `<!-- wso2-delivery: ${action} ${encodeURIComponent(subject).replaceAll('-', '%2D')} -->`;
}
/** The text of a comment: marker, Markdown, a link to the run; whole blocks go when it is too long. */
function commentBody(key, markdown, runUrl) {
    const marker = commentMarker(key);
    const link = runUrl === undefined ? '' : `\n\n<sub>[The run that wrote this](${runUrl})</sub>\n`;
    const room = longest - marker.length - link.length - 200;
    const text = markdown.trimEnd();
    if (text.length <= room)
        return `${marker}\n${text}${link}`;
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
async function keepComment(github, pullRequest, key, body, create = true) {
    const needs = 'pull-requests: write';
    const path = `/issues/${pullRequest}/comments`;
    const rows = await github.list(path, needs, `list the comments of pull request ${pullRequest}`);
    const marker = commentMarker(key);
    const own = rows.find((row) => typeof row.body === 'string' && row.body.startsWith(marker) && isTrusted(row));
    if (own === undefined && !create)
        return undefined;
    const written = own === undefined
        ? await github.one('POST', path, needs, `comment on pull request ${pullRequest}`, { body })
        : await github.one('PATCH', `/issues/comments/${Number(own.id)}`, needs, 'update its comment', { body });
    return typeof written.html_url === 'string' ? written.html_url : undefined;
}
/** Anybody may write our marker into a comment; only what an app or a member wrote is taken for ours. */
function isTrusted(row) {
    const user = row.user;
    return user?.type === 'Bot' || ['OWNER', 'MEMBER', 'COLLABORATOR'].includes(String(row.author_association));
}
/**
 * The comment of a step, as far as it is possible: whatever stands in the way is a warning, never a failure.
 * @param markdown finished Markdown, secrets masked
 */
async function commentOnPullRequest(token, key, markdown, ports, create = true) {
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
        const runUrl = job.runId === undefined ? undefined : `${job.serverUrl}/${github.repository}/actions/runs/${job.runId}`;
        const url = await keepComment(github, pullRequest, key, commentBody(key, markdown, runUrl), create);
        if (url !== undefined)
            log.info(`The comment on pull request ${pullRequest} is up to date: ${url}`);
    }
    catch (failure) {
        log.annotate({ level: 'warning', message: `No comment was written: ${(0,base_errors/* messageOf */.bD)(failure)}` });
    }
}

// EXTERNAL MODULE: ./packages/shared/src/run/failure.ts
var run_failure = __webpack_require__(811);
;// CONCATENATED MODULE: ./packages/shared/src/run/outcome-comment.ts


/**
 * What a step came to as a comment on the pull request: its summary, and its failure as the job summary tells it. Masked.
 * @param create false: an earlier comment is updated, none is begun
 */
async function commentOutcome(token, key, summary, failure, ports, create = true) {
    const told = failure === undefined
        ? ''
        : (0,run_failure/* failureSummary */.jg)(key.action, failure, (0,run_failure/* helpPageOf */.cx)((name) => ports.job.variable(name)));
    const markdown = ports.secrets.redact([summary, told].filter((part) => part !== '').join('\n\n'));
    await commentOnPullRequest(token, key, markdown, ports, create);
}

// EXTERNAL MODULE: ./packages/shared/src/base/codes.ts
var base_codes = __webpack_require__(215);
;// CONCATENATED MODULE: ./actions/promote-api/src/given-variables.ts


/**
 * The ports with the variables of the input `params-variables` in front of those of the step's environment. A caller of
 * a reusable workflow can hand it secrets but no environment.
 * @param given NAME=value, one a line
 * @throws InputError INPUT_INVALID with the numbers of the lines that are not of that form: their text is a secret
 */
function withGivenVariables(ports, given) {
    if (given === undefined)
        return ports;
    const variables = new Map();
    const wrong = [];
    for (const [index, line] of given.split(/\r?\n/).entries()) {
        if (line.trim() === '' || line.trimStart().startsWith('#'))
            continue;
        const pair = /^\s*(?<name>[A-Za-z_]\w*)=(?<value>.+)$/.exec(line)?.groups;
        if (pair?.name === undefined || pair.value === undefined)
            wrong.push(index + 1);
        else {
            variables.set(pair.name, pair.value);
            ports.secrets.register(pair.value);
        }
    }
    if (wrong.length > 0) {
        const problem = `line ${wrong.join(', ')} is not of the form NAME=value`;
        throw new base_errors/* InputError */.dz(base_codes/* codes */.F.INPUT_INVALID, [
            { subject: 'params-variables', problem, example: 'STAGING_BACKEND_PASSWORD=…' },
        ]);
    }
    return { ...ports, job: { ...ports.job, variable: (name) => variables.get(name) ?? ports.job.variable(name) } };
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(760);
// EXTERNAL MODULE: ./packages/shared/src/base/duration.ts
var duration = __webpack_require__(69);
;// CONCATENATED MODULE: ./packages/shared/src/apim/gateway-proof.ts



/** Where a gateway serves an API: the context, with the version in place of {version} or at its end. */
function gatewayPath(context, version) {
    const slashed = context.startsWith('/') ? context : `/${context}`;
    if (slashed.includes('{version}'))
        return slashed.replace('{version}', version);
    return slashed.endsWith(`/${version}`) ? slashed : `${slashed}/${version}`;
}
/** True for the gateway's own "there is no such API", false for a 404 of the backend behind it. */
function isNotDeployed(status, body) {
    if (status !== 404)
        return false;
    return /"type"\s*:\s*"Status report"|requested resource is not available|<am:code>404|No matching resource found/i.test(body);
}
/** True for a load balancer without a gateway behind it; a gateway that misses its backend says so with 1015xx. */
function isUnavailable(status, body) {
    return [502, 503, 504].includes(status) && !/\b1015\d\d\b/.test(body);
}
/** Reads `401`, `2xx 404`: parted by blanks or commas. Undefined when a word is no status. */
function readExpectedStatus(text) {
    const words = text
        .toLowerCase()
        .split(/[\s,]+/)
        .filter((word) => word !== '');
    return words.length > 0 && words.every((word) => /^[1-5](\d\d|xx)$/.test(word)) ? words : undefined;
}
function isExpected(status, expected) {
    return expected?.some((word) => word === String(status) || word === `${String(status)[0] ?? ''}xx`) ?? true;
}
const pauseMs = 1000;
/**
 * Waits until a gateway serves an API. Every answer but the gateway's own 404 is a proof: 401 and 403 come from an API
 * that is there, and what a backend says is its own affair, unless a status is expected.
 * @throws VerificationError GATEWAY_NOT_SERVING when `deadlineMs` is over
 */
async function proveServing(target, deadlineMs, ports) {
    const { gateway, url, api, ca, expected } = target;
    const until = ports.clock.now() + deadlineMs;
    for (;;) {
        let last;
        try {
            const answer = await ports.http.request({
                method: 'GET',
                url,
                redirect: 'manual',
                attempts: 1,
                timeoutMs: Math.max(pauseMs, until - ports.clock.now()),
                maxBytes: 1024 * 1024,
                ...(ca === undefined ? {} : { ca }),
            });
            const body = answer.text();
            const serves = !isUnavailable(answer.status, body) && !isNotDeployed(answer.status, body);
            if (serves && isExpected(answer.status, expected))
                return { gateway, url, status: answer.status };
            last = `it answers ${answer.status}${serves ? `, and ${expected?.join(' or ') ?? ''} is expected` : ''}`;
        }
        catch (error) {
            if (ports.cancelled.aborted)
                throw error;
            last = (0,base_errors/* messageOf */.bD)(error);
        }
        if (ports.clock.now() + pauseMs > until) {
            const message = `the gateway ${gateway} does not serve ${api} at ${url} after ${(0,duration/* formatDuration */.a)(deadlineMs)}: ${last}`;
            throw new base_errors/* VerificationError */.mk(codes.GATEWAY_NOT_SERVING, message);
        }
        await ports.clock.sleep(pauseMs, ports.cancelled);
    }
}

// EXTERNAL MODULE: ./packages/shared/src/formats/yaml.ts + 1 modules
var yaml = __webpack_require__(865);
;// CONCATENATED MODULE: ./packages/shared/src/apim/project-kind.ts
/** What each kind of archive begins with (carbon-apimgt, ImportExportConstants). */
const mainDocuments = {
    api: { names: ['api.yaml', 'api.json'], stateKey: 'lifeCycleStatus' },
    'api-product': { names: ['api_product.yaml', 'api_product.json'], stateKey: 'state' },
    application: { names: ['application.yaml', 'application.json'], stateKey: undefined },
};
/** What these files are the archive of; undefined: of nothing known. */
function kindOfFiles(files) {
    const kinds = Object.keys(mainDocuments);
    return kinds.find((kind) => mainDocuments[kind].names.some((name) => files.has(name)));
}

// EXTERNAL MODULE: ./packages/shared/src/formats/malformed.ts
var malformed = __webpack_require__(529);
;// CONCATENATED MODULE: ./packages/shared/src/apim/table.ts


function isTable(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** The list, or an empty one for anything else. */
function listOf(value) {
    return Array.isArray(value) ? value : [];
}
function tablesOf(value) {
    return listOf(value).filter(isTable);
}
function textOr(value, fallback) {
    if (typeof value === 'string')
        return value;
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : fallback;
}
/** The document in a file, or undefined when there is no such file or it is not YAML (or JSON). */
function documentIn(files, name) {
    const data = files.get(name);
    if (data === undefined)
        return undefined;
    try {
        return (0,yaml/* parseYaml */.hN)(data.toString('utf8'));
    }
    catch (error) {
        if (error instanceof malformed/* MalformedError */.G)
            return undefined;
        throw error;
    }
}
/** The `data:` of the first of these files that is there. */
function dataIn(files, names) {
    const name = names.find((each) => files.has(each));
    const document = name === undefined ? undefined : documentIn(files, name);
    return isTable(document) ? document.data : undefined;
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/applications.ts





/** The subscriptions in an application's archive. */
function subscriptionsOf(application) {
    return tablesOf(dataOf(application).subscribedAPIs).flatMap((entry) => {
        const { apiId } = entry;
        if (!isTable(apiId))
            return [];
        const name = textOr(apiId.apiName, '');
        const version = textOr(apiId.version, '');
        return name === '' ? [] : [{ name, version, throttlingPolicy: textOr(entry.throttlingPolicy, '') }];
    });
}
/** The kinds of keys in an application's archive: `PRODUCTION`, `SANDBOX`. Not the keys. */
function keyTypesOf(application) {
    return keysIn(dataOf(application)).map((key) => textOr(key.keyType, ''));
}
/** Has the runner mask the consumer keys and secrets of an archive, as they stand there and decoded. */
function maskKeys(application, secrets) {
    for (const key of keysIn(dataOf(application))) {
        for (const value of [textOr(key.consumerKey, ''), textOr(key.consumerSecret, '')]) {
            if (value === '')
                continue;
            secrets.register(value);
            const decoded = Buffer.from(value, 'base64');
            // The server writes secrets in base64 (carbon-apimgt, ExportUtils of the devportal).
            if (decoded.toString('base64') === value && decoded.length > 0)
                secrets.register(decoded.toString('utf8'));
        }
    }
}
/**
 * The application without its keys or its subscriptions: an import then brings none, and a plan compares none.
 * @param parts of keys `untold`: only those whose key or secret the archive lacks, which an import would empty
 */
function withoutParts(application, parts) {
    const name = mainDocuments.application.names.find((each) => application.files.has(each));
    const document = name === undefined ? undefined : documentIn(application.files, name);
    if (name === undefined || !isTable(document) || !isTable(document.data))
        return application;
    if (parts.keys === false && !parts.subscriptions)
        return application;
    const data = { ...document.data };
    if (parts.subscriptions)
        data.subscribedAPIs = [];
    if (parts.keys !== false) {
        const keys = parts.keys === 'untold' ? keysIn(data).filter(isWhole) : [];
        delete data.applicationKeys;
        if (isTable(data.applicationInfo))
            data.applicationInfo = { ...data.applicationInfo, keys };
    }
    const changed = { ...document, data };
    const text = name.endsWith('.json') ? JSON.stringify(changed) : (0,yaml/* formatYaml */.Fo)(changed);
    return { ...application, files: new Map(application.files).set(name, Buffer.from(text, 'utf8')) };
}
function isWhole(key) {
    return textOr(key.consumerKey, '') !== '' && textOr(key.consumerSecret, '') !== '';
}
/** Where a server puts keys: in applicationInfo (carbon-apimgt, ApplicationDTO); beside it in archives of old releases. */
function keysIn(data) {
    const info = isTable(data.applicationInfo) ? data.applicationInfo : {};
    return [...tablesOf(info.keys), ...tablesOf(data.applicationKeys)];
}
/** The `data:` of an application's main document. */
function dataOf({ files }) {
    const data = dataIn(files, mainDocuments.application.names);
    return isTable(data) ? data : {};
}
/**
 * Subscriptions that would have to move to another policy: an import leaves those that exist as they are (carbon-apimgt,
 * ImportUtils of the devportal).
 * @param changes of an application, from the target to what is wanted
 * @returns in words
 */
function policyMoves(changes) {
    return changes.flatMap(({ path, kind, before = '', after = '' }) => {
        const [, api] = /^subscribedAPIs\[(.+)\]\.throttlingPolicy$/.exec(path) ?? [];
        if (api === undefined || kind !== 'changed')
            return [];
        return [`is subscribed to ${api} with the policy ${before}, and an import does not change that to ${after}`];
    });
}
/**
 * An application was imported and some of its subscriptions were not (status 207): the API is not there, not published,
 * or does not offer the policy. Undefined for any other answer.
 * @param output the answer, or apictl's words with the answer in them
 */
function skippedIn(output, shown) {
    if (!output.includes('207 Multi-Status'))
        return undefined;
    const names = [...output.matchAll(/\{.*\}/g)].flatMap(([json]) => skippedNames(json));
    const list = names.length === 0 ? 'the server does not say which' : names.join(', ');
    const message = `${shown} was imported without some of its subscriptions: ${list}`;
    return new base_errors/* VerificationError */.mk(codes.SUBSCRIPTIONS_SKIPPED, message);
}
function skippedNames(json) {
    try {
        const { list } = JSON.parse(json);
        return tablesOf(list).map(({ name, version }) => `${textOr(name, '?')}:${textOr(version, '?')}`);
    }
    catch {
        return [];
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/formats/digest.ts
/** Content digests as the OCI specifications write them: `algorithm:hex`. */

const HEX_LENGTH = { sha256: 64, sha512: 128 };
/** The algorithm of a well-formed digest (lower-case hex of the right length), or undefined when the text is none. */
function algorithmOf(text) {
    const [algorithm, hex, ...rest] = text.split(':');
    if ((algorithm !== 'sha256' && algorithm !== 'sha512') || hex === undefined || rest.length > 0)
        return undefined;
    return hex.length === HEX_LENGTH[algorithm] && /^[0-9a-f]+$/.test(hex) ? algorithm : undefined;
}
function isDigest(text) {
    return algorithmOf(text) !== undefined;
}
/** The digest of bytes in memory. */
function digestOf(content, algorithm = 'sha256') {
    return `${algorithm}:${(0,external_node_crypto_.createHash)(algorithm).update(content).digest('hex')}`;
}
/** Passes a stream through and measures it on the way. */
function measured(source, algorithm = 'sha256') {
    const hash = (0,external_node_crypto_.createHash)(algorithm);
    let final;
    const measure = {
        size: 0,
        digest: () => (final ??= `${algorithm}:${hash.digest('hex')}`),
    };
    async function* pass() {
        for await (const chunk of source) {
            hash.update(chunk);
            measure.size += chunk.length;
            yield chunk;
        }
    }
    return { stream: pass(), measure };
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(455);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(975);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(522);
// EXTERNAL MODULE: ./node_modules/yauzl/index.js
var yauzl = __webpack_require__(663);
// EXTERNAL MODULE: ./packages/shared/src/base/safe-path.ts
var safe_path = __webpack_require__(994);
;// CONCATENATED MODULE: ./packages/shared/src/formats/zip.ts
/** Zip archives, whole and in memory: read with bounds, written so that the bytes depend on names and contents alone. */






const deflate = (0,external_node_util_.promisify)(external_node_zlib_.deflateRaw);
const inflate = (0,external_node_util_.promisify)(external_node_zlib_.inflateRaw);
/**
 * What unpacks to more than 64 MiB and to more than this many times its own size is made to fill the memory: XML and class
 * files come to 20, the most repetitive logs to 100, deflate itself to 1032.
 */
const LARGEST_RATIO = 200;
const RATIO_FROM_BYTES = 64 * 1024 * 1024;
/** From here on an entry is (un)packed beside the main thread; below, handing it over costs more than doing it. */
const LARGE_BYTES = 256 * 1024;
/** For the names and the directory of an archive. */
const HEADROOM_BYTES = 16 * 1024 * 1024;
/**
 * Reads a whole archive, bounded.
 * @param source the path of a file, or the archive itself
 * @throws MalformedError when it is no zip, is truncated, is beyond the limits, is encrypted, holds what its own
 * checksums deny, or an entry would leave its folder or is a symbolic link
 */
async function readZip(source, limits = {}) {
    const { maxEntries = 20_000, maxBytes = 512 * 1024 * 1024 } = limits;
    const archive = typeof source === 'string' ? await readBounded(source, maxBytes) : source;
    const zip = await openZip(archive);
    if (zip.entryCount > maxEntries) {
        throw new malformed/* MalformedError */.G(`holds ${zip.entryCount} entries, more than the ${maxEntries} allowed`);
    }
    const found = [];
    let total = 0;
    for (let entry = await nextEntry(zip); entry !== undefined; entry = await nextEntry(zip)) {
        const name = checkedName(entry);
        total += entry.uncompressedSize;
        if (total > maxBytes)
            throw new malformed/* MalformedError */.G(`unpacks to more than the ${maxBytes} bytes allowed`);
        if (total > RATIO_FROM_BYTES && total > LARGEST_RATIO * archive.length) {
            throw new malformed/* MalformedError */.G(`unpacks to more than ${LARGEST_RATIO} times its size: it is no archive but a bomb`);
        }
        const data = name.endsWith('/') ? Buffer.alloc(0) : unpack(archive, entry);
        // Its failure is heard below; until then it is nobody's.
        if (!Buffer.isBuffer(data))
            data.catch(() => undefined);
        found.push({ name, data });
    }
    const entries = [];
    for (const { name, data } of found)
        entries.push({ name, data: await data });
    return entries;
}
async function readBounded(path, maxBytes) {
    let file;
    try {
        file = await (0,promises_.open)(path);
        const { size } = await file.stat();
        // What unpacks to the limit may be a little more than that when nothing in it is compressed.
        if (size > maxBytes + HEADROOM_BYTES) {
            throw new malformed/* MalformedError */.G(`has ${size} bytes, more than the ${maxBytes} bytes allowed`);
        }
        return await file.readFile();
    }
    finally {
        await file?.close();
    }
}
function openZip(archive) {
    return new Promise((resolve, reject) => {
        (0,yauzl/* fromBuffer */.vY)(archive, { lazyEntries: true, strictFileNames: false }, (error, zip) => {
            if (error === null)
                resolve(zip);
            else
                reject(new malformed/* MalformedError */.G(`is not a zip: ${error.message}`));
        });
    });
}
function nextEntry(zip) {
    return new Promise((resolve, reject) => {
        const settle = (act) => {
            zip.removeAllListeners();
            act();
        };
        zip.once('entry', (entry) => settle(() => resolve(entry)));
        zip.once('end', () => settle(() => resolve(undefined)));
        zip.once('error', (error) => settle(() => reject(entryError(error))));
        zip.readEntry();
    });
}
const LOCAL_HEADER = 0x04034b50;
const LOCAL_HEADER_BYTES = 30;
/** The content of an entry, as long as the directory says and with its checksum. */
function unpack(archive, entry) {
    const { fileName, relativeOffsetOfLocalHeader: at, compressedSize, uncompressedSize, compressionMethod } = entry;
    const damaged = (reason) => new malformed/* MalformedError */.G(`is damaged at ${fileName}: ${reason}`);
    if ((entry.generalPurposeBitFlag & 1) !== 0)
        throw damaged('it is encrypted');
    if (at + LOCAL_HEADER_BYTES > archive.length || archive.readUInt32LE(at) !== LOCAL_HEADER) {
        throw damaged('there is no such entry where the directory says');
    }
    // Name and extra field may differ in length from those in the directory.
    const start = at + LOCAL_HEADER_BYTES + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
    if (start + compressedSize > archive.length)
        throw damaged('it is cut off');
    const packed = archive.subarray(start, start + compressedSize);
    const checked = (data) => {
        if (data.length !== uncompressedSize) {
            throw damaged(`it has ${data.length} bytes instead of ${uncompressedSize}`);
        }
        if ((0,external_node_zlib_.crc32)(data) !== entry.crc32)
            throw damaged('its checksum is wrong');
        return data;
    };
    if (compressionMethod === 0)
        return checked(packed);
    if (compressionMethod !== 8)
        throw damaged(`unsupported compression method ${compressionMethod}`);
    // One byte more than announced is enough to see that there is more. One chunk: nothing is put together afterwards.
    const bound = uncompressedSize + 1;
    const options = { maxOutputLength: bound, chunkSize: Math.max(64, bound) };
    const failed = (error) => damaged(error.code === 'ERR_BUFFER_TOO_LARGE'
        ? `it has more than the ${uncompressedSize} bytes that it announces`
        : error.message);
    if (uncompressedSize >= LARGE_BYTES) {
        return inflate(packed, options).then(checked, (error) => {
            throw failed(error);
        });
    }
    let data;
    try {
        data = (0,external_node_zlib_.inflateRawSync)(packed, options);
    }
    catch (error) {
        throw failed(error);
    }
    return checked(data);
}
function checkedName(entry) {
    const unixType = (entry.externalFileAttributes >>> 16) & 0o170000;
    if (unixType === 0o120000)
        throw new malformed/* MalformedError */.G(`holds a symbolic link: ${entry.fileName}`);
    const name = (0,safe_path/* safeRelativePath */.l)(entry.fileName);
    if (name === undefined)
        throw new malformed/* MalformedError */.G(`holds an entry that would leave its folder: ${entry.fileName}`);
    return entry.fileName.endsWith('/') ? `${name}/` : name;
}
/** The reader refuses absolute names and `..` by itself, in words of its own. */
function entryError(error) {
    const leaves = /^(?:invalid relative path|absolute path): (.*)$/s.exec(error.message);
    return leaves === null
        ? new malformed/* MalformedError */.G(`is damaged: ${error.message}`)
        : new malformed/* MalformedError */.G(`holds an entry that would leave its folder: ${leaves[1] ?? ''}`);
}
/** What the format can say without its 64-bit extension, which not every reader knows. */
const MAX_ENTRIES = 0xfffe;
const MAX_BYTES = 0xfffffffe;
/** 1 January 1980, the earliest date that a zip can hold, as DOS writes it: year, month, day in one word. */
const DATE = (1 << 5) | 1;
const UTF8_NAME = 0x0800;
/** Unix, version 2.0 of the format. */
const MADE_BY = (3 << 8) | 20;
const NEEDS = 20;
/**
 * An archive whose bytes depend on names and contents alone: sorted, one fixed date and mode.
 * @returns its parts, in order: entries that are stored are not copied
 * @throws RangeError beyond 65,534 entries or 4 GiB
 */
async function packZip(entries, { method = 'deflate' } = {}) {
    if (entries.length > MAX_ENTRIES)
        throw new RangeError(`${entries.length} entries are too many for a zip`);
    const sorted = [...entries].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    const contents = await Promise.all(sorted.map(({ data }) => {
        if (method === 'store' || data.length === 0)
            return Promise.resolve(data);
        const options = { chunkSize: Math.max(64, data.length) };
        return data.length < LARGE_BYTES ? Promise.resolve((0,external_node_zlib_.deflateRawSync)(data, options)) : deflate(data, options);
    }));
    const [parts, directory] = [[], []];
    let offset = 0;
    for (const [index, { name: text, data }] of sorted.entries()) {
        const packed = contents[index] ?? data;
        // What does not become smaller (an archive inside this one) is stored.
        const smaller = packed.length < data.length;
        const content = smaller ? packed : data;
        const name = Buffer.from(text);
        const folder = text.endsWith('/');
        const common = Buffer.alloc(26);
        common.writeUInt16LE(NEEDS, 0);
        common.writeUInt16LE(name.length === text.length ? 0 : UTF8_NAME, 2);
        common.writeUInt16LE(smaller ? 8 : 0, 4);
        common.writeUInt16LE(DATE, 8);
        common.writeUInt32LE((0,external_node_zlib_.crc32)(data), 10);
        common.writeUInt32LE(content.length, 14);
        common.writeUInt32LE(data.length, 18);
        common.writeUInt16LE(name.length, 22);
        parts.push(words(LOCAL_HEADER), common, name, content);
        const rest = Buffer.alloc(14);
        rest.writeUInt32LE(folder ? ((0o40755 << 16) | 0x10) >>> 0 : (0o100644 << 16) >>> 0, 6);
        rest.writeUInt32LE(offset, 10);
        directory.push(words(0x02014b50), Buffer.from([MADE_BY & 0xff, MADE_BY >> 8]), common, rest, name);
        offset += LOCAL_HEADER_BYTES + name.length + content.length;
        if (offset > MAX_BYTES)
            throw new RangeError('the contents are too large for a zip');
    }
    const directoryBytes = directory.reduce((sum, { length }) => sum + length, 0);
    const end = Buffer.alloc(18);
    end.writeUInt16LE(sorted.length, 4);
    end.writeUInt16LE(sorted.length, 6);
    end.writeUInt32LE(directoryBytes, 8);
    end.writeUInt32LE(offset, 12);
    return [...parts, ...directory, words(0x06054b50), end];
}
/**
 * As `packZip`, into a file.
 * @param path the file to create
 */
async function writeZip(path, entries, how = {}) {
    await (0,promises_.writeFile)(path, Buffer.concat(await packZip(entries, how)));
}
function words(signature) {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(signature);
    return bytes;
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/api-names.ts
/** Letters that API Manager itself does not allow in the name of an API (publisher-api.yaml of carbon-apimgt). */
const forbiddenInNames = /[~!@#;:%^*()+={}|\\<>"',&/$[\]]/;
/** Of an application: what would part a path or end a search. */
const forbiddenInApplications = /[\\/"]/;
/** Of a version, likewise. */
const forbiddenInVersions = /[~!@#;:%^*()+={}|\\<>"',&/$[\]\s]/;
/** Of an application the owner, who may be PRIMARY/bob or bob@example.com. */
const forbiddenInOwners = /[#;:%^*()+={}|\\<>"'&$[\]\s]/;
/** What no terminal, log and file name should meet: control characters, marks of direction, lone surrogates. */
const invisible = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
/** Of a file name, in bytes: apictl names an archive after its API. */
const longestFileName = 255;
/**
 * Why this can name nothing in an API Manager; undefined when it can. Whoever says it (a listing, an archive, a plan), it
 * becomes a file name, a search and the path of a request.
 */
function nameProblem(kind, { name, version, context = '' }) {
    const what = kind === 'application' ? 'owner' : 'version';
    const forbiddenName = kind === 'application' ? forbiddenInApplications : forbiddenInNames;
    const forbidden = kind === 'application' ? forbiddenInOwners : forbiddenInVersions;
    if (invisible.test(name) || name !== name.trim() || name === '')
        return `${quoted(name)} is no name`;
    if (forbiddenName.test(name))
        return `the name ${quoted(name)} holds ${quoted(forbiddenName.exec(name)?.[0])}`;
    if (invisible.test(version) || version === '')
        return `${quoted(version)} is no ${what}`;
    if (forbidden.test(version))
        return `the ${what} ${quoted(version)} holds ${quoted(forbidden.exec(version)?.[0])}`;
    if (/(?:^|\/)\.\.?(?:\/|$)/.test(version))
        return `${quoted(version)} is no ${what}`;
    if (Buffer.byteLength(`${name}_${version}.zip`) > longestFileName) {
        return `name and ${what} ${quoted(`${name.slice(0, 30)}…`)} are longer than a file name may be (${longestFileName} bytes)`;
    }
    if (/[?#\\\s]/.test(context) || invisible.test(context) || /(?:^|\/)\.\.?(?:\/|$)/.test(decoded(context))) {
        return `the context ${quoted(context)} is no path`;
    }
    return undefined;
}
/** With every letter that cannot be seen written out. */
function quoted(text = '') {
    const seen = text.replace(new RegExp(invisible, 'gu'), (letter) => {
        return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
    });
    return `'${seen}'`;
}
/** A URL takes %2e for a dot. */
function decoded(context) {
    return context.replaceAll(/%2e/gi, '.');
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/archive.ts










const limits = { maxEntries: 5000, maxBytes: 128 * 1024 * 1024 };
/**
 * Reads the archive of an API, a product or an application, bounded.
 * @param shown the path as the user knows it
 * @throws InputError ARCHIVE_INVALID
 */
async function readArchive(source, shown) {
    let entries;
    try {
        entries = await readZip(source, limits);
    }
    catch (error) {
        if (error instanceof malformed/* MalformedError */.G)
            throw invalid(shown, error.message);
        throw error;
    }
    const roots = new Set(entries.map(({ name }) => (name.includes('/') ? name.slice(0, name.indexOf('/')) : '')));
    const [root = ''] = roots;
    if (entries.length === 0)
        throw invalid(shown, 'holds nothing');
    if (roots.size > 1 || root === '') {
        throw invalid(shown, `needs one root folder; found ${[...roots].map((each) => each || 'files at the top').join(', ')}`);
    }
    const files = new Map();
    for (const { name, data } of entries)
        if (!name.endsWith('/'))
            files.set(name.slice(root.length + 1), data);
    return projectOf(root, files, shown);
}
/** Reads a project folder of the repository. @throws InputError ARCHIVE_INVALID */
function readProjectFolder(folder, shown) {
    const files = new Map();
    let bytes = 0;
    const walk = (path, prefix) => {
        for (const entry of (0,external_node_fs_.readdirSync)(path, { withFileTypes: true })) {
            const inner = (0,external_node_path_.join)(path, entry.name);
            if (entry.isSymbolicLink())
                throw invalid(shown, `holds a symbolic link: ${prefix}${entry.name}`);
            if (entry.isDirectory()) {
                walk(inner, `${prefix}${entry.name}/`);
                continue;
            }
            bytes += (0,external_node_fs_.statSync)(inner).size;
            if (files.size >= limits.maxEntries || bytes > limits.maxBytes)
                throw invalid(shown, 'is too large for an API project');
            files.set(`${prefix}${entry.name}`, (0,external_node_fs_.readFileSync)(inner));
        }
    };
    walk(folder, '');
    return projectOf((0,external_node_path_.basename)(folder), files, shown);
}
/** Refuses a project that is not what was asked for. @throws InputError ARCHIVE_INVALID */
function requireApi(project, name, version, shown, kind = 'api') {
    if (project.kind !== kind)
        throw invalid(shown, `holds an ${project.kind} instead of an ${kind}`);
    if (project.name === name && project.version === version)
        return;
    throw invalid(shown, `holds ${project.name}:${project.version} instead of ${name}:${version}`);
}
/** The project with these deployments in place of its own: an import then makes and deploys a revision. */
function withDeployments(project, deployments) {
    const data = deployments.map(({ gateway, vhost, displayOnDevportal }) => ({
        displayOnDevportal,
        deploymentEnvironment: gateway,
        // Without it API Manager takes the first virtual host of the gateway environment.
        ...(vhost === undefined ? {} : { deploymentVhost: vhost }),
    }));
    const files = new Map(project.files);
    const document = (0,yaml/* formatYaml */.Fo)({ type: 'deployment_environments', version: 'v4.0.0', data });
    files.set('deployment_environments.yaml', Buffer.from(document, 'utf8'));
    return { ...project, files, deployments };
}
/** The project with another life cycle state in its main document: an import takes the API there. */
function withLifecycle(project, state) {
    const files = new Map(project.files);
    const { names, stateKey } = mainDocuments[project.kind];
    for (const name of names) {
        const text = files.get(name)?.toString('utf8');
        if (text === undefined || stateKey === undefined)
            continue;
        const found = [...text.matchAll(new RegExp(`^([ \\t]*)("?${stateKey}"?:[ \\t]*"?)\\w+`, 'gm'))];
        // Other tables have a key of that name too: the outermost one is meant.
        const [outermost] = found.sort(([, a = ''], [, b = '']) => a.length - b.length);
        if (outermost === undefined)
            continue;
        const [whole, indent = '', key = ''] = outermost;
        const rest = text.slice(outermost.index + whole.length);
        files.set(name, Buffer.from(`${text.slice(0, outermost.index)}${indent}${key}${state}${rest}`, 'utf8'));
    }
    return { ...project, files };
}
/** The project without any deployment: an import then changes the working copy alone. */
function withoutDeployments(project) {
    const files = new Map(project.files);
    for (const ending of ['yaml', 'json'])
        files.delete(`deployment_environments.${ending}`);
    return { ...project, files, deployments: [] };
}
/** Writes a project as an archive, the same bytes each time. */
async function writeArchive(path, project) {
    const entries = [...project.files].map(([name, data]) => ({ name: `${project.root}/${name}`, data }));
    await writeZip(path, [{ name: `${project.root}/`, data: Buffer.alloc(0) }, ...entries]);
}
/** Keys of api.yaml that differ between two exports of the same API. */
const archive_volatile = [
    'id',
    'createdTime',
    'lastUpdatedTime',
    'lastUpdatedTimestamp',
    'isRevision',
    'revisionId',
    'revisionedApiId',
];
/** A digest of all files, without what differs between two exports of the same API. */
function fingerprintOf(files, api) {
    const kept = Object.fromEntries(Object.entries(api).filter(([key]) => !archive_volatile.includes(key)));
    const lines = [...files]
        .filter(([name]) => !/^(api|api_product|application)(\.(yaml|json)|_meta\.yaml)$/.test(name))
        .map(([name, data]) => `${name} ${digestOf(data)}`)
        .sort();
    return digestOf([`api ${digestOf(canonical(kept))}`, ...lines].join('\n'));
}
/** JSON with the keys of every table in order. */
function canonical(value) {
    return JSON.stringify(value, (_, inner) => archive_isTable(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner);
}
function projectOf(root, files, shown) {
    const kind = kindOfFiles(files);
    if (kind === undefined) {
        throw invalid(shown, 'has no api.yaml, api_product.yaml or application.yaml (or .json) in its root folder');
    }
    return projectOfKind(kind, root, files, shown);
}
/** The project that these files are. @throws InputError ARCHIVE_INVALID */
function projectOfKind(kind, root, files, shown) {
    const { names } = mainDocuments[kind];
    const document = parsedFile(files, names, shown);
    const data = archive_isTable(document) && archive_isTable(document.data) ? document.data : {};
    const { name, version } = identityOf(kind, data, files);
    if (name === undefined || version === undefined) {
        const needed = kind === 'application' ? 'data.applicationInfo with name and owner' : 'data.name and data.version';
        throw invalid(shown, `has an ${names[0]} without ${needed}`);
    }
    const context = kind === 'application' ? '' : contextOf(data, name);
    const problem = nameProblem(kind, { name, version, context });
    if (problem !== undefined)
        throw invalid(shown, `cannot be promoted: ${problem}`);
    return {
        kind,
        name,
        version,
        context,
        root,
        files,
        deployments: deploymentsOf(parsedFile(files, ['deployment_environments.yaml', 'deployment_environments.json'], shown)),
        fingerprint: fingerprintOf(files, data),
    };
}
function identityOf(kind, data, files) {
    const text = (value) => (typeof value === 'string' && value !== '' ? value : undefined);
    if (kind === 'application') {
        const info = archive_isTable(data.applicationInfo) ? data.applicationInfo : {};
        return { name: text(info.name), version: text(info.owner) };
    }
    const version = typeof data.version === 'number' ? writtenVersion(kind, files) : text(data.version);
    // Products had no versions before 4.3: all are of this one (carbon-apimgt, DEFAULT_API_PRODUCT_VERSION).
    return { name: text(data.name), version: version ?? (kind === 'api-product' ? '1.0.0' : undefined) };
}
function contextOf({ context }, name) {
    return typeof context === 'string' ? context : `/${name.toLowerCase()}`;
}
function deploymentsOf(document) {
    const data = archive_isTable(document) ? document.data : undefined;
    return Array.isArray(data) ? readDeployments(data) : [];
}
/** The entries of `deploymentEnvironments` or of deployment_environments.yaml; what has no name is left out. */
function readDeployments(list) {
    return list.filter(archive_isTable).flatMap((entry) => {
        const { deploymentEnvironment: gateway, deploymentVhost: vhost, displayOnDevportal: display } = entry;
        if (typeof gateway !== 'string')
            return [];
        return [{ gateway, vhost: typeof vhost === 'string' ? vhost : undefined, displayOnDevportal: display !== false }];
    });
}
function parsedFile(files, names, shown) {
    const name = names.find((each) => files.has(each));
    if (name === undefined)
        return undefined;
    try {
        return (0,yaml/* parseYaml */.hN)(files.get(name)?.toString('utf8') ?? '');
    }
    catch (error) {
        if (error instanceof malformed/* MalformedError */.G)
            throw invalid(shown, `${name} is not valid: ${error.message}`);
        throw error;
    }
}
/** The version as it is written: YAML reads an unquoted 1.0 as the number 1. */
function writtenVersion(kind, files) {
    const name = mainDocuments[kind].names.find((each) => files.has(each)) ?? '';
    const text = files.get(name)?.toString('utf8') ?? '';
    return /^[ \t]+"?version"?:\s*([\d.]+)/m.exec(text)?.[1];
}
function archive_isTable(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function invalid(shown, problem) {
    return new base_errors/* InputError */.dz(codes.ARCHIVE_INVALID, [{ subject: shown, problem, example: 'exports/EmployeeAPI_1.0.0.zip' }]);
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/state-secrets.ts

/** Words in the name of a key that make its value a secret. */
const secretWords = /password|secret|consumerkey|apikeyvalue|accesstoken|refreshtoken|privatekey|credential|passphrase|^token$/i;
/** Names that have such a word in them and hold no secret. */
const openNames = /^(?:accesscontrolallowcredentials|tokenurl|tokentype|tokenendpoint|secretname)$/i;
/** True when the value under this key is a secret (API Manager: endpoint security, AI keys, application keys). */
function isSecretKey(key) {
    return secretWords.test(key) && !openNames.test(key);
}
/**
 * Secret values by path. They cannot be printed: no property holds them, and JSON of this says how many there are.
 * An empty value stands for one that the server does not tell.
 */
class HiddenSecrets {
    #values = new Map();
    set(path, value) {
        this.#values.set(path, value);
    }
    get size() {
        return this.#values.size;
    }
    /** Whether the value is known; false for one that the server keeps to itself, too. */
    knows(path) {
        return (this.#values.get(path) ?? '') !== '';
    }
    /** True when both know the value and it is the same. */
    agrees(path, other) {
        return this.knows(path) && this.#values.get(path) === other.#values.get(path);
    }
    /** Those of a part, below a name for it. */
    takeAll(prefix, other) {
        for (const [path, value] of other.#values)
            this.#values.set(`${prefix}.${path}`, value);
    }
    /** Every value, for the runner to mask. */
    register(secrets) {
        for (const value of this.#values.values())
            if (value !== '')
                secrets.register(value);
    }
    /**
     * A digest of all values that is slow to guess (scrypt), since plan files are downloaded: a plain digest of a weak
     * password is as good as the password. Undefined when there is no secret.
     * @param salt random text that is kept beside the digest
     */
    digest(salt) {
        if (this.#values.size === 0)
            return undefined;
        const text = JSON.stringify([...this.#values].sort(([a], [b]) => (a < b ? -1 : 1)));
        const key = (0,external_node_crypto_.createHash)('sha256').update(`${salt}\n${text}`).digest('base64');
        let digest = digests.get(key);
        if (digest === undefined) {
            digest = `scrypt:${(0,external_node_crypto_.scryptSync)(text, salt, 32).toString('hex')}`;
            digests.set(key, digest);
        }
        return digest;
    }
    toJSON() {
        return `${this.#values.size} hidden`;
    }
}
/** What was computed in this run: APIs of one environment often share their secrets. Keys tell no more than memory does. */
const digests = new Map();
/** Splits user name and password off a URL: `https://user:pass@host` → `https://user:•••@host` and `pass`. */
function withoutUrlPassword(text) {
    const match = /^([a-z][a-z0-9+.-]*:\/\/[^/?#:@]*):([^/?#@]*)@/i.exec(text);
    if (match === null)
        return { shown: text, password: undefined };
    const [whole, start = '', password = ''] = match;
    return { shown: `${start}:•••@${text.slice(whole.length)}`, password };
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/former-application.ts




/** What is to be remembered of an application. */
function formerOf(application) {
    const { applicationInfo } = dataOf(application);
    const info = { ...(isTable(applicationInfo) ? applicationInfo : {}) };
    delete info.keys;
    return { info: former_application_open(info), subscriptions: subscriptionsOf(application).map(identity) };
}
/** The project that an import makes an application from again: without keys, and without subscriptions. */
function projectOfFormer(former, name, owner) {
    const data = { applicationInfo: { ...former.info, name, owner, keys: [] }, subscribedAPIs: [] };
    const text = JSON.stringify({ type: 'application', version: 'v4.0.0', data });
    const root = `${owner}-${name}`.replaceAll('/', '#');
    const files = new Map([['application.json', Buffer.from(text, 'utf8')]]);
    return projectOfKind('application', root, files, `the former ${name} of ${owner}`);
}
/** What an import adds to an application. @param present what it is now */
function broughtBy(application, present) {
    const there = new Set(subscriptionsOf(present).map(nameOf));
    const added = subscriptionsOf(application).filter((each) => !there.has(nameOf(each)));
    return { subscriptions: added.map(identity), keys: keyTypesOf(application) };
}
/** What two attempts at the same promotion have brought. */
function broughtByBoth(first, second) {
    if (first === undefined || second === undefined)
        return first ?? second;
    const all = [...first.subscriptions, ...second.subscriptions];
    return {
        subscriptions: [...new Map(all.map((each) => [nameOf(each), each])).values()],
        keys: [...new Set([...first.keys, ...second.keys])],
    };
}
function identity({ name, version }) {
    return { name, version };
}
function nameOf({ name, version }) {
    return `${name}:${version}`;
}
/** Without what a secret's name says of it. */
function former_application_open(value) {
    if (Array.isArray(value))
        return value.map(former_application_open);
    if (!isTable(value))
        return value;
    const shown = Object.entries(value).filter(([key]) => !isSecretKey(key));
    return Object.fromEntries(shown.map(([key, inner]) => [key, former_application_open(inner)]));
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/journal.ts




const schema = 'https://wso2-delivery.dev/promotion-journal/v1';
const records = new Set(['run', 'api', 'step', 'done', 'result', 'end']);
/** The journal of one run: JSON lines, each on the disk before what it announces begins. */
class Journal {
    path;
    salt;
    #run;
    #now;
    #descriptor;
    /**
     * Nothing is written before the first line is told.
     * @param now milliseconds since the epoch
     */
    constructor(path, run, now) {
        this.path = path;
        this.salt = run.salt;
        this.#now = now;
        const { id, kind, from, to, salt } = run;
        this.#run = { record: 'run', schema, run: id, kind, from, to, salt, at: this.#time() };
    }
    /** True once something was told. */
    get begun() {
        return this.#descriptor !== undefined;
    }
    /** Returns when the line is on the disk. @throws InputError JOURNAL_INVALID, and what the file system says */
    tell(record) {
        if (this.#descriptor === undefined) {
            this.#descriptor = opened(this.path);
            // A run that was killed may have left half a line.
            if (endsInMidLine(this.path))
                (0,external_node_fs_.writeSync)(this.#descriptor, '\n');
            this.#write(this.#run);
        }
        this.#write({ ...record, run: this.#run.run, at: this.#time() });
    }
    /** Ends the run, when there was anything to tell. */
    end(verdict) {
        if (this.#descriptor === undefined)
            return;
        this.tell({ record: 'end', verdict });
        (0,external_node_fs_.closeSync)(this.#descriptor);
        this.#descriptor = undefined;
    }
    #write(record) {
        if (this.#descriptor === undefined)
            return;
        (0,external_node_fs_.writeSync)(this.#descriptor, `${JSON.stringify(record)}\n`);
        (0,external_node_fs_.fsyncSync)(this.#descriptor);
    }
    #time() {
        return new Date(this.#now()).toISOString();
    }
}
function opened(path) {
    try {
        return (0,external_node_fs_.openSync)(path, 'a', 0o600);
    }
    catch (error) {
        throw journal_invalid('journal', `${path} cannot be written: ${(0,base_errors/* messageOf */.bD)(error)}`);
    }
}
function endsInMidLine(path) {
    if (!(0,external_node_fs_.existsSync)(path))
        return false;
    const text = (0,external_node_fs_.readFileSync)(path);
    return text.length > 0 && text.at(-1) !== 10;
}
/**
 * Reads a journal. A line that was cut when its run was killed is left out.
 * @param shown the path as the user knows it
 * @throws InputError JOURNAL_INVALID
 */
function readJournal(text, shown) {
    const lines = text.split('\n');
    const found = [];
    for (const [index, line] of lines.entries()) {
        if (line.trim() === '')
            continue;
        const record = recordIn(line);
        if (record !== undefined) {
            found.push(record);
            continue;
        }
        const next = lines.slice(index + 1).find((each) => each.trim() !== '');
        const cut = next === undefined || recordIn(next)?.record === 'run';
        if (!cut || found.length === 0)
            throw journal_invalid(shown, `line ${index + 1} is no line of a promotion journal`);
    }
    const [first] = found;
    if (first?.record !== 'run' || first.schema !== schema)
        throw journal_invalid(shown, 'is not a promotion journal');
    return found;
}
function recordIn(line) {
    try {
        const value = JSON.parse(line);
        return typeof value?.record === 'string' && records.has(value.record) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
/**
 * The last promotion into an environment: its last run, together with the runs right before it that did not succeed
 * (killed, failed), since those were attempts at the same. In the order in which APIs were first touched.
 * @throws InputError JOURNAL_INVALID when it holds none
 */
function lastPromotion(journal, to, shown) {
    const runs = journal.filter((each) => each.record === 'run' && each.kind === 'apply');
    const known = [...new Set(runs.map((each) => each.to))];
    const ours = runs.filter((each) => each.to === to);
    if (ours.length === 0)
        throw journal_invalid(shown, `holds no promotion into ${to}, only into ${known.join(', ') || 'none'}`);
    const verdictOf = ({ run }) => journal.find((each) => each.record === 'end' && each.run === run)?.verdict;
    let first = ours.length - 1;
    while (first > 0) {
        const earlier = ours[first - 1];
        if (earlier === undefined || verdictOf(earlier) === 'succeeded')
            break;
        first--;
    }
    const chosen = ours.slice(first);
    const apis = new Map();
    for (const run of chosen)
        collect(journal, run, apis);
    return [...apis.values()];
}
function collect(journal, run, apis) {
    for (const record of journal) {
        if (record.run !== run.run || record.record === 'run' || record.record === 'end')
            continue;
        const key = `${record.name}:${record.version}`;
        const known = apis.get(key);
        if (record.record === 'api') {
            const { kind = 'api', name, version, before, brings } = record;
            if (known === undefined) {
                const nothing = { steps: new Set(), made: new Set(), removed: [], open: false };
                apis.set(key, { kind, name, version, before, brings, salt: run.salt, ...nothing });
            }
            else {
                // An attempt after one that was killed: what that one made is there now, and of the same promotion.
                const ids = [before.id, ...before.revisions.map(({ id }) => id)].filter((id) => id !== undefined);
                const made = new Set([...known.made, ...notBefore(ids, known.before)]);
                apis.set(key, { ...known, brings: broughtByBoth(known.brings, brings), made, open: false });
            }
        }
        else if (known !== undefined && record.record !== 'result') {
            apis.set(key, withStep(known, record));
        }
    }
}
function withStep(api, { record, step, what, id, revision }) {
    if (record === 'step')
        return { ...api, steps: new Set([...api.steps, step]), open: true };
    const ids = [id, revision].filter((each) => each !== undefined);
    return {
        ...api,
        open: false,
        made: new Set([...api.made, ...notBefore(ids, api.before)]),
        removed: step === 'remove-revision' && what !== undefined ? [...api.removed, what] : api.removed,
    };
}
function notBefore(ids, before) {
    const there = new Set([before.id, ...before.revisions.map(({ id }) => id)]);
    return ids.filter((id) => !there.has(id));
}
function journal_invalid(shown, problem) {
    return new base_errors/* InputError */.dz(codes.JOURNAL_INVALID, [
        { subject: shown, problem, example: 'journal: promotion-journal.jsonl' },
    ]);
}

// EXTERNAL MODULE: ./packages/shared/src/base/suggest.ts
var suggest = __webpack_require__(119);
;// CONCATENATED MODULE: ./packages/shared/src/apim/deployments.ts

/**
 * Where an API is to be deployed; the first that says something: params, archive, what serves now, the environment's
 * gateways, the only gateway. Empty when nothing says it. An archive that names no virtual host leaves the API on the
 * one where it serves; what else names none is on the first of the gateway environment, as the server has it
 * (carbon-apimgt, import of deployments), and is said to be.
 * @param environment undefined for what serves nowhere unless params say so, or where it serves already
 */
function chooseDeployments(sources, environment) {
    const plain = (gateway) => ({ gateway, vhost: undefined, displayOnDevportal: true });
    const serving = sources.revisions.flatMap(({ gateways }) => gateways.map(({ name, vhost, display }) => ({ gateway: name, vhost, displayOnDevportal: display })));
    // Exports name no virtual host, and an import without one would move the API to the first of the gateway.
    const archived = sources.archive.map((each) => ({
        ...each,
        vhost: each.vhost ?? serving.find(({ gateway }) => gateway === each.gateway)?.vhost,
    }));
    const choices = [
        sources.params ?? [],
        archived,
        serving,
        Object.keys(environment?.gateways ?? {}).map(plain),
        environment !== undefined && sources.gateways.length === 1 ? sources.gateways.map(({ name }) => plain(name)) : [],
    ];
    const chosen = choices.find((each) => each.length > 0) ?? [];
    return chosen.map((each) => ({ ...each, vhost: each.vhost ?? hostsOf(each.gateway, sources.gateways)[0] }));
}
/** Empty where the API Manager tells none. */
function hostsOf(gateway, gateways) {
    return gateways.find(({ name }) => name === gateway)?.vhosts ?? [];
}
/**
 * For each gateway environment with more than one virtual host where nothing had named one: which one it is.
 * @param named what was said before a choice was made: of params or archive
 */
function hostNotes(deployments, named, gateways) {
    return deployments.flatMap(({ gateway, vhost }) => {
        const hosts = hostsOf(gateway, gateways);
        const isNamed = named.some((each) => each.gateway === gateway && each.vhost !== undefined);
        if (vhost === undefined || isNamed || hosts.length < 2)
            return [];
        const others = hosts.filter((host) => host !== vhost).join(', ');
        return [`no virtual host of ${gateway} is named: it is served on ${vhost}, and not on ${others}`];
    });
}
/** What is wrong with deployments: no gateway is named, or one or a virtual host that the target does not have. */
function deploymentProblems(subject, deployments, gateways, environment) {
    const names = gateways.map(({ name }) => name);
    if (deployments.length === 0) {
        const problem = `nothing says on which gateway environment of ${environment} (${names.join(', ')}) it is deployed`;
        return [{ subject, problem, example: 'deploymentEnvironments:\n  - deploymentEnvironment: Default' }];
    }
    return deployments.flatMap(({ gateway, vhost }) => {
        if (!names.includes(gateway)) {
            const problem = `${environment} has no gateway environment '${gateway}', only ${names.join(', ')}.${(0,suggest/* didYouMean */.au)(gateway, names)}`;
            return [{ subject, problem }];
        }
        const hosts = hostsOf(gateway, gateways);
        if (vhost === undefined || hosts.length === 0 || hosts.includes(vhost))
            return [];
        const problem = `the gateway environment ${gateway} of ${environment} has no virtual host '${vhost}', only ${hosts.join(', ')}.${(0,suggest/* didYouMean */.au)(vhost, hosts)}`;
        return [{ subject, problem }];
    });
}
/** Whether both mean the same places. A virtual host that one of them does not name may be any. */
function areSamePlaces(some, others) {
    if (some.length !== others.length)
        return false;
    return some.every((one) => {
        const other = others.find(({ gateway }) => gateway === one.gateway);
        if (other === undefined)
            return false;
        const sameHost = one.vhost === undefined || other.vhost === undefined || one.vhost === other.vhost;
        return sameHost && other.displayOnDevportal === one.displayOnDevportal;
    });
}
/** Where this revision serves, of the gateways that count. */
function deploymentsOn(revision, planned) {
    const counting = new Set(planned.map(({ gateway }) => gateway));
    return (revision?.gateways ?? [])
        .filter(({ name }) => counting.has(name))
        .map(({ name, vhost, display }) => ({ gateway: name, vhost, displayOnDevportal: display }));
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/plan-agreement.ts




const plan_agreement_nameOf = ({ name, version }) => `${name}:${version}`;
/**
 * Refuses to apply a plan whose ground has moved. What an earlier run of the same plan has done, wholly or in part, is
 * no movement: then less is left to do, and all of it was agreed.
 * @param agreed the plan that was reviewed
 * @param now what would be done today, with secrets digested by the salt of `agreed`
 * @returns the names of APIs that are as the plan wants them already
 * @throws VerificationError PLAN_STALE that names each difference
 */
function requireAgreement(agreed, now) {
    const differences = [];
    if (agreed.to !== now.to || agreed.from !== now.from) {
        differences.push(`it was made for ${agreed.from ?? 'archives'} → ${agreed.to}`);
    }
    const before = new Map(agreed.apis.map((api) => [plan_agreement_nameOf(api), api]));
    const today = new Set(now.apis.map(plan_agreement_nameOf));
    for (const api of now.apis) {
        const planned = before.get(plan_agreement_nameOf(api));
        if (planned === undefined)
            differences.push(`${plan_agreement_nameOf(api)} is not in it`);
        else
            differences.push(...movementOf(planned, api, now.to).map((text) => `${plan_agreement_nameOf(api)} ${text}`));
    }
    for (const api of agreed.apis) {
        if (!today.has(plan_agreement_nameOf(api)))
            differences.push(`${plan_agreement_nameOf(api)} is not asked for any more`);
    }
    if (differences.length > 0) {
        throw new base_errors/* VerificationError */.mk(codes.PLAN_STALE, `the plan is not true any more: ${differences.join('; ')}`);
    }
    const done = now.apis.filter((api) => api.action === 'unchanged' && before.get(plan_agreement_nameOf(api))?.action !== 'unchanged');
    return new Set(done.map(plan_agreement_nameOf));
}
/** What has moved under one API since it was planned, in words. */
function movementOf(planned, now, to) {
    const moved = [];
    if (planned.source !== now.source)
        moved.push(`has changed at its source${fields(planned, now)}`);
    if (planned.params !== now.params)
        moved.push(`has other params${fields(planned, now)}`);
    if (planned.secrets !== now.secrets)
        moved.push('has other secrets in its source or params');
    if (!areSamePlaces(planned.deployments, now.deployments))
        moved.push('would be deployed elsewhere');
    if (planned.lifecycle !== now.lifecycle) {
        moved.push(`would become ${now.lifecycle ?? 'what it is'} instead of ${planned.lifecycle ?? 'what it is'}`);
    }
    if (moved.length > 0 || now.action === 'unchanged')
        return moved;
    if (now.action === 'refused' && planned.action !== 'refused') {
        return [`is refused now: ${now.problems.map(({ problem }) => problem).join('; ')}`];
    }
    if (!isPartOf(planned, now))
        moved.push(`has changed in ${to}${fields(planned, now)}`);
    else if (now.removes !== undefined && now.removes !== planned.removes) {
        moved.push(`would lose revision ${now.removes} for room, and ${planned.removes === undefined ? 'none' : `revision ${planned.removes}`} was agreed`);
    }
    return moved;
}
/** True when what is left to do is all, or a part, of what was agreed. */
function isPartOf(planned, now) {
    if (planned.action === 'refused')
        return now.action === 'refused';
    // The content is there: a run that ended before the deployment or the life cycle was done.
    if (planned.imports && !now.imports)
        return true;
    if (planned.action === 'create')
        return now.action === 'create';
    if (planned.ground.id !== now.ground.id)
        return false;
    // A run that ended in mid-import may have left what is wanted in the working copy; a copy without edits of its own
    // is judged by what serves.
    const copies = [planned.ground.working, now.ground.state, now.wants];
    const sameCopy = copies.includes(now.ground.working);
    if (planned.imports && now.imports && !sameCopy)
        return false;
    if (planned.ground.state === now.ground.state)
        return planned.ground.secrets === now.ground.secrets;
    const agreed = new Set(planned.changes.map(canonical));
    return now.changes.every((change) => agreed.has(canonical(change)));
}
/** The fields whose comparison came out differently, at most some. */
function fields(planned, now) {
    const before = new Map(planned.changes.map((change) => [keyOf(change), canonical(change)]));
    const after = new Map(now.changes.map((change) => [keyOf(change), canonical(change)]));
    const paths = [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key));
    if (paths.length === 0)
        return '';
    const shown = paths.slice(0, 5).join(', ');
    return ` (${shown}${paths.length > 5 ? ` and ${paths.length - 5} more` : ''})`;
}
function keyOf({ path }) {
    return path;
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/losses.ts
/** The same for a plan's reader and a result's, in words that hold before and after. */
function lossesOf({ removes, overwritesEdits, replacesKeys }) {
    return [
        ...(removes === undefined ? [] : [`revision ${removes} is removed for room: no rollback brings it back`]),
        ...(overwritesEdits
            ? [
                'unpublished edits in the publisher are overwritten: on-failure: rollback brings them back, mode: rollback cannot',
            ]
            : []),
        ...(replacesKeys.length === 0
            ? []
            : [
                `the promoted keys (${replacesKeys.join(', ')}) replace those in the target: on-failure: rollback brings back what the server tells of them, mode: rollback nothing`,
            ]),
    ];
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/breaking-definition.ts
/** Changes of an OpenAPI definition that break callers. A schema may be in requests, answers or both: both count. */
const inOperation = String.raw `operations\[[^\]]+\]\.definition`;
const anywhere = String.raw `(?:${inOperation}|definition)\.`;
const definitionRules = [
    {
        what: 'A parameter becomes necessary',
        path: new RegExp(String.raw `${inOperation}\.parameters(?:$|\[.+\]\.required$)`),
        reason: ({ kind, path, after = '' }) => {
            if (path.endsWith('.required'))
                return after === 'true' ? 'calls without the parameter are refused' : undefined;
            return kind === 'added' && /\brequired: true\b/.test(after)
                ? 'calls without the parameter are refused'
                : undefined;
        },
    },
    {
        what: 'A body becomes necessary',
        path: new RegExp(String.raw `${inOperation}\.requestBody\.required$`),
        reason: ({ after }) => (after === 'true' ? 'calls without a body are refused' : undefined),
    },
    {
        what: 'A media type is removed from requests or answers',
        path: new RegExp(String.raw `${anywhere}.*\.content$`),
        reason: ({ kind, path, before = '' }) => {
            if (kind !== 'removed')
                return undefined;
            return path.includes('.requestBody.') ? `bodies in ${before} are refused` : `there are no answers in ${before}`;
        },
    },
    {
        what: 'A successful answer is removed',
        path: new RegExp(String.raw `${inOperation}\.responses$`),
        reason: ({ kind, before = '' }) => kind === 'removed' && /^[23]/.test(before) ? `it no longer answers with ${before.slice(0, 3)}` : undefined,
    },
    {
        what: 'A value has another type, or another schema',
        path: new RegExp(String.raw `${anywhere}.*\.(?:type|\$ref)$`),
        reason: ({ kind, before = '', after = '' }) => kind === 'changed' ? `${after} where there was ${before}` : undefined,
    },
    {
        what: 'A property becomes necessary',
        path: new RegExp(String.raw `${anywhere}(?:.*\.)?(?:schemas|definitions|schema|properties|items)\b.*\.required$`),
        reason: ({ kind, after = '' }) => kind === 'added' && after !== 'true' && after !== 'false' ? `${after} has to be there` : undefined,
    },
    {
        what: 'A property or a schema is removed',
        path: new RegExp(String.raw `${anywhere}(?:.*\.)?(?:properties|schemas|definitions)$`),
        reason: ({ kind, before = '' }) => kind === 'removed' ? `${before.replace(/ \([^()]*: .*\)$/, '')} is no longer there` : undefined,
    },
    {
        what: 'A value of an enumeration is removed',
        path: new RegExp(String.raw `${anywhere}.*\.enum$`),
        reason: ({ kind, before = '' }) => (kind === 'removed' ? `${before} is no longer a value` : undefined),
    },
];

;// CONCATENATED MODULE: ./packages/shared/src/apim/breaking.ts

/** Why a change breaks those who call the API, or undefined when it does not. */
function breakingReason(change, desired, actual) {
    if (change.secret)
        return undefined;
    // A product's APIs are named before the path.
    const path = change.path.replace(/^APIs\[[^\]]+\]\./, '');
    for (const rule of breakingRules) {
        if (!rule.path.test(path))
            continue;
        const reason = rule.reason(change, { desired, actual });
        if (reason !== undefined)
            return reason;
    }
    return undefined;
}
const removed = (why) => ({ kind, before = '' }) => kind === 'removed' ? why(breaking_nameOf(before)) : undefined;
/** `GET /menu (authType: None)` → `GET /menu` */
function breaking_nameOf(shown) {
    return shown.replace(/ \([^()]*: .*\)$/, '');
}
/** The members that a set has in a state. */
function membersOf(state, path) {
    return [...state.facts.values()].filter((fact) => fact.member && fact.path === path).map(({ value }) => value);
}
/** Who may call with which kind of token (API Manager documentation, resource-level authentication). */
const callers = {
    None: ['nobody signed in', 'applications', 'users'],
    'Application & Application User': ['applications', 'users'],
    'Application User': ['users'],
    Application: ['applications'],
};
const refusals = {
    'nobody signed in': 'calls without a token are refused',
    applications: 'tokens of applications are refused',
    users: 'tokens of users are refused',
};
/** Rates of the policies that API Manager comes with, in requests a minute. */
const rates = {
    Unlimited: Infinity,
    '50KPerMin': 50_000,
    '20KPerMin': 20_000,
    '10KPerMin': 10_000,
    Gold: 5000,
    Silver: 2000,
    Bronze: 1000,
};
const tightened = ({ before = 'Unlimited', after = 'Unlimited' }) => {
    const from = rates[before];
    const to = rates[after];
    if (from === Infinity && to === undefined)
        return `limited by the policy ${after}, where there was no limit`;
    if (from === undefined || to === undefined || to >= from)
        return undefined;
    return `limited to ${to} requests a minute, where it was ${from === Infinity ? 'unlimited' : String(from)}`;
};
/** What a life cycle state means for those who call. */
const lifecycles = {
    CREATED: 'it leaves the developer portal',
    PROTOTYPED: 'it becomes a prototype',
    BLOCKED: 'calls are refused',
    DEPRECATED: 'no new subscriptions are taken',
    RETIRED: 'it is taken from the gateways',
};
const lifecycleOrder = ['CREATED', 'PROTOTYPED', 'PUBLISHED', 'DEPRECATED', 'BLOCKED', 'RETIRED'];
const operationPath = String.raw `(?:^|\.)operations\[[^\]]+\]`;
/** Every rule. */
const breakingRules = [
    {
        what: 'An operation is removed',
        path: /(?:^|\.)operations$/,
        reason: removed((operation) => `calls to ${operation} are answered with 404 or 405`),
    },
    {
        what: 'The context changes',
        path: /^context$/,
        reason: ({ before = '', after = '' }) => `served at ${after}, and no longer at ${before}`,
    },
    {
        what: 'It is no longer the default version',
        path: /^isDefaultVersion$/,
        reason: ({ before, after }) => before === 'true' && after !== 'true' ? 'calls without a version in the path no longer reach it' : undefined,
    },
    {
        what: 'The type of the API changes',
        path: /^type$/,
        reason: ({ before = '', after = '' }) => `it is of the type ${after}, and no longer ${before}`,
    },
    {
        what: 'A transport is removed',
        path: /^transport$/,
        reason: removed((transport) => `calls over ${transport} are refused`),
    },
    {
        what: 'An operation needs a scope, or another one',
        path: new RegExp(`${operationPath}\\.scopes$`),
        reason: ({ kind, path, before = '', after = '' }, { desired, actual }) => {
            // One of the scopes is enough: a second one beside the first asks for nothing more.
            if (kind === 'added' && membersOf(actual, path).length === 0)
                return `tokens need the scope ${after}`;
            if (kind === 'removed' && membersOf(desired, path).length > 0) {
                return `tokens that have the scope ${before} alone are refused`;
            }
            return undefined;
        },
    },
    {
        what: 'A scope is bound to roles, or to fewer',
        path: /^scopes\[.+\]\.scope\.bindings$/,
        reason: ({ kind, path, before = '', after = '' }, { actual }) => {
            if (kind === 'removed')
                return `users with the role ${before} no longer get the scope`;
            return membersOf(actual, path).length === 0 ? `only users with the role ${after} get the scope` : undefined;
        },
    },
    {
        what: 'The authentication of an operation is tightened',
        path: new RegExp(`${operationPath}\\.authType$`),
        reason: ({ before = '', after = '' }) => {
            const lost = (callers[before] ?? []).filter((each) => callers[after]?.includes(each) === false);
            return lost.length === 0 ? undefined : lost.map((each) => refusals[each]).join(', ');
        },
    },
    {
        what: 'A way to authenticate is removed, or a certificate or token becomes mandatory',
        path: /^securityScheme$/,
        reason: ({ kind, before = '', after = '' }) => {
            if (kind === 'added' && after === 'mutualssl_mandatory')
                return 'callers need a client certificate';
            if (kind === 'added' && after === 'oauth_basic_auth_api_key_mandatory') {
                return 'a client certificate alone is not enough: callers need a token or key';
            }
            return kind === 'removed' && !before.endsWith('_mandatory')
                ? `callers that authenticate with ${before} are refused`
                : undefined;
        },
    },
    {
        what: 'The header of the token or of the API key changes',
        path: /^(?:authorizationHeader|apiKeyHeader)$/,
        reason: ({ before = '', after = '' }) => `the credential is read from ${after}, and no longer from ${before}`,
    },
    {
        what: 'Tokens of a key manager or for an audience are refused',
        path: /^(?:keyManagers|audiences)$/,
        reason: ({ kind, path, before = '' }, { desired }) => {
            if (kind !== 'removed' || membersOf(desired, path).includes('all'))
                return undefined;
            const of = path === 'keyManagers' ? 'key managers' : 'audiences';
            return before === 'all' ? `tokens of other ${of} than the listed are refused` : `tokens of ${before} are refused`;
        },
    },
    {
        what: 'Throttling is tightened',
        path: new RegExp(`^apiThrottlingPolicy$|${operationPath}\\.throttlingPolicy$|^applicationInfo\\.throttlingPolicy$`),
        reason: tightened,
    },
    {
        what: 'The backend limit is lowered',
        path: /^maxTps\.(?:production|sandbox)$/,
        reason: ({ before, after }) => after !== undefined && (before === undefined || Number(after) < Number(before))
            ? `no more than ${after} requests a second reach the backend`
            : undefined,
    },
    {
        what: 'A subscription becomes necessary, or a subscription policy is removed',
        path: /^policies$/,
        reason: removed((policy) => policy === 'DefaultSubscriptionless'
            ? 'callers need a subscription'
            : `applications that are subscribed with ${policy} lose their plan`),
    },
    {
        what: 'A subscription of an application is removed or moved to a tighter policy',
        path: /^subscribedAPIs(?:$|\[.+\]\.throttlingPolicy$)/,
        reason: (change, context) => change.path === 'subscribedAPIs'
            ? removed((api) => `calls to ${api} with the keys of the application are refused`)(change, context)
            : tightened(change, context),
    },
    {
        what: 'Fewer people see it in the developer portal, or may subscribe',
        path: /^(?:visibility|visibleRoles|subscriptionAvailability|subscriptionAvailableTenants)$/,
        reason: ({ kind, path, before = '', after = '' }) => {
            if (path === 'visibility')
                return before === 'PUBLIC' ? `only ${after.toLowerCase()} in the portal` : undefined;
            if (path === 'subscriptionAvailability') {
                return before === 'ALL_TENANTS' || after === 'CURRENT_TENANT' ? `open to ${after} alone` : undefined;
            }
            return kind === 'removed' ? `${before} loses access` : undefined;
        },
    },
    {
        what: 'The life cycle takes it away from callers',
        path: /^(?:lifeCycleStatus|state)$/,
        reason: ({ before = '', after = '' }) => {
            if (before === 'CREATED')
                return undefined;
            const back = lifecycleOrder.indexOf(after) < lifecycleOrder.indexOf(before);
            if (after === 'PUBLISHED' || (back && before !== 'PUBLISHED'))
                return undefined;
            return lifecycles[after];
        },
    },
    {
        what: 'CORS is switched off or narrowed',
        path: /^corsConfiguration\./,
        reason: ({ kind, path, before = '', after = '' }, { desired, actual }) => {
            const key = path.slice(path.lastIndexOf('.') + 1);
            const isOn = (state) => state.facts.get('corsConfiguration.corsConfigurationEnabled')?.value === 'true';
            if (key === 'corsConfigurationEnabled')
                return after === 'true' ? undefined : 'browsers get no CORS headers';
            if (!isOn(desired) || !isOn(actual))
                return undefined;
            if (key === 'accessControlAllowCredentials') {
                return before === 'true' && after !== 'true' ? 'browsers may not send credentials' : undefined;
            }
            if (kind !== 'removed' || membersOf(desired, path).includes('*'))
                return undefined;
            return `browsers may not use ${before === '*' ? 'others than the listed' : before}`;
        },
    },
    {
        what: 'It is taken from a gateway environment, or served on another host',
        path: /^deployedOn(?:$|\[.+\]\.vhost$)/,
        reason: ({ kind, path, before = '', after = '' }) => {
            if (path !== 'deployedOn')
                return `served on ${after}, and no longer on ${before}`;
            return kind === 'removed' ? `the gateway ${breaking_nameOf(before)} no longer serves it` : undefined;
        },
    },
    {
        what: 'Requests are checked against the definition',
        path: /^enableSchemaValidation$/,
        reason: ({ after }) => (after === 'true' ? 'requests that do not fit the definition are refused' : undefined),
    },
    {
        what: 'It is only advertised',
        path: /^advertiseInfo\.advertised$/,
        reason: ({ after }) => (after === 'true' ? 'the gateway no longer serves it' : undefined),
    },
    {
        what: 'An API is taken out of a product',
        path: /^apis$/,
        reason: removed((api) => `the product no longer has ${api}`),
    },
    {
        what: 'A client certificate is replaced',
        path: /^clientCertificates\[.+\]\.certificate$/,
        reason: ({ kind }) => (kind === 'changed' ? 'callers with the certificate that was there are refused' : undefined),
    },
    ...definitionRules,
];

;// CONCATENATED MODULE: ./packages/shared/src/apim/state-groups.ts
/** In the order in which a reviewer wants them. */
const changeGroups = [
    'operations',
    'security',
    'endpoints',
    'throttling',
    'policies',
    'cors',
    'lifecycle',
    'deployment',
    'certificates',
    'general',
    'documents',
];
/** Pattern of a path → its group; the first that fits decides. */
const rules = [
    [/^(?:document|image)\b/, 'documents'],
    [/^(?:api|product)\.(?:description|tags|categories|businessInformation|displayName|hasThumbnail)\b/, 'documents'],
    [
        /\.(?:description|summary|title|externalDocs|example|examples|x-examples|termsOfService|contact|license)$/,
        'documents',
    ],
    [/^definition\.(?:info|tags|externalDocs|servers|host|schemes)\b/, 'documents'],
    [/^definition\.operations\[\]\.(?:tags|operationId|deprecated)\b/, 'documents'],
    [/^definition\.(?:securitySchemes|security|operations\[\]\.security)\b/, 'security'],
    [/^definition\b/, 'operations'],
    [/^api\.(?:endpointConfig|endpointImplementationType|serviceInfo|primary\w+EndpointId|wsUriMapping)\b/, 'endpoints'],
    [/^endpoint\b/, 'endpoints'],
    [/operations\[\]\.throttlingPolicy\b/, 'throttling'],
    [/operations\[\]\.operationPolicies\b/, 'policies'],
    [/operations\[\]\.(?:authType|scopes)\b/, 'security'],
    [/operations\b/, 'operations'],
    [/^product\.apis\b/, 'operations'],
    [/^(?:api|product)\.(?:policies|apiThrottlingPolicy|maxTps|throttlingPolicies)\b/, 'throttling'],
    [/^application\.(?:applicationInfo\.throttlingPolicy|subscribedAPIs)\b/, 'throttling'],
    [/^(?:api|product)\.(?:apiPolicies|mediationPolicies|gatewayPolicies)\b/, 'policies'],
    [/^policy\b/, 'policies'],
    [/^(?:api|product)\.corsConfiguration\b/, 'cors'],
    [/^(?:api\.lifeCycleStatus|product\.state|product\.lifeCycleStatus)\b/, 'lifecycle'],
    [/^certificate\b/, 'certificates'],
    [
        /^(?:api|product)\.(?:securityScheme|authorizationHeader|apiKeyHeader|scopes|keyManagers|audiences|transport|enableSubscriberVerification|websubSubscriptionConfiguration)\b/,
        'security',
    ],
    [/^application\.(?:.*\.)?(?:keys|tokenType)\b/, 'security'],
];
/** The group of a value, by the pattern of its path. */
function groupOf(pattern) {
    return rules.find(([rule]) => rule.test(pattern))?.[1] ?? 'general';
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/state-compare.ts


/** What an import leaves in the target, although the project does not have it. */
const leftByImport = [
    { path: /^image$/, what: 'an image', source: 'carbon-apimgt, ImportUtils: addThumbnailImage' },
    {
        path: /^(?:APIs\[.+?\]\.)?(?:client|endpoint)Certificates$/,
        what: 'a certificate',
        source: 'carbon-apimgt, ImportUtils: addClientCertificates and updateAPIWithCertificate',
    },
    {
        path: /^subscribedAPIs$/,
        what: 'a subscription',
        source: 'carbon-apimgt, ImportUtils of the devportal: importSubscriptions',
    },
];
/** Every difference that an import makes go away, breaking ones first, then by group and path. Empty: unchanged. */
function compareStates(desired, actual) {
    return allChanges(desired, actual).filter((change) => !staysInTarget(change));
}
/** What only the target has and an import does not take away: for drift, and for a word in a plan. */
function leftovers(desired, actual) {
    return allChanges(desired, actual).filter(staysInTarget);
}
function staysInTarget({ kind, path }) {
    return kind === 'removed' && leftByImport.some((each) => each.path.test(path));
}
function allChanges(desired, actual) {
    const keys = new Set([...desired.facts.keys(), ...actual.facts.keys()]);
    const changes = [];
    for (const key of keys) {
        const change = compareFact(key, desired, actual);
        if (change === undefined)
            continue;
        const breaking = breakingReason(change, desired, actual);
        changes.push(breaking === undefined ? change : { ...change, breaking });
    }
    return changes.sort(inOrder);
}
function compareFact(key, desired, actual) {
    const after = desired.facts.get(key);
    const before = actual.facts.get(key);
    const fact = after ?? before;
    if (fact === undefined)
        return undefined;
    if (fact.onlyIfBoth && (after === undefined || before === undefined))
        return undefined;
    // A part of an entry comes and goes with it.
    if (fact.within !== undefined && desired.facts.has(fact.within) !== actual.facts.has(fact.within))
        return undefined;
    if (fact.secret)
        return compareSecret(key, fact, desired, actual);
    if (after?.value === before?.value)
        return undefined;
    if (fact.order && !sameMembers(fact.path, desired, actual))
        return undefined;
    return {
        group: fact.group,
        path: fact.path,
        kind: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
        ...(before === undefined ? {} : { before: shown(key, before, actual) }),
        ...(after === undefined ? {} : { after: shown(key, after, desired) }),
        secret: false,
        ...(before !== undefined && !desired.stated.has(fact.path) ? { onlyInTarget: true } : {}),
    };
}
function sameMembers(path, one, other) {
    const members = ({ facts }) => [...facts.keys()].filter((key) => facts.get(key)?.path === path).join('\n');
    return members(one) === members(other);
}
const partsShown = 4;
/** An entry with its parts, so that one line tells what comes or goes. */
function shown(key, fact, state) {
    if (!fact.member)
        return fact.value;
    const parts = [];
    for (const { within, value, secret, path, member } of state.facts.values()) {
        if (within !== key || secret || member || parts.length === partsShown)
            continue;
        const name = path.slice(key.length + 1);
        if (value.length <= 60 && value !== fact.value && !name.startsWith('definition'))
            parts.push(`${name}: ${value}`);
    }
    return parts.length === 0 ? fact.value : `${fact.value} (${parts.join(', ')})`;
}
const untold = 'the target does not tell it: it cannot be compared and counts as changed';
const emptied = 'the project has it empty: an import empties it. Give it in params, or export with credentials';
/**
 * Neither value known: nothing to compare, be the one empty and the other absent. One of them known: changed, since
 * nobody can say that it is not.
 */
function compareSecret(key, { group, path }, desired, actual) {
    const wanted = desired.secrets.knows(key);
    const there = actual.secrets.knows(key);
    if (!wanted && !there)
        return undefined;
    if (desired.secrets.agrees(key, actual.secrets))
        return undefined;
    const hasAfter = desired.facts.has(key);
    const hasBefore = actual.facts.has(key);
    const note = !hasBefore || !hasAfter ? undefined : !there ? untold : !wanted ? emptied : undefined;
    return {
        group,
        path,
        kind: !hasBefore ? 'added' : !hasAfter ? 'removed' : 'changed',
        ...(hasBefore ? { before: '•••' } : {}),
        ...(hasAfter ? { after: '•••' } : {}),
        secret: true,
        ...(hasBefore && !desired.stated.has(path) ? { onlyInTarget: true } : {}),
        ...(note === undefined ? {} : { note }),
        ...(note === untold ? { uncertain: true } : {}),
    };
}
function inOrder(a, b) {
    // Whole operations before what is in them.
    const weight = ({ breaking, group, path }) => 2 * ((breaking === undefined ? changeGroups.length : 0) + changeGroups.indexOf(group)) +
        (path === 'operations' ? 0 : 1);
    return weight(a) - weight(b) || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/tenants.ts
/** The tenant of a user: what stands behind the last @, else carbon.super (carbon, MultitenantUtils: getTenantDomain). */
function tenantOf(user) {
    const at = user.lastIndexOf('@');
    return at === -1 ? 'carbon.super' : user.slice(at + 1);
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/plan.ts







/** API Manager keeps this many revisions of an API. */
const revisionLimit = 5;
/** Decides what happens to one API. Does not throw: what cannot be done is refused, with every problem. */
function planApi(wish, target, environment) {
    const { desired } = wish;
    const actual = target.current?.state ?? target.working;
    const changes = actual === undefined ? [] : compareStates(desired, actual);
    const decided = renewed(decide(wish, target, changes), wish);
    const refusals = refusalsOf(wish, target, environment, decided, changes);
    const makesRevision = decided.imports && wish.deployments.length > 0;
    const room = makesRevision ? roomOf(wish, target) : { removes: undefined, refusals: [] };
    const problems = [...refusals, ...room.refusals];
    const state = {
        kind: desired.kind,
        name: wish.project.name,
        version: wish.project.version,
        action: problems.length > 0 ? 'refused' : decided.action,
        imports: problems.length === 0 && decided.imports,
        deployments: wish.deployments,
        lifecycle: wish.lifecycle,
        removes: problems.length > 0 ? undefined : room.removes,
        redeploys: problems.length > 0 ? undefined : decided.redeploys,
        serving: target.revisions
            .filter(({ gateways }) => gateways.length > 0)
            .map(({ number, gateways }) => ({ revision: number, gateways: gateways.map(({ name }) => name) })),
        changes,
        notes: [...notesOf(wish, target, decided), ...leftoverNotes(desired, actual)],
        losses: problems.length > 0 ? [] : losses(wish, target, decided, room.removes),
        problems: problems.map(({ code, problem, example }) => ({
            code: code.code,
            problem,
            ...(example === undefined ? {} : { example }),
        })),
        bytes: wish.bytes,
        source: wish.source,
        params: wish.params,
        secrets: desired.secrets.digest(wish.salt),
        wants: desired.digest,
        ground: {
            id: target.api?.id,
            revisions: target.revisions.map(({ number }) => number),
            state: actual?.digest,
            working: target.working?.digest,
            // Without secrets of ours none of the target's was asked for.
            secrets: desired.secrets.size === 0 ? undefined : actual?.secrets.digest(wish.salt),
        },
    };
    return state;
}
function decide({ deployments }, target, changes) {
    if (target.api === undefined)
        return { action: 'create', imports: true, redeploys: undefined };
    const content = changes.filter(({ group }) => group !== 'deployment');
    const deployed = content.length === changes.length;
    const { current } = target;
    const compared = deployments.length === 0 ? target.working : current;
    if (compared === undefined || content.some(({ group }) => group !== 'lifecycle')) {
        return { action: 'update', imports: true, redeploys: undefined };
    }
    const redeploys = deployed ? undefined : current?.revision.number;
    if (content.length > 0)
        return { action: 'update', imports: false, redeploys };
    return deployed
        ? { action: 'unchanged', imports: false, redeploys }
        : { action: 'redeploy', imports: false, redeploys };
}
/** With a reason to import it although it is as wanted. */
function renewed(decided, { renews }) {
    if (renews === undefined || decided.imports)
        return decided;
    return { action: 'update', imports: true, redeploys: undefined };
}
function refusalsOf(wish, target, environment, decided, changes) {
    const { project, update } = wish;
    const subject = `${project.name}:${project.version}`;
    const moves = policyMoves(changes).map((problem) => ({ subject, problem, code: codes.API_CONFLICT }));
    const placeless = wish.mayStayUndeployed === true && wish.deployments.length === 0;
    const places = placeless ? [] : deploymentProblems(subject, wish.deployments, target.gateways, environment.name);
    const refusals = [
        ...places.map((problem) => ({ ...problem, code: codes.GATEWAY_UNKNOWN })),
        ...(wish.lacks ?? []).map((problem) => ({ ...problem, code: codes.DEPENDENCY_MISSING })),
        ...moves,
    ];
    if (target.api !== undefined && !update && decided.action !== 'unchanged') {
        const problem = `exists in ${environment.name} already, and update is off`;
        refusals.push({ code: codes.API_CONFLICT, subject, problem, example: 'update: true' });
    }
    const foreign = wish.provider === undefined ? undefined : tenantOf(wish.provider);
    if (wish.preserveProvider && decided.imports && foreign !== undefined && foreign !== (wish.tenant ?? foreign)) {
        const problem = `belongs to ${wish.provider ?? ''} of the tenant ${foreign}, and the user of ${environment.name} is one of ${wish.tenant ?? ''}: API Manager keeps no provider across tenants`;
        refusals.push({ code: codes.API_CONFLICT, subject, problem, example: 'preserve-provider: false' });
    }
    const there = target.api?.provider ?? '';
    if (wish.preserveProvider &&
        decided.imports &&
        there !== '' &&
        wish.provider !== undefined &&
        wish.provider !== there) {
        const problem = `belongs to ${there} in ${environment.name}, and to ${wish.provider} at its source`;
        refusals.push({ code: codes.API_CONFLICT, subject, problem, example: 'preserve-provider: false' });
    }
    return refusals;
}
function roomOf(wish, target) {
    if (target.revisions.length < revisionLimit)
        return { removes: undefined, refusals: [] };
    const oldest = target.revisions.find(({ gateways }) => gateways.length === 0);
    if (wish.rotateRevision && oldest !== undefined)
        return { removes: oldest.number, refusals: [] };
    const subject = `${wish.project.name}:${wish.project.version}`;
    const problem = oldest === undefined
        ? `has ${target.revisions.length} revisions, all deployed`
        : `has ${target.revisions.length} revisions, and rotate-revision is off`;
    return {
        removes: undefined,
        refusals: [{ code: codes.REVISION_LIMIT, subject, problem, example: 'rotate-revision: true' }],
    };
}
function notesOf(wish, { current, working, revisions }, { action, imports }) {
    const notes = wish.renews === undefined || !imports ? [] : [wish.renews];
    if (action !== 'unchanged')
        notes.push(...(wish.placeNotes ?? []));
    if (isEdited({ current, working }) && !imports)
        notes.push('unpublished edits in the publisher are left alone');
    const planned = new Set(wish.deployments.map(({ gateway }) => gateway));
    for (const { number, gateways } of revisions) {
        const others = gateways.map(({ name }) => name).filter((name) => !planned.has(name));
        if (others.length > 0)
            notes.push(`revision ${number} keeps serving on ${others.join(', ')}`);
    }
    return notes;
}
/** Whether the publisher shows something else for editing than what serves. */
function isEdited({ current, working }) {
    return current !== undefined && working !== undefined && compareStates(working, current.state).length > 0;
}
function losses({ keys = [] }, target, { imports }, removes) {
    const replacesKeys = imports && target.api !== undefined ? keys : [];
    return lossesOf({ removes, overwritesEdits: imports && isEdited(target), replacesKeys });
}
/** What only the target has and keeps, in words. */
function leftoverNotes(desired, actual) {
    if (actual === undefined)
        return [];
    return leftovers(desired, actual).map(({ path, before = '' }) => {
        const what = path === 'image' ? 'the image' : `${leftWords[path.replace(/^.*\./, '')] ?? path} ${before}`;
        return `only the target has ${what}, and an import leaves it there`;
    });
}
const leftWords = {
    clientCertificates: 'the client certificate',
    endpointCertificates: 'the certificate for a backend',
    subscribedAPIs: 'the subscription to',
};
/** All refusals of a plan as one failure. Undefined when nothing is refused. */
function refusalOf(apis) {
    const problems = apis.flatMap(({ name, version, problems: found }) => found.map((each) => ({ ...each, subject: `${name}:${version}` })));
    const [first] = problems;
    if (first === undefined)
        return undefined;
    const code = Object.values(codes).find((each) => each.code === first.code) ?? codes.API_CONFLICT;
    return new base_errors/* InputError */.dz(code, problems.map(({ subject, problem, example }) => ({
        subject,
        problem,
        ...(example === undefined ? {} : { example }),
    })));
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/import-files.ts





/**
 * Writes what an import is given.
 * @param folder empty and private
 * @returns paths; `params` is undefined without settings for the target
 */
async function writeImport(job, folder) {
    const { name, version } = job.plan;
    // The owner of an application may have a slash in it.
    const archive = (0,external_node_path_.join)(folder, `${name}_${version}.zip`.replaceAll('/', '#'));
    await writeArchive(archive, inPlace(job, await job.project.load()));
    return { archive, params: await writeParams(job, folder) };
}
/** The project as it is imported: with the planned deployments, where params do not replace them. */
function inPlace({ plan, paramsDeploy }, project) {
    if (paramsDeploy || plan.kind === 'application')
        return project;
    return plan.deployments.length === 0 ? withoutDeployments(project) : withDeployments(project, plan.deployments);
}
/** A file, or a folder with certificates, in the way apictl tells them apart. */
async function writeParams(job, folder) {
    if (job.paramsText === undefined)
        return undefined;
    if (job.certificates.size === 0) {
        const path = (0,external_node_path_.join)(folder, 'params.yaml');
        await (0,promises_.writeFile)(path, job.paramsText, { mode: 0o600 });
        return path;
    }
    if (folder.includes('.yaml')) {
        const problem = `apictl takes every path with ".yaml" in it for a file, and the folder for temporary files is ${folder}`;
        throw new base_errors/* InputError */.dz(codes.PARAMS_INVALID, [
            { subject: 'RUNNER_TEMP', problem, example: '/home/runner/work/_temp' },
        ]);
    }
    const deployment = (0,external_node_path_.join)(folder, 'deployment');
    await (0,promises_.mkdir)((0,external_node_path_.join)(deployment, 'certificates'), { recursive: true });
    await (0,promises_.writeFile)((0,external_node_path_.join)(deployment, 'params.yaml'), job.paramsText, { mode: 0o600 });
    for (const [name, data] of job.certificates) {
        await (0,promises_.writeFile)((0,external_node_path_.join)(deployment, 'certificates', name), data, { mode: 0o600 });
    }
    return deployment;
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/imported.ts





/** Between two looks for an import whose answer was lost, in milliseconds. */
const imported_pauseMs = 1000;
/**
 * Runs an import and looks at the publisher for what came of it. An import whose answer was lost (no answer in time, a
 * broken connection, 502, 504) is not sent again, since it would make a second revision: the publisher is asked until the
 * new revision is deployed, or the time is over; of what is not deployed nobody can tell. After a failure inside the
 * server it is asked what was left behind.
 * @param patienceMs how long to look for an import whose answer was lost
 * @throws what the import throws, when nothing new is there
 */
async function importAndLook(run, expected, publisher, patienceMs, { clock, log, cancelled }) {
    try {
        await run();
        return await look(expected, publisher);
    }
    catch (failure) {
        if (cancelled.aborted)
            throw failure;
        // Only a revision shows that an import has come to its end.
        const mayShow = expected.gateways.length > 0;
        if (isAnswerLost(failure) && mayShow)
            return await lookPatiently(failure);
        throw isAnswerLost(failure) || isServerFailure(failure)
            ? withState(failure, expected, await look(expected, publisher))
            : failure;
    }
    async function lookPatiently(failure) {
        const shown = `${expected.name}:${expected.version}`;
        log.info(`${(0,base_errors/* messageOf */.bD)(failure)}: asking the publisher whether ${shown} was imported all the same`);
        const until = clock.now() + patienceMs;
        for (;;) {
            const found = await look(expected, publisher);
            if (isComplete(found, expected)) {
                log.info(`${shown} was imported${found.revision === undefined ? '' : ` as revision ${found.revision.number}`}`);
                return found;
            }
            if (clock.now() + imported_pauseMs > until)
                throw withState(failure, expected, found);
            await clock.sleep(imported_pauseMs, cancelled);
        }
    }
}
/** What is there now: one or two requests. A search may lag behind an import; an export does not. */
async function look({ name, version, id, known }, publisher) {
    if (id !== undefined) {
        const [api, revisions] = await Promise.all([publisher.details(id), publisher.revisions(id)]);
        return { api, revision: newest(revisions, known) };
    }
    const api = (await publisher.find(name, version)) ?? (await findByExport(name, version, publisher));
    if (api === undefined)
        return { api, revision: undefined };
    return { api, revision: newest(await publisher.revisions(api.id), known) };
}
/** True when what is there can only be the import's work, all of it. */
function isComplete({ api, revision }, { id, gateways }) {
    // What is not deployed has no revisions: only its beginning to exist can be seen.
    if (gateways.length === 0)
        return api !== undefined && id === undefined;
    const there = revision?.gateways.map(({ name }) => name) ?? [];
    return gateways.every((name) => there.includes(name));
}
/** True for a failure after which nobody but the publisher knows whether the import was done. */
function isAnswerLost(failure) {
    if (!(failure instanceof base_errors/* DeliveryError */.VE))
        return false;
    if (/connection refused|ECONNREFUSED|no such host|ENOTFOUND|429/.test(failure.message))
        return false;
    // Killed from outside.
    if (failure instanceof base_errors/* ToolError */.v4 && failure.code === codes.APICTL_FAILED.code && failure.exitCode === null)
        return true;
    const lost = [base_codes/* codes */.F.SERVICE_TIMEOUT, base_codes/* codes */.F.SERVICE_UNREACHABLE, base_codes/* codes */.F.TOOL_TIMEOUT, codes.APIM_BUSY];
    return lost.some(({ code }) => code === failure.code);
}
/** True when the server says that it failed: it may have done a part. */
function isServerFailure(failure) {
    if (failure instanceof base_errors/* ServiceError */._7)
        return (failure.status ?? 0) >= 500;
    return failure instanceof base_errors/* ToolError */.v4 && / 50\d /.test(failure.message);
}
async function findByExport(name, version, publisher) {
    let archive;
    try {
        archive = await publisher.export(name, version, { revision: 'working-copy', credentials: false });
    }
    catch (error) {
        if (error instanceof base_errors/* ServiceError */._7 && error.status === 404)
            return undefined;
        throw error;
    }
    const project = await readArchive(archive, `the export of ${name}:${version}`);
    const file = ['api.yaml', 'api.json', 'api_product.yaml', 'api_product.json'].find((each) => project.files.has(each));
    const text = file === undefined ? '' : (project.files.get(file)?.toString('utf8') ?? '');
    const { data } = ((0,yaml/* parseYaml */.hN)(text) ?? {});
    return typeof data?.id === 'string' ? publisher.details(data.id) : undefined;
}
function newest(revisions, known) {
    return revisions.findLast(({ id }) => !known.has(id));
}
/** The failure, with what the target is left with: an import that broke off in the middle is named. */
function withState(failure, { name, version, id }, { api, revision }) {
    if (!(failure instanceof base_errors/* DeliveryError */.VE))
        return failure;
    const state = revision !== undefined
        ? `the publisher shows its revision ${revision.number}, not deployed everywhere`
        : api !== undefined && id === undefined
            ? 'the publisher shows the API without a revision: it is half imported'
            : 'the publisher shows nothing new of it';
    failure.message = `${failure.message}; ${state} (${name}:${version})`;
    return failure;
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/lifecycle.ts
/** API Manager's own life cycle: what each step is called, where it may be taken, where it leads. */
const steps = [
    { action: 'Publish', from: ['CREATED', 'PROTOTYPED'], to: 'PUBLISHED' },
    { action: 'Deploy as a Prototype', from: ['CREATED', 'PUBLISHED'], to: 'PROTOTYPED' },
    { action: 'Demote to Created', from: ['PUBLISHED', 'PROTOTYPED'], to: 'CREATED' },
    { action: 'Block', from: ['PUBLISHED'], to: 'BLOCKED' },
    { action: 'Re-Publish', from: ['BLOCKED'], to: 'PUBLISHED' },
    { action: 'Deprecate', from: ['PUBLISHED', 'BLOCKED'], to: 'DEPRECATED' },
    { action: 'Publish', from: ['DEPRECATED'], to: 'PUBLISHED' },
    { action: 'Retire', from: ['DEPRECATED'], to: 'RETIRED' },
];
/** A state is left for good there: no way leads through it. */
const finalState = 'RETIRED';
/**
 * The shortest way from one life cycle state to another, as the names of its steps; empty when nothing has to be done,
 * undefined when there is no way (from RETIRED, and for states of a life cycle of one's own).
 */
function lifecycleWay(from, to) {
    const ways = new Map([[from, []]]);
    const waiting = [from];
    for (const state of waiting) {
        const way = ways.get(state) ?? [];
        if (state === to)
            return way;
        if (state === finalState)
            continue;
        for (const step of steps.filter((each) => each.from.includes(state) && !ways.has(each.to))) {
            ways.set(step.to, [...way, step.action]);
            waiting.push(step.to);
        }
    }
    return undefined;
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/state-noise.ts
const sample = 'sample-api.yaml of the apictl integration tests';
const published = 'publisher-api.yaml of carbon-apimgt';
const written = 'carbon-apimgt, OASParserUtil and OAS3Parser';
const devportal = 'devportal-api.yaml of carbon-apimgt';
const documentation = 'API Manager documentation, "API YAML representation"';
const ownId = 'each API Manager gives its own';
const importTime = 'the time of an import';
const importUser = 'who imported';
const secondCopy = 'the server writes it from api.yaml, which is compared itself';
const rule = (reason, source, ...patterns) => patterns.map((pattern) => ({ pattern, reason, source }));
/** Every rule; the first part of a pattern says what it is about: api.yaml, the definition, a document … */
const noiseRules = [
    ...rule(ownId, sample, 'api.id', 'api.operations[].id'),
    ...rule('names the API: two states are found by it', sample, 'api.name', 'api.version'),
    ...rule(importTime, sample, 'api.createdTime', 'api.lastUpdatedTime', 'api.lastUpdatedTimestamp'),
    ...rule('says what was exported, not what the API is', sample, 'api.isRevision', 'api.revisionId'),
    ...rule(ownId, published, 'api.revisionedApiId'),
    ...rule('says whether the service catalogue of one API Manager has moved on', published, 'api.serviceInfo.outdated'),
    ...rule('a state of the publisher, not of the API', published, 'api.workflowStatus'),
    ...rule('names the organisation of one API Manager', sample, 'api.organizationId'),
    ...rule('the server writes additionalProperties a second time', published, 'api.additionalPropertiesMap'),
    ...rule('follows from Image/, which is compared itself', sample, 'api.hasThumbnail'),
    ...rule('a path inside one API Manager; WSDL/ is compared itself', published, 'api.wsdlUrl'),
    ...rule('ids of one API Manager; products are compared themselves', sample, 'api.operations[].usedProductIds'),
    ...rule('names the operation: it is in the path of its facts', sample, '**.operations[].target', '**.operations[].verb'),
    ...rule('names the policy: it is in the path of its facts', documentation, '**Policies.*[].policyName', '**Policies.*[].policyVersion'),
    ...rule(`${ownId}; name and version tell the policy`, documentation, '**Policies.*[].policyId'),
    ...rule(ownId, published, 'api.mediationPolicies[].id'),
    ...rule('names the property: it is in the path of its facts', published, '**.additionalProperties[].name'),
    ...rule(ownId, published, '**.scopes[].scope.id'),
    ...rule('names the scope: it is in the path of its facts', published, '**.scopes[].scope.name'),
    ...rule('counts the use on one API Manager', published, '**.scopes[].scope.usageCount'),
    ...rule('the server writes the provider there', sample, 'api.advertiseInfo.apiOwner'),
    ...rule(`${ownId}; name and version tell the AI provider`, documentation, 'api.subtypeConfiguration.**.llmProviderId'),
    ...rule('the server writes the release of the format that it knows', written, 'definition.openapi'),
    ...rule('the server writes name and version of the API', written, 'definition.info.title', 'definition.info.version'),
    ...rule('the server writes it where a definition names no server', written, 'definition.servers[/]'),
    ...rule(secondCopy, written, 'definition.securitySchemes.default', 'definition.security.default', 'definition.x-auth-type', 'definition.x-throttling-tier', 'definition.x-wso2-api-key-header', 'definition.x-wso2-application-security', 'definition.x-wso2-auth-header', 'definition.x-wso2-basePath', 'definition.x-wso2-cors', 'definition.x-wso2-disable-security', 'definition.x-wso2-mutual-ssl', 'definition.x-wso2-production-endpoints', 'definition.x-wso2-response-cache', 'definition.x-wso2-sandbox-endpoints', 'definition.x-wso2-security', 'definition.x-wso2-throttling-tier', 'definition.x-wso2-transports'),
    ...rule('it says what api.yaml says of the operation, and is compared there', written, 'definition.operations[].security', 'definition.operations[].x-auth-type', 'definition.operations[].x-scope', 'definition.operations[].x-throttling-tier', 'definition.operations[].x-wso2-application-security', 'definition.operations[].x-wso2-disable-security', 'definition.operations[].x-wso2-throttling-tier', 'definition.operations[].x-uritemplate-*'),
    ...rule('names the parameter: it is in the path of its facts', written, 'definition.operations[].parameters[].name', 'definition.operations[].parameters[].in'),
    ...rule(ownId, published, 'document.documentId'),
    ...rule('names the document: it is in the path of its facts', published, 'document.name'),
    ...rule(importTime, published, 'document.createdTime', 'document.lastUpdatedTime'),
    ...rule(importUser, published, 'document.createdBy', 'document.lastUpdatedBy'),
    ...rule(`${ownId}; name and stage tell the endpoint`, published, 'endpoint[].id'),
    ...rule(ownId, published, 'policy.id'),
    ...rule(ownId, published, 'product.id', 'product.revisionedApiProductId', 'product.apis[].apiId'),
    ...rule(ownId, published, 'product.apis[].operations[].id'),
    ...rule('names the product: two states are found by it', published, 'product.name', 'product.version'),
    ...rule('names the API: it is in the path of its facts', published, 'product.apis[].name', 'product.apis[].version'),
    ...rule(importTime, published, 'product.createdTime', 'product.lastUpdatedTime', 'product.lastUpdatedTimestamp'),
    ...rule('says what was exported, not what the product is', published, 'product.isRevision', 'product.revisionId'),
    ...rule('a state of the publisher, not of the product', published, 'product.workflowStatus'),
    ...rule('the server writes additionalProperties a second time', published, 'product.additionalPropertiesMap'),
    ...rule('follows from Image/, which is compared itself', published, 'product.hasThumbnail'),
    ...rule('ids of one API Manager', published, 'product.apis[].operations[].usedProductIds'),
    ...rule('names the organisation of one API Manager', published, 'product.organizationId'),
    ...rule(ownId, devportal, 'application.applicationInfo.applicationId', 'application.**.keyMappingId'),
    ...rule('names the application: two states are found by it', devportal, 'application.applicationInfo.name'),
    ...rule('counts the subscriptions, which are compared themselves', devportal, 'application.**.subscriptionCount'),
    ...rule('a state of the approval on one API Manager', devportal, 'application.applicationInfo.status'),
    ...rule('a token of the moment', devportal, 'application.**.token'),
    ...rule(ownId, devportal, 'application.subscribedAPIs[].apiId.id', 'application.subscribedAPIs[].apiId.uuid'),
    ...rule('names the API: it is in the path of its facts', devportal, 'application.subscribedAPIs[].apiId.apiName', 'application.subscribedAPIs[].apiId.version'),
    ...rule('providers differ between environments', devportal, 'application.subscribedAPIs[].apiId.providerName'),
    ...rule(importTime, devportal, 'application.applicationInfo.createdTime', 'application.applicationInfo.updatedTime'),
];
const compiled = noiseRules.map(({ pattern }) => compile(pattern));
const known = new Map();
/** True for a path that differs between two exports of the same API without meaning. */
function isNoise(pattern) {
    let answer = known.get(pattern);
    if (answer === undefined) {
        answer = compiled.some((each) => each.test(pattern));
        if (known.size < 20_000)
            known.set(pattern, answer);
    }
    return answer;
}
function compile(pattern) {
    const source = pattern
        .split(/(\*\*|\*)/)
        .map((part) => (part === '**' ? '.*' : part === '*' ? '[^.[\\]]*' : part.replace(/[.[\]]/g, '\\$&')))
        .join('');
    return new RegExp(`^${source}$`);
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/state-facts.ts





const state_facts_hidden = '•••';
/** Collects the facts of one state. */
class FactList {
    #facts = new Map();
    /** Paths that the project says something about, be it nothing. */
    stated = new Set();
    secrets = new HiddenSecrets();
    add(group, path, value, options = {}) {
        const { member, within, onlyIfBoth = false, secret = false, order = false } = options;
        const key = member === undefined ? `${path}${order ? ' (order)' : ''}` : `${path}[${member}]`;
        if (secret)
            this.secrets.set(key, value);
        this.stated.add(path);
        this.#facts.set(key, {
            group,
            path,
            value: secret ? state_facts_hidden : value,
            secret,
            member: member !== undefined,
            within,
            onlyIfBoth,
            order,
        });
    }
    /** The facts of a part that has a state of its own, below a name for it. */
    addAll(prefix, state) {
        for (const [key, fact] of state.facts) {
            const within = fact.within === undefined ? undefined : `${prefix}.${fact.within}`;
            this.#facts.set(`${prefix}.${key}`, { ...fact, path: `${prefix}.${fact.path}`, within });
        }
        for (const path of state.stated)
            this.stated.add(`${prefix}.${path}`);
        this.secrets.takeAll(prefix, state.secrets);
    }
    has(key) {
        return this.#facts.has(key);
    }
    /** Every value in a tree, without noise and without what is empty. */
    flatten(value, how) {
        const { path = '', pattern, within } = how;
        this.#walk(value, { path, pattern, key: '', name: '', within }, how);
    }
    sorted() {
        return new Map([...this.#facts].sort(([a], [b]) => (a < b ? -1 : 1)));
    }
    #walk(value, place, how) {
        const { path, pattern, key, name, within } = place;
        if (isNoise(pattern))
            return;
        this.stated.add(path);
        if (how.whole?.has(key) === true) {
            if (!isEmpty(value))
                this.add(groupOf(pattern), path, textOf(value), { within });
        }
        else if (Array.isArray(value)) {
            this.#list(value, place, how);
        }
        else if (isTable(value)) {
            if (how.maps?.has(key) === true)
                this.#map(value, place, how);
            else {
                for (const [inner, each] of Object.entries(value)) {
                    const below = { path: joined(path, inner), pattern: `${pattern}.${inner}`, key: inner, name: inner, within };
                    this.#walk(each, below, how);
                }
            }
        }
        else if (how.secrets !== false && isSecretKey(name)) {
            if (value !== null && value !== undefined)
                this.add(groupOf(pattern), path, textOf(value), { within, secret: true });
        }
        else if (!isEmpty(value)) {
            const { shown, password } = withoutUrlPassword(textOf(value));
            this.add(groupOf(pattern), path, shown, { within });
            if (password !== undefined)
                this.add(groupOf(pattern), `${path} (password)`, password, { within, secret: true });
        }
    }
    /** A table whose keys are names: its entries come and go as a whole. */
    #map(table, { path, pattern, within }, how) {
        for (const [name, each] of Object.entries(table)) {
            const isEntry = typeof each === 'object' && each !== null;
            const entry = isEntry ? `${path}[${name}]` : joined(path, name);
            if (isEntry)
                this.add(groupOf(pattern), path, name, { member: name, within });
            const below = { path: entry, pattern: `${pattern}[]`, key: '', name };
            this.#walk(each, { ...below, within: isEntry ? entry : within }, how);
        }
    }
    #list(list, { path, pattern, key, within }, how) {
        const nameOf = how.names?.[pattern] ?? how.names?.[`*.${key}`];
        const isSet = list.every((each) => typeof each !== 'object' || each === null);
        if (isSet) {
            for (const each of list) {
                if (!isEmpty(each))
                    this.add(groupOf(pattern), path, textOf(each), { member: textOf(each), within });
            }
            return;
        }
        const seen = new Map();
        const labels = [];
        list.forEach((each, at) => {
            const name = isTable(each) ? nameOf?.(each) : undefined;
            const times = (seen.get(name ?? '') ?? 0) + 1;
            seen.set(name ?? '', times);
            const label = name === undefined ? String(at + 1) : times === 1 ? name : `${name} (${times})`;
            const entry = `${path}[${label}]`;
            labels.push(label);
            if (name !== undefined)
                this.add(groupOf(pattern), path, label, { member: label, within });
            const below = { path: entry, pattern: `${pattern}[]`, key: '', name: '' };
            this.#walk(each, { ...below, within: name === undefined ? within : entry }, how);
        });
        if (how.ordered?.has(key) === true && labels.length > 1) {
            this.add(groupOf(pattern), path, labels.join(' → '), { within, order: true });
        }
    }
}
/** Nothing in it: API Manager writes null, '', [] and {} for what is not there, each release another way. */
function isEmpty(value) {
    if (value === null || value === undefined || value === '')
        return true;
    if (Array.isArray(value))
        return value.length === 0;
    return isTable(value) && Object.keys(value).length === 0;
}
function textOf(value) {
    return typeof value === 'string' ? value : canonical(value);
}
function joined(path, name) {
    const safe = /[.[\]]/.test(name) ? JSON.stringify(name) : name;
    return path === '' ? safe : `${path}.${safe}`;
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/state-defaults.ts


const state_defaults_schema = 'publisher-api.yaml of carbon-apimgt';
const state_defaults_sample = 'sample-api.yaml of the apictl integration tests';
const exported = 'AnthropicAPI of the apictl integration tests';
const assumed = 'assumed: what is not said is off';
const state_defaults_documentation = 'API Manager documentation, "API YAML representation"';
/** Of the `data:` of api.yaml and api_product.yaml. docs/promotion-plan.md shows this table. */
const defaultRules = [
    { path: 'type', value: 'HTTP', of: 'api', source: state_defaults_schema },
    { path: 'visibility', value: 'PUBLIC', of: 'both', source: state_defaults_schema },
    { path: 'subscriptionAvailability', value: 'CURRENT_TENANT', of: 'api', source: state_defaults_schema },
    { path: 'subscriptionAvailability', value: 'ALL_TENANTS', of: 'api-product', source: state_defaults_schema },
    { path: 'accessControl', value: 'NONE', of: 'both', source: state_defaults_schema },
    { path: 'endpointImplementationType', value: 'ENDPOINT', of: 'api', source: state_defaults_schema },
    { path: 'securityScheme', value: ['oauth2', 'oauth_basic_auth_api_key_mandatory'], of: 'both', source: state_defaults_schema },
    { path: 'lifeCycleStatus', value: 'CREATED', of: 'api', source: 'carbon-apimgt, ImportUtils: importApi' },
    { path: 'apiType', value: 'APIPRODUCT', of: 'api-product', source: state_defaults_schema },
    { path: 'responseCachingEnabled', value: false, of: 'both', source: state_defaults_sample },
    { path: 'cacheTimeout', value: 300, of: 'both', source: state_defaults_sample },
    { path: 'isDefaultVersion', value: false, of: 'both', source: state_defaults_sample },
    { path: 'enableSchemaValidation', value: false, of: 'both', source: state_defaults_sample },
    { path: 'enableSubscriberVerification', value: false, of: 'api', source: state_defaults_sample },
    { path: 'apiThrottlingPolicy', value: 'Unlimited', of: 'both', source: state_defaults_sample },
    { path: 'authorizationHeader', value: 'Authorization', of: 'both', source: state_defaults_sample },
    { path: 'apiKeyHeader', value: 'ApiKey', of: 'both', source: state_defaults_documentation },
    { path: 'keyManagers', value: ['all'], of: 'api', source: state_defaults_sample },
    { path: 'audiences', value: ['all'], of: 'api', source: state_defaults_sample },
    { path: 'transport', value: ['http', 'https'], of: 'both', source: state_defaults_sample },
    { path: 'gatewayVendor', value: 'wso2', of: 'both', source: state_defaults_sample },
    { path: 'gatewayType', value: 'wso2/synapse', of: 'api', source: state_defaults_sample },
    { path: 'visibleOrganizations', value: ['none'], of: 'both', source: exported },
    { path: 'initiatedFromGateway', value: false, of: 'api', source: exported },
    { path: 'egress', value: false, of: 'api', source: state_defaults_documentation },
    { path: 'subtypeConfiguration.subtype', value: 'DEFAULT', of: 'api', source: state_defaults_documentation },
    { path: 'primaryProductionEndpointId', value: 'default_production_endpoint', of: 'api', source: exported },
    {
        path: 'primarySandboxEndpointId',
        value: 'default_sandbox_endpoint',
        of: 'api',
        source: 'assumed, after primaryProductionEndpointId',
    },
    { path: 'advertiseInfo.advertised', value: false, of: 'api', source: state_defaults_sample },
    { path: 'advertiseInfo.vendor', value: 'WSO2', of: 'api', source: state_defaults_sample },
    { path: 'monetization.enabled', value: false, of: 'both', source: assumed },
    { path: 'corsConfiguration.corsConfigurationEnabled', value: false, of: 'both', source: state_defaults_sample },
    { path: 'corsConfiguration.accessControlAllowCredentials', value: false, of: 'both', source: state_defaults_sample },
    { path: 'websubSubscriptionConfiguration.enable', value: false, of: 'api', source: state_defaults_documentation },
];
/** Of every operation. */
const operationDefaults = { authType: 'Application & Application User', throttlingPolicy: 'Unlimited' };
/** The data with what the server takes where nothing is said; and the paths that were filled. */
function withDefaults(kind, data) {
    const whole = { ...data };
    const filled = [];
    const fill = (table, key, path, value) => {
        if (!isEmpty(table[key]))
            return;
        if (table[key] === undefined)
            filled.push(path);
        table[key] = value;
    };
    for (const { path, value, of } of defaultRules) {
        if (of !== 'both' && of !== kind)
            continue;
        const [first = '', second] = path.split('.');
        if (second === undefined) {
            fill(whole, first, path, value);
        }
        else {
            const table = isTable(whole[first]) ? { ...whole[first] } : {};
            fill(table, second, path, value);
            whole[first] = table;
        }
    }
    return { data: whole, filled };
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/state-openapi.ts

const definitionFiles = ['yaml', 'yml', 'json'].map((ending) => `Definitions/swagger.${ending}`);
const verbs = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
/** The OpenAPI definition of a project (3.x or Swagger 2), or undefined. */
function definitionIn(files) {
    const name = definitionFiles.find((each) => files.has(each));
    const document = name === undefined ? undefined : documentIn(files, name);
    return isTable(document) && isTable(document.paths) ? document : undefined;
}
/** Every operation of a definition. */
function operationsIn(definition) {
    const paths = isTable(definition.paths) ? definition.paths : {};
    return Object.entries(paths).flatMap(([target, item]) => {
        if (!isTable(item))
            return [];
        return verbs.flatMap((verb) => {
            const operation = item[verb];
            return isTable(operation) ? [defined(verb.toUpperCase(), target, operation, listOf(item.parameters))] : [];
        });
    });
}
/** Extensions in which API Manager keeps the settings of an operation (carbon-apimgt, APIConstants). */
function defined(verb, target, operation, shared) {
    const authType = operation['x-auth-type'];
    const throttling = operation['x-throttling-tier'] ?? operation['x-wso2-throttling-tier'];
    const isOpen = authType === undefined && operation['x-wso2-disable-security'] === true;
    const own = listOf(operation.parameters);
    const named = new Set(own.map(parameterName));
    const parameters = [...shared.filter((each) => !named.has(parameterName(each))), ...own];
    return {
        verb,
        target,
        authType: isOpen ? 'None' : typeof authType === 'string' ? (authTypes[authType] ?? authType) : undefined,
        throttlingPolicy: typeof throttling === 'string' ? throttling : undefined,
        scopes: scopesOf(operation),
        definition: parameters.length === 0 ? operation : { ...operation, parameters },
    };
}
/** The definition has some authentication types in other words than api.yaml (carbon-apimgt, APIConstants). */
const authTypes = {
    'Application User': 'Application User',
    'Application & Application User': 'Application & Application User',
    Any: 'Application & Application User',
    None: 'None',
};
function scopesOf(operation) {
    if (Array.isArray(operation.security)) {
        return operation.security
            .filter(isTable)
            .flatMap((each) => Object.values(each).flatMap(listOf))
            .map(String);
    }
    const scope = operation['x-scope'];
    return typeof scope === 'string' && scope !== '' ? scope.split(',').map((each) => each.trim()) : undefined;
}
/** `query:limit`; a reference by what it refers to. */
function parameterName(parameter) {
    if (!isTable(parameter))
        return undefined;
    if (typeof parameter.$ref === 'string')
        return parameter.$ref;
    return `${textOr(parameter.in, '')}:${textOr(parameter.name, '')}`;
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/state-operations.ts



/** `POST /order`: what tells operations apart. */
function operationName({ verb, target }) {
    return `${textOr(verb, '').toUpperCase()} ${textOr(target, '')}`.trim();
}
/**
 * The operations that an import makes: those of the OpenAPI definition, where there is one; policies, and what the
 * definition does not say, from api.yaml (apictl sample-api.yaml: "the operations will be anyway updated from the
 * swagger definition").
 * @returns the operations, and which of their values nobody states (`POST /order.authType`)
 */
function effectiveOperations(data, files) {
    const listed = new Map(tablesOf(data.operations).map((each) => [operationName(each), each]));
    const definition = definitionIn(files);
    const defined = definition === undefined ? [] : operationsIn(definition);
    const filled = [];
    const whole = (name, operation) => {
        for (const [key, value] of Object.entries(operationDefaults)) {
            if (typeof operation[key] === 'string' && operation[key] !== '')
                continue;
            operation[key] = value;
            filled.push(`operations[${name}].${key}`);
        }
        return operation;
    };
    if (defined.length === 0) {
        return { operations: [...listed].map(([name, each]) => whole(name, { ...each })), filled };
    }
    const operations = defined.map((each) => whole(operationName(each), merged(each, listed.get(operationName(each)))));
    return { operations, filled };
}
function merged(defined, listed) {
    const { verb, target, authType, throttlingPolicy, scopes } = defined;
    const said = { verb, target };
    if (authType !== undefined)
        said.authType = authType;
    if (throttlingPolicy !== undefined)
        said.throttlingPolicy = throttlingPolicy;
    if (scopes !== undefined)
        said.scopes = scopes;
    return { ...listed, ...said };
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/state-definitions.ts






/** Tables whose keys the author of a definition chose. */
const maps = new Set([
    'schemas',
    'definitions',
    'properties',
    'patternProperties',
    'responses',
    'content',
    'headers',
    'requestBodies',
    'parameters',
    'examples',
    'callbacks',
    'links',
    'securitySchemes',
    'securityDefinitions',
    'mapping',
    'variables',
    'scopes',
    'channels',
    'messages',
]);
const whole = new Set(['example', 'examples', 'default', 'const']);
const named = (key) => (entry) => typeof entry[key] === 'string' ? entry[key] : undefined;
const names = {
    '*.parameters': parameterName,
    '*.tags': named('name'),
    '*.servers': named('url'),
};
const how = { maps, whole, names, secrets: false };
/** The facts of the definition files: OpenAPI and AsyncAPI by meaning, GraphQL and others by their text. */
function factsOfDefinitions(files, list) {
    const definition = definitionIn(files);
    if (definition !== undefined)
        factsOfOpenApi(definition, list);
    for (const [name, data] of files) {
        if (!name.startsWith('Definitions/'))
            continue;
        if (definition !== undefined && /^Definitions\/swagger\.(?:ya?ml|json)$/.test(name))
            continue;
        const document = /\.(?:ya?ml|json)$/.test(name) ? documentIn(files, name) : undefined;
        const path = `definition ${name.slice('Definitions/'.length).replace(/\.(?:ya?ml|json)$/, '')}`;
        if (isTable(document))
            list.flatten(document, { ...how, pattern: 'definition', path });
        else
            list.add('operations', path, shortDigest(normalText(data.toString('utf8'))));
    }
}
/** Parts of a definition that are read one by one. */
const apart = ['paths', 'components', 'definitions', 'parameters', 'responses', 'securityDefinitions', 'security'];
function factsOfOpenApi(definition, list) {
    for (const operation of operationsIn(definition)) {
        const within = `operations[${operationName(operation)}]`;
        list.flatten(operation.definition, {
            ...how,
            pattern: 'definition.operations[]',
            path: `${within}.definition`,
            within: list.has(within) ? within : undefined,
        });
    }
    const top = Object.fromEntries(Object.entries(definition).filter(([key]) => !apart.includes(key)));
    list.flatten({ ...top, servers: serversIn(top) }, { ...how, pattern: 'definition', path: 'definition' });
    const { components, definitions, parameters, responses, securityDefinitions, security } = definition;
    const { securitySchemes, ...parts } = isTable(components)
        ? components
        : { schemas: definitions, parameters, responses, securitySchemes: securityDefinitions };
    for (const [kind, entries] of Object.entries(parts)) {
        if (!isTable(entries))
            continue;
        list.flatten({ [kind]: entries }, { ...how, pattern: 'definition', path: 'definition' });
    }
    list.flatten(securitySchemes, {
        ...how,
        pattern: 'definition.securitySchemes',
        path: 'definition.securitySchemes',
    });
    list.flatten(requirementsIn(security), { ...how, pattern: 'definition.security', path: 'definition.security' });
}
/** Without the one that the server writes where there is none. */
function serversIn({ servers }) {
    return Array.isArray(servers)
        ? servers.filter((each) => !isNoise(`definition.servers[${isTable(each) ? textOr(each.url, '') : ''}]`))
        : servers;
}
/** Security requirements as texts, without the one that the server writes for its own tokens. */
function requirementsIn(security) {
    return tablesOf(security)
        .filter((each) => !Object.keys(each).every((name) => isNoise(`definition.security.${name}`)))
        .map((each) => canonical(each));
}
/** Text without what an editor or a server changes in passing. */
function normalText(text) {
    return text
        .replace(/\r\n?/g, '\n')
        .replace(/[ \t]+$/gm, '')
        .trim();
}
/** Enough of a digest to tell two files apart, for people. */
function shortDigest(data) {
    return digestOf(data).slice(0, 'sha256:'.length + 16);
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/state-certificates.ts


const lists = /^(Client|Endpoint)-certificates\/(?:(?:PRODUCTION|SANDBOX)\/)?(?:client|endpoint)_certificates\.(?:ya?ml|json)$/;
/** The certificates of a project, by alias: what they are for, and which they are. */
function factsOfCertificates(files, list) {
    for (const name of files.keys()) {
        const [, side] = lists.exec(name) ?? [];
        if (side === undefined)
            continue;
        const folder = name.slice(0, name.lastIndexOf('/'));
        const sandbox = folder.endsWith('/SANDBOX');
        const document = documentIn(files, name);
        if (document === undefined)
            list.add('certificates', `file ${name}`, shortDigest(files.get(name) ?? ''));
        for (const entry of tablesOf(isTable(document) ? document.data : document)) {
            const alias = textOr(entry.alias, '');
            const path = side === 'Client' ? 'clientCertificates' : 'endpointCertificates';
            const key = `${path}[${alias}]`;
            list.add('certificates', path, alias, { member: alias });
            const tell = (what, value) => {
                const text = textOr(value, '');
                if (text !== '')
                    list.add('certificates', `${key}.${what}`, text, { within: key });
            };
            tell('tier', entry.tierName);
            tell('endpoint', entry.endpoint ?? entry.hostName);
            tell('keyType', entry.keyType ?? (sandbox ? 'SANDBOX' : side === 'Client' ? 'PRODUCTION' : undefined));
            tell('certificate', certificateIn(files, folder, textOr(entry.certificate, '')));
        }
    }
}
/** A digest of the certificate: the list names a file beside it, or has the certificate itself. */
function certificateIn(files, folder, given) {
    const text = files.get(`${folder}/${given}`)?.toString('latin1') ?? given;
    const body = /-----BEGIN CERTIFICATE-----([\s\S]+?)-----END/.exec(text)?.[1] ?? text;
    return body === '' ? '' : shortDigest(body.replace(/\s+/g, ''));
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/state-files.ts


/** Parts of a project that other files of this room read. */
const elsewhere = /^(?:api|api_product|application)\.(?:ya?ml|json)$|^(?:\w+_meta|deployment_environments)\.(?:ya?ml|json)$|^(?:Definitions|Client-certificates|Endpoint-certificates|APIs)\//;
/** What apictl and editors leave in a project folder, and an import does not read. */
const ignored = /(?:^|\/)(?:\.[^/]+|README(?:\.md)?)$|^(?:api_)?params\.ya?ml$|\/$/;
const documentFile = /^Docs\/([^/]+)\/document\.(?:ya?ml|json)$/;
/** The facts of the other files: documents, image, policies, WSDL, endpoints.yaml. */
function factsOfFiles(files, list) {
    const titles = factsOfDocuments(files, list);
    for (const [name, data] of files) {
        if (elsewhere.test(name) || ignored.test(name) || documentFile.test(name))
            continue;
        if (name.startsWith('Docs/'))
            factsOfAttachment(name, data, titles, list);
        else if (name.startsWith('Image/'))
            list.add('documents', 'image', shortDigest(data));
        else if (name.startsWith('Policies/'))
            factsOfPolicy(files, name, data, list);
        else if (/^(?:Sequences|SoapToRest)\//.test(name))
            list.add('policies', `file ${name}`, digestOfFile(name, data));
        else if (/^endpoints\.(?:ya?ml|json)$/.test(name))
            factsOfEndpoints(files, name, list);
        // The server gives it a name of its own.
        else if (/^WSDL\/[^/]+\.wsdl$/i.test(name))
            list.add('operations', 'wsdl', digestOfFile(name, data));
        else
            list.add(name.startsWith('WSDL/') ? 'operations' : 'general', `file ${name}`, digestOfFile(name, data));
    }
}
/** @returns folder → title */
function factsOfDocuments(files, list) {
    const titles = new Map();
    for (const name of files.keys()) {
        const [, folder] = documentFile.exec(name) ?? [];
        if (folder === undefined)
            continue;
        const document = documentIn(files, name);
        const data = isTable(document) && isTable(document.data) ? document.data : {};
        const title = textOr(data.name, folder);
        titles.set(folder, title);
        const key = `documents[${title}]`;
        list.add('documents', 'documents', title, { member: title });
        list.flatten(data, { pattern: 'document', path: key, within: key });
    }
    return titles;
}
function factsOfAttachment(name, data, titles, list) {
    const [, folder = '', ...rest] = name.split('/');
    const title = titles.get(folder);
    const key = `documents[${title ?? folder}]`;
    const within = title === undefined ? undefined : key;
    list.add('documents', `${key}.file ${rest.join('/')}`, digestOfFile(name, data), { within });
}
const policyLists = {
    '*.policyAttributes': (entry) => (typeof entry.name === 'string' ? entry.name : undefined),
};
function factsOfPolicy(files, name, data, list) {
    const path = `policy ${name.slice('Policies/'.length)}`;
    const document = /\.(?:ya?ml|json)$/.test(name) ? documentIn(files, name) : undefined;
    const inner = isTable(document) && isTable(document.data) ? document.data : undefined;
    if (inner === undefined)
        list.add('policies', path, digestOfFile(name, data));
    else
        list.flatten(inner, { pattern: 'policy', path: path.replace(/\.(?:ya?ml|json)$/, ''), names: policyLists });
}
/** endpoints.yaml (from 4.5 on): several endpoints of an API. */
function factsOfEndpoints(files, name, list) {
    const document = documentIn(files, name);
    const data = isTable(document) ? document.data : document;
    list.flatten(data, {
        pattern: 'endpoint',
        path: 'endpoints',
        names: { endpoint: (entry) => `${textOr(entry.name, '')} (${textOr(entry.deploymentStage, '')})` },
    });
}
/** Line ends and blanks at the end of a line do not count in what is text. */
function digestOfFile(name, data) {
    const isText = /\.(?:j2|gotmpl|xml|wsdl|xsd|txt|md|html?|graphql|ya?ml|json|crt|pem)$/i.test(name);
    return shortDigest(isText ? normalText(data.toString('utf8')) : data);
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/state-merge.ts


/** Where the server looks up client certificates from 4.4 on, and before. */
const clientCertificates = 'Client-certificates/client_certificates';
const endpointCertificates = 'Endpoint-certificates/endpoint_certificates';
/** An API with the params: the whole endpointConfig is replaced, security included. */
function mergeApiParams(project, { configs, certificates = new Map() }) {
    if (configs === undefined)
        return project;
    const endpointConfig = endpointsOf(configs);
    const security = securityOf(configs.security);
    if (security !== undefined)
        endpointConfig.endpoint_security = security;
    return mergeShared({ ...project, data: { ...project.data, endpointConfig } }, configs, certificates);
}
/** An API product with the params: client certificates, subscription policies and deployments alone. */
function mergeProductParams(project, { configs, certificates = new Map() }) {
    return configs === undefined ? project : mergeShared(project, configs, certificates);
}
function mergeShared(project, configs, given) {
    const data = { ...project.data };
    const files = new Map(project.files);
    const place = (folder, name) => {
        const content = given.get(name);
        if (content !== undefined)
            files.set(`${folder}/${name}`, content);
    };
    if (configs.mutualSslCerts !== undefined && configs.mutualSslCerts !== null) {
        const schemes = listOf(data.securityScheme);
        data.securityScheme = schemes.includes('mutualssl') ? schemes : [...schemes, 'mutualssl'];
        const listed = tablesOf(configs.mutualSslCerts).map((each) => {
            place('Client-certificates', textOr(each.path, ''));
            return { alias: each.alias, tierName: each.tierName, certificate: each.path, keyType: each.keyType };
        });
        write(files, clientCertificates, 'client_certificates', listed);
    }
    if (configs.certs !== undefined && configs.certs !== null) {
        const listed = tablesOf(configs.certs).map((each) => {
            place('Endpoint-certificates', textOr(each.path, ''));
            return { alias: each.alias, endpoint: each.hostName, certificate: each.path };
        });
        write(files, endpointCertificates, 'endpoint_certificates', listed);
    }
    const policies = listOf(configs.policies).filter((each) => typeof each === 'string' && each !== '');
    if (policies.length > 0)
        data.policies = policies;
    // An empty list takes the place of the archive's, too: nothing is deployed then (ImportUtils: importApi).
    const { deploymentEnvironments: listed } = configs;
    const deployments = Array.isArray(listed) ? readDeployments(listed) : project.deployments;
    return { data, files, deployments };
}
/** The server writes the list as JSON and removes the one of the archive. */
function write(files, path, type, data) {
    files.delete(`${path}.yaml`);
    files.set(`${path}.json`, Buffer.from(JSON.stringify({ type, version: 'v4.0.0', data }), 'utf8'));
}
function endpointsOf(configs) {
    const type = textOr(configs.endpointType, 'rest');
    const routing = textOr(configs.endpointRoutingPolicy, '');
    if (routing === '' && type === 'dynamic') {
        return { endpoint_type: 'default', failover: 'false', ...bothKinds(configs.endpoints, 'default') };
    }
    if (routing === '' && type === 'aws')
        return { ...awsOf(configs), ...bothKinds(configs.endpoints, localhost) };
    const soap = type === 'soap';
    if (routing === 'load_balanced')
        return loadBalanced(tableOr(configs.loadBalanceEndpoints), soap);
    if (routing === 'failover')
        return failover(tableOr(configs.failoverEndpoints), soap);
    return { endpoint_type: soap ? 'address' : 'http', ...bothKinds(configs.endpoints, localhost) };
}
const localhost = 'https://localhost';
function bothKinds(endpoints, fallback) {
    if (!isTable(endpoints)) {
        return { production_endpoints: { url: fallback }, sandbox_endpoints: { url: fallback } };
    }
    return {
        ...(endpoints.production === undefined ? {} : { production_endpoints: endpoints.production }),
        ...(endpoints.sandbox === undefined ? {} : { sandbox_endpoints: endpoints.sandbox }),
    };
}
function loadBalanced(given, soap) {
    const { sessionManagement, sessionTimeOut } = given;
    return {
        endpoint_type: 'load_balance',
        algoClassName: 'org.apache.synapse.endpoints.algorithms.RoundRobin',
        ...(sessionManagement === undefined || sessionManagement === 'transport' ? {} : { sessionManagement }),
        ...(sessionTimeOut === undefined ? {} : { sessionTimeOut }),
        ...bothKinds(soap ? mapped(given, asAddress) : given, localhost),
    };
}
function failover(given, soap) {
    const { productionFailovers, sandboxFailovers, ...endpoints } = soap ? mapped(given, asAddress) : given;
    return {
        endpoint_type: 'failover',
        failOver: 'true',
        ...(productionFailovers === undefined ? {} : { production_failovers: productionFailovers }),
        ...(sandboxFailovers === undefined ? {} : { sandbox_failovers: sandboxFailovers }),
        ...bothKinds(endpoints, localhost),
    };
}
function awsOf(configs) {
    const { accessMethod, ...rest } = tableOr(configs.awsLambdaEndpoints);
    const access = accessMethod === 'stored' ? { ...rest, access_method: 'stored' } : { access_method: 'role-supplied' };
    return { ...access, endpoint_type: 'awslambda' };
}
function securityOf(given) {
    if (!isTable(given))
        return undefined;
    const security = { ...given };
    for (const kind of ['production', 'sandbox']) {
        const details = security[kind];
        if (!isTable(details))
            continue;
        const enabled = details.enabled === true || details.enabled === 'true';
        security[kind] = enabled
            ? { ...details, enabled: true, type: textOr(details.type, '').toUpperCase() }
            : { type: 'NONE', enabled: false };
    }
    return security;
}
function mapped(table, change) {
    return Object.fromEntries(Object.entries(table).map(([key, value]) => [key, change(value)]));
}
/** SOAP endpoints are told as addresses, each one. */
function asAddress(value) {
    if (Array.isArray(value))
        return value.map(asAddress);
    return isTable(value) ? { ...value, endpoint_type: 'address' } : value;
}
function tableOr(value) {
    return isTable(value) ? value : {};
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/state-names.ts


const state_names_named = (key) => (entry) => typeof entry[key] === 'string' ? entry[key] : undefined;
/** `PizzaAPI:1.0.0` */
function apiName(name, version) {
    return [textOr(name, ''), textOr(version, '')].filter((part) => part !== '').join(':');
}
/** The policies of an operation or API: `addHeader v1`. */
const policyName = ({ policyName: name, policyVersion: version }) => typeof name === 'string' ? [name, textOr(version, '')].filter((part) => part !== '').join(' ') : undefined;
/** Lists of api.yaml, api_product.yaml and application.yaml whose entries have names: their order means nothing. */
const dataLists = {
    '*.operations': (entry) => operationName(entry),
    '*.additionalProperties': state_names_named('name'),
    'api.scopes': ({ scope }) => (isTable(scope) ? state_names_named('name')(scope) : undefined),
    'product.scopes': ({ scope }) => (isTable(scope) ? state_names_named('name')(scope) : undefined),
    'api.mediationPolicies': (entry) => `${textOr(entry.type, '')}:${textOr(entry.name, '')}`,
    'product.apis': ({ name, version }) => apiName(name, version),
    'application.subscribedAPIs': ({ apiId }) => (isTable(apiId) ? apiName(apiId.apiName, apiId.version) : undefined),
    '*.request': policyName,
    '*.response': policyName,
    '*.fault': policyName,
    '*.keys': ({ keyType, keyManager }) => `${textOr(keyType, '')} ${textOr(keyManager, '')}`.trim(),
};
/** Tables whose keys authors choose. */
const dataMaps = new Set(['customParameters', 'parameters', 'attributes']);
/** Lists of entries that are run one after the other. */
const dataOrders = new Set(['request', 'response', 'fault']);

;// CONCATENATED MODULE: ./packages/shared/src/apim/state-plain.ts
/** One spelling for each thing that API Manager and authors write in several. */


/** The data of api.yaml or api_product.yaml, defaults already in it, in one spelling. */
function plainData(given, version) {
    const data = { ...given };
    if (typeof data.context === 'string')
        data.context = plainContext(data.context, version);
    if ('endpointConfig' in data)
        data.endpointConfig = plainEndpoints(data.endpointConfig);
    data.corsConfiguration = onlyWhenOn(data.corsConfiguration, 'corsConfigurationEnabled');
    data.websubSubscriptionConfiguration = onlyWhenOn(data.websubSubscriptionConfiguration, 'enable');
    if (isTable(data.subtypeConfiguration))
        data.subtypeConfiguration = plainSubtype(data.subtypeConfiguration);
    // From 4.6 on the server writes the name there when nothing else is said.
    if (data.displayName === data.name)
        delete data.displayName;
    return data;
}
/** The context as api.yaml has it: the server puts the tenant before it and the version behind it. */
function plainContext(context, version) {
    const slashed = context.startsWith('/') ? context : `/${context}`;
    const own = slashed.replace(/^\/t\/[^/]+(?=\/)/, '').replaceAll('{version}', version);
    return own.endsWith(`/${version}`) && own.length > version.length + 1 ? own.slice(0, -version.length - 1) : own;
}
/** Settings of what is off are not read by the gateway, and each release fills others in. */
function onlyWhenOn(settings, key) {
    if (!isTable(settings))
        return settings;
    const on = settings[key] === true || settings[key] === 'true';
    return on ? settings : { [key]: false };
}
/** An AI API keeps its provider as JSON in a text. */
function plainSubtype(subtype) {
    const { _configuration: text, ...rest } = subtype;
    if (typeof text !== 'string' || text === '')
        return rest;
    const configuration = parsed(text);
    return { ...rest, configuration };
}
/**
 * An endpointConfig in one spelling. API Manager writes protection that is off in four ways (absent, empty, `NONE`,
 * `enabled: false`), an empty table of parameters as text, and the timeouts that nobody set as -1.
 */
function plainEndpoints(config) {
    if (!isTable(config))
        return config;
    const plain = without(config, (key, value) => /^failover$/i.test(key) && /^false$/i.test(textOr(value, '')));
    if (!('endpoint_security' in plain))
        return plain;
    const { endpoint_security: given, ...rest } = plain;
    if (!isTable(given))
        return isEmpty(given) ? rest : plain;
    const security = Object.entries(given).flatMap(([kind, details]) => {
        if (!isTable(details))
            return isEmpty(details) ? [] : [[kind, details]];
        return isOff(details) ? [] : [[kind, plainSecurity(details)]];
    });
    return security.length === 0 ? rest : { ...rest, endpoint_security: Object.fromEntries(security) };
}
function isOff({ enabled, type }) {
    if (enabled !== undefined)
        return enabled !== true && enabled !== 'true';
    return isEmpty(type) || textOr(type, '').toUpperCase() === 'NONE';
}
/** The values that a type of protection reads; the server keeps what an earlier type has left behind. */
const foreign = {
    BASIC: ['grantType', 'tokenUrl', 'clientId', 'clientSecret'],
    DIGEST: ['grantType', 'tokenUrl', 'clientId', 'clientSecret'],
};
function plainSecurity(details) {
    const type = textOr(details.type, '').toUpperCase();
    const unread = foreign[type] ?? [];
    const entries = Object.entries(details).flatMap(([key, value]) => {
        if (unread.includes(key) && isEmpty(value))
            return [];
        if (/^(?:connection|connectionRequest|socket)\w*Duration$/.test(key) && Number(value) === -1)
            return [];
        if (key === 'type')
            return [[key, type]];
        if (key === 'grantType')
            return [[key, textOr(value, '').toUpperCase()]];
        if (key === 'enabled')
            return [[key, true]];
        if (key === 'customParameters')
            return [[key, typeof value === 'string' ? parsed(value) : value]];
        if (key === 'proxyConfigs' && isTable(value) && value.proxyEnabled !== true && value.proxyEnabled !== 'true') {
            return [];
        }
        return [[key, value]];
    });
    return Object.fromEntries(entries);
}
function parsed(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return text;
    }
}
function without(table, drop) {
    return Object.fromEntries(Object.entries(table).filter(([key, value]) => !drop(key, value)));
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/state.ts












const mainFiles = {
    api: ['api.yaml', 'api.json'],
    'api-product': ['api_product.yaml', 'api_product.json'],
    application: ['application.yaml', 'application.json'],
};
const patterns = {
    api: 'api',
    'api-product': 'product',
    application: 'application',
};
/** The state that an import of this project with these settings would make; of an export, without any: what it is. */
function stateOf(project, wish = {}) {
    const kind = kindOf(project);
    const list = new FactList();
    const given = dataIn(project.files, mainFiles[kind]);
    const { name, version, deployments } = project;
    // An application has both inside, and its owner in place of a version.
    const identity = kind === 'application' ? {} : { name, version };
    const data = isTable(given) ? { ...given, ...identity } : identity;
    const merged = mergeParams(kind, { data, files: project.files, deployments }, wish);
    factsOfData(kind, merged, version, wish, list);
    factsOfDefinitions(merged.files, list);
    factsOfCertificates(merged.files, list);
    factsOfFiles(merged.files, list);
    if (kind !== 'application')
        factsOfDeployments(wish.deployments ?? merged.deployments, list);
    if (wish.dependentApis === true)
        addDependentApis(project.files, wish, list);
    const facts = list.sorted();
    return { kind, name, version, digest: digestOfFacts(kind, facts), facts, stated: list.stated, secrets: list.secrets };
}
function kindOf({ files }) {
    const kinds = ['api', 'api-product', 'application'];
    return kinds.find((kind) => mainFiles[kind].some((name) => files.has(name))) ?? 'api';
}
function mergeParams(kind, project, wish) {
    if (kind === 'api')
        return mergeApiParams(project, wish);
    return kind === 'api-product' ? mergeProductParams(project, wish) : project;
}
function factsOfData(kind, { data, files }, version, wish, list) {
    const how = { pattern: patterns[kind], names: dataLists, maps: dataMaps, ordered: dataOrders };
    if (kind === 'application') {
        list.flatten(wish.preserveProvider === true ? data : withoutOwner(data), how);
        return;
    }
    const own = { ...data };
    if (wish.preserveProvider !== true)
        delete own.provider;
    if (wish.lifecycle !== undefined)
        own[kind === 'api' ? 'lifeCycleStatus' : 'state'] = wish.lifecycle;
    const whole = withDefaults(kind, own);
    const plain = plainData(whole.data, version);
    const filled = [...whole.filled];
    if (kind === 'api') {
        const effective = effectiveOperations(plain, files);
        plain.operations = effective.operations;
        filled.push(...effective.filled);
    }
    list.flatten(plain, how);
    for (const path of filled)
        list.stated.delete(path);
}
function withoutOwner(data) {
    const { applicationInfo: info } = data;
    return isTable(info) ? { ...data, applicationInfo: { ...info, owner: undefined } } : data;
}
function factsOfDeployments(deployments, list) {
    for (const { gateway, vhost, displayOnDevportal } of deployments) {
        const key = `deployedOn[${gateway}]`;
        list.add('deployment', 'deployedOn', gateway, { member: gateway });
        list.add('deployment', `${key}.displayOnDevportal`, String(displayOnDevportal), { within: key });
        // Archives do not say it (deployment_environments.yaml has no virtual host): the publisher does.
        if (vhost !== undefined)
            list.add('deployment', `${key}.vhost`, vhost, { within: key, onlyIfBoth: true });
    }
}
/** The APIs in a product's archive, each with its own params (`dependentAPIs`). */
function addDependentApis(files, { configs }, list) {
    const folders = new Map();
    for (const [path, data] of files) {
        const [, folder, name] = /^APIs\/([^/]+)\/(.+)$/.exec(path) ?? [];
        if (folder === undefined || name === undefined)
            continue;
        const inner = folders.get(folder) ?? new Map();
        folders.set(folder, inner.set(name, data));
    }
    const settings = isTable(configs?.dependentAPIs) ? configs.dependentAPIs : {};
    for (const [folder, inner] of folders) {
        const at = folder.lastIndexOf('-');
        const source = { name: folder.slice(0, at), version: folder.slice(at + 1), files: inner, deployments: [] };
        const given = settings[folder];
        list.addAll(`APIs[${folder}]`, stateOf(source, isTable(given) ? { configs: given } : {}));
    }
}
function digestOfFacts(kind, facts) {
    const lines = [...facts].filter(([, { onlyIfBoth }]) => !onlyIfBoth).map(([key, { value }]) => [key, value]);
    return digestOf(canonical([kind, ...lines]));
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/target.ts






/**
 * Reads what the target has of an API: REST alone, nothing is changed. With several revisions on the planned gateways
 * the one that is already as desired counts, else the newest.
 */
async function readTarget(publisher, found, question) {
    const { api, revisions, gateways } = found;
    if (api === undefined) {
        return { api, revisions, gateways, current: undefined, working: undefined, workingProject: undefined };
    }
    const { desired, deployments, forUndo } = question;
    // The keys of an application are asked for only when they are promoted.
    const credentials = desired.secrets.size > 0 || (forUndo && desired.kind !== 'application');
    const stateFrom = (project, revision) => stateOf(project, {
        lifecycle: api.lifeCycleStatus,
        deployments: deploymentsOn(revision, deployments),
        preserveProvider: question.preserveProvider,
    });
    const [current, workingProject] = await Promise.all([
        readCurrent(),
        exportOf(publisher, api, 'working-copy', credentials),
    ]);
    return {
        api,
        revisions,
        gateways,
        current,
        working: stateFrom(workingProject, current?.revision),
        workingProject: forUndo ? workingProject : undefined,
    };
    async function readCurrent() {
        // What is not to be deployed is its working copy.
        if (deployments.length === 0)
            return undefined;
        let newest;
        for (const revision of candidates(revisions, deployments)) {
            const state = stateFrom(await exportOf(publisher, api, revision.number, credentials), revision);
            newest ??= { revision, state };
            if (compareStates(desired, state).every(({ group }) => group === 'deployment'))
                return { revision, state };
        }
        return newest;
    }
}
/** Revisions that serve on the planned gateways, newest first; else the last revision. */
function candidates(revisions, deployments) {
    const serving = revisions.filter((revision) => deploymentsOn(revision, deployments).length > 0);
    return serving.length > 0 ? serving.toReversed() : revisions.slice(-1);
}
/** An export; without credentials where the user may read and not see them. */
async function exportOf(publisher, api, revision, credentials) {
    const { name, version } = api ?? { name: '', version: '' };
    const shown = `${name}:${version} in ${publisher.environment.name}`;
    try {
        return await readArchive(await publisher.export(name, version, { revision, credentials }), shown);
    }
    catch (error) {
        const forbidden = error instanceof base_errors/* ServiceError */._7 && error.code === codes.APIM_FORBIDDEN.code;
        if (!forbidden || !credentials)
            throw error;
        return readArchive(await publisher.export(name, version, { revision, credentials: false }), shown);
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/verify.ts







/** Differences there change what consumers and backends meet; servers normalise the rest. */
const strict = new Set([
    'endpoints',
    'operations',
    'security',
    'throttling',
    'lifecycle',
    'deployment',
]);
/** @throws VerificationError REVISION_NOT_DEPLOYED that names the gateways */
function requireDeployed(plan, revision) {
    if (plan.deployments.length === 0)
        return;
    const there = (revision?.gateways ?? []).map(({ name }) => name);
    const absent = plan.deployments.map(({ gateway }) => gateway).filter((name) => !there.includes(name));
    if (absent.length === 0)
        return;
    const message = `revision ${revision?.number ?? '?'} of ${plan.name}:${plan.version} is not deployed on ${absent.join(', ')} (deployed on: ${there.join(', ') || 'none'})`;
    throw new base_errors/* VerificationError */.mk(codes.REVISION_NOT_DEPLOYED, message);
}
/**
 * Exports what serves now (of what is not deployed, the working copy) and compares it with the plan.
 * @returns differences that are no failure, in words
 * @throws VerificationError STATE_NOT_AS_PLANNED that names the others, IMPORT_NOT_PROVEN when nothing has moved
 */
async function proveState(plan, desired, now, publisher, preserveProvider) {
    const credentials = desired.secrets.size > 0;
    const actual = stateOf(await exportOf(publisher, now.api, now.revision?.number ?? 'working-copy', credentials), {
        lifecycle: now.api.lifeCycleStatus,
        deployments: deploymentsOn(now.revision, plan.deployments),
        preserveProvider,
    });
    const changes = compareStates(desired, actual).filter((change) => !isUntold(change));
    if (now.revision === undefined)
        requireMovement(plan, changes, publisher);
    const failing = changes.filter((change) => strict.has(change.group) && change.onlyInTarget !== true);
    if (failing.length > 0) {
        const which = now.revision === undefined ? '' : `revision ${now.revision.number} of `;
        const message = `${which}${plan.name}:${plan.version} in ${publisher.environment.name} is not as planned: ${verify_words(failing)}`;
        throw new base_errors/* VerificationError */.mk(codes.STATE_NOT_AS_PLANNED, message, {
            evidence: failing.map(wordsOf).join('\n'),
        });
    }
    return changes.map(wordsOf);
}
/** No revision shows that an import came to be: something of what was planned has to be there. */
function requireMovement(plan, left, publisher) {
    const still = new Set(left.map(({ path, kind, after }) => `${path} ${kind} ${after ?? ''}`));
    const planned = plan.changes.filter((change) => !isUntold(change) && !change.secret);
    const stuck = planned.filter(({ path, kind, after }) => still.has(`${path} ${kind} ${after ?? ''}`));
    if (!plan.imports || planned.length === 0 || stuck.length < planned.length)
        return;
    const message = `${plan.name}:${plan.version} is in ${publisher.environment.name} as it was before: ${verify_words(stuck)}`;
    throw new base_errors/* VerificationError */.mk(codes.IMPORT_NOT_PROVEN, message);
}
/** A secret that the server does not tell: nothing is known either way. */
function isUntold(change) {
    return change.uncertain === true;
}
function verify_words(changes) {
    const shown = changes.slice(0, 3).map(wordsOf).join('; ');
    return changes.length > 3 ? `${shown}; and ${changes.length - 3} more` : shown;
}
/** A difference seen after an import: `before` is what is there, `after` what was wanted. */
function wordsOf({ path, before = 'nothing', after = 'nothing' }) {
    return `${path} is ${before}, and ${after} was planned`;
}
/**
 * Takes the API into the planned life cycle state where an import has not, step by step, and proves it.
 * @returns the API as it is then
 * @throws VerificationError LIFECYCLE_NOT_AS_PLANNED
 */
async function reachLifecycle(wanted, present, publisher, trail) {
    if (wanted === undefined || present.lifeCycleStatus === wanted)
        return present;
    const shown = `${present.name}:${present.version}`;
    const way = lifecycleWay(present.lifeCycleStatus, wanted);
    if (way === undefined) {
        const message = `${shown} is ${present.lifeCycleStatus}, and no steps lead from there to ${wanted}`;
        throw new base_errors/* VerificationError */.mk(codes.LIFECYCLE_NOT_AS_PLANNED, message);
    }
    for (const action of way) {
        const { pending } = await trail.step('change-lifecycle', action, () => publisher.changeLifecycle(present.id, action));
        if (pending) {
            const message = `the life cycle step '${action}' of ${shown} waits for an approval in ${publisher.environment.name}`;
            throw new base_errors/* VerificationError */.mk(codes.LIFECYCLE_NOT_AS_PLANNED, message);
        }
    }
    const after = await publisher.details(present.id);
    if (after.lifeCycleStatus === wanted)
        return after;
    const message = `${shown} is ${after.lifeCycleStatus} after ${way.join(', ')}, and ${wanted} was planned`;
    throw new base_errors/* VerificationError */.mk(codes.LIFECYCLE_NOT_AS_PLANNED, message);
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/carry-out.ts





/** The last look before the first effect. @throws VerificationError PLAN_STALE */
async function requireSameGround({ plan, before }, publisher) {
    const moved = (what) => new base_errors/* VerificationError */.mk(codes.PLAN_STALE, `${plan.name}:${plan.version} ${what} in ${publisher.environment.name} meanwhile`);
    if (before.id === undefined) {
        if ((await publisher.find(plan.name, plan.version)) !== undefined)
            throw moved('was created');
        return;
    }
    const shape = (revisions) => revisions
        .map(({ id, gateways }) => `${id}=${gateways
        .map(({ name }) => name)
        .sort()
        .join('+')}`)
        .join();
    if (shape(await publisher.revisions(before.id)) !== shape(before.revisions))
        throw moved('was changed');
}
/**
 * The effects of one plan, each in the journal before it is begun: room for a revision, import or deployment, life cycle.
 * @throws VerificationError IMPORT_NOT_PROVEN, REVISION_NOT_DEPLOYED, LIFECYCLE_NOT_AS_PLANNED; what a failing call means
 */
async function carryOut(job, trail, tools, options, ports) {
    const { plan, before } = job;
    const { publisher } = tools;
    if (plan.removes !== undefined && before.id !== undefined) {
        const { id } = before;
        const old = before.revisions.find(({ number }) => number === plan.removes);
        if (old !== undefined) {
            await trail.step('remove-revision', String(old.number), () => publisher.deleteRevision(id, old));
        }
    }
    const reached = plan.imports
        ? await trail.step('import', undefined, () => importAndProve(job, tools, options, ports), ({ api, revision }) => ({ id: api.id, ...(revision === undefined ? {} : { revision: revision.id }) }))
        : await redeploy(job, trail, publisher);
    requireDeployed(plan, reached.revision);
    return { ...reached, api: await reachLifecycle(plan.lifecycle, reached.api, publisher, trail) };
}
async function importAndProve(job, { engine, publisher }, options, ports) {
    const { plan, before } = job;
    if (engine === undefined)
        throw new Error('an import was planned and no engine opened');
    const shown = `${plan.name}:${plan.version}`;
    const where = publisher.environment.name;
    const { archive, params } = await writeImport(job, await engine.scratch('import'));
    const flags = {
        kind: plan.kind,
        ...job.skips,
        update: plan.action === 'update',
        preserveProvider: options.preserveProvider,
        params,
    };
    const expected = {
        name: plan.name,
        version: plan.version,
        id: before.id,
        known: new Set(before.revisions.map(({ id }) => id)),
        gateways: plan.deployments.map(({ gateway }) => gateway),
    };
    const run = () => engine.import(archive, shown, where, flags);
    const { api, revision } = await importAndLook(run, expected, publisher, options.patienceMs, ports);
    if (api === undefined) {
        const message = `${engine.name} says that it imported ${shown}, and ${where} does not have it`;
        throw new base_errors/* VerificationError */.mk(codes.IMPORT_NOT_PROVEN, message);
    }
    if (revision === undefined && plan.deployments.length > 0) {
        const message = `${engine.name} says that it imported ${shown}, and the publisher of ${where} shows no new revision of it`;
        throw new base_errors/* VerificationError */.mk(codes.IMPORT_NOT_PROVEN, message);
    }
    return { api, revision };
}
/** Deploys the revision that is as wanted, where it is not; or finds it where it serves. */
async function redeploy({ plan, before }, trail, publisher) {
    const id = before.id ?? '';
    const planned = plan.deployments.map(({ gateway, vhost, displayOnDevportal: display }) => ({
        name: gateway,
        vhost,
        display,
    }));
    const revision = before.revisions.find(({ number }) => number === plan.redeploys);
    if (revision !== undefined) {
        const wanted = { ...revision, gateways: planned };
        await trail.step('deploy-revision', String(revision.number), () => publisher.deploy(id, wanted));
    }
    const [api, revisions] = await Promise.all([publisher.details(id), publisher.revisions(id)]);
    if (planned.length === 0)
        return { api, revision: undefined };
    const names = new Set(planned.map(({ name }) => name));
    const serving = revision === undefined
        ? revisions.findLast(({ gateways }) => gateways.some(({ name }) => names.has(name)))
        : revisions.find((each) => each.id === revision.id);
    if (serving === undefined) {
        const message = `${plan.name}:${plan.version} has no revision ${plan.redeploys ?? ''} in ${publisher.environment.name} any more`;
        throw new base_errors/* VerificationError */.mk(codes.REVISION_NOT_DEPLOYED, message);
    }
    return { api, revision: serving };
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/trail.ts
/** What is done to one API, told to the journal before it is tried, and kept for an undo in the same run. */
class Trail {
    #journal;
    #kind;
    #name;
    #version;
    #before;
    #brings;
    #steps = new Set();
    #made = new Set();
    #removed = [];
    #open;
    constructor(journal, api, before, brings) {
        this.#journal = journal;
        this.#kind = api.kind;
        this.#name = api.name;
        this.#version = api.version;
        this.#before = before;
        this.#brings = brings;
        const { kind, name, version, action } = api;
        journal.tell({ record: 'api', kind, name, version, action, before, brings });
    }
    /**
     * Tells the journal, tries the effect, and tells what came of it.
     * @param what a revision's number, a state
     * @param made names the ids of what came to be
     */
    async step(step, what, effect, made = () => ({})) {
        const base = { name: this.#name, version: this.#version, step, what };
        this.#journal.tell({ record: 'step', ...base });
        this.#steps.add(step);
        this.#open = step;
        const result = await effect();
        const ids = made(result);
        this.#journal.tell({ record: 'done', ...base, ...ids });
        this.#open = undefined;
        for (const id of [ids.id, ids.revision])
            if (id !== undefined && id !== this.#before.id)
                this.#made.add(id);
        if (step === 'remove-revision' && what !== undefined)
            this.#removed.push(what);
        return result;
    }
    result(result) {
        this.#journal.tell({ record: 'result', name: this.#name, version: this.#version, result });
    }
    /** The step that was begun and has not ended. */
    get pending() {
        return this.#open;
    }
    /** As a journal would tell it. */
    soFar() {
        return {
            kind: this.#kind,
            name: this.#name,
            version: this.#version,
            before: this.#before,
            brings: this.#brings,
            salt: this.#journal.salt,
            steps: new Set(this.#steps),
            made: new Set(this.#made),
            removed: [...this.#removed],
            open: this.#open !== undefined,
        };
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/undo-application.ts








/**
 * Puts an application that was there before back to what it was: its attributes by an import, the subscriptions that the
 * promotion added removed one by one (an import takes none away: carbon-apimgt, ImportUtils of the devportal). Keys come
 * back only from memory, where they were promoted and the server told them. Proves what it did.
 * @returns what was done, and what cannot be taken back, in words
 * @throws VerificationError UNDO_FAILED, and what a failing call means
 */
async function putBackApplication(api, now, tools) {
    if (!api.steps.has('import'))
        return 'nothing had been changed';
    const present = await exportOf(tools.publisher, now, 'working-copy', false);
    const done = [];
    const notes = [
        ...(await restoreAttributes(api, present, tools, done)),
        ...(await removeSubscriptions(api, now, present, tools, done)),
    ];
    if (done.length > 0)
        await requireAsBefore(api, now, tools, notes.length > 0);
    return [done.length === 0 ? 'nothing was left to put back' : done.join(', '), ...notes].join('; ');
}
/** What it was: as it is in memory, else as the journal has it. */
function formerProject({ name, version, before }, working) {
    if (working !== undefined)
        return withoutParts(working, { keys: 'untold', subscriptions: true });
    return before.application === undefined ? undefined : projectOfFormer(before.application, name, version);
}
/** @returns what cannot be put back */
async function restoreAttributes(api, present, { publisher, engine, working, tell }, done) {
    const former = formerProject(api, working);
    if (former === undefined)
        return ['the application is the promoted one: what it was before is in no journal'];
    const brought = api.brings?.keys ?? [];
    const told = keyTypesOf(former);
    const lost = brought.filter((type) => !told.includes(type));
    const keys = brought.some((type) => told.includes(type));
    const notes = lost.map((type) => `the ${type} key is the promoted one: the former consumer key and secret are told by no server`);
    if (!keys && attributesOf(former) === attributesOf(present))
        return notes;
    if (engine === undefined)
        return [...notes, 'its attributes are the promoted ones: nothing could import the former'];
    const archive = (0,external_node_path_.join)(await engine.scratch('undo'), 'before.zip');
    await writeArchive(archive, keys ? former : withoutParts(former, { keys: true, subscriptions: true }));
    const flags = {
        kind: 'application',
        update: true,
        preserveProvider: true,
        params: undefined,
        skipSubscriptions: true,
        skipKeys: !keys,
    };
    const what = keys ? 'attributes and keys' : 'attributes';
    tell?.(`the former ${what} are imported`);
    await engine.import(archive, `the former ${api.name} of ${api.version}`, publisher.environment.name, flags);
    done.push(`its former ${what} were imported`);
    return notes;
}
/** @returns what remains */
async function removeSubscriptions({ brings }, now, present, { publisher, tell }, done) {
    const there = new Set(subscriptionsOf(present).map(undo_application_nameOf));
    const remaining = [];
    for (const added of (brings?.subscriptions ?? []).filter((each) => there.has(undo_application_nameOf(each)))) {
        const shown = undo_application_nameOf(added);
        tell?.(`the subscription to ${shown} is removed`);
        try {
            await publisher.unsubscribe?.(now, added);
            done.push(`its subscription to ${shown} was removed`);
        }
        catch (error) {
            if (!(error instanceof base_errors/* ServiceError */._7) || error.code !== codes.APIM_FORBIDDEN.code)
                throw error;
            remaining.push(`the subscription to ${shown} remains: ${now.version}, who owns the application, can remove it`);
        }
    }
    return remaining;
}
async function requireAsBefore(api, now, tools, partly) {
    const { publisher, working } = tools;
    const shown = `${api.name} of ${api.version} in ${publisher.environment.name}`;
    const after = await exportOf(publisher, now, 'working-copy', false);
    const former = formerProject(api, working);
    if (former !== undefined && attributesOf(former) !== attributesOf(after)) {
        throw new base_errors/* VerificationError */.mk(codes.UNDO_FAILED, `${shown} does not have its former attributes`);
    }
    const there = new Set(subscriptionsOf(after).map(undo_application_nameOf));
    const left = (api.brings?.subscriptions ?? []).map(undo_application_nameOf).filter((name) => there.has(name));
    if (left.length > 0 && !partly) {
        throw new base_errors/* VerificationError */.mk(codes.UNDO_FAILED, `${shown} is still subscribed to ${left.join(', ')}`);
    }
}
/** A digest of all but its keys and subscriptions. */
function attributesOf(application) {
    const bare = withoutParts(application, { keys: true, subscriptions: true });
    return stateOf(bare, { preserveProvider: true }).digest;
}
function undo_application_nameOf({ name, version }) {
    return `${name}:${version}`;
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/undo.ts










/** The state before a promotion, for the journal: what is there without any content. */
function beforeOf(target, salt) {
    const { api, revisions, current, working, workingProject } = target;
    if (api === undefined)
        return { revisions };
    const same = current !== undefined && working !== undefined && compareStates(working, current.state).length === 0;
    return {
        id: api.id,
        lifeCycleStatus: api.lifeCycleStatus,
        revisions,
        working: workingProject === undefined ? undefined : contentOf(workingProject, salt),
        workingRevision: same ? current.revision.number : undefined,
        ...(workingProject?.kind === 'application' ? { application: formerOf(workingProject) } : {}),
    };
}
/** What an API is apart from its life cycle state and where it is deployed. */
function contentOf(project, salt) {
    const state = stateOf(project, { lifecycle: 'any', deployments: [], preserveProvider: true });
    return { state: state.digest, secrets: state.secrets.digest(salt) };
}
/**
 * Puts an API back to what it was: a new one is removed; an old one gets its working copy back (from the revision that
 * holds it, so that credentials stay on the server), its old revisions deployed where they were, its life cycle state,
 * and what the promotion made is removed. Proves what it did. Doing it again does nothing.
 * @returns what was done, in words
 * @throws VerificationError UNDO_FAILED, PROMOTION_ROLLBACK_REFUSED, and what a failing call means
 */
async function undo(api, tools) {
    const { publisher } = tools;
    const now = await publisher.find(api.name, api.version);
    return api.before.id === undefined ? removeNew(api, now, tools) : putBack(api, now, tools);
}
async function removeNew(api, now, tools) {
    const { publisher, tell } = tools;
    const shown = `${api.name}:${api.version}`;
    if (now === undefined || !api.steps.has('import'))
        return 'nothing had been changed';
    if (api.made.size > 0 && !api.made.has(now.id)) {
        const message = `${shown} in ${publisher.environment.name} is another API than the one that was promoted`;
        throw new base_errors/* VerificationError */.mk(codes.PROMOTION_ROLLBACK_REFUSED, message);
    }
    tell?.('the new API is removed');
    await publisher.deleteApi(now);
    if ((await publisher.find(api.name, api.version)) !== undefined) {
        const message = `${shown} is still in ${publisher.environment.name} after its removal`;
        throw new base_errors/* VerificationError */.mk(codes.UNDO_FAILED, message);
    }
    return 'the new API was removed';
}
async function putBack(api, now, tools) {
    const { publisher } = tools;
    const { before } = api;
    const shown = `${api.name}:${api.version}`;
    if (now === undefined) {
        throw new base_errors/* VerificationError */.mk(codes.UNDO_FAILED, `${shown} is gone from ${publisher.environment.name}`);
    }
    if (now.id !== before.id) {
        const message = `${shown} in ${publisher.environment.name} is another API than the one that was promoted`;
        throw new base_errors/* VerificationError */.mk(codes.PROMOTION_ROLLBACK_REFUSED, message);
    }
    if (api.kind === 'application')
        return putBackApplication(api, now, tools);
    const revisions = await publisher.revisions(now.id);
    const ours = revisionsMade(api, revisions, publisher.environment.name);
    const done = [];
    const lost = await restoreWorkingCopy(api, now, tools, done);
    await restoreDeployments(before, revisions, ours, now.id, tools, done);
    await restoreLifecycle(before, await publisher.details(now.id), tools, done);
    const notes = api.removed.map((number) => `revision ${number} had been removed for room and is lost`);
    if (lost !== undefined)
        notes.push(lost);
    if (done.length > 0)
        await undo_requireAsBefore(before, now.id, shown, publisher);
    return [done.length === 0 ? 'nothing had been changed' : done.join(', '), ...notes].join('; ');
}
/** What this promotion has made, of what is there. @throws VerificationError PROMOTION_ROLLBACK_REFUSED when more has happened */
function revisionsMade(api, revisions, where) {
    const old = new Set(api.before.revisions.map(({ id }) => id));
    const added = revisions.filter(({ id }) => !old.has(id));
    const known = added.filter(({ id }) => api.made.has(id));
    const strangers = added.filter(({ id }) => !api.made.has(id));
    // The one that an import made whose end nobody has seen.
    if (api.open && known.length === 0 && strangers.length === 1)
        return strangers;
    const serving = strangers.filter(({ gateways }) => gateways.length > 0);
    if (serving.length > 0) {
        const message = `${api.name}:${api.version} was changed again in ${where}: revision ${serving.map(({ number }) => number).join(', ')} serves, which the promotion did not make`;
        throw new base_errors/* VerificationError */.mk(codes.PROMOTION_ROLLBACK_REFUSED, message);
    }
    return known;
}
/** @returns what cannot be put back, in words */
async function restoreWorkingCopy(api, now, { publisher, engine, working, tell }, done) {
    const { before } = api;
    if (!api.steps.has('import'))
        return undefined;
    const present = contentOf(await exportOf(publisher, now, 'working-copy', true), api.salt);
    if (present.state === before.working?.state && present.secrets === before.working.secrets)
        return undefined;
    const holder = before.revisions.find(({ number }) => number === before.workingRevision);
    if (holder !== undefined) {
        tell?.(`revision ${holder.number} is restored`);
        await publisher.restoreRevision(now.id, holder);
        done.push('the former API was restored from its revision');
        return undefined;
    }
    if (engine !== undefined && working !== undefined) {
        const archive = (0,external_node_path_.join)(await engine.scratch('undo'), 'before.zip');
        await writeArchive(archive, withoutDeployments(working));
        const flags = { kind: api.kind, update: true, preserveProvider: true, params: undefined };
        tell?.('the former working copy is imported');
        await engine.import(archive, `the former ${api.name}:${api.version}`, publisher.environment.name, flags);
        done.push('the former API was imported');
        return undefined;
    }
    const serving = before.revisions.findLast(({ gateways }) => gateways.length > 0);
    if (serving === undefined) {
        return 'the working copy is the promoted one: the former was in no revision and is lost';
    }
    const held = contentOf(await exportOf(publisher, now, serving.number, true), api.salt);
    const lost = 'edits that were never published were in no revision and are lost';
    if (held.state === present.state && held.secrets === present.secrets)
        return lost;
    tell?.(`revision ${serving.number} is restored`);
    await publisher.restoreRevision(now.id, serving);
    done.push('the former API was restored from the revision that served');
    return lost;
}
async function restoreDeployments(before, present, ours, apiId, { publisher, tell }, done) {
    const current = new Set(places(present));
    for (const revision of before.revisions) {
        const gateways = revision.gateways.filter((gateway) => !current.has(placeOf(revision, gateway)));
        if (gateways.length === 0)
            continue;
        tell?.(`revision ${revision.number} is deployed again`);
        await publisher.deploy(apiId, { ...revision, gateways });
        done.push(`its revision ${revision.number} deployed again`);
    }
    const made = new Set(ours.map(({ id }) => id));
    const wanted = new Set(places(before.revisions));
    const surplus = places(present).some((place) => !wanted.has(place));
    if (!surplus && ours.length === 0)
        return;
    // Deploying one revision takes the place of another: asked again, what is left of the others is seen.
    for (const revision of await publisher.revisions(apiId)) {
        const isOurs = made.has(revision.id);
        const known = before.revisions.some(({ id }) => id === revision.id);
        const gateways = revision.gateways.filter((gateway) => !wanted.has(placeOf(revision, gateway)));
        if ((isOurs || known) && gateways.length > 0) {
            tell?.(`revision ${revision.number} is undeployed`);
            await publisher.undeploy(apiId, revision, gateways.map(({ name }) => name));
            if (!isOurs)
                done.push(`revision ${revision.number} undeployed again`);
        }
        if (!isOurs)
            continue;
        tell?.(`revision ${revision.number} is removed`);
        await publisher.deleteRevision(apiId, revision);
        done.push(`revision ${revision.number} removed`);
    }
}
async function restoreLifecycle(before, now, { publisher, tell }, done) {
    const state = before.lifeCycleStatus;
    if (state === undefined || now.lifeCycleStatus === state)
        return;
    const way = lifecycleWay(now.lifeCycleStatus, state);
    if (way === undefined) {
        const message = `${now.name}:${now.version} is ${now.lifeCycleStatus}, and no steps lead back to ${state}`;
        throw new base_errors/* VerificationError */.mk(codes.UNDO_FAILED, message);
    }
    for (const action of way) {
        tell?.(`the life cycle step '${action}' is taken`);
        await publisher.changeLifecycle(now.id, action);
    }
    done.push(`it is ${state} again`);
}
async function undo_requireAsBefore(before, apiId, shown, publisher) {
    const [api, revisions] = await Promise.all([publisher.details(apiId), publisher.revisions(apiId)]);
    const where = publisher.environment.name;
    if (places(revisions).join() !== places(before.revisions).join()) {
        throw new base_errors/* VerificationError */.mk(codes.UNDO_FAILED, `${shown} in ${where} is not deployed as before`);
    }
    if (before.lifeCycleStatus !== undefined && api.lifeCycleStatus !== before.lifeCycleStatus) {
        const message = `${shown} in ${where} is ${api.lifeCycleStatus} instead of ${before.lifeCycleStatus}`;
        throw new base_errors/* VerificationError */.mk(codes.UNDO_FAILED, message);
    }
}
/** Which revision serves where, in an order that compares. */
function places(revisions) {
    return revisions.flatMap((revision) => revision.gateways.map((gateway) => placeOf(revision, gateway))).sort();
}
function placeOf({ id }, { name, display }) {
    return `${id} ${name} ${display}`;
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/promote.ts








/** True for an API that is as planned at the end. */
function isGood({ result }) {
    return result === 'promoted' || result === 'unchanged' || result === 'done';
}
/**
 * Does to one API what is planned, proves it at the publisher and on the gateways, and undoes it when that fails.
 * Does not throw for what concerns this API: the result holds the failure, and what was begun.
 */
async function promoteApi(job, tools, options, ports) {
    const { plan } = job;
    const { publisher } = tools;
    const started = ports.clock.now();
    const shown = `${plan.name}:${plan.version}`;
    let trail;
    const undoAll = async (begun) => undo(begun, { publisher, engine: tools.engine, working: await job.working?.load() });
    const tellResult = (result) => {
        try {
            trail?.result(result);
        }
        catch (error) {
            // What was done is done: the journal lacks the last line, and a rollback works without it.
            ports.log.warning(`the journal could not be written: ${(0,base_errors/* messageOf */.bD)(error)}`);
        }
    };
    const ended = (given) => {
        tellResult(given.result);
        const promotion = {
            kind: plan.kind,
            name: plan.name,
            version: plan.version,
            action: plan.action,
            revision: undefined,
            lifeCycleStatus: undefined,
            gateways: [],
            failure: undefined,
            undone: undefined,
            notes: [],
            ...given,
            durationMs: ports.clock.now() - started,
        };
        return {
            promotion,
            takeBack: (failed) => takeBack(promotion, failed),
            release: async () => job.working?.release(),
        };
    };
    const takeBack = async (promotion, failed) => {
        const begun = trail?.soFar();
        if (begun === undefined)
            return promotion;
        const none = { revision: undefined, lifeCycleStatus: undefined, gateways: [], takenBackFor: failed };
        const because = `it came for ${failed}, which failed`;
        try {
            const undone = await undoAll(begun);
            ports.log.info(`${shown} was taken back: ${because}`);
            tellResult('rolled-back');
            const failure = new base_errors/* VerificationError */.mk(codes.PROMOTION_FAILED, `${shown} was taken back: ${because}`);
            return { ...promotion, ...none, result: 'rolled-back', failure, undone };
        }
        catch (second) {
            tellResult('rollback-failed');
            const message = `${shown} could not be taken back (${(0,base_errors/* messageOf */.bD)(second)}); ${because}`;
            const failure = new base_errors/* VerificationError */.mk(codes.UNDO_FAILED, message, { cause: second });
            const undone = `not undone: ${(0,base_errors/* messageOf */.bD)(second)}`;
            return { ...promotion, ...none, result: 'rollback-failed', failure, undone, notes: reachedBy(trail) };
        }
    };
    try {
        await requireSameGround(job, publisher);
        trail = new Trail(tools.journal, plan, job.before, job.brings);
        const { api, revision } = await carryOut(job, trail, tools, options, ports);
        const notes = await proveState(plan, job.desired, { api, revision }, publisher, options.preserveProvider);
        const gateways = await proveGateways(plan, api, publisher, options, ports);
        const number = revision?.number;
        const as = number === undefined ? '' : ` as revision ${number}`;
        ports.log.info(`${shown} is in ${publisher.environment.name}${as}`);
        const lifeCycleStatus = api.lifeCycleStatus === '' ? undefined : api.lifeCycleStatus;
        return ended({ result: 'promoted', revision: number, lifeCycleStatus, gateways, notes });
    }
    catch (thrown) {
        const failure = namedIfFull(thrown);
        ports.log.info(`${shown} failed: ${(0,base_errors/* messageOf */.bD)(failure)}`);
        const begun = trail?.soFar();
        if (begun === undefined || begun.steps.size === 0)
            return ended({ result: 'failed', failure, undone: 'nothing had been changed' });
        const reached = reachedBy(trail);
        if (ports.cancelled.aborted || options.onFailure === 'none')
            return ended({ result: 'failed', failure, notes: reached });
        try {
            const undone = await undoAll(begun);
            return ended({ result: 'rolled-back', failure, undone });
        }
        catch (second) {
            const undone = `not undone: ${(0,base_errors/* messageOf */.bD)(second)}`;
            return ended({ result: 'rollback-failed', failure: bothFailed(plan, failure, second), undone, notes: reached });
        }
    }
    finally {
        await job.project.release();
    }
}
/** How far an API came that is now neither as before nor proven as planned. */
function reachedBy(trail) {
    if (trail === undefined)
        return [];
    const { steps } = trail.soFar();
    const { pending } = trail;
    const done = [...steps].filter((step) => step !== pending);
    return [
        ...(done.length === 0 ? [] : [`done: ${done.join(', ')}`]),
        ...(pending === undefined ? [] : [`begun, end unknown: ${pending}`]),
    ];
}
/** Asks every planned gateway with a URL whether it serves the API. @throws VerificationError GATEWAY_NOT_SERVING */
async function proveGateways(plan, api, publisher, options, ports) {
    const { verifyMs, ca, expected } = options;
    if (verifyMs === undefined)
        return [];
    const named = plan.deployments.flatMap(({ gateway }) => {
        const base = publisher.environment.gateways[gateway];
        return base === undefined ? [] : [{ gateway, base }];
    });
    return Promise.all(named.map(({ gateway, base }) => {
        const url = `${base}${gatewayPath(api.context, api.version)}/`;
        return proveServing({ gateway, url, api: `${plan.name}:${plan.version}`, ca, expected }, verifyMs, ports);
    }));
}
function bothFailed(plan, failure, undoFailure) {
    const message = `${plan.name}:${plan.version} failed (${(0,base_errors/* messageOf */.bD)(failure)}) and could not be put back (${(0,base_errors/* messageOf */.bD)(undoFailure)})`;
    const evidence = failure instanceof base_errors/* DeliveryError */.VE ? failure.evidence : undefined;
    return new base_errors/* VerificationError */.mk(codes.UNDO_FAILED, message, { evidence, cause: failure });
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/params-conversion.ts
/** API Manager 3.x params → 4.x, key by key. */
const same = (value) => value;
/** Every key of a 3.x environment. Keys that are not listed move under `configs` as they are. */
const keyRules = [
    { key: 'endpoints', to: 'endpoints', note: undefined, convert: same },
    { key: 'endpointType', to: 'endpointType', note: undefined, convert: same },
    { key: 'endpointRoutingPolicy', to: 'endpointRoutingPolicy', note: undefined, convert: same },
    { key: 'loadBalanceEndpoints', to: 'loadBalanceEndpoints', note: undefined, convert: same },
    { key: 'failoverEndpoints', to: 'failoverEndpoints', note: undefined, convert: same },
    { key: 'awsLambdaEndpoints', to: 'awsLambdaEndpoints', note: undefined, convert: same },
    { key: 'certs', to: 'certs', note: undefined, convert: same },
    { key: 'mutualSslCerts', to: 'mutualSslCerts', note: undefined, convert: same },
    { key: 'policies', to: 'policies', note: undefined, convert: same },
    {
        key: 'security',
        to: 'security',
        note: 'flat security becomes security.production and security.sandbox, for the endpoints there are',
        convert: splitSecurity,
    },
    {
        key: 'gatewayEnvironments',
        to: 'deploymentEnvironments',
        note: "gateway labels become deploymentEnvironments; 3.x' Production and Sandbox is 4.x' Default",
        convert: toDeployments,
    },
];
/** The `configs` of a 3.x environment (everything but its name). */
function convertEnvironment(environment) {
    const configs = {};
    const notes = [];
    for (const [key, value] of Object.entries(environment)) {
        if (key === 'name')
            continue;
        const rule = keyRules.find((each) => each.key === key);
        const converted = rule === undefined ? value : rule.convert(value, environment);
        if (rule?.note !== undefined && converted !== value)
            notes.push(`${key}: ${rule.note}`);
        configs[rule?.to ?? key] = converted;
    }
    return { configs, notes };
}
/** The whole file in the 4.x shape, environments that have it already untouched. */
function convertDocument(document) {
    const environments = Array.isArray(document.environments) ? document.environments : [];
    return {
        ...document,
        environments: environments.map((environment) => {
            if (!params_conversion_isTable(environment) || 'configs' in environment)
                return environment;
            return { name: environment.name, configs: convertEnvironment(environment).configs };
        }),
    };
}
/** enabled, type, username … directly under security, as 3.0 had it. */
function isFlatSecurity(security) {
    return params_conversion_isTable(security) && !('production' in security) && !('sandbox' in security) && 'enabled' in security;
}
function splitSecurity(security, environment) {
    if (!isFlatSecurity(security))
        return security;
    const endpoints = params_conversion_isTable(environment.endpoints) ? Object.keys(environment.endpoints) : [];
    const kinds = ['production', 'sandbox'].filter((kind) => endpoints.includes(kind));
    return Object.fromEntries((kinds.length === 0 ? ['production'] : kinds).map((kind) => [kind, { ...security }]));
}
function toDeployments(labels) {
    if (!Array.isArray(labels))
        return labels;
    return labels.map((label) => ({
        deploymentEnvironment: label === 'Production and Sandbox' ? 'Default' : label,
        displayOnDevportal: true,
    }));
}
function params_conversion_isTable(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/params-lines.ts
/**
 * Finds the lines of keys in block-style YAML, for messages. What it cannot find (flow style, anchors) has the line of
 * the nearest key above it.
 */
class KeyLines {
    #lines = new Map();
    constructor(text) {
        const stack = [];
        for (const [index, line] of text.split(/\r?\n/).entries()) {
            if (/^\s*(#|$)/.test(line) || /^(---|\.\.\.)/.test(line))
                continue;
            this.#read(line, index + 1, stack);
        }
    }
    /** The line of a key, counted from 1. */
    of(path) {
        for (let length = path.length; length > 0; length--) {
            const line = this.#lines.get(JSON.stringify(path.slice(0, length)));
            if (line !== undefined)
                return line;
        }
        return undefined;
    }
    #read(line, number, stack) {
        let indent = line.length - line.trimStart().length;
        let rest = line.slice(indent);
        while (/^-(\s|$)/.test(rest)) {
            this.#leave(stack, indent, true);
            const top = stack.at(-1);
            if (top?.indent === indent && typeof top.key === 'number')
                top.key++;
            else
                stack.push({ indent, key: 0 });
            this.#keep(stack, number);
            const blanks = /^-\s*/.exec(rest)?.[0].length ?? 1;
            indent += blanks;
            rest = rest.slice(blanks);
        }
        const key = /^(?:"([^"]*)"|'([^']*)'|([^\s#:][^:#]*?))\s*:(?:\s|$)/.exec(rest);
        if (key === null)
            return;
        this.#leave(stack, indent, false);
        const name = key[1] ?? key[2] ?? key[3] ?? '';
        const top = stack.at(-1);
        if (top?.indent === indent && typeof top.key === 'string')
            top.key = name;
        else
            stack.push({ indent, key: name });
        this.#keep(stack, number);
    }
    /** Levels that ended: deeper ones, and for a list entry the keys of the entry before it. */
    #leave(stack, indent, isEntry) {
        for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
            const sameListAsKey = !isEntry && top.indent === indent && typeof top.key === 'number';
            if (top.indent <= indent && !sameListAsKey)
                return;
            stack.pop();
        }
    }
    #keep(stack, line) {
        const path = JSON.stringify(stack.map(({ key }) => key));
        if (!this.#lines.has(path))
            this.#lines.set(path, line);
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/params-variables.ts
/** ${NAME}: the one form that apictl 4.x replaces, and therefore we. */
const reference = /\$\{(\w+)\}/g;
/** The names of the variables in a text. */
function variablesIn(text) {
    return [...text.matchAll(reference)].map(([, name = '']) => name);
}
/**
 * Replaces the variables of a text, once: a value that holds ${OTHER} stays as it is.
 * @param variable the value of a variable, undefined when it is unset or empty
 */
function substituteText(text, variable) {
    const missing = [];
    const replaced = text.replace(reference, (whole, name) => {
        const value = variable(name);
        if (value === undefined)
            missing.push(name);
        return value ?? whole;
    });
    return { text: replaced, missing };
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/params-secrets.ts

/** Keys of a params file whose values are secrets. */
const secretKeys = new Set(['password', 'clientSecret', 'amznSecretKey']);
/** The variable that a secret should come from: STAGING_PRODUCTION_PASSWORD. */
function secretVariable(environment, kind, key) {
    return [environment, kind, key.replace(/([A-Z])/g, '_$1')]
        .join('_')
        .toUpperCase()
        .replaceAll(/[^A-Z0-9]+/g, '_');
}
/** A 4.x document with a variable in place of each secret that stands in it in clear; and those secrets. */
function withSecretsAsVariables(document) {
    const secrets = [];
    const replace = (value, keys, environment) => {
        if (Array.isArray(value))
            return value.map((each, index) => replace(each, [...keys, index], environment));
        const path = keys.filter((key) => typeof key === 'string');
        if (typeof value !== 'object' || value === null) {
            const key = path.at(-1) ?? '';
            const isClear = secretKeys.has(key) && typeof value === 'string' && value !== '' && variablesIn(value).length === 0;
            if (!isClear)
                return value;
            const variable = `\${${secretVariable(environment, path.at(-2) ?? '', key)}}`;
            secrets.push({ path: keys, value, variable });
            return variable;
        }
        const name = path.length === 1 && 'name' in value && typeof value.name === 'string' ? value.name : environment;
        return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replace(inner, [...keys, key], name)]));
    };
    return { document: replace(document, [], ''), secrets };
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/params-conversion-text.ts







/**
 * Converts the text of a params file: environments of the 3.x shape get `configs:`, their settings a deeper indentation,
 * secrets become variables. Comments and order stay where the result means exactly what the converted document is;
 * otherwise the document is written anew.
 * @param text valid YAML
 */
function convertText(text) {
    const given = (0,yaml/* parseYaml */.hN)(text);
    const converted = convertDocument(isTable(given) ? given : {});
    const { document, secrets } = withSecretsAsVariables(converted);
    const values = secrets.map(({ value }) => value);
    const edited = withVariables(moved(text, listOf(isTable(given) ? given.environments : undefined)), converted);
    const faithful = isSame(edited, document);
    return { text: faithful ? edited : (0,yaml/* formatYaml */.Fo)(document), faithful, secrets: values };
}
function isSame(text, document) {
    try {
        return canonical((0,yaml/* parseYaml */.hN)(text)) === canonical(document);
    }
    catch (error) {
        if (error instanceof malformed/* MalformedError */.G)
            return false;
        throw error;
    }
}
/** The settings of every 3.x environment below `configs:`. */
function moved(text, environments) {
    const lines = text.split('\n');
    const places = new KeyLines(text);
    const starts = environments.map((_, index) => places.of(['environments', index]) ?? 0);
    // From the last on, so that the lines of those before stay where they are.
    for (let index = environments.length - 1; index >= 0; index--) {
        const environment = environments[index];
        const start = starts[index] ?? 0;
        if (!isTable(environment) || 'configs' in environment || start === 0)
            continue;
        const end = endOf(lines, start, starts[index + 1]);
        lines.splice(start - 1, end - start + 1, ...environmentLines(lines.slice(start - 1, end), environment));
    }
    return lines.join('\n');
}
/** The last line of a list entry, counted from 1; what follows with less indentation is no part of it. */
function endOf(lines, start, next) {
    const indent = indentOf(lines[start - 1] ?? '');
    let end = start;
    for (let number = start + 1; number <= (next === undefined ? lines.length : next - 1); number++) {
        const line = lines[number - 1] ?? '';
        if (line.trim() === '')
            continue;
        if (indentOf(line) <= indent)
            break;
        end = number;
    }
    return end;
}
/** `- name: staging`, then `configs:`, then all else, deeper. Keys that mean something else in 4.x are written anew. */
function environmentLines(lines, environment) {
    const [first = '', ...rest] = lines;
    const inner = ' '.repeat(first.length - first.replace(/^\s*-\s*/, '').length);
    const { configs } = convertEnvironment(environment);
    const keys = Object.keys(configs);
    const out = [];
    let rewriting = false;
    let at = 0;
    for (const line of rest) {
        const isKey = line.startsWith(inner) && /^[^\s#-]/.test(line.slice(inner.length));
        if (isKey) {
            const key = keys[at++] ?? '';
            const old = /^["']?([\w-]+)/.exec(line.slice(inner.length))?.[1] ?? '';
            rewriting = old !== key || canonical(environment[old]) !== canonical(configs[key]);
            if (rewriting)
                out.push(...indented((0,yaml/* formatYaml */.Fo)({ [key]: configs[key] }), `${inner}  `));
        }
        if (!rewriting)
            out.push(line.trim() === '' ? line : `  ${line}`);
    }
    return keys.length === 0 ? [...lines] : [first, `${inner}configs:`, ...out];
}
function indented(yaml, indent) {
    return yaml
        .trimEnd()
        .split('\n')
        .map((line) => `${indent}${line}`);
}
/** Variables in place of secrets in clear that stand on one line. */
function withVariables(text, converted) {
    const lines = text.split('\n');
    const places = new KeyLines(text);
    for (const { path, variable } of withSecretsAsVariables(converted).secrets) {
        const number = places.of(path) ?? 0;
        const line = lines[number - 1];
        if (line !== undefined)
            lines[number - 1] = line.replace(/^([^:]*:\s*).*?(\s+#.*)?\r?$/, (_, key) => key + variable);
    }
    return lines.join('\n');
}
function indentOf(line) {
    return line.length - line.trimStart().length;
}

;// CONCATENATED MODULE: ./actions/promote-api/src/params-notices.ts
/** What a user should know of the params file: warnings with their lines, a conversion to be committed. */


/**
 * Masks every secret of the file, tells its warnings, and writes the file in the 4.x shape where it is asked for.
 * @param target of the input `converted-params`, absolute
 */
function sayParams(story, { params }, target, { log, secrets, files }) {
    if (params === undefined)
        return;
    const { settings, text, file } = params;
    const converted = convertText(text);
    // Also those of the other environments: the file is shown in its 4.x shape.
    for (const secret of converted.secrets)
        secrets.register(secret);
    story.params = { file, settings, text, converted };
    if (settings.shape === '3.x' && target !== undefined) {
        (0,external_node_fs_.writeFileSync)(target, converted.text);
        story.convertedParams = files.display(target);
    }
    for (const { problem, location } of settings.warnings)
        log.annotate({ level: 'warning', message: problem, ...location });
    if (settings.shape === '3.x') {
        const message = `${file} has the shape of API Manager 3.x. It was converted for this run; the summary shows how it becomes 4.x, to be committed.`;
        log.annotate({ level: 'notice', message, file });
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/bounded.ts
/** Runs a job for each item, at most `width` at a time, and gives the results in the order of the items. */
async function bounded(items, width, job) {
    const results = [];
    const waiting = items.entries();
    const worker = async () => {
        for (const [index, item] of waiting)
            results[index] = await job(item);
    };
    await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
    return results;
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/products.ts



/** What a product is made of, by its main document. */
function usedApis(product) {
    const data = dataIn(product.files, mainDocuments['api-product'].names);
    return tablesOf(isTable(data) ? data.apis : undefined).map((api) => ({
        name: textOr(api.name, ''),
        version: textOr(api.version, '1.0.0'),
        operations: tablesOf(api.operations).map(({ verb, target }) => `${textOr(verb, '')} ${textOr(target, '')}`),
    }));
}
/**
 * The APIs in the archive of a product, as projects of their own, in the order in which the product uses them.
 * @param shown the product, as the user knows it
 * @throws InputError ARCHIVE_INVALID
 */
function apisInside(product, shown) {
    const folders = new Map();
    for (const [path, data] of product.files) {
        const [, folder, name] = /^APIs\/([^/]+)\/(.+)$/.exec(path) ?? [];
        if (folder === undefined || name === undefined)
            continue;
        const files = folders.get(folder) ?? new Map();
        folders.set(folder, files.set(name, data));
    }
    const order = usedApis(product).map(({ name, version }) => `${name}:${version}`);
    const place = ({ name, version }) => {
        const at = order.indexOf(`${name}:${version}`);
        return at === -1 ? order.length : at;
    };
    return [...folders]
        .map(([folder, files]) => projectOfKind('api', folder, files, `${shown}, APIs/${folder}`))
        .sort((a, b) => place(a) - place(b));
}
/** The product without the APIs in its archive: the server looks its APIs up in what it has. */
function withoutApisInside(product) {
    return { ...product, files: new Map([...product.files].filter(([path]) => !path.startsWith('APIs/'))) };
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/dependencies.ts


/** What a project cannot do without: the APIs of a product, what an application subscribes to. */
function needsOf(project) {
    if (project.kind === 'api')
        return [];
    const needs = project.kind === 'api-product' ? usedApis(project) : subscriptionsOf(project);
    return needs.map(({ name, version }) => ({ name, version }));
}
/**
 * What stands against an import, since the target lacks what is needed: API Manager makes a product with operations
 * that no API has, and an application without the subscriptions that it cannot make.
 * @param find what will be there; undefined: nothing of that name and version
 * @param where the environment, for messages
 */
function dependencyProblems(project, find, where) {
    const subject = `${project.name}:${project.version}`;
    const problems = project.kind === 'api-product' ? productProblems(project, find, where) : [];
    if (project.kind === 'application')
        problems.push(...applicationProblems(project, find, where));
    return problems.map((problem) => ({ subject, ...problem }));
}
function productProblems(product, find, where) {
    return usedApis(product).flatMap(({ name, version, operations }) => {
        const api = find({ name, version });
        const shown = `${name}:${version}`;
        if (api === undefined) {
            const problem = `is made of operations of ${shown}, which ${where} does not have`;
            return [{ problem, example: 'dependent-apis: update' }];
        }
        const missing = operations.filter((operation) => !has(api.state, 'operations', operation));
        if (missing.length === 0)
            return [];
        const problem = `needs ${missing.join(', ')} of ${shown}, which it does not have in ${where}`;
        return [{ problem, example: 'dependent-apis: update' }];
    });
}
function applicationProblems(application, find, where) {
    return subscriptionsOf(application).flatMap(({ name, version, throttlingPolicy }) => {
        const api = find({ name, version });
        const shown = `${name}:${version}`;
        if (api === undefined)
            return [{ problem: `subscribes to ${shown}, which ${where} does not have` }];
        if (api.lifeCycleStatus !== 'PUBLISHED') {
            const state = api.lifeCycleStatus ?? 'in no state';
            return [{ problem: `subscribes to ${shown}, which is ${state} in ${where}: nobody can subscribe to it` }];
        }
        if (has(api.state, 'policies', throttlingPolicy))
            return [];
        return [
            { problem: `subscribes to ${shown} with the policy ${throttlingPolicy}, which it does not offer in ${where}` },
        ];
    });
}
function has(state, path, member) {
    return state.facts.has(`${path}[${member}]`);
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/params-render.ts



const booleanKeys = new Set(['enabled', 'displayOnDevportal']);
/**
 * The params file for one environment, variables replaced by us: as JSON, which every YAML reader takes, with every
 * text in quotes, so that no value can become a number, a key or a comment. `${` in a value is written as an escape:
 * apictl replaces it in the raw text otherwise. Secrets in it are masked from now on.
 */
function renderParams(params, variable, secrets) {
    const configs = substituted(params.configs, '', variable, secrets);
    return { text: textFor(params.environment, configs), configs };
}
/** The same with the virtual host written out wherever a deployment names none: then no server has to choose. */
function withVhosts(configs, environment, deployments) {
    const { deploymentEnvironments: list } = configs;
    if (!Array.isArray(list))
        return { text: textFor(environment, configs), configs };
    const placed = list.map((entry) => {
        if (!isTable(entry) || typeof entry.deploymentVhost === 'string')
            return entry;
        const vhost = deployments.find(({ gateway }) => gateway === entry.deploymentEnvironment)?.vhost;
        return vhost === undefined ? entry : { ...entry, deploymentVhost: vhost };
    });
    const all = { ...configs, deploymentEnvironments: placed };
    return { text: textFor(environment, all), configs: all };
}
function textFor(environment, configs) {
    const document = { environments: [{ name: environment, configs }] };
    return `${escaped(JSON.stringify(document, null, 2))}\n`;
}
function substituted(value, key, variable, secrets) {
    if (Array.isArray(value))
        return value.map((each) => substituted(each, key, variable, secrets));
    if (typeof value === 'object' && value !== null) {
        return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, substituted(inner, name, variable, secrets)]));
    }
    if (typeof value !== 'string')
        return value;
    const { text } = substituteText(value, variable);
    if (secretKeys.has(key) && text !== '')
        secrets.register(text);
    if (booleanKeys.has(key) && (text === 'true' || text === 'false'))
        return text === 'true';
    return text;
}
/** Characters that YAML readers refuse or that mean something to apictl, as JSON escapes. */
function escaped(json) {
    return json
        .replaceAll('${', '\\u0024{')
        .replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/plan-file.ts




/** The plan file's format; docs/promotion-plan.schema.json describes it. */
const planSchema = 'https://wso2-delivery.dev/promotion-plan/v2';
/** A plan as the text of its file. */
function formatPlan(plan) {
    return `${JSON.stringify(plan, null, 2)}\n`;
}
/** Reads a plan file. @throws InputError PLAN_STALE for what is none, and for one of another version */
function readPlan(text, file) {
    let found;
    try {
        found = JSON.parse(text) ?? {};
    }
    catch {
        found = {};
    }
    const { schema, apis, salt } = found;
    if (schema === planSchema && Array.isArray(apis) && typeof salt === 'string') {
        const plan = found;
        const problems = plan.apis.flatMap((api) => {
            const problem = problemOf(api);
            return problem === undefined ? [] : [{ subject: 'plan', problem: `${file} is no plan: ${problem}` }];
        });
        if (problems.length > 0)
            throw new base_errors/* InputError */.dz(codes.PLAN_STALE, problems);
        return plan;
    }
    const other = typeof schema === 'string' && schema !== planSchema && /\/promotion-plan\/v\d+$/.test(schema);
    const problem = other
        ? `${file} was written by another version of this action: make the plan again`
        : `${file} is not a plan that mode: plan has written`;
    throw new base_errors/* InputError */.dz(codes.PLAN_STALE, [{ subject: 'plan', problem }]);
}
/** A plan comes out of an artifact: names are believed as little as those of an archive. */
function problemOf(api) {
    const { kind, name, version } = (api ?? {});
    const isKind = typeof kind === 'string' && Object.hasOwn(mainDocuments, kind);
    if (!isKind || typeof name !== 'string' || typeof version !== 'string') {
        return 'an entry is without kind, name or version';
    }
    return nameProblem(kind, { name, version });
}

// EXTERNAL MODULE: external "node:v8"
var external_node_v8_ = __webpack_require__(877);
;// CONCATENATED MODULE: ./packages/shared/src/apim/project-store.ts



/** What is held in memory unless told otherwise: a hundred small APIs. */
const defaultBudget = 64 * 1024 * 1024;
/**
 * The projects of a run between its plan and their turn: in memory up to a budget, the others in files of a private
 * folder, so that the memory of a run does not grow with the number of its APIs.
 */
class ProjectStore {
    #folder;
    #budgetBytes;
    #held = 0;
    #files = 0;
    constructor(folder, budgetBytes) {
        this.#folder = folder;
        this.#budgetBytes = budgetBytes;
    }
    static async open({ files }, budgetBytes = defaultBudget) {
        return new ProjectStore(await files.privateFolder('projects'), budgetBytes);
    }
    /** Bytes of the projects that are in memory. */
    get heldBytes() {
        return this.#held;
    }
    /** Takes a project over: nobody else should hold it, or nothing is won. */
    async keep(project) {
        const { name, version } = project;
        const bytes = [...project.files.values()].reduce((sum, data) => sum + data.length, 0);
        if (this.#held + bytes <= this.#budgetBytes) {
            this.#held += bytes;
            let held = project;
            const release = () => {
                if (held !== undefined)
                    this.#held -= bytes;
                held = undefined;
                return Promise.resolve();
            };
            const load = () => held === undefined ? Promise.reject(new Error(`${name}:${version} was released`)) : Promise.resolve(held);
            return { name, version, bytes, load, release };
        }
        const path = (0,external_node_path_.join)(this.#folder, String(++this.#files));
        await (0,promises_.writeFile)(path, (0,external_node_v8_.serialize)(project), { mode: 0o600 });
        return {
            name,
            version,
            bytes,
            load: async () => asProject((0,external_node_v8_.deserialize)(await (0,promises_.readFile)(path))),
            release: () => (0,promises_.rm)(path, { force: true }),
        };
    }
}
/** What was written, with files that are buffers of their own again: the reader gives views into the whole. */
function asProject(read) {
    const project = read;
    return { ...project, files: new Map([...project.files].map(([name, data]) => [name, Buffer.from(data)])) };
}

// EXTERNAL MODULE: ./packages/shared/src/base/retry.ts
var retry = __webpack_require__(207);
;// CONCATENATED MODULE: ./packages/shared/src/apim/publisher-answer.ts



/** API Manager's own words from an error body; the beginning of a text body; empty for HTML. */
function apimWords(body) {
    let document;
    try {
        document = JSON.parse(body);
    }
    catch {
        return /^\s*</.test(body) ? '' : (0,base_text/* oneLine */.TN)((0,base_text/* neutralise */.$0)(body), 200);
    }
    const { description, error_description: detail, message, error } = (document ?? {});
    const words = [description, detail, message, error].find((each) => typeof each === 'string' && each !== '');
    return typeof words === 'string' ? (0,base_text/* oneLine */.TN)((0,base_text/* neutralise */.$0)(words), 300) : '';
}
/**
 * A refusal as an error with the server's own words.
 * @param doing what was tried, after "did not": "list the revisions"
 * @param lacking scopes that the token was to have and has not: a call that needs one is refused with 401, as with a
 * token that is unknown (carbon-apimgt, OAuthAuthenticationInterceptor)
 */
function apimRefusal(method, answer, where, doing, lacking = []) {
    const { status } = answer;
    const words = apimWords(answer.text());
    const isForbidden = status === 403 || (status === 401 && lacking.length > 0);
    const rights = isForbidden && lacking.length > 0 ? `; the user has not the scopes ${lacking.join(', ')}` : '';
    const message = `${where} did not ${doing}: ${status}${words === '' ? '' : ` ${words}`}${rights}`;
    const code = isForbidden ? codes.APIM_FORBIDDEN : publisher_answer_codeFor(status);
    return new base_errors/* ServiceError */._7(code, message, { method, url: withoutQuery(answer), status });
}
/** A 200 that holds something else than the documented JSON. */
function notApim(method, answer, where, doing) {
    const kind = answer.headers['content-type'] ?? 'no content type';
    const message = `${where} did not ${doing}: it answered ${answer.status} with ${kind}, which is not API Manager's`;
    return new base_errors/* ServiceError */._7(codes.APIM_NOT_APIM, message, { method, url: withoutQuery(answer), status: answer.status });
}
function publisher_answer_codeFor(status) {
    if (status === 401)
        return codes.APIM_UNAUTHORIZED;
    if (status === 404)
        return codes.API_NOT_FOUND;
    if (status === 409)
        return codes.API_CONFLICT;
    return [429, 502, 503, 504].includes(status) ? codes.APIM_BUSY : codes.APIM_ERROR;
}
function withoutQuery(answer) {
    const { origin, pathname } = new URL(answer.url);
    return `${origin}${pathname}`;
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/publisher-token.ts



/**
 * What a comparison needs (publisher-api.yaml of carbon-apimgt). Exports have no scope of their own: of those that open
 * them this one allows least, an import beside it.
 */
const readingScopes = [
    'apim:api_view',
    'apim:publisher_settings',
    'apim:api_import_export',
    'apim:api_product_import_export',
];
/** What a promotion needs beside them: revisions and their deployment, the life cycle, deleting for an undo. */
const writingScopes = ['apim:api_create', 'apim:api_publish', 'apim:api_manage', 'apim:api_delete'];
/** What applications need beside them: the admin API finds those of every owner, and removes them. */
const applicationScopes = ['apim:app_import_export', 'apim:admin'];
/** And these to be changed; an undo takes subscriptions away. */
const applicationWritingScopes = ['apim:app_manage', 'apim:subscribe'];
/** Renewed when this share of its lifetime is over. */
const freshShare = 0.8;
/** A bearer token of our own for one environment, taken when it is first needed and renewed in time. */
class PublisherToken {
    #environment;
    #credentials;
    #ports;
    #options;
    #client;
    #current;
    #pending;
    #lacking = [];
    constructor(environment, credentials, ports, options) {
        this.#environment = environment;
        this.#credentials = credentials;
        this.#ports = ports;
        this.#options = options;
    }
    /** True when another token could be taken: a personal one cannot be renewed. */
    get renewable() {
        return this.#credentials.kind === 'password';
    }
    /**
     * The scopes that were asked for and are not in the token: API Manager leaves out what the user has not, without a
     * word. Empty when nothing is known.
     */
    get lacking() {
        return this.#lacking;
    }
    /** @throws ServiceError APIM_LOGIN_REFUSED and others */
    async bearer() {
        if (this.#credentials.kind === 'token')
            return this.#credentials.token;
        if (this.#current !== undefined && this.#ports.clock.now() < this.#current.staleAt)
            return this.#current.token;
        // One token for all who ask at the same time.
        this.#pending ??= this.#take(this.#credentials).finally(() => (this.#pending = undefined));
        return this.#pending;
    }
    /** This token was refused: the next one is a new one, and the same for all whose token was refused. */
    drop(token) {
        if (this.#current?.token === token)
            this.#current = undefined;
    }
    async #take({ username, password }) {
        const client = (this.#client ??= await this.#register(username, password));
        const answer = await this.#post(this.#environment.token, basic(client.id, client.secret), {
            type: 'application/x-www-form-urlencoded',
            body: new URLSearchParams({
                grant_type: 'password',
                username,
                password,
                scope: this.#scopes.join(' '),
            }).toString(),
        });
        const doing = 'give a token';
        if (answer.status === 400 || answer.status === 401)
            throw this.#refused('token endpoint', answer);
        if (answer.status !== 200)
            throw apimRefusal('POST', answer, this.#where, doing);
        const { access_token: token, expires_in: lifetime, scope } = jsonOf(answer);
        if (typeof token !== 'string')
            throw notApim('POST', answer, this.#where, doing);
        this.#ports.secrets.register(token);
        const given = typeof scope === 'string' ? scope.split(' ') : this.#scopes;
        this.#lacking = this.#scopes.filter((each) => !given.includes(each));
        const lifetimeMs = (typeof lifetime === 'number' ? lifetime : 60) * 1000;
        this.#current = { token, staleAt: this.#ports.clock.now() + lifetimeMs * freshShare };
        return token;
    }
    async #register(username, password) {
        const url = `${this.#environment.registration}/client-registration/v0.17/register`;
        const answer = await this.#post(url, basic(username, password), {
            type: 'application/json',
            body: JSON.stringify({
                clientName: `wso2_delivery_${username.replaceAll(/[^\w-]/g, '_')}`,
                callbackUrl: 'www.example.com',
                grantType: 'password refresh_token',
                saasApp: true,
                owner: username,
                tokenScope: 'Production',
            }),
        });
        const doing = 'register a client';
        if (answer.status === 401)
            throw this.#refused('client registration', answer);
        if (answer.status !== 200 && answer.status !== 201)
            throw apimRefusal('POST', answer, this.#where, doing);
        const { clientId: id, clientSecret: secret } = jsonOf(answer);
        if (typeof id !== 'string' || typeof secret !== 'string')
            throw notApim('POST', answer, this.#where, doing);
        this.#ports.secrets.register(secret);
        return { id, secret };
    }
    get #scopes() {
        const { applications = false, readOnly = false } = this.#options;
        const ofApplications = applications ? [...applicationScopes, ...(readOnly ? [] : applicationWritingScopes)] : [];
        return [...readingScopes, ...(readOnly ? [] : writingScopes), ...ofApplications];
    }
    #post(url, authorization, { type, body }) {
        return this.#ports.http.request({
            method: 'POST',
            url,
            headers: { authorization, 'content-type': type, accept: 'application/json' },
            body,
            // A second client or token does no harm.
            repeatable: true,
            timeoutMs: this.#options.requestTimeoutMs,
            ...(this.#options.ca === undefined ? {} : { ca: this.#options.ca }),
        });
    }
    #refused(part, answer) {
        const words = apimWords(answer.text());
        const message = `the ${part} of ${this.#environment.name} refuses the credentials${words === '' ? '' : `: ${words}`}`;
        return new base_errors/* ServiceError */._7(codes.APIM_LOGIN_REFUSED, message, {
            method: 'POST',
            url: answer.url,
            status: answer.status,
        });
    }
    get #where() {
        return `API Manager ${this.#environment.name}`;
    }
}
function basic(user, password) {
    return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}
/** The JSON of an answer, an empty table when it is none. */
function jsonOf(answer) {
    try {
        return answer.json() ?? {};
    }
    catch {
        return {};
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/apim-client.ts



/** How often a write is sent in all, when the server says each time that it has not done it. */
const attempts = 4;
/**
 * The REST APIs of one environment: one token for everybody who calls, connections kept alive. Reads are sent again
 * by the HTTP port; a write only when the server says that it did not begin with it (401 once, 429, 503 with
 * Retry-After).
 */
class ApimClient {
    environment;
    #token;
    #ports;
    #options;
    constructor(environment, credentials, ports, options) {
        this.environment = environment;
        this.#token = new PublisherToken(environment, credentials, ports, options);
        this.#ports = ports;
        this.#options = options;
    }
    /** For messages. */
    get shown() {
        return `API Manager ${this.environment.name}`;
    }
    /** An answer of the 200s. @throws ServiceError with the code that the answer means */
    async call(call) {
        const answer = await this.#persistently(call);
        if (answer.status >= 200 && answer.status < 300)
            return answer;
        if (answer.status < 400)
            throw notApim(call.method, answer, this.shown, call.doing);
        throw this.#refusal(call.method, answer, call.doing);
    }
    /** A JSON table. @param fits what it must be @throws ServiceError APIM_NOT_APIM and others */
    async table(call, fits = () => true) {
        const answer = await this.call(call);
        let row;
        try {
            row = answer.json();
        }
        catch {
            throw notApim(call.method, answer, this.shown, call.doing);
        }
        if (typeof row !== 'object' || row === null || !fits(row)) {
            throw notApim(call.method, answer, this.shown, call.doing);
        }
        return row;
    }
    /** The rows of an answer with a list. */
    async list(call) {
        const { list } = await this.table(call, (row) => Array.isArray(row.list));
        return list;
    }
    /** A DELETE; what is gone already counts as removed, since the answer to an earlier attempt may have been lost. */
    async remove(url, doing) {
        const answer = await this.#persistently({ method: 'DELETE', url, doing });
        if (answer.status === 404 || (answer.status >= 200 && answer.status < 300))
            return;
        throw answer.status < 400 ? notApim('DELETE', answer, this.shown, doing) : this.#refusal('DELETE', answer, doing);
    }
    #refusal(method, answer, doing) {
        return apimRefusal(method, answer, this.shown, doing, this.#token.lacking);
    }
    async #persistently(call) {
        let renewed = false;
        for (let attempt = 1;;) {
            const bearer = await this.#token.bearer();
            const answer = await this.#ports.http.request(this.#requestOf(call, bearer));
            if (answer.status === 401 && !renewed && this.#token.renewable) {
                renewed = true;
                this.#token.drop(bearer);
                continue;
            }
            const pause = attempt < attempts ? this.#pauseAfter(call, answer, attempt) : undefined;
            if (pause === undefined)
                return answer;
            attempt++;
            await this.#ports.clock.sleep(pause);
        }
    }
    /** Milliseconds until a write that was turned away at the door is sent again; undefined: not again. */
    #pauseAfter(call, { status, headers }, attempt) {
        // The port has sent these again already.
        if (call.method !== 'POST' && call.method !== 'PATCH')
            return undefined;
        if (call.repeatable === true)
            return undefined;
        const retryAfter = (0,retry/* parseRetryAfter */.mu)(headers['retry-after'], this.#ports.clock.now());
        const turnedAway = status === 429 || (status === 503 && retryAfter !== undefined);
        return turnedAway ? (0,retry/* pauseBefore */.GB)(attempt + 1, Math.random(), retryAfter, retry/* defaultBackoff */.ks) : undefined;
    }
    #requestOf(call, bearer) {
        const { method, url, accept = 'application/json', body, content, repeatable, maxBytes } = call;
        const sent = content ?? (body === undefined ? undefined : { type: 'application/json', data: JSON.stringify(body) });
        return {
            method,
            url,
            headers: {
                authorization: `Bearer ${bearer}`,
                accept,
                ...(sent === undefined ? {} : { 'content-type': sent.type }),
            },
            timeoutMs: this.#options.requestTimeoutMs,
            // A login page behind a redirect is no answer of a REST API.
            redirect: 'manual',
            ...(sent === undefined ? {} : { body: sent.data }),
            ...(repeatable === true ? { repeatable } : {}),
            ...(maxBytes === undefined ? {} : { maxBytes }),
            ...(this.#options.ca === undefined ? {} : { ca: this.#options.ca }),
        };
    }
}
/** A text of an answer; empty when it is none. */
function apim_client_textOf(value) {
    return typeof value === 'string' ? value : '';
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/rest-calls.ts
/** The folders of the REST APIs; versions 4 and 3 from API Manager 4.2 on. */
const rest_calls_places = {
    api: ({ publisher }) => `${publisher}/api/am/publisher/v4/apis`,
    'api-product': ({ publisher }) => `${publisher}/api/am/publisher/v4/api-products`,
    application: ({ devportal }) => `${devportal}/api/am/devportal/v3/applications`,
};
/** GET: the archive of a project. */
function exportCall(wish, environment) {
    const query = new URLSearchParams(wish.kind === 'application' ? applicationPairs(wish) : publisherPairs(wish));
    return { url: `${rest_calls_places[wish.kind ?? 'api'](environment)}/export?${query.toString()}`, accept: 'application/zip' };
}
/** POST: a form with the archive as its part "file". */
function importCall(flags, environment) {
    const { kind = 'api', update, preserveProvider } = flags;
    const pairs = {
        api: [
            ...only(update, ['overwrite', 'true']),
            ['preserveProvider', String(preserveProvider)],
            ['rotateRevision', 'false'],
        ],
        'api-product': [
            ['preserveProvider', String(preserveProvider)],
            ['rotateRevision', 'false'],
            ...only(update, ['overwriteAPIProduct', 'true']),
        ],
        application: [
            ['appOwner', ''],
            ['preserveOwner', String(preserveProvider)],
            ['skipSubscriptions', String(flags.skipSubscriptions === true)],
            ['skipApplicationKeys', String(flags.skipKeys === true)],
            ['update', String(update)],
        ],
    };
    const query = new URLSearchParams(pairs[kind]);
    const accept = kind === 'application' ? '*/*' : 'application/json';
    return { url: `${rest_calls_places[kind](environment)}/import?${query.toString()}`, accept };
}
/** What apictl adds to an export: its own flags for the next import. */
function metaOf({ kind = 'api', name, version: given }) {
    const provider = { preserveProvider: true, rotateRevision: false };
    switch (kind) {
        case 'api':
            return { file: 'api_meta.yaml', data: meta({ ...provider, update: true }, { name, version: given }) };
        case 'api-product': {
            const flags = { importApis: true, ...provider, updateApiProduct: true };
            return { file: 'api_product_meta.yaml', data: meta(flags, { name, version: given }) };
        }
        case 'application': {
            const flags = { preserveOwner: true, skipKeys: true, skipSubscriptions: false, update: true };
            return { file: 'application_meta.yaml', data: meta(flags, { name, owner: given }) };
        }
    }
}
function meta(flags, identity) {
    return { deploy: { import: flags }, ...identity };
}
function publisherPairs(wish) {
    const { kind = 'api', name, version: given, revision, credentials = false } = wish;
    const which = revision === 'latest'
        ? [['latestRevision', 'true']]
        : revision === 'working-copy'
            ? []
            : [['revisionNumber', String(revision)]];
    const isApi = kind === 'api';
    return [
        ['name', name],
        ['version', given],
        ['providerName', ''],
        ['preserveStatus', 'true'],
        ...only(isApi || credentials, ['preserveCredentials', String(credentials)]),
        ...(isApi ? [] : which),
        ['format', 'YAML'],
        ...(isApi ? which : []),
    ];
}
function applicationPairs({ name, version: owner, withKeys }) {
    return [['appName', name], ['appOwner', owner], ['format', 'YAML'], ...only(withKeys === true, ['withKeys', 'true'])];
}
function only(wanted, pair) {
    return wanted ? [pair] : [];
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/publisher.ts





/** Where the publisher has what is of a kind. */
function collectionOf(kind) {
    return kind === 'api' ? 'apis' : 'api-products';
}
/** Rows of one page of a listing; what a server cuts off is asked for again. */
const pageSize = 100;
/** Of an exported archive. */
const maxBytes = 128 * 1024 * 1024;
/** The publisher's REST API (v4) of one environment, for APIs or for API products. */
class Publisher {
    client;
    collection;
    constructor(client, collection = 'apis') {
        this.client = client;
        this.collection = collection;
    }
    get environment() {
        return this.client.environment;
    }
    /** The same publisher, with the same token, for another collection. */
    of(collection) {
        return new Publisher(this.client, collection);
    }
    /**
     * Everything the collection holds (or what a search of the publisher finds), by pages.
     * @param query of the publisher's search: `name:"Pets" version:"1.0.0"`, `tag:public`
     */
    async all(query) {
        const first = await this.#page(0, query);
        const stride = first.rows.length;
        const starts = [];
        for (let at = stride; stride > 0 && at < first.total; at += stride)
            starts.push(at);
        const others = await Promise.all(starts.map((at) => this.#page(at, query)));
        // A listing that changes meanwhile may give a row twice.
        const found = new Map();
        for (const row of [first, ...others].flatMap(({ rows }) => rows)) {
            const api = publishedOf(row);
            found.set(api.id, api);
        }
        return [...found.values()];
    }
    /** Everything the collection holds, by name and version: in bulk what `find` gives one by one. */
    async index() {
        const apis = await this.all();
        const byName = new Map(apis.map((api) => [`${api.name}:${api.version}`, api]));
        return { apis, find: (name, version) => byName.get(`${name}:${version}`) };
    }
    /** The API of exactly this name and version, or undefined. */
    async find(name, version) {
        // The search also finds what merely contains the words.
        const apis = await this.all(`name:"${name}" version:"${version}"`);
        return apis.find((each) => each.name === name && each.version === version);
    }
    async details(id) {
        return publishedOf(await this.client.table({ method: 'GET', url: this.#url(id), doing: 'read the API' }));
    }
    /** Oldest first. */
    async revisions(id) {
        const call = { method: 'GET', url: this.#url(id, 'revisions'), doing: 'list the revisions' };
        const rows = await this.client.list(call);
        return rows.map(revisionOf).sort((a, b) => a.number - b.number);
    }
    /** The gateway environments of this API Manager. */
    async gateways() {
        const url = `${this.#root}/settings`;
        const { environment } = await this.client.table({ method: 'GET', url, doing: 'name its gateway environments' });
        return rowsOf(environment).map(({ name, vhosts }) => ({
            name: apim_client_textOf(name),
            vhosts: rowsOf(vhosts).flatMap(({ host }) => (typeof host === 'string' ? [host] : [])),
        }));
    }
    /**
     * An archive of the API, as apictl would export it, with read rights alone unless credentials are asked for.
     * @throws ServiceError API_NOT_FOUND, APIM_NOT_APIM and others
     */
    export(name, version, { revision, credentials }) {
        const kind = this.collection === 'apis' ? 'api' : 'api-product';
        return exportArchive(this.client, { kind, name, version, revision, credentials });
    }
    /** One revision as an archive, without credentials. */
    exportRevision(name, version, revision) {
        return this.export(name, version, { revision, credentials: false });
    }
    /** The working copy as an archive, with the credentials of its endpoints: a secret, for an undo alone. */
    exportWithCredentials(name, version) {
        return this.export(name, version, { revision: 'working-copy', credentials: true });
    }
    async deploy(apiId, revision) {
        const body = revision.gateways.map(({ name, vhost, display }) => ({
            name,
            displayOnDevportal: display,
            ...(vhost === undefined ? {} : { vhost }),
        }));
        await this.#post(apiId, 'deploy-revision', revision, { doing: `deploy revision ${revision.number}`, body });
    }
    async undeploy(apiId, revision, gateways) {
        const body = gateways.map((name) => ({ name, displayOnDevportal: true }));
        await this.#post(apiId, 'undeploy-revision', revision, { doing: `undeploy revision ${revision.number}`, body });
    }
    /** Makes the working copy what the revision is; the credentials of its endpoints never leave the server. */
    async restoreRevision(apiId, revision) {
        await this.#post(apiId, 'restore-revision', revision, { doing: `restore revision ${revision.number}` });
    }
    /**
     * Removing twice is removing once. Proven: a page that a proxy answers with 200 removes nothing.
     * @throws ServiceError APIM_NOT_APIM when it is still listed, and what a failing call means
     */
    async deleteRevision(apiId, revision) {
        const url = `${this.#url(apiId, 'revisions')}/${encodeURIComponent(revision.id)}`;
        await this.client.remove(url, `remove revision ${revision.number}`);
        if ((await this.revisions(apiId)).every(({ id }) => id !== revision.id))
            return;
        const message = `${this.client.shown} says that it removed revision ${revision.number}, and still lists it`;
        throw new base_errors/* ServiceError */._7(codes.APIM_NOT_APIM, message, { method: 'DELETE', url, status: undefined });
    }
    /** Removing twice is removing once. */
    async deleteApi(api) {
        await this.client.remove(this.#url(api.id), `remove ${api.name}:${api.version}`);
    }
    /**
     * Takes a step of the life cycle.
     * @param action as the publisher names it: Publish, Demote to Created, Block, Deprecate …
     * @returns the state afterwards, and whether a workflow has to approve it first
     */
    async changeLifecycle(apiId, action) {
        const query = new URLSearchParams({ action, [this.collection === 'apis' ? 'apiId' : 'apiProductId']: apiId });
        const url = `${this.#root}/${this.collection}/change-lifecycle?${query.toString()}`;
        const doing = `take the life cycle step '${action}'`;
        const row = await this.client.table({ method: 'POST', url, doing });
        const { state } = (row.lifecycleState ?? {});
        return { state: apim_client_textOf(state), pending: row.workflowStatus === 'CREATED' };
    }
    async #page(offset, query) {
        const wanted = new URLSearchParams({ limit: String(pageSize), offset: String(offset) });
        if (query !== undefined)
            wanted.set('query', query);
        const url = `${this.#root}/${this.collection}?${wanted.toString()}`;
        const doing = this.collection === 'apis' ? 'list its APIs' : 'list its API products';
        const { list, pagination } = await this.client.table({ method: 'GET', url, doing }, (row) => Array.isArray(row.list));
        const { total } = (pagination ?? {});
        return { rows: list, total: typeof total === 'number' ? total : 0 };
    }
    /** Deploying, undeploying and restoring a revision twice is doing it once. */
    async #post(apiId, what, revision, call) {
        const query = new URLSearchParams({ revisionId: revision.id });
        const url = `${this.#url(apiId, what)}?${query.toString()}`;
        await this.client.call({ method: 'POST', url, repeatable: true, ...call });
    }
    #url(id, ...rest) {
        return [this.#root, this.collection, encodeURIComponent(id), ...rest].join('/');
    }
    get #root() {
        return `${this.environment.publisher}/api/am/publisher/v4`;
    }
}
/** The archive of a project, as the server has packed it. @throws ServiceError API_NOT_FOUND, APIM_NOT_APIM and others */
async function exportArchive(client, wish) {
    const doing = `export ${wish.name}:${wish.version}`;
    const answer = await client.call({ method: 'GET', ...exportCall(wish, client.environment), doing, maxBytes });
    if (!answer.body.subarray(0, 2).equals(Buffer.from('PK')))
        throw notApim('GET', answer, client.shown, doing);
    return answer.body;
}
function publishedOf(row) {
    return {
        id: apim_client_textOf(row.id),
        name: apim_client_textOf(row.name),
        version: apim_client_textOf(row.version),
        context: apim_client_textOf(row.context),
        provider: apim_client_textOf(row.provider),
        // Listings of API products name it state.
        lifeCycleStatus: apim_client_textOf(row.lifeCycleStatus) || apim_client_textOf(row.state),
    };
}
function rowsOf(value) {
    return Array.isArray(value) ? value : [];
}
function revisionOf(row) {
    return {
        id: apim_client_textOf(row.id),
        number: Number(/(\d+)$/.exec(apim_client_textOf(row.displayName))?.[1] ?? 0),
        createdTime: Number(row.createdTime ?? 0),
        gateways: rowsOf(row.deploymentInfo).map((each) => ({
            name: apim_client_textOf(each.name),
            vhost: typeof each.vhost === 'string' ? each.vhost : undefined,
            display: each.displayOnDevportal !== false,
        })),
    };
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/policy-variables.ts



/**
 * The project with the variables of its policies replaced. apictl does that in every Policies/*.j2 and *.gotmpl of an
 * import, and fails at each ${NAME} that is not set; the apictl that we start sees no variable of the job.
 * @param variable the value of a variable, undefined when it is unset or empty
 * @throws InputError ARCHIVE_INVALID naming every variable that is not set
 */
function withPolicyVariables(project, variable) {
    const files = new Map(project.files);
    const problems = [];
    for (const [name, data] of project.files) {
        if (!/^Policies\/[^/]+\.(j2|gotmpl)$/.test(name))
            continue;
        const { text, missing } = substituteText(data.toString('utf8'), variable);
        const nested = missing.length === 0 ? variablesIn(text) : [];
        for (const each of new Set([...missing, ...nested])) {
            problems.push({
                subject: `${project.name}:${project.version} ${name}`,
                problem: `apictl takes \${${each}} for a variable, and it is not set (or empty) in the environment of the step`,
                example: `env:\n  ${each}: \${{ vars.${each} }}`,
            });
        }
        files.set(name, Buffer.from(text, 'utf8'));
    }
    if (problems.length > 0)
        throw new base_errors/* InputError */.dz(codes.ARCHIVE_INVALID, problems);
    return { ...project, files };
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/selection.ts

/** Versions; of an application the owner: bob, PRIMARY/bob, bob@example.com. */
const versions = {
    api: /^[\w.*?-]+$/,
    'api-product': /^[\w.*?-]+$/,
    application: /^[\w.*?@/!-]+$/,
};
const example = 'EmployeeAPI:1.0.0, Pets*:*, tag:public or query:context:/pets';
/**
 * Reads lines of a selection: `name:version`, both with `*` and `?`; `tag:public`; `query:` with the publisher's own
 * search. Problems are added to the others.
 */
function readSelectors(lines, problems, kind = 'api') {
    const selectors = [];
    for (const line of lines) {
        const selector = readSelector(line, kind);
        if (selector === undefined) {
            problems.push({
                subject: 'apis',
                problem: `'${line}' is not of the form name:version, tag:name or query:search`,
                example,
            });
        }
        else if (selectors.some((each) => each.line === selector.line)) {
            problems.push({ subject: 'apis', problem: `'${line}' stands there more than once` });
        }
        else {
            selectors.push(selector);
        }
    }
    return selectors;
}
function readSelector(given, kind) {
    const line = given.trim();
    const special = /^(tag|query):\s*(\S.*)$/.exec(line);
    // An API may be called tag: then it has a version, and no tag begins with a digit and a dot.
    if (special?.[1] === 'query')
        return { kind: 'query', line, query: special[2] ?? '' };
    if (special?.[1] === 'tag')
        return tagOf(line, special[2] ?? '');
    const at = line.lastIndexOf(':');
    const name = line.slice(0, at).trim();
    const version = line.slice(at + 1).trim();
    // A pattern is checked as a name with its wildcards taken as letters.
    const plain = (text) => text.replaceAll('*', 'x');
    if (at < 1 || !versions[kind].test(version))
        return undefined;
    if (nameProblem(kind, { name: plain(name), version: plain(version) }) !== undefined)
        return undefined;
    const isGlob = /[*?]/.test(`${name}${version}`);
    return isGlob
        ? { kind: 'glob', line, name: globOf(name), version: globOf(version) }
        : { kind: 'exact', line: `${name}:${version}`, name, version };
}
function tagOf(line, tag) {
    return /["\\]/.test(tag) ? undefined : { kind: 'tag', line, tag };
}
/** `*` is any text, `?` one letter; everything else is itself. */
function globOf(pattern) {
    const source = pattern.replace(/[.*+?^${}()|[\]\\/]/g, (letter) => letter === '*' ? '.*' : letter === '?' ? '.' : `\\${letter}`);
    return new RegExp(`^${source}$`, 'su');
}
/** True when nothing has to be looked up: every line names one API. */
function isPlain(selectors) {
    return selectors.every(({ kind }) => kind === 'exact');
}
/** The publisher's search for a tag or a query; undefined for what a listing of everything answers. */
function searchOf(selector) {
    if (selector.kind === 'tag')
        return `tags:"${selector.tag}"`;
    return selector.kind === 'query' ? selector.query : undefined;
}
/**
 * The APIs that the selectors name, each once, in the order of the lines and by name within one.
 * @param found what a look-up gave for each selector that is not exact
 * @returns problems of lines that select nothing, and of names that are none
 */
function selected(selectors, found, kind = 'api') {
    const apis = new Map();
    const problems = [];
    const nameOf = ({ name, version }) => `${name}:${version}`;
    for (const selector of selectors) {
        const chosen = selector.kind === 'exact' ? [selector] : matching(selector, found.get(selector) ?? []);
        if (chosen.length === 0)
            problems.push({ subject: 'apis', problem: `'${selector.line}' selects no API`, example });
        const sorted = [...chosen].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
        for (const { name, version } of sorted) {
            const problem = nameProblem(kind, { name, version });
            if (problem === undefined)
                apis.set(nameOf({ name, version }), { name, version });
            else
                problems.push({ subject: 'apis', problem: `'${selector.line}' finds what cannot be promoted: ${problem}` });
        }
    }
    return { apis: [...apis.values()], problems };
}
function matching(selector, listed) {
    if (selector.kind !== 'glob')
        return listed;
    return listed.filter(({ name, version }) => selector.name.test(name) && selector.version.test(version));
}

;// CONCATENATED MODULE: ./actions/promote-api/src/selecting.ts
/** Which APIs the input `apis` means. */






/** The lines of `apis`, or of the file that its one line names. */
function readSelection(lines, files, problems, kind) {
    const [only = ''] = lines;
    const listFile = lines.length === 1 && !only.includes(':') ? (0,external_node_path_.resolve)(files.workspace, only) : undefined;
    const listed = listFile !== undefined && (0,safe_path/* isInside */.F)(files.workspace, listFile) && (0,external_node_fs_.existsSync)(listFile) ? readLines(listFile) : lines;
    return readSelectors(listed, problems, kind);
}
function readLines(file) {
    return (0,external_node_fs_.readFileSync)(file, 'utf8')
        .split(/\r?\n/)
        .map((line) => line.replace(/^\s*-\s+/, '').trim())
        .filter((line) => line !== '' && !line.startsWith('#'));
}
/**
 * The APIs of an environment that the selection means: names are taken as they are, the rest is looked up, page by page.
 * @throws InputError INPUT_INVALID for lines that select nothing; what a failing call means
 */
async function selectAt(publisher, selectors, kind) {
    const found = new Map();
    if (!isPlain(selectors)) {
        let everything;
        for (const selector of selectors) {
            const search = searchOf(selector);
            if (search !== undefined)
                found.set(selector, await publisher.all(search));
            else if (selector.kind === 'glob')
                found.set(selector, (everything ??= await publisher.all()));
        }
    }
    return checked(selectors, found, kind);
}
/**
 * Those of the repository's projects that the selection means.
 * @throws InputError INPUT_INVALID for lines that select nothing, and for a search, which only a publisher can answer
 */
function selectAmong(projects, selectors, kind) {
    const found = new Map();
    for (const selector of selectors) {
        if (selector.kind === 'query') {
            const problem = `'${selector.line}' is a search of a publisher: archives cannot answer it`;
            throw new base_errors/* InputError */.dz(base_codes/* codes */.F.INPUT_INVALID, [{ subject: 'apis', problem, example: 'tag:public' }]);
        }
        const tagged = selector.kind === 'tag' ? projects.filter(({ tags }) => tags.includes(selector.tag)) : projects;
        found.set(selector, tagged);
    }
    return checked(selectors, found, kind);
}
function checked(selectors, found, kind) {
    const { apis, problems } = selected(selectors, found, kind);
    if (problems.length > 0)
        throw new base_errors/* InputError */.dz(base_codes/* codes */.F.INPUT_INVALID, problems);
    return apis;
}

;// CONCATENATED MODULE: ./actions/promote-api/src/projects.ts
/** The APIs to promote: exported, or read from the repository. */










/**
 * Names the APIs asked for.
 * @throws InputError INPUT_INVALID, ARCHIVE_INVALID, and what failing calls mean
 */
async function findSources(request, inputs, session, ports) {
    const { from, apis, revision } = request;
    const { kind } = inputs;
    const prepared = (project) => asPromoted(project, inputs, ports);
    const listing = session.listing(kind);
    if (from === undefined || listing === undefined) {
        const found = await projectsIn(request, kind, ports);
        return found.map(({ name, version, read }) => ({ kind, name, version, load: async () => prepared(await read()) }));
    }
    const engine = await session.exporting();
    const names = await selectAt(listing, apis, kind);
    const of = { kind, withKeys: inputs.keys === 'include' };
    return names.map(({ name, version }) => ({
        kind,
        name,
        version,
        load: async () => prepared(await engine.export(name, version, from.environment.name, revision, of)),
    }));
}
async function projectsIn({ apis, archives }, kind, { files }) {
    const projects = [];
    for (const path of archives) {
        const shown = files.display(path);
        const read = async () => (0,external_node_fs_.statSync)(path).isDirectory() ? readProjectFolder(path, shown) : await readArchive(path, shown);
        const project = await read();
        if (project.kind !== kind) {
            const problem = `${shown} holds an ${project.kind}, and kind is ${kind}`;
            throw new base_errors/* InputError */.dz(base_codes/* codes */.F.INPUT_INVALID, [{ subject: 'archives', problem, example: `kind: ${project.kind}` }]);
        }
        projects.push({ name: project.name, version: project.version, tags: tagsOf(project), read });
    }
    const nameOf = ({ name, version }) => `${name}:${version}`;
    const found = projects.map(nameOf);
    const problems = [
        ...apis
            .filter((selector) => selector.kind === 'exact' && !found.includes(nameOf(selector)))
            .map(({ line }) => ({ subject: 'archives', problem: `none holds ${line}, only ${found.join(', ')}` })),
        ...found
            .filter((name, index) => found.indexOf(name) !== index)
            .map((name) => ({ subject: 'archives', problem: `${name} is in more than one` })),
    ];
    if (problems.length > 0)
        throw new base_errors/* InputError */.dz(base_codes/* codes */.F.INPUT_INVALID, problems);
    if (apis.length === 0)
        return projects;
    const wanted = new Set(selectAmong(projects, apis, kind).map(nameOf));
    return projects.filter((project) => wanted.has(nameOf(project)));
}
function tagsOf(project) {
    const { tags } = projects_dataOf(project);
    return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
}
/** The `data:` of the main document. */
function projects_dataOf({ files, kind }) {
    const name = mainDocuments[kind].names.find((each) => files.has(each));
    const text = name === undefined ? undefined : files.get(name)?.toString('utf8');
    const document = (text === undefined ? {} : (0,yaml/* parseYaml */.hN)(text));
    return document?.data ?? {};
}
/** The project as it is promoted: variables of its policies replaced, of an application what stays behind taken out. */
function asPromoted(project, { keys, subscriptions }, { job, secrets }) {
    if (project.kind !== 'application')
        return withPolicyVariables(project, (name) => job.variable(name));
    maskKeys(project, secrets);
    return withoutParts(project, { keys: keys === 'skip', subscriptions: subscriptions === 'skip' });
}
/** What a project says of itself, as far as a plan depends on it. */
function ownWords(project) {
    const { provider, lifeCycleStatus, state } = projects_dataOf(project);
    const lifecycle = project.kind === 'api' ? lifeCycleStatus : state;
    return {
        provider: typeof provider === 'string' ? provider : undefined,
        lifecycle: typeof lifecycle === 'string' ? lifecycle : undefined,
    };
}
/**
 * The state that the API is to have in the target.
 * @param own of the project @param present in the target now
 */
function plannedLifecycle(choice, own, present) {
    if (choice === 'publish')
        return 'PUBLISHED';
    return choice === 'keep' ? (present ?? own) : (own ?? present);
}
/** The project in the life cycle state that it is to have in the target. */
function inLifecycle(project, state) {
    const { stateKey, names } = mainDocuments[project.kind];
    if (state === undefined || stateKey === undefined)
        return project;
    if (ownWords(project).lifecycle !== undefined)
        return withLifecycle(project, state);
    const files = new Map(project.files);
    const name = names.find((each) => files.has(each)) ?? 'api.yaml';
    const document = (0,yaml/* parseYaml */.hN)(files.get(name)?.toString('utf8') ?? '');
    const data = { ...projects_dataOf(project), [stateKey]: state };
    const text = name.endsWith('.json') ? JSON.stringify({ ...document, data }) : (0,yaml/* formatYaml */.Fo)({ ...document, data });
    files.set(name, Buffer.from(text, 'utf8'));
    return { ...project, files };
}
/** Digest of a project as it is at its source, without secrets and noise. */
function sourceDigest(project, preserveProvider) {
    return stateOf(project, { preserveProvider }).digest;
}

;// CONCATENATED MODULE: ./actions/promote-api/src/needs.ts
/** What products and applications need: APIs that come with a product, and what the target has of the rest. */











/**
 * Takes the APIs out of the archives of products, as far as `dependent-apis` wants them promoted.
 * @throws InputError ARCHIVE_INVALID; PARAMS_INVALID for settings of an API that no product has
 */
async function staged(sources, request, inputs, session, ports) {
    if (inputs.kind !== 'api-product')
        return { first: [], then: sources };
    const products = await bounded(sources, inputs.concurrency, async (source) => ({
        source,
        product: await source.load(),
    }));
    const then = products.map(({ source, product }) => ({
        ...source,
        load: () => Promise.resolve(withoutApisInside(product)),
    }));
    const inside = products.flatMap(({ source, product }) => apisInside(product, `${source.name}:${source.version}`).map((api) => asPromoted(api, inputs, ports)));
    requireKnown(Object.keys(tableOf(request.params?.settings.configs.dependentAPIs)), inside);
    if (inputs.dependentApis === 'require')
        return { first: [], then };
    const first = new Map();
    for (const api of inside) {
        const key = `${api.name}:${api.version}`;
        if (first.has(key))
            continue;
        const there = inputs.dependentApis === 'create' ? await session.holder('api').find(api.name, api.version) : undefined;
        if (there !== undefined)
            continue;
        const { name, version } = api;
        first.set(key, { kind: 'api', name, version, inside: api.root, load: () => Promise.resolve(api) });
    }
    return { first: [...first.values()], then };
}
/** API Manager would ignore them. */
function requireKnown(named, inside) {
    const folders = [...new Set(inside.map(({ root }) => root))];
    const unknown = named.filter((name) => !folders.includes(name));
    if (unknown.length === 0)
        return;
    throw new base_errors/* InputError */.dz(codes.PARAMS_INVALID, unknown.map((name) => ({
        subject: `dependentAPIs.${name}`,
        problem: `no product has an API in such a folder, only ${folders.join(', ') || 'none at all'}.${(0,suggest/* didYouMean */.au)(name, folders)}`,
    })));
}
/** Looks up what is needed: among what is promoted before, and in the target. */
class Needs {
    #session;
    #coming;
    #there = new Map();
    constructor(session, coming) {
        this.#session = session;
        this.#coming = new Map(coming.map((each) => [needs_nameOf(each.plan), each]));
    }
    /**
     * What the target will lack of what this project needs, and why it has to be imported again although it is as wanted:
     * a revision of a product holds its APIs as they were when it was made.
     * @param serving the revision of the product that serves
     */
    async of(project, serving) {
        const needs = needsOf(project);
        const known = new Map();
        for (const need of needs) {
            const found = await this.#find(need, project.kind === 'application');
            if (found !== undefined)
                known.set(needs_nameOf(need), found);
        }
        const where = this.#session.target.environment.name;
        const lacks = dependencyProblems(project, (need) => known.get(needs_nameOf(need)), where);
        if (project.kind !== 'api-product')
            return { lacks, renews: undefined };
        const changing = needs.map(needs_nameOf).filter((name) => {
            const { changes = false, changedAt = 0 } = known.get(name) ?? {};
            return changes || (serving !== undefined && changedAt > serving.createdTime);
        });
        const renews = `made again, since what it is made of changes or has changed: ${changing.join(', ')}`;
        return { lacks, renews: changing.length === 0 ? undefined : renews };
    }
    async #find(need, products) {
        const coming = this.#coming.get(needs_nameOf(need));
        const there = coming?.plan.imports === true ? undefined : await this.#lookUp(need, products);
        if (coming === undefined)
            return there;
        const { plan, desired } = coming;
        const changed = there?.changedAt ?? 0;
        return { lifeCycleStatus: plan.lifecycle, state: desired, changes: plan.imports, changedAt: changed };
    }
    #lookUp(need, products) {
        const key = needs_nameOf(need);
        const asked = this.#there.get(key) ?? this.#ask(need, products);
        this.#there.set(key, asked);
        return asked;
    }
    async #ask({ name, version }, products) {
        for (const kind of products ? ['api', 'api-product'] : ['api']) {
            const holder = this.#session.holder(kind);
            const found = await holder.find(name, version);
            if (found === undefined)
                continue;
            const archive = await holder.export(name, version, { revision: 'working-copy', credentials: false });
            const project = await readArchive(archive, `${name}:${version} in ${holder.environment.name}`);
            return {
                lifeCycleStatus: found.lifeCycleStatus,
                state: stateOf(project),
                changes: false,
                changedAt: changedAt(project),
            };
        }
        return undefined;
    }
}
function changedAt({ kind, files }) {
    const { lastUpdatedTime, lastUpdatedTimestamp } = tableOf(dataIn(files, mainDocuments[kind].names));
    const text = textOr(lastUpdatedTimestamp, '') || textOr(lastUpdatedTime, '');
    const time = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
    return Number.isFinite(time) ? time : 0;
}
function tableOf(value) {
    return isTable(value) ? value : {};
}
function needs_nameOf({ name, version }) {
    return `${name}:${version}`;
}

;// CONCATENATED MODULE: ./actions/promote-api/src/planning.ts
/** From what is wanted and what is there to a plan, and to the jobs that carry it out. */





















/** From this many APIs on, a listing of everything is less than a search for each. */
const listingFrom = 8;
/**
 * Plans every API: reads source and target, changes nothing.
 * @param forApply whether what an undo needs is kept as well
 * @throws what failing reads mean, InputError INPUT_INVALID and ARCHIVE_INVALID
 */
async function makePlan(request, inputs, session, forApply, ports) {
    const salt = request.agreed?.salt ?? (0,external_node_crypto_.randomBytes)(16).toString('hex');
    const sources = await findSources(request, inputs, session, ports);
    const { first, then } = await staged(sources, request, inputs, session, ports);
    const gateways = await session.target.gateways();
    const lookUp = then.length >= listingFrom ? await indexOf(inputs.kind, session) : undefined;
    const store = forApply ? await ProjectStore.open(ports) : undefined;
    const known = { salt, gateways, lookUp, store };
    const plans = (some, needs) => bounded(some, inputs.concurrency, (source) => planOne(source, { ...known, needs }, request, inputs, session, ports));
    const coming = await plans(first, new Needs(session, []));
    const planned = [...coming, ...(await plans(then, new Needs(session, coming)))];
    return {
        plan: {
            schema: planSchema,
            from: request.from?.environment.name,
            to: request.to.environment.name,
            salt,
            apis: planned.map(({ plan }) => plan),
        },
        uses: new Map(planned.map(({ plan, uses }) => [planning_nameOf(plan), uses])),
        jobs: planned.flatMap(({ job }) => (job === undefined ? [] : [job])),
    };
}
async function planOne(source, { needs, salt, gateways, lookUp, store }, request, inputs, session, ports) {
    const { kind, name } = source;
    const publisher = session.holder(kind);
    const { environment } = request.to;
    const preserveProvider = preserves(kind, inputs);
    const loaded = await inHands(source, inputs);
    const { version } = loaded;
    const settings = settingsOf(source, request, ports);
    const listed = source.inside === undefined ? lookUp : undefined;
    const api = listed === undefined ? await publisher.find(name, version) : listed.find(name, version);
    const revisions = api === undefined ? [] : await publisher.revisions(api.id);
    const own = ownWords(loaded);
    const lifecycle = kind === 'application' ? undefined : plannedLifecycle(inputs.lifecycle, own.lifecycle, api?.lifeCycleStatus);
    const project = inLifecycle(loaded, lifecycle);
    const wanted = settings?.configs.deploymentEnvironments;
    const paramsDeployments = Array.isArray(wanted) ? readDeployments(wanted) : undefined;
    const sources = { params: paramsDeployments, archive: project.deployments, revisions, gateways };
    const mayStayUndeployed = kind === 'application' || source.inside !== undefined;
    const deployments = chooseDeployments(sources, mayStayUndeployed ? undefined : environment);
    const certificates = request.params?.certificates ?? new Map();
    const rendered = settings === undefined ? undefined : withVhosts(settings.configs, environment.name, deployments);
    const configs = rendered?.configs;
    const desired = stateOf(project, { configs, certificates, lifecycle, deployments, preserveProvider });
    desired.secrets.register(ports.secrets);
    const question = { desired, deployments, preserveProvider, forUndo: store !== undefined };
    const target = await readTarget(publisher, { api, revisions, gateways }, question);
    target.working?.secrets.register(ports.secrets);
    target.current?.state.secrets.register(ports.secrets);
    const needed = await needs.of(project, target.current?.revision);
    const wish = {
        ...needed,
        mayStayUndeployed,
        project,
        desired,
        source: sourceDigest(loaded, preserveProvider),
        params: configs === undefined ? undefined : paramsDigest(configs, certificates),
        salt,
        deployments,
        lifecycle,
        placeNotes: hostNotes(deployments, paramsDeployments ?? project.deployments, gateways),
        bytes: sizeOf(project),
        provider: kind === 'application' ? undefined : own.provider,
        keys: kind === 'application' ? keyTypesOf(project) : [],
        preserveProvider,
        tenant: inputs.toUsername === undefined ? undefined : tenantOf(inputs.toUsername),
        update: inputs.update,
        rotateRevision: inputs.rotateRevision,
    };
    const plan = planApi(wish, target, environment);
    const uses = needsOf(project).map(planning_nameOf);
    if (store === undefined || plan.action === 'unchanged' || plan.action === 'refused') {
        return { plan, desired, uses, job: undefined };
    }
    const job = {
        plan,
        project: await store.keep(project),
        desired,
        before: beforeOf(target, salt),
        working: plan.imports && inputs.onFailure === 'rollback' ? await keptCopy(store, target.workingProject) : undefined,
        paramsText: rendered?.text,
        certificates,
        paramsDeploy: paramsDeployments !== undefined && paramsDeployments.length > 0,
        ...(kind === 'application' ? { skips: skipsOf(inputs), brings: brings(project, target.workingProject) } : {}),
    };
    return { plan, desired, uses, job };
}
/** What it adds to an application that is there; of a new one all goes with it. */
function brings(project, present) {
    return present === undefined ? undefined : broughtBy(project, present);
}
function keptCopy(store, project) {
    return project === undefined ? undefined : store.keep(project);
}
/** Whether provider or owner stay what they are. */
function preserves(kind, inputs) {
    return kind === 'application' ? inputs.preserveOwner : inputs.preserveProvider;
}
function skipsOf({ keys, subscriptions }) {
    return { skipKeys: keys === 'skip', skipSubscriptions: subscriptions === 'skip' };
}
/** The project; an application as its owner in the target will hold it. */
async function inHands(source, { preserveOwner, toUsername }) {
    const project = await source.load();
    if (project.kind !== 'application' || preserveOwner || toUsername === undefined)
        return project;
    return { ...project, version: toUsername };
}
function indexOf(kind, session) {
    return kind === 'application' ? undefined : session.target.of(collectionOf(kind)).index();
}
/** The settings for the target that concern this source: all of an API's, of a product's its own or those of one API. */
function settingsOf({ kind, inside }, { params }, { job, secrets }) {
    if (params === undefined || kind === 'application')
        return undefined;
    const { settings } = params;
    const { dependentAPIs, ...own } = settings.configs;
    const ofInside = isTable(dependentAPIs) && inside !== undefined ? dependentAPIs[inside] : undefined;
    const configs = inside !== undefined ? ofInside : kind === 'api-product' ? own : settings.configs;
    if (!isTable(configs) || Object.keys(configs).length === 0)
        return undefined;
    return renderParams({ ...settings, configs }, (name) => job.variable(name), secrets);
}
function planning_nameOf({ name, version }) {
    return `${name}:${version}`;
}
function sizeOf({ files }) {
    let bytes = 0;
    for (const data of files.values())
        bytes += data.length;
    return bytes;
}
/** Of the settings for the target, without secrets: those are in the plan's salted digest. */
function paramsDigest(configs, certificates) {
    const open = JSON.stringify(configs, (key, value) => (isSecretKey(key) ? '•••' : value));
    const files = [...certificates].map(([name, data]) => `${name} ${digestOf(data)}`).sort();
    return digestOf(canonical([JSON.parse(open), files]));
}

;// CONCATENATED MODULE: ./actions/promote-api/src/promoting.ts
/** Carries out the jobs of a plan: what others are made of first; what came for something that failed is taken back. */



/**
 * Promotes kind by kind. Nothing is built on what failed; with `on-failure: rollback` the APIs that came with products
 * are put back where none of these products came to be.
 * @param settle told of every API once, and again when it was taken back
 */
async function promoteAll({ jobs, plan, uses }, session, journal, options, inputs, ports, settle) {
    const engine = jobs.some((job) => job.plan.imports) ? await session.importing() : undefined;
    const attempts = [];
    const isFailing = () => attempts.some(({ promotion }) => !isGood(promotion));
    for (const kind of ['api', 'api-product', 'application']) {
        const tools = { engine, publisher: session.holder(kind), journal };
        const stage = jobs.filter((job) => job.plan.kind === kind);
        await bounded(isFailing() ? [] : stage, inputs.concurrency, async (job) => {
            if (ports.cancelled.aborted)
                return;
            const preserveProvider = preserves(kind, inputs);
            const attempt = await promoteApi(job, tools, { ...options, preserveProvider }, ports);
            attempts.push(attempt);
            settle(attempt.promotion);
            if (kind !== 'api' || inputs.kind === 'api')
                await attempt.release();
        });
    }
    if (inputs.kind !== 'api-product')
        return;
    const idle = new Set(plan.apis.filter(({ action }) => action === 'unchanged').map(promoting_nameOf));
    const good = new Set([
        ...idle,
        ...attempts
            .map(({ promotion }) => promotion)
            .filter(isGood)
            .map(promoting_nameOf),
    ]);
    for (const attempt of attempts.filter(({ promotion }) => promotion.kind === 'api').toReversed()) {
        const users = [...uses].filter(([, used]) => used.includes(promoting_nameOf(attempt.promotion))).map(([name]) => name);
        const wanted = users.length === 0 || users.some((name) => good.has(name));
        const takes = options.onFailure === 'rollback' && !ports.cancelled.aborted;
        if (takes && !wanted && isGood(attempt.promotion))
            settle(await attempt.takeBack(users.join(', ')));
        await attempt.release();
    }
}
function promoting_nameOf({ name, version }) {
    return `${name}:${version}`;
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/credentials.ts


/**
 * The credentials of one side, complete or refused: apictl would ask for what is missing, and wait.
 * @param side the prefix of the inputs: `from` or `to`
 * @throws InputError INPUT_INVALID
 */
function readCredentials(side, { username, password, token }) {
    const problems = [];
    const wrong = (input, problem) => problems.push({
        subject: `${side}-${input}`,
        problem,
        example: `\${{ secrets.${side.toUpperCase()}_${input.toUpperCase()} }}`,
    });
    if (token !== undefined && (username !== undefined || password !== undefined)) {
        wrong('token', 'is given together with user name or password: give one of both');
    }
    else if (token === undefined) {
        if (username === undefined)
            wrong('username', 'is needed (or a token)');
        if (password === undefined)
            wrong('password', 'is needed (or a token)');
        // apictl writes the name into JSON and a form as it is.
        const bad = username === undefined ? null : /["\\&+%#=\s]/.exec(username);
        if (bad !== null)
            wrong('username', `holds ${JSON.stringify(bad[0])}, which apictl does not send correctly`);
        if (password !== undefined && /[\r\n]/.test(password))
            wrong('password', 'holds a line break');
    }
    if (problems.length > 0)
        throw new base_errors/* InputError */.dz(base_codes/* codes */.F.INPUT_INVALID, problems);
    return token === undefined
        ? { kind: 'password', username: username ?? '', password: password ?? '' }
        : { kind: 'token', token };
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/environments.ts



const parts = ['publisher', 'token', 'registration', 'devportal', 'admin'];
const keys = ['name', 'apim', ...parts, 'gateways'];
const credentials = /^(user(name)?|pass(word|wd)?|(client)?secret|access-?token|api-?key)$/i;
const environments_example = 'environments:\n  - name: staging\n    apim: https://apim.example.com:9443';
/**
 * Reads the `environments` document.
 * @throws InputError ENVIRONMENTS_INVALID with every problem found
 */
function readEnvironments(value) {
    const problems = [];
    const list = environments_isTable(value) ? value.environments : undefined;
    if (!Array.isArray(list) || list.length === 0) {
        const problem = 'must hold a list under the key environments:';
        throw new base_errors/* InputError */.dz(codes.ENVIRONMENTS_INVALID, [{ subject: 'environments', problem, example: environments_example }]);
    }
    const found = list.map((entry, index) => readEnvironment(entry, index, problems));
    const names = found.map(({ name }) => name);
    for (const name of new Set(names.filter((each, index) => names.indexOf(each) !== index))) {
        problems.push({ subject: 'environments', problem: `'${name}' stands there more than once` });
    }
    if (problems.length > 0)
        throw new base_errors/* InputError */.dz(codes.ENVIRONMENTS_INVALID, problems);
    return found;
}
/**
 * The environment of a name.
 * @param input the input that holds the name
 * @throws InputError ENVIRONMENTS_INVALID naming the ones there are
 */
function environmentNamed(name, environments, input) {
    const found = environments.find((environment) => environment.name === name);
    if (found !== undefined)
        return found;
    const names = environments.map((environment) => environment.name);
    const problem = `'${name}' is none of the environments ${names.join(', ')}.${(0,suggest/* didYouMean */.au)(name, names)}`;
    throw new base_errors/* InputError */.dz(codes.ENVIRONMENTS_INVALID, [{ subject: input, problem, example: names[0] ?? 'staging' }]);
}
function readEnvironment(entry, index, problems) {
    const table = environments_isTable(entry) ? entry : {};
    const name = typeof table.name === 'string' ? table.name : '';
    const subject = `environments[${index}]${name === '' ? '' : ` (${name})`}`;
    const wrong = (problem) => problems.push({ subject, problem, example: environments_example });
    if (!environments_isTable(entry))
        wrong('must be a table with name and apim');
    else if (!/^\w[\w.-]*$/.test(name)) {
        // apictl would take -k for a flag; `..` leads out of its folder of exports.
        wrong('needs a name of letters, digits, dots, dashes and underscores that begins with none of the dots and dashes');
    }
    for (const key of Object.keys(table)) {
        if (credentials.test(key))
            wrong(`'${key}' does not belong here: credentials are inputs of the step`);
        else if (!keys.includes(key))
            wrong(`'${key}' is not known.${(0,suggest/* didYouMean */.au)(key, keys)}`);
    }
    const apim = urlOf(table.apim, 'apim', wrong);
    const given = Object.fromEntries(parts.map((part) => [part, urlOf(table[part], part, wrong)]));
    const absent = parts.filter((part) => part !== 'token' && given[part] === undefined);
    if (environments_isTable(entry) && table.apim === undefined && absent.length > 0) {
        wrong(`needs apim, or every URL by itself: ${absent.join(', ')} ${absent.length === 1 ? 'is' : 'are'} absent`);
    }
    const base = (part) => given[part] ?? apim ?? '';
    return {
        name,
        apim,
        publisher: base('publisher'),
        token: given.token ?? `${apim ?? base('publisher')}/oauth2/token`,
        registration: base('registration'),
        devportal: base('devportal'),
        admin: base('admin'),
        gateways: gatewaysOf(table.gateways, wrong),
    };
}
function gatewaysOf(value, wrong) {
    if (value === undefined || value === null)
        return {};
    if (!environments_isTable(value)) {
        wrong('gateways must be a table of gateway environments and their URLs');
        return {};
    }
    const read = Object.entries(value).map(([name, url]) => [name, urlOf(url, `gateways.${name}`, wrong)]);
    return Object.fromEntries(read.filter((pair) => pair[1] !== undefined));
}
/** An https URL without credentials, query and trailing slash; plain http only on this machine. */
function urlOf(value, key, wrong) {
    if (value === undefined || value === null)
        return undefined;
    const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
    if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
        wrong(`${key}: ${JSON.stringify(value)} is not a URL`);
    }
    else if (url.username !== '' || url.password !== '') {
        wrong(`${key}: credentials do not belong into the URL`);
    }
    else if (url.search !== '' || url.hash !== '') {
        wrong(`${key}: a base URL has neither query nor fragment`);
    }
    else if (url.protocol === 'http:' && !['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)) {
        wrong(`${key}: passwords and tokens travel there, so https is needed`);
    }
    else {
        return url.href.replace(/\/+$/, '');
    }
    return undefined;
}
function environments_isTable(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/shards.ts
/** Calls, waiting and proofs cost each API about as much as the transfer of this many bytes. */
const bytesPerApi = 256 * 1024;
/** Reads `2/4`. Undefined when it is none. */
function readShard(text) {
    const match = /^\s*([1-9]\d{0,3})\s*\/\s*([1-9]\d{0,3})\s*$/.exec(text);
    const index = Number(match?.[1]);
    const count = Number(match?.[2]);
    return match === null || index > count ? undefined : { index, count };
}
/**
 * Divides APIs into shards of about equal work: the heaviest first, each to the shard that has the least so far. The
 * same plan gives the same shards, whoever asks. Shards beyond the number of APIs are empty.
 */
function divide(apis, count) {
    const shards = Array.from({ length: count }, () => ({ apis: [], work: 0 }));
    const nameOf = ({ name, version }) => `${name}:${version}`;
    const sorted = [...apis].sort((a, b) => b.bytes - a.bytes || (nameOf(a) < nameOf(b) ? -1 : 1));
    for (const api of sorted) {
        const [lightest] = [...shards].sort((a, b) => a.work - b.work);
        if (lightest === undefined)
            break;
        lightest.apis.push(api);
        lightest.work += api.bytes + bytesPerApi;
    }
    return shards.map((shard) => shard.apis.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)));
}
/** A matrix for `strategy.matrix`: one job a shard, empty ones left out. */
function matrixOf(apis, count) {
    const include = divide(apis, count).flatMap((shard, index) => shard.length === 0
        ? []
        : [{ shard: `${index + 1}/${count}`, apis: shard.map(({ name, version }) => `${name}:${version}`).join('\n') }]);
    return { include };
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/params-checks.ts





/** The keys that API Manager reads under `configs` (carbon-apimgt, ImportExportConstants). */
const knownKeys = [
    'endpointType',
    'endpointRoutingPolicy',
    'endpoints',
    'loadBalanceEndpoints',
    'failoverEndpoints',
    'awsLambdaEndpoints',
    'security',
    'deploymentEnvironments',
    'certs',
    'mutualSslCerts',
    'policies',
    'dependentAPIs',
    'gatewayEnvironments',
    'additionalProperties',
];
/** Those that it reads for an API product, which has no endpoints of its own (APIControllerUtil). */
const productKeys = ['deploymentEnvironments', 'policies', 'mutualSslCerts', 'dependentAPIs'];
const securityKeys = [
    'enabled',
    'type',
    'username',
    'password',
    'grantType',
    'tokenUrl',
    'clientId',
    'clientSecret',
    'customParameters',
    'connectionTimeoutDuration',
    'connectionRequestTimeoutDuration',
    'socketTimeoutDuration',
    'proxyConfigs',
];
/** Checks the settings of one environment, in the 4.x shape. */
function checkConfigs(configs, context) {
    const findings = [];
    const report = (severity, path, problem, example) => findings.push({
        severity,
        path: [...context.base, ...path],
        problem,
        ...(example === undefined ? {} : { example }),
    });
    const isProduct = context.kind === 'api-product';
    const known = isProduct ? productKeys : knownKeys;
    for (const key of Object.keys(configs)) {
        if (known.includes(key))
            continue;
        if (knownKeys.includes(key)) {
            const problem = 'is ignored for an API product, which has none of its own: it belongs below dependentAPIs';
            report('error', [key], problem, dependentExample);
        }
        else {
            report('error', [key], `is not known, and API Manager would ignore it.${(0,suggest/* didYouMean */.au)(key, known)}`);
        }
    }
    if (isProduct)
        findings.push(...checkDependentApis(configs, context, report));
    const own = Object.fromEntries(Object.entries(configs).filter(([key]) => !isProduct || key !== 'dependentAPIs'));
    checkVariables(own, [], context, report);
    if (!isProduct) {
        checkEndpoints(configs, context, report);
        checkSecurity(configs.security, report);
        checkClearSecrets(own, [], context.environment, report);
    }
    checkDeployments(configs.deploymentEnvironments, report);
    checkCertificates(configs, context, report);
    if (configs.policies !== undefined && !Array.isArray(configs.policies))
        report('error', ['policies'], 'must be a list');
    return findings;
}
const dependentExample = 'dependentAPIs:\n  EmployeeAPI-1.0.0:\n    endpoints:\n      production:\n        url: https://backend.example.com';
/** Settings for the APIs of a product: each is what an API's are. */
function checkDependentApis({ dependentAPIs: apis }, context, report) {
    if (apis === undefined)
        return [];
    if (!params_checks_isTable(apis)) {
        report('error', ['dependentAPIs'], 'must be a table with Name-Version as its keys', dependentExample);
        return [];
    }
    return Object.entries(apis).flatMap(([name, settings]) => {
        const path = ['dependentAPIs', name];
        if (!/^.+-[^-]+$/.test(name)) {
            report('error', path, 'is not of the form Name-Version: API Manager would not find the API', dependentExample);
        }
        if (!params_checks_isTable(settings)) {
            report('error', path, 'must be a table with the settings of the API', dependentExample);
            return [];
        }
        return checkConfigs(settings, { ...context, kind: 'api', base: [...context.base, ...path] });
    });
}
const endpointsExample = 'endpoints:\n  production:\n    url: https://backend.example.com';
function checkEndpoints(configs, context, report) {
    const { endpoints, endpointType, endpointRoutingPolicy: routing } = configs;
    if (endpointType === 'dynamic' || endpointType === 'aws')
        return;
    const list = routing === 'load_balanced' ? 'loadBalanceEndpoints' : routing === 'failover' ? 'failoverEndpoints' : undefined;
    if (list !== undefined) {
        if (!params_checks_isTable(configs[list]))
            report('error', [list], `is needed with endpointRoutingPolicy: ${String(routing)}`);
        return;
    }
    if (endpoints === undefined) {
        report('error', [], 'has no endpoints: API Manager would set https://localhost for both', endpointsExample);
        return;
    }
    if (!params_checks_isTable(endpoints)) {
        report('error', ['endpoints'], 'must be a table with production and sandbox', endpointsExample);
        return;
    }
    const kinds = Object.keys(endpoints);
    if (!kinds.includes('production') && !kinds.includes('sandbox')) {
        report('error', ['endpoints'], 'needs production or sandbox', endpointsExample);
    }
    for (const [kind, endpoint] of Object.entries(endpoints)) {
        const path = ['endpoints', kind];
        if (kind !== 'production' && kind !== 'sandbox') {
            report('error', path, `is not known.${(0,suggest/* didYouMean */.au)(kind, ['production', 'sandbox'])}`);
        }
        else if (!params_checks_isTable(endpoint)) {
            report('error', path, 'must be a table with url: below it, indented', endpointsExample);
        }
        else if (typeof endpoint.url !== 'string' || endpoint.url === '') {
            report('error', [...path, 'url'], 'is absent', endpointsExample);
        }
        else if (!URL.canParse(substituteText(endpoint.url, context.variable).text)) {
            report('error', [...path, 'url'], 'is not a URL', endpointsExample);
        }
    }
}
const securityExample = 'security:\n  production:\n    enabled: true\n    type: basic\n    username: user\n    password: ${BACKEND_PASSWORD}';
function checkSecurity(security, report) {
    if (security === undefined || security === null)
        return;
    if (!params_checks_isTable(security)) {
        report('error', ['security'], 'must be a table', securityExample);
        return;
    }
    if (isFlatSecurity(security)) {
        const problem = 'lacks production and sandbox: API Manager 4.x would switch the protection off without a word';
        report('error', ['security'], problem, securityExample);
        return;
    }
    for (const [kind, details] of Object.entries(security)) {
        const path = ['security', kind];
        if (kind !== 'production' && kind !== 'sandbox') {
            report('error', path, `is not known.${(0,suggest/* didYouMean */.au)(kind, ['production', 'sandbox'])}`);
        }
        else if (!params_checks_isTable(details)) {
            report('error', path, 'must be a table with enabled and type', securityExample);
        }
        else {
            checkSecurityDetails(details, path, report);
        }
    }
}
function checkSecurityDetails(details, path, report) {
    for (const key of Object.keys(details)) {
        if (!securityKeys.includes(key))
            report('error', [...path, key], `is not known.${(0,suggest/* didYouMean */.au)(key, securityKeys)}`);
    }
    const enabled = details.enabled === true || details.enabled === 'true';
    if (details.enabled === undefined)
        report('error', [...path, 'enabled'], 'is absent', 'enabled: true');
    if (!enabled)
        return;
    const type = typeof details.type === 'string' ? details.type.toLowerCase() : undefined;
    const needs = {
        basic: ['username', 'password'],
        digest: ['username', 'password'],
        oauth: ['grantType', 'tokenUrl', 'clientId', 'clientSecret'],
    };
    const needed = type === undefined ? undefined : needs[type];
    if (needed === undefined) {
        report('error', [...path, 'type'], 'must be basic, digest or oauth', securityExample);
        return;
    }
    for (const key of needed) {
        if (details[key] === undefined || details[key] === null || details[key] === '') {
            report('error', [...path, key], `is needed for the type ${String(type)}`, securityExample);
        }
    }
}
/** Secrets in clear, wherever API Manager reads one, and whether or not it is switched on. */
function checkClearSecrets(value, path, environment, report) {
    const within = Array.isArray(value) ? value.entries() : params_checks_isTable(value) ? Object.entries(value) : [];
    for (const [key, inner] of within) {
        const isClear = typeof inner === 'string' && inner !== '' && variablesIn(inner).length === 0;
        if (typeof key !== 'string' || !secretKeys.has(key) || !isClear) {
            checkClearSecrets(inner, [...path, key], environment, report);
            continue;
        }
        const variable = secretVariable(environment, String(path.at(-1) ?? ''), key);
        const problem = `stands in clear in the repository. Put it into a secret and write \${${variable}}`;
        report('warning', [...path, key], problem);
    }
}
function checkDeployments(list, report) {
    if (list === undefined)
        return;
    const valid = 'deploymentEnvironments:\n  - deploymentEnvironment: Default\n    displayOnDevportal: true';
    if (!Array.isArray(list)) {
        report('error', ['deploymentEnvironments'], 'must be a list', valid);
        return;
    }
    for (const [index, entry] of list.entries()) {
        if (!params_checks_isTable(entry) || typeof entry.deploymentEnvironment !== 'string') {
            report('error', ['deploymentEnvironments', index], 'needs deploymentEnvironment', valid);
        }
    }
}
function checkCertificates(configs, context, report) {
    for (const key of ['certs', 'mutualSslCerts']) {
        const list = configs[key];
        if (list === undefined)
            continue;
        if (!Array.isArray(list)) {
            report('error', [key], 'must be a list');
            continue;
        }
        for (const [index, entry] of list.entries()) {
            const file = params_checks_isTable(entry) ? entry.path : undefined;
            if (typeof file !== 'string') {
                report('error', [key, index], 'needs path, a file in certificates/');
                continue;
            }
            const problem = certificateProblem(context.certificate(file), context.now);
            if (problem !== undefined)
                report('error', [key, index, 'path'], `certificates/${file} ${problem}`);
        }
    }
}
/** API Manager takes an expired certificate, and no call of the API comes through. */
function certificateProblem(data, now) {
    if (data === undefined)
        return 'is not beside the params file';
    try {
        const { validTo } = new external_node_crypto_.X509Certificate(data);
        return Date.parse(validTo) < now ? `has expired: it was valid until ${validTo}` : undefined;
    }
    catch {
        return 'is not an X.509 certificate, PEM or DER';
    }
}
/** Variables that are unset or empty, and forms that nobody replaces. */
function checkVariables(value, path, context, report) {
    if (Array.isArray(value)) {
        value.forEach((each, index) => checkVariables(each, [...path, index], context, report));
    }
    else if (params_checks_isTable(value)) {
        for (const [key, inner] of Object.entries(value))
            checkVariables(inner, [...path, key], context, report);
    }
    else if (typeof value === 'string') {
        for (const name of substituteText(value, context.variable).missing) {
            report('error', path, `\${${name}} is not set (or empty) in the environment of the step`, `env:\n  ${name}: \${{ secrets.${name} }}`);
        }
        const odd = /\$\{[^}]*[^\w}][^}]*\}/.exec(value)?.[0];
        if (odd !== undefined)
            report('error', path, `'${odd}' is not replaced: only \${NAME} is`);
        const bare = /\$([A-Z_][A-Z0-9_]{2,})\b/.exec(value);
        if (bare !== null)
            report('warning', path, `'${bare[0]}' is taken literally: only \${${bare[1] ?? ''}} is replaced`);
    }
}
function params_checks_isTable(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/params.ts








const params_example = 'environments:\n  - name: staging\n    configs:\n      endpoints:\n        production:\n          url: https://backend.example.com';
/**
 * Reads a params file for one environment, in the 3.x or the 4.x shape, and checks what API Manager would take
 * wrongly without a word. Other environments are not looked at.
 * @param variable a variable of the job, or undefined
 * @param kind what the settings are for
 * @throws InputError PARAMS_MALFORMED, PARAMS_INVALID with every problem found
 */
function readParams(source, environment, variable, kind = 'api') {
    const lines = new KeyLines(source.text);
    const locate = (path) => ({ file: source.file, line: lines.of(path) ?? 1 });
    const refuse = (findings) => {
        throw new base_errors/* InputError */.dz(codes.PARAMS_INVALID, findings.map(({ path, problem, example: valid }) => ({
            subject: params_nameOf(path),
            problem,
            location: locate(path),
            ...(valid === undefined ? {} : { example: valid }),
        })));
    };
    const document = params_parsed(source);
    const chosen = chooseEnvironment(document, environment);
    if ('findings' in chosen)
        return refuse(chosen.findings);
    const { entry, index } = chosen;
    const base = ['environments', index];
    const shape = 'configs' in entry ? '4.x' : '3.x';
    const shapeFindings = checkShape(entry, base);
    const { configs, notes } = shape === '4.x' ? { configs: params_isTable(entry.configs) ? entry.configs : {}, notes: [] } : convertEnvironment(entry);
    const findings = [
        ...shapeFindings,
        ...(shapeFindings.length > 0
            ? []
            : checkConfigs(configs, {
                kind,
                environment,
                base: shape === '4.x' ? [...base, 'configs'] : base,
                shape,
                variable,
                certificate: source.certificate,
                now: source.now,
            })),
    ];
    const errors = findings.filter(({ severity }) => severity === 'error');
    if (errors.length > 0)
        return refuse(errors);
    const warnings = findings.map(({ path, problem }) => ({
        problem: `${params_nameOf(path)}: ${problem}`,
        location: locate(path),
    }));
    return { environment, configs, shape, notes, warnings };
}
function params_parsed({ text, file }) {
    try {
        const documents = (0,yaml/* parseYamlDocuments */.v)(text);
        if (documents.length > 1) {
            const problem = 'holds several documents; apictl reads the first alone. Remove the --- between them';
            throw new base_errors/* InputError */.dz(codes.PARAMS_INVALID, [{ subject: file, problem, location: { file, line: 1 } }]);
        }
        return documents[0] ?? null;
    }
    catch (error) {
        if (!(error instanceof malformed/* MalformedError */.G))
            throw error;
        const place = { file, ...(error.line === undefined ? {} : { line: error.line }) };
        const hint = /^\s*\t/m.test(text) ? ' (a tab indents there: use blanks)' : '';
        throw new base_errors/* InputError */.dz(codes.PARAMS_MALFORMED, [
            { subject: file, problem: `is not valid YAML: ${error.message}${hint}`, location: place, example: params_example },
        ]);
    }
}
function chooseEnvironment(document, environment) {
    const wrong = (path, problem) => ({
        findings: [{ severity: 'error', path, problem, example: params_example }],
    });
    if (document === null)
        return wrong([], 'the params file is empty');
    if (!params_isTable(document))
        return wrong([], 'must be a table with the key environments:');
    if ('openapi' in document || 'swagger' in document) {
        return wrong([], 'this is an OpenAPI definition, not a params file');
    }
    if (!('environments' in document)) {
        const near = (0,suggest/* nearest */.pA)('environments', Object.keys(document));
        const hint = near === undefined ? '' : ` '${near}' was probably meant to be that.`;
        return wrong([], `has no key environments:.${hint}`);
    }
    const stray = Object.keys(document).filter((key) => ['configs', 'endpoints', 'security'].includes(key));
    if (stray.length > 0) {
        return wrong([stray[0] ?? ''], 'stands beside environments: instead of inside an entry of it: the indentation is lost');
    }
    const { environments } = document;
    if (!Array.isArray(environments)) {
        return wrong(['environments'], 'must be a list: each environment begins with "- name:"');
    }
    const findings = [];
    const names = environments.map((entry, index) => {
        const name = params_isTable(entry) ? entry.name : undefined;
        const path = ['environments', index];
        const problem = (text) => findings.push({ severity: 'error', path, problem: text, example: params_example });
        if (!params_isTable(entry))
            problem('must be a table that begins with "- name:"');
        else if (name === undefined || name === null)
            problem('has no name');
        else if (typeof name !== 'string')
            problem(`the name ${JSON.stringify(name)} is not text: put it in quotes`);
        return typeof name === 'string' ? name : '';
    });
    if (names.filter((name) => name === environment).length > 1) {
        const path = ['environments', names.lastIndexOf(environment)];
        const problem = `'${environment}' stands there more than once: apictl takes the first`;
        findings.push({ severity: 'error', path, problem });
    }
    const index = names.indexOf(environment);
    if (index === -1) {
        const known = names.filter((name) => name !== '');
        const list = known.length === 0 ? 'there are none' : `there are ${known.join(', ')}`;
        const problem = `no environment is named '${environment}'; ${list}.${(0,suggest/* didYouMean */.au)(environment, known)}`;
        findings.push({ severity: 'error', path: ['environments'], problem, example: params_example });
    }
    return findings.length > 0 ? { findings } : { entry: environments[index], index };
}
/** The entry as a whole: keys of both shapes at once, nothing at all, `config` for `configs`. */
function checkShape(entry, base) {
    const others = Object.keys(entry).filter((key) => key !== 'name' && key !== 'configs' && key !== 'deploy');
    const error = (path, problem) => ({ severity: 'error', path, problem, example: params_example });
    if ('configs' in entry) {
        const { configs } = entry;
        if (!params_isTable(configs) || Object.keys(configs).length === 0) {
            return [error([...base, 'configs'], 'is empty: the settings belong below it, indented')];
        }
        return others.map((key) => error([...base, key], 'stands beside configs, where apictl ignores it: move it below configs'));
    }
    if (others.length === 0)
        return [error(base, 'has a name and nothing else: the settings belong below it, indented')];
    const typo = others.find((key) => (0,suggest/* nearest */.pA)(key, ['configs']) !== undefined && params_isTable(entry[key]));
    return typo === undefined ? [] : [error([...base, typo], `'${typo}' is not known. Did you mean 'configs'?`)];
}
/** environments[1].configs.endpoints, for people. */
function params_nameOf(path) {
    if (path.length === 0)
        return 'params';
    return path.map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`)).join('');
}
function params_isTable(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

;// CONCATENATED MODULE: ./actions/promote-api/src/params-input.ts
/** The input `params`: a file, or a deployment folder with certificates. */






/**
 * @param now milliseconds since the epoch
 * @throws InputError INPUT_INVALID; PARAMS_MALFORMED, PARAMS_INVALID with every problem
 */
function readParamsInput(path, { to: environment, kind }, files, job, now) {
    const isFolder = (0,external_node_fs_.statSync)(path).isDirectory();
    const names = isFolder ? ['params.yaml', 'api_params.yaml'] : [''];
    const file = names.map((name) => (0,external_node_path_.join)(path, name)).find((each) => (0,external_node_fs_.existsSync)(each));
    if (file === undefined) {
        const problem = `${files.display(path)} holds no params.yaml`;
        throw new base_errors/* InputError */.dz(base_codes/* codes */.F.INPUT_INVALID, [{ subject: 'params', problem, example: 'apis/deployment/params.yaml' }]);
    }
    requireOwn([file], files);
    const text = (0,external_node_fs_.readFileSync)(file, 'utf8');
    const certificates = readCertificates(isFolder ? (0,external_node_path_.join)(path, 'certificates') : undefined, files);
    const source = { text, file: files.display(file), certificate: (name) => certificates.get(name), now };
    const settings = readParams(source, environment, (name) => job.variable(name), kind === 'api-product' ? kind : 'api');
    return { settings, text, file: files.display(file), certificates };
}
function readCertificates(folder, files) {
    if (folder === undefined || !(0,external_node_fs_.existsSync)(folder))
        return new Map();
    const names = (0,external_node_fs_.readdirSync)(folder).filter((name) => (0,external_node_fs_.statSync)((0,external_node_path_.join)(folder, name), { throwIfNoEntry: false })?.isFile());
    requireOwn(names.map((name) => (0,external_node_path_.join)(folder, name)), files);
    return new Map(names.map((name) => [name, (0,external_node_fs_.readFileSync)((0,external_node_path_.join)(folder, name))]));
}
/** A link may not lead out of the workspace: what it leads to would be uploaded. */
function requireOwn(paths, files) {
    const root = (0,external_node_fs_.realpathSync)(files.workspace);
    const problems = paths
        .filter((path) => !(0,safe_path/* isInside */.F)(root, (0,external_node_fs_.realpathSync)(path)))
        .map((path) => ({ subject: 'params', problem: `${files.display(path)} is a link out of the workspace` }));
    if (problems.length > 0)
        throw new base_errors/* InputError */.dz(base_codes/* codes */.F.INPUT_INVALID, problems);
}

;// CONCATENATED MODULE: ./actions/promote-api/src/request.ts
/** What the inputs ask for, checked together before anything is sent. */












/**
 * @throws InputError with every problem of the inputs; then ENVIRONMENTS_INVALID, FILE_UNREADABLE, PLAN_STALE; then
 * PARAMS_MALFORMED, PARAMS_INVALID
 */
function readRequest(inputs, { files, job, clock }) {
    const problems = [];
    const applied = inputs.mode === 'apply' ? inputs.plan : undefined;
    const listed = readSelection(inputs.apis, files, problems, inputs.kind);
    const archives = inputs.archives.map((each) => readArchivePath(each, files, problems));
    if (listed.length === 0 && archives.length === 0 && applied === undefined && problems.length === 0) {
        problems.push({ subject: 'apis', problem: 'names no API, and archives none either', example: 'EmployeeAPI:1.0.0' });
    }
    checkSides(inputs, archives, problems);
    checkKind(inputs, listed, problems);
    const shard = readShardInput(inputs, applied, problems);
    if (inputs.gatewayStatus !== undefined && readExpectedStatus(inputs.gatewayStatus) === undefined) {
        const problem = `'${inputs.gatewayStatus}' is no status, such as 401 or 2xx`;
        problems.push({ subject: 'gateway-status', problem, example: '401' });
    }
    const revision = readRevision(inputs.revision, problems);
    const fromCredentials = inputs.from === undefined ? undefined : request_collect(problems, () => credentialsOf('from', inputs));
    const toCredentials = request_collect(problems, () => credentialsOf('to', inputs));
    if (problems.length > 0 || toCredentials === undefined)
        throw new base_errors/* InputError */.dz(base_codes/* codes */.F.INPUT_INVALID, problems);
    const environments = readEnvironments(inputs.environments.value);
    const to = { environment: environmentNamed(inputs.to, environments, 'to'), credentials: toCredentials };
    const from = inputs.from === undefined || fromCredentials === undefined
        ? undefined
        : { environment: environmentNamed(inputs.from, environments, 'from'), credentials: fromCredentials };
    const agreed = applied === undefined ? undefined : inShard(readPlanFile(applied, files), shard);
    return {
        from,
        to,
        apis: agreed !== undefined && (listed.length === 0 || shard !== undefined) ? namesIn(agreed, inputs.kind) : listed,
        archives,
        params: inputs.params === undefined ? undefined : readParamsInput(inputs.params, inputs, files, job, clock.now()),
        revision,
        ca: inputs.caFile === undefined ? undefined : (0,external_node_fs_.readFileSync)(inputs.caFile, 'utf8'),
        agreed,
    };
}
/** What a rollback needs: where, and as whom. @throws InputError INPUT_INVALID, ENVIRONMENTS_INVALID */
function request_readTarget(inputs) {
    const credentials = credentialsOf('to', inputs);
    const environment = environmentNamed(inputs.to, readEnvironments(inputs.environments.value), 'to');
    return {
        to: { environment, credentials },
        ca: inputs.caFile === undefined ? undefined : (0,external_node_fs_.readFileSync)(inputs.caFile, 'utf8'),
    };
}
function checkKind(inputs, selectors, problems) {
    const { kind, params, preserveOwner, toUsername, dependentApis, shard, shards } = inputs;
    if (kind === 'api-product' && dependentApis !== 'require' && (shard ?? shards) !== undefined) {
        const problem = 'parts products from the APIs that are promoted with them: promote these before, with kind: api';
        problems.push({ subject: shards === undefined ? 'shard' : 'shards', problem, example: 'dependent-apis: require' });
    }
    if (kind !== 'application')
        return;
    for (const { line } of selectors.filter((each) => each.kind === 'tag' || each.kind === 'query')) {
        problems.push({ subject: 'apis', problem: `'${line}' searches a publisher, which has no applications` });
    }
    if (params !== undefined)
        problems.push({ subject: 'params', problem: 'is given, and an application has none' });
    if (!preserveOwner && toUsername === undefined) {
        const problem = 'is needed with preserve-owner: false: the user becomes the owner, and a token does not name it';
        problems.push({ subject: 'to-username', problem, example: '${{ vars.STAGING_USER }}' });
    }
}
function checkSides(inputs, archives, problems) {
    if (archives.length > 0 && inputs.from !== undefined) {
        problems.push({ subject: 'from', problem: 'is given together with archives: give one of both' });
    }
    else if (archives.length === 0 && inputs.from === undefined) {
        problems.push({ subject: 'from', problem: 'is needed without archives', example: 'dev' });
    }
    else if (inputs.from === inputs.to) {
        problems.push({ subject: 'to', problem: `is the same environment as from: ${inputs.to}`, example: 'staging' });
    }
}
function readShardInput(inputs, applied, problems) {
    if (inputs.shards !== undefined && inputs.mode !== 'plan') {
        problems.push({ subject: 'shards', problem: 'belongs to mode plan; mode apply takes shard', example: '2/4' });
    }
    if (inputs.shard === undefined)
        return undefined;
    const shard = readShard(inputs.shard);
    if (shard === undefined) {
        problems.push({ subject: 'shard', problem: `'${inputs.shard}' is not of the form 2/4`, example: '2/4' });
    }
    if (applied === undefined) {
        const problem = 'needs mode apply with plan: shards are parts of a plan';
        problems.push({ subject: 'shard', problem, example: 'plan: promotion-plan.json' });
    }
    return shard;
}
/** The part of a plan that is a shard's: of what has to be done, about an equal part. */
function inShard(plan, shard) {
    if (shard === undefined)
        return plan;
    const work = plan.apis.filter(({ action }) => action !== 'unchanged');
    return { ...plan, apis: divide(work, shard.count)[shard.index - 1] ?? [] };
}
/** What was asked for; the APIs of products come with these. */
function namesIn(plan, wanted) {
    return plan.apis
        .filter(({ kind }) => kind === wanted)
        .map(({ name, version }) => ({ kind: 'exact', line: `${name}:${version}`, name, version }));
}
/** Reads the plan that was agreed. @throws InputError FILE_UNREADABLE, PLAN_STALE */
function readPlanFile(path, files) {
    const shown = files.display(path);
    let text;
    try {
        text = (0,external_node_fs_.readFileSync)(path, 'utf8');
    }
    catch (error) {
        throw new base_errors/* InputError */.dz(base_codes/* codes */.F.FILE_UNREADABLE, [
            { subject: 'plan', problem: `${shown} cannot be read: ${(0,base_errors/* messageOf */.bD)(error)}` },
        ]);
    }
    return readPlan(text, shown);
}
function readArchivePath(given, files, problems) {
    const path = (0,external_node_path_.resolve)(files.workspace, given);
    if (!(0,safe_path/* isInside */.F)(files.workspace, path))
        problems.push({ subject: 'archives', problem: `'${given}' lies outside the workspace` });
    else if (!(0,external_node_fs_.existsSync)(path))
        problems.push({ subject: 'archives', problem: `'${given}' does not exist in the workspace` });
    return path;
}
function readRevision(given, problems) {
    if (given === 'latest' || given === 'working-copy')
        return given;
    if (!/^[1-9]\d*$/.test(given)) {
        problems.push({
            subject: 'revision',
            problem: `'${given}' is none of latest, working-copy or a number`,
            example: 'latest',
        });
    }
    return Number(given);
}
function credentialsOf(side, inputs) {
    return side === 'from'
        ? readCredentials('from', { username: inputs.fromUsername, password: inputs.fromPassword, token: inputs.fromToken })
        : readCredentials('to', { username: inputs.toUsername, password: inputs.toPassword, token: inputs.toToken });
}
/** The result, or undefined with the problems of an InputError added to the others. */
function request_collect(problems, read) {
    try {
        return read();
    }
    catch (error) {
        if (!(error instanceof base_errors/* InputError */.dz))
            throw error;
        problems.push(...error.problems);
        return undefined;
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/apim-version.ts
/**
 * The version that an API Manager tells at /services/Version, for example 4.5.0; undefined when it does not tell: the
 * page is often closed from outside, which is no failure.
 */
async function serverVersion(environment, { http }, options) {
    try {
        const answer = await http.request({
            method: 'GET',
            url: `${environment.publisher}/services/Version`,
            redirect: 'manual',
            attempts: 1,
            timeoutMs: options.timeoutMs,
            ...(options.ca === undefined ? {} : { ca: options.ca }),
        });
        const found = answer.status === 200 ? /WSO2 API Manager-(\d+)\.(\d+)\.(\d+)/.exec(answer.text()) : null;
        return found === null ? undefined : [Number(found[1]), Number(found[2]), Number(found[3])];
    }
    catch {
        // Whatever is wrong with the connection is told by the calls that matter.
        return undefined;
    }
}
/**
 * Why an apictl does not fit an API Manager, or undefined when it does: the REST API's version is compiled into
 * apictl, and each minor release of it is tested with that minor release of API Manager.
 */
function misfit(apictl, server, shown) {
    if (server === undefined)
        return undefined;
    const minorOf = ([major, minor]) => `${major}.${minor}`;
    if (minorOf(apictl) === minorOf(server))
        return undefined;
    return (`apictl ${apictl.join('.')} was made for API Manager ${minorOf(apictl)}, and ${shown} is ${server.join('.')}: ` +
        `use the latest apictl ${minorOf(server)}.x, or engine: rest`);
}

// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(466);
;// CONCATENATED MODULE: ./packages/shared/src/tools/codes.ts

/** Failures of finding and downloading command line tools. */
const tools_codes_codes = (0,base_errors/* defineCodes */.Oo)({
    DOWNLOAD_FAILED: {
        title: 'A tool could not be downloaded',
        meaning: 'The server of a release did not answer with the file. Nothing was installed.',
        remedy: 'Check the version and the network of the runner, or install the tool in an earlier step.',
    },
    DOWNLOAD_CHECKSUM_UNKNOWN: {
        title: 'There is no checksum to check a download against',
        meaning: 'A tool would have to be downloaded, and nothing says what its bytes must be. It was not fetched.',
        remedy: 'Give the SHA-256 of the release file as an input, or install the tool in an earlier step.',
    },
    DOWNLOAD_CHECKSUM_MISMATCH: {
        title: 'A download is not the file it should be',
        meaning: 'The bytes of a downloaded file do not have the expected SHA-256. The file was deleted and never run.',
        remedy: 'Compare the checksum with the one of the release. If it is right, somebody changed the file on its way.',
    },
});

;// CONCATENATED MODULE: ./packages/shared/src/tools/download.ts







/**
 * Downloads a file whose bytes are known in advance. A file with other bytes is deleted.
 * @throws InputError DOWNLOAD_CHECKSUM_UNKNOWN, ServiceError DOWNLOAD_FAILED, VerificationError DOWNLOAD_CHECKSUM_MISMATCH
 */
async function download(request, http) {
    const { url, target } = request;
    const expected = checksumOf(request);
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(target), { recursive: true });
    const answer = await http.stream({ method: 'GET', url });
    try {
        if (answer.status !== 200) {
            throw new base_errors/* ServiceError */._7(tools_codes_codes.DOWNLOAD_FAILED, `${url} answered ${answer.status}`, {
                method: 'GET',
                url,
                status: answer.status,
            });
        }
        const { stream, measure } = measured(answer.body);
        await (0,external_node_stream_promises_.pipeline)(stream, (0,external_node_fs_.createWriteStream)(target, { mode: 0o600 }));
        const actual = measure.digest().replace('sha256:', '');
        if (actual !== expected) {
            const message = `${url} has the SHA-256 ${actual} instead of ${expected}`;
            throw new base_errors/* VerificationError */.mk(tools_codes_codes.DOWNLOAD_CHECKSUM_MISMATCH, message);
        }
    }
    catch (error) {
        await (0,promises_.rm)(target, { force: true });
        throw error;
    }
    finally {
        answer.close();
    }
}
function checksumOf({ url, sha256, known, input }) {
    const expected = sha256 ?? known[url];
    if (expected === undefined) {
        const problem = `no SHA-256 is known for ${url}, and none was given`;
        const example = `${input}: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855`;
        throw new base_errors/* InputError */.dz(tools_codes_codes.DOWNLOAD_CHECKSUM_UNKNOWN, [{ subject: input, problem, example }]);
    }
    if (!/^[0-9a-f]{64}$/i.test(expected)) {
        const problem = `'${expected}' is not a SHA-256 (64 hexadecimal digits)`;
        throw new base_errors/* InputError */.dz(tools_codes_codes.DOWNLOAD_CHECKSUM_UNKNOWN, [{ subject: input, problem }]);
    }
    return expected.toLowerCase();
}

;// CONCATENATED MODULE: ./packages/shared/src/tools/find.ts


/**
 * The absolute path of a program on the PATH of the job, or undefined.
 * @param name a program's name, without folders
 */
function findProgram(name, job) {
    const names = job.platform === 'win32' ? [`${name}.exe`, `${name}.cmd`, name] : [name];
    for (const folder of (job.variable('PATH') ?? '').split(external_node_path_.delimiter)) {
        if (folder === '')
            continue;
        for (const each of names) {
            const path = (0,external_node_path_.join)((0,external_node_path_.isAbsolute)(folder) ? folder : (0,external_node_path_.resolve)(folder), each);
            if (isExecutable(path))
                return path;
        }
    }
    return undefined;
}
/** True for a file that this process may run. */
function isExecutable(path) {
    try {
        (0,external_node_fs_.accessSync)(path, external_node_fs_.constants.X_OK);
        return (0,external_node_fs_.statSync)(path).isFile();
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/apictl-release.ts


/** Reads "4.7.0" or "v4.7.0". */
function parseVersion(text) {
    const found = /\bv?(\d+)\.(\d+)\.(\d+)\b/.exec(text);
    return found === null ? undefined : [Number(found[1]), Number(found[2]), Number(found[3])];
}
/**
 * Where a release can be downloaded for this machine. The names of systems and architectures changed with 4.1.3.
 * @throws InputError APICTL_UNAVAILABLE for a machine that there is no release for
 */
function releaseUrl(version, job) {
    const number = version.join('.');
    const [, minor, patch] = version;
    const isOld = minor === 0 || (minor === 1 && patch < 3);
    const target = (isOld ? oldTargets : newTargets)[`${job.platform} ${job.arch}`];
    if (target === undefined) {
        const problem = `there is no release of apictl ${number} for ${job.platform} on ${job.arch}`;
        throw new base_errors/* InputError */.dz(codes.APICTL_UNAVAILABLE, [{ subject: 'apictl-version', problem, example: '4.7.0' }]);
    }
    const ending = job.platform === 'win32' ? 'zip' : 'tar.gz';
    // 4.3.2 is the one tag without the v.
    const tag = number === '4.3.2' ? number : `v${number}`;
    const base = 'https://github.com/wso2/product-apim-tooling/releases/download';
    return `${base}/${tag}/apictl-${number}-${target}.${ending}`;
}
const newTargets = {
    'linux x64': 'linux-amd64',
    'linux arm64': 'linux-arm64',
    'darwin x64': 'darwin-amd64',
    'darwin arm64': 'darwin-arm64',
    'win32 x64': 'windows-x64',
};
const oldTargets = {
    'linux x64': 'linux-x64',
    'darwin x64': 'macosx-x64',
    'win32 x64': 'windows-x64',
};
/** SHA-256 of release files, by URL. The vendor publishes none: entries come here when somebody has verified them. */
const knownReleases = {};
/**
 * What some versions have and others lack (flags read from --help of each version). `--preserve-credentials` and
 * `--dry-run` are not among them: archives with credentials come from the publisher itself, and a dry run is none
 * before API Manager 4.5, which imports in earnest.
 */
const features = {
    /** A stored personal access token is used instead of the password grant. */
    accessToken: ([major, minor, patch]) => major > 4 || (major === 4 && (minor >= 4 || (minor === 2 && patch >= 5))),
    /** `export api-product` takes a version, and needs one (recorded: unknown flag up to 4.2.2). */
    productVersion: ([major, minor, patch]) => major > 4 || (major === 4 && (minor >= 3 || (minor === 2 && patch >= 3))),
    /** The publisher's REST API is version 4, as we speak it. */
    publisherV4: ([major, minor]) => major === 4 && minor >= 2,
};

;// CONCATENATED MODULE: ./packages/shared/src/apim/apictl-program.ts








const unpackMs = 60_000;
/**
 * The apictl to use, absolute: at the path given; in the version given, from the runner's tool cache or downloaded;
 * found on the PATH; or in the tool cache.
 * @throws InputError APICTL_UNAVAILABLE, and what the download means
 */
async function findApictl(wish, ports) {
    const { job, files, log } = ports;
    if (wish.path !== undefined) {
        const path = (0,external_node_path_.isAbsolute)(wish.path) ? wish.path : (0,external_node_path_.resolve)(files.workspace, wish.path);
        if (isExecutable(path))
            return path;
        const problem = `'${wish.path}' is not an executable file`;
        throw new base_errors/* InputError */.dz(codes.APICTL_UNAVAILABLE, [
            { subject: 'apictl-path', problem, example: '/usr/local/bin/apictl' },
        ]);
    }
    if (wish.version !== undefined)
        return downloadApictl(wish.version, wish.sha256, ports);
    const found = findProgram('apictl', job) ?? fitting(cachedApictl(job), wish.server)?.path;
    if (found === undefined) {
        const problem = 'apictl is not on the PATH, and neither apictl-path nor apictl-version is given';
        throw new base_errors/* InputError */.dz(codes.APICTL_UNAVAILABLE, [{ subject: 'apictl-version', problem, example: '4.7.0' }]);
    }
    log.info(`apictl: ${found}`);
    return found;
}
async function downloadApictl(wanted, sha256, ports) {
    const { exec, http, files, job, log } = ports;
    const version = parseVersion(wanted);
    if (version === undefined) {
        const problem = `'${wanted}' is not a version`;
        throw new base_errors/* InputError */.dz(base_codes/* codes */.F.INPUT_INVALID, [{ subject: 'apictl-version', problem, example: '4.7.0' }]);
    }
    const cached = cachedApictl(job).find((each) => each.version.join('.') === version.join('.'));
    if (cached !== undefined) {
        log.info(`apictl: ${cached.path}`);
        return cached.path;
    }
    const url = releaseUrl(version, job);
    const folder = await files.privateFolder('apictl-program');
    const archive = (0,external_node_path_.join)(folder, url.slice(url.lastIndexOf('/') + 1));
    await download({ url, target: archive, sha256, known: knownReleases, input: 'apictl-sha256' }, http);
    const inner = job.platform === 'win32' ? 'apictl/apictl.exe' : 'apictl/apictl';
    const args = ['-xzf', archive, '-C', folder, inner];
    const result = await exec.run({ command: 'tar', args, inherit: 'private', timeoutMs: unpackMs });
    const program = (0,external_node_path_.join)(folder, inner);
    if (result.exitCode !== 0 || !isExecutable(program)) {
        const message = `the release file of apictl ${wanted} holds no ${inner}`;
        const evidence = result.stderr;
        throw new base_errors/* ToolError */.v4(codes.APICTL_UNAVAILABLE, message, {
            command: ['tar', ...args],
            exitCode: result.exitCode,
            evidence,
        });
    }
    log.info(`apictl ${wanted}: downloaded and checked`);
    return program;
}
/** What lies in the runner's tool cache, as setup actions leave it: apictl/<version>/<arch>/ with the release's files. */
function cachedApictl(job) {
    const root = job.variable('RUNNER_TOOL_CACHE');
    if (root === undefined)
        return [];
    const name = job.platform === 'win32' ? 'apictl.exe' : 'apictl';
    return listed((0,external_node_path_.join)(root, 'apictl')).flatMap((folder) => {
        const version = parseVersion(folder);
        const places = [name, (0,external_node_path_.join)('apictl', name)].map((inner) => (0,external_node_path_.join)(root, 'apictl', folder, job.arch, inner));
        const path = places.find((each) => isExecutable(each));
        return version === undefined || path === undefined ? [] : [{ version, path }];
    });
}
/** The newest one of the server's minor version; the newest of all when none is, or the version is not known. */
function fitting(cached, server) {
    const newestFirst = [...cached].sort((a, b) => compare(b.version, a.version));
    const fits = newestFirst.find(({ version: [major, minor] }) => major === server?.[0] && minor === server[1]);
    return fits ?? newestFirst[0];
}
function compare(a, b) {
    return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
function listed(folder) {
    try {
        return (0,external_node_fs_.readdirSync)(folder);
    }
    catch {
        return [];
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/apictl.ts
const version = { args: ['version'], success: /Version: \S+/, doing: 'tell its version' };
/** apictl's own limit for every request, in milliseconds. */
function limitRequests(timeoutMs) {
    return {
        args: ['set', '--http-request-timeout', String(timeoutMs)],
        success: /Http Request Timeout is set to/,
        doing: 'set the request timeout',
    };
}
function addEnvironment(environment) {
    const { name, apim, registration, publisher, devportal, admin, token } = environment;
    const all = { registration, publisher, devportal, admin };
    const single = apim !== undefined && Object.values(all).every((url) => url === apim);
    const urls = single ? ['--apim', apim] : Object.entries(all).flatMap(([part, url]) => [`--${part}`, url]);
    return {
        args: ['add', 'env', name, ...urls, '--token', token],
        success: /Successfully added environment/,
        doing: `add the environment ${name}`,
    };
}
/** The password goes to standard input. */
function login(environment, username) {
    return {
        args: ['login', environment, '--username', username, '--password-stdin'],
        success: /Logged into APIM in +\S+ environment/,
        doing: `log in to ${environment}`,
    };
}
/** @param knowsProductVersion false for apictl up to 4.2.2, which refuses `--version` for a product */
function exportProject(wish, environment, knowsProductVersion = true) {
    const { kind = 'api', name, version: given, revision } = wish;
    const { command, noun } = apictl_words[kind];
    const which = revision === 'working-copy' ? [] : revision === 'latest' ? ['--latest'] : ['--rev', String(revision)];
    const identity = kind === 'application'
        ? [`--owner=${given}`]
        : kind === 'api-product' && !knowsProductVersion
            ? []
            : [`--version=${given}`];
    const choice = kind === 'application' ? (wish.withKeys === true ? ['--with-keys'] : []) : which;
    return {
        args: ['export', command, `--name=${name}`, ...identity, '--environment', environment, ...choice],
        success: new RegExp(`Successfully exported ${noun}!`),
        doing: `export ${name}:${given} from ${environment}`,
    };
}
/** Where apictl puts an export, below its folder of exports. */
function exportedFile({ kind = 'api', name, version: given }, environment) {
    const { folder } = apictl_words[kind];
    const file = kind === 'application' ? `${given.replaceAll('/', '#')}_${name}` : `${name}_${given}`;
    return `${folder}/${environment}/${file}.zip`;
}
function importProject(archive, shown, environment, flags) {
    const { kind = 'api' } = flags;
    const { command, noun } = apictl_words[kind];
    const own = kind === 'application' ? applicationFlags(flags) : publisherFlags(kind, flags);
    return {
        args: ['import', command, '--file', archive, '--environment', environment, ...own],
        success: new RegExp(`Successfully imported ${noun}\\.`),
        doing: `import ${shown} into ${environment}`,
    };
}
function publisherFlags(kind, flags) {
    const update = kind === 'api' ? '--update' : '--update-api-product';
    return [
        `--preserve-provider=${flags.preserveProvider}`,
        ...(flags.update ? [update] : []),
        ...(flags.params === undefined ? [] : ['--params', flags.params]),
    ];
}
function applicationFlags({ preserveProvider, update, skipSubscriptions, skipKeys }) {
    return [
        ...(preserveProvider ? ['--preserve-owner'] : []),
        ...(skipSubscriptions === true ? ['--skip-subscriptions'] : []),
        ...(skipKeys === true ? ['--skip-keys'] : []),
        ...(update ? ['--update'] : []),
    ];
}
/** apictl's words for each kind. */
const apictl_words = {
    api: { command: 'api', noun: 'API', folder: 'apis' },
    'api-product': { command: 'api-product', noun: 'API Product', folder: 'api-products' },
    application: { command: 'app', noun: 'Application', folder: 'apps' },
};

;// CONCATENATED MODULE: ./packages/shared/src/apim/apictl-failures.ts


/** Built on recorded output of 4.2.0, 4.5.0 and 4.7.0 (test/fixtures/apictl). */
const apictlFailures = [
    {
        seen: /no space left on device|disk quota exceeded/,
        code: codes.SCRATCH_FULL,
        says: 'the disk is full, and apictl needs room for two copies of an archive',
    },
    {
        seen: /authorization failed during CLI client registration process/,
        code: codes.APIM_LOGIN_REFUSED,
        says: 'client registration refuses user name and password',
    },
    {
        seen: /(?:access token|OAuth [Tt]okens?|Error calling|Error exporting Application:)[\s\S]*Status: (?<status>40[01] [\w ]+)/,
        code: codes.APIM_LOGIN_REFUSED,
        says: 'the token endpoint refuses user name and password: {status}',
    },
    {
        seen: /inappropriate ioctl for device|Username:|Password:/,
        code: codes.APIM_LOGIN_REFUSED,
        says: 'apictl asks for credentials: the ones it was given are incomplete',
    },
    {
        seen: /(?:Request didn't respond 200 OK|Unable to connect\. Status): (?<status>\d{3} [\w ]+)/,
        code: codes.APIM_ERROR,
        says: 'registration or token endpoint answers {status}',
    },
    {
        seen: /access_token not found|looking for beginning of value|unexpected end of JSON input/,
        code: codes.APIM_NOT_APIM,
        says: 'registration or token endpoint answers something that is not theirs',
    },
    {
        seen: /x509: (?<reason>[^\n]+)/,
        code: base_codes/* codes */.F.SERVICE_TLS,
        says: 'the certificate of API Manager is not trusted: {reason}',
    },
    {
        seen: /context deadline exceeded|Client\.Timeout exceeded/,
        code: base_codes/* codes */.F.SERVICE_TIMEOUT,
        says: 'API Manager did not answer within request-timeout',
    },
    {
        seen: /(?<reason>connection refused|no such host|connection reset by peer|unexpected EOF|no route to host|i\/o timeout)/,
        code: base_codes/* codes */.F.SERVICE_UNREACHABLE,
        says: 'API Manager cannot be reached: {reason}',
    },
    {
        seen: /(?:(?:Error exporting API(?: Product)?: |Reason: |Status: )401 Unauthorized|Error \{"code": ?401\b)/,
        code: codes.APIM_UNAUTHORIZED,
        says: 'the publisher does not accept the token (401)',
    },
    {
        seen: /(?:(?:Error exporting API(?: Product)?: |Reason: |Status: )403 Forbidden|Error \{"code": ?403\b)/,
        code: codes.APIM_FORBIDDEN,
        says: 'the user may not do that (403)',
    },
    {
        seen: /(?:Error exporting API(?: Product)?: 404 Not Found|Error \{"code": ?404\b)/,
        code: codes.API_NOT_FOUND,
        says: 'the API does not exist (404)',
    },
    {
        seen: /Maximum number of revisions/i,
        code: codes.REVISION_LIMIT,
        says: 'the API has five revisions already',
    },
    {
        seen: /(?:Reason: |Status: )409 Conflict/,
        code: codes.API_CONFLICT,
        says: 'the API collides with what is there (409)',
    },
    {
        seen: /(?:Error exporting API(?: Product)?: |Reason: |Status: )(?<status>429 Too Many Requests|50[234] [\w ]+)/,
        code: codes.APIM_BUSY,
        says: 'API Manager is not ready: {status}',
    },
    {
        seen: /Environment '[^']*' does not exist|configs value is empty/,
        code: codes.PARAMS_INVALID,
        says: 'apictl does not find the environment in the params file',
    },
    {
        seen: /(?<name>\$\{\w+\}) is required, please set the environment variable/,
        code: codes.ARCHIVE_INVALID,
        says: 'a policy in the archive holds {name}, which apictl takes for a variable',
    },
    {
        seen: /not a valid zip file|invalid API archive|illegal file path|Error creating the final zip archive/,
        code: codes.ARCHIVE_INVALID,
        says: 'what the server sent (or the archive given) is not an API archive',
    },
    {
        seen: /unknown flag: (?<flag>\S+)|unknown command (?<command>\S+)/,
        code: codes.APICTL_VERSION,
        says: 'this apictl does not know {flag}{command}',
    },
    { seen: /^panic: /m, code: codes.APICTL_FAILED, says: 'apictl crashed' },
    {
        seen: /(?:Error exporting API(?: Product)?: |Status: )(?<status>\d{3} [\w ]+)/,
        code: codes.APIM_ERROR,
        says: 'the publisher answers {status}',
    },
    {
        seen: /"code": ?"?\d+"?, ?"message"/,
        code: codes.APIM_ERROR,
        says: 'the publisher answers with an error',
    },
];
/** The row that explains an output, and its one line. */
function explain(output) {
    for (const { seen, code, says } of apictlFailures) {
        const found = seen.exec(output);
        if (found === null)
            continue;
        return { code, says: says.replace(/\{(\w+)\}/g, (_, name) => found.groups?.[name]?.trim() ?? '') };
    }
    return undefined;
}
/** The server's own words in apictl's output: the description of an error in JSON. */
function serverWords(output) {
    for (const [json] of output.matchAll(/\{"code".*\}/g)) {
        try {
            const { description, message } = JSON.parse(json);
            const words = [description, message].find((each) => typeof each === 'string' && each !== '');
            if (typeof words === 'string')
                return words;
        }
        catch {
            // Cut or followed by other text: the evidence shows it whole.
        }
    }
    return undefined;
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/apictl-session.ts













/** A command makes two or three requests and starts in well under a second. */
const requestsPerCommand = 4;
const startAllowanceMs = 15_000;
/**
 * apictl lives for a fraction of a second, a quarter of which its Go runtime spends on collecting garbage. Up to this
 * much memory it need not.
 */
const withoutCollector = { GOGC: 'off', GOMEMLIMIT: '256MiB' };
/** How often a command is run in all; apictl itself tries each request once. */
const apictl_session_attempts = 3;
/** The server turned the request away at the door, or there was no door: it has done nothing. */
const turnedAway = /429 Too Many Requests|connection refused|no such host/;
/**
 * apictl with a private configuration folder. Log in to all environments first, one after the other: commands that
 * write the configuration lose each other's entries. Exports and imports may then run side by side.
 */
class ApictlSession {
    name = 'apictl';
    version;
    #options;
    #ports;
    /** APICTL_CONFIG_DIR and everything else of this session; 0700, removed at the end of the action. */
    #folder;
    constructor(options, ports, folder, found) {
        this.#options = options;
        this.#ports = ports;
        this.#folder = folder;
        this.version = found;
    }
    /** @throws ToolError APICTL_VERSION, and whatever a failing apictl means */
    static async open(options, ports) {
        const folder = await ports.files.privateFolder('apictl');
        const certificates = (0,external_node_path_.join)(folder, 'config/.wso2apictl/certs');
        await (0,promises_.mkdir)(certificates, { recursive: true });
        if (options.ca !== undefined)
            await (0,promises_.writeFile)((0,external_node_path_.join)(certificates, 'authority.pem'), options.ca);
        const unknown = new ApictlSession(options, ports, folder, [0, 0, 0]);
        const told = await unknown.#run(version);
        const found = parseVersion(told.stdout);
        if (found === undefined || !features.publisherV4(found)) {
            const message = found === undefined ? 'it does not tell its version' : `it is ${found.join('.')}, older than 4.2`;
            throw unknown.#failure(codes.APICTL_VERSION, `${options.program} cannot be used: ${message}`, version, told);
        }
        const session = new ApictlSession(options, ports, folder, found);
        await session.#run(limitRequests(options.requestTimeoutMs));
        return session;
    }
    /** Adds an environment and logs in. @throws ToolError APIM_LOGIN_REFUSED and others */
    async login(environment, credentials) {
        await this.#run(addEnvironment(environment));
        if (credentials.kind === 'password') {
            await this.#run(login(environment.name, credentials.username), credentials.password);
        }
        else {
            await this.#keepToken(environment.name, credentials.token);
        }
    }
    /**
     * Exports an API (product, application) and proves it: a fresh archive with one root that holds it.
     * @throws ToolError with the cause, InputError ARCHIVE_INVALID
     */
    async export(name, apiVersion, environment, revision, of = {}) {
        const { kind = 'api' } = of;
        const wish = { name, version: apiVersion, revision, ...of };
        const command = exportProject(wish, environment, features.productVersion(this.version));
        const target = (0,external_node_path_.join)(this.#folder, 'config/.wso2apictl/exported', exportedFile(wish, environment));
        const result = await this.#patiently(async () => {
            // A failed export leaves an older archive in its place, with exit code 0.
            await (0,promises_.rm)(target, { force: true });
            return this.#run(command);
        }, ({ code }) => code === codes.APIM_BUSY.code || code === base_codes/* codes */.F.SERVICE_UNREACHABLE.code);
        if (!(0,external_node_fs_.existsSync)(target)) {
            throw this.#failure(codes.APICTL_NO_SUCCESS, `apictl did not ${command.doing}: no archive was written`, command, result);
        }
        const shown = `the export of ${name}:${apiVersion} from ${environment}`;
        const project = await readArchive(target, shown);
        requireApi(project, name, apiVersion, shown, kind);
        await (0,promises_.rm)(target, { force: true });
        return project;
    }
    /**
     * Imports an archive. That it says success proves nothing: ask the publisher.
     * @throws ToolError with the cause, VerificationError SUBSCRIPTIONS_SKIPPED
     */
    async import(archive, shown, environment, flags) {
        const command = importProject(archive, shown, environment, flags);
        try {
            // Sent again only when it cannot have begun: a second import would make a second revision.
            await this.#patiently(() => this.#run(command), ({ evidence = '' }) => turnedAway.test(evidence));
        }
        catch (error) {
            const skipped = error instanceof base_errors/* ToolError */.v4 ? skippedIn(error.evidence ?? '', shown) : undefined;
            throw skipped ?? error;
        }
    }
    /** A folder of this session for archives and params files. */
    async scratch(name) {
        return (0,promises_.mkdtemp)((0,external_node_path_.join)(this.#folder, `${name}-`));
    }
    /** A personal token would be an argument of `login --token`: it is written where that command puts it. */
    async #keepToken(environment, token) {
        if (!features.accessToken(this.version)) {
            const message = `apictl ${this.version.join('.')} knows no access tokens (4.2.5 and 4.4.0 were the first)`;
            throw new base_errors/* ToolError */.v4(codes.APICTL_VERSION, message, { command: ['apictl', 'login', environment], exitCode: null });
        }
        const encoded = (text) => Buffer.from(text, 'utf8').toString('base64');
        const path = (0,external_node_path_.join)(this.#folder, 'config/.wso2apictl.local/keys.json');
        const stored = (0,external_node_fs_.existsSync)(path) ? await (0,promises_.readFile)(path, 'utf8') : '{}';
        const { environments = {} } = JSON.parse(stored);
        const apim = { username: '', password: '', clientId: '', clientSecret: '', accessToken: encoded(token) };
        environments[environment] = { apim, mi: { username: '', password: '', accessToken: '' } };
        await (0,promises_.writeFile)(path, JSON.stringify({ environments, 'mgw-clusters': {} }, null, 2), { mode: 0o600 });
    }
    /** Runs a command in a scratch folder with a temporary folder of its own: apictl leaves archives in both. */
    async #run(command, stdin) {
        const scratch = await this.scratch('run');
        const temporary = (0,external_node_path_.join)(scratch, 'tmp');
        const working = (0,external_node_path_.join)(scratch, 'work');
        await Promise.all([(0,promises_.mkdir)(temporary), (0,promises_.mkdir)(working)]);
        try {
            const result = await this.#ports.exec.run({
                command: this.#options.program,
                args: command.args,
                cwd: working,
                inherit: 'private',
                // A password that is a word of the success text would make success unreadable; what is shown is masked below.
                unmasked: true,
                env: { APICTL_CONFIG_DIR: (0,external_node_path_.join)(this.#folder, 'config'), HOME: scratch, TMPDIR: temporary, ...withoutCollector },
                umask: 0o077,
                timeoutMs: startAllowanceMs + requestsPerCommand * this.#options.requestTimeoutMs,
                ...(stdin === undefined ? {} : { stdin }),
            });
            this.#judge(command, result);
            return result;
        }
        finally {
            await (0,promises_.rm)(scratch, { recursive: true, force: true });
        }
    }
    /** Runs again after a pause what failed in passing. apictl shows no Retry-After. */
    async #patiently(run, mayRepeat) {
        const { clock, log, cancelled } = this.#ports;
        for (let attempt = 1;; attempt++) {
            try {
                return await run();
            }
            catch (error) {
                if (attempt === apictl_session_attempts || !(error instanceof base_errors/* ToolError */.v4) || !mayRepeat(error))
                    throw error;
                log.info(`${error.message}; attempt ${attempt + 1} of ${apictl_session_attempts}`);
                await clock.sleep((0,retry/* pauseBefore */.GB)(attempt + 1, Math.random(), undefined) ?? 0, cancelled);
            }
        }
    }
    #judge(command, result) {
        const succeeded = result.exitCode === 0 && command.success.test(result.stdout);
        if (succeeded)
            return;
        const output = `${result.stdout}\n${result.stderr}`;
        const cause = explain(output);
        const words = serverWords(output);
        const quoted = words === undefined ? '' : `. The server says: ${(0,base_text/* oneLine */.TN)((0,base_text/* neutralise */.$0)(words), 300)}`;
        if (cause !== undefined) {
            throw this.#failure(cause.code, `apictl did not ${command.doing}: ${cause.says}${quoted}`, command, result);
        }
        const code = result.exitCode === 0 ? codes.APICTL_NO_SUCCESS : codes.APICTL_FAILED;
        const ended = result.exitCode === 0
            ? 'exit code 0 without its success text'
            : result.signal === null
                ? `exit code ${String(result.exitCode)}`
                : `it was ended by ${result.signal}`;
        throw this.#failure(code, `apictl did not ${command.doing}: ${ended}${quoted}`, command, result);
    }
    #failure(code, message, command, result) {
        const output = [result.stdout, result.stderr].filter((text) => text.trim() !== '').join('\n');
        const shown = (text) => this.#ports.secrets.redact(text).replaceAll(this.#folder, '…');
        return new base_errors/* ToolError */.v4(code, shown(message), {
            command: ['apictl', ...command.args].map(shown),
            exitCode: result.exitCode,
            evidence: (0,base_text/* tail */.RT)(shown((0,base_text/* neutralise */.$0)(output)), 40),
        });
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/application-holder.ts


/**
 * The applications of an API Manager, held as APIs are: `version` is the owner. They have neither revisions nor
 * gateways nor a life cycle.
 */
class ApplicationHolder {
    #devportal;
    #seen = new Map();
    constructor(devportal) {
        this.#devportal = devportal;
    }
    get environment() {
        return this.#devportal.environment;
    }
    async find(name, owner) {
        const found = await this.#devportal.find(name, owner);
        if (found === undefined)
            return undefined;
        this.#seen.set(found.id, found);
        return heldOf(found);
    }
    async details(id) {
        const known = this.#seen.get(id);
        const found = known === undefined ? undefined : await this.#devportal.find(known.name, known.owner);
        if (found?.id === id)
            return heldOf(found);
        const message = `${this.#devportal.client.shown} has no application ${known?.name ?? id} any more`;
        throw new base_errors/* ServiceError */._7(codes.API_NOT_FOUND, message, { method: 'GET', url: this.environment.admin, status: 404 });
    }
    revisions() {
        return Promise.resolve([]);
    }
    /** Credentials are its consumer keys and secrets. */
    async export(name, owner, { credentials }) {
        const archive = await this.#devportal.export(name, owner, credentials);
        if (archive !== undefined)
            return archive;
        const message = `${this.#devportal.client.shown} has no application ${name} of ${owner}`;
        throw new base_errors/* ServiceError */._7(codes.API_NOT_FOUND, message, {
            method: 'GET',
            url: this.environment.devportal,
            status: 404,
        });
    }
    async deleteApi({ id, name, version: owner }) {
        await this.#devportal.remove({ id, name, owner });
    }
    async unsubscribe({ id }, api) {
        for (const each of await this.#devportal.subscriptions(id)) {
            if (each.name === api.name && each.version === api.version)
                await this.#devportal.unsubscribe(each);
        }
    }
    deploy() {
        return none('deploy');
    }
    undeploy() {
        return none('undeploy');
    }
    restoreRevision() {
        return none('restore');
    }
    deleteRevision() {
        return none('remove a revision of');
    }
    changeLifecycle() {
        return none('change the life cycle of');
    }
}
/** No plan of an application has such a step. */
function none(what) {
    return Promise.reject(new Error(`there is nothing to ${what} an application`));
}
function heldOf({ id, name, owner }) {
    return { id, name, version: owner, context: '', provider: owner, lifeCycleStatus: '' };
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/devportal.ts




/** Of an exported archive. */
const devportal_maxBytes = 16 * 1024 * 1024;
const devportal_pageSize = 100;
/**
 * The applications of one environment. They are exported and imported by the devportal (v3), whoever owns them; they are
 * found and removed by the admin API (v4), since the devportal shows a user no applications but his own.
 */
class Devportal {
    client;
    constructor(client) {
        this.client = client;
    }
    get environment() {
        return this.client.environment;
    }
    /** The application of exactly this name and owner, or undefined. @throws ServiceError */
    async find(name, owner) {
        const found = await this.all({ name, owner });
        return found.find((each) => each.name === name && each.owner.toLowerCase() === owner.toLowerCase());
    }
    /** What an application is subscribed to, as the devportal tells its owner (and his group) alone. @throws ServiceError */
    async subscriptions(applicationId) {
        return this.#pages(`${this.#root}/subscriptions`, { applicationId }, 'list its subscriptions', subscriptionOf);
    }
    /** Removing twice is removing once. @throws ServiceError */
    async unsubscribe({ id, name, version }) {
        const url = `${this.#root}/subscriptions/${encodeURIComponent(id)}`;
        await this.client.remove(url, `remove the subscription to ${name}:${version}`);
    }
    /** Applications by pages. The server's own filter also finds what merely contains the words. */
    async all(filter = {}) {
        const { name, owner } = filter;
        const wanted = { ...(owner === undefined ? {} : { user: owner }), ...(name === undefined ? {} : { name }) };
        const url = `${this.environment.admin}/api/am/admin/v4/applications`;
        return this.#pages(url, wanted, 'list its applications', applicationOf);
    }
    async #pages(url, filter, doing, read) {
        const found = [];
        for (;;) {
            const query = new URLSearchParams({ ...filter, limit: String(devportal_pageSize), offset: String(found.length) });
            const call = { method: 'GET', url: `${url}?${query.toString()}`, doing };
            const { list, pagination } = await this.client.table(call, (row) => Array.isArray(row.list));
            const rows = list;
            found.push(...rows.map(read));
            const { total } = (pagination ?? {});
            if (rows.length === 0 || found.length >= (typeof total === 'number' ? total : 0))
                return found;
        }
    }
    /**
     * The archive of an application; undefined when there is none. With keys it is a secret.
     * @throws ServiceError
     */
    async export(name, owner, withKeys) {
        // In apictl's order, so that both engines ask for the same.
        const query = new URLSearchParams({ appName: name, appOwner: owner, format: 'YAML' });
        if (withKeys)
            query.set('withKeys', 'true');
        const url = `${this.#root}/applications/export?${query.toString()}`;
        const doing = `export ${name}:${owner}`;
        try {
            const answer = await this.client.call({ method: 'GET', url, doing, accept: 'application/zip', maxBytes: devportal_maxBytes });
            if (!answer.body.subarray(0, 2).equals(Buffer.from('PK')))
                throw notApim('GET', answer, this.client.shown, doing);
            return answer.body;
        }
        catch (error) {
            if (error instanceof base_errors/* ServiceError */._7 && error.code === codes.API_NOT_FOUND.code)
                return undefined;
            throw error;
        }
    }
    /** Removing twice is removing once. */
    async remove({ id, name, owner }) {
        const url = `${this.environment.admin}/api/am/admin/v4/applications/${encodeURIComponent(id)}`;
        await this.client.remove(url, `remove ${name}:${owner}`);
    }
    get #root() {
        return `${this.environment.devportal}/api/am/devportal/v3`;
    }
}
/** carbon-apimgt, SubscriptionDTO. */
function subscriptionOf(row) {
    const { name, version } = (row.apiInfo ?? {});
    return { id: apim_client_textOf(row.subscriptionId), name: apim_client_textOf(name), version: apim_client_textOf(version) };
}
function applicationOf(row) {
    return { id: apim_client_textOf(row.applicationId), name: apim_client_textOf(row.name), owner: apim_client_textOf(row.owner) };
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/upload.ts








/**
 * Writes the archive that apictl uploads: the project with every folder listed; with params, the project as
 * SourceArchive.zip beside (of a folder: below Deployment/, with all its files) intermediate_params.yaml.
 * @param scratch an empty private folder
 * @returns the path of the archive
 * @throws InputError ARCHIVE_INVALID, PARAMS_INVALID
 */
async function writeUpload(source, scratch) {
    const { root, entries } = await readProjectEntries(source);
    const upload = (0,external_node_path_.join)(scratch, 'upload.zip');
    if (source.params === undefined) {
        await writeZip(upload, withFolders(root, entries));
        return upload;
    }
    const inner = (0,external_node_path_.join)(scratch, 'SourceArchive.zip');
    await writeZip(inner, withFolders('SourceArchive', entries));
    const isFile = source.params.includes('.yaml');
    const beside = isFile ? [] : entriesBelow(source.params, 'Deployment/');
    const configs = configsOf(isFile ? source.params : (0,external_node_path_.join)(source.params, 'params.yaml'), source);
    await writeZip(upload, withFolders(root, [
        { name: 'SourceArchive.zip', data: await (0,promises_.readFile)(inner) },
        ...beside,
        {
            name: `${isFile ? '' : 'Deployment/'}intermediate_params.yaml`,
            data: Buffer.from((0,yaml/* formatYaml */.Fo)(sorted(configs)), 'utf8'),
        },
    ]));
    return upload;
}
/** The files of an archive, names below its one root. */
async function readProjectEntries({ archive, shown }) {
    const invalid = (problem) => new base_errors/* InputError */.dz(codes.ARCHIVE_INVALID, [{ subject: shown, problem }]);
    let entries;
    try {
        entries = await readZip(archive);
    }
    catch (error) {
        if (error instanceof malformed/* MalformedError */.G)
            throw invalid(error.message);
        throw error;
    }
    const root = entries[0]?.name.split('/')[0] ?? '';
    if (root === '' || entries.some(({ name }) => !name.startsWith(`${root}/`)))
        throw invalid('needs one root folder');
    return {
        root,
        entries: entries.map(({ name, data }) => ({ name: name.slice(root.length + 1), data })),
    };
}
/** The entries below a root, with one for each folder on the way. */
function withFolders(root, entries) {
    const found = new Map();
    const addFolder = (folder) => {
        if (folder === '.' || found.has(`${folder}/`))
            return;
        found.set(`${folder}/`, { name: `${folder}/`, data: Buffer.alloc(0) });
        addFolder((0,external_node_path_.dirname)(folder));
    };
    addFolder(root);
    for (const { name, data } of entries) {
        const path = `${root}/${name}`;
        if (name.endsWith('/') || name === '')
            addFolder(path.slice(0, -1));
        else {
            addFolder((0,external_node_path_.dirname)(path));
            found.set(path, { name: path, data });
        }
    }
    return [...found.values()];
}
function entriesBelow(folder, prefix) {
    return (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true }).flatMap((entry) => {
        const path = (0,external_node_path_.join)(folder, entry.name);
        if (entry.isDirectory()) {
            const name = `${prefix}${entry.name}/`;
            return [{ name, data: Buffer.alloc(0) }, ...entriesBelow(path, name)];
        }
        return [{ name: `${prefix}${entry.name}`, data: (0,external_node_fs_.readFileSync)(path) }];
    });
}
/** The settings of the one environment. The file is one that we have rendered: what it lacks was checked before. */
function configsOf(file, { environment, shown }) {
    const document = (0,yaml/* parseYaml */.hN)((0,external_node_fs_.readFileSync)(file, 'utf8'));
    const configs = document.environments?.find(({ name }) => name === environment)?.configs;
    if (configs !== undefined && Object.keys(configs).length > 0)
        return configs;
    const problem = `holds no settings for ${environment}, to which ${shown} is imported`;
    throw new base_errors/* InputError */.dz(codes.PARAMS_INVALID, [{ subject: 'params', problem }]);
}
/** The same with the keys of every table in order, as Go writes them. */
function sorted(value) {
    if (Array.isArray(value))
        return value.map(sorted);
    if (typeof value !== 'object' || value === null)
        return value;
    const pairs = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(pairs.map(([key, inner]) => [key, sorted(inner)]));
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/rest-engine.ts










/** The calls that apictl makes, without its process: one token for all, connections kept alive, failures by status. */
class RestEngine {
    name = 'rest';
    #clients;
    /** 0700, removed at the end of the action. */
    #folder;
    constructor(clients, folder) {
        this.#clients = clients;
        this.#folder = folder;
    }
    /** @param clients one for each environment that is exported from or imported into */
    static async open(clients, { files }) {
        const named = new Map(clients.map((client) => [client.environment.name, client]));
        return new RestEngine(named, await files.privateFolder('rest'));
    }
    async export(name, apiVersion, environment, revision, of = {}) {
        const wish = { name, version: apiVersion, revision, ...of };
        const archive = await exportArchive(this.#client(environment), wish);
        const shown = `the export of ${name}:${apiVersion} from ${environment}`;
        const project = await readArchive(archive, shown);
        requireApi(project, name, apiVersion, shown, of.kind ?? 'api');
        const { file, data } = metaOf(wish);
        return { ...project, files: new Map(project.files).set(file, Buffer.from((0,yaml/* formatYaml */.Fo)(data), 'utf8')) };
    }
    async import(archive, shown, environment, flags) {
        const client = this.#client(environment);
        const scratch = await this.scratch('upload');
        try {
            const { kind = 'api', params } = flags;
            // An application goes as it is.
            const upload = kind === 'application' ? archive : await writeUpload({ archive, shown, environment, params }, scratch);
            const doing = `import ${shown}`;
            const unique = (0,external_node_path_.basename)(scratch);
            const part = kind === 'application'
                ? { filename: (0,external_node_path_.basename)(archive), type: 'application/octet-stream' }
                : { filename: `project-artifact-${unique}.zip`, type: 'application/zip' };
            const content = await multipart(upload, unique, part);
            const answer = await client.call({ method: 'POST', ...importCall(flags, client.environment), doing, content });
            const words = answer.text();
            const skipped = answer.status === 207 ? skippedIn(`207 Multi-Status\n${words}`, shown) : undefined;
            if (skipped !== undefined)
                throw skipped;
            // API Manager answers in words or with JSON: a page is a proxy's or a login's.
            if (![200, 201].includes(answer.status) || /^\s*</.test(words)) {
                throw notApim('POST', answer, client.shown, doing);
            }
        }
        finally {
            await (0,promises_.rm)(scratch, { recursive: true, force: true });
        }
    }
    async scratch(name) {
        return (0,promises_.mkdtemp)((0,external_node_path_.join)(this.#folder, `${name}-`));
    }
    #client(environment) {
        const client = this.#clients.get(environment);
        if (client === undefined)
            throw new Error(`the engine was not opened for ${environment}`);
        return client;
    }
}
/** A form with the archive as its one part, read from the file each time that it is sent. */
async function multipart(archive, unique, part) {
    const boundary = `wso2-delivery-${unique}`;
    const head = Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${part.filename}"\r\n` +
        `Content-Type: ${part.type}\r\n\r\n`);
    const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
    const { size } = await (0,promises_.stat)(archive);
    const open = async function* () {
        yield head;
        yield* (0,external_node_fs_.createReadStream)(archive);
        yield tail;
    };
    return {
        type: `multipart/form-data; boundary=${boundary}`,
        data: { length: head.length + size + tail.length, open },
    };
}

;// CONCATENATED MODULE: ./actions/promote-api/src/session.ts
/** The connections of a run: publishers of both sides, and what exports and imports. */








/** Whoever says which apictl means apictl. */
function engineOf({ engine, apictlPath, apictlVersion }) {
    return engine ?? (apictlPath === undefined && apictlVersion === undefined ? 'rest' : 'apictl');
}
/** Opened when something is needed of it: a plan from archives needs no engine, an unchanged target no login. */
class Session {
    target;
    /** Undefined with archives. */
    source;
    #sides;
    #applications;
    #sourceApplications;
    #inputs;
    #ports;
    #clients;
    #apictl;
    #rest;
    #loggedIn = new Set();
    constructor(sides, inputs, ports) {
        const options = {
            ca: sides.ca,
            requestTimeoutMs: inputs.requestTimeout,
            applications: inputs.kind === 'application',
            readOnly: inputs.mode === 'plan' || inputs.mode === 'drift',
        };
        const client = ({ environment, credentials }) => new ApimClient(environment, credentials, ports, options);
        const to = client(sides.to);
        const from = sides.from === undefined ? undefined : client(sides.from);
        this.target = new Publisher(to);
        this.source = from === undefined ? undefined : new Publisher(from);
        this.#applications = new ApplicationHolder(new Devportal(to));
        this.#sourceApplications = from === undefined ? undefined : new Devportal(from);
        this.#clients = from === undefined ? [to] : [from, to];
        this.#sides = sides;
        this.#inputs = inputs;
        this.#ports = ports;
    }
    /** What holds things of a kind in the target. */
    holder(kind) {
        return kind === 'application' ? this.#applications : this.target.of(collectionOf(kind));
    }
    /** What lists things of a kind at the source. Undefined with archives. */
    listing(kind) {
        if (kind !== 'application')
            return this.source?.of(collectionOf(kind));
        const applications = this.#sourceApplications;
        if (applications === undefined)
            return undefined;
        return { all: async () => (await applications.all()).map(({ name, owner }) => ({ name, version: owner })) };
    }
    /** The engine, able to export from `from`. Not to be called while it works: a login loses what others write. */
    async exporting() {
        return this.#engine(this.#sides.from);
    }
    /** The engine, able to import into `to`. Not to be called while it works. */
    async importing() {
        return this.#engine(this.#sides.to);
    }
    async #engine(side) {
        if (engineOf(this.#inputs) === 'rest')
            return (this.#rest ??= await RestEngine.open(this.#clients, this.#ports));
        const session = (this.#apictl ??= await this.#openApictl());
        if (side !== undefined && !this.#loggedIn.has(side.environment.name)) {
            await session.login(side.environment, side.credentials);
            this.#loggedIn.add(side.environment.name);
        }
        return session;
    }
    async #openApictl() {
        const { apictlPath, apictlVersion, apictlSha256, requestTimeout } = this.#inputs;
        const { environment } = this.#sides.to;
        const server = await serverVersion(environment, this.#ports, { ca: this.#sides.ca, timeoutMs: requestTimeout });
        const wish = { path: apictlPath, version: apictlVersion, sha256: apictlSha256, server };
        const program = await findApictl(wish, this.#ports);
        const session = await ApictlSession.open({ program, ca: this.#sides.ca, requestTimeoutMs: requestTimeout }, this.#ports);
        this.#ports.log.info(`apictl ${session.version.join('.')}`);
        const reason = misfit(session.version, server, environment.name);
        if (reason !== undefined)
            this.#ports.log.annotate({ level: 'warning', message: reason });
        return session;
    }
}

;// CONCATENATED MODULE: ./actions/promote-api/src/verdict.ts
/** What a run comes down to: its failure, its verdict, its outputs. */




/** The failure of the one API that failed, or one that names them all, with those that were not begun. */
function failureOf({ promotions = [] }, cancelled) {
    const bad = promotions.filter((each) => !isGood(each));
    // What was only taken back has failed at nothing itself.
    const own = bad.filter(({ takenBackFor, result }) => takenBackFor === undefined || result === 'rollback-failed');
    const [first] = own;
    if (first === undefined)
        return undefined;
    if (own.length === 1 && !cancelled)
        return first.failure;
    const list = bad.map((each) => `${each.name}:${each.version}: ${verdict_wordsOf(each)}`).join('; ');
    const message = `${bad.length} of ${promotions.length} APIs were not promoted: ${list}`;
    return cancelled
        ? new base_errors/* CancelledError */.cc(base_codes/* codes */.F.CANCELLED, `The run was cancelled; ${message}`)
        : new base_errors/* VerificationError */.mk(codes.PROMOTION_FAILED, message);
}
function verdict_wordsOf({ result, failure, notes }) {
    if (result === 'not-started')
        return 'not begun';
    return [(0,base_errors/* messageOf */.bD)(failure), ...notes].join(', ');
}
/** The worst that happened to any API. */
function verdictOf(story, failure) {
    const { mode, promotions, rollbacks, plan } = story;
    if (mode === 'rollback')
        return failure === undefined && rollbacks !== undefined ? 'rolled-back' : 'rollback-failed';
    if (promotions !== undefined) {
        const results = new Set(promotions.map(({ result }) => result));
        const worst = ['rollback-failed', 'failed', 'rolled-back'].find((result) => results.has(result));
        return worst ?? (results.has('not-started') ? 'failed' : 'succeeded');
    }
    if (plan === undefined || mode === 'apply')
        return 'failed';
    if (plan.apis.some(({ action }) => action === 'refused'))
        return 'refused';
    if (mode === 'plan')
        return failure === undefined ? 'planned' : 'failed';
    return plan.apis.some(({ action }) => action !== 'unchanged') ? 'drifted' : 'in-sync';
}
/** The output `changes`. */
function countChanges({ plan, promotions = [] }) {
    const count = (action) => (plan?.apis ?? []).filter((api) => api.action === action).length;
    return {
        create: count('create'),
        update: count('update'),
        redeploy: count('redeploy'),
        unchanged: count('unchanged'),
        refused: count('refused'),
        failed: promotions.filter((each) => !isGood(each)).length,
    };
}
/** The output `promoted`. */
function promotedOf(promotions) {
    return promotions
        .filter(({ result }) => result === 'promoted' || result === 'done')
        .map(({ name, version, action: done, revision, lifeCycleStatus, gateways }) => ({
        name,
        version,
        action: done,
        revision,
        lifeCycleStatus,
        gateways: gateways.map(({ gateway, status }) => ({ gateway, status })),
    }));
}

;// CONCATENATED MODULE: ./actions/promote-api/src/mode-apply.ts
/** mode: apply: exactly the plan, proven, each step in the journal before it is begun. */













/** Where the journal is unless told otherwise. */
const defaultJournal = 'promotion-journal.jsonl';
/**
 * Promotes what the plan says, and nothing when any of it is refused or the agreed plan's ground has moved.
 * @returns the failure of those that were not promoted
 */
async function applyMode(story, inputs, ports) {
    const request = readRequest(inputs, ports);
    sayParams(story, request, inputs.convertedParams, ports);
    const session = new Session(request, inputs, ports);
    const planned = await makePlan(request, inputs, session, true, ports);
    const { plan } = planned;
    story.plan = plan;
    const done = request.agreed === undefined ? new Set() : requireAgreement(request.agreed, plan);
    const refusal = refusalOf(plan.apis);
    if (refusal !== undefined)
        throw refusal;
    const options = {
        onFailure: inputs.onFailure,
        preserveProvider: inputs.preserveProvider,
        patienceMs: inputs.requestTimeout,
        verifyMs: inputs.verify === 0 ? undefined : inputs.verify,
        expected: inputs.gatewayStatus === undefined ? undefined : readExpectedStatus(inputs.gatewayStatus),
        ca: request.ca,
    };
    const path = inputs.journal ?? (0,external_node_path_.resolve)(ports.files.workspace, defaultJournal);
    const id = `${ports.job.runId ?? 'run'}-${(0,external_node_crypto_.randomUUID)()}`;
    const run = { id, kind: 'apply', from: story.from, to: story.to, salt: plan.salt };
    const journal = new Journal(path, run, () => ports.clock.now());
    const results = new Map();
    const settle = (promotion) => results.set(mode_apply_nameOf(promotion), promotion);
    try {
        for (const api of plan.apis.filter(({ action }) => action === 'unchanged')) {
            settle(untouched(api, done.has(mode_apply_nameOf(api)) ? 'done' : 'unchanged'));
        }
        await proveDone(plan.apis.filter((api) => done.has(mode_apply_nameOf(api))), session, options, ports, settle);
        if (planned.jobs.length > 0)
            await promoteAll(planned, session, journal, options, inputs, ports, settle);
    }
    finally {
        story.promotions = plan.apis.map((api) => results.get(mode_apply_nameOf(api)) ?? untouched(api, 'not-started'));
        if (journal.begun)
            story.journalFile = ports.files.display(path);
        const good = story.promotions.every(isGood);
        if (!ports.cancelled.aborted)
            journal.end(good ? 'succeeded' : 'failed');
        sayHalfDone(story.promotions, story.to, ports.log);
    }
    return failureOf(story, ports.cancelled.aborted);
}
/** Names every API that is neither as before nor proven as planned: the failure may tell of the first alone. */
function sayHalfDone(promotions, to, log) {
    for (const { result, name, version, notes } of promotions) {
        if (notes.length === 0 || (result !== 'failed' && result !== 'rollback-failed'))
            continue;
        const message = `${name}:${version} may be half promoted in ${to}: ${notes.join('; ')}`;
        log.annotate({ level: 'warning', message });
    }
}
/** What an earlier run of the plan has done was perhaps not asked for at the gateways before it ended. */
async function proveDone(apis, session, options, ports, settle) {
    for (const plan of apis) {
        const holder = session.holder(plan.kind);
        const api = await holder.find(plan.name, plan.version);
        const base = untouched(plan, 'done');
        try {
            if (api === undefined)
                continue;
            const gateways = await proveGateways(plan, api, holder, options, ports);
            settle({ ...base, lifeCycleStatus: api.lifeCycleStatus, gateways });
        }
        catch (failure) {
            settle({ ...base, result: 'failed', failure });
        }
    }
}
function untouched(plan, result) {
    const { kind, name, version, action, lifecycle, serving, deployments } = plan;
    const planned = new Set(deployments.map(({ gateway }) => gateway));
    const serves = serving.filter(({ gateways }) => gateways.some((gateway) => planned.has(gateway))).at(-1);
    return {
        kind,
        name,
        version,
        action,
        result,
        revision: result === 'not-started' ? undefined : serves?.revision,
        lifeCycleStatus: result === 'not-started' ? undefined : lifecycle,
        gateways: [],
        durationMs: 0,
        failure: undefined,
        undone: undefined,
        notes: [],
    };
}
function mode_apply_nameOf({ name, version }) {
    return `${name}:${version}`;
}

;// CONCATENATED MODULE: ./actions/promote-api/src/mode-plan.ts
/** mode: plan and mode: drift: what would happen, and nothing does. */












/** What mode plan writes unless told otherwise. */
const defaultPlanFile = 'promotion-plan.json';
/** Writes the plan file. @returns the refusals as a failure: such a plan cannot be applied */
async function planMode(story, inputs, ports) {
    await mode_plan_compare(story, inputs, ports);
    const { plan } = story;
    if (plan === undefined)
        return undefined;
    const { files, log } = ports;
    const file = inputs.plan ?? (0,external_node_path_.resolve)(files.workspace, defaultPlanFile);
    (0,external_node_fs_.writeFileSync)(file, formatPlan(plan));
    story.planFile = files.display(file);
    log.info(`The plan is in ${story.planFile}`);
    if (inputs.shards !== undefined) {
        const work = plan.apis.filter(({ action }) => action !== 'unchanged' && action !== 'refused');
        story.matrix = matrixOf(work, inputs.shards);
    }
    return refusalOf(plan.apis);
}
/** Compares and reports. @returns the drift as a failure, unless a report is enough */
async function driftMode(story, inputs, ports) {
    await mode_plan_compare(story, inputs, ports);
    const refused = refusalOf(story.plan?.apis ?? []);
    if (refused !== undefined)
        return refused;
    const drifted = (story.plan?.apis ?? []).filter(({ action }) => action !== 'unchanged');
    if (drifted.length === 0)
        return undefined;
    const list = drifted.map(mode_plan_wordsOf).join('; ');
    const message = `${(0,base_text/* count */.U9)(drifted.length, 'API')} in ${story.to} ${drifted.length === 1 ? 'is' : 'are'} not what ${story.from ?? 'the repository'} says: ${list}`;
    if (inputs.onDrift === 'fail')
        return new base_errors/* VerificationError */.mk(codes.DRIFT_FOUND, message);
    ports.log.annotate({ level: 'warning', message });
    return undefined;
}
async function mode_plan_compare(story, inputs, ports) {
    const request = readRequest(inputs, ports);
    sayParams(story, request, inputs.convertedParams, ports);
    const session = new Session(request, inputs, ports);
    story.plan = (await makePlan(request, inputs, session, false, ports)).plan;
}
function mode_plan_wordsOf({ name, version, action, changes, deployments }) {
    const shown = `${name}:${version}`;
    if (action === 'create')
        return `${shown} is not there`;
    if (action === 'redeploy')
        return `${shown} is not deployed on ${deployments.map(({ gateway }) => gateway).join(', ')} as it should`;
    const paths = changes.slice(0, 5).map(({ path }) => path);
    return `${shown} differs in ${paths.join(', ')}${changes.length > 5 ? ` and ${changes.length - 5} more` : ''}`;
}

;// CONCATENATED MODULE: ./actions/promote-api/src/mode-rollback.ts
/** mode: rollback: what a journal says was there before is put back, in reverse order. */











/**
 * Undoes the last promotion of the journal into `to`, the last API first. Doing it twice is doing it once.
 * @returns the failure of those that could not be put back
 */
async function rollbackMode(story, inputs, ports) {
    const { files, log } = ports;
    const { to, ca } = request_readTarget(inputs);
    const path = inputs.journal ?? (0,external_node_path_.resolve)(files.workspace, defaultJournal);
    const shown = files.display(path);
    const apis = lastPromotion(readJournal(readText(path, shown), shown), inputs.to, shown);
    // What was promoted is in the journal, whatever kind says.
    const kind = apis.some((api) => api.kind === 'application') ? 'application' : inputs.kind;
    const session = new Session({ from: undefined, to, ca }, { ...inputs, kind }, ports);
    const id = `${ports.job.runId ?? 'run'}-${(0,external_node_crypto_.randomUUID)()}`;
    const run = { id, kind: 'rollback', from: undefined, to: inputs.to, salt: '' };
    const journal = new Journal(path, run, () => ports.clock.now());
    // The one thing that no revision holds: its former attributes are imported.
    const imports = apis.some(({ before, steps }) => before.application !== undefined && steps.has('import'));
    const engine = imports ? await session.importing() : undefined;
    const rollbacks = [];
    story.rollbacks = rollbacks;
    story.journalFile = shown;
    for (const api of apis.toReversed()) {
        const { name, version } = api;
        const begun = [];
        const tell = (what) => {
            begun.push(what);
            journal.tell({ record: 'step', name, version, step: 'undo', what });
        };
        try {
            const done = await undo(api, { publisher: session.holder(api.kind), engine, tell });
            log.info(`${name}:${version}: ${done}`);
            rollbacks.push({ name, version, done, failure: undefined });
        }
        catch (failure) {
            if (ports.cancelled.aborted)
                throw failure;
            log.info(`${name}:${version} could not be put back: ${(0,base_errors/* messageOf */.bD)(failure)}`);
            rollbacks.push({ name, version, done: '', failure });
            sayHalfBack(`${name}:${version}`, inputs.to, begun, log);
        }
    }
    const bad = rollbacks.filter(({ failure }) => failure !== undefined);
    journal.end(bad.length === 0 ? 'rolled-back' : 'rollback-failed');
    const [first] = bad;
    if (first === undefined || bad.length === 1)
        return first?.failure;
    const list = bad.map(({ name, version, failure }) => `${name}:${version}: ${(0,base_errors/* messageOf */.bD)(failure)}`).join('; ');
    return new base_errors/* VerificationError */.mk(codes.ROLLBACK_INCOMPLETE, `${bad.length} of ${rollbacks.length} APIs were not put back: ${list}`);
}
/** Names an API that is neither as it was nor as it was promoted: the failure may tell of a call alone. */
function sayHalfBack(shown, where, begun, log) {
    const how = begun.length === 0 ? 'nothing of it was begun' : `begun: ${begun.join(', ')}`;
    const message = `${shown} is not put back in ${where} (${how}): run the rollback again`;
    log.annotate({ level: 'warning', message });
}
function readText(path, shown) {
    if (!(0,external_node_fs_.existsSync)(path)) {
        const problem = `${shown} does not exist in the workspace`;
        throw new base_errors/* InputError */.dz(base_codes/* codes */.F.INPUT_INVALID, [{ subject: 'journal', problem, example: defaultJournal }]);
    }
    return (0,external_node_fs_.readFileSync)(path, 'utf8');
}

// EXTERNAL MODULE: ./packages/shared/src/formats/markdown.ts
var markdown = __webpack_require__(523);
;// CONCATENATED MODULE: ./actions/promote-api/src/change-list.ts



const headings = {
    operations: 'Operations',
    security: 'Security',
    endpoints: 'Endpoints',
    throttling: 'Throttling and subscription policies',
    policies: 'Policies',
    cors: 'CORS',
    lifecycle: 'Life cycle',
    deployment: 'Deployment',
    certificates: 'Certificates',
    general: 'General',
    documents: 'Documents and texts',
};
const shownOfGroup = 15;
/** Every group with its changes; of many changes in a group the first, and how many there are. */
function changeList(changes, telling) {
    return changeGroups
        .flatMap((group) => {
        const own = changes.filter((change) => change.group === group);
        if (own.length === 0)
            return [];
        const lines = own.slice(0, shownOfGroup).map((change) => `- ${changeLine(change, telling)}`);
        if (own.length > shownOfGroup)
            lines.push(`- … and ${own.length - shownOfGroup} more, in the plan file`);
        return [`**${headings[group]}**\n${lines.join('\n')}`];
    })
        .join('\n\n');
}
/** One change on one line. */
function changeLine(change, { to, drift = false }) {
    const { breaking, onlyInTarget, note } = change;
    const breaks = !drift && breaking !== undefined;
    return [
        `${breaks ? `${markdown/* marks */.Z8.warning} ` : ''}${drift ? found(change, to) : difference(change)}`,
        ...(breaks ? [`**${(0,markdown/* escapeMarkdown */.FV)(breaking)}**`] : []),
        ...(onlyInTarget === true && !drift ? [`only ${(0,markdown/* escapeMarkdown */.FV)(to)} has it, an import sets it back`] : []),
        ...(note === undefined ? [] : [(0,markdown/* escapeMarkdown */.FV)(note)]),
    ].join(' — ');
}
/** Why callers break, and where: `count has to be there (schema Order required)`. */
function breakingLine({ breaking = '', path }) {
    const place = shortPath(path);
    return `${(0,markdown/* escapeMarkdown */.FV)(breaking)}${listsThemselves.test(path) ? '' : ` (${span(place)})`}`;
}
/** Lists whose entries say themselves what they are. */
const listsThemselves = /(?:^|\.)(?:operations|documents)$/;
function difference({ path, kind, before, after, secret }) {
    if (secret)
        return `${span(shortPath(path))} ${kind} (secret, not shown)`;
    const value = span((0,base_text/* oneLine */.TN)(after ?? before ?? '', 120));
    if (listsThemselves.test(path))
        return `${kind === 'removed' ? span(change_list_nameOf(before ?? '')) : value} ${kind}`;
    if (kind === 'changed')
        return `${span(shortPath(path))} ${span((0,base_text/* oneLine */.TN)(before ?? '', 120))} → ${value}`;
    return `${span(shortPath(path))} ${value} ${kind}`;
}
/** What the target has in place of what it should have. */
function found({ path, kind, before, after, secret }, to) {
    const place = span(shortPath(path));
    if (secret)
        return `${place} is another one (secret, not shown)`;
    if (kind === 'changed')
        return `${place} is ${span((0,base_text/* oneLine */.TN)(before ?? '', 120))}, not ${span((0,base_text/* oneLine */.TN)(after ?? '', 120))}`;
    const what = span((0,base_text/* oneLine */.TN)(change_list_nameOf(after ?? before ?? ''), 120));
    const where = kind === 'removed' ? `only in ${(0,markdown/* escapeMarkdown */.FV)(to)}` : `not in ${(0,markdown/* escapeMarkdown */.FV)(to)}`;
    return listsThemselves.test(path) ? `${what} is ${where}` : `${place} ${what} is ${where}`;
}
/** `GET /menu (authType: None)` → `GET /menu` */
function change_list_nameOf(shown) {
    return shown.replace(/ \([^()]*: .*\)$/, '');
}
/** Code on a line that is not in a table, where a bar needs no escape. */
function span(text) {
    return (0,markdown/* code */.aY)(text).replaceAll('\\|', '|');
}
/** `operations[GET /menu].scopes` → `GET /menu scopes`; what the heading says already is left out. */
function shortPath(path) {
    return path
        .replace(/(^|\.)operations\[([^\]]+)\]\.(?:definition\.)?/, '$1$2 ')
        .replace(/^definition\.(?:schemas|definitions)\[([^\]]+)\]\.?/, 'schema $1 ')
        .replace(/\.?properties\[([^\]]+)\]\.?/g, ' $1 ')
        .replace(/^(?:endpointConfig|corsConfiguration|applicationInfo)\./, '')
        .replace(/ {2,}/g, ' ')
        .trim();
}
/** "3 operations, 1 security": how many changes there are of each group, in a few words. */
function changeCounts(changes) {
    return changeGroups
        .flatMap((group) => {
        const own = changes.filter((change) => change.group === group).length;
        return own === 0 ? [] : [`${own} ${wordOf(group, own)}`];
    })
        .join(', ');
}
const plurals = {
    operations: ['operation', 'operations'],
    endpoints: ['endpoint', 'endpoints'],
    policies: ['policy', 'policies'],
    documents: ['text', 'texts'],
    certificates: ['certificate', 'certificates'],
};
function wordOf(group, many) {
    const [one = group, more = group] = plurals[group] ?? [];
    const word = many === 1 ? one : more;
    return word === 'cors' ? 'CORS' : word;
}
/** "7 changes, 2 break callers" */
function changeTotals(changes) {
    const breaking = changes.filter((change) => change.breaking !== undefined).length;
    return [(0,base_text/* count */.U9)(changes.length, 'change'), ...(breaking === 0 ? [] : [`${breaking} breaking`])].join(', ');
}

;// CONCATENATED MODULE: ./actions/promote-api/src/page-budget.ts

/**
 * How much of a page goes to what, in characters: together less than the 65,536 of a comment on GitHub, however many APIs
 * there are. What is left out is counted, with the place where it is.
 */
const budgets = {
    refusals: 6_000,
    table: 18_000,
    /** Folded parts, one an API. */
    details: 18_000,
    unchanged: 3_000,
};
/** The first pieces that fit, and how many do not. One that is too long by itself is left out, and what follows with it. */
function page_budget_fitting(items, budget, write) {
    let left = budget;
    const end = items.findIndex((item) => (left -= write(item).length) < 0);
    return end === -1 ? { shown: items, omitted: 0 } : { shown: items.slice(0, end), omitted: items.length - end };
}
/** `… and 12 more, in the plan file`; empty for none. */
function moreIn(omitted, place) {
    return omitted === 0 ? '' : `… and ${omitted} more, in ${place}`;
}
/** A table of the rows that fit, and how many do not. */
function page_budget_tableOf(head, rows, place) {
    const { shown, omitted } = page_budget_fitting(rows, budgets.table, (row) => row.join(' | '));
    return `${(0,markdown/* table */.tp)(head, shown)}\n${moreIn(omitted, place)}`.trimEnd();
}

;// CONCATENATED MODULE: ./packages/shared/src/formats/line-difference.ts
const context = 3;
/** The lines of both texts in an order in which each can be read; as many as possible are in both. */
function lineDifference(before, after) {
    const [a, b] = [linesOf(before), linesOf(after)];
    // Longest common subsequence, from the end: the texts have hundreds of lines, not hundreds of thousands.
    const common = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
    const at = (i, j) => common[i]?.[j] ?? 0;
    for (let i = a.length - 1; i >= 0; i--) {
        const row = common[i];
        for (let j = b.length - 1; j >= 0 && row !== undefined; j--) {
            row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
        }
    }
    const lines = [];
    let [i, j] = [0, 0];
    while (i < a.length || j < b.length) {
        const [old, now] = [a[i], b[j]];
        if (old !== undefined && old === now) {
            lines.push({ mark: ' ', text: old });
            i++;
            j++;
        }
        else if (old !== undefined && (now === undefined || at(i + 1, j) >= at(i, j + 1))) {
            lines.push({ mark: '-', text: old });
            i++;
        }
        else if (now !== undefined) {
            lines.push({ mark: '+', text: now });
            j++;
        }
    }
    return lines;
}
/** Runs of lines that differ, each with three lines around it. Empty when nothing differs. */
function hunksOf(lines) {
    const hunks = [];
    let last = -1;
    for (const [index, line] of lines.entries()) {
        const around = lines.slice(Math.max(0, index - context), index + context + 1);
        if (around.every(({ mark }) => mark === ' '))
            continue;
        if (index !== last + 1 || hunks.length === 0)
            hunks.push([]);
        hunks.at(-1)?.push(line);
        last = index;
    }
    return hunks;
}
/**
 * A unified difference, as `git apply` and `patch` take it. Empty when the texts are the same.
 * @param path of the file, relative to the repository, with `/`
 * @param shown what is written in place of a line, for texts that hold secrets: such a difference cannot be applied
 */
function unifiedDifference(before, after, path, shown = ({ text }) => text) {
    const lines = lineDifference(before, after);
    const hunks = hunksOf(lines);
    if (hunks.length === 0)
        return '';
    const numbers = numbered(lines);
    const written = hunks.map((hunk) => {
        const first = hunk[0];
        const at = (first === undefined ? undefined : numbers.get(first)) ?? { old: 0, now: 0 };
        const range = (start, other) => {
            const many = hunk.filter(({ mark }) => mark !== other).length;
            // Of nothing the line before it is named.
            return `${many === 0 ? start : start + 1},${many}`;
        };
        const body = hunk.map((line) => ended(`${line.mark}${shown(line)}`)).join('');
        return `@@ -${range(at.old, '+')} +${range(at.now, '-')} @@\n${body}`;
    });
    return `--- a/${path}\n+++ b/${path}\n${written.join('')}`;
}
/** How many lines of each text stand before a line. */
function numbered(lines) {
    const numbers = new Map();
    let [old, now] = [0, 0];
    for (const line of lines) {
        numbers.set(line, { old, now });
        if (line.mark !== '+')
            old++;
        if (line.mark !== '-')
            now++;
    }
    return numbers;
}
function ended(line) {
    return line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`;
}
function linesOf(text) {
    return text === '' ? [] : text.split(/(?<=\n)/);
}

;// CONCATENATED MODULE: ./actions/promote-api/src/params-page.ts
/** How a params file of the 3.x shape becomes one of 4.x: a difference that can be committed. */



const mask = '••• # masked';
/** Characters of a difference that are shown: a comment on GitHub takes 65,536, and the plan needs most of them. */
const params_page_longest = 10_000;
/** The difference with its notes, and how it is committed; empty for a file that has the 4.x shape. */
function paramsPart({ params, convertedParams }) {
    if (params?.settings.shape !== '3.x')
        return '';
    const { file, text, converted, settings } = params;
    let masked = 0;
    const difference = unifiedDifference(text, converted.text, file, (line) => {
        const shown = withoutSecrets(line, converted.secrets);
        if (shown !== line.text)
            masked++;
        return shown;
    });
    const notes = [
        ...settings.notes,
        ...(converted.secrets.length === 0
            ? []
            : ['secrets in clear became variables: set them from the secrets of the repository, and change the secrets']),
        ...(converted.faithful ? [] : ['the file was written anew: its comments are not in it']),
    ];
    const parts = [
        notes.map((note) => `- ${(0,markdown/* escapeMarkdown */.FV)(note)}`).join('\n'),
        difference.length > params_page_longest ? 'The difference is too long to be shown here.' : (0,markdown/* codeBlock */.DV)(difference, 'diff'),
        howToCommit(masked > 0 ? 'masked' : difference.length > params_page_longest ? 'long' : 'whole', file, convertedParams),
    ];
    return (0,markdown/* details */.zH)(`${file} in the 4.x shape`, parts.filter((part) => part !== '').join('\n\n'));
}
function howToCommit(shown, file, written) {
    if (written !== undefined)
        return `The file in the 4.x shape is ${(0,markdown/* code */.aY)(written)}: commit it as ${(0,markdown/* code */.aY)(file)}.`;
    const input = `${(0,markdown/* code */.aY)(`converted-params: ${file}`)} writes the file`;
    if (shown === 'whole')
        return `${(0,markdown/* code */.aY)('git apply')} takes this difference; or ${input}.`;
    const why = `Lines with a secret are masked, so ${(0,markdown/* code */.aY)('git apply')} does not take this difference: `;
    return `${shown === 'masked' ? why : ''}${input}, to be committed.`;
}
/** A removed line as it is shown: without what follows the key of a secret, and without any line of a secret. */
function withoutSecrets({ mark, text }, secrets) {
    if (mark !== '-')
        return text;
    const [, key = '', name = '', value = ''] = /^([^:#]*?["']?(\w+)["']?\s*:\s*)(.*)$/.exec(text.trimEnd()) ?? [];
    if (secretKeys.has(name) && value !== '' && !/^["']?\$\{\w+\}["']?$/.test(value))
        return `${key}${mask}\n`;
    const parts = secrets.flatMap((secret) => secret.split(/\r?\n/)).map((part) => part.trim());
    return parts.some((part) => part !== '' && text.includes(part)) ? `${mask}\n` : text;
}

;// CONCATENATED MODULE: ./actions/promote-api/src/report.ts

/** The action's own part of the report file. */
function factsOf({ from, to, params, plan, promotions, rollbacks }) {
    return {
        from,
        to,
        params: params === undefined
            ? undefined
            : { file: params.file, shape: params.settings.shape, notes: params.settings.notes },
        plan,
        apis: promotions?.map(({ failure, ...each }) => ({
            ...each,
            failure: failure === undefined ? undefined : (0,base_errors/* messageOf */.bD)(failure),
        })),
        rollbacks: rollbacks?.map(({ failure, ...each }) => ({
            ...each,
            failure: failure === undefined ? undefined : (0,base_errors/* messageOf */.bD)(failure),
        })),
    };
}
/** `dev → staging` */
function routeOf({ from, to }) {
    return `${from ?? 'repository'} → ${to}`;
}
/** What is promoted, for "12 APIs". */
function nounOf(list) {
    const kinds = new Set(list.map(({ kind }) => kind));
    if (kinds.size !== 1)
        return 'API';
    return { api: 'API', 'api-product': 'API product', application: 'application' }[[...kinds][0] ?? 'api'];
}
/** `PizzaAPI:1.0.0`; an application by its owner, which is what tells it from others of its name. */
function shownName({ kind, name, version }) {
    return kind === 'application' ? `${name} of ${version}` : `${name}:${version}`;
}

;// CONCATENATED MODULE: ./actions/promote-api/src/plan-page.ts






/** What is done, in a word of the table. */
const plan_page_words = {
    create: 'create',
    update: 'update',
    redeploy: 'redeploy',
    unchanged: 'unchanged',
    refused: 'refused',
};
const signs = {
    create: markdown/* marks */.Z8.added,
    update: markdown/* marks */.Z8.changed,
    redeploy: markdown/* marks */.Z8.repeated,
    unchanged: markdown/* marks */.Z8.unchanged,
    refused: markdown/* marks */.Z8.bad,
};
/** The summary of mode plan; empty when there is no plan. */
function planSummary(story) {
    const { plan, planFile } = story;
    if (plan === undefined)
        return '';
    const apis = plan_page_inOrder(plan.apis);
    const refused = apis.filter(({ action }) => action === 'refused').length;
    const title = `${refused > 0 ? markdown/* marks */.Z8.bad : markdown/* marks */.Z8.pending} Plan: ${routeOf(story)}`;
    const next = planFile === undefined || refused > 0
        ? refused > 0
            ? 'As long as something is refused, the plan cannot be applied: nothing is changed then.'
            : ''
        : `Nothing was changed. ${(0,markdown/* code */.aY)('mode: apply')} with ${(0,markdown/* code */.aY)(`plan: ${planFile}`)} does exactly this, or nothing.`;
    const parts = [countsOf(apis), refusedPart(apis), breakingPart(apis), workTable(apis)];
    return page(story, title, parts, next, { to: story.to });
}
/** The summary of mode drift; empty when nothing was compared. */
function driftSummary(story) {
    const { plan, to } = story;
    if (plan === undefined)
        return '';
    const apis = plan_page_inOrder(plan.apis);
    const drifted = apis.filter(({ action }) => action !== 'unchanged');
    const source = story.from ?? 'the repository';
    const all = (0,base_text/* count */.U9)(apis.length, nounOf(apis));
    const counts = drifted.length === 0
        ? `**${(0,markdown/* escapeMarkdown */.FV)(to)} is what ${(0,markdown/* escapeMarkdown */.FV)(source)} says**: ${all} compared.`
        : `**${drifted.length} of ${all}** in ${(0,markdown/* escapeMarkdown */.FV)(to)} ${drifted.length === 1 ? 'is' : 'are'} not what ${(0,markdown/* escapeMarkdown */.FV)(source)} says.`;
    const title = `${drifted.length === 0 ? markdown/* marks */.Z8.good : markdown/* marks */.Z8.warning} Drift of ${to}`;
    const rows = drifted.map((api) => [
        markdown/* marks */.Z8.warning,
        (0,markdown/* code */.aY)(shownName(api)),
        driftWords(api),
        [...(api.action === 'update' ? [changeCounts(api.changes)] : []), ...api.notes].map(markdown/* escapeMarkdown */.FV).join('\n'),
    ]);
    const head = ['', capital(nounOf(apis)), 'Drift', 'Differences'];
    const found = rows.length === 0 ? '' : page_budget_tableOf(head, rows, 'the report');
    return page(story, title, [counts, refusedPart(apis), found], '', { to, drift: true });
}
function driftWords({ action, deployments }) {
    if (action === 'create')
        return 'is not there';
    if (action === 'redeploy')
        return (0,markdown/* escapeMarkdown */.FV)(`is not deployed on ${plan_page_gatewaysOf(deployments)} as it should`);
    return action === 'refused' ? 'cannot be compared' : 'differs';
}
function page(story, title, parts, end, telling) {
    const apis = plan_page_inOrder(story.plan?.apis ?? []);
    const folded = apis.map((api) => detailsOf(api, telling)).filter((part) => part !== '');
    const { shown, omitted } = page_budget_fitting(folded, budgets.details, (part) => part);
    const place = telling.drift === true ? 'the report' : 'the plan file';
    const more = omitted === 0 ? '' : `The changes of ${(0,base_text/* count */.U9)(omitted, 'more', 'more')} are in ${place}.`;
    return (0,markdown/* section */.uW)(2, title, ...parts, shown.join('\n'), more, unchangedPart(apis), end, paramsPart(story));
}
/** Refused first, then what breaks callers, then by how much happens. */
function plan_page_inOrder(apis) {
    const order = ['refused', 'update', 'create', 'redeploy', 'unchanged'];
    const weight = (api) => order.indexOf(api.action) * 2 - (breaksCallers(api) ? 1 : 0);
    return [...apis].sort((a, b) => weight(a) - weight(b) || (shownName(a) < shownName(b) ? -1 : 1));
}
function breaksCallers({ action, changes }) {
    return action !== 'unchanged' && action !== 'refused' && changes.some(({ breaking }) => breaking !== undefined);
}
function countsOf(apis) {
    const counted = ['create', 'update', 'redeploy', 'unchanged', 'refused'].flatMap((action) => {
        const own = apis.filter((api) => api.action === action).length;
        return own === 0 ? [] : [`${signs[action]} ${own} ${action === 'create' ? 'new' : wordOfCount(action)}`];
    });
    const breaking = apis.filter(breaksCallers).length;
    if (breaking > 0)
        counted.push(`${markdown/* marks */.Z8.warning} ${breaking} ${breaking === 1 ? 'breaks' : 'break'} callers`);
    return `**${(0,base_text/* count */.U9)(apis.length, nounOf(apis))}**: ${counted.join(' · ')}`;
}
function wordOfCount(action) {
    return action === 'update' ? 'to update' : action === 'redeploy' ? 'to redeploy' : plan_page_words[action];
}
function refusedPart(apis) {
    const refused = apis.filter(({ action }) => action === 'refused');
    if (refused.length === 0)
        return '';
    const lines = refused.flatMap((api) => api.problems.map(({ problem, example }) => {
        const how = example === undefined ? '' : ` (for example ${(0,markdown/* code */.aY)(example)})`;
        return `- ${(0,markdown/* code */.aY)(shownName(api))} ${(0,markdown/* escapeMarkdown */.FV)(problem)}${how}`;
    }));
    const { shown, omitted } = page_budget_fitting(lines, budgets.refusals, (line) => line);
    const more = omitted === 0 ? [] : [`- ${moreIn(omitted, 'the report')}`];
    return `**${markdown/* marks */.Z8.bad} Refused**\n${[...shown, ...more].join('\n')}`;
}
const breakingShown = 20;
function breakingPart(apis) {
    const lines = apis
        .filter(breaksCallers)
        .flatMap((api) => api.changes
        .filter(({ breaking }) => breaking !== undefined)
        .map((change) => `- ${(0,markdown/* code */.aY)(shownName(api))} ${breakingLine(change)}`));
    if (lines.length === 0)
        return '';
    const more = lines.length > breakingShown ? [`- … and ${lines.length - breakingShown} more`] : [];
    return [`**${markdown/* marks */.Z8.warning} Breaks callers**`, ...lines.slice(0, breakingShown), ...more].join('\n');
}
function workTable(apis) {
    const work = apis.filter(({ action }) => action !== 'unchanged');
    if (work.length === 0)
        return '';
    const rows = work.map((api) => [
        breaksCallers(api) ? markdown/* marks */.Z8.warning : signs[api.action],
        (0,markdown/* code */.aY)(shownName(api)),
        plan_page_words[api.action],
        whatOf(api),
        placesOf(api),
        [...api.losses, ...api.notes].map(markdown/* escapeMarkdown */.FV).join('\n'),
    ]);
    const head = ['', capital(nounOf(apis)), 'Action', 'Changes', 'Deployed on', 'To know'];
    return page_budget_tableOf(head, rows, 'the plan file');
}
function whatOf({ action, changes, lifecycle, redeploys }) {
    if (action === 'refused')
        return 'see above';
    if (action === 'create')
        return (0,markdown/* escapeMarkdown */.FV)(lifecycle === undefined ? 'new' : `new, ${lifecycle}`);
    if (action === 'redeploy' && redeploys !== undefined)
        return `revision ${redeploys}, as it is`;
    return (0,markdown/* escapeMarkdown */.FV)(changeCounts(changes));
}
/** Where it will be, and what serves there now. */
function placesOf({ action, deployments, serving }) {
    if (action === 'refused')
        return '';
    return deployments
        .map(({ gateway }) => {
        const now = serving.find(({ gateways }) => gateways.includes(gateway));
        return `${(0,markdown/* escapeMarkdown */.FV)(gateway)}${now === undefined ? '' : ` (now revision ${now.revision})`}`;
    })
        .join('\n');
}
function detailsOf(api, telling) {
    const { action, changes } = api;
    if (!['update', 'create'].includes(action) || changes.length === 0)
        return '';
    const total = telling.drift === true ? (0,base_text/* count */.U9)(changes.length, 'difference') : changeTotals(changes);
    return (0,markdown/* details */.zH)(`${shownName(api)}: ${total}`, changeList(changes, telling));
}
function unchangedPart(apis) {
    const same = apis.filter(({ action }) => action === 'unchanged');
    if (same.length === 0)
        return '';
    const { shown, omitted } = page_budget_fitting(same.map((api) => (0,markdown/* code */.aY)(shownName(api))), budgets.unchanged, (name) => name);
    const more = omitted === 0 ? '' : `, ${moreIn(omitted, 'the report')}`;
    const told = same.flatMap((api) => api.notes.map((note) => `- ${(0,markdown/* code */.aY)(shownName(api))} ${(0,markdown/* escapeMarkdown */.FV)(note)}`));
    const notes = page_budget_fitting(told, budgets.unchanged, (line) => line);
    const untold = notes.omitted === 0 ? [] : [`- ${moreIn(notes.omitted, 'the report')}`];
    const body = [`${shown.join(', ')}${more}`, [...notes.shown, ...untold].join('\n')].filter((part) => part !== '');
    return (0,markdown/* details */.zH)(`${markdown/* marks */.Z8.unchanged} ${same.length} unchanged: not touched`, body.join('\n\n'));
}
function plan_page_gatewaysOf(deployments) {
    return deployments.map(({ gateway }) => gateway).join(', ');
}
function capital(word) {
    return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}

;// CONCATENATED MODULE: ./actions/promote-api/src/result-page.ts









/** The summary of mode apply; empty when it did not come to that. */
function resultSummary(story) {
    const { promotions, plan } = story;
    if (promotions === undefined)
        return '';
    const bad = promotions.filter((each) => !isGood(each));
    const worked = promotions.filter((each) => isGood(each) && each.result !== 'unchanged');
    const same = promotions.filter(({ result }) => result === 'unchanged');
    const title = `${bad.length === 0 ? markdown/* marks */.Z8.good : markdown/* marks */.Z8.bad} ${routeOf(story)}`;
    return (0,markdown/* section */.uW)(2, title, result_page_countsOf(promotions), failuresPart(bad), resultTable([...bad, ...worked], plan), foldedParts(worked.map((each) => workPart(each, story)), budgets.details - budgets.refusals), same.length === 0 ? '' : (0,markdown/* details */.zH)(`${markdown/* marks */.Z8.unchanged} ${same.length} unchanged: not touched`, namesOf(same)), paramsPart(story));
}
/** The summary of mode rollback; empty when it did not come to that. */
function rollbackSummary({ to, rollbacks }) {
    if (rollbacks === undefined)
        return '';
    const bad = rollbacks.filter(({ failure }) => failure !== undefined).length;
    const rows = rollbacks.map((each) => [
        each.failure === undefined ? markdown/* marks */.Z8.back : markdown/* marks */.Z8.bad,
        (0,markdown/* code */.aY)(`${each.name}:${each.version}`),
        (0,markdown/* escapeMarkdown */.FV)(each.failure === undefined ? each.done : (0,base_errors/* messageOf */.bD)(each.failure)),
    ]);
    const counts = `**${rollbacks.length - bad} of ${(0,base_text/* count */.U9)(rollbacks.length, 'API')}** as before the promotion.`;
    return (0,markdown/* section */.uW)(2, `${bad === 0 ? markdown/* marks */.Z8.back : markdown/* marks */.Z8.bad} Rollback of ${to}`, counts, page_budget_tableOf(['', 'API', 'What was done'], rows, 'the report'));
}
const done = {
    create: 'created',
    update: 'updated',
    redeploy: 'redeployed',
    unchanged: 'unchanged',
    refused: 'refused',
};
/** What was done, or what it came to instead. */
function result_page_wordOf({ result, action }) {
    if (result === 'promoted')
        return done[action];
    return ({ done: 'was as planned already', 'rolled-back': 'rolled back', 'rollback-failed': 'rollback failed' }[result] ?? result);
}
function signOf(promotion) {
    if (isGood(promotion))
        return promotion.result === 'unchanged' ? markdown/* marks */.Z8.unchanged : markdown/* marks */.Z8.good;
    return promotion.result === 'rolled-back' ? markdown/* marks */.Z8.back : markdown/* marks */.Z8.bad;
}
function result_page_countsOf(promotions) {
    const good = promotions.filter(isGood).length;
    const kinds = new Map();
    for (const each of promotions)
        kinds.set(result_page_wordOf(each), (kinds.get(result_page_wordOf(each)) ?? 0) + 1);
    const counted = [...kinds].map(([word, many]) => `${many} ${word}`).join(' · ');
    const proven = good === promotions.length ? ', proven at the publisher' : '';
    return `**${good} of ${(0,base_text/* count */.U9)(promotions.length, nounOf(promotions))} as planned**${proven}: ${counted}`;
}
function failuresPart(bad) {
    return foldedParts(bad.map((each) => (0,markdown/* details */.zH)(`${shownName(each)}: ${result_page_wordOf(each)}`, [
        (0,markdown/* escapeMarkdown */.FV)((0,base_errors/* messageOf */.bD)(each.failure)),
        each.undone === undefined ? '' : `**Undo:** ${(0,markdown/* escapeMarkdown */.FV)(each.undone)}`,
        each.notes.map((note) => `- ${(0,markdown/* escapeMarkdown */.FV)(note)}`).join('\n'),
    ]
        .filter((part) => part !== '')
        .join('\n\n'), true)), budgets.refusals * 2);
}
/** Folded parts as far as they fit. */
function foldedParts(parts, budget) {
    const { shown, omitted } = page_budget_fitting(parts.filter((part) => part !== ''), budget, (part) => part);
    return [...shown, moreIn(omitted, 'the report')].filter((part) => part !== '').join('\n');
}
function namesOf(promotions) {
    const names = promotions.map((each) => (0,markdown/* code */.aY)(shownName(each)));
    const { shown, omitted } = page_budget_fitting(names, budgets.unchanged, (name) => name);
    return [...shown, moreIn(omitted, 'the report')].filter((part) => part !== '').join(', ');
}
function resultTable(promotions, plan) {
    if (promotions.length === 0)
        return '';
    const rows = promotions.map((each) => [
        signOf(each),
        (0,markdown/* code */.aY)(shownName(each)),
        (0,markdown/* escapeMarkdown */.FV)(result_page_wordOf(each)),
        each.revision === undefined ? '' : String(each.revision),
        (0,markdown/* escapeMarkdown */.FV)(each.lifeCycleStatus ?? ''),
        gatewaysText(each, plan),
        (0,duration/* formatDuration */.a)(each.durationMs),
    ]);
    const head = ['', 'API', 'Result', 'Revision', 'State', 'Gateways', 'Took'];
    return page_budget_tableOf(head, rows, 'the report');
}
/** Every gateway of the plan: what it answered, or that it was not asked. */
function gatewaysText(promotion, plan) {
    const { name, version, gateways } = promotion;
    if (!isGood(promotion))
        return '';
    const planned = plan?.apis.find((api) => api.name === name && api.version === version)?.deployments ?? [];
    return planned
        .map(({ gateway }) => {
        const status = gateways.find((proof) => proof.gateway === gateway)?.status;
        const answer = status === 401 || status === 403 ? `${status}, asks for a token` : String(status);
        return `${(0,markdown/* escapeMarkdown */.FV)(gateway)}: ${status === undefined ? 'deployed, not asked' : `serves (${answer})`}`;
    })
        .join('\n');
}
/** What was changed, and differences to the plan that are no failure. */
function workPart(promotion, { plan, to }) {
    const { name, version } = promotion;
    const { changes = [], losses = [] } = plan?.apis.find((api) => api.name === name && api.version === version) ?? {};
    const notes = [...losses, ...promotion.notes];
    if (changes.length === 0 && notes.length === 0)
        return '';
    const told = notes.map((note) => `- ${(0,markdown/* escapeMarkdown */.FV)(note)}`).join('\n');
    const totals = [
        ...(changes.length === 0 ? [] : [changeTotals(changes)]),
        ...(notes.length === 0 ? [] : [(0,base_text/* count */.U9)(notes.length, 'note')]),
    ];
    const body = [told, changeList(changes, { to })].filter((part) => part !== '').join('\n\n');
    return (0,markdown/* details */.zH)(`${shownName(promotion)}: ${totals.join(', ')}`, body);
}

;// CONCATENATED MODULE: ./actions/promote-api/src/main.ts
/** The flow: inputs → what the mode does → what became of each API. */










/** Each gives back its failure, or throws it. */
const modes = { plan: planMode, apply: applyMode, rollback: rollbackMode, drift: driftMode };
const summaries = { plan: planSummary, apply: resultSummary, rollback: rollbackSummary, drift: driftSummary };
async function main(inputs, ports) {
    const { mode } = inputs;
    const story = { mode, to: inputs.to, from: inputs.from };
    let failure;
    try {
        failure = await modes[mode](story, inputs, withGivenVariables(ports, inputs.paramsVariables));
    }
    catch (thrown) {
        failure = namedIfFull(thrown);
    }
    const summary = summaries[mode](story);
    if (summary !== '')
        ports.summary.add(summary);
    if (inputs.prComment) {
        const key = { action: 'promote-api', subject: `${mode} ${inputs.to}` };
        await commentOutcome(inputs.githubToken, key, summary, failure, ports);
    }
    return {
        outputs: {
            plan: story.planFile,
            changes: story.plan === undefined ? undefined : JSON.stringify(countChanges(story)),
            matrix: story.matrix === undefined ? undefined : JSON.stringify(story.matrix),
            convertedParams: story.convertedParams,
            journal: story.journalFile,
            promoted: story.promotions === undefined ? undefined : JSON.stringify(promotedOf(story.promotions)),
            verdict: verdictOf(story, failure),
        },
        facts: factsOf(story),
        ...(failure === undefined ? {} : { failure }),
    };
}


/***/ })

};
