import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 336:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  X: () => (/* binding */ action)
});

// EXTERNAL MODULE: ./packages/shared/src/run/declaration.ts
var declaration = __nccwpck_require__(429);
;// CONCATENATED MODULE: ./packages/shared/src/run/github-inputs.ts

/** Inputs of the actions that tell a pull request how a rollout ended. */
const rolloutCommentInputs = {
    'pr-comment': (0,declaration/* boolean */.zM)('A failed rollout becomes a comment on the pull request that brought the commit; the next good one updates it. The job needs `pull-requests: write`; without it the step goes on with a warning.', { default: 'false' }),
    'github-token': (0,declaration/* jobToken */.Pt)('What writes to GitHub.'),
};
/** The input that gives a deployment its address on GitHub's pages. */
const environmentUrl = (0,declaration/* text */.Qq)('Where the deployment can be looked at, for its record on GitHub.', {
    example: 'https://staging.example.com/employees',
});

;// CONCATENATED MODULE: ./packages/shared/src/run/verification/inputs.ts
/** The inputs of a step that waits for rollouts: of verify-rollout, and of deploy-k8s with `wait`. */

/** Declared once, so that both actions mean the same by them. */
const verificationInputs = {
    timeout: (0,declaration/* duration */.p0)('How long the rollouts may take in all.', { default: '10m' }),
    'on-failure': (0,declaration/* choice */.Yq)(['none', 'rollback'], 'What to do after a failure or a timeout: nothing, or go back to the revision before and verify that.', { default: 'none' }),
    'first-deployment': (0,declaration/* choice */.Yq)(['keep', 'scale-to-zero'], 'With a rollback where there is no revision to go back to: leave the workload as it is, or scale it to zero.', { default: 'keep' }),
    'stable-for': (0,declaration/* duration */.p0)('How long an available rollout must stay so, without a restart.', { default: '30s' }),
    grace: (0,declaration/* duration */.p0)('How long a cause may last that heals only if something else changes: a missing Secret, an image not pushed yet.', { default: '30s' }),
    required: (0,declaration/* text */.Qq)('How much must be available: `all`, `maxUnavailable` (all pods but that many), or a percentage. The rest may fail.', { default: 'all', example: '75%' }),
    'crash-tolerance': (0,declaration/* integer */.nd)('How often a container may crash and start again.', {
        default: '2',
        min: 0,
        max: 50,
    }),
    'unschedulable-grace': (0,declaration/* duration */.p0)('How long a pod may find no node. Once an autoscaler has announced one, it may until the timeout.', { default: '60s' }),
    'readiness-grace': (0,declaration/* duration */.p0)('How long a readiness probe may get answers such as 404, which say that it asks the wrong question.', { default: '2m' }),
    'log-lines': (0,declaration/* integer */.nd)('Lines of each log in the evidence.', { default: '50', min: 1, max: 1000 }),
    'carbon-applications': (0,declaration/* lines */.Mn)('What Micro Integrator must run: `from-image` (the label that build-mi gives the image), name=version lines, or `off`.', { default: 'from-image' }),
    health: (0,declaration/* lines */.Mn)('What to ask once it is available, one a line: a preset (mi, apim, apim-gateway, apim-control-plane) or a URL. The host `pod` means every pod, through the API server; any other is asked directly. Options after it: status=, body=, times=, pin=, and for gateways apis=. Any 2xx is healthy unless told otherwise.', { example: 'mi' }),
    'health-ca': (0,declaration/* path */.Ae)('Certificate authority of the URLs in `health` that are asked directly, PEM.', {
        exists: 'file',
        example: 'ci/ca.pem',
    }),
    'management-username': (0,declaration/* text */.Qq)("User of MI's management API, and of API Manager's gateway API for `apis=`. With it the active applications are compared; without it what the log says.", { example: 'admin' }),
    'management-password': (0,declaration/* secret */.rJ)('Password of that user.', {
        example: '${{ secrets.MI_MANAGEMENT_PASSWORD }}',
    }),
    'management-ca': (0,declaration/* path */.Ae)('Certificate authority of that API, PEM. Without it the certificate that the pod shows, through the API server.', {
        exists: 'file',
        example: 'ci/mi-ca.pem',
    }),
};
/** The same inputs where they count only under a condition, such as "With `wait`". */
function verificationInputsWhen(condition) {
    const told = Object.entries(verificationInputs).map(([name, input]) => {
        const description = `${condition}: ${input.description.charAt(0).toLowerCase()}${input.description.slice(1)}`;
        return [name, { ...input, description }];
    });
    return Object.fromEntries(told);
}

;// CONCATENATED MODULE: ./actions/verify-rollout/src/action.ts



const action = (0,declaration/* defineAction */.QP)({
    name: 'verify-rollout',
    description: 'Watch workloads until they hold, or say why they do not, within a second of its being knowable.',
    icon: 'activity',
    inputs: {
        workloads: (0,declaration/* lines */.Mn)('Workloads to watch, one a line: kind/name, or the name of a deployment.', {
            required: true,
            example: 'deployment/mi-service',
        }),
        namespace: (0,declaration/* text */.Qq)("Namespace of the workloads. Without it that of the kubeconfig's context.", {
            example: 'staging',
        }),
        ...verificationInputs,
        ...rolloutCommentInputs,
        'github-deployment': (0,declaration/* text */.Qq)('Number of a deployment record on GitHub that gets the verdict: the output of deploy-k8s.', {
            example: '${{ steps.deploy.outputs.github-deployment }}',
        }),
        'github-environment-url': environmentUrl,
        manifests: (0,declaration/* lines */.Mn)('Manifests of the workloads in the repository (files, folders or globs): a failure is shown at its line in them.', { example: 'deploy/staging/*.yaml' }),
        'registry-username': (0,declaration/* text */.Qq)('User name for the registry of the images, to read the label. Without it: what docker login left.', { example: '${{ github.actor }}' }),
        'registry-password': (0,declaration/* secret */.rJ)('Password or token for the registry of the images.', {
            example: '${{ secrets.GITHUB_TOKEN }}',
        }),
        'registry-ca': (0,declaration/* path */.Ae)('Certificate authority of the registry, PEM.', { exists: 'file', example: 'ci/ca.pem' }),
        kubeconfig: (0,declaration/* secret */.rJ)('Path or content of the kubeconfig. Without it: what kubectl finds by itself.', {
            example: '${{ secrets.KUBECONFIG }}',
        }),
        context: (0,declaration/* text */.Qq)('Context of the kubeconfig. Without it the current one.', { example: 'staging' }),
    },
    outputs: {
        verdict: 'succeeded, failed, timed-out, superseded, rolled-back or rollback-failed; the worst of several workloads.',
        cause: 'The id of the first cause, for example image-not-found. Empty when all is well.',
        message: 'The verdict in one sentence.',
        evidence: 'JSON: a list of {title, text}. Empty when it is too large for an output; the report has it.',
        revision: 'The revision that was watched: a number for a deployment, a name for others.',
        'duration-ms': 'Milliseconds until the verdict, rollback not included.',
        report: 'Path of a JSON file with everything that is known about this run.',
    },
});


/***/ }),

/***/ 771:
/***/ ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _wso2_delivery_shared_run_run__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(504);
/* harmony import */ var _action_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(336);


await (0,_wso2_delivery_shared_run_run__WEBPACK_IMPORTED_MODULE_0__/* .runAction */ .C)(_action_js__WEBPACK_IMPORTED_MODULE_1__/* .action */ .X, async () => (await Promise.all(/* import() */[__nccwpck_require__.e(827), __nccwpck_require__.e(226)]).then(__nccwpck_require__.bind(__nccwpck_require__, 226))).main);

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 215:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ codes)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(26);

/** Failures that any action can meet. */
const codes = (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .defineCodes */ .Oo)({
    INPUT_INVALID: {
        title: 'An input is missing, unknown or malformed',
        meaning: 'The step was given inputs that it cannot work with. Nothing was started.',
        remedy: 'Correct the inputs named in the message; each shows a valid example.',
    },
    FILE_UNREADABLE: {
        title: 'A file cannot be read',
        meaning: 'A file that an input names does not exist, is not readable, or is larger than the limit.',
        remedy: 'Check the path (relative to the workspace) and that the checkout step ran before.',
    },
    TOOL_MISSING: {
        title: 'A program is not installed',
        meaning: 'A command line tool that the step needs is not on the PATH of the runner.',
        remedy: 'Install it in an earlier step, or use a runner image that has it.',
    },
    TOOL_TIMEOUT: {
        title: 'A program did not end in time',
        meaning: 'A command line tool ran longer than its deadline and was ended together with its children.',
        remedy: 'Look at its last output in the summary. Raise the timeout if the work is really that long.',
    },
    TOOL_FAILED: {
        title: 'A program failed',
        meaning: 'A command line tool ended with an exit code other than 0 and no known cause was found in its output.',
        remedy: "Read the tool's own words in the summary.",
    },
    SERVICE_UNREACHABLE: {
        title: 'A service cannot be reached',
        meaning: 'No connection could be made, or it broke before an answer was complete, also after retries.',
        remedy: 'Check host, port, proxy variables (HTTPS_PROXY, NO_PROXY) and firewall from the runner.',
    },
    SERVICE_TIMEOUT: {
        title: 'A service did not answer in time',
        meaning: 'The connection stood, and no answer (or no further part of it) came before the deadline.',
        remedy: 'Check the load of the service; raise the timeout input where the step has one.',
    },
    SERVICE_TLS: {
        title: "A service's certificate is not trusted",
        meaning: 'The TLS certificate is expired, for another host, or signed by an authority that the runner does not know.',
        remedy: 'Give the authority’s certificate through the CA file input. Verification is never switched off.',
    },
    SERVICE_TOO_LARGE: {
        title: 'An answer is larger than allowed',
        meaning: 'A service sent more than the limit for this kind of answer. Reading stopped there.',
        remedy: 'Check that the URL points to the right service; a login page or a download answers like this.',
    },
    CANCELLED: {
        title: 'The run was cancelled',
        meaning: 'GitHub (or a person) ended the step. Child processes were ended and private files removed.',
        remedy: 'Run it again: every step starts from what really is there.',
    },
    INTERNAL: {
        title: 'An unexpected failure in the action itself',
        meaning: 'The action met a case that its authors did not foresee. This is a bug.',
        remedy: 'Please report it with the message and the report file of the step.',
    },
});


