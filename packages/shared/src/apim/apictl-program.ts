import { isAbsolute, join, resolve } from 'node:path';
import { codes as base } from '../base/codes.ts';
import { InputError, ToolError } from '../base/errors.ts';
import type { Exec, Files, Http, Job, Log } from '../base/ports.ts';
import { download } from '../tools/download.ts';
import { findProgram, isExecutable } from '../tools/find.ts';
import { knownReleases, parseVersion, releaseUrl } from './apictl-release.ts';
import { codes } from './codes.ts';

export interface ApictlWish {
  /** Where it is: wins over everything. */
  readonly path: string | undefined;
  /** The release to download: wins over the PATH. */
  readonly version: string | undefined;
  /** SHA-256 of the release file. */
  readonly sha256: string | undefined;
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
 * The apictl to use, absolute: at the path given, downloaded in the version given, or found on the PATH.
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
  const found = findProgram('apictl', job);
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
