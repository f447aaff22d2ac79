import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { seedMicroIntegratorBase } from '@wso2-delivery/lab/registry/micro-integrator-base';
import { type LabRegistry, startRegistry } from '@wso2-delivery/lab/registry/registry';
import { digestOf } from '@wso2-delivery/shared/formats/digest';

let registry: LabRegistry;
beforeEach(async () => {
  registry = await startRegistry();
  registry.store.putBlob(NAME, config);
});
afterEach(() => registry.close());

const NAME = 'acme/app';
const TYPE = 'application/vnd.oci.image.manifest.v1+json';
const config = Buffer.from('{}');
const descriptor = { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf(config), size: 2 };
const manifest = { schemaVersion: 2, mediaType: TYPE, config: descriptor, layers: [] as object[] };
const bytes = (document: object) => Buffer.from(JSON.stringify(document));

const send = (method: string, path: string, body?: Buffer, type = TYPE) =>
  fetch(new URL(path, registry.url), {
    method,
    ...(body && { body: new Uint8Array(body), headers: { 'content-type': type } }),
  });
const put = (reference: string, document: object, type?: string) =>
  send('PUT', `/v2/${NAME}/manifests/${reference}`, bytes(document), type);
const get = (reference: string, method = 'GET') => send(method, `/v2/${NAME}/manifests/${reference}`);
const codeOf = async (response: Response) =>
  ((await response.json()) as { errors: { code: string }[] }).errors[0]?.code;

describe('manifests', () => {
  test('come back byte for byte, by tag and by digest, with type and digest', async () => {
    const stored = await put('1.0', manifest);
    const digest = digestOf(bytes(manifest));
    expect([stored.status, stored.headers.get('docker-content-digest')]).toEqual([201, digest]);
    for (const reference of ['1.0', digest]) {
      const response = await get(reference);
      expect(Buffer.from(await response.arrayBuffer()).equals(bytes(manifest))).toBe(true);
      expect(response.headers.get('content-type')).toBe(TYPE);
      expect(response.headers.get('docker-content-digest')).toBe(digest);
    }
    const head = await get('1.0', 'HEAD');
    expect(head.headers.get('content-length')).toBe(String(bytes(manifest).length));
  });

  test('may be stored by digest alone, also by sha512', async () => {
    for (const digest of [digestOf(bytes(manifest)), digestOf(bytes(manifest), 'sha512')]) {
      expect((await put(digest, manifest)).status).toBe(201);
      expect((await get(digest)).status).toBe(200);
    }
  });

  test.each<[string, string, object | string, string | undefined, number, string]>([
    ['another digest', `sha256:${'0'.repeat(64)}`, manifest, undefined, 400, 'DIGEST_INVALID'],
    ['another type', '1', manifest, 'application/vnd.oci.image.index.v1+json', 400, 'MANIFEST_INVALID'],
    ['a malformed tag', '-1', manifest, undefined, 400, 'TAG_INVALID'],
    ['no JSON', '1', 'text', undefined, 400, 'MANIFEST_INVALID'],
    [
      'a layer that is not there',
      '1',
      { ...manifest, layers: [{ ...descriptor, digest: `sha256:${'1'.repeat(64)}` }] },
      undefined,
      400,
      'MANIFEST_BLOB_UNKNOWN',
    ],
    [
      'a platform manifest that is not there',
      '1',
      { schemaVersion: 2, manifests: [{ digest: `sha256:${'1'.repeat(64)}` }] },
      'application/vnd.oci.image.index.v1+json',
      400,
      'MANIFEST_BLOB_UNKNOWN',
    ],
    ['more than 4 MiB', '1', { ...manifest, x: 'x'.repeat(4 * 1024 * 1024) }, undefined, 413, 'MANIFEST_INVALID'],
  ])('with %s are refused', async (_, reference, document, type, status, code) => {
    const body = typeof document === 'string' ? Buffer.from(document) : bytes(document);
    const response = await send('PUT', `/v2/${NAME}/manifests/${reference}`, body, type);
    expect([response.status, await codeOf(response)]).toEqual([status, code]);
  });

  test('that are unknown say whether the repository is known', async () => {
    expect(await codeOf(await get('none'))).toBe('MANIFEST_UNKNOWN');
    expect(await codeOf(await send('GET', '/v2/no/body/manifests/1'))).toBe('NAME_UNKNOWN');
  });

  test('deleted by tag lose the tag; deleted by digest lose all their tags', async () => {
    const digest = digestOf(bytes(manifest));
    await put('a', manifest);
    await put('b', manifest);
    expect((await get('a', 'DELETE')).status).toBe(202);
    expect([(await get('a')).status, (await get('b')).status]).toEqual([404, 200]);
    expect((await get(digest, 'DELETE')).status).toBe(202);
    expect([(await get('b')).status, (await get(digest)).status]).toEqual([404, 404]);
    expect((await get(digest, 'DELETE')).status).toBe(404);
  });
});

