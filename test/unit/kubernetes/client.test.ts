import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { DeliveryError } from '@wso2-delivery/shared/base/errors';
import { createClient } from '@wso2-delivery/shared/kubernetes/api-client';
import { createTransport } from '@wso2-delivery/shared/kubernetes/transport';
import { testPorts } from '../../support/ports.ts';
import type { TestPorts } from '../../support/ports.ts';
import { answer, FakeApi, status } from './fake-api.ts';

const deployments = '/apis/apps/v1/namespaces/staging/deployments';

describe('the client', () => {
  let api: FakeApi;
  let ports: TestPorts;
  const pauses: number[] = [];
  const client = (address?: () => Promise<{ baseUrl: string; socketPath?: string }>) => {
    const source = {
      address: address ?? (() => Promise.resolve({ baseUrl: 'http://localhost', socketPath: api.socketPath })),
    };
    const clock = {
      now: () => 0,
      sleep: (ms: number) => {
        pauses.push(ms);
        return Promise.resolve();
      },
    };
    return createClient(
      createTransport({ ...ports, clock }, source, () => 0),
      clock,
      'staging',
    );
  };

  beforeEach(async () => {
    api = new FakeApi();
    ports = testPorts();
    pauses.length = 0;
    await api.listen();
    api.put(deployments, { metadata: { name: 'web', namespace: 'staging' }, spec: { replicas: 1 } });
  });
  afterEach(async () => {
    ports.dispose();
    await api.close();
  });

  test('lists a kind that only the server knows, and asks no further where its group is not served', async () => {
    const path = '/apis/cert-manager.io/v1/namespaces/staging/certificates';
    api.put(path, { metadata: { name: 'web', namespace: 'staging' } });
    const answers: Readonly<Record<string, object>> = {
      '/apis': { groups: [{ name: 'cert-manager.io', preferredVersion: { groupVersion: 'cert-manager.io/v1' } }] },
      '/apis/cert-manager.io/v1': { resources: [{ kind: 'Certificate', name: 'certificates', namespaced: true }] },
    };
    api.override = ({ path: asked }, response) => {
      const answer = answers[asked];
      if (answer !== undefined) response.end(JSON.stringify(answer));
      return answer !== undefined;
    };
    const { anyKind } = client();
    const names = async (group: string, kind: string) =>
      (await anyKind.list({ group, kind }, 'staging')).map(({ metadata }) => metadata.name);
    expect(await names('cert-manager.io', 'Certificate')).toEqual(['web']);
    expect(await names('cert-manager.io', 'Other')).toEqual([]);
    expect(await names('external-secrets.io', 'ExternalSecret')).toEqual([]);
    expect(api.requests.map(({ path: asked }) => asked)).toEqual(['/apis', '/apis/cert-manager.io/v1', path]);
  });

  test('removes an object of any kind by its uid and version, and nothing else', async () => {
    const path = '/api/v1/namespaces/staging/configmaps';
    const stored = api.put(path, { metadata: { name: 'settings', namespace: 'staging' } });
    api.override = ({ path: asked }, response) => {
      if (asked !== '/api/v1') return false;
      response.end(JSON.stringify({ resources: [{ kind: 'ConfigMap', name: 'configmaps', namespaced: true }] }));
      return true;
    };
    const name = { apiVersion: 'v1', kind: 'ConfigMap', name: 'settings' };
    await client().anyKind.remove(name, stored.metadata.uid ?? '', stored.metadata.resourceVersion ?? '');
    expect(api.requests.find(({ method }) => method === 'DELETE')).toMatchObject({
      path: `${path}/settings`,
      body: { preconditions: { uid: stored.metadata.uid, resourceVersion: stored.metadata.resourceVersion } },
    });
    expect(await client().anyKind.find(name)).toBeUndefined();
  });

  test('reads an object, and tells absence from failure', async () => {
    expect((await client().get('Deployment', 'web')).metadata.name).toBe('web');
    expect(await client().find('Deployment', 'nope')).toBeUndefined();
    await expect(client().get('Deployment', 'nope')).rejects.toMatchObject({
      code: 'KUBERNETES_NOT_FOUND',
      message: expect.stringContaining('deployments "nope" not found'),
    });
  });

  test('lists all pages of one snapshot, each item with its kind', async () => {
    api.override = (request, response) => {
      const next = request.query.get('continue');
      answer(response, 200, {
        metadata: { resourceVersion: next === null ? '7' : '9', ...(next === null ? { continue: 'more' } : {}) },
        items: [{ metadata: { name: next ?? 'first' } }],
      });
      return true;
    };
    const list = await client().list('Deployment', { labels: 'app=web' });
    expect(list.items.map(({ kind, metadata }) => `${kind ?? ''}/${metadata.name}`)).toEqual([
      'Deployment/first',
      'Deployment/more',
    ]);
    expect(list.resourceVersion).toBe('7');
    expect(api.requests[0]!.query.get('labelSelector')).toBe('app=web');
  });

  test('begins a list again when its snapshot expired between two pages', async () => {
    let expired = false;
    api.override = (request, response) => {
      if (request.query.has('continue') && !expired) {
        expired = true;
        status(response, 410, 'Expired', 'the provided continue parameter is too old');
      } else {
        const more = request.query.has('continue') ? {} : { continue: 'c' };
        answer(response, 200, { metadata: { resourceVersion: '1', ...more }, items: [{ metadata: { name: 'x' } }] });
      }
      return true;
    };
    expect((await client().list('Pod')).items).toHaveLength(2);
  });

  test('patches exactly the version that was read', async () => {
    const { metadata } = await client().get('Deployment', 'web');
    const patched = await client().patch(
      'Deployment',
      'web',
      { spec: { replicas: 3 } },
      { resourceVersion: metadata.resourceVersion },
    );
    expect(patched.spec).toEqual({ replicas: 3 });
    expect(api.requests.at(-1)).toMatchObject({
      method: 'PATCH',
      headers: { 'content-type': 'application/merge-patch+json' },
    });
    expect(api.requests.at(-1)!.query.get('fieldManager')).toBe('wso2-delivery');
    await expect(
      client().patch('Deployment', 'web', { spec: { replicas: 5 } }, { resourceVersion: metadata.resourceVersion }),
    ).rejects.toMatchObject({ code: 'KUBERNETES_CONFLICT' });
  });

  test('puts the precondition of a JSON patch into a test operation', async () => {
    api.override = (request, response) => {
      answer(response, 200, { metadata: { name: 'web' }, got: request.body });
      return true;
    };
    const patched = await client().patch('Deployment', 'web', [{ op: 'remove', path: '/a' }], {
      type: 'json',
      resourceVersion: '5',
    });
    expect(patched.got).toEqual([
      { op: 'test', path: '/metadata/resourceVersion', value: '5' },
      { op: 'remove', path: '/a' },
    ]);
  });

  test('deletes with preconditions, and says whether it was there', async () => {
    expect(await client().delete('Deployment', 'web', { uid: 'u', gracePeriodSeconds: 0 })).toBe(true);
    expect(api.requests.at(-1)!.body).toMatchObject({ preconditions: { uid: 'u' }, gracePeriodSeconds: 0 });
    expect(await client().delete('Deployment', 'web')).toBe(false);
  });

  test.each([
    { name: 'waits for 503 and 429', codes: [503, 429], outcome: 'web', requests: 3 },
    { name: 'gives up in the end', codes: [503, 503, 503, 503, 503], outcome: 'KUBERNETES_FAILED', requests: 5 },
    { name: 'lets a credential plugin renew a token', codes: [401], outcome: 'web', requests: 2 },
    { name: 'does not insist on a second 401', codes: [401, 401], outcome: 'KUBERNETES_UNAUTHORIZED', requests: 2 },
    { name: 'does not repeat what is refused', codes: [403], outcome: 'KUBERNETES_FORBIDDEN', requests: 1 },
  ])('$name', async ({ codes, outcome, requests }) => {
    const left = [...codes];
    api.override = (_, response) => {
      const code = left.shift();
      if (code !== undefined) status(response, code, 'X', 'not now');
      return code !== undefined;
    };
    const got = await client()
      .get('Deployment', 'web')
      .then(({ metadata }) => metadata.name)
      .catch((error: unknown) => (error as DeliveryError).code);
    expect(got).toBe(outcome);
    expect(api.requests).toHaveLength(requests);
  });

  test('does not send a change again that may have arrived', async () => {
    let seen = 0;
    api.override = (request, response) => {
      if (request.method !== 'PATCH') return false;
      seen += 1;
      response.destroy();
      return true;
    };
    const patch = client().patch('Deployment', 'web', {}, { resourceVersion: '101' });
    await expect(patch).rejects.toMatchObject({ code: 'KUBERNETES_UNREACHABLE' });
    expect(seen).toBe(1);
  });

  test('asks for the address again after a broken connection: the proxy may have come back elsewhere', async () => {
    let asked = 0;
    const found = await client(() => {
      asked += 1;
      return Promise.resolve({
        baseUrl: 'http://localhost',
        socketPath: asked === 1 ? '/nowhere.sock' : api.socketPath,
      });
    }).get('Deployment', 'web');
    expect(found.metadata.name).toBe('web');
  });

  test.each([
    { said: 'dial tcp 10.0.0.1:443: connect: connection refused', code: 'KUBERNETES_UNREACHABLE', requests: 5 },
    { said: 'dial tcp: lookup api.internal on 10.0.0.2:53: no such host', code: 'KUBERNETES_UNREACHABLE', requests: 5 },
    {
      said: 'tls: failed to verify certificate: x509: certificate signed by unknown authority',
      code: 'KUBERNETES_TLS',
      requests: 1,
    },
    {
      said: 'getting credentials: exec: executable aws failed with exit code 255',
      code: 'KUBERNETES_CREDENTIALS_PLUGIN',
      requests: 1,
    },
  ])('reads what kubectl proxy says about the server: $said', async ({ said, code, requests }) => {
    api.override = (_, response) => {
      response
        .writeHead(500, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' })
        .end(`${said}\n`);
      return true;
    };
    await expect(client().get('Deployment', 'web')).rejects.toMatchObject({ code });
    expect(api.requests).toHaveLength(requests);
  });

  test('reads previous logs, and undefined where there are none', async () => {
    api.override = (request, response) => {
      if (request.query.get('container') === 'mi') response.end('java.lang.OutOfMemoryError\n');
      else status(response, 400, 'BadRequest', 'previous terminated container "x" in pod "web-1" not found');
      return true;
    };
    expect(await client().logs('web-1', { container: 'mi', previous: true, tailLines: 20 })).toBe(
      'java.lang.OutOfMemoryError\n',
    );
    expect(api.requests[0]).toMatchObject({ path: '/api/v1/namespaces/staging/pods/web-1/log' });
    expect(Object.fromEntries(api.requests[0]!.query)).toMatchObject({ previous: 'true', tailLines: '20' });
    expect(await client().logs('web-1', { container: 'x', previous: true })).toBeUndefined();
  });

  test('asks again for a log that the kubelet cannot find yet', async () => {
    let asked = 0;
    api.override = (_, response) => {
      response.end(++asked === 1 ? 'unable to retrieve container logs for containerd://12ab' : 'the log\n');
      return true;
    };
    expect(await client().logs('web-1', { container: 'mi' })).toBe('the log\n');
    expect(pauses).toEqual([1000]);
  });

  describe('a port of a pod', () => {
    const request = { scheme: 'https', port: 9164, path: '/management?x=1' } as const;

    test('answers through the API server, whatever its status', async () => {
      api.override = (_, response) => {
        response.writeHead(500, { 'audit-id': 'a', 'content-type': 'text/plain' }).end('EOF');
        return true;
      };
      const response = await client().podGet('web-1', request);
      expect([response.status, response.text()]).toEqual([500, 'EOF']);
      expect(api.requests[0]!.path).toBe('/api/v1/namespaces/staging/pods/https:web-1:9164/proxy/management');
      expect(api.requests[0]!.query.get('x')).toBe('1');
    });

    test.each([
      {
        code: 503,
        said: 'error trying to reach service: dial tcp 10.1.2.3:9164: connect: connection refused',
        expected: 'POD_UNREACHABLE',
      },
      {
        code: 403,
        said: 'pods "web-1" is forbidden: User "ci" cannot get resource "pods/proxy" in API group "" in the namespace "staging"',
        expected: 'KUBERNETES_FORBIDDEN',
      },
      { code: 404, said: 'pods "web-1" not found', expected: 'KUBERNETES_NOT_FOUND' },
    ])('fails with $expected when the API server answers $code itself', async ({ code, said, expected }) => {
      api.override = (_, response) => {
        status(response, code, 'X', said);
        return true;
      };
      await expect(client().podGet('web-1', request)).rejects.toMatchObject({ code: expected });
    });

    test('refuses an Authorization header, which would never arrive', async () => {
      await expect(client().podGet('web-1', { ...request, headers: { Authorization: 'Bearer x' } })).rejects.toThrow(
        TypeError,
      );
    });
  });

  test('asks whether it has a right', async () => {
    api.override = (received, response) => {
      const { verb } = (received.body as { spec: { resourceAttributes: { verb: string } } }).spec.resourceAttributes;
      answer(response, 201, { status: { allowed: verb === 'get' } });
      return true;
    };
    expect(await client().may({ verb: 'get', kind: 'Pod', subresource: 'log' })).toBe(true);
    expect(await client().may({ verb: 'list', kind: 'Node' })).toBe(false);
    expect(
      api.requests.map(({ body }) => (body as { spec: { resourceAttributes: unknown } }).spec.resourceAttributes),
    ).toEqual([
      { verb: 'get', group: '', resource: 'pods', subresource: 'log', namespace: 'staging' },
      { verb: 'list', group: '', resource: 'nodes' },
    ]);
  });
});
