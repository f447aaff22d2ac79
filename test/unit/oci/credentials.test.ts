import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { InputError, ToolError } from '@wso2-delivery/shared/base/errors';
import { type Credentials, findCredentials, type Login } from '@wso2-delivery/shared/oci/credentials';
import { testPorts, type TestPorts } from '../../support/ports.ts';

const basic = (pair: string) => Buffer.from(pair).toString('base64');
const password = (username: string, secret: string): Credentials => ({ kind: 'password', username, password: secret });

let scratch: TestPorts;
let home: string;
let bin: string;
beforeEach(async () => {
  scratch = testPorts();
  home = await scratch.files.privateFolder('home');
  bin = await scratch.files.privateFolder('bin');
});
afterEach(() => scratch.dispose());

/** The ports of a job whose home holds this docker configuration. */
function jobWith(config: unknown, variables: Record<string, string> = {}): TestPorts {
  if (config !== undefined) {
    mkdirSync(join(home, '.docker'), { recursive: true });
    writeFileSync(join(home, '.docker', 'config.json'), typeof config === 'string' ? config : JSON.stringify(config));
  }
  return testPorts({ variables: { PATH: `${bin}:${process.env.PATH ?? ''}`, HOME: home, ...variables } });
}

async function find(
  registry: string,
  config: unknown,
  logins: readonly Login[] = [],
): Promise<Credentials | undefined> {
  const ports = jobWith(config);
  try {
    return await findCredentials(registry, logins, ports);
  } finally {
    ports.dispose();
  }
}

/** A credential helper that writes down what it was asked. */
function helper(name: string, script: string): void {
  const path = join(bin, `docker-credential-${name}`);
  writeFileSync(path, `#!/bin/sh\nserver=$(cat)\n${script}\n`);
  chmodSync(path, 0o755);
}

describe('credentials from the workflow', () => {
  const login = { registry: 'ghcr.io', username: 'me', password: 'explicit-secret' };

  test('win over what docker login stored, for their registry only', async () => {
    const config = { auths: { 'ghcr.io': { auth: basic('other:x') }, 'quay.io': { auth: basic('q:y') } } };
    expect(await find('ghcr.io', config, [login])).toEqual(password('me', 'explicit-secret'));
    expect(await find('quay.io', config, [login])).toEqual(password('q', 'y'));
  });

  test('are masked from then on', async () => {
    const ports = jobWith(undefined);
    await findCredentials('ghcr.io', [login], ports);
    for (const shown of ['explicit-secret', basic('me:explicit-secret')]) {
      expect(ports.secrets.redact(`it is ${shown}`)).not.toContain(shown);
    }
    ports.dispose();
  });
});

describe('credentials from docker’s configuration', () => {
  test.each([
    ['ghcr.io', { 'ghcr.io': { auth: basic('u:p') } }, password('u', 'p')],
    ['ghcr.io', { 'https://ghcr.io': { auth: basic('u:p') } }, password('u', 'p')],
    ['ghcr.io', { 'https://ghcr.io/v2/': { auth: basic('u:p:with:colons') } }, password('u', 'p:with:colons')],
    ['docker.io', { 'https://index.docker.io/v1/': { auth: basic('hub:p') } }, password('hub', 'p')],
    ['docker.io', { 'docker.io': { auth: basic('hub:p') } }, password('hub', 'p')],
    ['localhost:5000', { 'localhost:5000': { username: 'u', password: 'p' } }, password('u', 'p')],
    ['x.io', { 'x.io': { identitytoken: 'refresh' } }, { kind: 'identity-token', token: 'refresh' }],
    ['x.io', { 'x.io': { registrytoken: 'bearer' } }, { kind: 'registry-token', token: 'bearer' }],
    ['x.io', { 'x.io': {} }, undefined],
    ['x.io', { 'x.io:5000': { auth: basic('u:p') } }, undefined],
    ['x.io', {}, undefined],
  ])('%s in %j is found', async (registry, auths, expected) => {
    expect(await find(registry, { auths })).toEqual(expected);
  });

  test('no configuration means anonymous', async () => {
    expect(await find('ghcr.io', undefined)).toBeUndefined();
  });

  test('DOCKER_CONFIG names another folder', async () => {
    const folder = await scratch.files.privateFolder('docker');
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ auths: { 'ghcr.io': { auth: basic('there:p') } } }));
    const ports = jobWith({ auths: { 'ghcr.io': { auth: basic('here:p') } } }, { DOCKER_CONFIG: folder });
    expect(await findCredentials('ghcr.io', [], ports)).toEqual(password('there', 'p'));
    ports.dispose();
  });

  test.each([['{ "auths": { "ghcr.io": { "auth": "c2VjcmV0"'], ['[1'], ['"text"']])(
    'what is not a JSON object is named without showing it: %s',
    async (text) => {
      const attempt = find('ghcr.io', text);
      await expect(attempt).rejects.toThrow(InputError);
      await expect(attempt).rejects.toMatchObject({ code: 'REGISTRY_CREDENTIALS_UNREADABLE' });
      await expect(attempt).rejects.toThrow(/config\.json: is not a JSON object$/);
    },
  );

  test('an entry that is not user:password is named without showing it', async () => {
    const attempt = find('ghcr.io', { auths: { 'ghcr.io': { auth: basic('nocolon') } } });
    await expect(attempt).rejects.toThrow('has an auth entry for ghcr.io that is not user:password in base64');
    await expect(attempt).rejects.not.toThrow('nocolon');
  });
});

