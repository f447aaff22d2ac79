export const id = 535;
export const ids = [535];
export const modules = {

/***/ 8535:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  buildWithMaven: () => (/* binding */ buildWithMaven)
});

// EXTERNAL MODULE: ./packages/shared/src/base/duration.ts
var duration = __webpack_require__(4069);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./packages/shared/src/base/errors.ts
var errors = __webpack_require__(5026);
// EXTERNAL MODULE: ./packages/shared/src/base/text.ts
var base_text = __webpack_require__(3282);
;// CONCATENATED MODULE: ./packages/shared/src/maven/command.ts
/** The one Maven command of a build, as an argument list. */

const WITHOUT_CARRIAGE_RETURNS = `eval "$(tr -d '\\r' < "$0")"`;
/** Pure: the same options give the same command. */
function mavenCommand(options) {
    const pomName = (0,external_node_path_.basename)(options.pomFile);
    const args = [
        '-B',
        '--no-transfer-progress',
        ...(pomName === 'pom.xml' ? [] : ['-f', pomName]),
        ...(options.settings === undefined ? [] : ['-s', options.settings]),
        ...(options.profiles.length === 0 ? [] : [`-P${options.profiles.join(',')}`]),
        ...(options.skipTests ? ['-DskipTests'] : []),
        ...(options.skipTests && options.skipSynapseTests ? ['-Dmaven.test.skip=true'] : []),
        ...options.arguments,
        ...options.goals,
    ];
    if (options.wrapper === undefined)
        return { command: 'mvn', args };
    // Through sh: a wrapper committed from Windows has no executable bit.
    // And with its line ends the script is read without them; $0, by which it finds its own files, stays.
    const script = options.wrapperOfWindows ? ['-c', WITHOUT_CARRIAGE_RETURNS, options.wrapper] : [options.wrapper];
    return { command: 'sh', args: [...script, ...args] };
}
/**
 * The environment that carries it: nested runs do inherit MAVEN_OPTS. What the job has there comes last and wins.
 * A path with blanks cannot be said in it, and is left out.
 */
