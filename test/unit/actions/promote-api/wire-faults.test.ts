import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ApiManager, LoggedRequest } from '@wso2-delivery/lab/apim/api-manager';
import type { Fault } from '@wso2-delivery/lab/apim/faults';
import { readProjectFolder, writeArchive } from '@wso2-delivery/shared/apim/archive';
import { DeliveryError, messageOf } from '@wso2-delivery/shared/base/errors';
import { startLabPromotion, type LabPromotion } from './lab-promotion.ts';

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

/** One request of a good run: which one of those with its method and path it is. */
interface Call {
  readonly side: 'dev' | 'staging';
  readonly method: string;
  readonly path: string;
  readonly occurrence: number;
}

const apimError = (status: number) => ({
  status,
  body: JSON.stringify({
    code: status,
    message: 'm',
    description: `made to answer ${status}`,
    moreInfo: '',
    error: [],
  }),
  headers: { 'content-type': 'application/json' },
});
const page = (status: number) => ({
  status,
  body: '<html><body>Sorry</body></html>',
  headers: { 'content-type': 'text/html' },
});

interface Trouble {
  readonly name: string;
  readonly does: Fault['does'];
  /** Met once, a read must be repeated until it is well. */
  readonly readsRecover?: true;
  /** Met once, so must a write, since the server has not begun with it. */
  readonly writesRecover?: true;
}

const retryAfter = (value: string) => ({ ...apimError(429), headers: { 'retry-after': value } });
const troubles: readonly Trouble[] = [
  { name: 'the connection is reset', does: 'reset', readsRecover: true },
  { name: '401 in mid-run', does: apimError(401) },
  { name: '403', does: apimError(403) },
  { name: '404', does: apimError(404) },
  { name: '409', does: apimError(409) },
  { name: '413', does: apimError(413) },
  { name: '429 with Retry-After in seconds', does: retryAfter('0'), readsRecover: true, writesRecover: true },
  { name: '429 with a date', does: retryAfter(new Date(0).toUTCString()), readsRecover: true, writesRecover: true },
  { name: '500', does: apimError(500) },
  { name: '502', does: page(502), readsRecover: true },
  { name: '503', does: page(503), readsRecover: true },
  { name: 'no answer', does: 'hang' },
  { name: 'an HTML page with 200', does: page(200) },
  { name: 'half an answer', does: 'truncate', readsRecover: true },
  { name: 'an empty answer with 200', does: { status: 200 } },
  { name: 'a redirect to a login page', does: { status: 302, headers: { location: '/login' } } },
];

const quick = { engine: 'rest', 'request-timeout': '1s', verify: '2s' };

/** Enough for an API that is there already: the calls that differ are those around the import. */
const someTroubles = troubles.filter(({ name }) => /reset|^500|no answer|HTML|half|Retry-After in seconds/.test(name));

describe('a new API: each trouble at each call', () => {
  test.each(troubles)('$name', (trouble) => expectNothingWrong(trouble, false), 240_000);
});

describe('an API that is there already: each trouble at each call', () => {
  test.each(someTroubles)('$name', (trouble) => expectNothingWrong(trouble, true), 240_000);
});

async function expectNothingWrong({ does, readsRecover, writesRecover }: Trouble, update: boolean): Promise<void> {
  const wrong: string[] = [];
  await prepare(update);
  const calls = await callsOfAGoodRun();
  expect(calls.length).toBeGreaterThan(10);
  for (const call of calls) {
    const recovers = (call.method === 'GET' ? readsRecover : writesRecover) === true && !isLogin(call);
    for (const times of recovers ? [1, Number.POSITIVE_INFINITY] : [Number.POSITIVE_INFINITY]) {
      await prepare(update);
      const path = new RegExp(`^${escaped(call.path)}(\\?|$)`);
      lab[call.side].fault({ method: call.method, path, skip: call.occurrence, times, does });
      const complaint = await complaintAbout(update);
      if (complaint === 'failed' && times === 1) wrong.push(`${shown(call)}: was not sent again`);
      else if (complaint !== undefined && complaint !== 'failed') wrong.push(`${shown(call)}: ${complaint}`);
    }
  }
  expect(wrong).toEqual([]);
}

/** dev has the API; staging has it in an older state, or not. */
async function prepare(update: boolean): Promise<void> {
  for (const manager of [lab.dev, lab.staging]) manager.clearFaults();
  (lab.staging.apis as unknown[]).length = 0;
  if (update) await lab.staging.add(older);
}

async function callsOfAGoodRun(): Promise<Call[]> {
  const from = { dev: lab.dev.requests.length, staging: lab.staging.requests.length };
  const { failure } = await lab.run(quick);
  expect(failure).toBeUndefined();
  return (['dev', 'staging'] as const).flatMap((side) => {
    const seen = new Map<string, number>();
    return lab[side].requests.slice(from[side]).map(({ method, path }: LoggedRequest): Call => {
      const occurrence = seen.get(`${method} ${path}`) ?? 0;
      seen.set(`${method} ${path}`, occurrence + 1);
      return { side, method, path, occurrence };
    });
  });
}

/**
 * Runs the action and judges what it says by what is there. undefined: it says success, and it is one; `failed`: it
 * says failure, with a code, and names what it has changed; anything else is what is wrong.
 */
async function complaintAbout(update: boolean): Promise<string | undefined> {
  const before = stateOf(lab.staging);
  const { failure, outputs, facts } = await lab.run(quick);
  const after = stateOf(lab.staging);
  const isThere = after === good(update);
  if (failure === undefined) return isThere ? undefined : `says success, and there is ${after}`;
  if (!(failure instanceof DeliveryError)) return `fails without a code: ${messageOf(failure)}`;
  if (outputs.verdict !== 'failed') return `the verdict is ${outputs.verdict ?? 'none'} after ${failure.code}`;
  const told = `${failure.message} ${JSON.stringify(facts)}`;
  if (after !== before && !/import|half imported|shows its revision/.test(told)) {
    return `${failure.code} does not name what it left: ${after}`;
  }
  return 'failed';
}

/** Revisions and where they are deployed: what an import changes. */
function stateOf({ apis }: ApiManager): string {
  return apis
    .map(
      ({ name, revisions }) =>
        `${name} ${revisions.map(({ deployments }) => deployments.map((each) => each.name).join('+') || '-').join(',')}`,
    )
    .join('; ');
}

function good(update: boolean): string {
  return update ? 'EmployeeAPI -,Default' : 'EmployeeAPI Default';
}

function isLogin({ path }: Call): boolean {
  return /\/(token|register)$/.test(path);
}

function shown({ side, method, path, occurrence }: Call): string {
  return `${side} ${method} ${path.replace(/[0-9a-f-]{36}/, 'ID')}${occurrence === 0 ? '' : ` (${occurrence + 1})`}`;
}

/** Ids differ from run to run. */
function escaped(path: string): string {
  return path.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, '[0-9a-f-]{36}');
}
