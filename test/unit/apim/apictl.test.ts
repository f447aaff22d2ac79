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
    expect(apictl.exportApi('A', '1', 'dev', revision).args.slice(6)).toEqual(expected);
  });

  test('a name that begins with a dash is no flag', () => {
    expect(apictl.exportApi('-k', '1', 'dev', 'latest').args).toContain('--name=-k');
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
