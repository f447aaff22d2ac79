import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startLabPromotion, type LabPromotion } from './lab-promotion.ts';
import { addApi, edit, portrait, rest, serving, writes } from './many-apis.ts';
import { mortal, snapshot } from './mortal.ts';
import { apictlInside } from './wire-troubles.ts';

let lab: LabPromotion;
let restore: () => void;
let before: object[];
let planned: object[];

const byApictl = { plan: 'promotion-plan.json', apis: undefined, concurrency: '1' };
const apply = { ...rest, ...byApictl };
const rollback = { ...rest, mode: 'rollback', apis: undefined, from: undefined };
const journal = () => join(lab.workspace, 'promotion-journal.jsonl');
const named = (name: string) => lab.staging.apis.find((api) => api.name === name)!;

/** One API of each kind of work: update, create, redeploy, life cycle alone, update without room for a revision. */
beforeAll(async () => {
  lab = await startLabPromotion();
  for (const name of ['Moved', 'Cycle', 'Full', 'Same']) await addApi(lab.dev, name);
  expect((await lab.run({ ...rest, apis: '*:*' })).failure).toBeUndefined();
  await addApi(lab.dev, 'Fresh');
  lab.changeSource();
  edit(
    lab.dev.apis.find(({ name }) => name === 'Full')!,
    { description: 'changed' },
  );
  named('Moved').revisions[0]!.deployments = [];
  named('Cycle').lifeCycleStatus = 'CREATED';
  const full = named('Full');
  const [first] = full.revisions;
  for (const number of [2, 3, 4, 5]) full.revisions.push({ ...first!, id: `r${number}`, number, deployments: [] });
  full.lastRevisionNumber = 5;
  expect((await lab.run({ ...rest, apis: '*:*', mode: 'plan' })).failure).toBeUndefined();
  restore = snapshot(lab.staging);
  before = portrait(lab.staging);
  rmSync(journal());
  expect((await lab.run(apply)).failure).toBeUndefined();
  planned = serving(lab.staging);
});
afterAll(() => lab.close());
beforeEach(() => {
  restore();
  rmSync(journal(), { force: true });
});

/** What a rollback cannot bring back: the revision that was removed for room. */
const withoutLost = (apis: readonly object[]) =>
  apis.map((api) => {
    const { name, revisions } = api as { name: string; revisions: { number: number }[] };
    return name === 'Full' ? { ...api, revisions: revisions.filter(({ number }) => number !== 2) } : api;
  });

/** Applies the plan and kills it at the n-th request; false when it ended before. */
async function killedAt(n: number, when: 'before' | 'after', inputs: typeof byApictl): Promise<boolean> {
  const { ports, death } = mortal(apictlInside(lab.ports, lab.apictl), lab.staging, n, when);
  return (await Promise.race([death, lab.run(inputs, ports)])) === 'killed';
}

test('the states before and after differ, so that the tests below prove something', () => {
  expect(serving(lab.staging)).not.toEqual(planned);
  expect(portrait(lab.staging)).toEqual(before);
});

describe.each([
  ['rest', 'before', 20],
  ['rest', 'after', 6],
  ['apictl', 'before', 20],
  ['apictl', 'after', 6],
] as const)('engine %s killed at any request, %s the server has acted on it', (engine, when, atLeast) => {
  const inputs = engine === 'rest' ? apply : byApictl;

  test('rolled back it is as before, applied again it converges, and rolled back then it is as before, too', async () => {
    let n = 1;
    for (; ; n++) {
      restore();
      rmSync(journal(), { force: true });
      if (!(await killedAt(n, when, inputs))) break;
      const half = snapshot(lab.staging);
      const told = readFileSync(journal());

      await expectRolledBack();
      const sent = writes(lab.staging).length;
      await expectRolledBack();
      expect(writes(lab.staging)).toHaveLength(sent);

      half();
      writeFileSync(journal(), told);
      const again = writes(lab.staging).length;
      const { failure, outputs } = await lab.run(inputs, apictlInside(lab.ports, lab.apictl));
      expect([failure, outputs.verdict]).toEqual([undefined, 'succeeded']);
      expect(serving(lab.staging)).toEqual(planned);
      expect(writes(lab.staging).length - again).toBeLessThanOrEqual(6);
      await expectRolledBack();
    }
    expect(n).toBeGreaterThan(atLeast);
  }, 240_000);
});

