/** Reads an image from an OCI registry over plain HTTP, as a node's container runtime does. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { extract } from 'tar-stream';
import { messageOf } from '@wso2-delivery/shared/base/errors';
import { pullFailures, type PullOutcome } from './container-script.ts';

export interface ImageConfig {
  readonly Env?: readonly string[];
  readonly Labels?: Readonly<Record<string, string>>;
  readonly User?: string;
  readonly WorkingDir?: string;
  readonly ExposedPorts?: Readonly<Record<string, unknown>>;
}

export interface PulledImage {
  readonly config: ImageConfig;
  /** Files that the reader asked for, by absolute path, as the last layer leaves them. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly digest: string;
  readonly bytes: number;
}

export interface PullRequest {
  readonly image: string;
  /** `user:password` for the registry. */
  readonly credentials: string | undefined;
  /** Which files of the image are wanted. */
  readonly wants: (path: string) => boolean;
  readonly architecture: string;
}

export type Pulled = { readonly image: PulledImage } | { readonly failure: PullOutcome };

interface Reference {
  readonly host: string;
  readonly repository: string;
  readonly reference: string;
}

const manifestTypes = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];

/** Takes `127.0.0.1:5000/shop/web:v1@sha256:…` apart; a digest wins over a tag. */
export function parseReference(image: string): Reference {
  const [, named = image, digest] = /^(.*?)(?:@(sha256:[0-9a-f]{64}))?$/.exec(image) ?? [];
  const [, base = named, tag = 'latest'] = /^(.*?)(?::([^:/]+))?$/.exec(named) ?? [];
  const [first = '', ...rest] = base.split('/');
  const hosted = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  return {
    host: hosted ? first : 'docker.io',
    repository: hosted ? rest.join('/') : base,
    reference: digest ?? tag,
  };
}

/** An answer of the registry that ends the pull, with what containerd says about it. */
class PullFailure extends Error {
  readonly outcome: PullOutcome;

  constructor(outcome: PullOutcome) {
    super('the image cannot be pulled');
    this.outcome = outcome;
  }
}

/** Layers read before, by digest: their content cannot change. */
const layerCache = new Map<string, readonly TarEntry[]>();

interface TarEntry {
  readonly path: string;
  readonly content: Buffer;
}

/** Pulls an image; a registry that does not give it is an outcome, not an exception. */
export async function pullImage(request: PullRequest): Promise<Pulled> {
  try {
    return { image: await pull(request) };
  } catch (thrown) {
    if (thrown instanceof PullFailure) return { failure: thrown.outcome };
    const { host, repository, reference } = parseReference(request.image);
    const url = `http://${host}/v2/${repository}/manifests/${reference}`;
    const message = messageOf(thrown);
    if (message.includes('ECONNREFUSED')) return { failure: pullFailures.unreachable(request.image, url, host) };
    return { failure: { pulled: false, message: `failed to pull and unpack image "${request.image}": ${message}` } };
  }
}

interface Manifest {
  readonly config?: { readonly digest: string };
  readonly layers?: readonly { readonly digest: string; readonly size: number; readonly mediaType: string }[];
  readonly manifests?: readonly {
    readonly digest: string;
    readonly platform?: { readonly os?: string; readonly architecture?: string };
  }[];
}

async function pull({ image, credentials, wants, architecture }: PullRequest): Promise<PulledImage> {
  const { host, repository, reference } = parseReference(image);
  const base = `http://${host}/v2/${repository}`;
  const get = authorizedGet(image, credentials);
  let body = await get(`${base}/manifests/${reference}`, manifestTypes.join(', '));
  let manifest = JSON.parse(body.toString()) as Manifest;
  if (manifest.manifests !== undefined) {
    const fitting = manifest.manifests.find(
      ({ platform }) => platform === undefined || (platform.os === 'linux' && platform.architecture === architecture),
    );
    if (fitting === undefined) throw new PullFailure(pullFailures.noPlatform(image));
    body = await get(`${base}/manifests/${fitting.digest}`, manifestTypes.join(', '));
    manifest = JSON.parse(body.toString()) as Manifest;
  }
  const config = JSON.parse((await get(`${base}/blobs/${manifest.config?.digest ?? ''}`)).toString()) as {
    config?: ImageConfig;
    architecture?: string;
  };
  if (config.architecture !== undefined && config.architecture !== architecture) {
    throw new PullFailure(pullFailures.noPlatform(image));
  }
  const files = new Map<string, Buffer>();
  let bytes = 0;
  for (const layer of manifest.layers ?? []) {
    bytes += layer.size;
    const entries =
      layerCache.get(layer.digest) ??
      (await readLayer(await get(`${base}/blobs/${layer.digest}`), layer.digest, wants));
    layerCache.set(layer.digest, entries);
    applyLayer(files, entries);
  }
  const digest = `sha256:${createHash('sha256').update(body).digest('hex')}`;
  return { config: config.config ?? {}, files, digest, bytes };
}

