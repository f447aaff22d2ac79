export const id = 625;
export const ids = [625];
export const modules = {

/***/ 2359:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ extraFileEntries),
/* harmony export */   j: () => (/* binding */ problemsOfExtraFiles)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _wso2_delivery_shared_base_codes__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2215);
/* harmony import */ var _wso2_delivery_shared_base_errors__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5026);
/* harmony import */ var _wso2_delivery_shared_mi_base_image__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6949);
/* harmony import */ var _wso2_delivery_shared_oci_dockerfile_copy__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6075);
/* harmony import */ var _wso2_delivery_shared_oci_dockerfile_known_files__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5705);
/* harmony import */ var _wso2_delivery_shared_oci_dockerfile_tree__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4062);
/** The `files` input: libraries, keystores and configuration in a layer of their own, owned by the image's user. */







const EXAMPLE = 'ci/ojdbc11.jar=lib/';
/** What is wrong with the lines themselves. */
function problemsOfExtraFiles(extra) {
    return extra.flatMap(({ source, target }) => {
        const wrong = source === '' || target === ''
            ? 'is not source=target'
            : target.split('/').includes('..') || source.split('/').includes('..')
                ? 'has .. in it'
                : source.startsWith('/')
                    ? 'has a source that is not relative to the workspace'
                    : undefined;
        return wrong === undefined
            ? []
            : [{ subject: 'files', problem: `'${source}=${target}' ${wrong}`, example: EXAMPLE }];
    });
}
/**
 * The entries of the layer. Modes do not depend on the machine: 0755 for folders and what is executable, else 0644.
 * @throws InputError INPUT_INVALID with every line that leads nowhere; DOCKERFILE_CONTEXT_REFUSED
 */
function extraFileEntries(extra, workspace, image) {
    const tree = new _wso2_delivery_shared_oci_dockerfile_tree__WEBPACK_IMPORTED_MODULE_6__/* .Tree */ .PH(filesBelowHome(image));
    const problems = [];
    const owner = { uid: image.uid, gid: image.gid };
    for (const { source, target } of extra) {
        const path = node_path__WEBPACK_IMPORTED_MODULE_0__.posix.resolve(image.serverHome, target);
        const destination = target.endsWith('/') ? `${path}/` : path;
        if (![image.userHome, image.serverHome].some((home) => path.startsWith(`${home}/`) || path === home)) {
            const problem = `'${source}=${target}' leads out of ${image.userHome}; a Dockerfile can put files there`;
            problems.push({ subject: 'files', problem, example: EXAMPLE });
            continue;
        }
        try {
            (0,_wso2_delivery_shared_oci_dockerfile_copy__WEBPACK_IMPORTED_MODULE_4__/* .copyIntoTree */ .I)({ sources: [source], destination, owner, mode: undefined }, workspace, tree);
        }
        catch (error) {
            if (!(error instanceof _wso2_delivery_shared_oci_dockerfile_tree__WEBPACK_IMPORTED_MODULE_6__/* .TreeError */ .jh || error instanceof SyntaxError))
                throw error;
            const words = error.message.replace('the build context', 'the workspace');
            problems.push({ subject: 'files', problem: `'${source}=${target}' ${words}`, example: EXAMPLE });
        }
    }
    if (problems.length > 0)
        throw new _wso2_delivery_shared_base_errors__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz(_wso2_delivery_shared_base_codes__WEBPACK_IMPORTED_MODULE_1__/* .codes */ .F.INPUT_INVALID, problems);
    return tree.closeLayer().map((entry) => {
        if (entry.type !== 'file')
            return entry;
        return { ...entry, mode: (entry.mode & 0o111) === 0 ? 0o644 : 0o755 };
    });
}
/** Below the home of the user everything belongs to the user. */
function filesBelowHome(image) {
    const known = (0,_wso2_delivery_shared_oci_dockerfile_known_files__WEBPACK_IMPORTED_MODULE_5__/* .knownBaseFiles */ .y)((0,_wso2_delivery_shared_mi_base_image__WEBPACK_IMPORTED_MODULE_3__/* .miFiles */ .CR)(image));
    const { uid, gid, userHome, serverHome } = image;
    return {
        ...known,
        entry(path) {
            try {
                return known.entry(path);
            }
            catch (error) {
                if (!(error instanceof _wso2_delivery_shared_oci_dockerfile_tree__WEBPACK_IMPORTED_MODULE_6__/* .BaseUnknown */ .OT))
                    throw error;
                if (path === serverHome || path === userHome)
                    return { type: 'directory', uid, gid, mode: 0o755 };
                // Where the server is not in a home, the folders above it are the system's.
                if (serverHome.startsWith(`${path}/`))
                    return { type: 'directory', uid: 0, gid: 0, mode: 0o755 };
                return undefined;
            }
        },
    };
}


/***/ }),

/***/ 7115:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  s1: () => (/* binding */ imageAnnotations),
  J0: () => (/* binding */ imageLabels),
  eZ: () => (/* binding */ namesOf)
});

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

;// CONCATENATED MODULE: ./actions/build-mi/src/image-labels.ts

function namesOf(applications) {
    return applications.map(({ car }) => ({ name: car.name, version: car.version }));
}
/** @param named everything that MI will activate */
function imageLabels(applications, named, base, created, ports) {
    return {
        ...imageAnnotations(applications, base, created, ports),
        [carbonApplicationsLabel]: formatCarbonApplications(named),
    };
}
/** Those keys of the specification (org.opencontainers.image.…) whose values are known. */
function imageAnnotations(applications, base, created, { job }) {
    const [only, ...others] = applications;
    const single = others.length === 0 ? only?.car : undefined;
    const source = job.repository === undefined ? undefined : `${job.serverUrl}/${job.repository}`;
    const values = {
        title: single?.name,
        version: single?.version,
        description: applications.length === 0
            ? undefined
            : `Micro Integrator with ${applications.map(({ car }) => `${car.name} ${car.version}`).join(', ')}`,
        // The epoch stands for "not said": then there is no time worth telling.
        created: created.getTime() === 0 ? undefined : created.toISOString(),
        revision: job.sha,
        source,
        url: source,
        'base.name': base?.reference,
        'base.digest': base?.resolved.digest,
    };
    return Object.fromEntries(Object.entries(values)
        .filter((entry) => entry[1] !== undefined)
        .map(([key, value]) => [`org.opencontainers.image.${key}`, value]));
}


/***/ }),

/***/ 4327:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  EM: () => (/* binding */ carContent),
  Gs: () => (/* binding */ makeImage),
  Fs: () => (/* binding */ prepareImage)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./packages/shared/src/base/errors.ts
var errors = __webpack_require__(5026);
// EXTERNAL MODULE: ./packages/shared/src/formats/zip.ts
var zip = __webpack_require__(1335);
// EXTERNAL MODULE: ./packages/shared/src/mi/base-image.ts
var base_image = __webpack_require__(6949);
// EXTERNAL MODULE: ./packages/shared/src/mi/codes.ts
var codes = __webpack_require__(28);
// EXTERNAL MODULE: ./packages/shared/src/oci/dockerfile/context.ts
var context = __webpack_require__(6523);
// EXTERNAL MODULE: ./packages/shared/src/oci/layer.ts + 2 modules
var oci_layer = __webpack_require__(8236);
// EXTERNAL MODULE: ./packages/shared/src/oci/manifest.ts
var oci_manifest = __webpack_require__(8824);
// EXTERNAL MODULE: ./packages/shared/src/base/bytes.ts
var bytes = __webpack_require__(5270);
// EXTERNAL MODULE: ./packages/shared/src/base/text.ts
var base_text = __webpack_require__(3282);
// EXTERNAL MODULE: ./packages/shared/src/oci/codes.ts
var oci_codes = __webpack_require__(6271);
// EXTERNAL MODULE: ./packages/shared/src/oci/image.ts
var oci_image = __webpack_require__(8760);
// EXTERNAL MODULE: ./packages/shared/src/oci/parallel.ts
var parallel = __webpack_require__(7098);
// EXTERNAL MODULE: ./packages/shared/src/oci/platform.ts
var oci_platform = __webpack_require__(9054);
// EXTERNAL MODULE: ./packages/shared/src/oci/reference.ts
var oci_reference = __webpack_require__(2560);
// EXTERNAL MODULE: ./packages/shared/src/oci/upload.ts + 1 modules
var upload = __webpack_require__(7318);
;// CONCATENATED MODULE: ./packages/shared/src/oci/push.ts
/** Pushing an image built on a base: blobs, then manifests, then tags, then reading back what the registry holds. */









/** Requests to one registry at the same time. */
const PARALLEL = 4;
/** What a push will store, computed before anything is sent. */
function planImages(plan) {
    const images = plan.base.images.map((image) => (0,oci_image/* extendImage */.aN)(image, plan));
    const [only, ...others] = images;
    const top = only !== undefined && others.length === 0 ? only.manifest : (0,oci_image/* indexOf */.qh)(images, plan.base.mediaType, plan.annotations);
    return { images, top };
}
/**
 * Starts to bring the layers of the base into the target: they do not depend on what is put on top of them, which can
 * be built meanwhile. A target that is never pushed keeps them as blobs without a name, which registries clean up.
 */
function startMoving({ base, target: place, builtLayers = [] }, registries) {
    const [lanes, tally] = [(0,parallel/* openLanes */.Ge)(PARALLEL), { bytesUploaded: 0, mounted: 0, skipped: 0 }];
    const target = registries.repository(place, 'pull,push');
    const source = registries.repository(base.reference, 'pull');
    const mountFrom = source.registry === target.registry && source.name !== target.name ? source.name : undefined;
    const built = new Set(builtLayers.map(({ digest }) => digest));
    const blobs = baseLayers(base)
        .filter(({ digest }) => !built.has(digest))
        .map((layer) => ({ digest: layer.digest, size: layer.size, open: () => source.streamBlob(layer) }));
    const done = putBlobs(blobs, target, { lanes, tally }, mountFrom);
    done.catch(() => undefined);
    return { done, lanes, tally };
}
/**
 * Pushes the image and proves it: every tag is read back and must name what was pushed. What the registry has already
 * is not sent again.
 * @throws InputError IMAGE_REFERENCE_INVALID; ServiceError; VerificationError IMAGE_TAG_MISMATCH, IMAGE_CONTENT_MISMATCH
 */
async function pushImage(plan, registries) {
    checkTags(plan.tags);
    const { images, top } = planImages(plan);
    const target = registries.repository(plan.target, 'pull,push');
    const { log } = target.ports;
    const names = plan.tags.length > 0 ? [...new Set(plan.tags)] : [top.digest];
    const moving = plan.moving ?? startMoving(plan, registries);
    const { tally } = moving;
    // Also where the tags are right already: a registry that lost a part of the image gets it back.
    const blobs = [moving.done, putBlobs(newBlobs(plan, images), target, moving)];
    const asked = staleNames(target, names, top.digest);
    await (0,parallel/* allOf */.bn)([...blobs, asked]);
    const stale = await asked;
    const children = images.map(({ manifest }) => manifest).filter((manifest) => manifest !== top);
    await (0,parallel/* inParallel */.HN)(children, PARALLEL, async (manifest) => {
        if (await target.hasManifest(manifest.digest))
            return;
        await putOrFindManifest(target, manifest.digest, manifest);
        tally.bytesUploaded += manifest.bytes.length;
    });
    await (0,parallel/* inParallel */.HN)(stale, PARALLEL, async (name) => {
        await putOrFindManifest(target, name, top);
        tally.bytesUploaded += top.bytes.length;
    });
    // Only when all are there: of two tags that are one to the registry, the second would undo the first.
    await (0,parallel/* inParallel */.HN)(stale, PARALLEL, (name) => readBack(target, name, top.digest));
    log.info(`${target.fullName}@${top.digest}: ${(0,bytes/* formatBytes */.z)(tally.bytesUploaded)} sent, ${(0,base_text/* count */.U9)(tally.mounted, 'blob')} mounted, ${tally.skipped} already there`);
    return {
        repository: target.fullName,
        digest: top.digest,
        tags: plan.tags,
        platforms: images.map(({ platform }) => (0,oci_platform/* formatPlatform */.Bq)(platform)),
        ...tally,
    };
}
function checkTags(tags) {
    const problems = tags.flatMap((tag) => {
        const problem = (0,oci_reference/* tagProblem */.qH)(tag);
        return problem === undefined
            ? []
            : [{ subject: 'tags', problem: `${JSON.stringify(tag)} ${problem}`, example: '1.4.0' }];
    });
    if (problems.length > 0)
        throw new errors/* InputError */.dz(oci_codes/* codes */.F.IMAGE_REFERENCE_INVALID, problems);
}
/** The names that do not yet stand for the digest. */
async function staleNames(target, names, digest) {
    const held = await (0,parallel/* inParallel */.HN)(names, PARALLEL, (name) => target.manifest(name));
    return names.filter((_, index) => held[index]?.digest !== digest);
}
/** Each once, though platforms share them. */
function baseLayers({ images }) {
    const layers = images.flatMap((image) => image.manifest.layers).filter(isDistributable);
    return [...new Map(layers.map((layer) => [layer.digest, layer])).values()];
}
/** What is on top of the base: its layers, and the configurations. */
function newBlobs({ base, builtLayers = [], layers }, images) {
    const built = new Set(builtLayers.map(({ digest }) => digest));
    const moved = new Set(baseLayers(base).map(({ digest }) => digest));
    const blobs = new Map();
    for (const { digest, size, content } of [...builtLayers, ...layers]) {
        if (built.has(digest) || !moved.has(digest))
            blobs.set(digest, { digest, size, open: () => content.open() });
    }
    for (const { config } of images) {
        const { digest, bytes } = config;
        blobs.set(digest, { digest, size: bytes.length, open: () => inMemory(bytes) });
    }
    return [...blobs.values()];
}
function putBlobs(blobs, target, { lanes, tally }, mountFrom) {
    const put = async (blob) => {
        const outcome = await (0,upload/* putBlob */.H)(target, blob, mountFrom);
        if (outcome === 'uploaded') {
            tally.bytesUploaded += blob.size;
            target.ports.log.info(`Uploaded ${blob.digest} (${(0,bytes/* formatBytes */.z)(blob.size)})`);
        }
        else {
            tally[outcome === 'mounted' ? 'mounted' : 'skipped'] += 1;
        }
    };
    return (0,parallel/* allOf */.bn)(blobs.map((blob) => lanes.run(() => put(blob))));
}
/** Layers of the Windows kind stay where their URLs point. */
function isDistributable({ mediaType, urls }) {
    return !(/nondistributable|foreign/.test(mediaType) && urls !== undefined && urls.length > 0);
}
async function* inMemory(bytes) {
    yield await Promise.resolve(bytes);
}
/** Stores the manifest. When the answer was lost or the registry failed, what it holds now decides. */
async function putOrFindManifest(target, name, document) {
    try {
        await target.putManifest(name, document);
    }
    catch (error) {
        const lost = error instanceof errors/* ServiceError */._7 && (error.status === undefined || error.status >= 500);
        if (!lost || (await target.manifest(name))?.digest !== document.digest)
            throw error;
    }
}
async function readBack(target, name, digest) {
    const held = await target.manifest(name);
    if (held?.digest === digest)
        return;
    const what = held === undefined ? 'is not there' : `names ${held.digest}`;
    throw new errors/* VerificationError */.mk(oci_codes/* codes */.F.IMAGE_TAG_MISMATCH, `${target.fullName}:${name} was pushed as ${digest}, and read back it ${what}`);
}

// EXTERNAL MODULE: ./packages/shared/src/oci/registry.ts + 3 modules
var registry = __webpack_require__(1750);
// EXTERNAL MODULE: ./packages/shared/src/oci/failure.ts
var failure = __webpack_require__(6599);
;// CONCATENATED MODULE: ./packages/shared/src/oci/resolve.ts
/** What an image reference stands for right now: digest, platforms, manifests and configurations. No layer is read. */






/**
 * Resolves a reference to the images of all platforms, or of the chosen ones.
 * @throws ServiceError REGISTRY_NOT_FOUND and others; InputError IMAGE_PLATFORM_MISSING; VerificationError
 */
async function resolveImage(reference, platforms, registries) {
    const repository = registries.repository(reference, 'pull');
    const where = (0,oci_reference/* formatReference */.FH)(reference);
    const top = await repository.manifest((0,oci_reference/* manifestName */.vS)(reference));
    if (top === undefined)
        throw notFound(reference);
    const manifest = (0,oci_manifest/* parseManifest */.Ng)(top.bytes, top.mediaType, where);
    const images = (0,oci_manifest/* isIndex */.nw)(manifest)
        ? await imagesOf(manifest.manifests, platforms, repository, where)
        : [await readImage(repository, top, where)];
    const missing = platforms === 'all' ? [] : missingPlatforms(platforms, images);
    if (missing.length > 0) {
        const offered = (0,oci_manifest/* isIndex */.nw)(manifest) ? offeredPlatforms(manifest.manifests) : images.map((image) => image.platform);
        throw new errors/* InputError */.dz(oci_codes/* codes */.F.IMAGE_PLATFORM_MISSING, [
            {
                subject: 'platforms',
                problem: `${where} has no image for ${missing.map(oci_platform/* formatPlatform */.Bq).join(', ')}; it has ${offered.map(oci_platform/* formatPlatform */.Bq).join(', ')}`,
            },
        ]);
    }
    if (images.length === 0) {
        throw new errors/* InputError */.dz(oci_codes/* codes */.F.IMAGE_PLATFORM_MISSING, [{ subject: where, problem: 'is an index without any image' }]);
    }
    return { reference, digest: top.digest, mediaType: top.mediaType, images };
}
/** The wanted platforms that none of the images serves. */
function missingPlatforms(wanted, images) {
    return wanted.filter((platform) => !images.some((image) => (0,oci_platform/* platformMatches */.J5)(platform, image.platform)));
}
/** The platforms of an index's images; attestations, which name the platform unknown/unknown, are none. */
function offeredPlatforms(manifests) {
    return manifests
        .map(({ platform }) => platform)
        .filter((platform) => platform !== undefined && platform.os !== 'unknown');
}
async function imagesOf(manifests, platforms, repository, where) {
    const candidates = manifests.filter(({ mediaType, platform }) => !(0,oci_manifest/* isIndexType */.$U)(mediaType) &&
        platform?.os !== 'unknown' &&
        (platform === undefined || platforms === 'all' || platforms.some((wanted) => (0,oci_platform/* platformMatches */.J5)(wanted, platform))));
    return Promise.all(candidates.map(async (descriptor) => {
        const child = `${where} (${descriptor.platform === undefined ? descriptor.digest : (0,oci_platform/* formatPlatform */.Bq)(descriptor.platform)})`;
        const document = await repository.manifest(descriptor.digest);
        if (document === undefined) {
            throw new errors/* ServiceError */._7(oci_codes/* codes */.F.REGISTRY_NOT_FOUND, `${child} is listed in its index and not in the registry`, {
                method: 'GET',
                url: manifestUrl(repository, descriptor.digest),
                status: 404,
            });
        }
        return readImage(repository, document, child, descriptor.platform);
    }));
}
async function readImage(repository, { mediaType, digest, bytes }, where, listedAs) {
    const manifest = (0,oci_manifest/* parseManifest */.Ng)(bytes, mediaType, where);
    if ((0,oci_manifest/* isIndex */.nw)(manifest)) {
        throw new errors/* InputError */.dz(oci_codes/* codes */.F.IMAGE_MANIFEST_INVALID, [{ subject: where, problem: 'is an index inside an index' }]);
    }
    const config = (0,oci_manifest/* parseConfig */.o4)(await repository.readBlob(manifest.config), manifest, where);
    const { os, architecture, variant } = config;
    const platform = listedAs ?? { os, architecture, ...(variant !== undefined && { variant }) };
    return { platform, mediaType: manifest.mediaType ?? mediaType, digest, manifest, config };
}
function notFound(reference) {
    const name = (0,oci_reference/* manifestName */.vS)(reference);
    return new errors/* ServiceError */._7(oci_codes/* codes */.F.REGISTRY_NOT_FOUND, `the image ${(0,oci_reference/* formatReference */.FH)(reference)} does not exist`, {
        method: 'GET',
        url: manifestUrl({ registry: reference.registry, name: reference.repository }, name),
        status: 404,
    });
}
function manifestUrl({ registry, name }, of) {
    return (0,failure/* shownUrl */.zA)(`${(0,oci_reference/* defaultScheme */.j5)(registry)}://${(0,oci_reference/* apiHost */.nz)(registry)}/v2/${name}/manifests/${of}`);
}

// EXTERNAL MODULE: ./actions/build-mi/src/extra-files.ts
var extra_files = __webpack_require__(2359);
// EXTERNAL MODULE: ./actions/build-mi/src/image-labels.ts + 1 modules
var image_labels = __webpack_require__(7115);
;// CONCATENATED MODULE: ./actions/build-mi/src/image.ts
/**
 * The image: the base, a layer with the carbon applications, a layer with deployment.toml. What only some images need
 * (docker, a Dockerfile, documents beside the image) is loaded when one does.
 */















/** @throws InputError BASE_IMAGE_NOT_MI and others; ServiceError */
async function findBase(request, ports) {
    const registries = (0,registry/* openRegistries */.c)(ports, { logins: request.logins, ca: request.ca });
    const resolved = await resolveImage(request.base, request.platforms, registries);
    const reference = (0,oci_reference/* formatReference */.FH)(request.base);
    const [first, ...others] = resolved.images.map(({ config }) => (0,base_image/* miImage */.Ck)(config.config ?? {}, reference));
    if (first === undefined)
        throw notMi(reference, 'has no image for any platform');
    const other = others.find(({ serverHome, uid, gid }) => serverHome !== first.serverHome || uid !== first.uid || gid !== first.gid);
    if (other !== undefined)
        throw notMi(reference, `has different servers on its platforms: ${first.serverHome}, ${other.serverHome}`);
    return { reference, resolved, image: first, registries };
}
function notMi(reference, problem) {
    return new errors/* InputError */.dz(codes/* codes */.F.BASE_IMAGE_NOT_MI, [{ subject: 'base-image', problem: `${reference} ${problem}` }]);
}
/** @throws InputError BASE_IMAGE_NOT_MI, DOCKERFILE_UNSUPPORTED and others; ServiceError */
async function prepareImage(request, ports) {
    if (request.how === 'docker') {
        const needs = request.dockerfile?.build.build.needsDocker ?? [];
        const { prepareDocker } = await __webpack_require__.e(/* import() */ 42).then(__webpack_require__.bind(__webpack_require__, 5042));
        return { kind: 'docker', ...(await prepareDocker(request, needs, ports)) };
    }
    const base = await findBase(request, ports);
    ports.log.info(`Base: ${base.reference}@${base.resolved.digest}, server in ${base.image.serverHome}`);
    return { kind: 'layers', base };
}
/**
 * Builds the image and pushes it, or only computes its digest.
 * @throws InputError DOCKERFILE_INVALID and others; ToolError DOCKER_…; ServiceError; VerificationError
 */
async function makeImage(request, preparation, applications, ports) {
    const startedAt = ports.clock.now();
    const made = preparation.kind === 'docker'
        ? await (await __webpack_require__.e(/* import() */ 42).then(__webpack_require__.bind(__webpack_require__, 5042))).makeWithDocker(request, preparation, applications, ports)
        : await makeOfLayers(request, preparation.base, applications, ports);
    const attached = made.pushed && (request.sbom || request.provenance)
        ? await (await __webpack_require__.e(/* import() */ 113).then(__webpack_require__.bind(__webpack_require__, 5113))).attachDocuments(request, made, applications, ports)
        : [];
    return { ...made, attached, durationMs: ports.clock.now() - startedAt };
}
async function makeOfLayers(request, base, applications, ports) {
    const created = (0,oci_manifest/* creationTime */.vx)(ports.job.variable('SOURCE_DATE_EPOCH'));
    const folder = await ports.files.privateFolder('image');
    const { dockerfile } = request;
    // While the layers on top are built. A Dockerfile may yet turn out to be docker's business.
    const moving = request.push && request.how === 'layers'
        ? startMoving({ base: base.resolved, target: request.target }, base.registries)
        : undefined;
    let carriedOut;
    if (request.how === 'dockerfile' && dockerfile !== undefined) {
        const { carryOutDockerfile } = await Promise.all(/* import() */[__webpack_require__.e(118), __webpack_require__.e(502)]).then(__webpack_require__.bind(__webpack_require__, 2502));
        carriedOut = await carryOutDockerfile(dockerfile, base, applications, created, folder, ports);
        if (carriedOut.kind === 'docker' && request.imageBuilder !== 'layers') {
            const { prepareDocker, makeWithDocker } = await __webpack_require__.e(/* import() */ 42).then(__webpack_require__.bind(__webpack_require__, 5042));
            const prepared = await prepareDocker(request, carriedOut.needs, ports);
            return makeWithDocker(request, prepared, applications, ports);
        }
    }
    const done = carriedOut?.kind === 'layers' ? carriedOut : undefined;
    const toml = done === undefined ? request.deploymentToml : request.ownDeploymentToml;
    const layers = await Promise.all([
        ...(done === undefined ? [carLayer(applications, base.image, created, folder)] : []),
        ...(toml === undefined ? [] : [tomlLayer(toml, base.image, created, folder)]),
        ...(request.files.length === 0 ? [] : [filesLayer(request.files, base.image, created, folder, ports.files)]),
    ]);
    const named = done?.applications ?? (0,image_labels/* namesOf */.eZ)(applications);
    const plan = {
        base: done === undefined ? base.resolved : { ...base.resolved, images: done.images },
        target: request.target,
        tags: request.tags,
        layers,
        builtLayers: done?.layers ?? [],
        labels: { ...(0,image_labels/* imageLabels */.J0)(applications, named, base, created, ports), ...request.labels },
        annotations: (0,image_labels/* imageAnnotations */.s1)(applications, base, created, ports),
        created,
        ...(moving !== undefined && { moving }),
    };
    const common = {
        builder: done === undefined ? 'layers' : 'dockerfile',
        base: base.reference,
        baseDigest: base.resolved.digest,
    };
    if (!request.push) {
        const { images, top } = planImages(plan);
        return {
            ...common,
            repository: `${request.target.registry}/${request.target.repository}`,
            digest: top.digest,
            tags: [],
            platforms: images.map(({ platform }) => (0,oci_platform/* formatPlatform */.Bq)(platform)),
            pushed: false,
            bytesUploaded: undefined,
        };
    }
    const { repository, digest, tags, platforms, bytesUploaded } = await pushImage(plan, base.registries);
    return { ...common, repository, digest, tags, platforms, pushed: true, bytesUploaded };
}
/**
 * A carbon application as MI finds it in the image. Maven writes the time of the build into a CAR; the one in the image
 * has none, so that the same sources give the same layer. Nothing in it is compressed: the layer is, as a whole and
 * better, and MI unpacks it sooner.
 */
async function carContent(entries) {
    const parts = await (0,zip/* packZip */.Rt)(entries, { method: 'store' });
    async function* open() {
        yield* await Promise.resolve(parts);
    }
    return { length: parts.reduce((sum, { length }) => sum + length, 0), open };
}
async function carLayer(applications, { carbonapps, userHome, uid, gid }, modified, folder) {
    const files = await Promise.all(applications.map(async ({ file, entries }) => {
        const content = await carContent(entries);
        return { path: `${carbonapps}/${(0,external_node_path_.basename)(file)}`, uid, gid, mode: 0o644, content };
    }));
    return (0,oci_layer/* buildLayer */.oj)({
        files,
        directory: (0,oci_layer/* directoriesOwnedBelow */.KV)(userHome, { uid, gid, mode: 0o755 }),
        modified,
        description: `build-mi: ${applications.map(({ car }) => `${car.name} ${car.version}`).join(', ')}`,
    }, folder);
}
async function tomlLayer(file, { deploymentToml, userHome, uid, gid }, modified, folder) {
    return (0,oci_layer/* buildLayer */.oj)({
        files: [{ path: deploymentToml, uid, gid, mode: 0o644, content: await (0,oci_layer/* fileContent */.qY)(file) }],
        directory: (0,oci_layer/* directoriesOwnedBelow */.KV)(userHome, { uid, gid, mode: 0o755 }),
        modified,
        description: 'build-mi: deployment.toml',
    }, folder);
}
async function filesLayer(extra, image, modified, folder, files) {
    const entries = (0,extra_files/* extraFileEntries */.f)(extra, (0,context/* openContext */.eA)(files.workspace), image);
    return (0,oci_layer/* packLayer */.Js)(entries, { modified, description: 'build-mi: files' }, folder);
}


/***/ }),

/***/ 9625:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  main: () => (/* binding */ main)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./packages/shared/src/base/errors.ts
var base_errors = __webpack_require__(5026);
// EXTERNAL MODULE: ./packages/shared/src/base/duration.ts
var duration = __webpack_require__(4069);
// EXTERNAL MODULE: ./packages/shared/src/maven/project.ts + 1 modules
var maven_project = __webpack_require__(8882);
// EXTERNAL MODULE: ./packages/shared/src/maven/test-results.ts
var test_results = __webpack_require__(428);
// EXTERNAL MODULE: ./packages/shared/src/base/suggest.ts
var suggest = __webpack_require__(3119);
;// CONCATENATED MODULE: ./packages/shared/src/mi/check-deployment-toml.ts
/**
 * What the server would misread in a deployment.toml without a word: it checks neither names nor kinds. Names of tables
 * and keys from the configuration templates of wso2/product-micro-integrator (distribution/src/resources/config-tool)
 * and, for internal_apis, datasource and service_catalog, from the documentation. Pure.
 */

