/** What is sent to change a life cycle and to delete is what apictl 4.7.0 was recorded to send. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ApimClient } from '@wso2-delivery/shared/apim/apim-client';
import { Devportal } from '@wso2-delivery/shared/apim/devportal';
import { readEnvironments } from '@wso2-delivery/shared/apim/environments';
import { Publisher } from '@wso2-delivery/shared/apim/publisher';
import { testPorts, type TestPorts } from '../support/ports.ts';
import { ReplayServer } from './apictl-replay-server.ts';
import { loadTranscripts } from './apictl-transcripts.ts';

const transcripts = loadTranscripts(join(import.meta.dirname, '../fixtures/apictl/4.7.0'));
const apiId = '5f0c6bd0-1111-4222-8333-944444444444';
const productId = '9f0c6bd0-1111-4222-8333-944444444444';
const applicationId = 'b1111111-1111-4222-8333-944444444444';
const api = (id: string) => ({ id, name: 'n', version: '1', context: '', provider: '', lifeCycleStatus: '' });

let server: ReplayServer;
let ports: TestPorts;
beforeAll(async () => {
  server = await ReplayServer.start();
  ports = testPorts();
});
afterAll(async () => {
  ports.dispose();
  await server.close();
});

test.each<[name: string, call: (client: ApimClient) => Promise<unknown>]>([
  ['change-status-ok', (client) => new Publisher(client).changeLifecycle(apiId, 'Publish')],
  ['delete-ok', (client) => new Publisher(client).deleteApi(api(apiId))],
  ['delete-product-ok', (client) => new Publisher(client, 'api-products').deleteApi(api(productId))],
  ['delete-app-ok', (client) => new Devportal(client).remove({ id: applicationId, name: 'PizzaApp', owner: 'admin' })],
])('%s', async (name, call) => {
  const transcript = transcripts.find((each) => each.case === name)!;
  const last = transcript.http.at(-1)!;
  server.play({ ...transcript, http: [last] });
  const environments = readEnvironments({ environments: [{ name: 'dev', apim: `https://${server.host}` }] });
  const options = { ca: server.certificate, requestTimeoutMs: 1000 };
  await call(new ApimClient(environments[0]!, { kind: 'token', token: 't' }, ports, options)).catch(() => undefined);
  const sent = (server.seen as { method: string; path: string; query: string }[]).map(({ method, path, query }) => ({
    method,
    path,
    query: [...new URLSearchParams(query)].sort(),
  }));
  const query = [...new URLSearchParams(last.query ?? '')].sort();
  expect(sent).toEqual([{ method: last.method, path: last.path, query }]);
});
