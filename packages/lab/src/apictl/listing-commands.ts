import type { Arguments } from './arguments.ts';
import { queryEscape } from './go-client.ts';
import { fail } from './outcome.ts';
import { applicationsUrl, idOfApi, orFail, publisherUrl } from './publisher-search.ts';
import { accessToken, environmentOf, goJsonProblem, type Context } from './session.ts';
import { formatRows } from './table.ts';

interface ListedApi {
  id: string;
  name: string;
  context: string;
  version: string;
  provider: string;
  lifeCycleStatus: string;
}

interface ListedRevision {
  id: string;
  displayName: string;
  description: string;
  deploymentInfo: { name: string }[] | null;
}

/** `get apis` */
export async function listApis(context: Context, args: Arguments): Promise<void> {
  const environment = args.text('environment');
  environmentOf(context, environment);
  const token = await orFail(context, "Error calling 'apis'", () => accessToken(context, environment));
  const base = `${publisherUrl(context, environment)}/apis`;
  const query = args.has('query') ? `&${reencoded(`query=${args.list('query').join(' ')}`)}` : '';
  const list = await fetchList<ListedApi>(
    context,
    { url: `${base}?limit=${args.text('limit')}${query}`, base, token },
    'Error getting the list of APIs.',
  );
  const rows = list.map((api) => ({
    Id: api.id,
    Name: api.name,
    Context: api.context,
    Version: api.version,
    LifeCycleStatus: api.lifeCycleStatus,
    Provider: api.provider,
  }));
  const format = args.text('format');
  const columns =
    format === 'jsonArray'
      ? (['Id', 'Name', 'Context', 'Version', 'LifeCycleStatus', 'Provider'] as const).map((key) => [key, key] as const)
      : ([
          ['ID', 'Id'],
          ['NAME', 'Name'],
          ['VERSION', 'Version'],
          ['CONTEXT', 'Context'],
          ['STATUS', 'LifeCycleStatus'],
          ['PROVIDER', 'Provider'],
        ] as const);
  context.terminal.out(formatRows(format, columns, rows) ?? '');
}

/** `get api-products` */
export async function listProducts(context: Context, args: Arguments): Promise<void> {
  const environment = args.text('environment');
  environmentOf(context, environment);
  const token = await orFail(context, "Error calling 'api-products'", () => accessToken(context, environment));
  const base = `${publisherUrl(context, environment)}/search`;
  const query = ['type:"APIProduct"', ...args.list('query')].join(' ');
  const url = `${base}?limit=${args.text('limit')}&query=${queryEscape(query)}`;
  const list = await fetchList<ListedApi & { status: string }>(
    context,
    { url, base, token },
    'Error getting the list of API Products.',
  );
  const rows = list.map(({ id, name, context: path, version, status, provider }) => ({
    Id: id,
    Name: name,
    Context: path,
    Version: version,
    LifeCycleStatus: status,
    Provider: provider,
  }));
  const columns = [
    ['ID', 'Id'],
    ['NAME', 'Name'],
    ['CONTEXT', 'Context'],
    ['VERSION', 'Version'],
    ['STATUS', 'LifeCycleStatus'],
    ['PROVIDER', 'Provider'],
  ] as const;
  context.terminal.out(formatRows(args.text('format'), columns, rows) ?? '');
}

/** `get apps` */
export async function listApplications(context: Context, args: Arguments): Promise<void> {
  const environment = args.text('environment');
  environmentOf(context, environment);
  const token = await orFail(context, "Error calling 'apps'", () => accessToken(context, environment));
  const base = applicationsUrl(context, environment);
  const owner = args.has('owner') ? `user=${queryEscape(args.text('owner'))}&` : '';
  const response = await orFail(context, `Unable to connect to ${base}`, () =>
    context.client.send({
      method: 'GET',
      url: `${base}?${owner}limit=${args.text('limit')}`,
      headers: { Authorization: `Bearer ${token}` },
    }),
  );
  if (response.code !== 200) fail(context.terminal, 'Error getting the list of Applications.', response.status);
  const { list } = JSON.parse(response.body.toString('utf8')) as { list: Record<string, string>[] };
  const rows = list.map((each) => ({
    Id: each.applicationId,
    Name: each.name,
    Owner: each.owner,
    Status: each.status,
    GroupId: each.groupId,
  }));
  const columns = [
    ['ID', 'Id'],
    ['NAME', 'Name'],
    ['OWNER', 'Owner'],
    ['STATUS', 'Status'],
    ['GROUP ID', 'GroupId'],
  ] as const;
  context.terminal.out(formatRows(args.text('format'), columns, rows) ?? '');
}

/** `get api-revisions` */
export async function listRevisions(context: Context, args: Arguments): Promise<void> {
  const environment = args.text('environment');
  environmentOf(context, environment);
  const token = await orFail(context, "Error calling 'revisions'", () => accessToken(context, environment));
  const id = await orFail(context, 'Error while getting API Id to list revisions ', () =>
    idOfApi(context, environment, token, args.text('name'), args.text('version')),
  );
  const base = `${publisherUrl(context, environment)}/apis/${id}/revisions`;
  const query = args.has('query') ? `?query=${args.list('query').join(' ')}` : '';
  const list = await fetchList<ListedRevision>(
    context,
    { url: `${base}${query}`, base, token },
    'Error getting the list of API revisions.',
  );
  const rows = list.map((revision) => {
    const deployed = (revision.deploymentInfo ?? []).map(({ name }) => name);
    return {
      Id: revision.id,
      RevisionNumber: revision.displayName.replace('Revision ', ''),
      Description: revision.description,
      GatewayEnvs: deployed.length === 0 ? null : deployed,
    };
  });
  const columns = [
    ['ID', 'Id'],
    ['REVISION', 'RevisionNumber'],
    ['DESCRIPTION', 'Description'],
    ['GATEWAY_ENVS', 'GatewayEnvs'],
  ] as const;
  // The array form loses number and gateways in every version.
  const lossy = (key: string, value: unknown) => (key === 'RevisionNumber' || key === 'GatewayEnvs' ? '' : value);
  context.terminal.out(formatRows(args.text('format'), columns, rows, lossy) ?? '');
}

async function fetchList<T>(
  context: Context,
  { url, base, token }: { url: string; base: string; token: string },
  failure: string,
): Promise<T[]> {
  const response = await orFail(context, `Unable to connect to ${base}`, () =>
    context.client.send({ method: 'GET', url, headers: { Authorization: `Bearer ${token}` } }),
  );
  const text = response.body.toString('utf8');
  if (response.code !== 200) fail(context.terminal, failure, text);
  const problem = goJsonProblem(response.body);
  if (problem !== undefined) fail(context.terminal, '[ERROR]: invalid JSON response', problem);
  return (JSON.parse(text) as { list?: T[] }).list ?? [];
}

/** The query is parsed and written again: an ampersand in it begins a parameter of its own. */
function reencoded(query: string): string {
  return [...new URLSearchParams(query)].map(([name, value]) => `${queryEscape(name)}=${queryEscape(value)}`).join('&');
}
