import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readZip } from '@wso2-delivery/shared/formats/zip';
import { buildZip, describeZip, type ReplayServer } from './apictl-replay-server.ts';

/** One recorded run of the real apictl (test/fixtures/apictl/README.md tells where they come from). */
export interface Transcript {
  readonly case: string;
  readonly argv: readonly string[];
  readonly setup: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: string | null;
  readonly exitCode: number;
  readonly createdStandardConfigDir: boolean;
  readonly stdout: string;
  readonly stderr: string;
  readonly http: readonly RecordedRequest[];
  readonly files: readonly RecordedFile[];
}

export interface RecordedRequest {
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly requestHeaders?: Readonly<Record<string, string>>;
  readonly requestBody?: unknown;
  readonly status?: number | string | null;
  readonly responseHeaders?: Readonly<Record<string, string>>;
  readonly responseBody?: unknown;
}

interface RecordedFile {
  readonly path: string;
  readonly change: string;
  readonly mode?: string;
  readonly type?: string;
  readonly size?: number;
  readonly content?: unknown;
}

/** What a run looked like, with the places of this machine replaced by the transcripts' placeholders. */
export interface Observed {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly http: readonly unknown[];
  readonly files: readonly unknown[];
}

export interface Folders {
  readonly config: string;
  readonly work: string;
  readonly tmp: string;
}

/** Runs one command line to its end. */
export type Runner = (
  argv: readonly string[],
  run: { env: Readonly<Record<string, string>>; cwd: string; stdin: string | null },
) => Promise<{ exitCode: number; stdout: string; stderr: string }>;

export function loadTranscripts(folder: string): Transcript[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Transcript);
}

/** Does what a transcript says, in fresh folders below `base`. */
export async function replay(
  transcript: Transcript,
  run: Runner,
  server: ReplayServer,
  base: string,
  arrange: Arrangement = {},
): Promise<Observed> {
  const folders: Folders = { config: join(base, 'config'), work: join(base, 'work'), tmp: join(base, 'tmp') };
  for (const folder of Object.values(folders) as string[]) mkdirSync(folder, { recursive: true });
  const real = (text: string) =>
    text
      .replaceAll('$URL', `https://${server.host}`)
      .replaceAll('$CONFIG', folders.config)
      .replaceAll('$WORK', folders.work)
      .replaceAll('$LAB/tls/cert.pem', join(base, 'cert.pem'));
  writeFileSync(join(base, 'cert.pem'), server.certificate);
  const env: Record<string, string> = { PATH: process.env.PATH ?? '', HOME: base, TMPDIR: folders.tmp };
  const setupEnv = { ...env, APICTL_CONFIG_DIR: folders.config };
  for (const [name, value] of Object.entries(transcript.env)) env[name] = real(value);
  await writeInputs(transcript, folders);
  arrange.first?.(folders);
  server.prepare(arrange.registration);
  for (const step of transcript.setup) {
    const argv = (step.split(' => ')[0] ?? '').split(' ').map(real);
    const stdin = argv[0] === 'login' ? (arrange.password ?? 'admin') : null;
    await run(argv, { env: setupEnv, cwd: folders.work, stdin });
  }
  await arrange.before?.(folders, server);
  const before = snapshot(folders);
  server.play(transcript);
  const result = await run(transcript.argv.map(real), { env, cwd: folders.work, stdin: transcript.stdin });
  const placeholders = (text: string) => withPlaceholders(text, folders, server.host);
  return {
    exitCode: result.exitCode,
    stdout: placeholders(result.stdout),
    stderr: placeholders(result.stderr).replace(/Usage:[\s\S]*$/, 'Usage: …'),
    http: server.seen.map((request) => JSON.parse(placeholders(JSON.stringify(request))) as unknown),
    files: await changes(before, folders, transcript, placeholders),
  };
}

/** What a case needs beyond its recorded setup. */
export interface Arrangement {
  readonly password?: string;
  /** What client registration answers while the case is prepared. */
  readonly registration?: object;
  /** Runs before the recorded setup. */
  readonly first?: (folders: Folders) => void;
  readonly before?: (folders: Folders, server: ReplayServer) => void | Promise<void>;
}

/** The recorded side, without what is constant or cannot be the same (sizes of compressed files). */
export function expected(transcript: Transcript): Observed {
  return {
    exitCode: transcript.exitCode,
    stdout: transcript.stdout,
    stderr: transcript.stderr,
    http: transcript.http
      .filter(({ method }) => method !== undefined)
      .map(({ method, path, query, requestHeaders, requestBody }) => ({
        method,
        path,
        query,
        requestHeaders: requestHeaders ?? {},
        requestBody: withoutSizes(requestBody) ?? null,
      })),
    files: sortedFiles(
      transcript.files
        .filter((file) => !isStandard(file.path) || !transcript.createdStandardConfigDir)
        .map((file) => comparable(file)),
    ),
  };
}

function comparable({ path, change, mode, type, content }: RecordedFile): object {
  const kept = path.startsWith('$TMP') || path.endsWith('.sample') ? undefined : withoutSizes(content);
  return {
    path,
    change,
    mode,
    ...(type === undefined ? {} : { type }),
    ...(kept === undefined ? {} : { content: kept }),
  };
}

