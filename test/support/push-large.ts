/** Run as a program: pushes one layer of `bytes` that do not compress, and prints what it took as JSON. */
import { createCipheriv } from 'node:crypto';
import { buildLayer, directoriesOwnedBelow } from '@wso2-delivery/shared/oci/layer';
import { pushImage } from '@wso2-delivery/shared/oci/push';
import { parseReference } from '@wso2-delivery/shared/oci/reference';
import { openRegistries } from '@wso2-delivery/shared/oci/registry';
import { resolveImage } from '@wso2-delivery/shared/oci/resolve';
import { testPorts } from './ports.ts';

const [from = '', host = '', bytes = '0'] = process.argv.slice(2);
const size = Number(bytes);

async function* noise(): AsyncGenerator<Uint8Array> {
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16));
  const zeros = Buffer.alloc(64 * 1024);
  for (let left = size; left > 0; left -= zeros.length) {
    yield await Promise.resolve(cipher.update(zeros.subarray(0, Math.min(left, zeros.length))));
  }
}

const ports = testPorts({ variables: {} });
const registries = openRegistries(ports);
const layer = await buildLayer(
  {
    files: [{ path: '/home/large', content: { length: size, open: noise }, mode: 0o644, uid: 0, gid: 0 }],
    directory: directoriesOwnedBelow('/home', { uid: 0, gid: 0, mode: 0o755 }),
    modified: new Date(0),
    description: 'large',
  },
  await ports.files.privateFolder('layers'),
);
const pushed = await pushImage(
  {
    base: await resolveImage(parseReference(from), 'all', registries),
    target: { registry: host, repository: 'acme/large' },
    tags: ['1'],
    layers: [layer],
    labels: {},
    annotations: {},
    created: new Date(0),
  },
  registries,
);
ports.dispose();
console.log(JSON.stringify({ digest: pushed.digest, layer: layer.size, maxRssKb: process.resourceUsage().maxRSS }));
