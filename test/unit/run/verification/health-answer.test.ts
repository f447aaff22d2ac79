import { describe, expect, test } from '@jest/globals';
import { codes as kubernetesCodes } from '@wso2-delivery/shared/kubernetes/codes';
import { CancelledError, ServiceError } from '@wso2-delivery/shared/base/errors';
import { codes } from '@wso2-delivery/shared/base/codes';
import type { Pod } from '@wso2-delivery/shared/kubernetes/rollout/objects';
import { imagesOf } from '@wso2-delivery/shared/run/verification/api-manager';
import { askEverywhere, type Ask } from '@wso2-delivery/shared/run/verification/health-answer';
import { readHealth } from '@wso2-delivery/shared/run/verification/health-question';
import { virtualClock } from '../../kubernetes/rollout/playback.ts';

interface Said {
  readonly status: number;
  readonly body?: string;
}

/** Asks with a clock of its own; each place gives its answers in turn, the last one for ever. */
async function asked(line: string, answers: Readonly<Record<string, readonly (Said | Error)[]>>) {
  const clock = virtualClock(0);
  const calls: Record<string, number> = {};
  const ask: Ask = ({ host }, pod) => {
    const place = pod ?? host ?? '';
    const turn = (calls[place] = (calls[place] ?? 0) + 1);
    const answer = answers[place]?.[Math.min(turn, answers[place].length) - 1];
    if (answer === undefined || answer instanceof Error) return Promise.reject(answer ?? new Error('nobody'));
    return Promise.resolve({ body: '', ...answer });
  };
  const pods = Object.keys(answers).filter((place) => place.startsWith('gw'));
  const questions = readHealth([line], []).questions;
  const question = questions.at(-1);
  if (question === undefined) throw new Error('no question');
  const ports = { clock, cancelled: new AbortController().signal };
  const health = await clock.run(askEverywhere(ask, ports, pods, question));
  return { ...health, calls, took: clock.now() };
}

const up = { status: 200, body: 'UP' };
const plain = 'http://pod:8290/h';
const forbidden = new ServiceError(kubernetesCodes.KUBERNETES_FORBIDDEN, 'ci may not "get" on pods/proxy', {
  method: 'GET',
  url: 'x',
});

describe('a question to every pod', () => {
  test('that all answer well is checked at once', async () => {
    const { checked, problems, took } = await asked(plain, { 'gw-1': [up], 'gw-2': [{ status: 204 }] });
    expect([checked, problems, took]).toEqual([['GET http://pod:8290/h: healthy on all 2 pods.'], [], 0]);
  });

  test('that one answers late is waited for', async () => {
    const { checked, took } = await asked(plain, { 'gw-1': [new Error('refused'), { status: 503 }, up], 'gw-2': [up] });
    expect([checked.length, took]).toEqual([1, 4000]);
  });

  test('names every pod that does not answer well, with what it said', async () => {
    const { problems, checked, took } = await asked(plain, {
      'gw-1': [{ status: 500, body: 'no database' }],
      'gw-2': [up],
      'gw-3': [new Error('connection refused.')],
    });
    expect(checked).toEqual([]);
    expect(problems.map(({ message }) => message)).toEqual([
      'gw-1: GET http://pod:8290/h answers 500.',
      'gw-3: GET http://pod:8290/h is not answered (connection refused).',
    ]);
    expect(problems[0]?.evidence).toBe('no database');
    expect(took).toBeGreaterThanOrEqual(20_000);
    expect(took).toBeLessThan(25_000);
  });

  test('that may not be asked says so at once, and is no verdict', async () => {
    const { unchecked, problems, took } = await asked(plain, { 'gw-1': [forbidden] });
    expect([problems, took]).toEqual([[], 0]);
    expect(unchecked).toEqual([expect.stringContaining('could not be asked: ci may not "get" on pods/proxy')]);
  });

  test('ends with the run', async () => {
    const cancelled = new CancelledError(codes.CANCELLED, 'cancelled');
    await expect(asked(plain, { 'gw-1': [cancelled] })).rejects.toBe(cancelled);
  });

  test.each<[string, Said, string | undefined]>([
    ['status=401', { status: 401 }, undefined],
    ['status=401', up, 'answers 200'],
    ['status=200-299,302', { status: 302 }, undefined],
    ['body=UP', up, undefined],
    ['body=UP', { status: 200, body: 'DOWN' }, 'answers 200 without "UP" in the body'],
    ['body=/^U/', up, undefined],
    ['body=/^P/', up, 'answers 200 without /^P/ in the body'],
  ])('with %s and the answer %j', async (option, answer, says) => {
    const { problems } = await asked(`${plain} ${option}`, { 'gw-1': [answer] });
    expect(problems.map(({ message }) => message)).toEqual(says === undefined ? [] : [`gw-1: GET ${plain} ${says}.`]);
  });

  test('that must be answered well three times in a row counts anew after a bad answer', async () => {
    const { checked, calls } = await asked(`${plain} times=3`, { 'gw-1': [up, up, { status: 503 }, up, up, up] });
    expect(checked).toEqual(['GET http://pod:8290/h: healthy on all 1 pod, 3 times in a row.']);
    expect(calls['gw-1']).toBe(6);
  });

  test('that flaps for ever is unhealthy in the end', async () => {
    const flapping = Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? up : { status: 503 }));
    const { problems, took } = await asked(`${plain} times=2`, { 'gw-1': flapping });
    expect(problems).toHaveLength(1);
    expect(took).toBeLessThan(30_000);
  });
});