function nestedEnvironment(nested, inherited) {
    const options = [
        ['user.home', nested.home],
        ['maven.repo.local', nested.localRepository],
    ]
        .filter(([, value]) => value !== undefined && !/\s/.test(value))
        .map(([name, value]) => `-D${name}=${value}`);
    if (options.length === 0)
        return {};
    return { MAVEN_OPTS: [...options, ...(inherited === undefined ? [] : [inherited])].join(' ') };
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./packages/shared/src/maven/console.ts
/**
 * Maven's console, line by line as it comes: which module and goal is at work, how long each took, which Java errors
 * there are and how the run ended. `[ERROR]` lines alone say nothing: good builds print them too.
 */

const goalLine = /^--- (\S+?):[^:\s]+:(\S+)(?: \([^)]*\))? @ (\S+) ---$/;
const moduleLine = /^-+< ([^>]+) >-+$/;
const buildingLine = /^Building (.+?)(?:\s+\[(\d+\/\d+)\])?$/;
const outcomeLine = /^BUILD (SUCCESS|FAILURE)$/;
const compileLine = /^(.+?\.(?:java|kt|groovy|scala)):\[(\d+),(\d+)\] (?:error: )?(.+)$/;
const nestedFailureLine = /^(?:Failed to execute goal |The build could not read |Some problems were encountered|(?:\s*)Unresolveable build extension|(?:\s*)Non-readable POM)/;
const unknownProfileLine = /^The requested (?:optional )?profiles? "?\[?([^"\]]+)"?\]? could not be activated/;
const keptErrorLines = 400;
/** A reader of one console. */
function readConsole() {
    const modules = [];
    const goals = [];
    const compileErrors = new Map();
    const nestedFailures = new Set();
    const unknownProfiles = new Set();
    const errorLines = [];
    let outcome;
    let open;
    let scanned = false;
    let nestedSince;
    let nestedFailed = false;
    let lastNestedFailed = false;
    let nestedReason;
    const closeGoal = (at) => {
        if (open !== undefined)
            goals.push({ ...open, durationMs: Math.max(0, at - open.startedAt) });
        open = undefined;
    };
    const closeReason = () => {
        if (nestedReason !== undefined)
            nestedFailures.add(nestedReason.replace(/ -> \[Help \d+\]$/, ''));
        nestedReason = undefined;
    };
    const endNested = (at) => {
        if (nestedSince === undefined)
            return undefined;
        if (open !== undefined)
            open.nestedMs += Math.max(0, at - nestedSince);
        nestedSince = undefined;
        lastNestedFailed = nestedFailed;
        return { kind: 'nested-end', failed: nestedFailed };
    };
    const read = (level, text, at) => {
        if (level === 'ERROR' || level === 'FATAL') {
            errorLines.push(text);
            if (errorLines.length > keptErrorLines)
                errorLines.shift();
            // A failed nested run gives its reason after its last line.
            if (nestedReason !== undefined) {
                if (text.trim() === '' || text.startsWith('-> [Help'))
                    closeReason();
                else
                    nestedReason += ` ${text.trim()}`;
            }
            else if ((nestedSince !== undefined || lastNestedFailed) && nestedFailureLine.test(text)) {
                nestedReason = text.trim();
                nestedFailed = true;
                // Maven 3.9 says the rest on the lines that follow.
                if (nestedReason.endsWith(']'))
                    closeReason();
            }
            const error = compileLine.exec(text);
            if (error !== null) {
                const [, file = '', line, column, message = ''] = error;
                const found = {
                    file: file.replace(/^\/([A-Za-z]:)/, '$1'),
                    line: Number(line),
                    column: Number(column),
                    message,
                };
                compileErrors.set(`${found.file}:${found.line}:${found.column}`, found);
            }
            return undefined;
        }
        closeReason();
        const profile = level?.startsWith('WARN') === true ? unknownProfileLine.exec(text)?.[1] : undefined;
        if (profile !== undefined)
            unknownProfiles.add(profile);
        if (text === 'Scanning for projects...') {
            if (!scanned) {
                scanned = true;
                return undefined;
            }
            nestedSince ??= at;
            nestedFailed = false;
            lastNestedFailed = false;
            return { kind: 'nested-start' };
        }
        if (text === 'All dependencies resolved and extracted successfully.') {
            lastNestedFailed = false;
            return endNested(at);
        }
        const built = outcomeLine.exec(text);
        if (built !== null) {
            const good = built[1] === 'SUCCESS';
            if (nestedSince !== undefined) {
                nestedFailed ||= !good;
                return undefined;
            }
            closeGoal(at);
            outcome = good ? 'success' : 'failure';
            return { kind: 'end', outcome };
        }
        if (text.startsWith('Finished at: '))
            return endNested(at);
        if (nestedSince !== undefined)
            return undefined;
        const goal = goalLine.exec(text);
        if (goal !== null) {
            const [, plugin = '', name = '', module = ''] = goal;
            closeGoal(at);
            lastNestedFailed = false;
            open = { module, plugin, goal: name, startedAt: at, nestedMs: 0 };
            return { kind: 'goal', module, plugin, goal: name };
        }
        if (moduleLine.test(text)) {
            closeGoal(at);
            return undefined;
        }
        const building = buildingLine.exec(text);
        if (building !== null && open === undefined) {
            const [, name = '', position] = building;
            modules.push(name);
            return { kind: 'module', name, position };
        }
        return undefined;
    };
    return {
        line(raw, at) {
            // Maven 4 marks what plugins print themselves, nested runs among it.
            const text = (0,external_node_util_.stripVTControlCharacters)(raw)
                .replace(/\r$/, '')
                .replace(/^\[INFO\] \[stdout\] /, '');
            const tagged = /^\[(INFO|WARN|WARNING|ERROR|FATAL|DEBUG)\] ?(.*)$/i.exec(text);
            return tagged === null ? undefined : read(tagged[1]?.toUpperCase(), tagged[2] ?? '', at);
        },
        facts(at) {
            closeReason();
            const running = open === undefined ? [] : [{ ...open, durationMs: Math.max(0, at - open.startedAt) }];
            return {
                outcome,
                modules: [...modules],
                goals: [...goals, ...running],
                compileErrors: [...compileErrors.values()],
                nestedFailures: [...nestedFailures],
                unknownProfiles: [...unknownProfiles],
                errorLines: [...errorLines],
            };
        },
    };
}

// EXTERNAL MODULE: ./packages/shared/src/maven/codes.ts
var codes = __webpack_require__(9645);
;// CONCATENATED MODULE: ./packages/shared/src/maven/failures.ts


