/** Images of Micro Integrators with carbon applications, put into the lab's registry without a build. */
import type { LabRegistry } from '@wso2-delivery/lab/registry/registry';
import { digestOf } from '@wso2-delivery/shared/formats/digest';
import { gzip } from '@wso2-delivery/shared/formats/gzip';
import { writeTar } from '@wso2-delivery/shared/formats/tar';

const folder = 'home/wso2carbon/wso2mi-4.4.0/repository/deployment/server/carbonapps';
const repository = 'shop/mi';

/** Puts an image with these archives and labels under a tag, and gives its reference. */
export async function putMiImage(
  registry: LabRegistry,
  tag: string,
  cars: Readonly<Record<string, Buffer>>,
  labels: Readonly<Record<string, string>> = {},
): Promise<string> {
  const entries = Object.entries(cars).map(([name, content]) => ({
    name: `${folder}/${name}`,
    type: 'file' as const,
    content,
    mode: 0o644,
    uid: 10802,
    gid: 10802,
  }));
  const chunks: Buffer[] = [];
  for await (const chunk of gzip(writeTar(entries, new Date(0)))) chunks.push(Buffer.from(chunk));
  const layer = Buffer.concat(chunks);
  const rootfs = { type: 'layers', diff_ids: [digestOf(layer)] };
  const config = Buffer.from(
    JSON.stringify({ os: 'linux', architecture: 'amd64', config: { Labels: labels }, rootfs }),
  );
  registry.store.putBlob(repository, layer);
  registry.store.putBlob(repository, config);
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const describe = (kind: string, bytes: Buffer): object => ({
    mediaType: `application/vnd.oci.image.${kind}`,
    digest: digestOf(bytes),
    size: bytes.length,
  });
  const manifest = {
    schemaVersion: 2,
    mediaType,
    config: describe('config.v1+json', config),
    layers: [describe('layer.v1.tar+gzip', layer)],
  };
  registry.store.putManifest(repository, { mediaType, bytes: Buffer.from(JSON.stringify(manifest)) }, tag);
  return `${registry.host}/${repository}:${tag}`;
}
