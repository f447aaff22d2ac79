/** Every trouble at every call of a run on the wire, and the judgement of what came of it. */
import type { ApiManager, LoggedRequest } from '@wso2-delivery/lab/apim/api-manager';
import type { Fault } from '@wso2-delivery/lab/apim/faults';
import { runApictl } from '@wso2-delivery/lab/apictl/run-apictl';
import { DeliveryError, messageOf } from '@wso2-delivery/shared/base/errors';
import type { ExecRequest, ExecResult } from '@wso2-delivery/shared/base/ports';
import type { TestPorts } from '../../../support/ports.ts';
import type { LabPromotion } from './lab-promotion.ts';

/** One request of a good run: which one of those with its method and path it is. */
export interface Call {
  readonly side: 'dev' | 'staging';
  readonly method: string;
  readonly path: string;
  readonly occurrence: number;
  /** True for one of apictl's. */
  readonly byApictl: boolean;
}

/** Longer than the deadline of a request, in milliseconds. */
const lateMs = 1300;

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

/** What goes wrong at one call. */
export interface Trouble {
  readonly name: string;
  readonly does: Fault['does'];
  /** Met once, a read must be repeated until it is well. */
  readonly readsRecover?: true;
  /** Met once, so must a write, since the server has not begun with it. */
  readonly writesRecover?: true;
}

const retryAfter = (value: string) => ({ ...apimError(429), headers: { 'retry-after': value } });
export const troubles: readonly Trouble[] = [
  { name: 'the connection is refused', does: 'refuse', readsRecover: true },
  { name: 'the connection is reset', does: 'reset', readsRecover: true },
  { name: 'the connection is reset after the request was carried out', does: 'reset-after', readsRecover: true },
  { name: '401 in mid-run', does: apimError(401), readsRecover: true, writesRecover: true },
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
  { name: 'an answer after the deadline', does: { delayMs: lateMs } },
  { name: 'an HTML page with 200', does: page(200) },
  { name: 'half an answer', does: 'truncate', readsRecover: true },
  { name: 'an empty answer with 200', does: { status: 200 } },
  { name: 'a redirect to a login page', does: { status: 302, headers: { location: '/login' } } },
];

/** What is done, again and again, and what a good end of it looks like. */
export interface Scenario {
  readonly inputs: Readonly<Record<string, string | undefined>>;
  /** Puts the API Managers into the state before. */
  prepare(): Promise<void>;
  /** What `stateOf(staging)` is after a success. */
  readonly good: RegExp;
  /** The calls that are to go wrong; default: all. */
  readonly calls?: (call: Call) => boolean;
  readonly ports?: TestPorts;
}

const quick = { 'request-timeout': '1s', verify: '2s' };

/** @returns what is wrong, in words: empty when every run ended well or said truly how it ended */
export async function wrongWith(
  { does, readsRecover, writesRecover }: Trouble,
  scenario: Scenario,
  lab: LabPromotion,
): Promise<{ readonly wrong: string[]; readonly tried: number }> {
  const wrong: string[] = [];
  await prepare(scenario, lab);
  const calls = (await callsOfAGoodRun(scenario, lab)).filter(scenario.calls ?? (() => true));
  const late = typeof does === 'object' && 'delayMs' in does;
  // A read that is late is one without an answer.
  for (const call of calls.filter(({ method }) => !late || method !== 'GET')) {
    const repeated = (call.method === 'GET' ? readsRecover : writesRecover) === true;
    const recovers = repeated && !isLogin(call) && !call.byApictl;
    for (const times of recovers ? [1, Number.POSITIVE_INFINITY] : [Number.POSITIVE_INFINITY]) {
      await prepare(scenario, lab);
      const path = new RegExp(`^${escaped(call.path)}(\\?|$)`);
      lab[call.side].fault({ method: call.method, path, skip: call.occurrence, times, does });
      const complaint = await complaintAbout(scenario, lab, late);
      if (complaint === 'failed' && times === 1) wrong.push(`${shown(call)}: was not sent again`);
      else if (complaint !== undefined && complaint !== 'failed') wrong.push(`${shown(call)}: ${complaint}`);
    }
  }
  return { wrong, tried: calls.length };
}

async function prepare(scenario: Scenario, lab: LabPromotion): Promise<void> {
  for (const manager of [lab.dev, lab.staging]) manager.clearFaults();
  (lab.staging.apis as unknown[]).length = 0;
  await scenario.prepare();
}

