/** What an image is, for comparison: its file system as a daemon shows it, and its configuration. */
import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { extract } from 'tar-stream';
import type { Docker } from './docker.ts';

/** Path → type, mode, owner and content, of everything in the image but what the daemon puts into each container. */
export async function imageFiles(docker: Docker, image: string): Promise<Record<string, string>> {
  const container = (await docker.run(['create', image, 'nothing'])).trim();
  const child = spawn(docker.client, ['export', container], {
    env: { ...docker.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const archive = extract();
  child.stdout.pipe(archive);
  const files: Record<string, string> = {};
  for await (const file of archive) {
    const { name, type, mode, uid, gid, linkname } = file.header;
    const hash = createHash('sha256');
    for await (const chunk of file as AsyncIterable<Uint8Array>) hash.update(chunk);
    const path = `/${name.replace(/\/$/, '')}`;
    if (/^\/(\.dockerenv|dev|proc|sys|etc\/(hosts|hostname|resolv\.conf|mtab))(\/|$)/.test(path)) continue;
    const content = type === 'file' ? hash.digest('hex').slice(0, 16) : linkname;
    files[path] = `${type} ${(mode & 0o7777).toString(8)} ${uid}:${gid} ${content}`.trim();
  }
  await docker.run(['rm', container]);
  return files;
}

/** The fields of the configuration that say how a container starts; what is empty in one way or another is left out. */
export async function imageConfig(docker: Docker, image: string): Promise<Record<string, unknown>> {
  const [found] = JSON.parse(await docker.run(['image', 'inspect', image])) as [
    { Config: Record<string, unknown>; Author?: string; Architecture: string; Os: string },
  ];
  const fields = ['User', 'ExposedPorts', 'Env', 'Entrypoint', 'Cmd', 'Volumes', 'WorkingDir', 'Labels', 'StopSignal'];
  const all = [...fields, 'Healthcheck', 'Shell', 'OnBuild', 'ArgsEscaped'].map((name) => [name, found.Config[name]]);
  const facts = [...all, ['Author', found.Author], ['Platform', `${found.Os}/${found.Architecture}`]];
  return Object.fromEntries(
    facts.filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false),
  ) as Record<string, unknown>;
}

/** The instruction of each entry of the history, newest last. */
export async function imageHistory(docker: Docker, image: string): Promise<string[]> {
  const text = await docker.run(['history', '--no-trunc', '--format', '{{.CreatedBy}}', image]);
  return text
    .trimEnd()
    .split('\n')
    .reverse()
    .map((line) => line.split(' ')[0] ?? '');
}
