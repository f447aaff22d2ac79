import { afterEach, describe, expect, test } from '@jest/globals';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createHttp } from '@wso2-delivery/shared/run/http';
import { selfSignedCertificate } from '@wso2-delivery/lab/certificate';
import { systemClock } from '@wso2-delivery/shared/run/clock';
import { testPorts, type TestPorts } from '../../support/ports.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, n: number) => void;

const servers: Server[] = [];
let ports: TestPorts;
afterEach(() => {
  ports.dispose();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(handler: Handler, socketPath?: string): Promise<{ url: string; seen: string[] }> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    handler(request, response, seen.length);
  });
  servers.push(server);
  await new Promise<void>((resolve) =>
    socketPath === undefined ? server.listen(0, '127.0.0.1', resolve) : server.listen(socketPath, resolve),
  );
  return {
    url: socketPath === undefined ? `http://127.0.0.1:${(server.address() as AddressInfo).port}` : 'http://proxy',
    seen,
  };
}

describe('an idempotent request is sent again', () => {
  test.each([
    ['a reset connection', (_: IncomingMessage, response: ServerResponse) => response.socket?.destroy()],
    ['503', (_: IncomingMessage, response: ServerResponse) => response.writeHead(503).end()],
    [
      '429 with seconds',
      (_: IncomingMessage, response: ServerResponse) => response.writeHead(429, { 'retry-after': '0' }).end(),
    ],
    [
      '429 with a date',
      (_: IncomingMessage, response: ServerResponse) =>
        response.writeHead(429, { 'retry-after': new Date(Date.now() - 1000).toUTCString() }).end(),
    ],
    [
      'an answer that breaks in the middle',
      (_: IncomingMessage, response: ServerResponse) => {
        response.writeHead(200, { 'content-length': '100' }).write('half');
        setTimeout(() => response.socket?.destroy(), 20);
      },
    ],
  ])('after %s', async (_, fault) => {
    ports = testPorts();
    const { url, seen } = await serve((request, response, n) => {
      if (n < 3) fault(request, response);
      else response.end('{"ok":true}');
    });
    const answer = await ports.http.request({ method: 'GET', url });
    expect(answer.json()).toEqual({ ok: true });
    expect(seen).toHaveLength(3);
    expect(ports.lines).toHaveLength(2);
  });

  test.each([
    ['GET', [500], false, 3],
    ['PUT', [500], false, 3],
    ['GET', undefined, false, 1],
    ['POST', [500], false, 1],
    ['POST', [500], true, 3],
  ] as const)(
    '%s after 500 when %j are said to pass, repeatable: %j: %d requests',
    async (method, also, repeatable, n) => {
      ports = testPorts();
      const { url, seen } = await serve((_, response, sent) => response.writeHead(sent < 3 ? 500 : 200).end());
      const answer = await ports.http.request({
        method,
        url,
        repeatable,
        ...(also !== undefined && { alsoTransient: also }),
      });
      expect([answer.status, seen.length]).toEqual([n === 3 ? 200 : 500, n]);
    },
  );

  test('only so often, and then the last answer counts', async () => {
    ports = testPorts();
    const { url, seen } = await serve((_, response) => response.writeHead(502).end('bad gateway'));
    const answer = await ports.http.request({ method: 'PUT', url, body: 'x' });
    expect([answer.status, answer.text(), seen.length]).toEqual([502, 'bad gateway', 4]);
  });

  test('not when the server asks for a longer pause than we wait', async () => {
    ports = testPorts();
    const { url, seen } = await serve((_, response) => response.writeHead(429, { 'retry-after': '3600' }).end());
    expect((await ports.http.request({ method: 'GET', url })).status).toBe(429);
    expect(seen).toHaveLength(1);
  });
});

test.each(['POST', 'PATCH'] as const)('%s is never repeated blindly', async (method) => {
  ports = testPorts();
  const { url, seen } = await serve((_, response) => response.socket?.destroy());
  await expect(ports.http.request({ method, url, body: 'x' })).rejects.toMatchObject({ code: 'SERVICE_UNREACHABLE' });
  expect(seen).toHaveLength(1);
});

