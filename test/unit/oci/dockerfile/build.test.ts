import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { buildPlatforms, readDockerfileBuild } from '@wso2-delivery/shared/oci/dockerfile/build';
import { readBaseFiles } from '@wso2-delivery/shared/oci/dockerfile/layer-files';
import { BaseUnknown } from '@wso2-delivery/shared/oci/dockerfile/tree';
import { imageVariable } from '@wso2-delivery/shared/oci/manifest';
import { parseReference } from '@wso2-delivery/shared/oci/reference';
import { resolveImage } from '@wso2-delivery/shared/oci/resolve';
import { BASE, openPushLab, type PushLab, TARGET } from '../push-lab.ts';

let lab: PushLab;
let folder: string;
beforeEach(async () => {
  lab = await openPushLab();
  folder = mkdtempSync(join(tmpdir(), 'dockerfile-build-'));
  for (const name of ['amd64.so', 'arm64.so', 'same.jar']) writeFileSync(join(folder, name), name);
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await lab.close();
});

async function build(dockerfile: string) {
  writeFileSync(join(folder, 'Dockerfile'), dockerfile);
  const registries = lab.registries();
  const resolved = await resolveImage(parseReference(`${lab.registry.host}/${BASE}:4.4.0`), 'all', registries);
  const asked: string[] = [];
  const everything = () => {
    throw new BaseUnknown('everything');
  };
  const built = await buildPlatforms(
    readDockerfileBuild(join(folder, 'Dockerfile'), {}, () => 'Dockerfile'),
    resolved.images,
    {
      known: () => ({ entry: everything, user: everything, group: everything }),
      read: (image, what) => {
        asked.push(what);
        return readBaseFiles(image, registries.repository(resolved.reference, 'pull'));
      },
      created: new Date(0),
      folder: await lab.ports.files.privateFolder('built'),
    },
  );
  if (built.kind === 'docker') throw new Error('needs docker');
  return { built, resolved, asked };
}

test('every platform has its own image; layers that are the same are stored once', async () => {
  const { built, resolved, asked } = await build(
    'FROM b\nARG TARGETARCH\nENV ARCH=$TARGETARCH\nCOPY $TARGETARCH.so /x/\nCOPY same.jar /y/\n',
  );
  expect(asked).toHaveLength(2);
  expect(built.images.map(({ config }) => imageVariable(config, 'ARCH'))).toEqual(['amd64', 'arm64']);
  expect(built.layers).toHaveLength(3);
  const [amd, arm] = built.images.map(({ manifest }) => manifest.layers.map(({ digest }) => digest));
  expect(amd?.[2]).not.toBe(arm?.[2]);
  expect(amd?.[3]).toBe(arm?.[3]);
  const pushed = await lab.push({ base: { ...resolved, images: built.images }, builtLayers: built.layers, layers: [] });
  expect(lab.registry.store.manifest(TARGET, '1.0.0')?.digest).toBe(pushed.digest);
  for (const { digest } of built.layers) expect(lab.registry.store.blob(TARGET, digest)).toBeDefined();
});

test('layers, diff ids and history belong together', async () => {
  const { built } = await build('FROM b\nENV A=1\nCOPY same.jar /y/\nUSER 5\n');
  for (const { config, manifest } of built.images) {
    expect(config.rootfs.diff_ids).toHaveLength(manifest.layers.length);
    expect(config.history?.filter(({ empty_layer: empty }) => empty !== true)).toHaveLength(manifest.layers.length);
    expect(config.history?.slice(-3).map(({ created_by: by }) => by)).toEqual([
      'ENV A=1',
      'COPY same.jar /y/',
      'USER 5',
    ]);
  }
});

test('the same sources give the same layers, whenever they were written', async () => {
  const digests = async () => (await build('FROM b\nCOPY same.jar /y/\n')).built.layers.map(({ digest }) => digest);
  const first = await digests();
  writeFileSync(join(folder, 'same.jar'), 'same.jar');
  expect(await digests()).toEqual(first);
});

test('a malformed .dockerignore is named', () => {
  writeFileSync(join(folder, 'Dockerfile'), 'FROM b\n');
  writeFileSync(join(folder, '.dockerignore'), '[a\n');
  const attempt = () => readDockerfileBuild(join(folder, 'Dockerfile'), {}, (path) => path.slice(folder.length + 1));
  expect(attempt).toThrow('.dockerignore: line 1: [a has a [ without its ]');
});

test('a Dockerfile that is not there is named', () => {
  expect(() => readDockerfileBuild(join(folder, 'none'), {}, () => 'none')).toThrow('none: cannot be read');
});
