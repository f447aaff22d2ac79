/** Asks the questions of the input `health`, each until the answer is good or patience ends. */
import { apimVersion } from '../../apim/server-health.ts';
import { codes } from '../../base/codes.ts';
import { CancelledError, DeliveryError, messageOf } from '../../base/errors.ts';
import type { Ports } from '../../base/ports.ts';
import { count } from '../../base/text.ts';
import type { Cluster } from '../../kubernetes/cluster.ts';
import { forwardPort } from '../../kubernetes/port-forward.ts';
import { isForbidden } from '../../kubernetes/rollout/existence.ts';
import type { Health } from '../../kubernetes/rollout/result.ts';
import type { HealthQuestion } from './health-question.ts';
import { pinnedGet, WrongCertificate } from './pinned-get.ts';

/** A server whose pod is available without a readiness probe may need a moment until it answers. */
const patienceMs = 20_000;
/** Between two questions while the answer is not good, and while good ones are counted. */
const againMs = 2000;
const inARowMs = 1000;
const answerWithinMs = 10_000;
const mostBytes = 1024 * 1024;

export const nothing: Health = { checked: [], unchecked: [], problems: [] };

export function join(one: Health, other: Health): Health {
  return {
    checked: [...one.checked, ...other.checked],
    unchecked: [...one.unchecked, ...other.unchecked],
    problems: [...one.problems, ...other.problems],
  };
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Asks once; a pod, or the URL's own host. @throws Error when nobody answers */
export type Ask = (question: HealthQuestion, pod: string | undefined) => Promise<Answer>;

/** The ways there: the API server's pod proxy, a forwarded port where the certificate is pinned, or straight. */
export function asker(
  cluster: Cluster,
  ports: Ports,
  { namespace, healthCa }: { readonly namespace: string; readonly healthCa: string | undefined },
): Ask {
  const limits = { timeoutMs: answerWithinMs, maxBytes: mostBytes, cancelled: ports.cancelled };
  return async ({ scheme, host, port, path, pin }, pod) => {
    if (host === undefined && pod !== undefined && pin === undefined) {
      const request = { namespace, scheme, port, path, timeoutMs: answerWithinMs };
      const { status, body } = await cluster.client.podGet(pod, request);
      return { status, body: body.toString('utf8') };
    }
    if (pin !== undefined) {
      if (host !== undefined) return pinnedGet(new URL(`https://${host}:${port}${path}`), { host, port }, pin, limits);
      const forwarded = await forwardPort(ports, { ...cluster.kubectl, namespace }, pod ?? '', port);
      try {
        return await pinnedGet(new URL(`https://localhost:${port}${path}`), forwarded, pin, limits);
      } finally {
        await forwarded.stop();
      }
    }
    const answer = await ports.http.request({
      method: 'GET',
      url: `${scheme}://${host ?? ''}:${port}${path}`,
      attempts: 1,
      redirect: 'manual',
      timeoutMs: answerWithinMs,
      maxBytes: mostBytes,
      ...(healthCa === undefined ? {} : { ca: healthCa }),
    });
    return { status: answer.status, body: answer.text() };
  };
}

/** What came of one question at one place. */
interface Heard {
  readonly where: string;
  readonly good: boolean;
  /** Why nobody could ask: a right is missing. That says nothing about the server. */
  readonly unasked?: string;
  /** Asking again does not mend it. */
  readonly final?: boolean;
  /** "answers 500". */
  readonly says: string;
  readonly body: string;
  readonly version?: string | undefined;
}

/** Asks all pods, or the URL's own host once, and puts the answers together. */
export async function askEverywhere(
  ask: Ask,
  ports: Pick<Ports, 'clock' | 'cancelled'>,
  pods: readonly string[],
  question: HealthQuestion,
): Promise<Health> {
  const { host, text, times } = question;
  const places = host === undefined ? pods : [undefined];
  const heard = await Promise.all(places.map((pod) => askPatiently(ask, ports, pod, question)));
  const unasked = heard.find((one) => one.unasked !== undefined);
  if (unasked !== undefined) return { ...nothing, unchecked: [`GET ${text} could not be asked: ${unasked.unasked}`] };
  const problems = heard
    .filter(({ good }) => !good)
    .map(({ where, says, body }) => ({
      cause: 'not-healthy',
      message: `${where}: GET ${text} ${says}.`,
      remedy: 'Look at the log of the server, and at whether the URL is the right question.',
      evidence: body.slice(0, 2000),
    }));
  if (problems.length > 0) return { ...nothing, problems };
  const where = host === undefined ? ` on all ${count(pods.length, 'pod')}` : '';
  const often = times === 1 ? '' : `, ${times} times in a row`;
  const checked = [`GET ${text}: healthy${where}${often}.`];
  return question.version ? join({ ...nothing, checked }, oneVersion(heard)) : { ...nothing, checked };
}

function oneVersion(heard: readonly Heard[]): Health {
  const by = new Map<string, string[]>();
  for (const { where, version = '' } of heard) by.set(version, [...(by.get(version) ?? []), where]);
  const [only] = by.keys();
  if (by.size === 1) return { ...nothing, checked: [`WSO2 API Manager ${only ?? ''} on all of them.`] };
  if (only === undefined) return nothing;
  const list = [...by].map(([version, pods]) => `${version} on ${pods.join(', ')}`).join('; ');
  const problem = {
    cause: 'versions-differ',
    message: `The nodes are of different versions: ${list}.`,
    remedy: 'Deploy one image, by its digest, to all of them.',
    evidence: list,
  };
  return { ...nothing, problems: [problem] };
}

async function askPatiently(
  ask: Ask,
  { clock, cancelled }: Pick<Ports, 'clock' | 'cancelled'>,
  pod: string | undefined,
  question: HealthQuestion,
): Promise<Heard> {
  const until = clock.now() + patienceMs + (question.times - 1) * inARowMs;
  for (let inARow = 0; ;) {
    const heard = await askOnce(ask, pod, question);
    inARow = heard.good ? inARow + 1 : 0;
    if (heard.unasked !== undefined || heard.final === true || inARow >= question.times) return heard;
    // Who has begun to answer well may finish: at most as many questions as are wanted follow.
    if (!heard.good && clock.now() >= until) return heard;
    await clock.sleep(heard.good ? inARowMs : againMs, cancelled);
  }
}

async function askOnce(ask: Ask, pod: string | undefined, question: HealthQuestion): Promise<Heard> {
  const where = pod ?? question.host ?? '';
  try {
    const { status, body } = await ask(question, pod);
    return { where, body, ...judged(question, status, body) };
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    if (isForbidden(error)) {
      const unasked = `${error.message}. ${error.remedy}`;
      return { where, good: false, unasked, says: 'was not asked', body: '' };
    }
    const why = error instanceof DeliveryError ? error.message : messageOf(error);
    const untrusted = error instanceof DeliveryError && error.code === codes.SERVICE_TLS.code;
    const final = untrusted || error instanceof WrongCertificate;
    return { where, good: false, final, says: `is not answered (${why.replace(/\.$/, '')})`, body: why };
  }
}

function judged(
  { statuses, body: wanted, version }: HealthQuestion,
  status: number,
  body: string,
): Pick<Heard, 'good' | 'says' | 'version'> {
  const says = `answers ${status}`;
  if (!statuses.some(([from, to]) => status >= from && status <= to)) return { good: false, says };
  const holds = wanted === undefined || (typeof wanted === 'string' ? body.includes(wanted) : wanted.test(body));
  if (!holds) {
    const missing = typeof wanted === 'string' ? `"${wanted}"` : String(wanted);
    return { good: false, says: `${says} without ${missing} in the body` };
  }
  if (!version) return { good: true, says };
  const found = apimVersion(body);
  return found === undefined
    ? { good: false, says: `${says}, but names no version of API Manager` }
    : { good: true, says, version: found };
}