test('a POST that is known to be harmless may be repeated', async () => {
  ports = testPorts();
  const { url } = await serve((_, response, n) => (n === 1 ? response.writeHead(503).end() : response.end('ok')));
  expect((await ports.http.request({ method: 'POST', url, repeatable: true })).text()).toBe('ok');
});

describe('a service that does not answer as it should', () => {
  test('refused: the error names method and URL without its query', async () => {
    ports = testPorts();
    const request = ports.http.request({ method: 'GET', url: 'http://user:pw@127.0.0.1:1/v2/?token=secret' });
    await expect(request).rejects.toMatchObject({
      code: 'SERVICE_UNREACHABLE',
      message: expect.stringMatching(/^GET http:\/\/127\.0\.0\.1:1\/v2\/: connect ECONNREFUSED .* \(4 attempts\)$/),
    });
  });

  test('silent: the deadline ends it', async () => {
    ports = testPorts();
    const { url } = await serve(() => undefined);
    const request = ports.http.request({ method: 'GET', url, timeoutMs: 100 });
    await expect(request).rejects.toMatchObject({ code: 'SERVICE_TIMEOUT' });
  });

  test('silent in the middle: the deadline ends it too', async () => {
    ports = testPorts();
    const { url } = await serve((_, response) => response.writeHead(200, { 'content-length': '10' }).write('x'));
    const request = ports.http.request({ method: 'GET', url, timeoutMs: 100, attempts: 1 });
    await expect(request).rejects.toMatchObject({ code: 'SERVICE_TIMEOUT' });
  });

  test('talkative: reading stops at the limit', async () => {
    ports = testPorts();
    const { url } = await serve((_, response) => response.end('x'.repeat(1000)));
    await expect(ports.http.request({ method: 'GET', url, maxBytes: 10 })).rejects.toMatchObject({
      code: 'SERVICE_TOO_LARGE',
    });
  });

  test('answering before the body is sent: the answer counts', async () => {
    ports = testPorts();
    const { url } = await serve((_, response) => response.writeHead(401, { connection: 'close' }).end('who?'));
    const body = {
      length: 50_000_000,
      async *open() {
        for (let i = 0; i < 50; i++) yield await Promise.resolve(new Uint8Array(1_000_000));
      },
    };
    expect((await ports.http.request({ method: 'POST', url, body })).status).toBe(401);
  });
});

describe('redirects', () => {
  test('are followed for GET, without credentials to another origin', async () => {
    ports = testPorts();
    const seenHeaders: (string | undefined)[] = [];
    const other = await serve((request, response) => {
      seenHeaders.push(request.headers.authorization);
      response.end('blob');
    });
    const { url } = await serve((_, response) => response.writeHead(307, { location: `${other.url}/blob` }).end());
    const answer = await ports.http.request({ method: 'GET', url, headers: { Authorization: 'Bearer t' } });
    expect([answer.text(), answer.url, seenHeaders]).toEqual(['blob', `${other.url}/blob`, [undefined]]);
  });

  test('are not followed for POST', async () => {
    ports = testPorts();
    const { url } = await serve((_, response) => response.writeHead(302, { location: '/login' }).end());
    expect((await ports.http.request({ method: 'POST', url })).status).toBe(302);
  });
});

test('one connection serves many requests', async () => {
  ports = testPorts();
  const sockets = new Set<unknown>();
  const { url } = await serve((request, response) => {
    sockets.add(request.socket);
    response.end('ok');
  });
  for (let i = 0; i < 5; i++) await ports.http.request({ method: 'GET', url });
  expect(sockets.size).toBe(1);
});

test('a unix socket is spoken to like a host', async () => {
  ports = testPorts();
  const socketPath = join(await ports.files.privateFolder('socket'), 's');
  const { url } = await serve((request, response) => response.end(request.url), socketPath);
  expect((await ports.http.request({ method: 'GET', url: `${url}/version`, socketPath })).text()).toBe('/version');
});

