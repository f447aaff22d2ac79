import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readProjectFolder, writeArchive } from '@wso2-delivery/shared/apim/archive';
import { startLabPromotion, type LabPromotion } from './lab-promotion.ts';
import { rest } from './many-apis.ts';
import { apictlInside, stateOf, troubles, wrongWith, type Scenario } from './wire-troubles.ts';

let lab: LabPromotion;
/** The API as it was before its source changed. */
let older: Buffer;
beforeEach(async () => {
  lab = await startLabPromotion();
  const example = readProjectFolder(join(lab.workspace, 'EmployeeAPI-1.0.0'), 'the example');
  const path = join(lab.workspace, 'older.zip');
  await writeArchive(path, example);
  older = readFileSync(path);
  lab.changeSource();
});
afterEach(() => lab.close());

const nothing = () => Promise.resolve();
const anOlderOne = async () => {
  await lab.staging.add(older);
};

const creation: Scenario = { inputs: rest, prepare: nothing, good: /^EmployeeAPI Default$/ };
const update: Scenario = { inputs: rest, prepare: anOlderOne, good: /^EmployeeAPI -,Default$/ };
const plan: Scenario = { inputs: { ...rest, mode: 'plan' }, prepare: anOlderOne, good: /^EmployeeAPI Default$/ };

/** Enough for an API that is there already: the calls that differ are those around the import. */
const some = troubles.filter(({ name }) =>
  /reset|refused|^500|no answer|after the deadline|HTML|half|Retry-After in seconds/.test(name),
);

describe('engine rest: each trouble at each call', () => {
  test.each(troubles)('a new API: $name', (trouble) => expectNothingWrong(trouble, creation, 10), 240_000);
  test.each(some)('an API that is there already: $name', (trouble) => expectNothingWrong(trouble, update, 10), 240_000);
  test.each(troubles)('a plan: $name', (trouble) => expectNothingWrong(trouble, plan, 8), 240_000);
});

describe('a rollback: each trouble at each call', () => {
  test.each(troubles)(
    '$name',
    async (trouble) => {
      const journal = join(lab.workspace, 'promotion-journal.jsonl');
      await anOlderOne();
      expect((await lab.run(rest)).failure).toBeUndefined();
      const told = readFileSync(journal);
      rmSync(journal);
      // What the journal tells of: the same API, before and after.
      const applied = lab.staging.apis.map((api) => ({ api, fields: { ...api, revisions: [...api.revisions] } }));
      const deployed = lab.staging.apis[0]!.revisions.map(({ deployments }) => [...deployments]);
      const rollback: Scenario = {
        inputs: { ...rest, mode: 'rollback', apis: undefined, from: undefined },
        prepare: () => {
          writeFileSync(journal, told);
          for (const { api, fields } of applied) {
            Object.assign(api, { ...fields, revisions: [...fields.revisions] });
            for (const [at, each] of api.revisions.entries()) each.deployments = [...(deployed[at] ?? [])];
            (lab.staging.apis as unknown[]).push(api);
          }
          return nothing();
        },
        good: /^EmployeeAPI Default$/,
      };
      expect(stateOf(lab.staging)).toBe('EmployeeAPI -,Default');
      await expectNothingWrong(trouble, rollback, 8);
    },
    240_000,
  );
});

describe('engine apictl: each trouble at each call of its own', () => {
  const byApictl = (scenario: Scenario): Scenario => ({
    ...scenario,
    inputs: {},
    ports: apictlInside(lab.ports, lab.apictl),
    calls: (call) => call.byApictl,
  });
  test.each(troubles)('a new API: $name', (trouble) => expectNothingWrong(trouble, byApictl(creation), 6), 240_000);
  test.each(some)(
    'an API that is there already: $name',
    (trouble) => {
      const ofTarget = {
        ...byApictl(update),
        calls: ({ byApictl: its, side }) => its && side === 'staging',
      } satisfies Scenario;
      return expectNothingWrong(trouble, ofTarget, 3);
    },
    240_000,
  );
});

async function expectNothingWrong(
  trouble: (typeof troubles)[number],
  scenario: Scenario,
  atLeast: number,
): Promise<void> {
  const { wrong, tried } = await wrongWith(trouble, scenario, lab);
  expect(wrong).toEqual([]);
  expect(tried).toBeGreaterThanOrEqual(atLeast);
}
