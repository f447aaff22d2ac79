/** Run by the row large-layer as a process of its own: pushes the base with one large layer more, through oci/. */
import { buildLayer, directoriesOwnedBelow } from '@wso2-delivery/shared/oci/layer';
import { pushImage } from '@wso2-delivery/shared/oci/push';
import { parseReference } from '@wso2-delivery/shared/oci/reference';
import { openRegistries } from '@wso2-delivery/shared/oci/registry';
import { resolveImage } from '@wso2-delivery/shared/oci/resolve';
import { createReadStream, statSync } from 'node:fs';
import { testPorts } from '../../test/support/ports.ts';
import { baseRepository, baseTag, home, owner } from './base-image.ts';

const [host = '', repository = '', file = ''] = process.argv.slice(2);
const ports = testPorts({ variables: {} });
try {
  const registries = openRegistries(ports);
  const created = new Date(0);
  const content = { length: statSync(file).size, open: () => createReadStream(file) };
  const layer = await buildLayer(
    {
      files: [{ path: `${home}/lib/large.bin`, content, ...owner, mode: 0o644 }],
      directory: directoriesOwnedBelow('/home/wso2carbon', owner),
      modified: created,
      description: 'one large file',
    },
    await ports.files.privateFolder('layers'),
  );
  const base = await resolveImage(parseReference(`${host}/${baseRepository}:${baseTag}`), 'all', registries);
  const target = { registry: host, repository };
  await pushImage({ base, target, tags: ['1'], layers: [layer], labels: {}, annotations: {}, created }, registries);
} finally {
  ports.dispose();
}
