import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startLabPromotion, type LabPromotion } from './lab-promotion.ts';
import { addApi, edit, portrait, rest, writeParams, writes } from './many-apis.ts';

let lab: LabPromotion;
beforeEach(async () => {
  lab = await startLabPromotion();
});
afterEach(() => lab.close());

const all = { ...rest, apis: '*:*' };
const rollback = {
  ...rest,
  mode: 'rollback',
  apis: undefined,
  from: undefined,
  'from-username': undefined,
  'from-password': undefined,
};
const journal = () => join(lab.workspace, 'promotion-journal.jsonl');
const named = (name: string) => lab.staging.apis.find((api) => api.name === name)!;

describe('mode rollback', () => {
  test('puts everything back in reverse order, credentials included, and tells it', async () => {
    await addApi(lab.dev, 'Pets');
    const params = (password: string) =>
      writeParams(lab, {
        endpoints: { production: { url: `https://${password}.example.com` } },
        security: { production: { enabled: true, type: 'basic', username: 'u', password } },
      });
    await lab.run({ ...all, params: params('first-password') });
    const before = portrait(lab.staging);
    await addApi(lab.dev, 'Fresh');
    await lab.run({ ...all, params: params('other-password'), concurrency: '1' });
    expect(portrait(lab.staging)).not.toEqual(before);
    const sent = writes(lab.staging).length;
    const { failure, outputs } = await lab.run(rollback);
    expect(failure).toBeUndefined();
    expect(outputs).toMatchObject({ verdict: 'rolled-back', journal: 'promotion-journal.jsonl' });
    expect(portrait(lab.staging)).toEqual(before);
    // Pets was promoted last, EmployeeAPI first.
    const ids = writes(lab.staging)
      .slice(sent)
      .map(({ path }) => /\/apis\/([^/]+)/.exec(path)?.[1]);
    expect(ids.indexOf(named('Pets').id)).toBeLessThan(ids.indexOf(named('EmployeeAPI').id));
    expect(lab.ports.markdown()).toContain('3 of 3 APIs');
    expect(JSON.stringify(named('Pets').working.api)).toContain('first-password');
    for (const text of [readFileSync(journal(), 'utf8'), lab.ports.markdown(), lab.ports.lines.join('\n')]) {
      expect(text).not.toMatch(/first-password|other-password/);
    }
  });

  test('the password alone was changed: it is put back, too', async () => {
    const params = (password: string) =>
      writeParams(lab, {
        endpoints: { production: { url: 'https://b.example.com' } },
        security: { production: { enabled: true, type: 'basic', username: 'u', password } },
      });
    await lab.run({ ...rest, params: params('first-password') });
    const before = portrait(lab.staging);
    await lab.run({ ...rest, params: params('other-password') });
    expect((await lab.run(rollback)).failure).toBeUndefined();
    expect(portrait(lab.staging)).toEqual(before);
  });

  test('an API that was changed again since is left alone and named; the others are put back', async () => {
    await addApi(lab.dev, 'Pets');
    await lab.run(all);
    for (const name of ['EmployeeAPI', 'Pets'])
      edit(
        lab.dev.apis.find((api) => api.name === name)!,
        { description: 'second' },
      );
    await lab.run(all);
    const kept = readFileSync(journal());
    edit(
      lab.dev.apis.find(({ name }) => name === 'Pets')!,
      { description: 'third' },
    );
    await lab.run(all);
    const pets = portrait(lab.staging).at(-1);
    writeFileSync(journal(), kept);
    const { failure, outputs } = await lab.run(rollback);
    expect(failure).toMatchObject({
      code: 'PROMOTION_ROLLBACK_REFUSED',
      message: expect.stringContaining('revision 3 serves, which the promotion did not make'),
    });
    expect(outputs.verdict).toBe('rollback-failed');
    expect(portrait(lab.staging).at(-1)).toEqual(pets);
    expect(named('EmployeeAPI').revisions.map(({ number }) => number)).toEqual([1]);
  });

  test('what cannot be put back is said before, after, and by the rollback: unpublished edits, a revision removed for room', async () => {
    await lab.run(rest);
    const api = named('EmployeeAPI');
    api.working = { ...api.working, api: { ...api.working.api, description: 'draft' } };
    for (const number of [2, 3, 4, 5])
      api.revisions.push({ ...api.revisions[0]!, id: `r${number}`, number, deployments: [] });
    api.lastRevisionNumber = 5;
    lab.changeSource();
    const told = () => lab.ports.markdown().slice(before);
    let before = lab.ports.markdown().length;
    await lab.run({ ...rest, mode: 'plan' });
    const losses = [
      'revision 2 is removed for room: no rollback brings it back',
      'unpublished edits in the publisher are overwritten: on-failure: rollback brings them back, mode: rollback cannot',
    ];
    for (const loss of losses) expect(told()).toContain(loss);
    before = lab.ports.markdown().length;
    const applied = await lab.run(rest);
    for (const loss of losses) expect(told()).toContain(loss);
    expect(applied.facts).toMatchObject({ plan: { apis: [{ losses }] } });
    const { failure } = await lab.run(rollback);
    expect(failure).toBeUndefined();
    expect(lab.ports.markdown()).toContain('revision 2 had been removed for room and is lost');
    expect(lab.ports.markdown()).toContain('edits that were never published were in no revision and are lost');
    expect(named('EmployeeAPI').working.api.description).not.toBe('draft');
    expect(
      named('EmployeeAPI')
        .revisions.filter(({ deployments }) => deployments.length > 0)
        .map(({ number }) => number),
    ).toEqual([1]);
  });

  test('in the same run a failure brings back even what nobody published', async () => {
    await lab.run(rest);
    const api = named('EmployeeAPI');
    api.working = { ...api.working, api: { ...api.working.api, description: 'draft' } };
    lab.changeSource();
    lab.staging.fault({ path: /^\/employees/, does: { status: 404, body: '{"type":"Status report"}' } });
    const { outputs } = await lab.run({ ...rest, 'on-failure': 'rollback', verify: '1s' });
    expect(outputs.verdict).toBe('rolled-back');
    expect(named('EmployeeAPI').working.api.description).toBe('draft');
    expect(named('EmployeeAPI').revisions.map(({ number, deployments }) => [number, deployments.length])).toEqual([
      [1, 1],
    ]);
  });

  test('a fault in mid-rollback leaves a failure that names the API; run again it ends', async () => {
    await addApi(lab.dev, 'Pets');
    await lab.run(all);
    lab.staging.fault({
      method: 'DELETE',
      path: /\/apis\//,
      times: 1,
      does: { status: 403, body: '{"description":"may not delete"}' },
    });
    const { failure, outputs } = await lab.run(rollback);
    expect(failure).toMatchObject({ message: expect.stringContaining('may not delete') });
    expect(outputs.verdict).toBe('rollback-failed');
    expect(lab.staging.apis).toHaveLength(1);
    expect((await lab.run(rollback)).outputs.verdict).toBe('rolled-back');
    expect(lab.staging.apis).toEqual([]);
  });

  test.each<[name: string, write: () => void, code: string, says: string]>([
    ['that is not there', () => undefined, 'INPUT_INVALID', 'does not exist'],
    ['of another kind', () => writeFileSync(journal(), '{}\n'), 'JOURNAL_INVALID', 'no line of a promotion journal'],
    [
      'into another environment',
      () =>
        writeFileSync(
          journal(),
          '{"record":"run","schema":"https://wso2-delivery.dev/promotion-journal/v1","run":"1","kind":"apply","to":"production","salt":"","at":""}\n',
        ),
      'JOURNAL_INVALID',
      'holds no promotion into staging, only into production',
    ],
  ])('refuses a journal %s, and sends nothing', async (_, write, code, says) => {
    write();
    const { failure } = await lab.run(rollback);
    expect(failure).toMatchObject({ code, message: expect.stringContaining(says) });
    expect(lab.staging.requests).toEqual([]);
  });
});