/***/ }),

/***/ 69:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ parseDuration),
/* harmony export */   a: () => (/* binding */ formatDuration)
/* harmony export */ });
const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
/**
 * Reads a duration such as "90s", "10m", "1h30m" or "250ms". Gives milliseconds, or undefined when it is not one.
 * A bare number is refused: nobody can tell seconds from milliseconds in somebody else's workflow.
 */
function parseDuration(text) {
    const trimmed = text.trim();
    if (trimmed === '0')
        return 0;
    if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(trimmed))
        return undefined;
    let total = 0;
    for (const [, amount, unit] of trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
        total += Number(amount) * (unitMs[unit ?? ''] ?? Number.NaN);
    }
    return Number.isSafeInteger(Math.round(total)) ? Math.round(total) : undefined;
}
/** Milliseconds as a person reads them: "840 ms", "12.4 s", "3 min 5 s", "1 h 20 min". */
function formatDuration(ms) {
    if (ms < 1000)
        return `${Math.round(ms)} ms`;
    if (ms < 60_000)
        return `${(Math.floor(ms / 100) / 10).toString()} s`;
    const seconds = Math.floor(ms / 1000);
    if (seconds < 3600) {
        const rest = seconds % 60;
        return `${Math.floor(seconds / 60)} min${rest === 0 ? '' : ` ${rest} s`}`;
    }
    const minutes = Math.floor(seconds / 60) % 60;
    return `${Math.floor(seconds / 3600)} h${minutes === 0 ? '' : ` ${minutes} min`}`;
}


/***/ }),

/***/ 26:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Oo: () => (/* binding */ defineCodes),
/* harmony export */   VE: () => (/* binding */ DeliveryError),
/* harmony export */   _7: () => (/* binding */ ServiceError),
/* harmony export */   bD: () => (/* binding */ messageOf),
/* harmony export */   cc: () => (/* binding */ CancelledError),
/* harmony export */   dz: () => (/* binding */ InputError),
/* harmony export */   mk: () => (/* binding */ VerificationError),
/* harmony export */   v4: () => (/* binding */ ToolError)
/* harmony export */ });
/** Declares the error codes of one room: the keys are the codes. */
function defineCodes(codes) {
    return Object.fromEntries(Object.entries(codes).map(([code, text]) => [code, { code, ...text }]));
}
/** What every failure of an action is: a documented code, a one-line message, a remedy. */
class DeliveryError extends Error {
    code;
    remedy;
    location;
    evidence;
    constructor(code, message, options = {}) {
        super(message, options.cause === undefined ? {} : { cause: options.cause });
        this.name = new.target.name;
        this.code = code.code;
        this.remedy = options.remedy ?? code.remedy;
        this.location = options.location;
        this.evidence = options.evidence;
    }
}
/** The workflow or a file it names has to be changed. Holds every problem found, not the first one alone. */
class InputError extends DeliveryError {
    kind = 'input';
    problems;
    constructor(code, problems, options = {}) {
        const [first] = problems;
        const message = problems.length === 1 && first !== undefined
            ? `${first.subject}: ${first.problem}`
            : `${problems.length} problems: ${problems.map((p) => `${p.subject}: ${p.problem}`).join('; ')}`;
        super(code, message, { location: first?.location, ...options });
        this.problems = problems;
    }
}
/** A command line tool failed, lied, hung or is absent. */
class ToolError extends DeliveryError {
    kind = 'tool';
    command;
    exitCode;
    constructor(code, message, failure) {
        super(code, message, failure);
        this.command = failure.command;
        this.exitCode = failure.exitCode;
    }
}
/** A service (registry, API server, API Manager) refused, failed or did not answer. */
class ServiceError extends DeliveryError {
    kind = 'service';
    method;
    url;
    status;
    constructor(code, message, failure) {
        super(code, message, failure);
        this.method = failure.method;
        this.url = failure.url;
        this.status = failure.status;
    }
}
/** Everything answered, and what runs (or was built) is not what was asked for. */
class VerificationError extends DeliveryError {
    kind = 'verification';
}
/** The run was cancelled (SIGTERM or SIGINT). */
class CancelledError extends DeliveryError {
    kind = 'cancelled';
}
/** The message of whatever was thrown, with its causes, on one line. */
function messageOf(thrown) {
    if (thrown instanceof AggregateError) {
        const inner = thrown.errors.map(messageOf).join('; ');
        return thrown.message === '' ? inner : `${thrown.message}: ${inner}`;
    }
    if (thrown instanceof Error) {
        const own = thrown.message === '' ? thrown.name : thrown.message;
        return thrown.cause === undefined ? own : `${own}: ${messageOf(thrown.cause)}`;
    }
    return String(thrown);
}


/***/ }),

/***/ 207:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   GB: () => (/* binding */ pauseBefore),
/* harmony export */   dg: () => (/* binding */ isTransient),
/* harmony export */   ks: () => (/* binding */ defaultBackoff),
/* harmony export */   ky: () => (/* binding */ isIdempotent),
/* harmony export */   mu: () => (/* binding */ parseRetryAfter)
/* harmony export */ });
/** Methods that may be sent again without changing the outcome (RFC 9110 section 9.2.2), as far as we use them. */
const idempotentMethods = new Set(['GET', 'HEAD', 'PUT', 'DELETE']);
/** Answers that say "not now" rather than "no". */
const transientStatuses = new Set([408, 429, 502, 503, 504]);
/** Socket errors after which a new connection may well succeed. */
const transientErrors = new Set([
    'ECONNREFUSED',
    'ECONNRESET',
    'ETIMEDOUT',
    'EPIPE',
    'EAI_AGAIN',
    'ENETUNREACH',
    'EHOSTUNREACH',
    'ERR_STREAM_PREMATURE_CLOSE',
]);
/** True when a request of this kind may be sent again at all. */
function isIdempotent(method) {
    return idempotentMethods.has(method);
}
/**
 * True when an answer or a socket error is worth another attempt.
 * @param also statuses that are so from the server that answered
 */
function isTransient(outcome, also = []) {
    return ((outcome.status !== undefined && (transientStatuses.has(outcome.status) || also.includes(outcome.status))) ||
        (outcome.errorCode !== undefined && transientErrors.has(outcome.errorCode)));
}
/**
 * Retry-After in both of its forms, seconds and HTTP-date (RFC 9110 section 10.2.3). Gives milliseconds from `now`,
 * never negative; undefined when absent or unreadable.
 */
function parseRetryAfter(value, now) {
    if (value === undefined)
        return undefined;
    const text = value.trim();
    if (/^\d+$/.test(text))
        return Number(text) * 1000;
    const date = Date.parse(text);
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
/** What every HTTP call uses unless told otherwise. */
const defaultBackoff = { baseMs: 500, capMs: 8000, longestWaitMs: 60_000 };
/**
 * The pause before attempt `attempt` (the second attempt is 2): full jitter between half of the exponential step and
 * the whole of it; a server's Retry-After wins. undefined: do not try again, the server asks for too long a pause.
 * @param random a number in [0, 1)
 */
function pauseBefore(attempt, random, retryAfterMs, backoff = defaultBackoff) {
    if (retryAfterMs !== undefined) {
        return retryAfterMs > backoff.longestWaitMs ? undefined : retryAfterMs;
    }
    const step = Math.min(backoff.capMs, backoff.baseMs * 2 ** (attempt - 2));
    return Math.round(step / 2 + (step / 2) * random);
}


/***/ }),

/***/ 994:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ isInside)
/* harmony export */ });
/* unused harmony export safeRelativePath */
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_path__WEBPACK_IMPORTED_MODULE_0__);

/** True when `path` is `folder` itself or lies below it. Both are taken as they are: resolve links before, if they matter. */
function isInside(folder, path) {
    const way = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.relative)((0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(folder), (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(path));
    return way === '' || (way !== '..' && !way.startsWith(`..${node_path__WEBPACK_IMPORTED_MODULE_0__.sep}`) && !(0,node_path__WEBPACK_IMPORTED_MODULE_0__.isAbsolute)(way));
}
/**
 * A name from an archive or a registry as a relative path with forward slashes that stays where it is put; undefined
 * when it would leave its folder (absolute, drive letter, `..`), or is no name at all (empty, NUL).
 */
function safeRelativePath(name) {
    const slashed = name.replaceAll('\\', '/');
    if (slashed === '' || slashed.includes('\0') || slashed.startsWith('/') || /^[a-z]:/i.test(slashed))
        return undefined;
    const parts = slashed.split('/').filter((part) => part !== '' && part !== '.');
    return parts.length === 0 || parts.includes('..') ? undefined : parts.join('/');
}


/***/ }),

/***/ 119:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   au: () => (/* binding */ didYouMean)
/* harmony export */ });
/* unused harmony exports editDistance, nearest */
/** Edit distance with transpositions (optimal string alignment). */
function editDistance(a, b) {
    let beforeLast = [];
    let last = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
        const row = [i];
        for (let j = 1; j <= b.length; j++) {
            const substitution = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
            let best = Math.min(substitution, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
            if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
                best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
            }
            row.push(best);
        }
        beforeLast = last;
        last = row;
    }
    return last[b.length] ?? 0;
}
/** The candidate that was probably meant, or undefined when none is near. Case and separators weigh little. */
function nearest(word, candidates) {
    const plain = (text) => text.toLowerCase().replace(/[-_\s]/g, '');
    let best;
    let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
    for (const candidate of candidates) {
        const distance = editDistance(plain(word), plain(candidate));
        if (distance < bestDistance) {
            best = candidate;
            bestDistance = distance;
        }
    }
    return best;
}
/** " Did you mean 'x'?" or an empty text: to end an error message with. */
function didYouMean(word, candidates) {
    const candidate = nearest(word, candidates);
    return candidate === undefined ? '' : ` Did you mean '${candidate}'?`;
}


