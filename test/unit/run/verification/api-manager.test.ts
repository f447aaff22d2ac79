import { describe, expect, test } from '@jest/globals';
import type { HttpRequest, Ports } from '@wso2-delivery/shared/base/ports';
import type { PodAccess } from '@wso2-delivery/shared/mi/health';
import { checkGateways } from '@wso2-delivery/shared/run/verification/api-manager';
import { virtualClock } from '../../kubernetes/rollout/playback.ts';

const login = { username: 'admin', password: 'geheim-123' };
const pizza = { port: 9443, api: { name: 'PizzaShackAPI', version: '1.0.0' } };
const forbidden = new Error('ci may not "create" on pods/portforward');

/** Asks gateways that answer each API with a status, a function of the time. */
async function gateways(
  answers: Readonly<Record<string, (now: number) => number | Error>>,
  given: { readonly login?: typeof login | undefined; readonly apis?: readonly (typeof pizza)[] } = { login },
) {
  const clock = virtualClock(0);
  const asked: { readonly url: string; readonly authorization: string }[] = [];
  const registered: string[] = [];
  const open = new Set<string>();
  const access: PodAccess = {
    get: () => Promise.reject(new Error('not to be asked')),
    log: () => Promise.resolve(undefined),
    isFinal: (error) => error === forbidden,
    forward: (pod) => {
      const now = answers[pod]?.(clock.now());
      if (now instanceof Error) return Promise.reject(now);
      const name = `${pod}@${clock.now()}`;
      open.add(name);
      return Promise.resolve({
        baseUrl: `https://${pod}`,
        ca: 'pem',
        close: () => Promise.resolve(void open.delete(name)),
      });
    },
  };
  const http = {
    request: ({ url, headers }: HttpRequest) => {
      asked.push({ url: String(url), authorization: headers?.authorization ?? '' });
      const status = answers[new URL(url).hostname]?.(clock.now());
      return Promise.resolve({ status, text: () => `body ${String(status)}` });
    },
  } as unknown as Ports['http'];
  const secrets = { register: (value: string) => void registered.push(value) } as unknown as Ports['secrets'];
  const ports = { http, secrets, clock, cancelled: new AbortController().signal };
  const apis = given.apis ?? [pizza];
  const options = { login: given.login, patienceMs: 20_000 };
  const health = await clock.run(checkGateways(access, ports, Object.keys(answers), apis, options));
  return { ...health, asked, registered, left: [...open], took: clock.now() };
}

describe('the APIs that gateways must hold', () => {
  test('are asked for by name and version, as the administrator, whose login is masked', async () => {
    const { checked, asked, registered, left, took } = await gateways({ a: () => 200, b: () => 200 });
    expect(checked).toEqual(['PizzaShackAPI 1.0.0 deployed on all 2 gateways.']);
    expect(asked[0]?.url).toBe(
      'https://a/api/am/gateway/v2/api-artifact?apiName=PizzaShackAPI&version=1.0.0&tenantDomain=carbon.super',
    );
    expect(registered).toEqual([Buffer.from('admin:geheim-123').toString('base64')]);
    expect([left, took]).toEqual([[], 0]);
  });

  test('may be loaded a moment after the gateway listens', async () => {
    const { checked, problems } = await gateways({ a: (now) => (now < 5000 ? 404 : 200) });
    expect([checked.length, problems]).toEqual([1, []]);
  });

  test('that one gateway does not hold are told with the gateway, after patience', async () => {
    const { checked, problems, took, left } = await gateways({ a: () => 200, b: () => 404 });
    expect(checked).toEqual([]);
    expect(problems).toMatchObject([
      { cause: 'apis-missing', message: 'b: the gateway does not hold PizzaShackAPI 1.0.0 (it answers 404).' },
    ]);
    expect([took, left]).toEqual([20_000, []]);
  });

  test('are unchecked where the login is refused, at once', async () => {
    const { unchecked, problems, took } = await gateways({ a: () => 401 });
    expect([problems, took]).toEqual([[], 0]);
    expect(unchecked).toEqual([expect.stringContaining('refuses the login (401)')]);
  });

  test('are unchecked without the right to forward, at once and by its name', async () => {
    const { unchecked, took } = await gateways({ a: () => forbidden });
    expect([unchecked[0], took]).toEqual([expect.stringContaining('may not "create" on pods/portforward'), 0]);
  });

  test('are unchecked without a login, and nobody is asked', async () => {
    const { unchecked, asked } = await gateways({ a: () => 200 }, { login: undefined });
    expect([unchecked, asked]).toEqual([[expect.stringContaining('needs management-username')], []]);
  });

  test('are nothing where none is named', async () => {
    expect(await gateways({ a: () => 200 }, { login, apis: [] })).toMatchObject({ checked: [], asked: [] });
  });
});
