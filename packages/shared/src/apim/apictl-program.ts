import { readdirSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { codes as base } from '../base/codes.ts';
import { InputError, ToolError } from '../base/errors.ts';
import type { Exec, Files, Http, Job, Log } from '../base/ports.ts';
import { download } from '../tools/download.ts';
import { findProgram, isExecutable } from '../tools/find.ts';
import { knownReleases, parseVersion, releaseUrl, type ApictlVersion } from './apictl-release.ts';
import { codes } from './codes.ts';

export interface ApictlWish {
  /** Where it is: wins over everything. */
  readonly path: string | undefined;
  /** The release to download: wins over the PATH. */
  readonly version: string | undefined;
  /** SHA-256 of the release file. */
  readonly sha256: string | undefined;
  /** The API Manager's version, where it is known: of several apictl in the tool cache the one that fits it is taken. */
  readonly server?: ApictlVersion | undefined;
}

interface ProgramPorts {
  readonly exec: Exec;
  readonly http: Http;
  readonly files: Files;
  readonly job: Job;
  readonly log: Log;
}

const unpackMs = 60_000;

/**
 * The apictl to use, absolute: at the path given; in the version given, from the runner's tool cache or downloaded;
 * found on the PATH; or in the tool cache.
 * @throws InputError APICTL_UNAVAILABLE, and what the download means
 */
export async function findApictl(wish: ApictlWish, ports: ProgramPorts): Promise<string> {
  const { job, files, log } = ports;
  if (wish.path !== undefined) {
    const path = isAbsolute(wish.path) ? wish.path : resolve(files.workspace, wish.path);
    if (isExecutable(path)) return path;
    const problem = `'${wish.path}' is not an executable file`;
    throw new InputError(codes.APICTL_UNAVAILABLE, [
      { subject: 'apictl-path', problem, example: '/usr/local/bin/apictl' },
    ]);
  }
  if (wish.version !== undefined) return downloadApictl(wish.version, wish.sha256, ports);
  const found = findProgram('apictl', job) ?? fitting(cachedApictl(job), wish.server)?.path;
  if (found === undefined) {
    const problem = 'apictl is not on the PATH, and neither apictl-path nor apictl-version is given';
    throw new InputError(codes.APICTL_UNAVAILABLE, [{ subject: 'apictl-version', problem, example: '4.7.0' }]);
  }
  log.info(`apictl: ${found}`);
  return found;
}

async function downloadApictl(wanted: string, sha256: string | undefined, ports: ProgramPorts): Promise<string> {
  const { exec, http, files, job, log } = ports;
  const version = parseVersion(wanted);
  if (version === undefined) {
    const problem = `'${wanted}' is not a version`;
    throw new InputError(base.INPUT_INVALID, [{ subject: 'apictl-version', problem, example: '4.7.0' }]);
  }
  const cached = cachedApictl(job).find((each) => each.version.join('.') === version.join('.'));
  if (cached !== undefined) {
    log.info(`apictl: ${cached.path}`);
    return cached.path;
  }
  const url = releaseUrl(version, job);
  const folder = await files.privateFolder('apictl-program');
  const archive = join(folder, url.slice(url.lastIndexOf('/') + 1));
  await download({ url, target: archive, sha256, known: knownReleases, input: 'apictl-sha256' }, http);
  const inner = job.platform === 'win32' ? 'apictl/apictl.exe' : 'apictl/apictl';
  const args = ['-xzf', archive, '-C', folder, inner];
  const result = await exec.run({ command: 'tar', args, inherit: 'private', timeoutMs: unpackMs });
  const program = join(folder, inner);
  if (result.exitCode !== 0 || !isExecutable(program)) {
    const message = `the release file of apictl ${wanted} holds no ${inner}`;
    const evidence = result.stderr;
    throw new ToolError(codes.APICTL_UNAVAILABLE, message, {
      command: ['tar', ...args],
      exitCode: result.exitCode,
      evidence,
    });
  }
  log.info(`apictl ${wanted}: downloaded and checked`);
  return program;
}

interface CachedApictl {
  readonly version: ApictlVersion;
  readonly path: string;
}

/** What lies in the runner's tool cache, as setup actions leave it: apictl/<version>/<arch>/ with the release's files. */
function cachedApictl(job: Job): CachedApictl[] {
  const root = job.variable('RUNNER_TOOL_CACHE');
  if (root === undefined) return [];
  const name = job.platform === 'win32' ? 'apictl.exe' : 'apictl';
  return listed(join(root, 'apictl')).flatMap((folder) => {
    const version = parseVersion(folder);
    const places = [name, join('apictl', name)].map((inner) => join(root, 'apictl', folder, job.arch, inner));
    const path = places.find((each) => isExecutable(each));
    return version === undefined || path === undefined ? [] : [{ version, path }];
  });
}

/** The newest one of the server's minor version; the newest of all when none is, or the version is not known. */
function fitting(cached: readonly CachedApictl[], server: ApictlVersion | undefined): CachedApictl | undefined {
  const newestFirst = [...cached].sort((a, b) => compare(b.version, a.version));
  const fits = newestFirst.find(({ version: [major, minor] }) => major === server?.[0] && minor === server[1]);
  return fits ?? newestFirst[0];
}

function compare(a: ApictlVersion, b: ApictlVersion): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