const known = [
    {
        code: codes/* codes */.F.MAVEN_OUT_OF_MEMORY,
        seen: /(?<what>java\.lang\.OutOfMemoryError(?:: [^\n]+)?|insufficient memory for the Java Runtime Environment|Java heap space|GC overhead limit exceeded|Too small maximum heap|Could not reserve enough space for [^\n]+)/,
        says: ({ what }) => `Maven ran out of memory: ${what}`,
    },
    {
        code: codes/* codes */.F.MAVEN_JAVA_MISSING,
        seen: /(?<what>JAVA_HOME environment variable is not defined correctly|No compiler is provided in this environment|JAVA_HOME is not defined correctly)/,
        says: ({ what }) => `Maven found no JDK: ${what}`,
    },
    {
        code: codes/* codes */.F.MAVEN_REPOSITORY_BLOCKED,
        seen: /Blocked mirror for repositories: \[(?<blocked>[^\]]+)\]/,
        says: ({ blocked }) => `Maven blocks a repository that is reached over plain HTTP: ${blocked}`,
    },
    {
        code: codes/* codes */.F.MAVEN_CHECKSUM_MISMATCH,
        seen: /(?<what>Checksum validation failed[^\n]*)/,
        says: ({ what }) => String(what),
    },
    {
        code: codes/* codes */.F.MAVEN_REPOSITORY_REFUSED,
        seen: /Could not transfer (?:artifact|metadata) (?<artifact>\S+) from\/to (?<repository>[^\s:]+(?: \([^)\n]*\))?): (?<reason>[^\n]+)/,
        says: ({ artifact, repository, reason }) => `${artifact} cannot be fetched from ${repository}: ${reason}`,
    },
    {
        code: codes/* codes */.F.MAVEN_REPOSITORY_REFUSED,
        seen: /(?:status code: (?<status>401|403|407|5\d\d),|status: (?<other>401|403|407|5\d\d) )/,
        says: ({ status, other }) => `A Maven repository answered ${status ?? other}`,
    },
    {
        code: codes/* codes */.F.MAVEN_DEPENDENCY_NOT_FOUND,
        seen: /Cannot access (?<repository>\S+ \([^)\n]*\)) in offline mode and the artifact (?<artifact>\S+) has not been downloaded/,
        says: ({ repository, artifact }) => `${artifact} is not in the local repository, and Maven is offline: ${repository} was not asked`,
        remedy: () => 'Remove -o (--offline) from maven-args, .mvn/maven.config or the settings, or cache the local repository (~/.m2/repository) with a key of the poms.',
    },
    {
        code: codes/* codes */.F.MAVEN_PLUGIN_NOT_FOUND,
        seen: /Unresolveable build extension: Plugin (?<plugin>\S+) or one of its dependencies could not be resolved/,
        says: ({ plugin }) => `The build extension ${plugin} is in none of the configured repositories`,
    },
    {
        code: codes/* codes */.F.MAVEN_PLUGIN_NOT_FOUND,
        seen: /Plugin (?<plugin>\S+) (?:or one of its dependencies could not be resolved|not found in any plugin repository)/,
        says: ({ plugin }) => `The plugin ${plugin}, or something that it needs, is in none of the configured repositories`,
    },
    {
        code: codes/* codes */.F.MAVEN_PLUGIN_NOT_FOUND,
        seen: /No plugin found for prefix '(?<prefix>[^']+)'/,
        says: ({ prefix }) => `No plugin has the prefix '${prefix}'`,
        remedy: () => 'Check the goals input for a typing error; a plugin that is not in the pom needs its full coordinates.',
    },
    {
        code: codes/* codes */.F.MAVEN_POM_MALFORMED,
        seen: /Non-(?:readable|parseable) POM (?<file>[^:\n]+): (?<reason>[^\n]+)/,
        says: ({ file, reason }) => `${file} cannot be read: ${reason}`,
    },
    {
        code: codes/* codes */.F.MAVEN_POM_MALFORMED,
        seen: /Malformed POM (?<file>[^:\n]+): (?<reason>[^\n]+)/,
        says: ({ file, reason }) => `${file} is malformed: ${String(reason).replace(/ +@ \/\S+, line.*$/, '')}`,
    },
    {
        code: codes/* codes */.F.MAVEN_JDK_UNSUITABLE,
        seen: /(?<what>(?:invalid|error: invalid) (?:target|source) release: \S+|release version \S+ not supported|Source option \S+ is no longer supported\. Use \S+ or later|has been compiled by a more recent version of the Java Runtime[^\n]*|Unsupported class file major version \d+|Fatal error compiling: [^\n]*release[^\n]*)/,
        says: ({ what }) => `The JDK does not fit: ${what}`,
    },
    {
        code: codes/* codes */.F.MAVEN_TEST_SERVER_MISSING,
        seen: /(?<what>Please enter -DtestServer(?:Type|Path)\S*|Test parameters are not found|Error while sending test data to the unit testing server|Cannot run program "[^"]*micro-integrator\.(?:sh|bat)")/,
        says: ({ what }) => `The Synapse unit tests have no Micro Integrator to run in: ${what}`,
    },
    {
        code: codes/* codes */.F.MAVEN_TESTS_FAILED,
        seen: /(?<what>There (?:are|were) test failures|Overall unit test failed)/,
        says: () => 'Tests failed',
    },
    {
        code: codes/* codes */.F.MAVEN_TEST_REPORT_UNREADABLE,
        seen: /(?<what>The forked VM terminated without (?:properly )?saying (?:properly )?goodbye[^\n]*)/,
        says: ({ what }) => `The process that ran the tests died: ${what}`,
    },
    {
        code: codes/* codes */.F.MAVEN_COMPILE_ERROR,
        seen: /(?:COMPILATION ERROR|Compilation failure)/,
        says: () => 'Java code does not compile',
    },
    {
        code: codes/* codes */.F.MAVEN_DEPENDENCY_NOT_FOUND,
        seen: /(?<artifact>[\w.-]+(?::[\w.-]+){2,4}) was not found in (?<repository>\S+) during a previous attempt/,
        says: ({ artifact, repository }) => `The dependency ${artifact} was not in ${repository} when it was last asked`,
        remedy: () => 'Maven remembers that in its local repository: pass -U in maven-args to ask again. If that does not help, check the coordinates and the repositories of the pom or the settings input.',
    },
    {
        code: codes/* codes */.F.MAVEN_DEPENDENCY_NOT_FOUND,
        // Maven 3.9: one cause a line.
        seen: /Could not resolve dependencies for project [^\n]*(?:\n[^\n]*){0,20}?\n\s*Could not find artifact (?<artifact>\S+)/,
        says: ({ artifact }) => `The dependency ${artifact} is in none of the configured repositories`,
    },
    {
        code: codes/* codes */.F.MAVEN_DEPENDENCY_NOT_FOUND,
        seen: /Could not resolve dependencies for project [^\n]*?(?:Could not find artifact|The following artifacts could not be resolved:|: )\s*(?<artifact>[\w.-]+(?::[\w.${}-]+){2,4})/,
        says: ({ artifact }) => `The dependency ${artifact} is in none of the configured repositories`,
    },
    {
        code: codes/* codes */.F.MAVEN_DEPENDENCY_NOT_FOUND,
        seen: /Non-resolvable (?:parent|import) POM[^\n]*?(?:Could not find artifact|Failure to find) (?<artifact>\S+)/,
        says: ({ artifact }) => `The parent ${artifact} is in none of the configured repositories`,
    },
    {
        code: codes/* codes */.F.MAVEN_FAILED,
        seen: /Child (?:module|subproject) (?<module>\S+) of (?<pom>\S+) does not exist/,
        says: ({ module, pom }) => `The module ${module} that ${pom} names does not exist`,
        remedy: () => 'Correct <modules> in the pom, or commit the folder (submodules: checkout with submodules: true).',
    },
    {
        code: codes/* codes */.F.MAVEN_POM_MALFORMED,
        // The problems stand below the project, the projects below this line.
        seen: /The build could not read \d+ projects?(?:[^\n]*\n)\s*The project [^\n]*?\((?<file>[^)\n]+)\) has (?<count>\d+) errors?\s*\n\s*(?<problem>[^\n]+)/,
        says: ({ file, count, problem }) => {
            const more = Number(count) > 1 ? ` (and ${Number(count) - 1} more)` : '';
            return `${file} is not valid: ${problem}${more}`;
        },
    },
    {
        code: codes/* codes */.F.MAVEN_FAILED,
        seen: /(?:Unknown lifecycle phase "(?<phase>[^"]+)"|Unrecognized option: (?<option>\S+))/,
        says: ({ phase, option }) => phase === undefined ? `Maven does not know the option ${option}` : `Maven does not know the phase '${phase}'`,
        remedy: () => 'Correct the goals or maven-args input.',
    },
    {
        code: codes/* codes */.F.MAVEN_FAILED,
        seen: /The requested (?:required )?profiles? [["]?(?<profile>[^\]"\s]+)[\]"]? could not be activated|profiles \[(?<profiles>[^\]]+)\] (?:could not be activated or deactivated )?because (?:it|they) do(?:es)? not exist/,
        says: ({ profile, profiles }) => `The profile ${profile ?? profiles} does not exist`,
        remedy: () => 'Correct the profiles input.',
    },
    {
        code: codes/* codes */.F.MAVEN_CAR_PLUGIN_FAILED,
        seen: /Failed to execute goal org\.wso2\.maven:(?:vscode-car-plugin|maven-car-plugin):(?<version>[^:\s]+):(?<goal>\S+) [^\n]*?failed: (?<reason>[^\n]+)/,
        says: ({ reason }) => `The CAR plugin stopped: ${reason}`,
    },
    {
        code: codes/* codes */.F.MAVEN_GOAL_FAILED,
        // Some plugins begin their reason on the next line.
        seen: /Failed to execute goal (?<goal>[^\s:]+:[^\s]+) (?:\([^)]*\) )?on project (?<project>[^:\s]+): *\n?(?<reason>[^\n]*failed with message:\n[^\n]+|[^\n]+)/,
        says: ({ goal, project, reason }) => `${goal} failed on ${project}: ${reason}`,
    },
];
/**
 * Finds out why Maven failed.
 * @param words what Maven said: error lines without their tags, then the plain lines of standard error
 * @param exitCode null when the process was killed
 */
