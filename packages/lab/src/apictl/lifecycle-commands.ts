import type { Arguments } from './arguments.ts';
import { Reason } from './outcome.ts';
import { idOfApi, orFail, publisherUrl } from './publisher-search.ts';
import { accessToken, environmentOf, type Context } from './session.ts';

/** `change-status api`: exit code 0 whatever the server answers. */
export async function changeStatus(context: Context, args: Arguments): Promise<void> {
  const target = await targetOf(context, args, 'while changing status of the API', 'for state change ');
  if (target === undefined) return;
  const { terminal, client } = context;
  const response = await orFail(context, 'Error while changing the API status', () =>
    client.send({
      method: 'POST',
      url: `${target.publisher}/apis/change-lifecycle?action=${encodeURIComponent(args.text('action'))}&apiId=${target.id}`,
      headers: { ...target.headers, 'Content-Type': 'application/json' },
    }),
  );
  const words = response.body.toString('utf8');
  if (response.code === 200) terminal.out(`${args.text('name')} API state changed successfully!\n`);
  else if (response.code === 500) terminal.out(`${words}\n`);
  else terminal.out(`Error while changing API Status:  ${response.status} \n ${words}\n`);
}

/** `undeploy api`: exit code 0 whatever the server answers; 201 alone is a success. */
export async function undeploy(context: Context, args: Arguments): Promise<void> {
  const target = await targetOf(context, args, 'to undeploy the API', 'for undeploy');
  if (target === undefined) return;
  const { terminal, client } = context;
  const gateways = args.list('gateway-env');
  const query = `revisionNumber=${args.text('rev')}${gateways.length === 0 ? '&allEnvironments=true' : ''}`;
  const list = gateways.length === 0 ? null : gateways.map((name) => ({ name, displayOnDevportal: true }));
  const response = await orFail(context, 'Error while undeploying the API', () =>
    client.send({
      method: 'POST',
      url: `${target.publisher}/apis/${target.id}/undeploy-revision?${query}`,
      headers: { ...target.headers, 'Content-Type': 'application/json' },
      body: JSON.stringify(list),
    }),
  );
  const words = response.body.toString('utf8');
  if (response.code === 201) {
    const api = `${args.text('name')}_${args.text('version')}`;
    const gatewaysText = 'successfully undeployed from the specified gateways environments';
    terminal.out(`Revision ${args.text('rev')} of API ${api} ${gatewaysText}\n`);
  } else {
    terminal.out(`Error while undeploying the API:  ${response.status} \n ${words}\n`);
  }
}

async function targetOf(
  context: Context,
  args: Arguments,
  tokenPurpose: string,
  searchPurpose: string,
): Promise<{ id: string; publisher: string; headers: Record<string, string> } | undefined> {
  const environment = args.text('environment');
  environmentOf(context, environment);
  let token: string;
  try {
    token = await accessToken(context, environment);
  } catch (error) {
    if (!(error instanceof Reason)) throw error;
    context.terminal.out(`Error getting OAuth tokens ${tokenPurpose}:${error.message}\n`);
    return undefined;
  }
  const id = await orFail(context, `Error while getting API Id ${searchPurpose}`, () =>
    idOfApi(context, environment, token, args.text('name'), args.text('version')),
  );
  const headers = { Accept: 'application/json', Authorization: `Bearer ${token}` };
  return { id, publisher: publisherUrl(context, environment), headers };
}