/** Tables that the server takes a list of: [[name]]. */
const lists = [
    'datasource',
    'internal_apis.users',
    'service_catalog',
    'synapse_handlers',
    ...['jms', 'rabbitmq'].flatMap((transport) => ['transport', 'transport.blocking'].flatMap((prefix) => [
        `${prefix}.${transport}.listener`,
        `${prefix}.${transport}.sender`,
    ])),
    'transport.mail.sender',
    'transport.blocking.mail.sender',
    'transport.http.proxy_profile',
    'transport.http.secured_proxy_profile',
];
const keystore = ['file_name', 'type', 'password', 'alias', 'key_password'];
/** Keys of tables that are fully known. */
const keysOf = {
    server: [
        ...['hostname', 'offset', 'node_ip', 'hot_deployment', 'enable_mtom', 'enable_swa', 'enableMTOM', 'enableSwA'],
        ...['userAgent', 'serverDetails', 'server_details', 'user_agent', 'roles', 'preserve', 'proxy_context_path'],
        ...['synapse_config_file_path', 'synapse_config_home_directory', 'synapse_config_resolve_root'],
        ...['synapse_config_server_name', 'hide_admin_service_wsdl', 'enable_security_deployment_interceptor'],
        ...['cache_attachments', 'attachment_dir', 'size_threshold', 'disable_rest', 'sandesha2_storage_manager'],
        ...['service_path', 'strict_service_path_validation', 'services_directory', 'modules_directory', 'blocking'],
        ...['send_stacktrace_details_with_faults', 'drill_down_to_root_cause_for_fault_reason', 'web_context_root'],
        ...['manage_transport_session', 'config_context_timeout_interval', 'enable_basic_auth', 'hot_update'],
        ...['gracefulShutdownEnabled', 'gracefulShutdownTimeout', 'graceful_shutdown_enabled', 'graceful_shutdown_timeout'],
        ...['get_request_processor', 'http_content_negotiation', 'identity_server_username', 'identity_server_password'],
    ],
    'keystore.primary': keystore,
    'keystore.tls': keystore,
    'keystore.internal': keystore,
    truststore: ['file_name', 'location', 'type', 'password', 'alias', 'algorithm'],
    super_admin: ['username', 'password', 'admin_role', 'create_admin_account'],
    'internal_apis.file_user_store': ['enable'],
    'management_api.cors': ['enable', 'enabled', 'allowed_origins', 'allowed_headers'],
};
/** Tables that may be meant when a name is nearly one of them. */
const tables = [
    ...Object.keys(keysOf),
    ...lists,
    ...['mediation', 'user_store', 'encryption', 'secrets', 'management_api', 'transport.http', 'transport.vfs.listener'],
];
/** Passwords that every installation has: no secret. */
const published = new Set(['wso2carbon', 'admin']);
const secretKey = /(?:^|[._])'?(?:\w*password|secret|client_secret|api_key|access_key|secret_key)'?$/i;
/** Looks through the lines of a file that is valid TOML. */
function checkDeploymentToml(text) {
    const findings = [];
    let table = '';
    // A text over several lines may hold anything.
    const lines = text.replace(/("""|''')[\s\S]*?\1/g, (whole) => whole.replace(/[^\n]/g, 'x')).split('\n');
    lines.forEach((content, index) => {
        const line = index + 1;
        const [, brackets, name] = /^\s*(\[{1,2})\s*([^\][]+?)\s*\]{1,2}\s*(?:#.*)?$/.exec(content) ?? [];
        if (brackets !== undefined && name !== undefined) {
            table = name.replace(/\s*\.\s*/g, '.');
            findings.push(...headerFindings(table, brackets === '[[', line));
            return;
        }
        const [, key, value] = /^\s*([\w.'"-]+(?:\s*\.\s*[\w.'"-]+)*)\s*=\s*(.*?)\s*$/.exec(content) ?? [];
        if (key !== undefined && value !== undefined)
            findings.push(...keyFindings(table, key, value, line));
    });
    return findings;
}
function headerFindings(name, isList, line) {
    if (lists.includes(name) && !isList) {
        const message = `[${name}] is one table, and the server reads a list: write [[${name}]]. As it stands each value in it is taken for an entry.`;
        return [{ severity: 'error', message, line }];
    }
    if (keysOf[name] !== undefined && isList) {
        const message = `[[${name}]] is a list, and the server reads one table: write [${name}]. As it stands nothing in it is read.`;
        return [{ severity: 'error', message, line }];
    }
    if (tables.includes(name) || tables.some((table) => name.startsWith(`${table}.`) || table.startsWith(`${name}.`)))
        return [];
    // Many tables are open (transports, names of one's own): only what is one slip away from a known one is told.
    const meant = tables.find((table) => (0,suggest/* editDistance */.YC)(name, table) === 1);
    if (meant === undefined)
        return [];
    const message = `The server has no table '${name}' and says nothing about it. Did you mean '${meant}'?`;
    return [{ severity: 'warning', message, line }];
}
function keyFindings(table, key, value, line) {
    const known = keysOf[table];
    const [first = key] = key.split('.');
    const unknown = known === undefined || known.includes(first.trim())
        ? []
        : [
            {
                severity: 'warning',
                message: `The server knows no key '${key}' in [${table}] and says nothing about it.${(0,suggest/* didYouMean */.au)(key, known)}`,
                line,
            },
        ];
    return [...unknown, ...secretFindings(table, key, value, line)];
}
function secretFindings(table, key, value, line) {
    const [, text] = /^["'](.*)["']\s*(?:#.*)?$/.exec(value) ?? [];
    if (text === undefined || text === '')
        return [];
    if (table === 'secrets') {
        if (!/^\[.*\]$/.test(text))
            return [];
        const message = `The secret '${key}' stands in clear in [secrets]: encrypt it with the cipher tool, or take it from the environment ($env{…}).`;
        return [{ severity: 'warning', message, line }];
    }
    const isReference = /\$(?:env|secret|sys|ref)\{/.test(text);
    if (!secretKey.test(key) || isReference || published.has(text))
        return [];
    const message = `'${key}' in [${table}] holds a password in clear, which everybody sees who has the image: use $env{…} or $secret{…}.`;
    return [{ severity: 'warning', message, line }];
}

// EXTERNAL MODULE: ./packages/shared/src/mi/codes.ts
var codes = __webpack_require__(28);
;// CONCATENATED MODULE: ./packages/shared/src/mi/finding.ts
/** What Maven says and what MI would do. */
const effects = {
    malformed: 'MI cannot deploy it and marks the whole carbon application as faulty.',
    'empty-document': 'Maven leaves it out and says BUILD SUCCESS; MI would never know of it.',
    missing: 'Maven says BUILD SUCCESS all the same; MI would run without it.',
    misplaced: 'Maven does not pack it and says BUILD SUCCESS; MI would run without it.',
    'wrong-type': 'It is packed as what it is not: MI cannot deploy it and marks the whole carbon application as faulty.',
    duplicated: 'The CAR lists both and holds only the one written last; MI would run that one.',
    nameless: 'MI cannot deploy an artifact without a name and marks the whole carbon application as faulty.',
    stale: 'MI would run something else than what the source says.',
    'empty-car': 'MI would log one line, deploy nothing, and be ready.',
    'broken-car': 'MI would log it, not deploy the carbon application, and be ready.',
    'connector-missing': 'The CAR plugin says BUILD SUCCESS without it; MI fails where its operations are used.',
    'resource-missing': 'Maven says BUILD SUCCESS all the same; what reads the resource fails when it is called.',
    'resource-unlisted': 'It is in no CAR, so MI would not find it.',
    unresolved: 'MI fails when it is called, unless another carbon application brings it.',
    'connector-unpackaged': 'MI cannot deploy what uses it and marks the carbon application as faulty, unless the connector is installed otherwise.',
    'class-unpackaged': 'MI cannot deploy what uses it and marks the carbon application as faulty, unless its jar is in lib or dropins of the server.',
    'context-collision': 'MI refuses the one that it meets second and marks the carbon application as faulty.',
    'port-collision': 'MI starts the one that it meets first; the other does not listen.',
    'name-differs': 'MI deploys it under the name in the document; everything that counts on the other name fails.',
    'not-exported': 'It is in no CAR, so MI would run without it.',
};
/** One finding, with what MI makes of it; an error unless said otherwise. */
function finding(rule, subject, message, place = {}, severity = 'error') {
    return {
        rule,
        severity,
        subject,
        message,
        effect: effects[rule],
        file: undefined,
        line: undefined,
        column: undefined,
        ...place,
    };
}
/** The finding at its line. @param softened warnings instead of errors */
function annotationOf(finding, softened) {
    const { file, line, column, message, effect, severity } = finding;
    return {
        level: severity === 'error' && !softened ? 'error' : 'warning',
        message: `${message} ${effect}`,
        ...(file !== undefined && { file }),
        ...(line !== undefined && { line }),
        ...(column !== undefined && { column }),
    };
}

// EXTERNAL MODULE: ./packages/shared/src/mi/find-cars.ts
var find_cars = __webpack_require__(335);
// EXTERNAL MODULE: ./packages/shared/src/maven/codes.ts
var maven_codes = __webpack_require__(9645);
// EXTERNAL MODULE: ./packages/shared/src/maven/packaging-without-maven.ts
var packaging_without_maven = __webpack_require__(3115);
;// CONCATENATED MODULE: ./actions/build-mi/src/choose-builder.ts



/**
 * Who packages: what the input says, or for `auto` the native way when nothing speaks against it.
 * @throws InputError MAVEN_NEEDED when `native` is asked for and only Maven can do it
 */
function chooseBuilder(inputs, project, files) {
    if (inputs.builder === 'maven')
        return { builder: 'maven', obstacles: [] };
    const obstacles = (0,packaging_without_maven/* obstaclesToPackagingWithoutMaven */.uu)(project, {
        goals: inputs.goals.split(/\s+/).filter((goal) => goal !== ''),
        profiles: inputs.profiles,
        arguments: inputs.mavenArgs,
        settings: inputs.settings,
        skipTests: inputs.skipTests,
    });
    if (inputs.builder === 'auto')
        return { builder: obstacles.length === 0 ? 'native' : 'maven', obstacles };
    const impossible = obstacles.filter(({ kind }) => kind === 'impossible');
    if (impossible.length === 0)
        return { builder: 'native', obstacles };
    const pom = files.display(project.pomFile);
    throw new base_errors/* InputError */.dz(maven_codes/* codes */.F.MAVEN_NEEDED, impossible.map(({ what, line }) => ({
        subject: pom,
        problem: what,
        location: { file: pom, ...(line !== undefined && { line }) },
    })));
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./packages/shared/src/base/text.ts
var base_text = __webpack_require__(3282);
// EXTERNAL MODULE: ./packages/shared/src/base/safe-path.ts
var safe_path = __webpack_require__(8994);
// EXTERNAL MODULE: ./packages/shared/src/mi/car.ts
var mi_car = __webpack_require__(1608);
// EXTERNAL MODULE: ./packages/shared/src/base/bytes.ts
var base_bytes = __webpack_require__(5270);
// EXTERNAL MODULE: ./packages/shared/src/formats/malformed.ts
var formats_malformed = __webpack_require__(9529);
// EXTERNAL MODULE: ./packages/shared/src/formats/xml.ts + 1 modules
var xml = __webpack_require__(4343);
// EXTERNAL MODULE: ./packages/shared/src/mi/artifact-kinds.ts
var artifact_kinds = __webpack_require__(2724);
;// CONCATENATED MODULE: ./packages/shared/src/mi/check-collisions.ts
/** Artifacts of a project that claim the same address: MI gives it to one of them. Pure. */


/** Ports of an MI that nobody configured (offset 10). */
const serverPorts = {
    '8290': 'HTTP listener',
    '8253': 'HTTPS listener',
    '9164': 'management API',
    '9201': 'health checks',
};
/** @param display turns an absolute path into the one for annotations */
function collisionFindings({ artifacts }, display) {
    return [
        ...twice(artifacts, contextOf).map(({ source, other, claim }) => {
            const message = `The API '${source.name ?? ''}' has the context ${claim}, which ${display(other.file)} has too.`;
            return finding('context-collision', source.name ?? '', message, placeOf(source, display));
        }),
        ...twice(artifacts, portOf).map(({ source, other, claim }) => {
            const message = `The inbound endpoint '${source.name ?? ''}' listens on port ${claim}, as ${display(other.file)} does.`;
            return finding('port-collision', source.name ?? '', message, placeOf(source, display));
        }),
        ...artifacts.flatMap((source) => {
            const listener = serverPorts[portOf(source) ?? ''];
            if (listener === undefined)
                return [];
            const message = `The inbound endpoint '${source.name ?? ''}' listens on port ${portOf(source) ?? ''}, where MI has its ${listener} unless deployment.toml moves it.`;
            return [finding('port-collision', source.name ?? '', message, placeOf(source, display), 'warning')];
        }),
    ];
}
/** Everything whose claim an earlier artifact of another name makes too. */
function twice(artifacts, claimOf) {
    const first = new Map();
    return artifacts.flatMap((source) => {
        const claim = claimOf(source);
        if (claim === undefined)
            return [];
        const other = first.get(claim);
        if (other === undefined)
            first.set(claim, source);
        return other === undefined || other.name === source.name ? [] : [{ source, other, claim }];
    });
}
/** Context and version, as Synapse compares them (SynapseConfiguration.addAPI): host names are no part of it. */
function contextOf({ root }) {
    const { context, version = '' } = root?.attributes ?? {};
    if (root?.name !== 'api' || context === undefined || context.includes('${'))
        return undefined;
    return `${context}${version === '' ? '' : ` (version ${version})`}`;
}
function portOf({ root }) {
    if (root?.name !== 'inboundEndpoint' || root.attributes.suspend === 'true')
        return undefined;
    return (0,xml/* childrenNamed */.De)(root, 'parameters')
        .flatMap((list) => (0,xml/* childrenNamed */.De)(list, 'parameter'))
        .filter(({ attributes }) => /^inbound\.(?:http|ws|hl7|rabbitmq)\.port$/i.test(attributes.name ?? ''))
        .map(({ text }) => text.trim())
        .find((text) => /^\d+$/.test(text));
}
function placeOf({ file, root }, display) {
    return { file: display(file), ...(root !== undefined && { line: root.line }) };
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/check-registry.ts
/** Compares the registry resources of a project with those in its CAR. Pure. */


function registryFindings(car, { items, beyond, unlisted, malformed }, display) {
    if (malformed !== undefined) {
        const list = display(malformed.list);
        const place = { file: list, line: malformed.line };
        return [finding('malformed', list, `${list} is not well-formed XML (${malformed.message}).`, place)];
    }
    return [
        ...items.flatMap((item) => itemFinding(car, item, display) ?? []),
        ...beyond.map(({ artifact, registryPath, list, line }) => {
            const message = `The artifact '${artifact}' has an item before ${registryPath}: the plugin packs the first one alone.`;
            return finding('missing', registryPath, message, { file: display(list), line });
        }),
        ...unlisted.map((path) => {
            const file = display(path);
            return finding('resource-unlisted', file, `${file} is listed in no artifact.xml.`, { file }, 'warning');
        }),
    ];
}
function itemFinding(car, item, display) {
    const { artifact, registryPath, file, content, generated, expected, list, line } = item;
    const place = { file: display(list), line };
    if (file === undefined && !generated) {
        const message = `The registry resource ${registryPath} has no file ${expected}.`;
        return finding('resource-missing', registryPath, message, place);
    }
    if (!car.dependencies.some((dependency) => dependency.artifact === artifact)) {
        return finding('missing', artifact, `The registry resource '${artifact}' is not in ${car.name} ${car.version}.`, place);
    }
    // What the plugin generates is younger than the sources by right.
    if (file === undefined || generated || content === undefined)
        return undefined;
    if (packedResource(car, artifact, (0,external_node_path_.basename)(file))?.equals(content) !== false)
        return undefined;
    const shown = display(file);
    return finding('stale', registryPath, `${shown} in the CAR is not what its source is.`, { file: shown });
}
/** The file of a registry resource; undefined when the CAR does not hold one of this name. */
function packedResource(car, name, file) {
    return car.artifacts.find((artifact) => artifact.name === name)?.attachments.get(`resources/${file}`);
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/check-strays.ts
/** Files that look like artifacts and lie where the Maven plugin does not look. Pure. */



function strayFinding(stray, display) {
    const { file, root, reason } = stray;
    const shown = display(file);
    const kind = root === undefined ? undefined : (0,artifact_kinds/* kindOfRoot */.mh)(root.name);
    const name = root === undefined ? undefined : (0,artifact_kinds/* artifactName */.Cs)(root, file);
    const home = kind === undefined ? '' : ` A ${kind.noun} belongs in src/main/wso2mi/artifacts/${kind.folder}.`;
    // XML that is no artifact may lie there on purpose.
    const meant = reason === 'not-an-artifact' || (root !== undefined && kind === undefined);
    return finding('misplaced', name ?? shown, `${problemOf(stray, shown, home)}${home}`, { file: shown, line: root?.line }, meant ? 'warning' : 'error');
}
function problemOf({ file, folder, reason }, shown, home) {
    switch (reason) {
        case 'not-an-artifact':
            return `${shown} is no artifact.${file.endsWith('deployment.toml') ? ' It belongs in deployment/.' : ''}`;
        case 'sub-folder':
            return `${shown} lies in a sub-folder of artifacts/${folder.split('/')[0] ?? ''}.`;
        case 'unknown-folder': {
            const known = artifact_kinds/* artifactKinds */.YC.map((candidate) => candidate.folder);
            return `There is no artifact folder '${folder}'.${home === '' ? (0,suggest/* didYouMean */.au)(folder, known) : ''}`;
        }
        case 'no-folder':
            return `${shown} lies in no artifact folder.`;
        case 'other-root':
            return `${shown} lies in ${folder}, not in src/main/wso2mi.`;
    }
}

// EXTERNAL MODULE: ./packages/shared/src/formats/zip.ts
var zip = __webpack_require__(1335);
;// CONCATENATED MODULE: ./packages/shared/src/mi/connector-use.ts
/** The connectors that mediation uses (`<email.send>`), and those that a carbon application holds. */



/** Messages within the configuration, where a dot means nothing. */
const foreign = new Set(['format', 'source', 'property', 'args', 'message', 'data', 'datasource']);
/** The first use of each connector. */
function connectorUses(sources) {
    const uses = new Map();
    for (const { root, file } of sources.artifacts) {
        if (root === undefined)
            continue;
        const visit = (element) => {
            const { name: operation, line } = element;
            const dot = operation.indexOf('.');
            if (dot > 0) {
                const connector = operation.slice(0, dot);
                if (!uses.has(connector))
                    uses.set(connector, { connector, operation, file, line });
                return;
            }
            if (!foreign.has(operation))
                element.children.forEach(visit);
        };
        // A local entry holds any XML; only <x.init> right in it is a connection.
        if (root.name === 'localEntry')
            root.children.filter(({ name }) => name.endsWith('.init')).forEach(visit);
        else
            visit(root);
    }
    return [...uses.values()];
}
/** The names that the connectors of a CAR give themselves in connector.xml; undefined when one cannot be read. */
async function connectorsIn(car) {
    const names = new Set();
    for (const { type, payload } of car.artifacts) {
        if (type !== 'synapse/lib' || payload === undefined)
            continue;
        try {
            const entry = (await (0,zip/* readZip */.ue)(payload)).find(({ name }) => name === 'connector.xml');
            if (entry === undefined)
                return undefined;
            const component = (0,xml/* childrenNamed */.De)((0,xml/* parseXml */.NO)(entry.data.toString('utf8')), 'component')[0];
            names.add(component?.attributes.name ?? '');
        }
        catch (error) {
            if (!(error instanceof formats_malformed/* MalformedError */.G))
                throw error;
            return undefined;
        }
    }
    return names;
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/references.ts
/** What the artifacts of a project call by name, and which of it neither the project nor anything declared has. Pure. */


const to = (folder, ...attributes) => attributes.map((attribute) => ({ attribute, folder }));
/** Element → attributes that name artifacts of a folder. */
const references = new Map([
    ['sequence', [...to('sequences', 'key', 'onError')]],
    ['endpoint', [...to('endpoints', 'key'), ...to('templates', 'template')]],
    ['call-template', to('templates', 'target')],
    ['store', [...to('message-stores', 'messageStore'), ...to('sequences', 'sequence')]],
    ['messageProcessor', [...to('message-stores', 'messageStore'), ...to('endpoints', 'targetEndpoint')]],
    ['inboundEndpoint', to('sequences', 'sequence', 'onError')],
    ['resource', to('sequences', 'inSequence', 'outSequence', 'faultSequence')],
    [
        'target',
        [...to('sequences', 'inSequence', 'outSequence', 'faultSequence', 'sequence'), ...to('endpoints', 'endpoint')],
    ],
    ['foreach', to('sequences', 'sequence')],
    ['onComplete', to('sequences', 'sequence')],
    ['throttle', to('sequences', 'onAccept', 'onReject')],
    ['dataServiceCall', to('data-services', 'serviceName')],
]);
/** Names in the text or value of <parameter name="…"> and <property name="…">, by the root of the document. */
const named = {
    messageProcessor: {
        sequence: 'sequences',
        'message.processor.reply.sequence': 'sequences',
        'message.processor.fault.sequence': 'sequences',
        'message.processor.deactivate.sequence': 'sequences',
        'message.processor.failMessagesStore': 'message-stores',
    },
    messageStore: { 'store.failover.message.store.name': 'message-stores' },
    task: { sequenceName: 'sequences', proxyName: 'proxy-services' },
};
/** Elements that look a local entry up by its key. */
const localEntryUsers = new Set(['xslt', 'xquery', 'schema', 'script', 'rule', 'datamapper']);
const nouns = {
    sequences: 'The sequence',
    endpoints: 'The endpoint',
    templates: 'The template',
    'message-stores': 'The message store',
    'proxy-services': 'The proxy service',
    'data-services': 'The data service',
    'local-entries': 'The local entry',
};
/** Elements whose content is a message, not configuration. */
const references_foreign = new Set(['format', 'source', 'property', 'args', 'localEntry', 'message']);
/** Sequences and endpoints that the server itself brings. */
const builtIn = new Set(['main', 'fault', 'anonymous']);
/**
 * Static references that neither an artifact nor a listed registry resource of the project answers, each once a file.
 * @param elsewhere names of artifacts in the other carbon applications that go with this one
 */
function findUnresolved(sources, elsewhere = new Set()) {
    const known = new Set();
    const add = (folder, ...names) => {
        for (const name of names)
            if (name !== undefined)
                known.add(`${folder} ${name}`);
    };
    // A file that is there and broken, or in the wrong place, is a finding of its own.
    for (const { kind, name, file, startTag } of sources.artifacts) {
        const inside = startTag === undefined ? undefined : (0,artifact_kinds/* baseName */.Fl)(startTag, file);
        add(kind.folder, name ?? (0,external_node_path_.parse)(file).name, inside);
        add((0,artifact_kinds/* kindOfRoot */.mh)(startTag?.name ?? '')?.folder ?? kind.folder, inside);
    }
    for (const { root, file } of sources.strays) {
        const kind = root === undefined ? undefined : (0,artifact_kinds/* kindOfRoot */.mh)(root.name);
        if (root !== undefined && kind !== undefined)
            add(kind.folder, (0,artifact_kinds/* artifactName */.Cs)(root, file) ?? '');
    }
    const registry = [...sources.registry.items, ...sources.registry.beyond];
    const paths = new Set(registry.map(({ registryPath }) => registryPath));
    const folders = registry
        .filter(({ element }) => element.name === 'collection')
        .map(({ registryPath }) => registryPath);
    const isKnown = (folder, key) => known.has(`${folder} ${key}`) || builtIn.has(key) || elsewhere.has(key) || isDynamic(key);
    return sources.artifacts.flatMap((source) => {
        const found = new Map();
        for (const { folder, key, line } of referencesOf(source)) {
            if (folder === 'registry') {
                const path = absolutePath(key);
                if (isDynamic(key) || paths.has(path) || folders.some((above) => path.startsWith(`${above}/`)))
                    continue;
                found.set(key, { file: source.file, line, what: 'The registry resource', key });
            }
            else if (!isKnown(folder, key)) {
                found.set(`${folder} ${key}`, { file: source.file, line, what: nouns[folder] ?? folder, key });
            }
        }
        return [...found.values()];
    });
}
function referencesOf({ root }) {
    if (root === undefined)
        return [];
    const calls = [];
    const byParameter = named[root.name];
    const call = (folder, key, line) => {
        if (key !== '')
            calls.push({ folder: isRegistryPath(key) ? 'registry' : folder, key, line });
    };
    const visit = (element) => {
        const { name, attributes, line } = element;
        for (const { attribute, folder } of references.get(name) ?? []) {
            const key = attributes[attribute];
            // The root has the attributes of the artifact itself: a sequence's key is no call there.
            if (key !== undefined && (element !== root || attribute !== 'key'))
                call(folder, key, line);
        }
        const { key } = attributes;
        if (key !== undefined && localEntryUsers.has(name))
            call('local-entries', key, line);
        if (attributes.configKey !== undefined)
            call('local-entries', attributes.configKey, line);
        for (const attribute in attributes) {
            const value = attributes[attribute] ?? '';
            if (isRegistryPath(value))
                call('registry', value, line);
        }
        if (byParameter !== undefined && (name === 'parameter' || name === 'property')) {
            const folder = byParameter[attributes.name ?? ''];
            if (folder !== undefined)
                call(folder, attributes.value ?? element.text.trim(), line);
        }
        if (!references_foreign.has(name))
            element.children.forEach(visit);
    };
    visit(root);
    return calls;
}
/** An expression that only the server can evaluate. */
function isDynamic(key) {
    return /[{}$]/.test(key);
}
function isRegistryPath(key) {
    return key.startsWith('gov:') || key.startsWith('conf:');
}
function absolutePath(key) {
    return key.replace(/^gov:\/*/, '/_system/governance/').replace(/^conf:\/*/, '/_system/config/');
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/xml-meaning.ts
function sameMeaning(a, b) {
    return (a.name === b.name &&
        sameAttributes(a, b) &&
        a.children.length === b.children.length &&
        (a.text === b.text || collapsed(a.text) === collapsed(b.text)) &&
        a.children.every((child, index) => {
            const other = b.children[index];
            return other !== undefined && sameMeaning(child, other);
        }));
}
function sameAttributes({ attributes: a }, { attributes: b }) {
    const names = Object.keys(a).filter(isMeaningful);
    return names.length === Object.keys(b).filter(isMeaningful).length && names.every((name) => a[name] === b[name]);
}
/** Namespace declarations may stand at any ancestor. */
function isMeaningful(attribute) {
    return !attribute.startsWith('xmlns');
}
function collapsed(text) {
    return text.replace(/\s+/g, ' ').trim();
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/check-car.ts
/** Compares a carbon application with the sources that it is made of. Pure. */












/** Everything that is not as it should be, errors first. */
function checkCar(comparison) {
    const { car, sources, connectors = [] } = comparison;
    const documents = payloadsOf(sources);
    const fromSources = sources === undefined ? [] : compare(comparison, documents, sources);
    const seen = new Set(fromSources.map(({ rule, subject }) => `${rule}\0${subject}`));
    const fromCar = checkAlone(car, documents).filter(({ rule, subject }) => !seen.has(`${rule}\0${subject}`));
    const findings = [...fromSources, ...fromCar, ...missingConnectors(car, connectors)];
    return findings.sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
}
function compare({ car, connectors = [], packedConnectors, elsewhere, display }, documents, sources) {
    const names = new Map();
    for (const source of sources.artifacts) {
        if (source.name !== undefined)
            names.set(source.name, [...(names.get(source.name) ?? []), source]);
    }
    return [
        ...sources.artifacts.flatMap((source) => compareArtifact(car, documents, source, (names.get(source.name ?? '') ?? []).filter((other) => other !== source), display)),
        ...sources.strays.map((stray) => strayFinding(stray, display)),
        ...registryFindings(car, sources.registry, display),
        ...findUnresolved(sources, elsewhere).map(({ file, line, what, key }) => finding('unresolved', key, `${what} '${key}' is not in this project.`, { file: display(file), line }, 'warning')),
        ...collisionFindings(sources, display),
        // Of a connector that the pom asks for and the CAR lacks nobody knows the name: it is a finding already.
        ...(missingConnectors(car, connectors).length > 0 || packedConnectors === undefined ? [] : connectorUses(sources))
            .filter(({ connector }) => packedConnectors?.has(connector) === false && elsewhere?.has(connector) !== true)
            .map(({ connector, operation, file, line }) => {
            const message = `<${operation}> needs the connector '${connector}', which is not in ${car.name} ${car.version}.`;
            return finding('connector-unpackaged', connector, message, { file: display(file), line }, 'warning');
        }),
    ];
}
function compareArtifact(car, documents, source, namesakes, display) {
    const { kind, flaw, name, root } = source;
    const file = display(source.file);
    const subject = name ?? file;
    const packed = name === undefined ? undefined : inCar(car, name, kind.type);
    if (flaw !== undefined) {
        const place = { file, line: flaw.line, column: flaw.column };
        if (flaw.kind === 'absent')
            return [finding('missing', subject, `${file} ${flaw.message}.`, place)];
        if (flaw.kind === 'empty')
            return [finding('empty-document', file, `${file} ${flaw.message}.`, place)];
        const fate = packed === undefined ? 'Maven left it out of the CAR' : 'Maven packed it as it is';
        return [finding('malformed', subject, `${file} is not well-formed XML (${flaw.message}); ${fate}.`, place)];
    }
    if (root === undefined)
        return [];
    const place = { file, line: root.line };
    if (root.name !== kind.root) {
        return [finding('wrong-type', subject, `${typeProblem(source, root)}.`, place)];
    }
    if (name === undefined || name === '') {
        return [finding('nameless', '', `The ${kind.noun} in ${file} has no name.`, place)];
    }
    const [namesake] = namesakes;
    if (namesake !== undefined) {
        const other = display(namesake.file);
        return [finding('duplicated', name, `The name '${name}' is also used by ${other}.`, place)];
    }
    if (packed === undefined) {
        return [finding('missing', name, `The ${kind.noun} '${name}' is not in ${car.name} ${car.version}.`, place)];
    }
    const inside = nameInside(source, root);
    if (inside !== undefined && inside !== name) {
        const after = source.declaredIn === undefined ? 'its file' : display(source.declaredIn);
        const message = `The ${kind.noun} in ${file} is called '${inside}'; the CAR calls it '${name}', after ${after}.`;
        return [finding('name-differs', name, message, place, 'warning')];
    }
    const packedRoot = documents(packed);
    if (packedRoot !== undefined && packedRoot !== root && !sameMeaning(root, packedRoot)) {
        return [finding('stale', name, `The ${kind.noun} '${name}' in the CAR is not what its source says.`, place)];
    }
    return [];
}
function typeProblem({ kind, declaredIn }, root) {
    const right = (0,artifact_kinds/* kindOfRoot */.mh)(root.name);
    if (declaredIn !== undefined)
        return `<${root.name}> is listed in artifact.xml as ${kind.type}`;
    const advice = right === undefined ? `expected is <${kind.root}>` : `a ${right.noun} belongs in artifacts/${right.folder}`;
    return `<${root.name}> in artifacts/${kind.folder}: ${advice}`;
}
/** The name in the document, where the CAR takes it from somewhere else. */
function nameInside({ declaredIn }, root) {
    if (root.name === 'datasource')
        return (0,xml/* childrenNamed */.De)(root, 'name')[0]?.text.trim();
    if (declaredIn === undefined)
        return undefined;
    return root.name === 'localEntry' ? root.attributes.key : root.attributes.name;
}
/** What the CAR lists and holds under this name. */
function inCar(car, name, type) {
    return car.dependencies
        .filter(({ artifact }) => artifact === name)
        .map((dependency) => (0,mi_car/* artifactOf */.qB)(car, dependency))
        .find((artifact) => artifact?.type === type || (type === 'synapse/template' && artifact?.type.endsWith('Template') === true));
}
function payloadsOf(sources) {
    // A payload of the same bytes as a source has been parsed with it: that is nearly all of them.
    const parsed = new Map((sources?.artifacts ?? []).flatMap(({ content, root }) => root === undefined ? [] : [[content.toString('latin1'), root]]));
    const documents = new Map();
    return (artifact) => {
        if (!documents.has(artifact)) {
            const { payload } = artifact;
            documents.set(artifact, payload === undefined || isBeyondReading(payload)
                ? undefined
                : (parsed.get(payload.toString('latin1')) ?? parse(payload)));
        }
        return documents.get(artifact);
    };
}
/** A character has three bytes at most for each unit that the parser counts: this is more than it takes, whatever is in it. */
function isBeyondReading(payload) {
    return payload.length > 3 * 16 * 1024 * 1024;
}
function parse(payload) {
    try {
        return (0,xml/* parseXml */.NO)(payload.toString('utf8'));
    }
    catch (error) {
        if (!(error instanceof formats_malformed/* MalformedError */.G))
            throw error;
        return undefined;
    }
}
/** What can be told from the CAR alone. */
function checkAlone(car, documents) {
    const title = `${car.name} ${car.version}`;
    if (car.dependencies.length === 0) {
        return [finding('empty-car', car.name, `The carbon application ${title} holds no artifact.`)];
    }
    const counts = new Map();
    for (const { artifact } of car.dependencies)
        counts.set(artifact, (counts.get(artifact) ?? 0) + 1);
    const first = car.dependencies.filter(({ artifact }, index) => car.dependencies.findIndex((other) => other.artifact === artifact) === index);
    return first.flatMap((dependency) => {
        const { artifact: name, version } = dependency;
        if (name === '')
            return [finding('nameless', '', `${title} lists an artifact without a name.`)];
        if ((counts.get(name) ?? 0) > 1) {
            return [finding('duplicated', name, `${title} lists '${name}' ${String(counts.get(name))} times.`)];
        }
        const artifact = (0,mi_car/* artifactOf */.qB)(car, dependency);
        if (artifact === undefined) {
            return [finding('broken-car', name, `${title} lists '${name}' ${version} and does not hold it.`)];
        }
        if (artifact.payload === undefined) {
            const file = artifact.file ?? 'a file';
            return [finding('broken-car', name, `${title} does not hold ${file} of the ${(0,artifact_kinds/* nounOf */.a2)(artifact.type)} '${name}'.`)];
        }
        const isXml = artifact_kinds/* artifactKinds */.YC.some(({ type }) => type === artifact.type);
        if (isXml && documents(artifact) === undefined) {
            if (isBeyondReading(artifact.payload)) {
                const size = (0,base_bytes/* formatBytes */.z)(artifact.payload.length);
                const message = `The ${(0,artifact_kinds/* nounOf */.a2)(artifact.type)} '${name}' in ${title} has ${size}: too large to be read as XML.`;
                return [finding('malformed', name, message)];
            }
            return [finding('malformed', name, `The ${(0,artifact_kinds/* nounOf */.a2)(artifact.type)} '${name}' in ${title} is not well-formed XML.`)];
        }
        return [];
    });
}
/** The CAR plugin names a connector's artifact after the artifactId of the pom. */
function missingConnectors(car, wanted) {
    const held = new Set(car.dependencies.map(({ artifact }) => artifact));
    return wanted
        .filter(({ name }) => !held.has(name))
        .map(({ name, file, line }) => {
        const message = `The connector ${name}, which the pom asks for, is not in ${car.name} ${car.version}.`;
        return finding('connector-missing', name, message, { file, line });
    });
}

// EXTERNAL MODULE: ./packages/shared/src/mi/sources.ts + 1 modules
var mi_sources = __webpack_require__(2482);
;// CONCATENATED MODULE: ./packages/shared/src/mi/legacy-sources.ts
/**
 * The sources of Integration Studio and Developer Studio projects: modules whose artifact.xml lists what they hold, and
 * modules of packaging carbon/application whose poms choose from it.
 */







/** Types of artifact.xml that are one kind with others. */
const kindsOfType = new Map([
    ...artifact_kinds/* artifactKinds */.YC.map((kind) => [kind.type, kind]),
    ...artifact_kinds/* artifactKinds */.YC
        .filter(({ root }) => root === 'template')
        .flatMap((kind) => [['synapse/endpointTemplate', kind], ['synapse/sequenceTemplate', kind]]),
]);
/** Where these tools keep configuration, in a module. */
const configFolders = ['src/main/synapse-config', 'src/main/dataservice', 'dataservice', 'datasource'];
/** True when a module lists its artifacts in this way. */
function hasArtifactList(moduleFolder) {
    return (0,external_node_fs_.existsSync)((0,external_node_path_.join)(moduleFolder, 'artifact.xml'));
}
/** True when the pom of a composite application asks for a declared artifact. */
function isExported(artifact, exported) {
    return exported.some(({ groupId, artifactId }) => artifactId === artifact.name && (groupId === undefined || (artifact.groupId ?? groupId) === groupId));
}
/**
 * Reads the lists of all modules.
 * @param modules their folders, absolute
 * @param folder of the module that makes the carbon application, absolute
 */
function readLegacySources(modules, folder, exported) {
    const artifacts = [];
    const items = [];
    const declared = [];
    const listed = new Set();
    let malformed;
    for (const module of modules.filter(hasArtifactList)) {
        const list = (0,external_node_path_.join)(module, 'artifact.xml');
        try {
            for (const element of (0,xml/* childrenNamed */.De)((0,xml/* parseXml */.NO)((0,external_node_fs_.readFileSync)(list, 'utf8')), 'artifact')) {
                const { name = '', groupId, type = '', version = '' } = element.attributes;
                const artifact = { groupId, name, type, list, line: element.line };
                declared.push(artifact);
                const wanted = isExported(artifact, exported);
                const path = (0,xml/* childrenNamed */.De)(element, 'file')[0]?.text.trim();
                const file = path === undefined ? undefined : (0,external_node_path_.join)(module, path);
                if (file !== undefined)
                    listed.add(file);
                const kind = kindsOfType.get(type);
                if (wanted && kind !== undefined && file !== undefined) {
                    artifacts.push(declaredArtifact(kind, module, file, artifact));
                }
                if (wanted && type === 'registry/resource')
                    items.push(...resourcesOf(element, module, { name, version, list }));
            }
        }
        catch (error) {
            if (!(error instanceof formats_malformed/* MalformedError */.G))
                throw error;
            malformed ??= { list, message: error.message, line: error.line };
        }
    }
    return {
        sources: { folder, artifacts, strays: [], registry: { items, beyond: [], unlisted: [], malformed } },
        declared,
        // With a list that cannot be read, nobody knows what it lists.
        unlisted: malformed === undefined ? modules.flatMap(configFiles).filter((file) => !listed.has(file)) : [],
    };
}
function declaredArtifact(kind, module, file, { name, list, line }) {
    if ((0,external_node_fs_.existsSync)(file) && (0,safe_path/* isInside */.F)((0,external_node_fs_.realpathSync)(module), (0,external_node_fs_.realpathSync)(file)) && (0,external_node_fs_.statSync)(file).isFile()) {
        return { ...(0,mi_sources/* readSourceArtifact */.oi)(kind, file), name, declaredIn: list };
    }
    return {
        kind,
        file: list,
        name,
        root: undefined,
        startTag: undefined,
        content: Buffer.alloc(0),
        declaredIn: list,
        flaw: {
            kind: 'absent',
            message: `lists ${file.slice(module.length + 1)}, which does not exist`,
            line,
            column: undefined,
        },
    };
}
function resourcesOf(artifact, module, { name, version, list }) {
    return [...(0,xml/* childrenNamed */.De)(artifact, 'item'), ...(0,xml/* childrenNamed */.De)(artifact, 'collection')].map((element) => {
        const text = (child) => (0,xml/* childrenNamed */.De)(element, child)[0]?.text.trim() ?? '';
        const isFolder = element.name === 'collection';
        const expected = isFolder ? text('directory') : text('file');
        const place = (0,external_node_path_.join)(module, expected);
        const file = (0,external_node_fs_.existsSync)(place) && (0,safe_path/* isInside */.F)((0,external_node_fs_.realpathSync)(module), (0,external_node_fs_.realpathSync)(place)) ? place : undefined;
        const path = text('path').replace(/\/+$/, '');
        return {
            artifact: name,
            version,
            element,
            registryPath: isFolder ? path : `${path}/${expected.slice(expected.lastIndexOf('/') + 1)}`,
            file,
            content: file !== undefined && (0,external_node_fs_.statSync)(file).isFile() ? (0,external_node_fs_.readFileSync)(file) : undefined,
            generated: false,
            expected,
            list,
            line: element.line,
        };
    });
}
function configFiles(module) {
    return configFolders
        .map((name) => (0,external_node_path_.join)(module, name))
        .filter((folder) => (0,external_node_fs_.existsSync)(folder) && (0,external_node_fs_.statSync)(folder).isDirectory())
        .flatMap((folder) => (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile() && /\.(?:xml|dbs)$/i.test(entry.name))
        .map((entry) => (0,external_node_path_.join)(entry.parentPath, entry.name)))
        .sort();
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/check-legacy.ts
/** What a composite application of the older layout lacks, and what of the sources is in none. Pure. */



/** Beyond what `checkCar` finds: what the pom asks for and no module declares (a library, another project's artifact). */
function foreignArtifactFindings({ car, legacy, exported, pom }) {
    const held = new Set(car.dependencies.map(({ artifact }) => artifact));
    const compared = new Set([
        ...legacy.sources.artifacts.map(({ name }) => name),
        ...legacy.sources.registry.items.map(({ artifact }) => artifact),
    ]);
    return exported
        .filter(({ artifactId }) => !held.has(artifactId) && !compared.has(artifactId))
        .map(({ artifactId, line }) => {
        const message = `${artifactId}, which the pom asks for, is not in ${car.name} ${car.version}.`;
        return finding('missing', artifactId, message, { file: pom, line });
    });
}
/** What is in no composite application of the project: declared and not asked for, or not even declared. */
function notExportedFindings({ declared, unlisted }, exported, display) {
    return [
        ...declared
            .filter((artifact) => !isExported(artifact, exported))
            .map(({ name, type, list, line }) => {
            const message = `No composite application of this project asks for the ${(0,artifact_kinds/* nounOf */.a2)(type)} '${name}'.`;
            return finding('not-exported', name, message, { file: display(list), line }, 'warning');
        }),
        ...unlisted.map((path) => {
            const file = display(path);
            return finding('not-exported', file, `${file} is listed in no artifact.xml.`, { file }, 'warning');
        }),
    ];
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/class-use.ts
/** Java classes that mediation uses (`<class name="…">`, a task's class), and whether the carbon application has them. */



/** The first use of each class. */
function classUses(sources) {
    const uses = new Map();
    for (const { root, file } of sources.artifacts) {
        const visit = ({ name, attributes, line, children }) => {
            const className = name === 'class' ? attributes.name : attributes.class;
            if (className !== undefined && /^[\w$]+(?:\.[\w$]+)*$/.test(className) && !uses.has(className)) {
                uses.set(className, { className, file, line });
            }
            children.forEach(visit);
        };
        if (root !== undefined)
            visit(root);
    }
    return [...uses.values()];
}
/** The classes in the jars of carbon applications; undefined when one of them cannot be read. */
async function classesIn(cars) {
    const classes = new Set();
    for (const { type, payload } of cars.flatMap(({ artifacts }) => artifacts)) {
        if (!type.startsWith('lib/') || payload === undefined)
            continue;
        try {
            for (const { name } of await (0,zip/* readZip */.ue)(payload)) {
                if (name.endsWith('.class'))
                    classes.add(name.slice(0, -'.class'.length).replaceAll('/', '.'));
            }
        }
        catch (error) {
            if (!(error instanceof formats_malformed/* MalformedError */.G))
                throw error;
            return undefined;
        }
    }
    return classes;
}
/** Classes of this project that its mediation uses and no carbon application of the run holds. */
async function classFindings(comparison) {
    const { car, sources, others, sourceOf, hint, display } = comparison;
    const own = classUses(sources).flatMap((use) => {
        const source = sourceOf(use.className);
        return source === undefined ? [] : [{ ...use, source }];
    });
    if (own.length === 0)
        return [];
    const packed = await classesIn([car, ...others]);
    if (packed === undefined)
        return [];
    return own
        .filter(({ className }) => !packed.has(className))
        .map(({ className, file, line, source }) => {
        const message = `The class ${className} (${display(source)}) is used here and is not in ${car.name} ${car.version}.`;
        const whole = hint === undefined ? message : `${message} ${hint}`;
        return finding('class-unpackaged', className, whole, { file: display(file), line }, 'warning');
    });
}

;// CONCATENATED MODULE: ./actions/build-mi/src/carbon-applications.ts
/** The carbon applications of this run, each compared with the sources that it is made of. */














/** Name, version and type of each artifact that artifacts.xml lists, in its order. */
function artifactsOf(car) {
    return car.dependencies.map((dependency) => ({
        name: dependency.artifact,
        version: dependency.version,
        type: (0,mi_car/* artifactOf */.qB)(car, dependency)?.type ?? 'unknown',
    }));
}
/**
 * Reads and compares them.
 * @throws InputError CAR_MALFORMED, CAR_NOT_FOUND; VerificationError CAR_DUPLICATE
 */
async function readCarbonApplications(cars, project, files) {
    const read = [];
    for (const file of cars) {
        const { entries, ...car } = await (0,mi_car/* readCar */.lK)(file, files.display(file));
        const twin = read.find(({ car: other }) => other.name === car.name && other.version === car.version);
        if (twin !== undefined) {
            const both = `${files.display(twin.file)} and ${files.display(file)}`;
            throw new base_errors/* VerificationError */.mk(codes/* codes */.F.CAR_DUPLICATE, `${both} are both the carbon application ${car.name} ${car.version}`);
        }
        read.push({ file, car, entries });
    }
    const applications = [];
    for (const { file, car, entries } of read) {
        const module = moduleOf(file, car, project);
        const others = read.filter(({ car: other }) => other !== car).map(({ car: other }) => other);
        const legacy = module === undefined || project === undefined ? undefined : legacyOf(module, project);
        const sources = module !== undefined && hasLayout(module) ? (0,mi_sources/* readSources */.tW)(module.folder) : legacy?.legacy.sources;
        const display = (path) => files.display(path);
        const findings = checkCar({
            car,
            sources,
            connectors: module === undefined ? [] : connectorsOf(module, files),
            packedConnectors: await connectorsIn(car),
            elsewhere: await namesIn(others),
            display,
        });
        if (sources !== undefined && module !== undefined && project !== undefined) {
            const { sourceOf, hint } = javaOf(project, module);
            findings.push(...(await classFindings({ car, sources, others, sourceOf, hint, display })));
        }
        if (legacy !== undefined && module !== undefined) {
            const { exported } = legacy;
            const pom = display(module.pomFile);
            findings.push(...foreignArtifactFindings({ car, legacy: legacy.legacy, exported, pom, display }));
            // What no composite application has is said once, not with each.
            if (!applications.some((earlier) => earlier.compared)) {
                findings.push(...notExportedFindings(legacy.legacy, legacy.exportedByAny, display));
            }
        }
        applications.push({ file, car, entries, compared: sources !== undefined, findings });
    }
    return applications;
}
/** Where the project has Java classes, and what its pom says about their way into the CAR. */
function javaOf(project, { pom, folder }) {
    const early = pom.packaging === 'jar' && !(0,packaging_without_maven/* packsClassMediators */.vE)({ ...project, pom, folder });
    return {
        sourceOf: (className) => {
            const path = `src/main/java/${className.replace(/\$.*$/, '').replaceAll('.', '/')}.java`;
            return project.modules.map((module) => (0,external_node_path_.join)(module.folder, path)).find((file) => (0,external_node_fs_.existsSync)(file));
        },
        hint: early
            ? "The goal 'car' runs before the phase 'package', and there is no jar before it: bind the goal to 'package'."
            : undefined,
    };
}
/** What the other carbon applications of this run bring: artifacts and connectors. */
async function namesIn(cars) {
    const connectors = await Promise.all(cars.map(connectorsIn));
    return new Set([
        ...cars.flatMap(({ artifacts }) => artifacts.map(({ name }) => name)),
        ...connectors.flatMap((names) => [...(names ?? [])]),
    ]);
}
/** @throws VerificationError CAR_DIFFERS when there is an error among the findings */
function requireSame(applications) {
    const errors = applications.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'error'));
    const [first] = errors;
    if (first === undefined)
        return;
    const more = errors.length > 1 ? ` And ${(0,base_text/* count */.U9)(errors.length - 1, 'more difference')}, see the annotations.` : '';
    throw new base_errors/* VerificationError */.mk(codes/* codes */.F.CAR_DIFFERS, `${first.message} ${first.effect}${more}`, {
        location: first.file === undefined
            ? undefined
            : { file: first.file, ...(first.line !== undefined && { line: first.line }) },
    });
}
/** The module that made the CAR: the one whose target it lies in, else the one of the application's name. */
function moduleOf(file, car, project) {
    const around = project?.modules
        .filter(({ folder }) => (0,safe_path/* isInside */.F)(folder, file))
        .sort((a, b) => b.folder.length - a.folder.length)[0];
    return around ?? project?.modules.find(({ pom }) => pom.artifactId === car.name);
}
/** undefined when the module is no composite application, or no module lists its artifacts. */
function legacyOf(module, { modules }) {
    const isComposite = ({ pom }) => pom.packaging === 'carbon/application';
    const folders = modules.map(({ folder }) => folder);
    if (!isComposite(module) || !folders.some(hasArtifactList))
        return undefined;
    const exportedBy = ({ pom }) => pom.dependencies
        .filter(({ type }) => type !== 'pom')
        .map(({ groupId, artifactId = '', line }) => ({ groupId, artifactId, line }));
    const exported = exportedBy(module);
    const exportedByAny = modules.filter(isComposite).flatMap(exportedBy);
    return { legacy: readLegacySources(folders, module.folder, exported), exported, exportedByAny };
}
/** A project of the CAR plugin for this layout may also have no sources at all: its CAR is then empty. */
function hasLayout({ folder, pom }) {
    return (0,mi_sources/* hasWso2miSources */.wV)(folder) || pom.plugins.some(({ artifactId }) => artifactId === 'vscode-car-plugin');
}
function connectorsOf({ pom, pomFile }, files) {
    return pom.dependencies
        .filter(({ type, groupId = '', artifactId = '' }) => type === 'zip' &&
        (groupId.startsWith('org.wso2.integration.connector') || /connector|inbound/.test(artifactId)))
        .map(({ artifactId = '', line }) => ({ name: artifactId, file: files.display(pomFile), line }));
}

// EXTERNAL MODULE: ./actions/build-mi/src/image.ts + 2 modules
var src_image = __webpack_require__(4327);
// EXTERNAL MODULE: ./packages/shared/src/formats/markdown.ts
var markdown = __webpack_require__(9523);
;// CONCATENATED MODULE: ./actions/build-mi/src/report.ts
/** What people read (job summary) and what programs read (facts of the report file). Pure. */







const shownRows = 200;
/** The job summary: image first, then what is in it, then tests and times. Empty when nothing was made. */
function summaryOf(made, files) {
    const { applications = [], build, image, native } = made;
    const parts = [
        ...(image === undefined ? [] : [imagePart(image)]),
        ...applications.map((application) => applicationPart(application, files)),
        ...(build === undefined ? [] : [testsPart(build), timesPart(build)]),
        ...(native === undefined ? [] : [nativePart(native)]),
    ].filter((part) => part !== '');
    return parts.length === 0 ? '' : (0,markdown/* section */.uW)(3, titleOf(made), ...parts);
}
function titleOf({ applications = [], image, project }) {
    const what = applications.map(({ car }) => `${car.name} ${car.version}`).join(', ');
    const name = what === '' ? (project?.pom.artifactId ?? 'project') : what;
    if (image === undefined)
        return applications.length === 0 ? `build-mi: ${name}` : `${name} built`;
    return image.pushed ? `${markdown/* marks */.Z8.good} ${name} is in the registry` : `${name} built, not pushed`;
}
function imagePart(image) {
    return (0,markdown/* facts */.Ix)([
        ['Image', (0,markdown/* code */.aY)(`${image.repository}@${image.digest}`)],
        ['Tags', image.tags.map(markdown/* code */.aY).join(' ')],
        ['Platforms', image.platforms.map(markdown/* code */.aY).join(' ')],
        ['Base', [image.base, image.baseDigest].flatMap((text) => (text === undefined ? [] : [(0,markdown/* code */.aY)(text)])).join(' ')],
        ['Attached', image.attached.map(({ what, digest }) => `${what} ${(0,markdown/* code */.aY)(digest)}`).join(', ')],
        [
            'Transfer',
            !image.pushed
                ? 'nothing (push: false)'
                : image.bytesUploaded === undefined
                    ? `by docker in ${(0,duration/* formatDuration */.a)(image.durationMs)}`
                    : `${(0,base_bytes/* formatBytes */.z)(image.bytesUploaded)} sent in ${(0,duration/* formatDuration */.a)(image.durationMs)}`,
        ],
    ]);
}
function applicationPart(application, files) {
    const { car, file, compared, findings } = application;
    const artifacts = artifactsOf(car);
    const rows = artifacts
        .slice(0, shownRows)
        .map(({ name, version, type }) => [
        markOf(findings.filter(({ subject }) => subject === name)),
        (0,markdown/* escapeMarkdown */.FV)((0,artifact_kinds/* nounOf */.a2)(type)),
        (0,markdown/* code */.aY)(name),
        (0,markdown/* code */.aY)(version),
    ]);
    const more = artifacts.length > shownRows ? `… and ${artifacts.length - shownRows} more` : '';
    const checked = compared
        ? findings.length === 0
            ? 'The same as its sources.'
            : ''
        : 'Checked by itself: there are no sources of the layout src/main/wso2mi to compare it with.';
    const title = `${car.name} ${car.version}: ${(0,base_text/* count */.U9)(artifacts.length, 'artifact')}`;
    return (0,markdown/* section */.uW)(4, title, `${(0,markdown/* code */.aY)(files.display(file))} ${checked}`.trim(), findingsTable(findings), artifacts.length > 12 ? (0,markdown/* details */.zH)('Artifacts', (0,markdown/* table */.tp)(['', 'Kind', 'Name', 'Version'], rows)) : '', artifacts.length > 12 || artifacts.length === 0 ? '' : (0,markdown/* table */.tp)(['', 'Kind', 'Name', 'Version'], rows), more);
}
function markOf(findings) {
    if (findings.length === 0)
        return markdown/* marks */.Z8.good;
    return findings.some(({ severity }) => severity === 'error') ? markdown/* marks */.Z8.bad : markdown/* marks */.Z8.warning;
}
function findingsTable(findings) {
    if (findings.length === 0)
        return '';
    const rows = findings.slice(0, shownRows).map((finding) => {
        const { file, line, message, effect } = finding;
        const place = file === undefined ? '' : (0,markdown/* code */.aY)(line === undefined ? file : `${file}:${line}`);
        return [markOf([finding]), place, `${(0,markdown/* escapeMarkdown */.FV)(message)}<br><sub>${(0,markdown/* escapeMarkdown */.FV)(effect)}</sub>`];
    });
    return (0,markdown/* table */.tp)(['', 'Where', 'What is wrong'], rows);
}
function nativePart({ durationMs, unitTestsNotRun }) {
    return (0,markdown/* section */.uW)(4, `Packaged without Maven in ${(0,duration/* formatDuration */.a)(durationMs)}`, notRunPart(unitTestsNotRun));
}
function notRunPart(unitTestsNotRun) {
    if (unitTestsNotRun.length === 0)
        return '';
    const named = unitTestsNotRun.slice(0, 5).map(markdown/* code */.aY).join(', ');
    return `${markdown/* marks */.Z8.skipped} ${(0,base_text/* count */.U9)(unitTestsNotRun.length, 'Synapse unit test file')} not run: the unit test plugin is not part of this build (${named}).`;
}
function testsPart({ tests, unitTestsNotRun }) {
    const failed = (0,test_results/* failedTests */.T9)(tests.cases);
    const rows = failed
        .slice(0, shownRows)
        .map((test) => [markdown/* marks */.Z8.bad, report_placeOf(test), (0,markdown/* code */.aY)(test.name), (0,markdown/* escapeMarkdown */.FV)(test.message ?? '')]);
    const suites = new Map();
    for (const test of tests.cases)
        suites.set(test.suite, [...(suites.get(test.suite) ?? []), test]);
    const suiteRows = [...suites]
        .slice(0, shownRows)
        .map(([suite, cases]) => [
        (0,test_results/* failedTests */.T9)(cases).length > 0 ? markdown/* marks */.Z8.bad : markdown/* marks */.Z8.good,
        (0,markdown/* code */.aY)(suite),
        (0,markdown/* escapeMarkdown */.FV)((0,test_results/* sayCounts */.A7)((0,test_results/* countTests */.tu)(cases))),
    ]);
    const notRun = notRunPart(unitTestsNotRun);
    const proof = failed
        .filter(({ detail }) => detail !== undefined)
        .slice(0, 10)
        .map(({ suite, name, detail = '' }) => (0,markdown/* details */.zH)(`${suite} ${name}`, (0,markdown/* codeBlock */.DV)((0,base_text/* tail */.RT)(detail, 30, 4000))));
    if (tests.cases.length === 0)
        return notRun;
    return (0,markdown/* section */.uW)(4, `Tests: ${(0,test_results/* sayCounts */.A7)((0,test_results/* countTests */.tu)(tests.cases))}`, rows.length === 0 ? '' : (0,markdown/* table */.tp)(['', 'Where', 'Test', 'Why'], rows), proof.join('\n'), (0,markdown/* details */.zH)('All suites', (0,markdown/* table */.tp)(['', 'Suite', 'Outcome'], suiteRows)), notRun);
}
function report_placeOf({ location, suite }) {
    if (location === undefined)
        return (0,markdown/* code */.aY)(suite);
    return (0,markdown/* code */.aY)(location.line === undefined ? location.file : `${location.file}:${location.line}`);
}
/** Where the time went: goals that took a second or more, and what nested Maven runs took of it. */
function timesPart({ console, downloads, durationMs }) {
    const rows = [...console.goals]
        .sort((a, b) => b.durationMs - a.durationMs)
        .filter((goal) => goal.durationMs >= 1000)
        .slice(0, 10)
        .map(({ module, plugin, goal, durationMs: ms, nestedMs }) => [
        (0,markdown/* escapeMarkdown */.FV)(module),
        (0,markdown/* code */.aY)(`${plugin}:${goal}`),
        (0,duration/* formatDuration */.a)(ms),
        nestedMs === 0 ? '' : `${(0,duration/* formatDuration */.a)(nestedMs)} in Maven runs of its own`,
    ]);
    const inGoals = console.goals.reduce((sum, { durationMs: ms }) => sum + ms, 0);
    rows.push(['', 'start of Maven and resolution', (0,duration/* formatDuration */.a)(Math.max(0, durationMs - inGoals)), '']);
    const fetched = downloads === undefined || downloads.files === 0 ? '' : `, ${downloadsOf(downloads)}`;
    const hint = fetched === ''
        ? ''
        : '\n\nA cache of the local repository (`cache: maven` of actions/setup-java) spares what was downloaded.';
    return (0,markdown/* details */.zH)(`Maven: ${(0,duration/* formatDuration */.a)(durationMs)}${fetched}`, `${(0,markdown/* table */.tp)(['Module', 'Goal', 'Time', ''], rows)}${hint}`);
}
function downloadsOf({ files, bytes }) {
    return `${(0,base_text/* count */.U9)(files, 'file')} (${(0,base_bytes/* formatBytes */.z)(bytes)}) downloaded`;
}
/** The action's part of the report file. */
function factsOf({ build, native, applications, image }, files) {
    return {
        ...(native !== undefined && {
            native: { car: files.display(native.car), durationMs: native.durationMs, testsNotRun: native.unitTestsNotRun },
        }),
        ...(build !== undefined && {
            maven: {
                command: build.command,
                durationMs: build.durationMs,
                outcome: build.console.outcome ?? 'none',
                goals: build.console.goals,
                downloads: build.downloads,
                nestedFailures: build.console.nestedFailures,
            },
            tests: {
                ...(0,test_results/* countTests */.tu)(build.tests.cases),
                notPassed: (0,test_results/* failedTests */.T9)(build.tests.cases),
                unreadable: build.tests.unreadable,
                notRun: build.unitTestsNotRun,
            },
        }),
        ...(applications !== undefined && {
            carbonApplications: applications.map(({ file, car, compared, findings }) => ({
                file: files.display(file),
                name: car.name,
                version: car.version,
                artifacts: artifactsOf(car),
                compared,
                findings,
            })),
        }),
        ...(image !== undefined && { image }),
    };
}

// EXTERNAL MODULE: ./packages/shared/src/base/codes.ts
var base_codes = __webpack_require__(2215);
// EXTERNAL MODULE: ./packages/shared/src/mi/base-image.ts
var base_image = __webpack_require__(6949);
// EXTERNAL MODULE: ./node_modules/@iarna/toml/toml.js
var toml = __webpack_require__(4572);
;// CONCATENATED MODULE: ./packages/shared/src/formats/toml.ts


/**
 * Parses TOML 0.5, which is what the WSO2 servers read; a later dialect would accept files that they reject.
 * @throws MalformedError with line and column
 */
function parseToml(text) {
    try {
        return toml.parse(text);
    }
    catch (error) {
        const { message, line, col } = error;
        const [reason = message] = message.split('\n');
        throw new formats_malformed/* MalformedError */.G(reason.replace(/ at row \d+, col \d+, pos \d+:?$/, ''), line === undefined ? {} : { line: line + 1, column: (col ?? 0) + 1 });
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/deployment-toml.ts
/** deployment.toml as the server reads it. */




/**
 * Reads a deployment.toml.
 * @param file how it is called in messages, relative to the workspace
 * @throws InputError DEPLOYMENT_TOML_MALFORMED at its line
 */
function parseDeploymentToml(text, file) {
    try {
        return parseToml(text.replace(/^\ufeff/, ''));
    }
    catch (error) {
        if (!(error instanceof formats_malformed/* MalformedError */.G))
            throw error;
        const { line, column } = error;
        throw new base_errors/* InputError */.dz(codes/* codes */.F.DEPLOYMENT_TOML_MALFORMED, [
            {
                subject: file,
                problem: `is not valid TOML: ${error.message}${line === undefined ? '' : ` (line ${line})`}`,
                location: { file, ...(line !== undefined && { line }), ...(column !== undefined && { column }) },
            },
        ]);
    }
}

// EXTERNAL MODULE: ./packages/shared/src/oci/dockerfile/build.ts + 3 modules
var dockerfile_build = __webpack_require__(5365);
// EXTERNAL MODULE: ./packages/shared/src/oci/dockerfile/syntax.ts
var syntax = __webpack_require__(6881);
// EXTERNAL MODULE: ./packages/shared/src/oci/dockerfile/words.ts
var dockerfile_words = __webpack_require__(1309);
// EXTERNAL MODULE: ./packages/shared/src/oci/platform.ts
var oci_platform = __webpack_require__(9054);
// EXTERNAL MODULE: ./packages/shared/src/oci/reference.ts
var reference = __webpack_require__(2560);
// EXTERNAL MODULE: ./actions/build-mi/src/extra-files.ts
var extra_files = __webpack_require__(2359);
;// CONCATENATED MODULE: ./actions/build-mi/src/request.ts
/** What the inputs ask for, checked together before anything starts. */














/**
 * Inputs that do not go together, or ask for what is not there yet. Looks at nothing but them.
 * @param platform Node's name of the runner's operating system
 * @throws InputError INPUT_INVALID with every problem
 */
function checkInputs(inputs, platform) {
    const problems = [];
    if (platform === 'win32' && inputs.cars.length === 0 && inputs.builder !== 'native') {
        // Maven's script for Windows cannot be started without handing its arguments to a shell.
        const problem = 'is a Windows runner, on which this action does not run Maven';
        problems.push({ subject: 'runs-on', problem, example: 'ubuntu-24.04' });
    }
    if (inputs.goals.trim() === '')
        problems.push({ subject: 'goals', problem: 'is empty', example: 'clean install' });
    if ((inputs.registryUsername === undefined) !== (inputs.registryPassword === undefined)) {
        const missing = inputs.registryUsername === undefined ? 'registry-username' : 'registry-password';
        problems.push({ subject: missing, problem: 'is missing: user name and password go together' });
    }
    if (inputs.image === undefined) {
        const useless = [
            ['tags', inputs.tags.length > 0],
            ['base-image', inputs.baseImage !== undefined],
            ['platforms', inputs.platforms.length > 0],
            ['labels', inputs.labels.length > 0],
            ['files', inputs.files.length > 0],
            ['build-args', inputs.buildArgs.length > 0],
            ['sbom', inputs.sbom],
            ['provenance', inputs.provenance],
        ];
        for (const [subject, given] of useless) {
            if (given)
                problems.push({
                    subject,
                    problem: 'is given and image is not',
                    example: 'image: ghcr.io/acme/employee-service',
                });
        }
    }
    for (const tag of inputs.tags) {
        const problem = (0,reference/* tagProblem */.qH)(tag);
        if (problem !== undefined)
            problems.push({ subject: 'tags', problem: `'${tag}' ${problem}`, example: '1.4.0' });
    }
    problems.push(...(0,extra_files/* problemsOfExtraFiles */.j)(extraFilesOf(inputs)));
    if (problems.length > 0)
        throw new base_errors/* InputError */.dz(base_codes/* codes */.F.INPUT_INVALID, problems);
}
function extraFilesOf({ files }) {
    return files.map(({ key, value }) => ({ source: key.trim(), target: value.trim() }));
}
/**
 * The image that the inputs ask for. Reads the Dockerfile and deployment.toml, so that a mistake in them is known
 * before Maven runs.
 * @throws InputError
 */
function imageRequest(inputs, project, files, commit) {
    if (inputs.image === undefined)
        return undefined;
    const { registry, repository, tag, digest } = (0,reference/* parseReference */.F2)(inputs.image, 'image');
    if (digest !== undefined) {
        const problem = 'has a digest: name the repository, the digest is what this step finds out';
        throw new base_errors/* InputError */.dz(base_codes/* codes */.F.INPUT_INVALID, [{ subject: 'image', problem, example: `${registry}/${repository}` }]);
    }
    const dockerfile = dockerfileOf(inputs, project, files);
    const given = [...new Set([...inputs.tags, ...(tag === undefined ? [] : [tag])])];
    return {
        target: { registry, repository },
        tags: given.length > 0 || commit === undefined ? given : [commit],
        base: baseOf(inputs, dockerfile?.build.build.base, project),
        platforms: inputs.platforms.length === 0 ? 'all' : inputs.platforms.map((platform) => (0,oci_platform/* parsePlatform */.FL)(platform)),
        deploymentToml: deploymentTomlOf(inputs, dockerfile, project, files),
        labels: Object.fromEntries(inputs.labels.map(({ key, value }) => [key, value])),
        push: inputs.push,
        logins: inputs.registryUsername === undefined || inputs.registryPassword === undefined
            ? []
            : [{ registry, username: inputs.registryUsername, password: inputs.registryPassword }],
        ca: inputs.registryCa === undefined ? undefined : (0,external_node_fs_.readFileSync)(inputs.registryCa, 'utf8'),
        how: howOf(inputs, dockerfile),
        imageBuilder: inputs.imageBuilder,
        dockerfile,
        buildArguments: buildArgumentsOf(inputs),
        ownDeploymentToml: inputs.deploymentToml,
        ownBase: inputs.baseImage !== undefined,
        files: extraFilesOf(inputs),
        sbom: inputs.sbom,
        provenance: inputs.provenance,
        timeoutMs: inputs.timeout,
    };
}
/** @throws InputError DOCKERFILE_INVALID */
function dockerfileOf(inputs, project, files) {
    const path = inputs.dockerfile ?? (project === undefined ? undefined : (0,external_node_path_.join)(project.folder, 'Dockerfile'));
    if (path === undefined || !isFile(path))
        return undefined;
    const build = (0,dockerfile_build/* readDockerfileBuild */.J)(path, buildArgumentsOf(inputs), (file) => files.display(file));
    return { path, folder: (0,external_node_path_.dirname)(path), build };
}
function buildArgumentsOf({ buildArgs }) {
    return Object.fromEntries(buildArgs.map(({ key, value }) => [key, value]));
}
/** @throws InputError INPUT_INVALID when docker is asked for and there is no Dockerfile */
function howOf(inputs, dockerfile) {
    if (dockerfile === undefined) {
        if (inputs.imageBuilder !== 'docker')
            return 'layers';
        const problem = 'is docker, and there is no Dockerfile';
        throw new base_errors/* InputError */.dz(base_codes/* codes */.F.INPUT_INVALID, [{ subject: 'image-builder', problem, example: 'layers' }]);
    }
    if (inputs.imageBuilder === 'docker')
        return 'docker';
    // The Dockerfile of a project copies what its own build makes. Of other carbon applications it says only the base.
    if (inputs.cars.length > 0 && inputs.dockerfile === undefined)
        return 'layers';
    if (dockerfile.build.build.needsDocker.length === 0)
        return 'dockerfile';
    return inputs.imageBuilder === 'layers' ? 'layers' : 'docker';
}
/** @throws InputError BASE_IMAGE_UNKNOWN, IMAGE_REFERENCE_INVALID */
function baseOf(inputs, from, project) {
    if (inputs.baseImage !== undefined)
        return (0,reference/* parseReference */.F2)(inputs.baseImage, 'base-image');
    if (from !== undefined)
        return (0,reference/* parseReference */.F2)(from, 'dockerfile');
    const version = project?.modules
        .map(({ pom }) => pom.properties['project.runtime.version'])
        .find((found) => found !== undefined && /^\d/.test(found));
    if (version !== undefined)
        return (0,reference/* parseReference */.F2)((0,base_image/* defaultBase */.px)(version), 'base-image');
    throw new base_errors/* InputError */.dz(codes/* codes */.F.BASE_IMAGE_UNKNOWN, [
        {
            subject: 'base-image',
            problem: 'is needed: no Dockerfile and no project.runtime.version in the pom say what to build on',
            example: 'wso2/wso2mi:4.4.0',
        },
    ]);
}
/** @throws InputError DEPLOYMENT_TOML_MALFORMED, FILE_UNREADABLE */
function deploymentTomlOf(inputs, dockerfile, project, files) {
    const copied = dockerfile === undefined ? undefined : tomlSourceOf(dockerfile.build.build);
    const fromDockerfile = dockerfile === undefined || copied === undefined ? undefined : (0,external_node_path_.resolve)(dockerfile.folder, copied);
    if (inputs.deploymentToml === undefined && fromDockerfile !== undefined) {
        const problem = !(0,safe_path/* isInside */.F)(files.workspace, fromDockerfile)
            ? 'lies outside the workspace'
            : isFile(fromDockerfile)
                ? undefined
                : 'does not exist, and the Dockerfile copies it';
        if (problem !== undefined) {
            throw new base_errors/* InputError */.dz(base_codes/* codes */.F.FILE_UNREADABLE, [{ subject: files.display(fromDockerfile), problem }]);
        }
    }
    const own = project === undefined ? undefined : (0,external_node_path_.join)(project.folder, 'deployment/deployment.toml');
    const file = inputs.deploymentToml ?? fromDockerfile ?? (own !== undefined && isFile(own) ? own : undefined);
    if (file !== undefined)
        parseDeploymentToml((0,external_node_fs_.readFileSync)(file, 'utf8'), files.display(file));
    return file;
}
/** The source of a COPY to the deployment.toml that MI reads, so that a mistake in it is known before Maven runs. */
function tomlSourceOf({ stages }) {
    for (const { word, rest } of stages.flat()) {
        if (word !== 'COPY' && word !== 'ADD')
            continue;
        const words = (0,syntax/* jsonList */.Rr)(rest) ?? (0,dockerfile_words/* splitBlanks */.YN)(rest);
        const [source = '', target = ''] = words;
        if (words.length !== 2 || /[$*?[]/.test(source) || target.includes('/repository/conf'))
            continue;
        const intoFolder = /\/conf\/?$/.test(target) && source.endsWith('deployment.toml');
        if (intoFolder || target.endsWith('/conf/deployment.toml'))
            return source;
    }
    return undefined;
}
function isFile(path) {
    return (0,external_node_fs_.existsSync)(path) && (0,external_node_fs_.statSync)(path).isFile();
}

;// CONCATENATED MODULE: ./actions/build-mi/src/main.ts
/** The flow: project → Maven and its tests → carbon applications → comparison with the sources → image. */














async function main(inputs, ports) {
    const made = {};
    let failure;
    try {
        await make(made, inputs, ports);
    }
    catch (thrown) {
        failure = thrown;
    }
    const summary = summaryOf(made, ports.files);
    if (summary !== '')
        ports.summary.add(summary);
    return {
        outputs: outputsOf(made, ports),
        facts: factsOf(made, ports.files),
        ...(failure !== undefined && { failure }),
    };
}
async function make(made, inputs, ports) {
    const { files, log, job } = ports;
    checkInputs(inputs, job.platform);
    const prebuilt = inputs.cars.length > 0;
    // Given carbon applications need no project; where there is one, they are compared with it.
    if (!prebuilt || inputs.project !== undefined || (0,maven_project/* hasPom */.JM)(files.workspace)) {
        made.project = (0,maven_project/* findProject */.t1)(inputs.project, files);
    }
    const given = prebuilt ? (0,find_cars/* findGivenCars */.M)(inputs.cars, files) : undefined;
    const request = imageRequest(inputs, made.project, files, job.sha);
    if (request?.deploymentToml !== undefined)
        checkToml(request.deploymentToml, inputs, ports);
    const preparing = request === undefined ? undefined : (0,src_image/* prepareImage */.Fs)(request, ports);
    // Maven takes minutes: what is wrong with the base is to be known before. Without it both take an instant, together.
    preparing?.catch(() => undefined);
    if (given === undefined && inputs.builder !== 'native')
        await preparing;
    const cars = given ?? (await build(made, inputs, ports));
    made.applications = await readCarbonApplications(cars, made.project, files);
    for (const { file, car } of made.applications) {
        log.info(`${files.display(file)}: ${car.name} ${car.version} with ${artifactsOf(car).length} artifacts`);
    }
    if (inputs.check !== 'off') {
        const softened = inputs.check === 'warn';
        for (const { findings } of made.applications) {
            for (const finding of findings)
                log.annotate(annotationOf(finding, softened));
        }
        if (!softened)
            requireSame(made.applications);
    }
    if (request !== undefined && preparing !== undefined) {
        made.image = await (0,src_image/* makeImage */.Gs)(request, await preparing, made.applications, ports);
    }
}
/** @throws InputError DEPLOYMENT_TOML_MISREAD */
function checkToml(path, { check }, { files, log }) {
    if (check === 'off')
        return;
    const file = files.display(path);
    const findings = checkDeploymentToml((0,external_node_fs_.readFileSync)(path, 'utf8'));
    for (const { severity, message, line } of findings) {
        log.annotate({ level: check === 'error' ? severity : 'warning', message, file, line });
    }
    const problems = findings
        .filter(({ severity }) => severity === 'error')
        .map(({ message, line }) => ({ subject: file, problem: message, location: { file, line } }));
    if (check === 'error' && problems.length > 0)
        throw new base_errors/* InputError */.dz(codes/* codes */.F.DEPLOYMENT_TOML_MISREAD, problems);
}
/** @throws ToolError when Maven or a test failed; VerificationError CAR_NOT_BUILT; InputError MAVEN_NEEDED */
async function build(made, inputs, ports) {
    const { files, log } = ports;
    const project = made.project ?? (0,maven_project/* findProject */.t1)(inputs.project, files);
    const { builder, obstacles } = chooseBuilder(inputs, project, files);
    if (builder === 'native') {
        const { buildNatively } = await Promise.all(/* import() */[__webpack_require__.e(827), __webpack_require__.e(386)]).then(__webpack_require__.bind(__webpack_require__, 1386));
        made.native = await buildNatively(project, inputs, ports);
        const unproven = obstacles.map(({ what }) => `\n  ${what}`).join('');
        const doubt = unproven === '' ? '' : ` Whether Maven would pack the same cannot be told:${unproven}`;
        log.info(`Packaged without Maven in ${(0,duration/* formatDuration */.a)(made.native.durationMs)}.${doubt}`);
        return [made.native.car];
    }
    if (obstacles.length > 0) {
        log.info(`Maven builds: ${obstacles.map(({ what }) => what).join('; ')}.`);
    }
    const { buildWithMaven } = await __webpack_require__.e(/* import() */ 535).then(__webpack_require__.bind(__webpack_require__, 8535));
    return buildWithMaven(made, project, inputs, ports);
}
function outputsOf(made, { files }) {
    const { applications, build: result, image } = made;
    return {
        cars: applications?.map(({ file }) => files.display(file)).join('\n'),
        carbonApplications: applications === undefined
            ? undefined
            : JSON.stringify(applications.map(({ car }) => ({ name: car.name, version: car.version, artifacts: artifactsOf(car) }))),
        tests: result === undefined ? undefined : JSON.stringify((0,test_results/* countTests */.tu)(result.tests.cases)),
        image: image?.pushed === true ? `${image.repository}@${image.digest}` : undefined,
        digest: image?.digest,
        tags: image?.pushed === true ? image.tags.join('\n') : undefined,
    };
}


/***/ }),

/***/ 1182:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bc: () => (/* binding */ isDigest),
/* harmony export */   Hy: () => (/* binding */ algorithmOf),
/* harmony export */   jh: () => (/* binding */ measured),
/* harmony export */   ol: () => (/* binding */ digestOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
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
    return `${algorithm}:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)(algorithm).update(content).digest('hex')}`;
}
/** Passes a stream through and measures it on the way. */
function measured(source, algorithm = 'sha256') {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)(algorithm);
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


/***/ }),

/***/ 9529:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ MalformedError)
/* harmony export */ });
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


/***/ }),

/***/ 403:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ decodeXml)
/* harmony export */ });
/* harmony import */ var _malformed_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9529);
/** From the bytes of an XML document to its text. */

/** How documents begin in the encodings that a byte order mark, or the first two characters, tell (XML 1.0, appendix F). */
const beginnings = [
    [[0xef, 0xbb, 0xbf], 'utf-8'],
    [[0xff, 0xfe], 'utf-16le'],
    [[0xfe, 0xff], 'utf-16be'],
    [[0x3c, 0x00], 'utf-16le'],
    [[0x00, 0x3c], 'utf-16be'],
];
/**
 * The text of a document: by its byte order mark, else by the encoding that it declares, else UTF-8. Without the mark.
 * @throws MalformedError when it declares an encoding that nobody knows
 */
function decodeXml(bytes) {
    const begun = beginnings.find(([start]) => start.every((byte, index) => bytes[index] === byte))?.[1];
    const encoding = begun ?? declaredEncoding(bytes) ?? 'utf-8';
    if (/^(?:utf-8|us-ascii)$/i.test(encoding))
        return bytes.toString('utf8').replace(/^\ufeff/, '');
    try {
        return new TextDecoder(encoding).decode(bytes);
    }
    catch {
        throw new _malformed_js__WEBPACK_IMPORTED_MODULE_0__/* .MalformedError */ .G(`declares the encoding ${encoding}, which is not known`, { line: 1 });
    }
}
function declaredEncoding(bytes) {
    return /^<\?xml\s[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.-]*)["']/.exec(bytes.toString('latin1', 0, 256))?.[1];
}


/***/ }),

/***/ 4343:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  De: () => (/* binding */ childrenNamed),
  NO: () => (/* binding */ parseXml)
});

// UNUSED EXPORTS: parseAnyXml

// EXTERNAL MODULE: ./node_modules/@rgrove/parse-xml/dist/index.js + 8 modules
var dist = __webpack_require__(2674);
// EXTERNAL MODULE: ./node_modules/@rgrove/parse-xml/dist/lib/XmlError.js
var XmlError = __webpack_require__(1952);
// EXTERNAL MODULE: ./node_modules/@rgrove/parse-xml/dist/lib/XmlElement.js
var XmlElement = __webpack_require__(5614);
// EXTERNAL MODULE: ./node_modules/@rgrove/parse-xml/dist/lib/XmlText.js
var XmlText = __webpack_require__(8763);
// EXTERNAL MODULE: ./node_modules/@rgrove/parse-xml/dist/lib/XmlCdata.js
var XmlCdata = __webpack_require__(9447);
// EXTERNAL MODULE: ./packages/shared/src/formats/malformed.ts
var malformed = __webpack_require__(9529);
;// CONCATENATED MODULE: ./packages/shared/src/formats/plain-xml.ts
const plain_xml_name = '[A-Za-z_][\\w.-]*(?::[A-Za-z_][\\w.-]*)?';
const attribute = `\\s+${plain_xml_name}\\s*=\\s*(?:"[^"<]*"|'[^'<]*')`;
const startTag = new RegExp(`<(${plain_xml_name})((?:${attribute})*)\\s*(/?)>`, 'y');
const endTag = new RegExp(`</(${plain_xml_name})\\s*>`, 'y');
const attributes = new RegExp(`(${plain_xml_name})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'g');
const declaration = /^<\?xml version="1\.0"(?: encoding="[A-Za-z][\w.-]*")?(?: standalone="(?:yes|no)")?\s*\?>/;
const entities = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
/** The root element, or undefined for a document that is not plain (or not well-formed). */
function parsePlainXml(source, maxDepth) {
    // Beyond these characters, and where attributes have a meaning of their own, the complete parser knows better.
    if (/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/.test(source) || source.includes('xml:'))
        return undefined;
    const xml = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source;
    const stack = [];
    let root;
    let at = xml.startsWith('<?xml') ? (declaration.exec(xml)?.[0].length ?? -1) : 0;
    if (at === -1)
        return undefined;
    let line = 1;
    let counted = 0;
    for (;;) {
        const next = xml.indexOf('<', at);
        const text = xml.slice(at, next === -1 ? undefined : next);
        const top = stack.at(-1)?.element;
        if (text !== '') {
            if (top === undefined) {
                if (/[^\t\n ]/.test(text))
                    return undefined;
            }
            else {
                const plain = decoded(text);
                if (plain === undefined || text.includes(']]>'))
                    return undefined;
                top.text += plain;
            }
        }
        if (next === -1)
            return stack.length === 0 ? root : undefined;
        for (let newline = xml.indexOf('\n', counted); newline !== -1 && newline < next; newline = xml.indexOf('\n', counted)) {
            line++;
            counted = newline + 1;
        }
        const kind = xml[next + 1];
        if (kind === '!') {
            const end = skipped(xml, next);
            if (end === undefined)
                return undefined;
            if (xml.startsWith('<![CDATA[', next)) {
                if (top === undefined)
                    return undefined;
                top.text += xml.slice(next + 9, end - 3);
            }
            at = end;
        }
        else if (kind === '/') {
            endTag.lastIndex = next;
            const [whole, tag] = endTag.exec(xml) ?? [];
            const open = stack.pop();
            if (whole === undefined || open === undefined || open.tag !== tag)
                return undefined;
            const parent = stack.at(-1)?.element;
            if (parent === undefined)
                root = open.element;
            else
                parent.text += open.element.text;
            at = next + whole.length;
        }
        else {
            startTag.lastIndex = next;
            const [whole, tag = '', list = '', empty] = startTag.exec(xml) ?? [];
            const values = whole === undefined ? undefined : attributesIn(list);
            if (whole === undefined || values === undefined || stack.length >= maxDepth)
                return undefined;
            if (top === undefined && root !== undefined)
                return undefined;
            const element = { name: tag.slice(tag.indexOf(':') + 1), attributes: values, children: [], text: '', line };
            top?.children.push(element);
            if (empty !== '/')
                stack.push({ tag, element });
            else if (top === undefined)
                root = element;
            at = next + whole.length;
        }
    }
}
/** The end of a comment or a CDATA section that starts here. */
function skipped(xml, start) {
    if (xml.startsWith('<![CDATA[', start)) {
        const end = xml.indexOf(']]>', start + 9);
        return end === -1 ? undefined : end + 3;
    }
    if (!xml.startsWith('<!--', start))
        return undefined;
    const end = xml.indexOf('--', start + 4);
    return end === -1 || xml[end + 2] !== '>' ? undefined : end + 3;
}
function attributesIn(list) {
    const values = {};
    if (list === '')
        return values;
    for (const [, key = '', double, single = ''] of list.matchAll(attributes)) {
        const value = decoded((double ?? single).replace(/[\t\n]/g, ' '));
        if (value === undefined || Object.hasOwn(values, key) || key === '__proto__')
            return undefined;
        values[key] = value;
    }
    return values;
}
/** Without entities other than the predefined ones; undefined when there are others. */
function decoded(text) {
    if (!text.includes('&'))
        return text;
    if (/&(?!(?:lt|gt|amp|quot|apos);)/.test(text))
        return undefined;
    return text.replace(/&(\w+);/g, (whole, entity) => entities[entity] ?? whole);
}

;// CONCATENATED MODULE: ./packages/shared/src/formats/xml.ts



/**
 * Parses an XML document. Entities of a DTD are not expanded and external ones are never fetched.
 * @throws MalformedError with line and column when it is not well-formed or beyond the limits
 */
function parseXml(source, { maxChars = 16 * 1024 * 1024, maxDepth = 200 } = {}) {
    const xml = source.startsWith('\ufeff') ? source.slice(1) : source;
    if (xml.length > maxChars)
        throw new malformed/* MalformedError */.G(`is longer than ${maxChars} characters`);
    return parsePlainXml(xml, maxDepth) ?? parseAnyXml(xml, maxDepth);
}
/** The complete parser, which also says what is wrong. @throws MalformedError with line and column */
function parseAnyXml(xml, maxDepth) {
    try {
        const { root } = (0,dist/* parseXml */.NO)(xml, { includeOffsets: true, ignoreUndefinedEntities: false });
        if (root === null)
            throw new malformed/* MalformedError */.G('has no root element');
        return toElement(root, lineFinder(xml), maxDepth);
    }
    catch (error) {
        if (error instanceof XmlError/* XmlError */.G) {
            const [reason = error.message] = error.message.split(/ \(line \d+/);
            throw new malformed/* MalformedError */.G(reason, { line: error.line, column: error.column });
        }
        if (error instanceof RangeError)
            throw new malformed/* MalformedError */.G('is nested too deeply');
        throw error;
    }
}
/** The children of an element that have a name. */
function childrenNamed(element, name) {
    return element.children.filter((child) => child.name === name);
}
/** Visits the document in its order, as `lineAt` wants it. */
function toElement(node, lineAt, depthLeft) {
    const line = lineAt(node.start);
    if (depthLeft === 0)
        throw new malformed/* MalformedError */.G('is nested too deeply', { line });
    const children = [];
    let text = '';
    for (const child of node.children) {
        if (child instanceof XmlElement/* XmlElement */.W) {
            const element = toElement(child, lineAt, depthLeft - 1);
            children.push(element);
            if (element.text !== '')
                text += element.text;
        }
        else if (child instanceof XmlText/* XmlText */.Z || child instanceof XmlCdata/* XmlCdata */.n) {
            text += child.text;
        }
    }
    const { name, attributes } = node;
    return { name: name.slice(name.indexOf(':') + 1), attributes, children, text, line };
}
/** The line of an offset, for offsets that never become smaller. */
function lineFinder(text) {
    let line = 1;
    let next = text.indexOf('\n');
    return (offset) => {
        while (next !== -1 && next < offset) {
            line++;
            next = text.indexOf('\n', next + 1);
        }
        return line;
    };
}


/***/ }),

/***/ 1335:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Rt: () => (/* binding */ packZip),
/* harmony export */   ue: () => (/* binding */ readZip),
/* harmony export */   zy: () => (/* binding */ writeZip)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7975);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_util__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8522);
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_zlib__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var yauzl__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(663);
/* harmony import */ var _base_safe_path_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8994);
/* harmony import */ var _malformed_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9529);
/** Zip archives, whole and in memory: read with bounds, written so that the bytes depend on names and contents alone. */






const deflate = (0,node_util__WEBPACK_IMPORTED_MODULE_1__.promisify)(node_zlib__WEBPACK_IMPORTED_MODULE_2__.deflateRaw);
const inflate = (0,node_util__WEBPACK_IMPORTED_MODULE_1__.promisify)(node_zlib__WEBPACK_IMPORTED_MODULE_2__.inflateRaw);
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
        throw new _malformed_js__WEBPACK_IMPORTED_MODULE_5__/* .MalformedError */ .G(`holds ${zip.entryCount} entries, more than the ${maxEntries} allowed`);
    }
    const found = [];
    let total = 0;
    for (let entry = await nextEntry(zip); entry !== undefined; entry = await nextEntry(zip)) {
        const name = checkedName(entry);
        total += entry.uncompressedSize;
        if (total > maxBytes)
            throw new _malformed_js__WEBPACK_IMPORTED_MODULE_5__/* .MalformedError */ .G(`unpacks to more than the ${maxBytes} bytes allowed`);
        if (total > RATIO_FROM_BYTES && total > LARGEST_RATIO * archive.length) {
            throw new _malformed_js__WEBPACK_IMPORTED_MODULE_5__/* .MalformedError */ .G(`unpacks to more than ${LARGEST_RATIO} times its size: it is no archive but a bomb`);
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
        file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.open)(path);
        const { size } = await file.stat();
        // What unpacks to the limit may be a little more than that when nothing in it is compressed.
        if (size > maxBytes + HEADROOM_BYTES) {
            throw new _malformed_js__WEBPACK_IMPORTED_MODULE_5__/* .MalformedError */ .G(`has ${size} bytes, more than the ${maxBytes} bytes allowed`);
        }
        return await file.readFile();
    }
    finally {
        await file?.close();
    }
}
function openZip(archive) {
    return new Promise((resolve, reject) => {
        (0,yauzl__WEBPACK_IMPORTED_MODULE_3__/* .fromBuffer */ .vY)(archive, { lazyEntries: true, strictFileNames: false }, (error, zip) => {
            if (error === null)
                resolve(zip);
            else
                reject(new _malformed_js__WEBPACK_IMPORTED_MODULE_5__/* .MalformedError */ .G(`is not a zip: ${error.message}`));
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
    const damaged = (reason) => new _malformed_js__WEBPACK_IMPORTED_MODULE_5__/* .MalformedError */ .G(`is damaged at ${fileName}: ${reason}`);
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
        if ((0,node_zlib__WEBPACK_IMPORTED_MODULE_2__.crc32)(data) !== entry.crc32)
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
        data = (0,node_zlib__WEBPACK_IMPORTED_MODULE_2__.inflateRawSync)(packed, options);
    }
    catch (error) {
        throw failed(error);
    }
    return checked(data);
}
function checkedName(entry) {
    const unixType = (entry.externalFileAttributes >>> 16) & 0o170000;
    if (unixType === 0o120000)
        throw new _malformed_js__WEBPACK_IMPORTED_MODULE_5__/* .MalformedError */ .G(`holds a symbolic link: ${entry.fileName}`);
    const name = (0,_base_safe_path_js__WEBPACK_IMPORTED_MODULE_4__/* .safeRelativePath */ .l)(entry.fileName);
    if (name === undefined)
        throw new _malformed_js__WEBPACK_IMPORTED_MODULE_5__/* .MalformedError */ .G(`holds an entry that would leave its folder: ${entry.fileName}`);
    return entry.fileName.endsWith('/') ? `${name}/` : name;
}
/** The reader refuses absolute names and `..` by itself, in words of its own. */
function entryError(error) {
    const leaves = /^(?:invalid relative path|absolute path): (.*)$/s.exec(error.message);
    return leaves === null
        ? new _malformed_js__WEBPACK_IMPORTED_MODULE_5__/* .MalformedError */ .G(`is damaged: ${error.message}`)
        : new _malformed_js__WEBPACK_IMPORTED_MODULE_5__/* .MalformedError */ .G(`holds an entry that would leave its folder: ${leaves[1] ?? ''}`);
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
        return data.length < LARGE_BYTES ? Promise.resolve((0,node_zlib__WEBPACK_IMPORTED_MODULE_2__.deflateRawSync)(data, options)) : deflate(data, options);
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
        common.writeUInt32LE((0,node_zlib__WEBPACK_IMPORTED_MODULE_2__.crc32)(data), 10);
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
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(path, Buffer.concat(await packZip(entries, how)));
}
function words(signature) {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(signature);
    return bytes;
}


/***/ }),

/***/ 9645:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ codes)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5026);

/** Failures of finding a Maven project, building it and reading its tests. */
const codes = (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .defineCodes */ .Oo)({
    MAVEN_PROJECT_MISSING: {
        title: 'There is no Maven project',
        meaning: 'Neither the project input nor the workspace root leads to a pom.xml.',
        remedy: 'Set the project input to the folder (or the pom.xml) of the integration project.',
    },
    MAVEN_NEEDED: {
        title: 'Only Maven can build this project',
        meaning: 'builder: native was asked for, and something in the project or in the inputs is done by Maven alone.',
        remedy: 'Use builder: maven (or auto, which decides by the same list), or remove what the message names.',
    },
    MAVEN_POM_MALFORMED: {
        title: 'A pom.xml is not well-formed',
        meaning: 'Maven cannot read the project description; nothing was built.',
        remedy: 'Correct the pom.xml at the line named in the message.',
    },
    MAVEN_PLUGIN_NOT_FOUND: {
        title: 'A Maven plugin cannot be found',
        meaning: 'A plugin that the pom asks for is in none of the repositories that Maven may use.',
        remedy: 'Check the version. WSO2 plugins newer than the one on Maven Central are on https://maven.wso2.org/nexus/content/groups/wso2-public/: name it as pluginRepository, or use a mirror in the settings input.',
    },
    MAVEN_DEPENDENCY_NOT_FOUND: {
        title: 'A dependency cannot be found',
        meaning: 'A dependency of the project is in none of the repositories that Maven may use.',
        remedy: 'Check its coordinates, and that its repository is in the pom or in the settings input.',
    },
    MAVEN_REPOSITORY_BLOCKED: {
        title: 'Maven refuses a repository because it is plain HTTP',
        meaning: 'Since 3.8.1 Maven blocks repositories that are reached without TLS.',
        remedy: 'Change the repository’s URL to https (maven.wso2.org answers on it), or mirror it in the settings input.',
    },
    MAVEN_REPOSITORY_REFUSED: {
        title: 'A Maven repository refuses or does not answer',
        meaning: 'The repository could not be reached, or it answered 401, 403 or a server error.',
        remedy: 'Check the address and, for a private repository, the server entry of the settings input.',
    },
    MAVEN_CHECKSUM_MISMATCH: {
        title: 'A download does not match its checksum',
        meaning: 'An artifact arrived damaged, or the repository serves other bytes than it has checksums for.',
        remedy: 'Delete the artifact from the cached local repository and run again; check the mirror.',
    },
    MAVEN_COMPILE_ERROR: {
        title: 'Java code does not compile',
        meaning: 'The compiler rejected at least one source file; each error is an annotation at its line.',
        remedy: 'Correct the source at the annotated lines.',
    },
    MAVEN_JDK_UNSUITABLE: {
        title: 'The JDK is too old or too new for the project',
        meaning: 'The JDK that runs Maven does not know the Java version that the project or a plugin asks for.',
        remedy: 'Choose another JDK with actions/setup-java: MI 4.0 and 4.1 run on 11, 4.2 and 4.3 on 17, 4.4 and 4.5 on 21.',
    },
    MAVEN_JAVA_MISSING: {
        title: 'There is no JDK',
        meaning: 'Maven found no Java, or JAVA_HOME leads to none, or to one without a compiler.',
        remedy: 'Add a step with actions/setup-java before this one.',
    },
    MAVEN_TESTS_FAILED: {
        title: 'Tests failed',
        meaning: 'At least one unit test of the project failed; each is an annotation, and a row in the summary.',
        remedy: 'Correct what the failing assertions show.',
    },
    MAVEN_TEST_REPORT_MISSING: {
        title: 'Synapse unit tests left no report',
        meaning: 'The unit test plugin ran and wrote no unit-test-report.json. It does so, with BUILD SUCCESS, when the server dies in mid-test.',
        remedy: 'Read the console for the server’s last words; check memory and testServerPath.',
    },
    MAVEN_TEST_REPORT_UNREADABLE: {
        title: 'A test report cannot be read',
        meaning: 'A report of the build’s tests is cut off or not in its format, so nobody can say how the tests went.',
        remedy: 'Look for a test process that was killed (memory, timeout) in the console.',
    },
    MAVEN_TEST_SERVER_MISSING: {
        title: 'The Micro Integrator for the Synapse unit tests is missing',
        meaning: 'The unit test plugin was given no server, or one that does not start or does not answer.',
        remedy: 'Give -DtestServerType=local and -DtestServerPath=<MI>/bin/micro-integrator.sh in maven-args, or set skip-tests.',
    },
    MAVEN_OUT_OF_MEMORY: {
        title: 'Maven ran out of memory',
        meaning: 'The Java heap, the metaspace or the runner’s memory was not enough.',
        remedy: 'Raise -Xmx in the environment variable MAVEN_OPTS, or use a larger runner.',
    },
    MAVEN_NESTED_BUILD_FAILED: {
        title: 'A Maven run inside the CAR plugin failed',
        meaning: 'The plugin starts Maven again to fetch connectors. That run failed, and the plugin reports success all the same: a connector is missing from the CAR.',
        remedy: 'Name the repository of the connector in the pom, in the settings input or in ~/.m2/settings.xml: flags in maven-args do not reach the nested runs.',
    },
    MAVEN_CAR_PLUGIN_FAILED: {
        title: 'The CAR plugin stopped at an artifact',
        meaning: 'The plugin met a file that it cannot process and ended the build without naming the file.',
        remedy: 'Look at the findings of the source check: it names the file and the line.',
    },
    MAVEN_GOAL_FAILED: {
        title: 'A Maven goal failed',
        meaning: 'A plugin ended the build for a reason that this action does not know.',
        remedy: 'Read Maven’s own words in the summary.',
    },
    MAVEN_FAILED: {
        title: 'Maven failed',
        meaning: 'Maven ended with an exit code other than 0, or without BUILD SUCCESS.',
        remedy: 'Read Maven’s own words in the summary.',
    },
});


/***/ }),

/***/ 3115:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   tH: () => (/* binding */ activeParts),
/* harmony export */   uu: () => (/* binding */ obstaclesToPackagingWithoutMaven),
/* harmony export */   vE: () => (/* binding */ packsClassMediators)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _test_reports_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3543);
/**
 * Whether a carbon application can be packaged without Maven: what of a project only Maven can do, and what keeps
 * anybody from proving that the result would be the same. Pure but for looking at folders.
 */



/** The versions of vscode-car-plugin whose packaging is the one of 5.4.12 (sources compared; output of 5.4.12 tested). */
const sameAs5412 = new Set(['5.4.11', '5.4.12', '5.4.13', '5.4.14', '5.4.15']);
/** Plugins of Maven's own that have no part in what is in a CAR. */
const harmless = /^org\.apache\.maven\.plugins:maven-(?:clean|install|deploy|resources|compiler|surefire|site)-plugin$/;
const lifecycle = [
    ...['validate', 'initialize', 'generate-sources', 'process-sources', 'generate-resources', 'process-resources'],
    ...['compile', 'process-classes', 'generate-test-sources', 'process-test-sources', 'generate-test-resources'],
    ...['process-test-resources', 'test-compile', 'process-test-classes', 'test', 'prepare-package', 'package'],
    ...['pre-integration-test', 'integration-test', 'post-integration-test', 'verify', 'install', 'deploy'],
];
const beside = new Set(['clean', 'pre-clean', 'post-clean', 'site']);
/** Everything that stands against it, the impossible first. */
function obstaclesToPackagingWithoutMaven(project, options) {
    const { pom, folder } = project;
    const active = activeParts(pom);
    const plugins = active.flatMap((part) => part.plugins);
    const obstacles = [];
    const add = (kind, what, line) => obstacles.push({ kind, what, line });
    if (active.some(({ modules }) => modules.length > 0))
        add('impossible', 'the project has modules');
    if (!['pom', 'jar'].includes(pom.packaging))
        add('impossible', `its packaging is ${pom.packaging}`);
    for (const [name, value] of Object.entries({
        groupId: pom.groupId,
        artifactId: pom.artifactId,
        version: pom.version,
    })) {
        if (value === undefined || value.includes('${'))
            add('impossible', `its ${name} is said outside of its pom`);
    }
    for (const profile of options.profiles)
        add('impossible', `the profile '${profile}' is asked for`);
    for (const argument of options.arguments)
        add('impossible', `maven-args has ${argument}`);
    if (pom.properties['fat.car.enable'] === 'true')
        add('impossible', 'fat.car.enable packs other applications into it');
    for (const mapper of dataMappers(folder)) {
        add('impossible', `the data mapper ${mapper} is compiled by a Maven run of the plugin`);
    }
    for (const obstacle of carGoalObstacles(plugins, options.goals))
        obstacles.push(obstacle);
    if (!options.skipTests && runsTests(project, plugins)) {
        add('impossible', 'its tests are run by Maven (skip-tests: true leaves them out)');
    }
    if (pom.parent !== undefined)
        add('unproven', 'it has a parent pom', pom.parent.line);
    if (options.settings !== undefined)
        add('unproven', 'settings may activate profiles');
    for (const profile of pom.profiles) {
        if (profile.activation === 'condition')
            add('unproven', `the profile '${profile.id}' may activate itself`);
        if (profile.activation === 'default' && profile.setsProperties) {
            add('unproven', `the profile '${profile.id}' sets properties`);
        }
    }
    for (const plugin of plugins) {
        const name = nameOf(plugin);
        if (name !== carPlugin && !harmless.test(name))
            add('unproven', `it uses the plugin ${name}`, plugin.line);
    }
    for (const { type, groupId, artifactId, line } of active.flatMap((part) => part.dependencies)) {
        if (type === 'zip')
            add('unproven', `it depends on ${groupId ?? ''}:${artifactId ?? ''}, a zip`, line);
    }
    if (packsClassMediators(project))
        add('unproven', 'its Java code is compiled and packed by Maven');
    if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'tmp')))
        add('unproven', 'a folder tmp is there, which the plugin would pack too');
    return obstacles.sort((a, b) => Number(a.kind === 'unproven') - Number(b.kind === 'unproven'));
}
/** The pom and the profiles that take part when none is asked for. */
function activeParts(pom) {
    return [pom, ...pom.profiles.filter(({ activation }) => activation === 'default')];
}
const carPlugin = 'org.wso2.maven:vscode-car-plugin';
function nameOf({ groupId = '', artifactId = '' }) {
    return `${groupId}:${artifactId}`;
}
function carGoalObstacles(plugins, goals) {
    const plugin = plugins.find((candidate) => nameOf(candidate) === carPlugin);
    if (plugin === undefined) {
        return [{ kind: 'impossible', what: 'its pom does not use vscode-car-plugin', line: undefined }];
    }
    const { line, version, configured } = plugin;
    const found = [];
    const unknown = goals.filter((goal) => !lifecycle.includes(goal) && !beside.has(goal));
    if (unknown.length > 0)
        found.push({ kind: 'impossible', what: `goals has ${unknown.join(', ')}`, line: undefined });
    const phase = carPhase(plugin);
    const last = Math.max(-1, ...goals.map((goal) => lifecycle.indexOf(goal)));
    if (phase === undefined || lifecycle.indexOf(phase) > last) {
        const what = `no goal 'car' runs: it is bound to no phase that '${goals.join(' ')}' reaches`;
        found.push({ kind: 'impossible', what, line });
    }
    if (configured.length > 0) {
        found.push({ kind: 'impossible', what: `vscode-car-plugin is configured (${configured.join(', ')})`, line });
    }
    if (version === undefined || !sameAs5412.has(version)) {
        const what = `vscode-car-plugin ${version ?? 'of a version that is said elsewhere'} may pack differently from 5.4.12`;
        found.push({ kind: 'unproven', what, line });
    }
    return found;
}
function carPhase({ bindings }) {
    const binding = bindings.find(({ goal }) => goal === 'car');
    return binding === undefined ? undefined : (binding.phase ?? 'package');
}
/** True when the plugin packs the project's own jar: it has one at that point of the build only from `package` on. */
function packsClassMediators({ pom }) {
    const plugin = activeParts(pom)
        .flatMap(({ plugins }) => plugins)
        .find((candidate) => nameOf(candidate) === carPlugin);
    const phase = plugin === undefined ? undefined : carPhase(plugin);
    const late = phase !== undefined && lifecycle.indexOf(phase) >= lifecycle.indexOf('package');
    return pom.packaging === 'jar' && late;
}
function runsTests(project, plugins) {
    const synapse = plugins.some(({ goals }) => goals.includes('synapse-unit-test'));
    return ((synapse && (0,_test_reports_js__WEBPACK_IMPORTED_MODULE_2__/* .synapseUnitTests */ .nC)(project).length > 0) ||
        (project.pom.packaging === 'jar' && hasFiles((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(project.folder, 'src/test/java'))));
}
function hasFiles(folder) {
    return ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(folder) && (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(folder, { withFileTypes: true, recursive: true }).some((entry) => entry.isFile()));
}
function dataMappers(folder) {
    const resources = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'src/main/wso2mi/resources');
    return ['datamapper', 'registry/gov/datamapper']
        .map((place) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(resources, place))
        .filter(node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)
        .flatMap((place) => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(place, { withFileTypes: true }))
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name);
}


/***/ }),

/***/ 8882:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  t1: () => (/* binding */ findProject),
  hO: () => (/* binding */ findWrapper),
  JM: () => (/* binding */ hasPom)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./packages/shared/src/base/errors.ts
var errors = __webpack_require__(5026);
// EXTERNAL MODULE: ./packages/shared/src/base/safe-path.ts
var safe_path = __webpack_require__(8994);
// EXTERNAL MODULE: ./packages/shared/src/maven/codes.ts
var codes = __webpack_require__(9645);
// EXTERNAL MODULE: ./packages/shared/src/formats/malformed.ts
var formats_malformed = __webpack_require__(9529);
// EXTERNAL MODULE: ./packages/shared/src/formats/xml-encoding.ts
var xml_encoding = __webpack_require__(403);
// EXTERNAL MODULE: ./packages/shared/src/formats/xml.ts + 1 modules
var xml = __webpack_require__(4343);
;// CONCATENATED MODULE: ./packages/shared/src/maven/pom.ts
/** What a pom.xml says, as far as a build has to know it. Maven alone knows the effective model. */






/**
 * Reads a pom.xml.
 * @param display how the file is called in messages
 * @throws InputError MAVEN_POM_MALFORMED
 */
function readPom(path, display = path) {
    const malformed = (problem, line, column) => new errors/* InputError */.dz(codes/* codes */.F.MAVEN_POM_MALFORMED, [
        {
            subject: display,
            problem,
            location: { file: display, ...(line !== undefined && { line }), ...(column !== undefined && { column }) },
        },
    ]);
    try {
        const root = (0,xml/* parseXml */.NO)((0,xml_encoding/* decodeXml */.y)((0,external_node_fs_.readFileSync)(path)));
        if (root.name !== 'project')
            throw malformed(`is no pom: its root is <${root.name}>, not <project>`, root.line);
        return toPom(root);
    }
    catch (error) {
        if (error instanceof formats_malformed/* MalformedError */.G) {
            const at = error.line === undefined ? '' : ` (line ${error.line})`;
            throw malformed(`is not well-formed XML: ${error.message}${at}`, error.line, error.column);
        }
        throw error;
    }
}
function toPom(root) {
    const parent = child(root, 'parent');
    const properties = Object.fromEntries((child(root, 'properties')?.children ?? []).map((property) => [property.name, property.text.trim()]));
    const own = (name) => textOf(root, name) ?? (parent === undefined ? undefined : textOf(parent, name));
    const project = { groupId: own('groupId'), artifactId: textOf(root, 'artifactId'), version: own('version') };
    const fill = filler({
        ...properties,
        ...Object.fromEntries(Object.entries(project)
            .filter((entry) => entry[1] !== undefined)
            .flatMap(([key, value]) => [
            [`project.${key}`, value],
            [`pom.${key}`, value],
        ])),
    });
    return {
        groupId: fill(project.groupId),
        artifactId: fill(project.artifactId),
        version: fill(project.version),
        name: fill(textOf(root, 'name')),
        packaging: textOf(root, 'packaging') ?? 'jar',
        properties: Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, fill(value) ?? value])),
        ...toPart(root, fill),
        profiles: childrenOf(root, 'profiles', 'profile').map((profile) => ({
            id: textOf(profile, 'id') ?? 'default',
            activation: activationOf(child(profile, 'activation')),
            setsProperties: (child(profile, 'properties')?.children ?? []).length > 0,
            ...toPart(profile, fill),
        })),
        parent: parent === undefined ? undefined : coordinates(parent, fill),
    };
}
function activationOf(activation) {
    if (activation === undefined || activation.children.length === 0)
        return 'asked';
    if (activation.children.some(({ name }) => name !== 'activeByDefault'))
        return 'condition';
    return textOf(activation, 'activeByDefault') === 'true' ? 'default' : 'asked';
}
function toPart(element, fill) {
    const build = child(element, 'build');
    return {
        modules: childrenOf(element, 'modules', 'module').map((module) => fill(module.text.trim()) ?? ''),
        dependencies: childrenOf(element, 'dependencies', 'dependency').map((dependency) => coordinates(dependency, fill)),
        plugins: build === undefined
            ? []
            : childrenOf(build, 'plugins', 'plugin').map((plugin) => ({
                ...coordinates(plugin, fill),
                groupId: fill(textOf(plugin, 'groupId')) ?? 'org.apache.maven.plugins',
                ...executionsOf(plugin),
            })),
    };
}
function executionsOf(plugin) {
    const executions = childrenOf(plugin, 'executions', 'execution');
    const bindings = executions.flatMap((execution) => childrenOf(execution, 'goals', 'goal').map((goal) => ({
        goal: goal.text.trim(),
        phase: textOf(execution, 'phase'),
    })));
    const configurations = [plugin, ...executions].flatMap((element) => (0,xml/* childrenNamed */.De)(element, 'configuration'));
    return {
        goals: bindings.map(({ goal }) => goal),
        bindings,
        configured: configurations.flatMap(({ children }) => children.map(({ name }) => name)),
    };
}
function coordinates(element, fill) {
    return {
        groupId: fill(textOf(element, 'groupId')),
        artifactId: fill(textOf(element, 'artifactId')),
        version: fill(textOf(element, 'version')),
        type: fill(textOf(element, 'type')) ?? 'jar',
        line: element.line,
    };
}
/** Fills ${…} from the properties of this file; what it does not know stays as it stands. */
function filler(values) {
    const fill = (text, depth) => text.replace(/\$\{([^}]+)\}/g, (whole, key) => {
        const value = values[key];
        return value === undefined || depth === 0 ? whole : fill(value, depth - 1);
    });
    return (value) => (value === undefined ? undefined : fill(value, 10));
}
function child(element, name) {
    return (0,xml/* childrenNamed */.De)(element, name)[0];
}
function childrenOf(element, list, item) {
    return (0,xml/* childrenNamed */.De)(element, list).flatMap((found) => (0,xml/* childrenNamed */.De)(found, item));
}
function textOf(element, name) {
    const text = child(element, name)?.text.trim();
    return text === '' ? undefined : text;
}

;// CONCATENATED MODULE: ./packages/shared/src/maven/project.ts
/** Which Maven project to build, and the folders of all its modules. */






const mostModules = 500;
const mostCandidates = 12;
/**
 * Finds the project.
 * @param given absolute: a folder with a pom.xml, or a pom file itself; undefined for the workspace root
 * @throws InputError MAVEN_PROJECT_MISSING with the candidates of the workspace, MAVEN_POM_MALFORMED
 */
function findProject(given, files) {
    const path = given ?? files.workspace;
    const pomFile = pomAt(path);
    if (pomFile === undefined)
        throw missing(path, given !== undefined, files);
    const root = moduleAt(pomFile, files);
    return { ...root, modules: allModules(root, files) };
}
/** True when `folder` is a Maven project. */
function hasPom(folder) {
    return pomAt(folder) !== undefined;
}
function pomAt(path) {
    if (!(0,external_node_fs_.existsSync)(path))
        return undefined;
    const file = (0,external_node_fs_.statSync)(path).isDirectory() ? (0,external_node_path_.join)(path, 'pom.xml') : path;
    return (0,external_node_fs_.existsSync)(file) && (0,external_node_fs_.statSync)(file).isFile() ? file : undefined;
}
function moduleAt(pomFile, files) {
    return { folder: (0,external_node_path_.dirname)(pomFile), pomFile, pom: readPom(pomFile, files.display(pomFile)) };
}
function allModules(root, files) {
    const found = new Map([[root.pomFile, root]]);
    const queue = [root];
    for (let module = queue.shift(); module !== undefined; module = queue.shift()) {
        for (const name of moduleNames(module.pom)) {
            const pomFile = pomAt((0,external_node_path_.resolve)(module.folder, name));
            // A module that is not there is Maven's to report; a link out of the workspace is not followed.
            if (pomFile === undefined || found.has(pomFile) || found.size >= mostModules)
                continue;
            if (!(0,safe_path/* isInside */.F)((0,external_node_fs_.realpathSync)(files.workspace), (0,external_node_fs_.realpathSync)(pomFile)))
                continue;
            const next = moduleAt(pomFile, files);
            found.set(pomFile, next);
            queue.push(next);
        }
    }
    return [...found.values()];
}
function moduleNames(pom) {
    return [...pom.modules, ...pom.profiles.flatMap((profile) => profile.modules)];
}
function missing(path, given, files) {
    const candidates = pomsBelow(files.workspace, 4).map((pom) => files.display((0,external_node_path_.dirname)(pom)));
    const named = candidates.slice(0, mostCandidates);
    const rest = candidates.length - named.length;
    const where = given ? `${files.display(path)} has no pom.xml` : 'the workspace root has no pom.xml';
    const list = named.length === 0
        ? 'The workspace holds none at all: does a checkout step run before this one?'
        : `The workspace has ${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`;
    return new errors/* InputError */.dz(codes/* codes */.F.MAVEN_PROJECT_MISSING, [
        { subject: 'project', problem: `${where}. ${list}`, example: named[0] ?? 'integration/employee-service' },
    ]);
}
/** Poms that have no pom above them, so that a module is not offered where its project is. */
function pomsBelow(folder, depth) {
    const entries = (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true });
    if (entries.some((entry) => entry.isFile() && entry.name === 'pom.xml'))
        return [(0,external_node_path_.join)(folder, 'pom.xml')];
    if (depth === 0)
        return [];
    return entries
        .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !skipped.has(entry.name))
        .map((entry) => entry.name)
        .sort()
        .flatMap((name) => pomsBelow((0,external_node_path_.join)(folder, name), depth - 1));
}
const skipped = new Set(['node_modules', 'target']);
/** The wrapper script that a project brings, in its folder or above it up to the workspace. */
function findWrapper(project, files) {
    for (let folder = project.folder; (0,safe_path/* isInside */.F)(files.workspace, folder); folder = (0,external_node_path_.dirname)(folder)) {
        const script = (0,external_node_path_.join)(folder, 'mvnw');
        if ((0,external_node_fs_.existsSync)(script) && (0,external_node_fs_.statSync)(script).isFile())
            return script;
        if (folder === (0,external_node_path_.dirname)(folder))
            break;
    }
    return undefined;
}


/***/ }),

/***/ 3543:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  UR: () => (/* binding */ modulesWithoutJavaReport),
  fy: () => (/* binding */ modulesWithoutSynapseReport),
  m6: () => (/* binding */ readTestReports),
  nC: () => (/* binding */ synapseUnitTests)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./packages/shared/src/formats/malformed.ts
var malformed = __webpack_require__(9529);
// EXTERNAL MODULE: ./packages/shared/src/formats/xml-encoding.ts
var xml_encoding = __webpack_require__(403);
// EXTERNAL MODULE: ./packages/shared/src/base/text.ts
var base_text = __webpack_require__(3282);
// EXTERNAL MODULE: ./packages/shared/src/formats/xml.ts + 1 modules
var formats_xml = __webpack_require__(4343);
;// CONCATENATED MODULE: ./packages/shared/src/maven/junit-report.ts
/** JUnit XML in the dialects of Surefire, TestNG, Gradle, the JUnit platform and Ant, rerun and flaky entries included. */



/**
 * Reads one report. Tests are grouped by the class that they name themselves: with nested classes Surefire puts them
 * into the file of another one.
 * @param locate finds the source of a class, as a path for annotations
 * @throws MalformedError
 */
function parseJunitReport(xml, locate = () => undefined) {
    const root = (0,formats_xml/* parseXml */.NO)(withoutIllegal(xml), { maxChars: 128 * 1024 * 1024 });
    if (root.name !== 'testsuite' && root.name !== 'testsuites') {
        throw new malformed/* MalformedError */.G(`is no test report: its root is <${root.name}>`, { line: root.line });
    }
    return suitesOf(root).flatMap((suite) => (0,formats_xml/* childrenNamed */.De)(suite, 'testcase').map((test) => toCase(test, suite, locate)));
}
/**
 * Messages quote what a test has seen, and not every writer takes out what XML cannot hold: control characters as they
 * are (Ant, older Gradle) or by number. A report is not unreadable for that.
 */
function withoutIllegal(xml) {
    return xml
        .replace(/[^\t\n\r\x20-\ufffd]/g, '\ufffd')
        .replace(/&#(?:x([0-9a-f]+)|(\d+));/gi, (whole, hex, decimal) => {
        const number = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
        return number < 0x20 && ![9, 10, 13].includes(number) ? '\ufffd' : whole;
    });
}
function suitesOf(element) {
    if (element.name !== 'testsuite' && element.name !== 'testsuites')
        return [];
    const inner = element.children.flatMap(suitesOf);
    return element.name === 'testsuite' ? [element, ...inner] : inner;
}
/** In the order in which they decide: a test that failed and also has flaky entries failed. */
const outcomes = [
    ['error', 'error'],
    ['failure', 'failed'],
    ['flakyError', 'flaky'],
    ['flakyFailure', 'flaky'],
    // A repetition that failed, and no word of a first attempt or of one that passed.
    ['rerunError', 'error'],
    ['rerunFailure', 'failed'],
    ['skipped', 'skipped'],
];
function toCase(test, suite, locate) {
    const className = test.attributes.classname ?? suite.attributes.name ?? '';
    const [entry, outcome] = outcomes
        .map(([name, found]) => [(0,formats_xml/* childrenNamed */.De)(test, name)[0], found])
        .find(([element]) => element !== undefined) ?? [undefined, 'passed'];
    const detail = entry === undefined ? '' : ((0,formats_xml/* childrenNamed */.De)(entry, 'stackTrace')[0]?.text ?? entry.text).trim();
    const message = entry?.attributes.message ?? firstLine(detail) ?? entry?.attributes.type;
    const seconds = Number((test.attributes.time ?? '').replaceAll(',', ''));
    const file = entry === undefined || outcome === 'skipped' ? undefined : locate(className);
    const line = lineIn(detail, className);
    return {
        suite: className,
        // What fails before the first test of a class (@BeforeAll, @BeforeClass) has no name in Surefire's reports.
        name: test.attributes.name === undefined || test.attributes.name === '' ? '(the class)' : test.attributes.name,
        outcome,
        message: message === undefined ? undefined : (0,base_text/* oneLine */.TN)(message, 500),
        detail: detail === '' ? undefined : detail,
        durationMs: test.attributes.time === undefined || Number.isNaN(seconds) ? undefined : Math.round(seconds * 1000),
        location: file === undefined ? undefined : { file, ...(line !== undefined && { line }) },
    };
}
function firstLine(text) {
    const line = text.split('\n', 1)[0]?.trim();
    return line === '' ? undefined : line;
}
/** The line of the topmost stack frame that lies in the test's own class. */
function lineIn(stackTrace, className) {
    const outer = className.replace(/\$.*$/, '');
    for (const [, frame = '', line] of stackTrace.matchAll(/^\s*at (\S+)\([^()\n]*:(\d+)\)/gm)) {
        const name = frame.slice(frame.indexOf('/') + 1);
        if (name.startsWith(`${outer}.`) || name.startsWith(`${outer}$`))
            return Number(line);
    }
    return undefined;
}

;// CONCATENATED MODULE: ./packages/shared/src/maven/synapse-report.ts
/** unit-test-report.json of WSO2's Synapse unit test plugin. */

/**
 * Reads a report.
 * @param display turns the path of a test file into the one for annotations
 * @throws MalformedError
 */
function parseSynapseReport(json, display = (path) => path) {
    let report;
    try {
        report = JSON.parse(json);
    }
    catch (error) {
        throw new malformed/* MalformedError */.G(error instanceof Error ? error.message : String(error));
    }
    if (typeof report !== 'object' || report === null || Array.isArray(report)) {
        throw new malformed/* MalformedError */.G('is no object of test suites');
    }
    // Beside the suites the report has one number, "Time elapsed (ms)".
    return Object.entries(report).flatMap(([file, suite]) => typeof suite === 'object' && suite !== null ? casesOf(display(file), suite) : []);
}
function casesOf(file, suite) {
    const base = { suite: file, durationMs: undefined, location: { file } };
    const cases = suite.testCases ?? [];
    if (suite.deploymentStatus !== 'PASSED' || cases.length === 0) {
        const passed = suite.deploymentStatus === 'PASSED' && suite.mediationStatus === 'PASSED';
        const reason = suite.deploymentException ?? suite.mediationException ?? 'the artifacts under test were not deployed';
        return [
            passed
                ? { ...base, name: 'deployment', outcome: 'passed', message: undefined, detail: undefined }
                : { ...base, name: 'deployment', outcome: 'error', message: reason, detail: undefined },
        ];
    }
    return cases.map((test) => {
        const name = test.testCaseName ?? '';
        if (test.mediationStatus === 'PASSED' && test.assertionStatus === 'PASSED') {
            return { ...base, name, outcome: 'passed', message: undefined, detail: undefined };
        }
        const assertions = test.failureAssertions ?? [];
        const [first] = assertions;
        const mediated = test.mediationStatus === 'PASSED';
        return {
            ...base,
            name,
            outcome: mediated ? 'failed' : 'error',
            message: mediated
                ? (first?.message ?? test.assertionException ?? 'an assertion failed')
                : (test.mediationException ?? suite.mediationException ?? 'the mediation failed'),
            detail: assertions.length === 0 ? undefined : assertions.map(sayAssertion).join('\n\n'),
        };
    });
}
function sayAssertion({ assertionType, assertionExpression, actual, expected }) {
    const lines = [`${assertionType ?? 'assertion'} ${assertionExpression ?? ''}`.trim()];
    if (expected !== undefined)
        lines.push(`expected: ${expected}`);
    if (actual !== undefined)
        lines.push(`actual:   ${actual}`);
    return lines.join('\n');
}

;// CONCATENATED MODULE: ./packages/shared/src/maven/test-output.ts
/** What tests wrote to the console stands in their reports, too: nothing reads it there, and it has no bounds. */
const CDATA = Buffer.from('<![CDATA[');
const CDATA_END = Buffer.from(']]>');
const COMMENT = Buffer.from('<!--');
const COMMENT_END = Buffer.from('-->');
const TAG = Buffer.from('<');
const outputs = ['system-out', 'system-err'].map((name) => ({
    start: Buffer.from(`<${name}`),
    end: Buffer.from(`</${name}`),
}));
/**
 * A report without the content of its <system-out> and <system-err>; what only looks like one, in a message or a stack
 * trace, stays. For encodings that write markup as ASCII does; a report in another one comes back as it is, and so does
 * one that is cut off inside of an output, from there on.
 */
function withoutOutput(report) {
    const kept = [];
    let from = 0;
    for (let at = report.indexOf(TAG); at !== -1; at = report.indexOf(TAG, at)) {
        const output = outputs.find(({ start }) => startsAt(report, start, at) && endsName(report[at + start.length]));
        if (output === undefined) {
            at = afterMarkup(report, at);
            continue;
        }
        const open = report.indexOf('>', at) + 1;
        if (open === 0)
            break;
        if (report[open - 2] === SLASH) {
            at = open;
            continue;
        }
        const close = endOf(report, open, output.end);
        if (close === undefined)
            break;
        kept.push(report.subarray(from, open));
        from = close;
        at = close;
    }
    return from === 0 ? report : Buffer.concat([...kept, report.subarray(from)]);
}
const SLASH = '/'.charCodeAt(0);
/** Where the end tag of an output starts: never inside of a CDATA section. */
function endOf(report, start, endTag) {
    for (let at = report.indexOf(TAG, start); at !== -1; at = report.indexOf(TAG, at)) {
        if (startsAt(report, endTag, at))
            return at;
        at = afterMarkup(report, at);
    }
    return undefined;
}
/** Past a CDATA section or a comment as a whole, past anything else by its first character. */
function afterMarkup(report, at) {
    for (const [start, end] of [
        [CDATA, CDATA_END],
        [COMMENT, COMMENT_END],
    ]) {
        if (!startsAt(report, start, at))
            continue;
        const found = report.indexOf(end, at + start.length);
        return found === -1 ? report.length : found + end.length;
    }
    return at + 1;
}
function startsAt(report, what, at) {
    return report.compare(what, 0, what.length, at, Math.min(at + what.length, report.length)) === 0;
}
function endsName(byte) {
    return byte !== undefined && ' \t\r\n/>'.includes(String.fromCharCode(byte));
}

// EXTERNAL MODULE: ./packages/shared/src/maven/test-results.ts
var test_results = __webpack_require__(428);
;// CONCATENATED MODULE: ./packages/shared/src/maven/test-reports.ts
/** Collects the test reports that a build left, and notices those that it should have left. */








const junitFolders = ['target/surefire-reports', 'target/failsafe-reports'];
const synapseReport = 'target/unit-test-report.json';
/** With what the tests wrote to the console, which is most of a large one; without it 128 Mi characters are read. */
const largestReport = 1024 * 1024 * 1024;
/** Of a source file. */
const largestSource = 16 * 1024 * 1024;
/**
 * Reads every report of the modules that is of this run.
 * @param since start of the run, milliseconds since the epoch: older files are left over from another one
 */
function readTestReports(modules, since, files) {
    return (0,test_results/* mergeResults */.n0)(modules.flatMap((module) => {
        const locate = sourceFinder(module, files);
        const junit = junitFolders
            .map((folder) => (0,external_node_path_.join)(module.folder, folder))
            .filter((folder) => (0,external_node_fs_.existsSync)(folder))
            .flatMap((folder) => (0,external_node_fs_.readdirSync)(folder)
            .filter((name) => name.startsWith('TEST-') && name.endsWith('.xml'))
            .sort()
            .map((name) => (0,external_node_path_.join)(folder, name)))
            .map((file) => readReport(file, since, files, (bytes) => parseJunitReport((0,xml_encoding/* decodeXml */.y)(withoutOutput(bytes)), locate)));
        const synapse = readReport((0,external_node_path_.join)(module.folder, synapseReport), since, files, (bytes) => parseSynapseReport(bytes.toString('utf8'), (path) => files.display(path)));
        return [...junit, synapse];
    }));
}
function readReport(file, since, files, parse) {
    const found = (0,external_node_fs_.existsSync)(file) ? (0,external_node_fs_.statSync)(file) : undefined;
    if (found?.isFile() !== true || isOlder(found.mtimeMs, since))
        return { cases: [], unreadable: [] };
    try {
        if (found.size > largestReport)
            throw new malformed/* MalformedError */.G('is larger than 1 GiB');
        return { cases: parse((0,external_node_fs_.readFileSync)(file)), unreadable: [] };
    }
    catch (error) {
        if (!(error instanceof malformed/* MalformedError */.G))
            throw error;
        return { cases: [], unreadable: [{ file: files.display(file), problem: error.message }] };
    }
}
/** File systems keep times to the second at worst, so a file of the same second counts as new. */
function isOlder(mtimeMs, since) {
    return mtimeMs < Math.floor(since / 1000) * 1000;
}
function sourceFinder(module, files) {
    return (className) => {
        const path = className.replace(/\$.*$/, '').replaceAll('.', '/');
        for (const folder of ['src/test/java', 'src/it/java', 'src/main/java']) {
            const file = (0,external_node_path_.join)(module.folder, folder, `${path}.java`);
            if ((0,external_node_fs_.existsSync)(file))
                return files.display(file);
        }
        return undefined;
    };
}
/** The Synapse unit tests of a module's sources, absolute paths. */
function synapseUnitTests(module) {
    return ['src/test/wso2mi', 'test'].flatMap((folder) => {
        const absolute = (0,external_node_path_.join)(module.folder, folder);
        return (0,external_node_fs_.existsSync)(absolute) && (0,external_node_fs_.statSync)(absolute).isDirectory() ? unitTestsIn(absolute) : [];
    });
}
function unitTestsIn(folder) {
    return (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.xml'))
        .map((entry) => (0,external_node_path_.join)(entry.parentPath, entry.name))
        .filter((file) => (0,external_node_fs_.statSync)(file).size <= largestSource && /<unit-test[\s>/]/.test((0,external_node_fs_.readFileSync)(file, 'utf8')))
        .sort();
}
/**
 * The modules whose Synapse unit tests the plugin ran without leaving its report: it then says BUILD SUCCESS all the
 * same (a server that dies in mid-test).
 */
function modulesWithoutSynapseReport(modules, since) {
    return modules.filter((module) => {
        const report = (0,external_node_path_.join)(module.folder, synapseReport);
        const current = (0,external_node_fs_.existsSync)(report) && !isOlder((0,external_node_fs_.statSync)(report).mtimeMs, since);
        return !current && synapseUnitTests(module).length > 0;
    });
}
/**
 * The modules with JUnit or TestNG tests in src/test/java of which no report of this run is there. Surefire says
 * BUILD SUCCESS then: one older than 2.22 finds no JUnit 5 test, and a pom can skip them.
 */
function modulesWithoutJavaReport(modules, since) {
    return modules.filter((module) => {
        const reported = junitFolders
            .map((folder) => (0,external_node_path_.join)(module.folder, folder))
            .filter((folder) => (0,external_node_fs_.existsSync)(folder))
            .flatMap((folder) => (0,external_node_fs_.readdirSync)(folder).map((name) => (0,external_node_path_.join)(folder, name)))
            .some((file) => file.endsWith('.xml') && !isOlder((0,external_node_fs_.statSync)(file).mtimeMs, since));
        return !reported && hasJavaTests((0,external_node_path_.join)(module.folder, 'src/test/java'));
    });
}
/** Classes by the names that Surefire looks for, with at least one annotated test. */
function hasJavaTests(folder) {
    if (!(0,external_node_fs_.existsSync)(folder))
        return false;
    return (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true, recursive: true }).some((entry) => {
        if (!entry.isFile() || !/^(?:Test\w*|\w+(?:Test|Tests|TestCase))\.java$/.test(entry.name))
            return false;
        const file = (0,external_node_path_.join)(entry.parentPath, entry.name);
        return ((0,external_node_fs_.statSync)(file).size <= largestSource && /@(?:\w+\.)*(?:Parameterized)?Test\b/.test((0,external_node_fs_.readFileSync)(file, 'utf8')));
    });
}


/***/ }),

/***/ 428:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A7: () => (/* binding */ sayCounts),
/* harmony export */   T9: () => (/* binding */ failedTests),
/* harmony export */   n0: () => (/* binding */ mergeResults),
/* harmony export */   tu: () => (/* binding */ countTests)
/* harmony export */ });
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3282);
/** What the tests of a build said, whatever framework ran them. */

function countTests(cases) {
    const of = (...outcomes) => cases.filter((test) => outcomes.includes(test.outcome)).length;
    return {
        total: cases.length,
        passed: of('passed', 'flaky'),
        failed: of('failed', 'error'),
        skipped: of('skipped'),
        flaky: of('flaky'),
    };
}
/** The tests that did not pass. */
function failedTests(cases) {
    return cases.filter((test) => test.outcome === 'failed' || test.outcome === 'error');
}
/** "7 tests: 3 passed, 3 failed, 1 skipped". */
function sayCounts({ total, passed, failed, skipped, flaky }) {
    if (total === 0)
        return 'no tests';
    const parts = [
        `${passed} passed${flaky > 0 ? ` (${flaky} flaky)` : ''}`,
        ...(failed > 0 ? [`${failed} failed`] : []),
        ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ];
    return `${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9)(total, 'test')}: ${parts.join(', ')}`;
}
/**
 * The same test can stand in two reports (a module built twice): the worst outcome counts. In one report each entry is a
 * test of its own: TestNG gives all rows of a data provider one name.
 */
function mergeResults(results) {
    const worst = ['passed', 'skipped', 'flaky', 'failed', 'error'];
    const cases = new Map();
    for (const report of results) {
        const counts = new Map();
        for (const test of report.cases) {
            const name = `${test.suite}\0${test.name}`;
            const row = counts.get(name) ?? 0;
            counts.set(name, row + 1);
            const key = `${name}\0${row}`;
            const seen = cases.get(key);
            if (seen === undefined || worst.indexOf(test.outcome) > worst.indexOf(seen.outcome))
                cases.set(key, test);
        }
    }
    return { cases: [...cases.values()], unreadable: results.flatMap((result) => result.unreadable) };
}


/***/ }),

/***/ 2724:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cs: () => (/* binding */ artifactName),
/* harmony export */   Fl: () => (/* binding */ baseName),
/* harmony export */   Kv: () => (/* binding */ kindOfFolder),
/* harmony export */   YC: () => (/* binding */ artifactKinds),
/* harmony export */   a2: () => (/* binding */ nounOf),
/* harmony export */   mh: () => (/* binding */ kindOfRoot)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_0__);
/** The kinds of artifacts of the project layout src/main/wso2mi, and what the Maven plugin makes of each. */

/** In the order in which the plugin packs them. */
const artifactKinds = [
    { folder: 'apis', type: 'synapse/api', root: 'api', noun: 'API' },
    { folder: 'endpoints', type: 'synapse/endpoint', root: 'endpoint', noun: 'endpoint' },
    { folder: 'inbound-endpoints', type: 'synapse/inbound-endpoint', root: 'inboundEndpoint', noun: 'inbound endpoint' },
    { folder: 'local-entries', type: 'synapse/local-entry', root: 'localEntry', noun: 'local entry' },
    {
        folder: 'message-processors',
        type: 'synapse/message-processors',
        root: 'messageProcessor',
        noun: 'message processor',
    },
    { folder: 'message-stores', type: 'synapse/message-store', root: 'messageStore', noun: 'message store' },
    { folder: 'proxy-services', type: 'synapse/proxy-service', root: 'proxy', noun: 'proxy service' },
    { folder: 'sequences', type: 'synapse/sequence', root: 'sequence', noun: 'sequence' },
    { folder: 'tasks', type: 'synapse/task', root: 'task', noun: 'task' },
    { folder: 'templates', type: 'synapse/template', root: 'template', noun: 'template' },
    { folder: 'data-sources', type: 'datasource/datasource', root: 'datasource', noun: 'data source' },
    { folder: 'data-services', type: 'service/dataservice', root: 'data', noun: 'data service' },
];
function kindOfFolder(folder) {
    return artifactKinds.find((kind) => kind.folder === folder);
}
function kindOfRoot(root) {
    return artifactKinds.find((kind) => kind.root === root);
}
const otherNouns = {
    'registry/resource': 'registry resource',
    'config/property': 'properties',
    'synapse/lib': 'connector',
};
/** What people call an artifact of a type of artifact.xml. */
function nounOf(type) {
    return artifactKinds.find((kind) => kind.type === type)?.noun ?? otherNouns[type] ?? type;
}
/**
 * The name of an artifact in the CAR, as the plugin finds it (CAppHandler of vscode-car-plugin 5.4.12): a data source is
 * called after its file, a local entry by its key, and a version in the document becomes part of the name.
 * @returns undefined when the document gives no name
 */
function artifactName(root, file) {
    const { version } = root.attributes;
    const name = baseName(root, file);
    return name === undefined || version === undefined ? name : `${name}_${version}`;
}
/** The same without a version. */
function baseName({ name: root, attributes }, file) {
    if (root === 'datasource')
        return (0,node_path__WEBPACK_IMPORTED_MODULE_0__.basename)(file).slice(0, -4);
    return root === 'localEntry' ? attributes.key : attributes.name;
}


/***/ }),

/***/ 6949:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CR: () => (/* binding */ miFiles),
/* harmony export */   Ck: () => (/* binding */ miImage),
/* harmony export */   px: () => (/* binding */ defaultBase)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5026);
/* harmony import */ var _codes_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28);
/** Where things belong in an MI image, read from the base image's own configuration. */


/**
 * Reads it.
 * @param reference the base image, for messages
 * @throws InputError BASE_IMAGE_NOT_MI, BASE_IMAGE_USER_UNKNOWN
 */
function miImage(config, reference) {
    const serverHome = config.Env?.find((variable) => variable.startsWith('WSO2_SERVER_HOME='))
        ?.slice('WSO2_SERVER_HOME='.length)
        .replace(/\/+$/, '');
    if (serverHome?.startsWith('/') !== true) {
        const problem = `${reference} has no environment variable WSO2_SERVER_HOME, so it is no Micro Integrator image`;
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(_codes_js__WEBPACK_IMPORTED_MODULE_1__/* .codes */ .F.BASE_IMAGE_NOT_MI, [{ subject: 'base-image', problem, example: 'wso2/wso2mi:4.4.0' }]);
    }
    if (/\/wso2am(-|$)/.test(serverHome)) {
        const problem = `${reference} is an API Manager (${serverHome}), which takes no carbon applications of MI`;
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(_codes_js__WEBPACK_IMPORTED_MODULE_1__/* .codes */ .F.BASE_IMAGE_NOT_MI, [{ subject: 'base-image', problem, example: 'wso2/wso2mi:4.4.0' }]);
    }
    return {
        serverHome,
        userHome: userHomeOf(serverHome),
        ...ownerOf(config.User ?? '', serverHome, reference),
        carbonapps: `${serverHome}/repository/deployment/server/carbonapps`,
        deploymentToml: `${serverHome}/conf/deployment.toml`,
    };
}
/** /home/wso2carbon of /home/wso2carbon/wso2mi-4.2.0; a server outside /home stands for itself. */
function userHomeOf(serverHome) {
    return /^\/home\/[^/]+(?=\/)/.exec(serverHome)?.[0] ?? serverHome;
}
function ownerOf(user, serverHome, reference) {
    const [name = '', group] = user.split(':');
    if (name === '' || name === 'root')
        return { uid: 0, gid: group === undefined || !/^\d+$/.test(group) ? 0 : Number(group) };
    // WSO2's images give the group the number of the user.
    if (/^\d+$/.test(name))
        return { uid: Number(name), gid: group !== undefined && /^\d+$/.test(group) ? Number(group) : Number(name) };
    const version = /wso2(?:mi|ei)-(\d+)\.(\d+)/.exec(serverHome);
    if (name === 'wso2carbon' && version !== null) {
        // docker-ei: 802 up to MI 4.3, 10802 since 4.4.
        const [major, minor] = [Number(version[1]), Number(version[2])];
        const number = serverHome.includes('wso2mi-') && (major > 4 || (major === 4 && minor >= 4)) ? 10802 : 802;
        return { uid: number, gid: number };
    }
    const problem = `${reference} runs as '${user}', which is no number`;
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(_codes_js__WEBPACK_IMPORTED_MODULE_1__/* .codes */ .F.BASE_IMAGE_USER_UNKNOWN, [{ subject: 'base-image', problem, example: 'USER 802:802' }]);
}
/** Folders of the server that every MI image has (docker-mi, 1.2 to 4.4). */
const SERVER_FOLDERS = [
    '',
    '/bin',
    '/conf',
    '/dropins',
    '/lib',
    '/repository',
    '/repository/deployment',
    '/repository/deployment/server',
    '/repository/deployment/server/carbonapps',
    '/repository/resources',
    '/repository/resources/security',
];
/** What is known of an MI image's files without reading its layers: nothing when its server is outside /home. */
function miFiles({ serverHome, userHome, uid, gid, carbonapps, deploymentToml }) {
    const own = { uid, gid, mode: 0o755 };
    if (userHome === serverHome)
        return { directories: {}, open: [], files: {}, users: {}, groups: {} };
    const user = userHome.slice(userHome.lastIndexOf('/') + 1);
    return {
        directories: {
            '/home': { uid: 0, gid: 0, mode: 0o755 },
            [userHome]: own,
            ...Object.fromEntries(SERVER_FOLDERS.map((folder) => [`${serverHome}${folder}`, own])),
        },
        open: [carbonapps, `${serverHome}/conf`, `${serverHome}/lib`, `${serverHome}/dropins`],
        files: { [deploymentToml]: { uid, gid, mode: 0o644 } },
        // docker-mi: groupadd wso2, useradd wso2carbon.
        users: user === 'wso2carbon' ? { wso2carbon: { uid, gid } } : {},
        groups: user === 'wso2carbon' ? { wso2: gid } : {},
    };
}
/** The image that WSO2 publishes for a version of MI. */
function defaultBase(runtimeVersion) {
    return `wso2/wso2mi:${runtimeVersion}`;
}


/***/ }),

/***/ 1608:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   lK: () => (/* binding */ readCar),
/* harmony export */   qB: () => (/* binding */ artifactOf)
/* harmony export */ });
/* unused harmony export toCar */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5026);
/* harmony import */ var _formats_malformed_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9529);
/* harmony import */ var _formats_xml_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4343);
/* harmony import */ var _formats_zip_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1335);
/* harmony import */ var _codes_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(28);
/** A carbon application archive as MI reads it: artifacts.xml lists, each artifact's folder describes and holds. */






/** Far above any real CAR (connectors weigh some megabytes each). */
const limits = { maxEntries: 20_000, maxBytes: 512 * 1024 * 1024 };
/**
 * Reads a CAR, bounded; also what the archive holds, for those who write it again.
 * @param display how the file is called in messages
 * @throws InputError CAR_MALFORMED, CAR_NOT_FOUND
 */
async function readCar(path, display = path) {
    const malformed = (problem) => new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz(_codes_js__WEBPACK_IMPORTED_MODULE_5__/* .codes */ .F.CAR_MALFORMED, [{ subject: display, problem }]);
    const found = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(path, { throwIfNoEntry: false });
    if (found?.isFile() !== true) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz(_codes_js__WEBPACK_IMPORTED_MODULE_5__/* .codes */ .F.CAR_NOT_FOUND, [{ subject: display, problem: 'does not exist' }]);
    }
    if (found.size === 0)
        throw malformed('is empty (0 bytes)');
    try {
        const entries = await (0,_formats_zip_js__WEBPACK_IMPORTED_MODULE_4__/* .readZip */ .ue)(path, limits);
        return { ...toCar(entries), entries };
    }
    catch (error) {
        if (error instanceof _formats_malformed_js__WEBPACK_IMPORTED_MODULE_2__/* .MalformedError */ .G)
            throw malformed(error.message);
        throw error;
    }
}
/** @throws MalformedError */
function toCar(entries) {
    const files = new Map(entries.filter(({ name }) => !name.endsWith('/')).map(({ name, data }) => [name, data]));
    const list = files.get('artifacts.xml');
    if (list === undefined)
        throw new _formats_malformed_js__WEBPACK_IMPORTED_MODULE_2__/* .MalformedError */ .G('has no artifacts.xml: it is a zip, and no carbon application');
    const application = applicationIn(read(list, 'artifacts.xml'));
    const artifacts = [];
    for (const [folder, inside] of byFolder(files)) {
        const descriptor = inside.get('artifact.xml');
        if (descriptor !== undefined)
            artifacts.push(artifactIn(folder, descriptor, inside));
    }
    return { ...application, artifacts };
}
/** The files of each folder at the top, by their paths in it. */
function byFolder(files) {
    const folders = new Map();
    for (const [name, data] of files) {
        const slash = name.indexOf('/');
        if (slash === -1)
            continue;
        const folder = name.slice(0, slash);
        const inside = folders.get(folder) ?? new Map();
        inside.set(name.slice(slash + 1), data);
        folders.set(folder, inside);
    }
    return folders;
}
function applicationIn(root) {
    const application = (0,_formats_xml_js__WEBPACK_IMPORTED_MODULE_3__/* .childrenNamed */ .De)(root, 'artifact').find(({ attributes }) => attributes.type === 'carbon/application');
    if (application === undefined)
        throw new _formats_malformed_js__WEBPACK_IMPORTED_MODULE_2__/* .MalformedError */ .G('has an artifacts.xml without a carbon/application');
    return {
        name: application.attributes.name ?? '',
        version: application.attributes.version ?? '',
        dependencies: (0,_formats_xml_js__WEBPACK_IMPORTED_MODULE_3__/* .childrenNamed */ .De)(application, 'dependency').map(({ attributes }) => ({
            artifact: attributes.artifact ?? '',
            version: attributes.version ?? '',
            serverRole: attributes.serverRole,
        })),
    };
}
function artifactIn(folder, descriptor, inside) {
    const root = read(descriptor, `${folder}/artifact.xml`);
    const file = (0,_formats_xml_js__WEBPACK_IMPORTED_MODULE_3__/* .childrenNamed */ .De)(root, 'file')[0]?.text.trim();
    return {
        name: root.attributes.name ?? '',
        version: root.attributes.version ?? '',
        type: root.attributes.type ?? '',
        folder,
        file: file === '' ? undefined : file,
        payload: file === undefined ? undefined : inside.get(file),
        attachments: new Map([...inside].filter(([name]) => name !== 'artifact.xml' && name !== file)),
    };
}
function read(data, name) {
    try {
        return (0,_formats_xml_js__WEBPACK_IMPORTED_MODULE_3__/* .parseXml */ .NO)(data.toString('utf8'));
    }
    catch (error) {
        if (!(error instanceof _formats_malformed_js__WEBPACK_IMPORTED_MODULE_2__/* .MalformedError */ .G))
            throw error;
        throw new _formats_malformed_js__WEBPACK_IMPORTED_MODULE_2__/* .MalformedError */ .G(`has a broken ${name}: ${error.message}`);
    }
}
/** The artifact of a dependency, as MI looks for it: by name and version. */
function artifactOf(car, { artifact, version }) {
    return car.artifacts.find((candidate) => candidate.name === artifact && candidate.version === version);
}


/***/ }),

/***/ 28:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ codes)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5026);

/** Failures around carbon applications, the server's configuration, the MI base image and a running MI. */
const codes = (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .defineCodes */ .Oo)({
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


/***/ }),

/***/ 335:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ findGivenCars),
/* harmony export */   l: () => (/* binding */ findBuiltCars)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5026);
/* harmony import */ var _base_safe_path_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8994);
/* harmony import */ var _codes_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(28);
/** Which .car files an image is made of: those of this build, or those that were given. */





/**
 * The CARs that a build left: files in the target folder of a module that are not older than its start. A committed
 * target with an old .car, and .car files anywhere else, are left aside.
 * @param modules absolute folders
 * @param since start of the build, milliseconds since the epoch
 * @param hint what else is known about why there may be none
 * @throws VerificationError CAR_NOT_BUILT
 */
function findBuiltCars(modules, since, files, hint) {
    const all = modules.flatMap((folder) => carsIn((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'target')));
    // File systems keep times to the second at worst, so a file of the same second is of this run.
    const start = Math.floor(since / 1000) * 1000;
    const built = all.filter((car) => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(car).mtimeMs >= start);
    if (built.length > 0)
        return built;
    const stale = all.length === 0
        ? ''
        : ` ${all.map((car) => files.display(car)).join(', ')} is older than this build and was not touched by it.`;
    const where = modules.map((folder) => files.display((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'target'))).join(', ');
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .VerificationError */ .mk(_codes_js__WEBPACK_IMPORTED_MODULE_4__/* .codes */ .F.CAR_NOT_BUILT, `Maven ended well and left no carbon application in ${where}.${stale}${hint === undefined ? '' : ` ${hint}`}`);
}
function carsIn(folder) {
    if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(folder))
        return [];
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.car'))
        .map((entry) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, entry.name))
        .sort();
}
/**
 * The CARs that the user names, by path or pattern, relative to the workspace.
 * @throws InputError CAR_NOT_FOUND with every line that leads to none
 */
function findGivenCars(patterns, files) {
    const found = new Set();
    const problems = [];
    const workspace = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)(files.workspace);
    for (const pattern of patterns) {
        const matches = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(workspace, pattern))
            ? [(0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(workspace, pattern)]
            : (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.globSync)(pattern, { cwd: workspace }).map((path) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(workspace, path));
        const problem = problemWith(pattern, matches, workspace);
        if (problem === undefined)
            for (const match of matches.sort())
                found.add(match);
        else
            problems.push({ subject: 'cars', problem, example: 'target/*.car' });
    }
    if (problems.length > 0)
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz(_codes_js__WEBPACK_IMPORTED_MODULE_4__/* .codes */ .F.CAR_NOT_FOUND, problems);
    return [...found];
}
function problemWith(pattern, matches, workspace) {
    if (matches.length === 0)
        return `'${pattern}' matches no file in the workspace`;
    if (!matches.every((match) => (0,_base_safe_path_js__WEBPACK_IMPORTED_MODULE_3__/* .isInside */ .F)(workspace, (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)(match))))
        return `'${pattern}' leads out of the workspace`;
    const other = matches.find((match) => !match.endsWith('.car') || !(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(match).isFile());
    return other === undefined ? undefined : `'${pattern}' leads to something that is not a .car file`;
}


/***/ }),

/***/ 2482:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  wV: () => (/* binding */ hasWso2miSources),
  oi: () => (/* binding */ readSourceArtifact),
  tW: () => (/* binding */ readSources)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./packages/shared/src/base/safe-path.ts
var safe_path = __webpack_require__(8994);
// EXTERNAL MODULE: ./packages/shared/src/formats/malformed.ts
var formats_malformed = __webpack_require__(9529);
// EXTERNAL MODULE: ./packages/shared/src/formats/xml.ts + 1 modules
var xml = __webpack_require__(4343);
// EXTERNAL MODULE: ./packages/shared/src/mi/artifact-kinds.ts
var artifact_kinds = __webpack_require__(2724);
;// CONCATENATED MODULE: ./packages/shared/src/mi/registry-sources.ts
/** The registry resources of a project: src/main/wso2mi/resources and the artifact.xml that lists them. */





/** Folders and files of resources/ that are not registry resources. */
const otherFolders = new Set([
    'conf',
    'api-definitions',
    'connectors',
    'inbound-connectors',
    'metadata',
    'idp-schemas',
]);
/** Reads the lists and looks for what they name. */
function readRegistrySources(resources) {
    const lists = ['artifact.xml', 'registry/artifact.xml'].map((name) => (0,external_node_path_.join)(resources, name)).filter(external_node_fs_.existsSync);
    const items = [];
    const beyond = [];
    let malformed;
    for (const list of lists) {
        try {
            for (const [first, ...others] of itemsOf(list, resources)) {
                if (first !== undefined)
                    items.push(first);
                beyond.push(...others);
            }
        }
        catch (error) {
            if (!(error instanceof formats_malformed/* MalformedError */.G))
                throw error;
            malformed ??= { list, message: error.message, line: error.line };
        }
    }
    const listed = [...items, ...beyond].map(({ file }) => file).filter((file) => file !== undefined);
    const unlisted = malformed === undefined
        ? candidates(resources).filter((file) => !lists.includes(file) && !listed.some((known) => file === known || file.startsWith(`${known}/`)))
        : [];
    return { items, beyond, unlisted, malformed };
}
/** Of each artifact: its items, or its collections when it has none. */
function itemsOf(list, resources) {
    return (0,xml/* childrenNamed */.De)((0,xml/* parseXml */.NO)((0,external_node_fs_.readFileSync)(list, 'utf8')), 'artifact').map((artifact) => {
        const [items, collections] = [(0,xml/* childrenNamed */.De)(artifact, 'item'), (0,xml/* childrenNamed */.De)(artifact, 'collection')];
        return [...items, ...collections].map((element) => {
            const text = (name) => (0,xml/* childrenNamed */.De)(element, name)[0]?.text.trim() ?? '';
            const name = element.name === 'collection' ? text('directory') : text('file');
            const path = text('path').replace(/\/+$/, '');
            const registryPath = element.name === 'collection' ? path : `${path}/${name}`;
            const place = (0,external_node_path_.join)((0,external_node_path_.dirname)(list), placeOf(registryPath));
            const file = isBelow(resources, place) ? place : undefined;
            return {
                artifact: artifact.attributes.name ?? '',
                version: artifact.attributes.version ?? '',
                element,
                registryPath,
                file,
                content: file !== undefined && (0,external_node_fs_.statSync)(file).isFile() ? (0,external_node_fs_.readFileSync)(file) : undefined,
                generated: isDataMapperOutput(place),
                expected: (0,external_node_path_.join)('resources', (0,external_node_path_.relative)(resources, place)),
                list,
                line: element.line,
            };
        });
    });
}
/** Neither `..` nor a link in a list may lead out of the resources. */
function isBelow(folder, path) {
    return (0,external_node_fs_.existsSync)(path) && (0,safe_path/* isInside */.F)((0,external_node_fs_.realpathSync)(folder), (0,external_node_fs_.realpathSync)(path));
}
/** Where the plugin looks for a registry path, relative to the folder of the list. */
function placeOf(registryPath) {
    const [, hive, rest = ''] = /^\/_system\/(governance\/mi-resources|governance|config)(.*)$/.exec(registryPath) ?? [];
    if (hive === undefined)
        return registryPath.replace(/^\/+/, '');
    if (hive === 'governance/mi-resources')
        return rest;
    return `${hive === 'governance' ? 'gov' : 'conf'}${rest}`;
}
/** x.dmc and the two schemas of a folder that holds the mapping x.ts. */
function isDataMapperOutput(path) {
    const [, name] = /^(.*?)(?:\.dmc|_(?:input|output)Schema\.json)$/.exec((0,external_node_path_.basename)(path)) ?? [];
    return name !== undefined && (0,external_node_fs_.existsSync)((0,external_node_path_.join)((0,external_node_path_.dirname)(path), `${name}.ts`));
}
/** Without notes and the TypeScript of data mappers, which are no resources themselves. */
function candidates(resources) {
    if (!(0,external_node_fs_.existsSync)(resources))
        return [];
    return (0,external_node_fs_.readdirSync)(resources, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !/\.(?:md|ts)$/i.test(entry.name))
        .map((entry) => (0,external_node_path_.join)(entry.parentPath, entry.name))
        .filter((file) => !otherFolders.has((0,external_node_path_.relative)(resources, file).split(/[\\/]/)[0] ?? ''))
        .sort();
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/sources.ts
/** The sources of an MI project in the layout src/main/wso2mi, read as the Maven plugin would and with more care. */







const largestSource = 32 * 1024 * 1024;
/** True when the project has this layout at all. */
function hasWso2miSources(projectFolder) {
    return (0,external_node_fs_.existsSync)((0,external_node_path_.join)(projectFolder, 'src/main/wso2mi'));
}
/** Reads the sources of one project folder. */
function readSources(projectFolder) {
    const folder = (0,external_node_path_.join)(projectFolder, 'src/main/wso2mi');
    const artifactsFolder = (0,external_node_path_.join)(folder, 'artifacts');
    const artifacts = [];
    const strays = [];
    for (const file of filesBelow(artifactsFolder)) {
        const parts = (0,external_node_path_.relative)(artifactsFolder, file).split(/[\\/]/);
        const kind = parts.length > 1 ? (0,artifact_kinds/* kindOfFolder */.Kv)(parts[0] ?? '') : undefined;
        const content = artifactContent(file);
        if (content === undefined) {
            if (file.endsWith('.toml')) {
                strays.push({ file, folder: parts.slice(0, -1).join('/'), reason: 'not-an-artifact', root: undefined });
            }
            continue;
        }
        if (kind !== undefined && parts.length === 2) {
            artifacts.push(sourceArtifact(kind, file, content));
            continue;
        }
        const reason = kind !== undefined ? 'sub-folder' : parts.length > 1 ? 'unknown-folder' : 'no-folder';
        strays.push({ file, folder: parts.slice(0, -1).join('/'), reason, root: rootOf(textOf(content)) });
    }
    // A mistake people make: Java's source folder instead of the project's own.
    const otherRoot = (0,external_node_path_.join)(projectFolder, 'src/main/java/wso2mi');
    for (const file of filesBelow(otherRoot)) {
        const content = artifactContent(file);
        if (content !== undefined) {
            strays.push({ file, folder: 'src/main/java/wso2mi', reason: 'other-root', root: rootOf(textOf(content)) });
        }
    }
    return {
        folder,
        artifacts,
        strays,
        registry: readRegistrySources((0,external_node_path_.join)(folder, 'resources')),
    };
}
function filesBelow(folder) {
    if (!(0,external_node_fs_.existsSync)(folder))
        return [];
    return (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true, recursive: true })
        .map((entry) => ({ entry, path: (0,external_node_path_.join)(entry.parentPath, entry.name) }))
        .filter(({ entry, path }) => entry.isFile() || (entry.isSymbolicLink() && isFileBelow(folder, path)))
        .map(({ path }) => path)
        .sort();
}
/** A link is followed to files of the same folder alone. */
function isFileBelow(folder, link) {
    return (0,external_node_fs_.existsSync)(link) && (0,external_node_fs_.statSync)(link).isFile() && (0,safe_path/* isInside */.F)((0,external_node_fs_.realpathSync)(folder), (0,external_node_fs_.realpathSync)(link));
}
/**
 * The bytes of a file that the plugin takes for an artifact; undefined for one that it leaves aside with an error
 * line (.gitkeep, notes): what does not start like XML and is not called so.
 */
function artifactContent(file) {
    if ((0,external_node_fs_.statSync)(file).size > largestSource)
        return undefined;
    const content = (0,external_node_fs_.readFileSync)(file);
    const called = /\.(xml|dbs)$/i.test(file) && !/[\\/]\.[^\\/]*$/.test(file);
    return called || textOf(content.subarray(0, 1024)).trimStart().startsWith('<') ? content : undefined;
}
function textOf(content) {
    return content.toString('utf8').replace(/^\ufeff/, '');
}
/** Reads one artifact of a kind that is known. */
function readSourceArtifact(kind, file) {
    return sourceArtifact(kind, file, (0,external_node_fs_.readFileSync)(file));
}
function sourceArtifact(kind, file, content) {
    const text = textOf(content);
    const artifact = { kind, file, content };
    if (isEmptyDocument(text)) {
        const message = text.trim() === '' ? 'is empty' : 'holds nothing but comments';
        const flaw = { kind: 'empty', message, line: 1, column: undefined };
        return { ...artifact, name: undefined, root: undefined, startTag: undefined, flaw };
    }
    try {
        // The replacement character stands for bytes that are no UTF-8.
        if (text.includes('\ufffd')) {
            const line = text.slice(0, text.indexOf('\ufffd')).split('\n').length;
            throw new formats_malformed/* MalformedError */.G('holds bytes that are not UTF-8', { line });
        }
        const root = (0,xml/* parseXml */.NO)(text);
        return { ...artifact, name: (0,artifact_kinds/* artifactName */.Cs)(root, file), root, startTag: root, flaw: undefined };
    }
    catch (error) {
        if (!(error instanceof formats_malformed/* MalformedError */.G))
            throw error;
        const { message, line, column } = error;
        const startTag = startTagOf(text);
        const name = startTag === undefined ? seemingName(text) : (0,artifact_kinds/* artifactName */.Cs)(startTag, file);
        return { ...artifact, name, root: undefined, startTag, flaw: { kind: 'malformed', message, line, column } };
    }
}
/** The start tag of the root element, read as if the document were no more than that. */
function startTagOf(text) {
    const [, prologue = '', tag = ''] = /^((?:\s|<\?.*?\?>|<!--.*?-->|<![A-Z][^>]*>)*)(<[^<>!?](?:"[^"<]*"|'[^'<]*'|[^"'<>])*)>/s.exec(text) ?? [];
    return tag === '' ? undefined : rootOf(`${'\n'.repeat(prologue.split('\n').length - 1)}${tag.replace(/\/$/, '')}/>`);
}
function isEmptyDocument(text) {
    return (text
        .replace(/<\?.*?\?>/gs, '')
        .replace(/<!--.*?-->/gs, '')
        .trim() === '');
}
/** The name in the first start tag of a document that cannot be parsed. */
function seemingName(text) {
    const tag = /<[A-Za-z][\w.:-]*\b[^<>]*/.exec(text.replace(/<!--.*?-->/gs, ''))?.[0];
    return tag === undefined ? undefined : /\s(?:name|key)\s*=\s*["']([^"'<>=]+)["']/.exec(tag)?.[1];
}
function rootOf(text) {
    try {
        return (0,xml/* parseXml */.NO)(text);
    }
    catch (error) {
        if (error instanceof formats_malformed/* MalformedError */.G)
            return undefined;
        throw error;
    }
}


/***/ }),

/***/ 6271:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ codes)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5026);

/** Failures around images and registries. */
const codes = (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .defineCodes */ .Oo)({
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


/***/ }),

/***/ 5365:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  H: () => (/* binding */ buildPlatforms),
  J: () => (/* binding */ readDockerfileBuild)
});

// EXTERNAL MODULE: ./packages/shared/src/base/errors.ts
var errors = __webpack_require__(5026);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./packages/shared/src/oci/codes.ts
var codes = __webpack_require__(6271);
// EXTERNAL MODULE: ./packages/shared/src/oci/image.ts
var oci_image = __webpack_require__(8760);
// EXTERNAL MODULE: ./packages/shared/src/oci/layer.ts + 2 modules
var oci_layer = __webpack_require__(8236);
// EXTERNAL MODULE: ./packages/shared/src/oci/dockerfile/context.ts
var dockerfile_context = __webpack_require__(6523);
// EXTERNAL MODULE: ./packages/shared/src/oci/dockerfile/syntax.ts
var syntax = __webpack_require__(6881);
// EXTERNAL MODULE: ./packages/shared/src/oci/dockerfile/words.ts
var dockerfile_words = __webpack_require__(1309);
;// CONCATENATED MODULE: ./packages/shared/src/oci/dockerfile/container-config.ts


const DEFAULT_SHELL = ['/bin/sh', '-c'];
/** The list of CMD or ENTRYPOINT; the shell form is wrapped in the image's shell. */
function commandOf(rest, { Shell: shell }) {
    return (0,syntax/* jsonList */.Rr)(rest) ?? [...((shell ?? []).length > 0 ? (shell ?? []) : DEFAULT_SHELL), rest];
}
/** @throws WordError */
function healthcheckOf({ rest, flags }) {
    const [, kind = '', command = ''] = /^(\S+)\s*([\s\S]*)$/.exec(rest) ?? [];
    if (kind.toUpperCase() === 'NONE' && command === '')
        return { Test: ['NONE'] };
    if (kind.toUpperCase() !== 'CMD' || command === '') {
        throw new dockerfile_words/* WordError */.NE(`has HEALTHCHECK ${rest}, which is neither CMD with a command nor NONE`);
    }
    const list = (0,syntax/* jsonList */.Rr)(command);
    const times = {
        Interval: nanoseconds('interval', flags),
        Timeout: nanoseconds('timeout', flags),
        StartPeriod: nanoseconds('start-period', flags),
        StartInterval: nanoseconds('start-interval', flags),
        Retries: retriesOf(flags.retries),
    };
    return {
        Test: list === undefined ? ['CMD-SHELL', command] : ['CMD', ...list],
        ...Object.fromEntries(Object.entries(times).filter(([, value]) => value !== undefined && value !== 0)),
    };
}
const UNITS = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };
function nanoseconds(flag, flags) {
    const text = flags[flag];
    if (text === undefined || text === '' || text === '0')
        return text === undefined ? undefined : 0;
    const parts = [...text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g)];
    if (parts.map(([part]) => part).join('') !== text) {
        throw new dockerfile_words/* WordError */.NE(`has --${flag}=${text}, which is no duration like 30s or 1m30s`);
    }
    const total = parts.reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (UNITS[unit] ?? 0), 0);
    if (total !== 0 && total < 1e6)
        throw new dockerfile_words/* WordError */.NE(`has --${flag}=${text}, less than a millisecond`);
    return Math.round(total);
}
function retriesOf(text) {
    if (text === undefined)
        return undefined;
    if (!/^\d+$/.test(text))
        throw new dockerfile_words/* WordError */.NE(`has --retries=${text}, which is no number`);
    return Number(text);
}
/** `80`, `80/udp`, `8000-8002`: the keys of ExposedPorts. @throws WordError */
function portsOf(words) {
    return words.flatMap((word) => {
        const [, from = '', to = from, protocol = 'tcp'] = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/([a-zA-Z]+))?$/.exec(word) ?? [];
        const [first, last] = [Number(from), Number(to)];
        const known = ['tcp', 'udp', 'sctp'].includes(protocol.toLowerCase());
        if (from === '' || first > last || last > 65_535 || !known) {
            throw new dockerfile_words/* WordError */.NE(`exposes ${word}, which is no port`);
        }
        return Array.from({ length: last - first + 1 }, (_, index) => `${first + index}/${protocol.toLowerCase()}`);
    });
}
/** The environment with a variable set: in its place when it is there, else at the end. */
function withVariable(env, name, value) {
    const pair = `${name}=${value}`;
    const index = env.findIndex((item) => item.split('=')[0] === name);
    return index < 0 ? [...env, pair] : env.with(index, pair);
}

// EXTERNAL MODULE: ./packages/shared/src/oci/dockerfile/copy.ts
var copy = __webpack_require__(6075);
// EXTERNAL MODULE: ./packages/shared/src/oci/platform.ts
var oci_platform = __webpack_require__(9054);
;// CONCATENATED MODULE: ./packages/shared/src/oci/dockerfile/stages.ts
/** The stages of a Dockerfile: the last one counts, with the stages it stands on. */




/** @throws InputError DOCKERFILE_INVALID */
function planBuild(text, file, { buildArguments = {}, platform } = {}) {
    const needsDocker = [];
    const meta = new Map(Object.entries(platformArguments(platform)));
    const stages = [];
    for (const instruction of text.instructions) {
        const current = stages.at(-1);
        if (instruction.word === 'FROM') {
            stages.push(stageOf(instruction, meta, text.escape, file));
        }
        else if (current !== undefined) {
            current.instructions.push(instruction);
        }
        else if (instruction.word === 'ARG') {
            for (const word of (0,dockerfile_words/* splitQuoted */.Z5)(instruction.rest, text.escape)) {
                const [name = '', ...value] = word.split('=');
                const given = buildArguments[name] ??
                    (value.length === 0 ? undefined : expand(value.join('='), meta, text.escape, file, instruction));
                if (given !== undefined)
                    meta.set(name, given);
            }
        }
        else {
            throw invalid(file, instruction.line, `has ${instruction.word} in front of the first FROM`);
        }
    }
    const chain = [];
    for (let stage = stages.at(-1); stage !== undefined;) {
        chain.unshift(stage);
        const { base } = stage;
        const index = stages.indexOf(stage);
        stage = stages.slice(0, index).findLast(({ name }, at) => name === base.toLowerCase() || String(at) === base);
    }
    const [first] = chain;
    if (first === undefined)
        throw new errors/* InputError */.dz(codes/* codes */.F.DOCKERFILE_INVALID, [{ subject: file, problem: 'has no FROM' }]);
    if (text.syntax !== undefined && !/^(docker\.io\/)?docker\/dockerfile(:1([.-]\S*)?)?$/.test(text.syntax)) {
        needsDocker.push({ line: 1, instruction: `# syntax=${text.syntax}`, why: 'asks for another frontend' });
    }
    for (const { from, instructions } of chain) {
        for (const instruction of [from, ...instructions]) {
            const why = whyDocker(instruction);
            if (why !== undefined)
                needsDocker.push({ ...needOf(instruction), why });
        }
    }
    return {
        file,
        escape: text.escape,
        base: first.base === '' ? undefined : first.base,
        line: first.from.line,
        stages: chain.map(({ instructions }) => instructions),
        metaArguments: meta,
        needsDocker,
    };
}
/** Arguments that BuildKit gives without being asked. */
function platformArguments(platform) {
    if (platform === undefined)
        return {};
    const { os, architecture, variant = '' } = platform;
    return { TARGETPLATFORM: (0,oci_platform/* formatPlatform */.Bq)(platform), TARGETOS: os, TARGETARCH: architecture, TARGETVARIANT: variant };
}
function stageOf(from, meta, escape, file) {
    const [image = '', as, name, ...more] = (0,dockerfile_words/* splitQuoted */.Z5)(from.rest, escape);
    if (more.length > 0 || (as !== undefined && (as.toUpperCase() !== 'AS' || name === undefined))) {
        throw invalid(file, from.line, `has FROM ${from.rest}, which is not FROM image [AS name]`);
    }
    const base = expand(image, meta, escape, file, from);
    return { from, base, name: name?.toLowerCase(), instructions: [] };
}
function expand(text, variables, escape, file, { line }) {
    try {
        return (0,dockerfile_words/* expandWord */.Vo)(text, variables, escape);
    }
    catch (error) {
        if (!(error instanceof dockerfile_words/* WordError */.NE || error instanceof dockerfile_words/* WordNeedsDocker */.cW))
            throw error;
        throw invalid(file, line, error.message);
    }
}
/** Flags that are understood; others change what an instruction does. */
const KNOWN_FLAGS = {
    COPY: ['chown', 'chmod'],
    ADD: ['chown', 'chmod'],
    HEALTHCHECK: ['interval', 'timeout', 'start-period', 'start-interval', 'retries'],
    FROM: ['platform'],
};
function whyDocker({ word, flags, rest, heredoc }) {
    if (word === 'RUN')
        return 'runs a command';
    if (word === 'ONBUILD')
        return 'is for the images built on this one';
    if (heredoc)
        return 'has a here-document';
    if (flags.from !== undefined)
        return 'copies from another stage or image';
    const unknown = Object.keys(flags).find((flag) => !(KNOWN_FLAGS[word] ?? []).includes(flag));
    if (unknown !== undefined)
        return `uses --${unknown}`;
    if (word === 'FROM' && flags.platform !== undefined && !/^\$\{?TARGETPLATFORM\}?$/.test(flags.platform)) {
        return 'fixes a platform';
    }
    if (word === 'FROM' && /^scratch(\s|$)/.test(rest))
        return 'starts from nothing';
    return word === 'ADD' && /(^|[\s"])((https?|ftp|git|ssh):\/\/|git@)/.test(rest) ? 'downloads' : undefined;
}
function needOf({ line, word, flags, rest }) {
    const written = Object.entries(flags).map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`));
    return { line, instruction: [word, ...written, rest].join(' ').slice(0, 120) };
}
function invalid(file, line, problem) {
    return new errors/* InputError */.dz(codes/* codes */.F.DOCKERFILE_INVALID, [
        { subject: file, problem: `line ${line} ${problem}`, location: { file, line } },
    ]);
}

// EXTERNAL MODULE: ./packages/shared/src/oci/dockerfile/tree.ts
var tree = __webpack_require__(4062);
;// CONCATENATED MODULE: ./packages/shared/src/oci/dockerfile/evaluate.ts
/** Carries out a Dockerfile that executes nothing: instructions become layers and configuration. Pure but for the context. */








/**
 * Evaluates the build on its base.
 * @throws InputError DOCKERFILE_INVALID at the line, DOCKERFILE_CONTEXT_REFUSED; BaseUnknown when `base.files` knows
 * too little
 */
function evaluate(build, input) {
    const needs = [...build.needsDocker];
    const base = input.base.config.config ?? {};
    for (const trigger of base.OnBuild ?? []) {
        needs.push({ line: build.line, instruction: `ONBUILD ${trigger}`, why: 'is an instruction of the base image' });
    }
    if (needs.length > 0)
        return { kind: 'docker', needs };
    const evaluator = new Evaluator(build, input, base);
    for (const stage of build.stages) {
        evaluator.startStage();
        for (const instruction of stage) {
            try {
                evaluator.carryOut(instruction);
            }
            catch (error) {
                if (error instanceof dockerfile_words/* WordNeedsDocker */.cW)
                    needs.push({ ...needOf(instruction), why: error.message });
                else if (error instanceof dockerfile_words/* WordError */.NE || error instanceof tree/* TreeError */.jh || error instanceof SyntaxError) {
                    throw invalid(build.file, instruction.line, error.message);
                }
                else
                    throw error;
            }
        }
    }
    return needs.length > 0 ? { kind: 'docker', needs } : evaluator.result();
}
class Evaluator {
    #build;
    #input;
    #tree;
    #steps = [];
    #config;
    #author;
    /** Variables by name: environment and arguments alike, the latest value wins. */
    #variables;
    #commandIsOwn = false;
    constructor(build, input, base) {
        this.#build = build;
        this.#input = input;
        this.#tree = new tree/* Tree */.PH(input.base.files);
        this.#config = base;
        this.#variables = new Map((base.Env ?? []).map((pair) => {
            const [name = '', ...value] = pair.split('=');
            return [name, value.join('=')];
        }));
    }
    /** Arguments stay known in a stage that stands on another. */
    startStage() {
        this.#commandIsOwn = false;
    }
    result() {
        return { kind: 'layers', steps: this.#steps, config: this.#config, author: this.#author };
    }
    carryOut(instruction) {
        const { word, rest } = instruction;
        switch (word) {
            case 'ARG':
                this.#arg(instruction);
                break;
            case 'ENV':
                this.#env(instruction);
                break;
            case 'LABEL':
                this.#label(instruction);
                break;
            case 'COPY':
            case 'ADD':
                this.#copy(instruction);
                break;
            case 'WORKDIR':
                this.#workdir(instruction);
                break;
            case 'USER':
                this.#set(instruction, { User: this.#word(rest) });
                break;
            case 'STOPSIGNAL':
                this.#set(instruction, { StopSignal: this.#word(rest) });
                break;
            case 'EXPOSE': {
                const ports = portsOf(this.#words(rest).flatMap(dockerfile_words/* splitBlanks */.YN));
                this.#set(instruction, { ExposedPorts: added(this.#config.ExposedPorts, ports) });
                break;
            }
            case 'VOLUME': {
                const paths = this.#words(rest);
                if (paths.includes(''))
                    throw new dockerfile_words/* WordError */.NE('has a volume without a path');
                this.#set(instruction, { Volumes: added(this.#config.Volumes, paths) });
                break;
            }
            case 'CMD': {
                const list = commandOf(rest, this.#config);
                this.#commandIsOwn = true;
                // Docker sets it with every CMD, whatever its form.
                this.#set(instruction, { Cmd: list, ArgsEscaped: true });
                break;
            }
            case 'ENTRYPOINT': {
                const list = commandOf(rest, this.#config);
                this.#set(instruction, { Entrypoint: list, ...(!this.#commandIsOwn && { Cmd: null }) });
                break;
            }
            case 'HEALTHCHECK':
                this.#set(instruction, { Healthcheck: healthcheckOf(instruction) });
                break;
            case 'SHELL': {
                const shell = (0,syntax/* jsonList */.Rr)(rest);
                if (shell === undefined || shell.length === 0)
                    throw new dockerfile_words/* WordError */.NE('has SHELL, which takes a JSON list');
                this.#set(instruction, { Shell: shell });
                break;
            }
            case 'MAINTAINER':
                this.#author = rest;
                this.#set(instruction, {});
                break;
            default:
                throw new dockerfile_words/* WordNeedsDocker */.cW('is not known');
        }
    }
    #set({ line, word, rest }, change) {
        this.#config = { ...this.#config, ...change };
        this.#step(line, `${word} ${rest}`, []);
    }
    #step(line, createdBy, entries) {
        this.#steps.push({ line, createdBy, entries });
    }
    #word(text) {
        return (0,dockerfile_words/* expandWord */.Vo)(text, this.#variables, this.#build.escape);
    }
    /** A JSON list or words between blanks, each filled in. */
    #words(rest) {
        return ((0,syntax/* jsonList */.Rr)(rest) ?? (0,dockerfile_words/* splitBlanks */.YN)(rest)).map((word) => this.#word(word));
    }
    #arg({ line, rest }) {
        for (const word of (0,dockerfile_words/* splitQuoted */.Z5)(rest, this.#build.escape)) {
            const [name = '', ...value] = word.split('=');
            const given = this.#input.buildArguments?.[name];
            const fallback = value.length > 0 ? this.#word(value.join('=')) : this.#build.metaArguments.get(name);
            const decided = given ?? fallback;
            if (decided !== undefined)
                this.#variables.set(name, decided);
        }
        this.#step(line, `ARG ${rest}`, []);
    }
    #env(instruction) {
        // All of them are filled in with what was known before the instruction.
        const pairs = (0,dockerfile_words/* pairsOf */.fq)(instruction.rest, this.#build.escape).map(([name, value]) => [this.#word(name), this.#word(value)]);
        let env = this.#config.Env ?? [];
        for (const [name, value] of pairs) {
            env = withVariable(env, name, value);
            this.#variables.set(name, value);
        }
        this.#set(instruction, { Env: env });
    }
    #label(instruction) {
        const labels = { ...this.#config.Labels };
        for (const [name, value] of (0,dockerfile_words/* pairsOf */.fq)(instruction.rest, this.#build.escape))
            labels[this.#word(name)] = this.#word(value);
        this.#set(instruction, { Labels: labels });
    }
    #workdir({ line, rest }) {
        const path = external_node_path_.posix.resolve('/', this.#config.WorkingDir ?? '', this.#word(rest));
        if (this.#tree.entry(this.#tree.resolve(path))?.type !== 'directory') {
            this.#tree.makeDirectories(path, this.#owner(this.#config.User ?? ''));
        }
        this.#config = { ...this.#config, WorkingDir: path };
        this.#step(line, `WORKDIR ${path}`, this.#tree.closeLayer());
    }
    #copy(instruction) {
        const { line, word, flags, rest } = instruction;
        const words = this.#words(rest);
        const destination = words.at(-1) ?? '';
        const sources = words.slice(0, -1);
        if (sources.length === 0)
            throw new dockerfile_words/* WordError */.NE(`has ${word} without a source and a destination`);
        const { context } = this.#input;
        if (word === 'ADD') {
            const archive = sources
                .flatMap((source) => (0,dockerfile_context/* matchSource */.NF)(context, source))
                .find((path) => (0,copy/* isArchive */.t)(context, path));
            if (archive !== undefined)
                throw new dockerfile_words/* WordNeedsDocker */.cW(`unpacks ${archive}`);
        }
        const path = external_node_path_.posix.resolve('/', this.#config.WorkingDir ?? '', destination);
        const folder = destination === '' || destination === '.' || destination.endsWith('/');
        const chown = flags.chown === undefined ? '' : this.#word(flags.chown);
        (0,copy/* copyIntoTree */.I)({
            sources,
            destination: folder && path !== '/' ? `${path}/` : path,
            owner: this.#owner(chown),
            mode: flags.chmod === undefined ? undefined : modeOf(this.#word(flags.chmod)),
        }, context, this.#tree);
        this.#step(line, `${word} ${sources.join(' ')} ${destination}`, this.#tree.closeLayer());
    }
    /** `user`, `user:group`, in names or numbers. Without a group: the user's own, or the number of the user. */
    #owner(text) {
        if (text === '' || text === 'root')
            return { uid: 0, gid: 0 };
        const [user = '', group] = text.split(':');
        const known = /^\d+$/.test(user) ? { uid: Number(user), gid: Number(user) } : this.#tree.user(user);
        if (known === undefined)
            throw new tree/* TreeError */.jh(`names the user ${user}, whom the base image does not have`);
        if (group === undefined || group === '')
            return known;
        const gid = /^\d+$/.test(group) ? Number(group) : this.#tree.group(group);
        if (gid === undefined)
            throw new tree/* TreeError */.jh(`names the group ${group}, which the base image does not have`);
        return { uid: known.uid, gid };
    }
}
function added(there, keys) {
    return { ...there, ...Object.fromEntries(keys.map((key) => [key, {}])) };
}
/** @throws WordNeedsDocker for the symbolic form, WordError */
function modeOf(text) {
    if (/^[ugoa]*[-+=]/.test(text))
        throw new dockerfile_words/* WordNeedsDocker */.cW(`uses the mode ${text}`);
    if (!/^[0-7]{1,5}$/.test(text))
        throw new dockerfile_words/* WordError */.NE(`has --chmod=${text}, which is no mode like 644`);
    // As docker: setuid, setgid and sticky bits are not set this way.
    return Number.parseInt(text, 8) & 0o777;
}
/** The history of the steps, as the image's configuration tells it. */
function historyOf(steps, created) {
    return steps.map(({ createdBy, entries }) => ({
        created: created.toISOString(),
        created_by: createdBy,
        ...(entries.length === 0 && { empty_layer: true }),
    }));
}

// EXTERNAL MODULE: ./packages/shared/src/oci/dockerfile/ignore.ts
var dockerfile_ignore = __webpack_require__(5192);
;// CONCATENATED MODULE: ./packages/shared/src/oci/dockerfile/build.ts
/** From a Dockerfile to the layers and the configuration of every platform of its base. */












/**
 * Reads a Dockerfile and what of its folder is ignored (`<name>.dockerignore` beside it, else .dockerignore).
 * @param display how paths are called in messages
 * @throws InputError DOCKERFILE_INVALID
 */
function readDockerfileBuild(path, buildArguments, display, context = (0,external_node_path_.dirname)(path)) {
    const file = display(path);
    const text = (0,syntax/* parseDockerfile */.Ai)(readBounded(path, file), file);
    const ignoreFile = [`${path}.dockerignore`, (0,external_node_path_.join)(context, '.dockerignore')].find((candidate) => (0,external_node_fs_.statSync)(candidate, { throwIfNoEntry: false })?.isFile() === true);
    let ignore;
    if (ignoreFile !== undefined) {
        const shown = display(ignoreFile);
        try {
            ignore = (0,dockerfile_ignore/* parseDockerignore */.y)(readBounded(ignoreFile, shown));
        }
        catch (error) {
            if (!(error instanceof SyntaxError))
                throw error;
            throw new errors/* InputError */.dz(codes/* codes */.F.DOCKERFILE_INVALID, [{ subject: shown, problem: error.message }], { cause: error });
        }
    }
    const build = planBuild(text, file, { buildArguments });
    return { text, file, context: (0,dockerfile_context/* openContext */.eA)(context, ignore), buildArguments, build };
}
function readBounded(path, file) {
    let size;
    try {
        size = (0,external_node_fs_.statSync)(path).size;
        if (size <= syntax/* MAX_DOCKERFILE_BYTES */.uq)
            return (0,external_node_fs_.readFileSync)(path, 'utf8');
    }
    catch (cause) {
        throw new errors/* InputError */.dz(codes/* codes */.F.DOCKERFILE_INVALID, [{ subject: file, problem: `cannot be read: ${(0,errors/* messageOf */.bD)(cause)}` }], {
            cause,
        });
    }
    throw new errors/* InputError */.dz(codes/* codes */.F.DOCKERFILE_INVALID, [{ subject: file, problem: `has ${size} bytes, more than 1 MiB` }]);
}
/**
 * Carries it out for every image. Equal layers are written once.
 * @param known what can be said about an image's files without reading its layers
 * @param read reads them
 * @throws InputError DOCKERFILE_INVALID and others
 */
async function buildPlatforms({ text, file, context, buildArguments }, images, { known, read, created, folder, }) {
    const built = [];
    const evaluations = [];
    const layers = new Map();
    for (const image of images) {
        const { platform, config } = image;
        const build = planBuild(text, file, { buildArguments, platform });
        const on = (files) => evaluate(build, { context, base: { config, files }, buildArguments });
        let evaluation;
        try {
            evaluation = on(known(image));
        }
        catch (error) {
            if (!(error instanceof tree/* BaseUnknown */.OT))
                throw error;
            evaluation = on(await read(image, error.asked));
        }
        if (evaluation.kind === 'docker')
            return evaluation;
        evaluations.push(evaluation);
        const own = [];
        for (const { entries, createdBy } of evaluation.steps) {
            if (entries.length === 0)
                continue;
            const layer = await (0,oci_layer/* packLayer */.Js)(entries, { modified: created, description: createdBy }, folder);
            layers.set(layer.digest, layers.get(layer.digest) ?? layer);
            own.push(layer);
        }
        const history = historyOf(evaluation.steps, created);
        built.push((0,oci_image/* changeImage */.W5)(image, { layers: own, config: evaluation.config, history, author: evaluation.author }));
    }
    return { kind: 'layers', images: built, layers: [...layers.values()], evaluations };
}


/***/ }),

/***/ 6523:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NF: () => (/* binding */ matchSource),
/* harmony export */   eA: () => (/* binding */ openContext),
/* harmony export */   n1: () => (/* binding */ followLinks),
/* harmony export */   tD: () => (/* binding */ checkLink)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5026);
/* harmony import */ var _codes_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6271);
/* harmony import */ var _ignore_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5192);
/* harmony import */ var _pattern_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2794);
/** The build context: the files that COPY and ADD may take, read with bounds and never outside its folder. */






/** Files and folders that a build may look at: more is a mistake in the context or an attack. */
const MAX_ENTRIES = 100_000;
const MAX_LINKS = 40;
/** The context in a folder. Looks at what is asked for and at nothing else. @throws InputError DOCKERFILE_CONTEXT_REFUSED */
function openContext(folder, ignore = _ignore_js__WEBPACK_IMPORTED_MODULE_4__/* .ignoreNothing */ .S) {
    let seen = 0;
    const at = (path) => (path === '' ? folder : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, path));
    const look = (path) => {
        seen += 1;
        if (seen > MAX_ENTRIES)
            throw refused('.', `the build context has more than ${MAX_ENTRIES} files`);
        const found = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(at(path), { throwIfNoEntry: false });
        if (found === undefined)
            return undefined;
        const mode = found.mode & 0o7777;
        if (found.isFile())
            return { type: 'file', mode, size: found.size };
        if (found.isDirectory())
            return { type: 'directory', mode, size: 0 };
        if (found.isSymbolicLink())
            return { type: 'symlink', mode: 0o777, size: 0, target: (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readlinkSync)(at(path)) };
        return { type: 'other', mode, size: 0 };
    };
    const holdsSomething = (path) => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(at(path)).some((name) => entry(`${path}/${name}`) !== undefined);
    const entry = (path) => {
        const found = look(path);
        if (found === undefined || path === '' || !ignore.ignores(path))
            return found;
        // An exception may let in what is below an ignored folder; then the folder exists, too.
        return found.type === 'directory' && ignore.hasExceptions && holdsSomething(path) ? found : undefined;
    };
    return {
        entry,
        names: (path) => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(at(path))
            .sort((a, b) => (a < b ? -1 : 1))
            .filter((name) => entry(path === '' ? name : `${path}/${name}`) !== undefined),
        content: (path) => ({ length: (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(at(path)).size, open: () => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.createReadStream)(at(path)) }),
        head(path, length) {
            const file = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)(at(path), 'r');
            try {
                const buffer = Buffer.alloc(length);
                return buffer.subarray(0, (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readSync)(file, buffer, 0, length, 0));
            }
            finally {
                (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(file);
            }
        },
    };
}
/**
 * Where a path leads when every link on the way is followed; undefined when there is nothing.
 * @throws InputError DOCKERFILE_CONTEXT_REFUSED for a link that leads out of the context
 */
function followLinks(context, path) {
    const waiting = path.split('/').filter((part) => part !== '');
    let real = [];
    for (let links = 0; waiting.length > 0;) {
        const part = waiting.shift() ?? '';
        const next = [...real, part].join('/');
        const entry = context.entry(next);
        if (entry === undefined)
            return undefined;
        if (entry.type !== 'symlink') {
            real = [...real, part];
            continue;
        }
        links += 1;
        if (links > MAX_LINKS)
            throw refused(next, 'is a link that leads in a circle');
        const inside = insideOf(real, entry.target ?? '');
        if (inside === undefined)
            throw leadsOut(next, entry.target ?? '');
        real = [];
        waiting.unshift(...inside);
    }
    return real.join('/');
}
/** A link that is copied as a link: its target counts as written, and must not leave the context by `..`. */
function checkLink(path, target) {
    if (!target.startsWith('/') && insideOf(path.split('/').slice(0, -1), target) === undefined) {
        throw leadsOut(path, target);
    }
}
function insideOf(folder, target) {
    if (target.startsWith('/'))
        return undefined;
    const parts = node_path__WEBPACK_IMPORTED_MODULE_1__.posix
        .normalize([...folder, target].join('/'))
        .split('/')
        .filter((part) => part !== '' && part !== '.');
    return parts[0] === '..' ? undefined : parts;
}
function leadsOut(path, target) {
    return refused(path, `is a link to ${target}, outside the build context`);
}
function refused(subject, problem) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz(_codes_js__WEBPACK_IMPORTED_MODULE_3__/* .codes */ .F.DOCKERFILE_CONTEXT_REFUSED, [{ subject, problem }]);
}
/**
 * The paths that a source of COPY stands for, sorted as they are copied; empty when there are none.
 * @throws SyntaxError when the pattern is malformed
 */
function matchSource(context, source) {
    const cleaned = node_path__WEBPACK_IMPORTED_MODULE_1__.posix.normalize(`/${source}`).replace(/^\/+|\/+$/g, '');
    if (!(0,_pattern_js__WEBPACK_IMPORTED_MODULE_5__/* .hasWildcard */ .rl)(cleaned))
        return followLinks(context, cleaned) === undefined ? [] : [cleaned];
    const parts = cleaned.split('/');
    const firstWild = parts.findIndex(_pattern_js__WEBPACK_IMPORTED_MODULE_5__/* .hasWildcard */ .rl);
    const start = followLinks(context, parts.slice(0, firstWild).join('/'));
    let found = start === undefined ? [] : [start];
    for (const part of parts.slice(firstWild)) {
        const pattern = (0,_pattern_js__WEBPACK_IMPORTED_MODULE_5__/* .copyPattern */ .kS)(part);
        found = found
            .filter((path) => context.entry(path)?.type === 'directory')
            .flatMap((path) => context
            .names(path)
            .filter((name) => pattern.test(name))
            .map((name) => (path === '' ? name : `${path}/${name}`)));
    }
    return found;
}


/***/ }),

/***/ 6075:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ copyIntoTree),
/* harmony export */   t: () => (/* binding */ isArchive)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _context_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6523);
/* harmony import */ var _tree_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4062);
/** COPY and ADD of local files: what goes where, with which owner and mode. As BuildKit does it. */



/**
 * Carries the order out on the tree. @throws TreeError; InputError DOCKERFILE_CONTEXT_REFUSED; BaseUnknown; SyntaxError
 * of a malformed pattern
 */
function copyIntoTree(order, context, tree) {
    const matches = order.sources.map((source) => {
        const found = (0,_context_js__WEBPACK_IMPORTED_MODULE_1__/* .matchSource */ .NF)(context, source);
        if (found.length === 0)
            throw new _tree_js__WEBPACK_IMPORTED_MODULE_2__/* .TreeError */ .jh(`copies ${source}, and the build context has no such file`);
        return found;
    });
    const all = matches.flat();
    if (all.length > 1 && !order.destination.endsWith('/')) {
        throw new _tree_js__WEBPACK_IMPORTED_MODULE_2__/* .TreeError */ .jh(`copies ${all.length} files (${all.slice(0, 3).join(', ')}) to ${order.destination}, which needs a / at its end`);
    }
    for (const source of all)
        copyOne(source, order, context, tree);
}
function copyOne(source, order, context, tree) {
    const { destination, owner } = order;
    tree.makeDirectories(destination.endsWith('/') ? destination : node_path__WEBPACK_IMPORTED_MODULE_0__.posix.dirname(destination), owner);
    const followed = (0,_context_js__WEBPACK_IMPORTED_MODULE_1__/* .followLinks */ .n1)(context, source);
    const entry = followed === undefined ? undefined : context.entry(followed);
    if (followed === undefined || entry === undefined)
        throw new _tree_js__WEBPACK_IMPORTED_MODULE_2__/* .TreeError */ .jh(`copies ${source}, a link that leads nowhere`);
    let target = tree.resolve(destination);
    const there = tree.entry(target);
    if (entry.type !== 'directory') {
        if (there?.type === 'directory')
            target = tree.resolve(node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(target, node_path__WEBPACK_IMPORTED_MODULE_0__.posix.basename(source)));
    }
    else if (there === undefined) {
        // The folder that a directory's contents go to is a new one; its own mode is not taken over.
        tree.makeDirectories(target, owner);
    }
    else if (there.type !== 'directory') {
        throw new _tree_js__WEBPACK_IMPORTED_MODULE_2__/* .TreeError */ .jh(`copies the folder ${source} to ${target}, which is a file in the image`);
    }
    copyEntry(followed, target, order, context, tree, true);
}
function copyEntry(source, target, order, context, tree, top) {
    const entry = context.entry(source);
    if (entry === undefined)
        return;
    const { uid, gid } = order.owner;
    const mode = order.mode ?? entry.mode;
    if (node_path__WEBPACK_IMPORTED_MODULE_0__.posix.basename(target).startsWith('.wh.')) {
        throw new _tree_js__WEBPACK_IMPORTED_MODULE_2__/* .TreeError */ .jh(`copies ${source}, a name that layers use for deletions`);
    }
    if (entry.type === 'file') {
        tree.put(target, { type: 'file', uid, gid, mode, content: context.content(source) });
    }
    else if (entry.type === 'symlink') {
        (0,_context_js__WEBPACK_IMPORTED_MODULE_1__/* .checkLink */ .tD)(source, entry.target ?? '');
        tree.put(target, { type: 'symlink', uid, gid, mode: 0o777, target: entry.target ?? '' });
    }
    else if (entry.type === 'directory') {
        if (!top)
            tree.put(target, { type: 'directory', uid, gid, mode });
        for (const name of context.names(source)) {
            copyEntry(node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(source, name), node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(target, name), order, context, tree, false);
        }
    }
    else {
        throw new _tree_js__WEBPACK_IMPORTED_MODULE_2__/* .TreeError */ .jh(`copies ${source}, which is neither a file nor a folder`);
    }
}
/** Whether ADD would unpack the file: a tar, plain or compressed. What is compressed is taken for one. */
function isArchive(context, path) {
    const real = (0,_context_js__WEBPACK_IMPORTED_MODULE_1__/* .followLinks */ .n1)(context, path);
    if (real === undefined || context.entry(real)?.type !== 'file')
        return false;
    const head = context.head(real, 512);
    const starts = (...bytes) => head.subarray(0, bytes.length).equals(Buffer.from(bytes));
    const compressed = starts(0x1f, 0x8b) ||
        starts(0x42, 0x5a, 0x68) ||
        starts(0xfd, 0x37, 0x7a, 0x58, 0x5a) ||
        starts(0x28, 0xb5, 0x2f, 0xfd);
    return compressed || isTarHeader(head);
}
/** POSIX and old tar alike: the sum of the header's bytes, its own field counted as blanks, stands in the header. */
function isTarHeader(head) {
    if (head.length < 512)
        return false;
    const written = Number.parseInt(head
        .toString('latin1', 148, 156)
        .replace(/[\0 ]+/g, ' ')
        .trim(), 8);
    const sum = head.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
    return written === sum;
}


/***/ }),

/***/ 5192:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ ignoreNothing),
/* harmony export */   y: () => (/* binding */ parseDockerignore)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _pattern_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2794);
/** .dockerignore: what of the build context does not exist for COPY and ADD. */


const ignoreNothing = { ignores: () => false, hasExceptions: false };
/** Reads a .dockerignore. @throws SyntaxError with the line of a malformed pattern */
function parseDockerignore(text) {
    const rules = [];
    text
        .replace(/^\ufeff/, '')
        .split(/\r?\n/)
        .forEach((raw, index) => {
        if (raw.startsWith('#'))
            return;
        const trimmed = raw.trim();
        const except = trimmed.startsWith('!');
        const written = (except ? trimmed.slice(1).trim() : trimmed).replace(/\/+$/, '');
        if (written === '')
            return;
        const cleaned = node_path__WEBPACK_IMPORTED_MODULE_0__.posix.normalize(written).replace(/^\/+/, '');
        if (cleaned === '' || cleaned === '.')
            return;
        try {
            rules.push({ except, pattern: (0,_pattern_js__WEBPACK_IMPORTED_MODULE_1__/* .ignorePattern */ .bG)(cleaned) });
        }
        catch (error) {
            throw new SyntaxError(`line ${index + 1}: ${error.message}`);
        }
    });
    if (rules.length === 0)
        return ignoreNothing;
    return {
        hasExceptions: rules.some(({ except }) => except),
        ignores(path) {
            const parts = path.split('/');
            const ways = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
            // The last rule that speaks of the path, or of a folder that it is in, decides.
            let ignored = false;
            for (const { except, pattern } of rules) {
                if (except === ignored && ways.some((way) => pattern.test(way)))
                    ignored = !except;
            }
            return ignored;
        },
    };
}


/***/ }),

/***/ 5705:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ knownBaseFiles)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _tree_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4062);
/** What is known about a base image without reading its layers; everything else has to be asked of them. */


function knownBaseFiles(known) {
    return {
        entry(path) {
            const directory = known.directories[path];
            if (directory !== undefined)
                return { type: 'directory', ...directory };
            const file = known.files[path];
            if (file !== undefined)
                return { type: 'file', ...file };
            if (known.open.includes(node_path__WEBPACK_IMPORTED_MODULE_0__.posix.dirname(path)) && node_path__WEBPACK_IMPORTED_MODULE_0__.posix.basename(path).includes('.'))
                return undefined;
            throw new _tree_js__WEBPACK_IMPORTED_MODULE_1__/* .BaseUnknown */ .OT(path);
        },
        user: (name) => known.users[name] ?? unknown(`the user ${name}`),
        group: (name) => known.groups[name] ?? unknown(`the group ${name}`),
    };
}
function unknown(asked) {
    throw new _tree_js__WEBPACK_IMPORTED_MODULE_1__/* .BaseUnknown */ .OT(asked);
}


/***/ }),

/***/ 2794:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   bG: () => (/* binding */ ignorePattern),
/* harmony export */   kS: () => (/* binding */ copyPattern),
/* harmony export */   rl: () => (/* binding */ hasWildcard)
/* harmony export */ });
/** File patterns as Docker reads them: Go's path matching, and its extension with `**` in .dockerignore. */
function hasWildcard(path) {
    return /[*?[\\]/.test(path);
}
/** A pattern of COPY and ADD: `*` and `?` stay within one level. @throws SyntaxError when it is malformed */
function copyPattern(pattern) {
    return compile(pattern, false);
}
/** A pattern of .dockerignore: `**` stands for any number of levels. @throws SyntaxError when it is malformed */
function ignorePattern(pattern) {
    return compile(pattern, true);
}
function compile(pattern, deep) {
    let source = '';
    for (let at = 0; at < pattern.length; at += 1) {
        const char = pattern.charAt(at);
        if (char === '*') {
            const stars = /^\*+/.exec(pattern.slice(at))?.[0].length ?? 1;
            at += stars - 1;
            if (!deep || stars === 1)
                source += '[^/]*';
            else if (pattern.charAt(at + 1) === '/') {
                at += 1;
                source += '(?:.*/)?';
            }
            else
                source += '.*';
        }
        else if (char === '?')
            source += '[^/]';
        else if (char === '[') {
            const end = pattern.indexOf(']', at + 2);
            if (end < 0)
                throw new SyntaxError(`${pattern} has a [ without its ]`);
            const inside = pattern.slice(at + 1, end).replace(/[\][]/g, '\\$&');
            source += `(?!/)[${inside}]`;
            at = end;
        }
        else if (char === '\\') {
            at += 1;
            if (at >= pattern.length)
                throw new SyntaxError(`${pattern} ends in \\`);
            source += literal(pattern.charAt(at));
        }
        else
            source += literal(char);
    }
    return new RegExp(`^${source}$`, 'su');
}
function literal(char) {
    return /[.*+?^${}()|[\]\\/]/.test(char) ? `\\${char}` : char;
}


/***/ }),

/***/ 6881:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ai: () => (/* binding */ parseDockerfile),
/* harmony export */   Rr: () => (/* binding */ jsonList),
/* harmony export */   uq: () => (/* binding */ MAX_DOCKERFILE_BYTES)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5026);
/* harmony import */ var _codes_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6271);
/** The text of a Dockerfile as a list of instructions: directives, comments and continuation lines dealt with. */


/** A Dockerfile is a page of text; what is larger is something else. */
const MAX_DOCKERFILE_BYTES = 1024 * 1024;
const WORDS = new Set([
    'ADD',
    'ARG',
    'CMD',
    'COPY',
    'ENTRYPOINT',
    'ENV',
    'EXPOSE',
    'FROM',
    'HEALTHCHECK',
    'LABEL',
    'MAINTAINER',
    'ONBUILD',
    'RUN',
    'SHELL',
    'STOPSIGNAL',
    'USER',
    'VOLUME',
    'WORKDIR',
]);
const TAKES_HEREDOC = new Set(['ADD', 'COPY', 'RUN']);
/**
 * Reads a Dockerfile.
 * @param file how it is called in messages, relative to the workspace
 * @throws InputError DOCKERFILE_INVALID with every line that is no instruction
 */
function parseDockerfile(text, file) {
    const problems = [];
    const wrong = (line, problem) => problems.push({ subject: file, problem: `line ${line} ${problem}`, location: { file, line } });
    if (Buffer.byteLength(text) > MAX_DOCKERFILE_BYTES) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(_codes_js__WEBPACK_IMPORTED_MODULE_1__/* .codes */ .F.DOCKERFILE_INVALID, [{ subject: file, problem: 'is larger than 1 MiB' }]);
    }
    const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
    const { escape, syntax } = directivesOf(lines, wrong);
    const continues = escape === '\\' ? /(^|[^\\])\\[ \t]*$/ : /(^|[^`])`[ \t]*$/;
    const instructions = [];
    for (let at = 0; at < lines.length; at += 1) {
        const first = lines[at] ?? '';
        if (isComment(first) || first.trim() === '')
            continue;
        const line = at + 1;
        let joined = '';
        let part = first;
        while (continues.test(part)) {
            joined += part.replace(continues, '$1');
            part = '';
            // Comments and empty lines between continuation lines are no part of the instruction.
            do
                part = lines[(at += 1)] ?? '';
            while (at < lines.length && (isComment(part) || part.trim() === ''));
        }
        joined += part;
        const [, word = '', tail = ''] = /^\s*(\S+)(?:\s+([\s\S]*))?$/.exec(joined) ?? [];
        const { flags, rest } = flagsOf(tail.trim());
        const name = word.toUpperCase();
        if (!WORDS.has(name)) {
            wrong(line, `has the unknown instruction ${word}`);
            continue;
        }
        const documents = TAKES_HEREDOC.has(name) ? heredocsOf(rest) : [];
        for (const { end, tabs } of documents) {
            do
                at += 1;
            while (at < lines.length && (tabs ? (lines[at] ?? '').replace(/^\t+/, '') : lines[at]) !== end);
            if (at >= lines.length)
                wrong(line, `has a here-document without its end ${end}`);
        }
        if (rest === '')
            wrong(line, `has ${name} without any argument`);
        instructions.push({ line, word: name, flags, rest, heredoc: documents.length > 0 });
    }
    if (instructions.length === 0 && problems.length === 0)
        problems.push({ subject: file, problem: 'is empty' });
    if (problems.length > 0)
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(_codes_js__WEBPACK_IMPORTED_MODULE_1__/* .codes */ .F.DOCKERFILE_INVALID, problems);
    return { escape, syntax, instructions };
}
function isComment(line) {
    return /^\s*#/.test(line);
}
/** Directives stand at the top: the first comment that is none, blank line or instruction ends them. */
function directivesOf(lines, wrong) {
    const found = new Map();
    for (const [index, line] of lines.entries()) {
        const [, name, value = ''] = /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/.exec(line) ?? [];
        const key = name?.toLowerCase();
        if (key === undefined || !['escape', 'syntax', 'check'].includes(key))
            break;
        if (found.has(key))
            wrong(index + 1, `gives the directive ${key} a second time`);
        if (key === 'escape' && value !== '\\' && value !== '`') {
            wrong(index + 1, `has the escape ${value}, which is neither \\ nor \``);
        }
        found.set(key, value);
    }
    return { escape: found.get('escape') === '`' ? '`' : '\\', syntax: found.get('syntax') };
}
function flagsOf(tail) {
    const flags = {};
    let rest = tail;
    for (;;) {
        const match = /^--([a-z][a-z0-9-]*)(?:=(\S*))?(?:\s+|$)/.exec(rest);
        if (match === null)
            return { flags, rest };
        flags[match[1] ?? ''] = match[2] ?? '';
        rest = rest.slice(match[0].length);
    }
}
function heredocsOf(rest) {
    return [...rest.matchAll(/(?:^|\s)\d*<<(-?)(["']?)([^\s"'<]+)\2(?=\s|$)/g)].map(([, dash, , end = '']) => ({
        end,
        tabs: dash === '-',
    }));
}
/** The JSON form of an argument list; undefined when the text is not one, and is then read as shell form. */
function jsonList(rest) {
    if (!rest.startsWith('['))
        return undefined;
    try {
        const list = JSON.parse(rest);
        return Array.isArray(list) && list.every((item) => typeof item === 'string') ? list : undefined;
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 4062:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   OT: () => (/* binding */ BaseUnknown),
/* harmony export */   PH: () => (/* binding */ Tree),
/* harmony export */   jh: () => (/* binding */ TreeError)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_0__);
/** The file system of an image while it is built: what the base has, what was added, what the open layer holds. */

/** Thrown where a plan needs to know what only the layers of the base tell. */
class BaseUnknown extends Error {
    /** The path or name that is asked for. */
    asked;
    constructor(asked) {
        super(`only the layers of the base image tell about ${asked}`);
        this.asked = asked;
    }
}
/** What cannot be put where it should go; the message completes "line 3 …". */
class TreeError extends Error {
}
const ROOT = { type: 'directory', uid: 0, gid: 0, mode: 0o755 };
const MAX_LINKS = 40;
class Tree {
    #base;
    #added = new Map();
    #layer = new Map();
    constructor(base) {
        this.#base = base;
    }
    entry(path) {
        return path === '/' ? ROOT : (this.#added.get(path) ?? this.#base.entry(path));
    }
    /** The path with every link on the way followed, inside the image; what does not exist stays as it is. */
    resolve(path) {
        const waiting = path.split('/').filter((part) => part !== '');
        let real = '/';
        for (let links = 0; waiting.length > 0;) {
            const part = waiting.shift() ?? '';
            const next = node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(real, part);
            const entry = this.entry(next);
            if (entry?.type !== 'symlink') {
                real = next;
                continue;
            }
            links += 1;
            if (links > MAX_LINKS)
                throw new TreeError(`leads in a circle at ${next}`);
            const target = entry.target ?? '';
            waiting.unshift(...node_path__WEBPACK_IMPORTED_MODULE_0__.posix
                .resolve(real, target)
                .split('/')
                .filter((name) => name !== ''));
            real = '/';
        }
        return real;
    }
    /** Makes a directory and those above it, 0755, where they are missing. Gives the path with links followed. */
    makeDirectories(path, owner) {
        const real = this.resolve(path);
        const parts = real.split('/').filter((part) => part !== '');
        for (let depth = 1; depth <= parts.length; depth += 1) {
            const level = `/${parts.slice(0, depth).join('/')}`;
            const entry = this.entry(level);
            if (entry === undefined)
                this.put(level, { ...owner, type: 'directory', mode: 0o755 });
            else if (entry.type !== 'directory')
                throw new TreeError(`needs the folder ${level}, which is a file in the image`);
        }
        return real;
    }
    put(path, entry) {
        const there = this.entry(path);
        if (there !== undefined && (there.type === 'directory') !== (entry.type === 'directory')) {
            const [now, wanted] = entry.type === 'directory' ? ['a file', 'a folder'] : ['a folder', 'a file'];
            throw new TreeError(`cannot put ${wanted} at ${path}, which is ${now} in the image`);
        }
        this.#added.set(path, entry);
        this.#layer.set(path, entry);
    }
    /**
     * Ends the open layer. Its entries in the order in which they are written, with one for every directory on the way:
     * a layer that leaves it out makes the directory root's. Empty when nothing was added.
     */
    closeLayer() {
        const all = new Map(this.#layer);
        for (const path of this.#layer.keys()) {
            for (let above = node_path__WEBPACK_IMPORTED_MODULE_0__.posix.dirname(path); above !== '/'; above = node_path__WEBPACK_IMPORTED_MODULE_0__.posix.dirname(above)) {
                const entry = this.entry(above);
                if (entry !== undefined)
                    all.set(above, entry);
            }
        }
        this.#layer = new Map();
        return [...all]
            .map(([path, { type, uid, gid, mode, target, content }]) => {
            if (type === 'other')
                throw new TreeError(`goes through ${path}, which is no folder in the image`);
            return {
                name: type === 'directory' ? `${path.slice(1)}/` : path.slice(1),
                type,
                uid,
                gid,
                mode,
                ...(content !== undefined && { content }),
                ...(target !== undefined && { target }),
            };
        })
            .sort((a, b) => (a.name < b.name ? -1 : 1));
    }
    user(name) {
        return this.#base.user(name);
    }
    group(name) {
        return this.#base.group(name);
    }
}


/***/ }),

/***/ 1309:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NE: () => (/* binding */ WordError),
/* harmony export */   Vo: () => (/* binding */ expandWord),
/* harmony export */   YN: () => (/* binding */ splitBlanks),
/* harmony export */   Z5: () => (/* binding */ splitQuoted),
/* harmony export */   cW: () => (/* binding */ WordNeedsDocker),
/* harmony export */   fq: () => (/* binding */ pairsOf)
/* harmony export */ });
/** A word that cannot be read; the message completes "line 3 …". */
class WordError extends Error {
}
/** What only a real shell-like engine knows (pattern removal, replacement): left to docker. */
class WordNeedsDocker extends Error {
}
/**
 * A word with its variables filled in, its quotes and escapes removed. Unknown variables are empty.
 * @throws WordError, WordNeedsDocker
 */
function expandWord(text, variables, escape) {
    const reader = new Reader(text, variables, escape);
    const result = reader.read(undefined);
    return result;
}
class Reader {
    #text;
    #variables;
    #escape;
    #at = 0;
    constructor(text, variables, escape) {
        this.#text = text;
        this.#variables = variables;
        this.#escape = escape;
    }
    /** Up to `stop`, which is consumed, or to the end of the text. */
    read(stop) {
        let result = '';
        for (;;) {
            const char = this.#text[this.#at];
            if (char === undefined) {
                if (stop !== undefined)
                    throw new WordError(`has a \${ without its }: ${this.#text}`);
                return result;
            }
            if (char === stop) {
                this.#at += 1;
                return result;
            }
            if (char === "'")
                result += this.#single();
            else if (char === '"')
                result += this.#double();
            else if (char === '$')
                result += this.#variable();
            else if (char === this.#escape) {
                result += this.#text[this.#at + 1] ?? this.#escape;
                this.#at += 2;
            }
            else {
                result += char;
                this.#at += 1;
            }
        }
    }
    #single() {
        const end = this.#text.indexOf("'", this.#at + 1);
        if (end < 0)
            throw new WordError(`has a ' without its end: ${this.#text}`);
        const inside = this.#text.slice(this.#at + 1, end);
        this.#at = end + 1;
        return inside;
    }
    #double() {
        let result = '';
        this.#at += 1;
        for (;;) {
            const char = this.#text[this.#at];
            if (char === undefined)
                throw new WordError(`has a " without its end: ${this.#text}`);
            if (char === '"') {
                this.#at += 1;
                return result;
            }
            if (char === '$') {
                result += this.#variable();
                continue;
            }
            const next = this.#text[this.#at + 1];
            if (char === this.#escape && (next === '"' || next === '$' || next === this.#escape)) {
                result += next;
                this.#at += 2;
            }
            else {
                result += char;
                this.#at += 1;
            }
        }
    }
    #variable() {
        this.#at += 1;
        if (this.#text[this.#at] !== '{') {
            const name = this.#name();
            return name === '' ? '$' : (this.#variables.get(name) ?? '');
        }
        this.#at += 1;
        const name = this.#name();
        if (name === '')
            throw new WordError(`has a variable without a name: ${this.#text}`);
        const value = this.#variables.get(name);
        const modifier = this.#text[this.#at];
        if (modifier === '}') {
            this.#at += 1;
            return value ?? '';
        }
        const colon = modifier === ':';
        if (colon)
            this.#at += 1;
        const operator = this.#text[this.#at];
        if (operator === undefined)
            throw new WordError(`has a \${ without its }: ${this.#text}`);
        if (operator !== '-' && operator !== '+' && operator !== '?') {
            throw new WordNeedsDocker(`uses \${${name}${colon ? ':' : ''}${operator}…}`);
        }
        this.#at += 1;
        const word = this.read('}');
        const given = value !== undefined && !(colon && value === '');
        if (operator === '-')
            return given ? value : word;
        if (operator === '+')
            return given ? word : '';
        if (!given)
            throw new WordError(`needs a value for ${name}${word === '' ? '' : `: ${word}`}`);
        return value;
    }
    #name() {
        const [name = ''] = /^(?:[a-zA-Z_][a-zA-Z0-9_]*|[0-9]+|[@*#?!-])/.exec(this.#text.slice(this.#at)) ?? [];
        this.#at += name.length;
        return name;
    }
}
/** Splits at blanks that are neither quoted nor escaped; quotes and escapes stay in the words. */
function splitQuoted(text, escape) {
    const words = [];
    let word;
    let quote;
    for (let at = 0; at < text.length; at += 1) {
        const char = text.charAt(at);
        if (quote === undefined && /\s/.test(char)) {
            if (word !== undefined)
                words.push(word);
            word = undefined;
            continue;
        }
        word = (word ?? '') + char;
        if (char === escape && quote !== "'") {
            at += 1;
            word += text.charAt(at);
        }
        else if (quote === undefined && (char === '"' || char === "'"))
            quote = char;
        else if (char === quote)
            quote = undefined;
    }
    return word === undefined ? words : [...words, word];
}
/** Splits at blanks alone, as the argument lists of COPY, EXPOSE and VOLUME are. */
function splitBlanks(text) {
    return text.split(/[\t\v\f\r ]+/).filter((word) => word !== '');
}
/**
 * The pairs of ENV and LABEL, not yet expanded: `a=1 b="2 3"`, or the old form `a 1 and the rest`.
 * @throws WordError
 */
function pairsOf(rest, escape) {
    const words = splitQuoted(rest, escape);
    const [first = ''] = words;
    if (!first.includes('=')) {
        const [, name = '', value] = /^(\S+)\s+([\s\S]+)$/.exec(rest) ?? [];
        if (value === undefined)
            throw new WordError(`has ${first} without a value`);
        return [[name, value]];
    }
    return words.map((word) => {
        const equals = word.indexOf('=');
        if (equals < 1)
            throw new WordError(`has ${word}, which is not name=value`);
        return [word.slice(0, equals), word.slice(equals + 1)];
    });
}


/***/ }),

/***/ 6599:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JW: () => (/* binding */ protocolError),
/* harmony export */   KA: () => (/* binding */ PASSING),
/* harmony export */   lz: () => (/* binding */ registryWords),
/* harmony export */   u6: () => (/* binding */ registryCodes),
/* harmony export */   x5: () => (/* binding */ refusal),
/* harmony export */   zA: () => (/* binding */ shownUrl)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5026);
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3282);
/* harmony import */ var _codes_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6271);
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
        return /^\s*</.test(body) ? '' : (0,_base_text_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)((0,_base_text_js__WEBPACK_IMPORTED_MODULE_2__/* .neutralise */ .$0)(body), 200);
    }
    const { errors, details, message, error } = (document ?? {});
    const words = Array.isArray(errors)
        ? errors.map((item) => {
            const { code, message: text } = (item ?? {});
            return [code, text].filter((part) => typeof part === 'string' && part !== '').join(': ');
        })
        : [details, message, error].filter((part) => typeof part === 'string').slice(0, 1);
    return (0,_base_text_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)((0,_base_text_js__WEBPACK_IMPORTED_MODULE_2__/* .neutralise */ .$0)(words.join('; ')), 300);
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
function refusal(method, answer, body, doing) {
    const words = registryWords(body);
    const host = new URL(answer.url).host;
    const message = `${host} did not ${doing}: ${answer.status}${words === '' ? '' : ` ${words}`}`;
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ServiceError */ ._7(codeFor(answer.status), message, {
        ...(answer.status === 413 && { remedy: TOO_LARGE_REMEDY }),
        method,
        url: shownUrl(answer.url),
        status: answer.status,
    });
}
const TOO_LARGE_REMEDY = 'The registry, or a proxy in front of it, limits the size of a request; raise the limit there (nginx: client_max_body_size).';
function codeFor(status) {
    if (status === 401)
        return _codes_js__WEBPACK_IMPORTED_MODULE_1__/* .codes */ .F.REGISTRY_UNAUTHORIZED;
    if (status === 403)
        return _codes_js__WEBPACK_IMPORTED_MODULE_1__/* .codes */ .F.REGISTRY_FORBIDDEN;
    if (status === 404)
        return _codes_js__WEBPACK_IMPORTED_MODULE_1__/* .codes */ .F.REGISTRY_NOT_FOUND;
    if (status === 429)
        return _codes_js__WEBPACK_IMPORTED_MODULE_1__/* .codes */ .F.REGISTRY_RATE_LIMITED;
    if (status >= 500)
        return _codes_js__WEBPACK_IMPORTED_MODULE_1__/* .codes */ .F.REGISTRY_UNAVAILABLE;
    return status < 400 ? _codes_js__WEBPACK_IMPORTED_MODULE_1__/* .codes */ .F.REGISTRY_PROTOCOL : _codes_js__WEBPACK_IMPORTED_MODULE_1__/* .codes */ .F.REGISTRY_REFUSED;
}
/** The registry answered with success, and the answer lacks what the specification demands. */
function protocolError(method, url, problem) {
    const message = `${new URL(url).host} does not answer like a registry: ${problem}`;
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ServiceError */ ._7(_codes_js__WEBPACK_IMPORTED_MODULE_1__/* .codes */ .F.REGISTRY_PROTOCOL, message, { method, url: shownUrl(url) });
}


/***/ }),

/***/ 8760:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W5: () => (/* binding */ changeImage),
/* harmony export */   aN: () => (/* binding */ extendImage),
/* harmony export */   qh: () => (/* binding */ indexOf)
/* harmony export */ });
/* harmony import */ var _formats_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1182);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8824);
/** A new image from a base image and layers: configuration and manifest bytes, nothing fetched, nothing sent. */


/** The base with the changes made, to be extended further. */
function changeImage(base, changes) {
    const mediaType = layerType((0,_manifest_js__WEBPACK_IMPORTED_MODULE_1__/* .familyOf */ .Ap)(base.mediaType));
    return {
        ...base,
        config: {
            ...base.config,
            ...(changes.author !== undefined && { author: changes.author }),
            config: changes.config,
            rootfs: {
                type: 'layers',
                diff_ids: [...base.config.rootfs.diff_ids, ...changes.layers.map(({ diffId }) => diffId)],
            },
            history: [...completeHistory(base.config), ...changes.history],
        },
        manifest: {
            ...base.manifest,
            layers: [...base.manifest.layers, ...changes.layers.map(({ digest, size }) => ({ mediaType, digest, size }))],
        },
    };
}
/** The base with layers and labels added. Media types stay of the base's family; same input, same bytes. */
function extendImage(base, additions) {
    const family = (0,_manifest_js__WEBPACK_IMPORTED_MODULE_1__/* .familyOf */ .Ap)(base.mediaType);
    const created = additions.created.toISOString();
    const labels = { ...base.config.config?.Labels, ...sorted(additions.labels) };
    const config = document(base.manifest.config.mediaType, {
        ...base.config,
        created,
        config: { ...base.config.config, ...(Object.keys(labels).length > 0 && { Labels: labels }) },
        rootfs: {
            type: 'layers',
            diff_ids: [...base.config.rootfs.diff_ids, ...additions.layers.map((layer) => layer.diffId)],
        },
        history: [
            ...completeHistory(base.config),
            ...additions.layers.map((layer) => ({ created, created_by: layer.description })),
        ],
    });
    const annotations = family === 'oci' ? { ...base.manifest.annotations, ...sorted(additions.annotations) } : {};
    const manifest = document(base.mediaType, {
        ...base.manifest,
        mediaType: base.mediaType,
        config: { ...base.manifest.config, digest: config.digest, size: config.bytes.length },
        layers: [
            ...base.manifest.layers,
            ...additions.layers.map(({ digest, size }) => ({ mediaType: layerType(family), digest, size })),
        ],
        ...(Object.keys(annotations).length > 0 && { annotations }),
    });
    return { platform: base.platform, config, manifest };
}
/** The index over the images of several platforms, of the same family as the base's index. */
function indexOf(images, mediaType, annotations) {
    const manifests = images.map(({ manifest, platform }) => ({
        mediaType: manifest.mediaType,
        digest: manifest.digest,
        size: manifest.bytes.length,
        platform: { ...platform },
    }));
    const own = (0,_manifest_js__WEBPACK_IMPORTED_MODULE_1__/* .familyOf */ .Ap)(mediaType) === 'oci' ? sorted(annotations) : {};
    return document(mediaType, {
        schemaVersion: 2,
        mediaType,
        manifests,
        ...(Object.keys(own).length > 0 && { annotations: own }),
    });
}
function layerType(family) {
    return family === 'docker' ? _manifest_js__WEBPACK_IMPORTED_MODULE_1__/* .mediaTypes */ .Ib.dockerLayer : _manifest_js__WEBPACK_IMPORTED_MODULE_1__/* .mediaTypes */ .Ib.ociLayer;
}
/** Tools that pair history with layers need one entry a layer; bases without any history get unnamed ones. */
function completeHistory(config) {
    if (config.history !== undefined && config.history.length > 0)
        return config.history;
    return config.rootfs.diff_ids.map(() => ({ ...(config.created !== undefined && { created: config.created }) }));
}
function sorted(record) {
    return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
function document(mediaType, content) {
    const bytes = Buffer.from(JSON.stringify(content));
    return { mediaType, digest: (0,_formats_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)(bytes), bytes };
}


/***/ }),

/***/ 8236:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  oj: () => (/* binding */ buildLayer),
  KV: () => (/* binding */ directoriesOwnedBelow),
  qY: () => (/* binding */ fileContent),
  Js: () => (/* binding */ packLayer)
});

// UNUSED EXPORTS: layerEntries

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./packages/shared/src/base/errors.ts
var errors = __webpack_require__(5026);
// EXTERNAL MODULE: ./packages/shared/src/formats/digest.ts
var digest = __webpack_require__(1182);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
;// CONCATENATED MODULE: ./packages/shared/src/formats/gzip.ts
/**
 * Gzip whose bytes depend on the content alone: no name, no time, no mark of the operating system, and the same
 * blocks however the source happens to be chunked.
 */


const deflate = (0,external_node_util_.promisify)(external_node_zlib_.deflateRaw);
/**
 * Blocks are compressed side by side on the thread pool; each starts with the window the previous one left. The size
 * is that of sixteen of deflate's stored blocks.
 */
const BLOCK_BYTES = 16 * 65_535;
const WINDOW_BYTES = 32 * 1024;
/** RFC 1952: magic, deflate, no flags, time 0, no extra flags, operating system unknown. */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
/** An empty final deflate block. */
const END_OF_DEFLATE = Buffer.from([3, 0]);
/**
 * Compresses a stream into one gzip member, holding at most `parallel` + 2 blocks of 1 MiB in memory. What is
 * compressed already (jars, archives) is stored as it is: trying would take a hundred times as long, for nothing.
 * A chunk of the source is read before the next one is asked for, never later.
 */
async function* gzip(source, { level = 6, parallel = 4 } = {}) {
    yield HEADER;
    let crc = 0;
    let size = 0;
    let window;
    const working = [];
    for await (const block of blocksOf(source)) {
        crc = (0,external_node_zlib_.crc32)(block, crc);
        size += block.length;
        if (isDense(block)) {
            working.push(stored(block));
        }
        else {
            const compressed = deflate(block, {
                level,
                finishFlush: external_node_zlib_.constants.Z_SYNC_FLUSH,
                ...(window && { dictionary: window }),
            });
            // A failure is heard when its turn comes; until then it is nobody's.
            compressed.catch(() => undefined);
            working.push(compressed);
        }
        window = block.subarray(-WINDOW_BYTES);
        while (working.length > parallel)
            yield* partsOf(await working.shift());
    }
    for (const block of working)
        yield* partsOf(await block);
    yield END_OF_DEFLATE;
    const trailer = Buffer.alloc(8);
    trailer.writeUInt32LE(crc, 0);
    trailer.writeUInt32LE(size % 2 ** 32, 4);
    yield trailer;
}
function partsOf(block) {
    return block === undefined ? [] : Array.isArray(block) ? block : [block];
}
const SAMPLES = 64;
const SAMPLE_BYTES = 256;
/** Bits a byte. Text has about 5, machine code and class files 6 to 7, compressed data nearly 8. */
const DENSE_BITS = 7.85;
/** Whether all byte values are about as frequent as each other, seen at 64 places: then there is nothing to gain. */
function isDense(block) {
    const counts = new Uint32Array(256);
    const length = Math.min(block.length, SAMPLE_BYTES);
    const step = Math.max(length, Math.floor((block.length - length) / (SAMPLES - 1)));
    let seen = 0;
    for (let start = 0; start + length <= block.length && length > 0; start += step) {
        for (let at = start; at < start + length; at++) {
            const value = block[at] ?? 0;
            counts[value] = (counts[value] ?? 0) + 1;
        }
        seen += length;
    }
    let bits = 0;
    for (const count of counts)
        if (count > 0)
            bits -= (count / seen) * Math.log2(count / seen);
    return bits > DENSE_BITS;
}
/** RFC 1951, 3.2.4: blocks of up to 65,535 bytes behind their length and its complement. */
function stored(block) {
    const parts = [];
    for (let start = 0; start < block.length; start += 65_535) {
        const part = block.subarray(start, start + 65_535);
        const header = Buffer.alloc(5);
        header.writeUInt16LE(part.length, 1);
        header.writeUInt16LE(0xffff - part.length, 3);
        parts.push(header, part);
    }
    return parts;
}
/** Full blocks, the last one shorter, each with memory of its own. */
async function* blocksOf(source) {
    let block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
    let filled = 0;
    for await (const chunk of source) {
        for (let at = 0; at < chunk.length;) {
            const taken = Math.min(BLOCK_BYTES - filled, chunk.length - at);
            block.set(chunk.subarray(at, at + taken), filled);
            filled += taken;
            at += taken;
            if (filled === BLOCK_BYTES) {
                yield block;
                block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
                filled = 0;
            }
        }
    }
    if (filled > 0)
        yield block.subarray(0, filled);
}

;// CONCATENATED MODULE: ./packages/shared/src/formats/tar.ts
const tar_BLOCK_BYTES = 512;
/**
 * Writes the entries in the given order, every one with the same modification time.
 * The stream fails when a content does not have the length it announced (a file that changed while it was read).
 */
async function* writeTar(entries, modified) {
    const mtime = Math.floor(modified.getTime() / 1000);
    for (const entry of entries) {
        const { name, type, content = '' } = entry;
        const bytes = typeof content === 'string' ? Buffer.from(content) : content;
        const size = type === 'file' ? bytes.length : 0;
        yield headersOf(entry, size, mtime);
        if (size === 0 && bytes instanceof Uint8Array)
            continue;
        if (type !== 'file')
            continue;
        if (bytes instanceof Uint8Array)
            yield bytes;
        else
            yield* exactly(bytes.open(), size, name);
        if (size % tar_BLOCK_BYTES > 0)
            yield Buffer.alloc(tar_BLOCK_BYTES - (size % tar_BLOCK_BYTES));
    }
    yield Buffer.alloc(2 * tar_BLOCK_BYTES);
}
async function* exactly(chunks, size, name) {
    const changed = () => new Error(`${name} changed while it was read: ${size} bytes were announced`);
    let written = 0;
    for await (const chunk of chunks) {
        written += chunk.length;
        if (written > size)
            throw changed();
        yield chunk;
    }
    if (written !== size)
        throw changed();
}
const TYPES = { file: '0', symlink: '2', directory: '5', pax: 'x' };
/** What the fields of ustar can hold: eleven octal digits, and seven. */
const MAX_SIZE = 8 ** 11 - 1;
const MAX_ID = 8 ** 7 - 1;
/** The header of an entry, behind a pax header where ustar's fields are too short or take ASCII alone. */
function headersOf({ name, type, mode, uid, gid, target = '' }, size, mtime) {
    const path = type === 'directory' && !name.endsWith('/') ? `${name}/` : name;
    const place = placeOf(path);
    const records = {
        ...(place === undefined && { path }),
        ...(!fits(target, 100) && { linkpath: target }),
        ...(size > MAX_SIZE && { size: String(size) }),
        ...(uid > MAX_ID && { uid: String(uid) }),
        ...(gid > MAX_ID && { gid: String(gid) }),
        ...((mtime < 0 || mtime > MAX_SIZE) && { mtime: String(mtime) }),
    };
    const fields = {
        mode,
        uid: uid > MAX_ID ? 0 : uid,
        gid: gid > MAX_ID ? 0 : gid,
        size: size > MAX_SIZE ? 0 : size,
        mtime: mtime < 0 || mtime > MAX_SIZE ? 0 : mtime,
        target: fits(target, 100) ? target : '',
    };
    const header = headerOf({ ...fields, ...(place ?? { prefix: '', name: ascii(path) }), type });
    const pax = Buffer.from(Object.entries(records).map(paxRecord).join(''));
    if (pax.length === 0)
        return header;
    const paxHeader = headerOf({
        ...{ prefix: '', name: 'PaxHeader', type: 'pax', mode: 0o644, uid: 0, gid: 0, target: '' },
        size: pax.length,
        mtime: fields.mtime,
    });
    const padding = Buffer.alloc((tar_BLOCK_BYTES - (pax.length % tar_BLOCK_BYTES)) % tar_BLOCK_BYTES);
    return Buffer.concat([paxHeader, pax, padding, header]);
}
/** Name and prefix, between which a slash is dropped; undefined when there is no way to divide the path. */
function placeOf(path) {
    if (fits(path, 100))
        return { prefix: '', name: path };
    if (!fits(path, 256))
        return undefined;
    const slash = path.indexOf('/', path.length - 101);
    const [prefix, name] = [path.slice(0, slash), path.slice(slash + 1)];
    return slash > 0 && name !== '' && prefix.length <= 155 ? { prefix, name } : undefined;
}
function fits(text, bytes) {
    return text.length <= bytes && isAscii(text);
}
function isAscii(text) {
    return Buffer.byteLength(text) === text.length;
}
/** For readers that know no pax: something readable, never longer than the field. */
function ascii(path) {
    return (isAscii(path) ? path : path.replace(/[^\x20-\x7e]/gu, '_')).slice(0, 100);
}
function headerOf({ prefix, name, type, mode, uid, gid, size, mtime, target }) {
    const header = Buffer.alloc(tar_BLOCK_BYTES);
    const octal = (value, at, digits) => header.write(`${value.toString(8).padStart(digits, '0')}\0`, at, 'latin1');
    header.write(name, 0, 'latin1');
    octal(mode & 0o7777, 100, 7);
    octal(uid, 108, 7);
    octal(gid, 116, 7);
    octal(size, 124, 11);
    octal(mtime, 136, 11);
    header.write(TYPES[type], 156, 'latin1');
    header.write(target, 157, 'latin1');
    header.write('ustar\x0000', 257, 'latin1');
    octal(0, 329, 7);
    octal(0, 337, 7);
    header.write(prefix, 345, 'latin1');
    // The checksum counts its own field as blanks.
    header.fill(' ', 148, 156);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    return header;
}
/** `length key=value` and a line feed; the length counts itself. */
function paxRecord([key, value]) {
    const rest = ` ${key}=${value}\n`;
    const bytes = Buffer.byteLength(rest);
    const digits = String(bytes + String(bytes).length).length;
    return `${bytes + digits}${rest}`;
}

// EXTERNAL MODULE: ./packages/shared/src/oci/codes.ts
var codes = __webpack_require__(6271);
;// CONCATENATED MODULE: ./packages/shared/src/oci/layer.ts
/** Reproducible image layers: sorted entries, fixed times, an entry for every directory on the way. */









/** Directories that every image has, and that are not 0755. */
const SYSTEM_MODES = { '/tmp': 0o1777, '/var/tmp': 0o1777, '/root': 0o700 };
/**
 * The usual rule for `LayerPlan.directory`: below (and at) `home` everything belongs to the image's user, everything
 * else to root.
 */
function directoriesOwnedBelow(home, owner) {
    return (path) => path === home || path.startsWith(`${home}/`) ? owner : { uid: 0, gid: 0, mode: SYSTEM_MODES[path] ?? 0o755 };
}
/**
 * The entries of the layer in the order in which they are written: by name, each directory before what is in it.
 * @throws InputError IMAGE_LAYER_INVALID with every wrong path
 */
function layerEntries(plan) {
    const problems = [];
    const files = new Map();
    const directories = new Set();
    for (const file of plan.files) {
        const problem = files.has(file.path) ? 'is used twice' : pathProblem(file.path);
        if (problem !== undefined) {
            problems.push({ subject: file.path, problem, example: '/home/wso2carbon/lib/driver.jar' });
            continue;
        }
        files.set(file.path, file);
        for (let end = file.path.lastIndexOf('/'); end > 0; end = file.path.lastIndexOf('/', end - 1)) {
            directories.add(file.path.slice(0, end));
        }
    }
    for (const path of files.keys()) {
        if (directories.has(path))
            problems.push({ subject: path, problem: 'is a file and a folder at the same time' });
    }
    if (problems.length > 0)
        throw new errors/* InputError */.dz(codes/* codes */.F.IMAGE_LAYER_INVALID, problems);
    const entries = [
        ...[...directories].map((path) => ({
            name: `${path.slice(1)}/`,
            type: 'directory',
            ...plan.directory(path),
        })),
        ...[...files.values()].map(({ path, uid, gid, mode, content }) => ({
            name: path.slice(1),
            type: 'file',
            uid,
            gid,
            mode,
            content,
        })),
    ];
    // By code unit, never by locale.
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}
function pathProblem(path) {
    if (!path.startsWith('/'))
        return 'is not an absolute path';
    if (path.includes('\0') || path.includes('\\'))
        return 'has a character that a path in an image cannot have';
    const parts = path.slice(1).split('/');
    if (parts.includes('..') || parts.includes('.'))
        return 'has . or .. in it';
    if (parts.includes(''))
        return 'has an empty part in it';
    return parts.some((part) => part.startsWith('.wh.')) ? 'has a name that layers use for deletions (.wh.)' : undefined;
}
/** Read at once from a file that goes into a layer: few calls, and no trail of buffers for the collector. */
const READ_BYTES = 512 * 1024;
/**
 * The content of a file on disk, read only when the layer is written; a chunk is good until the next one is asked for.
 * @throws InputError IMAGE_LAYER_INVALID
 */
async function fileContent(path, shown = path) {
    const found = await (0,promises_.stat)(path).catch((cause) => {
        throw unreadable(shown, `cannot be read: ${(0,errors/* messageOf */.bD)(cause)}`);
    });
    if (!found.isFile())
        throw unreadable(shown, 'is not a file');
    return { length: found.size, open: () => chunksOf(path, Math.min(READ_BYTES, Math.max(1, found.size))) };
}
async function* chunksOf(path, bytes) {
    const file = await (0,promises_.open)(path);
    try {
        const buffer = Buffer.allocUnsafeSlow(bytes);
        for (;;) {
            const { bytesRead } = await file.read(buffer, 0, bytes, null);
            if (bytesRead === 0)
                return;
            yield buffer.subarray(0, bytesRead);
        }
    }
    finally {
        await file.close();
    }
}
/**
 * Writes the layer into `folder` in one pass, in constant memory.
 * The same plan gives the same bytes, in whatever order its files come.
 * @throws InputError IMAGE_LAYER_INVALID
 */
async function buildLayer(plan, folder) {
    return packLayer(layerEntries(plan), plan, folder);
}
/** As `buildLayer`, from entries that are complete and in order. @throws InputError IMAGE_LAYER_INVALID */
async function packLayer(entries, { modified, description }, folder) {
    const tar = (0,digest/* measured */.jh)(writeTar(entries, modified));
    const compressed = (0,digest/* measured */.jh)(gzip(tar.stream));
    const file = (0,external_node_path_.join)(folder, `${(0,external_node_crypto_.randomUUID)()}.tar.gz`);
    await writeInto(file, compressed.stream).catch((cause) => {
        throw unreadable(description, (0,errors/* messageOf */.bD)(cause));
    });
    const size = compressed.measure.size;
    return {
        digest: compressed.measure.digest(),
        diffId: tar.measure.digest(),
        size,
        content: { length: size, open: () => (0,external_node_fs_.createReadStream)(file) },
        description,
        created: modified,
    };
}
const WRITE_BYTES = 256 * 1024;
/** Gathers what is small; while the disk takes something, the thread pool compresses on. */
async function writeInto(path, chunks) {
    const file = await (0,promises_.open)(path, 'wx', 0o600);
    try {
        let [waiting, bytes] = [[], 0];
        for await (const chunk of chunks) {
            waiting.push(chunk);
            bytes += chunk.length;
            if (bytes < WRITE_BYTES)
                continue;
            await writeAll(file, waiting);
            [waiting, bytes] = [[], 0];
        }
        await writeAll(file, waiting);
    }
    finally {
        await file.close();
    }
}
async function writeAll(file, chunks) {
    const bytes = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
    for (let at = 0; at < bytes.length;)
        at += (await file.write(bytes, at)).bytesWritten;
}
function unreadable(subject, problem) {
    return new errors/* InputError */.dz(codes/* codes */.F.IMAGE_LAYER_INVALID, [{ subject, problem }]);
}


/***/ }),

/***/ 8824:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $U: () => (/* binding */ isIndexType),
/* harmony export */   Ap: () => (/* binding */ familyOf),
/* harmony export */   Ib: () => (/* binding */ mediaTypes),
/* harmony export */   Ng: () => (/* binding */ parseManifest),
/* harmony export */   ZJ: () => (/* binding */ MAX_MANIFEST_BYTES),
/* harmony export */   nw: () => (/* binding */ isIndex),
/* harmony export */   o4: () => (/* binding */ parseConfig),
/* harmony export */   qO: () => (/* binding */ ACCEPT_MANIFESTS),
/* harmony export */   vx: () => (/* binding */ creationTime)
/* harmony export */ });
/* unused harmony export imageVariable */
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5026);
/* harmony import */ var _formats_digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1182);
/* harmony import */ var _codes_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6271);
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
        throw invalid(where, 'is in the old schema 1 format, which this action does not read');
    }
    if (document.schemaVersion !== 2)
        throw invalid(where, 'has no schemaVersion 2');
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
        throw invalid(where, 'has a configuration without os and architecture, so it is not a container image');
    }
    const diffIds = isObject(rootfs) ? rootfs.diff_ids : undefined;
    if (!Array.isArray(diffIds) || !diffIds.every((id) => typeof id === 'string' && (0,_formats_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .isDigest */ .Bc)(id))) {
        throw invalid(where, 'has a configuration without rootfs.diff_ids');
    }
    if (diffIds.length !== manifest.layers.length) {
        throw invalid(where, `has ${manifest.layers.length} layers and ${diffIds.length} diff ids`);
    }
    return document;
}
/** The value of an environment variable that the image sets. */
function imageVariable(config, name) {
    return config.config?.Env?.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
function objectOf(bytes, where, what) {
    if (bytes.length > MAX_MANIFEST_BYTES)
        throw invalid(where, `has a ${what} larger than 4 MiB`);
    let document;
    try {
        document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    }
    catch (cause) {
        throw invalid(where, `has a ${what} that is not JSON`, cause);
    }
    if (!isObject(document))
        throw invalid(where, `has a ${what} that is not a JSON object`);
    return document;
}
function descriptors(value, where, field) {
    if (!Array.isArray(value))
        throw invalid(where, `has a manifest without ${field}`);
    return value.map((item, index) => descriptor(item, where, `${field}[${index}]`));
}
function descriptor(value, where, field) {
    if (!isObject(value))
        throw invalid(where, `has a manifest without ${field}`);
    const { mediaType, digest, size } = value;
    if (typeof mediaType !== 'string')
        throw invalid(where, `has no mediaType in ${field}`);
    if (typeof digest !== 'string' || !(0,_formats_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .isDigest */ .Bc)(digest))
        throw invalid(where, `has no valid digest in ${field}`);
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
        throw invalid(where, `has no valid size in ${field}`);
    }
    return value;
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function invalid(where, problem, cause) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .VerificationError */ .mk(_codes_js__WEBPACK_IMPORTED_MODULE_2__/* .codes */ .F.IMAGE_MANIFEST_INVALID, `${where} ${problem}`, { cause });
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
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(_codes_js__WEBPACK_IMPORTED_MODULE_2__/* .codes */ .F.IMAGE_EPOCH_INVALID, [{ subject: 'SOURCE_DATE_EPOCH', problem, example: '1767225600' }]);
    }
    return new Date(seconds * 1000);
}


/***/ }),

/***/ 7098:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ge: () => (/* binding */ openLanes),
/* harmony export */   HN: () => (/* binding */ inParallel),
/* harmony export */   bn: () => (/* binding */ allOf)
/* harmony export */ });
/** Work beside other work, never more than a limit of it at the same time. */
function openLanes(limit) {
    let free = limit;
    let failure;
    const waiting = [];
    return {
        async run(task) {
            if (free > 0)
                free -= 1;
            else
                await new Promise((start) => waiting.push(start));
            try {
                if (failure !== undefined)
                    throw failure.error;
                return await task();
            }
            catch (error) {
                failure ??= { error };
                throw error;
            }
            finally {
                const next = waiting.shift();
                if (next === undefined)
                    free += 1;
                else
                    next();
            }
        },
    };
}
/** The results in the order of the work; waits for all of it, then throws the first failure in that order. */
async function allOf(work) {
    const outcomes = await Promise.allSettled(work);
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined)
        throw failed.reason;
    return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
}
/**
 * Runs a task for every item, at most `limit` at the same time, and gives the results in the order of the items.
 * After a failure nothing new is started; the first failure is thrown when all that was running has ended.
 */
async function inParallel(items, limit, task) {
    const lanes = openLanes(limit);
    return allOf(items.map((item) => lanes.run(() => task(item))));
}


/***/ }),

/***/ 9054:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bq: () => (/* binding */ formatPlatform),
/* harmony export */   FL: () => (/* binding */ parsePlatform),
/* harmony export */   J5: () => (/* binding */ platformMatches)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5026);
/* harmony import */ var _codes_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6271);
/** Platforms as the image specification names them: os/architecture[/variant]. */


/** Other names that people and machines use for the same architecture. */
const ALIASES = { x86_64: 'amd64', x64: 'amd64', aarch64: 'arm64' };
/** @throws InputError IMAGE_PLATFORM_INVALID when the text is not os/architecture[/variant]. */
function parsePlatform(text, subject = 'platforms') {
    const match = /^([a-z0-9]+)\/([a-z0-9_]+)(?:\/([a-z0-9]+))?$/.exec(text.trim());
    const [, os, architecture, variant] = match ?? [];
    if (os === undefined || architecture === undefined) {
        const problem = `${JSON.stringify(text)} is not a platform`;
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(_codes_js__WEBPACK_IMPORTED_MODULE_1__/* .codes */ .F.IMAGE_PLATFORM_INVALID, [{ subject, problem, example: 'linux/amd64' }]);
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


/***/ }),

/***/ 2560:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F2: () => (/* binding */ parseReference),
/* harmony export */   FH: () => (/* binding */ formatReference),
/* harmony export */   TC: () => (/* binding */ credentialKey),
/* harmony export */   j5: () => (/* binding */ defaultScheme),
/* harmony export */   nz: () => (/* binding */ apiHost),
/* harmony export */   qH: () => (/* binding */ tagProblem),
/* harmony export */   vS: () => (/* binding */ manifestName)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5026);
/* harmony import */ var _formats_digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1182);
/* harmony import */ var _codes_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6271);
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
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(_codes_js__WEBPACK_IMPORTED_MODULE_2__/* .codes */ .F.IMAGE_REFERENCE_INVALID, [{ subject, problem: reference, example: EXAMPLE }]);
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
    if (digest !== undefined && !(0,_formats_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .isDigest */ .Bc)(digest)) {
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


/***/ }),

/***/ 1750:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  c: () => (/* binding */ openRegistries)
});

// UNUSED EXPORTS: Connection

// EXTERNAL MODULE: ./packages/shared/src/base/errors.ts
var errors = __webpack_require__(5026);
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

// EXTERNAL MODULE: ./packages/shared/src/oci/codes.ts
var codes = __webpack_require__(6271);
// EXTERNAL MODULE: ./packages/shared/src/oci/failure.ts
var failure = __webpack_require__(6599);
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
            alsoTransient: failure/* PASSING */.KA,
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
            throw (0,failure/* protocolError */.JW)('GET', base, `its token service ${JSON.stringify(text)} is not a URL`);
        }
        if (base.protocol === 'https:' && realm.protocol !== 'https:') {
            throw (0,failure/* protocolError */.JW)('GET', base, `its token service ${(0,failure/* shownUrl */.zA)(realm)} is not protected by TLS`);
        }
        return realm;
    }
    #refused(method, response, credentials) {
        if (response.status !== 401 && response.status !== 403 && response.status !== 400) {
            return (0,failure/* refusal */.x5)(method, response, response.text(), 'give a token');
        }
        const words = (0,failure/* registryWords */.lz)(response.text());
        const whose = credentials === undefined ? 'an anonymous user' : describe(credentials);
        const message = `${this.#options.base.host} gives ${whose} no token: ${response.status}${words && ` ${words}`}`;
        return new errors/* ServiceError */._7(codes/* codes */.F.REGISTRY_UNAUTHORIZED, message, {
            method,
            url: (0,failure/* shownUrl */.zA)(response.url),
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
        throw (0,failure/* protocolError */.JW)(method, response.url, 'its token service does not answer in JSON');
    }
    const { token, access_token, expires_in } = (answer ?? {});
    const value = [token, access_token].find((candidate) => typeof candidate === 'string' && candidate !== '');
    if (typeof value !== 'string')
        throw (0,failure/* protocolError */.JW)(method, response.url, 'its token service gives no token');
    return { token: value, lifeSeconds: typeof expires_in === 'number' && expires_in > 0 ? expires_in : DEFAULT_LIFE_S };
}
function basic(credentials) {
    const pair = credentials.kind === 'password' ? `${credentials.username}:${credentials.password}` : `:${credentials.token}`;
    return `Basic ${Buffer.from(pair).toString('base64')}`;
}
function describe(credentials) {
    return credentials.kind === 'password' ? `the user ${credentials.username}` : 'the stored login';
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./packages/shared/src/base/text.ts
var base_text = __webpack_require__(3282);
// EXTERNAL MODULE: ./packages/shared/src/oci/reference.ts
var reference = __webpack_require__(2560);
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
    const key = (0,reference/* credentialKey */.TC)(registry);
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
        throw unreadable(path, `cannot be read: ${(0,errors/* messageOf */.bD)(cause)}`);
    }
    try {
        const document = JSON.parse(text);
        if (typeof document === 'object' && document !== null)
            return document;
    }
    catch {
        // The parser's message quotes the file, which holds passwords: it is not passed on.
    }
    throw unreadable(path, 'is not a JSON object');
}
/** The entry for a registry, under any of the spellings that docker login has used over the years. */
function byRegistry(entries, registry) {
    if (entries === undefined)
        return undefined;
    const wanted = hostOf((0,reference/* credentialKey */.TC)(registry));
    const exact = entries[(0,reference/* credentialKey */.TC)(registry)] ?? entries[registry];
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
        throw unreadable(path, `has an auth entry for ${registry} that is not user:password in base64`);
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
    const fail = (problem) => new errors/* ToolError */.v4(codes/* codes */.F.REGISTRY_CREDENTIAL_HELPER, `${command} gave no credentials for ${key}: ${problem}`, {
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
function unreadable(path, problem) {
    return new errors/* InputError */.dz(codes/* codes */.F.REGISTRY_CREDENTIALS_UNREADABLE, [{ subject: path, problem }]);
}

// EXTERNAL MODULE: ./packages/shared/src/oci/repository.ts
var oci_repository = __webpack_require__(8169);
;// CONCATENATED MODULE: ./packages/shared/src/oci/registry.ts





/** All registries of a step: one set of credentials and tokens for each. Nothing is sent yet. */
function openRegistries(ports, options = {}) {
    const connections = new Map();
    return {
        repository({ registry, repository }, access) {
            const connection = connections.get(registry) ?? new Connection(registry, options, ports);
            connections.set(registry, connection);
            return new oci_repository/* Repository */.L(connection, repository, access);
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
        this.base = new URL(`${(0,reference/* defaultScheme */.j5)(registry)}://${(0,reference/* apiHost */.nz)(registry)}/v2/`);
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
            alsoTransient: failure/* PASSING */.KA,
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


/***/ }),

/***/ 8169:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ checkAnnounced),
/* harmony export */   L: () => (/* binding */ Repository)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5026);
/* harmony import */ var _formats_digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1182);
/* harmony import */ var _codes_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6271);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6599);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8824);
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
            headers: { accept: _manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .ACCEPT_MANIFESTS */ .qO },
            maxBytes: _manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .MAX_MANIFEST_BYTES */ .ZJ,
        });
        if (response.status === 404)
            return undefined;
        if (response.status !== 200)
            throw (0,_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .refusal */ .x5)('GET', response, response.text(), `give ${this.#here(name)}`);
        const announced = response.headers['docker-content-digest'];
        const digest = (0,_formats_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .digestOf */ .ol)(response.body, (0,_formats_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .algorithmOf */ .Hy)((0,_formats_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .isDigest */ .Bc)(name) ? name : (announced ?? '')));
        for (const expected of [(0,_formats_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .isDigest */ .Bc)(name) ? name : digest, announced ?? digest]) {
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
            headers: { accept: _manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .ACCEPT_MANIFESTS */ .qO },
        });
        if (response.status === 404)
            return false;
        if (response.status !== 200)
            throw (0,_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .refusal */ .x5)('HEAD', response, '', `say whether it has ${this.#here(name)}`);
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
            throw (0,_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .refusal */ .x5)('PUT', response, response.text(), `take ${this.#here(name)}`);
        checkAnnounced(response, document.digest, this.#of(name));
        return { subjectKnown: response.headers['oci-subject'] !== undefined };
    }
    async hasBlob(digest) {
        const response = await this.send({ method: 'HEAD', url: `${this.name}/blobs/${digest}` });
        if (response.status === 404)
            return false;
        if (response.status !== 200)
            throw (0,_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .refusal */ .x5)('HEAD', response, '', `say whether it has ${this.#here(digest)}`);
        return true;
    }
    /** A small blob (a configuration) in memory. @throws ServiceError; VerificationError IMAGE_CONTENT_MISMATCH */
    async readBlob({ digest }) {
        const response = await this.send({
            method: 'GET',
            url: `${this.name}/blobs/${digest}`,
            maxBytes: _manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .MAX_MANIFEST_BYTES */ .ZJ,
        });
        if (response.status !== 200)
            throw (0,_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .refusal */ .x5)('GET', response, response.text(), `give ${this.#here(digest)}`);
        const actual = (0,_formats_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .digestOf */ .ol)(response.body, (0,_formats_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .algorithmOf */ .Hy)(digest));
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
            throw (0,_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .refusal */ .x5)('GET', answer, '', `give ${this.#here(digest)}`);
        }
        const { stream, measure } = (0,_formats_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .measured */ .jh)(answer.body, (0,_formats_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .algorithmOf */ .Hy)(digest));
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
            throw (0,_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .refusal */ .x5)('POST', response, response.text(), `open an upload to ${this.name}`);
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
            throw (0,_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .protocolError */ .JW)('POST', answer.url, 'it opened an upload and does not say where');
        const { base } = this.#connection;
        if (base.protocol === 'https:' && url.protocol !== 'https:') {
            if (url.hostname !== base.hostname) {
                throw (0,_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .protocolError */ .JW)('POST', answer.url, `it wants uploads sent to ${url.host} without TLS`);
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
        return `${this.name}${(0,_formats_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .isDigest */ .Bc)(name) ? '@' : ':'}${name}`;
    }
}
/** The digest that a registry announces for what it has stored must be the one that was sent. */
function checkAnnounced(answer, digest, what) {
    const announced = answer.headers['docker-content-digest'];
    if (announced !== undefined && (0,_formats_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .isDigest */ .Bc)(announced) && (0,_formats_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .algorithmOf */ .Hy)(announced) === (0,_formats_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .algorithmOf */ .Hy)(digest)) {
        if (announced !== digest)
            throw mismatch(`${what} was sent as ${digest} and stored as ${announced}`);
    }
}
function mismatch(message) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .VerificationError */ .mk(_codes_js__WEBPACK_IMPORTED_MODULE_2__/* .codes */ .F.IMAGE_CONTENT_MISMATCH, message);
}


/***/ }),

/***/ 7318:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  H: () => (/* binding */ putBlob)
});

// EXTERNAL MODULE: ./packages/shared/src/base/errors.ts
var errors = __webpack_require__(5026);
// EXTERNAL MODULE: ./packages/shared/src/base/retry.ts
var retry = __webpack_require__(6207);
// EXTERNAL MODULE: ./packages/shared/src/oci/failure.ts
var failure = __webpack_require__(6599);
;// CONCATENATED MODULE: ./packages/shared/src/oci/chunked.ts
/** A large blob in chunks: after a failure the registry is asked what it has, and gets the rest and nothing twice. */



/** Held in memory, two a running upload: one that is sent and one that is read. */
const CHUNK_BYTES = 16 * 1024 * 1024;
/** From here on a lost connection costs more than a few more requests do. */
const CHUNKED_FROM_BYTES = 96 * 1024 * 1024;
/** A registry may ask for larger chunks, but not for as much memory as it likes. */
const LARGEST_CHUNK_BYTES = 128 * 1024 * 1024;
const ATTEMPTS = 4;
/** Registries store a large blob before they answer; some take long. */
const COMMIT_TIMEOUT_MS = 300_000;
/** The session is gone, or holds something else than was sent: only a new one helps. */
class SessionLost extends Error {
    /** What the registry said before. */
    error;
    constructor(error) {
        super(error.message);
        this.error = error;
    }
}
/** The registry takes no chunks: the blob has to come in one piece. */
class ChunksRefused extends Error {
}
/** Whether a failure says "not now": no answer at all, or a server's. */
function mayPass({ status }) {
    return status === undefined || (0,retry/* isTransient */.dg)({ status }, failure/* PASSING */.KA);
}
/**
 * Sends the content and commits it.
 * @throws ServiceError; SessionLost, ChunksRefused: nothing is lost then but this session
 */
async function uploadInChunks(target, blob, session, chunkBytes = CHUNK_BYTES) {
    const size = Math.min(Math.max(chunkBytes, session.minimumChunk ?? 0), LARGEST_CHUNK_BYTES);
    let { location } = session;
    let start = 0;
    for await (const chunk of chunksOf(blob.open(), size)) {
        location = await sendChunk(target, chunk, start, location);
        start += chunk.length;
    }
    await commit(target, blob, location);
}
/** Gives the location for the next request. */
async function sendChunk(target, chunk, start, from) {
    const doing = `take a part of a blob of ${target.name}`;
    let location = from;
    let offset = 0;
    for (let failures = 0;;) {
        const rest = chunk.subarray(offset);
        const first = start + offset;
        const outcome = await attempt(target, {
            method: 'PATCH',
            url: location,
            headers: {
                'content-type': 'application/octet-stream',
                'content-range': `${first}-${first + rest.length - 1}`,
            },
            body: rest,
        });
        if (isSuccess(outcome))
            return nextLocation(target, outcome, location);
        const error = errorOf('PATCH', outcome, doing);
        // 416 says "not from there": the answer to where from follows.
        if (!mayPass(error) && error.status !== 416) {
            if (error.status === 404)
                throw new SessionLost(error);
            // Registries that know no chunks say so at the first or the second one.
            throw error.status === 405 || start <= chunk.length ? new ChunksRefused(error.message) : error;
        }
        failures += 1;
        if (failures === ATTEMPTS)
            throw error;
        await pauseFor(target, outcome, failures, doing);
        const status = await askUpload(target, location);
        const received = status === undefined ? -1 : status.received - start;
        if (status === undefined || received < 0 || received > chunk.length)
            throw new SessionLost(error);
        target.ports.log.info(`Upload interrupted (${error.message}); the registry has ${status.received} bytes of it`);
        if (received > offset)
            failures = 0;
        offset = received;
        location = status.location;
        if (offset === chunk.length)
            return location;
    }
}
/** Closes the session. After a failure: is the blob there? Is the session whole? Only then it is asked again. */
async function commit(target, { digest, size }, from) {
    const doing = `take a blob of ${target.name}`;
    let location = from;
    for (let failures = 1;; failures += 1) {
        const url = new URL(location);
        url.searchParams.set('digest', digest);
        const outcome = await attempt(target, {
            method: 'PUT',
            url,
            headers: { 'content-type': 'application/octet-stream' },
            body: Buffer.alloc(0),
        });
        if (isSuccess(outcome))
            return;
        const error = errorOf('PUT', outcome, doing);
        if (!mayPass(error))
            throw new SessionLost(error);
        if (failures < ATTEMPTS)
            await pauseFor(target, outcome, failures, doing);
        if (await target.hasBlob(digest))
            return;
        if (failures === ATTEMPTS)
            throw error;
        const status = await askUpload(target, location);
        if (status?.received !== size)
            throw new SessionLost(error);
        location = status.location;
    }
}
async function attempt(target, sending) {
    try {
        return await target.send({ ...sending, url: sending.url.toString(), attempts: 1, timeoutMs: COMMIT_TIMEOUT_MS });
    }
    catch (error) {
        if (error instanceof errors/* ServiceError */._7)
            return error;
        throw error;
    }
}
function isSuccess(outcome) {
    return !(outcome instanceof errors/* ServiceError */._7) && [201, 202, 204].includes(outcome.status);
}
function nextLocation(target, answer, location) {
    return answer.headers.location === undefined ? location : target.session(answer).location;
}
function errorOf(method, outcome, doing) {
    return outcome instanceof errors/* ServiceError */._7 ? outcome : (0,failure/* refusal */.x5)(method, outcome, outcome.text(), doing);
}
async function pauseFor(target, outcome, failures, doing) {
    const { clock, cancelled } = target.ports;
    const after = outcome instanceof errors/* ServiceError */._7 ? undefined : (0,retry/* parseRetryAfter */.mu)(outcome.headers['retry-after'], clock.now());
    const pause = (0,retry/* pauseBefore */.GB)(failures + 1, Math.random(), after);
    if (pause === undefined)
        throw errorOf('PATCH', outcome, doing);
    await clock.sleep(pause, cancelled);
}
/** What the registry has of an upload; undefined when it does not know it any more. */
async function askUpload(target, location) {
    const response = await target.send({ method: 'GET', url: location.toString() });
    // 404 by the specification; others refuse the old state that the location carries.
    if (response.status >= 400 && response.status < 500)
        return undefined;
    if (response.status !== 204 && response.status !== 200) {
        throw (0,failure/* refusal */.x5)('GET', response, response.text(), `say how far an upload to ${target.name} is`);
    }
    const end = Number(/^(?:bytes=)?0-(\d+)$/.exec(response.headers.range ?? '')?.[1] ?? 0);
    // "0-0" is how registries write "nothing yet".
    const received = end === 0 ? 0 : end + 1;
    return { received, location: nextLocation(target, response, location) };
}
/**
 * The content in pieces of one size, the last one shorter. The next piece is read while one is being sent; a piece is
 * good until the one after it is asked for.
 */
async function* chunksOf(source, size) {
    const iterator = source[Symbol.asyncIterator]();
    let left = Buffer.alloc(0);
    const fill = async (buffer) => {
        let filled = 0;
        while (filled < buffer.length) {
            if (left.length === 0) {
                const step = await iterator.next();
                if (step.done === true)
                    break;
                left = step.value;
            }
            const part = left.subarray(0, buffer.length - filled);
            buffer.set(part, filled);
            filled += part.length;
            left = left.subarray(part.length);
        }
        return buffer.subarray(0, filled);
    };
    let [reading, sending] = [Buffer.allocUnsafeSlow(size), Buffer.allocUnsafeSlow(0)];
    try {
        for (let chunk = await fill(reading); chunk.length > 0;) {
            if (sending.length === 0)
                sending = Buffer.allocUnsafeSlow(size);
            [reading, sending] = [sending, reading];
            const next = chunk.length < size ? Promise.resolve(Buffer.alloc(0)) : fill(reading);
            // Heard when its turn comes; when sending fails, nobody waits for it.
            next.catch(() => undefined);
            yield chunk;
            chunk = await next;
        }
    }
    finally {
        iterator.return?.().catch(() => undefined);
    }
}

// EXTERNAL MODULE: ./packages/shared/src/oci/repository.ts
var repository = __webpack_require__(8169);
;// CONCATENATED MODULE: ./packages/shared/src/oci/upload.ts
/** Getting one blob into a repository: not at all where it exists, mounted where possible, else uploaded. */





const upload_ATTEMPTS = 4;
const USUAL = { fromBytes: CHUNKED_FROM_BYTES, chunkBytes: CHUNK_BYTES };
/** Error codes that say "this session is broken", not "this blob is refused". */
const SESSION_CODES = new Set(['BLOB_UPLOAD_UNKNOWN', 'BLOB_UPLOAD_INVALID', 'DIGEST_INVALID', 'SIZE_INVALID']);
/**
 * Puts a blob where it belongs. A failed upload is never sent again into the same session: the registry may have
 * stored it and lost the answer, or hold a part of it. It is asked whether it has the blob, and if not, starts afresh.
 * @param mountFrom a repository of the same registry that has the blob
 * @throws ServiceError; VerificationError IMAGE_CONTENT_MISMATCH
 */
async function putBlob(target, blob, mountFrom, { fromBytes, chunkBytes } = USUAL) {
    if (await target.hasBlob(blob.digest))
        return 'present';
    let session;
    if (mountFrom !== undefined) {
        const answer = await tryMount(target, blob, mountFrom);
        if (answer === 'mounted')
            return 'mounted';
        session = answer;
    }
    const { clock, log, cancelled } = target.ports;
    let chunks = blob.size >= fromBytes;
    for (let attempt = 1;; attempt += 1) {
        const failure = await upload(target, blob, session, chunks ? chunkBytes : undefined);
        if (failure === undefined)
            return 'uploaded';
        if (failure === 'in-one-piece') {
            log.debug(`${target.fullName} takes no chunks`);
            session = undefined;
            chunks = false;
            continue;
        }
        session = undefined;
        if (!failure.again)
            throw failure.error;
        const pause = attempt < upload_ATTEMPTS ? (0,retry/* pauseBefore */.GB)(attempt + 1, Math.random(), failure.retryAfterMs) : undefined;
        if (pause !== undefined) {
            log.info(`Upload of ${blob.digest} failed (${failure.error.message}); attempt ${attempt + 1} of ${upload_ATTEMPTS}`);
            await clock.sleep(pause, cancelled);
        }
        if (await target.hasBlob(blob.digest))
            return 'uploaded';
        if (pause === undefined)
            throw failure.error;
    }
}
/** A refused or failed mount costs bytes, not the image: whatever goes wrong, the blob can still be uploaded. */
async function tryMount(target, blob, from) {
    try {
        return await target.mountBlob(blob.digest, from);
    }
    catch (error) {
        if (!(error instanceof errors/* ServiceError */._7))
            throw error;
        target.ports.log.debug(`Mount of ${blob.digest} from ${from} failed: ${error.message}`);
        return undefined;
    }
}
async function upload(target, blob, session, chunkBytes) {
    let response;
    // The HTTP client reports a body that fails as a broken request to the target; whose fault it was is kept here.
    let source;
    async function* content() {
        try {
            yield* blob.open();
        }
        catch (error) {
            source = { error };
            throw error;
        }
    }
    try {
        const opened = session ?? (await target.openUpload());
        if (chunkBytes !== undefined) {
            await uploadInChunks(target, { ...blob, open: content }, opened, chunkBytes);
            return undefined;
        }
        const url = new URL(opened.location);
        url.searchParams.set('digest', blob.digest);
        response = await target.send({
            method: 'PUT',
            url: url.toString(),
            headers: { 'content-type': 'application/octet-stream' },
            body: { length: blob.size, open: content },
            attempts: 1,
            timeoutMs: COMMIT_TIMEOUT_MS,
        });
    }
    catch (thrown) {
        if (thrown instanceof ChunksRefused)
            return 'in-one-piece';
        if (thrown instanceof SessionLost)
            return { error: thrown.error, again: true };
        const error = source === undefined ? thrown : source.error;
        if (!(error instanceof errors/* ServiceError */._7))
            throw error;
        return { error, again: mayPass(error) };
    }
    if (response.status === 201 || response.status === 204) {
        (0,repository/* checkAnnounced */.A)(response, blob.digest, `a blob of ${target.fullName}`);
        return undefined;
    }
    const body = response.text();
    const error = (0,failure/* refusal */.x5)('PUT', response, body, `take a blob of ${target.name}`);
    return {
        error,
        again: mayPass(error) || (0,failure/* registryCodes */.u6)(body).some((code) => SESSION_CODES.has(code)),
        retryAfterMs: (0,retry/* parseRetryAfter */.mu)(response.headers['retry-after'], target.ports.clock.now()),
    };
}


/***/ })

};
