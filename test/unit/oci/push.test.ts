import { afterEach, describe, expect, test } from '@jest/globals';
import type { Fault } from '@wso2-delivery/lab/registry/faults';
import { seedMicroIntegratorBase } from '@wso2-delivery/lab/registry/micro-integrator-base';
import { type LabRegistry, startRegistry } from '@wso2-delivery/lab/registry/registry';
import { InputError, VerificationError } from '@wso2-delivery/shared/base/errors';
import type { ImageConfig, ImageIndex, ImageManifest } from '@wso2-delivery/shared/oci/manifest';
import { parsePlatform } from '@wso2-delivery/shared/oci/platform';
import { pushImage, startMoving } from '@wso2-delivery/shared/oci/push';
import { parseReference } from '@wso2-delivery/shared/oci/reference';
import { resolveImage } from '@wso2-delivery/shared/oci/resolve';
import { BASE, openPushLab, type PushLab, TARGET } from './push-lab.ts';

let lab: PushLab;
let other: LabRegistry | undefined;
afterEach(async () => {
  await lab.close();
  await other?.close();
  other = undefined;
});

const held = (registry: LabRegistry, name: string, repository = TARGET) =>
  JSON.parse(registry.store.manifest(repository, name)!.bytes.toString()) as unknown;
const methods = (from: number) => lab.registry.requests.slice(from).map(({ method }) => method);
const uploads = (registry: LabRegistry) =>
  registry.requests.filter(({ method, url }) => method === 'PUT' && url.includes('/blobs/uploads/'));

