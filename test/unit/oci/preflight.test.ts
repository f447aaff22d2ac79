import { afterEach, describe, expect, test } from '@jest/globals';
import type { RegistryOptions } from '@wso2-delivery/lab/registry/registry';
import type { ImageIndex } from '@wso2-delivery/shared/oci/manifest';
import { parsePlatform } from '@wso2-delivery/shared/oci/platform';
import { checkImage } from '@wso2-delivery/shared/oci/preflight';
import { parseReference } from '@wso2-delivery/shared/oci/reference';
import { BASE, openPushLab, type PushLab } from './push-lab.ts';

let lab: PushLab;
afterEach(() => lab.close());

async function check(name: string, platforms: readonly string[] = [], options: RegistryOptions = {}) {
  lab = await openPushLab(options);
  return checkAgain(name, platforms);
}
const checkAgain = (name: string, platforms: readonly string[] = []) =>
  checkImage(
    parseReference(name.includes('/') && name.startsWith('127.') ? name : `${lab.registry.host}/${name}`),
    platforms.map((platform) => parsePlatform(platform)),
    lab.registries(),
  );

describe('before a deployment an image is', () => {
  test('present: with its digest and platforms', async () => {
    const found = await check(`${BASE}:4.4.0`, ['linux/amd64', 'linux/arm64']);
    const { digest } = lab.registry.store.manifest(BASE, '4.4.0')!;
    expect(found).toEqual({ state: 'present', digest, platforms: ['linux/amd64', 'linux/arm64'] });
  });

  test('absent: tag, repository or digest', async () => {
    expect(await check(`${BASE}:typo`)).toMatchObject({
      state: 'absent',
      message: expect.stringContaining(':typo does not exist'),
    });
    expect(await checkAgain('no/such:1')).toMatchObject({ state: 'absent' });
    expect(await checkAgain(`${BASE}@sha256:${'0'.repeat(64)}`)).toMatchObject({ state: 'absent' });
  });

  test('absent for a platform that its index lists and the registry lost', async () => {
    lab = await openPushLab();
    const index = JSON.parse(lab.registry.store.manifest(BASE, '4.4.0')!.bytes.toString()) as ImageIndex;
    lab.registry.store.repository(BASE).manifests.delete(index.manifests[1]!.digest);
    expect(await checkAgain(`${BASE}:4.4.0`, ['linux/amd64'])).toMatchObject({ state: 'present' });
    expect(await checkAgain(`${BASE}:4.4.0`, ['linux/arm64'])).toMatchObject({
      state: 'absent',
      message: expect.stringContaining('lists linux/arm64 as'),
    });
  });

  test('there for other platforms than the nodes have', async () => {
    expect(await check(`${BASE}:4.4.0`, ['linux/s390x'])).toMatchObject({
      state: 'platform-missing',
      missing: ['linux/s390x'],
      platforms: ['linux/amd64', 'linux/arm64'],
      message: expect.stringContaining('has no image for linux/s390x'),
    });
  });

  test('hidden from these credentials', async () => {
    const found = await check(`${BASE}:4.4.0`, [], { authorization: { scheme: 'bearer', users: {} } });
    expect(found).toMatchObject({ state: 'unauthorized', remedy: expect.stringContaining('registry-username') });
  });

  test.each([
    [{ status: 503 }, 'unreachable'],
    [{ status: 500 }, 'unreachable'],
    [{ status: 429 }, 'unreachable'],
    [{ status: 200, body: '<html>' }, 'unusable'],
    [{ status: 204 }, 'unusable'],
  ])('%j means %s', async (fault, state) => {
    expect(await check(`${BASE}:4.4.0`, [], { faults: () => fault })).toMatchObject({ state });
  });

  test('in a registry that nobody answers for', async () => {
    expect(await check('127.0.0.1:9/a/b:1')).toMatchObject({
      state: 'unreachable',
      message: expect.stringContaining('127.0.0.1:9'),
    });
  });
});

test('a cancelled check is cancelled, not a finding', async () => {
  lab = await openPushLab();
  lab.ports.cancel();
  await expect(checkAgain(`${BASE}:4.4.0`)).rejects.toMatchObject({ kind: 'cancelled' });
});