/***/ }),

/***/ 282:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $0: () => (/* binding */ neutralise),
/* harmony export */   RT: () => (/* binding */ tail),
/* harmony export */   TN: () => (/* binding */ oneLine),
/* harmony export */   U9: () => (/* binding */ count)
/* harmony export */ });
/* unused harmony export shortImage */
/**
 * Makes foreign text safe for a job log and for GitHub's runner: ANSI sequences and control characters go, and a line
 * that the runner would take for a workflow command (`::error::`, the older `##[error]`) is defused by a zero width
 * space in front of its marker.
 */
function neutralise(text) {
    return text
        .replace(/\r\n?/g, '\n')
        .replace(/\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g, '')
        .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '')
        .replace(/^(\s*)(::|##\[)/gm, '$1\u200b$2');
}
/** The last `lines` lines of a text, and no more than `maxChars` characters of them. Says what it left out. */
function tail(text, lines, maxChars = 16_000) {
    const all = text.replace(/\n+$/, '').split('\n');
    let kept = all.slice(-lines);
    while (kept.length > 1 && kept.reduce((sum, line) => sum + line.length + 1, 0) > maxChars)
        kept = kept.slice(1);
    const dropped = all.length - kept.length;
    const body = kept.join('\n').slice(-maxChars);
    return dropped === 0 ? body : `… ${dropped} earlier ${dropped === 1 ? 'line' : 'lines'} left out\n${body}`;
}
/** An image reference with its digest cut to the twelve digits that people compare. */
function shortImage(image) {
    return image.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]{52}$/, '$1…');
}
/** "1 artifact", "3 artifacts". */
function count(n, singular, plural = `${singular}s`) {
    return `${n} ${n === 1 ? singular : plural}`;
}
/** A text on one line, at most `max` characters long. */
function oneLine(text, max = 300) {
    const line = text.replace(/\s+/g, ' ').trim();
    return line.length <= max ? line : `${line.slice(0, max - 1)}…`;
}


/***/ }),

/***/ 523:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   DV: () => (/* binding */ codeBlock),
/* harmony export */   FV: () => (/* binding */ escapeMarkdown),
/* harmony export */   Ix: () => (/* binding */ facts),
/* harmony export */   Z8: () => (/* binding */ marks),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   tp: () => (/* binding */ table),
/* harmony export */   uW: () => (/* binding */ section),
/* harmony export */   zH: () => (/* binding */ details)
/* harmony export */ });
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(282);

/**
 * Builders for GitHub-flavoured Markdown as a job summary shows it. All take foreign text as it is and escape it;
 * only `details` and `section` take finished Markdown as their body.
 */
