import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { findApictl } from '@wso2-delivery/shared/apim/apictl-program';
import type { Http, HttpRequest } from '@wso2-delivery/shared/base/ports';
import { digestOf } from '@wso2-delivery/shared/formats/digest';
import { testPorts, type TestPorts } from '../../support/ports.ts';

let ports: TestPorts;
let release: Buffer;
let asked: string[];
let variables: Record<string, string | undefined>;

beforeEach(() => {
  asked = [];
  const http = {
    stream: (request: HttpRequest) => {
      asked.push(String(request.url));
      const body = (async function* () {
        yield await Promise.resolve(release);
      })();
      return Promise.resolve({ status: 200, headers: {}, url: String(request.url), body, close: () => undefined });
    },
  } as unknown as Http;
  ports = testPorts({
    http,
    job: { ...testJob, variable: (name) => variables[name] },
  });
  variables = { PATH: process.env.PATH };
  const folder = join(ports.files.workspace, 'release');
  mkdirSync(join(folder, 'apictl'), { recursive: true });
  writeFileSync(join(folder, 'apictl/apictl'), '#!/bin/sh\necho "Version: 4.7.0"\n');
  chmodSync(join(folder, 'apictl/apictl'), 0o755);
  execFileSync('tar', ['-czf', join(folder, 'a.tar.gz'), '-C', folder, 'apictl']);
  release = readFileSync(join(folder, 'a.tar.gz'));
});
afterEach(() => ports.dispose());

const testJob = {
  repository: undefined,
  sha: undefined,
  ref: undefined,
  runId: undefined,
  serverUrl: 'https://github.com',
  platform: 'linux',
  arch: 'x64',
};
const nothing = { path: undefined, version: undefined, sha256: undefined };

test('a release is downloaded, checked, unpacked and ready to run', async () => {
  const sha256 = digestOf(release).replace('sha256:', '');
  const program = await findApictl({ ...nothing, version: '4.7.0', sha256 }, ports);
  expect(asked).toEqual([
    'https://github.com/wso2/product-apim-tooling/releases/download/v4.7.0/apictl-4.7.0-linux-amd64.tar.gz',
  ]);
  expect(execFileSync(program, { encoding: 'utf8' })).toBe('Version: 4.7.0\n');
});

test('a release with other bytes is not used', async () => {
  const wish = { ...nothing, version: '4.7.0', sha256: '0'.repeat(64) };
  await expect(findApictl(wish, ports)).rejects.toMatchObject({ code: 'DOWNLOAD_CHECKSUM_MISMATCH' });
});

test('a release without a checksum is not fetched', async () => {
  const wish = { ...nothing, version: '4.7.0' };
  await expect(findApictl(wish, ports)).rejects.toMatchObject({
    code: 'DOWNLOAD_CHECKSUM_UNKNOWN',
    problems: [expect.objectContaining({ subject: 'apictl-sha256' })],
  });
  expect(asked).toEqual([]);
});

test('a release file without an apictl in it', async () => {
  release = Buffer.from('not a tar');
  const sha256 = digestOf(release).replace('sha256:', '');
  await expect(findApictl({ ...nothing, version: '4.7.0', sha256 }, ports)).rejects.toMatchObject({
    code: 'APICTL_UNAVAILABLE',
  });
});

test.each(['latest', '4.7'])('%s is not a version', async (version) => {
  await expect(findApictl({ ...nothing, version }, ports)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
});

test('a path may be relative to the workspace, and must be executable', async () => {
  const program = await findApictl({ ...nothing, path: 'release/apictl/apictl' }, ports);
  expect(program).toBe(join(ports.files.workspace, 'release/apictl/apictl'));
  await expect(findApictl({ ...nothing, path: 'release/a.tar.gz' }, ports)).rejects.toMatchObject({
    code: 'APICTL_UNAVAILABLE',
  });
});

describe("the runner's tool cache", () => {
  const cache = (version: string, inner = 'apictl/apictl'): string => {
    const root = join(ports.files.workspace, 'tools');
    const path = join(root, 'apictl', version, 'x64', inner);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '#!/bin/sh\n');
    chmodSync(path, 0o755);
    variables = { PATH: '/nonexistent', RUNNER_TOOL_CACHE: root };
    return path;
  };

  test('holds the version asked for: nothing is downloaded, and no checksum is needed', async () => {
    cache('4.6.0');
    const path = cache('4.7.0');
    expect(await findApictl({ ...nothing, version: '4.7.0' }, ports)).toBe(path);
    expect(asked).toEqual([]);
  });

  test('is looked through when the PATH has none: the newest of all, whatever the order of the names', async () => {
    cache('4.10.0');
    const newest = cache('4.11.1', 'apictl');
    cache('4.9.0');
    expect(await findApictl(nothing, ports)).toBe(newest);
  });

  test('of several, the newest patch of the minor version of the API Manager is taken', async () => {
    cache('4.5.0');
    const fits = cache('4.5.2');
    cache('4.7.0');
    expect(await findApictl({ ...nothing, server: [4, 5, 0] }, ports)).toBe(fits);
  });

  test('with nothing in it is as if there were none', async () => {
    variables = { PATH: '/nonexistent', RUNNER_TOOL_CACHE: join(ports.files.workspace, 'none') };
    await expect(findApictl(nothing, ports)).rejects.toMatchObject({ code: 'APICTL_UNAVAILABLE' });
  });
});
