import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { seedMicroIntegratorBase } from '@wso2-delivery/lab/registry/micro-integrator-base';
import { InputError, ServiceError, VerificationError } from '@wso2-delivery/shared/base/errors';
import { type ImageIndex, imageVariable } from '@wso2-delivery/shared/oci/manifest';
import { formatPlatform, parsePlatform } from '@wso2-delivery/shared/oci/platform';
import { parseReference } from '@wso2-delivery/shared/oci/reference';
import { resolveImage } from '@wso2-delivery/shared/oci/resolve';
import { BASE, openPushLab, type PushLab } from './push-lab.ts';

let lab: PushLab;
beforeEach(async () => {
  lab = await openPushLab();
});
afterEach(() => lab.close());

const INDEX = 'application/vnd.oci.image.index.v1+json';
const resolve = (name: string, platforms: readonly string[] | 'all' = 'all') =>
  resolveImage(
    parseReference(`${lab.registry.host}/${name}`),
    platforms === 'all' ? 'all' : platforms.map((platform) => parsePlatform(platform)),
    lab.registries(),
  );
const platformsOf = (images: { images: readonly { platform: { os: string; architecture: string } }[] }) =>
  images.images.map(({ platform }) => formatPlatform(platform));

/** Stores an index made of the base's with its entries changed. */
function storeIndex(tag: string, change: (entries: ImageIndex['manifests']) => readonly object[]): void {
  const base = JSON.parse(lab.registry.store.manifest(BASE, '4.4.0')!.bytes.toString()) as ImageIndex;
  const bytes = Buffer.from(JSON.stringify({ ...base, manifests: change(base.manifests) }));
  lab.registry.store.putManifest(BASE, { mediaType: INDEX, bytes }, tag);
}

describe('resolving an image', () => {
  test('a tag gives digest, platforms, manifests and configurations', async () => {
    const image = await resolve(`${BASE}:4.4.0`);
    expect(image.digest).toBe(lab.registry.store.manifest(BASE, '4.4.0')?.digest);
    expect(platformsOf(image)).toEqual(['linux/amd64', 'linux/arm64']);
    expect(imageVariable(image.images[0]!.config, 'WSO2_SERVER_HOME')).toBe('/home/wso2carbon/wso2mi-4.4.0');
    expect(image.images[0]!.manifest.layers).toHaveLength(2);
  });

  test('a digest gives the same', async () => {
    const byTag = await resolve(`${BASE}:4.4.0`);
    expect((await resolve(`${BASE}@${byTag.digest}`)).images).toEqual(byTag.images);
  });

  test('only the chosen platforms are read', async () => {
    expect(platformsOf(await resolve(`${BASE}:4.4.0`, ['linux/arm64/v8']))).toEqual(['linux/arm64']);
    expect(lab.registry.requests.filter(({ url }) => url.includes('/blobs/'))).toHaveLength(1);
  });

  test('an image without an index has the platform of its configuration', async () => {
    await seedMicroIntegratorBase(lab.registry, { repository: 'single', tag: '1', platforms: ['linux/arm64/v8'] });
    expect(platformsOf(await resolve('single:1'))).toEqual(['linux/arm64/v8']);
  });

  test('attestations in the index are no images', async () => {
    storeIndex('attested', (entries) => [
      ...entries,
      { ...entries[0], platform: { os: 'unknown', architecture: 'unknown' } },
    ]);
    expect(platformsOf(await resolve(`${BASE}:attested`))).toEqual(['linux/amd64', 'linux/arm64']);
  });

  test('an entry without a platform is asked for its own', async () => {
    storeIndex('plain', (entries) => entries.map((entry) => ({ ...entry, platform: undefined })));
    expect(platformsOf(await resolve(`${BASE}:plain`, ['linux/amd64']))).toContain('linux/amd64');
  });
});

describe('what cannot be resolved', () => {
  test.each([`${BASE}:9.9.9`, 'nobody/nothing:1', `${BASE}@sha256:${'0'.repeat(64)}`])(
    '%s does not exist',
    async (name) => {
      const attempt = resolve(name);
      await expect(attempt).rejects.toThrow(ServiceError);
      await expect(attempt).rejects.toThrow(`the image ${lab.registry.host}/${name} does not exist`);
    },
  );

  test('a platform that is not there: the error lists what is', async () => {
    const attempt = resolve(`${BASE}:4.4.0`, ['linux/amd64', 'linux/s390x']);
    await expect(attempt).rejects.toThrow(InputError);
    await expect(attempt).rejects.toMatchObject({ code: 'IMAGE_PLATFORM_MISSING' });
    await expect(attempt).rejects.toThrow('has no image for linux/s390x; it has linux/amd64, linux/arm64');
  });

  test('an index that lists what is not there', async () => {
    storeIndex('sparse', (entries) => [{ ...entries[0], digest: `sha256:${'1'.repeat(64)}` }]);
    await expect(resolve(`${BASE}:sparse`)).rejects.toThrow(
      `${lab.registry.host}/${BASE}:sparse (linux/amd64) is listed in its index and not in the registry`,
    );
  });

  test('an empty index', async () => {
    storeIndex('empty', () => []);
    await expect(resolve(`${BASE}:empty`)).rejects.toThrow('is an index without any image');
  });

  test('something that is no image', async () => {
    const bytes = Buffer.from('{"schemaVersion":1,"fsLayers":[]}');
    lab.registry.store.putManifest(
      BASE,
      { mediaType: 'application/vnd.docker.distribution.manifest.v1+prettyjws', bytes },
      'old',
    );
    const attempt = resolve(`${BASE}:old`);
    await expect(attempt).rejects.toThrow(VerificationError);
    await expect(attempt).rejects.toThrow('old schema 1 format');
  });
});