/** Compressed sizes differ between zip writers: they are left out of what is compared. */
function withoutSizes(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((each) =>
      typeof each === 'string' ? each.replace(/(\.zip) \(\d+\)$/, '$1') : withoutSizes(each),
    );
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => !(key === 'size' && typeof inner === 'number'))
      .map(([key, inner]) => [key, withoutSizes(inner)]),
  );
}

/** The archive given to an import (api.zip where none is), and its unpacked folder, as the recorded upload needs them. */
async function writeInputs(transcript: Transcript, folders: Folders): Promise<void> {
  const [request] = transcript.http.filter(({ path }) => path?.endsWith('/import'));
  const parts = (request?.requestBody as { multipart?: { zip?: RecordedZip }[] } | undefined)?.multipart;
  let zip = parts?.[0]?.zip ?? defaultProject;
  const [name, inner] = Object.entries(zip.contents ?? {}).find(([each]) => each.endsWith('SourceArchive.zip')) ?? [];
  if (name !== undefined) {
    zip = renamed(inner as RecordedZip, 'SourceArchive/', name.slice(0, -'SourceArchive.zip'.length));
  }
  const file = /\$WORK\/(prod|app)\.zip/.exec(transcript.argv.join(' '))?.[1] ?? 'api';
  const archive = buildZip(zip.entries, zip.contents ?? {});
  writeFileSync(join(folders.work, `${file}.zip`), archive);
  for (const { name: entry, data } of await readZip(archive)) {
    const path = join(folders.work, entry);
    if (entry.endsWith('/')) mkdirSync(path, { recursive: true });
    else writeFileSync(path, data);
  }
}

export interface RecordedZip {
  readonly entries: readonly string[];
  readonly contents?: Readonly<Record<string, unknown>>;
}

function renamed({ entries, contents = {} }: RecordedZip, from: string, to: string): RecordedZip {
  const swap = (name: string) => (name.startsWith(from) ? to + name.slice(from.length) : name);
  return {
    entries: entries.map(swap),
    contents: Object.fromEntries(Object.entries(contents).map(([name, value]) => [swap(name), value])),
  };
}

const defaultProject: RecordedZip = { entries: ['PizzaShackAPI-1.0.0/ (0)', 'PizzaShackAPI-1.0.0/api.yaml (100)'] };

function withPlaceholders(text: string, folders: Folders, host: string): string {
  return text
    .replaceAll(folders.config, '$CONFIG')
    .replaceAll(folders.work, '$WORK')
    .replaceAll(folders.tmp, '$TMP')
    .replaceAll(host, '$APIM_HOST')
    .replace(/127\.0\.0\.1:\d+->/g, '127.0.0.1:$EPHEMERAL->')
    .replace(/(project-artifact|apim)\d{4,}/g, '$1$RAND')
    .replace(/(scope=)apim:[\w:+]+/g, '$1$SCOPES')
    .replace(/(lookup no-such-host\.invalid)(?: on \S+)?: no such host/g, '$1 on $DNS:53: no such host')
    .replace(/(Executed ImportExportCLI \(apictl\) on ).*/g, '$1$DATE');
}

function snapshot(folders: Folders): Map<string, string> {
  const seen = new Map<string, string>();
  const walk = (folder: string) => {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      const stat = statSync(path);
      seen.set(path, stat.isDirectory() ? 'dir' : `${stat.mtimeMs} ${stat.size}`);
      if (stat.isDirectory()) walk(path);
    }
  };
  for (const folder of [folders.config, folders.work, folders.tmp]) walk(folder);
  return seen;
}

async function changes(
  before: Map<string, string>,
  folders: Folders,
  transcript: Transcript,
  placeholders: (text: string) => string,
): Promise<unknown[]> {
  const after = snapshot(folders);
  const found: RecordedFile[] = [];
  for (const [path, state] of after) {
    const old = before.get(path);
    if (old === state) continue;
    const stat = statSync(path);
    const shown = placeholders(path);
    if (transcript.createdStandardConfigDir && isStandard(shown)) continue;
    found.push({
      path: shown,
      change: old === undefined ? 'created' : 'changed',
      mode: `0o${(stat.mode & 0o777).toString(8)}`,
      ...(stat.isDirectory() ? { type: 'dir' } : { content: await contentOf(path, shown, placeholders) }),
    });
  }
  for (const path of before.keys()) if (!after.has(path)) found.push({ path: placeholders(path), change: 'deleted' });
  return sortedFiles(found.map((file) => comparable(file)));
}

async function contentOf(path: string, shown: string, placeholders: (text: string) => string): Promise<unknown> {
  if (shown.startsWith('$TMP') && !shown.endsWith('intermediate_params.yaml')) return undefined;
  if (path.endsWith('.zip')) return { zip: withoutSizes(await describeZip(readFileSync(path))) };
  return placeholders(readFileSync(path, 'utf8')).slice(0, 700);
}

/** The files that any first command leaves behind, whatever it was. */
function isStandard(path: string): boolean {
  return /^\$CONFIG\/\.wso2apictl(\.local)?(\/(certs|exported(\/(apis|api-products|apps|migration))?|env_keys_all\.yaml|main_config\.yaml\.sample))?$/.test(
    path,
  );
}

function sortedFiles(files: object[]): object[] {
  return files.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
