import { describe, expect, test } from '@jest/globals';
import * as apictl from '@wso2-delivery/shared/apim/apictl';
import { bounded } from '@wso2-delivery/shared/apim/bounded';
import { features, parseVersion, releaseUrl, type ApictlVersion } from '@wso2-delivery/shared/apim/apictl-release';
import { readCredentials } from '@wso2-delivery/shared/apim/credentials';
import { readEnvironments } from '@wso2-delivery/shared/apim/environments';

describe('command lines', () => {
  const [one, parts] = readEnvironments({
    environments: [
      { name: 'dev', apim: 'https://a' },
      { name: 'prod', apim: 'https://a', publisher: 'https://p' },
    ],
  });

  test('one URL for all, or every URL by itself: apictl does not take both', () => {
    expect(apictl.addEnvironment(one!).args).toEqual([
      'add',
      'env',
      'dev',
      '--apim',
      'https://a',
      '--token',
      'https://a/oauth2/token',
    ]);
    expect(apictl.addEnvironment(parts!).args.join(' ')).toBe(
      'add env prod --registration https://a --publisher https://p --devportal https://a --admin https://a --token https://a/oauth2/token',
    );
  });

  test.each([
    ['latest', ['--latest']],
    ['working-copy', []],
    [3, ['--rev', '3']],
  ] as const)('export of %s', (revision, expected) => {
    const wish = { name: 'A', version: '1', revision };
    expect(apictl.exportProject(wish, 'dev').args.slice(6)).toEqual(expected);
    expect(apictl.exportProject({ kind: 'api-product', ...wish }, 'dev').args.slice(6)).toEqual(expected);
  });

  test('a name that begins with a dash is no flag', () => {
    const wish = { name: '-k', version: '1', revision: 'latest' } as const;
    expect(apictl.exportProject(wish, 'dev').args).toContain('--name=-k');
  });

  test('apictl up to 4.2.2 refuses the version of a product, later ones need it', () => {
    const wish = { kind: 'api-product', name: 'P', version: '1.0.0', revision: 'working-copy' } as const;
    expect(apictl.exportProject(wish, 'dev', true).args.join(' ')).toBe(
      'export api-product --name=P --version=1.0.0 --environment dev',
    );
    expect(apictl.exportProject(wish, 'dev', false).args.join(' ')).toBe(
      'export api-product --name=P --environment dev',
    );
    expect([features.productVersion([4, 2, 2]), features.productVersion([4, 2, 3])]).toEqual([false, true]);
  });

  test('an application is of an owner, has no revisions, and comes with keys when they are asked for', () => {
    const wish = { kind: 'application', name: 'App', version: 'PRIMARY/bob', revision: 'latest' } as const;
    expect(apictl.exportProject(wish, 'dev').args.join(' ')).toBe(
      'export app --name=App --owner=PRIMARY/bob --environment dev',
    );
    expect(apictl.exportProject({ ...wish, withKeys: true }, 'dev').args.at(-1)).toBe('--with-keys');
    expect(apictl.exportedFile(wish, 'dev')).toBe('apps/dev/PRIMARY#bob_App.zip');
  });

  test.each<[apictl.ImportFlags, string]>([
    [
      { update: true, preserveProvider: false, params: 'p.yaml' },
      'import api --file a.zip --environment dev --preserve-provider=false --update --params p.yaml',
    ],
    [
      { kind: 'api-product', update: true, preserveProvider: true, params: undefined },
      'import api-product --file a.zip --environment dev --preserve-provider=true --update-api-product',
    ],
    [
      { kind: 'application', update: true, preserveProvider: true, params: undefined, skipKeys: true },
      'import app --file a.zip --environment dev --preserve-owner --skip-keys --update',
    ],
    [
      { kind: 'application', update: false, preserveProvider: false, params: undefined, skipSubscriptions: true },
      'import app --file a.zip --environment dev --skip-subscriptions',
    ],
  ])('import of %j', (flags, expected) => {
    expect(apictl.importProject('a.zip', 'it', 'dev', flags).args.join(' ')).toBe(expected);
  });
});

describe('releases', () => {
  test.each<[version: string, platform: string, arch: string, ending: string]>([
    ['4.7.0', 'linux', 'x64', 'v4.7.0/apictl-4.7.0-linux-amd64.tar.gz'],
    ['4.1.3', 'darwin', 'arm64', 'v4.1.3/apictl-4.1.3-darwin-arm64.tar.gz'],
    ['4.1.2', 'linux', 'x64', 'v4.1.2/apictl-4.1.2-linux-x64.tar.gz'],
    ['4.3.2', 'linux', 'arm64', '4.3.2/apictl-4.3.2-linux-arm64.tar.gz'],
    ['4.6.1', 'win32', 'x64', 'v4.6.1/apictl-4.6.1-windows-x64.zip'],
  ])('%s for %s on %s', (version, platform, arch, ending) => {
    expect(releaseUrl(parseVersion(version)!, { platform, arch })).toBe(
      `https://github.com/wso2/product-apim-tooling/releases/download/${ending}`,
    );
  });

  test('a machine that there is no release for', () => {
    expect(() => releaseUrl([4, 0, 5], { platform: 'linux', arch: 'arm64' })).toThrow(
      'no release of apictl 4.0.5 for linux on arm64',
    );
  });

  test.each<[version: ApictlVersion, token: boolean, v4: boolean]>([
    [[4, 1, 6], false, false],
    [[4, 2, 4], false, true],
    [[4, 2, 5], true, true],
    [[4, 3, 3], false, true],
    [[4, 4, 0], true, true],
    [[4, 7, 0], true, true],
  ])('%j: access tokens %s, publisher v4 %s', (version, token, v4) => {
    expect([features.accessToken(version), features.publisherV4(version)]).toEqual([token, v4]);
  });
});

test('credentials: what is missing is an error, for apictl would ask and wait', () => {
  const none = { username: undefined, password: undefined, token: undefined };
  expect(() => readCredentials('to', none)).toThrow('2 problems');
  expect(readCredentials('to', { ...none, token: 't' })).toEqual({ kind: 'token', token: 't' });
  expect(() => readCredentials('to', { ...none, username: 'a b', password: 'p' })).toThrow('does not send correctly');
});

test('bounded work keeps the order and never runs more at once', async () => {
  let running = 0;
  let most = 0;
  const results = await bounded([5, 1, 3, 2, 4], 2, async (ms) => {
    most = Math.max(most, ++running);
    await new Promise((done) => setTimeout(done, ms));
    running--;
    return ms * 10;
  });
  expect([results, most]).toEqual([[50, 10, 30, 20, 40], 2]);
});
