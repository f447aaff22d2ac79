import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { AuthorizationRules } from '@wso2-delivery/lab/registry/authorization';
import type { RegistryOptions } from '@wso2-delivery/lab/registry/registry';
import { ServiceError } from '@wso2-delivery/shared/base/errors';
import { Authorization } from '@wso2-delivery/shared/oci/authorization';
import type { Credentials } from '@wso2-delivery/shared/oci/credentials';
import { testPorts } from '../../support/ports.ts';
import { BASE, openPushLab, type PushLab, TARGET } from './push-lab.ts';

const PASSWORD = 'p4ss:wörd-secret';
let lab: PushLab;
afterEach(() => lab.close());

async function open(authorization: AuthorizationRules, options: RegistryOptions = {}): Promise<void> {
  lab = await openPushLab({ authorization, ...options });
}
const login = (password = PASSWORD) => [{ registry: lab.registry.host, username: 'me', password }];
const tokens = () => lab.registry.requests.filter(({ url }) => url.startsWith('/token'));
const users = { me: PASSWORD };

describe.each(['basic', 'bearer'] as const)('%s authentication', (scheme) => {
  test('a push with the right password succeeds', async () => {
    await open({ scheme, users });
    await lab.push({ logins: login() });
    expect(lab.registry.store.manifest(TARGET, '1.0.0')).toBeDefined();
  });

  test('a wrong password is an error that never shows it', async () => {
    await open({ scheme, users });
    const attempt = lab.push({ logins: login('wrong-secret') });
    await expect(attempt).rejects.toMatchObject({ code: 'REGISTRY_UNAUTHORIZED', status: 401 });
    const error = await attempt.catch((thrown: unknown) => thrown as ServiceError);
    const shown = JSON.stringify([error, lab.ports.lines]);
    expect(shown).not.toContain('wrong-secret');
    expect(shown).not.toContain(Buffer.from('me:wrong-secret').toString('base64'));
  });

  test('no credentials at all is an error with the remedy', async () => {
    await open({ scheme, users });
    const attempt = lab.push();
    await expect(attempt).rejects.toMatchObject({ code: 'REGISTRY_UNAUTHORIZED' });
    await expect(attempt).rejects.toHaveProperty('remedy', expect.stringContaining('registry-username'));
  });

  test('who may pull and not push is told that it is a question of permission', async () => {
    await open({ scheme, users, permits: (user, _, action) => user !== undefined && action === 'pull' });
    const attempt = lab.push({ logins: login() });
    await expect(attempt).rejects.toMatchObject({ status: scheme === 'basic' ? 403 : 401 });
    await expect(attempt).rejects.toThrow('DENIED: requested access to the resource is denied');
  });

  test('a mount without the right to read the source becomes an upload', async () => {
    // Reads are made anonymously from elsewhere; here the user may read the source only outside of a mount.
    let mounting = false;
    await open(
      { scheme, users, permits: (user, repository) => user !== undefined && !(mounting && repository === BASE) },
      {
        faults: ({ url }) => {
          mounting =
            url.includes('mount=') || (url.startsWith('/token') && url.includes('push') && url.includes('wso2mi'));
          return undefined;
        },
      },
    );
    const pushed = await lab.push({ logins: login() });
    expect(pushed.mounted).toBe(0);
    expect(lab.registry.store.manifest(TARGET, '1.0.0')?.digest).toBe(pushed.digest);
  });
});

describe('tokens', () => {
  test('one is fetched for each scope, not for each request', async () => {
    await open({ scheme: 'bearer', users });
    await lab.push({ logins: login() });
    const scopes = tokens().map(({ url }) => new URL(url, lab.registry.url).searchParams.getAll('scope').join(' '));
    expect([...scopes].sort()).toEqual(
      [
        `repository:${TARGET}:pull,push`,
        `repository:${TARGET}:pull,push repository:${BASE}:pull`,
        `repository:${BASE}:pull`,
      ].sort(),
    );
  });

  test('one that ends in mid-session is renewed', async () => {
    let revoked = false;
    await open(
      { scheme: 'bearer', users },
      {
        faults: ({ method, url }) => {
          if (!revoked && method === 'PUT' && url.includes('/blobs/uploads/')) {
            revoked = true;
            lab.registry.revokeTokens();
          }
          return undefined;
        },
      },
    );
    await lab.push({ logins: login() });
    expect(revoked).toBe(true);
    expect(lab.registry.store.manifest(TARGET, '1.0.0')).toBeDefined();
  });

  test('are never shown once they are known', async () => {
    await open({ scheme: 'bearer', users });
    await lab.push({ logins: login() });
    const sent = lab.registry.requests
      .map(({ headers }) => headers.authorization)
      .find((value) => value?.startsWith('Bearer'));
    expect(lab.ports.secrets.redact(`token ${sent}`)).not.toContain(sent!.slice('Bearer '.length));
  });

  test('anonymous pulls get an anonymous token', async () => {
    await open({ scheme: 'bearer', users, permits: (user, _, action) => user !== undefined || action === 'pull' });
    await expect(lab.push()).rejects.toMatchObject({ code: 'REGISTRY_UNAUTHORIZED' });
    expect(tokens()[0]?.headers.authorization).toBeUndefined();
    expect(lab.registry.requests.some(({ url, status }) => url.includes(`${BASE}/manifests`) && status === 200)).toBe(
      true,
    );
  });

  test.each<[string, { status: number; body?: string }, string, string]>([
    ['that fails', { status: 503 }, 'REGISTRY_UNAVAILABLE', 'give a token'],
    ['that answers with a page', { status: 200, body: '<html>' }, 'REGISTRY_PROTOCOL', 'does not answer in JSON'],
    ['that gives nothing', { status: 200, body: '{}' }, 'REGISTRY_PROTOCOL', 'gives no token'],
    ['that refuses', { status: 403, body: '{"details":"account locked"}' }, 'REGISTRY_UNAUTHORIZED', 'account locked'],
  ])('a token service %s is named', async (_, fault, code, words) => {
    await open({ scheme: 'bearer', users }, { faults: ({ url }) => (url.startsWith('/token') ? fault : undefined) });
    const attempt = lab.push({ logins: login() });
    await expect(attempt).rejects.toMatchObject({ code });
    await expect(attempt).rejects.toThrow(words);
  });
});

