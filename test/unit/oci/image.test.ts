import { describe, expect, test } from '@jest/globals';
import { digestOf } from '@wso2-delivery/shared/formats/digest';
import {
  type Additions,
  type Document,
  extendImage,
  indexOf,
  type PlatformImage,
} from '@wso2-delivery/shared/oci/image';
import { type ImageConfig, type ImageManifest, mediaTypes } from '@wso2-delivery/shared/oci/manifest';

const digest = (n: number) => `sha256:${String(n).repeat(64)}`;

function base(family: 'oci' | 'docker', config: Partial<ImageConfig> = {}): PlatformImage {
  const types =
    family === 'oci'
      ? { manifest: mediaTypes.ociManifest, config: mediaTypes.ociConfig, layer: mediaTypes.ociLayer }
      : { manifest: mediaTypes.dockerManifest, config: mediaTypes.dockerConfig, layer: mediaTypes.dockerLayer };
  return {
    platform: { os: 'linux', architecture: 'amd64' },
    mediaType: types.manifest,
    digest: digest(9),
    manifest: {
      schemaVersion: 2,
      mediaType: types.manifest,
      config: { mediaType: types.config, digest: digest(1), size: 10 },
      layers: [{ mediaType: types.layer, digest: digest(2), size: 20 }],
      ...(family === 'oci' && { annotations: { 'base.note': 'kept' } }),
    },
    config: {
      os: 'linux',
      architecture: 'amd64',
      created: '2025-01-01T00:00:00Z',
      config: { User: 'wso2carbon', Labels: { version: '4.4.0', vendor: 'wso2' } },
      rootfs: { type: 'layers', diff_ids: [digest(3)] },
      history: [{ created_by: 'base' }, { created_by: 'USER', empty_layer: true }],
      ...config,
    },
  };
}

const additions: Additions = {
  layers: [{ digest: digest(4), diffId: digest(5), size: 40, description: 'carbon applications' }],
  labels: { version: '1.0', 'a.first': 'x' },
  annotations: { note: 'own' },
  created: new Date('2026-01-01T00:00:00Z'),
};

const manifestOf = ({ bytes }: Document) => JSON.parse(bytes.toString()) as ImageManifest;
const configOf = ({ bytes }: Document) => JSON.parse(bytes.toString()) as ImageConfig;

describe.each(['oci', 'docker'] as const)('extending an image of the %s family', (family) => {
  const image = extendImage(base(family), additions);

  test('layers, diff ids and history grow together', () => {
    expect(manifestOf(image.manifest).layers.map((layer) => layer.digest)).toEqual([digest(2), digest(4)]);
    const config = configOf(image.config);
    expect(config.rootfs.diff_ids).toEqual([digest(3), digest(5)]);
    expect(config.history?.at(-1)).toEqual({
      created: '2026-01-01T00:00:00.000Z',
      created_by: 'carbon applications',
    });
    expect(config.history?.filter((entry) => entry.empty_layer !== true)).toHaveLength(2);
    expect(config.created).toBe('2026-01-01T00:00:00.000Z');
  });

  test('media types stay of the family', () => {
    const manifest = manifestOf(image.manifest);
    const types = [
      image.manifest.mediaType,
      manifest.mediaType,
      manifest.config.mediaType,
      manifest.layers[1]?.mediaType,
    ];
    expect(types.every((type) => type?.startsWith(`application/vnd.${family}.`))).toBe(true);
    expect(manifest.layers[0]?.mediaType).toBe(manifest.layers[1]?.mediaType);
  });

  test('the manifest names the configuration as it is', () => {
    const { config } = manifestOf(image.manifest);
    expect(config.digest).toBe(digestOf(image.config.bytes));
    expect(config.size).toBe(image.config.bytes.length);
    expect(image.manifest.digest).toBe(digestOf(image.manifest.bytes));
  });

  test('labels are added and win; everything else of the configuration stays', () => {
    const { config } = configOf(image.config);
    expect(config).toEqual({ User: 'wso2carbon', Labels: { version: '1.0', vendor: 'wso2', 'a.first': 'x' } });
  });

  test('annotations appear where the format has them', () => {
    const expected = family === 'oci' ? { 'base.note': 'kept', note: 'own' } : undefined;
    expect(manifestOf(image.manifest).annotations).toEqual(expected);
  });

  test('the order of labels in the input does not matter', () => {
    const digestWith = (labels: Record<string, string>) =>
      extendImage(base(family), { ...additions, labels }).manifest.digest;
    expect(digestWith({ b: '1', a: '2', version: '3' })).toBe(digestWith({ version: '3', a: '2', b: '1' }));
  });
});

describe('unusual bases', () => {
  test('without history each base layer gets an entry, so that layers and history agree', () => {
    const { history, ...config } = base('oci').config;
    expect(history).toHaveLength(2);
    const image = extendImage({ ...base('oci'), config }, additions);
    expect(configOf(image.config).history).toHaveLength(2);
  });

  test('without labels and config there is a configuration with labels', () => {
    const image = extendImage(base('oci', { config: {} }), additions);
    expect(configOf(image.config).config).toEqual({ Labels: { 'a.first': 'x', version: '1.0' } });
  });

  test('nothing added means no empty label map', () => {
    const image = extendImage(base('oci', { config: {} }), { ...additions, labels: {} });
    expect(configOf(image.config).config).toEqual({});
  });
});

describe('indexes', () => {
  const images = [extendImage(base('oci'), additions)];

  test('list each manifest with its platform, digest and size', () => {
    const index = indexOf(images, mediaTypes.ociIndex, { note: 'own' });
    expect(JSON.parse(index.bytes.toString())).toEqual({
      schemaVersion: 2,
      mediaType: mediaTypes.ociIndex,
      manifests: [
        {
          mediaType: mediaTypes.ociManifest,
          digest: images[0]?.manifest.digest,
          size: images[0]?.manifest.bytes.length,
          platform: { os: 'linux', architecture: 'amd64' },
        },
      ],
      annotations: { note: 'own' },
    });
    expect(index.digest).toBe(digestOf(index.bytes));
  });

  test('a docker manifest list has no annotations', () => {
    const list = JSON.parse(indexOf(images, mediaTypes.dockerIndex, { note: 'own' }).bytes.toString()) as object;
    expect(list).not.toHaveProperty('annotations');
  });
});
