/** A base image that weighs what WSO2's own weighs, of bytes that no compression makes smaller. */
import { createCipheriv, createHash } from 'node:crypto';
import { join } from 'node:path';
import type { LayerFile } from '@wso2-delivery/shared/oci/layer';
import { buildLayer, directoriesOwnedBelow } from '@wso2-delivery/shared/oci/layer';
import { openRegistries } from '@wso2-delivery/shared/oci/registry';
import { putBlob } from '@wso2-delivery/shared/oci/upload';
import { digestOf } from '@wso2-delivery/shared/formats/digest';
import type { Ports } from '@wso2-delivery/shared/base/ports';

export const home = '/home/wso2carbon/wso2mi-4.4.0';
export const owner = { uid: 10802, gid: 10802, mode: 0o755 };
export const baseRepository = 'wso2/wso2mi';
export const baseTag = '4.4.0';

const created = new Date('2026-01-01T00:00:00Z');

/** The same bytes for the same name, everywhere: the key stream of a cipher. */
export function noise(name: string, bytes: number): AsyncIterable<Uint8Array> {
  const key = createHash('sha256').update(name).digest();
  async function* pour(): AsyncGenerator<Uint8Array> {
    const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
    const zeros = Buffer.alloc(1024 * 1024);
    for (let left = bytes; left > 0; left -= zeros.length) {
      yield await Promise.resolve(cipher.update(zeros.subarray(0, Math.min(left, zeros.length))));
    }
  }
  return pour();
}

const MB = 1_000_000;
/** A system, a Java runtime, the server: sizes as in WSO2's images. */
const layers: readonly (readonly [name: string, megabytes: number])[] = [
  ['usr/lib/system', 30],
  ['opt/java/modules', 120],
  ['home/wso2carbon/wso2mi-4.4.0/wso2/components', 150],
];

/** Puts the image into a registry as wso2/wso2mi:4.4.0; gives the bytes of its layers. */
export async function seedBase(host: string, ports: Ports, folder: string): Promise<number> {
  const repository = openRegistries(ports).repository({ registry: host, repository: baseRepository }, 'pull,push');
  const built = [];
  for (const [name, megabytes] of layers) {
    const files: LayerFile[] = [];
    for (let part = 0; part < megabytes / 10; part++) {
      const length = 10 * MB;
      const open = () => noise(`${name}-${part}`, length);
      files.push({ path: `/${name}-${part}.bin`, content: { length, open }, ...owner, mode: 0o644 });
    }
    if (name.startsWith('usr/')) {
      const passwd = 'root:x:0:0:root:/root:/bin/sh\nwso2carbon:x:10802:10802::/home/wso2carbon:/bin/sh\n';
      files.push({ path: '/etc/passwd', content: passwd, uid: 0, gid: 0, mode: 0o644 });
    }
    const directory = directoriesOwnedBelow('/home/wso2carbon', owner);
    built.push(await buildLayer({ files, directory, modified: created, description: name }, folder));
  }
  for (const { digest, size, content } of built)
    await putBlob(repository, { digest, size, open: () => content.open() });
  const config = Buffer.from(
    JSON.stringify({
      architecture: 'amd64',
      os: 'linux',
      created: created.toISOString(),
      config: {
        User: '10802:10802',
        Env: ['PATH=/usr/bin:/bin', `WSO2_SERVER_HOME=${home}`],
        Entrypoint: ['/home/wso2carbon/docker-entrypoint.sh'],
        WorkingDir: '/home/wso2carbon',
      },
      rootfs: { type: 'layers', diff_ids: built.map(({ diffId }) => diffId) },
      history: built.map(({ description }) => ({ created: created.toISOString(), created_by: description })),
    }),
  );
  await putBlob(repository, { digest: digestOf(config), size: config.length, open: () => oneChunk(config) });
  const mediaType = 'application/vnd.docker.distribution.manifest.v2+json';
  const bytes = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType,
      config: {
        mediaType: 'application/vnd.docker.container.image.v1+json',
        digest: digestOf(config),
        size: config.length,
      },
      layers: built.map(({ digest, size }) => ({
        mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
        digest,
        size,
      })),
    }),
  );
  await repository.putManifest(baseTag, { mediaType, digest: digestOf(bytes), bytes });
  return built.reduce((sum, { size }) => sum + size, 0);
}

async function* oneChunk(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

/** Where the carbon application lies in the image. */
export const carbonapps = join(home, 'repository/deployment/server/carbonapps');
export const deploymentToml = join(home, 'conf/deployment.toml');
