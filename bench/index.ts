/**
 * `npm run bench`: measures what this project claims, each figure beside what one would use instead. `npm run bench --
 * NAME …` runs those rows alone. A row that cannot run says why and fails the bench; a peer that is missing is a row of
 * its table.
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { archive } from './archive.ts';
import { car } from './car/row.ts';
import { coldStart } from './cold-start.ts';
import { imagePush, imagePushAcross, imagePushFar } from './image-push/row.ts';
import { imageUnchanged } from './image-push/unchanged.ts';
import { largeLayer } from './image-push/large-layer.ts';
import { describeMachine, load } from './machine.ts';
import { promote } from './promote/row.ts';
import { say } from './report.ts';
import { verdictLive } from './verdict/live.ts';
import { quietWatch } from './verdict/quiet-watch.ts';
import { verdict } from './verdict/row.ts';

const rows = [
  coldStart,
  imagePush,
  imagePushFar,
  imagePushAcross,
  imageUnchanged,
  largeLayer,
  verdict,
  verdictLive,
  quietWatch,
  promote,
  car,
  archive,
];
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !rows.some((row) => row.name === name));
if (unknown.length > 0) {
  console.error(`No such row: ${unknown.join(', ')}. There are ${rows.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

say(describeMachine().join('\n'));
let failed = 0;
for (const row of rows) {
  if (wanted.length > 0 && !wanted.includes(row.name)) continue;
  say(`\n## ${row.name}: ${row.about}\n`);
  const started = performance.now();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `bench-${row.name}-`)));
  try {
    await row.run(folder);
  } catch (error) {
    failed++;
    say(`This row could not be measured: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  say(`\n(${((performance.now() - started) / 1000).toFixed(0)} s; load afterwards ${load()})`);
}
process.exit(failed === 0 ? 0 : 1);