async function callsOfAGoodRun({ inputs, ports, good }: Scenario, lab: LabPromotion): Promise<Call[]> {
  const from = { dev: lab.dev.requests.length, staging: lab.staging.requests.length };
  const { failure } = await lab.run({ ...quick, ...inputs }, hasty(ports ?? lab.ports));
  if (failure !== undefined) throw failure as Error;
  if (!good.test(stateOf(lab.staging))) throw new Error(`a good run ends with ${stateOf(lab.staging)}`);
  return (['dev', 'staging'] as const).flatMap((side) => {
    const seen = new Map<string, number>();
    return lab[side].requests.slice(from[side]).map(({ method, path, headers }: LoggedRequest): Call => {
      const occurrence = seen.get(`${method} ${path}`) ?? 0;
      seen.set(`${method} ${path}`, occurrence + 1);
      return { side, method, path, occurrence, byApictl: (headers['user-agent'] ?? '').startsWith('go-resty') };
    });
  });
}

/**
 * Runs the action and judges what it says by what is there. undefined: it says success, and it is one; `failed`: it
 * says failure, with a code, and names the API and what it has changed; anything else is what is wrong.
 */
async function complaintAbout(
  { inputs, good, ports }: Scenario,
  lab: LabPromotion,
  late: boolean,
): Promise<string | undefined> {
  const before = stateOf(lab.staging);
  const said = lab.ports.annotations.length;
  const { failure, outputs, facts } = await lab.run({ ...quick, ...inputs }, hasty(ports ?? lab.ports));
  // A server that is late goes on with what it was sent.
  if (late && failure !== undefined) await new Promise((resolve) => setTimeout(resolve, lateMs));
  const after = stateOf(lab.staging);
  if (failure === undefined) return good.test(after) ? undefined : `says success, and there is ${after}`;
  if (!(failure instanceof DeliveryError)) return `fails without a code: ${messageOf(failure)}`;
  if (!['failed', 'rollback-failed'].includes(outputs.verdict ?? '')) {
    return `the verdict is ${outputs.verdict ?? 'none'} after ${failure.code}`;
  }
  const warnings = lab.ports.annotations.slice(said).map(({ message }) => message);
  const told = `${failure.message} ${JSON.stringify(facts)} ${warnings.join(' ')}`;
  // An import, named with its end, or a rollback with what was begun of it.
  const names =
    told.includes('EmployeeAPI') && /import|shows its revision|not put back in staging \(begun: /.test(told);
  if (after !== before && !names) return `${failure.code} does not name what it left: ${after}`;
  return 'failed';
}

/** Revisions and where they are deployed: what an import changes. */
export function stateOf({ apis }: ApiManager): string {
  return apis
    .map(
      ({ name, revisions }) =>
        `${name} ${revisions.map(({ deployments }) => deployments.map((each) => each.name).join('+') || '-').join(',')}`,
    )
    .join('; ');
}

function isLogin({ path }: Call): boolean {
  return /\/(token|register)$/.test(path);
}

function shown({ side, method, path, occurrence, byApictl }: Call): string {
  const nth = occurrence === 0 ? '' : ` (${occurrence + 1})`;
  return `${side} ${method} ${path.replace(/[0-9a-f-]{36}/, 'ID')}${nth}${byApictl ? ' of apictl' : ''}`;
}

/** Ids differ from run to run. */
function escaped(path: string): string {
  return path.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, '[0-9a-f-]{36}');
}

/** Ports whose pauses between two attempts are short. */
function hasty(ports: TestPorts): TestPorts {
  const sleep = (ms: number, cancelled?: AbortSignal) => ports.clock.sleep(Math.min(ms, 50), cancelled);
  return { ...ports, clock: { ...ports.clock, sleep } };
}

/** Ports whose apictl is the stand-in without a process of its own: what goes over the wire is the same. */
export function apictlInside(ports: TestPorts, program: string): TestPorts {
  const run = async (request: ExecRequest): Promise<ExecResult> => {
    if (request.command !== program) return ports.exec.run(request);
    const printed = { stdout: '', stderr: '' };
    const { HOME = '', TMPDIR = '' } = request.env ?? {};
    const exitCode = await runApictl(request.args, {
      terminal: { out: (text) => (printed.stdout += text), err: (text) => (printed.stderr += text) },
      variables: request.env ?? {},
      homeFolder: HOME,
      workingFolder: request.cwd ?? '',
      temporaryFolder: TMPDIR,
      stdin: () => String(request.stdin ?? ''),
    });
    return { exitCode, signal: null, ...printed, truncated: false, durationMs: 0 };
  };
  return { ...ports, exec: { ...ports.exec, run } };
}
