import { describe, expect, test } from '@jest/globals';
import { InputError, VerificationError } from '@wso2-delivery/shared/base/errors';
import {
  creationTime,
  familyOf,
  type ImageManifest,
  imageVariable,
  isIndex,
  mediaTypes,
  parseConfig,
  parseManifest,
} from '@wso2-delivery/shared/oci/manifest';

const DIGEST = `sha256:${'ab'.repeat(32)}`;
const descriptor = { mediaType: 'x', digest: DIGEST, size: 3 };
const manifest = { schemaVersion: 2, config: descriptor, layers: [descriptor] };
const index = { schemaVersion: 2, manifests: [descriptor] };
const bytes = (content: unknown) => Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
const read = (content: unknown, mediaType: string = mediaTypes.ociManifest) =>
  parseManifest(bytes(content), mediaType, 'ghcr.io/acme/x:1');

describe('manifests', () => {
  test('unknown fields stay', () => {
    expect(read({ ...manifest, annotations: { a: 'b' }, custom: [1] })).toEqual({
      ...manifest,
      annotations: { a: 'b' },
      custom: [1],
    });
  });

  test.each([
    ['an OCI index', index, mediaTypes.ociIndex, true],
    ['a docker manifest list', index, mediaTypes.dockerIndex, true],
    ['an index under a generic type', index, 'application/json', true],
    ['a manifest under a generic type', manifest, 'application/json', false],
    ['a docker manifest', manifest, mediaTypes.dockerManifest, false],
  ])('%s is known for what it is', (_, content, mediaType, expected) => {
    expect(isIndex(read(content, mediaType))).toBe(expected);
  });

  test.each([
    ['<html>', 'not JSON'],
    ['[]', 'not a JSON object'],
    [{ schemaVersion: 1, fsLayers: [] }, 'old schema 1'],
    [{}, 'no schemaVersion 2'],
    [{ ...manifest, config: undefined }, 'without config'],
    [{ ...manifest, layers: {} }, 'without layers'],
    [{ ...manifest, layers: [{ ...descriptor, digest: 'sha256:../../etc' }] }, 'no valid digest in layers[0]'],
    [{ ...manifest, layers: [{ ...descriptor, size: -1 }] }, 'no valid size in layers[0]'],
    [{ ...manifest, layers: [{ ...descriptor, mediaType: 1 }] }, 'no mediaType in layers[0]'],
    [`{"a":"${'x'.repeat(4 * 1024 * 1024)}"}`, 'larger than 4 MiB'],
  ])('case %#: refused with the image and the reason (%j)', (content, problem) => {
    expect(() => read(content)).toThrow(VerificationError);
    expect(() => read(content)).toThrow(problem);
    expect(() => read(content)).toThrow('ghcr.io/acme/x:1');
  });
});

describe('configurations', () => {
  const config = { os: 'linux', architecture: 'amd64', rootfs: { type: 'layers', diff_ids: [DIGEST] } };
  const parse = (content: unknown) => parseConfig(bytes(content), manifest as unknown as ImageManifest, 'x');

  test('a valid one is kept whole', () => {
    expect(parse({ ...config, custom: 1 })).toEqual({ ...config, custom: 1 });
  });

  test.each([
    [{ ...config, os: undefined }, 'without os and architecture'],
    [{ ...config, rootfs: {} }, 'without rootfs.diff_ids'],
    [{ ...config, rootfs: { diff_ids: ['x'] } }, 'without rootfs.diff_ids'],
    [{ ...config, rootfs: { diff_ids: [DIGEST, DIGEST] } }, '1 layers and 2 diff ids'],
  ])('case %#: refused (%j)', (content, problem) => {
    expect(() => parse(content)).toThrow(problem);
  });

  test('environment variables are found by their exact name', () => {
    const Env = ['WSO2_SERVER_HOME_OLD=/x', 'WSO2_SERVER_HOME=/home/a=b', 'EMPTY='];
    const image = { ...config, config: { Env } } as never;
    expect(imageVariable(image, 'WSO2_SERVER_HOME')).toBe('/home/a=b');
    expect(imageVariable(image, 'EMPTY')).toBe('');
    expect(imageVariable(image, 'WSO2')).toBeUndefined();
    expect(imageVariable(config as never, 'X')).toBeUndefined();
  });
});

describe('families and times', () => {
  test('docker types and OCI types are told apart', () => {
    expect(familyOf(mediaTypes.dockerIndex)).toBe('docker');
    expect(familyOf(mediaTypes.ociManifest)).toBe('oci');
  });

  test('SOURCE_DATE_EPOCH counts seconds; without it the time is the epoch', () => {
    expect(creationTime('1767225600').toISOString()).toBe('2026-01-01T00:00:00.000Z');
    expect(creationTime(undefined).getTime()).toBe(0);
  });

  test.each(['now', '-1', '1.5', '2026-01-01', '999999999999'])('SOURCE_DATE_EPOCH=%s is refused', (value) => {
    expect(() => creationTime(value)).toThrow(InputError);
    expect(() => creationTime(value)).toThrow(expect.objectContaining({ code: 'IMAGE_EPOCH_INVALID' }));
  });
});
