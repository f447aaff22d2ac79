/** What the figures were taken on. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { cpus, homedir, loadavg, release, totalmem, type } from 'node:os';
import { delimiter, join } from 'node:path';

/** How each program says its version. */
const versions: readonly (readonly [name: string, ...args: string[]])[] = [
  ['docker', '--version'],
  ['dockerd', '--version'],
  ['buildah', '--version'],
  ['crane', 'version'],
  ['docker-registry', '--version'],
  ['kubectl', 'version', '--client'],
  ['apictl', 'version'],
  ['mvn', '--version'],
  ['git', '--version'],
];

export function describeMachine(): readonly string[] {
  const [cpu] = cpus();
  const gib = (totalmem() / 2 ** 30).toFixed(0);
  return [
    `${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${gib} GiB memory, ${type()} ${release()}`,
    `Node ${process.version}; ${versions.map(([name, ...args]) => versionOf(name, args)).join('; ')}`,
    `Load when it began: ${load()}`,
  ];
}

/** Processes that wanted to run, on average over the last minute. */
export function load(): string {
  return (loadavg()[0] ?? 0).toFixed(1);
}

function versionOf(name: string, args: readonly string[]): string {
  const program = programOf(name);
  if (program === undefined) return `no ${name}`;
  const { stdout } = spawnSync(program, args, { encoding: 'utf8' });
  return `${name} ${/\d+\.\d+[\w.+~-]*/.exec(stdout)?.[0] ?? '(version unknown)'}`;
}

/** Where a program is: on the PATH, where `go install` puts it, or where daemons are; undefined when it is missing. */
export function programOf(name: string): string | undefined {
  const path = (process.env.PATH ?? '').split(delimiter);
  // The docker of the system first: it is of the version of its daemon.
  const folders = [...(name === 'docker' ? ['/usr/bin'] : []), ...path, join(homedir(), 'go/bin'), '/usr/sbin'];
  return folders
    .map((folder) => join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
