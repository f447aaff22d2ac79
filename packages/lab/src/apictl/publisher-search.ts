import { queryEscape } from './go-client.ts';
import { fail, Reason } from './outcome.ts';
import { environmentOf, type Context } from './session.ts';

/** Where the publisher of an environment is. */
export function publisherUrl(context: Context, environment: string): string {
  const { publisher, apim } = environmentOf(context, environment);
  return `${(publisher === '' ? apim : publisher).replace(/\/$/, '')}/api/am/publisher/v4`;
}

/** Where the devportal of an environment is. */
export function devportalUrl(context: Context, environment: string): string {
  const { devportal, apim } = environmentOf(context, environment);
  return `${(devportal === '' ? apim : devportal).replace(/\/$/, '')}/api/am/devportal/v3`;
}

/** Where applications are listed and removed: the admin API of an `--apim`, and the devportal's when it has its own URL. */
export function applicationsUrl(context: Context, environment: string): string {
  const { devportal, apim } = environmentOf(context, environment);
  if (devportal !== '') return `${devportalUrl(context, environment)}/applications`;
  return `${apim.replace(/\/$/, '')}/api/am/admin/v4/applications`;
}

/** The id of the FIRST hit of a search, as the real one takes it. @throws Reason */
export async function idOfApi(
  context: Context,
  environment: string,
  token: string,
  name: string,
  version: string,
): Promise<string> {
  const missing = `Requested API is not available in the Publisher. API: ${name} Version: ${version}`;
  return firstHit(context, environment, token, `name:"${name}" version:"${version}"`, missing);
}

/** Likewise of an API product. @throws Reason */
export async function idOfProduct(
  context: Context,
  environment: string,
  token: string,
  name: string,
  version: string,
): Promise<string> {
  const missing = `Requested API Product is not available in the Publisher. API Product: ${name} Version: ${version}`;
  return firstHit(context, environment, token, `type:"APIProduct" name:"${name}" version:"${version}"`, missing);
}

async function firstHit(
  context: Context,
  environment: string,
  token: string,
  query: string,
  missing: string,
): Promise<string> {
  const response = await context.client.send({
    method: 'GET',
    url: `${publisherUrl(context, environment)}/search?query=${queryEscape(query)}`,
    headers: { Authorization: `Bearer ${token}` },
  });
  if (response.code !== 200) {
    throw new Reason(`Request didn't respond 200 OK for searching APIs. Status: ${response.status}`);
  }
  const { list } = JSON.parse(response.body.toString('utf8')) as { list: { id: string }[] };
  const [first] = list;
  if (first === undefined) throw new Reason(missing);
  return first.id;
}

/** The id of the first application of a name and owner. @throws Reason */
export async function idOfApplication(
  context: Context,
  environment: string,
  token: string,
  name: string,
  owner: string,
): Promise<string> {
  const response = await context.client.send({
    method: 'GET',
    url: `${applicationsUrl(context, environment)}?user=${queryEscape(owner)}&name=${queryEscape(name)}`,
    headers: { Authorization: `Bearer ${token}` },
  });
  if (response.code !== 200) {
    throw new Reason(`Request didn't respond 200 OK for searching existing applications. Status: ${response.status}`);
  }
  const { list } = JSON.parse(response.body.toString('utf8')) as { list: { applicationId: string }[] };
  const [first] = list;
  if (first === undefined) throw new Reason(`Requested Application is not available in the Devportal. ${name}`);
  return first.applicationId;
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
