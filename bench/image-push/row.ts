import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { testPorts } from '../../test/support/ports.ts';
import { interleaved, median, type Rounds, type Run, type Way } from '../measure.ts';
import { formatBytes, notHere, ratio, say, table, timeOf } from '../report.ts';
import type { Row } from '../row.ts';
import { seedBase } from './base-image.ts';
import { writeContext } from './context.ts';
import type { Traffic } from './counting-proxy.ts';
import { requireImage } from './proof.ts';
import { startDocker, startDockerRegistry } from './servers.ts';
import { buildah, buildMi, crane, dockerWays, type PushWay } from './ways.ts';

const rounds = 5;
/** Every byte of the base travels twice there: fewer rounds keep the row short. */
const roundsAcross = 3;
/** To a registry on the same continent. */
const delayMs = 10;

const legend =
  'Every round has a new CAR and a new target; images and caches are removed before each (docker, buildah). Bytes as they crossed the wire, headers included. Each image is read back.';

export const imagePush: Row = {
  name: 'image-push',
  about:
    'a CAR of 2 MB and deployment.toml on a base image of 300 MB, both in one real registry, nothing local beforehand',
  async run(folder) {
    await compare(folder, { rounds, warmUps: 1 }, 'same');
    say(`\nMedian (range) of ${rounds} rounds in turn, after one that does not count. ${legend}`);
  },
};

export const imagePushFar: Row = {
  name: 'image-push-far',
  about: `the same with a registry that is ${2 * delayMs} ms away, there and back`,
  async run(folder) {
    await compare(folder, { rounds, warmUps: 0 }, 'same', delayMs);
    say(
      `\nMedian (range) of ${rounds} rounds in turn. ${legend} Every byte takes ${delayMs} ms each way, as many at a time as there are, and a new connection one way there and back.`,
    );
  },
};

export const imagePushAcross: Row = {
  name: 'image-push-across',
  about: 'the same with base and target in different registries, as with Docker Hub and GHCR',
  async run(folder) {
    await compare(folder, { rounds: roundsAcross, warmUps: 0 }, 'other');
    say(
      `\nMedian (range) of ${roundsAcross} rounds in turn. The target registry is empty each time. ${legend} Both registries together.`,
    );
  },
};

interface Push extends Run {
  readonly traffic: Traffic;
}

async function compare(folder: string, rounds: Rounds, target: 'same' | 'other', delay = 0): Promise<void> {
  const ports = testPorts({ variables: {} });
  const from = await startDockerRegistry(join(folder, 'registry'), delay);
  const docker = await startDocker(join(folder, 'docker'));
  let to = from;
  try {
    say(`Base image: ${formatBytes(await seedBase(from.direct, ports, folder))} in three layers.\n`);
    const ways = [buildMi(folder), ...dockerWays(docker), buildah(join(folder, 'buildah')), crane()];
    const measured = ways.flatMap(({ name, push, forget }, index): Way<Push>[] => {
      if (push === undefined) return [];
      const context = join(folder, `context-${index}`);
      return [
        {
          name,
          async prepare(round) {
            forget?.();
            await writeContext(context, from.host, round);
            if (target === 'same') return;
            // docker and buildah remember what a registry holds, also when their images are gone.
            if (to !== from) await to.close();
            rmSync(join(folder, 'target'), { recursive: true, force: true });
            to = await startDockerRegistry(join(folder, 'target'));
          },
          async run(round) {
            const repository = `acme/way-${index}-round-${round + 1}`;
            from.take();
            to.take();
            const run = await push({ context, from: from.host, target: `${to.host}/${repository}:1.0.0` });
            const [a, b] = [from.take(), to === from ? { up: 0, down: 0 } : to.take()];
            await requireImage(to.direct, repository, '1.0.0');
            return { ...run, traffic: { up: a.up + b.up, down: a.down + b.down } };
          },
        },
      ];
    });
    show(ways, await interleaved(measured, rounds));
  } finally {
    await docker?.close();
    if (to !== from) await to.close();
    await from.close();
    ports.dispose();
  }
}

function show(ways: readonly PushWay[], pushes: ReadonlyMap<string, readonly Push[]>): void {
  const walls = (name: string) => (pushes.get(name) ?? []).map(({ wallMs }) => wallMs);
  const own = median(walls('build-mi'));
  table(
    [
      { title: 'way' },
      { title: 'wall', right: true },
      { title: 'of build-mi', right: true },
      { title: 'CPU of the client', right: true },
      { title: 'down', right: true },
      { title: 'up', right: true },
    ],
    ways.map(({ name, push }) => {
      if (push === undefined) return [name, notHere, '–', '–', '–', '–'];
      const runs = pushes.get(name) ?? [];
      return [
        name,
        timeOf(walls(name)),
        ratio(median(walls(name)), own),
        timeOf(runs.map(({ cpuMs }) => cpuMs)),
        formatBytes(median(runs.map(({ traffic }) => traffic.down))),
        formatBytes(median(runs.map(({ traffic }) => traffic.up))),
      ];
    }),
  );
}
