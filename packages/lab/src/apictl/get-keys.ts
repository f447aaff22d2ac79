import type { Arguments } from './arguments.ts';
import { orFail, idOfApi, publisherUrl } from './publisher-search.ts';
import { fail, Reason } from './outcome.ts';
import { accessToken, environmentOf, registerForKeys, type Context } from './session.ts';

/**
 * `get keys`: a client of its own, a token, the API's details. What follows when these are found (an application named
 * default-apictl-app, a subscription, a token) was not recorded and is not imitated.
 */
export async function getKeys(context: Context, args: Arguments): Promise<void> {
  const environment = args.text('environment');
  environmentOf(context, environment);
  await orFail(context, 'Internal error occurred', async () => {
    await registerForKeys(context, environment);
    const token = await accessToken(context, environment);
    const id = await idOfApi(context, environment, token, args.text('name'), args.text('version'));
    const headers = { Authorization: `Bearer ${token}` };
    let status = '';
    for (const collection of ['apis', 'api-products', 'mcp-servers']) {
      const url = `${publisherUrl(context, environment)}/${collection}/${id}`;
      const response = await context.client.send({ method: 'GET', url, headers });
      if (response.code === 200) fail(context.terminal, 'the stand-in does not imitate what follows of get keys');
      status = response.status;
    }
    const what = 'API, API Product, or MCP Server details';
    throw new Reason(`Request didn't respond 200 OK for retrieving ${what}. Status: ${status}`);
  });
}