function diagnose(words, exitCode) {
    const text = words.join('\n');
    for (const { code, seen, says, remedy } of known) {
        const match = seen.exec(text);
        if (match === null)
            continue;
        const groups = match.groups ?? {};
        return {
            code,
            message: (0,base_text/* oneLine */.TN)(says(groups).replace(/ -> \[Help \d+\]/g, ''), 600),
            ...(remedy !== undefined && { remedy: remedy(groups) }),
        };
    }
    if (exitCode === 137 || exitCode === null) {
        return {
            code: codes/* codes */.F.MAVEN_OUT_OF_MEMORY,
            message: 'Maven was killed (exit code 137): most often the runner had no memory left',
        };
    }
    const first = words.find((word) => word.trim() !== '');
    return {
        code: codes/* codes */.F.MAVEN_FAILED,
        message: `Maven ended with exit code ${exitCode}${first === undefined ? '' : `: ${(0,base_text/* oneLine */.TN)(first, 400)}`}`,
    };
}

;// CONCATENATED MODULE: ./packages/shared/src/maven/live-log.ts

/** Nested runs since Maven 3.9 print a thousand of these, because --no-transfer-progress does not reach them. */
const progressLine = /^(?:\[INFO\] \[stdout\] )?Progress \(\d+\): /;
/** Groups cannot be nested on GitHub, so they follow each other; what is written is queued, never lost or reordered. */
function liveLog(log) {
    let queue = Promise.resolve();
    let openSince;
    let close = () => undefined;
    let closed = Promise.resolve();
    const then = (act) => {
        queue = queue.then(act);
    };
    const openGroup = (title) => then(() => {
        closed = log.group(title, () => new Promise((resolve) => {
            close = resolve;
        }));
    });
    const closeGroup = (at) => {
        if (openSince === undefined)
            return;
        const { title, at: started } = openSince;
        openSince = undefined;
        then(async () => {
            close();
            await closed;
            if (at - started >= 1000)
                log.info(`${title}: ${(0,duration/* formatDuration */.a)(at - started)}`);
        });
    };
    return {
        write(line, event, at) {
            if (progressLine.test(line))
                return;
            if (event?.kind === 'module' || event?.kind === 'goal' || event?.kind === 'end')
                closeGroup(at);
            if (event?.kind === 'module')
                then(() => log.info(titleOf(event)));
            if (event?.kind === 'goal') {
                openSince = { title: titleOf(event), at };
                openGroup(openSince.title);
            }
            then(() => log.info(line));
        },
        async end(at) {
            closeGroup(at);
            await queue;
        },
    };
}
function titleOf(event) {
    if (event.kind === 'goal')
        return `${event.module}: ${event.plugin}:${event.goal}`;
    return event.position === undefined ? event.name : `${event.name} (${event.position})`;
}