describe('pushing to the registry of the base', () => {
  test('mounts the base layers and uploads what is new: one layer, two configurations', async () => {
    lab = await openPushLab();
    const pushed = await lab.push();
    expect(pushed).toMatchObject({
      repository: `${lab.registry.host}/${TARGET}`,
      tags: ['1.0.0'],
      platforms: ['linux/amd64', 'linux/arm64'],
      mounted: 2,
      skipped: 0,
    });
    expect(uploads(lab.registry)).toHaveLength(3);
    expect(lab.registry.requests.filter(({ url }) => url.includes(`${BASE}/blobs/`))).toHaveLength(2);
  });

  test('the registry then holds the base plus the layer for every platform, under the digest that is told', async () => {
    lab = await openPushLab();
    const layer = await lab.layer();
    const pushed = await lab.push();
    expect(lab.registry.store.manifest(TARGET, '1.0.0')?.digest).toBe(pushed.digest);
    const index = held(lab.registry, '1.0.0') as ImageIndex;
    const base = held(lab.registry, '4.4.0', BASE) as ImageIndex;
    expect(index.manifests.map(({ platform }) => platform)).toEqual(base.manifests.map(({ platform }) => platform));
    for (const [at, { digest }] of index.manifests.entries()) {
      const manifest = held(lab.registry, digest) as ImageManifest;
      const baseManifest = held(lab.registry, base.manifests[at]!.digest, BASE) as ImageManifest;
      expect(manifest.layers.slice(0, -1)).toEqual(baseManifest.layers);
      expect(manifest.layers.at(-1)).toMatchObject({ digest: layer.digest, size: layer.size });
      const config = JSON.parse(lab.registry.store.blob(TARGET, manifest.config.digest)!.toString()) as ImageConfig;
      expect(config.rootfs.diff_ids.at(-1)).toBe(layer.diffId);
      expect(config.config?.Labels).toMatchObject({ 'com.example.applications': '[]', 'com.wso2.version': '4.4.0' });
      expect(config.config?.User).toBe('wso2carbon');
    }
  });

  test('bytesUploaded is what the registry received, to the byte', async () => {
    lab = await openPushLab();
    const pushed = await lab.push({ tags: ['1', '2'] });
    const received = lab.registry.requests.reduce((sum, { bodyBytes }) => sum + bodyBytes, 0);
    expect(pushed.bytesUploaded).toBe(received);
  });

  test('no layer of the base is downloaded', async () => {
    lab = await openPushLab();
    const layers = new Set(
      (held(lab.registry, '4.4.0', BASE) as ImageIndex).manifests
        .flatMap(({ digest }) => (held(lab.registry, digest, BASE) as ImageManifest).layers)
        .map(({ digest }) => digest),
    );
    await lab.push();
    const read = lab.registry.requests.filter(({ method, url }) => method === 'GET' && url.includes('/blobs/'));
    expect(read.some(({ url }) => layers.has(url.split('/').at(-1)!))).toBe(false);
  });

  test('the base may be on its way before the layers on top exist, and is not moved twice', async () => {
    lab = await openPushLab();
    const open = lab.registries();
    const base = await resolveImage(parseReference(`${lab.registry.host}/${BASE}:4.4.0`), 'all', open);
    const target = { registry: lab.registry.host, repository: TARGET };
    const moving = startMoving({ base, target }, open);
    await moving.done;
    const early = methods(0).filter((method) => method === 'POST').length;
    expect(early).toBeGreaterThan(0);
    const pushed = await pushImage(
      {
        base,
        target,
        tags: ['1'],
        layers: [await lab.layer()],
        labels: {},
        annotations: {},
        created: new Date(0),
        moving,
      },
      open,
    );
    expect(pushed.mounted).toBe(early);
    expect(lab.registry.requests.filter(({ url }) => url.includes('mount='))).toHaveLength(early);
    const plain = await lab.push({ target: { ...target, repository: 'acme/other' }, tags: ['1'], labels: {} });
    expect(pushed).toMatchObject({ digest: plain.digest, bytesUploaded: plain.bytesUploaded });
  });

  test('a base that cannot be moved fails the push, whenever that is found out', async () => {
    lab = await openPushLab({
      faults: ({ method, url }) => (method === 'HEAD' && url.includes('/blobs/') ? { status: 403 } : undefined),
    });
    const open = lab.registries();
    const base = await resolveImage(parseReference(`${lab.registry.host}/${BASE}:4.4.0`), 'all', open);
    const target = { registry: lab.registry.host, repository: TARGET };
    const moving = startMoving({ base, target }, open);
    await expect(moving.done).rejects.toMatchObject({ code: 'REGISTRY_FORBIDDEN' });
    const layers = [await lab.layer()];
    const plan = { base, target, tags: ['1'], layers, labels: {}, annotations: {}, created: new Date(0), moving };
    await expect(pushImage(plan, open)).rejects.toMatchObject({ code: 'REGISTRY_FORBIDDEN' });
    expect(lab.registry.requests.filter(({ method }) => method === 'PUT')).toEqual([]);
  });

  test('into the same repository nothing needs to be mounted', async () => {
    lab = await openPushLab();
    const pushed = await lab.push({ target: { registry: lab.registry.host, repository: BASE } });
    expect(pushed).toMatchObject({ mounted: 0, skipped: 2 });
  });

  test('pushing the same again sends nothing and says so', async () => {
    lab = await openPushLab();
    const first = await lab.push();
    const before = lab.registry.requests.length;
    const second = await lab.push();
    expect(second).toMatchObject({ digest: first.digest, bytesUploaded: 0, mounted: 0, skipped: 5 });
    expect(new Set(methods(before))).toEqual(new Set(['GET', 'HEAD']));
  });

  test('another tag for an image that is there costs one small request', async () => {
    lab = await openPushLab();
    const first = await lab.push();
    const before = lab.registry.requests.length;
    const second = await lab.push({ tags: ['1.0.0', 'latest'] });
    expect(second.digest).toBe(first.digest);
    expect(lab.registry.store.manifest(TARGET, 'latest')?.digest).toBe(first.digest);
    expect(methods(before).filter((method) => method === 'PUT')).toHaveLength(1);
  });

  test('what the registry has lost of an image is put back, although the tag is right', async () => {
    lab = await openPushLab();
    const first = await lab.push();
    const { manifests, blobs } = lab.registry.store.repository(TARGET);
    const index = held(lab.registry, '1.0.0') as ImageIndex;
    const [child] = index.manifests;
    const { config } = held(lab.registry, child!.digest) as ImageManifest;
    manifests.delete(child!.digest);
    blobs.delete(config.digest);
    expect((await lab.push()).digest).toBe(first.digest);
    expect(manifests.has(child!.digest)).toBe(true);
    expect(blobs.has(config.digest)).toBe(true);
  });

  test('a tag that pointed to an older image moves', async () => {
    lab = await openPushLab();
    const first = await lab.push();
    const second = await lab.push({ content: 'a newer application' });
    expect(second.digest).not.toBe(first.digest);
    expect(lab.registry.store.manifest(TARGET, '1.0.0')?.digest).toBe(second.digest);
  });

  test('without tags the image is there under its digest', async () => {
    lab = await openPushLab();
    const pushed = await lab.push({ tags: [] });
    expect(lab.registry.store.manifest(TARGET, pushed.digest)).toBeDefined();
    expect(lab.registry.store.repository(TARGET).tags.size).toBe(0);
  });

  test('the same sources give the same digest in another registry', async () => {
    lab = await openPushLab();
    const here = await lab.push();
    const elsewhere = await openPushLab();
    expect((await elsewhere.push()).digest).toBe(here.digest);
    await elsewhere.close();
  });

  test('wrong tags are all named before anything is sent', async () => {
    lab = await openPushLab();
    const base = await resolveImage(parseReference(`${lab.registry.host}/${BASE}:4.4.0`), 'all', lab.registries());
    const before = lab.registry.requests.length;
    const attempt = lab.push({ base, tags: ['ok', '-no', 'a b'] });
    await expect(attempt).rejects.toThrow(InputError);
    await expect(attempt).rejects.toThrow(/"-no" .*"a b"/);
    expect(lab.registry.requests).toHaveLength(before);
  });
});

