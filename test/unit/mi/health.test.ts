import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { ServiceError } from '@wso2-delivery/shared/base/errors';
import { codes as baseCodes } from '@wso2-delivery/shared/base/codes';
import { checkMicroIntegrators } from '@wso2-delivery/shared/mi/health';
import type { PodAccess } from '@wso2-delivery/shared/mi/health';
import { testPorts } from '../../support/ports.ts';

const ports = testPorts();
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

afterAll(() => {
  ports.dispose();
});

const expected = [{ name: 'employee-service', version: '1.0.0' }];
const healthy = { status: 200, body: '{"status":"ready"}' };
const startLog = (...applications: readonly string[]): string =>
  [
    ...applications.map(
      (name) => `INFO {CappDeployer} - Successfully Deployed Carbon Application : ${name}{super-tenant}`,
    ),
    'INFO {StartupFinalizer} - WSO2 Micro Integrator started in 9.87 seconds',
  ].join('\n');

/** A management API with these active applications, behind a login. */
async function management(active: readonly object[], password = 'secret'): Promise<string> {
  const server = createServer((request, response) => {
    const basic = `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`;
    const { authorization } = request.headers;
    if (request.url === '/management/login' && authorization === basic) {
      response.end('{"AccessToken":"token-1"}');
    } else if (request.url === '/management/applications' && authorization === 'Bearer token-1') {
      response.end(JSON.stringify({ activeList: active, faultyList: [] }));
    } else {
      response.statusCode = 401;
      response.end();
    }
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const unreachable = () =>
  Promise.reject(new ServiceError(baseCodes.SERVICE_UNREACHABLE, 'refused', { method: 'GET', url: 'x' }));

function check(access: Partial<PodAccess>, login?: { username: string; password: string }, patienceMs = 0) {
  const whole: PodAccess = {
    get: () => Promise.resolve(healthy),
    log: () => Promise.resolve(startLog('employee-service_1.0.0')),
    forward: unreachable,
    ...access,
  };
  const pods = [{ name: 'mi-1', container: 'mi', expected }];
  return checkMicroIntegrators(whole, ports, pods, { login, patienceMs });
}

const admin = { username: 'admin', password: 'secret' };
const forwardTo =
  (baseUrl: string, closed: string[] = []): PodAccess['forward'] =>
  () =>
    Promise.resolve({
      baseUrl,
      ca: undefined,
      close: () => {
        closed.push('closed');
        return Promise.resolve();
      },
    });

describe('a Micro Integrator in a pod', () => {
  test('that runs what it should, by the management API', async () => {
    const closed: string[] = [];
    const health = await check({ forward: forwardTo(await management(expected), closed) }, admin);
    expect(health.problems).toEqual([]);
    expect(health.unchecked).toEqual([]);
    expect(health.checked).toContain(
      'The carbon application employee-service 1.0.0 is active, by the management API (1 of 1 pod).',
    );
    expect(closed).toEqual(['closed']);
  });

  test('that runs another version is told with it', async () => {
    const other = await management([{ name: 'employee-service', version: '0.9.0' }]);
    const { problems } = await check({ forward: forwardTo(other) }, admin);
    expect(problems).toMatchObject([
      {
        cause: 'applications-missing',
        message: 'mi-1: MI does not run employee-service 1.0.0 (it runs 0.9.0), which the image should hold.',
      },
    ]);
  });

  test('whose login is refused is held to its log, and what is good there is good', async () => {
    const health = await check({ forward: forwardTo(await management(expected, 'another')) }, admin);
    expect(health).toMatchObject({ problems: [], unchecked: [] });
    expect(health.checked.join()).toContain("by the server's log");
  });

  test('whose log has no success for an application lacks it', async () => {
    const { problems } = await check({ log: () => Promise.resolve(startLog('other_1')) });
    expect(problems).toMatchObject([{ cause: 'applications-missing' }]);
  });

  test('whose log was rotated is not judged, and that is said with what would help', async () => {
    const health = await check({ log: () => Promise.resolve('INFO late\n') });
    expect(health.problems).toEqual([]);
    expect(health.unchecked).toEqual([
      expect.stringContaining("does not reach back to the server's start") as unknown,
      expect.stringContaining('management-username') as unknown,
    ]);
  });

  test.each(['', 'INFO late\n'])('without a right and a start in its log (%j) is not waited for', async (log) => {
    const forbidden = new Error('ci may not "create" on pods/portforward');
    const access = {
      forward: () => Promise.reject(forbidden),
      log: () => Promise.resolve(log),
      isFinal: (error: unknown) => error === forbidden,
    };
    const began = Date.now();
    const health = await check(access, admin, 20_000);
    expect(health.unchecked.join()).toContain('may not "create"');
    expect(Date.now() - began).toBeLessThan(1000);
  });

  test('with faulty applications names them, without asking further', async () => {
    const body = '{"status":"not ready, faulty CAPPs detected","Faulty CAPPs":["payroll"]}';
    const { problems } = await check({ get: () => Promise.resolve({ status: 500, body }), log: unreachable });
    expect(problems).toMatchObject([{ cause: 'applications-faulty', message: 'mi-1: MI could not deploy payroll.' }]);
  });

  test('that cannot be reached at all is unchecked, never good', async () => {
    const health = await check({ get: unreachable, log: unreachable });
    expect(health).toMatchObject({ checked: [], problems: [] });
    expect(health.unchecked.length).toBeGreaterThan(0);
  });
});