test('a stream gives its chunks as they come and can be dropped', async () => {
  ports = testPorts();
  const { url } = await serve((_, response) => {
    response.write('one\n');
    setTimeout(() => response.write('two\n'), 50);
  });
  const stream = await ports.http.stream({ method: 'GET', url });
  const chunks: string[] = [];
  for await (const chunk of stream.body) {
    chunks.push(chunk.toString());
    if (chunks.length === 2) break;
  }
  stream.close();
  expect(chunks).toEqual(['one\n', 'two\n']);
});

test('a cancelled run ends requests that are under way', async () => {
  ports = testPorts();
  const { url } = await serve(() => undefined);
  setTimeout(() => ports.cancel(), 50);
  await expect(ports.http.request({ method: 'GET', url })).rejects.toMatchObject({ code: 'CANCELLED' });
});

describe('HTTP_PROXY', () => {
  const through = async (variables: Record<string, string>, target: string): Promise<string> => {
    ports = testPorts();
    const proxy = await serve((request, response) => response.end(`via proxy: ${request.url ?? ''}`));
    const http = createHttp({
      variables: { HTTP_PROXY: proxy.url, ...variables },
      clock: systemClock,
      random: () => 0,
      cancelled: new AbortController().signal,
    });
    const answer = await http.request({ method: 'GET', url: target, attempts: 1 });
    http.close();
    return answer.text();
  };

  test('is used for other hosts', async () => {
    expect(await through({}, 'http://registry.example.com/v2/')).toBe('via proxy: http://registry.example.com/v2/');
  });

  test('is not used for this machine', async () => {
    ports = testPorts();
    const target = await serve((_, response) => response.end('direct'));
    expect(await through({}, target.url)).toBe('direct');
  });

  test('is not used where NO_PROXY says so', async () => {
    const direct = through({ NO_PROXY: 'registry.invalid' }, 'http://registry.invalid/v2/');
    await expect(direct).rejects.toMatchObject({ code: 'SERVICE_UNREACHABLE' });
  });
});

test('an HTTPS request reaches the proxy as CONNECT', async () => {
  ports = testPorts();
  const { url } = await serve(() => undefined);
  const server = servers.at(-1)!;
  const connects: (string | undefined)[] = [];
  server.on('connect', (request, socket) => {
    connects.push(request.url);
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  const http = createHttp({
    variables: { HTTPS_PROXY: url },
    clock: systemClock,
    random: () => 0,
    cancelled: new AbortController().signal,
  });
  await expect(
    http.request({ method: 'GET', url: 'https://registry.example.com/v2/', attempts: 1 }),
  ).rejects.toMatchObject({
    kind: 'service',
  });
  expect(connects).toEqual(['registry.example.com:443']);
  http.close();
  connect((server.address() as AddressInfo).port).destroy();
});

describe('a server whose certificate nobody vouches for', () => {
  const own = selfSignedCertificate('localhost');
  const serveTls = async (): Promise<string> => {
    const server = createTlsServer({ key: own.privateKey, cert: own.certificate }, (_, response) => response.end('in'));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `https://localhost:${(server.address() as AddressInfo).port}`;
  };

  test('is not spoken to', async () => {
    ports = testPorts();
    const url = await serveTls();
    await expect(ports.http.request({ method: 'GET', url, attempts: 1 })).rejects.toThrow(/certificate/i);
  });

  test('is spoken to when its certificate is given, and only then', async () => {
    ports = testPorts();
    const url = await serveTls();
    expect((await ports.http.request({ method: 'GET', url, ca: own.certificate })).text()).toBe('in');
    const other = selfSignedCertificate('localhost').certificate;
    await expect(ports.http.request({ method: 'GET', url, ca: other, attempts: 1 })).rejects.toThrow(/certificate/i);
  });
});
