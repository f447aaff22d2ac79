export const id = 226;
export const ids = [226];
export const modules = {

/***/ 226:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  main: () => (/* binding */ main)
});

// EXTERNAL MODULE: ./packages/shared/src/base/errors.ts
var errors = __webpack_require__(26);
// EXTERNAL MODULE: ./packages/shared/src/base/text.ts
var base_text = __webpack_require__(282);
;// CONCATENATED MODULE: ./packages/shared/src/github/codes.ts

/** Failures of GitHub's own REST API. None of them fails a step: what was asked of GitHub comes on top of the work. */
const codes_codes = (0,errors/* defineCodes */.Oo)({
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
    return new errors/* ServiceError */._7(code, message, { method, url: path, status: answer.status });
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
    return new errors/* ServiceError */._7(codes_codes.GITHUB_REFUSED, message, { method, url: path });
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
        log.annotate({ level: 'warning', message: `No comment was written: ${(0,errors/* messageOf */.bD)(failure)}` });
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/github/deployment.ts


/** A deployment record: for jobs that name no `environment:` themselves, since GitHub then makes none. */
class DeploymentRecord {
    #github;
    #id;
    #wish;
    #ports;
    constructor(github, id, wish, ports) {
        this.#github = github;
        this.#id = id;
        this.#wish = wish;
        this.#ports = ports;
    }
    /** The id of the record, for later jobs. */
    get id() {
        return String(this.#id);
    }
    /** The record that an earlier step has made. @returns undefined without a token or a number, with a warning */
    static made(token, id, url, ports) {
        const github = GitHub.of(token, ports.job, ports.http);
        if (github !== undefined && /^\d+$/.test(id)) {
            return new DeploymentRecord(github, Number(id), { environment: '', url, description: '' }, ports);
        }
        ports.log.warning(`The deployment record '${id}' gets no status: it is no number, or there is no GitHub token.`);
        return undefined;
    }
    /**
     * Makes a record for the commit of the job and says that the deployment has begun.
     * @returns undefined, with a warning, when GitHub does not make one: a deployment does not fail for it
     */
    static async open(token, wish, ports) {
        const { job, log } = ports;
        const github = GitHub.of(token, job, ports.http);
        if (github === undefined || job.sha === undefined) {
            log.warning('No deployment record was made: there is no GitHub token or no commit in this job.');
            return undefined;
        }
        try {
            const made = await github.one('POST', '/deployments', 'deployments: write', 'make a deployment record', {
                ref: job.sha,
                environment: wish.environment,
                description: bounded(wish.description),
                // The job is the check: GitHub is neither to merge the base branch nor to wait for other checks.
                auto_merge: false,
                required_contexts: [],
            });
            if (typeof made.id !== 'number') {
                log.annotate({ level: 'warning', message: 'No deployment record was made: GitHub gave it no id.' });
                return undefined;
            }
            const record = new DeploymentRecord(github, made.id, wish, ports);
            await record.say('in_progress', wish.description);
            return record;
        }
        catch (failure) {
            log.annotate({ level: 'warning', message: `No deployment record was made: ${(0,errors/* messageOf */.bD)(failure)}` });
            return undefined;
        }
    }
    /** Adds a status. A refusal is a warning. */
    async say(state, description) {
        const { job, log } = this.#ports;
        const { url } = this.#wish;
        try {
            const path = `/deployments/${this.#id}/statuses`;
            await this.#github.one('POST', path, 'deployments: write', 'take the status of the deployment', {
                state,
                description: bounded(description),
                ...(url === undefined ? {} : { environment_url: url }),
                ...(job.runId === undefined
                    ? {}
                    : { log_url: `${job.serverUrl}/${this.#github.repository}/actions/runs/${job.runId}` }),
            });
        }
        catch (failure) {
            const message = `The deployment record does not say '${state}': ${(0,errors/* messageOf */.bD)(failure)}`;
            log.annotate({ level: 'warning', message });
        }
    }
}
/** GitHub takes 140 characters. */
function bounded(text) {
    return text.length <= 140 ? text : `${text.slice(0, 139)}…`;
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/codes.ts

/** Failures of talking to a cluster and of changing what runs there. */
const kubernetes_codes_codes = (0,errors/* defineCodes */.Oo)({
    KUBECONFIG_MISSING: {
        title: 'There is no kubeconfig',
        meaning: 'Neither the kubeconfig input nor KUBECONFIG, ~/.kube/config or a service account names a cluster.',
        remedy: 'Give the input `kubeconfig` (a path or the content, from a secret), or log in to the cluster in an earlier step.',
    },
    KUBECONFIG_INVALID: {
        title: 'The kubeconfig cannot be used',
        meaning: 'The kubeconfig is not YAML, or lacks the cluster, user or context that it refers to.',
        remedy: 'Check the secret that holds it: `kubectl --kubeconfig FILE config view --minify` must print one context.',
    },
    KUBECONFIG_CONTEXT_UNKNOWN: {
        title: 'The context does not exist in the kubeconfig',
        meaning: 'The input `context` names a context that the kubeconfig does not have.',
        remedy: 'Use one of the contexts that the message lists, or leave the input out for the current one.',
    },
    KUBERNETES_UNREACHABLE: {
        title: 'The API server cannot be reached',
        meaning: 'No connection to the API server of the context could be made, or it broke and did not come back.',
        remedy: 'Check the server address in the kubeconfig and that the runner may reach it (private clusters need a self-hosted runner).',
    },
    KUBERNETES_TLS: {
        title: "The API server's certificate is not trusted",
        meaning: 'The certificate of the API server is not signed by the authority in the kubeconfig, or is for another name.',
        remedy: 'Put the authority of the cluster into the kubeconfig (certificate-authority-data). Verification is never switched off.',
    },
    KUBERNETES_UNAUTHORIZED: {
        title: 'The API server does not accept the credentials',
        meaning: 'The token or client certificate in the kubeconfig is wrong or has expired.',
        remedy: 'Renew the credentials in the kubeconfig secret, or run the login step of the cloud provider before this one.',
    },
    KUBERNETES_CREDENTIALS_PLUGIN: {
        title: 'The credential plugin of the kubeconfig failed',
        meaning: 'The kubeconfig gets its credentials from a program (gke-gcloud-auth-plugin, aws, kubelogin …) that is absent or failed.',
        remedy: 'Install the plugin and log in to the cloud provider in an earlier step of the job.',
    },
    KUBERNETES_FORBIDDEN: {
        title: 'The credentials lack a right',
        meaning: 'The API server knows the user and refuses the request: a Role does not grant this verb on this resource.',
        remedy: 'Add the rule that the message shows to the Role of the user; docs/rbac holds complete Roles.',
    },
    KUBERNETES_REFUSED: {
        title: 'The cluster refuses the object',
        meaning: 'Quota, a policy, an admission webhook or the state of the namespace forbids the change.',
        remedy: 'Read the reason in the message: it names the quota, the policy or the webhook.',
    },
    KUBERNETES_NOT_FOUND: {
        title: 'An object does not exist in the cluster',
        meaning: 'The object, or the namespace it should be in, does not exist in the cluster of this context.',
        remedy: 'Check name, namespace and context; create the namespace first where it is the namespace that is absent.',
    },
    KUBERNETES_CONFLICT: {
        title: 'Someone else changed the object meanwhile',
        meaning: 'The object has another resourceVersion than the one that was read: the change was not made.',
        remedy: 'Run the step again: it starts from what is there now. Use `concurrency` so that two deployments do not meet.',
    },
    KUBERNETES_FIELD_CONFLICT: {
        title: 'Another tool owns a field of the manifest',
        meaning: 'A server-side apply would change a field that another field manager (kubectl apply, helm, an operator) has set.',
        remedy: 'Remove the field from the manifest, or from the other tool; set `force-conflicts: true` to take the fields over.',
    },
    KUBERNETES_INVALID: {
        title: 'The API server finds the object invalid',
        meaning: 'The object breaks the schema or a rule of its kind. Nothing was changed.',
        remedy: 'Correct the field that the message names.',
    },
    KUBERNETES_KIND_UNKNOWN: {
        title: 'The cluster does not know this kind of object',
        meaning: 'The custom resource definition is not installed, or the apiVersion is not served by this version of Kubernetes.',
        remedy: 'Install the definition first, or correct apiVersion and kind (`kubectl api-resources`).',
    },
    KUBERNETES_FAILED: {
        title: 'The API server failed',
        meaning: 'The API server answered with an error that is neither refusal nor absence, also after retries.',
        remedy: 'Look at the health of the control plane; run the step again when it is well.',
    },
    KUBERNETES_PROXY_FAILED: {
        title: 'kubectl proxy does not run',
        meaning: 'The local proxy that gives access to the API server could not be started, or ended again and again.',
        remedy: "Read kubectl's own words in the summary; check that this kubectl works on the runner.",
    },
    POD_UNREACHABLE: {
        title: 'A port of a pod cannot be reached',
        meaning: 'The API server (or a port forwarding through it) could not connect to the port of the pod, or got no answer.',
        remedy: 'Check that the server in the pod listens on this port; a network policy must let the API server in.',
    },
    WORKLOAD_NOT_FOUND: {
        title: 'A workload does not exist',
        meaning: 'A workload that the inputs name is not in the namespace. Nothing was changed.',
        remedy: 'Correct the name, the namespace or the context: the message lists what exists. Deploy it with manifests the first time.',
    },
    DEPLOY_REFUSED: {
        title: 'The cluster refuses the deployment',
        meaning: 'In the dry run the API server refused at least one change. Nothing was changed.',
        remedy: 'Correct what the message names; each refusal carries the words of the server.',
    },
    DEPLOY_INCOMPLETE: {
        title: 'A deployment of several workloads stopped half-way',
        meaning: 'One of several changes failed after others were made. The message says which are changed and which are not.',
        remedy: 'Correct the cause and run the step again: workloads that are changed already stay as they are.',
    },
    DEPLOY_PREFLIGHT_FAILED: {
        title: 'The deployment cannot work as it is',
        meaning: 'A check before the deployment found what would keep the pods from starting or from becoming ready. Nothing was changed.',
        remedy: 'Correct what the annotations name, or set `preflight: warn` to deploy all the same.',
    },
    MANIFEST_INVALID: {
        title: 'A manifest cannot be used',
        meaning: 'A manifest file is absent, is not YAML or JSON, or holds a document that is no Kubernetes object.',
        remedy: 'Correct the file at the place that the message names.',
    },
});

// EXTERNAL MODULE: ./packages/shared/src/base/codes.ts
var base_codes = __webpack_require__(215);
;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rbac.ts
const denied = /User "(?<user>[^"]*)" cannot (?<verb>[\w*]+) resource "(?<resource>[^"]+)" in API group "(?<group>[^"]*)"(?: in the namespace "(?<namespace>[^"]+)"| at the cluster scope)?/;
/**
 * Reads the right out of the API server's "… is forbidden: User … cannot …" (apiserver, responsewriters.Forbidden).
 * undefined when it was not RBAC that refused: quota, policies and webhooks also answer 403.
 */
function missingRight(message) {
    const found = denied.exec(message)?.groups;
    if (found === undefined)
        return undefined;
    return {
        user: found.user ?? '',
        verb: found.verb ?? '',
        resource: found.resource ?? '',
        group: found.group ?? '',
        namespace: found.namespace,
    };
}
/** `"get" on deployments.apps in namespace staging`. */
function describeRight(right) {
    const resource = right.group === '' ? right.resource : `${right.resource}.${right.group}`;
    return `"${right.verb}" on ${resource} ${right.namespace === undefined ? 'in the whole cluster' : `in namespace ${right.namespace}`}`;
}
/** The rule to add to a Role (or a ClusterRole), as one line of YAML. */
function ruleFor(right) {
    return `- {apiGroups: ["${right.group}"], resources: ["${right.resource}"], verbs: ["${right.verb}"]}`;
}
/** What a user is told about a missing right. */
function rightRemedy(right) {
    const role = right.namespace === undefined ? 'ClusterRole' : `Role in namespace ${right.namespace}`;
    return `Add to a ${role} that is bound to ${right.user}: ${ruleFor(right)}`;
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/kubectl-failures.ts





/**
 * What kubectl (and kubectl proxy, with the same words of the same library) prints, from recordings of kubectl 1.32
 * against Kubernetes 1.33. All of these end with exit code 1. The first row that matches counts: causes stand before
 * what they lead to.
 */
const table = [
    {
        code: kubernetes_codes_codes.KUBERNETES_REFUSED,
        pattern: /failed calling webhook "(?<webhook>[^"]+)": (?:failed to call webhook: )?(?<why>.+)/,
        says: ({ webhook, why }) => `the admission webhook ${webhook ?? ''} does not answer: ${why ?? ''}`,
        remedy: ({ webhook }) => `Look at the service behind ${webhook ?? 'the webhook'}: until it answers, nothing that it guards can be changed.`,
    },
    {
        code: kubernetes_codes_codes.KUBERNETES_CREDENTIALS_PLUGIN,
        pattern: /getting credentials: (?:exec: )?(?<what>.+)/,
        says: ({ what }) => `the credential plugin of the kubeconfig failed: ${what ?? ''}`,
    },
    {
        code: kubernetes_codes_codes.KUBECONFIG_CONTEXT_UNKNOWN,
        pattern: /cannot locate context (?<context>\S+)|context "(?<quoted>[^"]+)" does not exist/,
        says: ({ context, quoted }) => `the kubeconfig has no context ${context ?? quoted ?? ''}`,
    },
    {
        code: kubernetes_codes_codes.KUBECONFIG_MISSING,
        pattern: /current-context must exist|^error: stat (?<file>\S+): no such file or directory$/m,
        says: ({ file }) => file === undefined ? 'no kubeconfig names a current context' : `the kubeconfig ${file} does not exist`,
    },
    {
        code: kubernetes_codes_codes.KUBECONFIG_INVALID,
        pattern: /error loading config file "(?<file>[^"]+)": (?<why>.+)|invalid configuration: (?<what>.+)/,
        says: ({ why, what }) => `the kubeconfig cannot be read: ${why ?? what ?? ''}`,
    },
    {
        code: kubernetes_codes_codes.KUBERNETES_TLS,
        pattern: /(?<why>(?:tls|x509): .+)/,
        says: ({ why = '' }) => /x509|verify|certificate/.test(why)
            ? `the certificate of the API server is not trusted: ${why}`
            : `no TLS connection to the API server comes about: ${why}`,
    },
    {
        code: kubernetes_codes_codes.KUBERNETES_UNAUTHORIZED,
        pattern: /You must be logged in to the server|\(Unauthorized\)|the server has asked for the client to provide credentials/,
        says: () => 'the API server does not accept the credentials of the kubeconfig',
    },
    {
        code: kubernetes_codes_codes.KUBERNETES_UNREACHABLE,
        pattern: /The connection to the server (?<server>\S+) was refused|dial tcp (?<address>\S+?):? (?<why>.*(?:refused|timeout|unreachable|no route).*)/,
        says: ({ server, address }) => `the API server ${server ?? address ?? ''} refuses connections or is not there`,
    },
    {
        code: kubernetes_codes_codes.KUBERNETES_UNREACHABLE,
        pattern: /dial tcp: lookup (?<host>\S+).*: (?<why>no such host|server misbehaving|i\/o timeout)/,
        says: ({ host, why }) => `the name of the API server, ${host ?? ''}, cannot be resolved: ${why ?? ''}`,
    },
    {
        code: kubernetes_codes_codes.KUBERNETES_UNREACHABLE,
        pattern: /Unable to connect to the server: (?<why>.+)|net\/http: (?<timeout>.*timeout.*)|context deadline exceeded|unexpected EOF|(?:^|: )EOF$|connection reset by peer|http2: client connection lost/m,
        says: ({ why, timeout }, line) => `the API server cannot be reached: ${why ?? timeout ?? line}`,
    },
    {
        code: kubernetes_codes_codes.KUBERNETES_FORBIDDEN,
        pattern: /(?<all>.*is forbidden: User "[^"]*" cannot .+)/,
        says: ({ all = '' }) => {
            const right = missingRight(all);
            return right === undefined ? all : `${right.user} may not ${describeRight(right)}`;
        },
        remedy: ({ all = '' }) => {
            const right = missingRight(all);
            return right === undefined ? kubernetes_codes_codes.KUBERNETES_FORBIDDEN.remedy : rightRemedy(right);
        },
    },
    {
        code: kubernetes_codes_codes.KUBERNETES_REFUSED,
        pattern: /(?<object>\S+ "[^"]+") is forbidden: (?<why>.+)|admission webhook (?<webhook>"[^"]+" denied the request.*)/,
        says: ({ object, why, webhook }) => webhook === undefined ? `${object ?? ''} is refused: ${why ?? ''}` : `admission webhook ${webhook}`,
    },
    {
        code: kubernetes_codes_codes.KUBERNETES_FIELD_CONFLICT,
        pattern: /Apply failed with \d+ conflicts?: (?<what>[\s\S]+?)\nPlease review/,
        says: ({ what = '' }) => `another field manager owns what the manifest sets: ${(0,base_text/* oneLine */.TN)(what, 600)}`,
    },
    {
        code: kubernetes_codes_codes.KUBERNETES_CONFLICT,
        pattern: /Operation cannot be fulfilled on (?<what>.+?): the object has been modified/,
        says: ({ what }) => `${what ?? ''} was changed by someone else meanwhile`,
    },
    {
        code: kubernetes_codes_codes.KUBERNETES_KIND_UNKNOWN,
        pattern: /no matches for kind "(?<kind>[^"]+)" in version "(?<version>[^"]+)"/,
        says: ({ kind, version }) => `the cluster does not know the kind ${kind ?? ''} in ${version ?? ''}`,
    },
    {
        code: kubernetes_codes_codes.KUBERNETES_INVALID,
        pattern: /strict decoding error: (?<why>.+)/,
        says: ({ why }) => `the manifest has a field that its kind does not know: ${why ?? ''}`,
    },
    {
        code: kubernetes_codes_codes.KUBERNETES_INVALID,
        pattern: /The (?<object>\S+ "[^"]*") is invalid: (?<why>[\s\S]+)/,
        says: ({ object, why = '' }) => `${object ?? ''} is invalid: ${(0,base_text/* oneLine */.TN)(why, 600)}`,
    },
    {
        code: kubernetes_codes_codes.KUBERNETES_INVALID,
        pattern: /error (?:parsing|converting YAML|validating) (?<why>.+)/,
        says: ({ why }) => `the manifest cannot be read: ${why ?? ''}`,
    },
    {
        code: kubernetes_codes_codes.KUBERNETES_NOT_FOUND,
        pattern: /namespaces "(?<namespace>[^"]+)" not found/,
        says: ({ namespace }) => `the namespace ${namespace ?? ''} does not exist`,
        remedy: ({ namespace }) => `Create it first (kubectl create namespace ${namespace ?? ''}) or correct the input namespace.`,
    },
    {
        code: kubernetes_codes_codes.KUBERNETES_NOT_FOUND,
        pattern: /(?<resource>[\w.]+) "(?<name>[^"]+)" not found/,
        says: ({ resource, name }) => `${resource ?? ''} "${name ?? ''}" does not exist`,
    },
    {
        code: kubernetes_codes_codes.KUBERNETES_FAILED,
        pattern: /Error from server \((?<reason>InternalError|Timeout|ServiceUnavailable|TooManyRequests|ServerTimeout)\): (?<why>.+)/,
        says: ({ reason, why }) => `the API server failed (${reason ?? ''}): ${why ?? ''}`,
    },
];
/** Looks what kubectl said up in the table; undefined when nothing fits. */
function knownFailure(words) {
    const clean = (0,base_text/* neutralise */.$0)(words);
    for (const row of table) {
        const match = row.pattern.exec(clean);
        if (match === null)
            continue;
        const found = Object.fromEntries(Object.entries(match.groups ?? {}).filter(([, value]) => value !== undefined));
        const line = (0,base_text/* oneLine */.TN)(match[0], 300);
        return {
            code: row.code,
            message: (0,base_text/* oneLine */.TN)(row.says(found, line), 800),
            ...(row.remedy === undefined ? {} : { remedy: row.remedy(found) }),
        };
    }
    return undefined;
}
/** The error for a run of kubectl that failed: the known cause, or its last line. */
function kubectl_failures_kubectlError(run) {
    const { command, result } = run;
    const words = `${result.stderr}\n${result.stdout}`.trim();
    const known = knownFailure(result.stderr);
    const ended = result.signal === null ? `exit code ${String(result.exitCode)}` : `signal ${result.signal}`;
    const last = (0,base_text/* oneLine */.TN)((0,base_text/* neutralise */.$0)(result.stderr).trim().split('\n').at(-1) ?? '', 300);
    const message = known?.message ?? `kubectl failed (${ended})${last === '' ? '' : `: ${last}`}`;
    return new errors/* ToolError */.v4(known?.code ?? base_codes/* codes */.F.TOOL_FAILED, message, {
        command,
        exitCode: result.exitCode,
        location: run.location,
        evidence: words === '' ? undefined : words,
        ...(known?.remedy === undefined ? {} : { remedy: known.remedy }),
    });
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/kubectl.ts

/** Who owns the fields that the actions set (server-side apply, kubectl.kubernetes.io managedFields). */
const fieldManager = 'wso2-delivery';
/** The arguments that every call to the cluster begins with. */
function clusterArgs(kubectl) {
    return [
        ...(kubectl.kubeconfig === undefined ? [] : [`--kubeconfig=${kubectl.kubeconfig}`]),
        ...(kubectl.context === undefined ? [] : [`--context=${kubectl.context}`]),
        ...(kubectl.namespaceOfContext === true ? [] : [`--namespace=${kubectl.namespace}`]),
    ];
}
/** `kubectl apply --server-side` of what comes on standard input. */
function applyArgs(options = {}) {
    return [
        'apply',
        '--server-side',
        `--field-manager=${fieldManager}`,
        ...(options.force === true ? ['--force-conflicts'] : []),
        ...(options.dryRun === true ? ['--dry-run=server'] : []),
        '--output=name',
        '--filename=-',
    ];
}
/** `kubectl diff --server-side` of what comes on standard input: exit code 0 same, 1 different, above 1 failed. */
function diffArgs(options = {}) {
    return [
        'diff',
        '--server-side',
        `--field-manager=${fieldManager}`,
        ...(options.force === true ? ['--force-conflicts'] : []),
        '--filename=-',
    ];
}
/**
 * `kubectl kustomize`: renders a folder, without a cluster. Into a file, because what passes through standard output is
 * masked, and a masked manifest must never be applied.
 */
function kustomizeArgs(folder, output) {
    return ['kustomize', folder, `--output=${output}`];
}
/**
 * `kubectl proxy` on a unix socket, or on a loopback port below a prefix that nobody can guess. Its own filter against
 * exec and attach is narrowed to these two: by default it also refuses a pod's own path such as /proxy/executions.
 * @param server the URL of the API server; kubectl drops its path (Rancher has one) unless told otherwise
 */
function proxyArgs(listen, server) {
    const place = 'socket' in listen
        ? [`--unix-socket=${listen.socket}`]
        : ['--port=0', '--address=127.0.0.1', `--api-prefix=${listen.prefix}`];
    const hasPath = server !== undefined && URL.canParse(server) && new URL(server).pathname !== '/';
    return [
        'proxy',
        ...place,
        '--reject-paths=^/api/v1/namespaces/[^/]+/pods/[^/]+/(exec|attach)$',
        ...(hasPath ? ['--append-server-path'] : []),
    ];
}
/** `kubectl port-forward` to one port of a pod, on a loopback port that the system chooses. */
function portForwardArgs(pod, port) {
    return ['port-forward', '--address=127.0.0.1', `pod/${pod}`, `:${port}`];
}
/**
 * Runs kubectl against the cluster. The job's environment goes with it: credential plugins live on it.
 * @throws ToolError with the code of a known failure (kubectl-failures.ts) or TOOL_FAILED.
 */
async function runKubectl(ports, kubectl, call) {
    const args = [...clusterArgs(kubectl), ...call.args];
    const result = await ports.exec.run({
        command: kubectl.program,
        args,
        timeoutMs: call.timeoutMs ?? 60_000,
        ...(call.stdin === undefined ? {} : { stdin: call.stdin }),
    });
    if (result.exitCode === 0 || (result.exitCode !== null && call.accept?.includes(result.exitCode) === true))
        return result;
    const location = call.locate?.(result.stderr);
    throw kubectlError({ command: [kubectl.program, ...args], result, location });
}
/**
 * The version of the kubectl program, for example "v1.32.4".
 * @throws ToolError TOOL_MISSING when there is none on the PATH.
 */
async function kubectlVersion(exec, program = 'kubectl') {
    const args = ['version', '--client', '--output=json'];
    const result = await exec.run({ command: program, args, timeoutMs: 30_000 });
    const version = /"gitVersion":\s*"([^"]+)"/.exec(result.stdout)?.[1];
    if (result.exitCode !== 0 || version === undefined)
        throw kubectlError({ command: [program, ...args], result });
    return version;
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/objects.ts
/** "app=web,tier in (a,b)" from a workload's spec.selector; undefined when it selects nothing or is no selector. */
function objects_selectorText(selector) {
    if (!objects_isRecord(selector))
        return undefined;
    const labels = objects_isRecord(selector.matchLabels) ? selector.matchLabels : {};
    const parts = Object.entries(labels).map(([key, value]) => `${key}=${String(value)}`);
    for (const expression of Array.isArray(selector.matchExpressions) ? selector.matchExpressions : []) {
        if (!objects_isRecord(expression))
            continue;
        const key = String(expression.key);
        const values = Array.isArray(expression.values) ? expression.values.map(String).join(',') : '';
        if (expression.operator === 'In')
            parts.push(`${key} in (${values})`);
        if (expression.operator === 'NotIn')
            parts.push(`${key} notin (${values})`);
        if (expression.operator === 'Exists')
            parts.push(key);
        if (expression.operator === 'DoesNotExist')
            parts.push(`!${key}`);
    }
    return parts.length === 0 ? undefined : parts.join(',');
}
/** True for a JSON object: not null, not an array. */
function objects_isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** Walks into foreign data: `at(pod, 'status', 'phase')`. undefined as soon as the way ends. */
function objects_at(value, ...path) {
    let here = value;
    for (const step of path) {
        if (typeof step === 'number')
            here = Array.isArray(here) ? here[step] : undefined;
        else
            here = objects_isRecord(here) ? here[step] : undefined;
    }
    return here;
}
/** The records of a list somewhere in foreign data; empty when there is no list. */
function objects_recordsAt(value, ...path) {
    const list = objects_at(value, ...path);
    return Array.isArray(list) ? list.filter(objects_isRecord) : [];
}
/** A text somewhere in foreign data. */
function objects_textAt(value, ...path) {
    const text = objects_at(value, ...path);
    return typeof text === 'string' ? text : undefined;
}
/** A number somewhere in foreign data. */
function objects_numberAt(value, ...path) {
    const number = objects_at(value, ...path);
    return typeof number === 'number' ? number : undefined;
}
/** The object without managedFields: they are half of its bytes and say nothing about a rollout. */
function withoutManagedFields(object) {
    const metadata = { ...object.metadata };
    delete metadata.managedFields;
    return { ...object, metadata: metadata };
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/any-kind.ts
/** Objects of kinds that only the server knows: where they live is asked for, as kubectl does (discovery). */




function createAnyKind(transport, namespace) {
    const lists = new Map();
    const places = (group) => {
        const known = lists.get(group) ?? readPlaces(transport, group);
        lists.set(group, known);
        return known;
    };
    /** A kind that the server did not know may be one that has come with the manifests since. */
    const placeOf = async (group, kind) => {
        const known = lists.has(group);
        const place = (await places(group)).get(kind);
        if (place !== undefined || !known)
            return place;
        lists.delete(group);
        return (await places(group)).get(kind);
    };
    const pathOf = async ({ apiVersion, kind, name, namespace: own }) => {
        const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
        const place = await placeOf(group, kind);
        if (place === undefined)
            return undefined;
        const within = place.namespaced ? `/namespaces/${encodeURIComponent(own ?? namespace)}` : '';
        return `${group}${within}/${place.plural}/${encodeURIComponent(name)}`;
    };
    let groups;
    return {
        async list({ group, kind }, where) {
            groups ??= readGroups(transport);
            const version = (await groups).get(group);
            const place = version === undefined ? undefined : (await places(`/apis/${version}`)).get(kind);
            if (version === undefined || place === undefined)
                return [];
            const path = `/apis/${version}/namespaces/${encodeURIComponent(where)}/${place.plural}`;
            const page = (await transport.send({ method: 'GET', path, query: { limit: 500 } })).json();
            return objects_recordsAt(page, 'items');
        },
        async find(name) {
            const path = await pathOf(name);
            if (path === undefined)
                return undefined;
            try {
                return (await transport.send({ method: 'GET', path })).json();
            }
            catch (error) {
                if (isNotFound(error))
                    return undefined;
                throw error;
            }
        },
        async patch(name, resourceVersion, operations) {
            const path = (await pathOf(name)) ?? '';
            const response = await transport.send({
                method: 'PATCH',
                path,
                query: { fieldManager: fieldManager },
                contentType: 'application/json-patch+json',
                body: jsonPatchFor(resourceVersion, operations),
                repeatable: false,
            });
            return response.json();
        },
        async remove(name, uid, resourceVersion) {
            const preconditions = { uid, resourceVersion };
            const body = { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Background', preconditions };
            try {
                await transport.send({ method: 'DELETE', path: (await pathOf(name)) ?? '', body });
            }
            catch (error) {
                if (!isNotFound(error))
                    throw error;
            }
        },
    };
}
/** A JSON patch that is refused when the object is no longer the version that was looked at. */
function jsonPatchFor(resourceVersion, operations) {
    return [{ op: 'test', path: '/metadata/resourceVersion', value: resourceVersion }, ...operations];
}
/** The groups that the server knows, each with its preferred version: "cert-manager.io" → "cert-manager.io/v1". */
async function readGroups(transport) {
    const list = (await transport.send({ method: 'GET', path: '/apis' })).json();
    return new Map(objects_recordsAt(list, 'groups').map((group) => [
        objects_textAt(group, 'name') ?? '',
        objects_textAt(group, 'preferredVersion', 'groupVersion') ?? '',
    ]));
}
async function readPlaces(transport, group) {
    try {
        const list = (await transport.send({ method: 'GET', path: group })).json();
        const entries = objects_recordsAt(list, 'resources').flatMap((resource) => {
            const { kind, name } = resource;
            if (typeof kind !== 'string' || typeof name !== 'string' || name.includes('/'))
                return [];
            return [[kind, { plural: name, namespaced: objects_at(resource, 'namespaced') === true }]];
        });
        return new Map(entries);
    }
    catch (error) {
        if (isNotFound(error))
            return new Map();
        throw error;
    }
}
function isNotFound(error) {
    return error instanceof errors/* ServiceError */._7 && error.code === kubernetes_codes_codes.KUBERNETES_NOT_FOUND.code;
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/api-error.ts






const byStatus = {
    400: kubernetes_codes_codes.KUBERNETES_INVALID,
    401: kubernetes_codes_codes.KUBERNETES_UNAUTHORIZED,
    403: kubernetes_codes_codes.KUBERNETES_FORBIDDEN,
    404: kubernetes_codes_codes.KUBERNETES_NOT_FOUND,
    409: kubernetes_codes_codes.KUBERNETES_CONFLICT,
    422: kubernetes_codes_codes.KUBERNETES_INVALID,
};
/** The Status object of an error answer, as far as it is one. */
function statusOf(body) {
    try {
        const status = JSON.parse(body);
        if (!objects_isRecord(status) || status.kind !== 'Status')
            return undefined;
        return { message: objects_textAt(status, 'message') ?? '', reason: objects_textAt(status, 'reason') };
    }
    catch {
        return undefined;
    }
}
/**
 * True when the answer is kubectl proxy's own: it puts every failure to reach the API server into a 500 of plain text
 * (kubectl pkg/proxy/proxy_server.go, responder.Error).
 */
function isProxyFailure(answer) {
    return answer.status === 500 && statusOf(answer.body) === undefined && knownFailure(answer.body) !== undefined;
}
/** The error for an answer: code, the API server's own words, and for a missing right the rule to add. */
function apiError(answer) {
    const failure = { method: answer.method, url: answer.path, status: answer.status };
    const status = statusOf(answer.body);
    if (status === undefined) {
        const known = answer.status >= 500 ? knownFailure(answer.body) : undefined;
        if (known !== undefined) {
            return new errors/* ServiceError */._7(known.code, known.message, known.remedy === undefined ? failure : { ...failure, remedy: known.remedy });
        }
    }
    const words = (0,base_text/* oneLine */.TN)((0,base_text/* neutralise */.$0)(status?.message ?? answer.body), 600);
    const right = answer.status === 403 ? missingRight(words) : undefined;
    if (right !== undefined) {
        return new errors/* ServiceError */._7(kubernetes_codes_codes.KUBERNETES_FORBIDDEN, `${right.user} may not ${describeRight(right)}`, {
            ...failure,
            remedy: rightRemedy(right),
        });
    }
    if (answer.status === 403 && /is forbidden: |denied the request/.test(words)) {
        return new errors/* ServiceError */._7(kubernetes_codes_codes.KUBERNETES_REFUSED, words, failure);
    }
    const code = byStatus[answer.status] ?? kubernetes_codes_codes.KUBERNETES_FAILED;
    const said = words === '' ? '' : `: ${words}`;
    return new errors/* ServiceError */._7(code, `the API server answers ${answer.status} to ${answer.method} ${answer.path}${said}`, failure);
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/kinds.ts
const resource = (group, version, plural, short = [], namespaced = true) => ({
    group,
    version,
    plural,
    short,
    namespaced,
});
/** The kinds that the actions read or change themselves. Everything else in a manifest is kubectl's business. */
const kinds_table = {
    ConfigMap: resource('', 'v1', 'configmaps', ['cm']),
    ControllerRevision: resource('apps', 'v1', 'controllerrevisions'),
    CronJob: resource('batch', 'v1', 'cronjobs', ['cj']),
    DaemonSet: resource('apps', 'v1', 'daemonsets', ['ds']),
    Deployment: resource('apps', 'v1', 'deployments', ['deploy']),
    Event: resource('', 'v1', 'events', ['ev']),
    HorizontalPodAutoscaler: resource('autoscaling', 'v2', 'horizontalpodautoscalers', ['hpa']),
    Job: resource('batch', 'v1', 'jobs'),
    LimitRange: resource('', 'v1', 'limitranges', ['limits']),
    Namespace: resource('', 'v1', 'namespaces', ['ns'], false),
    Node: resource('', 'v1', 'nodes', ['no'], false),
    PersistentVolumeClaim: resource('', 'v1', 'persistentvolumeclaims', ['pvc']),
    Pod: resource('', 'v1', 'pods', ['po']),
    PodDisruptionBudget: resource('policy', 'v1', 'poddisruptionbudgets', ['pdb']),
    ReplicaSet: resource('apps', 'v1', 'replicasets', ['rs']),
    ResourceQuota: resource('', 'v1', 'resourcequotas', ['quota']),
    Secret: resource('', 'v1', 'secrets'),
    Service: resource('', 'v1', 'services', ['svc']),
    ServiceAccount: resource('', 'v1', 'serviceaccounts', ['sa']),
    StatefulSet: resource('apps', 'v1', 'statefulsets', ['sts']),
};
/** The API facts of a kind. */
function kinds_resourceType(kind) {
    return { kind, ...kinds_table[kind] };
}
/** Finds a kind by any name that kubectl accepts: "Deployment", "deployments", "deploy", "deployments.apps". */
function kinds_kindNamed(name) {
    const [word = ''] = name.toLowerCase().split('.');
    return Object.keys(kinds_table).find((kind) => {
        const { plural, short } = kinds_table[kind];
        return word === kind.toLowerCase() || word === plural || short.includes(word);
    });
}
/** "apps/v1", "v1". */
function apiVersionOf(kind) {
    const { group, version } = kinds_table[kind];
    return group === '' ? version : `${group}/${version}`;
}
/** The path below the API server's root: a collection without a name, all namespaces without a namespace. */
function resourcePath(kind, where = {}) {
    const { group, version, plural, namespaced } = kinds_table[kind];
    const parts = group === '' ? ['api', version] : ['apis', group, version];
    if (namespaced && where.namespace !== undefined)
        parts.push('namespaces', where.namespace);
    parts.push(plural);
    if (where.name !== undefined)
        parts.push(where.name);
    if (where.subresource !== undefined)
        parts.push(where.subresource);
    return `/${parts.map(encodeURIComponent).join('/')}`;
}

// EXTERNAL MODULE: ./packages/shared/src/base/retry.ts
var retry = __webpack_require__(207);
;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/watch.ts






const backoff = { baseMs: 100, capMs: 2000, longestWaitMs: 30_000 };
const longestLine = 16 * 1024 * 1024;
/**
 * All changes of a selection from now on, beginning with what is there. The stream is resumed after every kind of
 * break; when the server no longer knows the place (410), the difference to a new list is reported as changes.
 * @throws ServiceError when the API server refuses (401, 403, 404), or stays away longer than the patience.
 */
async function* watch(kind, source, clock, options = {}) {
    const { signal } = options;
    const known = new Map();
    let version;
    let everSynced = false;
    let trouble;
    const isOver = () => signal?.aborted === true;
    const wait = async (error) => {
        const now = clock.now();
        trouble ??= { since: now, attempt: 1, refused: 0 };
        trouble.attempt += 1;
        if (isRefusal(error) && ++trouble.refused >= 3)
            throw error;
        if (now - trouble.since > (options.patienceMs ?? 120_000))
            throw error;
        await clock.sleep((0,retry/* pauseBefore */.GB)(trouble.attempt, Math.random(), undefined, backoff) ?? backoff.capMs, signal);
    };
    while (!isOver()) {
        let stream;
        try {
            if (version === undefined) {
                const list = await source.list();
                for (const event of difference(kind, known, list.items)) {
                    remember(known, event);
                    yield event;
                }
                version = list.resourceVersion;
                everSynced = true;
                options.onSynced?.();
            }
            const openedAt = clock.now();
            let received = 0;
            stream = await source.open(version, signal);
            for await (const line of lines(stream.body)) {
                received += 1;
                const change = readChange(line);
                if (change.type === 'ERROR') {
                    if (change.code !== 410)
                        throw change.error;
                    options.onBreak?.(`the server no longer holds resourceVersion ${version}; listing again`);
                    version = undefined;
                    break;
                }
                trouble = undefined;
                version = change.object.metadata.resourceVersion ?? version;
                const event = change.type === 'BOOKMARK' ? undefined : eventFor(kind, change.type, change.object, known);
                if (event === undefined)
                    continue;
                remember(known, event);
                yield event;
            }
            // Some servers end every watch at once while they are going down: do not spin.
            if (received === 0 && clock.now() - openedAt < 1000)
                throw endsAtOnce(kind);
        }
        catch (error) {
            if (isOver())
                return;
            if (!everSynced || !isPassing(error))
                throw error;
            if (error instanceof errors/* ServiceError */._7 && error.status === 410)
                version = undefined;
            else if (!isIdle(error)) {
                options.onBreak?.(error instanceof Error ? error.message : String(error));
                try {
                    await wait(error);
                }
                catch (final) {
                    if (isOver())
                        return;
                    throw final;
                }
            }
        }
        finally {
            stream?.close();
        }
    }
}
/** What happened between two views of a selection, told as changes. Deletions first: a name may have been used anew. */
function difference(kind, known, items) {
    const present = new Map(items.map((item) => [keyOf(item), item]));
    const events = [];
    for (const [key, object] of known) {
        if (present.get(key)?.metadata.uid !== object.metadata.uid)
            events.push({ type: 'DELETED', kind, object });
    }
    for (const [key, item] of present) {
        const before = known.get(key);
        const object = withoutManagedFields(item);
        if (before?.metadata.uid !== item.metadata.uid || before === undefined)
            events.push({ type: 'ADDED', kind, object });
        else if (before.metadata.resourceVersion !== item.metadata.resourceVersion)
            events.push({ type: 'MODIFIED', kind, object });
    }
    return events;
}
/** The event for a change on the wire; undefined when it tells nothing new (a repetition). */
function eventFor(kind, type, raw, known) {
    const object = withoutManagedFields(raw);
    const before = known.get(keyOf(object));
    if (type === 'DELETED')
        return before === undefined ? undefined : { type, kind, object };
    if (before === undefined)
        return { type: 'ADDED', kind, object };
    if (before.metadata.resourceVersion === object.metadata.resourceVersion)
        return undefined;
    return { type: 'MODIFIED', kind, object };
}
function remember(known, event) {
    if (event.type === 'DELETED')
        known.delete(keyOf(event.object));
    else
        known.set(keyOf(event.object), event.object);
}
function keyOf(object) {
    return `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}
function readChange(line) {
    const parsed = JSON.parse(line);
    const type = objects_textAt(parsed, 'type');
    const object = objects_isRecord(parsed) ? parsed.object : undefined;
    if (type === 'ERROR' || !objects_isRecord(object) || !objects_isRecord(object.metadata)) {
        const code = objects_numberAt(object, 'code') ?? 500;
        const error = apiError({ method: 'GET', path: '(watch)', status: code, body: JSON.stringify(object ?? {}) });
        return { type: 'ERROR', code, error };
    }
    return { type: type, object: object };
}
/** Complete lines of a stream. What follows the last line end was cut off and is dropped. */
async function* lines(body) {
    let pending = [];
    let length = 0;
    for await (const chunk of body) {
        let from = 0;
        for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
            const line = Buffer.concat([...pending, chunk.subarray(from, end)]).toString('utf8');
            pending = [];
            length = 0;
            from = end + 1;
            if (line.trim() !== '')
                yield line;
        }
        if (from < chunk.length) {
            pending.push(chunk.subarray(from));
            length += chunk.length - from;
            if (length > longestLine) {
                throw new errors/* ServiceError */._7(base_codes/* codes */.F.SERVICE_TOO_LARGE, `one watch event is larger than ${longestLine} bytes`, {
                    method: 'GET',
                    url: '(watch)',
                });
            }
        }
    }
}
function endsAtOnce(kind) {
    const failure = { method: 'GET', url: '(watch)' };
    return new errors/* ServiceError */._7(kubernetes_codes_codes.KUBERNETES_FAILED, `the API server ends every watch of ${kind} at once`, failure);
}
/** A quiet stream that ran into the time limit: nothing is wrong, it is opened again. */
function isIdle(error) {
    return error instanceof errors/* ServiceError */._7 && error.code === base_codes/* codes */.F.SERVICE_TIMEOUT.code;
}
/** 401: a token that has just expired is renewed by the credential plugin for the next request. */
function isRefusal(error) {
    return error instanceof errors/* ServiceError */._7 && error.status === 401;
}
/** True for failures that may be over at the next attempt. */
function isPassing(error) {
    if (error instanceof SyntaxError)
        return true;
    if (!(error instanceof errors/* ServiceError */._7))
        return error instanceof Error && 'code' in error && 'syscall' in error;
    if (error.status !== undefined)
        return error.status >= 500 || [401, 408, 410, 429].includes(error.status);
    const passing = [
        kubernetes_codes_codes.KUBERNETES_UNREACHABLE.code,
        kubernetes_codes_codes.KUBERNETES_FAILED.code,
        base_codes/* codes */.F.SERVICE_UNREACHABLE.code,
        base_codes/* codes */.F.SERVICE_TIMEOUT.code,
    ];
    return passing.includes(error.code);
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/api-client.ts
/** The client's requests to the API server. */








const pageSize = 500;
/** A bookmark comes about once a minute: a stream that is silent for longer is broken without anybody having noticed. */
const watchSilenceMs = 100_000;
/** The client for one cluster; requests without a namespace of their own go to `namespace`. */
function createClient(transport, clock, namespace) {
    const place = (where, name, subresource) => ({
        namespace: where?.namespace ?? namespace,
        ...(name === undefined ? {} : { name }),
        ...(subresource === undefined ? {} : { subresource }),
    });
    const collection = (kind, selection) => typeof selection.namespace === 'object'
        ? resourcePath(kind)
        : resourcePath(kind, { namespace: selection.namespace ?? namespace });
    const selectors = (selection) => ({ labelSelector: selection.labels, fieldSelector: selection.fields });
    const client = {
        namespace,
        anyKind: createAnyKind(transport, namespace),
        async get(kind, name, where) {
            const response = await transport.send({ method: 'GET', path: resourcePath(kind, place(where, name)) });
            return objectIn(response, kind);
        },
        async find(kind, name, where) {
            try {
                return await client.get(kind, name, where);
            }
            catch (error) {
                if (error instanceof errors/* ServiceError */._7 && error.code === kubernetes_codes_codes.KUBERNETES_NOT_FOUND.code)
                    return undefined;
                throw error;
            }
        },
        async list(kind, selection = {}) {
            const path = collection(kind, selection);
            let items = [];
            let next;
            let resourceVersion = '';
            for (let restarts = 0;;) {
                try {
                    const query = { ...selectors(selection), limit: pageSize, continue: next };
                    const page = (await transport.send({ method: 'GET', path, query })).json();
                    if (next === undefined)
                        resourceVersion = objects_textAt(page, 'metadata', 'resourceVersion') ?? '';
                    for (const item of listItems(page))
                        items.push({ apiVersion: apiVersionOf(kind), kind, ...withoutManagedFields(item) });
                    next = objects_textAt(page, 'metadata', 'continue');
                    if (next === undefined || next === '')
                        return { items, resourceVersion };
                }
                catch (error) {
                    // The pages' snapshot has expired: begin again, once.
                    if (!(error instanceof errors/* ServiceError */._7 && error.status === 410) || restarts++ > 0)
                        throw error;
                    items = [];
                    next = undefined;
                }
            }
        },
        watch(kind, selection = {}) {
            const path = collection(kind, selection);
            const source = {
                list: () => client.list(kind, selection),
                open: (resourceVersion, signal) => transport.open({
                    method: 'GET',
                    path,
                    query: { ...selectors(selection), watch: true, allowWatchBookmarks: true, resourceVersion },
                    timeoutMs: watchSilenceMs,
                    maxBytes: Number.MAX_SAFE_INTEGER,
                    ...(signal === undefined ? {} : { signal }),
                }),
            };
            return watch(kind, source, clock, selection);
        },
        async patch(kind, name, patch, options = {}) {
            const type = options.type ?? 'merge';
            const response = await transport.send({
                method: 'PATCH',
                path: resourcePath(kind, place(options, name, options.subresource)),
                query: { fieldManager: fieldManager, dryRun: options.dryRun === true ? 'All' : undefined },
                contentType: {
                    merge: 'application/merge-patch+json',
                    strategic: 'application/strategic-merge-patch+json',
                    json: 'application/json-patch+json',
                }[type],
                body: withPrecondition(patch, options.resourceVersion),
                // With a precondition a repetition after a lost answer would report a conflict with ourselves.
                repeatable: type !== 'json' && options.resourceVersion === undefined,
            });
            return objectIn(response, kind);
        },
        async delete(kind, name, options = {}) {
            try {
                await transport.send({
                    method: 'DELETE',
                    path: resourcePath(kind, place(options, name)),
                    body: {
                        apiVersion: 'v1',
                        kind: 'DeleteOptions',
                        ...(options.gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds: options.gracePeriodSeconds }),
                        ...(options.propagation === undefined ? {} : { propagationPolicy: options.propagation }),
                        ...(options.uid === undefined && options.resourceVersion === undefined
                            ? {}
                            : { preconditions: { uid: options.uid, resourceVersion: options.resourceVersion } }),
                    },
                });
                return true;
            }
            catch (error) {
                if (error instanceof errors/* ServiceError */._7 && error.code === kubernetes_codes_codes.KUBERNETES_NOT_FOUND.code)
                    return false;
                throw error;
            }
        },
        async logs(pod, options) {
            const path = resourcePath('Pod', place(options, pod, 'log'));
            const query = {
                container: options.container,
                previous: options.previous === true ? true : undefined,
                tailLines: options.tailLines,
                limitBytes: options.limitBytes ?? 1024 * 1024,
            };
            for (let attempt = 1;; attempt++) {
                let text;
                try {
                    text = (await transport.send({ method: 'GET', path, query, headers: { accept: '*/*' } })).text();
                }
                catch (error) {
                    if (error instanceof errors/* ServiceError */._7 && (error.status === 400 || error.status === 404))
                        return undefined;
                    throw error;
                }
                // A kubelet answers 200 with this line alone while the runtime is still closing the file.
                if (!/^unable to retrieve container logs for \S+\s*$/.test(text))
                    return text;
                if (attempt === 3)
                    return undefined;
                await clock.sleep(1000);
            }
        },
        async podGet(pod, request) {
            if (Object.keys(request.headers ?? {}).some((name) => name.toLowerCase() === 'authorization')) {
                throw new TypeError('the API server does not pass an Authorization header on to a pod');
            }
            const target = `${request.scheme ?? 'http'}:${pod}:${request.port}`;
            const root = resourcePath('Pod', place(request, pod));
            const path = `${root.slice(0, root.lastIndexOf('/'))}/${target}/proxy/${request.path.replace(/^\//, '')}`;
            const response = await transport.send({
                method: 'GET',
                path,
                anyStatus: true,
                headers: { accept: '*/*', ...request.headers },
                ...(request.timeoutMs === undefined ? {} : { timeoutMs: request.timeoutMs }),
            });
            return podAnswer(response, pod, request);
        },
        async may(right) {
            const { group, plural, namespaced } = kinds_resourceType(right.kind);
            const review = await transport.send({
                method: 'POST',
                path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
                repeatable: true,
                body: {
                    apiVersion: 'authorization.k8s.io/v1',
                    kind: 'SelfSubjectAccessReview',
                    spec: {
                        resourceAttributes: {
                            verb: right.verb,
                            group,
                            resource: plural,
                            ...(namespaced ? { namespace: right.namespace ?? namespace } : {}),
                            ...(right.subresource === undefined ? {} : { subresource: right.subresource }),
                            ...(right.name === undefined ? {} : { name: right.name }),
                        },
                    },
                },
            });
            return objects_at(review.json(), 'status', 'allowed') === true;
        },
        async version() {
            // The first question of a step: who is not there now is told within a second.
            const response = await transport.send({ method: 'GET', path: '/version', attempts: 3 });
            return objects_textAt(response.json(), 'gitVersion') ?? 'unknown';
        },
    };
    return client;
}
function objectIn(response, kind) {
    const object = response.json();
    if (!objects_isRecord(object) || !objects_isRecord(object.metadata)) {
        throw new errors/* ServiceError */._7(kubernetes_codes_codes.KUBERNETES_FAILED, `the API server's answer is not a ${kind}`, {
            method: 'GET',
            url: response.url,
            status: response.status,
        });
    }
    return withoutManagedFields(object);
}
function listItems(page) {
    const items = objects_at(page, 'items');
    return Array.isArray(items) ? items : [];
}
function withPrecondition(patch, resourceVersion) {
    if (resourceVersion === undefined)
        return patch;
    if (Array.isArray(patch))
        return jsonPatchFor(resourceVersion, patch);
    const body = objects_isRecord(patch) ? patch : {};
    return { ...body, metadata: { ...(objects_isRecord(body.metadata) ? body.metadata : {}), resourceVersion } };
}
/** Tells the pod's answer from the API server's own about not having got one. */
function podAnswer(response, pod, request) {
    if (response.status < 400)
        return response;
    const own = statusOf(response.text())?.message ??
        (response.text().includes("Trying to reach: '") ? response.text() : undefined);
    if (own === undefined)
        return response;
    if (response.status === 403 || response.status === 401 || (response.status === 404 && own.startsWith('pods '))) {
        throw apiError({ method: 'GET', path: request.path, status: response.status, body: response.text() });
    }
    throw new errors/* ServiceError */._7(kubernetes_codes_codes.POD_UNREACHABLE, `port ${request.port} of pod ${pod} cannot be reached: ${own}`, {
        method: 'GET',
        url: request.path,
        status: response.status,
    });
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(760);
// EXTERNAL MODULE: ./packages/shared/src/base/suggest.ts
var suggest = __webpack_require__(119);
// EXTERNAL MODULE: ./packages/shared/node_modules/js-yaml/dist/js-yaml.mjs
var js_yaml = __webpack_require__(827);
;// CONCATENATED MODULE: ./packages/shared/src/formats/malformed.ts
/** A text or archive is not in its format. Floors above turn it into an error with a code and a file name. */
class MalformedError extends Error {
    /** Counted from 1; undefined where the format has no lines. */
    line;
    column;
    constructor(message, place = {}) {
        super(message);
        this.name = 'MalformedError';
        this.line = place.line;
        this.column = place.column;
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/formats/yaml.ts


/** YAML 1.2 core plus merge keys: `yes` stays a word, dates stay text. kubectl reads 1.1: let it parse what it applies. */
const options = { schema: js_yaml/* CORE_SCHEMA */.OU.withTags(js_yaml/* mergeTag */.LJ), maxDepth: 100, maxAliases: 500 };
/** Parses one document; a text without any (empty, or comments alone) is null. @throws MalformedError with line and column */
function yaml_parseYaml(text) {
    const documents = parseYamlDocuments(text);
    if (documents.length > 1)
        throw new MalformedError(`holds ${documents.length} documents where one is expected`);
    return documents[0] ?? null;
}
/** Parses a stream of documents separated by `---`. @throws MalformedError with line and column */
function parseYamlDocuments(text) {
    return guarded(() => (0,js_yaml/* loadAll */.gh)(text, options));
}
/** Writes a value as YAML that YAML 1.1 and 1.2 readers understand alike. */
function formatYaml(value) {
    return dump(value, { lineWidth: -1, noRefs: true });
}
function guarded(parse) {
    try {
        return parse();
    }
    catch (error) {
        if (error instanceof js_yaml/* YAMLException */.tB) {
            throw new MalformedError(error.reason, place(error.mark));
        }
        // The parser asks its callers to expect other exceptions too (js-yaml 5, load).
        throw new MalformedError(error instanceof Error ? error.message : String(error));
    }
}
function place(mark) {
    return mark === undefined ? {} : { line: mark.line + 1, column: mark.column + 1 };
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/kubeconfig.ts








const example = '${{ secrets.KUBECONFIG }}';
const largest = 1024 * 1024;
/**
 * Resolves the cluster inputs: a private copy of the kubeconfig (mode 0600, outside the workspace, removed at the end),
 * the context and the namespace. Registers the credentials in it as secrets.
 * @throws InputError KUBECONFIG_MISSING, KUBECONFIG_INVALID, KUBECONFIG_CONTEXT_UNKNOWN; ToolError TOOL_MISSING
 */
async function resolveKubectl(ports, inputs, program = 'kubectl') {
    const given = inputs.kubeconfig?.trim() ?? '';
    if (given === '')
        return await kubectlsOwn(ports, inputs, program);
    const content = contentOf(given);
    const { text, folder } = content === undefined ? await readKubeconfigFile(ports, given) : { text: content, folder: ports.files.workspace };
    const config = parseKubeconfig(text);
    for (const secret of credentialsIn(config))
        ports.secrets.register(secret);
    const chosen = chooseContext(config, inputs.context);
    const copy = (0,external_node_path_.join)(await ports.files.privateFolder('kubeconfig'), 'config');
    await (0,promises_.writeFile)(copy, JSON.stringify(withAbsolutePaths(config, folder)), { mode: 0o600 });
    return {
        program,
        kubeconfig: copy,
        context: chosen.context,
        ...namespaceOf(inputs, chosen.namespace),
        server: chosen.server,
    };
}
function namespaceOf({ namespace }, ofContext) {
    return namespace === undefined ? { namespace: ofContext ?? 'default', namespaceOfContext: true } : { namespace };
}
/** The text when the input is a kubeconfig itself, plain or in base64; undefined when it is a path. */
function contentOf(given) {
    if (/\n|^\s*\{|^(apiVersion|kind|clusters):/.test(given) && !/^[A-Za-z0-9+/=\s]+$/.test(given))
        return given;
    if (given.length < 100 || !/^[A-Za-z0-9+/\s]+=*\s*$/.test(given))
        return undefined;
    const decoded = Buffer.from(given, 'base64').toString('utf8');
    return /\bclusters\b/.test(decoded) ? decoded : undefined;
}
/** @throws InputError KUBECONFIG_INVALID when it is not YAML, or has no contexts. */
function parseKubeconfig(text) {
    let config;
    try {
        config = yaml_parseYaml(text);
    }
    catch (error) {
        throw invalid(`is not valid YAML: ${(0,errors/* messageOf */.bD)(error)}`);
    }
    if (!objects_isRecord(config))
        throw invalid('is not a YAML mapping');
    if (objects_recordsAt(config, 'contexts').length === 0)
        throw invalid('has no contexts');
    return config;
}
/**
 * The context that will be used, with its namespace and server.
 * @throws InputError KUBECONFIG_CONTEXT_UNKNOWN, KUBECONFIG_INVALID
 */
function chooseContext(config, wanted) {
    const names = objects_recordsAt(config, 'contexts').flatMap((entry) => objects_textAt(entry, 'name') ?? []);
    const current = objects_textAt(config, 'current-context');
    const name = wanted ?? (current === '' ? undefined : current) ?? (names.length === 1 ? names[0] : undefined);
    if (name === undefined) {
        throw new errors/* InputError */.dz(kubernetes_codes_codes.KUBECONFIG_INVALID, [
            {
                subject: 'context',
                problem: `is not given, and the kubeconfig has no current-context. It has: ${names.join(', ')}`,
                example: names[0] ?? 'staging',
            },
        ]);
    }
    const context = named(config, 'contexts', name);
    if (context === undefined) {
        throw new errors/* InputError */.dz(kubernetes_codes_codes.KUBECONFIG_CONTEXT_UNKNOWN, [
            {
                subject: wanted === undefined ? 'kubeconfig' : 'context',
                problem: `the kubeconfig has no context '${name}'. It has: ${names.join(', ')}.${(0,suggest/* didYouMean */.au)(name, names)}`,
                example: names[0] ?? 'staging',
            },
        ]);
    }
    const clusterName = objects_textAt(context, 'context', 'cluster') ?? '';
    const cluster = named(config, 'clusters', clusterName);
    if (cluster === undefined)
        throw invalid(`has no cluster '${clusterName}', which its context '${name}' refers to`);
    const userName = objects_textAt(context, 'context', 'user') ?? '';
    if (userName !== '' && named(config, 'users', userName) === undefined) {
        throw invalid(`has no user '${userName}', which its context '${name}' refers to`);
    }
    const namespace = objects_textAt(context, 'context', 'namespace');
    return {
        context: name,
        namespace: namespace === '' ? undefined : namespace,
        server: objects_textAt(cluster, 'cluster', 'server'),
    };
}
/** Relative file references count from the kubeconfig's folder (client-go, ResolveLocalPaths): the copy lies elsewhere. */
function withAbsolutePaths(config, folder) {
    const absolute = (value) => typeof value === 'string' && value !== '' && !(0,external_node_path_.isAbsolute)(value) ? (0,external_node_path_.resolve)(folder, value) : value;
    const rewrite = (record, keys) => objects_isRecord(record)
        ? Object.fromEntries(Object.entries(record).map(([key, value]) => [key, keys.includes(key) ? absolute(value) : value]))
        : record;
    const clusters = objects_recordsAt(config, 'clusters').map((entry) => ({
        ...entry,
        cluster: rewrite(entry.cluster, ['certificate-authority']),
    }));
    const users = objects_recordsAt(config, 'users').map((entry) => {
        const user = rewrite(entry.user, ['client-certificate', 'client-key', 'tokenFile']);
        const command = objects_textAt(user, 'exec', 'command');
        // A command without a separator is looked up on the PATH.
        if (!objects_isRecord(user) || command === undefined || !/[\\/]/.test(command))
            return { ...entry, user };
        return { ...entry, user: { ...user, exec: rewrite(user.exec, ['command']) } };
    });
    return { ...config, clusters, users };
}
/** Everything in a kubeconfig that must never be shown. */
function credentialsIn(config) {
    const secrets = [];
    for (const entry of objects_recordsAt(config, 'users')) {
        for (const key of ['token', 'password', 'client-key-data']) {
            const value = objects_textAt(entry, 'user', key);
            if (value !== undefined && value !== '')
                secrets.push(value);
        }
        for (const variable of objects_recordsAt(entry, 'user', 'exec', 'env')) {
            const value = objects_textAt(variable, 'value');
            if (value !== undefined && /token|secret|password|key/i.test(objects_textAt(variable, 'name') ?? ''))
                secrets.push(value);
        }
        for (const value of Object.values(objects_at(entry, 'user', 'auth-provider', 'config') ?? {})) {
            if (typeof value === 'string' && value.length >= 20)
                secrets.push(value);
        }
    }
    return secrets;
}
async function readKubeconfigFile(ports, given) {
    const home = ports.job.variable('HOME') ?? ports.files.workspace;
    const path = (0,external_node_path_.resolve)(ports.files.workspace, given.replace(/^~(?=[\\/])/, home));
    try {
        if ((await (0,promises_.stat)(path)).size > largest)
            throw invalid(`${given} is larger than 1 MiB`);
        return { text: await (0,promises_.readFile)(path, 'utf8'), folder: (0,external_node_path_.dirname)(path) };
    }
    catch (error) {
        if (error instanceof errors/* InputError */.dz)
            throw error;
        const { code } = error;
        const problem = code === 'ENOENT' ? 'does not exist' : `cannot be read (${(0,errors/* messageOf */.bD)(error)})`;
        throw new errors/* InputError */.dz(kubernetes_codes_codes.KUBECONFIG_MISSING, [
            {
                subject: 'kubeconfig',
                problem: `the file ${ports.files.display(path)} ${problem}, and it is no kubeconfig itself`,
                example,
            },
        ]);
    }
}
/** No input: KUBECONFIG, ~/.kube/config, or the service account of the pod that the runner lives in. */
async function kubectlsOwn(ports, inputs, program) {
    const args = [
        ...(inputs.context === undefined ? [] : [`--context=${inputs.context}`]),
        'config',
        'view',
        '--minify',
        '--output=json',
    ];
    const result = await ports.exec.run({ command: program, args, timeoutMs: 30_000 });
    if (result.exitCode === 0) {
        const chosen = chooseContext(parseKubeconfig(result.stdout), inputs.context);
        return {
            program,
            ...(inputs.context === undefined ? {} : { context: inputs.context }),
            ...namespaceOf(inputs, chosen.namespace),
            server: chosen.server,
        };
    }
    if (inputs.context === undefined && ports.job.variable('KUBERNETES_SERVICE_HOST') !== undefined) {
        return { program, ...namespaceOf(inputs, await podNamespace()), server: undefined };
    }
    const known = knownFailure(result.stderr);
    throw new errors/* InputError */.dz(known?.code ?? kubernetes_codes_codes.KUBECONFIG_MISSING, [
        {
            subject: known?.code === kubernetes_codes_codes.KUBECONFIG_CONTEXT_UNKNOWN ? 'context' : 'kubeconfig',
            problem: known?.message ?? 'is not given, and kubectl has no configuration of its own',
            example,
        },
    ]);
}
/** The namespace of a runner that is a pod itself. */
async function podNamespace() {
    try {
        return (await (0,promises_.readFile)('/var/run/secrets/kubernetes.io/serviceaccount/namespace', 'utf8')).trim();
    }
    catch {
        return undefined;
    }
}
function named(config, list, name) {
    return objects_recordsAt(config, list).find((entry) => entry.name === name);
}
function invalid(problem) {
    return new errors/* InputError */.dz(kubernetes_codes_codes.KUBECONFIG_INVALID, [{ subject: 'kubeconfig', problem, example }]);
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(598);
;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/proxy.ts






/** sun_path holds 108 bytes on Linux and 104 on macOS, one of them the closing NUL. */
const longestSocketPath = 103;
const startTimeoutMs = 20_000;
/** A proxy that dies more often than this within a minute will not be started again. */
const restartsAMinute = 5;
/** Starts the proxy, on a unix socket in a private folder, or on a loopback port where the system has no such sockets. */
async function startProxy(ports, kubectl) {
    const folder = await ports.files.privateFolder('kubectl');
    let unixSockets = ports.job.platform !== 'win32' && Buffer.byteLength((0,external_node_path_.join)(folder, 'api-99.sock')) <= longestSocketPath;
    let starts = [];
    let serial = 0;
    let running;
    let starting;
    let stopped = false;
    const startOnce = async () => {
        serial += 1;
        if (unixSockets) {
            const socket = (0,external_node_path_.join)(folder, `api-${serial}.sock`);
            const outcome = await launch(ports, kubectl, proxyArgs({ socket }, kubectl.server));
            if ('process' in outcome)
                return { process: outcome.process, address: { baseUrl: 'http://localhost', socketPath: socket } };
            if (!outcome.stderr.includes('listen unix'))
                throw proxyError(kubectl, outcome);
            ports.log.debug(`kubectl proxy cannot use a unix socket: ${outcome.stderr.trim()}`);
            unixSockets = false;
        }
        const prefix = `/${(0,external_node_crypto_.randomBytes)(24).toString('base64url')}`;
        const outcome = await launch(ports, kubectl, proxyArgs({ prefix }, kubectl.server));
        if (!('process' in outcome))
            throw proxyError(kubectl, outcome);
        return { process: outcome.process, address: { baseUrl: `http://${outcome.listening}${prefix}` } };
    };
    const start = async () => {
        const now = ports.clock.now();
        starts = [...starts.filter((time) => now - time < 60_000), now];
        if (starts.length > restartsAMinute + 1) {
            throw proxyError(kubectl, running?.ended, `kubectl proxy ended ${starts.length - 1} times within a minute`);
        }
        if (running?.ended !== undefined) {
            ports.log.info(`kubectl proxy ended (${describeEnd(running.ended)}); starting it again`);
        }
        const next = await startOnce();
        void next.process.exited.then((result) => {
            next.ended = result;
        });
        running = next;
        return next;
    };
    const proxy = {
        async address() {
            if (stopped)
                throw proxyError(kubectl, running?.ended, 'kubectl proxy was stopped');
            if (running !== undefined && running.ended === undefined)
                return running.address;
            starting ??= start().finally(() => {
                starting = undefined;
            });
            return (await starting).address;
        },
        async stop() {
            stopped = true;
            await starting?.catch(() => undefined);
            await running?.process.stop();
        },
    };
    await proxy.address();
    return proxy;
}
/** Starts kubectl and waits for its "Starting to serve on …". Gives what it said when it ends before that. */
async function launch(ports, kubectl, args) {
    const said = Promise.withResolvers();
    const process = await ports.exec.start({
        command: kubectl.program,
        args: [...clusterArgs(kubectl), ...args],
        keepBytes: 64 * 1024,
        onLine: (line, stream) => {
            const listening = stream === 'stdout' ? /^Starting to serve on (.+)$/.exec(line)?.[1] : undefined;
            if (listening !== undefined)
                said.resolve(listening);
        },
    });
    const over = new AbortController();
    try {
        const outcome = await Promise.race([
            said.promise.then((listening) => ({ process, listening })),
            process.exited,
            ports.clock.sleep(startTimeoutMs, over.signal).then(() => 'late'),
        ]);
        if (outcome !== 'late')
            return outcome;
        await process.stop();
        throw proxyError(kubectl, undefined, `kubectl proxy did not listen within ${startTimeoutMs / 1000} s`);
    }
    catch (error) {
        if (!(error instanceof errors/* DeliveryError */.VE && error.code === kubernetes_codes_codes.KUBERNETES_PROXY_FAILED.code))
            await process.stop();
        throw error;
    }
    finally {
        over.abort();
    }
}
function describeEnd(result) {
    return result.signal === null ? `exit code ${String(result.exitCode)}` : `signal ${result.signal}`;
}
function proxyError(kubectl, result, message) {
    const command = [kubectl.program, ...clusterArgs(kubectl), 'proxy'];
    const words = result === undefined ? '' : `${result.stderr}\n${result.stdout}`.trim();
    const known = knownFailure(words);
    const what = message ?? `kubectl proxy ended at once (${result === undefined ? 'no reason given' : describeEnd(result)})`;
    return new errors/* ToolError */.v4(known?.code ?? kubernetes_codes_codes.KUBERNETES_PROXY_FAILED, known === undefined ? what : known.message, {
        command,
        exitCode: result?.exitCode ?? null,
        evidence: words === '' ? undefined : words,
        ...(known?.remedy === undefined ? {} : { remedy: known.remedy }),
    });
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/transport.ts





const transport_backoff = { baseMs: 250, capMs: 4000, longestWaitMs: 30_000 };
const defaultAttempts = 5;
/** @param random a number in [0, 1), for the jitter of the pauses */
function createTransport(ports, source, random = Math.random) {
    const request = async (call) => {
        const { baseUrl, socketPath } = await source.address();
        return {
            method: call.method,
            url: `${baseUrl}${call.path}${queryText(call.query)}`,
            attempts: 1,
            redirect: 'manual',
            headers: {
                accept: 'application/json',
                ...(call.body === undefined ? {} : { 'content-type': call.contentType ?? 'application/json' }),
                ...call.headers,
            },
            ...(socketPath === undefined ? {} : { socketPath }),
            ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
            ...(call.timeoutMs === undefined ? {} : { timeoutMs: call.timeoutMs }),
            ...(call.maxBytes === undefined ? {} : { maxBytes: call.maxBytes }),
            ...(call.signal === undefined ? {} : { signal: call.signal }),
        };
    };
    /** How long to wait before trying again, undefined when this answer is final. */
    const pauseAfter = (call, attempt, response) => {
        const repeatable = call.repeatable ?? (0,retry/* isIdempotent */.ky)(call.method);
        const answer = { method: call.method, path: call.path, status: response.status, body: response.text() };
        const retryAfter = (0,retry/* parseRetryAfter */.mu)(response.headers['retry-after'], ports.clock.now());
        const pause = (0,retry/* pauseBefore */.GB)(attempt + 1, random(), retryAfter, transport_backoff);
        if (isProxyAnswer(response) && isProxyFailure(answer)) {
            const error = apiError(answer);
            const neverSent = answer.body.includes('dial tcp');
            return error.code === kubernetes_codes_codes.KUBERNETES_UNREACHABLE.code && (repeatable || neverSent) ? pause : undefined;
        }
        if (call.anyStatus === true)
            return undefined;
        // A credential plugin is asked for a fresh token after a 401, and only the next request carries it (client-go exec.go).
        if (response.status === 401)
            return attempt === 1 ? pause : undefined;
        if (response.status === 429)
            return pause;
        return repeatable && (0,retry/* isTransient */.dg)({ status: response.status }) ? pause : undefined;
    };
    return {
        async send(call) {
            const attempts = call.attempts ?? defaultAttempts;
            for (let attempt = 1;; attempt++) {
                let pause;
                try {
                    const response = await ports.http.request(await request(call));
                    if (attempt < attempts)
                        pause = pauseAfter(call, attempt, response);
                    if (pause === undefined)
                        return checked(call, response);
                }
                catch (error) {
                    const unreachable = error instanceof errors/* ServiceError */._7 && error.code === base_codes/* codes */.F.SERVICE_UNREACHABLE.code;
                    if (!unreachable)
                        throw error;
                    if (attempt >= attempts || !(call.repeatable ?? (0,retry/* isIdempotent */.ky)(call.method)))
                        throw unreachableError(call, error);
                    pause = (0,retry/* pauseBefore */.GB)(attempt + 1, random(), undefined, transport_backoff) ?? transport_backoff.capMs;
                }
                await ports.clock.sleep(pause, call.signal ?? ports.cancelled);
            }
        },
        async open(call) {
            const stream = await ports.http.stream(await request(call)).catch((error) => {
                if (error instanceof errors/* ServiceError */._7 && error.code === base_codes/* codes */.F.SERVICE_UNREACHABLE.code)
                    throw unreachableError(call, error);
                throw error;
            });
            if (stream.status >= 200 && stream.status < 300)
                return stream;
            const chunks = [];
            for await (const chunk of stream.body) {
                chunks.push(chunk);
                if (chunks.length > 64)
                    break;
            }
            stream.close();
            throw apiError({
                method: call.method,
                path: call.path,
                status: stream.status,
                body: Buffer.concat(chunks).toString('utf8'),
            });
        },
    };
}
function checked(call, response) {
    if (response.status >= 200 && response.status < 300)
        return response;
    const answer = { method: call.method, path: call.path, status: response.status, body: response.text() };
    if (call.anyStatus === true && !(isProxyAnswer(response) && isProxyFailure(answer)))
        return response;
    throw apiError(answer);
}
/** The API server marks its answers (and those of the pods behind it) with an Audit-Id; kubectl proxy does not. */
function isProxyAnswer(response) {
    return (response.headers['audit-id'] === undefined &&
        response.headers['x-content-type-options'] === 'nosniff' &&
        response.headers['content-type']?.startsWith('text/plain') === true);
}
function unreachableError(call, cause) {
    return new errors/* ServiceError */._7(kubernetes_codes_codes.KUBERNETES_UNREACHABLE, `no answer to ${call.method} ${call.path}`, {
        method: call.method,
        url: call.path,
        cause,
    });
}
function queryText(query) {
    const pairs = Object.entries(query ?? {}).flatMap(([key, value]) => value === undefined ? [] : [`${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`]);
    return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/cluster.ts




/**
 * Connects to the cluster that the inputs name, and asks it for its version, so that a wrong address, certificate or
 * token is told here and not in the middle of the work.
 * @throws InputError, ToolError, ServiceError with the codes of this room
 */
async function connect(ports, inputs) {
    const kubectl = await resolveKubectl(ports, inputs);
    const proxy = await startProxy(ports, kubectl);
    const client = createClient(createTransport(ports, proxy), ports.clock, kubectl.namespace);
    try {
        const version = await client.version();
        ports.log.info(`Kubernetes ${version}${kubectl.server === undefined ? '' : ` at ${kubectl.server}`}, namespace ${kubectl.namespace}`);
    }
    catch (error) {
        await proxy.stop();
        throw error;
    }
    return { kubectl, client, namespace: kubectl.namespace, close: () => proxy.stop() };
}

// EXTERNAL MODULE: ./packages/shared/src/base/safe-path.ts
var safe_path = __webpack_require__(994);
;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/manifests.ts










const manifests_example = 'deploy/staging/*.yaml';
const manifestFile = /\.(ya?ml|json)$/i;
const kustomizationFile = /^(kustomization\.ya?ml|Kustomization)$/;
const largestFile = 8 * 1024 * 1024;
/**
 * Reads the manifests that the input names: files, folders (their own files, or a kustomization, which kubectl
 * renders) and globs. Everything that is wrong is reported together.
 * @throws InputError MANIFEST_INVALID; ToolError when kubectl cannot render a kustomization
 */
async function readManifests(ports, inputs, program = 'kubectl') {
    const problems = [];
    const documents = [];
    const seen = new Set();
    for (const input of inputs) {
        for (const source of await sourcesOf(ports.files.workspace, input, problems)) {
            if (!(0,safe_path/* isInside */.F)(await (0,promises_.realpath)(ports.files.workspace), await (0,promises_.realpath)(source.path))) {
                problems.push({
                    subject: 'manifests',
                    problem: `${ports.files.display(source.path)} is a link out of the workspace`,
                });
                continue;
            }
            if (source.kind === 'file' && kustomizationFile.test((0,external_node_path_.basename)(source.path))) {
                const problem = `${ports.files.display(source.path)} is a kustomization: name its folder, and kubectl renders it`;
                problems.push({ subject: 'manifests', problem, example: ports.files.display((0,external_node_path_.dirname)(source.path)) });
                continue;
            }
            if (seen.has(source.path))
                continue;
            seen.add(source.path);
            const file = ports.files.display(source.path);
            const text = source.kind === 'file' ? await (0,promises_.readFile)(source.path, 'utf8') : await render(ports, source.path, program);
            const read = readDocuments(text, file, source.kind === 'file');
            documents.push(...read.documents);
            problems.push(...read.problems);
        }
    }
    if (problems.length === 0 && documents.length === 0) {
        problems.push({ subject: 'manifests', problem: `no Kubernetes object in ${inputs.join(', ')}`, example: manifests_example });
    }
    if (problems.length > 0)
        throw new errors/* InputError */.dz(kubernetes_codes_codes.MANIFEST_INVALID, problems);
    return documents;
}
async function sourcesOf(workspace, input, problems) {
    const refuse = (problem) => {
        problems.push({ subject: 'manifests', problem: `'${input}' ${problem}`, example: manifests_example });
        return [];
    };
    if (input === '-')
        return refuse('is standard input, which a step of a workflow does not have');
    if ((0,external_node_path_.isAbsolute)(input) ? !(0,safe_path/* isInside */.F)(workspace, input) : !(0,safe_path/* isInside */.F)(workspace, (0,external_node_path_.resolve)(workspace, input))) {
        return refuse('lies outside the workspace');
    }
    if (/[*?[\]{}]/.test(input)) {
        const paths = [];
        for await (const path of (0,promises_.glob)(input, { cwd: workspace }))
            paths.push((0,external_node_path_.resolve)(workspace, path));
        const files = paths.filter((path) => manifestFile.test(path)).sort();
        return files.length > 0
            ? files.map((path) => ({ kind: 'file', path }))
            : refuse('matches no .yaml, .yml or .json file');
    }
    const path = (0,external_node_path_.resolve)(workspace, input);
    const found = await (0,promises_.stat)(path).catch(() => undefined);
    if (found === undefined)
        return refuse('does not exist in the workspace');
    if (found.isFile())
        return found.size > largestFile ? refuse('is larger than 8 MiB') : [{ kind: 'file', path }];
    const names = await (0,promises_.readdir)(path);
    if (names.some((name) => kustomizationFile.test(name)))
        return [{ kind: 'kustomization', path }];
    const files = names.filter((name) => manifestFile.test(name)).sort();
    return files.length > 0
        ? files.map((name) => ({ kind: 'file', path: (0,external_node_path_.join)(path, name) }))
        : refuse('holds no .yaml, .yml or .json file');
}
async function render(ports, folder, program) {
    const output = (0,external_node_path_.join)(await ports.files.privateFolder('kustomize'), 'manifests.yaml');
    const args = kustomizeArgs(folder, output);
    const result = await ports.exec.run({ command: program, args, timeoutMs: 60_000 });
    if (result.exitCode !== 0)
        throw kubectl_failures_kubectlError({ command: [program, ...args], result });
    return (0,promises_.readFile)(output, 'utf8');
}
/** Splits a text into its documents. Empty ones are left out, a List gives its items. */
function readDocuments(text, file, hasLines = true) {
    const documents = [];
    const problems = [];
    for (const part of splitDocuments(text)) {
        const location = hasLines ? { file, line: part.line } : undefined;
        const refuse = (problem, where = location) => problems.push({ subject: file, problem, ...(where === undefined ? {} : { location: where }) });
        let value;
        try {
            value = yaml_parseYaml(part.text);
        }
        catch (error) {
            const inside = error instanceof MalformedError ? error.line : undefined;
            const line = part.line + (inside ?? 1) - 1;
            const template = part.text.includes('{{')
                ? '; it looks like a Helm template, which has to be rendered first (helm template)'
                : '';
            refuse(`line ${line} is not valid YAML: ${(0,errors/* messageOf */.bD)(error)}${template}`, hasLines ? { file, line } : undefined);
            continue;
        }
        if (value === null || value === undefined)
            continue;
        const line = hasLines ? part.line : undefined;
        if (objects_isRecord(value) && value.kind === 'List') {
            for (const item of objects_recordsAt(value, 'items')) {
                const problem = objectProblem(item);
                if (problem === undefined)
                    documents.push({
                        file,
                        line: undefined,
                        text: JSON.stringify(item),
                        object: item,
                    });
                else
                    refuse(`an item of the List ${problem}`);
            }
            continue;
        }
        const problem = objectProblem(value);
        if (problem === undefined)
            documents.push({ file, line, text: part.text, object: value });
        else
            refuse(`the document at line ${part.line} ${problem}`);
    }
    return { documents, problems };
}
function objectProblem(value) {
    if (!objects_isRecord(value))
        return 'is not a mapping';
    for (const field of ['apiVersion', 'kind']) {
        if (objects_textAt(value, field) === undefined)
            return `has no ${field}`;
    }
    const name = objects_textAt(value, 'metadata', 'name');
    if (name !== undefined && name !== '')
        return undefined;
    return objects_textAt(value, 'metadata', 'generateName') === undefined
        ? 'has no metadata.name'
        : 'has a generateName, which cannot be applied again and again';
}
/**
 * A line `---` at its very beginning separates documents, also inside a block of text (YAML 1.2, 9.1.2). A document
 * begins at its first line that is neither empty nor a comment; those without one are left out.
 */
function splitDocuments(text) {
    const parts = [];
    let lines = [];
    let start = 1;
    const end = () => {
        const first = lines.findIndex((line) => !/^\s*(#|$)/.test(line));
        if (first >= 0)
            parts.push({ text: lines.slice(first).join('\n'), line: start + first });
    };
    for (const [index, line] of text
        .replace(/^\ufeff/, '')
        .split(/\r?\n/)
        .entries()) {
        if (/^---(\s|$)/.test(line)) {
            end();
            // What stands behind the dashes belongs to the document.
            lines = [line.slice(3).trim()];
            start = index + 1;
        }
        else
            lines.push(/^(%|\.\.\.(\s|$))/.test(line) ? '' : line);
    }
    end();
    return parts;
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/locate.ts
/** Finds the workload's document, and in it the line of what the first cause is about: the missing Secret, the image. */
function locateIn(documents) {
    return (result) => {
        const { kind, name, namespace } = result.target;
        const document = documents.find(({ object }) => object.kind === kind &&
            object.metadata.name === name &&
            (object.metadata.namespace === undefined || object.metadata.namespace === namespace));
        return document === undefined ? undefined : locationIn(document, result);
    };
}
function locationIn({ file, line, text }, result) {
    // A rendered kustomization has no lines that anybody could open.
    if (line === undefined)
        return { file };
    const lines = text.split('\n');
    const offset = tellingPatterns(result)
        .map((pattern) => lines.findIndex((one) => pattern.test(one)))
        .find((index) => index >= 0);
    const first = lines.findIndex((one) => /^\s*[^\s#-]/.test(one));
    return { file, line: line + (offset ?? Math.max(first, 0)) };
}
/** What to look for, the most telling first. */
function tellingPatterns({ findings: [finding], images, cause = '' }) {
    if (finding === undefined)
        return [];
    const { container, needs } = finding;
    const image = container === undefined ? undefined : images[container];
    const probe = /startup|liveness|readiness/.exec(cause)?.[0];
    return [
        ...(needs === undefined || needs.kind === 'Image' ? [] : [valued('[A-Za-z]*[nN]ame', needs.name)]),
        ...(cause.startsWith('image-') && image !== undefined ? [valued('image', image)] : []),
        ...(probe === undefined ? [] : [new RegExp(`^\\s*${probe}Probe:`)]),
        ...(cause === 'out-of-memory' ? [/^\s*memory:/] : []),
        ...(container === undefined ? [] : [valued('name', container)]),
    ];
}
function valued(field, value) {
    const plain = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return new RegExp(`(?:^|[\\s{,-])${field}:\\s*["']?${plain}["']?\\s*(?:[,}#]|$)`);
}

// EXTERNAL MODULE: ./packages/shared/src/base/duration.ts
var duration = __webpack_require__(69);
// EXTERNAL MODULE: ./packages/shared/src/formats/markdown.ts
var markdown = __webpack_require__(523);
;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/workload.ts






/** Kinds with a pod template of their own whose images can be changed in place. */
const workloadKinds = (/* unused pure expression or super */ null && (['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob']));
/** "deployment/mi-service", as kubectl and our inputs and outputs write it. */
function workload_formatWorkload({ kind, name }) {
    return `${kind.toLowerCase()}/${name}`;
}
/** A DNS subdomain (apimachinery validation.IsDNS1123Subdomain). */
const objectName = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;
/**
 * Reads "deployment/mi-service" with all names of kinds that kubectl takes; a name alone is a Deployment.
 * Gives what is wrong as a text.
 */
function workload_parseWorkload(text) {
    const slash = text.indexOf('/');
    const kindText = slash < 0 ? 'deployment' : text.slice(0, slash);
    const name = text.slice(slash + 1);
    const kind = kindNamed(kindText);
    const known = workloadKinds.map((each) => each.toLowerCase());
    if (kind === undefined || !workloadKinds.includes(kind)) {
        const hint = kind === undefined ? didYouMean(kindText, known) : '';
        return `'${text}': '${kindText}' is no kind of workload that can be changed (${known.join(', ')}).${hint}`;
    }
    if (!objectName.test(name) || name.length > 253)
        return `'${text}': '${name}' is not a name of an object`;
    return { kind: kind, name };
}
/** The pod template's place in the object. */
function templatePath(kind) {
    return kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec', 'template'] : ['spec', 'template'];
}
/** Reads the facts of a workload out of its object. */
function workloadOf(kind, object) {
    const { metadata } = object;
    return {
        kind,
        name: metadata.name,
        namespace: metadata.namespace ?? '',
        uid: metadata.uid ?? '',
        resourceVersion: metadata.resourceVersion ?? '',
        generation: metadata.generation ?? 0,
        observedGeneration: numberAt(object, 'status', 'observedGeneration'),
        containers: workload_containersOf(at(object, ...templatePath(kind))),
        selector: selectorText(at(object, 'spec', 'selector')),
        paused: at(object, 'spec', 'paused') === true,
        object,
    };
}
/** The containers of a pod template, init containers first, as they run. */
function workload_containersOf(template) {
    const read = (list, init) => recordsAt(template, 'spec', list).map((container) => ({
        name: textAt(container, 'name') ?? '',
        image: textAt(container, 'image') ?? '',
        init,
    }));
    return [...read('initContainers', true), ...read('containers', false)];
}
/**
 * Reads workloads from the cluster. Absent ones are reported together, each with what exists in its place.
 * @throws InputError WORKLOAD_NOT_FOUND; ServiceError
 */
async function readWorkloads(client, names) {
    const found = await Promise.all(names.map(({ kind, name }) => client.find(kind, name)));
    const workloads = [];
    const problems = [];
    for (const [index, wanted] of names.entries()) {
        const object = found[index];
        if (object === undefined)
            problems.push(await absent(client, wanted));
        else
            workloads.push(workloadOf(wanted.kind, object));
    }
    if (problems.length > 0)
        throw new InputError(codes.WORKLOAD_NOT_FOUND, problems);
    return workloads;
}
async function absent(client, wanted) {
    const where = `${workload_formatWorkload(wanted)} does not exist in namespace ${client.namespace}`;
    const same = await namesOf(client, wanted.kind);
    const subject = 'workload';
    if (same.length > 0) {
        const shown = same.slice(0, 20).join(', ') + (same.length > 20 ? ` and ${same.length - 20} more` : '');
        const problem = `${where}. There ${same.length === 1 ? 'is' : 'are'} ${count(same.length, resourceType(wanted.kind).kind)}: ${shown}.${didYouMean(wanted.name, same)}`;
        return { subject, problem, example: workload_formatWorkload({ kind: wanted.kind, name: same[0] ?? '' }) };
    }
    for (const kind of workloadKinds) {
        if (kind === wanted.kind || !(await namesOf(client, kind)).includes(wanted.name))
            continue;
        return {
            subject,
            problem: `${where}; a ${kind} of this name does`,
            example: workload_formatWorkload({ kind, name: wanted.name }),
        };
    }
    const namespaceExists = await client.find('Namespace', client.namespace).then((object) => object !== undefined, () => true);
    return {
        subject: namespaceExists ? subject : 'namespace',
        problem: namespaceExists
            ? `${where}, nor does any other ${wanted.kind}. A first deployment needs manifests`
            : `the namespace ${client.namespace} does not exist`,
        example: namespaceExists ? workload_formatWorkload(wanted) : 'staging',
    };
}
/** Names in the client's namespace; none when they may not be listed, for this only makes a message better. */
async function namesOf(client, kind) {
    try {
        return (await client.list(kind)).items.map(({ metadata }) => metadata.name).sort();
    }
    catch {
        return [];
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/codes.ts

/** Verdicts over rollouts. The cause itself stands in the message and in the output `cause`. */
const rollout_codes_codes = (0,errors/* defineCodes */.Oo)({
    WORKLOAD_KIND_UNSUPPORTED: {
        title: 'This kind cannot be watched',
        meaning: 'Only deployments, statefulsets, daemonsets and jobs have a rollout.',
        remedy: 'Write kind/name, for example deployment/mi-service.',
    },
    ROLLOUT_FAILED: {
        title: 'The rollout has failed',
        meaning: 'The new revision does not run, for the cause that the message names, and that cause does not pass.',
        remedy: 'Follow the remedy beside the cause; the summary holds the evidence.',
    },
    ROLLOUT_TIMED_OUT: {
        title: 'The rollout did not finish in time',
        meaning: 'The new revision was not available, or did not stay so, within the timeout.',
        remedy: 'Look at the cause that was seen last. If the workload only needs longer, raise the input timeout.',
    },
    ROLLOUT_SUPERSEDED: {
        title: 'Somebody else changed the workload meanwhile',
        meaning: 'A newer revision has replaced the one that was watched before there was a verdict over it.',
        remedy: 'Let one workflow at a time deploy to an environment (concurrency), and look at the newer revision.',
    },
    ROLLED_BACK: {
        title: 'The rollout has failed and was rolled back',
        meaning: 'The new revision does not run. The revision before runs again, checked like any rollout.',
        remedy: 'Follow the remedy beside the cause, then deploy again.',
    },
    ROLLBACK_FAILED: {
        title: 'The rollout has failed, and so has its rollback',
        meaning: 'Neither the new revision nor the one before runs: somebody has to look now.',
        remedy: 'The summary holds the evidence of both. kubectl rollout history and kubectl rollout undo --to-revision go further back.',
    },
    ROLLBACK_IMPOSSIBLE: {
        title: 'There is nothing to roll back to',
        meaning: 'The rollout has failed, and the workload has no earlier revision.',
        remedy: 'Follow the remedy beside the cause, then deploy again; or scale the workload to zero until then.',
    },
    ROLLBACK_REFUSED: {
        title: 'The rollback was not carried out',
        meaning: 'Somebody else has changed the workload since it was judged; a rollback would undo that change.',
        remedy: 'Look at who deploys to this environment; let one workflow at a time do it (concurrency).',
    },
    WORKLOAD_UNHEALTHY: {
        title: 'The workload is available, but not healthy inside',
        meaning: 'Its pods are ready, and what runs in them is not what was built.',
        remedy: 'Follow the remedy beside the cause; the summary holds what each pod answered.',
    },
});

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/timeline.ts
/** The course of a rollout as a picture and a table, Markdown. */


/** What is drawn at most: a picture of a hundred pods shows nothing, and Mermaid refuses more than 50,000 characters. */
const mostPods = 12;
const mostBars = 30;
/** What is told at most, half of it from the beginning and half from the end. */
const mostMoments = 60;
/** A folded timeline: bars for the pods (starting, ready, no longer ready), and every moment in words. */
function timeline(course) {
    const { moments, startedAt } = course;
    if (moments.length === 0)
        return '';
    const row = ({ at, text }) => [(0,duration/* formatDuration */.a)(at - startedAt), (0,markdown/* escapeMarkdown */.FV)(text)];
    const left = moments.length - mostMoments;
    const rows = left <= 0
        ? moments.map(row)
        : [
            ...moments.slice(0, mostMoments / 2).map(row),
            ['…', `${left} more, in the report`],
            ...moments.slice(-mostMoments / 2).map(row),
        ];
    const parts = [picture(course), (0,markdown/* table */.tp)(['After', 'What happened'], rows)];
    return (0,markdown/* details */.zH)('Timeline', parts.filter((part) => part !== '').join('\n'));
}
/** The axis counts seconds: of less it would show nothing but 00:00. */
const shortestPictureMs = 2000;
const tags = { starting: 'active', ready: 'done', 'not ready': 'crit' };
/** A Mermaid gantt chart; names of pods hold nothing that Mermaid would take for its own. */
function picture({ moments, startedAt, durationMs }) {
    const all = [...new Set(moments.flatMap(({ pod }) => pod?.name ?? []))];
    if (all.length === 0 || durationMs < shortestPictureMs)
        return '';
    const troubled = new Set(moments.flatMap(({ pod }) => (pod !== undefined && isTrouble(pod.became) ? pod.name : [])));
    const pods = [...all.filter((name) => troubled.has(name)), ...all.filter((name) => !troubled.has(name))].slice(0, mostPods);
    const lines = pods.flatMap((name) => [
        `  section ${name}`,
        ...barsOf(name, moments, startedAt + durationMs)
            .slice(0, mostBars)
            .map(({ label, from, to }) => `  ${label} :${tags[label]}, ${from - startedAt}, ${to - startedAt}`),
        ...restartsOf(name, moments)
            .slice(0, mostBars)
            .map((at) => `  restart :crit, milestone, ${at - startedAt}, 0ms`),
    ]);
    const chart = (0,markdown/* codeBlock */.DV)(['gantt', '  dateFormat x', '  axisFormat %M:%S', ...lines].join('\n'), 'mermaid');
    const more = all.length > pods.length ? `\n${pods.length} of ${all.length} pods, those in trouble first.\n` : '';
    return `${chart}${more}`;
}
function isTrouble(became) {
    return became === 'unready' || became === 'restarted';
}
function restartsOf(name, moments) {
    return moments.filter(({ pod }) => pod?.name === name && pod.became === 'restarted').map(({ at }) => at);
}
function barsOf(name, moments, end) {
    const own = moments.flatMap(({ at, pod }) => pod?.name === name && pod.became !== 'restarted' ? [{ at, became: pod.became }] : []);
    return own
        .map(({ at, became }, index) => {
        const label = became === 'made' ? 'starting' : became === 'ready' ? 'ready' : 'not ready';
        return { label, from: at, to: own[index + 1]?.at ?? end };
    })
        .filter(({ from, to }) => to > from);
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/objects.ts
/** The condition of that type, whatever its status. */
function conditionOf(conditions, type) {
    return conditions?.find((condition) => condition.type === type);
}
/** When an event last happened, by the server's clock, in milliseconds since the epoch; 0 when it does not say. */
function lastHappened(event) {
    const stamps = [event.series?.lastObservedTime, event.lastTimestamp, event.eventTime, event.firstTimestamp];
    return Math.max(0, ...stamps.map((stamp) => Date.parse(stamp ?? '')).filter((ms) => !Number.isNaN(ms)));
}
/** How often an event has happened so far. */
function timesHappened(event) {
    return event.series?.count ?? event.count ?? 1;
}
/** The container that an event is about (`spec.containers{web}`), or undefined when it is about the whole pod. */
function containerOf(event) {
    return /^spec\.(?:init|ephemeral)?[cC]ontainers\{(.+)\}$/.exec(event.involvedObject.fieldPath ?? '')?.[1];
}
/** The statuses of all containers of a pod, init containers first. */
function containerStatuses(pod) {
    return [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
}
function objects_isReady(pod) {
    return conditionOf(pod.status?.conditions, 'Ready')?.status === 'True';
}
/** The condition of a pod whose place is taken from it by others: preemption, drain, taint, pressure (Kubernetes 1.26). */
function disruptionOf(pod) {
    const taken = conditionOf(pod.status?.conditions, 'DisruptionTarget');
    return taken?.status === 'True' ? taken : undefined;
}
function objects_isTerminating(object) {
    return object.metadata.deletionTimestamp !== undefined;
}
/** The uid of the controller that owns the object. */
function controllerOf(object) {
    const owners = object.metadata.ownerReferences ?? [];
    return (owners.find((owner) => owner.controller === true) ?? owners[0])?.uid;
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/revision.ts

/** The label that a Deployment adds to the template of each of its ReplicaSets. */
const podTemplateHash = 'pod-template-hash';
/** The label of the pods of a StatefulSet or DaemonSet. */
const controllerRevisionHash = 'controller-revision-hash';
/** True when both templates make the same pods; the hash label that Kubernetes adds does not count. */
function sameTemplate(one, other) {
    return canonical(one) === canonical(other);
}
// Templates are compared at every event of a rollout and change with none of them.
const canonicalForms = new WeakMap();
function canonical(template) {
    const known = canonicalForms.get(template);
    if (known !== undefined)
        return known;
    const labels = Object.entries(template.metadata?.labels ?? {}).filter(([label]) => label !== podTemplateHash);
    const { annotations } = template.metadata ?? {};
    const form = JSON.stringify({ spec: template.spec, annotations: annotations ?? {}, labels: Object.fromEntries(labels) }, (_key, value) => (revision_isRecord(value) ? Object.fromEntries(Object.entries(value).sort(byName)) : value));
    canonicalForms.set(template, form);
    return form;
}
function revision_isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function byName([one], [other]) {
    return one < other ? -1 : 1;
}
/** The ReplicaSet whose template is the Deployment's: the oldest when several are, as the Deployment controller chooses. */
function newReplicaSet(workload, replicaSets) {
    return [...replicaSets]
        .filter((candidate) => controllerOf(candidate) === workload.metadata.uid)
        .filter((candidate) => sameTemplate(candidate.spec.template, workload.spec.template))
        .sort((a, b) => createdAt(a) - createdAt(b) || a.metadata.name.localeCompare(b.metadata.name))[0];
}
function createdAt(object) {
    return Date.parse(object.metadata.creationTimestamp ?? '') || 0;
}
const none = { name: undefined, maker: undefined, pods: [], otherPods: [] };
const revisions = new WeakMap();
/** The revision of the workload's present template. */
function revision_revisionOf(state) {
    const known = revisions.get(state);
    if (known !== undefined)
        return known;
    const revision = findRevision(state);
    revisions.set(state, revision);
    return revision;
}
function findRevision(state) {
    const { workload } = state;
    if (workload === undefined)
        return none;
    switch (state.target.kind) {
        case 'Deployment':
            return deploymentRevision(state, workload);
        case 'StatefulSet':
            return hashRevision(state, workload, observed(workload) ? workload.status?.updateRevision : undefined);
        case 'DaemonSet':
            return hashRevision(state, workload, presentControllerRevision(state, workload));
        case 'Job': {
            const own = ownedBy(state, workload.metadata.uid);
            return { name: undefined, maker: workload, ...split(own, () => true) };
        }
    }
}
function deploymentRevision(state, workload) {
    const replicaSet = newReplicaSet(workload, state.replicaSets.values());
    const replicaSets = new Set([...state.replicaSets.values()]
        .filter((candidate) => controllerOf(candidate) === workload.metadata.uid)
        .map((candidate) => candidate.metadata.uid));
    const own = [...state.pods.values()].filter((pod) => replicaSets.has(controllerOf(pod) ?? ''));
    return {
        name: replicaSet?.metadata.annotations?.['deployment.kubernetes.io/revision'],
        maker: replicaSet,
        ...split(own, (pod) => replicaSet !== undefined && controllerOf(pod) === replicaSet.metadata.uid),
    };
}
function hashRevision(state, workload, name) {
    const own = ownedBy(state, workload.metadata.uid);
    // A StatefulSet's label holds the whole name of its revision, a DaemonSet's only the hash at its end.
    const hash = (pod) => pod.metadata.labels?.[controllerRevisionHash] ?? '';
    const belongs = (pod) => name !== undefined && hash(pod) !== '' && (name === hash(pod) || name.endsWith(`-${hash(pod)}`));
    return { name, maker: workload, ...split(own, belongs) };
}
/**
 * The ControllerRevision that keeps the workload's template, as the DaemonSet controller itself finds it. The one with
 * the highest number is not it while a rollback is on its way: the watch of the workload may be ahead of theirs.
 */
function presentControllerRevision(state, workload) {
    if (!observed(workload))
        return undefined;
    const { template } = workload.spec;
    return [...state.controllerRevisions.values()]
        .filter((candidate) => controllerOf(candidate) === workload.metadata.uid)
        .filter(({ data }) => data?.spec?.template !== undefined && sameTemplate(data.spec.template, template))
        .sort((a, b) => b.revision - a.revision)[0]?.metadata.name;
}
/** True when the controller has taken up the newest change of the workload. */
function observed(workload) {
    return (workload.status?.observedGeneration ?? 0) >= (workload.metadata.generation ?? 0);
}
function ownedBy(state, uid) {
    return [...state.pods.values()].filter((pod) => controllerOf(pod) === uid);
}
function split(pods, belongs) {
    const current = pods.filter((pod) => belongs(pod) && !objects_isTerminating(pod));
    return { pods: current, otherPods: pods.filter((pod) => !current.includes(pod)) };
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/result.ts

/** Best first. The verdict over several workloads is the worst of theirs. */
const outcomes = ['succeeded', 'rolled-back', 'superseded', 'timed-out', 'failed', 'rollback-failed'];
/** The verdict over several workloads: the worst of theirs. */
function result_outcomeOf(results) {
    const worst = Math.max(0, ...results.map(({ outcome }) => outcomes.indexOf(outcome)));
    return outcomes[worst] ?? 'succeeded';
}
/** Worst first; among equals those first that have a cause of their own. */
function worstFirst(results) {
    const rank = ({ outcome, cause }) => outcomes.indexOf(outcome) * 2 + (cause === undefined ? 0 : 1);
    return [...results].sort((a, b) => rank(b) - rank(a));
}
/** Container → image. */
function imagesIn({ workload }) {
    const containers = workload?.spec.template.spec.containers ?? [];
    return Object.fromEntries(containers.map(({ name, image = '' }) => [name, image]));
}
/** What is known of a workload whatever its verdict is. */
function result_baseResult({ target, state }, now) {
    const { name, pods } = revision_revisionOf(state);
    return {
        target,
        cause: undefined,
        remedy: undefined,
        hints: [],
        findings: [],
        evidence: [],
        revision: name,
        images: imagesIn(state),
        pods: pods.map((pod) => pod.metadata.name),
        startedAt: state.startedAt,
        durationMs: now - state.startedAt,
        moments: state.moments,
        health: undefined,
        rollback: undefined,
    };
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/report.ts
/** A verification as a person reads it: the job summary, and the error of a bad verdict. */







const markOf = {
    succeeded: markdown/* marks */.Z8.good,
    'rolled-back': markdown/* marks */.Z8.back,
    superseded: markdown/* marks */.Z8.skipped,
    'timed-out': markdown/* marks */.Z8.bad,
    failed: markdown/* marks */.Z8.bad,
    'rollback-failed': markdown/* marks */.Z8.bad,
};
/** The part of the job summary about a verification: verdict and cause first, evidence folded. */
function verificationSummary({ results }) {
    return results.map(workloadSummary).join('\n');
}
function workloadSummary(result) {
    const { target, outcome, message, remedy, hints, health, rollback } = result;
    return (0,markdown/* section */.uW)(3, `${markOf[outcome]} ${workload_formatWorkload(target)}: ${outcome}`, `**${(0,markdown/* escapeMarkdown */.FV)(message)}**`, remedy === undefined ? '' : `**What to do:** ${(0,markdown/* escapeMarkdown */.FV)(remedy)}`, rollback === undefined || rollback.message === message ? '' : `${markdown/* marks */.Z8.back} ${(0,markdown/* escapeMarkdown */.FV)(rollback.message)}`, hints.map((hint) => `${markdown/* marks */.Z8.warning} ${(0,markdown/* escapeMarkdown */.FV)(hint)}`).join('\n\n'), factsOf(result), furtherFindings(result), health === undefined
        ? ''
        : [
            ...health.checked.map((line) => `- ${markdown/* marks */.Z8.good} ${(0,markdown/* escapeMarkdown */.FV)(line)}`),
            ...health.problems.map((problem) => `- ${markdown/* marks */.Z8.bad} ${(0,markdown/* escapeMarkdown */.FV)(problem.message)}`),
            ...health.unchecked.map((line) => `- ${markdown/* marks */.Z8.warning} ${(0,markdown/* escapeMarkdown */.FV)(line)}`),
        ].join('\n'), timeline(result), exhibits(result.evidence), rollback === undefined || rollback.evidence.length === 0
        ? ''
        : `Of the rollback:\n\n${exhibits(rollback.evidence)}`);
}
function factsOf({ target, cause, revision, images, pods, durationMs }) {
    return (0,markdown/* facts */.Ix)([
        ['Namespace', (0,markdown/* code */.aY)(target.namespace)],
        ['Cause', (0,markdown/* code */.aY)(cause ?? '')],
        ['Revision', (0,markdown/* code */.aY)(revision ?? '')],
        ...Object.entries(images).map(([container, image]) => [`Image of ${container}`, (0,markdown/* code */.aY)(image)]),
        ['Pods', pods.slice(0, 10).map(markdown/* code */.aY).join(' ')],
        ['Verdict after', (0,duration/* formatDuration */.a)(durationMs)],
    ]);
}
function furtherFindings({ findings }) {
    if (findings.length < 2)
        return '';
    const lines = findings
        .slice(1)
        .map((finding) => `- ${(0,markdown/* code */.aY)(finding.cause)} ${(0,markdown/* escapeMarkdown */.FV)(finding.message)} ${(0,markdown/* escapeMarkdown */.FV)(finding.remedy)}`);
    return `Also seen:\n\n${lines.join('\n')}`;
}
function exhibits(evidence) {
    // The log is what people look for first.
    return evidence.map(({ title, text }) => (0,markdown/* details */.zH)(title, (0,markdown/* codeBlock */.DV)(text), title.startsWith('Log of'))).join('\n');
}
/** The error for one bad result, undefined for a good one. */
function failureOf(result, locate) {
    const errorCode = codeOf(result);
    if (errorCode === undefined)
        return undefined;
    const { target, message, cause, rollback } = result;
    const where = workload_formatWorkload(target);
    const named = cause === undefined ? '' : ` (${cause})`;
    const back = rollback === undefined || rollback.message === message ? '' : ` ${rollback.message}`;
    return new errors/* VerificationError */.mk(errorCode, `${where}: ${message.replace(/\.$/, '')}${named}.${back}`, {
        location: locate?.(result),
        ...(result.remedy === undefined ? {} : { remedy: result.remedy }),
    });
}
function codeOf({ outcome, health, rollback }) {
    switch (outcome) {
        case 'succeeded':
            return undefined;
        case 'rolled-back':
            return rollout_codes_codes.ROLLED_BACK;
        case 'rollback-failed':
            return rollback?.state === 'refused' ? rollout_codes_codes.ROLLBACK_REFUSED : rollout_codes_codes.ROLLBACK_FAILED;
        case 'superseded':
            return rollout_codes_codes.ROLLOUT_SUPERSEDED;
        default:
            if (rollback?.state === 'impossible')
                return rollout_codes_codes.ROLLBACK_IMPOSSIBLE;
            if ((health?.problems.length ?? 0) > 0)
                return rollout_codes_codes.WORKLOAD_UNHEALTHY;
            return outcome === 'timed-out' ? rollout_codes_codes.ROLLOUT_TIMED_OUT : rollout_codes_codes.ROLLOUT_FAILED;
    }
}
/** Outputs may hold one MiB in all; more than this of the evidence stands in the report alone. */
const mostEvidenceCharacters = 60_000;
/** The outputs: of the worst workload where there are several, the duration of the longest. */
function verificationOutputs({ outcome, results }) {
    const [worst] = worstFirst(results);
    const exhibits = [...(worst?.evidence ?? []), ...(worst?.rollback?.evidence ?? [])];
    const evidence = JSON.stringify(exhibits);
    return {
        verdict: outcome,
        // What is put back beside a failure has none of its own.
        cause: worst?.cause ?? worstFirst(results).find(({ cause }) => cause !== undefined)?.cause,
        message: worst === undefined ? '' : `${workload_formatWorkload(worst.target)}: ${worst.message}`,
        evidence: exhibits.length === 0 || evidence.length > mostEvidenceCharacters ? undefined : evidence,
        revision: worst?.revision,
        durationMs: String(Math.max(0, ...results.map((result) => result.durationMs))),
    };
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/workloads.ts
/** The workloads that a user names: read, looked up, and when absent, told what there is instead. */






const kinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'];
/** What is wrong with lines that should be such as `deployment/mi-service`; a name alone is a Deployment. */
function workloadProblems(lines, input = 'workloads') {
    return lines.flatMap((line) => {
        const read = readLine(line);
        return typeof read === 'string' ? [{ subject: input, problem: read, example: 'deployment/mi-service' }] : [];
    });
}
/**
 * Reads the lines; the same workload twice is one.
 * @throws InputError WORKLOAD_KIND_UNSUPPORTED with every line that is none
 */
function parseWorkloads(lines, namespace, input = 'workloads') {
    const problems = workloadProblems(lines, input);
    if (problems.length > 0)
        throw new errors/* InputError */.dz(rollout_codes_codes.WORKLOAD_KIND_UNSUPPORTED, problems);
    const targets = new Map();
    for (const line of lines) {
        const read = readLine(line);
        if (typeof read !== 'string')
            targets.set(`${read.kind}/${read.name}`, { ...read, namespace });
    }
    return [...targets.values()];
}
/** The workload that a line names, or what is wrong with it. */
function readLine(line) {
    const [first = '', second, ...rest] = line.split('/');
    const [type, name] = second === undefined ? ['deployment', first] : [first, second];
    const kind = kinds.find((candidate) => candidate === kinds_kindNamed(type));
    if (kind === undefined)
        return `"${line}": "${type}" is not a kind that has a rollout (${kinds.join(', ')})`;
    const named = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name) && rest.length === 0;
    return named ? { kind, name } : `"${line}" is not kind/name`;
}
/**
 * Reads the workloads from the cluster.
 * @throws InputError WORKLOAD_NOT_FOUND with all that are absent, and what exists; ServiceError.
 */
async function findWorkloads(client, targets, input = 'workloads') {
    const found = await Promise.all(targets.map(async (target) => ({
        target,
        workload: (await client.find(target.kind, target.name, target)),
    })));
    const problems = await Promise.all(found
        .filter(({ workload }) => workload === undefined)
        .map(async ({ target }) => {
        const { kind, namespace } = target;
        const names = await workloads_namesOf(client, kind, namespace);
        const there = names.length === 0 ? `the namespace has no ${kind}` : `there are ${names.slice(0, 20).join(', ')}`;
        return {
            subject: input,
            problem: `${workload_formatWorkload(target)} does not exist in namespace ${namespace}: ${there}.${(0,suggest/* didYouMean */.au)(target.name, names)}`,
            ...(names[0] === undefined ? {} : { example: workload_formatWorkload({ kind, name: names[0] }) }),
        };
    }));
    if (problems.length > 0)
        throw new errors/* InputError */.dz(kubernetes_codes_codes.WORKLOAD_NOT_FOUND, problems);
    return found.flatMap(({ target, workload }) => (workload === undefined ? [] : [{ ...target, workload }]));
}
/** Names for a better message; none when they may not be listed. */
async function workloads_namesOf(client, kind, namespace) {
    try {
        return (await client.list(kind, { namespace })).items.map((item) => item.metadata.name).sort();
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

;// CONCATENATED MODULE: ./packages/shared/src/oci/codes.ts

/** Failures around images and registries. */
const oci_codes_codes = (0,errors/* defineCodes */.Oo)({
    IMAGE_REFERENCE_INVALID: {
        title: 'An image reference is malformed',
        meaning: 'A text that should name an image does not follow the grammar registry/repository:tag@digest.',
        remedy: 'Write it like ghcr.io/acme/employee-service:1.4.0; repositories are in lower case.',
    },
    IMAGE_PLATFORM_INVALID: {
        title: 'A platform is malformed',
        meaning: 'A text that should name a platform is not os/architecture, optionally with a variant.',
        remedy: 'Write platforms like linux/amd64, linux/arm64 or linux/arm/v7.',
    },
    IMAGE_PLATFORM_MISSING: {
        title: 'The image does not exist for a platform',
        meaning: 'The image was found in the registry, and it has no variant for a platform that was asked for.',
        remedy: 'Choose platforms from the list in the message, or build the image for the missing one.',
    },
    IMAGE_MANIFEST_INVALID: {
        title: 'The registry holds a manifest that cannot be used',
        meaning: 'A manifest, index or configuration is not JSON, too large, of an old format, or lacks what it must have.',
        remedy: 'Push the image again with a current tool (Docker schema 2 or OCI), or choose another tag.',
    },
    IMAGE_LAYER_INVALID: {
        title: 'Files cannot be put into an image layer',
        meaning: 'Paths inside the image clash, leave their folder, or are reserved for whiteouts; or a file cannot be read.',
        remedy: 'Correct the target paths named in the message: absolute, each used once.',
    },
    DOCKERFILE_INVALID: {
        title: 'The Dockerfile has an error',
        meaning: 'An instruction of the Dockerfile is malformed, or copies what is not there; docker build fails there, too.',
        remedy: 'Correct the line that the message names.',
    },
    DOCKERFILE_CONTEXT_REFUSED: {
        title: 'The build context holds what an image must not take',
        meaning: 'A link leads out of the folder of the Dockerfile, in a circle, or there are far too many files.',
        remedy: 'Put the file itself into the context, or leave the link out with .dockerignore.',
    },
    DOCKER_UNAVAILABLE: {
        title: 'The image needs docker, and docker does not answer',
        meaning: 'The Dockerfile holds instructions that only docker can carry out, or image-builder says docker, and there is no usable docker on this runner.',
        remedy: 'Use a runner with docker, or move those instructions into your own base image, which is then built once.',
    },
    DOCKER_BUILD_FAILED: {
        title: 'docker build failed',
        meaning: 'docker ended with an error that this action has no better name for.',
        remedy: 'Read docker’s own words in the message and in the summary.',
    },
    DOCKER_STEP_FAILED: {
        title: 'A command in the Dockerfile failed',
        meaning: 'A RUN instruction ended with another exit code than 0.',
        remedy: 'Read the output of that command in the log of the step; run docker build on your own machine to try it.',
    },
    DOCKER_BASE_UNAVAILABLE: {
        title: 'docker cannot pull an image that the Dockerfile names',
        meaning: 'The image of a FROM or COPY --from does not exist, or this account may not read it.',
        remedy: 'Correct the name, or log in to its registry in an earlier step (docker/login-action).',
    },
    DOCKER_NO_SPACE: {
        title: 'docker ran out of disk space',
        meaning: 'The disk of the runner is full.',
        remedy: 'Remove what the job does not need (docker system prune), or use a larger runner.',
    },
    DOCKER_PLATFORM_UNSUPPORTED: {
        title: 'docker cannot build for a platform',
        meaning: 'The builder of this docker makes images for one platform, or cannot run programs of another one.',
        remedy: 'Set platforms to the one of the runner, or run docker/setup-qemu-action and docker/setup-buildx-action before.',
    },
    DOCKER_CERTIFICATE: {
        title: 'The docker daemon does not trust the registry',
        meaning: 'The daemon pushes by itself and does not know the certificate authority that registry-ca gives.',
        remedy: 'Put the certificate into /etc/docker/certs.d/<registry>/ca.crt on the runner, or build without docker.',
    },
    IMAGE_EPOCH_INVALID: {
        title: 'SOURCE_DATE_EPOCH is not a number of seconds',
        meaning: 'SOURCE_DATE_EPOCH gives the time that is written into the image; it must be a whole number of seconds.',
        remedy: 'Set it like SOURCE_DATE_EPOCH=$(git log -1 --pretty=%ct), or leave it unset.',
    },
    IMAGE_CONTENT_MISMATCH: {
        title: 'The registry gave other content than it named',
        meaning: 'The bytes that came back do not have the digest under which they were asked for or announced.',
        remedy: 'A proxy or a damaged registry storage does this. Pull through another way, or push the image again.',
    },
    IMAGE_TAG_MISMATCH: {
        title: 'A tag does not point to what was pushed',
        meaning: 'After the push the tag was read back from the registry, and it names another image.',
        remedy: 'Look for another workflow that pushes the same tag at the same time, and for immutable tag rules.',
    },
    IMAGE_REFERRER_MISSING: {
        title: 'The registry does not list what was attached',
        meaning: 'An SBOM or a provenance statement was pushed for the image, and the registry does not show it there.',
        remedy: 'Run the step again; when it stays so, the registry does not support referrers: leave sbom and provenance out.',
    },
    REGISTRY_UNAUTHORIZED: {
        title: 'The registry does not know who asks',
        meaning: 'The registry refused the request for lack of valid credentials.',
        remedy: 'Give registry-username and registry-password, or log in in an earlier step (docker/login-action); if you did, check that this account may pull and push there. A private or misspelt repository answers the same.',
    },
    REGISTRY_FORBIDDEN: {
        title: 'The registry does not allow it',
        meaning: 'The credentials are valid, and they do not have the permission that this request needs.',
        remedy: 'Grant the account push (or pull) on the repository; on ghcr.io the job needs `permissions: packages: write` and the package must trust the repository.',
    },
    REGISTRY_NOT_FOUND: {
        title: 'The registry does not have it',
        meaning: 'The repository, tag, digest or blob does not exist in the registry, or is hidden from these credentials.',
        remedy: 'Check the spelling of registry, repository and tag, and that the image was pushed before.',
    },
    REGISTRY_RATE_LIMITED: {
        title: 'The registry limits the rate of requests',
        meaning: 'The registry answered "too many requests" until the attempts were used up.',
        remedy: 'Log in (anonymous limits are lower), use a mirror or your own registry for the base image, or try later.',
    },
    REGISTRY_UNAVAILABLE: {
        title: 'The registry failed',
        meaning: 'The registry answered with a server error until the attempts were used up.',
        remedy: 'Run the step again: what is already in the registry is not uploaded twice. Look at the registry’s status.',
    },
    REGISTRY_REFUSED: {
        title: 'The registry refused the request',
        meaning: 'The registry answered that the request itself is not acceptable.',
        remedy: 'Read the registry’s own words in the message: quota, immutable tags and policies answer like this.',
    },
    REGISTRY_PROTOCOL: {
        title: 'The answer is not that of a registry',
        meaning: 'The service answered in a way that the OCI distribution specification does not allow.',
        remedy: 'Check that the reference names a registry and not a web page or a proxy’s login form.',
    },
    REGISTRY_CREDENTIALS_UNREADABLE: {
        title: 'Stored registry credentials cannot be read',
        meaning: 'The docker configuration file is not readable JSON, or an entry in it is not user:password in base64.',
        remedy: 'Log in again with docker login, or give registry-username and registry-password.',
    },
    REGISTRY_CREDENTIAL_HELPER: {
        title: 'A docker credential helper failed',
        meaning: 'The docker configuration names a credential helper, and the helper is absent or ended with an error.',
        remedy: 'Install and set up the helper that the message names, or give registry-username and registry-password.',
    },
});

;// CONCATENATED MODULE: ./packages/shared/src/oci/reference.ts
/** Image references: the grammar of the distribution project, with Docker Hub's habits. */



const DOCKER_HUB = 'docker.io';
const EXAMPLE = 'ghcr.io/acme/employee-service:1.4.0';
const HOST = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::\d{1,5})?$/;
const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
/**
 * Reads a reference. A missing registry means Docker Hub, there a single name means `library/name`; a missing tag
 * stays missing.
 * @param subject the input or file that the reference comes from, for the error
 * @throws InputError IMAGE_REFERENCE_INVALID
 */
function parseReference(text, subject = 'image') {
    const reference = read(text);
    if (typeof reference === 'string') {
        throw new errors/* InputError */.dz(oci_codes_codes.IMAGE_REFERENCE_INVALID, [{ subject, problem: reference, example: EXAMPLE }]);
    }
    return reference;
}
function read(text) {
    const shown = JSON.stringify(text);
    if (text === '')
        return 'is empty';
    if (/\s/.test(text))
        return `${shown} contains white space`;
    if (/^[a-z]+:\/\//i.test(text))
        return `${shown} is a URL; leave out the scheme`;
    if (text.includes('${') || text.includes('{{'))
        return `${shown} contains a placeholder that was not replaced`;
    const [beforeDigest = '', digest, ...more] = text.split('@');
    if (more.length > 0)
        return `${shown} has more than one @`;
    if (digest !== undefined && !isDigest(digest)) {
        return `${shown} has a malformed digest; it is sha256: and 64 hexadecimal digits in lower case`;
    }
    const slash = beforeDigest.indexOf('/');
    const first = slash < 0 ? undefined : beforeDigest.slice(0, slash);
    const explicit = first !== undefined && (/[.:[]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
    const registry = explicit ? first : DOCKER_HUB;
    const rest = explicit ? beforeDigest.slice(slash + 1) : beforeDigest;
    if (!HOST.test(registry))
        return `${shown} has a malformed registry host ${JSON.stringify(registry)}`;
    const colon = rest.lastIndexOf(':');
    const name = colon < 0 ? rest : rest.slice(0, colon);
    const tag = colon < 0 ? undefined : rest.slice(colon + 1);
    const problem = repositoryProblem(name) ?? (tag === undefined ? undefined : tagProblem(tag));
    if (problem !== undefined)
        return `${shown} ${problem}`;
    const canonical = registry === 'index.docker.io' || registry === 'registry-1.docker.io' ? DOCKER_HUB : registry;
    const repository = canonical === DOCKER_HUB && !name.includes('/') ? `library/${name}` : name;
    return {
        registry: canonical,
        repository,
        ...(tag !== undefined && { tag }),
        ...(digest !== undefined && { digest }),
    };
}
function repositoryProblem(name) {
    if (name === '')
        return 'has no repository name';
    if (name.length > 255)
        return 'has a repository name longer than 255 characters';
    if (name !== name.toLowerCase())
        return `has capital letters in the repository name; write ${name.toLowerCase()}`;
    const wrong = name.split('/').find((component) => !COMPONENT.test(component));
    if (wrong === '')
        return 'has an empty part in the repository name (a slash too many)';
    return wrong === undefined
        ? undefined
        : `has a malformed part ${JSON.stringify(wrong)} in the repository name; allowed are a-z, 0-9 and single . _ - between them`;
}
/** What is wrong with a tag, or undefined. */
function tagProblem(tag) {
    if (TAG.test(tag))
        return undefined;
    if (tag === '')
        return 'has an empty tag';
    return tag.length > 128
        ? 'has a tag longer than 128 characters'
        : `has a malformed tag ${JSON.stringify(tag)}; allowed are letters, digits, _ . - and it starts with a letter, digit or _`;
}
/** The reference in full: always with the registry, tag and digest where it has them. */
function formatReference(reference) {
    const tag = reference.tag === undefined ? '' : `:${reference.tag}`;
    const digest = reference.digest === undefined ? '' : `@${reference.digest}`;
    return `${reference.registry}/${reference.repository}${tag}${digest}`;
}
/** What to ask the registry for: the digest where there is one, else the tag, else `latest`. */
function manifestName(reference) {
    return reference.digest ?? reference.tag ?? 'latest';
}
/** The host that serves a registry's API: Docker Hub's is not the one in the references. */
function apiHost(registry) {
    return registry === DOCKER_HUB ? 'registry-1.docker.io' : registry;
}
/** The name under which docker stores a registry's credentials. */
function credentialKey(registry) {
    return registry === DOCKER_HUB ? 'https://index.docker.io/v1/' : registry;
}
/** http for registries on this machine, https for all others: the rule every client follows. */
function defaultScheme(registry) {
    const host = registry.replace(/:\d+$/, '');
    return host === 'localhost' || host.endsWith('.localhost') || /^127\.\d+\.\d+\.\d+$/.test(host) || host === '[::1]'
        ? 'http'
        : 'https';
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/pull-secrets.ts



/**
 * Reads the pull secrets that pods of these templates will use: their own, and those of their service accounts. The
 * passwords are registered as secrets.
 */
async function readPullSecrets(client, secrets, templates) {
    const names = new Set();
    for (const template of templates) {
        const own = namesIn(template, 'spec', 'imagePullSecrets');
        own.forEach((name) => names.add(name));
        if (own.length > 0)
            continue;
        const account = objects_textAt(template, 'spec', 'serviceAccountName') ?? 'default';
        const found = await permitted(() => client.find('ServiceAccount', account));
        namesIn(found === 'forbidden' ? undefined : found, 'imagePullSecrets').forEach((name) => names.add(name));
    }
    const credentials = [];
    const absent = [];
    for (const name of names) {
        const secret = await permitted(() => client.find('Secret', name));
        if (secret === 'forbidden')
            return { credentials, absent, hidden: true };
        if (secret === undefined)
            absent.push(name);
        else
            credentials.push(...credentialsOf(secret));
    }
    for (const { password } of credentials)
        secrets.register(password);
    return { credentials, absent, hidden: false };
}
/** Reads a Secret of type kubernetes.io/dockerconfigjson (or the older dockercfg); empty for any other. */
function credentialsOf(secret) {
    const current = objects_textAt(secret, 'data', '.dockerconfigjson');
    const older = objects_textAt(secret, 'data', '.dockercfg');
    let config;
    try {
        config = JSON.parse(Buffer.from(current ?? older ?? '', 'base64').toString('utf8'));
    }
    catch {
        return [];
    }
    const entries = current === undefined ? config : objects_at(config, 'auths');
    return Object.entries(objects_isRecord(entries) ? entries : {}).flatMap(([key, entry]) => {
        const [user, ...rest] = Buffer.from(objects_textAt(entry, 'auth') ?? '', 'base64')
            .toString('utf8')
            .split(':');
        const username = objects_textAt(entry, 'username') ?? user ?? '';
        const password = objects_textAt(entry, 'password') ?? rest.join(':');
        return username === '' || password === '' ? [] : [{ registry: registryOf(key), username, password }];
    });
}
/** The keys of a docker configuration are hosts or URLs. */
function registryOf(key) {
    const host = key.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
    return host === 'index.docker.io' || host === 'registry-1.docker.io' ? 'docker.io' : host;
}
function namesIn(value, ...path) {
    return objects_recordsAt(value, ...path).flatMap((reference) => objects_textAt(reference, 'name') ?? []);
}
async function permitted(read) {
    try {
        return await read();
    }
    catch (error) {
        if (error instanceof errors/* ServiceError */._7 && error.code === kubernetes_codes_codes.KUBERNETES_FORBIDDEN.code)
            return 'forbidden';
        throw error;
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/existence.ts
/** Asks whether something that a cause says is missing exists by now. */



/**
 * @param makerOf looks for what makes it, when it is absent
 *
 * Never throws for what the cluster or the registry answers: a missing right is an answer, too. Of a Secret nothing is
 * looked at but the names of its keys.
 */
async function askExistence(client, askRegistry, namespace, need, makerOf = () => Promise.resolve(undefined)) {
    try {
        if (need.kind === 'Image')
            return await askRegistry?.(need.name);
        const object = await client.find(need.kind, need.name, { namespace });
        const keys = ['data', 'binaryData'].flatMap((field) => keysOf(objects_at(object, field)));
        if (object !== undefined && (need.key === undefined || keys.includes(need.key)))
            return { state: 'present' };
        const maker = await makerOf();
        return { state: 'absent', ...(maker === undefined ? {} : { maker }) };
    }
    catch (error) {
        if (!(error instanceof errors/* DeliveryError */.VE) || error.kind === 'cancelled')
            throw error;
        return { state: 'unknown', why: isForbidden(error) ? `${error.message}. ${error.remedy}` : error.message };
    }
}
function keysOf(value) {
    return objects_isRecord(value) ? Object.keys(value) : [];
}
/** True when a right is missing, and the error says which. */
function isForbidden(error) {
    return error instanceof errors/* ServiceError */._7 && error.code === kubernetes_codes_codes.KUBERNETES_FORBIDDEN.code;
}
/** What stands in place of something that the cluster does not give. @throws what is no answer of the cluster */
function refused(what, error) {
    if (!(error instanceof errors/* DeliveryError */.VE) || error.kind === 'cancelled')
        throw error;
    return `(no ${what}: ${(0,errors/* messageOf */.bD)(error)}. ${error.remedy})`;
}

;// CONCATENATED MODULE: ./packages/shared/src/base/quantity.ts
const factors = {
    n: 1e-9,
    u: 1e-6,
    m: 1e-3,
    '': 1,
    k: 1e3,
    M: 1e6,
    G: 1e9,
    T: 1e12,
    P: 1e15,
    E: 1e18,
    Ki: 2 ** 10,
    Mi: 2 ** 20,
    Gi: 2 ** 30,
    Ti: 2 ** 40,
    Pi: 2 ** 50,
    Ei: 2 ** 60,
};
/** Reads a resource quantity ("250m", "1Gi", "1.5", "2e3", 4) in its base unit: cores, bytes, pieces. */
function quantity_parseQuantity(quantity) {
    if (typeof quantity === 'number')
        return quantity;
    if (typeof quantity !== 'string')
        return undefined;
    const parts = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/.exec(quantity.trim());
    if (parts === null)
        return undefined;
    const [, number = '', exponent = '', suffix = ''] = parts;
    return Number(`${number}${exponent}`) * (factors[suffix] ?? 1);
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/images.ts


const images_example = 'mi=ghcr.io/acme/employee-service:1.4.0';
/** A DNS label. */
const containerName = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/**
 * Reads the lines of the input `images`: "image", "container=image" or "deployment/name/container=image".
 * @returns the wishes, and every problem found
 */
function parseImages(lines) {
    const wishes = [];
    const problems = [];
    const add = (problem) => problems.push({ subject: 'images', problem, example: images_example });
    for (const line of lines) {
        const equals = line.indexOf('=');
        const image = line.slice(equals + 1).trim();
        const target = equals < 0 ? undefined : line.slice(0, equals).trim();
        if (image === '') {
            add(`'${line}' has no image`);
            continue;
        }
        if (target === undefined) {
            wishes.push({ image, container: undefined, workload: undefined, line });
            continue;
        }
        const slash = target.lastIndexOf('/');
        const container = target.slice(slash + 1);
        const workload = slash < 0 ? undefined : parseWorkload(target.slice(0, slash));
        if (!containerName.test(container))
            add(`'${line}': '${container}' is not a name of a container`);
        else if (typeof workload === 'string')
            add(workload);
        else
            wishes.push({ image, container, workload, line });
    }
    const seen = new Set();
    for (const { container, workload, image } of wishes) {
        const key = `${workload === undefined ? '' : formatWorkload(workload)} ${container ?? `image ${images_imageRepository(image)}`}`;
        if (seen.has(key))
            add(`${container === undefined ? `image ${images_imageRepository(image)}` : `container ${container}`} is given twice`);
        seen.add(key);
    }
    return { wishes, problems };
}
/** The repository of an image reference, in full: without tag and digest, with Docker Hub's defaults written out. */
function images_imageRepository(image) {
    const [beforeDigest = ''] = image.split('@');
    const colon = beforeDigest.lastIndexOf(':');
    const name = colon > beforeDigest.lastIndexOf('/') ? beforeDigest.slice(0, colon) : beforeDigest;
    const [first = '', ...rest] = name.split('/');
    if (rest.length === 0)
        return `docker.io/library/${name}`;
    if (/[.:]/.test(first) || first === 'localhost')
        return name;
    return `docker.io/${name}`;
}
/** True when the reference names one exact image and cannot come to mean another one. */
function isDigestPinned(image) {
    return /@sha256:[0-9a-f]{64}$/.test(image);
}
/**
 * Decides which container of which workload gets which image. A wish without a container goes to the only container
 * of a workload, or to those that run the same repository already.
 * @returns the images per workload (in its order), and every problem found, each listing what there is
 */
function assignImages(workloads, wishes) {
    const images = workloads.map(() => []);
    const problems = [];
    for (const wish of wishes) {
        const meant = workloads.filter(({ kind, name }) => wish.workload === undefined || (wish.workload.kind === kind && wish.workload.name === name));
        let used = 0;
        for (const workload of meant) {
            for (const { name, image, init } of containersFor(workload, wish)) {
                const known = images[workloads.indexOf(workload)];
                used += 1;
                if (known?.some(({ container }) => container === name) === true) {
                    problems.push({
                        subject: 'images',
                        problem: `container ${name} of ${formatWorkload(workload)} would get two images (line '${wish.line}')`,
                        example: images_example,
                    });
                }
                else
                    known?.push({ container: name, init, from: image, to: wish.image });
            }
        }
        if (used === 0)
            problems.push(noContainer(wish, workloads, meant));
    }
    return { images, problems };
}
function containersFor({ containers }, { container, image }) {
    if (container !== undefined)
        return containers.filter(({ name }) => name === container);
    const main = containers.filter(({ init }) => !init);
    if (main.length === 1)
        return main;
    const repository = images_imageRepository(image);
    return containers.filter((each) => images_imageRepository(each.image) === repository);
}
function noContainer(wish, all, meant) {
    const subject = 'images';
    if (meant.length === 0 && wish.workload !== undefined) {
        const names = all.map(formatWorkload);
        const wanted = formatWorkload(wish.workload);
        return {
            subject,
            problem: `${wanted} is none of the workloads of this step: ${names.join(', ')}.${didYouMean(wanted, names)}`,
            example: images_example,
        };
    }
    const there = meant.map((workload) => `${formatWorkload(workload)} has ${workload.containers.map(({ name, init }) => (init ? `${name} (init)` : name)).join(', ')}`);
    const names = meant.flatMap(({ containers }) => containers.map(({ name }) => name));
    return wish.container === undefined
        ? {
            subject,
            problem: `'${wish.image}' does not say for which container: ${there.join('; ')}. Write container=image`,
            example: `${names[0] ?? 'mi'}=${wish.image}`,
        }
        : {
            subject,
            problem: `there is no container ${wish.container}: ${there.join('; ')}.${didYouMean(wish.container, names)}`,
            example: `${names[0] ?? 'mi'}=${wish.image}`,
        };
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/substitution.ts





/**
 * The pod template of an object of any kind that has one where Kubernetes puts it, custom resources included; a Pod is
 * its own template.
 */
function substitution_podTemplateOf(object) {
    const places = [
        ['spec', 'template'],
        ['spec', 'jobTemplate', 'spec', 'template'],
        ...(textAt(object, 'kind') === 'Pod' ? [[]] : []),
    ];
    for (const place of places) {
        const template = at(object, ...place);
        if (isRecord(template) && recordsAt(template, 'spec', 'containers').length > 0)
            return template;
    }
    return undefined;
}
/** Every image that the documents name in a pod template. */
function substitution_imagesIn(documents) {
    return [
        ...new Set(documents.flatMap(({ object }) => containersOf(substitution_podTemplateOf(object)).map(({ image }) => image))),
    ].filter((image) => image !== '');
}
/**
 * Puts the wished images into the documents: by container where the line names one, else by repository. Exactly the
 * image's text is exchanged, and the result is compared with what it should mean.
 */
function substituteImages(documents, wishes) {
    const used = new Set();
    const result = documents.map((document) => {
        const changes = [];
        for (const container of containersOf(substitution_podTemplateOf(document.object))) {
            const wish = wishFor(document, container, wishes);
            if (wish === undefined)
                continue;
            used.add(wish);
            if (wish.image !== container.image)
                changes.push({ container: container.name, init: container.init, from: container.image, to: wish.image });
        }
        return changes.length === 0 ? document : withImages(document, changes);
    });
    return {
        documents: result,
        problems: wishes.filter((wish) => !used.has(wish)).map((wish) => unused(wish, documents)),
    };
}
function wishFor(document, container, wishes) {
    const { kind = '', metadata } = document.object;
    const meant = wishes.filter(({ workload }) => workload === undefined || (workload.kind === kind && workload.name === metadata.name));
    const named = meant.filter((wish) => wish.container === container.name);
    return (named.find(({ workload }) => workload !== undefined) ??
        named[0] ??
        meant.find((wish) => wish.container === undefined && imageRepository(wish.image) === imageRepository(container.image)));
}
/** The document with other images. Its text stays as it is but for them; where that cannot be done, it becomes JSON. */
function withImages(document, changes) {
    const object = structuredClone(document.object);
    const template = substitution_podTemplateOf(object);
    for (const { container, init, to } of changes) {
        for (const record of recordsAt(template, 'spec', init ? 'initContainers' : 'containers')) {
            if (record.name === container)
                record.image = to;
        }
    }
    const text = document.text
        .split('\n')
        .map((line) => {
        const parts = /^(\s*(?:- +)?(?:image|"image"): +)(["']?)([^"'\s]+)\2(\s*(?:,|#.*)?)$/.exec(line);
        const change = parts === null ? undefined : changes.find(({ from }) => from === parts[3]);
        return parts === null || change === undefined
            ? line
            : `${parts[1] ?? ''}${parts[2] ?? ''}${change.to}${parts[2] ?? ''}${parts[4] ?? ''}`;
    })
        .join('\n');
    return meansTheSame(text, object)
        ? { ...document, text, object }
        : { ...document, line: undefined, text: JSON.stringify(object), object };
}
function meansTheSame(text, object) {
    try {
        return JSON.stringify(parseYaml(text)) === JSON.stringify(object);
    }
    catch {
        return false;
    }
}
function unused(wish, documents) {
    const there = documents.flatMap(({ object }) => containersOf(substitution_podTemplateOf(object)).map(({ name, image }) => ({
        name,
        image,
        owner: formatWorkload({ kind: object.kind ?? '', name: object.metadata.name }),
    })));
    const list = there.map(({ owner, name, image }) => `${owner} has ${name} (${image})`).join('; ') ||
        'no document has a pod template';
    const hint = wish.container === undefined
        ? ''
        : didYouMean(wish.container, there.map(({ name }) => name));
    const problem = wish.container === undefined
        ? `no container in the manifests runs ${imageRepository(wish.image)}: ${list}. Name the container (container=image)`
        : `no container of the manifests is meant by '${wish.line}': ${list}.${hint}`;
    return { subject: 'images', problem, example: `${there[0]?.name ?? 'mi'}=${wish.image}` };
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/quota.ts





/**
 * What a workload will demand on top of what it holds now. undefined for kinds that replace their pods one by one, and
 * for those that run later.
 * @param before the workload as it is, undefined when it is new
 */
function podDemand(object, namespace, before) {
    const template = podTemplateOf(object);
    const { kind = '' } = object;
    if (template === undefined || !['Deployment', 'StatefulSet'].includes(kind))
        return undefined;
    const replicas = numberAt(object, 'spec', 'replicas') ?? numberAt(before, 'spec', 'replicas') ?? 1;
    const more = Math.max(0, replicas - (before === undefined ? 0 : (numberAt(before, 'spec', 'replicas') ?? 1)));
    const rolling = kind === 'Deployment' && textAt(object, 'spec', 'strategy', 'type') !== 'Recreate' && before !== undefined;
    const share = (name) => at(object, 'spec', 'strategy', 'rollingUpdate', name) ?? '25%';
    const surge = rolling ? part(share('maxSurge'), replicas, Math.ceil) : 0;
    // Kubernetes lets one pod go when both would be zero (deployment util ResolveFenceposts).
    const unavailable = rolling ? Math.max(part(share('maxUnavailable'), replicas, Math.floor), surge === 0 ? 1 : 0) : 0;
    return {
        subject: formatWorkload({ kind, name: object.metadata.name }),
        namespace,
        pods: more + surge,
        canReplace: before !== undefined && (kind === 'StatefulSet' || !rolling || unavailable > 0),
        perPod: podResources(template),
    };
}
/** "25%" or a number, of the replicas. */
function part(value, replicas, round) {
    const percent = typeof value === 'string' ? /^(\d+)%$/.exec(value)?.[1] : undefined;
    return percent === undefined ? Number(value) || 0 : round((Number(percent) * replicas) / 100);
}
/** Requests and limits of a pod: the sum of its containers, or its largest init container if that is more. */
function podResources(template) {
    const of = (container, group, resource) => quantity_parseQuantity(objects_at(container, 'resources', group, resource));
    const result = { pods: 1 };
    for (const group of ['requests', 'limits']) {
        for (const resource of ['cpu', 'memory']) {
            const read = (container) => of(container, group, resource) ?? (group === 'requests' ? of(container, 'limits', resource) : undefined);
            const main = objects_recordsAt(template, 'spec', 'containers').map(read);
            const init = objects_recordsAt(template, 'spec', 'initContainers').map(read);
            // Without a value the quota refuses the pod or a LimitRange gives one: nothing to compare with here.
            if (main.some((value) => value === undefined))
                continue;
            const sum = main.reduce((total, value) => total + (value ?? 0), 0);
            result[`${group}.${resource}`] = Math.max(sum, ...init.map((value) => value ?? 0));
        }
    }
    return result;
}
/** Compares a demand with the quotas of its namespace. Quotas for some pods only (scopes) are left out. */
function quotaFindings(demand, quotas) {
    if (demand.pods === 0)
        return [];
    return quotas.flatMap((quota) => {
        if (recordsAt(quota, 'spec', 'scopeSelector', 'matchExpressions').length > 0 ||
            Array.isArray(at(quota, 'spec', 'scopes')))
            return [];
        const tight = tightest(demand, quota);
        if (tight === undefined || tight.fit >= demand.pods)
            return [];
        const impossible = tight.fit === 0 && !demand.canReplace;
        const limits = `${tight.resource}: used ${tight.used} of ${tight.hard}`;
        return [
            {
                id: impossible ? 'quota-exhausted' : 'quota-tight',
                weight: impossible ? 'error' : 'warning',
                subject: demand.subject,
                says: impossible
                    ? `quota ${quota.metadata.name} has no room for another pod (${limits}), so no new pod can be created`
                    : `quota ${quota.metadata.name} has room for ${tight.fit} of ${count(demand.pods, 'additional pod')} (${limits}): the rollout will be slow`,
                remedy: 'Raise the quota, lower the requests, or let an old pod go first (maxSurge 0, maxUnavailable 1)',
            },
        ];
    });
}
function tightest(demand, quota) {
    const hard = at(quota, 'status', 'hard') ?? at(quota, 'spec', 'hard');
    let tight;
    for (const [resource, limit] of Object.entries(isRecord(hard) ? hard : {})) {
        // "cpu" and "memory" are short for the requests.
        const need = demand.perPod[resource] ?? demand.perPod[`requests.${resource}`];
        const most = parseQuantity(limit);
        const used = textAt(quota, 'status', 'used', resource) ?? '0';
        if (need === undefined || need === 0 || most === undefined)
            continue;
        const fit = Math.max(0, Math.floor((most - (parseQuantity(used) ?? 0)) / need + 1e-9));
        if (tight === undefined || fit < tight.fit)
            tight = { resource, hard: String(limit), used, fit };
    }
    return tight;
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/node-evidence.ts
/** The nodes as evidence: what each has to give, what its pods have asked for, and what a pod of the workload asks for. */




const mostNodes = 30;
const resources = ['cpu', 'memory'];
/** Never throws for what the cluster refuses. */
async function nodesExhibit(client, workload) {
    try {
        const { items } = await client.list('Node');
        const shown = items.slice(0, mostNodes);
        const requested = items.length > mostNodes ? undefined : await requestedByNode(client);
        const lines = shown.map((node) => describe(node, requested));
        if (items.length > shown.length)
            lines.push(`… and ${items.length - shown.length} more`);
        if (typeof requested === 'string')
            lines.push(requested);
        return { title: 'Nodes', text: [...asked(workload), ...lines].join('\n') };
    }
    catch (error) {
        return { title: 'Nodes', text: refused('list of nodes', error) };
    }
}
/** What a pod of the workload asks for. */
function asked(workload) {
    if (workload === undefined)
        return [];
    const requests = podResources(workload.spec.template);
    const parts = resources.map((name) => `${name} ${amount(name, requests[`requests.${name}`])}`);
    return [`A pod of the workload requests ${parts.join(', ')}.`];
}
/** Sums of the requests of all pods that have not ended; why they are not known where they may not be read. */
async function requestedByNode(client) {
    try {
        const { items } = await client.list('Pod', { namespace: { all: true } });
        const sums = new Map();
        for (const pod of items) {
            const node = objects_textAt(pod, 'spec', 'nodeName');
            if (node === undefined || /^(Succeeded|Failed)$/.test(objects_textAt(pod, 'status', 'phase') ?? ''))
                continue;
            const sum = sums.get(node) ?? { cpu: 0, memory: 0, pods: 0 };
            const own = podResources(pod);
            for (const name of resources)
                sum[name] = (sum[name] ?? 0) + (own[`requests.${name}`] ?? 0);
            sums.set(node, { ...sum, pods: (sum.pods ?? 0) + 1 });
        }
        return sums;
    }
    catch (error) {
        return refused('requests of the pods on them', error);
    }
}
function describe(node, requested) {
    const sums = typeof requested === 'object' ? (requested.get(node.metadata.name) ?? {}) : undefined;
    const size = ['cpu', 'memory', 'pods'].map((name) => {
        const most = objects_textAt(node, 'status', 'allocatable', name);
        const all = quantity_parseQuantity(most);
        if (sums === undefined || all === undefined || all === 0)
            return `${name} ${most ?? '?'}`;
        const used = sums[name] ?? 0;
        return `${name} ${amount(name, used)} of ${most ?? '?'} requested (${Math.round((100 * used) / all)}%)`;
    });
    const taints = objects_recordsAt(node, 'spec', 'taints').map((taint) => `${objects_textAt(taint, 'key') ?? ''}:${objects_textAt(taint, 'effect') ?? ''}`);
    const arch = objects_textAt(node, 'status', 'nodeInfo', 'architecture') ?? '?';
    const closed = objects_at(node, 'spec', 'unschedulable') === true ? ', cordoned' : '';
    const tainted = taints.length === 0 ? '' : `, taints ${taints.join(' ')}`;
    return `${node.metadata.name}: ${arch}, ${size.join(', ')}${closed}${tainted}`;
}
/** In the units that people write: cores or millicores, Mi. */
function amount(name, value) {
    if (value === undefined)
        return 'nothing';
    if (name === 'cpu')
        return Number.isInteger(value) ? String(value) : `${Math.round(value * 1000)}m`;
    return name === 'memory' ? `${Math.round(value / 2 ** 20)}Mi` : String(value);
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/evidence.ts
/** What proves a verdict: taken from what was watched, and from the cluster while the broken pods are still there. */







const mostEvents = 40;
/** Collects the evidence for findings. Never throws for what the cluster refuses: that is evidence, too. */
async function collectEvidence(client, state, findings, { logLines, podsShown = 2 }) {
    const wanted = new Set(findings.flatMap((finding) => finding.evidence));
    const shown = new Set(findings.flatMap((finding) => finding.pods.slice(0, podsShown)));
    const pods = revision_revisionOf(state).pods.filter((pod) => shown.has(pod.metadata.name));
    const has = (kind) => wanted.has(kind);
    const exhibits = [
        ...(has('conditions') ? [conditions(state)] : []),
        ...pods.flatMap((pod) => podExhibits(pod, findings, wanted)),
        ...(has('probe') ? pods.flatMap((pod) => answersOf(state, pod)) : []),
        ...(has('logs')
            ? (await Promise.all(pods.map((pod) => logsOf(client, state, pod, findings, logLines)))).flat()
            : []),
        ...(has('quota') ? [await quotas(client, state)] : []),
        ...(has('nodes') ? [await nodesExhibit(client, state.workload)] : []),
        events(state),
    ];
    return exhibits
        .filter((exhibit) => exhibit !== undefined)
        .map(({ title, text }) => ({ title, text: (0,base_text/* neutralise */.$0)(text) }));
}
function podExhibits(pod, findings, wanted) {
    const { name } = pod.metadata;
    const lines = evidence_containersOf(pod, findings).flatMap(({ spec, status }) => [
        `${spec.name}: image ${spec.image ?? '?'}`,
        ...(status === undefined ? [] : [`  ${describeState(status)}`]),
        ...(wanted.has('probe') ? probes(spec).map((line) => `  ${line}`) : []),
        ...(wanted.has('pod-spec') ? podSpec(spec).map((line) => `  ${line}`) : []),
    ]);
    return [{ title: `Containers of ${name}`, text: lines.join('\n') }];
}
/** The containers that the findings name; all of them when a finding is about the whole pod. */
function evidence_containersOf(pod, findings) {
    const about = findings.filter((finding) => finding.pods.includes(pod.metadata.name));
    const named = new Set(about.map((finding) => finding.container));
    return [...(pod.spec.initContainers ?? []), ...pod.spec.containers]
        .filter((container) => named.has(undefined) || named.has(container.name))
        .map((spec) => ({ spec, status: containerStatuses(pod).find((status) => status.name === spec.name) }));
}
function describeState({ ready, restartCount = 0, state, lastState }) {
    const before = lastState?.terminated === undefined ? '' : `; before: ${oneState(lastState)}`;
    return `${oneState(state ?? {})}, ${ready === true ? 'ready' : 'not ready'}, restarts: ${restartCount}${before}`;
}
function oneState({ waiting, running, terminated }) {
    if (waiting !== undefined)
        return `waiting (${waiting.reason ?? ''}) ${waiting.message ?? ''}`.trim();
    if (running !== undefined)
        return `running since ${running.startedAt ?? '?'}`;
    if (terminated === undefined)
        return 'not started';
    const { exitCode, reason = '', message = '' } = terminated;
    return `ended with exit code ${exitCode} (${reason}) ${message}`.trim();
}
function probes(container) {
    const defined = [
        ['startup', container.startupProbe],
        ['readiness', container.readinessProbe],
        ['liveness', container.livenessProbe],
    ];
    return defined.flatMap(([name, probe]) => (probe === undefined ? [] : [`${name} probe: ${JSON.stringify(probe)}`]));
}
function podSpec(container) {
    return [
        `command: ${container.command === undefined ? "the image's own" : JSON.stringify(container.command)}`,
        `resources: ${JSON.stringify(container.resources ?? {})}`,
    ];
}
function answersOf(state, { metadata: { uid, name }, spec }) {
    return spec.containers.flatMap((container) => {
        const answer = state.answers.get(`${uid}/${container.name}`);
        const title = `Answer of ${name}, container ${container.name}, to its readiness probe`;
        return answer === undefined ? [] : [{ title, text: answer }];
    });
}
/** The logs of what ended (previous) and of what runs now, of every container that a finding is about. */
async function logsOf(client, state, pod, findings, logLines) {
    const { name } = pod.metadata;
    const exhibits = [];
    for (const { spec, status } of evidence_containersOf(pod, findings)) {
        const current = await readLog(client, state, name, spec.name, false, logLines);
        const restarted = (status?.restartCount ?? 0) > 0;
        const previous = restarted ? await readLog(client, state, name, spec.name, true, logLines) : undefined;
        const kept = state.logs.get(`${pod.metadata.uid}/${spec.name}`);
        const title = `Log of ${name}, container ${spec.name}`;
        if (previous !== undefined && previous !== current)
            exhibits.push({ title: `${title}, before the last restart`, text: previous });
        if (current !== undefined)
            exhibits.push({ title, text: current });
        if (previous === undefined && current === undefined && kept !== undefined) {
            exhibits.push({ title: `${title}, read when it ended`, text: (0,base_text/* tail */.RT)(kept, logLines) });
        }
    }
    return exhibits;
}
async function readLog(client, { target: { namespace } }, pod, container, previous, tailLines) {
    try {
        const text = await client.logs(pod, { namespace, container, previous, tailLines });
        return text === undefined || text.trim() === '' ? undefined : (0,base_text/* tail */.RT)(text, tailLines);
    }
    catch (error) {
        return refused('log', error);
    }
}
function conditions({ workload, target }) {
    const all = [...(workload?.status?.conditions ?? [])];
    if (all.length === 0)
        return undefined;
    const lines = all.map(({ type, status, reason = '', message = '' }) => `${type}=${status} ${reason}: ${message}`);
    return { title: `Conditions of ${workload_formatWorkload(target)}`, text: lines.join('\n') };
}
async function quotas(client, { target: { namespace } }) {
    try {
        const { items } = await client.list('ResourceQuota', { namespace });
        const lines = items.flatMap((quota) => {
            const hard = objects_at(quota, 'status', 'hard');
            const names = typeof hard === 'object' && hard !== null ? Object.keys(hard) : [];
            return names.map((name) => {
                const used = objects_textAt(quota, 'status', 'used', name) ?? '0';
                return `${quota.metadata.name}: ${name} used ${used} of ${objects_textAt(quota, 'status', 'hard', name) ?? '?'}`;
            });
        });
        return { title: `Quota of namespace ${namespace}`, text: lines.join('\n') };
    }
    catch (error) {
        return { title: `Quota of namespace ${namespace}`, text: refused('quota', error) };
    }
}
/** The events of the revision's own objects, oldest first. */
function events(state) {
    const { pods, maker } = revision_revisionOf(state);
    const uids = new Set([state.workload?.metadata.uid, maker?.metadata.uid, ...pods.map((pod) => pod.metadata.uid)]);
    const own = [...state.events.values()]
        .filter((event) => uids.has(event.involvedObject.uid))
        .sort((a, b) => lastHappened(a) - lastHappened(b))
        .slice(-mostEvents);
    if (own.length === 0)
        return undefined;
    const lines = own.map((event) => {
        const time = new Date(lastHappened(event)).toISOString().slice(11, 19);
        const times = timesHappened(event) > 1 ? ` ×${timesHappened(event)}` : '';
        const { kind = '', name = '' } = event.involvedObject;
        return `${time} ${event.type ?? ''} ${kind}/${name} ${event.reason ?? ''}${times}: ${(event.message ?? '').slice(0, 500)}`;
    });
    return { title: 'Events', text: lines.join('\n') };
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/rollback.ts
/** Back to the revision before: which one, and the change that does it. */






const nothingBefore = {
    impossible: 'this is its first revision: there is nothing to go back to',
    first: true,
};
/** Chooses the revision to go back to. Reads the revisions of a StatefulSet or DaemonSet from the cluster. */
async function planRollback(client, state) {
    const { workload, target } = state;
    if (workload === undefined || state.deleted)
        return { impossible: 'it does not exist any more' };
    switch (target.kind) {
        case 'Deployment':
            // Without the right to read them nobody knows whether there was one before.
            return state.unreadable.has('ReplicaSet')
                ? { impossible: 'the ReplicaSets may not be read, so the revision before is not known' }
                : toReplicaSet(state, workload);
        case 'Job':
            return { impossible: 'a Job has no revisions' };
        default: {
            const labels = objects_selectorText(workload.spec.selector);
            const { items } = await client.list('ControllerRevision', { namespace: target.namespace, labels });
            return toControllerRevision(state, workload, items);
        }
    }
}
const revisionAnnotation = 'deployment.kubernetes.io/revision';
function numberOf(replicaSet) {
    return Number(replicaSet.metadata.annotations?.[revisionAnnotation] ?? 0);
}
function toReplicaSet(state, workload) {
    const present = newReplicaSet(workload, state.replicaSets.values());
    const previous = [...state.replicaSets.values()]
        .filter((replicaSet) => controllerOf(replicaSet) === workload.metadata.uid)
        .filter((replicaSet) => replicaSet.metadata.uid !== present?.metadata.uid)
        .sort((a, b) => numberOf(b) - numberOf(a))[0];
    if (previous === undefined)
        return nothingBefore;
    const template = withoutHash(previous.spec.template);
    return {
        target: state.target,
        revision: String(numberOf(previous)),
        images: imagesOf(template),
        from: workload.spec.template,
        change: { type: 'template', template },
        stuck: [],
    };
}
function toControllerRevision(state, workload, revisions) {
    const own = revisions.filter((revision) => controllerOf(revision) === workload.metadata.uid);
    const present = revision_revisionOf(state).name ?? newest(own)?.metadata.name;
    const previous = newest(own.filter((revision) => revision.metadata.name !== present));
    const template = previous?.data?.spec?.template;
    if (previous === undefined || template === undefined) {
        return nothingBefore;
    }
    const broken = state.target.kind === 'StatefulSet' ? revision_revisionOf(state).pods.filter((pod) => !objects_isReady(pod)) : [];
    return {
        target: state.target,
        revision: previous.metadata.name,
        images: imagesOf(template),
        from: workload.spec.template,
        change: { type: 'patch', patch: previous.data },
        stuck: broken,
    };
}
function newest(revisions) {
    return [...revisions].sort((a, b) => b.revision - a.revision)[0];
}
function withoutHash(template) {
    const labels = Object.entries(template.metadata?.labels ?? {}).filter(([label]) => label !== podTemplateHash);
    return { ...template, metadata: { ...template.metadata, labels: Object.fromEntries(labels) } };
}
function imagesOf(template) {
    return Object.fromEntries(template.spec.containers.map(({ name, image = '' }) => [name, image]));
}
const attempts = 5;
/**
 * Carries a plan out. The change is bound to the version that was looked at, so nobody else's change is undone with it.
 * @throws VerificationError ROLLBACK_REFUSED when its template is no longer the one that was judged; ServiceError.
 */
async function rollBack(client, plan) {
    const { kind, namespace, name } = plan.target;
    const where = workload_formatWorkload(plan.target);
    for (let attempt = 1;; attempt++) {
        const present = (await client.get(kind, name, { namespace }));
        if (!sameTemplate(present.spec.template, plan.from)) {
            throw new errors/* VerificationError */.mk(rollout_codes_codes.ROLLBACK_REFUSED, `${where} was changed by somebody else meanwhile: it is not rolled back`);
        }
        const { resourceVersion } = present.metadata;
        try {
            const changed = plan.change.type === 'template'
                ? await client.patch(kind, name, [{ op: 'replace', path: '/spec/template', value: plan.change.template }], {
                    namespace,
                    resourceVersion,
                    type: 'json',
                })
                : await client.patch(kind, name, plan.change.patch, { namespace, resourceVersion, type: 'strategic' });
            return { workload: changed, left: await rollback_deleteStuck(client, plan.stuck) };
        }
        catch (error) {
            // Its status changes all the time: look again whether its template has.
            const raced = error instanceof errors/* ServiceError */._7 && (error.status === 409 || error.status === 422);
            if (!raced || attempt === attempts)
                throw error;
        }
    }
}
/**
 * Deletes broken pods that a StatefulSet would wait for for ever, these very ones.
 * @returns which the cluster does not let go, and why
 */
async function rollback_deleteStuck(client, stuck) {
    const left = [];
    for (const { metadata } of stuck) {
        try {
            const namespace = metadata.namespace ?? client.namespace;
            await client.delete('Pod', metadata.name, { namespace, uid: metadata.uid });
        }
        catch (error) {
            // The template is back all the same: whether that is enough is for the verdict to say.
            if (!(error instanceof errors/* ServiceError */._7))
                throw error;
            left.push(`${metadata.name} could not be deleted: ${error.message}. ${error.remedy}`);
        }
    }
    return left.length === 0 ? undefined : left.join(' ');
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/maker.ts

/** As their own documentation has them (external-secrets 0.9 to 1, sealed-secrets 0.2x, cert-manager 1, secrets-store-csi-driver 1). */
const makerKinds = [
    {
        group: 'external-secrets.io',
        kind: 'ExternalSecret',
        makes: (object) => [objects_textAt(object, 'spec', 'target', 'name') ?? object.metadata.name],
        condition: 'Ready',
    },
    {
        group: 'bitnami.com',
        kind: 'SealedSecret',
        makes: (object) => [objects_textAt(object, 'spec', 'template', 'metadata', 'name') ?? object.metadata.name],
        condition: 'Synced',
    },
    {
        group: 'cert-manager.io',
        kind: 'Certificate',
        makes: (object) => [objects_textAt(object, 'spec', 'secretName')],
        condition: 'Ready',
    },
    {
        group: 'secrets-store.csi.x-k8s.io',
        kind: 'SecretProviderClass',
        makes: (object) => objects_recordsAt(object, 'spec', 'secretObjects').map(({ secretName }) => secretName),
        condition: undefined,
    },
];
/**
 * Looks for what makes a missing Secret. Costs nothing but one question for the server's groups where no such operator is
 * installed.
 * @throws ServiceError KUBERNETES_FORBIDDEN when one is installed and its objects may not be listed
 */
async function findMaker(anyKind, namespace, need) {
    if (need.kind !== 'Secret')
        return undefined;
    for (const { group, kind, makes, condition } of makerKinds) {
        const objects = await anyKind.list({ group, kind }, namespace);
        const maker = objects.find((object) => makes(object).includes(need.name));
        if (maker !== undefined)
            return { kind, name: maker.metadata.name, stuck: stuckOf(maker, condition) };
    }
    return undefined;
}
/** Reasons with which cert-manager says of a new Certificate that its Secret is still to come. */
const stillToCome = /^(DoesNotExist|Missing|InProgress|Pending)$/;
/** What it says when it is not at work: it has failed, or it believes to be done. */
function stuckOf(maker, type) {
    const conditions = objects_recordsAt(maker, 'status', 'conditions');
    // A Certificate that could not be issued is tried again after an hour.
    const failed = conditions.find((condition) => condition.type === 'Issuing' && condition.reason === 'Failed');
    const said = failed ?? conditions.find((condition) => condition.type === type);
    const text = (field) => objects_textAt(said, field) ?? '';
    if (said === undefined || objects_at(said, 'status') === 'Unknown')
        return undefined;
    if (text('status') === 'True')
        return 'that it is done';
    if (failed === undefined && stillToCome.test(text('reason')))
        return undefined;
    return `"${(text('message') || text('reason')).slice(0, 300)}"`;
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/need.ts
/** What a cause says is missing, and what is known about it by asking for it. */
/** One key for one thing. */
function needKey({ kind, name, key = '' }) {
    return `${kind}/${name}/${key}`;
}
/** `Secret web-tls`, as the sentence of a cause names it. */
function kindOfNeed(word) {
    const kinds = {
        secret: 'Secret',
        configmap: 'ConfigMap',
        persistentvolumeclaim: 'PersistentVolumeClaim',
    };
    return kinds[word.toLowerCase()];
}
/** What the answer adds to a cause's sentence. */
function existenceSays(need, existence) {
    switch (existence?.state) {
        case 'absent': {
            const { maker } = existence;
            if (maker === undefined)
                return '';
            const what = `${maker.kind} ${maker.name}`;
            return maker.stuck === undefined
                ? ` ${what} is at work on it, so it is waited for.`
                : ` ${what} is there to make it, and says ${maker.stuck}.`;
        }
        case 'present':
            return need.kind === 'Image'
                ? ' Its registry has it by now: the kubelet tries again.'
                : ' It exists by now: Kubernetes tries again.';
        case 'unknown':
            return ` Whether it exists by now could not be asked: ${existence.why.replace(/\.$/, '')}.`;
        default:
            return '';
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/inquiry.ts
/** What the watches do not show, asked for when they say that it is there: the log of what ended, the answer of what is unready. */





/** Unready pods are asked at their probe's own pace, but not more often than this. */
const betweenQuestionsMs = 10_000;
/** Who makes what is missing is asked for when it is seen to be missing, again and again, but not more often than this. */
const betweenMakersMs = 10_000;
/** Logs that are read while a rollout is followed: enough to know why, however many pods crash. */
const mostLogs = 30;
/** How long an answer may take that no verdict waits for. */
const answerWithinMs = 10_000;
/** Asks on behalf of one rollout, and tells the answers as observations. */
class Inquiry {
    #ports;
    #logLines;
    #tell;
    #warn;
    #asked = new Set();
    #questions = new Map();
    #images = new Set();
    #makers = new Map();
    /** Questions without an answer yet, by what was asked for, and since when. */
    #open = new Map();
    /** @param warn tells something once a step, however many workloads it concerns */
    constructor(ports, logLines, tell, warn) {
        this.#ports = ports;
        this.#logLines = logLines;
        this.#tell = tell;
        this.#warn = warn;
    }
    /** How long an answer is outstanding already, 0 when nothing was asked. */
    waitingFor(need) {
        const since = this.#open.get(needKey(need));
        return since === undefined ? 0 : this.#ports.clock.now() - since;
    }
    /** Asks whether it exists by now, and tells the answer. Resolves when it was told, or when it took too long. */
    async askFor({ target: { namespace } }, need, withinMs = answerWithinMs) {
        const { client, clock, askRegistry, cancelled } = this.#ports;
        const over = new AbortController();
        const key = needKey(need);
        this.#open.set(key, clock.now());
        const late = clock.sleep(withinMs, AbortSignal.any([over.signal, cancelled])).then(() => ({ state: 'unknown', why: `no answer within ${withinMs / 1000} s` }), () => undefined);
        try {
            const asked = askExistence(client, askRegistry, namespace, need, () => this.#makerOf(namespace, need));
            const existence = await Promise.race([asked, late]);
            if (existence !== undefined)
                this.#tell({ type: 'ASKED', need, existence });
        }
        catch (error) {
            this.#ports.log.debug(`${needKey(need)} could not be asked for: ${String(error)}`);
        }
        finally {
            this.#open.delete(key);
            over.abort();
        }
    }
    /** Looks whether an observation gives reason to ask. */
    follow(state, observation) {
        if (!('object' in observation))
            return;
        this.#readLogs(state);
        this.#askRegistries(state);
        this.#askMakers(state);
        this.#askUnready(state, observation);
    }
    /** What the runtime says of a pull may mean several things: the registry knows. */
    #askRegistries(state) {
        if (this.#ports.askRegistry === undefined)
            return;
        for (const { finding } of state.suspected.values()) {
            if (finding.needs?.kind !== 'Image' || this.#images.has(finding.needs.name))
                continue;
            this.#images.add(finding.needs.name);
            void this.askFor(state, finding.needs);
        }
    }
    /** An operator may be at work on a Secret that is missing: then nobody needs to act, and it is waited for. */
    #askMakers(state) {
        const now = this.#ports.clock.now();
        for (const { finding } of state.suspected.values()) {
            const { needs } = finding;
            if (needs?.kind !== 'Secret')
                continue;
            const key = needKey(needs);
            if (now - (this.#makers.get(key) ?? -Infinity) < betweenMakersMs)
                continue;
            this.#makers.set(key, now);
            void this.#askMaker(state, needs);
        }
    }
    async #askMaker({ target: { namespace }, existing }, need) {
        const maker = await this.#makerOf(namespace, need);
        // One that was there and is gone is worth telling as well.
        const known = existing.get(needKey(need))?.state === 'absent';
        if (maker !== undefined || known)
            this.#tell({ type: 'ASKED', need, existence: { state: 'absent', maker } });
    }
    /** The grace decides where it is not known: a missing right is told, and never the reason of a verdict. */
    async #makerOf(namespace, need) {
        try {
            return await findMaker(this.#ports.client.anyKind, namespace, need);
        }
        catch (error) {
            const leftOut = 'Whether it is at work on a Secret that is missing is not known, so the grace decides';
            this.#degrade(error, leftOut, `no maker of ${needKey(need)}`);
            return undefined;
        }
    }
    /** The log of a container that has just ended says more than its exit code, and is gone after the next crash. */
    #readLogs(state) {
        for (const pod of revision_revisionOf(state).pods) {
            for (const status of containerStatuses(pod)) {
                const ended = status.state?.terminated ?? status.lastState?.terminated;
                if (ended === undefined || ended.exitCode === 0)
                    continue;
                const key = `${pod.metadata.uid}/${status.name}/${ended.finishedAt ?? ''}`;
                if (this.#asked.has(key) || this.#asked.size >= mostLogs)
                    continue;
                this.#asked.add(key);
                void this.#readLog(state, pod, status.name, status.state?.running !== undefined);
            }
        }
    }
    /** The kubelet tells a failed readiness probe's status; what the program says beside it may be the whole story. */
    #askUnready(state, observation) {
        if (!('kind' in observation) || observation.kind !== 'Event' || observation.type === 'UNREADABLE')
            return;
        const event = observation.object;
        if (event.reason !== 'Unhealthy' || !/^Readiness probe failed: .*statuscode/.test(event.message ?? ''))
            return;
        const pod = revision_revisionOf(state).pods.find(({ metadata }) => metadata.uid === event.involvedObject.uid);
        const container = pod?.spec.containers.find(({ name }) => name === containerOf(event));
        const question = container?.readinessProbe?.httpGet;
        if (pod === undefined || container === undefined || question === undefined)
            return;
        const key = `${pod.metadata.uid}/${container.name}`;
        const now = this.#ports.clock.now();
        if (now - (this.#questions.get(key) ?? -Infinity) < betweenQuestionsMs)
            return;
        this.#questions.set(key, now);
        void this.#ask(state, pod, container.name, question);
    }
    async #ask({ target: { namespace } }, pod, container, question) {
        const { path = '/', port, scheme } = question;
        const request = {
            namespace,
            port: inquiry_numberOf(pod, container, port),
            path,
            scheme: scheme === 'HTTPS' ? 'https' : 'http',
            timeoutMs: 5000,
        };
        try {
            const { status, body } = await this.#ports.client.podGet(pod.metadata.name, request);
            const text = `${status} ${body.toString('utf8').slice(0, 2000)}`;
            this.#tell({ type: 'ANSWERED', pod: pod.metadata.uid, container, text });
        }
        catch (error) {
            // The verdict does not hang on it: the kubelet's word is enough.
            this.#degrade(error, 'Pods that are not ready are not asked why', `${pod.metadata.name} could not be asked`);
        }
    }
    async #readLog({ target: { namespace } }, pod, container, previous) {
        const tailLines = this.#logLines;
        try {
            const text = await this.#ports.client.logs(pod.metadata.name, { namespace, container, previous, tailLines });
            if (text !== undefined)
                this.#tell({ type: 'LOGGED', pod: pod.metadata.uid, container, text });
        }
        catch (error) {
            // The verdict does not hang on it: evidence.ts tries again and says why there is none.
            this.#degrade(error, 'Crashes are told without the last words of their logs', `no log of ${pod.metadata.name}`);
        }
    }
    /** A missing right is told once, with what is left out; everything else is for whoever debugs. */
    #degrade(error, leftOut, what) {
        const { log } = this.#ports;
        if (!isForbidden(error))
            log.debug(`${what}: ${String(error)}`);
        else
            this.#warn(`${error.message}. ${leftOut}. ${error.remedy}`);
    }
}
/** A probe may name its port. */
function inquiry_numberOf(pod, container, port) {
    const ports = pod.spec.containers.find(({ name }) => name === container)?.ports ?? [];
    return ports.find(({ name }) => name === port)?.containerPort ?? port;
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/progress.ts


/** Everything asked for is there, available, and of the newest revision alone. */
function isComplete(state) {
    const { workload } = state;
    if (workload === undefined || state.deleted || state.asked === undefined)
        return false;
    if ((workload.metadata.generation ?? 0) < state.asked.generation)
        return false;
    if (state.target.kind === 'Job')
        return conditionOf(workload.status?.conditions, 'Complete')?.status === 'True';
    if (!observed(workload))
        return false;
    const progress = progressOf(state.target.kind, workload);
    const needed = neededOf(state, workload);
    const counted = progress.updated >= needed && progress.available >= needed;
    const old = state.required === 'all' ? progress.old : 0;
    // The workload's status follows its pods by some milliseconds: both have to agree.
    return counted && old === 0 && (isBlind(state) || readyPods(state) >= needed);
}
/**
 * What was complete holds as long as that many pods are available, also while an autoscaler adds more: the rollout is not
 * what they wait for. Between a new number and the controller's taking it up the counts are those of before.
 */
function stillHolds(state) {
    const { workload, deleted, steadyWith, target, required } = state;
    if (steadyWith === undefined || workload === undefined || deleted || target.kind === 'Job')
        return false;
    const needed = stillNeeded(state);
    const { available, old } = progressOf(target.kind, workload);
    return available >= needed && (required !== 'all' || old === 0) && (isBlind(state) || readyPods(state) >= needed);
}
/** What is needed now, or was when it became complete if that is less. */
function stillNeeded(state) {
    const now = state.workload === undefined ? 0 : neededOf(state, state.workload);
    return Math.min(now, state.steadyWith ?? now);
}
/** How many pods of the revision must be available. */
function neededOf({ target, required }, workload) {
    const { wanted } = progressOf(target.kind, workload);
    if (required === 'all')
        return wanted;
    if (required === 'maxUnavailable')
        return Math.max(wanted - mayBeMissing(target.kind, workload), 0);
    return Math.ceil((wanted * required.percent) / 100);
}
function mayBeMissing(kind, workload) {
    if (kind === 'Deployment')
        return maxUnavailable(workload);
    const { wanted } = progressOf(kind, workload);
    // StatefulSets and DaemonSets replace one pod at a time unless told otherwise.
    return progress_amount(workload.spec.updateStrategy?.rollingUpdate?.maxUnavailable ?? 1, wanted, Math.ceil);
}
/** Without the right to read them, nobody can say which pods are of the revision. */
function isBlind({ unreadable, target }) {
    const maker = target.kind === 'Deployment' ? 'ReplicaSet' : target.kind === 'DaemonSet' ? 'ControllerRevision' : 'Pod';
    return unreadable.has('Pod') || unreadable.has(maker);
}
function readyPods(state) {
    return revision_revisionOf(state).pods.filter(objects_isReady).length;
}
/** The counts of a workload in one vocabulary. */
function progressOf(kind, workload) {
    const status = workload.status ?? {};
    const replicas = workload.spec.replicas ?? 1;
    switch (kind) {
        case 'Deployment': {
            const updated = status.updatedReplicas ?? 0;
            return {
                wanted: replicas,
                updated,
                available: Math.min(updated, status.availableReplicas ?? 0),
                old: Math.max(0, (status.replicas ?? 0) - updated),
            };
        }
        case 'StatefulSet': {
            // Pods below the partition keep the old revision on purpose.
            const partition = workload.spec.updateStrategy?.rollingUpdate?.partition ?? 0;
            const wanted = Math.max(0, replicas - partition);
            const allCurrent = status.updateRevision !== undefined && status.updateRevision === status.currentRevision;
            const updated = allCurrent ? (status.replicas ?? 0) : (status.updatedReplicas ?? 0);
            const available = status.availableReplicas ?? status.readyReplicas ?? 0;
            return {
                wanted,
                updated: Math.min(updated, replicas),
                available: Math.max(0, available - Math.min(partition, replicas)),
                old: Math.max(0, wanted - Math.min(updated, replicas)),
            };
        }
        case 'DaemonSet': {
            const wanted = status.desiredNumberScheduled ?? 0;
            const updated = status.updatedNumberScheduled ?? 0;
            return { wanted, updated, available: status.numberAvailable ?? 0, old: Math.max(0, wanted - updated) };
        }
        case 'Job': {
            const wanted = workload.spec.completions ?? 1;
            return { wanted, updated: wanted, available: status.succeeded ?? 0, old: 0 };
        }
    }
}
/** The number of pods that may be missing during a rolling update (percentages round down, as Kubernetes does). */
function maxUnavailable(workload) {
    if (workload.spec.strategy?.type === 'Recreate')
        return workload.spec.replicas ?? 1;
    const rolling = workload.spec.strategy?.rollingUpdate;
    const replicas = workload.spec.replicas ?? 1;
    const unavailable = progress_amount(rolling?.maxUnavailable ?? '25%', replicas, Math.floor);
    const surge = progress_amount(rolling?.maxSurge ?? '25%', replicas, Math.ceil);
    return unavailable === 0 && surge === 0 ? 1 : unavailable;
}
function progress_amount(value, of, round) {
    if (typeof value === 'number')
        return value;
    const percent = /^(\d+)%$/.exec(value)?.[1];
    return percent === undefined ? Number(value) || 0 : round((Number(percent) * of) / 100);
}
/** "2 of 3 available", for people. */
function describeProgress(kind, workload) {
    const { wanted, updated, available, old } = progressOf(kind, workload);
    if (kind === 'Job')
        return `${available} of ${wanted} completed`;
    const rest = old > 0 ? `, ${old} of an older revision left` : '';
    return `${updated} of ${wanted} of the new revision, ${available} available${rest}`;
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/causes/row.ts
const ownTolerance = {
    never: 'none',
    'if-something-else-changes': 'grace',
    'by-itself': 'deadline',
};
function cause(of, id, row) {
    return {
        id,
        of,
        heals: row.heals,
        tolerance: row.tolerance ?? ownTolerance[row.heals],
        ordinary: row.ordinary ?? false,
        evidence: row.evidence,
        seen: (view) => {
            const facts = row.seen(view);
            if (facts === undefined)
                return undefined;
            return {
                subject: row.subject?.(facts) ?? '',
                occurrences: row.occurrences?.(view) ?? 1,
                early: row.early?.(facts) ?? false,
                message: row.says(facts, view),
                remedy: row.remedy(facts, view),
                needs: row.needs?.(facts, view),
            };
        },
    };
}
/** A cause seen in one container. */
const inContainer = (id, row) => cause('container', id, row);
/** A cause seen in a pod as a whole. */
const inPod = (id, row) => cause('pod', id, row);
/** A cause for which pods are not created at all. */
const inRefusal = (id, row) => cause('refusal', id, row);
/** A cause seen in the workload. */
const inWorkload = (id, row) => cause('workload', id, row);
/** The named groups of a pattern in a text, or undefined when it does not match. */
function row_read(text, pattern) {
    const groups = pattern.exec(text ?? '')?.groups;
    if (groups === undefined)
        return undefined;
    return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, value ?? '']));
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/causes/container.ts
/** Causes for which a container does not start, or does not stay. */



const notStarted = /^(|ContainerCreating|PodInitializing)$/;
/** What the kubelet says when it cannot put the container's configuration together. */
function configurationError(view) {
    const { waiting } = view;
    if (waiting?.reason === 'CreateContainerConfigError')
        return waiting.message ?? '';
    if (view.running || view.ended !== undefined || !notStarted.test(waiting?.reason ?? ''))
        return undefined;
    const failed = view.event(/^Failed$/, /^Error: (configmap |secret |couldn't find key |container has runAsNonRoot)/);
    const created = view.event(/^Created$/);
    if (failed === undefined || (created !== undefined && lastHappened(created) >= lastHappened(failed)))
        return undefined;
    return failed.message?.replace(/^Error: /, '');
}
function missingConfiguration(view) {
    const text = configurationError(view);
    const key = row_read(text, /couldn't find key (?<key>\S+) in (?<kind>ConfigMap|Secret) (?:[^/\s]+\/)?(?<name>\S+)/);
    if (key !== undefined)
        return key;
    const whole = row_read(text, /(?<kind>configmap|secret) "(?<name>[^"]+)" not found/i);
    if (whole === undefined)
        return undefined;
    return { kind: whole.kind.toLowerCase() === 'secret' ? 'Secret' : 'ConfigMap', name: whole.name, key: '' };
}
const noProgram = /no command specified|executable file .*not found|exec format error/i;
/** What the runtime said when it could not start the container's process. */
function startError(view) {
    if (view.ended?.reason === 'StartError' || view.ended?.reason === 'ContainerCannotRun')
        return view.ended.message ?? '';
    if (view.waiting?.reason === 'RunContainerError')
        return view.waiting.message ?? '';
    // CRI-O looks for the program while it creates the container, containerd when it starts it.
    const { waiting } = view;
    if (waiting?.reason === 'CreateContainerError' && noProgram.test(waiting.message ?? ''))
        return waiting.message;
    if (view.running || view.ended !== undefined || !notStarted.test(view.waiting?.reason ?? ''))
        return undefined;
    return view.event(/^Failed$/, /^Error: failed to create (containerd|shim) task|OCI runtime create failed/)?.message;
}
const neverStarts = /no such file or directory|executable file not found|permission denied|exec format error|no command specified|is a directory|not a directory|read-only file system/i;
const hopeless = (view) => {
    const text = startError(view);
    return text !== undefined && neverStarts.test(text) ? { text } : undefined;
};
/** The runtime's chain of errors without its first links, which say only that there was one. */
function runtimeError(text) {
    const start = /(?:unable to start container process|error during container init|exec): .*/.exec(text)?.[0] ?? text;
    return start.replace(/: unknown$/, '').slice(0, 300);
}
const formatError = /exec format error|cannot execute binary file/i;
function crashed(view) {
    return view.crashes > 0 ? view.ended : undefined;
}
/** The line of a log that says most about an end: the last that speaks of an error, else the last. */
function lastWords(log) {
    const lines = (0,base_text/* neutralise */.$0)(log ?? '')
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
    const telling = lines.findLast((line) => /error|exception|fatal|caused by|panic|cannot|failed/i.test(line)) ?? lines.at(-1);
    return telling === undefined ? undefined : (0,base_text/* oneLine */.TN)(telling, 200);
}
function exited(ended, log) {
    const signal = ended.exitCode > 128 && ended.exitCode < 160 ? ` (signal ${ended.exitCode - 128})` : '';
    const message = lastWords(ended.message) ?? lastWords(log);
    return `exit code ${ended.exitCode}${signal}${message === undefined ? '' : `, its last words: ${message}`}`;
}
/** Killed because of a probe: what the probe got last. */
function killedBy(kind, view) {
    if (crashed(view) === undefined)
        return undefined;
    const killing = view.event(/^Killing$/, new RegExp(`failed ${kind} probe`));
    const unhealthy = view.event(/^Unhealthy$/, new RegExp(`^${kind} probe`, 'i'));
    // Without the kubelet's word for it, an end by SIGTERM or SIGKILL (or a clean one after it) while the probe fails tells.
    const likely = unhealthy !== undefined && [0, 137, 143].includes(view.ended?.exitCode ?? -1);
    if (killing === undefined && !likely)
        return undefined;
    return { answer: (unhealthy?.message ?? '').replace(/^\w+ probe failed: /, '').slice(0, 200) };
}
/** The JVM's largest heap, as the container's environment sets it: of several flags the last counts. */
function largestHeap(env) {
    const options = ['JAVA_TOOL_OPTIONS', 'JVM_MEM_OPTS', 'JAVA_OPTS'].map((name) => env.find((variable) => variable.name === name)?.value ?? '');
    return [...options.join(' ').matchAll(/-Xmx(\w+)/g)].at(-1)?.[1];
}
const crashRow = {
    heals: 'by-itself',
    tolerance: 'crash-tolerance',
    occurrences: (view) => view.crashes,
    evidence: ['logs', 'container-state', 'events'],
};
/** The command is for whoever has the message and not the summary. */
function readTheLog(_, { name, pod: { namespace, pod } }) {
    return `Mend what the last lines of its log say; they are in the evidence (kubectl -n ${namespace} logs ${pod.metadata.name} -c ${name} --previous).`;
}
const containerCauses = [
    inContainer('container-config', {
        heals: 'if-something-else-changes',
        seen: missingConfiguration,
        subject: ({ kind, name, key }) => `${kind}/${name}/${key}`,
        needs: ({ kind, name, key }) => ({
            kind: kind === 'Secret' ? 'Secret' : 'ConfigMap',
            name,
            ...(key === '' ? {} : { key }),
        }),
        says: ({ kind, name, key }, { name: container }) => key === ''
            ? `${kind} ${name} does not exist, and container ${container} takes its environment from it.`
            : `${kind} ${name} has no key ${key}, which container ${container} takes its environment from.`,
        remedy: ({ kind, name, key }, { pod }) => key === ''
            ? `Create it (kubectl -n ${pod.namespace} create ${kind === 'Secret' ? 'secret generic' : 'configmap'} ${name} …) or mark the reference optional.`
            : `Add the key ${key} to ${kind} ${name} in namespace ${pod.namespace}, or mark the reference optional.`,
        evidence: ['events', 'pod-spec'],
    }),
    inContainer('run-as-root-refused', {
        heals: 'never',
        seen: (view) => row_read(configurationError(view), /runAsNonRoot(?<_>)/),
        says: (_, { name }) => `Container ${name} may not run as root (runAsNonRoot), and its image does.`,
        remedy: () => 'Set runAsUser to a user number other than 0, or build the image with a numeric USER.',
        evidence: ['events', 'pod-spec'],
    }),
    inContainer('cannot-start', {
        heals: 'never',
        seen: hopeless,
        says: ({ text }, { name }) => `Container ${name} cannot start: ${runtimeError(text)}.`,
        remedy: ({ text }) => formatError.test(text)
            ? 'The program is built for another architecture than the node: build the image for it.'
            : /permission denied/i.test(text)
                ? 'Make the program executable for the user that the container runs as.'
                : 'Correct command and args of the container, or build the image with the program in it.',
        evidence: ['container-state', 'pod-spec'],
    }),
    inContainer('start-failed', {
        heals: 'by-itself',
        tolerance: 'crash-tolerance',
        occurrences: (view) => view.crashes,
        seen: (view) => {
            const text = startError(view);
            return text === undefined ? undefined : { text };
        },
        says: ({ text }, { name }) => `The runtime cannot start container ${name}: ${runtimeError(text)}.`,
        remedy: () => "Look at the runtime's words in the evidence.",
        evidence: ['container-state', 'events', 'pod-spec'],
    }),
    inContainer('exec-format-error', {
        heals: 'never',
        seen: (view) => (crashed(view) !== undefined && formatError.test(view.log ?? '') ? {} : undefined),
        says: (_, { name }) => `Container ${name} cannot run: its program is built for another architecture than the node (exec format error), or is a script without an interpreter line.`,
        remedy: () => "Build the image for the nodes' platform (input platforms of build-mi).",
        evidence: ['logs', 'container-state', 'nodes'],
    }),
    inContainer('out-of-memory', {
        ...crashRow,
        seen: (view) => crashed(view)?.reason === 'OOMKilled'
            ? { limit: view.spec.resources?.limits?.memory ?? '', heap: largestHeap(view.spec.env ?? []) }
            : undefined,
        says: ({ limit, heap }, { name }) => `Container ${name} is killed for want of memory` +
            (limit === '' ? '' : `: it needs more than its limit of ${limit}`) +
            (heap === undefined ? '' : `, and its heap alone may grow to ${heap}`) +
            '.',
        remedy: () => 'Raise resources.limits.memory, or lower what the program takes. A JVM needs its heap (-Xmx) and about half as much again within the limit.',
    }),
    inContainer('startup-killed', {
        ...crashRow,
        seen: (view) => killedBy('startup', view),
        says: ({ answer }, { name }) => `Container ${name} is killed and started again because its startup probe fails: ${answer}.`,
        remedy: (_, { spec }) => `Give it more time (failureThreshold × periodSeconds of the startup probe are ${startupSeconds(spec.startupProbe)} s), or let the probe ask a port and path that it answers.`,
        evidence: ['probe', 'logs', 'events'],
    }),
    inContainer('liveness-killed', {
        ...crashRow,
        seen: (view) => killedBy('liveness', view),
        says: ({ answer }, { name }) => `Container ${name} is killed and started again because its liveness probe fails: ${answer}.`,
        remedy: () => 'Let the liveness probe ask what holds as long as the program lives (MI: GET /liveness on 9201), and give a slow start a startup probe.',
        evidence: ['probe', 'logs', 'events'],
    }),
    inContainer('post-start-hook', {
        ...crashRow,
        seen: (view) => {
            const failed = view.event(/^FailedPostStartHook$/);
            return failed !== undefined && !view.running ? { text: failed.message ?? '' } : undefined;
        },
        occurrences: (view) => Math.max(1, view.crashes),
        says: ({ text }, { name }) => `The postStart hook of container ${name} fails, so the container is killed: ${text.slice(0, 200)}.`,
        remedy: () => 'Correct the command of lifecycle.postStart.',
        evidence: ['events', 'logs', 'pod-spec'],
    }),
    inContainer('init-crash', {
        ...crashRow,
        seen: (view) => (view.role === 'init' ? crashed(view) : undefined),
        says: (ended, { name, log }) => `Init container ${name} fails, so the pod never starts: ${exited(ended, log)}.`,
        remedy: readTheLog,
    }),
    inContainer('sidecar-crash', {
        ...crashRow,
        seen: (view) => (view.role === 'sidecar' ? crashed(view) : undefined),
        says: (ended, { name, log }) => `Container ${name}, beside the main container, crashes again and again: ${exited(ended, log)}.`,
        remedy: readTheLog,
    }),
    inContainer('exit-zero-loop', {
        ...crashRow,
        seen: (view) => (crashed(view)?.exitCode === 0 ? {} : undefined),
        says: (_, { name }) => `Container ${name} ends without an error (exit code 0), and a workload's containers must not end.`,
        remedy: () => 'Start the server in the foreground. For work that ends, use a Job. MI exits with 0 on a JDK that it does not support.',
    }),
    inContainer('crash-loop', {
        ...crashRow,
        seen: crashed,
        says: (ended, { name, log }) => `Container ${name} crashes after each start: ${exited(ended, log)}.`,
        remedy: readTheLog,
    }),
    inContainer('create-failed', {
        heals: 'by-itself',
        seen: (view) => /^(CreateContainerError|CreateContainerConfigError|CreatePodSandboxError|PreCreateHookError|PreStartHookError)$/.test(view.waiting?.reason ?? '')
            ? { text: view.waiting?.message ?? '' }
            : undefined,
        says: ({ text }, { name }) => `Container ${name} cannot be created: ${runtimeError(text)}.`,
        remedy: () => "The kubelet tries again. If it goes on, look at the runtime's words in the evidence.",
        evidence: ['events', 'pod-spec'],
    }),
];
function startupSeconds(probe) {
    return (probe?.failureThreshold ?? 3) * (probe?.periodSeconds ?? 10);
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/causes/image.ts


const pullReasons = /^(ErrImagePull|ImagePullBackOff|ImageInspectError|RegistryUnavailable|SignatureValidationFailed)$/;
const image_notStarted = /^(|ContainerCreating|PodInitializing)$/;
/** What the runtime said when it could not pull the image, or undefined when pulling is not the trouble. */
function pullFailure(view) {
    const failed = view.event(/^Failed$/, /^Failed to pull image/);
    const reason = view.waiting?.reason ?? '';
    if (pullReasons.test(reason)) {
        const message = view.waiting?.message ?? '';
        // Before Kubernetes 1.32 the back-off's message does not repeat the error: the event has it.
        return reason === 'ImagePullBackOff' && !message.includes('ErrImagePull') ? (failed?.message ?? message) : message;
    }
    // The event is some hundred milliseconds ahead of the pod's status.
    if (failed === undefined || view.ended !== undefined || view.running || !image_notStarted.test(reason))
        return undefined;
    const pulled = view.event(/^(Pulled|Created|Started)$/);
    return pulled !== undefined && lastHappened(pulled) >= lastHappened(failed) ? undefined : failed.message;
}
const platform = /no match for platform|no matching manifest for/i;
const unauthorized = /\b40[13]\b|unauthorized|forbidden|access denied|authorization failed|authentication required|no basic auth/i;
const busy = /\b(?:429|5\d\d) [A-Z]|: (?:429|50\d)\b|toomanyrequests|too many requests/i;
const untrusted = /x509:|certificate (?:signed by unknown|has expired|is not valid)|server gave HTTP response to HTTPS/i;
const network = /connection (?:refused|reset)|no such host|i\/o timeout|deadline exceeded|unexpected EOF|\bEOF\b|short read|unreachable|TLS handshake|temporary failure|cut off|failed to read expected/i;
const image_absent = /code = NotFound|not found|manifest unknown|name unknown|\b404\b/i;
/** The kubelet's own reason for it (CRI ErrSignatureValidationFailed), repeated by the back-off. */
const unsigned = /SignatureValidationFailed|signature validation failed/i;
/** Kinds of refusal, the more telling first: one text can match several. */
const classes = [
    ['unsigned', unsigned],
    ['platform', platform],
    ['untrusted', untrusted],
    ['unauthorized', unauthorized],
    ['busy', busy],
    ['network', network],
    ['absent', image_absent],
];
function pull(...wanted) {
    return (view) => {
        const text = pullFailure(view);
        if (text === undefined)
            return undefined;
        const image = view.spec.image ?? '';
        // The image's own name must not be mistaken for an answer (a tag may be called 404).
        const reason = view.waiting?.reason === 'SignatureValidationFailed' ? `${view.waiting.reason}: ` : '';
        const answer = `${reason}${image === '' ? text : text.replaceAll(image, 'IMAGE')}`;
        const words = classes.find(([, pattern]) => pattern.test(answer))?.[0] ?? 'other';
        const found = registryDecides(words, view) ?? words;
        return wanted.includes(found) ? { image, text: answer.replaceAll('IMAGE', image) } : undefined;
    };
}
/** What the registry itself answered goes before words that leave it open ("does not exist or may require authorization"). */
function registryDecides(words, { registry }) {
    return registry?.state === 'absent' && (words === 'unauthorized' || words === 'other') ? 'absent' : undefined;
}
const itsImage = (_, view) => ({ kind: 'Image', name: view.spec.image ?? '' });
/** The registry's answer: the HTTP status, or the end of the runtime's message. What comes before it repeats the image. */
function answerOf(text) {
    const status = /\b[45]\d\d [A-Z][A-Za-z ]+$/.exec(text)?.[0];
    if (status !== undefined)
        return status;
    const parts = text.split(': ').filter((part) => !/^(failed to|back-off|ErrImagePull$|rpc error|code =)/i.test(part));
    return parts.slice(-2).join(': ').slice(0, 200);
}
const imageCauses = [
    inContainer('image-name-invalid', {
        heals: 'never',
        seen: (view) => {
            const event = view.event(/^InspectFailed$/, /invalid reference format|couldn't parse image/);
            const waiting = view.waiting?.reason === 'InvalidImageName' ? view.waiting : undefined;
            if (waiting === undefined && (event === undefined || !image_notStarted.test(view.waiting?.reason ?? '')))
                return undefined;
            const text = waiting?.message ?? event?.message ?? '';
            return { image: view.spec.image ?? '', why: /invalid reference format:? ?(.*)$/.exec(text)?.[1] ?? '' };
        },
        says: ({ image, why }) => `"${image}" is not a valid image name${why === '' ? '' : `: ${why}`}.`,
        remedy: () => 'Write it as registry/repository:tag or registry/repository@sha256:…, the repository in lower case.',
        evidence: ['events', 'pod-spec'],
    }),
    inContainer('image-never-pull', {
        heals: 'if-something-else-changes',
        seen: (view) => view.waiting?.reason === 'ErrImageNeverPull' ||
            (view.event(/^ErrImageNeverPull$/) !== undefined && image_notStarted.test(view.waiting?.reason ?? '') && !view.running)
            ? { image: view.spec.image ?? '' }
            : undefined,
        says: ({ image }) => `Image ${image} is not on the node, and imagePullPolicy Never forbids to pull it.`,
        remedy: () => 'Set imagePullPolicy to IfNotPresent, or load the image on every node that may run the pod.',
        evidence: ['events', 'pod-spec'],
    }),
    inContainer('image-platform', {
        heals: 'never',
        seen: pull('platform'),
        says: ({ image }) => `Image ${image} exists, but not for the platform of the node.`,
        remedy: () => 'Build it for that platform too (input platforms of build-mi), or choose nodes of its platform with a nodeSelector on kubernetes.io/arch.',
        evidence: ['events', 'nodes'],
    }),
    inContainer('image-signature', {
        heals: 'if-something-else-changes',
        seen: pull('unsigned'),
        says: ({ image }) => `The node refuses ${image}: its signature is missing, or not one that the node's policy accepts.`,
        remedy: () => "Sign the image with a key that the policy of the nodes' container runtime accepts, or add its key to that policy.",
        evidence: ['events', 'pod-spec'],
    }),
    inContainer('image-unauthorized', {
        heals: 'if-something-else-changes',
        seen: (view) => {
            const facts = pull('unauthorized')(view);
            if (facts === undefined)
                return undefined;
            const missing = view.pod.event(/^FailedToRetrieveImagePullSecret$/)?.message;
            return {
                ...facts,
                missing: /pull secrets \((?<names>[^)]+)\)/.exec(missing ?? '')?.groups?.names,
                secrets: (view.pod.pod.spec.imagePullSecrets ?? []).map((secret) => secret.name).join(', '),
                exists: view.registry?.state === 'present',
            };
        },
        needs: ({ missing, exists }, view) => exists || missing === undefined || missing.includes(',')
            ? itsImage(undefined, view)
            : { kind: 'Secret', name: missing },
        says: ({ image, missing, secrets, text, exists }) => `The registry refuses to give ${image} (${answerOf(text)}): ` +
            (missing !== undefined
                ? `the pull secret ${missing} does not exist.`
                : secrets === ''
                    ? `the pod has no pull secret${exists ? '' : ', or the image does not exist'}.`
                    : `the pull secret ${secrets} does not give access to it${exists ? '' : ', or the image does not exist'}.`) +
            (exists ? ' The registry has the image: asked with the credentials of this step, it answers.' : ''),
        remedy: ({ missing, secrets }, { pod }) => `Create ${missing ?? (secrets === '' ? 'a pull secret' : secrets)} with credentials that may pull it (kubectl -n ${pod.namespace} create secret docker-registry ${missing ?? (secrets === '' ? 'NAME' : secrets)} …) and name it in imagePullSecrets of the pod or of its ServiceAccount.`,
        evidence: ['events', 'pod-spec'],
    }),
    inContainer('image-not-found', {
        heals: 'if-something-else-changes',
        seen: pull('absent'),
        needs: itsImage,
        says: ({ image }) => `Image ${image} does not exist in its registry.`,
        remedy: () => 'Push it before the deployment, or correct its name, tag or digest.',
        evidence: ['events'],
    }),
    inContainer('image-registry-untrusted', {
        heals: 'if-something-else-changes',
        seen: pull('untrusted'),
        says: ({ image, text }) => `The node does not trust the registry of ${image}: ${answerOf(text)}.`,
        remedy: () => "Give the registry a certificate of an authority that the nodes trust, or add its authority to the nodes' container runtime.",
        evidence: ['events'],
    }),
    inContainer('image-pull-transient', {
        heals: 'by-itself',
        seen: pull('busy', 'network'),
        says: ({ image, text }) => `The registry of ${image} does not deliver now: ${answerOf(text)}.`,
        remedy: () => 'The kubelet tries again on its own. If it goes on, look at the registry, its rate limits and the network between the nodes and it.',
        evidence: ['events'],
    }),
    inContainer('image-pull-failed', {
        heals: 'by-itself',
        seen: pull('other'),
        needs: itsImage,
        says: ({ image, text }) => `Image ${image} cannot be pulled: ${answerOf(text)}.`,
        remedy: () => "Look at the registry's answer in the evidence.",
        evidence: ['events'],
    }),
];

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/causes/placement.ts
/** Causes for which a pod has no place, no volume, or lost its node. */



/** What the kubelet said about a volume, as long as nothing shows that it has got past it. */
function mountFailure(pod) {
    if (!pod.beforeStart)
        return undefined;
    const failed = pod.event(/^(FailedMount|FailedAttachVolume|FailedMapVolume)$/);
    const later = pod.event(/^(Pulling|Pulled|Created|Started)$/);
    if (failed === undefined || (later !== undefined && lastHappened(later) > lastHappened(failed)))
        return undefined;
    return failed.message;
}
/** What the kubelet said when it could not set the pod up (network, runtime), as long as nothing shows that it has. */
function sandboxFailure(pod) {
    if (!pod.beforeStart)
        return undefined;
    const failed = pod.event(/^FailedCreatePodSandBox$/);
    const later = pod.event(/^(Pulling|Pulled|Created|Started)$/);
    if (failed === undefined || (later !== undefined && lastHappened(later) >= lastHappened(failed)))
        return undefined;
    return (failed.message ?? '').replace(/^Failed to create pod sandbox: (?:rpc error: code = \w+ desc = )?/, '');
}
/** Why no node is good enough, in the order in which a person would want to know. */
const placeReasons = [
    [
        /persistentvolumeclaim "([^"]+)" not found/,
        (m) => `its volume claim ${m[1] ?? ''} does not exist`,
        'Create the PersistentVolumeClaim, or correct claimName.',
    ],
    [
        /unbound immediate PersistentVolumeClaims|didn't find available persistent volumes/,
        () => 'its volume claim has no volume',
        'Look at the claim (kubectl describe pvc): its storage class must exist and be able to make a volume of that size and mode.',
    ],
    [
        /volume node affinity conflict/,
        () => 'its volume is bound to another node or zone',
        'Let the pod run where the volume is, or use a storage class with WaitForFirstConsumer.',
    ],
    [
        /Insufficient ([\w/-]+(?:\.[\w/-]+)*)/,
        (m) => `no node has enough ${m[1] ?? 'room'} left for its requests`,
        'Lower resources.requests, free capacity, or add nodes.',
    ],
    [
        /didn't match Pod's node affinity\/selector/,
        () => 'no node matches its nodeSelector or node affinity',
        'Correct nodeSelector or affinity, or label a node accordingly (kubectl get nodes --show-labels).',
    ],
    [
        /didn't match pod anti-affinity rules/,
        () => 'its anti-affinity forbids every node that is left',
        'Add nodes, make the anti-affinity preferred instead of required, or set maxSurge to 0 and maxUnavailable to 1.',
    ],
    [
        /had untolerated taint(?:\(s\)|s)?(?: (\{[^}]*\}))?/,
        (m) => `no node is without a taint that it does not tolerate${m[1] === undefined ? '' : ` ${m[1]}`}`,
        'Add a toleration, or free a node of its taint.',
    ],
    [
        /didn't have free ports/,
        () => 'its host port is taken on every node',
        'Do without hostPort, or set maxSurge to 0.',
    ],
    [
        /topology spread constraints/,
        () => 'its topology spread constraints cannot be met',
        'Relax maxSkew or whenUnsatisfiable.',
    ],
    [/Too many pods/, () => 'every node is full (pods per node)', 'Add nodes.'],
    [/node\(s\) were unschedulable/, () => 'the nodes are cordoned', 'Uncordon a node (kubectl uncordon).'],
];
function withoutPlace(pod) {
    if (pod.pod.spec.nodeName !== undefined)
        return undefined;
    const text = pod.unschedulable ?? pod.event(/^FailedScheduling$/)?.message;
    if (text === undefined)
        return undefined;
    const found = placeReasons.flatMap(([pattern, says, remedy]) => {
        const match = pattern.exec(text);
        return match === null ? [] : [{ why: says(match), remedy }];
    });
    const [first] = found;
    return {
        why: found.length === 0 ? text.slice(0, 200) : found.map(({ why }) => why).join('; '),
        remedy: first?.remedy ?? "Look at the scheduler's words in the evidence.",
        text,
    };
}
const scalingUp = (pod) => pod.event(/^(TriggeredScaleUp|Nominated)$/) !== undefined;
/** Reasons of a failed pod (kubelet, node lifecycle controller): somebody took its place away, or it was never given one. */
const hasLostItsPlace = /^(Evicted|Preempting|NodeLost|NodeShutdown|Terminated|Shutdown|NodeAffinity|UnexpectedAdmissionError|OutOf\w+)$/;
/** Its own use of storage is the one reason for which the kubelet evicts a pod that is the pod's own doing. */
const ownStorage = /(?:ephemeral local storage usage exceeds|exceeds its local ephemeral storage limit|EmptyDir volume "[^"]*" exceeds)/i;
const placementCauses = [
    inPod('node-scaling', {
        heals: 'by-itself',
        seen: (pod) => (scalingUp(pod) ? withoutPlace(pod) : undefined),
        says: ({ why }) => `The pod waits for a new node: ${why}, and the autoscaler is adding one.`,
        remedy: () => 'If no node comes, look at the autoscaler.',
        evidence: ['events', 'nodes'],
    }),
    inPod('unschedulable', {
        heals: 'if-something-else-changes',
        tolerance: 'unschedulable-grace',
        seen: withoutPlace,
        needs: ({ text }) => {
            const name = /persistentvolumeclaim "([^"]+)" not found/.exec(text)?.[1];
            return name === undefined ? undefined : { kind: 'PersistentVolumeClaim', name };
        },
        says: ({ why, text }) => `The pod finds no node: ${why} (${text.split('. ')[0] ?? ''}).`,
        remedy: ({ remedy }) => remedy,
        evidence: ['events', 'nodes', 'pod-spec'],
    }),
    inPod('mount-missing', {
        heals: 'if-something-else-changes',
        seen: (pod) => {
            const text = mountFailure(pod);
            const key = row_read(text, /volume "(?<volume>[^"]+)".*references non-existent (?:config|secret) key: (?<name>\S+)/);
            if (key !== undefined)
                return { ...key, kind: 'key' };
            return row_read(text, /volume "(?<volume>[^"]+)".* (?<kind>configmap|secret|persistentvolumeclaim) "(?<name>[^"]+)" (?:is )?not found/i);
        },
        subject: ({ kind, name }) => `${kind}/${name}`,
        needs: ({ kind: word, name }) => {
            const kind = kindOfNeed(word);
            return kind === undefined ? undefined : { kind, name };
        },
        says: ({ kind, name, volume }) => kind === 'key'
            ? `The key ${name} does not exist, so volume ${volume} cannot be mounted.`
            : `${kindName(kind)} ${name} does not exist, so volume ${volume} cannot be mounted.`,
        remedy: ({ kind, name }, { namespace }) => kind === 'key'
            ? `Add the key ${name} to what the volume is made of, or mark it optional.`
            : `Create it (kubectl -n ${namespace} create ${kind === 'secret' ? 'secret generic' : kind} ${name} …) or mark the volume optional.`,
        evidence: ['events', 'pod-spec'],
    }),
    inPod('mount-failed', {
        heals: 'by-itself',
        seen: (pod) => {
            const text = mountFailure(pod);
            // The kubelet's caches are a moment behind after a start: it tries again at once.
            return text === undefined || /failed to sync .* cache/.test(text) ? undefined : { text };
        },
        says: ({ text }) => `A volume cannot be mounted: ${text.slice(0, 300)}.`,
        remedy: () => 'If it goes on: look at the volume (kubectl describe pvc), at its driver, and whether another node still holds it.',
        evidence: ['events', 'pod-spec'],
    }),
    inPod('sandbox-failed', {
        heals: 'by-itself',
        seen: (pod) => {
            const text = sandboxFailure(pod);
            return text === undefined ? undefined : { text, node: pod.pod.spec.nodeName ?? '' };
        },
        subject: ({ node }) => node,
        says: ({ text, node }) => `Node ${node} cannot set the pod up: ${withoutEnd(text)}.`,
        remedy: ({ node }) => `The kubelet tries again. If it goes on: the network plugin of node ${node} (does it run there, has it addresses left?) or its container runtime is in trouble.`,
        evidence: ['events', 'nodes'],
    }),
    inPod('storage-exceeded', {
        heals: 'by-itself',
        seen: ({ pod }) => {
            const { phase, reason, message = '' } = pod.status ?? {};
            return phase === 'Failed' && reason === 'Evicted' && ownStorage.test(message) ? { message } : undefined;
        },
        says: ({ message }) => `The pod is evicted because it writes more to its node's disk than it may: ${withoutEnd(message)}.`,
        remedy: () => 'Raise the limit (resources.limits.ephemeral-storage, sizeLimit of the emptyDir), or let the program write less: logs to standard output, not to files.',
        evidence: ['events', 'pod-spec', 'logs'],
    }),
    inPod('pod-lost', {
        heals: 'by-itself',
        seen: ({ pod }) => {
            const { phase, reason = '', message = '' } = pod.status ?? {};
            if (phase !== 'Failed')
                return undefined;
            if (hasLostItsPlace.test(reason))
                return { reason, message };
            const taken = disruptionOf(pod);
            return taken === undefined ? undefined : { reason: taken.reason ?? '', message: taken.message ?? '' };
        },
        says: ({ reason, message }) => `The pod lost its place on the node (${reason})${message === '' ? '' : `: ${withoutEnd(message)}`}. That is not the workload's fault.`,
        remedy: ({ reason }) => reason === 'Evicted'
            ? 'It is replaced. If it happens again: the node is short of what the message names; requests near what the program really takes keep it from being the first to go.'
            : 'It is replaced. If it happens again, look at the node and at what the pod requests.',
        evidence: ['events', 'nodes'],
    }),
    inPod('node-lost', {
        heals: 'by-itself',
        seen: (view) => {
            const { pod, ready } = view;
            if (pod.status?.reason === 'NodeLost')
                return { node: pod.spec.nodeName ?? '' };
            const lost = view.event(/^NodeNotReady$/);
            // The event stays after the node is back; a ready pod says that it is.
            return ready || lost === undefined || pod.status?.phase !== 'Running'
                ? undefined
                : { node: pod.spec.nodeName ?? '' };
        },
        subject: ({ node }) => node,
        says: ({ node }) => `Node ${node} does not answer any more, so nobody knows how its pods are. That is not the workload's fault.`,
        remedy: ({ node }) => `Look at the node (kubectl describe node ${node}). If it stays away, Kubernetes makes the pod anew elsewhere after five minutes.`,
        evidence: ['events', 'nodes'],
    }),
];
const withoutEnd = (text) => text.trim().replace(/\.$/, '').slice(0, 250);
function kindName(kind) {
    return kind === 'secret' ? 'Secret' : kind === 'configmap' ? 'ConfigMap' : 'PersistentVolumeClaim';
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/causes/readiness.ts
/** Containers that run and are not ready: the question is wrong, or the answer is not there yet. */


/** The readiness probe's last failure (or that of the startup probe before it), while the container runs and is not ready. */
function failedProbe(view) {
    if (!view.running || view.status?.ready === true || view.role === 'init')
        return undefined;
    const message = view.event(/^Unhealthy$/, /^(Readiness|Startup) probe/)?.message;
    if (message === undefined)
        return undefined;
    const probe = message.startsWith('Startup') ? view.spec.startupProbe : view.spec.readinessProbe;
    return { probe, answer: message.replace(/^\w+ probe (?:failed|errored)[^:]*: /, '') };
}
function asks(probe) {
    if (probe?.httpGet !== undefined) {
        const { scheme = 'HTTP', port, path = '/' } = probe.httpGet;
        return `GET ${path} on port ${port} (${scheme})`;
    }
    if (probe?.tcpSocket !== undefined)
        return `connection to port ${probe.tcpSocket.port}`;
    if (probe?.grpc !== undefined)
        return `gRPC health on port ${probe.grpc.port}`;
    return probe?.exec?.command?.join(' ') ?? 'the probe';
}
function declaredPorts(view) {
    const ports = (view.spec.ports ?? []).map((port) => port.containerPort);
    return ports.length === 0 ? 'declares no ports' : `declares ${ports.join(', ')}`;
}
/** A probe that is on its way to kill the container: failed since it started, and it runs on. */
function failing(kind, view) {
    const startedAt = Date.parse(view.status?.state?.running?.startedAt ?? '');
    const probe = kind === 'liveness' ? view.spec.livenessProbe : view.spec.startupProbe;
    const failed = view.event(/^Unhealthy$/, new RegExp(`^${kind} probe`, 'i'));
    if (!view.running || failed === undefined || lastHappened(failed) < startedAt)
        return undefined;
    if (kind === 'startup' && view.status?.started === true)
        return undefined;
    const answer = (failed.message ?? '').replace(/^\w+ probe (?:failed|errored)[^:]*: /, '').slice(0, 200);
    // Kubernetes' default threshold; the event counts on over successes between, so it is at least one and at most all.
    const most = probe?.failureThreshold ?? 3;
    return { answer, times: Math.min(timesHappened(failed), most), most };
}
/** 4xx says that the question is wrong; these four say only "later". */
const wrongQuestion = /statuscode: (?<code>4(?!08|23|25|29)\d\d)/;
const wrongScheme = /(?<scheme>server gave HTTP response to HTTPS client|malformed HTTP response|first record does not look like a TLS handshake|statuscode: 400)/;
/** MI's readiness resource (ReadinessResource.java) answers 500 and names what it could not deploy. */
const faultyApplications = /"Faulty CAPPs"\s*:\s*\[(?<names>[^\]]+)\]/;
const readinessCauses = [
    inContainer('applications-faulty', {
        // MI does not try an application again that it could not deploy: only another image helps.
        heals: 'never',
        seen: (view) => view.running && view.status?.ready !== true ? row_read(view.answer, faultyApplications) : undefined,
        says: ({ names }, { name }) => `Container ${name} never becomes ready: MI could not deploy ${names.replaceAll('"', '').trim()}.`,
        remedy: () => "The server's log says why, in the lines of CappDeployer: an artifact that is not well-formed, or a connector or a data source that is missing.",
        evidence: ['probe', 'logs', 'events'],
    }),
    inContainer('readiness-wrong', {
        heals: 'if-something-else-changes',
        tolerance: 'readiness-grace',
        seen: (view) => {
            const failed = failedProbe(view);
            if (failed === undefined)
                return undefined;
            const question = asks(failed.probe);
            const scheme = row_read(failed.answer, wrongScheme);
            if (scheme !== undefined)
                return { question, why: `it answers in another protocol (${scheme.scheme})` };
            const status = row_read(failed.answer, wrongQuestion);
            return status === undefined ? undefined : { question, why: `it answers ${status.code}` };
        },
        says: ({ question, why }, { name }) => `Container ${name} runs, but its probe asks the wrong question: ${question}, and ${why}.`,
        remedy: () => 'Let the probe ask a path, port and scheme that the program serves. MI: GET /healthz on 9201 (HTTP).',
        evidence: ['probe', 'logs', 'events'],
    }),
    inContainer('liveness-failing', {
        heals: 'by-itself',
        ordinary: true,
        early: () => true,
        seen: (view) => failing('liveness', view),
        says: ({ answer, times, most }, { name }) => `The liveness probe of container ${name} fails (${answer}): ${times} of the ${most} failures in a row for which it is killed.`,
        remedy: () => 'Let the liveness probe ask what holds as long as the program lives (MI: GET /liveness on 9201), and give a slow start a startup probe.',
        evidence: ['probe', 'logs', 'events'],
    }),
    inContainer('startup-failing', {
        heals: 'by-itself',
        ordinary: true,
        early: () => true,
        seen: (view) => failing('startup', view),
        says: ({ answer, times, most }, { name }) => `The startup probe of container ${name} fails (${answer}): ${times} of the ${most} failures for which it is killed.`,
        remedy: () => 'If the program is not merely slow to start: let the probe ask a port and path that it answers. If it is, raise failureThreshold.',
        evidence: ['probe', 'logs', 'events'],
    }),
    inContainer('readiness-refused', {
        heals: 'by-itself',
        ordinary: true,
        early: () => true,
        seen: (view) => {
            const failed = failedProbe(view);
            return failed !== undefined && /connection refused|connection reset/.test(failed.answer)
                ? { question: asks(failed.probe) }
                : undefined;
        },
        says: ({ question }, { name }) => `Container ${name} runs, but nothing listens where its probe asks: ${question}.`,
        remedy: (_, view) => `If the program is not merely slow to start: container ${view.name} ${declaredPorts(view)}; let the probe ask the port that it listens on, and the program listen on 0.0.0.0.`,
        evidence: ['probe', 'logs', 'events'],
    }),
    inContainer('not-ready-yet', {
        heals: 'by-itself',
        ordinary: true,
        seen: (view) => {
            if (!view.running || view.status?.ready === true || view.role === 'init')
                return undefined;
            const failed = failedProbe(view);
            return { why: failed === undefined ? '' : `: ${asks(failed.probe)} answers "${failed.answer.slice(0, 200)}"` };
        },
        // Every start shows it before its probe has asked; what the probe is answered is worth a line.
        early: ({ why }) => why !== '',
        says: ({ why }, { name }) => `Container ${name} runs, but is not ready${why}.`,
        remedy: () => 'The log says what the program waits for. If it only needs longer, raise the input timeout.',
        evidence: ['probe', 'logs', 'events'],
    }),
    inPod('not-started', {
        heals: 'by-itself',
        ordinary: true,
        seen: (view) => {
            if (view.ready || view.pod.status?.phase === 'Succeeded')
                return undefined;
            const pulling = view.event(/^Pulling$/);
            const pulled = view.event(/^Pulled$/);
            return { doing: pulling !== undefined && pulled === undefined ? (pulling.message ?? '') : '' };
        },
        says: ({ doing }) => `The pod has not started yet${doing === '' ? '' : `: ${doing.slice(0, 200)}`}.`,
        remedy: () => 'If it only needs longer (a large image, a slow volume), raise the input timeout.',
        evidence: ['events'],
    }),
];

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/causes/refusal.ts

const exceeded = /exceeded quota: (?<quota>[^,]+), requested: (?<requested>.+), used: (?<used>.+), limited: (?<limited>.+?)$/;
const withoutRequests = /failed quota: (?<quota>[^:]+): must specify (?<what>.+)/;
const quota = (view) => row_read(view.message, exceeded);
function quotaSays({ quota: name, requested, used, limited }) {
    return `quota ${name} is used up (requested ${requested}, used ${used}, limit ${limited})`;
}
/** The last sentence of a refusal, without the name of the pod that was to be. */
function refusal_refusal(view) {
    return view.message.replace(/^pods "[^"]*" is forbidden: /, '').slice(0, 300);
}
const refusalCauses = [
    inRefusal('service-account-missing', {
        heals: 'if-something-else-changes',
        seen: (view) => row_read(view.message, /error looking up service account \S+: serviceaccount "(?<name>[^"]+)" not found/),
        subject: ({ name }) => name,
        needs: ({ name }) => ({ kind: 'ServiceAccount', name }),
        says: ({ name }) => `ServiceAccount ${name} does not exist, so no pod can be created.`,
        remedy: ({ name }, { namespace }) => `Create it (kubectl -n ${namespace} create serviceaccount ${name}) or correct serviceAccountName.`,
        evidence: ['events', 'conditions'],
    }),
    inRefusal('quota', {
        heals: 'if-something-else-changes',
        seen: (view) => (view.hard ? quota(view) : undefined),
        says: (facts) => `No pod can be created: ${quotaSays(facts)}.`,
        remedy: (_, { oldPods }) => oldPods
            ? 'Raise the quota, lower the requests, or let the rollout remove an old pod first (maxSurge 0, maxUnavailable 1).'
            : 'Raise the quota, or lower the requests.',
        evidence: ['quota', 'events', 'conditions'],
    }),
    inRefusal('quota-surge', {
        heals: 'by-itself',
        seen: quota,
        says: (facts) => `The rollout goes on without its extra pods: ${quotaSays(facts)}.`,
        remedy: (_, { maker, namespace }) => `Free some of the quota. The controller waits longer after each refusal; if quota is free and nothing happens, make it try at once (kubectl -n ${namespace} annotate ${maker.replace(' ', '/').toLowerCase()} retry=1 --overwrite).`,
        evidence: ['quota', 'events', 'conditions'],
    }),
    inRefusal('quota-without-requests', {
        heals: 'if-something-else-changes',
        seen: (view) => row_read(view.message, withoutRequests),
        says: ({ quota: name, what }) => `No pod can be created: quota ${name} wants every container to specify ${what}.`,
        remedy: ({ what }) => `Set resources (${what}) on every container, or a LimitRange with defaults.`,
        evidence: ['quota', 'events'],
    }),
    inRefusal('limit-range', {
        heals: 'if-something-else-changes',
        seen: (view) => row_read(view.message, /(?<rule>(?:maximum|minimum) \S+ usage per \w+ is .*|\S+ max limit to request ratio .*)/),
        says: ({ rule }) => `No pod can be created: the namespace's LimitRange forbids it (${rule.slice(0, 200)}).`,
        remedy: () => 'Bring the requests and limits of the containers within the LimitRange.',
        evidence: ['events', 'pod-spec'],
    }),
    inRefusal('pod-security', {
        heals: 'if-something-else-changes',
        seen: (view) => row_read(view.message, /violates PodSecurity (?<rule>.*)/),
        says: ({ rule }) => `No pod can be created: it violates Pod Security ${rule.slice(0, 300)}.`,
        remedy: () => 'Set the securityContext fields that the message names.',
        evidence: ['events', 'pod-spec'],
    }),
    inRefusal('admission-unreachable', {
        heals: 'by-itself',
        seen: (view) => row_read(view.message, /failed calling webhook "(?<webhook>[^"]+)": (?<why>.*)/),
        subject: ({ webhook }) => webhook,
        says: ({ webhook, why }) => `No pod can be created: the admission webhook ${webhook} does not answer (${why.slice(0, 200)}).`,
        remedy: ({ webhook }) => `Look at the service behind ${webhook}. Until it answers, nothing that it guards can be created.`,
        evidence: ['events', 'conditions'],
    }),
    inRefusal('webhook-denied', {
        heals: 'if-something-else-changes',
        seen: (view) => row_read(view.message, /admission webhook "(?<webhook>[^"]+)" denied the request: ?(?<why>.*)/),
        subject: ({ webhook }) => webhook,
        says: ({ webhook, why }) => `No pod can be created: admission webhook ${webhook} denies it: ${why.slice(0, 300)}.`,
        remedy: () => 'Do what the policy asks for, or ask its owner for an exception.',
        evidence: ['events', 'pod-spec'],
    }),
    inRefusal('policy-denied', {
        heals: 'if-something-else-changes',
        seen: (view) => row_read(view.message, /ValidatingAdmissionPolicy '(?<policy>[^']+)'.* denied request: ?(?<why>.*)/),
        subject: ({ policy }) => policy,
        says: ({ policy, why }) => `No pod can be created: admission policy ${policy} denies it: ${why.slice(0, 300)}.`,
        remedy: () => 'Do what the policy asks for, or ask its owner for an exception.',
        evidence: ['events', 'pod-spec'],
    }),
    inRefusal('pod-forbidden', {
        heals: 'if-something-else-changes',
        seen: (view) => (/ is (forbidden|invalid)\b/.test(view.message) ? { why: refusal_refusal(view) } : undefined),
        says: ({ why }) => `The API server refuses to create pods: ${why}.`,
        remedy: () => "Correct what the API server's message names.",
        evidence: ['events', 'conditions', 'pod-spec'],
    }),
    inRefusal('pod-not-created', {
        heals: 'by-itself',
        seen: (view) => ({ why: refusal_refusal(view) }),
        says: ({ why }) => `Pods cannot be created: ${why}.`,
        remedy: () => "The controller tries again. If it goes on, look at the API server's words in the evidence.",
        evidence: ['events', 'conditions'],
    }),
];

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/causes/workload.ts




/** Who takes a pod's place, by the reason of its DisruptionTarget condition. */
const takenBy = {
    PreemptionByScheduler: 'a pod of higher priority needs its place',
    DeletionByTaintManager: 'its node is tainted, for example lost',
    EvictionByEvictionAPI: 'its node is drained',
    DeletionByPodGC: 'its node is gone',
    TerminationByKubelet: 'its node is short of something, or shuts down',
};
const unfinished = (view) => !isComplete(view.state);
/** A pod of an older revision that is broken: an ordered StatefulSet waits for it for ever before it touches it. */
function stuckPod({ kind, workload, revision }) {
    if (kind !== 'StatefulSet' || workload.spec.podManagementPolicy === 'Parallel' || !observed(workload))
        return undefined;
    const waitsForNone = revision.pods.every(objects_isReady);
    return waitsForNone ? revision.otherPods.find((pod) => !objects_isReady(pod) && !objects_isTerminating(pod)) : undefined;
}
/** An old pod on its way out that everything else waits for: a rolling Deployment does not. */
function leavingPod({ revision, kind, workload }) {
    const waits = kind !== 'Deployment' || workload.spec.strategy?.type === 'Recreate';
    return waits && revision.pods.every(objects_isReady) ? revision.otherPods.find(objects_isTerminating) : undefined;
}
/** The node of a pod that cannot be ended, because its kubelet has gone silent (node lifecycle controller's event). */
function lostNodeOf({ state }, { metadata: { uid }, spec: { nodeName } }) {
    const events = [...state.events.values()].filter(({ involvedObject }) => involvedObject.uid === uid);
    return events.some(({ reason }) => reason === 'NodeNotReady') ? nodeName : undefined;
}
const workloadCauses = [
    inWorkload('deleted', {
        heals: 'never',
        seen: ({ state }) => (state.deleted ? {} : undefined),
        says: (_, { kind, state }) => `${kind} ${state.target.name} was deleted during the rollout.`,
        remedy: () => 'Find out who deleted it, and deploy again.',
        evidence: ['events'],
    }),
    inWorkload('paused', {
        heals: 'if-something-else-changes',
        seen: (view) => (view.workload.spec.paused === true || view.workload.spec.suspend === true) && unfinished(view) ? {} : undefined,
        says: (_, { kind, state }) => `${kind} ${state.target.name} is paused, so the change is not rolled out.`,
        remedy: (_, { kind, state: { target } }) => kind === 'Job'
            ? `Set spec.suspend to false (kubectl -n ${target.namespace} patch job/${target.name} -p '{"spec":{"suspend":false}}').`
            : `Resume it (kubectl -n ${target.namespace} rollout resume ${kind.toLowerCase()}/${target.name}).`,
        evidence: ['conditions'],
    }),
    inWorkload('on-delete', {
        heals: 'if-something-else-changes',
        seen: (view) => (view.workload.spec.updateStrategy?.type === 'OnDelete' && unfinished(view) ? {} : undefined),
        says: (_, { kind, state }) => `${kind} ${state.target.name} has updateStrategy OnDelete: its pods keep the old revision until somebody deletes them.`,
        remedy: (_, { state: { target } }) => `Delete its pods (kubectl -n ${target.namespace} delete pod …), or set updateStrategy to RollingUpdate.`,
        evidence: ['conditions'],
    }),
    inWorkload('statefulset-stuck', {
        heals: 'if-something-else-changes',
        seen: (view) => {
            const pod = stuckPod(view);
            return pod === undefined ? undefined : { pod: pod.metadata.name };
        },
        subject: ({ pod }) => pod,
        says: ({ pod }, { state }) => `StatefulSet ${state.target.name} waits for ${pod}, a broken pod of an older revision, before it replaces it: it would wait for ever.`,
        remedy: ({ pod }, { state: { target } }) => `Delete that pod (kubectl -n ${target.namespace} delete pod ${pod}); the StatefulSet makes it anew from the present template.`,
        evidence: ['container-state', 'events'],
    }),
    inWorkload('replicaset-refused', {
        heals: 'if-something-else-changes',
        seen: ({ workload }) => {
            const progressing = conditionOf(workload.status?.conditions, 'Progressing');
            return progressing?.status === 'False' && /^(ReplicaSetCreateError|FailedCreate)$/.test(progressing.reason ?? '')
                ? { why: progressing.message ?? '' }
                : undefined;
        },
        says: ({ why }) => `The new ReplicaSet cannot be created: ${why.slice(0, 300)}.`,
        remedy: () => 'Correct what the message names (a quota on ReplicaSets, a name that is too long).',
        evidence: ['conditions', 'events'],
    }),
    inWorkload('job-failed', {
        heals: 'never',
        seen: ({ kind, workload, revision }) => {
            const failed = conditionOf(workload.status?.conditions, 'Failed');
            if (kind !== 'Job' || failed?.status !== 'True')
                return undefined;
            const ends = revision.pods.flatMap((pod) => pod.status?.containerStatuses ?? []);
            const code = ends.find((status) => (status.state?.terminated?.exitCode ?? 0) !== 0)?.state?.terminated?.exitCode;
            return { why: failed.message ?? failed.reason ?? '', code };
        },
        says: ({ why, code }, { state }) => `Job ${state.target.name} has failed${code === undefined ? '' : ` (exit code ${code})`}: ${why}.`,
        remedy: () => 'The last lines of its log are in the evidence. A Job cannot be started again: delete it and create it anew.',
        evidence: ['logs', 'container-state', 'events'],
    }),
    inWorkload('progress-deadline', {
        heals: 'by-itself',
        ordinary: true,
        // kubectl gives up here. It is said at once, and no more than that: what is merely slow completes all the same.
        early: () => true,
        seen: (view) => {
            const progressing = conditionOf(view.workload.status?.conditions, 'Progressing');
            // A deadline is a symptom: where a pod shows the cause, the cause is told.
            if (view.explained || progressing?.reason !== 'ProgressDeadlineExceeded' || !unfinished(view))
                return undefined;
            return { why: progressing.message ?? '' };
        },
        says: ({ why }) => `Kubernetes has seen no progress for progressDeadlineSeconds, and no pod says why: ${why.replace(/\.$/, '')}.`,
        remedy: () => 'If it is merely slow, raise progressDeadlineSeconds; otherwise look at the conditions and events of the workload and its ReplicaSet.',
        evidence: ['conditions', 'events'],
    }),
    inWorkload('old-pods-remain', {
        heals: 'by-itself',
        ordinary: true,
        seen: (view) => {
            const pod = unfinished(view) ? leavingPod(view) : undefined;
            if (pod === undefined)
                return undefined;
            const finalizers = (pod.metadata.finalizers ?? []).join(', ');
            return { pod: pod.metadata.name, finalizers, lostNode: lostNodeOf(view, pod) };
        },
        says: ({ pod, finalizers, lostNode }) => `The rollout waits until ${pod}, an old pod, has gone${finalizers === '' ? '' : ` (finalizers ${finalizers})`}${lostNode === undefined ? '' : `, and its node ${lostNode} does not answer any more`}.`,
        remedy: ({ finalizers, lostNode }) => lostNode !== undefined
            ? `Look at the node (kubectl describe node ${lostNode}). Nobody else can end the pod; when the node is gone for good, delete it (kubectl delete node ${lostNode}).`
            : finalizers === ''
                ? 'It may take its terminationGracePeriodSeconds, preStop hook included.'
                : 'Whoever set the finalizers has to remove them.',
        evidence: ['events', 'nodes'],
    }),
    inWorkload('pods-taken-away', {
        heals: 'by-itself',
        ordinary: true,
        early: () => true,
        seen: (view) => {
            if (!unfinished(view))
                return undefined;
            const taken = view.revision.otherPods.filter((pod) => objects_isTerminating(pod) && disruptionOf(pod) !== undefined);
            const [first] = taken;
            const why = first === undefined ? undefined : disruptionOf(first);
            return first === undefined ? undefined : { pod: first.metadata.name, count: taken.length, why };
        },
        subject: ({ pod }) => pod,
        says: ({ pod, count, why }) => `${pod}${count > 1 ? ` and ${count - 1} more` : ''} ${count > 1 ? 'are' : 'is'} taken away by others (${takenBy[why?.reason ?? ''] ?? why?.reason ?? 'disruption'}${why?.message === undefined ? '' : `: ${why.message.trim().replace(/\.$/, '').slice(0, 200)}`}). That is not the workload's fault.`,
        remedy: () => 'It is made anew. A PodDisruptionBudget or a priority class says how many may be taken at a time.',
        evidence: ['events', 'nodes'],
    }),
    inWorkload('not-taken-up', {
        heals: 'by-itself',
        ordinary: true,
        seen: (view) => {
            if (!observed(view.workload))
                return {};
            // Recreate makes the new ReplicaSet only when the old pods have gone.
            return view.revision.maker === undefined && leavingPod(view) === undefined ? {} : undefined;
        },
        says: (_, { kind }) => `The ${kind} controller has not taken up the change yet.`,
        remedy: () => 'If it goes on, look at the controller manager of the cluster.',
        evidence: ['conditions'],
    }),
];

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/causes.ts
/**
 * The table of causes: why a rollout does not succeed. One row each, in files by field; the order is the order of precedence,
 * so a row may count on the rows before it not matching. To add a cause, add a row and a recording or a test that shows it.
 */






const causes = [
    ...refusalCauses,
    ...placementCauses,
    ...imageCauses,
    ...containerCauses,
    ...readinessCauses,
    ...workloadCauses,
];
/** The ids of all causes, in order. */
const causeIds = causes.map((cause) => cause.id);

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/views.ts



/** Views of the pods of the revision that are not being deleted. */
function podViews(state) {
    const byPod = new Map();
    for (const event of state.events.values()) {
        const uid = event.involvedObject.uid ?? '';
        const known = byPod.get(uid);
        if (known === undefined)
            byPod.set(uid, [event]);
        else
            known.push(event);
    }
    return revision_revisionOf(state).pods.map((pod) => podView(state, pod, byPod.get(pod.metadata.uid) ?? []));
}
const views_notStarted = /^(|ContainerCreating|PodInitializing)$/;
function podView(state, pod, events) {
    const scheduled = conditionOf(pod.status?.conditions, 'PodScheduled');
    return {
        pod,
        namespace: state.target.namespace,
        ready: objects_isReady(pod),
        unschedulable: scheduled?.status === 'False' && scheduled.reason === 'Unschedulable' ? (scheduled.message ?? '') : undefined,
        beforeStart: containerStatuses(pod).every(({ state: now = {}, lastState = {} }) => now.running === undefined &&
            now.terminated === undefined &&
            lastState.terminated === undefined &&
            views_notStarted.test(now.waiting?.reason ?? '')),
        events,
        event: (reason, message) => views_newest(events, reason, message),
    };
}
/** Views of a pod's containers: init containers first, in the order of their start. */
function containerViews(state, pod) {
    const { spec } = pod.pod;
    const views = (containers, role) => containers.map((container, index) => containerView(state, pod, container, role(container, index)));
    return [
        ...views(spec.initContainers ?? [], (c) => (c.restartPolicy === 'Always' ? 'sidecar' : 'init')),
        ...views(spec.containers, (c, index) => (isMain(pod.pod, c, index) ? 'main' : 'sidecar')),
    ];
}
function isMain(pod, container, index) {
    const named = pod.metadata.annotations?.['kubectl.kubernetes.io/default-container'];
    return named === undefined ? index === 0 : named === container.name;
}
function containerView(state, pod, spec, role) {
    const status = containerStatuses(pod.pod).find((candidate) => candidate.name === spec.name);
    const key = `${pod.pod.metadata.uid}/${spec.name}`;
    const last = status?.state?.terminated ?? status?.lastState?.terminated;
    const done = (role === 'init' || state.target.kind === 'Job') && last?.exitCode === 0;
    const events = pod.events.filter((event) => containerOf(event) === spec.name);
    return {
        pod,
        name: spec.name,
        spec,
        status,
        role,
        running: status?.state?.running !== undefined,
        waiting: status?.state?.waiting,
        ended: done ? undefined : last,
        crashes: last === undefined || done
            ? 0
            : Math.max(0, (status?.restartCount ?? 0) -
                (state.restartsBefore.get(key) ?? 0) +
                (status?.state?.running === undefined ? 1 : 0)),
        log: state.logs.get(key),
        answer: state.answers.get(key),
        registry: state.existing.get(needKey({ kind: 'Image', name: spec.image ?? '' })),
        event: (reason, message) => views_newest(events, reason, message),
    };
}
function views_newest(events, reason, message) {
    return events
        .filter((event) => reason.test(event.reason ?? '') && (message === undefined || message.test(event.message ?? '')))
        .reduce((best, event) => (best === undefined || lastHappened(event) >= lastHappened(best) ? event : best), undefined);
}
/** Why the API server refuses to create pods of the revision now, or undefined. */
function refusalView(state, hard) {
    const revision = revision_revisionOf(state);
    const { maker } = revision;
    const { workload } = state;
    if (maker === undefined || workload === undefined || !observed(workload))
        return undefined;
    const message = conditionMessage(maker) ?? eventMessage(state, maker);
    if (message === undefined)
        return undefined;
    return {
        message: message.replace(/^(?:\(combined from similar events\): )?(?:Error creating: )?/, ''),
        namespace: state.target.namespace,
        maker: `${maker.kind ?? state.target.kind} ${maker.metadata.name}`,
        hard: hard(revision),
        oldPods: revision.otherPods.length > 0,
    };
}
function conditionMessage(maker) {
    const failure = conditionOf(maker.status?.conditions, 'ReplicaFailure');
    return failure?.status === 'True' && failure.reason === 'FailedCreate' ? failure.message : undefined;
}
// StatefulSets, DaemonSets and Jobs have no condition for it, only events; a pod created later ends it.
function eventMessage(state, maker) {
    if (state.target.kind === 'Deployment')
        return undefined;
    const own = [...state.events.values()].filter((event) => event.involvedObject.uid === maker.metadata.uid);
    const failed = views_newest(own, /^FailedCreate$/);
    const created = views_newest(own, /^SuccessfulCreate$/);
    if (failed === undefined || (created !== undefined && lastHappened(created) >= lastHappened(failed)))
        return undefined;
    return failed.message;
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/diagnose.ts
/** From what is known to findings: the rows of the table applied to every pod, the first cause before its consequences. */





/** Everything that is wrong now, in the table's order; pods with the same cause are one finding. */
function diagnose(state) {
    const { workload } = state;
    if (workload === undefined)
        return [];
    const sightings = [...sightingsOfRefusal(state), ...podViews(state).flatMap((pod) => sightingsOfPod(state, pod))];
    const revision = revision_revisionOf(state);
    const explained = sightings.some(({ cause }) => !cause.ordinary);
    for (const cause of causes) {
        if (cause.of !== 'workload')
            continue;
        const match = cause.seen({ kind: state.target.kind, workload, state, revision, explained });
        if (match !== undefined)
            sightings.push({ cause, match });
    }
    return group(state, sightings);
}
function sightingsOfRefusal(state) {
    const view = refusalView(state, (revision) => canCreateNothing(state, revision));
    if (view === undefined)
        return [];
    for (const cause of causes) {
        const match = cause.of === 'refusal' ? cause.seen(view) : undefined;
        if (match !== undefined)
            return [{ cause, match }];
    }
    return [];
}
/** Without a pod of the revision, and with no old pod that may make room: only a change elsewhere helps. */
function canCreateNothing(state, revision) {
    if (revision.pods.length > 0)
        return false;
    if (state.target.kind !== 'Deployment' || state.workload === undefined)
        return true;
    return revision.otherPods.length === 0 || maxUnavailable(state.workload) === 0;
}
function sightingsOfPod(state, pod) {
    const { name } = pod.pod.metadata;
    for (const cause of causes) {
        const match = cause.of === 'pod' ? cause.seen(pod) : undefined;
        if (match !== undefined && !cause.ordinary)
            return [{ cause, match, pod: name }];
    }
    const found = containerViews(state, pod).flatMap((view) => sightingOfContainer(view, name));
    const serious = found.filter(({ cause }) => !cause.ordinary);
    if (serious.length > 0)
        return serious;
    if (found.length > 0)
        return found;
    for (const cause of causes) {
        const match = cause.of === 'pod' && cause.ordinary ? cause.seen(pod) : undefined;
        if (match !== undefined)
            return [{ cause, match, pod: name }];
    }
    return [];
}
function sightingOfContainer(view, pod) {
    for (const cause of causes) {
        const match = cause.of === 'container' ? cause.seen(view) : undefined;
        if (match !== undefined)
            return [{ cause, match, pod, container: view.name }];
    }
    return [];
}
function lookAt({ target: { namespace } }, { kind, name }) {
    return `Look at what makes it: kubectl -n ${namespace} describe ${kind.toLowerCase()} ${name}.`;
}
/**
 * What exists by now, or what an operator is making, passes by itself; what could not be asked is said, and the tolerance
 * stays.
 */
function informed(state, finding) {
    const { needs, heals, message } = finding;
    // Whether the image exists does not mend credentials.
    if (needs === undefined || (finding.cause === 'image-unauthorized' && needs.kind === 'Image'))
        return finding;
    const existence = state.existing.get(needKey(needs));
    const maker = existence?.state === 'absent' ? existence.maker : undefined;
    const comes = existence?.state === 'present' || (maker !== undefined && maker.stuck === undefined);
    return {
        ...finding,
        message: `${message}${existenceSays(needs, existence)}`,
        ...(comes && heals !== 'never' ? { heals: 'by-itself', tolerance: 'deadline' } : {}),
        ...(maker === undefined ? {} : { remedy: lookAt(state, maker) }),
    };
}
function group(state, sightings) {
    const groups = new Map();
    for (const { cause, match, pod, container } of sightings) {
        const key = `${cause.id}/${container ?? ''}/${match.subject}`;
        const known = groups.get(key);
        groups.set(key, {
            cause: cause.id,
            key,
            heals: cause.heals,
            tolerance: cause.tolerance,
            ordinary: cause.ordinary,
            early: match.early || known?.early === true,
            container,
            pods: [...(known?.pods ?? []), ...(pod === undefined ? [] : [pod])],
            occurrences: Math.max(known?.occurrences ?? 1, match.occurrences),
            message: known?.message ?? match.message,
            remedy: known?.remedy ?? match.remedy,
            evidence: cause.evidence,
            needs: known?.needs ?? match.needs,
        });
    }
    const order = new Map(causes.map((cause, index) => [cause.id, index]));
    return [...groups.values()]
        .map((finding) => informed(state, finding))
        .sort((a, b) => (order.get(a.cause) ?? 0) - (order.get(b.cause) ?? 0));
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/moments.ts

const words = { made: 'is made', ready: 'becomes ready', unready: 'is no longer ready' };
/** The moments between two looks at the pods of the revision. */
function podMoments(before, after, at) {
    const known = new Map(before.map((pod) => [pod.metadata.uid, pod]));
    return after.flatMap((pod) => {
        const { uid, name } = pod.metadata;
        const earlier = known.get(uid);
        const restarts = earlier === undefined ? [] : restartsSince(earlier, pod);
        const moments = restarts.map((text) => ({
            at,
            text: `${name}: ${text}`,
            pod: { name, became: 'restarted' },
        }));
        const [was, is] = [earlier === undefined ? undefined : objects_isReady(earlier), objects_isReady(pod)];
        if (was === is)
            return moments;
        const became = is ? 'ready' : was === undefined ? 'made' : 'unready';
        const word = was === undefined && is ? 'is ready' : words[became];
        return [...moments, { at, text: `${name} ${word}`, pod: { name, became } }];
    });
}
function restartsSince(before, after) {
    const counts = new Map(containerStatuses(before).map(({ name, restartCount = 0 }) => [name, restartCount]));
    return containerStatuses(after).flatMap(({ name, restartCount = 0, lastState }) => {
        if (restartCount <= (counts.get(name) ?? 0))
            return [];
        const code = lastState?.terminated?.exitCode;
        return [
            `container ${name} starts again${code === undefined ? '' : ` after exit code ${code}`} (restart ${restartCount})`,
        ];
    });
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/state.ts
/**
 * What is known about one rollout, and the reducer that learns. Pure: the same events at the same times give the same state.
 * The state survives a broken watch: what was suspected since when is kept, and objects are told apart by uid.
 */






/** Nothing seen yet. */
function beginRollout({ target, at, generation = 0, template, required = 'all' }) {
    return {
        target,
        startedAt: at,
        required,
        asked: template === undefined ? undefined : { generation, template },
        generation,
        workload: undefined,
        deleted: false,
        replicaSets: new Map(),
        controllerRevisions: new Map(),
        pods: new Map(),
        events: new Map(),
        logs: new Map(),
        answers: new Map(),
        existing: new Map(),
        unreadable: new Set(),
        restartsBefore: new Map(),
        suspected: new Map(),
        steadySince: undefined,
        steadyWith: undefined,
        moments: [],
    };
}
/** The state after an observation at a time. An observation that is older than what is known changes nothing. */
function observe(before, observation, at) {
    const learned = learn(before, observation);
    return learned === before ? before : judge(before, learned, at);
}
function learn(state, observation) {
    switch (observation.type) {
        case 'UNREADABLE':
            return state.unreadable.has(observation.kind)
                ? state
                : { ...state, unreadable: new Set([...state.unreadable, observation.kind]) };
        case 'ASKED': {
            const key = needKey(observation.need);
            const { existence } = observation;
            if (isSameAnswer(state.existing.get(key), existence))
                return state;
            return { ...state, existing: new Map([...state.existing, [key, existence]]) };
        }
        case 'LOGGED':
        case 'ANSWERED': {
            const collection = observation.type === 'LOGGED' ? 'logs' : 'answers';
            const key = `${observation.pod}/${observation.container}`;
            if (!state.pods.has(observation.pod) || state[collection].get(key) === observation.text)
                return state;
            return { ...state, [collection]: new Map([...state[collection], [key, observation.text]]) };
        }
        default:
            return change(state, observation.kind, observation.object, observation.type);
    }
}
function isSameAnswer(one, other) {
    if (one?.state !== 'absent' || other.state !== 'absent')
        return one?.state === other.state;
    return one.maker?.name === other.maker?.name && one.maker?.stuck === other.maker?.stuck;
}
function change(state, kind, object, type) {
    switch (kind) {
        case state.target.kind:
            return changeWorkload(state, object, type);
        case 'ReplicaSet':
            return changeIn(state, 'replicaSets', object, type);
        case 'ControllerRevision':
            return changeIn(state, 'controllerRevisions', object, type);
        case 'Pod':
            return changePod(state, object, type);
        case 'Event':
            return isAbout(state.target, object)
                ? changeIn(state, 'events', object, type === 'DELETED' ? 'ADDED' : type)
                : state;
        default:
            return state;
    }
}
function changeWorkload(state, workload, type) {
    if (workload.metadata.name !== state.target.name)
        return state;
    if (isOlder(workload, state.workload))
        return state;
    if (type === 'DELETED')
        return { ...state, workload, deleted: true };
    const { generation = 0 } = workload.metadata;
    const asked = state.asked ?? (generation >= state.generation ? { generation, template: workload.spec.template } : undefined);
    return { ...state, workload, asked, deleted: false };
}
function changePod(state, pod, type) {
    const known = state.pods.has(pod.metadata.uid);
    const next = changeIn(state, 'pods', pod, type);
    // Pods that run well when the watch begins may have a long history; that of a pod that is in trouble is this rollout's.
    if (known || next === state || type !== 'ADDED' || !objects_isReady(pod))
        return next;
    const restarts = containerStatuses(pod)
        .filter((status) => (status.restartCount ?? 0) > 0)
        .map((status) => [`${pod.metadata.uid}/${status.name}`, status.restartCount ?? 0]);
    return restarts.length === 0 ? next : { ...next, restartsBefore: new Map([...next.restartsBefore, ...restarts]) };
}
function changeIn(state, collection, object, type) {
    const known = state[collection];
    const { uid } = object.metadata;
    const present = known.get(uid);
    if (type === 'DELETED') {
        if (present === undefined)
            return state;
        const rest = new Map(known);
        rest.delete(uid);
        return { ...state, [collection]: rest };
    }
    if (present !== undefined && (isOlder(object, present) || isSame(object, present)))
        return state;
    return { ...state, [collection]: new Map([...known, [uid, object]]) };
}
/** Resource versions of one object grow; they are compared only for objects of the same uid. */
function isOlder(object, known) {
    if (object.metadata.uid !== known?.metadata.uid)
        return false;
    return Number(object.metadata.resourceVersion) < Number(known.metadata.resourceVersion);
}
function isSame(object, known) {
    const version = object.metadata.resourceVersion;
    return version !== undefined && version === known.metadata.resourceVersion;
}
function isAbout(target, event) {
    const name = event.involvedObject.name ?? '';
    return name === target.name || name.startsWith(`${target.name}-`);
}
function judge(before, learned, at) {
    const suspected = new Map();
    for (const finding of diagnose(learned)) {
        const known = before.suspected.get(finding.key);
        const again = known === undefined || finding.occurrences > known.finding.occurrences;
        suspected.set(finding.key, { finding, since: known?.since ?? at, lastAt: again ? at : known.lastAt });
    }
    const steady = isComplete(learned) || stillHolds(learned);
    const disturbed = steady && before.steadySince !== undefined && disturbances(learned) > disturbances(before);
    const steadySince = !steady ? undefined : disturbed ? at : (before.steadySince ?? at);
    const steadyWith = steady ? stillNeeded(learned) : undefined;
    const next = { ...learned, suspected, steadySince, steadyWith };
    return { ...next, moments: [...before.moments, ...newMoments(before, next, at)] };
}
/**
 * Restarts and failed liveness probes of the revision's pods: while they go on, nothing holds. Where some pods may fail,
 * the number of those that are available says it.
 */
function disturbances(state) {
    if (state.required !== 'all')
        return 0;
    const { pods } = revision_revisionOf(state);
    const uids = new Set(pods.map((pod) => pod.metadata.uid));
    const restarts = pods.flatMap(containerStatuses).reduce((sum, status) => sum + (status.restartCount ?? 0), 0);
    const liveness = [...state.events.values()]
        .filter((event) => event.reason === 'Unhealthy' && (event.message ?? '').startsWith('Liveness'))
        .filter((event) => uids.has(event.involvedObject.uid ?? '') && containerOf(event) !== undefined)
        .reduce((sum, event) => sum + timesHappened(event), 0);
    return restarts + liveness;
}
function newMoments(before, after, at) {
    const texts = [];
    if (before.workload === undefined && after.workload !== undefined)
        texts.push('the watch begins');
    const [was, is] = [before.workload?.spec.replicas, after.workload?.spec.replicas];
    if (was !== undefined && is !== undefined && was !== is)
        texts.push(`scaled from ${was} to ${is}`);
    for (const [key, { finding }] of after.suspected) {
        if (!before.suspected.has(key) && (!finding.ordinary || finding.early))
            texts.push(finding.message);
    }
    if (before.steadySince === undefined && after.steadySince !== undefined)
        texts.push('everything is available');
    if (before.steadySince !== undefined && after.steadySince === undefined)
        texts.push('no longer available');
    return [...podMoments(revision_revisionOf(before).pods, revision_revisionOf(after).pods, at), ...texts.map((text) => ({ at, text }))];
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/telling.ts
/** What is said about a rollout while it goes on. */



/** "web-7ff5-x" or "web-7ff5-x and 2 more pods", or the workload when it is about no pod. */
function whereOf(state, { pods }) {
    const [first, ...more] = pods;
    if (first === undefined)
        return workload_formatWorkload(state.target);
    return more.length === 0 ? first : `${first} and ${(0,base_text/* count */.U9)(more.length, 'more pod')}`;
}
/** One line for each suspicion that good rollouts do not show, or that announces a kill, by a key that changes when there is more to say (another crash). */
function suspicionLines(state, suspicions, policy, now) {
    const lines = new Map();
    for (const suspicion of suspicions) {
        if (suspicion.ordinary && !suspicion.early)
            continue;
        const [pod = ''] = suspicion.pods;
        const where = pod === '' ? whereOf(state, suspicion) : pod;
        const line = `${where}: ${withoutStop(suspicion.message)}; ${outlook(state, suspicion, policy, now)}.`;
        // What was asked for changes the message, and with it what the user has to do.
        const answer = suspicion.needs === undefined ? '' : `#${suspicion.message}`;
        lines.set(`${suspicion.key}#${suspicion.occurrences}${answer}`, line);
    }
    return lines;
}
function outlook({ target }, { finalAt, tolerance, occurrences }, policy, now) {
    if (finalAt !== undefined)
        return `failing in ${(0,duration/* formatDuration */.a)(Math.max(0, finalAt - now))} unless that changes`;
    if (target.kind === 'Job')
        return 'the Job tries again as often as its backoffLimit says';
    if (tolerance === 'crash-tolerance') {
        return `${(0,base_text/* count */.U9)(occurrences, 'crash', 'crashes')}, failing at ${policy.crashTolerance + 1}`;
    }
    return 'it may pass, waiting for it until the timeout';
}
function withoutStop(text) {
    return text.replace(/\.$/, '');
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/verdict.ts


/** What is to be said about the rollout at a time. */
function verdictOf(state, now, policy) {
    const suspicions = suspicionsOf(state, policy);
    const replaced = supersededBy(state);
    if (replaced !== undefined && !state.deleted)
        return { verdict: 'superseded', at: now, by: replaced };
    const final = suspicions.filter(({ finalAt }) => finalAt !== undefined && finalAt <= now).sort(byFinality);
    const [first] = bearable(state, final) ? [] : final;
    if (first !== undefined && !(state.steadySince !== undefined && passes(first))) {
        const rest = suspicions.filter((suspicion) => !final.includes(suspicion) && !suspicion.ordinary);
        return { verdict: 'failed', at: first.finalAt ?? now, cause: first.cause, findings: [...final, ...rest] };
    }
    const holdsAt = holdUntil(state, policy);
    if (holdsAt !== undefined && holdsAt <= now)
        return { verdict: 'succeeded', at: holdsAt };
    const deadline = state.startedAt + policy.timeoutMs;
    // What is available in time may hold past the deadline, but not begin to.
    const inTime = state.steadySince !== undefined && state.steadySince <= deadline;
    if (deadline <= now && !inTime) {
        const findings = [...suspicions].sort(byWeight);
        return { verdict: 'timed-out', at: deadline, cause: findings[0]?.cause, findings };
    }
    const times = [...suspicions.map(({ finalAt }) => finalAt), holdsAt, inTime ? undefined : deadline];
    const next = times.filter((time) => time !== undefined).filter((time) => time > now);
    return { verdict: 'watching', suspicions, nextAt: Math.min(...next), steadySince: state.steadySince };
}
/** Where not all pods are required, as many as are not may fail. */
function bearable(state, final) {
    const { workload, target, required } = state;
    if (required === 'all' || workload === undefined || final.some(({ pods }) => pods.length === 0))
        return false;
    const failing = new Set(final.flatMap(({ pods }) => pods)).size;
    return failing <= progressOf(target.kind, workload).wanted - neededOf(state, workload);
}
/** A cause that keeps pods from coming does not matter once everything that was asked for is there. */
function passes(finding) {
    return finding.tolerance !== 'crash-tolerance' && finding.tolerance !== 'none';
}
function holdUntil(state, policy) {
    if (state.steadySince === undefined)
        return undefined;
    // A Job that is complete cannot become incomplete.
    return state.steadySince + (state.target.kind === 'Job' ? 0 : policy.stableForMs);
}
/** Everything that is seen now, with the time at which it becomes final, in the table's order. */
function suspicionsOf(state, policy) {
    return [...state.suspected.values()].map((suspected) => ({
        ...suspected.finding,
        since: suspected.since,
        finalAt: finalAt(suspected, state, policy),
    }));
}
function finalAt({ finding, since, lastAt }, state, policy) {
    switch (finding.tolerance) {
        case 'none':
            return since;
        case 'grace':
            return since + policy.graceMs;
        case 'unschedulable-grace':
            return since + policy.unschedulableGraceMs;
        case 'readiness-grace':
            return since + policy.readinessGraceMs;
        case 'crash-tolerance':
            // A Job counts its own attempts.
            return state.target.kind !== 'Job' && finding.occurrences > policy.crashTolerance ? lastAt : undefined;
        case 'deadline':
            return undefined;
    }
}
const byFinality = (a, b) => (a.finalAt ?? Infinity) - (b.finalAt ?? Infinity);
/** Serious causes before ordinary ones, then the longest seen. */
const byWeight = (a, b) => Number(a.ordinary) - Number(b.ordinary) || a.since - b.since;
function supersededBy(state) {
    const { asked, workload } = state;
    if (asked === undefined || workload === undefined)
        return undefined;
    if ((workload.metadata.generation ?? 0) <= asked.generation)
        return undefined;
    if (sameTemplate(asked.template, workload.spec.template))
        return undefined;
    const revision = observed(workload) ? revision_revisionOf(state).name : undefined;
    const images = workload.spec.template.spec.containers.map((container) => container.image ?? '').join(', ');
    return `${revision === undefined ? `generation ${workload.metadata.generation ?? ''}` : `revision ${revision}`} (${images})`;
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/following.ts








/** A verdict does not wait longer for the answer whether something exists by now. */
const verdictWaitsMs = 900;
/** A verdict does not wait longer for the first list of each kind. */
const firstListWithinMs = 5000;
/** The kinds that are watched for a workload of a kind. */
function watchedKinds(kind) {
    const makers = {
        Deployment: ['ReplicaSet'],
        StatefulSet: [],
        DaemonSet: ['ControllerRevision'],
        Job: [],
    };
    return [kind, ...makers[kind], 'Pod', 'Event'];
}
/** One workload on its way to a verdict. */
class Following {
    followed;
    decided;
    #ports;
    #options;
    #signal;
    #inquiry;
    #state;
    #decide;
    #done = false;
    #told = new Set();
    #progress = '';
    #alarm;
    #alarmAt;
    /** Kinds of which there is no first list yet. */
    #unseen;
    /** What was asked for before the verdict, and what is being asked. */
    #asked = new Set();
    #awaited;
    constructor(followed, ports, options, signal, warn) {
        const { promise, resolve } = Promise.withResolvers();
        const { kind, namespace, name, generation, template } = followed;
        this.followed = followed;
        this.decided = promise;
        this.#decide = resolve;
        this.#ports = ports;
        this.#options = options;
        this.#signal = signal;
        this.#inquiry = new Inquiry(ports, options.logLines, (seen) => this.see(seen), warn);
        const target = { kind, namespace, name };
        const { required } = options.policy;
        this.#state = beginRollout({ target, at: ports.clock.now(), generation, template, required });
        this.#unseen = new Set(watchedKinds(kind));
        this.#judge();
    }
    seeEvent({ type, kind, object }) {
        const seen = object;
        if (this.#concerns(kind, seen))
            this.see({ type, kind, object: seen });
    }
    /** A kind has been listed, or may not be. Before all are, nobody knows what has gone before. */
    seeFirst(kind) {
        if (this.#unseen.delete(kind) && this.#unseen.size === 0 && !this.#done)
            this.#judge();
    }
    see(observation) {
        if (this.#done)
            return;
        const state = observe(this.#state, observation, this.#ports.clock.now());
        // Most of what a namespace shows is about other workloads.
        if (state === this.#state)
            return;
        this.#state = state;
        this.#inquiry.follow(this.#state, observation);
        this.#judge();
    }
    /** Pods and ReplicaSets of other workloads in the namespace do not even enter the state. */
    #concerns(kind, object) {
        if (kind !== 'Pod' && kind !== 'ReplicaSet' && kind !== 'ControllerRevision')
            return true;
        const wanted = Object.entries(this.followed.workload.spec.selector?.matchLabels ?? {});
        return wanted.every(([label, value]) => object.metadata.labels?.[label] === value);
    }
    #judge() {
        const { clock, log } = this.#ports;
        const now = clock.now();
        const verdict = verdictOf(this.#state, now, this.#options.policy);
        this.#tellProgress();
        if (verdict.verdict !== 'watching') {
            if (this.#unseen.size > 0 && now < this.#state.startedAt + firstListWithinMs) {
                this.#wakeAt(this.#state.startedAt + firstListWithinMs);
                return;
            }
            if (verdict.verdict === 'failed' && this.#asksFirst(verdict.findings))
                return;
            this.#done = true;
            this.#alarm?.abort();
            const followup = { target: this.#state.target, verdict, state: this.#state };
            this.#options.onVerdict?.(followup);
            this.#decide(followup);
            return;
        }
        const lines = suspicionLines(this.#state, verdict.suspicions, this.#options.policy, now);
        for (const [key, line] of lines)
            if (!this.#told.has(key))
                log.info(line);
        this.#told = new Set([...this.#told, ...lines.keys()]);
        this.#wakeAt(verdict.nextAt);
    }
    /** Before it fails for want of something, that is asked for once more. True while the answer is awaited. */
    #asksFirst([finding]) {
        if (this.#awaited !== undefined)
            return true;
        // Who could not be asked before is not asked again: the verdict is due now.
        if (finding?.needs === undefined || this.#state.existing.get(needKey(finding.needs))?.state === 'unknown')
            return false;
        // Nor is who has not answered yet: more time would not help.
        if (this.#inquiry.waitingFor(finding.needs) >= verdictWaitsMs)
            return false;
        const key = `${needKey(finding.needs)}@${finding.since}`;
        if (this.#asked.has(key))
            return false;
        this.#asked.add(key);
        this.#awaited = key;
        void this.#inquiry.askFor(this.#state, finding.needs, verdictWaitsMs).finally(() => {
            this.#awaited = undefined;
            if (!this.#done)
                this.#judge();
        });
        return true;
    }
    #wakeAt(time) {
        if (this.#alarmAt === time)
            return;
        this.#alarm?.abort();
        const alarm = new AbortController();
        this.#alarm = alarm;
        this.#alarmAt = time;
        const wait = Math.max(0, time - this.#ports.clock.now());
        this.#ports.clock.sleep(wait, AbortSignal.any([alarm.signal, this.#signal])).then(() => {
            if (this.#done || alarm.signal.aborted)
                return;
            this.#alarmAt = undefined;
            this.#judge();
        }, () => undefined);
    }
    #tellProgress() {
        const { workload, target, steadySince, asked } = this.#state;
        // Until the controller has taken up the change the counts are those of the revision before.
        if (workload === undefined || asked === undefined || (target.kind !== 'Job' && !observed(workload)))
            return;
        const hold = this.#options.policy.stableForMs / 1000;
        const steady = steadySince === undefined || target.kind === 'Job' ? '' : `; must hold for ${hold} s`;
        const progress = `${describeProgress(target.kind, workload)}${steady}`;
        if (progress === this.#progress)
            return;
        this.#progress = progress;
        this.#ports.log.info(`${workload_formatWorkload(target)}: ${progress}`);
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/watch.ts
/** Follows rollouts by watches until each has its verdict. Never polls: it wakes for an event, or when a tolerance is over. */




/**
 * Watches all workloads at once, with one watch a kind, until each has a verdict. What is suspected is logged the moment it
 * is known.
 * @throws ServiceError when the API server refuses the workloads themselves, or stays away.
 */
async function watch_followRollouts(ports, followed, options) {
    const over = new AbortController();
    const signal = AbortSignal.any([over.signal, ports.cancelled]);
    const warned = new Set();
    const warn = (text) => {
        if (!warned.has(text))
            ports.log.warning(text);
        warned.add(text);
    };
    const following = followed.map((workload) => new Following(workload, ports, options, signal, warn));
    const watches = watchesFor(followed).map((watch) => run(ports, watch, following, signal));
    try {
        await Promise.race([
            Promise.all(following.map((one) => one.decided)),
            Promise.all(watches).then(async () => {
                // A watch ends only by failing, by cancellation, or because everything is over.
                ports.cancelled.throwIfAborted();
                await Promise.all(following.map((one) => one.decided));
            }),
        ]);
    }
    finally {
        over.abort();
        await Promise.allSettled(watches);
    }
    ports.cancelled.throwIfAborted();
    return Promise.all(following.map((one) => one.decided));
}
/** One watch a kind and namespace; a single workload's are narrowed by name and selector. */
function watchesFor(followed) {
    const watches = [];
    for (const namespace of new Set(followed.map((one) => one.namespace))) {
        const here = followed.filter((one) => one.namespace === namespace);
        const [only] = here;
        const single = here.length === 1 ? only : undefined;
        const labels = single === undefined ? undefined : objects_selectorText(single.workload.spec.selector);
        const kinds = new Set(here.map((one) => one.kind));
        for (const kind of kinds) {
            const fields = single === undefined ? undefined : `metadata.name=${single.name}`;
            watches.push({ kind, namespace, labels: undefined, fields });
        }
        if (kinds.has('Deployment'))
            watches.push({ kind: 'ReplicaSet', namespace, labels, fields: undefined });
        if (kinds.has('DaemonSet'))
            watches.push({ kind: 'ControllerRevision', namespace, labels, fields: undefined });
        watches.push({ kind: 'Pod', namespace, labels, fields: undefined });
        watches.push({ kind: 'Event', namespace, labels: undefined, fields: undefined });
    }
    return watches;
}
const watch_workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'];
async function run(ports, { kind, namespace, labels, fields }, following, signal) {
    const concerned = following.filter((one) => one.followed.namespace === namespace);
    try {
        const onBreak = (reason) => ports.log.debug(`the watch of ${kind} is resumed: ${reason}`);
        const onSynced = () => concerned.forEach((one) => one.seeFirst(kind));
        for await (const event of ports.client.watch(kind, { namespace, labels, fields, signal, onBreak, onSynced })) {
            for (const one of concerned)
                one.seeEvent(event);
        }
    }
    catch (error) {
        if (signal.aborted)
            return;
        const forbidden = error instanceof errors/* ServiceError */._7 && error.code === kubernetes_codes_codes.KUBERNETES_FORBIDDEN.code;
        if (!forbidden || watch_workloadKinds.includes(kind))
            throw error;
        ports.log.warning(`${error.message}. The verdict has to do without ${kind}s. ${error.remedy}`);
        for (const one of concerned) {
            one.see({ type: 'UNREADABLE', kind });
            one.seeFirst(kind);
        }
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/came-back.ts
/** Workloads that have gone back to what they were: followed like any rollout, with their own evidence when they do not hold. */







/** What became of a workload that went back. */
async function cameBack({ client }, { verdict, state }, way, { logLines }) {
    const facts = { revision: revision_revisionOf(state).name, images: imagesIn(state) };
    if (verdict.verdict === 'succeeded') {
        return { ...facts, state: 'done', evidence: [], message: `${way.done}, which holds.` };
    }
    const findings = 'findings' in verdict ? verdict.findings : [];
    const why = verdict.verdict === 'superseded'
        ? `it was replaced by ${verdict.by}.`
        : (findings[0]?.message ?? 'nothing says why.');
    const evidence = await collectEvidence(client, state, findings, { logLines });
    const { cause, remedy } = findings[0] ?? {};
    return { ...facts, state: 'failed', evidence, message: `${way.fails}: ${why}`, cause, remedy };
}
const putBackWay = {
    done: 'Put back to what it was before this step',
    fails: 'Put back to what it was before this step, and that does not hold either',
};
/**
 * Follows workloads that a step has put back beside the one that failed, and joins what became of them with what is known
 * of the step. One that does not hold makes the whole a rollback that failed.
 * @throws ServiceError when the cluster cannot be watched; CancelledError.
 */
async function came_back_verifyPutBack(ports, known, putBack, options) {
    const followups = await Promise.all((await followRollouts(ports, putBack, options)).map((followup) => withoutStuck(ports, followup, putBack, options)));
    const back = await Promise.all(followups.map(async (followup) => {
        const before = known.find((result) => came_back_isSame(result, followup));
        const rollback = await cameBack(ports, followup, putBackWay, options);
        ports.log.info(`${formatWorkload(followup.target)}: ${rollback.message}`);
        if (before?.rollback !== undefined && rollback.state === 'done')
            return before;
        const outcome = rollback.state === 'done' ? 'rolled-back' : 'rollback-failed';
        if (before?.cause !== undefined)
            return { ...before, outcome, rollback };
        const { message, cause, remedy } = rollback;
        return { ...(before ?? baseResult(followup, ports.clock.now())), outcome, message, cause, remedy, rollback };
    }));
    const results = [
        ...known.map((result) => back.find((one) => came_back_isSame(one, result)) ?? result),
        ...back.filter((one) => !known.some((result) => came_back_isSame(one, result))),
    ];
    return { outcome: outcomeOf(results), results };
}
/** A StatefulSet waits for ever for a broken pod of the revision that it has left: without that pod it is followed anew. */
async function withoutStuck(ports, followup, putBack, options) {
    const { verdict, state, target } = followup;
    const workload = putBack.find((one) => came_back_isSame({ target: one }, followup));
    if (workload === undefined || !('cause' in verdict) || verdict.cause !== 'statefulset-stuck')
        return followup;
    const stuck = revisionOf(state).otherPods.filter((pod) => !isReady(pod) && !isTerminating(pod));
    ports.log.info(`${formatWorkload(target)}: deleting ${stuck.map(({ metadata }) => metadata.name).join(', ')}`);
    const left = await deleteStuck(ports.client, stuck);
    if (left !== undefined) {
        ports.log.warning(left);
        return followup;
    }
    const [again] = await followRollouts(ports, [workload], options);
    return again ?? followup;
}
function came_back_isSame({ target: one }, { target: other }) {
    return one.kind === other.kind && one.namespace === other.namespace && one.name === other.name;
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/scale-down.ts
/** A first deployment that failed has nothing to go back to: on request it is scaled to zero, so that nothing broken runs. */


/** Scales it to zero unless somebody has changed it. Says what came of it; never throws for what the cluster refuses. */
async function scaleToZero(client, { target: { kind, namespace, name }, workload: judged }) {
    if (kind !== 'Deployment' && kind !== 'StatefulSet')
        return `A ${kind} cannot be scaled to zero.`;
    try {
        const present = (await client.get(kind, name, { namespace }));
        if (judged === undefined || !sameTemplate(present.spec.template, judged.spec.template)) {
            return 'It was changed by somebody else meanwhile, so it is not scaled to zero.';
        }
        // Its status changes all the time, so the precondition is its template alone.
        const change = [
            { op: 'test', path: '/spec/template', value: present.spec.template },
            { op: 'replace', path: '/spec/replicas', value: 0 },
        ];
        await client.patch(kind, name, change, { namespace, type: 'json' });
        return `It is scaled to zero (it asked for ${present.spec.replicas ?? 1}).`;
    }
    catch (error) {
        if (!(error instanceof errors/* DeliveryError */.VE) || error.kind === 'cancelled')
            throw error;
        return `It could not be scaled to zero: ${(0,errors/* messageOf */.bD)(error)}. ${error.remedy}`;
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/rollout/verify.ts
/**
 * The whole verification of rollouts: follow them, look inside what is available, take the evidence of what is not, roll back
 * when asked and verify that like a rollout. verify-rollout and deploy-k8s (with wait) both call it.
 */













/**
 * Verifies the rollouts of workloads. A bad rollout is a result, not an exception.
 * @throws ServiceError when the cluster cannot be watched; CancelledError.
 */
async function verifyRollouts(ports, workloads, options) {
    const finishing = [];
    let prepared;
    const prepare = () => (prepared ??= options.beforeRollback?.() ?? Promise.resolve());
    const onVerdict = (followup) => {
        const result = finish(ports, followup, options, prepare);
        // A failure is thrown below, where all of them are awaited.
        result.catch(() => undefined);
        finishing.push(result);
    };
    await watch_followRollouts(ports, workloads, { policy: options.policy, logLines: options.logLines, onVerdict });
    const finished = await Promise.all(finishing);
    const results = workloads.flatMap(({ kind, namespace, name }) => finished.filter(({ target }) => target.kind === kind && target.namespace === namespace && target.name === name));
    return { outcome: result_outcomeOf(results), results };
}
async function finish(ports, followup, options, prepare) {
    const judged = await verify_judge(ports, followup, options);
    const where = workload_formatWorkload(followup.target);
    ports.log.info([`${where}: ${judged.outcome}.`, judged.message, judged.remedy ?? ''].join(' ').trimEnd());
    await showEvidence(ports, judged);
    const bad = judged.outcome === 'failed' || judged.outcome === 'timed-out';
    if (!bad || options.onFailure === 'none')
        return judged;
    await prepare();
    const rollback = await tryRollback(ports, followup.state, options);
    ports.log.info(`${where}: ${rollback.message}`);
    const outcome = {
        done: 'rolled-back',
        failed: 'rollback-failed',
        refused: 'rollback-failed',
        impossible: judged.outcome,
    };
    return { ...judged, outcome: outcome[rollback.state], rollback };
}
/** The evidence in the job's log, folded: whoever reads the log need not look for the summary. */
async function showEvidence({ log }, { target, evidence }) {
    for (const { title, text } of evidence) {
        await log.group(`${workload_formatWorkload(target)}: ${title}`, () => {
            log.info(text);
            return Promise.resolve();
        });
    }
}
async function verify_judge(ports, followup, options) {
    const { verdict, state, target } = followup;
    const base = result_baseResult(followup, ports.clock.now());
    switch (verdict.verdict) {
        case 'succeeded': {
            const health = await options.health?.({ target, pods: revision_revisionOf(state).pods });
            const [problem] = health?.problems ?? [];
            if (health === undefined || problem === undefined) {
                return { ...base, outcome: 'succeeded', message: heldMessage(state, options.policy), health };
            }
            const evidence = health.problems.map((one) => ({ title: one.message, text: one.evidence }));
            return {
                ...base,
                outcome: 'failed',
                cause: problem.cause,
                message: problem.message,
                remedy: problem.remedy,
                evidence,
                health,
            };
        }
        case 'superseded':
            return {
                ...base,
                outcome: 'superseded',
                message: `It was replaced by ${verdict.by} before there was a verdict.`,
            };
        default: {
            const [first] = verdict.findings;
            const evidence = await collectEvidence(ports.client, state, verdict.findings, { logLines: options.logLines });
            return {
                ...base,
                outcome: verdict.verdict,
                cause: verdict.cause,
                message: badMessage(verdict.verdict, state, first, options.policy),
                remedy: first?.remedy,
                hints: hintsOf(state),
                findings: verdict.findings,
                evidence,
            };
        }
    }
}
function badMessage(verdict, state, first, policy) {
    // What is about the workload itself needs no place: whoever tells it begins with the workload.
    const where = first === undefined || first.pods.length === 0 ? '' : `${whereOf(state, first)}: `;
    const why = first === undefined ? 'nothing says why.' : `${where}${first.message}`;
    if (verdict === 'failed')
        return why;
    const wanted = state.target.kind === 'Job' ? 'complete' : `available for ${(0,duration/* formatDuration */.a)(policy.stableForMs)}`;
    return `Not ${wanted} within ${(0,duration/* formatDuration */.a)(policy.timeoutMs)}: ${why}`;
}
/** Pods that are ready for a moment and then crash make Kubernetes stop the old ones, unless it waits a little. */
function hintsOf({ moments, workload, target }) {
    const hadBeenReady = moments.some(({ pod }) => pod?.became === 'unready');
    if (!hadBeenReady || target.kind === 'Job' || (workload?.spec.minReadySeconds ?? 0) > 0)
        return [];
    return [
        'Its pods were ready before they were not, so Kubernetes went on to stop the old ones. With minReadySeconds (10, for example) in the manifest they would have stayed.',
    ];
}
function heldMessage(state, policy) {
    if (state.target.kind === 'Job')
        return 'The Job is complete.';
    if (state.workload !== undefined && progressOf(state.target.kind, state.workload).wanted === 0) {
        return state.target.kind === 'DaemonSet'
            ? 'No node is to run it: nothing was started.'
            : 'It asks for no pods (replicas 0, or a partition that holds all back): nothing was started.';
    }
    const { name, pods } = revision_revisionOf(state);
    const revision = name === undefined ? 'It' : `Revision ${name}`;
    const ready = readyWords(pods.length, pods.filter(objects_isReady).length);
    return `${revision} is available${ready} and has held for ${(0,duration/* formatDuration */.a)(policy.stableForMs)}.`;
}
function readyWords(all, ready) {
    if (all === 0)
        return '';
    // More were asked for after everything was there, and are on their way.
    if (ready < all)
        return ` with ${ready} of ${all} pods ready`;
    return ` with ${all === 1 ? 'its pod' : `all ${all} pods`} ready`;
}
/** Rolls back and verifies it. Whatever goes wrong is part of the answer: the evidence of the first failure must not be lost. */
async function tryRollback(ports, state, options) {
    const nothing = { revision: undefined, images: {}, evidence: [] };
    try {
        const plan = await planRollback(ports.client, state);
        if ('impossible' in plan) {
            const zero = plan.first === true && options.firstDeployment === 'scale-to-zero';
            const more = zero ? ` ${await scaleToZero(ports.client, state)}` : '';
            return { ...nothing, state: 'impossible', message: `Not rolled back: ${plan.impossible}.${more}` };
        }
        const { revision, images } = plan;
        ports.log.info(`${workload_formatWorkload(state.target)}: rolling back to revision ${revision}`);
        const { workload, left } = await rollBack(ports.client, plan);
        if (left !== undefined)
            ports.log.warning(left);
        const { template } = workload.spec;
        const followed = { ...state.target, workload, generation: workload.metadata.generation, template };
        const [back] = await watch_followRollouts(ports, [followed], { policy: options.policy, logLines: options.logLines });
        const way = {
            done: `Rolled back to revision ${revision}`,
            fails: `The rollback to revision ${revision} does not hold either`,
        };
        // One that is followed has a verdict.
        if (back === undefined)
            return { ...nothing, state: 'failed', message: `${way.done}, and not followed.` };
        const result = await cameBack(ports, back, way, options);
        const message = left === undefined ? result.message : `${result.message} ${left}`;
        return { ...result, revision, images, message };
    }
    catch (error) {
        if (!(error instanceof errors/* DeliveryError */.VE) || error.kind === 'cancelled')
            throw error;
        const refused = error instanceof errors/* VerificationError */.mk;
        return { ...nothing, state: refused ? 'refused' : 'failed', message: `Not rolled back: ${(0,errors/* messageOf */.bD)(error)}` };
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/manifest.ts
/** Manifests, indexes and image configurations: read with validation, kept with every field they have. */



/** What registries must accept at least (distribution specification), so nothing larger is sane. */
const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;
const mediaTypes = {
    ociManifest: 'application/vnd.oci.image.manifest.v1+json',
    ociIndex: 'application/vnd.oci.image.index.v1+json',
    ociConfig: 'application/vnd.oci.image.config.v1+json',
    ociLayer: 'application/vnd.oci.image.layer.v1.tar+gzip',
    dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
    dockerIndex: 'application/vnd.docker.distribution.manifest.list.v2+json',
    dockerConfig: 'application/vnd.docker.container.image.v1+json',
    dockerLayer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
};
/** What to accept when asking for a manifest. */
const ACCEPT_MANIFESTS = [
    mediaTypes.ociIndex,
    mediaTypes.dockerIndex,
    mediaTypes.ociManifest,
    mediaTypes.dockerManifest,
].join(', ');
/** Whether a media type belongs to the OCI family or to Docker's. */
function familyOf(mediaType) {
    return mediaType.startsWith('application/vnd.docker.') ? 'docker' : 'oci';
}
function isIndexType(mediaType) {
    return mediaType === mediaTypes.ociIndex || mediaType === mediaTypes.dockerIndex;
}
/**
 * Reads a manifest or an index; which one is decided by the document where the media type leaves it open.
 * @param where the image it belongs to, for the error
 * @throws VerificationError IMAGE_MANIFEST_INVALID
 */
function parseManifest(bytes, mediaType, where) {
    const document = objectOf(bytes, where, 'manifest');
    if (document.schemaVersion === 1 || mediaType.startsWith('application/vnd.docker.distribution.manifest.v1+')) {
        throw manifest_invalid(where, 'is in the old schema 1 format, which this action does not read');
    }
    if (document.schemaVersion !== 2)
        throw manifest_invalid(where, 'has no schemaVersion 2');
    const asIndex = isIndexType(mediaType) || (!isManifestType(mediaType) && Array.isArray(document.manifests));
    if (asIndex) {
        return { ...document, manifests: descriptors(document.manifests, where, 'manifests') };
    }
    const config = descriptor(document.config, where, 'config');
    return { ...document, config, layers: descriptors(document.layers, where, 'layers') };
}
function isManifestType(mediaType) {
    return mediaType === mediaTypes.ociManifest || mediaType === mediaTypes.dockerManifest;
}
function isIndex(document) {
    return 'manifests' in document && !('config' in document);
}
/**
 * Reads an image configuration and checks it against its manifest: one diff id a layer.
 * @throws VerificationError IMAGE_MANIFEST_INVALID
 */
function parseConfig(bytes, manifest, where) {
    const document = objectOf(bytes, where, 'configuration');
    const { os, architecture, rootfs } = document;
    if (typeof os !== 'string' || typeof architecture !== 'string') {
        throw manifest_invalid(where, 'has a configuration without os and architecture, so it is not a container image');
    }
    const diffIds = isObject(rootfs) ? rootfs.diff_ids : undefined;
    if (!Array.isArray(diffIds) || !diffIds.every((id) => typeof id === 'string' && isDigest(id))) {
        throw manifest_invalid(where, 'has a configuration without rootfs.diff_ids');
    }
    if (diffIds.length !== manifest.layers.length) {
        throw manifest_invalid(where, `has ${manifest.layers.length} layers and ${diffIds.length} diff ids`);
    }
    return document;
}
/** The value of an environment variable that the image sets. */
function imageVariable(config, name) {
    return config.config?.Env?.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
function objectOf(bytes, where, what) {
    if (bytes.length > MAX_MANIFEST_BYTES)
        throw manifest_invalid(where, `has a ${what} larger than 4 MiB`);
    let document;
    try {
        document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    }
    catch (cause) {
        throw manifest_invalid(where, `has a ${what} that is not JSON`, cause);
    }
    if (!isObject(document))
        throw manifest_invalid(where, `has a ${what} that is not a JSON object`);
    return document;
}
function descriptors(value, where, field) {
    if (!Array.isArray(value))
        throw manifest_invalid(where, `has a manifest without ${field}`);
    return value.map((item, index) => descriptor(item, where, `${field}[${index}]`));
}
function descriptor(value, where, field) {
    if (!isObject(value))
        throw manifest_invalid(where, `has a manifest without ${field}`);
    const { mediaType, digest, size } = value;
    if (typeof mediaType !== 'string')
        throw manifest_invalid(where, `has no mediaType in ${field}`);
    if (typeof digest !== 'string' || !isDigest(digest))
        throw manifest_invalid(where, `has no valid digest in ${field}`);
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
        throw manifest_invalid(where, `has no valid size in ${field}`);
    }
    return value;
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function manifest_invalid(where, problem, cause) {
    return new errors/* VerificationError */.mk(oci_codes_codes.IMAGE_MANIFEST_INVALID, `${where} ${problem}`, { cause });
}
/**
 * SOURCE_DATE_EPOCH as a date; the epoch itself when it is absent (reproducible-builds.org).
 * @throws InputError IMAGE_EPOCH_INVALID
 */
function creationTime(sourceDateEpoch) {
    if (sourceDateEpoch === undefined)
        return new Date(0);
    const seconds = /^\d{1,11}$/.test(sourceDateEpoch) ? Number(sourceDateEpoch) : Number.NaN;
    if (Number.isNaN(seconds)) {
        const problem = `${JSON.stringify(sourceDateEpoch)} is not a whole number of seconds`;
        throw new InputError(codes.IMAGE_EPOCH_INVALID, [{ subject: 'SOURCE_DATE_EPOCH', problem, example: '1767225600' }]);
    }
    return new Date(seconds * 1000);
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/platform.ts
/** Platforms as the image specification names them: os/architecture[/variant]. */


/** Other names that people and machines use for the same architecture. */
const ALIASES = { x86_64: 'amd64', x64: 'amd64', aarch64: 'arm64' };
/** @throws InputError IMAGE_PLATFORM_INVALID when the text is not os/architecture[/variant]. */
function parsePlatform(text, subject = 'platforms') {
    const match = /^([a-z0-9]+)\/([a-z0-9_]+)(?:\/([a-z0-9]+))?$/.exec(text.trim());
    const [, os, architecture, variant] = match ?? [];
    if (os === undefined || architecture === undefined) {
        const problem = `${JSON.stringify(text)} is not a platform`;
        throw new InputError(codes.IMAGE_PLATFORM_INVALID, [{ subject, problem, example: 'linux/amd64' }]);
    }
    return { os, architecture: ALIASES[architecture] ?? architecture, ...(variant !== undefined && { variant }) };
}
function formatPlatform({ os, architecture, variant }) {
    return [os, architecture, variant].filter((part) => part !== undefined && part !== '').join('/');
}
/** True when an image for `offered` runs where `wanted` is asked for. arm64 and arm64/v8 are one and the same. */
function platformMatches(wanted, offered) {
    return (wanted.os === offered.os &&
        wanted.architecture === offered.architecture &&
        (wanted.variant === undefined || normalVariant(wanted) === normalVariant(offered)));
}
function normalVariant({ architecture, variant }) {
    return variant ?? (architecture === 'arm64' ? 'v8' : architecture === 'arm' ? 'v7' : '');
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/failure.ts
/** A registry's refusals as errors: its own words, the code that fits, never a credential. */



/**
 * What passes with registries, though it need not elsewhere: they answer 500 when their storage or their database does
 * not answer in time. Each request of the API that changes something is asked for by digest or opens a session that
 * nobody has to use, so that what may be sent again after a 503 may be after a 500.
 */
const PASSING = [500];
/** A URL that may be shown: no credentials, and no query, which signed URLs and upload sessions fill with secrets. */
function shownUrl(url) {
    const parsed = new URL(url);
    return `${parsed.origin}${parsed.pathname}`;
}
/**
 * The registry's own words from an error body (`{"errors":[{"code","message","detail"}]}`, and what other registries
 * and token services make of it); the beginning of a text body; empty for HTML.
 */
function registryWords(body) {
    let document;
    try {
        document = JSON.parse(body);
    }
    catch {
        return /^\s*</.test(body) ? '' : (0,base_text/* oneLine */.TN)((0,base_text/* neutralise */.$0)(body), 200);
    }
    const { errors, details, message, error } = (document ?? {});
    const words = Array.isArray(errors)
        ? errors.map((item) => {
            const { code, message: text } = (item ?? {});
            return [code, text].filter((part) => typeof part === 'string' && part !== '').join(': ');
        })
        : [details, message, error].filter((part) => typeof part === 'string').slice(0, 1);
    return (0,base_text/* oneLine */.TN)((0,base_text/* neutralise */.$0)(words.join('; ')), 300);
}
/** The error codes of the distribution specification in a body: BLOB_UPLOAD_UNKNOWN, DENIED … */
function registryCodes(body) {
    try {
        const { errors } = JSON.parse(body);
        return (errors ?? []).map(({ code }) => code).filter((code) => typeof code === 'string');
    }
    catch {
        return [];
    }
}
/** @param doing what was tried, to stand after "the registry refused to": "push the tag 1.4.0" */
function failure_refusal(method, answer, body, doing) {
    const words = registryWords(body);
    const host = new URL(answer.url).host;
    const message = `${host} did not ${doing}: ${answer.status}${words === '' ? '' : ` ${words}`}`;
    return new errors/* ServiceError */._7(failure_codeFor(answer.status), message, {
        ...(answer.status === 413 && { remedy: TOO_LARGE_REMEDY }),
        method,
        url: shownUrl(answer.url),
        status: answer.status,
    });
}
const TOO_LARGE_REMEDY = 'The registry, or a proxy in front of it, limits the size of a request; raise the limit there (nginx: client_max_body_size).';
function failure_codeFor(status) {
    if (status === 401)
        return oci_codes_codes.REGISTRY_UNAUTHORIZED;
    if (status === 403)
        return oci_codes_codes.REGISTRY_FORBIDDEN;
    if (status === 404)
        return oci_codes_codes.REGISTRY_NOT_FOUND;
    if (status === 429)
        return oci_codes_codes.REGISTRY_RATE_LIMITED;
    if (status >= 500)
        return oci_codes_codes.REGISTRY_UNAVAILABLE;
    return status < 400 ? oci_codes_codes.REGISTRY_PROTOCOL : oci_codes_codes.REGISTRY_REFUSED;
}
/** The registry answered with success, and the answer lacks what the specification demands. */
function protocolError(method, url, problem) {
    const message = `${new URL(url).host} does not answer like a registry: ${problem}`;
    return new errors/* ServiceError */._7(oci_codes_codes.REGISTRY_PROTOCOL, message, { method, url: shownUrl(url) });
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/resolve.ts
/** What an image reference stands for right now: digest, platforms, manifests and configurations. No layer is read. */






/**
 * Resolves a reference to the images of all platforms, or of the chosen ones.
 * @throws ServiceError REGISTRY_NOT_FOUND and others; InputError IMAGE_PLATFORM_MISSING; VerificationError
 */
async function resolveImage(reference, platforms, registries) {
    const repository = registries.repository(reference, 'pull');
    const where = formatReference(reference);
    const top = await repository.manifest(manifestName(reference));
    if (top === undefined)
        throw notFound(reference);
    const manifest = parseManifest(top.bytes, top.mediaType, where);
    const images = isIndex(manifest)
        ? await resolve_imagesOf(manifest.manifests, platforms, repository, where)
        : [await readImage(repository, top, where)];
    const missing = platforms === 'all' ? [] : missingPlatforms(platforms, images);
    if (missing.length > 0) {
        const offered = isIndex(manifest) ? offeredPlatforms(manifest.manifests) : images.map((image) => image.platform);
        throw new errors/* InputError */.dz(oci_codes_codes.IMAGE_PLATFORM_MISSING, [
            {
                subject: 'platforms',
                problem: `${where} has no image for ${missing.map(formatPlatform).join(', ')}; it has ${offered.map(formatPlatform).join(', ')}`,
            },
        ]);
    }
    if (images.length === 0) {
        throw new errors/* InputError */.dz(oci_codes_codes.IMAGE_PLATFORM_MISSING, [{ subject: where, problem: 'is an index without any image' }]);
    }
    return { reference, digest: top.digest, mediaType: top.mediaType, images };
}
/** The wanted platforms that none of the images serves. */
function missingPlatforms(wanted, images) {
    return wanted.filter((platform) => !images.some((image) => platformMatches(platform, image.platform)));
}
/** The platforms of an index's images; attestations, which name the platform unknown/unknown, are none. */
function offeredPlatforms(manifests) {
    return manifests
        .map(({ platform }) => platform)
        .filter((platform) => platform !== undefined && platform.os !== 'unknown');
}
async function resolve_imagesOf(manifests, platforms, repository, where) {
    const candidates = manifests.filter(({ mediaType, platform }) => !isIndexType(mediaType) &&
        platform?.os !== 'unknown' &&
        (platform === undefined || platforms === 'all' || platforms.some((wanted) => platformMatches(wanted, platform))));
    return Promise.all(candidates.map(async (descriptor) => {
        const child = `${where} (${descriptor.platform === undefined ? descriptor.digest : formatPlatform(descriptor.platform)})`;
        const document = await repository.manifest(descriptor.digest);
        if (document === undefined) {
            throw new errors/* ServiceError */._7(oci_codes_codes.REGISTRY_NOT_FOUND, `${child} is listed in its index and not in the registry`, {
                method: 'GET',
                url: manifestUrl(repository, descriptor.digest),
                status: 404,
            });
        }
        return readImage(repository, document, child, descriptor.platform);
    }));
}
async function readImage(repository, { mediaType, digest, bytes }, where, listedAs) {
    const manifest = parseManifest(bytes, mediaType, where);
    if (isIndex(manifest)) {
        throw new errors/* InputError */.dz(oci_codes_codes.IMAGE_MANIFEST_INVALID, [{ subject: where, problem: 'is an index inside an index' }]);
    }
    const config = parseConfig(await repository.readBlob(manifest.config), manifest, where);
    const { os, architecture, variant } = config;
    const platform = listedAs ?? { os, architecture, ...(variant !== undefined && { variant }) };
    return { platform, mediaType: manifest.mediaType ?? mediaType, digest, manifest, config };
}
function notFound(reference) {
    const name = manifestName(reference);
    return new errors/* ServiceError */._7(oci_codes_codes.REGISTRY_NOT_FOUND, `the image ${formatReference(reference)} does not exist`, {
        method: 'GET',
        url: manifestUrl({ registry: reference.registry, name: reference.repository }, name),
        status: 404,
    });
}
function manifestUrl({ registry, name }, of) {
    return shownUrl(`${defaultScheme(registry)}://${apiHost(registry)}/v2/${name}/manifests/${of}`);
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/preflight.ts
/** Will the nodes find this image? Asked before anything is deployed; the answer is a fact, not an exception. */






/** Looks an image up for the given platforms (none: any will do). Never throws for what the registry answers. */
async function checkImage(reference, platforms, registries) {
    const where = formatReference(reference);
    try {
        const repository = registries.repository(reference, 'pull');
        const top = await repository.manifest(manifestName(reference));
        if (top === undefined)
            return preflight_absent(`${where} does not exist`);
        const manifest = parseManifest(top.bytes, top.mediaType, where);
        let offered;
        if (isIndex(manifest)) {
            offered = offeredPlatforms(manifest.manifests);
            for (const { digest, platform } of manifest.manifests) {
                const needed = platform !== undefined && platforms.some((wanted) => platformMatches(wanted, platform));
                if (needed && !(await repository.hasManifest(digest))) {
                    return preflight_absent(`${where} lists ${formatPlatform(platform)} as ${digest}, which does not exist`);
                }
            }
        }
        else {
            const { os, architecture, variant } = parseConfig(await repository.readBlob(manifest.config), manifest, where);
            offered = [{ os, architecture, ...(variant !== undefined && { variant }) }];
        }
        const found = { digest: top.digest, platforms: offered.map(formatPlatform) };
        const missing = missingPlatforms(platforms, offered.map((platform) => ({ platform }))).map(formatPlatform);
        if (missing.length === 0)
            return { state: 'present', ...found };
        const message = `${where} has no image for ${missing.join(', ')}; it has ${found.platforms.join(', ')}`;
        return { state: 'platform-missing', ...found, missing, message };
    }
    catch (error) {
        if (!(error instanceof errors/* DeliveryError */.VE) || error.kind === 'cancelled')
            throw error;
        return { state: stateOf(error), message: error.message, remedy: error.remedy };
    }
}
function preflight_absent(message) {
    return { state: 'absent', message, remedy: oci_codes_codes.REGISTRY_NOT_FOUND.remedy };
}
function stateOf(error) {
    if (!(error instanceof errors/* ServiceError */._7))
        return error.kind === 'verification' ? 'unusable' : 'unauthorized';
    if (error.status === 401 || error.status === 403)
        return 'unauthorized';
    if (error.status === 404)
        return 'absent';
    return error.code === oci_codes_codes.REGISTRY_PROTOCOL.code ? 'unusable' : 'unreachable';
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/challenge.ts
/** WWW-Authenticate headers (RFC 9110 section 11.6.1), as registries write them. */
const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const PARAMETER = /([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))/y;
const GAP = /[\s,]*/y;
/** All challenges of a header, in order; several may stand in one header or in several joined by commas. */
function parseChallenges(header) {
    const challenges = [];
    let at = 0;
    const take = (pattern) => {
        pattern.lastIndex = at;
        const match = pattern.exec(header);
        if (match === null)
            return undefined;
        at = pattern.lastIndex;
        return match;
    };
    for (take(GAP); at < header.length; take(GAP)) {
        const current = challenges.at(-1);
        const parameter = current === undefined ? undefined : take(PARAMETER);
        if (current !== undefined && parameter !== undefined) {
            const [, name = '', quoted, plain = ''] = parameter;
            current.parameters[name.toLowerCase()] = quoted?.replace(/\\(.)/g, '$1') ?? plain;
            continue;
        }
        const scheme = take(TOKEN);
        if (scheme === undefined)
            break;
        challenges.push({ scheme: scheme[0].toLowerCase(), parameters: {} });
    }
    return challenges;
}
/** The challenge to answer: bearer where offered, else basic. */
function chooseChallenge(header) {
    const challenges = parseChallenges(header ?? '');
    return (challenges.find(({ scheme, parameters }) => scheme === 'bearer' && parameters.realm !== undefined) ??
        challenges.find(({ scheme }) => scheme === 'basic'));
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/authorization.ts
/** The Authorization header for one registry: challenges answered, tokens fetched once for each scope and kept. */




/** What a token without `expires_in` lives (distribution's token specification), in seconds. */
const DEFAULT_LIFE_S = 60;
/** Tokens are renewed this long before they end, so that a request on its way does not meet an expired one. */
const MARGIN_MS = 10_000;
const MAX_TOKEN_ANSWER_BYTES = 1024 * 1024;
class Authorization {
    #options;
    #ports;
    #tokens = new Map();
    #challenge;
    #credentials;
    constructor(options, ports) {
        this.#options = options;
        this.#ports = ports;
    }
    /** What to send with a request of these scopes; undefined until the registry has asked for anything. */
    async header(scopes) {
        if (this.#challenge === undefined)
            return undefined;
        this.#credentials ??= this.#options.credentials();
        const credentials = await this.#credentials;
        if (credentials?.kind === 'registry-token')
            return `Bearer ${credentials.token}`;
        if (this.#challenge.scheme === 'basic')
            return credentials === undefined ? undefined : basic(credentials);
        return (await this.#token(this.#challenge, scopes, credentials)).header;
    }
    /**
     * The header to try again with after a 401; undefined when there is nothing better than what was `used`.
     * @throws ServiceError when the token service refuses
     */
    async renew(wwwAuthenticate, scopes, used) {
        this.#challenge = chooseChallenge(wwwAuthenticate) ?? this.#challenge;
        const key = scopes.join(' ');
        const kept = await this.#tokens.get(key)?.catch(() => undefined);
        if (kept !== undefined && kept.header === used)
            this.#tokens.delete(key);
        const header = await this.header(scopes);
        return header === used ? undefined : header;
    }
    async #token(challenge, scopes, credentials) {
        const key = scopes.join(' ');
        const kept = this.#tokens.get(key);
        if (kept !== undefined && (await kept).expires > this.#ports.clock.now())
            return kept;
        // Another request may have renewed it while this one waited.
        const current = this.#tokens.get(key);
        if (current !== undefined && current !== kept)
            return current;
        const fetched = this.#fetchToken(challenge, scopes, credentials);
        this.#tokens.set(key, fetched);
        fetched.catch(() => {
            if (this.#tokens.get(key) === fetched)
                this.#tokens.delete(key);
        });
        return fetched;
    }
    async #fetchToken(challenge, scopes, credentials) {
        const realm = this.#realm(challenge);
        const request = tokenRequest(realm, challenge.parameters.service, scopes, credentials);
        const { ca } = this.#options;
        const response = await this.#ports.http.request({
            ...request,
            maxBytes: MAX_TOKEN_ANSWER_BYTES,
            alsoTransient: PASSING,
            ...(ca !== undefined && { ca }),
        });
        if (response.status !== 200)
            throw this.#refused(request.method, response, credentials);
        const { token, lifeSeconds } = readToken(request.method, response);
        this.#ports.secrets.register(token);
        const life = lifeSeconds * 1000;
        return { header: `Bearer ${token}`, expires: this.#ports.clock.now() + Math.max(life / 2, life - MARGIN_MS) };
    }
    /** The token service's address. Credentials for a registry behind TLS are never sent in clear to its token service. */
    #realm(challenge) {
        const { base } = this.#options;
        const text = challenge.parameters.realm ?? '';
        const realm = URL.parse(text, base.href);
        if (realm === null || (realm.protocol !== 'https:' && realm.protocol !== 'http:')) {
            throw protocolError('GET', base, `its token service ${JSON.stringify(text)} is not a URL`);
        }
        if (base.protocol === 'https:' && realm.protocol !== 'https:') {
            throw protocolError('GET', base, `its token service ${shownUrl(realm)} is not protected by TLS`);
        }
        return realm;
    }
    #refused(method, response, credentials) {
        if (response.status !== 401 && response.status !== 403 && response.status !== 400) {
            return failure_refusal(method, response, response.text(), 'give a token');
        }
        const words = registryWords(response.text());
        const whose = credentials === undefined ? 'an anonymous user' : authorization_describe(credentials);
        const message = `${this.#options.base.host} gives ${whose} no token: ${response.status}${words && ` ${words}`}`;
        return new errors/* ServiceError */._7(oci_codes_codes.REGISTRY_UNAUTHORIZED, message, {
            method,
            url: shownUrl(response.url),
            status: response.status,
        });
    }
}
function tokenRequest(realm, service, scopes, credentials) {
    if (credentials?.kind === 'identity-token') {
        const form = new URLSearchParams({
            grant_type: 'refresh_token',
            client_id: 'wso2-delivery',
            ...(service !== undefined && { service }),
            scope: scopes.join(' '),
            refresh_token: credentials.token,
        });
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        return { method: 'POST', url: realm, headers, body: form.toString(), repeatable: true };
    }
    const url = new URL(realm);
    if (service !== undefined)
        url.searchParams.set('service', service);
    for (const scope of scopes)
        url.searchParams.append('scope', scope);
    return {
        method: 'GET',
        url,
        ...(credentials !== undefined && { headers: { authorization: basic(credentials) } }),
    };
}
function readToken(method, response) {
    let answer;
    try {
        answer = response.json();
    }
    catch {
        throw protocolError(method, response.url, 'its token service does not answer in JSON');
    }
    const { token, access_token, expires_in } = (answer ?? {});
    const value = [token, access_token].find((candidate) => typeof candidate === 'string' && candidate !== '');
    if (typeof value !== 'string')
        throw protocolError(method, response.url, 'its token service gives no token');
    return { token: value, lifeSeconds: typeof expires_in === 'number' && expires_in > 0 ? expires_in : DEFAULT_LIFE_S };
}
function basic(credentials) {
    const pair = credentials.kind === 'password' ? `${credentials.username}:${credentials.password}` : `:${credentials.token}`;
    return `Basic ${Buffer.from(pair).toString('base64')}`;
}
function authorization_describe(credentials) {
    return credentials.kind === 'password' ? `the user ${credentials.username}` : 'the stored login';
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/credentials.ts
/** Registry credentials: what the step was given, else what docker login left behind. */






const HELPER_TIMEOUT_MS = 30_000;
/**
 * The credentials for a registry: an explicit login, else from docker's configuration the registry's own helper, its
 * stored entry, the general store; undefined means anonymous.
 * @throws InputError REGISTRY_CREDENTIALS_UNREADABLE; ToolError REGISTRY_CREDENTIAL_HELPER, TOOL_TIMEOUT
 */
async function findCredentials(registry, logins, ports) {
    const login = logins.find((candidate) => candidate.registry === registry);
    const found = login === undefined
        ? await fromDockerConfig(registry, ports)
        : { kind: 'password', username: login.username, password: login.password };
    if (found?.kind === 'password') {
        ports.secrets.register(found.password);
        // In base64 this is the Authorization header.
        ports.secrets.register(`${found.username}:${found.password}`);
    }
    else if (found !== undefined) {
        ports.secrets.register(found.token);
    }
    return found;
}
async function fromDockerConfig(registry, ports) {
    const path = configPath(ports);
    const config = path === undefined ? undefined : await readConfig(path);
    if (path === undefined || config === undefined)
        return undefined;
    const key = credentialKey(registry);
    const helper = byRegistry(config.credHelpers, registry);
    if (helper !== undefined)
        return askHelper(helper, key, ports);
    const stored = fromEntry(byRegistry(config.auths, registry), registry, path);
    if (stored !== undefined)
        return stored;
    return config.credsStore === undefined || config.credsStore === ''
        ? undefined
        : askHelper(config.credsStore, key, ports);
}
function configPath({ job }) {
    const folder = job.variable('DOCKER_CONFIG');
    if (folder !== undefined)
        return (0,external_node_path_.join)(folder, 'config.json');
    const home = job.variable('HOME') ?? job.variable('USERPROFILE');
    return home === undefined ? undefined : (0,external_node_path_.join)(home, '.docker', 'config.json');
}
async function readConfig(path) {
    let text;
    try {
        text = await (0,promises_.readFile)(path, 'utf8');
    }
    catch (cause) {
        if (cause.code === 'ENOENT')
            return undefined;
        throw credentials_unreadable(path, `cannot be read: ${(0,errors/* messageOf */.bD)(cause)}`);
    }
    try {
        const document = JSON.parse(text);
        if (typeof document === 'object' && document !== null)
            return document;
    }
    catch {
        // The parser's message quotes the file, which holds passwords: it is not passed on.
    }
    throw credentials_unreadable(path, 'is not a JSON object');
}
/** The entry for a registry, under any of the spellings that docker login has used over the years. */
function byRegistry(entries, registry) {
    if (entries === undefined)
        return undefined;
    const wanted = hostOf(credentialKey(registry));
    const exact = entries[credentialKey(registry)] ?? entries[registry];
    return exact ?? Object.entries(entries).find(([key]) => hostOf(key) === wanted)?.[1];
}
function hostOf(key) {
    const host = key.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
    return host === 'docker.io' || host === 'registry-1.docker.io' ? 'index.docker.io' : host;
}
function fromEntry(entry, registry, path) {
    if (entry === undefined)
        return undefined;
    if (entry.registrytoken)
        return { kind: 'registry-token', token: entry.registrytoken };
    if (entry.identitytoken)
        return { kind: 'identity-token', token: entry.identitytoken };
    if (entry.username && entry.password !== undefined) {
        return { kind: 'password', username: entry.username, password: entry.password };
    }
    if (!entry.auth)
        return undefined;
    const pair = Buffer.from(entry.auth, 'base64').toString('utf8').replace(/\0+$/, '');
    const colon = pair.indexOf(':');
    if (colon < 1)
        throw credentials_unreadable(path, `has an auth entry for ${registry} that is not user:password in base64`);
    return { kind: 'password', username: pair.slice(0, colon), password: pair.slice(colon + 1) };
}
/** What helpers have answered in this run. Asked once: a second answer would come back with its secret masked. */
const helperAnswers = new WeakMap();
function askHelper(name, key, ports) {
    const answers = helperAnswers.get(ports.secrets) ?? new Map();
    helperAnswers.set(ports.secrets, answers);
    const question = `${name} ${key}`;
    const answer = answers.get(question) ?? callHelper(name, key, ports);
    answers.set(question, answer);
    return answer;
}
/** The protocol of docker-credential-helpers: the server's name on stdin, a JSON object on stdout. */
async function callHelper(name, key, { exec, secrets }) {
    const command = `docker-credential-${name}`;
    const result = await exec.run({ command, args: ['get'], stdin: key, timeoutMs: HELPER_TIMEOUT_MS });
    const fail = (problem) => new errors/* ToolError */.v4(oci_codes_codes.REGISTRY_CREDENTIAL_HELPER, `${command} gave no credentials for ${key}: ${problem}`, {
        command: [command, 'get'],
        exitCode: result.exitCode,
    });
    if (result.exitCode !== 0) {
        const words = (0,base_text/* oneLine */.TN)(`${result.stdout} ${result.stderr}`);
        if (/credentials not found/i.test(words))
            return undefined;
        throw fail(words === '' ? `exit code ${String(result.exitCode)}` : words);
    }
    let answer;
    try {
        answer = JSON.parse(result.stdout);
    }
    catch {
        throw fail('its output is not JSON');
    }
    const { Username: username, Secret: secret } = (answer ?? {});
    if (typeof username !== 'string' || typeof secret !== 'string')
        throw fail('its output lacks Username or Secret');
    secrets.register(secret);
    if (username === '' && secret === '')
        return undefined;
    return username === '<token>'
        ? { kind: 'identity-token', token: secret }
        : { kind: 'password', username, password: secret };
}
function credentials_unreadable(path, problem) {
    return new errors/* InputError */.dz(oci_codes_codes.REGISTRY_CREDENTIALS_UNREADABLE, [{ subject: path, problem }]);
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/repository.ts
/** One repository of a registry: the requests of the OCI distribution specification, their answers checked. */





class Repository {
    registry;
    name;
    #connection;
    #scope;
    constructor(connection, name, access) {
        this.registry = connection.registry;
        this.name = name;
        this.#connection = connection;
        this.#scope = `repository:${name}:${access}`;
    }
    get ports() {
        return this.#connection.ports;
    }
    /** registry/repository, as users write it. */
    get fullName() {
        return `${this.registry}/${this.name}`;
    }
    /**
     * A manifest by tag or digest, its bytes checked against its digest; undefined when the registry has none.
     * @throws ServiceError; VerificationError IMAGE_CONTENT_MISMATCH
     */
    async manifest(name) {
        const response = await this.send({
            method: 'GET',
            url: `${this.name}/manifests/${name}`,
            headers: { accept: ACCEPT_MANIFESTS },
            maxBytes: MAX_MANIFEST_BYTES,
        });
        if (response.status === 404)
            return undefined;
        if (response.status !== 200)
            throw failure_refusal('GET', response, response.text(), `give ${this.#here(name)}`);
        const announced = response.headers['docker-content-digest'];
        const digest = digestOf(response.body, algorithmOf(isDigest(name) ? name : (announced ?? '')));
        for (const expected of [isDigest(name) ? name : digest, announced ?? digest]) {
            if (expected !== digest)
                throw mismatch(`${this.#of(name)} was given as ${expected} and is ${digest}`);
        }
        const [mediaType = ''] = (response.headers['content-type'] ?? '').split(';');
        return { mediaType: mediaType.trim(), digest, bytes: response.body };
    }
    /** True when the registry says that it has the manifest. */
    async hasManifest(name) {
        const response = await this.send({
            method: 'HEAD',
            url: `${this.name}/manifests/${name}`,
            headers: { accept: ACCEPT_MANIFESTS },
        });
        if (response.status === 404)
            return false;
        if (response.status !== 200)
            throw failure_refusal('HEAD', response, '', `say whether it has ${this.#here(name)}`);
        return true;
    }
    /**
     * Stores a manifest under a tag or its digest. Says whether the registry has understood the manifest's subject.
     * @throws ServiceError; VerificationError IMAGE_CONTENT_MISMATCH
     */
    async putManifest(name, document) {
        const response = await this.send({
            method: 'PUT',
            url: `${this.name}/manifests/${name}`,
            headers: { 'content-type': document.mediaType },
            body: document.bytes,
        });
        if (response.status !== 201)
            throw failure_refusal('PUT', response, response.text(), `take ${this.#here(name)}`);
        checkAnnounced(response, document.digest, this.#of(name));
        return { subjectKnown: response.headers['oci-subject'] !== undefined };
    }
    async hasBlob(digest) {
        const response = await this.send({ method: 'HEAD', url: `${this.name}/blobs/${digest}` });
        if (response.status === 404)
            return false;
        if (response.status !== 200)
            throw failure_refusal('HEAD', response, '', `say whether it has ${this.#here(digest)}`);
        return true;
    }
    /** A small blob (a configuration) in memory. @throws ServiceError; VerificationError IMAGE_CONTENT_MISMATCH */
    async readBlob({ digest }) {
        const response = await this.send({
            method: 'GET',
            url: `${this.name}/blobs/${digest}`,
            maxBytes: MAX_MANIFEST_BYTES,
        });
        if (response.status !== 200)
            throw failure_refusal('GET', response, response.text(), `give ${this.#here(digest)}`);
        const actual = digestOf(response.body, algorithmOf(digest));
        if (actual !== digest)
            throw mismatch(`${this.#of(digest)} came back as ${actual}`);
        return response.body;
    }
    /** The content of a blob, checked at its end. @throws ServiceError; VerificationError IMAGE_CONTENT_MISMATCH */
    async *streamBlob({ digest, size }) {
        const answer = await this.#connection.stream({
            method: 'GET',
            url: `${this.name}/blobs/${digest}`,
            scopes: [this.#scope],
        });
        if (answer.status !== 200) {
            answer.close();
            throw failure_refusal('GET', answer, '', `give ${this.#here(digest)}`);
        }
        const { stream, measure } = measured(answer.body, algorithmOf(digest));
        try {
            yield* stream;
            if (measure.size !== size || measure.digest() !== digest) {
                throw mismatch(`${this.#of(digest)} came back with ${measure.size} bytes as ${measure.digest()}`);
            }
        }
        finally {
            answer.close();
        }
    }
    /**
     * Asks the registry to take a blob over from another of its repositories. Refusing is its right: then the answer is
     * the upload session it opened instead, or undefined.
     */
    async mountBlob(digest, from) {
        const response = await this.#connection.request({
            method: 'POST',
            url: `${this.name}/blobs/uploads/?${new URLSearchParams({ mount: digest, from }).toString()}`,
            repeatable: true,
            // Token services may refuse the whole token for want of the source: asked for by this request alone.
            scopes: [this.#scope, `repository:${from}:pull`],
        });
        if (response.status === 201)
            return 'mounted';
        return response.status === 202 ? this.session(response) : undefined;
    }
    /** Opens an upload session. A session that is never used does no harm, so a lost answer may be asked for again. */
    async openUpload() {
        const response = await this.send({ method: 'POST', url: `${this.name}/blobs/uploads/`, repeatable: true });
        if (response.status !== 202)
            throw failure_refusal('POST', response, response.text(), `open an upload to ${this.name}`);
        return this.session(response);
    }
    /**
     * The session that an answer names: relative or absolute, here or on another host. Registries behind a proxy that
     * ends TLS often name themselves without TLS; nothing is sent that way.
     */
    session(answer) {
        const { location } = answer.headers;
        const url = location === undefined ? null : URL.parse(location, answer.url);
        if (url === null)
            throw protocolError('POST', answer.url, 'it opened an upload and does not say where');
        const { base } = this.#connection;
        if (base.protocol === 'https:' && url.protocol !== 'https:') {
            if (url.hostname !== base.hostname) {
                throw protocolError('POST', answer.url, `it wants uploads sent to ${url.host} without TLS`);
            }
            url.protocol = base.protocol;
            url.port = base.port;
        }
        const minimum = Number(answer.headers['oci-chunk-min-length']);
        return { location: url, ...(Number.isSafeInteger(minimum) && minimum > 0 && { minimumChunk: minimum }) };
    }
    /** A request with this repository's scope. */
    send(request) {
        return this.#connection.request({ ...request, scopes: [this.#scope] });
    }
    /** With the registry. */
    #of(name) {
        return `${this.registry}/${this.#here(name)}`;
    }
    /** Without the registry, for messages that name it already. */
    #here(name) {
        return `${this.name}${isDigest(name) ? '@' : ':'}${name}`;
    }
}
/** The digest that a registry announces for what it has stored must be the one that was sent. */
function checkAnnounced(answer, digest, what) {
    const announced = answer.headers['docker-content-digest'];
    if (announced !== undefined && isDigest(announced) && algorithmOf(announced) === algorithmOf(digest)) {
        if (announced !== digest)
            throw mismatch(`${what} was sent as ${digest} and stored as ${announced}`);
    }
}
function mismatch(message) {
    return new errors/* VerificationError */.mk(oci_codes_codes.IMAGE_CONTENT_MISMATCH, message);
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/registry.ts





/** All registries of a step: one set of credentials and tokens for each. Nothing is sent yet. */
function openRegistries(ports, options = {}) {
    const connections = new Map();
    return {
        repository({ registry, repository }, access) {
            const connection = connections.get(registry) ?? new Connection(registry, options, ports);
            connections.set(registry, connection);
            return new Repository(connection, repository, access);
        },
    };
}
/** One registry. Sends requests with the authorization they need, and to nobody else. */
class Connection {
    registry;
    base;
    ports;
    #authorization;
    #ca;
    constructor(registry, { logins = [], ca }, ports) {
        this.registry = registry;
        this.base = new URL(`${defaultScheme(registry)}://${apiHost(registry)}/v2/`);
        this.ports = ports;
        this.#ca = ca;
        const credentials = () => findCredentials(registry, logins, ports);
        this.#authorization = new Authorization({ base: this.base, credentials, ca }, ports);
    }
    /** Any status is an answer; a 401 that new authorization can heal is healed. */
    request(request) {
        return this.#send(request, (ready) => this.ports.http.request(ready));
    }
    /** As `request`, with the body as a stream. */
    stream(request) {
        return this.#send(request, (ready) => this.ports.http.stream(ready));
    }
    async #send({ url, scopes, ...request }, send) {
        const target = new URL(url, this.base);
        const ours = target.origin === this.base.origin;
        const attempt = (authorization) => send({
            ...request,
            url: target,
            headers: { ...request.headers, ...(authorization !== undefined && { authorization }) },
            ...(this.#ca !== undefined && { ca: this.#ca }),
            alsoTransient: PASSING,
            signal: this.ports.cancelled,
        });
        const used = ours ? await this.#authorization.header(scopes) : undefined;
        const answer = await attempt(used);
        if (answer.status !== 401 || new URL(answer.url).origin !== this.base.origin)
            return answer;
        const renewed = await this.#authorization.renew(answer.headers['www-authenticate'], scopes, used);
        if (renewed === undefined)
            return answer;
        if ('close' in answer)
            answer.close();
        return attempt(renewed);
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/image-label.ts
/** The label by which an image says which carbon applications it holds, so that a rollout can be held to it. */
/** The key of the label. */
const carbonApplicationsLabel = 'io.wso2-delivery.carbon-applications';
/** The label's value: JSON, sorted by name and version, so that the same applications give the same image. */
function formatCarbonApplications(applications) {
    const sorted = [...applications].sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version));
    return JSON.stringify(sorted.map(({ name, version }) => ({ name, version })));
}
function compare(one, other) {
    return one < other ? -1 : one > other ? 1 : 0;
}
/** Reads the label's value; undefined when it is not one. */
function parseCarbonApplications(value) {
    let parsed;
    try {
        parsed = JSON.parse(value);
    }
    catch {
        return undefined;
    }
    if (!Array.isArray(parsed))
        return undefined;
    const applications = parsed.map(nameOf);
    return applications.every((application) => application !== undefined) ? applications : undefined;
}
function nameOf(value) {
    if (typeof value !== 'object' || value === null || !('name' in value) || !('version' in value))
        return undefined;
    const { name, version } = value;
    return typeof name === 'string' && name !== '' && typeof version === 'string' ? { name, version } : undefined;
}

;// CONCATENATED MODULE: ./packages/shared/src/run/verification/expected-applications.ts
/** The carbon applications that an image says it holds, read from its registry. */




/** Reads labels, each image once. A registry that does not answer makes the check impossible, not the rollout bad. */
function expectedApplications(registries) {
    const known = new Map();
    return (image) => {
        const expectation = known.get(image) ?? readLabel(registries, image);
        known.set(image, expectation);
        return expectation;
    };
}
async function readLabel(registries, image) {
    try {
        const { images } = await resolveImage(parseReference(image), 'all', registries);
        const value = images.flatMap(({ config }) => config.config?.Labels?.[carbonApplicationsLabel] ?? [])[0];
        if (value === undefined)
            return { applications: undefined, unreadable: undefined };
        const applications = parseCarbonApplications(value);
        const unreadable = applications === undefined ? `The label ${carbonApplicationsLabel} of ${image} is malformed.` : undefined;
        return { applications, unreadable };
    }
    catch (error) {
        if (!(error instanceof errors/* DeliveryError */.VE) || error.kind === 'cancelled')
            throw error;
        const unreadable = `Which carbon applications ${image} holds could not be read from its registry: ${error.message}. ${error.remedy}`;
        return { applications: undefined, unreadable };
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/kubernetes/port-forward.ts





/**
 * Forwards a loopback port to a port of a pod, through the API server (`kubectl port-forward`). Only where the pod
 * wants an Authorization header (MI's management API), which the API server's pod proxy removes.
 * @throws ServiceError POD_UNREACHABLE, or the code of a known failure (needs "create" on pods/portforward)
 */
async function forwardPort(ports, kubectl, pod, port) {
    const said = Promise.withResolvers();
    const process = await ports.exec.start({
        command: kubectl.program,
        args: [...clusterArgs(kubectl), ...portForwardArgs(pod, port)],
        keepBytes: 64 * 1024,
        onLine: (line) => {
            const local = /^Forwarding from 127\.0\.0\.1:(\d+) -> /.exec(line)?.[1];
            if (local !== undefined)
                said.resolve(Number(local));
        },
    });
    const over = new AbortController();
    try {
        const outcome = await Promise.race([said.promise, process.exited, ports.clock.sleep(20_000, over.signal)]);
        if (typeof outcome === 'number')
            return { host: '127.0.0.1', port: outcome, stop: () => process.stop() };
        await process.stop();
        const words = (0,base_text/* oneLine */.TN)((0,base_text/* neutralise */.$0)((await process.exited).stderr), 300);
        const known = knownFailure(words);
        const why = known?.message ?? (words === '' ? 'kubectl port-forward did not listen' : words);
        throw new errors/* ServiceError */._7(known?.code ?? kubernetes_codes_codes.POD_UNREACHABLE, `port ${port} of pod ${pod} cannot be forwarded: ${why}`, {
            method: 'CONNECT',
            url: `pod/${pod}:${port}`,
            ...(known?.remedy === undefined ? {} : { remedy: known.remedy }),
        });
    }
    finally {
        over.abort();
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/codes.ts

/** Failures around carbon applications, the server's configuration, the MI base image and a running MI. */
const mi_codes_codes = (0,errors/* defineCodes */.Oo)({
    CAR_NOT_BUILT: {
        title: 'The build left no carbon application',
        meaning: 'Maven ended well, and no .car file of this run lies in the target folder of a module.',
        remedy: 'Bind the goal `car` of the CAR plugin to a phase that the goals reach (compile), and check that the module with the carbon application is part of the build.',
    },
    CAR_NOT_PACKABLE: {
        title: 'The sources cannot be packaged',
        meaning: 'With builder: native, a source was met at which the CAR plugin fails too, or that it packs under no name. No carbon application was made.',
        remedy: 'Correct the annotated files.',
    },
    LIBRARY_UNAVAILABLE: {
        title: 'A connector or library is not where it can be taken from',
        meaning: 'With builder: native, connectors, what connectors need and class mediators come from the libraries input or the local Maven repository, with a checksum beside each. Nothing is downloaded.',
        remedy: 'Put the file with its .sha256 (or .sha512, .sha1) into the folder of the libraries input, fill the local repository in an earlier step, or use builder: maven.',
    },
    CAR_NOT_FOUND: {
        title: 'A given carbon application does not exist',
        meaning: 'A line of the cars input leads to no .car file in the workspace.',
        remedy: 'Correct the path, and check that the step that makes the file (a build, a download) runs before.',
    },
    CAR_MALFORMED: {
        title: 'A file is no carbon application',
        meaning: 'The file is empty, no zip, damaged, or a zip without a readable artifacts.xml. MI would skip it silently.',
        remedy: 'Build it again; when it was downloaded, check that the download was complete.',
    },
    CAR_DIFFERS: {
        title: 'The carbon application is not what the sources say',
        meaning: 'Something of the sources is missing in the CAR, broken, or different from what was written. Maven reports success in most of these cases.',
        remedy: 'Correct the annotated files; `check: warn` lets the build pass with warnings.',
    },
    CAR_DUPLICATE: {
        title: 'Two carbon applications have the same name and version',
        meaning: 'MI deploys the first of them and ignores the other with a line in its log.',
        remedy: 'Give each application its own artifactId, or leave one of the files out with the cars input.',
    },
    BASE_IMAGE_NOT_MI: {
        title: 'The base image is no Micro Integrator',
        meaning: 'The image does not say where its server is (environment variable WSO2_SERVER_HOME), so nobody knows where carbon applications belong.',
        remedy: 'Use wso2/wso2mi:<version> or an image built on it, or set WSO2_SERVER_HOME with ENV in your base.',
    },
    BASE_IMAGE_USER_UNKNOWN: {
        title: 'The user of the base image cannot be told',
        meaning: 'The image names its user in a way that gives no number, so the files cannot get their owner.',
        remedy: 'Set USER in the base image to uid:gid in numbers, for example 802:802.',
    },
    BASE_IMAGE_UNKNOWN: {
        title: 'It is not said what to build the image on',
        meaning: 'Neither the base-image input, nor a Dockerfile, nor project.runtime.version in the pom names a base.',
        remedy: 'Set the base-image input, for example wso2/wso2mi:4.4.0.',
    },
    DOCKERFILE_UNSUPPORTED: {
        title: 'The Dockerfile needs docker',
        meaning: 'The Dockerfile has instructions that execute something or copy from elsewhere, which only docker can carry out, and docker does not answer on this runner.',
        remedy: 'Use a runner with docker, move those steps into your own base image and name it with base-image, or set image-builder: layers to build without this Dockerfile.',
    },
    IMAGE_CARS_DIFFER: {
        title: 'The image would not hold the carbon applications of this build',
        meaning: 'The Dockerfile leaves out a carbon application that was built, or copies one that an earlier build left in target/.',
        remedy: 'Copy target/*.car to the carbonapps folder of the server, and run Maven with the goal clean.',
    },
    DEPLOYMENT_TOML_MALFORMED: {
        title: 'deployment.toml is not valid TOML',
        meaning: 'The server reads TOML 0.5 and would not start with this file.',
        remedy: 'Correct the file at the line named in the message.',
    },
    DEPLOYMENT_TOML_MISREAD: {
        title: 'The server would misread deployment.toml',
        meaning: 'A table is written where the server reads a list, or the other way round. It says nothing about it and starts with another configuration than the one that is written.',
        remedy: 'Correct the annotated lines; `check: warn` lets the build pass with warnings.',
    },
    MI_MANAGEMENT_REFUSED: {
        title: "MI's management API does not accept the login",
        meaning: 'The management API of the server answers 401 or 403 to the username and password of the step.',
        remedy: 'Give management-username and management-password of a user of this server, from a secret.',
    },
    MI_MANAGEMENT_FAILED: {
        title: "MI's management API does not answer as it should",
        meaning: 'The management API answers with an error, or with something that is no list of carbon applications.',
        remedy: 'Check that port 9164 of the pod is the management API of a Micro Integrator, and look at its log.',
    },
});

;// CONCATENATED MODULE: ./packages/shared/src/mi/running-applications.ts
/** MI's HTTP port for probes: GET /healthz and /liveness (9191 + offset 10). */
const probePort = 9201;
/** MI's HTTPS port for the management API (9154 + offset 10). */
const managementPort = 9164;
/** Reads the answer of GET /management/applications; undefined when it is none. */
function parseApplications(body) {
    if (typeof body !== 'object' || body === null || !('activeList' in body))
        return undefined;
    const active = listOf(body.activeList);
    const faulty = 'faultyList' in body ? listOf(body.faultyList) : [];
    if (active === undefined || faulty === undefined)
        return undefined;
    return { active, faulty: faulty.map(({ name, version }) => (version === '' ? name : `${name} ${version}`)) };
}
function listOf(value) {
    if (!Array.isArray(value))
        return undefined;
    return value.map((entry) => {
        const text = (key) => {
            const field = typeof entry === 'object' && entry !== null ? Reflect.get(entry, key) : undefined;
            return typeof field === 'string' ? field : '';
        };
        return { name: text('name'), version: text('version') };
    });
}
/** The names of faulty applications in the answer of GET /healthz (ReadinessResource.java: status 500 and a list). */
function faultyInHealthz(body) {
    try {
        const parsed = JSON.parse(body);
        const list = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'Faulty CAPPs') : undefined;
        return Array.isArray(list) ? list.map(String) : [];
    }
    catch {
        return [];
    }
}
/** Reads the lines of MI's deployer out of the log of a server. */
function readDeployerLog(log) {
    const lines = log.split('\n');
    const deployed = lines.flatMap((line) => /Successfully Deployed Carbon Application : (\S+?)\s*(?:\{|$)/.exec(line)?.[1] ?? []);
    return {
        complete: lines.some((line) => /Micro Integrator started in [\d.]+ seconds/.test(line)),
        begun: lines.some((line) => /Micro Integrator|CappDeployer/.test(line)),
        deployed: new Set(deployed),
        troubles: lines.filter((line) => line.includes('CappDeployer') && /\b(ERROR|WARN)\b/.test(line)),
    };
}
/** The expected applications that are not among the active ones, with what is active under their name instead. */
function missingApplications(expected, active) {
    return expected
        .filter(({ name, version }) => !active.some((one) => one.name === name && one.version === version))
        .map((wanted) => ({ ...wanted, instead: active.find(({ name }) => name === wanted.name)?.version }));
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/management.ts
/** The management API of one Micro Integrator. */



/**
 * Logs in and lists the carbon applications.
 * @throws ServiceError MI_MANAGEMENT_REFUSED (credentials), MI_MANAGEMENT_FAILED, SERVICE_TLS, SERVICE_UNREACHABLE
 */
async function readRunningApplications({ http, secrets }, { baseUrl, ca }, { username, password }) {
    const get = async (path, authorization) => {
        const url = `${baseUrl}${path}`;
        const headers = { authorization, accept: 'application/json' };
        const response = await http.request({ method: 'GET', url, headers, ...(ca === undefined ? {} : { ca }) });
        if (response.status === 200)
            return response.text();
        const refused = response.status === 401 || response.status === 403;
        throw new errors/* ServiceError */._7(refused ? mi_codes_codes.MI_MANAGEMENT_REFUSED : mi_codes_codes.MI_MANAGEMENT_FAILED, `MI's management API answers ${response.status} to GET ${path}`, { method: 'GET', url, status: response.status });
    };
    const basic = Buffer.from(`${username}:${password}`).toString('base64');
    secrets.register(basic);
    const token = accessToken(await get('/management/login', `Basic ${basic}`));
    if (token === undefined)
        throw unexpected('/management/login');
    secrets.register(token);
    const applications = parseApplications(jsonOf(await get('/management/applications', `Bearer ${token}`)));
    if (applications === undefined)
        throw unexpected('/management/applications');
    return applications;
}
function accessToken(body) {
    const parsed = jsonOf(body);
    const token = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'AccessToken') : undefined;
    return typeof token === 'string' && token !== '' ? token : undefined;
}
function jsonOf(body) {
    try {
        return JSON.parse(body);
    }
    catch {
        return undefined;
    }
}
function unexpected(path) {
    return new errors/* ServiceError */._7(mi_codes_codes.MI_MANAGEMENT_FAILED, `MI's management API gives no usable answer to GET ${path}`, {
        method: 'GET',
        url: path,
    });
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/health.ts
/** Is the Micro Integrator in each pod healthy, and does it run the carbon applications that its image holds? */




/** Looks at every pod. What cannot be asked is said, never passed over. */
async function checkMicroIntegrators(access, ports, pods, options) {
    const each = await Promise.all(pods.map((pod) => checkPatiently(access, ports, pod, options)));
    const active = (0,base_text/* count */.U9)(pods.length, 'pod');
    const good = each.filter(({ problems, unchecked }) => problems.length === 0 && unchecked.length === 0);
    const ways = [...new Set(good.flatMap(({ checked }) => checked))];
    return {
        checked: good.length === 0 ? [] : ways.map((way) => `${way} (${good.length} of ${active}).`),
        unchecked: [...new Set(each.flatMap(({ unchecked }) => unchecked))],
        problems: each.flatMap(({ problems }) => problems),
    };
}
async function checkPatiently(access, ports, pod, options) {
    const until = ports.clock.now() + options.patienceMs;
    for (;;) {
        const health = await checkOne(access, ports, pod, options);
        // What a server says about its applications is final once it has started; only silence may end.
        const mayChange = (health.unchecked.length > 0 && health.final !== true) ||
            health.problems.some(({ cause }) => cause === 'not-healthy');
        if (!mayChange || ports.clock.now() >= until)
            return health;
        await ports.clock.sleep(2000, ports.cancelled);
    }
}
async function checkOne(access, ports, pod, { login }) {
    const healthz = await readHealthz(access, pod);
    if (healthz.problems.length > 0 || pod.expected === undefined || pod.expected.length === 0)
        return healthz;
    const byApi = login === undefined ? undefined : await askManagement(access, ports, pod, pod.expected, login);
    if (byApi?.unchecked.length === 0)
        return merge(healthz, byApi);
    const byLog = await health_readLog(access, pod, pod.expected);
    const hint = byLog.unchecked.length > 0 && login === undefined
        ? ['With management-username and management-password the list of active applications would be compared.']
        : [];
    // What the API could not say the log may say: only what neither says stays unchecked.
    const unchecked = byLog.unchecked.length === 0 ? [] : [...(byApi?.unchecked ?? []), ...byLog.unchecked, ...hint];
    // Neither says more when asked again.
    const final = byLog.final === true && (byApi === undefined || byApi.final === true);
    return merge(healthz, { ...byLog, unchecked, final });
}
function merge(one, other) {
    return {
        checked: [...one.checked, ...other.checked],
        unchecked: [...one.unchecked, ...other.unchecked],
        problems: [...one.problems, ...other.problems],
        ...(one.final === true || other.final === true ? { final: true } : {}),
    };
}
const nothing = { checked: [], unchecked: [], problems: [] };
async function readHealthz(access, { name }) {
    try {
        const { status, body } = await access.get(name, probePort, '/healthz');
        if (status === 200)
            return { ...nothing, checked: [`GET /healthz on ${probePort} answers 200`] };
        const faulty = faultyInHealthz(body);
        const evidence = `${status} ${body.slice(0, 2000)}`;
        if (faulty.length > 0)
            return { ...nothing, problems: [faultyProblem(name, faulty, evidence)] };
        const message = `${name}: GET /healthz on ${probePort} answers ${status}.`;
        const remedy = 'Look at the log of the server.';
        return { ...nothing, problems: [{ cause: 'not-healthy', message, remedy, evidence }] };
    }
    catch (error) {
        return unreached(access, error, `/healthz of ${name} could not be asked`);
    }
}
function unreached(access, error, what) {
    if (error instanceof errors/* DeliveryError */.VE && error.kind === 'cancelled')
        throw error;
    // What could not be asked is mended by whoever reads it: a missing right comes with the rule to add.
    const remedy = error instanceof errors/* DeliveryError */.VE ? ` ${error.remedy}` : '';
    const final = access.isFinal?.(error) === true;
    return { ...nothing, unchecked: [`${what}: ${(0,errors/* messageOf */.bD)(error)}.${remedy}`], ...(final ? { final } : {}) };
}
async function askManagement(access, ports, { name }, expected, login) {
    try {
        const server = await access.forward(name, managementPort);
        try {
            const { active, faulty } = await readRunningApplications(ports, server, login);
            const evidence = JSON.stringify({ active, faulty }, null, 2);
            if (faulty.length > 0)
                return { ...nothing, problems: [faultyProblem(name, faulty, evidence)] };
            const missing = missingApplications(expected, active);
            if (missing.length > 0)
                return { ...nothing, problems: [missingProblem(name, missing, evidence)] };
            return { ...nothing, checked: [`${health_all(expected)} active, by the management API`] };
        }
        finally {
            await server.close();
        }
    }
    catch (error) {
        return unreached(access, error, `The management API of ${name} could not be asked`);
    }
}
async function health_readLog(access, { name, container }, expected) {
    let log;
    try {
        log = await access.log(name, container);
    }
    catch (error) {
        return unreached(access, error, `The log of ${name} could not be read`);
    }
    const { complete, begun, deployed, troubles } = readDeployerLog(log ?? '');
    const missing = expected.filter((one) => !deployed.has(`${one.name}_${one.version}`));
    if (missing.length === 0)
        return { ...nothing, checked: [`${health_all(expected)} deployed, by the server's log`] };
    if (!complete) {
        const names = missing.map(nameAndVersion).join(', ');
        return {
            ...nothing,
            unchecked: [
                `The log of ${name} does not reach back to the server's start: whether it runs ${names} is not known.`,
            ],
            final: !begun,
        };
    }
    const evidence = troubles.length > 0 ? troubles.slice(-40).join('\n') : (0,base_text/* tail */.RT)(log ?? '', 40);
    return { ...nothing, problems: [missingProblem(name, missing, evidence)] };
}
const nameAndVersion = ({ name, version }) => `${name} ${version}`;
function health_all(expected) {
    return expected.length === 1
        ? `The carbon application ${expected.map(nameAndVersion).join('')} is`
        : `All ${expected.length} carbon applications are`;
}
function faultyProblem(pod, faulty, evidence) {
    return {
        cause: 'applications-faulty',
        message: `${pod}: MI could not deploy ${faulty.join(', ')}.`,
        remedy: "The server's log says why, in the lines of CappDeployer: a connector or a data source that is missing, most often.",
        evidence,
    };
}
function missingProblem(pod, missing, evidence) {
    const what = missing.map((one) => `${nameAndVersion(one)}${one.instead === undefined ? '' : ` (it runs ${one.instead})`}`);
    return {
        cause: 'applications-missing',
        message: `${pod}: MI does not run ${what.join(', ')}, which the image should hold.`,
        remedy: 'MI leaves an application out with nothing but a line in its log when a dependency is unsatisfied, the archive is damaged, or its name and version are taken.',
        evidence,
    };
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/server-certificate.ts
/** The certificate that a server shows, for trusting exactly it. */
/**
 * Asks a server for its certificate, PEM. Only for the end of a tunnel that says by itself who is at its other end (a port
 * forwarding through the API server): MI's own certificate is self-signed unless somebody has replaced it.
 */
async function certificateAt(host, port, timeoutMs) {
    // Loaded when it is needed: it takes as long as half a bare Node.
    const { connect } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 692, 23));
    return new Promise((resolve, reject) => {
        const socket = connect({ host, port, servername: 'localhost', rejectUnauthorized: false, timeout: timeoutMs }, () => {
            const { raw } = socket.getPeerCertificate();
            socket.destroy();
            if (raw === undefined)
                reject(new Error('the server shows no certificate'));
            else
                resolve(pem(raw));
        });
        socket.once('error', reject);
        socket.once('timeout', () => socket.destroy(new Error('no answer to the TLS handshake')));
    });
}
function pem(der) {
    const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
    return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

;// CONCATENATED MODULE: ./packages/shared/src/apim/server-health.ts
/** What an API Manager says about itself: questions and how to read the answers. Pure. */
/** The servlet port of every profile, HTTPS. */
const servletPort = 9443;
/** The text of every profile that names product and version. */
const versionPath = '/services/Version';
/**
 * 200 once the gateway has deployed everything at its start, 500 until then, without a login
 * (ServerStartupHealthcheckApiServiceImpl; from 4.1 on).
 */
const startupPath = '/api/am/gateway/v2/server-startup-healthcheck';
/** "4.3.0", or "4.3.0.12" where the update level is part of it; undefined when the answer is not an API Manager's. */
function apimVersion(answer) {
    return /WSO2 API Manager[- ]v?(?<version>\d+(?:\.\d+)+(?:-[A-Za-z0-9]+)?)/.exec(answer)?.groups?.version;
}
/** Where a gateway answers 200 for an API that it holds and 404 for one that it does not (login: an administrator). */
function artifactPath({ name, version }) {
    const query = new URLSearchParams({ apiName: name, version, tenantDomain: 'carbon.super' });
    return `/api/am/gateway/v2/api-artifact?${query.toString()}`;
}
/** `PizzaShackAPI:1.0.0`; undefined when it is not that. */
function parseApiName(text) {
    const groups = /^(?<name>[^:,\s]+):(?<version>[^:,\s]+)$/.exec(text)?.groups;
    return groups === undefined ? undefined : { name: groups.name ?? '', version: groups.version ?? '' };
}

// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(30);
;// CONCATENATED MODULE: ./packages/shared/src/run/verification/pinned-get.ts
/** A GET whose server is known by its certificate alone: neither its authority nor its name counts. */

/** It shows another certificate than the pinned one: asking again does not mend that. */
class WrongCertificate extends Error {
}
/**
 * Asks once, and believes the answer only from the one certificate.
 * @param at where to connect to; the URL's host is what the server is told
 * @param pin SHA-256 of the certificate, lower case hexadecimal
 * @throws WrongCertificate; Error when nobody answers
 */
function pinnedGet(url, at, pin, { timeoutMs, maxBytes, cancelled }) {
    // Loaded when it is needed: it takes as long as half a bare Node.
    const { request } = process.getBuiltinModule('node:https');
    const { TLSSocket } = process.getBuiltinModule('node:tls');
    return new Promise((resolve, reject) => {
        const signal = AbortSignal.any([cancelled, AbortSignal.timeout(timeoutMs)]);
        const options = {
            host: at.host,
            port: at.port,
            path: `${url.pathname}${url.search}`,
            // A name for the server to choose its certificate by; an address is none (RFC 6066).
            ...((0,external_node_net_.isIP)(url.hostname) === 0 ? { servername: url.hostname } : {}),
            headers: { host: url.host, 'user-agent': 'wso2-delivery' },
            // The fingerprint below is what is verified, and nothing secret is sent.
            rejectUnauthorized: false,
            agent: false,
            signal,
        };
        const sent = request(options, (answer) => {
            const { socket } = answer;
            const shown = socket instanceof TLSSocket ? socket.getPeerCertificate().fingerprint256 : '';
            const fingerprint = shown.replaceAll(':', '').toLowerCase();
            if (fingerprint !== pin) {
                sent.destroy(new WrongCertificate(`the server shows another certificate than the pinned one: sha256:${fingerprint}`));
                return;
            }
            const chunks = [];
            let length = 0;
            answer.on('data', (chunk) => {
                length += chunk.length;
                if (length <= maxBytes)
                    chunks.push(chunk);
            });
            answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }));
            answer.on('error', reject);
        });
        sent.on('error', (error) => reject(error.name === 'AbortError' || error.name === 'TimeoutError'
            ? new Error(`no answer within ${timeoutMs / 1000} s`)
            : error));
        sent.end();
    });
}

;// CONCATENATED MODULE: ./packages/shared/src/run/verification/health-answer.ts
/** Asks the questions of the input `health`, each until the answer is good or patience ends. */







/** A server whose pod is available without a readiness probe may need a moment until it answers. */
const patienceMs = 20_000;
/** Between two questions while the answer is not good, and while good ones are counted. */
const againMs = 2000;
const inARowMs = 1000;
const health_answer_answerWithinMs = 10_000;
const mostBytes = 1024 * 1024;
const health_answer_nothing = { checked: [], unchecked: [], problems: [] };
function join(one, other) {
    return {
        checked: [...one.checked, ...other.checked],
        unchecked: [...one.unchecked, ...other.unchecked],
        problems: [...one.problems, ...other.problems],
    };
}
/** The ways there: the API server's pod proxy, a forwarded port where the certificate is pinned, or straight. */
function asker(cluster, ports, { namespace, healthCa }) {
    const limits = { timeoutMs: health_answer_answerWithinMs, maxBytes: mostBytes, cancelled: ports.cancelled };
    return async ({ scheme, host, port, path, pin }, pod) => {
        if (host === undefined && pod !== undefined && pin === undefined) {
            const request = { namespace, scheme, port, path, timeoutMs: health_answer_answerWithinMs };
            const { status, body } = await cluster.client.podGet(pod, request);
            return { status, body: body.toString('utf8') };
        }
        if (pin !== undefined) {
            if (host !== undefined)
                return pinnedGet(new URL(`https://${host}:${port}${path}`), { host, port }, pin, limits);
            const forwarded = await forwardPort(ports, { ...cluster.kubectl, namespace }, pod ?? '', port);
            try {
                return await pinnedGet(new URL(`https://localhost:${port}${path}`), forwarded, pin, limits);
            }
            finally {
                await forwarded.stop();
            }
        }
        const answer = await ports.http.request({
            method: 'GET',
            url: `${scheme}://${host ?? ''}:${port}${path}`,
            attempts: 1,
            redirect: 'manual',
            timeoutMs: health_answer_answerWithinMs,
            maxBytes: mostBytes,
            ...(healthCa === undefined ? {} : { ca: healthCa }),
        });
        return { status: answer.status, body: answer.text() };
    };
}
/** Asks all pods, or the URL's own host once, and puts the answers together. */
async function askEverywhere(ask, ports, pods, question) {
    const { host, text, times } = question;
    const places = host === undefined ? pods : [undefined];
    const heard = await Promise.all(places.map((pod) => askPatiently(ask, ports, pod, question)));
    const unasked = heard.find((one) => one.unasked !== undefined);
    if (unasked !== undefined)
        return { ...health_answer_nothing, unchecked: [`GET ${text} could not be asked: ${unasked.unasked}`] };
    const problems = heard
        .filter(({ good }) => !good)
        .map(({ where, says, body }) => ({
        cause: 'not-healthy',
        message: `${where}: GET ${text} ${says}.`,
        remedy: 'Look at the log of the server, and at whether the URL is the right question.',
        evidence: body.slice(0, 2000),
    }));
    if (problems.length > 0)
        return { ...health_answer_nothing, problems };
    const where = host === undefined ? ` on all ${(0,base_text/* count */.U9)(pods.length, 'pod')}` : '';
    const often = times === 1 ? '' : `, ${times} times in a row`;
    const checked = [`GET ${text}: healthy${where}${often}.`];
    return question.version ? join({ ...health_answer_nothing, checked }, oneVersion(heard)) : { ...health_answer_nothing, checked };
}
function oneVersion(heard) {
    const by = new Map();
    for (const { where, version = '' } of heard)
        by.set(version, [...(by.get(version) ?? []), where]);
    const [only] = by.keys();
    if (by.size === 1)
        return { ...health_answer_nothing, checked: [`WSO2 API Manager ${only ?? ''} on all of them.`] };
    if (only === undefined)
        return health_answer_nothing;
    const list = [...by].map(([version, pods]) => `${version} on ${pods.join(', ')}`).join('; ');
    const problem = {
        cause: 'versions-differ',
        message: `The nodes are of different versions: ${list}.`,
        remedy: 'Deploy one image, by its digest, to all of them.',
        evidence: list,
    };
    return { ...health_answer_nothing, problems: [problem] };
}
async function askPatiently(ask, { clock, cancelled }, pod, question) {
    const until = clock.now() + patienceMs + (question.times - 1) * inARowMs;
    for (let inARow = 0;;) {
        const heard = await askOnce(ask, pod, question);
        inARow = heard.good ? inARow + 1 : 0;
        if (heard.unasked !== undefined || heard.final === true || inARow >= question.times)
            return heard;
        // Who has begun to answer well may finish: at most as many questions as are wanted follow.
        if (!heard.good && clock.now() >= until)
            return heard;
        await clock.sleep(heard.good ? inARowMs : againMs, cancelled);
    }
}
async function askOnce(ask, pod, question) {
    const where = pod ?? question.host ?? '';
    try {
        const { status, body } = await ask(question, pod);
        return { where, body, ...judged(question, status, body) };
    }
    catch (error) {
        if (error instanceof errors/* CancelledError */.cc)
            throw error;
        if (isForbidden(error)) {
            const unasked = `${error.message}. ${error.remedy}`;
            return { where, good: false, unasked, says: 'was not asked', body: '' };
        }
        const why = error instanceof errors/* DeliveryError */.VE ? error.message : (0,errors/* messageOf */.bD)(error);
        const untrusted = error instanceof errors/* DeliveryError */.VE && error.code === base_codes/* codes */.F.SERVICE_TLS.code;
        const final = untrusted || error instanceof WrongCertificate;
        return { where, good: false, final, says: `is not answered (${why.replace(/\.$/, '')})`, body: why };
    }
}
function judged({ statuses, body: wanted, version }, status, body) {
    const says = `answers ${status}`;
    if (!statuses.some(([from, to]) => status >= from && status <= to))
        return { good: false, says };
    const holds = wanted === undefined || (typeof wanted === 'string' ? body.includes(wanted) : wanted.test(body));
    if (!holds) {
        const missing = typeof wanted === 'string' ? `"${wanted}"` : String(wanted);
        return { good: false, says: `${says} without ${missing} in the body` };
    }
    if (!version)
        return { good: true, says };
    const found = apimVersion(body);
    return found === undefined
        ? { good: false, says: `${says}, but names no version of API Manager` }
        : { good: true, says, version: found };
}

;// CONCATENATED MODULE: ./packages/shared/src/run/verification/api-manager.ts
/** The nodes of an API Manager: one build on all of them, and the APIs that their gateways must hold. */





/**
 * The tags of WSO2's own registries, {PRODUCT_VERSION}.{UPDATE_LEVEL} (apim.docs.wso2.com, "Docker Image Tags"). Of images
 * that somebody builds on them nobody can say what a fourth number means.
 */
const wso2Tag = /^(?:docker|registry)\.wso2\.com\/[^:@]+:(?<tag>\d+\.\d+\.\d+\.(?<level>\d+))(?![\d.])/;
/**
 * The update level of an API Manager is that of its image. No URL tells it (/services/Version has the product's version
 * alone, and updates/config.json is a file of the container): all nodes must run the same image, by the digest that their
 * kubelets name, and what is in it is then the same. A tag that was pushed again between two pulls shows here.
 */
function api_manager_imagesOf(pods) {
    const byContainer = new Map();
    for (const pod of pods) {
        for (const { name, imageID } of containerStatuses(pod)) {
            const digest = /sha256:[0-9a-f]{64}/.exec(imageID ?? '')?.[0];
            if (digest === undefined)
                continue;
            const images = byContainer.get(name) ?? new Map();
            byContainer.set(name, images.set(digest, [...(images.get(digest) ?? []), pod.metadata.name]));
        }
    }
    const problems = [...byContainer]
        .filter(([, images]) => images.size > 1)
        .map(([container, images]) => {
        const list = [...images].map(([digest, names]) => `${digest.slice(0, 19)} on ${names.join(', ')}`).join('; ');
        return {
            cause: 'versions-differ',
            message: `The nodes run different builds of container ${container}: ${list}.`,
            remedy: 'Its tag was pushed again between two pulls: deploy the image by its digest.',
            evidence: [...images.keys()].join('\n'),
        };
    });
    if (problems.length > 0)
        return { ...health_answer_nothing, problems };
    if (byContainer.size === 0)
        return health_answer_nothing;
    const { tag, level } = pods
        .flatMap(({ spec }) => spec.containers)
        .map(({ image = '' }) => wso2Tag.exec(image)?.groups)
        .find((groups) => groups !== undefined) ?? {};
    const known = level === undefined ? '' : ` (${level}, as its tag ${tag ?? ''} says)`;
    const where = pods.length === 1 ? 'its one pod' : `all ${(0,base_text/* count */.U9)(pods.length, 'pod')}`;
    return { ...health_answer_nothing, checked: [`One build, update level included${known}, on ${where}.`] };
}
const api_manager_againMs = 2000;
/** Asks every gateway for every API; with its administrator's login, through a forwarded port. */
async function checkGateways(access, ports, pods, apis, { login, patienceMs }) {
    if (apis.length === 0)
        return health_answer_nothing;
    if (login === undefined) {
        const unchecked = 'Which APIs the gateways hold was not asked: it needs management-username and management-password.';
        return { ...health_answer_nothing, unchecked: [unchecked] };
    }
    const basic = Buffer.from(`${login.username}:${login.password}`).toString('base64');
    ports.secrets.register(basic);
    const headers = { authorization: `Basic ${basic}`, accept: 'application/json' };
    const until = ports.clock.now() + patienceMs;
    const each = await Promise.all(pods.map(async (pod) => {
        for (;;) {
            const found = await askGateway(access, ports, pod, apis, headers);
            // A gateway loads its APIs after it listens; what may not be asked stays so.
            if (found.final || ports.clock.now() >= until)
                return found.health;
            await ports.clock.sleep(api_manager_againMs, ports.cancelled);
        }
    }));
    const all = each.reduce(join);
    if (all.problems.length > 0 || all.unchecked.length > 0) {
        return { checked: [], unchecked: [...new Set(all.unchecked)], problems: all.problems };
    }
    const names = apis.map(({ api }) => `${api.name} ${api.version}`).join(', ');
    return { ...health_answer_nothing, checked: [`${names} deployed on all ${(0,base_text/* count */.U9)(pods.length, 'gateway')}.`] };
}
async function askGateway(access, ports, pod, apis, headers) {
    const answers = [];
    try {
        for (const port of new Set(apis.map((one) => one.port))) {
            const server = await access.forward(pod, port);
            try {
                for (const { api } of apis.filter((one) => one.port === port)) {
                    const ca = server.ca === undefined ? {} : { ca: server.ca };
                    const url = `${server.baseUrl}${artifactPath(api)}`;
                    const answer = await ports.http.request({ method: 'GET', url, headers, attempts: 1, ...ca });
                    answers.push({ api, status: answer.status, body: answer.text() });
                }
            }
            finally {
                await server.close();
            }
        }
    }
    catch (error) {
        if (error instanceof errors/* CancelledError */.cc)
            throw error;
        const remedy = error instanceof errors/* DeliveryError */.VE ? ` ${error.remedy}` : '';
        const unchecked = `Which APIs ${pod} holds could not be asked: ${(0,errors/* messageOf */.bD)(error)}.${remedy}`;
        return { health: { ...health_answer_nothing, unchecked: [unchecked] }, final: access.isFinal?.(error) === true };
    }
    const refused = answers.find(({ status }) => status === 401 || status === 403);
    if (refused !== undefined) {
        const unchecked = `Which APIs ${pod} holds could not be asked: its gateway API refuses the login (${refused.status}).`;
        return { health: { ...health_answer_nothing, unchecked: [unchecked] }, final: true };
    }
    const missing = answers.filter(({ status }) => status !== 200);
    const problems = missing.map(({ api, status, body }) => ({
        cause: 'apis-missing',
        message: `${pod}: the gateway does not hold ${api.name} ${api.version} (it answers ${status}).`,
        remedy: 'Deploy a revision of it to the environment that this gateway serves, and look in its log for the error with which it could not load it.',
        evidence: body.slice(0, 2000),
    }));
    return { health: { ...health_answer_nothing, problems }, final: problems.length === 0 };
}

;// CONCATENATED MODULE: ./packages/shared/src/run/verification/health.ts






/** A server whose pod is available without a readiness probe may need a moment until it answers. */
const health_patienceMs = 20_000;
/** From the log's beginning: MI deploys its applications in the first lines. */
const logBytes = 4 * 1024 * 1024;
/** The check that the request asks for. */
function healthCheck(cluster, ports, request, expectedOf) {
    return async ({ target: { namespace }, pods }) => {
        const notes = [];
        const integrators = await microIntegrators(pods, request, expectedOf, notes);
        const access = podAccess(cluster, ports, namespace, request.managementCa);
        const options = { login: request.login, patienceMs: health_patienceMs };
        const { questions, apis, apiManager } = request.health;
        const names = pods.map(({ metadata }) => metadata.name);
        const ask = asker(cluster, ports, { namespace, healthCa: request.healthCa });
        const [inside, asked, gateways] = await Promise.all([
            integrators.length === 0 ? health_answer_nothing : checkMicroIntegrators(access, ports, integrators, options),
            Promise.all(questions.map((question) => askEverywhere(ask, ports, names, question))),
            checkGateways(access, ports, names, apis, options),
        ]);
        const sameBuild = apiManager ? api_manager_imagesOf(pods) : health_answer_nothing;
        const health = [{ ...health_answer_nothing, unchecked: notes }, inside, sameBuild, ...asked, gateways].reduce(join);
        for (const note of health.unchecked)
            ports.log.warning(note);
        return health;
    };
}
/** The pods with a Micro Integrator, and what must run in each. */
async function microIntegrators(pods, { applications, health: { microIntegrator } }, expectedOf, notes) {
    const found = [];
    for (const pod of pods) {
        const [first] = pod.spec.containers;
        let own;
        if (applications !== undefined && applications !== 'from-image' && first !== undefined) {
            own = { name: pod.metadata.name, container: first.name, expected: applications };
        }
        for (const container of applications === 'from-image' ? pod.spec.containers : []) {
            const expected = await labelled(container.image ?? '', expectedOf, notes);
            if (expected !== undefined)
                own ??= { name: pod.metadata.name, container: container.name, expected };
        }
        if (own === undefined && microIntegrator && first !== undefined) {
            own = { name: pod.metadata.name, container: first.name, expected: undefined };
        }
        if (own !== undefined)
            found.push(own);
    }
    return found;
}
async function labelled(image, expectedOf, notes) {
    const answer = await expectedOf(image);
    if (answer.unreadable !== undefined && !notes.includes(answer.unreadable))
        notes.push(answer.unreadable);
    return answer.applications;
}
function podAccess(cluster, ports, namespace, managementCa) {
    const { client, kubectl } = cluster;
    return {
        get: async (pod, port, path) => {
            const { status, body } = await client.podGet(pod, { namespace, port, path, timeoutMs: 10_000 });
            return { status, body: body.toString('utf8') };
        },
        isFinal: isForbidden,
        log: (pod, container) => client.logs(pod, { namespace, container, limitBytes: logBytes }),
        forward: async (pod, port) => {
            const forwarded = await forwardPort(ports, kubectl, pod, port);
            try {
                const ca = managementCa ?? (await certificateAt(forwarded.host, forwarded.port, 10_000));
                return { baseUrl: `https://localhost:${forwarded.port}`, ca, close: () => forwarded.stop() };
            }
            catch (error) {
                await forwarded.stop();
                throw error;
            }
        },
    };
}

;// CONCATENATED MODULE: ./packages/shared/src/run/verification/verify.ts
/** Verifies workloads with everything that a step knows: the rollouts, the servers inside, the registries of the images. */









/**
 * Follows the workloads to their verdicts.
 * @throws ServiceError when the cluster cannot be watched; CancelledError.
 */
async function verifyWorkloads(cluster, ports, workloads, access, { inputs, request, beforeRollback }) {
    const { watch, registries } = await prepare(cluster, ports, workloads, access);
    return verifyRollouts(watch, workloads, {
        policy: request.policy,
        onFailure: inputs.onFailure,
        beforeRollback,
        firstDeployment: inputs.firstDeployment === 'scale-to-zero' ? 'scale-to-zero' : 'keep',
        logLines: inputs.logLines,
        health: healthCheck(cluster, ports, request, expectedApplications(registries)),
    });
}
/**
 * Follows workloads that were put back, by the same rules; nothing looks inside them.
 * @param known what is known of the step's workloads
 * @throws ServiceError when the cluster cannot be watched; CancelledError.
 */
async function verifyPutBackWorkloads(cluster, ports, known, putBack, access, { inputs: { logLines }, request: { policy } }) {
    const { watch } = await prepare(cluster, ports, putBack, access);
    return verifyPutBack(watch, known, putBack, { policy, logLines });
}
async function prepare({ client }, ports, workloads, access) {
    const templates = workloads.map(({ workload }) => workload.spec.template);
    const { credentials } = await readPullSecrets(client, ports.secrets, templates);
    const registries = openRegistries(ports, { logins: [...access.logins, ...credentials], ca: access.ca });
    const { clock, log, cancelled } = ports;
    return { watch: { client, clock, log, cancelled, askRegistry: askRegistry(registries) }, registries };
}
/** What the registry says to this step; with other credentials than the nodes have, so "no access" here says nothing. */
function askRegistry(registries) {
    return async (image) => {
        try {
            const answer = await checkImage(parseReference(image), [], registries);
            if (answer.state === 'absent')
                return { state: 'absent' };
            return 'message' in answer && answer.state !== 'platform-missing'
                ? { state: 'unknown', why: answer.message }
                : { state: 'present' };
        }
        catch (error) {
            if (!(error instanceof errors/* DeliveryError */.VE) || error.kind === 'cancelled')
                throw error;
            return { state: 'unknown', why: error.message };
        }
    };
}

;// CONCATENATED MODULE: ./packages/shared/src/run/verification/health-question.ts


/** The paths that a preset asks for on the servlet port. */
const apimPresets = {
    apim: [startupPath, versionPath],
    'apim-gateway': [startupPath, versionPath],
    'apim-control-plane': [versionPath],
};
const presets = ['mi', ...Object.keys(apimPresets)];
const health_question_example = 'http://pod:8290/health status=200 body=UP times=3';
/** Reads the lines; what is wrong is added to the problems. */
function readHealth(lines, problems) {
    let health = { microIntegrator: false, questions: [], apis: [], apiManager: false };
    for (const line of lines) {
        const [subject = '', ...options] = health_question_words(line);
        const problem = (text) => problems.push({ subject: 'health', problem: `'${line}': ${text}`, example: health_question_example });
        const wishes = readOptions(options, problem);
        if (subject === 'mi')
            health = { ...health, microIntegrator: true };
        else if (Object.hasOwn(apimPresets, subject)) {
            const port = wishes.port ?? servletPort;
            const questions = (apimPresets[subject] ?? []).map((path) => ({
                ...question('https', undefined, port, path, wishes),
                version: path === versionPath,
            }));
            const apis = wishes.apis.map((api) => ({ port, api }));
            health = {
                ...health,
                questions: [...health.questions, ...questions],
                apis: [...health.apis, ...apis],
                apiManager: true,
            };
            if (apis.length > 0 && subject === 'apim-control-plane')
                problem('apis= is for gateways');
        }
        else {
            const read = readUrl(subject, wishes, problem);
            if (read !== undefined)
                health = { ...health, questions: [...health.questions, read] };
        }
    }
    return health;
}
function question(scheme, host, port, path, { statuses, body, times, pin }) {
    const text = `${scheme}://${host ?? 'pod'}:${port}${path}`;
    return { scheme, host, port, path, text, statuses, body, times, pin, version: false };
}
function readUrl(subject, wishes, problem) {
    if (!/^https?:\/\//.test(subject) || !URL.canParse(subject)) {
        problem(`is neither a preset (${presets.join(', ')}) nor an http or https URL.${(0,suggest/* didYouMean */.au)(subject, presets)}`);
        return undefined;
    }
    const url = new URL(subject);
    const scheme = url.protocol === 'https:' ? 'https' : 'http';
    const inPods = url.hostname === 'pod';
    const port = Number(url.port) || (scheme === 'https' ? 443 : 80);
    if (url.username !== '' || url.password !== '')
        problem('a URL may not hold a login');
    if (inPods && !/:[1-9]\d*(\/|$)/.test(subject.slice(scheme.length + 3)))
        problem('a URL for pods must name the port');
    if (wishes.apis.length > 0 || wishes.port !== undefined)
        problem('apis= and port= go with the apim presets');
    if (wishes.pin !== undefined && scheme === 'http')
        problem('pin= needs https');
    return question(scheme, inPods ? undefined : url.hostname, port, `${url.pathname}${url.search}`, wishes);
}
/** The words of a line; double quotes hold together what has blanks in it. */
function health_question_words(line) {
    return [...line.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', ''));
}
function readOptions(options, problem) {
    let wishes = {
        statuses: [[200, 299]],
        body: undefined,
        times: 1,
        pin: undefined,
        port: undefined,
        apis: [],
    };
    for (const option of options) {
        const at = option.indexOf('=');
        const [name, value] = at < 0 ? [option, ''] : [option.slice(0, at), option.slice(at + 1)];
        const read = Object.hasOwn(readers, name) ? readers[name](value) : undefined;
        if (read !== undefined)
            wishes = { ...wishes, ...read };
        else
            problem(`${option} is none of ${Object.values(health_question_forms).join(', ')}`);
    }
    return wishes;
}
const health_question_forms = {
    status: 'status=200,300-399',
    body: 'body=text or body=/pattern/',
    times: 'times=3 (1 to 100)',
    pin: 'pin=sha256:… (64 hexadecimal digits)',
    port: 'port=9443',
    apis: 'apis=Name:1.0.0,Other:2.0.0',
};
const readers = {
    status: (value) => {
        const ranges = value.split(',').map((part) => /^([1-5]\d\d)(?:-([1-5]\d\d))?$/.exec(part));
        const read = ranges.flatMap((match) => match === null ? [] : [[Number(match[1]), Number(match[2] ?? match[1])]]);
        return read.length === ranges.length ? { statuses: read } : undefined;
    },
    body: (value) => {
        const pattern = /^\/(.+)\/$/.exec(value)?.[1];
        if (pattern === undefined)
            return value === '' ? undefined : { body: value };
        try {
            return { body: new RegExp(pattern) };
        }
        catch {
            return undefined;
        }
    },
    times: (value) => (/^([1-9]\d?|100)$/.test(value) ? { times: Number(value) } : undefined),
    pin: (value) => {
        const hex = value
            .replace(/^sha256:/i, '')
            .replaceAll(':', '')
            .toLowerCase();
        return /^[0-9a-f]{64}$/.test(hex) ? { pin: hex } : undefined;
    },
    port: (value) => (/^[1-9]\d{0,4}$/.test(value) && Number(value) < 65_536 ? { port: Number(value) } : undefined),
    apis: (value) => {
        const names = value.split(',').map(parseApiName);
        const apis = names.filter((name) => name !== undefined);
        return apis.length === names.length ? { apis } : undefined;
    },
};

;// CONCATENATED MODULE: ./packages/shared/src/run/verification/request.ts
/** What the inputs of a verification ask for beyond their own kinds, checked before anything is asked of the cluster. */


/** Reads the inputs that have a form of their own; what is wrong is added to the problems. */
function readVerification(inputs, problems) {
    const applications = readApplications(inputs.carbonApplications, problems);
    const required = readRequired(inputs.required, problems);
    const health = readHealth(inputs.health, problems);
    const { managementUsername: username, managementPassword: password } = inputs;
    if ((username === undefined) !== (password === undefined)) {
        problems.push({
            subject: username === undefined ? 'management-username' : 'management-password',
            problem: 'is needed together with the other one',
            example: username === undefined ? 'admin' : '${{ secrets.MI_MANAGEMENT_PASSWORD }}',
        });
    }
    return {
        policy: {
            graceMs: inputs.grace,
            crashTolerance: inputs.crashTolerance,
            unschedulableGraceMs: inputs.unschedulableGrace,
            readinessGraceMs: inputs.readinessGrace,
            stableForMs: inputs.stableFor,
            required,
            timeoutMs: inputs.timeout,
        },
        applications,
        health,
        login: username === undefined || password === undefined ? undefined : { username, password },
        managementCa: fileText(inputs.managementCa),
        healthCa: fileText(inputs.healthCa),
    };
}
function fileText(file) {
    return file === undefined ? undefined : (0,external_node_fs_.readFileSync)(file, 'utf8');
}
function readRequired(text, problems) {
    if (text === 'all' || text === 'maxUnavailable')
        return text;
    const percent = Number(/^(\d{1,3})%$/.exec(text)?.[1]);
    if (percent > 0 && percent <= 100)
        return { percent };
    problems.push({
        subject: 'required',
        problem: `'${text}' is neither all, nor maxUnavailable, nor a percentage from 1% to 100%`,
        example: '75%',
    });
    return 'all';
}
function readApplications(lines, problems) {
    const [only] = lines;
    if (lines.length === 1 && only === 'from-image')
        return 'from-image';
    if (lines.length === 1 && only === 'off')
        return undefined;
    return lines.flatMap((line) => {
        const [name = '', version = '', ...rest] = line.split('=').map((part) => part.trim());
        if (name !== '' && version !== '' && rest.length === 0)
            return [{ name, version }];
        problems.push({
            subject: 'carbon-applications',
            problem: `'${line}' is neither from-image, nor off, nor name=version`,
            example: 'employee-service=1.0.0',
        });
        return [];
    });
}

;// CONCATENATED MODULE: ./actions/verify-rollout/src/request.ts
/** What the inputs ask for beyond their own kinds, checked together before anything is asked of the cluster. */





/**
 * Reads the inputs that have a form of their own.
 * @throws InputError INPUT_INVALID with every problem
 */
function readRequest(inputs) {
    const problems = [...workloadProblems(inputs.workloads)];
    const verification = readVerification(inputs, problems);
    if ((inputs.registryUsername === undefined) !== (inputs.registryPassword === undefined)) {
        problems.push({
            subject: inputs.registryUsername === undefined ? 'registry-username' : 'registry-password',
            problem: 'is needed together with the other one',
            example: inputs.registryUsername === undefined ? '${{ github.actor }}' : '${{ secrets.GITHUB_TOKEN }}',
        });
    }
    if (problems.length > 0)
        throw new errors/* InputError */.dz(base_codes/* codes */.F.INPUT_INVALID, problems);
    const { registryCa } = inputs;
    return { ...verification, registryCa: registryCa === undefined ? undefined : (0,external_node_fs_.readFileSync)(registryCa, 'utf8') };
}

;// CONCATENATED MODULE: ./actions/verify-rollout/src/main.ts











/** Follows the workloads to their verdicts. A bad verdict is a failure that comes with all outputs. */
async function main(inputs, ports) {
    const request = readRequest(inputs);
    const documents = inputs.manifests.length === 0 ? [] : await readManifests(ports, inputs.manifests);
    const cluster = await connect(ports, inputs);
    try {
        const targets = parseWorkloads(inputs.workloads, cluster.namespace);
        const workloads = await findWorkloads(cluster.client, targets);
        const images = workloads.flatMap(({ workload }) => workload.spec.template.spec.containers.map((container) => container.image ?? ''));
        const access = { logins: loginsOf(inputs, images), ca: request.registryCa };
        const verification = await verifyWorkloads(cluster, ports, workloads, access, { inputs, request });
        await tellGitHub(verification, inputs, ports);
        return conclude(verification, ports, locateIn(documents));
    }
    finally {
        await cluster.close();
    }
}
/** What was asked of GitHub beside the verdict: a comment, the status of a deployment record. */
async function tellGitHub(verification, inputs, ports) {
    const { verdict, message } = verificationOutputs(verification);
    const good = verdict === 'succeeded';
    if (inputs.githubDeployment !== undefined) {
        const url = inputs.githubEnvironmentUrl;
        const record = DeploymentRecord.made(inputs.githubToken, inputs.githubDeployment, url, ports);
        await record?.say(good ? 'success' : 'failure', message);
    }
    if (inputs.prComment) {
        const markdown = ports.secrets.redact(verificationSummary(verification));
        const subject = [inputs.namespace ?? '', ...inputs.workloads].join(' ');
        await commentOnPullRequest(inputs.githubToken, { action: 'verify-rollout', subject }, markdown, ports, !good);
    }
}
function conclude(verification, ports, locate) {
    ports.summary.add(verificationSummary(verification));
    const failures = worstFirst(verification.results).flatMap((result) => failureOf(result, locate) ?? []);
    const [failure, ...others] = failures;
    // The first becomes the step's error, with an annotation of its own.
    for (const { message, remedy, code, location } of others) {
        ports.log.annotate({ level: 'error', message: `${message} ${remedy} [${code}]`, ...location });
    }
    const facts = { workloads: verification.results };
    return { outputs: verificationOutputs(verification), facts, failure, told: true };
}
/** The registry login of the inputs, for every registry that the workloads' images come from. */
function loginsOf({ registryUsername: username, registryPassword: password }, images) {
    if (username === undefined || password === undefined)
        return [];
    const registries = new Set(images.filter((image) => image !== '').map((image) => parseReference(image).registry));
    return [...registries].map((registry) => ({ registry, username, password }));
}


/***/ })

};
