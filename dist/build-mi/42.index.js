export const id = 42;
export const ids = [42];
export const modules = {

/***/ 5042:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  makeWithDocker: () => (/* binding */ makeWithDocker),
  prepareDocker: () => (/* binding */ prepareDocker)
});

// EXTERNAL MODULE: ./packages/shared/src/base/codes.ts
var codes = __webpack_require__(2215);
// EXTERNAL MODULE: ./packages/shared/src/base/errors.ts
var errors = __webpack_require__(5026);
// EXTERNAL MODULE: ./packages/shared/src/mi/codes.ts
var mi_codes = __webpack_require__(28);
// EXTERNAL MODULE: ./packages/shared/src/base/text.ts
var base_text = __webpack_require__(3282);
// EXTERNAL MODULE: ./packages/shared/src/oci/codes.ts
var oci_codes = __webpack_require__(6271);
// EXTERNAL MODULE: ./packages/shared/src/oci/platform.ts
var platform = __webpack_require__(9054);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./packages/shared/src/oci/reference.ts
var reference = __webpack_require__(2560);
;// CONCATENATED MODULE: ./packages/shared/src/oci/docker/client-config.ts
/** A docker configuration of our own, so that the step's password is in no argument and in nobody else's file. */






/** Where docker keeps what is no credential, but is needed: builders, contexts, the buildx program. */
const SHARED = ['cli-plugins', 'buildx', 'contexts'];
/**
 * Writes the configuration into a private folder: what there is already, with these logins in it.
 * @returns the folder for DOCKER_CONFIG; undefined when there is nothing to add
 * @throws InputError REGISTRY_CREDENTIALS_UNREADABLE
 */
