export const id = 113;
export const ids = [113];
export const modules = {

/***/ 5113:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  attachDocuments: () => (/* binding */ attachDocuments)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./packages/shared/src/formats/malformed.ts
var malformed = __webpack_require__(9529);
// EXTERNAL MODULE: ./packages/shared/src/formats/zip.ts
var zip = __webpack_require__(1335);
// EXTERNAL MODULE: ./packages/shared/src/mi/artifact-kinds.ts
var artifact_kinds = __webpack_require__(2724);
;// CONCATENATED MODULE: ./packages/shared/src/mi/sbom.ts
/** What carbon applications are made of, as a CycloneDX document: artifacts, connectors, and the jars in them. */





/** A connector has dozens of jars at most; the bounds keep a hostile one from filling the memory. */
const LIMITS = { maxEntries: 5_000, maxBytes: 256 * 1024 * 1024 };
/**
 * The document. The same applications give the same bytes.
 * @param image registry/repository, and the version if there is one; the digest is not known yet and not part of it
 */
async function sbomOf(cars, jars, image) {
    const components = [
        ...(await Promise.all(cars.map(applicationOf))),
        ...(await Promise.all(jars.map(({ path, bytes }) => jarComponent(path, path, bytes)))),
    ];
    const content = {
        metadata: {
            component: {
                type: 'container',
                'bom-ref': 'image',
                name: image.name,
                ...(image.version !== undefined && { version: image.version }),
            },
            tools: { components: [{ type: 'application', name: 'wso2-delivery build-mi' }] },
        },
        components,
        dependencies: [
            { ref: 'image', dependsOn: components.map((component) => component['bom-ref']) },
            ...components.flatMap(dependenciesOf),
        ],
    };
    return {
        bomFormat: 'CycloneDX',
        specVersion: '1.5',
        serialNumber: `urn:uuid:${uuidOf(JSON.stringify(content))}`,
        version: 1,
        ...content,
    };
}
function dependenciesOf(component) {
    const parts = component.components ?? [];
    if (parts.length === 0)
        return [];
    return [
        { ref: component['bom-ref'], dependsOn: parts.map((part) => part['bom-ref']) },
        ...parts.flatMap(dependenciesOf),
    ];
}
async function applicationOf(car) {
    const ref = `car:${car.name}@${car.version}`;
    return {
        type: 'application',
        'bom-ref': ref,
        name: car.name,
        version: car.version,
        description: 'carbon application',
        components: await Promise.all(car.artifacts.map((artifact) => artifactComponent(artifact, ref))),
    };
}
async function artifactComponent(artifact, above) {
    const { name, version, type, payload, file, folder } = artifact;
    const ref = `${above}/${folder}`;
    const isLibrary = type === 'synapse/lib' || type.startsWith('lib/');
    const inside = payload === undefined ? [] : type === 'synapse/lib' ? await jarsOf(payload, ref) : [];
    const coordinates = payload !== undefined && file?.endsWith('.jar') === true ? await coordinatesOf(payload) : undefined;
    return {
        type: isLibrary ? 'library' : 'file',
        'bom-ref': ref,
        ...(coordinates !== undefined && { group: coordinates.group }),
        name,
        version,
        ...(coordinates !== undefined && { purl: purlOf(coordinates) }),
        description: (0,artifact_kinds/* nounOf */.a2)(type),
        ...(payload !== undefined && { hashes: hashesOf(payload) }),
        ...(inside.length > 0 && { components: inside }),
    };
}
async function jarsOf(connector, above) {
    const entries = await contentOf(connector);
    return Promise.all(entries
        .filter(({ name }) => name.endsWith('.jar'))
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map(({ name, data }) => jarComponent(name, `${above}/${name}`, data)));
}
async function jarComponent(path, ref, bytes) {
    const coordinates = await coordinatesOf(bytes);
    const hashes = hashesOf(bytes);
    if (coordinates === undefined)
        return { type: 'library', 'bom-ref': ref, name: (0,external_node_path_.basename)(path), hashes };
    const { group, name, version } = coordinates;
    return { type: 'library', 'bom-ref': ref, group, name, version, purl: purlOf(coordinates), hashes };
}
/** What Maven wrote into a jar about itself; undefined when nothing, or of several at once (a shaded jar). */
async function coordinatesOf(jar) {
    const entries = await contentOf(jar);
    const found = entries.filter(({ name }) => /^META-INF\/maven\/[^/]+\/[^/]+\/pom\.properties$/.test(name));
    const [only] = found;
    if (only === undefined || found.length > 1)
        return undefined;
    const read = (key) => new RegExp(`^${key}\\s*=\\s*(.*?)\\s*$`, 'm').exec(only.data.toString('utf8'))?.[1];
    const [group, name, version] = [read('groupId'), read('artifactId'), read('version')];
    return group === undefined || name === undefined || version === undefined ? undefined : { group, name, version };
}
/** A file that is no archive is a component all the same. */
async function contentOf(archive) {
    try {
        return await (0,zip/* readZip */.ue)(archive, LIMITS);
    }
    catch (error) {
        if (error instanceof malformed/* MalformedError */.G)
            return [];
        throw error;
    }
}
function purlOf({ group, name, version }) {
    return `pkg:maven/${encodeURIComponent(group)}/${encodeURIComponent(name)}@${encodeURIComponent(version)}`;
}
function hashesOf(bytes) {
    return [{ alg: 'SHA-256', content: (0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex') }];
}
/** A UUID (version 8) that depends on the content alone. */
function uuidOf(text) {
    const hex = (0,external_node_crypto_.createHash)('sha256').update(text).digest('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

// EXTERNAL MODULE: ./packages/shared/src/oci/dockerfile/context.ts
var dockerfile_context = __webpack_require__(6523);
;// CONCATENATED MODULE: ./packages/shared/src/oci/provenance.ts
/** Where an image comes from: an in-toto statement with SLSA provenance v1, as GitHub's own build type describes it. */
const PROVENANCE_PREDICATE = 'https://slsa.dev/provenance/v1';
/**
 * The statement. It is not signed: `actions/attest` signs a statement about the same digest.
 * @param image registry/repository and digest of the image
 * @param base the image it was built on, when it is known
 */
function provenanceStatement(image, base, facts) {
    const { repository, sha, ref, serverUrl, runId } = facts;
    const source = repository === undefined ? undefined : `${serverUrl}/${repository}`;
    const workflow = facts.variable('GITHUB_WORKFLOW_REF');
    const [workflowPath] = (workflow ?? '').replace(`${repository ?? ''}/`, '').split('@');
    const attempt = facts.variable('GITHUB_RUN_ATTEMPT') ?? '1';
    return {
        _type: 'https://in-toto.io/Statement/v1',
        subject: [{ name: image.name, digest: digestMap(image.digest) }],
        predicateType: PROVENANCE_PREDICATE,
        predicate: {
            buildDefinition: {
                buildType: 'https://actions.github.io/buildtypes/workflow/v1',
                externalParameters: {
                    workflow: defined({ ref, repository: source, path: workflowPath === '' ? undefined : workflowPath }),
                },
                internalParameters: {
                    github: defined({
                        event_name: facts.variable('GITHUB_EVENT_NAME'),
                        repository_id: facts.variable('GITHUB_REPOSITORY_ID'),
                        repository_owner_id: facts.variable('GITHUB_REPOSITORY_OWNER_ID'),
                        runner_environment: facts.variable('RUNNER_ENVIRONMENT'),
                    }),
                },
                resolvedDependencies: [
                    ...(source === undefined || sha === undefined
                        ? []
                        : [{ uri: `git+${source}${ref === undefined ? '' : `@${ref}`}`, digest: { gitCommit: sha } }]),
                    ...(base === undefined ? [] : [{ uri: `docker://${base.name}`, digest: digestMap(base.digest) }]),
                ],
            },
            runDetails: {
                builder: { id: workflow === undefined ? `${serverUrl}/actions/runner` : `${serverUrl}/${workflow}` },
                metadata: defined({
                    invocationId: source === undefined || runId === undefined
                        ? undefined
                        : `${source}/actions/runs/${runId}/attempts/${attempt}`,
                }),
            },
        },
    };
}
function digestMap(digest) {
    const [algorithm = '', hex = ''] = digest.split(':');
    return { [algorithm]: hex };
}
function defined(record) {
    return Object.fromEntries(Object.entries(record).filter((entry) => entry[1] !== undefined));
}

// EXTERNAL MODULE: ./packages/shared/src/base/errors.ts
var errors = __webpack_require__(5026);
// EXTERNAL MODULE: ./packages/shared/src/formats/digest.ts
var digest = __webpack_require__(1182);
// EXTERNAL MODULE: ./packages/shared/src/oci/codes.ts
var codes = __webpack_require__(6271);
// EXTERNAL MODULE: ./packages/shared/src/oci/failure.ts
var failure = __webpack_require__(6599);
// EXTERNAL MODULE: ./packages/shared/src/oci/manifest.ts
var oci_manifest = __webpack_require__(8824);
// EXTERNAL MODULE: ./packages/shared/src/oci/upload.ts + 1 modules
var upload = __webpack_require__(7318);
;// CONCATENATED MODULE: ./packages/shared/src/oci/referrers.ts
/** Documents about an image (SBOM, provenance) beside it in the registry, as OCI referrers. */






/** What tools look for: scanners and `cosign download sbom`, and everything that reads in-toto statements. */
const documentTypes = {
    cycloneDx: 'application/vnd.cyclonedx+json',
    inToto: 'application/vnd.in-toto+json',
};
const EMPTY = Buffer.from('{}');
const EMPTY_TYPE = 'application/vnd.oci.empty.v1+json';
/** The manifest that ties a document to its subject. Same input, same bytes. */
function referrerManifest({ type, file, bytes, annotations }, subject) {
    const manifest = Buffer.from(JSON.stringify({
        schemaVersion: 2,
        mediaType: oci_manifest/* mediaTypes */.Ib.ociManifest,
        artifactType: type,
        config: { mediaType: EMPTY_TYPE, digest: (0,digest/* digestOf */.ol)(EMPTY), size: EMPTY.length },
        layers: [
            {
                mediaType: type,
                digest: (0,digest/* digestOf */.ol)(bytes),
                size: bytes.length,
                annotations: { ...annotations, 'org.opencontainers.image.title': file },
            },
        ],
        subject: { mediaType: subject.mediaType, digest: subject.digest, size: subject.size },
        annotations,
    }));
    return { mediaType: oci_manifest/* mediaTypes */.Ib.ociManifest, digest: (0,digest/* digestOf */.ol)(manifest), bytes: manifest };
}
/**
 * Attaches a document to a manifest of the same repository, and reads back that the registry lists it. Where the
 * registry has no referrers API, the list is kept under the tag that the specification names for it.
 * @returns the digest of the referrer
 * @throws ServiceError; VerificationError IMAGE_REFERRER_MISSING
 */
async function attach(document, subject, target) {
    const manifest = referrerManifest(document, subject);
    await (0,upload/* putBlob */.H)(target, memoryBlob(EMPTY));
    await (0,upload/* putBlob */.H)(target, memoryBlob(document.bytes));
    const { subjectKnown } = await target.putManifest(manifest.digest, manifest);
    if (!subjectKnown)
        await listUnderTag(document, manifest, subject, target);
    const listed = await listReferrers(subject.digest, target);
    if (!listed.some(({ digest }) => digest === manifest.digest)) {
        throw new errors/* VerificationError */.mk(codes/* codes */.F.IMAGE_REFERRER_MISSING, `${target.fullName}@${manifest.digest} was attached to ${subject.digest}, and the registry does not list it there`);
    }
    return manifest.digest;
}
/** What is attached to a manifest: by the referrers API, else by the tag. @throws ServiceError; VerificationError */
async function listReferrers(digest, target) {
    const response = await target.send({ method: 'GET', url: `${target.name}/referrers/${digest}` });
    if (response.status === 200) {
        const index = (0,oci_manifest/* parseManifest */.Ng)(response.body, oci_manifest/* mediaTypes */.Ib.ociIndex, `${target.fullName} (referrers)`);
        return (0,oci_manifest/* isIndex */.nw)(index) ? index.manifests : [];
    }
    if (response.status !== 404 && response.status !== 405) {
        throw (0,failure/* refusal */.x5)('GET', response, response.text(), `list what is attached to ${digest}`);
    }
    return (await taggedReferrers(digest, target)) ?? [];
}
async function taggedReferrers(digest, target) {
    const tag = referrersTag(digest);
    const found = await target.manifest(tag);
    if (found === undefined)
        return undefined;
    const index = (0,oci_manifest/* parseManifest */.Ng)(found.bytes, found.mediaType, `${target.fullName}:${tag}`);
    return (0,oci_manifest/* isIndex */.nw)(index) ? index.manifests : undefined;
}
/** `sha256-<hex>`, as the distribution specification has it. */
function referrersTag(digest) {
    return digest.replace(':', '-').slice(0, 128);
}
/** Another run may write the same tag at the same time: what was lost is added again. */
async function listUnderTag({ type, annotations }, manifest, subject, target) {
    const own = {
        mediaType: manifest.mediaType,
        digest: manifest.digest,
        size: manifest.bytes.length,
        artifactType: type,
        annotations,
    };
    for (let attempt = 1; attempt <= 3; attempt += 1) {
        const listed = (await taggedReferrers(subject.digest, target)) ?? [];
        if (listed.some(({ digest }) => digest === own.digest))
            return;
        const content = { schemaVersion: 2, mediaType: oci_manifest/* mediaTypes */.Ib.ociIndex, manifests: [...listed, own] };
        const bytes = Buffer.from(JSON.stringify(content));
        await target.putManifest(referrersTag(subject.digest), {
            mediaType: oci_manifest/* mediaTypes */.Ib.ociIndex,
            digest: (0,digest/* digestOf */.ol)(bytes),
            bytes,
        });
    }
}
function memoryBlob(bytes) {
    return {
        digest: (0,digest/* digestOf */.ol)(bytes),
        size: bytes.length,
        async *open() {
            yield await Promise.resolve(bytes);
        },
    };
}

// EXTERNAL MODULE: ./packages/shared/src/oci/registry.ts + 3 modules
var registry = __webpack_require__(1750);
;// CONCATENATED MODULE: ./actions/build-mi/src/attachments.ts
/** SBOM and provenance of the pushed image, beside it in the registry. */










/** Larger ones are listed without a look into them. */
const MAX_JAR_BYTES = 256 * 1024 * 1024;
/** @throws ServiceError; VerificationError IMAGE_REFERRER_MISSING */
async function attachDocuments(request, image, applications, ports) {
    const documents = [];
    if (request.sbom) {
        const cars = applications.map(({ car }) => car);
        const version = cars.length === 1 ? cars[0]?.version : undefined;
        const content = await sbomOf(cars, looseJars(request, ports), { name: image.repository, version });
        const bytes = json(content);
        documents.push(['SBOM', { type: documentTypes.cycloneDx, file: 'sbom.cdx.json', bytes, annotations: {} }]);
    }
    if (request.provenance) {
        const base = image.base === undefined || image.baseDigest === undefined
            ? undefined
            : { name: image.base, digest: image.baseDigest };
        const content = provenanceStatement({ name: image.repository, digest: image.digest }, base, ports.job);
        const annotations = { 'in-toto.io/predicate-type': PROVENANCE_PREDICATE };
        const bytes = json(content);
        documents.push(['provenance', { type: documentTypes.inToto, file: 'provenance.intoto.json', bytes, annotations }]);
    }
    const registries = (0,registry/* openRegistries */.c)(ports, { logins: request.logins, ca: request.ca });
    const target = registries.repository(request.target, 'pull,push');
    const subject = await target.manifest(image.digest);
    if (subject === undefined) {
        throw new errors/* VerificationError */.mk(codes/* codes */.F.IMAGE_TAG_MISMATCH, `${image.repository}@${image.digest} is gone from the registry`);
    }
    const descriptor = { mediaType: subject.mediaType, digest: subject.digest, size: subject.bytes.length };
    const attached = [];
    // One after the other: both may have to write the same list.
    for (const [what, document] of documents) {
        const digest = await attach(document, descriptor, target);
        ports.log.info(`${what} attached: ${image.repository}@${digest}`);
        attached.push({ what, digest });
    }
    return attached;
}
/** The jars of the `files` input. */
function looseJars({ files }, { files: { workspace } }) {
    const context = (0,dockerfile_context/* openContext */.eA)(workspace);
    return files.flatMap(({ source, target }) => (0,dockerfile_context/* matchSource */.NF)(context, source)
        .filter((path) => path.endsWith('.jar') && (0,external_node_fs_.statSync)((0,external_node_path_.join)(workspace, path)).size <= MAX_JAR_BYTES)
        .map((path) => ({
        path: target.endsWith('/') ? `${target}${path.slice(path.lastIndexOf('/') + 1)}` : target,
        bytes: (0,external_node_fs_.readFileSync)((0,external_node_path_.join)(workspace, path)),
    })));
}
function json(content) {
    return Buffer.from(JSON.stringify(content));
}


/***/ })

};
