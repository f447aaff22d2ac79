export const id = 502;
export const ids = [502];
export const modules = {

/***/ 2502:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  carryOutDockerfile: () => (/* binding */ carryOutDockerfile)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./packages/shared/src/base/errors.ts
var errors = __webpack_require__(5026);
// EXTERNAL MODULE: ./packages/shared/src/base/bytes.ts
var bytes = __webpack_require__(5270);
// EXTERNAL MODULE: ./packages/shared/src/mi/base-image.ts
var base_image = __webpack_require__(6949);
// EXTERNAL MODULE: ./packages/shared/src/mi/car.ts
var car = __webpack_require__(1608);
// EXTERNAL MODULE: ./packages/shared/src/mi/codes.ts
var codes = __webpack_require__(28);
// EXTERNAL MODULE: ./packages/shared/src/oci/dockerfile/build.ts + 3 modules
var dockerfile_build = __webpack_require__(5365);
// EXTERNAL MODULE: ./packages/shared/src/oci/dockerfile/known-files.ts
var known_files = __webpack_require__(5705);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
// EXTERNAL MODULE: external "node:stream/promises"
var promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: ./node_modules/tar-stream/index.js
var tar_stream = __webpack_require__(6118);
// EXTERNAL MODULE: ./packages/shared/src/oci/codes.ts
var oci_codes = __webpack_require__(6271);
// EXTERNAL MODULE: ./packages/shared/src/oci/parallel.ts
var parallel = __webpack_require__(7098);
;// CONCATENATED MODULE: ./packages/shared/src/oci/dockerfile/layer-files.ts
/** The file system of a base image, read from its layers: names, owners and modes, and who its users are. */







/** No server image comes near it; a layer made to fill the memory does. */
const MAX_ENTRIES = 1_000_000;
const MAX_ACCOUNTS_BYTES = 1024 * 1024;
const PARALLEL = 3;
const WHITEOUT = '.wh.';
const OPAQUE = '.wh..wh..opq';
/**
 * Reads the names, not the contents, of everything in the image. Downloads all its layers.
 * @throws ServiceError; VerificationError IMAGE_CONTENT_MISMATCH, IMAGE_MANIFEST_INVALID
 */
async function readBaseFiles(image, source) {
    const layers = await (0,parallel/* inParallel */.HN)(image.manifest.layers, PARALLEL, (layer) => readLayer(layer, source));
    const entries = new Map();
    const accounts = new Map();
    for (const layer of layers) {
        for (const path of layer.opaque)
            removeBelow(entries, path);
        for (const path of layer.removed) {
            entries.delete(path);
            removeBelow(entries, path);
        }
        for (const [path, entry] of layer.entries) {
            if (entry.type !== 'directory' && entries.get(path)?.type === 'directory')
                removeBelow(entries, path);
            entries.set(path, entry);
        }
        for (const [path, text] of layer.accounts)
            accounts.set(path, text);
    }
    const users = entries.has('/etc/passwd') ? accountLines(accounts.get('/etc/passwd')) : [];
    const groups = entries.has('/etc/group') ? accountLines(accounts.get('/etc/group')) : [];
    return {
        entry: (path) => entries.get(path),
        user: (name) => {
            const [, , uid, gid] = users.find(([user]) => user === name) ?? [];
            return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
        },
        group: (name) => {
            const [, , gid] = groups.find(([group]) => group === name) ?? [];
            return gid === undefined ? undefined : Number(gid);
        },
    };
}
function removeBelow(entries, path) {
    for (const name of entries.keys())
        if (name.startsWith(`${path}/`))
            entries.delete(name);
}
function accountLines(text = '') {
    return text
        .split('\n')
        .map((line) => line.trim().split(':'))
        .filter(({ length }) => length > 2);
}
async function readLayer(layer, source) {
    const entries = new Map();
    const removed = [];
    const opaque = [];
    const accounts = new Map();
    const archive = (0,tar_stream.extract)();
    const reading = (async () => {
        for await (const file of archive) {
            const { header } = file;
            const path = `/${header.name
                .split('/')
                .filter((part) => part !== '' && part !== '.')
                .join('/')}`;
            if (entries.size + removed.length >= MAX_ENTRIES)
                throw new Error(`has more than ${MAX_ENTRIES} files`);
            const name = path.slice(path.lastIndexOf('/') + 1);
            const folder = path.slice(0, path.lastIndexOf('/'));
            if (name === OPAQUE)
                opaque.push(folder);
            else if (name.startsWith(WHITEOUT))
                removed.push(`${folder}/${name.slice(WHITEOUT.length)}`);
            else if (path !== '/') {
                entries.set(path, entryOf(header));
                if (path === '/etc/passwd' || path === '/etc/group')
                    accounts.set(path, await textOf(file));
            }
            file.resume();
        }
    })();
    const content = external_node_stream_.Readable.from(source.streamBlob(layer));
    const unpack = layer.mediaType.endsWith('zstd') ? (0,external_node_zlib_.createZstdDecompress)() : (0,external_node_zlib_.createGunzip)();
    const plain = layer.mediaType.endsWith('tar');
    try {
        await Promise.all([plain ? (0,promises_.pipeline)(content, archive) : (0,promises_.pipeline)(content, unpack, archive), reading]);
    }
    catch (cause) {
        if (cause instanceof Error && 'code' in cause && 'kind' in cause)
            throw cause;
        const message = `layer ${layer.digest} of ${source.fullName} cannot be read: ${(0,errors/* messageOf */.bD)(cause)}`;
        throw new errors/* VerificationError */.mk(oci_codes/* codes */.F.IMAGE_MANIFEST_INVALID, message, { cause });
    }
    return { entries, removed, opaque, accounts };
}
function entryOf({ type, uid, gid, mode, linkname }) {
    const owner = { uid, gid, mode: mode & 0o7777 };
    if (type === 'directory')
        return { type, ...owner };
    if (type === 'symlink')
        return { type, ...owner, target: linkname };
    return { type: type === 'file' || type === 'link' || type === 'contiguous-file' ? 'file' : 'other', ...owner };
}
async function textOf(file) {
    const parts = [];
    let size = 0;
    for await (const part of file) {
        size += part.length;
        if (size > MAX_ACCOUNTS_BYTES)
            throw new Error('has an /etc/passwd or /etc/group larger than 1 MiB');
        parts.push(part);
    }
    return Buffer.concat(parts).toString('utf8');
}

// EXTERNAL MODULE: ./actions/build-mi/src/image.ts + 2 modules
var src_image = __webpack_require__(4327);
;// CONCATENATED MODULE: ./actions/build-mi/src/dockerfile-image.ts
/** The image that a Dockerfile describes, made without docker, and proven to hold the applications of this build. */










/**
 * Carries the Dockerfile out on the base.
 * @throws InputError DOCKERFILE_INVALID and others; VerificationError IMAGE_CARS_DIFFER; ServiceError
 */
async function carryOutDockerfile({ folder: contextFolder, build }, base, applications, created, folder, { files, log }) {
    const cars = await reproducibleCars(applications, contextFolder);
    const source = base.registries.repository(base.resolved.reference, 'pull');
    const sources = new Map();
    const context = recorded(build.context, cars, sources);
    const built = await (0,dockerfile_build/* buildPlatforms */.H)({ ...build, context }, base.resolved.images, {
        known: () => (0,known_files/* knownBaseFiles */.y)((0,base_image/* miFiles */.CR)(base.image)),
        read: (image, asked) => {
            const size = image.manifest.layers.reduce((sum, layer) => sum + layer.size, 0);
            log.info(`The Dockerfile concerns ${asked} of the base: reading its layers (${(0,bytes/* formatBytes */.z)(size)})`);
            return readBaseFiles(image, source);
        },
        created,
        folder,
    });
    if (built.kind === 'docker')
        return built;
    const copied = carsOf(built, base.image.carbonapps);
    const others = await checkCars({ copied, sources, own: cars, dockerfile: build.file, carbonapps: base.image.carbonapps }, applications, contextFolder, files);
    return {
        ...built,
        applications: [...applications.map(({ car }) => ({ name: car.name, version: car.version })), ...others],
    };
}
/** The applications by their paths in the context, each as `carContent` makes it. */
async function reproducibleCars(applications, context) {
    const copies = await Promise.all(applications.map(async ({ file, entries }) => [
        (0,external_node_path_.relative)(context, file).replaceAll('\\', '/'),
        await (0,src_image/* carContent */.EM)(entries),
    ]));
    return new Map(copies);
}
/** The context with other contents for some paths, and a record of where each content came from. */
function recorded(context, contents, sources) {
    return {
        ...context,
        content(path) {
            const content = contents.get(path) ?? context.content(path);
            sources.set(content, path);
            return content;
        },
    };
}
/** What the Dockerfile puts into the folder for carbon applications: name in the image and content. */
function carsOf({ evaluations }, carbonapps) {
    const entries = (evaluations[0]?.steps ?? []).flatMap((step) => step.entries);
    const cars = entries.filter(({ name, type }) => type === 'file' && `/${(0,external_node_path_.dirname)(name)}` === carbonapps && name.endsWith('.car'));
    return new Map(cars.map(({ name, content }) => [(0,external_node_path_.basename)(name), content]));
}
/** @returns the applications that come from elsewhere: MI will activate them, too */
async function checkCars({ copied, sources, own, dockerfile, carbonapps }, applications, folder, files) {
    const differs = (message) => new errors/* VerificationError */.mk(codes/* codes */.F.IMAGE_CARS_DIFFER, `${dockerfile} ${message}`, { location: { file: dockerfile } });
    const contents = new Set(copied.values());
    const missing = [...own.values()].flatMap((content, index) => (contents.has(content) ? [] : [applications[index]]));
    if (missing.length > 0) {
        const names = missing.map((application) => files.display(application?.file ?? '')).join(', ');
        throw differs(`does not copy ${names} to ${carbonapps}, where the server of this base image reads`);
    }
    const ours = new Set(own.values());
    const others = [];
    for (const [name, content] of copied) {
        if (ours.has(content))
            continue;
        const source = sources.get(content) ?? name;
        if (/(^|\/)target\/[^/]+$/.test(source))
            throw differs(`copies ${source}, which this build did not make`);
        const { name: application, version } = await (0,car/* readCar */.lK)((0,external_node_path_.join)(folder, source), source);
        others.push({ name: application, version });
    }
    return others;
}


/***/ })

};
