import { createServer, type Server } from 'node:http';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { digestOf } from '@wso2-delivery/shared/formats/digest';
import { readJob } from '@wso2-delivery/shared/run/job';
import { download } from '@wso2-delivery/shared/tools/download';
import { findProgram } from '@wso2-delivery/shared/tools/find';
import { testPorts, type TestPorts } from '../../support/ports.ts';

const content = 'the release file';
const sha256 = digestOf(content).replace('sha256:', '');
let server: Server;
let ports: TestPorts;
let url: string;
let target: string;
let status: number;
let requests: number;

beforeEach(async () => {
  status = 200;
  requests = 0;
  server = createServer((_, response) => {
    requests++;
    response.writeHead(status);
    response.end(content);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tool.tar.gz`;
  ports = testPorts();
  target = join(ports.files.workspace, 'deep/tool.tar.gz');
});
afterEach(() => {
  server.close();
  ports.dispose();
});

describe('downloading a tool', () => {
  const request = { known: {}, input: 'tool-sha256' };

  test.each([
    ['the checksum of the input', { sha256: sha256.toUpperCase(), known: {} }],
    ['the checksum of the table', { sha256: undefined, known: undefined }],
  ])('%s lets the right bytes through', async (_, given) => {
    await download({ ...request, url, target, ...given, known: given.known ?? { [url]: sha256 } }, ports.http);
    expect(readFileSync(target, 'utf8')).toBe(content);
  });

  test('the input wins over the table', async () => {
    const wrong = '0'.repeat(64);
    const both = download({ ...request, url, target, sha256: wrong, known: { [url]: sha256 } }, ports.http);
    await expect(both).rejects.toMatchObject({ code: 'DOWNLOAD_CHECKSUM_MISMATCH' });
    expect(existsSync(target)).toBe(false);
  });

  test.each([
    ['no checksum', undefined],
    ['what is no checksum', 'abc'],
  ])('%s: nothing is fetched', async (_, given) => {
    await expect(download({ ...request, url, target, sha256: given }, ports.http)).rejects.toMatchObject({
      code: 'DOWNLOAD_CHECKSUM_UNKNOWN',
    });
    expect(requests).toBe(0);
  });

  test('an answer other than 200 is a failure', async () => {
    status = 404;
    await expect(download({ ...request, url, target, sha256 }, ports.http)).rejects.toMatchObject({
      code: 'DOWNLOAD_FAILED',
      status: 404,
    });
    expect(existsSync(target)).toBe(false);
  });
});

test('a program is found in the first folder of the PATH that has it, executable', () => {
  const folders = ['a', 'b', 'c'].map((name) => join(ports.files.workspace, name));
  for (const folder of folders) mkdirSync(folder);
  writeFileSync(join(folders[0]!, 'tool'), '');
  mkdirSync(join(folders[1]!, 'tool'));
  writeFileSync(join(folders[2]!, 'tool'), '');
  chmodSync(join(folders[2]!, 'tool'), 0o755);
  const job = readJob({ PATH: ['', ...folders].join(delimiter) });
  expect(findProgram('tool', job)).toBe(join(folders[2]!, 'tool'));
  expect(findProgram('other', job)).toBeUndefined();
});