describe('other ways to log in', () => {
  const base = () => new URL(`${lab.registry.url}/v2/`);
  const authorize = (credentials: Credentials | undefined) =>
    new Authorization({ base: base(), credentials: () => Promise.resolve(credentials) }, lab.ports);
  const challenge = () => `Bearer realm="${lab.registry.url}/token",service="lab"`;

  test('an identity token is exchanged with a POST', async () => {
    await open({ scheme: 'bearer', users, refreshTokens: { 'refresh-me': 'me' } });
    const authorization = authorize({ kind: 'identity-token', token: 'refresh-me' });
    expect(await authorization.renew(challenge(), ['repository:a:pull'], undefined)).toMatch(/^Bearer /);
    expect(tokens()[0]).toMatchObject({ method: 'POST', status: 200 });
    expect(tokens()[0]?.url).toBe('/token');
  });

  test('a registry token is sent as it is', async () => {
    await open({ scheme: 'bearer', users });
    const authorization = authorize({ kind: 'registry-token', token: 'as-is' });
    expect(await authorization.header(['x'])).toBeUndefined();
    expect(await authorization.renew(challenge(), ['x'], undefined)).toBe('Bearer as-is');
    expect(await authorization.renew(challenge(), ['x'], 'Bearer as-is')).toBeUndefined();
  });

  test('requests that meet the same 401 together fetch one token', async () => {
    await open({ scheme: 'bearer', users });
    const authorization = authorize({ kind: 'password', username: 'me', password: PASSWORD });
    const headers = await Promise.all(
      Array.from({ length: 8 }, () => authorization.renew(challenge(), ['repository:a:pull'], undefined)),
    );
    expect(new Set(headers).size).toBe(1);
    expect(tokens()).toHaveLength(1);
  });

  test('a token near its end is renewed before it is used', async () => {
    await open({ scheme: 'bearer', users, tokenLife: 20 });
    let now = Date.now();
    const ports = testPorts({ clock: { now: () => now, sleep: () => Promise.resolve() } });
    const credentials = () => Promise.resolve({ kind: 'password' as const, username: 'me', password: PASSWORD });
    const authorization = new Authorization({ base: base(), credentials }, ports);
    const first = await authorization.renew(challenge(), ['x'], undefined);
    now += 9000;
    expect(await authorization.header(['x'])).toBe(first);
    now += 2000;
    const before = tokens().length;
    const renewed = await Promise.all(Array.from({ length: 5 }, () => authorization.header(['x'])));
    expect(renewed[0]).not.toBe(first);
    expect(new Set(renewed).size).toBe(1);
    expect(tokens()).toHaveLength(before + 1);
    ports.dispose();
  });

  test.each([
    ['https://registry.acme.example/v2/', 'Bearer realm="http://elsewhere.example/token"', 'is not protected by TLS'],
    ['https://registry.acme.example/v2/', 'Bearer realm="file:///etc/passwd"', 'is not a URL'],
    ['https://registry.acme.example/v2/', 'Bearer realm="http://["', 'is not a URL'],
  ])('credentials for %s do not follow %s', async (registry, header, words) => {
    await open({ scheme: 'bearer', users });
    const credentials = () => Promise.resolve({ kind: 'password' as const, username: 'me', password: PASSWORD });
    const authorization = new Authorization({ base: new URL(registry), credentials }, lab.ports);
    const attempt = authorization.renew(header, ['x'], undefined);
    await expect(attempt).rejects.toThrow(ServiceError);
    await expect(attempt).rejects.toThrow(words);
  });

  test('a 401 without a challenge leaves nothing to answer with', async () => {
    await open({ scheme: 'bearer', users });
    expect(await authorize(undefined).renew(undefined, ['x'], undefined)).toBeUndefined();
    expect(await authorize(undefined).renew('Basic realm="x"', ['x'], undefined)).toBeUndefined();
  });
});

test.each([
  ['basic', () => 'Basic realm="give me"'],
  ['bearer', (origin: string) => `Bearer realm="${origin}/token",service="thief"`],
])('a host that we are redirected to gets no credentials by asking for them (%s)', async (_, challengeOf) => {
  await open({ scheme: 'basic', users });
  const seen: (string | undefined)[] = [];
  const elsewhere = createServer((request, answer) => {
    seen.push(request.headers.authorization);
    answer.writeHead(401, { 'www-authenticate': challengeOf(`http://${request.headers.host}`) }).end();
  }).listen(0, '127.0.0.1');
  await once(elsewhere, 'listening');
  const location = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/blob`;
  await lab.close();
  await open(
    { scheme: 'basic', users },
    {
      faults: ({ method, url }) =>
        method === 'GET' && url.includes('/blobs/sha256') ? { status: 307, headers: { location } } : undefined,
    },
  );
  await expect(lab.push({ logins: login() })).rejects.toMatchObject({ code: 'REGISTRY_UNAUTHORIZED' });
  expect(seen.length).toBeGreaterThan(0);
  expect(seen.every((value) => value === undefined)).toBe(true);
  elsewhere.close();
});
