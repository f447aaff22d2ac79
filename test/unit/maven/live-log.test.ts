import { describe, expect, test } from '@jest/globals';
import { readConsole } from '@wso2-delivery/shared/maven/console';
import { liveLog } from '@wso2-delivery/shared/maven/live-log';
import type { Log } from '@wso2-delivery/shared/base/ports';

function recordingLog(): { log: Log; written: string[] } {
  const written: string[] = [];
  const log: Log = {
    info: (text) => written.push(text),
    debug: () => undefined,
    warning: () => undefined,
    annotate: () => undefined,
    group: async (title, body) => {
      written.push(`> ${title}`);
      const result = await body();
      written.push('<');
      return result;
    },
  };
  return { log, written };
}

test('lines are folded into one group a goal, in order, each closed before the next is opened', async () => {
  const { log, written } = recordingLog();
  const live = liveLog(log);
  const console = readConsole();
  const lines = [
    '[INFO] Scanning for projects...',
    '[INFO] Building hello 1.0.0',
    '[INFO] --- clean:3:clean (default) @ hello ---',
    '[INFO] Deleting target',
    '[INFO] --- car:5:car (default) @ hello ---',
    '[INFO] Scanning for projects...',
    '[INFO] Finished at: now',
    '[INFO] BUILD SUCCESS',
    '[INFO] Total time: 3 s',
  ];
  lines.forEach((line, index) => live.write(line, console.line(line, index * 600), index * 600));
  await live.end(lines.length * 600);
  expect(written).toEqual([
    lines[0],
    'hello 1.0.0',
    lines[1],
    '> hello: clean:clean',
    lines[2],
    lines[3],
    '<',
    'hello: clean:clean: 1.2 s',
    '> hello: car:car',
    lines[4],
    lines[5],
    lines[6],
    '<',
    'hello: car:car: 1.8 s',
    lines[7],
    lines[8],
  ]);
});

test('the transfer progress of nested runs is left out', async () => {
  const { log, written } = recordingLog();
  const live = liveLog(log);
  live.write('Progress (1): 8.1/9.6 kB', undefined, 0);
  live.write('[INFO] [stdout] Progress (1): 16/19 kB', undefined, 0);
  live.write('[INFO] Progress (1): meant for people', undefined, 0);
  await live.end(10);
  expect(written).toEqual(['[INFO] Progress (1): meant for people']);
});

describe('a run that ends in the middle of a goal', () => {
  test('closes its group', async () => {
    const { log, written } = recordingLog();
    const live = liveLog(log);
    const line = '[INFO] --- car:5:car (default) @ hello ---';
    live.write(line, readConsole().line(line, 0), 0);
    await live.end(10);
    expect(written).toEqual(['> hello: car:car', line, '<']);
  });
});
