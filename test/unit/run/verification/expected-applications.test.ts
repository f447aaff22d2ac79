import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { carbonApplicationsLabel } from '@wso2-delivery/shared/mi/image-label';
import { openRegistries } from '@wso2-delivery/shared/oci/registry';
import { expectedApplications } from '@wso2-delivery/shared/run/verification/expected-applications';
import { testPorts } from '../../../support/ports.ts';

const ports = testPorts();
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});
afterAll(() => {
  ports.dispose();
});

const digest = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** A registry with one image, mi:1, whose configuration has these labels. */
async function registry(labels: Readonly<Record<string, string>>): Promise<{ image: string; requests: string[] }> {
  const config = JSON.stringify({
    os: 'linux',
    architecture: 'amd64',
    config: { Labels: labels },
    rootfs: { type: 'layers', diff_ids: [] },
  });
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digest(config), size: config.length },
    layers: [],
  });
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const { url = '' } = request;
    requests.push(url);
    if (url === '/v2/mi/manifests/1') {
      response.setHeader('content-type', 'application/vnd.oci.image.manifest.v1+json');
      response.setHeader('docker-content-digest', digest(manifest));
      response.end(manifest);
    } else if (url === `/v2/mi/blobs/${digest(config)}`) response.end(config);
    else {
      response.statusCode = 404;
      response.end('{"errors":[{"code":"MANIFEST_UNKNOWN"}]}');
    }
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { image: `127.0.0.1:${(server.address() as AddressInfo).port}/mi`, requests };
}

const reader = () => expectedApplications(openRegistries(ports));

describe('the applications that an image says it holds', () => {
  test('are read from its label, once for all pods', async () => {
    const { image, requests } = await registry({
      [carbonApplicationsLabel]: '[{"name":"employee-service","version":"1.0.0"}]',
    });
    const expectedOf = reader();
    const [first, second] = await Promise.all([expectedOf(`${image}:1`), expectedOf(`${image}:1`)]);
    expect(first).toEqual({ applications: [{ name: 'employee-service', version: '1.0.0' }], unreadable: undefined });
    expect(second).toEqual(first);
    expect(requests.filter((url) => url.includes('/manifests/'))).toHaveLength(1);
  });

  test('are unknown for an image of somebody else, and that is nothing to speak of', async () => {
    const { image } = await registry({});
    expect(await reader()(`${image}:1`)).toEqual({ applications: undefined, unreadable: undefined });
  });

  test('are unknown where the label is malformed or the registry does not answer, and that is said', async () => {
    const { image } = await registry({ [carbonApplicationsLabel]: 'x' });
    expect((await reader()(`${image}:1`)).unreadable).toContain('is malformed');
    const absent = await reader()(`${image}:2`);
    expect(absent.applications).toBeUndefined();
    expect(absent.unreadable).toContain('does not exist');
  });
});
