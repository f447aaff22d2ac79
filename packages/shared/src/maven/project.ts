/** Which Maven project to build, and the folders of all its modules. */
import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '../base/errors.ts';
import type { Files } from '../base/ports.ts';
import { isInside } from '../base/safe-path.ts';
import { codes } from './codes.ts';
import { readPom, type Pom } from './pom.ts';

export interface Module {
  /** Absolute. */
  readonly folder: string;
  /** Absolute path of its pom. */
  readonly pomFile: string;
  readonly pom: Pom;
}

export interface MavenProject extends Module {
  /** The project itself and every module below it, those of profiles included, each once. */
  readonly modules: readonly Module[];
}

const mostModules = 500;
const mostCandidates = 12;

/**
 * Finds the project.
 * @param given absolute: a folder with a pom.xml, or a pom file itself; undefined for the workspace root
 * @throws InputError MAVEN_PROJECT_MISSING with the candidates of the workspace, MAVEN_POM_MALFORMED
 */
export function findProject(given: string | undefined, files: Files): MavenProject {
  const path = given ?? files.workspace;
  const pomFile = pomAt(path);
  if (pomFile === undefined) throw missing(path, given !== undefined, files);
  const root = moduleAt(pomFile, files);
  return { ...root, modules: allModules(root, files) };
}

/** True when `folder` is a Maven project. */
export function hasPom(folder: string): boolean {
  return pomAt(folder) !== undefined;
}

function pomAt(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  const file = statSync(path).isDirectory() ? join(path, 'pom.xml') : path;
  return existsSync(file) && statSync(file).isFile() ? file : undefined;
}

function moduleAt(pomFile: string, files: Files): Module {
  return { folder: dirname(pomFile), pomFile, pom: readPom(pomFile, files.display(pomFile)) };
}

function allModules(root: Module, files: Files): Module[] {
  const found = new Map<string, Module>([[root.pomFile, root]]);
  const queue = [root];
  for (let module = queue.shift(); module !== undefined; module = queue.shift()) {
    for (const name of moduleNames(module.pom)) {
      const pomFile = pomAt(resolve(module.folder, name));
      // A module that is not there is Maven's to report; a link out of the workspace is not followed.
      if (pomFile === undefined || found.has(pomFile) || found.size >= mostModules) continue;
      if (!isInside(realpathSync(files.workspace), realpathSync(pomFile))) continue;
      const next = moduleAt(pomFile, files);
      found.set(pomFile, next);
      queue.push(next);
    }
  }
  return [...found.values()];
}

function moduleNames(pom: Pom): string[] {
  return [...pom.modules, ...pom.profiles.flatMap((profile) => profile.modules)];
}

function missing(path: string, given: boolean, files: Files): InputError {
  const candidates = pomsBelow(files.workspace, 4).map((pom) => files.display(dirname(pom)));
  const named = candidates.slice(0, mostCandidates);
  const rest = candidates.length - named.length;
  const where = given ? `${files.display(path)} has no pom.xml` : 'the workspace root has no pom.xml';
  const list =
    named.length === 0
      ? 'The workspace holds none at all: does a checkout step run before this one?'
      : `The workspace has ${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`;
  return new InputError(codes.MAVEN_PROJECT_MISSING, [
    { subject: 'project', problem: `${where}. ${list}`, example: named[0] ?? 'integration/employee-service' },
  ]);
}

/** Poms that have no pom above them, so that a module is not offered where its project is. */
function pomsBelow(folder: string, depth: number): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  if (entries.some((entry) => entry.isFile() && entry.name === 'pom.xml')) return [join(folder, 'pom.xml')];
  if (depth === 0) return [];
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !skipped.has(entry.name))
    .map((entry) => entry.name)
    .sort()
    .flatMap((name) => pomsBelow(join(folder, name), depth - 1));
}

const skipped: ReadonlySet<string> = new Set(['node_modules', 'target']);

/** The wrapper script that a project brings, in its folder or above it up to the workspace. */
export function findWrapper(project: Module, files: Files): string | undefined {
  for (let folder = project.folder; isInside(files.workspace, folder); folder = dirname(folder)) {
    const script = join(folder, 'mvnw');
    if (existsSync(script) && statSync(script).isFile()) return script;
    if (folder === dirname(folder)) break;
  }
  return undefined;
}
