/** A tiny base image that looks like WSO2's Micro Integrator image to everyone who reads its manifest and layers. */
import { digestOf } from '@wso2-delivery/shared/formats/digest';
import { gzip } from '@wso2-delivery/shared/formats/gzip';
import { type TarEntry, writeTar } from '@wso2-delivery/shared/formats/tar';
import type { LabRegistry } from './registry.ts';

export interface BaseOptions {
  readonly repository: string;
  readonly tag: string;
  /** Default: linux/amd64 and linux/arm64. One platform gives a plain manifest, more give an index. */
  readonly platforms?: readonly string[];
  /** MI version (default 4.4.0). It decides the home folder and the user's id. */
  readonly version?: string;
  readonly family?: 'oci' | 'docker';
}

const TYPES = {
  oci: {
    index: 'application/vnd.oci.image.index.v1+json',
    manifest: 'application/vnd.oci.image.manifest.v1+json',
    config: 'application/vnd.oci.image.config.v1+json',
    layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
  },
  docker: {
    index: 'application/vnd.docker.distribution.manifest.list.v2+json',
    manifest: 'application/vnd.docker.distribution.manifest.v2+json',
    config: 'application/vnd.docker.container.image.v1+json',
    layer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
  },
} as const;

const CREATED = new Date('2025-01-01T00:00:00Z');

/** Puts the base image into the registry; gives the digest that the tag stands for. */
export async function seedMicroIntegratorBase(registry: LabRegistry, options: BaseOptions): Promise<string> {
  const { repository, tag, platforms = ['linux/amd64', 'linux/arm64'], version = '4.4.0', family = 'oci' } = options;
  const types = TYPES[family];
  const uid = userIdOf(version);
  const layers = await Promise.all([packLayer(systemEntries(uid)), packLayer(serverEntries(uid, version))]);
  for (const layer of layers) registry.store.putBlob(repository, layer.bytes);

  const manifests = platforms.map((platform) => {
    const [os = '', architecture = '', variant] = platform.split('/');
    const place = { os, architecture, ...(variant !== undefined && { variant }) };
    const config = Buffer.from(JSON.stringify(configOf(place, version, layers)));
    registry.store.putBlob(repository, config);
    const manifest = Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        mediaType: types.manifest,
        config: { mediaType: types.config, digest: digestOf(config), size: config.length },
        layers: layers.map(({ bytes }) => ({ mediaType: types.layer, digest: digestOf(bytes), size: bytes.length })),
      }),
    );
    const stored = { mediaType: types.manifest, bytes: manifest };
    const digest = registry.store.putManifest(repository, stored, platforms.length === 1 ? tag : undefined);
    return { mediaType: types.manifest, digest, size: manifest.length, platform: place };
  });
  if (manifests.length === 1) return manifests[0]!.digest;
  const index = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: types.index, manifests }));
  return registry.store.putManifest(repository, { mediaType: types.index, bytes: index }, tag);
}

/** WSO2's images changed the user's id with 4.4. */
function userIdOf(version: string): number {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 4 || (major === 4 && minor >= 4) ? 10802 : 802;
}

interface PackedLayer {
  readonly bytes: Buffer;
  readonly diffId: string;
}

async function packLayer(entries: readonly TarEntry[]): Promise<PackedLayer> {
  const tar = await gather(writeTar(entries, CREATED));
  return { bytes: await gather(gzip(writeTar(entries, CREATED))), diffId: digestOf(tar) };
}

async function gather(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function systemEntries(uid: number): TarEntry[] {
  const root = { uid: 0, gid: 0 };
  return [
    { name: 'etc/', type: 'directory', mode: 0o755, ...root },
    {
      name: 'etc/group',
      type: 'file',
      mode: 0o644,
      ...root,
      content: `root:x:0:\nwso2:x:${uid}:\n`,
    },
    {
      name: 'etc/passwd',
      type: 'file',
      mode: 0o644,
      ...root,
      content: `root:x:0:0:root:/root:/bin/sh\nwso2carbon:x:${uid}:${uid}::/home/wso2carbon:/bin/sh\n`,
    },
    { name: 'home/', type: 'directory', mode: 0o755, ...root },
    { name: 'tmp/', type: 'directory', mode: 0o1777, ...root },
  ];
}

function serverEntries(uid: number, version: string): TarEntry[] {
  const own = { uid, gid: uid };
  const home = `home/wso2carbon/wso2mi-${version}`;
  const directory = (name: string): TarEntry => ({ name, type: 'directory', mode: 0o755, ...own });
  const file = (name: string, content: string, mode = 0o644): TarEntry => ({
    name,
    type: 'file',
    mode,
    content,
    ...own,
  });
  return [
    directory('home/wso2carbon/'),
    file(
      'home/wso2carbon/docker-entrypoint.sh',
      '#!/bin/sh\nexec "$WSO2_SERVER_HOME/bin/micro-integrator.sh" "$@"\n',
      0o755,
    ),
    directory('home/wso2carbon/wso2-config-volume/'),
    directory(`${home}/`),
    directory(`${home}/bin/`),
    file(`${home}/bin/micro-integrator.sh`, '#!/bin/sh\necho "a stand-in for the Micro Integrator"\n', 0o755),
    directory(`${home}/conf/`),
    file(`${home}/conf/deployment.toml`, '[server]\nhostname = "localhost"\n'),
    directory(`${home}/dropins/`),
    directory(`${home}/lib/`),
    directory(`${home}/repository/`),
    directory(`${home}/repository/deployment/`),
    directory(`${home}/repository/deployment/server/`),
    directory(`${home}/repository/deployment/server/carbonapps/`),
    directory(`${home}/repository/resources/`),
    directory(`${home}/repository/resources/security/`),
  ];
}

function configOf(platform: object, version: string, layers: readonly PackedLayer[]): object {
  const created = CREATED.toISOString();
  const server = `wso2mi-${version}`;
  return {
    ...platform,
    created,
    config: {
      User: 'wso2carbon',
      ExposedPorts: { '8253/tcp': {}, '8290/tcp': {} },
      Env: [
        'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
        'WORKING_DIRECTORY=/home/wso2carbon',
        `WSO2_SERVER_HOME=/home/wso2carbon/${server}`,
      ],
      Entrypoint: ['/home/wso2carbon/docker-entrypoint.sh'],
      WorkingDir: '/home/wso2carbon',
      Labels: { 'com.wso2.version': version },
    },
    rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
    history: [
      { created, created_by: 'a minimal system with the user wso2carbon' },
      { created, created_by: `the folders of ${server}` },
      { created, created_by: 'USER wso2carbon', empty_layer: true },
    ],
  };
}
