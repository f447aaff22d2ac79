import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
var __webpack_exports__ = {};

;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: ./packages/shared/src/base/safe-path.ts

/** True when `path` is `folder` itself or lies below it. Both are taken as they are: resolve links before, if they matter. */
function safe_path_isInside(folder, path) {
    const way = relative(resolve(folder), resolve(path));
    return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
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

;// CONCATENATED MODULE: ./packages/shared/src/run/private-folders.ts



/** What the names of all private folders begin with. */
const privateFolderPrefix = 'wso2-delivery-';
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
            const folder = mkdtempSync(join(temp, `${privateFolderPrefix}${name}-`));
            folders.add(folder);
            chmodSync(folder, 0o700);
            remember([...folders]);
            return Promise.resolve(folder);
        },
        display: (path) => (isInside(workspace, path) ? relative(workspace, path).replaceAll('\\', '/') || '.' : path),
        removeAll() {
            // Synchronous: also called while the process is going down.
            for (const folder of folders)
                rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
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
    const temp = variables.RUNNER_TEMP ?? (0,external_node_os_namespaceObject.tmpdir)();
    for (const folder of foldersIn(variables[`STATE_${privateFoldersState}`])) {
        try {
            if (!isOurs(folder, temp))
                continue;
            (0,external_node_fs_namespaceObject.rmSync)(folder, { recursive: true, force: true, maxRetries: 3 });
            say(`Removed ${(0,external_node_path_namespaceObject.basename)(folder)}, which a step that was killed had left.`);
        }
        catch (error) {
            say(`${(0,external_node_path_namespaceObject.basename)(folder)} could not be removed: ${error instanceof Error ? error.message : String(error)}`);
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
    const found = (0,external_node_fs_namespaceObject.lstatSync)(folder, { throwIfNoEntry: false });
    return (found?.isDirectory() === true &&
        (0,external_node_path_namespaceObject.basename)(folder).startsWith(privateFolderPrefix) &&
        (0,external_node_fs_namespaceObject.realpathSync)((0,external_node_path_namespaceObject.dirname)(folder)) === (0,external_node_fs_namespaceObject.realpathSync)(temp));
}
/** The post step in this process. */
function runPost() {
    removeLeftovers(process.env, (line) => process.stdout.write(`${line}\n`));
}

;// CONCATENATED MODULE: ./packages/shared/src/run/post-step.ts
/** The entry of dist/post: see post.ts. */

runPost();

