import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { RegistryOptions as LabOptions } from '@wso2-delivery/lab/registry/registry';
import { openRegistries } from '@wso2-delivery/shared/oci/registry';
import { testPorts, type TestPorts } from '../../support/ports.ts';
import { BASE, openPushLab, type PushLab } from './push-lab.ts';

let ports: TestPorts;
beforeEach(() => {
  ports = testPorts({ variables: {} });
});
afterEach(() => ports.dispose());

describe('upload locations of a registry behind TLS', () => {
  const sessionAt = (registry: string, location: string | undefined) =>
    openRegistries(ports)
      .repository({ registry, repository: 'acme/app' }, 'pull,push')
      .session({
        status: 202,
        url: `https://${registry}/v2/acme/app/blobs/uploads/`,
        headers: location === undefined ? {} : { location },
      }).location.href;

  test.each([
    ['r.example', '/v2/acme/app/blobs/uploads/1', 'https://r.example/v2/acme/app/blobs/uploads/1'],
    ['r.example', '1?_state=x%2By', 'https://r.example/v2/acme/app/blobs/uploads/1?_state=x%2By'],
    ['r.example', 'https://storage.example/1?s=1', 'https://storage.example/1?s=1'],
    // A registry that does not know of the proxy in front of it.
    ['r.example', 'http://r.example/up/1?s=1', 'https://r.example/up/1?s=1'],
    ['r.example:8443', 'http://r.example/up/1', 'https://r.example:8443/up/1'],
    ['r.example', 'http://r.example:5000/up/1', 'https://r.example/up/1'],
  ])('%s saying %s means %s', (registry, location, expected) => {
    expect(sessionAt(registry, location)).toBe(expected);
  });

  test.each([
    ['http://elsewhere.example/up/1', 'wants uploads sent to elsewhere.example without TLS'],
    [undefined, 'does not say where'],
    ['http://[', 'does not say where'],
  ])('%s is refused', (location, words) => {
    expect(() => sessionAt('r.example', location)).toThrow(words);
  });
});

describe('content that is not what it is called', () => {
  let lab: PushLab;
  afterEach(() => lab.close());
  const other = `sha256:${'0'.repeat(64)}`;
  const mismatch = { code: 'IMAGE_CONTENT_MISMATCH', kind: 'verification' };
  const open = async (options: LabOptions = {}) => {
    lab = await openPushLab(options);
    const registries = lab.registries();
    return registries.repository({ registry: lab.registry.host, repository: BASE }, 'pull,push');
  };
  const base = () => lab.registry.store.manifest(BASE, '4.4.0')!;

  test('a manifest under another digest', async () => {
    const repository = await open();
    lab.registry.store.repository(BASE).manifests.set(other, { mediaType: 'x', bytes: Buffer.from('{}') });
    await expect(repository.manifest(other)).rejects.toMatchObject(mismatch);
  });

  test('a manifest that is announced as another', async () => {
    const repository = await open({ faults: () => 'wrong-digest' });
    await expect(repository.manifest('4.4.0')).rejects.toMatchObject(mismatch);
  });

  test('a manifest that changed on the way', async () => {
    const repository = await open({ faults: () => 'corrupt' });
    await expect(repository.manifest('4.4.0')).rejects.toMatchObject(mismatch);
  });

  test('a blob that changed on the way', async () => {
    const repository = await open({ faults: () => 'corrupt' });
    const [digest = ''] = lab.registry.store.repository(BASE).blobs;
    await expect(repository.readBlob({ mediaType: 'x', digest, size: 1 })).rejects.toMatchObject(mismatch);
  });

  test('a manifest that was stored as another', async () => {
    const repository = await open({ faults: () => 'wrong-digest' });
    const { mediaType, bytes, digest } = base();
    await expect(repository.putManifest('2', { mediaType, bytes, digest })).rejects.toMatchObject(mismatch);
  });
});

describe('where requests go', () => {
  test.each([
    ['docker.io', 'https://registry-1.docker.io/v2/library/alpine/manifests/3'],
    ['ghcr.io', 'https://ghcr.io/v2/library/alpine/manifests/3'],
    ['localhost:5000', 'http://localhost:5000/v2/library/alpine/manifests/3'],
  ])('%s is asked at %s', async (registry, expected) => {
    const asked: string[] = [];
    const http = {
      request: (request: { url: string | URL; ca?: string }) => {
        asked.push(`${String(request.url)} ${request.ca ?? ''}`.trim());
        return Promise.resolve({
          status: 404,
          headers: {},
          url: String(request.url),
          body: Buffer.alloc(0),
          text: () => '',
          json: () => ({}),
        });
      },
      stream: () => Promise.reject(new Error('not asked for')),
    };
    const own = testPorts({ variables: {}, http });
    const repository = openRegistries(own, { ca: 'PEM' }).repository(
      { registry, repository: 'library/alpine' },
      'pull',
    );
    expect(await repository.manifest('3')).toBeUndefined();
    expect(asked).toEqual([`${expected} PEM`]);
    own.dispose();
  });
});