/** GET with the registry's kind of authentication: none, Basic, or a Bearer token from its realm. */
function authorizedGet(
  image: string,
  credentials: string | undefined,
): (url: string, accept?: string) => Promise<Buffer> {
  const basic = credentials === undefined ? undefined : `Basic ${Buffer.from(credentials).toString('base64')}`;
  let authorization: string | undefined;
  return async (url, accept = '*/*') => {
    const ask = (): Promise<Response> =>
      fetch(url, { headers: { accept, ...(authorization === undefined ? {} : { authorization }) } });
    let answer = await ask();
    if (answer.status === 401 && authorization === undefined) {
      authorization = await authenticate(answer.headers.get('www-authenticate') ?? '', basic);
      if (authorization !== undefined) {
        await answer.body?.cancel();
        answer = await ask();
      }
    }
    if (answer.ok) return Buffer.from(await answer.arrayBuffer());
    await answer.body?.cancel();
    if (answer.status === 404) throw new PullFailure(pullFailures.notFound(image));
    if (answer.status === 401) throw new PullFailure(pullFailures.unauthorized(image));
    throw new PullFailure(pullFailures.status(image, url, `${answer.status} ${answer.statusText}`));
  };
}

async function authenticate(challenge: string, basic: string | undefined): Promise<string | undefined> {
  const parameters = new Map(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
  );
  const realm = parameters.get('realm');
  if (!/^Bearer/i.test(challenge) || realm === undefined) return basic;
  const url = new URL(realm);
  for (const key of ['service', 'scope']) {
    const value = parameters.get(key);
    if (value !== undefined) url.searchParams.set(key, value);
  }
  const answer = await fetch(url, basic === undefined ? {} : { headers: { authorization: basic } });
  if (!answer.ok) return undefined;
  const { token, access_token: access } = (await answer.json()) as { token?: string; access_token?: string };
  return `Bearer ${token ?? access ?? ''}`;
}

/** The wanted files and every whiteout of a layer. */
async function readLayer(blob: Buffer, digest: string, wants: (path: string) => boolean): Promise<TarEntry[]> {
  const actual = `sha256:${createHash('sha256').update(blob).digest('hex')}`;
  if (actual !== digest) throw new Error(`failed size validation or digest of layer ${digest}: got ${actual}`);
  const source = Readable.from([blob]);
  const packed =
    blob.readUInt16BE(0) === 0x1f8b
      ? source.pipe(createGunzip())
      : blob.readUInt32LE(0) === 0xfd2fb528
        ? source.pipe(createZstdDecompress())
        : source;
  const tar = extract();
  packed.on('error', (error) => tar.destroy(error));
  packed.pipe(tar);
  const entries: TarEntry[] = [];
  for await (const entry of tar) {
    const path = `/${entry.header.name.replace(/^\.?\/+/, '')}`;
    const whiteout = /\/\.wh\.[^/]*$/.test(path);
    if (entry.header.type !== 'file' || (!wants(path) && !whiteout)) {
      entry.resume();
      continue;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    entries.push({ path, content: Buffer.concat(chunks) });
  }
  return entries;
}

function applyLayer(files: Map<string, Buffer>, entries: readonly TarEntry[]): void {
  for (const { path } of entries) {
    const [, folder = '', hidden] = /^(.*\/)\.wh\.([^/]*)$/.exec(path) ?? [];
    if (hidden === undefined) continue;
    const gone = hidden === '.wh..opq' || hidden === '.opq' ? folder : `${folder}${hidden}`;
    for (const known of [...files.keys()]) {
      if (known === gone || known.startsWith(gone.endsWith('/') ? gone : `${gone}/`)) files.delete(known);
    }
  }
  for (const { path, content } of entries) if (!/\/\.wh\.[^/]*$/.test(path)) files.set(path, content);
}
