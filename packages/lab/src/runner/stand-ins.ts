/** Actions of GitHub that need its services or its network, done inside the lab instead. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { downloadArtifact, uploadArtifact } from './artifact-stand-ins.ts';
import { cache, restoreCache, saveCache } from './cache-stand-ins.ts';
import type { JsonObject } from './expressions.ts';
import { textOf } from './expressions.ts';

/** What a stand-in is given. It fails its step by throwing; a promise it returns is awaited, its value ignored. */
export interface StandInCall {
  /** owner/name or owner/name/path, as in `uses`. */
  readonly action: string;
  readonly ref: string;
  /** As written under `with`; a stand-in has no declaration and so no defaults. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly github: JsonObject;
  readonly env: Readonly<Record<string, string>>;
  readonly workspace: string;
  readonly temp: string;
  readonly lab: {
    readonly nodePath: string;
    /** The folder of a repository, or undefined when the lab does not have it. */
    readonly sourceOf: (repository: string, ref: string) => string | undefined;
    /** Shared by all jobs of the run, in all its attempts. */
    readonly artifacts: string;
    /** Names of the artifacts of earlier attempts of the run that this one has not uploaded anew. */
    readonly earlierArtifacts: Set<string>;
    /** Shared by all runs with the same temporary folder. */
    readonly caches: string;
  };
  readonly signal: AbortSignal;
  readonly log: (text: string) => void;
  readonly warning: (message: string) => void;
  readonly setOutput: (name: string, value: string) => void;
  readonly setVariable: (name: string, value: string) => void;
  readonly addPath: (folder: string) => void;
  /** Runs when the job ends, whatever happened. */
  readonly addPost: (body: () => void | Promise<void>) => void;
}

export type StandIn = (call: StandInCall) => unknown;

export const BUILT_IN_STAND_INS: Readonly<Record<string, StandIn>> = {
  'actions/checkout': checkout,
  'actions/setup-java': setupJava,
  'actions/setup-node': setupNode,
  'actions/upload-artifact': uploadArtifact,
  'actions/download-artifact': downloadArtifact,
  'actions/cache': cache,
  'actions/cache/restore': restoreCache,
  'actions/cache/save': saveCache,
};

/** A git repository is cloned at its HEAD; any other folder is copied. */
function checkout(call: StandInCall): void {
  const own = textOf(call.github.repository ?? '');
  const repository = call.inputs.repository ?? own;
  const ref = call.inputs.ref ?? '';
  const source = call.lab.sourceOf(repository, ref);
  if (source === undefined) throw new Error(`repository '${repository}' not found`);
  const target = resolve(call.workspace, call.inputs.path ?? '.');
  const outside = relative(call.workspace, target).startsWith('..');
  if (outside) throw new Error(`Repository path '${target}' is not under '${call.workspace}'`);
  for (const entry of existsSync(target) ? readdirSync(target) : []) rmSync(join(target, entry), { recursive: true });
  mkdirSync(target, { recursive: true });
  if (existsSync(join(source, '.git'))) {
    git(['clone', '--quiet', '--local', '--no-hardlinks', source, target]);
    const commit = ref === '' ? textOf(call.github.sha ?? '') : ref;
    if (repository === own && gitSucceeds(target, ['cat-file', '-e', `${commit}^{commit}`])) {
      git(['-C', target, 'checkout', '--quiet', '--detach', commit]);
    }
    git(['-C', target, 'remote', 'set-url', 'origin', `${textOf(call.github.server_url ?? '')}/${repository}`]);
  } else {
    cpSync(source, target, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith('/node_modules'),
    });
  }
  call.log(`Checked out ${repository}${ref === '' ? '' : ` at ${ref}`}`);
  call.setOutput('ref', ref === '' ? textOf(call.github.ref ?? '') : ref);
  call.setOutput('commit', textOf(call.github.sha ?? ''));
}

function git(args: readonly string[]): void {
  const { status, stderr, error } = spawnSync('git', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${error?.message ?? stderr}`);
}

function gitSucceeds(folder: string, args: readonly string[]): boolean {
  return spawnSync('git', ['-C', folder, ...args]).status === 0;
}

/** Uses the Java that is there: JAVA_HOME, or the one on PATH. */
function setupJava(call: StandInCall): void {
  const home = call.env.JAVA_HOME;
  const probe = spawnSync(
    home === undefined ? 'java' : join(home, 'bin/java'),
    ['-XshowSettings:properties', '-version'],
    {
      encoding: 'utf8',
      env: { PATH: call.env.PATH ?? '' },
    },
  );
  const property = (name: string): string | undefined =>
    new RegExp(`^\\s*${name} = (.*)$`, 'm').exec(probe.stderr)?.[1];
  const found = probe.status === 0 ? property('java.home') : undefined;
  if (found === undefined) throw new Error('There is no Java on this machine, and the lab does not download one.');
  const version = property('java.version') ?? '';
  const wanted = call.inputs['java-version'] ?? '';
  if (wanted !== '' && version.split('.')[0] !== wanted.split('.')[0]) {
    call.warning(`Java ${wanted} was asked for; the lab uses Java ${version} of this machine.`);
  }
  call.setVariable('JAVA_HOME', found);
  call.addPath(join(found, 'bin'));
  call.setOutput('path', found);
  call.setOutput('version', version);
  call.setOutput('distribution', call.inputs.distribution ?? '');
}

/** Puts the lab's node first on PATH. */
function setupNode(call: StandInCall): void {
  call.addPath(dirname(call.lab.nodePath));
  const version = spawnSync(call.lab.nodePath, ['--version'], { encoding: 'utf8' }).stdout.trim();
  call.setOutput('node-version', version);
  call.setOutput('cache-hit', 'false');
}
