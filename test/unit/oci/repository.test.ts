import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openRegistries } from '@wso2-delivery/shared/oci/registry';
import { testPorts, type TestPorts } from '../../support/ports.ts';

let ports: TestPorts;
beforeEach(() => {
  ports = testPorts({ variables: {} });
});
afterEach(() => ports.dispose());

describe('upload locations of a registry behind TLS', () => {
  const sessionAt = (registry: string, location: string | undefined) =>
    openRegistries(ports)
      .repository({ registry, repository: 'acme/app' }, 'pull,push')
      .session({
        status: 202,
        url: `https://${registry}/v2/acme/app/blobs/uploads/`,
        headers: location === undefined ? {} : { location },
      }).location.href;

  test.each([
    ['r.example', '/v2/acme/app/blobs/uploads/1', 'https://r.example/v2/acme/app/blobs/uploads/1'],
    ['r.example', '1?_state=x%2By', 'https://r.example/v2/acme/app/blobs/uploads/1?_state=x%2By'],
    ['r.example', 'https://storage.example/1?s=1', 'https://storage.example/1?s=1'],
    // A registry that does not know of the proxy in front of it.
    ['r.example', 'http://r.example/up/1?s=1', 'https://r.example/up/1?s=1'],
    ['r.example:8443', 'http://r.example/up/1', 'https://r.example:8443/up/1'],
    ['r.example', 'http://r.example:5000/up/1', 'https://r.example/up/1'],
  ])('%s saying %s means %s', (registry, location, expected) => {
    expect(sessionAt(registry, location)).toBe(expected);
  });

  test.each([
    ['http://elsewhere.example/up/1', 'wants uploads sent to elsewhere.example without TLS'],
    [undefined, 'does not say where'],
    ['http://[', 'does not say where'],
  ])('%s is refused', (location, words) => {
    expect(() => sessionAt('r.example', location)).toThrow(words);
  });
});

describe('where requests go', () => {
  test.each([
    ['docker.io', 'https://registry-1.docker.io/v2/library/alpine/manifests/3'],
    ['ghcr.io', 'https://ghcr.io/v2/library/alpine/manifests/3'],
    ['localhost:5000', 'http://localhost:5000/v2/library/alpine/manifests/3'],
  ])('%s is asked at %s', async (registry, expected) => {
    const asked: string[] = [];
    const http = {
      request: (request: { url: string | URL; ca?: string }) => {
        asked.push(`${String(request.url)} ${request.ca ?? ''}`.trim());
        return Promise.resolve({
          status: 404,
          headers: {},
          url: String(request.url),
          body: Buffer.alloc(0),
          text: () => '',
          json: () => ({}),
        });
      },
      stream: () => Promise.reject(new Error('not asked for')),
    };
    const own = testPorts({ variables: {}, http });
    const repository = openRegistries(own, { ca: 'PEM' }).repository(
      { registry, repository: 'library/alpine' },
      'pull',
    );
    expect(await repository.manifest('3')).toBeUndefined();
    expect(asked).toEqual([`${expected} PEM`]);
    own.dispose();
  });
});
