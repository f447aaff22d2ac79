/** docker-registry on a port that the system chooses; it says which. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findTool } from './tools.ts';

export interface DockerRegistry {
  readonly host: string;
  readonly process: ChildProcess;
  /** The lines of its access log: method, path and status stand in them. */
  readonly requests: string[];
}

/**
 * @param extra more of its configuration, YAML at the top level
 * @param keep where it keeps blobs; it flushes each one to a disk, which takes longer than all the rest
 */
export async function startDockerRegistry(
  folder: string,
  extra = '',
  keep: 'on disk' | 'in memory' = 'on disk',
): Promise<DockerRegistry> {
  const root = mkdtempSync(join(folder, 'storage-'));
  const config = join(root, 'config.yml');
  const driver = keep === 'on disk' ? `filesystem: { rootdirectory: ${join(root, 'data')} }` : 'inmemory: {}';
  const storage = `storage: { delete: { enabled: true }, ${driver} }`;
  writeFileSync(config, `version: 0.1\n${storage}\nhttp: { addr: "127.0.0.1:0" }\n${extra}`);
  const child = spawn(findTool('docker-registry') ?? '', ['serve', config], { stdio: ['ignore', 'pipe', 'pipe'] });
  const requests: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => requests.push(line));
  for await (const line of createInterface({ input: child.stderr })) {
    const port = /listening on 127\.0\.0\.1:(\d+)/.exec(line)?.[1];
    if (port !== undefined) {
      child.stderr.resume();
      return { host: `127.0.0.1:${port}`, process: child, requests };
    }
  }
  throw new Error('docker-registry ended before it listened');
}
