import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { selfSignedCertificate } from '@wso2-delivery/lab/certificate';
import { readRunningApplications } from '@wso2-delivery/shared/mi/management';
import { certificateAt } from '@wso2-delivery/shared/mi/server-certificate';
import { testPorts } from '../../support/ports.ts';

const applications = '{"activeList":[{"name":"a","version":"1"}],"faultyList":[]}';

/** A management API over TLS with a certificate of its own, as MI comes with one. */
describe('the management API', () => {
  const ports = testPorts();
  const own = selfSignedCertificate('wso2');
  let server: Server;
  let baseUrl: string;
  let answer: (path: string) => { status: number; body: string };

  beforeAll(async () => {
    server = createServer({ key: own.privateKey, cert: own.certificate }, (request, response) => {
      const { status, body } = answer(request.url ?? '');
      response.statusCode = status;
      response.end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    baseUrl = `https://localhost:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
    ports.dispose();
  });

  const login = { username: 'admin', password: 'pass word' };
  const good = (path: string) => ({
    status: 200,
    body: path.endsWith('login') ? '{"AccessToken":"token-77"}' : applications,
  });
  const read = async () => {
    const ca = await certificateAt('127.0.0.1', Number(new URL(baseUrl).port), 5000);
    return readRunningApplications(ports, { baseUrl, ca }, login);
  };

  test('is trusted by the very certificate that it shows', async () => {
    answer = good;
    expect(await read()).toEqual({ active: [{ name: 'a', version: '1' }], faulty: [] });
  });

  test('is not trusted without it', async () => {
    answer = good;
    await expect(readRunningApplications(ports, { baseUrl }, login)).rejects.toMatchObject({ code: 'SERVICE_TLS' });
  });

  test('gives a token that never appears in a log', async () => {
    answer = good;
    await read();
    expect(ports.secrets.redact('Bearer token-77')).not.toContain('token-77');
  });

  test.each([
    [
      'refuses the login',
      (path: string) => ({ status: path.endsWith('login') ? 401 : 200, body: '' }),
      'MI_MANAGEMENT_REFUSED',
    ],
    ['is something else', () => ({ status: 200, body: '<html>' }), 'MI_MANAGEMENT_FAILED'],
    [
      'fails',
      (path: string) => (path.endsWith('login') ? good(path) : { status: 500, body: '' }),
      'MI_MANAGEMENT_FAILED',
    ],
    [
      'answers without a list',
      (path: string) => (path.endsWith('login') ? good(path) : { status: 200, body: '{}' }),
      'MI_MANAGEMENT_FAILED',
    ],
  ])('that %s is an error of its own', async (_, says, code) => {
    answer = says;
    await expect(read()).rejects.toMatchObject({ code });
  });

  test('that is not there is an error of the connection', async () => {
    await expect(certificateAt('127.0.0.1', 1, 2000)).rejects.toThrow(/ECONNREFUSED/);
  });
});