describe('tags', () => {
  test('are listed in pages that lead to each other', async () => {
    for (const tag of ['c', 'a', 'e', 'b', 'd']) await put(tag, manifest);
    const pages: string[][] = [];
    let next: string | undefined = `/v2/${NAME}/tags/list?n=2`;
    while (next !== undefined) {
      const response = await send('GET', next);
      pages.push(((await response.json()) as { tags: string[] }).tags);
      next = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
    }
    expect(pages).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  test('may be asked for none', async () => {
    await put('a', manifest);
    expect(await (await send('GET', `/v2/${NAME}/tags/list?n=0`)).json()).toEqual({ name: NAME, tags: [] });
  });
});

describe('referrers', () => {
  test('are those whose subject is the digest, filtered by type when asked', async () => {
    const subject = { ...descriptor, digest: digestOf(bytes(manifest)) };
    const sbom = { ...manifest, artifactType: 'application/vnd.cyclonedx+json', subject, annotations: { a: 'b' } };
    const proof = { ...manifest, artifactType: 'application/vnd.in-toto+json', subject };
    const stored = await put(digestOf(bytes(sbom)), sbom);
    expect(stored.headers.get('oci-subject')).toBe(subject.digest);
    await put(digestOf(bytes(proof)), proof);
    const list = async (query = '') => {
      const response = await send('GET', `/v2/${NAME}/referrers/${subject.digest}${query}`);
      return { response, index: (await response.json()) as { manifests: { artifactType: string; digest: string }[] } };
    };
    expect((await list()).index.manifests).toHaveLength(2);
    const { response, index } = await list('?artifactType=application/vnd.cyclonedx%2Bjson');
    expect(index.manifests).toMatchObject([{ digest: digestOf(bytes(sbom)), annotations: { a: 'b' } }]);
    expect(response.headers.get('oci-filters-applied')).toBe('artifactType');
    expect(response.headers.get('content-type')).toBe('application/vnd.oci.image.index.v1+json');
  });

  test('of what is unknown are none, not an error', async () => {
    const response = await send('GET', `/v2/${NAME}/referrers/sha256:${'0'.repeat(64)}`);
    expect([response.status, ((await response.json()) as { manifests: [] }).manifests]).toEqual([200, []]);
  });
});

describe('everything else', () => {
  test('the root answers, and the catalog lists the repositories', async () => {
    expect((await send('GET', '/v2/')).status).toBe(200);
    expect(await (await send('GET', '/v2/_catalog')).json()).toEqual({ repositories: [NAME] });
  });

  test.each([
    ['GET', '/', 404],
    ['GET', '/v2/UPPER/manifests/1', 400],
    ['GET', '/v2/a/tags/other', 404],
    ['POST', '/v2/a/manifests/1', 405],
    ['GET', `/v2/a/blobs/uploads/`, 405],
  ])('%s %s is answered with %d', async (method, path, status) => {
    expect((await send(method, path)).status).toBe(status);
  });
});

describe('the Micro Integrator base image', () => {
  test('is an index of two platforms whose parts are all there under their digests', async () => {
    const digest = await seedMicroIntegratorBase(registry, { repository: 'wso2/wso2mi', tag: '4.4.0' });
    expect(registry.store.manifest('wso2/wso2mi', '4.4.0')?.digest).toBe(digest);
    const index = JSON.parse(registry.store.manifest('wso2/wso2mi', digest)!.bytes.toString()) as {
      manifests: { digest: string; platform: object }[];
    };
    expect(index.manifests.map(({ platform }) => platform)).toEqual([
      { os: 'linux', architecture: 'amd64' },
      { os: 'linux', architecture: 'arm64' },
    ]);
    for (const entry of index.manifests) {
      const child = registry.store.manifest('wso2/wso2mi', entry.digest)!;
      const { layers } = JSON.parse(child.bytes.toString()) as { layers: { digest: string }[] };
      for (const layer of layers) expect(registry.store.blob('wso2/wso2mi', layer.digest)).toBeDefined();
    }
  });

  test.each([
    ['4.3.0', 802],
    ['4.4.0', 10802],
  ])('of version %s has the user %d, and the home of that version', async (version, uid) => {
    await seedMicroIntegratorBase(registry, { repository: 'mi', tag: 'x', version, platforms: ['linux/amd64'] });
    const { config: reference, layers } = JSON.parse(registry.store.manifest('mi', 'x')!.bytes.toString()) as {
      config: { digest: string };
      layers: { digest: string }[];
    };
    const image = JSON.parse(registry.store.blob('mi', reference.digest)!.toString()) as { config: { Env: string[] } };
    expect(image.config.Env).toContain(`WSO2_SERVER_HOME=/home/wso2carbon/wso2mi-${version}`);
    const { gunzipSync } = await import('node:zlib');
    const passwd = gunzipSync(registry.store.blob('mi', layers[0]!.digest)!).toString();
    expect(passwd).toContain(`wso2carbon:x:${uid}:${uid}:`);
  });
});