describe('mode drift', () => {
  const repository = { ...rest, mode: 'drift', from: undefined, apis: undefined, archives: 'EmployeeAPI-1.0.0' };

  test('what runs is what the repository says: in sync, with reads alone', async () => {
    await lab.run({ ...repository, mode: 'apply' });
    const sent = writes(lab.staging).length;
    const { failure, outputs } = await lab.run(repository);
    expect(failure).toBeUndefined();
    expect(outputs.verdict).toBe('in-sync');
    expect(writes(lab.staging)).toHaveLength(sent);
    expect(outputs.plan).toBeUndefined();
  });

  test.each<[name: string, drift: () => void, says: string]>([
    [
      'a field was edited',
      () => edit(named('EmployeeAPI'), { visibility: 'PRIVATE' }),
      'EmployeeAPI:1.0.0 differs in visibility',
    ],
    [
      'it was undeployed',
      () => void (named('EmployeeAPI').revisions[0]!.deployments = []),
      'EmployeeAPI:1.0.0 is not deployed on Default',
    ],
    ['it was removed', () => void (lab.staging.apis as object[]).splice(0), 'EmployeeAPI:1.0.0 is not there'],
    [
      'it was blocked',
      () => void (named('EmployeeAPI').lifeCycleStatus = 'BLOCKED'),
      'EmployeeAPI:1.0.0 differs in lifeCycleStatus',
    ],
  ])('%s: a failure that names it, or a report, by choice', async (_, drift, says) => {
    await lab.run({ ...repository, mode: 'apply' });
    drift();
    const before = portrait(lab.staging);
    const failing = await lab.run(repository);
    expect(failing.failure).toMatchObject({ code: 'DRIFT_FOUND', message: expect.stringContaining(says) });
    expect(failing.outputs.verdict).toBe('drifted');
    const reported = await lab.run({ ...repository, 'on-drift': 'report' });
    expect(reported.failure).toBeUndefined();
    expect(reported.outputs.verdict).toBe('drifted');
    expect(lab.ports.annotations.at(-1)).toMatchObject({ level: 'warning', message: expect.stringContaining(says) });
    expect(portrait(lab.staging)).toEqual(before);
  });

  test.each(['fail', 'report'])(
    'what cannot be compared is told with its reason and what to do, and fails however drift is told (%s)',
    async (choice) => {
      await lab.run({ ...repository, mode: 'apply' });
      edit(named('EmployeeAPI'), { visibility: 'PRIVATE' });
      named('EmployeeAPI').provider = 'bob';
      const { failure, outputs } = await lab.run({ ...repository, 'on-drift': choice });
      expect(failure).toMatchObject({ code: 'API_CONFLICT', message: expect.stringContaining('belongs to bob') });
      expect(outputs.verdict).toBe('refused');
      const page = lab.ports.markdown();
      expect(page).toContain('| `EmployeeAPI:1.0.0` | cannot be compared |');
      expect(page).toContain(
        'belongs to bob in staging, and to admin at its source (for example `preserve-provider: false`)',
      );
    },
  );

  test('between two environments, too', async () => {
    await lab.run(rest);
    lab.changeSource();
    const { outputs } = await lab.run({ ...rest, mode: 'drift', 'on-drift': 'report' });
    expect(outputs.verdict).toBe('drifted');
  });
});
