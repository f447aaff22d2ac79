import { describe, expect, test } from '@jest/globals';
import { gatewayPath, isNotDeployed, proveServing, readExpectedStatus } from '@wso2-delivery/shared/apim/gateway-proof';
import type { Http } from '@wso2-delivery/shared/base/ports';

test.each([
  ['/employees', '1.0.0', '/employees/1.0.0'],
  ['/employees/1.0.0', '1.0.0', '/employees/1.0.0'],
  ['/{version}/employees', '1.0.0', '/1.0.0/employees'],
  ['employees', '2', '/employees/2'],
])('context %s in version %s is served at %s', (context, version, path) => {
  expect(gatewayPath(context, version)).toBe(path);
});

test.each<[status: number, body: string, expected: boolean]>([
  [404, '{"code":"404","type":"Status report","message":"Not Found"}', true],
  [404, '<am:fault><am:code>404</am:code></am:fault>', true],
  [404, '{"error":"no such employee"}', false],
  [401, '{"type":"Status report"}', false],
  [200, '', false],
])('%i %s: not deployed is %s', (status, body, expected) => {
  expect(isNotDeployed(status, body)).toBe(expected);
});

describe('waiting for a gateway', () => {
  const answering = (...answers: [number, string][]) => {
    let at = 0;
    const request = () => {
      const [status, body] = answers[Math.min(at++, answers.length - 1)] ?? [500, ''];
      return Promise.resolve({
        status,
        headers: {},
        url: 'https://g',
        body: Buffer.from(body),
        text: () => body,
        json: () => ({}),
      });
    };
    return { http: { request } as unknown as Http, asked: () => at };
  };
  const clock = () => {
    let time = 0;
    return {
      now: () => time,
      sleep: (ms: number) => {
        time += ms;
        return Promise.resolve();
      },
    };
  };
  const cancelled = new AbortController().signal;
  const target = { gateway: 'Default', url: 'https://g/a/1/', api: 'A:1', ca: undefined };
  const absent: [number, string] = [404, '{"type":"Status report"}'];

  test.each<[name: string, answers: [number, string][], status: number, asked: number]>([
    ['401 is a proof', [[401, '']], 401, 1],
    ['404 is waited for', [absent, absent, [200, 'ok']], 200, 3],
    [
      'a load balancer without a gateway is waited for',
      [
        [503, 'no upstream'],
        [403, ''],
      ],
      403,
      2,
    ],
    ['a gateway that misses its backend is a proof', [[503, '{"code":"101503"}']], 503, 1],
    ["a backend's 404 is a proof", [[404, 'no such thing']], 404, 1],
  ])('%s', async (_, answers, status, asked) => {
    const server = answering(...answers);
    const proof = await proveServing(target, 10_000, { http: server.http, clock: clock(), cancelled });
    expect([proof.status, server.asked()]).toEqual([status, asked]);
  });

  test('an expected status is waited for: an API that answers without a token is not the one that was meant', async () => {
    const server = answering([200, ''], [200, ''], [401, '']);
    const proof = await proveServing({ ...target, expected: ['401'] }, 10_000, {
      http: server.http,
      clock: clock(),
      cancelled,
    });
    expect([proof.status, server.asked()]).toEqual([401, 3]);
    const { http } = answering([200, '']);
    const waiting = proveServing({ ...target, expected: ['401', '5xx'] }, 3000, { http, clock: clock(), cancelled });
    await expect(waiting).rejects.toMatchObject({
      message: expect.stringContaining('it answers 200, and 401 or 5xx is expected'),
    });
  });

  test('when the time is over, the last answer is told', async () => {
    const { http } = answering(absent);
    await expect(proveServing(target, 3000, { http, clock: clock(), cancelled })).rejects.toMatchObject({
      code: 'GATEWAY_NOT_SERVING',
      message: 'the gateway Default does not serve A:1 at https://g/a/1/ after 3 s: it answers 404',
    });
  });
});

test.each<[string, readonly string[] | undefined]>([
  ['401', ['401']],
  ['2xx, 404', ['2xx', '404']],
  ['2XX', ['2xx']],
  ['', undefined],
  ['ok', undefined],
  ['600', undefined],
  ['20x', undefined],
])('%j as an expected status', (text, expected) => {
  expect(readExpectedStatus(text)).toEqual(expected);
});
