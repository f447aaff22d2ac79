import type { Arguments } from './arguments.ts';
import type { GoResponse } from './go-client.ts';
import { fail, Reason } from './outcome.ts';
import { applicationsUrl, idOfApi, idOfApplication, idOfProduct, orFail, publisherUrl } from './publisher-search.ts';
import { accessToken, environmentOf, type Context } from './session.ts';

/** APIs and API products: the same calls below another root, and other words. */
interface Kind {
  readonly noun: string;
  readonly root: 'apis' | 'api-products';
  readonly idParameter: 'apiId' | 'apiProductId';
  readonly find: typeof idOfApi;
}

const apis: Kind = { noun: 'API', root: 'apis', idParameter: 'apiId', find: idOfApi };
const products: Kind = {
  noun: 'API Product',
  root: 'api-products',
  idParameter: 'apiProductId',
  find: idOfProduct,
};

/** `change-status api` */
export async function changeStatus(context: Context, args: Arguments): Promise<void> {
  // The real one names the API and forgets the name of a product.
  await changeState(context, args, apis, args.text('name'));
}

/** `change-status api-product` */
export async function changeProductStatus(context: Context, args: Arguments): Promise<void> {
  await changeState(context, args, products, '');
}

/** Exit code 0 whatever the server answers. */
async function changeState(context: Context, args: Arguments, kind: Kind, shown: string): Promise<void> {
  const { noun } = kind;
  const target = await targetOf(context, args, kind, `while changing status of the ${noun}`, 'for state change ');
  if (target === undefined) return;
  const { terminal, client } = context;
  const query = `action=${encodeURIComponent(args.text('action'))}&${kind.idParameter}=${target.id}`;
  const response = await orFail(context, `Error while changing the ${noun} status`, () =>
    client.send({
      method: 'POST',
      url: `${target.root}/change-lifecycle?${query}`,
      headers: { ...target.headers, 'Content-Type': 'application/json' },
    }),
  );
  const words = response.body.toString('utf8');
  if (response.code === 200) terminal.out(`${shown} ${noun} state changed successfully!\n`);
  else if (response.code === 500) terminal.out(`${words}\n`);
  else terminal.out(`Error while changing ${noun} Status:  ${response.status} \n ${words}\n`);
}

/** `undeploy api` */
export async function undeploy(context: Context, args: Arguments): Promise<void> {
  const api = `${args.text('name')}_${args.text('version')}`;
  const done = `API ${api} successfully undeployed from the specified gateways environments`;
  await undeployRevision(context, args, apis, done);
}

/** `undeploy api-product` */
export async function undeployProduct(context: Context, args: Arguments): Promise<void> {
  const done = `API Product ${args.text('name')} successfully undeployed from the specified gateway environments`;
  await undeployRevision(context, args, products, done);
}

/** Exit code 0 whatever the server answers; 201 alone is a success. */
async function undeployRevision(context: Context, args: Arguments, kind: Kind, done: string): Promise<void> {
  const { noun } = kind;
  const target = await targetOf(context, args, kind, `to undeploy the ${noun}`, 'for undeploy');
  if (target === undefined) return;
  const { terminal, client } = context;
  const gateways = args.list('gateway-env');
  const query = `revisionNumber=${args.text('rev')}${gateways.length === 0 ? '&allEnvironments=true' : ''}`;
  const list = gateways.length === 0 ? null : gateways.map((name) => ({ name, displayOnDevportal: true }));
  const response = await orFail(context, `Error while undeploying the ${noun}`, () =>
    client.send({
      method: 'POST',
      url: `${target.root}/${target.id}/undeploy-revision?${query}`,
      headers: { ...target.headers, 'Content-Type': 'application/json' },
      body: JSON.stringify(list),
    }),
  );
  if (response.code === 201) terminal.out(`Revision ${args.text('rev')} of ${done}\n`);
  else {
    terminal.out(`Error while undeploying the ${noun}:  ${response.status} \n ${response.body.toString('utf8')}\n`);
  }
}

/** `delete api`: removes the first hit of the search, whatever it is. */
export async function deleteApi(context: Context, args: Arguments): Promise<void> {
  await deleteOf(context, args, apis);
}

/** `delete api-product` */
export async function deleteProduct(context: Context, args: Arguments): Promise<void> {
  await deleteOf(context, args, products);
}

async function deleteOf(context: Context, args: Arguments, kind: Kind): Promise<void> {
  const target = await targetOf(context, args, kind, `while deleting ${kind.noun}`, 'for deletion ');
  if (target === undefined) return;
  await remove(context, kind.noun, `${target.root}/${target.id}`, target.headers.Authorization);
}

/** `delete app` */
export async function deleteApplication(context: Context, args: Arguments): Promise<void> {
  const environment = args.text('environment');
  environmentOf(context, environment);
  const token = await tokenOrWords(context, environment, 'while deleting Application');
  if (token === undefined) return;
  const id = await orFail(context, 'Error while getting App Id for deletion ', () =>
    idOfApplication(context, environment, token, args.text('name'), args.text('owner')),
  );
  await remove(context, 'Application', `${applicationsUrl(context, environment)}/${id}`, `Bearer ${token}`);
}

async function remove(context: Context, noun: string, url: string, authorization: string): Promise<void> {
  const { terminal, client } = context;
  const doing = `Error while deleting ${noun} `;
  const response: GoResponse = await orFail(context, doing, () =>
    client.send({ method: 'DELETE', url, headers: { Authorization: authorization } }),
  );
  if (response.code !== 200) fail(terminal, doing, `${response.code}:<${response.body.toString('utf8')}>`);
  terminal.out(`${noun} deleted successfully!. Status: ${response.code}\n`);
}

async function targetOf(
  context: Context,
  args: Arguments,
  kind: Kind,
  tokenPurpose: string,
  searchPurpose: string,
): Promise<{ id: string; root: string; headers: { Accept: string; Authorization: string } } | undefined> {
  const environment = args.text('environment');
  environmentOf(context, environment);
  const token = await tokenOrWords(context, environment, tokenPurpose);
  if (token === undefined) return undefined;
  const id = await orFail(context, `Error while getting ${kind.noun} Id ${searchPurpose}`, () =>
    kind.find(context, environment, token, args.text('name'), args.text('version')),
  );
  const headers = { Accept: 'application/json', Authorization: `Bearer ${token}` };
  return { id, root: `${publisherUrl(context, environment)}/${kind.root}`, headers };
}

/** A token; without one the reason on stdout, and exit code 0. */
async function tokenOrWords(context: Context, environment: string, purpose: string): Promise<string | undefined> {
  try {
    return await accessToken(context, environment);
  } catch (error) {
    if (!(error instanceof Reason)) throw error;
    context.terminal.out(`Error getting OAuth tokens ${purpose}:${error.message}\n`);
    return undefined;
  }
}