describe('platforms and formats', () => {
  test('one chosen platform gives a plain manifest', async () => {
    lab = await openPushLab();
    const reference = parseReference(`${lab.registry.host}/${BASE}:4.4.0`);
    const base = await resolveImage(reference, [parsePlatform('linux/arm64')], lab.registries());
    const pushed = await lab.push({ base });
    expect(pushed.platforms).toEqual(['linux/arm64']);
    expect(held(lab.registry, '1.0.0')).toHaveProperty('config');
  });

  test('a docker base stays docker, from list to layer', async () => {
    lab = await openPushLab();
    await seedMicroIntegratorBase(lab.registry, { repository: 'docker/base', tag: '1', family: 'docker' });
    await lab.push({ from: `${lab.registry.host}/docker/base:1`, annotations: { lost: 'yes' } });
    const list = held(lab.registry, '1.0.0') as ImageIndex;
    const manifest = held(lab.registry, list.manifests[0]!.digest) as ImageManifest;
    const types = [
      list.mediaType,
      manifest.mediaType,
      manifest.config.mediaType,
      ...manifest.layers.map((l) => l.mediaType),
    ];
    expect(types.every((type) => type?.startsWith('application/vnd.docker.'))).toBe(true);
    expect(JSON.stringify([list, manifest])).not.toContain('lost');
  });
});