function writeClientConfig(logins, folder, job) {
    if (logins.length === 0)
        return undefined;
    const own = job.variable('DOCKER_CONFIG') ?? (0,external_node_path_.join)(job.variable('HOME') ?? (0,external_node_os_.homedir)(), '.docker');
    const config = readConfig((0,external_node_path_.join)(own, 'config.json'));
    const auths = { ...record(config.auths) };
    const helpers = { ...record(config.credHelpers) };
    for (const { registry, username, password } of logins) {
        const key = (0,reference/* credentialKey */.TC)(registry);
        auths[key] = { auth: Buffer.from(`${username}:${password}`).toString('base64') };
        // A helper for the same registry would win.
        Reflect.deleteProperty(helpers, key);
    }
    // A general store wins over entries, too; its other registries are asked for by name instead.
    const { credsStore, ...rest } = config;
    const stored = typeof credsStore === 'string' ? Object.keys(record(config.auths)) : [];
    for (const key of stored)
        if (!(key in helpers) && !hasAuth(auths[key]))
            helpers[key] = credsStore;
    const content = { ...rest, auths, credHelpers: helpers };
    (0,external_node_fs_.writeFileSync)((0,external_node_path_.join)(folder, 'config.json'), JSON.stringify(content), { mode: 0o600 });
    for (const name of SHARED) {
        if ((0,external_node_fs_.existsSync)((0,external_node_path_.join)(own, name)))
            (0,external_node_fs_.symlinkSync)((0,external_node_path_.join)(own, name), (0,external_node_path_.join)(folder, name));
    }
    return folder;
}
function hasAuth(entry) {
    return typeof record(entry).auth === 'string';
}
function readConfig(path) {
    if (!(0,external_node_fs_.existsSync)(path))
        return {};
    try {
        return record(JSON.parse((0,external_node_fs_.readFileSync)(path, 'utf8')));
    }
    catch (cause) {
        const problem = 'is not readable JSON';
        throw new errors/* InputError */.dz(oci_codes/* codes */.F.REGISTRY_CREDENTIALS_UNREADABLE, [{ subject: path, problem }], { cause });
    }
}
function record(value) {
    return typeof value === 'object' && value !== null ? value : {};
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/docker/failures.ts


const known = [
    {
        code: oci_codes/* codes */.F.DOCKER_UNAVAILABLE,
        seen: /Cannot connect to the Docker daemon at (?<where>\S+?)\.? Is the docker daemon running|permission denied while trying to connect to the [Dd]ocker daemon socket at (?<denied>\S+)|error during connect: (?<other>[^\n]+)/,
        says: ({ where, denied, other }) => denied !== undefined
            ? `docker may not use its daemon at ${denied}`
            : `no docker daemon answers${where === undefined ? `: ${other ?? ''}` : ` at ${where}`}`,
    },
    {
        code: oci_codes/* codes */.F.DOCKER_UNAVAILABLE,
        seen: /(?<what>BuildKit is enabled but the buildx component is missing or broken)/,
        says: ({ what = '' }) => what,
    },
    {
        code: oci_codes/* codes */.F.DOCKER_NO_SPACE,
        seen: /(?<what>[^\n]*no space left on device)/,
        says: ({ what = '' }) => `docker ran out of disk space: ${what}`,
    },
    {
        code: oci_codes/* codes */.F.DOCKER_PLATFORM_UNSUPPORTED,
        seen: /(?<what>Multi-platform build is not supported for the docker driver|multiple platforms feature is currently not supported for docker driver|exec format error|no match for platform in manifest[^\n]*)/i,
        says: ({ what = '' }) => `docker cannot build for that platform: ${what}`,
    },
    {
        code: oci_codes/* codes */.F.DOCKER_STEP_FAILED,
        seen: /process "(?<command>[^\n]*?)" did not complete successfully: exit code: (?<exit>\d+)|executor failed running \[(?<words>[^\n]*)\]: exit code: (?<code>\d+)|The command '(?<legacy>[^\n]*)' returned a non-zero code: (?<status>\d+)/,
        says: ({ command, exit, words, code, legacy, status }) => `'${command ?? words ?? legacy ?? ''}' ended with exit code ${exit ?? code ?? status ?? '?'}`,
    },
    {
        code: oci_codes/* codes */.F.DOCKER_BASE_UNAVAILABLE,
        seen: /(?<image>[\w.-]+(?:[/:@][\w./:@-]*\w)+): (?:failed to resolve source metadata for \S+: )?(?<why>not found|pull access denied[^\n]*|failed to authorize[^\n]*|insufficient_scope[^\n]*|toomanyrequests[^\n]*)|pull access denied for (?<denied>\S+?),|manifest for (?<missing>\S+) not found/,
        says: ({ image, why, denied, missing }) => denied !== undefined || missing !== undefined
            ? `docker cannot pull ${denied ?? missing ?? ''}`
            : `docker cannot pull ${image ?? ''}: ${why ?? ''}`,
    },
    {
        code: oci_codes/* codes */.F.REGISTRY_UNAUTHORIZED,
        seen: /(?<what>unauthorized: [^\n]+|no basic auth credentials|denied: [^\n]+|push access denied[^\n]*|failed to push [^\n]*401 Unauthorized)/,
        says: ({ what = '' }) => `the registry refused docker's push: ${what}`,
    },
    {
        code: oci_codes/* codes */.F.DOCKER_CERTIFICATE,
        seen: /(?<what>x509: [^\n]+|http: server gave HTTP response to HTTPS client)/,
        says: ({ what = '' }) => `docker does not trust the registry: ${what}`,
    },
    {
        code: oci_codes/* codes */.F.DOCKER_BUILD_FAILED,
        seen: /(?:failed to solve[^:\n]*:\s+|failed to compute cache key: |Error response from daemon: |ERROR: )(?<what>[^\n]+)/,
        says: ({ what = '' }) => what,
    },
];
/** Reads docker's output (its streams joined). Always finds something: the last line when nothing is known. */
function diagnoseDocker(output) {
    const text = (0,base_text/* neutralise */.$0)(output);
    const line = /^(?:[^\s:]*[Dd]ockerfile[^\s:]*):(\d+)$/m.exec(text)?.[1] ??
        /dockerfile parse error (?:on )?line (\d+)/i.exec(text)?.[1];
    const at = line === undefined ? undefined : Number(line);
    for (const { code, seen, says } of known) {
        const match = seen.exec(text);
        if (match !== null)
            return { code, message: (0,base_text/* oneLine */.TN)(says(match.groups ?? {})), line: at };
    }
    const last = text.trimEnd().split('\n').at(-1) ?? '';
    return { code: oci_codes/* codes */.F.DOCKER_BUILD_FAILED, message: (0,base_text/* oneLine */.TN)(last === '' ? 'docker gave no reason' : last), line: at };
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/docker/builder.ts
/** Building with docker what cannot be built without it, and pushing it; what was pushed the registry tells. */






const QUICK_MS = 20_000;
/** The docker on this machine; the reason as a text when it does not answer. */
async function findDocker({ exec }) {
    let result;
    try {
        const format = '{{.Server.Version}} {{.Client.Version}}';
        result = await exec.run({ command: 'docker', args: ['version', '--format', format], timeoutMs: QUICK_MS });
    }
    catch (error) {
        if (error instanceof errors/* ToolError */.v4)
            return error.message;
        throw error;
    }
    if (result.exitCode !== 0)
        return diagnoseDocker(`${result.stdout}\n${result.stderr}`).message;
    const [version = '', clientVersion = ''] = result.stdout.trim().split(' ');
    const buildx = await exec.run({ command: 'docker', args: ['buildx', 'version'], timeoutMs: QUICK_MS });
    return { version, clientVersion, buildx: buildx.exitCode === 0 };
}
/** What docker is started with, one command after the other. Pure. */
function dockerCommands(build, engine) {
    const { registry, repository } = build.target;
    const names = build.tags.map((tag) => `${registry}/${repository}:${tag}`);
    const common = [
        '--file',
        build.dockerfile,
        ...names.flatMap((name) => ['--tag', name]),
        ...(build.platforms.length === 0 ? [] : ['--platform', build.platforms.map(platform/* formatPlatform */.Bq).join(',')]),
        ...Object.entries(build.labels).flatMap(([key, value]) => ['--label', `${key}=${value}`]),
        ...Object.entries(build.buildArguments).flatMap(([key, value]) => ['--build-arg', `${key}=${value}`]),
    ];
    if (engine.buildx) {
        return [['buildx', 'build', '--progress=plain', '--provenance=false', '--push', ...common, build.context]];
    }
    return [['build', ...common, build.context], ...names.map((name) => ['push', name])];
}
/**
 * Builds and pushes.
 * @returns the digest for which every tag stands in the registry
 * @throws ToolError DOCKER_… with docker's own words; ServiceError; VerificationError IMAGE_TAG_MISMATCH
 */
async function buildWithDocker(build, engine, registries, ports) {
    for (const { username, password } of build.logins) {
        ports.secrets.register(password);
        ports.secrets.register(`${username}:${password}`);
    }
    const config = writeClientConfig(build.logins, await ports.files.privateFolder('docker-config'), ports.job);
    const env = {
        ...(config !== undefined && { DOCKER_CONFIG: config }),
        // Clients from 23 on need buildx for it; older ones speak to BuildKit themselves.
        ...(!engine.buildx && { DOCKER_BUILDKIT: Number.parseInt(engine.clientVersion, 10) < 23 ? '1' : '0' }),
        BUILDKIT_PROGRESS: 'plain',
    };
    const announced = new Set();
    for (const args of dockerCommands(build, engine)) {
        ports.log.info(`docker ${args.slice(0, 2).join(' ')} …`);
        const result = await ports.exec.run({
            command: 'docker',
            args,
            env,
            timeoutMs: build.timeoutMs,
            onLine: (line) => {
                if (line.trim() !== '')
                    ports.log.info(line);
            },
        });
        if (result.exitCode !== 0)
            throw failed(build, args, result);
        for (const digest of announcedDigests(`${result.stdout}\n${result.stderr}`))
            announced.add(digest);
    }
    return { digest: await pushedDigest(build, announced, registries) };
}
function failed(build, args, { stdout, stderr, exitCode }) {
    const output = `${stdout}\n${stderr}`;
    const { code, message, line } = diagnoseDocker(output);
    return new errors/* ToolError */.v4(code, `docker ${args[0] === 'push' ? 'push' : 'build'} failed: ${message}`, {
        command: ['docker', ...args],
        exitCode,
        evidence: (0,base_text/* tail */.RT)(output, 40),
        ...(line !== undefined && { location: { file: build.shownDockerfile, line } }),
    });
}
/** What docker says that it has pushed: `docker push` at its end, BuildKit in its progress. */
function announcedDigests(output) {
    const lines = /(?:^\S+: digest: |pushing manifest for \S+@)(sha256:[0-9a-f]{64})/gm;
    return [...output.matchAll(lines)].flatMap(([, digest]) => digest ?? []);
}
/** The local image's digest is another one than the registry's: only the registry knows what others will pull. */
async function pushedDigest({ target, tags }, announced, registries) {
    const repository = registries.repository(target, 'pull,push');
    const found = await Promise.all(tags.map(async (tag) => ({ tag, digest: (await repository.manifest(tag))?.digest })));
    const digest = found[0]?.digest;
    const other = found.find((entry) => entry.digest !== digest);
    if (digest === undefined || other !== undefined) {
        const { tag, digest: names } = other ?? found[0] ?? { tag: '', digest: undefined };
        throw new errors/* VerificationError */.mk(oci_codes/* codes */.F.IMAGE_TAG_MISMATCH, `docker reported success, and ${repository.fullName}:${tag} ${names === undefined ? 'is not in the registry' : `names ${names} instead of ${digest ?? ''}`}`);
    }
    // A tag that an earlier build left would answer, too.
    if (announced.size > 0 && !announced.has(digest)) {
        throw new errors/* VerificationError */.mk(oci_codes/* codes */.F.IMAGE_TAG_MISMATCH, `docker pushed ${[...announced].join(', ')}, and ${repository.fullName}:${tags[0] ?? ''} names ${digest}`);
    }
    return digest;
}

// EXTERNAL MODULE: ./packages/shared/src/oci/manifest.ts
var manifest = __webpack_require__(8824);
// EXTERNAL MODULE: ./packages/shared/src/oci/registry.ts + 3 modules
var registry = __webpack_require__(1750);
// EXTERNAL MODULE: ./actions/build-mi/src/image-labels.ts + 1 modules
var image_labels = __webpack_require__(7115);
;// CONCATENATED MODULE: ./actions/build-mi/src/docker-image.ts
/** `image-builder: docker`, and what `auto` hands to docker. */









/**
 * Asks whether docker is there, and whether docker can do what the inputs ask for.
 * @param needs the instructions that need it; empty when the workflow wants it
 * @throws InputError DOCKERFILE_UNSUPPORTED, DOCKER_UNAVAILABLE, INPUT_INVALID
 */
async function prepareDocker(request, needs, ports) {
    const file = request.dockerfile?.build.file ?? 'Dockerfile';
    const engine = await findDocker(ports);
    if (typeof engine === 'string') {
        if (needs.length === 0) {
            throw new errors/* InputError */.dz(oci_codes/* codes */.F.DOCKER_UNAVAILABLE, [
                { subject: 'image-builder', problem: `is docker, and ${engine}` },
            ]);
        }
        throw new errors/* InputError */.dz(mi_codes/* codes */.F.DOCKERFILE_UNSUPPORTED, needs.map(({ line, instruction, why }) => ({
            subject: file,
            problem: `line ${line} ${why} (${instruction}), which needs docker, and ${engine}`,
            location: { file, line },
        })));
    }
    const problems = problemsWithDocker(request);
    if (problems.length > 0)
        throw new errors/* InputError */.dz(codes/* codes */.F.INPUT_INVALID, problems);
    const reason = needs.map(({ line, why }) => `line ${line} ${why}`).join(', ');
    ports.log.info(`docker ${engine.version} builds the image${reason === '' ? '' : `: ${file} ${reason}`}`);
    return { engine, registries: (0,registry/* openRegistries */.c)(ports, { logins: request.logins, ca: request.ca }) };
}
function problemsWithDocker(request) {
    const useless = [
        ['files', request.files.length > 0, 'is not for docker: copy the files in the Dockerfile'],
        ['deployment-toml', request.ownDeploymentToml !== undefined, 'is not for docker: copy the file in the Dockerfile'],
        ['base-image', request.ownBase, 'is not for docker: FROM of the Dockerfile says it, an ARG can make it variable'],
        ['push', !request.push, 'is false, and the digest of what docker builds is known only in the registry'],
        ['tags', request.tags.length === 0, 'is empty, and docker pushes by tag'],
    ];
    return useless.flatMap(([subject, given, problem]) => (given ? [{ subject, problem }] : []));
}
/** @throws ToolError DOCKER_…; ServiceError; VerificationError IMAGE_TAG_MISMATCH */
async function makeWithDocker(request, { engine, registries }, applications, ports) {
    const { dockerfile, target, tags, platforms, buildArguments, logins } = request;
    if (dockerfile === undefined) {
        throw new errors/* InputError */.dz(codes/* codes */.F.INPUT_INVALID, [{ subject: 'dockerfile', problem: 'is needed for docker' }]);
    }
    const created = (0,manifest/* creationTime */.vx)(ports.job.variable('SOURCE_DATE_EPOCH'));
    const chosen = platforms === 'all' ? [] : platforms;
    const { digest } = await ports.log.group('docker build', () => buildWithDocker({
        dockerfile: dockerfile.path,
        shownDockerfile: dockerfile.build.file,
        context: dockerfile.folder,
        target,
        tags,
        platforms: chosen,
        labels: { ...(0,image_labels/* imageLabels */.J0)(applications, (0,image_labels/* namesOf */.eZ)(applications), undefined, created, ports), ...request.labels },
        buildArguments,
        logins,
        timeoutMs: request.timeoutMs,
    }, engine, registries, ports));
    return {
        builder: 'docker',
        repository: `${target.registry}/${target.repository}`,
        digest,
        tags,
        platforms: chosen.map(platform/* formatPlatform */.Bq),
        pushed: true,
        base: dockerfile.build.build.base,
        baseDigest: undefined,
        bytesUploaded: undefined,
    };
}


/***/ })

};
