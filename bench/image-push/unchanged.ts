import { join } from 'node:path';
import { testPorts } from '../../test/support/ports.ts';
import { median } from '../measure.ts';
import { formatBytes, notHere, ratio, say, table, timeOf } from '../report.ts';
import type { Row } from '../row.ts';
import { seedBase } from './base-image.ts';
import { writeContext } from './context.ts';
import { startDocker, startDockerRegistry } from './servers.ts';
import { buildah, buildMi, crane, dockerWays } from './ways.ts';

const repeats = 5;

export const imageUnchanged: Row = {
  name: 'image-unchanged',
  about: 'the same push again with nothing changed, each tool with what it has left locally',
  async run(folder) {
    const ports = testPorts({ variables: {} });
    const registry = await startDockerRegistry(join(folder, 'registry'));
    const docker = await startDocker(join(folder, 'docker'));
    try {
      await seedBase(registry.direct, ports, folder);
      const rows: { name: string; walls: number[]; up: number; down: number }[] = [];
      const ways = [buildMi(folder), ...dockerWays(docker), buildah(join(folder, 'buildah')), crane()];
      for (const [index, { name, push, forget }] of ways.entries()) {
        if (push === undefined) {
          rows.push({ name, walls: [], up: NaN, down: NaN });
          continue;
        }
        forget?.();
        const context = join(folder, `context-${index}`);
        await writeContext(context, registry.host, 0);
        const delivery = { context, from: registry.host, target: `${registry.host}/acme/way-${index}:1.0.0` };
        await push(delivery);
        registry.take();
        const walls: number[] = [];
        for (let again = 0; again < repeats; again++) walls.push((await push(delivery)).wallMs);
        const { up, down } = registry.take();
        rows.push({ name, walls, up: up / repeats, down: down / repeats });
      }
      const own = rows[0]?.walls ?? [];
      table(
        [
          { title: 'way' },
          { title: 'wall', right: true },
          { title: 'of build-mi', right: true },
          { title: 'down', right: true },
          { title: 'up', right: true },
        ],
        rows.map(({ name, walls, up, down }) =>
          walls.length === 0
            ? [name, notHere, '–', '–', '–']
            : [
                name,
                timeOf(walls),
                ratio(median(walls), median(own)),
                formatBytes(Math.round(down)),
                formatBytes(Math.round(up)),
              ],
        ),
      );
      say(
        `\nMedian (range) of ${repeats} repetitions after the first push; bytes of one repetition, headers included.`,
      );
    } finally {
      await docker?.close();
      await registry.close();
      ports.dispose();
    }
  },
};
