import { createWriteStream, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { testPorts } from '../../test/support/ports.ts';
import { programOf } from '../machine.ts';
import { succeeding, watched, type Watched } from '../measure.ts';
import { formatBytes, notHere, say, table, timeOf } from '../report.ts';
import type { Row } from '../row.ts';
import { baseRepository, baseTag, home, noise, seedBase } from './base-image.ts';
import { requireImage } from './proof.ts';
import { startDockerRegistry } from './servers.ts';

const layerBytes = 2_000_000_000;

export const largeLayer: Row = {
  name: 'large-layer',
  about: 'peak memory for a layer of 2 GB that no compression makes smaller',
  async run(folder) {
    const ports = testPorts({ variables: {} });
    const registry = await startDockerRegistry(join(folder, 'registry'));
    try {
      await seedBase(registry.direct, ports, folder);
      const file = join(folder, 'layer', home, 'lib/large.bin');
      await mkdir(dirname(file), { recursive: true });
      await pipeline(noise('large', layerBytes), createWriteStream(file));
      registry.take();

      const script = join(import.meta.dirname, 'push-large-layer.ts');
      const own = await watched([process.execPath, script, registry.host, 'acme/own', file]);
      if (own.exitCode !== 0) throw new Error(own.output);
      await requireImage(registry.direct, 'acme/own', '1');
      const rows = [rowOf('build-mi (its room oci/: it has no input for such a file)', own, registry.take().up)];

      const crane = programOf('crane');
      if (crane === undefined) {
        rows.push(['crane append', notHere, '–', '–', '–']);
      } else {
        const tar = join(folder, 'layer.tar');
        await succeeding(['tar', '-cf', tar, '--owner=10802', '--group=10802', '-C', join(folder, 'layer'), 'home']);
        rmSync(file);
        const base = `${registry.host}/${baseRepository}:${baseTag}`;
        const target = `${registry.host}/acme/crane:1`;
        const args = ['append', '--insecure', '--base', base, '--new_layer', tar, '--new_tag', target];
        const other = await watched([crane, ...args]);
        if (other.exitCode !== 0) throw new Error(other.output);
        await requireImage(registry.direct, 'acme/crane', '1');
        rows.push(rowOf('crane append (of a tar that is there)', other, registry.take().up));
      }
      table(
        [
          { title: 'way' },
          { title: 'peak memory', right: true },
          { title: 'wall', right: true },
          { title: 'CPU', right: true },
          { title: 'up', right: true },
        ],
        rows,
      );
      say(
        '\nOne run each. Peak is VmHWM of the one process. The file is on disk; the tar is part of the first row only.',
      );
    } finally {
      await registry.close();
      ports.dispose();
    }
  },
};

function rowOf(name: string, run: Watched, up: number): string[] {
  return [name, formatBytes(run.peakBytes), timeOf([run.wallMs]), timeOf([run.cpuMs]), formatBytes(up)];
}
