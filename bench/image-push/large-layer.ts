import { createWriteStream, linkSync, renameSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { testPorts } from '../../test/support/ports.ts';
import { step } from '../bundle.ts';
import { programOf } from '../machine.ts';
import { succeeding, watched, type Watched } from '../measure.ts';
import { formatBytes, notHere, say, table, timeOf } from '../report.ts';
import type { Row } from '../row.ts';
import { baseRepository, baseTag, home, noise, seedBase } from './base-image.ts';
import { writeContext } from './context.ts';
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

      const inputs = {
        cars: 'employees_1.0.0.car',
        'base-image': `${registry.host}/${baseRepository}:${baseTag}`,
        image: `${registry.host}/acme/own`,
        tags: '1',
        files: 'large.bin=lib/',
      };
      const job = step('build-mi', inputs, join(folder, 'build-mi'));
      await writeContext(folder, registry.host, 0);
      renameSync(join(folder, 'employees_1.0.0.car'), join(job.workspace, 'employees_1.0.0.car'));
      linkSync(file, join(job.workspace, 'large.bin'));
      const own = await watched(job.command, { env: job.env, cwd: job.workspace });
      if (own.exitCode !== 0) throw new Error(own.output);
      await requireImage(registry.direct, 'acme/own', '1');
      const rows = [rowOf('build-mi, files: large.bin=lib/', own, registry.take().up)];
      rmSync(job.workspace, { recursive: true });

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
        '\nOne run each. Peak is VmHWM of the one process. The file is on disk; checking a CAR and making the tar are part of the first row only.',
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
