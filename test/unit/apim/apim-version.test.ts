import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startApiManager, type ApiManager } from '@wso2-delivery/lab/apim/api-manager';
import { misfit, serverVersion } from '@wso2-delivery/shared/apim/apim-version';
import type { ApictlVersion } from '@wso2-delivery/shared/apim/apictl-release';
import { readEnvironments } from '@wso2-delivery/shared/apim/environments';
import { testPorts, type TestPorts } from '../../support/ports.ts';

let manager: ApiManager;
let ports: TestPorts;
beforeEach(async () => {
  manager = await startApiManager({ name: 'dev' });
  ports = testPorts();
});
afterEach(async () => {
  await manager.close();
  ports.dispose();
});

const told = () => {
  const [environment] = readEnvironments({ environments: [{ name: 'dev', apim: manager.url }] });
  return serverVersion(environment!, ports, { ca: manager.ca, timeoutMs: 300 });
};

test('a server tells its version', async () => {
  expect(await told()).toEqual([4, 7, 0]);
});

test.each([
  ['a page that is closed', { status: 403 }],
  ['a login page', { status: 200, body: '<html>Sign in</html>' }],
  ['a redirect', { status: 302, headers: { location: '/login' } }],
  ['a broken connection', 'reset' as const],
  ['no answer', 'hang' as const],
])('%s is no failure: the version is not known', async (_, does) => {
  manager.fault({ path: /\/services\/Version/, does });
  expect(await told()).toBeUndefined();
});

test.each<[ApictlVersion, ApictlVersion | undefined, string | undefined]>([
  [[4, 7, 0], [4, 7, 2], undefined],
  [[4, 7, 0], undefined, undefined],
  [[4, 3, 1], [4, 5, 0], 'use the latest apictl 4.5.x'],
  [[4, 7, 0], [4, 2, 0], 'apictl 4.7.0 was made for API Manager 4.7, and dev is 4.2.0'],
])('apictl %j with API Manager %j', (apictl, server, says) => {
  const reason = misfit(apictl, server, 'dev');
  if (says === undefined) expect(reason).toBeUndefined();
  else expect(reason).toContain(says);
});