/** Foreign text for use inside a Markdown line: no HTML, no emphasis, no links, no mentions. */
function escapeMarkdown(text) {
    return (0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .neutralise */ .$0)(text)
        .replace(/\s*\n\s*/g, ' ')
        .replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c] ?? c)
        .replace(/[\\`*_[\]|~#]/g, '\\$&')
        .replace(/@/g, '@\u200b')
        .replace(/(https?):\/\//g, '$1:\u200b//');
}
/** Foreign text as inline code. */
function code(text) {
    const line = (0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .neutralise */ .$0)(text)
        .replace(/\s*\n\s*/g, ' ')
        .replaceAll('|', '\\|');
    if (line === '')
        return '';
    const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map((run) => run[0].length));
    const fence = '`'.repeat(longest + 1);
    const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
    return `${fence}${pad}${line}${pad}${fence}`;
}
/** Foreign text as a block of code. */
function codeBlock(text, language = 'text') {
    const body = (0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .neutralise */ .$0)(text).replace(/\n+$/, '');
    const longest = Math.max(2, ...[...body.matchAll(/^\s*(`{3,})/gm)].map((run) => run[1]?.length ?? 0));
    const fence = '`'.repeat(longest + 1);
    return `${fence}${language}\n${body}\n${fence}\n`;
}
/** A table; the cells are finished Markdown (use escapeMarkdown or code). */
function table(head, rows) {
    const line = (cells) => `| ${cells.map((cell) => cell.replace(/\n/g, '<br>')).join(' | ')} |`;
    return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n') + '\n';
}
/** Named facts as a list; the values are finished Markdown, and a name without a value is left out. */
function facts(rows) {
    return rows
        .filter(([, value]) => value !== '')
        .map(([name, value]) => `- **${escapeMarkdown(name)}:** ${value}\n`)
        .join('');
}
/** A folded part; the title is foreign text, the body finished Markdown. */
function details(title, body, open = false) {
    const safeTitle = escapeMarkdown(title).replace(/\\([\\`*_[\]|~#])/g, '$1');
    return `<details${open ? ' open' : ''}><summary>${safeTitle}</summary>\n\n${body.trim()}\n\n</details>\n`;
}
/** A heading (foreign text) and what stands under it (finished Markdown), parts separated by empty lines. */
function section(level, title, ...body) {
    return [`${'#'.repeat(level)} ${escapeMarkdown(title)}`, ...body.map((part) => part.trim())]
        .filter((part) => part !== '')
        .join('\n\n')
        .concat('\n');
}
/** The marks of every summary and every log line of ours. */
const marks = {
    good: '✅',
    bad: '❌',
    warning: '⚠️',
    pending: '⏳',
    unchanged: '➖',
    skipped: '⏭️',
    back: '↩️',
    added: '🆕',
    changed: '✏️',
    repeated: '🔁',
};


/***/ }),

/***/ 429:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ae: () => (/* binding */ path),
/* harmony export */   Mn: () => (/* binding */ lines),
/* harmony export */   Pt: () => (/* binding */ jobToken),
/* harmony export */   QP: () => (/* binding */ defineAction),
/* harmony export */   Qq: () => (/* binding */ text),
/* harmony export */   Yq: () => (/* binding */ choice),
/* harmony export */   nJ: () => (/* binding */ camel),
/* harmony export */   nd: () => (/* binding */ integer),
/* harmony export */   p0: () => (/* binding */ duration),
/* harmony export */   rJ: () => (/* binding */ secret),
/* harmony export */   zM: () => (/* binding */ boolean)
/* harmony export */ });
/* unused harmony exports bytes, pairs, document */
/**
 * One declaration an action: the types of its inputs and outputs, their validation (inputs.ts), action.yml and the
 * tables of README and docs (metadata.ts) all come from it.
 */
function input(kind, description, options) {
    return {
        kind,
        description,
        required: options.required ?? false,
        default: options.default,
        example: options.example,
        choices: options.choices,
        min: options.min,
        max: options.max,
        exists: options.exists,
        parse: options.parse,
    };
}
/** A line of text, trimmed. */
const text = (description, options = {}) => input('text', description, options);
/** One of a closed list of words. */
const choice = (choices, description, options = {}) => input('choice', description, { ...options, choices });
/** true or false (any of YAML 1.2's spellings). */
const boolean = (description, options) => input('boolean', description, options);
/** A whole number. */
const integer = (description, options = {}) => input('integer', description, options);
/** "90s", "10m", "1h30m": milliseconds. */
const duration = (description, options = {}) => input('duration', description, options);
/** "64Mi", "2G": bytes. */
const bytes = (description, options = {}) => input('bytes', description, options);
/** A file or folder inside the workspace: an absolute path, links resolved as far as it exists. */
const path = (description, options = {}) => input('path', description, options);
/** One value a line; empty lines and lines that start with # are left out. */
const lines = (description, options = {}) => input('lines', description, options);
/** One key=value a line; the value may hold further equals signs. */
const pairs = (description, options = {}) => input('pairs', description, options);
/**
 * A document, or the path of a file in the workspace that holds one.
 * @param parse given by who declares it: an action without documents does not load a parser with its inputs
 */
const document = (description, parse, options = {}) => input('document', description, { ...options, parse });
/** A value that is masked before anything is logged. */
const secret = (description, options = {}) => input('secret', description, options);
/** The token of the job, which the runner fills in; undefined outside of a job. Masked like every secret. */
const jobToken = (description) => input('secret', description, { default: '${{ github.token }}' });
/** Declares an action. */
function defineAction(declaration) {
    return { icon: 'package', color: 'orange', ...declaration };
}
/** 'on-failure' → 'onFailure' */
function camel(name) {
    return name.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}


/***/ }),

/***/ 504:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  C: () => (/* binding */ runAction)
});

;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
// EXTERNAL MODULE: ./packages/shared/src/base/codes.ts
var codes = __nccwpck_require__(215);
// EXTERNAL MODULE: ./packages/shared/src/base/errors.ts
var errors = __nccwpck_require__(26);
;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: ./packages/shared/src/run/clock.ts

/** The system's clock. */
const systemClock = {
    now: () => Date.now(),
    async sleep(ms, signal) {
        try {
            await (0,promises_namespaceObject.setTimeout)(ms, undefined, signal === undefined ? {} : { signal });
        }
        catch (error) {
            throw signal?.aborted === true ? signal.reason : error;
        }
    },
};

// EXTERNAL MODULE: ./packages/shared/src/run/declaration.ts
var run_declaration = __nccwpck_require__(429);
// EXTERNAL MODULE: ./packages/shared/src/base/text.ts
var base_text = __nccwpck_require__(282);
// EXTERNAL MODULE: ./packages/shared/src/formats/markdown.ts
var markdown = __nccwpck_require__(523);
;// CONCATENATED MODULE: ./packages/shared/src/run/failure.ts




/** Where the documentation of the error codes stands in this repository. */
const errorsPage = 'docs/errors.md';
/**
 * Where a person at work on a failure finds that page: at the commit of the action, which the runner names
 * (docs.github.com, "Variables reference": GITHUB_ACTION_REPOSITORY, GITHUB_ACTION_REF). On an Enterprise Server the
 * action may come from github.com under a name that the server does not have, so there the page is only named.
 */
function helpPageOf(variable) {
    const [repository = '', ref = ''] = [variable('GITHUB_ACTION_REPOSITORY'), variable('GITHUB_ACTION_REF')];
    const known = /^[\w.-]+\/[\w.-]+$/.test(repository) && /^[\w./-]+$/.test(ref);
    if (!known || variable('GITHUB_SERVER_URL') !== 'https://github.com')
        return errorsPage;
    return `https://github.com/${repository}/blob/${ref}/${errorsPage}`;
}
/**
 * Whatever was thrown as one of our errors; anything unforeseen becomes INTERNAL.
 * @param helpPage see `helpPageOf`
 */
function describeFailure(thrown, helpPage = errorsPage) {
    if (!(thrown instanceof errors/* DeliveryError */.VE)) {
        return {
            code: codes/* codes */.F.INTERNAL.code,
            kind: 'internal',
            message: (0,errors/* messageOf */.bD)(thrown),
            remedy: codes/* codes */.F.INTERNAL.remedy,
            ...(thrown instanceof Error && thrown.stack !== undefined ? { evidence: thrown.stack } : {}),
            help: helpFor(codes/* codes */.F.INTERNAL.code, helpPage),
        };
    }
    return {
        code: thrown.code,
        kind: thrown.kind,
        message: thrown.message,
        remedy: thrown.remedy,
        ...(thrown.location === undefined ? {} : { location: thrown.location }),
        ...(thrown instanceof errors/* InputError */.dz ? { problems: thrown.problems } : {}),
        ...(thrown.evidence === undefined ? {} : { evidence: thrown.evidence }),
        ...(thrown instanceof errors/* ToolError */.v4 ? { command: thrown.command, exitCode: thrown.exitCode } : {}),
        ...(thrown instanceof errors/* ServiceError */._7 && thrown.status !== undefined ? { status: thrown.status } : {}),
        help: helpFor(thrown.code, helpPage),
    };
}
/** The annotations of a failure: one for each problem of an InputError, otherwise one. Cause first, remedy second. */
function failureAnnotations(thrown) {
    const failure = describeFailure(thrown);
    const withRemedy = (message) => `${endSentence((0,base_text/* oneLine */.TN)(message, 1500))} ${failure.remedy} [${failure.code}]`;
    if (thrown instanceof errors/* InputError */.dz && thrown.problems.length > 1) {
        return thrown.problems.map(({ subject, problem, example, location }) => ({
            level: 'error',
            message: `${endSentence(`${subject}: ${problem}`)}${example === undefined ? '' : ` Example: ${example}`} [${failure.code}]`,
            ...location,
        }));
    }
    const example = thrown instanceof errors/* InputError */.dz ? thrown.problems[0]?.example : undefined;
    const message = example === undefined ? failure.message : `${endSentence(failure.message)} Example: ${example}`;
    return [
        {
            level: 'error',
            message: withRemedy(message),
            ...(thrown instanceof errors/* DeliveryError */.VE ? thrown.location : undefined),
        },
    ];
}
/** The part of the job summary that a failed step ends with. */
function failureSummary(actionName, thrown, helpPage) {
    const failure = describeFailure(thrown);
    const parts = [`**What to do:** ${(0,markdown/* escapeMarkdown */.FV)(failure.remedy)}`];
    if (thrown instanceof errors/* InputError */.dz) {
        parts.push((0,markdown/* table */.tp)(['Where', 'What is wrong', 'Valid example'], thrown.problems.map(({ subject, problem, example, location }) => [
            `${(0,markdown/* code */.aY)(subject)}${location === undefined ? '' : ` ${(0,markdown/* code */.aY)(`${location.file}:${location.line ?? 1}`)}`}`,
            (0,markdown/* escapeMarkdown */.FV)(problem),
            (0,markdown/* code */.aY)(example ?? ''),
        ])));
    }
    else {
        parts.unshift((0,markdown/* escapeMarkdown */.FV)(failure.message));
    }
    if (failure.command !== undefined) {
        parts.push((0,markdown/* details */.zH)(`Command (exit code ${String(failure.exitCode)})`, (0,markdown/* codeBlock */.DV)(failure.command.join(' '))));
    }
    if (failure.evidence !== undefined)
        parts.push((0,markdown/* details */.zH)('Evidence', (0,markdown/* codeBlock */.DV)(failure.evidence), true));
    parts.push(failureReference(thrown, helpPage));
    const title = thrown instanceof errors/* InputError */.dz
        ? `${markdown/* marks */.Z8.bad} ${actionName}: ${(0,base_text/* count */.U9)(thrown.problems.length, 'problem')} in the inputs`
        : `${markdown/* marks */.Z8.bad} ${actionName} failed`;
    return (0,markdown/* section */.uW)(3, title, ...parts);
}
/** Where to read on about a failure: its code and its place in the documentation. */
function failureReference(thrown, helpPage) {
    const { code: id, help } = describeFailure(thrown, helpPage);
    return help.startsWith('https:') ? `<sub><a href="${help}">${id}</a></sub>` : `<sub>${id} · ${help}</sub>`;
}
function helpFor(id, page) {
    return `${page}#${id.toLowerCase()}`;
}
function endSentence(text) {
    return /[.!?…]$/.test(text) ? text : `${text}.`;
}

// EXTERNAL MODULE: ./packages/shared/src/base/duration.ts
var duration = __nccwpck_require__(69);
// EXTERNAL MODULE: ./packages/shared/src/base/retry.ts
var retry = __nccwpck_require__(207);
;// CONCATENATED MODULE: ./packages/shared/src/run/http.ts




// Loading TLS takes as long as half a bare Node: only the first request that needs it pays.
const http = () => process.getBuiltinModule('node:http');
const https = () => process.getBuiltinModule('node:https');
const stream = () => process.getBuiltinModule('node:stream');
const rootCertificates = () => process.getBuiltinModule('node:tls').rootCertificates;
const defaults = { timeoutMs: 30_000, attempts: 4, maxBytes: 64 * 1024 * 1024, redirects: 5 };
/** Thrown by an attempt: a socket-level failure with what is known about it. */
class Failure extends Error {
    errorCode;
    constructor(message, errorCode, cause) {
        super(message, { cause });
        this.errorCode = errorCode;
    }
}
/**
 * The one HTTP client: keep-alive, deadlines, retries of what may be repeated, proxies by HTTPS_PROXY, HTTP_PROXY and
 * NO_PROXY (Node's own support, from 24.5), additional certificate authorities.
 */
function createHttp(surroundings) {
    const { clock, random, cancelled, backoff = retry/* defaultBackoff */.ks, onRetry } = surroundings;
    const agents = new Map();
    const agentFor = (url, request) => {
        const direct = request.socketPath !== undefined || isLoopback(url.hostname);
        const key = `${url.protocol}|${direct ? 'direct' : 'proxied'}|${request.ca ?? ''}`;
        const known = agents.get(key);
        if (known !== undefined)
            return known;
        const proxyEnv = direct ? {} : { proxyEnv: { ...surroundings.variables } };
        const agent = url.protocol === 'https:'
            ? new (https().Agent)({
                keepAlive: true,
                ...proxyEnv,
                ...(request.ca === undefined ? {} : { ca: [...rootCertificates(), request.ca] }),
            })
            : new (http().Agent)({ keepAlive: true, ...proxyEnv });
        agents.set(key, agent);
        return agent;
    };
    /** One exchange: resolves with the headers, rejects with a Failure. */
    const exchange = (url, request, headers) => new Promise((resolve, reject) => {
        const timeoutMs = request.timeoutMs ?? defaults.timeoutMs;
        const options = {
            method: request.method,
            headers: { 'user-agent': 'wso2-delivery', ...headers, ...lengthOf(request) },
            agent: agentFor(url, request),
            ...(request.socketPath === undefined ? {} : { socketPath: request.socketPath }),
        };
        const sent = (url.protocol === 'https:' ? https() : http()).request(url, options);
        let answer;
        // Once the headers are there, the reader of the body is who must hear of the failure.
        const fail = (failure) => (answer ?? sent).destroy(failure);
        const abort = () => fail(new Failure('cancelled', 'CANCELLED'));
        const signals = [cancelled, ...(request.signal === undefined ? [] : [request.signal])];
        if (signals.some((signal) => signal.aborted))
            abort();
        for (const signal of signals)
            signal.addEventListener('abort', abort, { once: true });
        sent.once('close', () => signals.forEach((signal) => signal.removeEventListener('abort', abort)));
        sent.setTimeout(timeoutMs, () => fail(new Failure(`nothing came for ${(0,duration/* formatDuration */.a)(timeoutMs)}`, 'TIMEOUT')));
        sent.once('response', (message) => {
            answer = message;
            resolve(message);
        });
        sent.on('error', (error) => reject(asFailure(error)));
        const { body } = request;
        if (body === undefined || typeof body === 'string' || body instanceof Uint8Array)
            sent.end(body);
        // A server may answer (401, 413) and close before it has read everything: the answer counts, not the broken pipe.
        else {
            const { pipeline, Readable } = stream();
            pipeline(Readable.from(body.open()), sent, (error) => error && reject(asFailure(error)));
        }
    });
    const follow = async (request) => {
        let url = new URL(request.url);
        let headers = lowerCase(request.headers ?? {});
        const mayFollow = request.redirect !== 'manual' && (request.method === 'GET' || request.method === 'HEAD');
        for (let hop = 0;; hop++) {
            const message = await exchange(url, request, headers);
            const { location } = message.headers;
            const isRedirect = [301, 302, 303, 307, 308].includes(message.statusCode ?? 0) && location !== undefined;
            if (!isRedirect || !mayFollow || hop === defaults.redirects)
                return { url, message };
            message.resume();
            const next = new URL(location, url);
            if (next.origin !== url.origin) {
                headers = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'authorization' && name !== 'cookie'));
            }
            url = next;
        }
    };
    /** Repeats `attempt` while it may and should be repeated. */
    const persistently = async (request, attempt) => {
        const may = (0,retry/* isIdempotent */.ky)(request.method) || request.repeatable === true;
        const attempts = may ? (request.attempts ?? defaults.attempts) : 1;
        for (let n = 1;; n++) {
            let outcome;
            try {
                outcome = { answer: await attempt() };
            }
            catch (error) {
                if (!(error instanceof Failure))
                    throw error;
                outcome = { failure: error };
            }
            const again = 'answer' in outcome
                ? (0,retry/* isTransient */.dg)({ status: outcome.answer.status }, request.alsoTransient)
                : (0,retry/* isTransient */.dg)({ errorCode: outcome.failure.errorCode });
            const retryAfter = 'answer' in outcome ? (0,retry/* parseRetryAfter */.mu)(outcome.answer.headers['retry-after'], clock.now()) : undefined;
            const pause = n < attempts && again ? (0,retry/* pauseBefore */.GB)(n + 1, random(), retryAfter, backoff) : undefined;
            if (pause === undefined) {
                if ('answer' in outcome)
                    return outcome.answer;
                throw serviceError(request, outcome.failure, n);
            }
            const reason = 'answer' in outcome ? `answered ${outcome.answer.status}` : outcome.failure.message;
            onRetry?.(`${request.method} ${displayUrl(request.url)} ${reason}; attempt ${n + 1} of ${attempts} in ${(0,duration/* formatDuration */.a)(pause)}`);
            if ('answer' in outcome && 'close' in outcome.answer)
                outcome.answer.close();
            await clock.sleep(pause, cancelled);
        }
    };
    return {
        request: (request) => persistently(request, async () => {
            const { url, message } = await follow(request);
            const body = await readAll(message, request);
            return {
                ...answerOf(url, message),
                body,
                text: () => body.toString('utf8'),
                json: () => JSON.parse(body.toString('utf8')),
            };
        }),
        stream: (request) => persistently(request, async () => {
            const { url, message } = await follow(request);
            return { ...answerOf(url, message), body: chunks(message, request), close: () => message.destroy() };
        }),
        close: () => {
            for (const agent of agents.values())
                agent.destroy();
        },
    };
}
/** A URL for messages: no user info, and no query, which may hold a token or a signature. */
function displayUrl(url) {
    const { protocol, host, pathname } = new URL(url);
    return `${protocol}//${host}${pathname}`;
}
/** This machine itself: never through a proxy, as curl and Go do it too. */
function isLoopback(host) {
    return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
}
function answerOf(url, message) {
    const headers = {};
    for (const [name, value] of Object.entries(message.headers)) {
        if (value !== undefined)
            headers[name] = Array.isArray(value) ? value.join(', ') : value;
    }
    return { status: message.statusCode ?? 0, headers, url: url.toString() };
}
async function readAll(message, request) {
    const limit = request.maxBytes ?? defaults.maxBytes;
    const parts = [];
    let size = 0;
    try {
        for await (const chunk of message) {
            size += chunk.length;
            if (size > limit) {
                message.destroy();
                throw new errors/* ServiceError */._7(codes/* codes */.F.SERVICE_TOO_LARGE, `${request.method} ${displayUrl(request.url)} sent more than ${limit} bytes`, { method: request.method, url: displayUrl(request.url), status: message.statusCode });
            }
            parts.push(chunk);
        }
    }
    catch (error) {
        if (error instanceof errors/* ServiceError */._7)
            throw error;
        throw asFailure(error);
    }
    return Buffer.concat(parts);
}
async function* chunks(message, request) {
    try {
        for await (const chunk of message)
            yield chunk;
    }
    catch (error) {
        throw serviceError(request, asFailure(error), 1);
    }
}
function lengthOf(request) {
    const { body } = request;
    if (body === undefined)
        return request.method === 'GET' || request.method === 'HEAD' ? {} : { 'content-length': '0' };
    const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
    return { 'content-length': String(length) };
}
function lowerCase(headers) {
    return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
function asFailure(error) {
    if (error instanceof Failure)
        return error;
    // Happy eyeballs: one error per address tried; the first one says enough.
    const first = error instanceof AggregateError ? (error.errors[0] ?? error) : error;
    const { code, message } = first;
    const text = code === 'ECONNRESET' && message === 'aborted' ? 'the connection broke in the middle of the answer' : message;
    return new Failure(text, code, first);
}
const tlsErrors = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|HOSTNAME_MISMATCH|EPROTO)/;
function serviceError(request, failure, attempts) {
    const url = displayUrl(request.url);
    if (failure.errorCode === 'CANCELLED')
        return new errors/* CancelledError */.cc(codes/* codes */.F.CANCELLED, `${request.method} ${url} was cancelled`);
    const tries = attempts === 1 ? '' : ` (${attempts} attempts)`;
    const code = failure.errorCode === 'TIMEOUT'
        ? codes/* codes */.F.SERVICE_TIMEOUT
        : tlsErrors.test(failure.errorCode ?? '')
            ? codes/* codes */.F.SERVICE_TLS
            : codes/* codes */.F.SERVICE_UNREACHABLE;
    return new errors/* ServiceError */._7(code, `${request.method} ${url}: ${failure.message}${tries}`, {
        method: request.method,
        url,
        cause: failure.cause,
    });
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(760);
;// CONCATENATED MODULE: ./packages/shared/src/base/bytes.ts
const units = {
    '': 1,
    k: 1000,
    m: 1000 ** 2,
    g: 1000 ** 3,
    ki: 1024,
    mi: 1024 ** 2,
    gi: 1024 ** 3,
};
/** Reads a size such as "512", "64Mi", "1.5G" (Kubernetes suffixes, an optional trailing B). Gives bytes or undefined. */
function parseBytes(text) {
    const match = /^(\d+(?:\.\d+)?)\s*(ki|mi|gi|k|m|g|)b?$/i.exec(text.trim());
    if (match === null)
        return undefined;
    const bytes = Math.round(Number(match[1]) * (units[(match[2] ?? '').toLowerCase()] ?? Number.NaN));
    return Number.isSafeInteger(bytes) ? bytes : undefined;
}
/** Bytes as a person reads them: "4.0 kB", "273 MB". Decimal units, as registries and browsers show them. */
function formatBytes(bytes) {
    if (bytes < 1000)
        return `${bytes} B`;
    let value = bytes;
    for (const unit of ['kB', 'MB', 'GB', 'TB']) {
        value /= 1000;
        if (value < 999.5)
            return `${value < 9.95 ? value.toFixed(1) : Math.round(value).toString()} ${unit}`;
    }
    return `${Math.round(value)} TB`;
}

// EXTERNAL MODULE: ./packages/shared/src/base/safe-path.ts
var safe_path = __nccwpck_require__(994);
// EXTERNAL MODULE: ./packages/shared/src/base/suggest.ts
var suggest = __nccwpck_require__(119);
;// CONCATENATED MODULE: ./packages/shared/src/run/inputs.ts









/** Thrown inside a reader: becomes one Problem that names the input. */
class Unfit extends Error {
}
const booleans = {
    true: true,
    True: true,
    TRUE: true,
    false: false,
    False: false,
    FALSE: false,
};
const examples = {
    text: 'some text',
    choice: '',
    boolean: 'true',
    integer: '3',
    duration: '90s',
    bytes: '64Mi',
    path: 'path/in/the/repository',
    lines: 'one value a line',
    pairs: 'key=value',
    document: 'config/environments.yaml',
    secret: '${{ secrets.NAME }}',
};
/**
 * Reads and checks the inputs of an action from the runner's INPUT_* variables.
 * @param variables the environment of the step
 * @param workspace the checked-out repository, absolute
 * @throws InputError INPUT_INVALID with every problem found
 */
function readInputs(declaration, variables, workspace) {
    const problems = [...unknownInputs(declaration, variables)];
    const parsed = {};
    for (const [name, input] of Object.entries(declaration.inputs)) {
        const given = variables[variableOf(name)] ?? '';
        const value = given.trim() === '' ? standingDefault(input) : given;
        try {
            if (input.required && value.trim() === '')
                throw new Unfit('is required and empty');
            parsed[(0,run_declaration/* camel */.nJ)(name)] = read(input, value, workspace);
        }
        catch (error) {
            if (!(error instanceof Unfit))
                throw error;
            problems.push({ subject: name, problem: error.message, example: exampleOf(input) });
        }
    }
    if (problems.length > 0)
        throw new errors/* InputError */.dz(codes/* codes */.F.INPUT_INVALID, problems);
    return parsed;
}
/** The default, unless it is an expression: the runner fills that in, and without one there is no value. */
function standingDefault(input) {
    return input.default?.includes('${{') === true ? '' : (input.default ?? '');
}
/** The values of the declared secrets, before anything is checked: to be masked first of all. */
function secretValues(declaration, variables) {
    return Object.entries(declaration.inputs)
        .filter(([, input]) => input.kind === 'secret')
        .map(([name]) => variables[variableOf(name)] ?? '')
        .filter((value) => value.trim() !== '');
}
/** A value the user can copy. */
function exampleOf(input) {
    return input.example ?? input.choices?.join(' | ') ?? input.default ?? examples[input.kind];
}
function variableOf(name) {
    return `INPUT_${name.toUpperCase()}`;
}
function* unknownInputs(declaration, variables) {
    const known = new Set(Object.keys(declaration.inputs).map(variableOf));
    for (const [variable, value] of Object.entries(variables)) {
        if (!variable.startsWith('INPUT_') || known.has(variable) || value === undefined)
            continue;
        const name = variable.slice('INPUT_'.length).toLowerCase();
        yield {
            subject: name,
            problem: `is not an input of ${declaration.name}.${(0,suggest/* didYouMean */.au)(name, Object.keys(declaration.inputs))}`,
        };
    }
}
function read(input, raw, workspace) {
    const value = raw.trim();
    if (input.kind === 'lines')
        return readLines(raw);
    if (input.kind === 'pairs')
        return readLines(raw).map(readPair);
    if (value === '')
        return undefined;
    switch (input.kind) {
        case 'text':
            if (value.includes('\n'))
                throw new Unfit('must be a single line');
            return value;
        case 'choice': {
            const choices = input.choices ?? [];
            if (!choices.includes(value)) {
                throw new Unfit(`'${value}' is none of ${choices.join(', ')}.${(0,suggest/* didYouMean */.au)(value, choices)}`);
            }
            return value;
        }
        case 'boolean': {
            const parsed = booleans[value];
            if (parsed === undefined)
                throw new Unfit(`'${value}' is neither true nor false`);
            return parsed;
        }
        case 'integer':
            return readInteger(input, value);
        case 'duration': {
            const ms = (0,duration/* parseDuration */.E)(value);
            if (ms === undefined)
                throw new Unfit(`'${value}' is not a duration (a number with ms, s, m or h)`);
            return ms;
        }
        case 'bytes': {
            const size = parseBytes(value);
            if (size === undefined)
                throw new Unfit(`'${value}' is not a size (a number with k, M, G, Ki, Mi or Gi)`);
            return size;
        }
        case 'path':
            return readPath(input, value, workspace);
        case 'document':
            return readDocument(input, raw, workspace);
        case 'secret':
            return raw.replace(/\r?\n$/, '');
    }
}
function readLines(raw) {
    return raw
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '' && !line.startsWith('#'));
}
function readPair(line) {
    const at = line.indexOf('=');
    if (at < 1)
        throw new Unfit(`'${line}' is not of the form key=value`);
    return { key: line.slice(0, at).trim(), value: line.slice(at + 1).trim() };
}
function readInteger(input, value) {
    const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = input;
    const number = Number(value);
    if (!/^[+-]?\d+$/.test(value) || !Number.isSafeInteger(number))
        throw new Unfit(`'${value}' is not a whole number`);
    if (number < min)
        throw new Unfit(`${number} is less than ${min}`);
    if (number > max)
        throw new Unfit(`${number} is more than ${max}`);
    return number;
}
function readPath(input, value, workspace) {
    if (value.includes('\0'))
        throw new Unfit('holds a NUL character');
    const path = resolveLinks((0,external_node_path_.isAbsolute)(value) ? value : (0,external_node_path_.resolve)(workspace, value));
    if (!(0,safe_path/* isInside */.F)(resolveLinks(workspace), path))
        throw new Unfit(`'${value}' lies outside the workspace`);
    if (input.exists !== undefined) {
        if (!(0,external_node_fs_.existsSync)(path))
            throw new Unfit(`'${value}' does not exist in the workspace`);
        const isFolder = (0,external_node_fs_.statSync)(path).isDirectory();
        if (input.exists === 'file' && isFolder)
            throw new Unfit(`'${value}' is a folder, a file is needed`);
        if (input.exists === 'folder' && !isFolder)
            throw new Unfit(`'${value}' is a file, a folder is needed`);
    }
    return path;
}
/** realpath of the part that exists, so that a link cannot lead out of the workspace. */
function resolveLinks(path) {
    if ((0,external_node_fs_.existsSync)(path))
        return (0,external_node_fs_.realpathSync)(path);
    const parent = (0,external_node_path_.dirname)(path);
    return parent === path ? path : (0,external_node_path_.join)(resolveLinks(parent), (0,external_node_path_.relative)(parent, path));
}
const documentLimit = 4 * 1024 * 1024;
function readDocument(input, raw, workspace) {
    const value = raw.trim();
    const inline = value.includes('\n') || value.startsWith('{') || value.startsWith('[');
    if (!inline) {
        const file = resolveLinks((0,external_node_path_.resolve)(workspace, value));
        if (!(0,safe_path/* isInside */.F)(resolveLinks(workspace), file))
            throw new Unfit(`'${value}' lies outside the workspace`);
        if (!(0,external_node_fs_.existsSync)(file) || !(0,external_node_fs_.statSync)(file).isFile()) {
            throw new Unfit(`'${value}' is neither a file in the workspace nor a document of more than one line`);
        }
        if ((0,external_node_fs_.statSync)(file).size > documentLimit)
            throw new Unfit(`'${value}' is larger than 4 MiB`);
        const text = (0,external_node_fs_.readFileSync)(file, 'utf8');
        return { value: parseDocument(input, text, value), text, file };
    }
    return { value: parseDocument(input, raw, 'the document'), text: raw, file: undefined };
}
function parseDocument({ parse }, text, name) {
    try {
        return parse?.(text);
    }
    catch (error) {
        throw new Unfit(`${name} is not valid YAML: ${(0,errors/* messageOf */.bD)(error)}`);
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/run/job.ts
/** The facts about the job that GitHub gives in the environment of a step. */
function readJob(variables) {
    const variable = (name) => {
        const value = variables[name];
        return value === undefined || value === '' ? undefined : value;
    };
    return {
        repository: variable('GITHUB_REPOSITORY'),
        sha: variable('GITHUB_SHA'),
        ref: variable('GITHUB_REF'),
        runId: variable('GITHUB_RUN_ID'),
        serverUrl: variable('GITHUB_SERVER_URL') ?? 'https://github.com',
        platform: process.platform,
        arch: process.arch,
        variable,
    };
}

;// CONCATENATED MODULE: ./packages/shared/src/run/log.ts

/** GitHub keeps 10 annotations of a level a step; the rest would push the log away without ever being seen. */
const annotationLimit = 10;
/** The log port on the runner's console. */
function createLog(runner, secrets) {
    const shown = { notice: 0, warning: 0, error: 0 };
    const clean = (text) => secrets.redact((0,base_text/* neutralise */.$0)(text));
    const log = {
        info: (text) => runner.info(clean(text)),
        debug: (text) => runner.command('debug', {}, clean(text)),
        warning: (text) => log.annotate({ level: 'warning', message: text }),
        annotate: (annotation) => {
            const { level, message, file, line, column, title } = annotation;
            if (shown[level]++ >= annotationLimit) {
                runner.info(clean(`${level}: ${place(annotation)}${message}`));
                return;
            }
            const heading = title === undefined ? undefined : clean(title);
            runner.command(level, { title: heading, file, line, col: column }, clean(message));
        },
        group: async (title, body) => {
            runner.command('group', {}, clean(title));
            try {
                return await body();
            }
            finally {
                runner.command('endgroup', {}, '');
            }
        },
    };
    return log;
}
function place({ file, line, column }) {
    if (file === undefined)
        return '';
    return `${[file, line, column].filter((part) => part !== undefined).join(':')}: `;
}

;// CONCATENATED MODULE: ./packages/shared/src/run/private-folders.ts



/** What the names of all private folders begin with. */
const private_folders_privateFolderPrefix = 'wso2-delivery-';
/**
 * The files port: private folders under `temp`, and one way to remove them all.
 * @param temp the runner's temporary folder (RUNNER_TEMP), outside the workspace
 * @param remember told of all folders before anything is written into the newest: the post step removes what is left
 */
function createFiles(workspace, temp, remember = () => undefined) {
    const folders = new Set();
    return {
        workspace,
        privateFolder(name) {
            const folder = (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)(temp, `${private_folders_privateFolderPrefix}${name}-`));
            folders.add(folder);
            (0,external_node_fs_.chmodSync)(folder, 0o700);
            remember([...folders]);
            return Promise.resolve(folder);
        },
        display: (path) => ((0,safe_path/* isInside */.F)(workspace, path) ? (0,external_node_path_.relative)(workspace, path).replaceAll('\\', '/') || '.' : path),
        removeAll() {
            // Synchronous: also called while the process is going down.
            for (const folder of folders)
                (0,external_node_fs_.rmSync)(folder, { recursive: true, force: true, maxRetries: 3 });
            folders.clear();
        },
    };
}

;// CONCATENATED MODULE: ./packages/shared/src/run/post.ts
/**
 * The post step of every action: removes the private folders (kubeconfig, logins) that a main step has left, which it only
 * does when it was killed. The runner runs it at the end of the job, whatever came of the steps.
 */




/** The name under which a main step keeps its folders, as a JSON list of paths. */
const privateFoldersState = 'private-folders';
/**
 * Removes what is left. Only folders of ours directly below the runner's temporary folder are touched, whatever the state
 * says. Never fails: the job has its result.
 * @param variables the environment of the step
 */
function removeLeftovers(variables, say) {
    const temp = variables.RUNNER_TEMP ?? tmpdir();
    for (const folder of foldersIn(variables[`STATE_${privateFoldersState}`])) {
        try {
            if (!isOurs(folder, temp))
                continue;
            rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
            say(`Removed ${basename(folder)}, which a step that was killed had left.`);
        }
        catch (error) {
            say(`${basename(folder)} could not be removed: ${error instanceof Error ? error.message : String(error)}`);
        }
    }
}
function foldersIn(state) {
    try {
        const folders = JSON.parse(state ?? '[]');
        return Array.isArray(folders) ? folders.filter((folder) => typeof folder === 'string') : [];
    }
    catch {
        return [];
    }
}
function isOurs(folder, temp) {
    const found = lstatSync(folder, { throwIfNoEntry: false });
    return (found?.isDirectory() === true &&
        basename(folder).startsWith(privateFolderPrefix) &&
        realpathSync(dirname(folder)) === realpathSync(temp));
}
/** The post step in this process. */
function runPost() {
    removeLeftovers(process.env, (line) => process.stdout.write(`${line}\n`));
}

;// CONCATENATED MODULE: external "node:string_decoder"
const external_node_string_decoder_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:string_decoder");
;// CONCATENATED MODULE: ./packages/shared/src/run/output-keeper.ts

/** What is kept of a stream unless told otherwise. */
const defaultKeepBytes = 16 * 1024 * 1024;
/** A line longer than this is passed on in pieces, so that a stream without newlines cannot fill the memory. */
const longestLine = 64 * 1024;
/** Collects a stream of bytes: complete lines as they come, and head and tail of the whole within a bound. */
class OutputKeeper {
    truncated = false;
    #half;
    #decoder = new external_node_string_decoder_namespaceObject.StringDecoder('utf8');
    #head = '';
    #tail = '';
    #partial = '';
    constructor(keepBytes = defaultKeepBytes) {
        this.#half = Math.floor(keepBytes / 2);
    }
    /** Takes a chunk and gives the lines that it completed. */
    add(chunk) {
        return this.#take(this.#decoder.write(chunk));
    }
    /** The stream has ended: gives the last line if it had no newline. */
    end() {
        const lines = this.#take(this.#decoder.end());
        const last = this.#partial;
        this.#partial = '';
        return last === '' ? lines : [...lines, last];
    }
    /** The whole stream, or its head and tail with a note between them. */
    text() {
        return this.truncated ? `${this.#head}\n… output left out …\n${this.#tail}` : this.#head + this.#tail;
    }
    #take(text) {
        this.#keep(text);
        const lines = (this.#partial + text).split(/\r?\n/);
        this.#partial = lines.pop() ?? '';
        while (this.#partial.length > longestLine) {
            lines.push(this.#partial.slice(0, longestLine));
            this.#partial = this.#partial.slice(longestLine);
        }
        return lines;
    }
    #keep(text) {
        const room = Math.max(0, this.#half - this.#head.length);
        this.#head += text.slice(0, room);
        this.#tail += text.slice(room);
        if (this.#tail.length > 2 * this.#half) {
            this.#tail = this.#tail.slice(-this.#half);
            this.truncated = true;
        }
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/run/process.ts





/** After SIGTERM a child has this long to end by itself. */
const graceMs = 5000;
const privateVariables = /^(PATH|HOME|USER|LANG|LC_.*|TZ|SYSTEMROOT|WINDIR|PATHEXT|(HTTPS?|NO|ALL)_PROXY|SSL_CERT_(FILE|DIR)|NODE_EXTRA_CA_CERTS)$/i;
const runnerVariables = /^(INPUT_|ACTIONS_|STATE_|GITHUB_(OUTPUT|ENV|PATH|STATE|STEP_SUMMARY)$)/;
/** The one place where child processes are started. */
function createExec({ secrets, variables, cancelled }) {
    const redactedCommand = (request) => [request.command, ...request.args].map((part) => secrets.redact(part));
    const launch = async (request) => {
        if (cancelled.aborted)
            throw new errors/* CancelledError */.cc(codes/* codes */.F.CANCELLED, `Cancelled before ${request.command} was started`);
        const started = Date.now();
        const withMask = request.umask !== undefined && process.platform !== 'win32';
        // The mask of this process is shared by all its threads and by concurrent file writes: set it in the child's shell.
        const [command, args] = withMask
            ? [
                '/bin/sh',
                [
                    '-c',
                    'umask "$1"; shift; exec "$@"',
                    'sh',
                    `0${(request.umask ?? 0).toString(8)}`,
                    request.command,
                    ...request.args,
                ],
            ]
            : [request.command, [...request.args]];
        // Loaded with the first process: not every run starts one.
        const child = process.getBuiltinModule('node:child_process').spawn(command, args, {
            cwd: request.cwd,
            env: { ...inherited(variables, request.inherit ?? 'job'), ...request.env },
            stdio: [request.stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
            // A group of its own, so that the deadline reaches grandchildren too.
            detached: process.platform !== 'win32',
            windowsHide: true,
        });
        const keepers = { stdout: new OutputKeeper(request.keepBytes), stderr: new OutputKeeper(request.keepBytes) };
        for (const stream of ['stdout', 'stderr']) {
            child[stream]?.on('data', (chunk) => {
                for (const line of keepers[stream].add(chunk))
                    request.onLine?.(secrets.redact(line), stream);
            });
        }
        // A child that ends without reading its input makes this pipe fail; its exit code tells the story.
        child.stdin?.on('error', () => undefined);
        child.stdin?.end(request.stdin);
        const exited = new Promise((resolve) => {
            child.once('close', (exitCode, signal) => {
                for (const stream of ['stdout', 'stderr']) {
                    for (const line of keepers[stream].end())
                        request.onLine?.(secrets.redact(line), stream);
                }
                const shown = (text) => (request.unmasked === true ? text : secrets.redact(text));
                resolve({
                    exitCode,
                    signal,
                    stdout: shown(keepers.stdout.text()),
                    stderr: shown(keepers.stderr.text()),
                    truncated: keepers.stdout.truncated || keepers.stderr.truncated,
                    durationMs: Date.now() - started,
                });
            });
        });
        await new Promise((resolve, reject) => {
            child.once('spawn', resolve);
            child.once('error', (error) => reject(missing(request.command, redactedCommand(request), error)));
        });
        const launched = { child, exited, stop: () => stop(child, exited) };
        const onCancel = () => void launched.stop();
        cancelled.addEventListener('abort', onCancel, { once: true });
        void exited.then(() => cancelled.removeEventListener('abort', onCancel));
        return launched;
    };
    return {
        async run(request) {
            const { exited, stop: end } = await launch(request);
            const deadlinePassed = new AbortController();
            const deadline = setTimeout(() => {
                deadlinePassed.abort();
                void end();
            }, request.timeoutMs);
            const result = await exited;
            clearTimeout(deadline);
            if (cancelled.aborted)
                throw new errors/* CancelledError */.cc(codes/* codes */.F.CANCELLED, `${request.command} was ended: the run was cancelled`);
            if (deadlinePassed.signal.aborted) {
                throw new errors/* ToolError */.v4(codes/* codes */.F.TOOL_TIMEOUT, `${request.command} did not end within ${(0,duration/* formatDuration */.a)(request.timeoutMs)} and was ended`, { command: redactedCommand(request), exitCode: null, evidence: lastWords(result) });
            }
            // /bin/sh stands in front of the program where a mask is set: its 127 is our "not found".
            if (request.umask !== undefined && result.exitCode === 127 && result.stderr.includes('not found')) {
                throw missing(request.command, redactedCommand(request), new Error(result.stderr.trim()));
            }
            return result;
        },
        async start(request) {
            const { child, exited, stop: end } = await launch(request);
            return { pid: child.pid ?? 0, exited, stop: end };
        },
    };
}
function inherited(variables, inherit) {
    const keep = inherit === 'private' ? (n) => privateVariables.test(n) : (n) => !runnerVariables.test(n);
    return Object.fromEntries(Object.entries(variables).filter((pair) => pair[1] !== undefined && keep(pair[0])));
}
async function stop(child, exited) {
    signalGroup(child, 'SIGTERM');
    const hardEnd = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
    await exited;
    clearTimeout(hardEnd);
    // Grandchildren that outlived their parent.
    signalGroup(child, 'SIGKILL');
}
function signalGroup(child, signal) {
    if (child.pid === undefined)
        return;
    try {
        if (process.platform === 'win32')
            child.kill(signal);
        else
            process.kill(-child.pid, signal);
    }
    catch (error) {
        if (error.code !== 'ESRCH')
            throw error;
    }
}
function missing(name, command, error) {
    const { code } = error;
    const reason = code === 'EACCES' ? 'is not executable' : 'was not found on the PATH';
    return new errors/* ToolError */.v4(codes/* codes */.F.TOOL_MISSING, `${name} ${reason}`, { command, exitCode: null, cause: error });
}
function lastWords(result) {
    return (0,base_text/* tail */.RT)((0,base_text/* neutralise */.$0)([result.stdout, result.stderr].filter((text) => text !== '').join('\n')), 40);
}

;// CONCATENATED MODULE: ./packages/shared/src/run/report.ts



/** The report of a finished step. */
function makeReport({ action, startedAt, endedAt, outputs, facts, failure, helpPage }) {
    const described = failure === undefined ? undefined : describeFailure(failure, helpPage);
    return {
        schema: 'https://wso2-delivery.dev/report/v1',
        action,
        startedAt: new Date(startedAt).toISOString(),
        durationMs: endedAt - startedAt,
        result: described === undefined ? 'success' : described.kind === 'cancelled' ? 'cancelled' : 'failure',
        outputs,
        facts,
        ...(described === undefined ? {} : { failure: described }),
    };
}
/**
 * Writes the report where later steps of the job can read it, secrets masked.
 * @returns the path of the file
 */
function writeReport(report, temp, secrets) {
    const folder = (0,external_node_path_.join)(temp, 'wso2-delivery-reports');
    (0,external_node_fs_.mkdirSync)(folder, { recursive: true });
    const path = (0,external_node_path_.join)(folder, `${report.action}-${Date.parse(report.startedAt)}-${process.pid}.json`);
    // Masked value by value: a mask over the finished JSON could cut through an escape sequence.
    const masked = JSON.stringify(report, (_, value) => (typeof value === 'string' ? secrets.redact(value) : value), 2);
    (0,external_node_fs_.writeFileSync)(path, `${masked}\n`, { mode: 0o600 });
    return path;
}

;// CONCATENATED MODULE: ./packages/shared/src/run/runner-commands.ts
/**
 * What a step says to the runner: workflow commands on standard output and lines in the runner's files
 * (docs.github.com, "Workflow commands for GitHub Actions"). Written out here because @actions/core brings an HTTP
 * client that makes each bundle a megabyte larger and its start a third slower, and nothing here uses it.
 */


/**
 * @param variables the environment of the step
 * @param write standard output
 */
function createRunnerCommands(variables, write) {
    const command = (name, properties, message) => {
        const given = Object.entries(properties).filter(([, value]) => value !== undefined);
        const list = given.map(([key, value]) => `${key}=${escapeProperty(String(value))}`).join(',');
        write(`::${name}${list === '' ? '' : ` ${list}`}::${escapeMessage(message)}${external_node_os_namespaceObject.EOL}`);
    };
    const file = (name) => (variables[name] === '' ? undefined : variables[name]);
    return {
        command,
        mask: (value) => command('add-mask', {}, value),
        info: (text) => write(`${text}${external_node_os_namespaceObject.EOL}`),
        setOutput(name, value) {
            const path = file('GITHUB_OUTPUT');
            // Without the file (an old runner, or by hand) the value is shown: nobody else would take it.
            if (path === undefined)
                write(`output ${name}=${value}${external_node_os_namespaceObject.EOL}`);
            else
                (0,external_node_fs_.appendFileSync)(path, namedValue(name, value));
        },
        saveState(name, value) {
            const path = file('GITHUB_STATE');
            if (path !== undefined)
                (0,external_node_fs_.appendFileSync)(path, namedValue(name, value));
        },
        addSummary(markdown) {
            const path = file('GITHUB_STEP_SUMMARY');
            if (path === undefined)
                return false;
            (0,external_node_fs_.appendFileSync)(path, markdown);
            return true;
        },
    };
}
/** A value with line breaks in the form of the runner's files; the delimiter is one that nobody can foresee. */
function namedValue(name, value) {
    const delimiter = `ghadelimiter_${crypto.randomUUID()}`;
    return `${name}<<${delimiter}${external_node_os_namespaceObject.EOL}${value}${external_node_os_namespaceObject.EOL}${delimiter}${external_node_os_namespaceObject.EOL}`;
}
function escapeMessage(text) {
    return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
function escapeProperty(text) {
    return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

;// CONCATENATED MODULE: ./packages/shared/src/base/redaction.ts
const mask = '***';
/** A line of a longer secret that is worth masking by itself: a key or a token, not a word of YAML or JSON around it. */
const tellingLine = /^\S{12,}(?<!:)$/;
/**
 * The forms in which a secret can turn up in a log: as it is, its telling lines, JSON-escaped, URL-encoded (both ways
 * of writing a space), and base64 at each of the three alignments it has inside a longer encoded text (a Basic
 * Authorization header holds "user:password").
 */
function derivedForms(secret) {
    const forms = new Set();
    const lines = secret.split(/\r?\n/).map((line) => line.trim());
    for (const value of [
        secret,
        secret.trim(),
        ...(lines.length > 1 ? lines.filter((line) => tellingLine.test(line)) : []),
    ]) {
        if (value === '')
            continue;
        forms.add(value);
        forms.add(JSON.stringify(value).slice(1, -1));
        const encoded = encodeURIComponent(value);
        forms.add(encoded);
        forms.add(encoded.replaceAll('%20', '+'));
        for (const form of base64Forms(value))
            forms.add(form);
    }
    return [...forms].sort((a, b) => b.length - a.length);
}
function base64Forms(value) {
    const bytes = Buffer.from(value, 'utf8');
    if (bytes.length < 4)
        return [Buffer.from(bytes).toString('base64')];
    const forms = [bytes.toString('base64'), bytes.toString('base64url')];
    for (const shift of [0, 1, 2]) {
        const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
            .toString('base64')
            .replace(/=+$/, '');
        // The characters at both ends also carry bits of the neighbours: leave them out.
        const start = Math.ceil((shift * 8) / 6);
        const end = Math.floor(((shift + bytes.length) * 8) / 6);
        const core = encoded.slice(start, end);
        if (core.length >= 6)
            forms.push(core, core.replaceAll('+', '-').replaceAll('/', '_'));
    }
    return forms;
}
/** Replaces every given form by `***`. Forms must be sorted longest first, as derivedForms gives them. */
function redact(text, forms) {
    let clean = text;
    for (const form of forms)
        clean = clean.replaceAll(form, mask);
    return clean;
}

;// CONCATENATED MODULE: ./packages/shared/src/run/secrets.ts

/** Shorter values would turn half of a log into asterisks; they are refused as secrets by what reads them. */
const shortest = 3;
/**
 * The register of what must never be shown.
 * @param announce told once of each form, so that the runner masks it as well
 */
function createSecrets(announce) {
    let forms = [];
    const known = new Set();
    return {
        register(value) {
            if (value.trim().length < shortest)
                return;
            const fresh = derivedForms(value).filter((form) => form.length >= shortest && !known.has(form));
            for (const form of fresh) {
                known.add(form);
                announce(form);
            }
            if (fresh.length > 0)
                forms = [...known].sort((a, b) => b.length - a.length);
        },
        redact: (text) => redact(text, forms),
        holds: (text) => forms.some((form) => text.includes(form)),
    };
}

;// CONCATENATED MODULE: ./packages/shared/src/run/summary.ts
/** GitHub drops a step summary above 1 MiB whole; a margin is kept for what the runner adds when it masks. */
const summaryLimitBytes = 1024 * 1024 - 16 * 1024;
/** Collects the blocks of the job summary. */
function createSummary(secrets) {
    const blocks = [];
    return {
        add: (markdown) => blocks.push(markdown.trimEnd()),
        markdown: () => bounded(blocks.map((block) => secrets.redact(block))),
    };
}
/** All blocks that fit, first ones first; says what is missing and where to find it. */
function bounded(blocks) {
    let text = '';
    for (const [index, block] of blocks.entries()) {
        const next = `${text}${text === '' ? '' : '\n\n'}${block}`;
        if (Buffer.byteLength(next) > summaryLimitBytes) {
            return `${text}\n\n> ${blocks.length - index} more parts do not fit into a job summary. The report file has them all.\n`;
        }
        text = next;
    }
    return text === '' ? '' : `${text}\n`;
}

;// CONCATENATED MODULE: ./packages/shared/src/run/run.ts


















/** The runner sends SIGINT, then SIGTERM after 7.5 s, then kills after 2.5 s more: leave before that. */
const leaveAfterMs = 7000;
/**
 * Runs an action in this process: masks, reads the inputs, loads main and calls it, writes outputs, summary, report and
 * annotations, removes the private folders, and ends the process with exit code 0 or 1.
 * @param load the heart of the action, loaded when the inputs are good: a signal and a wrong input are answered before
 */
async function runAction(declaration, load) {
    const variables = { ...process.env };
    const startedAt = systemClock.now();
    const workspace = (0,external_node_fs_.realpathSync)(variables.GITHUB_WORKSPACE ?? process.cwd());
    const temp = variables.RUNNER_TEMP ?? (0,external_node_os_namespaceObject.tmpdir)();
    const runner = createRunnerCommands(variables, (text) => process.stdout.write(text));
    const secrets = createSecrets((form) => runner.mask(form));
    const log = createLog(runner, secrets);
    const files = createFiles(workspace, temp, (folders) => runner.saveState(privateFoldersState, JSON.stringify(folders)));
    const summary = createSummary(secrets);
    const cancel = new AbortController();
    const http = createHttp({
        variables,
        clock: systemClock,
        random: Math.random,
        cancelled: cancel.signal,
        onRetry: (message) => log.info(message),
    });
    const helpPage = helpPageOf((name) => variables[name]);
    const leave = (exitCode) => {
        files.removeAll();
        process.exit(exitCode);
    };
    const onSignal = (signal) => {
        if (cancel.signal.aborted)
            return;
        log.info(`${signal} received: ending child processes and cleaning up`);
        cancel.abort(new errors/* CancelledError */.cc(codes/* codes */.F.CANCELLED, `The run was cancelled (${signal})`));
        setTimeout(() => leave(1), leaveAfterMs).unref();
    };
    // First of all: a signal that comes before its handler ends the process without a word.
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
    for (const value of secretValues(declaration, variables))
        secrets.register(value);
    // Whatever slips past main is a failure with a report, never a silent end.
    const escaped = new Promise((_, reject) => {
        process.once('uncaughtException', reject);
        process.once('unhandledRejection', reject);
    });
    let outcome;
    try {
        const inputs = readInputs(declaration, variables, workspace);
        const ports = {
            exec: createExec({ secrets, variables, cancelled: cancel.signal }),
            http,
            files,
            clock: systemClock,
            log,
            secrets,
            summary,
            job: readJob(variables),
            cancelled: cancel.signal,
        };
        const main = await load();
        outcome = await Promise.race([main(inputs, ports), escaped]);
    }
    catch (thrown) {
        outcome = { outputs: {}, facts: {}, failure: cancel.signal.aborted ? cancel.signal.reason : thrown };
    }
    finish(outcome);
    http.close();
    // Standard output may be a pipe that is written to asynchronously: let it drain before the process ends.
    await new Promise((resolve) => process.stdout.write('', () => resolve()));
    return leave(outcome.failure === undefined ? 0 : 1);
    function finish({ outputs, facts, failure, told = false }) {
        const given = Object.fromEntries(Object.keys(declaration.outputs).map((name) => [name, outputs[camelKey(name)]]));
        const finished = { action: declaration.name, startedAt, endedAt: systemClock.now(), facts, failure, helpPage };
        if ('report' in declaration.outputs) {
            given.report = writeReport(makeReport({ ...finished, outputs: given }), temp, secrets);
        }
        for (const [name, value] of Object.entries(given)) {
            if (value === undefined)
                continue;
            if (secrets.holds(value)) {
                log.warning(`Output '${name}' was not set: it holds a secret. Outputs are stored and shown unmasked.`);
            }
            else
                runner.setOutput(name, value);
        }
        if (failure !== undefined)
            summary.add(told ? failureReference(failure, helpPage) : failureSummary(declaration.name, failure, helpPage));
        writeSummary();
        if (failure !== undefined) {
            if (failure instanceof Error && failure.stack !== undefined)
                log.debug(failure.stack);
            for (const annotation of failureAnnotations(failure))
                log.annotate(annotation);
        }
    }
    function writeSummary() {
        const markdown = summary.markdown();
        if (markdown === '')
            return;
        try {
            runner.addSummary(markdown);
        }
        catch (error) {
            log.info(`The job summary could not be written: ${(0,errors/* messageOf */.bD)(error)}`);
        }
    }
}
function camelKey(name) {
    return (0,run_declaration/* camel */.nJ)(name);
}


/***/ }),

/***/ 598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 24:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 30:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/
/******/ /* webpack/runtime/compat get default export */
/******/ (() => {
/******/ 	// getDefaultExport function for compatibility with non-harmony modules
/******/ 	__nccwpck_require__.n = (module) => {
/******/ 		var getter = module && module.__esModule ?
/******/ 			() => (module['default']) :
/******/ 			() => (module);
/******/ 		__nccwpck_require__.d(getter, { a: getter });
/******/ 		return getter;
/******/ 	};
/******/ })();
/******/
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/
/******/ 	}
/******/
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/
/******/ 	// no prefetching
/******/
/******/ 	// no preloaded
/******/
/******/ 	// no external install chunk
/******/
/******/ 	// no on chunks loaded
/******/ })();
/******/
/************************************************************************/
/******/
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(771);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/