;// CONCATENATED MODULE: ./packages/shared/src/maven/downloads.ts
/** What Maven fetched: with `--no-transfer-progress` it says nothing of it, and its local repository tells. */


/** The file in which Maven notes where each file of a folder came from (Maven Resolver, EnhancedLocalRepositoryManager). */
const notes = '_remote.repositories';
/** Deeper than any group id: a loop of links ends here. */
const deepest = 40;
/**
 * The files that came from a remote repository since a moment; what the build itself installed is none of them.
 * @param repository the local repository, absolute
 * @param since milliseconds since the epoch
 */
function downloadsSince(repository, since) {
    const found = { files: 0, bytes: 0 };
    const visit = (folder, depth) => {
        const entries = (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true });
        for (const entry of entries)
            if (entry.isDirectory() && depth < deepest)
                visit((0,external_node_path_.join)(folder, entry.name), depth + 1);
        const note = (0,external_node_path_.join)(folder, notes);
        if (!entries.some(({ name }) => name === notes) || (0,external_node_fs_.statSync)(note).mtimeMs < since)
            return;
        for (const name of remoteFiles((0,external_node_fs_.readFileSync)(note, 'utf8'))) {
            const file = (0,external_node_path_.join)(folder, name);
            // The time of the change to the folder: a transport may give a file the age that it has on the server.
            const stat = (0,external_node_fs_.existsSync)(file) ? (0,external_node_fs_.statSync)(file) : undefined;
            if (stat === undefined || stat.ctimeMs < since)
                continue;
            found.files += 1;
            found.bytes += stat.size;
        }
    };
    if ((0,external_node_fs_.existsSync)(repository))
        visit(repository, 0);
    return found;
}
/** Lines are `file>repository=`; of what was installed here, `file>=`. */
function remoteFiles(text) {
    const lines = text.split(/\r?\n/).map((line) => /^([^#>/\\][^>/\\]*)>([^=]+)=/.exec(line)?.[1]);
    return new Set(lines.filter((name) => name !== undefined));
}

// EXTERNAL MODULE: ./packages/shared/src/maven/user-home.ts
var user_home = __webpack_require__(3742);
;// CONCATENATED MODULE: ./packages/shared/src/maven/nested-maven.ts
/** Prepares what the Maven runs inside the CAR plugin need to see of the settings. */



/**
 * They read settings from the user's home alone, so they get one: a private folder with the given settings, and with
 * the user's own security settings and toolchains beside it. The local repository stays where it is.
 * @param settings absolute; undefined when the workflow gives none
 * @param mavenArguments what the user passes to the outer run
 */
async function prepareNestedMaven(settings, mavenArguments, files) {
    const asked = askedRepository(mavenArguments);
    if (settings === undefined)
        return { home: undefined, localRepository: asked };
    const home = await files.privateFolder('maven-home');
    (0,external_node_fs_.mkdirSync)((0,external_node_path_.join)(home, '.m2'));
    (0,external_node_fs_.copyFileSync)(settings, (0,external_node_path_.join)(home, '.m2/settings.xml'));
    // Java takes the home from the user database, not from HOME.
    const own = (0,external_node_path_.join)((0,user_home/* userHome */.B)(), '.m2');
    for (const name of ['settings-security.xml', 'toolchains.xml']) {
        if ((0,external_node_fs_.existsSync)((0,external_node_path_.join)(own, name)))
            (0,external_node_fs_.copyFileSync)((0,external_node_path_.join)(own, name), (0,external_node_path_.join)(home, '.m2', name));
    }
    const saysItself = repositoryIn(settings) !== undefined;
    return { home, localRepository: asked ?? (saysItself ? undefined : (0,external_node_path_.join)(own, 'repository')) };
}
/**
 * Where Maven keeps what it fetches: as its arguments say, or its settings (those given, or the user's own), or below the
 * user's home. undefined where the settings say it with a variable.
 */
function localRepository(settings, mavenArguments) {
    const own = (0,external_node_path_.join)((0,user_home/* userHome */.B)(), '.m2');
    const said = askedRepository(mavenArguments) ?? repositoryIn(settings ?? (0,external_node_path_.join)(own, 'settings.xml'));
    return said?.includes('${') === true ? undefined : (said ?? (0,external_node_path_.join)(own, 'repository'));
}
function askedRepository(mavenArguments) {
    const option = '-Dmaven.repo.local=';
    return mavenArguments.find((argument) => argument.startsWith(option))?.slice(option.length);
}
function repositoryIn(settings) {
    if (!(0,external_node_fs_.existsSync)(settings))
        return undefined;
    return /<localRepository>\s*([^<\s][^<]*?)\s*<\/localRepository>/.exec((0,external_node_fs_.readFileSync)(settings, 'utf8'))?.[1];
}

// EXTERNAL MODULE: ./packages/shared/src/maven/project.ts + 1 modules
var maven_project = __webpack_require__(8882);
// EXTERNAL MODULE: ./packages/shared/src/maven/test-reports.ts + 3 modules
var test_reports = __webpack_require__(3543);
// EXTERNAL MODULE: ./packages/shared/src/maven/test-results.ts
var test_results = __webpack_require__(428);
;// CONCATENATED MODULE: ./packages/shared/src/maven/build.ts
/** One run of Maven, from the command to what it left. */














/**
 * Runs Maven once. A build that fails is a result; only a Maven that cannot be started or does not end throws.
 * @throws ToolError TOOL_MISSING, TOOL_TIMEOUT
 */
async function buildProject(project, options, ports) {
    const { exec, clock, log, files, job } = ports;
    const unitTests = project.modules.flatMap(test_reports/* synapseUnitTests */.nC);
    const wrapper = (0,maven_project/* findWrapper */.hO)(project, files);
    const { command, args } = mavenCommand({
        ...options,
        pomFile: project.pomFile,
        wrapper,
        wrapperOfWindows: wrapper !== undefined && (0,external_node_fs_.readFileSync)(wrapper, 'latin1').includes('\r\n'),
        skipSynapseTests: unitTests.length > 0,
    });
    const nestedMaven = await prepareNestedMaven(options.settings, options.arguments, files);
    const repository = localRepository(options.settings, options.arguments);
    const startedAt = clock.now();
    const console = readConsole();
    const live = liveLog(log);
    log.info([command, ...args].join(' '));
    const result = await exec
        .run({
        command,
        args,
        cwd: project.folder,
        env: nestedEnvironment(nestedMaven, job.variable('MAVEN_OPTS')),
        timeoutMs: options.timeoutMs,
        onLine: (line, stream) => {
            const at = clock.now();
            live.write(line, stream === 'stdout' ? console.line(line, at) : undefined, at);
        },
    })
        .finally(() => live.end(clock.now()));
    const facts = console.facts(clock.now());
    const tests = (0,test_reports/* readTestReports */.m6)(project.modules, startedAt, files);
    const ranSynapseTests = facts.goals.some(({ goal }) => goal === 'synapse-unit-test');
    const ranSurefire = facts.goals.some(({ plugin, goal }) => plugin.includes('surefire') && goal === 'test');
    const skipped = options.skipTests || options.arguments.some((argument) => /^-D(?:skipTests|maven\.test\.skip)/.test(argument));
    const unrun = ranSurefire && !skipped && facts.outcome === 'success'
        ? unrunAnnotations((0,test_reports/* modulesWithoutJavaReport */.UR)(project.modules, startedAt), files)
        : [];
    const build = {
        startedAt,
        durationMs: result.durationMs,
        command: [command, ...args],
        console: facts,
        downloads: repository === undefined ? undefined : downloadsSince((0,external_node_path_.resolve)(project.folder, repository), startedAt),
        tests,
        unitTestsNotRun: ranSynapseTests ? [] : unitTests.map((file) => files.display(file)),
        annotations: [
            ...compileAnnotations(facts, files),
            ...testAnnotations(tests, facts),
            ...profileAnnotations(facts),
            ...unrun,
        ],
    };
    const failed = (failure) => toError(build.command, result.exitCode, failure);
    if (result.exitCode !== 0 || facts.outcome !== 'success') {
        const words = [...facts.errorLines, ...result.stderr.split('\n')];
        if (words.join('').trim() === '')
            words.push(...result.stdout.split('\n').slice(-20));
        const diagnosis = withCounts(diagnose(words, result.exitCode), build);
        return { ...build, failure: failed({ ...diagnosis, evidence: (0,base_text/* tail */.RT)(evidenceOf(facts, result), 60) }) };
    }
    const [nested] = facts.nestedFailures;
    if (nested !== undefined && project.modules.some(({ pom }) => pom.dependencies.length > 0)) {
        const message = `A Maven run inside the CAR plugin failed, and Maven said BUILD SUCCESS all the same: ${(0,base_text/* oneLine */.TN)(nested, 400)}`;
        return { ...build, failure: failed({ code: codes/* codes */.F.MAVEN_NESTED_BUILD_FAILED, message }) };
    }
    const silent = ranSynapseTests && !options.skipTests ? (0,test_reports/* modulesWithoutSynapseReport */.fy)(project.modules, startedAt) : [];
    if (silent.length > 0) {
        const message = `The Synapse unit tests of ${silent.map(({ folder }) => files.display(folder)).join(', ')} ran and left no ${(0,external_node_path_.join)('target', 'unit-test-report.json')}`;
        return { ...build, failure: failed({ code: codes/* codes */.F.MAVEN_TEST_REPORT_MISSING, message }) };
    }
    const [unreadable] = tests.unreadable;
    if (unreadable !== undefined) {
        const message = `${unreadable.file} ${unreadable.problem}`;
        return { ...build, failure: failed({ code: codes/* codes */.F.MAVEN_TEST_REPORT_UNREADABLE, message }) };
    }
    return { ...build, failure: undefined };
}
function toError(command, exitCode, { code, message, remedy, evidence }) {
    return new errors/* ToolError */.v4(code, message, {
        command,
        exitCode,
        ...(remedy !== undefined && { remedy }),
        ...(evidence !== undefined && { evidence }),
    });
}
/** The same cause with what the reports and the compiler add to it. */
function withCounts(diagnosis, { tests, console }) {
    if (diagnosis.code === codes/* codes */.F.MAVEN_TESTS_FAILED) {
        const failed = (0,test_results/* failedTests */.T9)(tests.cases);
        const names = failed.slice(0, 5).map(({ suite, name, message }) => `${suite}.${name}: ${message ?? 'no message'}`);
        const more = failed.length > names.length ? ` and ${failed.length - names.length} more` : '';
        if (failed.length > 0) {
            const counts = `${failed.length} of ${(0,base_text/* count */.U9)(tests.cases.length, 'test')} failed`;
            return { ...diagnosis, message: (0,base_text/* oneLine */.TN)(`${counts}: ${names.join('; ')}${more}`, 800) };
        }
    }
    const [first, ...rest] = console.compileErrors;
    if (diagnosis.code === codes/* codes */.F.MAVEN_COMPILE_ERROR && first !== undefined) {
        const more = rest.length > 0 ? ` (and ${rest.length} more)` : '';
        const place = `${(0,external_node_path_.basename)(first.file)}:${first.line}:${first.column}`;
        return { ...diagnosis, message: `Java code does not compile: ${place}: ${first.message}${more}` };
    }
    return diagnosis;
}
function evidenceOf(facts, { stdout, stderr }) {
    const text = facts.errorLines.length > 0 ? facts.errorLines.join('\n') : stdout;
    return [text, stderr.trim()].filter((part) => part !== '').join('\n');
}
function compileAnnotations(facts, files) {
    return facts.compileErrors.map(({ file, line, column, message }) => ({
        level: 'error',
        title: 'Compile error',
        message,
        file: files.display(file),
        line,
        column,
    }));
}
function testAnnotations({ cases }, { outcome }) {
    return (0,test_results/* failedTests */.T9)(cases).map(({ suite, name, message, location }) => ({
        // The build can be told to go on (maven.test.failure.ignore): then they are a warning.
        level: outcome === 'success' ? 'warning' : 'error',
        title: `Test failed: ${suite.slice(Math.max(suite.lastIndexOf('.'), suite.lastIndexOf('/')) + 1)} ${name}`,
        message: message ?? 'no message',
        ...location,
    }));
}
/** A warning: the pom may mean it so. */
function unrunAnnotations(modules, files) {
    return modules.map(({ folder, pomFile }) => ({
        level: 'warning',
        title: 'No test ran',
        message: `${files.display((0,external_node_path_.join)(folder, 'src/test/java'))} holds tests, and Surefire ran none of them with BUILD SUCCESS: the pom skips them, or its maven-surefire-plugin is older than 2.22 and does not know JUnit 5.`,
        file: files.display(pomFile),
    }));
}
function profileAnnotations(facts) {
    return facts.unknownProfiles.map((profile) => ({
        level: 'warning',
        message: `The profile '${profile}' does not exist: Maven went on without it.`,
    }));
}

;// CONCATENATED MODULE: ./packages/shared/src/maven/jdk.ts
/** Whether the JDK of the runner fits the Micro Integrator that a project is for. */





/**
 * Newest: the JDK of the official image of each release (wso2/docker-ei, branches 4.0.x to 4.6.x). Oldest: what the
 * release before ran on, where the release notes name a range (4.6: "21 or 25"), else the same.
 */
const jdkOfMi = [
    { from: 6, oldest: 21, newest: 25 },
    { from: 4, oldest: 17, newest: 21 },
    { from: 2, oldest: 11, newest: 17 },
    { from: 0, oldest: 8, newest: 11 },
];
/** What an MI runs on; undefined for a version that this table does not know. */
function jdkFor(miVersion) {
    const [major, minor = 0] = (miVersion ?? '').split('.').map(Number);
    return major === 4 && !Number.isNaN(minor) ? jdkOfMi.find(({ from }) => minor >= from) : undefined;
}
/** What is wrong with a JDK, as a sentence; undefined when nothing is. Pure. */
function jdkProblem(jdk, { miVersion, release, hasJava, startsMi }) {
    const range = jdkFor(miVersion);
    if (hasJava && release !== undefined) {
        if (release > jdk)
            return `The pom compiles for Java ${release}, and the JDK is ${jdk}`;
        if (range !== undefined && release > range.newest) {
            return `The pom compiles for Java ${release}, and MI ${miVersion ?? ''} runs on Java ${range.newest} at most: it could not load the classes`;
        }
    }
    if (startsMi && range !== undefined && (jdk < range.oldest || jdk > range.newest)) {
        return `The unit tests start MI ${miVersion ?? ''}, which runs on Java ${range.oldest} to ${range.newest}, and the JDK is ${jdk}`;
    }
    return undefined;
}
/** The major version in what `java -version` says: 8 of "1.8.0_402", 17 of "17.0.15". */
function jdkVersion(words) {
    const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(words) ?? [];
    return first === undefined ? undefined : Number(first === '1' ? second : first);
}
/**
 * Asks the JDK that Maven will use, where the project depends on its version: Java code of a known release, or unit
 * tests that start a server. Projects of configuration alone build on any.
 * @throws ToolError MAVEN_JDK_UNSUITABLE
 */
async function requireSuitableJdk(project, { skipTests, arguments: given }, { exec, job }) {
    const properties = Object.assign({}, ...project.modules.map(({ pom }) => pom.properties));
    const release = properties['maven.compiler.release'] ?? properties['maven.compiler.target'];
    const needs = {
        miVersion: properties['project.runtime.version'],
        release: release === undefined ? undefined : jdkVersion(`version "${release}`),
        hasJava: project.modules.some(({ folder }) => hasFiles((0,external_node_path_.join)(folder, 'src/main/java'), '.java')),
        startsMi: !skipTests &&
            given.includes('-DtestServerType=local') &&
            project.modules.some((module) => (0,test_reports/* synapseUnitTests */.nC)(module).length > 0),
    };
    if (!needs.startsMi && (!needs.hasJava || needs.release === undefined))
        return;
    const home = job.variable('JAVA_HOME');
    const command = home === undefined ? 'java' : (0,external_node_path_.join)(home, 'bin/java');
    const { stderr, stdout, exitCode } = await exec.run({ command, args: ['-version'], timeoutMs: 30_000 });
    const jdk = jdkVersion(`${stderr}\n${stdout}`);
    const problem = jdk === undefined ? undefined : jdkProblem(jdk, needs);
    if (problem === undefined)
        return;
    throw new errors/* ToolError */.v4(codes/* codes */.F.MAVEN_JDK_UNSUITABLE, problem, { command: [command, '-version'], exitCode });
}
function hasFiles(folder, extension) {
    return ((0,external_node_fs_.existsSync)(folder) && (0,external_node_fs_.readdirSync)(folder, { recursive: true }).some((name) => String(name).endsWith(extension)));
}

// EXTERNAL MODULE: ./packages/shared/src/mi/find-cars.ts
var find_cars = __webpack_require__(335);
;// CONCATENATED MODULE: ./actions/build-mi/src/with-maven.ts





/**
 * Builds and tests the project, and finds what came of it.
 * @param made told of the build also when it failed
 * @returns the carbon applications, absolute
 * @throws ToolError when Maven or a test failed; VerificationError CAR_NOT_BUILT
 */
async function buildWithMaven(made, project, inputs, ports) {
    const { files, log } = ports;
    await requireSuitableJdk(project, { skipTests: inputs.skipTests, arguments: inputs.mavenArgs }, ports);
    const options = {
        goals: inputs.goals.split(/\s+/).filter((goal) => goal !== ''),
        profiles: inputs.profiles,
        arguments: inputs.mavenArgs,
        settings: inputs.settings,
        skipTests: inputs.skipTests,
        timeoutMs: inputs.timeout,
    };
    const result = await buildProject(project, options, ports);
    made.build = result;
    for (const annotation of result.annotations)
        log.annotate(annotation);
    if (result.failure !== undefined)
        throw result.failure;
    log.info(`Maven: ${(0,duration/* formatDuration */.a)(result.durationMs)}, ${(0,test_results/* sayCounts */.A7)((0,test_results/* countTests */.tu)(result.tests.cases))}`);
    const ran = result.console.goals.some(({ goal }) => goal === 'car');
    return (0,find_cars/* findBuiltCars */.l)(project.modules.map(({ folder }) => folder), result.startedAt, files, ran ? undefined : `No goal 'car' ran: no pom binds it to a phase that '${inputs.goals}' reaches.`);
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