test.each(['before', 'after'] as const)(
  'a rollback that is killed %s the server has acted on a request, and run again, gives the state before',
  async (when) => {
    await lab.run(apply);
    const applied = snapshot(lab.staging);
    const told = readFileSync(journal());
    for (let n = 1; ; n++) {
      applied();
      writeFileSync(journal(), told);
      const { ports, death } = mortal(lab.ports, lab.staging, n, when);
      if ((await Promise.race([death, lab.run(rollback, ports)])) !== 'killed') break;
      await expectRolledBack();
    }
  },
  240_000,
);

async function expectRolledBack(): Promise<void> {
  const { failure, outputs } = await lab.run(rollback);
  expect([failure, outputs.verdict]).toEqual([undefined, 'rolled-back']);
  expect(withoutLost(portrait(lab.staging))).toEqual(withoutLost(before));
}

const index = join(import.meta.dirname, '../../../../actions/promote-api/src/index.ts');

/** Runs the action as a process and kills it as soon as the lab has a request of this kind. */
async function killOn(path: RegExp, more: Readonly<Record<string, string>> = {}): Promise<string | null> {
  const inputs: Record<string, string> = {
    plan: 'promotion-plan.json',
    from: 'dev',
    to: 'staging',
    environments: 'lab.yaml',
    'ca-file': 'ca.pem',
    engine: 'rest',
    concurrency: '1',
    verify: '2s',
    'from-username': 'admin',
    'from-password': 'dev-secret-pw',
    'to-username': 'admin',
    'to-password': 'staging-secret-pw',
    ...more,
  };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', index], {
    cwd: lab.workspace,
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      GITHUB_WORKSPACE: lab.workspace,
      RUNNER_TEMP: join(lab.workspace, '..'),
      ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    },
  });
  const ended = new Promise<string | null>((resolve) => child.once('close', (_, signal) => resolve(signal)));
  const seen = lab.staging.requests.length;
  const watch = setInterval(() => {
    if (lab.staging.requests.slice(seen).some((request) => path.test(`${request.method} ${request.path}`))) {
      child.kill('SIGKILL');
    }
  }, 2);
  const signal = await ended;
  clearInterval(watch);
  return signal;
}

describe('SIGKILL of the process itself', () => {
  test.each([
    ['the first import', /POST .*\/apis\/import/],
    ['the removal of a revision', /DELETE .*\/revisions\//],
    ['a redeployment', /POST .*\/deploy-revision/],
    ['a life cycle step', /POST .*\/change-lifecycle/],
  ])('during %s: applied again it converges, rolled back it is as before', async (_, path) => {
    // Late answers: the process has no time to read them.
    lab.staging.fault({ path, does: { delayMs: 150 } });
    try {
      expect(await killOn(path)).toBe('SIGKILL');
    } finally {
      lab.staging.clearFaults();
    }
    // The server goes on with what it was sent.
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(readFileSync(journal(), 'utf8')).toContain('"record":"step"');
    const { failure } = await lab.run(apply);
    expect(failure).toBeUndefined();
    expect(serving(lab.staging)).toEqual(planned);
    await expectRolledBack();
  });
});

test('SIGKILL while apictl imports, which goes on alone: applied again it converges, rolled back it is as before', async () => {
  const path = /POST .*\/apis\/import/;
  lab.staging.fault({ path, does: { delayMs: 300 } });
  try {
    expect(await killOn(path, { engine: 'apictl', 'apictl-path': lab.apictl })).toBe('SIGKILL');
  } finally {
    lab.staging.clearFaults();
  }
  // The process group of an orphan ends with its command.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const { failure } = await lab.run(byApictl, apictlInside(lab.ports, lab.apictl));
  expect(failure).toBeUndefined();
  expect(serving(lab.staging)).toEqual(planned);
  await expectRolledBack();
});

test('the journal holds no secret', async () => {
  await lab.run(apply);
  const text = readFileSync(journal(), 'utf8');
  for (const secret of ['staging-secret-pw', 'dev-secret-pw']) expect(text).not.toContain(secret);
});
