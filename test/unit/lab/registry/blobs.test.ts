import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LabRegistry, startRegistry } from '@wso2-delivery/lab/registry/registry';
import { digestOf } from '@wso2-delivery/shared/formats/digest';

let registry: LabRegistry;
beforeEach(async () => {
  registry = await startRegistry();
});
afterEach(() => registry.close());

const NAME = 'acme/app';
const content = Buffer.from('0123456789');
const digest = digestOf(content);

const send = (method: string, path: string, body?: Buffer, headers: Record<string, string> = {}) =>
  fetch(new URL(path, registry.url), { method, headers, ...(body && { body: new Uint8Array(body) }) });
const uploads = `/v2/${NAME}/blobs/uploads/`;
const codeOf = async (response: Response) =>
  ((await response.json()) as { errors: { code: string }[] }).errors[0]?.code;

async function session(): Promise<string> {
  const response = await send('POST', uploads);
  expect(response.status).toBe(202);
  return response.headers.get('location')!;
}

async function expectStored(): Promise<void> {
  const response = await send('GET', `/v2/${NAME}/blobs/${digest}`);
  expect(response.status).toBe(200);
  expect(response.headers.get('docker-content-digest')).toBe(digest);
  expect(Buffer.from(await response.arrayBuffer()).equals(content)).toBe(true);
}

describe('uploading a blob', () => {
  test('in one POST', async () => {
    expect((await send('POST', `${uploads}?digest=${digest}`, content)).status).toBe(201);
    await expectStored();
  });

  test('in a POST and a PUT', async () => {
    const response = await send('PUT', `${await session()}?digest=${digest}`, content);
    expect(response.status).toBe(201);
    expect(response.headers.get('location')).toBe(`/v2/${NAME}/blobs/${digest}`);
    await expectStored();
  });

  test('in chunks, which tell how far they got', async () => {
    const location = await session();
    const first = await send('PATCH', location, content.subarray(0, 4), { 'content-range': '0-3' });
    expect([first.status, first.headers.get('range')]).toEqual([202, '0-3']);
    const status = await send('GET', location);
    expect([status.status, status.headers.get('range')]).toEqual([204, '0-3']);
    await send('PATCH', location, content.subarray(4, 8), { 'content-range': '4-7' });
    const last = await send('PUT', `${location}?digest=${digest}`, content.subarray(8), { 'content-range': '8-9' });
    expect(last.status).toBe(201);
    await expectStored();
  });

  test('as a stream without ranges', async () => {
    const location = await session();
    await send('PATCH', location, content);
    expect((await send('PUT', `${location}?digest=${digest}`)).status).toBe(201);
    await expectStored();
  });

  test.each([
    ['ahead of its turn', '6-9', 4],
    ['repeated', '0-3', 4],
    ['of another length than it says', '4-9', 3],
  ])('a chunk %s is answered with 416 and changes nothing', async (_, range, length) => {
    const location = await session();
    await send('PATCH', location, content.subarray(0, 4), { 'content-range': '0-3' });
    const wrong = await send('PATCH', location, content.subarray(0, length), { 'content-range': range });
    expect([wrong.status, wrong.headers.get('range')]).toEqual([416, '0-3']);
    await send('PATCH', location, content.subarray(4), { 'content-range': '4-9' });
    expect((await send('PUT', `${location}?digest=${digest}`)).status).toBe(201);
  });

  test('content that is not what the digest says is refused, and the session is over', async () => {
    const location = await session();
    const response = await send('PUT', `${location}?digest=${digest}`, Buffer.from('other'));
    expect([response.status, await codeOf(response)]).toEqual([400, 'DIGEST_INVALID']);
    expect(await codeOf(await send('PUT', `${location}?digest=${digest}`, content))).toBe('BLOB_UPLOAD_UNKNOWN');
    expect((await send('HEAD', `/v2/${NAME}/blobs/${digest}`)).status).toBe(404);
  });

  test('can be given up', async () => {
    const location = await session();
    expect((await send('DELETE', location)).status).toBe(204);
    expect((await send('GET', location)).status).toBe(404);
  });

  test('belongs to its repository', async () => {
    const location = (await session()).replace(NAME, 'someone/else');
    expect((await send('PUT', `${location}?digest=${digest}`, content)).status).toBe(404);
  });

  test('of nothing is possible', async () => {
    const empty = digestOf('');
    expect((await send('PUT', `${await session()}?digest=${empty}`)).status).toBe(201);
    expect((await send('HEAD', `/v2/${NAME}/blobs/${empty}`)).headers.get('content-length')).toBe('0');
  });
});

describe('mounting a blob', () => {
  test('takes it over from another repository', async () => {
    registry.store.putBlob('base/image', content);
    const response = await send('POST', `${uploads}?mount=${digest}&from=base/image`);
    expect(response.status).toBe(201);
    await expectStored();
  });

  test('works without saying from where', async () => {
    registry.store.putBlob('base/image', content);
    expect((await send('POST', `${uploads}?mount=${digest}`)).status).toBe(201);
  });

  test('that the source does not have opens an upload', async () => {
    registry.store.putBlob('base/image', content);
    const response = await send('POST', `${uploads}?mount=${digest}&from=other/image`);
    expect(response.status).toBe(202);
    expect((await send('PUT', `${response.headers.get('location')}?digest=${digest}`, content)).status).toBe(201);
  });
});

describe('reading a blob', () => {
  beforeEach(() => {
    registry.store.putBlob(NAME, content);
  });

  test.each([
    ['bytes=2-4', 206, '234', 'bytes 2-4/10'],
    ['bytes=8-', 206, '89', 'bytes 8-9/10'],
    ['bytes=8-100', 206, '89', 'bytes 8-9/10'],
    ['bytes=10-', 416, '', 'bytes */10'],
  ])('range %s', async (range, status, text, contentRange) => {
    const response = await send('GET', `/v2/${NAME}/blobs/${digest}`, undefined, { range });
    expect([response.status, await response.text(), response.headers.get('content-range')]).toEqual([
      status,
      text,
      contentRange,
    ]);
  });

  test('HEAD tells its length', async () => {
    const response = await send('HEAD', `/v2/${NAME}/blobs/${digest}`);
    expect([response.status, response.headers.get('content-length')]).toEqual([200, '10']);
  });

  test('is possible in its own repository alone', async () => {
    const response = await send('GET', `/v2/someone/else/blobs/${digest}`);
    expect([response.status, await codeOf(response)]).toEqual([404, 'BLOB_UNKNOWN']);
  });

  test('that was deleted is not', async () => {
    expect((await send('DELETE', `/v2/${NAME}/blobs/${digest}`)).status).toBe(202);
    expect((await send('GET', `/v2/${NAME}/blobs/${digest}`)).status).toBe(404);
  });

  test('under a malformed digest is refused', async () => {
    expect(await codeOf(await send('GET', `/v2/${NAME}/blobs/sha256:abc`))).toBe('DIGEST_INVALID');
  });
});