describe('credential helpers', () => {
  const answer = (username: string, secret: string) =>
    `printf '{"ServerURL":"%s","Username":"${username}","Secret":"${secret}"}' "$server"`;

  test('the helper of a registry is asked for that registry, and wins over stored entries', async () => {
    helper('acme', `[ "$1" = get ] && [ "$server" = ghcr.io ] && ${answer('helped', 'h-secret')}`);
    const config = { credHelpers: { 'ghcr.io': 'acme' }, auths: { 'ghcr.io': { auth: basic('u:p') } } };
    expect(await find('ghcr.io', config)).toEqual(password('helped', 'h-secret'));
  });

  test('the general store is asked where no entry has credentials, for Docker Hub under its old name', async () => {
    helper('store', `[ "$server" = https://index.docker.io/v1/ ] && ${answer('hub', 's')}`);
    const config = { credsStore: 'store', auths: { 'https://index.docker.io/v1/': {} } };
    expect(await find('docker.io', config)).toEqual(password('hub', 's'));
  });

  test('the user <token> stands for an identity token', async () => {
    helper('acr', answer('<token>', 'refresh'));
    expect(await find('x.azurecr.io', { credsStore: 'acr' })).toEqual({ kind: 'identity-token', token: 'refresh' });
  });

  test('a store without an entry means anonymous', async () => {
    helper('store', 'echo "credentials not found in native keychain"; exit 1');
    expect(await find('ghcr.io', { credsStore: 'store' })).toBeUndefined();
  });

  test('a helper is asked once a run, however often its registry is used', async () => {
    helper('once', `echo x >> "${join(home, 'calls')}"; ${answer('u', 'long-secret')}`);
    const ports = jobWith({ credsStore: 'once' });
    const first = await findCredentials('ghcr.io', [], ports);
    expect(await findCredentials('ghcr.io', [], ports)).toEqual(first);
    expect(first).toEqual(password('u', 'long-secret'));
    expect(readFileSync(join(home, 'calls'), 'utf8')).toBe('x\n');
    ports.dispose();
  });

  test.each([
    ['echo "no session, run login first" >&2; exit 3', 'no session, run login first'],
    ['exit 1', 'exit code 1'],
    ['echo oops', 'its output is not JSON'],
    ['echo "{}"', 'its output lacks Username or Secret'],
  ])('a helper that fails (%s) is an error with its words', async (script, words) => {
    helper('broken', script);
    const attempt = find('ghcr.io', { credsStore: 'broken' });
    await expect(attempt).rejects.toThrow(ToolError);
    await expect(attempt).rejects.toMatchObject({ code: 'REGISTRY_CREDENTIAL_HELPER', exitCode: expect.any(Number) });
    await expect(attempt).rejects.toThrow(`docker-credential-broken gave no credentials for ghcr.io: ${words}`);
  });

  test('a helper that is not installed is named', async () => {
    await expect(find('ghcr.io', { credsStore: 'absent' })).rejects.toThrow('docker-credential-absent');
  });
});
