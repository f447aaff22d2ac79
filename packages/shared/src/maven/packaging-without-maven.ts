/**
 * Whether a carbon application can be packaged without Maven: what of a project only Maven can do, and what keeps
 * anybody from proving that the result would be the same. Pure but for looking at folders.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, Pom, PomPart } from './pom.ts';
import type { MavenProject } from './project.ts';
import { synapseUnitTests } from './test-reports.ts';

export interface Obstacle {
  /** `impossible`: packaging without Maven gives another result. `unproven`: it may, and nobody can tell from here. */
  readonly kind: 'impossible' | 'unproven';
  /** A clause that names it: "the profile 'docker' is asked for". */
  readonly what: string;
  readonly line: number | undefined;
}

export interface PackagingOptions {
  readonly goals: readonly string[];
  readonly profiles: readonly string[];
  readonly arguments: readonly string[];
  readonly settings: string | undefined;
  readonly skipTests: boolean;
}

/** The versions of vscode-car-plugin whose packaging is the one of 5.4.12 (sources compared; output of 5.4.12 tested). */
const sameAs5412: ReadonlySet<string> = new Set(['5.4.11', '5.4.12', '5.4.13', '5.4.14', '5.4.15']);

/** Plugins of Maven's own that have no part in what is in a CAR. */
const harmless = /^org\.apache\.maven\.plugins:maven-(?:clean|install|deploy|resources|compiler|surefire|site)-plugin$/;

const lifecycle = [
  ...['validate', 'initialize', 'generate-sources', 'process-sources', 'generate-resources', 'process-resources'],
  ...['compile', 'process-classes', 'generate-test-sources', 'process-test-sources', 'generate-test-resources'],
  ...['process-test-resources', 'test-compile', 'process-test-classes', 'test', 'prepare-package', 'package'],
  ...['pre-integration-test', 'integration-test', 'post-integration-test', 'verify', 'install', 'deploy'],
];
const beside: ReadonlySet<string> = new Set(['clean', 'pre-clean', 'post-clean', 'site']);

/** Everything that stands against it, the impossible first. */
export function obstaclesToPackagingWithoutMaven(project: MavenProject, options: PackagingOptions): Obstacle[] {
  const { pom, folder } = project;
  const active = activeParts(pom);
  const plugins = active.flatMap((part) => part.plugins);
  const obstacles: Obstacle[] = [];
  const add = (kind: Obstacle['kind'], what: string, line?: number) => obstacles.push({ kind, what, line });

  if (active.some(({ modules }) => modules.length > 0)) add('impossible', 'the project has modules');
  if (!['pom', 'jar'].includes(pom.packaging)) add('impossible', `its packaging is ${pom.packaging}`);
  for (const [name, value] of Object.entries({
    groupId: pom.groupId,
    artifactId: pom.artifactId,
    version: pom.version,
  })) {
    if (value === undefined || value.includes('${')) add('impossible', `its ${name} is said outside of its pom`);
  }
  for (const profile of options.profiles) add('impossible', `the profile '${profile}' is asked for`);
  for (const argument of options.arguments) add('impossible', `maven-args has ${argument}`);
  if (pom.properties['fat.car.enable'] === 'true') add('impossible', 'fat.car.enable packs other applications into it');
  for (const mapper of dataMappers(folder)) {
    add('impossible', `the data mapper ${mapper} is compiled by a Maven run of the plugin`);
  }
  for (const obstacle of carGoalObstacles(plugins, options.goals)) obstacles.push(obstacle);
  if (!options.skipTests && runsTests(project, plugins)) {
    add('impossible', 'its tests are run by Maven (skip-tests: true leaves them out)');
  }

  if (pom.parent !== undefined) add('unproven', 'it has a parent pom', pom.parent.line);
  if (options.settings !== undefined) add('unproven', 'settings may activate profiles');
  for (const profile of pom.profiles) {
    if (profile.activation === 'condition') add('unproven', `the profile '${profile.id}' may activate itself`);
    if (profile.activation === 'default' && profile.setsProperties) {
      add('unproven', `the profile '${profile.id}' sets properties`);
    }
  }
  for (const plugin of plugins) {
    const name = nameOf(plugin);
    if (name !== carPlugin && !harmless.test(name)) add('unproven', `it uses the plugin ${name}`, plugin.line);
  }
  for (const { type, groupId, artifactId, line } of active.flatMap((part) => part.dependencies)) {
    if (type === 'zip') add('unproven', `it depends on ${groupId ?? ''}:${artifactId ?? ''}, a zip`, line);
  }
  if (packsClassMediators(project)) add('unproven', 'its Java code is compiled and packed by Maven');
  if (existsSync(join(folder, 'tmp'))) add('unproven', 'a folder tmp is there, which the plugin would pack too');
  return obstacles.sort((a, b) => Number(a.kind === 'unproven') - Number(b.kind === 'unproven'));
}

/** The pom and the profiles that take part when none is asked for. */
export function activeParts(pom: Pom): readonly PomPart[] {
  return [pom, ...pom.profiles.filter(({ activation }) => activation === 'default')];
}

const carPlugin = 'org.wso2.maven:vscode-car-plugin';

function nameOf({ groupId = '', artifactId = '' }: Plugin): string {
  return `${groupId}:${artifactId}`;
}

function carGoalObstacles(plugins: readonly Plugin[], goals: readonly string[]): Obstacle[] {
  const plugin = plugins.find((candidate) => nameOf(candidate) === carPlugin);
  if (plugin === undefined) {
    return [{ kind: 'impossible', what: 'its pom does not use vscode-car-plugin', line: undefined }];
  }
  const { line, version, configured } = plugin;
  const found: Obstacle[] = [];
  const unknown = goals.filter((goal) => !lifecycle.includes(goal) && !beside.has(goal));
  if (unknown.length > 0) found.push({ kind: 'impossible', what: `goals has ${unknown.join(', ')}`, line: undefined });
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

function carPhase({ bindings }: Plugin): string | undefined {
  const binding = bindings.find(({ goal }) => goal === 'car');
  return binding === undefined ? undefined : (binding.phase ?? 'package');
}

/** True when the plugin packs the project's own jar: it has one at that point of the build only from `package` on. */
export function packsClassMediators({ pom }: MavenProject): boolean {
  const plugin = activeParts(pom)
    .flatMap(({ plugins }) => plugins)
    .find((candidate) => nameOf(candidate) === carPlugin);
  const phase = plugin === undefined ? undefined : carPhase(plugin);
  const late = phase !== undefined && lifecycle.indexOf(phase) >= lifecycle.indexOf('package');
  return pom.packaging === 'jar' && late;
}

function runsTests(project: MavenProject, plugins: readonly Plugin[]): boolean {
  const synapse = plugins.some(({ goals }) => goals.includes('synapse-unit-test'));
  return (
    (synapse && synapseUnitTests(project).length > 0) ||
    (project.pom.packaging === 'jar' && hasFiles(join(project.folder, 'src/test/java')))
  );
}

function hasFiles(folder: string): boolean {
  return (
    existsSync(folder) && readdirSync(folder, { withFileTypes: true, recursive: true }).some((entry) => entry.isFile())
  );
}

function dataMappers(folder: string): string[] {
  const resources = join(folder, 'src/main/wso2mi/resources');
  return ['datamapper', 'registry/gov/datamapper']
    .map((place) => join(resources, place))
    .filter(existsSync)
    .flatMap((place) => readdirSync(place, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}
