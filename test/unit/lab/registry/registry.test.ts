import { afterEach, describe, expect, test } from '@jest/globals';
import type { Fault } from '@wso2-delivery/lab/registry/faults';
import { type LabRegistry, type RegistryOptions, startRegistry } from '@wso2-delivery/lab/registry/registry';
import { digestOf } from '@wso2-delivery/shared/formats/digest';

let registry: LabRegistry;
afterEach(() => registry.close());

const NAME = 'acme/app';
const content = Buffer.from('x'.repeat(1000));
const digest = digestOf(content);
const blob = `/v2/${NAME}/blobs/${digest}`;

async function open(options: RegistryOptions = {}): Promise<void> {
  registry = await startRegistry(options);
  registry.store.putBlob(NAME, content);
}
const send = (method: string, path: string, headers: Record<string, string> = {}, body?: string) =>
  fetch(new URL(path, registry.url), { method, headers, redirect: 'manual', ...(body !== undefined && { body }) });
const basic = (pair: string) => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` });

describe('the record', () => {
  test('holds method, URL, headers, body size and status of each request', async () => {
    await open();
    await send('GET', `${blob}?a=b`, { 'x-note': 'n' });
    await send('POST', `/v2/${NAME}/blobs/uploads/?digest=${digestOf('abc')}`, {}, 'abc');
    expect(registry.requests).toMatchObject([
      { method: 'GET', url: `${blob}?a=b`, headers: { 'x-note': 'n' }, bodyBytes: 0, status: 200 },
      { method: 'POST', bodyBytes: 3, status: 201 },
    ]);
  });
});

describe('faults', () => {
  const withFault = (fault: Fault) => open({ faults: () => fault });

  test.each<Fault>(['reset-before', 'reset-mid-body', 'lose-answer'])('%s breaks the connection', async (fault) => {
    await withFault(fault);
    const body = 'z'.repeat(500_000);
    await expect(send('POST', `/v2/${NAME}/blobs/uploads/?digest=${digestOf(body)}`, {}, body)).rejects.toThrow();
    // Only an answer that is lost has been carried out.
    expect(registry.store.anyBlob(digestOf(body)) !== undefined).toBe(fault === 'lose-answer');
  });

  test.each<Fault>(['truncate', 'reset-mid-body'])('%s cuts the answer short', async (fault) => {
    await withFault(fault);
    const response = await send('GET', blob);
    expect(response.headers.get('content-length')).toBe('1000');
    await expect(response.arrayBuffer()).rejects.toThrow();
  });

  test('corrupt changes the content and not its length', async () => {
    await withFault('corrupt');
    const received = Buffer.from(await (await send('GET', blob)).arrayBuffer());
    expect([received.length, received.equals(content)]).toEqual([1000, false]);
  });

  test('wrong-digest changes the header alone', async () => {
    await withFault('wrong-digest');
    const response = await send('GET', blob);
    expect(response.headers.get('docker-content-digest')).toBe(`sha256:${'0'.repeat(64)}`);
    expect(Buffer.from(await response.arrayBuffer()).equals(content)).toBe(true);
  });

  test('slow takes its time and gives everything', async () => {
    await withFault('slow');
    const start = performance.now();
    const received = Buffer.from(await (await send('GET', blob)).arrayBuffer());
    expect(received.equals(content)).toBe(true);
    expect(performance.now() - start).toBeGreaterThan(150);
  });

  test('a status stands in for the answer', async () => {
    await withFault({ status: 429, headers: { 'retry-after': '7' }, body: 'no' });
    const response = await send('GET', blob);
    expect([response.status, response.headers.get('retry-after'), await response.text()]).toEqual([429, '7', 'no']);
  });
});

describe('basic authentication', () => {
  const rules = { scheme: 'basic' as const, users: { me: 'pw' } };

  test.each([
    [{}, 401],
    [basic('me:wrong'), 401],
    [basic('toString:x'), 401],
    [basic('me:pw'), 200],
  ])('%j gets %d', async (headers, status) => {
    await open({ authorization: rules });
    for (const path of ['/v2/', blob]) expect((await send('GET', path, headers)).status).toBe(status);
  });

  test('a known user without permission is denied', async () => {
    await open({ authorization: { ...rules, permits: () => false } });
    expect((await send('GET', blob, basic('me:pw'))).status).toBe(403);
  });
});

describe('bearer authentication', () => {
  const rules = { scheme: 'bearer' as const, users: { me: 'pw' } };
  const tokenFor = async (scope: string, headers: Record<string, string> = basic('me:pw')) => {
    const response = await send('GET', `/token?service=lab&scope=${encodeURIComponent(scope)}`, headers);
    return { status: response.status, token: ((await response.json()) as { token?: string }).token };
  };
  const bearer = (token: string | undefined) => ({ authorization: `Bearer ${token}` });

  test('the challenge names realm, service and the scope that is needed', async () => {
    await open({ authorization: rules });
    const read = await send('GET', blob);
    expect([read.status, read.headers.get('www-authenticate')]).toEqual([
      401,
      `Bearer realm="${registry.url}/token",service="lab",scope="repository:${NAME}:pull"`,
    ]);
    const mount = await send('POST', `/v2/${NAME}/blobs/uploads/?mount=${digest}&from=base/image`);
    expect(mount.headers.get('www-authenticate')).toContain(
      `scope="repository:${NAME}:pull,push repository:base/image:pull"`,
    );
  });

  test('a token opens its scope and nothing else', async () => {
    await open({ authorization: rules });
    const { token } = await tokenFor(`repository:${NAME}:pull`);
    expect((await send('GET', blob, bearer(token))).status).toBe(200);
    const push = await send('POST', `/v2/${NAME}/blobs/uploads/`, bearer(token));
    expect([push.status, push.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringContaining('insufficient_scope'),
    ]);
  });

  test('tokens end with their life, or when they are revoked', async () => {
    await open({ authorization: { ...rules, tokenLife: -1 } });
    const { token } = await tokenFor(`repository:${NAME}:pull`);
    expect((await send('GET', blob, bearer(token))).status).toBe(401);
    await registry.close();
    await open({ authorization: rules });
    const kept = await tokenFor(`repository:${NAME}:pull`);
    registry.revokeTokens();
    expect((await send('GET', blob, bearer(kept.token))).status).toBe(401);
  });

  test('a wrong password gets no token', async () => {
    await open({ authorization: rules });
    expect((await tokenFor(`repository:${NAME}:pull`, basic('me:no'))).status).toBe(401);
  });
});

describe('storage on another host', () => {
  test('is where readers of blobs are sent, and it refuses our credentials', async () => {
    await open({ redirectBlobs: true });
    const response = await send('GET', blob);
    expect(response.status).toBe(307);
    const location = response.headers.get('location')!;
    expect(new URL(location).host).not.toBe(registry.host);
    expect((await fetch(location, { headers: basic('me:pw') })).status).toBe(400);
    expect(Buffer.from(await (await fetch(location)).arrayBuffer()).equals(content)).toBe(true);
  });
});
