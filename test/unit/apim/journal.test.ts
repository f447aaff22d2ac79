import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Journal, lastPromotion, readJournal, type Before } from '@wso2-delivery/shared/apim/journal';
import { Trail } from '@wso2-delivery/shared/apim/trail';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const path = () => join(folder, 'journal.jsonl');
const text = () => readFileSync(path(), 'utf8');
const journal = (id: string, kind: 'apply' | 'rollback' = 'apply', to = 'staging') =>
  new Journal(path(), { id, kind, from: 'dev', to, salt: `salt-${id}` }, () => 0);
const before = (...ids: string[]): Before => ({
  id: 'api',
  lifeCycleStatus: 'PUBLISHED',
  revisions: ids.map((id, index) => ({ id, number: index + 1, createdTime: 0, gateways: [] })),
});
const api = (name: string) => ({ kind: 'api' as const, name, version: '1', action: 'update' });
const last = (to = 'staging') => lastPromotion(readJournal(text(), 'j'), to, 'j');

async function run(id: string, name: string, was: Before, made: string | undefined, verdict?: string): Promise<void> {
  const told = journal(id);
  const trail = new Trail(told, api(name), was);
  const effect = () => (made === undefined ? Promise.reject(new Error('killed')) : Promise.resolve(made));
  await trail.step('import', undefined, effect, (revision) => ({ id: 'api', revision })).catch(() => undefined);
  if (verdict !== undefined) told.end(verdict);
}

describe('writing', () => {
  test('nothing is written before there is something to tell', () => {
    const told = journal('1');
    told.end('succeeded');
    expect(told.begun).toBe(false);
    expect(() => text()).toThrow();
  });

  test('a step is on the disk before its effect, for nobody else to read', async () => {
    const trail = new Trail(journal('1'), api('A'), before());
    let seen = '';
    await trail.step('import', undefined, () => {
      seen = text();
      return Promise.resolve();
    });
    expect(seen).toContain('"record":"step","name":"A","version":"1","step":"import"');
    expect(seen).not.toContain('"record":"done"');
    expect(text()).toContain('"record":"done"');
    expect(statSync(path()).mode & 0o077).toBe(0);
  });

  test('the trail of a run knows what the journal says of it', async () => {
    const trail = new Trail(journal('1'), api('A'), before('r1'));
    await trail.step('remove-revision', '1', () => Promise.resolve());
    await trail.step(
      'import',
      undefined,
      () => Promise.resolve('r2'),
      (revision) => ({ id: 'api', revision }),
    );
    expect([trail.soFar()]).toEqual(last());
  });

  test('a journal that was cut in mid-line is gone on with on a new line', async () => {
    await run('1', 'A', before('r1'), undefined);
    writeFileSync(path(), text().slice(0, -7));
    await run('2', 'A', before('r1'), 'r2', 'succeeded');
    expect(last()).toMatchObject([{ name: 'A', open: false }]);
    expect([...last()[0]!.made]).toEqual(['r2']);
  });
});

describe('reading', () => {
  test.each([
    ['nothing', ''],
    ['another file', 'hello\n'],
    ['JSON of another kind', '{"record":"run","schema":"other"}\n'],
    ['a line that is missing its head', '{"record":"end","run":"1","verdict":"succeeded","at":""}\n'],
  ])('%s is no journal', (_, given) => {
    expect(() => readJournal(given, 'j.jsonl')).toThrow('j.jsonl');
  });

  test('rubbish in the middle is no cut line', async () => {
    await run('1', 'A', before('r1'), 'r2', 'succeeded');
    const [first, ...others] = text().split('\n');
    writeFileSync(path(), [first, 'rubbish', ...others].join('\n'));
    expect(() => readJournal(text(), 'j.jsonl')).toThrow('line 2 is no line of a promotion journal');
  });

  test('cut after any letter it is read, or refused as empty', async () => {
    await run('1', 'A', before('r1'), 'r2', 'succeeded');
    const whole = text();
    const firstLine = whole.indexOf('\n');
    for (let length = firstLine; length <= whole.length; length++) {
      expect(readJournal(whole.slice(0, length), 'j')[0]).toMatchObject({ record: 'run' });
    }
  });
});

describe('the last promotion', () => {
  test('is the last run, when those before it had succeeded', async () => {
    await run('1', 'A', before('r1'), 'r2', 'succeeded');
    await run('2', 'B', before('s1'), 's2', 'succeeded');
    expect(last().map(({ name }) => name)).toEqual(['B']);
  });

  test('begins with the runs that were killed or failed before it: the state before is that before the first', async () => {
    await run('1', 'A', before('r1'), 'r2', 'succeeded');
    await run('2', 'A', before('r1', 'r2'), undefined);
    await run('3', 'A', before('r1', 'r2', 'r3'), 'r4', 'failed');
    await run('4', 'B', before(), 's1', 'succeeded');
    const [first, second] = last();
    expect(first).toMatchObject({ name: 'A', before: before('r1', 'r2'), salt: 'salt-2', open: false });
    // r3 is what the killed run had made, as the run after it found it.
    expect([...first!.made]).toEqual(['r3', 'r4']);
    expect(second).toMatchObject({ name: 'B' });
  });

  test('of a killed run has an open end', async () => {
    await run('1', 'A', before('r1'), undefined);
    expect(last()).toMatchObject([{ name: 'A', open: true }]);
  });

  test('is that into the environment, and rollbacks do not count', async () => {
    await run('1', 'A', before(), 'r1', 'succeeded');
    const other = journal('2', 'apply', 'production');
    new Trail(other, api('P'), before());
    other.end('succeeded');
    const back = journal('3', 'rollback');
    back.tell({ record: 'step', name: 'A', version: '1', step: 'undo', what: 'removed' });
    back.end('rolled-back');
    expect(last().map(({ name }) => name)).toEqual(['A']);
    expect(last('production').map(({ name }) => name)).toEqual(['P']);
    expect(() => last('test')).toThrow('holds no promotion into test, only into staging, production');
  });
});
