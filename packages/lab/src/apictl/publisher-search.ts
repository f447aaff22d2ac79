import { queryEscape } from './go-client.ts';
import { fail, Reason } from './outcome.ts';
import { environmentOf, type Context } from './session.ts';

/** Where the publisher of an environment is. */
export function publisherUrl(context: Context, environment: string): string {
  const { publisher, apim } = environmentOf(context, environment);
  return `${(publisher === '' ? apim : publisher).replace(/\/$/, '')}/api/am/publisher/v4`;
}

/** The id of the FIRST hit of a search, as the real one takes it. @throws Reason */
export async function idOfApi(
  context: Context,
  environment: string,
  token: string,
  name: string,
  version: string,
): Promise<string> {
  const query = queryEscape(`name:"${name}" version:"${version}"`);
  const response = await context.client.send({
    method: 'GET',
    url: `${publisherUrl(context, environment)}/search?query=${query}`,
    headers: { Authorization: `Bearer ${token}` },
  });
  if (response.code !== 200) {
    throw new Reason(`Request didn't respond 200 OK for searching APIs. Status: ${response.status}`);
  }
  const { list } = JSON.parse(response.body.toString('utf8')) as { list: { id: string }[] };
  const [first] = list;
  if (first === undefined) {
    throw new Reason(`Requested API is not available in the Publisher. API: ${name} Version: ${version}`);
  }
  return first.id;
}

/** Runs a step whose Reason ends the command with that message. */
export async function orFail<T>(context: Context, message: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof Reason) fail(context.terminal, message, error.message);
    throw error;
  }
}