describe('pushing to another registry than that of the base', () => {
  test('copies the base layers as a stream, and none of them twice', async () => {
    lab = await openPushLab();
    other = await startRegistry();
    const target = { registry: other.host, repository: TARGET };
    const pushed = await lab.push({ target });
    expect(pushed).toMatchObject({ repository: `${other.host}/${TARGET}`, mounted: 0 });
    expect(uploads(other)).toHaveLength(5);
    const again = await lab.push({ target, content: 'newer' });
    expect(again.skipped).toBe(2);
    expect(other.store.manifest(TARGET, '1.0.0')?.digest).toBe(again.digest);
  });

  test('blobs of the base may come from a storage on another host, which sees no credentials', async () => {
    lab = await openPushLab({ redirectBlobs: true, authorization: { scheme: 'basic', users: { u: 'p' } } });
    other = await startRegistry();
    await lab.push({
      target: { registry: other.host, repository: TARGET },
      logins: [{ registry: lab.registry.host, username: 'u', password: 'p' }],
    });
    const stored = lab.registry.requests.filter(({ url }) => url.startsWith('/storage/'));
    expect(stored.length).toBeGreaterThan(0);
    expect(stored.every(({ headers, status }) => headers.authorization === undefined && status === 200)).toBe(true);
  });

  /** Injects a fault into the reading of base layers. */
  const openWithLayerFault = async (fault: (times: number) => Fault | undefined): Promise<void> => {
    let times = 0;
    const isLayer = (digest: string) =>
      [...lab.registry.store.repository(BASE).manifests.values()].some(({ bytes }) =>
        (JSON.parse(bytes.toString()) as Partial<ImageManifest>).layers?.some((layer) => layer.digest === digest),
      );
    lab = await openPushLab({
      faults: ({ method, url }) => (method === 'GET' && isLayer(url.split('/').at(-1)!) ? fault(++times) : undefined),
    });
    other = await startRegistry();
  };
  const pushElsewhere = () => lab.push({ target: { registry: other!.host, repository: TARGET } });

  test('a base layer that is damaged on the way never becomes an image', async () => {
    await openWithLayerFault(() => 'corrupt');
    const attempt = pushElsewhere();
    await expect(attempt).rejects.toThrow(VerificationError);
    await expect(attempt).rejects.toMatchObject({ code: 'IMAGE_CONTENT_MISMATCH' });
    await expect(attempt).rejects.toThrow(`${lab.registry.host}/${BASE}@sha256:`);
    expect(other?.store.manifest(TARGET, '1.0.0')).toBeUndefined();
  });

  test.each<Fault>(['truncate', 'reset-before', { status: 500 }])(
    'a copy whose source fails once (%j) starts again from its beginning',
    async (fault) => {
      await openWithLayerFault((times) => (times === 1 ? fault : undefined));
      const pushed = await pushElsewhere();
      expect(other?.store.manifest(TARGET, '1.0.0')?.digest).toBe(pushed.digest);
    },
  );

  test('a source that always fails is the one that is named', async () => {
    await openWithLayerFault(() => 'truncate');
    await expect(pushElsewhere()).rejects.toThrow(lab.registry.host);
  });
});

describe('upload locations', () => {
  test.each(['relative', 'absolute'] as const)('%s ones are followed', async (locations) => {
    lab = await openPushLab({ locations, authorization: { scheme: 'basic', users: { u: 'p' } } });
    await lab.push({ logins: [{ registry: lab.registry.host, username: 'u', password: 'p' }] });
    expect(lab.registry.store.manifest(TARGET, '1.0.0')).toBeDefined();
  });

  test('ones on another host are followed, with their own query and without our credentials', async () => {
    lab = await openPushLab({ locations: 'other-host', authorization: { scheme: 'basic', users: { u: 'p' } } });
    await lab.push({ logins: [{ registry: lab.registry.host, username: 'u', password: 'p' }] });
    const sent = uploads(lab.registry);
    expect(sent).toHaveLength(3);
    expect(sent.every(({ headers, url }) => headers.authorization === undefined && url.includes('_state='))).toBe(true);
  });
});

describe('reading back', () => {
  test('a tag that names another image than the pushed one fails the push', async () => {
    let pushes = 0;
    lab = await openPushLab({
      faults: ({ method, url }) => {
        if (method === 'PUT' && url.endsWith('/manifests/1.0.0')) pushes += 1;
        else if (pushes > 0 && method === 'GET' && url.endsWith('/manifests/1.0.0')) {
          const rival = lab.registry.store.manifest(BASE, '4.4.0')!;
          lab.registry.store.putManifest(TARGET, rival, '1.0.0');
        }
        return undefined;
      },
    });
    const attempt = lab.push();
    await expect(attempt).rejects.toThrow(VerificationError);
    await expect(attempt).rejects.toMatchObject({ code: 'IMAGE_TAG_MISMATCH' });
    await expect(attempt).rejects.toThrow(lab.registry.store.manifest(BASE, '4.4.0')!.digest);
  });

  test('a registry that accepts a tag and does not keep it fails the push', async () => {
    lab = await openPushLab({
      faults: ({ method, url }) => (method === 'PUT' && url.endsWith('/manifests/1.0.0') ? { status: 201 } : undefined),
    });
    await expect(lab.push()).rejects.toThrow('read back it is not there');
  });
});
