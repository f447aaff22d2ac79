import type { Application, Applications } from './applications.ts';
import { apimError, json, type Answer, type Incoming } from './exchange.ts';
import { ImportRefused } from './import-refused.ts';
import { parseMultipart } from './multipart.ts';

/** The part of the devportal's REST API (v3) that apictl and promote-api call, below /api/am/devportal/v3. */
export async function answerAsDevportal(
  applications: Applications,
  request: Incoming,
  path: string,
  user: string,
): Promise<Answer> {
  const { query } = request;
  switch (`${request.method} ${path}`) {
    case 'GET /applications': {
      const own = applications.all.filter(({ owner }) => owner === user);
      return listed(own, query);
    }
    case 'GET /applications/export':
      return exported(applications, query);
    case 'GET /subscriptions':
      return subscribed(applications, query, user);
    case 'POST /applications/import':
      return imported(applications, request, user);
    default:
      return unsubscribed(applications, request, path, user);
  }
}

/** For the owner alone: the lab has no groups (carbon-apimgt, RestAPIStoreUtils: isUserAccessAllowedForApplication). */
function subscribed(applications: Applications, query: URLSearchParams, user: string): Answer {
  const application = applications.find(query.get('applicationId') ?? '');
  if (application === undefined) return notFound('No application of this id');
  if (application.owner !== user) return forbidden(`You don't have permission to access the application`);
  const offset = Number(query.get('offset') ?? 0);
  const limit = Number(query.get('limit') ?? 25);
  const list = application.subscriptions.slice(offset, offset + limit).map(({ id, api, throttlingPolicy }) => ({
    subscriptionId: id,
    applicationId: application.id,
    apiId: api.id,
    apiInfo: { id: api.id, name: api.name, version: api.version },
    throttlingPolicy,
    status: 'UNBLOCKED',
  }));
  return json(200, {
    count: list.length,
    list,
    pagination: { offset, limit, total: application.subscriptions.length },
  });
}

function unsubscribed(applications: Applications, { method }: Incoming, path: string, user: string): Answer {
  const [, id] = /^\/subscriptions\/([^/]+)$/.exec(path) ?? [];
  const owning = applications.all.find(({ subscriptions }) => subscriptions.some((each) => each.id === id));
  if (method !== 'DELETE' || owning === undefined) return notFound(`No such resource: ${method} ${path}`);
  if (owning.owner !== user) return forbidden(`You don't have permission to access the subscription`);
  owning.subscriptions = owning.subscriptions.filter((each) => each.id !== id);
  return { status: 200 };
}

/** The applications of all owners, below /api/am/admin/v4. */
export function answerAsAdmin(applications: Applications, request: Incoming, path: string): Answer {
  const { query } = request;
  if (request.method === 'GET' && path === '/applications') {
    const wanted = (value: string, filter: string | null) =>
      filter === null || value.toLowerCase().includes(filter.toLowerCase());
    const found = applications.all.filter(
      ({ name, owner }) => wanted(owner, query.get('user')) && wanted(name, query.get('name')),
    );
    return listed(found, query);
  }
  const [, id] = /^\/applications\/([^/]+)$/.exec(path) ?? [];
  const application = id === undefined ? undefined : applications.find(id);
  if (application === undefined) return notFound(`No such resource: ${request.method} ${path}`);
  if (request.method !== 'DELETE') return notFound(`No such resource: ${request.method} ${path}`);
  applications.remove(application);
  return { status: 200 };
}

function listed(found: readonly Application[], query: URLSearchParams): Answer {
  const offset = Number(query.get('offset') ?? 0);
  const limit = Number(query.get('limit') ?? 25);
  const list = found.slice(offset, offset + limit).map(({ id, name, owner }) => ({
    applicationId: id,
    name,
    owner,
    status: 'APPROVED',
    groupId: '',
  }));
  return json(200, { count: list.length, list, pagination: { offset, limit, total: found.length } });
}

async function exported(applications: Applications, query: URLSearchParams): Promise<Answer> {
  const name = query.get('appName') ?? '';
  const owner = query.get('appOwner') ?? '';
  const application = applications.named(name, owner);
  if (application === undefined) return notFound(`No application found with name ${name} owned by ${owner}`);
  const body = await applications.export(application, {
    withKeys: query.get('withKeys') === 'true',
    json: query.get('format') === 'JSON',
  });
  return { status: 200, body, headers: { 'content-type': 'application/zip' } };
}

async function imported(applications: Applications, request: Incoming, user: string): Promise<Answer> {
  const file = parseMultipart(request.headers['content-type'], request.body)?.find((part) => part.name === 'file');
  if (file === undefined) return apimError(400, 900750, 'Bad Request', 'The multipart request has no part named file');
  const flag = (name: string) => request.query.get(name) === 'true';
  try {
    const { application, skipped } = await applications.import(Buffer.from(file.data), {
      owner: request.query.get('appOwner') ?? '',
      preserveOwner: flag('preserveOwner'),
      skipSubscriptions: flag('skipSubscriptions'),
      skipKeys: flag('skipApplicationKeys'),
      update: flag('update'),
      user,
    });
    if (skipped.length > 0) return json(207, { count: skipped.length, list: skipped });
    const { id: applicationId, name, owner } = application;
    return json(201, { applicationId, name, owner, status: 'APPROVED' });
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error;
    return apimError(error.status, error.code, error.status === 409 ? 'Conflict' : 'Error', error.message);
  }
}

function forbidden(description: string): Answer {
  return apimError(403, 403, 'Forbidden', description);
}

function notFound(description: string): Answer {
  return apimError(404, 404, 'Not Found', description);
}
