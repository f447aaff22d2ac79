/** Reads an image back from a registry without the client under test, and holds every part of it to its digest. */
import { createHash } from 'node:crypto';

interface Named {
  readonly digest: string;
  readonly size: number;
}
interface Manifest {
  readonly mediaType?: string;
  readonly manifests?: readonly Named[];
  readonly config?: Named;
  readonly layers?: readonly Named[];
}

/** The digest of the image, when all of it is there; an error that names the first part that is not. */
export async function wholeImage(
  host: string,
  repository: string,
  name: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  const get = async (path: string): Promise<Buffer> => {
    const types = ['oci.image.index.v1', 'oci.image.manifest.v1', 'docker.distribution.manifest.v2'];
    const accept = [...types, 'docker.distribution.manifest.list.v2'].map((type) => `application/vnd.${type}+json`);
    const url = `http://${host}/v2/${repository}/${path}`;
    const response = await fetch(url, { headers: { ...headers, accept: accept.join(', ') } });
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  };
  const held = async (kind: 'manifests' | 'blobs', { digest, size }: Named): Promise<Buffer> => {
    const bytes = await get(`${kind}/${digest}`);
    if (bytes.length !== size || digestOf(bytes) !== digest) throw new Error(`${digest} is ${digestOf(bytes)}`);
    return bytes;
  };
  const check = async (bytes: Buffer): Promise<void> => {
    const manifest = JSON.parse(bytes.toString()) as Manifest;
    for (const child of manifest.manifests ?? []) await check(await held('manifests', child));
    for (const blob of [...(manifest.config === undefined ? [] : [manifest.config]), ...(manifest.layers ?? [])]) {
      await held('blobs', blob);
    }
  };
  const top = await get(`manifests/${name}`);
  await check(top);
  return digestOf(top);
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
