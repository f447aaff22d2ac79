export const id = 386;
export const ids = [386];
export const modules = {

/***/ 1386:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  buildNatively: () => (/* binding */ buildNatively)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./packages/shared/src/formats/zip.ts
var zip = __webpack_require__(1335);
// EXTERNAL MODULE: ./packages/shared/src/maven/packaging-without-maven.ts
var packaging_without_maven = __webpack_require__(3115);
// EXTERNAL MODULE: ./packages/shared/src/maven/test-reports.ts + 3 modules
var test_reports = __webpack_require__(3543);
// EXTERNAL MODULE: ./packages/shared/src/maven/user-home.ts
var user_home = __webpack_require__(3742);
// EXTERNAL MODULE: ./packages/shared/src/base/errors.ts
var errors = __webpack_require__(5026);
// EXTERNAL MODULE: ./packages/shared/src/formats/malformed.ts
var malformed = __webpack_require__(9529);
// EXTERNAL MODULE: ./packages/shared/src/formats/xml.ts + 1 modules
var xml = __webpack_require__(4343);
// EXTERNAL MODULE: ./packages/shared/node_modules/js-yaml/dist/js-yaml.mjs
var js_yaml = __webpack_require__(7827);
;// CONCATENATED MODULE: ./packages/shared/src/formats/yaml.ts


/** YAML 1.2 core plus merge keys: `yes` stays a word, dates stay text. kubectl reads 1.1: let it parse what it applies. */
const options = { schema: js_yaml/* CORE_SCHEMA */.OU.withTags(js_yaml/* mergeTag */.LJ), maxDepth: 100, maxAliases: 500 };
/** Parses one document; a text without any (empty, or comments alone) is null. @throws MalformedError with line and column */
function parseYaml(text) {
    const documents = parseYamlDocuments(text);
    if (documents.length > 1)
        throw new malformed/* MalformedError */.G(`holds ${documents.length} documents where one is expected`);
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
            throw new malformed/* MalformedError */.G(error.reason, place(error.mark));
        }
        // The parser asks its callers to expect other exceptions too (js-yaml 5, load).
        throw new malformed/* MalformedError */.G(error instanceof Error ? error.message : String(error));
    }
}
function place(mark) {
    return mark === undefined ? {} : { line: mark.line + 1, column: mark.column + 1 };
}

