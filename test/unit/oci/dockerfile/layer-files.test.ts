import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { digestOf } from '@wso2-delivery/shared/formats/digest';
import { type TarEntry, writeTar } from '@wso2-delivery/shared/formats/tar';
import { readBaseFiles } from '@wso2-delivery/shared/oci/dockerfile/layer-files';
import { resolveImage } from '@wso2-delivery/shared/oci/resolve';
import { parseReference } from '@wso2-delivery/shared/oci/reference';
import type { PlatformImage } from '@wso2-delivery/shared/oci/image';
import { BASE, openPushLab, type PushLab } from '../push-lab.ts';

let lab: PushLab;
beforeEach(async () => {
  lab = await openPushLab();
});
afterEach(() => lab.close());

const owned = { uid: 1, gid: 2 };
const file = (name: string, content = '', mode = 0o644): TarEntry => ({ name, type: 'file', mode, ...owned, content });
const folder = (name: string): TarEntry => ({ name, type: 'directory', mode: 0o755, ...owned });
const link = (name: string, target: string): TarEntry => ({ name, type: 'symlink', mode: 0o777, ...owned, target });

async function tarOf(entries: readonly TarEntry[]): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of writeTar(entries, new Date(0))) parts.push(part);
  return Buffer.concat(parts);
}

type Pack = 'gzip' | 'zstd' | 'tar';
async function filesOf(...layers: (readonly [pack: Pack, entries: readonly TarEntry[]])[]) {
  const stored = await Promise.all(
    layers.map(async ([pack, entries]) => {
      const tar = await tarOf(entries);
      const bytes = pack === 'gzip' ? gzipSync(tar) : pack === 'zstd' ? zstdCompressSync(tar) : tar;
      lab.registry.store.putBlob(BASE, bytes);
      const suffix = pack === 'tar' ? '' : `+${pack}`;
      return {
        mediaType: `application/vnd.oci.image.layer.v1.tar${suffix}`,
        digest: digestOf(bytes),
        size: bytes.length,
      };
    }),
  );
  return readBaseFiles(await imageOf(stored), repository());
}
const repository = () => lab.registries().repository({ registry: lab.registry.host, repository: BASE }, 'pull');
async function imageOf(layers: PlatformImage['manifest']['layers']): Promise<PlatformImage> {
  const reference = parseReference(`${lab.registry.host}/${BASE}:4.4.0`);
  const [image] = (await resolveImage(reference, 'all', lab.registries())).images;
  return { ...image!, manifest: { ...image!.manifest, layers } };
}

test('the base of the lab: folders with owner and mode, and who its users are', async () => {
  const reference = parseReference(`${lab.registry.host}/${BASE}:4.4.0`);
  const [image] = (await resolveImage(reference, 'all', lab.registries())).images;
  const files = await readBaseFiles(image!, repository());
  expect(files.entry('/home/wso2carbon')).toEqual({ type: 'directory', uid: 10802, gid: 10802, mode: 0o755 });
  expect(files.entry('/tmp')).toMatchObject({ mode: 0o1777 });
  expect(files.entry('/nowhere')).toBeUndefined();
  expect(files.user('wso2carbon')).toEqual({ uid: 10802, gid: 10802 });
  expect(files.user('nobody')).toBeUndefined();
  expect(files.group('wso2')).toBe(10802);
});

test.each<Pack>(['gzip', 'zstd', 'tar'])('a layer in %s is read', async (pack) => {
  const files = await filesOf([pack, [folder('a'), link('a/l', '../b'), file('a/f', 'x', 0o4755)]]);
  expect(files.entry('/a/l')).toEqual({ type: 'symlink', mode: 0o777, ...owned, target: '../b' });
  expect(files.entry('/a/f')).toEqual({ type: 'file', mode: 0o4755, ...owned });
});

test('upper layers win: what they replace, delete and hide is gone', async () => {
  const files = await filesOf(
    ['gzip', [folder('a'), file('a/1'), file('a/2'), folder('b'), file('b/1'), folder('c'), file('c/1'), file('d')]],
    [
      'gzip',
      [file('a/.wh.1'), folder('b'), file('b/.wh..wh..opq'), file('b/2'), link('c', 'a'), file('d', 'x', 0o600)],
    ],
    ['gzip', [file('.wh.b')]],
  );
  expect(['/a/1', '/a/2', '/b', '/b/1', '/b/2', '/c/1'].filter((path) => files.entry(path) !== undefined)).toEqual([
    '/a/2',
  ]);
  expect(files.entry('/c')).toMatchObject({ type: 'symlink', target: 'a' });
  expect(files.entry('/d')).toMatchObject({ mode: 0o600 });
});

test('users and groups are those of the topmost layer that has the file', async () => {
  const passwd = (uid: number) => file('etc/passwd', `root:x:0:0::/:/bin/sh\nmi:x:${uid}:7::/:/bin/sh\nbroken\n`);
  const files = await filesOf(['gzip', [passwd(1), file('etc/group', 'ops:x:5:\n')]], ['gzip', [passwd(2)]]);
  expect(files.user('mi')).toEqual({ uid: 2, gid: 7 });
  expect(files.group('ops')).toBe(5);
  const removed = await filesOf(['gzip', [passwd(1)]], ['gzip', [file('etc/.wh.passwd')]]);
  expect(removed.user('mi')).toBeUndefined();
});

test('a layer that is damaged is named', async () => {
  const bytes = Buffer.from('no gzip at all');
  lab.registry.store.putBlob(BASE, bytes);
  const layer = {
    mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
    digest: digestOf(bytes),
    size: bytes.length,
  };
  const attempt = readBaseFiles(await imageOf([layer]), repository());
  await expect(attempt).rejects.toMatchObject({ code: 'IMAGE_MANIFEST_INVALID' });
  await expect(attempt).rejects.toThrow(layer.digest);
});

test('a layer that the registry has not is an error of the registry', async () => {
  const layer = { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest: digestOf('gone'), size: 4 };
  await expect(readBaseFiles(await imageOf([layer]), repository())).rejects.toMatchObject({
    code: 'REGISTRY_NOT_FOUND',
  });
});