test('a URL of its own is asked once, however many pods there are', async () => {
  const { checked, calls } = await asked('https://shop.example.com/h', { 'gw-1': [], 'shop.example.com': [up] });
  expect(checked).toEqual(['GET https://shop.example.com:443/h: healthy.']);
  expect(calls).toEqual({ 'shop.example.com': 1 });
});

describe('the version of an API Manager', () => {
  const answer = (version: string): Said => ({ status: 200, body: `<return>WSO2 API Manager-${version}</return>` });

  test('that all nodes have is told', async () => {
    const { checked } = await asked('apim-control-plane', {
      'gw-1': [answer('4.3.0.12')],
      'gw-2': [answer('4.3.0.12')],
    });
    expect(checked.at(-1)).toBe('WSO2 API Manager 4.3.0.12 on all of them.');
  });

  test.each([
    ['4.2.0', '4.3.0'],
    ['4.3.0.12', '4.3.0.13'],
  ])('%s beside %s is a problem that names the nodes', async (one, other) => {
    const { problems } = await asked('apim', { 'gw-1': [answer(one)], 'gw-2': [answer(other)], 'gw-3': [answer(one)] });
    expect(problems).toMatchObject([
      {
        cause: 'versions-differ',
        message: `The nodes are of different versions: ${one} on gw-1, gw-3; ${other} on gw-2.`,
      },
    ]);
  });

  test('that an answer does not name is no version', async () => {
    const { problems } = await asked('apim', { 'gw-1': [{ status: 200, body: 'welcome' }] });
    expect(problems[0]?.message).toContain('but names no version of API Manager');
  });
});

describe('the builds of the nodes', () => {
  const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
  const pod = (name: string, ...images: readonly string[]): Pod => ({
    metadata: { name, uid: name },
    spec: { containers: [] },
    status: { containerStatuses: images.map((imageID, index) => ({ name: `c${index}`, imageID })) },
  });

  test.each<[string, readonly Pod[], readonly string[], readonly string[]]>([
    [
      'the same, by another name of the repository',
      [pod('a', `r/apim@${digest('1')}`), pod('b', `mirror/apim@${digest('1')}`)],
      ['One build, update level included, on all 2 pods.'],
      [],
    ],
    [
      'different after a tag was pushed again',
      [pod('a', `r/apim@${digest('1')}`), pod('b', `r/apim@${digest('2')}`)],
      [],
      ['The nodes run different builds of container c0: sha256:111111111111 on a; sha256:222222222222 on b.'],
    ],
    [
      'different in a second container alone',
      [pod('a', digest('1'), digest('3')), pod('b', digest('1'), digest('4'))],
      [],
      ['The nodes run different builds of container c1: sha256:333333333333 on a; sha256:444444444444 on b.'],
    ],
    ['unknown without the right to read pods', [], [], []],
    ...(
      [
        ['docker.wso2.com/wso2am:4.2.0.10', ' (10, as its tag 4.2.0.10 says)'],
        ['docker.wso2.com/wso2am:4.2.0.10-alpine', ' (10, as its tag 4.2.0.10 says)'],
        ['docker.wso2.com/wso2am:4.2.0', ''],
        ['registry.example.com/acme/wso2am:4.2.0.10', ''],
      ] as const
    ).map(([image, known]): [string, readonly Pod[], readonly string[], readonly string[]] => [
      `of image ${image}`,
      [{ ...pod('a', digest('1')), spec: { containers: [{ name: 'c0', image }] } }],
      [`One build, update level included${known}, on its one pod.`],
      [],
    ]),
  ])('%s', (_, pods, checked, problems) => {
    const health = imagesOf(pods);
    expect([health.checked, health.problems.map(({ message }) => message)]).toEqual([checked, problems]);
  });
});