// EXTERNAL MODULE: ./packages/shared/src/mi/codes.ts
var codes = __webpack_require__(28);
;// CONCATENATED MODULE: ./packages/shared/src/mi/packaging/xml-writing.ts
function xml_writing_element(name, attributes, content = '') {
    return typeof content === 'string'
        ? { name, attributes, text: content, children: [] }
        : { name, attributes, text: '', children: content };
}
/** A document of this root: UTF-8, indented by four blanks. */
function xmlFile(root) {
    return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${write(root, '')}`);
}
function write({ name, attributes, text, children }, indent) {
    const start = `${indent}<${name}${Object.entries(attributes)
        .map(([key, value]) => ` ${key}="${escaped(value, /[&<>"\n\r\t]/g)}"`)
        .join('')}`;
    if (children.length > 0) {
        const inner = children.map((child) => write(child, `${indent}    `)).join('');
        return `${start}>\n${inner}${indent}</${name}>\n`;
    }
    return text === '' ? `${start}/>\n` : `${start}>${escaped(text, /[&<>\r]/g)}</${name}>\n`;
}
const entities = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    '\n': '&#10;',
    '\r': '&#13;',
    '\t': '&#9;',
};
function escaped(value, what) {
    return value.replace(what, (character) => entities[character] ?? character);
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/packaging/part.ts

const integratorRole = 'EnterpriseIntegrator';
/** artifact.xml, the file and the attachments, without entries for folders. */
function entriesOf(part) {
    const { name, version, type, serverRole, connector, folder, fileName, content, attachments = [] } = part;
    const attributes = { name, version, type, serverRole, ...(connector !== undefined && { connector }) };
    return [
        { name: `${folder}/artifact.xml`, data: xmlFile(xml_writing_element('artifact', attributes, [xml_writing_element('file', {}, fileName)])) },
        { name: `${folder}/${fileName}`, data: content },
        ...attachments.map((entry) => ({ name: `${folder}/${entry.name}`, data: entry.data })),
    ];
}
/** The line of artifacts.xml and metadata.xml. */
function dependencyOf({ name: artifact, version, serverRole }) {
    return xml_writing_element('dependency', { artifact, version, include: 'true', serverRole });
}
/** The same entries with one for each folder, as the plugin writes them; of entries of one name the last stays. */
function withFolders(entries) {
    const all = new Map();
    for (const entry of entries) {
        const parts = entry.name.replace(/\/$/, '').split('/').slice(0, -1);
        parts.forEach((_, index) => {
            const name = `${parts.slice(0, index + 1).join('/')}/`;
            if (!all.has(name))
                all.set(name, { name, data: Buffer.alloc(0) });
        });
        all.set(entry.name, entry);
    }
    return [...all.values()];
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/packaging/connectors.ts
/** Connectors in a carbon application, and the libraries that they bring with them. */









/** From this runtime on the plugin packs inbound connectors and the libraries of connectors. */
function packsLibraries(runtimeVersion) {
    const [major = 0, minor = 0] = (runtimeVersion ?? '').split('.').map(Number);
    return major > 4 || (major === 4 && minor >= 4);
}
/** The zips of resources/connectors and, where the runtime takes them, resources/inbound-connectors. */
function connectorsOfResources(resources, runtimeVersion) {
    const folders = packsLibraries(runtimeVersion) ? ['connectors', 'inbound-connectors'] : ['connectors'];
    return folders
        .map((name) => (0,external_node_path_.join)(resources, name))
        .filter(external_node_fs_.existsSync)
        .flatMap((folder) => (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.zip'))
        .map(({ name }) => ({ fileName: name, content: (0,external_node_fs_.readFileSync)((0,external_node_path_.join)(folder, name)) }))
        .sort((a, b) => (a.fileName < b.fileName ? -1 : 1)));
}
/** @throws InputError CAR_NOT_PACKABLE for a file name without a version */
function connectorPart({ fileName, content }) {
    const [, name, version] = /^(.+)-([^-]*)\.zip$/.exec(fileName) ?? [];
    if (name === undefined || version === undefined) {
        const problem = 'is a connector whose file is not called <name>-<version>.zip';
        throw new errors/* InputError */.dz(codes/* codes */.F.CAR_NOT_PACKABLE, [{ subject: fileName, problem }]);
    }
    return {
        name,
        version,
        type: 'synapse/lib',
        serverRole: integratorRole,
        folder: `${name}_${version}`,
        fileName,
        content,
    };
}
/** @param version of the project, qualifier included */
function connectorLibraryPart(connector, fileName, content, version) {
    const name = `${connector}_${fileName.replace(/\.jar$/, '')}`;
    const part = { name, version, type: 'lib/connector/dependency', serverRole: integratorRole };
    return { ...part, folder: name, fileName, content, connector };
}
/** @param version of the project, qualifier included */
function classMediatorPart(artifactId, version, content) {
    const name = `${artifactId}_class_mediators`;
    const part = { name, version, type: 'lib/synapse/mediator', serverRole: integratorRole };
    return { ...part, folder: `${name}_${version}`, fileName: `${artifactId}-${version}.jar`, content };
}
/**
 * What a connector's descriptor.yml asks for; libraries of connection types that no local entry uses are left out.
 * @returns undefined for an archive without connector.xml or descriptor.yml
 * @throws InputError CAR_NOT_PACKABLE when the archive cannot be read
 */
async function needsOf({ fileName, content }, connectionTypes) {
    try {
        const entries = await (0,zip/* readZip */.ue)(content);
        const [descriptor, component] = [fileIn(entries, 'descriptor.yml'), fileIn(entries, 'connector.xml')];
        if (descriptor === undefined || component === undefined)
            return undefined;
        const root = (0,xml/* parseXml */.NO)(component);
        const { name = '', package: namespace = '' } = (0,xml/* childrenNamed */.De)(root, 'component')[0]?.attributes ?? {};
        return {
            connector: namespace === '' ? name : `{${namespace}}${name}`,
            libraries: dependenciesIn(parseYaml(descriptor))
                .filter(({ connectionType }) => connectionType === undefined || connectionTypes.has(connectionType))
                .map(({ groupId, artifactId, version }) => ({ groupId, artifactId, version, type: 'jar', wantedBy: fileName })),
        };
    }
    catch (error) {
        if (!(error instanceof malformed/* MalformedError */.G))
            throw error;
        throw new errors/* InputError */.dz(codes/* codes */.F.CAR_NOT_PACKABLE, [{ subject: fileName, problem: error.message }]);
    }
}
/** The connection types that local entries set up: of each the first x.init with a connectionType. */
function connectionTypesOf(artifacts) {
    return new Set(artifacts
        .filter(({ kind }) => kind.root === 'localEntry')
        .flatMap(({ root }) => (root === undefined ? [] : [...inits(root)].slice(0, 1))));
}
function* inits(element) {
    for (const child of element.children) {
        const type = child.name.endsWith('.init') ? descendant(child, 'connectionType')?.text : undefined;
        if (type !== undefined)
            yield type;
        yield* inits(child);
    }
}
function descendant(element, name) {
    for (const child of element.children) {
        const found = child.name === name ? child : descendant(child, name);
        if (found !== undefined)
            return found;
    }
    return undefined;
}
function dependenciesIn(descriptor) {
    const list = typeof descriptor === 'object' && descriptor !== null && 'dependencies' in descriptor;
    if (!list || !Array.isArray(descriptor.dependencies))
        return [];
    return descriptor.dependencies.map((item) => {
        const fields = typeof item === 'object' && item !== null ? item : {};
        const text = (key) => (typeof fields[key] === 'string' ? fields[key] : undefined);
        const [groupId, artifactId, version] = [text('groupId'), text('artifactId'), text('version')];
        if (groupId === undefined || artifactId === undefined || version === undefined) {
            throw new malformed/* MalformedError */.G('has a descriptor.yml with a dependency that is not complete (each value is a text: quote a version that looks like a number)');
        }
        return { groupId, artifactId, version, connectionType: text('connectionType') };
    });
}
function fileIn(entries, name) {
    return entries.find((entry) => entry.name === name)?.data.toString('utf8');
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./packages/shared/src/mi/packaging/library-store.ts
/** Where connectors and jars are taken from without Maven: a given folder, then the local Maven repository. */





const algorithms = ['sha512', 'sha256', 'sha1'];
const largestLibrary = 256 * 1024 * 1024;
/**
 * Looks for files, each proven by the checksum beside it.
 * @param folders that hold `<artifactId>-<version>.<type>` directly, absolute
 * @param repository a local Maven repository, absolute
 * @throws InputError LIBRARY_UNAVAILABLE with all that are absent, or have no checksum, or another one
 */
function takeLibraries(wanted, folders, repository, display) {
    const found = wanted.map((library) => take(library, folders, repository, display));
    const problems = found.flatMap((result) => ('problem' in result ? [result] : []));
    if (problems.length > 0)
        throw new errors/* InputError */.dz(codes/* codes */.F.LIBRARY_UNAVAILABLE, problems);
    return found.flatMap((result) => ('problem' in result ? [] : [result]));
}
function take(library, folders, repository, display) {
    const { groupId, artifactId, version, type, wantedBy } = library;
    const subject = `${groupId}:${artifactId}:${version}:${type}`;
    const name = `${artifactId}-${version}.${type}`;
    if ([artifactId, version].some((part) => /[\\/]|^\.\.?$/.test(part)) || /[\\/]/.test(groupId)) {
        return { subject, problem: 'is no name of a Maven artifact' };
    }
    const places = [
        ...folders.map((folder) => (0,external_node_path_.join)(folder, name)),
        ...(repository === undefined ? [] : [(0,external_node_path_.join)(repository, ...groupId.split('.'), artifactId, version, name)]),
    ];
    const file = places.find((place) => (0,external_node_fs_.existsSync)(place) && (0,external_node_fs_.statSync)(place).isFile());
    if (file === undefined) {
        return { subject, problem: `is needed by ${wantedBy} and is at none of ${places.map(display).join(', ')}` };
    }
    if ((0,external_node_fs_.statSync)(file).size > largestLibrary)
        return { subject, problem: `${display(file)} is larger than 256 MB` };
    const content = (0,external_node_fs_.readFileSync)(file);
    const algorithm = algorithms.find((candidate) => (0,external_node_fs_.existsSync)(`${file}.${candidate}`));
    if (algorithm === undefined) {
        return { subject, problem: `${display(file)} has no checksum beside it (${name}.sha256)` };
    }
    const expected = (0,external_node_fs_.readFileSync)(`${file}.${algorithm}`, 'utf8').trim().split(/\s+/)[0]?.toLowerCase();
    const actual = (0,external_node_crypto_.createHash)(algorithm).update(content).digest('hex');
    if (expected !== actual) {
        return { subject, problem: `${display(file)} does not match its ${algorithm}: it is ${actual}` };
    }
    return { ...library, file, content };
}

// EXTERNAL MODULE: ./packages/shared/src/mi/artifact-kinds.ts
var artifact_kinds = __webpack_require__(2724);
;// CONCATENATED MODULE: ./packages/shared/src/mi/packaging/metadata.ts
/** The service metadata that the CAR plugin adds for APIs, proxy services and data services. */



const hosts = 'https://{MI_HOST}:{MI_PORT}';
/** @param version of the project without -SNAPSHOT */
function metadataOf(artifacts, resources, version) {
    const generated = [];
    const definitions = [];
    const brought = [];
    for (const { kind, startTag } of artifacts) {
        const { name = '', version: own, context = '', description, 'version-type': versionType, } = startTag?.attributes ?? {};
        const at = own ?? version;
        const file = (path) => (0,external_node_path_.join)(resources, path);
        const versioned = own === undefined ? name : `${name}_${own}`;
        if (kind.root === 'api') {
            const url = `${hosts}${context}${versionType === 'url' ? `/${own ?? ''}` : ''}`;
            if (!(0,external_node_fs_.existsSync)(file(`metadata/${versioned}_metadata.yaml`))) {
                const text = yaml({ key: `${name}-${at}`, name, description, version: at, url, definition: 'OAS3' });
                generated.push(part(`${versioned}_metadata`, at, text));
            }
            else {
                brought.push(part(`${versioned}_metadata`, at, (0,external_node_fs_.readFileSync)(file(`metadata/${versioned}_metadata.yaml`))));
            }
            const definition = file(`api-definitions/${own === undefined ? name : `${name}_v${own}`}.yaml`);
            const swagger = file(`metadata/${versioned}_swagger.yaml`);
            if ((0,external_node_fs_.existsSync)(definition))
                definitions.push(part(`${versioned}_swagger`, at, (0,external_node_fs_.readFileSync)(definition)));
            else if ((0,external_node_fs_.existsSync)(swagger))
                brought.push(part(`${versioned}_swagger`, at, (0,external_node_fs_.readFileSync)(swagger)));
        }
        if (kind.root === 'proxy') {
            // Asked for under the versioned name, and taken under the plain one.
            if (!(0,external_node_fs_.existsSync)(file(`metadata/${versioned}_proxy_metadata.yaml`))) {
                const url = `${hosts}/services/${name}`;
                const text = yaml({ key: `${name}_proxy-${version}`, name, description, version, url, definition: 'WSDL1' });
                generated.push(part(own === undefined ? `${name}_proxy_metadata` : `${versioned}_metadata`, at, text));
            }
            const given = file(`metadata/${name}_proxy_metadata.yaml`);
            if ((0,external_node_fs_.existsSync)(given))
                brought.push(part(`${name}_proxy_metadata`, at, (0,external_node_fs_.readFileSync)(given)));
        }
        if (kind.root === 'data' && !(0,external_node_fs_.existsSync)(file(`metadata/${name}_${at}_data_service_metadata.yaml`))) {
            const url = `${hosts}/services/${name}`;
            const text = yaml({ key: `${name}_proxy-${at}`, name, description, version: at, url, definition: 'OAS3' });
            generated.push(part(own === undefined ? `${name}_data_service_metadata` : `${versioned}_metadata`, at, text));
        }
    }
    return { generated, brought: [...definitions, ...brought] };
}
function part(name, version, content) {
    return {
        name,
        version,
        type: 'synapse/metadata',
        serverRole: integratorRole,
        folder: `metadata/${name}_${version}`,
        fileName: `${name}-${version}.yaml`,
        content,
    };
}
/** Values go in as they are: a quotation mark breaks the YAML here as it does in the plugin. */
function yaml({ key, name, description, version, url, definition }) {
    const lines = [
        '---',
        `key: "${key}"`,
        `name: "${name}"`,
        `displayName: "${name}"`,
        ...(description === undefined ? [] : [`description: "${description}"`]),
        `version: "${version}"`,
        `serviceUrl: "${url}"`,
        `definitionType: "${definition}"`,
        'securityType: "BASIC"',
        'mutualSSLEnabled: false',
    ];
    return Buffer.from(`${lines.join('\n')}\n`);
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/packaging/pack-car.ts
/**
 * Makes a carbon application of a project's sources without Maven: the same entries with the same meaning as
 * vscode-car-plugin 5.4.12 makes (its CARMojo and CAppHandler are unchanged from 5.4.11 to 5.4.15). The order of
 * artifacts of one kind is that of their file names; the plugin leaves it to the file system.
 */








/**
 * The entries of the archive.
 * @param libraries class mediators, connectors and what connectors need, in this order
 * @param display how a path is called in messages
 * @throws InputError CAR_NOT_PACKABLE for what the plugin fails at too: every place at once
 */
function packCar(project, sources, libraries, display) {
    const problems = unpackable(sources, display);
    if (problems.length > 0)
        throw new errors/* InputError */.dz(codes/* codes */.F.CAR_NOT_PACKABLE, problems);
    const { artifactId: name, version, mainSequence } = project;
    const artifactVersion = version.replace('-SNAPSHOT', '');
    const resources = (0,external_node_path_.join)(sources.folder, 'resources');
    const artifacts = artifact_kinds/* artifactKinds */.YC.flatMap((kind) => sources.artifacts.filter((source) => source.kind === kind && source.startTag !== undefined));
    const parts = [
        ...artifacts.map((source) => artifactPart(source, artifactVersion)),
        ...libraries.fromResources,
        ...sources.registry.items.filter(({ file }) => file !== undefined).map(registryPart),
        ...propertyParts(resources, artifactVersion),
        ...libraries.fromRepository,
    ];
    const { generated, brought } = metadataOf(artifacts, resources, artifactVersion);
    const metadata = [...generated, ...brought];
    const list = (listed) => xmlFile(xml_writing_element('artifacts', {}, [
        xml_writing_element('artifact', { name, version, type: 'carbon/application', ...(mainSequence !== undefined && { mainSequence }) }, listed.map(dependencyOf)),
    ]));
    return withFolders([
        ...[...parts, ...metadata].flatMap(entriesOf),
        { name: 'artifacts.xml', data: list(parts) },
        { name: 'metadata.xml', data: list([...parts, ...metadata]) },
        { name: 'descriptor.xml', data: xmlFile(descriptor(project)) },
    ]);
}
/** What makes the plugin throw, or write an artifact that has no name. */
function unpackable({ artifacts, registry }, display) {
    const problem = (file, line, text) => ({
        subject: display(file),
        problem: text,
        location: { file: display(file), ...(line !== undefined && { line }) },
    });
    const { malformed } = registry;
    return [
        ...artifacts.flatMap(({ kind, file, name, startTag }) => {
            if (startTag === undefined)
                return [];
            if (kind.root === 'api' && startTag.attributes.context === undefined) {
                return [problem(file, startTag.line, `<${startTag.name}> in artifacts/apis has no context: it is no API`)];
            }
            return name === undefined || name === '' ? [problem(file, startTag.line, 'gives its artifact no name')] : [];
        }),
        ...(malformed === undefined
            ? []
            : [problem(malformed.list, malformed.line, `is not well-formed XML: ${malformed.message}`)]),
    ];
}
function artifactPart({ kind, file, startTag, content }, projectVersion) {
    const base = startTag === undefined ? '' : ((0,artifact_kinds/* baseName */.Fl)(startTag, file) ?? '');
    const name = startTag === undefined ? '' : ((0,artifact_kinds/* artifactName */.Cs)(startTag, file) ?? '');
    const own = startTag?.attributes.version;
    const version = own ?? projectVersion;
    // An API with a version carries it in the names of file and folder once more than other artifacts do.
    const stem = kind.root === 'api' ? name : base;
    return {
        name,
        version,
        type: kind.type,
        serverRole: kind.folder.startsWith('data-') ? 'EnterpriseServiceBus' : integratorRole,
        folder: `${stem}_${version}`,
        fileName: `${stem}-${version}${kind.root === 'data' ? '.dbs' : '.xml'}`,
        content,
    };
}
function registryPart({ artifact: name, version, element: item, file = '', registryPath }) {
    const folder = item.name === 'collection';
    const directory = item.children.find((child) => child.name === 'directory')?.text.trim();
    const inside = folder ? (directory ?? (0,external_node_path_.basename)(registryPath)) : (0,external_node_path_.basename)(file);
    return {
        name,
        version,
        type: 'registry/resource',
        serverRole: integratorRole,
        folder: `${name}_${version}`,
        fileName: 'registry-info.xml',
        content: xmlFile(xml_writing_element('resources', {}, [item])),
        attachments: folder
            ? [{ name: `resources/${inside}/`, data: Buffer.alloc(0) }, ...filesOf(file, `resources/${inside}`)]
            : [{ name: `resources/${inside}`, data: (0,external_node_fs_.readFileSync)(file) }],
    };
}
function filesOf(folder, prefix) {
    return (0,external_node_fs_.readdirSync)(folder)
        .sort()
        .flatMap((name) => {
        const path = (0,external_node_path_.join)(folder, name);
        const entry = `${prefix}/${name}`;
        const found = (0,external_node_fs_.lstatSync)(path);
        if (found.isSymbolicLink()) {
            throw new errors/* InputError */.dz(codes/* codes */.F.CAR_NOT_PACKABLE, [
                { subject: path, problem: 'is a symbolic link in a collection' },
            ]);
        }
        return found.isDirectory()
            ? [{ name: `${entry}/`, data: Buffer.alloc(0) }, ...filesOf(path, entry)]
            : [{ name: entry, data: (0,external_node_fs_.readFileSync)(path) }];
    });
}
function propertyParts(resources, version) {
    const file = (0,external_node_path_.join)(resources, 'conf/config.properties');
    if (!(0,external_node_fs_.existsSync)(file))
        return [];
    const part = { name: 'config', version, type: 'config/property', serverRole: integratorRole };
    return [{ ...part, folder: `config_${version}`, fileName: 'config.properties', content: (0,external_node_fs_.readFileSync)(file) }];
}
function descriptor({ groupId, artifactId, version, versionedDeployment, carDependencies }) {
    return xml_writing_element('project', {}, [
        xml_writing_element('id', {}, `${groupId}__${artifactId}__${version}`),
        xml_writing_element('versionedDeployment', {}, String(versionedDeployment)),
        xml_writing_element('fatCarEnabled', {}, 'false'),
        xml_writing_element('dependencies', {}, carDependencies.map((dependency) => xml_writing_element('dependency', { ...dependency, type: 'car' }))),
    ]);
}

// EXTERNAL MODULE: ./packages/shared/src/mi/sources.ts + 1 modules
var mi_sources = __webpack_require__(2482);
;// CONCATENATED MODULE: ./actions/build-mi/src/native.ts
/** `builder: native` and `auto`: the carbon application without Maven. Loaded when that is the choice. */










/**
 * Packages the project into target/, as Maven would.
 * @throws InputError CAR_NOT_PACKABLE, LIBRARY_UNAVAILABLE
 */
async function buildNatively(project, inputs, { files, clock }) {
    const startedAt = clock.now();
    const { pom, folder } = project;
    const { groupId = '', artifactId = '', version = '' } = pom;
    const display = (path) => files.display(path);
    const sources = (0,mi_sources/* readSources */.tW)(folder);
    const dependencies = (0,packaging_without_maven/* activeParts */.tH)(pom).flatMap((part) => part.dependencies);
    const entries = packCar({
        groupId,
        artifactId,
        version,
        mainSequence: pom.properties.mainSequence,
        versionedDeployment: pom.properties.versionedDeployment?.toLowerCase() === 'true',
        carDependencies: dependencies
            .filter(({ type }) => type === 'car')
            .map((car) => ({
            groupId: car.groupId ?? '',
            artifactId: car.artifactId ?? '',
            version: car.version ?? '',
        })),
    }, sources, await librariesOf(project, sources, inputs, display), display);
    const target = (0,external_node_path_.join)(folder, 'target');
    (0,external_node_fs_.mkdirSync)(target, { recursive: true });
    const car = (0,external_node_path_.join)(target, `${artifactId}_${version}.car`);
    // Never half a file under the name that others look for.
    await (0,zip/* writeZip */.zy)(`${car}.part`, entries);
    (0,external_node_fs_.renameSync)(`${car}.part`, car);
    return {
        car,
        durationMs: clock.now() - startedAt,
        unitTestsNotRun: (0,test_reports/* synapseUnitTests */.nC)(project).map(display),
    };
}
async function librariesOf(project, sources, inputs, display) {
    const { pom } = project;
    const runtime = pom.properties['project.runtime.version'];
    const version = pom.version ?? '';
    const folders = inputs.libraries === undefined ? [] : [inputs.libraries];
    const repository = (0,external_node_path_.join)((0,user_home/* userHome */.B)(), '.m2/repository');
    const take = (wanted) => takeLibraries(wanted, folders, repository, display);
    const wantedBy = display(project.pomFile);
    const own = (0,packaging_without_maven/* packsClassMediators */.vE)(project)
        ? [{ groupId: pom.groupId ?? '', artifactId: pom.artifactId ?? '', version, type: 'jar', wantedBy }]
        : [];
    const mediators = takeLibraries(own, folders, undefined, display);
    const zips = take((0,packaging_without_maven/* activeParts */.tH)(pom)
        .flatMap(({ dependencies }) => dependencies)
        .filter(({ type, artifactId = '' }) => type === 'zip' && (packsLibraries(runtime) || !isInbound(artifactId)))
        .map((zip) => ({
        groupId: zip.groupId ?? '',
        artifactId: zip.artifactId ?? '',
        version: zip.version ?? '',
        type: 'zip',
        wantedBy,
    }))).map(({ artifactId, version: at, content }) => ({ fileName: `${artifactId}-${at}.zip`, content }));
    const fromResources = connectorsOfResources((0,external_node_path_.join)(sources.folder, 'resources'), runtime);
    const connectors = packsLibraries(runtime) ? [...zips, ...fromResources] : [];
    const used = connectionTypesOf(sources.artifacts);
    const needs = (await Promise.all(connectors.map((connector) => needsOf(connector, used)))).filter((need) => need !== undefined);
    const jars = needs.flatMap(({ connector, libraries }) => {
        const parts = take(libraries).map(({ artifactId, version: at, content }) => connectorLibraryPart(connector, `${artifactId}-${at}.jar`, content, version));
        return [...new Map(parts.map((part) => [part.name, part])).values()];
    });
    return {
        fromResources: fromResources.map(connectorPart),
        fromRepository: [
            ...mediators.map(({ artifactId, version: at, content }) => classMediatorPart(artifactId, at, content)),
            ...zips.map(connectorPart),
            ...jars,
        ],
    };
}
function isInbound(artifactId) {
    return artifactId.includes('mi-inbound-');
}


/***/ }),

/***/ 3742:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ userHome)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8161);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_os__WEBPACK_IMPORTED_MODULE_0__);
/** The home that Maven uses, which is Java's and not the shell's. */

/**
 * Java's user.home: what the system's list of users says, whatever HOME is. For a user who is not in it (a container
 * that runs under any id, as OpenShift starts it) HOME, as Java does from 19 on (JDK-8280357).
 */
function userHome() {
    try {
        return (0,node_os__WEBPACK_IMPORTED_MODULE_0__.userInfo)().homedir;
    }
    catch {
        return (0,node_os__WEBPACK_IMPORTED_MODULE_0__.homedir)();
    }
}


/***/ })

};
